"""A form that came back beside the same form as it went out: what was filled in, and what should not have been changed.

The form as it went out is the map: `collect` renders it anew, or takes the one that was issued with its letter. Its
tags say which cell is which field, all printed words are compared by place, and a field is found again by the place of
its cell, so that a program that loses tags (LibreOffice before 7.5) loses nothing. (Fields for text are controls of any
content: LibreOffice 7.4 writes one of plain text several times over.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from liangqing.base.codes import Code
from liangqing.base.dates import as_written_by_us, day_written
from liangqing.base.diagnostics import Diagnostic, Place, error
from liangqing.forms.boxes import ticked
from liangqing.forms.grid import Form, FormCell, Row, Table
from liangqing.forms.mark import REFERENCE, marks, squeezed

MUST = "（必填）"  # how the name of a field ends that has to be filled in
NOTHING = {"无", "没有", "/", "—", "-", "－", "——"}  # what people write into a row that they have nothing for
_HINTS = re.compile(  # what Word and WPS put back when a field is emptied
    r"(单击|点击|轻触)(或(点击|轻触))?此处(可)?(输入|添加|选择)(文字|文本|日期)?。?|选择一项。?"
)
_TICKS = "☒☑√✓✔■"
_BOXES = f"{_TICKS}☐□"
SNIPPET = 20
RESEND = "请单位在原表的空格里重填；要改印好的文字，先改数据再出新表"


@dataclass(frozen=True)
class Answer:
    """What stands in a field: its tag, its name for people, where it is; `text` is "" for what was not given."""

    tag: str
    name: str
    text: str
    place: str
    fixed: bool = False


@dataclass
class Filled:
    """What was read from a form, and what keeps it from being taken."""

    answers: list[Answer] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)


def compare(sent: Form, back: Form, file: str) -> Filled:
    """Read `back` by the map of `sent`; `file` is what messages call it."""
    filled = Filled()
    filled.problems += [_changed(file, *change) for change in _changed_lines(sent, back)]
    if back.boxes:
        advice = "把文本框里的文字移到表格的空格里"
        filled.problems.append(
            error(Code.TEXT_IN_TEXT_BOX, Place(file, detail="文本框"), "文本框里的文字收不进来", advice)
        )
    if len(sent.tables) != len(back.tables):
        message = f"表格应有 {len(sent.tables)} 个，现有 {len(back.tables)} 个"
        filled.problems.append(error(Code.PRINTED_PART_CHANGED, Place(file), message, RESEND))
        return filled
    for number, (ours, theirs) in enumerate(zip(sent.tables, back.tables, strict=True), 1):
        _compare_table(ours, theirs, Place(file, detail=f"表{number}"), filled)
    return filled


def _changed_lines(sent: Form, back: Form) -> Iterator[tuple[str, str, str]]:
    """Place, and the text as it was and as it is, of each line that is not as it was."""
    ours, theirs = ([line for line in form.lines if _counts(line.text)] for form in (sent, back))
    for one, other in zip_longest(ours, theirs):
        old, new = (line.text if line else "" for line in (one, other))
        if squeezed(old) != squeezed(new):
            yield (other or one).place, old, new


def _counts(text: str) -> bool:
    return bool(squeezed(text)) and not marks(text)


def _changed(file: str, place: str, old: str, new: str) -> Diagnostic:
    was, now = _snippets(squeezed(old), squeezed(new))
    message = f"印好的文字被改动：原是「{was}」，现为「{now}」" if old.strip() else f"多出来一段文字「{now}」"
    return error(Code.PRINTED_PART_CHANGED, Place(file, detail=place), message, RESEND)


def _snippets(old: str, new: str) -> tuple[str, str]:
    """Where the two begin to differ, a few signs of each."""
    start = next(
        (at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
    )
    start = max(0, start - 4)
    return _short(old[start:]), _short(new[start:])


def _short(text: str) -> str:
    return text if len(text) <= SNIPPET else f"{text[:SNIPPET]}…"


def _compare_table(ours: Table, theirs: Table, place: Place, filled: Filled) -> None:
    fixed = _fixed_rows(ours)
    free = ours[fixed] if fixed < len(ours) else None
    if len(theirs) < fixed or (free is None and len(theirs) > fixed):
        message = f"应有 {fixed} 行，现有 {len(theirs)} 行"
        filled.problems.append(error(Code.PRINTED_PART_CHANGED, place, message, RESEND))
        return
    for number, row in enumerate(theirs):
        model = ours[number] if number < fixed else free
        assert model is not None
        if len(model) != len(row):
            message = f"第{number + 1}行应有 {len(model)} 格，现有 {len(row)} 格"
            filled.problems.append(
                error(Code.PRINTED_PART_CHANGED, place, message, f"不要合并或拆分单元格；{RESEND}")
            )
            continue
        _compare_row(model, row, place.file, filled, free=number >= fixed)


def _fixed_rows(table: Table) -> int:
    """How many rows there are before those that a person may add to: blank ones, all alike, at the end."""
    tags = [_tags(row) for row in table]
    if len(tags) < 2 or not all(tags[-1]) or tags[-1] != tags[-2]:
        return len(tags)
    return next(number for number in range(len(tags), 0, -1) if tags[number - 1] != tags[-1])


def _tags(row: Row) -> tuple[str, ...]:
    return tuple(cell.control.tag if cell.control and not cell.control.fixed else "" for cell in row)


def _compare_row(model: Row, row: Row, file: str, filled: Filled, *, free: bool) -> None:
    answers = []
    for ours, theirs in zip(model, row, strict=True):
        control = ours.control
        if control is not None and control.tag.startswith(REFERENCE):
            continue
        if (control is None or control.fixed) and squeezed(ours.text) != squeezed(theirs.text):
            filled.problems.append(_changed(file, theirs.place, ours.text, theirs.text))
        if control is not None:
            text = ours.text if control.fixed else _value(ours, theirs)
            name = control.name.removesuffix(MUST) if text or control.fixed else control.name
            answers.append(Answer(control.tag, name, text, theirs.place, control.fixed))
            if control.kind == "boxes" and ticked(ours.text, theirs.text) is None:
                filled.problems.append(_changed(file, theirs.place, ours.text, theirs.text))
            if control.kind == "tick" and squeezed(_unticked(theirs.text)) != squeezed(_unticked(ours.text)):
                filled.problems.append(_changed(file, theirs.place, ours.text, theirs.text))
    if free and {answer.text for answer in answers} - {""} <= NOTHING:
        answers = [Answer(answer.tag, answer.name, "", answer.place) for answer in answers]
    filled.answers += answers


def _value(ours: FormCell, theirs: FormCell) -> str:
    """What a person put into a field; "" for nothing, and for the hint that was there."""
    control = ours.control
    assert control is not None
    if control.kind == "boxes":
        return ticked(ours.text, theirs.text) or ""
    if control.kind == "tick":
        by_control = theirs.control.ticked if theirs.control else None
        return "是" if by_control or any(sign in theirs.text for sign in _TICKS) else ""
    text = "\n".join(filter(None, (line.strip() for line in theirs.text.split("\n"))))
    hint = squeezed(text) == squeezed(control.text) or _HINTS.fullmatch(squeezed(text))
    if hint or (theirs.control and theirs.control.hint and squeezed(theirs.control.text) == squeezed(text)):
        return ""
    return (
        as_written_by_us(squeezed(text)) if control.kind == "date" and day_written(squeezed(text)) else text
    )


def _unticked(text: str) -> str:
    return "".join(sign for sign in text if sign not in _BOXES)
