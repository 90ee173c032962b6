"""One paper: its pages beside the records that it rests on, what it waits for, what differs, how to take it along."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote

from starlette.responses import Response

from liangqing.actions import see_paper
from liangqing.actions.build import output_store
from liangqing.actions.comparing import WordChange
from liangqing.actions.convert_papers import pages_of
from liangqing.actions.list_papers import ListedPaper, PaperList
from liangqing.actions.see_paper import LookedAt, SeenPaper
from liangqing.base.diagnostics import Problems
from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.page_table import DeskPage, NotThere
from liangqing.desk.answering.paper_keys import NamedPaper, paper_key, paper_named, seen_for, written_for
from liangqing.desk.answering.quick_look import for_quick_look, has_charts
from liangqing.desk.answering.record_links import rests_on
from liangqing.desk.answering.showing import page, told
from liangqing.desk.answering.system_program import opened_by_system
from liangqing.gbt9704.check.corrections import KINDS
from liangqing.gbt9704.check.roles import found_elements, missing_elements
from liangqing.papers.rendering import load_catalogue
from liangqing.pdf import converters
from liangqing.variables.about import InspectedUnitSubject

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SIGNED, NEW = "双签", "new"
PDF = "application/pdf"
OTHER = "application/octet-stream"


@dataclass(frozen=True)
class Differing:
    """Two states of a paper, and the words that differ, from `before` to `after`; `why`: where there is nothing to compare."""

    title: str
    before: str
    after: str
    words: tuple[WordChange, ...] = ()
    why: str = ""


def paper(look: DeskLook) -> Response:
    """The paper and what it rests on; what the program writes by itself (a workbook, a page) is made only when asked for."""
    named = _named(look)
    written = not named.entry.kind.in_word
    seen = LookedAt(None) if written else _see(look, named)
    made = seen.paper
    records, more = rests_on(look, named.subject)
    return page(
        look,
        "paper.html",
        named=named,
        listed=_listed(look, named),
        written=written,
        seen=seen,
        made=made,
        records=records,
        more=more,
        charts=made is not None and has_charts(made.data, made.path),
        pages=made is not None and can_turn_to_pdf(),
        as_pages=look.sent.asked.get("pages") == "1",
        signing=_signing(look, named),
        annexes=[
            (kind, subject, paper_key(kind, subject)) for kind, subject in (made.with_it if made else ())
        ],
    )


def _signing(look: DeskLook, named: NamedPaper) -> str:
    """The address at which the signing of a sheet is entered, with what is known of it; "": it is no such sheet."""
    form, subject = named.entry.kind.form, named.subject
    if form is None or form.section != SIGNED or not isinstance(subject, InspectedUnitSubject):
        return ""
    findings = "、".join(found.finding.code for found in subject.found)
    known = {"检查": subject.inspection.code, "单位": subject.units[0].code, "问题": findings}
    return look.url(f"records/{SIGNED}/{NEW}", **known)


def checks(look: DeskLook) -> Response:
    """What differs in the paper, and its format: a piece of its page, by itself a page of its own."""
    named, made = _made(look)
    if not made.is_word:
        raise NotThere("这份文书的格式")
    kind = look.sent.asked.get("kind")
    if kind is not None and kind not in KINDS:
        raise NotThere(f"公文格式「{kind}」")
    report = see_paper.judged(named.opened, made, kind)
    return page(
        look,
        "paper_checks.html" if look.sent.partial else "paper_checks_page.html",
        named=named,
        made=made,
        report=report,
        compared=_compared(named, made),
        found=found_elements(report.paper),
        missing=missing_elements(report.paper),
        kinds=KINDS,
    )


def _named(look: DeskLook) -> NamedPaper:
    return paper_named(look, look.sent.parts["paper"])


def _see(look: DeskLook, named: NamedPaper) -> LookedAt:
    store = output_store(look.folder, named.opened.year_folder)
    return see_paper.see(named.opened, named.entry.name, named.subject.code, store)


def _made(look: DeskLook) -> tuple[NamedPaper, SeenPaper]:
    """The paper that an address names. Raises Problems where it is kept back."""
    named = _named(look)
    seen = _see(look, named)
    if seen.paper is None:
        if not seen.lacking:
            raise NotThere(f"这份{named.entry.name}")
        raise Problems(seen.lacking)
    return named, seen.paper


def _listed(look: DeskLook, named: NamedPaper) -> ListedPaper | None:
    """The paper as the list shows it; None where the records ask for none."""
    everything = PaperList(named.opened, load_catalogue(look.folder), lambda entry: seen_for(look, entry))
    return everything.one(named.entry, named.subject.code)


def can_turn_to_pdf() -> bool:
    """Whether this machine has Word, WPS or LibreOffice, which turn papers into pages."""
    return converters.any_is_there()


def _compared(named: NamedPaper, made: SeenPaper) -> Differing | None:
    """A draft edited in Word against what the program makes; what went out against what would be made today."""
    if made.edited:
        return Differing("在 Word 里改过的地方", "程序做的", "改成了", tuple(see_paper.edits(made)))
    if made.issued is None:
        return None
    words = see_paper.since_issued(named.opened, named.entry.name, made.issued)
    if words is None:
        return Differing(
            "与现在的记录比", "印发的", "现在会写成", why="现在的记录做不出这份文书了，没有可比的。"
        )
    return Differing("与现在的记录比", "印发的", "现在会写成", tuple(words))


def as_shown(look: DeskLook) -> Response:
    """The Word file for the page: its words are those of the paper, what floats stands between the lines."""
    _, made = _made(look)
    if not made.is_word:
        raise NotThere("这份文书的页面")
    return _file(look, for_quick_look(made.data, made.path), PurePosixPath(made.path).name, WORD)


def as_docx(look: DeskLook) -> Response:
    """The bytes of the paper, to be kept."""
    _, made = _made(look)
    return _file(look, made.data, PurePosixPath(made.path).name, WORD if made.is_word else OTHER)


def as_pdf(look: DeskLook) -> Response:
    """Its pages as they are printed."""
    named, made = _made(look)
    if not made.is_word:
        raise NotThere("这份文书的打印页")
    done = pages_of(named.opened, [(made.path, made.data)], keep=not look.sample)
    if done.faults:
        return told(look, done.faults)
    name = PurePosixPath(made.path).with_suffix(".pdf").name
    return _file(look, done.pdfs[made.path], name, PDF)


def _file(look: DeskLook, data: bytes, name: str, kind: str) -> Response:
    """A file that the browser shows, or keeps where the page asks for that."""
    shown = kind != OTHER and look.sent.asked.get("keep") != "1"
    how = "inline" if shown else "attachment"
    headers = {
        "content-disposition": f"{how}; filename*=UTF-8''{quote(name)}",
        "etag": f'"{hashlib.sha256(data).hexdigest()[:32]}"',
    }
    return Response(data, media_type=kind, headers=headers)


def open_in_word(look: DeskLook) -> Response:
    """The paper put into the output folder and opened there; what a person changes in Word is known as theirs."""
    named = _named(look)
    opened = written_for(look, named.entry)
    store = output_store(look.folder, opened.year_folder)
    file = see_paper.put_in_folder(opened, named.entry.name, named.subject.code, store)
    return page(look, "paper_opened.html", named=named, file=file, shown=opened_by_system(file))


PAGES: tuple[DeskPage, ...] = (
    DeskPage("papers/{paper}", paper),
    DeskPage("papers/{paper}/checks", checks),
    DeskPage("papers/{paper}/shown", as_shown),
    DeskPage("papers/{paper}/docx", as_docx),
    DeskPage("papers/{paper}/pdf", as_pdf),
    DeskPage("papers/{paper}/open", open_in_word, posts=True),
)
