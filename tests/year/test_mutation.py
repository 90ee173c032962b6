"""Every single fault put into the sample is found where it is, or what is read is still what stands there.

Faults are made from the sample's own text (deterministically): every kind below, spread over all files that a person
writes. A fault is judged

- found: something new is said of the right file, on a line of the record that was hit (of a cut line, a lost
  indent and the like: a few lines about it);
- right: nothing is said, the trees are what another YAML reader (PyYAML's BaseLoader) reads, and they differ
  from the sample's only by what a person may leave out: a key that is not required, or one item of a list;
- missed: anything else. The table of misses is empty; `-s` prints kinds × outcomes.

Not made, for nobody could tell: a record that is gone as a whole, a text that is cut but is still a text.
"""

from __future__ import annotations

import os
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import yaml
from pydantic import BaseModel
from sample import ROOT, copy_workspace

from liangqing.actions import build as pipeline
from liangqing.base.diagnostics import Diagnostic, Problems
from liangqing.data.model.validate import SECTIONS
from liangqing.data.yaml import places
from liangqing.papers import rendering
from liangqing.year.open_workspace import open_workspace

pytestmark = pytest.mark.many

Step: TypeAlias = "str | int"
DAY = date(2021, 10, 31)
EACH = 150 if os.environ.get("LIANGQING_THOROUGH") else 32  # faults of a kind
NEAR = 3  # lines about a fault of the format

# What is a ref, and what it gives a choice of words for (section, keys through lists).
REFERENCES = {
    "清单": "征求意见.单位 自查期次.单位 自查期次.案例 任务.责任主体 任务.沿用",
    "单位": "党组织 上级 承接单位",
    "征求意见": "单位 任务",
    "自查": "单位 期次 任务.任务 替代",
    "监督记录": "单位 任务",
    "检查": "单位 任务 任务落实.单位 任务落实.任务 反馈会.单位",
    "问题": "检查 单位 任务",
    "双签": "检查 单位 问题",
    "画像": "检查 单位",
    "整改函": "单位 问题",
    "文书": "文种 单位 问题 更正",
    "送达": "文号 单位",
    "整改反馈": "整改函 问题",
    "项目": "责任单位",
}
CHOICES = {
    "机构": "地方假日.休",
    "选项": "文号序列 版式 销号门槛 延期须重签",
    "清单": "阶段",
    "单位": "类型",
    "征求意见": "处理",
    "自查": "审核结果 任务.状态",
    "监督记录": "性质",
    "检查": "类型 任务落实.状态",
    "问题": "整改类别 销号.结论 回头看.结果 放行.门槛",
    "双签": "结果 单位意见.无异议",
    "整改反馈": "申请销号",
    "项目": "状态 里程碑.完成",
    "问责统计": "类别",
}
NAMES = ("编号", "名称", "简称")  # what others refer by


@dataclass(frozen=True)
class Pair:
    """A key and its value as they stand in a file: character offsets, and where they lead."""

    file: str
    path: tuple[Step, ...]  # to the value; the last step is the key
    key: tuple[int, int]
    value: tuple[int, int]
    kind: str  # text, list, mapping or empty
    flow: bool
    record: tuple[int, int]  # offsets of the record that holds it

    @property
    def name(self) -> str:
        return str(self.path[-1])

    @property
    def keys(self) -> str:
        """The keys that lead to it below the section, joined: 任务.状态."""
        return ".".join(step for step in self.path[1:] if isinstance(step, str))


@dataclass(frozen=True)
class Fault:
    """A file's text after one fault; `lines` are those on which it may be reported (from 1)."""

    kind: str
    what: str
    file: str
    text: str
    lines: range
    called: str = ""  # the name that is gone with it: who refers by that name may be the one to say so


class Text:
    """A file of the sample."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text
        self.lines = text.split("\n")

    @cached_property
    def undetectable(self) -> set[int]:
        """Lines that may go and nobody can tell.

        A record as a whole, a line of a text of several, the head of a list that follows another list.
        """
        found = {n for n, line in enumerate(self.lines, start=1) if re.match(r"\s*- \{.*\}\s*(#.*)?$", line)}
        last = {pair.path: self.line_of(pair.value[1]) for pair in self.pairs if pair.kind == "list"}
        for pair in self.pairs:
            first = self.line_of(pair.key[0])
            if self.text[pair.value[0]] == "|":
                found |= set(range(first + 1, self.line_of(pair.value[1]) + 1))
            elif pair.kind == "list" and self.text[pair.value[0]] != "[":
                above = (path for path, line in last.items() if line == first - 1)
                found |= {first} if any(path[:-1] == pair.path[:-1] for path in above) else set()
        return found

    @cached_property
    def pairs(self) -> list[Pair]:
        return list(self._pairs(yaml.compose(self.text, Loader=yaml.SafeLoader), (), (0, 0)))

    def _pairs(self, node: Any, path: tuple[Step, ...], record: tuple[int, int]) -> Iterator[Pair]:
        if isinstance(node, yaml.SequenceNode):
            for index, each in enumerate(node.value):
                yield from self._pairs(each, (*path, index), record)
        elif isinstance(node, yaml.MappingNode):
            inner = record if record[1] and path[0] != "清单" else self._span(node)
            for key, value in node.value if path else ():
                here = (*path, key.value)
                kind = _kind(value)
                yield Pair(
                    self.name, here, self._span(key), self._span(value), kind, bool(node.flow_style), inner
                )
                yield from self._pairs(value, here, inner)
            for key, value in () if path else node.value:
                yield from self._pairs(value, (key.value,), (0, 0))

    def _span(self, node: Any) -> tuple[int, int]:
        """First and last offset; the end of a block is that of its last line of content."""
        start, end = node.start_mark.index, node.end_mark.index
        if not isinstance(node, yaml.ScalarNode) and not node.flow_style:
            end = start + len(_without_comments(self.text[start:end]))
        return start, end

    def line_of(self, offset: int) -> int:
        return self.text.count("\n", 0, offset) + 1

    def fault(self, kind: str, what: str, text: str, around: tuple[int, int]) -> Fault:
        """A fault whose place is the record at the offsets `around`, as long as it now is."""
        grown = text.count("\n") - self.text.count("\n")
        first, last = self.line_of(around[0]), self.line_of(around[1]) + max(0, grown)
        return Fault(kind, f"{self.name}:{first} {what}", self.name, text, range(first, last + 1))

    def near(self, kind: str, line: int, text: str, *, whole_record: bool = False, below: int = 0) -> Fault:
        """A fault of the format on a line (from 1); `below`: the last line of the block that it heads."""
        what = f"{self.name}:{line} {self.lines[line - 1].strip()[:24]}"
        first, last = line - NEAR, max(line, below) + NEAR
        if whole_record:
            first, last = min(first, self.record_at(line)[0]), max(last, self.record_at(line)[1] + NEAR)
        return Fault(kind, what, self.name, text, range(first, last + 1))

    def block_at(self, line: int) -> int:
        """The last line of what hangs on the key of a line: there an indent that is off shows."""
        return self.blocks.get(line, line)

    @cached_property
    def blocks(self) -> dict[int, int]:
        """Of each line with a key: the last line of what hangs on it."""
        found: dict[int, int] = {}
        for pair in self.pairs:
            first, last = self.line_of(pair.key[0]), self.line_of(pair.value[1])
            found[first] = max(last, found.get(first, 0))
        return found

    @cached_property
    def records(self) -> list[tuple[int, int]]:
        """First and last line of each record."""
        spans = dict.fromkeys(pair.record for pair in self.pairs)
        return [(self.line_of(start), self.line_of(end)) for start, end in spans]

    def record_at(self, line: int) -> tuple[int, int]:
        """First and last line of the record in which a line stands (the line itself above all records)."""
        return next(((first, last) for first, last in self.records if first <= line <= last), (line, line))

    def swapped(self, pair: Pair, value: str, kind: str) -> Fault:
        """The value of a pair replaced."""
        start, end = pair.value
        return self.fault(
            kind, f"{pair.keys}: {value}", self.text[:start] + value + self.text[end:], pair.record
        )

    def with_line(self, line: int, new: list[str]) -> str:
        return "\n".join([*self.lines[: line - 1], *new, *self.lines[line:]])


def _kind(node: Any) -> str:
    if isinstance(node, yaml.ScalarNode):
        return "text" if node.value not in ("", "~", "null") or node.style else "empty"
    return "list" if isinstance(node, yaml.SequenceNode) else "mapping"


def _without_comments(text: str) -> str:
    lines = text.rstrip().split("\n")
    while lines and (not lines[-1].strip() or lines[-1].strip().startswith("#")):
        lines.pop()
    return "\n".join(lines).rstrip()


@cache
def sample() -> tuple[Text, ...]:
    """All that a person writes, the sample's."""
    names = sorted(
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "checklists").rglob("*.yaml")
        if path.name != "发文登记.yaml"
    )
    return tuple(Text(name, (ROOT / name).read_text("utf-8")) for name in names)


# kinds of fault; each yields all that there are, in order


def misspelt_keys(file: Text, rng: random.Random) -> Iterator[Fault]:
    for pair in file.pairs:
        start, end = pair.key
        at = rng.randrange(start, end)
        word = file.text[start:at] + rng.choice(["", "某"]) + file.text[at + 1 : end]
        if word and word != pair.name and word not in required_and_optional(pair.path):
            text = file.text[:start] + word + file.text[end:]
            yield file.fault("键写错", f"{pair.keys} → {word}", text, pair.record)


def removed_keys(file: Text, rng: random.Random) -> Iterator[Fault]:
    for pair in file.pairs:
        made = file.fault("缺键", pair.keys, _removed(file, pair), pair.record)
        yield replace(made, called=file.text[slice(*pair.value)] if pair.name in NAMES else "")


def _removed(file: Text, pair: Pair) -> str:
    """The text without a pair; the first of a list's item gives its dash to the next."""
    start, end = pair.key[0], max(pair.value[1], pair.key[1] + 1)
    if pair.flow:
        rest = re.match(r",\s*", file.text[end:])
        if rest:
            return file.text[:start] + file.text[end + rest.end() :]
        before = re.search(r",\s*\Z", file.text[:start])
        return file.text[: before.start() if before else start] + file.text[end:]
    following = re.match(r"[^\n]*(?:\n[ ]*(?:#[^\n]*)?(?=\n))*\n[ ]*", file.text[end:])
    return file.text[:start] + (file.text[end + following.end() :] if following else "")


def doubled_keys(file: Text, rng: random.Random) -> Iterator[Fault]:
    for pair in file.pairs:
        start, end = pair.key[0], pair.value[1]
        if pair.kind == "text":
            gap = ", " if pair.flow else "\n" + " " * _column(file, start)
            rest = "" if pair.flow else _rest_of_line(file, end)
            stop = end + len(rest)
            text = file.text[:stop] + gap + file.text[start:end] + file.text[stop:]
            yield file.fault("键重复", pair.keys, text, pair.record)


def _rest_of_line(file: Text, offset: int) -> str:
    return file.text[offset:].partition("\n")[0]


def _column(file: Text, offset: int) -> int:
    return offset - (file.text.rfind("\n", 0, offset) + 1)


def moved_keys(file: Text, rng: random.Random) -> Iterator[Fault]:
    """A key of one line goes to the record after its own in the same list."""
    starts = {
        (pair.path[:-1]): pair for pair in reversed(file.pairs) if len(pair.path) == 3 and not pair.flow
    }
    for pair in file.pairs:
        following = (pair.path[0], pair.path[1] + 1) if isinstance(pair.path[1], int) else None
        if pair.flow or pair.kind != "text" or len(pair.path) != 3 or following not in starts:
            continue
        other = starts[following]
        line = f"{file.text[pair.key[0] : pair.value[1]]}\n" + " " * _column(file, other.key[0])
        at = other.key[0]
        kept = file.text[:at] + line + file.text[at:]
        moved = Text(file.name, kept)
        shifted = _removed(moved, pair)
        yield file.fault("键移到下一条", pair.keys, shifted, (pair.record[0], other.record[1]))


def impossible_dates(file: Text, rng: random.Random) -> Iterator[Fault]:
    for pair, value in _dates(file):
        yield file.swapped(pair, rng.choice([f"{value[:4]}-02-30", f"{value[:4]}-13-01"]), "日期不存在")


def ill_formed_dates(file: Text, rng: random.Random) -> Iterator[Fault]:
    for pair, value in _dates(file):
        year, month, day = value.split("-")
        forms = (
            f"{month}/{day}",
            f"{year}.{month}",
            f"{int(month)}月底",
            f"{day}.{month}.{year}",
            f"{value[2:]}",
            f"{year}-{int(month)}-{int(day)}月",
            f"{value}前",
        )
        yield file.swapped(pair, rng.choice(forms), "日期写法不对")


def _dates(file: Text) -> Iterator[tuple[Pair, str]]:
    for pair in file.pairs:
        value = file.text[slice(*pair.value)]
        if pair.kind == "text" and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            yield pair, value


def dead_references(file: Text, rng: random.Random) -> Iterator[Fault]:
    for pair in file.pairs:
        if pair.keys in REFERENCES.get(str(pair.path[0]), "").split():
            value = file.text[slice(*pair.value)]
            if pair.kind == "text" and value not in ("全体单位",):
                yield file.swapped(pair, f"{value}误", "指向不存在")
            elif pair.kind == "list" and value.startswith("["):
                first = re.split(r"[,\]]", value[1:])[0]
                yield file.swapped(pair, value.replace(first, f"{first}误", 1), "指向不存在")


def misspelt_choices(file: Text, rng: random.Random) -> Iterator[Fault]:
    for pair in file.pairs:
        if pair.keys in CHOICES.get(str(pair.path[0]), "").split() and pair.kind == "text":
            value = file.text[slice(*pair.value)]
            yield file.swapped(pair, rng.choice([f"{value}的", f"未{value}", f"{value[:-1]}某"]), "选项写错")


def wrong_kinds(file: Text, rng: random.Random) -> Iterator[Fault]:
    """A list or a mapping where a text is due, a text where a mapping or a list of them is due."""
    for pair in file.pairs:
        mapping = "{甲: 乙}"
        if pair.kind == "text":
            wrong = [mapping] if _takes_list(pair.path) else ["[甲, [乙]]", mapping, "[]"]
        elif pair.kind == "mapping":
            wrong = ["甲", "[甲]"]
        else:
            wrong = [mapping] if _takes_texts(pair.path) else ["甲", "[甲]", mapping]
        if pair.kind != "empty":
            yield file.swapped(
                pair, ("" if pair.flow or pair.kind == "text" else " ") + rng.choice(wrong), "类型不对"
            )


def cut_lines(file: Text, rng: random.Random) -> Iterator[Fault]:
    """Cut within the key, within brackets or quotes, within a date, a reference or a choice."""
    for pair in file.pairs:
        start, end = pair.value
        special = pair.keys in f"{REFERENCES.get(str(pair.path[0]))} {CHOICES.get(str(pair.path[0]))}".split()
        dated = re.fullmatch(r"\d{4}-\d{2}-\d{2}", file.text[start:end])
        if pair.flow:
            at = rng.randrange(*pair.key) + 1
        elif pair.kind == "text" and (dated or special) and end - start > 2 and rng.random() < 0.5:
            at = start + (end - start) // 2 + 1
            if file.text[start:at] in everything_called():
                continue
        elif file.text[start : start + 1] in ("{", "[", '"', "'"):
            at = start + (end - start) // 2 + 1
        elif len(pair.name) > 1:
            at = pair.key[0] + len(pair.name) // 2
        else:
            continue
        yield file.near(
            "断行", file.line_of(at), file.text[:at] + file.text[at:].removeprefix(_rest_of_line(file, at))
        )


@cache
def everything_called() -> frozenset[str]:
    """What a cut reference may happen to be."""
    return frozenset(
        file.text[slice(*pair.value)] for file in sample() for pair in file.pairs if pair.name in NAMES
    )


def _content(file: Text) -> list[int]:
    """Lines that hold more than a comment."""
    return [
        n for n, line in enumerate(file.lines, start=1) if line.strip() and not line.strip().startswith("#")
    ]


def deleted_lines(file: Text, rng: random.Random) -> Iterator[Fault]:
    for line in _content(file):
        if line not in file.undetectable:
            made = file.near("删一行", line, file.with_line(line, []), whole_record=True)
            name = re.match(r"\s*(?:编号|名称|简称): (.*)", file.lines[line - 1])
            yield replace(made, called=name[1] if name else "")


def broken_indents(file: Text, rng: random.Random) -> Iterator[Fault]:
    for line in _content(file):
        old = file.lines[line - 1]
        depth = len(old) - len(old.lstrip(" "))
        new = rng.choice([1, 2, 3, -1, -2, -4])
        if depth + new >= 0:
            text = file.with_line(line, [" " * (depth + new) + old.lstrip(" ")])
            yield file.near("缩进错", line, text, below=file.block_at(line))


def full_width_colons(file: Text, rng: random.Random) -> Iterator[Fault]:
    for pair in file.pairs:
        if not pair.flow:
            yield file.near("全角冒号", file.line_of(pair.key[1]), _with_wide_colon(file, pair))


def full_width_colons_in_braces(file: Text, rng: random.Random) -> Iterator[Fault]:
    for pair in file.pairs:
        if pair.flow:
            yield file.near("花括号里的全角冒号", file.line_of(pair.key[1]), _with_wide_colon(file, pair))


def _with_wide_colon(file: Text, pair: Pair) -> str:
    end = pair.key[1]
    assert file.text[end] == ":"
    return file.text[:end] + "：" + file.text[end + 1 :].removeprefix(" ")


def tabs(file: Text, rng: random.Random) -> Iterator[Fault]:
    for line in _content(file):
        old = file.lines[line - 1]
        if old.startswith(" "):
            yield file.near("制表符", line, file.with_line(line, ["\t" + old.lstrip(" ")]))


KINDS: dict[str, Callable[[Text, random.Random], Iterator[Fault]]] = {
    "键写错": misspelt_keys,
    "缺键": removed_keys,
    "键重复": doubled_keys,
    "键移到下一条": moved_keys,
    "日期不存在": impossible_dates,
    "日期写法不对": ill_formed_dates,
    "指向不存在": dead_references,
    "选项写错": misspelt_choices,
    "类型不对": wrong_kinds,
    "断行": cut_lines,
    "删一行": deleted_lines,
    "缩进错": broken_indents,
    "全角冒号": full_width_colons,
    "花括号里的全角冒号": full_width_colons_in_braces,
    "制表符": tabs,
}


@cache
def faults(kind: str) -> list[Fault]:
    """Up to EACH of a kind, spread over the files; the same on every run."""
    rng = random.Random(kind)
    by_file = [list(KINDS[kind](file, rng)) for file in sample()]
    for made in by_file:
        rng.shuffle(made)
    longest = max(map(len, by_file))
    spread = [made[index] for index in range(longest) for made in by_file if index < len(made)]
    return spread[:EACH]


# what the contract lets be left out: from the model


def _model(path: tuple[Step, ...]) -> type[BaseModel] | None:
    """The model of the mapping at a path; None for one with free keys."""
    (section,) = [each for each in SECTIONS if each.key == path[0]]
    model: type[BaseModel] | None = section.model
    for step in path[1:]:
        if isinstance(step, str) and model is not None:
            annotations = [each.annotation for each in model.model_fields.values() if each.alias == step]
            model = _inside(annotations[0]) if annotations else None
    return model


def _inside(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_inside(each) for each in getattr(annotation, "__args__", ()))
    return next((each for each in found if each is not None), None)


def _field(path: tuple[Step, ...]) -> Any:
    model = _model(path[:-1])
    return (
        next((each for each in model.model_fields.values() if each.alias == path[-1]), None)
        if model
        else None
    )


def required_and_optional(path: tuple[Step, ...]) -> set[str]:
    model = _model(path[:-1])
    return {str(each.alias) for each in model.model_fields.values()} if model else set()


def _takes_list(path: tuple[Step, ...]) -> bool:
    return "tuple" in str(_field(path).annotation)


def _takes_texts(path: tuple[Step, ...]) -> bool:
    return _inside(_field(path).annotation) is None


# judging


class Bench:
    """A copy of the sample into which faults are put, one at a time."""

    def __init__(self, root: Path, patch: pytest.MonkeyPatch) -> None:
        self.root = copy_workspace(root, issued=True)
        self.loads: dict[tuple[str, str], places.Source] = {}
        patch.setattr(places, "load", self._load)
        self.known = rendering.load_catalogue(self.root)
        self.usual = {self._said(each) for each in self.diagnose()}
        self.trees = {file.name: plain(file.text) for file in sample()}

    def _load(
        self, path: Path, name: str, read: object = None, *, whole: Callable[[bytes], bytes] = bytes
    ) -> places.Source:
        """As source.load, but a file that was read is not read again."""
        data = whole(path.read_bytes())
        key = (name, data.decode("utf-8"))
        if key not in self.loads:
            self.loads[key] = places.Source(name, data, places.parse(data, name))
        return self.loads[key]

    def diagnose(self) -> tuple[Diagnostic, ...]:
        try:
            opened = open_workspace(self.root, None, DAY, DAY)
        except Problems as problems:
            return problems.diagnostics
        return (*opened.judge(kept=False), *pipeline.unknown_kinds(opened, self.known))

    @staticmethod
    def _said(each: Diagnostic) -> tuple[str, str, str]:
        """What is said, without line and column."""
        return each.code, each.place.file, re.sub(r":\d+:\d+", "", each.message)

    def judge(self, fault: Fault) -> str:
        """found, right or missed (with what was said)."""
        path = self.root / fault.file
        before = path.read_text("utf-8")
        path.write_text(fault.text, "utf-8")
        try:
            said = [each for each in self.diagnose() if self._said(each) not in self.usual]
        finally:
            path.write_text(before, "utf-8")
        here = (each for each in said if each.place.file == fault.file and each.place.line in fault.lines)
        if any(here) or any(fault.called and f"「{fault.called}」" in each.message for each in said):
            return "found"
        if not said and self._is_right(fault):
            return "right"
        return "missed: " + ("; ".join(str(each).partition("\n")[0] for each in said[:3]) or "nothing said")

    def _is_right(self, fault: Fault) -> bool:
        read = plain(fault.text)
        if places.parse(fault.text.encode(), fault.file) != read:
            return False
        lost, gained = _difference(self.trees[fault.file], read, ())
        if fault.kind == "键移到下一条":
            return len(lost) == len(gained) == 1 and all(map(_optional, (*lost, *gained)))
        return not gained and (
            not lost or (fault.kind in ("缺键", "删一行") and len(lost) == 1 and _optional(lost[0]))
        )


def plain(text: str) -> Any:
    """A YAML text as trees of text, read by PyYAML alone; a plain empty value is None."""
    return _plain(yaml.compose(text, Loader=yaml.SafeLoader))


def _plain(node: Any) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each) for each in node.value]
    if node is None or (not node.style and node.value in ("", "~", "null", "Null", "NULL")):
        return None
    return node.value.rstrip("\n") if node.style == "|" else node.value


Paths: TypeAlias = list[tuple[Step, ...]]


def _difference(old: Any, new: Any, path: tuple[Step, ...]) -> tuple[Paths, Paths]:
    """What is there only before, and only after; what changed is both."""
    if isinstance(old, dict) and isinstance(new, dict):
        lost: Paths = [(*path, key) for key in old if key not in new]
        gained: Paths = [(*path, key) for key in new if key not in old]
        pairs: list[tuple[Step, Any, Any]] = [(key, old[key], new[key]) for key in old if key in new]
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        lost, gained, pairs = [], [], [(i, a, b) for i, (a, b) in enumerate(zip(old, new, strict=True))]
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new) + 1:
        at = next((i for i, each in enumerate(new) if each != old[i]), len(new))
        return ([(*path, at)], []) if old[:at] + old[at + 1 :] == new else ([path], [path])
    elif (isinstance(old, str) and new is None) or old == new:
        return ([] if old == new else [path]), []
    else:
        return [path], [path]
    for step, one, other in pairs:
        more = _difference(one, other, (*path, step))
        lost, gained = lost + more[0], gained + more[1]
    return lost, gained


def _optional(path: tuple[Step, ...]) -> bool:
    """Whether a person may leave out what stands at a path: a key that is not required, an item of a list."""
    if isinstance(path[-1], int):
        return True
    found = _field(path)
    return found is not None and not found.is_required()


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with pytest.MonkeyPatch.context() as patch:
        yield Bench(tmp_path_factory.mktemp("样本"), patch)


@pytest.mark.parametrize("kind", KINDS)
def test_a_fault_is_found_where_it_is(bench: Bench, kind: str) -> None:
    made = faults(kind)
    judged = [(bench.judge(each), each) for each in made]
    counts = Counter(outcome.partition(":")[0] for outcome, _ in judged)
    row = f"{len(made)} 个，找到 {counts['found']}，仍对 {counts['right']}，漏掉 {counts['missed']}"
    sys.stdout.write(f"\n{kind}：{row}\n")  # the table, with -s
    missed = [f"{each.what} — {outcome}" for outcome, each in judged if outcome.startswith("missed")]
    assert missed == []


def test_there_are_enough_faults_over_all_files() -> None:
    made = [each for kind in KINDS for each in faults(kind)]
    assert len(made) >= 300
    assert {each.file for each in made} == {file.name for file in sample()}
    assert len({(each.file, each.text) for each in made}) > 0.97 * len(made)
