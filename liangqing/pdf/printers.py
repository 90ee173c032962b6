"""Printers: CUPS on Linux and macOS; on Windows Word or WPS, or else the program associated with PDFs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse
from liangqing.pdf import converters
from liangqing.pdf.com_office import ComOffice
from liangqing.pdf.converter import Converter
from liangqing.pdf.page_count import SIZES

_PLACE = "打印机"
_DEFAULT = "默认打印机"
_OWN_SIDES = "双面{}按打印机自己的默认设置，先在系统的打印机首选项里选好"
_NONE = "Linux、macOS 在系统的打印机设置里添加（或 lpadmin），再运行一次"
# What the queue calls a size that it does not know by our name.
_MEDIA = {"DL": "iso_dl_110x220mm", "ZL": "Custom.120x230mm", "C5": "iso_c5_162x229mm"}
_JOB = re.compile(r"request id is (\S+)")


@dataclass(frozen=True)
class PrintJob:
    """A paper to be printed, as `pdf` and as `word` file: what the queue calls it, copies, both sides or one, and the size (A4, A3 …)."""

    title: str
    pdf: Path
    word: Path
    copies: int
    duplex: bool
    paper: str


class Printer(Protocol):
    """Where jobs go to."""

    @property
    def name(self) -> str:
        """As a person knows it."""

    @property
    def limits(self) -> str:
        """What can't be asked of it, to be told; empty where all can."""

    def send(self, job: PrintJob) -> str:
        """Hand over a job; its number in the queue, empty where there is none. Raises Problems."""


@dataclass(frozen=True)
class Cups:
    """A queue of CUPS, by `lp`."""

    name: str
    limits: str = ""

    def send(self, job: PrintJob) -> str:
        """Raises Problems when the queue does not take it."""
        sides = "two-sided-long-edge" if job.duplex else "one-sided"
        words = ["-d", self.name, "-n", str(job.copies), "-t", job.title, "-o", f"sides={sides}"]
        words += ["-o", "collate=true"]
        words += ["-o", f"media={_MEDIA.get(job.paper, job.paper)}"] if job.paper in SIZES else []
        run = _cups("lp", *words, "--", str(job.pdf))
        accepted = _JOB.search(run.stdout)
        if run.returncode or accepted is None:
            said = run.stderr.strip() or "没有说明原因"
            raise refuse(
                Code.PRINTER_REFUSED,
                Place(job.title),
                f"打印机「{self.name}」没有收下（{said}）",
                "看打印机的状态：lpstat -p",
            )
        return accepted[1]


@dataclass(frozen=True)
class Associated:
    """The program that opens PDFs on Windows; `start` is os.startfile. Without a name: the default printer."""

    name: str
    start: Callable[..., object]
    named: bool
    limits: str = _OWN_SIDES.format("和纸张")

    def send(self, job: PrintJob) -> str:
        """Once for each copy. Raises Problems where no program prints PDFs."""
        try:
            for _ in range(job.copies):
                if self.named:
                    self.start(str(job.pdf), "printto", f'"{self.name}"')
                else:
                    self.start(str(job.pdf), "print")
        except OSError:
            advice = "装一个能打印 PDF 的程序（如 WPS、Adobe Reader），并设为打开 PDF 的默认程序"
            raise refuse(Code.NO_PROGRAM_TO_PRINT, Place(job.title), "没有程序能打印 PDF", advice) from None
        return ""


@dataclass(frozen=True)
class OfficePrinter:
    """Word or WPS on Windows, which print the Word file. Without a name: the printer that they take themselves."""

    name: str
    office: ComOffice
    named: bool

    @property
    def limits(self) -> str:
        """That it is the program who prints, and what it takes no word about."""
        return f"由 {self.office.name} 打印；{_OWN_SIDES.format('')}"

    def send(self, job: PrintJob) -> str:
        """Raises Problems when the program does not print it."""
        why = self.office.print_out(job.word, self.name if self.named else "", job.copies)
        if why is not None:
            raise refuse(
                Code.PRINTER_REFUSED,
                Place(job.title),
                f"{self.office.name} 没有打印出去（{why or '没有说明原因，或超过了时间'}），打印机：{self.name}",
                "核对打印机的名字和状态，关掉弹出的对话框，再打这一份；或加 --with 换一个装着的程序",
            )
        return ""


def known() -> list[str]:
    """The printers that a person may choose from; none on Windows, where the default one takes everything.

    Raises Problems where the system has no program to print with.
    """
    return [] if sys.platform == "win32" else _queues()


def printer(name: str | None, by: Converter | None = None, *, platform: str = sys.platform) -> Printer:
    """The printer called `name`, or the system's own choice; `by`: the program that turns papers into pages.

    Where `by` is Word or WPS it prints as well. Raises Problems that list the printers that there are.
    """
    by = by or converters.choose()
    if isinstance(by, ComOffice):
        return OfficePrinter(name or _DEFAULT, by, named=name is not None)
    if platform == "win32":
        start: Callable[..., object] = getattr(os, "startfile")  # noqa: B009 - only there on Windows
        return Associated(name or _DEFAULT, start, named=name is not None)
    known = _queues()
    if name is None:
        name = _default()
        if name is None:
            advice = f"用 --printer 写明一台：{'、'.join(known)}" if known else _NONE
            raise refuse(Code.NO_DEFAULT_PRINTER, Place(_PLACE), "没有默认打印机", advice)
    elif name not in known:
        advice = f"有这些：{'、'.join(known)}" if known else _NONE
        raise refuse(Code.NO_SUCH_PRINTER, Place(_PLACE), f"没有打印机「{name}」", advice)
    return Cups(name)


def _queues() -> list[str]:
    return _cups("lpstat", "-e").stdout.split()


def _default() -> str | None:
    """`lpstat -d` says `system default destination: 名字`, or that there is none."""
    head, _, name = _cups("lpstat", "-d").stdout.strip().partition("destination: ")
    return name if head.startswith("system default") and name else None


def _cups(program: str, *words: str) -> subprocess.CompletedProcess[str]:
    path = shutil.which(program)
    if path is None:
        advice = "Debian、UOS、麒麟运行 sudo apt install cups-client，再在系统的打印机设置里添加打印机"
        raise refuse(Code.NO_PROGRAM_TO_PRINT, Place(program), "没有找到打印程序", advice)
    return _run([path, *words])


def _run(words: Sequence[str]) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        words,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        env=environment,
        timeout=60,
    )
