"""Whom a paper that is out went to, and which paper or letter a person means by what they type."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from liangqing.base.chinese import half_width, paper_number
from liangqing.data.model.duties import Unit
from liangqing.data.model.findings import Letter
from liangqing.data.model.follow_up import Delivery
from liangqing.data.model.year import Year
from liangqing.register import ELSEWHERE, Line
from liangqing.year.state.drafted import CONSULTATION
from liangqing.year.state.records import LETTER
from liangqing.year.state.standing import Standing


def delivered_to(at: Standing, delivery: Delivery) -> Unit | None:
    """The unit that a paper was handed over to: the one that is written, else the only one that the paper went to.

    None: none is written, and the paper went to several units or to none, or no such paper went out.
    """
    if delivery.unit is not None:
        return at.year.unit(delivery.unit)
    line = at.line_of(delivery)
    units = sent_to(at, line) if line is not None else ()
    return units[0] if len(units) == 1 else None


def sent_to(at: Standing, line: Line) -> Sequence[Unit]:
    """The units that a paper that went out is to, as the data of its year has them; () where that can't be told."""
    year = at.years.get(line.year, at.year)
    if year.year != line.year:
        return ()
    if ELSEWHERE in line.notes:
        named = (year.unit_by_ref.get(name) for name in line.addressee.split("、"))
        return [unit for unit in named if unit]
    if line.kind == CONSULTATION and line.subject == str(year.year):
        return list(at.beside(line.year).on(line.issued).asked.values())
    letter = year.letter_by_code.get(line.subject) if line.kind == LETTER else None
    return (year.unit(letter.unit),) if letter else _units_of(year, line.subject, line.issued)


def _units_of(year: Year, subject: str, day: date) -> Sequence[Unit]:
    """The units that a subject is about, by what the register calls it: U05, JZ01/U05, TX1, JZ01, W2021-01, 2021."""
    for part in reversed(subject.split("/")):
        if part in year.unit_by_code:
            return (year.unit_by_code[part],)
    if subject in year.paper_by_code:
        return year.units_of(year.paper_by_code[subject].units)
    if subject in year.inspection_by_code:
        return year.units_of(year.inspection_by_code[subject].units)
    if subject in year.finding_by_code:
        return (year.unit(year.finding_by_code[subject].unit),)
    return [unit for unit in year.units if unit.in_force(day)]


def letter_by(at: Standing, text: str) -> Letter | None:
    """The 整改函 that a person means: by its 编号 in the data of the year, else by its 文号, of whatever year.

    The number may be typed in other brackets and widths and with blanks: 市纪驻环整[2021]1号. None: there is none.
    """
    typed = half_width(text).strip()
    by_code = at.year.letter_by_code
    lines = at.register.by_number.get(paper_number(text), ())
    letters = (at.letter_of(line) for line in reversed(lines) if line.kind == LETTER)
    return by_code.get(typed) or by_code.get(typed.upper()) or next(letters, None)
