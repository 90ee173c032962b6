"""The records that a paper rests on, with the way to the form of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from liangqing.data.model.types import ModelRecord
from liangqing.data.yaml.edited_trees import at_path
from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.record_keys import record_key
from liangqing.variables.about import InspectionSubject, Subject

MOST = 30  # records that are named one by one
_NAMES = ("名称", "事由", "简称", "标题", "全称")


class RecordLink(NamedTuple):
    """A record: its section, what it is called there, and the address of its form."""

    section: str
    words: str
    address: str


def rests_on(look: DeskLook, subject: Subject) -> tuple[list[RecordLink], int]:
    """The records that a paper on `subject` is made of, what it is about first, each once; and how many more there are."""
    found = list(dict.fromkeys(_records(subject)))
    return [link_to(look, record, year) for record, year in found[:MOST]], max(0, len(found) - MOST)


def link_to(look: DeskLook, record: ModelRecord, year: int) -> RecordLink:
    """The way to the form of a record of a year."""
    section = str(record.written_at[0])
    told = (at_path(record.tree, (name,)) for name in ("编号", *_NAMES))
    words = " ".join([word for word in told if isinstance(word, str)][:2])
    address = look.url_on(look.day, year, f"records/{section}/{record_key(record)}")
    return RecordLink(section, words, address)


def _records(subject: Subject) -> Iterator[tuple[ModelRecord, int]]:
    own = subject.at.year
    yield subject.origin, own.year
    if not subject.units and not isinstance(subject, InspectionSubject):  # of the whole year: of everything
        yield own.group, own.year
        return
    for found in subject.found:
        yield found.finding, found.at.year.year
    for found in subject.found:
        yield found.at.year.inspection_by_code[found.finding.inspection], found.at.year.year
    for unit in subject.units:
        yield unit, own.year
    yield own.group, own.year
