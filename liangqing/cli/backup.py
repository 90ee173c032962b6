"""`backup`, `restore` and `upgrade`: the workspace packed, put back, and brought to the format of this program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from liangqing.cli.console import (
    AS_JSON,
    DONE,
    SAMPLE,
    WRONG,
    Sub,
    as_data,
    next_step,
    own_root,
    show,
    tell,
    today,
    workspace_root,
)

if TYPE_CHECKING:
    from liangqing.actions.backing_up import Backup
    from liangqing.actions.restoring import Restored
    from liangqing.actions.upgrading import Upgraded


@click.command(cls=Sub)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="文件.zip",
    help="放到这个新文件；不写的放在工作目录旁边的“…-备份”文件夹里，文件名带日期",
)
@AS_JSON
@click.pass_context
def backup(ctx: click.Context, out: Path | None, as_json: bool) -> None:
    """备份：数据、模板、发文登记、存档、收回的原件做成一个带日期、带校验值的 .zip。例：generate.py backup"""
    from liangqing.actions.backing_up import back_up

    done = back_up(workspace_root(ctx), today(ctx), out)
    tell(as_json, lambda: _as_data(done), lambda: _show(done))
    ctx.exit(WRONG if done.wrong else DONE)


def _as_data(done: Backup) -> dict[str, object]:
    wrong = [as_data(problem) for problem in done.wrong]
    return {"备份": str(done.place), "文件数": done.files, "登记条数": done.lines, "问题": wrong}


def _show(done: Backup) -> None:
    click.echo(f"已备份：{done.place}　{done.files} 个文件，登记 {done.lines} 条")
    click.echo("    拷一份到别的盘、U 盘或共享盘上：和工作目录在同一个盘上的，盘坏了就都没了")
    if done.wrong:
        show(done.wrong)
        click.echo("登记或存档有损，照现在的样子备份了；这一份恢复不了，改好再备份一次")


@click.command(cls=Sub)
@click.argument("package", metavar="备份.zip", type=click.Path(path_type=Path))
@click.argument("folder", metavar="文件夹", type=click.Path(path_type=Path))
@click.option("--older", is_flag=True, help="工作目录在备份以后还发过文，也照退；恢复以后运行 recover 找回")
@AS_JSON
@click.pass_context
def restore(ctx: click.Context, package: Path, folder: Path, older: bool, as_json: bool) -> None:
    """恢复：先核对备份的每个文件、登记和存档，再放进写明的文件夹（新的，或原来的工作目录）。例：generate.py restore 备份.zip 我的工作"""
    from liangqing.actions.restoring import restore as put_back

    done = put_back(package, folder, today(ctx), older=older)
    tell(as_json, lambda: _restored_as_data(done, folder), lambda: _show_restored(done, folder))


def _restored_as_data(done: Restored, folder: Path) -> dict[str, object]:
    return {
        "恢复到": str(folder),
        "备份日期": done.day,
        "文件数": done.files,
        "登记条数": done.lines,
        "恢复前": None if done.before is None else str(done.before.place),
        "登记里少了": [line.words for line in done.lost],
    }


def _show_restored(done: Restored, folder: Path) -> None:
    click.echo(f"已恢复：{folder}　{done.day} 的备份，{done.files} 个文件，登记 {done.lines} 条，都核对过")
    if done.before is not None:
        click.echo(f"    恢复以前的样子在 {done.before.place}")
    if done.lost:
        click.echo(
            f"    备份以后发过的 {len(done.lost)} 条还不在登记里：在 {folder} 里运行 recover 找回，再 check"
        )


@click.command(cls=Sub)
@SAMPLE
@AS_JSON
@click.pass_context
def upgrade(ctx: click.Context, as_json: bool) -> None:
    """升级数据的格式：先备份一份，再一次写好；已经是现在格式的什么也不做。例：generate.py upgrade"""
    from liangqing.actions.upgrading import upgrade as bring_up

    done = bring_up(own_root(ctx), today(ctx))
    tell(as_json, lambda: _upgraded_as_data(done), lambda: _show_upgraded(done))


def _upgraded_as_data(done: Upgraded) -> dict[str, object]:
    return {"原来的格式": done.before, "备份": None if done.copy is None else str(done.copy.place)}


def _show_upgraded(done: Upgraded) -> None:
    if done.copy is None:
        click.echo(f"数据已经是现在的格式（{done.before}），不用升级")
        return
    click.echo(f"已升级：格式 {done.before} 的数据改成了现在的格式，内容没有变")
    click.echo(f"    升级以前的样子在 {done.copy.place}")
    next_step("check", why="看数据是不是都认得")
