"""The story of a finding as a chain of steps: what happened in each, what is missing now, and where that is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple

from liangqing.base.chinese import enumerate_words, long_date
from liangqing.data.model.findings import IMMEDIATE, Finding, Letter
from liangqing.data.model.types import ModelRecord
from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.paper_keys import address_of_paper
from liangqing.desk.answering.record_keys import address_of_record
from liangqing.variables.owners import FindingOf
from liangqing.variables.story import StoryEvent, events
from liangqing.year.state import facts
from liangqing.year.state.planned import recheck_planned
from liangqing.year.state.records import LETTER
from liangqing.year.state.standing import APPLIED, CLOSED, CONTINUING, LAPSED, OVERDUE, UNSIGNED, Standing


class NextStep(NamedTuple):
    """Something that is still to be done: what is missing, in words; the button that leads to it; the address of the
    paper that is needed for it ("": none).
    """

    words: str
    button: str
    address: str
    paper: str = ""


class ShownEvent(NamedTuple):
    """What happened, with the address of the paper or record that it rests on ("": none is known)."""

    event: StoryEvent
    address: str


@dataclass(frozen=True)
class StoryStep:
    """A step of the chain, what happened in it in order of date, and what is missing now (None: nothing)."""

    name: str
    happened: tuple[ShownEvent, ...]
    missing: NextStep | None = None


@dataclass(frozen=True)
class FindingStory:
    """The story of a finding on the day of `at`, which is of the finding's own year, and so is `look`."""

    look: DeskLook
    at: Standing
    finding: Finding

    @cached_property
    def steps(self) -> tuple[StoryStep, ...]:
        """All steps in the order of the work; what happened is in one of them."""
        told: dict[str, list[ShownEvent]] = {name: [] for name, _, _ in _STEPS}
        homes = {kind: name for name, kinds, _ in _STEPS for kind in kinds}
        for event in events(FindingOf(self.at, self.finding)):
            home = (
                _FOLLOW_UP if event.kind in ("印发", "送达", "作废") and not self._is_of_letter(event) else ""
            )
            told[home or homes.get(event.kind, _FOLLOW_UP)].append(ShownEvent(event, self._address(event)))
        return tuple(StoryStep(name, tuple(told[name]), missing(self)) for name, _, missing in _STEPS)

    @property
    def next(self) -> NextStep | None:
        """What is to be done first; None: nothing is missing."""
        return next((step.missing for step in self.steps if step.missing), None)

    @property
    def is_open(self) -> bool:
        """Whether it is not closed on the day."""
        return self.at.state(self.finding) != CLOSED

    @property
    def letters(self) -> tuple[Letter, ...]:
        """The records of letters that it stands in."""
        return tuple(self.at.year.letters_with.get(self.finding.code, ()))

    def form(self, part: str = "") -> str:
        """The address of its form, at one of its lists."""
        return address_of_record(self.look, self.finding) + (f"#{part}" if part else "")

    def new(self, section: str, **values: str) -> str:
        """The address of an empty form in which these values stand already."""
        return self.look.url(f"records/{section}/new", **values)

    def _is_of_letter(self, event: StoryEvent) -> bool:
        return event.source == LETTER or any(
            line.kind == LETTER for line in self.at.register.by_number.get(event.source, ())
        )

    def _address(self, event: StoryEvent) -> str:
        for line in self.at.register.by_number.get(event.source, ()):
            return address_of_paper(replace(self.look, year=line.year), line.kind, line.subject)
        records = _RECORDS.get(event.kind)
        record = records(self.at).get(event.source) if records else None
        return address_of_record(self.look, record) if isinstance(record, ModelRecord) else ""


SIGNED = "双签字确认表"
# Which records the source of an event is one of.
_RECORDS: dict[str, Callable[[Standing], dict[str, ModelRecord]]] = {
    "发现": lambda at: dict(at.year.inspection_by_code),
    "反馈会": lambda at: dict(at.year.inspection_by_code),
    "双签字": lambda at: {sign.code: sign for sign in at.year.dual_signs},
    "单位反馈": lambda at: {form.code: form for form in at.year.feedbacks},
    "回复": lambda at: {letter.code: letter for letter in at.year.letters},
}


# ---------------------------------------------------------------- what is missing


def _nothing(story: FindingStory) -> NextStep | None:
    return None


def _described(story: FindingStory) -> NextStep | None:
    finding = story.finding
    said = {
        "整改类别": finding.category,
        "整改要求": finding.demand,
        "责任人": finding.responsibility,
        "整改时限": finding.limit,
    }
    lacking = [name for name, value in said.items() if value is None]
    if not lacking or not story.is_open:
        return None
    return NextStep(f"还没有写 {enumerate_words(lacking)}", "补上", story.form())


def _signed(story: FindingStory) -> NextStep | None:
    state, _ = story.at.signature(story.finding)
    if state not in (UNSIGNED, LAPSED) or not story.is_open:
        return None
    words = "还没有登记签字" if state == UNSIGNED else "签字以后内容改过，要重新签"
    finding = story.finding
    preset = {"检查": finding.inspection, "单位": finding.unit, "问题": finding.code}
    sheet = address_of_paper(story.look, SIGNED, f"{finding.inspection}/{finding.unit}")
    return NextStep(f"{SIGNED}{words}", "登记签字", story.new("双签", **preset), sheet)


def _sent(story: FindingStory) -> NextStep | None:
    at, finding = story.at, story.finding
    line = facts.letter_with(at, finding)
    if line is not None:
        return None if at.delivered(line) else _undelivered(story, line.number or "")
    if not story.is_open or finding.category == IMMEDIATE:
        return None
    if not story.letters:
        words = f"还没有列入{LETTER}"
        return NextStep(words, f"写{LETTER}", story.new(LETTER, 单位=finding.unit, 问题=finding.code))
    code = story.letters[-1].code
    return NextStep(f"{LETTER} {code} 还没有印发", "看这封函", address_of_paper(story.look, LETTER, code))


def _undelivered(story: FindingStory, number: str) -> NextStep:
    return NextStep(f"{number} 还没有登记送达", "登记送达", story.new("送达", 文号=number))


def _answered(story: FindingStory) -> NextStep | None:
    at, code = story.at, story.finding.code
    for letter in story.letters:
        if story.is_open and code in facts.forms_owed(at, letter):
            words = f"单位还没有交整改情况反馈表，{_until(at, letter.reply_by)}"
            return NextStep(words, "收回反馈表", story.look.url("take"))
        if facts.reply_owed(at, letter) is not None:
            words = f"单位还没有回复，{_until(at, letter.reply_by)}"
            return NextStep(words, "登记回复", address_of_record(story.look, letter) + "#回复")
    return None


def _until(at: Standing, day: date) -> str:
    over = (at.day - day).days
    return f"应于{long_date(day)}前" + (f"，已过{over}天" if over > 0 else "")


def _went_on(story: FindingStory) -> NextStep | None:
    if not story.is_open:
        return None
    if not facts.progress_told(story.at, story.finding):
        return NextStep("还没有登记进展", "登记进展", story.form("进展"))
    if not facts.proofs_told(story.at, story.finding):
        return NextStep("报过进展，还没有佐证", "收佐证", "#佐证")
    return None


def _late(story: FindingStory) -> NextStep | None:
    days = story.at.days_overdue(story.finding)
    if story.at.state(story.finding) != OVERDUE or days is None:
        return None
    return NextStep(f"已超过时限{days}天；批准了延期的，登记下来", "登记延期", story.form("延期"))


def _closed(story: FindingStory) -> NextStep | None:
    at, finding = story.at, story.finding
    if at.state(finding) == APPLIED:
        last = facts.last_round(at, finding)
        lacking = at.unmet(finding, last) if last else []
        more = f"，还差 {enumerate_words(lacking)}" if lacking else ""
        return NextStep(f"已申请销号，还没有核查或没有结论{more}", "登记核查和销号", story.form("销号"))
    ended = at.state(finding) in (CLOSED, CONTINUING)
    ready = bool(facts.progress_told(at, finding) and facts.proofs_told(at, finding))
    if ended or not ready:
        return None
    return NextStep("还没有申请销号；整改到位的，登记申请和核查", "登记核查和销号", story.form("销号"))


def _looked_again(story: FindingStory) -> NextStep | None:
    planned = recheck_planned(story.at, story.finding)
    if planned is None or not story.at.is_near(planned):
        return None
    return NextStep(f"计划{long_date(planned)}回头看，还没有登记", "登记回头看", story.form("回头看"))


_FOLLOW_UP = "其他文书"
# The steps in the order of the work, the kinds of events in each, and what is missing.
_STEPS: tuple[tuple[str, tuple[str, ...], Callable[[FindingStory], NextStep | None]], ...] = (
    ("检查和发现", ("发现", "反馈会"), _nothing),
    ("责任和时限", (), _described),
    ("双签", ("双签字",), _signed),
    (LETTER, ("印发", "送达", "作废"), _sent),
    ("回复和反馈", ("回复", "单位反馈"), _answered),
    ("进展和佐证", ("进展",), _went_on),
    ("延期和责任变更", ("延期", "责任变更"), _late),
    ("核查和销号", ("申请销号", "核查", "同意销号", "退回", "阶段性完成"), _closed),
    ("回头看", ("回头看",), _looked_again),
    (_FOLLOW_UP, (), _nothing),
)


def facts_of(story: FindingStory) -> Iterator[tuple[str, str]]:
    """What stands at the head of the story: label and words, those that say nothing left out."""
    at, finding = story.at, story.finding
    owner, limit, late = finding.owner_on(at.day), finding.limit_on(at.day), at.days_overdue(finding)
    shown = long_date(limit) if isinstance(limit, date) else limit
    moved = "（经批准延期）" if limit != finding.limit else ""
    told = (
        ("单位", facts.own_unit(at, finding)),
        ("责任人", f"{owner.person}{f'（{owner.post}）' if owner.post else ''}" if owner else "还没有明确"),
        ("整改时限", f"{shown}{moved}" if shown else "还没有明确"),
        ("已逾期", f"{late}天" if late else ""),
        ("整改类别", finding.category),
        ("事实", finding.facts),
        ("依据", finding.clause),
        ("整改要求", finding.demand),
        ("整改措施", "\n".join(facts.measures_told(at, finding))),
    )
    return ((label, words) for label, words in told if words)
