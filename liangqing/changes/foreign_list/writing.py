"""Records to be, as the YAML of a section; what a person has to fill in is marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from liangqing.data.yaml.edit import in_flow, scalar

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


def section_file(section: str, entries: Sequence[YamlEntry]) -> str:
    """A file of the year with one section in it."""
    lines = [
        "# yaml-language-server: $schema=../../schema/年度.json",
        f"# {section}：从原来的台账带入；写着「填」的要补上",
        "",
        f"{section}:",
    ]
    for entry in entries:
        if entry.origin:
            lines.append(f"  # 原表 {entry.origin}")
        body = [line for key, value in entry.values.items() for line in _lines(key, value)]
        lines += [f"  - {body[0]}", *(f"    {line}" if line else "" for line in body[1:]), ""]
    return "\n".join(lines)


def _lines(key: str, value: Value) -> list[str]:
    if isinstance(value, Open):
        return [f"{key}:  # 填：{value.words}".replace("\n", "　")]
    plain: Any = value
    if isinstance(value, list):
        if all(isinstance(text, str) and "\n" not in text and len(text) < SHORT for text in value):
            return [f"{key}: {in_flow(plain)}"]
        return [f"{key}:", *(f"  - {in_flow(item)}" for item in plain)]
    if isinstance(value, dict):
        return [f"{key}: {in_flow(plain)}"]
    if "\n" in value:
        return [f"{key}: |", *(f"  {line.strip()}" if line.strip() else "" for line in value.split("\n"))]
    return [f"{key}: {scalar(value)}"]
