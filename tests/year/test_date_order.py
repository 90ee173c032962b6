"""The order of dates is one table: every row is broken by a case, and no key with a date stands outside it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import dates_page
import pytest
from pydantic import BaseModel
from small import DAY, Change, Row, cases, rows, told, write_row, write_small

from liangqing.base.codes import Code
from liangqing.data.model.validate import SECTIONS
from liangqing.year import rules
from liangqing.year.open_workspace import OpenWorkspace, in_order, open_workspace
from liangqing.year.rules import date_order
from liangqing.year.rules.date_table import FREE, HAPPENED, OF_YEAR, ORDERS, Order
from liangqing.year.rules.dated_things import FIELDS, DatedThings, records_of
from liangqing.year.rules.derived_dates import DERIVED

OF_ITS_YEAR = "年度 "


def as_row(order: Order) -> str:
    """A row of the table as it is written there."""
    if order.looks_at_earlier:
        return f"{order.later} ≥ {order.earlier}"
    return f"{order.earlier} {'<' if order.strict else '≤'} {order.later}"


ROWS = {as_row(order): order for order in ORDERS}


def dated_keys(model: type[BaseModel], path: str) -> Iterator[str]:
    """The keys below `path` that may hold a date, with those that lead to them."""
    for name, field in model.model_fields.items():
        own = f"{path}.{field.alias or name}"
        for kind in kinds_in(field.annotation):
            if kind is datetime.date:
                yield own
            elif isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from dated_keys(kind, own)


def kinds_in(annotation: Any) -> Iterator[Any]:
    """The plain types that an annotation is made of, each once."""
    found: dict[Any, None] = {}
    waiting = [annotation]
    while waiting:
        kind = waiting.pop()
        inner = get_args(kind)
        waiting += inner
        if not inner:
            try:
                found[kind] = None
            except TypeError:
                continue  # what is no type: a validator that stands in the annotation
    yield from found


DATED = sorted({key for section in SECTIONS for key in dated_keys(section.model, section.key)})


def opened(tmp_path: Path, row: Row) -> OpenWorkspace:
    found = open_workspace(write_row(tmp_path, row), None, row.day, row.day)
    assert found.data.diagnostics == found.register.diagnostics == ()
    return found


@pytest.mark.parametrize("row", cases("dates"))
def test_dates_in_the_wrong_order_are_told_with_both_places(tmp_path: Path, row: Row) -> None:
    at = opened(tmp_path, row).at
    assert told(in_order(rules.audit(at, today=row.day))) == row.says
    if row.about.startswith(OF_ITS_YEAR):
        thing = row.about.removeprefix(OF_ITS_YEAR)
        (wrong,) = date_order.dates_in_their_year(at)
        assert any(found.place == wrong.place for found in things_of(at, thing))
    elif row.about:
        assert date_order.broken(DatedThings(at, DERIVED), ROWS[row.about])


def things_of(at: Any, thing: str) -> list[Any]:
    things = DatedThings(at, DERIVED)
    section = thing.partition(".")[0]
    return [dated for record in records_of(at.year, section) for dated in things.of(record, thing)]


def test_every_row_of_the_table_has_a_case() -> None:
    broken = {row.about for row in rows("dates") if row.says}
    assert set(ROWS) == {about for about in broken if not about.startswith(OF_ITS_YEAR)}
    of_year = {f"{OF_ITS_YEAR}{row.thing}" for row in OF_YEAR}
    without = {about for about in of_year - broken if not about.endswith(".放行.有效期至")}
    assert without == set()  # of a waiver one section stands for all


def test_no_date_of_the_model_stands_outside_the_table() -> None:
    compared = {thing for order in ORDERS for thing in (order.earlier, order.later)}
    compared |= {row.thing for row in OF_YEAR}
    assert len(DATED) > 50
    assert set(DATED) - compared == set(FREE)
    assert set(FREE) & compared == set()
    assert all(FREE.values())


def test_what_the_table_names_is_there() -> None:
    named = {thing for order in ORDERS for thing in (order.earlier, order.later)}
    named |= {row.thing for row in OF_YEAR} | {*HAPPENED}
    assert named - set(DATED) == set(DERIVED)
    assert {thing.partition(".")[0] for thing in named} <= set(FIELDS)


def test_what_is_said_to_have_happened_is_not_dated_after_today(tmp_path: Path) -> None:
    """Every thing of HAPPENED is told on the day before its date, and not on that day."""
    row = next(row for row in rows("dates") if row.fault == "什么都办过")
    at = opened(tmp_path, row).at
    for thing in HAPPENED:
        (first, *_) = things_of(at, thing)
        before = first.day - datetime.timedelta(days=1)
        assert first.place in {wrong.place for wrong in date_order.not_yet(at, before)}, thing
        assert first.place not in {wrong.place for wrong in date_order.not_yet(at, first.day)}, thing


def test_one_wrong_date_is_told_once_with_the_number_of_those_that_stand_against_it(tmp_path: Path) -> None:
    write_small(
        tmp_path,
        Change("2021/检查.yaml", "开始日期: 2022-04-06", "开始日期: 2021-04-06"),
        Change("2021/检查.yaml", "结束日期: 2022-04-07", "结束日期: 2021-04-07"),
    )
    found = open_workspace(tmp_path, None, DAY, DAY).found
    own = [problem for problem in found if problem.code == Code.DATED_BEFORE_FINDING]
    assert len(own) == 1, "\n".join(map(str, found))
    assert str(own[0].place).startswith("checklists/2021/检查.yaml")
    assert "检查 JZ1 的开始日期（2022-04-06）晚于" in own[0].message
    assert len(own[0].also) >= date_order.MANY - 1
    assert all(str(place).startswith("checklists/2021/") for place in own[0].also)
    assert not set(own[0].also) & {problem.place for problem in found if problem is not own[0]}


def test_a_few_wrong_dates_are_told_one_by_one(tmp_path: Path) -> None:
    write_small(tmp_path, Change("2021/问题.yaml", "- 日期: 2020-05-10", "- 日期: 2021-05-10"))
    found = open_workspace(tmp_path, None, DAY, DAY).found
    told_of = [problem for problem in found if problem.code == Code.DATED_BEFORE_FINDING]
    assert told_of and all(str(problem.place).startswith("checklists/2021/问题.yaml") for problem in told_of)


def test_looking_back_tells_nothing_of_what_came_later(tmp_path: Path) -> None:
    row = Row("", "", day=datetime.date(2021, 4, 1))
    assert [wrong for wrong in opened(tmp_path, row).found if wrong.code == "D825"] != []
    back = open_workspace(tmp_path, None, row.day, DAY)
    assert [wrong for wrong in back.found if wrong.code == "D825"] == []


def test_a_date_in_words_is_compared_with_none(tmp_path: Path) -> None:
    row = next(row for row in rows("dates") if row.fault == "约谈时间早于通知")
    text = str(row.changes[0].new).replace("5月28日上午9时", "另行通知")
    changed = Row("", "", changes=(row.changes[0].__class__("2021/文书.yaml", text),), issued=row.issued)
    assert "D347" not in told(opened(tmp_path, changed).found)


def test_the_page_of_the_manual_is_up_to_date() -> None:
    assert dates_page.PAGE.read_text("utf-8") == dates_page.page(), "run: make docs"
