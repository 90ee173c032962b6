"""The catalogue of papers: what is wrong in it is told with its place, and nothing is made."""

from __future__ import annotations

import pytest
from conftest import Run

CATALOGUE = "templates/文种.yaml"
CHECKLIST = "监督检查清单:\n  命令: checklist\n"
ITS_SUBJECT = '对象: 年度\n  受众: 全体\n  标题: "{{ 清单.标题 }}"\n'
UNIT_CHECKLIST = "对象: 单位\n  受众: 单位\n  条件: 单位.任务\n"
OPINIONS_TITLE = '标题: "{{ 年度 }}年度监督检查清单意见采纳情况表"\n'
OPINIONS_FILE = '文件名: "{{ 年度 }}年意见采纳情况表"\n'
ANNEXES = "附件: [征求意见稿, 征求意见反馈表]\n"
# What is written instead of what, and what is said.
FAULTS = {
    "a slash": (CHECKLIST, "甲/乙:\n  命令: checklist\n", "D574 文种名「甲/乙」里不能有斜杠"),
    "a command of ours": (
        CHECKLIST,
        CHECKLIST.replace("checklist", "build"),
        "D575 命令「build」是程序自带的",
    ),
    "a subject": (ITS_SUBJECT, ITS_SUBJECT.replace("年度", "本年", 1), "D576 「对象」不能是「本年」"),
    "per": (UNIT_CHECKLIST, f"逐: 检查.单位\n  {UNIT_CHECKLIST}", "D577 「逐」应以「单位.」开头"),
    "numbered and final": (ANNEXES, f"定稿: 是\n  {ANNEXES}", "D578 取文号的文种不写「定稿」"),
    "follows": (CHECKLIST, f"{CHECKLIST}  随: 通报\n", "D579 只有对象是文书的文种才写「随」"),
    "an annex that is not there": (ANNEXES, "附件: [意见稿]\n", "D580 附件「意见稿」不在文种目录里"),
    "an audience": (ITS_SUBJECT, ITS_SUBJECT.replace("全体", "大家"), "D581 「受众」不能是「大家」"),
    "an annex on something else": (
        ANNEXES,
        "附件: [问题清单]\n",
        "D582 附件「问题清单」的对象与征求意见函不同",
    ),
    "a title of itself": (OPINIONS_TITLE, '标题: "{{ 标题 }}"\n', "D584 「标题」里不能再用 标题"),
    "copies": (OPINIONS_FILE, f'{OPINIONS_FILE}  份数: "0"\n', "D585 份数应为正整数，现为「0」"),
    "a file name": (OPINIONS_FILE, '文件名: "甲:乙"\n', "D586 文件名「甲:乙」含有不能用的符号 :"),
    "a layout": ("{信函: 征求意见函.docx, ", "{", "D572 征求意见函没有版式「信函」的模板"),
}


@pytest.mark.parametrize(("old", "new", "says"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_its_place(run: Run, old: str, new: str, says: str) -> None:
    run.edit(CATALOGUE, old, new)
    code, _, err = run("build")
    assert code == 1
    assert f"错误 {says}" in err and err.startswith(f"{CATALOGUE}:")
    assert list((run.root / "output").rglob("*.docx")) == []


def test_a_list_is_no_catalogue(run: Run) -> None:
    (run.root / CATALOGUE).write_text("- 监督检查清单\n", "utf-8")
    code, _, err = run("build")
    assert code == 1
    assert err.startswith(f"{CATALOGUE}:1:1 错误 D573 文种目录里应是「文种: {{…}}」\n")
