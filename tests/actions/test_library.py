"""library: standard findings to start from, and one of them put into the year as a draft to be completed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Run
from sample import ROOT

from liangqing.base.diagnostics import Place
from liangqing.changes.judging import judge
from liangqing.changes.proposed import Handed, NewRecord
from liangqing.data import library
from liangqing.data.json_schema import schemas
from liangqing.year.open_workspace import open_workspace
from liangqing.year.rules import forbidden_words

FINDINGS = "checklists/2021/问题.yaml"
OWN = "checklists/问题库.yaml"
TAKE = ("library", "--take", "K18", "--inspection", "JZ01")


def entries(run: Run, *words: str) -> list[dict[str, Any]]:
    code, out, err = run("library", "--json", *words)
    assert code == 0, err
    rows: list[dict[str, Any]] = json.loads(out)
    return rows


# ---------------------------------------------------------------- what is in it


SHELF = library.load(Path("没有的工作目录"))


def test_it_is_large_enough_to_start_from_and_each_entry_once() -> None:
    assert 20 <= len(SHELF) <= 40
    assert len({entry.code for entry in SHELF}) == len({entry.name for entry in SHELF}) == len(SHELF)
    assert {"三重一大", "中央八项规定精神", "采购", "档案", "党务公开"} <= {entry.group for entry in SHELF}


@pytest.mark.parametrize("entry", SHELF, ids=lambda entry: entry.code)
def test_an_entry_is_ready_to_use(entry: library.LibraryEntry) -> None:
    assert entry.clauses and entry.category and entry.days
    assert "【填 " in entry.facts and entry.facts.endswith("。")
    assert "【" not in entry.demand + entry.name
    assert list(forbidden_words.inspect(entry.words)) == []


# ---------------------------------------------------------------- listed and searched


def test_words_narrow_it_and_few_are_shown_in_full(run: Run) -> None:
    assert len(entries(run)) == len(SHELF)
    assert {row["类别"] for row in entries(run, "采购", "验收")} == {"采购"}
    _, out, _ = run("library", "采购", "验收")
    assert "事实：" in out and "整改要求：" in out
    assert "没有这样的问题" in run("library", "没有这个词")[1]


def test_the_next_step_of_a_search_can_be_copied_as_it_stands(run: Run) -> None:
    _, out, _ = run("library", "采购")
    step = next(line for line in out.splitlines() if line.startswith("下一步"))
    words = step.partition(f"{run.again} ")[2].split()
    assert words[:3] == ["library", "--take", "K10"], step
    code, out, err = run(*words)
    assert code == 0 and "已写：问题" in out, err


def test_a_year_without_an_inspection_is_told_to_enter_it_first(unissued: Run) -> None:
    for file in (unissued.root / "checklists/2021").rglob("*.yaml"):
        if file.name not in ("清单.yaml", "单位.yaml"):
            file.unlink()
    checklist = unissued.root / "checklists/2021/清单.yaml"
    checklist.write_text(checklist.read_text("utf-8").replace(", 案例: AL01", ""), "utf-8")
    out = unissued("library", "采购")[1]
    assert "先登记是哪次「检查」" in out and "下一步" not in out


def test_a_workspace_adds_its_own_and_replaces_by_number(run: Run) -> None:
    own = [
        {"编号": "Z01", "类别": "档案", "名称": "排污口档案不全", "事实": "【填 几处】处没有。", "整改要求": "补齐。"},
        {"编号": "K18", "类别": "档案", "名称": "换过的名称", "事实": "【填 甲】。", "整改要求": "改。"},
    ]  # fmt: skip
    (run.root / OWN).write_text(yaml.safe_dump({"问题库": own}, allow_unicode=True), "utf-8")
    rows = {row["编号"]: row["名称"] for row in entries(run, "档案")}
    assert (rows["Z01"], rows["K18"]) == ("排污口档案不全", "换过的名称")
    assert len(entries(run)) == len(SHELF) + 1
    before = run("check", "--as-of", "2021-10-31")
    (run.root / OWN).unlink()
    assert run("check", "--as-of", "2021-10-31") == before  # it is no data of a year


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("问题库:\n- {编号: Z01}\n", "D104"),
        ("问题:\n- {编号: Z01}\n", "D755 文件里应只有「问题库」一个列表"),
        (
            "问题库:\n- &甲 {编号: Z01, 类别: 乙, 名称: 丙, 事实: 丁, 整改要求: 戊}\n",
            "错误",
        ),
        (
            "问题库:\n" + "- {编号: Z01, 类别: 乙, 名称: 丙, 事实: 丁, 整改要求: 戊}\n" * 2,
            "D757 编号「Z01」写了两次，另一处在 checklists/问题库.yaml:2:3",
        ),
    ],
    ids=["缺项", "分区不对", "锚点", "编号重复"],
)
def test_a_library_that_is_wrong_is_told_with_its_place(run: Run, text: str, says: str) -> None:
    (run.root / OWN).write_text(text, "utf-8")
    code, _, err = run("library")
    assert code == 1
    assert err.startswith(f"{OWN}:") and says in err


def test_editors_know_its_keys() -> None:
    schema = json.loads(schemas()["问题库.json"])
    entry = schema["$defs"]["LibraryEntry"]["properties"]
    told = yaml.safe_load((ROOT / "liangqing/data/library/问题库.yaml").read_text("utf-8"))["问题库"]
    assert {key for record in told for key in record} == set(entry)


# ---------------------------------------------------------------- taken


def test_a_draft_goes_behind_the_last_finding_and_nothing_else_changes(run: Run) -> None:
    before = (run.root / FINDINGS).read_text("utf-8")
    code, out, err = run(*TAKE)
    assert code == 0, err
    after = (run.root / FINDINGS).read_text("utf-8")
    assert after.startswith(before)
    draft = yaml.safe_load(after)["问题"][-1]
    assert draft["编号"] == "W2021-09"
    assert (draft["检查"], draft["单位"], draft["名称"]) == ("JZ01", "U11", "档案内容不完整")
    assert draft["依据"] == "《中华人民共和国档案法》【填 哪一条】"
    assert "已写：问题 W2021-09 档案内容不完整" in out


def test_check_says_what_is_still_to_be_filled_in(run: Run) -> None:
    assert run(*TAKE)[0] == 0
    code, _, err = run("check", "--as-of", "2021-10-31")
    assert code == 1
    told = [line for line in err.splitlines() if " D752 " in line]
    assert len(told) == 2
    assert (
        "问题 W2021-09 的「事实」还有没填的：【填 日期】、【填 哪类】、【填 几份】、【填 什么材料】"
        in told[0]
    )
    assert "的「依据」还有没填的：【填 哪一条】" in told[1]
    text = (run.root / FINDINGS).read_text("utf-8")
    for blank in ("【填 日期】", "【填 哪类】", "【填 几份】", "【填 什么材料】", "【填 哪一条】"):
        text = text.replace(blank, "查到的")
    (run.root / FINDINGS).write_text(text, "utf-8")
    code, _, err = run("check", "--as-of", "2021-10-31")
    assert code == 0 and "D752" not in err


def test_it_is_noted_where_the_draft_came_from(run: Run) -> None:
    assert run(*TAKE)[0] == 0
    _, out, _ = run("log", "W2021-09")
    assert "（来自 library K18" in out


def test_the_file_as_it_was_is_kept_and_a_number_is_not_given_twice(run: Run) -> None:
    before = (run.root / FINDINGS).read_bytes()
    assert run(*TAKE)[0] == 0
    (backup,) = (run.root / "备份").rglob("问题.yaml")
    assert backup.read_bytes() == before
    (run.root / FINDINGS).write_bytes(before)  # the draft thrown away by hand
    assert "已写：问题 W2021-10 " in run(*TAKE)[1]


def test_words_to_be_replaced_are_let_pass_in_a_draft_alone(run: Run) -> None:
    opened = open_workspace(run.root, 2021, None, date(2021, 10, 31))
    tree = {"检查": "JZ01", "单位": "U11", "名称": "台账不全", "事实": "【填 几处】处没有。"}
    given = Handed("甲", (NewRecord("问题", tree, {(): Place("甲", detail="第2行")}),))
    assert [problem.code for problem in judge(opened, [given]).refused["甲"]] == ["D752"]
    assert judge(opened, [replace(given, draft=True)]).refused == {}


def test_a_unit_that_was_not_inspected_is_refused_before_anything_is_written(run: Run) -> None:
    before = (run.root / FINDINGS).read_bytes()
    code, _, err = run(*TAKE, "--unit", "U05")
    assert code == 1 and "library K18 错误 D310" in err, err
    assert (run.root / FINDINGS).read_bytes() == before


def test_a_year_without_findings_gets_a_file(run: Run) -> None:
    for name in ("问题", "双签", "整改函", "整改反馈", "文书", "送达"):
        (run.root / f"checklists/2021/{name}.yaml").unlink()
    assert run(*TAKE)[0] == 0
    made = run.root / "checklists/2021/问题-取自问题库.yaml"
    assert (
        yaml.safe_load(made.read_text("utf-8"))["问题"][0]["编号"] == "W2021-02"
    )  # 01 stands in a letter that is out
    assert "# 从问题库取来的问题" in made.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--take", "K99", "--inspection", "JZ01"), "D753 问题库里没有「K99」"),
        (("--take", "K18", "--inspection", "JZ99"), "D754 没有检查「JZ99」"),
        (
            ("--take", "K18", "--inspection", "JZ01", "--unit", "灵川局党支步"),
            "D589 没有单位「灵川局党支步」",
        ),
        (("--take", "K18"), "--take 要和 --inspection 一起用"),
    ],
)
def test_what_is_asked_for_wrongly_writes_nothing(run: Run, words: tuple[str, ...], says: str) -> None:
    before = (run.root / FINDINGS).read_bytes()
    code, _, err = run("library", *words)
    assert code in (1, 2) and says in err
    assert (run.root / FINDINGS).read_bytes() == before


def test_an_inspection_of_several_units_asks_which(run: Run) -> None:
    several = [
        record["编号"]
        for record in yaml.safe_load((run.root / "checklists/2021/检查.yaml").read_text("utf-8"))["检查"]
        if len(record["单位"]) > 1
    ]
    code, _, err = run("library", "--take", "K18", "--inspection", several[0])
    assert code == 1
    assert "D756" in err and "没有写是哪一个" in err and "加 --unit" in err
