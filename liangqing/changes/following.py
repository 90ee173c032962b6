"""Keys of a new record that follow from others of it, so that nobody has to type them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from liangqing.changes.signing import signed
from liangqing.data.yaml.places import Tree
from liangqing.year.state.standing import Standing

Completing: TypeAlias = Callable[[Mapping[str, Tree], Standing], Mapping[str, Tree]]

# By section: what gives the record with the keys that follow; a key that is given stays as it is.
COMPLETING: dict[str, Completing] = {"双签": signed}


def completed(section: str, tree: Mapping[str, Tree], at: Standing) -> Mapping[str, Tree]:
    """The record with what follows from its other keys; itself where nothing does.

    Raises Problems where a key says what can't be followed; the detail of their place is that key.
    """
    return COMPLETING[section](tree, at) if section in COMPLETING else tree
