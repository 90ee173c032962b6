"""Where the ink of other heads stands: several organs, 签发人, 份号 and 紧急程度, an order; in mm, as in test_ink."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import specimens
from ink import CHARACTER, DPI, LEFT, PITCH, RIGHT, TOP, Band, Sheet, bands, edges, near, rasterised

from liangqing.gbt9704.check.judge import check
from liangqing.gbt9704.row import Strength
from liangqing.gbt9704.standard import length, number
from template_sources.builder.letterhead import ink_drop
from template_sources.builder.units import LINE

pytestmark = [pytest.mark.xdist_group("ink"), pytest.mark.office]

Pages = Mapping[str, list[Sheet]]
SEAL = 42.0  # mm: the seal of an organ of a city is as wide
JOINT = ("联合二机关", "联合三机关", "联合五机关", "联合不盖章", "联合不盖章长名", "上行文三人")
UPWARD = ("上行文", "上行文未签", "上行文三人")
FOOT_OF_TEXT = 244.0  # the imprint stands below


@pytest.fixture(scope="session")
def heads(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """All of them, converted in one call."""
    return rasterised(specimens.other_heads(), tmp_path_factory.mktemp("版头"))


def lines(sheet: Sheet) -> list[Band]:
    return [line for line in sheet.lines(sheet.black) if line.size > 1]


def red_rule(sheet: Sheet) -> Band:
    """The last red thing above the text."""
    return sheet.lines(sheet.red, 0.3)[-1]


@pytest.mark.parametrize("name", JOINT)
def test_names_of_a_joint_mark_are_equally_wide_and_the_first_is_35_mm_under_the_edge(
    heads: Pages, name: str
) -> None:
    first = heads[name][0]
    *_, rule = first.lines(first.red, 0.3)
    mark = Band(first.lines(first.red, 0.3)[0].start, rule.start - 1)
    assert mark.start == near(TOP + length("发文机关标志", "距版心上边缘").mm)
    left, right = edges(first, first.red, mark)
    assert (left + right) / 2 == near((LEFT + RIGHT) / 2, 2)
    assert right - left <= length("信函", "红线长").mm
    # 文件 stands beside them, at the middle of their height.
    rows = slice(round(mark.start * DPI / 25.4), round((rule.start - 1) * DPI / 25.4))
    beside = round((right - 15) * DPI / 25.4)
    word = bands(np.any(first.red[rows, beside:], axis=1), 0.5)
    whole = bands(np.any(first.red[rows], axis=1), 0.5)
    assert (word[0].start + word[-1].end) / 2 == near((whole[0].start + whole[-1].end) / 2)
    names = first.red[rows, : round((right - 24) * DPI / 25.4)]
    each = bands(np.any(names, axis=1), 0.5)
    assert len(each) == {"联合二机关": 2, "联合不盖章长名": 2, "联合五机关": 5}.get(name, 3)
    places = [
        bands(np.any(names[round(line.start * DPI / 25.4) : round(line.end * DPI / 25.4)], axis=0), 60)[0]
        for line in each
    ]
    assert all(place.start == near(places[0].start, 1.5) for place in places)
    assert all(place.end == near(places[0].end, 1.5) for place in places)


@pytest.mark.parametrize("name", ("联合二机关", "联合三机关", "联合五机关"))
def test_seals_of_a_joint_paper_have_room_and_the_date_stands_under_the_last(heads: Pages, name: str) -> None:
    last = heads[name][-1]
    *above, date, _note = [line for line in lines(last) if line.end < FOOT_OF_TEXT]
    assert date.start - above[-1].start == near(PITCH)
    organs = {"联合二机关": [1, 1], "联合三机关": [3], "联合五机关": [3, 2]}[name]
    rows = above[-len(organs) :]
    centres = []
    for row in rows:
        parts = last.columns(last.black, row, 8)
        centres.append([(part.start + part.end) / 2 for part in parts])
        assert all(second - first > SEAL for first, second in pairwise(centres[-1]))
        assert centres[-1][0] - SEAL / 2 > LEFT - 1 and centres[-1][-1] + SEAL / 2 < RIGHT + 1
    if name == "联合五机关":
        assert rows[1].start - rows[0].start > SEAL
        assert [len(row) for row in centres] == organs
    begins, ends = edges(last, last.black, date)
    assert (begins + ends) / 2 == near(centres[-1][-1], 4)


def test_signatures_without_seals_begin_together_the_host_first(heads: Pages) -> None:
    last = heads["联合不盖章长名"][-1]
    *above, host, other, date, _note = [line for line in lines(last) if line.end < FOOT_OF_TEXT]
    starts = [edges(last, last.black, line)[0] for line in (host, other, date)]
    assert starts[1] == near(starts[0])
    assert starts[0] + 0.5 * CHARACTER < starts[2] < starts[0] + 2 * CHARACTER + 1
    assert edges(last, last.black, host)[1] == near(RIGHT - number("署名", "右空") * CHARACTER)
    assert round((host.start - above[-1].start) / PITCH) - 1 == number("署名", "上空")


@pytest.mark.parametrize("name", UPWARD)
def test_an_upward_paper_has_its_number_at_the_left_and_its_signers_at_the_right(
    heads: Pages, name: str
) -> None:
    first = heads[name][0]
    rule = red_rule(first)
    assert edges(first, first.red, rule) == (near(LEFT), near(RIGHT))
    *signers, line = [line for line in lines(first) if line.end < rule.start]
    assert len(signers) == (1 if name == "上行文三人" else 0)
    left, right = edges(first, first.black, line)
    assert left == near(LEFT + CHARACTER)
    assert rule.start - line.end == near(length("版头分隔线", "距发文字号").mm)
    if name == "上行文":
        assert right == near(RIGHT - number("签发人", "右空") * CHARACTER)
    if name == "上行文未签":  # room for a name of three
        assert RIGHT - right > 3.5 * CHARACTER
    for upper in signers:
        parts = first.columns(first.black, upper, 3)
        below = first.columns(first.black, line, 20)
        assert edges(first, first.black, upper)[1] == near(RIGHT - CHARACTER)
        named = next(
            part for part in first.columns(first.black, upper, 1.5) if part.start > below[-1].start - 2
        )
        assert parts and named.start == near(below[-1].start)


@pytest.mark.parametrize("name", ("文件加急", "联合五机关"))
def test_copy_number_and_urgency_begin_the_type_area_and_move_no_mark(heads: Pages, name: str) -> None:
    first = heads[name][0]
    mark = first.lines(first.red, 0.3)[0]
    corner = [line for line in lines(first) if line.end < mark.start]
    assert len(corner) == (2 if name == "文件加急" else 1)
    lowest = corner[-1].start - (len(corner) - 1) * PITCH  # that of characters, since figures are less high
    assert lowest - ink_drop(LINE / 20, 16) == near(TOP)
    assert all(edges(first, first.black, line)[0] == near(LEFT) for line in corner)
    assert all(below.start - above.start == near(PITCH) for above, below in pairwise(corner))
    assert mark.start == near(TOP + length("发文机关标志", "距版心上边缘").mm)


@pytest.mark.parametrize("name", ("信函加急", "信函份号"))
def test_copy_number_and_urgency_of_a_letter_begin_level_with_its_number(heads: Pages, name: str) -> None:
    first = heads[name][0]
    top, *others = lines(first)
    assert edges(first, first.black, top) == (near(LEFT), near(RIGHT))
    assert top.start - first.lines(first.red, 0.3)[2].end == near(length("信函", "发文字号距红线").mm)
    if name == "信函加急":
        lower, *others = others
        assert lower.start - top.start == near(PITCH) and edges(first, first.black, lower)[0] == near(LEFT)
        top = lower
    assert 2 <= (others[0].start - top.end) / PITCH < 3


def test_an_order_has_its_mark_20_mm_under_the_edge_and_two_blank_lines_between(heads: Pages) -> None:
    (sheet,) = heads["命令"]
    (mark,) = sheet.lines(sheet.red, 0.3)
    assert mark.start == near(TOP + length("命令", "标志距版心上边缘").mm)
    order, text, *_ = lines(sheet)
    assert sum(edges(sheet, sheet.black, order)) / 2 == near((LEFT + RIGHT) / 2)
    assert 2 <= (order.start - mark.end) / PITCH < 3
    assert round((text.start - order.start) / PITCH) - 1 == number("命令", "正文上空")
    *_, closing, post, date = [line for line in lines(sheet) if line.end < FOOT_OF_TEXT]
    assert round((post.start - closing.start) / PITCH) - 1 == number("签名章", "上空")
    assert round((date.start - post.start) / PITCH) - 1 == number("签名章", "成文日期上空")
    assert edges(sheet, sheet.black, date)[1] == near(RIGHT - number("签名章", "右空") * CHARACTER, 1.7)


def test_the_checker_finds_all_heads_right(tmp_path: Path) -> None:
    for name, data in specimens.other_heads().items():
        found = check(data, f"{name}.docx").findings
        assert [finding for finding in found if finding.rule.strength is not Strength.PRACTICE] == [], name
