"""The command line: the only place that prints, reads the clock or exits.

Heavy libraries are imported where a command needs them, so that the help comes at once.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from liangqing import __version__
from liangqing.base.chinese import half_width
from liangqing.base.command_names import OPTIONS
from liangqing.base.command_names import in_chinese as in_chinese_name
from liangqing.base.diagnostics import Problems, reason, remedy
from liangqing.base.locks import tell_waits_to
from liangqing.cli.archive import archive
from liangqing.cli.backup import backup, restore, upgrade
from liangqing.cli.build import build, paper_command
from liangqing.cli.check_status import check, status
from liangqing.cli.collect import collect
from liangqing.cli.completion import completion
from liangqing.cli.console import (
    DONE,
    USAGE,
    WRONG,
    CommandGroup,
    find_root,
    in_short,
    program_name,
    show,
    tally,
)
from liangqing.cli.deliver import deliver
from liangqing.cli.desk import desk
from liangqing.cli.figures import figures
from liangqing.cli.find import find
from liangqing.cli.format import check_format
from liangqing.cli.init import init
from liangqing.cli.issue import issue, verify, void
from liangqing.cli.library import library
from liangqing.cli.log import log_command
from liangqing.cli.mistyped import help_of, in_chinese, unknown_command
from liangqing.cli.pdf import pdf
from liangqing.cli.preview import preview
from liangqing.cli.print_papers import print_command
from liangqing.cli.propose_new_year import new_year, propose
from liangqing.cli.recover import recover
from liangqing.cli.surroundings import in_utf8, refuse_odd, said_no_more, settle_streams
from liangqing.cli.template import template
from liangqing.cli.typed import understood

if TYPE_CHECKING:
    from liangqing.papers.catalogue import Command

# The groups of the help, in the order of the work; the stages of the catalogue stand between the two.
BEFORE: dict[str, tuple[str, ...]] = {
    "开始": ("desk", "init", "new-year"),
    "检查和待办": ("check", "status", "propose", "figures", "find", "log", "library"),
    "生成": ("build", "preview"),
}
AFTER: dict[str, tuple[str, ...]] = {
    "印发和核对": ("issue", "deliver", "void", "verify", "recover", "archive"),
    "打印": ("print", "pdf"),
    "收回": ("collect",),
    "模板和格式": ("template", "format"),
    "备份和升级": ("backup", "restore", "upgrade"),
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
        word = half_width(cmd_name)
        for command in self._of_catalogue(ctx):
            if word.lower() == command.name:
                return paper_command(command)
            if word in command.kinds:
                return paper_command(replace(command, kinds=(word,)))
        return None

    def _chinese(self, ctx: click.Context, incomplete: str) -> Iterator[CompletionItem]:
        yield from super()._chinese(ctx, incomplete)
        if not incomplete.isascii():
            for command in self._of_catalogue(ctx):
                called = (kind for kind in command.kinds if kind.startswith(incomplete))
                yield from (CompletionItem(kind, help=command.help) for kind in called)

    def no_command(self, ctx: click.Context, word: str) -> click.UsageError:
        of_catalogue = self._of_catalogue(ctx)
        kinds = [kind for command in of_catalogue for kind in command.kinds]
        chinese = [in_chinese_name(name) for name in self.commands]
        return unknown_command(ctx, word, [*self.list_commands(ctx), *chinese, *kinds], self._annexes(ctx))

    def _annexes(self, ctx: click.Context) -> list[str]:
        """The kinds of paper that go out with another and have no command of their own."""
        from liangqing.papers import catalogue

        try:
            return catalogue.annexes(find_root(ctx))
        except Problems:
            return []

    def _of_catalogue(self, ctx: click.Context) -> list[Command]:
        from liangqing.papers import catalogue

        try:
            root = find_root(ctx)
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
            names = " ".join((command.name, *command.kinds))
            stages.setdefault(command.stage or "其他文种", []).append((names, command.help))
        return [*self._own(BEFORE), *stages.items(), *self._own(AFTER)]

    def _own(self, groups: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """The built-in commands of some groups, each with its line of help."""
        for group, names in groups.items():
            known = [name for name in names if name in self.commands]
            if known:
                yield group, [(self.both_names(name), in_short(self.commands[name])) for name in known]


@click.group(
    cls=Main,
    invoke_without_command=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["--help", OPTIONS["--help"]]},
)
@click.option(
    "-C",
    OPTIONS["-C"],
    "workspace",
    metavar="目录",
    envvar="LIANGQING_WORKSPACE",
    is_eager=True,
    help="工作目录（有 checklists 和 templates 的文件夹），写在哪里都行；不写的从当前目录向上找",
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
    figures,
    find,
    log_command,
    library,
    init,
    build,
    issue,
    deliver,
    void,
    verify,
    recover,
    archive,
    backup,
    restore,
    upgrade,
    preview,
    print_command,
    collect,
    pdf,
    propose,
    new_year,
    template,
    check_format,
    completion,
    desk,
):
    cli.add_command(command)


_LOOK = "检查文件夹是否存在、有没有权限、磁盘是否已满"
# Containers made before Python looks for garbage: a year is read into many that stay, and leaves hardly a circle.
_SELDOM = (50_000, 20, 20)


def main(args: Sequence[str] | None = None) -> int:
    """Run, and turn what a person did wrong into words and an exit code; a bug stays a traceback."""
    gc.set_threshold(*_SELDOM)
    tell_waits_to(lambda words: click.echo(words, err=True))
    if args is None:
        in_utf8()
    settle_streams()
    try:
        typed = sys.argv[1:] if args is None else args
        refuse_odd(typed)
        words = understood(typed, cli)
        code = cli.main(args=words, prog_name=program_name(), standalone_mode=False)
        sys.stdout.flush()
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
    except BrokenPipeError:  # whoever listened has heard enough
        said_no_more()
        return WRONG
    except OSError as problem:
        if problem.filename is None:
            said_no_more()  # it may be the answer itself that nobody can take
        name = f" {problem.filename}" if problem.filename else ""
        advice = remedy(problem) if isinstance(problem, PermissionError) else _LOOK
        click.echo(f"读写不了{name}（{reason(problem)}）：{advice}", err=True)
        return WRONG
    except (KeyboardInterrupt, click.Abort):
        click.echo("已中断", err=True)
        return 130
    return code if isinstance(code, int) else DONE
