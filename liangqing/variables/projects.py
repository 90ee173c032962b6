"""Variables of 项目: the wall chart, its months, its bars and its totals, as of a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from liangqing.base.chinese import enumerate_words, long_date
from liangqing.data.model.follow_up import Project
from liangqing.variables.duties import names_of
from liangqing.variables.table import flag, number, records, table, text, texts
from liangqing.year.state import facts
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
        return cls(day.year, day.month)

    @property
    def following(self) -> Month:
        return Month(self.year + self.month // 12, self.month % 12 + 1)


class ProjectOf(NamedTuple):
    """A project in the year that it belongs to."""

    at: Standing
    project: Project

    @property
    def done(self) -> date | None:
        """The day on which it was completed, when that is not after the day told of."""
        return facts.completed_on(self.at, self.project)

    @property
    def state(self) -> str:
        """未启动, 推进中 or 已完成 as of the day; 未登记 where nobody said and it has begun."""
        return facts.project_state(self.at, self.project)

    @property
    def days_over(self) -> int:
        """Calendar days past its limit, up to the day or its completion."""
        return facts.project_days_over(self.at, self.project)

    @property
    def overdue(self) -> bool:
        return facts.project_is_overdue(self.at, self.project)

    @property
    def last(self) -> date:
        """The end of its bar: its limit, or later where it ran over."""
        return max(self.project.due, self.done or (self.at.day if self.overdue else self.project.due))


class Square(NamedTuple):
    """A month of the bar of a project."""

    words: str
    kind: str


class WallChart(NamedTuple):
    """All projects of a year with the months that they take."""

    at: Standing
    projects: Sequence[ProjectOf]

    @property
    def months(self) -> list[Month]:
        """From the first that begins to the last that ends, without a gap."""
        if not self.projects:
            return []
        months = [Month.of(min(each.project.begins for each in self.projects))]
        last = Month.of(max(each.last for each in self.projects))
        while months[-1] < last:
            months.append(months[-1].following)
        return months


def chart(at: Standing) -> WallChart:
    return WallChart(at, [ProjectOf(at, each) for each in at.year.projects])


def squares(it: ProjectOf) -> Iterator[Square]:
    """The bar, month by month of the whole chart: milestones, days over the limit and the end in signs."""
    for month in chart(it.at).months:
        yield Square(_signs(it, month), _kind(it, month))


def _signs(it: ProjectOf, month: Month) -> str:
    stones = [each for each in it.project.milestones if Month.of(each.day) == month]
    signs = [REACHED if each.done else TO_REACH for each in stones]
    signs += [OVER] if _over(it, month) else []
    signs += [ENDED] if it.done and Month.of(it.done) == month else []
    return "".join(signs)


def _over(it: ProjectOf, month: Month) -> bool:
    """Whether days of the month lie past the limit and up to where the project stands."""
    return it.days_over > 0 and Month.of(it.project.due) <= month <= Month.of(it.last) and month != _full(it)


def _full(it: ProjectOf) -> Month | None:
    """The month of the limit, when the limit is its last day: nothing of it lies past the limit."""
    due = Month.of(it.project.due)
    return due if Month.of(date.fromordinal(it.project.due.toordinal() + 1)) != due else None


def _kind(it: ProjectOf, month: Month) -> str:
    if not Month.of(it.project.begins) <= month <= Month.of(it.last):
        return NOTHING
    if _over(it, month):
        return LATE
    return ENDED_WELL if it.done else PLANNED


def _by_source(projects: Iterable[ProjectOf]) -> list[tuple[str, list[ProjectOf]]]:
    """Projects by where they come from, in the order in which the sources are first written."""
    rows = list(projects)
    order = {
        source: place for place, source in enumerate(dict.fromkeys(each.project.source for each in rows))
    }
    rows.sort(key=lambda each: order[each.project.source])
    return [(name, list(group)) for name, group in groupby(rows, key=lambda each: each.project.source)]


def totals(projects: Sequence[ProjectOf]) -> str:
    """已完成2个、推进中3个（其中逾期1个）、未启动1个: only what there is; the parts add up to the whole."""
    parts = []
    for state in facts.PROJECT_STATES:
        those = [each for each in projects if each.state == state]
        late = sum(each.overdue for each in those)
        if those:
            parts.append(f"{state}{len(those)}个" + (f"（其中逾期{late}个）" if late else ""))
    return enumerate_words(parts)


PROJECT = table(
    "项目",
    {
        "编号": text("项目编号", lambda it: it.project.code),
        "项目": text("项目", lambda it: it.project.name),
        "来源": text("来源", lambda it: it.project.source),
        "目标": text("目标", lambda it: it.project.goal),
        "责任单位": text("责任单位，顿号隔开", lambda it: names_of(it.at, it.project.responsible)),
        "配合单位": text(
            "配合单位，顿号隔开，没有时为空", lambda it: enumerate_words(it.project.together_with)
        ),
        "责任人": text("责任人，没有时为空", lambda it: it.project.owner or ""),
        "开始日期": text("开始日期", lambda it: long_date(it.project.begins)),
        "完成时限": text("完成时限", lambda it: long_date(it.project.due)),
        "里程碑": texts(
            "日期、名称和是否完成，每个一句",
            lambda it: [
                f"{REACHED if each.done else TO_REACH}{each.day.month}月{each.day.day}日{each.name}"
                for each in it.project.milestones
            ],
        ),
        "进展": text("进展，没有时为空", lambda it: it.project.progress or ""),
        "状态": text("未启动、推进中、已完成；没有登记的为 未登记", lambda it: it.state),
        "逾期": flag("没有完成，已经超过完成时限", lambda it: it.overdue),
        "逾期天数": number("超过完成时限的天数；没有超过的为 0", lambda it: it.days_over),
        "完成日期": text("完成日期", lambda it: long_date(it.done) if it.done else None, optional=True),
        "工期": records("工期格", "作战图的每个月一格", squares),
    },
)

SQUARE = table(
    "工期格",
    {
        "字": text("里程碑、逾期、完成的记号，没有时为空", lambda it: it.words),
        "类": text(
            "工期；已完成项目的工期为 完成；超过时限的月份为 逾期；不在工期里的为空", lambda it: it.kind
        ),
    },
)

MONTH = table(
    "月份",
    {
        "年": number("年", lambda it: it[1].year),
        "月": number("月", lambda it: it[1].month),
        "年首": flag("作战图上这一年的第一个月", lambda it: it[1] == it[0].months[0] or it[1].month == 1),
        "截止": flag("统计截止日期所在的月", lambda it: it[1] == Month.of(it[0].at.day)),
    },
)

SOURCE = table(
    "项目来源",
    {
        "来源": text("来源", lambda it: it[0]),
        "项目": records("项目", "这一来源的项目", lambda it: it[1]),
        "项目数": number("这一来源的项目数", lambda it: len(it[1])),
        "合计": text("各状态的项目数，加起来等于项目数", lambda it: totals(it[1])),
    },
)

CHART = table(
    "作战图",
    {
        "项目数": number("全部项目", lambda it: len(it.projects)),
        "合计": text("各状态的项目数，加起来等于全部项目", lambda it: totals(it.projects)),
        "月份": records("月份", "从最早开始到最晚时限的各月", lambda it: [(it, each) for each in it.months]),
        "来源": records("项目来源", "按来源分开的项目", lambda it: _by_source(it.projects)),
    },
)
