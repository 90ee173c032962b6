"""A program that issues papers beside others like it: python issuer.py ROOT [die] 编号… (tests/actions/test_issuing_at_once.py).

With `die` each issue is first tried by children that are killed at their first, second, … step on the disk, until
one gets through; after each of them the next command must find everything in order.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from liangqing.actions import issuing
from liangqing.base.diagnostics import Problems
from liangqing.year.open_workspace import settled_workspace

KIND, DAY = "便函", date(2021, 6, 1)
# Every way in which issuing reaches the disk.
STEPS: tuple[tuple[Any, str], ...] = (
    (os, "fsync"),
    (Path, "replace"),
    (Path, "mkdir"),
    (Path, "open"),
    (Path, "rmdir"),
)


def issue(root: Path, code: str) -> None:
    """Issue one paper; one that is out already (by a life before) is passed over."""
    try:
        issuing.issue(root, issuing.IssueOrder(KIND, code, DAY), DAY)
    except Problems as refused:
        if {each.code for each in refused.diagnostics} != {"D608"}:
            raise


def at_step(number: int, act: Callable[[], object], patch: Callable[[Any, str, Any], object]) -> None:
    """Let `act` happen in place of the step of that number (from 0); `patch` sets an attribute."""
    count = iter(range(1 << 30))

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*args: Any, **options: Any) -> Any:
            if next(count) == number:
                act()
            return real(*args, **options)

        return step

    for owner, name in STEPS:
        patch(owner, name, counted(getattr(owner, name)))


def die() -> None:
    """As a machine does whose cable is pulled."""
    os.kill(os.getpid(), signal.SIGKILL)


def issue_dying(root: Path, code: str) -> None:
    """Try until no child is killed any more; look after each."""
    number, killed = 0, True
    while killed:
        child = os.fork()
        if child == 0:
            at_step(number, die, setattr)
            issue(root, code)
            os._exit(0)
        killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
        number += 1
        opened = settled_workspace(root, None, None, DAY)
        assert opened.errors == [], (number, opened.errors)
        assert not list((root / "checklists/发文").glob("*/.*")), number
    sys.stdout.write(f"{code} {number}\n")


def main() -> None:
    root, *words = sys.argv[1:]
    dying = words[:1] == ["die"]
    for code in words[dying:]:
        (issue_dying if dying else issue)(Path(root), code)


if __name__ == "__main__":
    main()
