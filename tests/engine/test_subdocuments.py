"""A Word file named in the data takes its place in a paper: its look, lists, notes and parts kept apart from the paper's."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt, RGBColor
from engine_docx import build, p, png
from lxml import etree
from ooxml_lint import document_faults
from sdk import sdk
from word_files import (
    W,
    changed,
    file,
    fresh_file,
    in_document,
    looks,
    names,
    paper,
    part,
    saved,
    seen,
    settings,
    styles,
    sub,
    with_look,
)

from liangqing.base import bounds
from liangqing.base.diagnostics import Diagnostic, Problems
from liangqing.base.wordprocessingml import value_of
from liangqing.engine import (
    Inset,
    PictureFolder,
    Record,
    SubDocument,
    SubDocumentFile,
    Template,
    compile_template,
)
from liangqing.engine.trial import trial

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SCHEMA = Record("文书", lambda: {"甲": Inset(optional=True)})


def everything(word: WordDocument) -> None:
    """What an office writes: headings, lists, a table, a picture, runs with a form of their own."""
    word.add_heading("一、情况", 1)
    word.add_paragraph("有关情况如下。")
    word.add_paragraph("第一项", style="List Number")
    word.add_paragraph("第二项", style="List Number")
    word.add_paragraph("要点", style="List Bullet")
    table = word.add_table(2, 2, style="Table Grid")
    table.cell(0, 0).text, table.cell(1, 1).text = "甲格", "乙格"
    run = word.add_paragraph("前").add_run("红字")
    run.font.size, run.font.bold, run.font.color.rgb = Pt(22), True, RGBColor(255, 0, 0)
    word.add_picture(io.BytesIO(png(20, 10)))
    word.add_paragraph("完")


def put(data: bytes, *lines: str, **values: object) -> bytes:
    """A paper with the file where the tag stands."""
    return paper(*(lines or ("前文", "{{p 甲 }}", "后文"))).render({"甲": sub(data), **values})


def refused(render: Callable[[], object]) -> list[Diagnostic]:
    with pytest.raises(Problems) as caught:
        render()
    return list(caught.value.diagnostics)


def between(data: bytes, before: int = 1, after: int = 1) -> list[tuple[str, str, float, bool, str]]:
    """The looks of what stands between the paper's own lines."""
    found = looks(seen(data))
    return found[before : len(found) - after]


# ---------------------------------------------------------------- the look


def test_the_file_keeps_its_look_and_the_paper_its_own() -> None:
    data = file(everything)
    out = put(data)
    assert between(out) == looks(seen(data))
    assert settings(seen(out))[1:-1] == settings(seen(data))
    own = [("前文", "仿宋", 32.0, False, "auto"), ("后文", "仿宋", 32.0, False, "auto")]
    assert [looks(seen(out))[0], looks(seen(out))[-1]] == own


def test_styles_of_the_paper_stay_byte_for_byte_and_the_files_get_other_names() -> None:
    template = paper("{{p 甲 }}")
    before, after = styles(template.render({"甲": sub(file())})), styles(put(file(everything), "{{p 甲 }}"))
    assert {name: after[name] for name in before} == before
    added = [etree.fromstring(after[name]) for name in after if name not in before]
    shown = [value_of(each, "name") for each in added]
    assert {"正文 2", "标题 1 2"} <= set(shown)
    assert len(shown) == len(set(shown))
    assert not any(each.get(f"{W}default") for each in added)


def test_a_style_that_looks_the_same_is_shared() -> None:
    template = paper("{{p 甲 }}", face="楷体", size=14)
    plain = template.render({"甲": sub(file(lambda word: word.add_paragraph("文")))})
    assert styles(plain) == styles(template.render({"甲": sub(file())}))


def test_what_the_defaults_of_the_file_say_goes_along() -> None:
    """Size and font of all text, and the space after each paragraph, where no style says them."""
    data = changed(
        file(lambda word: word.add_paragraph("文")),
        lambda name, content: _with_defaults(content) if name == "word/styles.xml" else content,
    )
    out = put(data)
    assert looks(seen(data)) == [("文", "隶书", 36.0, False, "auto")]
    assert between(out) == looks(seen(data))
    assert (
        settings(seen(out))[1:-1] == settings(seen(data)) == [("文", "left", (0.0, 0.0, 0.0, 300.0, 360.0))]
    )


def _with_defaults(styles_: bytes) -> bytes:
    root = etree.fromstring(styles_)
    defaults = root.find(f"{W}docDefaults")
    made = (
        f'<w:docDefaults xmlns:w="{W[1:-1]}"><w:rPrDefault><w:rPr><w:rFonts w:ascii="隶书" w:hAnsi="隶书" '
        'w:eastAsia="隶书" w:cs="隶书"/><w:sz w:val="36"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
        '<w:spacing w:after="300" w:line="360" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    )
    assert defaults is not None
    root.replace(defaults, etree.fromstring(made))
    normal = next(each for each in root.iter(f"{W}style") if each.get(f"{W}default") == "1")
    for settings_ in [*normal.findall(f"{W}rPr"), *normal.findall(f"{W}pPr")]:
        normal.remove(settings_)
    return etree.tostring(root)


def test_in_a_table_the_style_of_the_table_beats_the_defaults_of_the_file() -> None:
    """网格型 says that nothing is left after a paragraph; 正文 alone would leave what the defaults say."""

    def table(word: WordDocument) -> None:
        word.add_table(1, 1, style="Table Grid").cell(0, 0).text = "格"
        word.add_paragraph("文")

    data = changed(
        file(table), lambda name, content: _with_defaults(content) if name == "word/styles.xml" else content
    )
    assert [each[2][3] for each in settings(seen(data))] == [0.0, 300.0]
    assert settings(seen(put(data)))[1:-1] == settings(seen(data))
    assert between(put(data)) == looks(seen(data))


def test_fonts_of_the_files_theme_are_named() -> None:
    themed = in_document(
        file(lambda word: word.add_paragraph("文").add_run("字")),
        "<w:r><w:t>字",
        '<w:r><w:rPr><w:rFonts w:asciiTheme="majorHAnsi" w:eastAsiaTheme="majorEastAsia"/></w:rPr><w:t>字',
    )
    theme = part(themed, "word/theme/theme1.xml").decode()
    assert 'script="Hans" typeface="宋体"' in theme
    themed = changed(
        themed,
        lambda name, content: (
            content.replace(
                b'script="Hans" typeface="\xe5\xae\x8b\xe4\xbd\x93"',
                'script="Hans" typeface="华文隶书"'.encode(),
            )
            if name == "word/theme/theme1.xml"
            else content
        ),
    )
    shown = {text: face for text, face, *_ in looks(seen(themed))}
    assert {text: face for text, face, *_ in between(put(themed))} == shown
    assert b"Theme=" not in part(put(themed), "word/document.xml")


# ---------------------------------------------------------------- text for which nobody chose a look


def test_text_of_a_fresh_file_takes_the_look_of_its_place() -> None:
    data = fresh_file(lambda word: word.add_paragraph("正文一段"))
    out = _letter(data)
    body = next(each for each in seen(out).paragraphs if each.words == "正文一段")
    own = next(each for each in seen(out).paragraphs if each.words == "前文")
    assert (body.size, body.first, body.line) == (own.size, own.first, own.line) == (32.0, 640.0, 560.0)
    assert body.pieces[0].face.name == "仿宋"


def _letter(data: bytes) -> bytes:
    word = docx.Document()
    with_look(word, "Normal", "仿宋", 16)
    for line in ("前文", "{{p 甲 }}"):
        settings_ = word.add_paragraph(line).paragraph_format
        settings_.first_line_indent, settings_.line_spacing = Pt(32), Pt(28)
    return compile_template(saved(word), name="templates/函.docx").render({"甲": sub(data)})


def test_what_somebody_chose_in_a_fresh_file_is_kept() -> None:
    def chosen(word: WordDocument) -> None:
        word.add_paragraph("字").add_run("黑").font.bold = True
        word.add_paragraph().add_run("大").font.size = Pt(26)
        word.add_paragraph("中").alignment = WD_ALIGN_PARAGRAPH.CENTER
        word.add_paragraph("　　空两格")
        word.add_table(1, 1).cell(0, 0).text = "格"
        word.add_heading("标题", 1)

    document = seen(_letter(fresh_file(chosen)))
    found = {
        piece.text: (piece.face.name, piece.size, piece.bold)
        for each in document.paragraphs
        for piece in each.pieces
    }
    assert found["黑"] == ("仿宋", 32.0, True)
    assert found["大"] == ("仿宋", 52.0, False)
    assert found["格"] == ("宋体", 21.0, False)
    assert found["标题"][1] != 32.0
    indents = {each.words: (each.align, each.first) for each in document.paragraphs}
    assert indents["中"] == ("center", 0.0)
    assert indents["空两格"][1] == 0.0


def test_items_of_a_list_in_a_fresh_file_take_type_and_distance_from_the_style_of_the_place() -> None:
    """Which says both, and nothing stands in the paragraph of the tag itself."""

    def listed(word: WordDocument) -> None:
        word.add_paragraph("项", style="List Number")
        word.add_picture(io.BytesIO(png(20, 10)))

    word = docx.Document()
    with_look(word, "Normal", "仿宋", 16)
    spacing = word.styles["Normal"].paragraph_format
    spacing.line_spacing, spacing.first_line_indent = Pt(28), Pt(32)
    word.add_paragraph("{{p 甲 }}")
    out = compile_template(saved(word), name="函.docx").render({"甲": sub(fresh_file(listed))})
    item, picture = seen(out).paragraphs
    assert (item.words, item.size, item.pieces[0].face.name, item.line) == ("1.项", 32.0, "仿宋", 560.0)
    assert (picture.rule, picture.line) == ("atLeast", 560.0)


def test_a_file_whose_body_style_somebody_set_is_printed_as_it_looks() -> None:
    for face, size in (("楷体", 10.5), ("宋体", 16)):
        data = file(lambda word: word.add_paragraph("文"), face=face, size=size)
        assert [each[1:3] for each in looks(seen(_letter(data)))[1:]] == [(face, size * 2)]


# ---------------------------------------------------------------- lists


def test_lists_begin_anew_at_each_place_and_those_of_the_paper_go_on() -> None:
    word = docx.Document()
    with_look(word, "Normal", "仿宋", 16)
    word.add_paragraph("一", style="List Number")
    word.add_paragraph("{{p 甲 }}")
    word.add_paragraph("二", style="List Number")
    word.add_paragraph("{{p 甲 }}")
    word.add_paragraph("三", style="List Number")

    def twice(other: WordDocument) -> None:
        for text in ("子", "丑"):
            other.add_paragraph(text, style="List Number")

    out = compile_template(saved(word), name="函.docx").render({"甲": sub(file(twice))})
    assert [each.words for each in seen(out).paragraphs] == [
        *("1.一", "1.子", "2.丑", "2.二", "1.子", "2.丑", "3.三"),
    ]
    assert document_faults(out) == []


def test_a_paper_without_lists_gets_a_part_for_them() -> None:
    word = docx.Document()
    word.add_paragraph("{{p 甲 }}")

    def without(name: str, content: bytes) -> bytes | None:
        text = re.sub(rb"<[^<>]*numbering[^<>]*/>", b"", content)
        return (
            None
            if name == "word/numbering.xml"
            else text
            if name.endswith((".rels", "Types].xml"))
            else content
        )

    template = compile_template(changed(saved(word), without), name="函.docx")
    assert not any("numbering" in name for name in names(template.render({"甲": sub(file())})))
    out = template.render({"甲": sub(file(everything))})
    assert [each.words for each in seen(out).paragraphs if each.label][:2] == ["1.第一项", "2.第二项"]
    assert document_faults(out) == []


def test_a_list_that_leaves_its_look_to_a_style_keeps_it() -> None:
    def linked(name: str, content: bytes) -> bytes:
        if name != "word/numbering.xml":
            return content
        look = '<w:abstractNum w:abstractNumId="91"><w:multiLevelType w:val="multilevel"/><w:styleLink w:val="L"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum><w:abstractNum w:abstractNumId="92"><w:multiLevelType w:val="multilevel"/><w:numStyleLink w:val="L"/></w:abstractNum>'
        first = content.index(b"<w:num ")
        num = '<w:num w:numId="77"><w:abstractNumId w:val="92"/></w:num>'
        return content[:first] + (look + num).encode() + content[first:]

    data = file(lambda word: word.add_paragraph("文"))
    data = in_document(
        data,
        "<w:p><w:r><w:t>文",
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr></w:pPr><w:r><w:t>文',
    )
    out = put(changed(data, linked))
    assert [each.words for each in seen(out).paragraphs] == ["前文", "A)文", "后文"]


# ---------------------------------------------------------------- notes, parts, names


NOTE = '<w:footnote w:id="5"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>{}</w:t></w:r></w:p></w:footnote>'
REFERENCE = '<w:r><w:footnoteReference w:id="5"/></w:r>'
NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def noted(data: bytes, text: str, words: str) -> bytes:
    """The file with a footnote at the end of a paragraph that ends in `words`."""
    data = in_document(data, f"{words}</w:t></w:r>", f"{words}</w:t></w:r>{REFERENCE}")
    notes = f'<w:footnotes xmlns:w="{W[1:-1]}" xmlns:r="{OFFICE}">{NOTE.format(text)}</w:footnotes>'

    def tied(name: str, content: bytes) -> bytes:
        if name == "[Content_Types].xml":
            override = f'<Override PartName="/word/footnotes.xml" ContentType="{NOTES_TYPE}"/></Types>'
            return content.replace(b"</Types>", override.encode())
        if name == "word/_rels/document.xml.rels":
            relation = (
                f'<Relationship Id="rIdN" Type="{OFFICE}/footnotes" Target="footnotes.xml"/></Relationships>'
            )
            return content.replace(b"</Relationships>", relation.encode())
        return content

    return changed(data, tied, {"word/footnotes.xml": notes.encode()})


def notes_of(data: bytes) -> list[str]:
    """The notes in the order of their references."""
    name = next(each for each in names(data) if "footnotes" in each and not each.endswith(".rels"))
    root, document = etree.fromstring(part(data, name)), etree.fromstring(part(data, "word/document.xml"))
    texts = {each.get(f"{W}id"): "".join(map(str, each.itertext())) for each in root.iter(f"{W}footnote")}
    return [texts[each.get(f"{W}id")] for each in document.iter(f"{W}footnoteReference")]


def test_footnotes_go_along_into_a_paper_that_has_none() -> None:
    data = noted(file(lambda word: word.add_paragraph("文。")), "注一", "文。")
    out = put(data, "{{p 甲 }}", "{{p 甲 }}")
    assert notes_of(out) == ["注一", "注一"]
    assert document_faults(out) == []


@pytest.mark.parametrize(
    "lines",
    [("前{{ 乙 }}。", "{{p 甲 }}"), ("{%p for x in 次 %}", "前{{ 乙 }}。", "{{p 甲 }}", "{%p endfor %}")],
)
def test_footnotes_stand_beside_those_of_the_paper(lines: tuple[str, ...]) -> None:
    """Whether these stay where they are or move with a loop."""
    word = docx.Document()
    for line in lines:
        word.add_paragraph(line)
    template = compile_template(noted(saved(word), "原注{{ 乙 }}", "。"), name="函.docx")
    data = noted(file(lambda other: other.add_paragraph("文！")), "注一", "文！")
    out = template.render({"甲": sub(data), "乙": "子", "次": [1, 2]})
    assert notes_of(out) == ["原注子", "注一"] * (2 if len(lines) > 2 else 1)
    assert document_faults(out) == []


def test_pictures_of_one_name_in_two_files_stay_two_and_equal_ones_become_one() -> None:
    def pictured(size: int) -> bytes:
        return file(lambda word: word.add_picture(io.BytesIO(png(size, 10))))

    out = paper("{{p 甲 }}", "{{p 乙 }}", "{{p 甲 }}").render(
        {"甲": sub(pictured(20)), "乙": sub(pictured(30))}
    )
    pictures = [name for name in names(out) if "/media/" in name]
    assert sorted(part(out, name) for name in pictures) == sorted([png(20, 10), png(30, 10)])
    shown = list(docx.Document(io.BytesIO(out)).inline_shapes)
    assert [each.width for each in shown] == [each.width for each in (shown[0], shown[1], shown[0])]
    assert document_faults(out) == []


def test_links_of_the_web_stay_and_links_to_a_file_become_words() -> None:
    def link(address: str) -> bytes:
        def linked(word: WordDocument) -> None:
            id = word.part.relate_to(address, f"{OFFICE}/hyperlink", is_external=True)
            paragraph = word.add_paragraph("见")
            xml = f'<w:hyperlink xmlns:w="{W[1:-1]}" xmlns:r="{OFFICE}" r:id="{id}"><w:r><w:t>这里</w:t></w:r></w:hyperlink>'
            paragraph._p.append(etree.fromstring(xml))

        return file(linked)

    web, disk = put(link("https://a.cn/")), put(link("file:///C:/甲.docx"))
    assert b"https://a.cn/" in part(web, "word/_rels/document.xml.rels")
    assert b"hyperlink" not in part(disk, "word/document.xml")
    assert "见这里" in [each.words for each in seen(disk).paragraphs]


def test_bookmarks_and_what_refers_to_them_get_names_of_their_own() -> None:
    def marked(word: WordDocument) -> None:
        word.add_paragraph("文")

    xml = (
        '<w:p><w:bookmarkStart w:id="3" w:name="处"/><w:r><w:t>文</w:t></w:r><w:bookmarkEnd w:id="3"/>'
        '<w:fldSimple w:instr=" REF 处 \\h "><w:r><w:t>文</w:t></w:r></w:fldSimple></w:p>'
    )
    out = put(in_document(file(marked), "<w:p><w:r><w:t>文</w:t></w:r></w:p>", xml), "{{p 甲 }}", "{{p 甲 }}")
    root = etree.fromstring(part(out, "word/document.xml"))
    called = [each.get(f"{W}name") for each in root.iter(f"{W}bookmarkStart")]
    assert len(set(called)) == 2
    assert [each.get(f"{W}instr", "").split()[1] for each in root.iter(f"{W}fldSimple")] == called
    assert document_faults(out) == []


def test_a_table_at_the_end_is_followed_by_a_paragraph() -> None:
    """Word would join it with a table that follows, and a cell must end in a paragraph."""
    data = file(lambda word: word.add_table(1, 1))
    out = build(
        f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc>{p('{{p 甲 }}')}</w:tc></w:tr></w:tbl>"
    ).render({"甲": sub(data)})
    assert document_faults(out) == []
    assert part(put(data, "{{p 甲 }}", "{{p 甲 }}"), "word/document.xml").count(b"</w:tbl><w:p") == 2


def test_empty_paragraphs_at_the_end_stay_behind() -> None:
    def trailing(word: WordDocument) -> None:
        for text in ("甲", "", "乙", "", ""):
            word.add_paragraph(text)

    assert [each.words for each in seen(put(file(trailing))).paragraphs] == ["前文", "甲", "", "乙", "后文"]
    assert [each.words for each in seen(put(file())).paragraphs] == ["前文", "后文"]


def test_a_bookmark_in_a_note_gets_a_name_of_its_own_too() -> None:
    mark = '注</w:t></w:r><w:bookmarkStart w:id="9" w:name="处"/><w:bookmarkEnd w:id="9"/><w:r><w:t>一'
    data = noted(file(lambda word: word.add_paragraph("文。")), mark, "文。")
    out = put(data, "{{p 甲 }}", "{{p 甲 }}")
    name = next(each for each in names(out) if "footnotes" in each and not each.endswith(".rels"))
    called = [each.get(f"{W}name") for each in etree.fromstring(part(out, name)).iter(f"{W}bookmarkStart")]
    assert len(set(called)) == 2
    assert all(called)
    assert document_faults(out) == []


def test_page_and_headers_of_the_file_stay_behind() -> None:
    def headed(word: WordDocument) -> None:
        word.sections[0].header.paragraphs[0].text = "页眉字"
        word.sections[0].page_width = Pt(300)
        section = word.sections[0]._sectPr
        xml = f'<w:printerSettings xmlns:w="{W[1:-1]}" xmlns:r="{OFFICE}" r:id="rIdP"/>'
        section.append(etree.fromstring(xml))
        word.add_paragraph("文")

    out = put(file(headed))
    assert [(each.width, each.height) for each in seen(out).sections] == [
        (each.width, each.height) for each in seen(put(file())).sections
    ]
    assert not any("页眉字".encode() in part(out, name) for name in names(out))


def test_comments_stay_behind_and_tracked_changes_are_accepted() -> None:
    xml = (
        '<w:p><w:r><w:t>留</w:t></w:r><w:ins w:id="1" w:author="甲"><w:r><w:t>增</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="甲"><w:r><w:delText>删</w:delText></w:r></w:del>'
        '<w:commentRangeStart w:id="0"/><w:commentRangeEnd w:id="0"/></w:p>'
    )
    data = in_document(
        file(lambda word: word.add_paragraph("文")), "<w:p><w:r><w:t>文</w:t></w:r></w:p>", xml
    )
    out = put(data)
    assert [each.words for each in seen(out).paragraphs] == ["前文", "留增", "后文"]
    assert b"comment" not in part(out, "word/document.xml")


def test_controls_go_and_what_is_in_them_stays() -> None:
    xml = '<w:sdt><w:sdtPr><w:id w:val="7"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>文</w:t></w:r></w:p></w:sdtContent></w:sdt>'
    data = in_document(
        file(lambda word: word.add_paragraph("文")), "<w:p><w:r><w:t>文</w:t></w:r></w:p>", xml
    )
    out = put(data)
    assert [each.words for each in seen(out).paragraphs] == ["前文", "文", "后文"]
    assert b"<w:sdt>" not in part(out, "word/document.xml")


def test_what_newer_programs_add_is_declared_where_it_stands() -> None:
    space = "http://schemas.microsoft.com/office/word/2010/wordml"
    data = in_document(
        file(lambda word: word.add_paragraph("文")),
        "<w:p><w:r><w:t>文",
        f'<w:p><w:r><w:rPr><w14:ligatures xmlns:w14="{space}" w14:val="all"/></w:rPr><w:t>文',
    )
    root = etree.fromstring(part(data, "word/document.xml"))
    assert "w14" in root.get("{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable", "")
    xml = part(put(data), "word/document.xml").decode()
    assert 'Ignorable="w14"' in xml
    assert "w14:ligatures" in xml


# ---------------------------------------------------------------- many at once


@pytest.mark.process
def test_all_of_it_twice_and_in_a_loop_is_a_valid_file(tmp_path: Path) -> None:
    data = noted(file(everything), "注", "有关情况如下。")
    lines = ("{%p for x in 次 %}", "第{{ x }}次", "{{p 甲 }}", "{%p endfor %}", "{{p 甲 }}")
    out = put(data, *lines, 次=[1, 2])
    assert document_faults(out) == []
    path = tmp_path / "函.docx"
    path.write_bytes(out)
    assert sdk(path) == []
    once = [each[0] for each in settings(seen(data))]
    assert [each[0] for each in settings(seen(out))] == ["第1次", *once, "第2次", *once, *once]
    assert out == put(data, *lines, 次=[1, 2])


def test_the_end_of_a_file_stays_on_the_page_of_what_comes_after_it() -> None:
    """So a signature is never alone on a page, though the last paragraphs of the file are a line each."""

    four = file(lambda word: [word.add_paragraph(text) for text in "甲乙丙丁"])
    root = etree.fromstring(part(put(four, "{{p 甲 }}", "署名"), "word/document.xml"))
    kept = {
        "".join(map(str, paragraph.itertext())): paragraph.find("{*}pPr/{*}keepNext") is not None
        for paragraph in root.iter("{*}p")
    }
    assert kept == {"甲": False, "乙": False, "丙": True, "丁": True, "署名": False}


# ---------------------------------------------------------------- refused


def _rel(kind: str, target: str, mode: str = "") -> Callable[[str, bytes], bytes]:
    def change(name: str, content: bytes) -> bytes:
        if name == "word/_rels/document.xml.rels":
            made = f'<Relationship Id="rIdX" Type="{OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'
            return content.replace(b"</Relationships>", made.encode())
        return content

    return change


def _with(xml: str) -> bytes:
    """A file with something between two paragraphs."""
    data = file(lambda word: word.add_paragraph("文"))
    return in_document(data, "<w:p><w:r><w:t>文</w:t></w:r></w:p>", f"{p('文')}{xml}{p('末')}")


_NAMED = f'xmlns:r="{OFFICE}" r:id="rIdX"'
UNFIT = {
    "sections": (_with("<w:p><w:pPr><w:sectPr/></w:pPr></w:p>"), "分节符", "正文第2段"),
    "a tag": (_with(p("{{ 单位.¦名称 }}")), "有标记「{{ 单位.名称 }}」", "正文第2段"),
    "another file": (
        changed(_with(f"<w:altChunk {_NAMED}/>"), _rel("aFChunk", "a.html")),
        "嵌有对象「a.html」",
        "",
    ),
    "an object": (
        changed(
            _with(f'<w:p><w:r><w:object><o:OLEObject xmlns:o="urn:o" {_NAMED}/></w:object></w:r></w:p>'),
            _rel("oleObject", "embeddings/a.bin"),
        ),
        "嵌有对象「embeddings/a.bin」",
        "",
    ),
    "a picture that lies elsewhere": (
        changed(
            _with(f'<w:p><w:r><w:pict><v:imagedata xmlns:v="urn:v" {_NAMED}/></w:pict></w:r></w:p>'),
            _rel("image", "file:///C:/a.png", ' TargetMode="External"'),
        ),
        "连着外面的文件「file:///C:/a.png」",
        "",
    ),
    "a picture that is gone": (
        changed(
            _with(f'<w:p><w:r><w:pict><v:imagedata xmlns:v="urn:v" {_NAMED}/></w:pict></w:r></w:p>'),
            _rel("image", "media/a.png"),
        ),
        "内容丢了",
        "正文第2段",
    ),
    "macros": (changed(_with(""), lambda name, content: content, {"word/vbaProject.bin": b"x"}), "宏", ""),
    "a sign of the engine's own": (_with(p("\U0010ff01")), "不能使用的字符", "正文第2段"),
}


@pytest.mark.parametrize("case", UNFIT)
def test_what_cannot_be_taken_along_is_refused_with_file_and_place(case: str) -> None:
    data, said, place = UNFIT[case]
    found = refused(lambda: put(data))[0]
    assert found.place.file == "正文/甲.docx"
    assert said in found.message
    assert place in found.place.detail
    assert found.advice


def test_a_field_that_fetches_goes_along_as_the_text_that_it_shows() -> None:
    field = '<w:fldSimple w:instr=" INCLUDETEXT &quot;C:/a.docx&quot; "><w:r><w:t>原来的字</w:t></w:r></w:fldSimple>'
    out = put(_with(f"<w:p>{field}</w:p>"))
    text = part(out, "word/document.xml").decode()
    assert "原来的字" in text and "INCLUDETEXT" not in text


def test_a_file_that_is_no_word_file_is_refused_with_its_name() -> None:
    for data, code in ((b"x", "D502"), (file()[:-200], "D502"), (bytes.fromhex("d0cf11e0a1b11ae1"), "D503")):
        (found,) = refused(lambda: put(data))  # noqa: B023
        assert (found.code, found.place.file) == (code, "正文/甲.docx")


def test_a_file_that_unpacks_without_end_is_refused_with_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = changed(file(), lambda name, content: content, {"word/a.bin": b"\0" * (1 << 20)})
    template = paper("{{p 甲 }}")
    assert template.render({"甲": sub(bomb)})
    monkeypatch.setattr(bounds, "UNPACKED", 1 << 20)
    (found,) = refused(lambda: template.render({"甲": SubDocument(bomb, "正文/炸.docx")}))
    assert (found.code, found.place.file) == ("D506", "正文/炸.docx")


def test_a_file_is_read_below_the_folder_and_nowhere_else(tmp_path: Path) -> None:
    folder = PictureFolder(tmp_path / "夹")
    (tmp_path / "夹/正文").mkdir(parents=True)
    (tmp_path / "夹/正文/甲.docx").write_bytes(file(lambda word: word.add_paragraph("文")))
    (tmp_path / "外.docx").write_bytes(file())
    (tmp_path / "夹/链.docx").symlink_to(tmp_path / "外.docx")
    template = paper("{{p 甲 }}")
    value = SubDocumentFile.of("正文/甲.docx")
    out = template.render({"甲": value}, pictures=folder)
    assert [each.words for each in seen(out).paragraphs] == ["文"]
    proved = SubDocumentFile.of(value.name, folder.digest_now(value))
    assert template.render({"甲": proved}, pictures=folder) == out
    for name in ("../外.docx", "链.docx", "无.docx", "正文"):
        lost = SubDocumentFile.of(name)
        (found,) = refused(lambda: template.render({"甲": lost}, pictures=folder))  # noqa: B023
        assert found.code == "D049"
        assert folder.digest_now(lost) == ""
    (found,) = refused(
        lambda: template.render({"甲": SubDocumentFile.of(value.name, "0" * 64)}, pictures=folder)
    )
    assert found.code == "D053"
    (found,) = refused(lambda: template.render({"甲": value}))
    assert found.code == "D049"


BOX = (
    '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>{}</w:txbxContent>'
    "</v:textbox></v:shape></w:pict></w:r></w:p>"
)


def _box(tag: str, **options: object) -> Template:
    return build(BOX.format(p(tag)), **options)  # type: ignore[arg-type]


def _header(tag: str, **options: object) -> Template:
    header = f'<w:hdr xmlns:w="{W[1:-1]}">{p(tag)}</w:hdr>'
    return build(p("文"), {"word/header1.xml": header}, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(("where", "make"), [("文本框", _box), ("页眉", _header)])
def test_in_a_box_or_a_header_there_is_no_room_for_a_file(where: str, make: Callable[..., Template]) -> None:
    (found,) = refused(lambda: make("{{p 甲 }}", schema=SCHEMA))
    assert found.code == "D051"
    assert where in found.message
    (found,) = refused(lambda: make("{{p 甲 }}").render({"甲": sub(file())}))
    assert found.code == "D051"


@pytest.mark.parametrize("tag", ["{{ 甲 }}", "见{{ 甲 }}", "{{r 甲 }}"])
def test_a_file_stands_alone_in_its_paragraph(tag: str) -> None:
    (found,) = refused(lambda: build(p(tag), schema=SCHEMA))
    assert found.code == "D051"
    assert "写成 {{p 甲 }}" in found.advice
    (found,) = refused(lambda: build(p(tag)).render({"甲": sub(file())}))
    assert found.code == "D051"


def test_a_file_that_may_be_missing_is_asked_for_and_tried() -> None:
    template = build(p("{% if 甲 %}") + p("{{p 甲 }}") + p("{% endif %}"), schema=SCHEMA)
    assert trial(template, SCHEMA) == ()
    assert [each.words for each in seen(template.render({"甲": None})).paragraphs] == []
    (found,) = refused(lambda: build(p("{{p 甲 }}"), schema=SCHEMA).render({"甲": None}))
    assert found.code == "D560"


def test_one_file_among_paragraphs_of_a_list() -> None:
    out = build(p("{{p 甲 }}")).render({"甲": ["前", sub(file(lambda word: word.add_paragraph("文"))), "后"]})
    assert [each.words for each in seen(out).paragraphs] == ["前", "文", "后"]


def test_a_document_is_a_value_and_nothing_else() -> None:
    value = SubDocument(b"", "甲.docx")
    (found,) = refused(lambda: build(p("{{ 甲 ~ '' }}")).render({"甲": value}))
    assert found.code == "D561"
