"""What came of lists: files of the new years, papers that went out before, and what became of every cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from liangqing.base.diagnostics import Diagnostic, Place
from liangqing.base.folders import DATA
from liangqing.changes.foreign_list.names import NOWHERE, UNIT
from liangqing.changes.foreign_list.others import PastPaper
from liangqing.changes.foreign_list.plans import SheetPlan
from liangqing.changes.foreign_list.sheets import ListCell
from liangqing.changes.foreign_list.writing import YamlEntry, section_file
from liangqing.data.yaml import places

Records = dict[tuple[int, str], list[YamlEntry]]  # by year and section


@dataclass
class ImportedList:
    """What came of lists; `records` by year and section, in the order in which they are written.

    `counts` are by what a clerk calls it (问题, 2025年 问题); `rows` those that are no record (kind, words, place);
    `alike` pairs of names that may be one unit; `seen` how often each name of a unit stands in the lists; `told` what
    else a clerk has to know; `stopping` what keeps a workspace from being made.
    """

    year: int
    plans: tuple[SheetPlan, ...] = ()
    records: Records = field(default_factory=dict)
    papers: list[PastPaper] = field(default_factory=list)
    unplaced: list[ListCell] = field(default_factory=list)
    rows: list[tuple[str, str, Place]] = field(default_factory=list)
    alike: list[tuple[str, str]] = field(default_factory=list)
    seen: Mapping[str, int] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    stopping: list[Diagnostic] = field(default_factory=list)

    @property
    def years(self) -> list[int]:
        """The years with records, and the one that is begun."""
        return sorted({self.year, *(year for year, _ in self.records)})

    @property
    def counts(self) -> dict[str, int]:
        """How many records of each section came in; those of earlier years are told apart."""
        found = {
            (section if year == self.year else f"{year}年 {section}"): len(entries)
            for (year, section), entries in self.records.items()
        }
        return {**found, **({"系统外印发的文书": len(self.papers)} if self.papers else {})}

    @property
    def to_fill(self) -> int:
        """How many places a person has to fill in before the data is sound."""
        return sum(len(entry.to_fill) for _, _, entry in self.entries())

    @property
    def to_look_at(self) -> list[str]:
        """What a person has to look at: record, key and why; of a unit once, though several years have it."""
        return [
            f"{year} {section} {name_of(entry)}「{key}」：{why}"
            for year, section, entry in self.entries()
            for key, why in entry.to_look_at
            if section != UNIT or year == self.year
        ]

    @property
    def placed(self) -> list[str]:
        """How each sheet came in, in a line each."""
        return [_how(plan) for plan in self.plans]

    def entries(self) -> Iterator[tuple[int, str, YamlEntry]]:
        """All records with year and section."""
        for (year, section), entries in self.records.items():
            for entry in entries:
                yield year, section, entry

    def files(self, year: int) -> dict[str, str]:
        """The files of a year with its records, each by its name below the workspace."""
        return {
            (name := f"{DATA}/{year}/{section}.yaml"): section_file(name, section, entries)
            for (of, section), entries in self.records.items()
            if of == year
        }

    def entry_at(self, root: Path, place: Place) -> int | None:
        """The record at a place of the workspace in `root`, by identity; None for what did not come in."""
        found = self._found_at(root, place)
        return None if found is None else id(found[2])

    def at_cell(self, root: Path, problem: Diagnostic) -> Diagnostic:
        """A problem of a record that came in, with the cell that the value stands in beside its place in YAML."""
        found = self._found_at(root, problem.place)
        if found is None:
            return problem
        cell = _cell(*found, problem.place.line or 0)
        return replace(problem, place=replace(problem.place, detail=f"（原表 {cell}）"))

    def _found_at(
        self, root: Path, place: Place
    ) -> tuple[places.Source, tuple[places.Step, ...], YamlEntry] | None:
        for (year, section), entries in self.records.items():
            name = f"{DATA}/{year}/{section}.yaml"
            if place.file == name and place.line is not None:
                source = places.load(root / name, name)
                path = source.item_at(place.line)
                if len(path) == 2 and isinstance(path[1], int):
                    return source, path, entries[path[1]]
        return None

    def note(self, names: list[str]) -> str:
        """A page that tells what went where, what to look at, and every cell that went nowhere."""
        originals = "、".join(f"原台账/{name}" for name in names)
        lines = [f"# 从 {'、'.join(names)} 带入", "", f"原表存在 {originals}，一字未改。"]
        counted = [f"{name} {count} 条" for name, count in self.counts.items()]
        parts = (
            ("带入了什么", [f"{'，'.join(counted)}。", *self.told]),
            ("各表怎样带入", self.placed),
            ("各列怎样带入", [line for plan in self.plans for line in _columns(plan)]),
            (f"要核对的（{len(self.to_look_at)} 处）", self.to_look_at),
            (f"没有放进记录的内容（{len(self.unplaced)} 格）", [str(cell) for cell in self.unplaced]),
            (
                f"不是记录的行（{len(self.rows)} 行）",
                [f"{place.detail} {kind}：{words}".replace("\n", "　") for kind, words, place in self.rows],
            ),
        )
        for title, told in parts:
            lines += ["", f"## {title}", "", *(f"- {line}" for line in told or ["没有"])]
        return "\n".join(lines) + "\n"


def _cell(source: places.Source, path: tuple[places.Step, ...], entry: YamlEntry, line: int) -> Place:
    """The cell of the value that stands in a line; that of the record where the value has none."""
    above = [
        (place, key) for key in entry.values if (place := source.key_place(*path, key).line or 0) <= line
    ]
    return entry.places.get(max(above, default=(0, ""))[1], entry.places[""])


def name_of(entry: YamlEntry) -> str:
    """What a record is called where it is told of."""
    return str(entry.values.get("编号", ""))


def _how(plan: SheetPlan) -> str:
    if plan.section == NOWHERE:
        return f"{plan.sheet}：{plan.why or '不带入'}，整张表没有带入"
    year = f"，{plan.year} 年" if plan.year else ""
    taken = "、".join(
        f"{column.head}→{column.key}" if column.head != column.key else column.key
        for column in plan.columns
        if column.key != NOWHERE
    )
    return f"{plan.sheet}：作为「{plan.section}」{year}；{taken}"


def _columns(plan: SheetPlan) -> Iterator[str]:
    for column in plan.columns:
        key = f"→ {column.key}" if column.key != NOWHERE else "→ 不带入"
        example = f"，如「{column.example}」" if column.example else ""
        yield f"{plan.sheet} {column.letter}列「{column.head}」{key}{example}（{column.why}）"
