"""The kinds of subject that a paper may have: how they are listed, and which variables they bring."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from liangqing.engine import Reads, Record
from liangqing.variables import cases as cases
from liangqing.variables import consultation as consultation
from liangqing.variables import covers as covers
from liangqing.variables import forms, projects, summary
from liangqing.variables import inspected_units as inspected_units
from liangqing.variables import written_papers as written_papers
from liangqing.variables.accountability import accountability
from liangqing.variables.duties import UnitOf
from liangqing.variables.owners import FindingOf, InspectionOf
from liangqing.variables.papers import COMMON, Paper, Subject
from liangqing.variables.table import Table, build, record, records, shapes, table, text, texts
from liangqing.year.state.standing import Standing

WRITTEN, COVERS = "文书", "文书与函"

SUMMARY_WORDS = table(
    "总结",
    {
        "主要做法": texts("主要做法", lambda it: it.done),
        "存在不足": texts("存在不足", lambda it: it.lacking),
        "下一步": texts("下一步", lambda it: it.next_steps),
    },
)

_UNIT: Table = {
    "单位": record("单位", "本文书的单位", lambda it: UnitOf(it.at, it.subject.unit)),
}
_INSPECTION: Table = {
    "检查": record("检查", "本文书的检查", lambda it: InspectionOf(it.at, it.subject.inspection)),
}
_FINDINGS: Table = {
    "问题清单": records("问题", "本文书涉及的问题", lambda it: it.subject.found),
}
_YEAR: Table = {
    "数字": record("数字", "统计数字", lambda it: it.at),
    "检查分类": records("检查分类行", "按检查类型", lambda it: summary.kinds(it.at)),
    "各单位": records("单位行", "按单位", lambda it: summary.units(it.at)),
    "各任务": records("任务行", "按任务", lambda it: summary.tasks(it.at)),
    "征求意见": record("征求意见", "征求意见和采纳情况", lambda it: it.at),
    "总结": record("总结", "总结里写的文字", lambda it: it.at.year.summary, optional=True),
    "自查明细": records("自查明细行", "自查份数背后的名单", lambda it: summary.self_checks(it.at)),
    "检查明细": records("检查明细行", "各类检查的名单", lambda it: summary.inspections(it.at)),
    "问题明细": records("问题", "发现问题数背后的名单", lambda it: summary.findings(it.at)),
    "整改函明细": records("整改函明细行", "整改函份数背后的名单", lambda it: summary.letters(it.at)),
    "问责统计": records("问责行", "问责统计，按类别", lambda it: accountability(it.at)),
    "典型案例": records("案例行", "学习的典型案例", lambda it: it.at.year.cases),
    "作战图": record("作战图", "挂图作战的项目", lambda it: projects.chart(it.at)),
    "往期": record("往期", "以前各年度的问题", lambda it: it.at),
    "放行": records("放行行", "经批准放行的门槛", lambda it: summary.waivers(it.at)),
}


@dataclass(frozen=True)
class SubjectKind:
    """A value of 对象 (and 逐) in the catalogue."""

    list: Callable[[Standing], Iterable[Subject]]
    variables: Table


def _years(at: Standing) -> Iterable[Subject]:
    yield Subject(at, str(at.year.year), f"{at.year.year}年度", at.year.checklist)


def _units(at: Standing) -> Iterable[Subject]:
    for unit in at.year.units:
        if unit.in_force(at.day):
            yield Subject(at, unit.code, unit.short_name, unit, unit=unit)


def _inspections(at: Standing) -> Iterable[Subject]:
    for each in at.year.inspections:
        yield Subject(at, each.code, each.name, each, inspection=each)


def _inspected_units(at: Standing) -> Iterable[Subject]:
    for each in at.year.inspections:
        for unit in at.year.units_of(each.units):
            label = f"{each.name}·{unit.short_name}"
            yield Subject(at, f"{each.code}/{unit.code}", label, each, unit=unit, inspection=each)


def _cases(at: Standing) -> Iterable[Subject]:
    for each in at.year.cases:
        yield Subject(at, each.code, each.name, each, case=each)


def _findings(at: Standing) -> Iterable[Subject]:
    for each in at.found:
        unit = at.year.unit(each.unit)
        yield Subject(at, each.code, each.name, each, unit=unit, finding=each)


def _letters(at: Standing) -> Iterable[Subject]:
    for each in at.year.letters:
        yield Subject(
            at, each.code, each.subject.replace("\n", ""), each, unit=at.year.unit(each.unit), letter=each
        )


def _written(at: Standing) -> Iterable[Subject]:
    for each in at.year.papers:
        made = Subject(at, each.code, each.subject.replace("\n", ""), each, written=each)
        yield replace(made, unit=made.units[0]) if len(made.units) == 1 else made


def _period_units(at: Standing) -> Iterable[Subject]:
    """Each round of self-checks, and each unit that owes one."""
    for period in at.year.checklist.periods:
        for unit in at.year.units_of(period.units):
            if unit.in_force(period.due):
                label = f"{period.name}·{unit.short_name}"
                yield Subject(at, f"{period.name}/{unit.code}", label, at.year.checklist, unit=unit)


SUBJECTS: dict[str, SubjectKind] = {
    "年度": SubjectKind(_years, _YEAR),
    "单位": SubjectKind(_units, {**_UNIT, **_FINDINGS, **forms.OF_UNIT}),
    "期次.单位": SubjectKind(_period_units, {**_UNIT, **forms.OF_PERIOD}),
    "检查": SubjectKind(_inspections, {**_INSPECTION, **_FINDINGS}),
    "检查.单位": SubjectKind(
        _inspected_units,
        {
            **_UNIT,
            **_INSPECTION,
            **_FINDINGS,
            "检查单位": record("检查单位", "这次检查在这个单位的情况", lambda it: it.subject),
        },
    ),
    "问题": SubjectKind(
        _findings,
        {**_UNIT, "问题": record("问题", "本文书的问题", lambda it: FindingOf(it.at, it.subject.finding))},
    ),
    "典型案例": SubjectKind(
        _cases,
        {"典型案例": record("典型案例", "本文书的案例", lambda it: cases.CaseOf(it.at, it.subject.case))},
    ),
    "整改函": SubjectKind(
        _letters,
        {
            **_UNIT,
            **_FINDINGS,
            "整改函": record("整改函", "本函", lambda it: it.subject),
            **forms.OF_LETTER,
        },
    ),
    COVERS: SubjectKind(
        lambda at: (),  # one for each numbered paper: only who knows the catalogue can list them
        {"稿件": record("稿件", "本稿纸所附的文稿", lambda it: it.subject)},
    ),
    WRITTEN: SubjectKind(_written, {**_FINDINGS, "文书": record("文书", "本文书", lambda it: it.subject)}),
}
SUBJECT_CODE: Table = {
    "对象编号": text("本文书对象的编号", lambda it: it.subject.code),
}


def variables(kind: str) -> Table:
    """All that a template on this kind of subject may read at its top."""
    return {**COMMON, **SUBJECT_CODE, **SUBJECTS[kind].variables}


def schema(kind: str) -> Record:
    """The same as shapes, for the engine to check templates against."""
    return Record(kind, lambda: shapes(variables(kind)))


def values(kind: str, paper: Paper, reads: Reads) -> dict[str, object]:
    """The values that `reads` names, for one paper."""
    return build(variables(kind), paper, reads)
