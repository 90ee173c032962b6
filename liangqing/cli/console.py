"""What all commands share: help in Chinese, exit codes, and how findings and tables are shown.

Part of the command line, which alone prints and exits; heavy libraries are imported where they are needed.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click

from liangqing.base import folders
from liangqing.base.diagnostics import Diagnostic, Severity

DONE, WRONG, USAGE, OUT_OF_DATE = 0, 1, 2, 3
COLOURS = {Severity.ERROR: "red", Severity.GATE: "yellow", Severity.WARNING: "cyan"}


class Help:
    """Help in Chinese: what click says in English is said anew."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "显示帮助"
        return option  # type: ignore[no-any-return]

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
    """A command whose help is Chinese."""


class CommandGroup(Help, click.Group):
    """A command with commands of its own."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令"):
            formatter.write_dl([(name, in_short(command)) for name, command in self.commands.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if self.get_command(ctx, args[0]) is None:
            from liangqing.base.chinese import suggestion

            raise click.UsageError(
                f"没有命令「{args[0]}」，{suggestion(args[0], self.list_commands(ctx))}", ctx
            )
        return super().resolve_command(ctx, args)


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
    """Print JSON that a person can read too; dates are written as 2021-10-31."""
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


def workspace_root(ctx: click.Context) -> Path:
    """The workspace of -C, of LIANGQING_WORKSPACE, or at or above the current folder."""
    given = ctx.find_root().params.get("workspace")
    return folders.find(Path(given) if given else Path.cwd())


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
        table.add_column(head)
    for row in listed:
        table.add_row(*row)
    Console(width=None if sys.stdout.isatty() else 140).print(table)


class Day(click.ParamType[date]):
    """A date such as 2021-10-31."""

    name = "日期"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(value)):
                raise ValueError
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"「{value}」不是日期，写成 2021-10-31 这样", param, ctx)


def refuse_copy(ctx: click.Context, option: str, copy: Path, files: Collection[Path], only_one: str) -> None:
    """Refuse a copy that can't be made: of several files (`only_one` says so), not as .docx, over what is there."""
    if len(files) != 1:
        raise click.UsageError(f"{option} {only_one}，现在是 {len(files)} 个", ctx)
    if copy.suffix.lower() != ".docx":
        raise click.UsageError(f"{option} 后面写 .docx 文件名", ctx)
    if copy.exists():
        raise click.UsageError(f"{option} 的「{copy}」已经有了，换一个名字", ctx)


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


def program_name() -> str:
    """What a person typed to start the program: generate.py in a checkout, liangqing where it is installed."""
    name = Path(sys.argv[0]).name
    return name if name in ("generate.py", "liangqing") else "liangqing"


def in_chinese(mistake: click.ClickException) -> str:
    """What click found wrong with the words that were typed."""
    if isinstance(mistake, click.NoSuchOption):
        near = f"，是否 {mistake.possibilities[0]}？" if mistake.possibilities else ""
        return f"没有选项 {mistake.option_name}{near}"
    if isinstance(mistake, click.MissingParameter):
        return f"缺 {_as_typed(mistake.param) if mistake.param else ''}"
    if isinstance(mistake, click.BadParameter) and mistake.param is not None:
        return f"{_as_typed(mistake.param)} {_said_of(mistake.param.type, mistake.message)}"
    if isinstance(mistake, click.BadOptionUsage):
        return f"选项 {mistake.option_name} 后面缺一个值"
    if isinstance(mistake, click.UsageError) and "unexpected extra argument" in mistake.message:
        return f"多了没用的词（{mistake.message.partition('(')[2].rstrip(')')}）"
    if isinstance(mistake, click.UsageError) and mistake.message == "Missing command.":
        return "缺 命令"
    return mistake.format_message()


def _as_typed(param: click.Parameter) -> str:
    """What a person knows an option or an argument by."""
    return param.opts[0] if isinstance(param, click.Option) else param.metavar or param.human_readable_name


def _said_of(kind: click.ParamType[Any], message: str) -> str:
    """What a value of this type has to be; types of our own say so themselves."""
    if isinstance(kind, click.Choice):
        return f"只能是 {'、'.join(map(str, kind.choices))}"
    if isinstance(kind, click.IntRange):
        if kind.min is not None and kind.max is not None:
            return f"应为 {kind.min} 到 {kind.max} 的整数"
        return f"应为不小于 {kind.min} 的整数" if kind.min is not None else f"应为不大于 {kind.max} 的整数"
    if isinstance(kind, click.Path):
        return "不能是文件夹" if kind.file_okay else "不能是文件"
    return "应为整数" if kind is click.INT else message


def help_of(mistake: click.ClickException) -> str:
    """The command whose help tells what is right: the one that was asked for, as far as it is known."""
    ctx = mistake.ctx if isinstance(mistake, click.UsageError) else None
    return f"{ctx.command_path if ctx else program_name()} --help"


def next_step(words: str, first: str = "") -> None:
    """Tell the command that comes next in the work, and what a person does `first`."""
    click.echo(f"下一步：{first}{program_name()} {words}")
