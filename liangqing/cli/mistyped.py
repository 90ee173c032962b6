"""What is told of words that were mistyped: in Chinese, with what may have been meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from liangqing.base.chinese import alike, suggestion
from liangqing.base.command_names import OPTIONS
from liangqing.base.diagnostics import Problems
from liangqing.base.shell_words import command_line, shell_in_use
from liangqing.cli.chosen_workspace import as_called, find_root


def unknown_command(
    ctx: click.Context, word: str, commands: Sequence[str], others: Sequence[str] = ()
) -> click.UsageError:
    """No such command: the commands, kinds (`others` are those without one) and units that it is most like."""
    units = _units(ctx) if ctx.parent is None else []
    found = alike(word, [*commands, *others, *units])[:8]
    if not found:
        return click.UsageError(f"没有命令「{word}」，{suggestion(word, commands)}", ctx)
    if found[0] in units:
        said = f"「{found[0]}」是单位：先写命令，后面加 --unit {found[0]}"
        return click.UsageError(f"没有命令「{word}」，{said}", ctx)
    names = [f"build {name}" if name in others else name for name in found if name not in units]
    return click.UsageError(f"没有命令「{word}」，是否{''.join(f'「{name}」' for name in names)}？", ctx)


def _units(ctx: click.Context) -> list[str]:
    """What the units of the latest year are called; none where that can't be read."""
    from liangqing.data import workspace

    try:
        return list(workspace.load(find_root(ctx)).year(None).unit_by_ref)
    except Problems:
        return []


def in_chinese(mistake: click.ClickException) -> str:
    """What click found wrong with the words that were typed."""
    if isinstance(mistake, click.NoSuchOption):
        if mistake.ctx is not None and mistake.ctx.parent is None and mistake.option_name in OPTIONS:
            return f"{mistake.option_name} 写在命令后面"
        near = f"，是否 {mistake.possibilities[0]}？" if mistake.possibilities else ""
        return f"没有选项 {mistake.option_name}{near}"
    if isinstance(mistake, click.MissingParameter):
        return f"缺 {_as_typed(mistake.param) if mistake.param else ''}"
    if isinstance(mistake, click.BadParameter) and mistake.param is not None:
        return f"{_as_typed(mistake.param)} {_said_of(mistake.param.type, mistake.message)}"
    if isinstance(mistake, click.BadOptionUsage):
        return f"选项 {mistake.option_name} 后面缺一个值"
    if isinstance(mistake, click.UsageError) and "unexpected extra argument" in mistake.message:
        return f"多了没用的词（{mistake.message.partition('(')[2].rstrip(')')}）"
    if isinstance(mistake, click.UsageError) and mistake.message == "Missing command.":
        return "缺 命令"
    return mistake.format_message()


def _as_typed(param: click.Parameter) -> str:
    """What a person knows an option or an argument by."""
    return param.opts[0] if isinstance(param, click.Option) else param.metavar or param.human_readable_name


def _said_of(kind: click.ParamType[Any], message: str) -> str:
    """What a value of this type has to be; types of our own say so themselves."""
    if isinstance(kind, click.Choice):
        return f"只能是 {'、'.join(map(str, kind.choices))}"
    if isinstance(kind, click.IntRange):
        if kind.min is not None and kind.max is not None:
            return f"应为 {kind.min} 到 {kind.max} 的整数"
        return f"应为不小于 {kind.min} 的整数" if kind.min is not None else f"应为不大于 {kind.max} 的整数"
    if isinstance(kind, click.Path):
        return "不能是文件夹" if kind.file_okay else "不能是文件"
    return "应为整数" if kind is click.INT else message


def help_of(mistake: click.ClickException) -> str:
    """The command whose help tells what is right: the one that was asked for, as far as it is known."""
    ctx = mistake.ctx if isinstance(mistake, click.UsageError) else None
    names = ctx.command_path.split(" ")[1:] if ctx else []
    return command_line([*as_called(), *names, "--help"], shell_in_use())
