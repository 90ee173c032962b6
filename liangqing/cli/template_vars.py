"""The command `template vars`: what a template may print, by kind of paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from liangqing.cli.console import AS_JSON, Sub, rows_as_data, show_table, tell, workspace_root

if TYPE_CHECKING:
    from liangqing.engine import Shape
    from liangqing.variables.table import Table

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
    from liangqing.variables.table import TABLES

    tops: dict[str, Table] = {}
    if kind is None:
        tops["所有文书都有"] = COMMON
        for subject in SUBJECTS:
            own = {name: variable for name, variable in variables_of(subject).items() if name not in COMMON}
            tops[f"对象是「{subject}」的文书另有"] = own
    else:
        tops[f"{kind}能用的变量"] = variables_of(_subject_of(ctx, kind))
    for title, table in tops.items():
        yield title, _rows(table)
    for name in _groups(tops):
        yield f"一组「{name}」里有", _rows(TABLES[name])


def _subject_of(ctx: click.Context, kind: str) -> str:
    from liangqing.papers.rendering import load_catalogue
    from liangqing.variables.subjects import SUBJECTS

    known = load_catalogue(workspace_root(ctx))
    return kind if kind in SUBJECTS and kind not in known.entries else known.entry(kind).subject_kind


def _rows(table: Table) -> list[tuple[str, str, str]]:
    from liangqing.variables.table import in_words

    return [(name, in_words(variable.shape), variable.help) for name, variable in table.items()]


def _groups(tops: dict[str, Table]) -> list[str]:
    """The groups that can be reached, nearest first."""
    from liangqing.variables.table import TABLES

    found: dict[str, None] = {}
    waiting = [variable.shape for table in tops.values() for variable in table.values()]
    for shape in waiting:  # grows while it is read
        name = _group(shape)
        if name is not None and name not in found:
            found[name] = None
            waiting += [variable.shape for variable in TABLES[name].values()]
    return list(found)


def _group(shape: Shape) -> str | None:
    from liangqing.engine import List, Record

    if isinstance(shape, List):
        return _group(shape.item)
    return shape.name if isinstance(shape, Record) else None
