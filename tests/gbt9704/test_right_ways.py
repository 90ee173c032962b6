"""Each rule from both sides: ways of writing that are right are let pass, the mistake beside them is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from conftest import Run
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from faults import at, face, replace, size
from papers import (
    BIAO,
    DAY,
    FANG,
    HEI,
    ORGAN,
    SONG,
    add,
    element,
    file_paper,
    plain_paper,
    saved,
    set_face,
    write,
)

from liangqing.gbt9704.check.fixing import fix
from liangqing.gbt9704.check.judge import FormatFinding, check
from liangqing.gbt9704.check.rules.sign import date_right

Plant = Callable[[Any], object]
LAST = "按照自查"  # a paragraph of the text of most papers


@cache
def of_sound(base: Callable[[], Any]) -> tuple[FormatFinding, ...]:
    """What is told of a paper with nothing planted in it."""
    return check(saved(base()), "甲.docx").findings


def findings(base: Callable[[], Any], *plants: Plant, text: bool = False) -> tuple[FormatFinding, ...]:
    if not plants and not text:
        return of_sound(base)
    document = base()
    for plant in plants:
        plant(document)
    return check(saved(document), "甲.docx", text=text).findings


def told(found: tuple[FormatFinding, ...], rule: str) -> list[tuple[str, str]]:
    return [(each.place, each.found) for each in found if each.rule.code == rule]


def broken(found: tuple[FormatFinding, ...]) -> list[tuple[str, str, str]]:
    return [(each.rule.code, each.place, each.found) for each in found if each.broken]


def text_of(begin: str, words: str) -> Plant:
    """The words of a paragraph, in its first run."""

    def plant(document: Any) -> None:
        first, *others = at(document, begin).runs
        first.text = words
        for run in others:
            run.text = ""

    return plant


def after(begin: str, *lines: str, **looks: Any) -> Plant:
    """Paragraphs of text below another."""

    def plant(document: Any) -> None:
        above = at(document, begin)._p
        for words in reversed(lines):
            made = add(document, words, **({"first": 2} | looks))
            above.addnext(made._p)

    return plant


def gone(begin: str) -> Plant:
    return lambda document: at(document, begin)._p.getparent().remove(at(document, begin)._p)


def whole(*plants: Plant) -> Plant:
    def plant(document: Any) -> None:
        for each in plants:
            each(document)

    return plant


# ---------------------------------------------------------------- annexes


def label_of(document: Any, text: str = "附件1") -> Any:
    return next(each for each in document.paragraphs if each.text.strip("\n") == text)


def break_inside(document: Any) -> None:
    """The page ends in the paragraph of the label, as Ctrl+Enter before it makes it."""
    for run in at(document, "（联系人").runs:
        for each in run._r.findall(qn("w:br")):
            run._r.remove(each)
    first = label_of(document).runs[0]._r
    made = parse_xml(f"<w:r {nsdecls('w')}><w:br w:type='page'/></w:r>")
    first.addprevious(made)
    first.insert(1, element("lastRenderedPageBreak"))


def break_before(document: Any) -> None:
    for run in at(document, "（联系人").runs:
        for each in run._r.findall(qn("w:br")):
            run._r.remove(each)
    label_of(document).paragraph_format.page_break_before = True


def one_line(document: Any) -> None:
    """附件1：任务分解表, with no title of its own below."""
    label = label_of(document)
    following = [each for each in document.paragraphs if each._p.getparent() is label._p.getparent()]
    index = [each._p for each in following].index(label._p)
    for each in following[index + 1 : index + 3]:
        each._p.getparent().remove(each._p)
    label.runs[0].text = "附件1：任务分解表"


def own_date(document: Any) -> None:
    """The last annex has a signature and a date of its own."""
    text = at(document, "示例内容")._p
    for words in ("2025年12月1日", "示例办公室"):
        text.addnext(add(document, words, align="right", right=4)._p)


def annex_text(*, name: str = FANG, points: float = 16, first: float = 2) -> Plant:
    def plant(document: Any) -> None:
        line = next(each for each in document.paragraphs if each.text.startswith("示例内容"))
        for run in line.runs:
            set_face(run._r.get_or_add_rPr(), name)
            run.font.size = Pt(points)
        line._p.pPr.find(qn("w:ind")).set(qn("w:firstLine"), str(round(first * 315)))

    return plant


def annex_levels(name: str) -> Plant:
    def plant(document: Any) -> None:
        text = at(document, "示例内容")._p
        text.addprevious(add(document, "一、示例单位", face=name, first=2)._p)

    return plant


def two_lines(document: Any) -> None:
    """The title of an annex in two paragraphs, as its name in the note says."""
    title = next(each for each in document.paragraphs if each.text == "任务分解表")
    title.runs[0].text = "示例工作任务"
    title._p.addnext(add(document, "分解表", face=BIAO, size="2", align="center")._p)
    replace("1.任务分解表", "1.示例工作任务分解表")(document)


def table_first(document: Any) -> None:
    """An annex that is a table with its title inside, and a line below it."""
    title = next(each for each in document.paragraphs if each.text == "任务分解表")
    table = document.add_table(2, 1)
    table.rows[0].cells[0].text = "任务分解表"
    title._p.addprevious(table._tbl)
    title.runs[0].text = "填表人：张某某"
    set_face(title.runs[0]._r.rPr, FANG)
    title.runs[0].font.size = Pt(14)
    title._p.pPr.find(qn("w:jc")).set(qn("w:val"), "left")


def names_in_one_paragraph(document: Any) -> None:
    """附件说明 with its second name after Shift+Enter."""
    line = at(document, "附件：1")
    line.runs[0].add_break()
    line.runs[0].add_text("2.联系人名单")
    gone("2.联系人名单")(document)


RIGHT_ANNEXES: dict[str, Plant] = {
    "page break inside the paragraph": break_inside,
    "page break before": break_before,
    "a date of its own": own_date,
    "title in two lines": two_lines,
    "a table with its title inside": table_first,
    "names after Shift+Enter": names_in_one_paragraph,
    "levels": annex_levels(HEI),
    "a remark in small type": after("示例内容", "注：示例数据截至上月末，由各单位填报。", size="4", first=0),
}


@pytest.mark.parametrize("name", RIGHT_ANNEXES)
def test_right_annexes_break_no_rule(name: str) -> None:
    assert broken(findings(file_paper, RIGHT_ANNEXES[name])) == []


WRONG_ANNEXES: dict[str, tuple[Plant, str, str]] = {
    "label and title in one line": (one_line, "F360", "附件1："),
    "text in another face": (annex_text(name=SONG), "F317", "示例内容"),
    "text in another size": (annex_text(points=14), "F318", "示例内容"),
    "text without indent": (annex_text(first=0), "F319", "示例内容"),
    "heading in another face": (annex_levels(FANG), "F331", "一、示例"),
    "title in another face": (face("联系人名单", HEI), "F368", "联系人"),
    "title in another size": (size("联系人名单", 16), "F369", "联系人"),
    "name and title differ": (
        whole(two_lines, replace("示例工作任务分解表", "示例任务分解表")),
        "F365",
        "附件：1",
    ),
}


@pytest.mark.parametrize("name", WRONG_ANNEXES)
def test_mistakes_in_annexes_are_found(name: str) -> None:
    plant, rule, where = WRONG_ANNEXES[name]
    assert told(findings(file_paper), rule) == []
    assert [place for place, _ in told(findings(file_paper, plant), rule) if where in place]


def test_a_label_that_shares_its_line_is_mended_alone() -> None:
    document = file_paper()
    one_line(document)
    face("附件1：", FANG)(document)
    mended = check(fix(saved(document), "甲.docx").data, "甲.docx").paper.annexes[0].label
    chinese = [(each.text, each.face.name) for each in mended.pieces if each.slot == "eastAsia"]
    assert chinese == [("附件", HEI), ("：任务分解表", FANG)]


def test_the_date_of_an_annex_is_not_that_of_the_paper() -> None:
    document = file_paper()
    own_date(document)
    paper = check(saved(document), "甲.docx").paper
    assert paper.date is not None and paper.date.words == DAY


def test_a_file_that_is_an_annex_is_judged_as_one() -> None:
    def base() -> Any:
        document = file_paper()
        label = label_of(document)._p
        for each in list(document.element.body):
            if each is label:
                break
            document.element.body.remove(each)
        return document

    found = findings(base, annex_text(name=SONG), face("附件1", SONG))
    assert check(saved(base()), "甲.docx").paper.format == "单独的附件"
    assert broken(findings(base)) == []
    assert told(found, "F317") and told(found, "F361")


# ---------------------------------------------------------------- numbers of pages


def footer_in_use(kind: str, *, used: bool) -> Plant:
    """A footer with `第1页`, which pages show or not."""

    def plant(document: Any) -> None:
        section = document.sections[0]
        footer = section.even_page_footer if kind == "even" else section.first_page_footer
        footer.is_linked_to_previous = False
        line = footer.paragraphs[0]
        for each in list(line._p):
            if each.tag != qn("w:pPr"):
                line._p.remove(each)
        write(line, "第", SONG, "4")
        field = element("fldSimple", instr=" PAGE ")
        field.append(write(line, "1", SONG, "4")._r)
        line._p.append(field)
        document.settings.odd_and_even_pages_header_footer = used if kind == "even" else True
        section.different_first_page_header_footer = used if kind == "first" else False

    return plant


@pytest.mark.parametrize("kind", ["even", "first"])
def test_only_footers_in_use_are_judged(kind: str) -> None:
    assert told(findings(file_paper, footer_in_use(kind, used=False)), "F501") == []
    assert told(findings(file_paper, footer_in_use(kind, used=True)), "F501")


def footer_blanks(after: str, right: int = 0) -> Plant:
    """White at the outer side of odd pages, by blanks."""

    def plant(document: Any) -> None:
        line = document.sections[0].footer.paragraphs[0]
        line._p.pPr.find(qn("w:ind")).set(qn("w:right"), str(right))
        line.runs[-1].text = f" —{after}"

    return plant


@pytest.mark.parametrize(("blanks", "right"), [("　", 0), ("  ", 0), ("\xa0\xa0", 0), ("", 280), (" ", 140)])
def test_two_half_width_blanks_are_one_character(blanks: str, right: int) -> None:
    assert told(findings(file_paper, footer_blanks(blanks, right)), "F505") == []


@pytest.mark.parametrize(("blanks", "right"), [("", 0), ("    ", 0), ("　", 280)])
def test_a_number_that_stands_elsewhere_is_told(blanks: str, right: int) -> None:
    assert told(findings(file_paper, footer_blanks(blanks, right)), "F505")


# ---------------------------------------------------------------- what is left in a paper, and its sheet


def run_look(begin: str, tag: str, **attributes: str) -> Plant:
    def plant(document: Any) -> None:
        at(document, begin).runs[0]._r.get_or_add_rPr().append(element(tag, **attributes))

    return plant


def inserted(document: Any) -> None:
    run = at(document, LAST).runs[0]._r
    change = element("ins", id=7, author="张三")
    run.addprevious(change)
    change.append(run)


def lying(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)


def lying_annex(document: Any) -> None:
    """A table of its own on a sheet that lies."""
    section = document.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    document.add_table(1, 1).rows[0].cells[0].text = "示例"


def listed(name: str) -> Plant:
    """二、 as an automatic number, in a face of the list's own."""

    def plant(document: Any) -> None:
        part = document.part.numbering_part.element
        level = (
            f"<w:abstractNum {nsdecls('w')} w:abstractNumId='77'><w:lvl w:ilvl='0'><w:start w:val='2'/>"
            "<w:numFmt w:val='chineseCounting'/><w:suff w:val='nothing'/><w:lvlText w:val='%1、'/>"
            f"<w:rPr><w:rFonts w:eastAsia='{name}' w:hint='eastAsia'/></w:rPr></w:lvl></w:abstractNum>"
        )
        part.insert(0, parse_xml(level))
        part.append(parse_xml(f"<w:num {nsdecls('w')} w:numId='77'><w:abstractNumId w:val='77'/></w:num>"))
        line = at(document, "二、工作步骤")
        numbering = element("numPr")
        numbering.append(element("ilvl", val=0))
        numbering.append(element("numId", val=77))
        line._p.get_or_add_pPr().insert(0, numbering)
        line.runs[0].text = "工作步骤"

    return plant


BOTH_SIDES: dict[str, tuple[Callable[[], Any], str, tuple[Plant, ...], tuple[Plant, ...]]] = {
    "附件说明的字体": (file_paper, "F358", (face("附件：1", "仿宋"),), (face("附件：1", SONG), face("2.联系人", HEI))),
    "附件说明的字号": (file_paper, "F359", (size("附件：1", 16),), (size("附件：1", 14), size("2.联系人", 18))),
    "修订": (file_paper, "F113", (), (inserted,)),
    "突出显示": (
        plain_paper,
        "F114",
        (run_look(LAST, "highlight", val="none"), run_look(LAST, "shd", val="clear", fill="auto")),
        (run_look(LAST, "highlight", val="yellow"), run_look(LAST, "shd", val="clear", fill="FFFF00")),
    ),
    "横向": (plain_paper, "F112", (lying_annex,), (lying,)),
    "自动编号的字体": (plain_paper, "F342", (listed(HEI), listed("SimHei")), (listed(SONG), listed(FANG))),
    "没有署名": (plain_paper, "F379", (), (gone(ORGAN),)),
    "句中空格": (
        file_paper,
        "F611",
        (
            text_of(LAST, "按照自查、检查、整改推进，于2026年　　月　　日前完成。"),
            text_of(LAST, "参加人员：张某某　　李某某　　王某某"),
            text_of(LAST, "张　三同志负责。"),
        ),
        (text_of(LAST, "按照自查  检查推进。"), text_of(LAST, "按照自查，　　检查推进。")),
    ),
    "没有这一天": (
        file_paper,
        "F610",
        tuple(
            text_of(LAST, words)
            for words in (
                "于2024年2月29日、12月31日前完成，2021.3.5起施行。",
                "历时13个月，2月29日到期。",
                "版本2021.13.5.1，编号2021-13-50-7。",
            )
        ),
        tuple(
            text_of(LAST, words)
            for words in (
                "于2021年2月29日前完成。",
                "于2月30日前完成。",
                "于2026年13月前完成。",
                "于13月5日前完成。",
                "于2021.2.30前完成。",
            )
        ),
    ),
    "标题的文种": (
        plain_paper,
        "F323",
        tuple(
            text_of("关于", words)
            for words in (
                "关于做好示例工作的通知（试行）",
                "示例市生态环境局关于示例情况的汇报",
                "关于印发《示例办法》的通知",
                "示例工作办法",
                "关于示例事项的复函",
            )
        ),
        (text_of("关于", "关于做好示例工作的"), text_of("关于", "关于印发《示例办法》"), text_of("关于", "关于示例工作情况")),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BOTH_SIDES)
def test_the_right_way_passes_and_the_mistake_is_found(name: str) -> None:
    base, rule, right, wrong = BOTH_SIDES[name]
    assert told(findings(base), rule) == []
    for plant in right:
        assert told(findings(base, plant), rule) == []
    for plant in wrong:
        assert told(findings(base, plant), rule)


def test_a_day_that_there_is_not_is_not_made_a_date() -> None:
    assert [date_right(words) for words in ("2026.2.30", "2026.2.28", "二〇二六年二月三十日")] == [
        None,
        "2026年2月28日",
        None,
    ]
    assert told(findings(plain_paper, replace(DAY, "二〇二六年二月三十日")), "F610")
    assert told(findings(file_paper, replace(DAY, "2026年2月30日")), "F610")


def test_blanks_in_a_date_do_not_break_a_rule() -> None:
    assert told(findings(plain_paper, replace(DAY, "2026 年 1 月 5 日")), "F370") == []


# ---------------------------------------------------------------- right ways that look like mistakes


def by_blanks(begin: str, blanks: int, align_as: str = "left") -> Plant:
    """A line that blanks put in its place."""

    def plant(document: Any) -> None:
        line = at(document, begin)
        line._p.pPr.find(qn("w:jc")).set(qn("w:val"), align_as)
        line.runs[0].text = "　" * blanks + line.runs[0].text

    return plant


def number_dashes(sign: str) -> Plant:
    def plant(document: Any) -> None:
        for footer in (document.sections[0].footer, document.sections[0].even_page_footer):
            runs = footer.paragraphs[0].runs
            runs[0].text, runs[-1].text = f"{sign} ", f" {sign}"

    return plant


def copies_in(*parts: str) -> Plant:
    """抄送 in several paragraphs of its cell."""

    def plant(document: Any) -> None:
        cell = document.tables[-1].rows[0].cells[0]
        cell.paragraphs[0].runs[0].text = parts[0]
        for words in parts[1:]:
            write(cell.add_paragraph(), words, FANG, "4")

    return plant


def pictured_rule(document: Any) -> None:
    """The red rule as a picture in a line of its own."""
    properties = at(document, "示环发")._p.pPr
    properties.remove(properties.find(qn("w:pBdr")))
    following = at(document, "示环发")._p.getnext()
    following.append(parse_xml(f"<w:r {nsdecls('w')}><w:drawing/></w:r>"))


def red_kind(document: Any) -> None:
    """★ and the like in red above the title."""
    line = add(document, "★", align="center", colour="FF0000")
    at(document, "示环发")._p.addnext(line._p)


def two_organs(document: Any) -> None:
    """The organs of a joint paper beside one another."""
    line = at(document, ORGAN)
    line.runs[0].text = "　　示例市生态环境局　　　　示例市财政局"
    line._p.pPr.find(qn("w:jc")).set(qn("w:val"), "left")
    line._p.pPr.find(qn("w:ind")).set(qn("w:right"), "0")


def loose_mark(document: Any) -> None:
    """The mark over a line that is as high as its font has it."""
    spacing = document.paragraphs[0]._p.pPr.find(qn("w:spacing"))
    spacing.set(qn("w:lineRule"), "auto")
    spacing.set(qn("w:line"), "240")
    spacing.set(qn("w:before"), str(int(spacing.get(qn("w:before"))) + 40))


def long_text(document: Any) -> None:
    """So much text that nobody can count where it ends, and the imprint right under it."""
    text = "示例内容，按照自查、检查、整改三个阶段推进，逐项登记，定期更新，按月报送，及时提醒。" * 2
    after(LAST, *[text] * 22)(document)
    table = document.tables[-1]._tbl
    table.tblPr.remove(table.tblPr.find(qn("w:tblpPr")))
    at(document, DAY)._p.addnext(table)


SOUND: dict[str, tuple[Callable[[], Any], str, Plant]] = {
    "标题用空格居中": (plain_paper, "F304", by_blanks("关于", 5)),
    "文号用空格居中": (file_paper, "F214", by_blanks("示环发", 10)),
    "页码两边是全角横线": (file_paper, "F501", number_dashes("－")),
    "页码两边是制表符横线": (file_paper, "F501", number_dashes("─")),
    "抄送分两段": (file_paper, "F403", copies_in("抄送：示例市人民政府办公室，", "示例市纪委监委。")),
    "红线是图片": (file_paper, "F216", pictured_rule),
    "红头里的星": (file_paper, "F111", red_kind),
    "联合署名并排": (plain_paper, "F372", two_organs),
    "标志行距不固定": (file_paper, "F208", loose_mark),
    "一段里的短句不是正文": (plain_paper, "F319", after(LAST, "示例名单", first=0)),
    "附件标题上是图片": (plain_paper, "F315", lambda d: at(d, "示例市人民政府")._p.getprevious().append(
        parse_xml(f"<w:r {nsdecls('w')}><w:drawing/></w:r>"))),
    "排到哪里说不准的版记": (file_paper, "F410", long_text),
}  # fmt: skip


@pytest.mark.parametrize("name", SOUND)
def test_a_right_way_that_looks_like_a_mistake_is_let_pass(name: str) -> None:
    base, rule, plant = SOUND[name]
    assert told(findings(base, plant), rule) == []


WRONG: dict[str, tuple[Callable[[], Any], str, Plant]] = {
    "标题用空格偏左": (plain_paper, "F304", by_blanks("关于", 2)),
    "文号用空格偏左": (file_paper, "F214", by_blanks("示环发", 3)),
    "页码两边是半角横线": (file_paper, "F501", number_dashes("-")),
    "页码一边是一字线": (file_paper, "F501", lambda d: setattr(
        d.sections[0].footer.paragraphs[0].runs[0], "text", "－ ")),
    "抄送分两段没有句号": (file_paper, "F403", copies_in("抄送：示例市人民政府办公室，", "示例市纪委监委")),
    "红头里的蓝字": (file_paper, "F111", lambda d: setattr(
        at(d, "示环发").runs[0].font.color, "rgb", RGBColor(0, 0, 0xFF))),
    "署名居左": (plain_paper, "F372", by_blanks(ORGAN, 2)),
    "正文的长句顶格": (plain_paper, "F319", after(LAST, "示例内容，逐项列出。", first=0)),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_the_mistake_beside_the_right_way_is_found(name: str) -> None:
    base, rule, plant = WRONG[name]
    assert told(findings(base, plant), rule)


# ---------------------------------------------------------------- closing words

# Title, closing words, whether they fit.
CLOSINGS = (
    ("关于示例工作的通知", "特此通知。", True),
    ("关于示例工作的通知", "特此函复。", False),
    ("关于示例工作的通知", "妥否，请批示。", False),
    ("关于示例情况的通报", "特此通报。", True),
    ("关于示例情况的报告", "特此报告。", True),
    ("关于示例情况的报告", "以上报告，请审阅。", True),
    ("关于示例情况的报告", "特此通知。", False),
    ("关于商请示例事项的函", "请予函复。", True),
    ("关于商请示例事项的函", "妥否，请函复。", True),
    ("关于商请示例事项的函", "特此函达。", True),
    ("关于商请示例事项的函", "特此通知。", False),
    ("关于示例事项的复函", "特此函复。", True),
    ("关于示例事项的复函", "此复。", True),
    ("关于示例事项的请示", "妥否，请批示。", True),
    ("关于示例事项的请示", "特此报告。", False),
    ("关于示例事项的批复", "此复。", True),
    ("关于示例事项的批复", "特此函复。", False),
    ("关于示例事项的通告", "特此通告。", True),
    ("关于示例事项的意见", "以上意见，请认真贯彻执行。", True),
    ("关于示例事项的通知", "收到来函后，特此函复的单位应当登记。", True),
    ("示例工作方案", "特此通知。", True),
)


@pytest.mark.parametrize(("title", "words", "fits"), CLOSINGS)
def test_closing_words_fit_the_kind(title: str, words: str, fits: bool) -> None:
    found = findings(plain_paper, text_of("关于", title), text_of(LAST, words))
    assert bool(told(found, "F322")) is not fits


def test_a_report_that_asks_is_told_once() -> None:
    found = findings(plain_paper, text_of(LAST, "妥否，请批示。"))
    assert told(found, "F310") and not told(found, "F322")


# ---------------------------------------------------------------- punctuation

# Words of a paragraph, and the half-width marks in them that should be full-width.
HALF_WIDTH = {
    "完成示例工作,并及时报告.": ",.",
    "共检查12个单位,发现8个问题。": ",",
    "时间:2026年3月;地点:会议室。": "::;",
    "示例“内容”.示例《办法》,示例。": ".,",
    "示例(内容)完成。": "()",
    "占比达到95%,增长2.5%。": ",",
    "比例为3:2，共1,234.5万元，见 www.example.cn/a,b.html。": "",
    "自2021.3.5起，用 No.5、U.S. 和 A.B，GB/T 9704-2012。": "",
    "1.建立台账，逐项登记。": "",
    "报送邮箱 a.b@example.cn。": "",
    '运行 print("你好"); x = [1,2]': "",
}


@pytest.mark.parametrize("words", HALF_WIDTH)
def test_half_width_marks_in_chinese_text_are_told(words: str) -> None:
    found = findings(plain_paper, text_of(LAST, words))
    marks = [said[3] for place, said in told(found, "F604") for _ in range(_count(found, said))]
    assert sorted(marks) == sorted(HALF_WIDTH[words])


def _count(found: tuple[FormatFinding, ...], said: str) -> int:
    return next(each.count for each in found if each.found == said)


def test_equal_marks_are_one_finding_with_its_first_example() -> None:
    found = findings(plain_paper, text_of(LAST, "示例甲,示例乙,示例丙。"), text_of("坚持", "坚持示例,落实。"))
    ((place, said),) = told(found, "F604")
    assert said == "半角“,”" and place.endswith("“持示例,落实。”等3处")


LEADERS = (
    "一、总体要求………………………………3",
    "一、总体要求...............3",
    "姓名..........电话..........",
    "第一章 总则\t3",
)


@pytest.mark.parametrize("words", LEADERS)
def test_dots_that_lead_to_a_page_are_no_ellipsis(words: str) -> None:
    assert told(findings(plain_paper, text_of(LAST, words)), "F602") == []
    assert told(findings(plain_paper, text_of(LAST, "示例工作...示例。")), "F602")


def test_code_and_contents_are_not_read_as_text() -> None:
    def styled(name: str) -> Plant:
        def plant(document: Any) -> None:
            style = document.styles.add_style(name, 1)
            line = at(document, LAST)
            line.style = style
            line.runs[0].text = '示例,"内容"...'

        return plant

    def typed(document: Any) -> None:
        run = at(document, LAST).runs[0]
        run.text = '示例 = "内容",例'
        run._r.get_or_add_rPr().find(qn("w:rFonts"))
        set_face(run._r.get_or_add_rPr(), "Consolas")

    for plant in (styled("toc 1"), styled("代码"), typed):
        found = findings(plain_paper, plant)
        assert not [each for each in found if each.rule.code in ("F601", "F602", "F604")]


def notes_of_a_reader() -> Any:
    """No official paper, and nothing like one."""
    document = docx.Document()
    document.add_heading("读书心得", 0)
    return document


def with_marks(document: Any) -> None:
    document.add_paragraph('示例内容,"示例"...')


def test_papers_of_other_kinds_are_read_for_punctuation_when_asked() -> None:
    assert findings(notes_of_a_reader, with_marks) == ()
    asked = {each.rule.code for each in findings(notes_of_a_reader, with_marks, text=True)}
    assert {"F601", "F602", "F604"} <= asked


def test_json_says_whether_the_words_were_read(run: Run, tmp_path: Path) -> None:
    document = notes_of_a_reader()
    with_marks(document)
    (tmp_path / "小结.docx").write_bytes(saved(document))
    (tmp_path / "文.docx").write_bytes(saved(plain_paper()))
    paths = [str(tmp_path / "小结.docx"), str(tmp_path / "文.docx")]
    said = [json.loads(run("format", *paths, "--json", *more)[1]) for more in ((), ("--text",))]
    assert [[each["文字"] for each in files] for files in said] == [["没有要求查", "已查"], ["已查", "已查"]]
    assert "加 --text" in run("format", paths[0])[1]
