"""Near misses: what may have been meant is proposed, another thing never; how the year of a number is written."""

from __future__ import annotations

import pytest

from liangqing.base.chinese import nearest, suggestion, whole_words, year_in_brackets
from liangqing.engine.language.suggestions import suggestion as suggestion_of_a_name


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("整改期限", ["整改时限", "整改要求"], "整改时限"),
        ("限期", ["立行立改", "限期整改", "长期坚持"], "限期整改"),
        ("水库处党总支", ["水库管理处党总支", "局党组"], "水库管理处党总支"),
        ("生态科党支部", ["某局水生态科党支部", "水生态科党支部"], "水生态科党支部"),
        ("第1期", ["第一期", "第二期"], "第一期"),
        ("u07", ["U07", "U17"], "U07"),
        ("U7", ["U07", "U17"], "U07"),
        ("Ｕ０７", ["U07", "U17"], "U07"),
        ("W2026-2", ["W2026-01", "W2026-02"], "W2026-02"),
        ("JC01", ["JZ01", "JZ02"], "JZ01"),
        ("文叔", ["文书", "问题"], "文书"),
    ],
)
def test_what_was_most_likely_meant_is_proposed(word: str, known: list[str], meant: str) -> None:
    assert nearest(word, known) == meant
    assert suggestion(word, known) == f"是否「{meant}」？"


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("检查日期", ["截止日期", "开始日期", "结束日期"]),  # another day
        ("W2026-09", ["W2026-01", "W2026-02"]),  # another record
        ("U08", ["U07"]),
        ("党支部", ["办公室党支部", "水生态科党支部"]),  # several would do
        ("白某某", ["办公室党支部", "局党组"]),  # a person for a unit
        ("水生态科党组", ["局党组"]),  # another organisation
        ("2019", ["2020", "2021"]),
    ],
)
def test_what_is_another_thing_is_not_proposed(word: str, known: list[str]) -> None:
    assert nearest(word, known) == ""
    assert suggestion(word, known) == f"可用的有：{'、'.join(known)}"


def test_of_many_the_alike_are_listed() -> None:
    known = [f"键{letter}" for letter in "abcdefghijkl"] + ["完成日期"]
    assert "完成日期" in suggestion("检查日期", known)


def test_a_template_is_not_told_to_print_another_date() -> None:
    assert "是否" not in "".join(suggestion_of_a_name("检查日期", ["截止日期", "单位"]))
    assert suggestion_of_a_name("单位名", ["单位名称"])[1] == "改成 单位名称"


@pytest.mark.parametrize(
    "number", ["青纪驻水整[2026]1号", "青纪驻水整（2026）1号", "青纪驻水整(2026)1号", "青纪驻水整【2026】1号"]
)
def test_the_year_of_a_number_stands_in_its_own_brackets(number: str) -> None:
    advice = year_in_brackets(number)
    assert "青纪驻水整〔2026〕1号" in advice
    assert "搜狗" in advice and "微软拼音" in advice and "复制" in advice
    assert year_in_brackets("青纪驻水整〔2026〕1号") == ""


def test_a_name_of_several_records_is_proposed_once() -> None:
    assert suggestion("DB2", ["U12", "R9", "U12", "R9"]) == "可用的有：U12、R9"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("局党组、资源局党支部、灵川局党支部", ["局党组、", "资源局党支部、", "灵川局党支部"]),
        ("局党组、办公室、资源局", ["局党组、办公室、", "资源局"]),
        ("示例市水库管理处党支部、办公室", ["示例市水库管理处党支部、", "办公室"]),
        ("全体单位", ["全体单位"]),
        ("", [""]),
    ],
)
def test_a_list_goes_over_to_the_next_line_between_its_names(text: str, lines: list[str]) -> None:
    assert whole_words(text, 9).split("\n") == lines
