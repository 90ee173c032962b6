"""What each program writes of its own: defaults, styles, theme, and how it spells fonts and indents.

`base` is the look that its default style has; what a paragraph has beside that is written at the paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ways import JS, OFFICE, OLD, PYTHON, WORD, WPS

from liangqing.base.wordprocessingml import PARAGRAPH_ORDER, RUN_ORDER

Marks = Mapping[str, str]  # the name of a property → its XML


def tag(name: str, inner: str = "", /, **attributes: object) -> str:
    """`<w:name …>`; an attribute that is None is left out."""
    own = "".join(f' w:{key}="{value}"' for key, value in attributes.items() if value is not None)
    return f"<w:{name}{own}>{inner}</w:{name}>" if inner else f"<w:{name}{own}/>"


def properties(name: str, marks: Marks) -> str:
    """`w:pPr` or `w:rPr` with its children in the order of the schema; "" for none."""
    order = PARAGRAPH_ORDER if name == "pPr" else RUN_ORDER
    inner = "".join(marks[key] for key in sorted(marks, key=order.index) if marks[key])
    return tag(name, inner) if inner else ""


@dataclass(frozen=True)
class Suite:
    """A program. `normal`: the size of its default style in points, which characters count in; `slots` of a font that
    it writes, in its order; `hint`: it says which font quotes have; `chars`: it writes indents in characters; `based`:
    the text of a paper is its default style; `falses`: it spells out what is off; `themed`: its defaults are of a theme.
    """

    normal: float
    slots: tuple[str, ...]
    hint: bool = False
    chars: bool = False
    based: bool = False
    falses: Iterable[str] = ()
    themed: bool = True
    style_id: str | None = "a"
    rsid: bool = False


SUITES: Mapping[str, Suite] = {
    WORD: Suite(10.5, ("ascii", "eastAsia", "hAnsi"), hint=True, chars=True, rsid=True),
    OLD: Suite(10.5, ("ascii", "eastAsia"), hint=True, chars=True, themed=False, rsid=True),
    WPS: Suite(
        10.5,
        ("ascii", "hAnsi", "eastAsia", "cs"),
        hint=True,
        chars=True,
        falses=("keepNext", "keepLines", "pageBreakBefore", "widowControl", "topLinePunct", "bidi"),
        style_id="1",
    ),
    OFFICE: Suite(
        12.0, ("ascii", "hAnsi", "eastAsia", "cs"), falses=("bidi",), themed=False, style_id="Normal"
    ),
    PYTHON: Suite(16.0, ("ascii", "hAnsi", "eastAsia"), based=True, style_id="Normal"),
    JS: Suite(16.0, ("ascii", "cs", "eastAsia", "hAnsi"), based=True, themed=False, style_id=None),
}

_THEME_FONTS = {
    "asciiTheme": "minorHAnsi",
    "hAnsiTheme": "minorHAnsi",
    "eastAsiaTheme": "minorEastAsia",
    "cstheme": "minorBidi",
}
_SONG = {"ascii": "Times New Roman", "hAnsi": "Times New Roman", "eastAsia": "宋体", "cs": "Times New Roman"}
_SERIF = {
    "ascii": "Liberation Serif",
    "hAnsi": "Liberation Serif",
    "eastAsia": "Noto Serif CJK SC",
    "cs": "Lohit Devanagari",
}


def styles(name: str, base_paragraph: Marks, base_run: Marks, own: Iterable[str]) -> str:
    """styles.xml: the defaults of a program, with the base where it keeps that, and the paper's own styles."""
    suite = SUITES[name]
    size = round(2 * suite.normal)
    fonts = _THEME_FONTS if suite.themed else _SERIF if name == OFFICE else _SONG
    default_run = {
        "rFonts": tag("rFonts", **fonts),
        "lang": tag("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"),
    }
    default_paragraph: Marks = {}
    normal_run = {"kern": tag("kern", val=2), "sz": tag("sz", val=size), "szCs": tag("szCs", val=24)}
    normal_paragraph: Marks = {"widowControl": tag("widowControl", val=0), "jc": tag("jc", val="both")}
    if name == PYTHON:
        default_run |= {"sz": tag("sz", val=22), "szCs": tag("szCs", val=22)}
        default_paragraph = {"spacing": tag("spacing", after=200, line=276, lineRule="auto")}
        normal_run, normal_paragraph = dict(base_run), base_paragraph
    if name == JS:
        default_run, default_paragraph = dict(base_run), base_paragraph
    defaults = tag(
        "docDefaults",
        tag("rPrDefault", properties("rPr", default_run))
        + tag("pPrDefault", properties("pPr", default_paragraph)),
    )
    found = [defaults]
    if suite.style_id:
        head = tag("name", val="Normal") + tag("qFormat")
        look = properties("pPr", normal_paragraph) + properties("rPr", normal_run)
        found.append(
            f'<w:style w:type="paragraph" w:default="1" w:styleId="{suite.style_id}">{head}{look}</w:style>'
        )
    return "".join((*found, *own))


def theme(name: str, east: str) -> str:
    """theme1.xml with a Chinese font for text, of which only the fonts are looked at; "" where a program writes none."""
    if not SUITES[name].themed:
        return ""
    fonts = "".join(
        f'<a:{which}Font><a:latin typeface="{latin}"/><a:ea typeface="{own}"/><a:cs typeface=""/>'
        f'<a:font script="Hans" typeface="{hans}"/></a:{which}Font>'
        for which, latin, own, hans in (
            ("major", "Calibri Light", "", "等线 Light"),
            ("minor", "Calibri", east, "等线"),
        )
    )
    colours = "".join(
        f'<a:{key}><a:srgbClr val="{value}"/></a:{key}>'
        for key, value in zip(
            "dk1 lt1 dk2 lt2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink".split(),
            "000000 FFFFFF 44546A E7E6E6 4472C4 ED7D31 A5A5A5 FFC000 5B9BD5 70AD47 0563C1 954F72".split(),
            strict=True,
        )
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    formats = (
        f"<a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{f'<a:ln>{fill}</a:ln>' * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
    )
    return (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Office"><a:themeElements>'
        f'<a:clrScheme name="Office">{colours}</a:clrScheme><a:fontScheme name="Office">{fonts}</a:fontScheme>'
        f'<a:fmtScheme name="Office">{formats}</a:fmtScheme></a:themeElements></a:theme>'
    )


def theme_fonts(name: str) -> str:
    """`w:rFonts` of text whose font is the one of the theme."""
    hint = "eastAsia" if SUITES[name].hint else None
    return tag(
        "rFonts", hint=hint, **dict.fromkeys(("asciiTheme", "hAnsiTheme", "eastAsiaTheme"), "minorEastAsia")
    )


def fonts(name: str, face: str, latin: str, how: str = "") -> str:
    """`w:rFonts` for a face as a program spells it; `latin` is the one for Latin text, `how` as in `Words`."""
    suite = SUITES[name]
    given = {slot: face if slot == "eastAsia" else latin for slot in suite.slots}
    if how == "西文":
        given = dict.fromkeys(("ascii", "hAnsi"), face)
    if how == "主题":
        given["eastAsiaTheme"] = "minorEastAsia"
    hint = "eastAsia" if suite.hint else None
    return tag("rFonts", hint=hint, **given)


def indent(name: str, how: str, own: float, *, left: float, first: float, right: float) -> str:
    """`w:ind` from characters of `own` twips, in twips, in characters or both.

    What is left of a line counts in characters of the default style and without what hangs, as Word writes it; what
    the first line has of its own in characters of the paragraph.
    """
    suite = SUITES[name]
    hanging = max(-first, 0.0)
    normal = suite.normal * 20
    twips = {
        "left": round(left * own) or None,
        "right": round(right * own) or None,
        "firstLine": round(first * own) if first > 0 else None,
        "hanging": round(hanging * own) or None,
    }
    chars = {
        "leftChars": round((left - hanging) * own / normal * 100) or None,
        "rightChars": round(right * own / normal * 100) or None,
        "firstLineChars": round(first * 100) if first > 0 else None,
        "hangingChars": round(hanging * 100) or None,
    }
    if name == OFFICE:
        twips = {key: value or 0 for key, value in twips.items() if value or key in ("left", "right")}
    wanted = {
        **(twips if how != "字符" or not suite.chars else {}),
        **(chars if how != "磅" and suite.chars else {}),
    }
    return tag("ind", **wanted) if any(value is not None for value in wanted.values()) else ""
