"""Random ordinary lists, whose truth is known: what comes in is that truth and nothing else."""

from __future__ import annotations

import random
import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liangqing.changes.foreign_list import ImportedList, read_foreign_lists
from liangqing.changes.foreign_list.names import Vocabulary
from liangqing.changes.foreign_list.writing import Unsure

UNITS = ["供水总站", "灌溉中心", "机关党支部", "水文监测站", "河道管理处党总支"]
DEEDS = [
    "台账登记缺失",
    "签字手续不全",
    "合同没有归档",
    "值守记录断档",
    "物资账实不符",
    "会议议程雷同",
    "采购没有比价",
]
PEOPLE = ["白某某", "毛某某", "秦某某", "何某某"]
SOURCES = {
    "一、集中清查发现的问题": "集中清查",
    "（二）抽查发现的问题": "抽查",
    "三、专项检查发现的问题（若干个）": "专项监督",
}
HEADS = {
    "单位": ["单位", "被监督单位", "受检单位", "被检查单位"],
    "事实": ["发现的主要问题", "存在问题", "问题描述", "问题内容"],
    "发现日期": ["发现时间", "检查时间", "发现日期"],
    "责任人": ["责任人", "整改责任人", "具体责任人"],
    "整改时限": ["整改时限", "完成时限", "整改期限"],
    "说明": ["备注", "问题类型"],
    "": ["联系电话", "问题个数", "责任领导签字"],
}
WRITINGS = ("{0.year}.{0.month}.{0.day}", "{0.year}年{0.month}月{0.day}日", "{0:%Y%m%d}", "{0:%Y-%m-%d}")


@dataclass(frozen=True)
class Truth:
    """A finding that stands in the list."""

    unit: str
    facts: str
    found: date
    person: str
    limit: date
    kind: str | None


def a_list(dice: random.Random, path: Path) -> list[Truth]:
    """Write a random ordinary list; what it says."""
    book = openpyxl.Workbook()
    page: Any = book.active
    page.title = "台账"
    keys = list(HEADS)
    dice.shuffle(keys)
    keys = ["序号", *keys]
    heads = ["序号" if key == "序号" else dice.choice(HEADS[key]) for key in keys]
    row = 1
    for title in dice.sample(
        ["某局2026年问题整改台账", "填报单位：某组　填报人：甲某某", "（内部使用）"], dice.randint(0, 3)
    ):
        page.cell(row, 1).value = title
        page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(keys))
        row += 1
    row = _write_heads(page, row, heads, two=dice.random() < 0.5)
    truths: list[Truth] = []
    parts: list[str | None] = list(dice.sample(list(SOURCES), dice.randint(0, 3))) or [None]
    for part in parts:
        if part is not None:
            page.cell(row, 1).value = part
            page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(keys))
            row += 1
        row = _write_part(dice, page, row, keys, part, truths)
        if dice.random() < 0.5:
            page.cell(row, 1).value, page.cell(row, keys.index("事实") + 1).value = "小计", "若干"
            page.cell(row, keys.index("事实") + 1).value = len(truths)
            row += 1
        if dice.random() < 0.3:
            row = _write_heads(page, row, heads, two=False)
    page.cell(row + 1, 1).value = "制表人：甲某某"
    book.save(path)
    return truths


def _write_heads(page: Any, row: int, heads: list[str], *, two: bool) -> int:
    for column, head in enumerate(heads, start=1):
        page.cell(row, column).value = head
        if two:
            page.merge_cells(start_row=row, end_row=row + 1, start_column=column, end_column=column)
    return row + 1 + two


def _write_part(
    dice: random.Random, page: Any, row: int, keys: list[str], part: str | None, truths: list[Truth]
) -> int:
    for _ in range(dice.randint(1, 3)):
        unit = dice.choice(UNITS)
        first = row
        for _ in range(dice.randint(1, 2)):
            found = date(2026, 3, 1) + timedelta(days=dice.randint(0, 200))
            facts = f"{dice.choice(DEEDS)}，第{len(truths) + 1}处"
            truth = Truth(
                unit,
                facts,
                found,
                dice.choice(PEOPLE),
                found + timedelta(days=60),
                SOURCES[part] if part else None,
            )
            values = {
                "序号": len(truths) + 1,
                "单位": unit,
                "事实": facts,
                "发现日期": dice.choice(WRITINGS).format(found),
                "责任人": dice.choice(["{}", "{}（科长）"]).format(truth.person),
                "整改时限": dice.choice([*WRITINGS, "{0.year}年{0.month}月{0.day}日前"]).format(truth.limit),
                "说明": dice.choice([None, "急"]),
                "": dice.choice([None, "0000-1234567"]),
            }
            for column, key in enumerate(keys, start=1):
                page.cell(row, column).value = values[key]
            truths.append(truth)
            row += 1
        if row - first > 1:
            column = keys.index("单位") + 1
            page.merge_cells(start_row=first, end_row=row - 1, start_column=column, end_column=column)
    return row


def what_came(imported: ImportedList) -> list[Truth]:
    """The findings that came in, as truths."""
    units = {str(entry.values["编号"]): str(entry.values["名称"]) for entry in imported.records[2026, "单位"]}
    kinds = {str(entry.values["编号"]): entry.values["类型"] for entry in imported.records[2026, "检查"]}
    found = []
    for entry in imported.records[2026, "问题"]:
        values: dict[str, Any] = dict(entry.values)
        kind = kinds[values["检查"]]
        found.append(
            Truth(
                units[values["单位"]],
                values["事实"],
                date.fromisoformat(values["发现日期"]),
                values["责任"]["责任人"],
                date.fromisoformat(values["整改时限"]),
                kind if isinstance(kind, str) else None,
            )
        )
    return found


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_a_random_ordinary_list_comes_in_as_what_it_says(seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "台账.xlsx"
        truths = a_list(random.Random(seed), path)
        imported = read_foreign_lists([path], 2026)
    assert what_came(imported) == truths
    names = {str(entry.values["名称"]) for entry in imported.records[2026, "单位"]}
    assert names == {truth.unit for truth in truths}
    assert all(cell.text in ("0000-1234567",) for cell in imported.unplaced)


@pytest.mark.parametrize("section", Vocabulary().sections())
def test_each_name_is_the_name_of_one_key(section: str) -> None:
    from liangqing.changes.foreign_list.names import _shipped

    names = [name for listed in _shipped()["列"][section].values() for name in listed]
    assert sorted(names) == sorted(set(names))
    assert all(Vocabulary().meaning((name,), section) for name in names)


@pytest.mark.parametrize(
    ("heads", "key"),
    [
        (("整改情况", "整改进展"), "进展"),
        (("整改情况", "联系电话"), None),
        (("整改情况", "完成时间"), None),
        (("整改责任人", "姓名"), "责任人"),
        (("责任人", "联系电话"), None),
        (("检查中存在的主要问题",), "事实"),
        (("发现问题数",), None),
        (("实际完成时间",), None),
        (("整改时限\n（年月日）",), "整改时限"),
    ],
)
def test_a_column_means_what_its_innermost_head_says(heads: tuple[str, ...], key: str | None) -> None:
    meaning = Vocabulary().meaning(heads, "问题")
    assert (meaning.key if meaning else None) == key


def test_a_value_that_stands_in_is_marked() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "台账.xlsx"
        a_list(random.Random(7), path)
        imported = read_foreign_lists([path], 2026)
    names = [entry.values["名称"] for entry in imported.records[2026, "问题"]]
    assert names and all(isinstance(name, Unsure) for name in names)
