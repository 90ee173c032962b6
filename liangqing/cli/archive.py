"""`archive`: a year packed for the archive; and what `verify` says of a package."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from liangqing.base.diagnostics import Diagnostic, Problems
from liangqing.cli.console import (
    AS_JSON,
    DONE,
    OUT_OF_DATE,
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
from liangqing.cli.pdf import WITH

if TYPE_CHECKING:
    from liangqing.actions.archiving.checking import PackageVerdict
    from liangqing.actions.archiving.packing import ArchivePackage


@click.command(cls=Sub)
@click.argument("year", type=int, metavar="年度")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="目录",
    help="放到这个新文件夹；以 .zip 结尾的，做成一个文件。默认放在工作目录的“归档”里",
)
@click.option("--no-pdf", "no_pdf", is_flag=True, help="不转 PDF，目录里就没有页数")
@WITH
@SAMPLE
@AS_JSON
@click.pass_context
def archive(
    ctx: click.Context, year: int, out: Path | None, no_pdf: bool, program: str | None, as_json: bool
) -> None:
    """归档：把一年印发的文书、附件、PDF 连同归档文件目录、发文登记和校验清单做成一套。例：generate.py archive 2021"""
    from liangqing.actions.archiving import keeping, packing
    from liangqing.year.open_workspace import settled_workspace

    if no_pdf and program:
        raise click.UsageError("--with 是转 PDF 用的，不能和 --no-pdf 一起写", ctx)
    root = own_root(ctx, writes=out is None)
    opened = settled_workspace(root, year, None, today(ctx))
    place = out or packing.default_place(root, year)
    keeping.refuse_taken(place)
    package = packing.packed(opened, with_pdf=not no_pdf, program=program)
    keeping.keep(package.files, place)
    tell(as_json, lambda: _as_data(package, place), lambda: _show(package, place, no_pdf=no_pdf))


def _as_data(package: ArchivePackage, place: Path) -> dict[str, object]:
    waiting = [{"文种": paper.kind, "对象": paper.subject.code} for paper in package.not_issued]
    return {
        "位置": str(place),
        "件数": package.items,
        "文件数": len(package.files),
        "程序": package.by or None,
        "清单校验值": package.seal,
        "没有印发": waiting,
    }


def _show(package: ArchivePackage, place: Path, *, no_pdf: bool) -> None:
    click.echo(f"已归档：{place}　{package.items} 件，{len(package.files)} 个文件")
    if no_pdf:
        click.echo("没有转 PDF，归档文件目录里没有页数")
    else:
        click.echo(f"转 PDF 的程序：{package.by}")
    click.echo(f"清单的校验值：{package.seal}")
    click.echo("    请抄记在移交清单上：以后核对时显示的应与它相同")
    for paper in package.not_issued:
        click.echo(f"没有印发，没有归入：{paper.kind} {paper.subject.code}（{paper.subject.label}）")
    next_step("verify", str(place), why="移交、换机器以后")


def verify_packages(ctx: click.Context, places: Sequence[Path], *, as_json: bool) -> NoReturn:
    """Check packages, say what became of them, and exit: 0 all sound, 1 one is none, 3 one was changed."""
    from liangqing.actions.archiving.checking import checked

    found: list[PackageVerdict] = []
    problems: list[Diagnostic] = []
    for place in places:
        try:
            found.append(checked(place))
        except Problems as refused:
            problems += refused.diagnostics
    tell(
        as_json,
        lambda: {
            "归档包": [_verdict_as_data(verdict) for verdict in found],
            "问题": [as_data(problem) for problem in problems],
        },
        lambda: _show_verdicts(found, problems),
    )
    if problems:
        ctx.exit(WRONG)
    ctx.exit(DONE if all(verdict.sound for verdict in found) else OUT_OF_DATE)


def _verdict_as_data(verdict: PackageVerdict) -> dict[str, object]:
    return {
        "位置": str(verdict.place),
        "完好": verdict.sound,
        "未改动": len(verdict.same),
        "改动": list(verdict.changed),
        "缺少": list(verdict.missing),
        "多出": list(verdict.added),
        "清单校验值": verdict.seal,
    }


def _show_verdicts(found: Sequence[PackageVerdict], problems: Sequence[Diagnostic]) -> None:
    for verdict in found:
        words = "完好，每个文件都与归档时相同" if verdict.sound else "与归档时不同"
        click.secho(
            f"{verdict.place}：{words}（{len(verdict.same)} 个未改动）",
            fg="green" if verdict.sound else "yellow",
        )
        rows = (("改动了", verdict.changed), ("缺少", verdict.missing), ("归档以后多出来的", verdict.added))
        for what, paths in rows:
            for path in paths:
                click.echo(f"    {what}：{path}")
        click.echo(f"    清单的校验值：{verdict.seal}（应与归档时抄记的相同）")
    show(problems)
