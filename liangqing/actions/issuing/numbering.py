"""Which number a paper takes, and whether its date fits among those that went out before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse
from liangqing.papers.catalogue import Catalogue, Entry
from liangqing.register import Line, Register, Series, number_of
from liangqing.year.open_workspace import OpenWorkspace


def series_of(opened: OpenWorkspace, known: Catalogue, entry: Entry, day: date) -> Series:
    """The papers that the paper takes its number after (选项.文号序列 of the year of `day`)."""
    assert entry.kind.number is not None
    prefix = f"{opened.at.year.group.code}{entry.kind.number.code}"
    if opened.data.years.get(day.year, opened.at.year).options.numbering == "共用":
        return Series(prefix, None)
    same = frozenset(name for name, other in known.entries.items() if other.kind.number == entry.kind.number)
    return Series(prefix, same)


def name_of(series: Series, day: date, number: int) -> str:
    """市纪驻环整〔2021〕12号."""
    return f"{series.prefix}〔{day.year}〕{number}号"


def next_number(opened: OpenWorkspace, series: Series, entry: Entry, day: date) -> int:
    """The number after the last of the series in the year of `day`, or 选项.文号起始."""
    options = opened.data.years.get(day.year, opened.at.year).options
    return opened.register.next_number(series, day.year, options.first_numbers.get(entry.name, 1))


def refuse_future(day: date, today: date) -> None:
    """A 成文日期 after today is likely mistyped; raises Problems."""
    if day > today:
        message = f"成文日期（{day}）晚于今天（{today}）"
        advice = "核对日期和电脑的日期；确要用这一天的，加 --force-date，登记里记“日期未到”"
        raise refuse(Code.ISSUED_IN_THE_FUTURE, Place("--date"), message, advice)


def refuse_out_of_order(book: Register, series: Series, day: date, number: int | None = None) -> None:
    """A 成文日期 out of order with the numbers before and after it is likely mistyped; raises Problems."""
    for line, other in numbered(book, series, day):
        before = number is None or other < number
        if (before and line.issued > day) or (not before and line.issued < day):
            message = f"成文日期（{day}）{'早' if before else '晚'}于{_which(before)} {line.number}（{line.issued}）"
            advice = "核对日期；确是这样的，加 --yes，登记里记“日期已核”"
            raise refuse(Code.ISSUED_OUT_OF_ORDER, Place("--date"), message, advice)


def _which(before: bool) -> str:
    return "号在前面的" if before else "号在后面的"


def numbered(book: Register, series: Series, day: date) -> Iterator[tuple[Line, int]]:
    """The papers of a series and of the year of `day`, void or not, with their numbers."""
    for line in book.issued:
        if line.number is not None and line.issued.year == day.year and series.holds(line):
            yield line, number_of(line.number)
