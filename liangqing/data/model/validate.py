"""Trees of text → records, with a diagnostic in Chinese for each value that does not fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from liangqing.base import bounds
from liangqing.base.characters import visible
from liangqing.base.chinese import nearest, suggestion
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, error
from liangqing.data.model.duties import Checklist, Unit
from liangqing.data.model.entries import entry_at, example, key_inside, keys_at
from liangqing.data.model.findings import DualSign, Finding, Letter, Summary
from liangqing.data.model.follow_up import (
    Accountability,
    Case,
    Delivery,
    Feedback,
    Incoming,
    Observation,
    Opinion,
    Project,
    WrittenPaper,
)
from liangqing.data.model.group import Arrangement, Group, Options
from liangqing.data.model.inspections import Inspection, Portrait, SelfCheck
from liangqing.data.model.types import ModelRecord
from liangqing.data.yaml.careful import faults_not_counted
from liangqing.data.yaml.lines import commented_item
from liangqing.data.yaml.places import Source, Step, Tree

T = TypeVar("T", bound=ModelRecord)


@dataclass(frozen=True)
class Section:
    """A key at the top of a file: which records stand under it."""

    key: str
    model: type[ModelRecord]
    many: bool
    field: str


SECTIONS = (
    Section("机构", Group, False, "group"),
    Section("选项", Options, False, "options"),
    Section("调休", Arrangement, True, "arrangements"),
    Section("清单", Checklist, False, "checklist"),
    Section("单位", Unit, True, "units"),
    Section("征求意见", Opinion, True, "opinions"),
    Section("典型案例", Case, True, "cases"),
    Section("自查", SelfCheck, True, "self_checks"),
    Section("监督记录", Observation, True, "observations"),
    Section("检查", Inspection, True, "inspections"),
    Section("问题", Finding, True, "findings"),
    Section("双签", DualSign, True, "dual_signs"),
    Section("画像", Portrait, True, "portraits"),
    Section("整改函", Letter, True, "letters"),
    Section("文书", WrittenPaper, True, "papers"),
    Section("送达", Delivery, True, "deliveries"),
    Section("收文", Incoming, True, "incoming"),
    Section("整改反馈", Feedback, True, "feedbacks"),
    Section("项目", Project, True, "projects"),
    Section("问责统计", Accountability, True, "accountability"),
    Section("总结", Summary, False, "summary"),
)
LISTS = tuple(section.field for section in SECTIONS if section.many)
GENERAL = ("机构", "选项", "调休")  # these may stand above the years


@dataclass
class Reading:
    """What came of a set of files: records by field, and what was wrong."""

    records: dict[str, list[Any]] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    broken: dict[str, set[str]] = field(
        default_factory=dict
    )  # names of records that were refused, by section
    first: dict[str, Source] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)  # sections that were refused as a whole, or read in part
    _begun: int = 0  # how many problems there were before the file that is being read

    def read(self, source: Source, allowed: Iterable[str] | None = None) -> None:
        """Add the records of one file; behind its DATA_FAULTS first errors nothing of it is read."""
        self._begun = len(self.diagnostics)
        known = {section.key: section for section in SECTIONS if allowed is None or section.key in allowed}
        if not isinstance(source.tree, dict):
            if source.tree is not None:
                self._say(
                    Code.WRONG_SHAPE,
                    source.place(),
                    "文件里应是「分区: 内容」",
                    f"分区有：{'、'.join(known)}",
                )
            return
        for key, tree in source.tree.items():
            if self._is_full:
                self.unread |= {key} & known.keys()
            elif key in known:
                self._read_section(source, known[key], tree)
            else:
                self._refuse_section(source, key, known)
        if self._is_full:
            del self.diagnostics[self._begun + bounds.DATA_FAULTS :]
            self.diagnostics.append(faults_not_counted(self.diagnostics[-1].place))

    @property
    def _is_full(self) -> bool:
        """Whether the file that is being read has more errors than are told."""
        return len(self.diagnostics) - self._begun > bounds.DATA_FAULTS

    def _refuse_section(self, source: Source, key: str, known: Mapping[str, Section]) -> None:
        self.unread |= {nearest(key, known)} - {""}
        self._say(
            Code.UNKNOWN_SECTION, source.key_place(key), f"没有分区「{visible(key)}」", suggestion(key, known)
        )

    def _read_section(self, source: Source, section: Section, tree: Tree) -> None:
        if section.many:
            self._read_list(source, section, tree)
        elif section.key in self.first:
            self._say(
                Code.SECTION_TWICE,
                source.key_place(section.key),
                f"分区「{section.key}」只能写一次，另一处在 {self.first[section.key].key_place(section.key)}",
                "合并到一处",
            )
        elif isinstance(tree, dict):
            self.first[section.key] = source
            self._read_record(source, section, (section.key,), tree)
        elif tree is not None:
            self.unread.add(section.key)
            advice = "去掉键前面的「- 」，每行一个键" if isinstance(tree, list) else "每行一个键"
            self._say(
                Code.WRONG_SHAPE,
                source.place(section.key),
                f"「{section.key}」应为一组「键: 值」",
                advice,
            )

    def _read_list(self, source: Source, section: Section, tree: Tree) -> None:
        if tree is None:
            return
        if not isinstance(tree, list):
            self.unread.add(section.key)
            self._say(
                Code.WRONG_SHAPE,
                source.place(section.key),
                f"「{section.key}」应为列表",
                _as_a_list(source, section.model, section.key, tree),
            )
            return
        for index, item in enumerate(tree):
            if self._is_full:
                self.unread.add(section.key)
                return
            self._read_record(source, section, (section.key, index), item)

    def _read_record(self, source: Source, section: Section, path: tuple[Step, ...], tree: Tree) -> None:
        try:
            record = validate(section.model, source, path, tree)
        except Problems as problems:
            self.diagnostics += problems.diagnostics
            self.broken.setdefault(section.key, set()).update(_names(tree))
            return
        self.records.setdefault(section.field, []).append(record)

    def _say(self, code: Code, place: Place, message: str, advice: str) -> None:
        self.diagnostics.append(error(code, place, message, advice))


def validate(model: type[T], source: Source, path: tuple[Step, ...], tree: Tree) -> T:
    """The record that stands at `path` of a file; raises Problems with everything that does not fit."""
    try:
        record = model.model_validate(tree)
    except ValidationError as refused:
        raise Problems(
            _explain(problem, source, path, model)
            for problem in islice(_causes(refused.errors()), bounds.DATA_FAULTS + 1)
        ) from None
    record.put(source, path)
    return record


def _names(tree: Tree) -> set[str]:
    """What a refused record may be called by, so that references to it are not reported as dead."""
    if not isinstance(tree, dict):
        return set()
    names = {text for key in ("编号", "名称", "简称") if isinstance(text := tree.get(key), str)}
    for nested in ("任务", "自查期次"):
        if isinstance(items := tree.get(nested), list):
            names |= {name for item in items for name in _names(item)}
    return names


def _causes(problems: list[Any]) -> list[Any]:
    """Without "too short" where it only follows from items that were refused, and without "missing" of a key that is
    there and whose colon wants a blank.
    """
    refused = {problem["loc"][:-n] for problem in problems for n in range(1, len(problem["loc"]))}
    there = {
        (*problem["loc"][:-1], _without_blank(str(problem["loc"][-1]))[0])
        for problem in problems
        if problem["type"] == "extra_forbidden"
    }
    follows = {"too_short": refused, "missing": there}
    return [problem for problem in problems if problem["loc"] not in follows.get(problem["type"], ())]


def _explain(problem: Any, source: Source, base: tuple[Step, ...], model: type[BaseModel]) -> Diagnostic:
    path = (*base, *problem["loc"])
    key = next((step for step in reversed(path) if isinstance(step, str)), "")
    kind, context = problem["type"], problem.get("ctx") or {}
    if kind == "extra_forbidden":
        return _unknown_key(source, path, problem["loc"], model)
    if kind == "missing":
        swallowed = _swallowed(source, path)
        if swallowed:
            return swallowed
        return error(Code.KEY_MISSING, source.place(*path), f"缺「{key}」", f"补上「{key}: …」")
    if kind == "too_short":
        return error(Code.WRONG_VALUE, source.place(*path), f"「{key}」至少要有一项", "补上，或删掉这个键")
    found = problem["input"]
    if isinstance(found, dict) and context.get("shape") == "list" and found:
        advice = f"在第一个键「{next(iter(found))}」前面加上「- 」，下面的键跟着右移两格；写在花括号里的，外面加方括号 [{{…}}]"
        context = {**context, "advice": advice}
    if isinstance(found, str) and "shape" in context:
        entry = entry_at(model, problem["loc"])
        home = "- " if isinstance(_written(source, path)[-1], int) else f"{key}: "
        context = {**context, "advice": _shaped(home, context, example(entry, found) if entry else "")}
    place = source.place(*path, *([context["key"]] if "key" in context else []))
    allowed = context.get("allowed")
    advice = context.get("advice") or suggestion(found if isinstance(found, str) else "", allowed or ())
    if "key" in context:
        return error(Code.WRONG_VALUE, place, problem["msg"], advice)
    if context.get("bare") and isinstance(found, list):  # a list it should be: that it is one says nothing
        return error(Code.WRONG_VALUE, place, f"「{key}」{problem['msg']}", advice)
    return error(Code.WRONG_VALUE, place, f"「{key}」{problem['msg']}，现为{_shown(found)}", advice)


def _unknown_key(
    source: Source, path: tuple[Step, ...], loc: tuple[Step, ...], model: type[BaseModel]
) -> Diagnostic:
    key = str(path[-1])
    known = keys_at(model, loc[:-1])
    written = _written(source, path)
    advice = suggestion(key, known)
    if source.at(written) is None and not nearest(key, known):
        cut = f"像是半角逗号把一段文字断开了：「{key}」前面的逗号改成全角「，」，或整段文字加引号"
        advice = f"{cut}；是键的，{advice}"
    if key.startswith("-"):
        advice = f"「-」后面加一个空格：「- {key[1:]}」"
    name, value = _without_blank(key)
    if name in known:
        advice = f"「{name}」的冒号后面少一个空格，写成 {name}: {value}"
    return error(Code.UNKNOWN_KEY, source.key_place(*written), f"没有「{visible(key)}」这个键", advice)


def _without_blank(key: str) -> tuple[str, str]:
    """Name and value of what braces read as a key alone, as of {姓名:白某某}; ("", "") of any other."""
    found = _NO_BLANK.fullmatch(key)
    return (found[1], found[2]) if found else ("", "")


_NO_BLANK = re.compile(r"([^:：]+)[:：](\S.*)")


def _as_a_list(source: Source, model: type[BaseModel], key: str, tree: Tree) -> str:
    """How to make the list that a section has to be of what is there."""
    if not isinstance(tree, dict):
        return f"每条记录以「- 」开头，如 - {example(model)}"
    first = next(iter(tree), "")
    if first.startswith("-"):
        return f"「-」后面加一个空格：「- {first[1:]}」"
    line = source.key_place(key, first).line if first else None
    left = commented_item(source.data.decode("utf-8-sig").split("\n"), line) if line else None
    if left:
        return f"第 {left} 行的「- 」还在「#」后面：把那一行最前面的「#」删掉"
    return (
        f"每条记录以「- 」开头：在每条的第一个键「{first}」前面加上「- 」，下面的键跟着右移两格；内容都留着"
    )


def _written(source: Source, path: tuple[Step, ...]) -> tuple[Step, ...]:
    """The path without the steps into lists that the person did not write."""
    node, kept = source.tree, []  # type: tuple[Any, list[Step]]
    for step in path:
        if isinstance(step, int) and not isinstance(node, list):
            continue
        kept.append(step)
        node = node[step]
    return tuple(kept)


def _shaped(home: str, context: dict[str, Any], written: str) -> str:
    """What to write for a text in the place of an entry, or of a list of entries; `home` stands in front of it."""
    if not written:
        return str(context["advice"])
    if context["shape"] == "list":
        return f"「{home.strip()}」后面不写，另起一行、缩进两格写：- {written}"
    return f"写成 {home}{written}"


def _swallowed(source: Source, path: tuple[Step, ...]) -> Diagnostic | None:
    """Of a key that is missing: that it stands within a text beside it, since commas and colons are full-width."""
    entry = source.at(_written(source, path[:-1]))
    for key, text in entry.items() if isinstance(entry, dict) else ():
        if isinstance(text, str) and key_inside(text, [str(path[-1])]):
            return key_swallowed(source.place(*path[:-1], key), key, text)
    return None


def key_swallowed(place: Place, key: str, text: str) -> Diagnostic:
    """That a text goes on with another key."""
    halved = text.replace("，", ", ").replace("、", ", ").replace("：", ": ")
    return error(
        Code.KEY_IN_TEXT,
        place,
        f"「{key}」里写进了别的键，读成了一段文字{_shown(text)}：它的逗号、冒号是全角的",
        f"花括号里的，改成半角的逗号和冒号，后面各空一格：{key}: {halved}；不在花括号里的，后面的键另起一行写",
    )


def _shown(value: Any) -> str:
    if isinstance(value, str):
        shown = visible(value[:24])
        return f"「{shown}{'…' if len(value) > 24 else ''}」" if value else "空的文字"
    if isinstance(value, dict):
        return "一组「键: 值」"
    return "一个列表" if isinstance(value, list | tuple) else "空"
