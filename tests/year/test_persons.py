"""What is open with each person responsible: the present one, in his or her unit, of all years so far."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from conftest import Run
from planned_year import CLOSING, Entry, finding, opened, unit, written

from liangqing.outputs.dashboard import persons as page
from liangqing.year.open_workspace import OpenWorkspace
from liangqing.year.state.persons import in_a_word, persons, what_of

DAY = date(2021, 7, 10)


def told(look: OpenWorkspace) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """By person and unit what is open and how it stands."""
    return {
        (person.name, person.unit): [
            (what_of(matter, look.at.year.year), in_a_word(matter)) for matter in person.matters
        ]
        for person in persons(look.at)
    }


def project(code: str, *units: str, **keys: Any) -> Entry:
    return {
        "编号": code, "项目": f"项目{code}", "来源": "交办", "目标": "成", "责任单位": list(units), "责任人": "王某",
        "开始日期": date(2021, 3, 1), "完成时限": date(2021, 7, 1), "状态": "推进中", **keys,
    }  # fmt: skip


def owned_by(name: str) -> Entry:
    return {"责任": {"责任人": name, "职务": "科长"}}


def test_open_findings_stand_with_who_answers_for_them_now(tmp_path: Path) -> None:
    change = {"日期": date(2021, 7, 5), "责任人": "李某", "职务": "主任", "理由": "轮岗"}
    made = written(finding("W1"), finding("W2", 责任变更=[change]), finding("W3", 销号=[CLOSING]))
    assert told(opened(tmp_path, made, DAY)) == {
        ("王某", "甲支部"): [("W1 问题W1", "逾期，已超10天")],
        ("李某", "甲支部"): [("W2 问题W2", "逾期，已超10天")],
    }
    assert told(opened(tmp_path, made, date(2021, 7, 4))) == {
        ("王某", "甲支部"): [("W1 问题W1", "逾期，已超4天"), ("W2 问题W2", "逾期，已超4天")]
    }
    assert len(told(opened(tmp_path, made, date(2021, 5, 1)))[("王某", "甲支部")]) == 3  # W3 was open then


def test_the_same_name_in_two_units_is_two_persons(tmp_path: Path) -> None:
    look = opened(tmp_path, written(finding("W1"), finding("W2", 单位="U2")), DAY)
    assert [*told(look)] == [("王某", "甲支部"), ("王某", "乙支部")]
    assert [(row.name, row.unit, row.findings, row.late) for row in page.persons(look.at)] == [
        ("王某", "甲支部", 1, 1),
        ("王某", "乙支部", 1, 1),
    ]


def test_projects_stand_with_their_person_in_the_unit_where_it_is_known(tmp_path: Path) -> None:
    projects = [
        project("XM1", "U1", "U2"),
        project("XM2", "U2", 责任人="赵某"),
        project("XM3", "U1", 状态="已完成", 完成日期=date(2021, 6, 1)),
    ]
    assert told(opened(tmp_path, written(finding("W1"), 项目=projects), DAY)) == {
        ("王某", "甲支部"): [("W1 问题W1", "逾期，已超10天"), ("XM1 项目XM1", "推进中，已超9天")],
        ("赵某", "乙支部"): [("XM2 项目XM2", "推进中，已超9天")],
    }
    alone = told(opened(tmp_path, written(项目=projects[:1]), DAY))
    assert [*alone] == [("王某", "甲支部、乙支部")]


def test_a_letter_to_be_answered_stands_with_who_answers_for_its_findings(tmp_path: Path) -> None:
    letter = {"编号": "ZG1", "单位": "U1", "问题": ["W1", "W2"], "事由": "示例", "回复期限": date(2021, 7, 9)}
    line = {"文号": "市纪驻某整〔2021〕1号", "文种": "整改函", "对象": "ZG1", "年度": 2021}
    made = written(finding("W1"), finding("W2", 销号=[CLOSING], **owned_by("李某")), 整改函=[letter])
    made.lines.append({**line, "成文日期": date(2021, 4, 1)})
    words = ("市纪驻某整〔2021〕1号 回复", "未回复，已超1天")
    assert told(opened(tmp_path, made, DAY)) == {("王某", "甲支部"): [("W1 问题W1", "逾期，已超10天"), words]}
    letter["回复"] = {"日期": date(2021, 7, 8)}
    assert told(opened(tmp_path, made, DAY)) == {("王某", "甲支部"): [("W1 问题W1", "逾期，已超10天")]}


def test_of_a_unit_that_is_gone_they_stand_with_the_successor_and_without_one_not_nowhere(
    tmp_path: Path,
) -> None:
    for more, wanted in (({"承接单位": "U2"}, "乙支部"), ({}, "已撤销单位")):
        units = [unit("U1", "甲支部", 撤销日期=date(2021, 7, 1), **more), unit("U2", "乙支部")]
        found = told(opened(tmp_path, written(finding("W1"), 单位=units), DAY))
        assert found == {("王某", wanted): [("W1 问题W1（原甲支部）", "逾期，已超10天")]}


def test_what_last_year_left_open_is_told_with_its_year(tmp_path: Path) -> None:
    made = written(finding("W1"))
    own = written(检查=[]).years[2021]
    made.years[2022] = {**own, "清单": {**own["清单"], "年度": "2022"}}
    look = opened(tmp_path, made, date(2022, 1, 1), 2022)
    assert told(look) == {("王某", "甲支部"): [("2021年 W1 问题W1", "逾期，已超185天")]}


def test_status_of_a_person(run: Run) -> None:
    code, out, _ = run("status", "--person", "袁某某", "--as-of", "2021-10-31")
    assert code == 0
    assert "兴安局党支部 袁某某：在办 2 件，过了期限的 2 件" in out.splitlines()
    rows = json.loads(run("status", "--person", "袁某某", "--as-of", "2021-10-31", "--json")[1])
    assert [(row["类别"], row["编号"], row["期限"], row["逾期天数"], row["年度"]) for row in rows] == [
        ("问题", "W2021-06", "2021-10-15", 16, 2021),
        ("回函", "ZG3", "2021-10-20", 11, 2021),
    ]
    assert (
        run("状态", "--责任人", "袁某某", "--单位", "局党组", "--as-of", "2021-10-31")[1].count("没有在办的")
        == 1
    )


def test_two_persons_of_one_name_are_told_apart_and_an_unknown_name_is_not_nobody(run: Run) -> None:
    path = "checklists/2021/问题.yaml"
    run.edit(path, "责任人: 丁某某", "责任人: 袁某某")
    out = run("status", "--person", "袁某某", "--as-of", "2021-10-31")[1]
    assert "叫袁某某的有 2 人（执法支队党支部、兴安局党支部），各算各的" in out
    code, _, err = run("status", "--person", "袁某")
    assert code == 1
    assert "D758 没有叫「袁某」的责任人" in err and "是否「袁某某」？" in err


def test_the_ledger_and_the_overview_list_the_same(run: Run) -> None:
    import io

    import openpyxl

    from liangqing.outputs import ledger
    from liangqing.year.open_workspace import open_workspace

    look = open_workspace(run.root, None, None, date(2021, 11, 1))
    book = openpyxl.load_workbook(io.BytesIO(ledger.write(look.at)))
    rows = [row for row in book["责任人"].iter_rows(min_row=4, values_only=True) if row[0]]
    wanted = [
        (person.name, person.unit, what_of(matter, 2021), matter.late)
        for person in persons(look.at)
        for matter in person.matters
    ]
    assert [(row[0], row[1], row[4], row[7]) for row in rows] == wanted
    shown = [(row.name, row.unit, what) for row in page.persons(look.at) for what, _, _ in row.matters]
    assert shown == [each[:3] for each in wanted] and len(shown) > 5
