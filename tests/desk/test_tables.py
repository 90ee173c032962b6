"""Tables of the sections: chosen, sorted, cut into pages; and blocks of cells pasted into them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from chromium import waits
from desks import RunningDesk, errors_of, violations
from selenium import webdriver
from selenium.webdriver.common.by import By

from liangqing.data.fields import tables
from liangqing.data.model.validate import SECTIONS
from liangqing.desk.pages.records import STAGES


def root(desk: RunningDesk) -> Path:
    assert desk.settings.first is not None
    return desk.settings.first


def asked(desk: RunningDesk, path: str, **wanted: str) -> str:
    with desk.client() as client:
        answer = client.get(desk.of_workspace(path), params=wanted)
    assert answer.status_code == 200, answer.text
    return answer.text


def codes(text: str) -> list[str]:
    """The 编号 of the findings that a table shows, in their order."""
    return re.findall(r'href="[^"]*/finding/[^"]+">(W[^<]+)</a>', text)


def test_every_section_is_in_the_list_in_the_order_of_the_work(desk: RunningDesk) -> None:
    text = asked(desk, "records")
    assert sorted(key for _, keys in STAGES for key in keys) == sorted(section.key for section in SECTIONS)
    titles = [text.index(f"<h2>{name}</h2>") for name, _ in STAGES]
    assert titles == sorted(titles)


@pytest.mark.parametrize("name", [table.name for table in tables() if table.many])
def test_each_table_opens(desk: RunningDesk, name: str) -> None:
    assert f"<h1>{name}</h1>" in asked(desk, f"records/{name}")


def test_a_section_that_is_one_record_leads_to_its_form(desk: RunningDesk) -> None:
    with desk.client() as client:
        answer = client.get(desk.of_workspace("records/总结"), follow_redirects=False)
    assert answer.status_code == 303
    assert "/records/%E6%80%BB%E7%BB%93/" in answer.headers["location"]


def test_an_unknown_table_is_not_there(desk: RunningDesk) -> None:
    with desk.client() as client:
        answer = client.get(desk.of_workspace("records/密件"))
    assert answer.status_code == 404


def test_facets_choose_rows_and_count_what_is_left(desk: RunningDesk) -> None:
    every = asked(desk, "records/问题")
    assert len(codes(every)) == 8
    closed = asked(desk, "records/问题", 状态="已销号")
    count = re.search(r'<option value="已销号" selected>已销号（(\d)）', closed)
    assert count is not None
    assert len(codes(closed)) == int(count[1]) < 8
    both = asked(desk, "records/问题", 状态="已销号", 整改类别="立行立改")
    assert codes(both) == ["W2021-02"]
    assert asked(desk, "records/问题", 状态="没有的").count("没有这样的记录") == 1


def test_words_find_rows_by_all_that_was_written(desk: RunningDesk) -> None:
    assert codes(asked(desk, "records/问题", words="提升泵")) == ["W2021-04"]
    assert codes(asked(desk, "records/问题", words="公示牌 没有的词")) == []


def test_a_heading_sorts_both_ways_and_nothing_stands_last(desk: RunningDesk) -> None:
    rising = codes(asked(desk, "records/问题", sort="完成时限"))
    falling = codes(asked(desk, "records/问题", sort="完成时限", down="1"))
    assert rising != falling
    assert rising[0] == "W2021-02"
    overdue = codes(asked(desk, "records/问题", sort="逾期天数", down="1"))
    text = asked(desk, "records/问题", 状态="逾期")
    assert overdue[: len(codes(text))] == codes(text)


def test_long_tables_are_cut_into_pages_of_100_rows(desk: RunningDesk) -> None:
    lines = "".join(f"  - {{日期: 2021-06-01, 类别: 提醒谈话, 数量: {number}}}\n" for number in range(1, 231))
    path = root(desk) / "checklists/2021/问责统计.yaml"
    path.write_text(f"问责统计:\n{lines}", "utf-8")
    assert asked(desk, "records/问责统计").count("<tr>") == 101
    last = asked(desk, "records/问责统计", page="3")
    assert last.count("<tr>") == 31
    assert 'rel="next"' not in last
    assert asked(desk, "records/问责统计", page="99").count("<tr>") == 31


def test_what_is_wrong_stands_at_its_row(desk: RunningDesk) -> None:
    path = root(desk) / "checklists/2021/问题.yaml"
    written = path.read_text("utf-8")
    path.write_text(written.replace("日期: 2021-04-29}", "日期: 2021-02-01}", 1), "utf-8")
    text = asked(desk, "records/问题")
    row = text[text.index("W2021-01</a>") : text.index("W2021-02</a>")]
    other = text[text.index("W2021-02</a>") : text.index("W2021-03</a>")]
    assert "1 处要看" in row
    assert "佐证" in row
    assert "处要看" not in other
    entry = asked(desk, "records/进展")
    assert entry.count("1 处要看") == 1
    assert re.search(r'class="wrong" href="[^"]*/records/%E9%97%AE%E9%A2%98">\d', asked(desk, "records"))


# ---------------------------------------------------------------- pasted

HEADS = "检查\t单位\t问题名称\t问题描述\t整改类别\t整改时限\n"
ROW = 'JZ01\tU11\t泵站值班记录缺页\t"2021年3月31日，抽查值班记录，\n缺 3 页，写着""补""字。"\t限期整改\t2021/12/20\n'


def pasted(desk: RunningDesk, name: str, text: str, **more: str | list[str]) -> str:
    with desk.client() as client:
        answer = client.post(desk.of_workspace(f"records/{name}/paste"), data={"text": text, **more})
    assert answer.status_code == 200, answer.text
    return answer.text


def save(desk: RunningDesk, name: str, text: str, **more: str | list[str]) -> str:
    shown = pasted(desk, name, text, **more)
    seen = re.search(r'name="seen" value="(\w+)"', shown)
    assert seen is not None
    return pasted(desk, name, text, save="是", seen=seen[1], **more)


def findings(desk: RunningDesk) -> str:
    return (root(desk) / "checklists/2021/问题.yaml").read_text("utf-8")


def test_a_pasted_block_becomes_records_in_one_go(desk: RunningDesk) -> None:
    before = findings(desk)
    shown = pasted(desk, "问题", HEADS + ROW)
    assert "1 行都读懂了" in shown
    assert findings(desk) == before
    answer = save(desk, "问题", HEADS + ROW)
    assert "已保存粘贴的 1 行" in answer
    after = findings(desk)
    assert after.startswith(before.rstrip("\n"))
    assert "泵站值班记录缺页" in after
    assert '写着"补"字。' in after
    assert "整改时限: 2021-12-20" in after
    again = pasted(desk, "问题", HEADS + ROW)
    assert "没有要写的" in again
    assert "/undo/1" in answer
    with desk.client() as client:
        client.post(desk.of_workspace("undo/1"))
    assert findings(desk) == before


def test_headings_of_others_are_understood_and_shown(desk: RunningDesk) -> None:
    text = "监督检查名称\t被检查单位\t存在问题\n甲\t乙\t丙\n"
    shown = pasted(desk, "问题", text)
    assert '<option value="单位" selected>' in shown
    assert '<option value="问题描述" selected>' in shown
    assert '<th scope="row">表头</th>' in shown


def test_without_headings_columns_are_taken_in_order_and_can_be_chosen(desk: RunningDesk) -> None:
    text = "2021-07-31\t提醒谈话\t2\n"
    assert "1 行都读懂了" in pasted(desk, "问责统计", text)
    turned = "提醒谈话\t2021-07-31\t2\n"
    assert "处要改" in pasted(desk, "问责统计", turned)
    assert "1 行都读懂了" in pasted(desk, "问责统计", turned, column=["类别", "日期", "数量"], headed="否")


def test_messages_stand_at_their_cells_and_nothing_is_written(desk: RunningDesk) -> None:
    before = findings(desk)
    bad = HEADS + ROW + ROW.replace("2021/12/20", "年底前").replace("缺页", "缺章")
    shown = pasted(desk, "问题", bad)
    cell = shown[shown.index("年底前</textarea>") if "年底前</textarea>" in shown else 0 :]
    assert re.search(r"<td>年底前<span class=\"at-cell error\">[^<]*应为日期", cell)
    assert 'name="save"' not in shown
    seen = re.search(r'name="seen" value="(\w+)"', shown)
    assert seen is not None
    pasted(desk, "问题", bad, save="是", seen=seen[1])
    assert findings(desk) == before


def test_what_is_missing_in_a_row_is_told_by_the_head_of_its_column(desk: RunningDesk) -> None:
    shown = pasted(desk, "问题", "检查\t单位\t问题名称\nJZ01\tU11\t缺事实\n")
    assert "缺「问题描述」" in shown
    assert "处要改" in shown


def test_a_row_with_a_code_that_is_there_alters_it_and_blanks_alter_nothing(desk: RunningDesk) -> None:
    before = findings(desk)
    answer = save(desk, "问题", "编号\t问题名称\t整改目标\nW2021-02\t\t公示牌信息真实、及时。\n")
    assert "已保存" in answer
    assert findings(desk) == before.replace(
        "整改目标: 公示牌信息真实有效。", "整改目标: 公示牌信息真实、及时。"
    )


def test_a_column_that_was_not_pasted_keeps_what_stands_beside_it(desk: RunningDesk) -> None:
    path = root(desk) / "checklists/2021/整改反馈.yaml"
    before = path.read_text("utf-8")
    save(desk, "整改反馈", "编号\t佐证\nFK01\t标识牌照片（原件）\n")
    line = "- {名称: 标识牌照片（原件）, 日期: 2021-04-29}"
    after = path.read_text("utf-8")
    assert (
        line in after
        or line.replace("- {名称", "- 名称").replace(", ", "\n        ").replace("}", "") in after
    )
    assert len(after.splitlines()) - len(before.splitlines()) in (0, 1)


def test_a_row_like_one_that_is_there_asks_for_its_code(desk: RunningDesk) -> None:
    found = re.search(r"名称: (.+)\n    事实: .+", findings(desk))
    assert found is not None
    row = f"JZ01\tU11\t{found[1]}\t另一番话。\t限期整改\t2021-12-20\n"
    shown = pasted(desk, "问题", HEADS + row)
    assert "像是收过的 问题 W2021-01" in shown
    assert "写上它的编号" in shown
    assert "台账" not in shown[shown.index("像是收过的") : shown.index("像是收过的") + 200]


def test_a_code_that_stands_twice_is_refused(desk: RunningDesk) -> None:
    shown = pasted(desk, "问题", "编号\t整改目标\nW2021-02\t甲。\nW2021-02\t乙。\n")
    assert "「W2021-02」有两行" in shown


def test_what_can_not_be_read_is_told_above_the_table(desk: RunningDesk) -> None:
    path = root(desk) / "checklists/2021/问责统计.yaml"
    path.write_text("问责统计:\n  - {日期: 2021-06-30, 类别: 乱写, 数量: 1}\n", "utf-8")
    text = asked(desk, "records/问责统计")
    assert "有读不出来的" in text
    assert "乱写" in text
    assert "还没有。" not in text


def test_what_is_signed_is_refused_at_its_cell(desk: RunningDesk) -> None:
    shown = pasted(desk, "问题", "编号\t完成时限\nW2021-01\t2021-07-30\n")
    assert "处要改" in shown
    assert re.search(r"2021-07-30<span class=\"at-cell error\">", shown)


def test_what_was_shown_is_what_is_saved(desk: RunningDesk) -> None:
    shown = pasted(desk, "问题", HEADS + ROW)
    seen = re.search(r'name="seen" value="(\w+)"', shown)
    assert seen is not None
    path = root(desk) / "checklists/2021/问题.yaml"
    path.write_text(path.read_text("utf-8") + "# 另一个人写的\n", "utf-8")
    answer = pasted(desk, "问题", HEADS + ROW, save="是", seen=seen[1])
    assert "还没有写" in answer
    assert "泵站值班记录缺页" not in findings(desk)


def test_entries_of_records_are_pasted_too(desk: RunningDesk) -> None:
    answer = save(desk, "进展", "问题\t日期\t内容\nW2021-03\t2021-10-08\t9月巡查记录均有签名。\n")
    assert "已保存" in answer
    assert "9月巡查记录均有签名。" in findings(desk)


def test_a_lone_quote_is_a_sign_like_others(desk: RunningDesk) -> None:
    shown = pasted(desk, "问题", HEADS + 'JZ01\tU11\t"半截\t检查时看到。\t限期整改\t2021-12-20\n')
    assert "1 行都读懂了" in shown


def test_an_empty_paste_is_told(desk: RunningDesk) -> None:
    with desk.client() as client:
        answer = client.post(desk.of_workspace("records/问题/paste"), data={"text": "\n\t\n"})
        many = client.post(
            desk.of_workspace("records/问责统计/paste"), data={"text": "2021-06-30\t提醒谈话\t2\n" * 2002}
        )
    assert (answer.status_code, many.status_code) == (422, 422)
    assert "D044" in answer.text
    assert "一次最多 2000 行" in many.text


@pytest.mark.browser
def test_paste_by_keyboard_is_shown_and_saved(desk: RunningDesk, driver: webdriver.Chrome) -> None:
    driver.get(desk.entrance)
    driver.get(desk.site + desk.of_workspace("records"))
    assert violations(driver) == []
    driver.get(desk.site + desk.of_workspace("records/问题"))
    assert violations(driver) == []
    driver.execute_script(
        "const data = new DataTransfer(); data.setData('text/plain', arguments[0]);"
        "document.body.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));",
        HEADS + ROW,
    )
    waiting = waits(driver)
    waiting.until(lambda page: page.find_elements(By.NAME, "save"))
    assert violations(driver) == []
    driver.find_element(By.NAME, "save").click()
    waiting.until(lambda page: "已保存粘贴的 1 行" in page.page_source)
    assert "泵站值班记录缺页" in findings(desk)
    assert errors_of(driver) == []


def test_the_table_of_findings_says_who_answers_on_the_day_like_the_story(desk: RunningDesk) -> None:
    with desk.client() as client:

        def said(path: str, day: str) -> str:
            return client.get(desk.of_workspace(path, day=day)).text

        # 于某某 signed for it, 袁某某 took over on 2021-07-05
        for day, name in (("2021-07-04", "于某某"), ("2021-07-05", "袁某某")):
            assert f"<dt>责任人</dt><dd>{name}" in said("finding/W2021-06", day)
            row = re.search(r"finding/W2021-06\".*?</tr>", said("records/问题", day), re.DOTALL)
            assert row and name in row[0]
        chosen = said("records/问题?责任人=袁某某", "现在")
    assert "W2021-06" in codes(chosen)
