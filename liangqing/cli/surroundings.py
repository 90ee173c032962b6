"""Where the program was started: without UTF-8, with streams that are closed or can't show Chinese, with odd arguments."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable
from typing import TextIO

import click

from liangqing.base.characters import is_text, readable_name

_PROBE = "两清两跟"


def in_utf8() -> None:
    """Starts the program anew in UTF-8 where the names of files are taken for something else (LANG=C, LC_ALL=POSIX).

    Returns at once where they are not: everywhere but on systems set up for another language, or for none.
    """
    if os.name == "nt" or sys.getfilesystemencoding().lower() == "utf-8":
        return
    os.environ["PYTHONUTF8"] = "1"
    os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


def settle_streams() -> None:
    """Whoever closed a stream hears nothing and is asked nothing; one that can't show Chinese is given UTF-8."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            _hold(number)
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - as long as we run
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if _shows_chinese(stream) else "utf-8", errors="replace")


def _hold(number: int) -> None:
    """No file that is opened later gets the number of a stream: what is said there would be written into it."""
    opened = os.open(os.devnull, os.O_RDWR)
    if opened != number:
        try:
            os.fstat(number)
        except OSError:
            os.dup2(opened, number)
        os.close(opened)


def _shows_chinese(stream: io.TextIOWrapper) -> bool:
    try:
        _PROBE.encode(stream.encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def said_no_more() -> None:
    """What is left to be said goes nowhere, where it can't be said: whoever listened is gone, or the disk is full."""
    try:
        sys.stdout.flush()
    except OSError:
        _give_up(sys.stdout)


def _give_up(stream: TextIO) -> None:
    if stream is not sys.__stdout__:
        return
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.close(quiet)


def refuse_odd(words: Iterable[str]) -> None:
    """Raises UsageError for a word with bytes that are no UTF-8: the name of a file from another system, as a rule."""
    for word in words:
        if not is_text(word):
            raise click.UsageError(
                f"「{readable_name(word)}」不是 UTF-8 的文字：多半是从旧电脑、旧压缩包里来的文件名。"
                "先给文件或文件夹改一个名字，再写新名字"
            )
