"""Pictures placed: how large, from which bytes, and the XML.

A PNG or JPEG stays as it is, but for what it tells beside the picture. Drawn anew is what Word would not show right (another
kind, turned, the colours of a printing press) and what is finer than print needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import PurePosixPath

from liangqing.base import bounds
from liangqing.base.codes import Code
from liangqing.base.docx_zip import OFFICE
from liangqing.base.xml_text import quoteattr
from liangqing.engine.filling.image_bytes import (
    ENDINGS,
    HEIC,
    JPEG,
    PNG,
    SVG,
    SoundPicture,
    kind_of_picture,
    read_picture,
)
from liangqing.engine.parts.added_parts import PartFilling
from liangqing.engine.parts.environment import Fault, checked
from liangqing.engine.parts.values import FittedPicture, Picture, PictureFile

MAX_MM = 1000
PRINTED = 220  # pixels an inch on paper; half as many more are let be
_SPARE = 1.5
_EMU = 36000
_INCH = 25.4
_SCREEN = 96  # pixels an inch where a file names none
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_ENDING = {PNG: ("png", "png"), JPEG: ("jpg", "jpeg")}  # of the part's name, and of its type
_NO_ROOM = (float(MAX_MM), float(MAX_MM))
_ADVICE = "换成完好的 PNG 或 JPEG 图片，宽、高写毫米"


@dataclass(frozen=True)
class _Source:
    """A picture as it came: its bytes, what to call it, what it shows; upright, its pixels and how many an inch."""

    data: bytes
    name: str
    alt: str
    width: int
    height: int
    dots: float
    sound: SoundPicture | None  # None: of a kind that Word does not show


def picture_xml(value: Picture | PictureFile | FittedPicture, filling: PartFilling) -> str:
    """A w:drawing in the line; adds the picture to the package, once for equal data."""
    picture = value.picture if isinstance(value, FittedPicture) else value
    source = _source(picture, filling)
    width, height = _size(value, source, filling.room or _NO_ROOM)
    name = _part(source, width, filling)
    relation = filling.additions.relate(filling.part, f"{OFFICE}/image", name)
    number = filling.additions.number()
    size = f'cx="{round(width * _EMU)}" cy="{round(height * _EMU)}"'
    described = f'id="{number}" name="图片 {number}" descr={quoteattr(checked(source.alt))}'
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


# ---------------------------------------------------------------- the file


def _source(picture: Picture | PictureFile, filling: PartFilling) -> _Source:
    if isinstance(picture, Picture):
        if not isinstance(picture.data, bytes):
            raise _refused("", "里没有文件的内容")
        return _read(picture.data, "", picture.alt)
    if filling.additions.pictures is None:
        raise Fault(Code.PICTURE_MISSING, f"的图片文件「{picture.name}」没有可读的文件夹", _ADVICE)
    data = filling.additions.pictures.read(picture)
    _prove_ending(picture.name, data)
    return _read(data, f"「{picture.name}」", picture.alt)


def _prove_ending(name: str, data: bytes) -> None:
    """Fault where a file is something else than its name says."""
    said, found = ENDINGS.get(PurePosixPath(name).suffix.lower()), kind_of_picture(data)
    if found is not None and said != found:
        advice = f"把文件名的后缀改成 {found} 的，重新收进来；或者用“画图”打开，另存为 JPG"
        raise Fault(Code.PICTURE_KIND, f"的图片文件「{name}」里面其实是 {found}", advice)


@lru_cache(maxsize=4)
def _read(data: bytes, name: str, alt: str) -> _Source:
    """Fault where no picture can be had from the data."""
    kind = kind_of_picture(data)
    if kind == HEIC:
        way = "在手机“设置-相机-格式”里选“兼容性最佳”再拍，或用“照片”打开，另存为 JPG"
        raise Fault(Code.PICTURE_KIND, f"的图片{name}是 {kind}，Word 印不出来", way)
    usual = _SCREEN
    if kind == SVG:
        data, kind, usual = _of_vector(data, name), PNG, PRINTED
    if kind is None:
        raise _refused(name, "不是 PNG、JPEG、GIF、BMP、WebP、TIFF 或 SVG")
    sound = read_picture(data) if kind in (PNG, JPEG) else None
    if kind in (PNG, JPEG) and sound is None:
        raise _refused(name, "已损坏")
    if sound is not None and sound.width * sound.height > bounds.PICTURE_PIXELS:
        raise _too_large(name)
    across, down = (sound.width, sound.height) if sound else _measured_anew(data, name)
    if sound is not None and sound.turned >= 5:
        across, down = down, across
    dots = (sound.dots if sound else None) or usual
    return _Source(data, name, alt, width=across, height=down, dots=dots, sound=sound)


def _of_vector(data: bytes, name: str) -> bytes:
    """The PNG of an SVG."""
    from liangqing.engine.filling.redrawing import TooManyPixels, Unreadable
    from liangqing.engine.filling.vector import drawn

    try:
        return drawn(data, PRINTED, bounds.PICTURE_PIXELS)
    except Unreadable:
        raise _refused(name, "已损坏，或者要读别的文件、运行程序") from None
    except TooManyPixels:
        raise _too_large(name) from None


def _measured_anew(data: bytes, name: str) -> tuple[int, int]:
    from liangqing.engine.filling.redrawing import TooManyPixels, Unreadable, size_of

    try:
        return size_of(data, bounds.PICTURE_PIXELS)
    except Unreadable:
        raise _refused(name, "已损坏") from None
    except TooManyPixels:
        raise _too_large(name) from None


def _part(source: _Source, width: float, filling: PartFilling) -> str:
    """The part that holds the picture fine enough for a width in mm: one that is there, else a new one."""
    wanted = round(width / _INCH * PRINTED)
    sound, additions = source.sound, filling.additions
    as_it_is = sound is not None and sound.turned == 1 and not sound.ink and source.width <= wanted * _SPARE
    pixels = source.width if as_it_is else min(wanted, source.width)
    there = additions.drawn.setdefault(sha256(source.data).hexdigest(), [])
    fine = next((name for known, name in there if known >= pixels), None)
    if fine is not None:
        return fine
    placed = sound if sound is not None and as_it_is else _redrawn(source, pixels)
    ending, kind = _ENDING[placed.kind]
    name = additions.part_once(f"word/media/picture{{}}.{ending}", placed.data, f"image/{kind}")
    there.append((pixels, name))
    return name


def _redrawn(source: _Source, width: int) -> SoundPicture:
    from liangqing.engine.filling.redrawing import TooManyPixels, Unreadable, redrawn

    height = max(1, round(width * source.height / source.width))
    try:
        made = read_picture(redrawn(source.data, (max(1, width), height), bounds.PICTURE_PIXELS))
    except Unreadable:
        raise _refused(source.name, "已损坏") from None
    except TooManyPixels:
        raise _too_large(source.name) from None
    assert made is not None
    return made


# ---------------------------------------------------------------- the size


def _size(
    value: Picture | PictureFile | FittedPicture, source: _Source, room: tuple[float, float]
) -> tuple[float, float]:
    """Width and height in mm. Fault for a size that is none."""
    own = (source.width / source.dots * _INCH, source.height / source.dots * _INCH)
    if isinstance(value, Picture) and (value.width_mm is not None or value.height_mm is not None):
        width, height = _given(value.width_mm, value.height_mm, source)
    elif isinstance(value, FittedPicture):
        box = (value.width_mm or MAX_MM, value.height_mm or MAX_MM)
        scale = min(box[0] / own[0], box[1] / own[1]) if (value.width_mm or value.height_mm) else 1
        width, height = _within(room, (own[0] * scale, own[1] * scale))
    else:
        width, height = _within(room, own)
    if not (0 < width <= MAX_MM and 0 < height <= MAX_MM):
        raise _refused(source.name, f"要印成 {width:g}×{height:g} 毫米，不合理")
    return width, height


def _given(width: float | None, height: float | None, source: _Source) -> tuple[float, float]:
    if width is None:
        width = (height or 0) * source.width / source.height
    return width, width * source.height / source.width if height is None else height


def _within(room: tuple[float, float], size: tuple[float, float]) -> tuple[float, float]:
    """As large as it is, or as fits."""
    scale = min(1.0, room[0] / size[0], room[1] / size[1])
    return size[0] * scale, size[1] * scale


def _refused(name: str, message: str) -> Fault:
    return Fault(Code.BAD_PICTURE, f"的图片{name}{message}", _ADVICE)


def _too_large(name: str) -> Fault:
    message = f"的图片{name}超过 {bounds.PICTURE_PIXELS // 10**8} 亿像素，大得不正常"
    return Fault(Code.PICTURE_TOO_LARGE, message, "缩小以后另存一份，重新收进来；来历不明的核实来源")
