"""The wording before opinions came is taken from the issued 征求意见函's own archive; nobody copies it by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from docx_text import text_of

from liangqing.papers.drift import drifted
from liangqing.register import Line
from liangqing.variables.checklist import CHECKLIST as CHECKLIST_VARIABLES
from liangqing.variables.table import build
from liangqing.year.open_workspace import OpenWorkspace, open_workspace
from liangqing.year.state.drafted import DraftedTask

pytestmark = pytest.mark.year

CHECKLIST = "checklists/2021/清单.yaml"
KEPT = "checklists/发文/2021/市纪驻环函〔2021〕1号.json"
TYPED = """      征求意见稿:
        具体任务: 加强漓江流域断面水质监测预警，发现异常及时处置。
        完成时限: 每月
"""
ONE_LINE = ("      征求意见稿: {完成时限: 2021-03-31}\n", "      征求意见稿: {备注: 台账及时更新。}\n")
END = date(2021, 10, 31)


def untype(run: Run) -> None:
    """What the draft said is written under no task of the sample any more."""
    for typed in (TYPED, *ONE_LINE):
        run.edit(CHECKLIST, typed, "")
    assert "征求意见稿:" not in (run.root / CHECKLIST).read_text("utf-8")


def opened(run: Run, day: date = END) -> OpenWorkspace:
    return open_workspace(run.root, 2021, day, END)


def revised(run: Run) -> list[str]:
    """What 意见采纳情况表 says was changed."""
    assert run("build", "意见采纳情况表")[0] == 0
    (paper,) = (run.root / "output/2021/意见采纳情况表").glob("*.docx")
    (line,) = [
        words for words in text_of(paper.read_bytes()).splitlines() if "征求意见稿修改的地方：" in words
    ]
    return line.partition("征求意见稿修改的地方：")[2].rstrip("。").split("；")


AS_TYPED = [
    "第2项完成时限由“2021年3月31日”改为“2021年6月30日”",
    "第3项备注由“台账及时更新”改为“台账按季度更新”",
    "第5项具体任务由“加强漓江流域断面水质监测预警，发现异常及时处置”改为“加强漓江流域断面水质监测预警，"
    "做好环评审批、监测数据和执法检查的衔接，发现异常及时处置”",
    "第5项完成时限由“每月”改为“每季度”",
]


def letter(at: OpenWorkspace) -> Line:
    (line,) = [line for line in at.register.issued if line.kind == "征求意见函"]
    return line


def drift(run: Run) -> list[str]:
    """What the issued 征求意见函, made again of today's data, would print otherwise."""
    then = opened(run)
    return [words for _, changed in drifted(then, [letter(then)]) for words in changed]


def test_without_a_copied_draft_the_table_and_the_letter_are_the_same_again(run: Run) -> None:
    table = run.root / "output/2021/意见采纳情况表/2021年意见采纳情况表.docx"
    assert run("build", "意见采纳情况表")[0] == 0
    before = table.read_bytes()
    assert revised(run) == AS_TYPED
    untype(run)
    table.unlink()
    assert revised(run) == AS_TYPED
    assert table.read_bytes() == before
    assert drift(run) == []


def test_the_archive_says_how_each_task_read_whatever_was_changed(run: Run) -> None:
    untype(run)
    run.edit(CHECKLIST, "监督方式: [专项检查, 抽查, 实地督查, 集中清查]", "监督方式: [抽查]")
    run.edit(CHECKLIST, "佐证材料: [学习记录, 自查自纠情况, 制度文件]", "佐证材料: [学习记录]")
    run.edit(CHECKLIST, "备注: 典型案例通报后第一时间组织学习。", "备注: 通报后学习。")
    found = revised(run)
    assert "第4项监督方式由“专项检查、抽查、实地督查、集中清查”改为“抽查”" in found
    assert "第6项佐证材料由“学习记录、自查自纠情况、制度文件”改为“学习记录”" in found
    assert "第6项备注由“典型案例通报后第一时间组织学习”改为“通报后学习”" in found
    assert [words for words in found if words in AS_TYPED] == AS_TYPED
    assert drift(run) == []


def test_tasks_added_and_dropped_since_the_draft_are_told(run: Run) -> None:
    untype(run)
    text = (run.root / CHECKLIST).read_text("utf-8")
    begin, end = text.index("    - 编号: R2\n"), text.index("    - 编号: R3\n")
    new = (
        text[begin:end].replace("编号: R2", "编号: R7").replace("把漓江流域生态", "建立河湖长巡河日志，生态")
    )
    (run.root / CHECKLIST).write_text(text[:begin] + new + text[begin:], "utf-8")
    (told,) = [words for words in revised(run) if words.startswith(("增加", "删去"))]
    assert told.startswith("增加第2项“建立河湖长巡河日志，生态环境保护责任分解到岗位")
    assert "第3项完成时限由“2021年3月31日”改为“2021年6月30日”" in revised(run)
    assert drift(run) == []


def test_a_task_that_was_dropped_stands_in_the_draft_still(run: Run) -> None:
    untype(run)
    at = opened(run)
    tasks = at.at.year.checklist.tasks
    checklist = at.at.year.checklist.model_copy(update={"tasks": (*tasks[:1], *tasks[2:])})
    then = replace(at.at, year=replace(at.at.year, checklist=checklist))
    read: Any = {"修改": {}, "任务": {"[]": {"序号": {}, "具体任务": {}, "责任主体": {}}}, "任务数": {}}
    told: Any = build(CHECKLIST_VARIABLES.rows, then, read)
    assert [words for words in told["修改"] if "删去" in words] == [
        "删去原第2项“把漓江流域生态环境保护责任分解到岗位、到人，建立任务台账，按月对账，防止把“说了”当“做了”，把“做了”当“做成了””"
    ]
    assert "第2项备注由“台账及时更新”改为“台账按季度更新”" in told["修改"]
    draft: Any = build(CHECKLIST_VARIABLES.rows, then.on(date(2021, 2, 1)), read)
    assert draft["任务数"] == 6 and told["任务数"] == 5
    assert [row["责任主体"] for row in draft["任务"]][1] == "党支部"


def test_words_typed_under_the_draft_go_before_the_archive_and_the_difference_is_told(run: Run) -> None:
    run.edit(CHECKLIST, "征求意见稿: {完成时限: 2021-03-31}", "征求意见稿: {完成时限: 2021-04-30}")
    assert "第2项完成时限由“2021年4月30日”改为“2021年6月30日”" in revised(run)
    assert [words for words in drift(run) if "4月30日" in words]


def test_an_archive_that_was_changed_is_told_and_not_believed(run: Run) -> None:
    untype(run)
    run.edit(KEPT, "2021年3月31日", "2021年5月31日")
    code, _, err = run("build", "意见采纳情况表")
    assert code == 1 and "D604" in err
    assert opened(run).at.draft == tuple(
        DraftedTask(place, task, (place, task))
        for place, task in enumerate(opened(run).at.year.checklist.tasks, 1)
    )


def test_the_archive_that_is_lost_changes_nothing(run: Run) -> None:
    untype(run)
    (run.root / KEPT).unlink()
    assert [drafted.task.due for drafted in opened(run).at.draft][1] == date(2021, 6, 30)


def test_what_is_still_a_draft_is_as_it_is_written(run: Run) -> None:
    untype(run)
    run.edit(CHECKLIST, "  阶段: 正式稿", "  阶段: 征求意见稿")
    assert [drafted.task.due for drafted in opened(run).at.draft][1] == date(2021, 6, 30)
    assert [words for words in drift(run) if "3月31日" in words]


@pytest.mark.parametrize("notes", [("补录",), ()])
def test_a_letter_entered_afterwards_tells_nothing_of_its_draft(run: Run, notes: tuple[str, ...]) -> None:
    """What is kept of it was made of the data on the day on which it was entered."""
    untype(run)
    at = opened(run)
    lines = (replace(line, notes=notes) if line.kind == "征求意见函" else line for line in at.register.issued)
    then = replace(at.at, register=replace(at.register, lines=tuple(lines)))
    expected = date(2021, 6, 30) if notes else "2021年3月31日"
    assert then.draft[1].task.due == expected


def test_words_that_a_person_changed_in_word_are_not_taken_from_the_values(run: Run) -> None:
    untype(run)
    at = opened(run)
    kept = {**at.register.values_of(letter(at)), "手改": {"征求意见稿": ["第2项"]}}
    at.register._values[letter(at).serial] = kept
    assert at.at.draft[1].task.due == date(2021, 6, 30)


def test_before_the_letter_is_out_there_is_no_archive(run: Run) -> None:
    untype(run)
    assert opened(run, date(2021, 1, 19)).at.draft[1].task.due == date(2021, 6, 30)
    assert opened(run, date(2021, 1, 20)).at.draft[1].task.due == "2021年3月31日"


def test_the_archive_is_read_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    untype(run)
    at, read = opened(run), list[str]()
    whole = Path.read_bytes

    def counted(path: Path) -> bytes:
        read.append(path.name)
        return whole(path)

    monkeypatch.setattr(Path, "read_bytes", counted)
    for day in (date(2021, 2, 1), date(2021, 3, 1), END):
        build(
            CHECKLIST_VARIABLES.rows,
            at.at.on(day),
            {"修改": {}, "任务数": {}, "内容": {"[]": {"监督内容": {}}}},
        )
    assert read == ["市纪驻环函〔2021〕1号.json"]
