"""Where on the desk a person mends what is wrong: the form of the record in which it stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from liangqing.base.diagnostics import Diagnostic, Place
from liangqing.base.folders import DATA
from liangqing.data.yaml.edited_trees import at_path
from liangqing.data.yaml.places import Step
from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.page_words import REACHES, in_page_words


class PlacedProblem(NamedTuple):
    """A problem in the words of a page, and where it is mended: address and what that is called ("" for nowhere)."""

    problem: Diagnostic
    address: str
    called: str

    @property
    def word(self) -> str:
        """How far it reaches, in a word."""
        return REACHES[self.problem.severity][0]

    @property
    def shade(self) -> str:
        """The class of desk.css for it."""
        return REACHES[self.problem.severity][1]


def placed(look: DeskLook, problems: Iterable[Diagnostic]) -> list[PlacedProblem]:
    """Each with the form in which it is mended."""
    return [
        PlacedProblem(said, *_form_at(look, problem.place))
        for problem, said in ((problem, *in_page_words([problem])) for problem in problems)
    ]


def _form_at(look: DeskLook, place: Place) -> tuple[str, str]:
    """Address and name of the form of the record in which a line of the data stands."""
    source = look.opened.data.sources.get(place.file)
    if source is None or place.line is None:
        return "", ""
    path = source.item_at(place.line)
    return _form(look, place.file, path, at_path(source.tree, path)) if path else ("", "")


def _form(look: DeskLook, file: str, path: tuple[Step, ...], tree: object) -> tuple[str, str]:
    section, folder = str(path[0]), file.removeprefix(f"{DATA}/").partition("/")[0]
    year = int(folder) if folder.isdecimal() else look.year
    code = tree.get("编号") if isinstance(tree, dict) else None
    if isinstance(code, str) and len(path) > 1:
        key = code.replace("%", "%25").replace("/", "%2F")
        return look.url_on(look.day, year, f"records/{section}/{key}"), f"{section} {code}"
    return look.url_on(look.day, year, f"records/{section}"), section
