"""Titles on the pages of some 300 papers: each line is the one that was chosen, centred, within the type area, of three signs and more."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from itertools import pairwise

import pytest
from lxml import etree
from many_papers import ManyPaper
from pdf_pages import Line

from liangqing.base.docx_zip import W

pytestmark = [pytest.mark.office, pytest.mark.xdist_group("many_papers")]

STYLES = ("公文标题", "表格标题", "附件标题")
POINTS = 22  # of 2号
ENVELOPE = "信封"  # has no title: in that size stands to whom it goes
HEADER = 37  # mm: above stands 草稿 or 送审稿, of the same size


def chosen(paper: ManyPaper) -> Iterator[str]:
    """The lines of the titles in the Word file."""
    with zipfile.ZipFile(io.BytesIO(paper.docx)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    for paragraph in root.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(f"{W}val") in STYLES:
            words = paragraph.iter(f"{W}t", f"{W}br")
            yield from "".join("\n" if each.tag == f"{W}br" else each.text or "" for each in words).split(
                "\n"
            )


def printed(paper: ManyPaper) -> Iterator[tuple[Line, float]]:
    """The lines of that size on its pages, each with the width of its page."""
    for page in paper.pages if paper.kind != ENVELOPE else ():
        for line in page.between(HEADER - 7, page.height):
            if abs(line.signs[0].size - POINTS) < 0.5 and line.text not in ("草稿", "送审稿"):
                yield line, page.width


def test_each_line_of_a_title_is_printed_as_it_was_chosen(many_papers: tuple[ManyPaper, ...]) -> None:
    faults = [
        (paper.name, lines, wanted)
        for paper in many_papers
        if (wanted := [line.replace(" ", "") for line in chosen(paper)])
        != (lines := [line.text for line, _ in printed(paper)])
    ]
    assert faults == []
    assert sum(len(list(chosen(paper))) for paper in many_papers) > 300


def test_title_lines_are_centred_and_none_is_lost_or_starts_ill(many_papers: tuple[ManyPaper, ...]) -> None:
    faults = []
    for paper in many_papers:
        found = list(printed(paper))
        for line, width in found:
            middle = (line.box.left + line.box.right) / 2
            # 28 mm at the left and 26 at the right; forms and landscape pages have other margins, both alike
            if len(line.text) < 3 or line.text[0] in "的、，及和》）" or abs(middle - width / 2) > 3:
                faults.append((paper.name, line.text, round(middle - width / 2, 1)))
    assert faults == []


def test_lines_of_one_title_differ_less_than_three_to_one_unless_a_name_stands_alone(
    many_papers: tuple[ManyPaper, ...],
) -> None:
    """What follows the whole name of an organ may be short: 「体检报告」."""
    ratios = {
        (above, below)
        for paper in many_papers
        for above, below in pairwise(chosen(paper))
        if below != "数字明细" and max(len(above), len(below)) > 3 * min(len(above), len(below))
    }
    assert all(above.endswith(("党支部", "党组", "组")) for above, _ in ratios), ratios
