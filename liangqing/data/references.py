"""Every reference leads to a record, and every name means one record.

Records with a dead reference are taken out, so that the rules see only what hangs together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import NamedTuple

from liangqing.base.characters import names_in, plain, visible
from liangqing.base.chinese import nearest, suggestion
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, error
from liangqing.data.model.duties import UNIT_KINDS
from liangqing.data.model.entries import takes_several
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
_BETWEEN = re.compile(r"\s*[、，,；;/]\s*|\s+")

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
    ("incoming", "收文", ("编号",)),
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
    doubles, sound = dict(_doubles(reading, taken)), False
    reading.diagnostics += _of_themselves(reading)
    if whole:
        names = names_of(reading, findings)
        known: dict[str, frozenset[str] | None] = {
            target: names[target] | reading.broken.get(target, set()) for target in names
        }
        known["责任主体"] = names["责任主体"] | reading.broken.get("单位", set())
        known[ANY_YEAR] = names[ANY_YEAR] | reading.broken.get("问题", set())
        if "checklist" not in reading.records:
            known |= dict.fromkeys(("任务", "期次"))
        known |= {target: None for target in known if _section_of(target) in reading.unread}
        dead = list(_dead(reading, known))
        sound = not dead and known == names
        for target, problems in doubles.items():  # who is not found may be the one that bears another's name
            if problems[0].code == Code.NAME_TWICE:
                lost = [one for one in dead if one.target == target]
                dead = [one for one in dead if one.target != target]
                problems[0] = problems[0].with_more(tuple(one.record.place(*one.path) for one in lost))
        reading.diagnostics += _told(reading, names, dead)
    reading.diagnostics += [problem for problems in doubles.values() for problem in problems]
    if not sound:
        take_out_loose(reading, findings)


def take_out_loose(reading: Reading, findings: frozenset[str]) -> None:
    """Take out the records of a year that name what is not there, `findings` being those of all years; tells nothing.

    Asked once more when all years are resolved: a 文书 hangs on findings of whatever year, which may be gone by then.
    """
    while _take_out_some(reading, findings):
        pass


def _take_out_some(reading: Reading, findings: frozenset[str]) -> bool:
    """Take out the records with a reference to nothing; whether there were any (others may hang on them)."""
    loose = {id(dead.record) for dead in _dead(reading, names_of(reading, findings))}
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


def _doubles(reading: Reading, taken: frozenset[str]) -> Iterator[tuple[str, list[Diagnostic]]]:
    """Names that stand for two records, by what they are of; the later record is taken out."""
    for field, target, _ in _NAMED:
        second: set[int] = set()
        named = list(_named(reading, target))
        found = list(_double_names(target, named, taken if target == "问题" else frozenset(), second))
        if found:
            yield target, list(_copies(found))
        if second:
            reading.records[field] = [record for record in reading.records[field] if id(record) not in second]
    for nested, target, key in _NESTED:
        found = list(_double_names(target, list(_nested(reading, nested, key)), frozenset(), set()))
        if found:
            yield target, found


def _double_names(
    target: str, named: list[tuple[str, Spot, object]], taken: frozenset[str], second: set[int]
) -> Iterator[Diagnostic]:
    """`second` gets the records, by id, of which a name is another's."""
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
            second.add(id(spot.record))
            free = _next_free(name, {word for word, _, _ in named})
            yield error(
                Code.NAME_TWICE,
                spot.place,
                f"{target}「{name}」重复，另一处在 {first[name][0].place}",
                f"一个名字只能指一条记录，后录入的一条换一个{free}；写到它的地方跟着改",
            )


_NAMED_A_COPY = re.compile(r"副本|复件|备份|[(（][0-9]+[)）]|copy", re.IGNORECASE)
_COPIES = 3  # records of one file, all of which another file has too


def _copies(found: list[Diagnostic]) -> Iterator[Diagnostic]:
    """A file that was copied is told once."""
    files: dict[str, list[Diagnostic]] = {}
    for problem in found:
        files.setdefault(problem.place.file if problem.code == Code.NAME_TWICE else "", []).append(problem)
    for file, problems in files.items():
        other = problems[0].message.partition("，另一处在 ")[2]
        if not file or len(problems) < _COPIES or other.startswith(f"{file}:"):
            yield from problems
            continue
        also = tuple(problem.place for problem in problems[1:])
        copied = other.partition(":")[0]
        extra = next((name for name in (file, copied) if _NAMED_A_COPY.search(name)), "")
        which = f"{extra} 像是副本" if extra else f"{file} 和 {copied} 里有同样的记录，一个像是另一个的副本"
        advice = f"{which}：先看清两个文件哪个内容全，再把多余的那个移到工作目录外面；都要的，改其中的编号"
        yield replace(problems[0], advice=advice, also=also)


def _next_free(name: str, taken: set[str]) -> str:
    """，如 W2026-09: the code that comes next; "" for a name that does not end in digits."""
    found = re.fullmatch(r"(.*?)([0-9]+)", name)
    if found is None:
        return ""
    start, width = int(found[2]), len(found[2])
    codes = (f"{found[1]}{number:0{width}d}" for number in count(start + 1))
    return f"，如 {next(code for code in codes if code not in taken)}"


_WHO = ("党组织", "上级", "承接单位")


def _of_themselves(reading: Reading) -> Iterator[Diagnostic]:
    """Units that name themselves where another one is meant."""
    for unit in reading.records.get("units", ()):
        for key in _WHO:
            name = unit.tree.get(key) if isinstance(unit.tree, dict) else None
            if name is not None and name in (unit.code, unit.name, unit.short):
                yield error(
                    Code.OWN_REFERENCE,
                    unit.place(key),
                    f"「{key}」写的是这个单位自己（{unit.code} {unit.name}）",
                    f"写另一个单位的编号，如签字的党组、党支部；没有的，删掉「{key}」这一行",
                )


class _Dead(NamedTuple):
    """A reference that leads nowhere: its row of REFERENCES, the record and the path, and the name it has."""

    row: Reference
    record: ModelRecord
    path: tuple[Step, ...]
    name: str

    @property
    def target(self) -> str:
        """What kind of record is missing."""
        return _section_of(self.row.target) if self.row.target in ("责任主体", ANY_YEAR) else self.row.target


def _section_of(target: str) -> str:
    """The section in which the records of a target stand."""
    return {"责任主体": "单位", ANY_YEAR: "问题", "任务": "清单", "期次": "清单"}.get(target, target)


def _told(reading: Reading, names: Mapping[str, frozenset[str]], dead: list[_Dead]) -> Iterator[Diagnostic]:
    """Each cause once: a kind of which there is no record at all, a name that many refer to."""
    causes: dict[tuple[str, str], list[_Dead]] = {}
    for one in dead:
        none = not names[one.target] and not reading.broken.get(one.target)
        causes.setdefault((one.target, "" if none else one.name), []).append(one)
    persons = frozenset(_persons(reading)) if dead else frozenset()
    for (target, name), followers in causes.items():
        first = followers[0]
        message = f"「{first.row.keys[-1]}」里的「{visible(first.name)}」找不到对应的{target}"
        if name:
            advice = _mend(first, names[first.row.target], persons)
        else:
            advice = f"「{_section_of(target)}」里现在一个也没有：先录入，或看那个文件是否放错了地方、改了名"
        also = tuple(one.record.place(*one.path) for one in followers[1:])
        yield error(Code.DEAD_REFERENCE, first.record.place(*first.path), message, advice).with_more(also)


def _mend(dead: _Dead, names: frozenset[str], persons: frozenset[str]) -> str:
    """What to write instead of a name that leads nowhere."""
    name = plain(dead.name)
    own = _own_names(dead.record) if dead.row.field == "units" else set()
    known = sorted(names - own)
    if name in persons and dead.target == "单位":
        return f"「{name}」是人的姓名，这里写单位的编号或名称"
    if name in known:
        return f"这里多了{names_in(dead.name)}，只写 {name}"
    words = [word for word in _BETWEEN.split(name.strip("[]【】［］（）()")) if word]
    meant = [word if word in names else nearest(word, known) for word in words]
    if len(words) > 1 and all(meant):
        return _several(dead, meant)
    if dead.row.keys[-1] == "党组织":
        return f"写由谁签字的那个党组织，先在「单位」里录入它（类型: 党组 等），这里写它的编号；{suggestion(name, known)}"
    return suggestion(name, known)


def _several(dead: _Dead, meant: list[str]) -> str:
    """How several names in the place of one are written."""
    key = dead.row.keys[-1]
    if any(isinstance(step, int) for step in dead.path[-1:]):
        return f"这是 {len(meant)} 个，分开写：用半角逗号加空格隔开，如 {', '.join(meant)}"
    if takes_several(type(dead.record), dead.row.keys):
        return f"这是 {len(meant)} 个，写成列表 {key}: [{', '.join(meant)}]"
    return f"「{key}」只写一个：{' 还是 '.join(meant)}？各要一条的，分成 {len(meant)} 条记录"


def _own_names(record: ModelRecord) -> set[str]:
    tree = record.tree
    return {str(tree.get(key)) for key in ("编号", "名称", "简称")} if isinstance(tree, dict) else set()


_PERSONS = {"姓名", "责任人", "责任领导"}


def _persons(reading: Reading) -> Iterator[str]:
    """The names of persons in the records of units and findings."""
    for field in ("units", "findings"):
        for record in reading.records.get(field, ()):
            yield from (text for path, text in texts(record.tree) if path and path[-1] in _PERSONS)


def _dead(reading: Reading, known: Mapping[str, frozenset[str] | None]) -> Iterator[_Dead]:
    """References that lead nowhere; those to kinds of which nothing is known (None) are passed over."""
    for row in REFERENCES:
        names = known[row.target]
        if names is None:
            continue
        for record in reading.records.get(row.field, ()):
            for path, name in walk(record.tree, row.keys):
                if name not in names:
                    yield _Dead(row, record, path, name)


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
