"""YAML → tree of text with all that is wrong said on the way, and the place of each value if wanted.

Slow beside the builder of `places`, which reads what is sound; so this one sees what is not.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

import yaml

from liangqing.base import bounds
from liangqing.base.characters import odd_in
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, error
from liangqing.data.yaml.explain import explain
from liangqing.data.yaml.lines import commented_item, odd_layout

Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | None"
Step: TypeAlias = "str | int"

DEEPEST = 50
_ITEM_MARK = re.compile(
    r"([－—–―‐•·●◦▪](?![－—–―])|\d{1,2}[.．、)）](?!\d))\s*\S"
)  # at the head of what was to be an item
_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
EMPTY = {"", "~", "null", "Null", "NULL"}
Parser: Any = getattr(getattr(yaml, "cyaml", None), "CParser", yaml.Loader)


def hidden_ends(data: bytes) -> Iterator[int]:
    """Where a # stands after a blank behind other words: all after it is no part of the text any more."""
    for sign in (b" #", b"\t#"):
        start = data.find(sign)
        while start >= 0:
            line = data.rfind(b"\n", 0, start) + 1
            if data[line:start].strip(b" \t"):
                yield start
                start = data.find(b"\n", start)
            start = data.find(sign, start + 1) if start >= 0 else -1


def faults_not_counted(place: Place) -> Diagnostic:
    """That a file has more than DATA_FAULTS errors: those behind `place`, the last that is told, were not looked for."""
    message = f"这个文件的错误太多：只列出前 {bounds.DATA_FAULTS} 处，后面的没有看"
    advice = "先改好列出的；同样的错误从头到尾都有的，多半是哪个键、哪种写法整个错了；改好再运行 check"
    return error(Code.FAULTS_NOT_COUNTED, place, message, advice)


class _Doubles(NamedTuple):
    """The keys that stand more than once in one mapping: its path, and each further time with line and column."""

    container: dict[str, Tree]
    path: tuple[Step, ...]
    keys: list[tuple[str, int, int]]

    def told(self, name: str, lines: list[str]) -> Iterator[Diagnostic]:
        """A forgotten dash once for the whole item; else each key."""
        first, line, _ = self.keys[0]
        left = commented_item(lines, line)
        item = bool(self.path) and isinstance(self.path[-1], int)
        if item and (left or len(self.keys) > 1 or first == next(iter(self.container))):
            yield from self._items(name, left)
            return
        for key, number, column in self.keys:
            advice = "先弄清哪一处对，再删掉另一处；拿不准的先不要删"
            if not self.path:
                advice = f"把这里下面的内容移到第一个「{key}:」的下面，再删掉这一行「{key}:」；内容都留着"
            yield error(Code.KEY_TWICE, Place(name, number, column), f"「{key}」写了两次", advice)

    def _items(self, name: str, left: int | None) -> Iterator[Diagnostic]:
        """One message for each item that lost its dash: where its first key stands."""
        first = self.keys[0][0]
        starts = [index for index, (key, _, _) in enumerate(self.keys) if key == first]
        for start, end in zip(starts, [*starts[1:], len(self.keys)], strict=True):
            key, line, column = self.keys[start]
            advice = f"在这一行「{key}」的前面加上「- 」，和上面各条的「- 」对齐；下面的内容都留着，不要删"
            if left and start == starts[0]:
                advice = f"把第 {left} 行最前面的「#」删掉，「- 」和上面各条的「- 」对齐；内容都留着，不要删"
            message = f"「{key}」在同一条里又写了一次：像是另一条从这里开始，前面漏了「- 」"
            also = tuple(Place(name, number, at) for _, number, at in self.keys[start + 1 : end])
            yield error(Code.ITEM_WITHOUT_DASH, Place(name, line, column), message, advice).with_more(also)


class Builder:
    """Builds a tree from parser events, without recursion, and says all that is wrong on the way."""

    def __init__(self, name: str, data: bytes, *, keep_marks: bool) -> None:
        self.name = name
        self.data = data
        self.keep_marks = keep_marks
        self.lines, self.columns = array("I"), array("I")
        self.problems: list[Diagnostic] = []
        self._doubles: dict[int, _Doubles] = {}
        self._found = 0  # how many are in these two

    def build(self) -> Tree:
        """The tree; raises Problems. Where marks are kept, line and column of each key and value, as they come, are in `lines` and `columns`."""
        root: list[Tree] = []
        self._refuse_odd_layout()
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
            if not any(problem.code == Code.TEXT_CUT_OFF for problem in self.problems):  # a # hid a bracket
                self.problems.append(said)
        self.problems += [
            problem for doubles in self._doubles.values() for problem in doubles.told(self.name, self._lines)
        ]
        if self.problems:
            raise Problems(self._in_order())
        return root[0] if root else None

    def _in_order(self) -> list[Diagnostic]:
        """As they stand in the file; of too many, the first ones."""
        told = sorted(self.problems, key=_in_the_file)
        if self._found <= bounds.DATA_FAULTS:
            return told
        first = told[: bounds.DATA_FAULTS]
        return [*first, faults_not_counted(first[-1].place)]

    def _events(self) -> Iterator[Any]:
        parser = Parser(self.data)
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
            if self._found > bounds.DATA_FAULTS:
                return
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
        if self.keep_marks:
            line, column = _position(event)
            self.lines.append(line)
            self.columns.append(column)
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
        return here

    def _key(self, container: dict[str, Tree], path: tuple[Step, ...], event: Any, node: Tree) -> str:
        if not isinstance(node, str):
            self._problem(
                event, Code.KEY_IS_NO_WORD, "键应是一个词", "写成「键: 值」，键不能为空、不能是列表"
            )
            node = f"\0{len(container)}"
        if node in container:
            doubles = self._doubles.setdefault(id(container), _Doubles(container, path, []))
            doubles.keys.append((node, *_position(event)))
            self._found += 1
        container.setdefault(node, None)
        return node

    def _scalar(self, event: Any) -> str | None:
        self._refuse_marks_of_reuse(event)
        text: str = event.value
        if event.style == "|":
            return text.rstrip("\n")
        if event.style == ">" or event.start_mark.line != event.end_mark.line:
            self._problem(event, Code.TEXT_FOLDED, *self._folded(event))
        elif not event.style and event.end_mark.line in self._suspects:
            self._refuse_hidden_end(event)
        if not event.style and text in EMPTY:
            return None
        return text

    @cached_property
    def _lines(self) -> list[str]:
        return self.data.decode("utf-8-sig").split("\n")

    @cached_property
    def _counted_lines(self) -> list[str]:
        """The lines as the parser counts them, for which U+2028 and the like end one too."""
        return _LINE_END.split(self.data.decode("utf-8-sig"))

    @cached_property
    def _suspects(self) -> set[int]:
        """The lines, from 0, of which a # may hide the end."""
        found, line, counted = set[int](), 0, 0
        for start in sorted(hidden_ends(self.data)):
            line, counted = line + self.data.count(b"\n", counted, start), start
            found.add(line)
        return found

    def _refuse_hidden_end(self, event: Any) -> None:
        """A remark stands apart from what it is about: two blanks before the #, one behind; or behind a bare code."""
        text: str = event.value
        rest = self._lines[event.end_mark.line][event.end_mark.column :]
        gap = len(rest) - len(rest.lstrip())
        hidden = rest.strip()
        wanted = hidden.rstrip("]}") if self._in_brackets(event) else hidden
        apart = re.match(r"#+(\s|$)", hidden) and (gap > 1 or text.isascii())
        if not gap or apart or not hidden.startswith("#"):
            return
        shown = f"：'{text} {wanted}'" if len(text + wanted) <= 60 and "'" not in text + wanted else ""
        self._problem(
            event,
            Code.TEXT_CUT_OFF,
            f"空格加「#」的后面都当成注释，这里只读到「{text[-20:]}」，丢掉了「{hidden[:20]}」",
            f"这些字要的，整段加引号{shown}；确是注释的，另起一行写，以「# 」开头",
        )

    def _in_brackets(self, event: Any) -> bool:
        before: str = self._lines[event.start_mark.line][: event.start_mark.column]
        return before.count("{") + before.count("[") > before.count("}") + before.count("]")

    def _folded(self, event: Any) -> tuple[str, str]:
        """What to say of a text over several lines, and what to do."""
        message = "文字折成了几行，读出来行间会多出空格"
        first, last = event.start_mark.line, event.end_mark.line
        lines = self._counted_lines
        if event.style == ">":
            return message, "把「>」改成「|」：这样照原样分行"
        if not event.style and event.value.startswith("-"):
            return "「-」后面缺空格，几项读成了一段文字", "每个「-」后面加一个空格，如「- 举一反三」"
        marked = None if event.style else _ITEM_MARK.match(event.value)
        if marked:
            sign = marked[1]
            return (
                f"行首的「{sign}」不是半角短横，几项读成了一段文字",
                f"每项的行首都写成半角短横加空格「- 」，「{sign}」去掉，如「- 举一反三」",
            )
        if not event.style and not lines[first][: event.start_mark.column].strip():
            return message, "是几项的，每行前面加「- 」（半角短横加空格）；是一段话的，接成一行写在键的后面"
        while last > first and not lines[last][: event.end_mark.column or None].strip():
            last -= 1
        told = f"第 {first + 2} 行" if last <= first + 1 else f"第 {first + 2} 行到第 {last + 1} 行"
        return message, f"把{told}接到第 {first + 1} 行的后面；要分行的，冒号后面写「|」，文字另起一行"

    def _refuse_odd_layout(self) -> None:
        """Blanks that are none, in an indent or beside a key: what follows from them is not told."""
        if not odd_in(self.data):
            return
        found = list(odd_layout("\n".join(self._lines)))
        if found:
            line, column, names = found[0]
            also = tuple(Place(self.name, number, at) for number, at, _ in found[1:])
            message = f"缩进里或键的旁边有{names}，看起来是空格，程序不认"
            advice = "删掉这一处的空白，用键盘上的空格键（半角）重新打；改好再检查这个文件的其余部分"
            where = Place(self.name, line, column)
            raise Problems([error(Code.ODD_BLANK_IN_LAYOUT, where, message, advice).with_more(also)])

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
        self._found += 1


def _in_the_file(problem: Diagnostic) -> tuple[int, int]:
    return problem.place.line or 0, problem.place.column or 0


def _position(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1
