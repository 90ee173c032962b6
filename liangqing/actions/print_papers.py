"""Papers put on paper: their PDFs with how many copies, sheets and sides; handed to a printer, each noted when it was."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from liangqing.actions.choose_papers import ChosenPaper
from liangqing.base.docx_zip import content_hash
from liangqing.base.scratch import scratch_folder
from liangqing.pdf import print_log
from liangqing.pdf.page_count import Sheets, sheets
from liangqing.pdf.printers import Printer, PrintJob


@dataclass(frozen=True)
class PreparedPaper:
    """A paper with its PDF, and how it will be printed."""

    piece: ChosenPaper
    pdf: bytes
    sheets: Sheets
    copies: int
    duplex: bool

    @property
    def paper(self) -> int:
        """Sheets of paper for all copies."""
        return self.copies * (-(-self.sheets.pages // 2) if self.duplex else self.sheets.pages)


def prepared(
    papers: Sequence[ChosenPaper],
    pdfs: Mapping[str, bytes],
    copies: int | None = None,
    sides: str | None = None,
) -> list[PreparedPaper]:
    """What is printed of papers, whose PDFs are given by path; `copies` and `sides` in place of their own.

    Raises Problems for a PDF that can't be read.
    """
    ready = []
    for paper in papers:
        of = sheets(pdfs[paper.path], paper.label)
        duplex = paper.duplex if sides is None else sides == "双面"
        ready.append(
            PreparedPaper(paper, pdfs[paper.path], of, copies or paper.copies, duplex and of.pages > 1)
        )
    return ready


def sent(
    root: Path, papers: Sequence[PreparedPaper], to: Printer, day: date
) -> Iterator[tuple[PreparedPaper, str]]:
    """Hand the papers over one by one, each noted as soon as the queue has taken it; with the queue's name for it.

    Raises Problems for one that the queue does not take; those before it are printed.
    """
    # On Windows the associated program reads the file after we are gone: the folder stays until the next is made.
    stays = sys.platform == "win32"
    with scratch_folder("打印-", left=True) if stays else scratch_folder() as folder:
        for number, ready in enumerate(papers, 1):
            file = folder / f"{number:03}.pdf"
            file.write_bytes(ready.pdf)
            word = file.with_suffix(".docx")
            word.write_bytes(ready.piece.data)
            job = to.send(
                PrintJob(ready.piece.label, file, word, ready.copies, ready.duplex, ready.sheets.paper)
            )
            print_log.record(root, _entry(ready, to, job, day))
            yield ready, job


def _entry(ready: PreparedPaper, to: Printer, job: str, day: date) -> dict[str, object]:
    """A line of the record of what was printed."""
    return {
        "日期": day.isoformat(),
        "打印机": to.name,
        "任务": job or None,
        "文种": ready.piece.kind,
        "对象": ready.piece.subject,
        "标题": ready.piece.title,
        "状态": ready.piece.state,
        "份数": ready.copies,
        "页数": ready.sheets.pages,
        "双面": ready.duplex,
        "内容": content_hash(ready.piece.data),
    }
