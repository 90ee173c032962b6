"""Variables of 任务落实: a task in one unit as the unit said, as the group saw, and by which records."""

from __future__ import annotations

from liangqing.base.chinese import enumerate_words, long_date
from liangqing.variables.checklist import TASK, TaskOf
from liangqing.variables.portrait import NONE, NOT_SEEN, NOT_TOLD, Compared, Seen
from liangqing.variables.table import VariableTable, flag, number, record, text


def _said_where(comparison: Compared) -> str:
    if comparison.said is None:
        return NOT_TOLD
    check = comparison.said.check
    handed_in = f"，{long_date(check.handed_in)}报送" if check.handed_in else ""
    return f"{comparison.said.stated.state}：{check.code}（{check.period}{handed_in}）"


def _seen_where(told: Seen | None, otherwise: str) -> str:
    if told is None:
        return otherwise
    day = long_date(told.stated.day or told.inspection.begins)
    who = f"，{told.stated.inspector}" if told.stated.inspector else ""
    evidence = enumerate_words(told.stated.evidence)
    shown = f"；佐证：{evidence}" if evidence else ""
    return f"{told.stated.state}：{told.inspection.code}（{day}{who}{shown}）"


def _before_where(comparison: Compared) -> str:
    if comparison.task.continues is None:
        return "上年没有这项任务"
    return _seen_where(comparison.before, "没有记录")


def _said_by(comparison: Compared) -> str:
    """By which self-check, as an office says it: without 编号."""
    if comparison.said is None:
        return NOT_TOLD
    check = comparison.said.check
    return f"{check.period}自查" + (f"，{long_date(check.handed_in)}报送" if check.handed_in else "")


def _seen_by(told: Seen | None, otherwise: str) -> str:
    """On which day, by whom and on what evidence, without 编号."""
    if told is None:
        return otherwise
    parts = [f"{long_date(told.stated.day or told.inspection.begins)}{told.inspection.kind}"]
    parts += [told.stated.inspector] if told.stated.inspector else []
    evidence = enumerate_words(told.stated.evidence)
    return "，".join(parts) + (f"；佐证：{evidence}" if evidence else "")


COMPARED = VariableTable[Compared](
    "任务落实",
    {
        "任务": record(TASK, "清单任务", lambda comparison: TaskOf(comparison.at, comparison.task)),
        "应查": flag("这次检查要查的", lambda comparison: comparison.wanted),
        "自查状态": text(
            "检查时最近一次通过的自查；没有时为 未报",
            lambda comparison: comparison.said.stated.state if comparison.said else NOT_TOLD,
        ),
        "检查状态": text(
            "检查看到的状态；没有时为 未查",
            lambda comparison: comparison.seen.stated.state if comparison.seen else NOT_SEEN,
        ),
        "上年状态": text(
            "所沿用的任务上年检查看到的状态；没有时为 —",
            lambda comparison: comparison.before.stated.state if comparison.before else NONE,
        ),
        "自查值": number(
            "自查状态是第几级，从0到3；没有数据时没有",
            lambda comparison: comparison.height(comparison.said),
            optional=True,
        ),
        "检查值": number(
            "检查状态是第几级，从0到3；没有数据时没有",
            lambda comparison: comparison.height(comparison.seen),
            optional=True,
        ),
        "上年值": number(
            "上年状态是第几级，从0到3；没有数据时没有",
            lambda comparison: comparison.height(comparison.before),
            optional=True,
        ),
        "差距": text("自查与检查相比", lambda comparison: comparison.gap),
        "变化": text(
            "检查看到的与上年相比：上升、持平、下降；没有可比的为 —", lambda comparison: comparison.movement
        ),
        "自查出处": text("自查状态和它出自哪份自查；没有时为 未报", _said_where),
        "检查出处": text(
            "检查状态、哪天、谁、有什么佐证；没有时为 未查",
            lambda comparison: _seen_where(comparison.seen, NOT_SEEN),
        ),
        "上年出处": text("上年状态和它出自哪次检查；没有时说明没有", _before_where),
        "自查依据": text("自查状态出自哪一期自查、哪天报送；没有时为 未报", _said_by),
        "检查依据": text(
            "检查状态是哪天、哪种检查、谁查的、有什么佐证；没有时为 未查",
            lambda comparison: _seen_by(comparison.seen, NOT_SEEN),
        ),
        "上年依据": text(
            "上年状态是哪天、哪种检查、谁查的、有什么佐证；没有时为 —",
            lambda comparison: _seen_by(comparison.before, NONE),
        ),
        "说明": text(
            "检查中的说明，没有时为空",
            lambda comparison: (comparison.seen.stated.remark or "") if comparison.seen else "",
        ),
        "佐证": text(
            "检查中看到的佐证，没有时为空",
            lambda comparison: enumerate_words(comparison.seen.stated.evidence) if comparison.seen else "",
        ),
        "检查人": text(
            "谁检查的，没有时为空",
            lambda comparison: (comparison.seen.stated.inspector or "") if comparison.seen else "",
        ),
        "检查日期": text(
            "哪天检查的，没有时为空",
            lambda comparison: (
                long_date(comparison.seen.stated.day)
                if comparison.seen and comparison.seen.stated.day
                else ""
            ),
        ),
    },
)
