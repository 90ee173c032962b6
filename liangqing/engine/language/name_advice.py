"""What to write instead of a name that is not known: one of the same kind and close to it, or the loop that gives it.

Nothing is proposed that would be refused in its turn: where a list is wanted a list, where something is printed what can
be printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from liangqing.engine.language.shapes import Flag, List, Number, Record, RichText, Shape, Text
from liangqing.engine.language.suggestions import listing, suggestion

Fits: TypeAlias = Callable[[Shape | None], bool]
Known: TypeAlias = Mapping[str, Shape | None]
SHOWN = 3


@dataclass(frozen=True)
class Wanted:
    """What a name stands for where it is used: `fits` tells the kind, `attribute` is what is read below it, if anything."""

    fits: Fits
    attribute: str = ""


def anything(shape: Shape | None) -> bool:
    """Where a name is tested or compared."""
    return True


def printable(shape: Shape | None) -> bool:
    """Where a name is printed."""
    return shape is None or isinstance(shape, Text | Number | RichText)


def loopable(shape: Shape | None) -> bool:
    """Where a for runs over it."""
    return shape is None or isinstance(shape, List)


def owner_of(attribute: str) -> Fits:
    """Where `attribute` is read below a name."""
    return lambda shape: shape is None or (isinstance(shape, Record) and attribute in shape.fields())


def advise(name: str, known: Known, wanted: Wanted) -> tuple[str, str]:
    """What follows the message that there is no `name`, and the advice."""
    loop = _loop_of(name, wanted.attribute, known) if wanted.attribute else ""
    if loop:
        return "，它是循环里的名称", f"写成 {loop}"
    below = [path for path, shape in _paths(known) if wanted.fits(shape) and _same(name, path)]
    if below:
        return f"，是否 {below[0]}？", f"改成 {'，或 '.join(below[:SHOWN])}"
    loops = _loops_with(name, known) if wanted.fits is printable else []
    if loops:
        return "，它是列表里各项的", f"写成 {loops[0]}"
    near, advice = suggestion(name, (other for other, shape in known.items() if wanted.fits(shape)))
    return (near, advice) if near else ("", listing(known))


def loop_over(path: str, shape: List, attribute: str = "", target: str = "") -> str:
    """The loop that prints `attribute` of each item, or the first thing that can be printed of it."""
    item = shape.item
    if not isinstance(item, Record):
        return f"{{% for {target or '项'} in {path} %}}{{{{ {target or '项'} }}}}{{% endfor %}}"
    variable = target or (item.name if item.name.isidentifier() and item.name != path else "项")
    shown = attribute or next((name for name, below in item.fields().items() if printable(below)), "…")
    return f"{{% for {variable} in {path} %}}{{{{ {variable}.{shown} }}}}{{% endfor %}}"


def _loop_of(owner: str, attribute: str, known: Known) -> str:
    """The loop in which `owner.attribute` can be printed, where `owner` is what an item of a list is called."""
    for path, shape in (*_named_lists(known), *_lists(known)):
        fields = shape.item.fields() if isinstance(shape.item, Record) else {}
        called = owner == getattr(shape.item, "name", "") or path.rpartition(".")[2].startswith(owner)
        if called and printable(fields.get(attribute, Flag())):
            return loop_over(path, shape, attribute, owner)
    return ""


def _loops_with(name: str, known: Known) -> list[str]:
    """Loops over lists whose items have something of this name that can be printed."""
    return [
        loop_over(path, shape, name, "项" if shape.item.name in known else "")
        for path, shape in (*_named_lists(known), *_lists(known))
        if isinstance(shape.item, Record) and printable(shape.item.fields().get(name, Flag()))
    ]


def _same(name: str, path: str) -> bool:
    """Whether a name says a path without its dot, or its last part alone."""
    owner, _, last = path.rpartition(".")
    return name in (f"{owner}{last}", f"{owner}的{last}", f"{owner}_{last}", last)


def _paths(known: Known) -> Iterator[tuple[str, Shape]]:
    """What stands right below the records that there are."""
    for name, shape in known.items():
        if isinstance(shape, Record):
            yield from ((f"{name}.{below}", found) for below, found in shape.fields().items())


def _named_lists(known: Known) -> Iterator[tuple[str, List]]:
    return ((name, shape) for name, shape in known.items() if isinstance(shape, List))


def _lists(known: Known) -> Iterator[tuple[str, List]]:
    return ((path, shape) for path, shape in _paths(known) if isinstance(shape, List))
