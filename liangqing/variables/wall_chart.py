"""Variables of the wall chart: its months, the bar of each project in signs, and its totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from liangqing.base.chinese import long_date
from liangqing.variables.checklist import names_of
from liangqing.variables.projects import ProjectOf, totals
from liangqing.variables.table import VariableTable, flag, number, records, text, texts
from liangqing.year.state.standing import Standing

# Paper is often black and white: what a square is stands in it as a sign too, but for the plain bar.
PLANNED, ENDED_WELL, LATE, NOTHING = "工期", "完成", "逾期", ""
REACHED, TO_REACH, OVER, ENDED = "◆", "◇", "逾", "完"


class Month(NamedTuple):
    """A month of a calendar."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that a day falls in."""
        return cls(day.year, day.month)

    @property
    def following(self) -> Month:
        """The next month."""
        return Month(self.year + self.month // 12, self.month % 12 + 1)


class Square(NamedTuple):
    """A month of the bar of a project."""

    words: str
    kind: str


class WallChart(NamedTuple):
    """All projects of a year with the months that they take: from the first to the last of them, without a gap."""

    at: Standing
    projects: Sequence[ProjectOf]
    months: Sequence[Month]


class RowOf(NamedTuple):
    """A project on its wall chart."""

    chart: WallChart
    of: ProjectOf


class MonthOf(NamedTuple):
    """A month of a wall chart."""

    chart: WallChart
    month: Month


class SourceOf(NamedTuple):
    """Projects that come from one source, in the order in which they are written."""

    name: str
    rows: Sequence[RowOf]


def chart(at: Standing) -> WallChart:
    """The wall chart of a year as it stands on a day."""
    projects = [ProjectOf(at, project) for project in at.year.projects]
    return WallChart(at, projects, _months(projects))


def _months(projects: Sequence[ProjectOf]) -> list[Month]:
    if not projects:
        return []
    months = [Month.of(min(row.project.begins for row in projects))]
    last = Month.of(max(row.last for row in projects))
    while months[-1] < last:
        months.append(months[-1].following)
    return months


def squares(row: RowOf) -> Iterator[Square]:
    """The bar, month by month of the whole chart: milestones, days over the limit and the end in signs."""
    for month in row.chart.months:
        yield Square(_signs(row.of, month), _kind(row.of, month))


def _signs(row: ProjectOf, month: Month) -> str:
    stones = [stone for stone in row.project.milestones if Month.of(stone.day) == month]
    signs = [REACHED if stone.done else TO_REACH for stone in stones]
    signs += [OVER] if _over(row, month) else []
    signs += [ENDED] if row.done and Month.of(row.done) == month else []
    return "".join(signs)


def _over(row: ProjectOf, month: Month) -> bool:
    """Whether days of the month lie past the limit and up to where the project stands."""
    return (
        row.days_over > 0 and Month.of(row.project.due) <= month <= Month.of(row.last) and month != _full(row)
    )


def _full(row: ProjectOf) -> Month | None:
    """The month of the limit, when the limit is its last day: nothing of it lies past the limit."""
    due = Month.of(row.project.due)
    return due if Month.of(date.fromordinal(row.project.due.toordinal() + 1)) != due else None


def _kind(row: ProjectOf, month: Month) -> str:
    if not Month.of(row.project.begins) <= month <= Month.of(row.last):
        return NOTHING
    if _over(row, month):
        return LATE
    return ENDED_WELL if row.done else PLANNED


def _by_source(chart: WallChart) -> list[SourceOf]:
    """Projects by where they come from, in the order in which the sources are first written."""
    found: dict[str, list[RowOf]] = {}
    for project in chart.projects:
        found.setdefault(project.project.source, []).append(RowOf(chart, project))
    return [SourceOf(name, rows) for name, rows in found.items()]


SQUARE = VariableTable[Square](
    "工期格",
    {
        "字": text("里程碑、逾期、完成的记号，没有时为空", lambda square: square.words),
        "类": text(
            "工期；已完成项目的工期为 完成；超过时限的月份为 逾期；不在工期里的为空",
            lambda square: square.kind,
        ),
    },
)

PROJECT = VariableTable[RowOf](
    "项目",
    {
        "编号": text("项目编号", lambda row: row.of.project.code),
        "项目": text("项目", lambda row: row.of.project.name),
        "来源": text("来源", lambda row: row.of.project.source),
        "目标": text("目标", lambda row: row.of.project.goal),
        "责任单位": text("责任单位，顿号隔开", lambda row: names_of(row.of.at, row.of.project.responsible)),
        "配合单位": text(
            "配合单位，顿号隔开，没有时为空", lambda row: names_of(row.of.at, row.of.project.together_with)
        ),
        "责任人": text("责任人，没有时为空", lambda row: row.of.project.owner or ""),
        "开始日期": text("开始日期", lambda row: long_date(row.of.project.begins)),
        "完成时限": text("完成时限", lambda row: long_date(row.of.project.due)),
        "里程碑": texts(
            "日期、名称和是否完成，每个一句",
            lambda row: [
                f"{REACHED if stone.done else TO_REACH}{stone.day.month}月{stone.day.day}日{stone.name}"
                for stone in row.of.project.milestones
            ],
        ),
        "进展": text("进展，没有时为空", lambda row: row.of.project.progress or ""),
        "状态": text("未启动、推进中、已完成；没有登记的为 未登记", lambda row: row.of.state),
        "逾期": flag("没有完成，已经超过完成时限", lambda row: row.of.overdue),
        "逾期天数": number("超过完成时限的天数；没有超过的为 0", lambda row: row.of.days_over),
        "完成日期": text(
            "完成日期", lambda row: long_date(row.of.done) if row.of.done else None, optional=True
        ),
        "工期": records(SQUARE, "作战图的每个月一格", squares),
    },
)

MONTH = VariableTable[MonthOf](
    "月份",
    {
        "年": number("年", lambda column: column.month.year),
        "月": number("月", lambda column: column.month.month),
        "年首": flag(
            "作战图上这一年的第一个月",
            lambda column: column.month == column.chart.months[0] or column.month.month == 1,
        ),
        "截止": flag("统计截止日期所在的月", lambda column: column.month == Month.of(column.chart.at.day)),
    },
)

SOURCE = VariableTable[SourceOf](
    "项目来源",
    {
        "来源": text("来源", lambda source: source.name),
        "项目": records(PROJECT, "这一来源的项目", lambda source: source.rows),
        "项目数": number("这一来源的项目数", lambda source: len(source.rows)),
        "合计": text(
            "各状态的项目数，加起来等于项目数", lambda source: totals([row.of for row in source.rows])
        ),
    },
)

CHART = VariableTable[WallChart](
    "作战图",
    {
        "项目数": number("全部项目", lambda chart: len(chart.projects)),
        "合计": text("各状态的项目数，加起来等于全部项目", lambda chart: totals(chart.projects)),
        "月份": records(
            MONTH,
            "从最早开始到最晚时限的各月",
            lambda chart: [MonthOf(chart, month) for month in chart.months],
        ),
        "来源": records(SOURCE, "按来源分开的项目", _by_source),
    },
)
