"""The page 模板变量: the rows that templates are checked against, in an order that no import decides."""

from __future__ import annotations

from liangqing.variables.manual_page import GROUPS, page
from liangqing.variables.papers import COMMON
from liangqing.variables.subjects import SUBJECTS
from liangqing.variables.table import groups

PRINTED = list(page())


def heads() -> list[str]:
    return [line.strip().removeprefix("## ") for line in PRINTED if line.strip().startswith("## ")]


def rows_under(head: str) -> list[list[str]]:
    """The cells of the table that stands under a head."""
    after = PRINTED[next(at for at, line in enumerate(PRINTED) if line.strip() == f"## {head}") + 1 :]
    table = after[: next((at for at, line in enumerate(after) if not line.startswith("|")), None)]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table[2:]]


def test_the_groups_are_those_that_can_be_read_each_once() -> None:
    reached = groups([COMMON, *(kind.own for kind in SUBJECTS.values())])
    assert len(GROUPS) == len(reached) > 40
    assert {id(table) for table in GROUPS} == {id(table) for table in reached}
    assert len({table.name for table in GROUPS}) == len(GROUPS)


def test_a_table_is_known_by_its_name_alone() -> None:
    """Two tables of one name would be one group in the manual: each that is named anywhere is the one of GROUPS."""
    by_name = {table.name: table for table in GROUPS}
    tops = [COMMON, *(kind.own for kind in SUBJECTS.values()), *(table.rows for table in GROUPS)]
    below = [variable.below for rows in tops for variable in rows.values() if variable.below is not None]
    assert len(below) > 80
    assert [table.name for table in below if table is not by_name[table.name]] == []


def test_heads_in_their_order() -> None:
    subjects = [f"对象是「{name}」的文书另有" for name in SUBJECTS]
    assert heads() == ["所有文书都有", *subjects, *(table.name for table in GROUPS)]


def test_each_table_of_the_page_has_the_rows_that_templates_are_checked_against() -> None:
    sections = {
        "所有文书都有": COMMON,
        **{f"对象是「{name}」的文书另有": kind.own for name, kind in SUBJECTS.items()},
        **{table.name: table.rows for table in GROUPS},
    }
    for head, rows in sections.items():
        told = [(name, help) for name, _, help in rows_under(head)]
        assert told == [(name, variable.help) for name, variable in rows.items()], head
