"""Thousands of random years: the product's figures and states against an independent count (random_year.py)."""

from __future__ import annotations

import os
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from random_year import KINDS, Count, generate, lasting, one_finding, rate
from written_year import register_of, write

from liangqing.base.diagnostics import Severity
from liangqing.data import workspace
from liangqing.engine import Reads
from liangqing.register import Register
from liangqing.variables.about import YearSubject
from liangqing.variables.papers import Paper
from liangqing.variables.subjects import values
from liangqing.year import rules
from liangqing.year.state.standing import Standing

pytestmark = pytest.mark.many

YEARS = 5000 if os.environ.get("LIANGQING_THOROUGH") else 300
PARTS = 4  # so that the work can be shared by two processes
DAYS = 6


def counted(at: Standing, count: Count) -> dict[str, object]:
    """What the product says, under the names of the independent count."""
    paper = Paper(YearSubject(at, str(at.year.year), "", at.year.checklist))
    wanted: Reads = {name: {} for name in count.figures()}
    figures = values("年度", paper, {"数字": wanted})["数字"]
    assert isinstance(figures, dict)
    states = {each.code: at.state(each) for each in at.found}
    return {**figures, **states, **{kind: len(at.of_kind(kind)) for kind in KINDS}}


def expected(count: Count) -> dict[str, object]:
    """The same from the independent count."""
    begun = [each["类型"] for each in count.begun()]
    states = {each["编号"]: count.state(each) for group in count.found() for each in group}
    return {**count.figures(), **states, **{kind: begun.count(kind) for kind in KINDS}}


def compare(root: Path, seed: int) -> int:
    """Judge one group on several days; how many days were judged."""
    written = generate(seed)
    write(root, written)
    book, read = register_of(written), workspace.load(root)
    assert read.diagnostics == (), (seed, *map(str, read.diagnostics))
    rng, judged = random.Random(seed), 0
    for number, year in read.years.items():
        turns = written.days(number)
        for day in [date(number, 12, 31), *rng.sample(turns, min(DAYS, len(turns)))]:
            at, count = Standing(year, book, day, read.years), Count(written, number, day)
            assert counted(at, count) == expected(count), f"seed {seed}, {number} as of {day}"
            judged += 1
        wrong = [each for each in rules.audit(at) if each.severity is Severity.ERROR]
        assert wrong == [], (seed, *map(str, wrong))
    return judged


# What was once counted otherwise than the rules: the smallest example of each, and the day.
_AGREED = {
    "申请日期": date(2021, 6, 1),
    "核查日期": date(2021, 6, 3),
    "结论": "同意销号",
    "销号日期": date(2021, 6, 4),
}
_LATER = {"日期": date(2021, 8, 1), "内容": "补交台账"}
ONCE_WRONG: dict[str, tuple[list[str], dict[str, Any], date]] = {
    "佐证是统计日以后才交的": (
        ["佐证"],
        {"销号": [_AGREED], "进展": [{**_LATER, "佐证": [{"名称": "台账"}]}]},
        date(2021, 7, 1),
    ),
    "统计日以后才交的旧佐证": (
        [],
        {"销号": [_AGREED], "进展": [{**_LATER, "佐证": [{"名称": "旧台账", "日期": date(2021, 1, 4)}]}]},
        date(2021, 7, 1),
    ),
    "阶段性完成以后又销号": (
        [],
        {
            "销号": [
                {"申请日期": date(2021, 5, 1), "核查日期": date(2021, 5, 3), "结论": "阶段性完成"},
                _AGREED,
            ]
        },
        date(2021, 5, 20),
    ),
}


@pytest.mark.parametrize("name", ONCE_WRONG)
def test_what_was_once_wrong(tmp_path: Path, name: str) -> None:
    gates, more, day = ONCE_WRONG[name]
    written = one_finding(gates, more)
    write(tmp_path, written)
    read = workspace.load(tmp_path)
    assert read.diagnostics == ()
    at, count = Standing(read.years[2021], Register(), day, read.years), Count(written, 2021, day)
    assert counted(at, count) == expected(count)


def test_a_common_finding_counts_under_the_kind_that_found_it_first(tmp_path: Path) -> None:
    written = one_finding([], {"共性": "甲"})
    sections = written.years[2021]
    (inspection,), (finding,) = sections["检查"], sections["问题"]
    earlier = {**inspection, "编号": "JC0", "类型": "集中清查", "开始日期": date(2021, 2, 1)}
    sections["检查"] = [inspection, earlier]
    sections["问题"] = [finding, {**finding, "编号": "W0", "检查": "JC0"}]
    write(tmp_path, written)
    at = Standing(workspace.load(tmp_path).years[2021], Register(), date(2021, 12, 31))
    paper = Paper(YearSubject(at, "2021", "", at.year.checklist))
    rows = values("年度", paper, {"检查分类": {"[]": {"类型": {}, "问题数": {}}}})["检查分类"]
    assert isinstance(rows, list)
    assert [row["类型"] for row in rows if row["问题数"]] == ["集中清查"]


@pytest.mark.parametrize("part", range(PARTS))
def test_the_product_counts_like_the_rules(tmp_path: Path, part: int) -> None:
    judged = 0
    for seed in range(part, YEARS, PARTS):
        root = tmp_path / str(seed)
        judged += compare(root, seed)
    assert judged > YEARS // PARTS * DAYS


def test_the_random_years_hold_what_they_are_to_test() -> None:
    """Every state, every kind of conclusion, voids, moved limits, marks and chains occur often."""
    seen: dict[str, int] = {}
    for seed in range(400):
        written = generate(seed)
        for number, sections in written.years.items():
            count = Count(written, number, date(number, 10, 15))
            found = [each for group in count.found() for each in group]
            names = [count.state(each) for each in found]
            names += [each["结论"] for f in found for each in f.get("销号", ()) if "结论" in each]
            names += [key for f in found for key in ("延期", "放行", "共性", "回头看") if key in f]
            names += ["长期坚持" for each in found if lasting(each)]
            names += ["替代" for each in sections["自查"] if "替代" in each]
            names += ["作废" for each in written.lines if "作废" in each]
            names += ["跨年" for each in written.lines if each.get("年度", number) < number]
            for name in names:
                seen[name] = seen.get(name, 0) + 1
    wanted = "逾期 临期 待明确 未到期 申请销号 持续整改 已销号 同意销号 退回 阶段性完成 长期坚持 延期 放行 共性 回头看 替代 作废 跨年"
    assert {name: seen.get(name, 0) for name in wanted.split() if seen.get(name, 0) < 20} == {}


def test_the_rate() -> None:
    assert [rate(0, 0), rate(0, 3), rate(2, 3), rate(3, 3), rate(688, 697)] == [
        "—",
        "0%",
        "66.67%",
        "100%",
        "98.71%",
    ]
