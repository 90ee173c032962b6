"""`figures`: the figures over any span of days, beside the span before and that of last year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from liangqing.base.diagnostics import Problems
from liangqing.cli.console import AS_JSON, Day, Sub, next_step, tell, today, workspace_root

if TYPE_CHECKING:
    from datetime import date

    from liangqing.engine import Reads
    from liangqing.year.state.periods import SpanCounted


@click.command(cls=Sub)
@click.argument("words", nargs=-1, metavar="[期间…]")
@click.option("--as-of", "as_of", type=Day(), help="数到哪一天，默认数到今天")
@AS_JSON
@click.pass_context
def figures(ctx: click.Context, words: tuple[str, ...], as_of: date | None, as_json: bool) -> None:
    """数字：任意一段时间的数，与上期、上年同期比较。期间写一个月、一个季度，或写两天，从哪天到哪天；不写的是本月。例：generate.py figures 2021-03-10 2021-04-20"""
    from liangqing.base.spans import month
    from liangqing.variables import periods
    from liangqing.year.open_workspace import open_workspace

    if len(words) > 2:
        raise click.UsageError("期间写一个，或写两天：从哪天、到哪天", ctx)
    day = as_of or today(ctx)
    opened = open_workspace(workspace_root(ctx, only_looks=True), None, as_of, day, look_at_today=True)
    if opened.errors:
        raise Problems(opened.errors)
    counted = periods.asked(opened.at, "至".join(words) or month(day.year, day.month).code)
    tell(as_json, lambda: _as_data(counted), lambda: _show(counted))


def _as_data(counted: SpanCounted) -> dict[str, object]:
    """All figures of the span for a script, and the comparison."""
    from liangqing.variables.figures import FIGURES_OVER
    from liangqing.variables.periods import compared
    from liangqing.variables.table import build

    return {
        "期间": counted.whole.code,
        "起": counted.span.first,
        "止": counted.span.last,
        "没有数据的年度": counted.missing,
        "数字": build(FIGURES_OVER.rows, counted, {name: {} for name in FIGURES_OVER.rows}),
        "对比": [
            {"项目": row.name, "本期": row.now, "上期": row.before, "上年同期": row.year_before}
            for row in compared(counted)
        ],
    }


def _show(counted: SpanCounted) -> None:
    from liangqing.cli.console import show_table
    from liangqing.variables.periods import COMPARED_ROW, REMARK, compared
    from liangqing.variables.table import build

    heads = list(COMPARED_ROW.rows)
    reads: Reads = {name: {} for name in heads}
    rows = [list(map(str, build(COMPARED_ROW.rows, row, reads).values())) for row in compared(counted)]
    until = "" if counted.span == counted.whole else f"（截至{counted.span.last}）"
    show_table(f"{counted.whole.name}{until}", heads, rows)
    click.echo(REMARK)
    if counted.missing:
        click.echo(f"没有数据、没有计入的年度：{'、'.join(map(str, counted.missing))}")
    next_step("period-table", counted.whole.code, why="要做成一张 Word 表的")
