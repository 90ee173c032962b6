"""Settings of the document and its table of fonts."""

from __future__ import annotations

from liangqing.gbt9704.fonts import TITLE
from liangqing.own_templates.markup import Element, on, w
from liangqing.own_templates.measures import FACES


def settings(odd_and_even: bool) -> Element:
    """The root of word/settings.xml."""
    office = "http://schemas.microsoft.com/office/word"
    return w(
        "settings",
        w("zoom", percent=100),
        w("defaultTabStop", val=420),
        on("evenAndOddHeaders") if odd_and_even else None,
        w("characterSpacingControl", val="doNotCompress"),
        w(
            "compat",
            w("doNotExpandShiftReturn"),
            w("useFELayout"),
            w("compatSetting", name="compatibilityMode", uri=office, val=15),
        ),
        w("themeFontLang", val="en-US", eastAsia="zh-CN"),
        w("decimalSymbol", val="."),
        w("listSeparator", val=","),
    )


# What Word may take where the face itself is not installed.
SUBSTITUTES = {
    FACES.title: (TITLE.second_best[0], "roman"),
    FACES.body: ("仿宋", "modern"),
    FACES.kai: ("楷体", "modern"),
    FACES.hei: ("SimHei", "modern"),
    FACES.song: ("SimSun", "auto"),
}


def font_table() -> Element:
    """The root of word/fontTable.xml."""
    return w(
        "fonts",
        *(
            w(
                "font",
                w("altName", val=other),
                w("charset", val=86),
                w("family", val=family),
                w("pitch", val="default"),
                name=face,
            )
            for face, (other, family) in SUBSTITUTES.items()
        ),
    )
