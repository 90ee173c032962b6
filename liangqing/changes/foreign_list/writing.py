"""Records to be, as the YAML of a section; what a person has to fill in is marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from liangqing.data.json_schema import headed
from liangqing.data.yaml.write import block_lines, in_flow

SHORT = 8  # characters: a list of texts no longer than this stands on one line


@dataclass(frozen=True)
class Open:
    """What a person has to fill in, and what the list says about it."""

    words: str


Value: TypeAlias = "str | Open | list[str] | list[dict[str, str]] | dict[str, str]"


@dataclass(frozen=True)
class YamlEntry:
    """A record to be, and which row it came from."""

    values: dict[str, Value]
    origin: str = ""


def section_file(name: str, section: str, entries: Sequence[YamlEntry]) -> str:
    """A file of the year with one section in it; `name` is that of the file below the workspace."""
    lines = [f"{section}:"]
    for entry in entries:
        if entry.origin:
            lines.append(f"  # 原表 {entry.origin}")
        body = [line for key, value in entry.values.items() for line in _lines(key, value)]
        lines += [f"  - {body[0]}", *(f"    {line}" if line else "" for line in body[1:]), ""]
    return headed(name, [f"{section}：从原来的台账带入；写着「填」的要补上"], "\n".join(lines))


def _lines(key: str, value: Value) -> list[str]:
    if isinstance(value, Open):
        return [f"{key}:  # 填：{value.words}".replace("\n", "　")]
    if isinstance(value, str):
        return block_lines({key: "\n".join(line.strip() for line in value.split("\n"))}, 0)
    plain: Any = value
    if isinstance(value, dict) or all(_is_short(item) for item in value):
        return [f"{key}: {in_flow(plain)}"]
    return [f"{key}:", *(f"  - {in_flow(item)}" for item in plain)]


def _is_short(item: str | dict[str, str]) -> bool:
    return isinstance(item, str) and "\n" not in item and len(item) < SHORT
