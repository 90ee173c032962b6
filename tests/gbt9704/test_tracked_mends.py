"""`format --track`: accepting all of it gives what `--fix` gives, rejecting all of it the file as it was; `--comments`."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import docx
import ooxml_lint
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from faults import FAULTS, Fault
from lxml import etree
from papers import GOOD, file_paper, letter_paper, saved
from raw_docx import MACROS, p
from raw_docx import docx as raw
from sdk import sdk

from liangqing.base.diagnostics import Problems
from liangqing.base.docx_zip import W, ZipEntry, read_package, write_package
from liangqing.base.revisions import accept_changes
from liangqing.gbt9704.check.commenting import MOST, with_comments
from liangqing.gbt9704.check.fixing import MENDS, fix, track
from liangqing.gbt9704.word.model import Document
from liangqing.gbt9704.word.reader import read

DAY = date(2026, 1, 9)
MENDABLE = [fault for fault in FAULTS if fault.rule in MENDS]
_CHANGES = ("rPrChange", "pPrChange", "sectPrChange")
_STAYS = {"pPr": ("rPr", "sectPr"), "sectPr": ("headerReference", "footerReference"), "rPr": ()}


def everything(base: Callable[[], Any]) -> bytes:
    """A paper with all that can be mended planted at once, where it can be."""
    document = base()
    for fault in MENDABLE:
        with suppress(AssertionError, AttributeError, IndexError):
            fault.plant(document)
    return saved(document)


def planted(fault: Fault) -> bytes:
    document = fault.base()
    fault.plant(document)
    return saved(document)


def changed(data: bytes, change: Callable[[etree._Element], object]) -> bytes:
    """The file after something was done to each of its stories."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith(("word/document", "word/header", "word/footer")):
                root = etree.fromstring(content)
                change(root)
                content = etree.tostring(root)
            new.writestr(name, content)
    return stream.getvalue()


def reject(root: etree._Element) -> None:
    """As a person who rejects all changes in Word."""
    for change in list(root.iter(*(f"{W}{name}" for name in _CHANGES))):
        (former,), properties = list(change), change.getparent()
        assert properties is not None
        stays = {f"{W}{name}" for name in _STAYS[str(former.tag).removeprefix(W)]}
        for child in list(properties):
            if child.tag not in stays:
                properties.remove(child)
        after = {f"{W}rPr", f"{W}sectPr"} if former.tag == f"{W}pPr" else set()
        place = next((n for n, child in enumerate(properties) if child.tag in after), len(properties))
        properties[place:place] = list(former)
    for inserted in list(root.iter(f"{W}ins")):
        inserted.getparent().remove(inserted)  # type: ignore[union-attr]
    for deleted in list(root.iter(f"{W}del")):
        for run in list(deleted):
            for text in run.iter(f"{W}delText"):
                text.tag = f"{W}t"
            deleted.addprevious(run)
        deleted.getparent().remove(deleted)  # type: ignore[union-attr]


def looks(data: bytes) -> Iterator[object]:
    """How every character is set, and every paragraph and page; however it is cut into runs."""
    document: Document = read(data, "甲.docx")
    for section in document.sections:
        yield section.width, section.height, section.top, section.bottom, section.left, section.right
    for line in (*document.paragraphs, *(line for part in document.furniture.values() for line in part)):
        yield line.place, line.align, line.left, line.right, line.first, line.line, line.rule, line.snap
        for piece in line.pieces:
            form = piece.face, piece.slot, piece.size, piece.bold, piece.colour, piece.spacing, piece.field
            yield from ((character, form) for character in piece.text)


ALL = {"文件": file_paper, "信函": letter_paper}
ONES = {
    fault.name: fault for fault in MENDABLE if fault.rule in ("F210", "F370", "F406")
}  # these change words


@pytest.mark.parametrize("name", [*ALL, *ONES])
def test_accepted_it_is_the_mended_file_and_rejected_the_one_before(name: str) -> None:
    before = everything(ALL[name]) if name in ALL else planted(ONES[name])
    tracked = track(before, "甲.docx", DAY).data
    assert list(looks(changed(tracked, accept_changes))) == list(looks(fix(before, "甲.docx").data))
    assert list(looks(changed(tracked, reject))) == list(looks(before))
    assert changes_in(tracked)


@pytest.mark.parametrize("name", ["无版头", "文件"])
def test_a_file_without_fault_is_given_back_as_it_is(name: str) -> None:
    before = saved(GOOD[name]())
    assert track(before, "甲.docx", DAY).data == fixed_as_it_is(before)


def fixed_as_it_is(data: bytes) -> bytes:
    """The same parts in the zip of this program."""
    package = read_package(data, "甲.docx")
    return write_package(ZipEntry(part) for part in package.parts.values())


def changes_in(data: bytes) -> list[etree._Element]:
    names = ("ins", "del", *_CHANGES)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        roots = [etree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith(".xml")]
    return [element for root in roots for element in root.iter(*(f"{W}{name}" for name in names))]


def test_all_changes_are_the_checkers_and_of_the_day() -> None:
    found = changes_in(track(everything(file_paper), "甲.docx", DAY).data)
    assert len(found) > 20
    assert {(change.get(f"{W}author"), change.get(f"{W}date")) for change in found} == {
        ("格式检查", "2026-01-09T00:00:00Z")
    }
    ids = [change.get(f"{W}id") for change in found]
    assert len(set(ids)) == len(ids)


def test_only_the_characters_that_are_wrong_are_changed() -> None:
    before = planted(next(fault for fault in FAULTS if fault.name == "方括号"))
    found = changes_in(track(before, "甲.docx", DAY).data)
    words = [(str(change.tag).removeprefix(W), "".join(map(str, change.itertext()))) for change in found]
    assert words == [("del", "["), ("ins", "〔"), ("del", "]"), ("ins", "〕")]


def test_what_is_not_mended_is_left_byte_by_byte() -> None:
    """Who wrote it, and what was remarked, stays: the copy is for the writer."""
    document = docx.Document(io.BytesIO(everything(file_paper)))
    document.add_comment(document.paragraphs[0].runs, "期限再定", author="张三")
    before = saved(document)
    after = track(before, "甲.docx", DAY).data
    with zipfile.ZipFile(io.BytesIO(before)) as one, zipfile.ZipFile(io.BytesIO(after)) as two:
        assert one.namelist() == two.namelist()
        differ = [name for name in one.namelist() if one.read(name) != two.read(name)]
    assert "word/document.xml" in differ
    assert all(name.startswith(("word/document", "word/footer")) for name in differ)


@pytest.mark.process
def test_a_tracked_file_is_valid(tmp_path: Path) -> None:
    path = tmp_path / "甲.docx"
    path.write_bytes(track(everything(letter_paper), "甲.docx", DAY).data)
    assert ooxml_lint.document_faults(path.read_bytes()) == []
    assert [said for said in sdk(path) if "stylesWithEffects" not in said] == []


def test_changes_of_others_are_not_mixed_with_ours() -> None:
    change = f'<w:del {nsdecls("w")} w:id="9" w:author="张三"><w:r><w:delText>旧话</w:delText></w:r></w:del>'
    document = file_paper()
    document.paragraphs[0]._p.append(parse_xml(change))
    with pytest.raises(Problems, match="D790"):
        track(saved(document), "甲.docx", DAY)


def test_macros_and_strict_files_are_refused() -> None:
    with pytest.raises(Problems, match="D552"):
        track(raw(p("文"), content_type=MACROS), "甲.docm", DAY)
    with pytest.raises(Problems, match="D745"):
        track(raw(p("文"), strict=True), "甲.docx", DAY)


# ---------------------------------------------------------------- --comments


def comments_of(data: bytes) -> list[tuple[str, str, str, str]]:
    """Author, initials, the words of the paragraph that it stands at, and its own."""
    document = docx.Document(io.BytesIO(data))
    anchors = {
        mark.get(f"{W}id"): "".join(text.text or "" for text in line.iter(f"{W}t"))
        for line in document.element.body.iter(f"{W}p")
        for mark in line.iter(f"{W}commentReference")
    }
    return [
        (comment.author, comment.initials or "", anchors[str(comment.comment_id)], comment.text)
        for comment in document.comments
    ]


def test_a_finding_is_a_comment_at_its_place() -> None:
    before = planted(next(fault for fault in FAULTS if fault.name == "方括号"))
    data, report = with_comments(before, "甲.docx", DAY)
    ((author, initials, place, words),) = comments_of(data)
    assert (author, initials, place) == ("格式检查", "格式", "示环发[2026]8号")
    assert words.splitlines() == [
        "错误 F210 发文字号括号：现为[2026]，应为〔2026〕（7.2.5 规定）",
        "怎样改：年份两边改成六角括号：“插入→符号”，字符代码 3014、3015",
    ]
    assert [finding.rule.code for finding in report.findings if finding.broken] == ["F210"]


def test_what_was_found_many_times_is_remarked_on_ten_times_and_explained_once() -> None:
    document = letter_paper()
    for _ in range(MOST + 2):
        document.paragraphs[-1].insert_paragraph_before("示例，示例,示例。")
    data, report = with_comments(saved(document), "甲.docx", DAY)
    count = next(finding.count for finding in report.findings if finding.rule.code == "F604")
    told = [line for *_, words in comments_of(data) for line in words.splitlines()]
    assert count >= MOST + 2
    assert sum(line.startswith("警告 F604") for line in told) == MOST
    assert f"同样的共 {count} 处，批注只加在前 {MOST} 处" in told


def test_findings_of_pages_tables_and_footers_stand_where_a_comment_can() -> None:
    data, report = with_comments(everything(file_paper), "甲.docx", DAY)
    found = comments_of(data)
    told = "\n".join(words for *_, words in found)
    assert "页面设置：" in told and "页脚第1段" in told
    assert {finding.rule.code for finding in report.findings} == set(re.findall(r"F\d{3}", told))


def test_comments_of_others_stay_and_those_of_an_earlier_check_go() -> None:
    document = docx.Document(io.BytesIO(planted(next(fault for fault in FAULTS if fault.name == "方括号"))))
    document.add_comment(document.paragraphs[0].runs, "期限再定", author="张三")
    once, report = with_comments(saved(document), "甲.docx", DAY)
    twice, again = with_comments(once, "甲.docx", DAY)
    assert comments_of(once) == comments_of(twice)
    assert Counter(author for author, *_ in comments_of(once))["张三"] == 1
    assert len(again.findings) == len(report.findings)


def test_ones_own_changes_are_not_told_as_left_over() -> None:
    tracked = track(everything(file_paper), "甲.docx", DAY)
    fixed = fix(everything(file_paper), "甲.docx")
    assert [(left.rule.code, left.found) for left in tracked.left] == [
        (left.rule.code, left.found) for left in fixed.left
    ]


@pytest.mark.process
def test_a_file_with_comments_is_valid(tmp_path: Path) -> None:
    path = tmp_path / "甲.docx"
    path.write_bytes(with_comments(everything(file_paper), "甲.docx", DAY)[0])
    assert ooxml_lint.document_faults(path.read_bytes()) == []
    assert [said for said in sdk(path) if "stylesWithEffects" not in said] == []
