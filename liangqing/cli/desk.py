"""The command `desk`: the local page, opened in the browser of this machine."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse
from liangqing.cli.console import Sub, found_root, today

HOME = "两清两跟"  # below the person's documents: where a new workspace is made
DOCUMENTS = ("文档", "Documents")
MISSING = '装上以后再试：pip install "liangqing[desk]"；离线安装的文件夹里已经有，见使用手册「管理员」'


@click.command(cls=Sub)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, metavar="端口", help="固定用哪个端口，默认用空闲的"
)
@click.option("--no-open", is_flag=True, help="不打开浏览器，只显示地址")
@click.option("--sample", "sample", is_flag=True, help="随程序来的示例也可以写")
@click.pass_context
def desk(ctx: click.Context, port: int, no_open: bool, sample: bool) -> None:
    """在浏览器里办全部的事，只在本机，不上网。例：generate.py desk"""
    try:
        from liangqing.base.folders import user_state
        from liangqing.desk.answering.desk_settings import DeskSettings
        from liangqing.desk.answering.recent import remember
        from liangqing.desk.serving import serve, start
    except ModuleNotFoundError as missing:
        raise refuse(Code.DESK_NOT_INSTALLED, Place("desk"), f"还缺 {missing.name}", MISSING) from missing
    root, state = found_root(ctx), user_state()
    settings = DeskSettings(lambda: today(ctx), home_folder(), state / "recent.json", root, sample)
    if root is not None:
        remember(settings.recent, root)  # by which a desk that runs already learns of it
    begun = start(settings, port, state)
    click.echo(begun.address)
    if begun.listener is None:
        click.echo("已经开着一个，用它就行")
    else:
        click.echo("这个窗口开着，页面才能用；用完在这里按 Ctrl+C，或关掉窗口")
    if not no_open:
        webbrowser.open(begun.address)
    if begun.listener is not None:
        serve(settings, begun.listener, state)


def home_folder() -> Path:
    """Where a new workspace is made: in the person's documents where there are such."""
    home = Path.home()
    return next((home / name for name in DOCUMENTS if (home / name).is_dir()), home) / HOME
