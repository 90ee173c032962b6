"""Workbook out, random edits in random sheets, back in: the edits and nothing else, and every comment still there."""

from __future__ import annotations

import copy
import io
import random
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from random_year import generate
from sample import copy_workspace
from sheet import Sheet as Page
from written_year import open_written

from liangqing.changes import ledger_changes
from liangqing.changes.ledger_workbook import read
from liangqing.data.fields import LINES, ONE, TEXT, EntryField
from liangqing.data.yaml.write import without_brackets
from liangqing.outputs import ledger
from liangqing.outputs.ledger.columns import Sheet
from liangqing.outputs.ledger.entered import identified, records
from liangqing.outputs.ledger.sheets import SHEETS
from liangqing.outputs.ledger.writing import HEAD_ROW, IDENTITY
from liangqing.year.open_workspace import OpenWorkspace, open_workspace

TODAY = date(2021, 11, 1)
# Texts that nothing else rests on, so that any words may stand there.
FREE = {
    "备注", "基本情况", "整改目标", "整改措施", "说明", "核查情况", "目标", "进展", "主要做法", "存在不足", "下一步",
    "优点", "短板", "风险", "理由", "佐证材料", "准备材料", "地点", "类似问题", "自查范围", "原因",
}  # fmt: skip
WORDS = (
    "示例文字",
    "含: 冒号 # 井号",
    "=不是公式",
    "- 像列表",
    "'引号'",
    "第一行\n第二行",
    "是",
    "2021.10.1",
    "{花括号}",
)


@pytest.fixture
def opened(tmp_path: Path) -> OpenWorkspace:
    return open_workspace(copy_workspace(tmp_path / "工作", issued=True), None, None, TODAY)


def workbook(opened: OpenWorkspace) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(ledger.write(opened.at)))


def free_cells(book: Workbook) -> Iterator[tuple[Sheet, EntryField, str, Any]]:
    """The cells of the workbook in which any words may stand: sheet, field, identity of the row, cell."""
    for sheet in SHEETS:
        for column in sheet.columns if sheet.table else ():
            field = column.field
            if field is None or not column.path or field.per_entry or field.path[-1] not in FREE:
                continue
            if field.kind == TEXT and not field.choices and field.count in (ONE, LINES) and not column.frozen:
                page = Page(book, sheet.name)
                for row in range(HEAD_ROW + 1, page.page.max_row + 1):
                    identity = page.page.cell(row, page.columns[IDENTITY]).value
                    cell = page.page.cell(row, page.columns[column.head])
                    if identity and not (field.required and cell.value is None):
                        yield sheet, field, str(identity).partition("/")[2], cell


def put(
    trees: dict[str, Any], opened: OpenWorkspace, sheet: Sheet, field: EntryField, identity: str, value: Any
) -> None:
    """The value of a cell put into the trees of the files, by what the row says that it is of."""
    assert sheet.table is not None
    of, _, number = identity.rpartition("#")
    section, name = of.split("/", 1) if sheet.name == "放行" else (sheet.table.section, of or identity)
    inside = sheet.table.inside
    record = dict(identified(section, records(opened.at, section)))[
        "" if inside and sheet.table.coded else name
    ]
    node = trees[record.written_in.name]
    for step in record.written_at:
        node = node[step]
    if inside:
        coded = [at for at, entry in enumerate(node[inside]) if entry.get("编号") == identity]
        node = node[inside][coded[0] if sheet.table.coded else int(number) - 1]
    above = node
    for key in field.path[:-1]:
        above, node = node, node.setdefault(key, {})
    if value is None:
        node.pop(field.path[-1], None)
        if not node and node is not above:
            del above[field.path[-2]]
    else:
        node[field.path[-1]] = value


def trees_of(opened: OpenWorkspace) -> dict[str, Any]:
    return {name: copy.deepcopy(source.tree) for name, source in opened.data.sources.items()}


def data(root: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in (root / "checklists").rglob("*.yaml")}


def comments(texts: dict[str, str]) -> dict[str, list[str]]:
    """The comments of files; a value that looks like one is quoted, and is none."""
    found = {name: re.findall(r"(?m)^\s*#.*$|\s# .*$", text) for name, text in texts.items()}
    return {name: [words for words in own if "井号" not in words] for name, own in found.items()}


@pytest.mark.parametrize("seed", range(4))
def test_random_edits_come_back_and_nothing_else(opened: OpenWorkspace, tmp_path: Path, seed: int) -> None:
    rng, root = random.Random(seed), opened.root
    book, before = workbook(opened), data(root)
    cells = rng.sample(list(free_cells(book)), 12)
    wanted = trees_of(opened)
    for sheet, field, identity, cell in cells:
        words = f"{rng.choice(WORDS)}{rng.randint(0, 99)}"
        value: Any = words.split("\n") if field.count == LINES else words
        if not field.required and rng.random() < 0.25:
            words, value = "", None
        cell.value = words or None
        cell.data_type = "s" if words else "n"
        put(wanted, opened, sheet, field, identity, value)
    book.save(tmp_path / "改.xlsx")
    collected = ledger_changes.judge(root, tmp_path / "改.xlsx", "改.xlsx", TODAY)
    ledger_changes.accept(collected, TODAY)
    after = open_workspace(root, None, None, TODAY)
    assert without_brackets(trees_of(after)) == without_brackets(wanted)
    assert comments(data(root)) == comments(before) != {}
    (tmp_path / "再.xlsx").write_bytes(ledger.write(after.at))
    assert not ledger_changes.judge(root, tmp_path / "再.xlsx", "再.xlsx", TODAY).judged.files


def test_an_unedited_workbook_changes_nothing(opened: OpenWorkspace, tmp_path: Path) -> None:
    (tmp_path / "台账.xlsx").write_bytes(ledger.write(opened.at))
    collected = ledger_changes.judge(opened.root, tmp_path / "台账.xlsx", "台账.xlsx", TODAY)
    assert not collected.judged.files and not collected.judged.told and collected.whole


@pytest.mark.parametrize("seed", range(8))
def test_an_unedited_workbook_of_a_random_year_changes_nothing(tmp_path: Path, seed: int) -> None:
    made = generate(seed)
    opened = open_written(tmp_path / "工作", made, max(made.years), made.days(max(made.years))[-1])
    (tmp_path / "台账.xlsx").write_bytes(ledger.write(opened.at))
    reading = read(tmp_path / "台账.xlsx", "台账.xlsx")
    handed = ledger_changes.handed(opened, reading)
    assert handed.proposals == () and handed.told == ()
    assert len(reading.rows) > 5
