"""`recover`: lost lines of the register and lost kept papers brought back, each proved by its hash."""

from __future__ import annotations

from collections.abc import Sequence
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
)

if TYPE_CHECKING:
    from liangqing.actions.recovering import Recovered


@click.command(cls=Sub)
@click.argument("files", nargs=-1, metavar="[文件或文件夹…]", type=click.Path(path_type=Path))
@click.option("--number-only", is_flag=True, help="登记原文找不到的，只登记文号：这个号不再给别的文书")
@click.option("--new-id", "new_id", is_flag=True, help="这一份是副本、从此分开用：给它自己的编号")
@SAMPLE
@AS_JSON
@click.pass_context
def recover(
    ctx: click.Context, files: tuple[Path, ...], number_only: bool, new_id: bool, as_json: bool
) -> None:
    """找回登记里丢了的行、丢了或改了的存档：从存档、output、发文见证和写明的地方找，逐条核对。例：generate.py recover 换下来的文件夹"""
    from liangqing.actions import recovering

    root = own_root(ctx)
    if new_id:
        if files or number_only:
            raise click.UsageError("--new-id 单独写", ctx)
        recovering.separate(root)
        tell(as_json, lambda: {"新编号": True}, _show_separate)
        return
    done = recovering.recover(root, files, today(ctx), number_only=number_only)
    tell(as_json, lambda: _as_data(done), lambda: _show(done))
    ctx.exit(WRONG if done.left else DONE)


def _show_separate() -> None:
    click.echo("这一份有了自己的编号：和原来那份各取各的号，以后不要再合到一起")
    next_step("status", why="看还等着什么")


def _as_data(done: Recovered) -> dict[str, object]:
    return {
        "找回的登记": done.lines,
        "补记的登记": done.anew,
        "找回的存档": done.files,
        "问题": [as_data(problem) for problem in done.left],
    }


def _show(done: Recovered) -> None:
    if done.nothing:
        click.echo("登记和存档都不缺，没有要找回的")
    _list("找回登记", done.lines)
    _list("补记登记（原来的次序接不上，另起一行）", done.anew)
    _list("找回存档", done.files)
    show(done.left)
    next_step("check", why="看登记和存档是不是都对上了")


def _list(what: str, names: Sequence[str]) -> None:
    for name in names:
        click.echo(f"{what}：{name}")
