"""最近的改动: what was saved since the desk was started, each with its way back, and what the log of changes has."""

from __future__ import annotations

from starlette.responses import Response

from liangqing.changes import accepting, change_log
from liangqing.changes.undoing import undone
from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.page_table import DeskPage, NotThere
from liangqing.desk.answering.showing import goto, page

MOST = 60  # lines of the log


def changes(look: DeskLook) -> Response:
    """The saves of this start, then the last lines of the log of changes."""
    lines, _ = change_log.read(look.folder)
    runs = look.desk.saves.of(look.folder)
    return page(
        look, "changes.html", runs=runs, lines=lines[: -MOST - 1 : -1], undone=look.sent.asked.get("undone")
    )


def undo(look: DeskLook) -> Response:
    """Take a save back, as long as its files are as it left them. Raises Problems where that can't be."""
    look.refuse_sample()
    number = look.sent.parts["number"]
    found = next((run for run in look.desk.saves.of(look.folder) if str(run.number) == number), None)
    if found is None:
        raise NotThere("这一次保存（已经撤销，或是上次打开程序时的）")
    then = DeskLook(look.desk, look.sent, look.root, found.year)
    accepting.accept(then.writing, undone(then.writing, found.judged), look.today)
    look.desk.saves.forget(found)
    return goto(look.url("changes", undone=found.what))


PAGES = (DeskPage("changes", changes), DeskPage("undo/{number}", undo, posts=True))
