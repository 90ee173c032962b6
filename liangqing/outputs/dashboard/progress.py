"""办理进度: how far the year is from task to close-out, and each finding from its discovery to its close-out."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from liangqing.data.model.findings import Finding
from liangqing.year.state import facts
from liangqing.year.state.standing import APPLIED, CLOSED, LAPSED, SIGNED, Standing


class StageLink(NamedTuple):
    """A link of the chain: what it is, how much of it there is, and a remark."""

    name: str
    number: str
    remark: str


class Step(NamedTuple):
    """A step of a finding: whether it is done, and in words when or why not."""

    name: str
    done: bool
    words: str


class Going(NamedTuple):
    """A finding on its way."""

    code: str
    name: str
    unit: str
    state: str
    limit: str
    late: str
    steps: tuple[Step, ...]


def chain(at: Standing) -> list[StageLink]:
    """From task to close-out; records of findings are counted one by one, as they go their way one by one."""
    tasks = sum(task.in_force(at.day) for task in at.year.checklist.tasks)
    periods = len(at.year.checklist.periods)
    records = len(at.found)
    signed = sum(at.signature(finding)[0] == SIGNED for finding in at.found)
    sent = sum(facts.letter_with(at, finding) is not None for finding in at.found)
    applied = sum(at.state(finding) in (APPLIED, CLOSED) for finding in at.found)
    closed = sum(at.state(finding) == CLOSED for finding in at.found)
    return [
        StageLink("清单任务", f"{tasks} 项", at.stage),
        StageLink("自查", f"{len(at.accepted)} 份", f"{periods} 期"),
        StageLink("检查", f"{len(at.begun)} 次", f"其中集中 {len(at.concentrated)} 次"),
        StageLink("问题记录", f"{records} 条", f"合 {len(at.counted)} 个问题"),
        StageLink("双签字", f"{signed} 条", f"共 {records} 条"),
        StageLink("发整改函", f"{sent} 条", f"{len(at.letters_sent)} 份函"),
        StageLink("申请销号", f"{applied} 条", "含已销号"),
        StageLink("销号", f"{closed} 条", f"共 {records} 条"),
    ]


def findings(at: Standing) -> list[Going]:
    """Every record found by the day, in the order in which they are counted."""
    return [_going(at, finding) for group in at.counted for finding in group]


def _going(at: Standing, finding: Finding) -> Going:
    limit, days = finding.limit_on(at.day), at.days_overdue(finding)
    late = f"已超 {days} 天" if days is not None else ""
    steps = tuple(_steps(at, finding))
    state = at.state(finding)
    return Going(
        code=finding.code,
        name=finding.name + facts.formerly(at, finding),
        unit=facts.under(at, finding),
        state=state,
        limit=str(limit or "待明确"),
        late=late,
        steps=steps,
    )


def _steps(at: Standing, finding: Finding) -> list[Step]:
    signature, sign = at.signature(finding)
    letter, closing = facts.letter_with(at, finding), facts.last_round(at, finding)
    told = facts.progress_told(at, finding)
    closed = at.closed_on(finding)
    signed = sign.day if sign is not None and signature == SIGNED else None
    return [
        _step("发现", at.found_on(finding)),
        _step("反馈", _feedback(at, finding)),
        _step("双签", signed, "已失效" if signature == LAPSED else signature),
        _step("发函", letter.issued if letter else None, "未列入"),
        _step("整改", told[-1].day if told else None, "无进展"),
        _step("申请", closing.begun if closing and at.state(finding) in (APPLIED, CLOSED) else None),
        _step("销号", closed),
    ]


def _step(name: str, day: date | None, otherwise: str = "未到") -> Step:
    return Step(name, day is not None, f"{day.month}月{day.day}日" if day else otherwise)


def _feedback(at: Standing, finding: Finding) -> date | None:
    """The meeting at which the finding was told to its unit."""
    inspection = at.year.inspection_by_code[finding.inspection]
    held = at.meetings_in(inspection, at.year.unit(finding.unit))
    return max((meeting.day for meeting in held), default=None)
