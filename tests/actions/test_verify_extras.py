"""verify: a copy that shows more, less or otherwise than what went out is altered, though every word stands."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree
from programs import WORD, saved_by_office
from sample import ROOT

from liangqing.actions.verify import Archive
from liangqing.base.docx_zip import W

pytestmark = pytest.mark.campaign("篡改")

KEPT = ROOT / "checklists/发文/2021"
LETTER = KEPT / "市纪驻环整〔2021〕2号.docx"
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:foo="urn:foo" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63f8cfc0f01f000501"
    "01ff9e3f6f880000000049454e44ae426082"
)
Edit = Callable[[Any], None]


def xml(text: str) -> etree._Element:
    """An element with the usual prefixes."""
    name = text[1:].replace("/", " ").replace(">", " ").split()[0]
    return etree.fromstring(text.replace(f"<{name}", f"<{name} {SPACES}", 1))


def paragraph(document: Any) -> Any:
    """此函。, the last words of the letter."""
    return next(each for each in document.paragraphs if each.text == "此函。")


def body(text: str) -> Edit:
    """Something more at the end of a paragraph."""
    return lambda document: paragraph(document)._p.append(xml(text))


def run_with(properties: str) -> Edit:
    """The properties of a run that is there already."""

    def edit(document: Any) -> None:
        found = paragraph(document).runs[0]._r.get_or_add_rPr()
        for child in xml(f"<w:rPr>{properties}</w:rPr>"):
            found.append(child)

    return edit


def drawing(inner: str) -> str:
    return (
        '<w:r><w:drawing><wp:inline><wp:extent cx="9" cy="9"/><wp:docPr id="77" name="甲"/><a:graphic>'
        f'<a:graphicData uri="x">{inner}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def choice(requires: str, first: str, fallback: str) -> str:
    return (
        f'<mc:AlternateContent><mc:Choice Requires="{requires}">{first}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


def field(code: str, result: str = "") -> Edit:
    """A field in runs."""

    def edit(document: Any) -> None:
        last = paragraph(document)._p
        for inner in (
            '<w:fldChar w:fldCharType="begin"/>',
            f"<w:instrText>{code}</w:instrText>",
            '<w:fldChar w:fldCharType="separate"/>',
            f"<w:t>{result}</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        ):
            last.append(xml(f"<w:r>{inner}</w:r>"))

    return edit


def related(kind: str, name: str, content: bytes, then: str = "") -> Edit:
    """A part that the document leads to; `then`, with its id in place of RID, stands in the text."""

    def edit(document: Any) -> None:
        media = "image/png" if name.endswith(".png") else "application/xml"
        part = Part(PackURI(f"/word/{name}"), media, content, document.part.package)
        rid = document.part.relate_to(part, f"{OFFICE}/{kind}")
        if then:
            paragraph(document)._p.append(xml(then.replace("RID", rid)))

    return edit


def outside(then: str) -> Edit:
    """A link to the outside."""

    def edit(document: Any) -> None:
        rid = document.part.relate_to("http://甲.cn/", f"{OFFICE}/hyperlink", is_external=True)
        paragraph(document)._p.append(xml(then.replace("RID", rid)))

    return edit


def story(kind: str, name: str, words: str) -> Edit:
    tag = {"header": "hdr", "footer": "ftr", "footnotes": "footnotes", "comments": "comments"}[kind]
    inner = f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"
    if kind in ("footnotes", "comments"):
        inner = f'<w:{kind[:-1]} w:id="5">{inner}</w:{kind[:-1]}>'
    return related(kind, name, etree.tostring(xml(f"<w:{tag}>{inner}</w:{tag}>")))


def link_around(document: Any) -> None:
    """The words that are there become a link."""
    rid = document.part.relate_to("http://甲.cn/", f"{OFFICE}/hyperlink", is_external=True)
    link = xml(f'<w:hyperlink r:id="{rid}"/>')
    found = paragraph(document).runs[0]._r
    found.addprevious(link)
    link.append(found)


def numbered(document: Any) -> None:
    """The paragraph becomes the first of a list."""
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="免于整改%1"/></w:lvl>'
    lists = xml(
        f'<w:numbering><w:abstractNum w:abstractNumId="90">{level}</w:abstractNum>'
        '<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num></w:numbering>'
    )
    related("numbering", "numbering.xml", etree.tostring(lists))(document)
    paragraph(document)._p.get_or_add_pPr().append(
        xml('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="90"/></w:numPr>')
    )


def of_style(properties: str) -> Edit:
    """A style that hides, on a run that is there."""

    def edit(document: Any) -> None:
        document.styles.element.append(
            xml(
                f'<w:style w:type="character" w:styleId="藏"><w:name w:val="藏"/><w:rPr>{properties}</w:rPr></w:style>'
            )
        )
        run_with('<w:rStyle w:val="藏"/>')(document)

    return edit


def without_a_shape(document: Any) -> None:
    """One of the lines that are drawn is gone."""
    found = document.element.body.findall(f".//{W}drawing")
    found[0].getparent().remove(found[0])


PICTURE = drawing('<pic:pic><pic:blipFill><a:blip r:embed="RID"/></pic:blipFill></pic:pic>')
OLD = '<w:sym w:font="Wingdings" w:char="F0FB"/>'
BOX = "<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>不用整改</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
SHAPE = drawing(
    "<wps:wsp><wps:spPr><a:prstGeom prst='ellipse'/></wps:spPr><wps:txbx><w:txbxContent><w:p><w:r><w:t>作废</w:t></w:r></w:p>"
    "</w:txbxContent></wps:txbx></wps:wsp>"
)
MORE: Mapping[str, tuple[Edit, str]] = {
    "a symbol": (body('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'), "多了「符号 Wingdings F0FE」"),
    "a symbol among words": (body('<w:r><w:t>。</w:t><w:sym w:font="Symbol" w:char="F0B7"/></w:r>'), "多了「符号 Symbol F0B7」"),
    "a formula": (body("<m:oMath><m:r><m:t>x=0</m:t></m:r></m:oMath>"), "多了「公式「x=0」」"),
    "a formula on a line": (body("<m:oMathPara><m:oMath><m:r><m:t>不罚</m:t></m:r></m:oMath></m:oMathPara>"), "多了「公式「不罚」」"),
    "WordArt in VML": (body('<w:r><w:pict><v:shape><v:textpath string="作废"/></v:shape></w:pict></w:r>'), "多了「艺术字「作废」」"),
    "a text box in VML": (body(BOX), "多了「不用整改」"),
    "a shape with text": (body(SHAPE), "多了「作废」"),
    "a shape with text in alternative contents": (body(f"<w:r>{choice('wps', '<w:t>甲</w:t>', '<w:t>乙</w:t>')}</w:r>"), "多了「甲"),
    "words that only old readers are shown": (body(f"<w:r>{choice('foo', '<w:t/>', OLD)}</w:r>"), "多了「符号 Wingdings F0FB」"),
    "words in the fallback that everybody is shown": (body(f"<w:r>{choice('foo', '<w:t/>', '<w:t>免于整改</w:t>')}</w:r>"), "免于整改"),
    "a shape without text": (body(drawing("<wps:wsp><wps:spPr><a:prstGeom prst='ellipse'/></wps:spPr></wps:wsp>")), "多了「图形」"),
    "a shape in VML without text": (body("<w:r><w:pict><v:oval/></w:pict></w:r>"), "多了「图形」"),
    "text drawn": (body(drawing("<a:p><a:r><a:t>作废</a:t></a:r></a:p>")), "多了「图形里的字「作废」」"),
    "a picture": (related("image", "media/seal.png", PNG, PICTURE), "多了「图片 "),
    "a picture in VML": (related("image", "media/seal.png", PNG, '<w:r><w:pict><v:shape><v:imagedata r:id="RID"/></v:shape></w:pict></w:r>'), "多了「图片 "),
    "a shape filled with a picture": (related("image", "media/seal.png", PNG, '<w:r><w:pict><v:rect><v:fill r:id="RID"/></v:rect></w:pict></w:r>'), "多了「图片 "),
    "an object": (related("oleObject", "embeddings/1.bin", b"1", '<w:r><w:object><v:shape/><o:OLEObject r:id="RID"/></w:object></w:r>'), "多了"),
    "hidden words": (body("<w:r><w:rPr><w:vanish/></w:rPr><w:t>另行</w:t></w:r>"), "多了「隐藏的字「另行」」"),
    "words that were there hidden": (run_with("<w:vanish/>"), "多了「隐藏的字「此函。」」"),
    "words that were there hidden by a style": (of_style("<w:vanish/>"), "多了「隐藏的字「此函。」」"),
    "words hidden on the web": (run_with("<w:webHidden/>"), "多了「隐藏的字「此函。」」"),
    "words struck out": (run_with("<w:strike/>"), "多了「划掉的字「此函。」」"),
    "words struck out twice": (run_with("<w:dstrike/>"), "多了「划掉的字「此函。」」"),
    "white words": (run_with('<w:color w:val="FFFFFF"/>'), "多了「白色的字「此函。」」"),
    "blackened words": (run_with('<w:highlight w:val="black"/>'), "多了「涂黑的字「此函。」」"),
    "words on black": (run_with('<w:shd w:val="clear" w:fill="000000"/>'), "多了「涂黑的字「此函。」」"),
    "words too small to read": (run_with('<w:sz w:val="2"/>'), "多了「小得看不见的字「此函。」」"),
    "words pressed flat": (run_with('<w:w w:val="1"/>'), "多了「压扁的字「此函。」」"),
    "words raised": (run_with('<w:vertAlign w:val="superscript"/>'), "多了「上标、下标「此函。」」"),
    "words in a font of symbols": (run_with('<w:rFonts w:ascii="Wingdings" w:eastAsia="Wingdings"/>'), "多了「符号字体的字「此函。」」"),
    "a header": (story("header", "header9.xml", "内部文件"), "多了「内部文件」"),
    "a header under another name": (story("header", "kopf.xml", "内部文件"), "多了「内部文件」"),
    "a footer": (story("footer", "footer9.xml", "已作废"), "多了「已作废」"),
    "a footnote": (story("footnotes", "footnotes.xml", "除外"), "多了「除外」"),
    "a comment": (story("comments", "comments.xml", "可不执行"), "多了「批注「可不执行」」"),
    "a watermark": (related("header", "header8.xml", etree.tostring(xml('<w:hdr><w:p><w:r><w:pict><v:shape><v:textpath string="样稿"/></v:shape></w:pict></w:r></w:p></w:hdr>'))), "多了「艺术字「样稿」」"),
    "another file inside": (related("aFChunk", "chunk.htm", b"<p>x</p>", "<w:r/>"), "多了「嵌入的文件 "),
    "a place for another file": (lambda document: document.element.body.insert(0, xml('<w:altChunk r:id="rIdX"/>')), "多了「嵌入的内容 altChunk」"),
    "a field that shows a symbol": (field("SYMBOL 254 \\f Wingdings"), "多了「域 SYMBOL 254 \\f Wingdings」"),
    "a simple field": (body('<w:fldSimple w:instr=" QUOTE 不罚 "/>'), "多了「域 QUOTE 不罚」"),
    "words as the number of a page": (field("PAGE", "免予整改"), "多了「页码里的字「免予整改」」"),
    "words as the simple number of a page": (body('<w:fldSimple w:instr=" PAGE "><w:r><w:t>免予整改</w:t></w:r></w:fldSimple>'), "多了「页码里的字「免予整改」」"),
    "a link": (outside('<w:hyperlink r:id="RID"><w:r><w:t>甲</w:t></w:r></w:hyperlink>'), "多了「链接 http://甲.cn/」"),
    "a link on words that were there": (link_around, "多了「链接 http://甲.cn/」"),
    "a box of a form": (body('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>'), "多了「窗体复选框☑」"),
    "a list of a form": (body('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="罚"/><w:listEntry w:val="不罚"/></w:ddList></w:ffData></w:fldChar></w:r>'), "多了「窗体下拉框「不罚」」"),
    "a hyphen that does not break": (body("<w:r><w:noBreakHyphen/></w:r>"), "多了「不间断短横」"),
    "a number of a list": (numbered, "多了「自动编号「免于整改1」」"),
    "a colour of the page": (lambda document: document.element.insert(0, xml('<w:background w:color="FF0000"/>')), "多了「页面底色 FF0000」"),
    "words of a ruby": (body("<w:r><w:ruby><w:rt><w:r><w:t>免</w:t></w:r></w:rt><w:rubyBase><w:r><w:t/></w:r></w:rubyBase></w:ruby></w:r>"), "多了「免」"),
    "a shape taken away": (without_a_shape, "少了「图形」"),
}  # fmt: skip


def saved(edit: Edit) -> bytes:
    document = Document(str(LETTER))
    edit(document)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


@pytest.fixture(scope="module")
def archive() -> Archive:
    return Archive(ROOT)


@pytest.mark.parametrize("case", MORE)
def test_a_copy_that_shows_something_else_is_altered(archive: Archive, case: str) -> None:
    edit, says = MORE[case]
    verdict = archive.verify_bytes("收回的.docx", saved(edit))
    assert (verdict.state, verdict.line and verdict.line.number) == ("已改动", "市纪驻环整〔2021〕2号")
    assert says in "\n".join(map(str, verdict.changes)), [*map(str, verdict.changes)]


def test_at_least_forty_ways() -> None:
    assert len(MORE) >= 40


# ---------------------------------------------------------------- what may differ


def of_an_editor(document: Any) -> None:
    """What Word leaves behind of itself when a paper is opened and saved."""
    for number, element in enumerate(document.element.body.iter(f"{W}p", f"{W}r")):
        element.set(f"{W}rsidR", f"{number:08X}")
    first = paragraph(document)._p
    first.insert(1, xml('<w:proofErr w:type="spellStart"/>'))
    first.append(xml('<w:proofErr w:type="spellEnd"/>'))
    first.append(xml('<w:bookmarkStart w:id="70" w:name="_GoBack"/>'))
    first.append(xml('<w:bookmarkEnd w:id="70"/>'))
    first.append(xml("<w:r><w:lastRenderedPageBreak/></w:r>"))
    first.append(xml("<w:r><w:t xml:space='preserve'> </w:t></w:r>"))


def split_runs(document: Any) -> None:
    """A run becomes two of the same properties."""
    found = paragraph(document).runs[0]._r
    other = etree.fromstring(etree.tostring(found))
    (text,), (rest,) = found.iter(f"{W}t"), other.iter(f"{W}t")
    text.text, rest.text = text.text[:1], text.text[1:]
    found.addnext(other)


def emphasis(document: Any) -> None:
    for run in paragraph(document).runs:
        run.bold, run.italic = True, True


ALLOWED: Mapping[str, Edit] = {
    "rsids, proofreading, bookmarks, page breaks as drawn": of_an_editor,
    "runs cut in two": split_runs,
    "emphasis": emphasis,
    "the author": lambda document: setattr(document.core_properties, "author", "别人"),
    "a style that nobody uses": lambda document: document.styles.add_style("新样式", 1),
}


@pytest.mark.parametrize("case", ALLOWED)
def test_what_an_editor_leaves_behind_is_no_change(archive: Archive, case: str) -> None:
    verdict = archive.verify_bytes("收回的.docx", saved(ALLOWED[case]))
    assert (verdict.state, verdict.changes) == ("文字未变", ())


def test_parts_in_another_order_are_no_change(archive: Archive) -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(LETTER) as old, zipfile.ZipFile(written, "w") as new:
        for name in reversed(old.namelist()):
            new.writestr(name, old.read(name))
    assert archive.verify_bytes("收回的.docx", written.getvalue()).state == "未改动"


@pytest.mark.office
def test_every_kept_paper_saved_again_by_libreoffice_is_unchanged(archive: Archive, tmp_path: Path) -> None:
    papers = sorted(KEPT.glob("*.docx"))
    again = saved_by_office(papers, WORD, tmp_path)
    found = {path.name: archive.verify(path) for path in sorted(again.iterdir())}
    assert {name: verdict.changes for name, verdict in found.items() if verdict.changes} == {}
    assert len(found) == len(papers) > 10 and {verdict.state for verdict in found.values()} == {"文字未变"}
