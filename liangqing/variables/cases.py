"""Variables of 典型案例: what a notice asks the units to learn from."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from liangqing.base.chinese import enumerate_words, long_date
from liangqing.data.model.duties import Period
from liangqing.data.model.follow_up import Case
from liangqing.variables.checklist import PERIOD
from liangqing.variables.table import VariableTable, number, records, text, texts
from liangqing.year.state.standing import Standing


class CaseOf(NamedTuple):
    """A notice of cases in the year that it belongs to."""

    at: Standing
    case: Case

    @property
    def periods(self) -> list[Period]:
        """The rounds of self-checks that are held on it."""
        return [period for period in self.at.year.checklist.periods if period.case == self.case.code]

    @property
    def units(self) -> str:
        """简称 of the units that hand in the self-check of its period; "" where that is all of them."""
        if not self.periods or any(period.units is None for period in self.periods):
            return ""
        meant = self.at.year.units_of([ref for period in self.periods for ref in period.units or ()])
        return enumerate_words(unit.short_name for unit in meant if self.at.is_in_force(unit))


def _day(day: date | None) -> str | None:
    return long_date(day) if day else None


CASE = VariableTable[CaseOf](
    "典型案例",
    {
        "编号": text("编号", lambda notice: notice.case.code),
        "来源": text("来源", lambda notice: notice.case.source),
        "名称": text("通报的题目", lambda notice: notice.case.name),
        "案例": texts("逐起案例", lambda notice: notice.case.cases),
        "案例数": number("案例的起数", lambda notice: len(notice.case.cases)),
        "通报日期": text("通报日期", lambda notice: _day(notice.case.published), optional=True),
        "学习期限": text("学习期限", lambda notice: _day(notice.case.study_by), optional=True),
        "自查范围": text("自查范围", lambda notice: notice.case.scope, optional=True),
        "报送期限": text("报送期限", lambda notice: _day(notice.case.hand_in_by), optional=True),
        "报送方式": text("报送方式", lambda notice: notice.case.hand_in_how, optional=True),
        "期次": records(
            PERIOD,
            "结合它开展的自查",
            lambda notice: notice.periods,
        ),
        "单位名称": text("要学习自查的单位，顿号隔开；全体单位时为空", lambda notice: notice.units),
        "类似问题": text(
            "单位自查摸排的类似问题，概数照写", lambda notice: notice.case.similar, optional=True
        ),
    },
)
