"""The document register: what was issued, append-only, each line chained to the one before (data.md, "Register")."""

from __future__ import annotations

from liangqing.register.lines import (
    BY_HAND,
    DATE_CONFIRMED,
    EDITED,
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
from liangqing.register.writing import STAGED, append, recover, settle, stage

__all__ = (
    "BY_HAND",
    "DATE_CONFIRMED",
    "EDITED",
    "STAGED",
    "STAMP",
    "Annex",
    "Line",
    "Register",
    "Series",
    "Void",
    "append",
    "damaged",
    "load",
    "number_of",
    "place_of",
    "recover",
    "settle",
    "stage",
    "values_hash",
)
