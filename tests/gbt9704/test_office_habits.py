"""Habits of offices, right ones and slips: what is told of short papers that are written so, and what is not."""

from __future__ import annotations

import pytest
from short_papers import BODY, SIGNED, line, report

HEAD = ("mark 示例市教育局文件", "centre 示教发〔2026〕8号")
TITLE = ("title 关于做好示例工作的通知", "left 各县（区）教育局：")
PAPER = (*TITLE, BODY, *SIGNED)
BOTTOM = "<w:framePr w:w='8844' w:vAnchor='margin' w:yAlign='bottom'/>"
RULES = "<w:pBdr><w:top w:val='single' w:sz='8'/><w:bottom w:val='single' w:sz='8'/></w:pBdr>"


def told(*parts: str) -> dict[str, str]:
    """The rules that are told of a paper, each with what was found."""
    return {each.rule.code: each.found for each in report(*parts).findings}


def printed(words: str) -> str:
    """The line of the printer, framed at the foot of the page between rules."""
    return line(f"left {words}", BOTTOM + RULES)


@pytest.mark.parametrize(
    ("words", "found"),
    {
        "秘　密★3年": None,
        "秘　密": None,
        "机密1年": "机密1年",
        "秘密三年": "秘密三年",
        "绝密（长期）": "绝密（长期）",
        "秘密★三年": "秘密★三年",
    }.items(),
)
def test_the_grade_of_secrecy_is_known_with_letters_set_apart_and_without_its_star(
    words: str, found: str | None
) -> None:
    made = report(f"left {words}", *HEAD, *PAPER)
    assert made.paper.secrecy is not None
    assert made.paper.secrecy.words == words
    assert {each.rule.code: each.found for each in made.findings}.get("F202") == found


@pytest.mark.parametrize("words", ["特　急", "加 急", "特急"])
def test_the_urgency_is_known_with_its_letters_set_apart(words: str) -> None:
    urgency = report(f"left {words}", *HEAD, *PAPER).paper.urgency
    assert urgency is not None
    assert urgency.words == words


@pytest.mark.parametrize(
    ("words", "found"),
    {
        "2026年1月5日印发": None,
        "2026 年 1 月 5 日印发": None,
        "2026年01月05日印发": "2026年01月05日",
        "二〇二六年一月五日印发": "二〇二六年一月五日",
    }.items(),
)
def test_the_day_of_printing_is_read_as_it_was_written(words: str, found: str | None) -> None:
    assert told(*HEAD, *PAPER, printed(f"示例市教育局办公室　　　　{words}")).get("F406") == found


def test_what_is_told_of_the_dates_of_a_paper_is_told_once() -> None:
    lines = (*HEAD, *TITLE, BODY, "right 示例市教育局", "right 2026年01月05日")
    found = told(*lines, printed("示例市教育局办公室　　　　2026年01月05日印发"))
    assert {"F370", "F406"} <= found.keys()
    assert "F606" not in found
    assert "F606" in told(*HEAD, *TITLE, "text 请于2026年01月05日前报送。", *SIGNED)


def test_a_framed_imprint_does_not_stand_for_the_signature() -> None:
    unsigned = (
        *HEAD,
        *TITLE,
        BODY,
        "right 2026年1月5日",
        printed("示例市教育局办公室　　　2026年1月5日印发"),
    )
    assert "F379" in told(*unsigned)


def test_keywords_in_the_text_do_not_hide_the_rules_of_a_framed_imprint() -> None:
    found = told(*HEAD, *PAPER, "hei 主题词：教育　通知", printed("示例市教育局办公室　　　2026年1月5日印发"))
    assert "F407" in found
    assert "F408" not in found


def test_several_organs_in_the_line_of_a_signature_are_not_held_to_the_place_of_one() -> None:
    beside = ("right 示例市教育局　　示例市财政局", "right 2026年1月5日")
    assert "F371" not in told(*HEAD, *TITLE, BODY, *beside)
    assert "F371" in told(*HEAD, *TITLE, BODY, "right 示例市教育局", "right 2026年1月5日")


def test_the_name_under_an_order_may_be_in_any_hand() -> None:
    kai = line("right 市　长　张某某").replace("仿宋_GB2312", "楷体_GB2312")
    order = ("mark 示例市人民政府令", "centre 第8号", BODY, kai, "right 2026年1月5日")
    assert "F375" not in told(*order)
    assert "F375" in told(*HEAD, *TITLE, BODY, kai, "right 2026年1月5日")


@pytest.mark.parametrize(
    ("items", "found"),
    {
        ("hei 一、要求", BODY, "hei 一、步骤", BODY): "序号又从一开始",
        ("text （一）甲事项", "text （一）乙事项"): "序号又从一开始",
        ("hei 一、要求", "text （一）甲事项", "hei 二、步骤", "text （一）乙事项"): None,
    }.items(),
)
def test_a_numeral_that_is_written_twice_is_told(items: tuple[str, ...], found: str | None) -> None:
    assert told(*HEAD, *TITLE, BODY, *items, *SIGNED).get("F338") == found


@pytest.mark.parametrize(
    ("words", "taken"),
    {
        "text 经研究，决定废止下列文件：": False,
        "text 各县（区）教育局，市直各学校：": True,
        "left 张某某委员：": True,
    }.items(),
)
def test_an_indented_line_that_begins_a_list_is_no_addressee(words: str, taken: bool) -> None:
    made = report(*HEAD, "title 关于废止文件的决定", words, BODY, *SIGNED)
    assert (made.paper.recipients is not None) is taken


def test_how_many_were_printed_is_no_note_to_the_paper() -> None:
    imprint = printed("示例市教育局办公室　　　2026年1月5日印发")
    assert report(*HEAD, *PAPER, imprint, "right （共印60份）").paper.note is None
    assert report(*HEAD, *PAPER, "text （此件公开发布）", imprint).paper.note is not None


def test_of_a_letter_no_rule_is_said_to_stand_too_high() -> None:
    letter = ("mark 示例市教育局", "right 示教函〔2026〕8号")
    found = told(*letter, *PAPER, "left 抄送：示例市财政局。")
    assert found["F410"].startswith("版记约在第")
