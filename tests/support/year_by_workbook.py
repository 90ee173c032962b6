"""The year of group_year.yaml by workbook and forms alone: cells filled in as in Excel, forms as in Word, no YAML typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from group_year import YEAR, Forms, Office, Step, run, without
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

IDENTITY, WITHIN = (
    "标识",
    8,
)  # the hidden column at the end of each sheet; the head stands in one of the first rows
GIVEN = "编号"
# By section: what of a record has a sheet of its own, called so.
APART = {
    "机构": {"地方假日": "地方假日"},
    "清单": {"任务": "任务", "自查期次": "自查期次"},
    "自查": {"任务": "自查任务", "自查问题": "自查问题"},
    "检查": {"任务落实": "任务落实", "反馈会": "反馈会"},
    "问题": {key: key for key in ("责任变更", "延期", "进展", "销号", "回头看")},
    "项目": {"里程碑": "里程碑"},
    "整改函": {"回复": "回复"},
}
SINGLE = ("回复",)  # sheets in which a record has one row at most
ONE = ("机构", "清单", "总结")  # sections of one row
# Heads that say a key otherwise; a key of a mapping is headed by both, 姓名 by the mapping alone.
HEADS = {
    "问题": {"名称": "问题名称", "事实": "问题描述", "整改时限": "完成时限", "责任部门": "责任部门"}
    | {f"责任{key}": key for key in ("责任领导", "责任人", "职务")},
    "项目": {"状态": "填报状态"},
    "回复": {"文号": "来文文号"},
}


class ByWorkbook(Forms):
    """Everything by workbook and forms; `cells` are the texts that were typed into cells."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[str] = []

    def begin(self, office: Office, step: Step) -> None:
        """The empty workbook that `init` leaves is filled in, and a workspace begun from it."""
        filled = office.root.with_name("录入表.xlsx")
        filled.write_bytes(empty_workbook(office.root.with_name(f"{office.root.name}空")))
        self.cells += fill_in(filled, step)
        run("init", str(office.root), "--xlsx", str(filled))
        office("check")

    def type(self, office: Office, step: Step) -> None:
        office("ledger")
        path = office.paper("台账", "台账")
        self.cells += fill_in(path, step)
        office("collect", str(path), "--accept")


def empty_workbook(root: Path) -> bytes:
    """The workbook that lies in a new workspace, which is made in `root`."""
    run("init", str(root), "--year", str(YEAR))
    return (root / f"{YEAR}年录入表.xlsx").read_bytes()


def fill_in(path: Path, step: Step) -> list[str]:
    """Fill in the workbook at `path` with what is typed in a step; each text that was typed into a cell."""
    book = load_workbook(path)
    entry = _Entry(book)
    for section, facts in step.added.items():
        for record in [facts] if section in ONE else facts:
            entry.add(section, record)
    for section, more in step.more.items():
        for code, keys in {"": more}.items() if section in ONE else more.items():
            entry.change(section, code, keys)
    book.save(path)
    return entry.typed


class _Entry:
    """A workbook while it is filled in."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self.typed: list[str] = []

    def add(self, section: str, record: Mapping[str, Any]) -> None:
        """A new row; its 编号 is left to the program, but where rows of other sheets call it by that."""
        page, apart = EntryPage(self._book[section]), APART.get(section, {})
        row = record if apart.keys() & record.keys() else without(record, GIVEN)
        self._put(page, page.free(), section, row)
        self._below(section, record)

    def change(self, section: str, code: str, keys: Mapping[str, Any]) -> None:
        page = EntryPage(self._book[section])
        self._put(page, page.row(**({GIVEN: code} if code else {})), section, keys)
        self._below(section, {GIVEN: code, **keys})

    def _below(self, section: str, record: Mapping[str, Any]) -> None:
        """The lists of a record, each in its own sheet: items that are new, and by their names those that change."""
        for key, sheet in APART.get(section, {}).items():
            page, items = EntryPage(self._book[sheet]), record.get(key, [])
            owner = {} if section in ONE else {section: record[GIVEN]}
            if sheet in SINGLE:
                items = [items] if items else []
            if isinstance(items, Mapping):
                for name, keys in items.items():
                    head = GIVEN if GIVEN in page.columns else "名称"
                    self._put(page, page.row(**owner, **{head: name}), sheet, keys)
                continue
            for item in items:
                self._put(page, page.free(), sheet, {**owner, **without(item, GIVEN)})

    def _put(self, page: EntryPage, row: int, section: str, record: Mapping[str, Any]) -> None:
        apart = APART.get(section, {})
        for head, text in cells(section, {key: value for key, value in record.items() if key not in apart}):
            page.put(row, head, text)
            self.typed.append(text)


class EntryPage:
    """A sheet of the workbook as a person sees it: rows, and columns by their heads."""

    def __init__(self, page: Worksheet) -> None:
        self.page = page
        rows = page.iter_rows(max_row=WITHIN, values_only=True)
        self.head, heads = next((number, row) for number, row in enumerate(rows, 1) if IDENTITY in row)
        self.columns = {str(head).lstrip("＊"): column for column, head in enumerate(heads, 1) if head}

    def free(self) -> int:
        """The first row below the last that holds anything."""
        filled = (
            number
            for number, row in enumerate(self.page.iter_rows(values_only=True), 1)
            if any(value is not None for value in row)
        )
        return max(max(filled), self.head) + 1

    def row(self, **wanted: str) -> int:
        """The one row below the head whose cells say this."""
        found = [
            number
            for number in range(self.head + 1, self.free())
            if all(self._text(number, head) == text for head, text in wanted.items())
        ]
        assert len(found) == 1, (self.page.title, wanted, found)
        return found[0]

    def _text(self, row: int, head: str) -> str:
        return str(self.page.cell(row, self.columns[head]).value)

    def put(self, row: int, head: str, text: str) -> None:
        cell = self.page.cell(row, self.columns[head])
        cell.value = as_typed(text)
        if isinstance(cell.value, str):
            cell.data_type = "s"


def as_typed(text: str) -> str | int | datetime:
    """What a spreadsheet makes of what is typed."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return datetime.fromisoformat(text)
    return int(text) if re.fullmatch(r"[1-9]\d*", text) else text


def cells(section: str, record: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """Head and text of each cell that a record takes in its own sheet."""
    for key, value in record.items():
        name = above if above and key == "姓名" else above + key
        head = HEADS.get(section, {}).get(name, name)
        if isinstance(value, Mapping):
            yield from cells(section, value, key)
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            yield head, "\n".join(item["名称"] for item in value)
            yield f"{head}日期", "\n".join(item["日期"] for item in value)
        else:
            yield head, "\n".join(value) if isinstance(value, list) else value
