"""A paper issued with its number: what will be frozen is shown, one button, and what comes next; or several at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from starlette.responses import Response

from liangqing import register
from liangqing.actions import issuing
from liangqing.actions.issuing import ForeseenIssue, IssueOrder
from liangqing.base.chinese import long_date
from liangqing.base.codes import Code
from liangqing.base.dates import day_written, why_no_day
from liangqing.base.diagnostics import Diagnostic, Place, Problems, refuse
from liangqing.desk.answering.look import DeskLook, Upload
from liangqing.desk.answering.page_table import DeskPage, why_not
from liangqing.desk.answering.page_words import in_page_words, said_on_page
from liangqing.desk.answering.paper_keys import NamedPaper, address_of_paper, paper_named
from liangqing.desk.answering.problem_places import placed
from liangqing.desk.answering.register_lines import address_of_line, line_called
from liangqing.desk.answering.showing import goto, page
from liangqing.desk.answering.waiting_rows import ready_words, waiting_papers, waiting_row, waiting_rows
from liangqing.desk.answering.whole_numbers import whole_number
from liangqing.papers.drafts import READY, WaitingPaper, as_draft
from liangqing.papers.own_day import handed_over
from liangqing.register import Line
from liangqing.year import rules

# The boxes to be ticked when something odd is meant, with the problem that each is about.
ODD: Mapping[Code, tuple[str, str]] = {
    Code.DRAFT_EDITED: ("as_edited", "照改过的草稿印发，登记里记“手改”"),
    Code.ISSUED_OUT_OF_ORDER: ("confirm_date", "日期与前后的号不衔接，核对过，照发"),
    Code.ISSUED_IN_THE_FUTURE: ("force_date", "日期还没有到，照发，登记里记“日期未到”"),
}
FLAGS = tuple(name for name, _ in ODD.values())


class FindingRow(NamedTuple):
    """A finding as a paper that goes out takes it along."""

    code: str
    name: str
    owner: str
    limit: str
    signed: str
    address: str


@dataclass(frozen=True)
class IssueSummary:
    """What the page of a paper to be issued shows of it; rows of label and text for what will be frozen."""

    rows: tuple[tuple[str, str], ...]
    findings: tuple[FindingRow, ...]
    changes: tuple[tuple[str, str], ...]
    number: str


def issue_form(look: DeskLook) -> Response:
    """What would go out, with the fields to be filled in; or the piece of it that follows from the fields."""
    named = paper_named(look, look.sent.parts["paper"])
    year = look.writing.at.year.year
    line = look.writing.register.in_use(named.entry.name, named.subject.code, year)
    if line is not None:
        return goto(address_of_line(look, "issued", line))
    return _shown(look, named, dict(look.sent.asked), (), 200)


def issue_paper(look: DeskLook) -> Response:
    """Issue it; where it is refused, the same page with the reasons and what was filled in."""
    named = paper_named(look, look.sent.parts["paper"])
    fields = {name: values[0] for name, values in look.sent.form.items() if values}
    try:
        order = _order(look, named, fields, look.sent.files.get("file", ()))
        if named.entry.kind.number is not None and "signer" in fields:
            _refuse_unsigned(look, order.signer)
        issued = issuing.issue(look.writing.root, order, look.today)
        register.told(look.writing.root)
    except Problems as refused:
        return _shown(look, named, fields, refused.diagnostics, 422)
    return goto(address_of_line(look, "issued", issued.line))


def _order(
    look: DeskLook, named: NamedPaper, fields: Mapping[str, str], files: Sequence[Upload] = ()
) -> IssueOrder:
    """What was filled in, as an order; raises Problems where a day or number can't be read."""
    number = fields.get("number", "").strip()
    if number and not whole_number(number):
        raise _misread("几号", f"「{number}」不是号数", "只写数字，如 12")
    if bool(number) != bool(files):
        raise _misread("几号", "补录要同时填几号、选发出的那份文件", "不是补录的，两样都不填")
    flags: dict[str, Any] = {name: bool(fields.get(name)) for name in FLAGS}
    return IssueOrder(
        kind=named.entry.name,
        subject=named.subject.code,
        day=_day(fields.get("day", ""), _usual_day(look, named)),
        year=look.writing.at.year.year,
        signer=fields.get("signer", "").strip(),
        number=whole_number(number),
        file=Path(files[0].name) if files else None,
        data=files[0].data if files else None,
        expected=None if number else fields.get("expected") or None,
        **flags,
    )


def _usual_day(look: DeskLook, named: NamedPaper) -> date:
    """成文日期 where nobody writes one: today; of a paper that was handed over, the day on which it was."""
    return named.subject.at.day if handed_over(named.entry, named.subject) else look.today


def _refuse_unsigned(look: DeskLook, signer: str) -> None:
    """Raises Problems where nobody is named who signed, and the group wants it in its register."""
    if not signer and look.writing.at.year.options.wants_signer:
        raise _misread(
            "签发人", "没有填签发人", "填上签发的人；本组不登记签发人的，在「选项」里把「登记签发人」改成 否"
        )


def _day(text: str, usual: date) -> date:
    if not text.strip():
        return usual
    day = day_written(text)
    if day is None:
        matter, write = why_no_day(text)
        raise _misread("日期", f"「{text}」不是日期：{matter}", write)
    return day


def _misread(field: str, message: str, advice: str) -> Problems:
    return refuse(Code.PAGE_FIELD_MISREAD, Place(field), message, advice)


def _shown(
    look: DeskLook,
    named: NamedPaper,
    fields: Mapping[str, str],
    refused: tuple[Diagnostic, ...],
    status: int,
) -> Response:
    """The page; what stands in the way is told of the day that was filled in, today where that can't be read."""
    fields = {"signer": issuing.usual_signer(look.writing.at), **fields}
    try:
        order = replace(_order(look, named, {**fields, "number": ""}), expected=None)
    except Problems as misread:
        refused = refused or misread.diagnostics
        order = _order(look, named, {})
    foreseen = issuing.foresee(look.writing, order, look.today)
    odd = [problem.code for problem in (*foreseen.problems, *refused) if problem.code in ODD]
    boxes = [
        (*ODD[code], bool(fields.get(ODD[code][0])))
        for code in ODD
        if code in odd or fields.get(ODD[code][0])
    ]
    problems = [problem for problem in foreseen.problems if problem.code not in ODD]
    draft = as_draft(look.writing, named.entry, foreseen.paper.subject) if foreseen.paper else None
    template = "issue_outlook.html" if look.sent.partial else "issue.html"
    return page(
        look,
        template,
        status=status,
        named=named,
        key=named.key,
        fields={"day": order.day.isoformat(), "signer": order.signer, "number": fields.get("number", "")},
        refused=in_page_words(refused),
        problems=placed(look, problems),
        odd=in_page_words(problem for problem in foreseen.problems if problem.code in ODD)[: len(ODD)],
        boxes=boxes,
        told_of=placed(look, foreseen.paper.told) if foreseen.paper else [],
        summary=_summary(look, foreseen),
        waits=said_on_page(draft.waits_for) if draft and draft.waits_for != READY else "",
        too_late=draft is not None and draft.too_late,
        numbered=named.entry.kind.number is not None,
        wants_signer=named.entry.kind.number is not None and look.writing.at.year.options.wants_signer,
        waivable=bool(_gates(foreseen)),
        paper=address_of_paper(look, named.entry.name, named.subject.code),
    )


def _gates(foreseen: ForeseenIssue) -> list[rules.OpenGate]:
    """The open gates of a paper that may be waived."""
    paper = foreseen.paper
    if paper is None:
        return []
    return rules.gates_open(paper.opened.at, paper.subject.findings, paper.document.gates)


def _summary(look: DeskLook, foreseen: ForeseenIssue) -> IssueSummary | None:
    """What will be frozen; None where it can't be told."""
    paper = foreseen.paper
    if paper is None:
        return None
    line, first, annexes = paper.line, paper.planned[0], paper.planned[1:]
    rows = {
        "文号": line.number or "不编号（定稿）",
        "标题": first.title,
        "成文日期": long_date(line.issued),
        "签发人": line.signer,
        "主送": line.addressee,
        "抄送": "、".join(paper.subject.copies_to or ()),
        "份数": str(first.copies),
        "附件": "、".join(annex.title for annex in annexes),
        "更正": line.corrects,
    }
    changes = tuple(
        (change.place, str(change).partition("：")[2])
        for draft in paper.drafts.values()
        for change in draft.changes
    )
    told = tuple((name, text) for name, text in rows.items() if text)
    return IssueSummary(told, tuple(_finding_rows(look, foreseen)), changes, line.number or "")


def _finding_rows(look: DeskLook, foreseen: ForeseenIssue) -> list[FindingRow]:
    paper = foreseen.paper
    rows = []
    for found in paper.subject.found if paper else ():
        at, finding = found.at, found.finding
        owner, limit = finding.owner_on(at.day), finding.limit_on(at.day)
        told = long_date(limit) if isinstance(limit, date) else str(limit or "没有写")
        address = look.url_on(look.day, at.year.year, f"finding/{finding.code}")
        signed = at.signature(finding)[0]
        rows.append(
            FindingRow(finding.code, finding.name, owner.person if owner else "没有写", told, signed, address)
        )
    return rows


def issued(look: DeskLook) -> Response:
    """A paper that went out: number, where it is kept, and what comes next."""
    line = line_called(look, look.sent.parts["line"])
    book = look.opened.register
    deliveries = look.url("records/送达/new", **_delivery(line.number, line.kind, line.subject))
    return page(
        look,
        "issued.html",
        line=line,
        settled="已作废" if book.voided(line, date.max) else settled(line),
        void=book.voided(line, date.max),
        deliveries=deliveries,
        paper=address_of_paper(look, line.kind, line.subject),
        voiding=address_of_line(look, "void", line),
        left=ready_words(look),
    )


def settled(line: Line) -> str:
    """In one word what was done with a paper of the register."""
    return "已印发" if line.number else "已定稿"


def _delivery(number: str | None, kind: str, subject: str) -> dict[str, str]:
    """What the form of 送达 is begun with."""
    return {"文号": number} if number else {"文种": kind, "对象": subject}


# several at once


def issue_list(look: DeskLook) -> Response:
    """The papers that wait to be issued, to be ticked."""
    return _list(look)


def _list(look: DeskLook, results: Sequence[IssueResult] = ()) -> Response:
    at = look.writing.at
    return page(
        look,
        "issue_list.html",
        rows=waiting_rows(look),
        results=results,
        wants_signer=at.year.options.wants_signer,
        signer=look.sent.one("signer") or issuing.usual_signer(at),
    )


class IssueResult(NamedTuple):
    """What came of one of several: its name and the page of what went out (已印发) or was kept (已定稿), or why not."""

    label: str
    name: str
    address: str
    problems: tuple[Diagnostic, ...]
    done: str = ""


def issue_several(look: DeskLook) -> Response:
    """Issue those that were ticked, one after the other: what is refused stops none of the others."""
    look.refuse_sample()
    waiting = {
        row.key: paper for paper, row in ((paper, waiting_row(look, paper)) for paper in waiting_papers(look))
    }
    chosen = [waiting[key] for key in look.sent.form.get("paper", ()) if key in waiting]
    if not chosen:
        raise refuse(Code.NOTHING_CHOSEN, Place("等印发的文书"), "一份也没有勾", "勾上要印发的，再点「印发」")
    day, signer = _day(look.sent.one("day"), look.today), look.sent.one("signer").strip()
    if "signer" in look.sent.form:
        _refuse_unsigned(look, signer)
    return _list(look, [_issued_one(look, paper, day, signer) for paper in chosen])


def _issued_one(look: DeskLook, paper: WaitingPaper, day: date, signer: str) -> IssueResult:
    day = paper.subject.at.day if paper.handed_over else day
    order = IssueOrder(paper.kind, paper.subject.code, day, paper.at.year.year, signer)
    label = f"{paper.kind} {paper.subject.code}"
    try:
        done = issuing.issue(look.folder, order, look.today)
        register.told(look.folder)
    except (Problems, OSError) as refused:
        return IssueResult(label, "", "", in_page_words(why_not(refused)))
    address, words = address_of_line(look, "issued", done.line), settled(done.line)
    return IssueResult(label, done.line.name, address, (), words)


PAGES = (
    DeskPage("issue", issue_list),
    DeskPage("issue", issue_several, posts=True),
    DeskPage("issue/{paper}", issue_form),
    DeskPage("issue/{paper}", issue_paper, posts=True),
    DeskPage("issued/{line}", issued),
)
