"""What is open with each person responsible on a day: findings, projects, letters whose reply is owed, of all years so far.

A person is a name in a unit: the same name in two units is two persons. Of a unit that is gone it is who took over.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from liangqing.base.chinese import enumerate_words
from liangqing.data.model.duties import Unit
from liangqing.data.model.findings import Finding, Letter
from liangqing.data.model.follow_up import Project
from liangqing.register import Line
from liangqing.year.state import facts
from liangqing.year.state.standing import CLOSED, Standing
from liangqing.year.state.succession import NOBODY

FEW = 3  # units that are named one by one
FINDING, PROJECT, REPLY = "问题", "项目", "回函"


@dataclass(frozen=True)
class Matter:
    """Something that is open with a person: in which unit (简称; of a project those that carry it), of which kind, what.

    `state` is the state of the finding or project; `late` for how many days it is past its day (None: it is not, or
    has none); `due` is None, or the words that stand for it.
    """

    person: str
    units: tuple[str, ...]
    post: str
    kind: str
    year: int
    code: str
    what: str
    due: date | str | None
    state: str
    late: int | None


@dataclass(frozen=True)
class PersonResponsible:
    """A person in a unit, and what is open with him or her: findings first, then projects, then letters."""

    name: str
    units: tuple[str, ...]
    post: str
    matters: tuple[Matter, ...]

    def of_kind(self, kind: str) -> int:
        """How many matters of a kind there are."""
        return sum(matter.kind == kind for matter in self.matters)

    @property
    def unit(self) -> str:
        """The units as a list prints them: all by name where they are few."""
        few = len(self.units) <= FEW
        return enumerate_words(self.units) if few else f"{self.units[0]}等{len(self.units)}家"

    @property
    def late(self) -> int:
        """How many of them are past their day."""
        return sum(matter.late is not None for matter in self.matters)


def persons(at: Standing) -> list[PersonResponsible]:
    """Everybody with whom something is open on the day, by unit as they stand in 单位, then as they are first named."""
    found: dict[tuple[str, tuple[str, ...]], list[Matter]] = {}
    for look in (_findings, _projects, _replies):
        for matter in [matter for then in at.so_far for matter in look(at, then)]:
            found.setdefault((matter.person, _home(found, matter)), []).append(matter)
    position = {unit.short_name: index for unit, index in at.year.unit_position.items()}
    told = [
        PersonResponsible(name, units, next((matter.post for matter in own if matter.post), ""), tuple(own))
        for (name, units), own in found.items()
    ]
    return sorted(told, key=lambda person: position.get(person.units[0], len(position)))


def _home(known: Container[tuple[str, tuple[str, ...]]], matter: Matter) -> tuple[str, ...]:
    """Where a matter's person is: for a project of several units the one in which it is known, if that is one alone."""
    units = [unit for unit in matter.units if (matter.person, (unit,)) in known]
    return (units[0],) if len(units) == 1 else matter.units


def _name(opened: Standing, unit: Unit) -> str:
    return opened.unit_called(unit.code).short_name


def _findings(opened: Standing, at: Standing) -> Iterator[Matter]:
    for finding in at.found:
        owner, state = finding.owner_on(at.day), at.state(finding)
        if owner is None or state == CLOSED:
            continue
        yield Matter(
            person=owner.person,
            units=(_name(opened, at.stands_under(finding)),),
            post=owner.post or "",
            kind=FINDING,
            year=at.year.year,
            code=finding.code,
            what=finding.name + facts.formerly(at, finding),
            due=finding.limit_on(at.day),
            state=state,
            late=at.days_overdue(finding),
        )


def _projects(opened: Standing, at: Standing) -> Iterator[Matter]:
    for project in at.year.projects:
        if project.owner is None or facts.completed_on(at, project):
            continue
        over = facts.project_days_over(at, project)
        yield Matter(
            person=project.owner,
            units=tuple(_units(opened, at, project)),
            post="",
            kind=PROJECT,
            year=at.year.year,
            code=project.code,
            what=project.name,
            due=project.due,
            state=facts.project_state(at, project),
            late=over or None,
        )


def _units(opened: Standing, at: Standing, project: Project) -> Iterable[str]:
    """简称 of who carries a project on the day, once each."""
    units = (at.stands_for(unit) or NOBODY for unit in at.year.units_of(project.responsible))
    return dict.fromkeys(_name(opened, unit) for unit in units)


def _replies(opened: Standing, at: Standing) -> Iterator[Matter]:
    """The reply to a letter is owed by those who answer for its open findings."""
    for letter in at.year.letters:
        line = facts.reply_owed(at, letter)
        if line is not None:
            yield from _reply(opened, at, letter, line)


def _reply(opened: Standing, at: Standing, letter: Letter, line: Line) -> Iterator[Matter]:
    late = (at.day - letter.reply_by).days
    answering = dict[tuple[str, str], None]()
    for finding in (at.year.finding_by_code[code] for code in letter.findings):
        owner = finding.owner_on(at.day)
        if owner is not None and at.state(finding) != CLOSED:
            answering[owner.person, _name(opened, at.stands_under(finding))] = None
    for name, unit in answering:
        yield Matter(
            person=name,
            units=(unit,),
            post="",
            kind=REPLY,
            year=at.year.year,
            code=letter.code,
            what=f"{line.name} 回复",
            due=letter.reply_by,
            state="未回复",
            late=late if late > 0 else None,
        )


def in_a_word(matter: Matter) -> str:
    """How a matter stands: 逾期，已超16天, or its state alone."""
    return matter.state if matter.late is None else f"{matter.state}，已超{matter.late}天"


def what_of(matter: Matter, year: int) -> str:
    """编号 and name of a matter, as they are told in `year`: with the year of its records where that is another."""
    words = matter.what if matter.kind == REPLY else f"{matter.code} {matter.what}"
    return words if matter.year == year else f"{matter.year}年 {words}"


def everybody(at: Standing) -> set[str]:
    """Every name that is, or was, responsible for a finding or a project of the years so far."""
    named = {project.owner for then in at.so_far for project in then.year.projects if project.owner}
    return named | {
        name for then in at.so_far for finding in then.year.findings for name in owners_of(finding)
    }


def owners_of(finding: Finding) -> tuple[str, ...]:
    """责任人 of a finding, the first and those who came after."""
    first = (finding.responsibility.person,) if finding.responsibility else ()
    return (*first, *(change.person for change in finding.changes))
