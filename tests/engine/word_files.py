"""Word files to be put into papers, made with python-docx, and papers around them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Pt
from lxml import etree

from liangqing.engine import SubDocument, Template, compile_template
from liangqing.gbt9704.word.model import Document
from liangqing.gbt9704.word.reader import read

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FACES = ("ascii", "hAnsi", "eastAsia", "cs")


def with_look(word: WordDocument, style: str, face: str, size: float) -> None:
    """Gives a style a font, in all scripts, and a size."""
    found = word.styles[style]
    found.font.name, found.font.size = face, Pt(size)
    fonts = found.element.rPr.rFonts
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name in FACES:
        fonts.set(qn(f"w:{name}"), face)


def saved(word: WordDocument) -> bytes:
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def file(*makes: Callable[[WordDocument], object], face: str = "楷体", size: float = 14) -> bytes:
    """A file whose 正文 somebody set in a face and size."""
    word = docx.Document()
    with_look(word, "Normal", face, size)
    for make in makes:
        make(word)
    return saved(word)


def fresh_file(*makes: Callable[[WordDocument], object]) -> bytes:
    """A file as a Chinese Word makes it, in which nobody chose anything."""
    word = docx.Document()
    with_look(word, "Normal", "宋体", 10.5)
    for make in makes:
        make(word)
    return saved(word)


def paper(*lines: str, face: str = "仿宋", size: float = 16) -> Template:
    """A template of paragraphs in 正文 of another look, compiled."""
    word = docx.Document()
    with_look(word, "Normal", face, size)
    for line in lines:
        word.add_paragraph(line)
    return compile_template(saved(word), name="templates/函.docx")


def sub(data: bytes) -> SubDocument:
    return SubDocument(data, "正文/甲.docx")


def seen(data: bytes) -> Document:
    return read(data, "甲.docx")


def looks(document: Document) -> list[tuple[str, str, float, bool, str]]:
    """Each piece of text: what it says, its face and size, whether bold, its colour."""
    return [
        (piece.text, piece.face.name, piece.size, piece.bold, piece.colour)
        for paragraph in document.paragraphs
        for piece in paragraph.pieces
        if piece.text.strip()
    ]


def settings(document: Document) -> list[tuple[str, str, tuple[float, ...]]]:
    """Each paragraph with text: its words with its automatic number, and how it is set."""
    return [
        (each.words, each.align, (each.left, each.first, each.before, each.after, each.line))
        for each in document.paragraphs
        if each.words
    ]


def changed(
    data: bytes, change: Callable[[str, bytes], bytes | None], more: dict[str, bytes] | None = None
) -> bytes:
    """The file with each part changed (None: taken out), and more parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            made = change(name, old.read(name))
            if made is not None:
                new.writestr(name, made)
        for name, content in (more or {}).items():
            new.writestr(name, content)
    return out.getvalue()


def in_document(data: bytes, before: str, after: str) -> bytes:
    """The file with a text of its document.xml replaced, which must stand there."""

    def change(name: str, part: bytes) -> bytes:
        if name != "word/document.xml":
            return part
        assert before.encode() in part
        return part.replace(before.encode(), after.encode(), 1)

    return changed(data, change)


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def names(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()


def styles(data: bytes) -> dict[str, bytes]:
    """The styles of a document by id, each as it is written."""
    root = etree.fromstring(part(data, "word/styles.xml"))
    return {
        each.get(f"{W}styleId", ""): etree.tostring(each, method="c14n") for each in root.iter(f"{W}style")
    }
