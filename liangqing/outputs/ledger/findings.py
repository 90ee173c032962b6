"""The sheet 问题: one row for each record of a finding found by the day."""

from __future__ import annotations

from datetime import date

from liangqing.base.chinese import enumerate_words
from liangqing.data.model.findings import IMMEDIATE, ONGOING, WITHIN_LIMIT, Responsibility
from liangqing.outputs.ledger.columns import DAY, NUMBER, Column, LedgerRow, Sheet, Value, lines
from liangqing.outputs.ledger.entered import entered
from liangqing.variables.findings import changes, letter_number, rechecks
from liangqing.variables.owners import FindingOf
from liangqing.year.state import facts
from liangqing.year.state.planned import recheck_planned
from liangqing.year.state.records import LETTER
from liangqing.year.state.standing import LAPSED, UNSIGNED

SIGNED = "作废原表、重新签字"  # what has to be done before it changes

# 来源, as a ledger of findings calls the kind of the inspection.
SOURCES = {"集中清查": "集中体检"}


def _owner(name: str) -> Column:
    def value(row: LedgerRow) -> Value:
        owner: Responsibility | None = row.record.responsibility
        return getattr(owner, name) if owner else None

    alias = str(Responsibility.model_fields[name].alias)
    head = {"部门": "责任部门"}.get(alias, alias)
    return Column(head, 10, value, path=("责任", alias), frozen="责任变更")


def _limit_now(row: LedgerRow) -> Value:
    limit = row.record.limit_on(row.at.day)
    return limit if limit != row.record.limit else None


def _progress(row: LedgerRow) -> str:
    told = facts.progress_told(row.at, row.record)
    return lines(f"{progress.day}：{progress.what}" for progress in told)


def _evidence(row: LedgerRow) -> str:
    return enumerate_words(evidence.name for evidence in facts.evidence_told(row.at, row.record))


def _last_round(name: str) -> Column:
    def value(row: LedgerRow) -> Value:
        closing = facts.last_round(row.at, row.record)
        if closing is None or (name == "verifier" and not facts.verified(row.at, closing)):
            return None
        day_or_name: Value = getattr(closing, name)
        return None if isinstance(day_or_name, date) and day_or_name > row.at.day else day_or_name

    head = {"applied": "销号申请日", "verifier": "验收人"}[name]
    return Column(head, 11, value, DAY if name == "applied" else "文字")


def _verdicts(row: LedgerRow) -> str:
    """What each round came to, in a line of its own."""
    rounds = facts.rounds_begun(row.at, row.record)
    verdicts = (
        (facts.conclusion(row.at, closing), closing.seen if facts.verified(row.at, closing) else None)
        for closing in rounds
    )
    return lines("：".join(filter(None, verdict)) for verdict in verdicts if any(verdict))


def _day_closed(row: LedgerRow) -> date | None:
    day: date | None = row.at.closed_on(row.record)
    return day


def _remarks(row: LedgerRow) -> str:
    """What has no column: what was changed or waived, and measures that only a 反馈表 tells (整改措施 is filled in)."""
    measures = () if row.record.measures else facts.measures_told(row.at, row.record)
    told = [f"整改措施：{words}" for words in measures]
    waived = [f"放行「{waiver.gate}」：{waiver.reason}（{waiver.approver}）" for waiver in row.record.waivers]
    return lines([*changes(FindingOf(row.at, row.record)), *waived, *told])


def is_settled(row: LedgerRow) -> bool:
    """Whether 责任 and 整改时限 are signed or went out in a letter, so that only 责任变更 and 延期 move them."""
    state, _ = row.at.signature(row.record)
    return state not in (UNSIGNED, LAPSED) or facts.letter_with(row.at, row.record) is not None


FINDINGS = entered(
    Sheet(
        "问题",
        lambda at: at.found,
        (
            Column("序号", 5, lambda row: row.at.group_of[row.record.code] + 1, NUMBER),
            Column("编号", 10, lambda row: row.record.code, path=("编号",)),
            Column("单位", 14, lambda row: facts.own_unit(row.at, row.record), path=("单位",), frozen=SIGNED),
            Column(
                "来源",
                9,
                lambda row: SOURCES.get(
                    kind := row.at.year.inspection_by_code[row.record.inspection].kind, kind
                ),
            ),
            Column("发现日期", 11, lambda row: row.at.found_on(row.record), DAY, path=("发现日期",)),
            Column("问题名称", 20, lambda row: row.record.name, path=("名称",)),
            Column("问题描述", 44, lambda row: row.record.facts, path=("事实",)),
            Column("依据", 24, lambda row: row.record.clause, path=("依据",)),
            Column("问题类型", 7, lambda row: "共性" if row.record.common else "个性"),
            Column(
                "整改类别",
                9,
                lambda row: row.record.category,
                path=("整改类别",),
                choices=(IMMEDIATE, WITHIN_LIMIT, ONGOING),
                frozen=SIGNED,
            ),
            Column("整改要求", 26, lambda row: row.record.demand, path=("整改要求",)),
            Column("整改目标", 20, lambda row: row.record.goal, path=("整改目标",)),
            Column("整改措施", 30, lambda row: lines(row.record.measures), path=("整改措施",)),
            _owner("leader"),
            _owner("department"),
            _owner("person"),
            _owner("post"),
            Column("完成时限", 11, lambda row: row.record.limit, DAY, path=("整改时限",), frozen="延期"),
            Column("延期后时限", 11, _limit_now, DAY),
            Column("双签", 8, lambda row: row.at.signature(row.record)[0]),
            Column(f"{LETTER}号", 16, lambda row: letter_number(FindingOf(row.at, row.record))),
            Column("进展", 40, _progress),
            Column("证据材料", 20, _evidence),
            Column("状态", 9, lambda row: row.at.state(row.record)),
            Column("逾期天数", 6, lambda row: row.at.days_overdue(row.record), NUMBER),
            _last_round("applied"),
            _last_round("verifier"),
            Column("验收意见", 26, _verdicts),
            Column("销号日期", 11, _day_closed, DAY),
            Column("回头看", 20, lambda row: lines(rechecks(FindingOf(row.at, row.record)))),
            Column("计划回头看", 11, lambda row: recheck_planned(row.at, row.record), DAY),
            Column("备注", 22, _remarks),
            Column("本次进展日期", 11, lambda row: None, DAY, path=("进展", 0, "日期")),
            Column("本次进展", 26, lambda row: None, path=("进展", 0, "内容")),
        ),
        code="编号",
        colours="状态",
    )
)
