"""The page to begin with: the workspaces that were open, and ways to a new one."""

from __future__ import annotations

from starlette.responses import Response

from liangqing.base.folders import latest_year
from liangqing.data.sample import is_sample
from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.page_table import DeskPage, known_root
from liangqing.desk.answering.recent import recent, remember
from liangqing.desk.answering.showing import goto, page


def home(look: DeskLook) -> Response:
    """The workspace that the desk was started with; without one, the page to begin with."""
    if look.desk.first is None:
        return begin(look)
    return goto(f"/open/{look.desk.name(look.desk.first)}")


def begin(look: DeskLook) -> Response:
    """The workspaces that were open."""
    roots = recent(look.desk.recent)
    rows = [(look.desk.name(root), root.name, str(root.parent), is_sample(root)) for root in roots]
    return page(look, "begin.html", rows=rows)


def open_known(look: DeskLook) -> Response:
    """Open a workspace of the list in its latest year."""
    root = known_root(look.desk, look.sent.parts["workspace"])
    remember(look.desk.recent, root)
    chosen = DeskLook(look.desk, look.sent, root, latest_year(root))
    return goto(chosen.url("today"))


PAGES = (
    DeskPage("", home, in_workspace=False),
    DeskPage("begin", begin, in_workspace=False),
    DeskPage("open/{workspace}", open_known, in_workspace=False),
)
