"""A clerk at the page who has nothing yet: a letter is made and issued, a form is taken in, a finding is closed, by
clicks and typing alone. How many it takes is printed (pytest -s).
"""

from __future__ import annotations

import re
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import desks
import pytest
from filling import filled
from page_clerk import PageClerk
from selenium import webdriver

from liangqing.cli import main as cli
from liangqing.data.yaml.places import parse

pytestmark = pytest.mark.browser

MADE, CLOSED = (
    date(2021, 9, 6),
    date(2021, 9, 27),
)  # the days on which the letter is made, and the finding closed
# Clicks and typed signs of each journey as they were measured, and a little more.
BOUNDS = {"做一封函": (23, 290), "收一份反馈表": (9, 5), "销一个号": (7, 60)}
NUMBER = "新纪驻水整〔2021〕1号"
LETTER_WORDS = (
    "关于二号泵站值班管理的整改函",
    "你局党组存在以下问题",
    "4月份有6天没有值班记录",
    "责任人：丙某（工程股股长）；整改时限：2021年9月30日",
    "于2021年9月24日前将整改情况书面报送我组",
)
# What a unit writes into the form: by field, the how manieth of its name.
ANSWERS = {
    ("日期", 0): "2021年9月24日",
    ("[].措施", 0): "修订值班制度。",
    ("[].完成情况", 0): "缺的6天已核实补记，逐班登记。",
    ("[].申请销号", 0): "是",
    ("[].佐证[].名称", 0): "值班记录",
    ("[].佐证[].日期", 0): "2021.9.20",
}


def test_from_an_empty_folder_to_a_closed_finding(
    tmp_path: Path, driver: webdriver.Chrome, capsys: pytest.CaptureFixture[str]
) -> None:
    clerk, counted, state = PageClerk(driver), [(0, 0)], tmp_path / "state"
    with desks.running(None, MADE, state) as desk:
        clerk.goes(desk.entrance)
        _begins(clerk)
        _finds(clerk)
        _has_it_signed(clerk)
        _issues_the_letter(clerk)
        counted.append((clerk.clicks, clerk.signs))
        home = desk.settings.home
    with desks.running(None, CLOSED, state) as desk:
        clerk.goes(desk.entrance)
        _takes_the_form_in(clerk, tmp_path)
        counted.append((clerk.clicks, clerk.signs))
        _closes(clerk)
        counted.append((clerk.clicks, clerk.signs))
    assert desks.errors_of(driver) == []
    _is_counted(counted, capsys)
    _is_sound(home / "监督", capsys)


def _is_counted(counted: list[tuple[int, int]], capsys: pytest.CaptureFixture[str]) -> None:
    for (name, bounds), (before, after) in zip(BOUNDS.items(), pairwise(counted), strict=True):
        clicks, signs = after[0] - before[0], after[1] - before[1]
        with capsys.disabled():
            sys.stdout.write(f"\n{name}：点 {clicks} 下，打 {signs} 个字")
        assert clicks <= bounds[0] and signs <= bounds[1], name


def _is_sound(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What came of it passes `check`, tells of a closed finding, and builds."""
    tree: Any = parse((root / "checklists/2021/问题.yaml").read_bytes(), "问题")
    (finding,) = tree["问题"]
    assert finding["销号"][0]["结论"] == "同意销号"
    for words in (["check"], ["build"]):
        capsys.readouterr()
        assert cli.main(["-C", str(root), *words]) == 0, capsys.readouterr().err
    assert [path.name for path in root.glob(f"checklists/发文/2021/{NUMBER}.docx")] == [f"{NUMBER}.docx"]


# ---------------------------------------------------------------- make a letter


def _begins(clerk: PageClerk) -> None:
    """A new workspace with its group, its unit and the first task."""
    clerk.presses("从头建")
    clerk.sees("第一个被监督的单位")
    clerk.types("文件夹名", "监督")
    clerk.fills(
        {
            "全称": "中共新河市纪律检查委员会新河市监察委员会驻市水务局纪检监察组",
            "派出机关": "中共新河市纪律检查委员会 新河市监察委员会",
            "机关代字": "新纪驻水",
            "负责人": "某组长",
        },
        within="fieldset:nth-of-type(2)",
    )
    clerk.fills(
        {"名称": "新河市水务局", "简称": "市水务局", "称谓": "你局党组", "负责人": "某书记"},
        within="fieldset:nth-of-type(3)",
    )
    clerk.fills(
        {
            "依据": "新河市水务系统监督检查办法",
            "监督内容": "安全生产",
            "具体任务": "汛前检查水库、泵站",
        }
    )
    clerk.presses("建好，打开")
    clerk.sees("从这里开始")


def _finds(clerk: PageClerk) -> None:
    """An inspection, and a finding with all that the letter needs."""
    clerk.presses("登记检查")
    clerk.sees("新的检查")
    clerk.fills(
        {
            "类型": "专项监督",
            "名称": "汛前专项监督",
            "开始日期": "2021-08-30",
            "单位": "市水务局",
            "检查组": "甲某",
        }
    )
    clerk.saves()
    clerk.presses("登记查到的问题")
    clerk.sees("新的问题")
    assert clerk.says("检查").startswith("ZX01")
    assert "市水务局" in clerk.says("单位")
    clerk.fills(
        {
            "任务": "R1",
            "名称": "二号泵站值班记录不全",
            "事实": "2021年8月30日，检查组查看二号泵站，4月份有6天没有值班记录。",
            "依据": "年度监督检查清单R1项的要求。",
            "整改类别": "限期整改",
            "整改要求": "补齐值班制度，逐班登记并每周核对。",
            "责任领导": "乙某",
            "责任人": "丙某",
            "职务": "工程股股长",
            "整改时限": "2021-09-30",
        }
    )
    clerk.saves()


def _has_it_signed(clerk: PageClerk) -> None:
    """The sheet is fetched, read and signed; what was signed is entered with the code that the sheet bears."""
    clerk.presses("看这个问题的全过程")
    clerk.presses("打印要签的表")
    clerk.sees("表单识别（请勿改动）")
    sheet = clerk.text()
    assert "二号泵站值班记录不全" in sheet and "2021年9月30日" in sheet
    code = re.search(r"内容码\s*([A-Z0-9]{6})", sheet)
    assert code is not None
    data = clerk.downloads("下载表单，发给单位填")
    assert data.startswith(b"PK")
    clerk.presses("登记签字")
    clerk.sees("新的双签")
    clerk.fills(
        {
            "内容码": code[1],
            "日期": "2021-09-01",
            "党组织签字人": "某书记",
            "纪检监察组签字人": "某组长",
            "结果": "签字",
        }
    )
    clerk.saves()


def _issues_the_letter(clerk: PageClerk) -> None:
    clerk.presses("写整改函")
    clerk.sees("新的整改函")
    assert "市水务局" in clerk.says("单位")
    clerk.fills({"事由": "二号泵站值班管理", "回复期限": "2021-09-24"})
    clerk.saves()
    clerk.presses("看这封函的稿子")
    for words in LETTER_WORDS:
        clerk.sees(words)
    clerk.presses("印发")
    clerk.sees(NUMBER)
    clerk.types("签发人", "某组长")
    clerk.presses("印发", within="#issuing")
    clerk.sees(f"已印发：{NUMBER}")
    clerk.presses("登记送达")
    clerk.sees("新的送达")
    clerk.fills({"日期": "2021-09-06", "签收人": "某书记"})
    clerk.saves()


# ---------------------------------------------------------------- take in a form, close a finding


def _takes_the_form_in(clerk: PageClerk, folder: Path) -> None:
    clerk.presses("监督 2021年度")
    clerk.presses("收回")
    clerk.presses("发给单位填的空表")
    clerk.chooses("哪一种表", "整改情况反馈表")
    clerk.sees("二号泵站值班管理")
    returned = folder / "市水务局交回.docx"
    returned.write_bytes(filled(clerk.downloads("下载"), ANSWERS))
    clerk.presses("收回")
    clerk.gives("选文件", [returned])
    clerk.sees("完成情况：缺的6天已核实补记，逐班登记。")
    clerk.presses("收下 1 份")
    clerk.sees("收下了 2021 年的 1 份表")


def _closes(clerk: PageClerk) -> None:
    clerk.presses("问题 W2021-01")
    clerk.sees("下一步　已申请销号")
    clerk.presses("登记核查和销号")
    clerk.presses("添销号", within="[id='销号']")
    clerk.fills(
        {
            "申请日期": "2021-09-24",
            "核查日期": "2021-09-27",
            "核查人": "丁某",
            "核查方式": "现场核查",
            "核查情况": "现场查看值班记录，逐班登记。",
            "审批人": "某组长",
            "结论": "同意销号",
            "销号日期": "2021-09-27",
        },
        within="[id='销号']",
    )
    clerk.saves()
    clerk.presses("看这个问题的全过程")
    clerk.sees("已销号，没有要办的。")
