"""new-year: the next year's folder, begun with what goes on from the last one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from liangqing.actions.new_workspace import teaching_files
from liangqing.base.chinese import long_date
from liangqing.base.codes import Code
from liangqing.base.dates import day_written
from liangqing.base.diagnostics import Place, refuse
from liangqing.base.folders import DATA
from liangqing.data.json_schema import headed
from liangqing.data.model.duties import Unit
from liangqing.data.model.types import ModelRecord
from liangqing.data.references import texts
from liangqing.data.yaml.places import Tree
from liangqing.data.yaml.style import style_of
from liangqing.data.yaml.write import dump, write_new
from liangqing.year.open_workspace import OpenWorkspace
from liangqing.year.state import facts
from liangqing.year.state.standing import CLOSED

OWN = {"机构": "group", "选项": "options"}  # carried where the year's own folder holds them


@dataclass(frozen=True)
class Carried:
    """The files of the new year by name below the workspace, and the note in words."""

    files: dict[str, str]
    note: str


def carry(opened: OpenWorkspace, year: int) -> Carried:
    """What the folder of `year` would hold, from the year before it (which is `opened`) as it stands on its day.

    Raises Problems where that folder is there already.
    """
    folder = f"{DATA}/{year}"
    if (opened.root / folder).exists():
        raise refuse(
            Code.FOLDER_TAKEN, Place(folder), f"{year} 年的文件夹已经有了，什么也没有动", "已有的年度不会覆盖"
        )
    before = opened.at.year
    checklist = _checklist(opened, year)
    units = _carried(opened, year, checklist)
    trees: dict[str, dict[str, Tree]] = {
        "清单": {"清单": checklist},
        "单位": {"单位": [unit.tree for unit in units]},
    }
    for section, field in OWN.items():
        record: ModelRecord = getattr(before, field)
        if record.place().file.startswith(f"{DATA}/{before.year}/"):
            kept = {key: value for key, value in _mapping(record.tree).items() if key != "文号起始"}
            trees[section] = {section: kept}
    remarks = [f"由 {before.year} 年结转，见 结转说明.md。日期已顺延一年，请逐项核对。"]
    files: dict[str, str] = {}
    for stem, tree in trees.items():
        name = f"{folder}/{stem}.yaml"
        style = style_of(stem, opened.data.sources.values(), f"{DATA}/{before.year}/")
        files[name] = style.finished(headed(name, remarks, dump(dict(tree), style)))
    taught = {name: text for name, text in teaching_files(year).items() if name not in files}
    note = _note(opened, year, units)
    return Carried({**files, **taught, f"{folder}/结转说明.md": note}, note)


def write(opened: OpenWorkspace, carried: Carried) -> None:
    """Write the files, all or none. Raises Problems where one of them is there by now, and as `write_together` does."""
    write_new(opened.root, carried.files)


def _mapping(tree: Tree) -> dict[str, Tree]:
    assert isinstance(tree, dict)
    return tree


def _checklist(opened: OpenWorkspace, year: int) -> Tree:
    """The checklist as a draft: dates a year later, tasks in force continued by their 编号."""
    before = opened.at.year
    tree = dict(_mapping(before.checklist.tree))
    tree |= {
        "年度": str(year),
        "标题": str(tree["标题"]).replace(str(before.year), str(year)),
        "阶段": "征求意见稿",
        "征求意见": None,
        "统计截止日期": None,
        "放行": None,
        "自查期次": [{**_later(_mapping(period)), "案例": None} for period in _listed(tree.get("自查期次"))]
        or None,
    }
    going_on = {task.code for task in before.checklist.tasks if task.in_force(date(year, 1, 1))}
    tree["任务"] = [
        {**_later(task), "增补日期": None, "停止日期": None, "征求意见稿": None, "沿用": task["编号"]}
        for task in map(_mapping, _listed(tree["任务"]))
        if task["编号"] in going_on
    ]
    return tree


def _carried(opened: OpenWorkspace, year: int, checklist: Tree) -> list[Unit]:
    """The units in force on the year's first day, and abolished ones that what goes on still names."""
    units = opened.at.year.units
    kept = [unit for unit in units if unit.in_force(date(year, 1, 1))]
    while True:
        words = {word for tree in (checklist, *(unit.tree for unit in kept)) for _, word in texts(tree)}
        more = [unit for unit in units if unit in kept or words & {unit.code, unit.name, unit.short}]
        if more == kept:
            return kept
        kept = more


def _listed(tree: Tree) -> list[Tree]:
    return tree if isinstance(tree, list) else []


def _later(tree: dict[str, Tree]) -> dict[str, Tree]:
    return {
        key: _a_year_later(value) if key.endswith(("日期", "时限")) else value for key, value in tree.items()
    }


def _a_year_later(value: Tree) -> Tree:
    """A date of the same day next year (28 February for the 29th); everything else as it is."""
    day = day_written(value) if isinstance(value, str) else None
    if day is None:
        return value
    last = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if last else day.day).isoformat()


def _note(opened: OpenWorkspace, year: int, units: list[Unit]) -> str:
    return "\n".join(_lines(opened, year, units)) + "\n"


def _lines(opened: OpenWorkspace, year: int, units: list[Unit]) -> Iterator[str]:
    before, tasks = opened.at.year, opened.at.year.checklist.tasks
    stopped = [task.code for task in tasks if not task.in_force(date(year, 1, 1))]
    yield f"# {year} 年结转说明\n"
    yield f"按 {before.year} 年截至{long_date(opened.at.day)}的数据结转。这份说明只给人看，看过可以删。\n"
    yield "## 结转了什么\n"
    yield f"- 任务 {len(tasks) - len(stopped)} 项，编号不变，「沿用」写上一年的任务编号；完成时限是日期的顺延一年。"
    if stopped:
        yield f"- 已停止的任务没有结转：{'、'.join(stopped)}。"
    yield f"- 单位 {len(units)} 个，照原样。"
    kept = [unit.short_name for unit in units if not unit.in_force(date(year, 1, 1))]
    if kept:
        yield f"- 已撤销、任务或别的单位还提到的也结转了，请改掉再删：{'、'.join(kept)}。"
    gone = [unit.short_name for unit in before.units if unit not in units]
    if gone:
        yield f"- 已撤销的单位没有结转：{'、'.join(gone)}。"
    yield "- 自查期次的报送截止日期顺延一年，不带典型案例；清单退回征求意见稿，征求意见和统计截止日期没有结转。"
    yield "- 机构和选项：各年度共用的不用结转；只管一个年度的（写在年度文件夹里）照搬，「文号起始」不搬。"
    yield "- 自查、检查、问题、函件等记录留在原来的年度，一条也没有复制；新一年的文件里只有样例，照着写。\n"
    yield "## 往期：还没有销号的问题\n"
    rows = _open_findings(opened, year)
    if not rows:
        yield "没有。"
        return
    yield "整改、销号和回头看接着写在原来的年度里；要办的事、总览和单位清欠单接着列，标明年度，新一年的体检报告也列。\n"
    yield "| 年度 | 编号 | 单位 | 问题 | 状态 |\n|---|---|---|---|---|"
    for row in rows:
        yield f"| {' | '.join(map(str, row))} |"


def _open_findings(opened: OpenWorkspace, year: int) -> list[tuple[int, str, str, str, str]]:
    """The findings of the years before `year` that are not closed: year, 编号, unit that answers, name, state."""
    before = opened.at.year
    return [
        (
            former.year.year,
            finding.code,
            facts.under(former, finding),
            f"{finding.name}{facts.formerly(former, finding)}",
            former.state(finding),
        )
        for former in (
            opened.at.beside(number) for number in sorted({*opened.at.years, before.year}) if number < year
        )
        for finding in former.found
        if former.state(finding) != CLOSED
    ]
