"""The value of a field as the text that a person sees and changes, and back.

Several values stand in one text: a line each, short words with 、 between them. What comes back is as YAML would have it,
judged by nobody yet.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from liangqing.base.dates import as_written_by_us
from liangqing.data.fields import (
    DAY,
    DAY_OR_TEXT,
    NOTHING,
    NUMBER,
    ONE,
    PAIRS,
    WORDS,
    YES_NO,
    EntryField,
)
from liangqing.data.yaml.places import Tree

BETWEEN = "、"
_BETWEEN = re.compile("[、，,；;]")
_PAIR = re.compile(r"(.*?)[\s:：=]*([0-9]+)号?")
_TRUE = {"true": "是", "false": "否"}
_NONE = {NOTHING, "－", "-", "–", "一", "——", ""}


def text_of(field: EntryField, tree: Tree) -> str:
    """What stands in a field of a record or entry that is written as `tree`; "" where nothing is given."""
    if field.per_entry:
        return _entries_told(field, tree)
    value = at_path(tree, field.path)
    if field.count == PAIRS and isinstance(value, dict):
        return "\n".join(f"{name} {number}" for name, number in value.items())
    if field.count == ONE:
        return _TRUE.get(value.lower(), value) if isinstance(value, str) else ""
    texts = [value] if isinstance(value, str) else [item for item in value or () if isinstance(item, str)]
    together = field.count == WORDS and not any(_BETWEEN.search(text) for text in texts)
    return (BETWEEN if together else "\n").join(texts)


def at_path(tree: Tree, path: Sequence[str]) -> Any:
    """What stands at `path`, through mappings alone; None where nothing does."""
    node: Any = tree
    for step in path:
        node = node.get(step) if isinstance(node, dict) else None
    return node


def entries_at(tree: Tree, key: str) -> list[Any]:
    """The entries of the list `key`, of which one may stand there without a list."""
    listed = tree.get(key) if isinstance(tree, dict) else None
    return [listed] if isinstance(listed, dict) else list(listed) if isinstance(listed, list) else []


def _entries_told(field: EntryField, tree: Tree) -> str:
    key, name = field.path
    told = [entry.get(name) or "" for entry in entries_at(tree, key) if isinstance(entry, dict)]
    return "\n".join(text or NOTHING for text in told) if any(told) else ""


def value_of(field: EntryField, text: str) -> Tree:
    """What a person put into a field, as YAML would have it; None for an empty text, and of a line an entry its text."""
    if not text.strip():
        return None
    if field.per_entry or field.count == ONE:
        return _one(field, text)
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if field.count == PAIRS:
        pairs = [(line, _PAIR.fullmatch(line)) for line in lines]
        return {found[1] if found else line: found[2] if found else "" for line, found in pairs}
    if field.count == WORDS and len(lines) == 1:
        lines = [word.strip() for word in _BETWEEN.split(lines[0]) if word.strip()]
    return [item for item in lines if item]


def _one(field: EntryField, text: str) -> str:
    if field.kind in (DAY, DAY_OR_TEXT):
        return as_written_by_us(text)
    if field.kind in (NUMBER, YES_NO) or field.choices:
        plain = unicodedata.normalize("NFKC", text).strip()
        return _TRUE.get(plain.lower(), plain) if field.kind == YES_NO else plain
    return text


def entries_of(fields: Sequence[EntryField], texts: Mapping[str, str]) -> list[dict[str, Tree]]:
    """The entries that stand line by line in the fields of one list, by the texts of the fields by their labels."""
    columns = [
        [line.strip() for line in texts.get(field.label, "").split("\n")] if texts.get(field.label) else []
        for field in fields
    ]
    made = []
    for row in zip_longest(*columns, fillvalue=""):
        pairs: list[tuple[str, Tree]] = [
            (field.path[1], _one(field, text))
            for field, text in zip(fields, row, strict=True)
            if text not in _NONE
        ]
        if pairs:
            made.append(dict(pairs))
    return made
