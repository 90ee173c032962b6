"""Records to be, as the YAML of a section; what a person has to fill in or to look at is marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from liangqing.base.diagnostics import Place
from liangqing.data.json_schema import headed
from liangqing.data.yaml.write import block_lines, in_flow

SHORT = 8  # characters: a list of texts no longer than this stands on one line


@dataclass(frozen=True)
class Open:
    """What a person has to fill in, and what the list says about it."""

    words: str


@dataclass(frozen=True)
class Unsure:
    """A value that stands in until a person has looked at it (None: the key is left empty), and why."""

    value: str | list[str] | dict[str, str] | None
    words: str


Value: TypeAlias = "str | Open | Unsure | list[str] | list[dict[str, str]] | dict[str, str]"


@dataclass
class YamlEntry:
    """A record to be: values by key, remarks to stand above it, and the places of its values (() is the record)."""

    values: dict[str, Value]
    remarks: list[str] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)

    @property
    def to_fill(self) -> list[str]:
        """The keys that a person has to fill in."""
        return [key for key, value in self.values.items() if isinstance(value, Open)]

    @property
    def to_look_at(self) -> list[tuple[str, str]]:
        """The keys whose value a person has to look at, and why."""
        return [(key, value.words) for key, value in self.values.items() if isinstance(value, Unsure)]


def section_file(name: str, section: str, entries: Sequence[YamlEntry]) -> str:
    """A file of the year with one section in it; `name` is that of the file below the workspace."""
    lines = [f"{section}:"]
    for entry in entries:
        lines += [f"  # {_one_line(remark)}" for remark in entry.remarks]
        body = [line for key, value in entry.values.items() for line in _lines(key, value)]
        lines += [f"  - {body[0]}", *(f"    {line}" if line else "" for line in body[1:]), ""]
    told = f"{section}：从原来的台账带入；写着「填」的要补上，写着「核对」的看一看对不对"
    return headed(name, [told], "\n".join(lines))


def _lines(key: str, value: Value) -> list[str]:
    if isinstance(value, Open):
        return [f"{key}:  # 填：{_one_line(value.words)}"]
    if isinstance(value, Unsure):
        told = f"  # 核对：{_one_line(value.words)}"
        if value.value is None:
            return [f"{key}:{told}"]
        first, *more = _lines(key, value.value)
        return [told.strip(), first, *more] if more or first.endswith("|") else [first + told]
    if isinstance(value, str):
        return block_lines({key: "\n".join(line.strip() for line in value.split("\n"))}, 0)
    plain: Any = value
    if isinstance(value, dict) or all(_is_short(item) for item in value):
        return [f"{key}: {in_flow(plain)}"]
    return [f"{key}:", *(f"  - {in_flow(item)}" for item in plain)]


def _one_line(text: str) -> str:
    return "　".join(text.split("\n"))


def _is_short(item: str | dict[str, str]) -> bool:
    return isinstance(item, str) and "\n" not in item and len(item) < SHORT
