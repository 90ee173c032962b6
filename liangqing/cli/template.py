"""The command `template`: here `template check`; `vars` and `new` stand beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, Severity, refuse
from liangqing.cli.console import (
    AS_JSON,
    DONE,
    WRONG,
    CommandGroup,
    Sub,
    as_data,
    next_step,
    refuse_copy,
    show,
    tally,
    tell,
    workspace_root,
    write_copy,
)
from liangqing.cli.template_new import new
from liangqing.cli.template_vars import variables

if TYPE_CHECKING:
    from liangqing.papers.catalogue import Catalogue


@dataclass(frozen=True)
class Target:
    """A template to be checked: what diagnostics call it, where it lies, the kind of subject it is for."""

    name: str
    path: Path
    subject: str


@click.command(cls=Sub)
@click.argument("names", nargs=-1, metavar="[模板…]")
@AS_JSON
@click.option(
    "--annotate",
    "copy",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="OUT.docx",
    help="另存一份，把问题写成 Word 批注；只检查一个模板时用",
)
@click.option("--subject", metavar="对象", help="不在文种目录里的模板，按这种对象检查")
@click.pass_context
def check(
    ctx: click.Context, names: tuple[str, ...], as_json: bool, copy: Path | None, subject: str | None
) -> None:
    """检查模板，列出全部问题和位置；不写模板时检查全部。例：generate.py template check 整改函.docx"""
    targets = _targets(ctx, names, subject)
    files = {target.path for target in targets}
    if copy is not None:
        refuse_copy(ctx, "--annotate", copy, files, "一次只检查一个模板")
    from liangqing.papers.template_check import template_faults

    found = list(
        dict.fromkeys(
            fault for target in targets for fault in template_faults(target.path, target.name, target.subject)
        )
    )
    tell(as_json, lambda: [as_data(problem) for problem in found], lambda: _show(found, len(files)))
    if copy is not None and found:
        _annotated(files.pop(), found, copy, quiet=as_json)
    wrong = any(problem.severity is Severity.ERROR for problem in found)
    ctx.exit(WRONG if wrong else DONE)


def _show(found: Sequence[Diagnostic], count: int) -> None:
    show(found)
    click.echo(f"检查了 {count} 个模板，{tally(found)}")
    if not found:
        next_step("build")


def _targets(ctx: click.Context, names: Sequence[str], subject: str | None) -> list[Target]:
    """What is to be checked; raises Problems and UsageError for what was named wrongly."""
    from liangqing.base.folders import TEMPLATES
    from liangqing.papers.catalogue import template_at
    from liangqing.papers.rendering import load_catalogue
    from liangqing.papers.template_check import files_of
    from liangqing.variables.subjects import SUBJECTS

    root = workspace_root(ctx, only_looks=True)
    if subject is not None:
        if subject not in SUBJECTS:
            raise click.UsageError(f"--subject 只能是 {'、'.join(SUBJECTS)}", ctx)
        if not names:
            raise click.UsageError("--subject 要写明是哪个模板", ctx)
        folder = root / TEMPLATES
        paths = [Path(word) if Path(word).is_file() else folder / word for word in names]
        return [Target(_shown(root, path), path.resolve(), subject) for path in paths]
    known = load_catalogue(root)
    entries = {name: files_of(entry) for name, entry in known.entries.items()}
    wanted = [file for name in names for file in _named(ctx, root, known, name)] if names else None
    every = dict.fromkeys(
        (file, known.entry(name).subject_kind) for name, files in entries.items() for file in files
    )
    return [
        Target(f"{TEMPLATES}/{file}", template_at(root, file).resolve(), kind)
        for file, kind in every
        if wanted is None or file in wanted
    ]


def _named(ctx: click.Context, root: Path, known: Catalogue, word: str) -> list[str]:
    """The templates that `word` means: a kind of document, a file of the catalogue, or the path of one."""
    from liangqing.base.chinese import suggestion
    from liangqing.base.folders import TEMPLATES
    from liangqing.papers.template_check import files_of

    if word in known.entries:
        return files_of(known.entries[word])
    files = list(dict.fromkeys(file for entry in known.entries.values() for file in files_of(entry)))
    paths = {(root / TEMPLATES / file).resolve(): file for file in files}
    for path in (Path(word), root / word, root / TEMPLATES / word, root / TEMPLATES / f"{word}.docx"):
        if path.resolve() in paths:
            return [paths[path.resolve()]]
    if Path(word).is_file():
        raise click.UsageError(f"「{word}」不在文种目录里，加 --subject 对象 说明它用在什么上", ctx)
    near = suggestion(word, [*known.entries, *files])
    raise refuse(Code.NO_SUCH_TEMPLATE, Place(TEMPLATES), f"没有模板「{word}」", near)


def _shown(root: Path, path: Path) -> str:
    resolved = path.resolve()
    return resolved.relative_to(root).as_posix() if resolved.is_relative_to(root) else str(path)


def _annotated(path: Path, found: Sequence[Diagnostic], copy: Path, *, quiet: bool) -> None:
    """Writes the copy; a file that is no .docx has none, and has been told of already."""
    from liangqing.engine.annotate import annotate

    try:
        data = annotate(path, found)
    except Problems:
        return
    write_copy(copy, data)
    click.echo(f"批注写在：{copy}", err=quiet)


@click.group(cls=CommandGroup, no_args_is_help=True)
def template() -> None:
    """检查 Word 模板，列出模板里能用的变量，新做一个模板。例：generate.py template check"""


for command in (check, variables, new):
    template.add_command(command)
