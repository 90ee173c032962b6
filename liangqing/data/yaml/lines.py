"""The lines of a YAML file as a person sees them: indents, keys, and what only looks right.

For messages alone: what a file says is told by the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from liangqing.base.characters import ODD, names_in

_LINE = re.compile(r"( *)((?:- +)*)(?:([^\s:：#\"'\[\]{},，-][^\s:：#\"'\[\]{},，]{0,11}) *:(?: +(.*)|$))?")
_BLOCK = re.compile(r"(?:^|[:-] +)[|>][-+0-9]*\s*$")
_BLANKS = " \t" + "".join(map(chr, range(0x2000, 0x200B))) + "\u3000\u00a0\u202f\u205f\u1680"
_LAYOUT = (
    re.compile(rf"[{_BLANKS}]*(?:-[{_BLANKS}]*)?"),  # what stands before the first sign
    re.compile(r" *(?:- +)?[^\s:：#\"'{\[]{0,12}" + f"{ODD.pattern}+ *:"),  # a key and its colon
    re.compile(
        r" *(?:- +)?[^\s:：#\"'{\[]{1,12}:" + f"{ODD.pattern}+"
    ),  # what stands in the place of its blank
)


class WrittenLine(NamedTuple):
    """A line that says something: its number from 1, its dashes and its key with their columns from 0.

    `key` is "" where the line begins with no key; `value` is what follows it.
    """

    number: int
    indent: int
    dash: bool
    column: int
    key: str
    value: str
    text: str


def line_of(text: str, number: int) -> WrittenLine:
    """A line read by itself."""
    found = _LINE.match(text)
    assert found is not None  # everything in it may be missing
    column = len(found[1]) + len(found[2])
    return WrittenLine(
        number=number,
        indent=len(found[1]),
        dash=bool(found[2]),
        column=column,
        key=found[3] or "",
        value=(found[4] or "").strip(),
        text=text.strip(),
    )


def above(lines: list[str], number: int) -> Iterator[WrittenLine]:
    """The lines that say something above line `number`, from the nearest upwards; comments are passed over."""
    for index in range(min(number - 1, len(lines)) - 1, -1, -1):
        text = lines[index]
        if text.strip() and not text.lstrip().startswith("#"):
            yield line_of(text, index + 1)


def commented_item(lines: list[str], number: int) -> int | None:
    """The line, directly above line `number` or in the comment there, that is an item left behind a #."""
    for index in range(min(number - 1, len(lines)) - 1, -1, -1):
        if re.match(r"\s*#+\s*-\s*\S", lines[index]):
            return index + 1
        if not lines[index].lstrip().startswith("#"):
            return None
    return None


def odd_layout(text: str) -> Iterator[tuple[int, int, str]]:
    """Each line whose indent, key or colon holds a blank that is none: number and column from 1, names of the signs.

    In texts below a | such signs belong to the text.
    """
    deep: int | None = None  # how far the head of a text below | is indented
    for number, line in enumerate(text.split("\n"), 1):
        indent = len(line) - len(line.lstrip(" "))
        if deep is not None and (not line.strip() or indent > deep):
            continue
        deep = indent if _BLOCK.search(line) else None
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        for pattern in _LAYOUT:
            found = pattern.match(line)
            odd = found and ODD.search(found[0])
            if found and odd:
                yield number, odd.start() + 1, names_in(found[0])
                break
