"""检查底稿 and 双签字确认表 come back: filled in Word, judged, taken into 检查, 问题 and 双签."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Run
from docx_text import text_of
from filling import Answers, W, filled, put, rewritten, tag_of
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from programs import WORD, saved_by_office
from sample import copy_workspace
from test_collect import no_controls, no_tags, split_runs, unchanged

from liangqing.base.diagnostics import Place, Problems
from liangqing.base.docx_zip import read_package
from liangqing.changes.following import completed
from liangqing.changes.judging import JudgedRun, judge
from liangqing.changes.proposed import Handed, NewRecord
from liangqing.cli import main as cli
from liangqing.data.model.findings import Finding
from liangqing.data.model.validate import validate
from liangqing.data.yaml import places
from liangqing.forms.grid import read_form
from liangqing.papers.rendering import Compiled, compile_entries, load_catalogue, render
from liangqing.variables.subjects import SUBJECTS
from liangqing.year.open_workspace import open_workspace
from liangqing.year.state.standing import Standing

pytestmark = pytest.mark.year

DAY = date(2021, 11, 20)
DATA = "checklists/2021"
BOXES = {"未部署": 0, "已部署": 1, "已落实": 2, "已见效": 3, "不涉及": 4}


COMING = """
  - 编号: JZ91
    类型: 集中清查
    名称: 两个支部集中清查
    开始日期: 2021-11-17
    结束日期: 2021-11-18
    单位: [U08, U09]
    检查组: [张某某, 唐某某]
    反馈会: [{单位: U08, 日期: 2021-11-18}]
"""


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with an inspection that is still to be recorded, and with its sheets and the forms to be signed made."""
    root = copy_workspace(tmp_path_factory.mktemp("printed") / "工作", issued=True)
    path = root / f"{DATA}/检查.yaml"
    path.write_text(path.read_text("utf-8") + COMING, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cli, "today", lambda: DAY)
        made = ["build", "检查底稿", "双签字确认表", "--as-of", DAY.isoformat(), "--overwrite"]
        assert cli.main(["-C", str(root), *made]) == 0
    return root


@pytest.fixture
def back(
    printed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    """A copy of that workspace to collect into."""
    monkeypatch.setattr(cli, "today", lambda: DAY)
    root = tmp_path / "工作"
    shutil.copytree(printed, root, ignore=shutil.ignore_patterns("*.lock"))
    return Run(root, capsys)


def form(run: Run, kind: str, name: str) -> bytes:
    (path,) = [path for path in (run.root / f"output/2021/{kind}").iterdir() if name in path.name]
    return path.read_bytes()


def sheet(run: Run, name: str = "CC02-兴安局") -> bytes:
    return form(run, "检查底稿", name)


def arrive(run: Run, data: bytes, name: str = "底稿.docx") -> str:
    path = run.root.parent / name
    path.write_bytes(data)
    return str(path)


def records(run: Run, section: str) -> list[dict[str, Any]]:
    tree: Any = places.parse((run.root / f"{DATA}/{section}.yaml").read_bytes(), section)
    found: list[dict[str, Any]] = tree[section]
    return found


def inspection(run: Run, code: str) -> dict[str, Any]:
    return next(record for record in records(run, "检查") if record["编号"] == code)


def state(word: str, task: int = 0) -> tuple[tuple[str, int], str]:
    """The tick at a state of a task of a blank sheet."""
    return ("任务落实[].状态", 5 * task + BOXES[word]), "☒"


SEEN: dict[tuple[str, int], str] = {
    ("检查日期", 0): "2021年11月16日",
    ("检查人", 0): "唐某某",
    ("任务落实[].说明", 0): "查看3座站，1座停运",
    ("任务落实[].佐证、", 0): "现场照片；运行记录",
    state("已部署")[0]: "☒",
}
FOUND: dict[tuple[str, int], str] = {
    ("问题[].名称", 0): "1座处理站停运没有报告",
    ("问题[].任务", 0): "R4",
    ("问题[].事实", 0): "2021年11月16日，检查组看到2号站停运，\n停运记录没有报告。",
    ("问题[].依据", 0): "年度监督检查清单R4项",
    ("问题[].整改要求", 0): "恢复运行，补报停运情况。",
    ("问题[].整改类别", 1): "☒",
    ("问题[].整改时限", 0): "2021.12.20",
    ("问题[].责任.部门", 0): "水环境股",
    ("问题[].责任.责任人", 0): "秦某某",
    ("问题[].责任.职务", 0): "股长",
}
FINDING: dict[str, Any] = {
    "检查": "CC02",
    "单位": "U09",
    "任务": "R4",
    "名称": "1座处理站停运没有报告",
    "事实": "2021年11月16日，检查组看到2号站停运，\n停运记录没有报告。",
    "依据": "年度监督检查清单R4项",
    "整改类别": "限期整改",
    "整改要求": "恢复运行，补报停运情况。",
    "责任": {"部门": "水环境股", "责任人": "秦某某", "职务": "股长"},
    "整改时限": "2021-12-20",
}
RESULT: dict[str, Any] = {
    "单位": "U09",
    "任务": "R4",
    "状态": "已部署",
    "说明": "查看3座站，1座停运",
    "佐证": ["现场照片", "运行记录"],
    "日期": "2021-11-16",
    "检查人": "唐某某",
}


def taken(run: Run, data: bytes, name: str = "底稿.docx") -> str:
    """What is said of a form that is taken in."""
    code, out, err = run("collect", arrive(run, data, name), "--accept")
    assert code == 0, err
    return out + err


def refused(run: Run, data: bytes) -> str:
    """What is said of a form that is not taken; nothing is written."""
    before = {path: path.read_bytes() for path in (run.root / "checklists").rglob("*.yaml")}
    code, out, err = run("collect", arrive(run, data), "--accept")
    assert code == 1 and "不收 1 份" in out, err
    assert {path: path.read_bytes() for path in (run.root / "checklists").rglob("*.yaml")} == before
    return err


def as_data(run: Run, data: bytes) -> Any:
    code, out, err = run("collect", arrive(run, data), "--json")
    assert code == 0, err + out
    return json.loads(out)["可收"]


# ---------------------------------------------------------------- 检查底稿


def test_a_sheet_becomes_results_and_findings(back: Run) -> None:
    data = filled(sheet(back), SEEN | FOUND)
    code, out, err = back("collect", arrive(back, data))
    assert code == 0, err
    assert "  问题 W2021-09\n" in out and "    名称：（无） → 1座处理站停运没有报告\n" in out
    assert "  检查 CC02\n" in out and "    任务 R4 状态：（无） → 已部署\n" in out
    assert "任务落实" not in inspection(back, "CC02")  # nothing is written without --accept
    said = taken(back, data)
    assert "定下问题的整改类别、整改要求、责任和整改时限，再出双签字确认表" in said
    assert inspection(back, "CC02")["任务落实"] == [RESULT]
    assert records(back, "问题")[-1] == {"编号": "W2021-09", **FINDING}
    assert back("check")[0] == 0


def typed_behind(root: etree._Element) -> None:
    """As one who clicks behind the field: the text stands in the cell, outside the control."""
    for control in root.iter(f"{W}sdt"):
        content = control.find(f"{W}sdtContent")
        if (
            tag_of(control).startswith(("任务落实[].说明", "问题[].名称", "问题[].责任"))
            and content is not None
        ):
            for run in reversed(list(content)):
                control.addnext(run)
            kept = etree.SubElement(content, f"{W}r")
            etree.SubElement(kept, f"{W}t").text = "　　"


def ticked_by_hand(root: etree._Element) -> None:
    """A tick typed in the place of the box, its control as it was."""
    for text in root.iter(f"{W}t"):
        if text.text == "☒":
            text.text = "√"


@pytest.mark.parametrize(
    "change",
    [split_runs, no_tags, no_controls, typed_behind, ticked_by_hand, unchanged],
    ids=lambda change: change.__name__,
)
def test_a_sheet_saved_by_another_program_says_the_same(
    back: Run, change: Callable[[etree._Element], None]
) -> None:
    plain = filled(sheet(back), SEEN | FOUND)
    expected = as_data(back, plain)
    assert len(expected[0]["记录"]) == 2
    assert as_data(back, rewritten(plain, change, turned=True)) == expected


@pytest.mark.office
def test_a_sheet_and_a_signed_form_through_libreoffice(back: Run, tmp_path: Path) -> None:
    made = {
        "底稿": filled(sheet(back), SEEN | FOUND),
        "双签": filled(form(back, "双签字确认表", "DT02"), SIGNED),
    }
    for name, data in made.items():
        (tmp_path / f"{name}.docx").write_bytes(data)
    out = saved_by_office([tmp_path / f"{name}.docx" for name in made], WORD, tmp_path)
    for name, data in made.items():
        expected = as_data(back, data)
        saved = (out / f"{name}.docx").read_bytes()
        assert saved != data and as_data(back, saved) == expected


def blocks(root: etree._Element) -> list[list[etree._Element]]:
    """The rows of each block of a finding."""
    rows = [
        row for row in root.iter(f"{W}tr") if "问题[]." in "".join(tag_of(sdt) for sdt in row.iter(f"{W}sdt"))
    ]
    return [rows[start : start + 5] for start in range(0, len(rows), 5)]


def test_a_block_copied_in_word_is_one_finding_more(back: Run) -> None:
    names = {("问题[].名称", number): f"第{number + 1}个问题" for number in range(2)}
    facts = {("问题[].事实", number): f"第{number + 1}个事实" for number in range(2)}

    def copy(root: etree._Element) -> None:
        last = blocks(root)[-1]
        for number in ("四", "三"):
            for row in reversed(last):
                again = deepcopy(row)
                for control in again.iter(f"{W}sdt"):
                    if tag_of(control) in ("问题[].名称", "问题[].事实"):
                        put(control, f"第{number}个")
                last[-1].addnext(again)

    data = rewritten(filled(sheet(back), names | facts), copy)
    taken(back, data)
    found = [record["名称"] for record in records(back, "问题") if record["检查"] == "CC02"]
    assert found == ["第1个问题", "第2个问题", "第三个", "第四个"]
    assert "任务落实" not in inspection(back, "CC02")


def test_a_block_that_was_taken_out_is_none(back: Run) -> None:
    def drop(root: etree._Element) -> None:
        for row in blocks(root)[1]:
            row.getparent().remove(row)  # type: ignore[union-attr]

    taken(back, rewritten(filled(sheet(back), FOUND), drop))
    assert [record["编号"] for record in records(back, "问题") if record["检查"] == "CC02"] == ["W2021-09"]


HALVES = {
    "a remark without a state": (
        {("任务落实[].说明", 0): "看了"},
        "表2 第2行 第5格 错误 D760 任务 R4 写了检查情况，没有勾检查状态",
    ),
    "facts without a name": (
        {("问题[].事实", 1): "没有报告"},
        "表3 第7行 第2格 错误 D760 这一块问题没有写「发现的问题」",
    ),
    "a demand alone": (
        {("问题[].整改要求", 0): "恢复运行。"},
        "表3 第3行 第4格 错误 D760 这一块问题没有写「发现的问题」「事实」",
    ),
    "the head alone": (
        {("检查人", 0): "唐某某"},
        "错误 D760 只填了检查日期、检查人，没有检查情况，也没有问题",
    ),
    "nothing at all": ({}, "错误 D736 表里一项也没有填"),
    "two states": (
        {state("已部署")[0]: "☒", state("已见效")[0]: "☒"},
        "表2 第2行 第4格 错误 D308 ",
    ),
    "no such task": (FOUND | {("问题[].任务", 0): "R99"}, "表3 第1行 第4格 错误 D201 "),
    "no date": (FOUND | {("问题[].整改时限", 0): "年底前"}, "表3 第4行 第4格 错误 D103 "),
    "a responsible post without a person": (
        {key: value for key, value in FOUND.items() if key[0] != "问题[].责任.责任人"},
        "表3 第5行 第2格 错误 D104 缺「责任人」",
    ),
}


@pytest.mark.parametrize(("answers", "said"), HALVES.values(), ids=HALVES)
def test_what_is_half_filled_is_refused_at_its_place(back: Run, answers: Answers, said: str) -> None:
    assert said in refused(back, filled(sheet(back), answers))


def test_a_sheet_that_was_taken_is_not_taken_again(back: Run) -> None:
    data = filled(sheet(back), SEEN | FOUND)
    taken(back, data)
    after = inspection(back, "CC02")
    said = taken(back, data)
    assert "警告 D814 这份表已经收过（checklists/2021/收回/2021-11-20/检查底稿-CC02-U09.docx）" in said
    said = taken(back, rewritten(data, unchanged, turned=True), "又一份.docx")
    assert "警告 D814 表里没有要登记的了" in said and "D763" not in said
    assert inspection(back, "CC02") == after and records(back, "问题")[-1]["编号"] == "W2021-09"


def test_a_finding_that_is_there_is_told_and_the_rest_is_taken(back: Run) -> None:
    taken(back, filled(sheet(back), FOUND))
    more = {("问题[].名称", 1): "又一个", ("问题[].事实", 1): "又一件事"}
    said = taken(back, filled(sheet(back), SEEN | FOUND | more))
    assert "表3 第1行 第2格 警告 D763 名称和事实一样的问题已经有了（W2021-09），这一块不再收" in said
    assert [record["名称"] for record in records(back, "问题")[-2:]] == ["1座处理站停运没有报告", "又一个"]
    assert inspection(back, "CC02")["任务落实"] == [RESULT]


def test_a_second_sheet_changes_what_the_first_said_and_shows_it(back: Run) -> None:
    taken(back, filled(sheet(back), SEEN))
    answers = {state("已落实")[0]: "☒", ("任务落实[].说明", 0): "查看3座站，1座停运", ("检查人", 0): "邓某某"}
    code, out, _ = back("collect", arrive(back, filled(sheet(back), answers)))
    assert code == 0
    assert "状态：已部署 → 已落实\n" in out and "检查人：唐某某 → 邓某某\n" in out
    assert "说明：" not in out and "佐证：" not in out  # what stays as it was
    taken(back, filled(sheet(back), answers))
    assert inspection(back, "CC02")["任务落实"] == [{**RESULT, "状态": "已落实", "检查人": "邓某某"}]


def test_two_inspectors_hand_in_a_sheet_each(back: Run) -> None:
    one = {("检查人", 0): "张某某", state("已落实", 0)[0]: "☒", state("已部署", 1)[0]: "☒"}
    other = {("检查人", 0): "唐某某", state("不涉及", 2)[0]: "☒"}
    folder = back.root.parent / "收到"
    folder.mkdir()
    for number, answers in enumerate((one, other)):
        (folder / f"{number}.docx").write_bytes(filled(sheet(back, "JZ91-兴安局"), answers))
    assert back("collect", str(folder), "--accept")[0] == 0
    seen = [(result["检查人"], result["状态"]) for result in inspection(back, "JZ91")["任务落实"]]
    assert seen == [("张某某", "已落实"), ("张某某", "已部署"), ("唐某某", "不涉及")]


def test_a_sheet_that_went_out_blank_is_taken_when_others_are_on_record(back: Run) -> None:
    back.edit(f"{DATA}/清单.yaml", "统计截止日期: 2021-10-31", "统计截止日期: 2021-12-31")
    blank = sheet(back, "JZ91-兴安局")
    taken(back, filled(blank, {("检查人", 0): "张某某", state("已落实")[0]: "☒"} | FOUND))
    taken(back, filled(blank, {("检查人", 0): "唐某某", state("已部署", 1)[0]: "☒"}), "又一份.docx")
    states = [(result["状态"], result["检查人"]) for result in inspection(back, "JZ91")["任务落实"]]
    assert states == [("已落实", "张某某"), ("已部署", "唐某某")]


def test_what_is_on_record_is_printed_and_fixed(back: Run) -> None:
    taken(back, filled(sheet(back, "JZ91-兴安局"), {("检查人", 0): "张某某", state("已落实")[0]: "☒"}))
    assert back("build", "检查底稿", "--as-of", DAY.isoformat(), "--overwrite")[0] == 0
    now = sheet(back, "JZ91-兴安局")
    assert "| 已落实 | （张某某） |" in text_of(now)
    rest = {("检查人", 0): "唐某某", state("已部署")[0]: "☒"}  # of the first task that is still open
    taken(back, filled(now, rest))
    states = [result["状态"] for result in inspection(back, "JZ91")["任务落实"]]
    assert states == ["已落实", "已部署"]

    def change(root: etree._Element) -> None:
        for text in root.iter(f"{W}t"):
            text.text = (text.text or "").replace("（张某某", "（李某某")

    assert back("build", "检查底稿", "--as-of", DAY.isoformat(), "--overwrite")[0] == 0
    now = sheet(back, "JZ91-兴安局")
    changed = rewritten(filled(now, {state("已部署")[0]: "☒"}), change)
    assert " 错误 D735 印好的文字被改动" in refused(back, changed)


def test_a_sheet_of_a_longer_inspection_and_another_team_is_still_taken(back: Run) -> None:
    data = filled(sheet(back), SEEN)
    path = f"{DATA}/检查.yaml"
    before = (back.root / path).read_text("utf-8")
    (back.root / path).write_text(before.replace("结束日期: 2021-11-17", "结束日期: 2021-11-19"), "utf-8")
    assert (back.root / path).read_text("utf-8") != before
    taken(back, data)
    assert inspection(back, "CC02")["任务落实"] == [RESULT]


def test_the_opinion_of_the_unit_goes_to_its_feedback_meeting(back: Run) -> None:
    seen = {state("已部署")[0]: "☒"}
    opinion = {("单位意见", 1): "☒", ("意见说明", 0): "第1项已整改"}
    taken(back, filled(sheet(back, "JZ91-资源局"), seen | opinion))
    assert inspection(back, "JZ91")["反馈会"] == [
        {"单位": "U08", "日期": "2021-11-18", "单位意见": "有异议：第1项已整改"}
    ]
    said = taken(back, filled(sheet(back, "JZ91-兴安局"), seen | {("单位意见", 0): "☒"}))
    assert "警告 D764 被检查单位意见「属实」没有收：JZ91 还没有登记和兴安局党支部的反馈会" in said
    said = taken(back, filled(sheet(back, "JZ91-资源局"), {("单位意见", 0): "☒"}))
    assert (
        "表里没有要登记的了；被检查单位意见「属实」没有收：反馈会已经登记了单位意见「有异议：第1项已整改」"
        in said
    )


def test_a_report_of_sheets_is_that_of_records_typed_in(
    back: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = Run(tmp_path / "手录", capsys)
    shutil.copytree(back.root, typed.root)
    answers = SEEN | {state("已落实", 1)[0]: "☒", ("任务落实[].说明", 1): "台账齐全"}
    facts = "2021年11月17日，检查组看到2号站停运，停运记录没有报告。"
    answers |= {("检查日期", 0): "2021-11-17"} | FOUND | {("问题[].事实", 0): facts}
    taken(back, filled(sheet(back, "JZ91-兴安局"), answers))
    path = typed.root / f"{DATA}/检查.yaml"
    second = {"单位": "U09", "任务": "R2", "状态": "已落实", "说明": "台账齐全"}
    both = [{**RESULT, "任务": "R1"}, second]
    results = [{**result, "日期": "2021-11-17", "检查人": "唐某某"} for result in both]
    added = yaml.safe_dump({"任务落实": results}, allow_unicode=True, sort_keys=False)
    path.write_text(path.read_text("utf-8") + indented(added, 4), "utf-8")
    path = typed.root / f"{DATA}/问题.yaml"
    added = yaml.safe_dump(
        [{"编号": "W2021-09", **FINDING, "检查": "JZ91", "事实": facts}], allow_unicode=True, sort_keys=False
    )
    path.write_text(path.read_text("utf-8") + "\n" + indented(added, 2), "utf-8")
    reports = []
    for run in (back, typed):
        code, _, err = run("build", "体检报告", "--as-of", DAY.isoformat(), "--overwrite")
        assert code == 0, err
        reports.append(text_of(form(run, "体检报告", "JZ91-兴安局")))
    assert reports[0] == reports[1] and "1座处理站停运没有报告" in reports[0] and "台账齐全" in reports[0]


def indented(text: str, by: int) -> str:
    return "".join(f"{' ' * by}{line}\n" for line in text.splitlines())


# ---------------------------------------------------------------- 双签字确认表

SIGNED: dict[tuple[str, int], str] = {
    ("单位意见.无异议", 0): "☒",
    ("党组织签字人", 0): "徐某某",
    ("日期", 0): "2021年9月16日",
    ("纪检监察组签字日期", 0): "2021年9月17日",
}


def to_sign(run: Run) -> bytes:
    return form(run, "双签字确认表", "DT02")


def test_a_signed_form_comes_back_by_its_code(back: Run) -> None:
    said = taken(back, filled(to_sign(back), SIGNED))
    assert "  双签 SQ" in said and "    内容码：（无） → ZW26MG\n" in said
    record = records(back, "双签")[-1]
    del record["编号"]
    assert record == {
        "检查": "DT02",
        "单位": "U06",
        "问题": ["W2021-08"],
        "内容码": "ZW26MG",
        "日期": "2021-09-17",
        "党组织签字人": "徐某某",
        "纪检监察组签字人": "张某某",
        "单位意见": {"无异议": "是"},
    }
    code, _, err = back("check")
    assert code == 0 and "W2021-08" not in err
    assert "错误 D734 已经有双签" in refused(
        back, filled(to_sign(back), {**SIGNED, ("党组织签字人", 0): "某某"})
    )


def test_who_signed_in_person_is_known_by_the_post(back: Run) -> None:
    taken(back, filled(to_sign(back), {**SIGNED, ("党组织签字人", 0): "本人"}))
    unit = next(unit for unit in records(back, "单位") if unit["编号"] == "U06")
    assert records(back, "双签")[-1]["党组织签字人"] == unit["负责人"]["姓名"]


def test_a_refusal_and_then_a_signature(back: Run) -> None:
    because = {("日期", 0): "2021-09-16", ("理由", 0): "对整改时限有不同意见"}
    assert "错误 D760 写了拒签的理由，没有勾「拒绝签字」" in refused(back, filled(to_sign(back), because))
    assert "是拒签，没有写理由" in refused(
        back, filled(to_sign(back), {("日期", 0): "2021-09-16", ("结果=拒签", 0): "☒"})
    )
    against = {("单位意见.无异议", 1): "☒", ("单位意见.说明", 0): "时限太紧", ("结果=拒签", 0): "☒"}
    taken(back, filled(to_sign(back), because | against))
    record = records(back, "双签")[-1]
    assert (record["结果"], record["理由"]) == ("拒签", "对整改时限有不同意见")
    assert record["单位意见"] == {"无异议": "否", "说明": "时限太紧"} and "党组织签字人" not in record
    taken(back, filled(to_sign(back), SIGNED))
    assert [sign.get("结果") for sign in records(back, "双签")[-2:]] == ["拒签", None]


UNCLEAR = {
    "no day": ({("党组织签字人", 0): "徐某某"}, " 错误 D104 缺「日期」"),
    "no signer": ({("日期", 0): "2021-09-16"}, "没有党组织签字人"),
    "both opinions": (SIGNED | {("单位意见.无异议", 1): "☒"}, " 表3 第1行 第2格 错误 D103 「无异议」"),
    "no such day": (SIGNED | {("纪检监察组签字日期", 0): "九月中旬"}, " 表3 第5行 第4格 错误 D103 「日期」"),
}


@pytest.mark.parametrize(("answers", "said"), UNCLEAR.values(), ids=UNCLEAR)
def test_a_signature_that_is_unclear_is_refused(back: Run, answers: Answers, said: str) -> None:
    assert said in refused(back, filled(to_sign(back), answers))


def test_a_form_printed_before_the_finding_changed_is_refused(back: Run) -> None:
    data = filled(to_sign(back), SIGNED)
    back.edit(f"{DATA}/问题.yaml", "漓江干流夜间巡查频次不足", "漓江干流夜间巡查次数不足")
    said = refused(back, data)
    now = re.search(r"表上的内容码是 ZW26MG，现在这份表的是 (\w{6})：", said)
    assert " 错误 D731 " in said and now is not None
    assert "建议：问题改过的，打印现在的表请双方再签；数据改错了的，改回来再收" in said
    assert back("build", "双签字确认表", "--overwrite")[0] == 0
    assert f"内容码 {now[1]}" in text_of(to_sign(back))


def test_a_form_whose_printed_words_were_changed_is_refused(back: Run) -> None:
    def change(root: etree._Element) -> None:
        for text in root.iter(f"{W}t"):
            text.text = (text.text or "").replace("姚某某", "钱某某")

    assert "错误 D735 印好的文字被改动" in refused(back, rewritten(filled(to_sign(back), SIGNED), change))


def test_a_feedback_meeting_entered_after_printing_keeps_no_form_out(back: Run) -> None:
    data = filled(to_sign(back), SIGNED)
    path = back.root / f"{DATA}/检查.yaml"
    path.write_text(path.read_text("utf-8").replace("执法支队党支部会议室", "执法支队三楼会议室"), "utf-8")
    taken(back, data)
    assert records(back, "双签")[-1]["内容码"] == "ZW26MG"


# ---------------------------------------------------------------- 双签 by the code alone, as a row of the workbook


def row(run: Run, **keys: str) -> tuple[JudgedRun, Standing]:
    """What becomes of a new row of 双签."""
    opened = open_workspace(run.root, 2021, None, DAY)
    places: dict[Any, Place] = {(key,): Place("台账.xlsx", detail=f"双签 {key}") for key in keys}
    new = NewRecord("双签", dict(keys), {(): Place("台账.xlsx", detail="双签 第9行"), **places})
    return judge(opened, [Handed("台账.xlsx", (new,))]), opened.at


def test_a_row_follows_from_its_code(back: Run) -> None:
    judged, _ = row(back, 内容码="zw26mg", 日期="2021-09-16", 党组织签字人="徐某某")
    assert not judged.refused
    (new,) = judged.good[0].proposals
    assert isinstance(new, NewRecord)
    follows = {"检查": "DT02", "单位": "U06", "问题": ["W2021-08"], "纪检监察组签字人": "张某某"}
    assert {key: new.tree[key] for key in follows} == follows


def refusal(judged: JudgedRun) -> str:
    ((problem,),) = judged.refused.values()
    return f"{problem.place} {problem.code} {problem.message}（{problem.advice}）"


def test_a_code_that_no_form_bears_is_refused_with_what_waits_to_be_signed(back: Run) -> None:
    judged, _ = row(back, 内容码="ABCDEF", 日期="2021-09-16", 党组织签字人="徐某某")
    said = refusal(judged)
    assert said.startswith(
        "台账.xlsx 双签 内容码 D761 没有一份双签字确认表现在的内容码是 ABCDEF。还没有签的，"
    )
    assert "JZ04 兴安局党支部 的是 9PH6D7" in said and "DT02 执法支队党支部 的是 ZW26MG" in said
    judged, _ = row(back, 检查="JZ04", 内容码="K7M2QP", 日期="2021-05-19", 党组织签字人="秦某某")
    assert "还没有签的，JZ04 兴安局党支部 的是 9PH6D7（" in refusal(judged)
    judged, _ = row(back, 检查="JZ04", 内容码="ZW26MG", 日期="2021-05-19", 党组织签字人="秦某某")
    assert "D761 内容码 ZW26MG 是 DT02 执法支队党支部 的双签字确认表的，这里写的检查、单位是别的" in refusal(
        judged
    )


def test_a_code_that_two_forms_bear_names_both(back: Run) -> None:
    at = open_workspace(back.root, 2021, None, DAY).at
    one, other = (form for code in ("ZW26MG", "9PH6D7") for form in at.forms_of_code[code])
    vars(at)["forms_of_code"] = {"ABCDEF": [one, other]}
    with pytest.raises(Problems) as told:
        completed("双签", {"内容码": "ABCDEF", "日期": "2021-09-16"}, at)
    (problem,) = told.value.diagnostics
    assert problem.code == "D762" and "DT02 执法支队党支部、JZ04 兴安局党支部" in problem.message
    named = completed("双签", {"内容码": "ABCDEF", "单位": "兴安局党支部"}, at)
    assert (named["检查"], named["单位"]) == ("JZ04", "兴安局党支部")


def test_a_row_that_says_everything_stands_as_it_is(back: Run) -> None:
    """A form of last spring that lapsed since: its code is no form's today."""
    judged, _ = row(
        back,
        检查="JZ04",
        单位="U09",
        问题="W2021-06",
        内容码="ABCDEF",
        日期="2021-05-20",
        党组织签字人="秦某某",
        纪检监察组签字人="张某某",
    )
    assert not judged.refused


# ---------------------------------------------------------------- what the code covers

WORDS = st.text("甲乙丙丁，。（）1２", min_size=1, max_size=6).filter(str.strip)
POSTS = st.fixed_dictionaries({"责任人": WORDS}, optional={"部门": WORDS, "责任领导": WORDS, "职务": WORDS})
CHANGES = {
    "名称": WORDS,
    "事实": WORDS,
    "依据": WORDS,
    "整改类别": st.sampled_from(["限期整改", "长期坚持"]),
    "整改目标": WORDS,
    "整改要求": WORDS,
    "整改措施": st.lists(WORDS, min_size=1, max_size=2),
    "责任": POSTS,
    "整改时限": st.dates(date(2021, 10, 1), date(2022, 3, 1)).map(str),
    "共性": WORDS,
    "任务": st.sampled_from(["R3", "R4"]),
    "发现日期": st.just("2021-09-15"),
    "延期": st.dates(date(2021, 12, 16), date(2022, 6, 1)).map(
        lambda day: [{"批准日期": "2021-10-01", "新时限": str(day), "理由": "汛期", "批准人": "张某某"}]
    ),
    "责任变更": WORDS.map(lambda name: [{"日期": "2021-10-08", "责任人": name, "理由": "轮岗"}]),
}
CHANGED = st.sampled_from(sorted(CHANGES)).flatmap(lambda key: st.tuples(st.just(key), CHANGES[key]))


def signed_part(at: Standing, compiled: Compiled) -> tuple[str, list[str]]:
    """The code of the form of DT02, and what it shows of the finding."""
    subject = next(known for known in SUBJECTS["检查.单位"].list(at) if known.code == "DT02/U06")
    made = read_form(read_package(render(compiled, subject).artifact.data, "表"))
    return at.content_code(subject.findings), [cell.text for cell in made.tables[1][1]]


@pytest.mark.parametrize("again", ["否", "是"], ids=["an extension is lawful", "an extension is signed anew"])
def test_the_code_changes_if_and_only_if_what_is_shown_of_a_finding_does(back: Run, again: str) -> None:
    back.edit("checklists/机构.yaml", "  # 延期须重签: 否", f"  延期须重签: {again}")
    opened = open_workspace(back.root, 2021, None, DAY)
    assert opened.at.year.options.resign_on_extension == (again == "是")
    compiled = compile_entries(opened, load_catalogue(back.root), ["双签字确认表"])["双签字确认表"]
    finding = opened.at.year.finding_by_code["W2021-08"]
    before = signed_part(opened.at, compiled)
    seen: set[bool] = set()

    @settings(max_examples=60, deadline=None)
    @given(CHANGED)
    def holds(change: tuple[str, Any]) -> None:
        key, value = change
        tree = {**finding.tree, key: value}  # type: ignore[dict-item]
        other = validate(Finding, finding.written_in, finding.written_at, tree)
        findings = tuple(other if known is finding else known for known in opened.at.year.findings)
        year = replace(opened.at.year, findings=findings)
        after = signed_part(replace(opened.at, year=year), compiled)
        assert (after[0] != before[0]) == (after[1] != before[1]), (key, value, before, after)
        seen.add(after != before)

    holds()
    assert seen == {True, False}
