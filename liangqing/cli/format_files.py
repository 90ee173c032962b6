"""Which files `format` checks: those that are named, and the Word files of folders; older formats turned into Word files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, error
from liangqing.cli.console import show_table

if TYPE_CHECKING:
    from liangqing.gbt9704.check.judge import Report

# What is looked at in a folder; a file that a person names is, whatever it is called.
ENDINGS = (".docx", ".dotx", ".docm", ".doc", ".wps", ".wpt", ".rtf", ".odt")
_OPENED = "~$"  # how the file begins that Word keeps beside one that is open
_HEADS = ("文件", "格式", "错误", "警告", "提示", "偏离")


@dataclass(frozen=True)
class FormatFile:
    """A file to be checked: what messages call it, and where it is read; `turned`: LibreOffice made that of another format."""

    name: str
    source: Path | bytes
    turned: bool = False


@dataclass(frozen=True)
class FormatFiles:
    """What is to be checked, what could not be read, and how many files of folders are none of ours."""

    files: tuple[FormatFile, ...]
    unread: tuple[Diagnostic, ...]
    passed_over: int


def format_files(given: Sequence[Path]) -> FormatFiles:
    """The files given and those in the folders given, each once; all of older formats are turned in one go."""
    found: dict[Path, Path] = {}
    unread: list[Diagnostic] = []
    others = 0
    for place in given:
        inside = list(_inside(place)) if place.is_dir() else []
        chosen = [path for path in inside if _is_word(path)] if place.is_dir() else [place]
        others += len(inside) - len(chosen) if inside else 0
        if not chosen:
            message, advice = "这个文件夹里没有 Word 文件", "核对是不是这个文件夹；要检查的放进去再来"
            unread.append(error(Code.NO_WORD_FILES, Place(str(place)), message, advice))
        for path in chosen:
            found.setdefault(path.resolve(), path)
    files, faults = _read(list(found.values()))
    return FormatFiles(tuple(files), (*unread, *faults), others)


def _inside(folder: Path) -> Iterator[Path]:
    """The files of a folder and of those in it, but for what a program hides there."""
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and path.is_file():
            yield path


def _is_word(path: Path) -> bool:
    return path.suffix.lower() in ENDINGS and not path.name.startswith(_OPENED)


def _read(paths: Iterable[Path]) -> tuple[list[FormatFile], list[Diagnostic]]:
    from liangqing.changes.arriving import arrived, is_older

    every = list(paths)
    older = [path for path in every if is_older(path)]
    turned = {file.name: file for file in arrived([(path, str(path)) for path in older], set(older))}
    files: list[FormatFile] = []
    faults: list[Diagnostic] = []
    for path in every:
        file = turned.get(str(path))
        if file is None:
            files.append(FormatFile(str(path), path))
        elif file.problems:
            faults += file.problems
        else:
            files.append(FormatFile(str(path), file.docx, turned=file.docx is not file.data))
    return files, faults


def tell_turned(files: Iterable[FormatFile], *, quiet: bool) -> None:
    """Says of what was turned that it was."""
    for file in files:
        if file.turned:
            click.echo(
                f"{file.name}：不是 .docx，由 LibreOffice 转换后检查；转换会改动一些格式，"
                "拿不准的用 Word 或 WPS 另存为“Word 文档（*.docx）”再查一次",
                err=quiet,
            )


def show_summary(reports: Sequence[Report], unread: Sequence[Diagnostic], passed_over: int) -> None:
    """A row a file and a line with the sums, where there is more than one file."""
    if len(reports) + len(unread) > 1:
        show_table(
            "检查结果",
            _HEADS,
            [*map(_row, reports), *([problem.place.file, "读不出"] + [""] * 4 for problem in unread)],
        )
        click.echo(_sums(reports, unread))
    if passed_over:
        click.echo(
            f"文件夹里另有 {passed_over} 个文件没有检查：不是 Word 文件，或是 Word 打开文件时留下的 ~$ 文件"
        )


def _row(report: Report) -> list[str]:
    counts = [sum(finding.level == level for finding in report.findings) for level in _HEADS[2:]]
    kind = report.paper.format if report.paper.judged else "没有认出"
    return [report.name, kind, *(str(count) if count else "" for count in counts)]


def _sums(reports: Sequence[Report], unread: Sequence[Diagnostic]) -> str:
    sums = [
        (level, sum(finding.level == level for report in reports for finding in report.findings))
        for level in _HEADS[2:]
    ]
    parts = [f"{level} {count}" for level, count in sums if count] or ["没有发现问题"]
    lost = sum(not report.paper.judged for report in reports)
    parts += [f"没有认出公文格式的 {lost} 个文件"] if lost else []
    parts += [f"读不出的 {len(unread)} 个"] if unread else []
    return f"共 {len(reports) + len(unread)} 个文件：{'，'.join(parts)}"
