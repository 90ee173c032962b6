"""Variables of 征求意见: who was asked, who answered, and what became of each opinion."""

from __future__ import annotations

from typing import NamedTuple

from liangqing.base.chinese import enumerate_words, long_date
from liangqing.data.model.follow_up import ADOPTED, NO_OPINION, NOT_ADOPTED, PARTLY_ADOPTED, Opinion
from liangqing.variables.checklist import TASK, TaskOf
from liangqing.variables.table import VariableTable, number, record, records, text
from liangqing.variables.units import UNIT, UnitOf
from liangqing.year.state.standing import Standing


class OpinionOf(NamedTuple):
    """An opinion in the year that it belongs to."""

    at: Standing
    opinion: Opinion


def _asked_by_name(at: Standing) -> str:
    """The units that were asked, where not all were."""
    consultation = at.year.checklist.consultation
    units = at.asked if consultation is not None and consultation.units else {}
    everybody = {unit.code for unit in at.year.units if unit.in_force(at.day)}
    return "" if everybody <= units.keys() else enumerate_words(unit.name for unit in units.values())


def _with_opinion(at: Standing) -> list[OpinionOf]:
    return [OpinionOf(at, opinion) for opinion in at.opinions if opinion.decision != NO_OPINION]


def _without_opinion(at: Standing) -> str:
    units = (at.year.unit(opinion.unit).short_name for opinion in at.opinions_decided(NO_OPINION))
    return enumerate_words(dict.fromkeys(units))


def _decided(at: Standing) -> str:
    """采纳3条、未采纳2条: how many of each; what there is none of is left out."""
    waiting = sum(answer.opinion.decision is None for answer in _with_opinion(at))
    counts = {word: len(at.opinions_decided(word)) for word in (ADOPTED, PARTLY_ADOPTED, NOT_ADOPTED)}
    counts["尚未处理"] = waiting
    return enumerate_words(f"{word}{count}条" for word, count in counts.items() if count)


def _task(answer: OpinionOf) -> TaskOf | None:
    code = answer.opinion.task
    return TaskOf(answer.at, answer.at.year.task_by_code[code]) if code else None


OPINION = VariableTable[OpinionOf](
    "意见",
    {
        "编号": text("意见编号", lambda answer: answer.opinion.code),
        "单位": record(
            UNIT, "反馈单位", lambda answer: UnitOf(answer.at, answer.at.year.unit(answer.opinion.unit))
        ),
        "任务": record(
            TASK,
            "针对的任务",
            _task,
            optional=True,
        ),
        "意见": text("意见内容", lambda answer: answer.opinion.opinion, optional=True),
        "处理": text("采纳、部分采纳或未采纳", lambda answer: answer.opinion.decision, optional=True),
        "理由": text("理由，没有时为空", lambda answer: answer.opinion.reason or ""),
        "日期": text(
            "反馈日期，没有时为空", lambda answer: long_date(answer.opinion.day) if answer.opinion.day else ""
        ),
    },
)

CONSULTATION = VariableTable[Standing](
    "征求意见",
    {
        "单位数": number("征求意见的单位", lambda at: len(at.asked)),
        "单位名称": text("征求意见的单位，顿号隔开；全体单位时为空", _asked_by_name),
        "未反馈数": number("没有反馈的单位", lambda at: len(at.silent)),
        "未反馈单位": text(
            "没有反馈的单位，没有时为空",
            lambda at: enumerate_words(unit.short_name for unit in at.silent.values()),
        ),
        "无意见单位": text("反馈无意见的单位，没有时为空", _without_opinion),
        "未处理数": number(
            "还没有处理的意见，经放行先出表时才有",
            lambda at: sum(answer.opinion.decision is None for answer in _with_opinion(at)),
        ),
        "意见数": number(
            "收到的意见，等于采纳、部分采纳、未采纳和未处理之和", lambda at: len(_with_opinion(at))
        ),
        "采纳数": number("采纳的意见", lambda at: len(at.opinions_decided(ADOPTED))),
        "部分采纳数": number("部分采纳的意见", lambda at: len(at.opinions_decided(PARTLY_ADOPTED))),
        "未采纳数": number("未采纳的意见", lambda at: len(at.opinions_decided(NOT_ADOPTED))),
        "处理概况": text("采纳几条、部分采纳几条等，没有的不写", _decided),
        "明细": records(OPINION, "逐条意见", _with_opinion),
    },
)
