"""The subject that a person means who types only a part of what it is called."""

from __future__ import annotations

from collections.abc import Sequence

from liangqing.base.diagnostics import Place
from liangqing.variables.about import Subject
from liangqing.year.open_workspace import OpenWorkspace, the_one_unit, units_like


def names_of(subjects: Sequence[Subject]) -> list[str]:
    """What a person may call the subjects, each once: their codes first, then their units."""
    units = (unit.short_name for subject in subjects for unit in subject.named_units)
    return list(dict.fromkeys((*(subject.code for subject in subjects), *units)))


def meant(opened: OpenWorkspace, subjects: Sequence[Subject], word: str) -> str:
    """The word to which the subjects answer: `word` itself, its capitals, or the 编号 of the unit it is a part of.

    `word` again where no subject is meant. Raises Problems where the part is of several units.
    """
    if any(subject.answers_to(word) for subject in subjects):
        return word
    capitals = word.upper()
    if any(subject.answers_to(capitals) for subject in subjects):
        return capitals
    units = [
        unit
        for unit in units_like(opened, word)
        if any(subject.answers_to(unit.code) for subject in subjects)
    ]
    return the_one_unit(units, word, Place(word)).code if units else word
