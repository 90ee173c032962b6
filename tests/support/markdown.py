"""Markdown read as far as the documents go: blocks, chapters, tables, commands, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Block:
    """A code block: what its fence says, and what stands in it, less the indent of the fence."""

    language: str
    text: str


_BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^ *```$\n?", re.MULTILINE | re.DOTALL)


def pieces(text: str) -> Iterator[Block | str]:
    """Code blocks and, between them, paragraphs."""
    end = 0
    for found in _BLOCK.finditer(text):
        yield from filter(None, map(str.strip, re.split(r"\n{2,}", text[end : found.start()])))
        yield Block(found[2], re.sub(f"^{found[1]}", "", found[3], flags=re.MULTILINE))
        end = found.end()
    yield from filter(None, map(str.strip, re.split(r"\n{2,}", text[end:])))


def blocks(text: str) -> list[str]:
    """What stands in code blocks, indented ones too."""
    return [each.text for each in pieces(text) if isinstance(each, Block)]


def prose(text: str) -> str:
    """The text without its code blocks."""
    return _BLOCK.sub("", text)


def headings(text: str) -> list[str]:
    """The headings of all levels."""
    return re.findall(r"^#+ (.+?) *$", prose(text), re.MULTILINE)


def chapters(text: str) -> dict[str, str]:
    """What stands under each heading, up to the next one of any level."""
    parts = re.split(r"^#+ (.+?) *$", prose(text), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def tables(text: str) -> list[list[list[str]]]:
    """The tables of a chapter: rows of cells, the heads first."""
    found = re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE)
    return [[_cells(line) for line in each.splitlines() if set(line) - set("|-")] for each in found]


def _cells(line: str) -> list[str]:
    return [each.strip() for each in re.split(r"(?<!\\)\|", line)[1:-1]]


def command_lines(text: str) -> list[str]:
    """What follows generate.py, or the installed command, in the code blocks, each once."""
    lines = (line for block in blocks(text) for line in block.splitlines())
    found = (re.search(r"(?:generate\.py|^liangqing|bin/liangqing) (.+)", line) for line in lines)
    return list(dict.fromkeys(each[1].strip() for each in found if each))


@dataclass(frozen=True)
class Link:
    """Where a link or a picture leads."""

    target: str
    picture: bool


def links(text: str) -> list[Link]:
    """The links and pictures of a text, not those in code."""
    plain = re.sub(r"`[^`\n]*`", "", prose(text))
    found = re.findall(r"(!?)\[[^\]\n]*\]\(([^)\s]+)\)", plain)
    return [Link(target, mark == "!") for mark, target in found]


def anchors(text: str) -> set[str]:
    """What a link may name after `#`: each heading as GitHub makes an anchor of it."""
    made: set[str] = set()
    for heading in headings(text):
        words = re.sub(r"[^\w\- ]", "", re.sub(r"`|\*", "", heading).lower()).replace(" ", "-")
        count = 0
        while (name := f"{words}-{count}" if count else words) in made:
            count += 1
        made.add(name)
    return made
