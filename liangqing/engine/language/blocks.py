"""Which tags belong together: openings, middles and closings of a part, matched as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, error
from liangqing.engine.language.language import Statement
from liangqing.engine.language.tags import Tag

MAX_NESTING = 16
_CLOSINGS = {"endfor": "for", "endif": "if"}
_ANY_END = "end"  # of a tag that was told already: it ends whatever is open


@dataclass
class Block:
    """A for or an if with its tags in order: opening, middles, closing."""

    keyword: str
    tags: list[Tag] = field(default_factory=list)
    has_else: bool = False
    closed: bool = False


@dataclass
class Matched:
    """The blocks, outer ones before inner ones, and what does not fit."""

    blocks: list[Block] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)


def match_blocks(statements: Iterable[tuple[Tag, Statement]]) -> Matched:
    """All unclosed, crossed and unexpected tags at once."""
    found = Matched()
    stack: list[Block] = []
    for tag, statement in statements:
        keyword = statement.keyword
        if keyword in ("for", "if"):
            _open(tag, keyword, stack, found)
            if len(stack) > MAX_NESTING:
                return _too_deep(tag, found)
        elif keyword in ("elif", "else"):
            _middle(tag, keyword, stack, found)
        elif keyword == _ANY_END and stack:
            _close(tag, f"end{stack[-1].keyword}", stack, found)
        elif keyword in _CLOSINGS:
            _close(tag, keyword, stack, found)
    for block in stack:
        _unclosed(block, found)
    return found


def _open(tag: Tag, keyword: str, stack: list[Block], found: Matched) -> None:
    block = Block(keyword, [tag])
    stack.append(block)
    found.blocks.append(block)


def _too_deep(tag: Tag, found: Matched) -> Matched:
    message = f"「{tag.text}」套在 {MAX_NESTING} 层 for、if 里面，太深了"
    _report(found, Code.TEMPLATE_TOO_COMPLEX, tag, message, "减少嵌套的层数")
    return found


def _middle(tag: Tag, keyword: str, stack: list[Block], found: Matched) -> None:
    if not stack or (keyword == "elif" and stack[-1].keyword == "for"):
        _report(found, Code.UNEXPECTED_TAG, tag, f"「{tag.text}」前面没有 if", "补上 {% if … %}，或删去它")
    elif stack[-1].has_else:
        _report(
            found, Code.UNEXPECTED_TAG, tag, f"「{tag.text}」在 else 之后", "一个 if 只有一个 else，放在最后"
        )
    else:
        stack[-1].tags.append(tag)
        stack[-1].has_else = keyword == "else"


def _close(tag: Tag, keyword: str, stack: list[Block], found: Matched) -> None:
    opening = _CLOSINGS[keyword]
    depth = next((n for n, block in enumerate(reversed(stack)) if block.keyword == opening), None)
    if depth is None:
        message = f"「{tag.text}」前面没有对应的 {opening}"
        _report(found, Code.UNEXPECTED_TAG, tag, message, f"补上 {{% {opening} … %}}，或删去它")
        return
    for block in stack[len(stack) - depth :]:
        message = f"「{tag.text}」结束得太早，里面的「{block.tags[0].text}」还没有结束"
        _report(found, Code.BLOCKS_CROSSED, tag, message, f"先写 {_end_of(block)}")
    del stack[len(stack) - depth :]
    block = stack.pop()
    block.tags.append(tag)
    block.closed = True


def _unclosed(block: Block, found: Matched) -> None:
    tag = block.tags[0]
    message = f"「{tag.text}」没有结束"
    _report(found, Code.UNCLOSED_BLOCK, tag, message, f"在后面补上 {_end_of(block)}")


def _end_of(block: Block) -> str:
    return f"{{%{block.tags[0].prefix} end{block.keyword} %}}"


def _report(found: Matched, code: Code, tag: Tag, message: str, advice: str) -> None:
    found.problems.append(error(code, tag.place, message, advice))
