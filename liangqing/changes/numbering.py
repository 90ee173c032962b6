"""编号 of new records: the series that is there goes on, and no number is ever given to a second thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import count
from pathlib import Path

from liangqing.base.bounds import is_file
from liangqing.base.folders import DATA
from liangqing.changes.change_log import RecordChange
from liangqing.data.model.types import ModelRecord
from liangqing.data.model.validate import SECTIONS
from liangqing.data.model.year import Year
from liangqing.data.yaml.places import Tree
from liangqing.register import Register

TASKS = "任务"  # of 清单: no section, but numbered as one
PROVISIONAL = re.compile(r"新\s*[0-9]*")  # stands for a 编号 that is still to be given: 新, 新1, 新2
_TASK_CODE = re.compile(r"任务 \d+ 编号")
_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')
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
    "收文": "SW{year}-000",
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


class UsedCodes:
    """The 编号 of a year that are no longer free: looked through once.

    Used is what stands in the data (of 问题: of all years), what a paper in the register is about, what was printed in
    a paper that was kept, and what the log of changes ever named.
    """

    def __init__(
        self,
        years: Mapping[int, Year],
        year: int,
        *,
        register: Register,
        noted: Iterable[RecordChange],
        kept: Path,
    ) -> None:
        """`kept` is the folder of the papers that are out."""
        self.year, self._kept = year, kept
        self.series: dict[tuple[str, str], str] = {}
        self.here: dict[str, set[str]] = {section: set() for section in _FIRST}
        for section in _FIRST:
            for tree in _trees(years[year], section):
                self.here[section].add(_code(tree))
                if _ENDING.fullmatch(_code(tree)):
                    self.series[section, _kind(section, tree)] = _code(tree)
        about = {part for line in register.issued if line.year == year for part in line.subject.split("/")}
        self._gone = {section: set(about) for section in _FIRST}
        for number in years:
            self._gone["问题"].update(map(_code, _trees(years[number], "问题")) if number != year else ())
        for change in noted:
            if change.section == "问题" or change.file.startswith(f"{DATA}/{year}/"):
                for section, code in _codes_in(change):
                    self._gone[section].add(code)

    @cached_property
    def _printed(self) -> frozenset[str]:
        """The texts that were kept with the papers of the year as what they print."""
        files = sorted((self._kept / str(self.year)).glob("[!.]*.json"))
        return frozenset(word for path in files for word in texts_kept(path))

    def holds(self, section: str, code: str) -> bool:
        """Whether a 编号 is used, or ever was."""
        return code in self.here[section] or self.used_before(section, code)

    def used_before(self, section: str, code: str) -> bool:
        """Whether a 编号 was given to something that is no longer in the data of the year."""
        return code not in self.here[section] and (code in self._gone[section] or code in self._printed)


class Numbers:
    """Gives 编号 for a run; each one given counts for those after it."""

    def __init__(self, used: UsedCodes) -> None:
        self._used, self._series = used, dict(used.series)
        self._taken: set[tuple[str, str]] = set()

    def next(self, section: str, tree: Mapping[str, Tree]) -> str:
        """The next 编号 of a section, for a record of the kind of `tree`."""
        kind = _kind(section, tree)
        first = _BY_KIND[section][1].get(kind) if section in _BY_KIND else None
        first = first or _FIRST[section].format(year=self._used.year)
        codes = following([self._series.get((section, kind), first)], first)
        code = next(code for code in codes if self._is_free(section, code))
        self.take(section, {**tree, "编号": code})
        return code

    def take(self, section: str, tree: Mapping[str, Tree]) -> None:
        """A record with a 编号 of its own counts too."""
        code = _code(tree)
        self._taken.add((section, code))
        if _ENDING.fullmatch(code):
            self._series[section, _kind(section, tree)] = code

    def _is_free(self, section: str, code: str) -> bool:
        return (section, code) not in self._taken and not self._used.holds(section, code)


def texts_kept(path: Path) -> list[str]:
    """The texts of a file of values that was kept with a paper, and its keys."""
    return _TEXT.findall(path.read_text("utf-8", errors="replace")) if is_file(path) else []


def _kind(section: str, tree: Mapping[str, Tree]) -> str:
    """The kind of a record, where each kind of its section has a series of its own; "" elsewhere."""
    return str(tree.get(_BY_KIND[section][0]) or "") if section in _BY_KIND else ""


def _codes_in(change: RecordChange) -> Iterator[tuple[str, str]]:
    """The 编号 that a line of the log names, with their sections."""
    if change.section in _FIRST:
        yield change.section, change.code
    elif change.section == "清单" and _TASK_CODE.fullmatch(change.key):
        yield from ((TASKS, code) for code in (change.before, change.after) if code)


def following(codes: Iterable[str], first: str) -> Iterator[str]:
    """Codes that none of `codes` is, counting on from the last that ends in digits; with none, from `first`."""
    own = list(codes)
    last = next((code for code in reversed(own) if _ENDING.fullmatch(code)), first)
    match = _ENDING.fullmatch(last)
    assert match is not None
    stem, digits = match.groups()
    return (
        code for number in count(int(digits) + 1) if (code := f"{stem}{number:0{len(digits)}d}") not in own
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
