"""Habits of offices, right ones and slips: what is told of short papers that are written so, and what is not."""

from __future__ import annotations

import pytest
from short_papers import BODY, FACE, FANG, FIRST, HEI, SIGNED, line, made, report

from liangqing.gbt9704.check.fixing import fix
from liangqing.gbt9704.check.judge import check

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


LONG = "示例市教育局关于进一步加强全市中小学校教育督导评估工作的实施方案"


@pytest.mark.parametrize(
    ("words", "indent", "right"),
    [
        (f"附件：{LONG}", "w:left='1600' w:hanging='960'", True),
        (f"附件：1.{LONG}", "w:left='1920' w:hanging='1280'", True),
        ("附件：示例方案", "w:firstLine='640'", True),
        (f"附件：{LONG}", "w:firstLine='640'", False),
        (f"附件：1.{LONG}", "w:left='1600' w:hanging='960'", False),
    ],
)
def test_the_name_of_an_annex_goes_on_under_its_first_character(words: str, indent: str, right: bool) -> None:
    note = line(f"left {words}", f"<w:ind {indent}/>")
    assert ("F357" not in told(*HEAD, *TITLE, BODY, note, *SIGNED)) is right


def test_an_annex_that_begins_with_its_text_has_no_title() -> None:
    label = line("hei 附件", "<w:pageBreakBefore/>").replace("<w:ind w:firstLine='640'/>", "")
    paper = (*HEAD, *TITLE, BODY, "text 附件：示例方案", *SIGNED, label)
    assert told(*paper, BODY)["F364"] == "下面直接是正文，没有附件标题"
    assert "F364" not in told(*paper, "<w:p/>", "title 示例方案", BODY)


def test_a_note_without_its_brackets_is_told() -> None:
    for note in ("此件公开发布", "联系人：李某某，联系电话：0000-1234567"):
        assert told(*HEAD, *PAPER, f"text {note}")["F377"] == "没有圆括号"
        assert "F377" not in told(*HEAD, *PAPER, f"text （{note}）")


def test_text_in_the_middle_is_told() -> None:
    assert told(*HEAD, *TITLE, BODY, BODY.replace("text", "centre"), *SIGNED)["F319"] == "居中"
    assert "F319" not in told(*HEAD, *TITLE, BODY, "centre 示例短句。", *SIGNED)


def test_a_name_that_is_broken_by_hand_is_one_annex() -> None:
    note = "text 附件：示例市教育局关于加强全市中小学<w:br/>　　　校教育督导工作的实施方案"
    found = told(*HEAD, *TITLE, BODY, note, *SIGNED)
    assert "F355" not in found
    several = "text 附件：1.示例方案<w:br/>　　　3.示例名单"
    assert told(*HEAD, *TITLE, BODY, several, *SIGNED)["F355"] == "第2个附件的序号是“3”"


@pytest.mark.parametrize("between", ["centre 第二部分　重点任务", "text 第二条　本规定自发布之日起施行。"])
def test_numerals_begin_again_under_a_part_or_article(between: str) -> None:
    lines = ("hei 一、加强领导", BODY, between, "hei 一、加强督导", BODY)
    assert "F338" not in told(*HEAD, *TITLE, BODY, *lines, *SIGNED)


def far_in(words: str, white: int) -> str:
    return line(f"left {words}", f"<w:ind w:firstLine='{white}'/>")


def test_a_name_that_goes_on_in_a_paragraph_of_its_own_is_one_annex() -> None:
    label = line("hei 附件", "<w:pageBreakBefore/>").replace("<w:ind w:firstLine='640'/>", "")
    note = ("text 附件：示例市教育局关于加强全市中小学", far_in("校教育督导工作的实施方案", 1600))
    whole = "title 示例市教育局关于加强全市中小学校教育督导工作的实施方案"
    found = told(*HEAD, *TITLE, BODY, *note, "<w:p/>", *SIGNED, label, "<w:p/>", whole, BODY)
    assert not {"F354", "F355", "F365"} & found.keys()
    other = "title 示例市教育局关于加强全市中小学校教育督导工作的意见"
    assert "F365" in told(*HEAD, *TITLE, BODY, *note, "<w:p/>", *SIGNED, label, "<w:p/>", other, BODY)


def test_whom_a_paper_in_an_annex_goes_to_is_no_text() -> None:
    label = line("hei 附件", "<w:pageBreakBefore/>").replace("<w:ind w:firstLine='640'/>", "")
    passed_on = ("<w:p/>", "title 关于示例工作的通知", "left 各市教育局：", BODY)
    lines = (*HEAD, *TITLE, BODY, "text 附件：关于示例工作的通知", *SIGNED, label)
    assert "F319" not in told(*lines, *passed_on)
    assert "F319" in told(*lines, *passed_on, BODY.replace("text", "left"))


def test_an_annex_that_no_note_names_is_told() -> None:
    label = line("hei 附件", "<w:pageBreakBefore/>").replace("<w:ind w:firstLine='640'/>", "")
    bound = (*SIGNED, label, "<w:p/>", "title 示例方案", BODY)
    assert told(*HEAD, *TITLE, BODY, *bound)["F365"] == "正文下面没有附件说明"
    for note in ("text 附件：示例方案", "text 附 1.示例方案"):
        assert "F365" not in told(*HEAD, *TITLE, BODY, note, *bound)


KAI = FACE.format("楷体_GB2312")


def two_faces(lead: str, lead_face: str, rest: str, rest_face: str) -> str:
    """A paragraph of the text whose beginning is in another type."""
    runs = "".join(
        f"<w:r><w:rPr>{look}<w:sz w:val='32'/></w:rPr><w:t>{words}</w:t></w:r>"
        for words, look in ((lead, lead_face), (rest, rest_face))
    )
    return f"<w:p><w:pPr>{FIRST}</w:pPr>{runs}</w:p>"


@pytest.mark.parametrize(
    ("lead", "lead_face", "rest", "rest_face", "found"),
    [
        ("示例台账记录不完整。", KAI, "现场查看示例台账6本，其中2本没有签名。", FANG, False),
        ("示例台账记录不完整。", HEI, "现场查看示例台账6本，其中2本没有签名。", FANG, False),
        ("示例台账记录不完整。", FACE.format("宋体"), "现场查看示例台账6本。", FANG, True),
        ("示例台账记录不完整，", KAI, "现场查看示例台账6本，其中2本没有签名。", FANG, True),
        ("示例台账记录不完整。", KAI, "现场查看示例台账6本，其中2本没有签名。", KAI, True),
        ("示例台账记录不完整。", KAI, "现场查看示例台账6本。", HEI, True),
        (f"{'示例台账记录不完整' * 6}。", KAI, "现场查看示例台账6本。", FANG, True),
    ],
)
def test_the_only_point_of_a_part_has_its_heading_without_a_numeral(
    lead: str, lead_face: str, rest: str, rest_face: str, found: bool
) -> None:
    """As our own letters of one finding have it: 7.3.3 gives numerals to levels, and one point needs none."""
    judged = told(*HEAD, *TITLE, BODY, two_faces(lead, lead_face, rest, rest_face), *SIGNED)
    assert ("F317" in judged) == found


@pytest.mark.parametrize(
    ("rest", "rest_face", "stays"),
    [("现场查看示例台账6本，", FANG, True), ("现场查看示例台账6本，", KAI, False)],
)
def test_what_follows_a_heading_without_a_numeral_is_mended_and_the_heading_stays(
    rest: str, rest_face: str, stays: bool
) -> None:
    """A paragraph that is in the type of a heading from end to end is mended from end to end."""
    last = f"<w:r><w:rPr>{HEI}<w:sz w:val='32'/></w:rPr><w:t>其中2本没有签名。</w:t></w:r></w:p>"
    wrong = two_faces("示例台账记录不完整。", KAI, rest, rest_face).replace("</w:p>", last)
    mended = fix(made(*HEAD, *TITLE, BODY, wrong, *SIGNED), "甲.docx")
    assert "F317" in {finding.rule.code for finding in mended.mended}
    paragraph = next(
        each for each in check(mended.data, "甲.docx").paper.body if each.text.startswith("示例台账")
    )
    faces = [piece.face.name for piece in paragraph.pieces if piece.slot == "eastAsia"]
    assert faces[0] == ("楷体_GB2312" if stays else "仿宋_GB2312")
    assert set(faces[1:]) == {"仿宋_GB2312"}
