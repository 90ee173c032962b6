"""Before and after `--fix`, page by page as LibreOffice sets them: no word is lost, none comes, and what fits stays.

LIANGQING_FIXES=2000 pytest tests/gbt9704/test_fix_pages.py     all of the corpus; the suite takes a few of each kind
"""

from __future__ import annotations

import os
import random
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from corpus import Specimen, specimens
from docx.oxml import parse_xml
from faults import FAULTS
from papers import GOOD, saved
from programs import need, use_fonts_of_ci
from test_fix_spoils_nothing import HIGH, field, with_table
from written import written

from liangqing.base.docx_zip import read_package
from liangqing.gbt9704.check.fixing import MENDS, Fixed, fix
from liangqing.gbt9704.word.reader import read
from liangqing.pdf import converting
from liangqing.pdf.converting import WordFile
from liangqing.pdf.printed_text import first_lost, text_of_pages

FIXES = int(os.environ.get("LIANGQING_FIXES", "12"))  # files whose pages are compared
PAPERS = 24  # put together at random
DATED = {"F210", "F370", "F406"}  # these change words, and no others do
CANNOT = (AssertionError, AttributeError, LookupError, StopIteration, TypeError, ValueError)


def words_of(data: bytes) -> list[str]:
    document = read(data, "甲.docx")
    furniture = [line for part in document.furniture.values() for line in part]
    return [line.text for line in (*document.paragraphs, *furniture)]


def odd_things(document: Any, chance: random.Random) -> None:
    """Fields, formulas, tabs and breaks, a table, wherever they fall."""
    lines = [line for line in document.paragraphs if line.text]
    for line in chance.sample(lines, min(4, len(lines))):
        line.runs[-1].text += chance.choice(("\t续", "\n续", " 续", "“续”", "-"))
        for piece in field("AUTHOR", "某某", simple=chance.random() < 0.5):
            line._p.append(parse_xml(piece))
        line._p.append(parse_xml(HIGH[chance.choice(list(HIGH))]))
    with suppress(*CANNOT):
        with_table(document, chance.choice((120, 156, 240)))


def at_random(number: int) -> bytes:
    """A paper with some mistakes and odd things in it, the same for each number."""
    chance = random.Random(number)
    document = chance.choice(list(GOOD.values()))()
    odd_things(document, chance)
    for fault in chance.sample(FAULTS, 6):
        with suppress(*CANNOT):
            fault.plant(document)
    return saved(document)


@pytest.mark.parametrize("number", range(PAPERS))
def test_no_word_is_changed_but_numbers_and_dates(number: int) -> None:
    before = at_random(number)
    fixed = fix(before, "甲.docx")
    dated = sum(len(found.hits) for found in fixed.mended if found.rule.code in DATED)
    pairs = zip(words_of(before), words_of(fixed.data), strict=True)
    assert sum(one != other for one, other in pairs) <= dated


# ---------------------------------------------------------------- page by page


@dataclass(frozen=True)
class Mended:
    """A file of the corpus before and after, with the pages that LibreOffice makes of both."""

    specimen: Specimen
    fixed: Fixed
    before: bytes
    pages: tuple[bytes, bytes]


def mendable() -> list[Specimen]:
    """Those in which something is planted that is mended, evenly from the whole."""
    every = [
        specimen
        for specimen in specimens()
        if any(MENDS.keys() & mistake.rules.split() for mistake in specimen.mistakes)
        and specimen.way["包"] != "严格"  # which is not mended
    ]
    return every[:: max(1, len(every) // FIXES)][:FIXES]


@cache
def mended() -> tuple[Mended, ...]:
    """Before and after of all, made in one go."""
    need("soffice")
    use_fonts_of_ci()
    chosen = mendable()
    before = [written(specimen.outline, specimen.way) for specimen in chosen]
    fixed = [fix(data, "甲.docx") for data in before]
    files = {f"前{number}.docx": data for number, data in enumerate(before)}
    files |= {f"后{number}.docx": each.data for number, each in enumerate(fixed)}
    batch = converting.read([WordFile(name, data) for name, data in files.items()])
    pdfs = batch.by.to_pdf(
        {name: batch.by.copies[0](data, name) for name, data in files.items()}, batch.stand_ins
    )
    pages = [(pdfs[f"前{number}.docx"], pdfs[f"后{number}.docx"]) for number in range(len(chosen))]
    return tuple(map(Mended, chosen, fixed, before, pages))


@pytest.mark.office
def test_what_is_mended_is_printed_whole_with_the_words_that_it_had() -> None:
    for each in mended():
        assert each.fixed.mended, each.specimen.name
        files = (each.before, each.fixed.data)
        was, lost = (
            first_lost(read_package(data, "甲"), pdf) for data, pdf in zip(files, each.pages, strict=True)
        )
        assert lost is None or (was is not None and was.text == lost.text), (each.specimen.name, lost)
        if not DATED & {found.rule.code for found in each.fixed.mended}:
            one, other = (Counter("".join(text_of_pages(pdf))) for pdf in each.pages)
            figures = set("0123456789—-–")  # of pages, of which there may be more or fewer
            differing = {sign for sign in one | other if one[sign] != other[sign]} - figures
            assert differing == set(), each.specimen.name


@pytest.mark.office
def test_a_mended_paper_takes_about_as_many_pages() -> None:
    for each in mended():
        one, other = (len(text_of_pages(pdf)) for pdf in each.pages)
        assert abs(one - other) <= 1, (each.specimen.name, one, other)
