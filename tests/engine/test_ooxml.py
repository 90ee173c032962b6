"""The package: what is refused, the writer's bytes, the hash."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from engine_docx import cell, p, package, row, story, table, zipped
from lxml import etree

from liangqing.base import bounds, docx_zip
from liangqing.base.diagnostics import Place, Problems
from liangqing.base.word_places import word_places
from liangqing.papers.format_check import shortened


def refusal(data: bytes) -> str:
    with pytest.raises(Problems) as caught:
        docx_zip.read_package(data, "templates/甲.docx")
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.place == Place("templates/甲.docx")
    assert diagnostic.advice
    return diagnostic.code


def changed(**parts: bytes | None) -> bytes:
    sound = package(p("文"))
    names = {"types": "[Content_Types].xml", "rels": "_rels/.rels", "document": "word/document.xml"}
    for key, data in parts.items():
        sound.pop(names[key])
        if data is not None:
            sound[names[key]] = data
    return zipped(sound)


def with_entry(name: str, data: bytes = b"x") -> bytes:
    buffer = io.BytesIO(zipped(package(p("文"))))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


def test_sound_package_is_read_in_order() -> None:
    read = docx_zip.read_package(zipped(package(p("文"))), "甲.docx")
    assert list(read.parts) == ["[Content_Types].xml", "word/document.xml", "word/styles.xml", "_rels/.rels"]
    assert read.main == "word/document.xml"


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(Problems, match="D501"):
        docx_zip.read_package(tmp_path / "无.docx", "无.docx")


def test_folder(tmp_path: Path) -> None:
    with pytest.raises(Problems, match="D501"):
        docx_zip.read_package(tmp_path, "夹.docx")


def test_no_zip() -> None:
    assert refusal(b"") == refusal(b"hello") == refusal(b"PK\3\4" + b"\0" * 50) == "D502"


def test_old_binary_files() -> None:
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 100
    assert refusal(ole) == "D503"
    assert refusal(ole + "EncryptedPackage".encode("utf-16-le")) == "D504"


def test_encrypted_entry() -> None:
    data = bytearray(zipped(package(p("文"))))
    for signature, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(signature) + offset] |= 1
    assert refusal(bytes(data)) == "D504"


def test_too_large_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "FILE", 100)
    assert refusal(zipped(package(p("文")))) == "D505"


def test_bomb_by_declared_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "UNPACKED", 5000)
    assert refusal(with_entry("word/media/a.bin", b"\0" * 5000)) == "D506"


def test_bomb_that_lies_about_its_size() -> None:
    data = bytearray(with_entry("word/media/a.bin", b"\0" * 3_000_000))
    deflated = zlib.compressobj(9, zlib.DEFLATED, -15)
    raw = deflated.compress(b"\0" * 3_000_000) + deflated.flush()
    entry = zipfile.ZipInfo("word/media/b.bin")
    buffer = io.BytesIO(bytes(data))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(entry, b"\0" * 3_000_000, zipfile.ZIP_DEFLATED)
    forged = buffer.getvalue().replace(struct.pack("<L", 3_000_000), struct.pack("<L", 10))
    assert len(raw) < 10_000
    assert refusal(forged) in ("D506", "D510")
    assert refusal(zipped(package(p("文" * 400))).replace(*_shrunk("文" * 400))) == "D506"


def _shrunk(text: str) -> tuple[bytes, bytes]:
    size = len(package(p(text))["word/document.xml"])
    return struct.pack("<L", size), struct.pack("<L", 10)


def test_overlapping_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MEMBERS", 3)
    assert refusal(zipped(package(p("文")))) == "D506"


def test_duplicates() -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = with_entry("word/document.xml")
    assert refusal(data) == "D507"
    assert refusal(with_entry("word/Document.XML")) == "D507"


@pytest.mark.parametrize("name", ["/etc/a", "../a", "word/../../a", "word\\a", "c:a"])
def test_bad_paths(name: str) -> None:
    assert refusal(with_entry(name)) == "D508"


def test_no_document() -> None:
    assert refusal(zipped({"a.txt": b"x"})) == "D509"
    assert refusal(changed(document=None)) == "D509"
    assert refusal(changed(rels=None)) == "D509"


@pytest.mark.parametrize("kind", [b"document.macroEnabled.main+xml", b"template.main+xml", b"sheet.main+xml"])
def test_other_kinds_of_documents(kind: bytes) -> None:
    types = package(p("文"))["[Content_Types].xml"].replace(b"document.main+xml", kind)
    assert refusal(changed(types=types)) == "D509"


def test_damaged_part() -> None:
    data = zipped(package(p("文")))
    crc = struct.pack("<L", zlib.crc32(package(p("文"))["word/document.xml"]))
    assert refusal(data.replace(crc, b"\1\2\3\4")) == "D510"


def test_strict_open_xml() -> None:
    rels = package(p("文"))["_rels/.rels"].replace(
        b"http://schemas.openxmlformats.org/officeDocument", b"http://purl.oclc.org/ooxml/officeDocument"
    )
    assert refusal(changed(rels=rels)) == "D512"


@pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
def test_entities_are_refused(coding: str) -> None:
    text = f'<?xml version="1.0" encoding="{coding}"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    with pytest.raises(Problems, match="D513"):
        docx_zip.parse_xml(text.encode(coding), Place("甲.docx"))


def test_broken_xml() -> None:
    with pytest.raises(Problems, match="D511"):
        docx_zip.parse_xml(b"<a><b></a>", Place("甲.docx"))


def test_huge_xml(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "XML_PART", 3)
    with pytest.raises(Problems, match="D505"):
        docx_zip.parse_xml(b"<a></a>", Place("甲.docx"))


@pytest.mark.parametrize("text", [b"<w:p/>" * 3, b"<w:p>x</w:p>" * 3])
def test_too_many_paragraphs(monkeypatch: pytest.MonkeyPatch, text: bytes) -> None:
    """However weakly they are packed: fewer than make a part too large fill the memory all the same."""
    root = b'<w:body xmlns:w="w">' + text + b"</w:body>"
    monkeypatch.setattr(bounds, "PARAGRAPHS", 3)
    assert len(docx_zip.parse_xml(root, Place("甲.docx"))) == 3
    monkeypatch.setattr(bounds, "PARAGRAPHS", 2)
    with pytest.raises(Problems, match="D505 这一部分有 3 段"):
        docx_zip.parse_xml(root, Place("甲.docx"))


def test_too_many_tags(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "XML_TAGS", 3)
    with pytest.raises(Problems, match="D505"):
        docx_zip.parse_xml(b"<a><b/><b/></a>", Place("甲.docx"))


def test_a_text_too_long_for_a_tree_is_still_hashed_and_read_in_pieces(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The yearly summary of 4,000 units is 16 MB of XML: it is ours, and no tree is made of the whole of it."""
    data = zipped(package(table(*[row(cell(p("一行")))] * 100)))
    whole, shorter = docx_zip.content_hash(data), shortened(data, "甲.docx")
    monkeypatch.setattr(bounds, "XML_PART", 5000)
    assert docx_zip.content_hash(data) == whole
    assert shortened(data, "甲.docx") == shorter
    with pytest.raises(Problems, match="D505"):
        docx_zip.read_package(data, "甲.docx")


# ---------------------------------------------------------------- writing


def entries(data: bytes) -> list[docx_zip.ZipEntry]:
    return [docx_zip.ZipEntry(part) for part in docx_zip.read_package(data, "甲.docx").parts.values()]


def test_writer_keeps_order_and_content_and_fixes_times() -> None:
    source = {**package(p("文")), "word/media/图.bin": b"\0\1"}
    with zipfile.ZipFile(io.BytesIO(docx_zip.write_package(entries(zipped(source))))) as archive:
        assert {info.filename: archive.read(info) for info in archive.infolist()} == source
        assert archive.namelist() == list(source)
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_hash_does_not_depend_on_the_compressor(monkeypatch: pytest.MonkeyPatch) -> None:
    def written() -> bytes:
        parts = package(p("文" * 500)).items()
        return docx_zip.write_package(docx_zip.ZipEntry(docx_zip.packed(name, data)) for name, data in parts)

    fast = written()
    monkeypatch.setattr(docx_zip, "isal_zlib", None)
    slow = written()
    assert fast != slow
    assert docx_zip.content_hash(fast) == docx_zip.content_hash(slow)
    assert len(docx_zip.content_hash(fast)) == 32


@pytest.mark.parametrize("fast", [True, False])
@pytest.mark.parametrize("pieces", [[], [b"a"], [b"a" * 5000], [b"a" * 5000, "文".encode(), b"b" * 300_000]])
def test_a_part_may_come_in_pieces(fast: bool, pieces: list[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    if not fast:
        monkeypatch.setattr(docx_zip, "isal_zlib", None)
    out = docx_zip.write_package([docx_zip.ZipEntry(docx_zip.poured("甲.xml", iter(pieces)))])
    assert out == docx_zip.write_package([docx_zip.ZipEntry(docx_zip.poured("甲.xml", iter(pieces)))])
    with zipfile.ZipFile(io.BytesIO(out)) as archive:
        assert archive.testzip() is None
        assert archive.read("甲.xml") == b"".join(pieces)


def test_hash_tells_content_apart() -> None:
    hashes = {docx_zip.content_hash(zipped(package(p(text)))) for text in ("甲", "乙")}
    assert len(hashes) == 2


# ---------------------------------------------------------------- places


def places(root: str, content: str) -> list[str]:
    tree = etree.fromstring(story(root, content).encode())
    return [place for _, place in word_places(tree)]


def test_paragraphs_are_counted_without_tables() -> None:
    body = p("一") + p("") + table(row("甲", "乙")) + p("请于2021年9月30日前报送书面材料")
    assert places("document", f"<w:body>{body}</w:body>") == [
        "正文第1段「一」",
        "正文第2段「」",
        "表1 第1行 第1格",
        "表1 第1行 第2格",
        "正文第3段「请于2021年9月30日前报…」",
    ]


def test_second_and_nested_tables() -> None:
    inner = f"<w:tc><w:tcPr/>{table(row('甲', '乙'))}{p('后')}</w:tc>"
    body = table(row("头")) + table(row("头", "头"), row("丙", inner))
    assert places("document", f"<w:body>{body}</w:body>")[-3:] == [
        "表2 第2行 第2格 内表1 第1行 第1格",
        "表2 第2行 第2格 内表1 第1行 第2格",
        "表2 第2行 第2格",
    ]


def test_content_controls_are_seen_through() -> None:
    wrapped = f"<w:sdt><w:sdtContent>{p('二')}</w:sdtContent></w:sdt>"
    rows = f"<w:sdt><w:sdtContent>{row('甲')}</w:sdtContent></w:sdt>"
    assert places("document", f"<w:body>{p('一')}{wrapped}{table(rows)}{p('三')}</w:body>") == [
        "正文第1段「一」",
        "正文第2段「二」",
        "表1 第1行 第1格",
        "正文第3段「三」",
    ]


def test_headers_footers_and_notes() -> None:
    assert places("hdr", p("机关") + table(row("甲"))) == ["页眉第1段「机关」", "页眉表1 第1行 第1格"]
    assert places("ftr", p("页")) == ["页脚第1段「页」"]
    separator = f'<w:footnote w:type="separator" w:id="0">{p("")}</w:footnote>'
    notes = "".join(f'<w:footnote w:id="{n}">{p(f"注{n}")}</w:footnote>' for n in (1, 2))
    assert places("footnotes", separator + notes) == ["脚注1第1段「注1」", "脚注2第1段「注2」"]


def test_text_box_and_its_copy_for_old_readers_are_one() -> None:
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = f"<w:txbxContent>{p('框')}</w:txbxContent>"
    run = (
        f'<w:r><mc:AlternateContent xmlns:mc="{mc}"><mc:Choice>{box}</mc:Choice>'
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    body = f"<w:body><w:p>{run}</w:p><w:p><w:r>{box}</w:r></w:p></w:body>"
    assert places("document", body) == [
        "正文第1段「」",
        "文本框1第1段「框」",
        "文本框1第1段「框」",
        "正文第2段「」",
        "文本框2第1段「框」",
    ]


def test_cell_helper_is_sound() -> None:
    assert cell("甲", "乙").count("<w:p>") == 2
