"""Keys of a new record that follow from others of it, so that nobody has to type them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from liangqing.base.chinese import paper_number
from liangqing.base.diagnostics import Diagnostic, Problems
from liangqing.changes.proposed import Handed, NewRecord
from liangqing.changes.signing import signed
from liangqing.data.yaml.places import Tree
from liangqing.year.state.standing import Standing

Completing: TypeAlias = Callable[[Mapping[str, Tree], Standing], Mapping[str, Tree]]


def _delivered(tree: Mapping[str, Tree], at: Standing) -> Mapping[str, Tree]:
    """A 送达 with its 文号 as the register has it; whom the paper went to is known by that (`delivered_to`)."""
    number = tree.get("文号")
    return {**tree, "文号": paper_number(number)} if isinstance(number, str) else tree


# By section: what gives the record with the keys that follow; a key that is given stays as it is.
COMPLETING: dict[str, Completing] = {"双签": signed, "送达": _delivered}


def completed(section: str, tree: Mapping[str, Tree], at: Standing) -> Mapping[str, Tree]:
    """The record with what follows from its other keys; itself where nothing does.

    Raises Problems where a key says what can't be followed; the detail of their place is that key.
    """
    return COMPLETING[section](tree, at) if section in COMPLETING else tree


def not_followed(at: Standing, handed: Iterable[Handed]) -> Iterator[tuple[Diagnostic, int]]:
    """What of new records can't be followed, at the place where it was handed over, with the number of that file."""
    for number, one in enumerate(handed):
        for proposal in one.proposals:
            if not isinstance(proposal, NewRecord):
                continue
            try:
                completed(proposal.section, proposal.tree, at)
            except Problems as refused:
                for problem in refused.diagnostics:
                    place = proposal.places.get((problem.place.detail,), proposal.places[()])
                    yield replace(problem, place=place), number
