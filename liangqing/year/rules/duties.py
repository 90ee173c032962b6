"""Rules over 清单 and 单位."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liangqing.base.chinese import enumerate_words
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, error, warning
from liangqing.data.model.duties import FINAL, Unit
from liangqing.data.model.group import Arrangement, Group
from liangqing.year.state.recurring import ROUNDS
from liangqing.year.state.standing import Standing

# What reads like a duty that comes round: by which of `ROUNDS` it is meant, told by the sign that it has.
_ROUND_LIKE = re.compile(r"[每按逐][个一]?(月|季|半年|年)")
_MEANT = {"月": "每月", "季": "每季度", "半年": "每半年", "年": "每年"}


def year_of_checklist(standing: Standing) -> Iterator[Diagnostic]:
    """A year's folder holds the cycle of its own checklist."""
    checklist, folder = standing.year.checklist, standing.year.year
    if checklist.year != folder:
        yield error(
            Code.CHECKLIST_OF_ANOTHER_YEAR,
            checklist.place("年度"),
            f"清单是 {checklist.year} 年的，却放在 {folder} 文件夹里",
            "改「年度」，或把文件移到对应年度的文件夹",
        )


def heads_have_dates(standing: Standing) -> Iterator[Diagnostic]:
    """With several heads, each but the first says from when; their order is a row of `date_order`."""
    records: tuple[Group | Unit, ...] = (standing.year.group, *standing.year.units)
    for record in records:
        for index, head in enumerate(record.heads[1:], start=1):
            if head.since is None:
                yield error(
                    Code.HEAD_WITHOUT_START,
                    record.place("负责人", index),
                    "先后有几位负责人时，从第二位起都要写「起」，按先后排",
                    "补上任职起始日期",
                )


def one_arrangement_a_year(standing: Standing) -> Iterator[Diagnostic]:
    """调休 of a year stands once: of two, nobody could say which holds."""
    first: dict[int, Arrangement] = {}
    for arrangement in standing.year.arrangements:
        other = first.setdefault(arrangement.year, arrangement)
        if other is not arrangement:
            message = f"{arrangement.year} 年的调休写了两次，另一处在 {other.place()}"
            yield error(Code.HOLIDAYS_TWICE, arrangement.place("年度"), message, "合并成一条")


def draft_was_sent_out(standing: Standing) -> Iterator[Diagnostic]:
    """A task tells what its draft said only where opinions on the draft were asked for."""
    checklist = standing.year.checklist
    asked = checklist.consultation is not None and checklist.consultation.closes is not None
    for index, task in enumerate(checklist.tasks):
        if task.draft is not None and not asked:
            message = f"任务 {task.code} 写了征求意见稿，清单却没有征求意见的截止日期"
            advice = "在「征求意见」里写「截止日期」，或删掉任务的「征求意见稿」"
            yield error(
                Code.DRAFT_NEVER_SENT_OUT, checklist.place("任务", index, "征求意见稿"), message, advice
            )


def final_after_the_opinions(standing: Standing) -> Iterator[Diagnostic]:
    """The final checklist is printed as a draft until the day on which opinions close."""
    checklist = standing.year.checklist
    if checklist.stage == FINAL != standing.stage:
        closes = checklist.place("征求意见", "截止日期")
        message = f"清单已是正式稿，征求意见还没有截止（{closes}），眼下仍按征求意见稿印"
        yield warning(
            Code.FINAL_BEFORE_OPINIONS_CLOSE,
            checklist.place("阶段"),
            message,
            "提前定稿的，改征求意见的「截止日期」",
        )


def round_is_a_known_one(standing: Standing) -> Iterator[Diagnostic]:
    """A 完成时限 that reads like a round of its own is one of `ROUNDS`, else no list has its days (warning)."""
    for index, task in enumerate(standing.year.checklist.tasks):
        due = str(task.due).strip()
        like = _ROUND_LIKE.match(due)
        if like and due not in ROUNDS:
            yield warning(
                Code.ROUND_NOT_KNOWN,
                standing.year.checklist.place("任务", index, "完成时限"),
                f"任务 {task.code} 的完成时限「{due}」不按期列：到期、待办、日历只认{enumerate_words(ROUNDS)}",
                f"要按期提醒的，写「{_MEANT[like[1]]}」，哪一天以前写进「备注」；不要提醒的可不改",
            )
