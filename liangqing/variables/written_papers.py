"""文书: what a person decided to write as the subject of a paper, and what the year knows of it as variables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from liangqing.base.chinese import enumerate_words, long_date
from liangqing.data.model.duties import Unit
from liangqing.data.model.findings import Finding
from liangqing.data.model.follow_up import WrittenPaper
from liangqing.variables.about import Subject, copies_of
from liangqing.variables.findings import FINDING
from liangqing.variables.owners import FindingOf
from liangqing.variables.table import VariableTable, beside_meaning, number, records, text, texts
from liangqing.variables.units import UNIT, UnitOf
from liangqing.year.state import facts
from liangqing.year.state.standing import CLOSED, OVERDUE, STATES

FEW = 2  # units that are named one by one


@dataclass(frozen=True)
class WrittenSubject(Subject):
    """文书: a paper that a person decided to write, to the units and on the findings, of whatever year, that it names."""

    written: WrittenPaper

    @property
    def units(self) -> tuple[Unit, ...]:
        return self.at.year.units_of(self.written.units) if self.written.units else ()

    @property
    def addressee(self) -> str:
        return self.written.addressee or enumerate_words(unit.name for unit in self.units)

    @property
    def in_title(self) -> str:
        return self.written.subject

    @property
    def copies_to(self) -> tuple[str, ...]:
        return copies_of(self.at, self.written)

    @property
    def written_as(self) -> str:
        return self.written.kind

    @property
    def corrects(self) -> str:
        return self.written.corrects or ""

    @property
    def findings(self) -> Sequence[Finding]:
        return [found.finding for found in self.found]

    @property
    def found(self) -> list[FindingOf]:
        return [FindingOf(*self.at.holding(code)) for code in self.written.findings]


def _day(day: date | None) -> str | None:
    return None if day is None else long_date(day)


def _units_in_words(subject: WrittenSubject) -> str:
    names = [unit.short_name for unit in subject.units]
    return enumerate_words(names) if len(names) <= FEW else f"{names[0]}等{len(names)}家单位"


def _address(subject: WrittenSubject) -> str:
    return subject.units[0].address if len(subject.units) == 1 else "你们"


def _next_step(subject: WrittenSubject) -> str | None:
    """The kind that 选项.督办阶梯 has after this one, with those of one kind taken together."""
    kinds = list(dict.fromkeys(step.kind for step in subject.at.year.options.ladder))
    kind = subject.written.kind
    after = kinds[kinds.index(kind) + 1 :] if kind in kinds else []
    return after[0] if after else None


class Sort(NamedTuple):
    """Findings that count as one."""

    findings: tuple[FindingOf, ...]

    @property
    def state(self) -> str:
        """The worst state of them."""
        return min((found.at.state(found.finding) for found in self.findings), key=STATES.index)


def _sorts(subject: WrittenSubject) -> list[Sort]:
    """The findings of the paper, those of one 共性 mark together."""
    groups: dict[tuple[str, str], list[FindingOf]] = {}
    for found in subject.found:
        common = found.finding.common
        groups.setdefault(("共性", common) if common else ("编号", found.finding.code), []).append(found)
    return [Sort(tuple(group)) for group in groups.values()]


def _by_unit(sort: Sort) -> dict[str, str]:
    """The units of the findings, each with its own worst state."""
    units: dict[str, str] = {}
    for found in sort.findings:
        name, state = facts.under(found.at, found.finding), found.at.state(found.finding)
        units[name] = min(state, units.get(name, state), key=STATES.index)
    return units


SORT = VariableTable[Sort](
    "通报问题",
    {
        "名称": text("问题名称", lambda sort: sort.findings[0].finding.name),
        "单位名称": text("涉及的单位，顿号隔开", lambda sort: enumerate_words(_by_unit(sort))),
        "单位状态": text(
            "涉及的单位，各自的状态写在括号里",
            lambda sort: enumerate_words(f"{name}（{state}）" for name, state in _by_unit(sort).items()),
        ),
        "状态": text("其中最需要抓紧的状态", lambda sort: sort.state),
    },
)

WRITTEN = VariableTable[WrittenSubject](
    "文书",
    {
        "编号": text("内部编号", lambda subject: subject.code),
        "文种": text("写的是哪个文种", lambda subject: subject.written.kind),
        "单位": records(
            UNIT, "所涉及的单位", lambda subject: [UnitOf(subject.at, unit) for unit in subject.units]
        ),
        "单位名称": text("所涉及单位的简称；三家以上的只写第一家和家数", _units_in_words),
        "主送": text(
            "主送机关；没有写单位也没有写主送时是 各单位", lambda subject: subject.addressee or "各单位"
        ),
        "称谓": text("函中对它的称呼；几家单位时是 你们", _address),
        "事由": text("标题里的事由，不分行", lambda subject: subject.in_title.replace("\n", "")),
        "问题": records(FINDING, "所涉及的问题，也可以是以前年度的", lambda subject: subject.found),
        "抄送": beside_meaning(
            texts("抄送机关", lambda subject: subject.copies_to),
            lambda subject: subject.written.copies_to is None,  # what 机构 says, for all
        ),
        "新时限": text("新的时限", lambda subject: _day(subject.written.new_limit), optional=True),
        "未完成事项": texts("还没有完成的事项", lambda subject: subject.written.unfinished),
        "要求": texts("要求", lambda subject: subject.written.demands),
        "原因": text("原因", lambda subject: subject.written.reason, optional=True),
        "建议": texts("建议", lambda subject: subject.written.advice),
        "时间": text("约谈时间，可以空着待手写", lambda subject: subject.written.when, optional=True),
        "地点": text("约谈地点，可以空着待手写", lambda subject: subject.written.where, optional=True),
        "对象职务": text("约谈对象的职务", lambda subject: subject.written.post, optional=True),
        "约谈人": text("约谈人", lambda subject: subject.written.talker, optional=True),
        "记录人": text("记录人", lambda subject: subject.written.recorder, optional=True),
        "问题数": number("所涉及的问题，共性问题按一个计", lambda subject: len(_sorts(subject))),
        "涉及单位数": number(
            "所涉及问题的单位",
            lambda subject: len({found.at.stands_under(found.finding).code for found in subject.found}),
        ),
        "已销号数": number(
            "其中已销号的", lambda subject: sum(sort.state == CLOSED for sort in _sorts(subject))
        ),
        "逾期数": number(
            "其中逾期的", lambda subject: sum(sort.state == OVERDUE for sort in _sorts(subject))
        ),
        "归类": records(SORT, "所涉及的问题，共性问题归在一起，不写人", _sorts),
        "更正": text("所更正的那份文书的文号", lambda subject: subject.written.corrects, optional=True),
        "下一步": beside_meaning(
            text("督办阶梯里下一步的文种；已是最后一步时没有", _next_step, optional=True)
        ),
    },
)
