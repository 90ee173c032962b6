"""Lists as groups keep them come in: the right findings and units, nothing invented, every cell accounted for."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import old_lists
import openpyxl
import pytest
import yaml
from openpyxl.worksheet.worksheet import Worksheet

from liangqing.cli import main as cli
from liangqing.data.yaml.places import texts

NOTE = "从台账带入的说明.md"


@pytest.fixture
def bring(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[Path, str]]:
    """Brings lists in, in two runs, as a clerk does; the new workspace, and what was said."""

    def run(*lists: Path, name: str = "我的工作") -> tuple[Path, str]:
        new = tmp_path / name
        words = ["init", str(new), *(word for path in lists for word in ("--from", str(path)))]
        words += ["--year", "2026"]
        assert cli.main(words) == 0 and not new.exists()
        said = capsys.readouterr().out
        assert cli.main([*words, "--accept"]) == 0
        made = capsys.readouterr()
        return new, said + made.out + made.err

    return run


def section(new: Path, name: str, year: int = 2026) -> Any:
    text = (new / f"checklists/{year}/{name}.yaml").read_text("utf-8")
    return yaml.load(text, yaml.BaseLoader)[name]


def names_of(new: Path, year: int = 2026) -> list[str]:
    return [unit["名称"] for unit in section(new, "单位", year)]


def change(mapping: Path, sheet: str, found: Callable[[list[Any]], bool], column: int, value: str) -> None:
    """What a clerk does in the mapping: one cell of the one row that is meant."""
    book = openpyxl.load_workbook(mapping)
    page = book[sheet]
    assert isinstance(page, Worksheet)
    (row,) = [row for row in page.iter_rows(min_row=2) if found([cell.value for cell in row])]
    page.cell(row[0].row or 0, column).value = value
    book.save(mapping)


def in_column(letter: str) -> Callable[[list[Any]], bool]:
    return lambda row: row[2] == letter


# ---------------------------------------------------------------- the ordinary list


def test_sections_subtotals_and_signatures_are_no_findings_and_no_units(
    tmp_path: Path, bring: Callable[..., tuple[Path, str]]
) -> None:
    new, _ = bring(old_lists.ordinary(tmp_path / "台账.xlsx"))
    assert [finding["事实"] for finding in section(new, "问题")] == [
        "水质检测记录不全，缺4月第二周的签字",
        "公务接待没有审批单",
        "2号闸门巡查记录与实际不符",
        "值班人员脱岗",
        "三会一课记录不全",
    ]
    assert names_of(new) == ["供水总站", "水库管理处", "水库处", "机关党支部"]
    note = (new / NOTE).read_text("utf-8")
    for line in (
        "A5 分段的行：一、集中清查发现的问题",
        "A9 小计、合计的行：小计　3个",
        "A13 小计、合计的行：合计：5个问题，已整改1个",
        "A14 填报、签字的行：制表人：程某某　审核人：李某某",
        "A2 标题：填报单位：驻某局纪检监察组",
    ):
        assert f"- 2026年台账!{line}" in note


def test_a_child_column_is_not_mapped_by_its_parents_head(
    tmp_path: Path, bring: Callable[..., tuple[Path, str]]
) -> None:
    new, said = bring(old_lists.ordinary(tmp_path / "台账.xlsx"))
    assert "L列「整改进展」→ 进展，如「2026-05-20：已补齐」" in said
    assert "M列「联系电话」→ 不带入" in said
    assert "N列「完成时间」→ 不带入" in said
    assert section(new, "问题")[0]["进展"] == [{"日期": "2026-05-20", "内容": "已补齐"}]
    everything = "".join(path.read_text("utf-8") for path in (new / "checklists").rglob("*.yaml"))
    assert "0000-1111111" not in everything
    assert "- 2026年台账!M6「联系电话」：0000-1111111" in (new / NOTE).read_text("utf-8")


def test_what_is_no_whole_date_is_told_and_not_guessed(
    tmp_path: Path, bring: Callable[..., tuple[Path, str]]
) -> None:
    new, _ = bring(old_lists.ordinary(tmp_path / "台账.xlsx"))
    found = section(new, "问题")
    assert [finding["发现日期"] for finding in found] == [
        "2026-04-16",
        "2026-04-16",
        "2026-04-17",
        "",
        "2026-08-16",
    ]
    limits = [finding.get("整改时限") for finding in found]
    assert limits == ["2026-08-31", "", None, "长期坚持", "2026-10-31"]
    text = (new / "checklists/2026/问题.yaml").read_text("utf-8")
    assert "整改时限:  # 核对：原表写的是「9月底前」，没有说是哪一天" in text
    assert "发现日期:  # 核对：原表写的是「2026年8月」" in text


def test_the_products_own_words_in_the_column_of_the_limit_are_the_category(
    tmp_path: Path, bring: Callable[..., tuple[Path, str]]
) -> None:
    new, _ = bring(old_lists.ordinary(tmp_path / "台账.xlsx"))
    categories = [finding.get("整改类别") for finding in section(new, "问题")]
    assert categories == [None, None, "立行立改", "长期坚持", None]


def test_persons_come_in_with_their_posts(tmp_path: Path, bring: Callable[..., tuple[Path, str]]) -> None:
    new, _ = bring(old_lists.ordinary(tmp_path / "台账.xlsx"))
    first, second, *_, last = [finding["责任"] for finding in section(new, "问题")]
    assert first == {"部门": "水质科", "责任领导": "李某某", "责任人": "白某某", "职务": "科长"}
    assert second == {"责任人": "毛某某、袁某某"}
    assert last == {"责任人": "何某某", "职务": "书记"}


def test_findings_hang_on_inspections_by_source_section_and_day(
    tmp_path: Path, bring: Callable[..., tuple[Path, str]]
) -> None:
    new, _ = bring(old_lists.ordinary(tmp_path / "台账.xlsx"))
    kinds = {made["编号"]: made for made in section(new, "检查")}
    held = [kinds[finding["检查"]]["类型"] for finding in section(new, "问题")]
    assert held == ["集中清查", "集中清查", "集中清查", "抽查", "专项监督"]
    first = kinds["LY01"]
    assert (first["开始日期"], first["结束日期"], first["单位"]) == (
        "2026-04-16",
        "2026-04-17",
        ["U01", "U02"],
    )


def test_findings_of_an_earlier_year_come_into_that_year(
    tmp_path: Path, bring: Callable[..., tuple[Path, str]]
) -> None:
    new, _ = bring(old_lists.ordinary(tmp_path / "台账.xlsx"))
    assert [finding["编号"] for finding in section(new, "问题", 2025)] == ["W2025-01", "W2025-02"]
    assert [finding["编号"] for finding in section(new, "问题")] == [f"W2026-0{n}" for n in range(1, 6)]
    assert names_of(new, 2025) == ["供水总站", "水库管理处"]
    (inspection,) = section(new, "检查", 2025)
    assert (inspection["开始日期"], inspection["结束日期"]) == ("2025-11-03", "2025-11-04")


def test_a_name_that_is_made_of_the_description_says_so(
    tmp_path: Path, bring: Callable[..., tuple[Path, str]]
) -> None:
    new, said = bring(old_lists.ordinary(tmp_path / "台账.xlsx"))
    text = (new / "checklists/2026/问题.yaml").read_text("utf-8")
    assert "名称: 水质检测记录不全  # 核对：原表没有写名称，取的是描述的第一句" in text
    assert "- 2026 问题 W2026-01「名称」：原表没有写名称" in (new / NOTE).read_text("utf-8")
    assert re.search(r"要核对的有 \d+ 处，记录里写着「核对」", said)


def test_hidden_rows_and_columns_and_remarks_are_read_and_told(
    tmp_path: Path, bring: Callable[..., tuple[Path, str]]
) -> None:
    _, said = bring(old_lists.ordinary(tmp_path / "台账.xlsx"))
    assert "提醒：2026年台账 有隐藏的行（12）、列（M），也读了" in said
    assert "没有放进记录：2026年台账!J6「批注」：原为陈某某" in said


def test_what_is_told_as_done_without_a_day_is_not_closed(
    tmp_path: Path, bring: Callable[..., tuple[Path, str]]
) -> None:
    new, said = bring(old_lists.ordinary(tmp_path / "台账.xlsx"))
    assert "1 个问题（W2026-01）原表写着已完成，没有销号日期" in said
    assert "销号" not in section(new, "问题")[0]
    assert "# 原表「是否完成(√)」：√" in (new / "checklists/2026/问题.yaml").read_text("utf-8")


def test_the_first_check_asks_for_what_the_list_has_not_and_nothing_else(
    tmp_path: Path, bring: Callable[..., tuple[Path, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    new, said = bring(old_lists.ordinary(tmp_path / "台账.xlsx"))
    assert cli.main(["-C", str(new), "check"]) == 1
    lines = [line for line in capsys.readouterr().err.splitlines() if " 错误 " in line]
    blanks = sum(
        line.count(":  # 填：") or bool(re.search(r":\s+# 填：", line))
        for path in (new / "checklists").rglob("*.yaml")
        for line in path.read_text("utf-8").splitlines()
        if not line.lstrip().startswith("#")
    )
    assert all(" D104 " in line for line in lines), lines
    assert len(lines) == blanks <= 20  # of 42 places and 49 errors before
    assert f"写着「填」的 {blanks} 处" in said


def test_every_cell_is_accounted_for(tmp_path: Path, bring: Callable[..., tuple[Path, str]]) -> None:
    for make in (old_lists.ordinary, old_lists.by_unit, old_lists.of_many_kinds):
        folder = tmp_path / make.__name__
        folder.mkdir()
        kept = make(folder / "台账.xlsx")
        new, said = bring(kept, name=f"{make.__name__}-工作")
        assert lost(kept, new) == []
        assert "不合规矩" not in said
        assert (new / "原台账/台账.xlsx").read_bytes() == kept.read_bytes()


def lost(kept: Path, new: Path) -> list[str]:
    """Texts of a list that stand nowhere in a workspace: neither in YAML nor in the note; numbers and days apart."""
    read = [path.read_text("utf-8") for path in (new / "checklists").rglob("*.yaml")]
    everything = re.sub(r"\s", "", "".join([*read, (new / NOTE).read_text("utf-8")]))
    found = []
    for page in openpyxl.load_workbook(kept).worksheets:
        for row in page.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value not in ("/", "〃"):
                    pieces = re.split(r"[\n、；]|(?<=[0-9])\.(?=\D)", cell.value)
                    found += [
                        f"{page.title}!{cell.coordinate} {piece}"
                        for piece in pieces
                        if re.sub(r"\s", "", piece) not in everything
                        and not told_otherwise(piece, everything)
                    ]
    return found


def told_otherwise(piece: str, everything: str) -> bool:
    """A day, a number of a paper or a person with a post stands in another writing; a bare ordinal nowhere."""
    numbers = re.findall(r"[0-9]+", piece)
    day = re.fullmatch(r"[0-9年月日号./前至\-]+", piece)
    person = re.fullmatch(r"(.+)（(.+)）", piece)
    if person:
        return all(part in everything for part in person.groups())
    if len(piece) == 8 and piece.isdigit():
        return f"{piece[:4]}-{piece[4:6]}-{piece[6:]}" in everything
    if day or "第" in piece or "[" in piece:
        return all(f"{int(number)}" in everything for number in numbers)
    return piece.isdigit()


# ---------------------------------------------------------------- a list by unit, with repeated heads


def test_heads_repeated_notes_and_rows_without_a_finding_are_no_records(
    tmp_path: Path, bring: Callable[..., tuple[Path, str]]
) -> None:
    new, said = bring(old_lists.by_unit(tmp_path / "清单.xlsx"))
    facts = [finding["事实"] for finding in section(new, "问题")]
    assert facts == ["会议记录不规范", "会议记录不规范", "固定资产未贴标签", "档案室没有防火门"]
    assert names_of(new) == ["财务科", "办公室", "水利学校党支部"]
    note = (new / NOTE).read_text("utf-8")
    assert "- 问题清单!A7 表头：序号" in note and "- 问题清单!A11 说明的行：注：本表每季度末报送。" in note
    assert "- 问题清单!A9 写着没有问题的行：档案专项检查" in note
    assert "清单.xlsx 汇总：不带入" in said


def test_a_finding_over_several_rows_is_one_and_同上_repeats_the_row_above(
    tmp_path: Path, bring: Callable[..., tuple[Path, str]]
) -> None:
    new, _ = bring(old_lists.by_unit(tmp_path / "清单.xlsx"))
    measures = [finding["整改措施"] for finding in section(new, "问题")]
    assert measures[2] == ["盘点", "贴标签", "专人保管"] and measures[3] == ["专人保管"]


def test_a_row_with_several_units_is_a_finding_of_each_counted_once(
    tmp_path: Path, bring: Callable[..., tuple[Path, str]]
) -> None:
    new, _ = bring(old_lists.by_unit(tmp_path / "清单.xlsx"))
    first, second, *_ = section(new, "问题")
    assert (first["单位"], second["单位"]) == ("U01", "U02")
    assert first["共性"] == second["共性"] == "会议记录不规范"
    text = (new / "checklists/2026/问题.yaml").read_text("utf-8")
    assert "责任: {责任人: 丁某某}  # 核对：原表一行写了几个单位，没有写是哪个单位的人" in text


def test_an_inspection_that_is_named_has_the_days_that_are_told(
    tmp_path: Path, bring: Callable[..., tuple[Path, str]]
) -> None:
    new, _ = bring(old_lists.by_unit(tmp_path / "清单.xlsx"))
    told = [
        (made["名称"], made["类型"], made["开始日期"], made.get("结束日期")) for made in section(new, "检查")
    ]
    assert told == [
        ("一季度集中监督检查", "集中清查", "2026-03-10", "2026-03-12"),
        ("档案专项检查", "专项监督", "2026-06-02", None),
    ]


# ---------------------------------------------------------------- a book of many kinds


def test_units_letters_inspections_and_findings_come_in_from_one_book(
    tmp_path: Path, bring: Callable[..., tuple[Path, str]]
) -> None:
    new, said = bring(old_lists.of_many_kinds(tmp_path / "总台账.xlsx"))
    assert "问题 2 条，检查 1 条，单位 3 条，系统外印发的文书 3 条" in said
    assert [(f["编号"], f["检查"], f["单位"]) for f in section(new, "问题")] == [
        ("SW-2026-01", "JC01", "U01"),
        ("SW-2026-02", "JC01", "U03"),
    ]
    assert section(new, "单位")[2] == {
        "编号": "U03",
        "名称": "某局下属水文站",
        "简称": "水文站",
        "类型": "单位",
        "负责人": {"姓名": "石某某", "职务": "站长"},
    }


def test_units_alone_come_in(tmp_path: Path, bring: Callable[..., tuple[Path, str]]) -> None:
    book = openpyxl.Workbook()
    page: Any = book.active
    page.append(["序号", "被监督单位", "负责人", "职务", "联系电话"])
    page.append([1, "某局机关党委", "甲某某", "党委书记", "0000-1"])
    page.append([2, "某局水文站", "乙某某", "站长", "0000-2"])
    book.save(tmp_path / "名单.xlsx")
    new, said = bring(tmp_path / "名单.xlsx")
    assert [(unit["名称"], unit["类型"]) for unit in section(new, "单位")] == [
        ("某局机关党委", "党委"),
        ("某局水文站", "单位"),
    ]
    assert "带入：单位 2 条" in said
    text = (new / "checklists/2026/问题.yaml").read_text("utf-8")
    assert yaml.load(text, yaml.BaseLoader) is None


# ---------------------------------------------------------------- the mapping, changed and used again


def test_a_mapping_is_saved_changed_and_used_again(
    tmp_path: Path, bring: Callable[..., tuple[Path, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    kept = old_lists.ordinary(tmp_path / "台账.xlsx")
    words = ["init", str(tmp_path / "工作"), "--from", str(kept), "--year", "2026"]
    assert cli.main(words) == 0
    capsys.readouterr()
    mapping = tmp_path / "带入对照.xlsx"
    change(mapping, "各列", lambda row: row[1:3] == ["2026年台账", "F"], 6, "整改要求")
    change(mapping, "各列", lambda row: row[1:3] == ["2026年台账", "Q"], 6, "不带入")
    change(mapping, "各表", lambda row: row[1] == "2025年遗留", 3, "不带入")
    change(mapping, "单位", lambda row: row[0] == "水库处", 3, "水库管理处")
    before = mapping.read_bytes()
    new, said = bring(kept)
    assert mapping.read_bytes() == before
    assert "F列「问题定性依据」→ 整改要求" in said and "对照里选的" in said
    assert section(new, "问题")[0]["整改要求"] == "某局供水管理办法"
    assert "2026年台账!Q6「备注」：急" in (new / NOTE).read_text("utf-8")
    assert not (new / "checklists/2025").exists()
    assert names_of(new) == ["供水总站", "水库管理处", "机关党支部"]
    assert section(new, "单位")[1]["简称"] == "水库处"
    assert "可能就是" not in said


def test_like_names_of_units_are_proposed_and_not_made_one(
    tmp_path: Path, bring: Callable[..., tuple[Path, str]]
) -> None:
    _, said = bring(old_lists.ordinary(tmp_path / "台账.xlsx"))
    assert "「水库处」可能就是「水库管理处」，按两个单位带入" in said
    page = openpyxl.load_workbook(tmp_path / "带入对照.xlsx")["单位"]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
    assert ["水库处", 1, None, "水库管理处"] in rows


def two_columns(path: Path, first: str, second: str) -> Path:
    book = openpyxl.Workbook()
    page: Any = book.active
    page.title = "台账"
    page.append(["单位", "存在问题", "责任人", first, second])
    page.append(["甲站", "台账不全", "王某某", "2026-05-01：已办", "2026-06-01：又办"])
    book.save(path)
    return path


def test_of_two_columns_for_one_key_one_is_asked_and_joined_only_if_told(
    tmp_path: Path, bring: Callable[..., tuple[Path, str]]
) -> None:
    kept = two_columns(tmp_path / "台账.xlsx", "整改进展", "整改情况")
    new, said = bring(kept)
    assert (
        "E列「整改情况」→ 不带入，如「2026-06-01：又办」（D列已是「进展」；要合在一起，这里也选「进展」）"
        in said
    )
    assert [entry["内容"] for entry in section(new, "问题")[0]["进展"]] == ["已办"]
    change(tmp_path / "带入对照.xlsx", "各列", lambda row: row[2] == "E", 6, "进展")
    new, _ = bring(kept, name="再带一次")
    assert [entry["内容"] for entry in section(new, "问题")[0]["进展"]] == ["已办", "又办"]


def test_two_columns_for_a_day_are_refused_at_their_cell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = two_columns(tmp_path / "台账.xlsx", "整改时限", "完成时限")
    words = ["init", str(tmp_path / "新"), "--from", str(kept), "--year", "2026"]
    assert cli.main(words) == 0
    change(tmp_path / "带入对照.xlsx", "各列", lambda row: row[2] == "E", 6, "整改时限")
    assert cli.main([*words, "--accept"]) == 1 and not (tmp_path / "新").exists()
    said = capsys.readouterr().err
    assert "带入对照.xlsx 各列!F6 错误 D676" in said and "只能从一列来" in said


@pytest.mark.parametrize(
    ("sheet", "column", "value", "said"),
    [
        ("各列", 6, "整改时线", "各列!F3 错误 D675 「问题」没有「整改时线」这一项"),
        ("各表", 3, "问題", "各表!C2 错误 D675 「问題」不在可选的里面"),
        ("各表", 4, "今年", "各表!D2 错误 D675 「今年」应为四位的年"),
        ("各列", 6, "不带入", "各表!C2 错误 D677 「台账」作为「问题」，没有一列是「事实」或「名称」"),
    ],
)
def test_words_of_the_mapping_that_mean_nothing_are_told_with_their_cell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], sheet: str, column: int, value: str, said: str
) -> None:
    kept = two_columns(tmp_path / "台账.xlsx", "整改时限", "备注")
    words = ["init", str(tmp_path / "新"), "--from", str(kept), "--year", "2026"]
    assert cli.main(words) == 0
    wanted = "B" if sheet == "各列" else "台账"
    change(tmp_path / "带入对照.xlsx", sheet, lambda row: wanted in row[1:3], column, value)
    assert cli.main([*words, "--accept"]) == 1 and not (tmp_path / "新").exists()
    assert f"带入对照.xlsx {said}" in capsys.readouterr().err


def test_a_mapping_that_is_none_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = two_columns(tmp_path / "台账.xlsx", "整改时限", "备注")
    openpyxl.Workbook().save(tmp_path / "带入对照.xlsx")
    assert cli.main(["init", str(tmp_path / "新"), "--from", str(kept)]) == 1
    assert "D679 这不是带入对照，或缺「各表」「各列」「单位」「叫法」表" in capsys.readouterr().err


def test_a_mapping_that_is_open_is_not_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(path: Path, data: bytes) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr("liangqing.changes.foreign_list.mapping_book.place_file", held)
    kept = two_columns(tmp_path / "台账.xlsx", "整改时限", "备注")
    assert cli.main(["init", str(tmp_path / "新"), "--from", str(kept)]) == 1
    assert "D678 带入对照写不进去（没有权限）" in capsys.readouterr().err


def test_a_sheet_that_nothing_is_known_of_comes_in_when_the_mapping_says_how(
    tmp_path: Path, bring: Callable[..., tuple[Path, str]]
) -> None:
    book = openpyxl.Workbook()
    page: Any = book.active
    page.title = "短板"
    page.append(["甲某局短板一览"])
    page.append(["哪家", "短板弱项", "谁管"])
    page.append(["甲站", "台账不全", "王某某"])
    page.append(["乙站", "账实不符", "李某某"])
    book.save(tmp_path / "台账.xlsx")
    words = ["init", str(tmp_path / "新"), "--from", str(tmp_path / "台账.xlsx"), "--year", "2026"]
    assert cli.main(words) == 1
    mapping = tmp_path / "带入对照.xlsx"
    change(mapping, "各表", lambda row: row[1] == "短板", 3, "问题")
    for letter, key in (("A", "单位"), ("B", "事实"), ("C", "责任人")):
        change(mapping, "各列", in_column(letter), 6, key)
    new, _ = bring(tmp_path / "台账.xlsx")
    assert [(f["事实"], f["责任"]["责任人"]) for f in section(new, "问题")] == [
        ("台账不全", "王某某"),
        ("账实不符", "李某某"),
    ]
    assert names_of(new) == ["甲站", "乙站"]


def test_names_that_the_user_adds_are_known_for_the_next_list(
    tmp_path: Path, bring: Callable[..., tuple[Path, str]]
) -> None:
    kept = two_columns(tmp_path / "台账.xlsx", "整改时限", "谁来盯")
    bring(kept, name="第一次")
    mapping = tmp_path / "带入对照.xlsx"
    book = openpyxl.load_workbook(mapping)
    book["叫法"].append(["问题", "谁来盯", "责任领导"])
    book.save(mapping)
    other = two_columns(tmp_path / "另一份.xlsx", "整改时限", "谁来盯")
    _, said = bring(other, name="第二次")
    assert "E列「谁来盯」→ 责任领导" in said


def test_the_same_finding_in_two_sheets_is_one(
    tmp_path: Path, bring: Callable[..., tuple[Path, str]]
) -> None:
    first = two_columns(tmp_path / "甲.xlsx", "整改时限", "备注")
    book = openpyxl.Workbook()
    page: Any = book.active
    page.title = "汇总"
    page.append(["单位", "问题描述", "整改目标", "责任人"])
    page.append(["甲站", "台账不全。", "账实相符", "李某某"])
    page.append(["乙站", "台账不全", None, None])
    book.save(tmp_path / "乙.xlsx")
    new, said = bring(first, tmp_path / "乙.xlsx")
    found = section(new, "问题")
    assert [(f["单位"], f.get("整改目标")) for f in found] == [("U01", "账实相符"), ("U02", None)]
    assert found[0]["责任"] == {"责任人": "王某某"}
    assert "是同一个问题，只带入一条；不同的以前一处为准：「事实」、「责任」" in said


def test_two_lists_of_one_name_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "旧").mkdir()
    first, second = tmp_path / "台账.xlsx", tmp_path / "旧/台账.xlsx"
    for path in (first, second):
        two_columns(path, "整改时限", "备注")
    assert cli.main(["init", str(tmp_path / "新"), "--from", str(first), "--from", str(second)]) == 1
    assert "D680 两个文件同名" in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_csv_comes_in_in_the_encodings_that_programs_save(
    tmp_path: Path, bring: Callable[..., tuple[Path, str]], encoding: str
) -> None:
    kept = tmp_path / "台账.csv"
    kept.write_bytes("单位,存在问题,责任人,整改时限\n甲站,台账不全,王某某,2026.6.30\n".encode(encoding))
    new, _ = bring(kept)
    assert [(f["事实"], f["整改时限"]) for f in section(new, "问题")] == [("台账不全", "2026-06-30")]


def test_what_breaks_a_rule_is_told_with_its_cell(
    tmp_path: Path, bring: Callable[..., tuple[Path, str]]
) -> None:
    book = openpyxl.Workbook()
    page: Any = book.active
    page.title = "台账"
    page.append(["单位", "存在问题", "问题来源", "发现时间", "整改时限"])
    page.append(["甲站党支部", "台账不全", "抽查", "2026-05-01", "2026-04-01"])
    book.save(tmp_path / "台账.xlsx")
    new, said = bring(tmp_path / "台账.xlsx")
    assert "照原表带入，但有 1 处不合规矩" in said
    assert "（原表 台账.xlsx 台账!E2） 错误 D354" in said
    assert dict(texts(section(new, "问题")))[0, "整改时限"] == "2026-04-01"
