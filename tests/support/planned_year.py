"""A year of two units, written as plain data, to which a test adds what it is about."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from random_year import GROUP, Written, checklist
from written_year import open_written

from liangqing.year.open_workspace import OpenWorkspace

Entry = dict[str, Any]
HEAD = {"姓名": "乙", "职务": "书记"}
CLOSING = {
    "申请日期": date(2021, 5, 20),
    "核查日期": date(2021, 5, 28),
    "核查人": "丁",
    "核查方式": "现场核查",
    "结论": "同意销号",
    "销号日期": date(2021, 6, 1),
}


def unit(code: str, name: str, **keys: Any) -> Entry:
    """A unit called by its 编号 and name."""
    return {"编号": code, "名称": name, "类型": "党支部", "负责人": HEAD, **keys}


def finding(code: str, **keys: Any) -> Entry:
    """A finding of U1 of which 王某 answers until the last of June 2021."""
    settled = {"整改类别": "限期整改", "整改要求": "改。", "整改时限": date(2021, 6, 30)}
    own = {"责任": {"责任人": "王某", "职务": "科长"}, **settled, **keys}
    return {"编号": code, "检查": "JC1", "单位": "U1", "名称": f"问题{code}", "事实": "示例。", **own}


def task(code: str, due: object, **keys: Any) -> Entry:
    """A task of all units."""
    (plain,) = checklist(2021, [])["任务"]
    return {**plain, "编号": code, "完成时限": due, **keys}


def written(
    *findings: Entry, tasks: tuple[Entry, ...] = (), options: Entry | None = None, **more: Any
) -> Written:
    """Units 甲支部 and 乙支部, an inspection of both in March 2021, and what is given; one task, 长期坚持, else."""
    visit = {
        "编号": "JC1",
        "类型": "抽查",
        "名称": "抽查",
        "开始日期": date(2021, 3, 1),
        "单位": ["U1", "U2"],
    }
    own = checklist(2021, more.pop("期次", []))
    year = {
        "选项": {"临期天数": "10", **(options or {})},
        "清单": {**own, "任务": list(tasks) or [task("R1", "长期坚持")]},
        "单位": [unit("U1", "甲支部"), unit("U2", "乙支部")],
        "检查": [visit],
        "问题": list(findings),
    }
    return Written(GROUP, {2021: {**year, **more}})


def opened(root: Path, made: Written, day: date, year: int = 2021) -> OpenWorkspace:
    """The workspace of what was written, on a day."""
    return open_written(root, made, year, day)
