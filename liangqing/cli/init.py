"""The command `init`: a new workspace, empty, as the sample, or from an Excel list."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from liangqing.base.shell_words import command_line, shell_in_use
from liangqing.cli.chosen_workspace import as_called
from liangqing.cli.console import AS_JSON, Sub, tell, today

if TYPE_CHECKING:
    from liangqing.changes.foreign_list import ImportedList


@click.command(cls=Sub)
@click.argument("folder", type=click.Path(path_type=Path), metavar="目录")
@click.option("--sample", is_flag=True, help="放进示例数据和示例的发文登记，用来熟悉")
@click.option("--year", type=int, metavar="年度", help="从哪一年做起，默认今年")
@click.option(
    "--from",
    "list_",
    type=click.Path(path_type=Path),
    metavar="台账.xlsx",
    help="把原来的 Excel 问题台账带进来",
)
@AS_JSON
@click.pass_context
def init(
    ctx: click.Context, folder: Path, sample: bool, year: int | None, list_: Path | None, as_json: bool
) -> None:
    """新建一个工作目录，里面有逐项说明的空白数据。例：generate.py init 我的工作"""
    from liangqing.actions import new_workspace

    if sample and list_ is not None:
        raise click.UsageError("--sample 和 --from 只写一个", ctx)
    if sample and year is not None:
        raise click.UsageError("--sample 的年度是固定的，不能再写 --year", ctx)
    chosen = today(ctx).year if year is None else year
    imported = None
    if sample:
        new_workspace.sample(folder)
    elif list_ is not None:
        imported = new_workspace.from_list(folder, list_, chosen)
    else:
        new_workspace.skeleton(folder, chosen)
    filled = None if sample else chosen
    data = {"目录": str(folder), "年度": filled}
    tell(
        as_json,
        lambda: data if imported is None else {**data, **imported_as_data(imported)},
        lambda: _show_made(folder, filled, imported),
    )


def _show_made(folder: Path, to_fill: int | None, imported: ImportedList | None) -> None:
    """What was made, and what comes next; `to_fill` is the year in which a person has something to fill in."""
    if imported is not None:
        show_imported(imported)
    click.echo(f"已建好：{folder}")
    if to_fill is not None:
        click.echo(f"先填：checklists/机构.yaml 和 checklists/{to_fill} 的清单、单位里写着「填」的几处")
    words = [*as_called(), "-C", str(folder), "build" if to_fill is None else "check"]
    click.echo(f"下一步：{command_line(words, shell_in_use())}")


def imported_as_data(imported: ImportedList) -> dict[str, object]:
    """The same as `show_imported`, and every cell, for a script."""
    cells = [{"位置": str(cell.place), "列": cell.head, "内容": cell.text} for cell in imported.unplaced]
    return {
        "各表": imported.placed,
        "带入": imported.counts,
        "没有放进记录": cells,
        "要补": imported.to_fill,
    }


def show_imported(imported: ImportedList) -> None:
    """What of a list was placed where, and what was not."""
    from liangqing.actions.new_workspace import NOTE

    for line in imported.placed:
        click.echo(line)
    click.echo("带入：" + "，".join(f"{name} {count} 条" for name, count in imported.counts.items()))
    shown = 20
    for cell in imported.unplaced[:shown]:
        words = cell.text.replace("\n", "　")
        click.echo(f"没有放进记录：{cell.place}「{cell.head}」{words[:30]}{'…' if len(words) > 30 else ''}")
    if imported.unplaced:
        click.echo(f"没有放进记录的共 {len(imported.unplaced)} 格，全文在“{NOTE}”里")
    if imported.to_fill:
        click.echo(f"带入的记录里写着「填」的有 {imported.to_fill} 处，要补上")
