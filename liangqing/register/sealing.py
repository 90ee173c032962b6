"""A line of the register as text: one flow mapping of YAML, with a check sum of its own at its end.

What is written is proved: a value stands plain only where it reads as the same text, and a whole line is read back, by
our own reader and by PyYAML, before it may be entered.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import yaml

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, Problems, refuse
from liangqing.base.folders import REGISTER
from liangqing.base.one_line import called, unfit
from liangqing.data.yaml.places import Tree, parse

WHOLE = re.compile(rb", \xe6\xa0\xa1: [0-9a-f]{8}\}")  # how a line ends that was written to its end
_CODES = ("对象", "前", "内容", "取值", "模板")  # what the program names itself: it may look like a number
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def line_of(record: Mapping[str, object]) -> str:
    """A record as a sealed line, in the order of its keys; those that hold None are left out.

    Raises Problems, with the sign that is to blame, where the line would not read as what is meant.
    """
    text = sealed("- " + flow(record))
    if not _reads_as(text, _meant(record)):
        values = {key: unfit(value) for key, value in record.items() if isinstance(value, str)}
        blamed = [f"「{key}」里的{called(found[0])}" for key, found in values.items() if found]
        message = f"{'、'.join(blamed) or '有一项'}写进登记读不回来，什么也没有写"
        raise refuse(Code.LINE_NOT_READ_BACK, Place(REGISTER), message, "删掉这个字符，再做一次")
    return text


def flow(value: object, *, code: bool = False) -> str:
    """A value in YAML's flow style, on one line; `code`: a text of the program's own, which may look like a number."""
    if isinstance(value, Mapping):
        pairs = (
            f"{key}: {flow(element, code=key in _CODES)}"
            for key, element in value.items()
            if element is not None
        )
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(element) for element in value) + "]"
    return _text(value, code=code) if isinstance(value, str) else str(value)


def _text(text: str, *, code: bool) -> str:
    signs = any(sign in text for sign in "\"'#,[]{}:&*!|>%@`\\\n") or _ESCAPED.search(text)
    plain = text and not signs and text.strip() == text and text not in ("~", "null", "-")
    return text if plain and _is_plain(text, code=code) else _quoted(text)


def _quoted(text: str) -> str:
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _is_plain(text: str, *, code: bool) -> bool:
    """Whether a text reads as itself without quotes, as a value and as an item, and to others as no number or date."""
    written = f"- {{甲: {text}, 乙: [{text}]}}"
    meant: Tree = [{"甲": text, "乙": [text]}]
    try:
        others = yaml.load(written, yaml.BaseLoader if code else yaml.SafeLoader)
        return others == meant and parse(written.encode(), "") == meant
    except (Problems, yaml.YAMLError, UnicodeEncodeError, ValueError):
        return False


def _reads_as(text: str, meant: Tree) -> bool:
    try:
        ours, others = parse(text.encode(), REGISTER), yaml.load(text, yaml.BaseLoader)
    except (Problems, yaml.YAMLError, UnicodeEncodeError):
        return False
    return _unsealed(ours) == _unsealed(others) == meant and "\n" not in text


def _unsealed(tree: Any) -> Tree:
    """The one item of a list without its check sum; None for anything else."""
    if not (isinstance(tree, list) and len(tree) == 1 and isinstance(tree[0], dict)):
        return None
    return {key: value for key, value in tree[0].items() if key != "校"}


def _meant(value: object) -> Tree:
    """A record as it is to be read: all values as texts."""
    if isinstance(value, Mapping):
        return {key: _meant(element) for key, element in value.items() if element is not None}
    if isinstance(value, list):
        return [_meant(element) for element in value]
    return value.isoformat() if isinstance(value, date) else str(value)


def sealed(text: str) -> str:
    """The line with a check sum of its own at its end, so that an edit of the last line is seen too."""
    return f"{text[:-1]}, 校: {hash_of(text)[:8]}}}"


def is_sealed(text: str) -> bool:
    """Whether a line is as it was written."""
    return sealed(text.rpartition(", 校: ")[0] + "}") == text


def hash_of(text: str) -> str:
    """The hash that the next line carries: the first 32 hex digits of SHA-256 over the line as written.

    A half of a pair of signs, which no file holds, counts as a question mark.
    """
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
