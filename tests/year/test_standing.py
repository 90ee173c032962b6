"""Counted figures, states and content codes, over records as small as they can be (口径)."""

from __future__ import annotations

import itertools
import json
import unicodedata
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from small import letter_line

from liangqing.data.model.duties import Checklist, Unit
from liangqing.data.model.findings import DualSign, Finding, six_signs
from liangqing.data.model.group import Group, Options
from liangqing.data.model.inspections import Inspection, SelfCheck
from liangqing.data.model.year import Year
from liangqing.register import Register, Void
from liangqing.year.state.standing import Standing

CHECKLIST = {"年度": "2021", "标题": "甲", "阶段": "正式稿", "依据": "乙"}
TASK = {
    "编号": "R1",
    "监督内容": "丙",
    "具体任务": "丁",
    "责任主体": "全体单位",
    "监督方式": "抽查",
    "完成时限": "每季度",
}
GROUP = {"全称": "甲", "派出机关": "乙", "机关代字": "丙", "负责人": {"职务": "组长"}}
UNIT = {"编号": "U1", "名称": "甲", "类型": "党组", "负责人": {"职务": "书记"}}
YEAR = Year(
    year=2021,
    group=Group.model_validate(GROUP),
    options=Options.model_validate({}),
    checklist=Checklist.model_validate({**CHECKLIST, "任务": [TASK]}),
    units=(Unit.model_validate(UNIT),),
)
AGREED = {
    "申请日期": "2021-06-01",
    "核查日期": "2021-06-05",
    "核查人": "甲",
    "核查方式": "乙",
    "结论": "同意销号",
    "销号日期": "2021-06-10",
}


def inspection(code: str = "JZ1", begins: str = "2021-04-06", **keys: Any) -> Inspection:
    kind = {"类型": "集中清查", "名称": "甲", "单位": "U1"}
    return Inspection.model_validate({"编号": code, "开始日期": begins, **kind, **keys})


def finding(code: str = "W1", **keys: Any) -> Finding:
    """A finding of U1 in JZ1; with the keys given, and without those given as None."""
    known = {
        "检查": "JZ1",
        "单位": "U1",
        "名称": "甲",
        "事实": "乙",
        "整改要求": "丙",
        "责任": {"责任人": "丁", "职务": "科长"},
    }
    return Finding.model_validate({"编号": code, **known, **keys})


def self_check(code: str, reviewed: str | None, result: str | None = "通过", **keys: Any) -> SelfCheck:
    known = {"单位": "U1", "期次": "第一期", "审核日期": reviewed, "审核结果": result}
    return SelfCheck.model_validate({"编号": code, **known, **keys})


def options(**keys: Any) -> Options:
    return Options.model_validate(keys)


def at(day: str, *findings: Finding, **parts: Any) -> Standing:
    """A year with these findings as it stands on a day."""
    year = replace(YEAR, **{"inspections": (inspection(),), "findings": findings, **parts})
    return Standing(year, Register(), date.fromisoformat(day))


def state(day: str, **keys: Any) -> str:
    """The state of one finding on a day."""
    standing = at(day, finding(**keys))
    return standing.state(standing.year.findings[0])


# self-checks and inspections


def test_self_checks_count_when_they_are_accepted() -> None:
    checks = (
        self_check("ZC1", "2021-04-01"),
        self_check("ZC2", "2021-04-02", "退回补充"),
        self_check("ZC3", None, None),
        self_check("ZC4", "2021-04-04"),
    )
    assert [each.code for each in at("2021-04-03", self_checks=checks).accepted] == ["ZC1"]
    assert [each.code for each in at("2021-04-04", self_checks=checks).accepted] == ["ZC1", "ZC4"]


def test_a_self_check_counts_until_its_successor_is_accepted() -> None:
    checks = (self_check("ZC1", "2021-04-01"), self_check("ZC2", "2021-04-10", 替代="ZC1"))
    assert [each.code for each in at("2021-04-09", self_checks=checks).accepted] == ["ZC1"]
    assert [each.code for each in at("2021-04-10", self_checks=checks).accepted] == ["ZC2"]


def test_a_successor_that_was_sent_back_supersedes_nothing() -> None:
    checks = (self_check("ZC1", "2021-04-01"), self_check("ZC2", "2021-04-10", "退回补充", 替代="ZC1"))
    assert [each.code for each in at("2021-05-01", self_checks=checks).accepted] == ["ZC1"]


def test_inspections_count_once_from_their_first_day() -> None:
    inspections = (
        inspection("JZ1", "2021-04-06", 结束日期="2021-04-08"),
        inspection("JZ2", "2021-04-07"),
        inspection("DT1", "2021-04-06", 类型="动态体检"),
    )
    assert [each.code for each in at("2021-04-06", inspections=inspections).concentrated] == ["JZ1"]
    standing = at("2021-04-07", inspections=inspections)
    assert [each.code for each in standing.concentrated] == ["JZ1", "JZ2"]
    assert [each.code for each in standing.begun] == ["JZ1", "JZ2", "DT1"]


# findings


def test_findings_count_from_the_last_day_of_the_inspection() -> None:
    inspections = (inspection(结束日期="2021-04-08"),)
    findings = (finding("W1"), finding("W2", 发现日期="2021-04-07"))
    assert at("2021-04-07", *findings, inspections=inspections).found == findings[1:]
    assert at("2021-04-08", *findings, inspections=inspections).found == findings


def test_a_common_finding_counts_once() -> None:
    findings = (finding("W1", 共性="甲"), finding("W2"), finding("W3", 共性="甲"), finding("甲"))
    counted = at("2021-05-01", *findings).counted
    assert [[each.code for each in group] for group in counted] == [["W1", "W3"], ["W2"], ["甲"]]


def test_a_common_finding_is_closed_when_all_are() -> None:
    closed = {"整改时限": "2021-06-30", "共性": "甲", "销号": [AGREED]}
    both = at("2021-07-01", finding("W1", **closed), finding("W2", **closed))
    assert both.group_state(both.year.findings) == "已销号"
    one = at("2021-07-01", finding("W1", **closed), finding("W2", 整改时限="2021-07-31", 共性="甲"))
    assert one.group_state(one.year.findings) == "未到期"
    late = at("2021-07-01", finding("W1", 共性="甲"), finding("W2", 整改时限="2021-06-30", 共性="甲"))
    assert late.group_state(late.year.findings) == "逾期"


LIMIT = {"整改类别": "限期整改", "整改时限": "2021-06-30"}
STATES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("待明确", "2021-05-01", {}),
    ("待明确", "2021-05-01", {"整改类别": "限期整改"}),
    ("未到期", "2021-06-19", LIMIT),
    ("临期", "2021-06-20", LIMIT),
    ("临期", "2021-06-30", LIMIT),
    ("逾期", "2021-07-01", LIMIT),
    ("持续整改", "2021-07-01", {"整改类别": "长期坚持"}),
    ("持续整改", "2021-07-01", {"整改类别": "长期坚持", "整改时限": "每季度"}),
    ("逾期", "2021-07-01", {"整改类别": "长期坚持", "整改时限": "2021-06-30"}),
    ("未到期", "2021-05-31", {**LIMIT, "销号": [AGREED]}),
    ("申请销号", "2021-06-01", {**LIMIT, "销号": [AGREED]}),
    ("申请销号", "2021-06-09", {**LIMIT, "销号": [AGREED]}),
    ("已销号", "2021-06-10", {**LIMIT, "销号": [AGREED]}),
    ("已销号", "2021-12-31", {**LIMIT, "销号": [AGREED]}),
    ("申请销号", "2021-07-01", {**LIMIT, "销号": [{"申请日期": "2021-06-01"}]}),
    ("申请销号", "2021-07-01", {**LIMIT, "销号": [{"申请日期": "2021-06-01", "核查日期": "2021-06-05"}]}),
    (
        "逾期",
        "2021-07-01",
        {**LIMIT, "销号": [{"申请日期": "2021-06-01", "核查日期": "2021-06-05", "结论": "退回"}]},
    ),
    ("持续整改", "2021-07-01", {**LIMIT, "销号": [{**AGREED, "结论": "阶段性完成"}]}),
    ("申请销号", "2021-06-09", {**LIMIT, "销号": [{**AGREED, "结论": "阶段性完成"}]}),
)


@pytest.mark.parametrize(("expected", "day", "keys"), STATES)
def test_state(expected: str, day: str, keys: dict[str, Any]) -> None:
    assert state(day, **keys) == expected


def test_every_state_is_reached() -> None:
    assert len({each[0] for each in STATES}) == 7


def test_a_relapse_reopens() -> None:
    relapsed = {**LIMIT, "销号": [AGREED], "回头看": [{"日期": "2021-08-01", "结果": "反弹"}]}
    assert state("2021-07-31", **relapsed) == "已销号"
    assert state("2021-08-01", **relapsed) == "逾期"
    again = {**AGREED, "申请日期": "2021-08-20", "核查日期": "2021-08-25", "销号日期": "2021-08-30"}
    closed_again = {**relapsed, "销号": [AGREED, again]}
    assert state("2021-08-19", **closed_again) == "逾期"
    assert state("2021-08-20", **closed_again) == "申请销号"
    assert state("2021-08-30", **closed_again) == "已销号"


def test_a_recheck_that_holds_reopens_nothing() -> None:
    held = {**LIMIT, "销号": [AGREED], "回头看": [{"日期": "2021-08-01", "结果": "巩固"}]}
    assert state("2021-08-02", **held) == "已销号"


def test_a_relapse_before_it_was_closed_reopens_nothing() -> None:
    early = {**LIMIT, "销号": [AGREED], "回头看": [{"日期": "2021-05-20", "结果": "反弹"}]}
    assert state("2021-07-01", **early) == "已销号"


EXTENSION = {"批准日期": "2021-06-28", "新时限": "2021-07-30", "理由": "汛期", "批准人": "甲"}


def test_an_extension_moves_the_limit_from_its_approval_on() -> None:
    assert state("2021-06-27", **LIMIT, 延期=[EXTENSION]) == "临期"
    assert state("2021-06-28", **LIMIT, 延期=[EXTENSION]) == "未到期"
    assert state("2021-07-31", **LIMIT, 延期=[EXTENSION]) == "逾期"


def test_an_extension_approved_later_does_not_help_yet() -> None:
    late = {**EXTENSION, "批准日期": "2021-07-05"}
    assert state("2021-07-04", **LIMIT, 延期=[late]) == "逾期"
    assert state("2021-07-05", **LIMIT, 延期=[late]) == "未到期"


def test_the_last_approved_extension_counts_in_whatever_order() -> None:
    second = {**EXTENSION, "批准日期": "2021-07-20", "新时限": "2021-08-31"}
    assert state("2021-08-02", **LIMIT, 延期=[second, EXTENSION]) == "未到期"


def test_of_two_extensions_of_one_day_the_last_counts() -> None:
    second = {**EXTENSION, "新时限": "2021-08-31"}
    assert state("2021-08-02", **LIMIT, 延期=[EXTENSION, second]) == "未到期"


def test_days_overdue() -> None:
    standing = at("2021-07-05", finding(**LIMIT), finding("W2", **LIMIT, 延期=[EXTENSION]))
    assert [standing.days_overdue(each) for each in standing.year.findings] == [5, None]


def test_closed_late_stays_visible() -> None:
    late = {**AGREED, "销号日期": "2021-07-20"}
    standing = at("2021-08-01", finding(**LIMIT, 销号=[late]))
    closed = standing.closed_on(standing.year.findings[0])
    assert closed == date(2021, 7, 20)
    limit = standing.year.findings[0].limit_on(closed)
    assert isinstance(limit, date)
    assert limit < closed
    assert at("2021-07-19", finding(**LIMIT, 销号=[late])).closed_on(finding(**LIMIT, 销号=[late])) is None


# gates of closing

UNMET: tuple[tuple[str, dict[str, Any]], ...] = (
    ("核查人", {"销号": [{**AGREED, "核查人": None}]}),
    ("核查方式", {"销号": [{**AGREED, "核查方式": None}]}),
    ("核查日期", {"销号": [{**AGREED, "核查日期": None}]}),
    ("佐证", {}),
    (
        "佐证日期",
        {"进展": [{"日期": "2021-05-01", "内容": "甲", "佐证": [{"名称": "乙", "日期": "2021-04-05"}]}]},
    ),
    ("双签", {}),
    ("核查人非责任人", {"销号": [{**AGREED, "核查人": "丁"}]}),
    ("回头看日期", {"回头看": [{"日期": "2021-08-01", "结果": "巩固"}]}),
)


@pytest.mark.parametrize(("gate", "keys"), UNMET)
def test_an_unmet_gate_keeps_it_open_until_waived(gate: str, keys: dict[str, Any]) -> None:
    waiver = {"门槛": gate, "理由": "甲", "批准人": "乙", "有效期至": "2021-07-01"}
    gates = [] if gate == "佐证日期" else [gate]
    for waivers, day, expected in (
        ([], "2021-07-01", "申请销号"),
        ([waiver], "2021-07-01", "已销号"),
        ([waiver], "2021-07-02", "已销号"),  # closed in June, while it held
        ([{**waiver, "有效期至": "2021-06-04"}], "2021-07-01", "申请销号"),
    ):
        one = finding(**{**LIMIT, "销号": [AGREED], **keys, "放行": waivers})
        standing = at(day, one, options=options(销号门槛=gates))
        assert standing.state(one) == expected
        assert standing.unmet(one, one.closings[0]) == ([gate] if expected == "申请销号" else [])


def test_all_gates_met() -> None:
    progress = [{"日期": "2021-05-01", "内容": "甲", "佐证": [{"名称": "乙", "日期": "2021-04-06"}]}]
    one = finding(**LIMIT, 销号=[AGREED], 进展=progress, 回头看=[{"日期": "2021-06-30", "结果": "巩固"}])
    everything = options(
        销号门槛=["核查人", "核查方式", "核查日期", "佐证", "核查人非责任人", "回头看日期"],
    )
    assert at("2021-07-01", one, options=everything).state(one) == "已销号"


# content codes


def code_of(one: Finding, day: str = "2021-05-01", **keys: Any) -> str:
    return at(day, one, options=options(**keys)).content_code([one])


PRINTED = ({"事实": "改"}, {"名称": "改"}, {"整改要求": "改"}, {"整改时限": "2021-07-01"}, {"编号": "W9"})
PRINTED_RESPONSIBILITY = ({"责任人": "改"}, {"责任人": "丁", "职务": "改"}, {"责任人": "丁", "部门": "改"})
NOT_PRINTED: tuple[dict[str, Any], ...] = (
    {"依据": "改"},
    {"任务": "R1"},
    {"共性": "改"},
    {"整改类别": "立行立改"},
    {"整改目标": "改"},
    {"整改措施": ["改"]},
    {"发现日期": "2021-04-07"},
    {"进展": [{"日期": "2021-05-01", "内容": "改"}]},
    {"销号": [AGREED]},
    {"放行": [{"门槛": "双签", "理由": "甲", "批准人": "乙"}]},
    {"回头看": [{"日期": "2021-05-01", "结果": "巩固"}]},
    {"延期": [{**EXTENSION, "批准日期": "2021-04-30"}]},
    {"责任变更": [{"日期": "2021-04-30", "责任人": "改", "理由": "甲"}]},
)


def test_the_code_has_six_signs_without_0_o_1_i() -> None:
    codes = {code_of(finding(事实=f"乙{number}", **LIMIT)) for number in range(200)}
    assert {len(code) for code in codes} == {6}
    assert not set("".join(codes)) & set("0O1I")
    assert len(codes) == 200


@pytest.mark.parametrize("keys", [*PRINTED, *({"责任": each} for each in PRINTED_RESPONSIBILITY)])
def test_the_code_changes_with_what_is_printed(keys: dict[str, Any]) -> None:
    assert code_of(finding(**{**LIMIT, **keys})) != code_of(finding(**LIMIT))


@pytest.mark.parametrize("keys", NOT_PRINTED, ids=lambda keys: next(iter(keys)))
def test_the_code_stays_with_what_is_not_printed(keys: dict[str, Any]) -> None:
    assert code_of(finding(**{**LIMIT, **keys})) == code_of(finding(**LIMIT))


def test_the_code_stays_whatever_the_day() -> None:
    assert code_of(finding(**LIMIT), "2021-05-01") == code_of(finding(**LIMIT), "2022-05-01")


def test_an_extension_changes_the_code_where_it_must_be_signed_anew() -> None:
    extended = finding(**LIMIT, 延期=[EXTENSION])
    before, after = (code_of(extended, day, 延期须重签="是") for day in ("2021-06-27", "2021-06-28"))
    assert before == code_of(finding(**LIMIT), 延期须重签="是")
    assert before != after


def test_the_option_alone_changes_no_code() -> None:
    extended = finding(**LIMIT, 延期=[EXTENSION])
    assert code_of(finding(**LIMIT), 延期须重签="是") == code_of(finding(**LIMIT))
    assert code_of(extended, "2021-06-27", 延期须重签="是") == code_of(finding(**LIMIT))
    assert code_of(extended, "2021-06-28", 延期须重签="是") != code_of(finding(**LIMIT))


FORM = {"检查": "JZ1", "单位": "U1", "日期": "2021-04-07", "纪检监察组签字人": "甲", "党组织签字人": "乙"}


def form_on(*codes: str, content: str = "AAAAAA") -> DualSign:
    return DualSign.model_validate({"编号": "SQ1", "问题": list(codes), "内容码": content, **FORM})


def test_the_order_of_records_and_of_a_form_leaves_code_and_signature() -> None:
    found = [finding(code) for code in ("W1", "W2", "W3")]
    code = at("2021-05-01", *found).content_code(found)
    assert code != at("2021-05-01", *found).content_code(found[:2])
    for order in itertools.permutations(found):
        for listed in itertools.permutations(("W1", "W2", "W3")):
            sign = form_on(*listed, content=code)
            standing = at("2021-05-01", *order, dual_signs=(sign,))
            assert standing.content_code_of(sign) == standing.content_code(order) == code
            assert [standing.signature(one)[0] for one in found] == ["已签字"] * 3


WRITTEN_OTHERWISE = (
    {"事实": "甲\n乙"},
    {"事实": "甲  \n乙"},
    {"事实": "甲\r\n乙\u3000"},
    {"事实": "甲\n乙\n\n"},
)


def test_line_ends_and_blanks_that_nobody_sees_leave_the_code() -> None:
    codes = {code_of(finding(**{**LIMIT, **keys})) for keys in WRITTEN_OTHERWISE}
    assert codes == {code_of(finding(**LIMIT, 事实="甲\n乙"))}
    assert code_of(finding(**LIMIT, 事实="甲乙")) not in codes
    assert code_of(finding(**LIMIT, 事实="甲 乙")) not in codes


@pytest.mark.parametrize("key", ["名称", "事实", "整改要求"])
def test_how_a_sign_is_stored_leaves_the_code(key: str) -> None:
    for form in ("NFC", "NFD"):
        one = finding(**{**LIMIT, key: unicodedata.normalize(form, "Café №3")})
        assert code_of(one) == code_of(finding(**{**LIMIT, key: unicodedata.normalize("NFC", "Café №3")}))
    assert code_of(finding(**{**LIMIT, key: "Cafe №3"})) != code_of(one)


def old_code(*found: Finding) -> str:
    """As forms had it: over the words letter by letter, in the order of the data."""
    rows: list[object] = []
    for one in found:
        assert one.responsibility is not None
        owner = one.responsibility.model_dump()
        rows.append([one.code, one.name, one.facts, one.demand, owner, str(one.limit), ""])
    return six_signs(json.dumps(rows, ensure_ascii=False, sort_keys=True))


def test_the_code_of_an_older_form_holds_while_its_words_stay() -> None:
    one, two = finding("W2", **LIMIT, 事实="甲  \n乙 "), finding("W1", **LIMIT)
    sign = form_on("W2", "W1", content=old_code(one, two))
    for order in ((one, two), (two, one)):
        assert at("2021-05-01", *order, dual_signs=(sign,)).signature(one)[0] == "已签字"
    assert at("2021-05-01", one, two).content_code_of(sign) != sign.content_code
    changed = finding("W2", **LIMIT, 事实="甲  \n丙 ")
    assert at("2021-05-01", changed, two, dual_signs=(sign,)).signature(changed)[0] == "已失效"


def test_the_last_form_counts_by_its_day_not_by_its_place_in_the_files() -> None:
    one = finding(**LIMIT)
    refused, then = signed(code_of(one), 结果="拒签", 理由="丙"), signed(code_of(one), "2021-04-20")
    for signs in ((refused, then), (then, refused)):
        assert at("2021-05-01", one, dual_signs=signs).signature(one) == ("已签字", then)


def signed(code: str, day: str = "2021-04-07", **keys: Any) -> DualSign:
    known = {"检查": "JZ1", "单位": "U1", "问题": "W1", "纪检监察组签字人": "甲", "党组织签字人": "乙"}
    return DualSign.model_validate({"编号": f"SQ{day}", "内容码": code, "日期": day, **known, **keys})


def test_signatures() -> None:
    one = finding(**LIMIT)
    good = code_of(one)
    for signs, expected in (
        ((), "未签字"),
        ((signed(good),), "已签字"),
        ((signed(good, 结果="拒签", 理由="丙"),), "拒签"),
        ((signed("AAAAAA"),), "已失效"),
        ((signed("AAAAAA"), signed(good, "2021-04-20")), "已签字"),
        ((signed(good, "2021-05-02"),), "未签字"),
    ):
        assert at("2021-05-01", one, dual_signs=signs).signature(one)[0] == expected


# letters


def test_letters_count_from_their_date_until_they_are_void() -> None:
    letters = [letter_line(1, "ZG1", date(2021, 4, 20)), letter_line(2, "ZG2", date(2021, 5, 10))]
    void = Void(3, letters[0].name, date(2021, 5, 11), "发错")
    other = replace(letter_line(4, "TX1", date(2021, 4, 20)), kind="提醒函")
    book = Register((*letters, void, other))
    for day, expected in (
        ("2021-04-19", []),
        ("2021-04-20", ["ZG1"]),
        ("2021-05-10", ["ZG1", "ZG2"]),
        ("2021-05-11", ["ZG2"]),
    ):
        standing = Standing(YEAR, book, date.fromisoformat(day))
        assert [line.subject for line in standing.letters_sent] == expected


def test_a_letter_counts_in_the_year_of_its_date() -> None:
    book = Register((letter_line(1, "ZG1", date(2022, 1, 10)),))
    assert Standing(YEAR, book, date(2022, 12, 31)).letters_sent == ()
    assert len(Standing(replace(YEAR, year=2022), book, date(2022, 12, 31)).letters_sent) == 1
