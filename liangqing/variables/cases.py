"""Variables of 典型案例: what a notice asks the units to learn from."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from liangqing.base.chinese import enumerate_words, long_date
from liangqing.data.model.follow_up import Case
from liangqing.variables.table import number, records, table, text, texts
from liangqing.year.state.standing import Standing


class CaseOf(NamedTuple):
    """A notice of cases in the year that it belongs to."""

    at: Standing
    case: Case

    @property
    def units(self) -> str:
        """简称 of the units that hand in the self-check of its period; "" where that is all of them."""
        year = self.at.year
        periods = [each for each in year.checklist.periods if each.case == self.case.code]
        if not periods or any(each.units is None for each in periods):
            return ""
        meant = year.units_of([ref for each in periods for ref in each.units or ()])
        return enumerate_words(each.short_name for each in meant if each.in_force(self.at.day))


def _day(day: date | None) -> str | None:
    return long_date(day) if day else None


CASE = table(
    "典型案例",
    {
        "编号": text("编号", lambda it: it.case.code),
        "来源": text("来源", lambda it: it.case.source),
        "名称": text("通报的题目", lambda it: it.case.name),
        "案例": texts("逐起案例", lambda it: it.case.cases),
        "案例数": number("案例的起数", lambda it: len(it.case.cases)),
        "通报日期": text("通报日期", lambda it: _day(it.case.published), optional=True),
        "学习期限": text("学习期限", lambda it: _day(it.case.study_by), optional=True),
        "自查范围": text("自查范围", lambda it: it.case.scope, optional=True),
        "报送期限": text("报送期限", lambda it: _day(it.case.hand_in_by), optional=True),
        "报送方式": text("报送方式", lambda it: it.case.hand_in_how, optional=True),
        "期次": records(
            "自查期次",
            "结合它开展的自查",
            lambda it: [each for each in it.at.year.checklist.periods if each.case == it.case.code],
        ),
        "单位名称": text("要学习自查的单位，顿号隔开；全体单位时为空", lambda it: it.units),
        "类似问题": text("单位自查摸排的类似问题，概数照写", lambda it: it.case.similar, optional=True),
    },
)
