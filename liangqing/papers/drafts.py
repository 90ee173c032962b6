"""Papers that are drawn up and were not issued, of every kind and year, with what each of them waits for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from liangqing.base.chinese import enumerate_words, long_date
from liangqing.data.model.inspections import CONCENTRATED
from liangqing.data.model.kinds import (
    BY_NAME,
    INSPECTED_UNIT,
    INTERNAL,
    OF_INSPECTION,
    OF_SIGNATURE,
    WITH_ITS_LETTER,
)
from liangqing.papers import fitness, rendering
from liangqing.papers.catalogue import Entry
from liangqing.papers.own_day import handed_over, on_its_own_day
from liangqing.variables.about import CaseSubject, InspectedUnitSubject, InspectionSubject, Subject
from liangqing.variables.letters import LetterSubject
from liangqing.variables.subjects import LISTED_BY_CATALOGUE, WRITTEN
from liangqing.variables.written_papers import WrittenSubject
from liangqing.year import rules
from liangqing.year.open_workspace import OpenWorkspace
from liangqing.year.state.escalation import followed_by, is_before_the_limit, overtaken_by
from liangqing.year.state.records import LETTER
from liangqing.year.state.standing import APPLIED, CLOSED, LAPSED, UNSIGNED, Standing

READY = "等印发"  # of a paper that waits for nothing but its number
INSPECTED = ("检查", INSPECTED_UNIT)
OWN_RECORD = (LETTER, WRITTEN)  # kinds of subject that a person wrote in order that the paper be issued


@dataclass(frozen=True)
class WaitingPaper:
    """A paper that is not issued on the day: of which kind, about what, in which year's records.

    `waits_for` tells in words what it waits for; `command` is what a person types after the program's name to have it
    out, "" where it is not to be issued as things stand. `too_late`: what it asks for has begun without it.
    `handed_over`: it has left the group's hands already, and waits to be kept as it did (定稿).
    """

    at: Standing
    kind: str
    subject: Subject
    waits_for: str
    command: str
    too_late: bool = False
    handed_over: bool = False

    @property
    def command_for_all(self) -> str:
        """What keeps all papers of the kind that were handed over; "" where this one can't be kept as things stand."""
        return f"issue {self.kind}" if self.command else ""


def drafts(opened: OpenWorkspace) -> list[WaitingPaper]:
    """The papers that wait to be issued on the day: this year's first, each year's in the order of 文种.

    They are all 整改函 and 文书, what takes a number and is drawn up from other records (监督检查通知, 印发通知 …), and
    what was handed over without a number and was not kept (体检报告 after the 反馈会).
    Raises Problems for a catalogue that can't be read, NoCalendar as `overtaken_by`.
    """
    known = rendering.load_catalogue(opened.root)
    entries = [entry for entry in known.entries.values() if _is_issued_alone(entry)]
    used = {line.year for line in opened.register.issued if line.issued <= opened.at.day}
    return [
        _draft(opened, entry, subject)
        for at in opened.at.so_far
        for entry in entries
        if _is_still_issued(at, entry, used)
        for subject in rendering.subjects_meant(replace(opened, at=at), entry)
        if _is_there(subject) and not _is_out(entry, subject, at.day) and _is_due(entry, subject)
    ]


def can_go_out(opened: OpenWorkspace, entry: Entry, subject: Subject) -> bool:
    """Whether a paper that is not issued could be issued as things stand today, whatever day the figures are of."""
    return bool(as_draft(opened, entry, subject).command)


def as_draft(opened: OpenWorkspace, entry: Entry, subject: Subject) -> WaitingPaper:
    """A paper that is not issued, with what it waits for as things stand today."""
    today = opened.today or subject.at.day
    then = on_its_own_day(entry, replace(subject, at=subject.at.on(today)), today)
    return _draft(opened, entry, then)


def _is_issued_alone(entry: Entry) -> bool:
    """Whether papers of a kind leave the group by themselves: under a number, or because a person wrote a 文书."""
    kind = entry.kind
    if kind.when == WITH_ITS_LETTER or kind.follows is not None or entry.subject_kind in LISTED_BY_CATALOGUE:
        return False
    if _has_its_own_day(entry):
        return kind.freeze
    if (
        kind.when == BY_NAME and entry.subject_kind != WRITTEN
    ):  # nobody waits for what is made when it is asked for
        return False
    return entry.subject_kind == WRITTEN or (kind.number is not None and kind.audience != INTERNAL)


def _has_its_own_day(entry: Entry) -> bool:
    return entry.kind.until in (OF_INSPECTION, OF_SIGNATURE)


def _is_due(entry: Entry, subject: Subject) -> bool:
    """Whether a paper waits at all: one with a day of its own does from that day on."""
    return not _has_its_own_day(entry) or handed_over(entry, subject)


def _is_still_issued(at: Standing, entry: Entry, used: set[int]) -> bool:
    """Whether papers of a kind may still go out of a year.

    What is drawn up from other records of a year that is over is not, where it is to all units about that year, or
    where the register has nothing of the year: then its papers went out without this program.
    """
    over = at.day.year > at.year.year
    return (
        not over
        or entry.subject_kind in OWN_RECORD
        or (entry.subject_kind in INSPECTED and at.year.year in used)
    )


def _is_there(subject: Subject) -> bool:
    """Whether all that the paper rests on was there by the day: its findings, and the notice that it is about."""
    if isinstance(subject, CaseSubject) and not subject.at.is_published(subject.case):
        return False
    return all(found.at.is_found(found.finding) for found in subject.found)


def _is_out(entry: Entry, subject: Subject, day: date) -> bool:
    """Whether it is issued by the day; of a kind that is not issued here, whether its 送达 is on record.

    The day is the one that is looked at: what was handed over stands on an earlier day of its own, and is kept later.
    """
    at = subject.at
    if entry.kind.number or entry.kind.freeze:
        return at.register.in_use(entry.name, subject.code, at.year.year, day) is not None
    handed_over = at.year.deliveries_of.get((entry.name, subject.code), ())
    return any(delivery.day <= day for _, delivery in handed_over)


def _draft(opened: OpenWorkspace, entry: Entry, subject: Subject) -> WaitingPaper:
    at = subject.at
    year = "" if at.year.year == max(opened.data.years) else f" --year {at.year.year}"
    issued = entry.kind.number or entry.kind.freeze
    command = f"issue {entry.name} {subject.code}{year} --date {at.day}"
    if not issued:
        command = f"{entry.kind.command} {subject.code}{year}"
    stopped = [words for look in _STOPS if (words := look(entry, subject))]
    first = next((words for look in _TELLS if (words := look(entry, subject))), "")
    over = any(look(entry, subject) for look in _ENDS)
    words = "；".join(dict.fromkeys(filter(None, (first, *(() if over else stopped))))) or READY
    again = at.register.issued_of(entry.name, subject.code, at.year.year)
    void = any(line.issued <= at.day for line in again)
    return WaitingPaper(
        at=at,
        kind=entry.name,
        subject=subject,
        waits_for=f"{'作废后没有重新印发，' if void else ''}{words}",
        command="" if stopped else command,
        too_late=_begun(entry, subject) is not None,
        handed_over=handed_over(entry, subject),
    )


def _states(subject: Subject) -> dict[str, str]:
    """By 编号 the state of each finding that the paper rests on, whatever year it is of."""
    return {found.finding.code: found.at.state(found.finding) for found in subject.found}


def _no_object(entry: Entry, subject: Subject) -> str | None:
    states = _states(subject)
    if not _rests_on_findings(entry) or not states or {*states.values()} != {CLOSED}:
        return None
    return f"{enumerate_words(states)}已经销号，没有对象了；{_take_out(subject)}"


def _applied(entry: Entry, subject: Subject) -> str | None:
    states = _states(subject)
    if not _rests_on_findings(entry) or not states or not {*states.values()} <= {CLOSED, APPLIED}:
        return None
    asking = [code for code in states if states[code] == APPLIED]
    return f"{enumerate_words(asking)}已申请销号，先核查；退回了再发" if asking else None


def _rests_on_findings(entry: Entry) -> bool:
    return entry.subject_kind in OWN_RECORD


def _outdated(entry: Entry, subject: Subject) -> str | None:
    """A paper that the ladder has for the time before the limit, and that was overtaken."""
    if not isinstance(subject, WrittenSubject) or not is_before_the_limit(subject.at, entry.name):
        return None
    kind = overtaken_by(subject.at, subject.written)
    return f"整改时限已过，该发{kind}了；这份不再发，{_take_out(subject)}" if kind else None


def _overtaken(entry: Entry, subject: Subject) -> str | None:
    kind = overtaken_by(subject.at, subject.written) if isinstance(subject, WrittenSubject) else None
    return f"已过时，该发{kind}了；还要发的现在印发，不发的{_take_out(subject)}" if kind else None


def _followed(entry: Entry, subject: Subject) -> str | None:
    kind = followed_by(subject.at, subject.written) if isinstance(subject, WrittenSubject) else None
    return f"等印发；{kind}的日子也到了" if kind else None


def _take_out(subject: Subject) -> str:
    place = subject.origin.place()
    return f"把 {place.file} 第{place.line}行起的这一条删掉"


def _partly_closed(entry: Entry, subject: Subject) -> str | None:
    closed = [code for code, state in _states(subject).items() if state == CLOSED]
    if not closed or not _rests_on_findings(entry):
        return None
    return f"其中{enumerate_words(closed)}已经销号，核对后再印发"


def _not_ready(entry: Entry, subject: Subject) -> str | None:
    missing = rules.open_gates(subject.at, subject.findings, entry.kind.gates)
    more = f"等{len(missing)}处" if len(missing) > 1 else ""
    return f"{missing[0].message.partition('，')[0]}{more}，补上再印发" if missing else None


def _unsigned(entry: Entry, subject: Subject) -> str | None:
    if not isinstance(subject, LetterSubject):
        return None
    codes = [
        finding.code for finding in subject.findings if subject.at.signature(finding)[0] in (UNSIGNED, LAPSED)
    ]
    return f"{enumerate_words(codes)}还没有双签字" if codes else None


def _receiver_gone(entry: Entry, subject: Subject) -> str | None:
    gone = rules.gone_units(subject.at, subject.origin)
    return f"发给的单位已经撤销，{gone[0].advice}" if gone else None


def _unfit(entry: Entry, subject: Subject) -> str | None:
    """What is wrong with its findings for its kind, as `issue` has it, where nothing above tells it in other words."""
    if not isinstance(subject, WrittenSubject) or _no_object(entry, subject) or _applied(entry, subject):
        return None
    if _outdated(entry, subject):
        return None
    if fitness.lacks_findings(entry.kind, subject.written):
        return "没有写「问题」"
    first = next(fitness.misfits(subject.at, entry.kind, subject.written), None)
    return f"问题 {first.finding.code} {first.words}" if first else None


def _limit_past(entry: Entry, subject: Subject) -> str | None:
    """A limit that the letter sets is past, which the order of dates refuses (LIMIT_BEFORE_ISSUE)."""
    if not isinstance(subject, LetterSubject):
        return None
    day = subject.at.day
    past = [
        finding.code for finding, limit in rules.limits_set(subject.at, subject.letter, day) if limit < day
    ]
    return f"{enumerate_words(past)}的整改时限已过，先改" if past else None


def _day_past(entry: Entry, subject: Subject) -> str | None:
    """A day that the paper itself names, and that is past."""
    name, day = _named_day(subject)
    if day is None or day > subject.at.day:
        return None
    if day == subject.at.day:
        return f"{name}就是今天，先改" if isinstance(subject, WrittenSubject) else None
    return f"{name}{long_date(day)}已过，先改"


def _named_day(subject: Subject) -> tuple[str, date | None]:
    if isinstance(subject, LetterSubject):
        return "回复期限", subject.letter.reply_by
    if isinstance(subject, WrittenSubject):
        return "新时限", subject.written.new_limit
    if isinstance(subject, CaseSubject):
        return "报送期限", subject.case.hand_in_by
    return "", None


def _begins(entry: Entry, subject: Subject) -> str | None:
    """The notice of an inspection waits for the day on which that begins."""
    if not isinstance(subject, InspectionSubject):
        return None
    return f"检查{long_date(subject.inspection.begins)}开始，等印发"


def _begun(entry: Entry, subject: Subject) -> str | None:
    """A notice of an inspection is of no use once that has begun."""
    if not isinstance(subject, InspectionSubject) or subject.inspection.begins >= subject.at.day:
        return None
    return "检查已经开始，没有登记印发；手工编号发过的，照原来的号补录"


def _to_be_kept(entry: Entry, subject: Subject) -> str | None:
    """What was handed over, and by what is known to have been."""
    if not handed_over(entry, subject):
        return None
    by = "已经双签" if entry.kind.until == OF_SIGNATURE else "反馈会已开"
    return f"{by}，还没有定稿存档"


def _not_judged(entry: Entry, subject: Subject) -> str | None:
    """A 集中清查 ends in a 画像, with which its report is whole."""
    if not isinstance(subject, InspectedUnitSubject) or entry.kind.until != OF_INSPECTION:
        return None
    inspection = subject.inspection
    if inspection.kind != CONCENTRATED or subject.at.portrait(inspection, subject.unit) is not None:
        return None
    return "还没有登记画像，写好再定稿"


def _to_be_approved(entry: Entry, subject: Subject) -> str | None:
    if entry.kind.number or entry.kind.freeze:
        return None
    return f"不在这里编号，送审、送出后登记「送达」（文种: {entry.name}，对象: {subject.code}）"


Look = Callable[[Entry, Subject], str | None]

# What ends a paper: there is nothing to put right in it. What keeps one from being issued as things stand; and what is told of one, the first that holds.
_ENDS: tuple[Look, ...] = (_no_object, _begun, _outdated)
_STOPS: tuple[Look, ...] = (
    *(*_ENDS, _applied, _receiver_gone, _not_ready),
    *(_unfit, _limit_past, _day_past, _not_judged),
)
_TELLS: tuple[Look, ...] = (
    *(_no_object, _applied, _begun, _outdated, _overtaken, _partly_closed),
    *(_not_ready, _unsigned, _begins, _followed, _to_be_kept, _to_be_approved),
)
