"""Tags alone in lines of the first and last cell of a row repeat the row and leave no line behind."""

import pytest
from engine_docx import build, cell, faults, lines, part, row, table

VALUES = {"单": [{"名": "甲", "真": True}, {"名": "乙", "真": False}]}
FOR, END = "{% for 项 in 单 %}", "{% endfor %}"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([row(cell(FOR, "{{ 项.名 }}"), "中", cell("尾", END))], ["甲|中|尾", "乙|中|尾"]),
        ([row(cell(FOR, "{{ 项.名 }}"), f"尾{END}")], ["甲|尾", "乙|尾"]),
        ([row(f"{FOR}{{{{ 项.名 }}}}", cell("尾", END))], ["甲|尾", "乙|尾"]),
        ([row(cell(FOR, "{% if 项.真 %}", "{{ 项.名 }}"), cell("尾", "{% endif %}", END))], ["甲|尾"]),
        ([row(cell(f"{FOR}{{% if 项.真 %}}", "{{ 项.名 }}"), cell("尾", f"{{% endif %}}{END}"))], ["甲|尾"]),
        ([row(cell(FOR, "{% set 甲 = 项.名 %}", "{{ 甲 }}"), cell("尾", END))], ["甲|尾", "乙|尾"]),
        ([row(cell(FOR + "{% set 甲 = 项.名 %}", "{{ 甲 }}"), cell("尾", END))], ["甲|尾", "乙|尾"]),
        (
            [row(cell(FOR, "{{ 项.名 }}"), "一"), row("二", cell("尾", END))],
            ["甲|一", "二|尾", "乙|一", "二|尾"],
        ),
        ([row(cell(FOR, "{{ 项.名 }}"), cell("{% if 项.真 %}", "真", "{% endif %}"), cell("尾", END))], ["甲|真|尾", "乙||尾"]),
    ],
)  # fmt: skip
def test_no_blank_line_is_left(rows: list[str], expected: list[str]) -> None:
    assert lines(build(table(*rows)).render(VALUES)) == expected


def test_a_cell_keeps_its_only_line() -> None:
    assert lines(build(table(row(FOR, "{{ 项.名 }}", END))).render(VALUES)) == ["|甲|", "|乙|"]


def test_a_line_with_something_else_stays() -> None:
    kept = "<w:p><w:r><w:t>" + FOR + "</w:t></w:r><w:r><w:drawing/></w:r></w:p>"
    body = table(row(cell(kept, "{{ 项.名 }}"), cell("尾", END)))
    assert part(build(body).render(VALUES)).count("<w:drawing/>") == 2


def test_a_cell_still_ends_in_a_paragraph() -> None:
    inner = table(row("里"))
    out = part(build(table(row(f"{FOR}{{{{ 项.名 }}}}", cell("尾", inner, END)))).render(VALUES))
    assert out.count("</w:tbl><w:p") == 2


def test_a_bookmark_that_ends_in_such_a_line_keeps_its_end() -> None:
    start = '<w:p><w:bookmarkStart w:id="1" w:name="甲"/><w:r><w:t>{{ 项.名 }}</w:t></w:r></w:p>'
    end = "<w:p><w:r><w:t>" + END + '</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>'
    out = part(build(table(row(cell(FOR, start), cell("尾", end)))).render(VALUES))
    assert out.count("bookmarkStart") == out.count("bookmarkEnd") == 2


TWICE = {"清单": [{"n": "一"}, {"n": "一"}, {"n": "二"}]}


@pytest.mark.parametrize(
    "cells",
    [
        ("{% for 项 in 清单 %}{% vm %}{% set 名 = 项.n %}{{ 名 }}", "{{ 名 }}{% endfor %}"),
        ("{% for 项 in 清单 %}{% set 名 = 项.n %}{% vm %}{{ 名 }}", "{{ 名 }}{% endfor %}"),
        (cell("{% for 项 in 清单 %}", "{% set 名 = 项.n %}", "{% vm %}{{ 名 }}"), "{{ 名 }}{% endfor %}"),
    ],
)
def test_what_a_cell_that_is_merged_down_sets_the_cells_after_it_know(cells: tuple[str, str]) -> None:
    out = build(table(row(*cells))).render(TWICE)
    assert [line.split("|")[1] for line in lines(out)] == ["一", "一", "二"]
    assert [line.split("|")[0] for line in lines(out)] == ["一", "一", "二"]
    assert part(out).count('w:vMerge w:val="restart"') == 2


def test_what_a_loop_in_a_cell_that_is_merged_sets_ends_with_the_loop() -> None:
    body = "{% for 项 in 清单 %}{% vm %}{% for 次 in 清单 %}{% set 名 = 次.n %}{{ 名 }}{% endfor %}"
    assert lines(build(table(row(body, "{{ 项.n }}{% endfor %}"))).render(TWICE))[2] == "一一二|二"


def test_a_set_under_a_condition_in_a_cell_that_is_merged_down_is_refused_with_its_place() -> None:
    body = "{% for 项 in 清单 %}{% vm %}{% if 项.n %}{% set 名 = 项.n %}{% endif %}{{ 项.n }}"
    (fault,) = faults(table(row(body, "{{ 名 }}{% endfor %}")))
    assert (fault.code, fault.place.detail) == ("D535", "表1 第1行 第1格")
    assert "{% set 名 = 甲 if 条件 else 乙 %}" in fault.advice
