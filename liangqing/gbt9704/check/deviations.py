"""A unit's own departures from the standard, from a small YAML: what it has decided is told, but is no error.

    依据: 《桂林市党政机关公文处理细则》第十二条
    偏离:
      - 规则: F106
        理由: 市里统一用33磅
        现值: 固定值33磅

`现值` is what is found there, as a finding says it; without it the rule is departed from whatever is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from liangqing.base.chinese import suggestion
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Problems, error
from liangqing.data.yaml.places import Source, Step, Tree, load

_TOP = ("依据", "偏离")
_KEYS = ("规则", "理由", "现值")
_COMPLETE = {
    "规则": "补上「规则」，写检查结果里的编号，如 规则: F106",
    "理由": "补上「理由」，写依据哪份文件、为什么，如 理由: 全市统一用33磅；不是本单位规定的，整条删去",
}


@dataclass(frozen=True)
class Deviation:
    """One departure: the rule, why, and what is found where it holds ("": whatever is found)."""

    rule: str
    reason: str
    found: str = ""


@dataclass(frozen=True)
class Deviations:
    """All departures of a unit."""

    rows: tuple[Deviation, ...] = ()

    def reason(self, rule: str, found: str) -> str:
        """Why the unit departs from a rule where `found` was found; "" where it does not."""
        own = (row for row in self.rows if row.rule == rule and row.found in ("", found))
        return next((row.reason for row in own), "")


NONE = Deviations()


def read_deviations(path: Path, name: str, codes: Iterable[str]) -> Deviations:
    """The departures in the file at `path`, of rules among `codes`. Raises Problems for all that is wrong in it."""
    source = load(path, name)
    known = tuple(codes)
    problems = list(_problems(source, known))
    if problems:
        raise Problems(problems)
    tree = source.tree
    assert isinstance(tree, dict)
    basis = tree.get("依据")
    rows = tree.get("偏离") or []
    assert isinstance(rows, list)
    return Deviations(tuple(_row(row, basis) for row in rows))


def _row(row: Tree, basis: Tree) -> Deviation:
    assert isinstance(row, dict)
    reason = str(row["理由"]) + (f"（{basis}）" if basis else "")
    return Deviation(str(row["规则"]), reason, str(row.get("现值") or ""))


def _problems(source: Source, codes: tuple[str, ...]) -> Iterator[Diagnostic]:
    tree = source.tree
    if not isinstance(tree, dict):
        yield error(
            Code.BAD_DEVIATION, source.place(), "文件里应有「偏离」", "照使用手册“格式检查”里的样子写"
        )
        return
    yield from _unknown(source, tree, _TOP, ())
    if not isinstance(tree.get("依据", ""), str | None):
        yield error(Code.BAD_DEVIATION, source.place("依据"), "「依据」应是一句话", "写成一行文字")
    rows = tree.get("偏离")
    if rows is not None and not isinstance(rows, list):
        yield error(Code.BAD_DEVIATION, source.place("偏离"), "「偏离」应是一个列表", "每条以“- 规则:”开头")
        return
    for index, row in enumerate(rows or []):
        yield from _row_problems(source, index, row, codes)


def _row_problems(source: Source, index: int, row: Tree, codes: tuple[str, ...]) -> Iterator[Diagnostic]:
    path: tuple[Step, ...] = ("偏离", index)
    if not isinstance(row, dict):
        yield error(
            Code.BAD_DEVIATION,
            source.place(*path),
            "这一条应有「规则」和「理由」",
            "写成“- 规则: F106”，下一行“理由: …”",
        )
        return
    yield from _unknown(source, row, _KEYS, path)
    for key in ("规则", "理由"):
        value = row.get(key)
        if not isinstance(value, str) or not value.strip():
            yield error(
                Code.DEVIATION_INCOMPLETE, source.place(*path), f"这一条没有「{key}」", _COMPLETE[key]
            )
    if not isinstance(row.get("现值", ""), str | None):
        yield error(
            Code.BAD_DEVIATION, source.place(*path, "现值"), "「现值」应是文字", "照检查结果里“现为”后面的写"
        )
    rule = row.get("规则")
    if isinstance(rule, str) and rule not in codes:
        yield error(
            Code.UNKNOWN_FORMAT_RULE,
            source.place(*path, "规则"),
            f"没有规则「{rule}」",
            suggestion(rule, codes) or "见 format --rules",
        )


def _unknown(
    source: Source, row: dict[str, Tree], known: tuple[str, ...], path: tuple[Step, ...]
) -> Iterator[Diagnostic]:
    for key in row:
        if key not in known:
            yield error(
                Code.UNKNOWN_DEVIATION_KEY,
                source.key_place(*path, key),
                f"没有「{key}」这一项",
                suggestion(key, known),
            )
