"""The commands that only look: `check` (what is wrong) and `status` (what waits)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import click

from liangqing.base.diagnostics import Diagnostic, Problems, Severity
from liangqing.base.folders import OUTPUT
from liangqing.cli.console import (
    DONE,
    WRONG,
    YEAR,
    Day,
    Name,
    Sub,
    as_data,
    json_or_text,
    next_step,
    show,
    tally,
    tell,
    tell_table,
    today,
    workspace_root,
)

_WAITING = ("类别", "单位", "事项")


@click.command(cls=Sub)
@YEAR
@click.option("--as-of", "as_of", type=Day(), help="看哪一天的情况，默认今天")
@json_or_text
@click.option("--strict", is_flag=True, help="有条件未满足（门槛）或有警告也算失败")
@click.pass_context
def check(ctx: click.Context, year: int | None, as_of: date | None, form: str, strict: bool) -> None:
    """检查数据、模板和发文登记，列出全部问题和位置。例：generate.py check --as-of 2021-10-31"""
    from liangqing.actions import build as building
    from liangqing.papers import rendering
    from liangqing.papers.drift import since_signed
    from liangqing.year.open_workspace import in_order, settled_workspace

    root = workspace_root(ctx)
    found: list[Diagnostic] = []
    try:
        opened = settled_workspace(root, year, as_of, today(ctx), look_at_today=True)
        found += opened.found
        found += since_signed(opened)
        known = rendering.load_catalogue(root)
        found += building.unknown_kinds(opened, known)
        noted = (root / OUTPUT).is_dir()  # where nothing was built yet, looking makes no folder
        rendering.compile_entries(opened, known, known.entries, note=noted)
    except Problems as problems:
        found += problems.diagnostics
    found = in_order(found)
    tell(form == "json", lambda: [as_data(problem) for problem in found], lambda: _show_problems(found))
    wrong = any(strict or problem.severity is Severity.ERROR for problem in found)
    ctx.exit(WRONG if wrong else DONE)


def _show_problems(found: Sequence[Diagnostic]) -> None:
    show(found)
    click.echo(tally(found))
    if not any(problem.severity is Severity.ERROR for problem in found):
        next_step("build")


@click.command(cls=Sub)
@YEAR
@click.option("--unit", metavar="单位", type=Name(), help="只看这个单位的（编号、名称或简称）")
@click.option("--as-of", "as_of", type=Day(), help="看哪一天的情况，默认今天")
@json_or_text
@click.pass_context
def status(ctx: click.Context, year: int | None, unit: str | None, as_of: date | None, form: str) -> None:
    """看眼下的情况：逾期、临期、未签、未报、未回复、未印发、已漂移（印发以后数据改过）。例：generate.py status --unit 局党组"""
    from liangqing.outputs import waiting
    from liangqing.year.open_workspace import settled_workspace, unit_called

    opened = settled_workspace(workspace_root(ctx), year, as_of, today(ctx), look_at_today=True)
    if opened.errors:
        raise Problems(opened.errors)
    found = waiting.items(opened)
    if unit is not None:
        name = unit_called(opened, unit).short_name
        found = [item for item in found if item.unit == name]
    rows = [(item.kind, item.unit, item.what) for item in found]
    tell_table(form == "json", f"{opened.at.year.year}年度　截至 {opened.at.day}", _WAITING, rows)
    if form != "json":
        _show_counts(waiting.tally(found))


def _show_counts(counts: Mapping[str, int]) -> None:
    """How much waits, of each kind."""
    if counts:
        click.echo("合计：" + "，".join(f"{kind} {count}" for kind, count in counts.items()))
        next_step("propose", why="看按督办阶梯该发什么文书")
    else:
        click.echo("没有待办")
