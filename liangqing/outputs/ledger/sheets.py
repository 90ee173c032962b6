"""All sheets of the ledger in their order: what is read most first, then those in which records are only filled in."""

from __future__ import annotations

from liangqing.outputs.ledger.entered import ENTRIES
from liangqing.outputs.ledger.lists import SHEETS as _LISTS

LISTS = _LISTS
SHEETS = (*LISTS, *ENTRIES)
GUIDE, PERSONS, FIGURES = "说明", "责任人", "统计"
ORIGINALS, CHOICES = "原值", "下拉"  # hidden
OLD_CHOICES = "选项"  # hidden in ledgers of format 1; a sheet of records since
OF_PROGRAM = frozenset((GUIDE, PERSONS, FIGURES, ORIGINALS, CHOICES, *(sheet.name for sheet in SHEETS)))
