"""Records as YAML text that a person goes on with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml

from liangqing.data.yaml.places import Tree

_EMPTY = {"", "~", "null", "Null", "NULL"}
SCHEMA = "# yaml-language-server: $schema=../../../schema/年度.json"
TOLD = (
    "由 collect 收回表单时写下；以后不再改写，可以接着编辑",
    "原件在同名文件夹里。自查要审核后才计数：填好审核日期、审核人和审核结果（通过 或 退回补充）",
)


class _Plain(yaml.SafeDumper):
    """Writes every scalar plain where it can stand so: our reader takes all of them as text."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        return super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else "'" if value in _EMPTY else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Plain.yaml_implicit_resolvers = {}
_Plain.add_representer(str, _text)


def document(rows: Sequence[tuple[str, Tree, str, str]], title: str, review: Sequence[str]) -> str:
    """Section, record, original and its SHA-256, row by row, as one file; keys of `review` are left for a person."""
    lines = [SCHEMA, f"# {title}", *(f"# {line}" for line in TOLD)]
    for section in dict.fromkeys(row[0] for row in rows):
        lines += ["", f"{section}:"]
        for kind, tree, original, digest in rows:
            if kind == section:
                lines.append(f"  # {original}  sha256 {digest}")
                lines += [f"  {line}" if line else "" for line in _record(tree).splitlines()]
                lines += [f"    {key}:" for key in review if section == "自查"]
    return "\n".join(lines) + "\n"


def _record(tree: Tree) -> str:
    return str(yaml.dump([tree], Dumper=_Plain, allow_unicode=True, sort_keys=False, width=1 << 30))
