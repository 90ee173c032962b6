"""An office and a printer that are no programs: for commands that are tried by the thousand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pytest
from plain_pdf import plain_pdf

from liangqing.base.docx_zip import read_package
from liangqing.pdf import converters, printers
from liangqing.pdf.converter import Copying
from liangqing.pdf.font_files import Substitutes
from liangqing.pdf.printers import PrintJob
from liangqing.pdf.word_passages import passages


class PlainOffice:
    """In the place of LibreOffice: PDFs with the words of the file and nothing else."""

    name = mark = "LibreOffice"
    copies: Sequence[Copying] = (lambda data, name: data,)

    def is_there(self) -> bool:
        """It always is."""
        return True

    def stand_ins(self, asked: Iterable[str], chosen: Mapping[str, str]) -> Substitutes:
        """Nothing stands in."""
        return Substitutes({})

    def to_pdf(self, papers: Mapping[str, bytes], stand_ins: Substitutes) -> dict[str, bytes]:
        """A page of words each."""
        return {name: plain_pdf([_said(data, name)]) for name, data in papers.items()}


class PlainPrinter:
    """Takes everything."""

    name, limits = "Office", ""

    def send(self, job: PrintJob) -> str:
        """Its only number."""
        return "1"


def _said(data: bytes, name: str) -> str:
    return "".join(passage.text for passage in passages(read_package(data, name)))


def put_stand_ins() -> None:
    """From now on this process starts neither."""
    patched = pytest.MonkeyPatch()
    patched.setattr(converters, "ALL", (PlainOffice(),))
    patched.setattr(printers, "printer", lambda name, by=None: PlainPrinter())
