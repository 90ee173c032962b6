"""What waits on a day: what is due, overdue, unsigned, not handed in, not issued, drifted (per unit), of every year so far.

What is open at the turn of the year stays: it is told beside what is of the new year, with its year.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from liangqing.base.chinese import enumerate_words, long_date, unstopped
from liangqing.data.model.duties import Unit
from liangqing.data.model.findings import Finding
from liangqing.papers.drafts import WaitingPaper, drafts
from liangqing.papers.drift import Drift, drifts
from liangqing.variables.about import InspectionSubject
from liangqing.variables.sentences import person
from liangqing.year.open_workspace import OpenWorkspace
from liangqing.year.state import facts, planned, recurring
from liangqing.year.state.escalation import proposals
from liangqing.year.state.owed import EVIDENCE, FORM, OPINION, is_project_owed, of_year, owed_of_year
from liangqing.year.state.planned import NotInspected
from liangqing.year.state.records import LETTER
from liangqing.year.state.recurring import Occurrence
from liangqing.year.state.repeats import repeats
from liangqing.year.state.standing import (
    APPLIED,
    CLOSED,
    DUE_SOON,
    OVERDUE,
    UNSETTLED,
    Standing,
)
from liangqing.year.state.succession import NOBODY

TO_KEEP = "待定稿"  # handed over, and not kept as it was
# In the order in which a clerk acts on them.
KINDS = (
    *("逾期", "临期", "待明确", "未签字", "未反馈意见", "未报自查", "未回复", "未交反馈表", "缺佐证"),
    *("未完成项目", "待处理意见", "待审核自查", "待核查", "待回头看", "计划检查", "定期任务"),
    *("未印发", TO_KEEP, "建议发文", "疑似重复", "往期未销号", "印发后改过"),
)
# What waits for the group itself, though it is told with a unit: the unit has done its part, or nobody knows.
OURS = ("待处理意见", "待审核自查", "待核查", "待回头看", "计划检查", "定期任务", "未印发", TO_KEEP)
# What a unit owes that is not told by the lists of their own below.
OWED = {OPINION: "未反馈意见", FORM: "未交反馈表", EVIDENCE: "缺佐证"}
FEW = 2  # units that are named one by one


@dataclass(frozen=True)
class WaitingItem:
    """Something that waits: of what kind, of which units (short names), what, and of which year's records.

    `what` begins with the year where that is an earlier one. `command` is what a person types after the program's name
    to do it; "" where it is done in the records.

    `day` is the day until which (or on which) it is to be done; None: no record names one. `record` is the section and
    编号 of the record that it is about, `paper` kind and subject of a paper, `people` are those responsible by name.
    """

    kind: str
    units: tuple[str, ...]
    what: str
    year: int
    command: str = ""
    day: date | None = None
    record: tuple[str, str] | None = None
    paper: tuple[str, str] | None = None
    people: tuple[str, ...] = ()

    @property
    def unit(self) -> str:
        """The units as a list prints them."""
        names = self.units
        return enumerate_words(names) if len(names) <= FEW else f"{names[0]}等{len(names)}家"


class WaitingLook(NamedTuple):
    """What waits, by kind and then by unit as they stand in 单位; and what issued papers print otherwise without harm.

    `aside` are changes of the office itself since papers went out, each with how many papers it stands in.
    """

    items: list[WaitingItem]
    aside: dict[str, int]


def items(opened: OpenWorkspace) -> list[WaitingItem]:
    """Everything that waits on the day it is opened for."""
    return look(opened).items


def look(opened: OpenWorkspace) -> WaitingLook:
    """Everything that waits on the day it is opened for, and what need not."""
    at = opened.at
    looks = (
        _findings,
        _unsigned,
        _not_handed_in,
        _late_replies,
        _owed,
        _projects,
        _undecided,
        _planned,
        _rounds,
    )
    found = [item for then in at.so_far for list_of in looks for item in list_of(_Told(at, then))]
    changed = list(drifts(opened, (line for line in opened.register.issued if line.issued <= at.day)))
    found += [*_drafts(opened), *_drifted(changed), *_proposed(at), *_alike(at)]
    found += [item for then in at.so_far[1:] for item in _open_still(_Told(at, then))]
    units: dict[str, int] = {}
    for unit, position in at.year.unit_position.items():
        units.setdefault(unit.short_name, position)
    found.sort(key=lambda item: (KINDS.index(item.kind), units.get(next(iter(item.units), ""), -1)))
    return WaitingLook(found, dict(Counter(words for drift in changed for words in drift.aside)))


@dataclass(frozen=True)
class _Told:
    """A year as it stands, told in the list of the opened year (or itself)."""

    opened: Standing
    at: Standing

    def name(self, unit: Unit) -> str:
        """The short name of a unit as the opened year has it; it is the same unit by its 编号."""
        return self.opened.unit_called(unit.code).short_name

    def item(self, kind: str, unit: Unit, words: str, record: tuple[str, str] | None = None) -> WaitingItem:
        """Something of a unit."""
        return self.of(kind, (self.name(unit),), words, record)

    def on(self, kind: str, finding: Finding, more: str = "") -> WaitingItem:
        """Something about a finding, told with the unit that answers for it on the day."""
        name, owner = self.name(self.at.stands_under(finding)), finding.owner_on(self.at.day)
        made = self.of(kind, (name,), f"{finding.code} {finding.name}{more}", ("问题", finding.code))
        return replace(made, people=(owner.person,) if owner else ())

    def of(
        self, kind: str, names: Iterable[str], words: str, record: tuple[str, str] | None = None
    ) -> WaitingItem:
        """Something of this year, which the words begin with where it is an earlier one."""
        since = self.opened.year.year
        told = of_year(self.at, since, words)
        return WaitingItem(kind, tuple(names), told, self.at.year.year, record=record)


def _findings(told: _Told) -> Iterator[WaitingItem]:
    at = told.at
    for finding in at.found:
        state = at.state(finding)
        if state not in (OVERDUE, DUE_SOON, UNSETTLED):
            continue
        limit, words = finding.limit_on(at.day), facts.formerly(at, finding)
        if isinstance(limit, date):
            days, late = (limit - at.day).days, at.days_overdue(finding)
            words += f"，时限{long_date(limit)}，"
            words += f"已超{late}天" if late is not None else f"还有{days}天" if days else "今天到期"
        relapse = at.relapse(finding)
        words += f"，{long_date(relapse.day)}回头看反弹" if relapse else ""
        owner = finding.owner_on(at.day)
        words += f"，责任人{person(owner.person, owner.post)}" if owner else ""
        yield replace(told.on(state, finding, words), day=limit if isinstance(limit, date) else None)


def _unsigned(told: _Told) -> Iterator[WaitingItem]:
    for finding, state in facts.unsigned(told.at, told.at.found):
        yield told.on("未签字", finding, f"{facts.formerly(told.at, finding)}：{state}")


def _not_handed_in(told: _Told) -> Iterator[WaitingItem]:
    at = told.at
    for period in at.year.checklist.periods:
        for unit in at.owing(period) if period.due < at.day else ():
            item = told.item("未报自查", unit, f"{period.name}，截止{long_date(period.due)}")
            yield replace(item, day=period.due, record=("期次", period.name))


def _late_replies(told: _Told) -> Iterator[WaitingItem]:
    for letter, line in facts.replies_overdue(told.at):
        unit = told.at.stands_for(told.at.year.unit(letter.unit)) or NOBODY
        words = f"{line.name}，应于{long_date(letter.reply_by)}前回复"
        item = told.item("未回复", unit, words, (LETTER, letter.code))
        yield replace(item, day=letter.reply_by)


def _owed(told: _Told) -> Iterator[WaitingItem]:
    at = told.at
    for unit in (*filter(told.opened.is_in_force, told.opened.year.units), NOBODY):
        own = at.year.unit_by_code.get(unit.code, unit)
        for item in owed_of_year(at, own, since=told.opened.year.year, kinds=OWED):
            due = f"，期限{long_date(item.due)}" if item.due else ""
            names, record = (told.name(unit),), item.record
            yield WaitingItem(OWED[item.kind], names, item.what + due, item.year, day=item.due, record=record)


def _projects(told: _Told) -> Iterator[WaitingItem]:
    """项目 that their units owe, each told once with all of its 责任单位."""
    at = told.at
    for project in at.year.projects:
        if is_project_owed(at, project, since=told.opened.year.year):
            names = (told.name(unit) for unit in facts.responsible(at, project))
            words = f"{project.code} {project.name}，完成时限{long_date(project.due)}"
            made = told.of("未完成项目", names, words, ("项目", project.code))
            yield replace(made, day=project.due)


def _undecided(told: _Told) -> Iterator[WaitingItem]:
    """What came in and waits for the group itself."""
    at = told.at
    for opinion in at.opinions_undecided:
        yield told.item(
            "待处理意见", at.year.unit(opinion.unit), f"征求意见 {opinion.code}", ("征求意见", opinion.code)
        )
    for check in at.checks_in:
        if at.verdict(check) is None:
            record = ("自查", check.code)
            yield told.item("待审核自查", at.year.unit(check.unit), f"{check.period} {check.code}", record)
    for finding in at.found:
        if at.state(finding) == APPLIED:
            by_form = at.asked_to_close(finding) is not None
            words = "反馈表申请销号，还没有登记核查" if by_form else "申请销号，还没有结论或没有达到销号门槛"
            yield told.on("待核查", finding, f"：{words}")


def _planned(told: _Told) -> Iterator[WaitingItem]:
    """What the group has planned itself: 回头看 that are near or past, and every inspection to come."""
    at = told.at
    for finding, day in planned.rechecks_planned(at):
        if at.is_near(day):
            words = _recheck_words(at, finding, day)
            item = told.item("待回头看", planned.recheck_at(at, finding), words, ("问题", finding.code))
            yield replace(item, day=day)
    for inspection in planned.inspections_ahead(at):
        names = [told.name(unit) for unit in at.year.units_of(inspection.units)]
        words = f"{long_date(inspection.begins)}开始，{planned.inspection_words(at, inspection)}"
        made = told.of("计划检查", names, words, ("检查", inspection.code))
        yield replace(made, day=inspection.begins)


def _recheck_words(at: Standing, finding: Finding, day: date) -> str:
    """What to look at again and when; and when it was looked at last, before the day that is planned."""
    days, own = (at.day - day).days, at.year.unit(finding.unit)
    former = "" if planned.recheck_at(at, finding).code == own.code else f"（原{own.short_name}）"
    when = f"已过{days}天，没有登记回头看" if days > 0 else f"还有{-days}天" if days else "就是今天"
    last = max((recheck.day for recheck in finding.rechecks if recheck.day <= at.day), default=None)
    before = f"（上次{long_date(last)}）" if last else ""
    return f"{finding.code} {finding.name}{former}，计划{long_date(day)}回头看{before}，{when}"


def _rounds(told: _Told) -> Iterator[WaitingItem]:
    """Rounds of recurring tasks without a record: those of a task that the same units lack are told together."""
    together: dict[tuple[str, tuple[str, ...]], list[Occurrence]] = {}
    for occurrence in recurring.waiting(told.at, since=told.opened.year.year):
        units = (told.at.stands_for(unit) or NOBODY for unit in occurrence.silent)
        names = tuple(dict.fromkeys(told.name(unit) for unit in units))
        together.setdefault((occurrence.task.code, names), []).append(occurrence)
    for (code, names), rounds in together.items():
        task = rounds[0].task
        when = "、".join(f"{each_round.name}（{long_date(each_round.due)}止）" for each_round in rounds)
        words = f"{code} {task.due}，{when}尚无记录：{unstopped(task.task)}"
        made = told.of("定期任务", names, words, ("任务", code))
        yield replace(made, day=min(each_round.due for each_round in rounds))


def not_inspected(at: Standing, only: str | None = None) -> str:
    """In a line, the units that were not inspected for 选项.未检查月数; "" where there are none.

    `only`: the 简称 of the one that is asked about.
    """
    coverage = planned.not_inspected(at)
    units = [told for told in coverage.units if only in (None, told.unit.short_name)]
    if not units:
        return ""
    names = enumerate_words(map(_last_seen, units))
    reach = f"（记录从{long_date(coverage.known_since)}起）" if coverage.known_since > coverage.since else ""
    return f"满{coverage.months}个月没有检查的单位{len(units)}个{reach}：{names}"


def _last_seen(unit: NotInspected) -> str:
    last = f"上次{long_date(unit.last)}" if unit.last else "没有检查记录"
    ahead = f"，计划{long_date(unit.planned)}检查" if unit.planned else ""
    return f"{unit.unit.short_name}（{last}{ahead}）"


def _drafts(opened: OpenWorkspace) -> Iterator[WaitingItem]:
    """Papers that wait to be issued or kept.

    Those of a kind that come too late, and those that were handed over, are told together, as nobody's but the group's.
    """
    together: dict[tuple[int, str, str], list[WaitingPaper]] = {}
    for draft in drafts(opened):
        alone = draft.waits_for if draft.handed_over else "" if draft.too_late else draft.subject.code
        together.setdefault((draft.at.year.year, draft.kind, alone), []).append(draft)
    for (_, kind, _), group in together.items():
        first = group[0]
        told, single = _Told(opened.at, first.at), len(group) == 1
        label = f" {first.subject.label}" if single else ""
        codes = enumerate_words(draft.subject.code for draft in group)
        names = (told.name(unit) for unit in first.subject.units if single)
        waits = TO_KEEP if first.handed_over else "未印发"
        made = told.of(waits, names, f"{kind} {codes}{label}：{first.waits_for}")
        days = [day for draft in group if (day := _begins(draft)) is not None]
        paper = (kind, first.subject.code) if single else None
        command = first.command if single or not first.handed_over else first.command_for_all
        yield replace(made, command=command, paper=paper, day=min(days, default=None))


def _begins(draft: WaitingPaper) -> date | None:
    """The day before which the notice of an inspection has to be out; None for other papers."""
    subject = draft.subject
    return subject.inspection.begins if isinstance(subject, InspectionSubject) else None


def _proposed(at: Standing) -> Iterator[WaitingItem]:
    for proposal in proposals(at):
        told = _Told(at, at.beside(proposal.year))
        limit = f"，新时限{long_date(proposal.new_limit)}{proposal.limit_note}" if proposal.new_limit else ""
        words = f"{proposal.kind}：{'、'.join(proposal.findings)} {proposal.subject}{limit}"
        made = told.of("建议发文", [at.unit_called(proposal.unit).short_name], words)
        yield replace(made, command="propose")


def _alike(at: Standing) -> Iterator[WaitingItem]:
    told = _Told(at, at)
    for repeat in repeats(at):
        of = "" if repeat.year == at.year.year else f"{repeat.year}年的"
        words = f"，与{of} {repeat.earlier.code} 相似，是不是重复由人判断"
        yield told.on("疑似重复", repeat.finding, words)


def _open_still(told: _Told) -> Iterator[WaitingItem]:
    """Findings of an earlier year that are open and of which nothing else tells; they are kept up in its folder."""
    for finding in told.at.found:
        state = told.at.state(finding)
        if state not in (OVERDUE, DUE_SOON, UNSETTLED, APPLIED, CLOSED):
            yield told.on("往期未销号", finding, f"：{state}")


def _drifted(found: Iterable[Drift]) -> Iterator[WaitingItem]:
    for drift in found:
        if drift.changed:
            words = f"{drift.line.name} 印发后数据改过：{'；'.join(drift.changed[:3])}"
            paper = (drift.line.kind, drift.line.subject)
            yield WaitingItem("印发后改过", (), words, drift.line.year, paper=paper)


def tally(found: Iterable[WaitingItem]) -> dict[str, int]:
    """How many wait of each kind, in the order of KINDS."""
    kinds = [item.kind for item in found]
    return {kind: kinds.count(kind) for kind in KINDS if kind in kinds}
