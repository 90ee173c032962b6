"""The commands that only look: `check` (what is wrong) and `status` (what waits)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import click

from liangqing.base.diagnostics import Diagnostic, Problems, Severity
from liangqing.base.folders import DATA, OUTPUT
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
    show_table,
    tally,
    tell,
    today,
    workspace_root,
)
from liangqing.cli.status_of_person import show_person

if TYPE_CHECKING:
    from liangqing.outputs.waiting import WaitingItem
    from liangqing.year.open_workspace import OpenWorkspace

_WAITING = ("类别", "单位", "事项")


@click.command(cls=Sub)
@YEAR
@click.option("--as-of", "as_of", type=Day(), help="看哪一天的情况，默认今天")
@json_or_text
@click.option("--strict", is_flag=True, help="有还差的条件或有警告也算失败")
@click.pass_context
def check(ctx: click.Context, year: int | None, as_of: date | None, form: str, strict: bool) -> None:
    """检查数据、模板和发文登记，列出全部问题和位置。例：generate.py check --as-of 2021-10-31"""
    from liangqing.actions import build as building
    from liangqing.papers import fitness, rendering
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
        found += fitness.unfit_drafts(opened.at, known)
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
@click.option("--person", metavar="姓名", type=Name(), help="只看这个责任人名下的：问题、项目、要回的函")
@click.option("--as-of", "as_of", type=Day(), help="看哪一天的情况，默认今天")
@json_or_text
@click.pass_context
def status(
    ctx: click.Context, year: int | None, unit: str | None, person: str | None, as_of: date | None, form: str
) -> None:
    """看眼下的情况：逾期、临期、未签、未报、未回复、未印发、印发后改过。例：generate.py status --unit 局党组"""
    from liangqing.actions.backing_up import reminder
    from liangqing.outputs import waiting
    from liangqing.year.open_workspace import settled_workspace

    opened = settled_workspace(workspace_root(ctx), year, as_of, today(ctx), look_at_today=True)
    if opened.errors:
        raise Problems(opened.errors)
    name, further = (None, []) if unit is None else _looked_at(opened, unit)
    if person is not None:
        show_person(opened, person, name, as_json=form == "json")
        return
    found, aside = waiting.look(opened)
    if name is not None:
        found, aside = [replace(item, units=(name,)) for item in found if name in item.units], {}
    uninspected = waiting.not_inspected(opened.at, name)
    further += [f"另：{uninspected}"] if uninspected else []
    further += [
        f"另：印发以后 {words}。已发的 {count} 份意思没有变，不用更正" for words, count in aside.items()
    ]
    remind = reminder(opened)
    further += [f"另：{remind}（backup）"] if remind else []
    tell(
        form == "json",
        lambda: [as_row(item) for item in found],
        lambda: _show_waiting(opened, found, further),
    )


def _looked_at(opened: OpenWorkspace, word: str) -> tuple[str, list[str]]:
    """The 简称 of the unit of which a person asks, 已撤销单位 too; and of one that is gone, with whom its matters stand.

    Raises Problems as `unit_called`.
    """
    from liangqing.year.open_workspace import unit_called
    from liangqing.year.state.succession import NOBODY

    if word == NOBODY.short_name:
        return word, []
    unit = unit_called(opened, word)
    now = opened.at.stands_for(unit) or NOBODY
    if now.code == unit.code:
        return unit.short_name, []
    return unit.short_name, [
        f"另：{unit.short_name}已撤销，没有办完的列在{now.short_name}名下，看它用 --unit {now.short_name}"
    ]


def as_row(item: WaitingItem) -> dict[str, object]:
    """Something that waits, for a script; 下一步 is what is typed after the program's name, None where nothing is."""
    row = dict(zip(_WAITING, (item.kind, "、".join(item.units), item.what), strict=True))
    return {**row, "年度": item.year, "下一步": item.command or None}


def _show_waiting(opened: OpenWorkspace, found: Sequence[WaitingItem], further: Sequence[str]) -> None:
    """What waits as a table; then, a line each, what need not be done but is to be known.

    These are the units that were not inspected for long, and what the office changed of itself since papers went out.
    """
    at = opened.at
    rows = [(item.kind, item.unit, item.what) for item in found]
    show_table(f"{at.year.year}年度　截至 {at.day}", _WAITING, rows)
    if found:
        _show_counts(opened, found)
    else:
        click.echo("没有待办")
    for words in further:
        click.echo(words)


def _show_counts(opened: OpenWorkspace, found: Sequence[WaitingItem]) -> None:
    """How much waits, of each kind, and what to do next."""
    from liangqing.outputs import waiting

    click.echo("合计：" + "，".join(f"{kind} {count}" for kind, count in waiting.tally(found).items()))
    earlier = sorted({item.year for item in found if item.year < opened.at.year.year})
    if earlier:
        folders = "、".join(f"{DATA}/{year}" for year in earlier)
        click.echo(f"标了年度的是以前年度的，接着写在原来的文件夹里：{folders}")
    for command in dict.fromkeys(
        item.command for item in found if item.kind in ("未印发", waiting.TO_KEEP) and item.command
    ):
        next_step(*command.split())
    next_step("propose", why="看按督办阶梯该发什么文书")
