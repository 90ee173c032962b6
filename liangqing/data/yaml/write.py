"""Trees of text → YAML as a person writes it. Everything in this product that writes a value as YAML asks this module.

`dump` writes a tree as a whole, one value a line, by PyYAML. `block_lines` writes it for a place in a text that is
there already, with short lists on one line: what stands in such a list needs quotes where a value on a line of its
own needs none, so the two do not always quote alike. Both write every value as text: what reads them takes it so.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, Problems, refuse
from liangqing.data.yaml.places import Tree, parse

INDENT = 2  # columns
_EMPTY = ("", "~", "null", "Null", "NULL")  # plain, they would be read as nothing


# ---------------------------------------------------------------- a tree as a whole


class _Text(yaml.SafeDumper):
    """Plain scalars are never numbers or dates here; items of a list stand below the first letter of its key."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


class _IndentedText(_Text):
    """The same with the items of a list two columns further in than its key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        return super().increase_indent(flow, False)


def _represent(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else ("'" if value in _EMPTY else None)
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Text.yaml_implicit_resolvers = {}
_Text.add_representer(str, _represent)


def dump(tree: object, *, indented: bool = False) -> str:
    """The YAML of a tree, in the order of its keys; keys that hold None are left out.

    `indented`: the items of a list stand two columns further in than its key, else in the same column.
    """
    dumper = _IndentedText if indented else _Text
    return str(yaml.dump(_given(tree), Dumper=dumper, allow_unicode=True, sort_keys=False, width=1 << 30))


def _given(tree: object) -> object:
    if isinstance(tree, dict):
        return {key: _given(value) for key, value in tree.items() if value is not None}
    return [_given(item) for item in tree] if isinstance(tree, list) else tree


# ---------------------------------------------------------------- a value at a place


def block_lines(value: Tree, column: int) -> list[str]:
    """A list or a mapping as the lines of a block that begins in `column` (from 0), without line ends."""
    pad = " " * column
    if isinstance(value, list):
        made: list[str] = []
        for item in value:
            inner = (
                block_lines(item, column + INDENT) if isinstance(item, dict) else [pad + scalar(str(item))]
            )
            made += [f"{pad}- {inner[0].lstrip()}", *inner[1:]]
        return made
    assert isinstance(value, dict)
    return [line for key, below in value.items() for line in _pair(key, below, column)]


def _pair(key: str, value: Tree, column: int) -> Iterator[str]:
    head = " " * column + f"{key}:"
    if isinstance(value, list):
        yield head
        yield from block_lines(value, column + INDENT)
    elif isinstance(value, str) and "\n" in value and can_be_literal(value):
        mark, *lines = literal_lines(value, column)
        yield from (f"{head} {mark}", *lines)
    else:
        yield f"{head} {in_flow(value)}" if value is not None else head


def literal_lines(value: str, column: int) -> list[str]:
    """Several lines of text as a block after |, below a key that stands in `column`; see `can_be_literal`."""
    pad = " " * (column + INDENT)
    return ["|", *(pad + line if line else "" for line in value.split("\n"))]


def can_be_literal(value: str) -> bool:
    """Whether a block after | reads as the text: no blank line at an end, no blank at the head of the first."""
    lines = value.split("\n")
    return bool(lines[0].strip() and lines[-1].strip()) and not lines[0][0].isspace() and "\r" not in value


def in_flow(value: Tree) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {in_flow(below)}" for key, below in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(in_flow, value)) + "]"
    return "" if value is None else scalar(value)


def scalar(text: str, quote: str | None = None) -> str:
    """A text as it is written on one line: with `quote`, else plain where that reads as the same text."""
    if "\n" in text or quote == '"' or not text.isprintable():
        return _double_quoted(text)
    if quote is None and _is_plain(text):
        return text
    return "'" + text.replace("'", "''") + "'"


def _double_quoted(text: str) -> str:
    made = yaml.dump(text, default_style='"', allow_unicode=True, width=1 << 30)
    return made.rstrip("\n").removesuffix("...").rstrip("\n")


def _is_plain(text: str) -> bool:
    ways: tuple[tuple[str, Tree], ...] = (
        (f"甲: {text}\n乙: 1\n", {"甲": text, "乙": "1"}),
        (f"- {text}\n", [text]),
        (f"{{甲: {text}, 乙: [{text}]}}\n", {"甲": text, "乙": [text]}),
    )
    try:
        return all(parse(written.encode(), "") == read for written, read in ways)
    except Problems:
        return False


# ---------------------------------------------------------------- a file


def write_new(path: Path, name: str, text: str) -> None:
    """Write a file that is not there yet, whole or not at all. Raises Problems (FILE_EXISTS) where it is there; `name` for people."""
    path.parent.mkdir(parents=True, exist_ok=True)
    staged = path.with_name(f".{path.name}.待落盘")
    staged.write_text(text, "utf-8", newline="\n")
    try:
        os.link(staged, path)
    except FileExistsError:
        raise refuse(
            Code.FILE_EXISTS, Place(name), "这个文件已经有了，不覆盖", "看过以后改名或移走，再运行一次"
        ) from None
    finally:
        staged.unlink()
