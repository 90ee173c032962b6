"""Characters that nobody sees: blanks of other widths, signs of no width; and their names for a person."""

from __future__ import annotations

import re

_NAMES = {
    "\u3000": "全角空格",
    "\u00a0": "不间断空格",
    "\u202f": "不间断空格",
    "\u00ad": "软连字符",
    "\u200b": "零宽空格",
    "\u200c": "零宽字符",
    "\u200d": "零宽字符",
    "\u2060": "零宽字符",
    "\ufeff": "零宽字符（BOM）",
    "\u2028": "行分隔符",
    "\u2029": "段分隔符",
    "\u0085": "换行符",
}
_WIDTHS = "\u1680\u2000-\u200a\u205f"  # other blanks
_DIRECTIONS = "\u200e\u200f\u202a-\u202e\u2066-\u2069"  # which way text runs
ODD = re.compile(f"[{''.join(_NAMES)}{_WIDTHS}{_DIRECTIONS}]")
_ZERO = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"))
_ODD_BYTES = re.compile(
    rb"\xe3\x80\x80|\xc2[\x85\xa0\xad]|\xe2\x80[\x80-\x8f\xa8-\xaf]|\xe2\x81[\x9f\xa0\xa6-\xa9]|\xef\xbb\xbf|\xe1\x9a\x80"
)


def odd_in(data: bytes) -> bool:
    """Whether UTF-8 bytes hold such a character; a BOM at their beginning is none."""
    return _ODD_BYTES.search(data, 3 if data.startswith(b"\xef\xbb\xbf") else 0) is not None


def name_of(character: str) -> str:
    """What such a character is called, with its number for who wants to search for it."""
    return f"{_NAMES.get(character, '特殊空白')}（U+{ord(character):04X}）"


def names_in(text: str) -> str:
    """The names of those in a text, each once, in their order; "" when there is none."""
    return "、".join(dict.fromkeys(map(name_of, ODD.findall(text))))


def plain(text: str) -> str:
    """The text with plain blanks for blanks of other widths, without signs of no width, stripped."""
    return ODD.sub(" ", text.translate(_ZERO)).strip()


def visible(text: str) -> str:
    """The text with the name of each such character in its place, as 〔全角空格〕."""
    return ODD.sub(lambda found: f"〔{_NAMES.get(found[0], '特殊空白')}〕", text)


def is_text(word: str) -> bool:
    """Whether a word that the system gave us is UTF-8 through and through."""
    try:
        word.encode()
    except UnicodeEncodeError:
        return False
    return True


def readable_name(word: str) -> str:
    """A word that is none, as a person can read it: as GBK where it may be that, else with a mark for what can't be read."""
    return "/".join(part if is_text(part) else _read_as_gbk(part) for part in word.split("/"))


def _read_as_gbk(part: str) -> str:
    data = part.encode("utf-8", "surrogateescape" if _from_bytes(part) else "replace")
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


def _from_bytes(word: str) -> bool:
    """Whether all that is no text in a word stands for bytes (PEP 383)."""
    return all("\udc80" <= sign <= "\udcff" for sign in word if "\ud800" <= sign <= "\udfff")
