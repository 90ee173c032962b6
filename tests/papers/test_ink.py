"""Where the ink stands: our papers in LibreOffice, on rasterised pages, against the figures of the standard.

Places are in mm from the upper left corner of the sheet. A figure of the standard is held within 1 mm.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import specimens
from ink import CHARACTER, DPI, LEFT, PITCH, RIGHT, TOP, Band, Sheet, bands, edges, near, rasterised

from liangqing.base.chinese import character_width
from liangqing.gbt9704.signature import indents
from liangqing.gbt9704.standard import length, number
from template_sources.builder.letterhead import ink_drop
from template_sources.builder.units import LINE

pytestmark = [pytest.mark.xdist_group("ink"), pytest.mark.office]

Pages = Mapping[str, list[Sheet]]
FOOT = length("纸张", "高").mm - length("版面", "地脚").mm
NUMBER_FROM = 264.0  # below this the page number stands, and nothing else but the letter's lower rule


@pytest.fixture(scope="session")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """All specimens, converted in one call."""
    return rasterised(specimens.all_papers(), tmp_path_factory.mktemp("样张"))


def text_lines(sheet: Sheet) -> list[Band]:
    """The lines of text above the page number."""
    return [each for each in sheet.lines(sheet.black) if each.start < NUMBER_FROM and each.size > 1]


def rules(sheet: Sheet) -> list[Band]:
    """The black rules: the imprint's."""
    return [each for each in sheet.lines(sheet.black, 0.2) if each.size < 1 and each.end < NUMBER_FROM]


LETTERS = ("信函一页", "信函两页", "信函五页", "信函短名", "信函多抄送", "整改函一个问题", "整改函十二个问题")
FILES = ("文件盖章", "文件不盖章", "文件短名不盖章", "文件长名")


def test_papers_are_as_long_as_they_are_meant_to_be(sheets: Pages) -> None:
    assert [len(sheets[name]) for name in LETTERS] == [1, 2, 5, 2, 2, 2, 5]


@pytest.mark.parametrize("name", LETTERS)
def test_letter_has_its_mark_and_its_rules(sheets: Pages, name: str) -> None:
    first = sheets[name][0]
    mark, *lines = first.lines(first.red, 0.3)
    assert mark.start == near(length("信函", "标志上边缘").mm)
    middle = sum(edges(first, first.red, mark)) / 2
    assert middle == near(length("纸张", "宽").mm / 2)
    assert [each.size > 0.5 for each in lines] == [True, False, False, True]  # thick, thin; thin, thick
    assert lines[0].start - mark.end == near(length("信函", "红线距标志").mm)
    assert lines[3].end == near(length("纸张", "高").mm - length("信函", "红线距下页边").mm)
    for each in lines:
        left, right = edges(first, first.red, each)
        assert right - left == near(length("信函", "红线长").mm) and left == near(20)
    assert not any(sheet.red.any() for sheet in sheets[name][1:])


@pytest.mark.parametrize("name", LETTERS)
def test_letter_has_its_number_at_the_right_and_no_page_number_on_page_one(sheets: Pages, name: str) -> None:
    first = sheets[name][0]
    code, title = text_lines(first)[:2]
    upper = first.lines(first.red, 0.3)[2]
    assert code.start - upper.end == near(length("信函", "发文字号距红线").mm)
    assert edges(first, first.black, code)[1] == near(RIGHT)
    blank_lines = (title.start - code.end) / PITCH
    assert 2 <= blank_lines < 3
    assert not [each for each in first.lines(first.black) if each.start > NUMBER_FROM]


@pytest.mark.parametrize("name", (*FILES, "纪要"))
def test_file_has_its_mark_number_and_rule(sheets: Pages, name: str) -> None:
    first = sheets[name][0]
    mark, rule = first.lines(first.red, 0.3)
    assert mark.start == near(TOP + length("发文机关标志", "距版心上边缘").mm)
    left, right = edges(first, first.red, mark)
    assert (left + right) / 2 == near((LEFT + RIGHT) / 2) and right - left < RIGHT - LEFT
    assert edges(first, first.red, rule) == (near(LEFT), near(RIGHT))
    code = text_lines(first)[0]
    assert 2 <= (code.start - mark.end) / PITCH < 3
    assert sum(edges(first, first.black, code)) / 2 == near((LEFT + RIGHT) / 2)
    last = max(each.end for each in text_lines(first) if each.end < rule.start)
    assert rule.start - last == near(length("版头分隔线", "距发文字号").mm)
    title = min(each.start for each in text_lines(first) if each.start > rule.end)
    assert 2 <= (title - rule.end) / PITCH < 3


@pytest.mark.parametrize(("name", "page"), [("信函五页", 1), ("信函五页", 2), ("整改函十二个问题", 2)])
def test_full_page_has_22_lines_from_edge_to_edge(sheets: Pages, name: str, page: int) -> None:
    """A line is a character and the white of 7/8 of one (3.2); in a viewer most of the white stands above it."""
    lines = text_lines(sheets[name][page])
    assert len(lines) == number("版心", "每面行数")
    above = ink_drop(LINE / 20, 16)
    below = PITCH - above - lines[0].size
    assert lines[0].start - above == near(TOP)
    assert lines[-1].end + below == near(FOOT)
    steps = [second.start - first.start for first, second in pairwise(lines)]
    assert sum(steps) / 21 == near(PITCH, 0.05)


def test_full_line_has_28_characters_from_edge_to_edge(sheets: Pages) -> None:
    """Every second line of a paragraph is `LINE`: 28 characters, and it does not break before its last."""
    sheet = sheets["信函五页"][2]
    full = max(text_lines(sheet), key=lambda each: sheet.across(sheet.black, each).size)
    whole = [each for each in text_lines(sheet) if edges(sheet, sheet.black, each)[0] == near(LEFT, 0.6)]
    assert whole and edges(sheet, sheet.black, full)[1] == near(RIGHT)
    for line in whole[:3]:
        rows = sheet.black[round(line.start * DPI / 25.4) : round(line.end * DPI / 25.4)]
        inked = np.any(rows, axis=0)
        cells = [
            bool(np.any(inked[round(at * DPI / 25.4) : round((at + CHARACTER) * DPI / 25.4)]))
            for at in (LEFT + CHARACTER * step for step in range(28))
        ]
        assert all(cells[:27])


@pytest.mark.parametrize("name", (*LETTERS, *FILES, "纪要"))
def test_page_numbers_stand_outside_below_the_type_area(sheets: Pages, name: str) -> None:
    begins = 1 if name in LETTERS else 0
    for index, sheet in list(enumerate(sheets[name], 1))[begins:]:
        (line,) = [each for each in sheet.lines(sheet.black) if each.start > NUMBER_FROM]
        left, right = edges(sheet, sheet.black, line)
        indent = 14 / 72 * 25.4
        assert (right == near(RIGHT - indent)) if index % 2 else (left == near(LEFT + indent))
        dash, *_, last = sheet.columns(sheet.black, line, 0.3)
        for each in (dash, last):
            place = round(each.start / 25.4 * DPI), round(each.end / 25.4 * DPI)
            (stroke,) = bands(
                np.any(sheet.black[round(NUMBER_FROM * DPI / 25.4) :, place[0] : place[1]], axis=1), 1
            )
            assert NUMBER_FROM + (stroke.start + stroke.end) / 2 == near(
                FOOT + length("页码", "距版心下边缘").mm
            )


@pytest.mark.parametrize("name", (*FILES, "纪要"))
def test_imprint_of_a_file_stands_on_the_foot_of_the_last_page(sheets: Pages, name: str) -> None:
    *others, last = sheets[name]
    assert not any(rules(sheet) for sheet in others)
    found = rules(last)
    assert len(found) == 3
    assert found[-1].end == near(length("版记分隔线", "末条位置").mm, 0.3)
    assert all(edges(last, last.black, each) == (near(LEFT), near(RIGHT)) for each in found)
    above = [each for each in text_lines(last) if each.end < found[0].start]
    assert above and found[0].start - above[-1].end > 0.5
    inside = [each for each in text_lines(last) if each.start > found[0].end]
    indent = 14 / 72 * 25.4
    assert all(edges(last, last.black, each)[0] == near(LEFT + indent) for each in inside[:2])
    assert edges(last, last.black, inside[-1])[1] == near(RIGHT - indent)


@pytest.mark.parametrize("name", ("信函两页", "信函五页", "信函短名", "信函多抄送", "整改函一个问题"))
def test_imprint_of_a_letter_has_no_rules_and_stands_on_the_foot(sheets: Pages, name: str) -> None:
    last = sheets[name][-1]
    assert rules(last) == []
    *_, note, copied = text_lines(last)[: -5 if name == "信函多抄送" else None]
    assert FOOT - text_lines(last)[-1].end < 2.5
    assert copied.start - note.end > 1


SIGNED = {
    "信函两页": (specimens.LONG, True),
    "信函短名": (specimens.SHORT, True),
    "文件盖章": (specimens.LONG, True),
    "文件不盖章": (specimens.LONG, False),
    "文件短名不盖章": (specimens.SHORT, False),
}


@pytest.mark.parametrize("name", SIGNED)
def test_signature_and_date_stand_where_the_formulas_put_them(sheets: Pages, name: str) -> None:
    """LibreOffice adds white between figures and 年月日, so that the date begins up to 1.5 characters early."""
    office, sealed = SIGNED[name]
    sheet = sheets[name][-1]
    places = indents(office, specimens.DATE, sealed=sealed)
    of_imprint = 2 if name in FILES else 1
    before, signature, date, _note = text_lines(sheet)[:-of_imprint][-4:]
    begins, ends = edges(sheet, sheet.black, signature)
    assert ends == near(RIGHT - places.signature * CHARACTER)
    assert begins == near(RIGHT - (places.signature + character_width(office)) * CHARACTER, 2)
    date_begins, date_ends = edges(sheet, sheet.black, date)
    assert date_ends == near(RIGHT - places.date * CHARACTER, 1.7)  # 日 has white on its right
    wanted = RIGHT - (places.date + character_width(specimens.DATE)) * CHARACTER
    assert wanted - 1.5 * CHARACTER < date_begins < wanted + 1
    assert round((signature.start - before.start) / PITCH) - 1 == (2 if sealed else 1)


@pytest.mark.parametrize("name", (*LETTERS[1:], *FILES))
def test_signature_never_stands_on_a_page_without_two_lines_of_text(sheets: Pages, name: str) -> None:
    """7.3.5.5, and no lonely 此函。"""
    sheet = sheets[name][-1]
    first, second = (sheet.across(sheet.black, each) for each in text_lines(sheet)[:2])
    assert first.size > 8 * CHARACTER and second.size > 8 * CHARACTER


def test_turned_page_has_its_number_where_the_upright_ones_have_it(sheets: Pages) -> None:
    """Turned back, the number stands as on an upright page: at its right on odd pages, at its left on even ones."""
    indent = 14 / 72 * 25.4
    for index, sheet in enumerate(sheets["横表"], 1):
        upright = np.rot90(sheet.black, 1)  # a quarter turn to the left
        below = upright[round(NUMBER_FROM * DPI / 25.4) :]
        line = bands(np.any(below, axis=1), 0.5)
        assert len(line) == 1
        middle = NUMBER_FROM + (line[0].start + line[0].end) / 2
        assert middle == near(FOOT + length("页码", "距版心下边缘").mm)
        (across,) = bands(np.any(below, axis=0), 20)
        assert (across.end == near(RIGHT - indent)) if index % 2 else (across.start == near(LEFT + indent))


def test_table_on_a_turned_page_has_its_head_at_the_left_of_the_upright_sheet(sheets: Pages) -> None:
    sheet = sheets["横表"][1]
    upright = np.rot90(sheet.black, 1)[: round(NUMBER_FROM * DPI / 25.4)]
    (across,) = bands(np.any(upright, axis=0), 60)
    assert across.start == near(LEFT, 2) and across.end < RIGHT + 1


def test_sheet_of_a3_is_numbered_at_its_foot(sheets: Pages) -> None:
    for index, sheet in enumerate(sheets["大横表"], 1):
        (line,) = [each for each in sheet.lines(sheet.black) if each.start > NUMBER_FROM]
        left, right = edges(sheet, sheet.black, line)
        assert right == near(420 - 26 - 14 / 72 * 25.4) if index % 2 else left == near(28 + 14 / 72 * 25.4)


def test_ink_is_measured_where_it_is(tmp_path: Path) -> None:
    """The measure itself: a red rule and a black block drawn at known places."""
    from PIL import Image, ImageDraw

    page = Image.new("RGB", (round(210 / 25.4 * DPI), round(297 / 25.4 * DPI)), "white")
    draw = ImageDraw.Draw(page)

    def at(*places: float) -> tuple[int, ...]:
        return tuple(round(each / 25.4 * DPI) for each in places)

    draw.rectangle(at(20, 50, 190, 50.7), fill="red")
    draw.rectangle(at(28, 100, 34, 105), fill="black")
    page.save(tmp_path / "页.png")
    sheet = Sheet(tmp_path / "页.png")
    (rule,) = sheet.lines(sheet.red)
    (block,) = sheet.lines(sheet.black)
    assert (rule.start, *edges(sheet, sheet.red, rule)) == (near(50, 0.2), near(20, 0.2), near(190, 0.3))
    assert (block.start, block.end, block.size) == (near(100, 0.2), near(105, 0.3), near(5, 0.4))
