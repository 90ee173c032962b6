"""PNG and JPEG files: whether they are sound, how large they are, and the XML that places them."""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache

from liangqing.base.codes import Code
from liangqing.base.docx_zip import OFFICE
from liangqing.base.xml_text import quoteattr
from liangqing.engine.parts.added_parts import PartFilling
from liangqing.engine.parts.environment import Fault, checked
from liangqing.engine.parts.values import Picture

MAX_MM = 1000
_EMU = 36000
_PIXEL = 25.4 / 96
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_PNG = b"\x89PNG\r\n\x1a\n"
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # JPEG markers that tell the size
_ALONE = {0x01, *range(0xD0, 0xD9)}  # JPEG markers without a length


def picture_xml(picture: Picture, filling: PartFilling) -> str:
    """A w:drawing in the line; adds the picture to the package, once for equal data."""
    ending, width, height = _measured(picture)
    kind = "jpeg" if ending == "jpg" else ending
    name = filling.additions.part_once(f"word/media/picture{{}}.{ending}", picture.data, f"image/{kind}")
    relation = filling.additions.relate(filling.part, f"{OFFICE}/image", name)
    number = filling.additions.number()
    size = f'cx="{round(width * _EMU)}" cy="{round(height * _EMU)}"'
    described = f'id="{number}" name="图片 {number}" descr={quoteattr(checked(picture.alt))}'
    return (
        f'<w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" '
        f'distR="0"><wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr {described}/>'
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{_DRAWING}/main" noChangeAspect="1"/>'
        f'</wp:cNvGraphicFramePr><a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
        f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr><pic:cNvPr {described}/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip xmlns:r="{OFFICE}" r:embed="{relation}"/><a:stretch><a:fillRect/>'
        f'</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )


def _measured(picture: Picture) -> tuple[str, float, float]:
    """The ending of the file, width and height in mm."""
    if not isinstance(picture.data, bytes):
        raise _refused("里没有文件的内容")
    ending, across, down = measure(picture.data)
    width, height = picture.width_mm, picture.height_mm
    if width is None and height is None:
        width = across * _PIXEL
    if width is None:
        width = (height or 0) * across / down
    if height is None:
        height = width * down / across
    if not (0 < width <= MAX_MM and 0 < height <= MAX_MM):
        raise _refused(f"要印成 {width:g}×{height:g} 毫米，不合理")
    return ending, width, height


@lru_cache(maxsize=16)
def measure(data: bytes) -> tuple[str, int, int]:
    """`png` or `jpg`, and the size in pixels. Fault when it is neither, or damaged."""
    try:
        if data.startswith(_PNG):
            found = ("png", *_png(data))
        elif data.startswith(b"\xff\xd8\xff"):
            found = ("jpg", *_jpeg(data))
        else:
            raise _refused("不是 PNG 或 JPEG")
    except (struct.error, IndexError, ValueError):
        raise _refused("已损坏") from None
    if not (found[1] and found[2]):
        raise _refused("已损坏")
    return found


def _png(data: bytes) -> tuple[int, int]:
    """Walks all chunks, so that half a file is not taken for a whole."""
    position, kind = len(_PNG), b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, position)
        end = position + 8 + length
        if zlib.crc32(data[position + 4 : end]) != struct.unpack_from(">I", data, end)[0]:
            raise ValueError("checksum")
        position = end + 4
    width, height = struct.unpack_from(">II", data, 16)
    return width, height


def _jpeg(data: bytes) -> tuple[int, int]:
    if b"\xff\xd9" not in data[-64:]:
        raise ValueError("no end")
    position = 2
    while True:
        if data[position] != 0xFF:
            raise ValueError("no marker")
        marker = data[position + 1]
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, position + 5)
            return width, height
        position += 1 if marker == 0xFF else 2
        if marker not in _ALONE and marker != 0xFF:
            position += struct.unpack_from(">H", data, position)[0]


def _refused(message: str) -> Fault:
    return Fault(Code.BAD_PICTURE, f"的图片{message}", "换成完好的 PNG 或 JPEG 图片，宽、高写毫米")
