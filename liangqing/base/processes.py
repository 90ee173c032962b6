"""The same work on many items, in this process or in several: the same results in the same order for any number."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

MOST = 8
JOBS = "LIANGQING_JOBS"  # in the environment: how many processes, where nobody says it otherwise
_work: Callable[[Any], Any] | None = None  # of this process, for those that are forked from it


def worth(count: int, least: int) -> int:
    """How many processes pay for so many items: one below `least`, else one a core, at most `MOST`.

    Always one where processes can't be forked (Windows, macOS): starting one anew takes longer than it saves.
    """
    if count < least or not _can_fork():
        return 1
    said = os.environ.get(JOBS, "")
    return int(said) if said.isdecimal() else min(os.cpu_count() or 1, MOST, count)


def mapped(work: Callable[[Item], Result], items: Sequence[Item], processes: int) -> Iterator[Result]:
    """`work` of each item, in their order; with more than one process results have to be fit for pickling.

    What `work` holds is there in the forked processes without being sent. Its exceptions are raised here.
    """
    if processes < 2 or len(items) < 2 or not _can_fork():
        yield from map(work, items)
        return
    global _work
    _work = work
    gc.freeze()  # what is loaded stays where it is, in memory that the processes share
    try:
        with ProcessPoolExecutor(min(processes, len(items)), multiprocessing.get_context("fork")) as pool:
            yield from pool.map(_do, items)
    finally:
        _work = None
        gc.unfreeze()


def _can_fork() -> bool:
    """Only Linux forks safely; what was forked does not fork again."""
    return sys.platform == "linux" and multiprocessing.parent_process() is None


def _do(item: Any) -> Any:
    assert _work is not None
    return _work(item)
