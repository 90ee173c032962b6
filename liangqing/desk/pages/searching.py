"""查找: words looked for in the records of all years and in the register; each hit leads to its record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeAlias

from starlette.responses import Response

from liangqing.base.diagnostics import Problems
from liangqing.data import workspace
from liangqing.data.model.types import ModelRecord
from liangqing.data.model.validate import SECTIONS
from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.page_table import DeskPage
from liangqing.desk.answering.paper_keys import address_of_paper
from liangqing.desk.answering.record_keys import address_of_record, record_key
from liangqing.desk.answering.showing import page
from liangqing.desk.answering.whole_numbers import whole_number
from liangqing.outputs import search as searching
from liangqing.outputs.ledger.entered import records
from liangqing.outputs.search import IN_REGISTER, VOIDED, FoundRecord, WrittenRecord
from liangqing.year.state.standing import Standing

A_PAGE = 100  # hits
FINDING = "问题"
_KNOWN = {section.key for section in SECTIONS}
_Where: TypeAlias = tuple[str, tuple[object, ...]]  # file, path in it


class SearchHit(NamedTuple):
    """A record that was found, and the address at which it is open ("" where no page shows it)."""

    found: FoundRecord
    address: str

    @property
    def title(self) -> str:
        """What it is called beside its 编号; "" where it has no such name."""
        named = (self.found.tree.get(key) for key in ("名称", "标题", "事由"))
        title = next((name for name in named if isinstance(name, str)), "")
        return title if title != self.found.code else ""


def search(look: DeskLook) -> Response:
    """What the words of the address find: a hundred hits a page, by kind of record and by year."""
    words = " ".join(look.sent.asked.get("words", "").split())
    if not words:
        return page(look, "search.html", words="", result=None)
    result = searching.search_in(_data(look), [words])
    kind, year = look.sent.asked.get("kind", ""), look.sent.asked.get("of", "")
    of_kind = [record for record in result.matched if kind in ("", record.kind)]
    chosen = [record for record in of_kind if year in ("", _year_words(record))]
    pages = max(1, -(-len(chosen) // A_PAGE))
    at = min(whole_number(look.sent.asked.get("page", "")) or 1, pages)
    shown = result.some(chosen[(at - 1) * A_PAGE : at * A_PAGE])
    return page(
        look,
        "search.html",
        words=words,
        result=result,
        count=len(chosen),
        hits=list(_addressed(look, shown)),
        kinds=_counted(record.kind for record in result.matched),
        years=_counted(_year_words(record) for record in of_kind),
        kind=kind,
        of=year,
        at=at,
        pages=pages,
    )


def _data(look: DeskLook) -> workspace.Workspace:
    """What the desk has read already; where the year can't be read, whatever can be."""
    try:
        return look.opened.data
    except Problems:
        return workspace.load(look.folder)


def _year_words(record: WrittenRecord) -> str:
    return str(record.year or "各年度")


def _counted(names: Iterator[str]) -> list[tuple[str, int]]:
    return Counter(names).most_common()


def _addressed(look: DeskLook, found: Sequence[FoundRecord]) -> Iterator[SearchHit]:
    known = _records_of(look, found)
    for hit in found:
        yield SearchHit(hit, _address(replace(look, year=hit.year or look.year), hit, known))


def _address(look: DeskLook, hit: FoundRecord, known: dict[_Where, ModelRecord]) -> str:
    """Where a hit is open, of the year that it is of: a paper, the story of a finding, the form of a record."""
    if hit.kind == IN_REGISTER and hit.tree.get("文种") and hit.tree.get("对象"):
        return address_of_paper(look, str(hit.tree["文种"]), str(hit.tree["对象"]))
    if hit.kind in (IN_REGISTER, VOIDED):
        return look.url("papers")
    section = str(hit.path[0])
    record = known.get((hit.place.file, _of_record(hit)))
    if record is None:
        return look.url(f"records/{section}") if section in _KNOWN else ""
    return (
        look.url(f"finding/{record_key(record)}") if section == FINDING else address_of_record(look, record)
    )


def _of_record(hit: FoundRecord) -> tuple[object, ...]:
    """The path of the record that has a form: a task stands in the form of its list."""
    return hit.path[:1] if len(hit.path) > 2 else hit.path


def _records_of(look: DeskLook, found: Sequence[FoundRecord]) -> dict[_Where, ModelRecord]:
    """The records of the sections in which something was found, by where they are written."""
    wanted = {(hit.year, str(hit.path[0])) for hit in found if hit.path and str(hit.path[0]) in _KNOWN}
    listed: dict[_Where, ModelRecord] = {}
    for year, section in wanted:
        at = _standing(look, year)
        for record in records(at, section) if at is not None else ():
            listed[record.written_in.name, record.written_at] = record
    return listed


def _standing(look: DeskLook, year: int | None) -> Standing | None:
    """The open year, or another one of which nothing but its records is asked; None for one that can't be read."""
    try:
        opened = look.opened
    except Problems:
        return None
    other = opened.data.years.get(year) if year is not None else opened.at.year
    return None if other is None else replace(opened.at, year=other)


PAGES = (DeskPage("search", search),)
