"""The ladder, recipients, the next year, likely repeats, and what the files say of themselves."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from conftest import Run
from docx import Document
from docx_text import text_of
from sample import ROOT

from liangqing.base.find_names import NameFinder
from liangqing.year.open_workspace import open_workspace

FINDINGS = "checklists/2021/问题.yaml"
PAPERS = "checklists/2021/文书.yaml"
FINDING_7 = "    整改时限: 2021-11-05\n"


def proposed(run: Run, day: str) -> list[tuple[str, str]]:
    """(文种 and unit, findings) of each proposal, from the table."""
    code, out, err = run("propose", "--as-of", day, "--dry-run")
    assert code == 0, err
    rows = [
        [cell.strip() for cell in line.split("│")[1:-1]] for line in out.splitlines() if line.startswith("│")
    ]
    return [(f"{row[0]} {row[1]}", row[2]) for row in rows]


def without_papers(run: Run) -> None:
    (run.root / PAPERS).unlink()


# the ladder


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2021-10-25", [("督办函 兴安局党支部", "W2021-06")]),
        ("2021-10-26", [("督办函 兴安局党支部", "W2021-06"), ("提醒函 执法支队党支部", "W2021-07")]),
        ("2021-11-05", [("督办函 兴安局党支部", "W2021-06"), ("提醒函 执法支队党支部", "W2021-07")]),
        ("2021-11-06", [("督办函 兴安局党支部", "W2021-06"), ("督办函 执法支队党支部", "W2021-07")]),
    ],
)
def test_a_step_is_proposed_from_its_day_on(run: Run, day: str, expected: list[tuple[str, str]]) -> None:
    without_papers(run)
    assert proposed(run, day) == expected


def test_what_waits_to_be_issued_is_not_proposed_again(run: Run) -> None:
    assert proposed(run, "2021-11-05") == []


def test_the_next_step_waits_for_the_new_limit(run: Run) -> None:
    text = (run.root / PAPERS).read_text("utf-8")
    head, _, rest = text.partition("  # 两次催要没有结果以后约谈")
    (run.root / PAPERS).write_text(head, "utf-8")
    assert rest and run("issue", "督办函", "DB1", "--date", "2021-10-28")[0] == 0
    assert proposed(run, "2021-11-18") == [("督办函 执法支队党支部", "W2021-07")]
    assert ("约谈通知书 兴安局党支部", "W2021-06") in proposed(run, "2021-11-22")


def test_a_void_paper_was_never_sent(run: Run) -> None:
    head = (run.root / PAPERS).read_text("utf-8").partition("  # 两次催要没有结果以后约谈")[0]
    (run.root / PAPERS).write_text(head, "utf-8")
    assert run("issue", "督办函", "DB1", "--date", "2021-10-28")[0] == 0
    assert run("void", "市纪驻环督〔2021〕1号", "--why", "发错", "--date", "2021-10-29")[0] == 0
    assert ("督办函 兴安局党支部", "W2021-06") in proposed(run, "2021-11-01")


def test_an_extension_stops_overdue_and_begins_the_ladder_anew(run: Run) -> None:
    assert run("issue", "提醒函", "TX1", "--date", "2021-10-28")[0] == 0
    moved = (
        FINDING_7
        + "    延期:\n      - {批准日期: 2021-11-02, 新时限: 2021-11-30, 理由: 采购, 批准人: 张某某}\n"
    )
    run.edit(FINDINGS, FINDING_7, moved)
    assert proposed(run, "2021-11-19") == []
    assert proposed(run, "2021-11-20") == [
        ("提醒函 执法支队党支部", "W2021-07"),
        ("提醒函 资源局党支部", "W2020-01"),  # of the year before
    ]


def test_a_step_in_working_days_and_a_new_limit_that_is_a_date(run: Run) -> None:
    without_papers(run)
    ladder = "选项:\n  督办阶梯: [{文种: 督办函, 工作日: 3, 限期工作日: 10}]\n"
    (run.root / "checklists/2021/选项.yaml").write_text(ladder, "utf-8")
    assert proposed(run, "2021-10-19") == []  # 15 October is a Friday: Monday, Tuesday, Wednesday
    assert proposed(run, "2021-10-20") == [("督办函 兴安局党支部", "W2021-06")]
    code, out, _ = run("propose", "--as-of", "2021-10-20", "--yes")
    assert code == 0
    written = re.search(r"已写：(\S+)，", out)
    assert written is not None
    assert "新时限: 2021-11-03" in (run.root / written[1]).read_text("utf-8")


def test_proposals_are_written_into_a_file_of_their_own(run: Run) -> None:
    without_papers(run)
    assert run("propose", "--as-of", "2021-10-26", "--unit", "U09", "--yes")[0] == 0
    first = run.root / "checklists/2021/文书-拟办-2021-10-26.yaml"
    before = first.read_text("utf-8")
    assert "编号: 督办函-U09-1" in before and "U06" not in before
    assert run("propose", "--as-of", "2021-10-26", "--yes")[0] == 0
    assert first.read_text("utf-8") == before
    assert (run.root / "checklists/2021/文书-拟办-2021-10-26-2.yaml").is_file()
    assert "没有要提议的文书" in run("propose", "--as-of", "2021-10-26")[1]
    assert run("check")[0] == 0
    assert run("reminders", "督办函-U09-1")[0] == 0


LADDER = "选项:\n  督办阶梯: [{文种: 督办函, 工作日: 1, 限期工作日: 5}]\n"
PRESUMED = "（暂按双休推算）"


@pytest.fixture
def far(run: Run) -> Run:
    """The sample with a limit in a year that has no calendar, in the days when that is over."""
    without_papers(run)
    run.edit(FINDINGS, FINDING_7, "    整改时限: 2099-01-01\n")
    (run.root / "checklists/2021/选项.yaml").write_text(LADDER, "utf-8")
    return run


def test_a_year_without_a_calendar_is_presumed_and_said_to_be(far: Run) -> None:
    code, out, _ = far("propose", "--as-of", "2099-01-05", "--unit", "U06", "--dry-run")
    assert code == 0 and f"2099-01-12{PRESUMED}" in out.replace("\n", "")
    assert f"新时限2099年1月12日{PRESUMED}" in far("status", "--as-of", "2099-01-05")[1].replace("\n", "")
    assert far("check", "--as-of", "2099-01-05")[2].count("D805") == 1


def test_once_the_calendar_is_written_nothing_is_presumed(far: Run) -> None:
    far("propose", "--as-of", "2099-01-05", "--unit", "U06", "--yes")
    text = "调休:\n  - {年度: 2099, 放假: [2099-01-12], 上班: [2099-01-10]}\n"
    (far.root / "checklists/调休.yaml").write_text(text, "utf-8")
    said = far("check", "--as-of", "2099-01-06")[2]
    assert "D805" not in said
    assert "D804 督办函 督办函-U06-1 的新时限（2099年1月12日）是休息日\n" in said


def test_a_paper_prints_no_working_days_that_are_presumed(far: Run) -> None:
    far("propose", "--as-of", "2099-01-05", "--unit", "U06", "--yes")
    assert far("build", "督办函", "--as-of", "2099-01-06", "--overwrite")[0] == 0
    (path,) = (far.root / "output/2021/督办函").glob("*U06*.docx")
    text = text_of(path.read_bytes())
    assert "已逾期5天，" in text and "个工作日" not in text and "推算" not in text


# recipients


def test_a_paper_to_one_unit_does_not_name_another(run: Run) -> None:
    run.edit(FINDINGS, "每月抽查不少于2座站。", "每月抽查不少于2座站，学习资源局党支部的做法。")
    code, _, said = run("lists", "兴安局党支部")
    assert code == 0
    assert re.search(
        r"checklists/2021/问题\.yaml:\d+:\d+ 还差 D409 三张清单 U09 的「问题清单.整改措施」写到「资源局党支部」",
        said,
    )
    assert not (run.root / "output/2021/三张清单").exists()


def test_nor_is_it_issued(run: Run) -> None:
    run.edit(PAPERS, "      - 按月抽查制度尚未建立。", "      - 按月抽查制度没有像资源局党支部那样建立。")
    before = (run.root / "checklists/发文登记.yaml").read_bytes()
    code, _, said = run("issue", "督办函", "DB1", "--date", "2021-11-01")
    assert code == 1 and "D409 督办函 DB1 的「文书.未完成事项」写到「资源局党支部」" in said
    assert (run.root / "checklists/发文登记.yaml").read_bytes() == before


def test_a_mention_is_released_on_record(run: Run) -> None:
    run.edit(PAPERS, "      - 按月抽查制度尚未建立。", "      - 按月抽查制度没有像资源局党支部那样建立。")
    head = "    事由: 农村污水处理设施运行维护问题整改逾期\n"
    run.edit(PAPERS, head, head + "    放行: [{门槛: 提及单位, 理由: 现场会已公开, 批准人: 张某某}]\n")
    assert run("issue", "督办函", "DB1", "--date", "2021-11-01")[0] == 0


def test_of_names_that_contain_each_other_the_longest_counts() -> None:
    names = ("安局党支部", "兴安局党支部", "局党组")
    assert NameFinder(names).longest("兴安局党支部和临安局党支部") == ["兴安局党支部", "安局党支部"]
    assert NameFinder((*names, "中共某局党组")).longest("中共某局党组") == ["中共某局党组"]


@pytest.mark.parametrize(
    ("name", "caught"),
    [("兴安局", True), ("桂林市兴安生态环境局", True), ("办公室", False), ("执法支队", False)],
)
def test_a_unit_is_named_without_its_kind_too(run: Run, name: str, caught: bool) -> None:
    run.edit(
        PAPERS, "      - 完成后及时报送佐证材料，申请销号。", f"      - 学习{name}的做法，完成后申请销号。"
    )
    code, _, said = run("reminders", "TX1")
    assert code == 0
    assert (f"D409 提醒函 TX1 的「文书.要求」写到「{name}」" in said) is caught


def test_what_was_seen_in_a_unit_names_no_other(run: Run) -> None:
    seen = "checklists/2021/监督记录.yaml"
    first = re.search(
        r"    单位: (\w+)\n(?:    .*\n)*?    内容: (.*)\n", (run.root / seen).read_text("utf-8")
    )
    assert first is not None
    run.edit(seen, first[2], f"{first[2]}阳朔局党支部也是这样。")
    code, _, said = run("reports")
    assert code == 0 and "监督记录.内容」写到「阳朔局党支部」" in said


VISIT = "checklists/2021/检查.yaml"


def called(run: Run, name: str) -> None:
    """JZ02, the inspection of 资源局党支部 alone, called otherwise."""
    text = (run.root / VISIT).read_text("utf-8")
    found = re.search(r"  - 编号: JZ02\n(?:    .*\n)*?    名称: (.*)\n", text)
    assert found is not None
    run.edit(VISIT, f"    名称: {found[1]}\n", f"    名称: {name}\n")


def test_an_inspection_may_be_called_after_the_units_that_it_goes_to(run: Run) -> None:
    text = (run.root / VISIT).read_text("utf-8")
    (units,) = re.findall(r"  - 编号: JZ02\n(?:    .*\n)*?(    单位: .*\n)", text)
    first = text.index("  - 编号: JZ02")
    (run.root / VISIT).write_text(
        text[:first] + text[first:].replace(units, "    单位: [U08, U06]\n", 1), "utf-8"
    )
    called(run, "资源局党支部、执法支队党支部集中清查")
    code, _, said = run("reports", "JZ02", "--overwrite")
    assert code == 0 and "D409" not in said
    assert (run.root / "output/2021/体检报告/体检报告-JZ02-资源局党支部.docx").is_file()


def test_a_third_unit_in_its_name_or_in_a_fact_is_told_once(run: Run) -> None:
    called(run, "资源局党支部、阳朔局党支部集中清查")
    _, _, said = run("reports", "资源局党支部", "JZ02")
    assert said.count("D409") == 1 and "写到「阳朔局党支部」" in said and "「资源局党支部」" not in said
    called(run, "资源局党支部集中清查")
    run.edit(
        FINDINGS,
        "每月抽查不少于2座站。",
        "每月抽查不少于2座站，学习资源局党支部集中清查的做法和资源局党支部的做法。",
    )
    _, _, said = run("lists", "兴安局党支部")
    assert said.count("D409") == 1 and "写到「资源局党支部」" in said


def test_waivers_of_the_guard_do_not_stand_in_the_summary(run: Run) -> None:
    release = "    放行: [{{门槛: {}, 理由: 现场会已公开, 批准人: 张某某}}]\n"
    head = "    事由: 农村污水处理设施运行维护问题整改逾期\n"
    for gate, printed in (("提及单位", False), ("举报", False), ("整改要求", True)):
        run.edit(PAPERS, head, head + release.format(gate))
        assert run("summary", "--overwrite")[0] == 0
        (path,) = (run.root / "output/2021/年度监督工作总结").glob("*.docx")
        assert ("现场会已公开" in text_of(path.read_bytes())) is printed
        run.edit(PAPERS, release.format(gate), "")


def test_a_circular_names_no_person(run: Run) -> None:
    run.edit(PAPERS, "明确运行维护责任，按月抽查", "董某某要明确运行维护责任，按月抽查")
    code, _, said = run("circular")
    assert code == 0 and "D409 通报 TB1 的「文书.要求」写到「董某某」" in said


def test_what_is_internal_is_not_read_by_what_leaves_the_group(run: Run) -> None:
    catalogue = "templates/文种.yaml"
    text = (run.root / catalogue).read_text("utf-8")
    head, entry, rest = text.partition("年度监督工作总结:\n")
    (run.root / catalogue).write_text(head + entry + rest.replace("受众: 内部", "受众: 全体", 1), "utf-8")
    code, _, said = run("check")
    assert code == 1 and "D583 年度监督工作总结的模板读到「放行、问责统计」" in said


def test_every_kind_of_ours_says_who_may_read_it() -> None:
    text = (ROOT / "templates/文种.yaml").read_text("utf-8")
    entries = re.findall(r"^(\w+):\n((?:  .*\n)+)", text, re.MULTILINE)
    assert len(entries) > 15
    assert [name for name, body in entries if "  受众: " not in body] == []


def test_files_say_nothing_of_who_made_them(year_papers: dict[str, list[Path]]) -> None:
    """No author, company, path or revision id in any paper of the sample year."""
    told = re.compile(
        rb"creator|lastModifiedBy|Company|Manager|rsid|attachedTemplate|HyperlinkBase|file:///|[A-Z]:\\|/home/|/tmp/"
    )
    papers = [path for paths in year_papers.values() for path in paths]
    assert len(papers) > 60
    for path in papers:
        with zipfile.ZipFile(path) as package:
            assert "docProps/app.xml" not in package.namelist()
            for name in package.namelist():
                found = told.search(package.read(name)) if name.endswith((".xml", ".rels")) else None
                assert found is None, (path.name, name, found)


# likely repeats


def test_a_likely_repeat_is_told_and_not_decided(run: Run) -> None:
    facts = "2021年9月15日，检查组查阅2021年7月至8月巡查安排"
    text = (run.root / FINDINGS).read_text("utf-8")
    again = (
        text[text.index("  - 编号: W2021-08") :]
        .replace("W2021-08", "W2021-09")
        .replace(facts, facts + "复查")
    )
    (run.root / "checklists/2021/问题二.yaml").write_text(
        "问题:\n" + again.replace("    检查: DT02\n", "    检查: DT02\n    发现日期: 2021-10-18\n"), "utf-8"
    )
    _, out, _ = run("status", "--as-of", "2021-10-31", "--format", "json")
    assert "W2021-09 漓江干流夜间巡查频次不足，与 W2021-08 相似，是不是重复由人判断" in out.replace(
        " W2021-08 ", " W2021-08 "
    )


# the next year


def test_the_next_year_is_begun_and_passes_check(run: Run) -> None:
    code, out, err = run("new-year", "2022", "--dry-run")
    assert code == 0 and not (run.root / "checklists/2022").exists(), err
    code, out, err = run("new-year", "2022")
    assert code == 0, err
    assert "W2021-06 | 兴安局党支部" in out and "W2020-01" in out and "W2021-01" not in out
    code, out, err = run("check", "--year", "2022")
    assert code == 0, err
    made = (run.root / "checklists/2022/清单.yaml").read_text("utf-8")
    assert "年度: 2022" in made and "标题: 2022年度推进" in made and "阶段: 征求意见稿" in made
    assert "沿用: R1" in made and "沿用: A1" not in made
    assert "征求意见稿:" not in made
    assert "完成时限: 2022-06-30" in made and "报送截止日期: 2022-03-31" in made
    assert run("unit-checklist", "--year", "2022")[0] == 0


def test_an_abolished_unit_that_is_still_named_goes_on(run: Run) -> None:
    units = run.root / "checklists/2021/单位.yaml"
    units.write_text(
        units.read_text("utf-8")
        + """
  - {编号: U31, 名称: 甲党支部, 类型: 党支部, 负责人: {姓名: 甲某某, 职务: 书记}, 撤销日期: 2021-11-01, 承接单位: U32}
  - {编号: U32, 名称: 乙党支部, 类型: 党支部, 负责人: {姓名: 乙某某, 职务: 书记}, 撤销日期: 2021-12-01, 承接单位: U01}
  - {编号: U33, 名称: 丙党支部, 类型: 党支部, 负责人: {姓名: 丙某某, 职务: 书记}, 撤销日期: 2021-12-01, 承接单位: U01}
""",
        "utf-8",
    )
    run.edit("checklists/2021/清单.yaml", "      责任主体: 党支部\n", "      责任主体: [党支部, 甲党支部]\n")
    code, out, err = run("new-year", "2022")
    assert code == 0, err
    assert "还提到的也结转了，请改掉再删：甲党支部、乙党支部。" in out
    assert "已撤销的单位没有结转：丙党支部。" in out
    code, out, err = run("check", "--year", "2022")
    assert code == 0, err


def test_a_year_that_is_there_is_never_touched(run: Run) -> None:
    mine = run.root / "checklists/2022/清单.yaml"
    mine.parent.mkdir()
    mine.write_text("# 我的\n", "utf-8")
    assert run("new-year", "2022")[0] == 1
    assert mine.read_text("utf-8") == "# 我的\n" and len(list(mine.parent.iterdir())) == 1
    assert run("new-year", "2024")[0] == 1


def test_a_year_is_begun_once(run: Run) -> None:
    assert run("new-year", "2022")[0] == 0
    code, _, err = run("new-year", "2022")
    assert code == 1 and "checklists/2022 错误 D016 2022 年的文件夹已经有了" in err


# what was sent is counted, what has no paper is told


def accountability(run: Run, day: str) -> str:
    """The sentence of the summary on accountability."""
    assert run("summary", "--as-of", day, "--out", str(run.root / "总结"))[0] == 0
    (path,) = (run.root / "总结").rglob("*.docx")
    words = [each.text for each in Document(str(path)).paragraphs]
    return next(each for each in words if each.startswith("跟进问责情况："))


def test_talks_and_circulars_are_counted_from_the_register(run: Run) -> None:
    told = "提醒谈话3次，第一种形态1次，移送问题线索1次，问责建议0次。各类有交叉，不相加。"
    assert accountability(run, "2021-11-01") == f"跟进问责情况：{told}"
    assert run("issue", "约谈通知书", "YT1", "--date", "2021-10-28")[0] == 0
    number = run("issue", "通报", "TB1", "--date", "2021-10-30")[1].partition("：")[2].partition("　")[0]
    assert accountability(run, "2021-10-27") == f"跟进问责情况：{told}"
    assert accountability(run, "2021-11-01") == f"跟进问责情况：约谈1次，通报1次，{told}"
    assert run("void", number, "--why", "错发", "--date", "2021-10-31")[0] == 0
    assert accountability(run, "2021-11-01") == f"跟进问责情况：约谈1次，{told}"


def test_opinions_of_a_later_day_are_not_counted(run: Run) -> None:
    opened = open_workspace(run.root, 2021, date(2021, 1, 27), date(2021, 11, 1))
    assert [each.code for each in opened.at.opinions] == ["YJ01", "YJ02", "YJ08", "YJ10"]
    assert [each.code for each in opened.at.opinions_decided("无意见")] == ["YJ08", "YJ10"]


@pytest.mark.parametrize(
    ("command", "kind"), [("calendar", "日历"), ("ledger", "台账"), ("dashboard", "总览")]
)
def test_what_is_one_for_the_year_says_that_it_is_not_made_by_unit(run: Run, command: str, kind: str) -> None:
    code, _, err = run(command, "--unit", "U09")
    assert code == 1 and f"--unit 错误 D356 {kind}各单位合在一份，不分单位" in err
