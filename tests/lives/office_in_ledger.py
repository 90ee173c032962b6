"""What the ledger of a year holds, read from the workbook, against the count."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import takewhile
from pathlib import Path
from typing import Any

from office import CLOSED, LATE, Sight
from office_shown import CODE, Difference, same, sums
from openpyxl import load_workbook
from random_year import Count, found_on, limit_on


class Book:
    """The workbook of a year as it was written."""

    def __init__(self, path: Path) -> None:
        self.book = load_workbook(path, read_only=True)

    def rows(self, sheet: str) -> list[dict[str, Any]]:
        """The rows of a list by its heads, without those of later days; [] where the sheet is not there."""
        if sheet not in self.book.sheetnames:
            return []
        head_row = 3 if sheet == "责任人" else 4
        values = list(self.book[sheet].iter_rows(min_row=head_row, values_only=True))
        heads = [str(head) for head in values[0]]
        rows = [
            {head: _plain(value) for head, value in zip(heads, row, strict=False)}
            for row in values[1:]
            if any(value is not None for value in row)
        ]
        counted = {"问题": "序号", "自查": "任务数"}.get(sheet)  # told only of what is there by the day
        return [row for row in rows if counted is None or row[counted] is not None]

    def counted(self) -> tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]]:
        """The sheet 统计: figures by name, and the rows of the two tables by unit: counts, and rates with their total."""
        values = list(self.book["统计"].iter_rows(min_row=4, values_only=True))
        figures = {str(row[0]): row[1] for row in values}
        counts, rates = (_table(values[place:]) for place, row in enumerate(values) if row[0] == "单位")
        return figures, counts, rates


def _table(rows: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """A table by the heads in its first row, down to where its first column or its second is empty."""
    heads = [str(head) for head in rows[0]]
    filled = takewhile(lambda row: row[0] is not None and row[1] is not None, rows[1:])
    return [dict(zip(heads, row, strict=True)) for row in filled]


def _plain(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value


def ledger(paths: list[Path], sight: Sight) -> Iterator[Difference]:
    """The workbook of one year."""
    (path,) = paths
    book = Book(path)
    yield from _findings_in_ledger(sight, book)
    yield from _letters_in_ledger(sight, book)
    accepted = {each["编号"] for each in Count(sight.office.written, sight.year, sight.day).self_checks()}
    shown = {row["编号"] for row in book.rows("自查") if row["计入份数"] == "是"}
    yield from same("台账 计入份数", shown, accepted)
    handed_in = {
        each["编号"] for each in sight.office.years[sight.year]["自查"] if each["报送日期"] <= sight.day
    }
    yield from same("台账 自查", {row["编号"] for row in book.rows("自查")}, handed_in)
    yield from _projects_in_ledger(sight, book)
    yield from _persons_in_ledger(sight, book)
    figures, units, rates = book.counted()
    counted = sight.figures(sight.year)
    yield from same("台账 统计", {name: figures.get(name) for name in counted}, counted)
    yield from sums(sight, "台账 按单位", units)
    yield from _rates_in_ledger(sight, figures, rates)


def _rates_in_ledger(
    sight: Sight, figures: dict[str, Any], rows: list[dict[str, Any]]
) -> Iterator[Difference]:
    """逾期数 a unit, and the total under them."""
    groups = Count(sight.office.written, sight.year, sight.day).found()
    late = [
        {sight.called(each["单位"]) for each in group if sight.state(each["编号"]) == LATE}
        for group in groups
    ]
    *units, total = rows
    counted = {
        name: sum(name in names for names in late) for name in {name for names in late for name in names}
    }
    shown = {row["单位"]: row["逾期数"] for row in units if row["逾期数"]}
    yield from same("台账 逾期数", shown, counted)
    heads = {"应整改数": "应整改数", "应整改已销号数": "已销号数", "整改率": "整改率", "逾期数": "逾期数"}
    yield from same("台账 合计", [total[head] for head in heads], [figures[name] for name in heads.values()])
    yield from same("台账 合计的逾期数", total["逾期数"], sum(map(bool, late)))


def _persons_in_ledger(sight: Sight, book: Book) -> Iterator[Difference]:
    """Each open finding, of all years so far, stands with who answers for it now."""
    shown = {
        (row["责任人"], row["单位"], code)
        for row in book.rows("责任人")
        if row["类别"] == "问题"
        for code in CODE.findall(str(row["事项"]))
    }
    counted = {
        (owner, sight.called(each["单位"]), each["编号"])
        for each in sight.open()
        if (owner := _owner(each, sight.day)) is not None
    }
    yield from same("台账 责任人", shown, counted)


def _owner(finding: dict[str, Any], day: date) -> str | None:
    """责任人 on a day: the first, or who came last by then."""
    since = sorted((change["日期"], change["责任人"]) for change in finding.get("责任变更", ()))
    come = [name for first, name in since if first <= day]
    first_one: str | None = finding.get("责任", {}).get("责任人")
    return come[-1] if come else first_one


def _findings_in_ledger(sight: Sight, book: Book) -> Iterator[Difference]:
    rows = {row["编号"]: row for row in book.rows("问题")}
    found = {each["编号"]: each for _, each in sight.found(sight.year)}
    yield from same("台账 问题", {*rows}, {*found})
    for code in sorted({*rows} & {*found}):
        row, finding = rows[code], found[code]
        limit = limit_on(finding, sight.day)
        original = finding.get("整改时限")
        closing = [
            each["销号日期"]
            for each in finding.get("销号", ())
            if each.get("销号日期", date.max) <= sight.day
        ]
        closed = sight.state(code) == CLOSED
        expected = {
            "发现日期": found_on(sight.office.years[sight.year], finding),
            "状态": sight.state(code),
            "逾期天数": sight.days_late(finding),
            "完成时限": original,
            "延期后时限": limit if limit != original else None,
            "双签": sight.signature(finding),
            "销号日期": max(closing) if closed else None,
        }
        yield from same(f"台账 {code}", {key: row[key] for key in expected}, expected)
        told = (row["进展"] or "").count("已补一部分")
        yield from same(f"台账 {code} 进展数", told, len(sight.told(finding)))


def _letters_in_ledger(sight: Sight, book: Book) -> Iterator[Difference]:
    rows = {row["文号"]: row for row in book.rows("发文")}
    lines = [
        line
        for line in sight.office.lines
        if "文号" in line and line["年度"] == sight.year and line["成文日期"] <= sight.day
    ]
    yield from same("台账 发文", {*rows}, {line["文号"] for line in lines})
    yield from same(
        "台账 效力",
        {number: row["效力"] for number, row in rows.items()},
        {line["文号"]: "作废" if sight.void(line) else "有效" for line in lines},
    )
    letters = {each["编号"]: each for each in sight.office.years[sight.year]["整改函"]}
    standing = [line for line in lines if line["文种"] == "整改函" and not sight.void(line)]
    yield from same(
        "台账 回复日期",
        {line["文号"]: rows[line["文号"]]["回复日期"] for line in standing if line["文号"] in rows},
        {line["文号"]: sight.reply_day(sight.year, letters[line["对象"]], line) for line in standing},
    )


def _projects_in_ledger(sight: Sight, book: Book) -> Iterator[Difference]:
    count = Count(sight.office.written, sight.year, sight.day)
    counted = {}
    for project in sight.office.years[sight.year]["项目"]:
        done = project.get("完成日期", date.max) <= sight.day
        late = project["完成时限"] < sight.day and not done
        counted[project["编号"]] = LATE if late else count.project_state(project)
    yield from same("台账 项目", {row["编号"]: row["状态"] for row in book.rows("项目")}, counted)
