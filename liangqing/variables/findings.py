"""Variables of 问题, 检查 and 反馈会: one module, for each of the three tables is read through another."""

from __future__ import annotations

from datetime import date

from liangqing.base.chinese import enumerate_words, long_date, unstopped
from liangqing.variables import closing, story
from liangqing.variables.checklist import TASK, TaskOf, day_or_text
from liangqing.variables.inspections import (
    MeetingOf,
    address,
    findings_told,
    inspected_units,
    meetings,
    tasks_inspected,
)
from liangqing.variables.owners import FindingOf, InspectionOf
from liangqing.variables.table import (
    VariableTable,
    beside_meaning,
    flag,
    number,
    record,
    records,
    text,
    texts,
)
from liangqing.variables.units import UNIT, UnitOf
from liangqing.year.state import facts
from liangqing.year.state.content_code import extended_limit
from liangqing.year.state.planned import recheck_planned
from liangqing.year.state.standing import APPLIED, OVERDUE, REFUSED, SIGNED


def span(first: date, last: date) -> str:
    """2021年3月15日至17日: what the days have in common is said once."""
    if first == last:
        return long_date(first)
    if first.year != last.year:
        return f"{long_date(first)}至{long_date(last)}"
    end = f"{last.day}日" if first.month == last.month else f"{last.month}月{last.day}日"
    return f"{long_date(first)}至{end}"


def person(name: str, post: str | None) -> str:
    """王某某（科长）."""
    return f"{name}（{post}）" if post else name


def _owner(found: FindingOf) -> str | None:
    owner = found.finding.responsibility
    return person(owner.person, owner.post) if owner else None


def _limit(found: FindingOf, *, now: bool) -> str | None:
    limit = found.finding.limit_on(found.at.day) if now else found.finding.limit
    return None if limit is None else day_or_text(limit)


def _limit_to_sign(found: FindingOf) -> str | None:
    moved = extended_limit(found.finding, found.at.year.options, found.at.day)
    return None if moved is None else day_or_text(moved)


def changes(found: FindingOf) -> list[str]:
    """What was lawfully changed by the day: extensions and changes of responsibility, in order of date."""
    told: list[tuple[date, str]] = [
        (
            extension.approved,
            f"{long_date(extension.approved)}经{extension.approver}批准，整改时限延期至{long_date(extension.limit)}（{extension.reason}）",
        )
        for extension in found.finding.extensions
    ]
    told += [
        (
            change.day,
            f"{long_date(change.day)}起责任人变更为{person(change.person, change.post)}（{change.reason}）",
        )
        for change in found.finding.changes
    ]
    return [words for day, words in sorted(told) if day <= found.at.day]


def _signature(found: FindingOf) -> str:
    state, sign = found.at.signature(found.finding)
    return f"{state}（{long_date(sign.day)}）" if sign and state in (SIGNED, REFUSED) else state


def _recheck_on(found: FindingOf) -> str | None:
    day = recheck_planned(found.at, found.finding)
    return long_date(day) if day else None


def rechecks(found: FindingOf) -> list[str]:
    """回头看 by the day, a sentence each."""
    return [
        f"{long_date(recheck.day)}回头看：{recheck.result}"
        + (f"（{unstopped(recheck.remark)}）" if recheck.remark else "")
        for recheck in found.finding.rechecks
        if recheck.day <= found.at.day
    ]


def letter_number(found: FindingOf) -> str | None:
    """文号 of the letter that the finding went out in; None where none stands on the day."""
    line = facts.letter_with(found.at, found.finding)
    return line.number if line else None


def _in_words(found: FindingOf) -> str:
    """How a finding stands, as a report tells it to those who are to put it right."""
    day = found.at.closed_on(found.finding)
    if day:
        return f"{long_date(day)}销号"
    state = found.at.state(found.finding)
    return {APPLIED: "已申请销号", OVERDUE: "超过整改时限，尚未销号"}.get(state, "正在整改")


def _task(found: FindingOf) -> TaskOf | None:
    code = found.finding.task
    return TaskOf(found.at, found.at.year.task_by_code[code]) if code else None


def _closed(found: FindingOf) -> str | None:
    day = found.at.closed_on(found.finding)
    return long_date(day) if day else None


def _serial(found: FindingOf) -> int:
    """Which of the counted findings it is, from 1; 0 of one that is not found by the day."""
    return found.at.group_of.get(found.finding.code, -1) + 1


FINDING: VariableTable[FindingOf] = VariableTable(
    "问题",
    lambda: {
        "序号": beside_meaning(number("统计中的次序：同一共性标记的几条同号", _serial)),
        "编号": text("问题编号", lambda found: found.finding.code),
        "名称": text("问题名称", lambda found: found.finding.name),
        "事实": text("问题事实", lambda found: found.finding.facts),
        "依据": text("对照的条款", lambda found: found.finding.clause, optional=True),
        "单位": record(
            UNIT, "问题所在单位", lambda found: UnitOf(found.at, found.at.year.unit(found.finding.unit))
        ),
        "检查": record(
            INSPECTION,
            "在哪次检查发现",
            lambda found: InspectionOf(found.at, found.at.year.inspection_by_code[found.finding.inspection]),
        ),
        "发现日期": text("发现日期", lambda found: long_date(found.at.found_on(found.finding))),
        "任务": record(TASK, "对应的清单任务", _task, optional=True),
        "整改类别": text("立行立改、限期整改或长期坚持", lambda found: found.finding.category, optional=True),
        "整改目标": text("整改目标", lambda found: found.finding.goal, optional=True),
        "整改要求": text("整改要求", lambda found: found.finding.demand, optional=True),
        "整改措施": texts(
            "单位自己定的措施；没有登记的取自反馈表",
            lambda found: facts.measures_told(found.at, found.finding),
        ),
        "责任部门": text(
            "责任部门",
            lambda found: found.finding.responsibility.department if found.finding.responsibility else None,
            optional=True,
        ),
        "责任领导": text(
            "责任领导",
            lambda found: found.finding.responsibility.leader if found.finding.responsibility else None,
            optional=True,
        ),
        "责任人": text("签字确认的责任人（职务）；各文书一字不差", _owner, optional=True),
        "整改时限": text(
            "签字确认的时限；各文书一字不差", lambda found: _limit(found, now=False), optional=True
        ),
        "现时限": text("经批准延期后的时限", lambda found: _limit(found, now=True), optional=True),
        "签字延期": text(
            "选项写了延期须重签、时限又延过的，要签字的现时限；其余没有", _limit_to_sign, optional=True
        ),
        "变更": texts("延期和责任变更，每条一句", changes),
        "整改情况": text("用话说的状态：哪天销号、已申请销号、超过整改时限，尚未销号、正在整改", _in_words),
        "状态": text(
            "待明确、未到期、临期、逾期、持续整改、申请销号或已销号",
            lambda found: found.at.state(found.finding),
        ),
        "回头看": texts("回头看的日期和结果，每次一句", rechecks),
        "回头看计划": text("计划哪一天回头看；没有计划、已经看过的没有", _recheck_on, optional=True),
        "逾期天数": number(
            "超过时限的天数", lambda found: found.at.days_overdue(found.finding), optional=True
        ),
        "共性": text("共性标记", lambda found: found.finding.common, optional=True),
        "涉及单位": text(
            "同一共性问题涉及的单位，顿号隔开",
            lambda found: enumerate_words(
                dict.fromkeys(found.at.year.unit(finding.unit).short_name for finding in found.counted_with)
            ),
        ),
        "文号": text("写入的整改函的文号", letter_number, optional=True),
        "销号日期": text("销号日期", _closed, optional=True),
        "双签": text("已签字（日期）、拒签（日期）、已失效或未签字", _signature),
        **closing.ROWS,
        "放行": records(story.WAIVER, "放行的门槛", lambda found: found.finding.waivers),
        "经过": records(story.STORY_EVENT, "到统计日的全部经过，按日期", story.events),
    },
)

INSPECTION: VariableTable[InspectionOf] = VariableTable(
    "检查",
    lambda: {
        "编号": text("检查编号", lambda visit: visit.inspection.code),
        "类型": text("单项体检、动态体检、集中清查、专项监督或抽查", lambda visit: visit.inspection.kind),
        "名称": text("检查名称", lambda visit: visit.inspection.name),
        "时间": text("起止日期", lambda visit: span(visit.inspection.begins, visit.inspection.last_day)),
        "已开始": flag("到统计日已经开始", lambda visit: visit.inspection.begins <= visit.at.day),
        "依据": text("检查依据", lambda visit: visit.inspection.basis, optional=True),
        "任务": records(TASK, "要查的清单任务", tasks_inspected),
        "准备材料": texts("请单位准备的材料", lambda visit: visit.inspection.to_prepare),
        "检查组": texts("检查组成员", lambda visit: visit.inspection.team),
        "方式": texts("检查方式", lambda visit: visit.inspection.methods),
        "配合单位": texts("室组地联动的配合单位", lambda visit: visit.inspection.together_with),
        "单位": records(
            UNIT, "被检查单位", lambda visit: [UnitOf(visit.at, unit) for unit in inspected_units(visit)]
        ),
        "单位数": number("被检查单位的家数", lambda visit: len(inspected_units(visit))),
        "单位名称": text(
            "被检查单位的简称，顿号隔开",
            lambda visit: enumerate_words(unit.short_name for unit in inspected_units(visit)),
        ),
        "主送": text(
            "被检查单位的全称，顿号隔开",
            lambda visit: enumerate_words(unit.name for unit in inspected_units(visit)),
        ),
        "称谓": text("函中对被检查单位的称呼；几家时是 你们", address),
        "反馈会": records(MEETING, "已经开过的反馈会", lambda visit: meetings(visit.at, visit.inspection)),
    },
)

MEETING: VariableTable[MeetingOf] = VariableTable(
    "反馈会",
    {
        "单位": record(UNIT, "向哪个单位反馈", lambda feedback: UnitOf(feedback.at, feedback.unit)),
        "日期": text("日期", lambda feedback: long_date(feedback.meeting.day)),
        "地点": text("地点", lambda feedback: feedback.meeting.where, optional=True),
        "主持人": text("主持人", lambda feedback: feedback.meeting.chair, optional=True),
        "记录人": text("记录人", lambda feedback: feedback.meeting.recorder, optional=True),
        "出席": texts("出席", lambda feedback: feedback.meeting.present),
        "列席": texts("列席", lambda feedback: feedback.meeting.sitting_in),
        "问题": records(FINDING, "反馈的问题", findings_told),
        "单位意见": text("单位意见", lambda feedback: feedback.meeting.opinion, optional=True),
    },
)
