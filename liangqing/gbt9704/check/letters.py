"""Faces and sizes as they are applied, held against a class of type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from liangqing.gbt9704.check.rule import RuleHit
from liangqing.gbt9704.fonts import Face, face_of
from liangqing.gbt9704.standard import face
from liangqing.gbt9704.units import SIZES, Size
from liangqing.gbt9704.word.model import Paragraph, Piece

_LONGEST_LEAD = 50  # characters
_BY_HALF_POINTS = {size.half_points: size.name for size in SIZES.values()}
_THEME = "选中文字，按 Ctrl+Shift+Z 清除格式后，在“开始→字体”里重选中文字体（不要选带“（中文正文）”“（中文标题）”的主题字体）"
_LATIN = "选中文字，“开始→字体”对话框里的“中文字体”一栏也要选，只选“西文字体”对汉字不起作用"


def chinese(paragraph: Paragraph, start: int = 0, end: int | None = None) -> Iterator[Piece]:
    """The pieces of Chinese text from one character of `text` to another; an automatic number is no piece."""
    at = len(paragraph.label)
    stop = end if end is not None else 1 << 30
    for piece in paragraph.pieces:
        if (
            piece.slot == "eastAsia"
            and piece.text.strip("\u3000 ")
            and at + len(piece.text) > start
            and at < stop
        ):
            yield piece
        at += len(piece.text)


def lead_end(paragraph: Paragraph) -> int:
    """How many characters of a paragraph are a heading without a numeral, as the only point of its part has none.

    That is a short first sentence, all of it in the type of a heading (7.3.3), before text in that of the text; 0: none.
    """
    end = paragraph.text.find("。") + 1
    if not 0 < end <= _LONGEST_LEAD:
        return 0
    after = next(chinese(paragraph, end), None)
    if after is None or not fits(after, face("正文")):
        return 0
    lead = [*chinese(paragraph, 0, end)]
    kinds = (face("一级标题"), face("二级标题"))
    return end if any(all(fits(piece, kind) for piece in lead) for kind in kinds) else 0


def wrong_faces(
    paragraphs: Iterable[tuple[Paragraph, int, int | None]], face: Face, *, bold: bool = True
) -> Iterator[RuleHit]:
    """Paragraphs, or stretches of them, with Chinese text in another class of type."""
    for paragraph, start, end in paragraphs:
        for piece in chinese(paragraph, start, end):
            if not fits(piece, face):
                yield RuleHit(
                    paragraph, said(piece, bold=bold), f"{face.kind}（如 {face.name}）", _why(piece)
                )
                break


def fits(piece: Piece, face: Face) -> bool:
    """Whether a piece is in a class of type, by any of its names."""
    known = face_of(piece.face.name)
    return (known is not None and known.kind == face.kind) or piece.face.name in face.second_best


def said(piece: Piece, *, bold: bool = True) -> str:
    """The face of a piece, for people."""
    name = piece.face.name or "没有设中文字体（Word 一般用宋体）"
    latin = piece.fonts.get("ascii", "")
    if piece.face.over:
        name = f"{name}（主题字体，盖过了写明的{piece.face.over}）"
    elif _latin_only(piece):
        name = f"{name}（{latin}只设给了西文）"
    elif piece.face.theme:
        name = f"{name}（主题字体）"
    return name + ("加粗" if bold and piece.bold else "")


def _latin_only(piece: Piece) -> bool:
    """Whether a Chinese font is named, but for Latin text alone."""
    latin = face_of(piece.fonts.get("ascii", ""))
    return latin is not None and latin != face_of(piece.face.name) and not piece.face.over


def _why(piece: Piece) -> str:
    if _latin_only(piece):
        return _LATIN
    return _THEME if piece.face.theme else ""


def wrong_sizes(paragraphs: Iterable[Paragraph], size: Size) -> Iterator[RuleHit]:
    """Paragraphs most of whose text has another size."""
    for paragraph in paragraphs:
        if paragraph.pieces and abs(paragraph.size - size.half_points) > 0.5:
            yield RuleHit(paragraph, size_said(paragraph.size), str(size))


def size_said(half_points: float) -> str:
    """32 → 3号（16磅）, 33 → 16.5磅."""
    name = _BY_HALF_POINTS.get(round(half_points))
    points = f"{half_points / 2:g}磅"
    return f"{name}（{points}）" if name and round(half_points) == half_points else points
