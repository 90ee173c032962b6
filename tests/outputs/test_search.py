"""find: every year's records and the register, gone through once for all the words."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import Run

from liangqing.outputs.search import plain


def found(run: Run, *words: str) -> list[dict[str, Any]]:
    code, out, _ = run("find", "--json", *words)
    assert code == 0
    rows: list[dict[str, Any]] = json.loads(out)
    return rows


def named(run: Run, *words: str) -> list[tuple[int | None, str, str]]:
    return [(row["年度"], row["类别"], row["编号"]) for row in found(run, *words)]


def test_all_the_words_have_to_be_there(run: Run) -> None:
    one, both = named(run, "采购"), named(run, "采购", "恢复运行")
    assert set(both) < set(one)
    assert (2021, "问题", "W2021-06") in both
    assert (2021, "整改反馈", "FK04") in one and (2021, "整改反馈", "FK04") not in both
    assert named(run, "采购　恢复运行") == both  # a full-width blank, as an input method types it


def test_a_unit_is_found_by_every_name_in_what_is_about_it(run: Run) -> None:
    by_name, by_code = named(run, "灵川局党支部", "标识牌"), named(run, "U11", "标识牌")
    assert (2021, "问题", "W2021-01") in by_name
    assert by_name == by_code


def test_width_case_and_brackets_are_alike(run: Run) -> None:
    assert plain("Ｗ２０２１－０１　〔甲〕") == plain("w2021-01[甲]")
    assert named(run, "ｗ２０２１－０１") == named(run, "W2021-01") != []
    assert named(run, "整(2021)3号") == named(run, "整〔2021〕3号") != []


def test_what_is_called_so_comes_first_and_later_years_before_earlier(run: Run) -> None:
    assert named(run, "W2021-01")[0] == (2021, "问题", "W2021-01")
    years = [year for year, _, _ in named(run, "党支部")]
    assert years == sorted(years, key=lambda year: -(year or 0))
    assert {2020, 2021} <= set(years)


@pytest.mark.parametrize(
    ("words", "kind", "code"),
    [
        ("卢某某", "问题", "W2021-01"),  # a person responsible
        ("漓江流域水环境治理", "问题", "W2021-01"),
        ("市纪驻环整〔2021〕1号", "发文登记", "市纪驻环整〔2021〕1号"),
        ("排污口台账", "整改函", "ZG1"),
    ],
)
def test_every_kind_of_record_is_searched(run: Run, words: str, kind: str, code: str) -> None:
    assert (2021, kind, code) in named(run, words)


def test_the_place_is_that_of_the_word(run: Run) -> None:
    (row,) = [row for row in found(run, "采购") if row["编号"] == "W2021-06"]
    lines = (run.root / row["文件"]).read_text("utf-8").splitlines()
    assert row["键"] == "内容"
    assert "采购" in lines[row["行"] - 1]
    assert "采购" in row["内容"]


def test_it_says_what_was_searched_when_nothing_is_found(run: Run) -> None:
    code, out, err = run("find", "不会有的词", "采购")
    assert (code, err) == (0, "")
    assert out.startswith("没有找到同时有「不会有的词」「采购」的记录（查了 2020、2021 年的 ")
    assert out.endswith(" 条记录，含发文登记）\n")


def test_one_year(run: Run) -> None:
    assert {row["年度"] for row in found(run, "党支部", "--year", "2020")} == {2020}
    code, _, err = run("find", "党支部", "--year", "2031")
    assert code == 1
    assert "D017 没有 2031 年的数据" in err


def test_a_file_that_cannot_be_read_is_told_and_the_rest_is_searched(run: Run) -> None:
    (run.root / "checklists/2021/项目.yaml").write_text("项目: [\n", "utf-8")
    code, out, err = run("find", "采购")
    assert code == 0
    assert "问题 W2021-06" in out and "XM02" not in out
    assert err.startswith("读不出来、没有查的文件：checklists/2021/项目.yaml；")


def test_a_record_that_breaks_a_rule_is_found(run: Run) -> None:
    run.edit("checklists/2021/项目.yaml", "编号: XM02", "编号: XM02\n    没有这个键: 新写的内容")
    assert named(run, "新写的内容") == [(2021, "项目", "XM02")]


def test_many_are_cut_and_said_to_be(run: Run) -> None:
    _, out, _ = run("find", "党支部")
    _, everything, _ = run("find", "党支部", "--all")
    assert out.splitlines()[-1].startswith("这里只列前 50 条")
    assert len(everything.splitlines()) > len(out.splitlines()) > 100


def test_words_do_not_run_from_one_value_into_the_next(run: Run) -> None:
    assert found(run, "U11", "R3")  # 单位: U11, and below it 任务: R3
    assert found(run, "U11R3") == []


def test_a_word_of_blanks_is_no_word(run: Run) -> None:
    code, out, err = run("find", " ")
    assert (code, out) == (2, "")
    assert "缺 词" in err
