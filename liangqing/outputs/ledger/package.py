"""A workbook to bytes that are the same for the same content: no time of day, no name of a machine."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time

from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from liangqing.base.docx_zip import ZipEntry, poured, write_package
from liangqing.base.scratch import scratch_folder

A3, A4 = 8, 9  # ST_PaperSize
_PIECE = 1 << 16  # bytes

# Rows go to a file as they come, so that memory hardly grows with them; no text is anything but text.
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def set_up_page(
    sheet: Worksheet, title: str | None, *, landscape: bool, paper: int, wide: int, high: int
) -> None:
    """A page made to fit on `wide` by `high` sheets of paper (0: as many as it takes), numbered at the foot.

    `title` is printed at the head of every page, in 14 pt.
    """
    if landscape:
        sheet.set_landscape()
    else:
        sheet.set_portrait()
    sheet.set_paper(paper)
    sheet.fit_to_pages(wide, high)
    sheet.set_margins(left=0.4, right=0.4, top=0.8, bottom=0.7)  # inches, as are those below
    sheet.set_header(f"&L&14 {title}" if title else "", {"margin": 0.4})
    sheet.set_footer("&C第 &P 页　共 &N 页", {"margin": 0.35})


def sealed(day: date, fill: Callable[[Workbook], None]) -> bytes:
    """The .xlsx that `fill` writes into a new workbook, dated `day`; what `fill` raises is raised.

    Raises OSError where the rows find no room on the disk.
    """
    saved = io.BytesIO()
    try:
        with (
            scratch_folder() as folder,
            Workbook(saved, {**_OPTIONS, "tmpdir": folder}) as book,
        ):
            book.set_properties({"created": datetime.combine(day, time())})
            fill(book)
    except FileCreateError as failed:
        raise failed.args[0] from None
    with zipfile.ZipFile(saved) as parts:
        return write_package(ZipEntry(poured(name, _pieces(parts, name))) for name in parts.namelist())


def _pieces(parts: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with parts.open(name) as part:
        yield from iter(lambda: part.read(_PIECE), b"")
