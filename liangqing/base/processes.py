"""The same work on many items, in this process or in several: the same results in the same order for any number."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar, cast

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Item = TypeVar("Item")
Result = TypeVar("Result")

MOST = 8
JOBS = "LIANGQING_JOBS"  # in the environment: how many processes, where nobody says it otherwise
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def worth(count: int, least: int) -> int:
    """How many processes pay for so many items: one below `least`, else one a core, at most `MOST`.

    Always one where processes can't be forked (Windows, macOS): starting one anew takes longer than it saves.
    """
    if count < least or not _can_fork():
        return 1
    said = os.environ.get(JOBS, "")
    return int(said) if said.isdecimal() else min(os.cpu_count() or 1, MOST, count)


def mapped(
    work: Callable[[Item], Result], items: Sequence[Item], processes: int
) -> Generator[Result, None, None]:
    """`work` of each item, in their order; with more than one process results have to be fit for pickling.

    `work` and the items are there in the forked processes without being sent. Exceptions are raised here; Problems
    where the system ends one of the processes. No process outlives the generator, nor this process: who does not
    take all results closes it.
    """
    if processes < 2 or len(items) < 2 or not _can_fork():
        yield from map(work, items)
        return
    gc.freeze()  # what is loaded stays where it is, in memory that the processes share
    workers: list[_Worker] = []
    try:
        for _ in range(min(processes, len(items))):
            workers.append(_Worker(work, items))  # noqa: PERF401 - those that were forked end, whatever comes
        yield from _shared(work, items, workers)
    finally:
        for worker in workers:
            worker.end()
        gc.unfreeze()


class _Worker:
    """A forked process that does the items whose numbers it is told, one at a time."""

    def __init__(self, work: Callable[[Any], Any], items: Sequence[Any]) -> None:
        import multiprocessing  # of no use to a run that forks none

        fork = multiprocessing.get_context("fork")
        self.connection, theirs = fork.Pipe()
        self._process = fork.Process(target=_serve, args=(theirs, work, items, os.getpid()), daemon=True)
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # Ctrl+C is for the parent alone
        try:
            self._process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            theirs.close()

    def begin(self, number: int | None) -> None:
        """Let it do an item; it is idle where there is none. Raises Problems where it was killed."""
        if number is not None:
            with _unless_killed():
                self.connection.send(number)

    def answer(self) -> tuple[int, list[Any]]:
        """The number of the item that it did, and what came of it: nothing where the work raised an exception."""
        with _unless_killed():
            number, made = self.connection.recv()
        return number, made

    def end(self) -> None:
        """It is gone, and what it was at is not done."""
        self._process.kill()
        self._process.join()
        self.connection.close()


@contextmanager
def _unless_killed() -> Generator[None, None, None]:
    try:
        yield
    except (EOFError, ConnectionError):
        message = "同时工作的进程有一个被系统结束了，多半是内存不够；什么都没有写"
        advice = "关掉别的程序，或加 --jobs 1 再运行"
        raise refuse(Code.WORKER_KILLED, Place("--jobs"), message, advice) from None


def _shared(
    work: Callable[[Any], Any], items: Sequence[Any], workers: Sequence[_Worker]
) -> Generator[Any, None, None]:
    """`work` of each item, in their order; the worker that is done is given the next.

    What could not be done there is done here again, where its exception is raised. Problems where one was killed.
    """
    from multiprocessing.connection import wait

    left = iter(range(len(items)))
    done: dict[int, Any] = {}
    of_connection = {worker.connection: worker for worker in workers}
    for worker in workers:
        worker.begin(next(left))
    for number in range(len(items)):
        while number not in done:
            for connection in wait(list(of_connection)):
                worker = of_connection[cast("Connection", connection)]
                finished, made = worker.answer()
                worker.begin(next(left, None))
                done[finished] = made[0] if made else work(items[finished])
        yield done.pop(number)


def _serve(told: Connection, work: Callable[[Any], Any], items: Sequence[Any], parent: int) -> None:
    """What a forked process does, until it is ended."""
    _end_with(parent)
    while True:
        number = told.recv()
        made: list[Any] = []
        with suppress(Exception):  # it is raised where the parent does the same
            made.append(work(items[number]))
        told.send((number, made))


def _end_with(parent: int) -> None:
    """This process, a forked one, is killed by the system as soon as its parent is gone."""
    import ctypes  # of no use to a run that forks none

    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # gone before that
        os._exit(1)


def _can_fork() -> bool:
    """Only Linux forks safely; what was forked does not fork again."""
    if sys.platform != "linux":
        return False
    used = sys.modules.get("multiprocessing")  # it is, in what was forked
    return used is None or used.parent_process() is None
