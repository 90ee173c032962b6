"""`library`: standard findings to start from, listed, searched, and put into the year as a draft."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from liangqing.base.diagnostics import Problems
from liangqing.cli.console import (
    AS_JSON,
    SAMPLE,
    YEAR,
    Sub,
    next_step,
    own_root,
    tell,
    tell_table,
    today,
    workspace_root,
)

if TYPE_CHECKING:
    from liangqing.data.library import LibraryEntry

IN_FULL = 3  # so few entries are shown with all their words


@click.command(cls=Sub)
@click.argument("words", nargs=-1, metavar="[词…]")
@click.option("--take", metavar="编号", help="把这一条写进今年的问题，作草稿；要写 --inspection")
@click.option("--inspection", metavar="检查", help="在哪次检查发现（编号或名称）")
@click.option("--unit", metavar="单位", help="哪个单位的（编号、名称或简称）；检查只有一个单位的不用写")
@YEAR
@SAMPLE
@AS_JSON
@click.pass_context
def library(
    ctx: click.Context,
    words: tuple[str, ...],
    take: str | None,
    inspection: str | None,
    unit: str | None,
    year: int | None,
    as_json: bool,
) -> None:
    """问题库：列出、查找常见问题的写法，取一条作草稿。例：generate.py library --take K18 --inspection JZ01"""
    from liangqing.data import library as shelf
    from liangqing.outputs.search import plain

    entries = shelf.load(workspace_root(ctx, only_looks=take is None))
    if take is not None:
        if inspection is None:
            raise click.UsageError("--take 要和 --inspection 一起用：写明在哪次检查发现", ctx)
        _take(ctx, shelf.called(entries, take), inspection, unit, year, as_json=as_json)
        return
    wanted = [plain(word) for word in words]
    found = [entry for entry in entries if all(word in plain(entry.words) for word in wanted)]
    rows = [(entry.code, entry.group, entry.name, "、".join(entry.clauses)) for entry in found]
    tell_table(as_json, "问题库（示例写法，用前核对依据的现行版本）", ("编号", "类别", "名称", "依据"), rows)
    if not as_json:
        _show_words(found)
        _show_how_to_take(ctx, found[:1], year)


def _show_words(found: Sequence[LibraryEntry]) -> None:
    if not found:
        click.echo("没有这样的问题：换一个词，或不写词列出全部")
        return
    for entry in found if len(found) <= IN_FULL else ():
        days = f"，一般给 {entry.days} 天" if entry.days is not None else ""
        click.echo(f"{entry.code} {entry.name}（{entry.category or '整改类别待定'}{days}）")
        click.echo(f"    事实：{entry.facts}\n    整改要求：{entry.demand}")


def _show_how_to_take(ctx: click.Context, found: Sequence[LibraryEntry], year: int | None) -> None:
    """The command for the first entry, for the inspection that began last; none where the year can't be read."""
    from liangqing.year.open_workspace import open_workspace

    try:
        opened = open_workspace(workspace_root(ctx), year, None, today(ctx), look_at_today=True)
    except Problems:
        return
    if opened.data.diagnostics or not found:
        return
    at = opened.at
    last = max(at.year.inspections, key=lambda visit: visit.begins, default=None)
    if last is None:
        click.echo("取作草稿以前，先登记是哪次「检查」发现的")
        return
    units = at.year.units_of(last.units)
    unit = () if len(units) == 1 else ("--unit", units[0].code)
    why = f"取一条作草稿；不是{last.name}发现的，改成那次检查{'和单位' if unit else ''}"
    next_step("library", "--take", found[0].code, "--inspection", last.code, *unit, why=why)


def _take(
    ctx: click.Context,
    entry: LibraryEntry,
    inspection: str,
    unit: str | None,
    year: int | None,
    *,
    as_json: bool,
) -> None:
    """Put the entry into the year."""
    from liangqing.actions import draft_finding
    from liangqing.changes import accepting, judging
    from liangqing.changes.proposed import NewRecord
    from liangqing.year.open_workspace import open_workspace

    opened = open_workspace(own_root(ctx), year, None, today(ctx), look_at_today=True)
    if opened.data.diagnostics:
        raise Problems(opened.data.diagnostics)
    visit = draft_finding.inspection_called(opened, inspection)
    draft = draft_finding.drafted(opened, entry, visit, draft_finding.unit_of(opened, visit, unit))
    judged = judging.judge(opened, [draft])
    if judged.refused:
        raise Problems(judged.refused[draft.name])
    (name,) = accepting.accept(opened, judged, today(ctx)).files
    (record,) = judged.good[0].proposals
    assert isinstance(record, NewRecord)
    tree = record.tree

    def told() -> None:
        click.echo(f"已写：问题 {tree['编号']} {entry.name}（{name}）")
        if entry.days is not None:
            click.echo(f"整改时限由反馈会定，这类问题一般给 {entry.days} 天")
        next_step("check", why="把【填 …】换成查到的情况，补上责任和整改时限以后")

    tell(as_json, lambda: {"问题": dict(tree), "写入": name}, told)
