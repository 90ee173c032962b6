"""Keys of a new record that follow from others of it, so that nobody has to type them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from liangqing.base.chinese import paper_number
from liangqing.data.yaml.places import Tree
from liangqing.year.state.standing import Standing

Completing: TypeAlias = Callable[[Mapping[str, Tree], Standing], Mapping[str, Tree]]


def _delivered(tree: Mapping[str, Tree], at: Standing) -> Mapping[str, Tree]:
    """A 送达 with its 文号 as the register has it; whom the paper went to is known by that (`delivered_to`)."""
    number = tree.get("文号")
    return {**tree, "文号": paper_number(number)} if isinstance(number, str) else tree


# By section: what gives the record with the keys that follow; a key that is given stays as it is.
COMPLETING: dict[str, Completing] = {"送达": _delivered}


def completed(section: str, tree: Mapping[str, Tree], at: Standing) -> Mapping[str, Tree]:
    """The record with what follows from its other keys; itself where nothing does."""
    return COMPLETING[section](tree, at) if section in COMPLETING else tree
