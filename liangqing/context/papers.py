"""The variables at the top of each kind of paper: what all see, and what follows from the subject."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from liangqing.context.duties import TaskOf as TaskOf
from liangqing.context.duties import UnitOf
from liangqing.context.findings import FindingOf, InspectionOf
from liangqing.context.tables import Table, flag, number, record, records, table, text, texts
from liangqing.figures import CLOSED, Standing
from liangqing.gbt9704 import signature
from liangqing.gbt9704.standard import length
from liangqing.model.checks import CONCENTRATED, Inspection, TaskFound, TaskState
from liangqing.model.duties import Task, Unit
from liangqing.model.findings import Finding, Letter
from liangqing.model.types import NOT_CONCERNED, Record, head_on
from liangqing.wording import long_date

CHARACTER = length("版心", "字宽").twips


@dataclass(frozen=True)
class Subject:
    """What one paper is about: `code` as on the command line and in the register, `label` for people."""

    at: Standing
    code: str
    label: str
    origin: Record
    unit: Unit | None = None
    inspection: Inspection | None = None
    letter: Letter | None = None
    finding: Finding | None = None

    @property
    def findings(self) -> list[Finding]:
        """The findings that a paper on this subject rests on."""
        year = self.at.year
        if self.letter is not None:
            return [year.finding_by_code[code] for code in self.letter.findings]
        if self.finding is not None:
            return [self.finding]
        if self.unit is None and self.inspection is None:
            return list(self.at.found)
        inspection = self.inspection.code if self.inspection else ""
        return self.at.found_in.get((inspection, self.unit.code if self.unit else ""), [])

    @property
    def corrects(self) -> str:
        """The number of the paper that a paper on this subject corrects (更正), or nothing."""
        return (self.letter.corrects or "") if self.letter is not None else ""

    @property
    def names(self) -> set[str]:
        """What the records are called that a paper on this subject is about."""
        year = self.at.year
        units = [unit for unit in (self.unit, *(year.unit(each.unit) for each in self.findings)) if unit]
        names = {ref for unit in units for ref in (unit.code, unit.name, unit.short_name)}
        names |= {ref for each in self.findings for ref in (each.code, each.inspection)}
        return names | set(self.code.split("/"))

    def answers_to(self, word: str) -> bool:
        """Whether a person who types `word` means this subject."""
        names = {self.code, *self.code.split("/")}
        if self.unit is not None:
            names |= {self.unit.code, self.unit.name, self.unit.short_name}
        return word in names


class Paper(NamedTuple):
    """A subject with what its kind of paper and the register add."""

    subject: Subject
    title: str = ""
    code_words: str | None = None  # 机关代字 and 代字; None for a paper that takes no number
    number: str | None = None
    issued: date | None = None
    annexes: tuple[str, ...] = ()
    sealed: bool = False

    @property
    def at(self) -> Standing:
        return self.subject.at


def _number_words(paper: Paper) -> str:
    if paper.number:
        return paper.number
    return f"{paper.code_words or ''}〔{paper.at.year.year}〕　号"


def _date_words(paper: Paper) -> str:
    return long_date(paper.issued) if paper.issued else f"{paper.at.year.year}年　月　日"


def _indents(paper: Paper) -> signature.Indents:
    return signature.indents(paper.at.year.group.name, _date_words(paper), sealed=paper.sealed)


COMMON: Table = {
    "年度": number("清单的年度", lambda it: it.at.year.year),
    "截止日期": text("统计截止日期", lambda it: long_date(it.at.day)),
    "标题": text("文书标题", lambda it: it.title),
    "文号": text("发文字号；未印发时没有", lambda it: it.number, optional=True),
    "成文日期": text(
        "成文日期；未印发时没有", lambda it: long_date(it.issued) if it.issued else None, optional=True
    ),
    "文号文字": text("发文字号；未印发时留出序号", _number_words),
    "成文日期文字": text("成文日期；未印发时留出月日", _date_words),
    "草稿": flag("要编文号而还没有印发", lambda it: it.code_words is not None and it.number is None),
    "附件": texts("附件名称", lambda it: it.annexes),
    "盖章": flag("署名处盖章；由文种目录的 印章 定，不写的，有文号的盖", lambda it: it.sealed),
    "署名右空": number(
        "署名的右缩进（twips），按盖不盖章和名称长短算出",
        lambda it: round(_indents(it).signature * CHARACTER),
    ),
    "成文日期右空": number(
        "成文日期的右缩进（twips），同上", lambda it: round(_indents(it).date * CHARACTER)
    ),
    "机构": record("机构", "纪检监察组", lambda it: it.at),
    "选项": record("选项", "选项", lambda it: it.at),
    "清单": record("清单", "年度监督检查清单", lambda it: it.at),
}


# 整改函


def _inspections(it: Subject) -> list[InspectionOf]:
    codes = dict.fromkeys(each.inspection for each in it.findings)
    return [InspectionOf(it.at, it.at.year.inspection_by_code[code]) for code in codes]


def _letter(it: Subject) -> Letter:
    assert it.letter is not None
    return it.letter


LETTER = table(
    "整改函",
    {
        "编号": text("内部编号", lambda it: it.code),
        "单位": record("单位", "收函单位", lambda it: UnitOf(it.at, it.unit)),
        "主送": text("主送机关", lambda it: _letter(it).addressee or it.unit.name),
        "事由": text("标题里的事由", lambda it: _letter(it).subject),
        "依据": text("发函依据", lambda it: _letter(it).basis, optional=True),
        "问题": records("问题", "本函的问题", lambda it: [FindingOf(it.at, each) for each in it.findings]),
        "检查": records("检查", "发现这些问题的检查", _inspections),
        "其他要求": texts("举一反三、建章立制等", lambda it: _letter(it).further_demands),
        "回复期限": text("回复期限", lambda it: long_date(_letter(it).reply_by)),
        "抄送": texts(
            "抄送机关",
            lambda it: it.at.year.group.copies_to if _letter(it).copies_to is None else _letter(it).copies_to,
        ),
    },
)


# 检查 × 单位


class Compared(NamedTuple):
    """A task as the unit said and as the group saw."""

    at: Standing
    task: Task
    said: TaskState | None
    seen: TaskFound | None

    @property
    def gap(self) -> str:
        """Which of the two stands higher, by levels; no data is no data."""
        levels = self.at.year.options.levels
        if self.said is None or self.seen is None:
            return "—"
        if self.said.state == self.seen.state:
            return "一致"
        if NOT_CONCERNED in (self.said.state, self.seen.state):
            return "口径不同"
        steps = levels.index(self.said.state) - levels.index(self.seen.state)
        return f"自查高{steps}级" if steps > 0 else f"自查低{-steps}级"

    def height(self, stated: TaskState | TaskFound | None) -> int | None:
        """Which level a statement names, from 0; None where there is no data."""
        levels = self.at.year.options.levels
        return levels.index(stated.state) if stated is not None and stated.state in levels else None

    @property
    def has_data(self) -> bool:
        return self.height(self.said) is not None or self.height(self.seen) is not None


def _compared(it: Subject) -> list[Compared]:
    """Every task in force that the unit carries, that it reported on, or that was looked at."""
    year, said, seen = it.at.year, _last_said(it), _seen(it)
    assert it.inspection is not None and it.unit is not None
    own = {task.code for task in year.tasks_of(it.unit) if task.in_force(it.inspection.last_day)}
    return [
        Compared(it.at, task, said.get(task.code), seen.get(task.code))
        for task in year.checklist.tasks
        if task.code in own | said.keys() | seen.keys()
    ]


def _seen(it: Subject) -> dict[str, TaskFound]:
    assert it.inspection is not None
    return {each.task: each for each in it.inspection.results if it.at.year.unit(each.unit) == it.unit}


def _last_said(it: Subject) -> dict[str, TaskState]:
    """The unit's last accepted self-check that was in by the end of the inspection."""
    assert it.inspection is not None
    assert it.unit is not None
    own = [
        each
        for each in it.at.accepted_of.get(it.unit.code, ())
        if (each.handed_in or each.reviewed or date.max) <= it.inspection.last_day
    ]
    last = max(own, key=lambda each: each.handed_in or each.reviewed or date.min, default=None)
    return {each.task: each for each in last.tasks} if last else {}


def _kinds(kind: str) -> object:
    return lambda it: sum(each.kind == kind for each in it.at.inspections_of.get(it.unit.code, ()))


def _portrait(it: Subject) -> object:
    return next(
        (
            each
            for each in it.at.year.portraits
            if each.inspection == it.code.split("/")[0] and it.at.year.unit(each.unit) == it.unit
        ),
        None,
    )


def _meeting(it: Subject) -> object:
    assert it.inspection is not None
    return next((each for each in it.inspection.meetings if it.at.year.unit(each.unit) == it.unit), None)


def _earlier(it: Subject) -> list[FindingOf]:
    assert it.inspection is not None and it.unit is not None
    return [FindingOf(at, finding) for at, finding in it.at.earlier_findings(it.unit, it.inspection)]


def _earlier_words(it: Subject) -> str:
    earlier = _earlier(it)
    if not earlier:
        return "此前没有向该单位反馈过问题"
    closed = sum(each.at.state(each.finding) == CLOSED for each in earlier)
    return f"此前反馈的问题{len(earlier)}个，已销号{closed}个"


def _gaps(it: Subject, start: str) -> int:
    return sum(each.gap.startswith(start) for each in _compared(it))


PORTRAIT = table(
    "画像",
    {
        "总体评价": text("总体评价", lambda it: it.summary),
        "优点": texts("优点", lambda it: it.strengths),
        "短板": texts("短板", lambda it: it.weaknesses),
        "风险": texts("风险", lambda it: it.risks),
        "建议": texts("建议", lambda it: it.advice),
    },
)

MEETING = table(
    "反馈会",
    {
        "日期": text("日期", lambda it: long_date(it.day)),
        "地点": text("地点", lambda it: it.where, optional=True),
        "主持人": text("主持人", lambda it: it.chair, optional=True),
        "记录人": text("记录人", lambda it: it.recorder, optional=True),
        "出席": texts("出席", lambda it: it.present),
        "列席": texts("列席", lambda it: it.sitting_in),
        "单位意见": text("单位意见", lambda it: it.opinion, optional=True),
    },
)

COMPARED = table(
    "任务落实",
    {
        "任务": record("任务", "清单任务", lambda it: TaskOf(it.at, it.task)),
        "自查状态": text(
            "检查时最近一次通过的自查；没有时为 未报", lambda it: it.said.state if it.said else "未报"
        ),
        "检查状态": text("检查看到的状态；没有时为 未查", lambda it: it.seen.state if it.seen else "未查"),
        "自查值": number(
            "自查状态是第几级，从0到3；没有数据时没有", lambda it: it.height(it.said), optional=True
        ),
        "检查值": number(
            "检查状态是第几级，从0到3；没有数据时没有", lambda it: it.height(it.seen), optional=True
        ),
        "差距": text("自查与检查相比", lambda it: it.gap),
        "说明": text("检查中的说明，没有时为空", lambda it: (it.seen.remark or "") if it.seen else ""),
    },
)

INSPECTED = table(
    "检查单位",
    {
        "问题": records(
            "问题", "这次检查在这个单位发现的问题", lambda it: [FindingOf(it.at, f) for f in it.findings]
        ),
        "任务落实": records("任务落实", "逐项任务，自查与检查并列", _compared),
        "画像": record("画像", "画像", _portrait, optional=True),
        "反馈会": record("反馈会", "反馈会", _meeting, optional=True),
        "往期问题": records("问题", "这次检查以前的问题", _earlier),
        "往期说明": text("往期问题的一句话", _earlier_words),
        "内容码": text("双签字确认表上印的内容码", lambda it: it.at.content_code(it.findings)),
        "签字单位": text("签字的党组织", lambda it: UnitOf(it.at, it.unit).party.name),
        "签字职务": text(
            "签字人的职务", lambda it: head_on(UnitOf(it.at, it.unit).party.heads, it.at.day).post
        ),
        "自查份数": number(
            "通过的自查",
            lambda it: len(it.at.accepted_of.get(it.unit.code, ())),
        ),
        "单项体检次数": number("涉及该单位的单项体检", _kinds("单项体检")),  # type: ignore[arg-type]
        "动态体检次数": number("涉及该单位的动态体检", _kinds("动态体检")),  # type: ignore[arg-type]
        "集中清查次数": number("涉及该单位的集中清查", _kinds(CONCENTRATED)),  # type: ignore[arg-type]
        "专项监督次数": number("涉及该单位的专项监督", _kinds("专项监督")),  # type: ignore[arg-type]
        "抽查次数": number("涉及该单位的抽查", _kinds("抽查")),  # type: ignore[arg-type]
        "问题数": number("这次检查发现的问题", lambda it: len(it.findings)),
        "有数据任务数": number(
            "自查或检查有状态的任务", lambda it: sum(each.has_data for each in _compared(it))
        ),
        "一致数": number("自查与检查一致的任务", lambda it: _gaps(it, "一致")),
        "高报数": number("自查高于检查的任务", lambda it: _gaps(it, "自查高")),
        "低报数": number("自查低于检查的任务", lambda it: _gaps(it, "自查低")),
    },
)
