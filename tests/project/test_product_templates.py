"""The templates that come with the product: made from template_sources, the same each time, set as the standard asks."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from lxml import etree

from liangqing.base.chinese import FILTERS
from liangqing.engine import compile_template
from liangqing.variables.subjects import schema
from template_sources.builder import papers
from template_sources.builder.__main__ import WRITTEN
from template_sources.builder.tables import UNFRAMED
from template_sources.builder.units import CHARACTER, LANDSCAPE, LINE, PORTRAIT

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
MADE = papers()
NAMES = sorted(MADE)
SUBJECTS = {
    "期间情况报告.docx": "期间.月",
    "归档文件目录.docx": "归档",
    "监督工作情况统计表.docx": "期间",
    "监督检查清单.docx": "年度",
    "放行明细.docx": "年度",
    "单位责任清单.docx": "单位",
    "征求意见反馈表.docx": "单位",
    "意见采纳情况表.docx": "年度",
    "自查情况表.docx": "期次.单位",
    "整改情况反馈表.docx": "整改函",
    "整改函.docx": "整改函",
    "整改函-文件.docx": "整改函",
    "问题清单.docx": "整改函",
    "征求意见函.docx": "年度",
    "征求意见函-文件.docx": "年度",
    "印发通知.docx": "年度",
    "以案促改通知.docx": "典型案例",
    "以案促改通知-文件.docx": "典型案例",
    "监督检查通知.docx": "检查",
    "监督检查通知-文件.docx": "检查",
    "反馈会纪要.docx": "检查",
    "挂图作战图.docx": "年度",
    "检查底稿.docx": "检查.单位",
    "体检报告.docx": "检查.单位",
    "双签字确认表.docx": "检查.单位",
    "三张清单.docx": "单位",
    "提醒函.docx": "文书",
    "提醒函-文件.docx": "文书",
    "督办函.docx": "文书",
    "督办函-文件.docx": "文书",
    "约谈通知书.docx": "文书",
    "约谈通知书-文件.docx": "文书",
    "约谈记录.docx": "文书",
    "通报.docx": "文书",
    "纪检监察建议书.docx": "文书",
    "请示.docx": "文书",
    "工作报告.docx": "年度",
    "体检照片.docx": "检查.单位",
    "反馈表照片.docx": "整改函",
    "整改照片.docx": "问题",
    "销号审核表.docx": "问题",
    "一问一档.docx": "问题",
    "单位清欠单.docx": "单位",
    "发文稿纸.docx": "文书与函",
    "送达回证.docx": "送达",
    **{f"信封-{size}.docx": "送达" for size in ("DL", "ZL", "C5")},
    "发文登记簿.docx": "年度",
    "收文登记簿.docx": "年度",
    "年度监督工作总结.docx": "年度",
}
SLOTS = ("ascii", "hAnsi", "eastAsia", "cs")

every_paper = pytest.mark.parametrize("name", NAMES)


def parts_of(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return {each: package.read(each) for each in package.namelist()}


def stories(name: str) -> Iterator[tuple[str, etree._Element]]:
    """The document, headers and footers of a template."""
    for part, data in parts_of(MADE[name]).items():
        if part.startswith(("word/document", "word/header", "word/footer")):
            yield part, etree.fromstring(data)


def document(name: str) -> etree._Element:
    return dict(stories(name))["word/document.xml"]


def text(element: etree._Element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{W}t"))


def value(element: etree._Element | None) -> str:
    return "" if element is None else element.get(f"{W}val", "")


def fonts_of(run: etree._Element, styles: dict[str, etree._Element]) -> dict[str, str]:
    """The faces of a run: its own, its character style's or its paragraph style's."""
    paragraph = next(run.iterancestors(f"{W}p"))
    names = (value(run.find(f"{W}rPr/{W}rStyle")), value(paragraph.find(f"{W}pPr/{W}pStyle")))
    for place in (run, *(styles[each] for each in names if each)):
        found = place.find(f"{W}rPr/{W}rFonts")
        if found is not None:
            return {slot: found.get(f"{W}{slot}", "") for slot in SLOTS}
    return {}


def styles_of(name: str) -> dict[str, etree._Element]:
    root = etree.fromstring(parts_of(MADE[name])["word/styles.xml"])
    return {each.get(f"{W}styleId", ""): each for each in root.iter(f"{W}style")}


@pytest.mark.parametrize("sources", WRITTEN, ids=lambda folder: folder.name)
def test_templates_in_the_repository_are_what_the_sources_give(sources: Path) -> None:
    made = papers(sources)
    kept = {path.name: path.read_bytes() for path in WRITTEN[sources].glob("*.docx")}
    assert kept.keys() == made.keys()
    assert [name for name in made if parts_of(kept[name]) != parts_of(made[name])] == [], "run make templates"


def test_two_builds_give_the_same_bytes() -> None:
    assert papers() == MADE


@every_paper
def test_word_libraries_open_it_and_its_package_holds_nothing_else(name: str) -> None:
    Document(io.BytesIO(MADE[name]))
    kinds = {each.split("/")[-1].rstrip("0123456789.xml") for each in parts_of(MADE[name])}
    assert not kinds & {"thumbnail", "stylesWithEffects", "theme", "item", "numbering", "webSettings"}
    with zipfile.ZipFile(io.BytesIO(MADE[name])) as package:
        assert {each.date_time for each in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(("name", "kind"), SUBJECTS.items())
def test_it_reads_only_what_its_subject_has(name: str, kind: str) -> None:
    made = compile_template(TEMPLATES / name, name=name, schema=schema(kind), filters=FILTERS)
    assert made.warnings == ()


def test_every_paper_has_a_subject() -> None:
    assert sorted(SUBJECTS) == NAMES


@every_paper
def test_every_run_is_set_in_a_chinese_face_in_all_four_slots(name: str) -> None:
    styles = styles_of(name)
    for part, root in stories(name):
        for run in root.iter(f"{W}r"):
            faces = fonts_of(run, styles)
            assert len(set(faces.values())) == 1 and faces["eastAsia"] > "一", f"{part}: {text(run)}"


@every_paper
def test_no_font_of_a_theme(name: str) -> None:
    assert not any(b"Theme=" in data for data in parts_of(MADE[name]).values())


@every_paper
def test_every_style_that_is_used_is_there(name: str) -> None:
    styles = styles_of(name)
    for _, root in stories(name):
        used = {value(each) for tag in ("pStyle", "rStyle", "tblStyle") for each in root.iter(f"{W}{tag}")}
        assert used <= styles.keys()


@every_paper
def test_heads_repeat_and_rows_stay_whole(name: str) -> None:
    for table in document(name).iter(f"{W}tbl"):
        rows = table.findall(f"{W}tr")
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        signatures = value(table.find(f"{W}tblPr/{W}tblStyle")) == UNFRAMED  # side by side, without a head
        first = next((at for at, row in enumerate(rows) if "{%tr for" in text(row)), None)
        if first is not None and not signatures:
            assert rows[first - 1].find(f"{W}trPr/{W}tblHeader") is not None


@every_paper
def test_text_in_tables_is_free_of_the_grid(name: str) -> None:
    styles = styles_of(name)
    for style in ("表头", "表格文字", "表格居中"):
        spacing = styles[style].find(f"{W}pPr/{W}spacing")
        assert spacing is not None and spacing.get(f"{W}lineRule") == "auto"
    for cell in document(name).iter(f"{W}tc"):
        assert not {value(each) for each in cell.iter(f"{W}pStyle")} & {"公文正文", "a", ""}


@every_paper
def test_headers_are_referred_to_before_footers(name: str) -> None:
    for section in document(name).iter(f"{W}sectPr"):
        tags = [each.tag for each in section]
        references = [each for each in tags if each in (f"{W}headerReference", f"{W}footerReference")]
        assert references == sorted(references, reverse=True) and tags[: len(references)] == references


@every_paper
def test_every_header_marks_a_draft(name: str) -> None:
    headers = [root for part, root in stories(name) if part.startswith("word/header")]
    if name.startswith("信封"):  # nothing stands at the edges of an envelope
        assert headers == []
        return
    never_out = name == "纪检监察建议书.docx"  # it is sent up, and numbered there
    mark = "送　审　稿" if never_out else "{% if 草稿 %}草　稿{% endif %}"
    assert headers and all(text(each).endswith(mark) for each in headers)


@every_paper
def test_each_part_of_a_field_has_its_own_run(name: str) -> None:
    for _, root in stories(name):
        for mark in root.iter(f"{W}fldChar", f"{W}instrText"):
            run = next(mark.iterancestors(f"{W}r"))
            assert [each.tag for each in run] == [mark.tag]
        kinds = Counter(each.get(f"{W}fldCharType") for each in root.iter(f"{W}fldChar"))
        assert len(set(kinds.values())) <= 1


@every_paper
def test_ids_are_unique(name: str) -> None:
    shapes = Counter(each.get("id") for _, root in stories(name) for each in root.iter(f"{WP}docPr"))
    controls = Counter(value(each.find(f"{W}id")) for each in document(name).iter(f"{W}sdtPr"))
    assert not [each for counted in (shapes, controls) for each, times in counted.items() if times > 1]


@every_paper
def test_prefixes_that_word_must_know_are_declared_where_it_asks(name: str) -> None:
    for _, root in stories(name):
        for choice in root.iter(f"{MC}Choice"):
            assert choice.get("Requires") in choice.nsmap


def test_page_holds_22_lines_of_28_characters() -> None:
    height = PORTRAIT.height - PORTRAIT.top - PORTRAIT.bottom
    assert (height // LINE, PORTRAIT.text_width // CHARACTER) == (22, 28)


def test_letter_has_no_number_on_its_first_page() -> None:
    parts = dict(stories("整改函.docx"))
    section = parts["word/document.xml"].find(f".//{W}sectPr")
    assert section is not None and section.find(f"{W}titlePg") is not None
    numbered = {part: "PAGE" in etree.tostring(root, encoding="unicode") for part, root in parts.items()}
    assert sum(numbered[each] for each in numbered if "footer" in each) == 2
    kinds = [each.get(f"{W}type") for each in section.iter(f"{W}footerReference")]
    assert kinds == ["even", "default", "first"] and not numbered["word/footer3.xml"]


def test_letter_keeps_number_and_date_in_content_controls() -> None:
    for name in ("整改函.docx", "整改函-文件.docx"):
        tags = [value(each) for each in document(name).iter(f"{W}tag")]
        assert tags == ["文号", "成文日期"]


def test_signature_form_has_two_areas_and_numbers_every_page() -> None:
    root = document("双签字确认表.docx")
    titles = [
        text(each) for each in root.iter(f"{W}p") if value(each.find(f"{W}pPr/{W}pStyle")) == "签字区标题"
    ]
    assert titles == ["党组织负责人", "纪检监察组负责人"]
    footers = [each for part, each in stories("双签字确认表.docx") if "footer" in part]
    asked = [each.text for root in footers for each in root.iter(f"{W}instrText")]
    assert asked == [" PAGE ", " NUMPAGES "] and all("内容码" in text(each) for each in footers)


LISTS = ("监督检查清单.docx", "单位责任清单.docx", "意见采纳情况表.docx", "问题清单.docx")
PLACE = tuple(str(each) for each in (LANDSCAPE.width, LANDSCAPE.top, LANDSCAPE.left))


@pytest.mark.parametrize("name", LISTS)
def test_lists_look_alike(name: str) -> None:
    root = document(name)
    (size,) = root.iter(f"{W}pgSz")
    (margins,) = root.iter(f"{W}pgMar")
    assert (size.get(f"{W}w"), margins.get(f"{W}top"), margins.get(f"{W}left")) == PLACE
    head = next(root.iter(f"{W}tr"))
    assert {value(each) for each in head.iter(f"{W}pStyle")} == {"表头"}
    assert value(root.find(f".//{W}tbl/{W}tblPr/{W}tblStyle")) == "公文表格"


def heads(name: str) -> list[str]:
    """The heads of the columns of a template's first table."""
    return [text(each) for each in next(document(name).iter(f"{W}tr")).iter(f"{W}tc")]


def test_list_of_a_unit_has_its_columns_and_a_receipt_to_fill_in_by_hand() -> None:
    columns = "序号 监督内容 具体任务 监督方式 完成时限 佐证材料 备注".split()
    assert heads("单位责任清单.docx") == columns
    receipt = list(document("单位责任清单.docx").iter(f"{W}tbl"))[-1]
    cells = [text(each).replace("　", "") for each in receipt.iter(f"{W}tc")]
    assert cells == [
        *("发出单位", "{{ 机构.全称 }}"),
        *("签收单位", ""),
        *("签收人", ""),
        *("签收日期", "年月日"),
    ]


YEAR = {
    "标题": "意见采纳情况表",
    "年度": 2021,
    "草稿": False,
    "机构": {"全称": "某组"},
    "清单": {"标题": "某清单", "修改": [], "征求意见截止": "2021年2月5日"},
}
ASKED = {
    "单位数": 4,
    "未反馈数": 1,
    "未反馈单位": "丁支部",
    "无意见单位": "丙支部",
    "意见数": 2,
    "处理概况": "采纳1条、未采纳1条",
    "采纳数": 1,
    "部分采纳数": 0,
    "未采纳数": 1,
    "未处理数": 0,
    "明细": [
        {
            "单位": {"简称": "甲支部"},
            "任务": {"序号": 3, "具体任务": "某任务"},
            "意见": "意见一",
            "处理": "采纳",
            "理由": "",
        },
        {"单位": {"简称": "乙支部"}, "任务": None, "意见": "意见二", "处理": "未采纳", "理由": "某理由"},
    ],
}


def opinions_on(asked: dict[str, object]) -> list[str]:
    """The paragraphs of 意见采纳情况表 on these opinions."""
    name = "意见采纳情况表.docx"
    template = compile_template(TEMPLATES / name, name=name, schema=schema("年度"), filters=FILTERS)
    data = template.render({**YEAR, "征求意见": asked}, subject="2021")
    root = etree.fromstring(parts_of(data)["word/document.xml"])
    return [each for each in map(text, root.iter(f"{W}p")) if each]


def test_table_of_opinions_counts_them_and_names_who_said_nothing() -> None:
    assert opinions_on(ASKED)[-16:] == [
        *("1", "甲支部", "3.某任务", "意见一", "采纳", "—"),
        *("2", "乙支部", "清单整体", "意见二", "未采纳", "某理由"),
        "共征求4家单位意见，1家没有反馈；收到意见2条，其中采纳1条、未采纳1条。",
        "反馈无意见的单位：丙支部。",
        "没有反馈的单位：丁支部。",
        "某组",
    ]


def test_table_of_opinions_without_any() -> None:
    said = opinions_on({**ASKED, "明细": [], "未反馈单位": "", "无意见单位": "甲支部、乙支部"})
    assert "各单位没有提出修改意见。" in said and "序号" not in said
    assert said[-2] == "反馈无意见的单位：甲支部、乙支部。"


CHARTS = {"体检报告.docx": f"{C}radarChart", "年度监督工作总结.docx": f"{C}barChart"}


@pytest.mark.parametrize(("name", "kind"), CHARTS.items())
def test_charts_have_chinese_faces_begin_at_nought_and_bring_their_numbers(name: str, kind: str) -> None:
    parts = parts_of(MADE[name])
    root = etree.fromstring(parts["word/charts/chart1.xml"])
    assert [each.tag for each in root.iter(*CHARTS.values())] == [kind]
    assert {each.get("typeface", "") for each in root.iter(f"{A}latin", f"{A}ea")} == {"宋体"}
    assert [each.get("val") for each in root.iter(f"{C}min")] == ["0"]
    with zipfile.ZipFile(io.BytesIO(parts["word/embeddings/chart1.xlsx"])) as workbook:
        assert "xl/worksheets/sheet1.xml" in workbook.namelist()


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_stands_under_its_name_and_only_where_there_is_something_to_show(name: str) -> None:
    charts = list(document(name).iter(f"{C}chart"))
    assert charts
    for chart in charts:
        name_of_chart = next(chart.iterancestors(f"{W}p")).getprevious()
        assert name_of_chart is not None and value(name_of_chart.find(f"{W}pPr/{W}pStyle")) == "表名"
        condition = name_of_chart.getprevious()
        assert condition is not None and text(condition).startswith(("{% if ", "{% elif "))
