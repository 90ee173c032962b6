"""Every reference leads to a record, and every name means one record.

Records with a dead reference are taken out, so that the rules see only what hangs together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from liangqing.base.chinese import suggestion
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, error
from liangqing.data.model.duties import UNIT_KINDS
from liangqing.data.model.types import EVERY_UNIT, ModelRecord, Spot
from liangqing.data.model.validate import Reading
from liangqing.data.yaml.places import Step, Tree
from liangqing.data.yaml.places import texts as texts


@dataclass(frozen=True)
class Reference:
    """A key that names a record of another kind: where it stands, and what it may name."""

    field: str
    keys: tuple[str, ...]
    target: str


def _rows(field: str, *pairs: tuple[str, str]) -> tuple[Reference, ...]:
    return tuple(Reference(field, tuple(keys.split(".")), target) for keys, target in pairs)


ANY_YEAR = "各年度的问题"

REFERENCES = (
    *_rows(
        "checklist",
        ("任务.责任主体", "责任主体"),
        ("任务.征求意见稿.责任主体", "责任主体"),
        ("征求意见.单位", "责任主体"),
        ("自查期次.单位", "责任主体"),
    ),
    *_rows("checklist", ("自查期次.案例", "典型案例")),
    *_rows("units", ("党组织", "单位"), ("上级", "单位"), ("承接单位", "单位")),
    *_rows("opinions", ("单位", "单位"), ("任务", "任务")),
    *_rows("observations", ("单位", "单位"), ("任务", "任务")),
    *_rows("self_checks", ("单位", "单位"), ("期次", "期次"), ("任务.任务", "任务"), ("替代", "自查")),
    *_rows("inspections", ("单位", "单位"), ("任务", "任务"), ("任务落实.单位", "单位")),
    *_rows("inspections", ("任务落实.任务", "任务"), ("反馈会.单位", "单位")),
    *_rows("findings", ("检查", "检查"), ("单位", "单位"), ("任务", "任务")),
    *_rows("dual_signs", ("检查", "检查"), ("单位", "单位"), ("问题", "问题")),
    *_rows("portraits", ("检查", "检查"), ("单位", "单位")),
    *_rows("letters", ("单位", "单位"), ("问题", "问题")),
    *_rows("papers", ("单位", "单位"), ("问题", ANY_YEAR)),
    *_rows("deliveries", ("单位", "单位")),
    *_rows("feedbacks", ("整改函", "整改函"), ("问题", "问题")),
    *_rows("projects", ("责任单位", "责任主体")),
)

# What a record of a field is called by, and as what it is referred to.
_NAMED: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("units", "单位", ("编号", "名称", "简称")),
    ("self_checks", "自查", ("编号",)),
    ("inspections", "检查", ("编号",)),
    ("findings", "问题", ("编号",)),
    ("dual_signs", "双签", ("编号",)),
    ("letters", "整改函", ("编号",)),
    ("opinions", "征求意见", ("编号",)),
    ("cases", "典型案例", ("编号",)),
    ("papers", "文书", ("编号",)),
    ("feedbacks", "整改反馈", ("编号",)),
    ("projects", "项目", ("编号",)),
)
_NESTED = (("任务", "任务", "编号"), ("自查期次", "期次", "名称"))


def resolve(
    reading: Reading,
    taken: frozenset[str] = frozenset(),
    findings: frozenset[str] = frozenset(),
    *,
    whole: bool = True,
) -> None:
    """Judge the names and references of one year's records; adds to its diagnostics, takes out what hangs loose.

    `taken`: 问题编号 of earlier years, not to be used again; `findings`: those of all years, which some records
    may refer to. When a file could not be read (`whole` is False), what a reference leads to may stand there:
    nothing is reported as dead.
    """
    reading.diagnostics += _doubles(reading, taken)
    if whole:
        names = names_of(reading, findings)
        known: dict[str, frozenset[str] | None] = {
            target: names[target] | reading.broken.get(target, set()) for target in names
        }
        known["责任主体"] = names["责任主体"] | reading.broken.get("单位", set())
        known[ANY_YEAR] = names[ANY_YEAR] | reading.broken.get("问题", set())
        if "checklist" not in reading.records:
            known |= dict.fromkeys(("任务", "期次"))
        dead = [diagnostic for _, diagnostic in _dead(reading, known)]
        reading.diagnostics += dead
        if not dead and known == names:
            return
    while _take_out_loose(reading, findings):
        pass


def _take_out_loose(reading: Reading, findings: frozenset[str]) -> bool:
    """Take out the records with a reference to nothing; whether there were any (others may hang on them)."""
    loose = {id(record) for record, _ in _dead(reading, names_of(reading, findings))}
    for field, records in reading.records.items():
        reading.records[field] = [record for record in records if id(record) not in loose]
    return bool(loose)


def names_of(reading: Reading, findings: frozenset[str] = frozenset()) -> dict[str, frozenset[str]]:
    """All names of the records of a year, by the kind that they refer to; `findings` of the other years."""
    names = {target: frozenset(name for name, _, _ in _named(reading, target)) for _, target, _ in _NAMED}
    for nested, target, key in _NESTED:
        names[target] = frozenset(name for name, _, _ in _nested(reading, nested, key))
    return {
        **names,
        "责任主体": names["单位"] | {EVERY_UNIT, *UNIT_KINDS},
        ANY_YEAR: names["问题"] | findings,
    }


def _named(reading: Reading, target: str) -> Iterator[tuple[str, Spot, object]]:
    field, _, keys = next(row for row in _NAMED if row[1] == target)
    for record in reading.records.get(field, ()):
        tree = record.tree
        for key in keys:
            if isinstance(tree, dict) and isinstance(name := tree.get(key), str):
                yield name, Spot(record, (key,)), record


def _nested(reading: Reading, nested: str, key: str) -> Iterator[tuple[str, Spot, object]]:
    for record in reading.records.get("checklist", ()):
        for path, name in walk(record.tree, (nested, key)):
            yield name, Spot(record, path), path


def _doubles(reading: Reading, taken: frozenset[str]) -> Iterator[Diagnostic]:
    for _, target, _ in _NAMED:
        yield from _double_names(target, _named(reading, target), taken if target == "问题" else frozenset())
    for nested, target, key in _NESTED:
        yield from _double_names(target, _nested(reading, nested, key), frozenset())


def _double_names(
    target: str, named: Iterable[tuple[str, Spot, object]], taken: frozenset[str]
) -> Iterator[Diagnostic]:
    first: dict[str, tuple[Spot, object]] = {}
    for name, spot, owner in named:
        if name in taken:
            yield error(
                Code.CODE_OF_ANOTHER_YEAR,
                spot.place,
                f"{target}「{name}」在别的年度已经用过",
                "编号各年度不重复，换一个",
            )
        elif name not in first:
            first[name] = (spot, owner)
        elif first[name][1] is not owner:
            yield error(
                Code.NAME_TWICE,
                spot.place,
                f"{target}「{name}」重复，另一处在 {first[name][0].place}",
                "一个名字只能指一条记录，改其中一个",
            )


def _dead(
    reading: Reading, known: Mapping[str, frozenset[str] | None]
) -> Iterator[tuple[ModelRecord, Diagnostic]]:
    """References that lead nowhere; those to kinds of which nothing is known (None) are passed over."""
    for row in REFERENCES:
        names = known[row.target]
        if names is None:
            continue
        for record in reading.records.get(row.field, ()):
            for path, name in walk(record.tree, row.keys):
                if name not in names:
                    target = {"责任主体": "单位", ANY_YEAR: "问题"}.get(row.target, row.target)
                    message = f"「{row.keys[-1]}」里的「{name}」找不到对应的{target}"
                    yield (
                        record,
                        error(
                            Code.DEAD_REFERENCE, record.place(*path), message, suggestion(name, sorted(names))
                        ),
                    )


def walk(tree: Tree, keys: tuple[str, ...]) -> Iterator[tuple[tuple[Step, ...], str]]:
    """The texts that stand under `keys`, through lists, with their paths."""
    if isinstance(tree, list):
        for index, item in enumerate(tree):
            for path, text in walk(item, keys):
                yield (index, *path), text
    elif not keys:
        if isinstance(tree, str):
            yield (), tree
    elif isinstance(tree, dict) and keys[0] in tree:
        for path, text in walk(tree[keys[0]], keys[1:]):
            yield (keys[0], *path), text
