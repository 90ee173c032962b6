"""Papers of a day of their own (截至: 检查 or 签字): they say for ever what they said when they were handed over.

Later self-checks, extensions and 回头看 do not enter, whether `issue` kept the paper or nobody did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from liangqing.base.chinese import enumerate_words
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, warning
from liangqing.data.model.kinds import OF_INSPECTION, OF_SIGNATURE
from liangqing.papers.catalogue import Entry
from liangqing.variables.about import InspectedUnitSubject, Subject
from liangqing.year.state.standing import REFUSED, SIGNED

SubjectOf = TypeVar("SubjectOf", bound=Subject)


def on_its_own_day(entry: Entry, subject: SubjectOf, latest: date) -> SubjectOf:
    """What a paper is about as the paper tells of it: on its own day, but not later than `latest`.

    Itself where the kind has no such day.
    """
    day_of = _OWN_DAYS.get(entry.kind.until or "")
    if day_of is None or not isinstance(subject, InspectedUnitSubject):
        return subject
    then = subject.at.on(latest)
    day = day_of(replace(subject, at=then))
    return replace(subject, at=then if day is None else then.on(min(day, latest)))


def handed_over(entry: Entry, subject: Subject) -> bool:
    """Whether the paper has left the group's hands by the day: the feedback meeting was held, the signatures are there."""
    look = _HANDED_OVER.get(entry.kind.until or "")
    return look is not None and isinstance(subject, InspectedUnitSubject) and look(subject)


def made_otherwise(papers: Iterable[tuple[Entry, Subject, str]]) -> list[Diagnostic]:
    """Of papers that were just made anew (each with its file), a warning by kind on those that were handed over before."""
    together: dict[str, list[tuple[Subject, str]]] = {}
    for entry, subject, path in papers:
        if entry.kind.freeze and handed_over(entry, subject):
            together.setdefault(entry.name, []).append((subject, path))
    return [_told_of(kind, found) for kind, found in together.items()]


def _told_of(kind: str, found: Sequence[tuple[Subject, str]]) -> Diagnostic:
    first, path = found[0]
    codes = enumerate_words(subject.code for subject, _ in found)
    message = f"{kind} {codes} 已经交出、没有定稿，这次生成的和上次的不一样"
    advice = "核对改了什么：交出去的对，把数据改回来再生成；重新交的，收回原来的。"
    advice += f"核对后定稿存档：issue {kind} {first.code} --date {first.at.day}"
    return warning(Code.HANDED_OVER_CHANGED, Place(path), message, advice)


def _met(subject: InspectedUnitSubject) -> bool:
    return bool(subject.at.meetings_in(subject.inspection, subject.unit))


def _inspected_on(subject: InspectedUnitSubject) -> date:
    """The last day of what the inspection came to in the unit: its end, its 画像, its 反馈会.

    Before there was a 反馈会 also the day on which a finding was found later on.
    """
    at, inspection, unit = subject.at, subject.inspection, subject.unit
    days = [inspection.last_day, *(meeting.day for meeting in at.meetings_in(inspection, unit))]
    portrait = at.portrait(inspection, unit)
    if portrait is not None and portrait.day is not None:
        days.append(portrait.day)
    if not _met(subject):
        days += map(at.found_on, subject.findings)
    return max(days)


def _signed_on(subject: InspectedUnitSubject) -> date | None:
    """The day of the last signature, once all findings of the sheet are signed for (or 拒签); None: it is still to be signed."""
    signatures = [subject.at.signature(finding) for finding in subject.findings]
    days = [sign.day for state, sign in signatures if sign is not None and state in (SIGNED, REFUSED)]
    return max(days) if days and len(days) == len(signatures) else None


_OWN_DAYS: Mapping[str, Callable[[InspectedUnitSubject], date | None]] = MappingProxyType(
    {OF_INSPECTION: _inspected_on, OF_SIGNATURE: _signed_on}
)
_HANDED_OVER: Mapping[str, Callable[[InspectedUnitSubject], bool]] = MappingProxyType(
    {OF_INSPECTION: _met, OF_SIGNATURE: lambda subject: _signed_on(subject) is not None}
)
