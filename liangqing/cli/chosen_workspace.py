"""The workspace that a command works in: chosen, named in every answer, and part of the command that comes next."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from liangqing.base import file_changes, folders
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, Problems, refuse, warning
from liangqing.base.left_behind import sweep_left_behind
from liangqing.base.output_files import locked
from liangqing.base.scratch import scratch_belongs_to
from liangqing.base.shell_words import command_line, shell_in_use

_NAMED, _SAID, _SAMPLE, _BEGUN = (
    f"{__name__}.{name}" for name in ("named", "said", "sample", "begun")
)  # in the meta of a context
_OWN_FOLDERS = (folders.DATA, folders.TEMPLATES, folders.OUTPUT, folders.SCHEMA)


@dataclass(frozen=True)
class ChosenWorkspace:
    """What every answer says: the folder, the year (None where the command is about none), whether it is the sample."""

    root: Path
    year: int | None
    sample: bool
    above: bool  # not named and not the current folder: found above it

    def __str__(self) -> str:
        found = "（在上级找到的）" if self.above else ""
        year = f"　{self.year}年度" if self.year is not None else ""
        return f"工作目录：{self.root}{found}{year}" + ("　这是示例，不是自己的数据" if self.sample else "")


def find_root(ctx: click.Context) -> Path:
    """The workspace of -C or of LIANGQING_WORKSPACE, this very folder; else that at or above the current one.

    Raises Problems where there is none. The sample is not found from a folder that merely lies in its own.
    """
    given = ctx.find_root().params.get("workspace")
    if given:
        return folders.named(Path(given))
    here = _here()
    root = folders.find(here)
    if here != root and here.relative_to(root).parts[0] not in _OWN_FOLDERS and _is_sample(root):
        message = f"这里不是工作目录，上级的 {root} 是示例，不当作您的工作目录"
        raise refuse(
            Code.SAMPLE_ABOVE,
            Place(str(here)),
            message,
            "进入自己的工作目录再运行，或用 -C 指明；还没有建的先 init",
        )
    return root


def _here() -> Path:
    """The current folder; raises Problems where somebody has deleted it meanwhile."""
    try:
        return Path.cwd().resolve()
    except FileNotFoundError:
        message = "现在所在的文件夹已经被删掉，或者改了名"
        raise refuse(Code.FOLDER_GONE, Place("."), message, "进入别的文件夹再运行") from None


def found_root(ctx: click.Context) -> Path | None:
    """The same; None where there is none and none was named."""
    if ctx.find_root().params.get("workspace"):
        return find_root(ctx)
    try:
        return find_root(ctx)
    except Problems:
        return None


def workspace_root(ctx: click.Context, *, only_looks: bool = False) -> Path:
    """The same, for a command that works in it: its answer says which it was, and what went out untold before.

    Nothing is written at all for one that `only_looks`: it is told of what was cut off.
    """
    root = find_root(ctx)
    if _NAMED not in ctx.meta:
        if not only_looks:
            at_work_in(root)
        year = ctx.params["year"] or folders.latest_year(root) if "year" in ctx.params else None
        given = ctx.find_root().params.get("workspace")
        above = not given and root != Path.cwd().resolve()
        ctx.meta[_NAMED] = ChosenWorkspace(root, year, _is_sample(root), above)
        if not (ctx.params.get("as_json") or ctx.params.get("form") == "json"):
            tell_workspace()
        if only_looks:
            _tell_of_unfinished(root)
        _tell_of_untold(root, forget=not only_looks)
    return root


def _tell_of_unfinished(root: Path) -> None:
    """That what is looked at may be half of what it was and half of what it will be."""
    from liangqing import register

    if register.is_unfinished(root):
        message = "有一次写入没有做完（别的程序正在写，或者上一次写到一半断了）：这里看到的可能一半新、一半旧"
        advice = f"过一会儿再看一次；还这样的，运行 {program_name()} check，它会接着写完或者撤回，再看"
        found = warning(Code.LOOKED_AT_UNFINISHED, Place(folders.DATA), message, advice)
        click.secho(str(found), fg="yellow", err=True)


def at_work_in(root: Path) -> None:
    """What every command does first that may write, and `check` and `status`: what was cut off is ended or undone.

    Folders of a moment belong to this workspace from then on. Where the folder can't be written, nothing can be mended, and nothing is.
    """
    sweep_left_behind()
    scratch_belongs_to(root)
    if file_changes.is_cut_off(root) and os.access(root, os.W_OK):
        with locked(root / folders.LOCK):
            file_changes.settle(root)


def _tell_of_untold(root: Path, *, forget: bool) -> None:
    """What an earlier command entered into the register and had no chance to say."""
    if not (root / folders.UNTOLD).exists():
        return
    from liangqing import register

    lines = register.untold(root)
    for line in lines:
        done = (
            f"作废已经登记：{line.target}"
            if isinstance(line, register.Void)
            else f"印发已经完成：{line.name}"
        )
        click.echo(f"上一次{done}，登记、存档都已写好，不用再办一次", err=True)
    if forget and register.is_over(root):
        register.told(root)


def own_root(ctx: click.Context, *, writes: bool = True, only_looks: bool = False) -> Path:
    """The same, for a command that writes what people keep (its options have `SAMPLE`).

    `only_looks` as `workspace_root` has it. Raises Problems when it `writes`, the workspace is the sample, and nobody
    said --sample; and for one that a later program wrote.
    """
    from liangqing.register.identity import refuse_newer

    root = workspace_root(ctx, only_looks=only_looks)
    refuse_newer(root)
    if writes and _is_sample(root) and not ctx.meta[_SAMPLE]:
        begin = command_line([*as_called(), "init", "我的工作"], shell_in_use())
        raise refuse(
            Code.SAMPLE_NOT_OWN,
            Place(str(root)),
            "这是示例，不是自己的工作目录：什么也没有写",
            f"建自己的工作目录：{begin}；只是在示例上试一试，命令后面加 --sample",
        )
    return root


def _is_sample(root: Path) -> bool:
    from liangqing.data.sample import is_sample

    return is_sample(root)


def _noted(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    ctx.meta[_SAMPLE] = value


SAMPLE = click.option(
    "--sample", is_flag=True, expose_value=False, callback=_noted, help="工作目录是示例的，也照做：用来熟悉"
)


def _chosen() -> ChosenWorkspace | None:
    ctx = click.get_current_context(silent=True)
    return ctx.meta.get(_NAMED) if ctx else None


def tell_workspace() -> None:
    """Say on stderr, once, in which workspace and year a command works; nothing where it works in none."""
    chosen = _chosen()
    if chosen is not None and _SAID not in (meta := click.get_current_context().meta):
        meta[_SAID] = True
        click.echo(str(chosen), err=True)


def workspace_as_data() -> dict[str, Any]:
    """The same for a script; empty where a command works in none."""
    chosen = _chosen()
    if chosen is None:
        return {}
    year = {} if chosen.year is None else {"年度": chosen.year}
    return {"工作目录": str(chosen.root), **year, "示例": chosen.sample}


def program_name() -> str:
    """How help and messages call the program: generate.py in a checkout, liangqing where it is installed."""
    name = Path(sys.argv[0]).name
    return name if name in ("generate.py", "liangqing") else "liangqing"


def as_called() -> list[str]:
    """The words with which the program was started, such as python generate.py, so that they start it again."""
    import shutil

    called = sys.argv[0]
    name = program_name()
    if name == "generate.py":
        typed = sys.orig_argv[0]
        return [typed if shutil.which(typed) else sys.executable, called]
    found = shutil.which(name)
    if Path(called).stem != name or (found and Path(found).resolve() == Path(called).resolve()):
        return [name]
    return [called]


def next_step(*words: str, why: str = "") -> None:
    """Tell the command that comes next in the work, to be copied as it stands, and `why` or when.

    It is for the same workspace, and for the same year where one was named. In the sample, where nobody said
    --sample, a workspace of one's own comes before whatever would write; that is told once.
    """
    ctx = click.get_current_context()
    chosen = _chosen()
    if chosen is not None and chosen.sample and _takes(ctx, words, "--sample"):
        if not ctx.meta.get(_SAMPLE):
            if not ctx.meta.get(_BEGUN):
                begin = command_line([*as_called(), "init", "我的工作"], shell_in_use())
                click.echo(f"下一步（示例看过了，建自己的工作目录）：{begin}")
            ctx.meta[_BEGUN] = True
            return
        words = (*words, "--sample")
    click.echo(f"下一步{f'（{why}）' if why else ''}：{_again(ctx, words)}")


def _again(ctx: click.Context, words: Sequence[str]) -> str:
    """A command line of the same program, in the same workspace and the same year, as the shell takes it."""
    where = ["-C", ctx.find_root().params["workspace"]] if _typed(ctx.find_root(), "workspace") else []
    named = _typed(ctx, "year") and "--year" not in words and _takes(ctx, words, "--year")
    when = ["--year", str(ctx.params["year"])] if named else []
    return command_line([*as_called(), *where, *words, *when], shell_in_use())


def typed_words(leaving_out: str) -> list[str]:
    """The command that is running, as it was typed, but for one option."""
    ctx = click.get_current_context()
    words = [str(ctx.info_name)]
    for param in ctx.command.params:
        name = str(param.name)
        if not _typed(ctx, name) or name == leaving_out:
            continue
        value = ctx.params[name]
        for one in value if isinstance(value, tuple) else (value,):
            words += [] if isinstance(param, click.Argument) else [param.opts[0]]
            words += [] if isinstance(one, bool) else [str(one)]
    return words


def _typed(ctx: click.Context, name: str) -> bool:
    """Whether a person typed the option or argument of this name."""
    return ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE


def _takes(ctx: click.Context, words: Sequence[str], option: str) -> bool:
    """Whether the command that `words` begin with has this option."""
    top = ctx.find_root()
    assert isinstance(top.command, click.Group)
    command = top.command.get_command(top, words[0])
    if isinstance(command, click.Group):
        command = command.get_command(top, words[1])
    return command is not None and any(option in param.opts for param in command.params)
