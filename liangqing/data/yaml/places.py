"""YAML file → tree of text (docs/使用手册/数据.md, 怎样写数据).

Every scalar is text, and a plain empty value, `~` or `null` is None. Places cost nothing until a problem asks
for one: the file is then parsed a second time, with its marks kept.
"""

from __future__ import annotations

import gc
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, error, reason, refuse

Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | None"
Step: TypeAlias = "str | int"

LARGEST = 64 * 1024 * 1024
DEEPEST = 50
_EMPTY = {"", "~", "null", "Null", "NULL"}
_Parser: Any = getattr(getattr(yaml, "cyaml", None), "CParser", yaml.Loader)


@dataclass(frozen=True)
class Source:
    """A file that was read: its name for people, its bytes and its tree."""

    name: str
    data: bytes
    tree: Tree

    @cached_property
    def _marks(self) -> dict[tuple[Step, ...], tuple[int, int]]:
        return _Builder(self.name, self.data, keep_marks=True).build()[1]

    def place(self, *path: Step) -> Place:
        """The place of the value at `path`; of the nearest thing above it where it is not there.

        A step that counts into a list is passed over where the person wrote the only item without a list.
        """
        node, known = self.tree, ()  # type: tuple[Tree, tuple[Step, ...]]
        for step in path:
            if isinstance(step, int) and not isinstance(node, list):
                continue
            try:
                node = node[step]  # type: ignore[index]
            except (KeyError, IndexError, TypeError):
                break
            known = (*known, step)
        return Place(self.name, *self._marks[known])

    def item_at(self, line: int) -> tuple[Step, ...]:
        """The section, or the item of a section's list, in which a line stands; () above all of them."""
        index = bisect_right(self._starts, line, key=lambda start: start[0])
        return self._starts[index - 1][2] if index else ()

    @cached_property
    def _starts(self) -> list[tuple[int, int, tuple[Step, ...]]]:
        """Line, depth and path of each section and each item of a section's list, in order of line."""
        found = [
            (line, len(path), path)
            for path, (line, _) in self._marks.items()
            if len(path) == 1 or (len(path) == 2 and isinstance(path[1], int))
        ]
        return sorted(found, key=lambda start: start[:2])

    def at(self, path: tuple[Step, ...]) -> Tree:
        """The value at a path that is there."""
        node: Any = self.tree
        for step in path:
            node = node[step]
        return node  # type: ignore[no-any-return]

    def key_place(self, *path: Step) -> Place:
        """The place of the key (not the value) at the end of `path`."""
        return Place(self.name, *self._marks[(*path, "\0key")])


def texts(tree: Tree) -> Iterator[tuple[tuple[Step, ...], str]]:
    """Every text of a tree, with its path."""
    if isinstance(tree, str):
        yield (), tree
    elif isinstance(tree, list | dict):
        for step, below in tree.items() if isinstance(tree, dict) else enumerate(tree):
            for path, text in texts(below):
                yield (step, *path), text


def load(path: Path, name: str, read: Callable[[bytes, str], Tree] | None = None) -> Source:
    """Read one YAML file; `name` is how messages call it, `read` another way to a tree than `parse`.

    Raises Problems when the file can't be read, is not UTF-8, is too large, or breaks a rule of the format.
    """
    data = _read(path, name)
    return Source(name, data, (read or parse)(data, name))


def parse(data: bytes, name: str) -> Tree:
    """The tree of a YAML text; raises Problems with all that can be said of it."""
    was_enabled = gc.isenabled()
    gc.disable()  # a large file makes millions of small containers and no garbage
    try:
        return _build_sound(data)
    except (_NotSound, yaml.YAMLError):
        return _Builder(name, data, keep_marks=False).build()[0]
    finally:
        if was_enabled:
            gc.enable()


class _NotSound(Exception):
    """Something is not as it should be: the builder with marks says what."""


def _build_sound(data: bytes) -> Tree:
    """The tree of a text without a fault, as fast as the parser's events come; raises _NotSound at any doubt."""
    parser = _Parser(data)
    get, scalar, mapping, sequence = (
        parser.get_event,
        yaml.ScalarEvent,
        yaml.MappingStartEvent,
        yaml.SequenceStartEvent,
    )
    root: list[Any] = []
    node: Any = root
    above: list[Any] = []
    keys: dict[str, str] = {}
    key: Any = None
    ends = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
    while parser.check_event():
        event = get()
        kind = type(event)
        if kind is scalar:
            value, style = event.value, event.style
            if style == "|":
                value = value.rstrip("\n")
            elif style == ">" or event.start_mark.line != event.end_mark.line:
                raise _NotSound
            elif not style and value in _EMPTY:
                value = None
        elif kind is mapping or kind is sequence:
            value = {} if kind is mapping else []
        elif kind in ends:
            node, key = above.pop()
            continue
        elif kind is yaml.AliasEvent or (kind is yaml.DocumentStartEvent and root):
            raise _NotSound
        else:
            continue
        if event.anchor is not None or event.tag is not None:
            raise _NotSound
        if type(node) is list:
            node.append(value)
        elif key is None:
            if type(value) is not str or value in node:
                raise _NotSound
            key = keys.setdefault(value, value)  # the same few words, thousands of times
            node[key] = None
            continue
        else:
            node[key] = value
            key = None
        if kind is not scalar:
            above.append((node, key))
            node, key = value, None
            if len(above) >= DEEPEST:
                raise _NotSound
    return root[0] if root else None


def _read(path: Path, name: str) -> bytes:
    place = Place(name)
    try:
        if path.stat().st_size > LARGEST:
            raise refuse(
                Code.DATA_FILE_TOO_LARGE, place, "文件超过 64 MB", "拆成几个文件，或检查是否放错了文件"
            )
        data = path.read_bytes()
    except OSError as problem:
        raise refuse(
            Code.DATA_FILE_UNREADABLE,
            place,
            f"读不了这个文件（{reason(problem)}）",
            "检查文件是否存在、有无读取权限",
        ) from None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise refuse(
            Code.NOT_UTF8, Place(name, line), "不是 UTF-8 编码的文字", "用记事本或 WPS 另存为，编码选 UTF-8"
        ) from None
    return data


class _Builder:
    """Builds a tree from parser events, without recursion, and says all that is wrong on the way."""

    def __init__(self, name: str, data: bytes, *, keep_marks: bool) -> None:
        self.name = name
        self.data = data
        self.keep_marks = keep_marks
        self.marks: dict[tuple[Step, ...], tuple[int, int]] = {}
        self.problems: list[Diagnostic] = []

    def build(self) -> tuple[Tree, dict[tuple[Step, ...], tuple[int, int]]]:
        root: list[Tree] = []
        try:
            self._consume(self._events(), root)
        except yaml.YAMLError as problem:
            said = explain(problem, self.name, self.data)
            near = (
                said.place.line or 0
            ) - 3  # what breaks the syntax also folds lines: one cause, one message
            self.problems = [
                diagnostic
                for diagnostic in self.problems
                if diagnostic.code != Code.TEXT_FOLDED or (diagnostic.place.line or 0) < near
            ]
            self.problems.append(said)
        if self.problems:
            raise Problems(self.problems)
        return (root[0] if root else None), self.marks or {(): (1, 1)}

    def _events(self) -> Iterator[Any]:
        parser = _Parser(self.data)
        try:
            while parser.check_event():
                yield parser.get_event()
        finally:
            parser.dispose()

    def _consume(self, events: Iterator[Any], root: list[Tree]) -> None:
        # stack of (container, path, waiting key); the key is None where a key or an item is due
        stack: list[list[Any]] = [[root, (), None]]
        documents = 0
        for event in events:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._add(stack, event, self._scalar(event))
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                self._refuse_marks_of_reuse(event)
                node: Tree = {} if kind is yaml.MappingStartEvent else []
                path = self._add(stack, event, node)
                stack.append([node, path, None])
                if len(stack) > DEEPEST:
                    self._problem(event, Code.NESTED_TOO_DEEP, f"层次超过 {DEEPEST} 层", "检查缩进和括号")
                    return
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                stack.pop()
            elif kind is yaml.AliasEvent:
                self._refuse_marks_of_reuse(event)
                self._add(stack, event, None)
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self._problem(
                        event, Code.SECOND_DOCUMENT, "一个文件里有第二份文档（---）", "拆成两个文件"
                    )
                    return

    def _add(self, stack: list[list[Any]], event: Any, node: Tree) -> tuple[Step, ...]:
        """Put a node where it belongs; the path it got."""
        container, path, key = top = stack[-1]
        if isinstance(container, list):
            here = path if len(stack) == 1 else (*path, len(container))
            container.append(node)
        elif key is None:
            top[2] = self._key(container, path, event, node)
            return (*path, top[2])
        else:
            here = (*path, key)
            container[key] = node
            top[2] = None
        if self.keep_marks:
            self.marks[here] = _position(event)
        return here

    def _key(self, container: dict[str, Tree], path: tuple[Step, ...], event: Any, node: Tree) -> str:
        if not isinstance(node, str):
            self._problem(
                event, Code.KEY_IS_NO_WORD, "键应是一个词", "写成「键: 值」，键不能为空、不能是列表"
            )
            node = f"\0{len(container)}"
        if node in container:
            self._problem(
                event, Code.KEY_TWICE, f"「{node}」写了两次", "只留一个；两处内容不同时先弄清哪个对"
            )
        if self.keep_marks:
            self.marks[(*path, node, "\0key")] = _position(event)
        container.setdefault(node, None)
        return node

    def _scalar(self, event: Any) -> str | None:
        self._refuse_marks_of_reuse(event)
        text: str = event.value
        if event.style == "|":
            return text.rstrip("\n")
        if event.style == ">" or event.start_mark.line != event.end_mark.line:
            self._problem(
                event, Code.TEXT_FOLDED, "文字折成了几行，YAML 会在行间加空格", "写在一行里，或改用「|」分行"
            )
        if not event.style and text in _EMPTY:
            return None
        return text

    def _refuse_marks_of_reuse(self, event: Any) -> None:
        if event.anchor is not None:
            self._problem(
                event,
                Code.ANCHOR_OR_ALIAS,
                "不支持锚点和引用（& 和 *）",
                "把内容照写一遍；以 & * 开头的文字加引号",
            )
        if getattr(event, "tag", None) is not None:
            self._problem(
                event, Code.TYPE_MARK, f"不支持类型标记「{event.tag}」", "去掉它；以 ! 开头的文字加引号"
            )

    def _problem(self, event: Any, code: Code, message: str, advice: str) -> None:
        place = Place(self.name, event.start_mark.line + 1, event.start_mark.column + 1)
        self.problems.append(error(code, place, message, advice))


def _position(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


# What the C parser says → what we say (in the order in which they are tried); the last row takes the rest.
_SYNTAX = (
    (
        "mapping values are not allowed",
        "这一行里多了一个冒号加空格",
        "文字里有「: 」时给整段文字加引号，或检查上一行的缩进",
    ),
    ("could not find expected ':'", "这一行缺半角冒号加空格", "写成「键: 值」：冒号用半角，后面空一格"),
    ("cannot start any token", "文字以 @、%、` 等符号开头", "给整段文字加引号"),
    ("unknown escape character", "双引号里的反斜杠 YAML 不认识", "改用单引号"),
    (
        "did not find expected node content",
        "这里缺内容，或括号没有配对",
        "检查括号和逗号；文字以逗号、括号开头时加引号",
    ),
    ("hexdecimal number", "双引号里的反斜杠 YAML 不认识", "改用单引号"),
    ("found unexpected end of stream", "引号没有配对", "检查这里的引号"),
    ("found unexpected document indicator", "引号没有配对", "检查这里的引号"),
    (
        "expected ',' or",
        "方括号或花括号没有配对，或缺逗号",
        "检查括号，各项之间用半角逗号；文字里有括号时给整段文字加引号",
    ),
    ("did not find expected '-'", "列表的缩进不齐", "同一列表的「- 」左边对齐，「- 」后面的各个键也左边对齐"),
    ("did not find expected key", "缩进不齐，或引号后面还有文字", "同一层的键左边对齐；整段文字放进引号"),
    ("did not find expected alphabetic", "文字以 * 或 & 开头", "给整段文字加引号"),
    ("did not find expected whitespace", "文字以 !、& 或 * 开头", "给整段文字加引号"),
    ("undefined tag handle", "文字以 ! 开头", "给整段文字加引号"),
    ("tag", "文字以 ! 开头", "给整段文字加引号"),
    ("directive", "行首有 %", "给整段文字加引号"),
    ("block sequence entries are not allowed", "「- 」不能写在这里", "「- 」另起一行写，或给整段文字加引号"),
    ("block mapping", "键不能写在这里", "检查缩进"),
    ("found a tab character", "缩进里用了制表符（Tab）", "缩进只用空格，每层两个"),
    ("control characters are not allowed", "有不能显示的控制字符", "删掉这个字符"),
    (
        "while scanning a block scalar",
        "「|」「>」后面不能写别的",
        "文字从下一行写起，缩进两格；文字以 | 或 > 开头时加引号",
    ),
    ("", "YAML 写法有误", "检查这一行和上一行"),
)
# Said where it was noticed; what has to be mended stands where it began.
_AT_ITS_BEGINNING = ("while scanning a quoted scalar", "while scanning a simple key")


def explain(problem: yaml.YAMLError, name: str, data: bytes) -> Diagnostic:
    """A parser's error in words that a clerk can act on."""
    line, column = _where(problem, data)
    lines = data.decode("utf-8-sig").splitlines()
    suspect = _full_width_colon(lines, line)
    if suspect:
        return error(
            Code.FULL_WIDTH_COLON,
            Place(name, suspect),
            f"用了全角冒号：{lines[suspect - 1].strip()[:20]}",
            "改成半角冒号加一个空格；此文件其余部分尚未检查",
        )
    parts = (getattr(problem, key, None) for key in ("context", "problem", "reason"))
    said = " ".join(filter(None, parts))
    if _begins_with_tab(lines, line):
        said = "found a tab character"
    message, advice = next((message, advice) for words, message, advice in _SYNTAX if words in said)
    return error(Code.YAML_SYNTAX, Place(name, line, column), message, f"{advice}；此文件其余部分尚未检查")


def _where(problem: yaml.YAMLError, data: bytes) -> tuple[int | None, int | None]:
    began = getattr(problem, "context_mark", None)
    mark = getattr(problem, "problem_mark", None) or began
    at_end = mark is not None and mark.index >= len(data.decode("utf-8-sig").rstrip())
    if began is not None and (at_end or getattr(problem, "context", None) in _AT_ITS_BEGINNING):
        mark = began
    if mark is not None:
        return mark.line + 1, mark.column + 1
    offset = getattr(problem, "position", None)  # of the reader: a control character
    return (data.count(b"\n", 0, offset) + 1, None) if isinstance(offset, int) else (None, None)


def _begins_with_tab(lines: list[str], line: int | None) -> bool:
    near = lines[max((line or 1) - 2, 0) : line or 1]
    return any("\t" in text[: len(text) - len(text.lstrip())] for text in near)


def _full_width_colon(lines: list[str], line: int | None) -> int | None:
    """The line, at or just above an error, that has a key with a full-width colon and no plain one."""
    for number in range(min(line or 0, len(lines)), max((line or 0) - 3, 0), -1):
        text = lines[number - 1].strip().removeprefix("- ")
        key, colon, _ = text.partition("：")
        if (
            colon
            and 0 < len(key) <= 8
            and ":" not in text
            and " " not in key
            and not text.startswith(("#", '"', "'"))
        ):
            return number
    return None
