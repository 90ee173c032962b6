"""A workspace begun from a filled workbook, and the empty one that a new workspace brings along."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from conftest import Run
from group_year import Step, steps
from openpyxl import load_workbook
from year_by_workbook import EntryPage, empty_workbook, fill_in

from liangqing.cli import main as cli

DAY = date(2026, 1, 8)
FIRST: Step = next(steps())
WORKBOOK = "2026年录入表.xlsx"


@pytest.fixture
def new(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """What `init` makes: nothing is filled in yet."""
    monkeypatch.setattr(cli, "today", lambda: DAY)
    assert cli.main(["init", str(tmp_path / "新"), "--year", "2026"]) == 0
    return Run(tmp_path / "新", capsys)


@pytest.fixture
def filled(new: Run, tmp_path: Path) -> Path:
    """Its workbook with 机构, 单位 and 清单 of a year filled in, somewhere else."""
    path = tmp_path / "填好的.xlsx"
    path.write_bytes((new.root / WORKBOOK).read_bytes())
    fill_in(path, FIRST)
    return path


def put(path: Path, sheet: str, row: int, head: str, text: str | None) -> None:
    """One more cell, in a row below the head (from 1)."""
    book = load_workbook(path)
    page = EntryPage(book[sheet])
    page.page.cell(page.head + row, page.columns[head]).value = text
    book.save(path)


def data(root: Path) -> dict[str, bytes]:
    found = sorted((root / "checklists").rglob("*"))
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found if path.is_file()}


def read(root: Path, name: str) -> dict[str, object]:
    tree: dict[str, object] = yaml.load((root / "checklists" / name).read_text("utf-8"), yaml.BaseLoader)
    return tree


def test_a_new_workspace_has_an_empty_workbook_and_says_how_it_is_filled_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "我的工作"
    assert cli.main(["init", str(root), "--year", "2026"]) == 0
    said = capsys.readouterr().out
    assert f"打开 {root / WORKBOOK}，先填机构、单位、清单、任务四张表" in said
    assert f"-C {root} collect {root / WORKBOOK} --accept" in said.splitlines()[-1]
    book = load_workbook(root / WORKBOOK)
    pages = [
        EntryPage(book[name]) for name in ("机构", "单位", "清单", "任务", "检查", "问题", "任务落实", "销号")
    ]
    assert [page.free() - page.head for page in pages] == [1] * len(pages)


def test_init_begins_a_workspace_from_a_workbook(
    new: Run, filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = new.root.with_name("我的工作")
    assert cli.main(["init", str(root), "--xlsx", str(filled)]) == 0
    said = capsys.readouterr().out
    assert "录入：机构 1 条，单位 9 条，清单 1 条\n" in said
    assert said.splitlines()[-1].endswith(f"-C {root} check")
    assert read(root, "机构.yaml") == {"机构": FIRST.added["机构"]}
    assert read(root, "2026/单位.yaml") == {"单位": FIRST.added["单位"]}
    assert read(root, "2026/清单.yaml") == {"清单": FIRST.added["清单"]}
    assert (root / "原台账/填好的.xlsx").read_bytes() == filled.read_bytes()
    begun = new.in_folder(root)
    assert begun("check")[:2] == (0, f"没有发现问题\n下一步：{begun.again} build\n")
    taught = {
        name: text for name, text in data(new.root).items() if name.endswith(("问题.yaml", "检查.yaml"))
    }
    assert len(taught) == 2 and taught.items() <= data(root).items()  # where later records have their place


def test_the_workbook_of_a_new_workspace_is_collected_there(new: Run, filled: Path) -> None:
    before = data(new.root)
    code, out, _ = new("collect", str(filled))
    assert (code, out.splitlines()[-1]) == (0, "还没有写入任何文件；核对后加 --accept 写入")
    assert "清单：1 条记录，" in out and "加 -v 逐项看" in out
    out = new("collect", str(filled), "-v")[1]
    assert re.search(
        r"^单位 U01 名称：（空） → 「.+」\n    .+ 单位!B5「名称」 → checklists/2026/单位\.yaml$", out, re.M
    )
    assert data(new.root) == before
    code, out, _ = new("collect", str(filled), "--accept")
    assert code == 0 and "录入：机构 1 条，单位 9 条，清单 1 条\n" in out
    assert read(new.root, "2026/单位.yaml") == {"单位": FIRST.added["单位"]}
    assert out.splitlines()[-1].endswith(f"{new.again} ledger")
    assert new("check")[0] == 0


def test_what_was_begun_by_workbook_goes_on_as_yaml_and_as_workbook(new: Run, filled: Path) -> None:
    assert new("collect", str(filled), "--accept")[0] == 0
    new.edit("checklists/2026/单位.yaml", "石桥县水利局", "石桥县水务局")
    assert new("ledger")[0] == 0
    path = new.root / "output/2026/台账/2026年台账.xlsx"
    book = load_workbook(path)
    page = EntryPage(book["单位"])
    page.put(page.row(编号="U08"), "称谓", "你局")
    book.save(path)
    assert new("collect", str(path), "--accept")[0] == 0
    units = read(new.root, "2026/单位.yaml")["单位"]
    assert isinstance(units, list)
    assert units[7] == {**FIRST.added["单位"][7], "名称": "石桥县水务局", "称谓": "你局"}


def test_a_sheet_of_one_row_is_taken_once(new: Run, filled: Path) -> None:
    """总结 is filled in when a year ends; the workbook in which it was new is collected a second time."""
    assert new("collect", str(filled), "--accept")[0] == 0
    assert new("ledger")[0] == 0
    path = new.root / "output/2026/台账/2026年台账.xlsx"
    fill_in(path, Step(FIRST.day, {"总结": {"主要做法": ["清单明责。"]}}))
    assert new("collect", str(path), "--accept")[0] == 0
    before = data(new.root)
    code, out, _ = new("collect", str(path), "--accept")
    assert (code, out) == (0, "没有要收的改动\n")
    assert data(new.root) == before


@pytest.mark.parametrize("words", [("init",), ("collect", "--accept")])
def test_an_error_names_its_cell_and_nothing_is_made(
    new: Run, filled: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    put(filled, "单位", 2, "类型", "支部")
    put(filled, "任务", 3, "责任主体", "水库处")
    before, root = data(new.root), new.root.with_name("我的工作")
    if words == ("init",):
        assert cli.main(["init", str(root), "--xlsx", str(filled)]) == 1
        err = capsys.readouterr().err
    else:
        code, _, err = new("collect", str(filled), *words[1:])
        assert code == 1
    assert "填好的.xlsx 单位!E6「类型」 错误 D103" in err
    assert "填好的.xlsx 任务!D7「责任主体」 错误 D201" in err
    assert not root.exists() and data(new.root) == before


@pytest.mark.parametrize("sheet", ["机构", "单位", "清单"])
def test_a_sheet_without_which_nothing_can_begin_is_asked_for(
    new: Run, filled: Path, sheet: str, capsys: pytest.CaptureFixture[str]
) -> None:
    left = {section: facts for section, facts in FIRST.added.items() if section != sheet}
    filled.write_bytes((new.root / WORKBOOK).read_bytes())
    fill_in(filled, Step(FIRST.day, left))
    root = new.root.with_name("我的工作")
    assert cli.main(["init", str(root), "--xlsx", str(filled)]) == 1
    assert f"填好的.xlsx {sheet} 错误 D690 这张表还没有填\n" in capsys.readouterr().err
    assert not root.exists()


def test_the_year_is_that_of_the_workbook(new: Run, filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = new.root.with_name("我的工作")
    assert cli.main(["init", str(root), "--xlsx", str(filled), "--year", "2027"]) == 1
    assert "D635" in capsys.readouterr().err
    assert cli.main(["init", str(root), "--xlsx", str(filled), "--sample"]) == 2
    assert cli.main(["init", str(root), "--xlsx", str(filled), "--year", "2026", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["年度"], told["录入"]) == (2026, {"机构": 1, "单位": 9, "清单": 1})


def test_a_workspace_of_another_year_does_not_begin_with_it(new: Run, filled: Path) -> None:
    root = new.root.with_name("后年")
    assert cli.main(["init", str(root), "--year", "2027"]) == 0
    before, other = data(root), new.in_folder(root)
    code, _, err = other("collect", str(filled), "--accept")
    assert code == 1 and "错误 D635 这是 2026 年的台账，要的是 2027 年的\n" in err
    assert data(root) == before


def test_a_workspace_that_an_editor_only_saved_again_is_still_new(new: Run, filled: Path) -> None:
    path = new.root / "checklists/机构.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert new("collect", str(filled), "--accept")[0] == 0
    assert new("check")[0] == 0


def test_one_in_which_something_is_written_is_not_begun_again(new: Run, filled: Path) -> None:
    new.edit(
        "checklists/机构.yaml", "  机关代字:                   # 填", "  机关代字: 某纪驻某           # 填"
    )
    before = data(new.root)
    code, _, err = new("collect", str(filled), "--accept")
    assert code == 1 and "填好的.xlsx 错误 D691 这是空白录入表填的「机构」，工作目录里已经写了数据" in err
    assert data(new.root) == before


def test_an_empty_workbook_is_not_taken_where_there_is_data(new: Run, filled: Path) -> None:
    assert new("collect", str(filled), "--accept")[0] == 0
    before = data(new.root)
    code, _, err = new("collect", str(filled), "--accept")
    assert code == 1 and "填好的.xlsx 错误 D691 " in err and "ledger" in err
    assert data(new.root) == before


def test_a_workbook_of_another_workspace_begins_a_new_one(new: Run, filled: Path) -> None:
    """Its rows are known to the workspace that it comes from; here they are all new."""
    assert new("collect", str(filled), "--accept")[0] == 0
    assert new("ledger")[0] == 0
    root = new.root.with_name("另一个")
    assert cli.main(["init", str(root), "--xlsx", str(new.root / "output/2026/台账/2026年台账.xlsx")]) == 0
    for name in ("机构.yaml", "2026/单位.yaml", "2026/清单.yaml"):
        assert read(root, name) == read(new.root, name)


def test_the_empty_workbook_is_the_same_each_time(tmp_path: Path) -> None:
    assert empty_workbook(tmp_path / "甲") == empty_workbook(tmp_path / "乙")
