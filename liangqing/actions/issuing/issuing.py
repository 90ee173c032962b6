"""A paper goes out: the next number, the register's line, the paper and its values kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from liangqing import documents, pipeline, register, rules
from liangqing.catalogue import Catalogue, Entry
from liangqing.context.audience import mentions
from liangqing.context.papers import Subject
from liangqing.desk import Desk, open_desk
from liangqing.documents import Compiled, Made
from liangqing.errors import Place, Problems, Severity, refuse
from liangqing.layout import LOCK
from liangqing.lifecycle import numbering
from liangqing.lifecycle.by_hand import number_of_hand, paper_of_hand
from liangqing.lifecycle.edited import as_edited, edited_drafts, refusals
from liangqing.lifecycle.freezing import freeze
from liangqing.register import BY_HAND, DATE_CONFIRMED, EDITED, Line
from liangqing.store import locked
from liangqing.wording import suggestion


@dataclass(frozen=True)
class Order:
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


def issue(root: Path, order: Order, today: date) -> Line:
    """Freeze a paper: take the next number, append the register's line, keep the paper and its values.

    Raises Problems and changes nothing when the data has an error, a gate is open, the paper is out already,
    its date is in the future or out of order, its number by hand is taken or leaves a gap, or a draft of it was
    corrected in Word (the problems say which words; with `as_edited`: when that touches 责任 or 整改时限).
    """
    with locked(root / LOCK):
        register.recover(root)
        desk = open_desk(root, order.year, None, today)
        known = documents.load_catalogue(root)
        entry = known.entry(order.kind)
        if not (entry.kind.number or entry.kind.freeze):
            raise refuse("D606", entry.place(), f"{order.kind}不取号也不定稿，不用印发", "用 build 生成即可")
        desk = replace(desk, at=desk.at.as_issued(order.day, numbered=bool(entry.kind.number)))
        compiled = documents.compile_entries(desk, known, [entry.name, *known.bound_annexes(entry)])
        subject = _subject(desk, compiled[entry.name], order.subject)
        _refuse_second(desk, entry, subject)
        line = _line(desk, known, entry, subject, order, today)
        _judge(desk, compiled[entry.name], subject, line)
        if order.file is not None:
            paper = _render(compiled[entry.name], subject, line)
            return freeze(desk, line, [paper_of_hand(paper, order.file, line.name)])
        drafts = edited_drafts(desk, compiled, subject)
        if drafts and not order.as_edited:
            raise Problems([each for draft in drafts.values() for each in refusals(draft)])
        made = [_render(each, subject, line) for each in compiled.values()]
        _refuse_mentions(made)
        made = [
            as_edited(drafts[name], each) if (name := each.entry.name) in drafts else each for each in made
        ]
        edits = {kind: [str(change) for change in draft.changes] for kind, draft in drafts.items()}
        return freeze(desk, replace(line, notes=(*line.notes, *([EDITED] if drafts else []))), made, edits)


def _subject(desk: Desk, each: Compiled, word: str) -> Subject:
    entry = each.entry
    subjects = [subject for subject in documents.subjects_of(desk, entry) if documents.holds(each, subject)]
    found = [each for each in subjects if each.code == word] or [
        each for each in subjects if each.answers_to(word)
    ]
    if len(found) == 1:
        return found[0]
    codes = [each.code for each in found or subjects]
    message = f"「{word}」不止指一个对象" if found else f"「{word}」不是{entry.name}的对象"
    raise refuse("D505", Place(word), message, suggestion("" if found else word, codes))


def _refuse_second(desk: Desk, entry: Entry, subject: Subject) -> None:
    standing = desk.register.in_use(entry.name, subject.code, desk.at.year.year)
    if standing is not None:
        message = f"{entry.name} {subject.code} 已印发（{standing.name}）"
        advice = f"要改就先作废：void {standing.name} --why …，再重新印发；已送出的另发更正"
        raise refuse("D608", subject.origin.place(), message, advice)


def _line(desk: Desk, known: Catalogue, entry: Entry, subject: Subject, order: Order, today: date) -> Line:
    """The line that would be written, still without title and hashes."""
    series = numbering.series_of(desk, known, entry, order.day) if entry.kind.number else None
    if not order.confirm_date:
        numbering.refuse_odd_date(desk.register, series, order.day, today, order.number)
    number = None
    if order.number is not None:
        number = number_of_hand(desk, known, entry, order.day, order.number)
    elif series is not None:
        following = numbering.next_number(desk, series, entry, order.day)
        number = numbering.name_of(series, order.day, following)
    return Line(
        serial=len(desk.register.lines) + 1,
        kind=entry.name,
        subject=subject.code,
        title="",
        addressee=subject.addressee,
        year=desk.at.year.year,
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


def _judge(desk: Desk, each: Compiled, subject: Subject, line: Line) -> None:
    """Judge the year as it would stand with the line in the register."""
    book = replace(desk.register, lines=(*desk.register.lines, line))
    then = replace(desk, register=book, at=replace(desk.at, register=book))
    judged = then.judge(kept=False)
    found = [problem for problem in judged if problem.severity is Severity.ERROR]
    found += rules.open_gates(desk.at, subject.findings, each.gates)
    found += pipeline.gates_of_words(then, each, subject, judged)
    if found:
        raise Problems(found)


def _refuse_mentions(made: list[Made]) -> None:
    """A paper that names who is not to read of it does not go out."""
    found = [
        problem
        for each in made
        for problem in mentions(each.subject, each.entry.name, each.entry.kind.audience, each.reads)
    ]
    if found:
        raise Problems(found)


def _render(each: Compiled, subject: Subject, line: Line) -> Made:
    return documents.render(each, subject, line.number, line.issued)
