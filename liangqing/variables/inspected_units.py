"""Variables of an inspection in one unit: what 检查底稿, 体检报告 and 双签字确认表 are about."""

from __future__ import annotations

from collections.abc import Callable

from liangqing.data.model.inspections import CONCENTRATED, Inspection, Portrait
from liangqing.data.model.types import head_on
from liangqing.variables.duties import UnitOf
from liangqing.variables.inspections import MeetingOf, meetings
from liangqing.variables.owners import FindingOf, InspectionOf
from liangqing.variables.papers import Subject
from liangqing.variables.portrait import Compared, compared
from liangqing.variables.table import number, record, records, table, text, texts
from liangqing.variables.tracking import handed_in, observations
from liangqing.year.state.standing import CLOSED


def _to_check(it: Subject) -> list[Compared]:
    return [each for each in compared(it) if each.wanted or each.seen is not None]


def _inspections(it: Subject) -> list[Inspection]:
    """Of every kind, begun by the day, in order of date."""
    assert it.unit is not None
    return sorted(it.at.inspections_of.get(it.unit.code, ()), key=lambda each: each.begins)


def _kinds(kind: str) -> Callable[[Subject], int]:
    return lambda it: sum(each.kind == kind for each in _inspections(it))


def _portrait(it: Subject) -> Portrait | None:
    return next(
        (
            each
            for each in it.at.year.portraits
            if each.inspection == it.code.split("/")[0] and it.at.year.unit(each.unit) == it.unit
        ),
        None,
    )


def _meeting(it: Subject) -> MeetingOf | None:
    assert it.inspection is not None
    return next((each for each in meetings(it.at, it.inspection) if each.unit == it.unit), None)


def _earlier(it: Subject) -> list[FindingOf]:
    assert it.inspection is not None and it.unit is not None
    return [FindingOf(at, finding) for at, finding in it.at.earlier_findings(it.unit, it.inspection)]


def _earlier_words(it: Subject) -> str:
    earlier = _earlier(it)
    if not earlier:
        return "此前没有向该单位反馈过问题"
    closed = sum(each.at.state(each.finding) == CLOSED for each in earlier)
    return f"此前反馈的问题{len(earlier)}个，已销号{closed}个"


def _gaps(start: str) -> Callable[[Subject], int]:
    return lambda it: sum(each.gap.startswith(start) for each in compared(it))


def _moves(start: str) -> Callable[[Subject], int]:
    return lambda it: sum(each.movement.startswith(start) for each in compared(it))


PORTRAIT = table(
    "画像",
    {
        "总体评价": text("总体评价", lambda it: it.summary),
        "优点": texts("优点", lambda it: it.strengths),
        "短板": texts("短板", lambda it: it.weaknesses),
        "风险": texts("风险", lambda it: it.risks),
        "建议": texts("建议", lambda it: it.advice),
    },
)

INSPECTED = table(
    "检查单位",
    {
        "问题": records(
            "问题", "这次检查在这个单位发现的问题", lambda it: [FindingOf(it.at, f) for f in it.findings]
        ),
        "任务落实": records("任务落实", "单位承担的、报过的和查过的任务，自查与检查并列", compared),
        "应查任务": records("任务落实", "这次检查要查和查了的任务", _to_check),
        "自查记录": records("自查记录", "各期自查和审核情况", lambda it: handed_in(it.at, it.unit)),
        "监督记录": records("监督记录", "平时动态监督的记录", lambda it: observations(it.at, it.unit)),
        "检查记录": records(
            "检查",
            "涉及该单位的各类检查",
            lambda it: [InspectionOf(it.at, each) for each in _inspections(it)],
        ),
        "画像": record("画像", "画像", _portrait, optional=True),
        "反馈会": record("反馈会", "反馈会", _meeting, optional=True),
        "往期问题": records("问题", "这次检查以前的问题", _earlier),
        "往期说明": text("往期问题的一句话", _earlier_words),
        "内容码": text("双签字确认表上印的内容码", lambda it: it.at.content_code(it.findings)),
        "签字单位": text("签字的党组织", lambda it: UnitOf(it.at, it.unit).party.name),
        "签字职务": text(
            "签字人的职务", lambda it: head_on(UnitOf(it.at, it.unit).party.heads, it.at.day).post
        ),
        "自查份数": number("通过的自查", lambda it: len(it.at.accepted_of.get(it.unit.code, ()))),
        "单项体检次数": number("涉及该单位的单项体检", _kinds("单项体检")),
        "动态体检次数": number("涉及该单位的动态体检", _kinds("动态体检")),
        "集中清查次数": number("涉及该单位的集中清查", _kinds(CONCENTRATED)),
        "专项监督次数": number("涉及该单位的专项监督", _kinds("专项监督")),
        "抽查次数": number("涉及该单位的抽查", _kinds("抽查")),
        "监督记录数": number("平时动态监督的记录", lambda it: len(observations(it.at, it.unit))),
        "问题数": number("这次检查发现的问题", lambda it: len(it.findings)),
        "已查任务数": number(
            "这次检查查了的任务", lambda it: sum(each.seen is not None for each in compared(it))
        ),
        "有数据任务数": number(
            "自查或检查有状态的任务", lambda it: sum(each.has_data for each in compared(it))
        ),
        "有上年数据任务数": number(
            "上年检查有状态的任务",
            lambda it: sum(each.height(each.before) is not None for each in compared(it)),
        ),
        "一致数": number("自查与检查一致的任务", _gaps("一致")),
        "高报数": number("自查高于检查的任务", _gaps("自查高")),
        "低报数": number("自查低于检查的任务", _gaps("自查低")),
        "上升数": number("检查看到的比上年高的任务", _moves("上升")),
        "持平数": number("检查看到的与上年一样的任务", _moves("持平")),
        "下降数": number("检查看到的比上年低的任务", _moves("下降")),
    },
)
