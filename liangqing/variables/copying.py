"""Variables as a person copies them into a Word template: with braces, and with the way that leads to each."""

from __future__ import annotations

from typing import NamedTuple, Never

from liangqing.engine import Flag, List
from liangqing.variables.subjects import variables
from liangqing.variables.table import Rows, Variable, in_words


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


def copied(subject: str) -> list[CopiedGroup]:
    """All that a template on this kind of subject may read: the top first, then each group that is reached from it.

    A group is told once, by the nearest way that leads to it.
    """
    ways: list[tuple[str, str, str, Rows[Never]]] = [("最上面一层", "", "", variables(subject))]
    seen: set[str] = set()
    for _, _, prefix, rows in ways:  # grows while it is read
        for name, variable in rows.items():
            table = variable.below
            if table is None or table.name in seen:
                continue
            seen.add(table.name)
            if isinstance(variable.shape, List):
                loop = f"{{% for {table.name} in {prefix}{name} %}} … {{% endfor %}}"
                ways.append((table.name, loop, f"{table.name}.", table.rows))
            else:
                ways.append((table.name, "", f"{prefix}{name}.", table.rows))
    return [
        CopiedGroup(title, loop, tuple(_copied(prefix, name, rows[name]) for name in rows))
        for title, loop, prefix, rows in ways
    ]


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
    return "" if table is not None else f"{{{{ {path} }}}}"
