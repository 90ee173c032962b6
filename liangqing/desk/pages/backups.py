"""备份: all that is kept, packed into one file beside the workspace, for who opens no terminal."""

from __future__ import annotations

from starlette.responses import Response

from liangqing.actions.backing_up import back_up, reminder
from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.page_table import DeskPage
from liangqing.desk.answering.showing import page


def seen(look: DeskLook) -> Response:
    """What a backup holds, whether one is due, and the button."""
    return page(look, "backup.html", done=None, due=reminder(look.opened))


def made(look: DeskLook) -> Response:
    """Pack it, and tell where it lies. Raises Problems for the sample, OSError where it can't be written."""
    look.refuse_sample()
    done = back_up(look.folder, look.today)
    return page(look, "backup.html", done=done, due="")


PAGES: tuple[DeskPage, ...] = (
    DeskPage("backup", seen),
    DeskPage("backup/make", made, posts=True),
)
