"""Whatever a person hands over: numbered, judged as if it stood in YAML, written as a whole or not at all, logged."""

from __future__ import annotations

import difflib
import json
from datetime import date
from pathlib import Path

import pytest
from sample import copy_workspace
from small import letter_line, write_small

from liangqing import register
from liangqing.base import file_changes
from liangqing.base.diagnostics import Place, Problems
from liangqing.changes import following
from liangqing.changes.accepting import Taken, accept
from liangqing.changes.judging import JudgedRun, judge
from liangqing.changes.proposed import BESIDE_ORIGINALS, AlteredValue, Handed, NewRecord, Proposal, Withdrawn
from liangqing.data.yaml.places import Tree
from liangqing.year.open_workspace import OpenWorkspace, open_workspace, settled_workspace

DAY = date(2021, 11, 1)
BOOK = "填好的.xlsx"
FINDINGS = "checklists/2021/问题.yaml"


def cell(name: str) -> Place:
    return Place(BOOK, detail=name)


def opened(root: Path) -> OpenWorkspace:
    return open_workspace(root, 2021, None, DAY, look_at_today=True)


def book(*proposals: Proposal) -> Handed:
    return Handed(BOOK, proposals)


def new(section: str, tree: dict[str, Tree], row: str = "新行", **places: str) -> NewRecord:
    return NewRecord(section, tree, {(): cell(row), **{(key,): cell(at) for key, at in places.items()}})


def finding(**values: Tree) -> NewRecord:
    tree: dict[str, Tree] = {"检查": "JZ1", "单位": "U2", "名称": "台账不全", "事实": "没有台账。", **values}
    return new("问题", tree, "问题!A9", 检查="问题!B9", 单位="问题!C9", 整改时限="问题!H9")


def altered(workspace: OpenWorkspace, code: str, path: tuple[str | int, ...], value: Tree) -> AlteredValue:
    record = workspace.at.year.finding_by_code[code]
    return AlteredValue(record, path, value, {(): cell("问题!K3")})


def handed_over(root: Path, *proposals: Proposal) -> Taken:
    """Judged without a fault, and written."""
    then = opened(root)
    judged = judge(then, [book(*proposals)])
    assert judged.refused == {}
    return accept(then, judged, DAY)


def refused(root: Path, *handed: Handed) -> dict[str, list[str]]:
    """What is said of each that is refused, in words."""
    judged = judge(opened(root), handed)
    return {name: [str(problem) for problem in problems] for name, problems in judged.refused.items()}


def lines(before: str, after: str) -> list[str]:
    """Lines that went and came."""
    found = list(difflib.unified_diff(before.splitlines(), after.splitlines(), n=0))[2:]
    return [line for line in found if line[0] in "-+"]


def log(root: Path) -> list[dict[str, str]]:
    path = root / "checklists/改动记录.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_small(tmp_path / "工作")


def text(root: Path, name: str = FINDINGS) -> str:
    return (root / name).read_text("utf-8")


# ---------------------------------------------------------------- new, altered, withdrawn


def test_a_new_record_gets_the_next_number_and_stands_behind_the_others(small: Path) -> None:
    before = text(small)
    taken = handed_over(small, finding(整改措施=["补齐。", "专人负责。"]))
    assert lines(before, text(small)) == [
        "+  - 编号: W3",
        "+    检查: JZ1",
        "+    单位: U2",
        "+    名称: 台账不全",
        "+    事实: 没有台账。",
        "+    整改措施:",
        "+      - 补齐。",
        "+      - 专人负责。",
    ]
    assert taken.files == (FINDINGS,)
    assert [text(small, name) for name in taken.copies] == [before]


def test_an_altered_value_stands_in_the_place_of_the_old_one(small: Path) -> None:
    before = text(small)
    path = ("进展", 0, "内容")
    handed_over(small, altered(opened(small), "W2", path, "档案全部补齐。"))
    assert lines(before, text(small)) == ["-        内容: 档案已补齐。", "+        内容: 档案全部补齐。"]


def test_a_value_without_anything_takes_the_key_out(small: Path) -> None:
    before = text(small)
    handed_over(small, altered(opened(small), "W1", ("任务",), None))
    assert lines(before, text(small)) == ["-    任务: R2"]


def test_items_at_the_end_of_a_list_are_added_in_their_order(small: Path) -> None:
    then, before = opened(small), text(small)
    further = [{"日期": f"2021-06-0{number}", "内容": f"第{number}次。"} for number in (1, 2)]
    handed_over(small, *(altered(then, "W1", ("进展", 99), dict(entry)) for entry in further))
    assert lines(before, text(small)) == [
        "+    进展:",
        "+      - 日期: 2021-06-01",
        "+        内容: 第1次。",
        "+      - 日期: 2021-06-02",
        "+        内容: 第2次。",
    ]


def test_the_values_of_one_new_item_may_come_one_by_one(small: Path) -> None:
    then, before = opened(small), text(small)
    day, what = ("进展", 99, "日期"), ("进展", 99, "内容")
    handed_over(small, altered(then, "W2", day, "2021-05-11"), altered(then, "W2", what, "又核对。"))
    assert lines(before, text(small)) == ["+      - 日期: 2021-05-11", "+        内容: 又核对。"]


def test_what_is_withdrawn_goes_and_its_values_are_logged(small: Path) -> None:
    handed_over(small, finding(依据="某条"))
    before = text(small)
    handed_over(small, Withdrawn(opened(small).at.year.finding_by_code["W3"], cell("问题!A9")))
    assert [line[0] for line in lines(before, text(small))] == ["-"] * 6
    gone = {entry["键"]: entry["原"] for entry in log(small) if entry["新"] == ""}
    assert gone == {
        "编号": "W3",
        "检查": "JZ1",
        "单位": "U2",
        "名称": "台账不全",
        "事实": "没有台账。",
        "依据": "某条",
    }


def test_an_item_that_is_withdrawn_goes_alone(small: Path) -> None:
    before = text(small)
    handed_over(
        small, Withdrawn(opened(small).at.year.finding_by_code["W2"], cell("x"), ("进展", 0, "佐证", 0))
    )
    assert lines(before, text(small)) == [
        "-        佐证:",
        "-          - {名称: 排污口档案, 日期: 2021-05-08}",
    ]


def test_a_section_that_is_not_there_yet_is_made_in_a_file_of_its_name(small: Path) -> None:
    taken = handed_over(
        small, new("送达", {"文种": "双签字确认表", "对象": "JZ1/U2", "单位": "U2", "日期": "2021-04-08"})
    )
    (name,) = taken.files
    assert name == "checklists/2021/送达.yaml" and taken.copies == ()
    assert text(small, name).splitlines()[0] == "# yaml-language-server: $schema=../../schema/年度.json"
    assert text(small, name).endswith(
        "送达:\n  - 文种: 双签字确认表\n    对象: JZ1/U2\n    单位: U2\n    日期: 2021-04-08\n"
    )


def test_a_section_of_which_only_the_teaching_stands_is_begun_below_it(small: Path) -> None:
    path = small / "checklists/2021/送达.yaml"
    teaching = "# 送达\n\n#送达:\n#  - 文号: 某〔2021〕1号\n"
    path.write_text(teaching, "utf-8")
    handed_over(
        small, new("送达", {"文种": "双签字确认表", "对象": "JZ1/U2", "单位": "U2", "日期": "2021-04-08"})
    )
    assert path.read_text("utf-8").startswith(f"{teaching}\n送达:\n  - 文种: 双签字确认表\n")


# ---------------------------------------------------------------- 编号 and names within a run


def test_several_new_ones_of_a_run_count_on_and_refer_to_each_other(tmp_path: Path) -> None:
    root = copy_workspace(tmp_path / "工作", issued=True)
    visits: list[dict[str, Tree]] = [
        {"编号": "新1", "类型": "抽查", "名称": "十月抽查", "开始日期": "2021-10-20", "单位": ["U11"]},
        {"类型": "动态体检", "名称": "十月体检", "开始日期": "2021-10-21", "单位": ["U12"]},
    ]
    named = [finding(检查="十月体检", 单位="U12"), finding(检查="新1", 单位="U11")]
    handed_over(root, *named, *(new("检查", visit) for visit in visits))
    year = opened(root).at.year
    assert [inspection.code for inspection in year.inspections[-2:]] == ["CC03", "DT03"]
    assert [(one.code, one.inspection) for one in year.findings[-2:]] == [
        ("W2021-09", "DT03"),
        ("W2021-10", "CC03"),
    ]


def test_a_new_task_is_numbered_as_the_others_are(small: Path) -> None:
    checklist = opened(small).at.year.checklist
    task: dict[str, Tree] = {
        "监督内容": "水环境治理",
        "具体任务": "建立台账。",
        "责任主体": "全体单位",
        "监督方式": "查阅资料",
        "完成时限": "2021-12-01",
    }
    handed_over(small, AlteredValue(checklist, ("任务", 99), task, {(): cell("清单!A9")}))
    assert opened(small).at.year.checklist.tasks[-1].code == "R3"


def test_a_number_that_was_withdrawn_is_not_given_again(small: Path) -> None:
    handed_over(small, finding())
    handed_over(small, Withdrawn(opened(small).at.year.finding_by_code["W3"], cell("问题!A9")))
    handed_over(small, finding())
    assert [one.code for one in opened(small).at.year.findings] == ["W1", "W2", "W4"]
    assert refused(small, book(new("问题", {**finding().tree, "编号": "W3"}, "A1", 编号="问题!A10"))) == {
        BOOK: [
            f"{BOOK} 问题!A10 错误 D652 问题「W3」以前用过（登记、发出的文书或改动记录里有），不能再给另一条\n"
            "    建议：编号这一格留空，由程序接着编；或换一个没用过的"
        ]
    }


def test_a_number_that_only_a_paper_bears_is_not_given_again(small: Path) -> None:
    folder = small / "checklists/发文/2021"
    folder.mkdir(parents=True)
    (folder / "某.json").write_text('{"整改函": {"问题": ["W3"]}}', "utf-8")
    handed_over(small, finding())
    assert opened(small).at.year.findings[-1].code == "W4"


def test_a_number_is_not_altered(small: Path) -> None:
    said = refused(small, book(altered(opened(small), "W1", ("编号",), "W9")))
    assert said == {
        BOOK: [f"{BOOK} 问题!K3 错误 D650 「编号」由「W1」改成了「W9」\n    建议：改回「W1」；编号不能改"]
    }


def test_keys_that_follow_from_others_are_put_in(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    follows = {"问题": lambda tree, at: {**tree, "依据": f"{at.year.year}年清单"}}
    monkeypatch.setattr(following, "COMPLETING", follows)
    handed_over(small, finding())
    assert opened(small).at.year.findings[-1].clause == "2021年清单"


# ---------------------------------------------------------------- judged as in YAML


def test_what_is_wrong_is_told_with_its_cell(small: Path) -> None:
    said = refused(small, book(finding(整改类别="限期整改", 整改时限="2021-13-01", 单位="U9")))
    assert [line.partition("\n")[0] for line in said[BOOK]] == [
        f"{BOOK} 问题!H9 错误 D103 「整改时限」以数字开头的应为日期（如 2021-09-30），现为「2021-13-01」"
    ]
    said = refused(small, book(finding(单位="U9")))
    assert [line.partition("\n")[0] for line in said[BOOK]] == [
        f"{BOOK} 问题!C9 错误 D201 「单位」里的「U9」找不到对应的单位"
    ]


def test_a_fault_that_only_the_year_shows_is_told_with_its_cell(small: Path) -> None:
    said = refused(small, book(finding(整改类别="限期整改", 整改时限="2021-01-01")))
    assert [line[: line.index(" 问题 W3")] for line in said[BOOK]] == [f"{BOOK} 问题!H9 错误 D354"]


def test_what_was_wrong_before_keeps_nothing_out(small: Path) -> None:
    path = small / "checklists/2021/自查.yaml"
    path.write_text(
        text(small, "checklists/2021/自查.yaml").replace("期次: 第一期", "期次: 第九期", 1), "utf-8"
    )
    assert opened(small).errors
    handed_over(small, finding())
    assert opened(small).at.year.findings[-1].code == "W3"


def test_one_that_is_wrong_does_not_keep_the_others_out(small: Path) -> None:
    good = Handed("甲.docx", (finding(名称="甲"),))
    wrong = Handed("乙.docx", (NewRecord("问题", finding(单位="U9").tree, {(): Place("乙.docx")}),))
    last = Handed("丙.docx", (finding(名称="丙"),))
    judged = judge(opened(small), [good, wrong, last])
    assert list(judged.refused) == ["乙.docx"]
    assert [
        (one.name, [proposal.tree["编号"] for proposal in one.proposals if isinstance(proposal, NewRecord)])
        for one in judged.good
    ] == [
        ("甲.docx", ["W3"]),
        ("丙.docx", ["W4"]),
    ]


def test_what_is_wrong_at_another_place_is_found_by_trying_one_by_one(small: Path) -> None:
    """A period that is called otherwise: who names it stands in a file, and only one of the two brings that about."""
    then = opened(small)
    path = ("自查期次", 0, "名称")
    renamed = AlteredValue(then.at.year.checklist, path, "春季", {(): Place("甲.docx", detail="一")})
    judged = judge(then, [Handed("甲.docx", (renamed,)), book(finding())])
    assert list(judged.refused) == ["甲.docx"] and [one.name for one in judged.good] == [BOOK]


def test_a_value_that_was_signed_changes_in_a_lawful_way_only(tmp_path: Path) -> None:
    root = copy_workspace(tmp_path / "工作", issued=True)
    then = opened(root)
    said = refused(root, book(altered(then, "W2021-07", ("整改时限",), "2021-12-01")))
    assert said == {
        BOOK: [
            f"{BOOK} 问题!K3 错误 D625 问题 W2021-07 已经签字或发函，「整改时限」不能直接改\n"
            "    建议：经批准延期的，在「延期」里加一条：{批准日期: …, 新时限: …, 理由: …, 批准人: …}"
        ]
    }


# ---------------------------------------------------------------- what something rests on


def test_what_records_name_is_not_withdrawn(small: Path) -> None:
    said = refused(small, book(Withdrawn(opened(small).at.year.finding_by_code["W1"], cell("问题!A2"))))
    assert said == {
        BOOK: [
            f"{BOOK} 问题!A2 错误 D651 问题 W1 不能作废：checklists/2021/双签.yaml:5:10、checklists/2021/整改函.yaml:4:10 用着它\n"
            "    建议：还有记录用着它的，先改掉或作废那几处；已经印发的文书写到它的，留着这一条，去掉作废的记号"
        ]
    }


def test_what_rests_on_it_may_be_withdrawn_with_it(small: Path) -> None:
    year = opened(small).at.year
    letter = AlteredValue(year.letters[0], ("问题",), ["W2"], {(): cell("整改函!D2")})
    signs = Withdrawn(year.dual_signs[0], cell("双签!A2"))
    handed_over(small, letter, signs, Withdrawn(year.finding_by_code["W1"], cell("问题!A2")))
    year = opened(small).at.year
    assert [one.code for one in year.findings] == ["W2"] and year.dual_signs == ()
    assert text(small, "checklists/2021/双签.yaml") == "双签: []\n"


def test_what_a_paper_is_about_is_not_withdrawn(small: Path) -> None:
    register.append(small, letter_line(1, "ZG1", date(2021, 6, 9)), register.load(small))
    said = refused(small, book(Withdrawn(opened(small).at.year.letters[0], cell("整改函!A2"))))
    assert "整改函 ZG1 不能作废：已印发的 " in said[BOOK][0]


def test_a_task_that_is_named_is_not_withdrawn(small: Path) -> None:
    withdrawn = Withdrawn(opened(small).at.year.checklist, cell("清单!A3"), ("任务", 1))
    (said,) = refused(small, book(withdrawn))[BOOK]
    assert said.startswith(f"{BOOK} 清单!A3 错误 D651 清单 的「任务」第 2 项 不能作废：")


# ---------------------------------------------------------------- shown and logged


def test_every_value_is_shown_with_both_places(small: Path) -> None:
    then = opened(small)
    judged = judge(then, [book(finding(), altered(then, "W1", ("整改要求",), "马上补设。"))])
    assert judged.shown[-1].record() == {
        "记录": "问题 W1",
        "列": "整改要求",
        "原": "补设标识牌。",
        "新": "马上补设。",
        "格": f"{BOOK} 问题!K3",
        "位置": f"{FINDINGS}:9:11",
    }
    new_ones = [(change.record_label, change.key, change.before, change.after) for change in judged.shown[:5]]
    assert new_ones == [
        ("问题 W3", "编号", "", "W3"),
        ("问题 W3", "检查", "", "JZ1"),
        ("问题 W3", "单位", "", "U2"),
        ("问题 W3", "名称", "", "台账不全"),
        ("问题 W3", "事实", "", "没有台账。"),
    ]
    assert [str(change.given) for change in judged.shown[1:3]] == [f"{BOOK} 问题!B9", f"{BOOK} 问题!C9"]


def test_the_log_says_from_what_to_what_and_out_of_which_file(small: Path) -> None:
    then = opened(small)
    handed_over(
        small, altered(then, "W2", ("进展", 0, "内容"), "全部补齐。"), altered(then, "W2", ("任务",), "R1")
    )
    assert [(one["来源"], one["编号"], one["键"], one["原"], one["新"]) for one in log(small)] == [
        (BOOK, "W2", "进展 1 内容", "档案已补齐。", "全部补齐。"),
        (BOOK, "W2", "任务", "", "R1"),
    ]


# ---------------------------------------------------------------- written as a whole


def everything(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and path.suffix != ".lock"
    }


def run_of_three(root: Path) -> tuple[OpenWorkspace, JudgedRun]:
    """A run that changes a file, makes two, and keeps an original."""
    then = opened(root)
    delivery = {"文种": "双签字确认表", "对象": "JZ1/U2", "单位": "U2", "日期": "2021-04-08"}
    apart = NewRecord(
        "征求意见",
        {"单位": "U2", "处理": "无意见", "日期": "2021-02-01"},
        {(): cell("x")},
        file=BESIDE_ORIGINALS,
    )
    handed = Handed(
        "表.docx", (finding(), new("送达", dict(delivery)), apart), original=b"PK", kept_as="反馈表-U2.docx"
    )
    judged = judge(then, [handed])
    assert judged.refused == {}
    return then, judged


def test_originals_are_kept_beside_the_records_that_come_out_of_them(small: Path) -> None:
    taken = accept(*run_of_three(small), DAY)
    assert taken.originals == ("checklists/2021/收回/2021-11-01/反馈表-U2.docx",)
    assert "  # 2021-11-01/反馈表-U2.docx  sha256 " in text(small, "checklists/2021/收回/2021-11-01.yaml")
    assert {one["来源"] for one in log(small)} == set(taken.originals)
    assert accept(*run_of_three_again(small), DAY).originals == (
        "checklists/2021/收回/2021-11-01-2/反馈表-U2.docx",
    )


def run_of_three_again(root: Path) -> tuple[OpenWorkspace, JudgedRun]:
    then = opened(root)
    return then, judge(
        then, [Handed("表.docx", (finding(名称="又"),), original=b"PK", kept_as="反馈表-U2.docx")]
    )


@pytest.mark.parametrize("at", range(5))
def test_wherever_the_disk_fails_nothing_is_left(
    small: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """Four are moved in and then the log is added to: the backups, what came with its list, one changed, one new."""
    then, judged = run_of_three(small)
    before = everything(small)
    real, moved = file_changes._move, list[Path]()

    def fail(source: Path, target: Path) -> None:
        moved.append(target)
        if len(moved) == at + 1:
            raise OSError(28, "full")
        real(source, target)

    def no_log(path: Path, words: bytes) -> None:
        raise OSError(28, "full")

    if at == 4:
        monkeypatch.setattr(file_changes, "_add", no_log)
    else:
        monkeypatch.setattr(file_changes, "_move", fail)
    with pytest.raises(OSError, match="full"):
        accept(then, judged, DAY)
    assert everything(small) == before
    monkeypatch.undo()
    assert len(accept(then, judged, DAY).files) == 3


@pytest.mark.parametrize("name", [FINDINGS, "checklists/2021/送达.yaml"])
def test_a_file_that_was_changed_or_made_meanwhile_is_not_written_over(small: Path, name: str) -> None:
    then, judged = run_of_three(small)
    path = small / name
    path.write_text((path.read_text("utf-8") if path.exists() else "") + "# 我加的\n", "utf-8")
    before = everything(small)
    with pytest.raises(Problems, match="D624 这个文件刚才又被改过，什么也没有写"):
        accept(then, judged, DAY)
    assert everything(small) == before


def test_what_cannot_be_put_back_is_named_and_put_back_by_the_next_command(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    then, judged = run_of_three(small)
    before = everything(small)
    real, (stuck,) = file_changes._move, [name for name, (old, _) in judged.files.items() if old]
    broken: list[Path] = []

    def fail(source: Path, target: Path) -> None:
        if broken or target == small / "checklists/2021/送达.yaml":
            broken.append(target)
            raise OSError(28, "full")
        real(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(file_changes, "_move", fail)
        with pytest.raises(Problems) as failed:
            accept(then, judged, DAY)
    (problem,) = failed.value.diagnostics
    assert (problem.code, problem.place) == ("D697", Place(stuck)) and "再运行一次 check" in problem.advice
    after = everything(small)
    assert [name for name in before if after[name] != before[name]] == [stuck]
    settled_workspace(small, None, None, DAY)
    assert everything(small) == before
