"""The commands about papers that go out: `issue` and `void`."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from liangqing.completion_cli import complete_kinds, complete_subjects
from liangqing.console import AS_JSON, YEAR, Day, Sub, as_json_text, program_name, today, workspace_root


@click.command(cls=Sub)
@click.argument("kind", metavar="文种", shell_complete=complete_kinds)
@click.argument("subject", metavar="对象", shell_complete=complete_subjects)
@click.option("--date", "day", type=Day(), required=True, help="成文日期")
@click.option("--signer", default="", metavar="姓名", help="签发人")
@click.option("--confirm-date", is_flag=True, help="成文日期晚于今天，或与前后的号不衔接，核对过仍照发")
@YEAR
@AS_JSON
@click.pass_context
def issue(ctx: click.Context, /, as_json: bool, **asked: Any) -> None:
    """印发：取号、登记、存档，此后不再改。例：generate.py issue 整改函 ZG1 --date 2021-04-20"""
    from liangqing import lifecycle

    order = lifecycle.Order(**asked)
    line = lifecycle.issue(workspace_root(ctx), order, today(ctx))
    if as_json:
        click.echo(as_json_text(line.record()))
        return
    click.echo(f"已印发：{line.number or line.name}　{line.title}")
    click.echo(f"存档：checklists/{line.file}")
    click.echo(f"下一步：{program_name()} build {line.kind}")


@click.command(cls=Sub)
@click.argument("number", metavar="文号")
@click.option("--why", "why", required=True, metavar="理由", help="为什么作废")
@click.option("--date", "day", type=Day(), help="作废日期，默认今天")
@AS_JSON
@click.pass_context
def void(ctx: click.Context, number: str, why: str, day: date | None, as_json: bool) -> None:
    """作废一个文号（不重用，留痕）。例：generate.py void 市纪驻环整〔2021〕1号 --why 发错单位"""
    from liangqing import lifecycle

    if not why.strip():
        raise click.UsageError("--why 不能为空", ctx)
    brackets = str.maketrans("[【(（]】)）", "〔〔〔〔〕〕〕〕")
    entry = lifecycle.void(workspace_root(ctx), number.translate(brackets), why, day or today(ctx))
    if as_json:
        click.echo(as_json_text(entry.record()))
        return
    click.echo(f"已作废：{entry.target}（{entry.day}）")
    click.echo(f"下一步：{program_name()} build，草稿会重新生成")
