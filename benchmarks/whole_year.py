"""A whole year of any number of units: two self-checks each; for every fifth an inspection, findings and a letter."""

from __future__ import annotations

import re
from pathlib import Path

from benchmarks import units
from benchmarks.units import YEAR

EVERY = 5  # units to an inspection
PER_FILE = 500  # records of a section in one file, as a large group would split them

_ROUNDS = """  自查期次:
    - {名称: 第一期, 报送截止日期: 2021-03-31}
    - {名称: 第二期, 报送截止日期: 2021-09-30}
"""
_TASKS = "".join(
    f"""    - 编号: R{number}
      监督内容: 水环境治理第{number}方面
      具体任务: 落实第{number}项水环境治理任务，及时研究部署，加强跟进落实，每季度形成工作记录。
      责任主体: 全体单位
      监督方式: [参加党组会, 集中清查]
      完成时限: 2021-11-30
"""
    for number in range(1, 6)
)
_CHECKLIST = f"{units.CHECKLIST_HEAD}{_ROUNDS}  任务:\n{_TASKS}"
_LEVELS = ("已部署", "已落实", "已见效")


def _self_check(unit: int, turn: int) -> str:
    day, word = (("2021-03-25", "第一期"), ("2021-09-24", "第二期"))[turn]
    tasks = "".join(
        f"      - {{任务: R{task}, 状态: {_LEVELS[(unit + task + turn) % 3]}, 说明: 第{task}项已有记录{unit % 9 + 1}份}}\n"
        for task in range(1, 6)
    )
    return (
        f"  - 编号: ZC{unit}-{turn + 1}\n    单位: U{unit}\n    期次: {word}\n    报送日期: {day}\n"
        f"    审核日期: {day[:-2]}28\n    审核结果: 通过\n    任务:\n{tasks}"
    )


def sections(count: int) -> dict[str, list[str]]:
    """Section → its records as YAML, for the units 1 … `count`."""
    numbers = range(1, count + 1)
    visited = [number for number in numbers if number % EVERY == 0]
    return {
        "单位": [units.UNIT.format(n=number) for number in numbers],
        "自查": [_self_check(number, turn) for turn in (0, 1) for number in numbers],
        "检查": [units.INSPECTION.format(n=number) for number in visited],
        "问题": [text.format(n=number) for number in visited for text in units.SECTIONS["问题"]],
        "整改函": [units.LETTER.format(n=number) for number in visited],
    }


def workspace(root: Path, count: int) -> int:
    """A workspace of `count` units in `root`, with the product's own templates; its YAML in bytes."""
    files = {"机构": units.GENERAL, f"{YEAR}/清单": _CHECKLIST}
    for name, records in sections(count).items():
        for first in range(0, len(records), PER_FILE):
            some = "".join(records[first : first + PER_FILE])
            files[f"{YEAR}/{name}{first // PER_FILE + 1:03}"] = f"{name}:\n{some}"
    return units.write(root, files)


def change_a_finding(root: Path, turn: int) -> None:
    """Rewords the first finding of a workspace, in other words for each `turn`."""
    path = root / "checklists" / YEAR / "问题001.yaml"
    text = path.read_text("utf-8")
    path.write_text(re.sub(r"(名称: .*?不规范).*", rf"\1（第{turn}次核对）", text, count=1), "utf-8")
