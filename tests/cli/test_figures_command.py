"""figures, and the papers on a month, a quarter, half a year and any days: what they print and what they refuse."""

from __future__ import annotations

import json
from datetime import date

import docx
import pytest
from conftest import Run
from docx_text import text_of

from liangqing.cli import main as cli


def report(run: Run, command: str, *words: str) -> str:
    """The words of the one paper that a command makes."""
    code, _, err = run(command, *words)
    assert code == 0, err
    (path,) = [path for path in (run.root / "output").rglob("*.docx") if not path.name.startswith(".")]
    return text_of(path.read_bytes())


def compared(run: Run, *words: str) -> dict[str, tuple[int | None, ...]]:
    code, out, err = run("figures", *words, "--json")
    assert code == 0, err
    return {row["项目"]: (row["本期"], row["上期"], row["上年同期"]) for row in json.loads(out)["对比"]}


# ---------------------------------------------------------------- the command


def test_a_month_beside_the_month_before_and_that_of_last_year(run: Run) -> None:
    told = compared(run, "2021-04")
    assert told["集中监督检查"] == (2, 1, 0)
    assert told["检查发现问题"] == (2, 3, 0)
    assert told["审核通过自查情况"] == (12, 0, 0)
    assert told["期末未销号"] == (5, 4, 0)


def test_the_table_says_more_or_less_in_numbers_and_never_a_percentage(run: Run) -> None:
    code, out, _ = run("数字", "2021-04")
    assert code == 0 and "2021年4月" in out
    assert "增加1" in out and "减少1" in out and "持平" in out and "%" not in out
    assert f"{run.again} period-table 2021-04" in out


def test_any_days_are_written_with_to_or_as_two_words(run: Run) -> None:
    one, two = run("figures", "2021-03-10至2021-04-20"), run("figures", "2021年3月10日", "2021.4.20")
    assert one == two and "2021年3月10日至2021年4月20日" in one[1]


def test_a_span_without_a_year_is_of_the_year_of_the_data_as_for_papers(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "today", lambda: date(2026, 11, 28))
    assert "2021年第二季度" in run("figures", "二季度")[1]


def test_without_days_it_is_this_month_as_far_as_it_is_over(run: Run) -> None:
    code, out, _ = run("figures")
    assert code == 0 and "2021年11月（截至2021-11-01）" in out


def test_a_span_before_which_there_are_no_data_is_compared_with_nothing(run: Run) -> None:
    told = compared(run, "2020-07至2021-06")
    assert {row[1:] for row in told.values()} == {(None, None)}
    assert told["审核通过自查情况"][0] == 20


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("乱写",), "期间 错误 D774 「乱写」看不出是从哪天到哪天"),
        (("2021-04-20", "2021-03-10"), "期间 错误 D774 「2021-04-20至2021-03-10」看不出是从哪天到哪天"),
        (("2021-12",), "期间 错误 D775 2021年12月还没有开始，现在是2021年11月1日"),
        (("2015",), "期间 错误 D776 2015年没有数据：有数据的年度是 2020、2021"),
    ],
)
def test_a_span_that_can_not_be_counted_is_refused_in_words(
    run: Run, words: tuple[str, ...], said: str
) -> None:
    code, out, err = run("figures", *words)
    assert (code, out) == (1, "") and said in err


def test_three_words_are_too_many(run: Run) -> None:
    code, _, err = run("figures", "2021-03-10", "2021-04-20", "2021-05-01")
    assert code == 2 and "期间写一个，或写两天" in err


# ---------------------------------------------------------------- the papers


def test_a_monthly_report_leaves_out_what_is_zero_in_its_sentences(run: Run) -> None:
    text = report(run, "monthly", "2021-04")
    assert (
        "2021年4月，我组集中开展监督检查2次，检查发现问题2个，涉及1个单位，审核通过自查情况12份，"
        "单位自查发现问题1个，印发整改函1份，问题销号1个。" in text
    )
    assert (
        "截至2021年4月30日，本年度检查发现问题5个，已销号1个，未销号4个，其中未到期3个、持续整改1个。" in text
    )
    sentences = [line for line in text.splitlines() if "|" not in line]
    assert not [line for line in sentences if "0个" in line.replace("10个", "")]


def test_an_empty_month_says_so_in_one_sentence(run: Run) -> None:
    text = report(run, "monthly", "2021-01")
    assert "2021年1月，我组没有开展检查、审核自查、印发整改函，也没有问题销号。" in text


def test_what_is_open_at_the_end_is_listed_the_earlier_years_last(run: Run) -> None:
    run("monthly", "2021-04")
    document = docx.Document(str(run.root / "output/2021/月报/月报-2021-04.docx"))
    rows = [[cell.text for cell in row.cells] for row in document.tables[-1].rows]
    assert rows[0] == ["序号", "单位", "问题", "整改时限", "整改情况"]
    ahead = [f"距时限还有{days}天" for days in (61, 91, 123)]
    assert [row[4] for row in rows[1:]] == [*ahead, "正在持续整改", "正在持续整改"]
    assert rows[-1][1:3] == ["执法支队党支部", "漓江支流巡查没有全覆盖"]


@pytest.mark.parametrize(
    ("command", "word", "file"),
    [
        ("monthly", "4月", "月报/月报-2021-04.docx"),
        ("quarterly", "二季度", "季报/季报-2021-2季度.docx"),
        ("half-yearly", "2021年上半年", "半年报/半年报-2021-上半年.docx"),
        (
            "period-table",
            "2021-03-10至2021-05-20",
            "监督工作情况统计表/监督工作情况统计表-2021-03-10至2021-05-20.docx",
        ),
        ("period-table", "2021", "监督工作情况统计表/监督工作情况统计表-2021.docx"),
    ],
)
def test_a_span_is_called_as_people_write_it(run: Run, command: str, word: str, file: str) -> None:
    assert run(command, word)[0] == 0
    papers = list((run.root / "output/2021").rglob("*.docx"))
    assert [path.relative_to(run.root / "output/2021").as_posix() for path in papers] == [file]


def test_a_month_of_another_year_is_found_in_that_year(run: Run) -> None:
    assert run("monthly", "2020-12")[0] == 0
    assert (run.root / "output/2020/月报/月报-2020-12.docx").is_file()


def test_a_month_that_has_not_begun_is_refused(run: Run) -> None:
    code, _, err = run("monthly", "2021-12")
    assert code == 1 and "错误 D775 2021年12月还没有开始" in err
    code, _, err = run("period-table", "乱写")
    assert code == 1 and "错误 D774" in err


def test_a_report_of_a_month_is_not_of_one_unit(run: Run) -> None:
    code, _, err = run("monthly", "2021-04", "--unit", "局办公室")
    assert code == 1 and "错误 D356 月报各单位合在一份，不分单位" in err


def test_an_issued_report_is_of_its_day_and_is_not_rewritten(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "today", lambda: date(2021, 12, 3))
    assert run("issue", "月报", "2021-11", "--date", "2021-12-02")[0] == 0
    kept = run.root / "checklists/发文/2021"
    (before,) = [path.read_bytes() for path in kept.glob("*月报*.docx")]
    assert "截至2021年11月30日" in text_of(before)
    assert run("monthly", "2021-11")[0] == 0
    assert (run.root / "output/2021/月报/月报-2021-11.docx").read_bytes() == before
    code, out, _ = run("check")
    assert code == 0 and "月报" not in out


def test_a_table_of_ones_own_needs_a_template_and_an_entry_and_no_more(run: Run) -> None:
    own = docx.Document()
    own.add_paragraph("{{ 期间.名称 }}：销号{{ 期间.数字.销号数 }}，整改率{{ 期间.数字.整改率 }}")
    own.save(str(run.root / "templates/上级要的表.docx"))
    catalogue = run.root / "templates/文种.yaml"
    entry = """上级要的表:
  命令: superior-table
  阶段: 总览
  说明: 上级要的表，一季一张
  模板: 上级要的表.docx
  对象: 期间
  逐: 期间.季
  何时: 点名
  截至: 今天
  受众: 内部
  标题: 上级要的表
  文件名: "上级要的表-{{ 期间.编号 }}"
"""
    catalogue.write_text(catalogue.read_text("utf-8") + entry, "utf-8")
    assert report(run, "superior-table", "2021-2季度").splitlines()[-1] == "2021年第二季度：销号2，整改率50%"
