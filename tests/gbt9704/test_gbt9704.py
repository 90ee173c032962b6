"""The standard as data: its table holds together, and what is calculated from it is right."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from liangqing.base.chinese import character_width
from liangqing.data.model.group import Fonts
from liangqing.gbt9704.elements import ELEMENTS
from liangqing.gbt9704.fonts import FACES, SONG, TITLE, face_of
from liangqing.gbt9704.layouts import LAYOUTS
from liangqing.gbt9704.row import StandardRow
from liangqing.gbt9704.signature import indents
from liangqing.gbt9704.standard import STANDARD, face, length, number, size
from liangqing.gbt9704.units import Align, lines, mm, points

NAME = "某市纪委监委驻市某某局纪检监察组"  # 16 characters


def test_no_value_stands_twice_and_each_names_its_clause() -> None:
    assert len(STANDARD) == len(ELEMENTS) + len(LAYOUTS) > 80
    assert all(re.fullmatch(r"(5|6|7|8|9|10)(\.\d)*", each.clause) for each in STANDARD.values())


def test_page_of_the_table_adds_up() -> None:
    across = [length(*each) for each in (("版面", "订口"), ("版心", "宽"), ("版面", "切口"))]
    down = [length(*each) for each in (("版面", "天头"), ("版心", "高"), ("版面", "地脚"))]
    assert sum(each.emu for each in across) == length("纸张", "宽").emu
    assert sum(each.emu for each in down) == length("纸张", "高").emu
    assert length("版记分隔线", "末条位置") == mm(37 + 225)


def test_grid_of_the_table_fills_the_type_area_and_no_more() -> None:
    height, width = length("版心", "高").points, length("版心", "宽").points
    pitch, step = length("版心", "行距").points, length("版心", "字宽").points
    assert height // pitch == number("版心", "每面行数") and height - 22 * pitch < pitch / 22
    assert width // step == number("版心", "每行字数")
    assert step == size("正文").points + length("版心", "字距").points


def test_units_are_those_of_word() -> None:
    assert (mm(37).twips, mm(28).twips, points(28.95).twips, mm(0.35).eighths) == (2098, 1587, 579, 8)
    assert (f"{mm(35)}", f"{size('标题')}", f"{lines(2)}") == ("35 mm", "2号（22磅）", "2行")


def test_an_element_without_a_face_of_its_own_has_that_of_the_text() -> None:
    assert face("主送机关") is face("全文") and size("主送机关") is size("全文")
    assert face("标题") is TITLE and face("页码") is SONG


@pytest.mark.parametrize(
    ("row", "good", "bad"),
    [
        (STANDARD["版面", "天头"], (mm(36), mm(38), mm(34.58)), (mm(25.4), mm(38.2))),
        (STANDARD["版面", "地脚"], (mm(35), mm(32.58)), (mm(25.4),)),
        (STANDARD["版心", "行距"], (points(28), points(29.6)), (points(27.9), points(30))),
        (STANDARD["三级标题", "序数"], ("1.", "1．"), ("1、",)),
        (STANDARD["标题", "上空"], (lines(2),), (lines(1),)),
        (STANDARD["标题", "对齐"], (Align.CENTRE,), (Align.LEFT,)),
    ],
)
def test_what_is_as_good_as_our_value(
    row: StandardRow, good: tuple[object, ...], bad: tuple[object, ...]
) -> None:
    assert all(row.fits(each) for each in good)  # type: ignore[arg-type]
    assert not any(row.fits(each) for each in bad)  # type: ignore[arg-type]


def test_a_value_of_another_kind_is_refused() -> None:
    with pytest.raises(TypeError, match="标题的字号是"):
        length("标题", "字号")
    with pytest.raises(KeyError):
        number("标题", "没有这一项")


def test_a_font_is_of_one_class_only() -> None:
    for one, other in combinations(FACES.values(), 2):
        assert not {each.casefold() for each in one.names} & {each.casefold() for each in other.names}
    assert (face_of(" simsun "), face_of("方正小标宋_GBK"), face_of("华文中宋")) == (SONG, TITLE, None)


def test_options_name_the_fonts_of_the_table() -> None:
    ours = Fonts.model_validate({})
    assert {getattr(ours, each) for each in Fonts.model_fields} == {each.name for each in FACES.values()}


@pytest.mark.parametrize(
    ("name", "date", "sealed", "expected"),
    [
        (NAME, "2026年10月9日", True, (0, 4)),  # longer than the date by more than 8: to the edge
        ("某某局", "2026年10月9日", True, (5.75, 4)),
        ("某某局某科室", "2026年10月9日", True, (4.25, 4)),
        (NAME, "2026年10月9日", False, (2, 9.5)),
        ("某某局", "2026年10月9日", False, (7.5, 2)),
        ("长" * 27, "2026年10月9日", False, (1, 19.5)),
        ("长" * 40, "2026年10月9日", False, (0, 19.5)),
        ("长" * 40, "2026年10月9日", True, (0, 4)),
    ],
)
def test_signature_and_date(name: str, date: str, sealed: bool, expected: tuple[float, float]) -> None:
    assert indents(name, date, sealed=sealed) == expected


@pytest.mark.parametrize("size_of_name", range(1, 29))
@pytest.mark.parametrize("date", ["2026年1月1日", "2026年12月31日", "2026年　月　日"])
def test_signature_stands_as_the_clauses_say(size_of_name: int, date: str) -> None:
    """Each clause held against the places where the lines begin and end, not against the formula."""
    name, width = "长" * size_of_name, character_width(date)
    bare, sealed = indents(name, date, sealed=False), indents(name, date, sealed=True)
    begins = 28 - bare.signature - size_of_name
    assert 28 - bare.date - width == begins + 2 and begins >= 0
    assert (bare.date if width > size_of_name else bare.signature) == (
        2 if size_of_name <= 26 else 28 - size_of_name
    )
    assert sealed.date == 4
    centres = sealed.signature + size_of_name / 2, sealed.date + width / 2
    assert centres[0] == centres[1] or (sealed.signature == 0 and centres[0] > centres[1])
