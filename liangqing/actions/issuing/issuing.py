"""A paper goes out: the next number, the register's line, the paper and its values kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from liangqing import register
from liangqing.actions import build as building
from liangqing.actions.issuing import numbering
from liangqing.actions.issuing.draft_edited_in_word import as_edited, edited_drafts, refusals
from liangqing.actions.issuing.freezing import freeze
from liangqing.actions.issuing.paper_issued_elsewhere import number_of_hand, paper_of_hand
from liangqing.base.chinese import suggestion
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, Problems, Severity, refuse
from liangqing.base.folders import LOCK
from liangqing.base.output_files import locked
from liangqing.papers import rendering
from liangqing.papers.catalogue import Catalogue, Entry
from liangqing.papers.named_subjects import meant, names_of
from liangqing.papers.rendering import Compiled, Made
from liangqing.register import BY_HAND, DATE_CONFIRMED, EDITED, Line
from liangqing.variables.about import Subject
from liangqing.variables.audience import mentions
from liangqing.year import rules
from liangqing.year.open_workspace import OpenWorkspace, open_workspace


@dataclass(frozen=True)
class IssueOrder:
    """What a person asked to be issued.

    `confirm_date`: an odd 成文日期 is meant. `as_edited`: drafts that were corrected in Word go out as they are.
    `number` and `file`: the paper went out before, under a number given by hand.
    """

    kind: str
    subject: str
    day: date
    year: int | None = None
    signer: str = ""
    confirm_date: bool = False
    as_edited: bool = False
    number: int | None = None
    file: Path | None = None


def issue(root: Path, order: IssueOrder, today: date) -> Line:
    """Freeze a paper: take the next number, append the register's line, keep the paper and its values.

    Raises Problems and changes nothing when the data has an error, a gate is open, the paper is out already,
    its date is in the future or out of order, its number by hand is taken or leaves a gap, or a draft of it was
    corrected in Word (the problems say which words; with `as_edited`: when that touches 责任 or 整改时限).
    """
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
        opened = replace(opened, at=opened.at.as_issued(order.day, numbered=bool(entry.kind.number)))
        compiled = rendering.compile_entries(opened, known, [entry.name, *known.bound_annexes(entry)])
        subject = _subject(opened, compiled[entry.name], order.subject)
        _refuse_second(opened, entry, subject)
        line = _line(opened, known, entry, subject, order, today)
        _judge(opened, compiled[entry.name], subject, line)
        if order.file is not None:
            paper = _render(compiled[entry.name], subject, line)
            return freeze(opened, line, [paper_of_hand(paper, order.file, line.name)])
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
        return freeze(opened, replace(line, notes=(*line.notes, *([EDITED] if drafts else []))), made, edits)


def _subject(opened: OpenWorkspace, document: Compiled, word: str) -> Subject:
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
    message = f"「{word}」不是{entry.name}的对象"
    raise refuse(Code.NO_SUCH_SUBJECT, Place(word), message, suggestion(word, names_of(subjects)))


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
    if not order.confirm_date:
        numbering.refuse_odd_date(opened.register, series, order.day, today, order.number)
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
        notes=tuple(
            note
            for note, meant in ((DATE_CONFIRMED, order.confirm_date), (BY_HAND, order.file is not None))
            if meant
        ),
    )


def _judge(opened: OpenWorkspace, document: Compiled, subject: Subject, line: Line) -> None:
    """Judge the year as it would stand with the line in the register."""
    book = replace(opened.register, lines=(*opened.register.lines, line))
    then = replace(opened, register=book, at=replace(opened.at, register=book))
    judged = then.judge(kept=False)
    found = [problem for problem in judged if problem.severity is Severity.ERROR]
    found += rules.open_gates(opened.at, subject.findings, document.gates)
    found += building.gates_of_words(then, document, subject, judged)
    if found:
        raise Problems(found)


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
