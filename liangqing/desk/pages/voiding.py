"""A paper taken out of use, and a copy that came back held against what went out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from starlette.responses import Response

from liangqing import register
from liangqing.actions import issuing
from liangqing.actions.verify import Archive, Verdict, with_changes_since
from liangqing.base.codes import Code
from liangqing.base.dates import day_written
from liangqing.base.diagnostics import Diagnostic, Place, Problems, collected, refuse
from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.page_table import DeskPage
from liangqing.desk.answering.page_words import in_page_words, said_on_page
from liangqing.desk.answering.paper_keys import address_of_paper
from liangqing.desk.answering.register_lines import address_of_line, line_called
from liangqing.desk.answering.showing import goto, page
from liangqing.register import Line


def void_form(look: DeskLook) -> Response:
    """The paper, what follows when it is made void, and the reason to be filled in."""
    return _void_page(look, (), {"why": "", "day": look.today.isoformat()}, 200)


def void_paper(look: DeskLook) -> Response:
    """Make it void; where that is refused, the same page with the reasons."""
    line = line_called(look, look.sent.parts["line"])
    why, written = look.sent.one("why").strip(), look.sent.one("day")
    day = day_written(written) if written.strip() else look.today
    try:
        if not why:
            raise refuse(Code.PAGE_FIELD_MISREAD, Place("理由"), "没有写为什么作废", "写一句，如：发错单位")
        if day is None:
            raise refuse(Code.PAGE_FIELD_MISREAD, Place("日期"), f"「{written}」不是日期", "从日历里选")
        issuing.void(look.writing.root, line.name, why, day, look.today)
        register.told(look.writing.root)
    except Problems as refused:
        return _void_page(look, refused.diagnostics, {"why": why, "day": written}, 422)
    return goto(address_of_line(look, "issued", line))


def _void_page(
    look: DeskLook, refused: tuple[Diagnostic, ...], fields: dict[str, str], status: int
) -> Response:
    line = line_called(look, look.sent.parts["line"])
    return page(
        look,
        "void.html",
        status=status,
        line=line,
        void=look.opened.register.voided(line, date.max),
        follows=tuple(_follows(look, line)),
        refused=in_page_words(refused),
        fields=fields,
        paper=address_of_paper(look, line.kind, line.subject),
    )


def _follows(look: DeskLook, line: Line) -> Iterator[str]:
    """What comes of making a paper void, in words."""
    if line.number:
        yield "文号不再用：重新印发的取新号"
    if line.annexes:
        yield f"一起印发的附件也作废：{'、'.join(annex.kind for annex in line.annexes)}"
    yield "存档和登记都留着，登记里添一行作废和理由"
    yield "它的草稿可以改、可以重新印发"
    given = _handed_over(look, line)
    if given:
        yield f"已经登记送达 {given} 次：告诉收到的单位，把发出的收回来"


def _handed_over(look: DeskLook, line: Line) -> int:
    """How many 送达 of the paper are on record."""
    return sum(
        (delivery.number == line.number)
        if delivery.number
        else (delivery.kind, delivery.subject) == (line.kind, line.subject)
        for delivery in look.opened.at.beside(line.year).year.deliveries
    )


class VerifiedCopy(NamedTuple):
    """What a file turned out to be, in words, with the page of the paper that it is a copy of ("": none)."""

    verdict: Verdict
    notes: tuple[str, ...]
    address: str


def verify_form(look: DeskLook) -> Response:
    """The field that files are dropped into."""
    return page(look, "verify.html", copies=(), refused=())


def verify_copies(look: DeskLook) -> Response:
    """Which paper each file is, and whether its words are those that went out."""
    archive = Archive(look.folder)
    problems: list[Diagnostic] = [*archive.book.diagnostics]
    found: list[Verdict] = []
    sent = look.sent.files.get("file", ())
    if not sent:
        raise refuse(Code.NOTHING_CHOSEN, Place("核对"), "一个文件也没有选", "选收回的 Word 或 PDF 文件")
    for upload in sent:
        with collected(problems):
            found.append(archive.verify_bytes(upload.name, upload.data))
    told = with_changes_since(look.folder, found, look.today)
    return page(
        look,
        "verify.html",
        copies=[_copy(look, verdict) for verdict in told],
        refused=in_page_words(problems),
    )


def _copy(look: DeskLook, verdict: Verdict) -> VerifiedCopy:
    line = verdict.line
    notes = tuple(said_on_page(note) for note in verdict.notes)
    return VerifiedCopy(verdict, notes, address_of_line(look, "issued", line) if line else "")


PAGES = (
    DeskPage("void/{line}", void_form),
    DeskPage("void/{line}", void_paper, posts=True),
    DeskPage("verify", verify_form),
    DeskPage("verify", verify_copies, posts=True),
)
