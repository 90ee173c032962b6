"""收文登记簿: all that came in by the day, entered or taken in as a form; and the scan of a paper, kept beside the data."""

from __future__ import annotations

from typing import NamedTuple

from starlette.responses import Response

from liangqing.base.diagnostics import Problems
from liangqing.changes.evidence import KINDS, DroppedFile, take_scan
from liangqing.data.model.follow_up import Incoming
from liangqing.data.model.year import Year
from liangqing.desk.answering.kept_files import kept_file
from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.page_table import DeskPage, NotThere
from liangqing.desk.answering.record_keys import address_of_record
from liangqing.desk.answering.saving import judged, saved
from liangqing.desk.answering.showing import goto, page
from liangqing.year.evidence_files import of_incoming
from liangqing.year.state.incoming import IncomingLine, incoming_register


class IncomingRow(NamedTuple):
    """A line with the address of its record; `entered`: it is a 收文, which may have a scan."""

    line: IncomingLine
    address: str
    entered: bool
    scanned: bool


def register(look: DeskLook) -> Response:
    """The register, the last line first."""
    rows = [_row(look, line) for line in reversed(incoming_register(look.opened.at))]
    return page(look, "incoming.html", rows=rows, kinds=",".join(KINDS), of=look.sent.asked.get("of", ""))


def _row(look: DeskLook, line: IncomingLine) -> IncomingRow:
    record = line.record
    scanned = isinstance(record, Incoming) and record.file is not None
    return IncomingRow(line, address_of_record(look, record), isinstance(record, Incoming), scanned)


def _paper(year: Year, code: str) -> Incoming:
    found = next((paper for paper in year.incoming if paper.code == code), None)
    if found is None:
        raise NotThere(f"收文「{code}」")
    return found


def scan(look: DeskLook) -> Response:
    """The scan of a paper."""
    year = look.opened.at.year
    paper = _paper(year, look.sent.parts["code"])
    kept = next((kept for kept in of_incoming(year) if kept.record is paper), None)
    if kept is None:
        raise NotThere(f"收文「{paper.code}」的文件")
    return kept_file(look, kept)


def keep_scan(look: DeskLook) -> Response:
    """Copy the scan that was sent beside the data and register it; raises Problems, with nothing written, otherwise."""
    writing = look.writing
    paper = _paper(writing.at.year, look.sent.one("code"))
    dropped = [DroppedFile(file.name, file.data) for file in look.sent.files.get("files", ())]
    taken = take_scan(writing.root, writing.at.year, paper, dropped)
    run = judged(look, [taken.handed])
    refused = [problem for problems in run.refused.values() for problem in problems]
    if refused:
        raise Problems(refused)
    saved(look, taken.with_files(run), f"{paper.code} 收文件")
    return goto(look.url("incoming"))


PAGES: tuple[DeskPage, ...] = (
    DeskPage("incoming", register),
    DeskPage("incoming/{code}/file", scan),
    DeskPage("incoming/file", keep_scan, posts=True),
)
