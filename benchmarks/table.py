"""A table for the terminal and for docs alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MB = 1024  # KB


@dataclass(frozen=True)
class Table:
    """`note` stands under the table."""

    title: str
    heads: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    note: str = ""


def number(value: float) -> str:
    """Three digits that count."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
