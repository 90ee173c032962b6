"""What a Word file must not bring into a paper: each payload, in each place, through each way in; and what may come through."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import contraband
import docx as python_docx
import pytest
from campaign import size
from conftest import Run
from contraband import PLACES, PNG, SHOWN, Payload, char, code, docx, leaks, run, shown, whole, zipped
from lxml import etree
from test_draft_edited_in_word import draft, issue, kept, last

from liangqing.actions.issuing.fit_to_go_out import fit_to_go_out, with_properties_of
from liangqing.base.diagnostics import Place, Problems
from liangqing.base.docx_zip import ZipEntry, read_package, write_package
from liangqing.engine import compile_template
from liangqing.engine.admission.admit import Admitted, admitted
from liangqing.engine.admission.listed import is_allowed_address
from liangqing.gbt9704.check.fixing import fix

CLEAN = docx(Payload("无"))
OFFICE = contraband.OFFICE
W = f"{{{contraband.W_NS}}}"
NAME = "文件.docx"


def as_template(data: bytes) -> bytes:
    return compile_template(data, name=NAME).render({})


def as_edited(data: bytes) -> bytes:
    return with_properties_of(fit_to_go_out(data, Place(NAME))[0], CLEAN)


def as_form(data: bytes) -> bytes:
    """What the reader of forms has before it."""
    return write_package(map(ZipEntry, looked_at(data).package.parts.values()))


def as_fixed(data: bytes) -> bytes:
    return fix(data, NAME).data


DOORS: dict[str, Callable[[bytes], bytes]] = {
    "模板": as_template, "手改的草稿": as_edited, "收回的表": as_form, "改格式": as_fixed,
}  # fmt: skip
# A form is read, and does not go out: who wrote it stays in the original.
NOT_OF_A_FORM = {"作者", "修订编号"}


def looked_at(data: bytes) -> Admitted:
    return admitted(read_package(data, NAME))


def files(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def text(data: bytes) -> str:
    """All that shows, of all parts."""
    roots = (
        etree.fromstring(part)
        for name, part in files(data).items()
        if name.startswith("word/") and name.endswith(".xml")
    )
    return "".join(word.text or "" for root in roots for word in root.iter(f"{W}t"))


# ---------------------------------------------------------------- nothing comes out


def test_there_are_enough_payloads_and_the_scanner_sees_each() -> None:
    assert leaks(CLEAN) == []
    found = contraband.payloads()
    assert len({payload.name for payload in found}) == len(found) > 500
    assert [payload.name for payload in found if not leaks(docx(payload))] == []


@pytest.mark.campaign("夹带")
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("door", DOORS)
def test_no_payload_comes_out(door: str, place: str, record_property: Callable[[str, object], None]) -> None:
    tried, leaked, lost = 0, [], []
    found = contraband.payloads(place)
    step = -(-len(found) // size("夹带"))
    begin = (PLACES.index(place) + [*DOORS].index(door)) % step
    for payload in found[begin::step]:
        if door == "收回的表" and payload.name in NOT_OF_A_FORM:
            continue
        tried += 1
        try:
            out = DOORS[door](docx(payload, place))
        except Problems:
            lost += [payload.name] if payload.shows and "删除的" not in payload.name else []
            continue
        leaked += [(payload.name, found) for found in leaks(out)]
        lost += [payload.name] if payload.shows and SHOWN not in text(out) else []
    assert leaked == []
    assert lost == []  # what shows stays: a field becomes its text
    record_property("tried", tried)
    assert tried >= min(len(found), size("夹带")) // 2


@pytest.mark.parametrize("door", DOORS)
def test_parts_in_utf_16_are_looked_at_like_any_other(door: str) -> None:
    payload = next(payload for payload in contraband.fields() if payload.name == "域 DDEAUTO 整段")
    wide = contraband.in_utf16(docx(payload))
    assert leaks(wide) != []
    out = DOORS[door](wide)
    assert leaks(out) == []
    assert SHOWN in text(out)


@pytest.mark.parametrize("door", DOORS)
def test_an_entity_is_refused_in_whatever_part_it_stands(door: str) -> None:
    data = files(CLEAN)
    data["word/styles.xml"] = (
        b'<!DOCTYPE w [<!ENTITY evil SYSTEM "file:///etc/passwd">]>' + data["word/styles.xml"]
    )
    with pytest.raises(Problems, match="D513"):
        DOORS[door](zipped(data))


def test_tracked_changes_can_not_hide_behind_another_prefix() -> None:
    data = files(CLEAN)
    data["word/document.xml"] = (
        data["word/document.xml"].replace(b"w:", b"x:").replace(b"xmlns:w=", b"xmlns:x=")
    )
    for door in (as_edited, as_fixed):
        with pytest.raises(Problems, match="D555"):
            door(zipped(data))


# ---------------------------------------------------------------- what is told


def told(payload: Payload, place: str = "正文") -> list[str]:
    found = looked_at(docx(payload, place))
    return [str(problem).replace(f"{NAME} ", "") for problem in (*found.told, *found.refused)]


def test_a_field_is_told_with_its_name_its_place_and_what_it_would_do() -> None:
    field = Payload("", whole(code(" DATE ")) + whole(code(" date \\@ &quot;yyyy&quot; ")))
    assert told(field, "页眉") == [
        "页眉第1段「甲显示的字显示的字」 警告 D080 有域「DATE」（共 2 处），会自己变，只留它现在显示的文字\n"
        "    建议：看留下的文字对不对；不再提醒的，在 Word 里选中它，按 Ctrl+Shift+F9 变成文字"
    ]


def test_a_link_is_told_with_where_it_leads() -> None:
    link = Payload(
        "",
        f'<w:hyperlink r:id="x">{shown()}</w:hyperlink>',
        relations=(("x", f"{OFFICE}/hyperlink", "file:///a", True),),
    )
    (message,) = told(link, "脚注")
    assert message.startswith(
        "脚注1第1段「甲显示的字」 警告 D081 有链接指着「file:///a」，链接不带出去，文字照印"
    )


def test_what_goes_with_a_file_is_told_once_in_the_words_of_word() -> None:
    kinds = ("2006/relationships/ui/extensibility", "2020/02/relationships/classificationlabels")
    given = tuple((f"x{n}", f"{contraband.MS}/{kind}", f"a{n}.xml", False) for n, kind in enumerate(kinds))
    parts = Payload("", of_package=given, parts={"a0.xml": b"<a/>", "a1.xml": b"<a/>"})
    assert told(parts) == [
        "警告 D082 文件里带着自定义功能区、敏感度标签，不带出去\n    建议：不用改；要印在文书上的，写进正文"
    ]


def test_what_a_reader_would_miss_refuses_the_file() -> None:
    names = {
        "宏": "D552",
        "子文档": "D553",
        "对象 oleObject .bin": "D553",
        "链接的图片": "D554",
        "图片其实是OLE": "D553",
    }
    for payload in contraband.payloads():
        if payload.name in names:
            found = looked_at(docx(payload)).refused
            assert {problem.code for problem in found} == {names.pop(payload.name)}, payload.name
    assert names == {}


def test_a_field_with_a_tag_in_a_template_is_refused_not_made_text() -> None:
    with pytest.raises(Problems, match="D525"):
        compile_template(docx(Payload("", whole(code(" INCLUDETEXT {{ 甲 }} ")))), name=NAME)


# ---------------------------------------------------------------- what may come through

GOOD_FIELDS = (
    "PAGE", "PAGE\\* MERGEFORMAT", "numpages", "SECTIONPAGES", "REF _Ref1 \\h", "PAGEREF _Toc1", "NOTEREF a", "STYLEREF 标题",
    'TOC \\o "1-3" \\h', 'XE "甲"', "SEQ 表", "= 1 + 1", "EQ \\f(1,2)", "SYMBOL 82", "FORMTEXT", 'TITLE', "",
    'HYPERLINK "https://a.gov.cn/b?c=1" \\o "提示：见 file:///x"', 'HYPERLINK \\l "_Toc1"', 'HYPERLINK "mailto:a@b.cn"',
    'HYPERLINK http://a.cn \\l "b" \\t "_blank"',
)  # fmt: skip


def good(place: str) -> bytes:
    """Fields, links, a picture and a shape of the list."""
    fields = "".join(whole(code(f" {name} ".replace('"', "&quot;"))) for name in GOOD_FIELDS)
    nested = whole(
        code(" IF ") + whole(code(" PAGE "), shown("1")) + code(" = 1 &quot;甲&quot; &quot;乙&quot; ")
    )
    simple = f'<w:fldSimple w:instr=" PAGE ">{shown("7")}</w:fldSimple>'
    link = f'<w:hyperlink r:id="x" w:anchor="甲">{shown()}</w:hyperlink><w:hyperlink w:anchor="书签">{shown()}</w:hyperlink>'
    shape = run(
        '<w:pict><v:shape href="https://a.cn" style="width:1pt"><v:imagedata r:id="y"/></v:shape></w:pict>'
    )
    relations = (
        ("x", f"{OFFICE}/hyperlink", "https://a.gov.cn", True),
        ("y", f"{OFFICE}/image", "media/a.png", False),
    )
    xml = fields + nested + simple + link + shape
    return docx(Payload("", xml, relations=relations, parts={"word/media/a.png": PNG}), place)


@pytest.mark.parametrize("place", PLACES)
def test_what_is_on_the_list_comes_through_as_it_is(place: str) -> None:
    data = good(place)
    package = read_package(data, NAME)
    found = admitted(package)
    assert (found.told, found.refused) == ((), ())
    assert found.package is package
    assert files(as_fixed(data)) == files(data)
    out = as_template(data)
    assert [name for name, part in files(data).items() if files(out).get(name) != part] == []


def test_a_file_of_another_program_keeps_all_that_shows(tmp_path: Path) -> None:
    """One of python-docx, with what its start template brings along: list of sources, thumbnail, settings."""
    document = python_docx.Document()
    document.add_heading("标题", 1)
    document.add_table(2, 2).cell(0, 0).text = "格"
    document.save(str(tmp_path / "a.docx"))
    data = (tmp_path / "a.docx").read_bytes()
    found = looked_at(data)
    assert (found.told, found.refused) == ((), ())
    assert text(as_form(data)) == text(data)
    gone = files(data).keys() - files(as_form(data)).keys()
    assert all(name.startswith(("customXml/", "docProps/thumbnail")) for name in gone) and gone


def test_the_product_s_own_templates_are_on_the_list() -> None:
    own = sorted((Path(__file__).parents[2] / "templates").glob("*.docx"))
    assert len(own) > 40
    for path in own:
        package = read_package(path, path.name)
        found = admitted(package, called="模板", tags=True)
        assert found.package is package, path.name
        assert (found.told, found.refused) == ((), ()), path.name


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("https://a.gov.cn", True), ("HTTP://a", True), ("mailto:a@b.cn", True), ("#书签", True), ("", True),
        ("http:///a", False), ("http:\\\\a", False), ("https:", False), ("mailto:", False), ("#file:///a", False),
        ("\x01http://a", False), ("www.a.cn", False), ("//a", False), ("{{ 甲 }}", False),
    ],
)  # fmt: skip
def test_where_a_link_may_lead(address: str, allowed: bool) -> None:
    assert is_allowed_address(address) is allowed


def test_a_field_that_never_ends_swallows_nothing() -> None:
    data = docx(Payload("", char("begin") + code(" DDE evil ") + shown("甲乙")))
    out = as_form(data)
    assert "甲乙" in text(out) and "页脚" in text(out)
    assert leaks(out) == []


def test_a_chart_keeps_its_table_and_loses_who_made_it() -> None:
    book = {
        "[Content_Types].xml": b'<Types xmlns="t"><Override PartName="/docProps/core.xml" ContentType="c"/></Types>',
        "_rels/.rels": b'<Relationships xmlns="r"><Relationship Id="a" Type="t" Target="docProps/core.xml"/></Relationships>',
        "xl/workbook.xml": b"<workbook/>",
        "docProps/core.xml": b"<creator>evil</creator>",
    }
    for more, stays in (
        ({}, True),
        ({"xl/vbaProject.bin": b"evil"}, False),
        ({"xl/externalLinks/a.xml": b"<evil/>"}, False),
    ):
        out = files(as_form(docx(charted(zipped(book | more)))))
        assert ("word/embeddings/a.xlsx" in out) is stays
        assert (b"externalData" in out["word/charts/chart1.xml"]) is stays
        if stays:
            assert files(out["word/embeddings/a.xlsx"]).keys() == book.keys() - {"docProps/core.xml"}
            assert b"docProps" not in b"".join(files(out["word/embeddings/a.xlsx"]).values())


def charted(book: bytes) -> Payload:
    chart = run(
        '<w:drawing><wp:inline><wp:docPr id="7" name="图"/><a:graphic><a:graphicData uri="c"><c:chart r:id="x"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    xml = f'<c:chartSpace {contraband.NAMES}><c:chart/><c:externalData r:id="b"/></c:chartSpace>'
    row = f'<Relationship Id="b" Type="{OFFICE}/package" Target="../embeddings/a.xlsx"/>'
    return Payload(
        "",
        chart,
        relations=(("x", f"{OFFICE}/chart", "charts/chart1.xml", False),),
        parts={
            "word/charts/chart1.xml": xml.encode(),
            "word/charts/_rels/chart1.xml.rels": f'<Relationships xmlns="{contraband.PACKAGE}/relationships">{row}</Relationships>'.encode(),
            "word/embeddings/a.xlsx": book,
        },
        types={
            "word/charts/chart1.xml": "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
            "word/embeddings/a.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        },
    )


# ---------------------------------------------------------------- issue --as-edited


def changed(path: Path, change: Callable[[str], str], part: str = "word/document.xml") -> None:
    """A draft as a person's Word saved it."""
    data = files(path.read_bytes())
    before = data[part].decode()
    data[part] = change(before).encode()
    assert data[part] != before.encode()
    path.write_bytes(zipped(data))


def with_run(xml: str) -> Callable[[str], str]:
    """Something put in before the last paragraph's end."""

    def change(document: str) -> str:
        head, end, tail = document.rpartition("</w:p>")
        return f"{head}{xml}{end}{tail}"

    return change


REFUSED = {
    "修订": ('<w:ins w:id="900" w:author="甲" w:date="2021-01-01T00:00:00Z"><w:r><w:t>又</w:t></w:r></w:ins>', "D083", "接受或拒绝全部修订"),
    "删除": ('<w:del w:id="900" w:author="甲"><w:r><w:delText>又</w:delText></w:r></w:del>', "D083", "接受或拒绝全部修订"),
    "批注": ('<w:r><w:commentReference w:id="0"/></w:r>', "D084", "删除全部批注"),
    "隐藏": ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r>", "D085", "取消隐藏"),
    "对象": ('<w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office"/></w:object></w:r>', "D553", "删去对象"),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_what_a_person_has_to_settle_in_word_stops_the_issue_with_the_way(unissued: Run, kind: str) -> None:
    xml, number, way = REFUSED[kind]
    path = draft(unissued, "ZG1")
    changed(path, with_run(xml))
    done, _, err = issue(unissued, "ZG1", "2021-04-20", "--as-edited")
    assert done == 1
    assert f" 错误 {number} 草稿里" in err and way in err
    assert not list((unissued.root / "checklists/发文").rglob("*.docx"))


@pytest.mark.parametrize(
    ("style", "own", "hides"),
    [
        ("<w:vanish/>", "", True),
        ("<w:vanish/>", '<w:vanish w:val="0"/>', False),
        ('<w:vanish w:val="0"/>', "", False),
    ],
)
def test_text_is_hidden_by_its_style_too(style: str, own: str, hides: bool) -> None:
    data = files(docx(Payload("", f'<w:r><w:rPr><w:rStyle w:val="a"/>{own}</w:rPr><w:t>暗</w:t></w:r>')))
    hidden = f'<w:style w:type="character" w:styleId="a"><w:name w:val="a"/><w:rPr>{style}</w:rPr></w:style></w:styles>'
    data["word/styles.xml"] = data["word/styles.xml"].replace(b"</w:styles>", hidden.encode())
    if hides:
        with pytest.raises(Problems, match="D085"):
            fit_to_go_out(zipped(data), Place(NAME))
    else:
        assert "暗" in text(fit_to_go_out(zipped(data), Place(NAME))[0])


@pytest.mark.parametrize(
    "xml",
    [
        "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:p/></w:tc></w:tr></w:tbl>",
        '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="7" name="图" hidden="1"/></wp:inline></w:drawing></w:r></w:p>',
        '<w:p><w:r><w:pict><v:shape style="width:1pt; visibility: hidden"/></w:pict></w:r></w:p>',
    ],
)
def test_hidden_rows_and_drawings_are_hidden_too(xml: str) -> None:
    with pytest.raises(Problems, match="D085"):
        fit_to_go_out(docx(Payload("", blocks=xml)), Place(NAME))


def test_the_kept_paper_holds_nothing_of_who_edited_it_and_all_of_it_is_listed(unissued: Run) -> None:
    path = draft(unissued, "ZG1")
    given = files(path.read_bytes())
    changed(
        path, with_run(whole(code(' FILENAME \\p "evil" ')) + '<w:r w:rsidR="00EV1LAA"><w:t>末</w:t></w:r>')
    )
    data = files(path.read_bytes())
    settings = f'<w:attachedTemplate xmlns:r="{OFFICE}" r:id="x"/><w:docVars><w:docVar w:name="evil" w:val="a"/></w:docVars>'
    data["word/settings.xml"] = data["word/settings.xml"].replace(b"<w:zoom", settings.encode() + b"<w:zoom")
    rels = f'<Relationship Id="x" Type="{OFFICE}/attachedTemplate" Target="file:///C:/evil.dotx" TargetMode="External"/>'
    data["word/_rels/settings.xml.rels"] = (
        f'<Relationships xmlns="{contraband.PACKAGE}/relationships">{rels}</Relationships>'.encode()
    )
    core = data["docProps/core.xml"]
    person = b"<dc:creator>evil</dc:creator></cp:coreProperties>"
    data["docProps/core.xml"] = core.replace(b"</cp:coreProperties>", person)
    path.write_bytes(zipped(data))
    done, _, err = issue(unissued, "ZG1", "2021-04-20", "--as-edited")
    assert done == 0, err
    for words in (
        "D080 有域「FILENAME」",
        "D514 文件是从模板「evil.dotx」新建的",
        "文档变量，不带出去",
        "D086 草稿里记着每次保存的编号、作者，不带出去",
    ):
        assert words in err
    line = last(unissued)
    out = (unissued.root / "checklists" / line.file).read_bytes()
    assert leaks(out) == []
    assert b"00EV1LAA" not in files(out)["word/document.xml"]
    assert "显示的字末" in kept(unissued, line.file)
    assert (
        files(out)["docProps/core.xml"].count(b"<dc:title>")
        == given["docProps/core.xml"].count(b"<dc:title>")
        == 1
    )


# ---------------------------------------------------------------- format --fix, and forms


def test_format_fix_tells_what_it_leaves_behind_and_refuses_what_it_can_not(run: Run, tmp_path: Path) -> None:
    given, out = tmp_path / "来文.docx", tmp_path / "改好.docx"
    given.write_bytes(docx(Payload("", whole(code(" USERNAME evil ")))))
    _, said, err = run("format", str(given), "--fix", str(out))
    assert leaks(out.read_bytes()) == [] and SHOWN in text(out.read_bytes())
    assert (
        "有域「USERNAME」，会印出人名、文件名或文件的位置，只留它现在显示的文字（原文件不动）" in said + err
    )
    out.unlink()
    macros = next(payload for payload in contraband.payloads() if payload.name == "宏")
    given.write_bytes(docx(macros))
    done, _, err = run("format", str(given), "--fix", str(out))
    assert (done, out.exists()) == (1, False)
    assert "D552 文件里有宏" in err
