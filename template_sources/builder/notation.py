"""The lines of a source file, the blocks that they open and close, and the faults found in them (README.md)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

OPENING = ("小段", "表格", "无线表格", "并表", "版记", "图")  # words that hold the lines up to 【完】
CLOSING = "【完】"
GAP = re.compile(r"〈([^〉]+)〉")
CLOSES = {"endif": "if", "endfor": "for"}
T = TypeVar("T")
_TAG = re.compile(r"\{%(?:tr|p|r)?\s*(if|for|endif|endfor)\b")


class Faults(Exception):
    """What is wrong with the sources: a line each, with file and line number."""

    def __init__(self, *told: str) -> None:
        super().__init__("\n".join(told))
        self.told = told


def every(wanted: Iterable[Callable[[], T]]) -> list[T]:
    """What each of them makes; raises Faults with all that is wrong in any of them, each told once."""
    made: list[T] = []
    told: list[str] = []
    for make in wanted:
        try:
            made.append(make())
        except Faults as faults:
            told += faults.told
    if told:
        raise Faults(*dict.fromkeys(told))
    return made


@dataclass(frozen=True)
class SourceLine:
    """A line of a source; `inside`: the lines that it holds where it opens a block."""

    file: str
    number: int
    text: str
    inside: tuple[SourceLine, ...] = ()

    @property
    def word(self) -> str:
        """The first word where the line is one 【word …】: what it is about; otherwise nothing."""
        alone = self.text.startswith("【") and self.text.endswith("】")
        return self.text[1:-1].partition(" ")[0] if alone else ""

    @property
    def rest(self) -> str:
        """What follows the first word."""
        return self.text[1:-1].partition(" ")[2].strip(" ")

    @property
    def cells(self) -> list[str]:
        """What stands between the ¦ of the line, the name in front first."""
        return [cell.strip(" ") for cell in self.text.split("¦")]

    def told(self, what: str) -> str:
        """What is wrong, with file and line."""
        return f"{self.file} 第{self.number}行：{what}"

    def wrong(self, what: str) -> Faults:
        """The fault of this line, to be raised."""
        return Faults(self.told(what))

    def gaps(self) -> dict[str, SourceLine]:
        """The names in 〈〉, here and inside, and a line that has each."""
        here = dict.fromkeys(GAP.findall(self.text), self)
        return {name: line for inner in self.inside for name, line in inner.gaps().items()} | here

    def filled(self, values: Mapping[str, str]) -> SourceLine:
        """The line with those gaps 〈name〉 filled, here and inside, that `values` has something for."""
        text = GAP.sub(lambda gap: values.get(gap[1], gap[0]), self.text)
        return replace(self, text=text, inside=tuple(line.filled(values) for line in self.inside))


def all_gaps(lines: Iterable[SourceLine]) -> dict[str, SourceLine]:
    """The names in 〈〉 of several lines, and a line that has each."""
    return {name: line for outer in lines for name, line in outer.gaps().items()}


def options(line: SourceLine, text: str) -> dict[str, str]:
    """`名=内容；名=内容` as a mapping."""
    pairs = [pair.partition("=") for pair in text.split("；") if pair]
    if any(not middle for _, middle, _ in pairs):
        raise line.wrong(f"「{text}」要写成 名=内容，几项之间用；隔开")
    return {name.strip(" "): value.strip(" ") for name, _, value in pairs}


def read_lines(file: str, text: str) -> tuple[SourceLine, ...]:
    """The lines of a source as blocks; empty lines and those that begin with # are passed over.

    Raises Faults for blocks and `{% if %}`s that are not closed, and for what closes nothing.
    """
    numbered = (
        SourceLine(file, number, words.strip(" ")) for number, words in enumerate(text.splitlines(), 1)
    )
    wanted = iter([line for line in numbered if line.text and not line.text.startswith("#")])
    lines = tuple(_block(wanted, None))
    if told := list(_unpaired(lines)):
        raise Faults(*told)
    return lines


def _block(lines: Iterator[SourceLine], opened: SourceLine | None) -> Iterator[SourceLine]:
    for line in lines:
        if line.text == CLOSING:
            if opened is None:
                raise line.wrong(f"{CLOSING}前面没有要结束的段落")
            return
        yield replace(line, inside=tuple(_block(lines, line))) if line.word in OPENING else line
    if opened is not None:
        raise opened.wrong(f"【{opened.word}】少一行{CLOSING}")


def _unpaired(lines: tuple[SourceLine, ...]) -> Iterator[str]:
    """What is wrong with `{% if %}` and `{% for %}`: each is ended in its line, or in its block by lines of their own."""
    opened: list[tuple[SourceLine, str]] = []
    for line in lines:
        yield from _unpaired(line.inside)
        alone = line.text.startswith("{%")
        stack = opened if alone else []
        for kind in _TAG.findall(line.text):
            if kind not in CLOSES:
                stack.append((line, kind))
            elif not stack or stack.pop()[1] != CLOSES[kind]:
                yield line.told(f"{{% {kind} %}}前面没有{{% {CLOSES[kind]} … %}}")
        if not alone and stack:
            yield line.told(f"{{% {stack[-1][1]} … %}}在这一行里没有结束")
    for line, kind in opened:
        yield line.told(f"{{% {kind} … %}}少一行{{% end{kind} %}}")
