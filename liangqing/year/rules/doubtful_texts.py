"""Which texts a rule has to look at: each text of a file is searched once for all rules, and what came of it is kept.

Most texts have nothing that any rule asks for. What is kept follows from the file alone: what other files say, such as
the names of units, comes in when a rule looks at a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

from liangqing.base.characters import ODD
from liangqing.data.model.duties import PARTY_KINDS
from liangqing.data.model.types import ModelRecord
from liangqing.data.model.year import Year
from liangqing.data.references import REFERENCES, texts
from liangqing.data.yaml.places import Source, Step, Tree
from liangqing.year.rules.forbidden_words import may_be_hit

KeyPath: TypeAlias = tuple[Step, ...]

# Keys that hold prose; everywhere else a name is a reference and is proved as such.
_PROSE = frozenset(
    "事实 整改要求 整改目标 整改措施 说明 内容 核查情况 总体评价 优点 短板 风险 建议 单位意见 其他要求 "
    "主要做法 存在不足 下一步 印发要求 基本情况 事由 退回理由 描述 原因 措施".split()
)
# Keys whose text goes out in letters as it stands.
_GOES_OUT = frozenset(
    "依据 事实 整改要求 整改目标 事由 要求 建议 原因 未完成事项 其他要求 印发要求 总体评价 优点 短板 风险 退回理由".split()
)
# What may be the 编号 of a record: capital letters and figures, with nothing of the kind beside them.
CODE_LIKE = re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,4}\d[\d-]*(?![A-Za-z0-9.])")
ENDINGS = (*PARTY_KINDS, "支部")  # of the name of a party organisation
_ENDING = re.compile("|".join(ENDINGS))
PERSONS = frozenset(
    "姓名 责任人 责任领导 核查人 审批人 批准人 签字人 审核人 党组织签字人 纪检监察组签字人 主持人 记录人 检查人 签收人 约谈人 "
    "送达人 拟稿 核稿 签发".split()
)
# Lists of names and of words: no item of them has a mark within it.
OF_PERSONS = frozenset("检查组 出席 列席 会签".split())
OF_WORDS = frozenset("监督方式 方式 配合单位".split())
_NAMES = PERSONS | OF_PERSONS | OF_WORDS
_SEVERAL = re.compile(r"[、，,；;/\s]")  # what stands between names or words
# Keys whose text is a code or a name of another record, and is no text to be printed.
_CODES = frozenset(row.keys[-1] for row in REFERENCES) | set(
    "编号 对象 文号 更正 内容码 沿用 扫描件 类型 文件 校验码 来文单位 对应 邮政编码".split()
)
# What stands in every text that may mean something else than it says: most texts have none of it.
_DOUBTFUL = re.compile(rf"{ODD.pattern}|[,:：A-Za-z]|\A[-－]")
# The name of a class of counts is in its place.
_COUNTED = frozenset({"类别", "门槛"})
_RAW = re.compile(
    r"\{\{|\}\}|\{%|%\}|｛｛|｝｝|｛％|％｝|《\s*》|〔\s*〕|[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]"
)
_ANY = re.compile(r".+")
_NOTHING = frozenset(("None", "nan", "NaN", "null"))


def raw_in(text: str) -> re.Match[str] | None:
    """What would stand in a paper as a leftover: empty marks, template tags, None, control characters."""
    return _RAW.search(text) or (_ANY.search(text) if text.strip() in _NOTHING else None)


def key_of(path: KeyPath) -> str:
    """The key under which a text stands, itself or in a list."""
    return path[-1] if isinstance(path[-1], str) else str(path[-2])


def is_printed(path: KeyPath) -> bool:
    """Whether what stands at a path below its record is a text to be printed, and neither a code nor a reference."""
    return key_of(path) not in _CODES


def is_odd(text: str) -> bool:
    """Whether a text holds a sign that makes one look at it further."""
    return _DOUBTFUL.search(text) is not None


class Doubt(NamedTuple):
    """When a rule has to look at a text: it holds something, and stands under a key (at a path below its record)."""

    holds: Callable[[str], bool]
    stands: Callable[[KeyPath], bool]


# By what the rule that looks at them asks for.
DOUBTS: Mapping[str, Doubt] = {
    "不得录入": Doubt(may_be_hit, _COUNTED.isdisjoint),
    "照印": Doubt(lambda text: raw_in(text) is not None, lambda path: True),
    "单位名称": Doubt(
        lambda text: _ENDING.search(text) is not None, lambda path: not _PROSE.isdisjoint(path[-2:])
    ),
    "读错": Doubt(is_odd, is_printed),
    "几个": Doubt(
        lambda text: not is_odd(text) and _SEVERAL.search(text) is not None,
        lambda path: is_printed(path) and key_of(path) in _NAMES,
    ),
    "编号": Doubt(lambda text: CODE_LIKE.search(text) is not None, lambda path: key_of(path) in _GOES_OUT),
    "没填": Doubt(lambda text: "【填" in text, lambda path: True),
}
_NOTES = "要看的文字"


def doubtful(year: Year, rule: str) -> Iterator[tuple[ModelRecord, KeyPath, str]]:
    """Each text that a rule of DOUBTS has to look at, with its record and its path below that, in the order of the year."""
    by_file: dict[int, Mapping[KeyPath, list[KeyPath]]] = {}
    for record in year.records():
        source = record.written_in
        doubts = by_file.get(id(source))
        if doubts is None:
            doubts = by_file[id(source)] = _by_record(source, rule)
        for path in doubts.get(record.written_at, ()) if doubts else ():
            yield record, path, str(source.at((*record.written_at, *path)))


def _by_record(source: Source, rule: str) -> Mapping[KeyPath, list[KeyPath]]:
    """The paths of the doubtful texts of a file below their records, by where these stand."""
    if _NOTES not in source.notes:
        source.notes[_NOTES] = _noted(source.tree)
    found: dict[KeyPath, list[KeyPath]] = {}
    for at, path in source.notes[_NOTES][rule]:
        found.setdefault(tuple(at), []).append(tuple(path))
    return found


def _noted(tree: Tree) -> dict[str, list[Any]]:
    """By rule where the record of each doubtful text of a file stands, and the text's path below it."""
    found: dict[str, list[Any]] = {rule: [] for rule in DOUBTS}
    searched: dict[str, list[str]] = {}  # the same few words stand in thousands of records
    for at, record in _records(tree):
        for path, text in texts(record):
            rules = searched.get(text)
            if rules is None:
                rules = searched[text] = [rule for rule, doubt in DOUBTS.items() if doubt.holds(text)]
            for rule in rules:
                if path and DOUBTS[rule].stands(path):
                    found[rule].append([at, path])
    return found


def _records(tree: Tree) -> Iterator[tuple[KeyPath, Tree]]:
    """The records of a file: the items of the lists under its keys, and what stands under a key without a list."""
    for section, below in tree.items() if isinstance(tree, dict) else ():
        if isinstance(below, list):
            yield from (((section, index), record) for index, record in enumerate(below))
        else:
            yield (section,), below
