"""An office's own letter in the place of ours, by what the manual says alone (改模板.md, 用单位原来的函)."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
from conftest import Run
from markdown import chapters, tables

from liangqing import register
from liangqing.base.docx_zip import W

ROOT = Path(__file__).resolve().parents[2]
CHAPTER = chapters((ROOT / "docs/使用手册/改模板.md").read_text("utf-8"))["用单位原来的函"]
NEW_LINE = "（另起一段）"


def rows() -> list[tuple[str, str]]:
    """What stands in the letter, and what the manual puts in its place."""
    (table,) = tables(CHAPTER)
    return [(old, new.strip("`").replace("\\|", "|")) for old, new in table[1:]]


def old_letter(path: Path) -> None:
    """The letter as it was sent: a new Word document, all in the fonts of its theme."""
    document = docx.Document()
    for old, _ in rows():
        if old != NEW_LINE:
            document.add_paragraph(old)
    document.save(str(path))


def by_the_manual(path: Path) -> None:
    """What a clerk does to it: words typed over, paragraphs put in, and the mark of a draft in the header."""
    document = docx.Document(str(path))
    paragraphs = iter(document.paragraphs)
    last = document.paragraphs[0]
    for old, new in rows():
        if old == NEW_LINE:
            made = document.add_paragraph(new)
            last._p.addnext(made._p)
            last = made
        else:
            last = next(paragraphs)
            assert last.text == old
            last.runs[0].text = new
    mark = CHAPTER.partition("只写草稿标记：`")[2].partition("`")[0]
    document.sections[0].header.paragraphs[0].text = mark
    document.save(str(path))


def printed(path: Path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


def header(path: Path) -> str:
    return "".join(paragraph.text for paragraph in docx.Document(str(path)).sections[0].header.paragraphs)


def draft(run: Run) -> Path:
    template = run.root / "templates/整改函.docx"
    old_letter(template)
    by_the_manual(template)
    assert run("template", "check", "整改函")[0] == 0
    code, out, err = run("build", "整改函")
    assert code == 0, out + err
    (path,) = (run.root / "output/2021/整改函").glob("整改函-草稿-ZG1-*.docx")
    return path


def test_the_letter_of_the_manual_is_in_fonts_of_the_theme(tmp_path: Path) -> None:
    old_letter(tmp_path / "函.docx")
    with zipfile.ZipFile(tmp_path / "函.docx") as archive:
        assert b"eastAsiaTheme" in archive.read("word/styles.xml")
    assert printed(tmp_path / "函.docx")[0] == rows()[0][0]


def test_a_draft_says_so_and_a_paper_that_is_out_does_not(unissued: Run) -> None:
    path = draft(unissued)
    lines = printed(path)
    assert header(path) == "草稿"
    assert lines[0] == "市纪驻环整〔2021〕　号"
    assert [line for line in lines if line.startswith(("（一）", "（二）", "（三）"))] == lines[4:6]
    assert not any("{" in line for line in lines)
    code, out, err = unissued("issue", "整改函", "ZG1", "--date", "2021-04-20")
    assert code == 0, out + err
    kept = unissued.root / "checklists" / register.load(unissued.root).issued[-1].file
    assert header(kept) == ""
    assert (printed(kept)[0], printed(kept)[-1]) == ("市纪驻环整〔2021〕1号", "2021年4月20日")
    assert printed(kept)[1:-1] == lines[1:-1]


def test_one_that_was_corrected_in_word_goes_out_as_it_is(unissued: Run) -> None:
    path = draft(unissued)
    document = docx.Document(str(path))
    (text,) = [each for each in document.element.iter(f"{W}t") if "书面反馈整改情况" in (each.text or "")]
    text.text = text.text.replace("书面反馈", "书面报告")
    document.save(str(path))
    code, out, err = unissued("issue", "整改函", "ZG1", "--date", "2021-04-20", "--as-edited")
    assert code == 0, out + err
    kept = unissued.root / "checklists" / register.load(unissued.root).issued[-1].file
    assert header(kept) == ""
    assert (printed(kept)[0], printed(kept)[-1]) == ("市纪驻环整〔2021〕1号", "2021年4月20日")
    assert any("书面报告整改情况" in line for line in printed(kept))
