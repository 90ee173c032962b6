"""What went wrong, where, and what to do: the one shape of every message to a person."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum

from liangqing.base.codes import Code

_LONG_NUMBER = re.compile(r"((?<!\d)(?:19|20)\d\d-\d\d?-\d\d?(?!\d))|\d(?:[ -]?\d){9,}[Xx]?")


class Severity(StrEnum):
    """How far a problem reaches: an error stops all that rests on it, a gate leaves single papers out, a warning is told."""

    ERROR = "错误"
    GATE = "还差"
    WARNING = "警告"


@dataclass(frozen=True, order=True)
class Place:
    """Where a person finds the problem.

    `file` is relative to the workspace, with forward slashes; `line` and `column` count from 1;
    `detail` is a place in Word's terms, such as `正文第3段「请于…」`.
    """

    file: str
    line: int | None = None
    column: int | None = None
    detail: str = ""

    def __str__(self) -> str:
        numbers = "".join(f":{number}" for number in (self.line, self.column) if number is not None)
        return f"{self.file}{numbers}" + (f" {self.detail}" if self.detail else "")


@dataclass(frozen=True)
class Diagnostic:
    """One problem: found at `place`, said in `message`, mended by `advice`.

    `also` are further places at which something is wrong that ends with it: they are counted, not told one by one.
    """

    code: Code
    severity: Severity
    place: Place
    message: str
    advice: str = ""
    also: tuple[Place, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", _veiled(self.message))
        object.__setattr__(self, "advice", _veiled(self.advice))

    def __str__(self) -> str:
        more = f"；另有 {len(self.also)} 处由此引起" if self.also else ""
        head = f"{self.place} {self.severity.value} {self.code} {self.message}{more}"
        return f"{head}\n    建议：{self.advice}" if self.advice else head

    def with_more(self, also: tuple[Place, ...]) -> Diagnostic:
        """The same problem with further places that end with it."""
        return replace(self, also=(*self.also, *also))

    @property
    def places(self) -> tuple[Place, ...]:
        """Everywhere that it is found."""
        return (self.place, *self.also)


def reason(problem: OSError) -> str:
    """Why the system refused, in Chinese."""
    known = {
        errno.ENOSPC: "磁盘已满",
        errno.EACCES: "没有权限",
        errno.EPERM: "没有权限",
        errno.EROFS: "磁盘只读",
        errno.ENOENT: "找不到",
        errno.EISDIR: "这是一个文件夹",
        errno.ENAMETOOLONG: "名称太长",
        errno.EPIPE: "接收的程序已经关了",
        errno.EBADF: "没有打开",
    }
    return known.get(problem.errno or 0, f"系统错误 {problem.errno}")


def remedy(problem: OSError) -> str:
    """What to do about it: where the system forbids, the file is often open in another program (Windows)."""
    if isinstance(problem, PermissionError):
        return "正在 Word、WPS、Excel 或记事本里打开着的，关掉它再运行一次；没有打开的，检查有没有写的权限"
    return "检查磁盘空间和写权限"


def _veiled(text: str) -> str:
    """A message never echoes a whole identity, card or telephone number: of a long one, five digits at most. A date
    is none, also where an hour or another date follows.
    """
    return _LONG_NUMBER.sub(lambda found: found[1] or f"{found[0][:3]}…{found[0][-2:]}", text)


class Problems(Exception):
    """A stage could not do its work; all that it found is in `diagnostics`."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(str(problem) for problem in self.diagnostics))


@contextmanager
def collected(problems: list[Diagnostic]) -> Iterator[None]:
    """What Problems are raised inside are added to `problems`, and the work goes on after the block."""
    try:
        yield
    except Problems as refused:
        problems += refused.diagnostics


def error(code: Code, place: Place, message: str, advice: str = "") -> Diagnostic:
    """A diagnostic of severity 错误."""
    return Diagnostic(code, Severity.ERROR, place, message, advice)


def gate(code: Code, place: Place, message: str, advice: str = "") -> Diagnostic:
    """A diagnostic of severity 还差."""
    return Diagnostic(code, Severity.GATE, place, message, advice)


def warning(code: Code, place: Place, message: str, advice: str = "") -> Diagnostic:
    """A diagnostic of severity 警告."""
    return Diagnostic(code, Severity.WARNING, place, message, advice)


def refuse(code: Code, place: Place, message: str, advice: str = "") -> Problems:
    """The exception that carries a single error."""
    return Problems([error(code, place, message, advice)])
