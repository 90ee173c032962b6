"""Official papers by the hundred: right ones in every pair of ways, and each mistake in several ways; what is told of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from time import process_time

from outlines import KINDS, Outline, outline
from planted import MISTAKES, Mistake
from ways import Way, rows
from written import written

from liangqing.gbt9704.check.judge import FormatFinding, Report, check
from liangqing.gbt9704.check.rule import place_of

KIND = "文种"
TIMES = 4  # a mistake is planted in so many ways
_STEP = 7  # from one way of a mistake to the next; has no divisor in common with their number


@dataclass(frozen=True, eq=False)
class Specimen:
    """A paper in one way of writing, right where `mistake` is None."""

    outline: Outline
    way: Way
    mistake: Mistake | None = None

    @property
    def name(self) -> str:
        planted = f"·{self.mistake.name}" if self.mistake is not None else ""
        return f"{self.outline.kind}{planted}（{'、'.join(f'{axis}{value}' for axis, value in self.way.items())}）"


@dataclass(frozen=True, eq=False)
class Judged:
    """What is told of a specimen, and how long that took, in seconds of the processor."""

    specimen: Specimen
    report: Report
    seconds: float

    @property
    def broken(self) -> set[str]:
        """The rules of 规定 that it is said to break."""
        return {each.rule.code for each in self.report.findings if each.broken}

    @property
    def warned(self) -> set[str]:
        """The rules of which it is warned."""
        return {each.rule.code for each in self.report.findings if each.level == "警告"}

    @property
    def found(self) -> bool:
        """Whether its mistake is told where it is."""
        mistake = self.specimen.mistake
        return mistake is not None and any(_tells(each, mistake) for each in self.report.findings)

    @property
    def beside(self) -> set[str]:
        """The rules of 规定 that it is said to break beside its mistake."""
        mistake = self.specimen.mistake
        return self.broken - set(f"{mistake.rules} {mistake.also}".split() if mistake is not None else ())


def _tells(finding: FormatFinding, mistake: Mistake) -> bool:
    told = finding.rule.code in mistake.rules.split()
    return told and any(mistake.where in place_of(hit.at) for hit in finding.hits)


def _ways() -> tuple[Way, ...]:
    return rows(KIND, tuple(KINDS))


def _right() -> Iterator[Specimen]:
    return (Specimen(outline(way[KIND]), way) for way in _ways())


def _wrong() -> Iterator[Specimen]:
    ways = _ways()
    for index, mistake in enumerate(MISTAKES):
        kinds = mistake.kinds or tuple(KINDS)
        for time in range(TIMES):
            row: Mapping[str, str] = ways[(index * TIMES + time) * _STEP % len(ways)]
            way = {**row, **mistake.way, KIND: kinds[(index + time) % len(kinds)]}
            yield Specimen(mistake.plant(outline(way[KIND])), way, mistake)


def _judged(specimen: Specimen) -> Judged:
    data = written(specimen.outline, specimen.way)
    start = process_time()
    report = check(data, "公文.docx")
    return Judged(specimen, report, process_time() - start)


@cache
def right() -> tuple[Judged, ...]:
    """The right papers."""
    return tuple(map(_judged, _right()))


@cache
def wrong() -> tuple[Judged, ...]:
    """The papers with a mistake."""
    return tuple(map(_judged, _wrong()))
