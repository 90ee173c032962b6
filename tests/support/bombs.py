"""Inputs that cost too much, or never end: each is written in a moment, and takes gigabytes or hours where nobody looks.

A row of `BOMBS` is a name, the ending of the file, and what writes it.
"""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

MB = 1 << 20
ROOT = Path(__file__).resolve().parents[2]
Writer = Callable[[Path], object]
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def changed(whole: bytes, parts: Mapping[str, bytes], order: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A package with some parts in the place of its own, or besides."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(made, "w", order) as new:
        for name in (*(name for name in old.namelist() if name not in parts), *parts):
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return made.getvalue()


def book(sheet: str) -> bytes:
    """A workbook whose one sheet holds `sheet`."""
    import openpyxl

    made = io.BytesIO()
    openpyxl.Workbook().save(made)
    return changed(
        made.getvalue(), {"xl/worksheets/sheet1.xml": f"<worksheet {_MAIN}>{sheet}</worksheet>".encode()}
    )


def document(body: bytes) -> bytes:
    """A Word file with `body`; made from a template of ours."""
    text = f"<w:document {_W}><w:body>".encode() + body + b"</w:body></w:document>"
    return changed((ROOT / "templates/整改函.docx").read_bytes(), {"word/document.xml": text})


def _cell(at: str, row: str) -> str:
    return f'<sheetData><row r="{row}"><c r="{at}"><v>1</v></c></row></sheetData>'


def _long_sheet() -> bytes:
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(1, 20_001))
    return book(f"<sheetData>{rows * 100}</sheetData>")


def _paragraphs() -> bytes:
    return document(b"<w:p><w:r><w:t>x</w:t></w:r></w:p>" * (30 * MB // 34))


def _tables() -> bytes:
    return document(b"<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>" * 20_000 + b"<w:p/>")


def _small_paragraphs() -> bytes:
    return document(b"<w:p/>" * (15 * MB // 6))


def _deep() -> bytes:
    return document(b"<w:p><w:r><w:t>" + b"<w:x>" * 100_000 + b"</w:x>" * 100_000 + b"</w:t></w:r></w:p>")


def _entities() -> bytes:
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    text = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "lol">{lines}]><w:document {_W}><w:body>&a11;</w:body></w:document>'
    return changed((ROOT / "templates/整改函.docx").read_bytes(), {"word/document.xml": text.encode()})


def one_part(name: str = "word/media/bomb.bin", size: int = 2048 * MB) -> bytes:
    """A package with one part more, of zeros, that is as large as that when it is unpacked."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block, crc, packed = bytes(MB), 0, []
    for _ in range(size // MB):
        packed.append(packer.compress(block))
        crc = zlib.crc32(block, crc)
    data = b"".join([*packed, packer.flush()])
    return _appended((ROOT / "templates/整改函.docx").read_bytes(), name, data, crc, size)


def _appended(whole: bytes, name: str, data: bytes, crc: int, size: int) -> bytes:
    """A zip with one entry more, whose packed bytes are given."""
    end = whole.rindex(b"PK\5\6")
    count, length, start = struct.unpack("<HLL", whole[end + 10 : end + 20])
    told = name.encode()
    sizes = (crc, len(data), size, len(told), 0)
    local = struct.pack("<4sHHHHHLLLHH", b"PK\3\4", 20, 0, 8, 0, 33, *sizes) + told + data
    entry = (
        struct.pack("<4sHHHHHHLLLHHHHHLL", b"PK\1\2", 20, 20, 0, 8, 0, 33, *sizes, 0, 0, 0, 0, start) + told
    )
    directory = whole[start : start + length] + entry
    tail = struct.pack(
        "<4sHHHHLLH", b"PK\5\6", 0, 0, count + 1, count + 1, len(directory), start + len(local), 0
    )
    return whole[:start] + local + directory + tail


def nested(depth: int = 6) -> bytes:
    """Workbooks in workbooks, sixteen at a time."""
    whole = one_part("xl/bomb.bin", 60 * MB)
    for _ in range(depth):
        whole = changed(
            whole, {f"word/embeddings/{number}.xlsx": whole for number in range(4)}, zipfile.ZIP_STORED
        )
        if len(whole) > 40 * MB:
            break
    return whole


def linked() -> bytes:
    """A zip with a symbolic link in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as parts:
        info = zipfile.ZipInfo("归档校验.txt")
        info.external_attr = 0xA1FF << 16
        parts.writestr(info, "/etc/passwd")
    return made.getvalue()


def huge_png(side: int = 100_000) -> bytes:
    """A picture of that many pixels either way, of a few KB."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))

    head = struct.pack(">LLBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(MB)))
        + chunk(b"IEND", b"")
    )


def laughing() -> str:
    """YAML whose anchors make a billion words of ten lines."""
    lines = ["a0: &a0 哈"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 11)]
    return "\n".join(lines) + "\n"


def _much_yaml(size: int, more: str = "责任: {部门: 办公室}") -> Iterator[bytes]:
    record = f"  - 编号: W9\n    名称: 排污口没有封堵\n    {more}\n".encode()
    yield "问题:\n".encode()
    yield from (record * 1000 for _ in range(size // (len(record) * 1000)))


def _bytes(make: Callable[[], bytes]) -> Writer:
    return lambda path: path.write_bytes(make())


BOMBS: tuple[tuple[str, str, Writer], ...] = (
    ("one cell at the last row and column", ".xlsx", _bytes(lambda: book(_cell("XFD1048576", "1048576")))),
    ("one cell in the last row", ".xlsx", _bytes(lambda: book(_cell("CV1048576", "1048576")))),
    ("all cells merged", ".xlsx", _bytes(lambda: book('<sheetData/><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'))),
    ("a sheet of 100 MB", ".xlsx", _bytes(_long_sheet)),
    ("30 MB of paragraphs", ".docx", _bytes(_paragraphs)),
    ("15 MB of empty paragraphs", ".docx", _bytes(_small_paragraphs)),
    ("20,000 tables", ".docx", _bytes(_tables)),
    ("100,000 elements deep", ".docx", _bytes(_deep)),
    ("entities of entities", ".docx", _bytes(_entities)),
    ("a part of 2 GB", ".docx", _bytes(one_part)),
    ("a part of 2 GB in a workbook", ".xlsx", _bytes(one_part)),
    ("packages in packages", ".docx", _bytes(nested)),
    ("workbooks in workbooks", ".xlsx", _bytes(nested)),
    ("a device without end", ".docx", lambda path: path.symlink_to("/dev/zero")),
    ("a device without end for a workbook", ".xlsx", lambda path: path.symlink_to("/dev/zero")),
    ("a pipe", ".docx", os.mkfifo),
    ("a pipe for a workbook", ".xlsx", os.mkfifo),
    ("a folder", ".xlsx", Path.mkdir),
    ("a file of 200 MB", ".docx", lambda path: os.truncate(path, 200 * MB) if path.write_bytes(b"PK") else None),
    ("a list of 100 MB", ".csv", lambda path: path.write_bytes("编号,名称\n".encode() + "1,排污口\n".encode() * (7 * MB))),
    ("a list of commas", ".csv", lambda path: path.write_bytes("编号,名称\n".encode() + b",\n" * (15 * MB // 2))),
    ("a device for a list", ".csv", lambda path: path.symlink_to("/dev/zero")),
)  # fmt: skip

DATA_BOMBS: tuple[tuple[str, Writer], ...] = (
    ("100 MB of records", lambda path: path.write_bytes(b"".join(_much_yaml(100 * MB)))),
    (
        "11 MB of brackets",
        lambda path: path.write_bytes("问题:\n - [".encode() + b"[]," * 3_700_000 + b"]\n"),
    ),
    (
        "4 MB of remarks",
        lambda path: path.write_bytes("问题:\n".encode() + "  - 名称: 甲 #乙\n".encode() * 180_000),
    ),
    (
        "5 MB of keys that there are not",
        lambda path: path.write_bytes(b"".join(_much_yaml(5 * MB, "没有: 甲"))),
    ),
    ("11 MB of one key", lambda path: path.write_bytes(b"a: {}\n" * 1_900_000)),
    ("nested without end", lambda path: path.write_bytes(b"[" * 1_100_000)),
    ("anchors of anchors", lambda path: path.write_text(laughing(), "utf-8")),
    ("a device without end", lambda path: path.symlink_to("/dev/zero")),
    ("a pipe", os.mkfifo),
    ("a folder", Path.mkdir),
)
