"""Trees of text → YAML as a person writes it: every value is text, block style, keys in their order."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import yaml

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse

EMPTY = ("", "~", "null", "Null", "NULL")  # plain, they would be read as nothing


class _Text(yaml.SafeDumper):
    """Plain scalars are never numbers or dates here: what reads them takes all as text."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Text.yaml_implicit_resolvers = {}


def _represent(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else ("'" if value in EMPTY else None)
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Text.add_representer(str, _represent)


def dump(head: str, tree: object) -> str:
    """`head` (lines of comment) over the YAML of a tree; keys that hold nothing are left out."""
    body = yaml.dump(_given(tree), Dumper=_Text, allow_unicode=True, sort_keys=False, width=1 << 20)
    return f"{head}\n{body}"


def _given(tree: object) -> object:
    if isinstance(tree, dict):
        return {key: _given(each) for key, each in tree.items() if each is not None}
    return [_given(each) for each in tree] if isinstance(tree, list) else tree


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
