"""Native charts: the tag of the alternative text, the cache and the workbook, places of faults."""

import io
import pickle
import time
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from engine_docx import codes, p, part
from lxml import etree

from liangqing.base.diagnostics import Diagnostic, Problems
from liangqing.engine import Flag, List, Number, Record, Template, Text, compile_template
from liangqing.engine.charts.new_chart import Kind, add_chart, chart_parts

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STYLE = b'<s xmlns="http://schemas.microsoft.com/office/drawing/2012/chartStyle"/>'
TASK = Record("任务", lambda: {"名": Text(), "自查": Number(True), "检查": Number(), "属实": Flag()})
UNIT = Record("单位", lambda: {"名称": Text(), "任务": List(TASK)})
SCHEMA = Record("报告", lambda: {"单位": UNIT, "单位清单": List(UNIT)})
TAG = "{% 图表 项 in 单位.任务: 类别=项.名; 自查=项.自查; 检查=项.检查 %}"
VALUES = {
    "单位": {
        "名称": "甲<局>",
        "任务": [{"名": "a&b", "自查": 2, "检查": 0.5}, {"名": "丙", "自查": None, "检查": 3}],
    },
    "单位清单": [],
}


def chart_docx(folder: Path, *paragraphs: str, tag: str = TAG, kind: Kind = "radar", **options: Any) -> Path:
    """A .docx of paragraphs; `图` is one with a tagged chart."""
    document = docx.Document()
    fonts = document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), "宋体")
    options.setdefault("series", ["自查"])
    for text in paragraphs:
        paragraph = document.add_paragraph("" if text == "图" else text)
        if text == "图":
            add_chart(document, paragraph, kind=kind, width_mm=100, height_mm=60, tag=tag, **options)
    path = folder / "图.docx"
    document.save(str(path))
    return path


def charted(folder: Path, *paragraphs: str, schema: Record | None = SCHEMA, **options: Any) -> Template:
    path = chart_docx(folder, *(paragraphs or ("图",)), **options)
    return compile_template(path, name="templates/图.docx", schema=schema)


def faults(folder: Path, tag: str, **options: Any) -> list[Diagnostic]:
    with pytest.raises(Problems) as caught:
        charted(folder, "首段", "图", tag=tag, **options)
    return list(caught.value.diagnostics)


def names(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [name for name in archive.namelist() if "chart" in name]


def cache(data: bytes, number: int = 1) -> list[list[tuple[str, str]]]:
    """Per series: its name, then index and value of each point, categories first."""
    root = etree.fromstring(part(data, f"word/charts/chart{number}.xml").encode())
    return [
        [(each.get("idx", ""), each.findtext(f"{C}v", "")) for each in series.iter(f"{C}pt")]
        for series in root.iter(f"{C}ser")
    ]


def sheet(data: bytes, number: int = 1) -> list[tuple[object, ...]]:
    """The rows of the workbook behind a chart; every row as wide as the first."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        workbook = archive.read(f"word/embeddings/chart{number}.xlsx")
    root = etree.fromstring(part(workbook, "xl/worksheets/sheet1.xml").encode())
    rows = [{each.get("r", "")[0]: _cell(each) for each in line} for line in root.iter(f"{X}row")]
    width = len(rows[0]) + 1  # the corner is empty
    return [tuple(line.get(column) for column in "ABCDEF"[:width]) for line in rows]


def _cell(element: etree._Element) -> object:
    text = element.findtext(f"{X}is/{X}t")
    return text if text is not None else float(element.findtext(f"{X}v") or "")


# ---------------------------------------------------------------- filled


def test_cache_and_workbook_hold_the_same(tmp_path: Path) -> None:
    out = charted(tmp_path).render(VALUES)
    assert cache(out) == [
        [("0", "自查"), ("0", "a&b"), ("1", "丙"), ("0", "2")],
        [("0", "检查"), ("0", "a&b"), ("1", "丙"), ("0", "0.5"), ("1", "3")],
    ]
    assert sheet(out) == [(None, "自查", "检查"), ("a&b", 2, 0.5), ("丙", None, 3)]
    xml = part(out, "word/charts/chart1.xml")
    assert "<c:f>Sheet1!$C$2:$C$3</c:f>" in xml
    assert '<c:dispBlanksAs val="gap"/>' in xml


def test_the_parts_hang_together(tmp_path: Path) -> None:
    document = docx.Document(io.BytesIO(charted(tmp_path).render(VALUES)))
    (reference,) = document.element.body.iter(f"{C}chart")
    chart = document.part.related_parts[reference.get(qn("r:id"))]
    assert str(chart.partname) == "/word/charts/chart1.xml"
    assert chart.content_type.endswith("drawingml.chart+xml")
    data = etree.fromstring(chart.blob).find(f"{C}externalData")
    assert data is not None
    workbook = chart.part_related_by(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/package"
    )
    assert chart.rels[data.get(qn("r:id"))].target_part is workbook
    assert workbook.content_type.endswith("spreadsheetml.sheet")


def test_alternative_text(tmp_path: Path) -> None:
    assert 'descr="图表：自查、检查"' in part(charted(tmp_path).render(VALUES))
    described = charted(tmp_path, tag="{{ 单位.名称 }}的任务" + TAG).render(VALUES)
    assert 'descr="甲&lt;局&gt;的任务"' in part(described)


def test_title_with_a_tag(tmp_path: Path) -> None:
    out = charted(tmp_path, title="{{ 单位.名称 }}任务").render(VALUES)
    assert "<a:t>甲&lt;局&gt;任务</a:t>" in part(out, "word/charts/chart1.xml")


def test_a_chart_without_tag_keeps_its_numbers(tmp_path: Path) -> None:
    template = charted(tmp_path, tag="样图", title="{{ 单位.名称 }}", kind="column")
    out = template.render(VALUES)
    assert "<a:t>甲&lt;局&gt;</a:t>" in part(out, "word/charts/chart1.xml")
    assert cache(out)[0][1] == ("0", "甲")
    assert sheet(out)[1] == ("甲", 0.75)
    plain = charted(tmp_path, tag="样图")
    assert names(plain.render(VALUES)) == names((tmp_path / "图.docx").read_bytes())


@pytest.mark.parametrize("kind", ["radar", "bar", "column"])
def test_series_are_added_and_taken_away(tmp_path: Path, kind: Kind) -> None:
    assert len(cache(charted(tmp_path, kind=kind, series=["甲"]).render(VALUES))) == 2
    assert len(cache(charted(tmp_path, kind=kind, series=list("甲乙丙丁")).render(VALUES))) == 2


def test_a_chart_in_a_loop(tmp_path: Path) -> None:
    template = charted(
        tmp_path,
        "{% for 单位 in 单位清单 %}",
        "{{ 单位.名称 }}",
        "图",
        "{% endfor %}",
        title="{{ 单位.名称 }}图",
    )
    units = [{"名称": name, "任务": [{"名": name, "自查": 1, "检查": 2}]} for name in "甲乙丙"]
    out = template.render({**VALUES, "单位清单": units})
    assert [sheet(out, number)[1][0] for number in (1, 2, 3)] == ["甲", "乙", "丙"]
    document = docx.Document(io.BytesIO(out))
    found = [each.get(qn("r:id")) for each in document.element.body.iter(f"{C}chart")]
    assert len(set(found)) == 3
    assert template.reads["单位清单"] == {
        "[]": {"名称": {}, "任务": {"[]": {"名": {}, "自查": {}, "检查": {}}}}
    }


def test_no_sample_numbers_stay_behind(tmp_path: Path) -> None:
    template = charted(tmp_path, "{% for 单位 in 单位清单 %}", "图", "{% endfor %}")
    out = template.render(VALUES)
    assert names(out) == []
    assert "chart" not in part(out, "[Content_Types].xml")
    assert "chart" not in part(out, "word/_rels/document.xml.rels")


def test_an_empty_list(tmp_path: Path) -> None:
    out = charted(tmp_path).render({**VALUES, "单位": {"名称": "甲", "任务": []}})
    assert cache(out) == [[("0", "自查")], [("0", "检查")]]
    assert sheet(out) == [(None, "自查", "检查")]


def test_conditions_and_quoted_names(tmp_path: Path) -> None:
    tag = "{% chart 项 in 单位.任务 if 项.检查 > 1: 类别='第' ~ loop.index ~ '项' ; '率（%）; a=b' = 项.检查 - 1 %}"
    out = charted(tmp_path, tag=tag).render(VALUES)
    assert sheet(out) == [(None, "率（%）; a=b"), ("第1项", 2)]


def test_same_values_same_bytes_and_pickle(tmp_path: Path) -> None:
    template = charted(tmp_path, "图", "图")
    out = template.render(VALUES)
    assert out == template.render(VALUES) == pickle.loads(pickle.dumps(template)).render(VALUES)
    assert len(names(out)) == 6


# ---------------------------------------------------------------- refused


@pytest.mark.parametrize(
    ("tag", "code", "message"),
    [
        ("{% 图表 项 in 单位.任务 %}", "D527", "列表后面少了冒号"),
        ("{% 图表 项 in 单位.任务: 自查=项.自查 %}", "D527", "冒号后面先写「类别=…」"),
        ("{% 图表 项 in 单位.任务: 类别=项.名 %}", "D527", "至少一个系列"),
        ("{% 图表 项 in 单位.任务: 类别=项.名; 自查 %}", "D527", "「自查」不是「名称=内容」"),
        ("{% 图表 项 in 单位.任务: 类别=项.名; a=1; a=2 %}", "D527", "两个系列同名"),
        ("{% 图表 项 in 单位.任务: 类别=项.名; a=项. %}", "D527", "没有写完"),
        ("{% 图表 项 单位.任务: 类别=项.名; a=1 %}", "D527", "次序不对"),
        ("{% 图表 项 in 单位.任物: 类别=项.名; a=1 %}", "D540", "是否 单位.任务？"),
        ("{% 图表 项 in 单位.任务: 类别=项.名称; a=1 %}", "D540", "没有 项.名称，是否 项.名？"),
        ("{% 图表 项 in 单位.名称: 类别='甲'; a=1 %}", "D542", "不是列表"),
        ("{% 图表 项 in 单位.任务: 类别=项.名; a=项.名 %}", "D546", "「a」的 项.名 不是数字"),
        ("{% 图表 项 in 单位.任务: 类别=项.属实; a=1 %}", "D543", "只有是和否"),
        ("图表 项 in 单位.任务: 类别=项.名; a=1", "D529", "没有写在标记里"),
        ("{% if 单位 %}", "D525", "不能写在这里"),
        ("{{ 单位.名承 }}", "D540", "是否 单位.名称？"),
        ("{{ 单位", "D520", "没有写完"),
    ],
)
def test_faults_of_the_tag(tmp_path: Path, tag: str, code: str, message: str) -> None:
    found = next(each for each in faults(tmp_path, tag) if each.code == code)
    assert found.place.detail == "正文第2段 图表"
    assert message in found.message + found.advice


def test_title_faults_have_their_place(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, TAG, title="{{ 单位.名承 }}")
    assert found.place.detail == "正文第2段 图表标题"


def test_faults_come_in_the_order_of_the_document(tmp_path: Path) -> None:
    with pytest.raises(Problems) as caught:
        charted(tmp_path, "{{ 无一 }}", "图", "{{ 无二 }}", tag=TAG.replace("项.名", "项.各"))
    assert [each.place.detail[:5] for each in caught.value.diagnostics] == [
        "正文第1段",
        "正文第2段",
        "正文第3段",
    ]


def test_the_tag_of_a_chart_in_text() -> None:
    assert codes(p(TAG)) == ["D538"]


def test_values_that_are_no_numbers(tmp_path: Path) -> None:
    template = charted(tmp_path, "首段", "图", schema=None)
    values: list[object] = ["二", True, float("nan"), []]
    for value in values:
        tasks = [{"名": "甲", "自查": value, "检查": 1}]
        with pytest.raises(Problems) as caught:
            template.render({"单位": {"任务": tasks}}, subject="报告")
        (found,) = caught.value.diagnostics
        assert (found.code, found.place.detail) == ("D567", "正文第2段 图表")
        assert "的「自查」是" in found.message
        assert found.message.endswith("（报告）")


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ({"名": None, "自查": 1, "检查": 1}, "D560"),
        ({"名": "甲", "检查": 1}, "D562"),
        ({"名": "\x0b", "自查": 1, "检查": 1}, "D563"),
    ],
)
def test_values_that_are_not_there(tmp_path: Path, task: dict[str, object], code: str) -> None:
    with pytest.raises(Problems) as caught:
        charted(tmp_path, schema=None).render({"单位": {"任务": [task]}})
    assert caught.value.diagnostics[0].code == code


def test_a_kind_that_cannot_be_filled(tmp_path: Path) -> None:
    path = chart_docx(tmp_path, "图")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "word/charts/chart1.xml"
    for old, new, message in (
        (b"radarChart", b"scatterChart", "这种图表"),
        (b"c:val>", b"c:vall>", "一个系列"),
    ):
        changed = {**parts, name: parts[name].replace(old, new)}
        with zipfile.ZipFile(path, "w") as archive:
            for each, data in changed.items():
                archive.writestr(each, data)
        with pytest.raises(Problems) as caught:
            compile_template(path, name="t.docx")
        (found,) = caught.value.diagnostics
        assert found.code == "D538"
        assert message in found.message


# ---------------------------------------------------------------- for makers of templates


def test_chart_parts() -> None:
    parts = chart_parts("column", series=["问题"], categories=["甲", "乙"])
    assert parts == chart_parts("column", series=["问题"], categories=["甲", "乙"])
    root = etree.fromstring(parts.chart)
    assert [each.text for each in root.iter(f"{C}v")][:3] == ["问题", "甲", "乙"]
    assert b'typeface="\xe5\xae\x8b\xe4\xbd\x93"' in parts.chart


def test_scale_and_size(tmp_path: Path) -> None:
    with zipfile.ZipFile(chart_docx(tmp_path, "图", scale=(0, 3), step=1)) as archive:
        chart, document = archive.read("word/charts/chart1.xml"), archive.read("word/document.xml")
    assert b'<c:max val="3"/><c:min val="0"/>' in chart
    assert b'<c:majorUnit val="1"/>' in chart
    assert b'cx="3600000" cy="2160000"' in document


def repacked(path: Path, changes: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in {**parts, **changes}.items():
            archive.writestr(name, data)


def test_companions_of_a_chart_are_copied_or_shared(tmp_path: Path) -> None:
    """As Word makes them: a part for the style; and a drawing with relationships of its own."""
    path = chart_docx(tmp_path, "{% for 单位 in 单位清单 %}", "图", "{% endfor %}")
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    kinds = {
        "rIdData": ("package", "../embeddings/chart1.xlsx"),
        "rId2": ("chartStyle", "style1.xml"),
        "rId3": ("chartUserShapes", "d{1.xml"),
    }
    of = {"chartStyle": "http://schemas.microsoft.com/office/2011/relationships"}
    usual = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rows = "".join(
        f'<Relationship Id="{id}" Type="{of.get(kind, usual)}/{kind}" Target="{to}"/>'
        for id, (kind, to) in kinds.items()
    )
    empty = f'<Relationships xmlns="{space}"/>'.encode()
    changes = {
        "word/charts/_rels/chart1.xml.rels": f'<Relationships xmlns="{space}">{rows}</Relationships>'.encode(),
        "word/charts/style1.xml": STYLE,
        "word/charts/d{1.xml": STYLE,
        "word/charts/_rels/d{1.xml.rels": empty,
    }
    repacked(path, changes)
    unit = {"名称": "甲", "任务": [{"名": "一", "自查": 1, "检查": 2}]}
    out = compile_template(path, name="t.docx").render({**VALUES, "单位清单": [unit, unit]})
    assert part(out, "word/charts/style1.xml") == STYLE.decode()
    assert part(out, "word/charts/style2.xml") == STYLE.decode()
    second = part(out, "word/charts/_rels/chart2.xml.rels")
    assert f'Id="rId3" Type="{usual}/chartUserShapes" Target="d{{1.xml"' in second
    assert f'Id="rId2" Type="{of["chartStyle"]}/chartStyle" Target="style2.xml"' in second
    assert "word/charts/style3.xml" not in names(out)


def test_a_long_alternative_text_is_no_burden(tmp_path: Path) -> None:
    start = time.perf_counter()
    charted(tmp_path, tag="图表 " + "a in " * 20_000)
    many = "; ".join(f"s{n}=1" for n in range(60))
    (found,) = faults(tmp_path, f"{{% 图表 项 in 单位.任务: 类别=项.名; {many} %}}")
    assert "系列多于 50 个" in found.message
    assert time.perf_counter() - start < 5
