"""The .docx package: read safely, write the same bytes each time.

Reading refuses with one diagnostic, FILE_UNREADABLE to XML_WITH_DTD of the codes, what is no usable Word file.
"""

from __future__ import annotations

import hashlib
import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

from lxml import etree

from liangqing.base import bounds
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, Problems, refuse

try:
    from isal import isal_zlib
except ImportError:  # the product works without isal, only slower
    isal_zlib = None  # type: ignore[assignment]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
CONTENT_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/"
WORD_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_DAMAGED = (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, EOFError, OverflowError)
_BROKEN_STREAM: Any = (zlib.error,) if isal_zlib is None else (zlib.error, isal_zlib.error)
_RESAVE = "用 Word 或 WPS 打开后，另存为“Word 文档（*.docx）”"
_SMALLER = "删去多余的内容后再试；来历不明的，核实文件来源"
_SMALLER_PICTURES = "压缩文件里的图片后再试"
_DOCTYPES = tuple("<!DOCTYPE".encode(coding) for coding in ("utf-8", "utf-16-le", "utf-16-be"))


@dataclass(frozen=True)
class Part:
    """One part: `compressed` as it stands in the zip (`method` 0 or 8) and `data`, the same unpacked."""

    name: str
    data: bytes
    compressed: bytes
    method: int
    crc: int

    @property
    def size(self) -> int:
        """Bytes, unpacked."""
        return len(self.data)


@dataclass(frozen=True)
class Poured:
    """A part that was deflated piece by piece, and of which nothing else was kept."""

    name: str
    size: int
    compressed: bytes
    method: int
    crc: int


@dataclass(frozen=True)
class Package:
    """The parts of a .docx in the order of the zip, their content types, and which is the document itself."""

    name: str
    parts: Mapping[str, Part]
    types: Mapping[str, str]
    main: str

    def root(self, part: str) -> etree._Element:
        """The root of an XML part, read anew. Raises Problems as `parse_xml`, with the part's name as the place."""
        return parse_xml(self.parts[part].data, Place(self.name, detail=part))


# ---------------------------------------------------------------- reading


def read_package(
    source: Path | bytes, name: str, *, any_word: bool = False, of_any_length: bool = False
) -> Package:
    """The package at `source`, called `name` in diagnostics. Problems for anything but a sound .docx.

    `any_word` takes macros, templates and ISO "strict" Open XML too; whether the main part is a Word text is
    then for the caller to see. `of_any_length`: its texts may be longer than what can be read into a tree.
    """
    place = Place(name)
    parts = _unpack(load_file(source, place), place, of_any_length=of_any_length)
    main = _main_part(parts, place, any_word)
    types = _content_types(parts, place)
    if types.get(main) != WORD_MAIN and not any_word:
        raise refuse(
            Code.NO_WORD_DOCUMENT, place, "这不是普通的 Word 文档（可能是 .docm、.dotx 或表格）", _RESAVE
        )
    return Package(name, parts, types, main)


def content_hash(docx: bytes, name: str = "docx") -> str:
    """32 hex digits over the sorted names and the unpacked parts: the same whatever compressor wrote them.

    The workbook of a chart is a package of its own, and counts by its own parts; a package in that counts as it is.
    Raises Problems, with `name` as the place, for what is no sound zip.
    """
    return _hash_of_parts(docx, name, bounds.PACKAGES_WITHIN)


def read_parts(data: bytes, name: str) -> dict[str, Part]:
    """The parts of any sound zip of a program of offices, by name; raises Problems for every other."""
    return _unpack(data, Place(name))


def _hash_of_parts(docx: bytes, called: str, within: int) -> str:
    digest = hashlib.sha256()
    for name, part in sorted(_unpack(docx, Place(called), of_any_length=True).items()):
        data = _hash_of_workbook(part.data, within) if name.endswith(".xlsx") and within else part.data
        for field in (name.encode(), data):
            digest.update(struct.pack("<Q", len(field)) + field)
    return digest.hexdigest()[:32]


def _hash_of_workbook(data: bytes, within: int) -> bytes:
    try:
        return _hash_of_parts(data, "xlsx", within - 1).encode()
    except Problems:  # what somebody embedded under that name and is no package counts as it is
        return data


def parse_xml(data: bytes, place: Place) -> etree._Element:
    """The root of an XML part. No entities, no network; a DTD, broken XML, a huge part or one of too many paragraphs raise Problems."""
    if len(data) > bounds.XML_PART:
        message = f"这一部分有 {len(data) // bounds.MB} MB，太大，不予读取"
        raise refuse(Code.FILE_TOO_LARGE, place, message, _SMALLER)
    if data.count(b"<") > bounds.XML_TAGS or _paragraphs(data) > bounds.PARAGRAPHS:
        message = f"这一部分有 {_paragraphs(data)} 段，不像是人写的，不予读取"
        raise refuse(Code.FILE_TOO_LARGE, place, message, _SMALLER)
    if any(doctype in data for doctype in _DOCTYPES):
        raise refuse(Code.XML_WITH_DTD, place, "文件里有 DTD，不安全，不予读取", _RESAVE)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as exc:
        raise refuse(Code.XML_MALFORMED, place, f"文件内容已损坏（{exc.msg}）", _RESAVE) from None


def _paragraphs(data: bytes) -> int:
    return data.count(b":p/>") + data.count(b":p>") // 2


def load_file(source: Path | bytes, place: Place) -> bytes:
    """The bytes of a file; bytes are given back. Raises Problems as `bounds.read_file`."""
    return source if isinstance(source, bytes) else bounds.read_file(source, place, advice=_SMALLER_PICTURES)


def _unpack(data: bytes, place: Place, *, of_any_length: bool = False) -> dict[str, Part]:
    entries = [info for info in _directory(data, place) if not info.filename.endswith("/")]
    _check_sizes(entries, data, place)
    if not of_any_length:
        _check_xml(entries, place)
    _check_names(entries, place)
    return {info.filename: _part(data, info, place) for info in entries}


def _directory(data: bytes, place: Place) -> list[zipfile.ZipInfo]:
    if len(data) > bounds.FILE:
        message = f"文件超过 {bounds.FILE // bounds.MB} MB"
        raise refuse(Code.FILE_TOO_LARGE, place, message, _SMALLER_PICTURES)
    if data.startswith(_OLE) and _ENCRYPTED_STREAM in data:
        raise refuse(Code.PASSWORD_SET, place, "文件设了打开密码", "在 Word 里取消密码后再保存")
    if data.startswith(_OLE):
        raise refuse(Code.OLD_WORD_FILE, place, "这是旧格式的 .doc 或 .wps 文件", _RESAVE)
    try:
        return zipfile.ZipFile(io.BytesIO(data)).infolist()
    except _DAMAGED:
        raise refuse(Code.NOT_A_DOCX, place, "这不是 .docx 文件，或文件已损坏", _RESAVE) from None


def _check_sizes(entries: list[zipfile.ZipInfo], data: bytes, place: Place) -> None:
    if any(info.flag_bits & 1 for info in entries):
        raise refuse(Code.PASSWORD_SET, place, "文件设了密码", "取消密码后再保存")
    unpacked = sum(info.file_size for info in entries)
    overlapping = sum(info.compress_size for info in entries) > len(data)
    bomb = next((info for info in entries if _is_bomb(info)), None)
    if unpacked > bounds.UNPACKED or overlapping or len(entries) > bounds.MEMBERS or bomb:
        where = place if bomb is None else replace(place, detail=bomb.filename[:80])
        message = "文件解开后大得不正常，可能是恶意文件，不予读取"
        raise refuse(Code.UNPACKS_TOO_LARGE, where, message, "核实文件来源")


def _check_xml(entries: list[zipfile.ZipInfo], place: Place) -> None:
    large = next((info for info in entries if _is_xml(info) and info.file_size > bounds.XML_PART), None)
    if large is not None:
        message = f"这一部分有 {large.file_size // bounds.MB} MB，太大，不予读取"
        raise refuse(Code.FILE_TOO_LARGE, replace(place, detail=large.filename[:80]), message, _SMALLER)


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > bounds.RATIO_FROM and info.file_size > info.compress_size * bounds.RATIO


def _is_xml(info: zipfile.ZipInfo) -> bool:
    return info.filename.lower().endswith((".xml", ".rels", ".vml"))


def _check_names(entries: list[zipfile.ZipInfo], place: Place) -> None:
    seen: set[str] = set()
    for info in entries:
        path = info.orig_filename
        if (
            not path
            or path.startswith("/")
            or "\\" in path
            or "\0" in path
            or ":" in path
            or ".." in path.split("/")
        ):
            raise refuse(
                Code.UNSAFE_PATH, place, f"文件里有不安全的路径「{path!r}」，不予读取", "核实文件来源"
            )
        if path.lower() in seen:
            raise refuse(Code.PART_TWICE, place, f"文件里「{path}」出现了两次，不予读取", _RESAVE)
        seen.add(path.lower())


def _part(data: bytes, info: zipfile.ZipInfo, place: Place) -> Part:
    content = None
    head = data[info.header_offset : info.header_offset + 30]
    if len(head) == 30 and head.startswith(b"PK\3\4") and info.compress_type in (0, 8):
        start = info.header_offset + 30 + sum(struct.unpack("<HH", head[26:30]))
        raw = data[start : start + info.compress_size]
        content = _inflated(raw, info.file_size) if info.compress_type else raw
    if content is not None and len(content) > info.file_size:
        raise refuse(
            Code.UNPACKS_TOO_LARGE, place, f"「{info.filename}」解开后比声明的大，不予读取", "核实文件来源"
        )
    if content is None or len(content) < info.file_size or _crc(content) != info.CRC:
        raise refuse(Code.PART_DAMAGED, place, f"文件里的「{info.filename}」已损坏", _RESAVE)
    return Part(info.filename, content, raw, info.compress_type, info.CRC)


def _inflated(raw: bytes, declared: int) -> bytes | None:
    """At most one byte more than `declared`, so that a part that lies about its size costs nothing; None: damaged."""
    try:
        inflater: Any = (isal_zlib or zlib).decompressobj(-15)
        return bytes(inflater.decompress(raw, declared + 1))
    except _BROKEN_STREAM:
        return None


def _main_part(parts: Mapping[str, Part], place: Place, any_word: bool) -> str:
    missing = refuse(Code.NO_WORD_DOCUMENT, place, "文件里没有 Word 正文，不是 Word 文档", _RESAVE)
    if "_rels/.rels" not in parts or "[Content_Types].xml" not in parts:
        raise missing
    for relation in parse_xml(parts["_rels/.rels"].data, place):
        kind, target = relation.get("Type", ""), relation.get("Target", "")
        strict = kind.startswith(STRICT) and kind.endswith("/officeDocument")
        if strict and not any_word:
            raise refuse(Code.STRICT_WORD_FILE, place, "这是“严格 Open XML”格式", _RESAVE)
        main = posixpath.normpath(target.lstrip("/"))
        if (strict or kind == f"{OFFICE}/officeDocument") and main in parts:
            return main
    raise missing


def _content_types(parts: Mapping[str, Part], place: Place) -> dict[str, str]:
    types = parse_xml(parts["[Content_Types].xml"].data, place)
    overrides = types.findall(f"{CONTENT_TYPES}Override")
    return {
        override.get("PartName", "").lstrip("/"): override.get("ContentType", "") for override in overrides
    }


# ---------------------------------------------------------------- writing


_SMALL = 4096  # bytes


def deflate(data: bytes, level: int = 1) -> bytes:
    """Raw deflate: isal at `level` where it is installed, else zlib level 6.

    The default must not change: the templates in the repository are compared part by part.
    """
    stream = _compressor(level)
    return bytes(stream.compress(data) + stream.flush())


def packed(name: str, data: bytes) -> Part:
    """A part made from fresh content."""
    return Part(name, data, deflate(data), 8, _crc(data))


def poured(name: str, pieces: Iterator[bytes]) -> Part | Poured:
    """The same, from content that comes in pieces; one that is long is never held as a whole.

    A small part is deflated at level 0, which takes a quarter of the time and a hundred bytes more.
    """
    first = next(pieces, b"")
    second = next(pieces, None)
    if second is None:
        return Part(name, first, deflate(first, 0 if len(first) < _SMALL else 1), 8, _crc(first))
    stream = _compressor(1)
    size = crc = 0
    out: list[bytes] = []
    for piece in chain((first, second), pieces):
        size += len(piece)
        crc = _crc(piece, crc)
        out.append(stream.compress(piece))
    return Poured(name, size, b"".join((*out, stream.flush())), 8, crc)


def stored(name: str, data: bytes) -> Part:
    """A part made from content that is compressed by itself, such as a picture."""
    return Part(name, data, data, 0, _crc(data))


def _compressor(level: int) -> Any:
    if isal_zlib is not None:
        return isal_zlib.compressobj(level, isal_zlib.DEFLATED, -15)
    return zlib.compressobj(6, zlib.DEFLATED, -15)


def _crc(data: bytes, before: int = 0) -> int:
    return isal_zlib.crc32(data, before) if isal_zlib is not None else zlib.crc32(data, before)


_DATE = 33  # 1980-01-01, the zero of zip
_LOCAL = struct.Struct("<4sHHHHHLLLHH")
_CENTRAL = struct.Struct("<4sHHHHHHLLLHHHHHL")


class ZipEntry:
    """A part as it goes into a zip: local header and bytes, and the directory record but for its offset."""

    __slots__ = ("directory", "local", "name")

    def __init__(self, part: Part | Poured) -> None:
        name = part.name.encode()
        flags = 0 if part.name.isascii() else 0x800
        sizes = (part.crc, len(part.compressed), part.size, len(name), 0)
        head = _LOCAL.pack(b"PK\3\4", 20, flags, part.method, 0, _DATE, *sizes)
        self.local = b"".join((head, name, part.compressed))
        self.directory = _CENTRAL.pack(b"PK\1\2", 20, 20, flags, part.method, 0, _DATE, *sizes, 0, 0, 0, 0)
        self.name = name

    def unpacked(self) -> bytes:
        """The content of the part."""
        _, _, _, method, *_, size, _, _ = _LOCAL.unpack(self.local[: _LOCAL.size])
        body = self.local[_LOCAL.size + len(self.name) :]
        content = _inflated(body, size) if method else body
        assert content is not None
        return content


def write_package(entries: Iterable[ZipEntry]) -> bytes:
    """A zip of the entries in their order; the same entries give the same bytes."""
    bodies: list[bytes] = []
    records: list[bytes] = []
    offset = 0
    for entry in entries:
        bodies.append(entry.local)
        records += (entry.directory, struct.pack("<L", offset), entry.name)
        offset += len(entry.local)
    directory = b"".join(records)
    end = struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, len(bodies), len(bodies), len(directory), offset, 0)
    return b"".join((*bodies, directory, end))
