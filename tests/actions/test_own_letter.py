"""An office's own letter in the place of ours, by what the manual says alone (改模板.md, 用单位原来的函)."""

from __future__ import annotations

import copy
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import office_letters
import pytest
from conftest import Run
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from lxml import etree
from markdown import chapters, tables
from programs import WORD, saved_by_office

from liangqing import register
from liangqing.base.docx_zip import W

ROOT = Path(__file__).resolve().parents[2]
CHAPTER = chapters((ROOT / "docs/使用手册/改模板.md").read_text("utf-8"))["用单位原来的函"]
NEW_LINE = "（另起一段）"
CURSOR = "\ue000"  # where one types
MARK = CHAPTER.partition("只写草稿标记：`")[2].partition("`")[0]
NEW, OLD, SAVED = "new in Word 365", "old, by hand in WPS", "saved by LibreOffice"
LETTERS = [NEW, OLD, pytest.param(SAVED, marks=pytest.mark.office)]


def rows() -> list[tuple[str, str]]:
    """What stands in the letter, and what the manual puts in its place."""
    (table,) = tables(CHAPTER)
    return [(old, new.strip("`").replace("\\|", "|")) for old, new in table[1:]]


def old_letter(path: Path, letter: str) -> None:
    """The letter as it was sent, saved over our template."""
    lines = [old for old, _ in rows() if old != NEW_LINE]
    made = office_letters.word_365(lines) if letter == NEW else office_letters.old_wps(lines)
    path.write_bytes(made)
    if letter == SAVED:
        saved = saved_by_office([path], WORD, path.parent.parent) / path.name
        path.write_bytes(saved.read_bytes())


def by_the_manual(path: Path) -> None:
    """What a clerk does to it: values typed over, paragraphs put in, blanks before what stands at the right taken away, the
    mark of a draft in each header.
    """
    document = docx.Document(str(path))
    last: etree._Element | None = None
    for old, new in rows():
        last = typed_over(document, old, new) if last is None or old != NEW_LINE else new_line(last, new)
    for paragraph in document.paragraphs[-2:]:
        if words(paragraph._p).startswith("　" * 3):
            to_the_right(paragraph)
    for header in headers(document):
        header.paragraphs[0].text = MARK
    document.save(str(path))


def to_the_right(paragraph: Paragraph) -> None:
    """Takes the blanks before its words away and aligns it at the right."""
    while paragraph.runs[0].text.strip("　 ") == "":
        paragraph._p.remove(paragraph.runs[0]._r)
    paragraph.runs[0].text = paragraph.runs[0].text.lstrip("　 ")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.paragraph_format.right_indent = Pt(64)


def headers(document: Document) -> Iterator[docx.section._Header]:
    """Each kind of header that its pages have."""
    section = document.sections[0]
    yield section.header
    if document.settings.odd_and_even_pages_header_footer:
        yield section.even_page_header
    if section.different_first_page_header_footer:
        yield section.first_page_header


def typed_over(document: Document, old: str, new: str) -> etree._Element:
    """Types `new` over `old`, wherever it stands; the paragraph. Word writes what is typed in several runs of one form."""
    found: list[etree._Element] = [each for each in lines_of(document) if old in words(each)]
    (paragraph,) = found
    place = words(paragraph).index(old)
    runs = [(run, text) for run in paragraph.iter(f"{W}r") for text in run.iterchildren(f"{W}t")]
    first, position = None, 0
    for run, text in runs:
        value, start = text.text or "", position
        position += len(value)
        gone = range(max(start, place), min(position, place + len(old)))
        if not gone:
            continue
        text.text = (
            value[: gone.start - start] + (CURSOR if first is None else "") + value[gone.stop - start :]
        )
        first = first if first is not None else (run, text)
    assert first is not None
    insert(*first, new)
    return paragraph


def insert(run: etree._Element, text: etree._Element, new: str) -> None:
    """Puts what is typed where CURSOR stands, cut behind the first brace of a tag and by what looks over the spelling."""
    before, _, after = (text.text or "").partition(CURSOR)
    parts = [
        before,
        *new.replace("{{ ", f"{{{CURSOR}{{ {CURSOR}").replace("{% ", f"{{%{CURSOR} ").split(CURSOR),
        after,
    ]
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    for part in parts[::-1]:
        made = copy.deepcopy(run)
        (own,) = made.iterchildren(f"{W}t")
        own.text = part
        run.addnext(made)
        made.addnext(etree.Element(f"{W}proofErr", {f"{W}type": "spellEnd"}))
    holder = run.getparent()
    assert holder is not None
    holder.remove(run)


def new_line(after: etree._Element, new: str) -> etree._Element:
    """Enter at the end of a paragraph, and what is typed: in the form of the paragraph and of its last run."""
    made = etree.Element(f"{W}p")
    made.extend(copy.deepcopy(each) for each in after.iterchildren(f"{W}pPr"))
    run = copy.deepcopy(list(after.iter(f"{W}r"))[-1])
    (text,) = run.iterchildren(f"{W}t")
    made.append(run)
    after.addnext(made)
    text.text = CURSOR
    insert(run, text, new)
    return made


def lines_of(document: Document) -> Iterator[etree._Element]:
    """The paragraphs of the text and its tables, without those of the red head, which stands in a box."""
    for each in document.element.body.iter(f"{W}p"):
        if next(each.iterancestors(f"{W}txbxContent"), None) is None:
            yield each


def words(paragraph: etree._Element) -> str:
    """Its own words, without those of a box in it."""
    own = (text for text in paragraph.iter(f"{W}t") if next(text.iterancestors(f"{W}p")) is paragraph)
    return "".join(text.text or "" for text in own)


def printed(path: Path) -> list[str]:
    """The lines of a paper that hold words, those in tables too, without the blanks that stand for indents."""
    lines = (words(each).strip("　 ") for each in lines_of(docx.Document(str(path))))
    return [line for line in lines if line]


def header(path: Path) -> set[str]:
    document = docx.Document(str(path))
    return {"".join(paragraph.text for paragraph in each.paragraphs) for each in headers(document)}


def draft(run: Run, letter: str) -> Path:
    template = run.root / "templates/整改函.docx"
    old_letter(template, letter)
    by_the_manual(template)
    code, out, err = run("template", "check", "整改函")
    assert code == 0, out + err
    code, out, err = run("build", "整改函")
    assert code == 0, out + err
    (path,) = (run.root / "output/2021/整改函").glob("整改函-草稿-ZG1-*.docx")
    return path


def test_a_new_letter_is_in_the_fonts_of_its_theme(tmp_path: Path) -> None:
    old_letter(tmp_path / "函.docx", NEW)
    with zipfile.ZipFile(tmp_path / "函.docx") as archive:
        assert b"eastAsiaTheme" in archive.read("word/styles.xml")
    assert printed(tmp_path / "函.docx") == [old for old, _ in rows() if old != NEW_LINE]


@pytest.mark.parametrize("letter", LETTERS)
def test_a_draft_says_so_and_a_paper_that_is_out_does_not(unissued: Run, letter: str) -> None:
    path = draft(unissued, letter)
    lines = printed(path)
    assert header(path) == {"草稿"}
    assert lines[0] == "市纪驻环整〔2021〕　号"
    assert lines[1:4] == [
        "关于青狮潭水库周边排污口整治监督检查发现问题的整改函",
        "桂林市灵川生态环境局党支部：",
        "经查，你支部存在以下问题：",
    ]
    assert [line for line in lines if line.startswith(("（一）", "（二）", "（三）"))] == lines[4:6]
    assert not any("{" in line for line in lines)
    code, out, err = unissued("issue", "整改函", "ZG1", "--date", "2021-04-20")
    assert code == 0, out + err
    kept = unissued.root / "checklists" / register.load(unissued.root).issued[-1].file
    assert header(kept) == {""}
    assert (printed(kept)[0], printed(kept)[-1]) == ("市纪驻环整〔2021〕1号", "2021年4月20日")
    assert printed(kept)[1:-1] == lines[1:-1]


def test_one_that_was_corrected_in_word_goes_out_as_it_is(unissued: Run) -> None:
    path = draft(unissued, NEW)
    document = docx.Document(str(path))
    (text,) = [each for each in document.element.iter(f"{W}t") if "书面反馈整改情况" in (each.text or "")]
    text.text = text.text.replace("书面反馈", "书面报告")
    document.save(str(path))
    code, out, err = unissued("issue", "整改函", "ZG1", "--date", "2021-04-20", "--as-edited")
    assert code == 0, out + err
    kept = unissued.root / "checklists" / register.load(unissued.root).issued[-1].file
    assert header(kept) == {""}
    assert (printed(kept)[0], printed(kept)[-1]) == ("市纪驻环整〔2021〕1号", "2021年4月20日")
    assert any("书面报告整改情况" in line for line in printed(kept))
