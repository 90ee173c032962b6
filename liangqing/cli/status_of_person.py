"""`status --person`: what is open with one person responsible."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from liangqing.base.chinese import enumerate_words, suggestion
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse
from liangqing.cli.console import show_table, tell

if TYPE_CHECKING:
    from liangqing.year.open_workspace import OpenWorkspace
    from liangqing.year.state.persons import PersonResponsible

UNSETTLED = "待明确"
_HEADS = ("责任人", "单位", "类别", "事项", "期限", "情况")


def show_person(opened: OpenWorkspace, name: str, unit: str | None, *, as_json: bool) -> None:
    """Print what is open with everybody of a name, in one unit (简称) or in all; the same name in two units is two persons.

    Raises Problems for a name that nobody responsible has or ever had.
    """
    from liangqing.year.state.persons import everybody, persons

    known = everybody(opened.at)
    if name not in known:
        message = f"没有叫「{name}」的责任人"
        raise refuse(Code.NO_SUCH_PERSON, Place("--person"), message, suggestion(name, sorted(known)))
    found = [person for person in persons(opened.at) if person.name == name]
    found = [person for person in found if unit is None or unit in person.units]
    told = [row for person in found for row in _as_data(opened, person)]
    tell(as_json, lambda: told, lambda: _show(opened, name, found))


def _rows(opened: OpenWorkspace, person: PersonResponsible) -> list[tuple[str, ...]]:
    from liangqing.year.state.persons import in_a_word, what_of

    label = f"{person.name}（{person.post}）" if person.post else person.name
    year = opened.at.year.year
    return [
        (
            label,
            person.unit,
            matter.kind,
            what_of(matter, year),
            str(matter.due or UNSETTLED),
            in_a_word(matter),
        )
        for matter in person.matters
    ]


def _as_data(opened: OpenWorkspace, person: PersonResponsible) -> list[dict[str, object]]:
    """The rows for a script, with year, 编号 and days of delay."""
    rows = _rows(opened, person)
    return [
        {
            **dict(zip(_HEADS, row, strict=True)),
            "年度": matter.year,
            "编号": matter.code,
            "逾期天数": matter.late,
        }
        for row, matter in zip(rows, person.matters, strict=True)
    ]


def _show(opened: OpenWorkspace, name: str, found: Sequence[PersonResponsible]) -> None:
    """A table of all, and a sum for each person."""
    title = f"{name}名下　{opened.at.year.year}年度　截至 {opened.at.day}"
    show_table(title, _HEADS, [row for person in found for row in _rows(opened, person)])
    if not found:
        click.echo("没有在办的")
    for person in found:
        click.echo(f"{person.unit} {name}：在办 {len(person.matters)} 件，过了期限的 {person.late} 件")
    if len(found) > 1:
        units = enumerate_words(person.unit for person in found)
        click.echo(f"叫{name}的有 {len(found)} 人（{units}），各算各的；只看一人的，加 --unit 写单位")
