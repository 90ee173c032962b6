"""The library of standard findings: what comes with the product, and what a workspace adds in checklists/问题库.yaml."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from pydantic import Field

from liangqing.base.chinese import suggestion
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, collected, error, refuse
from liangqing.base.folders import LIBRARY
from liangqing.data.model.findings import IMMEDIATE, ONGOING, WITHIN_LIMIT
from liangqing.data.model.types import ModelRecord, Text, Texts, Whole, choice
from liangqing.data.model.validate import validate
from liangqing.data.yaml import places

SECTION = "问题库"
_OWN = Path(__file__).with_name("问题库.yaml")


class LibraryEntry(ModelRecord):
    """问题库: the words of a finding that turns up again and again, with places to be filled in."""

    code: Text = Field(alias="编号")
    group: Text = Field(alias="类别")
    name: Text = Field(alias="名称")
    facts: Text = Field(alias="事实")
    clauses: Texts = Field((), alias="依据")
    category: Annotated[str | None, choice(IMMEDIATE, WITHIN_LIMIT, ONGOING)] = Field(None, alias="整改类别")
    demand: Text = Field(alias="整改要求")
    days: Whole | None = Field(None, alias="建议天数")

    @property
    def words(self) -> str:
        """All that may be searched."""
        return "\n".join((self.code, self.group, self.name, self.facts, *self.clauses, self.demand))


def load(root: Path) -> list[LibraryEntry]:
    """The entries by 类别, those of the workspace in `root` in the place of those that have the same 编号.

    Raises Problems with everything that is wrong in the workspace's file.
    """
    found = _read(places.load(_OWN, _OWN.name))
    if (root / LIBRARY).exists():
        found |= _read(places.load(root / LIBRARY, LIBRARY))
    groups = list(dict.fromkeys(entry.group for entry in found.values()))
    return sorted(found.values(), key=lambda entry: groups.index(entry.group))


def called(entries: Iterable[LibraryEntry], code: str) -> LibraryEntry:
    """The entry with this 编号. Raises Problems where there is none."""
    known = {entry.code: entry for entry in entries}
    if code not in known:
        raise refuse(Code.NOT_IN_LIBRARY, Place(code), f"问题库里没有「{code}」", suggestion(code, known))
    return known[code]


def _read(source: places.Source) -> dict[str, LibraryEntry]:
    items = source.tree.get(SECTION) if isinstance(source.tree, dict) else None
    if not isinstance(items, list) or set(source.tree or ()) != {SECTION}:
        advice = f"写成「{SECTION}:」，下面每条以「- 」开头，照手册“查找和沿革”一页的样子"
        raise Problems(
            [error(Code.BAD_LIBRARY, source.place(), f"文件里应只有「{SECTION}」一个列表", advice)]
        )
    problems: list[Diagnostic] = []
    found: dict[str, LibraryEntry] = {}
    for index, item in enumerate(items):
        with collected(problems):
            entry = validate(LibraryEntry, source, (SECTION, index), item)
            if entry.code in found:
                message = f"编号「{entry.code}」写了两次，另一处在 {found[entry.code].place()}"
                problems.append(error(Code.TWICE_IN_LIBRARY, entry.place("编号"), message, "改其中一个"))
            found[entry.code] = entry
    if problems:
        raise Problems(problems)
    return found
