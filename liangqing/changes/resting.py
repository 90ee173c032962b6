"""What may not be changed or taken out, since something rests on it: references, papers that are out, signatures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, error
from liangqing.base.folders import DATA, KEPT
from liangqing.changes.numbering import TASKS, texts_kept
from liangqing.changes.overlay import ChangedSource
from liangqing.changes.proposed import AlteredValue, Withdrawn
from liangqing.data.model.findings import Finding
from liangqing.data.model.validate import SECTIONS
from liangqing.data.references import ANY_YEAR, REFERENCES, walk
from liangqing.data.yaml.edited_trees import at_path
from liangqing.data.yaml.places import Source, Tree
from liangqing.outputs.ledger.columns import LedgerRow
from liangqing.outputs.ledger.findings import FINDINGS, is_settled
from liangqing.year.open_workspace import OpenWorkspace

MOST_NAMED = 3  # of what rests on a record, in one message
_FIELDS = {section.key: section.field for section in SECTIONS}
_SECTIONS = {section.field: section.key for section in SECTIONS}
_NAMES = {"单位": ("编号", "名称", "简称")}
_NESTED = {("清单", TASKS): "编号", ("清单", "自查期次"): "名称"}
# By what a reference names: the sections, or lists of 清单, whose records bear such names.
_TARGETS = {ANY_YEAR: "问题", "责任主体": "单位", "期次": "自查期次"}
# How what was signed or sent changes in a lawful way, by the reason for which a column of the ledger is frozen.
_WAYS = {
    "延期": "经批准延期的，在「延期」里加一条：{批准日期: …, 新时限: …, 理由: …, 批准人: …}",
    "责任变更": "责任人换了的，在「责任变更」里加一条：{日期: …, 责任人: …, 理由: …}",
}
_FROZEN = {str(column.path[0]): column.frozen for column in FINDINGS.columns if column.frozen and column.path}


class LostName(NamedTuple):
    """A name that is no longer there when something is withdrawn: of what section, of which year."""

    section: str
    year: int | None
    name: str


def settled(opened: OpenWorkspace, altered: AlteredValue) -> Iterator[Diagnostic]:
    """That a value of a finding stands in what was signed or sent, so that it changes in a lawful way only."""
    record, key = altered.record, str(altered.path[0]) if altered.path else ""
    own = opened.at.year.finding_by_code.get(record.code) if isinstance(record, Finding) else None
    if own is None or key not in _FROZEN or own.written_in.name != record.written_in.name:
        return
    if at_path(own.tree, altered.path) != altered.value and is_settled(LedgerRow(opened.at, own)):
        yield error(
            Code.SETTLED_VALUE_CHANGED,
            altered.places[()],
            f"{record.label} 已经签字或发函，「{altered.head or key}」不能直接改",
            _WAYS.get(_FROZEN[key], "重新反馈、重新签字后再改记录"),
        )


def code_kept(altered: AlteredValue) -> Iterator[Diagnostic]:
    """That a record is to be called otherwise: what names it, and what was printed, would name nothing."""
    before = at_path(altered.record.tree, altered.path)
    if altered.path[-1:] == ("编号",) and isinstance(before, str) and before != altered.value:
        message = f"「编号」由「{before}」改成了「{altered.value or ''}」"
        yield error(Code.CODE_CHANGED, altered.places[()], message, f"改回「{before}」；编号不能改")


class Resting:
    """What rests on things that are withdrawn; looked for once for all of a run."""

    def __init__(
        self,
        opened: OpenWorkspace,
        sources: Mapping[str, ChangedSource],
        withdrawn: Iterable[tuple[Withdrawn, int]],
    ) -> None:
        self._opened = opened
        self._lost: dict[LostName, list[tuple[Withdrawn, int]]] = {}
        for taken in withdrawn:
            for name in _lost_names(taken[0]):
                self._lost.setdefault(name, []).append(taken)
        self._sources: Mapping[str, Source] = {**opened.data.sources, **sources}

    def problems(self) -> Iterator[tuple[Diagnostic, int]]:
        """An error for each thing that something rests on, with the number of the file that asks to withdraw it."""
        if not self._lost:
            return
        found: dict[int, tuple[Withdrawn, int, list[str]]] = {}
        for lost, who in [*self._references(), *self._printed()]:
            for withdrawn, number in self._lost[lost]:
                _, _, users = found.setdefault(id(withdrawn), (withdrawn, number, []))
                if who not in users:
                    users.append(who)
        for withdrawn, number, users in found.values():
            yield _refused(withdrawn, users), number

    def _references(self) -> Iterator[tuple[LostName, str]]:
        """Names that are lost and stand in the data as it would be, with the place."""
        for source in self._sources.values():
            year = _year_of(source.name)
            for section, tree in source.tree.items() if isinstance(source.tree, dict) else ():
                for keys, target in _ROWS.get(section, ()):
                    yield from self._of(target, year, source, (section,), tree, keys)

    def _of(
        self,
        target: str,
        year: int | None,
        source: Source,
        path: tuple[str],
        tree: Tree,
        keys: tuple[str, ...],
    ) -> Iterator[tuple[LostName, str]]:
        anywhere = target == ANY_YEAR or keys == ("任务", "沿用")
        wanted = {lost.name: lost for lost in self._lost if lost.section == _TARGETS.get(target, target)}
        for below, name in walk(tree, keys) if wanted else ():
            lost = wanted.get(name)
            if lost is not None and (anywhere or year in (lost.year, None) or lost.year is None):
                yield lost, str(source.place(*path, *below))

    def _printed(self) -> Iterator[tuple[LostName, str]]:
        """Names that are lost and stand in papers that are out."""
        for line in self._opened.register.issued:
            for name in {*line.subject.split("/"), *self._kept_words(line.file)}:
                for lost in self._lost:
                    if lost.name == name and lost.year in (line.year, None):
                        yield lost, f"已印发的 {line.name}"

    def _kept_words(self, file: str) -> frozenset[str]:
        """The texts that were kept with a paper as what it prints; none where they are gone."""
        path = self._opened.root / DATA / f"{file.removesuffix('.docx')}.json"
        if KEPT not in file or not path.is_file():
            return frozenset()
        return frozenset(texts_kept(path))


_ROWS: dict[str, list[tuple[tuple[str, ...], str]]] = {"清单": [(("任务", "沿用"), TASKS)]}
for _row in REFERENCES:
    _ROWS.setdefault(_SECTIONS[_row.field], []).append((_row.keys, _row.target))


def _lost_names(withdrawn: Withdrawn) -> Iterator[LostName]:
    """What a thing that is withdrawn was called by."""
    record, path = withdrawn.record, withdrawn.path
    section, year = str(record.written_at[0]), _year_of(record.written_in.name)
    tree = at_path(record.tree, path)
    if not isinstance(tree, dict):
        return
    nested = _NESTED.get((section, str(path[0]))) if len(path) == 2 else None
    keys = (nested,) if nested else () if path else _NAMES.get(section, ("编号",))
    for key in keys:
        if isinstance(name := tree.get(key), str):
            yield LostName(str(path[0]) if nested else section, year, name)


def _year_of(file: str) -> int | None:
    """The year in whose folder a file stands; None: above the years."""
    folder = file.removeprefix(f"{DATA}/").partition("/")[0]
    return int(folder) if folder.isdigit() else None


def _refused(withdrawn: Withdrawn, users: list[str]) -> Diagnostic:
    named = "、".join(users[:MOST_NAMED]) + (f" 等 {len(users)} 处" if len(users) > MOST_NAMED else "")
    what = withdrawn.record.label
    if withdrawn.path:
        step = withdrawn.path[-1]
        what += f" 的「{withdrawn.path[0]}」" + (f"第 {step + 1} 项" if isinstance(step, int) else "")
    advice = "还有记录用着它的，先改掉或作废那几处；已经印发的文书写到它的，留着这一条，去掉作废的记号"
    return error(Code.RESTED_UPON, withdrawn.place, f"{what} 不能作废：{named} 用着它", advice)


def used_before(place: Place, section: str, code: str) -> Diagnostic:
    """That the 编号 of a new record was another's."""
    message = f"{section}「{code}」以前用过（登记、发出的文书或改动记录里有），不能再给另一条"
    return error(Code.CODE_USED_BEFORE, place, message, "编号这一格留空，由程序接着编；或换一个没用过的")
