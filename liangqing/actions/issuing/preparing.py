"""A paper as it would go out: its number, its line in the register, what it prints, and what stands in its way.

Nothing is written here: `issue` freezes what was prepared, a page shows it before somebody says yes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeAlias

from liangqing.actions import build as building
from liangqing.actions.issuing import numbering
from liangqing.actions.issuing.draft_edited_in_word import EditedDraft, edited_drafts, fit_drafts, refusals
from liangqing.actions.issuing.in_spite import noted_in_spite
from liangqing.actions.issuing.paper_issued_elsewhere import number_of_hand
from liangqing.actions.unknown_papers import told_of_numbers
from liangqing.base.chinese import enumerate_words, suggestion
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, Severity, error, refuse, warning
from liangqing.base.folders import OUTPUT, REGISTER
from liangqing.base.one_line import one_line
from liangqing.papers import fitness, rendering
from liangqing.papers.catalogue import Catalogue, Entry
from liangqing.papers.named_subjects import meant, names_of
from liangqing.papers.rendering import Compiled, Planned
from liangqing.register import BY_HAND, DATE_CONFIRMED, DATE_FORCED, Line, Series
from liangqing.register.witness import LACKING
from liangqing.variables.about import Subject
from liangqing.variables.audience import mentions
from liangqing.variables.letters import LetterSubject
from liangqing.variables.written_papers import WrittenSubject
from liangqing.year import rules
from liangqing.year.open_workspace import OpenWorkspace
from liangqing.year.state.standing import LAPSED, UNSIGNED, Standing

Refused: TypeAlias = Callable[[Sequence[Diagnostic]], None]


@dataclass(frozen=True)
class IssueOrder:
    """What a person asked to be issued.

    `force_date`: a 成文日期 that has not come yet is meant; `confirm_date`: one that is out of order with the numbers.
    `as_edited`: drafts that were corrected in Word go out as they are.
    `number` and `file`: the paper went out before, under a number given by hand; `data` are the bytes of the file where
    it lies nowhere (sent along with a form). `expected` is the 文号 that the person was shown; None: nobody was.
    `in_spite`: why it goes out although register or archive are damaged; "": it does not.
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
    data: bytes | None = field(default=None, repr=False)
    expected: str | None = None
    in_spite: str = ""


@dataclass(frozen=True)
class PreparedIssue:
    """A paper that would go out, with its annexes, as of its 成文日期.

    `line` is what the register would say, still without title and hashes; `planned` are the paper (first) and the
    annexes that are frozen with it; `drafts` those of them that were edited in Word, by kind; `told` are warnings.
    """

    opened: OpenWorkspace
    document: Compiled
    subject: Subject
    line: Line
    planned: tuple[Planned, ...]
    drafts: Mapping[str, EditedDraft]
    told: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class ForeseenIssue:
    """What would come of an order: all that stands in its way, and the paper, None where it can't be told at all."""

    problems: tuple[Diagnostic, ...]
    paper: PreparedIssue | None = None


def foresee(opened: OpenWorkspace, order: IssueOrder, today: date) -> ForeseenIssue:
    """What `issue` would do with an order, and everything for which it would refuse; nothing is written."""
    met: list[Diagnostic] = []
    paper = None
    try:
        if not order.force_date:
            with _told_to(met.extend):
                numbering.refuse_future(order.day, today)
        paper = prepare(opened, order, today, met.extend)
    except Problems as refused:
        met += refused.diagnostics
    return ForeseenIssue(tuple(dict.fromkeys(met)), paper)


def stop(problems: Sequence[Diagnostic]) -> None:
    """A `Refused` that goes no further: raises Problems."""
    raise Problems(problems)


@contextmanager
def _told_to(refused: Refused) -> Iterator[None]:
    try:
        yield
    except Problems as problems:
        refused(problems.diagnostics)


def prepare(opened: OpenWorkspace, order: IssueOrder, today: date, refused: Refused) -> PreparedIssue:
    """What an order comes to in a year that was opened without a day. `refused` is told what stands in the way.

    Where it goes on, so does this; raises Problems where there is no paper of which to tell more.
    """
    known = rendering.load_catalogue(opened.root)
    entry = known.entry(order.kind, opened.at.year.unit_by_ref)
    if not (entry.kind.number or entry.kind.freeze):
        raise refuse(
            Code.KIND_NOT_ISSUED, entry.place(), f"{order.kind}不取号也不定稿，不用印发", "用 build 生成即可"
        )
    if not opened.data.complete:
        raise Problems(_errors(opened.judge(kept=False)))
    at = opened.at.as_issued(order.day, numbered=entry.of_its_day)
    opened = replace(opened, at=at, as_of=order.day)
    names = [entry.name, *known.bound_annexes(entry)]
    noted = (opened.root / OUTPUT).is_dir()  # where nothing was built yet, looking makes no folder
    compiled = rendering.compile_entries(opened, known, names, note=noted)
    document = compiled[entry.name]
    subject = _subject(opened, document, order.subject, today)
    compiled = {
        name: paper
        for name, paper in compiled.items()
        if paper is document or rendering.holds(paper, subject)
    }
    with _told_to(refused):
        _refuse_second(opened, entry, subject)
    with _told_to(refused):
        _refuse_another_signer(subject, order)
    with _told_to(refused):
        order = _with_signer(order)
    line = _line(opened, known, entry, subject, order=order, today=today, refused=refused)
    found = _judged(opened, document, subject, line)
    if order.number is not None:  # what is lacking may well be this very paper, entered again by hand
        found = [problem for problem in found if problem.code not in LACKING]
    elif line.number is not None:
        store = building.output_store(opened.root, opened.year_folder)
        found += told_of_numbers(store, opened.register, known, line.number)
    if found:
        refused(found)
    if order.expected is not None and line.number != order.expected:
        refused([_another_number(order.expected, line)])
    drafts = edited_drafts(opened, compiled, subject) if order.file is None else {}
    if drafts and not order.as_edited:
        refused([problem for draft in drafts.values() for problem in refusals(draft)])
    else:
        with _told_to(refused):
            drafts = fit_drafts(drafts)
    documents = compiled.values() if order.file is None else [document]
    planned = tuple(
        rendering.plan(paper, subject, line.number, line.issued, signer=line.signer) for paper in documents
    )
    named = [] if order.file is not None else _mentions(planned)
    if named:
        refused(named)
    left_behind = (left for draft in drafts.values() for left in draft.told)
    told = (*_unsigned(subject, line), *_no_signer(opened, line), *left_behind)
    return PreparedIssue(opened, document, subject, line, planned=planned, drafts=drafts, told=told)


def _another_number(expected: str, line: Line) -> Diagnostic:
    message = f"{expected} 刚才已经给了别的文书，这一份现在是 {line.name}"
    advice = "核对新的文号，再点一次「印发」"
    return error(Code.EXPECTED_NUMBER_GONE, Place(REGISTER), message, advice)


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
    later = replace(opened, at=opened.at.on(today), as_of=today)
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


def _with_signer(order: IssueOrder) -> IssueOrder:
    """The order with a signer that fits a line, where one was named. Raises Problems for one that does not."""
    if not order.signer:
        return order
    return replace(order, signer=one_line(order.signer, Place("--signer"), "签发人", "--signer 李卫"))


def _refuse_another_signer(subject: Subject, order: IssueOrder) -> None:
    """What an upward paper prints as 签发人 is what the register says."""
    printed = subject.masthead.signers
    if order.signer and printed and order.signer not in printed:
        message = f"{subject.code} 的「签发人」写的是{enumerate_words(printed)}，印发时说的是{order.signer}，印出来和登记的不一样"
        advice = f"是{printed[0]}签发的，写 --signer {printed[0]}；是{order.signer}签发的，先改「签发人」"
        raise refuse(Code.ANOTHER_SIGNER, subject.origin.place("签发人"), message, advice)


def _line(
    opened: OpenWorkspace,
    known: Catalogue,
    entry: Entry,
    subject: Subject,
    order: IssueOrder,
    today: date,
    refused: Refused,
) -> Line:
    """The line that would be written, still without title and hashes."""
    series = numbering.series_of(opened, known, entry, order.day) if entry.kind.number else None
    notes: list[str] = []
    number = None
    with _told_to(refused):
        notes += noted_in_spite(opened.damage, order.in_spite, takes_number=order.number is None)
    with _told_to(refused):
        notes += _notes_of_date(opened, series, order, today)
    if order.number is not None:
        with _told_to(refused):
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


def _judged(opened: OpenWorkspace, document: Compiled, subject: Subject, line: Line) -> list[Diagnostic]:
    """What is against the paper in the year as it would stand with the line in the register."""
    book = replace(opened.register, lines=(*opened.register.lines, line))
    then = replace(opened, register=book, at=replace(opened.at, register=book))
    known = frozenset(opened.register.diagnostics)  # told before, as what is damaged
    judged = [problem for problem in then.judge(kept=False) if problem not in known]
    found = _errors(judged)
    found += rules.open_gates(opened.at, subject.findings, document.gates)
    found += rules.gone_units(opened.at, subject.origin)
    found += rules.before_its_grounds(then.at, line)
    if isinstance(subject, WrittenSubject):
        found += fitness.unfit(opened.at, document.entry.kind, subject.written)
    return [*found, *building.gates_of_words(then, document, subject, judged)]


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


def usual_signer(at: Standing) -> str:
    """Who is likely to sign: who signed the last paper that tells of one, else 选项.经办.签发; "" where nobody is known."""
    signers = (line.signer for line in reversed(at.register.issued) if line.signer)
    return next(signers, at.year.options.drafting.signer or "")


def _no_signer(opened: OpenWorkspace, line: Line) -> Iterator[Diagnostic]:
    """That a paper with a 文号 goes out and nobody says who signed it, where the group wants that in its register."""
    options = opened.at.year.options
    if line.number is not None and not line.signer and options.wants_signer:
        advice = "下次加 --signer 写签发人；本组不登记的，在选项里写 登记签发人: 否"
        yield warning(Code.ISSUED_WITHOUT_SIGNER, Place(line.number), f"{line.number} 没有写签发人", advice)


def _mentions(planned: Sequence[Planned]) -> list[Diagnostic]:
    """Where a paper names who is not to read of it, which keeps it from going out."""
    return [
        problem
        for paper in planned
        for problem in mentions(
            paper.subject, paper.compiled.entry.name, paper.compiled.entry.kind.audience, paper.values
        )
    ]
