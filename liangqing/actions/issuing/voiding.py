"""A paper taken out of use; its number stays taken."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from liangqing import register
from liangqing.base.chinese import suggestion, year_in_brackets
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, Problems, refuse
from liangqing.base.folders import LOCK, REGISTER
from liangqing.base.output_files import locked
from liangqing.register import Register, Void
from liangqing.register.witness import errors_of


def void(root: Path, name: str, reason: str, day: date, today: date) -> Void:
    """Take an issued paper out of use from `day` on; the number stays taken.

    Raises Problems when there is none of that name, when it is void already, and for a day before its 成文日期 or after
    today: until then it would stand and be void at once.
    """
    with locked(root / LOCK):
        register.recover(root)
        book = _sound(root)
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
        entry = Void(len(book.lines) + 1, name, day, reason)
        register.append(root, entry, book)
        return entry


def _sound(root: Path) -> Register:
    book = register.load(root)
    found = [*book.diagnostics, *errors_of(root, book)]
    if found:
        raise Problems(found)
    return book
