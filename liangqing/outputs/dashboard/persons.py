"""What is open with each person responsible, a row a person."""

from __future__ import annotations

from typing import NamedTuple

from liangqing.year.state import persons as state
from liangqing.year.state.persons import FINDING, PROJECT, REPLY, Matter, PersonResponsible
from liangqing.year.state.standing import UNSETTLED, Standing


class PersonRow(NamedTuple):
    """A person in a unit: how much is open, how much of it is late, and what it is, a line each."""

    name: str
    post: str
    unit: str
    units: str
    findings: int
    projects: int
    replies: int
    late: int
    matters: list[tuple[str, str, bool]]


def persons(at: Standing) -> list[PersonRow]:
    """Everybody with whom something is open, by unit."""
    return [_row(at, person) for person in state.persons(at)]


def _row(at: Standing, person: PersonResponsible) -> PersonRow:
    return PersonRow(
        name=person.name,
        post=person.post,
        unit=person.unit,
        units="|".join(person.units),
        findings=person.of_kind(FINDING),
        projects=person.of_kind(PROJECT),
        replies=person.of_kind(REPLY),
        late=person.late,
        matters=[_line(at, matter) for matter in person.matters],
    )


def _line(at: Standing, matter: Matter) -> tuple[str, str, bool]:
    """What it is, how it stands, and whether it is late."""
    stands = f"{matter.due or UNSETTLED}，{state.in_a_word(matter)}"
    return state.what_of(matter, at.year.year), stands, matter.late is not None
