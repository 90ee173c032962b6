"""Rows of a list → records of a new year, as YAML; what could not be placed is kept and told, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from liangqing.base.folders import DATA
from liangqing.changes.foreign_list.dates import day_of
from liangqing.changes.foreign_list.names import DAY, INSPECTION_KINDS, KINDS, LIMIT, LINES
from liangqing.changes.foreign_list.tables import ListCell, ListTable
from liangqing.changes.foreign_list.writing import Open, Value, YamlEntry, section_file
from liangqing.data.model.duties import UNIT_KINDS
from liangqing.data.model.findings import IMMEDIATE, ONGOING, WITHIN_LIMIT

_BETWEEN = re.compile("[、，,；;\n/]")  # what people put between names
_KINDS = "集中清查 / 单项体检 / 动态体检 / 专项监督 / 抽查"
_DAY = "年-月-日"


@dataclass
class ImportedList:
    """What came of a list: files of the new year by name, and what could not be placed."""

    files: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    placed: list[str] = field(default_factory=list)
    unplaced: list[ListCell] = field(default_factory=list)
    to_fill: int = 0

    def note(self, name: str) -> str:
        """A page that tells what went where, and every cell that went nowhere."""
        lines = [f"# 从 {name} 带入", "", f"原表存在“原台账/{name}”，一字未改。", "", "## 各表怎样带入", ""]
        lines += [f"- {line}" for line in self.placed]
        lines += ["", f"## 没有放进记录的内容（{len(self.unplaced)} 格）", ""]
        lines += [f"- {cell.place}「{cell.head}」：{cell.text}".replace("\n", "　") for cell in self.unplaced]
        return "\n".join(lines) + "\n"


@dataclass(frozen=True)
class ListRow:
    """A row of a list: its cells and the keys that they have, by column, and the values that could be taken, by key."""

    cells: dict[int, ListCell]
    keys: dict[int, str]
    values: dict[str, Value]

    @property
    def place(self) -> str:
        """Where its first cell stands."""
        return next(iter(self.cells.values())).place

    def text(self, key: str) -> str:
        """The value of a key as text, empty where there is none."""
        return str(self.values.get(key, ""))

    def given(self, *keys: str) -> dict[str, Value]:
        """Those of the keys that have a value, in their order."""
        return {key: self.values[key] for key in keys if key in self.values}

    def cells_of(self, *keys: str) -> list[ListCell]:
        """The cells of these keys, from left to right."""
        return [
            self.cells[column] for column, key in self.keys.items() if key in keys and column in self.cells
        ]


class ListBuilder:
    """Records of all sections, made from the tables of a workbook."""

    def __init__(self, imported: ImportedList, year: int) -> None:
        self.imported, self.year = imported, year
        self.units: dict[str, YamlEntry] = {}  # by name
        self.inspections: dict[tuple[str, str], YamlEntry] = {}  # by source and name
        self.listed: dict[str, str] = {}  # inspections that have a list of their own: code by name

    def build(self, tables: list[ListTable]) -> None:
        """Put the files of the new year, and what could not be placed, into what was given at the beginning."""
        by_section: dict[str, list[tuple[ListTable, dict[int, ListCell]]]] = {}
        for table in tables:
            by_section.setdefault(table.section, []).extend((table, cells) for cells in table.rows)
        for table, cells in by_section.get("单位", ()):
            self._enter_unit(self._row(table, cells))
        own = [self._listed_inspection(self._row(*pair)) for pair in by_section.get("检查", ())]
        findings = [self._finding(self._row(*pair), n) for n, pair in enumerate(by_section["问题"], 1)]
        projects = [
            self._project(self._row(*pair), n) for n, pair in enumerate(by_section.get("项目", ()), 1)
        ]
        self._write("问题", findings)
        self._write("检查", [*own, *self.inspections.values()])
        self._write("项目", projects)
        self._write("单位", self.units.values())

    def _write(self, section: str, entries: Iterable[YamlEntry]) -> None:
        written = list(entries)
        if written:
            file = f"{section}.yaml"
            self.imported.files[file] = section_file(f"{DATA}/{self.year}/{file}", section, written)
            self.imported.counts[section] = len(written)
            values = (value for entry in written for value in entry.values.values())
            self.imported.to_fill += sum(isinstance(value, Open) for value in values)

    def _row(self, table: ListTable, cells: dict[int, ListCell]) -> ListRow:
        """A row with its values; a cell that does not fit its key, and one without a key, is kept as unplaced."""
        values: dict[str, Value] = {}
        for column, cell in cells.items():
            key = table.keys.get(column)
            value = None if key is None else _value(KINDS.get(key), cell)
            if key is None or value is None:
                self.imported.unplaced.append(cell)
            else:
                values[key] = value
        return ListRow(cells, table.keys, values)

    def _keep(self, row: ListRow, *keys: str) -> None:
        """Tell that the cells of these keys went nowhere."""
        self.imported.unplaced += row.cells_of(*keys)

    # ---------------------------------------------------------------- units

    def _enter_unit(self, row: ListRow) -> None:
        name = row.text("名称")
        if not name or name in self.units:
            self.imported.unplaced += row.cells.values()
        else:
            self.units[name] = self._unit_entry(name, row)

    def _unit_entry(self, name: str, row: ListRow) -> YamlEntry:
        kind = row.text("类型") or next((ending for ending in UNIT_KINDS if name.endswith(ending)), "")
        chief, post = row.text("负责人.姓名"), row.values.get("负责人.职务")
        known = kind in UNIT_KINDS
        return YamlEntry(
            {
                "编号": f"U{len(self.units) + 1:02d}",
                "名称": name,
                **row.given("简称"),
                "类型": kind if known else Open(f"党组 / 党委 / 党总支 / 党支部 / 单位{_was(kind)}"),
                "负责人": {"姓名": chief, "职务": post}
                if isinstance(post, str)
                else Open(f"{{姓名: …, 职务: …}}{_was(chief)}"),
            }
        )

    def _unit(self, name: str) -> str:
        """The code of a unit by the name that the list has for it; it is entered when it is new."""
        for entry in self.units.values():
            if name in (entry.values["名称"], entry.values.get("简称")):
                return str(entry.values["编号"])
        self.units[name] = self._unit_entry(name, ListRow({}, {}, {}))
        return str(self.units[name].values["编号"])

    def _units(self, text: str) -> list[str]:
        """The codes of the units that a cell names, each once."""
        return list(dict.fromkeys(self._unit(word.strip()) for word in _words(text)))

    # ---------------------------------------------------------------- inspections

    def _listed_inspection(self, row: ListRow) -> YamlEntry:
        """An inspection that stands in a list of inspections."""
        name = row.text("名称")
        code = self.listed[name] = row.text("编号") or f"JC{len(self.listed) + 1:02d}"
        return YamlEntry(
            {
                "编号": code,
                "类型": _inspection_kind(row.text("类型")),
                "名称": name or Open("检查名称"),
                "开始日期": row.values.get("开始日期") or Open(_DAY),
                "单位": self._units(row.text("单位")) or Open("被检查单位的编号"),
                **row.given("结束日期", "依据"),
                **{key: _words(str(value)) for key, value in row.given("检查组", "方式", "配合单位").items()},
            }
        )

    def _inspection(self, row: ListRow, unit: Value) -> str:
        """The code of the inspection that a finding comes from: one of the list, else one for each source and name."""
        source, name = row.text("来源"), row.text("检查名称")
        for word in (name, source):
            if word in self.listed:
                return self.listed[word]
        if (source, name) not in self.inspections:
            self.inspections[source, name] = YamlEntry(
                {
                    "编号": f"LY{len(self.inspections) + 1:02d}",
                    "类型": _inspection_kind(source),
                    "名称": name or source or Open("检查名称"),
                    "开始日期": Open(_DAY),
                    "单位": Open("被检查单位的编号"),
                }
            )
        made = self.inspections[source, name].values
        found, begun, units = row.values.get("发现日期"), made["开始日期"], made["单位"]
        if isinstance(found, str):
            made["开始日期"] = found if isinstance(begun, Open) else min(str(begun), found)
        if isinstance(unit, str):
            known = [str(code) for code in units] if isinstance(units, list) else []
            made["单位"] = list(dict.fromkeys([*known, unit]))
        return str(made["编号"])

    # ---------------------------------------------------------------- findings

    def _finding(self, row: ListRow, number: int) -> YamlEntry:
        codes = self._units(row.text("单位"))
        unit: Value = codes[0] if len(codes) == 1 else Open(f"一条问题一个单位{_was(row.text('单位'))}")
        made: dict[str, Value] = {
            "编号": row.values.get("编号") or f"W{self.year}-{number:02d}",
            "检查": self._inspection(row, unit),
            "单位": unit,
            "名称": row.values.get("名称") or Open("问题的短名称"),
            "事实": row.values.get("事实") or Open("问题的事实"),
        }
        made |= self._category(row)
        made |= row.given("依据", "整改目标", "整改要求", "整改措施", "发现日期")
        made |= self._limit(row, made)
        made |= self._responsibility(row)
        made |= self._progress(row)
        made |= _closing(row)
        return YamlEntry(made, row.place)

    def _category(self, row: ListRow) -> dict[str, Value]:
        if row.values.get("整改类别") in (IMMEDIATE, WITHIN_LIMIT, ONGOING):
            return row.given("整改类别")
        self._keep(row, *row.given("整改类别"))
        return {}

    def _limit(self, row: ListRow, made: dict[str, Value]) -> dict[str, Value]:
        """A day; words such as 长期坚持 only for what goes on without an end."""
        limit = row.text("整改时限")
        if limit[:1].isdigit() or made.get("整改类别") == ONGOING:
            return row.given("整改时限")
        self._keep(row, *row.given("整改时限"))
        return {}

    def _responsibility(self, row: ListRow) -> dict[str, Value]:
        keys = ("部门", "责任领导", "责任人", "职务")
        given = {key: row.text(f"责任.{key}") for key in keys if f"责任.{key}" in row.values}
        if "责任人" in given:
            return {"责任": given}
        self._keep(row, *(f"责任.{key}" for key in given))
        return {}

    def _progress(self, row: ListRow) -> dict[str, Value]:
        """Lines such as 2021-04-30：… become entries; any other text has no day of its own, and is kept apart."""
        if "进展" not in row.values:
            return {}
        pieces = [line.partition("：") for line in row.text("进展").split("\n") if line.strip()]
        entries = [(day_of(day), what.strip()) for day, _, what in pieces]
        if all(day is not None and what for day, what in entries):
            return {"进展": [{"日期": str(day), "内容": what} for day, what in entries]}
        self._keep(row, "进展")
        return {}

    # ---------------------------------------------------------------- projects

    def _project(self, row: ListRow, number: int) -> YamlEntry:
        values = row.values
        made: dict[str, Value] = {
            "编号": values.get("编号") or f"XM{number:02d}",
            "项目": values.get("项目") or Open("项目名称"),
            "来源": values.get("来源") or Open("项目来源"),
            "目标": values.get("目标") or Open("要做到什么"),
            "责任单位": self._units(row.text("责任单位")) or Open("责任单位的编号"),
            "开始日期": values.get("开始日期") or Open(_DAY),
            "完成时限": values.get("完成时限") or Open(_DAY),
            **row.given("责任人", "进展", "完成日期"),
        }
        if values.get("状态") in ("未启动", "推进中", "已完成"):
            made["状态"] = values["状态"]
        else:
            self._keep(row, *row.given("状态"))
        if "配合单位" in values:
            made["配合单位"] = [*_words(row.text("配合单位"))]
        return YamlEntry(made, row.place)


def _closing(row: ListRow) -> dict[str, Value]:
    """What the list says of a close-out; that it was agreed to is for a person to write."""
    keys = ("申请日期", "核查人", "核查情况", "销号日期")
    given = {key: row.text(f"销号.{key}") for key in keys if f"销号.{key}" in row.values}
    return {"销号": [given]} if given else {}


def _inspection_kind(word: str) -> Value:
    return INSPECTION_KINDS.get(word) or Open(f"{_KINDS}{_was(word)}")


def _words(text: str) -> list[str]:
    """甲、乙，丙/丁 → the names, as they stand."""
    return [word for word in _BETWEEN.split(text) if word.strip()]


def _was(text: str) -> str:
    return f"；原表写的是「{text}」" if text else ""


def _value(kind: str | None, cell: ListCell) -> Value | None:
    """A cell as the value of a key; None where it can't be one."""
    text = cell.text
    if kind == DAY:
        day = day_of(cell.value)
        return str(day) if day else None
    if kind == LIMIT:
        day = day_of(cell.value)
        return str(day) if day else (text if text and not text[0].isdigit() else None)
    if kind == LINES:
        return [line.strip() for line in text.split("\n") if line.strip()] or None
    return text or None
