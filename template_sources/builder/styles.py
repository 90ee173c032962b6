"""The style sheet: the rows of 样式.txt, and word/styles.xml made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from liangqing.gbt9704 import fonts
from liangqing.gbt9704.units import SIZES
from template_sources.builder.notation import Faults
from template_sources.builder.ooxml import fixed, x
from template_sources.builder.units import CHARACTER, LINE, PORTRAIT, TIGHTEN, mm, points

RED, GREY = "FF0000", "7F7F7F"
COLOURS = {"红": RED, "灰": GREY}
ALIGNS = {"左": "left", "中": "center", "右": "right", "两端": "both"}
FACES = {
    "小标宋": fonts.TITLE.name,
    "仿宋": fonts.BODY.name,
    "楷体": fonts.KAI.name,
    "黑体": fonts.HEI.name,
    "宋体": fonts.SONG.name,
}
INDENTS = {"左": "left", "右": "right", "悬": "hanging", "首": "firstLine"}
# Character styles: face and colour.
RUN_STYLES = {"楷体字": (FACES["楷体"], ""), "黑体字": (FACES["黑体"], ""), "填写提示": (FACES["仿宋"], GREY)}
_MORE = re.compile(
    r"((?:同页|另页|收紧|不孤行|红|灰|引线)$|级(?=[1-9]$)|窄(?=\d\d$)|后接(?=.)|左制表(?=\d+字$)|右制表(?=(?:版心|版心内1字|\d+毫米)$))(.*)"
)
_INDENT = re.compile(r"([左右悬首])(\d+)字")
ROWS = Path(__file__).resolve().parent / "样式.txt"


@dataclass(frozen=True)
class Style:
    """A paragraph style, a row of 样式.txt.

    `face` as the font is called; `align` as Word calls it; `size` in half-points; `line` in twips, 0: as high as its text; `indent` in characters by side, as Word calls it;
    `more`: word → what stands behind it, such as 同页 → "" and 后接 → 公文正文 (the head of 样式.txt lists them).
    """

    name: str
    face: str
    size: int
    align: str
    line: int
    indent: Mapping[str, int]
    more: Mapping[str, str]

    @property
    def scale(self) -> int:
        """The width in which its characters are drawn, in percent."""
        return int(self.more.get("窄", 100))

    @property
    def character(self) -> int:
        """The width of one character, in twips; of 3号 as it stands in the text (5.2.3)."""
        return CHARACTER if self.size == SIZES["3号"].half_points else points(self.size / 2)


def read_styles() -> dict[str, Style]:
    """The rows of 样式.txt by name, in their order. Raises Faults for a row that cannot be read."""
    read: dict[int, Style] = {}
    wrong: dict[int, str] = {}
    for number, line in enumerate(ROWS.read_text("utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            try:
                read[number] = _style(*(cell.strip(" ") for cell in line.split("¦")))
            except (KeyError, TypeError, ValueError):
                wrong[number] = "读不懂，写法见文件开头"
    styles = {style.name: style for style in read.values()}
    for number, style in read.items():
        if style.more.get("后接", style.name) not in styles:
            wrong[number] = f"后接的「{style.more['后接']}」不在表里"
    if wrong:
        raise Faults(*(f"builder/{ROWS.name} 第{number}行：{what}" for number, what in wrong.items()))
    return styles


def _style(name: str, face: str, size: str, align: str, line: str, indent: str, more: str) -> Style:
    pitch = {"版心": LINE, "随字": 0}.get(line)
    return Style(
        name=name,
        face=FACES[face],
        size=SIZES[size].half_points if size in SIZES else int(2 * _number(size, "磅")),
        align=ALIGNS[align],
        line=points(_number(line, "磅")) if pitch is None else pitch,
        indent={INDENTS[side]: int(count) for side, count in _split(_INDENT, indent.split())},
        more=dict(_split(_MORE, filter(None, more.split("、")))),
    )


def _split(pattern: re.Pattern[str], words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The two groups of each word. Raises ValueError for a word that the pattern does not fit."""
    for word in words:
        if not (found := pattern.fullmatch(word)):
            raise ValueError(word)
        yield found[1], found[2]


def _number(words: str, unit: str) -> float:
    """`33磅` in points or `70毫米` in millimetres. Raises ValueError for anything else."""
    if not words.endswith(unit):
        raise ValueError(words)
    return float(words.removesuffix(unit))


def styles_xml(rows: Mapping[str, Style]) -> str:
    """The root of word/styles.xml."""
    runs = (_run_style(name, face, colour) for name, (face, colour) in RUN_STYLES.items())
    return fixed(
        "styles.xml", styles="".join((*map(_paragraph_style, rows.values()), *runs)), line=LINE, **FACES
    )


def _fonts(face: str) -> str:
    """One face for all four kinds of characters: quotes, dashes and digits stay in the Chinese font."""
    return x("w:rFonts", **dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), face))


def _letters(style: Style) -> str:
    colours = (x("w:color", val=COLOURS[word]) for word in style.more if word in COLOURS)
    return x(
        "w:rPr",
        _fonts(style.face),
        *colours,
        x("w:spacing", val=TIGHTEN) if "收紧" in style.more else "",
        x("w:w", val=style.scale) if style.scale != 100 else "",
        x("w:sz", val=style.size),
        x("w:szCs", val=style.size),
    )


def _tab(style: Style) -> str:
    """A tab at the right: 版心 (its edge), 版心内1字, or millimetres from the left; or one at the left, characters from there."""
    if "左制表" in style.more:
        from_left = int(style.more["左制表"].removesuffix("字"))
        return x("w:tabs", x("w:tab", val="left", pos=from_left * style.character))
    place = style.more["右制表"]
    inside = {"版心": 0, "版心内1字": style.character}
    at = PORTRAIT.text_width - inside[place] if place in inside else mm(_number(place, "毫米"))
    leader = {"leader": "underscore"} if "引线" in style.more else {}
    return x("w:tabs", x("w:tab", val="right", **leader, pos=at))


def _indent(style: Style) -> str:
    first = {"firstLineChars": 100 * style.indent["firstLine"]} if "firstLine" in style.indent else {}
    sides = {side: count * style.character for side, count in style.indent.items()}
    return x("w:ind", **first, **sides) if sides else ""


def _paragraph_style(style: Style) -> str:
    pitch = {"line": style.line, "lineRule": "exact"} if style.line else {"line": 264, "lineRule": "auto"}
    layout = x(
        "w:pPr",
        x("w:keepNext") if "同页" in style.more else "",
        x("w:pageBreakBefore") if "另页" in style.more else "",
        x("w:widowControl") if "不孤行" in style.more else "",
        _tab(style) if style.more.keys() & {"右制表", "左制表"} else "",
        x("w:spacing", before=0, after=0, **pitch),
        _indent(style),
        x("w:jc", val=style.align),
        x("w:outlineLvl", val=int(style.more["级"]) - 1) if "级" in style.more else "",
    )
    then = x("w:next", val=style.more["后接"]) if "后接" in style.more else ""
    head = x("w:name", val=style.name) + x("w:basedOn", val="a") + then + x("w:qFormat")
    return x("w:style", head, layout, _letters(style), type="paragraph", customStyle=1, styleId=style.name)


def _run_style(name: str, face: str, colour: str) -> str:
    look = x("w:rPr", _fonts(face), x("w:color", val=colour) if colour else "")
    return x(
        "w:style", x("w:name", val=name), x("w:qFormat"), look, type="character", customStyle=1, styleId=name
    )
