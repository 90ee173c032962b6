"""文书: what a person decided to write as the subject of a paper, and what the year knows of it as variables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from liangqing.base.chinese import enumerate_words, long_date, unstopped
from liangqing.data.model.duties import Unit
from liangqing.data.model.findings import Finding
from liangqing.data.model.follow_up import WrittenPaper
from liangqing.data.model.types import head_on
from liangqing.engine import SubDocumentFile
from liangqing.variables.about import Masthead, Subject, copies_of, masthead_of
from liangqing.variables.findings import FINDING, INSPECTION
from liangqing.variables.owners import FindingOf, InspectionOf
from liangqing.variables.sentences import ANOTHER_STEP, STEPS, person, post_in
from liangqing.variables.table import VariableTable, beside_meaning, number, records, text, texts, word_file
from liangqing.variables.units import UNIT, UnitOf
from liangqing.year.body_files import body_name
from liangqing.year.state.standing import (
    APPLIED,
    CLOSED,
    CONTINUING,
    DUE_SOON,
    NOT_DUE,
    OVERDUE,
    STATES,
    UNSETTLED,
)

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
    def masthead(self) -> Masthead:
        return masthead_of(self.written)

    @property
    def body_file(self) -> SubDocumentFile | None:
        """The Word file that holds the text; its hash is told by who reads it."""
        name = self.written.body_file
        return None if name is None else SubDocumentFile.of(body_name(self.at.year.year, name))

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


def _next_measure(subject: WrittenSubject) -> str | None:
    kind = _next_step(subject)
    return None if kind is None else STEPS.get(kind, ANOTHER_STEP)


def _called_in(subject: WrittenSubject) -> str:
    """Whom 约谈 is with, by the full name of the unit and 职务; the head by name where the post is theirs."""
    return enumerate_words(_holder(subject, unit) for unit in subject.units)


def _holder(subject: WrittenSubject, unit: Unit) -> str:
    head, post = head_on(unit.heads, subject.at.day), subject.written.post
    name = head.name if head.post == post and head.name else ""
    return post_in(unit.name, post or "主要负责人") + name


def _talker(subject: WrittenSubject) -> str | None:
    """约谈人, with 职务 where it is the head of the group."""
    head, talker = head_on(subject.at.year.group.heads, subject.at.day), subject.written.talker
    return person(talker, head.post if talker == head.name else None) if talker else None


def _inspections(subject: WrittenSubject) -> list[InspectionOf]:
    """The inspections that found the findings of the paper, each once."""
    at_of = {found.at.year.inspection_by_code[found.finding.inspection]: found.at for found in subject.found}
    return [InspectionOf(at, visit) for visit, at in at_of.items()]


def _told_of(subject: WrittenSubject) -> str:
    """What a circular is about: 事由, with 有关情况 where it does not end in 情况 itself."""
    matter = unstopped(subject.in_title.replace("\n", ""))
    return matter if matter.endswith("情况") else f"{matter}的有关情况"


def _overall(subject: WrittenSubject) -> str:
    """How the findings of a circular stand, in one sentence; what there is none of is left out."""
    sorts = _sorts(subject)
    states = [sort.state for sort in sorts]
    parts = {
        "已销号": states.count(CLOSED),
        "超过整改时限尚未完成整改": states.count(OVERDUE),
        "正在整改": sum(state not in (CLOSED, OVERDUE) for state in states),
    }
    there = {words: count for words, count in parts.items() if count}
    if len(sorts) == 1:
        told = "已销号" if CLOSED in states else "尚未全部完成整改"
    elif len(there) == 1:
        told = f"均{next(iter(there))}"
    else:
        told = "其中" + enumerate_words(f"{words}{count}个" for words, count in there.items())
    day = long_date(subject.at.day)
    return f"本次通报问题{len(sorts)}个，涉及{_units_concerned(subject)}家单位。截至{day}，{told}"


def _units_concerned(subject: WrittenSubject) -> int:
    return len({found.at.stands_under(found.finding).code for found in subject.found})


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


def _by_unit(sort: Sort, *, full: bool = False) -> dict[str, str]:
    """The units of the findings, by 简称 or in full, each with its own worst state."""
    units: dict[str, str] = {}
    for found in sort.findings:
        unit, state = found.at.stands_under(found.finding), found.at.state(found.finding)
        name = unit.name if full else unit.short_name
        units[name] = min(state, units.get(name, state), key=STATES.index)
    return units


# How a circular says the state of a unit's findings.
_TOLD = {
    OVERDUE: "超过整改时限尚未完成整改",
    DUE_SOON: "正在整改",
    UNSETTLED: "整改时限待明确",
    NOT_DUE: "正在整改",
    APPLIED: "已申请销号",
    CONTINUING: "正在持续整改",
    CLOSED: "已完成整改并销号",
}


SORT = VariableTable[Sort](
    "通报问题",
    {
        "名称": text("问题名称", lambda sort: sort.findings[0].finding.name),
        "单位名称": text("涉及的单位，顿号隔开", lambda sort: enumerate_words(_by_unit(sort))),
        "单位状态": text(
            "涉及的单位，各自的状态写在括号里",
            lambda sort: enumerate_words(f"{name}（{state}）" for name, state in _by_unit(sort).items()),
        ),
        "单位情况": text(
            "涉及的单位的全称，各自整改到哪一步写在括号里",
            lambda sort: enumerate_words(
                f"{name}（{_TOLD[state]}）" for name, state in _by_unit(sort, full=True).items()
            ),
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
        "检查": records(INSPECTION, "发现所写问题的检查", _inspections),
        "抄送": beside_meaning(
            texts("抄送机关", lambda subject: subject.copies_to),
            lambda subject: subject.written.copies_to is None,  # what 机构 says, for all
        ),
        "新时限": text("新的时限", lambda subject: _day(subject.written.new_limit), optional=True),
        "未完成事项": texts("还没有完成的事项", lambda subject: subject.written.unfinished),
        "要求": texts("要求", lambda subject: subject.written.demands),
        "原因": text("原因", lambda subject: subject.written.reason, optional=True),
        "建议": texts("建议", lambda subject: subject.written.advice),
        "正文文件": word_file(
            "正文所在的 Word 文件；单独占一段，写成 {{p 文书.正文文件 }}", lambda subject: subject.body_file
        ),
        "时间": text("约谈时间，可以空着待手写", lambda subject: subject.written.when, optional=True),
        "地点": text("约谈地点，可以空着待手写", lambda subject: subject.written.where, optional=True),
        "对象职务": text("约谈对象的职务", lambda subject: subject.written.post, optional=True),
        "约谈对象": text("约谈对象：单位全称和职务，当日在任的负责人写姓名", _called_in),
        "约谈人": text("约谈人", lambda subject: subject.written.talker, optional=True),
        "约谈人和职务": text("约谈人；是纪检监察组负责人的，后面写职务", _talker, optional=True),
        "记录人": text("记录人", lambda subject: subject.written.recorder, optional=True),
        "问题数": number("所涉及的问题，共性问题按一个计", lambda subject: len(_sorts(subject))),
        "涉及单位数": number(
            "所涉及问题的单位",
            _units_concerned,
        ),
        "已销号数": number(
            "其中已销号的", lambda subject: sum(sort.state == CLOSED for sort in _sorts(subject))
        ),
        "逾期数": number(
            "其中逾期的", lambda subject: sum(sort.state == OVERDUE for sort in _sorts(subject))
        ),
        "通报事项": text("事由，不以“情况”结尾的加“的有关情况”", _told_of),
        "通报概况": text("问题的个数、单位的家数，截至某日整改到哪一步；没有的不写", _overall),
        "归类": records(SORT, "所涉及的问题，共性问题归在一起，不写人", _sorts),
        "更正": text("所更正的那份文书的文号", lambda subject: subject.written.corrects, optional=True),
        "下一步": beside_meaning(
            text("督办阶梯里下一步的文种；已是最后一步时没有", _next_step, optional=True)
        ),
        "下一步措施": beside_meaning(
            text("同上，写成一句话里的做法，如 予以约谈", _next_measure, optional=True)
        ),
    },
)
