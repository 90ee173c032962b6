"""The command `print`: papers put on paper, listed and asked about first."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, Problems, refuse
from liangqing.cli.chosen_papers import UNIT, Chosen, choose, convert, paper_as_data
from liangqing.cli.completion import complete_kinds
from liangqing.cli.console import (
    AS_JSON,
    DONE,
    SAMPLE,
    YEAR,
    Name,
    Sub,
    next_step,
    own_root,
    show_table,
    tell,
    today,
    typed_words,
    workspace_root,
)
from liangqing.cli.pdf import WITH

if TYPE_CHECKING:
    from liangqing.actions.choose_papers import ChosenPaper
    from liangqing.actions.print_papers import PreparedPaper
    from liangqing.pdf.printers import Printer


@click.command("print", cls=Sub)
@click.argument("kinds", nargs=-1, required=True, metavar="文种…", type=Name(), shell_complete=complete_kinds)
@UNIT
@click.option(
    "--subject", "subjects", multiple=True, metavar="对象", type=Name(), help="只打这个对象的；可以写几次"
)
@YEAR
@click.option("--copies", type=click.IntRange(1, 999), metavar="数", help="各打几份，默认按「份数」")
@click.option("--printer", "name", metavar="打印机", help="默认用系统的默认打印机")
@WITH
@click.option("--sides", type=click.Choice(["单面", "双面"]), help="都单面或都双面，默认公文双面、表单单面")
@click.option("--draft", is_flag=True, help="还没有印发、没有文号的也打")
@click.option("--yes", is_flag=True, help="不问，直接打")
@click.option("--dry-run", "dry_run", is_flag=True, help="只列清单，不打")
@SAMPLE
@AS_JSON
@click.pass_context
def print_command(
    ctx: click.Context,
    kinds: tuple[str, ...],
    unit: str | None,
    subjects: tuple[str, ...],
    year: int | None,
    copies: int | None,
    name: str | None,
    program: str | None,
    sides: str | None,
    draft: bool,
    yes: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """打印：先列清单，问过再打，打了什么记下来。例：generate.py print 整改函 --unit 灵川局党支部 --copies 2"""
    from liangqing.pdf import converters, printers

    if as_json and not (yes or dry_run):
        raise click.UsageError("--json 不问人：同时写 --yes（直接打）或 --dry-run（只列清单）", ctx)
    own_root(ctx, writes=not dry_run)
    by = converters.choose(program)
    to = printers.printer(name, by)
    taken = choose(ctx, kinds, subjects, unit, year)
    held = [paper for paper in taken.pieces if paper.draft and not draft]
    for paper in held:
        click.echo(f"不打：{paper.label} 还没有印发、没有文号（要打草稿加 --draft）", err=True)
    ready = [paper for paper in taken.pieces if paper not in held]
    if not ready:
        raise refuse(
            Code.NOTHING_TO_PRINT,
            Place("、".join(kinds)),
            "没有可以打印的文书",
            "先 issue 印发，或加 --draft 打草稿",
        )
    prepared = _prepare(Chosen(taken.opened, taken.store, ready), by.name, copies, sides)
    if not as_json:
        _list(prepared, to)
    if not (yes or dry_run):
        _ask(ctx)
    jobs = [] if dry_run else _send(workspace_root(ctx), prepared, to, today(ctx), quiet=as_json)
    tell(as_json, lambda: _prepared_as_data(prepared, held, to, jobs), lambda: _show_next(dry_run=dry_run))


def _show_next(*, dry_run: bool) -> None:
    if dry_run:
        next_step(*typed_words(leaving_out="dry_run"), why="看过清单，打印")
    else:
        next_step("status", why="看还等着什么；送到单位以后，在「送达」里登记")


def _prepare(taken: Chosen, program: str, copies: int | None, sides: str | None) -> list[PreparedPaper]:
    """All that is to be printed. Raises Problems when one can't be converted: half a set helps nobody."""
    from liangqing.actions.print_papers import prepared

    done = convert(taken, program)
    if done.faults:
        raise Problems(done.faults)
    return prepared(taken.pieces, done.pdfs, copies, sides)


def _list(prepared: Sequence[PreparedPaper], to: Printer) -> None:
    rows = [
        (
            ready.piece.label,
            ready.piece.state,
            str(ready.sheets.pages),
            str(ready.copies),
            "双面" if ready.duplex else "单面",
            ready.sheets.paper,
            str(ready.paper),
        )
        for ready in prepared
    ]
    show_table(f"打印机：{to.name}", ("文书", "状态", "页", "份", "单双面", "纸", "张"), rows)
    total = sum(ready.paper for ready in prepared)
    click.echo(f"合计：{len(prepared)} 个文书，{sum(ready.copies for ready in prepared)} 份，用纸 {total} 张")
    if to.limits:
        click.echo(f"注意：{to.limits}")


def _ask(ctx: click.Context) -> None:
    if not sys.stdin.isatty():
        raise click.UsageError("这里没有人可以问，没有打印：看过清单后加 --yes", ctx)
    if not click.confirm("打印吗？", default=False):
        click.echo("没有打印")
        ctx.exit(DONE)


def _send(root: Path, prepared: Sequence[PreparedPaper], to: Printer, day: date, *, quiet: bool) -> list[str]:
    """Hand the papers over one by one and tell of each; the queue's names for them."""
    from liangqing.actions.print_papers import sent
    from liangqing.pdf import print_log

    jobs = []
    for ready, job in sent(root, prepared, to, day):
        jobs.append(job)
        if not quiet:
            click.echo(f"已送打：{ready.piece.label}　{ready.copies} 份" + (f"　任务 {job}" if job else ""))
    if not quiet:
        click.echo(f"已记入：{print_log.FILE}")
    return jobs


def _prepared_as_data(
    prepared: Sequence[PreparedPaper], held: Sequence[ChosenPaper], to: Printer, jobs: Sequence[str]
) -> dict[str, object]:
    """What the list tells, for a script; 任务 is what the queue calls it, and none where nothing was printed."""
    rows = [
        {
            **paper_as_data(ready.piece),
            "页数": ready.sheets.pages,
            "份数": ready.copies,
            "双面": ready.duplex,
            "纸": ready.sheets.paper,
            "张数": ready.paper,
            "任务": job or None,
        }
        for ready, job in zip(prepared, jobs or [""] * len(prepared), strict=True)
    ]
    return {
        "打印机": to.name,
        "打印": bool(jobs),
        "文书": rows,
        "不打": [paper_as_data(paper) for paper in held],
    }
