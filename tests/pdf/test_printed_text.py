"""Nothing is lost on the way to paper: punctuation at the ends of lines, and a PDF that does not say what its Word file says."""

from __future__ import annotations

import io
from collections import Counter
from copy import deepcopy
from pathlib import Path

import docx
import pytest
from conftest import Run
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from pdf_pages import read_pages
from plain_pdf import plain_pdf
from programs import fake_office, need
from sample import ROOT

from liangqing.base.docx_zip import W, read_package
from liangqing.pdf import office, ready_copy
from liangqing.pdf.converting import WordFile, convert_papers
from liangqing.pdf.printed_text import Lost, first_lost
from liangqing.pdf.ready_copy import Way
from liangqing.pdf.word_passages import passages

SIGNS = "，。、；：？！）》”〕’】〉…—"
BEFORE = ("检查组现场查看入库排污口", "缺少pH、COD", "第12")
LETTER = sorted((ROOT / "checklists/发文/2021").glob("*环整*4号.docx"))[0]


def saved(document: Document) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def paper(*texts: str) -> bytes:
    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    return saved(document)


def compared(data: bytes, *pages: str) -> Lost | None:
    return first_lost(read_package(data, "文件"), plain_pdf(pages))


def line_ends() -> list[str]:
    """Texts in which each sign stands at every place around the end of a line."""
    filler = "对照排污口台账逐一核对并补齐档案和监测数据明确专人按季度更新并报送"
    return [
        (words + filler * 2)[:length] + sign + "其中后面还有文字，一直写到第二行为止" * 2
        for sign in SIGNS
        for words in BEFORE
        for length in range(24, 33)
    ]


# punctuation at the ends of lines


def letter_with(texts: list[str]) -> bytes:
    """The issued letter, where signs were lost, with these texts as paragraphs of its own, and in cells of a table."""
    document = docx.Document(str(LETTER))
    model = next(part for part in document.paragraphs if "整改类别" in part.text)
    table = document.add_table(rows=1, cols=1)
    for text in texts:
        fresh = deepcopy(model._p)
        model._p.addprevious(fresh)
        for run in fresh.findall(qn("w:r"))[1:]:
            fresh.remove(run)
        Paragraph(fresh, document).runs[0].text = text
        table.rows[0].cells[0]._tc.append(deepcopy(fresh))
    return saved(document)


@pytest.mark.office
def test_no_sign_is_lost_at_the_end_of_a_line() -> None:
    """In paragraphs and cells of a letter; and in items of lists and headings of another file."""
    need("soffice")
    texts = line_ends()
    document = docx.Document()
    for place, text in enumerate(texts):
        document.add_paragraph(text, style=("List Bullet", "Heading 2")[place % 2])
    done = convert_papers([WordFile("函", letter_with(texts)), WordFile("列表", saved(document))])
    assert not done.faults and len(texts) > 400
    for name, times in (("函", 2), ("列表", 1)):
        printed = Counter("".join(page.text for page in read_pages(done.pdfs[name])))
        assert not Counter("".join(texts) * times) - printed, name


@pytest.mark.office
def test_no_sign_is_lost_in_a_header() -> None:
    need("soffice")
    document = docx.Document()
    document.add_paragraph("正文")
    text = "".join(line_ends()[::40])
    document.sections[0].header.paragraphs[0].text = text
    (pdf,) = convert_papers([WordFile("页眉", saved(document))]).pdfs.values()
    assert not Counter(text) - Counter("".join(page.text for page in read_pages(pdf)))


@pytest.mark.office
def test_where_signs_hang_over_the_end_the_pdf_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The switch as it is meant is what this LibreOffice reads the wrong way round."""
    need("soffice")
    monkeypatch.setattr(ready_copy, "WAYS", (Way("0", whole_rows=True),))
    done = convert_papers([WordFile("行尾", letter_with(line_ends()[:60]))])
    assert not done.pdfs
    assert [fault.code for fault in done.faults] == ["D705"]


@pytest.mark.office
def test_another_way_is_tried_where_text_was_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    need("soffice")
    monkeypatch.setattr(ready_copy, "WAYS", (Way("0", whole_rows=True), Way("1", whole_rows=True)))
    done = convert_papers([WordFile("行尾", letter_with(line_ends()[:60])), WordFile("短", paper("短。"))])
    assert [*done.pdfs] == ["行尾", "短"] and not done.faults


def test_rows_may_break_in_the_second_way() -> None:
    document = docx.Document()
    properties = document.add_table(rows=1, cols=1).rows[0]._tr.get_or_add_trPr()
    properties.append(properties.makeelement(W + "cantSplit", {}))
    package = read_package(saved(document), "表")
    copies = [read_package(ready_copy.ready(package, way), "表") for way in ready_copy.WAYS]
    assert [b"cantSplit" in copy.parts[copy.main].data for copy in copies] == [True, False, False]


def test_the_word_file_itself_stays_as_it_is() -> None:
    data = LETTER.read_bytes()
    package = read_package(data, "函")
    copy = read_package(ready_copy.ready(package, ready_copy.WAYS[0]), "函")
    assert passages(copy) == passages(package)
    assert {name for name, part in copy.parts.items() if part.data != package.parts[name].data} <= {
        name for name in package.parts if name.startswith(("word/document", "word/header", "word/footer"))
    }
    assert copy.parts[copy.main].data.count(b"overflowPunct") == package.parts[copy.main].data.count(
        b"<w:p>"
    ) + (package.parts[copy.main].data.count(b"<w:p "))


# the comparison


LONG = "检查组查看入库排污口6处，其中3号、5号排污口未设置标识牌；对照台账，2处没有建立一口一档。"


@pytest.mark.parametrize(
    ("texts", "pages", "lost"),
    [
        ([LONG], [LONG], None),
        ([LONG], [LONG.replace("处，其", "处其")], Lost(1, "检查组查看入库排污口6处", "，")),
        ([LONG, "无", LONG[:20]], [LONG[:30] + "—1—", "页眉" + LONG[30:] + "无" + LONG[:20] + "—2—"], None),
        (["检查局", LONG + "检" + LONG], [LONG + "检查局", "检" + LONG], None),
        (["检查局", LONG, LONG + "检" + LONG], [LONG, LONG + "检查局", "检" + LONG], None),
        ([LONG, "第二段在后面。"], ["第二段在后面。" + LONG], Lost(1, "", "第二段在后面。")),
        ([LONG, "第二段在后面。"], [LONG], Lost(1, "", "第二段在后面。")),
        ([LONG], [LONG.replace("标识", "识标")], Lost(1, "中3号、5号排污口未设置", "标")),
        (["⺠主生活会", "of\ufb01ce COD"], ["民主生活会officecod"], None),
        (["一、", "二、"], ["一、"], Lost(1, "", "二、")),
        (["“说了”当“做了”。"], ["说了”当“做了”。“"], None),
        (["“说了”当“做了”。"], ["“说了当“做了”。"], Lost(1, "“说了", "”")),
    ],
    ids=[
        "same",
        "sign",
        "over two pages",
        "foot like the next page",
        "foot like the next page, twice the same",
        "order",
        "paragraph",
        "swapped",
        "radicals",
        "short",
        "quote moved",
        "quote",
    ],
)
def test_what_the_pdf_does_not_say_is_found(texts: list[str], pages: list[str], lost: Lost | None) -> None:
    found = compared(paper(*texts), *pages)
    if lost is None:
        assert found is None
    else:
        assert found is not None and (found.page, found.after) == (lost.page, lost.after)
        assert found.text.startswith(lost.text)


def test_a_page_that_is_missing_is_found() -> None:
    texts = [LONG.replace("6", str(number)) for number in range(20)]
    whole = ["".join(texts[:10]), "".join(texts[10:])]
    assert compared(paper(*texts), *whole) is None
    assert compared(paper(*texts), whole[0]) is not None
    assert compared(paper(*texts), "") is not None


def test_cells_that_go_on_over_two_pages_are_put_together() -> None:
    document = docx.Document()
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text, cells[1].text = LONG, LONG.replace("6", "9")
    first = cells[0].text[:15] + cells[1].text[:22] + "—1—"
    assert compared(saved(document), first, cells[0].text[15:] + cells[1].text[22:] + "—2—") is None
    assert compared(saved(document), first, cells[0].text[15:] + cells[1].text[23:] + "—2—") is not None


def test_what_is_hidden_or_worked_out_is_not_asked_for() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("共")
    for xml in (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        "<w:r><w:instrText> NUMPAGES </w:instrText></w:r>",
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>99</w:t></w:r>',
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>页</w:t></w:r>',
        "<w:del><w:r><w:delText>删去的</w:delText></w:r></w:del>",
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见的</w:t></w:r>",
    ):
        wrapped = parse_xml(
            f'<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{xml}</w:p>'
        )
        for child in wrapped:
            paragraph._p.append(child)
    assert compared(saved(document), "共3页") is None
    assert compared(saved(document), "共3") is not None


@pytest.mark.process
def test_a_pdf_that_lost_text_is_not_written(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = (
        "for file in files:\n"
        "    said = ''.join(passage.text for passage in passages(read_package(file, file.name)))\n"
        "    (out / f'{file.stem}.pdf').write_bytes(plain_pdf([said.replace('6处，', '6处', 1)]))"
    )
    monkeypatch.setenv(office.OFFICE, fake_office(tmp_path, script))
    (tmp_path / "来件.docx").write_bytes(paper(LONG))
    (tmp_path / "好的.docx").write_bytes(paper("没有逗号"))
    code, _, complaint = run("pdf", str(tmp_path / "来件.docx"), str(tmp_path / "好的.docx"))
    assert code == 1
    assert "来件" in complaint and "错误 D705" in complaint
    assert "第1页在「检查组查看入库排污口6处」后面，缺「，」" in complaint
    assert not (tmp_path / "来件.pdf").exists()
    assert (tmp_path / "好的.pdf").exists()
