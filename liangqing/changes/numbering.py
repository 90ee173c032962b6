"""编号 of new records: the series that is there goes on, and no number is ever given to a second thing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import count, islice

from liangqing.base.folders import DATA
from liangqing.changes.change_log import RecordChange
from liangqing.data.model.types import ModelRecord
from liangqing.data.model.validate import SECTIONS
from liangqing.data.model.year import Year
from liangqing.data.yaml.places import Tree
from liangqing.register import Register

TASKS = "任务"  # of 清单: no section, but numbered as one
PROVISIONAL = re.compile(r"新\s*[0-9]*")  # stands for a 编号 that is still to be given: 新, 新1, 新2
_ENDING = re.compile(r"(.*?)(\d+)")
_FIRST = {
    "单位": "U00",
    TASKS: "R0",
    "典型案例": "AL0",
    "征求意见": "YJ00",
    "自查": "ZC00",
    "检查": "JZ00",
    "问题": "W{year}-00",
    "双签": "SQ0",
    "整改函": "ZG0",
    "文书": "WS0",
    "整改反馈": "FK00",
    "项目": "XM00",
}
# Sections in which each kind has a series of its own: by what key it is told, and where each begins.
_BY_KIND: dict[str, tuple[str, Mapping[str, str]]] = {
    "检查": (
        "类型",
        {"集中清查": "JZ00", "单项体检": "DX00", "动态体检": "DT00", "专项监督": "ZX00", "抽查": "CC00"},
    ),
    "文书": (
        "文种",
        {"提醒函": "TX0", "督办函": "DB0", "约谈通知书": "YT0", "通报": "TB0", "纪检监察建议书": "JY0"},
    ),
}
NUMBERED = frozenset(_FIRST)
_FIELDS = {section.key: section.field for section in SECTIONS}


class Numbers:
    """Gives 编号 for a year; each one given counts for those after it.

    Taken is what stands in the data (of 问题: of all years), what a paper in the register is about, and what the log of
    changes ever named.
    """

    def __init__(
        self, years: Mapping[int, Year], year: int, register: Register, noted: Iterable[RecordChange]
    ) -> None:
        self._year = year
        self._trees = {section: list(_trees(years[year], section)) for section in _FIRST}
        others = (tree for number in years if number != year for tree in _trees(years[number], "问题"))
        printed = {part for line in register.issued if line.year == year for part in line.subject.split("/")}
        self._taken = {section: {*map(_code, own), *printed} for section, own in self._trees.items()}
        self._taken["问题"] |= {_code(tree) for tree in others}
        for change in noted:
            if change.section in self._taken and (
                change.section == "问题" or change.file.startswith(f"{DATA}/{year}/")
            ):
                self._taken[change.section].add(change.code)
        self._here = {section: {*map(_code, own)} for section, own in self._trees.items()}

    def used_before(self, section: str, code: str) -> bool:
        """Whether a 编号 was given to something that is no longer in the data of the year."""
        return code in self._taken.get(section, ()) and code not in self._here[section]

    def next(self, section: str, tree: Mapping[str, Tree]) -> str:
        """The next 编号 of a section, for a record of the kind of `tree`."""
        own, first = self._trees[section], _FIRST[section].format(year=self._year)
        if section in _BY_KIND:
            key, firsts = _BY_KIND[section]
            own = [other for other in own if other.get(key) == tree.get(key)]
            first = firsts.get(str(tree.get(key)), first)
        code = next(iter(following(map(_code, own), first, self._taken[section])))
        self.take(section, {**tree, "编号": code})
        return code

    def take(self, section: str, tree: Mapping[str, Tree]) -> None:
        """A record with a 编号 of its own counts too."""
        self._trees[section].append(tree)
        self._taken[section].add(_code(tree))


def numbered(year: Year, section: str, ahead: int) -> str:
    """The next free 编号 of a section after `ahead` others of the same run."""
    codes = [_code(tree) for tree in _trees(year, section)]
    return next(islice(following(codes, _FIRST[section].format(year=year.year)), ahead, None))


def following(codes: Iterable[str], first: str, taken: Collection[str] = ()) -> Iterator[str]:
    """Codes that are none of `codes` or `taken`, counting on from the last of `codes` that ends in digits, else from `first`."""
    own = list(codes)
    last = next((code for code in reversed(own) if _ENDING.fullmatch(code)), first)
    match = _ENDING.fullmatch(last)
    assert match is not None
    stem, digits = match.groups()
    known = {*own, *taken}
    return (
        code for number in count(int(digits) + 1) if (code := f"{stem}{number:0{len(digits)}d}") not in known
    )


def _trees(year: Year, section: str) -> Iterator[Mapping[str, Tree]]:
    """The records of a section, or the tasks, as they were written."""
    if section == TASKS:
        tree = year.checklist.tree
        items = tree.get(TASKS) if isinstance(tree, dict) else None
        yield from (item for item in (items if isinstance(items, list) else ()) if isinstance(item, dict))
        return
    records: Iterable[ModelRecord] = getattr(year, _FIELDS[section])
    yield from (record.tree for record in records if isinstance(record.tree, dict))


def _code(tree: Mapping[str, Tree]) -> str:
    return str(tree.get("编号") or "")
