"""Titles broken into lines (GB/T 9704 7.3.1): by words, balanced, names whole; each line of titles.txt was read."""

from __future__ import annotations

import hashlib
from itertools import accumulate, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liangqing.base import words
from liangqing.base.chinese import character_width
from liangqing.base.title_lines import title_breaks, torn_word, width
from liangqing.base.words import segments

ROOM = 20.1  # signs of 2号 in the 156 mm of a page
TABLE = Path(__file__).with_name("titles.txt").read_text("utf-8").splitlines()
NAMES = """
    中共桂林市生态环境局党组 桂林市生态环境局水生态环境科党支部 桂林市生态环境局环境影响评价科党支部 桂林市兴安生态环境局党支部
    桂林市生态环境保护综合行政执法支队党支部 桂林市生态环境监测中心党支部 灵川局党支部 水生态科党支部 监测中心党支部
    供水总站党支部 水库管理处党总支 水库管理处 河湖中心 水土保持和河湖保护中心党支部 青澜市水利局水土保持和河湖保护中心党支部
    青澜市水利局 市纪委监委驻市生态环境局纪检监察组 中共桂林市纪律检查委员会桂林市监察委员会驻桂林市生态环境局纪检监察组
    示例市水利和湖泊局农村饮水安全与灌区管理中心党支部 示例市水库管理处党支部 王建国 李小明
""".split()
PHRASES = "5起广西生态环境违法案件典型案例 某县水利局原局长违规收受礼品礼金典型案例 水库管理处、河湖中心集中清查".split()
SHORT_NAMES = [name for name in NAMES if width(name) <= ROOM - 6]


def broken(text: str, room: float = ROOM) -> list[str]:
    places = title_breaks(text, room, NAMES, PHRASES)
    return [text[begin:end] for begin, end in pairwise((0, *places, len(text)))]


@pytest.mark.parametrize("row", TABLE)
def test_a_title_breaks_as_it_was_read(row: str) -> None:
    lines = row.split(" / ")
    assert broken("".join(lines)) == lines


def test_the_table_is_long_and_most_of_it_has_to_be_broken() -> None:
    assert len(TABLE) == len(set(TABLE)) > 120
    assert sum(" / " in row for row in TABLE) > 80


@pytest.mark.parametrize("row", [row for row in TABLE if " / " in row])
def test_no_line_begins_or_ends_ill_is_lonely_or_waisted(row: str) -> None:
    lines = row.split(" / ")
    for above, below in pairwise(lines):
        assert not below.startswith(("的", "和", "及", "与", "、", "，", "》", "”", "）")), row
        assert not above.endswith(("关于", "对", "和", "及", "与", "《", "“", "（")), row
        assert above[-1].isdigit() <= (not below[0].isdigit()), row
    widths = [width(line) for line in lines]
    assert min(widths) > 3 and max(widths) <= ROOM, row
    assert not any(
        one > two < three for one, two, three in zip(widths, widths[1:], widths[2:], strict=False)
    ), row
    assert len({character_width(line) for line in lines}) > 1, row  # no block: F308 of the checker
    places = accumulate(map(len, lines[:-1]))
    assert [torn_word("".join(lines), place) for place in places] == [""] * (len(lines) - 1), row
    assert len(lines) <= -int(-sum(widths) // ROOM) + 1, row


# What titles are made of: their shape is that of an office, the words in it come in any order.
HEADS = st.sampled_from(
    ["关于", "关于开展", "关于进一步做好", "关于印发", "关于对", "关于学习", "2026年第三季度", ""]
)
ABOUT = st.sampled_from(
    [
        *SHORT_NAMES,
        "入库排污口",
        "水质检测报告",
        "公务用车",
        "《派驻机构工作规则》",
        "2026年9月14日",
        "COD在线监测仪",
    ]
)
FAULTS = st.lists(
    st.sampled_from(
        "底数不清 标识牌不全 运行维护不到位 超期 管理不规范 审核把关不严 记录不完整 账实不符".split()
    ),
    min_size=1,
    max_size=3,
).map("、".join)
TAILS = st.sampled_from(
    "问题的整改函 问题整改的督办函 等问题的通报 专项检查的通知 情况的报告 的纪检监察建议 责任清单 反馈会纪要".split()
)
TITLES = st.builds("{}{}{}{}".format, HEADS, ABOUT, FAULTS, TAILS)


@settings(max_examples=300, deadline=None)
@given(TITLES, st.floats(14, 40))
def test_lines_fit_names_and_dates_are_whole_and_nothing_is_lost(title: str, room: float) -> None:
    lines = broken(title, room)
    assert "".join(lines) == title
    assert all(width(line) <= room for line in lines)
    assert len(lines) == 1 or width(title) > room
    for name in (*SHORT_NAMES, "2026年9月14日", "2026年第三季度", "《派驻机构工作规则》", "COD"):
        wanted = name in title and width(name) <= room - 6  # beside 关于 and its verb
        assert not wanted or any(name in line for line in lines), (name, lines)
    assert all(len(line) > 2 and line[0] not in "的、》）" for line in lines), lines


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="甲乙的、《》（）“”12ab 〔〕关于监督检查年月", max_size=60), st.floats(0, 30))
def test_any_text_comes_back_in_lines_that_fit(text: str, room: float) -> None:
    lines = broken(text, room)
    assert "".join(lines) == text
    assert len(lines) == 1 or all(0 < width(line) <= room for line in lines)
    assert broken(text, room) == lines
    assert width(text) <= room or room < 2 or len(lines) > 1


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40))
def test_the_words_of_a_text_joined_are_the_text(text: str) -> None:
    assert "".join(segments(text)) == text
    assert all(segments(text)) or not text


def test_words_are_cut_where_a_reader_would() -> None:
    assert segments("监督检查通知") == ["监督检查", "通知"]
    assert segments("水质检测报告超期") == ["水质检测报告", "超期"]
    assert segments("研究生命起源") == ["研究", "生命", "起源"]


@pytest.mark.parametrize(
    ("row", "torn"),
    [
        ("关于开展专项检查的通/知", "通知"),
        ("关于2026年9月14/日检查情况的通报", "2026年9月14日"),
        ("关于监督/检查情况的通报", ""),
        ("关于水库管理/处的通报", "管理处"),
        ("市纪驻环整〔2021〕1/号", "〔2021〕1号"),
        ("关于第/三季度的通报", "第三季度"),
    ],
)
def test_a_word_is_torn_unless_both_halves_stand_for_themselves(row: str, torn: str) -> None:
    assert torn_word(row.replace("/", ""), row.index("/")) == torn


def test_a_name_too_long_for_a_line_breaks_between_its_words() -> None:
    name = "桂林市生态环境保护综合行政执法支队党支部"
    assert title_breaks(name, 15, [name]) == (9,)


def test_the_longest_title_anybody_writes_takes_no_time() -> None:
    """Counted in the lines that were tried, which grow with the length and not with a power of it."""
    once = "关于供水总站党支部水质检测报告超期、记录不完整等问题整改的督办函"
    assert len(broken(once * 12)) <= -(-len(once) * 12 // 20) + 2


def test_the_list_of_words_is_the_one_that_was_taken_in_with_its_licence() -> None:
    folder = Path(words.__file__).parent
    data = (folder / "words.txt").read_bytes()
    assert (
        hashlib.sha256(data).hexdigest() == "0b4089d907b4be4109a302a7e8b0f59eaef8b596e155c72367770d2fbdd420a6"
    )
    licence = (folder / "words_licence.txt").read_text("utf-8")
    assert "jieba 0.42.1" in licence and "MIT License" in licence and "Sun Junyi" in licence
