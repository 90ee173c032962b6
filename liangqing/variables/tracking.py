"""What a unit handed in and how it was judged, and what was seen of it day by day."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from liangqing.base.chinese import long_date, unstopped
from liangqing.data.model.duties import Period, Unit
from liangqing.data.model.follow_up import Observation
from liangqing.data.model.inspections import SelfCheck
from liangqing.variables.checklist import TASK, TaskOf
from liangqing.variables.table import VariableTable, number, record, text
from liangqing.year.state.standing import Standing


class HandedIn(NamedTuple):
    """A self-check of a period; None where it is owed and there is none."""

    at: Standing
    period: Period
    check: SelfCheck | None


class Observed(NamedTuple):
    """A record of dynamic supervision in its year."""

    at: Standing
    observation: Observation


def handed_in(at: Standing, unit: Unit) -> list[HandedIn]:
    """By period: every self-check of the unit by the day, and the periods that are over without any."""
    found: list[HandedIn] = []
    for period in at.year.checklist.periods:
        own = at.self_checks_of(unit, period)
        found += [HandedIn(at, period, check) for check in sorted(own, key=lambda check: check.known_since)]
        if not own and period.due < at.day and at.owes(unit, period):
            found.append(HandedIn(at, period, None))
    return found


def judgement(report: HandedIn) -> str:
    """What became of a self-check by the day: 通过, 退回补充, 尚未审核, 未报; and by which one it was superseded."""
    if report.check is None:
        return f"未报，应于{long_date(report.period.due)}前报送"
    words = "尚未审核"
    verdict = report.at.verdict(report.check)
    if verdict is not None:
        words = verdict
        if report.check.sent_back_because:
            words += f"：{unstopped(report.check.sent_back_because)}"
    replaced = report.at.superseding(report.check)
    return f"{words}；已由{replaced.code}替代" if replaced else words


def observations(at: Standing, unit: Unit) -> list[Observed]:
    """监督记录 of the unit by the day, in order of date."""
    return [Observed(at, seen) for seen in at.observations_of(unit)]


def _when(day: date | None) -> str:
    return long_date(day) if day else "—"


def _reviewed(report: HandedIn) -> date | None:
    day = report.check.reviewed if report.check else None
    return day if day is not None and day <= report.at.day else None


def _task(note: Observed) -> TaskOf | None:
    code = note.observation.task
    return TaskOf(note.at, note.at.year.task_by_code[code]) if code else None


HANDED = VariableTable[HandedIn](
    "自查记录",
    {
        "期次": text("期次", lambda report: report.period.name),
        "编号": text("自查编号；未报的为 —", lambda report: report.check.code if report.check else "—"),
        "报送日期": text(
            "没有时为 —", lambda report: _when(report.check.handed_in if report.check else None)
        ),
        "审核日期": text("没有时为 —", lambda report: _when(_reviewed(report))),
        "审核": text("通过、退回补充和理由、尚未审核、未报，以及由哪份替代", judgement),
        "自查问题数": number(
            "自查报告的问题", lambda report: len(report.check.self_found) if report.check else 0
        ),
    },
)

OBSERVATION = VariableTable[Observed](
    "监督记录",
    {
        "日期": text("日期", lambda note: long_date(note.observation.day)),
        "方式": text("方式", lambda note: note.observation.method),
        "性质": text("了解、鼓励或提醒", lambda note: note.observation.nature),
        "内容": text("内容", lambda note: note.observation.what),
        "任务": record(
            TASK,
            "与哪项任务有关",
            _task,
            optional=True,
        ),
    },
)
