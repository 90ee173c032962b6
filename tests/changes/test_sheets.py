"""检查底稿 and 双签字确认表 come back: filled in Word, judged, taken into 检查, 问题 and 双签."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Run
from docx_text import text_of
from filling import W, Answers, filled, put, rewritten, tag_of
from lxml import etree
from sample import copy_workspace
from test_collect import no_controls, no_tags, split_runs, unchanged

from liangqing.cli import main as cli

pytestmark = pytest.mark.year

DAY = date(2021, 11, 20)
DATA = "checklists/2021"
BOXES = {"未部署": 0, "已部署": 1, "已落实": 2, "已见效": 3, "不涉及": 4}


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with an inspection that is still to be recorded, and with its sheets and the forms to be signed made."""
    root = copy_workspace(tmp_path_factory.mktemp("printed") / "工作", issued=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cli, "today", lambda: DAY)
        made = ["build", "检查底稿", "双签字确认表", "--as-of", DAY.isoformat(), "--overwrite"]
        assert cli.main(["-C", str(root), *made]) == 0
    return root


@pytest.fixture
def back(
    printed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    """A copy of that workspace to collect into."""
    monkeypatch.setattr(cli, "today", lambda: DAY)
    root = tmp_path / "工作"
    shutil.copytree(printed, root, ignore=shutil.ignore_patterns("*.lock"))
    return Run(root, capsys)


def form(run: Run, kind: str, name: str) -> bytes:
    (path,) = [path for path in (run.root / f"output/2021/{kind}").iterdir() if name in path.name]
    return path.read_bytes()


def sheet(run: Run, name: str = "CC02-兴安局") -> bytes:
    return form(run, "检查底稿", name)


def arrive(run: Run, data: bytes, name: str = "底稿.docx") -> str:
    path = run.root.parent / name
    path.write_bytes(data)
    return str(path)


def records(run: Run, section: str) -> list[dict[str, Any]]:
    tree = yaml.load((run.root / f"{DATA}/{section}.yaml").read_text("utf-8"), yaml.BaseLoader)
    found: list[dict[str, Any]] = tree[section]
    return found


def inspection(run: Run, code: str) -> dict[str, Any]:
    return next(record for record in records(run, "检查") if record["编号"] == code)


def state(word: str, task: int = 0) -> tuple[tuple[str, int], str]:
    """The tick at a state of a task of a blank sheet."""
    return ("任务落实[].状态", 5 * task + BOXES[word]), "☒"


SEEN: dict[tuple[str, int], str] = {
    ("检查日期", 0): "2021年11月16日",
    ("检查人", 0): "唐某某",
    ("任务落实[].说明", 0): "查看3座站，1座停运",
    ("任务落实[].佐证、", 0): "现场照片；运行记录",
    state("已部署")[0]: "☒",
}
FOUND: dict[tuple[str, int], str] = {
    ("问题[].名称", 0): "1座处理站停运没有报告",
    ("问题[].任务", 0): "R4",
    ("问题[].事实", 0): "2021年11月16日，检查组看到2号站停运，\n停运记录没有报告。",
    ("问题[].依据", 0): "年度监督检查清单R4项",
    ("问题[].整改要求", 0): "恢复运行，补报停运情况。",
    ("问题[].整改类别", 1): "☒",
    ("问题[].整改时限", 0): "2021.12.20",
    ("问题[].责任.部门", 0): "水环境股",
    ("问题[].责任.责任人", 0): "秦某某",
    ("问题[].责任.职务", 0): "股长",
}
FINDING = {
    "检查": "CC02",
    "单位": "U09",
    "任务": "R4",
    "名称": "1座处理站停运没有报告",
    "事实": "2021年11月16日，检查组看到2号站停运，\n停运记录没有报告。",
    "依据": "年度监督检查清单R4项",
    "整改类别": "限期整改",
    "整改要求": "恢复运行，补报停运情况。",
    "责任": {"部门": "水环境股", "责任人": "秦某某", "职务": "股长"},
    "整改时限": "2021-12-20",
}
RESULT = {
    "单位": "U09",
    "任务": "R4",
    "状态": "已部署",
    "说明": "查看3座站，1座停运",
    "佐证": ["现场照片", "运行记录"],
    "日期": "2021-11-16",
    "检查人": "唐某某",
}


# ---------------------------------------------------------------- 检查底稿


def test_a_sheet_becomes_results_and_findings(back: Run) -> None:
    path = arrive(back, filled(sheet(back), SEEN | FOUND))
    code, out, err = back("collect", path)
    assert code == 0, err
    assert "  问题 W2021-10\n" in out and "    名称：（无） → 1座处理站停运没有报告\n" in out
    assert "  检查 CC02\n" in out
    print(out)
    code, out, err = back("collect", path, "--accept")
    assert code == 0, err
    assert inspection(back, "CC02")["任务落实"] == [RESULT]
    assert {key: value for key, value in records(back, "问题")[-1].items() if key != "编号"} == FINDING
    assert back("check")[0] == 0
