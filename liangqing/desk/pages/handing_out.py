"""发出去: what goes to one unit in a ZIP, and papers chosen to be printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from starlette.responses import Response

from liangqing.actions import hand_out, see_paper
from liangqing.actions.build import Request, output_store
from liangqing.actions.choose_papers import ChosenPaper, pieces
from liangqing.actions.convert_papers import pages_of
from liangqing.actions.list_papers import ListedPaper
from liangqing.actions.print_papers import PreparedPaper, prepared, sent
from liangqing.actions.see_paper import LookedAt
from liangqing.base.diagnostics import Problems
from liangqing.data.model.duties import Unit
from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.page_table import DeskPage, NotThere
from liangqing.desk.answering.paper_keys import NamedPaper, paper_key, paper_named, seen_for
from liangqing.desk.answering.showing import page
from liangqing.desk.pages.one_paper import PDF, can_turn_to_pdf
from liangqing.desk.pages.papers import listed
from liangqing.pdf import printers
from liangqing.pdf.joining import joined

ZIP = "application/zip"


def handing(look: DeskLook) -> Response:
    """A unit, and the papers that go to it, each with a box to be ticked."""
    code = look.sent.asked.get("unit", "")
    unit = _unit(look, code) if code else None
    papers = hand_out.for_unit(listed(look), unit) if unit else []
    rows = [(paper_key(paper.entry.name, paper.subject.code), paper) for paper in papers]
    return page(
        look,
        "handing.html",
        unit=unit,
        units=look.figures.at.year.units,
        ready=[row for row in rows if hand_out.may_go(row[1])],
        waiting=[row for row in rows if not hand_out.may_go(row[1])],
        ticked=look.sent.asked.get("paper", "").split(","),
    )


def _unit(look: DeskLook, code: str) -> Unit:
    found = look.figures.at.year.unit_by_code.get(code)
    if found is None:
        raise NotThere(f"单位「{code}」")
    return found


def zipped(look: DeskLook) -> Response:
    """What was ticked, in one ZIP. Raises Problems where something of it may not go out."""
    unit = _unit(look, look.sent.one("unit"))
    known = {
        paper_key(paper.entry.name, paper.subject.code): paper
        for paper in hand_out.for_unit(listed(look), unit)
    }
    chosen = _ticked(look)
    strange = [key for key in chosen if key not in known]
    if strange:
        raise NotThere(f"给{unit.short_name}的这份文书")
    if not chosen:
        return _nothing_ticked(look)

    def seen(paper: ListedPaper) -> LookedAt:
        opened = seen_for(look, paper.entry)
        store = output_store(look.folder, opened.year_folder)
        return see_paper.see(opened, paper.entry.name, paper.subject.code, store)

    data = hand_out.packed([known[key] for key in chosen], unit, seen)
    name = f"{unit.short_name}-{look.figures.at.year.year}年文书.zip"
    return sent_file(data, name, ZIP)


def sent_file(data: bytes, name: str, kind: str) -> Response:
    """A file to be saved under a name."""
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(data, media_type=kind, headers=headers)


def _nothing_ticked(look: DeskLook) -> Response:
    return page(look, "nothing_ticked.html", status=422)


def _ticked(look: DeskLook) -> list[str]:
    return list(dict.fromkeys(look.sent.form.get("paper", ())))


@dataclass(frozen=True)
class PrintList:
    """What would be printed: papers with their annexes; `held` have no number yet; `left_out` can't be made."""

    papers: Sequence[ChosenPaper]
    held: Sequence[ChosenPaper]
    left_out: Sequence[str]


def _print_list(look: DeskLook) -> PrintList:
    drafts = look.sent.one("drafts") == "1"
    found: dict[str, ChosenPaper] = {}
    left_out = []
    for key in _ticked(look):
        named = paper_named(look, key)
        there = _pieces(look, named)
        if not any((paper.kind, paper.subject) == (named.entry.name, named.subject.code) for paper in there):
            left_out.append(f"{named.entry.name} {named.subject.code}")
        found |= {paper.path: paper for paper in there}
    held = [paper for paper in found.values() if paper.draft and not drafts]
    return PrintList([paper for paper in found.values() if paper not in held], held, left_out)


def _pieces(look: DeskLook, named: NamedPaper) -> list[ChosenPaper]:
    store = output_store(look.folder, named.opened.year_folder)
    return pieces(named.opened, Request((named.entry.name,), (named.subject.code,)), store)


def print_list(look: DeskLook) -> Response:
    """What was ticked as it would be printed: pages, copies, sheets, and the printers that there are."""
    if not _ticked(look):
        return _nothing_ticked(look)
    chosen = _print_list(look)
    ready = _prepared(look, chosen.papers) if can_turn_to_pdf() else None
    return page(
        look,
        "print_list.html",
        chosen=chosen,
        ready=ready,
        keys=_ticked(look),
        drafts=look.sent.one("drafts") == "1",
        printers=_printers(),
        sheets=sum(paper.paper for paper in ready or ()),
        copies=sum(paper.copies for paper in ready or ()),
    )


def _prepared(look: DeskLook, papers: Sequence[ChosenPaper]) -> list[PreparedPaper]:
    """Raises Problems where one can't be turned into pages."""
    done = pages_of(look.figures, [(paper.path, paper.data) for paper in papers], keep=not look.sample)
    if done.faults:
        raise Problems(done.faults)
    return prepared(papers, done.pdfs)


def _printers() -> list[str] | None:
    """The printers to choose from; None where the system has none, or no program to print with."""
    try:
        found = printers.known()
        if found:
            return found
        return [printers.printer(None).name]
    except Problems:
        return None


def as_one_pdf(look: DeskLook) -> Response:
    """What was ticked in one PDF, in the order of the list."""
    if not _ticked(look):
        return _nothing_ticked(look)
    ready = _prepared(look, _print_list(look).papers)
    if not ready:
        return _nothing_ticked(look)
    return sent_file(joined(paper.pdf for paper in ready), "打印.pdf", PDF)


def print_out(look: DeskLook) -> Response:
    """What was ticked sent to a printer, and noted."""
    root = look.writing.root
    known = _printers() or []
    name = look.sent.one("printer")
    if name not in known:
        raise NotThere(f"打印机「{name}」")
    to = printers.printer(name if printers.known() else None)
    ready = _prepared(look, _print_list(look).papers)
    done = list(sent(root, ready, to, look.today))
    return page(look, "printed.html", done=done, printer=to)


PAGES: tuple[DeskPage, ...] = (
    DeskPage("handing", handing),
    DeskPage("handing/zip", zipped, posts=True),
    DeskPage("handing/print", print_list, posts=True),
    DeskPage("handing/pdf", as_one_pdf, posts=True),
    DeskPage("handing/printed", print_out, posts=True),
)
