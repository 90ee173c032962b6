"""Papers of the first three steps, as the sample year prints them: what they tell, and of which day."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest
from conftest import Run
from docx.oxml.ns import qn
from docx_text import text_of


def words(papers: dict[str, list[Path]], kind: str, name: str) -> str:
    """The text of the paper of a kind whose file is called so."""
    (path,) = [each for each in papers[kind] if name in each.stem]
    return text_of(path.read_bytes())


def built(run: Run, kind: str, *more: str) -> dict[str, str]:
    """The papers of a kind, built in the workspace of `run`, by file name."""
    code, _, said = run("build", kind, "--overwrite", *more)
    assert code == 0, said
    return {
        path.stem: text_of(path.read_bytes()) for path in (run.root / f"output/2021/{kind}").glob("*.docx")
    }


def row(text: str, start: str) -> list[str]:
    """The cells of the row of a table that begins so."""
    (line,) = [each for each in text.splitlines() if each.startswith(f"| {start}")]
    return [each.strip() for each in line.strip("|").split(" | ")]


# ---------------------------------------------------------------- 检查底稿


def test_worksheet_of_what_is_still_to_come_is_empty(year_papers: dict[str, list[Path]]) -> None:
    text = words(year_papers, "检查底稿", "CC02-资源局")
    task = row(text, "R4 | 加强农村污水")
    assert task[3] == "☐ 未部署⏎☐ 已部署⏎☐ 已落实⏎☐ 已见效⏎☐ 不涉及"
    assert task[4:] == ["", ""]
    assert text.count("| 发现的问题 | 　　 | 任务编号 | 　　 |") == 2
    assert "检查人签名" in text and "☐ 属实　　☐ 有异议" in text


def test_worksheet_of_what_was_done_tells_it(year_papers: dict[str, list[Path]]) -> None:
    text = words(year_papers, "检查底稿", "JZ02-资源局")
    assert "☐ 已部署" not in text and "任务编号" not in text
    fourth = row(text, "R4 | 加强农村污水")
    assert fourth[2:] == [
        *("已部署", "未部署"),
        "自查报已部署，现场没有管护安排，2号站提升泵停用⏎（邓某某，2021年4月12日）",
        "运行维护记录",
    ]
    assert "农村污水处理设施运行维护记录不完整" in text


def test_worksheet_asks_for_the_tasks_of_its_inspection_only(year_papers: dict[str, list[Path]]) -> None:
    text = words(year_papers, "检查底稿", "DX01-兴安局")
    assert len([line for line in text.splitlines() if re.match(r"\| R\d \| ", line)]) == 1


def test_worksheet_of_a_day_before_the_inspection_tells_nothing_of_it(run: Run) -> None:
    text = built(run, "检查底稿", "--as-of", "2021-04-01")["检查底稿-JZ02-资源局党支部"]
    assert "☐ 已部署" in text and "运行维护记录不完整" not in text


# ---------------------------------------------------------------- 三张清单


def test_three_lists_are_of_the_same_findings(year_papers: dict[str, list[Path]]) -> None:
    text = words(year_papers, "三张清单", "灵川局")
    lists = re.split("^(问题清单|任务清单|责任清单)$", text, flags=re.MULTILINE)[1:]
    names = [re.findall(r"^\| (\d) \| ([^|]+) \|", body, flags=re.MULTILINE) for body in lists[1::2]]
    assert [number for number, _ in names[0]] == ["1", "2", "3"] and names == [names[0]] * 3


@pytest.mark.parametrize("unit", ["兴安局党支部", "执法支队党支部"])
def test_three_lists_tell_days_over_the_limit_in_words(year_papers: dict[str, list[Path]], unit: str) -> None:
    assert ("已超过时限16天" in words(year_papers, "三张清单", unit)) == (unit == "兴安局党支部")


# ---------------------------------------------------------------- 征求意见函, 印发通知


def test_draft_that_went_out_is_what_was_so_then(year_papers: dict[str, list[Path]]) -> None:
    draft, final = words(year_papers, "征求意见稿", "1号"), words(year_papers, "监督检查清单", "正式稿")
    assert "（征求意见稿）" in draft and "请于2021年2月5日前反馈书面意见" in draft
    assert draft.count("市纪驻环函〔2021〕1号附件") == 1
    assert "（征求意见稿）" not in final and "反馈书面意见" not in final
    assert row(draft, "2 |")[5] == "2021年3月31日"
    assert row(final, "2 |")[5] == "2021年6月30日"
    assert "第2项完成时限由“2021年3月31日”改为“2021年6月30日”" in words(year_papers, "意见采纳情况表", "")


def test_letter_names_its_annexes_by_their_titles(year_papers: dict[str, list[Path]]) -> None:
    title = "2021年度推进桂林漓江流域生态环境保护综合治理监督检查清单"
    assert f"附件：1.{title}（征求意见稿）\n2.征求意见反馈表\n" in words(year_papers, "征求意见函", "")
    assert f"附件：{title}\n" in words(year_papers, "印发通知", "")


def test_no_letter_asks_for_opinions_when_their_day_is_over(unissued: Run) -> None:
    assert set(built(unissued, "征求意见函", "--as-of", "2021-02-05")) == {"征求意见函-2021年草稿"}
    assert set(built(unissued, "印发通知", "--as-of", "2021-02-06")) == {"印发通知-2021年草稿"}
    elsewhere = unissued.root / "另"
    assert unissued("build", "征求意见函", "--as-of", "2021-02-06", "--out", str(elsewhere))[0] == 0
    assert not list(elsewhere.rglob("*征求意见函.docx"))


def test_checklist_is_a_draft_until_it_is_issued(unissued: Run) -> None:
    before = built(unissued, "监督检查清单")
    assert all("页眉 草　稿" in text for text in before.values())
    assert unissued("issue", "监督检查清单", "2021", "--date", "2021-02-20")[0] == 0
    after = built(unissued, "监督检查清单")
    assert all("页眉 草　稿" not in text for text in after.values())


def test_parts_of_the_opinions_add_up_though_one_is_let_through_undecided(run: Run) -> None:
    waiver = (
        "放行:\n      - {门槛: 处理, 理由: 还在研究, 批准人: 张某某}\n    日期: 2021-01-27\n\n  # 同一单位"
    )
    run.edit("checklists/2021/征求意见.yaml", "处理: 采纳\n    日期: 2021-01-27\n\n  # 同一单位", waiver)
    (text,) = built(run, "意见采纳情况表").values()
    assert "收到意见6条，其中采纳2条、部分采纳1条、未采纳2条、尚未处理1条。" in text


# ---------------------------------------------------------------- 监督检查通知, 反馈会纪要


def test_notice_goes_out_before_the_inspection_and_asks_for_its_tasks(
    year_papers: dict[str, list[Path]],
) -> None:
    text = words(year_papers, "监督检查通知", "2号")
    assert "2021年3月24日" in text and "定于2021年3月30日至31日开展灵川局党支部集中清查" in text
    assert "\n5.以公开通报的" in text and "\n6." not in text
    joint = words(year_papers, "监督检查通知", "ZX01")
    assert "\n1." not in joint  # a single task takes no number
    assert "桂林市资源生态环境局党支部、桂林市兴安生态环境局党支部、桂林市灵川生态环境局党支部：" in joint
    assert "请你们做好准备" in joint


def test_minutes_tell_duties_word_for_word(year_papers: dict[str, list[Path]]) -> None:
    text = words(year_papers, "反馈会纪要", "2号")
    assert "责任人：董某某（农村环境股股长）；整改时限：2021年7月30日。" in text
    assert "出席：桂林市资源生态环境局党支部蒋某某、董某某、程某某、支部党员8人；检查组" in text
    none = words(year_papers, "反馈会纪要", "JZ06")
    assert "检查未发现需要整改的问题。" in none and "三、单位意见\n无异议。" in none


# ---------------------------------------------------------------- 挂图作战图

STATES = "共6个项目，已完成2个、推进中3个（其中逾期1个）、未启动1个"


def bar(text: str, project: str) -> str:
    """The cells of the months of a project: · where there is nothing."""
    (line,) = [each for each in text.splitlines() if f"| {project}" in each]
    return "".join(each.strip() or "·" for each in line.split(" | ")[5:-3])


def test_wall_chart_draws_bars_with_signs_and_tells_states_in_words(
    year_papers: dict[str, list[Path]],
) -> None:
    text = words(year_papers, "挂图作战图", "")
    assert STATES in text
    assert bar(text, "漓江城市段") == "◆█◆◆完·········"
    assert bar(text, "农村污水处理站") == "█◆██◆█◇逾·····"
    assert bar(text, "环评审批") == "········█◇██◇"
    assert "推进中⏎逾期31天" in text
    assert "纸 420×297" in text


def test_wall_chart_of_an_earlier_day_knows_nothing_later(run: Run) -> None:
    (text,) = built(run, "挂图作战图", "--as-of", "2021-06-20").values()
    assert "共6个项目，推进中5个、未启动1个" in text
    assert "逾" not in bar(text, "农村污水处理站")


def test_wall_chart_keeps_what_was_late_visible(run: Run) -> None:
    run.edit("checklists/2021/项目.yaml", "完成日期: 2021-06-25", "完成日期: 2021-08-10")
    (text,) = built(run, "挂图作战图").values()
    assert "已完成⏎超时限41天" in text
    assert bar(text, "漓江城市段").startswith("◆█◆◆逾逾完")


@pytest.mark.parametrize("kept", [1, 2])
def test_wall_chart_of_few_months_keeps_its_widths(run: Run, kept: int) -> None:
    """As many months as the template has cells for their loop must not be taken for those cells."""
    path = run.root / "checklists/2021/项目.yaml"
    head, *projects = path.read_text("utf-8").split("\n  - 编号: ")
    short = [each for each in projects if each.startswith("XM06")][:1]
    text = "\n  - 编号: ".join([head, *short])
    path.write_text(
        text.replace("2022-03-31", f"202{2 - kept // 2}-{'01' if kept == 1 else '12'}-31"), "utf-8"
    )
    built(run, "挂图作战图")
    document = docx.Document(str(run.root / "output/2021/挂图作战图/2021年挂图作战图.docx"))
    widths = [int(each.get(qn("w:w"), "0")) for each in document.tables[0]._tbl.tblGrid]
    months = widths[5:-3]
    assert len(set(months)) == 1 and len(months) == 4 - kept


# ---------------------------------------------------------------- 体检报告


def test_report_tells_what_was_done_in_the_unit_by_its_day(year_papers: dict[str, list[Path]]) -> None:
    text = words(year_papers, "体检报告", "JZ02-资源局")
    told = (
        "2021年度截至2021年4月19日，我组收到并审核该单位自查情况1份，对该单位开展单项体检1次、集中清查1次。"
    )
    assert told in text
    seen = words(year_papers, "体检报告", "JZ04-兴安局")
    assert "对该单位开展单项体检1次、集中清查1次，平时动态监督1次。" in seen


def test_each_axis_of_the_portrait_names_its_records(year_papers: dict[str, list[Path]]) -> None:
    fourth = row(words(year_papers, "体检报告", "JZ02-资源局"), "任务4")
    assert fourth[1:] == [
        "第一期自查，⏎2021年4月8日报送",
        "2021年4月12日集中清查，邓某某；佐证：运行维护记录",
        "2020年6月16日专项监督，唐某某；佐证：现场照片",
        "下降1级",
    ]


def test_this_year_stands_against_last(year_papers: dict[str, list[Path]]) -> None:
    text = words(year_papers, "体检报告", "JZ02-资源局")
    assert "与上年检查相比：下降1项。" in text
    assert row(text, "4 | 加强农村污水")[2:5] == ["已部署", "未部署", "自查高1级"]
    assert "[图] 上年检查：任务4 1" in text


def test_no_data_is_not_told_at_all(year_papers: dict[str, list[Path]]) -> None:
    text = words(year_papers, "体检报告", "JZ03-水生态科")
    assert "上年" not in text
    assert row(text, "任务2") == ["任务2", "第一期自查，⏎2021年3月24日报送", "2021年4月28日集中清查，邓某某"]


def test_a_self_check_that_is_owed_is_told(run: Run) -> None:
    path = run.root / "checklists/2021/自查/第三期.yaml"
    text = path.read_text("utf-8")
    start = text.index("  - 编号: ZC3-01")
    end = text.index("  - 编号: ", start + 1)
    path.write_text(text[:start] + text[end:], "utf-8")
    report = built(run, "体检报告")["体检报告-JZ12-局党组"]
    assert "收到并审核该单位自查情况2份" in report and "第三期自查没有按时报送。" in report
