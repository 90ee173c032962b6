"""What tables of variables are about: a record together with the year that it is read in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from liangqing.data.model.findings import Finding
from liangqing.data.model.inspections import Inspection
from liangqing.year.state.standing import Standing


class InspectionOf(NamedTuple):
    """An inspection in the year that it belongs to."""

    at: Standing
    inspection: Inspection


class FindingOf(NamedTuple):
    """A finding in the year that it belongs to."""

    at: Standing
    finding: Finding

    @property
    def counted_with(self) -> Sequence[Finding]:
        """The records that are one finding with it (共性); itself at least."""
        return self.at.counted_with(self.finding)
