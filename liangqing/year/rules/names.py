"""In free text a unit is called by its 名称 or 简称, and no record by its 编号 (warnings)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from liangqing.base.chinese import unstopped
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, warning
from liangqing.data.model.year import Year
from liangqing.year.rules.doubtful_texts import CODE_LIKE, ENDINGS, doubtful, key_of
from liangqing.year.state.standing import Standing

SHORTEST = 5  # signs; a shorter word with one sign wrong may be anything


def units_by_their_names(standing: Standing) -> Iterator[Diagnostic]:
    """A word that ends like a party organisation and is nearly, but not quite, the name of a unit."""
    found = list(doubtful(standing.year, "单位名称"))
    names = KnownNames(standing.year.unit_by_ref if found else ())
    for record, path, text in found:
        for wrong, right in names.misnamed(text):
            message = f"「{wrong}」不是单位的名称或简称"
            yield warning(Code.UNIT_MISNAMED, record.place(*path), message, f"是否「{right}」？")


def codes_stay_inside(standing: Standing) -> Iterator[Diagnostic]:
    """What goes out in letters calls no record by its 编号: who gets them does not know it."""
    found = list(doubtful(standing.year, "编号"))
    words = _called(standing.year) if found else {}
    for record, path, text in found:
        for code in dict.fromkeys(CODE_LIKE.findall(text)):
            if code in words:
                message = (
                    f"{record.label} 的「{key_of(path)}」写到「{code}」，这是内部编号，印在文书上对方看不懂"
                )
                yield warning(Code.CODE_IN_WORDS, record.place(*path), message, f"改写成{words[code]}")


def _called(year: Year) -> dict[str, str]:
    """编号 of tasks, inspections and findings → what a letter writes in its place; of units slips.py tells."""
    tasks = {code: f"“年度监督检查清单第{place + 1}项”" for code, place in year.task_position.items()}
    visits = {visit.code: f"“{unstopped(visit.name)}”" for visit in year.inspections}
    return visits | {finding.code: f"“{unstopped(finding.name)}”" for finding in year.findings} | tasks


class KnownNames:
    """The names of units that end like a party organisation, to be found in prose whole or with one sign wrong."""

    def __init__(self, names: Iterable[str]) -> None:
        self._whole = {name for name in names if name.endswith(ENDINGS)}
        self._lengths = sorted({len(name) for name in self._whole}, reverse=True)
        # With any one sign left open, the name that is meant.
        self._open = {
            (at, name[:at], name[at + 1 :]): name
            for name in sorted(self._whole)
            if len(name) >= SHORTEST
            for at in range(len(name))
        }

    def misnamed(self, text: str) -> Iterator[tuple[str, str]]:
        """Words in `text` that look like one of the names, with the name that is meant."""
        for end in sorted({end for ending in ENDINGS for end in _ends(text, ending)}):
            words = [text[end - length : end] for length in self._lengths if length <= end]
            if not self._whole.intersection(words):
                yield from islice(((word, meant) for word in words if (meant := self._meant(word))), 1)

    def _meant(self, word: str) -> str | None:
        keys = ((at, word[:at], word[at + 1 :]) for at in range(len(word)))
        return next((self._open[key] for key in keys if key in self._open), None)


def _ends(text: str, ending: str) -> Iterator[int]:
    at = text.find(ending)
    while at >= 0:
        yield at + len(ending)
        at = text.find(ending, at + len(ending))
