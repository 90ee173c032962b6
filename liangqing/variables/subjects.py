"""The kinds of subject: for each value of 对象 (and 逐) in the catalogue, how it is listed and which variables it brings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, Never, TypeVar

from liangqing.base import spans
from liangqing.engine import Reads, Record
from liangqing.variables import breakdowns, counted_lists, listing, periods, summary
from liangqing.variables.about import (
    CaseSubject,
    FindingSubject,
    InspectedUnitSubject,
    InspectionSubject,
    PeriodUnitSubject,
    Subject,
    UnitSubject,
    YearSubject,
)
from liangqing.variables.accountability import ACCOUNTABILITY_ROW, accountability
from liangqing.variables.archiving import ARCHIVE, ArchiveSubject
from liangqing.variables.cases import CASE, CaseOf
from liangqing.variables.consultation import CONSULTATION
from liangqing.variables.covers import COVERED, CoverSubject
from liangqing.variables.dispatch import DISPATCH, DispatchSubject
from liangqing.variables.figures import FIGURES
from liangqing.variables.findings import FINDING, INSPECTION
from liangqing.variables.forms import FEEDBACK_FORM, PERIOD_OF_FORM, SELF_CHECK_FORM, is_asked
from liangqing.variables.inspected_units import INSPECTED
from liangqing.variables.letters import LETTER, LetterSubject
from liangqing.variables.owners import FindingOf, InspectionOf
from liangqing.variables.papers import COMMON, Paper
from liangqing.variables.periods import SPAN, PeriodSubject
from liangqing.variables.registers import INCOMING_ROW, SENT_ROW, came_in, sent_out
from liangqing.variables.summary_sentences import SENTENCES, held_accountable
from liangqing.variables.table import Rows, beside_meaning, flag, record, records, shapes, text
from liangqing.variables.units import UNIT, UnitOf
from liangqing.variables.wall_chart import CHART, chart
from liangqing.variables.written_papers import WRITTEN as WRITTEN_TABLE
from liangqing.variables.written_papers import WrittenSubject
from liangqing.year.state.standing import Standing

WRITTEN, COVERS, DISPATCHES, ANY_SPAN, ARCHIVED = "文书", "文书与函", "送达", "期间", "归档"
SPAN_LENGTHS = {"期间.月": spans.MONTH, "期间.季": spans.QUARTER, "期间.半年": spans.HALF}  # in months
# What is counted over all units, so that nothing of the year is without bearing on it.
OF_ALL_UNITS = frozenset(("年度", ANY_SPAN, *SPAN_LENGTHS))

SubjectOf = TypeVar("SubjectOf", bound=Subject)


@dataclass(frozen=True)
class SubjectKind(Generic[SubjectOf]):
    """A value of 对象 (and 逐): the class of its subjects, how they are listed, and the variables that only they bring.

    `is_there` tells whether a subject is one on its day; `listed` gives the same subjects for every day. `named` gives
    those that are only there because a person names them: any span of days.
    """

    subject: type[SubjectOf]
    listed: Callable[[Standing], Iterable[SubjectOf]]
    rows: Rows[SubjectOf]
    is_there: Callable[[SubjectOf], bool] = lambda subject: True
    named: Callable[[Standing, str], Iterable[SubjectOf]] = lambda at, word: ()

    @cached_property
    def own(self) -> Rows[SubjectOf]:
        """What a template reads at its top beside what all papers have."""
        return {**SUBJECT_CODE, **self.rows}

    def list(self, at: Standing) -> Iterable[Subject]:
        """All subjects of the kind in a year as it stands on a day, in the order of the data."""
        return filter(self.is_there, self.listed(at))

    def called(self, at: Standing, word: str) -> Iterable[Subject]:
        """Those that a word names and that are not listed."""
        return filter(self.is_there, self.named(at, word))

    def values(self, paper: Paper, reads: Reads) -> dict[str, object]:
        """The values that `reads` names, and no others, for a paper on a subject of this kind.

        Raises TypeError for a subject of another kind, KeyError for a name that is no variable.
        """
        subject = paper.subject
        if not isinstance(subject, self.subject):
            raise TypeError(f"{type(subject).__name__} is no {self.subject.__name__}")
        return {
            name: COMMON[name].read(paper, below) if name in COMMON else self.own[name].read(subject, below)
            for name, below in reads.items()
        }


SUBJECT_CODE: Rows[Subject] = {
    "对象编号": text("本文书对象的编号", lambda subject: subject.code),
}
_UNIT: Rows[UnitSubject] = {
    "单位": record(UNIT, "本文书的单位", lambda subject: UnitOf(subject.at, subject.unit)),
}
_INSPECTION: Rows[InspectionSubject | InspectedUnitSubject] = {
    "检查": record(INSPECTION, "本文书的检查", lambda subject: InspectionOf(subject.at, subject.inspection)),
}
_FINDINGS: Rows[Subject] = {
    "问题清单": records(FINDING, "本文书涉及的问题", lambda subject: subject.found),
}
_YEAR: Rows[YearSubject] = {
    "数字": record(FIGURES, "统计数字", lambda subject: subject.at),
    "检查分类": records(breakdowns.KIND_ROW, "按检查类型", lambda subject: breakdowns.kinds(subject.at)),
    "各单位": records(breakdowns.UNIT_ROW, "按单位", lambda subject: breakdowns.units(subject.at)),
    "各任务": records(breakdowns.TASK_ROW, "按任务", lambda subject: breakdowns.tasks(subject.at)),
    "征求意见": record(CONSULTATION, "征求意见和采纳情况", lambda subject: subject.at),
    "总结": record(
        summary.SUMMARY_WORDS, "总结里写的文字", lambda subject: subject.at.year.summary, optional=True
    ),
    "总结句": record(SENTENCES, "总结里列数字的句子", lambda subject: subject.at),
    "自查明细": records(
        counted_lists.SELF_CHECK_ROW,
        "自查份数背后的名单",
        lambda subject: counted_lists.self_checks(subject.at),
    ),
    "检查明细": records(
        counted_lists.INSPECTION_ROW,
        "各类检查的名单",
        lambda subject: counted_lists.inspections(subject.at),
    ),
    "问题明细": records(FINDING, "发现问题数背后的名单", lambda subject: counted_lists.findings(subject.at)),
    "整改函明细": records(
        counted_lists.LETTER_ROW, "整改函份数背后的名单", lambda subject: counted_lists.letters(subject.at)
    ),
    "问责统计": records(ACCOUNTABILITY_ROW, "问责统计，按类别", lambda subject: accountability(subject.at)),
    "问责情况": text(
        "问责统计的一句话，没有的不说", lambda subject: held_accountable(subject.at), optional=True
    ),
    "典型案例": records(summary.CASE_ROW, "学习的典型案例", lambda subject: subject.at.cases),
    "作战图": record(CHART, "挂图作战的项目", lambda subject: chart(subject.at)),
    "发文": records(SENT_ROW, "编了文号的文书，作废的也在", lambda subject: sent_out(subject.at)),
    "收文": records(INCOMING_ROW, "收到的来文，收回的表也在", lambda subject: came_in(subject.at)),
    "往期": record(summary.BEFORE, "以前各年度的问题", lambda subject: subject.at),
    "放行": beside_meaning(
        records(
            summary.WAIVER_ROW,
            "经批准放行的门槛，不含提及单位和要批准才能写的词",
            lambda subject: summary.waivers(subject.at),
        )
    ),
}
_OF_UNIT: Rows[UnitSubject] = {
    "征求它的意见": flag("清单征求意见时有没有征求这个单位", is_asked),
}
_PERIOD_UNIT: Rows[PeriodUnitSubject] = {
    "期次": record(PERIOD_OF_FORM, "自查的期次", lambda subject: subject),
    "自查表": record(SELF_CHECK_FORM, "这个单位这一期的自查情况表", lambda subject: subject),
}
_INSPECTED: Rows[InspectedUnitSubject] = {
    "检查单位": record(INSPECTED, "这次检查在这个单位的情况", lambda subject: subject),
}
_FINDING: Rows[FindingSubject] = {
    "问题": record(FINDING, "本文书的问题", lambda subject: FindingOf(subject.at, subject.finding)),
}
_CASE: Rows[CaseSubject] = {
    "典型案例": record(CASE, "本文书的案例", lambda subject: CaseOf(subject.at, subject.case)),
}
_LETTER: Rows[LetterSubject] = {
    "整改函": record(LETTER, "本函", lambda subject: subject),
    "整改反馈表": record(FEEDBACK_FORM, "本函的整改情况反馈表", lambda subject: subject),
}
_PERIOD: Rows[PeriodSubject] = {
    "期间": record(SPAN, "本文书的期间", lambda subject: subject.counted),
}
_COVER: Rows[CoverSubject] = {
    "稿件": record(COVERED, "本稿纸所附的文稿", lambda subject: subject),
}
_DISPATCH: Rows[DispatchSubject] = {
    "送件": record(DISPATCH, "发出的文书和受送达单位", lambda subject: subject),
}
_ARCHIVED: Rows[ArchiveSubject] = {
    "归档": record(ARCHIVE, "一年里印发的全部文书和收文", lambda subject: subject),
}
_WRITTEN: Rows[WrittenSubject] = {
    "文书": record(WRITTEN_TABLE, "本文书", lambda subject: subject),
}

# 文书与函 and 送达: of numbered papers; 归档: one for the year, with all that went out.
SUBJECTS: dict[str, SubjectKind[Any]] = {
    "年度": SubjectKind[YearSubject](YearSubject, listing.years, _YEAR),
    "单位": SubjectKind[UnitSubject](
        UnitSubject,
        listing.units,
        {**_UNIT, **_FINDINGS, **_OF_UNIT},
        lambda subject: subject.at.is_in_force(subject.unit),
    ),
    "期次.单位": SubjectKind[PeriodUnitSubject](
        PeriodUnitSubject,
        listing.period_units,
        {**_UNIT, **_PERIOD_UNIT},
        lambda subject: subject.unit.is_there_until(min(subject.period.due, subject.at.day)),
    ),
    "检查": SubjectKind[InspectionSubject](
        InspectionSubject, listing.inspections, {**_INSPECTION, **_FINDINGS}
    ),
    "检查.单位": SubjectKind[InspectedUnitSubject](
        InspectedUnitSubject, listing.inspected_units, {**_UNIT, **_INSPECTION, **_FINDINGS, **_INSPECTED}
    ),
    "问题": SubjectKind[FindingSubject](
        FindingSubject,
        listing.findings,
        {**_UNIT, **_FINDING},
        lambda subject: subject.at.is_found(subject.finding),
    ),
    "典型案例": SubjectKind[CaseSubject](CaseSubject, listing.cases, _CASE),
    "整改函": SubjectKind[LetterSubject](LetterSubject, listing.letters, {**_UNIT, **_FINDINGS, **_LETTER}),
    **{
        kind: SubjectKind[PeriodSubject](PeriodSubject, periods.in_year(months), _PERIOD, periods.has_begun)
        for kind, months in SPAN_LENGTHS.items()
    },
    ANY_SPAN: SubjectKind[PeriodSubject](
        PeriodSubject, periods.in_year(spans.YEAR), _PERIOD, periods.has_begun, named=periods.named
    ),
    COVERS: SubjectKind[CoverSubject](CoverSubject, lambda at: (), _COVER),
    DISPATCHES: SubjectKind[DispatchSubject](DispatchSubject, lambda at: (), _DISPATCH),
    ARCHIVED: SubjectKind[ArchiveSubject](ArchiveSubject, lambda at: (), _ARCHIVED),
    WRITTEN: SubjectKind[WrittenSubject](WrittenSubject, listing.written, {**_FINDINGS, **_WRITTEN}),
}


LISTED_BY_CATALOGUE = frozenset({COVERS, DISPATCHES, ARCHIVED})


def variables(kind: str) -> Rows[Never]:
    """All that a template on this kind of subject may read at its top, in the order of the manual."""
    return {**COMMON, **SUBJECTS[kind].own}


def schema(kind: str) -> Record:
    """The same as shapes, for the engine to check templates against."""
    return Record(kind, lambda: shapes(variables(kind)))


def values(kind: str, paper: Paper, reads: Reads) -> dict[str, object]:
    """The values that `reads` names, for one paper."""
    return SUBJECTS[kind].values(paper, reads)
