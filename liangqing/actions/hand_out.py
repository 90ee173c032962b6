"""What goes to one unit: the papers that it gets, and all that was chosen of them in one ZIP."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator

from liangqing.actions.list_papers import ListedPaper, PaperList
from liangqing.actions.see_paper import LookedAt, SeenPaper, edits
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, error
from liangqing.base.file_names import made_fit
from liangqing.data.model.duties import Unit
from liangqing.data.model.kinds import EVERYBODY
from liangqing.variables.audience import NO_UNIT, names_in

EARLIEST = (1980, 1, 1, 0, 0, 0)  # the time of every file: the same papers are the same bytes
_BLANKS = re.compile(r"\s+")


def for_unit(everything: PaperList, unit: Unit) -> list[ListedPaper]:
    """The papers that are for a unit, the issued first, the newest of them before; those that stay in the group are not."""
    found = [paper for paper in everything.papers if _is_for(paper, unit)]
    return sorted(
        found, key=lambda paper: (paper.line is None, -(paper.line.issued.toordinal() if paper.line else 0))
    )


def _is_for(paper: ListedPaper, unit: Unit) -> bool:
    kind = paper.entry.kind
    if kind.writer is not None or kind.audience in NO_UNIT:
        return False
    if kind.audience == EVERYBODY and paper.line is not None:
        return not paper.units or unit.code in paper.units
    return unit.code in paper.units


def may_go(paper: ListedPaper) -> bool:
    """Whether a paper may be handed out as it stands: nothing is lacking, and one that gets a number has it."""
    return paper.line is not None or (not paper.lacking and not paper.numbered)


def packed(papers: Iterable[ListedPaper], unit: Unit, look: Callable[[ListedPaper], LookedAt]) -> bytes:
    """The papers in one ZIP, each called by kind, code and unit; the same bytes for the same papers.

    Raises Problems for one that can't be made, may not go out yet, or that a person wrote somebody else into.
    """
    problems: list[Diagnostic] = []
    files: dict[str, bytes] = {}
    for paper in papers:
        seen = look(paper)
        if seen.paper is None or not may_go(paper):
            problems += seen.lacking or [_not_out(paper)]
            continue
        problems += _written_in(paper, seen.paper)
        files[_file_name(paper, unit)] = seen.paper.data
    if problems:
        raise Problems(problems)
    return _zipped(files)


def _not_out(paper: ListedPaper) -> Diagnostic:
    label = f"{paper.entry.name} {paper.subject.code}"
    return error(Code.NOT_ISSUED_YET, Place(label), f"{label} 还没有文号，不能发出去", "先印发，再打包")


def _written_in(paper: ListedPaper, seen: SeenPaper) -> Iterator[Diagnostic]:
    """Who stands in a draft since a person changed it in Word, and is not of those who get it."""
    if not seen.edited:
        return
    kind, subject = paper.entry.kind, paper.subject
    label = f"{paper.entry.name} {subject.code}"
    for change in edits(seen):
        for name in names_in(subject, kind.audience, change.after):
            yield error(
                Code.DRAFT_NAMES_ANOTHER_UNIT,
                Place(label, detail=change.place),
                f"{label} 在 Word 里写进了「{name}」，它不该收到这份文书里的这句话：没有打包",
                "在 Word 里删掉再打包；确需写到的，写进记录，在那条记录的「放行」里登记",
            )


def _file_name(paper: ListedPaper, unit: Unit) -> str:
    """编号 and kind, such as 整改函-ZG1-灵川局党支部.docx."""
    words = (paper.entry.name, paper.subject.code, unit.short_name)
    return made_fit(_BLANKS.sub("-", "-".join(words)), paper.entry.kind.suffix)


def _zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, EARLIEST)  # names beyond ASCII are marked as UTF-8
            info.create_system, info.external_attr = 0, 0
            archive.writestr(info, files[name])
    return made.getvalue()
