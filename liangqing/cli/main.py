"""The command line: the only place that prints, reads the clock or exits.

Heavy libraries are imported where a command needs them, so that the help comes at once.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from liangqing import __version__
from liangqing.base.diagnostics import Problems, reason
from liangqing.cli.build import build, paper_command
from liangqing.cli.check_status import check, status
from liangqing.cli.collect import collect
from liangqing.cli.completion import completion
from liangqing.cli.console import (
    DONE,
    USAGE,
    WRONG,
    CommandGroup,
    help_of,
    in_chinese,
    in_short,
    program_name,
    show,
    tally,
    workspace_root,
)
from liangqing.cli.find import find
from liangqing.cli.format import check_format
from liangqing.cli.init import init
from liangqing.cli.issue import issue, verify, void
from liangqing.cli.library import library
from liangqing.cli.log import log_command
from liangqing.cli.pdf import pdf
from liangqing.cli.preview import preview
from liangqing.cli.print_papers import print_command
from liangqing.cli.propose_new_year import new_year, propose
from liangqing.cli.template import template

if TYPE_CHECKING:
    from liangqing.papers.catalogue import Command

# The groups of the help, in the order of the work; the stages of the catalogue stand between the two.
BEFORE: dict[str, tuple[str, ...]] = {
    "开始": ("init", "new-year"),
    "检查和待办": ("check", "status", "propose", "find", "log", "library"),
    "生成": ("build", "preview"),
}
AFTER: dict[str, tuple[str, ...]] = {
    "印发和核对": ("issue", "void", "verify"),
    "打印": ("print", "pdf"),
    "收回": ("collect",),
    "模板和格式": ("template", "format"),
    "其他": ("completion",),
}


def today() -> date:
    """The one look at the clock."""
    return date.today()


class Main(CommandGroup):
    """The top: the built-in commands, and those of the catalogue of the workspace."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*self.commands, *(command.name for command in self._of_catalogue(ctx))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        own = super().get_command(ctx, cmd_name)
        if own is not None:
            return own
        found = next((command for command in self._of_catalogue(ctx) if command.name == cmd_name), None)
        return paper_command(found) if found else None

    def _of_catalogue(self, ctx: click.Context) -> list[Command]:
        from liangqing.papers import catalogue

        try:
            root = workspace_root(ctx)
        except Problems:
            return []
        taken = set(self.commands)
        return [command for command in catalogue.commands(root) if command.name not in taken]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for stage, rows in self.groups(ctx):
            with formatter.section(stage):
                formatter.write_dl(rows)

    def groups(self, ctx: click.Context) -> list[tuple[str, list[tuple[str, str]]]]:
        """The groups of the help in the order of the work, each with its commands and what they do."""
        stages: dict[str, list[tuple[str, str]]] = {}
        for command in self._of_catalogue(ctx):
            stages.setdefault(command.stage or "其他文种", []).append((command.name, command.help))
        return [*self._own(BEFORE), *stages.items(), *self._own(AFTER)]

    def _own(self, groups: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """The built-in commands of some groups, each with its line of help."""
        for group, names in groups.items():
            known = [name for name in names if name in self.commands]
            if known:
                yield group, [(name, in_short(self.commands[name])) for name in known]


@click.group(cls=Main, invoke_without_command=False, no_args_is_help=True)
@click.option(
    "-C",
    "workspace",
    metavar="目录",
    envvar="LIANGQING_WORKSPACE",
    is_eager=True,
    help="工作目录（有 checklists 和 templates 的文件夹），默认从当前目录向上找",
)
@click.version_option(__version__, "--version", message="%(version)s", help="显示版本")
@click.pass_context
def cli(ctx: click.Context, workspace: str | None) -> None:
    """两清两跟：一套 YAML 写一次，生成全年的清单、函、报告、表和总结。

    常用：generate.py build 生成全部；generate.py check 检查数据；generate.py issue 整改函 ZG1 --date 2021-04-20 取号印发。
    """
    ctx.obj = today


for command in (
    check,
    status,
    find,
    log_command,
    library,
    init,
    build,
    issue,
    void,
    verify,
    preview,
    print_command,
    collect,
    pdf,
    propose,
    new_year,
    template,
    check_format,
    completion,
):
    cli.add_command(command)


# Containers made before Python looks for garbage: a year is read into many that stay, and leaves hardly a circle.
_SELDOM = (50_000, 20, 20)


def main(args: Sequence[str] | None = None) -> int:
    """Run, and turn what a person did wrong into words and an exit code; a bug stays a traceback."""
    gc.set_threshold(*_SELDOM)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        code = cli.main(args=args, prog_name=program_name(), standalone_mode=False)
    except Problems as problems:
        show(problems.diagnostics)
        click.echo(tally(problems.diagnostics), err=True)
        return WRONG
    except click.exceptions.NoArgsIsHelpError as asked:
        click.echo(asked.format_message())
        return USAGE
    except click.ClickException as mistake:
        click.echo(f"用法不对：{in_chinese(mistake)}", err=True)
        click.echo(f"看帮助：{help_of(mistake)}", err=True)
        return USAGE
    except OSError as problem:
        name = f" {problem.filename}" if problem.filename else ""
        click.echo(
            f"读写不了{name}（{reason(problem)}）：检查文件夹是否存在、有没有权限、磁盘是否已满", err=True
        )
        return WRONG
    except (KeyboardInterrupt, click.Abort):
        click.echo("已中断", err=True)
        return 130
    return code if isinstance(code, int) else DONE
