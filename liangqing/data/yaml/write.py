"""Trees of text → YAML as a person writes it. Everything in this product that writes a value as YAML asks this module.

`dump` writes a tree as a whole, `block_lines` for a place in a text that is there already; both in a `YamlStyle`. Every
value is written as text: what reads it takes it so.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, Problems, refuse
from liangqing.base.file_changes import FileChanges, settle, write_together
from liangqing.base.folders import LOCK
from liangqing.base.one_line import called, escaped
from liangqing.base.output_files import locked
from liangqing.data.yaml.places import Tree, parse
from liangqing.data.yaml.style import BLOCK, FLOW, LIST, MAPPING, STANDARD, Keys, YamlStyle

_ODD = re.compile(
    r"[^\n\u3000\xa0 -~\u00a1-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\ud7ff\uf900-\ufefe\uff00-\uffef]"
)
_HALF = re.compile("[\ud800-\udfff]")
_HARMLESS = re.compile(
    r"[\w\u3001-\u3015\u2014-\u2026\u00b7\uff00-\uff5e ./()+-]*"
)  # nothing that YAML knows stands among it
LONGEST = 160  # signs of a line in brackets; what is longer is written line by line


# ---------------------------------------------------------------- a tree as a whole


def dump(tree: Tree, style: YamlStyle = STANDARD, path: Keys = ()) -> str:
    """The YAML of a list or mapping that stands at `path`, in the order of its keys; keys that hold None are left out."""
    return "".join(f"{line}\n" for line in block_lines(_given(tree), 0, style, path))


def _given(tree: Tree) -> Tree:
    if isinstance(tree, dict):
        return {key: _given(value) for key, value in tree.items() if value is not None}
    return [_given(item) for item in tree] if isinstance(tree, list) else tree


# ---------------------------------------------------------------- a value at a place


def block_lines(value: Tree, column: int, style: YamlStyle = STANDARD, path: Keys = ()) -> list[str]:
    """A list or a mapping as the lines of a block that begins in `column` (from 0), without line ends.

    `path` are the keys that lead to it: how it is written follows what stands there elsewhere.
    """
    if isinstance(value, list):
        apart = [""] * (style.blank if len(path) == 1 else 0)
        made: list[str] = []
        for item in value:
            made += [*(apart if made else ()), *_item(item, column, style, path)]
        return made
    assert isinstance(value, dict)
    return [line for key, below in value.items() for line in _pair(key, below, column, style, path)]


def _item(item: Tree, column: int, style: YamlStyle, path: Keys) -> list[str]:
    """An item of a list, its dash in `column`."""
    dash = " " * column + "-"
    line = f"{dash.ljust(column + style.text_gap)}{in_flow(item, style, path)}"
    if isinstance(item, dict) and item and (style.form(MAPPING, path) != FLOW or len(line) > LONGEST):
        first, *more = block_lines(item, column + style.gap, style, path)
        return [dash.ljust(column + style.gap) + first.lstrip(), *more]
    if isinstance(item, str) and "\n" in item and can_be_literal(item):
        lines = literal_lines(item, column + style.text_gap)
        return [dash.ljust(column + style.text_gap) + style.literal, *lines]
    return [line]


def _pair(key: str, value: Tree, column: int, style: YamlStyle, above: Keys) -> Iterator[str]:
    path, head = (*above, key), " " * column + f"{key}:"
    if value is None:
        yield head
    elif _in_brackets(value, head, style, path):
        yield f"{head} {in_flow(value, style, path)}"
    elif (
        isinstance(value, list) and len(value) == 1 and isinstance(value[0], str) and style.singles.get(path)
    ):
        yield from _pair(key, value[0], column, style, above)
    elif isinstance(value, list | dict):
        yield head
        below = style.offset_at(path) if isinstance(value, list) else style.step
        yield from block_lines(value, column + below, style, path)
    elif "\n" in value and can_be_literal(value):
        yield from (f"{head} {style.literal}", *literal_lines(value, column + style.step))
    else:
        yield f"{head} {scalar(value, style.quote(path))}"


def _in_brackets(value: Tree, head: str, style: YamlStyle, path: Keys) -> bool:
    """Whether a list or mapping stands on the line of its key: as its like do, a mapping also where nothing is known of it."""
    if not isinstance(value, list | dict):
        return False
    if not value:
        return True
    if isinstance(value, list):
        wanted = style.form(LIST, path) == FLOW and not (len(value) == 1 and style.singles.get(path))
    else:
        wanted = style.form(MAPPING, path) == FLOW or (style.form(MAPPING, path) != BLOCK and len(path) > 1)
    return wanted and len(head) + len(in_flow(value, style, path)) < LONGEST


def literal_lines(value: str, column: int) -> list[str]:
    """Several lines of text in a block that begins in `column`, below a |; see `can_be_literal`."""
    pad = " " * column
    return [pad + line if line else "" for line in value.split("\n")]


def can_be_literal(value: str) -> bool:
    """Whether a block after | reads as the text: no blank line at an end, no blank at the head of the first."""
    lines = value.split("\n")
    ends = bool(lines[0].strip() and lines[-1].strip()) and not lines[0][0].isspace()
    return ends and not _ODD.search(value)


def in_flow(value: Tree, style: YamlStyle = STANDARD, path: Keys = ()) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        pad = " " if style.padded and value else ""
        pairs = (f"{key}: {in_flow(below, style, (*path, key))}" for key, below in value.items())
        return "{" + pad + ", ".join(pairs) + pad + "}"
    if isinstance(value, list):
        return "[" + ", ".join(in_flow(item, style, path) for item in value) + "]"
    return "" if value is None else scalar(value, style.quote(path))


def scalar(text: str, quote: str | None = None) -> str:
    """A text as it is written on one line: with `quote`, else plain where that reads as the same text."""
    if "\n" in text or quote == '"' or not text.isprintable():
        return _double_quoted(text)
    if not quote and _is_plain(text):
        return text
    return "'" + text.replace("'", "''") + "'"


def _double_quoted(text: str) -> str:
    half = _HALF.search(text)
    if half is not None:
        message = f"「{escaped(text[:20])}」里有{called(half[0])}，存不下，什么也没有写"
        raise refuse(Code.LINE_NOT_READ_BACK, Place("要写的文字"), message, "删掉这个字符，再做一次")
    made = yaml.dump(text, default_style='"', allow_unicode=True, width=1 << 30)
    return made.rstrip("\n").removesuffix("...").rstrip("\n")


def _is_plain(text: str) -> bool:
    ways: tuple[tuple[str, Tree], ...] = (
        (f"甲: {text}\n乙: 1\n", {"甲": text, "乙": "1"}),
        (f"- {text}\n", [text]),
        (f"{{甲: {text}, 乙: [{text}]}}\n", {"甲": text, "乙": [text]}),
    )
    try:
        ours = all(parse(written.encode(), "") == read for written, read in ways)
        return ours and (_HARMLESS.fullmatch(text) is not None or _reads_to_others(*ways[2]))
    except Problems:
        return False


def _reads_to_others(written: str, read: Tree) -> bool:
    """Whether the reader of PyYAML that is written in Python, which is stricter in brackets, reads the same."""
    try:
        return bool(yaml.load(written, yaml.BaseLoader) == read)
    except yaml.YAMLError:
        return False


def without_brackets(tree: Tree) -> Tree:
    """The tree with the text in place of each list that holds one alone: they read as the same."""
    if isinstance(tree, dict):
        return {key: without_brackets(value) for key, value in tree.items()}
    if isinstance(tree, list):
        alone = len(tree) == 1 and isinstance(tree[0], str)
        return tree[0] if alone else [without_brackets(item) for item in tree]
    return tree


# ---------------------------------------------------------------- files


def write_new(root: Path, files: Mapping[str, str]) -> None:
    """Write files of a workspace that are not there yet, by name below it, all or none.

    Raises Problems (FILE_EXISTS) where one is there, and as `write_together` does.
    """
    with locked(root / LOCK):
        settle(root)
        for name in files:
            if os.path.lexists(root / name):
                advice = "看过以后改名或移走，再运行一次"
                raise refuse(Code.FILE_EXISTS, Place(name), "这个文件已经有了，不覆盖", advice)
        write_together(root, FileChanges({name: text.encode() for name, text in files.items()}))
