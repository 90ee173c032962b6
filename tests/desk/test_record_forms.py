"""The form of each section saved and read back equal; mistakes at their field; what others changed is never overwritten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from desks import RunningDesk
from forms import PostedForm, form_on, messages_of
from hypothesis import given, settings
from hypothesis import strategies as st

from liangqing.data.model.validate import SECTIONS
from liangqing.data.yaml.places import parse
from liangqing.desk.answering.look import DeskLook, Sent
from liangqing.desk.answering.record_keys import record_key
from liangqing.outputs.ledger.entered import records

ODD = "他说：\"不行\"\n- 第一，【见图】｛１｝ 😀 '单引号' # 井号: 冒号\n　全角空格"


@pytest.fixture
def client(desk: RunningDesk) -> Iterator[httpx.Client]:
    with desk.client() as found:
        yield found


def _root(desk: RunningDesk) -> Path:
    assert desk.settings.first is not None
    return desk.settings.first


def _file(desk: RunningDesk, section: str) -> Path:
    return _root(desk) / f"checklists/2021/{section}.yaml"


def _tree(desk: RunningDesk, section: str, code: str) -> Any:
    tree: Any = parse(_file(desk, section).read_bytes(), section)
    return next(one for one in tree[section] if one["编号"] == code)


def _form(desk: RunningDesk, client: httpx.Client, path: str) -> PostedForm:
    answer = client.get(desk.of_workspace(f"records/{path}"))
    assert answer.status_code == 200, answer.text
    return form_on(answer.text)


def _data(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted((root / "checklists").rglob("*.yaml"))
    }


def test_each_record_of_the_year_posted_as_it_was_opened_changes_nothing(
    desk: RunningDesk, client: httpx.Client
) -> None:
    root = _root(desk)
    look, before, seen = DeskLook(desk.settings, Sent(), root, 2021), _data(root), set()
    for section in SECTIONS:
        for record in records(look.opened.at, section.key)[:12]:
            answer = _form(desk, client, f"{section.key}/{record_key(record)}").post(client)
            assert "没有改动" in answer.text, (section.key, record.label)
            seen.add(section.key)
    assert seen == {section.key for section in SECTIONS} - {"调休"}
    assert _data(root) == before


# By section: what an empty form needs. What follows from it is judged like all else.
FRESH: dict[str, dict[str, Any]] = {
    "调休": {"年度": "2022", "放假": "2022-01-01至2022-01-03\n2022-01-31至2022-02-06", "上班": "2022-01-29"},
    "单位": {
        "名称": "灵川局新设党支部",
        "类型": "党支部",
        "负责人.n1.#": "",
        "负责人.n1.姓名": "甲某某",
        "负责人.n1.职务": "书记",
    },
    "征求意见": {"单位": "U11", "任务": "R1", "意见": ODD, "处理": "采纳", "日期": "2021-03-01"},
    "典型案例": {"来源": "市纪委通报", "名称": "某案", "案例": "一\n二"},
    "监督记录": {
        "日期": "2021年9月1日",
        "单位": "灵川局党支部",
        "方式": "列席会议",
        "性质": "了解",
        "内容": ODD,
    },
    "检查": {
        "类型": "抽查",
        "名称": "窗口抽查",
        "开始日期": "2021-9-6",
        "单位": ["U11　灵川局党支部", "U12"],
    },
    "问题": {"检查": "JZ01", "单位": "U11", "名称": "台账不全", "事实": ODD, "依据": "- 第三条"},
    "画像": {"检查": "DX01", "单位": "U08", "总体评价": ODD, "优点": "甲\n乙"},
    "文书": {"文种": "提醒函", "单位": ["U11"], "问题": ["W2021-01"], "事由": "“报送”台账"},
    "送达": {"文种": "监督检查清单", "对象": "2021", "单位": "U11", "日期": "2021-03-31"},
    "整改反馈": {
        "整改函": "ZG1",
        "问题": "W2021-01",
        "日期": "2021-07-01",
        "完成情况": ODD,
        "佐证.n1.#": "",
        "佐证.n1.名称": "照片",
    },
    "项目": {
        "项目": "河口治理",
        "来源": "调研",
        "目标": "干净",
        "责任单位": ["全体单位"],
        "开始日期": "2021-03-01",
        "完成时限": "2021-12-01",
    },
    "问责统计": {"日期": "2021-09-01", "类别": "提醒谈话", "数量": "3"},
}


@pytest.mark.parametrize("section", FRESH)
def test_a_new_record_of_a_section_is_saved_and_read_back_equal(
    desk: RunningDesk, client: httpx.Client, section: str
) -> None:
    form = _form(desk, client, f"{section}/new")
    for label, text in FRESH[section].items():
        form.fields[f"v.{label}"] = text if isinstance(text, list) else [text]
    answer = form.saved(client)
    assert "已保存" in answer.text, (
        answer.url,
        messages_of(answer.text),
        re.sub("<[^>]+>|\\s+", " ", answer.text)[-900:],
    )
    again = form_on(answer.text)
    for label, text in FRESH[section].items():
        shown, typed = again.fields.get(f"v.{label}"), text if isinstance(text, list) else [text]
        if ".n1" in label or "日期" in label:
            continue
        assert shown is not None
        told = [
            one.partition("　")[0] if label in ("单位", "任务", "检查", "问题", "整改函") else one
            for one in shown
            if one
        ]
        wanted = [
            {"灵川局党支部": "U11"}.get(one, one.partition("　")[0] if label == "单位" else one)
            for one in typed
        ]
        assert told == wanted
    assert "没有改动" in again.post(client).text


def test_what_differs_is_written_and_nothing_else(desk: RunningDesk, client: httpx.Client) -> None:
    before = _file(desk, "问题").read_bytes()
    form = _form(desk, client, "问题/W2021-05")
    form.fields["v.整改目标"] = [ODD]
    answer = form.saved(client)
    assert "已保存" in answer.text
    assert _tree(desk, "问题", "W2021-05")["整改目标"] == ODD
    lines = set(_file(desk, "问题").read_bytes().splitlines()) ^ set(before.splitlines())
    assert all("整改目标".encode() in line or not line.strip().startswith(b"-") for line in lines)
    assert form_on(answer.text).fields["v.整改目标"] == [ODD]


def test_rows_are_added_moved_and_taken_out(desk: RunningDesk, client: httpx.Client) -> None:
    form = _form(desk, client, "问题/W2021-05")
    form.fields |= {"v.进展.n1.#": [""], "v.进展.n1.日期": ["2021-10-20"], "v.进展.n1.内容": [ODD]}
    form.fields |= {
        "v.进展.n1.佐证.#": ["0-0"],
        "v.进展.n1.佐证.n2.#": [""],
        "v.进展.n1.佐证.n2.名称": ["照片 1"],
    }
    assert "已保存" in form.saved(client).text
    added = _tree(desk, "问题", "W2021-05")["进展"][-1]
    assert added == {"日期": "2021-10-20", "内容": ODD, "佐证": [{"名称": "照片 1"}]}
    last = len(_tree(desk, "问题", "W2021-05")["进展"]) - 1
    form = _form(desk, client, "问题/W2021-05")
    moved = {name: value for name, value in form.fields.items() if name.startswith(f"v.进展.{last}.")}
    rest = {name: value for name, value in form.fields.items() if name not in moved}
    head = {name: value for name, value in rest.items() if not name.startswith("v.进展.")}
    form.fields = {**head, **moved, **rest}
    if last:
        assert "已保存" in form.saved(client).text
        assert _tree(desk, "问题", "W2021-05")["进展"][0] == added
    form = _form(desk, client, "问题/W2021-05")
    form.fields = {name: value for name, value in form.fields.items() if not name.startswith("v.进展.0.")}
    assert "已保存" in form.saved(client).text
    assert added not in _tree(desk, "问题", "W2021-05").get("进展", [])


def test_a_mistake_is_told_at_its_field_in_the_words_of_check(
    desk: RunningDesk, client: httpx.Client
) -> None:
    form = _form(desk, client, "检查/new")
    form.fields |= {"v.类型": ["抽查"], "v.开始日期": ["2021-02-30"], "v.单位": ["没有的单位"]}
    told = messages_of(form.post(client, "/try").text)
    assert "应为真实的日期" in told["v.开始日期"]
    assert "缺「名称」" in told["v.名称"]
    assert "在「名称」里填上" in told["v.名称"]
    form.fields |= {"v.名称": ["窗口抽查"], "v.开始日期": ["2021-02-20"]}
    told = messages_of(form.post(client, "/try").text)
    assert "找不到对应的单位" in told["v.单位"]
    refused = form.post(client)
    assert refused.status_code == 422
    assert "找不到对应的单位" in messages_of(refused.text)["v.单位"]
    assert form_on(refused.text).fields["v.名称"] == ["窗口抽查"]


def test_a_signed_value_is_refused_at_its_field(desk: RunningDesk, client: httpx.Client) -> None:
    form = _form(desk, client, "问题/W2021-01")
    form.fields["v.整改时限"] = ["2022-01-01"]
    told = messages_of(form.post(client, "/try").text)["v.整改时限"]
    assert "已经签字或发函" in told
    assert "在「延期」里加一条：批准日期、新时限、理由、批准人" in told
    assert form.post(client).status_code == 422
    assert _tree(desk, "问题", "W2021-01")["整改时限"] != "2022-01-01"


def test_what_is_saved_is_what_was_shown(desk: RunningDesk, client: httpx.Client) -> None:
    form = _form(desk, client, "问题/W2021-05")
    form.fields["v.整改目标"] = ["甲"]
    seen = re.search('data-seen="([0-9a-f]{64})"', form.post(client, "/try").text)
    assert seen is not None
    form.fields["seen"] = [seen[1]]
    assert "已保存" in form.post(client).text  # one click: it was shown while typing
    form = _form(desk, client, "问题/W2021-05")
    form.fields |= {"v.整改目标": ["乙"], "seen": [seen[1]]}
    asked = form.post(client)
    assert "确认保存" in asked.text
    assert _tree(desk, "问题", "W2021-05")["整改目标"] == "甲"


def test_two_tabs_on_one_record(desk: RunningDesk, client: httpx.Client) -> None:
    one, other = (_form(desk, client, "问题/W2021-05") for _ in range(2))
    was = _tree(desk, "问题", "W2021-05")
    one.fields |= {"v.整改目标": ["第一个窗口的"], "v.依据": ["只有第一个窗口改"]}
    other.fields |= {"v.整改目标": ["第二个窗口的"], "v.共性": ["只有第二个窗口改"]}
    assert "已保存" in one.saved(client).text
    stopped = other.post(client)
    assert stopped.status_code == 409
    assert all(word in stopped.text for word in ("第一个窗口的", "第二个窗口的", "两边都改了", "已并入"))
    assert _tree(desk, "问题", "W2021-05")["整改目标"] == "第一个窗口的"
    merged = form_on(stopped.text)
    assert merged.fields["v.依据"] == ["只有第一个窗口改"]
    assert merged.fields["v.整改目标"] == ["第二个窗口的"]
    assert "已保存" in merged.saved(client).text
    now = _tree(desk, "问题", "W2021-05")
    changed = {"整改目标": "第二个窗口的", "依据": "只有第一个窗口改", "共性": "只有第二个窗口改"}
    assert now == {**was, **changed}


def test_rows_that_both_sides_added_are_kept(desk: RunningDesk, client: httpx.Client) -> None:
    one, other = (_form(desk, client, "问题/W2021-05") for _ in range(2))
    before = _tree(desk, "问题", "W2021-05").get("进展", [])
    for form, words in ((one, "甲说的"), (other, "乙说的")):
        form.fields |= {"v.进展.n1.#": [""], "v.进展.n1.日期": ["2021-10-20"], "v.进展.n1.内容": [words]}
    assert "已保存" in one.saved(client).text
    assert "已保存" in form_on(other.post(client).text).saved(client).text
    after = _tree(desk, "问题", "W2021-05")["进展"]
    assert after[: len(before)] == before
    assert [row["内容"] for row in after[len(before) :]] == ["甲说的", "乙说的"]


def test_a_text_editor_beside_the_form_is_not_overwritten(desk: RunningDesk, client: httpx.Client) -> None:
    form, file = _form(desk, client, "问题/W2021-05"), _file(desk, "问题")
    was = _tree(desk, "问题", "W2021-05")["名称"]
    file.write_text(file.read_text("utf-8").replace(was, f"{was}和台账"), "utf-8")
    form.fields["v.整改目标"] = ["甲"]
    stopped = form.post(client)
    assert stopped.status_code == 409
    assert f"{was}和台账" in stopped.text
    assert form_on(stopped.text).fields["v.名称"] == [f"{was}和台账"]


def test_a_record_deleted_meanwhile_loses_nothing_typed(desk: RunningDesk, client: httpx.Client) -> None:
    created = _form(desk, client, "问责统计/new")
    created.fields |= {"v.日期": ["2021-09-02"], "v.类别": ["提醒谈话"], "v.数量": ["7"]}
    form = form_on(created.saved(client).text)
    file = _file(desk, "问责统计")
    text = file.read_text("utf-8")
    file.write_text(text[: text.rindex("  - ")], "utf-8")
    form.fields["v.数量"] = ["8"]
    told = form.post(client)
    assert told.status_code == 409
    assert "存为新的一条" in told.text
    again = form_on(told.text)
    assert again.fields["v.数量"] == ["8"]
    assert "已保存" in again.saved(client).text


def test_undo_puts_the_file_back_and_says_so_in_the_log(desk: RunningDesk, client: httpx.Client) -> None:
    root = _root(desk)
    before = _data(root)
    form = _form(desk, client, "问题/W2021-05")
    form.fields["v.整改目标"] = ["写错了"]
    done = form.saved(client)
    undo = re.search(r'action="([^"]+/undo/\d+)"', done.text)
    assert undo is not None
    answer = client.post(undo[1])
    assert "已撤销" in answer.text
    assert _data(root) == before
    assert '"撤销"' in (root / "checklists/改动记录.jsonl").read_text("utf-8").splitlines()[-1]
    assert client.post(undo[1]).status_code == 404  # once


def test_undo_of_the_first_record_of_a_section_takes_its_file_away(
    desk: RunningDesk, client: httpx.Client
) -> None:
    before = _data(_root(desk))
    form = _form(desk, client, "调休/new")
    form.fields |= {"v.年度": ["2022"], "v.放假": ["2022-01-01至2022-01-03"]}
    done = form.saved(client)
    assert _data(_root(desk)) != before
    client.post(re.search(r'action="([^"]+/undo/\d+)"', done.text)[1])  # type: ignore[index]
    assert _data(_root(desk)) == before


def test_undo_is_refused_once_the_file_was_changed_again(desk: RunningDesk, client: httpx.Client) -> None:
    form = _form(desk, client, "问题/W2021-05")
    form.fields["v.整改目标"] = ["第一次"]
    done = form.saved(client)
    file = _file(desk, "问题")
    file.write_text(file.read_text("utf-8") + "# 后来写的\n", "utf-8")
    answer = client.post(re.search(r'action="([^"]+/undo/\d+)"', done.text)[1])  # type: ignore[index]
    assert answer.status_code == 422
    assert "D041" in answer.text
    assert "后来写的" in file.read_text("utf-8")


def test_undo_is_refused_when_something_rests_on_the_record(desk: RunningDesk, client: httpx.Client) -> None:
    form = _form(desk, client, "检查/new")
    form.fields |= {
        "v.类型": ["抽查"],
        "v.名称": ["窗口抽查"],
        "v.开始日期": ["2021-09-06"],
        "v.单位": ["U11"],
    }
    done = form.saved(client)
    code = form_on(done.text).fields["v.编号"][0]
    finding = _form(desk, client, f"问题/new?检查={code}")
    finding.fields |= {"v.单位": ["U11"], "v.名称": ["台账不全"], "v.事实": ["缺三页"]}
    assert "已保存" in finding.saved(client).text
    answer = client.post(re.search(r'action="([^"]+/undo/\d+)"', done.text)[1])  # type: ignore[index]
    assert answer.status_code == 422
    assert code in answer.text


def test_a_record_is_taken_out_unless_something_rests_on_it(desk: RunningDesk, client: httpx.Client) -> None:
    told = _form(desk, client, "检查/JZ01").post(client, "/delete")
    assert told.status_code == 422
    assert "用着它" in told.text
    form = _form(desk, client, "问责统计/new")
    form.fields |= {"v.日期": ["2021-09-02"], "v.类别": ["提醒谈话"], "v.数量": ["7"]}
    before = _file(desk, "问责统计").read_bytes()
    made = form_on(form.saved(client).text)
    asked = made.post(client, "/delete")
    seen = re.search('name="seen" value="([0-9a-f]{64})"', asked.text)
    assert seen is not None
    assert "最近的改动" in client.post(str(asked.url), data={"seen": seen[1]}).text
    assert _file(desk, "问责统计").read_bytes() == before


def test_presets_of_the_address_stand_in_an_empty_form(desk: RunningDesk, client: httpx.Client) -> None:
    form = _form(desk, client, "整改函/new?单位=U11&问题=W2021-01、W2021-02")
    assert form.fields["v.单位"][0].startswith("U11　")
    assert [text.partition("　")[0] for text in form.fields["v.问题"]] == ["W2021-01", "W2021-02", ""]


def test_a_finding_can_be_reordered_or_shortened_but_not_both_where_rows_have_numbers(
    desk: RunningDesk, client: httpx.Client
) -> None:
    form = _form(desk, client, "清单/全部")
    rows = [name for name in form.fields if re.fullmatch(r"v\.任务\.\d+\.#", name)]
    first, second = (name[:-1] for name in rows[:2])
    own = {name: value for name, value in form.fields.items() if name.startswith(first)}
    rest = {
        name: value for name, value in form.fields.items() if name not in own and not name.startswith(second)
    }
    form.fields = {**rest, **own}
    answer = form.post(client)
    assert answer.status_code == 422
    assert "D040" in answer.text


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=30
) | st.sampled_from(
    [
        ODD,
        "- 甲",
        "'",
        '"',
        "{甲: 乙}",
        "# 注",
        "是",
        "null",
        "~",
        "1",
        "2021-09-30",
        "甲\n乙",
        "&a *b",
        "%x",
        "甲: 乙",
    ]
)
EDITS = st.dictionaries(
    st.sampled_from(["自查范围", "报送方式", "类似问题", "名称", "来源"]),
    TEXTS,
    min_size=1,
    max_size=3,
)


def test_random_edits_stand_in_yaml_exactly_and_are_shown_again(
    desk: RunningDesk, client: httpx.Client
) -> None:
    refused, written = list[str](), list[str]()

    @settings(max_examples=25)
    @given(EDITS)
    def edited(edits: dict[str, str]) -> None:
        form, before = _form(desk, client, "典型案例/AL01"), _tree(desk, "典型案例", "AL01")
        wanted = {name: text.strip(" \t\n") for name, text in edits.items()}
        form.fields |= {f"v.{name}": [text] for name, text in edits.items()}
        answer = form.saved(client)
        now = _tree(desk, "典型案例", "AL01")
        if answer.status_code == 422:
            refused.append(str(messages_of(answer.text)))
            assert now == before
            return
        written.extend(edits)
        assert now == _with(before, wanted)
        shown = form_on(answer.text)
        assert {name: shown.fields[f"v.{name}"][0] for name in wanted} == wanted

    edited()
    assert len(written) > 20, refused


def _with(tree: dict[str, Any], wanted: dict[str, str]) -> dict[str, Any]:
    """The record with these values and nothing else changed."""
    return {key: value for key, value in {**tree, **wanted}.items() if value}


def test_a_record_that_can_not_be_read_is_mended_on_its_form(desk: RunningDesk, client: httpx.Client) -> None:
    code, file = "W2021-05", _file(desk, "问题")
    text, was = file.read_text("utf-8"), _tree(desk, "问题", code)["整改类别"]
    at = text.index(f"整改类别: {was}", text.index(f"编号: {code}"))
    file.write_text(f"{text[:at]}整改类别: 马上改{text[at + len(f'整改类别: {was}') :]}", "utf-8")
    shown = client.get(desk.of_workspace(f"records/问题/{code}"))
    assert "马上改" in messages_of(shown.text)["v.整改类别"]
    form = form_on(shown.text)
    assert form.fields["v.整改类别"] == ["马上改"]
    form.fields["v.整改类别"] = ["限时"]
    assert "v.整改类别" in messages_of(form.post(client).text)
    form.fields["v.整改类别"] = [was]
    assert "已保存" in form.saved(client).text
    assert _tree(desk, "问题", code)["整改类别"] == was


def test_rows_that_are_not_on_the_page_stay(desk: RunningDesk, client: httpx.Client) -> None:
    rows = "".join(
        f"        - {{日期: 2021-08-{1 + number // 10:02}, 内容: 第{number}次}}\n" for number in range(120)
    )
    file = _file(desk, "问题")
    text = file.read_text("utf-8")
    at = text.index("进展:", text.index("编号: W2021-05"))
    start = text.rindex("\n", 0, at) + 1
    indent = " " * (at - start)
    end = next(
        place
        for place in range(text.index("\n", at) + 1, len(text))
        if text[place - 1] == "\n"
        and text[place : place + len(indent) + 1].strip()
        and not text[place : place + len(indent) + 1].startswith(f"{indent} ")
        and not text[place:].startswith(f"{indent}-")
    )
    file.write_text(f"{text[:start]}{indent}进展:\n{rows}{text[end:]}", "utf-8")
    assert len(_tree(desk, "问题", "W2021-05")["进展"]) == 120
    form = _form(desk, client, "问题/W2021-05?rows=进展:100")
    assert "v.进展.99.内容" not in form.fields
    form.fields["v.进展.100.内容"] = ["改过"]
    form.fields = {name: text for name, text in form.fields.items() if not name.startswith("v.进展.119.")}
    form.fields |= {"v.进展.n1.#": [""], "v.进展.n1.日期": ["2021-08-25"], "v.进展.n1.内容": ["新的"]}
    assert "已保存" in form.saved(client).text
    after = [row["内容"] for row in _tree(desk, "问题", "W2021-05")["进展"]]
    assert after == [
        *(f"第{number}次" for number in range(100)),
        "改过",
        *(f"第{number}次" for number in range(101, 119)),
        "新的",
    ]
