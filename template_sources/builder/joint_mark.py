"""The mark of a joint file (7.2.4): the names one above the other, equally wide, and 文件 to their right in the middle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from template_sources.builder.letterhead import FILE_MARK_TOP, FIRST_MARK, MARK_LINE, MARK_SIZE, ink_drop
from template_sources.builder.ooxml import paragraph, run, tag_line, x
from template_sources.builder.styles import Style
from template_sources.builder.tables import unframed_row
from template_sources.builder.units import PORTRAIT, mm, points, points_in_mm

NAMES_ROOM = 138.0  # mm, the most that names take beside 文件
GAP = 6.0  # mm between them and 文件
SHORTEST, STEP = 4, 2  # characters: the names of a table, and by how much the next table is wider
FILE_WORDS = "文件"


def joint_mark(names: str, widest: str, styles: Mapping[str, Style]) -> str:
    """The mark of several organs: its ink begins 35 mm under the edge of the type area, as that of one does.

    `names` is a variable with the list of the names, `widest` one with the width of the longest in characters. There
    is a table for each width, drawn narrower where the names are long.
    """
    before = mm(FILE_MARK_TOP - ink_drop(MARK_LINE, MARK_SIZE)) - PORTRAIT.top - points(1)
    above = paragraph("细行", properties=x("w:spacing", before=before))
    *tables, last = _widths(styles)
    told = (
        tag_line(f"{{% {'elif' if number else 'if'} {widest} <= {count} %}}") + _table(names, style, count)
        for number, (style, count) in enumerate(tables)
    )
    return "".join((above, *told, tag_line("{% else %}"), _table(names, *last), tag_line("{% endif %}")))


def _widths(styles: Mapping[str, Style]) -> Iterator[tuple[Style, int]]:
    """The looks of a mark from the widest on, and for how many characters there is a table in each."""
    least = SHORTEST
    for style in styles.values():
        if style.name.startswith(FIRST_MARK):
            most = int(NAMES_ROOM / _advance(style))
            yield from ((style, count) for count in range(least, most, STEP))
            yield style, most
            least = most + STEP


def _advance(style: Style) -> float:
    """How wide a character of a mark is, in mm."""
    return points_in_mm(MARK_SIZE * style.scale / 100)


def _table(names: str, style: Style, count: int) -> str:
    """Names of up to `count` characters, in a table without edges that is as wide as they and 文件 are."""
    name = paragraph(style.name, run("{{ 名 }}"), properties=x("w:jc", val="distribute"))
    loop = tag_line(f"{{% for 名 in {names} %}}") + name + tag_line("{% endfor %}")
    return unframed_row(
        (mm(_advance(style) * count + 1), loop),
        (mm(GAP), paragraph(FIRST_MARK, run(""))),
        (mm(points_in_mm(MARK_SIZE) * len(FILE_WORDS) + 1), paragraph(FIRST_MARK, run(FILE_WORDS))),
    )
