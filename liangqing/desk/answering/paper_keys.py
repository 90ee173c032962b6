"""What a paper is called in an address, and the paper that an address names: always one of those that there are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from liangqing.data.model.kinds import UNTIL_TODAY
from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.page_table import NotThere
from liangqing.papers.catalogue import Catalogue, Entry
from liangqing.papers.rendering import load_catalogue, subjects_of
from liangqing.variables.about import Subject
from liangqing.year.open_workspace import OpenWorkspace

BETWEEN = "~"  # between the parts of a key: stands in no name of a kind, and is left as it is in an address


class NamedPaper(NamedTuple):
    """A paper that an address names; `opened` is the year as papers of its kind see it."""

    opened: OpenWorkspace
    entry: Entry
    subject: Subject

    @property
    def key(self) -> str:
        """The part of an address that stands for it."""
        return paper_key(self.entry.name, self.subject.code)


def paper_key(kind: str, subject: str) -> str:
    """The part of an address that stands for a paper, by its kind and the code of its subject (检查底稿, JC1/U11)."""
    return f"{kind}{BETWEEN}{subject.replace('/', BETWEEN)}"


def address_of_paper(look: DeskLook, kind: str, subject: str) -> str:
    """The address of the page of a paper."""
    return look.url(f"papers/{paper_key(kind, subject)}")


def seen_for(look: DeskLook, entry: Entry) -> OpenWorkspace:
    """The year as papers of a kind see it: on the day of its figures, or today where the kind tells of today."""
    return look.figures if look.day is not None or entry.kind.until != UNTIL_TODAY else _today(look)


def written_for(look: DeskLook, entry: Entry) -> OpenWorkspace:
    """The same as it is now, whatever day a person looks at, for a paper to be written. Raises Problems for the sample."""
    opened = look.writing
    return opened if entry.kind.until != UNTIL_TODAY else _today(look)


def _today(look: DeskLook) -> OpenWorkspace:
    today = look.today
    return look.desk.workspaces.opened(look.folder, look.year, today, today, look_at_today=False)


def paper_named(look: DeskLook, key: str) -> NamedPaper:
    """The paper that `key`, a part of the address as it came, stands for. Raises NotThere."""
    entry = _entry(load_catalogue(look.folder), key)
    opened = seen_for(look, entry)
    return NamedPaper(opened, entry, _subject(subjects_of(opened, entry), entry, key))


def _entry(known: Catalogue, key: str) -> Entry:
    kind = key.partition(BETWEEN)[0]
    if kind not in known.entries:
        raise NotThere("这份文书")
    return known.entries[kind]


def _subject(subjects: Iterable[Subject], entry: Entry, key: str) -> Subject:
    found = next((subject for subject in subjects if paper_key(entry.name, subject.code) == key), None)
    if found is None:
        raise NotThere(f"这份{entry.name}")
    return found
