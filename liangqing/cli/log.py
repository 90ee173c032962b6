"""`log`: who changed a record when, as far as anything noted it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from liangqing.cli.console import AS_JSON, Sub, next_step, tell, today, workspace_root

if TYPE_CHECKING:
    from liangqing.changes.history import History


@click.command("log", cls=Sub)
@click.argument("name", metavar="编号")
@AS_JSON
@click.pass_context
def log_command(ctx: click.Context, name: str, as_json: bool) -> None:
    """沿革：一条记录谁在哪天改过、写进过哪些文书；没有记下来的照实说。例：generate.py log W2021-06"""
    from liangqing.changes import change_log
    from liangqing.changes.history import history
    from liangqing.year.open_workspace import open_workspace

    if not name.strip():
        raise click.UsageError("缺 编号", ctx)
    root = workspace_root(ctx, only_looks=True)
    found = history(open_workspace(root, None, None, today(ctx), look_at_today=True), name)
    tell(as_json, lambda: _as_data(found), lambda: _show(found))
    if found.spoilt:
        click.echo(f"{change_log.FILE} 有 {found.spoilt} 行读不出来，没有列：从备份恢复这个文件", err=True)


def _show(found: History) -> None:
    for record in found.records:
        click.echo(f"{record.kind} {record.code}（{record.source.place(*record.path)}）")
    if not found.records:
        click.echo("现在的数据里没有这条记录，下面是以前留下的")
    for event in found.events:
        click.echo(f"{event.day or '日期没有记下'}　{event.kind}　{event.what}（{event.where}）")
    if found.unexplained:
        click.echo("手工改的，程序没有记下谁在哪天改：")
        for words in found.unexplained:
            click.echo(f"    {words}")
    finding = next((record.code for record in found.records if record.kind == "问题"), None)
    if finding:
        next_step("story", finding, why="出这个问题的一问一档")


def _as_data(found: History) -> dict[str, object]:
    """The same for a script."""
    return {
        "记录": [
            {"分区": record.kind, "编号": record.code, "位置": str(record.source.place(*record.path))}
            for record in found.records
        ],
        "经过": [
            {"日期": event.day, "事项": event.kind, "内容": event.what, "出处": event.where}
            for event in found.events
        ],
        "没有记下": found.unexplained,
    }
