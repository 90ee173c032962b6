"""The rows and lines of a form that came back, each beside the one that it was when the form went out.

What a person or a program adds, takes out, splits or joins must not shift what stands below it: rows and lines are
found again by their printed words, in order, wherever they stand now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property
from itertools import groupby
from typing import TypeVar

from liangqing.forms.grid import Form, FormCell, Row, Table
from liangqing.forms.mark import REFERENCE
from liangqing.forms.meant import same_words

LIKE = 0.6  # of two texts: the one is the other, changed
T = TypeVar("T")


@dataclass(frozen=True)
class PlacedRow:
    """A row, and the numbers of its table and of itself in it, both from 1."""

    table: int
    number: int
    cells: Row

    @cached_property
    def words(self) -> tuple[str, ...]:
        """What stands in the cells, to be compared."""
        return tuple(same_words(cell.text) for cell in self.cells)

    @property
    def text(self) -> str:
        return "　".join(filter(None, (cell.text.strip() for cell in self.cells)))


@dataclass(frozen=True)
class ModelRow(PlacedRow):
    """A row as it went out; one that is `repeated` may be there any number of times."""

    repeated: bool = False

    @cached_property
    def printed(self) -> tuple[str | None, ...]:
        """The printed words of each cell; None in one that is filled in, or shown for orientation alone."""
        return tuple(same_words(cell.text) if is_printed(cell) else None for cell in self.cells)

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """The tag of each cell that is filled in, "" in the others."""
        return tuple(cell.control.tag if cell.control and not is_printed(cell) else "" for cell in self.cells)

    @property
    def is_asked(self) -> bool:
        """Whether something is to be filled in."""
        return any(tag and not tag.startswith(REFERENCE) for tag in self.tags)


def is_printed(cell: FormCell) -> bool:
    """Whether what stands in a cell as it went out is not to be changed."""
    control = cell.control
    return control is None or (control.fixed and not control.tag.startswith(REFERENCE))


def placed(form: Form) -> list[PlacedRow]:
    """All rows of a form that came back."""
    return [
        PlacedRow(table, number, cells)
        for table, rows in enumerate(form.tables, 1)
        for number, cells in enumerate(rows, 1)
    ]


def model_rows(form: Form) -> list[ModelRow]:
    """The rows of a form as it went out; of those that repeat one another, the first."""
    return [row for table, rows in enumerate(form.tables, 1) for row in _model_rows(table, rows)]


def _model_rows(table: int, rows: Table) -> Iterator[ModelRow]:
    """The rows of a table; those that ask for the same under the same words, one after another, are one."""
    models = [ModelRow(table, number, cells) for number, cells in enumerate(rows, 1)]
    for _, alike in groupby(models, lambda model: (model.is_asked, model.tags, model.printed)):
        same = list(alike)
        if same[0].is_asked and len(same) > 1:
            yield replace(same[0], repeated=True)
        else:
            yield from same


@dataclass(frozen=True)
class Paired:
    """Each row as it went out with those that it is now, in order, and the rows that are none of them."""

    rows: tuple[tuple[ModelRow, tuple[PlacedRow, ...]], ...]
    added: tuple[PlacedRow, ...]


def paired_rows(models: Sequence[ModelRow], rows: Sequence[PlacedRow]) -> Paired:
    """The likeliest pairs that keep the order."""
    found = align(models, rows, likeness, lambda model: model.repeated)
    taken = {index for indexes in found for index in indexes}
    pairs = tuple(
        (model, tuple(rows[index] for index in indexes)) for model, indexes in zip(models, found, strict=True)
    )
    return Paired(pairs, tuple(row for index, row in enumerate(rows) if index not in taken))


def likeness(model: ModelRow, row: PlacedRow) -> float:
    """How far a row is the one that went out: 1 where all printed words are there, 0 where it is another."""
    printed = [words for words in model.printed if words]
    if not printed:
        return 0.9 if len(model.cells) == len(row.cells) else 0.0
    exact = sum(words in row.words for words in printed) / len(printed)
    if exact or len(model.cells) != len(row.cells):
        return exact
    now = "".join(word for words, word in zip(model.printed, row.words, strict=True) if words)
    alike = ratio("".join(printed), now)
    return alike * 0.9 if alike >= LIKE else 0.0


def ratio(one: str, other: str) -> float:
    """How far two texts are the same, 0 to 1."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if min(matcher.real_quick_ratio(), matcher.quick_ratio()) >= LIKE else 0.0


def align(
    ours: Sequence[T],
    theirs: Sequence[PlacedRow],
    score: Callable[[T, PlacedRow], float],
    many: Callable[[T], bool],
) -> list[list[int]]:
    """For each of `ours` the indexes of `theirs` that it is: the order is kept, and the sum of `score` the greatest.

    None where it is gone; several only of one that may be `many`. What stands at the beginning unchanged is not tried
    against all others.
    """
    found: list[list[int]] = [[] for _ in ours]
    start = 0
    while (
        start < min(len(ours), len(theirs))
        and not many(ours[start])
        and score(ours[start], theirs[start]) == 1
    ):
        found[start].append(start)
        start += 1
    best = [[0.0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    step = [[""] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    for one in range(len(ours) - 1, start - 1, -1):
        for other in range(len(theirs) - 1, start - 1, -1):
            like = score(ours[one], theirs[other])
            then = best[one if many(ours[one]) else one + 1][other + 1]
            ways = [(best[one + 1][other], "gone"), (best[one][other + 1], "added")]
            ways += [(like + then, "same")] if like else []
            best[one][other], step[one][other] = max(ways)
    one = other = start
    while one < len(ours) and other < len(theirs):
        way, stays = step[one][other], many(ours[one])
        if way == "same":
            found[one].append(other)
        one += way == "gone" or (way == "same" and not stays)
        other += way != "gone"
    return found


def paired_cells(model: ModelRow, row: PlacedRow) -> list[tuple[FormCell, tuple[FormCell, ...]]] | None:
    """Each cell of a row with those that it is now: several where one was split, none where empty ones were joined.

    Where their number changed, they are found between the printed words that stand unchanged; None where it can't be
    told which is which.
    """
    if len(model.cells) == len(row.cells):
        return [(cell, (now,)) for cell, now in zip(model.cells, row.cells, strict=True)]
    pairs: list[tuple[FormCell, tuple[FormCell, ...]]] = []
    start, waiting = 0, list[FormCell]()
    for cell, words in zip(model.cells, model.printed, strict=True):
        if not words:
            waiting.append(cell)
            continue
        at = next((index for index in range(start, len(row.words)) if row.words[index] == words), None)
        if at is None or (between := _between(waiting, row.cells[start:at])) is None:
            return None
        pairs += [*between, (cell, (row.cells[at],))]
        start, waiting = at + 1, []
    rest = _between(waiting, row.cells[start:])
    return None if rest is None else [*pairs, *rest]


def _between(cells: list[FormCell], now: Row) -> list[tuple[FormCell, tuple[FormCell, ...]]] | None:
    """Cells without printed words beside those that stand in their place."""
    if len(cells) == len(now):
        return [(cell, (other,)) for cell, other in zip(cells, now, strict=True)]
    if len(cells) == 1 and now:
        return [(cells[0], now)]
    if any(other.text.strip() for other in now):
        return None
    return [(cell, now[:1]) for cell in cells]
