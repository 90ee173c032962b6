"""Official papers by the hundred: right ones in every pair of ways, and each mistake in several ways; what is told of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from time import process_time

from other_kinds import MATERIALS, other
from outlines import KINDS, Outline, outline
from planted import MISTAKES, OFFICIAL, SEVERAL, Mistake
from ways import Way, rows
from written import written

from liangqing.gbt9704.check.judge import FormatFinding, Report, check
from liangqing.gbt9704.check.rule import place_of

KIND = "文种"
TIMES = 4  # a mistake is planted in so many ways
_STEP = 7  # from one way of a mistake to the next; has no divisor in common with their number


@dataclass(frozen=True, eq=False)
class Specimen:
    """A paper in one way of writing, right where it has no `mistakes`."""

    outline: Outline
    way: Way
    mistakes: tuple[Mistake, ...] = ()

    @property
    def name(self) -> str:
        planted = "".join(f"·{each.name}" for each in self.mistakes)
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
    def missed(self) -> list[Mistake]:
        """The mistakes that are not told where they are."""
        return [
            each
            for each in self.specimen.mistakes
            if not any(_tells(finding, each) for finding in self.report.findings)
        ]

    @property
    def beside(self) -> set[str]:
        """The rules of 规定 that it is said to break beside its mistakes."""
        wanted = " ".join(f"{each.rules} {each.also}" for each in self.specimen.mistakes)
        return self.broken - set(wanted.split())


def _tells(finding: FormatFinding, mistake: Mistake) -> bool:
    told = finding.rule.code in mistake.rules.split()
    return told and any(mistake.where in place_of(hit.at) for hit in finding.hits)


def _ways() -> tuple[Way, ...]:
    return rows(KIND, tuple(KINDS))


def _right() -> Iterator[Specimen]:
    return (Specimen(outline(way[KIND]), way) for way in _ways())


def _wrong() -> Iterator[Specimen]:
    """Each mistake in several ways; then several mistakes in one paper."""
    ways = _ways()
    for index, mistake in enumerate(MISTAKES):
        kinds = mistake.kinds or OFFICIAL
        for time in range(TIMES):
            row = ways[(index * TIMES + time) * _STEP % len(ways)]
            way: Way = {**row, **mistake.way, KIND: kinds[(index + time) % len(kinds)]}
            yield Specimen(mistake.plant(outline(way[KIND])), way, (mistake,))
    by_name = {mistake.name: mistake for mistake in MISTAKES}
    for index, (kind, names) in enumerate(SEVERAL):
        mistakes = tuple(by_name[name] for name in names)
        for time in range(TIMES):
            row = ways[(index * TIMES + time) * _STEP % len(ways)]
            way = {
                **row,
                **{axis: value for each in mistakes for axis, value in each.way.items()},
                KIND: kind,
            }
            paper = outline(kind)
            for mistake in mistakes:
                paper = mistake.plant(paper)
            yield Specimen(paper, way, mistakes)


def _others() -> Iterator[Specimen]:
    ways = _ways()
    for index, kind in enumerate(MATERIALS):
        for time in range(TIMES):
            turn = index * TIMES + time
            yield Specimen(other(kind, turn), {**ways[turn * _STEP % len(ways)], "缩进": "磅", KIND: kind})


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


@cache
def others() -> tuple[Judged, ...]:
    """What is no official paper."""
    return tuple(map(_judged, _others()))


def specimens() -> tuple[Specimen, ...]:
    """All of them, unjudged: the right ones, those with a mistake, what is no official paper."""
    return (*_right(), *_wrong(), *_others())
