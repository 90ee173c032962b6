"""What a block repeats or drops: words in a paragraph, paragraphs, rows or cells.

A tag with a prefix says it: `{%p` a paragraph, `{%tr` a row, `{%tc` a cell, `{%r` a run. Without one it is the
smallest that holds opening, middles and closing: in one paragraph, the words between; in paragraphs of one cell or of
the body, the paragraphs between, and those of the tags go; first and last in one row, that row; in rows of one table,
the rows between. Each control tag gets an `Anchor`: where its mark will stand, and what goes in exchange.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, error
from liangqing.base.docx_zip import W
from liangqing.engine.language.blocks import Block
from liangqing.engine.language.join_runs import MARK
from liangqing.engine.language.neighbours import content, name_of, set_apart
from liangqing.engine.language.tags import Tag

Where = Literal["inline", "run", "replace", "before", "after"]

_CONTAINERS = {"p": f"{W}p", "tr": f"{W}tr", "tc": f"{W}tc"}
_NAMES = {"p": "段落", "tr": "行", "tc": "单元格"}


@dataclass(frozen=True)
class Anchor:
    """A tag's place: among the texts of its run (inline), between runs, instead of `target`, or before or after it."""

    where: Where
    target: etree._Element


@dataclass
class Scopes:
    """Anchors by tag number. `marks` holds the element of each control tag."""

    marks: Mapping[int, etree._Element]
    anchors: dict[int, Anchor] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)
    comments: set[etree._Element] = field(default_factory=set)  # those that say nothing of where they belong

    def decide(self, blocks: list[Block], single: list[Tag]) -> None:
        """Outer blocks first: a tag that has left its row no longer stands in the way of an inner one.

        `single`: tags that stand for themselves; one without a prefix takes its paragraph along if nothing else is there.
        """
        self.comments = {self.marks[tag.number] for tag in single if tag.kind == "comment" and not tag.prefix}
        for block in blocks:
            before = len(self.problems)
            self._block(block)
            if len(self.problems) == before:
                self._check_siblings(block)
        for tag in single:
            if tag.prefix:
                self._explicit(tag, tag.prefix)
        for tag in single:
            if not tag.prefix:
                self._alone(tag)
        self._set_apart(blocks)
        self._check_vanishing({tag.number: tag for tag in (*single, *(t for b in blocks for t in b.tags))})

    # ------------------------------------------------------------ one block

    def _block(self, block: Block) -> None:
        prefixes = {tag.prefix for tag in block.tags} - {""}
        if len(prefixes) > 1:
            self._refuse(block, f"的前缀不一致（{'、'.join(sorted(prefixes))}）", "开头和结尾用同一个前缀")
        elif prefixes:
            for tag in block.tags:
                self._explicit(tag, *prefixes)
        else:
            self._infer(block)

    def _explicit(self, tag: Tag, prefix: str) -> None:
        mark = self.marks[tag.number]
        if prefix == "r":
            self.anchors[tag.number] = Anchor("run", mark)
            return
        target = _ancestor(mark, _CONTAINERS[prefix])
        if target is None:
            message = f"「{tag.text}」不在表格里，不能用 {prefix}"
            self.problems.append(error(Code.UNCLEAR_SCOPE, tag.place, message, "去掉前缀，或用 p"))
        else:
            self.anchors[tag.number] = Anchor("replace", target)

    def _alone(self, tag: Tag) -> None:
        paragraph = _ancestor(self.marks[tag.number], f"{W}p")
        assert paragraph is not None
        numbers = {mark: number for number, mark in self.marks.items()}
        goes = all(
            element.tag == MARK and self._leaves(numbers[element], paragraph)
            for element in content(paragraph)
        )
        self.anchors[tag.number] = Anchor("replace" if goes else "inline", paragraph)

    def _leaves(self, number: int, paragraph: etree._Element) -> bool:
        """Whether a tag, if its place is known, takes its paragraph along, or leaves it for the edge of a row."""
        anchor = self.anchors.get(number)
        if anchor is None or anchor.where in ("before", "after"):
            return True
        return anchor.where == "replace" and anchor.target is paragraph

    def _infer(self, block: Block) -> None:
        paragraphs = [_ancestor(self.marks[tag.number], f"{W}p") for tag in block.tags]
        rows = [_ancestor(self.marks[tag.number], f"{W}tr") for tag in block.tags]
        tables = [_ancestor(row, f"{W}tbl") for row in rows]
        if _same(paragraphs):
            self._all(block, "inline", paragraphs)
        elif _same([_parent(paragraph) for paragraph in paragraphs]):
            self._all(block, "replace", paragraphs)
        elif _same(rows):
            self._row(block, rows)
        elif _same(tables):
            self._table(block, rows)
        else:
            self._refuse(
                block,
                "的开头和结尾不在同一个段落、单元格、行或表格里",
                "移到一起，或写明 {%tr … %}、{%tc … %}",
            )

    def _all(self, block: Block, where: Where, targets: list[etree._Element | None]) -> None:
        for tag, target in zip(block.tags, targets, strict=True):
            assert target is not None
            self.anchors[tag.number] = Anchor(where, target)

    def _row(self, block: Block, rows: list[etree._Element | None]) -> None:
        row = rows[0]
        assert row is not None
        opening, closing = block.tags[0], block.tags[-1]
        if len(block.tags) > 2:
            self._refuse(block, "在一行的几格里带有 else", "各分支写成单独的行，用 {%tr … %}")
        elif not (self._first(row, opening) and self._last(row, closing)):
            advice = "开头放在这一行的最前面、结尾放在最后面，或写明 {%tr … %}、{%tc … %}"
            self._refuse(block, "跨了单元格，但没有包住整行", advice)
        else:
            self.anchors[opening.number] = Anchor("before", row)
            self.anchors[closing.number] = Anchor("after", row)

    def _table(self, block: Block, rows: list[etree._Element | None]) -> None:
        last = block.tags[-1]
        for tag, row in zip(block.tags, rows, strict=True):
            assert row is not None
            if all(element.tag == MARK for element in content(row)):
                self.anchors[tag.number] = Anchor("replace", row)
            elif tag is last and self._last(row, tag):
                self.anchors[tag.number] = Anchor("after", row)
            elif tag is not last and self._first(row, tag):
                self.anchors[tag.number] = Anchor("before", row)
            else:
                where = "最后面" if tag is last else "最前面"
                advice = f"「{tag.text}」单独占一行，或放在这一行的{where}，或写明 {{%tr … %}}、{{%tc … %}}"
                self._refuse(block, "跨了几行，但看不出从哪一行到哪一行", advice)
                return

    def _first(self, row: etree._Element, tag: Tag) -> bool:
        return next(self._waiting(row), None) is self.marks[tag.number]

    def _last(self, row: etree._Element, tag: Tag) -> bool:
        *_, last = self._waiting(row)
        return last is self.marks[tag.number]

    def _waiting(self, row: etree._Element) -> Iterator[etree._Element]:
        """The row's content without the tags that already have a place outside it."""
        placed = {self.marks[n] for n, anchor in self.anchors.items() if anchor.target is row}
        gone = placed | self.comments
        return (element for element in content(row) if element not in gone)

    # ------------------------------------------------------------ checks over all

    def _check_siblings(self, block: Block) -> None:
        """The marks of a block must come to stand side by side, else a branch would cut an element in two."""
        parents = [
            _parent(anchor.target)
            for tag in block.tags
            if (anchor := self.anchors[tag.number]).where not in ("inline", "run")
        ]
        runs = [
            _ancestor(self.marks[tag.number], f"{W}p")
            for tag in block.tags
            if self.anchors[tag.number].where == "run"
        ]
        if (parents and not _same(parents)) or (runs and not _same(runs)):
            name = _NAMES.get(block.tags[0].prefix, "文字")
            self._refuse(block, f"的开头和结尾不在同一层的{name}上", "移到同一个表格、单元格或段落里")

    def _set_apart(self, blocks: Sequence[Block]) -> None:
        """Makes room for what stands beside the tags whose paragraphs go."""
        sides = {block.tags[0].number: "before" for block in blocks}
        sides |= {block.tags[-1].number: "after" for block in blocks}
        middles = {tag.number for block in blocks for tag in block.tags[1:-1]}
        homes: dict[etree._Element, list[int]] = {}
        for number in self.marks:
            anchor = self.anchors.get(number)
            if anchor is not None and anchor.where == "replace" and anchor.target.tag == f"{W}p":
                homes.setdefault(anchor.target, []).append(number)
        for paragraph, numbers in homes.items():
            wanted = {sides.get(number, "") for number in numbers if number in sides or number in middles}
            side = "after" if not wanted else wanted.pop() if len(wanted) == 1 else ""
            set_apart(paragraph, [self.marks[number] for number in numbers], side)

    def _check_vanishing(self, tags: Mapping[int, Tag]) -> None:
        """Whatever goes in exchange for a tag may hold nothing but such tags."""
        numbers = {mark: number for number, mark in self.marks.items()}
        for number, anchor in self.anchors.items():
            if anchor.where != "replace":
                continue
            # A comment takes a row or a cell along with its words.
            left_out = tags[number].kind == "comment" and anchor.target.tag != f"{W}p"
            for element in content(anchor.target):
                if element in self.comments or (left_out and element.tag != MARK):
                    continue
                if element.tag == MARK and self._elsewhere(numbers[element]):
                    continue
                if element.tag != MARK or self.anchors[numbers[element]].target is not anchor.target:
                    self._vanish(tags[number], anchor.target, element)
                    break

    def _elsewhere(self, number: int) -> bool:
        """Whether a tag has left for the edge of its row, or is of a block that was refused already."""
        anchor = self.anchors.get(number)
        return anchor is None or anchor.where in ("before", "after")

    def _vanish(self, tag: Tag, target: etree._Element, lost: etree._Element) -> None:
        name = next(_NAMES[key] for key, value in _CONTAINERS.items() if value == target.tag)
        message = f"「{tag.text}」所在的{name}会被去掉，旁边的{name_of(lost) or '标记'}也会丢失"
        advice = f"让这个标记单独占一{'段' if name == '段落' else '行' if name == '行' else '格'}"
        self.problems.append(error(Code.CONTENT_WOULD_VANISH, tag.place, message, advice))

    def _refuse(self, block: Block, message: str, advice: str) -> None:
        opening, closing = block.tags[0], block.tags[-1]
        whole = f"「{opening.text}」到「{closing.text}」{message}"
        self.problems.append(error(Code.UNCLEAR_SCOPE, opening.place, whole, advice))


def _ancestor(element: etree._Element | None, tag: str) -> etree._Element | None:
    return next(element.iterancestors(tag), None) if element is not None else None


def _parent(element: etree._Element | None) -> etree._Element | None:
    return element.getparent() if element is not None else None


def _same(elements: list[etree._Element | None]) -> bool:
    return elements[0] is not None and all(element is elements[0] for element in elements)
