"""What must never enter (使用手册/规则.md): a table of sentences; every number in it is made here and belongs to nobody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liangqing.year.rules.forbidden_words import NUMBERS, WORDS, WordHit, inspect


def identity(body: str) -> str:
    """Seventeen digits and their check digit (GB 11643)."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]


def card(body: str) -> str:
    """A card number with Luhn's check digit."""
    total = 0
    for place, digit in enumerate(reversed(body)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled // 10 + doubled % 10
    return body + str(-total % 10)


def wrong(number: str) -> str:
    """The same with another check digit."""
    return number[:-1] + str((int(number[-1]) + 1) % 10 if number[-1].isdigit() else 0)


def wide(number: str) -> str:
    """In full-width characters."""
    return "".join(chr(ord(char) + 0xFEE0) for char in number)


def cut(number: str, *sizes: int, by: str = " ") -> str:
    """6, 8, 4 → three groups with `by` between them."""
    parts, at = [], 0
    for size in sizes:
        parts.append(number[at : at + size])
        at += size
    return by.join([*parts, number[at:]] if number[at:] else parts)


# Order 000 and nobody's birthday: invented.
ID = identity("45030319000101000")
ID_X = next(
    number for order in range(1000) if (number := identity(f"45030319000101{order:03d}")).endswith("X")
)
ID_OLD = "450303500101000"
CARD_19 = card("622202000000000001")
CARD_16 = card("621700000000000")
CARD_OLD = card("955880000000000001")
VISA = card("436742000000000")
FOREIGN_VISA = card("450000000000000")
MOBILE = "13800000001"

HARD, SOFT = True, False
INFORMER, FIRST_CHECK, DETENTION = ("举报人", HARD), ("初核", HARD), ("留置", HARD)
MINUTES, SECRET = ("笔录", HARD), ("密级标志", HARD)
IDENTITY, CARD, PHONE = ("身份证号", HARD), ("银行卡号", HARD), ("手机号码", HARD)
REPORT, LETTER, CASE, CLUE = ("举报", SOFT), ("信访件", SOFT), ("立案", SOFT), ("问题线索", SOFT)
DENOUNCE, ACCUSE = ("检举", SOFT), ("控告", SOFT)
FACTS, SANCTION, FILE = ("违纪事实", SOFT), ("处分决定", SOFT), ("廉政档案", SOFT)

REFUSED: list[tuple[str, list[tuple[str, bool]]]] = [
    # hard words
    ("经与举报人核对，该企业夜间偷排情况属实。", [INFORMER]),
    ("被举报人系某科室负责人。", [INFORMER]),
    ("举 报 人：某某", [INFORMER]),
    ("检举人提供了照片。", [INFORMER]),
    ("对检举控告人的信息泄露。", [INFORMER]),
    ("驻局纪检监察组对该同志进行初核。", [FIRST_CHECK]),
    ("初核了结2件。", [FIRST_CHECK]),
    ("2021年初核了结2件，移交1件。", [FIRST_CHECK]),
    ("经初步核实，反映的问题部分属实。", [FIRST_CHECK]),
    ("被市监委采取留置措施。", [DETENTION]),
    ("留置期间交代了上述问题。", [DETENTION]),
    ("谈话笔录见附件。", [MINUTES]),
    ("谈 话 笔 录", [MINUTES]),
    ("调取《询问笔录》3份。", [MINUTES]),
    ("未见党组会议笔录。", [MINUTES]),
    ("现场检查笔录制作不规范。", [MINUTES]),
    ("讯问笔录、搜查笔录各1份", [MINUTES, MINUTES]),
    # marks
    ("秘密★1年", [SECRET]),
    ("机密★", [SECRET]),
    ("绝密★长期", [SECRET]),
    ("机 密 ★ 5年", [SECRET]),
    ("秘密*1年", [SECRET]),
    ("【秘密】关于开展专项督查的通知", [SECRET]),
    ("关于开展专项督查的通知（机密）", [SECRET]),
    ("密级：机密", [SECRET]),
    ("密 级: 秘密", [SECRET]),
    ("本文密级为秘密，请妥善保管", [SECRET]),
    ("秘密", [SECRET]),
    ("秘 密", [SECRET]),
    ("机密\n特急\n某局文件", [SECRET]),
    ("某市生态环境局\n秘密\n关于报送材料的函", [SECRET]),
    ("000001\n秘密\n特急", [SECRET]),
    ("000001 机密", [SECRET]),
    ("该材料属绝密，不得外传", [SECRET]),
    ("本件为机密，阅后退回", [SECRET]),
    ("本文件属于国家秘密", [SECRET]),
    # identity numbers
    (f"身份证号{ID}", [IDENTITY]),
    (f"张某（{ID_X}）", [IDENTITY]),
    (f"身份证号码：{ID_X.lower()}。", [IDENTITY]),
    (f"公民身份号码{wide(ID)}", [IDENTITY]),
    (f"公民身份号码{wide(ID_X)}", [IDENTITY]),
    (cut(ID, 6, 8, 4), [IDENTITY]),
    (cut(ID, 6, 4, 4, 4, by="-"), [IDENTITY]),
    (cut(ID, 3, 3, 4, 4, 4, by="\u3000"), [IDENTITY]),
    (cut(ID, 6, 8, 4, by=" - "), [IDENTITY]),
    (cut(ID_X, 6, 8, 3, 1, by=" "), [IDENTITY]),
    (f"1.{ID}", [IDENTITY]),
    (f"3-{ID}", [IDENTITY]),
    (f"ID{ID}号", [IDENTITY]),
    (f"旧证{ID_OLD}", [IDENTITY]),
    (cut(ID_OLD, 6, 6, 3), [IDENTITY]),
    (f"{ID}、{ID_X}", [IDENTITY, IDENTITY]),
    # cards
    (f"卡号{CARD_19}", [CARD]),
    (f"转入{CARD_16}账户", [CARD]),
    (cut(CARD_19, 4, 4, 4, 4, 3), [CARD]),
    (cut(CARD_16, 4, 4, 4, 4, by="-"), [CARD]),
    (cut(CARD_19, 6, 13), [CARD]),
    (wide(CARD_16), [CARD]),
    (CARD_OLD, [CARD]),
    (f"刷卡{VISA}", [CARD]),
    (f"信用卡卡号：{FOREIGN_VISA}", [CARD]),
    # mobiles
    (f"联系电话{MOBILE}", [PHONE]),
    (f"Tel:{MOBILE}", [PHONE]),
    (f"tel{MOBILE}", [PHONE]),
    (f"+86{MOBILE}", [PHONE]),
    (f"+86 {MOBILE}", [PHONE]),
    (f"（+86）{MOBILE}", [PHONE]),
    (f"0086-{cut(MOBILE, 3, 4, 4, by='-')}", [PHONE]),
    (cut(MOBILE, 3, 4, 4), [PHONE]),
    (cut(MOBILE, 3, 8, by="-"), [PHONE]),
    (f"电话：{wide(MOBILE)}", [PHONE]),
    (f"微信同号{MOBILE}，邮箱{MOBILE}@example.com", [PHONE, PHONE]),
    (f"座机0773-1234567，手机{MOBILE}", [PHONE]),
    # gates
    ("12369举报平台受理举报86件。", [REPORT]),
    ("接群众举报，该厂夜间排放黑烟。", [REPORT]),
    ("接到举报电话后未及时到场。", [REPORT]),
    ("举报电话反映的噪声问题", [REPORT]),
    ("本年度举报人数较上年减少。", [REPORT]),
    ("督察组交办信访件23件已办结22件。", [LETTER]),
    ("信访举报件未按时答复。", [LETTER]),
    ("对该企业行政处罚立案查处。", [CASE]),
    ("自立案之日起90日内作出决定。", [CASE]),
    ("全年立案3起，立案率100%。", [CASE, CASE]),
    ("移交问题线索2件。", [CLUE]),
    ("向派出机关移送线索1条。", [CLUE]),
    ("违纪违法线索台账", [CLUE]),
    ("受理检举控告5件。", [DENOUNCE]),
    ("对诬告检举行为予以澄清。", [DENOUNCE]),
    ("收到控告2件。", [ACCUSE]),
    ("其违纪事实已经查清。", [FACTS]),
    ("某科长涉嫌严重违纪。", [FACTS]),
    ("处分决定已送达本人。", [SANCTION]),
    ("给予党内严重警告处分。", [SANCTION]),
    ("该同志廉政档案显示曾受批评。", [FILE]),
    (f"举报人电话{MOBILE}，已立案", [INFORMER, PHONE, CASE]),
]

PASSING = [
    "通过参加党组会、谈心谈话、平时观察、加入微信工作群等方式了解情况。",
    "开展谈话提醒3人次、提醒谈话2人次，约谈党支部书记1人。",
    "约谈记录见附件，会议记录、检查记录齐全。",
    "以案促改专题学习，以公开通报的生态环境违法案件典型案例为鉴。",
    "建立案卷目录，归档及时。",
    "未建立案例库，成立案件审查小组。",
    "环境影响登记表已备案，项目已立项。",
    "依据《环境行政处罚办法》第二十二条和《行政处罚立案审批表》填写要求",
    "学习《纪检监察机关处理检举控告工作规则》《信访举报工作规定》。",
    "学习《关于印发〈生态环境违法行为举报奖励办法〉的通知》。",
    "设置举报箱，公开举报电话和举报邮箱。",
    "12369环保举报热线24小时有人值守。",
    "落实举报奖励、举报制度的宣传工作。",
    "党支部换届选举报告已报机关党委。",
    "信访维稳工作平稳，信访积案逐件包案。",
    "来信来访23批次均已答复。",
    "党纪政务处分人数为0。",
    "杜绝违规违纪行为，严守纪律规矩。",
    "行政处罚决定书已送达当事人。",
    "依法留置送达行政处罚决定书。",
    "检查污水留置池2座，运行正常。",
    "对排放量初核算后报送。",
    "以留置方式送达法律文书2份。",
    "预留置物空间，保留置换指标。",
    "年初核定的总量指标未分解。",
    "2021年初核查污染源36家，月初核算工资。",
    "排污许可证最初核发日期为2019年。",
    "最初核定的排放量为12吨。",
    "用笔录入原始记录后再上传系统。",
    "纪检举办专题培训，体检举措落实到位。",
    "在线监控告警未及时处置。",
    "张贴疫情防控告知书。",
    "建立健全干部廉政档案。",
    "全面推行清单明责、跟踪履责、清查确责、跟进问责。",
    "发现污染源线索后及时开展溯源。",
    # secrets that are no marks
    "企业提出商业秘密保护申请。",
    "学习《中华人民共和国保守国家秘密法》。",
    "工作秘密管理办法已印发，保密责任书已签订。",
    "不得泄露秘密，严防失泄密事件。",
    "《国家秘密载体（秘密级）管理规定》已传达",
    "国家秘密的密级分为绝密、机密、秘密三级。",
    "密级：无",
    "密级：公开",
    "机密文件管理责任不明确。",
    "秘密级文件由专人保管。",
    "涉密人员未签订保密承诺书，定密工作不规范。",
    "杜绝密闭空间违规作业。",
    "隔绝密封不严，拒绝密切接触者进入。",
    "绝密级载体须由机要交通传递。",
    # numbers
    "违规占用水源保护区土地354000余平方米。",
    "排污许可证编号91450300MA5N12345X001V。",
    "统一社会信用代码91450300MA5N1A2B3C。",
    "统一社会信用代码12450300499123456K",
    "统一社会信用代码914503001234567890",
    "许可证编号914503001234567890001P",
    "桂环审〔2021〕15号、市环罚〔2021〕103号。",
    "东经110.290195，北纬25.273566。",
    "点位坐标110.28635421873,25.13812345678",
    "坐标110°17′25.36″E，25°16′24.84″N",
    "整改时限20210930，回复日期2021-10-08。",
    "检查时间2021-09-30 09:30至2021-10-08 17:30。",
    "罚款金额20万元，缴款1350000.00元。",
    "总投资13500000000元，年耗电15600000000千瓦时。",
    "投资额13500000000.00",
    "联系电话0773-1234567。",
    "电话07731234567，传真0773-7654321转8013",
    "拨打12369、12345热线。",
    "服务电话400-800-1234",
    "登记表备案号202145030300000123。",
    "项目代码2020-450303-77-03-012345",
    "检查编号4503002021093001",
    "案卷流水号450300210930001",
    "危险废物转移联单编号2021450000123456",
    "MN号88888880000001，数采仪编号45030060123456",
    "标准GB 18599—2020、HJ 2025-2012、GB/T 9704—2012",
    "自查36份，集中检查12次，发现并督促整改7个，整改函4份。",
    "整改率98.71%（688/697）。",
    "发票号码24452000000012345678",
    "对公账号45050163520000001234",
    "邮编541001，区划代码450303",
    "宗地代码450303001001GB00012",
    "化学需氧量1380 mg/L、氨氮135 mg/L、总磷15.3 mg/L",
    "2019 2020 2021三年分别为1500 1600 1700吨",
    "设备编号A13812345678B",
    "设备编号WT13812345678",
    "手机号138****0001已脱敏",
    f"流水{wrong(ID)}",
    f"流水{cut(wrong(ID), 6, 8, 4)}",
    f"流水{wrong(CARD_19)}",
    f"流水{wrong(CARD_16)}",
    f"单据号{FOREIGN_VISA}",
    f"流水1{MOBILE}",
    f"流水{MOBILE}0",
    f"序列{ID}00",
    "6222020000000000000000001",
    "0000000000000000",
    "",
]

TABLE: list[tuple[str, list[tuple[str, bool]]]] = [*REFUSED, *((text, []) for text in PASSING)]
ROWS = [pytest.param(*row, id=f"{at:03d}") for at, row in enumerate(TABLE)]
EVERY_HIT = [(text, hit) for text, _ in REFUSED for hit in inspect(text)]


def found(text: str) -> list[tuple[str, bool]]:
    return [(hit.kind, hit.hard) for hit in inspect(text)]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_sentence(text: str, expected: list[tuple[str, bool]]) -> None:
    assert sorted(found(text)) == sorted(expected)


def test_the_table_is_large_and_balanced() -> None:
    assert len(TABLE) == len({text for text, _ in TABLE}) >= 110
    assert len(PASSING) >= 55 <= len(REFUSED)
    tried = {kind for _, expected in REFUSED for kind, _ in expected}
    assert tried == {word.kind for word in WORDS} | set(NUMBERS)


def test_no_miss_and_no_false_alarm() -> None:
    wanted: Counter[str] = Counter()
    met: Counter[str] = Counter()
    false: Counter[str] = Counter()
    for text, expected in TABLE:
        due, got = Counter(kind for kind, _ in expected), Counter(kind for kind, _ in found(text))
        wanted, met, false = wanted + due, met + (due & got), false + (got - due)
    print(f"\n{len(REFUSED)} 句应拦，{len(PASSING)} 句应放行")  # noqa: T201
    for kind in (*NUMBERS, *(word.kind for word in WORDS)):
        print(f"{kind}\t拦下 {met[kind]}/{wanted[kind]}\t误报 {false[kind]}")  # noqa: T201
    assert (met, false) == (wanted, Counter())


def test_no_number_is_shown_whole() -> None:
    for text, hit in EVERY_HIT:
        said = f"{hit.shown}{hit.why}{hit.advice}"
        assert len(re.findall("[0-9０-９]", hit.shown)) <= 5
        if hit.kind in NUMBERS:
            assert re.fullmatch(r"[0-9]{3}\*+[0-9]?[0-9X]", hit.shown)
            assert not any(number in said for number in re.findall("[0-9]{6,}", text))


def test_a_hit_says_where_and_what() -> None:
    [hit] = inspect(f"电话：{wide(MOBILE)}。")
    assert hit == WordHit("手机号码", True, 3, "138******01", *NUMBERS["手机号码"])
    [hit] = inspect("接群众举报，属实")
    assert (hit.start, hit.shown) == (3, "举报")
    [hit] = inspect("000001 秘 密")
    assert (hit.start, hit.shown) == (7, "秘密")
    assert all(hit.why and hit.advice.endswith("。") for _, hit in EVERY_HIT)


def test_hits_are_in_the_order_of_the_text() -> None:
    hits = inspect(f"已立案，{MOBILE}，举报人")
    assert [hit.kind for hit in hits] == ["立案", "手机号码", "举报人"]


def test_a_telephone_field_takes_a_mobile_and_nothing_else() -> None:
    assert inspect(MOBILE, telephone_allowed=True) == []
    assert inspect(f"+86 {cut(MOBILE, 3, 4, 4)}", telephone_allowed=True) == []
    assert [hit.kind for hit in inspect(ID, telephone_allowed=True)] == ["身份证号"]
    assert [hit.kind for hit in inspect(CARD_16, telephone_allowed=True)] == ["银行卡号"]


FORMS: list[Callable[[str], str]] = [
    str,
    str.lower,
    wide,
    lambda number: cut(number, 6, 8, 4),
    lambda number: cut(number, 6, 8, 4, by="-"),
    lambda number: cut(number, 6, 4, 4, 4, by="\u3000"),
    lambda number: cut(number, 3, 3, 4, 4, 4, by="－"),
    lambda number: cut(number, 4, 4, 4, 4, 2),
    lambda number: wide(cut(number, 6, 8, 4, by="-")),
]
NOT_A_DIGIT_END = re.compile(r"[0-9０-９]\Z")
NOT_A_DIGIT_START = re.compile(r"[0-9０-９]")
SURROUNDING = st.text(max_size=30) | st.text("0123456789Xx -－年月第.、：", max_size=12)


@given(
    before=SURROUNDING.filter(lambda text: not NOT_A_DIGIT_END.search(text)),
    after=SURROUNDING.filter(lambda text: not NOT_A_DIGIT_START.match(text)),
    region=st.sampled_from(["110101", "450303", "450325", "820000", "650102", "130102"]),
    day=st.dates(date(1900, 1, 1), date(2030, 12, 31)),
    order=st.integers(0, 999),
    form=st.sampled_from(range(len(FORMS))),
)
def test_an_identity_number_is_found_anywhere(
    before: str, after: str, region: str, day: date, order: int, form: int
) -> None:
    number = identity(f"{region}{day:%Y%m%d}{order:03d}")
    hits = inspect(before + FORMS[form](number) + after)
    assert "身份证号" in {hit.kind for hit in hits}
    assert all(number not in f"{hit.shown}{hit.why}{hit.advice}" for hit in hits)


@given(st.from_regex(r"[0-9]{1,14}|[0-9]{16,17}|[0-9]{19,30}", fullmatch=True))
def test_digits_of_another_length_are_no_identity_number(digits: str) -> None:
    assert "身份证号" not in {kind for kind, _ in found(f"编号{digits}号")}


@given(
    day=st.dates(date(1900, 1, 1), date(2030, 12, 31)),
    order=st.integers(0, 999),
    check=st.sampled_from("0123456789X"),
)
def test_a_wrong_check_digit_is_no_identity_number(day: date, order: int, check: str) -> None:
    body = f"450303{day:%Y%m%d}{order:03d}"
    right = identity(body)
    expected = {"身份证号"} if body + check == right else set()
    assert {kind for kind, _ in found(f"编号{body}{check}号")} & {"身份证号"} == expected


@given(st.from_regex(r"[0-9]{6}(19|20)[0-9]{2}(1[3-9]|[2-9][0-9]|00)[0-9]{5}", fullmatch=True))
def test_an_impossible_day_is_no_identity_number(body: str) -> None:
    assert "身份证号" not in {kind for kind, _ in found(identity(body))}


@given(st.text(alphabet="举报人初核留置笔录秘机绝密级★立案《》【】\n 0123456789-Xx信访件", max_size=60))
def test_hits_never_overlap_and_point_into_the_text(text: str) -> None:
    hits = inspect(text)
    assert [hit.start for hit in hits] == sorted({hit.start for hit in hits})
    assert all(0 <= hit.start < len(text) for hit in hits)
