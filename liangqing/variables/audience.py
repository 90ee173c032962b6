"""Who may read a paper: one to some units names no other unit, one to all names no person, none tells what is internal.

A mention that is meant is released on record: 放行 with the gate 提及单位 in the record that holds the words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, gate
from liangqing.base.find_names import NameFinder
from liangqing.data.model.duties import Unit
from liangqing.data.model.kinds import EVERYBODY, INTERNAL, SUPERIOR
from liangqing.data.model.texts_naming import NamingText, says_more, stem
from liangqing.data.model.types import ModelRecord, Waivable
from liangqing.data.yaml.places import Step, texts
from liangqing.engine import Reads
from liangqing.variables.about import Subject

NO_UNIT = (None, INTERNAL, SUPERIOR)  # of 受众: no unit gets such a paper
GATE = "提及单位"
INTERNAL_NAMES = frozenset({"问责统计", "问责情况", "放行"})  # variables that never leave the group
PUBLIC = frozenset(
    {"清单", "机构", "选项", "任务", "内容", "抄送"}
)  # said to everybody, or to whom it is copied


def internal_read(audience: str | None, reads: Reads) -> list[str]:
    """The internal variables that a template reads whose papers leave the group (受众 says so)."""
    return [] if audience in NO_UNIT else sorted(INTERNAL_NAMES & reads.keys())


def mentions(subject: Subject, kind: str, audience: str | None, taken: object) -> list[Diagnostic]:
    """A gate for each name in the values of a paper that is not for those who get it, with its place in the data."""
    foreign = _foreign(subject, audience)
    if foreign is None:
        return []
    found = {(path, name): text for path, text in _strings(taken, "") for name in foreign(text)}
    gates = [
        (name, told)
        for (path, name), text in found.items()
        for told in _told(subject, kind, path, name, text)
    ]
    once = {
        (name, told.place): told for name, told in reversed(gates)
    }  # of one text, the first that prints it
    return list(reversed(once.values()))


def names_in(subject: Subject, audience: str | None, text: str) -> list[str]:
    """The names in a text of a paper that are not for those who get it: of units, or of persons where all get it."""
    foreign = _foreign(subject, audience)
    return [] if foreign is None else foreign(text)


def _foreign(subject: Subject, audience: str | None) -> Callable[[str], list[str]] | None:
    """Finds in a text the names that may not stand in a paper; None where any may."""
    if (
        audience in (INTERNAL, SUPERIOR)
        or not subject.units
        or (audience == EVERYBODY and subject.written_as is None)
    ):
        return None
    return _persons(subject) if audience == EVERYBODY else _other_units(subject)


def _other_units(subject: Subject) -> Callable[[str], list[str]]:
    """Finds in a text the names of units that the paper is not for; a name that one of those shares is none."""
    year = subject.at.year
    copied = year.group.copies_to if subject.copies_to is None else subject.copies_to
    meant = {*subject.units, *(year.unit(unit.party) for unit in subject.units if unit.party)}
    meant |= {year.unit_by_ref[ref] for ref in copied if ref in year.unit_by_ref}
    before = (code for unit in subject.units for code in subject.at.followed_by(unit.code))
    meant |= {year.unit_by_code[code] for code in before if code in year.unit_by_code}
    titles = _titles(subject)

    def is_meant(unit: Unit) -> bool:
        return unit in meant or (unit.party is not None and year.unit(unit.party) in meant)

    def foreign(text: str) -> list[str]:
        for title, left in titles.items():
            text = text.replace(title, left)
        return [
            name for name in year.unit_names.longest(text) if not any(map(is_meant, year.units_called[name]))
        ]

    return foreign


def _titles(subject: Subject) -> dict[str, str]:
    """Names of inspections that the units of a paper are in, the longest first → what in each names any other unit.

    An inspection may be called after the units that it goes to: each of these knows of it.
    """
    years = {year.year: year for year in (*subject.at.years.values(), subject.at.year)}
    own = [
        (year, visit)
        for year in years.values()
        for unit in subject.units
        for visit in year.inspections_of.get(unit.code, ())
    ]
    own += [
        (found.at.year, found.at.year.inspection_by_code[found.finding.inspection]) for found in subject.found
    ]
    called = {
        visit.name: "\n".join(("", *then.called_after_units[visit], ""))
        for then, visit in own
        if visit in then.called_after_units
    }
    return dict(sorted(called.items(), key=lambda pair: -len(pair[0])))


def _persons(subject: Subject) -> Callable[[str], list[str]]:
    """Finds in a text whom the findings name: 责任人, 责任领导 and who came after them."""
    return NameFinder(name for finding in subject.findings for name in finding.persons).longest


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
    known = subject.at.year.texts_naming.get(name)
    passages = known.within(text) if known is not None else []
    near = [*_of_origin(subject, name, text, passages), *_of_findings(subject, name, text)]
    waiving = chain(
        (record for record, _ in near if isinstance(record, Waivable)),
        (record for passage in passages for record in passage.waiving.get(GATE, ())),
    )
    if any(record.waived(GATE, subject.at.day) for record in waiving):
        return
    record, steps = next(iter(near), None) or _first(passages) or (subject.origin, ())
    yield gate(
        Code.NAMES_ANOTHER_UNIT,
        record.place(*steps),
        f"{kind} {subject.code} 的「{path}」写到「{name}」，它不在这份文书的受众里，先不生成",
        f"改掉；确需写到的，在这条记录的「放行」里登记（门槛写「{GATE}」）；不出本组的文种写 受众: {INTERNAL}",
    )


def _first(passages: Iterable[NamingText]) -> tuple[ModelRecord, tuple[Step, ...]] | None:
    """Where one of the texts stands first in the year."""
    found = min((passage.first() for passage in passages), key=lambda first: first[0], default=None)
    return None if found is None else found[1:]


def _of_origin(
    subject: Subject, name: str, text: str, passages: Iterable[NamingText]
) -> list[tuple[ModelRecord, tuple[Step, ...]]]:
    """Where the record that the paper is made from says this; a record may be long, so it is looked up where it can be."""
    origin = subject.origin
    if name not in subject.at.year.texts_naming:
        return _said_in(origin, name, text)
    places = sorted(passage.places[origin] for passage in passages if origin in passage.places)
    return [(origin, steps) for _, steps in places]


def _of_findings(subject: Subject, name: str, text: str) -> list[tuple[ModelRecord, tuple[Step, ...]]]:
    """Where the findings of the paper say this, of whatever year they are."""
    return [place for found in subject.found for place in _said_in(found.finding, name, text)]


def _said_in(record: ModelRecord, name: str, text: str) -> list[tuple[ModelRecord, tuple[Step, ...]]]:
    return [
        (record, steps)
        for steps, words in texts(record.tree)
        if name in words and says_more(words, name) and stem(words) in text
    ]
