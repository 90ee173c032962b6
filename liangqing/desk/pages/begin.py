"""The page to begin with: the workspaces that there are, and ways to a new one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from starlette.responses import Response

from liangqing.actions import new_workspace
from liangqing.base.folders import latest_year
from liangqing.data.sample import is_sample
from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.page_table import DeskPage, known_root
from liangqing.desk.answering.recent import found_beside, recent, remember
from liangqing.desk.answering.showing import goto, page

SAMPLE = "示例"  # what a copy of the sample is called


@dataclass(frozen=True)
class WorkspaceCard:
    """A workspace to be opened: its name in addresses, its folder, the year that it opens in (None: there is none)."""

    name: str
    root: Path
    year: int | None
    sample: bool


def home(look: DeskLook) -> Response:
    """The workspace that the desk was started with; without one, the page to begin with."""
    if look.desk.first is None:
        return begin(look)
    return goto(f"/open/{look.desk.name(look.desk.first)}")


def begin(look: DeskLook) -> Response:
    """The workspaces that were open, and those that lie where workspaces are made; the samples apart."""
    opened = recent(look.desk.recent)
    first = look.desk.first
    places = [look.desk.home, *([] if first is None else [first.parent])]
    cards = [_card(look, root) for root in dict.fromkeys([*opened, *found_beside(places)])]
    return page(
        look,
        "begin.html",
        own=[card for card in cards if not card.sample],
        samples=[card for card in cards if card.sample],
    )


def _card(look: DeskLook, root: Path) -> WorkspaceCard:
    return WorkspaceCard(look.desk.name(root), root, latest_year(root), is_sample(root))


def open_known(look: DeskLook) -> Response:
    """Open a workspace of the list in its latest year."""
    return open_root(look, known_root(look.desk, look.sent.parts["workspace"]))


def open_root(look: DeskLook, root: Path) -> Response:
    """The page of today of a workspace, which is remembered as the last that was open."""
    remember(look.desk.recent, root)
    return goto(DeskLook(look.desk, look.sent, root, latest_year(root)).url("today"))


def try_sample(look: DeskLook) -> Response:
    """A copy of the sample to play in, beside one's own work."""
    home = look.desk.home
    home.mkdir(parents=True, exist_ok=True)
    number = next(count for count in range(1, 1000) if not (home / _called(count)).exists())
    root = new_workspace.folder_called(home, _called(number))
    new_workspace.sample(root)
    return open_root(look, root)


def _called(number: int) -> str:
    return SAMPLE if number == 1 else f"{SAMPLE}{number}"


PAGES = (
    DeskPage("", home, in_workspace=False),
    DeskPage("begin", begin, in_workspace=False),
    DeskPage("open/{workspace}", open_known, in_workspace=False),
    DeskPage("try-sample", try_sample, posts=True, in_workspace=False),
)
