"""The commands about papers that go out: `issue`, `void` and `verify`."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Problems, reason
from liangqing.cli.archive import verify_packages
from liangqing.cli.completion import complete_kinds, complete_subjects
from liangqing.cli.console import (
    AS_JSON,
    DONE,
    DONE_UNTOLD,
    OUT_OF_DATE,
    SAMPLE,
    WRONG,
    YEAR,
    Day,
    Name,
    Sub,
    as_data,
    json_or_text,
    next_step,
    own_root,
    show,
    tell,
    today,
    workspace_root,
)

if TYPE_CHECKING:
    from liangqing.actions.issuing import IssueOrder
    from liangqing.actions.verify import Verdict
    from liangqing.register import Line, Void


IN_SPITE = click.option(
    "--in-spite",
    default="",
    metavar="理由",
    help="登记或存档有损，一时恢复不了，确需先办：写明理由，登记里记下",
)


@click.command(cls=Sub)
@click.argument("kind", metavar="文种", type=Name(), shell_complete=complete_kinds)
@click.argument("subject", metavar="对象", type=Name(), required=False, shell_complete=complete_subjects)
@click.option(
    "--date", "day", type=Day(), help="成文日期；对象和日期都不写：这个文种待定稿的各按交出的那天全部存档"
)
@click.option(
    "--signer", default="", metavar="姓名", help="签发人；不写的会问，选项「登记签发人」写 否 的不问"
)
@click.option("--as-edited", is_flag=True, help="草稿在 Word 里改过的，照改过的印发，登记里记“手改”")
@click.option("--number", type=click.IntRange(min=1), metavar="N", help="补录手工编过号的：几号")
@click.option(
    "--file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="文件",
    help="补录手工编过号的：发出的那份 .docx",
)
@click.option("--force-date", is_flag=True, help="成文日期晚于今天，确要照发，登记里记“日期未到”")
@click.option(
    "--yes",
    "--confirm-date",
    "confirm_date",
    is_flag=True,
    help="成文日期与前后的号不衔接，核对过照发，不再问",
)
@IN_SPITE
@YEAR
@SAMPLE
@AS_JSON
@click.pass_context
def issue(ctx: click.Context, /, as_json: bool, **asked: Any) -> None:
    """印发：取号、登记、存档，此后不再改。例：generate.py issue 整改函 ZG1 --date 2021-04-20"""
    from liangqing.actions import issuing

    if asked["subject"] is None and asked["day"] is None:
        _keep_all(ctx, asked, as_json=as_json)
        return
    for key, missing in (("subject", "缺「对象」，如 ZG1"), ("day", "缺 --date，如 --date 2021-04-20")):
        if asked[key] is None:
            raise click.UsageError(missing, ctx)
    order = issuing.IssueOrder(**asked)
    if (order.number is None) != (order.file is None):
        raise click.UsageError("补录要同时写 --number 和 --file", ctx)
    if order.file is not None and order.as_edited:
        raise click.UsageError("--file 已经指明了文件，不用再写 --as-edited", ctx)
    root, day = own_root(ctx), today(ctx)
    if not order.signer and not as_json and sys.stdin.isatty():
        order = replace(order, signer=_asked_signer(root, order, day))
    try:
        issued = issuing.issue(root, order, day)
    except Problems as refused:
        if as_json or not sys.stdin.isatty() or not _asks_for_yes(refused.diagnostics):
            raise
        show(refused.diagnostics)
        if not click.confirm("核对过，仍照这个日期印发吗？", default=False):
            ctx.exit(WRONG)
        issued = issuing.issue(root, replace(order, confirm_date=True), day)
    with telling(ctx, root, f"已印发：{issued.line.name}"):
        show(issued.told)
        tell(as_json, issued.line.record, lambda: _show_issued(issued.line))


@contextmanager
def telling(ctx: click.Context, root: Path, done: str) -> Iterator[None]:
    """Around the words about what is in the register already: where they can't be said, `done` is, on stderr.

    The exit code is then DONE_UNTOLD, and the next command tells it again. "" where nothing was done.
    """
    from liangqing import register

    try:
        if sys.__stdout__ is None:  # closed when we started: what stands in its place shows nothing
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        yield
        sys.stdout.flush()
    except OSError as problem:
        _speak_no_more()
        if not done:
            ctx.exit(WRONG)
        with suppress(OSError):
            why = f"消息没能显示（{reason(problem)}）"
            click.echo(f"{done}　登记、存档都已写好，只是{why}；不要再办一次", err=True)
        ctx.exit(DONE_UNTOLD)
    register.told(root)


def _speak_no_more() -> None:
    """What is still to be written on stdout goes nowhere: the system would try, and fail, once more at the end."""
    with suppress(OSError, AttributeError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _keep_all(ctx: click.Context, asked: dict[str, Any], *, as_json: bool) -> None:
    """Keep all papers of a kind that were handed over; exits with an error where one was refused."""
    from liangqing.actions.issuing.keeping import keep_handed_over

    if any(asked[name] for name in ("as_edited", "number", "file", "force_date", "confirm_date", "in_spite")):
        raise click.UsageError("全部定稿只写文种；别的选项要写明对象和 --date", ctx)
    root = own_root(ctx)
    kept = keep_handed_over(root, asked["kind"], asked["year"], asked["signer"], today(ctx))
    lines = [issued.line for issued in kept.issued]
    with telling(ctx, root, f"已定稿：{'、'.join(line.name for line in lines)}" if lines else ""):
        show(kept.problems)
        tell(as_json, lambda: [line.record for line in lines], lambda: _show_kept(lines))
    if kept.problems:
        ctx.exit(WRONG)


def _show_kept(lines: Sequence[Line]) -> None:
    for line in lines:
        click.echo(f"已定稿：{line.name}　{line.title}（{line.issued}）")
    if lines:
        next_step("build", lines[0].kind)


def _asked_signer(root: Path, order: IssueOrder, day: date) -> str:
    """Who signed, as the person says, who is offered the one who signed last; "" where the group does not want it."""
    from liangqing.actions import issuing
    from liangqing.year.open_workspace import settled_workspace

    opened = settled_workspace(root, order.year, None, day)
    if not opened.at.year.options.wants_signer:
        return ""
    usual = issuing.usual_signer(opened.at)
    return str(click.prompt("签发人", default=usual, show_default=bool(usual))).strip()


def _asks_for_yes(problems: Sequence[Diagnostic]) -> bool:
    """Whether a date out of order with the numbers is all that is odd."""
    return {problem.code for problem in problems} == {Code.ISSUED_OUT_OF_ORDER}


def _show_issued(line: Line) -> None:
    noted = f"（{'、'.join(line.notes)}）" if line.notes else ""
    click.echo(f"已印发：{line.name}　{line.title}{noted}")
    click.echo(f"存档：checklists/{line.file}")
    next_step("build", line.kind)


@click.command(cls=Sub)
@click.argument("number", metavar="文号", type=Name())
@click.option("--why", "why", required=True, metavar="理由", help="为什么作废")
@click.option("--date", "day", type=Day(), help="作废日期，默认今天")
@IN_SPITE
@SAMPLE
@AS_JSON
@click.pass_context
def void(ctx: click.Context, number: str, why: str, day: date | None, in_spite: str, as_json: bool) -> None:
    """作废一个文号（不重用，留痕）。例：generate.py void 市纪驻环整〔2021〕1号 --why 发错单位"""
    from liangqing.actions import issuing

    brackets = str.maketrans("[［【(（]］】)）", "〔〔〔〔〔〕〕〕〕〕")
    now, root = today(ctx), own_root(ctx)
    entry = issuing.void(root, number.translate(brackets), why, day or now, now, in_spite)
    with telling(ctx, root, f"已作废：{entry.target}"):
        tell(as_json, entry.record, lambda: _show_void(entry))


def _show_void(entry: Void) -> None:
    click.echo(f"已作废：{entry.target}（{entry.day}）")
    next_step("build", why="草稿会重新生成")


@click.command(cls=Sub)
@click.argument("files", nargs=-1, required=True, metavar="文件…", type=click.Path(path_type=Path))
@json_or_text
@click.pass_context
def verify(ctx: click.Context, files: tuple[Path, ...], form: str) -> None:
    """核对收回的文书是不是当初印发的，逐字说明改了哪里；写归档包的文件夹，就核对里面的文件。例：generate.py verify 收回的函.docx"""
    from liangqing.actions.archiving.checking import is_package

    packages = [path for path in files if is_package(path)]
    if packages:
        if len(packages) < len(files):
            raise click.UsageError("归档包和别的文件分开核对", ctx)
        verify_packages(ctx, packages, as_json=form == "json")
    from liangqing.actions.verify import Archive, with_changes_since

    archive = Archive(workspace_root(ctx, only_looks=True))
    found: list[Verdict] = []
    problems: list[Diagnostic] = [*archive.book.diagnostics]
    for path in files:
        try:
            found.append(archive.verify(path))
        except Problems as refused:
            problems += refused.diagnostics
    found = with_changes_since(archive.root, found, today(ctx))
    tell(
        form == "json",
        lambda: {
            "核对": [verdict_as_data(verdict) for verdict in found],
            "问题": [as_data(problem) for problem in problems],
        },
        lambda: _show_verdicts(found, problems),
    )
    if problems:
        ctx.exit(WRONG)
    ctx.exit(DONE if all(verdict.sound for verdict in found) else OUT_OF_DATE)


def _show_verdicts(found: Sequence[Verdict], problems: Sequence[Diagnostic]) -> None:
    for verdict in found:
        show_verdict(verdict)
    show(problems)
    if found and not problems and all(verdict.sound for verdict in found):
        next_step("status", why="看还等着什么；收回的签字、回复在 checklists 里登记")


def show_verdict(verdict: Verdict) -> None:
    """What a file is, what else to know of it, and each word that differs."""
    line = verdict.line
    which = ""
    if line is not None:
        annex = f" 附件 {verdict.kind}" if verdict.kind != line.kind else ""
        which = f"（{line.name}{annex}，{line.issued}，{line.title}）"
    click.secho(f"{verdict.file}：{verdict.state}{which}", fg="green" if verdict.sound else "yellow")
    for note in verdict.notes:
        click.echo(f"    {note}")
    for change in verdict.changes:
        click.echo(f"    {change}")
    if verdict.changes:
        click.echo(
            f"    共 {len(verdict.changes)} 处；存档：checklists/{line.file_of(verdict.kind) if line else ''}"
        )


def verdict_as_data(verdict: Verdict) -> dict[str, object]:
    """The same for a script."""
    line = verdict.line
    return {
        "文件": verdict.file,
        "结论": verdict.state,
        "有效": verdict.sound,
        "文号": line.number if line else None,
        "文种": verdict.kind or None,
        "对象": line.subject if line else None,
        "成文日期": line.issued if line else None,
        "说明": list(verdict.notes),
        "改动": [
            {"位置": change.place, "原来": change.before, "现在": change.after} for change in verdict.changes
        ],
    }
