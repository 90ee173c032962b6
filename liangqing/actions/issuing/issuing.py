"""A paper goes out: the next number, the register's line, the paper and its values kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from liangqing import register
from liangqing.actions import build as building
from liangqing.actions.issuing import numbering
from liangqing.actions.issuing.draft_edited_in_word import as_edited, edited_drafts, refusals
from liangqing.actions.issuing.freezing import freeze
from liangqing.actions.issuing.paper_issued_elsewhere import number_of_hand, paper_of_hand
from liangqing.base.chinese import enumerate_words, suggestion
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, Severity, refuse, warning
from liangqing.base.folders import LOCK
from liangqing.base.output_files import locked
from liangqing.papers import fitness, rendering
from liangqing.papers.catalogue import Catalogue, Entry
from liangqing.papers.named_subjects import meant, names_of
from liangqing.papers.rendering import Compiled, Made
from liangqing.register import BY_HAND, DATE_CONFIRMED, DATE_FORCED, EDITED, Line, Series
from liangqing.variables.about import Subject
from liangqing.variables.audience import mentions
from liangqing.variables.letters import LetterSubject
from liangqing.variables.written_papers import WrittenSubject
from liangqing.year import rules
from liangqing.year.open_workspace import OpenWorkspace, open_workspace
from liangqing.year.state.standing import LAPSED, UNSIGNED


@dataclass(frozen=True)
class IssueOrder:
    """What a person asked to be issued.

    `force_date`: a 成文日期 that has not come yet is meant; `confirm_date`: one that is out of order with the numbers.
    `as_edited`: drafts that were corrected in Word go out as they are.
    `number` and `file`: the paper went out before, under a number given by hand.
    """

    kind: str
    subject: str
    day: date
    year: int | None = None
    signer: str = ""
    force_date: bool = False
    confirm_date: bool = False
    as_edited: bool = False
    number: int | None = None
    file: Path | None = None


@dataclass(frozen=True)
class Issued:
    """A paper that went out: its line in the register, and what a person should know of it (warnings)."""

    line: Line
    told: tuple[Diagnostic, ...] = ()


def issue(root: Path, order: IssueOrder, today: date) -> Issued:
    """Freeze a paper: take the next number, append the register's line, keep the paper and its values.

    Raises Problems and changes nothing when the data has an error, a gate is open, the paper is out already,
    its date is in the future, out of order, or before what the paper rests on, its number by hand is taken or leaves
    a gap, or a draft of it was corrected in Word (the problems say which words; with `as_edited`: when that touches
    责任 or 整改时限).
    """
    if not order.force_date:
        numbering.refuse_future(order.day, today)
    with locked(root / LOCK):
        register.recover(root)
        opened = open_workspace(root, order.year, None, today)
        known = rendering.load_catalogue(root)
        entry = known.entry(order.kind, opened.at.year.unit_by_ref)
        if not (entry.kind.number or entry.kind.freeze):
            raise refuse(
                Code.KIND_NOT_ISSUED,
                entry.place(),
                f"{order.kind}不取号也不定稿，不用印发",
                "用 build 生成即可",
            )
        if not opened.data.complete:
            raise Problems(_errors(opened.judge(kept=False)))
        opened = replace(opened, at=opened.at.as_issued(order.day, numbered=bool(entry.kind.number)))
        compiled = rendering.compile_entries(opened, known, [entry.name, *known.bound_annexes(entry)])
        subject = _subject(opened, compiled[entry.name], order.subject, today)
        _refuse_second(opened, entry, subject)
        line = _line(opened, known, entry, subject, order, today)
        _judge(opened, compiled[entry.name], subject, line)
        told = tuple(_unsigned(subject, line))
        if order.file is not None:
            paper = _render(compiled[entry.name], subject, line)
            return Issued(freeze(opened, line, [paper_of_hand(paper, order.file, line.name)]), told)
        drafts = edited_drafts(opened, compiled, subject)
        if drafts and not order.as_edited:
            raise Problems([problem for draft in drafts.values() for problem in refusals(draft)])
        made = [_render(document, subject, line) for document in compiled.values()]
        _refuse_mentions(made)
        made = [
            as_edited(drafts[name], paper) if (name := paper.entry.name) in drafts else paper
            for paper in made
        ]
        edits = {kind: [str(change) for change in draft.changes] for kind, draft in drafts.items()}
        line = replace(line, notes=(*line.notes, *([EDITED] if drafts else [])))
        return Issued(freeze(opened, line, made, edits), told)


def _subject(opened: OpenWorkspace, document: Compiled, word: str, today: date) -> Subject:
    """The subject that a person named. Raises Problems for none and for several, and where it is one only later."""
    entry = document.entry
    subjects = [
        subject for subject in rendering.subjects_of(opened, entry) if rendering.holds(document, subject)
    ]
    word = meant(opened, subjects, word)
    found = [subject for subject in subjects if subject.code == word] or [
        subject for subject in subjects if subject.answers_to(word)
    ]
    if len(found) == 1:
        return found[0]
    if found:
        codes = [subject.code for subject in found]
        raise refuse(Code.SUBJECT_NOT_UNIQUE, Place(word), f"「{word}」不止指一个对象", suggestion("", codes))
    later = replace(opened, at=opened.at.on(today))
    if later.at.day > opened.at.day and any(
        subject.answers_to(word) and rendering.holds(document, subject)
        for subject in rendering.subjects_of(later, entry)
    ):
        message = f"到 {opened.at.day} 还出不了{entry.name} {word}：它要写的那时还没有"
        advice = "核对 --date；检查、反馈会、发现问题的日期录错的，改那条记录"
        raise refuse(Code.ISSUED_BEFORE_ITS_GROUNDS, Place("--date"), message, advice)
    message = f"「{word}」不是{entry.name}的对象"
    advice = _of_another_year(opened, entry, word) or suggestion(word, names_of(subjects))
    raise refuse(Code.NO_SUCH_SUBJECT, Place(word), message, advice)


def _of_another_year(opened: OpenWorkspace, entry: Entry, word: str) -> str:
    """Which other year has a paper of that kind by that 编号, as advice; "" where none has."""
    years = [
        number
        for number in opened.at.years
        if number != opened.at.year.year
        and any(
            subject.code == word
            for subject in rendering.subjects_of(replace(opened, at=opened.at.beside(number)), entry)
        )
    ]
    return f"它是 {enumerate_words(map(str, years))} 年的，加 --year {years[-1]}" if years else ""


def _refuse_second(opened: OpenWorkspace, entry: Entry, subject: Subject) -> None:
    standing = opened.register.in_use(entry.name, subject.code, opened.at.year.year)
    if standing is not None:
        message = f"{entry.name} {subject.code} 已印发（{standing.name}）"
        advice = f"要改就先作废：void {standing.name} --why …，再重新印发；已送出的另发更正"
        raise refuse(Code.ALREADY_ISSUED, subject.origin.place(), message, advice)


def _line(
    opened: OpenWorkspace, known: Catalogue, entry: Entry, subject: Subject, order: IssueOrder, today: date
) -> Line:
    """The line that would be written, still without title and hashes."""
    series = numbering.series_of(opened, known, entry, order.day) if entry.kind.number else None
    notes = _notes_of_date(opened, series, order, today)
    number = None
    if order.number is not None:
        number = number_of_hand(opened, known, entry, order.day, order.number)
    elif series is not None:
        following = numbering.next_number(opened, series, entry, order.day)
        number = numbering.name_of(series, order.day, following)
    return Line(
        serial=len(opened.register.lines) + 1,
        kind=entry.name,
        subject=subject.code,
        title="",
        addressee=subject.addressee,
        year=opened.at.year.year,
        issued=order.day,
        file="",
        content="",
        values="",
        number=number,
        signer=order.signer,
        corrects=subject.corrects,
        notes=(*notes, *([] if order.file is None else [BY_HAND])),
    )


def _notes_of_date(
    opened: OpenWorkspace, series: Series | None, order: IssueOrder, today: date
) -> Iterator[str]:
    """What is noted of an odd date that is meant. Raises Problems for one out of order that nobody confirmed."""
    if order.day > today:
        yield DATE_FORCED
    if series is None:
        return
    try:
        numbering.refuse_out_of_order(opened.register, series, order.day, order.number)
    except Problems:
        if not order.confirm_date:
            raise
        yield DATE_CONFIRMED


def _judge(opened: OpenWorkspace, document: Compiled, subject: Subject, line: Line) -> None:
    """Judge the year as it would stand with the line in the register."""
    book = replace(opened.register, lines=(*opened.register.lines, line))
    then = replace(opened, register=book, at=replace(opened.at, register=book))
    judged = then.judge(kept=False)
    found = _errors(judged)
    found += rules.open_gates(opened.at, subject.findings, document.gates)
    found += rules.gone_units(opened.at, subject.origin)
    found += rules.before_its_grounds(then.at, line)
    if isinstance(subject, WrittenSubject):
        found += fitness.unfit(opened.at, document.entry.kind, subject.written)
    found += building.gates_of_words(then, document, subject, judged)
    if found:
        raise Problems(found)


def _errors(found: list[Diagnostic]) -> list[Diagnostic]:
    return [problem for problem in found if problem.severity is Severity.ERROR]


def _unsigned(subject: Subject, line: Line) -> Iterator[Diagnostic]:
    """That a letter goes out on findings without a 双签: one warning, whatever their number."""
    if line.number is None or not isinstance(subject, LetterSubject | WrittenSubject):
        return
    codes = [
        found.finding.code
        for found in subject.found
        if found.at.signature(found.finding)[0] in (UNSIGNED, LAPSED)
    ]
    if codes:
        message = f"{line.name} 涉及的问题 {enumerate_words(codes)} 到 {line.issued} 没有有效的双签"
        advice = "补签后登记「双签」；已经签了的，核对双签的日期和内容码"
        yield warning(Code.ISSUED_UNSIGNED, subject.origin.place("问题"), message, advice)


def _refuse_mentions(made: list[Made]) -> None:
    """A paper that names who is not to read of it does not go out."""
    found = [
        problem
        for paper in made
        for problem in mentions(paper.subject, paper.entry.name, paper.entry.kind.audience, paper.reads)
    ]
    if found:
        raise Problems(found)


def _render(document: Compiled, subject: Subject, line: Line) -> Made:
    return rendering.render(document, subject, line.number, line.issued)
