"""`find`: a search over the records of all years and the register."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from liangqing.cli.console import AS_JSON, Sub, program_name, tell, workspace_root

if TYPE_CHECKING:
    from liangqing.outputs.search import FoundRecord, SearchResult

MOST = 50  # records that are shown without --all


@click.command(cls=Sub)
@click.argument("words", nargs=-1, required=True, metavar="词…")
@click.option("--year", type=int, metavar="年度", help="只查这一年，默认查各年度")
@click.option("--all", "everything", is_flag=True, help=f"全部列出，默认列前 {MOST} 条")
@AS_JSON
@click.pass_context
def find(
    ctx: click.Context, words: tuple[str, ...], year: int | None, everything: bool, as_json: bool
) -> None:
    """查找：在各年度的记录和发文登记里找词，几个词的要都有；不分全角半角、大小写。例：generate.py find 采购 局办公室"""
    from liangqing.outputs import search

    if not any(word.strip() for word in words):
        raise click.UsageError("缺 词…", ctx)
    result = search.search(workspace_root(ctx, only_looks=True), words, year)
    tell(
        as_json,
        lambda: [_as_data(hit) for hit in result.found],
        lambda: _show(result, words, None if everything else MOST),
    )
    if result.unread:
        files = "、".join(result.unread)
        click.echo(f"读不出来、没有查的文件：{files}；错在哪里，运行 {program_name()} check", err=True)


def _show(result: SearchResult, words: Sequence[str], most: int | None) -> None:
    """Two lines a record, and how many there are of how many."""
    for hit in result.found[:most]:
        click.echo(" ".join(filter(None, (str(hit.year or "各年度"), hit.kind, hit.code, hit.unit))))
        click.echo(f"    {hit.key}：{hit.words}（{hit.place}）")
    asked = "".join(f"「{word}」" for word in words)
    years = "、".join(map(str, result.years))
    gone_through = f"查了{f' {years} 年' if years else ''}的 {result.searched} 条记录，含发文登记"
    if not result.found:
        click.echo(f"没有找到{'同时' if len(words) > 1 else ''}有{asked}的记录（{gone_through}）")
        return
    click.echo(f"有{asked}的记录 {len(result.found)} 条（{gone_through}）")
    if most is not None and len(result.found) > most:
        click.echo(f"这里只列前 {most} 条：再加一个词，或加 --all 全部列出")


def _as_data(hit: FoundRecord) -> dict[str, object]:
    """A record for a script."""
    return {
        "年度": hit.year,
        "类别": hit.kind,
        "编号": hit.code,
        "单位": hit.unit,
        "键": hit.key,
        "内容": hit.words,
        "文件": hit.place.file,
        "行": hit.place.line,
    }
