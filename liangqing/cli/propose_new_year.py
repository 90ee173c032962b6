"""The commands that carry the work on: `propose` (by 选项.督办阶梯) and `new-year`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from liangqing.cli.console import (
    AS_JSON,
    SAMPLE,
    YEAR,
    Day,
    Name,
    Sub,
    next_step,
    own_root,
    show_table,
    tell,
    today,
)

if TYPE_CHECKING:
    from liangqing.actions.new_year import Carried
    from liangqing.year.open_workspace import OpenWorkspace
    from liangqing.year.state.escalation import Proposal


@click.command(cls=Sub)
@YEAR
@click.option("--unit", metavar="单位", type=Name(), help="只提议给这个单位的（编号、名称或简称）")
@click.option("--as-of", "as_of", type=Day(), help="按哪一天的情况提议，默认今天")
@click.option("--dry-run", "dry_run", is_flag=True, help="只列出，不写文件")
@click.option("--yes", is_flag=True, help="不再询问，直接写")
@SAMPLE
@AS_JSON
@click.pass_context
def propose(
    ctx: click.Context, /, year: int | None, unit: str | None, as_of: date | None, **how: Any
) -> None:
    """按督办阶梯提议该发的文书，问过以后写成拟办的「文书」。例：generate.py propose"""
    from liangqing.actions import propose as proposing
    from liangqing.base.diagnostics import Problems
    from liangqing.year.open_workspace import open_workspace, unit_called
    from liangqing.year.state import escalation

    writes = not how["dry_run"] and (how["yes"] or not how["as_json"])
    root = own_root(ctx, writes=writes, only_looks=not writes)
    opened = open_workspace(root, year, as_of, today(ctx), look_at_today=True)
    if opened.errors:
        raise Problems(opened.errors)
    found = escalation.proposals(opened.at)
    if unit is not None:
        code = unit_called(opened, unit).code
        found = [proposal for proposal in found if proposal.unit == code]
    if how["as_json"]:
        asked = how["yes"]
    else:
        _show_proposals(opened, found)
        asked = how["yes"] or (found and not how["dry_run"] and _ask())
    write = bool(found and asked and not how["dry_run"])
    names = proposing.write(opened, found, opened.at.day) if write else []
    tell(
        how["as_json"],
        lambda: {
            "文书": [proposal.record() for proposal in found],
            "写入": next(iter(names), None),
            "全部写入": names,
            "未印发": _drawn_up(opened),
            "待定稿": _to_be_kept(opened),
        },
        lambda: _show_written(opened, found, names),
    )


def _ask() -> bool:
    return click.confirm("写成拟办的文书吗？", default=False)


def _drawn_up(opened: OpenWorkspace) -> list[str]:
    """The papers of 督办阶梯 that wait to be issued, which are not proposed again, each with what it waits for."""
    from liangqing.papers.drafts import drafts

    return [
        f"{paper.at.year.year}年 {paper.kind} {paper.subject.code}，{paper.waits_for}"
        for paper in drafts(opened)
        if any(step.kind == paper.kind for step in paper.at.year.options.ladder)
    ]


def _to_be_kept(opened: OpenWorkspace) -> list[str]:
    """What was handed over and not kept, by kind, as `status` tells it."""
    from liangqing.outputs import waiting

    return [item.what for item in waiting.items(opened) if item.kind == waiting.TO_KEEP]


def _show_proposals(opened: OpenWorkspace, found: Sequence[Proposal]) -> None:
    from liangqing.year.state.owed import of_year

    for words in _drawn_up(opened):
        click.echo(f"已拟、未印发：{words}")
    for words in _to_be_kept(opened):
        click.echo(f"待定稿：{words}")
    if not found:
        click.echo("没有要提议的文书")
        return
    at = opened.at
    rows = [
        (
            proposal.kind,
            at.unit_called(proposal.unit).short_name,
            "、".join(proposal.findings),
            of_year(at.beside(proposal.year), at.year.year, proposal.subject),
            f"{proposal.new_limit or ''}{proposal.limit_note}",
        )
        for proposal in found
    ]
    title = f"{opened.at.year.year}年度　截至 {opened.at.day}　提议的文书"
    show_table(title, ("文种", "单位", "问题", "事由", "新时限"), rows)


def _show_written(opened: OpenWorkspace, found: Sequence[Proposal], names: Sequence[str]) -> None:
    if found and not names:
        click.echo("没有写文件")
    for name in names:
        click.echo(f"已写：{name}，共 {sum(f'/{proposal.year}/' in name for proposal in found)} 条")
    kinds = dict.fromkeys((proposal.kind, proposal.year) for proposal in found if names)
    for kind, year in kinds:
        earlier = ["--year", str(year), "--as-of", opened.at.day.isoformat()]
        own = year == opened.at.year.year
        next_step("build", kind, *([] if own else earlier), why="看过改好，不发的整条删掉，再生成")


@click.command("new-year", cls=Sub)
@click.argument("year", type=int, metavar="年度")
@click.option("--dry-run", "dry_run", is_flag=True, help="只说会怎样，不写文件")
@SAMPLE
@AS_JSON
@click.pass_context
def new_year(ctx: click.Context, year: int, dry_run: bool, as_json: bool) -> None:
    """开始下一年度：结转任务和单位，列出往期问题，已有的不覆盖。例：generate.py new-year 2022"""
    from liangqing.actions import new_year as carrying
    from liangqing.base.diagnostics import Problems
    from liangqing.year.open_workspace import open_workspace

    opened = open_workspace(
        own_root(ctx, writes=not dry_run, only_looks=dry_run), year - 1, None, today(ctx), look_at_today=True
    )
    if opened.errors:
        raise Problems(opened.errors)
    carried = carrying.carry(opened, year)
    if not dry_run:
        carrying.write(opened, carried)
    data = {"年度": year, "文件": list(carried.files), "写入": not dry_run, "说明": carried.note}
    tell(as_json, lambda: data, lambda: _show_carried(carried, year, dry_run=dry_run))


def _show_carried(carried: Carried, year: int, *, dry_run: bool) -> None:
    click.echo(carried.note)
    for name in carried.files:
        click.echo(f"{'会写' if dry_run else '已写'}：{name}")
    if dry_run:
        click.echo("没有写文件")
    else:
        next_step("check", "--year", str(year), why="核对日期以后")
