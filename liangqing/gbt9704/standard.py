"""GB/T 9704-2012 as one table: `STANDARD[element, property]` is a `StandardRow` with value, clause and strength.

    STANDARD["标题", "字号"].value          Size("2号", 44)
    STANDARD["标题", "上空"].value          Count(2, "行")
    length("版面", "天头").twips           2098; likewise face(), size(), number(), align(), which raise TypeError
    STANDARD["版面", "天头"].fits(mm(37.5)) True: within the tolerance, an accepted alternative, or in the range

Values are of the types of `units` and `fonts`, or plain text (a mark, a pattern of a numeral). Strength is that of the
text of the standard: 规定 is stated flatly, 一般 and 推荐 are its own words, 实务 is practice or follows by
calculation where the standard gives no figure. The rows of a paper's elements stand in
`elements`, those of page and layouts in `layouts`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from liangqing.gbt9704.elements import ELEMENTS
from liangqing.gbt9704.fonts import Face
from liangqing.gbt9704.layouts import LAYOUTS
from liangqing.gbt9704.row import StandardRow, Value
from liangqing.gbt9704.units import Align, Count, Length, Size

STANDARD: Mapping[tuple[str, str], StandardRow] = {
    (row.element, row.property): row for row in (*ELEMENTS, *LAYOUTS)
}

V = TypeVar("V", bound=Value)


def _typed(kind: type[V], element: str, name: str) -> V:
    value = STANDARD[element, name].value
    if not isinstance(value, kind):
        raise TypeError(f"{element}的{name}是 {value!r}")
    return value


def length(element: str, name: str) -> Length:
    """The value of a row that is a length. Raises KeyError without such a row, TypeError where it is none."""
    return _typed(Length, element, name)


def face(element: str) -> Face:
    """The 字体 of an element, or that of the whole text where it has none of its own (5.2.2)."""
    return _typed(Face, element if (element, "字体") in STANDARD else "全文", "字体")


def size(element: str) -> Size:
    """The 字号 of an element, or that of the whole text (5.2.2)."""
    return _typed(Size, element if (element, "字号") in STANDARD else "全文", "字号")


def number(element: str, name: str) -> float:
    """The value of a row that counts 字, 行 or others. Raises as `length` does."""
    return _typed(Count, element, name).number


def align(element: str) -> Align:
    """The 对齐 of an element. Raises as `length` does."""
    return _typed(Align, element, "对齐")
