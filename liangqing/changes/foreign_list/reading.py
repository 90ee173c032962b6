"""Rows of a list → records of a new year, as YAML; what could not be placed is kept and told, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse
from liangqing.changes.foreign_list.dates import day_of
from liangqing.changes.foreign_list.names import DAY, INSPECTION_KINDS, KINDS, LIMIT, LINES
from liangqing.changes.foreign_list.tables import ListCell, ListTable, table_of
from liangqing.changes.foreign_list.writing import Open, Value, YamlEntry, section_file
from liangqing.changes.ledger_workbook import open_book
from liangqing.data.model.duties import UNIT_KINDS
from liangqing.data.model.findings import IMMEDIATE, ONGOING, WITHIN_LIMIT

SPLIT = str.maketrans({"，": "、", ",": "、", "；": "、", ";": "、", "\n": "、", "/": "、"})


@dataclass
class Adopted:
    """What came of a list: files of the new year by name, and what could not be placed."""

    files: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    placed: list[str] = field(default_factory=list)
    unplaced: list[ListCell] = field(default_factory=list)
    to_fill: int = 0

    def note(self, name: str) -> str:
        """A page that tells what went where, and every cell that went nowhere."""
        lines = [f"# 从 {name} 带入", "", f"原表存在“原台账/{name}”，一字未改。", "", "## 各表怎样带入", ""]
        lines += [f"- {each}" for each in self.placed]
        lines += ["", f"## 没有放进记录的内容（{len(self.unplaced)} 格）", ""]
        lines += [f"- {each.place}「{each.head}」：{each.text}".replace("\n", "　") for each in self.unplaced]
        return "\n".join(lines) + "\n"


def adopt(path: Path, year: int) -> Adopted:
    """Read a workbook; raises Problems for one that can't be read or has no list of findings in it."""
    book = open_book(path, path.name)
    adopted, tables = Adopted(), []
    for page in book.worksheets:
        table = table_of(page)
        if table is None:
            adopted.placed.append(f"{page.title}：没有认出表头，整张表没有带入")
            adopted.unplaced += [
                ListCell(cell.value, f"{page.title}!{cell.coordinate}", "")
                for row in page.iter_rows()
                for cell in row
                if cell.value is not None and page.sheet_state == "visible"
            ]
        else:
            tables.append(table)
            adopted.placed.append(_how(table))
    if not any(table.section == "问题" for table in tables):
        advice = "问题台账至少要有“单位”和“问题描述”（或“问题名称”）两列，列名见 docs/台账和总览.md"
        raise refuse(Code.NO_LIST_OF_FINDINGS, Place(path.name), "没有认出问题台账", advice)
    _ListBuilder(adopted, year).build(tables)
    return adopted


def _how(table: ListTable) -> str:
    taken = "、".join(
        f"{table.heads[column]}→{key}" if table.heads[column] != key else key
        for column, key in table.keys.items()
    )
    return f"{table.sheet}：{len(table.rows)} 行，作为「{table.section}」；{taken}"


class _ListBuilder:
    """Records of all sections, made from the tables of a workbook."""

    def __init__(self, adopted: Adopted, year: int) -> None:
        self.adopted, self.year = adopted, year
        self.units: dict[str, YamlEntry] = {}  # by name
        self.inspections: dict[tuple[str, str], YamlEntry] = {}  # by source and name
        self.listed: dict[str, str] = {}  # inspections that have a list of their own: code by name

    def build(self, tables: list[ListTable]) -> None:
        by_section: dict[str, list[tuple[ListTable, dict[int, ListCell]]]] = {}
        for table in tables:
            by_section.setdefault(table.section, []).extend((table, row) for row in table.rows)
        for table, row in by_section.get("单位", ()):
            self._unit_row(table, row)
        own = [self._inspection_row(table, row) for table, row in by_section.get("检查", ())]
        findings = [self._finding(table, row, n) for n, (table, row) in enumerate(by_section["问题"], 1)]
        projects = [
            self._project(table, row, n) for n, (table, row) in enumerate(by_section.get("项目", ()), 1)
        ]
        self._write("问题", findings)
        self._write("检查", [*own, *self.inspections.values()])
        self._write("项目", projects)
        self._write("单位", self.units.values())

    def _write(self, section: str, entries: Iterable[YamlEntry]) -> None:
        written = list(entries)
        if written:
            self.adopted.files[f"{section}.yaml"] = section_file(section, written)
            self.adopted.counts[section] = len(written)
            self.adopted.to_fill += sum(isinstance(v, Open) for each in written for v in each.values.values())

    # one row

    def _taken(self, table: ListTable, row: dict[int, ListCell]) -> dict[str, Value]:
        """Values by key; a cell that does not fit its key, and one without a key, is kept as unplaced."""
        values: dict[str, Value] = {}
        for column, cell in row.items():
            key = table.keys.get(column)
            value = None if key is None else _value(KINDS.get(key), cell)
            if key is None or value is None:
                self.adopted.unplaced.append(cell)
            else:
                values[key] = value
        return values

    def _unit_row(self, table: ListTable, row: dict[int, ListCell]) -> None:
        values = self._taken(table, row)
        name = str(values.get("名称", ""))
        if not name or name in self.units:
            self.adopted.unplaced += row.values()
            return
        self.units[name] = self._unit_entry(name, values)

    def _unit_entry(self, name: str, values: dict[str, Value]) -> YamlEntry:
        kind = str(values.get("类型") or next((each for each in UNIT_KINDS if name.endswith(each)), ""))
        made: dict[str, Value] = {"编号": f"U{len(self.units) + 1:02d}", "名称": name}
        if "简称" in values:
            made["简称"] = values["简称"]
        made["类型"] = (
            kind if kind in UNIT_KINDS else Open(f"党组 / 党委 / 党总支 / 党支部 / 单位{_was(kind)}")
        )
        post = values.get("负责人.职务")
        if isinstance(post, str):
            made["负责人"] = {"姓名": str(values.get("负责人.姓名", "")), "职务": post}
        else:
            made["负责人"] = Open(f"{{姓名: …, 职务: …}}{_was(str(values.get('负责人.姓名', '')))}")
        return YamlEntry(made)

    def _unit(self, name: str) -> str:
        """The code of a unit by the name that the list has for it; it is entered when it is new."""
        for entry in self.units.values():
            if name in (entry.values["名称"], entry.values.get("简称")):
                return str(entry.values["编号"])
        self.units[name] = self._unit_entry(name, {})
        return str(self.units[name].values["编号"])

    def _units(self, text: Value | None) -> list[str]:
        names = [each.strip() for each in str(text or "").translate(SPLIT).split("、")]
        return list(dict.fromkeys(self._unit(each) for each in names if each))

    def _inspection_row(self, table: ListTable, row: dict[int, ListCell]) -> YamlEntry:
        values = self._taken(table, row)
        code = str(values.get("编号") or f"JC{len(self.listed) + 1:02d}")
        name = str(values.get("名称", ""))
        self.listed[name] = code
        kind = str(values.get("类型", ""))
        made: dict[str, Value] = {
            "编号": code,
            "类型": INSPECTION_KINDS.get(kind)
            or Open(f"集中清查 / 单项体检 / 动态体检 / 专项监督 / 抽查{_was(kind)}"),
            "名称": name or Open("检查名称"),
            "开始日期": values.get("开始日期") or Open("年-月-日"),
            "单位": self._units(values.get("单位")) or Open("被检查单位的编号"),
        }
        for key in ("结束日期", "依据"):
            if key in values:
                made[key] = values[key]
        for key in ("检查组", "方式", "配合单位"):
            if key in values:
                made[key] = [each for each in str(values[key]).translate(SPLIT).split("、") if each.strip()]
        return YamlEntry(made)

    def _inspection(self, values: dict[str, Value], unit: Value) -> str:
        """The inspection that a finding comes from: one of the list, else one for each source and name."""
        source, name = (str(values.get(key, "")) for key in ("来源", "检查名称"))
        for each in (name, source):
            if each in self.listed:
                return self.listed[each]
        if (source, name) not in self.inspections:
            code = f"LY{len(self.inspections) + 1:02d}"
            kind = INSPECTION_KINDS.get(source)
            self.inspections[source, name] = YamlEntry(
                {
                    "编号": code,
                    "类型": kind or Open(f"集中清查 / 单项体检 / 动态体检 / 专项监督 / 抽查{_was(source)}"),
                    "名称": name or source or Open("检查名称"),
                    "开始日期": Open("年-月-日"),
                    "单位": Open("被检查单位的编号"),
                }
            )
        made = self.inspections[source, name].values
        found, begun, units = values.get("发现日期"), made["开始日期"], made["单位"]
        if isinstance(found, str):
            made["开始日期"] = found if isinstance(begun, Open) else min(str(begun), found)
        if isinstance(unit, str):
            known = [str(each) for each in units] if isinstance(units, list) else []
            made["单位"] = list(dict.fromkeys([*known, unit]))
        return str(made["编号"])

    def _finding(self, table: ListTable, row: dict[int, ListCell], number: int) -> YamlEntry:
        values = self._taken(table, row)
        names = self._units(values.get("单位"))
        unit: Value = (
            names[0] if len(names) == 1 else Open(f"一条问题一个单位{_was(str(values.get('单位', '')))}")
        )
        made: dict[str, Value] = {
            "编号": values.get("编号") or f"W{self.year}-{number:02d}",
            "检查": self._inspection(values, unit),
            "单位": unit,
            "名称": values.get("名称") or Open("问题的短名称"),
            "事实": values.get("事实") or Open("问题的事实"),
        }
        category = values.get("整改类别")
        if category in (IMMEDIATE, WITHIN_LIMIT, ONGOING):
            made["整改类别"] = category
        elif category is not None:
            self._keep(table, row, "整改类别")
        for key in ("依据", "整改目标", "整改要求", "整改措施", "发现日期"):
            if key in values:
                made[key] = values[key]
        self._limit(table, row, values, made)
        self._responsibility(table, row, values, made)
        self._progress(table, row, values, made)
        self._closing(table, row, values, made)
        return YamlEntry(made, next(iter(row.values())).place)

    def _keep(self, table: ListTable, row: dict[int, ListCell], *keys: str) -> None:
        self.adopted.unplaced += [
            row[column] for column, key in table.keys.items() if key in keys and column in row
        ]

    def _limit(
        self, table: ListTable, row: dict[int, ListCell], values: dict[str, Value], made: dict[str, Value]
    ) -> None:
        limit = values.get("整改时限")
        if isinstance(limit, str) and (limit[:1].isdigit() or made.get("整改类别") == ONGOING):
            made["整改时限"] = limit
        elif limit is not None:
            self._keep(table, row, "整改时限")

    def _responsibility(
        self, table: ListTable, row: dict[int, ListCell], values: dict[str, Value], made: dict[str, Value]
    ) -> None:
        keys = ("部门", "责任领导", "责任人", "职务")
        given = {key: str(values[f"责任.{key}"]) for key in keys if f"责任.{key}" in values}
        if "责任人" in given:
            made["责任"] = given
        elif given:
            self._keep(table, row, *(f"责任.{key}" for key in given))

    def _progress(
        self, table: ListTable, row: dict[int, ListCell], values: dict[str, Value], made: dict[str, Value]
    ) -> None:
        """Lines such as 2021-04-30：… become entries; any other text has no day of its own, and is kept apart."""
        if "进展" not in values:
            return
        pieces = [line.partition("：") for line in str(values["进展"]).split("\n") if line.strip()]
        days = [day_of(day) for day, _, _ in pieces]
        if all(day is not None and what.strip() for day, (_, _, what) in zip(days, pieces, strict=True)):
            made["进展"] = [
                {"日期": str(day), "内容": what.strip()}
                for day, (_, _, what) in zip(days, pieces, strict=True)
            ]
        else:
            self._keep(table, row, "进展")

    def _closing(
        self, table: ListTable, row: dict[int, ListCell], values: dict[str, Value], made: dict[str, Value]
    ) -> None:
        """What the list says of a close-out; that it was agreed to is for a person to write."""
        keys = ("申请日期", "核查人", "核查情况", "销号日期")
        given = {key: str(values[f"销号.{key}"]) for key in keys if f"销号.{key}" in values}
        if given:
            made["销号"] = [given]

    def _project(self, table: ListTable, row: dict[int, ListCell], number: int) -> YamlEntry:
        values = self._taken(table, row)
        made: dict[str, Value] = {
            "编号": values.get("编号") or f"XM{number:02d}",
            "项目": values.get("项目") or Open("项目名称"),
            "来源": values.get("来源") or Open("项目来源"),
            "目标": values.get("目标") or Open("要做到什么"),
            "责任单位": self._units(values.get("责任单位")) or Open("责任单位的编号"),
            "开始日期": values.get("开始日期") or Open("年-月-日"),
            "完成时限": values.get("完成时限") or Open("年-月-日"),
        }
        for key in ("责任人", "进展", "完成日期"):
            if key in values:
                made[key] = values[key]
        if values.get("状态") in ("未启动", "推进中", "已完成"):
            made["状态"] = values["状态"]
        elif "状态" in values:
            self._keep(table, row, "状态")
        if "配合单位" in values:
            made["配合单位"] = [
                each for each in str(values["配合单位"]).translate(SPLIT).split("、") if each.strip()
            ]
        return YamlEntry(made, next(iter(row.values())).place)


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
