"""归档: what of the year goes into the archive, and the package of it in one file."""

from __future__ import annotations

from starlette.responses import Response

from liangqing.actions.archiving import keeping, packing
from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.page_table import DeskPage
from liangqing.desk.answering.showing import page
from liangqing.desk.pages.handing_out import ZIP, sent_file
from liangqing.desk.pages.one_paper import can_turn_to_pdf
from liangqing.papers.drafts import drafts
from liangqing.papers.rendering import archived


def seen(look: DeskLook) -> Response:
    """The items of the year, and what was never issued and so stays out."""
    opened = look.opened
    waiting = [paper for paper in drafts(opened) if paper.at.year.year == opened.at.year.year]
    subject = archived(opened)
    return page(look, "archive.html", subject=subject, waiting=waiting, can_turn_to_pdf=can_turn_to_pdf())


def packed(look: DeskLook) -> Response:
    """The package in one file, to be kept where a person says. Raises Problems as `packing.packed`."""
    opened = look.opened
    package = packing.packed(opened, with_pdf=look.sent.one("pdf") == "1")
    return sent_file(keeping.zipped(package.files), f"{opened.at.year.year}年文书档案.zip", ZIP)


PAGES: tuple[DeskPage, ...] = (
    DeskPage("archive", seen),
    DeskPage("archive/zip", packed, posts=True),
)
