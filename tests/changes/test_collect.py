"""Forms that come back: filled by script, saved as other programs do, collected through the command line."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Run
from filling import (
    MAIN,
    W14,
    Answers,
    W,
    filled,
    put,
    rewritten,
    rewritten_parts,
    self_check,
    tag_of,
    with_text,
)
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from programs import WORD, saved_by_office
from sample import ROOT, copy_workspace

from liangqing.base import file_changes
from liangqing.base.docx_zip import read_package
from liangqing.changes.numbering import following
from liangqing.cli import main as cli
from liangqing.data.json_schema import headed
from liangqing.data.yaml import edit, places, write
from liangqing.data.yaml.edit import apply_edits
from liangqing.data.yaml.edited_trees import Edit
from liangqing.data.yaml.places import Source, Tree
from liangqing.forms.grid import read_form
from liangqing.forms.mark import content_code, marks

pytestmark = pytest.mark.year

TASKS = {"U01": 3, "U11": 5}
KEPT = "checklists/2021/收回"


@pytest.fixture(scope="session")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample without its self-checks and opinions, and every form of the year made."""
    root = copy_workspace(tmp_path_factory.mktemp("sent") / "工作", issued=True)
    shutil.rmtree(root / "checklists/2021/自查")
    (root / "checklists/2021/征求意见.yaml").unlink()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cli, "today", lambda: date(2021, 11, 1))
        assert cli.main(["-C", str(root), "build", "自查情况表", "征求意见反馈表", "整改情况反馈表"]) == 0
    return root


@pytest.fixture
def back(
    sent: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    """A copy of that workspace to collect into."""
    monkeypatch.setattr(cli, "today", lambda: date(2021, 11, 1))
    root = tmp_path / "工作"
    shutil.copytree(sent, root, ignore=shutil.ignore_patterns("*.lock"))
    (tmp_path / "收到").mkdir()
    return Run(root, capsys)


def form(run: Run, kind: str, name: str) -> bytes:
    (path,) = [each for each in (run.root / f"output/2021/{kind}").iterdir() if name in each.name]
    return path.read_bytes()


def inbox(run: Run) -> Path:
    return run.root.parent / "收到"


def arrive(run: Run, name: str, data: bytes) -> str:
    path = inbox(run) / name
    path.write_bytes(data)
    return str(path)


def lingchuan(run: Run, answers: Answers | None = None) -> bytes:
    """灵川局党支部's self-check of the second round, filled in."""
    return filled(form(run, "自查情况表", "第二期-灵川"), answers or self_check(TASKS["U11"]))


def records(run: Run) -> dict[str, list[dict[str, object]]]:
    """What was collected, section by section."""
    found: dict[str, list[dict[str, object]]] = {}
    for path in sorted((run.root / KEPT).glob("*.yaml")):
        for section, items in yaml.load(path.read_text("utf-8"), yaml.BaseLoader).items():
            found.setdefault(section, []).extend(items)
    return found


def files(run: Run) -> dict[str, bytes]:
    """Every file of the data."""
    folder = run.root / "checklists"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }


# ---------------------------------------------------------------- a whole round


def fill_all(run: Run) -> dict[str, bytes]:
    """All 36 self-checks of the year, two of them wrong in different ways."""
    made = {}
    for path in sorted((run.root / "output/2021/自查情况表").glob("*.docx")):
        data = path.read_bytes()
        root = etree.fromstring(read_package(data, path.name).parts[MAIN].data)
        tasks = sum(tag_of(each) == "任务[].状态" for each in root.iter(f"{W}sdt"))
        answers = self_check(tasks)
        if path.stem == "自查情况表-2021年第二期-灵川局党支部":
            answers["任务[].状态", 1] = "已完成"
        if path.stem == "自查情况表-2021年第三期-办公室党支部":
            answers["报送日期", 0] = "九月底"
        made[path.name] = filled(data, answers)
    return made


def test_thirty_six_forms_of_which_two_are_wrong(back: Run) -> None:
    forms = fill_all(back)
    assert len(forms) == 36
    for name, data in forms.items():
        arrive(back, name, data)
    before = files(back)

    code, out, err = back("collect", str(inbox(back)))
    assert code == 1
    assert "合计：可收 34 份，不收 2 份" in out
    assert files(back) == before  # nothing is written without --accept

    code, out, err = back("collect", str(inbox(back)), "--accept")
    assert code == 1
    assert "合计：已收 34 份，不收 2 份" in out
    wrong = [line for line in err.splitlines() if " 错误 " in line]
    assert len(wrong) == 2
    assert "自查情况表-2021年第三期-办公室党支部.docx 表1 第2行 第2格 错误 D103 「报送日期」" in wrong[0]
    assert "「九月底」" in wrong[0]
    assert (
        "自查情况表-2021年第二期-灵川局党支部.docx 表2 第3行 第5格 错误 D308 " in wrong[1]
        and "「已完成」" in wrong[1]
    )

    after = files(back)
    assert {name: after[name] for name in before} == before  # no file of a person is touched
    new = sorted(after.keys() - before.keys())
    originals = [name for name in new if name.endswith(".docx")]
    assert set(new) == {*originals, "2021/收回/2021-11-01.yaml", "改动记录.jsonl"} and len(originals) == 34
    good = {data for name, data in forms.items() if name not in " ".join(wrong)}
    assert {after[name] for name in originals} == good  # each original as it came
    text = after["2021/收回/2021-11-01.yaml"].decode()
    assert all(hashlib.sha256(data).hexdigest() in text for data in good)
    taken = records(back)["自查"]
    assert len({record["编号"] for record in taken}) == 34
    assert {(record["单位"], record["期次"]) for record in taken} == {
        (each["单位"], each["期次"]) for each in taken
    }

    code, out, _ = back("collect", str(inbox(back)), "--accept")
    assert code == 1
    assert "合计：早已收过 34 份，不收 2 份" in out
    assert files(back) == after

    for name in ("自查情况表-2021年第二期-灵川局党支部.docx", "自查情况表-2021年第三期-办公室党支部.docx"):
        data = form(back, "自查情况表", name.removesuffix(".docx"))
        arrive(back, name, filled(data, self_check(5 if "灵川" in name else 3)))
    code, out, _ = back("collect", str(inbox(back)), "--accept")
    assert (code, out.splitlines()[-3]) == (0, "合计：已收 2 份，早已收过 34 份")
    assert len({(record["单位"], record["期次"]) for record in records(back)["自查"]}) == 36
    assert len({record["编号"] for record in records(back)["自查"]}) == 36


def test_what_was_collected_counts_when_it_is_reviewed(back: Run) -> None:
    arrive(back, "一.docx", lingchuan(back))
    assert back("collect", str(inbox(back)), "--accept")[0] == 0
    path = back.root / f"{KEPT}/2021-11-01.yaml"
    assert "\n    审核结果:\n" in path.read_text("utf-8")
    assert back("build", "年度监督工作总结")[0] == 0
    text = path.read_text("utf-8")
    for key, value in (("审核日期", "2021-07-01"), ("审核人", "李某某"), ("审核结果", "通过")):
        text = text.replace(f"    {key}:\n", f"    {key}: {value}\n")
    path.write_text(text, "utf-8")
    code, _out, _ = back("check")
    assert code == 0
    assert back("build", "年度监督工作总结", "--dry-run")[0] == 3  # one more is counted


def test_what_would_change_is_shown_field_by_field(back: Run) -> None:
    answers = self_check(TASKS["U11"]) | {("任务[].佐证、", 0): "学习记录、照片\n会议纪要"}
    arrive(back, "一.docx", lingchuan(back, answers))
    code, out, _ = back("collect", str(inbox(back)))
    assert code == 0
    assert "    报送日期：（无） → 2021-06-25\n" in out
    assert "    任务 R1 状态：（无） → 已落实\n" in out
    assert "    任务 R1 佐证：（无） → 学习记录、照片、会议纪要\n" in out
    code, out, _ = back("collect", str(inbox(back)), "--json")
    told = json.loads(out)
    assert {"项": "任务 R1 状态", "原": "", "新": "已落实"} in told["可收"][0]["记录"][0]
    assert told["写入"] is None


# ---------------------------------------------------------------- saved by other programs


def split_runs(root: etree._Element) -> None:
    """As Word saves what was typed: revision ids, runs in pieces, marks of the spelling checker between them."""
    for number, run in enumerate(list(root.iter(f"{W}r"))):
        run.set(f"{W}rsidR", f"00{number:06X}")
        texts = run.findall(f"{W}t")
        if len(texts) == 1 and len(texts[0].text or "") > 1:
            second = deepcopy(run)
            whole = texts[0].text or ""
            texts[0].text = whole[:1]
            second.findall(f"{W}t")[0].text = whole[1:]
            error = etree.Element(f"{W}proofErr", {f"{W}type": "spellStart"})
            run.addnext(error)
            error.addnext(second)
    for control in root.iter(f"{W}sdtPr"):
        w15 = "http://schemas.microsoft.com/office/word/2012/wordml"
        etree.SubElement(control, f"{{{w15}}}appearance", {f"{{{w15}}}val": "hidden"})


def smart_tags(root: etree._Element) -> None:
    """As old programs save dates and names."""
    for run in list(root.iter(f"{W}r")):
        tag = etree.Element(f"{W}smartTag", {f"{W}element": "chsdate"})
        run.addprevious(tag)
        tag.append(run)


def block_controls(root: etree._Element) -> None:
    """A control around the paragraph instead of within it."""
    for control in list(root.iter(f"{W}sdt")):
        paragraph, content = control.getparent(), control.find(f"{W}sdtContent")
        assert paragraph is not None and content is not None
        if len(paragraph.findall(f"{W}r")) == 0:
            for run in list(content):
                paragraph.append(run)
            paragraph.addprevious(control)
            content.append(paragraph)


def cell_controls(root: etree._Element) -> None:
    """A control around the whole cell."""
    for cell in list(root.iter(f"{W}tc")):
        controls = list(cell.iter(f"{W}sdt"))
        if len(controls) == 1:
            control = controls[0]
            content = control.find(f"{W}sdtContent")
            assert content is not None
            for run in list(content):
                control.addprevious(run)
            cell.addprevious(control)
            content.append(cell)


def no_tags(root: etree._Element) -> None:
    """As LibreOffice 7.4 saves: the controls are there, their tags are not."""
    for control in root.iter(f"{W}sdtPr"):
        for name in ("tag", "alias", "lock"):
            for each in control.findall(f"{W}{name}"):
                control.remove(each)


def no_controls(root: etree._Element) -> None:
    """The text alone."""
    for control in list(root.iter(f"{W}sdt")):
        content = control.find(f"{W}sdtContent")
        assert content is not None
        for child in list(content):
            control.addprevious(child)
        parent = control.getparent()
        assert parent is not None
        parent.remove(control)


def tracked(root: etree._Element) -> None:
    """Written while changes were tracked: what was there before is struck out, what was filled in is inserted."""
    for control in root.iter(f"{W}sdt"):
        for run in control.findall(f"{W}sdtContent/{W}r"):
            inserted = etree.Element(f"{W}ins", {f"{W}id": "1", f"{W}author": "某"})
            run.addprevious(inserted)
            inserted.append(run)
            gone = etree.Element(f"{W}del", {f"{W}id": "2", f"{W}author": "某"})
            old = etree.SubElement(gone, f"{W}r")
            etree.SubElement(old, f"{W}delText").text = "旧的"
            inserted.addnext(gone)


def unchanged(root: etree._Element) -> None:
    """Only the package is written anew."""


@pytest.mark.parametrize(
    "change",
    [split_runs, smart_tags, block_controls, cell_controls, no_tags, no_controls, tracked, unchanged],
    ids=lambda each: each.__name__,
)
def test_a_form_saved_by_another_program_says_the_same(
    back: Run, change: Callable[[etree._Element], None]
) -> None:
    answers = self_check(TASKS["U11"]) | {
        ("任务[].说明", 2): "台账\n已更新",
        ("任务[].佐证、", 0): "照片；台账",
        ("自查问题[].描述", 0): "3号点没有标识牌",
        ("自查问题[].时限", 0): "2021年7月5日",
    }
    plain = lingchuan(back, answers)
    arrive(back, "一.docx", plain)
    _, expected, _ = back("collect", str(inbox(back) / "一.docx"), "--json")
    arrive(back, "一.docx", rewritten(plain, change, turned=True))
    code, out, err = back("collect", str(inbox(back) / "一.docx"), "--json")
    assert code == 0, err + out
    assert json.loads(out)["可收"] == json.loads(expected)["可收"] != []


@pytest.mark.office
def test_through_libreoffice(back: Run, tmp_path: Path) -> None:
    """All three forms, opened and saved as .docx: 7.4 loses every tag, and no word of what was filled in."""
    made = {
        "自查.docx": lingchuan(
            back, self_check(TASKS["U11"]) | {("自查问题[].描述", 0): "3号点 2021 年没有标识牌，见 Q2 台账"}
        ),
        "意见.docx": opinions(back),
        "反馈.docx": feedback(back),
    }
    for name, data in made.items():
        arrive(back, name, data)
    _, expected, _ = back("collect", str(inbox(back)), "--json")
    saved = saved_by_office(sorted(inbox(back).iterdir()), WORD, tmp_path)
    shutil.rmtree(inbox(back))
    saved.rename(inbox(back))
    assert sorted(each.name for each in inbox(back).iterdir()) == sorted(made)
    code, out, err = back("collect", str(inbox(back)), "--json")
    assert code == 0, err + out
    assert json.loads(out)["可收"] == json.loads(expected)["可收"]
    assert len(json.loads(out)["可收"]) == 3


# ---------------------------------------------------------------- the two other forms


def opinions(run: Run) -> bytes:
    answers = {("日期", 0): "2021-02-01", ("[].意见", 2): "建议按季度更新。", ("[].意见", 6): "总体同意。"}
    return filled(form(run, "征求意见反馈表", "灵川"), answers)


def feedback(run: Run) -> bytes:
    answers = {
        ("日期", 0): "2021年10月8日",
        ("[].措施", 1): "按路段明确巡查人。",
        ("[].完成情况", 1): "责任分解表已修订。\n今后长期坚持。",
        ("[].申请销号", 1): "是",
        ("[].佐证[].名称", 3): "巡查责任分解表",
        ("[].佐证[].日期", 3): "2021.9.8",
        ("[].佐证[].名称", 5): "巡查记录",
    }
    return filled(form(run, "整改情况反馈表", "1号"), answers)


def test_opinions_and_none(back: Run) -> None:
    arrive(back, "一.docx", opinions(back))
    none = {("日期", 0): "2021-02-02", ("处理=无意见", 0): ""}
    arrive(back, "二.docx", filled(form(back, "征求意见反馈表", "阳朔"), none))
    code, _out, err = back("collect", str(inbox(back)), "--accept")
    assert code == 0, err
    head = {"单位": "桂林市灵川生态环境局党支部", "日期": "2021-02-01"}
    assert records(back)["征求意见"] == [
        {"编号": "YJ01", **head, "任务": "R3", "意见": "建议按季度更新。"},
        {"编号": "YJ02", **head, "意见": "总体同意。"},
        {
            "编号": "YJ03",
            "单位": "桂林市阳朔生态环境局党支部",
            "日期": "2021-02-02",
            "处理": "无意见",
        },
    ]


def test_no_opinion_and_an_opinion_contradict(back: Run) -> None:
    answers = {("日期", 0): "2021-02-01", ("处理=无意见", 0): "", ("[].意见", 0): "有意见。"}
    assert refusal(back, filled(form(back, "征求意见反馈表", "灵川"), answers)) == "D749"


def test_feedback_on_one_finding_of_two(back: Run) -> None:
    arrive(back, "一.docx", feedback(back))
    code, _out, err = back("collect", str(inbox(back)), "--accept")
    assert code == 0, err
    (record,) = records(back)["整改反馈"]
    assert record == {
        "编号": "FK10",
        "整改函": "ZG1",
        "日期": "2021-10-08",
        "问题": "W2021-03",
        "措施": "按路段明确巡查人。",
        "完成情况": "责任分解表已修订。\n今后长期坚持。",
        "申请销号": "是",
        "佐证": [{"名称": "巡查责任分解表", "日期": "2021-09-08"}, {"名称": "巡查记录"}],
    }
    assert back("check")[0] == 0
    later = {("日期", 0): "2021-10-20", ("[].完成情况", 0): "又补了两块。"}
    arrive(back, "二.docx", filled(form(back, "整改情况反馈表", "1号"), later))
    assert back("collect", str(inbox(back) / "二.docx"), "--accept")[0] == 0  # a later report is another one
    assert len(records(back)["整改反馈"]) == 2


def test_feedback_before_the_letter_is_judged_as_in_the_data(back: Run) -> None:
    early = {("日期", 0): "2021-04-01", ("[].完成情况", 0): "已完成。"}
    said = refused(back, filled(form(back, "整改情况反馈表", "1号"), early))
    assert " 表1 第3行 第4格 错误 D339 " in said


def test_a_form_of_a_letter_that_is_not_out(unissued: Run) -> None:
    assert unissued("build", "整改情况反馈表")[0] == 0
    (unissued.root.parent / "收到").mkdir()
    answers = {("日期", 0): "2021-10-20", ("[].完成情况", 0): "已完成。"}
    path = arrive(unissued, "一.docx", filled(form(unissued, "整改情况反馈表", "ZG1"), answers))
    code, _, err = unissued("collect", path)
    assert code == 1 and " D738 " in err


# ---------------------------------------------------------------- what is refused


def refused(run: Run, data: bytes, *more: str) -> str:
    """What is said of a form that is not taken."""
    path = arrive(run, "表.docx", data)
    before = files(run)
    code, out, err = run("collect", path, "--accept", *more)
    assert code == 1
    assert files(run) == before
    assert "合计：不收 1 份" in out
    return err


def refusal(run: Run, data: bytes) -> str:
    """The code under which a form is refused."""
    said = refused(run, data)
    (code,) = {line.partition(" 错误 ")[2][:4] for line in said.splitlines() if " 错误 " in line}
    return code


def without_property(docx: bytes) -> bytes:
    """As a program saves that knows no properties of files, without the footer."""
    return rewritten_parts(docx, drop=("docProps/custom.xml", "word/footer1.xml"))


MARKS = {
    "a year that is not here": ("2021年度｜", "2019年度｜", "D732"),
    "another unit": ("第二期/U11", "第二期/U12", "D731"),
    "no such unit": ("第二期/U11", "第二期/U99", "D733"),
    "another version": ("｜第1版｜", "｜第2版｜", "D746"),
    "another kind": ("自查情况表｜第", "自检情况表｜第", "D740"),
    "no mark": ("｜内容码", "　", "D730"),
}


@pytest.mark.parametrize(("old", "new", "code"), MARKS.values(), ids=MARKS)
def test_a_form_that_is_not_the_right_one(back: Run, old: str, new: str, code: str) -> None:
    assert refusal(back, with_text(without_property(lingchuan(back)), old, new)) == code


def test_a_mark_that_was_changed_differs_from_the_property(back: Run) -> None:
    assert refusal(back, with_text(lingchuan(back), "第二期/U11", "第二期/U12")) == "D748"


def test_printed_words_that_were_changed(back: Run) -> None:
    said = refused(back, with_text(lingchuan(back), "建立一口一档", "建立台账"))
    assert " 表2 第4行 第2格 错误 D735 印好的文字被改动：" in said
    assert "原是「治，建立一口一档，落实日常巡查。」，现为「治，建立台账，落实日常巡查。」" in said


def test_words_outside_the_fields_are_told_and_not_taken(back: Run) -> None:
    def add(root: etree._Element) -> None:
        last = list(root.iter(f"{W}p"))[-1]
        paragraph = etree.Element(f"{W}p")
        run = etree.SubElement(paragraph, f"{W}r")
        etree.SubElement(run, f"{W}t").text = "另：情况特殊，请予考虑。"
        last.addnext(paragraph)

    arrive(back, "表.docx", rewritten(lingchuan(back), add))
    code, out, err = back("collect", str(inbox(back)), "--accept")
    assert code == 0 and "合计：已收 1 份" in out
    assert "警告 D816 表里有写在空格以外的「另：情况特殊，请予考虑。」 1 处，不录入" in err


def test_words_in_a_text_box(back: Run) -> None:
    def add(root: etree._Element) -> None:
        picture = etree.SubElement(next(root.iter(f"{W}r")), f"{W}pict")
        paragraph = etree.SubElement(etree.SubElement(picture, f"{W}txbxContent"), f"{W}p")
        etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}t").text = "补充说明"

    assert "文本框 错误 D747 文本框里的文字收不进来" in refused(back, rewritten(lingchuan(back), add))


def test_a_row_that_was_taken_out(back: Run) -> None:
    def drop(root: etree._Element) -> None:
        table = list(root.iter(f"{W}tbl"))[1]
        table.remove(table.findall(f"{W}tr")[3])

    assert "应有 6 行，现有 5 行" in refused(back, rewritten(lingchuan(back), drop))


def test_a_form_made_before_the_data_changed(back: Run) -> None:
    data = lingchuan(back)
    back.edit("checklists/2021/清单.yaml", "建立一口一档，落实日常巡查。", "建立一口一档。")
    assert refusal(back, data) == "D731"


def test_a_form_without_anything_in_it(back: Run) -> None:
    assert refusal(back, form(back, "自查情况表", "第二期-灵川")) == "D736"


def test_what_must_not_enter_is_refused_and_not_echoed(back: Run) -> None:
    answers = self_check(TASKS["U11"]) | {
        ("任务[].说明", 0): "某某的身份证号 11010519491231002X",
        ("报送日期", 0): "见举报人来信",
    }
    said = refused(back, lingchuan(back, answers), "-v")
    assert said.count(" 错误 D901 ") == 2
    assert "11010519491231002X" not in said and "来信" not in said


def test_a_word_that_closes_a_gate_is_taken_and_told(back: Run) -> None:
    arrive(back, "一.docx", lingchuan(back, self_check(5) | {("任务[].说明", 0): "办理信访件2件"}))
    code, _, err = back("collect", str(inbox(back)), "--accept")
    assert code == 0
    assert " 表2 第2行 第6格 还差 D902 " in err


@pytest.mark.parametrize(("name", "code"), [("表.docx", "D502"), ("表.doc", "D502"), ("扫描.pdf", "D502")])
def test_what_is_no_form(back: Run, name: str, code: str) -> None:
    path = arrive(back, name, b"%PDF-1.4")
    assert back("collect", path)[0] == 1
    assert f" {code} " in back("collect", path)[2]


def test_two_copies_and_two_versions_of_one_form(back: Run) -> None:
    arrive(back, "一.docx", lingchuan(back))
    arrive(back, "一 (1).docx", rewritten(lingchuan(back), unchanged, turned=True))
    code, out, err = back("collect", str(inbox(back)))
    assert (code, "合计：可收 1 份，不收 1 份" in out) == (1, True)
    assert "内容也一样，只收前一份" in err
    arrive(back, "一 (1).docx", lingchuan(back, self_check(TASKS["U11"], "已见效")))
    code, out, err = back("collect", str(inbox(back)))
    assert "合计：不收 2 份" in out
    assert err.count(" 错误 D737 ") == 2 and "只留那一份" in err


def test_a_record_typed_in_by_hand_is_not_doubled(back: Run) -> None:
    folder = back.root / "checklists/2021/自查"
    folder.mkdir()
    by_hand = "自查:\n  - {编号: ZC2-11, 单位: 灵川局党支部, 期次: 第二期, 报送日期: 2021-06-20}\n"
    (folder / "手录.yaml").write_text(by_hand, "utf-8")
    said = refused(back, lingchuan(back))
    assert " 错误 D734 已经有自查 ZC2-11（checklists/2021/自查/手录.yaml:2:5），不再收" in said


def test_a_form_that_was_sent_back_comes_again(back: Run) -> None:
    folder = back.root / "checklists/2021/自查"
    folder.mkdir()
    sent_back = (
        "自查:\n  - {编号: ZC2-11, 单位: 灵川局党支部, 期次: 第二期, 报送日期: 2021-06-20, 审核日期: 2021-06-22, "
        "审核结果: 退回补充, 退回理由: 没有佐证, 任务: [{任务: R1, 状态: 已部署}]}\n"
    )
    (folder / "手录.yaml").write_text(sent_back, "utf-8")
    arrive(back, "一.docx", lingchuan(back))
    code, out, err = back("collect", str(inbox(back)), "--accept")
    assert code == 0, err
    assert "    任务 R1 状态：已部署 → 已落实\n" in out
    (record,) = records(back)["自查"]
    assert (record["编号"], record["替代"]) == ("ZC2-12", "ZC2-11")
    assert back("check")[0] == 0


def test_data_with_an_error_is_mended_first(back: Run) -> None:
    back.edit("checklists/2021/问题.yaml", "整改时限: 2021-04-09", "整改时限: 四月上旬")
    arrive(back, "一.docx", lingchuan(back))
    code, _, err = back("collect", str(inbox(back)), "--accept")
    assert code == 1 and "checklists/2021/问题.yaml" in err
    assert not (back.root / KEPT).exists()


# ---------------------------------------------------------------- fields


def test_an_empty_field_is_not_given(back: Run) -> None:
    answers: dict[tuple[str, int], str] = {
        ("任务[].状态", 0): "已落实",
        ("任务[].说明", 0): "单击或点击此处输入文字。",  # what Word puts back into an emptied field
        ("任务[].佐证、", 0): "　 ",
        ("自查问题[].描述", 0): "无",
    }
    arrive(back, "一.docx", lingchuan(back, answers))
    code, _, err = back("collect", str(inbox(back)), "--accept")
    assert code == 0
    (record,) = records(back)["自查"]
    assert record["任务"] == [{"任务": "R1", "状态": "已落实"}]
    assert record.keys() & {"报送日期", "签字人", "自查问题"} == set()
    assert err.count(" 警告 D812 ") == 2 + 4  # 报送日期, 签字人, four states
    assert " 表2 第3行 第5格 警告 D812 「本期状态」没有填" in err


def test_a_row_that_was_added(back: Run) -> None:
    def add(root: etree._Element) -> None:
        row = list(root.iter(f"{W}tr"))[-1]
        for number in range(3):
            copy = deepcopy(row)
            put(next(each for each in copy.iter(f"{W}sdt")), f"第{number + 6}条")
            row.addprevious(copy)

    answers = self_check(TASKS["U11"]) | {
        ("自查问题[].描述", number): f"第{number + 1}条" for number in range(5)
    }
    arrive(back, "一.docx", rewritten(lingchuan(back, answers), add))
    assert back("collect", str(inbox(back)), "--accept")[0] == 0
    found = records(back)["自查"][0]["自查问题"]
    assert isinstance(found, list) and len(found) == 8


def test_pictures_and_remarks_are_told(back: Run) -> None:
    def add(root: etree._Element) -> None:
        etree.SubElement(next(root.iter(f"{W}r")), f"{W}pict")

    arrive(back, "一.docx", rewritten(lingchuan(back), add))
    code, _, err = back("collect", str(inbox(back)))
    assert code == 0 and "警告 D816 表里有图片 1 处，不录入" in err


def test_a_tick_that_was_typed_over_the_box(back: Run) -> None:
    def type_over(root: etree._Element) -> None:
        box = next(root.iter(f"{W14}checkbox"))
        control = next(box.iterancestors(f"{W}sdt"))
        next(control.iter(f"{W}t")).text = "√"

    data = filled(form(back, "征求意见反馈表", "灵川"), {("日期", 0): "2021-02-02"})
    arrive(back, "一.docx", rewritten(data, type_over))
    assert back("collect", str(inbox(back)), "--accept")[0] == 0
    assert records(back)["征求意见"][0]["处理"] == "无意见"


# ---------------------------------------------------------------- writing


def test_a_crash_while_writing_leaves_nothing(back: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    arrive(back, "一.docx", lingchuan(back))
    before = files(back)
    real = file_changes._move

    def fail(source: Path, target: Path) -> None:
        if "备份" not in target.parts:
            raise OSError(28, "full")
        real(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(file_changes, "_move", fail)
        assert back("collect", str(inbox(back)), "--accept")[0] == 1
    assert files(back) == before
    assert back("collect", str(inbox(back)), "--accept")[0] == 0


def test_what_would_not_read_back_is_not_written(back: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    arrive(back, "一.docx", lingchuan(back))
    before = files(back)

    def lossy(*words: Any) -> list[str]:
        return [line.replace("已落实", "落实") for line in write.block_lines(*words)]

    monkeypatch.setattr(edit, "block_lines", lossy)
    code, _, err = back("collect", str(inbox(back)), "--accept")
    assert code == 1 and "D739 改动写不成读得回来的文字" in err
    assert files(back) == before


def test_the_very_file_again_is_told(back: Run) -> None:
    path = arrive(back, "一.docx", lingchuan(back))
    assert back("collect", path, "--accept")[0] == 0
    taken = files(back)
    code, _, err = back("collect", path, "--accept")
    assert code == 0 and f"警告 D814 这份表已经收过（{KEPT}/" in err
    assert files(back) == taken


def test_codes_go_on_where_the_series_ends() -> None:
    def first(codes: list[str]) -> str:
        return next(iter(following(codes, "ZC00")))

    assert first([]) == "ZC01"
    assert first(["FK01", "FK09"]) == "FK10"
    assert first(["ZC1-13", "ZC2-09", "ZC2-10"]) == "ZC2-11"
    assert first(["ZC2-11", "ZC2-10"]) == "ZC2-12"
    assert first(["补报"]) == "ZC01"


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(str.strip)
LINES = st.lists(TEXTS, min_size=1, max_size=3).map("\n".join)


@given(st.lists(st.tuples(LINES, st.lists(TEXTS, min_size=1)), min_size=1, max_size=3))
def test_what_is_written_reads_back(values: list[tuple[str, list[str]]]) -> None:
    records: list[Tree] = [{"编号": text, "佐证": list(listed), "审核人": None} for text, listed in values]
    head = Source("收回.yaml", headed("checklists/2021/收回/表.yaml", ("标题",), "").encode(), None)
    edits = [Edit(("自查", number), record, remark="表.docx") for number, record in enumerate(records)]
    text = apply_edits(head, [Edit(("自查",), []), *edits])
    tree = places.parse(text, "收回.yaml")
    assert isinstance(tree, dict) and tree["自查"] == records
    assert text.decode().count("# 表.docx\n  - ") == len(records)


# ---------------------------------------------------------------- the code of a form


def code_of(docx: bytes) -> str:
    """The code that stands on a form."""
    read = read_form(read_package(docx, "表.docx"))
    (mark,) = {mark for line in read.lines for mark in marks(line.text)}
    return mark.code


def with_code(docx: bytes, code: str) -> bytes:
    """The form with another code wherever it stands: in its text, its footer and its property."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as package, zipfile.ZipFile(out, "w") as copy:
        for name in package.namelist():
            copy.writestr(name, package.read(name).replace(code_of(docx).encode(), code.encode()))
    return out.getvalue()


def test_a_form_of_the_version_before_is_taken(back: Run) -> None:
    """Its code was read off the form; a unit may have had it on its desk for weeks."""
    sent = lingchuan(back)
    before = content_code(read_form(read_package(form(back, "自查情况表", "第二期-灵川"), "表.docx")))
    assert before != code_of(sent)
    arrive(back, "表.docx", with_code(sent, before))
    code, out, err = back("collect", str(inbox(back)), "--accept")
    assert code == 0 and "合计：已收 1 份" in out, err


def test_a_code_of_neither_version_is_refused(back: Run) -> None:
    assert refusal(back, with_code(lingchuan(back), "AAAAAA")) == "D731"


def test_the_code_changes_with_what_is_printed_and_not_with_what_is_for_orientation(back: Run) -> None:
    first = form(back, "自查情况表", "第二期-灵川")
    (back.root / "checklists/2021/自查.yaml").write_text(
        "自查:\n  - {编号: Z1, 单位: U11, 期次: 第一期, 报送日期: 2021-04-01, 签字人: 某某, 审核日期: 2021-04-02, "
        "审核人: 某某, 审核结果: 通过, 任务: [{任务: R1, 状态: 已部署}]}\n",
        "utf-8",
    )
    assert back("build", "自查情况表")[0] == 0
    second = form(back, "自查情况表", "第二期-灵川")
    assert second != first and "已部署" in str(read_form(read_package(second, "表.docx")))
    assert code_of(second) == code_of(first)
    back.edit("checklists/2021/清单.yaml", "建立一口一档，落实日常巡查。", "建立一口一档。")
    assert back("build", "自查情况表")[0] == 0
    assert code_of(form(back, "自查情况表", "第二期-灵川")) != code_of(first)


@pytest.mark.process
def test_another_process_gives_the_same_codes(back: Run) -> None:
    folder = back.root / "output/2021"
    before = {path.name: path.read_bytes() for path in folder.rglob("*.docx")}
    for seed in ("1", "2"):
        shutil.rmtree(folder)
        command = [sys.executable, str(ROOT / "generate.py"), "-C", str(back.root), "build"]
        subprocess.run(
            [*command, "自查情况表", "征求意见反馈表", "整改情况反馈表"],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        )
        assert {path.name: path.read_bytes() for path in folder.rglob("*.docx")} == before
