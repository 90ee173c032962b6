"""The command `collect`: what came back filled in is read, shown, and with --accept taken into the data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from liangqing.base.diagnostics import Problems
from liangqing.cli.collected_lists import list_changes, list_forms, tell_forms, tell_skipped
from liangqing.cli.console import (
    AS_JSON,
    DONE,
    SAMPLE,
    WRONG,
    YEAR,
    Sub,
    as_data,
    next_step,
    own_root,
    show,
    tally,
    tell_json,
    today,
    workspace_root,
)
from liangqing.cli.init import first_as_data, show_first

if TYPE_CHECKING:
    from liangqing.base.diagnostics import Diagnostic
    from liangqing.changes import CollectedForms, Taken
    from liangqing.changes.ledger_changes import CollectedLedger

Files = Sequence[tuple[Path, str]]
LATER_FAILED = "前面说“已写入”的已经写好，不用再收；没有写成的在下面，改好以后再收一次"


@click.command(cls=Sub)
@click.argument("files", nargs=-1, required=True, metavar="文件或文件夹…", type=click.Path(path_type=Path))
@click.option("--accept", "--yes", "accept", is_flag=True, help="写入数据；不加时只显示会怎样，什么也不写")
@click.option(
    "--conflict",
    type=click.Choice(["stop", "skip", "update"]),
    default="stop",
    help="台账生成以后记录又改过的行：stop 停下（默认），skip 放过，update 以台账里改的为准",
)
@click.option("-v", "--verbose", is_flag=True, help="很多时也逐项显示；不收的说出全部原因")
@YEAR
@SAMPLE
@AS_JSON
@click.pass_context
def collect(
    ctx: click.Context,
    files: tuple[Path, ...],
    accept: bool,
    conflict: str,
    verbose: bool,
    year: int | None,
    as_json: bool,
) -> None:
    """收回填好的表和台账：核对，显示会录入什么，加 --accept 才写入。例：generate.py collect 收到的表 --accept"""
    from liangqing.changes.arriving import files_in

    own_root(ctx, writes=accept, only_looks=not accept)
    found = files_in(files)
    by_reader: dict[str, list[tuple[Path, str]]] = {suffix: [] for suffix in READERS}
    for path in found.files:
        suffix = path.suffix.lower()
        by_reader[suffix if suffix in READERS else WORD].append((path, path.as_posix()))
    if not any(by_reader.values()):
        raise click.UsageError("文件夹里没有能收的文件（.docx、.xlsx 等）", ctx)
    wanted = {suffix: given for suffix, given in by_reader.items() if given}
    if accept and len(wanted) > 1:  # nothing of one kind is written before those of the other are judged
        for suffix, given in wanted.items():
            list(READERS[suffix](ctx, given, False, year))
    answers = (
        answer for suffix, given in wanted.items() for answer in READERS[suffix](ctx, given, accept, year)
    )
    code, data = DONE, {"略过": list(found.skipped)} if found.skipped else dict[str, Any]()
    if not as_json:
        tell_skipped(found.skipped)
    told = 0
    try:
        for answer in answers:  # each is told before the next is written
            code, told = max(code, answer.code), told + 1
            if as_json:
                _merge(data, answer.data)
            else:
                answer.show()
    except (Problems, OSError):
        if accept and told:
            if as_json:
                tell_json(data)
            click.echo(LATER_FAILED, err=True)
        raise
    if as_json:
        tell_json(data)
    ctx.exit(code)


def _merge(data: dict[str, Any], more: Mapping[str, Any]) -> None:
    """Put an answer to those before it: lists and mappings go on, of everything else the first that is told stands."""
    for key, value in more.items():
        if isinstance(value, list):
            data[key] = [*data.get(key, ()), *value]
        elif isinstance(value, dict):
            data[key] = data.get(key, {}) | value
        else:
            data[key] = data.get(key) or value


@dataclass(frozen=True)
class CollectResult:
    """What came of reading some files: the exit code, what prints it for a person, and the same for a script."""

    code: int
    show: Callable[[], None]
    data: Mapping[str, Any]


def forms(ctx: click.Context, files: Files, accept: bool, year: int | None) -> Iterator[CollectResult]:
    """Collect Word forms, those of one year together, the latest year first. All are judged before the first is written."""
    from liangqing import changes
    from liangqing.actions import receiving
    from liangqing.base.output_files import locked

    root, day = workspace_root(ctx), today(ctx)
    came = changes.arrived(files, ctx.params["files"])
    with (
        locked(root / receiving.LOCK) if accept else nullcontext()
    ):  # what only looks can do so on a disk that is read only
        for then, collected in receiving.forms_by_year(root, came, day, year, one_year=bool(year)):
            written = changes.accept(then, collected.judged, day) if accept and collected.good else None
            yield CollectResult(
                WRONG if collected.refused else DONE,
                partial(_show_forms, collected, written, accept=accept, verbose=bool(ctx.params["verbose"])),
                _forms_as_data(collected, written),
            )


def ledgers(ctx: click.Context, files: Files, accept: bool, year: int | None) -> Iterator[CollectResult]:
    """Collect ledgers one by one. All of them are judged before the first is written; one refused keeps no other out.

    What is collected first in a new workspace begins it.
    """
    from liangqing.actions import first_workbook, receiving
    from liangqing.changes import ledger_changes

    root, day = workspace_root(ctx), today(ctx)
    if (begins := first_workbook.blank_year(root)) is not None:
        yield _begun(ctx, files, accept, begins)
        return
    judged, refused = _judged(ctx, files, year)
    for name, collected in judged:
        written = ledger_changes.accept(collected, day) if accept and collected.judged.files else None
        if accept and collected.whole:
            receiving.count_as_ours(root, collected)
        yield CollectResult(
            DONE,
            partial(_show_ledger, collected, written, verbose=bool(ctx.params["verbose"])),
            {"台账": [_ledger_as_data(name, collected, written)]},
        )
    if refused:
        yield _refusal(refused)


def _judged(
    ctx: click.Context, files: Files, year: int | None
) -> tuple[list[tuple[str, CollectedLedger]], dict[str, Sequence[Diagnostic]]]:
    """The ledgers that can be taken, by name, and why others can't."""
    from liangqing.changes import ledger_changes

    root, day, conflict = workspace_root(ctx), today(ctx), str(ctx.params["conflict"])
    judged: list[tuple[str, CollectedLedger]] = []
    refused: dict[str, Sequence[Diagnostic]] = {}
    for path, name in files:
        try:
            ledger = ledger_changes.judge(root, path, path.name, day, conflict=conflict, year=year)
            judged.append((name, ledger))
        except Problems as problems:
            refused[name] = problems.diagnostics
    return judged, refused


def _refusal(refused: Mapping[str, Sequence[Diagnostic]]) -> CollectResult:
    """Workbooks of which nothing is taken: everything that is wrong with each, and how much that is."""
    problems = list(dict.fromkeys(problem for said in refused.values() for problem in said))

    def show_refused() -> None:
        show(problems)
        click.echo(tally(problems), err=True)

    data = {name: [as_data(problem) for problem in said] for name, said in refused.items()}
    return CollectResult(WRONG, show_refused, {"不收": data})


def _begun(ctx: click.Context, files: Files, accept: bool, year: int) -> CollectResult:
    """The workbook with which a workspace begins, in which nothing is written yet."""
    from liangqing.actions import first_workbook

    if len(files) > 1:
        raise click.UsageError("新的工作目录里还没有数据：先收一份录入表，再收别的", ctx)
    (path, name), day = files[0], today(ctx)
    first = first_workbook.judged(workspace_root(ctx), path, name, year, day)
    taken = first_workbook.take(first, day) if accept else None

    def show_begun() -> None:
        list_changes(first.judged.shown, verbose=bool(ctx.params["verbose"]))
        show_first(first)
        if taken is None:
            click.echo("还没有写入任何文件；核对后加 --accept 写入")
            return
        click.echo(f"已写入：{'、'.join(taken.files)}")
        next_step("ledger", why="数据已经在工作目录里，以后在台账里接着填；先 check 看有没有提示")

    values = [change.record() for change in first.judged.shown]
    data = {"改动": values, **first_as_data(first), "写入": list(taken.files) if taken else []}
    return CollectResult(DONE, show_begun, {"录入表": [{"文件": name, **data}]})


def _show_ledger(collected: CollectedLedger, written: Taken | None, *, verbose: bool) -> None:
    changes = collected.judged.shown
    list_changes(changes, verbose=verbose)
    click.echo(f"合计：{len(changes)} 处改动" if changes else "没有要收的改动")
    if written is not None:
        click.echo(f"已写入：{'、'.join(written.files)}")
        if written.copies:
            click.echo(f"原来的文件备份在：{'、'.join(written.copies)}")
        next_step("ledger", *(() if collected.whole else ("--overwrite",)), why="重新生成台账")
    elif changes:
        click.echo("还没有写入任何文件；核对后加 --accept 写入")
    show(collected.judged.told)


def _ledger_as_data(name: str, collected: CollectedLedger, written: Taken | None) -> dict[str, object]:
    return {
        "文件": name,
        "改动": [change.record() for change in collected.judged.shown],
        "说明": [as_data(problem) for problem in collected.judged.told],
        "写入": list(written.files) if written else [],
        "备份": list(written.copies) if written else [],
    }


WORD = ".docx"
# By the ending of a file: who reads it. What has another ending is read as Word, which says what is wrong with it.
READERS: dict[str, Callable[[click.Context, Files, bool, int | None], Iterator[CollectResult]]] = {
    WORD: forms,
    **dict.fromkeys((".xlsx", ".xls", ".et", ".ett", ".xlsm", ".ods"), ledgers),
}


def _show_forms(collected: CollectedForms, taken: Taken | None, *, accept: bool, verbose: bool) -> None:
    tell_skipped(collected.skipped)
    list_forms(collected, verbose=verbose)
    counts = [("可收" if taken is None else "已收", len(collected.good))]
    counts += [("早已收过", len(collected.before)), ("不收", len(collected.refused))]
    total = "，".join(f"{name} {count} 份" for name, count in counts if count)
    click.echo(f"合计：{total}" if total else "没有要收的表")
    if taken is not None:
        click.echo(f"已写入：{'、'.join(taken.files)}（原件在同名文件夹里，共 {len(taken.originals)} 份）")
        from liangqing.actions.receiving import NEXT

        todo = dict.fromkeys(NEXT[form.section] for form, _ in collected.good)
        next_step("check", why="；".join([*todo, "再检查"]))
    elif collected.good:
        click.echo("还没有写入任何文件" + ("" if accept else "；核对后加 --accept 写入"))
    tell_forms(collected, verbose=verbose)


def _forms_as_data(collected: CollectedForms, taken: Taken | None) -> dict[str, object]:
    from liangqing.changes import changes

    return {
        "可收": [
            {
                "文件": form.name,
                "文种": form.mark.kind,
                "对象": form.mark.subject,
                "分区": form.section,
                "记录": [
                    [{"项": name, "原": old, "新": new} for name, old, new in changes(record)]
                    for record in records
                ],
            }
            for form, records in collected.good
        ],
        "早已收过": [as_data(problem) for problem in collected.before],
        "不收": {name: [as_data(problem) for problem in said] for name, said in collected.refused.items()},
        "说明": [as_data(problem) for problem in collected.judged.told],
        "略过": list(collected.skipped),
        "写入": None if taken is None else taken.files[0],
        "全部写入": [] if taken is None else list(taken.files),
        "原件": [] if taken is None else list(taken.originals),
    }
