"""The command `init`: a new workspace, empty, as the sample, from a workbook of ours, or from the list of others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from liangqing.base.shell_words import command_line, shell_in_use
from liangqing.cli.chosen_workspace import as_called
from liangqing.cli.console import AS_JSON, Sub, as_data, show, tell, today

if TYPE_CHECKING:
    from liangqing.actions.first_workbook import FirstWorkbook
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
@click.option(
    "--xlsx",
    "workbook",
    type=click.Path(path_type=Path),
    metavar="录入表.xlsx",
    help="用填好的录入表开始（空白的录入表，不写这一项时 init 会放一份）",
)
@AS_JSON
@click.pass_context
def init(
    ctx: click.Context,
    folder: Path,
    sample: bool,
    year: int | None,
    list_: Path | None,
    workbook: Path | None,
    as_json: bool,
) -> None:
    """新建一个工作目录，里面有空白的录入表和逐项说明的数据文件。例：generate.py init 我的工作"""
    from liangqing.actions import new_workspace

    if sum((sample, list_ is not None, workbook is not None)) > 1:
        raise click.UsageError("--sample、--from、--xlsx 只写一个", ctx)
    if workbook is not None:
        _from_workbook(ctx, folder, workbook, as_json)
        return
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


def _from_workbook(ctx: click.Context, folder: Path, workbook: Path, as_json: bool) -> None:
    from liangqing.actions import first_workbook

    first = first_workbook.from_workbook(folder, workbook, ctx.params["year"], today(ctx))

    def as_told() -> dict[str, object]:
        return {"目录": str(folder), "年度": first.year, **first_as_data(first)}

    def show_made() -> None:
        show_first(first)
        click.echo(f"已建好：{folder}")
        _tell_next(folder, "check")

    tell(as_json, as_told, show_made)


def first_as_data(first: FirstWorkbook) -> dict[str, object]:
    """What a first workbook brought, for a script."""
    return {"录入": dict(first.counts), "说明": [as_data(problem) for problem in first.told]}


def show_first(first: FirstWorkbook) -> None:
    """The same for a person."""
    show(list(first.told))
    click.echo("录入：" + "，".join(f"{name} {count} 条" for name, count in first.counts.items()))


def _show_made(folder: Path, to_fill: int | None, imported: ImportedList | None) -> None:
    """What was made, and what comes next; `to_fill` is the year in which a person has something to fill in."""
    from liangqing.actions.new_workspace import entry_workbook

    if imported is not None:
        show_imported(imported)
    click.echo(f"已建好：{folder}")
    if to_fill is None:
        _tell_next(folder, "build")
        return
    files = f"checklists/机构.yaml 和 checklists/{to_fill} 的清单、单位里写着「填」的几处"
    if imported is not None:
        click.echo(f"先填：{files}")
        _tell_next(folder, "check")
        return
    workbook = folder / entry_workbook(to_fill)
    click.echo(f"用 Excel、WPS 填的：打开 {workbook}，先填机构、单位、清单、任务四张表，存好关上")
    click.echo(f"直接写数据文件的：先填 {files}，再 check")
    _tell_next(folder, "collect", str(workbook), "--accept", why="录入表填好以后")


def _tell_next(folder: Path, *words: str, why: str = "") -> None:
    line = command_line([*as_called(), "-C", str(folder), *words], shell_in_use())
    click.echo(f"下一步{f'（{why}）' if why else ''}：{line}")


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
