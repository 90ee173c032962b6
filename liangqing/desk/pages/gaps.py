"""What a new workspace leaves open, on one page, as long as its year can't be read for it."""

from __future__ import annotations

from itertools import groupby

from starlette.responses import Response

from liangqing.actions import fill_gaps
from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.page_table import DeskPage
from liangqing.desk.answering.showing import goto, page, told

MOST = 100  # fields on a page; the others come after these


def gaps(look: DeskLook) -> Response:
    """The form of what is open, record by record."""
    found = fill_gaps.gaps(look.folder)
    shown = [
        (record, list(open_keys))
        for record, open_keys in groupby(found[:MOST], lambda gap: (gap.file, gap.record))
    ]
    return page(look, "gaps.html", shown=shown, many=len(found), most=MOST)


def fill(look: DeskLook) -> Response:
    """Write what was filled in; where something is left, the page again, else today."""
    look.refuse_sample()
    values = {name: texts[0] for name, texts in look.sent.form.items()}
    filled = fill_gaps.fill(look.folder, values, look.today)
    if filled.wrong:
        return told(look, filled.wrong)
    return goto(look.url("gaps" if filled.left else "today"))


PAGES = (DeskPage("gaps", gaps), DeskPage("gaps/fill", fill, posts=True))
