"""Copies of templates with Word comments at the places of their faults."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from engine_docx import story
from lint_template import FILE, SCHEMA, made
from lxml import etree

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Problems, refuse
from liangqing.base.docx_zip import W, read_package
from liangqing.engine import compile_template
from liangqing.engine.annotate import annotate

DAY = date(2021, 4, 1)
NOTE = '<w:p><w:r><w:t>甲</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
FAULTY = {
    "正文": [
        "无误",
        "{{ 文好 }}和{{ 回复期线 }}",
        {"表": [["甲", "{{ 单位 }}"], ["乙", ["丙", "{{ 文号"]]]},
        {"文本框": ["丁", "{{ 文好 }}"]},
        NOTE,
        {"控件": ["{% endif %}"]},
    ],
    "页眉": ["{{ 单位.名成 }}"],
    "脚注": [["{{ 文好 }}"]],
    "属性": {"title": "{{ 文好 }}"},
    "部件": {"word/vbaProject.bin": "x"},
}


def faults(path: Path) -> tuple[Diagnostic, ...]:
    with pytest.raises(Problems) as caught:
        compile_template(path, name=FILE, schema=SCHEMA)
    return caught.value.diagnostics


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    path = tmp_path / "模板.docx"
    path.write_bytes(made(FAULTY))
    return path


def comments(data: bytes) -> list[tuple[str, str]]:
    """The text that each comment is about, and what it says."""
    package = read_package(data, "注")
    body = etree.fromstring(package.parts["word/document.xml"].data)
    said = {}
    for comment in etree.fromstring(package.parts["word/comments.xml"].data):
        lines = ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in comment.iter(f"{W}p")]
        said[comment.get(f"{W}id")] = "\n".join(lines)
    found = []
    for start in body.iter(f"{W}commentRangeStart"):
        paragraph = start.getparent()
        assert paragraph is not None and paragraph.tag == f"{W}p"
        own = [t for t in paragraph.iter(f"{W}t") if next(t.iterancestors(f"{W}p")) is paragraph]
        found.append(("".join(t.text or "" for t in own), said.pop(start.get(f"{W}id"))))
    assert said == {}
    return found


def test_a_comment_at_each_place(faulty: Path) -> None:
    copy = annotate(faulty, faults(faulty), DAY)
    assert comments(copy) == [
        (
            "无误",
            "D552 模板里有宏\n建议：另存为不带宏的“Word 文档（*.docx）”\n"
            "页眉第1段「{{ 单位.名成 }}」：D540 「{{ 单位.名成 }}」：没有 单位.名成，是否 单位.名称？\n建议：改成 单位.名称\n"
            "文档属性「标题」：D540 「{{ 文好 }}」：没有 文好，是否 文号？\n建议：改成 文号",
        ),
        (
            "{{ 文好 }}和{{ 回复期线 }}",
            "D540 「{{ 文好 }}」：没有 文好，是否 文号？\n建议：改成 文号\n"
            "D540 「{{ 回复期线 }}」：没有 回复期线，是否 回复期限？\n建议：改成 回复期限",
        ),
        (
            "{{ 单位 }}",
            "D543 「{{ 单位 }}」：单位 是一条记录，不能直接印出\n建议：可用的有：单位.名称、单位.人数、单位.属实、单位.名单、单位.上级、单位.问题",
        ),
        ("{{ 文号", "D520 「{{ 文号」没有写完，同一段里找不到 }}\n建议：在同一段里补上 }}，标记不能跨段"),
        ("", "文本框1第2段「{{ 文好 }}」：D540 「{{ 文好 }}」：没有 文好，是否 文号？\n建议：改成 文号"),
        ("甲", "脚注1第1段「{{ 文好 }}」：D540 「{{ 文好 }}」：没有 文好，是否 文号？\n建议：改成 文号"),
        ("{% endif %}", "D531 「{% endif %}」前面没有对应的 if\n建议：补上 {% if … %}，或删去它"),
    ]


def test_same_bytes_without_a_clock(faulty: Path) -> None:
    found = faults(faulty)
    assert annotate(faulty, found, DAY) == annotate(faulty, found, DAY)
    assert (
        b"2021-04-01T00:00:00Z"
        in read_package(annotate(faulty, found, DAY), "注").parts["word/comments.xml"].data
    )
    assert b"w:date" not in read_package(annotate(faulty, found), "注").parts["word/comments.xml"].data


def test_the_copy_can_be_mended_and_used_as_it_is(faulty: Path) -> None:
    found = faults(faulty)
    faulty.write_bytes(annotate(faulty, found, DAY))
    again = faults(faulty)
    assert [each.code for each in again if each not in found] == ["D558"]
    assert "里面有 7 条批注，不带出去" in next(each.message for each in again if each not in found)


def test_checking_again_replaces_the_comments(faulty: Path) -> None:
    found = faults(faulty)
    once = annotate(faulty, found, DAY)
    faulty.write_bytes(once)
    assert comments(annotate(faulty, found, DAY)) == comments(once)


def test_comments_of_others_stay(tmp_path: Path) -> None:
    path = tmp_path / "模板.docx"
    own = '<w:comment w:id="7" w:author="张三"><w:p><w:r><w:t>期限再定</w:t></w:r></w:p></w:comment>'
    row = {
        "正文": [
            '<w:p><w:commentRangeStart w:id="7"/><w:r><w:t>{{ 回复期线 }}</w:t></w:r>'
            '<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r></w:p>'
        ],
        "部件": {"word/comments.xml": story("comments", own)},
        "关系": [{"类型": "comments", "目标": "comments.xml"}],
    }
    path.write_bytes(made(row))
    copy = annotate(path, faults(path), DAY)
    assert [said for _, said in comments(copy)] == [
        "D540 「{{ 回复期线 }}」：没有 回复期线，是否 回复期限？\n建议：改成 回复期限\n"
        "D558 里面有 1 条批注，不带出去\n建议：看过了的，在 Word“审阅”里删去",
        "期限再定",
    ]
    package = read_package(copy, "注")
    assert list(package.types).count("word/comments.xml") == 1
    assert package.parts["word/_rels/document.xml.rels"].data.count(b"/comments") == 1


def test_a_document_without_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "模板.docx"
    path.write_bytes(made({"正文": [], "部件": {"word/vbaProject.bin": "x"}}))
    assert comments(annotate(path, faults(path)))[0][1].startswith("D552")


def test_no_docx(tmp_path: Path) -> None:
    path = tmp_path / "模板.docx"
    path.write_bytes(b"x")
    with pytest.raises(Problems, match="D502"):
        annotate(path, refuse(Code.NOT_A_DOCX, faults(path)[0].place, "坏").diagnostics)
