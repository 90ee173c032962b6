"""What the program adds to YAML looks like what stands there, and reads as what was meant."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liangqing.data.yaml.edit import apply_edits
from liangqing.data.yaml.edited_trees import Edit
from liangqing.data.yaml.places import Source, Tree, parse
from liangqing.data.yaml.style import BLOCK, FLOW, LIST, MAPPING, STANDARD, YamlStyle, learn, style_of
from liangqing.data.yaml.write import dump, without_brackets


def finding(code: str, fact: str = "一\n二", action: str = "戊") -> dict[str, Tree]:
    return {
        "编号": code,
        "单位": ["U1"],
        "问题": ["甲", "乙"],
        "责任": {"部门": "丙", "责任人": "丁"},
        "进展": [{"日期": "2021-04-01", "内容": action}, {"日期": "2021-04-02", "内容": "己"}],
        "事实": fact,
    }


# A record in each way, and what stands between two of them.
WAYS = {
    "as the sample": (
        """\
  - 编号: CODE
    单位: U1
    问题: [甲, 乙]
    责任: {部门: 丙, 责任人: 丁}
    进展:
      - {日期: 2021-04-01, 内容: 戊}
      - {日期: 2021-04-02, 内容: 己}
    事实: |
      一
      二
""",
        "\n",
    ),
    "dashes below the key, line by line, in quotes": (
        """\
- 编号: "CODE"
  单位:
  - "U1"
  问题:
  - "甲"
  - "乙"
  责任:
    部门: "丙"
    责任人: "丁"
  进展:
  - 日期: "2021-04-01"
    内容: "戊"
  - 日期: "2021-04-02"
    内容: "己"
  事实: |
    一
    二
""",
        "",
    ),
    "wide, in another order, in brackets": (
        """\
    -   事实: |
            一
            二
        编号: CODE
        单位: [U1]
        进展: [{ 日期: 2021-04-01, 内容: 戊 }, { 日期: 2021-04-02, 内容: 己 }]
        责任: { 部门: 丙, 责任人: 丁 }
        问题:
            - 甲
            - 乙
""",
        "\n\n",
    ),
}
ENDS = {"lf": "\n", "crlf": "\r\n"}


def source(text: str, name: str = "checklists/2021/问题.yaml") -> Source:
    data = text.encode()
    return Source(name, data, parse(data, name))


def section(way: tuple[str, str], *codes: str) -> str:
    record, between = way
    return "问题:\n" + between.join(record.replace("CODE", code) for code in codes)


@pytest.mark.parametrize("newline", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_record_that_is_added_to_a_file_looks_like_its_siblings(way: tuple[str, str], newline: str) -> None:
    before, after = (
        section(way, *codes).replace("\n", newline) for codes in (("W1", "W2"), ("W1", "W2", "W3"))
    )
    for ended in ("", newline):
        text = before.removesuffix(newline) + ended
        record = learn([text.encode()]).in_order(("问题",), finding("W3"))
        edited = apply_edits(source(text), [Edit(("问题", 2), record)])
        assert edited.decode() == after.removesuffix(newline) + ended


@pytest.mark.parametrize("newline", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_new_file_looks_like_its_neighbours(way: tuple[str, str], newline: str) -> None:
    neighbour = section(way, "W1", "W2").replace("\n", newline)
    style = replace(style_of("问题", [source(neighbour)], "checklists/2021/"), literal="|")
    records: list[Tree] = [style.in_order(("问题",), finding(code)) for code in ("W8", "W9")]
    assert style.finished(dump({"问题": records}, style)) == section(way, "W8", "W9").replace("\n", newline)


def test_files_of_the_section_are_asked_before_others_and_those_of_the_year_before_both() -> None:
    sample, below, _ = WAYS.values()
    of_year = source(section(sample, "W1", "W2"), "checklists/2021/甲.yaml")
    before = source(section(below, "W1", "W2"), "checklists/2020/甲.yaml")
    others = source(section(below, "W1", "W2").replace("问题:\n-", "检查:\n-"), "checklists/2021/乙.yaml")
    for order in ([of_year, before, others], [others, before, of_year]):
        assert style_of("问题", order, "checklists/2021/").offset == 2
        assert style_of("问题", order, "checklists/2020/").offset == 0
    assert style_of("问题", [others], "checklists/2021/").offset == 0
    assert style_of("问题", []) == replace(STANDARD, literal="|-")


def test_a_key_that_no_sibling_has_stays_behind_the_one_before_it() -> None:
    style = YamlStyle(orders={("甲",): ("一", "二", "三")})
    assert list(style.in_order(("甲",), dict.fromkeys(("三", "新", "一"), ""))) == ["一", "三", "新"]


FORMS = st.sampled_from([FLOW, BLOCK])
PATHS = [
    (LIST, ("问题", "问题")),
    (LIST, ("问题", "单位")),
    (MAPPING, ("问题", "责任")),
    (MAPPING, ("问题", "进展")),
]
STYLES = st.builds(
    YamlStyle,
    offset=st.sampled_from([0, 2, 4]),
    gap=st.sampled_from([2, 4]),
    step=st.sampled_from([2, 4]),
    blank=st.integers(0, 2),
    padded=st.booleans(),
    newline=st.sampled_from(["\n", "\r\n"]),
    ended=st.booleans(),
    forms=st.fixed_dictionaries(dict.fromkeys(PATHS, FORMS)),
    singles=st.fixed_dictionaries({("问题", "单位"): st.booleans()}),
    quotes=st.sampled_from([{}, {(): "'"}, {(): '"'}]),
)
TEXTS = st.text(
    st.one_of(
        st.sampled_from("甲乙:,#'\"{}[]-|>\n ~0"), st.characters(codec="utf-8", categories=["L", "N", "P"])
    ),
    min_size=1,
    max_size=12,
).filter(lambda text: bool(text.strip()))


@given(STYLES, TEXTS, TEXTS)
def test_whatever_the_style_a_record_looks_like_its_siblings_and_reads_as_given(
    style: YamlStyle, fact: str, action: str
) -> None:
    known: list[Tree] = [finding("W1"), finding("W2")]
    added = finding("W3", fact, action)
    before = style.finished(dump({"问题": known}, style))
    edited = apply_edits(source(before), [Edit(("问题", 2), added)])
    wanted: Tree = {"问题": [*known, added]}
    assert without_brackets(parse(edited, "甲.yaml")) == without_brackets(wanted)
    assert edited.decode().startswith(before)


@given(STYLES)
def test_the_style_of_a_file_is_learned_as_it_was(style: YamlStyle) -> None:
    known: list[Tree] = [finding("W1"), finding("W2")]
    before = style.finished(dump({"问题": known}, style))
    edited = apply_edits(source(before), [Edit(("问题", 2), finding("W3"))])
    assert edited.decode() == style.finished(dump({"问题": [*known, finding("W3")]}, style))
