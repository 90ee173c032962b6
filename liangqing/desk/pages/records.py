"""记录: a table and a form for each section."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from starlette.responses import Response

from liangqing.base.diagnostics import Diagnostic
from liangqing.data.fields import EntryTable, table_of, tables
from liangqing.data.model.types import ModelRecord
from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.page_table import DeskPage, NotThere
from liangqing.desk.answering.record_keys import address_of_record
from liangqing.desk.answering.section_table import SectionTable, TableWish, sheet_called
from liangqing.desk.answering.showing import goto, page
from liangqing.desk.answering.whole_numbers import whole_number
from liangqing.desk.answering.wrong_records import WrongRecords
from liangqing.outputs.ledger.columns import Column, LedgerRow, Sheet
from liangqing.outputs.ledger.entered import records

# The sections in the order of the work.
STAGES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("准备", ("机构", "单位", "选项", "调休")),
    ("清单明责", ("清单", "征求意见")),
    ("跟踪履责", ("典型案例", "自查", "监督记录", "项目")),
    ("清查确责", ("检查", "问题", "画像", "双签", "整改函")),
    ("跟进问责", ("送达", "收文", "整改反馈", "文书")),
    ("年底", ("总结", "问责统计")),
)
FINDING = "问题"
_OWN_WORDS = ("words", "sort", "down", "page", "saved", "undo")  # in an address; all others are facets


class SectionLine(NamedTuple):
    """A section in the list of all: its table, the tables of its lists, the number of records and of mistakes."""

    table: EntryTable
    inside: tuple[EntryTable, ...]
    number: int
    wrong: int


class ShownRow(NamedTuple):
    """A row of a table: where it leads to, its cells, what is wrong with it, whether it is not there yet by the day."""

    address: str
    cells: tuple[tuple[Column, str], ...]
    wrong: tuple[Diagnostic, ...]
    later: bool


def sections(look: DeskLook) -> Response:
    """All sections."""
    wrong = WrongRecords(look.opened)
    stages = [(name, [_line(look, section, wrong) for section in keys]) for name, keys in STAGES]
    return page(look, "records.html", stages=stages)


def _line(look: DeskLook, section: str, wrong: WrongRecords) -> SectionLine:
    inside = tuple(table for table in tables() if table.section == section and table.inside)
    at = look.opened.at
    return SectionLine(
        table_of(section), inside, len(records(at, section)), wrong.count(section, at.year.year)
    )


def section(look: DeskLook) -> Response:
    """The table of a section, or of a list inside its records; of a section that is one record, its form."""
    sheet = called(look.sent.parts["section"])
    assert sheet.table is not None
    if not sheet.table.many:
        found = records(look.opened.at, sheet.table.section)
        known = next((record for record in found if isinstance(record, ModelRecord)), None)
        new = look.url(f"records/{sheet.table.section}/new")
        return goto(new if known is None else address_of_record(look, known))
    table = SectionTable(sheet, look.opened.at, wish_of(look.sent.asked))
    saved = look.sent.asked.get("saved", "")
    wrong, key = WrongRecords(look.opened), sheet.table.section
    return page(
        look,
        "section.html",
        table=table,
        rows=list(_rows(look, table, wrong)),
        unread=wrong.of_no_record(key, look.opened.at.year.year, records(look.opened.at, key)),
        asked=_asked(look),
        saved=whole_number(saved) or "",
    )


def called(name: str) -> Sheet:
    """The list of this name; raises NotThere."""
    try:
        return sheet_called(name)
    except LookupError:
        raise NotThere(f"「{name}」这张表") from None


def wish_of(asked: Mapping[str, str]) -> TableWish:
    """What an address asks of a table; what can't be read asks for nothing."""
    return TableWish(
        words=asked.get("words", "").strip(),
        facets={name: value for name, value in asked.items() if value and name not in _OWN_WORDS},
        sort=asked.get("sort", ""),
        falling=asked.get("down") == "1",
        page=whole_number(asked.get("page", "")) or 1,
    )


def _asked(look: DeskLook) -> dict[str, str]:
    """What the address asks, without the page: for addresses that ask for the same and something more."""
    return {
        name: value
        for name, value in look.sent.asked.items()
        if value and name not in ("page", "saved", "undo")
    }


def _rows(look: DeskLook, table: SectionTable, wrong: WrongRecords) -> Iterator[ShownRow]:
    for row in table.shown:
        problems = wrong.of(row.record, row.path)
        yield ShownRow(_address(look, row), tuple(table.cells(row)), problems, row.later)


def _address(look: DeskLook, row: LedgerRow) -> str:
    """Where a row leads to: the story of a finding, the form of any other record."""
    if row.record.written_at[0] == FINDING:
        return look.url(f"finding/{row.record.code}")
    return address_of_record(look, row.record)


PAGES = (
    DeskPage("records", sections),
    DeskPage("records/{section}", section),
)
