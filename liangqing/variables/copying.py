"""Variables as a person copies them into a Word template: with braces, and with the way that leads to each."""

from __future__ import annotations

from typing import NamedTuple, Never

from liangqing.engine import Flag, Inset, List, Shape
from liangqing.variables.subjects import variables
from liangqing.variables.table import Rows, Variable, VariableTable, in_words

ELSEWHERE, ENDING = " … ", "{% endfor %}"  # what a person puts between, and what ends a loop


class CopiedVariable(NamedTuple):
    """A variable: its path, how it is written in a template, of which type in words, what it means."""

    path: str
    written: str
    shape: str
    help: str


class CopiedGroup(NamedTuple):
    """Variables that stand together; `loop` is the way in, where they stand in a list ("": they do not)."""

    title: str
    loop: str
    variables: tuple[CopiedVariable, ...]


class _Way(NamedTuple):
    """A group that is reached: its title, the heads of the loops around it, what stands before its names, its rows."""

    title: str
    heads: tuple[str, ...]
    prefix: str
    rows: Rows[Never]


def copied(subject: str) -> list[CopiedGroup]:
    """All that a template on this kind of subject may read: the top first, then each group that is reached from it.

    A group is told once, by the nearest way that leads to it.
    """
    ways = [_Way("最上面一层", (), "", variables(subject))]
    seen: set[str] = set()
    for way in ways:  # grows while it is read
        for name, variable in way.rows.items():
            table = variable.below
            if table is not None and table.name not in seen:
                seen.add(table.name)
                ways.append(_below(way, f"{way.prefix}{name}", variable.shape, table))
    return [
        CopiedGroup(
            way.title,
            "".join(way.heads) + (ELSEWHERE + ENDING * len(way.heads) if way.heads else ""),
            tuple(_copied(way.prefix, name, way.rows[name]) for name in way.rows),
        )
        for way in ways
    ]


def _below(way: _Way, path: str, shape: Shape, table: VariableTable[Never]) -> _Way:
    if not isinstance(shape, List):
        return _Way(table.name, way.heads, f"{path}.", table.rows)
    head = f"{{% for {table.name} in {path} %}}"
    return _Way(table.name, (*way.heads, head), f"{table.name}.", table.rows)


def _copied(prefix: str, name: str, variable: Variable[Never]) -> CopiedVariable:
    written = _written(f"{prefix}{name}", variable)
    return CopiedVariable(f"{prefix}{name}", written, in_words(variable.shape), variable.help)


def _written(path: str, variable: Variable[Never]) -> str:
    """A variable in a template: printed, asked, or gone through; "" for a group that is always there."""
    shape, table = variable.shape, variable.below
    if isinstance(shape, List):
        return f"{{% for {table.name} in {path} %}} … {{% endfor %}}" if table else f"{{{{ {path}|顿号 }}}}"
    if isinstance(shape, Flag) or (table is not None and getattr(shape, "optional", False)):
        return f"{{% if {path} %}} … {{% endif %}}"
    if isinstance(shape, Inset):
        return f"{{{{p {path} }}}}"
    return "" if table is not None else f"{{{{ {path} }}}}"
