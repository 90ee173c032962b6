"""The tables of a run on the terminal."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.markup import escape
from rich.table import Table as Drawn

from benchmarks.found import Found
from benchmarks.load import Workspaces
from benchmarks.table import Table
from benchmarks.tabulate import tables

_console = Console(width=None if sys.stdout.isatty() else 180, highlight=False)


def say(line: str) -> None:
    _console.print(escape(line))


def show(found: Found) -> None:
    for table in tables(found):
        _draw(table)


def loading(yaml: dict[str, list[float]], workspaces: list[Workspaces]) -> None:
    """The tables of `benchmarks.load` alone."""
    show(Found(yaml=yaml, workspaces=workspaces))


def _draw(table: Table) -> None:
    drawn = Drawn(title=table.title, title_justify="left", caption=table.note or None, caption_justify="left")
    for head in table.heads:
        drawn.add_column(head, overflow="fold")
    for row in table.rows:
        drawn.add_row(*map(escape, row))
    _console.print(drawn)
