"""Two states of a Word file held against each other as pages: how many there are, and where each begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from liangqing.base.diagnostics import Problems
from liangqing.pdf import converters, converting
from liangqing.pdf.converting import Batch, WordFile
from liangqing.pdf.printed_text import text_of_pages

_BEFORE, _AFTER = "改前.docx", "改后.docx"
_NUMBER = re.compile(r"^[—–－-]*\d{1,4}[—–－-]+|[—–－-]*\d{1,4}[—–－-]*$")  # of the page, in its head or foot
_SHOWN = 12  # characters


@dataclass(frozen=True)
class PageMoved:
    """A page that begins with other words than before; "" where there was, or is, none of that number."""

    number: int
    was: str
    now: str


@dataclass(frozen=True)
class PagesCompared:
    """How many pages there were and are, and which begin elsewhere; `by` is the program that set them."""

    before: int
    after: int
    moved: tuple[PageMoved, ...]
    by: str


def pages_compared(before: bytes, after: bytes) -> PagesCompared | None:
    """Two states of one file. None where no program here sets pages, or it can't set these."""
    if not converters.any_is_there():
        return None
    try:
        batch = converting.read([WordFile(_BEFORE, before), WordFile(_AFTER, after)])
        pages = [text_of_pages(pdf) for pdf in _pdfs(batch)]
    except (Problems, ValueError):
        return None
    if len(pages) != 2:
        return None
    return PagesCompared(len(pages[0]), len(pages[1]), tuple(_moved(*pages)), batch.by.name)


def _pdfs(batch: Batch) -> list[bytes]:
    """Of both states, made in one go; fewer where one could not be made."""
    if len(batch.papers) < 2:
        return []
    copying = batch.by.copies[0]
    copies = {name: copying(data, name) for name, data in batch.papers.items()}
    made = batch.by.to_pdf(copies, batch.stand_ins)
    return [made[name] for name in (_BEFORE, _AFTER) if name in made]


def _moved(before: Sequence[str], after: Sequence[str]) -> Iterator[PageMoved]:
    for number in range(max(len(before), len(after))):
        was, now = (_beginning(pages, number) for pages in (before, after))
        if was != now:
            yield PageMoved(number + 1, was, now)


def _beginning(pages: Sequence[str], number: int) -> str:
    return _NUMBER.sub("", pages[number])[:_SHOWN] if number < len(pages) else ""
