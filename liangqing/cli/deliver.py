"""The command `deliver`: what is carried along with letters that went out, in a folder of its own to be printed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from liangqing.base.folders import OUTPUT
from liangqing.cli.build import BuildOrder, carry_out, exit_code, result_as_data, show_result
from liangqing.cli.console import AS_JSON, YEAR, Day, Name, Sub, next_step, tell, today, workspace_root
from liangqing.cli.pdf import WITH

FOLDER = "送达"


@click.command(cls=Sub)
@click.argument("numbers", nargs=-1, metavar="[文号…]", type=Name())
@click.option("--since", type=Day(), help="这一天起印发的都出；文号和它都不写的，出还没有登记送达的")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="目录",
    help="另存到别的目录，默认 output/送达 里今天的文件夹",
)
@click.option("--overwrite", is_flag=True, help="覆盖被人改过的文件")
@click.option("--pdf", is_flag=True, help="同时转成 PDF，放在 Word 文件旁边")
@WITH
@YEAR
@AS_JSON
@click.pass_context
def deliver(
    ctx: click.Context,
    numbers: tuple[str, ...],
    since: date | None,
    out: Path | None,
    overwrite: bool,
    pdf: bool,
    program: str | None,
    year: int | None,
    as_json: bool,
) -> None:
    """送达：给发出的文书出送达回证、信封和收发登记簿，放在一个文件夹里。例：generate.py deliver --since 2021-09-01"""
    from liangqing.actions.deliver import delivery_kinds, to_deliver
    from liangqing.papers.rendering import load_catalogue
    from liangqing.year.open_workspace import settled_workspace

    if numbers and since is not None:
        raise click.UsageError("文号和 --since 只写一样", ctx)
    root, day = workspace_root(ctx), today(ctx)
    opened = settled_workspace(root, year, day, day)
    subjects = to_deliver(opened, numbers, since)
    carried, registers = delivery_kinds(load_catalogue(root))
    order = BuildOrder(
        kinds=tuple(entry.name for entry in (*registers, *reversed(carried))),
        subjects=(
            *(subject.code for subject in subjects),
            *([str(opened.at.year.year)] if registers else []),
        ),
        year=opened.at.year.year,
        unit=None,
        as_of=None,
        out=out or root / OUTPUT / FOLDER / day.isoformat(),
        overwrite=overwrite,
        dry_run=False,
        strict=False,
        as_json=as_json,
        pdf=pdf,
        program=program,
        jobs=None,
        fresh=False,
        verbose=False,
    )
    done = carry_out(ctx, order)
    tell(as_json, lambda: result_as_data(order, done), lambda: show_result(order, done, go_on=False))
    if not as_json:
        named = [
            word
            for number in dict.fromkeys(subject.line.number or "" for subject in subjects)
            for word in ("--subject", number)
        ]
        next_step("print", *(entry.name for entry in carried), *named, why="打印；信封纸另放")
    ctx.exit(exit_code(order, done))
