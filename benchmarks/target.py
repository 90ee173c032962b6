"""What is aimed at, beside what was measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """A target, what was measured, and whether less is better; `why`: the known cause, told where it is missed."""

    name: str
    wanted: float
    measured: float
    unit: str
    at_most: bool = False
    why: str = ""

    @property
    def met(self) -> bool:
        return self.measured <= self.wanted if self.at_most else self.measured >= self.wanted

    @property
    def wanted_text(self) -> str:
        return f"{'≤' if self.at_most else '≥'} {self.wanted:g}{self.unit}"

    @property
    def verdict(self) -> str:
        """`达到`, or by how much it is missed."""
        if self.met:
            return "达到"
        excess = self.measured / self.wanted - 1 if self.at_most else 1 - self.measured / self.wanted
        return f"未达到，差 {excess:.0%}"
