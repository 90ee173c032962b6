"""Several PDFs as one."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO


def joined(pdfs: Iterable[bytes]) -> bytes:
    """The pages of all of them, in order; the same bytes for the same PDFs."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    for pdf in pdfs:
        writer.append(PdfReader(BytesIO(pdf)), import_outline=False)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()
