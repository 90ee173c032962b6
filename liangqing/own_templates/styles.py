"""word/styles.xml: the document's defaults, the named styles and the style of tables."""

from __future__ import annotations

from collections.abc import Iterator

from liangqing.own_templates.markup import Element, on, w
from liangqing.own_templates.measures import FACES, LINE, SIZE_3
from liangqing.own_templates.word_styles import GREY, HEI_RUN, HINT_RUN, KAI_RUN, STYLES, TABLE, Style


def fonts(face: str) -> Element:
    """One face for all four kinds of characters: quotes, dashes and digits stay in the Chinese font."""
    return w("rFonts", ascii=face, hAnsi=face, eastAsia=face, cs=face)


def _letters(style: Style) -> Element:
    return w(
        "rPr",
        fonts(style.face),
        w("color", val=style.colour) if style.colour else None,
        w("spacing", val=style.tighten) if style.tighten else None,
        w("w", val=style.scale) if style.scale != 100 else None,
        w("sz", val=style.size),
        w("szCs", val=style.size),
    )


def _tab(style: Style) -> Element:
    leader = {"leader": "underscore"} if style.leader else {}
    return w("tabs", w("tab", val="right", **leader, pos=style.right_tab))


def _lines(style: Style) -> Element:
    pitch = {"line": style.line, "lineRule": "exact"} if style.line else {"line": 264, "lineRule": "auto"}
    return w(
        "pPr",
        on("keepNext") if style.keep_next else None,
        on("widowControl") if style.whole else None,
        _tab(style) if style.right_tab else None,
        w("spacing", before=0, after=0, **pitch),
        w("ind", **style.indent) if style.indent else None,
        w("jc", val=style.align),
        w("outlineLvl", val=style.level) if style.level is not None else None,
    )


def _paragraph_style(style: Style) -> Element:
    return w(
        "style",
        w("name", val=style.name),
        w("basedOn", val="a"),
        w("next", val=style.then) if style.then else None,
        w("qFormat"),
        _lines(style),
        _letters(style),
        type="paragraph",
        customStyle=1,
        styleId=style.name,
    )


def _defaults() -> Element:
    return w(
        "docDefaults",
        w(
            "rPrDefault",
            w(
                "rPr",
                fonts(FACES.body),
                w("sz", val=SIZE_3),
                w("szCs", val=SIZE_3),
                w("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"),
            ),
        ),
    )


def _base_styles() -> Iterator[Element]:
    yield w(
        "style",
        w("name", val="Normal"),
        w("qFormat"),
        w(
            "pPr",
            on("widowControl", False),
            on("autoSpaceDE", False),
            on("autoSpaceDN", False),
            on("snapToGrid", False),
            w("spacing", before=0, after=0, line=LINE, lineRule="exact"),
            w("jc", val="both"),
        ),
        type="paragraph",
        default=1,
        styleId="a",
    )
    yield w(
        "style",
        w("name", val="Default Paragraph Font"),
        w("uiPriority", val=1),
        w("semiHidden"),
        type="character",
        default=1,
        styleId="a0",
    )
    yield w(
        "style",
        w("name", val="Normal Table"),
        w("uiPriority", val=99),
        w("semiHidden"),
        w("tblPr", w("tblInd", w=0, type="dxa"), _margins(0, 0)),
        type="table",
        default=1,
        styleId="a1",
    )


def _margins(vertical: int, horizontal: int) -> Element:
    sides = (("top", vertical), ("left", horizontal), ("bottom", vertical), ("right", horizontal))
    return w("tblCellMar", *(w(side, w=width, type="dxa") for side, width in sides))


def _table_style() -> Element:
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    return w(
        "style",
        w("name", val=TABLE),
        w("basedOn", val="a1"),
        w("qFormat"),
        w(
            "tblPr",
            w("tblBorders", *(w(edge, val="single", sz=4, space=0, color="000000") for edge in edges)),
            _margins(50, 60),
        ),
        type="table",
        customStyle=1,
        styleId=TABLE,
    )


def _run_style(name: str, face: str, colour: str = "") -> Element:
    return w(
        "style",
        w("name", val=name),
        w("qFormat"),
        w("rPr", fonts(face), w("color", val=colour) if colour else None),
        type="character",
        customStyle=1,
        styleId=name,
    )


def styles() -> Element:
    """The root of word/styles.xml."""
    faces = ((KAI_RUN, FACES.kai, ""), (HEI_RUN, FACES.hei, ""), (HINT_RUN, FACES.body, GREY))
    runs = (_run_style(*each) for each in faces)
    return w("styles", _defaults(), *_base_styles(), *map(_paragraph_style, STYLES), *runs, _table_style())
