"""`format --learn`: what a sample paper of a unit does otherwise than the standard, proposed as its 版式偏离.yaml."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse
from liangqing.cli.console import write_copy

if TYPE_CHECKING:
    from liangqing.gbt9704.check.judge import Report

Command = TypeVar("Command", bound=Callable[..., Any])


def learn_options(command: Command) -> Command:
    """The options by which a person has departures proposed: `learn`, and the file `out` that they are written into."""
    for option in (
        click.option(
            "--out",
            type=click.Path(dir_okay=False, path_type=Path),
            metavar="新文件.yaml",
            help="--learn 提出的偏离写进这个新文件，不写就显示在屏幕上",
        ),
        click.option(
            "--learn",
            is_flag=True,
            help="把文件当本单位的样本，提出它和标准不同的地方，写成版式偏离；理由自己填",
        ),
    ):
        command = option(command)
    return command


def refuse_wrong_sample(ctx: click.Context, learn: bool, out: Path | None, files: Sequence[Path]) -> None:
    """Raise UsageError for more than one sample, and for an --out that can't be written or means nothing."""
    if out is not None and not learn:
        raise click.UsageError("--out 和 --learn 一起用", ctx)
    if learn and (len(files) != 1 or files[0].is_dir()):
        raise click.UsageError("--learn 一次只看一份样本，写一个 Word 文件", ctx)
    if out is not None and out.suffix.lower() not in (".yaml", ".yml"):
        raise click.UsageError("--out 后面写 .yaml 文件名", ctx)
    if out is not None and out.exists():
        raise click.UsageError(f"--out 的「{out}」已经有了，换一个名字，再把要的几条抄过去", ctx)


def propose(report: Report, out: Path | None) -> None:
    """Says, or writes, what the sample departs from. Raises Problems where it was not recognised as a paper."""
    from liangqing.gbt9704.check.learning import departures, proposal

    if not report.paper.judged:
        raise refuse(
            Code.SAMPLE_NOT_RECOGNISED,
            Place(report.name),
            "没有认出公文格式，看不出和标准哪里不同",
            "换一份格式完整的公文作样本，或用 --kind 写明格式，如 --kind 文件",
        )
    found = departures(report)
    if not found:
        click.echo(f"{report.name}：和标准没有不同，不用写版式偏离")
        return
    text = proposal(report.name, found)
    if out is None:
        click.echo(text, nl=False)
        return
    write_copy(out, text.encode())
    click.echo(
        f"{len(found)} 条写在：{out}。每条填上理由，不是本单位规定的整条删去，"
        "再放到工作目录的 templates/版式偏离.yaml，或用 --deviations 指明"
    )
