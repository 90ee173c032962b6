"""Sound papers made the way other tools make them: python-docx, nothing of our templates. All text is invented (示例)."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, Twips
from docxtpl import DocxTemplate  # type: ignore[import-untyped]

from liangqing.base.wordprocessingml import PARAGRAPH_ORDER, RUN_ORDER, SECTION_ORDER

TABLE = (
    "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
    "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription"
).split()
FANG, KAI, HEI, SONG, BIAO = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"
RED = "FF0000"
SIZES = {"2": 22, "3": 16, "4": 14}
ORGAN, DAY = "示例市生态环境局", "2026年1月5日"


def element(tag: str, **attributes: object) -> Any:
    """`w:tag` with its attributes."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def new(top: float = 37, bottom: float = 35, line: int = 579) -> Any:
    """An empty document whose Normal is the text of a paper."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Twips(1417)
    normal = document.styles["Normal"]
    set_face(normal.element.get_or_add_rPr(), FANG)
    normal.font.size = Pt(16)
    normal.element.get_or_add_rPr().append(element("spacing", val=-5))
    properties = normal.element.get_or_add_pPr()
    properties.append(element("widowControl", val=0))
    properties.append(element("snapToGrid", val=0))
    properties.append(element("spacing", before=0, after=0, line=line, lineRule="exact"))
    return document


def set_face(properties: Any, face: str) -> None:
    """All four slots of `w:rPr`."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = element("rFonts")
        properties.insert(0, fonts)
    for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{slot}"), face)


def add(
    into: Any,
    text: str = "",
    *,
    face: str = "",
    size: str = "3",
    align: str = "both",
    first: float = 0,
    left: float = 0,
    right: float = 0,
    colour: str = "",
    level: str = "",
) -> Any:
    """A paragraph; indents in characters of its size. `level`: the face of its first sentence."""
    made = into.add_paragraph()
    made._p.get_or_add_pPr().append(element("jc", val=align))
    character = SIZES[size] * 20 - (5 if size == "3" else 0)
    if first or left or right:
        indent = element("ind", left=round(left * character), right=round(right * character))
        indent.set(qn("w:firstLine" if first >= 0 else "w:hanging"), str(round(abs(first) * character)))
        made._p.get_or_add_pPr().insert(0, indent)
    head, stop, rest = text.partition("。") if level else ("", "", text)
    for words, own in ((head + stop, level), (rest, face)):
        if words:
            write(made, words, own or face, size, colour)
    return made


def write(paragraph: Any, text: str, face: str = "", size: str = "3", colour: str = "") -> Any:
    """A run."""
    run = paragraph.add_run(text)
    if face:
        set_face(run._r.get_or_add_rPr(), face)
    if size != "3":
        run.font.size = Pt(SIZES[size])
        run._r.get_or_add_rPr().append(element("spacing", val=0))
    if colour:
        run._r.get_or_add_rPr().append(element("color", val=colour))
    return run


def blank(document: Any, lines: int = 1) -> None:
    for _ in range(lines):
        document.add_paragraph()


def mark(document: Any, text: str, top: float = 72.0) -> Any:
    """The red mark at the top of the text, its ink `top` mm under the edge of the sheet."""
    made = document.add_paragraph()
    run = write(made, text, BIAO, colour=RED)
    run.font.size = Pt(40)
    drop = (0.8 * 44 - 0.86 * 40) / 72 * 25.4
    before = round((top - drop) * 56.6929) - document.sections[0].top_margin.twips
    made._p.get_or_add_pPr().append(element("spacing", before=before, line=880, lineRule="exact"))
    made._p.get_or_add_pPr().append(element("jc", val="center"))
    return made


def border(paragraph: Any, side: str = "bottom", size: int = 8, colour: str = RED, space: int = 8) -> None:
    edges = element("pBdr")
    edges.append(element(side, val="single", sz=size, space=space, color=colour))
    paragraph._p.get_or_add_pPr().insert(0, edges)


def title(document: Any, text: str) -> None:
    blank(document, 2)
    add(document, text, face=BIAO, size="2", align="center")
    blank(document)


TEXT = (
    ("根据《示例办法》有关规定，现就做好有关工作通知如下，请结合实际认真落实，及时报告“示例”情况。", ""),
    ("一、总体要求", HEI),
    ("坚持问题导向，分类处置，逐项销号，确保各项任务按期完成。", ""),
    ("（一）明确责任。各单位主要负责人负总责，按职责分工落实到人，做到有部署、有检查、有结果。", KAI),
    ("1.建立台账，逐项登记。", ""),
    ("（1）登记的事项应当齐全。", ""),
    ("（2）登记的时间应当准确。", ""),
    ("2.定期更新，按月报送。", ""),
    ("（二）加强督促。对进展缓慢的及时提醒，对整改不到位的限期补正，并说明原因。", KAI),
    ("二、工作步骤", HEI),
    ("按照自查、检查、整改三个阶段推进，于2026年3月31日前完成。", ""),
)


def body(document: Any) -> None:
    for text, face in TEXT:
        headed = face == KAI
        add(document, text, face="" if headed else face, first=2, level=KAI if headed else "")


def signed(document: Any, organ: str = ORGAN) -> None:
    """Under a seal: the date 4 characters from the edge, the signature centred on it."""
    blank(document, 2)
    add(document, organ, align="right", right=4 + (6 - len(organ)) / 2)
    add(document, DAY, align="right", right=4)


def annex_note(document: Any, *names: str) -> None:
    blank(document)
    if len(names) == 1:
        add(document, f"附件：{names[0]}", left=5, first=-3)
        return
    for number, name in enumerate(names, 1):
        head = "附件：" if number == 1 else ""
        add(document, f"{head}{number}.{name}", left=6, first=-4 if number == 1 else -1)


def annex(document: Any, label: str, name: str) -> None:
    document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
    add(document, label, face=HEI, align="left")
    blank(document)
    add(document, name, face=BIAO, size="2", align="center")
    blank(document)
    add(document, "示例内容，逐项列出各单位的任务和时限。", first=2)


def page_numbers(document: Any, *, first_without: bool = False) -> None:
    """Outer side, one character in, 4号 宋体 between two dashes."""
    section = document.sections[0]
    document.settings.odd_and_even_pages_header_footer = True
    section.different_first_page_header_footer = first_without
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        line = footer.paragraphs[0]
        line._p.get_or_add_pPr().append(element("spacing", line=320, lineRule="exact"))
        line._p.get_or_add_pPr().append(element("ind", **{side: 280}))
        line._p.get_or_add_pPr().append(element("jc", val=side))
        for words, field in (("— ", ""), ("1", "PAGE"), (" —", "")):
            if field:
                simple = element("fldSimple", instr=f" {field} ")
                run = write(line, words, SONG, "4")
                line._p.append(simple)
                simple.append(run._r)
            else:
                write(line, words, SONG, "4")
    if first_without:
        section.first_page_footer.paragraphs[0].text = ""


def imprint_table(document: Any, copies: str = "抄送：示例市人民政府办公室，示例市纪委监委。") -> Any:
    """The imprint as a table at the foot of the page: thick, thin, thick."""
    table = document.add_table(2, 1)
    look = table._tbl.tblPr
    look.insert(
        0, element("tblpPr", vertAnchor="margin", horzAnchor="margin", tblpXSpec="center", tblpYSpec="bottom")
    )
    edges = element("tblBorders")
    for side, size in (("top", 8), ("bottom", 8), ("insideH", 6)):
        edges.append(element(side, val="single", sz=size, space=0, color="000000"))
    look.append(edges)
    for row, text in zip(table.rows, (copies, f"{ORGAN}办公室　　　　　　　　{DAY}印发"), strict=True):
        line = row.cells[0].paragraphs[0]
        write(line, text, FANG, "4")
        line._p.get_or_add_pPr().append(element("ind", left=280, right=280))
    return table


def frame(document: Any, y: float, height: float = 1.0, width: float = 170.0) -> Any:
    """A paragraph in a frame of its own at `y` mm of the sheet, centred on it."""
    made = document.add_paragraph()
    place = element(
        "framePr",
        w=round(width * 56.6929),
        h=round(height * 56.6929),
        hRule="exact",
        wrap="notBeside",
        vAnchor="page",
        hAnchor="page",
        x=round((210 - width) / 2 * 56.6929),
        y=round(y * 56.6929),
    )
    made._p.get_or_add_pPr().insert(0, place)
    return made


def double_rule(document: Any, y: float, upper: int, lower: int) -> Any:
    """Two red lines: the upper and the lower border of an empty line of one point."""
    made = frame(document, y)
    properties = made._p.get_or_add_pPr()
    edges = element("pBdr")
    edges.append(element("top", val="single", sz=upper, space=0, color=RED))
    edges.append(element("bottom", val="single", sz=lower, space=1, color=RED))
    properties.append(edges)
    properties.append(element("spacing", line=20, lineRule="exact"))
    return made


# ---------------------------------------------------------------- the papers


def file_paper(**settings: Any) -> Any:
    """文件格式, with two annexes and the imprint in a table."""
    document = new(**settings)
    mark(document, f"{ORGAN}文件")
    blank(document, 2)
    border(add(document, "示环发〔2026〕8号", align="center"))
    title(document, "关于做好示例工作的通知")
    add(document, "各县（区）生态环境局，局机关各科室：", align="left")
    body(document)
    annex_note(document, "任务分解表", "联系人名单")
    signed(document)
    add(document, "（联系人：张某某，电话：0000-0000000）", first=2)
    annex(document, "附件1", "任务分解表")
    annex(document, "附件2", "联系人名单")
    imprint_table(document)
    page_numbers(document)
    return document


def request_paper() -> Any:
    """An upward paper: 请示 with 签发人."""
    document = new()
    mark(document, f"{ORGAN}文件")
    blank(document, 2)
    line = add(document, "", align="left")
    write(line, "　示环请〔2026〕2号　　　　　　　签发人：")
    write(line, "王某某", KAI)
    border(line)
    title(document, "关于示例项目立项的请示")
    add(document, "示例市人民政府：", align="left")
    add(document, "为推进示例工作，拟开展示例项目，所需经费由部门预算安排。", first=2)
    add(document, "妥否，请批示。", first=2)
    signed(document)
    imprint_table(document)
    page_numbers(document)
    return document


def letter_paper() -> Any:
    """信函格式 in frames."""
    document = new()
    line = frame(document, 29.3, 16)
    run = write(line, ORGAN, BIAO, colour=RED)
    run.font.size = Pt(40)
    line._p.get_or_add_pPr().append(element("spacing", line=880, lineRule="exact"))
    line._p.get_or_add_pPr().append(element("jc", val="center"))
    double_rule(document, 47.6, 18, 6)
    double_rule(document, 276.0, 6, 18)
    before = round(54.9 * 56.6929) - 2098
    number = add(document, "示环函〔2026〕12号", align="right")
    number._p.get_or_add_pPr().append(element("spacing", before=before))
    title(document, "关于商请提供示例资料的函")
    add(document, "示例市自然资源局：", align="left")
    body(document)
    add(document, "此函。", first=2)
    annex_note(document, "资料清单")
    signed(document)
    blank(document, 1)
    foot = frame(document, 255.0, 7, 156)
    write(foot, "抄送：示例市人民政府办公室。", FANG, "4")
    foot._p.get_or_add_pPr().append(element("ind", left=280, right=280))
    page_numbers(document, first_without=True)
    return document


def minutes_paper() -> Any:
    """纪要格式."""
    document = new()
    mark(document, f"{ORGAN}局务会议纪要")
    blank(document, 2)
    border(add(document, "示环会〔2026〕3号", align="center"))
    title(document, "关于示例事项的会议纪要")
    body(document)
    blank(document)
    line = add(document, "", left=5, first=-3)
    write(line, "出席：", HEI)
    write(line, "张某某　李某某　王某某")
    page_numbers(document)
    return document


def order_paper() -> Any:
    """命令格式."""
    document = new()
    mark(document, "示例市人民政府令", top=57.0)
    blank(document, 2)
    add(document, "第12号", align="center")
    blank(document, 2)
    add(document, "《示例市示例管理办法》已经审议通过，现予公布，自2026年3月1日起施行。", first=2)
    blank(document, 2)
    add(document, "市　长　张某某", align="right", right=4)
    blank(document)
    add(document, DAY, align="right", right=4)
    page_numbers(document)
    return document


def plain_paper(**settings: Any) -> Any:
    """A paper printed on sheets that bear the red head already; signed without a seal."""
    document = new(**settings)
    add(document, "关于示例情况的报告", face=BIAO, size="2", align="center")
    blank(document)
    add(document, "示例市人民政府：", align="left")
    body(document)
    blank(document)
    add(document, ORGAN, align="right", right=2)
    add(document, DAY, align="right", right=2)
    page_numbers(document)
    return document


def grid_paper() -> Any:
    """The margins measured from the ink, and a grid of 22 by 28 in place of exact lines."""
    document = plain_paper(top=34.58, bottom=32.58, line=592)
    normal = document.styles["Normal"].element
    normal.rPr.remove(normal.rPr.find(qn("w:spacing")))
    normal.pPr.remove(normal.pPr.find(qn("w:snapToGrid")))
    spacing = normal.pPr.find(qn("w:spacing"))
    spacing.set(qn("w:line"), "240")
    spacing.set(qn("w:lineRule"), "auto")
    properties = document.sections[0]._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    properties.append(element("docGrid", type="linesAndChars", linePitch=592, charSpace=-848))
    return document


def themed_paper() -> Any:
    """As WPS writes it: the text takes its font from the theme, whose Chinese font is 仿宋."""
    document = plain_paper()
    fonts = document.styles["Normal"].element.rPr.find(qn("w:rFonts"))
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    fonts.set(qn("w:asciiTheme"), "minorEastAsia")
    fonts.set(qn("w:hAnsiTheme"), "minorEastAsia")
    fonts.set(qn("w:eastAsiaTheme"), "minorEastAsia")
    for rel in document.part.rels.values():
        if rel.reltype.endswith("/theme"):
            part = rel.target_part
            part._blob = part.blob.replace(b'<a:ea typeface=""/>', '<a:ea typeface="仿宋"/>'.encode())
    return document


def styled_paper() -> Any:
    """As a template with its own styles has it: everything in styles, indents in characters, aliases of the fonts."""
    document = plain_paper()
    for name, face, characters in (
        ("甲正文", "仿宋", 200),
        ("甲一级", "SimHei", 200),
        ("甲二级", "楷体", 200),
    ):
        style = document.styles.add_style(name, 1)
        style.base_style = document.styles["Normal"]
        set_face(style.element.get_or_add_rPr(), face)
        style.element.get_or_add_pPr().append(element("ind", firstLineChars=characters, firstLine=640))
    for paragraph in document.paragraphs:
        look = {"一": "甲一级", "二": "甲一级"}.get(paragraph.text[:1], "甲正文")
        indent = paragraph._p.pPr.find(qn("w:ind")) if paragraph._p.pPr is not None else None
        if indent is not None and indent.get(qn("w:firstLine"), "0") != "0":
            paragraph._p.pPr.remove(indent)
            paragraph.style = document.styles[look]
            if look == "甲一级":
                for run in paragraph.runs:
                    run._r.rPr.remove(run._r.rPr.find(qn("w:rFonts")))
    return document


def mirrored_paper() -> Any:
    """For printing on both sides."""
    document = file_paper()
    document.settings.element.append(element("mirrorMargins"))
    return document


def rendered_paper() -> Any:
    """Filled by docxtpl from a template with tags."""
    document = plain_paper()
    title_line = document.paragraphs[0]
    title_line.runs[0].text = "关于{{ 事项 }}的报告"
    template = DocxTemplate(io.BytesIO(saved(document)))
    template.render({"事项": "示例情况"})
    return template.docx


def table_report() -> Any:
    """A table with a heading: no paper of the standard's formats."""
    document = docx.Document()
    document.add_heading("示例情况统计表", 1)
    table = document.add_table(4, 3)
    for row in table.rows:
        for cell in row.cells:
            cell.text = "示例内容，示例内容。"
    return document


def plain_report() -> Any:
    """An ordinary report as Word begins a document."""
    document = docx.Document()
    document.add_heading("季度工作小结", 0)
    for text, _ in TEXT:
        document.add_paragraph(text)
    return document


GOOD: dict[str, Callable[[], Any]] = {
    "文件": file_paper,
    "请示": request_paper,
    "信函（图文框）": letter_paper,
    "纪要": minutes_paper,
    "命令": order_paper,
    "无版头": plain_paper,
    "34.58/32.58": lambda: plain_paper(top=34.58, bottom=32.58, line=592),
    "行距28磅": lambda: file_paper(line=560),
    "文档网格": grid_paper,
    "主题字体": themed_paper,
    "自有样式": styled_paper,
    "对称页边距": mirrored_paper,
    "docxtpl": rendered_paper,
    "表格": table_report,
    "小结": plain_report,
}


def _once(properties: Any, order: list[str]) -> list[Any]:
    """Children in order, the last of those that are there twice."""
    last = {each.tag: each for each in properties if not each.tag.endswith("Reference")}
    kept = [each for each in properties if last.get(each.tag, each) is each]
    return sorted(kept, key=lambda each: order.index(each.tag.rpartition("}")[2]))


def saved(document: Any) -> bytes:
    """The bytes of a document, with all properties in the order of the schema: the papers are valid Open XML."""
    roots = [document.element, document.styles.element]
    for section in document.sections:
        roots += [
            each._element for each in (section.footer, section.even_page_footer, section.first_page_footer)
        ]
    for root in roots:
        for name, order in (
            ("pPr", PARAGRAPH_ORDER),
            ("rPr", RUN_ORDER),
            ("sectPr", SECTION_ORDER),
            ("tblPr", TABLE),
        ):
            for each in root.iter(qn(f"w:{name}")):
                each[:] = _once(each, order)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
