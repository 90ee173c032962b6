"""What all commands share: help in Chinese, exit codes, and how findings and tables are shown.

Part of the command line, which alone prints and exits; heavy libraries are imported where they are needed.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from liangqing.base.chinese import half_width
from liangqing.base.codes import Code
from liangqing.base.command_names import COMMANDS, OPTIONS, command_called, in_chinese
from liangqing.base.dates import day_written, why_no_day
from liangqing.base.diagnostics import Diagnostic, Place, Severity, reason, refuse
from liangqing.cli.chosen_workspace import SAMPLE as SAMPLE
from liangqing.cli.chosen_workspace import find_root as find_root
from liangqing.cli.chosen_workspace import found_root as found_root
from liangqing.cli.chosen_workspace import next_step as next_step
from liangqing.cli.chosen_workspace import own_root as own_root
from liangqing.cli.chosen_workspace import program_name as program_name
from liangqing.cli.chosen_workspace import tell_workspace, workspace_as_data
from liangqing.cli.chosen_workspace import typed_words as typed_words
from liangqing.cli.chosen_workspace import workspace_root as workspace_root
from liangqing.cli.mistyped import unknown_command
from liangqing.cli.typed import Name as Name

DONE, WRONG, USAGE, OUT_OF_DATE = 0, 1, 2, 3
UNJUDGED = 3  # the format of a paper was not recognised, so that most of it was not looked at
DONE_UNTOLD = 4  # it was done for good, and the words that say so went nowhere
COLOURS = {Severity.ERROR: "red", Severity.GATE: "yellow", Severity.WARNING: "cyan"}


class Help:
    """Help in Chinese: what click says in English is said anew."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "显示帮助"
        return option  # type: ignore[no-any-return]

    def get_help(self, ctx: click.Context) -> str:
        """The help, its examples with the name by which the program is called here."""
        said: str = super().get_help(ctx)  # type: ignore[misc]
        return said.replace("generate.py", ctx.find_root().info_name or "generate.py")

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        words = " ".join(pieces).replace("[OPTIONS]", "[选项]").replace("COMMAND [ARGS]...", "命令 …")
        formatter.write_usage(ctx.command_path, words, prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        params: list[click.Parameter] = self.get_params(ctx)  # type: ignore[attr-defined]
        records = [option.get_help_record(ctx) for option in params if isinstance(option, click.Option)]
        rows = [(name, words.replace("[required]", "（必填）")) for name, words in filter(None, records)]
        if rows:
            with formatter.section("选项"):
                formatter.write_dl(rows)


class Sub(Help, click.Command):
    """A command whose help is Chinese, and whose options have their Chinese names too."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        for param in self.params:
            if isinstance(param, click.Option):
                param.opts += [OPTIONS[name] for name in param.opts if name in OPTIONS]


class CommandGroup(Help, click.Group):
    """A command with commands of its own."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令"):
            formatter.write_dl(
                [(self.both_names(name), in_short(command)) for name, command in self.commands.items()]
            )

    def both_names(self, name: str) -> str:
        """A command of ours as help lists it: check 检查."""
        return f"{name} {in_chinese(f'{self._above}{name}')}".rstrip()

    @property
    def _above(self) -> str:
        """What stands before the names of these commands in the table of names."""
        return "" if self.name is None or self.name not in COMMANDS else f"{self.name} "

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        word = half_width(cmd_name)
        called = command_called(word, self._above.rstrip())
        return super().get_command(ctx, called or word) or super().get_command(ctx, word.lower())

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        found = self.get_command(ctx, args[0])
        if found is None:
            raise self.no_command(ctx, args[0])
        return found.name, found, args[1:]

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """English names; Chinese ones as soon as a Chinese sign is typed."""
        return [*super().shell_complete(ctx, incomplete), *self._chinese(ctx, incomplete)]

    def _chinese(self, ctx: click.Context, incomplete: str) -> Iterator[CompletionItem]:
        if incomplete.isascii():
            return
        for name, command in self.commands.items():
            for called in COMMANDS.get(f"{self._above}{name}", ()):
                if called.startswith(incomplete):
                    yield CompletionItem(called, help=in_short(command))

    def no_command(self, ctx: click.Context, word: str) -> click.UsageError:
        """What is told of a word that is no command here."""
        return unknown_command(ctx, word, self.list_commands(ctx))


def in_short(command: click.Command) -> str:
    """The line of a list of commands: the help up to its example."""
    return (command.help or "").partition("例：")[0].strip()


# For a script. A command that had --format before it takes both.
FRAMED = 1000  # rows; a longer table is read by searching in it, and drawing it takes longer than finding what is in it

AS_JSON = click.option("--json", "as_json", is_flag=True, help="输出 JSON，给程序用")


def json_or_text(function: Any) -> Any:
    """The options `--format text|json` and `--json`, which is short for the latter."""
    short = click.option("--json", "form", flag_value="json", help="同 --format json，给程序用")
    kinds = click.Choice(["text", "json"])
    return short(click.option("--format", "form", type=kinds, default="text", help="输出格式")(function))


def tell(as_json: bool, data: Callable[[], object], words: Callable[[], object]) -> None:
    """Say what came of a command: what `data` gives, as JSON for a script, else what `words` prints for a person."""
    if as_json:
        tell_json(data())
    else:
        words()


def tell_json(value: object) -> None:
    """Print JSON that a person can read too; dates are written as 2021-10-31.

    An object begins with the workspace and the year that it is about; beside a list that is told on stderr.
    """
    if isinstance(value, Mapping):
        value = {**workspace_as_data(), **value}
    else:
        tell_workspace()
    click.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def tell_table(as_json: bool, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Say what is a table both ways: a list of rows by head, else a table under its title."""
    tell(as_json, lambda: rows_as_data(heads, rows), lambda: show_table(title, heads, rows))


def rows_as_data(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[dict[str, str]]:
    """Rows of a table for a script, each by the heads."""
    return [dict(zip(heads, row, strict=True)) for row in rows]


def today(ctx: click.Context) -> date:
    """The day of the one clock, which `cli.today` reads."""
    day: date = ctx.find_root().obj()
    return day


def show(diagnostics: Iterable[Diagnostic]) -> None:
    """Print diagnostics, coloured on a terminal."""
    for problem in diagnostics:
        click.secho(str(problem), fg=COLOURS[problem.severity], err=True)


def tally(diagnostics: Sequence[Diagnostic]) -> str:
    """How many of each severity."""
    if not diagnostics:
        return "没有发现问题"
    counts = [
        (severity.value, sum(problem.severity is severity for problem in diagnostics))
        for severity in Severity
    ]
    return "合计：" + "，".join(f"{name} {count}" for name, count in counts if count)


def as_data(problem: Diagnostic) -> dict[str, object]:
    """A diagnostic for a script."""
    return {
        "级别": problem.severity.value,
        "代码": problem.code,
        "文件": problem.place.file,
        "行": problem.place.line,
        "列": problem.place.column,
        "位置": problem.place.detail,
        "问题": problem.message,
        "建议": problem.advice,
        **({"另有": [str(place) for place in problem.also]} if problem.also else {}),
    }


def show_table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table as wide as the terminal, or as wide as it takes when piped; a long one line by line, without a frame."""
    listed = list(rows)
    if len(listed) > FRAMED:
        click.echo("\n".join([title, "\t".join(heads), *map("\t".join, listed)]))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    for head in heads:
        table.add_column(head, overflow="fold")  # what is too long for a line goes on in the next, never …
    for row in listed:
        table.add_row(*row)
    Console(width=None if sys.stdout.isatty() else 140).print(table)


class Day(click.ParamType[date]):
    """A date such as 2021-10-31."""

    name = "日期"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        day = day_written(str(value))
        if day is None:
            matter, write = why_no_day(str(value))
            self.fail(f"「{value}」不是日期：{matter}；{write}", param, ctx)
        return day


def refuse_copy(
    ctx: click.Context, option: str, copy: Path, files: Collection[Path], only_one: str, ending: str = ".docx"
) -> None:
    """Refuse a copy that can't be made: of several files (`only_one` says so), of another ending, over what is there."""
    if len(files) != 1:
        raise click.UsageError(f"{option} {only_one}，现在是 {len(files)} 个", ctx)
    if copy.suffix.lower() != ending:
        raise click.UsageError(f"{option} 后面写 {ending} 文件名", ctx)
    if copy.exists():
        raise click.UsageError(f"{option} 的「{copy}」已经有了，换一个名字", ctx)


def write_copy(copy: Path, data: bytes) -> None:
    """Writes a file that a person named, whole. Raises Problems where it can't be written."""
    from liangqing.base.left_behind import place_file

    try:
        place_file(copy, data)
    except OSError as problem:
        raise refuse(
            Code.COPY_NOT_WRITTEN, Place(str(copy)), f"写不进去（{reason(problem)}）", "换一个地方"
        ) from problem


YEAR = click.option("--year", type=int, metavar="年度", help="年度，默认最近一年")


class ProgressBar:
    """Papers done and the time left, shown on a terminal when the work takes longer than a second."""

    PATIENCE = 1.0  # seconds

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._shown: Any = None

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def __call__(self, done: int, total: int) -> None:
        if self._shown is None:
            if not sys.stderr.isatty() or done == total or time.monotonic() - self._began < self.PATIENCE:
                return
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            self._shown = Progress(
                TextColumn("生成文书"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("份，还要"),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self._shown.start()
            self._task = self._shown.add_task("")
        self._shown.update(self._task, completed=done, total=total)
        if done == total:
            self._stop()

    def _stop(self) -> None:
        """Its thread ends too: the process may be forked afterwards."""
        if self._shown is not None:
            self._shown.stop()
            self._shown = None


class Stopwatch:
    """What each stage of the work took: `with watch("读入"): …`, then 读入 0.12 秒，检查 0.08 秒."""

    def __init__(self) -> None:
        self._taken: dict[str, float] = {}

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        began = time.monotonic()
        try:
            yield
        finally:
            self._taken[name] = time.monotonic() - began

    def __str__(self) -> str:
        return "，".join(f"{name} {seconds:.2f} 秒" for name, seconds in self._taken.items())
