"""The command `init`: a new workspace, empty, as the sample, from a workbook of ours, or from the list of others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from liangqing.base.shell_words import command_line, shell_in_use
from liangqing.cli.chosen_workspace import as_called
from liangqing.cli.console import AS_JSON, Sub, as_data, show, tell, today

if TYPE_CHECKING:
    from liangqing.actions.first_workbook import FirstWorkbook
    from liangqing.actions.new_workspace import ListsIn
    from liangqing.changes.foreign_list.plans import SheetPlan
    from liangqing.changes.foreign_list.sheets import ListCell

SHOWN = 20  # cells that went nowhere, told one by one


@click.command(cls=Sub)
@click.argument("folder", type=click.Path(path_type=Path), metavar="目录")
@click.argument("more", nargs=-1, type=click.Path(path_type=Path), metavar="[台账…]")
@click.option("--sample", is_flag=True, help="放进示例数据和示例的发文登记，用来熟悉")
@click.option("--year", type=int, metavar="年度", help="从哪一年做起，默认今年")
@click.option(
    "--from",
    "lists",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="台账.xlsx",
    help="把原来的台账（.xlsx、.xls、.et、.ods、.csv，可以几个）带进来；先写一份带入对照，不建目录",
)
@click.option(
    "--accept", "--yes", "accept", is_flag=True, help="照带入对照带进来，建好目录；只和 --from 一起用"
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
    more: tuple[Path, ...],
    sample: bool,
    year: int | None,
    lists: tuple[Path, ...],
    accept: bool,
    workbook: Path | None,
    as_json: bool,
) -> None:
    """新建一个工作目录，里面有空白的录入表和逐项说明的数据文件。例：generate.py init 我的工作"""
    from liangqing.actions import new_workspace

    _refuse_mixed(ctx, sample=sample, year=year, lists=lists, more=more, accept=accept, workbook=workbook)
    if workbook is not None:
        _from_workbook(ctx, folder, workbook, as_json)
        return
    chosen = today(ctx).year if year is None else year
    if lists:
        every = (*lists, *more)
        came_in = new_workspace.from_lists(folder, every, chosen, today(ctx), accept=accept)
        tell(
            as_json, lambda: lists_as_data(folder, came_in), lambda: _show_lists(folder, every, year, came_in)
        )
        ctx.exit(1 if came_in.imported.stopping else 0)
    if sample:
        new_workspace.sample(folder)
    else:
        new_workspace.skeleton(folder, chosen)
    filled = None if sample else chosen
    tell(as_json, lambda: {"目录": str(folder), "年度": filled}, lambda: _show_made(folder, filled))


def _refuse_mixed(
    ctx: click.Context,
    *,
    sample: bool,
    year: int | None,
    lists: tuple[Path, ...],
    more: tuple[Path, ...],
    accept: bool,
    workbook: Path | None,
) -> None:
    """Options that do not go together."""
    for wrong, message in (
        (sum((sample, bool(lists), workbook is not None)) > 1, "--sample、--from、--xlsx 只写一个"),
        (sample and year is not None, "--sample 的年度是固定的，不能再写 --year"),
        (more and not lists, f"多写了「{' '.join(map(str, more))}」；要带入台账的，前面写 --from"),
        (accept and not lists, "--accept 只和 --from 一起用"),
    ):
        if wrong:
            raise click.UsageError(message, ctx)


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


def _show_made(folder: Path, to_fill: int | None) -> None:
    """What was made, and what comes next; `to_fill` is the year in which a person has something to fill in."""
    from liangqing.actions.new_workspace import entry_workbook

    click.echo(f"已建好：{folder}")
    if to_fill is None:
        _tell_next(folder, "build")
        return
    files = f"checklists/机构.yaml 和 checklists/{to_fill} 的清单、单位里写着「填」的几处"
    workbook = folder / entry_workbook(to_fill)
    click.echo(f"用 Excel、WPS 填的：打开 {workbook}，先填机构、单位、清单、任务四张表，存好关上")
    click.echo(f"直接写数据文件的：先填 {files}，再 check")
    _tell_next(folder, "collect", str(workbook), "--accept", why="录入表填好以后")


def _tell_next(folder: Path, *words: str, why: str = "") -> None:
    line = command_line([*as_called(), "-C", str(folder), *words], shell_in_use())
    click.echo(f"下一步{f'（{why}）' if why else ''}：{line}")


def lists_as_data(folder: Path, came_in: ListsIn) -> dict[str, object]:
    """The same as `_show_lists`, and every cell, for a script."""
    imported = came_in.imported
    cells = [{"位置": str(cell.place), "列": cell.head, "内容": cell.text} for cell in imported.unplaced]
    return {
        "目录": str(folder) if came_in.blanks is not None else None,
        "年度": imported.year,
        "对照": str(came_in.mapping),
        "各表": imported.placed,
        "带入": imported.counts,
        "没有放进记录": cells,
        "不是记录的行": [
            {"位置": str(place), "是": kind, "内容": words} for kind, words, place in imported.rows
        ],
        "要补": imported.to_fill,
        "要核对": imported.to_look_at,
        "提醒": imported.told,
        "有误": [as_data(problem) for problem in (*imported.stopping, *came_in.wrong)],
    }


def _show_lists(folder: Path, lists: tuple[Path, ...], year: int | None, came_in: ListsIn) -> None:
    """How lists come in, or came in, and what is to be done next."""
    from liangqing.actions.new_workspace import NOTE, ORIGINAL

    imported, made = came_in.imported, came_in.blanks is not None
    for plan in imported.plans:
        _show_plan(plan)
    counted = "，".join(f"{name} {count} 条" for name, count in imported.counts.items())
    click.echo(f"\n{'带入' if made else '照这样会带入'}：{counted}")
    for line in imported.told:
        click.echo(f"提醒：{line}")
    _show_unplaced(imported.unplaced, len(imported.rows), made=made)
    if imported.to_look_at:
        click.echo(f"原表没有写全、要核对的有 {len(imported.to_look_at)} 处，记录里写着「核对」")
    shell = shell_in_use()
    show(imported.stopping)
    if not made:
        words = [
            *as_called(),
            "init",
            str(folder),
            *(word for path in lists for word in ("--from", str(path))),
        ]
        words += [*([] if year is None else ["--year", str(year)]), "--accept"]
        click.echo(f"\n还没有建目录。对照写在：{came_in.mapping}")
        click.echo("打开看一遍，不对的在蓝色的列里改，保存、关掉")
        click.echo(f"下一步：{command_line(words, shell)}")
        return
    _show_wrong(came_in)
    click.echo(f"\n已建好：{folder}；说明在“{NOTE}”里，原表和对照在“{ORIGINAL}”里")
    click.echo(f"先补：写着「填」的 {came_in.blanks} 处（机构、清单，和带入的 {imported.to_fill} 处）")
    click.echo(f"下一步：{command_line([*as_called(), '-C', str(folder), 'check'], shell)}")


def _show_plan(plan: SheetPlan) -> None:
    """A sheet: what it is taken as, and each column with its key, an example and why."""
    from liangqing.changes.foreign_list.names import NOWHERE, Vocabulary

    where = f"{plan.file} {plan.sheet}"
    if plan.section == NOWHERE:
        click.echo(f"\n{where}：不带入（{plan.why or '对照里写明'}）")
        return
    click.echo(f"\n{where}：作为「{plan.section}」{f'，{plan.year} 年' if plan.year else ''}")
    for column in plan.columns:
        example = f"，如「{column.example}」" if column.example else ""
        click.echo(f"  {column.letter}列「{column.head}」→ {column.key}{example}（{column.why}）")
    free = [key for key in Vocabulary().keys(plan.section) if key not in plan.taken]
    if free:
        click.echo(f"  还没有列的：{'、'.join(free)}")


def _show_unplaced(cells: Sequence[ListCell], rows: int, *, made: bool) -> None:
    from liangqing.actions.new_workspace import NOTE

    for cell in cells[:SHOWN]:
        words = str(cell)
        click.echo(f"没有放进记录：{words[:60]}{'…' if len(words) > 60 else ''}")
    where = f"，全文在“{NOTE}”里" if made else ""
    if cells:
        click.echo(f"没有放进记录的共 {len(cells)} 格{where}")
    if rows:
        click.echo(f"标题、表头、分段、小计、签字这样不是记录的有 {rows} 行{where}")


def _show_wrong(came_in: ListsIn) -> None:
    if came_in.wrong:
        click.echo(f"\n照原表带入，但有 {len(came_in.wrong)} 处不合规矩：")
        show(came_in.wrong)
