"""The command `template vars`: what a template may print, by kind of paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Never

import click

from liangqing.cli.console import AS_JSON, Sub, rows_as_data, show_table, tell, workspace_root

if TYPE_CHECKING:
    from liangqing.variables.table import Rows

_HEADS = ("变量", "类型", "含义")


@click.command("vars", cls=Sub)
@click.argument("kind", required=False, metavar="[文种]")
@AS_JSON
@click.pass_context
def variables(ctx: click.Context, kind: str | None, as_json: bool) -> None:
    """列出模板里能用的变量；不写文种时列出全部。例：generate.py template vars 整改函"""
    from liangqing.base.chinese import FILTERS

    tables = list(_tables(ctx, kind))
    told = [{"表": title, "变量": rows_as_data(_HEADS, rows)} for title, rows in tables]
    tell(as_json, lambda: {"表": told, "过滤器": list(FILTERS)}, lambda: _show(tables, FILTERS))


def _show(tables: Sequence[tuple[str, list[tuple[str, str, str]]]], filters: Iterable[str]) -> None:
    for title, rows in tables:
        show_table(title, _HEADS, rows)
    click.echo(f"过滤器：{'、'.join(filters)}")


def _tables(ctx: click.Context, kind: str | None) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """Titles and rows: first what stands at the top of a template, then each group that is read through it."""
    from liangqing.variables.papers import COMMON
    from liangqing.variables.subjects import SUBJECTS
    from liangqing.variables.subjects import variables as variables_of
    from liangqing.variables.table import groups

    tops: dict[str, Rows[Never]] = {}
    if kind is None:
        tops["所有文书都有"] = COMMON
        tops |= {f"对象是「{name}」的文书另有": subject.own for name, subject in SUBJECTS.items()}
    else:
        tops[f"{kind}能用的变量"] = variables_of(_subject_of(ctx, kind))
    for title, rows in tops.items():
        yield title, _rows(rows)
    for table in groups(tops.values()):
        yield f"一组「{table.name}」里有", _rows(table.rows)


def _subject_of(ctx: click.Context, kind: str) -> str:
    from liangqing.papers.rendering import load_catalogue
    from liangqing.variables.subjects import SUBJECTS

    known = load_catalogue(workspace_root(ctx, only_looks=True))
    return kind if kind in SUBJECTS and kind not in known.entries else known.entry(kind).subject_kind


def _rows(rows: Rows[Never]) -> list[tuple[str, str, str]]:
    from liangqing.variables.table import in_words

    return [(name, in_words(variable.shape), variable.help) for name, variable in rows.items()]
