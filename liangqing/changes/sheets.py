"""What 检查底稿 and 双签字确认表 say when they come back, as changes of records.

A 检查底稿 gives 任务落实 and 单位意见 of an inspection that is there, and new 问题; a 双签字确认表 one new 双签.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from liangqing.base.codes import Code
from liangqing.base.dates import as_written_by_us, day_written
from liangqing.base.diagnostics import Diagnostic, Place, Problems, error, warning
from liangqing.changes.proposed import AlteredValue, NewRecord, Path, Proposal
from liangqing.data.model.duties import Unit
from liangqing.data.model.inspections import Inspection
from liangqing.data.yaml.places import Tree
from liangqing.year.state.standing import Standing

Keys: TypeAlias = Mapping[str, Tree]
PlaceOf: TypeAlias = Callable[[Path], Place]
SHEETS = ("检查", "双签")  # what their forms come back into
RESULTS, FINDINGS, MEETINGS, OPINION = "任务落实", "问题", "反馈会", "单位意见"
# The keys of a new finding as they stand in the manual.
_FINDING = ("检查", "单位", "任务", "名称", "事实", "依据", "整改类别", "整改要求", "责任", "整改时限")
END = 10**6  # a place beyond the end of every list: an item is added there
_HEAD = {"检查日期": "日期", "检查人": "检查人"}  # of the sheet → of each 任务落实
_AGAINST = {"无异议": "是", "有异议，说明如下": "否"}


@dataclass
class SheetChanges:
    """What a sheet proposes, and what is to be told of it."""

    proposals: list[Proposal] = field(default_factory=list)
    told: list[Diagnostic] = field(default_factory=list)


def changes_of(section: str, tree: Keys, place: PlaceOf, at: Standing) -> SheetChanges:
    """What a form of the section 检查 or 双签 proposes; `place` says where in the form a value of `tree` stands.

    Raises Problems with everything that is only half filled in.
    """
    return _signature(tree, place) if section == "双签" else _Observed(tree, place, at).changes()


def _signature(tree: Keys, place: PlaceOf) -> SheetChanges:
    """One 双签, which its 内容码 completes."""
    if tree.get("理由") and not tree.get("结果"):
        advice = "确是拒签的勾上；不是的删掉理由"
        _refuse_halves([(place(("理由",)), "写了拒签的理由，没有勾「拒绝签字」", advice)])
    sign = {key: value for key, value in tree.items() if key != "纪检监察组签字日期"}
    places: dict[Path, Place] = {(): place(()), **{(key,): place((key,)) for key in sign}}
    if last := _last_signed(tree):
        sign["日期"], places["日期",] = as_written_by_us(str(tree[last])), place((last,))
    opinion = sign.get(OPINION)
    if isinstance(opinion, dict):
        places |= {(OPINION, key): place((OPINION, key)) for key in opinion}
        said = str(opinion.get("无异议"))
        sign[OPINION] = {**opinion, **({"无异议": _AGAINST.get(said, said)} if "无异议" in opinion else {})}
    return SheetChanges([NewRecord("双签", sign, places)])


def _last_signed(tree: Keys) -> str | None:
    """Under which key the later of the two dates stands, or one that is no date; None: neither is filled in."""
    given = [key for key in ("日期", "纪检监察组签字日期") if tree.get(key)]
    return max(given, key=lambda key: day_written(str(tree[key])) or date.max, default=None)


def _refuse_halves(halves: list[tuple[Place, str, str]]) -> None:
    if halves:
        raise Problems([error(Code.HALF_FILLED, *half) for half in halves])


class _Observed:
    """A 检查底稿 beside the inspection that it is of."""

    def __init__(self, tree: Keys, place: PlaceOf, at: Standing) -> None:
        self.tree, self.place, self.at = tree, place, at
        self.inspection: Inspection = at.year.inspection_by_code[str(tree["检查"])]
        self.unit: Unit = at.year.unit(str(tree["单位"]))
        self.told: list[Diagnostic] = []

    def changes(self) -> SheetChanges:
        _refuse_halves(list(self._halves()))
        if not any(self.tree.get(key) for key in (RESULTS, FINDINGS, OPINION, "意见说明")):
            advice = "检查了的任务勾检查状态，发现的问题一个填一块"
            _refuse_halves([(self.place(()), "只填了检查日期、检查人，没有检查情况，也没有问题", advice)])
        proposals: list[Proposal] = [*self._results(), *self._findings(), *self._opinion()]
        return SheetChanges(proposals, self.told)

    def _items(self, key: str) -> Iterator[tuple[int, dict[str, Tree]]]:
        items = self.tree.get(key)
        for number, item in enumerate(items if isinstance(items, list) else ()):
            assert isinstance(item, dict)
            yield number, item

    def _halves(self) -> Iterator[tuple[Place, str, str]]:
        for number, result in self._items(RESULTS):
            if not result.get("状态"):
                advice = "检查状态勾一项；没有查的，检查情况和佐证材料也空着"
                yield (
                    self._filled(RESULTS, number, result),
                    f"任务 {result.get('任务')} 写了检查情况，没有勾检查状态",
                    advice,
                )
        for number, finding in self._items(FINDINGS):
            missing = [
                name for name, key in (("发现的问题", "名称"), ("事实", "事实")) if not finding.get(key)
            ]
            if missing:
                where = self._filled(FINDINGS, number, finding)
                advice = "补上；不是问题的，这一块整个空着"
                yield where, f"这一块问题没有写「{'」「'.join(missing)}」", advice

    def _filled(self, key: str, number: int, item: Keys) -> Place:
        """Where the first thing that a person wrote into an item stands."""
        written = next(name for name in reversed(list(item)))
        return self.place((key, number, written))

    # ------------------------------------------------------------ 任务落实

    def _results(self) -> Iterator[AlteredValue]:
        """Each task that was seen: a further item of 任务落实, or what differs in the one that is there."""
        head = {key: self.tree[name] for name, key in _HEAD.items() if self.tree.get(name)}
        for number, result in self._items(RESULTS):
            path: Path = (RESULTS, number)
            position = self.at.year.result_positions.get((self.inspection, self.unit, str(result["任务"])))
            if position is None:
                value: dict[str, Tree] = {"单位": self.unit.code, **result, **head}
                yield self._altered((RESULTS, END), value, path, f"任务 {result['任务']}")
            else:
                yield from self._differing(position, {**result, **head}, path)

    def _differing(self, position: int, value: Keys, path: Path) -> Iterator[AlteredValue]:
        """The values of the item that is there which the sheet says otherwise."""
        task = str(value["任务"])
        there = self._there(RESULTS, position)
        for key, said in value.items():
            if key != "任务" and _same(there.get(key)) != _same(said):
                yield self._altered((RESULTS, position, key), said, (*path, key), f"任务 {task} {key}")

    def _there(self, key: str, position: int) -> Keys:
        """An item of the inspection as it stands in YAML."""
        tree = self.inspection.tree
        assert isinstance(tree, dict)
        items = tree[key]
        item = items[position] if isinstance(items, list) else items
        assert isinstance(item, dict)
        return item

    def _altered(self, at: Path, value: Tree, path: Path, head: str) -> AlteredValue:
        """A value of the inspection at `at`, which stands at `path` of the sheet."""
        places: dict[Path, Place] = {(): self.place(path)}
        for key in value if isinstance(value, dict) else ():
            told = next((name for name, own in _HEAD.items() if own == key and self.tree.get(name)), None)
            places[key,] = self.place((told,) if told else (*path, key))
        return AlteredValue(self.inspection, at, value, places, head)

    # ------------------------------------------------------------ 问题

    def _findings(self) -> Iterator[NewRecord]:
        """Each block that was filled in: a new 问题, unless one of its words is there."""
        known = self.at.year.findings_in.get((self.inspection.code, self.unit.code), ())
        codes = {(_same(finding.name), _same(finding.facts)): finding.code for finding in known}
        for number, finding in self._items(FINDINGS):
            path: Path = (FINDINGS, number)
            key = (_same(finding["名称"]), _same(finding["事实"]))
            if key in codes:
                message = f"名称和事实一样的问题已经有了（{codes[key]}），这一块不再收"
                where = self.place((*path, "名称"))
                self.told.append(
                    warning(Code.FINDING_THERE, where, message, "另是一个问题的，把名称或事实写得有分别")
                )
                continue
            codes[key] = "前面一块"
            tree = {"检查": self.inspection.code, "单位": self.unit.code, **finding}
            places: dict[Path, Place] = {(): self.place((*path, "名称"))}
            places |= {(name,): self.place((*path, name)) for name in finding}
            owner = finding.get("责任")
            if isinstance(owner, dict):
                places["责任",] = self.place((*path, "责任", next(iter(owner))))
                places |= {("责任", name): self.place((*path, "责任", name)) for name in owner}
            yield NewRecord(FINDINGS, {name: tree[name] for name in _FINDING if name in tree}, places)

    # ------------------------------------------------------------ 单位意见

    def _opinion(self) -> Iterator[AlteredValue]:
        """What the unit says of the sheet, where a feedback meeting is recorded that takes it."""
        said = "：".join(str(self.tree[key]) for key in (OPINION, "意见说明") if self.tree.get(key))
        if not said:
            return
        key = OPINION if self.tree.get(OPINION) else "意见说明"
        position = self.at.year.meeting_positions.get((self.inspection, self.unit))
        there = "" if position is None else self._there(MEETINGS, position).get(OPINION)
        if position is not None and not there:
            yield self._altered((MEETINGS, position, OPINION), said, (key,), OPINION)
        elif _same(there) != _same(said):
            why, advice = f"反馈会已经登记了单位意见「{there}」", "要改的，改反馈会的「单位意见」"
            if position is None:
                why = f"{self.inspection.code} 还没有登记和{self.unit.short_name}的反馈会"
                advice = "开过反馈会的，在检查里登记「反馈会」，单位意见写在那里"
            message = f"被检查单位意见「{said}」没有收：{why}"
            self.told.append(warning(Code.OPINION_NOT_TAKEN, self.place((key,)), message, advice))


def _same(value: Tree) -> str:
    """A value as it is compared: a list of texts and a text of one are the same, a day however it is written."""
    parts = value if isinstance(value, list) else [value]
    return "、".join(as_written_by_us("".join(str(part).split())) for part in parts if part is not None)
