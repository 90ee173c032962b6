"""JSON that was written down, read as if anybody had been at it: what is damaged is no JSON, whatever is wrong with it."""

from __future__ import annotations

import json
import math
import stat
from pathlib import Path
from typing import Any, NoReturn

from liangqing.base import bounds

DEEPEST = 60  # lists and objects within one another; nothing that we write goes as deep
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


def read_json(text: str | bytes) -> Any:
    """What a text says.

    Raises ValueError for all that we never write: broken texts, numbers without end, signs that are no text, what is
    nested without end.
    """
    try:
        tree = json.loads(text, parse_constant=_no_number, parse_float=_finite)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    data = text.encode() if isinstance(text, str) else text
    if not _looks_flat(data):
        _refuse_depth(tree)
    if b"\\ud" in data.lower():
        json.dumps(tree, ensure_ascii=False).encode()  # half a pair of surrogates is no text
    return tree


def load_json(path: Path) -> Any:
    """What a file says; raises OSError where there is none, and ValueError as `read_json`, or where it is no file that can be read."""
    seen = path.stat()
    if not stat.S_ISREG(seen.st_mode) or seen.st_size > bounds.NOTES_FILE:
        raise ValueError(path)
    return read_json(path.read_bytes())


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def _finite(word: str) -> float:
    number = float(word)
    if not math.isfinite(number):
        raise ValueError(word)
    return number


def _looks_flat(data: bytes) -> bool:
    """Whether the brackets of a text, those in its words too, say that it is not nested too deeply; quick, and may doubt."""
    bare = data.translate(None, _NO_BRACKETS)
    for _ in range(DEEPEST):
        before, bare = bare, bare.replace(b"[]", b"").replace(b"{}", b"")
        if not bare or bare == before:
            break
    return not bare


def _refuse_depth(tree: Any) -> None:
    level = [tree]
    for _ in range(DEEPEST):
        level = [
            below
            for node in level
            for below in (node.values() if isinstance(node, dict) else node if isinstance(node, list) else ())
            if isinstance(below, dict | list)
        ]
        if not level:
            return
    raise ValueError("nested too deeply")
