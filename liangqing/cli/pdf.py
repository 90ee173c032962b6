"""The command `pdf`, and the PDFs that `build --pdf` puts beside its papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, Problems, refuse
from liangqing.base.output_files import CONFLICT, IDENTICAL, STALE, Outcome
from liangqing.cli.console import (
    AS_JSON,
    DONE,
    OUT_OF_DATE,
    WRONG,
    Sub,
    as_data,
    found_root,
    next_step,
    show,
    tally,
    tell,
)

if TYPE_CHECKING:
    from liangqing.pdf.font_files import Substitution
    from liangqing.pdf.pdf_store import Shelved

WITH = click.option(
    "--with",
    "program",
    metavar="程序",
    help="用哪个程序：Word、WPS 或 LibreOffice，默认用装着的，按这个次序",
)
FAITHFUL = "换了字体，行和页可能与装有原字体的电脑上不同：正式印制以 Word、WPS 打印的为准，或装上字体再转"


@click.command(cls=Sub)
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
    metavar="文件…",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="目录",
    help="PDF 放到这里，默认放在原文件旁边",
)
@WITH
@click.option("--overwrite", is_flag=True, help="覆盖不是由本程序转出、或转出后被人改过的 PDF")
@click.option("--dry-run", "dry_run", is_flag=True, help="只说会怎样，不写文件；有变化时退出码为 3")
@AS_JSON
@click.pass_context
def pdf(
    ctx: click.Context,
    files: tuple[Path, ...],
    out: Path | None,
    program: str | None,
    overwrite: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """把 Word 文件转成 PDF；写文件夹就转里面全部。没有变的不重转。例：generate.py pdf output/2021/整改函"""
    from liangqing.pdf import pdf_store

    jobs = [
        pdf_store.ConversionJob(target.as_posix(), source.read_bytes(), target, source.as_posix())
        for source, target in _pairs(files, out).items()
    ]
    faces = _chosen_of_workspace(ctx)
    done = pdf_store.put(jobs, faces, overwrite=overwrite, dry_run=dry_run, program=program)
    tell(as_json, lambda: pdfs_as_data(done), lambda: _show_converted(done, dry_run=dry_run))
    ctx.exit(exit_code(done, dry_run=dry_run))


def _show_converted(done: Shelved, *, dry_run: bool) -> None:
    show(done.faults)
    for outcome in done.outcomes:
        click.echo(f"{outcome.state}：{outcome.path}")
    tell_program(done.by)
    tell_substitutions(done.substitutions)
    tell_conflicts(done.outcomes)
    if done.faults:
        click.echo(tally(done.faults), err=True)
    elif not dry_run:
        _show_next(done)


def _show_next(done: Shelved) -> None:
    """How many copies and sheets a kind takes that was converted; nothing where none is of the workspace."""
    from liangqing.papers import catalogue

    root = found_root(click.get_current_context())
    known = {kind for command in catalogue.commands(root) for kind in command.kinds} if root else set()
    kinds = dict.fromkeys(Path(outcome.path).parent.name for outcome in done.outcomes)
    if kind := next((name for name in kinds if name in known), None):
        next_step("print", kind, "--dry-run", why="看要打几份、用几张纸")


def _pairs(files: Sequence[Path], out: Path | None) -> dict[Path, Path]:
    """Word files → their PDFs. Raises Problems for what is no Word file, and for two with one PDF."""
    found = dict.fromkeys(document for file in files for document in _documents(file))
    pairs = {document: (out or document.parent) / f"{document.stem}.pdf" for document in found}
    doubles = [target for target, count in Counter(pairs.values()).items() if count > 1]
    if doubles:
        raise refuse(
            Code.TWO_OUTPUTS_OF_ONE_NAME,
            Place(str(doubles[0])),
            "两个文件会转成同一个 PDF",
            "分两次转，或放到不同的目录",
        )
    return pairs


def _documents(file: Path) -> Iterator[Path]:
    if not file.exists():
        raise refuse(
            Code.NO_SUCH_FILE, Place(str(file)), "没有这个文件或文件夹", "核对路径；还没有生成的先 build"
        )
    if file.is_dir():
        inside = sorted(path for path in file.rglob("*.docx") if not path.name.startswith(("~$", ".")))
        if not inside:
            raise refuse(
                Code.NO_DOCX_IN_FOLDER,
                Place(str(file)),
                "这个文件夹里没有 .docx 文件",
                "先 build，或写别的文件夹",
            )
        yield from inside
    elif file.suffix.lower() != ".docx":
        raise refuse(
            Code.ONLY_DOCX_TO_PDF,
            Place(str(file)),
            "只转 .docx 文件",
            "用 Word 或 WPS 另存为“Word 文档（*.docx）”",
        )
    else:
        yield file


def _chosen_of_workspace(ctx: click.Context) -> dict[str, str]:
    """选项.字体 of the workspace that we are in, where there is one that can be read."""
    from liangqing.actions.convert_papers import chosen
    from liangqing.data import workspace

    root = found_root(ctx)
    if root is None:
        return {}
    try:
        return chosen(workspace.load(root).year(None).options)
    except Problems:
        return {}


def show_built_pdfs(done: Shelved, *, wanted: bool) -> None:
    """What became of the PDFs of a build, in a few lines."""
    from liangqing.pdf.pdf_store import OUTDATED

    show(done.faults)
    counts = Counter(outcome.state for outcome in done.outcomes if outcome.state not in (STALE, OUTDATED))
    if wanted:
        told = "，".join(f"{state} {count}" for state, count in counts.items())
        click.echo(f"PDF：{told or '没有'}（用 {done.by} 转）")
    for outcome in done.outcomes:
        if outcome.state == STALE:
            click.echo(f"不再需要：{outcome.path}（Word 文件已不在）")
        elif outcome.state == OUTDATED:
            click.echo(f"已过时：{outcome.path} 还是改动前的（加 --pdf 重新转）")
    tell_conflicts(done.outcomes)
    tell_substitutions(done.substitutions)


def tell_conflicts(outcomes: Sequence[Outcome]) -> None:
    """Name the PDFs that were not written over."""
    for outcome in outcomes:
        if outcome.state == CONFLICT:
            click.echo(f"没有覆盖：{outcome.path} 不是本程序转出的，或转出后被人改过（要覆盖加 --overwrite）")


def tell_program(name: str) -> None:
    """Which program converts; pages of another may break elsewhere."""
    click.echo(f"转 PDF 的程序：{name}", err=True)


def tell_substitutions(substitutions: Sequence[Substitution]) -> None:
    """Name the faces that were replaced, and say what that means."""
    if substitutions:
        click.echo("字体：" + "；".join(map(str, substitutions)), err=True)
        click.echo(FAITHFUL, err=True)


def pdfs_as_data(done: Shelved) -> dict[str, object]:
    """What became of the PDFs, for a script."""
    return {
        "PDF": [{"文件": outcome.path, "状态": outcome.state} for outcome in done.outcomes],
        "程序": done.by,
        "字体": [{"缺": face.asked, "代": face.used or None} for face in done.substitutions],
        "问题": [as_data(problem) for problem in done.faults],
    }


def exit_code(done: Shelved, *, dry_run: bool) -> int:
    """As for a build: changes of a trial run are 3, what could not be done is 1."""
    states = {outcome.state for outcome in done.outcomes}
    if done.faults:
        return WRONG
    if dry_run:
        return OUT_OF_DATE if states - {IDENTICAL} else DONE
    return WRONG if CONFLICT in states else DONE
