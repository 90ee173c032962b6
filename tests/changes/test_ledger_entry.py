"""The workbook as the place where a year is kept: new rows in several sheets, changed entries, rows struck out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from conftest import Run
from openpyxl.workbook import Workbook
from programs import saved_by_office
from sheet import Sheet

from liangqing.outputs.ledger.writing import HEAD_ROW

LEDGER = "output/2021/台账/2021年台账.xlsx"
YEAR = "checklists/2021"


@pytest.fixture
def book(run: Run) -> Workbook:
    """The ledger of the sample, as a person opens it."""
    assert run("ledger")[0] == 0
    return openpyxl.load_workbook(run.root / LEDGER)


def collect(run: Run, book: Workbook, *words: str) -> tuple[int, str, str]:
    path = run.root / "回来的.xlsx"
    book.save(path)
    return run("collect", str(path), *words)


def section(run: Run, name: str) -> Any:
    """What the year has under a section, as YAML reads it."""
    found: list[Any] = []
    for path in sorted((run.root / YEAR).rglob("*.yaml")):
        tree = yaml.load(path.read_text("utf-8"), yaml.BaseLoader) or {}
        if name in tree:
            found.append(tree[name])
    return [record for part in found for record in part] if isinstance(found[0], list) else found[0]


def fill_an_inspection(book: Workbook) -> None:
    """A unit that is new, an inspection of it, what was found there, and what came of it, none with a 编号."""
    unit, inspection, finding = "某站党支部", "某站抽查", "记录不全"
    Sheet(book, "单位").add(
        名称=unit, 类型="党支部", 负责人="甲某某", 负责人职务="书记", 成立日期="2021.10.1"
    )
    Sheet(book, "检查").add(
        类型="抽查", 名称=inspection, 开始日期=datetime(2021, 10, 20), 单位=f"{unit}、局党组"
    )
    Sheet(book, "任务落实").add(检查=inspection, 单位=unit, 任务="R1", 状态="已部署", 佐证="会议记录\n照片")
    Sheet(book, "反馈会").add(检查=inspection, 单位=unit, 日期="2021年10月21日", 出席="甲某某、乙某某")
    Sheet(book, "问题").add(
        检查=inspection, 单位=unit, 问题名称=finding, 问题描述="10月20日查阅，没有记录。", 整改类别="限期整改",
        整改要求="补齐。", 责任人="丙某某", 职务="科长", 完成时限="20211230",
    )  # fmt: skip
    Sheet(book, "进展").add(
        问题=finding, 日期="２０２１/10/25", 内容=" 已补。 ", 佐证="照片\n台账", 佐证日期="—\n2021-10-25"
    )
    Sheet(book, "整改函").add(单位=unit, 问题=finding, 事由="某站抽查发现的问题", 回复期限="2021-12-31")


def test_new_rows_of_several_sheets_refer_to_one_another(run: Run, book: Workbook) -> None:
    fill_an_inspection(book)
    code, out, err = collect(run, book, "--accept", "-v")
    assert code == 0 and "错误" not in err, err
    assert section(run, "单位")[-1] == {
        "编号": "U13",
        "名称": "某站党支部",
        "类型": "党支部",
        "负责人": {"姓名": "甲某某", "职务": "书记"},
        "成立日期": "2021-10-01",
    }
    assert section(run, "检查")[-1] == {
        "编号": "CC03",
        "类型": "抽查",
        "名称": "某站抽查",
        "开始日期": "2021-10-20",
        "单位": ["U13", "U01"],
        "任务落实": [{"单位": "U13", "任务": "R1", "状态": "已部署", "佐证": ["会议记录", "照片"]}],
        "反馈会": [{"单位": "U13", "日期": "2021-10-21", "出席": ["甲某某", "乙某某"]}],
    }
    assert section(run, "问题")[-1] == {
        "编号": "W2021-09",
        "检查": "CC03",
        "单位": "U13",
        "名称": "记录不全",
        "事实": "10月20日查阅，没有记录。",
        "整改类别": "限期整改",
        "整改要求": "补齐。",
        "责任": {"责任人": "丙某某", "职务": "科长"},
        "整改时限": "2021-12-30",
        "进展": [
            {
                "日期": "2021-10-25",
                "内容": "已补。",
                "佐证": [{"名称": "照片"}, {"名称": "台账", "日期": "2021-10-25"}],
            }
        ],
    }
    letter = section(run, "整改函")[-1]
    assert (letter["编号"], letter["单位"], letter["问题"]) == ("ZG5", "U13", ["W2021-09"])
    assert "问题 W2021-09 责任 责任人：（空） → 「丙某某」\n    回来的.xlsx 问题!P13「责任人」" in out


def test_a_workbook_taken_twice_is_taken_once(run: Run, book: Workbook) -> None:
    fill_an_inspection(book)
    Sheet(book, "进展").add(问题="W2021-08", 日期="2021-10-29", 内容="第二次。")
    assert collect(run, book, "--accept")[0] == 0
    after = {path: path.read_bytes() for path in (run.root / "checklists").rglob("*.yaml")}
    assert collect(run, book, "--accept")[:2] == (0, "没有要收的改动\n")
    Sheet(book, "进展").add(问题="记录不全", 日期="2021-10-30", 内容="第三次。")
    code, out, _ = collect(run, book)
    assert code == 0 and "合计：2 处改动" in out and "问题 W2021-09 进展 内容：（空） → 「第三次。」" in out
    assert {path: path.read_bytes() for path in (run.root / "checklists").rglob("*.yaml")} == after


def test_a_row_that_was_taken_and_changed_since_is_not_made_a_second_record(run: Run, book: Workbook) -> None:
    sheet = Sheet(book, "监督记录")
    row = sheet.add(日期="2021-10-08", 单位="局党组", 方式="谈心谈话", 性质="了解", 内容="听取汇报。")
    assert collect(run, book, "--accept")[0] == 0
    sheet.page.cell(row, sheet.columns["性质"]).value = "提醒"
    code, _, err = collect(run, book, "--accept")
    assert code == 1 and f"监督记录!第{row}行 错误 D660" in err and "「性质」又不同" in err
    assert len([each for each in section(run, "监督记录") if each["日期"] == "2021-10-08"]) == 1


def test_a_code_of_its_own_is_kept_where_it_is_free(run: Run, book: Workbook) -> None:
    sheet = Sheet(book, "项目")
    given = {
        "项目": "某项目",
        "来源": "某来源",
        "目标": "某目标",
        "责任单位": "局党组",
        "开始日期": "2021-10-01",
        "完成时限": "2021-12-01",
    }
    sheet.add(编号="XM20", **given)
    sheet.add(**{**given, "项目": "另一项目"})
    Sheet(book, "里程碑").add(项目="XM20", 日期="2021-11-01", 名称="开工", 完成="否")
    assert collect(run, book, "--accept")[0] == 0
    first, second = section(run, "项目")[-2:]
    assert (first["编号"], second["编号"]) == ("XM20", "XM21")
    assert first["里程碑"] == [{"日期": "2021-11-01", "名称": "开工", "完成": "否"}]


def test_a_code_that_is_taken_is_refused_with_the_cell(run: Run, book: Workbook) -> None:
    row = Sheet(book, "典型案例").add(编号="AL01", 来源="某来源", 名称="某通报", 案例="某案例。")
    code, _, err = collect(run, book, "--accept")
    assert code == 1 and f"典型案例!A{row}「编号」 错误 D202 典型案例「AL01」重复" in err


def test_several_rows_of_one_name_are_told_apart_by_codes_of_the_persons_own(
    run: Run, book: Workbook
) -> None:
    checks = Sheet(book, "自查")
    for unit, code in (("局党组", "新1"), ("U12", "新2")):
        checks.add(编号=code, 单位=unit, 期次="第三期", 报送日期="2021-10-20")
    for owner, state in (("新2", "已落实"), ("新1", "已部署")):
        Sheet(book, "自查任务").add(自查=owner, 任务="R1", 状态=state)
    assert collect(run, book, "--accept")[0] == 0
    first, second = section(run, "自查")[-2:]
    assert (first["单位"], first["任务"][0]["状态"]) == ("U01", "已部署")
    assert (second["单位"], second["任务"][0]["状态"]) == ("U12", "已落实")


def test_what_a_new_row_lacks_is_told_by_the_head_of_the_column(run: Run, book: Workbook) -> None:
    row = Sheet(book, "问题").add(检查="JZ01", 单位="灵川局党支部", 问题名称="记录不全")
    code, _, err = collect(run, book)
    assert code == 1
    assert (
        f"回来的.xlsx 问题!第{row}行 错误 D104 缺「问题描述」\n    建议：在这一行的「问题描述」列填上" in err
    )


def test_an_entry_without_its_record_is_refused(run: Run, book: Workbook) -> None:
    sheet = Sheet(book, "延期")
    sheet.add(批准日期="2021-10-01", 新时限="2021-12-01", 理由="汛期", 批准人="张某某")
    row = sheet.add(问题="W2021-99", 批准日期="2021-10-01", 新时限="2021-12-01", 理由="汛期", 批准人="张某某")
    code, _, err = collect(run, book)
    assert code == 1 and "错误 D661 这一行没有写是哪条问题的" in err
    assert f"延期!A{row}「问题」 错误 D661 这一行没有问题「W2021-99」" in err


def test_entries_of_records_are_changed_added_and_struck_out(run: Run, book: Workbook) -> None:
    sheet = Sheet(book, "进展")
    rows = [row[0].row for row in sheet.page.iter_rows(min_row=HEAD_ROW + 1) if row[0].value == "W2021-01"]
    sheet.page.cell(rows[0], sheet.columns["内容"]).value = "标识牌已装好。"
    sheet.page.cell(rows[1], sheet.columns["作废"]).value = "是"
    sheet.add(问题="W2021-01　青狮潭水库", 日期="2021-06-16", 内容="又看了一次。", 佐证="照片")
    code, _, err = collect(run, book, "--accept")
    assert code == 0, err
    told = section(run, "问题")[0]["进展"]
    assert [entry["内容"] for entry in told] == ["标识牌已装好。", "又看了一次。"]
    assert told[0]["佐证"][0] == {"名称": "标识牌安装照片", "日期": "2021-04-29"}
    assert [entry["阶段"] for entry in told[0]["佐证"][1:3]] == [
        "整改后",
        "整改后",
    ]  # photos keep all they had


def test_a_record_on_which_nothing_rests_is_struck_out(run: Run, book: Workbook) -> None:
    projects = Sheet(book, "项目")
    projects["XM06", "作废"] = "是"
    code, out, _ = collect(run, book, "--accept")
    assert code == 0 and "项目 XM06" in out
    assert "XM06" not in [each["编号"] for each in section(run, "项目")]


def test_a_record_on_which_something_rests_is_not_struck_out(run: Run, book: Workbook) -> None:
    Sheet(book, "检查")["JZ01", "作废"] = "是"
    code, _, err = collect(run, book, "--accept")
    assert code == 1 and "检查!" in err and "错误 D651" in err
    assert "JZ01" in [each["编号"] for each in section(run, "检查")]


def test_a_word_that_does_not_say_whether_a_row_goes_is_refused(run: Run, book: Workbook) -> None:
    Sheet(book, "项目")["XM06", "作废"] = "待定"
    code, _, err = collect(run, book)
    assert code == 1 and "错误 D662 「作废」列写的是「待定」" in err


def test_a_new_row_that_is_struck_out_is_told(run: Run, book: Workbook) -> None:
    Sheet(book, "问责统计").add(日期="2021-10-01", 类别="提醒谈话", 数量=1, 作废="是")
    code, out, err = collect(run, book)
    assert (code, out) == (0, "没有要收的改动\n") and "D811 新的一行，「作废」列写了 是，没有收" in err


def test_an_emptied_cell_takes_its_key_out(run: Run, book: Workbook) -> None:
    units = Sheet(book, "单位")
    units["U02", "基本情况"] = None
    units["U02", "联络员"] = None
    assert collect(run, book, "--accept")[0] == 0
    unit = section(run, "单位")[1]
    assert "基本情况" not in unit and "联络员" not in unit and unit["负责人"]["姓名"] == "陈某某"


def test_a_required_cell_is_not_emptied(run: Run, book: Workbook) -> None:
    Sheet(book, "单位")["U02", "名称"] = None
    code, _, err = collect(run, book, "--accept")
    assert code == 1 and "「名称」" in err and "错误 D104" in err


def test_a_row_that_was_cleared_takes_nothing_out(run: Run, book: Workbook) -> None:
    sheet = Sheet(book, "项目")
    row = sheet.rows["XM06"]
    for head in sheet.columns:
        if head not in ("标识", "版本"):
            sheet.page.cell(row, sheet.columns[head]).value = None
    code, out, err = collect(run, book)
    assert (code, out) == (0, "没有要收的改动\n") and "D815 「XM06」这一行不见了；记录还在，没有删" in err


def test_who_was_in_charge_is_a_line_each(run: Run, book: Workbook) -> None:
    units = Sheet(book, "单位")
    units["U02", "负责人"] = "陈某某\n新某某"
    units["U02", "负责人职务"] = "党支部书记\n党支部书记"
    units["U02", "负责人起"] = "—\n2021年9月1日"
    assert collect(run, book, "--accept")[0] == 0
    assert section(run, "单位")[1]["负责人"] == [
        {"姓名": "陈某某", "职务": "党支部书记"},
        {"姓名": "新某某", "职务": "党支部书记", "起": "2021-09-01"},
    ]


def test_the_head_of_the_checklist_and_its_tasks_are_filled_in(run: Run, book: Workbook) -> None:
    head = Sheet(book, "清单")
    head[2021, "统计截止日期"] = "2021.10.30"
    tasks = Sheet(book, "任务")
    tasks["R2", "监督方式"] = "平时观察、抽查"
    tasks["R2", "佐证材料"] = None
    tasks.add(
        监督内容="新的内容",
        具体任务="新的任务。",
        责任主体="全体单位",
        监督方式="抽查",
        完成时限="每季度",
        增补日期="2021-10-01",
    )
    assert collect(run, book, "--accept")[0] == 0
    checklist = section(run, "清单")
    assert checklist["统计截止日期"] == "2021-10-30"
    assert checklist["任务"][1]["监督方式"] == ["平时观察", "抽查"] and "佐证材料" not in checklist["任务"][1]
    assert (checklist["任务"][-1]["编号"], checklist["任务"][-1]["责任主体"]) == ("R7", "全体单位")


def test_there_is_one_checklist_only(run: Run, book: Workbook) -> None:
    Sheet(book, "清单").add(标题="另一份")
    code, _, err = collect(run, book)
    assert code == 1 and "错误 D664 「清单」只有一行" in err


def test_a_waiver_goes_to_the_record_that_it_is_of(run: Run, book: Workbook) -> None:
    waivers = Sheet(book, "放行")
    waivers.add(分区="问题", 记录="W2021-06", 门槛="佐证", 理由="示例", 批准人="张某某")
    assert collect(run, book, "--accept")[0] == 0
    assert section(run, "问题")[5]["放行"][-1] == {"门槛": "佐证", "理由": "示例", "批准人": "张某某"}


def test_a_waiver_of_a_section_that_there_is_not_is_refused_with_those_that_there_are(
    run: Run, book: Workbook
) -> None:
    waivers = Sheet(book, "放行")
    waivers.add(分区="问提", 记录="W2021-06", 门槛="佐证", 理由="示例", 批准人="张某某")
    waivers.add(记录="W2021-06", 门槛="佐证", 理由="示例", 批准人="张某某")
    code, _, err = collect(run, book)
    assert code == 1 and "错误 D661 没有分区「问提」" in err and "错误 D661 这一行没有写「分区」" in err
    assert "写成其中一个：清单、" in err and "、问题、" in err


def test_an_entry_does_not_move_to_another_record(run: Run, book: Workbook) -> None:
    sheet = Sheet(book, "进展")
    sheet.page.cell(HEAD_ROW + 1, sheet.columns["问题"]).value = "W2021-02"
    code, _, err = collect(run, book)
    assert code == 1 and "错误 D663 「问题」由「W2021-01」改成了「W2021-02」" in err


# ---------------------------------------------------------------- copied rows


def copy_row(sheet: Sheet, row: int, **values: object) -> int:
    """A row copied in Excel, hidden cells and all, then changed."""
    told = {head: sheet.page.cell(row, column).value for head, column in sheet.columns.items()}
    return sheet.add(**{**told, **values})


def test_a_copied_row_is_a_new_one_when_its_code_was_cleared(run: Run, book: Workbook) -> None:
    sheet = Sheet(book, "项目")
    copy_row(sheet, sheet.rows["XM06"], 编号=None, 项目="照着填的项目")
    assert collect(run, book, "--accept")[0] == 0
    made = section(run, "项目")[-1]
    assert (made["编号"], made["项目"]) == ("XM07", "照着填的项目")


def test_a_copied_row_with_the_same_code_is_refused(run: Run, book: Workbook) -> None:
    sheet = Sheet(book, "项目")
    copy_row(sheet, sheet.rows["XM06"], 项目="照着填的项目")
    code, _, err = collect(run, book)
    assert code == 1 and "错误 D637 「XM06」有两行" in err and "编号清空" in err


def test_a_copied_entry_is_a_new_one_when_it_was_changed(run: Run, book: Workbook) -> None:
    sheet = Sheet(book, "进展")
    without = dict.fromkeys(("佐证", "佐证日期", "佐证说明", "佐证文件", "佐证校验码", "佐证阶段"))
    copy_row(sheet, HEAD_ROW + 1, 日期="2021-05-07", 内容="又一次。", **without)
    assert collect(run, book, "--accept")[0] == 0
    assert section(run, "问题")[0]["进展"][-1] == {"日期": "2021-05-07", "内容": "又一次。"}


def test_a_row_that_lost_its_hidden_cells_is_known_by_its_code(run: Run, book: Workbook) -> None:
    sheet = Sheet(book, "项目")
    sheet["XM06", "标识"] = None
    sheet["XM06", "进展"] = "已开工。"
    code, out, _ = collect(run, book)
    assert code == 0 and "合计：1 处改动" in out and "「已开工。」" in out


# ---------------------------------------------------------------- how programs save


def test_numbers_and_dates_as_excel_keeps_them(run: Run, book: Workbook) -> None:
    counts = Sheet(book, "问责统计")
    counts.add(日期=44470, 类别="提醒谈话", 数量="３")
    counts.add(日期=datetime(2021, 10, 3), 类别="问责建议 ", 数量=2.0)
    assert collect(run, book, "--accept")[0] == 0
    assert section(run, "问责统计")[-2:] == [
        {"日期": "2021-10-01", "类别": "提醒谈话", "数量": "3"},
        {"日期": "2021-10-03", "类别": "问责建议", "数量": "2"},
    ]


@pytest.mark.office
def test_new_rows_come_through_libreoffice(run: Run, book: Workbook, tmp_path: Path) -> None:
    fill_an_inspection(book)
    book.save(tmp_path / "台账.xlsx")
    saved = saved_by_office([tmp_path / "台账.xlsx"], "xlsx", tmp_path)
    directly = collect(run, book)[1]
    code, out, _ = run("collect", str(saved / "台账.xlsx"))
    assert code == 0 and out.replace("台账.xlsx", "回来的.xlsx") == directly and "合计：" in out


# ---------------------------------------------------------------- the ledger in output/ afterwards


def test_the_ledger_of_which_all_was_taken_is_made_anew_without_asking(run: Run, book: Workbook) -> None:
    fill_an_inspection(book)
    book.save(run.root / LEDGER)
    assert run("ledger")[0] == 1  # nothing was taken yet
    assert run("collect", str(run.root / LEDGER), "--accept")[0] == 0
    assert run("ledger")[0] == 0
    again = openpyxl.load_workbook(run.root / LEDGER)
    assert Sheet(again, "问题")["W2021-09", "问题名称"] == "记录不全"
    assert collect(run, again)[:2] == (0, "没有要收的改动\n")


def test_a_change_that_was_not_taken_keeps_the_ledger(run: Run, book: Workbook) -> None:
    Sheet(book, "问题")["W2021-08", "状态"] = "已销号"
    Sheet(book, "问题")["W2021-08", "整改目标"] = "不漏巡。"
    book.save(run.root / LEDGER)
    code, out, _ = run("collect", str(run.root / LEDGER), "--accept")
    assert code == 0 and "ledger --overwrite" in out
    kept = (run.root / LEDGER).read_bytes()
    code, out, _ = run("ledger")
    assert code == 1 and "被人改过" in out and (run.root / LEDGER).read_bytes() == kept


def test_an_edit_after_it_was_taken_keeps_the_ledger(run: Run, book: Workbook) -> None:
    Sheet(book, "问题")["W2021-08", "整改目标"] = "不漏巡。"
    book.save(run.root / LEDGER)
    assert run("collect", str(run.root / LEDGER), "--accept")[0] == 0
    Sheet(book, "问题")["W2021-08", "整改目标"] = "又改。"
    book.save(run.root / LEDGER)
    assert run("ledger")[0] == 1


def test_a_note_or_a_sheet_of_ones_own_keeps_the_ledger(run: Run, book: Workbook) -> None:
    book.create_sheet("我的")["A1"] = "备忘"
    Sheet(book, "问题")["W2021-08", "整改目标"] = "不漏巡。"
    book.save(run.root / LEDGER)
    assert run("collect", str(run.root / LEDGER), "--accept")[0] == 0
    assert run("ledger")[0] == 1
