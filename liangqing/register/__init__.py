"""The document register, checklists/发文登记.yaml: what was issued, append-only, each line chained to the one before.

A line carries the hash of the line before (前), so that an edit shows at the next one, and a check sum of its own (校),
so that an edit of the last line is seen too. 发文/登记末行.json beside it remembers how many lines there were and the
hash of the last, so that lines cut off at the end are seen (D613): it may lag behind a crash, never run ahead.
"""

from __future__ import annotations

from liangqing.register.lines import (
    BY_HAND,
    DATE_CONFIRMED,
    DATE_FORCED,
    EDITED,
    ELSEWHERE,
    IN_SPITE,
    Annex,
    Line,
    Register,
    Series,
    Void,
    damaged,
    number_of,
    place_of,
    values_hash,
)
from liangqing.register.reading import STAMP, load
from liangqing.register.untold import about_to_enter, is_over, told, untold
from liangqing.register.witness import keep_copies
from liangqing.register.writing import STAGED, append, is_unfinished, recover, settle, stage

__all__ = (
    "BY_HAND",
    "DATE_CONFIRMED",
    "DATE_FORCED",
    "EDITED",
    "ELSEWHERE",
    "IN_SPITE",
    "STAGED",
    "STAMP",
    "Annex",
    "Line",
    "Register",
    "Series",
    "Void",
    "about_to_enter",
    "append",
    "damaged",
    "is_over",
    "is_unfinished",
    "keep_copies",
    "load",
    "number_of",
    "place_of",
    "recover",
    "settle",
    "stage",
    "told",
    "untold",
    "values_hash",
)
