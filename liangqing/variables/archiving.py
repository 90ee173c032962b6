"""归档: what went out in a year as the list of archived papers (归档文件目录, DA/T 22-2015) tells it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from liangqing.data.model.kinds import TERMS
from liangqing.register import Line, Register
from liangqing.variables.about import Subject
from liangqing.variables.table import VariableTable, number, records, text

USUAL_TERM = "30年"  # of a kind that says nothing


class ArchivedItem(NamedTuple):
    """A 件: a paper that went out, with what went out with it.

    `number` is its 件号, counted within its `term`; `author` its 责任者; `pages` of all its parts, None where nobody
    counted them; `note` says that it is void, corrected, or kept elsewhere.
    """

    number: int
    term: str
    author: str
    line: Line
    note: str
    pages: int | None = None

    @property
    def sign(self) -> str:
        """What its folder in a package begins with: 30年-0001."""
        return f"{self.term}-{self.number:04d}"


class ArchivedTerm(NamedTuple):
    """The items of one 保管期限, in the order of their 件号."""

    term: str
    items: Sequence[ArchivedItem]


@dataclass(frozen=True)
class ArchiveSubject(Subject):
    """归档: everything that went out in a year."""

    items: tuple[ArchivedItem, ...]

    @property
    def by_term(self) -> list[ArchivedTerm]:
        """The terms that there are items of."""
        terms = ((term, [item for item in self.items if item.term == term]) for term in TERMS)
        return [ArchivedTerm(term, items) for term, items in terms if items]


def items_of(
    register: Register, year: int, author: str, terms: Mapping[str, str], day: date
) -> tuple[ArchivedItem, ...]:
    """What belongs into the archive of a year: by 保管期限, then by date and place in the register.

    A paper with a number belongs to the year of its 成文日期, one without to the year that it tells of. `terms` has
    保管期限 by kind. Void and corrected papers stay in and say so, as of `day`.
    """
    lines = [line for line in register.issued if _year_of(line) == year and line.issued <= day]
    found: list[ArchivedItem] = []
    for term in TERMS:
        own = (line for line in lines if terms.get(line.kind, USUAL_TERM) == term)
        in_order = sorted(own, key=lambda line: (line.issued, line.serial))
        found += (
            ArchivedItem(number, term, author, line, "；".join(_notes(register, line, day)))
            for number, line in enumerate(in_order, 1)
        )
    return tuple(found)


def _year_of(line: Line) -> int:
    return line.issued.year if line.number else line.year


def _notes(register: Register, line: Line, day: date) -> Iterable[str]:
    yield from (
        f"{voided.day:%Y%m%d}作废：{voided.reason}" for voided in register.voids_of(line) if voided.day <= day
    )
    if line.corrects:
        yield f"更正{line.corrects}"
    correction = register.corrected(line, day)
    if correction is not None:
        yield f"已由{correction.name}更正"
    if line.annexes:
        yield f"附件{len(line.annexes)}份"
    if not line.file:
        yield "系统外印发，没有存档"


ARCHIVED_ROW = VariableTable[ArchivedItem](
    "归档文件行",
    {
        "件号": number("件号，每种保管期限从 1 编起", lambda item: item.number),
        "责任者": text("责任者：机构的全称", lambda item: item.author),
        "文号": text("发文字号；不编号的为空", lambda item: item.line.number or ""),
        "题名": text("标题", lambda item: item.line.title),
        "日期": text("成文日期，八位数字", lambda item: f"{item.line.issued:%Y%m%d}"),
        "页数": text(
            "正文和附件的页数，从 PDF 数出；没有转 PDF 的为空",
            lambda item: "" if item.pages is None else str(item.pages),
        ),
        "备注": text("作废、更正、附件份数", lambda item: item.note),
    },
)

TERM_ROW = VariableTable[ArchivedTerm](
    "归档期限",
    {
        "保管期限": text("永久、30年或 10年", lambda term: term.term),
        "件数": number("件数", lambda term: len(term.items)),
        "件": records(ARCHIVED_ROW, "这种期限的各件", lambda term: term.items),
    },
)

ARCHIVE = VariableTable[ArchiveSubject](
    "归档",
    {
        "件数": number("共几件，一份文书和它的附件是一件", lambda subject: len(subject.items)),
        "各期限": records(TERM_ROW, "按保管期限分，从永久到 10年", lambda subject: subject.by_term),
    },
)
