"""The commands that make papers: `build`, and one for each entry of the catalogue."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from liangqing.actions import build_report
from liangqing.base.diagnostics import Diagnostic, Problems, reason
from liangqing.base.folders import latest_year, output_folder
from liangqing.cli import pdf as pdfs
from liangqing.cli.completion import complete_kinds, complete_subjects
from liangqing.cli.console import (
    AS_JSON,
    DONE,
    OUT_OF_DATE,
    WRONG,
    YEAR,
    Day,
    Name,
    ProgressBar,
    Stopwatch,
    Sub,
    as_data,
    next_step,
    show,
    tally,
    tell,
    today,
    workspace_root,
)
from liangqing.papers.catalogue import tell_of_today

if TYPE_CHECKING:
    from liangqing.actions.build_report import BuildReport
    from liangqing.base.output_files import Outcome
    from liangqing.papers.catalogue import Command
    from liangqing.pdf.pdf_store import Shelved

_AS_OF = click.option("--as-of", "as_of", type=Day(), help="统计截止日期，默认用清单里写的")


def _building(function: Any) -> Any:
    """The options that every command that makes papers has."""
    options = (
        YEAR,
        click.option("--unit", metavar="单位", type=Name(), help="只出这个单位的（编号、名称或简称）"),
        _AS_OF,
        click.option(
            "--out", type=click.Path(file_okay=False, path_type=Path), metavar="目录", help="另存到别的目录"
        ),
        click.option("--overwrite", is_flag=True, help="覆盖被人改过的文件"),
        click.option(
            "--dry-run",
            "dry_run",
            is_flag=True,
            help="只说会怎样，不写文件；有变化、或印发后改过数据时退出码为 3",
        ),
        click.option("--strict", is_flag=True, help="有还差的条件或有警告也算失败"),
        click.option("--pdf", is_flag=True, help="同时转成 PDF，放在 Word 文件旁边；没有变的不重转"),
        pdfs.WITH,
        click.option(
            "--jobs",
            type=click.IntRange(1, 64),
            metavar="个数",
            help="同时用几个进程，默认看份数；出来的都一样",
        ),
        click.option("--fresh", is_flag=True, help="全部重做，不看上次的记录"),
        click.option("-v", "--verbose", is_flag=True, help="说出各步用了多少秒"),
        AS_JSON,
    )
    for option in reversed(options):
        function = option(function)
    return function


@click.command(cls=Sub)
@click.argument("kinds", nargs=-1, metavar="[文种…]", type=Name(), shell_complete=complete_kinds)
@_building
@click.option(
    "--watch", is_flag=True, help="守着：保存了数据或模板就重新生成，并说改了哪几份；按 Ctrl+C 结束"
)
@click.pass_context
def build(ctx: click.Context, /, kinds: tuple[str, ...], watch: bool, **options: Any) -> None:
    """生成文书；不写文种时生成全部。例：generate.py build 整改函 --unit 局党组"""
    if not watch:
        make(ctx, kinds or None, (), **options)
    for name in ("dry_run", "as_json"):
        if options[name]:
            raise click.UsageError(
                f"--watch 不能和 --{name.removeprefix('as_').replace('_', '-')} 一起用", ctx
            )
    keep_building(ctx, BuildOrder(kinds or None, (), **options))


def paper_command(command: Command) -> click.Command:
    """The command of an entry of the catalogue."""

    @click.argument("subjects", nargs=-1, metavar="[对象…]", type=Name(), shell_complete=complete_subjects)
    @_building
    @click.pass_context
    def run(ctx: click.Context, /, subjects: tuple[str, ...], **options: Any) -> None:
        make(ctx, command.kinds, subjects, **options)

    words = f"{command.help}。例：generate.py {command.name}"
    return click.command(command.name, cls=Sub, help=words)(run)


@dataclass(frozen=True)
class BuildOrder:
    """What a person asked for, as typed."""

    kinds: tuple[str, ...] | None
    subjects: tuple[str, ...]
    year: int | None
    unit: str | None
    as_of: date | None
    out: Path | None
    overwrite: bool
    dry_run: bool
    strict: bool
    as_json: bool
    pdf: bool
    program: str | None
    jobs: int | None
    fresh: bool
    verbose: bool


@dataclass(frozen=True)
class BuildResult:
    """What came of an order: the folder of the year's papers, what is told of them, and their PDFs."""

    root: Path
    name: str
    report: BuildReport
    pdfs: Shelved | None  # None where nothing was made


def make(
    ctx: click.Context, kinds: tuple[str, ...] | None, subjects: tuple[str, ...], **options: Any
) -> NoReturn:
    """Build, show what came of it, and exit accordingly."""
    order = BuildOrder(kinds, subjects, **options)
    done = carry_out(ctx, order)
    tell(order.as_json, lambda: result_as_data(order, done), lambda: show_result(order, done))
    ctx.exit(exit_code(order, done))


def show_result(order: BuildOrder, done: BuildResult, *, go_on: bool = True) -> None:
    """What came of an order, for a person; `go_on`: with the step that comes next."""
    show(done.report.found)
    show_built(done, dry_run=order.dry_run, go_on=go_on)
    if done.pdfs is not None:
        pdfs.show_built_pdfs(done.pdfs, wanted=order.pdf)
    show_drift(done.report)


def result_as_data(order: BuildOrder, done: BuildResult) -> dict[str, object]:
    """The same for a script; of the PDFs only where they were asked for."""
    told = report_as_data(done.report, done.name)
    if not order.pdf or done.pdfs is None:
        return told
    problems = [as_data(problem) for problem in (*done.report.found, *done.pdfs.faults)]
    return {**told, **pdfs.pdfs_as_data(done.pdfs), "问题": problems}


def carry_out(ctx: click.Context, order: BuildOrder) -> BuildResult:
    """Build what was ordered, with its PDFs. Raises Problems and writes nothing where it can't be done."""
    from liangqing.base.locks import WHILE_BUILDING, locked

    if order.pdf:
        from liangqing.pdf import converters

        converters.find(order.program)  # before anything is written
    elif order.program:
        raise click.UsageError("--with 是转 PDF 用的，和 --pdf 一起写", ctx)
    root = workspace_root(ctx)
    if order.as_of is None and order.kinds and tell_of_today(root, order.kinds):
        order = replace(order, as_of=today(ctx))
    request = {"kinds": order.kinds, "subjects": order.subjects, "unit": order.unit, "as_of": order.as_of}
    inputs = build_report.inputs_of(root, request, today(ctx).isoformat())
    if not (order.fresh or order.pdf or order.dry_run) and (year := order.year or latest_year(root)):
        folder, name = output_folder(root, str(year), order.out)
        told = build_report.told_before(folder, inputs)
        if told is not None:
            return BuildResult(folder, name, told, None)
    from liangqing.actions import build as building
    from liangqing.actions.convert_papers import convert_built
    from liangqing.year.open_workspace import settled_workspace

    watch = Stopwatch()
    with watch("读入"):
        opened = settled_workspace(root, order.year, order.as_of, today(ctx))
        if order.year is None:
            opened = opened.where_found(order.subjects, order.as_of, today(ctx))
    store = building.output_store(root, opened.year_folder, order.out)
    typed = building.Request(order.kinds, order.subjects, order.unit, dated=order.as_of is not None)
    wanted = building.understood(opened, typed)
    with nullcontext() if order.dry_run else locked(store.root / ".lock", WHILE_BUILDING):
        with ProgressBar() as bar:
            built = building.build(
                opened,
                wanted,
                store,
                overwrite=order.overwrite,
                dry_run=order.dry_run,
                keep=order.dry_run and order.pdf,  # nothing lies there to be converted
                fresh=order.fresh,
                processes=order.jobs,
                progress=bar,
                stage=watch,
            )
        shelved = convert_built(
            opened,
            built,
            store,
            wanted=order.pdf,
            overwrite=order.overwrite,
            dry_run=order.dry_run,
            program=order.program,
        )
        if order.verbose:
            click.echo(f"用时：{watch}", err=True)
        report = building.report_of(opened, wanted, built)
        if not order.dry_run:
            build_report.note(store.root, inputs, report)
    return BuildResult(store.root, store.name, report, shelved)


def exit_code(order: BuildOrder, done: BuildResult) -> int:
    """0 done, 1 something was not written over or is wrong, 3 a trial run that would change something."""
    from liangqing.base.output_files import CONFLICT, IDENTICAL

    states = {outcome.state for outcome in done.report.outcomes}
    of_pdfs = pdfs.exit_code(done.pdfs, dry_run=order.dry_run) if order.pdf and done.pdfs else DONE
    if order.dry_run:
        return OUT_OF_DATE if states - {IDENTICAL} or done.report.drifted else of_pdfs
    return WRONG if CONFLICT in states or (order.strict and done.report.found) else of_pdfs


def keep_building(ctx: click.Context, order: BuildOrder) -> NoReturn:
    """Build now and after each saved file, until Ctrl+C; what is wrong with the data is told and waited out."""
    from liangqing.cli import watch as watching

    saved = watching.changes(workspace_root(ctx))
    told = build_again(ctx, order, frozenset())
    click.echo("守着 checklists 和 templates，保存后重新生成；按 Ctrl+C 结束")
    try:
        for names in saved:
            click.echo(f"\n改了：{'、'.join(names)}")
            told = build_again(ctx, order, told)
            click.echo("等待下一次保存……")
    except KeyboardInterrupt:
        click.echo("已停止")
    ctx.exit(DONE)


def build_again(ctx: click.Context, order: BuildOrder, told: frozenset[Diagnostic]) -> frozenset[Diagnostic]:
    """Build once and name the papers that changed; of what was found, only what was not `told` before."""
    from liangqing.base.output_files import IDENTICAL

    try:
        done = carry_out(ctx, order)
    except Problems as problems:
        show(problems.diagnostics)
        click.echo(f"没有生成，{tally(problems.diagnostics)}")
        return told
    except OSError as problem:  # saved at this very moment, open elsewhere, disk full
        click.echo(
            f"没有生成：读写不了 {problem.filename or ''}（{reason(problem)}），再保存一次试试", err=True
        )
        return told
    show([problem for problem in done.report.found if problem not in told])
    names = [
        f"{outcome.state}：{done.name}/{outcome.path}"
        for outcome in done.report.outcomes
        if outcome.state != IDENTICAL
    ]
    pdfs = done.pdfs.outcomes if done.pdfs else ()
    names += [f"{outcome.state}：{outcome.path}" for outcome in pdfs if outcome.state != IDENTICAL]
    for name in names:
        click.echo(name)
    if not names:
        click.echo("文书没有变化")
    show(done.pdfs.faults if done.pdfs else ())
    show_drift(done.report)
    return frozenset(done.report.found)


def show_built(done: BuildResult, *, dry_run: bool, go_on: bool = True) -> None:
    """What was made and where, what was left alone, and what to open first; to `go_on`, what comes next."""
    report, trial = done.report, "　（试运行，没有写文件）" if dry_run else ""
    _show_states(f"{report.year}年度　统计截止 {report.day}{trial}", report.outcomes, done.name)
    _show_left_alone(report.outcomes, done.root, done.name, dry_run=dry_run)
    if report.left_out:
        click.echo(f"因条件未满足先不出的文书见上面的「还差」，共 {report.left_out} 处")
    if report.first is not None and not dry_run:
        click.echo(f"先打开：{done.name}/{report.first}")
        if not go_on:
            return
        if report.draft is not None:
            day = today(click.get_current_context()).isoformat()
            why = "签发以后；成文日期不是今天的，改成那一天"
            next_step("issue", *report.draft, "--date", day, why=why)
        else:
            next_step("status", why="看还等着什么")


def _show_states(title: str, outcomes: Sequence[Outcome], folder: str) -> None:
    """A row a kind of paper: how many files are new, changed, the same …"""
    from rich.console import Console
    from rich.table import Table

    from liangqing.base.output_files import CONFLICT, CREATE, IDENTICAL, STALE, UPDATE

    states = (CREATE, UPDATE, IDENTICAL, CONFLICT, STALE)
    rows: dict[str, list[str]] = {}
    for outcome in outcomes:
        rows.setdefault(outcome.path.split("/")[0], []).append(outcome.state)
    if not rows:
        click.echo("没有生成文书")
        return
    table = Table("文种", title=title)
    for state in states:
        table.add_column(state, justify="right")
    table.add_column("位置")
    for kind, found in rows.items():
        counts = [str(found.count(state) or "") for state in states]
        table.add_row(kind, *counts, f"{folder}/{kind}")
    Console(width=None if sys.stdout.isatty() else 120).print(table)


def _show_left_alone(outcomes: Sequence[Outcome], root: Path, folder: str, *, dry_run: bool) -> None:
    """The files that a person changed, and those that are no longer made."""
    from liangqing.base.output_files import CONFLICT, STALE

    for outcome in outcomes:
        if outcome.state == CONFLICT:
            click.echo(f"没有覆盖：{folder}/{outcome.path} 被人改过（要覆盖加 --overwrite）")
        elif outcome.state == STALE:
            click.echo(f"不再需要：{folder}/{outcome.path}（{what_became(root / outcome.path, dry_run)}）")


def show_drift(report: BuildReport) -> None:
    """Papers that went out and whose data was changed since: then and now."""
    for name, words in report.drifted:
        click.echo(f"印发后改过：{name} 印发后数据改过，存档不变：{'；'.join(words)}")
    if report.drifted:
        click.echo("    要改已发出的：另发更正（更正: 旧文号），或 void 作废重发；改错了的，把数据改回来")


def report_as_data(report: BuildReport, folder: str) -> dict[str, object]:
    """What came of a build, for a script."""
    states = {outcome.path: outcome.state for outcome in report.outcomes}
    papers: list[dict[str, object]] = [
        {
            "文种": paper.kind,
            "对象": paper.subject,
            "标题": paper.title,
            "文号": paper.number,
            "文件": f"{folder}/{paper.path}",
            "状态": states.pop(paper.path),
        }
        for paper in report.papers
    ]
    papers += [{"文件": f"{folder}/{path}", "状态": state} for path, state in states.items()]
    return {
        "年度": report.year,
        "统计截止日期": report.day,
        "文书": papers,
        "问题": [as_data(problem) for problem in report.found],
        "漂移": [{"文号": name, "改动": list(words)} for name, words in report.drifted],
    }


def what_became(path: Path, dry_run: bool) -> str:
    """What was, or would be, done with a file that is no longer made."""
    if dry_run:
        return "没有被人改过就会删除"
    return "被人改过，留着" if path.exists() else "已删除"
