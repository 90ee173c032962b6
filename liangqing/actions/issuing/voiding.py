"""A paper taken out of use; its number stays taken."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from liangqing import register
from liangqing.actions.issuing.in_spite import noted_in_spite
from liangqing.base.chinese import suggestion, year_in_brackets
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse
from liangqing.base.folders import LOCK, REGISTER
from liangqing.base.one_line import one_line
from liangqing.base.output_files import locked
from liangqing.register import Void
from liangqing.register.witness import against
from liangqing.year.open_workspace import damage, kept_files


def void(root: Path, name: str, reason: str, day: date, today: date, in_spite: str = "") -> Void:
    """Take an issued paper out of use from `day` on; the number stays taken.

    Raises Problems when there is none of that name, when it is void already, for a day before its 成文日期 or after
    today (until then it would stand and be void at once), for a reason that is none, and where register or archive are
    damaged and `in_spite` does not say why it is done all the same.
    """
    reason = one_line(reason, Place("--why"), "作废的理由", "--why 发错单位")
    with locked(root / LOCK):
        register.recover(root)
        book = register.load(root)
        found = damage(book, kept_files(root))
        notes = noted_in_spite(found, in_spite, takes_number=False, lost=against(root, book))
        place = Place(REGISTER)
        lines = [line for line in book.issued if line.name == name]
        if not lines:
            raise refuse(
                Code.NOT_ISSUED,
                place,
                f"没有发过「{name}」",
                year_in_brackets(name) or suggestion(name, [line.name for line in book.issued]),
            )
        if book.voided(lines[-1], date.max):
            raise refuse(Code.ALREADY_VOID, place, f"{name} 已经作废过", "不用再作废")
        if day < lines[-1].issued:
            message = f"作废日期（{day}）早于成文日期（{lines[-1].issued}）"
            raise refuse(Code.VOID_BEFORE_ISSUE, place, message, "核对 --date")
        if day > today:
            message = f"作废日期（{day}）晚于今天（{today}），到那天以前它还有效"
            raise refuse(Code.VOID_IN_THE_FUTURE, place, message, "核对 --date；要到那天才作废的，那天再作废")
        entry = Void(len(book.lines) + 1, name, day, reason, notes)
        register.about_to_enter(root, entry.serial)
        register.append(root, entry, book)
        return entry
