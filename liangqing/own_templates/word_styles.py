"""The rows of the style sheet: every named style that a clerk finds in Word, with the clause it follows."""

from __future__ import annotations

from dataclasses import dataclass, field

from liangqing.own_templates.measures import (
    CHARACTER,
    CHARACTER_4,
    FACES,
    IMPRINT_LINE,
    LINE,
    MARK_LINE,
    MARK_SIZE,
    NUMBER_LINE,
    PORTRAIT,
    SIZE_2,
    SIZE_3,
    SIZE_4,
    SIZE_5,
    SIZE_SMALL_4,
    TIGHTEN,
    mm,
    points,
)

RED = "FF0000"
GREY = "7F7F7F"


@dataclass(frozen=True)
class Style:
    """A paragraph style. `size` in half-points; `line` (0: as high as its text) and indents in twips.

    `then` is the style of the paragraph that a clerk types after it; `whole`: no line of it stands alone on a page.
    """

    name: str
    face: str = FACES.body
    size: int = SIZE_3
    align: str = "both"
    line: int = LINE
    indent: dict[str, int] = field(default_factory=dict)
    tighten: int = 0
    scale: int = 100
    colour: str = ""
    level: int | None = None
    keep_next: bool = False
    whole: bool = False
    then: str = ""
    right_tab: int = 0
    leader: bool = False


# The mark stands in one line: the more characters, the narrower they are drawn, in percent.
MARK_SCALES = {"发文机关标志": 100, "发文机关标志窄": 70, "发文机关标志更窄": 58, "发文机关标志最窄": 47}
MARKS = tuple(
    (PORTRAIT.text_width / 20 // (MARK_SIZE * scale / 100), name) for name, scale in MARK_SCALES.items()
)

FIRST_LINE = {"firstLineChars": 200, "firstLine": 2 * CHARACTER}
FIRST_LINE_4 = {"firstLineChars": 200, "firstLine": 2 * CHARACTER_4}
FIRST_LINE_SMALL_4 = {"firstLineChars": 200, "firstLine": 2 * points(12)}

# 7.3.1 title; 7.3.2 recipient; 7.3.3 text and levels; 7.3.4 annexes; 7.3.5 signature; 7.3.6 note; 7.4.2, 7.5: 4号.
STYLES = (
    *(
        Style(name, FACES.title, int(2 * MARK_SIZE), "center", points(MARK_LINE), scale=scale, colour=RED)
        for name, scale in MARK_SCALES.items()
    ),
    Style("发文字号", align="right"),
    Style("公文标题", FACES.title, SIZE_2, "center", points(33), keep_next=True, then="主送机关"),
    Style("主送机关", align="left", tighten=TIGHTEN, then="公文正文"),
    Style("公文正文", indent=FIRST_LINE, tighten=TIGHTEN),
    Style(
        "一级标题", FACES.hei, indent=FIRST_LINE, tighten=TIGHTEN, level=0, keep_next=True, then="公文正文"
    ),
    Style(
        "二级标题", FACES.kai, indent=FIRST_LINE, tighten=TIGHTEN, level=1, keep_next=True, then="公文正文"
    ),
    Style("三级标题", indent=FIRST_LINE, tighten=TIGHTEN, level=2, keep_next=True, then="公文正文"),
    Style("四级标题", indent=FIRST_LINE, tighten=TIGHTEN, level=3, keep_next=True, then="公文正文"),
    Style("结束语", indent=FIRST_LINE, tighten=TIGHTEN, keep_next=True, whole=True),
    Style(
        "附件说明", indent={"left": 5 * CHARACTER, "hanging": 3 * CHARACTER}, tighten=TIGHTEN, keep_next=True
    ),
    Style(
        "附件说明首项",
        indent={"left": 6 * CHARACTER, "hanging": 4 * CHARACTER},
        tighten=TIGHTEN,
        keep_next=True,
    ),
    Style(
        "附件说明续项", indent={"left": 6 * CHARACTER, "hanging": CHARACTER}, tighten=TIGHTEN, keep_next=True
    ),
    Style("署名", align="right", indent={"right": 4 * CHARACTER}, keep_next=True),
    Style("成文日期", align="right", indent={"right": 4 * CHARACTER}, keep_next=True),
    Style(
        "会议人员", indent={"left": 5 * CHARACTER, "hanging": 3 * CHARACTER}, tighten=TIGHTEN, keep_next=True
    ),
    Style(
        "纪要机关日期",
        align="left",
        right_tab=PORTRAIT.text_width,
    ),
    Style("附注", indent=FIRST_LINE, tighten=TIGHTEN, keep_next=True),
    Style("空行", keep_next=True),
    Style("附件标识", FACES.hei, align="left"),
    Style("附件标题", FACES.title, SIZE_2, "center", points(33), keep_next=True, then="公文正文"),
    Style(
        "抄送",
        size=SIZE_4,
        line=IMPRINT_LINE,
        indent={"left": 4 * CHARACTER_4, "right": CHARACTER_4, "hanging": 3 * CHARACTER_4},
    ),
    Style(
        "印发机关",
        size=SIZE_4,
        line=IMPRINT_LINE,
        align="left",
        indent={"left": CHARACTER_4, "right": CHARACTER_4},
        right_tab=PORTRAIT.text_width - CHARACTER_4,
    ),
    Style("细行", size=2, line=20),
    Style("版记占位", size=SIZE_4, line=IMPRINT_LINE, keep_next=True),
    Style("页码居右", FACES.song, SIZE_4, "right", NUMBER_LINE, indent={"right": CHARACTER_4}),
    Style("页码居左", FACES.song, SIZE_4, "left", NUMBER_LINE, indent={"left": CHARACTER_4}),
    Style("页脚说明", FACES.song, SIZE_5, "center", points(16)),
    Style("草稿标记", FACES.hei, SIZE_2, "center", points(26), colour=GREY),
    Style("表格标题", FACES.title, SIZE_2, "center", points(33), keep_next=True),
    Style("表前说明", size=SIZE_4, line=points(24), indent=FIRST_LINE_4, keep_next=True),
    Style("表前居中", FACES.kai, SIZE_3, "center", points(28), keep_next=True),
    Style("填表说明", FACES.kai, SIZE_SMALL_4, line=points(18), keep_next=True),
    Style("表后说明", size=SIZE_SMALL_4, line=points(21), indent=FIRST_LINE_SMALL_4, keep_next=True),
    Style("表注", size=SIZE_5, line=points(18)),
    Style("表后署名", size=SIZE_4, line=points(24), align="right", indent={"right": 2 * CHARACTER_4}),
    Style("表名", FACES.hei, SIZE_SMALL_4, "center", points(24), keep_next=True),
    Style("表头", FACES.hei, SIZE_5, "center", 0, keep_next=True),
    Style("表格文字", size=SIZE_5, align="left", line=0),
    Style("表格居中", size=SIZE_5, align="center", line=0),
    Style("图格文字", FACES.song, 15, "center", 0),
    Style("表格意见", size=SIZE_5, align="left", line=points(20), keep_next=True),
    Style("签字区标题", FACES.hei, SIZE_SMALL_4, "left", points(24)),
    Style("签字区文字", size=SIZE_5, align="left", line=points(20)),
    Style("签字线", size=SIZE_SMALL_4, align="left", line=points(32), right_tab=mm(70), leader=True),
    Style("意见线", size=SIZE_SMALL_4, line=points(26), right_tab=mm(118), leader=True, keep_next=True),
    Style("签字日期", size=SIZE_SMALL_4, align="left", line=points(32)),
    Style("表间距", size=2, line=points(8)),
    Style("模板标记", FACES.song, SIZE_5, "left", points(16), colour=GREY),
)
KAI_RUN = "楷体字"
HEI_RUN = "黑体字"
HINT_RUN = "填写提示"
TABLE = "公文表格"
