"""The other sheets of the ledger: 检查, 自查, 发文, 项目 and 征求意见."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from liangqing.base.chinese import enumerate_words
from liangqing.data.model.follow_up import ADOPTED, NO_OPINION, NOT_ADOPTED, PARTLY_ADOPTED
from liangqing.data.model.inspections import CONCENTRATED, SelfCheck
from liangqing.outputs.ledger.columns import DAY, NUMBER, Column, LedgerRow, Sheet, Value, lines
from liangqing.outputs.ledger.entered import entered
from liangqing.outputs.ledger.findings import FINDINGS
from liangqing.register import Line
from liangqing.year.state import facts
from liangqing.year.state.records import LETTER
from liangqing.year.state.standing import OVERDUE, SENT_BACK, Standing


def _units(row: LedgerRow) -> str:
    words = row.record.units if hasattr(row.record, "units") else row.record.responsible
    known = row.at.year.unit_by_ref
    return enumerate_words(known[word].short_name if word in known else word for word in words)


def _unit(row: LedgerRow) -> str:
    return str(row.at.year.unit(row.record.unit).short_name)


INSPECTIONS = entered(
    Sheet(
        "检查",
        lambda at: at.begun,
        (
            Column("编号", 11, lambda row: row.record.code, path=("编号",)),
            Column("类型", 11, lambda row: row.record.kind, path=("类型",)),
            Column("名称", 30, lambda row: row.record.name, path=("名称",)),
            Column("开始日期", 11, lambda row: row.record.begins, DAY, path=("开始日期",)),
            Column("结束日期", 11, lambda row: row.record.ends, DAY, path=("结束日期",)),
            Column("单位", 37, _units, path=("单位",)),
            Column("检查组", 23, lambda row: enumerate_words(row.record.team), path=("检查组",)),
            Column("方式", 22, lambda row: enumerate_words(row.record.methods), path=("方式",)),
            Column("配合单位", 27, lambda row: enumerate_words(row.record.together_with), path=("配合单位",)),
            Column("依据", 34, lambda row: row.record.basis, path=("依据",)),
            Column(
                "反馈会",
                23,
                lambda row: lines(
                    f"{meeting.day}：{row.at.year.unit(meeting.unit).short_name}"
                    for meeting in row.record.meetings
                    if meeting.day <= row.at.day
                ),
            ),
            Column("问题数", 9, lambda row: len(row.at.found_in(inspection=row.record.code)), NUMBER),
            Column("计入集中", 9, lambda row: "是" if row.record.kind == CONCENTRATED else "否"),
        ),
        code="编号",
    )
)


def _reviewed(value: Callable[[SelfCheck], Value]) -> Callable[[LedgerRow], Value]:
    """What is told of the review of a self-check, once it has been reviewed."""
    return lambda row: value(row.record) if (row.record.reviewed or date.min) <= row.at.day else None


def _superseded(row: LedgerRow) -> str | None:
    earlier = row.at.year.self_check_by_code.get(row.record.supersedes or "")
    return earlier.code if earlier is not None and row.at.is_in(earlier) else None


def _counts(row: LedgerRow) -> str:
    return "是" if row.at.is_accepted(row.record) else "否"


SELF_CHECKS = entered(
    Sheet(
        "自查",
        lambda at: at.checks_in,
        (
            Column("编号", 12, lambda row: row.record.code, path=("编号",)),
            Column("单位", 23, _unit, path=("单位",)),
            Column("期次", 12, lambda row: row.record.period, path=("期次",)),
            Column("报送日期", 11, lambda row: row.record.handed_in, DAY, path=("报送日期",)),
            Column("签字人", 11, lambda row: row.record.signer, path=("签字人",)),
            Column("审核日期", 11, _reviewed(lambda check: check.reviewed), DAY, path=("审核日期",)),
            Column("审核人", 11, _reviewed(lambda check: check.reviewer), path=("审核人",)),
            Column(
                "审核结果",
                11,
                lambda row: row.at.verdict(row.record),
                path=("审核结果",),
                choices=("通过", "退回补充"),
            ),
            Column("退回理由", 37, _reviewed(lambda check: check.sent_back_because), path=("退回理由",)),
            Column("任务数", 9, lambda row: len(row.record.tasks), NUMBER),
            Column(
                "自查问题", 40, lambda row: lines(self_found.what for self_found in row.record.self_found)
            ),
            Column("替代", 12, _superseded, path=("替代",)),
            Column("计入份数", 9, _counts),
        ),
        code="编号",
        colours="审核结果",
    )
)


def _sent(at: Standing) -> list[Line]:
    return [line for line in at.register.issued if line.year == at.year.year and line.issued <= at.day]


def _replied(row: LedgerRow) -> date | None:
    reply = facts.reply_to(row.at, row.record) if row.record.kind == LETTER else None
    return reply.day if reply else None


def _handed_over(name: str) -> Column:
    def value(row: LedgerRow) -> Value:
        found = row.at.delivered(row.record)
        return getattr(found, name) if found else None

    return Column(
        {"day": "送达日期", "receiver": "签收人"}[name], 11, value, DAY if name == "day" else "文字"
    )


LETTERS = Sheet(
    "发文",
    _sent,
    (
        Column("序号", 8, lambda row: row.record.serial, NUMBER),
        Column("文号", 24, lambda row: row.record.number or "（不编号）"),
        Column("文种", 18, lambda row: row.record.kind),
        Column("对象", 11, lambda row: row.record.subject),
        Column("标题", 48, lambda row: row.record.title),
        Column("主送", 37, lambda row: row.record.addressee),
        Column("成文日期", 11, lambda row: row.record.issued, DAY),
        Column("签发人", 11, lambda row: row.record.signer),
        Column("份数", 8, lambda row: row.record.copies, NUMBER),
        _handed_over("day"),
        _handed_over("receiver"),
        Column("回复日期", 11, _replied, DAY),
        Column("效力", 9, lambda row: "作废" if row.at.register.voided(row.record, row.at.day) else "有效"),
    ),
    code="序号",
    colours="效力",
)


def _days_late(row: LedgerRow) -> int | None:
    late = facts.project_is_overdue(row.at, row.record)
    return facts.project_days_over(row.at, row.record) if late else None


PROJECTS = entered(
    Sheet(
        "项目",
        lambda at: at.year.projects,
        (
            Column("编号", 10, lambda row: row.record.code, path=("编号",)),
            Column("项目", 37, lambda row: row.record.name, path=("项目",)),
            Column("来源", 27, lambda row: row.record.source, path=("来源",)),
            Column("目标", 37, lambda row: row.record.goal, path=("目标",)),
            Column("责任单位", 27, _units, path=("责任单位",)),
            Column("配合单位", 27, lambda row: enumerate_words(row.record.together_with), path=("配合单位",)),
            Column("责任人", 11, lambda row: row.record.owner, path=("责任人",)),
            Column("开始日期", 11, lambda row: row.record.begins, DAY, path=("开始日期",)),
            Column("完成时限", 11, lambda row: row.record.due, DAY, path=("完成时限",)),
            Column(
                "里程碑",
                40,
                lambda row: lines(
                    f"{milestone.day} {milestone.name}（{'已完成' if milestone.done else '未完成'}）"
                    for milestone in row.record.milestones
                ),
            ),
            Column("进展", 40, lambda row: row.record.progress, path=("进展",)),
            Column(
                "填报状态",
                11,
                lambda row: facts.state_written(row.at, row.record),
                path=("状态",),
                choices=(facts.NOT_BEGUN, facts.UNDER_WAY, facts.DONE),
            ),
            Column(
                "完成日期", 11, lambda row: facts.completed_on(row.at, row.record), DAY, path=("完成日期",)
            ),
            Column("状态", 10, lambda row: facts.project_in_a_word(row.at, row.record)),
            Column("逾期天数", 9, _days_late, NUMBER),
        ),
        code="编号",
        colours="状态",
    )
)


def _task(row: LedgerRow) -> str | None:
    return str(row.at.year.task_by_code[row.record.task].task) if row.record.task else None


OPINIONS = entered(
    Sheet(
        "征求意见",
        lambda at: at.opinions,
        (
            Column("编号", 11, lambda row: row.record.code, path=("编号",)),
            Column("单位", 23, _unit, path=("单位",)),
            Column("任务", 10, lambda row: row.record.task, path=("任务",)),
            Column("具体任务", 51, _task),
            Column("意见", 57, lambda row: row.record.opinion, path=("意见",)),
            Column(
                "处理",
                12,
                lambda row: row.record.decision,
                path=("处理",),
                choices=(ADOPTED, PARTLY_ADOPTED, NOT_ADOPTED, NO_OPINION),
            ),
            Column("理由", 57, lambda row: row.record.reason, path=("理由",)),
            Column("日期", 11, lambda row: row.record.day, DAY, path=("日期",)),
        ),
        code="编号",
    )
)

SHEETS = (FINDINGS, INSPECTIONS, SELF_CHECKS, LETTERS, PROJECTS, OPINIONS)
BAD, WATCH, GOOD = "红", "黄", "绿"
# How the words of a state are coloured; the word itself always stands there.
COLOURS = {
    OVERDUE: BAD,
    SENT_BACK: BAD,
    "退回补充": BAD,
    "作废": BAD,
    "临期": WATCH,
    "待明确": WATCH,
    "申请销号": WATCH,
    facts.UNDER_WAY: WATCH,
    facts.NOT_TOLD: WATCH,
    "已销号": GOOD,
    facts.DONE: GOOD,
    "通过": GOOD,
}
