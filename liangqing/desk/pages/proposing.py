"""Papers that 督办阶梯 suggests, and gates waived on record (放行): what a person decides about papers to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from starlette.responses import Response

from liangqing.actions import issuing
from liangqing.actions import propose as proposing
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, refuse
from liangqing.changes.proposed import AlteredValue, Handed
from liangqing.data.yaml.places import Tree
from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.page_table import DeskPage, NotThere
from liangqing.desk.answering.page_words import in_page_words
from liangqing.desk.answering.paper_keys import NamedPaper, paper_key, paper_named
from liangqing.desk.answering.saving import judged, saved
from liangqing.desk.answering.showing import goto, page
from liangqing.year import rules
from liangqing.year.open_workspace import OpenWorkspace
from liangqing.year.state.escalation import Proposal, proposals

WAIVER = ("门槛", "理由", "批准人", "有效期至")


class SuggestedPaper(NamedTuple):
    """A paper that is suggested: its name in the form, to which unit, why."""

    key: str
    proposal: Proposal
    unit: str
    why: tuple[str, ...]


class DrawnUp(NamedTuple):
    """A paper that was drawn up: what it is, where its words are filled in, where it is issued."""

    label: str
    form: str
    issue: str


def _now(look: DeskLook) -> OpenWorkspace:
    """The year as it stands today; raises Problems where its data have errors."""
    opened = replace(look, day=None).opened
    if opened.errors:
        raise Problems(opened.errors)
    return opened


def _suggested(opened: OpenWorkspace) -> list[SuggestedPaper]:
    at = opened.at
    return [
        SuggestedPaper(
            f"{found.year}/{found.code}",
            found,
            at.unit_called(found.unit).short_name,
            tuple(proposing.grounds(at, found)),
        )
        for found in proposals(at)
    ]


def propose_form(look: DeskLook) -> Response:
    """What is suggested today, each with its reasons."""
    return page(look, "propose.html", rows=_suggested(_now(look)), drawn=())


def propose_papers(look: DeskLook) -> Response:
    """Draw up those that were ticked: each becomes a record that a person goes on with."""
    look.refuse_sample()
    opened = _now(look)
    chosen = [row for row in _suggested(opened) if row.key in look.sent.form.get("paper", ())]
    if not chosen:
        raise refuse(Code.NOTHING_CHOSEN, Place("建议发文"), "一份也没有勾", "勾上要拟的，再点「拟出来」")
    proposing.write(opened, [row.proposal for row in chosen], opened.at.day)
    drawn = [_drawn_up(look, row.proposal) for row in chosen]
    return page(look, "propose.html", rows=_suggested(_now(replace(look))), drawn=drawn)


def _drawn_up(look: DeskLook, proposal: Proposal) -> DrawnUp:
    form = look.url_on(None, proposal.year, f"records/文书/{proposal.code}")
    issue = look.url_on(None, proposal.year, f"issue/{paper_key(proposal.kind, proposal.code)}")
    return DrawnUp(f"{proposal.kind} {proposal.code}", form, issue)


# 放行


def waive_form(look: DeskLook) -> Response:
    """The gates of a paper that are open and may be waived, and the fields of a waiver."""
    named = paper_named(look, look.sent.parts["paper"])
    return _waive_page(look, named, (), {}, 200)


def waive_gate(look: DeskLook) -> Response:
    """Put a waiver on record; where it is refused, the same page with the reasons."""
    named = paper_named(look, look.sent.parts["paper"])
    fields = {name: look.sent.one(name).strip() for name in (*WAIVER, "gate")}
    found = {_key(shut): shut for shut in _open_gates(look, named)}
    if fields["gate"] not in found:
        raise NotThere("要放行的这一项")
    run = judged(look, [_handed(found[fields["gate"]], fields)])
    problems = tuple(problem for told in run.refused.values() for problem in told)
    if problems:
        return _waive_page(look, named, problems, fields, 422)
    saved(look, run)
    return goto(look.url_on(None, look.year, f"issue/{named.key}"))


def _handed(shut: rules.OpenGate, fields: dict[str, str]) -> Handed:
    """A waiver, added to those that the record has."""
    values = {**fields, "门槛": shut.name}
    waiver: Tree = {name: values[name] for name in WAIVER if values[name]}
    place = Place("放行")
    count = len(shut.record.waivers)
    change = AlteredValue(shut.record, ("放行", count), waiver, {(): place}, "放行")
    return Handed("放行", (change,))


def _open_gates(look: DeskLook, named: NamedPaper) -> list[rules.OpenGate]:
    year = look.writing.at.year.year
    order = issuing.IssueOrder(named.entry.name, named.subject.code, look.today, year)
    paper = issuing.foresee(look.writing, order, look.today).paper
    if paper is None:
        return []
    return rules.gates_open(paper.opened.at, paper.subject.findings, paper.document.gates)


def _key(shut: rules.OpenGate) -> str:
    return f"{shut.record.label} {shut.name}"


def _waive_page(
    look: DeskLook, named: NamedPaper, problems: Sequence[Diagnostic], fields: dict[str, str], status: int
) -> Response:
    return page(
        look,
        "waive.html",
        status=status,
        named=named,
        gates=[(_key(shut), shut.told.message) for shut in _open_gates(look, named)],
        refused=in_page_words(problems),
        fields={name: fields.get(name, "") for name in (*WAIVER, "gate")},
    )


PAGES = (
    DeskPage("propose", propose_form),
    DeskPage("propose", propose_papers, posts=True),
    DeskPage("waive/{paper}", waive_form),
    DeskPage("waive/{paper}", waive_gate, posts=True),
)
