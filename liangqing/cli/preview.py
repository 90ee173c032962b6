"""The command `preview`: papers seen as pages, before they are built."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from liangqing.base.folders import PREVIEW
from liangqing.base.safe_files import refuse_links
from liangqing.cli.chosen_papers import UNIT, choose, convert, paper_as_data
from liangqing.cli.completion import complete_kinds, complete_subjects
from liangqing.cli.console import (
    AS_JSON,
    DONE,
    WRONG,
    YEAR,
    Name,
    Sub,
    as_data,
    next_step,
    show,
    tell,
    workspace_root,
)
from liangqing.cli.pdf import WITH

if TYPE_CHECKING:
    from liangqing.actions.choose_papers import ChosenPaper

_DPI = click.IntRange(30, 600)


@click.command(cls=Sub)
@click.argument("kind", metavar="文种", type=Name(), shell_complete=complete_kinds)
@click.argument("subjects", nargs=-1, metavar="[对象…]", type=Name(), shell_complete=complete_subjects)
@UNIT
@YEAR
@click.option("--open", "on_screen", is_flag=True, help="不出图片，用关联的程序打开 PDF")
@click.option("--dpi", type=_DPI, default=110, metavar="数", help="图片的精细程度，默认 110")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="目录",
    help="放到别的目录，默认 output/预览",
)
@WITH
@AS_JSON
@click.pass_context
def preview(
    ctx: click.Context,
    kind: str,
    subjects: tuple[str, ...],
    unit: str | None,
    year: int | None,
    on_screen: bool,
    dpi: int,
    out: Path | None,
    program: str | None,
    as_json: bool,
) -> None:
    """看一份文书印出来的样子，不用先 build：出 PNG 图片，或打开 PDF。例：generate.py preview 整改函 ZG1"""
    taken = choose(ctx, (kind,), subjects, unit, year)
    done = convert(taken, program)
    root = workspace_root(ctx)
    folder = out or root / PREVIEW
    if out is None:
        for paper in taken.pieces:
            refuse_links(root, folder / paper.kind)
    seen = [paper for paper in taken.pieces if paper.path in done.pdfs]
    if not as_json:
        show(done.faults)
    files: list[list[Path]] = []
    for paper in seen:
        if not as_json:
            click.echo(f"{paper.label}（{paper.state}）　{paper.title}")
        pdf, stem = done.pdfs[paper.path], folder / paper.kind / Path(paper.path).stem
        files.append(_open(pdf, stem) if on_screen else _draw(pdf, stem, dpi))
        if not as_json:
            click.echo("\n".join(f"　{path}" for path in files[-1]))
    tell(
        as_json,
        lambda: {
            "文书": [
                {**paper_as_data(paper), "文件": [str(path) for path in made]}
                for paper, made in zip(seen, files, strict=True)
            ],
            "问题": [as_data(problem) for problem in done.faults],
        },
        lambda: _show_next(seen),
    )
    ctx.exit(WRONG if done.faults else DONE)


def _draw(pdf: bytes, stem: Path, dpi: int) -> list[Path]:
    """Pictures of the pages, called after `stem`."""
    from liangqing.pdf.drawing import draw

    return draw(pdf, stem.parent, stem.name, dpi=dpi)


def _open(pdf: bytes, stem: Path) -> list[Path]:
    """The PDF, opened with the program that the system has for it."""
    from liangqing.base.left_behind import place_file

    file = stem.with_name(f"{stem.name}.pdf")
    place_file(file, pdf)
    if click.launch(str(file)):
        click.echo("没有打开：这台电脑没有打开 PDF 的程序，或没有图形界面", err=True)
    return [file]


def _show_next(seen: Sequence[ChosenPaper]) -> None:
    if seen:
        draft = ("--draft",) if seen[0].draft else ()
        next_step("print", seen[0].kind, "--subject", seen[0].subject, *draft)
