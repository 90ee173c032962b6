"""References and the workspace as a whole: all problems of all files in one run, and none that only follows."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from sample import copy_workspace
from small import DAY, Change, Row, cases, diagnose, rows, told, write_row, write_small

from liangqing.base import bounds
from liangqing.base.diagnostics import Problems, Severity
from liangqing.data import workspace
from liangqing.data.references import REFERENCES
from liangqing.year.open_workspace import open_workspace


@pytest.mark.parametrize("row", cases("references"))
def test_reference(tmp_path: Path, row: Row) -> None:
    assert told(workspace.load(write_row(tmp_path, row)).diagnostics) == row.says


def test_every_reference_has_a_row() -> None:
    named = {f"{each.field} {'.'.join(each.keys)}" for each in REFERENCES}
    assert {row.about for row in rows("references") if row.about} == named
    everything = "".join(row.says for row in rows("references"))
    assert [code for code in ("D201", "D202", "D203") if f" {code} " not in everything] == []


@pytest.mark.parametrize("row", cases("workspace"))
def test_workspace(tmp_path: Path, row: Row) -> None:
    assert diagnose(write_row(tmp_path, row)) == row.says


@pytest.mark.parametrize("row", [*rows("references"), *rows("workspace")], ids=lambda row: row.fault)
def test_a_broken_workspace_is_told_and_no_crash(tmp_path: Path, row: Row) -> None:
    assert bool(diagnose(write_row(tmp_path, row))) == bool(row.says)


def test_behind_the_first_faults_of_a_file_nothing_is_read_and_nothing_follows_from_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "DATA_FAULTS", 3)
    records = (write_small(tmp_path) / "checklists/2021/问题.yaml").read_text("utf-8")
    odd = "单位:\n" + "  - 没有: 甲\n" * 4
    (tmp_path / "checklists/2021/问题.yaml").write_text(f"{odd}{records}", "utf-8")
    codes = [str(problem.code) for problem in workspace.load(tmp_path).diagnostics]
    assert len(codes) == 4 and codes[-1] == "D054" and codes.count("D054") == 1
    assert not {"D201", "D202"} & {*codes}  # the letters that name findings are not accused


def test_no_year_at_all(tmp_path: Path) -> None:
    shutil.rmtree(write_small(tmp_path) / "checklists" / "2021")
    assert diagnose(tmp_path) == "checklists 错误 D017 还没有任何年度的数据\n    建议：现在一个也没有"


def test_no_such_year(tmp_path: Path) -> None:
    with pytest.raises(Problems) as refused:
        open_workspace(write_small(tmp_path), 2020, DAY, DAY)
    assert told(refused.value.diagnostics) == (
        "checklists/2020 错误 D017 没有 2020 年的数据\n    建议：可用的有：2021"
    )


def test_a_year_that_can_not_be_read(tmp_path: Path) -> None:
    write_small(tmp_path, Change("2020/清单.yaml", "清单: @\n"))
    with pytest.raises(Problems) as refused:
        open_workspace(tmp_path, 2020, DAY, DAY)
    assert told(refused.value.diagnostics) == (
        "checklists/2020/清单.yaml:1:5 错误 D012 文字以 @、%、` 等符号开头\n"
        "    建议：给整段文字加引号：清单: '@'；此文件其余部分尚未检查\n"
        "checklists/2020 错误 D021 2020 年的数据读不出来\n    建议：先改好这里列出的其他错误"
    )


def test_a_year_with_an_error_says_above_of_what_is_above(tmp_path: Path) -> None:
    write_small(tmp_path, Change("2020/清单.yaml", "清单: {年度: 二〇二〇}\n"))
    with pytest.raises(Problems) as refused:
        open_workspace(tmp_path, 2020, DAY, DAY)
    said = told(refused.value.diagnostics)
    assert "上面" not in said or said.index("D017") > said.index("D103")


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_a_link_that_leaves_the_workspace(tmp_path: Path) -> None:
    root = write_small(tmp_path / "工作")
    (tmp_path / "总结.yaml").write_text("总结: {下一步: 甲}\n", "utf-8")
    (root / "checklists" / "2021" / "总结.yaml").symlink_to(tmp_path / "总结.yaml")
    assert diagnose(root) == (
        "checklists/2021/总结.yaml 错误 D014 这个文件其实在工作目录以外\n    建议：把文件本身放进来，不要用链接"
    )


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_a_link_to_nothing(tmp_path: Path) -> None:
    root = write_small(tmp_path)
    (root / "checklists" / "2021" / "总结.yaml").symlink_to(root / "没有.yaml")
    assert diagnose(root) == (
        "checklists/2021/总结.yaml 错误 D002 文件读不出来（找不到）\n    建议：看文件是否存在、是否有权限"
    )


def test_no_workspace_here(tmp_path: Path) -> None:
    from liangqing.base.folders import find

    with pytest.raises(Problems) as refused:
        find(tmp_path)
    assert told(refused.value.diagnostics) == (
        f"{tmp_path.resolve()} 错误 D013 这里不是工作目录：本级和上级都没有 checklists 和 templates 两个文件夹\n"
        "    建议：进入工作目录再运行，或用 -C 指明"
    )
    root = write_small(tmp_path / "工作")
    assert find(root / "checklists" / "2021") == root.resolve()


def test_the_sample_has_one_gate_and_one_warning(tmp_path: Path) -> None:
    day = date(2021, 10, 31)
    opened = open_workspace(copy_workspace(tmp_path, issued=True), None, None, day)
    found = [(each.severity, each.code, each.place.file) for each in opened.found]
    assert opened.at.day == day
    assert found == [
        (Severity.GATE, "D404", "checklists/2021/双签.yaml"),
        (Severity.WARNING, "D807", "checklists/2021/整改函.yaml"),
    ]


@pytest.mark.parametrize(("year", "finding"), [(2021, "W2021-06"), (2020, "W2020-02")])
def test_a_paper_is_taken_out_with_a_finding_of_whatever_year(
    tmp_path: Path, year: int, finding: str
) -> None:
    """The finding is of an inspection that is not there, and on the finding hangs the 文书 of 2021."""
    root = copy_workspace(tmp_path, issued=False)
    paper = f"文书:\n  - {{编号: DB1, 文种: 督办函, 单位: U09, 问题: [{finding}], 事由: 示例}}\n"
    (root / "checklists/2021/文书.yaml").write_text(paper, "utf-8")
    assert [each.code for each in workspace.load(root).years[2021].papers] == ["DB1"]
    findings = root / f"checklists/{year}/问题.yaml"
    before, mark, after = findings.read_text("utf-8").partition(f"编号: {finding}\n    检查: ")
    assert mark
    findings.write_text(f"{before}{mark}没有的{after}", "utf-8")
    found = workspace.load(root)
    assert finding not in found.years[year].finding_by_code
    assert found.years[2021].papers == ()
    assert "「检查」里的「没有的" in told(found.diagnostics)


def test_a_paper_is_taken_out_with_a_year_that_could_not_be_read(tmp_path: Path) -> None:
    root = copy_workspace(tmp_path, issued=False)
    paper = "文书:\n  - {编号: DB1, 文种: 督办函, 单位: U09, 问题: [W2020-02], 事由: 示例}\n"
    (root / "checklists/2021/文书.yaml").write_text(paper, "utf-8")
    (root / "checklists/2020/清单.yaml").unlink()
    found = workspace.load(root)
    assert {*found.years} == {2021} and found.years[2021].papers == ()
    assert {problem.code for problem in found.diagnostics} == {"D107"}
