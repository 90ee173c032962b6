"""The command line: the only place that prints, reads the clock or exits.

Heavy libraries are imported where a command needs them, so that the help comes at once.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from liangqing import __version__
from liangqing.base.diagnostics import Diagnostic, Problems, Severity, reason
from liangqing.cli.build import build, paper_command
from liangqing.cli.collect import collect
from liangqing.cli.completion import completion
from liangqing.cli.console import (
    AS_JSON,
    DONE,
    USAGE,
    WRONG,
    YEAR,
    CommandGroup,
    Day,
    Sub,
    as_data,
    as_json_text,
    help_of,
    in_chinese,
    in_short,
    json_or_text,
    next_step,
    program_name,
    show,
    show_table,
    tally,
    workspace_root,
)
from liangqing.cli.format import check_format
from liangqing.cli.issue import issue, verify, void
from liangqing.cli.pdf import pdf
from liangqing.cli.preview_print import preview, print_command
from liangqing.cli.propose_new_year import new_year, propose
from liangqing.cli.template import template

if TYPE_CHECKING:
    from liangqing.changes.foreign_list import Adopted
    from liangqing.papers.catalogue import Command

# The groups of the help, in the order of the work; the stages of the catalogue stand between the two.
BEFORE: dict[str, tuple[str, ...]] = {
    "开始": ("init", "new-year"),
    "检查和待办": ("check", "status", "propose"),
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


@cli.command(cls=Sub)
@YEAR
@click.option("--as-of", "as_of", type=Day(), help="看哪一天的情况，默认今天")
@json_or_text
@click.option("--strict", is_flag=True, help="有门槛未过或有警告也算失败")
@click.pass_context
def check(ctx: click.Context, year: int | None, as_of: date | None, form: str, strict: bool) -> None:
    """检查数据、模板和发文登记，列出全部问题和位置。例：generate.py check --as-of 2021-10-31"""
    from liangqing.actions import build as pipeline
    from liangqing.papers import rendering
    from liangqing.papers.drift import since_signed
    from liangqing.year.open_workspace import in_order, settled_workspace

    root = workspace_root(ctx)
    found: list[Diagnostic] = []
    try:
        opened = settled_workspace(root, year, as_of, today(), look_at_today=True)
        found += opened.found
        found += since_signed(opened)
        known = rendering.load_catalogue(root)
        found += pipeline.unknown_kinds(opened, known)
        rendering.compile_entries(opened, known, known.entries)
    except Problems as problems:
        found += problems.diagnostics
    found = in_order(found)
    if form == "json":
        click.echo(as_json_text([as_data(problem) for problem in found]))
    else:
        show(found)
        click.echo(tally(found))
        if not any(problem.severity is Severity.ERROR for problem in found):
            next_step("build")
    wrong = any(strict or problem.severity is Severity.ERROR for problem in found)
    ctx.exit(WRONG if wrong else DONE)


@cli.command(cls=Sub)
@YEAR
@click.option("--unit", metavar="单位", help="只看这个单位的（编号、名称或简称）")
@click.option("--as-of", "as_of", type=Day(), help="看哪一天的情况，默认今天")
@json_or_text
@click.pass_context
def status(ctx: click.Context, year: int | None, unit: str | None, as_of: date | None, form: str) -> None:
    """看眼下的情况：逾期、临期、未签、未报、未回复、未印发、已漂移。例：generate.py status --unit 局党组"""
    from liangqing.outputs import waiting as standing
    from liangqing.year.open_workspace import settled_workspace, unit_called

    opened = settled_workspace(workspace_root(ctx), year, as_of, today(), look_at_today=True)
    if opened.errors:
        raise Problems(opened.errors)
    found = standing.items(opened)
    if unit is not None:
        name = unit_called(opened, unit).short_name
        found = [item for item in found if item.unit == name]
    if form == "json":
        rows = [{"类别": item.kind, "单位": item.unit, "事项": item.what} for item in found]
        click.echo(as_json_text(rows))
        return
    show_table(
        f"{opened.at.year.year}年度　截至 {opened.at.day}",
        ("类别", "单位", "事项"),
        [(item.kind, item.unit, item.what) for item in found],
    )
    counts = standing.tally(found)
    click.echo(
        "合计：" + "，".join(f"{kind} {count}" for kind, count in counts.items()) if counts else "没有待办"
    )
    if counts:
        next_step("propose，看按督办阶梯该发什么文书")


@cli.command(cls=Sub)
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
    chosen = today().year if year is None else year
    adopted = None
    if sample:
        new_workspace.sample(folder)
    elif list_ is not None:
        adopted = new_workspace.from_list(folder, list_, chosen)
    else:
        new_workspace.skeleton(folder, chosen)
    if as_json:
        data = {"目录": str(folder), "年度": None if sample else chosen}
        click.echo(as_json_text(data if adopted is None else {**data, **adopted_as_data(adopted)}))
        return
    if adopted is not None:
        show_adopted(adopted)
    click.echo(f"已建好：{folder}")
    if not sample:
        click.echo(f"先填：checklists/机构.yaml 和 checklists/{chosen} 的清单、单位里写着「填」的几处")
    word = f'"{folder}"' if " " in str(folder) else folder
    next_step(f"-C {word} {'build' if sample else 'check'}")


def adopted_as_data(adopted: Adopted) -> dict[str, object]:
    """The same as `show_adopted`, and every cell, for a script."""
    cells = [{"位置": str(cell.place), "列": cell.head, "内容": cell.text} for cell in adopted.unplaced]
    return {
        "各表": adopted.placed,
        "带入": adopted.counts,
        "没有放进记录": cells,
        "要补": adopted.to_fill,
    }


def show_adopted(adopted: Adopted) -> None:
    """What of a list was placed where, and what was not."""
    from liangqing.actions.new_workspace import NOTE

    for line in adopted.placed:
        click.echo(line)
    click.echo("带入：" + "，".join(f"{name} {count} 条" for name, count in adopted.counts.items()))
    shown = 20
    for cell in adopted.unplaced[:shown]:
        words = cell.text.replace("\n", "　")
        click.echo(f"没有放进记录：{cell.place}「{cell.head}」{words[:30]}{'…' if len(words) > 30 else ''}")
    if adopted.unplaced:
        click.echo(f"没有放进记录的共 {len(adopted.unplaced)} 格，全文在“{NOTE}”里")
    if adopted.to_fill:
        click.echo(f"带入的记录里写着「填」的有 {adopted.to_fill} 处，要补上")


cli.add_command(build)
cli.add_command(issue)
cli.add_command(void)
cli.add_command(verify)
cli.add_command(preview)
cli.add_command(print_command)
cli.add_command(collect)
cli.add_command(pdf)
cli.add_command(propose)
cli.add_command(new_year)
cli.add_command(template)
cli.add_command(check_format)
cli.add_command(completion)


def main(args: Sequence[str] | None = None) -> int:
    """Run, and turn what a person did wrong into words and an exit code; a bug stays a traceback."""
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
