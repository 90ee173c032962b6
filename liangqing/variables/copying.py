"""Variables as a person copies them into a Word template: with braces, and with the way that leads to each."""

from __future__ import annotations

from typing import NamedTuple, Never

from liangqing.engine import Flag, List, Shape
from liangqing.variables.subjects import variables
from liangqing.variables.table import Rows, in_words


class CopiedVariable(NamedTuple):
    """A variable: how it is written in a template, of which type in words, what it means."""

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
        CopiedGroup(
            title,
            loop,
            tuple(
                CopiedVariable(
                    _written(f"{prefix}{name}", variable.shape), in_words(variable.shape), variable.help
                )
                for name, variable in rows.items()
            ),
        )
        for title, loop, prefix, rows in ways
    ]


def _written(path: str, shape: Shape) -> str:
    """A variable in a template: printed, asked, or gone through."""
    if isinstance(shape, Flag):
        return f"{{% if {path} %}} … {{% endif %}}"
    if isinstance(shape, List):
        return f"{{% for 项 in {path} %}} … {{% endfor %}}"
    return f"{{{{ {path} }}}}"
