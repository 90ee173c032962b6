"""A finding with its whole story on one page."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from liangqing.base.diagnostics import Problems
from liangqing.changes.evidence import KINDS, LARGEST, DroppedFile, EvidenceFor, take
from liangqing.data.model.findings import AFTER, BEFORE, Finding
from liangqing.desk.answering.finding_story import FindingStory, facts_of
from liangqing.desk.answering.kept_files import PICTURES, kept_file
from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.page_table import DeskPage, NotThere
from liangqing.desk.answering.saving import judged, saved
from liangqing.desk.answering.showing import goto, page
from liangqing.desk.answering.whole_numbers import whole_number
from liangqing.desk.answering.wrong_records import WrongRecords
from liangqing.year.evidence_files import of_finding
from liangqing.year.state.standing import Standing

NEW = "新"  # as the 进展 that evidence goes to: one that is made for it
ON_SITE = "现场"  # to what was seen when the finding was made


def found(look: DeskLook) -> tuple[DeskLook, Standing, Finding]:
    """The finding that an address names, of whatever year; `look` of that year. Raises NotThere."""
    code = look.sent.parts["code"]
    for at, finding in look.opened.at.held(code):
        return replace(look, year=at.year.year), at, finding
    raise NotThere(f"问题「{code}」")


def story(look: DeskLook) -> Response:
    """The whole story."""
    wrong = WrongRecords(look.opened)
    look, at, finding = found(look)
    told = FindingStory(look, at, finding)
    return page(
        look,
        "finding.html",
        story=told,
        facts=list(facts_of(told)),
        evidence=list(enumerate(of_finding(at.year, finding))),
        pictures=tuple(PICTURES),
        wrong=wrong.of(finding),
        kinds=",".join(KINDS),
        largest=LARGEST // 2**20,
        sent_back=look.sent.asked,
    )


def drop(look: DeskLook) -> Response:
    """Take files of evidence in; raises Problems, with nothing written, where one of them can't be taken."""
    look, _, finding = found(look)
    writing = look.writing
    finding = writing.at.year.finding_by_code.get(finding.code) or _gone(finding)
    dropped = [DroppedFile(file.name, file.data) for file in look.sent.files.get("files", ())]
    taken = take(writing.root, writing.at.year, _wanted(look, finding), dropped)
    run = judged(look, [taken.handed])
    refused = [problem for problems in run.refused.values() for problem in problems]
    if refused:
        raise Problems(refused)
    saved(look, taken.with_files(run), f"{finding.code} 收佐证 {len(dropped)} 个")
    also = "；".join(f"{name} 也登记在 {kept.record.label}" for name, kept in taken.also.items())
    return goto(
        look.url(f"finding/{finding.code}", taken=len(dropped), also=also or None, undo=look.desk.saves.given)
        + "#佐证"
    )


def _gone(finding: Finding) -> Finding:
    raise NotThere(f"问题「{finding.code}」")


def _wanted(look: DeskLook, finding: Finding) -> EvidenceFor:
    """What the form says about where the evidence goes."""
    chosen, what = look.sent.one("progress"), look.sent.one("what").strip()
    asked = whole_number(chosen)
    number = asked if asked is not None and asked < len(finding.progress) else None
    on_site, phase = chosen == ON_SITE, look.sent.one("phase")
    return EvidenceFor(
        finding,
        number,
        look.today,
        what,
        look.sent.one("day").strip(),
        on_site=on_site,
        phase=phase if phase in (BEFORE, AFTER) else "",
    )


def evidence(look: DeskLook) -> Response:
    """A file of evidence: a picture to be looked at, any other to be kept."""
    _, at, finding = found(look)
    listed, number = of_finding(at.year, finding), whole_number(look.sent.parts["number"])
    if number is None or number >= len(listed):
        raise NotThere("这个佐证")
    return kept_file(look, listed[number])


PAGES = (
    DeskPage("finding/{code}", story),
    DeskPage("finding/{code}/evidence", drop, posts=True),
    DeskPage("finding/{code}/evidence/{number}", evidence),
)
