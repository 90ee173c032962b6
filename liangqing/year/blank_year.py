"""A year in which nobody has written anything yet: an empty workbook shows it, and a first one is held against it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TypeVar

from liangqing.data.model.duties import DRAFT, Checklist
from liangqing.data.model.group import Group, Options
from liangqing.data.model.types import ModelRecord
from liangqing.data.model.year import Year
from liangqing.data.workspace import Workspace
from liangqing.data.yaml.places import Source, Tree
from liangqing.register import Register
from liangqing.year.open_workspace import OpenWorkspace
from liangqing.year.state.standing import Standing

_UNWRITTEN = "（未填）"
_GROUP: dict[str, Tree] = {
    **dict.fromkeys(("全称", "派出机关", "机关代字"), _UNWRITTEN),
    "负责人": {"职务": _UNWRITTEN},
}
_TASK: dict[str, Tree] = dict.fromkeys(
    ("编号", "监督内容", "具体任务", "责任主体", "监督方式", "完成时限"), _UNWRITTEN
)
_Record = TypeVar("_Record", bound=ModelRecord)


def blank_workspace(root: Path, year: int, today: date) -> OpenWorkspace:
    """The workspace in `root` as if nothing were written there: no record of it has a tree, and none is in a file.

    What the model can't do without (the name of the group, the title of the checklist) says that it is not filled in.
    """
    head: dict[str, Tree] = {"年度": str(year), "标题": _UNWRITTEN, "阶段": DRAFT, "依据": _UNWRITTEN}
    checklist = Checklist.model_validate({**head, "任务": [dict(_TASK)]}).model_copy(update={"tasks": ()})
    blank = Year(
        year=year,
        group=_unwritten("机构", Group.model_validate(_GROUP)),
        options=_unwritten("选项", Options.model_validate({})),
        checklist=_unwritten("清单", checklist),
    )
    years, register = {year: blank}, Register()
    return OpenWorkspace(
        root, Workspace(root, years), register, Standing(blank, register, today, years), today
    )


def _unwritten(section: str, record: _Record) -> _Record:
    record.put(Source(_UNWRITTEN, f"{section}:\n".encode(), {section: None}), (section,))
    return record
