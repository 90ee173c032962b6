"""Files of pictures, read byte by byte: of which kind, how large, how turned, and the same file without what it tells beside
the picture (where and when it was taken, by whom, with what).
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

PNG, JPEG, GIF, BMP, WEBP, TIFF, HEIC, SVG = "PNG", "JPEG", "GIF", "BMP", "WebP", "TIFF", "HEIC", "SVG"
# By ending of the name: what such a file holds.
ENDINGS: Mapping[str, str] = {
    ".png": PNG, ".jpg": JPEG, ".jpeg": JPEG, ".jfif": JPEG, ".gif": GIF, ".bmp": BMP, ".webp": WEBP, ".tif": TIFF, ".tiff": TIFF,
    ".heic": HEIC, ".heif": HEIC, ".svg": SVG,
}  # fmt: skip

_PNG = b"\x89PNG\r\n\x1a\n"
_BEGINNINGS = (
    (re.compile(re.escape(_PNG)), PNG),
    (re.compile(b"\xff\xd8\xff"), JPEG),
    (re.compile(b"GIF8[79]a"), GIF),
    (re.compile(b"BM"), BMP),
    (re.compile(b"RIFF.{4}WEBP", re.DOTALL), WEBP),
    (re.compile(rb"II\*\0|MM\0\*"), TIFF),
    (re.compile(b".{4}ftyp(hei|hev|mif1|msf1)", re.DOTALL), HEIC),
    (re.compile(rb"\s*(<\?xml[^>]*>)?(\s|<!--.*?-->|<!DOCTYPE[^>]*>)*<svg\b", re.DOTALL), SVG),
)
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # JPEG markers that tell the size
_ALONE = {0x01, *range(0xD0, 0xD9)}  # JPEG markers without a length
_SCAN, _END, _REMARK = 0xDA, 0xD9, 0xFE
_NEXT_MARKER = re.compile(b"\xff[^\0\xd0-\xd7]")
_KEPT_CHUNKS = {
    b"IHDR",
    b"PLTE",
    b"IDAT",
    b"IEND",
    b"tRNS",
    b"gAMA",
    b"cHRM",
    b"sRGB",
    b"iCCP",
    b"sBIT",
    b"pHYs",
    b"bKGD",
}
_TURNED = 0x0112  # the tag of Exif that says how the camera was held
_DOTS = range(30, 2401)  # an inch, that are believed


@dataclass(frozen=True)
class SoundPicture:
    """A PNG or JPEG that is whole. `width` and `height` are pixels as they are stored; `turned` is 1 where they are seen so, up
    to 8 as Exif counts; `dots` are pixels an inch; `ink`: its colours are those of a printing press. `data` tells nothing
    beside the picture.
    """

    kind: str
    width: int
    height: int
    data: bytes
    turned: int = 1
    dots: float | None = None
    ink: bool = False


def kind_of_picture(data: bytes) -> str | None:
    """What a file of a picture holds, by its first bytes; None: no picture that is known."""
    return next((kind for beginning, kind in _BEGINNINGS if beginning.match(data)), None)


def read_picture(data: bytes) -> SoundPicture | None:
    """A PNG or JPEG; None where it is damaged, or of another kind."""
    readers = {PNG: _read_png, JPEG: _read_jpeg}
    reader = readers.get(kind_of_picture(data) or "")
    try:
        found = reader(data) if reader else None
    except (struct.error, IndexError, ValueError):
        return None
    return found if found and found.width and found.height else None


def _read_png(data: bytes) -> SoundPicture:
    """Walks all chunks, so that half a file is not taken for a whole."""
    kept, turned, dots = [_PNG], 1, None
    for kind, whole, body in _chunks(data):
        if kind in _KEPT_CHUNKS:
            kept.append(whole)
        if kind == b"eXIf":
            turned = _orientation(body)
        if kind == b"pHYs" and body[8] == 1:
            dots = _believed(struct.unpack_from(">I", body)[0] * 0.0254)
    width, height = struct.unpack_from(">II", data, 16)
    return SoundPicture(PNG, width, height, b"".join(kept), turned, dots)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Each chunk up to the last: its name, the whole of it, what it holds. ValueError for a wrong check sum."""
    position, kind = len(_PNG), b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, position)
        end = position + 8 + length
        if zlib.crc32(data[position + 4 : end]) != struct.unpack_from(">I", data, end)[0]:
            raise ValueError("checksum")
        yield kind, data[position : end + 4], data[position + 8 : end]
        position = end + 4


def _read_jpeg(data: bytes) -> SoundPicture:
    """Walks all segments up to the end of the picture; what a telephone writes behind that (a film, a second picture) is left."""
    kept, turned, dots, frame = [b"\xff\xd8"], 1, None, b""
    for marker, segment in _segments(data):
        if marker in _FRAMES:
            frame = segment
        if segment.startswith(b"Exif\0\0", 4):
            turned = _orientation(segment[10:])
        if segment.startswith(b"JFIF\0", 4):
            dots = _density(segment)
        if (kept_part := _without_remarks(marker, segment)) is not None:
            kept.append(kept_part)
    height, width = struct.unpack_from(">HH", frame, 5)
    return SoundPicture(JPEG, width, height, b"".join(kept), turned, dots, ink=frame[9] == 4)


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each marker with its segment, up to the end; a scan with what is drawn in it."""
    position, marker = 2, 0
    while marker != _END:
        if data[position] != 0xFF:
            raise ValueError("no marker")
        marker, end = data[position + 1], position + 2
        if marker == 0xFF:
            position += 1
            continue
        if marker != _END and marker not in _ALONE:
            length = struct.unpack_from(">H", data, position + 2)[0]
            end += length
            if length < 2 or end > len(data):
                raise ValueError("cut")
        if marker == _SCAN:
            found = _NEXT_MARKER.search(data, end)
            if found is None:
                raise ValueError("no end")
            end = found.start()
        yield marker, data[position:end]
        position = end


def _without_remarks(marker: int, segment: bytes) -> bytes | None:
    """What is kept of a segment; None: nothing. Of the kinds that programs add, colours are kept."""
    if marker == _REMARK:
        return None
    if marker == 0xE0:  # without the small picture
        return b"\xff\xe0\0\x10" + segment[4:16] + b"\0\0" if segment.startswith(b"JFIF\0", 4) else None
    if marker == 0xE2:
        return segment if segment.startswith(b"ICC_PROFILE\0", 4) else None
    return None if 0xE0 < marker < 0xEE or marker == 0xEF else segment


def _density(segment: bytes) -> float | None:
    unit, across = struct.unpack_from(">BH", segment, 11)
    return _believed(across * {1: 1, 2: 2.54}.get(unit, 0))


def _believed(dots: float) -> float | None:
    return dots if round(dots) in _DOTS else None


def _orientation(exif: bytes) -> int:
    """1 to 8; 1 where the data of the camera can't be read."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None:
        return 1
    try:
        begin = struct.unpack_from(f"{order}I", exif, 4)[0]
        for number in range(struct.unpack_from(f"{order}H", exif, begin)[0]):
            tag, kind = struct.unpack_from(f"{order}HH", exif, begin + 2 + number * 12)
            if tag == _TURNED and kind == 3:
                turned: int = struct.unpack_from(f"{order}H", exif, begin + 10 + number * 12)[0]
                return turned if 1 <= turned <= 8 else 1
    except struct.error:
        pass
    return 1
