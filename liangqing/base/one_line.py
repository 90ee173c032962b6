"""Texts of one line that a person gives (a reason, a name): what cannot stand in one is told by its name and place."""

from __future__ import annotations

import re

from liangqing.base.characters import plain
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse

LONGEST = 1000  # signs
_NAMES = {
    "\n": "换行",
    "\r": "回车",
    "\t": "制表符",
    "\v": "软换行",
    "\f": "分页符",
    "\u0085": "换行符",
    "\u2028": "行分隔符",
    "\u2029": "段分隔符",
    "\ufeff": "零宽字符（BOM）",
}
_BREAKS = frozenset("\n\r\t\v\f\u0085\u2028\u2029")
# Controls, line ends, halves of a pair, and what Unicode keeps for nobody: none of them is a sign that prints.
_UNFIT = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
    + "]"
)


def called(sign: str) -> str:
    """What such a sign is called, with its number: 软换行（U+000B）."""
    kinds = (("\ud800", "\udfff", "不完整的字符"), ("\x00", "\x9f", "控制字符"))
    general = (name for first, last, name in kinds if first <= sign <= last)
    return f"{_NAMES.get(sign) or next(general, '不是文字的字符')}（U+{ord(sign):04X}）"


def escaped(text: str) -> str:
    """The text with the name of each such sign in its place, fit for a message."""
    return _UNFIT.sub(lambda found: f"〔{_NAMES.get(found[0], called(found[0]))}〕", text)


def unfit(text: str) -> re.Match[str] | None:
    """The first sign of a text that cannot stand in one line."""
    return _UNFIT.search(text)


def one_line(text: str, place: Place, what: str, example: str) -> str:
    """The text without blanks around it, where it is fit for a line; `what` it is called, `example` is one to copy.

    Raises Problems for one that says nothing, is longer than `LONGEST`, or holds a control character or a line end.
    """
    found = unfit(text)
    if found is not None:
        before = escaped(text[max(0, found.start() - 8) : found.start()])
        where = f"「{before}」的后面" if before else "开头"
        matter = "只能写一行" if found[0] in _BREAKS else "存不下这个字符"
        message = f"{what}第 {found.start() + 1} 个字（{where}）是{called(found[0])}，{matter}"
        raise refuse(Code.NOT_ONE_LINE, place, message, f"删掉这个字符，接成一行，如 {example}")
    if not plain(text):
        raise refuse(Code.NOT_ONE_LINE, place, f"{what}是空的，只有空格", f"写上，如 {example}")
    if len(text) > LONGEST:
        message = f"{what}有 {len(text)} 个字，最多 {LONGEST} 个"
        raise refuse(Code.NOT_ONE_LINE, place, message, "写短；长的材料另存，这里写它的名称")
    return text.strip()
