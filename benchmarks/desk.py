"""How long the pages of the desk take on the server, warm: `python -m benchmarks.desk [UNITS]` prints a table."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from statistics import median
from threading import Thread
from typing import NamedTuple

import httpx

from benchmarks import whole_year
from liangqing.desk.answering.desk_settings import DeskSettings
from liangqing.desk.answering.look import DeskLook, Sent
from liangqing.desk.answering.paper_keys import paper_key
from liangqing.desk.answering.record_keys import record_key
from liangqing.desk.application import pages
from liangqing.desk.serving import address_of, listening, server

UNITS, TIMES, DAY = 400, 5, date(2021, 10, 31)
LIMIT = 0.2  # seconds that a page may take
# Pages that begin a download, are pieces of others, or need what such a year has not.
LEFT_OUT = ("", "alive", "when")


class PageTime(NamedTuple):
    """A page of the table of pages: its address below the workspace, the status, seconds (median)."""

    path: str
    status: int
    seconds: float


def measured(root: Path, year: int) -> Iterator[PageTime]:
    """Every page of which an address can be made of the first finding and letter of a year."""
    settings = DeskSettings(lambda: DAY, root.parent / "home", root.parent / "recent.json", root)
    listener = listening(0)
    listener.listen(8)
    port, serving = listener.getsockname()[1], server(settings)
    thread = Thread(target=serving.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    with httpx.Client(follow_redirects=True, trust_env=False, timeout=120) as client:
        client.get(address_of(port, settings.token)).raise_for_status()
        base = f"http://127.0.0.1:{port}/w/{settings.name(root)}/{year}/现在/"
        for path in _paths(DeskLook(settings, Sent(), root, year)):
            yield PageTime(path, *timed(lambda path=path: client.get(base + path).status_code))  # type: ignore[misc]
    serving.should_exit = True
    thread.join()
    listener.close()


def _paths(look: DeskLook) -> Iterator[str]:
    finding, letter = look.opened.at.year.findings[0], look.opened.at.year.letters[0]
    parts = {"section": "问题", "key": record_key(finding), "code": finding.code}
    parts["paper"] = paper_key("整改函", letter.code)
    for row in pages():
        named = {part.partition("}")[0] for part in row.path.split("{")[1:]}
        if not row.posts and row.in_workspace and row.path not in LEFT_OUT and named <= parts.keys():
            yield row.path.format(**parts)


def timed(asked: Callable[[], int]) -> tuple[int, float]:
    """What is answered once it is warm, and the median of the seconds that it takes."""
    status, spent = asked(), []
    for _ in range(TIMES):
        begun = time.perf_counter()
        asked()
        spent.append(time.perf_counter() - begun)
    return status, median(spent)


def main(argv: list[str]) -> None:
    """Print a row a page; slow ones are marked."""
    units = int(argv[0]) if argv else UNITS
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "workspace"
        root.mkdir()
        whole_year.workspace(root, units)
        sys.stdout.write(f"{units} 个单位，每页 {TIMES} 次的中位数\n")
        for row in measured(root, DAY.year):
            slow = "  慢" if row.seconds > LIMIT else ""
            sys.stdout.write(f"{row.seconds:7.3f} s  {row.status}  {row.path}{slow}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
