"""Papers of all kinds on short, usual and long data, as they stand on the page."""

from __future__ import annotations

import io
import zipfile
from collections import Counter

import pytest
from lxml import etree
from many_papers import ManyPaper
from many_years import SIZES
from sample import KINDS

from liangqing.base.docx_zip import MC, W, read_package
from liangqing.pdf.printed_text import first_lost

pytestmark = [pytest.mark.office, pytest.mark.xdist_group("many_papers")]


def test_they_are_made_once_for_all_tests_of_the_group(request: pytest.FixtureRequest) -> None:
    """Where tests are handed out by group, all that ask for the papers run in one process."""
    if getattr(request.config.option, "loadgroup", False):
        assert request.node.nodeid.endswith("@many_papers")


def test_every_kind_is_made_short_usual_and_long(many_papers: tuple[ManyPaper, ...]) -> None:
    assert len(many_papers) >= 300
    assert {(paper.kind, paper.size) for paper in many_papers} == {
        (kind, size.name) for kind in KINDS for size in SIZES
    }


def test_lines_are_told_by_cell_and_in_millimetres(many_papers: tuple[ManyPaper, ...]) -> None:
    letter = next(paper for paper in many_papers if paper.kind == "整改函")
    assert round(letter.pages[0].width) == 210 and round(letter.pages[0].height) == 297
    (addressee,) = [line for line in letter.pages[0].lines if line.text.endswith("：")][:1]
    assert 27.5 < addressee.box.left < 28.5
    form = next(paper for paper in many_papers if paper.kind == "双签字确认表")
    assert "被检查单位" in [line.text for page in form.pages for line in page.lines]


def test_what_the_word_file_says_stands_on_its_pages(many_papers: tuple[ManyPaper, ...]) -> None:
    """Counted apart from the program's own comparison: no character of the body is there less often in the PDF."""
    lost = {}
    for paper in many_papers:
        printed = Counter("".join(page.text for page in paper.pages))
        missing = Counter("".join(_said(paper.docx).split())) - printed
        if missing:
            lost[paper.name] = missing
    assert not lost


def _said(data: bytes) -> str:
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    etree.strip_elements(root, f"{MC}Fallback")
    for cell in [*root.iter(f"{W}tc")]:
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        if merged is not None and merged.get(f"{W}val") != "restart":
            cell.clear()
    return "".join(text.text or "" for text in root.iter(f"{W}t"))


def test_the_program_finds_nothing_lost_and_of_another_paper_something(
    many_papers: tuple[ManyPaper, ...],
) -> None:
    """Each with its own PDF; with the words of another paper none is taken for whole."""
    for paper, other in zip(many_papers, many_papers[7:], strict=False):
        package = read_package(paper.docx, paper.name)
        assert first_lost(package, paper.pdf) is None, paper.name
        if paper.kind != other.kind:
            assert first_lost(package, other.pdf) is not None, (paper.name, other.name)
