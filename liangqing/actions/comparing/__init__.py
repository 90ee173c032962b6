"""Two copies of a paper held against each other: their words, whatever wrote the files."""

from __future__ import annotations

from liangqing.actions.comparing.beside_words import beside_words, extra_changes
from liangqing.actions.comparing.passages import Passage, passages, similarity, squeezed, undouble
from liangqing.actions.comparing.words import WordChange, changes

__all__ = (
    "Passage",
    "WordChange",
    "beside_words",
    "changes",
    "extra_changes",
    "passages",
    "similarity",
    "squeezed",
    "undouble",
)
