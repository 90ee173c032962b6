"""A form that came back beside the same form as it went out: what was filled in, and what should not have been changed.

The form as it went out is the map: `collect` renders it anew, or takes the one that was issued with its letter. Its
tags say which cell is which field; rows are found again by their printed words (`aligning`) and fields by the place of
their cell in the row, so that a program that loses tags (LibreOffice before 7.5) loses nothing. (Fields for text are
controls of any content: LibreOffice 7.4 writes one of plain text several times over.)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, error
from liangqing.forms.aligning import (
    ModelRow,
    Paired,
    PlacedRow,
    model_rows,
    paired_cells,
    paired_rows,
    placed,
)
from liangqing.forms.answers import Answer, is_changed, row_answers
from liangqing.forms.grid import Form, FormCell
from liangqing.forms.mark import squeezed
from liangqing.forms.meant import Days, same_words, says_nothing
from liangqing.forms.printed_lines import is_formality, line_changes

SNIPPET = 20
RESEND = "请单位在原表的空格里重填；要改印好的文字，先改数据再出新表"


@dataclass
class Filled:
    """What was read from a form, what keeps it from being taken, and what is to be told where it is taken.

    `added` are texts outside the fields that say something and are not taken, each with its place.
    """

    answers: list[Answer] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)
    told: list[Diagnostic] = field(default_factory=list)
    added: list[tuple[str, str]] = field(default_factory=list)


def compare(sent: Form, back: Form, file: str, days: Days | None = None) -> Filled:
    """Read `back` by the map of `sent`; `file` is what messages call it, `days` when it can have been handed in."""
    filled = Filled()
    printed = {same_words(text) for text in _printed(sent)}
    _compare_lines(sent, back, file, printed, filled)
    boxes = [text for text in back.boxes if not is_formality(text, printed)]
    if boxes:
        message = f"文本框里的文字收不进来：「{_short(squeezed(boxes[0]))}」"
        advice = "请单位把文本框里的文字移到表格的空格里"
        filled.problems.append(error(Code.TEXT_IN_TEXT_BOX, Place(file, detail="文本框"), message, advice))
    pairs = _own_tables(sent, paired_rows(model_rows(sent), placed(back)))
    for model, row in ((model, row) for model, rows in pairs.rows for row in rows):
        _compare_row(model, row, file, days, filled)
    filled.problems += _rows_gone(sent, back, pairs, file)
    _compare_added(pairs, file, printed, filled)
    return filled


def _printed(form: Form) -> Iterator[str]:
    yield from (line.text for line in form.lines)
    for model in model_rows(form):
        yield model.text
        yield from (cell.text for cell in model.cells)


def _compare_lines(sent: Form, back: Form, file: str, printed: set[str], filled: Filled) -> None:
    for change in line_changes(sent.lines, back.lines):
        if not change.was:
            filled.added += [] if is_formality(change.now, printed) else [(change.place, change.now)]
        elif change.now:
            filled.problems.append(_changed(file, change.place, change.was, change.now))


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


def _own_tables(sent: Form, pairs: Paired) -> Paired:
    """Without the rows of a table that somebody added, which look like rows without printed words."""
    printed = {model.table for model in model_rows(sent) if any(model.printed)}
    own = {row.table for model, rows in pairs.rows if any(model.printed) for row in rows}

    def belongs(model: ModelRow, row: PlacedRow) -> bool:
        return any(model.printed) or model.table not in printed or row.table in own

    added = [row for model, rows in pairs.rows for row in rows if not belongs(model, row)]
    kept = ((model, tuple(row for row in rows if belongs(model, row))) for model, rows in pairs.rows)
    return Paired(tuple(kept), (*pairs.added, *added))


def _rows_gone(sent: Form, back: Form, pairs: Paired, file: str) -> Iterator[Diagnostic]:
    """Rows that are not there, of which more than blank ones were lost: the first of each table."""
    told = set[int]()
    for number, (model, rows) in enumerate(pairs.rows):
        below = pairs.rows[number + 1 : number + 2]
        heads_nothing = not model.is_asked and any(other.repeated and not there for other, there in below)
        if rows or model.repeated or heads_nothing or model.table in told:
            continue
        told.add(model.table)
        yield _gone(sent, back, model, file)


def _gone(sent: Form, back: Form, model: ModelRow, file: str) -> Diagnostic:
    name = _short(squeezed(model.text))
    place, were = Place(file, detail=f"表{model.table}"), len(sent.tables[model.table - 1])
    if len(sent.tables) != len(back.tables):
        message = f"表格应有 {len(sent.tables)} 个，现有 {len(back.tables)} 个，「{name}」一行没有了"
    else:
        message = f"应有 {were} 行，现有 {len(back.tables[model.table - 1])} 行，「{name}」一行没有了"
    return error(Code.PRINTED_PART_CHANGED, place, message, RESEND)


def _compare_added(pairs: Paired, file: str, printed: set[str], filled: Filled) -> None:
    """Rows that were added: blank ones and formalities are nothing, those in a table of ours can't be read."""
    ours = {row.table for _, rows in pairs.rows for row in rows}
    for row in pairs.added:
        if says_nothing(row.text) or is_formality(row.text, printed):
            continue
        place = f"表{row.table} 第{row.number}行"
        if row.table in ours:
            filled.problems.append(_changed(file, place, "", row.text))
        else:
            filled.added.append((place, row.text))


def _compare_row(model: ModelRow, row: PlacedRow, file: str, days: Days | None, filled: Filled) -> None:
    pairs = paired_cells(model, row)
    if pairs is None:
        message = f"第{row.number}行应有 {len(model.cells)} 格，现有 {len(row.cells)} 格"
        place = Place(file, detail=f"表{row.table}")
        filled.problems.append(
            error(Code.PRINTED_PART_CHANGED, place, message, f"不要合并或拆分单元格；{RESEND}")
        )
        return
    cells = [(ours, _joined(now, f"表{row.table} 第{row.number}行")) for ours, now in pairs]
    changed = [(ours, theirs) for ours, theirs in cells if is_changed(ours, theirs)]
    filled.problems += [_changed(file, theirs.place, ours.text, theirs.text) for ours, theirs in changed]
    read = row_answers(cells, file, days, repeated=model.repeated)
    filled.answers += read.answers
    filled.told += read.told


def _joined(cells: Sequence[FormCell], place: str) -> FormCell:
    """One cell of those that a cell was split into."""
    if len(cells) == 1:
        return cells[0]
    control = next((cell.control for cell in cells if cell.control), None)
    return FormCell(
        cells[0].place if cells else place, "\n".join(filter(None, (cell.text for cell in cells))), control
    )
