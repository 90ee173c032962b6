"""What `format` writes: a mended copy (`--fix`), the mends as tracked changes (`--track`), the findings as comments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from liangqing.base.codes import Code
from liangqing.cli.console import refuse_copy, write_copy

if TYPE_CHECKING:
    from liangqing.gbt9704.check.corrections import Corrections
    from liangqing.gbt9704.check.deviations import Deviations
    from liangqing.gbt9704.check.fixing import Fixed

Command = TypeVar("Command", bound=Callable[..., Any])
_OUT = click.Path(dir_okay=False, path_type=Path)
_TEMPLATE = ".dotx"
_MOST_PAGES = 10  # that are named


@dataclass(frozen=True)
class WantedCopies:
    """Where the copies go that were asked for; `pages`: the mended one is held against the original page by page."""

    fixed: Path | None
    tracked: Path | None
    commented: Path | None
    pages: bool

    @property
    def named(self) -> list[tuple[str, Path]]:
        """The option and the file of each."""
        every = (("--fix", self.fixed), ("--track", self.tracked), ("--comments", self.commented))
        return [(option, path) for option, path in every if path is not None]

    def refuse_wrong(self, ctx: click.Context, files: Sequence[Path]) -> None:
        """Raise UsageError where one can't be written: of several files, of another ending, over what is there."""
        for option, path in self.named:
            if len(files) == 1 and files[0].is_dir():
                raise click.UsageError(f"{option} 一次只改一个文件，「{files[0]}」是文件夹", ctx)
            ending = _TEMPLATE if files[0].suffix.lower() == _TEMPLATE else ".docx"
            refuse_copy(ctx, option, path, files, "一次只改一个文件", ending)
        paths = [path.resolve() for _, path in self.named]
        if len(set(paths)) < len(paths):
            raise click.UsageError(f"{'、'.join(option for option, _ in self.named)} 各写一个文件名", ctx)


def copy_options(command: Command) -> Command:
    """The options by which a person gets copies: `fixed`, `tracked`, `commented`, `pages`."""
    for option in (
        click.option(
            "--no-pages", "pages", flag_value=False, default=True, help="--fix 以后不按页比较改前改后"
        ),
        click.option(
            "--comments",
            "commented",
            type=_OUT,
            metavar="OUT.docx",
            help="另存一份，把查出的问题写成 Word 批注；原有的批注留着",
        ),
        click.option(
            "--track",
            "tracked",
            type=_OUT,
            metavar="OUT.docx",
            help="另存一份，--fix 改的写成修订，在 Word“审阅”里逐处接受或拒绝",
        ),
        click.option(
            "--fix",
            "fixed",
            type=_OUT,
            metavar="OUT.docx",
            help="另存一份，改好页面、字体、字号、行距、文号括号和日期；原文件不动",
        ),
    ):
        command = option(command)
    return command


@dataclass(frozen=True)
class CopyWriter:
    """Writes the copies of one file and says what came of it; `quiet`: on stderr."""

    source: Path
    deviations: Deviations
    by_hand: Corrections
    day: date
    text: bool
    quiet: bool

    def write(self, wanted: WantedCopies) -> None:
        """Raises Problems for a file that can't be mended, and where one can't be written."""
        if wanted.fixed is not None:
            self._fixed(wanted.fixed, pages=wanted.pages)
        if wanted.tracked is not None:
            self._tracked(wanted.tracked)
        if wanted.commented is not None:
            self._commented(wanted.commented)

    def _fixed(self, copy: Path, *, pages: bool) -> None:
        from liangqing.gbt9704.check.fixing import fix

        fixed = fix(self.source, str(self.source), self.deviations, self.by_hand, text=self.text)
        write_copy(copy, fixed.data)
        self._tell_mended("改好的另存在", copy, fixed)
        if pages and fixed.mended:
            self._compare(fixed.data)

    def _tracked(self, copy: Path) -> None:
        from liangqing.gbt9704.check.fixing import track

        fixed = track(self.source, str(self.source), self.day, self.deviations, self.by_hand, text=self.text)
        write_copy(copy, fixed.data)
        self._tell_mended("改的写成修订，存在", copy, fixed)

    def _commented(self, copy: Path) -> None:
        from liangqing.gbt9704.check.commenting import with_comments

        data, report = with_comments(
            self.source, str(self.source), self.day, self.deviations, self.by_hand, text=self.text
        )
        write_copy(copy, data)
        self._say(f"写了批注的另存在：{copy}（{len(report.findings)} 条）")

    def _tell_mended(self, what: str, copy: Path, fixed: Fixed) -> None:
        mended = "、".join(dict.fromkeys(finding.rule.name for finding in fixed.mended)) or "没有可自动改的"
        self._say(f"{what}：{copy}（{mended}）")
        for remark in fixed.remarks:
            kept = remark.code == Code.PAGE_KEPT
            more = f"。怎样改：{remark.advice}" if kept else "（原文件不动）"
            self._say(f"  {remark.place.detail or '文件里'} {remark.message}{more}")
        for finding in fixed.left:
            self._say(f"  没有改：{finding.level} {finding.rule.code} {finding.place} {finding.rule.name}")

    def _compare(self, mended: bytes) -> None:
        """What moved from page to page, where a program here sets pages."""
        from liangqing.pdf.pages_compared import pages_compared

        found = pages_compared(self.source.read_bytes(), mended)
        if found is None:
            self._say(
                "没有按页比较（这台电脑上没有能排版的 Word、WPS、LibreOffice，或排不了这份）：打印前请翻看一遍"
            )
            return
        pages = (
            f"还是 {found.after} 页"
            if found.before == found.after
            else f"原来 {found.before} 页，改后 {found.after} 页"
        )
        self._say(f"按页比较（{found.by}）：{pages}" + ("" if found.moved else "，各页从哪里开始没有变"))
        for page in found.moved[:_MOST_PAGES]:
            was, now = (f"从「{words}」开始" if words else "没有字" for words in (page.was, page.now))
            self._say(f"  第{page.number}页原来{was}，现在{now}")
        if len(found.moved) > _MOST_PAGES:
            self._say(f"  还有 {len(found.moved) - _MOST_PAGES} 页也变了")

    def _say(self, words: str) -> None:
        click.echo(words, err=self.quiet)
