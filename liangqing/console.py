"""What all commands share: help in Chinese, exit codes, and how findings and tables are shown.

Part of the command line, which alone prints and exits; heavy libraries are imported where they are needed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from liangqing import layout
from liangqing.errors import Diagnostic, Severity

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
        records = [each.get_help_record(ctx) for each in self.get_params(ctx)]  # type: ignore[attr-defined]
        rows = [(name, words.replace("[required]", "（必填）")) for name, words in filter(None, records)]
        if rows:
            with formatter.section("选项"):
                formatter.write_dl(rows)


class Sub(Help, click.Command):
    """A command whose help is Chinese."""


class Group(Help, click.Group):
    """A command with commands of its own."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令"):
            formatter.write_dl([(name, each.get_short_help_str(60)) for name, each in self.commands.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if self.get_command(ctx, args[0]) is None:
            from liangqing.wording import suggestion

            raise click.UsageError(
                f"没有命令「{args[0]}」，{suggestion(args[0], self.list_commands(ctx))}", ctx
            )
        return super().resolve_command(ctx, args)


def workspace_root(ctx: click.Context) -> Path:
    """The workspace of -C, of LIANGQING_WORKSPACE, or at or above the current folder."""
    given = ctx.find_root().params.get("workspace")
    return layout.find(Path(given) if given else Path.cwd())


def show(diagnostics: Iterable[Diagnostic]) -> None:
    """Print diagnostics, coloured on a terminal."""
    for each in diagnostics:
        click.secho(str(each), fg=COLOURS[each.severity], err=True)


def tally(diagnostics: Sequence[Diagnostic]) -> str:
    """How many of each severity."""
    if not diagnostics:
        return "没有发现问题"
    counts = [(each.value, sum(d.severity is each for d in diagnostics)) for each in Severity]
    return "合计：" + "，".join(f"{name} {count}" for name, count in counts if count)


def as_data(each: Diagnostic) -> dict[str, object]:
    """A diagnostic for a script."""
    return {
        "级别": each.severity.value,
        "代码": each.code,
        "文件": each.place.file,
        "行": each.place.line,
        "列": each.place.column,
        "位置": each.place.detail,
        "问题": each.message,
        "建议": each.advice,
    }


def show_table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table as wide as the terminal, or as wide as it takes when piped."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    for head in heads:
        table.add_column(head)
    for row in rows:
        table.add_row(*row)
    Console(width=None if sys.stdout.isatty() else 140).print(table)
