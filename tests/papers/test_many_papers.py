"""Papers of all kinds on short, usual and long data, as they stand on the page."""

from __future__ import annotations

import pytest
from many_papers import ManyPaper
from many_years import SIZES
from sample import KINDS

pytestmark = [pytest.mark.office, pytest.mark.xdist_group("many_papers")]


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
