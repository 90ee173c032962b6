"""What `format --fix` must leave as it is: pictures, tables and their words, other sheets, a unit's own measures, fields."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from faults import pitch
from papers import FANG, HEI, SONG, add, element, file_paper, plain_paper, saved, set_face, write

from liangqing.base.docx_zip import W
from liangqing.gbt9704.check.deviations import Deviation, Deviations
from liangqing.gbt9704.check.fixing import Fixed, fix
from liangqing.gbt9704.check.judge import check
from liangqing.gbt9704.word.model import Paragraph
from liangqing.gbt9704.word.reader import read

MATHS = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
DRAWN = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)


def inline(wide: float, high: float) -> str:
    """A shape in the line, `wide` by `high` mm."""
    return (
        f'<w:r {nsdecls("w")} {DRAWN}><w:drawing><wp:inline><wp:extent cx="{round(wide * 36000)}"'
        f' cy="{round(high * 36000)}"/><wp:docPr id="77" name="图"/><a:graphic><a:graphicData'
        ' uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"/></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def run(content: str) -> str:
    return f"<w:r {nsdecls('w')} {DRAWN}>{content}</w:r>"


HIGH = {
    "图片": inline(60, 40),
    "公式": f"<m:oMath {MATHS}><m:r><m:t>a+b</m:t></m:r></m:oMath>",
    "文本框": run(
        "<w:pict><v:shape><v:textbox><w:txbxContent><w:p/></w:txbxContent></v:textbox></v:shape></w:pict>"
    ),
    "拼音": run(
        "<w:ruby><w:rt><w:r><w:t>ban</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>办</w:t></w:r></w:rubyBase></w:ruby>"
    ),
    "公式域": f'<w:fldSimple {nsdecls("w")} w:instr=" EQ \\f(1,2) "><w:r><w:t>½</w:t></w:r></w:fldSimple>',
}


def at(document: Any, words: str) -> Any:
    return next(line for line in document.paragraphs if line.text.startswith(words))


def line_of(data: bytes, words: str) -> Paragraph:
    return next(line for line in read(data, "甲.docx").paragraphs if line.words.startswith(words))


def loosely(line: Any) -> None:
    """One and a half lines, as offices set it before they know of the standard."""
    properties = line._p.get_or_add_pPr()
    for old in properties.findall(qn("w:spacing")):
        properties.remove(old)
    properties.append(element("spacing", line=360, lineRule="auto"))


def mended(document: Any) -> Fixed:
    return fix(saved(document), "甲.docx")


# ---------------------------------------------------------------- what an exact height would cut


@pytest.mark.parametrize("what", HIGH)
def test_a_line_that_holds_more_than_type_keeps_its_height(what: str) -> None:
    document = file_paper()
    for words in ("坚持", "按照自查"):
        loosely(at(document, words))
    at(document, "坚持")._p.append(parse_xml(HIGH[what]))
    fixed = mended(document)
    assert line_of(fixed.data, "坚持").rule == "auto"
    assert line_of(fixed.data, "按照自查").rule == "exact"  # its neighbour is mended
    places = [finding.place for finding in fixed.left if finding.rule.code == "F106"]
    assert places == []  # nor is anybody told to set a height that cuts it


@pytest.mark.parametrize("what", HIGH)
def test_nor_is_it_changed_when_all_of_the_text_is_set_anew(what: str) -> None:
    """A page of 21 lines is mended in every paragraph."""
    document = file_paper()
    pitch(580)(document)
    loosely(at(document, "坚持"))
    at(document, "坚持")._p.append(parse_xml(HIGH[what]))
    fixed = mended(document)
    assert "F107" in {finding.rule.code for finding in fixed.mended}
    assert [line_of(fixed.data, words).rule for words in ("坚持", "按照自查")] == ["auto", "exact"]


def test_type_larger_than_the_pitch_keeps_its_height() -> None:
    document = file_paper()
    line = at(document, "坚持")
    loosely(line)
    write(line, "大", FANG).font.size = Mm(15)
    assert line_of(mended(document).data, "坚持").rule == "auto"


# ---------------------------------------------------------------- tables, and what stands by them


def with_table(document: Any, width: float = 150, kind: str = "dxa") -> Any:
    """A table of two columns below its caption, in the middle of the text; `width` in mm. What belongs to it is 黑体四号."""
    before = at(document, "二、工作")
    for words in ("表1 示例情况统计", "单位：件"):
        line = before.insert_paragraph_before()
        write(line, words, HEI, "4")
        loosely(line)
    table = document.add_table(2, 2)
    before._p.addprevious(table._tbl)
    properties = table._tbl.tblPr
    for old in properties.findall(qn("w:tblW")):
        properties.remove(old)
    properties.append(element("tblW", w=5000 if kind == "pct" else round(width * 56.6929), type=kind))
    for column in table._tbl.tblGrid:
        column.set(qn("w:w"), str(round(width * 56.6929 / 2)))
    for cell in table._cells:
        write(cell.paragraphs[0], "所谓“示例”", SONG, "4")
    note = before.insert_paragraph_before()
    write(note, "注：“示例”系虚构。", SONG, "4")
    loosely(note)
    return table


def looks(data: bytes, *words: str) -> list[tuple[object, ...]]:
    """How the lines that begin so are set."""
    lines = [line for line in read(data, "甲.docx").paragraphs if line.words.startswith(words)]
    return [
        (
            line.words,
            line.rule,
            line.line,
            [(piece.text, piece.fonts, piece.size, piece.spacing) for piece in line.pieces],
        )
        for line in lines
    ]


def test_captions_notes_and_texts_of_tables_are_left_alone() -> None:
    document = file_paper()
    with_table(document)
    loosely(at(document, "坚持"))
    before, fixed = saved(document), mended(document)
    words = ("表1", "单位：", "注：", "所谓")
    assert len(looks(before, *words)) == 7
    assert looks(fixed.data, *words) == looks(before, *words)
    assert line_of(fixed.data, "坚持").rule == "exact"


def test_captions_and_notes_are_not_judged_as_text() -> None:
    document = file_paper()
    with_table(document)
    body = check(saved(document), "甲.docx").paper.body
    assert [line.words for line in body if line.words.startswith(("表1", "单位：", "注："))] == []
    assert [line.words for line in body if line.words.startswith("二、")] == ["二、工作步骤"]


def test_a_sentence_that_begins_like_a_caption_is_text() -> None:
    document = file_paper()
    with_table(document)
    at(document, "二、工作").insert_paragraph_before("表1说明示例情况总体平稳。")
    lines = [line.words for line in check(saved(document), "甲.docx").paper.body]
    assert "表1说明示例情况总体平稳。" in lines


def test_the_type_of_a_table_is_left_and_that_of_the_imprint_mended() -> None:
    """A theme overrides the face in both."""
    document = file_paper()
    imprint = document.tables[0].rows[0].cells[0].paragraphs[0].runs[0]
    cell = with_table(document).rows[0].cells[0].paragraphs[0].runs[0]
    for piece in (imprint, cell):
        set_face(piece._r.get_or_add_rPr(), FANG)
        piece._r.rPr.find(qn("w:rFonts")).set(qn("w:eastAsiaTheme"), "minorEastAsia")
    fixed = mended(document)
    assert [line_of(fixed.data, words).pieces[0].face.theme for words in ("抄送", "所谓")] == [False, True]


def wide_sheet(document: Any, width: float) -> None:
    """A sheet of 280 mm with the margins of the standard, and a table in it."""
    document.sections[0].page_width = Mm(280)
    with_table(document, width)


def test_a_table_wider_than_the_new_page_is_told_and_the_sheet_stays() -> None:
    document = file_paper()
    wide_sheet(document, 220)
    document.sections[0].top_margin = Mm(30)
    fixed = mended(document)
    (section,) = read(fixed.data, "甲.docx").sections
    assert (round(section.mm("width")), round(section.mm("top"))) == (280, 37)
    (told,) = [remark for remark in fixed.remarks if remark.code == "D890"]
    assert "这里的表宽 220 mm，照标准只排得下 156 mm" in told.message
    assert told.place.detail == "表1" and "根据窗口自动调整表格" in told.advice
    assert "F101" in {finding.rule.code for finding in fixed.left}


@pytest.mark.parametrize(("width", "kind"), [(150, "dxa"), (220, "pct")])
def test_a_table_that_fits_or_follows_the_page_lets_it_be_mended(width: float, kind: str) -> None:
    document = file_paper()
    document.sections[0].page_width = Mm(280)
    with_table(document, width, kind)
    fixed = mended(document)
    assert round(read(fixed.data, "甲.docx").sections[0].mm("width")) == 210
    assert [remark.code for remark in fixed.remarks if remark.code == "D890"] == []


@pytest.mark.parametrize(
    ("size", "margins", "kept"),
    [
        ((175, 40), {"left_margin": 15, "right_margin": 15}, "左右页边距"),
        ((100, 250), {"top_margin": 20, "bottom_margin": 20}, "上下页边距"),
    ],
)
def test_a_picture_larger_than_the_new_page_is_told(
    size: tuple[float, float], margins: dict[str, float], kept: str
) -> None:
    document = file_paper()
    for name, value in margins.items():
        setattr(document.sections[0], name, Mm(value))
    at(document, "坚持")._p.append(parse_xml(inline(*size)))
    fixed = mended(document)
    for name, value in margins.items():
        found = read(fixed.data, "甲.docx").sections[0].mm(name.removesuffix("_margin"))
        assert found == pytest.approx(value, abs=0.1)
    (told,) = [remark for remark in fixed.remarks if remark.code == "D890"]
    assert (
        f"{kept}没有改" in told.message and told.place.detail.startswith("正文第") and "缩小" in told.advice
    )


# ---------------------------------------------------------------- the page


def test_a_printers_number_of_the_old_paper_goes() -> None:
    document = file_paper()
    sheet = document.sections[0]._sectPr.find(qn("w:pgSz"))
    for name, value in (("w", 16838), ("h", 23811), ("code", 8)):
        sheet.set(qn(f"w:{name}"), str(value))
    (found,) = read(mended(document).data, "甲.docx").sections[0].element.iterfind(f"{W}pgSz")
    assert found.get(f"{W}code") is None


def test_only_the_margin_that_is_wrong_is_set() -> None:
    """A unit that has a top margin of its own keeps it when another is mended."""
    document = file_paper()
    document.sections[0].top_margin, document.sections[0].left_margin = Mm(40), Mm(20)
    own = Deviations((Deviation("F102", "示例"), Deviation("F107", "示例")))
    section = read(fix(saved(document), "甲.docx", own).data, "甲.docx").sections[0]
    assert (round(section.mm("top")), round(section.mm("left"))) == (40, 28)


def test_an_envelope_stays_one() -> None:
    document = file_paper()
    document.sections[0].left_margin = Mm(20)
    document.add_section()
    document.sections[1].page_width, document.sections[1].page_height = Mm(220), Mm(110)
    sections = read(mended(document).data, "甲.docx").sections
    assert [round(section.mm("width")) for section in sections] == [210, 220]


def test_margins_that_are_not_written_are_those_word_takes() -> None:
    document = file_paper()
    margins = document.sections[0]._sectPr
    margins.remove(margins.find(qn("w:pgMar")))
    (white,) = read(mended(document).data, "甲.docx").sections[0].element.iterfind(f"{W}pgMar")
    names = sorted(str(name).removeprefix(W) for name in white.attrib)
    assert names == ["bottom", "footer", "gutter", "header", "left", "right", "top"]


# ---------------------------------------------------------------- words and files


def test_the_face_of_a_heading_ends_where_it_ends_also_within_a_run() -> None:
    document = file_paper()
    line = at(document, "（一）明确责任")
    for old in list(line.runs):
        line._p.remove(old._r)
    write(line, "（一）明确责任。\t各单位主要负责人负总责，\n按职责分工落实。", FANG)
    before, after = saved(document), mended(document).data
    pieces = line_of(after, "（一）明确责任").pieces
    faces = {piece.text: piece.face.name for piece in pieces}
    assert line_of(after, "（一）明确责任").text == line_of(before, "（一）明确责任").text
    assert faces["（一）明确责任。"].startswith("楷体")
    assert {name for text, name in faces.items() if text != "（一）明确责任。"} == {FANG}


FIELDS = {
    "日期": 'DATE \\@ "yyyy年M月d日"',
    "作者": "AUTHOR",
    "交叉引用": "REF 示例",
    "编号": "SEQ 表 \\* ARABIC",
    "链接": 'HYPERLINK "file:///c:/示例.docx"',
    "计算": "= 1+2",
    "邮件合并": "MERGEFIELD 单位",
    "页数": "NUMPAGES",
}


def field(code: str, shown: str, *, simple: bool) -> list[str]:
    if simple:
        return [f"<w:fldSimple {nsdecls('w')} w:instr='{code}'><w:r><w:t>{shown}</w:t></w:r></w:fldSimple>"]
    marks = [f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "separate", "end")]
    return [
        run(marks[0]),
        run(f"<w:instrText>{code}</w:instrText>"),
        run(marks[1]),
        run(f"<w:t>{shown}</w:t>"),
        run(marks[2]),
    ]


@pytest.mark.parametrize("simple", [True, False], ids=["短", "长"])
def test_a_field_says_afterwards_what_it_said(simple: bool) -> None:
    """Whether it stays one or becomes text."""
    document = plain_paper()
    for name, code in FIELDS.items():
        line = add(document, f"{name}：", face=SONG, first=2)
        for piece in field(code, f"示例{name}", simple=simple):
            line._p.append(parse_xml(piece))
    before = saved(document)
    fixed = fix(before, "甲.docx")
    texts = [[line.text for line in read(data, "甲.docx").paragraphs] for data in (before, fixed.data)]
    assert texts[0] == texts[1]
    assert all(f"{name}：示例{name}" in texts[1] for name in FIELDS)


def as_template(data: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"document.main+xml", b"template.main+xml"))
    return stream.getvalue()


@pytest.mark.parametrize("plant", [lambda document: None, lambda document: loosely(at(document, "坚持"))])
def test_a_template_stays_one(plant: Callable[[Any], None]) -> None:
    document = file_paper()
    plant(document)
    with zipfile.ZipFile(io.BytesIO(fix(as_template(saved(document)), "甲.dotx").data)) as archive:
        assert b"wordprocessingml.template.main+xml" in archive.read("[Content_Types].xml")
