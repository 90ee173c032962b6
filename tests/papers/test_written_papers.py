"""Papers of 文书, of closing and of what is owed: when they are made, what they say, when they are refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Run
from docx_text import text_of

FINDINGS = "checklists/2021/问题.yaml"
PAPERS = "checklists/2021/文书.yaml"


def words(run: Run, kind: str, part: str = "") -> str:
    """The text of the one paper of a kind in the output whose name holds `part`."""
    (path,) = (each for each in (run.root / "output/2021" / kind).glob("*.docx") if part in each.name)
    return text_of(path.read_bytes())


def made(run: Run) -> set[str]:
    return {path.parent.name for path in (run.root / "output/2021").rglob("*.docx")}


def test_a_letter_says_what_began_it_and_how_late_it_is(run: Run) -> None:
    assert run("reminders", "DB1", "--as-of", "2021-11-01")[0] == 0
    said = words(run, "督办函")
    assert "2021年6月2日印发的市纪驻环整〔2021〕3号整改函" in said
    assert "整改时限：2021年10月15日" in said
    assert "截至2021年11月1日，已超过整改时限17天（11个工作日），尚未完成整改。" in said
    assert "于2021年11月19日前" in said
    assert "逾期仍未完成的，我组将予以约谈。" in said


def test_an_extension_stands_beside_the_original_limit(run: Run) -> None:
    finding = "    责任变更:\n      - {日期: 2021-07-05, 责任人: 袁某某"
    moved = "    延期:\n      - {批准日期: 2021-10-10, 新时限: 2021-10-25, 理由: 采购, 批准人: 张某某}\n"
    run.edit(FINDINGS, finding, moved + finding)
    assert run("reminders", "DB1")[0] == 0
    said = words(run, "督办函")
    assert "整改时限：2021年10月15日。2021年7月5日起责任人变更为" in said
    assert said.count("2021年10月25日") == 1
    assert "2021年10月10日经张某某批准，整改时限延期至2021年10月25日（采购）。" in said
    assert "已超过整改时限6天" in said


def test_issuing_a_letter_of_文书_enters_whom_it_went_to(run: Run) -> None:
    code, _, said = run("issue", "督办函", "DB1", "--date", "2021-11-01")
    assert code == 0, said
    line = (run.root / "checklists/发文登记.yaml").read_text("utf-8").splitlines()[-1]
    assert "文号: 市纪驻环督〔2021〕1号" in line and "主送: 桂林市兴安生态环境局党支部" in line


def test_a_paper_of_another_years_finding_is_in_its_year(run: Run) -> None:
    run.edit(
        PAPERS,
        "    单位: U06\n    问题: W2021-07\n",
        "    单位: [U06, U08]\n    问题: [W2021-07, W2020-01]\n",
    )
    assert run("reminders", "TX1")[0] == 0
    assert "（二）" in words(run, "提醒函").partition("一、有关问题")[2].partition("二、")[0]


def test_a_kind_of_文书_takes_its_own_records_alone(run: Run) -> None:
    assert run("build", "通报")[0] == 0
    assert made(run) == {"通报"}
    code, _, said = run("circular", "DB1")
    assert code == 1 and "「DB1」不是通报的对象" in said


def test_a_circular_names_units_and_counts_but_no_person(run: Run) -> None:
    assert run("circular")[0] == 0
    said = words(run, "通报")
    assert (
        "本次通报问题1个，涉及2家单位。截至2021年10月31日，尚未全部完成整改。" in said
        and "涉及桂林市资源生态环境局党支部（已完成整改并销号）、桂林市兴安生态环境局党支部（超过整改时限尚未完成整改）。"
        in said
    )
    assert "某某" not in said.replace("联系人：李某某", "")


def test_advice_is_marked_and_never_numbered(run: Run) -> None:
    assert run("advice")[0] == 0
    said = words(run, "纪检监察建议书")
    assert "送　审　稿" in said and "〔2021〕" not in said.partition("主送")[0].partition("纪检监察建议")[0]
    code, _, said = run("issue", "纪检监察建议书", "JY1", "--date", "2021-11-01")
    assert code == 1 and "D606" in said


def test_what_is_made_only_by_name_is_left_alone_by_a_build_of_all(run: Run) -> None:
    assert run("build")[0] == 0
    assert "发文稿纸" not in made(run)
    assert run("cover", "督办函/DB1")[0] == 0
    said = words(run, "发文稿纸")
    assert "| 文　　号 | 印发时编 |" in said.replace("| 文　　种 | 督办函 ", "")
    assert run("build")[0] == 0
    assert "发文稿纸" in made(run)
    assert run("build", "发文稿纸")[0] == 0
    names = {path.stem for path in (run.root / "output/2021/发文稿纸").glob("*.docx")}
    assert {
        "发文稿纸-整改函-ZG1",
        "发文稿纸-通报-TB1",
    } <= names and "发文稿纸-纪检监察建议书-JY1" not in names


# closing


def test_a_closing_form_tells_of_delay_and_of_earlier_rounds(run: Run) -> None:
    assert run("closeout")[0] == 0
    late = words(run, "销号审核表", "W2021-04")
    assert (
        "原时限2021年7月30日，2021年7月26日批准延期至2021年9月10日，2021年9月17日销号，超过原时限35个工作日，"
        "超过延期后的时限5个工作日" in late
    )
    assert "第1轮：2021年7月30日申请，退回" in words(run, "销号审核表", "W2021-05")


def test_a_closing_form_waits_behind_its_gates(run: Run) -> None:
    run.edit(
        FINDINGS, "        核查人: 唐某某\n        核查方式: 查阅照片，电话核实\n", "        核查人: 唐某某\n"
    )
    code, _, said = run("closeout", "W2021-02")
    assert code == 0 and "D408 问题 W2021-02 没有达到销号门槛「核查方式」" in said
    assert made(run) == set()
    waiver = "    放行: [{门槛: 核查方式, 理由: 照片已存档, 批准人: 张某某}]\n    检查: JZ01\n    单位: U11\n    任务: R3\n    名称: 排污口公示牌"
    run.edit(FINDINGS, "    检查: JZ01\n    单位: U11\n    任务: R3\n    名称: 排污口公示牌", waiver)
    assert run("closeout", "W2021-02")[0] == 0
    assert made(run) == {"销号审核表"}


def test_a_finding_that_broke_open_again_keeps_its_number_and_says_so(run: Run) -> None:
    run.edit(FINDINGS, "结果: 巩固, 说明: 标识牌完好", "结果: 反弹, 说明: 标识牌缺失")
    assert run("closeout", "W2021-01")[0] == 0
    said = words(run, "销号审核表")
    assert said.count("2021年9月14日") == 1 and "标识牌缺失，第三季度台账已更新" in said
    assert "回头看，问题反弹（标识牌缺失，第三季度台账已更新），重新列入整改。" in said


def test_a_closing_form_tells_no_recheck_that_came_later(run: Run) -> None:
    assert run("closeout", "W2021-01")[0] == 0
    assert "回头看" not in words(run, "销号审核表")


# what is owed


@pytest.mark.parametrize(
    ("day", "unit", "told"),
    [
        ("2021-03-22", "U05", "| 1 | 自查情况 | 第一期自查情况 | 2021年3月31日 | 还有9天 |"),
        ("2021-04-02", "U11", "| 排污口公示牌信息未及时更新 | 2021年4月9日 | 还有7天"),
        ("2021-09-01", "U08", "| 农村污水处理设施运行维护记录不完整（经批准延期） | 2021年9月10日"),
        ("2021-10-31", "U06", "| 佐证材料 | 漓江干流夜间巡查频次不足：已报送整改进展，尚未附佐证材料 |"),
        (
            "2021-10-31",
            "U09",
            "| 市纪驻环整〔2021〕3号整改函：农村污水处理设施运行维护记录不完整 | 2021年10月20日",
        ),
        ("2021-10-31", "U09", "| 回复 | 市纪驻环整〔2021〕3号整改函 | 2021年10月20日 | 已超过11天 |"),
    ],
)
def test_what_a_unit_owes(run: Run, day: str, unit: str, told: str) -> None:
    assert run("owed", unit, "--as-of", day)[0] == 0
    assert told in words(run, "单位清欠单")


def test_opinions_are_owed_while_the_checklist_is_a_draft(run: Run) -> None:
    run.edit("checklists/2021/清单.yaml", "  阶段: 正式稿", "  阶段: 征求意见稿")
    assert run("owed", "环评科党支部", "--as-of", "2021-02-01")[0] == 0
    assert "| 征求意见反馈 |" in words(run, "单位清欠单")


def test_a_demand_that_went_out_is_owed_until_it_is_met(run: Run) -> None:
    assert run("issue", "督办函", "DB1", "--date", "2021-11-01")[0] == 0
    assert run("owed", "U09", "--as-of", "2021-11-10")[0] == 0
    told = "| 督办事项 | 市纪驻环督〔2021〕1号督办函 | 2021年11月19日 | 还有9天 |"
    assert told in words(run, "单位清欠单")


def test_who_owes_nothing_gets_no_list(run: Run) -> None:
    assert run("owed", "办公室党支部")[0] == 0
    assert not Path(run.root / "output/2021/单位清欠单").exists()
