"""归档: what went out and came in in a year as the list of archived papers (归档文件目录, DA/T 22-2015) tells it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from liangqing.data.model.follow_up import Incoming
from liangqing.data.model.kinds import TERMS
from liangqing.register import Line, Register
from liangqing.variables.about import Subject
from liangqing.variables.table import VariableTable, number, records, text
from liangqing.year.state.incoming import IncomingLine, incoming_register
from liangqing.year.state.standing import Standing

USUAL_TERM = "30年"  # of a kind that says nothing
INCOMING_TERM = "10年"  # of what came in and answers no paper of the group's
NOT_KEPT = "没有存档"


class ArchivedItem(NamedTuple):
    """A 件: a paper that went out, with what went out with it, or one that came in.

    `number` is its 件号, counted within its `term`; `author` its 责任者; `paper_number` its 文号, "" where it has none;
    `day` that of the paper, else the day on which it came in. `note` says that it is void, corrected, or kept elsewhere.
    `source` is its line of the register, or what was entered of it. `pages` of all its parts, None where nobody counted them.
    """

    number: int
    term: str
    author: str
    paper_number: str
    title: str
    day: date
    note: str
    source: Line | IncomingLine
    pages: int | None = None

    @property
    def line(self) -> Line | None:
        """Its line of the register of what went out; None of what came in."""
        return self.source if isinstance(self.source, Line) else None

    @property
    def scan(self) -> str | None:
        """The file of what came in, as 收文 names it; None where none was kept, and of what went out."""
        record = None if isinstance(self.source, Line) else self.source.record
        return record.file if isinstance(record, Incoming) else None

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
    """归档: everything that went out and came in in a year."""

    items: tuple[ArchivedItem, ...]

    @property
    def by_term(self) -> list[ArchivedTerm]:
        """The terms that there are items of."""
        terms = ((term, [item for item in self.items if item.term == term]) for term in TERMS)
        return [ArchivedTerm(term, items) for term, items in terms if items]


def items_of(
    register: Register, at: Standing, author: str, terms: Mapping[str, str]
) -> tuple[ArchivedItem, ...]:
    """What belongs into the archive of a year by a day: by 保管期限, then by date, what went out before what came in; forms
    that were taken in are no items.

    A paper with a number belongs to the year of its 成文日期, one without to the year that it tells of; what came in, to
    the year that registers it. `terms` has 保管期限 by kind; an answer is kept as long as the paper that it answers. Void
    and corrected papers stay in and say so.
    """
    year = at.year.year
    lines = [line for line in register.issued if _year_of(line) == year and line.issued <= at.day]
    loose = [
        *(_sent(register, line, author, terms, at.day) for line in lines),
        *(_received(register, line, at, terms) for line in incoming_register(at) if line.is_paper),
    ]
    found: list[ArchivedItem] = []
    for term in TERMS:
        own = sorted((item for item in loose if item.term == term), key=lambda item: item.day)
        found += (item._replace(number=number) for number, item in enumerate(own, 1))
    return tuple(found)


def _year_of(line: Line) -> int:
    return line.issued.year if line.number else line.year


def _sent(register: Register, line: Line, author: str, terms: Mapping[str, str], day: date) -> ArchivedItem:
    """The item of what went out; it has no 件号 yet."""
    return ArchivedItem(
        number=0,
        term=terms.get(line.kind, USUAL_TERM),
        author=author,
        paper_number=line.number or "",
        title=line.title,
        day=line.issued,
        note="；".join(_notes(register, line, day)),
        source=line,
    )


def _received(register: Register, line: IncomingLine, at: Standing, terms: Mapping[str, str]) -> ArchivedItem:
    """The item of what came in, by the full name of the unit that it came from; it has no 件号 yet."""
    unit = at.year.unit_by_ref.get(line.sender)
    answered = register.by_number.get(line.answers, ())
    kept = isinstance(line.record, Incoming) and line.record.file
    return ArchivedItem(
        number=0,
        term=terms.get(answered[-1].kind, USUAL_TERM) if answered else INCOMING_TERM,
        author=unit.name if unit else line.sender,
        paper_number=line.number,
        title=line.title,
        day=line.written or line.day,
        note=f"收文{line.code}" + ("" if kept else f"；{NOT_KEPT}"),
        source=line,
    )


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
        yield f"系统外印发，{NOT_KEPT}"


ARCHIVED_ROW = VariableTable[ArchivedItem](
    "归档文件行",
    {
        "件号": number("件号，每种保管期限从 1 编起", lambda item: item.number),
        "责任者": text("责任者：机构的全称；收文是来文单位的全称", lambda item: item.author),
        "文号": text("发文字号；不编号的为空", lambda item: item.paper_number),
        "题名": text("标题", lambda item: item.title),
        "日期": text("成文日期，八位数字；来文没有成文日期的是收文日期", lambda item: f"{item.day:%Y%m%d}"),
        "页数": text(
            "正文和附件的页数，从 PDF 数出；没有转 PDF 的为空",
            lambda item: "" if item.pages is None else str(item.pages),
        ),
        "备注": text("作废、更正、附件份数；收文的收文号", lambda item: item.note),
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
