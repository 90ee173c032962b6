"""Variables of 征求意见: who was asked, who answered, and what became of each opinion."""

from __future__ import annotations

from typing import NamedTuple

from liangqing.base.chinese import enumerate_words, long_date
from liangqing.data.model.follow_up import ADOPTED, NO_OPINION, NOT_ADOPTED, PARTLY_ADOPTED, Opinion
from liangqing.variables.duties import TaskOf, UnitOf
from liangqing.variables.table import number, record, records, table, text
from liangqing.year.state.owed import asked, silent
from liangqing.year.state.standing import Standing


class OpinionOf(NamedTuple):
    """An opinion in the year that it belongs to."""

    at: Standing
    opinion: Opinion


def _asked_by_name(at: Standing) -> str:
    """The units that were asked, where not all were."""
    consultation = at.year.checklist.consultation
    units = asked(at) if consultation is not None and consultation.units else ()
    everybody = {unit for unit in at.year.units if unit.in_force(at.day)}
    return "" if everybody <= set(units) else enumerate_words(unit.name for unit in units)


def _with_opinion(at: Standing) -> list[OpinionOf]:
    return [OpinionOf(at, each) for each in at.opinions if each.decision != NO_OPINION]


def _without_opinion(at: Standing) -> str:
    units = (at.year.unit(each.unit).short_name for each in at.opinions_decided(NO_OPINION))
    return enumerate_words(dict.fromkeys(units))


OPINION = table(
    "意见",
    {
        "编号": text("意见编号", lambda it: it.opinion.code),
        "单位": record("单位", "反馈单位", lambda it: UnitOf(it.at, it.at.year.unit(it.opinion.unit))),
        "任务": record(
            "任务",
            "针对的任务",
            lambda it: TaskOf(it.at, it.at.year.task_by_code[it.opinion.task]) if it.opinion.task else None,
            optional=True,
        ),
        "意见": text("意见内容", lambda it: it.opinion.opinion, optional=True),
        "处理": text("采纳、部分采纳或未采纳", lambda it: it.opinion.decision, optional=True),
        "理由": text("理由，没有时为空", lambda it: it.opinion.reason or ""),
        "日期": text("反馈日期，没有时为空", lambda it: long_date(it.opinion.day) if it.opinion.day else ""),
    },
)

CONSULTATION = table(
    "征求意见",
    {
        "单位数": number("征求意见的单位", lambda at: len(asked(at))),
        "单位名称": text("征求意见的单位，顿号隔开；全体单位时为空", _asked_by_name),
        "未反馈数": number("没有反馈的单位", lambda at: len(silent(at))),
        "未反馈单位": text(
            "没有反馈的单位，没有时为空", lambda at: enumerate_words(u.short_name for u in silent(at))
        ),
        "无意见单位": text("反馈无意见的单位，没有时为空", _without_opinion),
        "未处理数": number(
            "还没有处理的意见，经放行先出表时才有",
            lambda at: sum(each.opinion.decision is None for each in _with_opinion(at)),
        ),
        "意见数": number(
            "收到的意见，等于采纳、部分采纳、未采纳和未处理之和", lambda at: len(_with_opinion(at))
        ),
        "采纳数": number("采纳的意见", lambda at: len(at.opinions_decided(ADOPTED))),
        "部分采纳数": number("部分采纳的意见", lambda at: len(at.opinions_decided(PARTLY_ADOPTED))),
        "未采纳数": number("未采纳的意见", lambda at: len(at.opinions_decided(NOT_ADOPTED))),
        "明细": records("意见", "逐条意见", _with_opinion),
    },
)
