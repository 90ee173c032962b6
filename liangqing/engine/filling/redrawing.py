"""Pictures drawn anew: other kinds than Word shows, larger than print needs, turned. Pillow is loaded here, when needed."""

from __future__ import annotations

import io
import logging
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

logging.getLogger("PIL").addHandler(logging.NullHandler())  # else it tells of broken files on the terminal
FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF")
QUALITY = 85
PHOTO_FROM = 200_000  # bytes of a PNG from which a JPEG may take its place


class Unreadable(Exception):
    """The file is damaged, or no picture."""


class TooManyPixels(Exception):
    """The picture would fill the memory."""


def size_of(data: bytes, most: int) -> tuple[int, int]:
    """Width and height in pixels, as it is seen; not one pixel is read. Raises Unreadable, TooManyPixels (more than `most`)."""
    with _in_silence(), _opened(data, most) as image:
        width, height = image.size
        return (height, width) if image.getexif().get(0x0112, 1) >= 5 else (width, height)


def redrawn(data: bytes, size: tuple[int, int], most: int) -> bytes:
    """PNG or JPEG of that size at most, upright, without what the file told beside the picture; the first of several.

    Photos become JPEG, drawings and what has gaps to see through PNG. Raises Unreadable, TooManyPixels.
    """
    from PIL import Image, ImageOps

    with _in_silence(), _opened(data, most) as opened:
        flat = opened.format in ("JPEG", "WEBP", "TIFF") or opened.mode == "CMYK"
        longest = max(size)
        opened.draft(None, (longest, longest))
        try:
            image = _in_plain_colours(ImageOps.exif_transpose(opened))
        except (OSError, SyntaxError, ValueError, struct.error, EOFError) as exc:
            raise Unreadable from exc
    if image.width > size[0] or image.height > size[1]:
        image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    return _written(image, flat=flat)


@contextmanager
def _in_silence() -> Iterator[None]:
    """What a library makes good of itself is nothing for a clerk; what it can't is told as Unreadable."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _opened(data: bytes, most: int) -> Image:
    from PIL import Image

    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError as exc:
        raise TooManyPixels from exc
    except (OSError, SyntaxError, ValueError, struct.error, EOFError) as exc:
        raise Unreadable from exc
    if image.width * image.height > most:
        raise TooManyPixels
    return image


def _in_plain_colours(image: Image) -> Image:
    """Grey, colours, or colours with gaps to see through."""
    if image.has_transparency_data:
        return image.convert("RGBA")
    return (
        image if image.mode in ("L", "RGB") else image.convert("L" if image.mode in ("1", "I;16") else "RGB")
    )


def _written(image: Image, *, flat: bool) -> bytes:
    see_through = image.mode == "RGBA"
    drawing = b"" if flat and not see_through else _saved(image, "PNG", optimize=True)
    if see_through or (drawing and len(drawing) < PHOTO_FROM):
        return drawing
    photo = _saved(image, "JPEG", quality=QUALITY, optimize=True)
    return photo if not drawing or len(photo) * 2 < len(drawing) else drawing


def _saved(image: Image, kind: str, **options: object) -> bytes:
    image.info = {"icc_profile": image.info["icc_profile"]} if _keeps_colours(image) else {}
    out = io.BytesIO()
    image.save(out, kind, icc_profile=image.info.get("icc_profile"), **options)
    return out.getvalue()


def _keeps_colours(image: Image) -> bool:
    """Whether the file says what its colours look like, and they are still those."""
    profile = image.info.get("icc_profile")
    return image.mode == "RGB" and isinstance(profile, bytes) and profile[16:20] == b"RGB "
