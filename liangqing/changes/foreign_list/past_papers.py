"""Papers that went out before, by their numbers, into the register of a workspace: as issued elsewhere, no file kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from liangqing import register
from liangqing.changes.foreign_list.others import PastPaper
from liangqing.register import ELSEWHERE, Line


def enter(root: Path, papers: Sequence[PastPaper]) -> None:
    """Write papers into the register, in their order. Hold the lock of the workspace, or be the only one that knows it.

    Raises Problems where the register can't be written.
    """
    book = register.load(root)
    for paper in papers:
        line = Line(
            serial=len(book.lines) + 1,
            number=paper.number,
            kind=paper.kind,
            subject=paper.number,
            title=paper.title,
            addressee=paper.addressee,
            year=paper.issued.year,
            issued=paper.issued,
            file="",
            content="",
            values="",
            signer=paper.signer,
            copies=paper.copies,
            notes=(ELSEWHERE,),
        )
        book = register.append(root, line, book)
