"""Forms as people return them: what a reader of the paper would understand is taken, what says something else is not."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest
from conftest import Run
from contraband import zipped
from filling import MAIN, W14, W, filled, put, rewritten, rewritten_parts, self_check, tag_of, with_text
from lxml import etree
from programs import fake_office, saved_by_office
from test_collect import (
    KEPT,
    arrive,
    block_controls,
    cell_controls,
    feedback,
    form,
    inbox,
    no_controls,
    no_tags,
    opinions,
    records,
    refusal,
    refused,
    smart_tags,
    split_runs,
    tracked,
)
from test_collect import back as back
from test_collect import sent as sent

from liangqing.base.docx_zip import read_package
from liangqing.cli import main as cli
from liangqing.forms.grid import read_form
from liangqing.forms.mark import content_code

pytestmark = pytest.mark.year

Change = Callable[[etree._Element], None]
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

ANSWERS = self_check(5) | {
    ("任务[].说明", 2): "台账\n已更新",
    ("任务[].佐证、", 0): "照片；台账",
    ("自查问题[].描述", 0): "3号点没有标识牌",
    ("自查问题[].时限", 0): "2021年7月5日",
}


def self_checked(run: Run) -> bytes:
    return filled(form(run, "自查情况表", "第二期-灵川"), ANSWERS)


def read(run: Run, data: bytes, name: str = "表.docx") -> list[object]:
    """The values that a form gives; it must be taken."""
    path = arrive(run, name, data)
    code, out, err = run("collect", path, "--json")
    assert code == 0, err + out
    taken = json.loads(out)["可收"]
    assert len(taken) == 1
    return [taken[0]["文种"], taken[0]["对象"], taken[0]["记录"]]


def warned(run: Run, data: bytes) -> str:
    """What is told of a form that is taken."""
    code, out, err = run("collect", arrive(run, "表.docx", data), "--accept")
    assert code == 0, err + out
    return err


# ---------------------------------------------------------------- what people and programs do to a file


def paragraph(text: str) -> etree._Element:
    made = etree.Element(f"{W}p")
    run = etree.SubElement(made, f"{W}r")
    etree.SubElement(run, f"{W}t", {SPACE: "preserve"}).text = text
    return made


def body(root: etree._Element) -> etree._Element:
    found = root.find(f"{W}body")
    assert found is not None
    return found


def line_above(root: etree._Element) -> None:
    body(root).insert(0, paragraph("报：驻局纪检监察组"))


def signed_below(root: etree._Element) -> None:
    last = body(root).findall(f"{W}tbl")[-1]
    for text in ("2021年6月25日", "（盖章）", "党组织负责人（签字）：某某", ""):
        last.addnext(paragraph(text))


def blank_lines(root: etree._Element) -> None:
    for block in list(body(root)):
        if block.tag != f"{W}sectPr":
            block.addprevious(paragraph(""))


def page_break(root: etree._Element) -> None:
    broken = paragraph("")
    etree.SubElement(broken[0], f"{W}br", {f"{W}type": "page"})
    body(root).findall(f"{W}tbl")[1].addprevious(broken)


def title_in_two_lines(root: etree._Element) -> None:
    title = next(
        each for each in body(root).iter(f"{W}p") if "自查情况表" in "".join(map(str, each.itertext()))
    )
    texts = [each for each in title.iter(f"{W}t") if each.text]
    whole = "".join(each.text or "" for each in texts)
    for each in texts:
        each.text = ""
    texts[0].text = whole[:6]
    title.addnext(paragraph(whole[6:]))


def title_gone(root: etree._Element) -> None:
    body(root).remove(body(root).findall(f"{W}p")[0])


def no_mark(root: etree._Element) -> None:
    for each in list(body(root).iter(f"{W}p")):
        if "表单识别" in "".join(map(str, each.itertext())):
            parent = each.getparent()
            assert parent is not None
            parent.remove(each)


def rows_of(root: etree._Element, table: int) -> list[etree._Element]:
    return body(root).findall(f"{W}tbl")[table].findall(f"{W}tr")


def drop(rows: list[etree._Element]) -> None:
    for row in rows:
        table = row.getparent()
        assert table is not None
        table.remove(row)


def blank_rows_dropped(root: etree._Element) -> None:
    drop(rows_of(root, 2)[-3:])


def blank_row_between_tasks(root: etree._Element) -> None:
    row = deepcopy(rows_of(root, 1)[2])
    for text in list(row.iter(f"{W}t")):
        text.text = ""
    rows_of(root, 1)[2].addnext(row)


def head_again(root: etree._Element) -> None:
    rows = rows_of(root, 1)
    rows[3].addnext(deepcopy(rows[0]))


def tables_joined(root: etree._Element) -> None:
    """As Word does when the lines between two tables are deleted."""
    first, second = body(root).findall(f"{W}tbl")[1:]
    for row in second.findall(f"{W}tr"):
        first.append(row)
    body(root).remove(second)


def table_split(root: etree._Element) -> None:
    table = body(root).findall(f"{W}tbl")[1]
    other = deepcopy(table)
    drop(table.findall(f"{W}tr")[3:])
    drop(other.findall(f"{W}tr")[:3])
    table.addnext(other)
    table.addnext(paragraph(""))


def own_table_below(root: etree._Element) -> None:
    table = deepcopy(body(root).findall(f"{W}tbl")[0])
    drop(table.findall(f"{W}tr")[1:])
    for cell, text in zip(table.iter(f"{W}tc"), ("签字", "某某", "日期", "2021-06-25"), strict=True):
        for each in cell.findall(f"{W}p"):
            cell.remove(each)
        cell.append(paragraph(text))
    body(root).findall(f"{W}tbl")[-1].addnext(table)


def cells_split(root: etree._Element) -> None:
    """A field and the printed cell before it, each with a cell more behind it."""
    for cell in rows_of(root, 0)[1].findall(f"{W}tc"):
        more = etree.Element(f"{W}tc")
        more.append(paragraph(""))
        cell.addnext(more)


def bookmarks(root: etree._Element) -> None:
    for number, each in enumerate(list(root.iter(f"{W}p"))):
        mark = {f"{W}id": str(number)}
        each.insert(0, etree.Element(f"{W}bookmarkStart", {**mark, f"{W}name": f"_GoBack{number}"}))
        each.append(etree.Element(f"{W}bookmarkEnd", mark))


def other_look(root: etree._Element) -> None:
    for each in list(root.iter(f"{W}tblStyle", f"{W}pStyle", f"{W}rStyle", f"{W}tblGrid", f"{W}jc")):
        parent = each.getparent()
        assert parent is not None
        parent.remove(each)


def full_width(root: etree._Element) -> None:
    """Digits and brackets of printed words in the other width, and quotes of the other kind."""
    for each in root.iter(f"{W}t"):
        if "内容码" not in (each.text or ""):
            each.text = (each.text or "").translate(
                str.maketrans("0123456789（），", "０１２３４５６７８９(),")
            )


def blanks_between(root: etree._Element) -> None:
    for each in root.iter(f"{W}t"):
        if each.text and "｜" not in each.text and len(each.text) < 8:
            each.text = "　".join(each.text) if each.text.isalpha() else each.text


HARMLESS = [
    line_above,
    signed_below,
    blank_lines,
    page_break,
    title_in_two_lines,
    title_gone,
    no_mark,
    blank_rows_dropped,
    blank_row_between_tasks,
    head_again,
    tables_joined,
    table_split,
    own_table_below,
    cells_split,
    bookmarks,
    other_look,
    full_width,
]
SAVED = [split_runs, smart_tags, block_controls, cell_controls, no_tags, no_controls, tracked]


@pytest.mark.parametrize("change", HARMLESS, ids=lambda each: each.__name__)
def test_what_changes_no_meaning_is_taken(back: Run, change: Change) -> None:
    plain = self_checked(back)
    if change is full_width:
        plain = filled(form(back, "自查情况表", "第二期-灵川"), self_check(5))
    expected = read(back, plain)
    assert read(back, rewritten(plain, change)) == expected


def test_several_changes_at_once_by_any_program(back: Run) -> None:
    """Sixty forms, each with up to four of the changes, saved in one of the ways; the seed is the number."""
    plain = self_checked(back)
    expected = read(back, plain)
    for number in range(60):
        chance = random.Random(number)
        whole_title = chance.random() < 0.5  # a title in two lines of which one is gone says something else
        usual = [
            each
            for each in HARMLESS
            if each not in (full_width, title_gone if whole_title else title_in_two_lines)
        ]
        changes = sorted(chance.sample(usual, chance.randint(1, 4)), key=HARMLESS.index)
        saved = chance.choice([*SAVED, other_look])
        data = plain
        for change in (*changes, saved):
            data = rewritten(data, change, turned=bool(number % 2))
        assert read(back, data) == expected, (number, [each.__name__ for each in (*changes, saved)])


@pytest.mark.parametrize("made", [opinions, feedback], ids=["征求意见", "整改反馈"])
def test_the_two_other_forms_as_well(back: Run, made: Callable[[Run], bytes]) -> None:
    plain = made(back)
    expected = read(back, plain)
    for change in (line_above, signed_below, blank_lines, bookmarks, other_look, no_mark):
        assert read(back, rewritten(plain, change)) == expected, change.__name__
        assert read(back, rewritten(rewritten(plain, change), no_controls)) == expected, change.__name__


def test_a_form_without_its_mark_is_known_by_its_footer(back: Run) -> None:
    for plain in (self_checked(back), opinions(back), feedback(back)):
        expected = read(back, plain)
        bare = rewritten_parts(rewritten(plain, no_mark), drop=("docProps/custom.xml",))
        assert read(back, bare) == expected
    bare = rewritten_parts(
        rewritten(self_checked(back), no_mark), drop=("docProps/custom.xml", "word/footer1.xml")
    )
    assert refusal(back, bare) == "D730"


def test_evidence_rows_of_a_feedback_form_added_and_taken_out(back: Run) -> None:
    plain = feedback(back)

    def fewer(root: etree._Element) -> None:
        drop(rows_of(root, 1)[-2:])

    def more(root: etree._Element) -> None:
        row = rows_of(root, 2)[-1]
        for number in range(2):
            copy = deepcopy(row)
            put(next(copy.iter(f"{W}sdt")), f"材料{number}")
            row.addnext(copy)

    assert read(back, rewritten(plain, fewer)) == read(back, plain)
    arrive(back, "表.docx", rewritten(rewritten(plain, fewer), more))
    assert back("collect", str(inbox(back)), "--accept")[0] == 0
    evidence = records(back)["整改反馈"][0]["佐证"]
    assert isinstance(evidence, list) and [each["名称"] for each in evidence] == [
        "巡查责任分解表",
        "巡查记录",
        "材料1",
        "材料0",
    ]


# ---------------------------------------------------------------- fields


STATES = {
    "已落实。": "已落实",
    "√已落实": "已落实",
    "☑ 已落实": "已落实",
    "已 落 实": "已落实",
    "“已落实”": "已落实",
    "（已落实）": "已落实",
    "本期状态：已落实": "已落实",
    "已落实√": "已落实",
    "☐已部署 ☑已落实 ☐已见效": "已落实",
    "☐已部署\n☒已落实\n☐已见效": "已落实",
}


@pytest.mark.parametrize("written", STATES)
def test_a_choice_with_signs_around_it(back: Run, written: str) -> None:
    answers = ANSWERS | {("任务[].状态", 1): written}
    assert not [
        line
        for line in warned(back, filled(form(back, "自查情况表", "第二期-灵川"), answers)).splitlines()
        if " 警告 " in line
    ]
    tasks = records(back)["自查"][0]["任务"]
    assert isinstance(tasks, list) and tasks[1]["状态"] == STATES[written]


@pytest.mark.parametrize(
    "written",
    [
        "未落实",
        "基本已落实",
        "已落实、已见效",
        "☑已部署 ☑已落实",
        "已落实（部分）",
        "已落实（尚未见效）",
        "正在推进",
    ],
)
def test_a_choice_that_may_mean_something_else(back: Run, written: str) -> None:
    answers = ANSWERS | {("任务[].状态", 1): written}
    assert refusal(back, filled(form(back, "自查情况表", "第二期-灵川"), answers)) == "D308"


def test_what_stands_in_brackets_behind_a_choice_goes_into_the_remark(back: Run) -> None:
    answers = ANSWERS | {("任务[].状态", 1): "已落实（见附件）", ("任务[].状态", 2): "已落实(见附件2)。"}
    said = warned(back, filled(form(back, "自查情况表", "第二期-灵川"), answers))
    assert "表2 第3行 第5格 警告 D768 「本期状态」按「已落实」收，括号里的「见附件」记在「说明」里" in said
    tasks = records(back)["自查"][0]["任务"]
    assert isinstance(tasks, list)
    assert [each.get("说明") for each in tasks] == [None, "见附件", "台账\n已更新；见附件2", None, None]


DAYS = [
    "2021.6.25",
    "2021.06.25。",
    "2021/6/25",
    "20210625",
    "２０２１年６月２５日",
    "2021 年 6 月 25 日",
    "2021年6月25日（星期五）",
    "二〇二一年六月二十五日",
    "2021年6月25号",
    "报送日期：2021-6-25",
    "2021，6，25",
]


@pytest.mark.parametrize("written", DAYS)
def test_a_day_as_people_write_it(back: Run, written: str) -> None:
    answers = ANSWERS | {("报送日期", 0): written}
    assert " 警告 " not in warned(back, filled(form(back, "自查情况表", "第二期-灵川"), answers))
    assert records(back)["自查"][0]["报送日期"] == "2021-06-25"


def test_a_day_without_a_year_that_can_be_of_one_year_only(back: Run) -> None:
    said = warned(
        back, filled(form(back, "自查情况表", "第二期-灵川"), ANSWERS | {("报送日期", 0): "6月25日"})
    )
    assert "表1 第2行 第2格 警告 D768 「报送日期」没有写年，只能是这一年，按「2021-06-25」收" in said
    assert records(back)["自查"][0]["报送日期"] == "2021-06-25"


@pytest.mark.parametrize("key", [("报送日期", 0), ("自查问题[].时限", 0)])
def test_a_day_without_a_year_that_may_be_of_several(back: Run, key: tuple[str, int]) -> None:
    """A limit may be of this year or the next; no form was handed in after today."""
    said = refused(back, filled(form(back, "自查情况表", "第二期-灵川"), ANSWERS | {key: "11月25日"}))
    assert " 错误 D103 " in said and "11-25" in said


def test_a_day_without_a_year_when_the_next_year_has_it_too(
    back: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "today", lambda: date(2022, 7, 1))
    said = refused(
        back, filled(form(back, "自查情况表", "第二期-灵川"), ANSWERS | {("报送日期", 0): "6月25日"})
    )
    assert "表1 第2行 第2格 错误 D103 " in said


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("某某。", "某某"),
        ("签字人：某某", "某某"),
        ("张　某", "张某"),
        ("欧阳某某", "欧阳某某"),
        ("张某 李某", "张某 李某"),
    ],
)
def test_a_name_as_people_write_it(back: Run, written: str, name: str) -> None:
    warned(back, filled(form(back, "自查情况表", "第二期-灵川"), ANSWERS | {("签字人", 0): written}))
    assert records(back)["自查"][0]["签字人"] == name


@pytest.mark.parametrize("nothing", ["无", "无。", "没有", "/", "——", "暂无", "（无）"])
def test_nothing_written_in_words_is_nothing(back: Run, nothing: str) -> None:
    keys = [("任务[].说明", 0), ("任务[].佐证、", 1), ("自查问题[].描述", 1), ("自查问题[].措施", 1)]
    answers = ANSWERS | dict.fromkeys(keys, nothing)
    expected = read(back, self_checked(back))
    assert read(back, filled(form(back, "自查情况表", "第二期-灵川"), answers)) == expected


# ---------------------------------------------------------------- a place for the signature and the seal


def hand_line(root: etree._Element) -> etree._Element:
    (found,) = [
        each for each in body(root).findall(f"{W}p") if "（签字）" in "".join(map(str, each.itertext()))
    ]
    return found


def without_hand_line(root: etree._Element) -> None:
    """As forms were that went out before there was such a line."""
    body(root).remove(hand_line(root))


def signed_by_hand(root: etree._Element) -> None:
    """Typed where a pen was meant to write."""
    line = hand_line(root)
    typed = paragraph(
        "党组织负责人（签字）：某某　　单位（盖章）：桂林市灵川生态环境局党支部　　2021年6月25日"
    )
    line.addprevious(typed)
    body(root).remove(line)


@pytest.mark.parametrize("change", [without_hand_line, signed_by_hand], ids=["older", "signed"])
def test_the_line_for_signature_and_seal_is_asked_of_nobody(back: Run, change: Change) -> None:
    plain = self_checked(back)
    expected = read(back, plain)
    for saved in (None, no_tags, no_controls):
        changed = rewritten(plain, change)
        data = rewritten(changed, saved) if saved else changed
        assert read(back, data) == expected
        assert "D816" not in back("collect", str(inbox(back)))[2]


def test_the_line_for_signature_and_seal_is_in_no_code(back: Run) -> None:
    """Also not in the code that was read off the form, as forms bore it before."""
    plain = form(back, "自查情况表", "第二期-灵川")
    older = rewritten(plain, without_hand_line)
    codes = {content_code(read_form(read_package(each, "表.docx"))) for each in (plain, older)}
    assert len(codes) == 1


def opinion_form(run: Run, answers: dict[tuple[str, int], str], tick: str | None = None) -> bytes:
    """A form without opinions, with `tick` in the cell of the box."""

    def write(root: etree._Element) -> None:
        box = next(root.iter(f"{W14}checkbox"))
        control = next(box.iterancestors(f"{W}sdt"))
        cell = next(control.iterancestors(f"{W}tc"))
        for each in cell.findall(f"{W}p"):
            cell.remove(each)
        cell.append(paragraph(tick or ""))

    data = filled(form(run, "征求意见反馈表", "灵川"), {("日期", 0): "2021-02-02"} | answers)
    return data if tick is None else rewritten(data, write)


TICKED = [
    "√ 本单位没有意见",
    "☑本单位没有意见",
    "☐ 本单位没有意见 无",
    "☐ 本单位没有意见√",
    "无意见",
    "无",
    "√无意见",
    "☐本单位没有意见：无。",
]


@pytest.mark.parametrize("written", TICKED)
def test_no_opinion_however_it_is_said(back: Run, written: str) -> None:
    answers = {("[].意见", 0): "无", ("[].意见", 6): "无意见。"}
    warned(back, opinion_form(back, answers, written))
    (record,) = records(back)["征求意见"]
    assert record["处理"] == "无意见" and "意见" not in record


def test_no_tick_and_no_opinion_in_words_is_told(back: Run) -> None:
    said = warned(back, opinion_form(back, {("[].意见", 1): "无意见。"}))
    assert "表2 第3行 第4格 警告 D768 没有打勾，但是空格里写明没有：按“无意见”收" in said
    assert records(back)["征求意见"][0]["处理"] == "无意见"


def test_a_tick_inserted_as_a_symbol(back: Run) -> None:
    def write(root: etree._Element) -> None:
        box = next(root.iter(f"{W14}checkbox"))
        control = next(box.iterancestors(f"{W}sdt"))
        run = next(control.iter(f"{W}r"))
        for each in list(run):
            run.remove(each)
        etree.SubElement(run, f"{W}sym", {f"{W}font": "Wingdings 2", f"{W}char": "F052"})

    warned(back, rewritten(opinion_form(back, {}), write))
    assert records(back)["征求意见"][0]["处理"] == "无意见"


@pytest.mark.parametrize("written", ["☐本单位没有意见", "本单位有意见", "☐ 本单位没有意见 ×"])
def test_what_is_no_tick(back: Run, written: str) -> None:
    assert refusal(back, opinion_form(back, {}, written)) in ("D735", "D736")


# ---------------------------------------------------------------- refused still, in one line


CHANGED = {
    "the wording of a task": ("自查情况表", "建立一口一档", "建立台账"),
    "the unit": ("自查情况表", "桂林市灵川生态环境局党支部", "桂林市阳朔生态环境局党支部"),
    "the code of a task": ("自查情况表", "R1", "R9"),
    "a limit": ("整改情况反馈表", "2021年6月30日", "2021年8月30日"),
    "a demand": ("整改情况反馈表", "补设排污口标识牌", "增设标识牌"),
    "the name of a finding": ("整改情况反馈表", "巡查", "巡视"),
    "the round in the title": ("自查情况表", "第二期自查", "第三期自查"),
}


@pytest.mark.parametrize("case", CHANGED.values(), ids=CHANGED)
def test_printed_words_that_bear_meaning_are_not_changed(back: Run, case: tuple[str, str, str]) -> None:
    kind, old, new = case
    plain = self_checked(back) if kind == "自查情况表" else feedback(back)
    said = refused(back, with_text(plain, old, new))
    assert " 错误 D735 印好的文字被改动：原是「" in said
    assert len(said.splitlines()) == 1  # of a form, one line


def tasks_dropped(root: etree._Element) -> None:
    drop(rows_of(root, 1)[2:4])


def cells_merged(root: etree._Element) -> None:
    """Two fields in one cell: nobody can tell which is which."""
    row = rows_of(root, 1)[3]
    cells = row.findall(f"{W}tc")
    row.remove(cells[-1])


def row_of_their_own(root: etree._Element) -> None:
    row = deepcopy(rows_of(root, 1)[2])
    for text in list(row.iter(f"{W}t")):
        text.text = "又一项"
    rows_of(root, 1)[-1].addnext(row)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (tasks_dropped, "应有 6 行，现有 4 行，「R2"),
        (cells_merged, "第4行应有 7 格，现有 6 格"),
        (row_of_their_own, "多出来一段文字「又一项"),
    ],
    ids=["rows", "cells", "added"],
)
def test_what_cannot_be_told_apart_is_refused_in_one_line(back: Run, change: Change, words: str) -> None:
    said = refused(back, rewritten(self_checked(back), change))
    assert words in said and len(said.splitlines()) == 1


def test_of_several_faults_the_first_is_told_and_all_with_v(back: Run) -> None:
    states = {("任务[].状态", 1): "推进中", ("任务[].状态", 3): "快了"}
    data = filled(form(back, "自查情况表", "第二期-灵川"), ANSWERS | states)
    said = refused(back, data)
    (line,) = said.splitlines()
    assert "表2 第3行 第5格 错误 D308 " in line
    assert "（另有 1 处：表2 第5行 第5格，加 -v 全看）；建议：" in line
    assert refused(back, data, "-v").count(" 错误 ") == 2


def stories(data: bytes) -> Iterator[str]:
    """Guards the changes above: each of them makes another document."""
    yield read_package(data, "表.docx").parts[MAIN].data.decode()


def test_every_change_of_this_page_changes_the_file(back: Run) -> None:
    plain = self_checked(back)
    before = list(stories(rewritten(plain, lambda root: None)))
    for change in (*HARMLESS, *SAVED, tasks_dropped, cells_merged, row_of_their_own):
        assert list(stories(rewritten(plain, change))) != before, change.__name__
    assert {tag_of(each) for each in etree.fromstring(before[0].encode()).iter(f"{W}sdt")} > {"报送日期"}


# ---------------------------------------------------------------- a folder of files


def test_a_folder_with_what_is_no_form(back: Run) -> None:
    for unit in ("灵川局", "水生态科"):
        (inbox(back) / unit).mkdir()
    (inbox(back) / "灵川局/自查.docx").write_bytes(self_checked(back))
    (inbox(back) / "水生态科/自查.docx").write_bytes(self_checked(back)[:100])
    for name in (
        "Thumbs.db",
        "灵川局/现场.jpg",
        "快捷方式.lnk",
        "~$自查.docx",
        ".DS_Store",
        "灵川局/扫描.pdf",
    ):
        (inbox(back) / name).write_bytes(b"-")
    code, out, err = back("collect", str(inbox(back)), "--accept")
    assert code == 1 and "合计：已收 1 份，不收 1 份" in out
    assert (
        "另有 4 个文件不是能收的表，没有收：Thumbs.db、快捷方式.lnk、灵川局/扫描.pdf、灵川局/现场.jpg" in out
    )
    (line,) = err.splitlines()
    assert "水生态科/自查.docx 错误 D502 " in line
    code, out, _ = back("collect", str(inbox(back)), "--json")
    assert len(json.loads(out)["略过"]) == 4


def test_another_word_file_in_a_folder_is_told_and_no_fault(back: Run) -> None:
    other = rewritten_parts(feedback(back), drop=("docProps/custom.xml", "word/footer1.xml"))

    def only_a_letter(root: etree._Element) -> None:
        for block in list(body(root)):
            body(root).remove(block)
        body(root).append(paragraph("关于报送材料的函"))

    arrive(back, "自查.docx", self_checked(back))
    path = arrive(back, "函.docx", rewritten(other, only_a_letter))
    code, out, err = back("collect", str(inbox(back)))
    assert code == 0, err
    assert "合计：可收 1 份" in out and "另有 1 个文件不是能收的表，没有收：" in out and "函.docx" in out
    assert back("collect", path)[0] == 1  # asked for by name, it is a fault
    arrive(back, "函.docx", rewritten(other, no_mark))  # one of ours of which nobody can tell which
    assert back("collect", str(inbox(back)))[0] == 1


def test_many_forms_are_a_line_each_and_errors_come_last(back: Run) -> None:
    names = ["临桂", "兴安", "灵川", "资源", "阳朔"]
    for name in names:
        data = form(back, "自查情况表", f"第二期-{name}")
        tasks = sum(tag_of(each) == "任务[].状态" for each in documents(data).iter(f"{W}sdt"))
        answers = self_check(tasks) | {("自查问题[].描述", 0): "台账缺一页"}
        if name == "资源":
            answers["任务[].状态", 0] = "推进中"
        if name == "阳朔":
            del answers["签字人", 0]
        arrive(back, f"{name}.docx", filled(data, answers))
    code, out, err = back("collect", str(inbox(back)))
    assert code == 1
    listed = [line for line in out.splitlines() if "自查情况表 第二期·" in line]
    assert len(listed) == 4
    assert "灵川.docx　自查情况表 第二期·灵川局党支部：" in listed[2] and "项，自查发现问题 1 个" in listed[2]
    assert "空着 1 格" in listed[3] and "加 -v 逐项看" in out and "报送日期" not in out
    (refused_line,) = err.splitlines()
    assert "资源.docx 表2 第2行 第5格 错误 D308 " in refused_line
    code, out, err = back("collect", str(inbox(back)), "-v")
    assert out.count("    报送日期：（无） → 2021-06-25\n") == 4
    assert " 警告 D812 「签字人」没有填" in err


def documents(data: bytes) -> etree._Element:
    return etree.fromstring(read_package(data, "表.docx").parts[MAIN].data)


# ---------------------------------------------------------------- older formats


@pytest.mark.office
@pytest.mark.parametrize("kind", ["doc", "rtf", "odt"])
def test_a_form_of_an_older_format_is_read_through_libreoffice(back: Run, tmp_path: Path, kind: str) -> None:
    plain = self_checked(back)
    expected = read(back, plain)
    (tmp_path / "表.docx").write_bytes(plain)
    converted = saved_by_office([tmp_path / "表.docx"], kind, tmp_path) / f"表.{kind}"
    assert read(back, converted.read_bytes(), f"自查.{kind}") == expected
    (inbox(back) / "表.docx").unlink()
    assert back("collect", str(inbox(back)), "--accept")[0] == 0
    (kept,) = (back.root / KEPT).rglob(f"*.{kind}")
    assert kept.read_bytes() == converted.read_bytes()  # the original as it came
    code, out, _ = back("collect", str(inbox(back)), "--accept")
    assert code == 0 and "早已收过 1 份" in out


@pytest.mark.process
def test_an_older_format_without_libreoffice(back: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANGQING_SOFFICE", "/nowhere/soffice")
    arrive(back, "一.doc", bytes.fromhex("D0CF11E0A1B11AE1") + b"-" * 600)
    arrive(back, "二.docx", self_checked(back))
    code, out, err = back("collect", str(inbox(back)))
    assert code == 1 and "合计：可收 1 份，不收 1 份" in out
    (line,) = err.splitlines()
    assert (
        "一.doc 错误 D769 这个文件不是 .docx，没有装 LibreOffice，读不了；建议：用 Word 或 WPS 打开，另存为"
        in line
    )


@pytest.mark.process
def test_an_older_format_that_libreoffice_cannot_read(
    back: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIANGQING_SOFFICE", fake_office(tmp_path, "pass"))
    path = arrive(back, "一.wps", bytes.fromhex("D0CF11E0A1B11AE1") + b"-" * 600)
    code, _, err = back("collect", path)
    assert code == 1 and " 错误 D769 这个文件不是 .docx，LibreOffice 读不出来；建议：" in err


def test_a_word_file_by_the_name_of_an_older_one(back: Run) -> None:
    assert read(back, self_checked(back), "自查.doc") == read(back, self_checked(back))


# ---------------------------------------------------------------- what fetches, runs, or is no text


def with_field(code: str) -> Callable[[etree._Element], None]:
    """The second explanation stands in a field, which shows it."""

    def change(root: etree._Element) -> None:
        control = [found for found in root.iter(f"{W}sdt") if tag_of(found) == "任务[].说明"][2]
        content = control.find(f"{W}sdtContent")
        assert content is not None
        for run in list(content):
            content.remove(run)
        for kind, text in (("begin", ""), ("", code), ("separate", ""), ("t", "台账已更新"), ("end", "")):
            run = etree.SubElement(content, f"{W}r")
            if kind in ("", "t"):
                etree.SubElement(run, f"{W}{kind or 'instrText'}").text = text
            else:
                etree.SubElement(run, f"{W}fldChar", {f"{W}fldCharType": kind})

    return change


def test_a_field_in_a_cell_is_read_as_it_shows_and_told(back: Run) -> None:
    given = rewritten(self_checked(back), with_field(" DDEAUTO cmd evil "))
    assert "台账已更新" in str(read(back, given))
    said = warned(back, given)
    assert "D080 有域「DDEAUTO」，会去取别处的内容，只留它现在显示的文字" in said
    written = "".join(path.read_text("utf-8") for path in (back.root / "checklists/2021").rglob("*.yaml"))
    assert "台账已更新" in written
    assert "evil" not in written


def test_macros_and_files_put_in_are_not_read_and_told(back: Run) -> None:
    given = zipped({**opened(self_checked(back)), "word/vbaProject.bin": b"x"})
    said = warned(back, rewritten(given, lambda root: body(root).insert(0, etree.Element(f"{W}altChunk"))))
    assert "警告 D087 文件里有宏，没有读" in said
    assert "警告 D087 文件里嵌有对象，或插进了别的文件，没有读" in said
    assert "打开原件时不要启用宏" in said


def opened(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
