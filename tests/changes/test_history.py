"""log: who changed which record when, from all that was noted; and what nobody noted is said to be so."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from conftest import Run
from filling import Answers, filled
from sheet import Sheet

from liangqing.base import file_changes
from liangqing.changes import change_log
from liangqing.changes.change_log import differing

FINDINGS = "checklists/2021/问题.yaml"
LOG = "checklists/改动记录.jsonl"


@pytest.fixture(autouse=True)
def _clerk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "zhang")


def told(run: Run, code: str) -> dict[str, Any]:
    number, out, err = run("log", code, "--json")
    assert number == 0, err
    answer: dict[str, Any] = json.loads(out)
    return answer


def of_kind(run: Run, code: str, kind: str) -> list[tuple[str, str, str]]:
    events = told(run, code)["经过"]
    return [(event["日期"], event["内容"], event["出处"]) for event in events if event["事项"] == kind]


def noted(run: Run) -> list[dict[str, str]]:
    return [json.loads(line) for line in (run.root / LOG).read_text("utf-8").splitlines()]


def take_ledger(run: Run, code: str = "W2021-08", head: str = "整改目标", words: str = "不漏巡。") -> int:
    assert run("ledger", "--overwrite")[0] == 0
    book = openpyxl.load_workbook(run.root / "output/2021/台账/2021年台账.xlsx")
    Sheet(book, "问题")[code, head] = words
    book.save(run.root / "交来.xlsx")
    return run("collect", str(run.root / "交来.xlsx"), "--accept")[0]


# ---------------------------------------------------------------- what was taken in is noted


def test_a_value_from_a_ledger_is_noted_with_what_stood_there(run: Run) -> None:
    assert take_ledger(run) == 0
    assert noted(run) == [
        {
            "日期": "2021-11-01",
            "操作人": "zhang",
            "来源": "交来.xlsx",
            "写入": FINDINGS,
            "分区": "问题",
            "编号": "W2021-08",
            "键": "整改目标",
            "原": "夜间巡查按计划开展，重点巡查点不漏巡。",
            "新": "不漏巡。",
        }
    ]
    (event,) = of_kind(run, "W2021-08", "改动")
    assert event == (
        "2021-11-01",
        "整改目标：「夜间巡查按计划开展，重点巡查点不漏巡。」 → 「不漏巡。」（来自 交来.xlsx，zhang 操作）",
        FINDINGS,
    )


def take_form(run: Run) -> tuple[int, str]:
    """A 整改情况反馈表 of ZG3 comes back and is taken in."""
    (run.root / "checklists/2021/整改反馈.yaml").unlink()
    assert run("feedback", "ZG3")[0] == 0
    (made,) = (run.root / "output/2021/整改情况反馈表").glob("*.docx")
    answers: Answers = {("日期", 0): "2021-10-20", ("[].完成情况", 0): "已修复。"}
    back = run.root / "交来.docx"
    back.write_bytes(filled(made.read_bytes(), answers))
    code, _, err = run("collect", str(back), "--accept")
    return code, err


def test_a_record_from_a_form_is_noted_with_its_original(run: Run) -> None:
    code, err = take_form(run)
    assert code == 0, err
    record = noted(run)[0]["编号"]
    (event,) = of_kind(run, record, "改动")
    assert event[0] == "2021-11-01"
    assert "完成情况：（无） → 「已修复。」" in event[1]
    assert "（来自 checklists/2021/收回/2021-11-01/整改情况反馈表-ZG3.docx，zhang 操作）" in event[1]
    assert told(run, record)["没有记下"] == []
    (file,) = (run.root / "checklists/2021/收回").glob("*.yaml")
    run.edit(
        file.relative_to(run.root).as_posix(), "完成情况: 已修复。", "完成情况: 已修复。\n    申请销号: 是"
    )
    (typed,) = told(run, record)["没有记下"]
    assert typed.startswith("手工写在 ") and typed.endswith(" 的：申请销号")
    # taken in before there was a log: the form that lies beside the records still tells
    (run.root / LOG).unlink()
    assert of_kind(run, record, "收回表单") == [
        ("2021-11-01", "整条由收回的表单写入", "checklists/2021/收回/2021-11-01/整改情况反馈表-ZG3.docx")
    ]


def test_a_proposed_paper_is_known_by_its_file(run: Run) -> None:
    (run.root / "checklists/2021/文书.yaml").unlink()
    assert run("propose", "--yes", "--as-of", "2021-10-31")[0] == 0
    (file,) = (run.root / "checklists/2021").glob("文书-拟办-*.yaml")
    code = yaml.safe_load(file.read_text("utf-8"))["文书"][0]["编号"]
    name = file.relative_to(run.root).as_posix()
    assert of_kind(run, code, "拟办") == [("2021-10-31", "由 propose 按督办阶梯写入", name)]
    (unclear,) = told(run, code)["没有记下"]
    assert unclear.endswith("由程序写入，写入以后有没有手工改过不清楚")


def test_nothing_is_noted_of_what_is_only_shown(run: Run) -> None:
    assert run("ledger")[0] == 0
    book = openpyxl.load_workbook(run.root / "output/2021/台账/2021年台账.xlsx")
    Sheet(book, "问题")["W2021-08", "整改目标"] = "不漏巡。"
    book.save(run.root / "交来.xlsx")
    assert run("collect", str(run.root / "交来.xlsx"))[0] == 0
    assert not (run.root / LOG).exists()


def test_a_log_that_cannot_be_written_leaves_the_records_as_they_were(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (run.root / FINDINGS).read_bytes()

    def full(path: Path, words: bytes) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(file_changes, "_add", full)
    assert take_ledger(run) == 1
    assert (run.root / FINDINGS).read_bytes() == before
    assert take_form(run)[0] == 1
    assert [path for path in (run.root / "checklists/2021/收回").rglob("*") if path.is_file()] == []


def test_what_is_taken_out_is_a_difference_too() -> None:
    assert list(differing({"甲": "1"}, {})) == [("甲", "1", "")]


# ---------------------------------------------------------------- papers


def test_papers_about_a_record_and_what_became_of_them(run: Run) -> None:
    number = "市纪驻环整〔2021〕3号"
    assert [day for day, *_ in of_kind(run, "W2021-06", "印发")] == ["2021-06-02"]
    assert run("void", number, "--why", "发错")[0] == 0
    (void,) = of_kind(run, "W2021-06", "作废")
    assert void[1] == f"{number}：发错"


def test_a_paper_is_asked_for_by_its_number_however_it_is_typed(run: Run) -> None:
    by_number = told(run, "市纪驻环整(2021)1号")
    assert [record["编号"] for record in by_number["记录"]] == ["ZG1"]
    assert by_number == told(run, "ZG1")


def test_what_was_changed_after_a_paper_went_out_is_told(run: Run) -> None:
    run.edit("checklists/2021/整改函.yaml", "回复期限: 2021-07-09", "回复期限: 2021-07-10")
    (drift,) = of_kind(run, "ZG1", "印发后改")
    assert drift[0] == ""
    assert "由「2021年7月9日」变为「2021年7月10日」" in drift[1]
    assert "日期没有记下　印发后改" in run("log", "ZG1")[1]


# ---------------------------------------------------------------- what nobody noted


def test_what_was_typed_by_hand_is_said_to_be_unnoted(run: Run) -> None:
    assert told(run, "XM02")["经过"] == []
    (typed,) = told(run, "XM02")["没有记下"]
    assert typed.startswith("手工写在 checklists/2021/项目.yaml:") and "进展" in typed
    assert "手工改的，程序没有记下谁在哪天改：" in run("log", "XM02")[1]


def test_a_change_by_hand_after_a_noted_one_is_seen(run: Run) -> None:
    assert take_ledger(run) == 0
    run.edit(FINDINGS, "整改目标: 不漏巡。", "整改目标: 手改的目标。")
    assert (
        "「整改目标」2021-11-01 写的是「不漏巡。」，现在是「手改的目标。」：后来手工改过"
        in told(run, "W2021-08")["没有记下"]
    )


def test_a_change_by_hand_since_a_copy_was_made_is_seen(run: Run) -> None:
    assert take_ledger(run) == 0
    run.edit(FINDINGS, "名称: 漓江干流夜间巡查频次不足", "名称: 漓江夜间巡查不足")
    unnoted = told(run, "W2021-08")["没有记下"]
    assert [
        words
        for words in unnoted
        if words.startswith("「名称」2021-11-01 备份时是「漓江干流夜间巡查频次不足")
    ]
    assert not [words for words in unnoted if words.startswith("「整改目标」")]  # that one was noted


def test_a_record_that_is_gone_still_has_its_history(run: Run) -> None:
    shutil.rmtree(run.root / "checklists/2021/收回", ignore_errors=True)
    Path(run.root / LOG).write_text(
        json.dumps({"日期": "2021-05-01", "编号": "W9", "键": "名称", "原": "", "新": "甲"}) + "\n", "utf-8"
    )
    code, out, _ = run("log", "W9")
    assert code == 0
    assert out.startswith(
        "现在的数据里没有这条记录，下面是以前留下的\n2021-05-01　改动　名称：（无） → 「甲」"
    )


def test_a_code_of_nothing_proposes_the_nearest(run: Run) -> None:
    code, _, err = run("log", "W2021-6")
    assert code == 1
    assert "D751 没有编号是「W2021-6」的记录，也没有它的登记" in err
    assert "是否「W2021-06」？" in err


# ---------------------------------------------------------------- the log itself


def test_the_log_is_no_data(run: Run) -> None:
    before = run("check", "--as-of", "2021-10-31")
    assert take_ledger(run) == 0
    (run.root / FINDINGS).write_bytes((run.root / "备份/2021-11-01" / FINDINGS).read_bytes())
    shutil.rmtree(run.root / "备份")
    assert run("check", "--as-of", "2021-10-31") == before


def test_a_line_that_was_cut_off_spoils_no_other_and_is_told(run: Run) -> None:
    (run.root / LOG).write_text('{"日期": "2021-', "utf-8")
    assert take_ledger(run) == 0
    changes, spoilt = change_log.read(run.root)
    assert ([change.code for change in changes], spoilt) == (["W2021-08"], 1)
    assert "checklists/改动记录.jsonl 有 1 行读不出来" in run("log", "W2021-08")[2]


def test_no_code_at_all_is_told(run: Run) -> None:
    code, out, err = run("log", " ")
    assert (code, out) == (2, "")
    assert "缺 编号" in err


def test_a_workbook_that_is_refused_keeps_no_form_of_the_same_run_out(run: Run) -> None:
    (run.root / "checklists/2021/整改反馈.yaml").unlink()
    assert run("feedback", "ZG3")[0] == 0 and run("ledger", "--overwrite")[0] == 0
    (made,) = (run.root / "output/2021/整改情况反馈表").glob("*.docx")
    answers: Answers = {("日期", 0): "2021-10-20", ("[].完成情况", 0): "已修复。"}
    form, workbook = run.root / "交来.docx", run.root / "交来.xlsx"
    form.write_bytes(filled(made.read_bytes(), answers))
    book = openpyxl.load_workbook(run.root / "output/2021/台账/2021年台账.xlsx")
    Sheet(book, "问题")["W2021-08", "整改类别"] = "不知道"
    book.save(workbook)
    code, out, err = run("collect", str(form), str(workbook), "--accept")
    assert code == 1 and "W2021-08" in err and out.count("已写入") == 1
    assert len([*(run.root / "checklists/2021/收回").rglob("*.docx")]) == 1 and (run.root / LOG).exists()
    assert "不知道" not in (run.root / "checklists/2021/问题.yaml").read_text("utf-8")
    Sheet(book, "问题")["W2021-08", "整改类别"] = "限期整改"
    book.save(workbook)
    code, out, err = run("collect", str(form), str(workbook), "--accept")
    assert code == 0 and "早已收过" in out
