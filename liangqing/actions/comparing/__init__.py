"""Two copies of a paper held against each other: their words, whatever wrote the files."""

from __future__ import annotations

from liangqing.compare.passages import Passage, passages, similarity, squeezed, undouble
from liangqing.compare.words import Change, changes

__all__ = ("Change", "Passage", "changes", "passages", "similarity", "squeezed", "undouble")
