"""Every kind of paper is valid Word: for the Open XML SDK, and for what that misses (ooxml_lint.py).

The SDK's validator comes from npm; .ci/run installs it. On a machine without it those tests are skipped, never in CI.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import docx
import ooxml_lint
import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator
from sample import KINDS, ROOT
from sdk import sdk

from liangqing.base.diagnostics import Problems
from liangqing.engine import Link, Paragraphs, Picture, Rich, Run, compile_template
from liangqing.engine.annotate import annotate
from liangqing.engine.charts.new_chart import add_chart

pytestmark = pytest.mark.process

W_NS = ooxml_lint.W[1:-1]
MOST = 2


@pytest.mark.parametrize("kind", KINDS)
def test_valid_for_the_sdk(year_papers: dict[str, list[Path]], kind: str) -> None:
    """Every paper of the sample up to MOST of a kind, spread over them; test_thousands_valid.py looks at those of other years."""
    papers = year_papers[kind]
    found = {path.name: sdk(path) for path in papers[:: -(-len(papers) // MOST)]}
    assert found
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_valid_for_the_audit(year_papers: dict[str, list[Path]]) -> None:
    """A second validator, which knows of styles and numbering that the SDK passes over."""
    validator = OpenXmlValidator()
    found = {
        str(path.name): [str(each.description) for each in validator.validate(str(path)).errors]
        for kind in KINDS
        for path in year_papers[kind]
    }
    assert len(found) > len(KINDS)
    # It wants a theme part. Ours have none on purpose: theme fonts would beat the named ones (GB/T 9704 faces).
    others = {
        name: [each for each in said if "/theme' is missing" not in each] for name, said in found.items()
    }
    assert {name: said for name, said in others.items() if said} == {}


def test_charts_are_among_them(year_papers: dict[str, list[Path]]) -> None:
    files = [zipfile.ZipFile(path).namelist() for kind in KINDS for path in year_papers[kind]]
    assert sum(any(name.startswith("word/charts/") for name in names) for names in files) > 1


def test_nothing_that_the_sdk_misses(year_papers: dict[str, list[Path]]) -> None:
    found = {
        f"{kind}/{path.name}": ooxml_lint.document_faults(path.read_bytes())
        for kind in KINDS
        for path in year_papers[kind]
    }
    assert len(found) > len(KINDS)
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("path", sorted((ROOT / "templates").glob("*.docx")), ids=lambda path: path.stem)
def test_templates_are_valid_too(path: Path) -> None:
    assert ooxml_lint.document_faults(path.read_bytes()) == []
    assert sdk(path) == []


# ---------------------------------------------------------------- what the sample has none of


def emptied() -> Any:
    """One of our templates, without its content."""
    document = docx.Document(str(ROOT / "templates/问题清单.docx"))
    for each in list(document.element.body)[:-1]:
        document.element.body.remove(each)
    return document


def picture(shade: int) -> Picture:
    """Two grey dots."""
    rows = zlib.compress(bytes([0, shade, shade]))
    head = struct.pack(">IIBBBBB", 2, 1, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    sums = ((kind, data, zlib.crc32(kind + data)) for kind, data in chunks)
    return Picture(
        b"\x89PNG\r\n\x1a\n"
        + b"".join(struct.pack(">I", len(d)) + k + d + struct.pack(">I", c) for k, d, c in sums),
        30,
        alt="灰点<&>",
    )


ROWS = [{"名": f"第{n}项<&>", "类": "甲" if n < 3 else "乙", "值": n, "图": picture(n)} for n in range(1, 5)]
VALUES = {
    "名": "甲\n乙\t丙<&>",
    "链接": Link("网站", "https://example.com/?a=1&b=2"),
    "文": Rich((Run("粗", bold=True), "常", Run("红", colour="FF0000"))),
    "段": Paragraphs(("一", "二")),
    "项们": ROWS,
    "宽": 2,
    "草稿": True,
    "标题": "文",
}


def _fill_table(table: Any) -> None:
    """A head over both columns, and a row for each item whose first cell is merged downwards."""
    head, row = table.rows
    head._tr.remove(head._tr.tc_lst[1])
    head.cells[0].text = "{% colspan 宽 %}{% cellbg 'FFFF00' %}头"
    first, second = row._tr.tc_lst
    first.p_lst[0].add_r().text = "{% for 项 in 项们 %}{% vm %}{{ 项.类 }}"
    second.p_lst[0].add_r().text = "{{ 项.名 }}{% endfor %}"


@pytest.mark.parametrize("rows", [ROWS, ROWS[:1], []], ids=["多", "一", "无"])
def test_a_paper_with_everything_in_it(tmp_path: Path, rows: list[dict[str, object]]) -> None:
    document = emptied()
    for text in (
        "{{ 名 }}",
        "{{r 链接 }}",
        "{{r 文 }}",
        "{{p 段 }}",
        "{% for 项 in 项们 %}{{ 项.名 }}{{r 项.图 }}{% endfor %}",
    ):
        document.add_paragraph(text)
    for kind in ("radar", "column", "bar"):
        tag = "{% 图表 项 in 项们: 类别=项.名; 值=项.值 %}"
        add_chart(
            document, document.add_paragraph(), kind=kind, width_mm=100, height_mm=60, tag=tag, series=["值"]
        )
    _fill_table(document.add_table(2, 2))
    document.save(str(tmp_path / "模板.docx"))
    path = tmp_path / "文.docx"
    path.write_bytes(
        compile_template(tmp_path / "模板.docx", name="模板.docx").render({**VALUES, "项们": rows})
    )
    assert ooxml_lint.document_faults(path.read_bytes()) == []
    assert sdk(path) == []


def test_an_annotated_copy(tmp_path: Path) -> None:
    document = docx.Document(str(ROOT / "templates/整改函.docx"))
    for each in (
        document.paragraphs[3],
        document.tables[0].cell(0, 0).paragraphs[0] if document.tables else document.paragraphs[0],
    ):
        each.add_run("{{ 文好 }}{% endif %}")
    document.save(str(tmp_path / "模板.docx"))
    with pytest.raises(Problems) as caught:
        compile_template(tmp_path / "模板.docx", name="模板.docx")
    path = tmp_path / "注.docx"
    path.write_bytes(annotate(tmp_path / "模板.docx", caught.value.diagnostics, date(2021, 11, 1)))
    assert ooxml_lint.document_faults(path.read_bytes()) == []
    assert sdk(path) == []


def test_the_sdk_finds_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "坏.docx"
    document = emptied()
    document.element.body.insert(0, etree.Element(f"{ooxml_lint.W}unheard"))
    document.save(str(path))
    assert sdk(path)


# ---------------------------------------------------------------- each of our own checks has once been seen to fail

P = "<w:p/>"
CELL = f"<w:tc>{P}</w:tc>"
FAULTY = {
    "<w:bookmarkStart w:id='1' w:name='甲'/>": "bookmark 1 没有结尾",
    "<w:bookmarkEnd w:id='1'/><w:bookmarkStart w:id='1' w:name='甲'/>": "bookmark 1 的结尾前面没有开头",
    "<w:commentRangeStart w:id='1'/>": "commentRange 1 没有结尾",
    "<w:fldChar w:fldCharType='begin'/><w:fldChar w:fldCharType='separate'/>": "有 1 个域没有 end",
    "<w:fldChar w:fldCharType='end'/>": "域的 end 前面没有 begin",
    f"<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr>{CELL}</w:tr></w:tbl>": "表格第 1 行占 1 列，表格有 2 列",
    f"<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc>{P}<w:tbl><w:tblGrid/><w:tr/></w:tbl></w:tc></w:tr></w:tbl>": "单元格的末尾不是段落",
    "<w:tbl><w:tblGrid/></w:tbl>": "tbl 里没有 tr",
    "<w:tbl><w:tblGrid/><w:tr/></w:tbl>": "tr 里没有 tc",
    "<w:sdt><w:sdtContent/></w:sdt>": "内容控件是空的",
    "<w:sectPr><w:footerReference w:type='first'/><w:headerReference w:type='first'/></w:sectPr>": "页脚排在页眉前面",
    "<w:sectPr><w:footerReference w:type='first'/><w:footerReference w:type='first'/></w:sectPr>": "first 的页眉或页脚有 2 个",
}
DOUBLE = {
    "<wp:docPr id='1'/>": "图形编号 1 有 2 个",
    "<w:sdtPr><w:id w:val='1'/></w:sdtPr>": "内容控件编号 1 有 2 个",
    "<w:bookmarkStart w:id='1'/>": "书签编号 1 有 2 个",
    "<w:bookmarkStart w:name='甲'/>": "书签名 甲 有 2 个",
}


def body(xml: str) -> etree._Element:
    return etree.fromstring(f"<w:body xmlns:w='{W_NS}' xmlns:wp='{ooxml_lint.WP[1:-1]}'>{xml}</w:body>")


@pytest.mark.parametrize("xml", FAULTY)
def test_lint_finds(xml: str) -> None:
    assert FAULTY[xml] in ooxml_lint.part_faults(body(xml))


@pytest.mark.parametrize("xml", DOUBLE)
def test_lint_finds_doubles_in_whichever_parts(xml: str) -> None:
    assert DOUBLE[xml] in ooxml_lint.double_ids(body(xml), body(xml))
    assert DOUBLE[xml] in ooxml_lint.double_ids(body(xml * 2))


def test_lint_is_silent_about_what_is_sound() -> None:
    nested = f"<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>{CELL}</w:tr></w:tbl>"
    wide = f"<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>{nested}{P}</w:tc>"
    field = "".join(
        f"<w:fldChar w:fldCharType='{each}'/>" for each in ("begin", "begin", "end", "separate", "end")
    )
    sound = (
        f"<w:bookmarkStart w:id='1' w:name='甲'/>{field}<w:bookmarkEnd w:id='1'/>"
        f"<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr>{wide}</w:tr><w:tr>{CELL * 2}</w:tr></w:tbl>"
        "<w:sectPr><w:headerReference w:type='first'/><w:footerReference w:type='first'/></w:sectPr>"
    )
    assert ooxml_lint.part_faults(body(sound)) == []
