"""What a paper is about: a class for each value of 对象 (and 逐) in the catalogue, with what follows from it.

How each is listed and which variables it brings are the rows of subjects.py. Letters, other written papers and the
sheets that go round with them stand beside their variables: letters.py, written_papers.py, covers.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from liangqing.data.model.duties import Period, Unit
from liangqing.data.model.findings import Finding, Letter
from liangqing.data.model.follow_up import Case, WrittenPaper
from liangqing.data.model.inspections import Inspection
from liangqing.data.model.types import ModelRecord
from liangqing.variables.owners import FindingOf
from liangqing.year.state.standing import Standing


class Masthead(NamedTuple):
    """What a record says of the head of its paper and of who issues it; what it does not say is empty.

    `jointly_with`: the other organs of a joint paper; `signers`: who signs an upward paper, the host's first.
    """

    jointly_with: tuple[str, ...] = ()
    urgency: str | None = None
    copy_number: int | None = None
    signers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Subject:
    """What one paper is about, in a year as it stands on a day; what a kind does not say of itself stands here.

    `code` is what the command line and the register call it, with parts set off by slashes; `label` what a person
    calls it, in one line; `origin` the record in which a person would mend what the paper says.
    """

    at: Standing
    code: str
    label: str
    origin: ModelRecord

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units that the paper is to or about; none: the whole year."""
        return ()

    @property
    def named_units(self) -> tuple[Unit, ...]:
        """Those units by whose 编号, 名称 or 简称 a person may call the subject."""
        return self.units

    @property
    def addressee(self) -> str:
        """主送 of a letter; "" for a paper that is no letter."""
        return ""

    @property
    def copies_to(self) -> tuple[str, ...] | None:
        """抄送 of a letter; None for a paper that is no letter."""
        return None

    @property
    def written_as(self) -> str | None:
        """文种 of a 文书, which a person decided to write; None for every other subject."""
        return None

    @property
    def in_title(self) -> str:
        """事由 as a person wrote it, in the lines that it has in the title; "" for a subject without."""
        return ""

    @property
    def corrects(self) -> str:
        """文号 of the paper that this one corrects (更正); "" where it corrects none."""
        return ""

    @property
    def masthead(self) -> Masthead:
        """What the record of a letter says of its head and of who issues it."""
        return Masthead()

    @property
    def before(self) -> tuple[Subject, ...]:
        """The same as its form may have gone out, before what the form asks for was on record."""
        return ()

    @property
    def findings(self) -> Sequence[Finding]:
        """The findings that the paper rests on."""
        return ()

    @property
    def found(self) -> list[FindingOf]:
        """The same, each in its year."""
        return [FindingOf(self.at, finding) for finding in self.findings]

    @property
    def names(self) -> set[str]:
        """What the records are called that the paper is about: parts of its code, findings, inspections, units."""
        units = {*self.units, *(found.at.year.unit(found.finding.unit) for found in self.found)}
        names = {ref for unit in units for ref in (unit.code, unit.name, unit.short_name)}
        names |= {ref for finding in self.findings for ref in (finding.code, finding.inspection)}
        return names | set(self.code.split("/"))

    def answers_to(self, word: str) -> bool:
        """Whether a person who types `word` means this subject."""
        called = ((unit.code, unit.name, unit.short_name) for unit in self.named_units)
        return word in {self.code, *self.code.split("/")}.union(*called)

    def is_of_unit(self, word: str) -> bool:
        """Whether the paper is of one unit alone, and a person who types `word` means it."""
        return len(self.named_units) == 1 and self.answers_to(word)


def copies_of(at: Standing, letter: Letter | WrittenPaper) -> tuple[str, ...]:
    """抄送 of a letter: what its record says, by default what the group's does but for whom the letter is to."""
    if letter.copies_to is not None:
        return letter.copies_to
    return tuple(name for name in at.year.group.copies_to if name != letter.addressee)


def masthead_of(letter: Letter | WrittenPaper) -> Masthead:
    """What the record of a letter says of its head; only a 文书 may be an upward paper."""
    signers = letter.signers if isinstance(letter, WrittenPaper) else ()
    return Masthead(letter.jointly_with, letter.urgency, letter.copy_number, signers)


@dataclass(frozen=True)
class YearSubject(Subject):
    """年度: the whole year."""

    @property
    def findings(self) -> Sequence[Finding]:
        return self.at.found


@dataclass(frozen=True)
class UnitSubject(Subject):
    """单位: a unit, with all findings in it; every other subject that is of one unit alone is made from it."""

    unit: Unit

    @property
    def units(self) -> tuple[Unit, ...]:
        return (self.unit,)

    @property
    def findings(self) -> Sequence[Finding]:
        return self.at.answered_by(self.unit.code)


@dataclass(frozen=True)
class PeriodUnitSubject(UnitSubject):
    """期次.单位: a round of self-checks, in a unit that owes one."""

    period: Period


@dataclass(frozen=True)
class InspectionSubject(Subject):
    """检查: an inspection in all of its units; nobody calls it by their names."""

    inspection: Inspection

    @property
    def units(self) -> tuple[Unit, ...]:
        return self.at.year.units_of(self.inspection.units)

    @property
    def named_units(self) -> tuple[Unit, ...]:
        return ()

    @property
    def findings(self) -> Sequence[Finding]:
        return self.at.found_in(inspection=self.inspection.code)


@dataclass(frozen=True)
class InspectedUnitSubject(UnitSubject):
    """检查.单位: an inspection in one of its units; `blank`: as it was before anything was seen there."""

    inspection: Inspection
    blank: bool = False

    @property
    def before(self) -> tuple[Subject, ...]:
        return (replace(self, blank=True),)

    @property
    def findings(self) -> Sequence[Finding]:
        if self.blank:
            return ()
        return self.at.found_in(inspection=self.inspection.code, unit=self.unit.code)


@dataclass(frozen=True)
class FindingSubject(UnitSubject):
    """问题: a finding, in its unit."""

    finding: Finding

    @property
    def findings(self) -> Sequence[Finding]:
        return (self.finding,)


@dataclass(frozen=True)
class CaseSubject(Subject):
    """典型案例: a notice of cases, to all units."""

    case: Case
