"""Variables of 问题."""

from __future__ import annotations

from datetime import date

from liangqing.base.chinese import enumerate_words, long_date, unstopped
from liangqing.variables import closing
from liangqing.variables.duties import TaskOf, UnitOf, day_or_text
from liangqing.variables.owners import FindingOf, InspectionOf
from liangqing.variables.table import number, record, table, text, texts
from liangqing.year.state import facts
from liangqing.year.state.standing import REFUSED, SIGNED


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


def _owner(it: FindingOf) -> str | None:
    owner = it.finding.responsibility
    return person(owner.person, owner.post) if owner else None


def _limit(it: FindingOf, *, now: bool) -> str | None:
    limit = it.finding.limit_on(it.at.day) if now else it.finding.limit
    return None if limit is None else day_or_text(limit)


def _changes(it: FindingOf) -> list[str]:
    """What was lawfully changed by the day: extensions and changes of responsibility, in order of date."""
    told: list[tuple[date, str]] = [
        (
            each.approved,
            f"{long_date(each.approved)}经{each.approver}批准，整改时限延期至{long_date(each.limit)}（{each.reason}）",
        )
        for each in it.finding.extensions
    ]
    told += [
        (each.day, f"{long_date(each.day)}起责任人变更为{person(each.person, each.post)}（{each.reason}）")
        for each in it.finding.changes
    ]
    return [words for day, words in sorted(told) if day <= it.at.day]


def _signature(it: FindingOf) -> str:
    state, sign = it.at.signature(it.finding)
    return f"{state}（{long_date(sign.day)}）" if sign and state in (SIGNED, REFUSED) else state


def _letter_number(it: FindingOf) -> str | None:
    line = facts.letter_with(it.at, it.finding)
    return line.number if line else None


def _task(it: FindingOf) -> TaskOf | None:
    code = it.finding.task
    return TaskOf(it.at, it.at.year.task_by_code[code]) if code else None


def _closed(it: FindingOf) -> str | None:
    day = it.at.closed_on(it.finding)
    return long_date(day) if day else None


def _serial(it: FindingOf) -> int:
    return it.at.group_of.get(it.finding.code, -1) + 1


FINDING = table(
    "问题",
    {
        "序号": number("统计中的次序：同一共性标记的几条同号", _serial),
        "编号": text("问题编号", lambda it: it.finding.code),
        "名称": text("问题名称", lambda it: it.finding.name),
        "事实": text("问题事实", lambda it: it.finding.facts),
        "依据": text("对照的条款", lambda it: it.finding.clause, optional=True),
        "单位": record("单位", "问题所在单位", lambda it: UnitOf(it.at, it.at.year.unit(it.finding.unit))),
        "检查": record(
            "检查",
            "在哪次检查发现",
            lambda it: InspectionOf(it.at, it.at.year.inspection_by_code[it.finding.inspection]),
        ),
        "发现日期": text("发现日期", lambda it: long_date(it.at.found_on(it.finding))),
        "任务": record("任务", "对应的清单任务", _task, optional=True),
        "整改类别": text("立行立改、限期整改或长期坚持", lambda it: it.finding.category, optional=True),
        "整改目标": text("整改目标", lambda it: it.finding.goal, optional=True),
        "整改要求": text("整改要求", lambda it: it.finding.demand, optional=True),
        "整改措施": texts("单位自己定的措施", lambda it: it.finding.measures),
        "责任部门": text(
            "责任部门",
            lambda it: it.finding.responsibility.department if it.finding.responsibility else None,
            optional=True,
        ),
        "责任领导": text(
            "责任领导",
            lambda it: it.finding.responsibility.leader if it.finding.responsibility else None,
            optional=True,
        ),
        "责任人": text("签字确认的责任人（职务）；各文书一字不差", _owner, optional=True),
        "整改时限": text("签字确认的时限；各文书一字不差", lambda it: _limit(it, now=False), optional=True),
        "现时限": text("经批准延期后的时限", lambda it: _limit(it, now=True), optional=True),
        "变更": texts("延期和责任变更，每条一句", _changes),
        "状态": text(
            "待明确、未到期、临期、逾期、持续整改、申请销号或已销号", lambda it: it.at.state(it.finding)
        ),
        "回头看": texts(
            "回头看的日期和结果，每次一句",
            lambda it: [
                f"{long_date(each.day)}回头看：{each.result}"
                + (f"（{unstopped(each.remark)}）" if each.remark else "")
                for each in it.finding.rechecks
                if each.day <= it.at.day
            ],
        ),
        "逾期天数": number("超过时限的天数", lambda it: it.at.days_overdue(it.finding), optional=True),
        "共性": text("共性标记", lambda it: it.finding.common, optional=True),
        "涉及单位": text(
            "同一共性问题涉及的单位，顿号隔开",
            lambda it: enumerate_words(
                dict.fromkeys(it.at.year.unit(each.unit).short_name for each in it.counted_with)
            ),
        ),
        "文号": text("写入的整改函的文号", _letter_number, optional=True),
        "销号日期": text("销号日期", _closed, optional=True),
        "双签": text("已签字（日期）、拒签（日期）、已失效或未签字", _signature),
        **closing.ROWS,
    },
)
