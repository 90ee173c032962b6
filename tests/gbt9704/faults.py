"""Papers with one planted mistake each, by the groups of typical mistakes; most are made by changing a sound one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from papers import (
    DAY,
    FANG,
    HEI,
    KAI,
    ORGAN,
    SONG,
    add,
    border,
    element,
    file_paper,
    letter_paper,
    minutes_paper,
    order_paper,
    plain_paper,
    request_paper,
    set_face,
    write,
)

Plant = Callable[[Any], object]


@dataclass(frozen=True)
class Fault:
    """`group`: of the list of typical mistakes; `rule` finds it at a place that says `where`."""

    group: int
    name: str
    base: Callable[[], Any]
    plant: Plant
    rule: str
    where: str


def at(document: Any, text: str) -> Any:
    """The paragraph that begins with `text`; the last of several."""
    found = [each for each in document.paragraphs if each.text.strip("\u3000 \n").startswith(text)]
    assert found, f"没有以「{text}」开头的段落"
    return found[-1]


def replace(text: str, by: str, begin: str = "") -> Plant:
    """Other words in a run."""

    def plant(document: Any) -> None:
        runs = [run for each in document.paragraphs if each.text.startswith(begin) for run in each.runs]
        found = [run for run in runs if text in run.text]
        assert found, text
        found[0].text = found[0].text.replace(text, by)

    return plant


def face(text: str, name: str, *, bold: bool = False) -> Plant:
    def plant(document: Any) -> None:
        for run in at(document, text).runs:
            set_face(run._r.get_or_add_rPr(), name)
            run.bold = bold or None

    return plant


def latin_only(text: str) -> Plant:
    """What `font.name = …` of python-docx does: the Chinese slot keeps another face."""

    def plant(document: Any) -> None:
        for run in at(document, text).runs:
            set_face(run._r.get_or_add_rPr(), FANG)
            run._r.rPr.find(qn("w:rFonts")).set(qn("w:eastAsia"), SONG)

    return plant


def theme_over(text: str) -> Plant:
    def plant(document: Any) -> None:
        for run in at(document, text).runs:
            run._r.rPr.find(qn("w:rFonts")).set(qn("w:eastAsiaTheme"), "minorEastAsia")

    return plant


def size(text: str, points: float) -> Plant:
    def plant(document: Any) -> None:
        for run in at(document, text).runs:
            run.font.size = Pt(points)

    return plant


def align(text: str, value: str) -> Plant:
    return lambda document: at(document, text)._p.pPr.find(qn("w:jc")).set(qn("w:val"), value)


def indent(text: str, **values: int) -> Plant:
    def plant(document: Any) -> None:
        properties = at(document, text)._p.get_or_add_pPr()
        for old in properties.findall(qn("w:ind")):
            properties.remove(old)
        properties.insert(0, element("ind", **values))

    return plant


def no_blank_above(text: str, lines: int = 9) -> Plant:
    def plant(document: Any) -> None:
        for _ in range(lines):
            before = at(document, text)._p.getprevious()
            if "".join(before.itertext()).strip():
                return
            before.getparent().remove(before)

    return plant


def page_before(text: str) -> Plant:
    return lambda document: setattr(at(document, text).paragraph_format, "page_break_before", True)


def margins(**values: float) -> Plant:
    def plant(document: Any) -> None:
        for name, value in values.items():
            setattr(document.sections[0], name, Mm(value))

    return plant


def pitch(line: int, rule: str = "exact") -> Plant:
    def plant(document: Any) -> None:
        spacing = document.styles["Normal"].element.pPr.find(qn("w:spacing"))
        spacing.set(qn("w:line"), str(line))
        spacing.set(qn("w:lineRule"), rule)

    return plant


def footer_text(before: str, after: str) -> Plant:
    def plant(document: Any) -> None:
        for footer in (document.sections[0].footer, document.sections[0].even_page_footer):
            runs = footer.paragraphs[0].runs
            runs[0].text, runs[-1].text = before, after

    return plant


def footers(align_as: str) -> Plant:
    def plant(document: Any) -> None:
        for footer in (document.sections[0].footer, document.sections[0].even_page_footer):
            footer.paragraphs[0]._p.pPr.find(qn("w:jc")).set(qn("w:val"), align_as)

    return plant


def footer_face(name: str) -> Plant:
    def plant(document: Any) -> None:
        for each in document.sections[0].footer._element.iter(qn("w:rPr")):
            set_face(each, name)

    return plant


def cell(text: str, by: str) -> Plant:
    def plant(document: Any) -> None:
        runs = [
            run for row in document.tables[-1].rows for each in row.cells[0].paragraphs for run in each.runs
        ]
        (found,) = [run for run in runs if text in run.text]
        found.text = found.text.replace(text, by)

    return plant


def rules(top: int, inside: int, bottom: int) -> Plant:
    def plant(document: Any) -> None:
        edges = document.tables[-1]._tbl.tblPr.find(qn("w:tblBorders"))
        for side, weight in (("top", top), ("insideH", inside), ("bottom", bottom)):
            edges.find(qn(f"w:{side}")).set(qn("w:sz"), str(weight))

    return plant


def unanchored(document: Any) -> None:
    look = document.tables[-1]._tbl.tblPr
    look.remove(look.find(qn("w:tblpPr")))


def small_foot(points: float) -> Plant:
    def plant(document: Any) -> None:
        for row in document.tables[-1].rows:
            for run in row.cells[0].paragraphs[0].runs:
                run.font.size = Pt(points)

    return plant


def foot_first(document: Any) -> None:
    """The imprint before the annexes."""
    table = document.tables[-1]._tbl
    table.tblPr.remove(table.tblPr.find(qn("w:tblpPr")))
    at(document, "（联系人")._p.addnext(table)


def with_keywords(document: Any) -> None:
    line = document.tables[-1].rows[0].cells[0].paragraphs[0].insert_paragraph_before()
    write(line, "主题词：示例　工作　通知", HEI, "3")


def red_edges(document: Any) -> list[Any]:
    return [each for each in document.element.body.iter(qn("w:pBdr")) if each.find(qn("w:top")) is not None]


def swap_rules(which: int) -> Plant:
    def plant(document: Any) -> None:
        edges = red_edges(document)[which]
        first, second = edges.find(qn("w:top")), edges.find(qn("w:bottom"))
        one, two = first.get(qn("w:sz")), second.get(qn("w:sz"))
        first.set(qn("w:sz"), two)
        second.set(qn("w:sz"), one)

    return plant


def one_line(document: Any) -> None:
    edges = red_edges(document)[0]
    edges.remove(edges.find(qn("w:bottom")))


def without_rule(which: int) -> Plant:
    def plant(document: Any) -> None:
        paragraph = red_edges(document)[which].getparent().getparent()
        paragraph.getparent().remove(paragraph)

    return plant


def rules_as_wide_as_text(document: Any) -> None:
    for edges in red_edges(document):
        place = edges.getparent().find(qn("w:framePr"))
        place.set(qn("w:w"), "8844")


def rule_moved(which: int, y: float) -> Plant:
    def plant(document: Any) -> None:
        place = red_edges(document)[which].getparent().find(qn("w:framePr"))
        place.set(qn("w:y"), str(round(y * 56.6929)))

    return plant


def no_red_rule(document: Any) -> None:
    properties = at(document, "示环发")._p.pPr
    properties.remove(properties.find(qn("w:pBdr")))


def number_on_first(document: Any) -> None:
    document.sections[0].different_first_page_header_footer = False


def printed_in_letter(document: Any) -> None:
    line = add(document, f"{ORGAN}办公室　　　　　{DAY}印发", face=FANG, size="4", left=1)
    border(line, "top", 8, "000000", 1)


def spaces_for_indent(document: Any) -> None:
    line = at(document, "根据")
    line._p.pPr.remove(line._p.pPr.find(qn("w:ind")))
    line.runs[0].text = "　　" + line.runs[0].text


def not_signed_off(document: Any) -> None:
    for run in at(document, "示环请").runs:
        run.text = run.text.partition("　　　签发人")[0].replace("王某某", "")


def signer_on_notice(document: Any) -> None:
    line = at(document, "示环发")
    line.runs[0].text = f"　{line.text}　　　　　签发人："
    write(line, "王某某", KAI)
    line._p.pPr.find(qn("w:jc")).set(qn("w:val"), "left")


def signer_in_body_face(document: Any) -> None:
    set_face(at(document, "示环请").runs[-1]._r.rPr, FANG)


def page_of_signature(document: Any) -> None:
    line = at(document, ORGAN)
    line.insert_paragraph_before().add_run().add_break(WD_BREAK.PAGE)


def blue(text: str) -> Plant:
    return lambda document: setattr(at(document, text).runs[0].font.color, "rgb", RGBColor(0, 0, 0xFF))


def lost_number(document: Any) -> None:
    properties = at(document, "二、工作步骤")._p.get_or_add_pPr()
    numbering = element("numPr")
    numbering.append(element("ilvl", val=0))
    numbering.append(element("numId", val=77))
    properties.insert(0, numbering)
    at(document, "二、工作步骤").runs[0].text = "工作步骤"


def data_table(document: Any) -> None:
    table = document.add_table(1, 1)
    run = table.rows[0].cells[0].paragraphs[0].add_run("示例")
    run.font.size = Pt(10.5)


def quote_in_latin(document: Any) -> None:
    run = at(document, "根据").runs[0]
    for slot in ("ascii", "hAnsi"):
        set_face(run._r.get_or_add_rPr(), FANG)
        run._r.rPr.find(qn("w:rFonts")).set(qn(f"w:{slot}"), "Times New Roman")
    run._r.rPr.find(qn("w:rFonts")).set(qn("w:hAnsi"), "Times New Roman")


def long_recipients(document: Any) -> None:
    at(document, "各县").runs[0].text = "、".join(f"示例市第{n}号示例单位" for n in range(10, 60)) + "："


def head_lines(*lines: tuple[str, str]) -> Plant:
    """Lines above the mark, which then starts lower."""

    def plant(document: Any) -> None:
        first = document.paragraphs[0]
        for text, name in lines:
            write(first.insert_paragraph_before(), text, name)

    return plant


def title_lines(*lines: str) -> Plant:
    def plant(document: Any) -> None:
        run = next(each for each in document.paragraphs if each.text.startswith("关于")).runs[0]
        run.text = "\n".join(lines)

    return plant


def annex_in_line(document: Any) -> None:
    for run in at(document, "（联系人").runs:
        for each in run._r.findall(qn("w:br")):
            run._r.remove(each)


def annex_lower(document: Any) -> None:
    """An empty line above the label of the annex."""
    label = next(each for each in document.paragraphs if each.text == "附件1")
    label.insert_paragraph_before()


def annex_label(text: str) -> Plant:
    def plant(document: Any) -> None:
        label = next(each for each in document.paragraphs if each.text == "附件1")
        label.runs[0].text = text

    return plant


def attributes(text: str, right: float) -> Plant:
    return indent(text, right=round(right * 315))


def naive(document: Any) -> None:
    """All that `font.name` of python-docx sets: the Chinese slot falls to the theme."""
    fonts = document.styles["Normal"].element.rPr.find(qn("w:rFonts"))
    for slot in ("eastAsia", "cs"):
        del fonts.attrib[qn(f"w:{slot}")]


def note_alone(document: Any) -> None:
    line = at(document, "附件：1")
    line.insert_paragraph_before("附件：")
    line.runs[0].text = "1.任务分解表"


FAULTS = (
    Fault(4, "附件二字单独一行", file_paper, note_alone, "F351", "附件："),
    Fault(25, "只写了西文字体的样式", plain_paper, naive, "F317", "根据"),
    Fault(
        0, "出席仿宋", minutes_paper, lambda d: set_face(at(d, "出席").runs[0]._r.rPr, FANG), "F801", "出席"
    ),
    Fault(0, "出席上无空行", minutes_paper, no_blank_above("出席"), "F802", "出席"),
    Fault(0, "令号上无空行", order_paper, no_blank_above("第12号"), "F803", "第12号"),
    Fault(1, "方括号", file_paper, replace("〔2026〕", "[2026]"), "F210", "示环发"),
    Fault(1, "实心方头括号", file_paper, replace("〔2026〕", "【2026】"), "F210", "示环发"),
    Fault(1, "全角圆括号", letter_paper, replace("〔2026〕", "（2026）"), "F210", "示环函"),
    Fault(1, "全角方括号", minutes_paper, replace("〔2026〕", "［2026］"), "F210", "示环会"),
    Fault(2, "加第字", file_paper, replace("〕8号", "〕第8号"), "F211", "示环发"),
    Fault(2, "虚位", file_paper, replace("〕8号", "〕08号"), "F211", "示环发"),
    Fault(2, "缺号字", letter_paper, replace("〕12号", "〕12"), "F211", "示环函"),
    Fault(2, "两位年份", file_paper, replace("〔2026〕", "〔26〕"), "F211", "示环发"),
    Fault(2, "文号居左", file_paper, align("示环发", "left"), "F214", "示环发"),
    Fault(3, "汉字日期", file_paper, replace(DAY, "二〇二六年一月五日"), "F370", "二〇二六"),
    Fault(3, "日期虚位", letter_paper, replace(DAY, "2026年01月05日"), "F370", "2026年01月"),
    Fault(3, "点分日期", plain_paper, replace(DAY, "2026.1.5"), "F370", "2026.1.5"),
    Fault(3, "日期写号", file_paper, replace(DAY, "2026年1月5号"), "F370", "2026年1月5号"),
    Fault(4, "附件半角冒号", file_paper, replace("附件：", "附件:"), "F351", "附件:1"),
    Fault(4, "附件名称后句号", file_paper, replace("2.联系人名单", "2.联系人名单。"), "F352", "2.联系人"),
    Fault(4, "附件名称后分号", file_paper, replace("1.任务分解表", "1.任务分解表；"), "F352", "附件：1"),
    Fault(4, "附件书名号", letter_paper, replace("资料清单", "《资料清单》"), "F353", "附件"),
    Fault(4, "单个附件编号", letter_paper, replace("附件：", "附件：1."), "F354", "附件：1"),
    Fault(4, "附件一", file_paper, annex_label("附件一"), "F360", "附件一"),
    Fault(4, "附件名称不一致", file_paper, replace("任务分解表", "任务分工表", "附件：1"), "F365", "附件：1"),
    Fault(4, "附件说明上无空行", file_paper, no_blank_above("附件：1"), "F356", "附件：1"),
    Fault(4, "附件说明顶格", letter_paper, indent("附件：", left=0), "F357", "附件"),
    Fault(5, "附件标识宋体", file_paper, face("附件2", SONG), "F361", "附件2"),
    Fault(5, "附件标识冒号", file_paper, annex_label("附件1："), "F360", "附件1："),
    Fault(5, "附件不另起一面", file_paper, annex_in_line, "F363", "附件1"),
    Fault(5, "附件上有空行", file_paper, annex_lower, "F363", "附件1"),
    Fault(6, "附件在版记后", file_paper, foot_first, "F366", "附件1"),
    Fault(7, "标题宋体加粗", file_paper, face("关于", SONG, bold=True), "F301", "关于做好"),
    Fault(7, "标题黑体", letter_paper, face("关于", HEI), "F301", "关于商请"),
    Fault(
        7, "标题拆词", file_paper, title_lines("关于做好示例工", "作安排及有关事项的通知"), "F307", "关于做好"
    ),
    Fault(
        7, "标题日期断开", file_paper, title_lines("关于2026年9", "月14日检查情况的通知"), "F307", "关于2026"
    ),
    Fault(7, "标题的字起行", file_paper, title_lines("关于做好示例工作安排", "的通知"), "F307", "关于做好"),
    Fault(
        7,
        "标题没有回行",
        file_paper,
        title_lines("关于进一步做好示例单位年度示例工作安排的通知"),
        "F307",
        "关于进一步",
    ),
    Fault(7, "标题齐头齐尾", file_paper, title_lines("关于做好示例", "工作的通知函"), "F308", "关于做好"),
    Fault(7, "标题句号", file_paper, replace("的通知", "的通知。"), "F306", "关于做好"),
    Fault(7, "标题紧接红线", file_paper, no_blank_above("关于做好"), "F305", "关于做好"),
    Fault(7, "标题三号", letter_paper, size("关于", 16), "F303", "关于商请"),
    Fault(7, "标题居左", file_paper, align("关于", "left"), "F304", "关于做好"),
    Fault(8, "一级标题仿宋", file_paper, face("一、总体", FANG), "F331", "一、总体"),
    Fault(8, "一级标题宋体加粗", minutes_paper, face("二、工作", SONG, bold=True), "F331", "二、工作"),
    Fault(8, "二级标题仿宋", file_paper, face("（一）明确", FANG), "F332", "（一）明确"),
    Fault(8, "跳级", file_paper, replace("（一）明确责任", "1.明确责任"), "F337", "1.明确"),
    Fault(8, "阿拉伯数字加顿号", file_paper, replace("1.建立", "1、建立"), "F336", "1、建立"),
    Fault(8, "括号后加顿号", letter_paper, replace("（二）加强", "（二）、加强"), "F336", "（二）、"),
    Fault(8, "半角括号层次", plain_paper, replace("（一）明确", "(一)明确"), "F336", "(一)明确"),
    Fault(8, "序号漏项", file_paper, replace("二、工作", "三、工作"), "F338", "三、工作"),
    Fault(9, "空格缩进", file_paper, spaces_for_indent, "F320", "根据"),
    Fault(9, "没有首行缩进", letter_paper, indent("坚持", left=0), "F319", "坚持"),
    Fault(10, "1.5倍行距", file_paper, pitch(360, "auto"), "F106", "根据"),
    Fault(10, "29磅只排21行", file_paper, pitch(580), "F107", "根据"),
    Fault(10, "33磅", letter_paper, pitch(660), "F106", "根据"),
    Fault(
        11,
        "默认页边距",
        file_paper,
        margins(top_margin=25.4, bottom_margin=25.4, left_margin=31.8, right_margin=31.8),
        "F103",
        "页面",
    ),
    Fault(11, "天头", letter_paper, margins(top_margin=30), "F102", "页面"),
    Fault(11, "纸张", plain_paper, margins(page_width=215.9, page_height=279.4), "F101", "页面"),
    Fault(12, "半角连字符页码", file_paper, footer_text("-", "-"), "F501", "页脚"),
    Fault(12, "第1页", file_paper, footer_text("第", "页"), "F501", "页脚"),
    Fault(12, "页码居中", file_paper, footers("center"), "F504", "页脚"),
    Fault(12, "单双页同侧", letter_paper, footers("right"), "F504", "偶数页"),
    Fault(12, "页码西文字体", file_paper, footer_face("Times New Roman"), "F502", "页脚"),
    Fault(13, "信函首页页码", letter_paper, number_on_first, "F709", "页脚"),
    Fault(14, "版记三号", file_paper, small_foot(16), "F402", "表1"),
    Fault(14, "抄送无句号", file_paper, cell("监委。", "监委"), "F403", "表1"),
    Fault(14, "没有印发二字", file_paper, cell("印发", ""), "F405", "表1"),
    Fault(14, "版记线粗细颠倒", file_paper, rules(6, 8, 6), "F409", "表1"),
    Fault(14, "版记浮在面中", file_paper, unanchored, "F410", "表1"),
    Fault(14, "印发日期虚位", file_paper, cell("1月5日", "01月05日"), "F406", "表1"),
    Fault(15, "主题词", file_paper, with_keywords, "F407", "表1"),
    Fault(16, "信函带文件", letter_paper, replace(ORGAN, f"{ORGAN}文件"), "F701", "文件"),
    Fault(16, "信函单线", letter_paper, one_line, "F702", "正文第2段"),
    Fault(16, "信函缺末条双线", letter_paper, without_rule(1), "F702", "正文第2段"),
    Fault(16, "双线与版心等宽", letter_paper, rules_as_wide_as_text, "F703", "正文第2段"),
    Fault(16, "首条双线上细下粗", letter_paper, swap_rules(0), "F704", "正文第2段"),
    Fault(16, "末条双线上粗下细", letter_paper, swap_rules(1), "F704", "正文第3段"),
    Fault(16, "末条双线位置", letter_paper, rule_moved(1, 262), "F706", "正文第3段"),
    Fault(16, "首条双线位置", letter_paper, rule_moved(0, 56), "F705", "正文第2段"),
    Fault(16, "信函印发机关", letter_paper, printed_in_letter, "F710", "办公室"),
    Fault(16, "信函文号居中", letter_paper, align("示环函", "center"), "F708", "示环函"),
    Fault(16, "文件没有红线", file_paper, no_red_rule, "F216", "示环发"),
    Fault(17, "上行文无签发人", request_paper, not_signed_off, "F218", "示环请"),
    Fault(17, "签发人仿宋", request_paper, signer_in_body_face, "F220", "示环请"),
    Fault(18, "下行文有签发人", file_paper, signer_on_notice, "F219", "示环发"),
    Fault(19, "主送缩进", file_paper, indent("各县", firstLine=630), "F313", "各县"),
    Fault(19, "主送半角冒号", letter_paper, replace("自然资源局：", "自然资源局:"), "F314", "示例市自然"),
    Fault(19, "主送上无空行", file_paper, no_blank_above("各县"), "F315", "各县"),
    Fault(20, "署名居中", file_paper, align(ORGAN, "center"), "F372", ORGAN[:8]),
    Fault(20, "不盖章右空四字", plain_paper, attributes(ORGAN, 4), "F371", ORGAN[:8]),
    Fault(20, "日期不错两字", plain_paper, attributes(DAY, 4), "F371", ORGAN[:8]),
    Fault(21, "署名页无正文", file_paper, page_of_signature, "F374", ORGAN[:8]),
    Fault(
        21,
        "此页无正文",
        letter_paper,
        lambda d: at(d, ORGAN).insert_paragraph_before("（此页无正文）"),
        "F374",
        "（此页无正文）",
    ),
    Fault(22, "首页无正文", file_paper, page_before("根据"), "F321", "根据"),
    Fault(22, "主送过多", file_paper, long_recipients, "F321", "示例市第10"),
    Fault(23, "报告夹带请示", plain_paper, replace("按照自查", "妥否，请批示。按照自查"), "F310", "妥否"),
    Fault(23, "请示报告", request_paper, replace("的请示", "的请示报告"), "F309", "关于示例项目"),
    Fault(
        23,
        "请示多个主送",
        request_paper,
        replace("示例市人民政府：", "示例市人民政府、示例市发展改革委："),
        "F312",
        "示例市人民政府",
    ),
    Fault(
        23,
        "一文多事",
        request_paper,
        replace("关于示例项目立项的", "关于示例项目立项和关于示例经费的"),
        "F311",
        "关于示例",
    ),
    Fault(24, "直引号", file_paper, replace("“示例”", '"示例"'), "F601", "根据"),
    Fault(24, "三个点", letter_paper, replace("按期完成。", "按期完成..."), "F602", "坚持"),
    Fault(24, "两个减号", file_paper, replace("逐项销号，", "逐项销号--"), "F603", "坚持"),
    Fault(24, "半角逗号", plain_paper, replace("分类处置，", "分类处置,"), "F604", "坚持"),
    Fault(24, "引号落入西文字体", file_paper, quote_in_latin, "F605", "根据"),
    Fault(25, "只设西文字体", file_paper, latin_only("根据"), "F317", "根据"),
    Fault(25, "正文宋体", letter_paper, face("坚持", SONG), "F317", "坚持"),
    Fault(26, "主题字体盖过黑体", file_paper, theme_over("一、总体"), "F609", "一、总体"),
    Fault(26, "主题字体使标题不是黑体", file_paper, theme_over("二、工作"), "F331", "二、工作"),
    Fault(27, "蓝字", letter_paper, blue("坚持"), "F111", "坚持"),
    Fault(28, "表格沿用固定行距", file_paper, data_table, "F901", "表2"),
    Fault(29, "自动编号丢失", file_paper, lost_number, "F340", "工作步骤"),
    Fault(30, "已废止的办法", file_paper, replace("示例办法", "国家行政机关公文处理办法"), "F608", "根据"),
    Fault(30, "旧国标", letter_paper, replace("《示例办法》", "GB/T 9704-1999"), "F608", "根据"),
    Fault(0, "密级仿宋", file_paper, head_lines(("000001", ""), ("秘密★1年", FANG)), "F203", "秘密"),
    Fault(0, "份号三位", file_paper, head_lines(("001", ""), ("秘密★1年", HEI)), "F201", "001"),
    Fault(
        0,
        "密级写法",
        letter_paper,
        lambda d: write(at(d, "示环函").insert_paragraph_before(), "秘密☆一年", HEI),
        "F202",
        "秘密",
    ),
    Fault(
        0,
        "附注半角括号",
        file_paper,
        replace("（联系人：张某某，电话：0000-0000000）", "(联系人：张某某)"),
        "F377",
        "(联系人",
    ),
    Fault(0, "正文四号", plain_paper, size("坚持", 14), "F318", "坚持"),
    Fault(
        0,
        "命令标志位置",
        lambda: order_paper(),
        lambda d: d.paragraphs[0]._p.pPr.find(qn("w:spacing")).set(qn("w:before"), "3000"),
        "F208",
        "示例市人民政府令",
    ),
)
