"""What is left to a person after forms were taken in: in words, with the records that it is to be done in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from liangqing.actions.receiving import NEXT, FormsOfYear, Group, run_of, year_of
from liangqing.changes.proposed import AlteredValue, NewRecord
from liangqing.data.model.follow_up import Feedback
from liangqing.data.model.types import ModelRecord
from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.record_keys import address_of_record, record_key
from liangqing.outputs.ledger.entered import records

FINDING = "问题"


class LeftToDo(NamedTuple):
    """What is to be done now, and in which records: what each is called, and the address of its form."""

    words: str
    records: tuple[tuple[str, str], ...]


def left_to_do(look: DeskLook, group: Group) -> list[LeftToDo]:
    """The same of what was just written, by the kinds of its forms; nothing of a workbook."""
    if not isinstance(group, FormsOfYear):
        return []
    now = replace(look, year=year_of(group), day=None)  # reads the files as they are now
    written = {section: list(_written(now, group, section)) for section in _sections(group)}
    found: dict[str, list[tuple[str, str]]] = {}
    for section, listed in written.items():
        home = section if section in NEXT else "检查"  # findings come with the sheet of an inspection
        found.setdefault(home, []).extend(_link(now, record) for record in listed)
    return [
        LeftToDo(NEXT[form.section], tuple(dict.fromkeys(found.pop(form.section))))
        for form, _ in group.collected.good
        if form.section in found
    ]


def _sections(group: FormsOfYear) -> dict[str, None]:
    """The sections in which something was written."""
    return dict.fromkeys(
        proposal.section if isinstance(proposal, NewRecord) else str(proposal.record.written_at[0])
        for one in run_of(group).good
        for proposal in one.proposals
    )


def _written(now: DeskLook, group: FormsOfYear, section: str) -> Iterator[ModelRecord]:
    """The records of a section that are new, and those that changed."""
    before = {_where(record) for record in records(group.opened.at, section)}
    changed = {
        _where(proposal.record)
        for one in run_of(group).good
        for proposal in one.proposals
        if isinstance(proposal, AlteredValue)
    }
    for record in records(now.opened.at, section):
        if _where(record) not in before or _where(record) in changed:
            yield record


def _where(record: ModelRecord) -> tuple[object, ...]:
    return record.written_in.name, record.written_at


def _link(look: DeskLook, record: ModelRecord) -> tuple[str, str]:
    """What a record is called, and where it is worked on: the story of a finding, also of one that a unit wrote back
    about, else its form.
    """
    if isinstance(record, Feedback):
        return f"问题 {record.finding}", look.url(f"finding/{record.finding}")
    if record.written_at[0] == FINDING:
        return record.label, look.url(f"finding/{record_key(record)}")
    return record.label, address_of_record(look, record)
