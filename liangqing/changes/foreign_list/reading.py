"""Lists of others → the records of new years; a sheet that is no table of ours is kept and told, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, error
from liangqing.changes.foreign_list.choices import Choices, chosen
from liangqing.changes.foreign_list.findings import FindingMaker, code_given
from liangqing.changes.foreign_list.imported import ImportedList
from liangqing.changes.foreign_list.inspections import Inspections
from liangqing.changes.foreign_list.names import (
    FINDING,
    INSPECTION,
    LETTER,
    NOWHERE,
    PROJECT,
    UNIT,
    Vocabulary,
)
from liangqing.changes.foreign_list.others import PastPaper, inspection, past_paper, project
from liangqing.changes.foreign_list.plans import SheetPlan
from liangqing.changes.foreign_list.records import Account, ListRow, records_of
from liangqing.changes.foreign_list.rows import NOTHING_FOUND, titled_unit
from liangqing.changes.foreign_list.sheets import ListSheet, sheets_of
from liangqing.changes.foreign_list.units import Units, is_everybody, unit_names
from liangqing.changes.foreign_list.writing import YamlEntry


def read_foreign_lists(
    paths: Sequence[Path], year: int, choices: Choices | None = None, kinds: Sequence[str] = ()
) -> ImportedList:
    """Read lists for a workspace that begins with `year`; `choices` are what a clerk said of them, `kinds` the 文种.

    Raises Problems for a file that can't be read and for choices that can't be followed; that nothing is a list is in
    `stopping`.
    """
    choices = choices or Choices()
    vocabulary = Vocabulary(choices.own_names)
    sheets = [sheet for path in paths for sheet in sheets_of(path)]
    problems: list[Diagnostic] = []
    plans = [chosen(sheet, vocabulary, choices, problems) for sheet in sheets]
    if problems:
        raise Problems(problems)
    builder = _Builder(year, vocabulary, Units(choices.same_units), kinds)
    imported = builder.build(list(zip(sheets, plans, strict=True)))
    if all(plan.section == NOWHERE for plan in plans):
        imported.stopping.append(_nothing(paths))
    return imported


def _nothing(paths: Sequence[Path]) -> Diagnostic:
    """That no sheet is a list of anything."""
    advice = (
        "问题台账要有写问题的一列（如“存在问题”“问题描述”），单位名单要有“单位名称”，发文台账要有“文号”和“成文日期”；"
        "叫别的名字的，在带入对照.xlsx 的「各表」里写明作为什么，在「各列」里选，再带一次"
    )
    place = Place("、".join(path.name for path in paths))
    return error(Code.NO_LIST_OF_FINDINGS, place, "没有认出可以带入的表", advice)


@dataclass
class _Builder:
    """Records of all sections, made from the sheets of all files."""

    year: int
    vocabulary: Vocabulary
    units: Units
    kinds: Sequence[str]
    account: Account = field(default_factory=Account)
    told: list[str] = field(default_factory=list)

    def build(self, sheets: list[tuple[ListSheet, SheetPlan]]) -> ImportedList:
        rows = [(kind, row) for sheet, plan in sheets for kind, row in records_of(sheet, plan, self.account)]
        imported = ImportedList(self.year, tuple(plan for _, plan in sheets))
        for _, row in _of(rows, UNIT):
            self.units.enter(row)
        inspections = self._inspections(row for _, row in _of(rows, INSPECTION))
        maker = FindingMaker(self.vocabulary, self.units, inspections, self.year)
        for kind, row in _of(rows, FINDING):
            if kind == NOTHING_FOUND:
                self._nothing_found(row)
            else:
                maker.enter(row)
        inspections.settle(found.sighting for found in maker.made)
        projects = [project(row, self.units, self.year) for _, row in _of(rows, PROJECT)]
        imported.papers = list(self._papers((row for _, row in _of(rows, LETTER)), imported.stopping))
        self.units.finish()
        self._number_findings(maker)
        self._put(imported, maker, inspections, projects, [row for _, row in _of(rows, PROJECT)])
        imported.unplaced = list(self.account.left(sheets))
        imported.rows = self.account.rows
        imported.alike = list(self.units.alike())
        imported.seen = dict(self.units.seen)
        imported.told = [*self.told, *maker.same, *self._told_of(sheets, maker)]
        return imported

    def _inspections(self, rows: Iterable[ListRow]) -> Inspections:
        made = Inspections(self.vocabulary)
        taken: set[str] = set()
        for number, row in enumerate(rows, start=1):
            given = code_given(row.text("编号"))
            code = given if given and given not in taken else f"JC{number:02d}"
            taken.add(code)
            year, entry, listed = inspection(row, self.units, self.vocabulary, code, self.year)
            made.entries.setdefault(year, []).append(entry)
            made.listed.append(listed)
        return made

    def _nothing_found(self, row: ListRow) -> None:
        """A unit that was inspected without a finding is a unit; the row is told, and is no record."""
        year = row.part.year or row.plan.year or self.year
        names = [name for name in unit_names(row.peek("单位")) if not is_everybody(name)]
        self.units.codes(names, row.where("单位"), year)
        words = "　".join(row.peek(key) for key in row.cells)
        self.account.rows.append((NOTHING_FOUND, words, row.place))
        for key in row.cells:
            row.text(key)

    def _number_findings(self, maker: FindingMaker) -> None:
        """编号: as the list has them where they are such, else those of the year, in their order."""
        taken: set[str] = set()
        for found in maker.made:
            given = str(found.entry.values["编号"])
            found.entry.values["编号"] = given if given and given not in taken else ""
            taken.add(given)
        counts: dict[int, int] = {}
        for found in maker.made:
            while not found.entry.values["编号"]:
                counts[found.year] = counts.get(found.year, 0) + 1
                code = f"W{found.year}-{counts[found.year]:02d}"
                if code not in taken:
                    found.entry.values["编号"] = code
            found.entry.values["检查"] = found.sighting.code

    def _papers(self, rows: Iterable[ListRow], stopping: list[Diagnostic]) -> Iterator[PastPaper]:
        """The papers of a register, in the order in which they went out; a number stands there once."""
        seen: dict[str, ListRow] = {}
        found: list[PastPaper] = []
        for row in rows:
            paper = past_paper(row, self.kinds)
            if isinstance(paper, Diagnostic):
                stopping.append(paper)
            elif paper is None:
                self.told.append(f"{row.place} 没有文号，没有进发文登记")
            elif paper.number in seen:
                self.told.append(
                    f"{row.place} 没有进发文登记：{paper.number} 在 {seen[paper.number].place} 已有"
                )
            else:
                seen[paper.number] = row
                found.append(paper)
        yield from sorted(found, key=lambda paper: (paper.issued, _ordinal(paper.number)))

    def _put(
        self,
        imported: ImportedList,
        maker: FindingMaker,
        inspections: Inspections,
        projects: list[tuple[int, YamlEntry]],
        rows: list[ListRow],
    ) -> None:
        """The records by year and section, as they are to be written."""
        years = {found.year for found in maker.made} | {year for year, _ in projects} | {*inspections.entries}
        for year in sorted({*years, self.year}, reverse=True):
            findings = [found.entry for found in maker.made if found.year == year]
            own = [entry for of, entry in projects if of == year]
            for number, entry in enumerate(own, start=1):
                entry.values = {"编号": f"XM{number:02d}", **entry.values}
            sections = (
                (FINDING, findings),
                (INSPECTION, inspections.entries.get(year, [])),
                (PROJECT, own),
                (UNIT, self.units.of_year(year, self.year)),
            )
            imported.records |= {(year, section): entries for section, entries in sections if entries}

    def _told_of(self, sheets: list[tuple[ListSheet, SheetPlan]], maker: FindingMaker) -> Iterator[str]:
        """What else a clerk has to know."""
        for name, other in self.units.alike():
            yield f"「{name}」可能就是「{other}」，按两个单位带入；是一个的，在带入对照.xlsx 的「单位」里写明再带一次"
        done = [str(found.entry.values["编号"]) for found in maker.made if found.told_done]
        if done:
            words = "、".join(done[:8]) + ("等" if len(done) > 8 else "")
            yield f"{len(done)} 个问题（{words}）原表写着已完成，没有销号日期，带入后按没有销号算：核对后登记「销号」"
        for sheet, plan in sheets:
            if unit := titled_unit(sheet, plan):
                yield f"{sheet.name} 没有写单位的一列，按表头上面写的「{unit}」带入"
            if plan.section != NOWHERE and (sheet.hidden_rows or sheet.hidden_columns):
                yield f"{sheet.name} 有隐藏的{_hidden(sheet)}，也读了"


def _hidden(sheet: ListSheet) -> str:
    rows = [str(row) for row in sorted(sheet.hidden_rows) if row <= sheet.height]
    columns = [
        sheet.place(1, column).detail.rpartition("!")[2][:-1] for column in sorted(sheet.hidden_columns)
    ]
    parts = (("行", rows), ("列", columns))
    return "、".join(f"{what}（{'、'.join(names[:10])}）" for what, names in parts if names)


def _of(rows: list[tuple[str, ListRow]], section: str) -> list[tuple[str, ListRow]]:
    return [(kind, row) for kind, row in rows if row.plan.section == section]


def _ordinal(number: str) -> int:
    return int(number.rpartition("〕")[2].removesuffix("号"))
