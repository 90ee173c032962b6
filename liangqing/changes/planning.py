"""The changes of a run put together: 编号 given, references found, each value in its file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count

from liangqing.base.folders import DATA, KEPT
from liangqing.base.output_files import numbered_names
from liangqing.changes.change_log import RecordChange
from liangqing.changes.following import completed
from liangqing.changes.numbering import NUMBERED, PROVISIONAL, TASKS, Numbers, UsedCodes
from liangqing.changes.overlay import ChangedSource, ChangingFile, new_steps
from liangqing.changes.proposed import (
    BESIDE_ORIGINALS,
    FOLDER,
    AlteredValue,
    Handed,
    NewRecord,
    Path,
    Withdrawn,
)
from liangqing.data.json_schema import headed
from liangqing.data.key_meanings import SECTION_MEANINGS
from liangqing.data.model.types import ModelRecord
from liangqing.data.model.validate import SECTIONS
from liangqing.data.references import ANY_YEAR, REFERENCES
from liangqing.data.yaml.edited_trees import Edit, at_path
from liangqing.data.yaml.places import Source, Tree
from liangqing.data.yaml.style import YamlStyle, learn, style_of
from liangqing.year.open_workspace import OpenWorkspace

TOLD = (
    "由 collect 收回表单时写下；以后不再改写，可以接着编辑",
    "原件在同名文件夹里。自查要审核后才计数：填好审核日期、审核人和审核结果（通过 或 退回补充）",
)
_BY_KEY = {section.key: section for section in SECTIONS}
_BY_FIELD = {section.field: section.key for section in SECTIONS}
# By section: which keys of it name records, and the section (or 任务) that these are of.
_NAMING: dict[str, list[tuple[tuple[str, ...], str]]] = {}
for _row in REFERENCES:
    _target = {ANY_YEAR: "问题", "责任主体": "单位"}.get(_row.target, _row.target)
    _NAMING.setdefault(_BY_FIELD[_row.field], []).append((_row.keys, _target))


@dataclass(frozen=True)
class TouchedRecord:
    """A record that a run changes: where it stands among the changed files, and what it was; None: it is new.

    `path` counts records as before any was taken out; `by` is who touched it first: the number of the handed file and
    that of the proposal in it.
    """

    file: str
    path: Path
    record: ModelRecord | None
    by: tuple[int, int]


@dataclass(frozen=True)
class Plan:
    """What a run would do: the proposals in their final form, each changed file, and what is kept of the originals."""

    handed: tuple[Handed, ...]
    edits: Mapping[str, Sequence[Edit]]
    bases: Mapping[str, Source]
    sources: Mapping[str, ChangedSource]
    new_files: frozenset[str]
    styles: Mapping[str, YamlStyle]
    touched: tuple[TouchedRecord, ...]
    withdrawn: tuple[tuple[Withdrawn, int], ...]
    originals: Mapping[int, str] = field(default_factory=dict)  # by number of the handed file

    def origin(self, touched: TouchedRecord, path: Path, *, gone: bool) -> str:
        """What the log calls the file that gave the value at `path` of a record, or that took it out where it is `gone`."""
        source = self.sources[touched.file]
        where = touched.path if gone else source.path_after(touched.path)
        given = source.taker((*where, *path)) if gone else source.giver((*where, *path))
        number = given.handed if given else touched.by[0]
        return self.originals.get(number) or self.handed[number].name


class Planner:
    """Makes plans for one opened workspace; what is there is looked through once."""

    def __init__(self, opened: OpenWorkspace, day: date, noted: Iterable[RecordChange]) -> None:
        self.opened, self.day = opened, day
        self.folder = f"{DATA}/{opened.year_folder}"
        self.used = UsedCodes(
            opened.data.years,
            opened.at.year.year,
            register=opened.register,
            noted=noted,
            kept=opened.root / DATA / KEPT,
        )
        self.homes = {section.key: self._home(section.key) for section in SECTIONS}

    def _home(self, section: str) -> str:
        """The file of the year in which a section is kept; one called like it where there is none yet."""
        own = [
            source
            for name, source in self.opened.data.sources.items()
            if name.startswith(f"{self.folder}/") and f"/{FOLDER}/" not in name
        ]
        holding = [source for source in own if isinstance(source.tree, dict) and section in source.tree]
        filled = [source for source in holding if isinstance(source.tree, dict) and source.tree[section]]
        return next(
            (source.name for source in [*reversed(filled), *holding]), f"{self.folder}/{section}.yaml"
        )

    def plan(self, handed: Sequence[Handed]) -> Plan:
        """The plan of a run of these alone."""
        return _Run(self, _final(self.opened, Numbers(self.used), handed)).plan()

    def stem(self) -> str:
        """The name of the day's file and folder of originals, which are not there yet."""
        root = self.opened.root / self.folder / FOLDER
        names = numbered_names(self.day.isoformat())
        return next(
            name for name in names if not (root / name).exists() and not (root / f"{name}.yaml").exists()
        )


# ---------------------------------------------------------------- the records as they are to be


def _final(opened: OpenWorkspace, numbers: Numbers, handed: Sequence[Handed]) -> list[Handed]:
    """The same with every 编号 given, with what follows, and with references to the new records as those 编号."""
    called: dict[tuple[str, str], str] = {}
    coded = [
        replace(one, proposals=tuple(_coded(opened, numbers, proposal, called) for proposal in one.proposals))
        for one in handed
    ]
    if not called:
        return coded
    return [
        replace(one, proposals=tuple(_referring(proposal, called) for proposal in one.proposals))
        for one in coded
    ]


def _coded(
    opened: OpenWorkspace,
    numbers: Numbers,
    proposal: NewRecord | AlteredValue | Withdrawn,
    called: dict[tuple[str, str], str],
) -> NewRecord | AlteredValue | Withdrawn:
    """With its 编号; `called` gets what others of the run may call it."""
    if isinstance(proposal, NewRecord):
        tree = completed(proposal.section, proposal.tree, opened.at)
        if proposal.section in NUMBERED:
            tree = _with_code(numbers, proposal.section, tree, called)
        return replace(
            proposal, tree=_with_tasks(numbers, tree, called) if proposal.section == "清单" else tree
        )
    if isinstance(proposal, AlteredValue) and _is_new_task(proposal):
        assert isinstance(proposal.value, dict)
        return replace(proposal, value=dict(_with_code(numbers, TASKS, proposal.value, called)))
    return proposal


def _with_tasks(
    numbers: Numbers, tree: Mapping[str, Tree], called: dict[tuple[str, str], str]
) -> Mapping[str, Tree]:
    """A new 清单 with the 编号 of its tasks; those that have one of their own are kept free for them."""
    items = tree.get(TASKS)
    tasks = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    if not isinstance(items, list) or len(tasks) < len(items):
        return tree  # what is wrong with it the model tells
    for task in tasks:
        if isinstance(code := task.get("编号"), str) and not PROVISIONAL.fullmatch(code):
            numbers.take(TASKS, task)
    return {**tree, TASKS: [dict(_with_code(numbers, TASKS, task, called)) for task in tasks]}


def _is_new_task(proposal: AlteredValue) -> bool:
    """Whether a value is a further item of 清单 任务."""
    path, tree = proposal.path, proposal.record.tree
    if proposal.record.written_at[0] != "清单" or len(path) != 2 or path[0] != TASKS:
        return False
    items = tree.get(TASKS) if isinstance(tree, dict) else None
    length = len(items) if isinstance(items, list) else 0
    return isinstance(path[1], int) and path[1] >= length and isinstance(proposal.value, dict)


def _with_code(
    numbers: Numbers, section: str, tree: Mapping[str, Tree], called: dict[tuple[str, str], str]
) -> Mapping[str, Tree]:
    code = tree.get("编号")
    if isinstance(code, str) and not PROVISIONAL.fullmatch(code):
        numbers.take(section, tree)
    else:
        given = numbers.next(section, tree)
        if isinstance(code, str):
            called[section, code] = given
        tree = {"编号": given, **{key: value for key, value in tree.items() if key != "编号"}}
    if isinstance(name := tree.get("名称"), str):
        called.setdefault((section, name), str(tree["编号"]))
    return tree


def _referring(
    proposal: NewRecord | AlteredValue | Withdrawn, called: Mapping[tuple[str, str], str]
) -> NewRecord | AlteredValue | Withdrawn:
    """With the 编号 of new records where it names them by what `called` has."""
    if isinstance(proposal, NewRecord):
        tree = {
            key: _renamed(proposal.section, (key,), value, called) for key, value in proposal.tree.items()
        }
        return replace(proposal, tree=tree)
    if isinstance(proposal, AlteredValue):
        keys = tuple(step for step in proposal.path if isinstance(step, str))
        section = str(proposal.record.written_at[0])
        return replace(proposal, value=_renamed(section, keys, proposal.value, called))
    return proposal


def _renamed(section: str, keys: tuple[str, ...], value: Tree, called: Mapping[tuple[str, str], str]) -> Tree:
    """A value that stands under `keys` of a record, with names of new records replaced where references stand."""
    if isinstance(value, dict):
        return {key: _renamed(section, (*keys, key), below, called) for key, below in value.items()}
    if isinstance(value, list):
        return [_renamed(section, keys, item, called) for item in value]
    for naming, target in _NAMING.get(section, ()) if isinstance(value, str) else ():
        if naming == keys and (target, value) in called:
            return called[target, str(value)]
    return value


# ---------------------------------------------------------------- each value in its file


class _Run:
    """Gathers the changes of one plan."""

    def __init__(self, planner: Planner, handed: Sequence[Handed]) -> None:
        self.planner, self.handed = planner, handed
        self.files: dict[str, ChangingFile] = {}
        self.styles: dict[str, YamlStyle] = {}
        self.touched: dict[tuple[str, Path], TouchedRecord] = {}
        self.withdrawn: list[tuple[Withdrawn, int]] = []
        self.stem = planner.stem() if any(one.original is not None for one in handed) else ""
        self.originals = dict(self._names())

    def plan(self) -> Plan:
        for number, one in enumerate(self.handed):
            added: dict[Path, int] = {}
            for at, proposal in enumerate(one.proposals):
                if isinstance(proposal, NewRecord):
                    self._new(proposal, (number, at))
                    continue
                changing = self._touch(proposal.record, (number, at))
                if isinstance(proposal, AlteredValue):
                    _alter(changing, proposal, number, added)
                else:
                    changing.take_out((*proposal.record.written_at, *proposal.path), proposal.place, number)
                    self.withdrawn.append((proposal, number))
        done = {name: changing.finished() for name, changing in self.files.items()}
        return Plan(
            handed=tuple(self.handed),
            bases={name: changing.source for name, changing in self.files.items()},
            edits={name: edits for name, (edits, _) in done.items() if edits},
            sources={name: source for name, (edits, source) in done.items() if edits},
            new_files=frozenset(name for name, changing in self.files.items() if changing.is_new),
            styles=self.styles,
            touched=tuple(self.touched.values()),
            withdrawn=tuple(self.withdrawn),
            originals=self.originals,
        )

    def _names(self) -> Iterator[tuple[int, str]]:
        """Where the original of each is kept, below the workspace, by its number."""
        taken: set[str] = set()
        for number, one in enumerate(self.handed):
            if one.original is None:
                continue
            stem, dot, ending = (one.kept_as or one.name.rpartition("/")[2]).rpartition(".")
            names = (f"{name}{dot}{ending}" for name in _copies_of(stem))
            name = next(name for name in names if name not in taken)
            taken.add(name)
            yield number, f"{self.planner.folder}/{FOLDER}/{self.stem}/{name}"

    def _file(self, name: str, section: str = "") -> ChangingFile:
        if name not in self.files:
            sources = self.planner.opened.data.sources
            source = sources.get(name)
            near = style_of(section, sources.values(), f"{self.planner.folder}/")
            if source is None:
                text = near.finished(headed(name, self._remarks(name, section), ""))
                self.files[name] = ChangingFile(Source(name, text.encode(), None), is_new=True)
                self.styles[name] = near
            else:
                self.files[name] = ChangingFile(source)
                self.styles[name] = near if source.tree is None else learn([source.data])
        return self.files[name]

    def _remarks(self, name: str, section: str) -> tuple[str, ...]:
        if f"/{FOLDER}/" in name:
            title = f"{self.planner.opened.year_folder} 年度收回的表单，{self.planner.day.isoformat()}"
            return (title, *TOLD)
        return (SECTION_MEANINGS[section],)

    def _new(self, proposal: NewRecord, by: tuple[int, int]) -> None:
        number = by[0]
        name, remark, section = (
            proposal.file or self.planner.homes[proposal.section],
            proposal.remark,
            proposal.section,
        )
        if name == BESIDE_ORIGINALS:
            name = f"{self.planner.folder}/{FOLDER}/{self.stem or self.planner.stem()}.yaml"
        if not remark and number in self.originals and f"/{FOLDER}/" in name:
            remark = self._origin(number)
        changing = self._file(name, section)
        tree = changing.tree if isinstance(changing.tree, dict) else {}
        if not _BY_KEY[section].many:
            path: Path = (section,)
        else:
            items = tree.get(section)
            if not isinstance(items, list):
                changing.put(Edit((section,), []), {(): proposal.places[()]}, number)
                del changing.given[(section,)]
            path = (section, len(items) if isinstance(items, list) else 0)
        record = self.styles[name].in_order((section,), proposal.tree)
        changing.put(Edit(path, record, remark=remark), proposal.places, number)
        self.touched[name, path] = TouchedRecord(name, path, None, by)

    def _origin(self, number: int) -> str:
        original = self.handed[number].original or b""
        kept = self.originals[number].removeprefix(f"{self.planner.folder}/{FOLDER}/")
        return f"{kept}  sha256 {hashlib.sha256(original).hexdigest()}"

    def _touch(self, record: ModelRecord, by: tuple[int, int]) -> ChangingFile:
        name, path = record.written_in.name, record.written_at
        self.touched.setdefault((name, path), TouchedRecord(name, path, record, by))
        return self._file(name, str(path[0]))


def _alter(changing: ChangingFile, altered: AlteredValue, number: int, added: dict[Path, int]) -> None:
    path = new_steps(changing.tree, (*altered.record.written_at, *altered.path), added)
    if altered.value is not None:
        changing.put(Edit(path, altered.value), altered.places, number)
    elif at_path(changing.tree, path) is not None:
        changing.take_out(path, altered.places[()], number)


def _copies_of(stem: str) -> Iterator[str]:
    """Without end: 表, 表~2, 表~3 …"""
    yield stem
    yield from (f"{stem}~{number}" for number in count(2))
