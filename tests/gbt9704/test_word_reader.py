"""What is really applied to a run and a paragraph, whatever program wrote the file."""

from __future__ import annotations

import pytest
from raw_docx import MACROS, NAMES, THEME, docx, p

from liangqing.base.diagnostics import Problems
from liangqing.gbt9704.word.model import Document, Paragraph, Stroke
from liangqing.gbt9704.word.reader import read

THEMED = THEME.format(names=NAMES)
STYLES = (
    "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme='minorHAnsi' w:eastAsiaTheme='minorEastAsia'/>"
    "<w:sz w:val='21'/></w:rPr></w:rPrDefault></w:docDefaults>"
    "<w:style w:type='paragraph' w:default='1' w:styleId='a'><w:name w:val='Normal'/>"
    "<w:pPr><w:spacing w:line='560' w:lineRule='exact'/></w:pPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='b'><w:name w:val='正文二'/><w:basedOn w:val='a'/>"
    "<w:pPr><w:ind w:firstLineChars='200' w:firstLine='420'/></w:pPr><w:rPr><w:b/><w:sz w:val='32'/></w:rPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='圈'><w:basedOn w:val='圈'/></w:style>"
    "<w:style w:type='character' w:styleId='c'><w:rPr><w:b/><w:rFonts w:eastAsia='黑体'/></w:rPr></w:style>"
)


def document(body: str, **parts: str) -> Document:
    return read(docx(body, {"styles": STYLES, "theme": THEMED, **parts}), "甲.docx")


def only(body: str, **parts: str) -> Paragraph:
    (found,) = document(body, **parts).paragraphs
    return found


def faces(paragraph: Paragraph) -> dict[str, str]:
    return {each.text: each.face.name for each in paragraph.pieces}


# ---------------------------------------------------------------- fonts


def test_fonts_of_the_theme_reach_up_from_the_defaults() -> None:
    assert faces(only(p("文A"))) == {"文": "等线", "A": "Calibri"}


def test_a_theme_without_a_chinese_font_takes_that_of_the_script() -> None:
    assert faces(only(p("文", run="<w:rFonts w:eastAsiaTheme='majorEastAsia'/>"))) == {"文": "宋体"}


def test_the_theme_beats_a_name_beside_it() -> None:
    (piece,) = only(p("文", run="<w:rFonts w:eastAsia='黑体' w:eastAsiaTheme='minorEastAsia'/>")).pieces
    assert (piece.face.name, piece.face.theme, piece.face.over) == ("等线", True, "黑体")


def test_a_name_beats_a_theme_below_it() -> None:
    (piece,) = only(p("文", run="<w:rFonts w:eastAsia='黑体'/>")).pieces
    assert (piece.face.name, piece.face.theme) == ("黑体", False)


def test_a_latin_name_alone_leaves_chinese_text_as_it_was() -> None:
    assert faces(only(p("文", run="<w:rFonts w:ascii='仿宋' w:hAnsi='仿宋'/>"))) == {"文": "等线"}


def test_quotes_are_latin_unless_the_run_says_chinese() -> None:
    fonts = "<w:rFonts w:ascii='T' w:hAnsi='T' w:eastAsia='仿宋'{}/>"
    assert faces(only(p("“文”—…", run=fonts.format("")))) == {"“": "T", "文": "仿宋", "”—…": "T"}
    assert faces(only(p("“文”—…", run=fonts.format(" w:hint='eastAsia'")))) == {"“文”—…": "仿宋"}


def test_a_character_style_stands_over_the_paragraphs() -> None:
    (piece,) = only(p("文", "<w:pStyle w:val='b'/>", "<w:rStyle w:val='c'/>")).pieces
    assert (piece.face.name, piece.size, piece.bold) == ("黑体", 32, False)  # two toggles undo each other


def test_without_styles_word_goes_by_itself() -> None:
    (found,) = read(docx(p("文")), "甲.docx").paragraphs
    assert (found.size, faces(found), found.style) == (20, {"文": ""}, "")


def test_a_circle_of_styles_ends() -> None:
    assert only(p("文", "<w:pStyle w:val='圈'/>")).size == 21


# ---------------------------------------------------------------- paragraphs


def test_indents_in_characters_win_and_count_by_the_size_of_the_text() -> None:
    found = only(p("文", "<w:pStyle w:val='b'/><w:ind w:firstLine='100'/>"))
    assert (found.first, found.line, found.rule) == (640, 560, "exact")


def test_a_hanging_indent_takes_the_place_of_an_inherited_first_line() -> None:
    assert only(p("文", "<w:pStyle w:val='b'/><w:ind w:left='960' w:hanging='960'/>")).first == -960


# Attributes of w:ind, and left, right and first in twips of text in 三号 (16 points) under a 正文 of 10.5 points.
INDENTS = {
    "twips alone": ("w:left='640' w:right='320' w:firstLine='100'", (640, 320, 100)),
    "the edges in characters of 正文": ("w:leftChars='200' w:rightChars='400'", (420, 840, 0)),
    "characters beat the twips beside them": ("w:leftChars='200' w:left='81'", (420, 0, 0)),
    "no characters leave the twips": (
        "w:leftChars='0' w:left='640' w:firstLineChars='0' w:firstLine='9'",
        (640, 0, 9),
    ),
    "the first line in characters of the text": ("w:firstLineChars='200' w:firstLine='420'", (0, 0, 640)),
    "what hangs is added": (
        "w:leftChars='200' w:left='1380' w:hangingChars='300' w:hanging='960'",
        (1380, 0, -960),
    ),
    "what hangs in twips is added": ("w:leftChars='200' w:hanging='960'", (1380, 0, -960)),
    "in twips the left edge has it": ("w:left='1600' w:hangingChars='300' w:hanging='960'", (1600, 0, -960)),
    "a first line is not added": ("w:leftChars='100' w:left='210' w:firstLineChars='200'", (210, 0, 640)),
    "names of strict files": ("w:startChars='200' w:endChars='100'", (420, 210, 0)),
    "before the edge": ("w:rightChars='-50' w:right='-105'", (0, -105, 0)),
}


@pytest.mark.parametrize("name", INDENTS)
def test_indents_are_those_that_word_shows(name: str) -> None:
    given, expected = INDENTS[name]
    found = only(p("文", f"<w:ind {given}/>", "<w:sz w:val='32'/>"))
    assert (found.left, found.right, found.first) == expected


def test_characters_of_a_style_beat_twips_set_directly_unless_taken_back() -> None:
    direct = ("w:left='640' w:firstLine='0'", "w:firstLineChars='0' w:firstLine='0'")
    assert [only(p("文", f"<w:pStyle w:val='b'/><w:ind {given}/>")).first for given in direct] == [640, 0]


def test_a_grid_of_characters_adds_to_those_of_indents_too() -> None:
    page = "<w:sectPr><w:docGrid w:type='{}' w:linePitch='579' w:charSpace='-849'/></w:sectPr>"
    line = p("文", "{}<w:ind w:leftChars='200' w:firstLineChars='200'/>", "<w:sz w:val='32'/>")
    off = "<w:snapToGrid w:val='0'/>"
    found = [
        only(line.format(snap) + page.format(kind))
        for snap, kind in (("", "linesAndChars"), ("", "lines"), (off, "linesAndChars"))
    ]
    assert [(round(each.left), round(each.first)) for each in found] == [(412, 632), (420, 640), (420, 640)]


def test_lengths_with_units() -> None:
    found = only(p("文", "<w:ind w:start='10mm'/><w:jc w:val='start'/>", "<w:sz w:val='16pt'/>"))
    assert (round(found.left), found.align, found.size) == (567, "left", 32)


LISTS = (
    "<w:abstractNum w:abstractNumId='0'>"
    "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='%1、'/>"
    "<w:pPr><w:ind w:left='640'/></w:pPr></w:lvl>"
    "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.%2'/></w:lvl>"
    "</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
    "<w:num w:numId='2'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/>"
    "</w:lvlOverride></w:num>"
)


def listed(which: str, level: str = "0") -> str:
    return p("文", f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{which}'/></w:numPr>")


def test_automatic_numbers_are_counted_as_word_counts() -> None:
    body = listed("1") + listed("1", "1") + listed("1", "1") + listed("1") + listed("1", "1") + listed("2")
    found = document(body, numbering=LISTS).paragraphs
    assert [each.label for each in found] == ["一、", "一.1", "一.2", "二、", "二.1", "一、"]
    assert found[0].left == 640


def test_a_list_that_is_not_there_is_told() -> None:
    assert only(listed("7"), numbering=LISTS).lost_number
    assert only(listed("7")).lost_number


# ---------------------------------------------------------------- what shows and what does not


def test_deleted_text_is_gone_and_inserted_text_is_there() -> None:
    body = (
        "<w:p><w:r><w:t>甲</w:t></w:r><w:del><w:r><w:delText>乙</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>丙</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>丁</w:t></w:r></w:moveFrom></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>整段</w:delText></w:r></w:del></w:p>"
    )
    assert [each.text for each in document(body).paragraphs] == ["甲丙"]


def test_controls_links_and_alternatives_are_looked_through() -> None:
    choice = "<mc:AlternateContent><mc:Choice><w:t>二</w:t></mc:Choice><mc:Fallback><w:t>旧</w:t></mc:Fallback></mc:AlternateContent>"
    body = (
        f"<w:sdt><w:sdtContent><w:p><w:hyperlink><w:r><w:t>一</w:t></w:r></w:hyperlink><w:r>{choice}</w:r>"
        "<w:sdt><w:sdtContent><w:r><w:t>三</w:t></w:r></w:sdtContent></w:sdt></w:p></w:sdtContent></w:sdt>"
    )
    assert only(body).text == "一二三"


def test_hidden_text_does_not_show() -> None:
    assert only(p("文", run="<w:vanish/>")).text == ""


@pytest.mark.parametrize(
    "field",
    [
        "<w:fldSimple w:instr=' PAGE '><w:r><w:t>7</w:t></w:r></w:fldSimple>",
        "<w:fldSimple w:instr=' PAGE '><w:r/></w:fldSimple>",
        "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText> PA</w:instrText><w:instrText>GE </w:instrText>"
        "<w:fldChar w:fldCharType='separate'/><w:t>1</w:t><w:t>2</w:t><w:fldChar w:fldCharType='end'/></w:r>",
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='end'/></w:r>",
    ],
)
def test_the_number_of_a_page_is_one(field: str) -> None:
    found = only(f"<w:p><w:r><w:t>— </w:t></w:r>{field}<w:r><w:t> —</w:t></w:r></w:p>")
    assert found.text == "— 1 —"
    assert [each.field for each in found.pieces if each.text == "1"] == ["PAGE"]


# ---------------------------------------------------------------- where things stand


def test_frames_boxes_and_cells_say_where_they_are() -> None:
    box = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:anchor>"
        "<wp:positionH relativeFrom='page'><wp:posOffset>720000</wp:posOffset></wp:positionH>"
        "<wp:positionV relativeFrom='margin'><wp:posOffset>360000</wp:posOffset></wp:positionV>"
        "<wp:extent cx='3600000' cy='360000'/><a:graphic><a:graphicData><wps:wsp><wps:spPr/><wps:txbx>"
        f"<w:txbxContent>{p('框')}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{p('框')}</w:txbxContent></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    frame = p("架", "<w:framePr w:w='9638' w:vAnchor='page' w:hAnchor='page' w:x='1134' w:y='1701'/>")
    table = f"<w:tbl><w:tr><w:tc>{p('格')}</w:tc></w:tr></w:tbl>"
    found = document(box + frame + table)
    words = [(each.words, each.where, each.place) for each in found.paragraphs if each.words]
    assert words == [
        ("框", "文本框", "文本框1第1段「框」"),
        ("架", "图文框", "正文第2段「架」"),
        ("格", "表格", "表1 第1行 第1格"),
    ]
    spots = [each.spot for each in found.paragraphs if each.spot]
    assert [(round(each.left or 0), round(each.top or 0)) for each in spots] == [(20, 35), (20, 30)]
    assert found.tables[0].place == "表1"


def test_lines_drawn_either_way() -> None:
    drawn = (
        "<w:p><w:r><w:drawing><wp:anchor><wp:positionH relativeFrom='page'><wp:align>center</wp:align></wp:positionH>"
        "<wp:positionV relativeFrom='page'><wp:posOffset>1800000</wp:posOffset></wp:positionV>"
        "<wp:extent cx='6120000' cy='0'/><a:graphic><a:graphicData><wps:wsp><wps:spPr><a:prstGeom prst='line'/>"
        "<a:ln w='38100' cmpd='thickThin'><a:solidFill><a:srgbClr val='FF0000'/></a:solidFill></a:ln></wps:spPr>"
        "</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r></w:p>"
    )
    vml = (
        "<w:p><w:r><w:pict><v:line from='20mm,50mm' to='190mm,50mm' strokecolor='#f00' strokeweight='3pt' "
        "style='position:absolute;mso-position-vertical-relative:page;mso-position-horizontal-relative:page'>"
        "<v:stroke linestyle='thickThin'/></v:line></w:pict></w:r></w:p>"
    )
    page = "<w:sectPr><w:pgSz w:w='11906' w:h='16838'/><w:pgMar w:left='1588' w:right='1474'/></w:sectPr>"

    def seen(stroke: Stroke) -> tuple[int, int, int, float, str]:
        at = stroke.spot
        return round(at.left or 0), round(at.top or 0), round(at.width or 0), stroke.weight, stroke.compound

    assert [seen(each) for each in document(drawn + vml + page).strokes] == [
        (20, 50, 170, 3.0, "thickThin")
    ] * 2


def test_sections_inherit_headers_and_add_the_gutter() -> None:
    body = (
        "<w:p><w:pPr><w:sectPr><w:footerReference w:type='default' r:id='footer1'/>"
        "<w:pgMar w:left='1000' w:gutter='588'/></w:sectPr></w:pPr></w:p>"
        "<w:p/><w:sectPr><w:pgSz w:w='16838' w:h='11906'/><w:titlePg/></w:sectPr>"
    )
    found = document(body, footer1=p("— 1 —", "<w:jc w:val='right'/>"))
    first, second = found.sections
    assert (first.left, second.landscape, second.title_page) == (1588, True, True)
    assert first.footers == second.footers == {"default": "word/footer1.xml"}
    assert [each.text for each in found.furniture["word/footer1.xml"]] == ["— 1 —"]
    assert [each.section for each in found.paragraphs] == [0, 1]


def test_rules_of_a_table_are_those_of_its_cells() -> None:
    cell = "<w:tc><w:tcPr><w:tcBorders><w:{} w:val='single' w:sz='{}'/></w:tcBorders></w:tcPr><w:p/></w:tc>"
    rows = f"<w:tr>{cell.format('top', 8)}</w:tr><w:tr>{cell.format('bottom', 12)}</w:tr>"
    edges = "<w:tblPr><w:tblBorders><w:top w:val='none'/><w:insideH w:val='single' w:sz='6'/></w:tblBorders></w:tblPr>"
    (table,) = document(f"<w:tbl>{edges}{rows}</w:tbl>").tables
    assert [each and each.weight for each in table.rules] == [1.0, 0.75, 1.5]


# ---------------------------------------------------------------- odd but legal files


def test_strict_files_and_those_with_macros_are_read() -> None:
    parts = {"styles": STYLES}
    odd = (docx(p("文"), parts, strict=True), docx(p("文"), parts, content_type=MACROS))
    for each in odd:
        (found,) = read(each, "甲.docx").paragraphs
        assert (found.text, found.size) == ("文", 21)


def test_what_is_no_word_text_is_refused() -> None:
    sheet = docx("").replace(b"w:document", b"w:workbook")
    with pytest.raises(Problems, match="D5"):
        read(sheet, "甲.xlsx")


def test_senseless_values_are_as_if_they_were_not_there() -> None:
    found = only(p("文", "<w:spacing w:line='多' w:before='nan'/><w:ind w:left='inf'/>", "<w:sz w:val=''/>"))
    assert (found.line, found.before, found.left, found.size) == (240, 0, 0, 20)


def test_an_empty_document_is_one_page_as_word_begins_it() -> None:
    found = read(docx(""), "甲.docx")
    assert (found.paragraphs, len(found.sections), round(found.sections[0].mm("top"), 1)) == ((), 1, 25.4)
