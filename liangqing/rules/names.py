"""In free text a unit is called by its 名称 or 简称 (warning)."""

from __future__ import annotations

from collections.abc import Iterator

from liangqing.errors import Diagnostic, warning
from liangqing.figures import Standing
from liangqing.model.duties import PARTY_KINDS
from liangqing.model.types import Record
from liangqing.references import texts
from liangqing.wording import nearest

# Keys that hold prose; everywhere else a name is a reference and is proved as such.
_PROSE = frozenset(
    "事实 整改要求 整改目标 整改措施 说明 内容 核查情况 总体评价 优点 短板 风险 建议 单位意见 其他要求 "
    "主要做法 存在不足 下一步 印发要求 基本情况 事由 退回理由 描述 原因 措施".split()
)
_ENDINGS = (*PARTY_KINDS, "支部")


def units_by_their_names(standing: Standing) -> Iterator[Diagnostic]:
    """A word that ends like a party organisation and is nearly, but not quite, the name of a unit."""
    names = sorted(standing.year.unit_by_ref, key=len, reverse=True)
    known = [name for name in names if name.endswith(_ENDINGS)]
    for record in standing.year.records():
        yield from _in_record(record, known)


def _in_record(record: Record, known: list[str]) -> Iterator[Diagnostic]:
    prose = ((path, text) for path, text in texts(record.tree) if _PROSE.intersection(path[-2:]))
    for path, text in prose:
        for wrong, right in misnamed(text, known):
            yield warning(
                "D808", record.place(*path), f"「{wrong}」不是单位的名称或简称", f"是否「{right}」？"
            )


def misnamed(text: str, known: list[str]) -> Iterator[tuple[str, str]]:
    """Words in `text` that look like one of the `known` names, with the name that is meant."""
    for ending in _ENDINGS:
        at = text.find(ending)
        while at >= 0:
            end = at + len(ending)
            head = text[:end]
            if not head.endswith(tuple(known)):
                for name in (each for each in known if each.endswith(ending)):
                    word = head[-len(name) :]
                    if len(word) == len(name) >= 5 and nearest(word, [name]) and _differ_by_one(word, name):
                        yield word, name
                        break
            at = text.find(ending, end)


def _differ_by_one(word: str, name: str) -> bool:
    return sum(a != b for a, b in zip(word, name, strict=True)) == 1
