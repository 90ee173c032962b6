"""Tiny .docx files for the engine's tests, written as one line of XML each."""

from __future__ import annotations

import io
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import docx
import pytest

from liangqing.base.diagnostics import Diagnostic, Problems
from liangqing.engine import Template, compile_template

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
A_NS = "http://schemas.openxmlformats.org/drawingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
STYLES = (
    f'{XML}<w:styles xmlns:w="{W_NS}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:eastAsia="仿宋"/></w:rPr>'
    '</w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="a">'
    '<w:name w:val="Normal"/></w:style></w:styles>'
)
CORE = (
    f'{XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>TITLE</dc:title></cp:coreProperties>'
)
_ROOTS = {
    "document": "document.main", "header": "header", "footer": "footer", "footnotes": "footnotes",
    "endnotes": "endnotes", "comments": "comments",
}  # fmt: skip


def p(text: str, properties: str = "") -> str:
    """A paragraph of one run; `¦` starts a new run."""
    runs = "".join(f'<w:r><w:t xml:space="preserve">{each}</w:t></w:r>' for each in text.split("¦"))
    return f"<w:p>{properties}{runs}</w:p>"


def cell(*paragraphs: str) -> str:
    return (
        "<w:tc><w:tcPr/>"
        + "".join(each if each.startswith("<") else p(each) for each in paragraphs)
        + "</w:tc>"
    )


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(each if each.startswith("<w:tc>") else cell(each) for each in cells) + "</w:tr>"


def table(*rows: str) -> str:
    return "<w:tbl><w:tblPr/><w:tblGrid/>" + "".join(rows) + "</w:tbl>"


def story(root: str, content: str) -> str:
    return f'{XML}<w:{root} xmlns:w="{W_NS}" xmlns:r="{OFFICE}">{content}</w:{root}>'


def package(body: str, parts: Mapping[str, str] | None = None, styles: str = STYLES) -> dict[str, bytes]:
    """The parts of a .docx: `body` is the content of w:body, `parts` adds or replaces parts by name."""
    texts = {
        "word/document.xml": story("document", f"<w:body>{body}<w:sectPr/></w:body>"),
        "word/styles.xml": styles,
        "_rels/.rels": _relations({"rId1": ("officeDocument", "word/document.xml")}),
        **(parts or {}),
    }
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{TYPE}.{_ROOTS[kind]}+xml"/>'
        for name in texts
        if (kind := name.removeprefix("word/").removesuffix(".xml").rstrip("0123456789")) in _ROOTS
    )
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    types = f'{XML}<Types xmlns="{space}"><Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    return {"[Content_Types].xml": types.encode(), **{name: text.encode() for name, text in texts.items()}}


def _relations(targets: Mapping[str, tuple[str, str]]) -> str:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    rows = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    return f'{XML}<Relationships xmlns="{space}">{rows}</Relationships>'


def png(width: int = 4, height: int = 2, shade: int = 0) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + bytes([shade]) * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def zipped(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def build(
    body: str, parts: Mapping[str, str] | None = None, styles: str = STYLES, **options: Any
) -> Template:
    """Compiles a body (content of w:body) as templates/模板.docx."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "模板.docx")
        path.write_bytes(zipped(package(body, parts, styles)))
        return compile_template(path, name="templates/模板.docx", **options)


def faults(body: str, parts: Mapping[str, str] | None = None, **options: Any) -> list[Diagnostic]:
    """The diagnostics of a body that must not compile."""
    with pytest.raises(Problems) as caught:
        build(body, parts, **options)
    return list(caught.value.diagnostics)


def codes(body: str, parts: Mapping[str, str] | None = None, **options: Any) -> list[str]:
    """The codes of those."""
    return [each.code for each in faults(body, parts, **options)]


def rendered(body: str, /, **values: object) -> list[str]:
    """The lines of the document that a body becomes."""
    return lines(build(body).render(values))


def part(data: bytes, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return archive.read(name).decode()


def lines(data: bytes) -> list[str]:
    """The document's paragraphs and table rows (cells joined by `|`), in order, as python-docx reads them."""
    found = []
    for block in docx.Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(block, docx.table.Table):
            found += [
                "|".join("/".join(q.text for q in each.paragraphs) for each in line.cells)
                for line in block.rows
            ]
        else:
            found.append(block.text)
    return found
