"""Who may read a paper: one to some units names no other unit, one to all names no person, none tells what is internal.

A mention that is meant is released on record: 放行 with the gate 提及单位 in the record that holds the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, gate
from liangqing.data.model.duties import PARTY_KINDS, Unit
from liangqing.data.model.types import ModelRecord, Waivable
from liangqing.data.references import texts
from liangqing.engine import Reads
from liangqing.variables.about import Subject

INTERNAL, EVERYBODY = "内部", "全体"
GATE = "提及单位"
INTERNAL_NAMES = frozenset({"问责统计", "放行"})  # variables that never leave the group
PUBLIC = frozenset(
    {"清单", "机构", "选项", "任务", "内容", "抄送"}
)  # said to everybody, or to whom it is copied


def internal_read(audience: str | None, reads: Reads) -> list[str]:
    """The internal variables that a template reads whose papers leave the group (受众 says so)."""
    return [] if audience in (None, INTERNAL) else sorted(INTERNAL_NAMES & reads.keys())


def mentions(subject: Subject, kind: str, audience: str | None, taken: object) -> list[Diagnostic]:
    """A gate for each name in the values of a paper that is not for those who get it, with its place in the data."""
    if audience == INTERNAL or not subject.units or (audience == EVERYBODY and subject.written_as is None):
        return []
    names = _persons(subject) if audience == EVERYBODY else _others(subject)
    if not names:
        return []
    found = {
        (path, name): text for path, text in _strings(taken, "") for name in named(text, names) if names[name]
    }
    return [told for (path, name), text in found.items() for told in _told(subject, kind, path, name, text)]


def _others(subject: Subject) -> dict[str, bool]:
    """Every name of a unit → whether it is of one that the paper is not for."""
    year = subject.at.year
    copied = year.group.copies_to if subject.copies_to is None else subject.copies_to
    meant = {*subject.units, *(year.unit(unit.party) for unit in subject.units if unit.party)}
    meant |= {year.unit_by_ref[name] for name in copied if name in year.unit_by_ref}
    meant |= {unit for unit in year.units if unit.party and year.unit(unit.party) in meant}
    named: dict[str, bool] = {}
    for unit in year.units:
        for name in called(unit):
            named[name] = named.get(name, True) and unit not in meant
    return named


def called(unit: Unit) -> Iterator[str]:
    """What a text may call a unit: 名称 and 简称, and both without 党支部 and the like at their end.

    Of a 简称 only where the full name does not hold what is left: 灵川局 is a name, 办公室 is a word.
    """
    yield unit.name
    bare = unit.name.removesuffix(unit.kind)
    if bare and unit.kind in PARTY_KINDS:
        yield bare
    if unit.short is not None:
        yield unit.short
        bare = unit.short.removesuffix(unit.kind)
        if unit.kind in PARTY_KINDS and bare not in unit.name:
            yield bare


def _persons(subject: Subject) -> dict[str, bool]:
    """Whom findings name: 责任人, 责任领导 and who came after them."""
    told = [
        name
        for finding in subject.findings
        for owner in (finding.responsibility, *finding.changes)
        if owner is not None
        for name in (owner.person, getattr(owner, "leader", None))
    ]
    return {name: True for name in told if name}


def named(text: str, names: Iterable[str]) -> list[str]:
    """The names in a text; of names that contain each other the longest one that is there."""
    longest = sorted(names, key=len, reverse=True)
    return re.findall("|".join(map(re.escape, longest)), text)


def _strings(value: object, path: str) -> Iterator[tuple[str, str]]:
    """Every text of the values, with its path; what is public is passed over."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, below in value.items():
            if name not in PUBLIC or isinstance(below, str):  # 内容 is public as 监督内容, not as 进展.内容
                yield from _strings(below, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item, path)


def _told(subject: Subject, kind: str, path: str, name: str, text: str) -> Iterator[Diagnostic]:
    sources = list(_sources(subject, name, text))
    if any(isinstance(record, Waivable) and record.waived(GATE, subject.at.day) for record, _ in sources):
        return
    place = sources[0][1] if sources else subject.origin.place()
    yield gate(
        Code.NAMES_ANOTHER_UNIT,
        place if isinstance(place, Place) else subject.origin.place(),
        f"{kind} {subject.code} 的「{path}」写到「{name}」，它不在这份文书的受众里，先不生成",
        f"改掉；确需写到的，在这条记录的「放行」里登记（门槛写「{GATE}」）；不出本组的文种写 受众: {INTERNAL}",
    )


def _sources(subject: Subject, name: str, text: str) -> Iterator[tuple[ModelRecord, Place]]:
    """The records whose own words these are."""
    records = [subject.origin, *(found.finding for found in subject.found), *subject.at.year.records()]
    for record in records:
        for path, words in texts(record.tree):
            if name in words and len(words) > len(name) and words.strip().rstrip("。；") in text:
                yield record, record.place(*path)
