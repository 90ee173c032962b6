"""Papers issued, made void, verified, suggested and let through from the page: what is shown, what is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import desks
import httpx
import pytest
from chromium import waits
from desks import DAY, RunningDesk, errors_of, violations
from docx import Document
from sample import copy_workspace
from selenium import webdriver
from selenium.webdriver.common.by import By

from liangqing import register
from liangqing.actions import issuing
from liangqing.actions.issuing import IssueOrder
from liangqing.base.docx_zip import W
from liangqing.base.folders import kit
from liangqing.cli import main as cli
from liangqing.desk.answering.page_words import PHRASES
from liangqing.register import Line

NUMBER = "市纪驻环督〔2021〕1号"
SAMPLE_KEPT = (
    *("issue", "issue/督办函~DB1", "void/7", "propose", "waive/督办函~DB1"),
    *("template-new", "templates/整改函.docx", "templates/整改函.docx/open"),
)
TYPED = re.compile(r"--[a-z]|\bissue\b|\bbuild\b|\bvoid\b|\bpropose\b|门槛|漂移")


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[RunningDesk]:
    """The sample year as one's own workspace with nothing issued, on a desk of its own."""
    root = copy_workspace(tmp_path / "工作", issued=False)
    with desks.running(root, DAY, tmp_path / "state") as found:
        yield found


def root_of(desk: RunningDesk) -> Path:
    assert desk.settings.first is not None
    return desk.settings.first


def lines(desk: RunningDesk) -> tuple[Line, ...]:
    """What the register holds, which must be in order."""
    book = register.load(root_of(desk))
    assert book.diagnostics == ()
    return book.issued


def words(answer: httpx.Response) -> str:
    """What a person reads of a page."""
    body = answer.text.partition("<main")[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def edit(desk: RunningDesk, name: str, old: str, new: str) -> None:
    path = root_of(desk) / name
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} {text.count(old)} times"
    path.write_text(text.replace(old, new), "utf-8")


def test_the_page_tells_what_will_be_frozen(desk: RunningDesk) -> None:
    with desk.client() as client:
        answer = client.get(desk.of_workspace("issue/督办函~DB1"))
    told = words(answer)
    assert answer.status_code == 200
    for part in (
        NUMBER,
        "2021年11月1日",
        "桂林市兴安生态环境局党支部",
        "W2021-06",
        "2021年10月15日",
        "袁某某",
    ):
        assert part in told
    assert "没有有效的双签" in told
    assert f'name="expected" value="{NUMBER}"' in answer.text
    assert len(lines(desk)) == 11  # to look at it issues nothing


def test_a_notice_that_comes_too_late_is_told_and_offers_to_be_entered(desk: RunningDesk) -> None:
    with desk.client() as client:
        late = client.get(desk.of_workspace("issue/监督检查通知~JZ03"))
        in_time = client.get(desk.of_workspace("issue/督办函~DB1"))
    assert "核对：检查已经开始，没有登记印发" in words(late)
    assert "<details open>" in late.text
    assert "核对：" not in words(in_time)
    assert "<details open>" not in in_time.text


def test_one_button_issues_it_and_tells_what_comes_next(desk: RunningDesk) -> None:
    with desk.client() as client:
        answer = client.post(
            desk.of_workspace("issue/督办函~DB1"),
            data={"day": "2021-11-01", "signer": "张某某", "expected": NUMBER},
        )
    line = lines(desk)[-1]
    assert (line.number, line.issued, line.signer) == (NUMBER, DAY, "张某某")
    assert (root_of(desk) / "checklists" / line.file).is_file()
    told = words(answer)
    assert f"已印发：{NUMBER}" in told
    assert f"records/送达/new?文号={NUMBER}" in unquote(answer.text)
    # TX1, YT1, TB1 and QS1: JY1 is not numbered here; what was handed over is told apart
    assert "还有 4 份等印发、28 份等定稿" in told


def test_what_was_handed_over_is_kept_from_a_list_of_its_own(desk: RunningDesk) -> None:
    """By itself on a later day, or ticked, on the day on which it was handed over; it waits no more either way."""
    with desk.client() as client:
        before = client.get(desk.of_workspace("issue")).text.partition('id="keeping"')[2]
        assert "2021/体检报告~JZ01~U11" in before and "2021/体检报告~JZ02~U08" in before
        assert "督办函~DB1" not in before
        one = client.post(desk.of_workspace("issue/体检报告~JZ01~U11"), data={"day": "2021-11-01"})
        ticked = client.post(desk.of_workspace("issue"), data={"paper": "2021/体检报告~JZ02~U08"})
        after = client.get(desk.of_workspace("issue")).text
    assert "已定稿：体检报告 JZ01/U11" in words(one)
    assert "体检报告 JZ02/U08 已定稿：" in words(ticked)
    assert [line.number for line in lines(desk)[-2:]] == [None, None]
    assert lines(desk)[-2].issued == DAY and lines(desk)[-1].issued < DAY
    assert "体检报告~JZ01~U11" not in after and "体检报告~JZ02~U08" not in after
    assert "体检报告~JZ03~U02" in after


def test_the_same_paper_asked_for_again_leads_to_what_went_out(desk: RunningDesk) -> None:
    with desk.client() as client:
        data = {"day": "2021-11-01", "expected": NUMBER}
        client.post(desk.of_workspace("issue/督办函~DB1"), data=data)
        second = client.post(desk.of_workspace("issue/督办函~DB1"), data=data)
        shown = client.get(desk.of_workspace("issue/督办函~DB1"))
    assert second.status_code == 422
    assert "已印发" in words(second)
    assert f"已印发：{NUMBER}" in words(shown)
    assert len(lines(desk)) == 12


def test_a_number_that_was_given_meanwhile_is_told_and_not_taken_silently(fresh: RunningDesk) -> None:
    address = fresh.of_workspace("issue/整改函~ZG4")
    with fresh.client() as client:
        shown = client.get(address)
        assert "市纪驻环整〔2021〕1号" in words(shown)
        issuing.issue(root_of(fresh), IssueOrder("整改函", "ZG1", date(2021, 4, 20)), DAY)
        data = {"day": "2021-11-01", "expected": "市纪驻环整〔2021〕1号"}
        refused = client.post(address, data=data)
        assert refused.status_code == 422
        assert "刚才已经给了别的文书，这一份现在是 市纪驻环整〔2021〕2号" in words(refused)
        assert "D770" in words(refused)
        assert [line.subject for line in lines(fresh)] == ["ZG1"]
        client.post(address, data={**data, "expected": "市纪驻环整〔2021〕2号"})
    assert [line.number for line in lines(fresh)] == ["市纪驻环整〔2021〕1号", "市纪驻环整〔2021〕2号"]


def test_a_day_to_come_goes_out_only_with_its_box_ticked(desk: RunningDesk) -> None:
    address = desk.of_workspace("issue/督办函~DB1")
    with desk.client() as client:
        refused = client.post(address, data={"day": "2021-11-05"})
        assert refused.status_code == 422
        assert "日期还没有到，照发" in words(refused)
        assert 'name="force_date"' in refused.text
        assert 'value="2021-11-05"' in refused.text  # what was filled in stays
        assert len(lines(desk)) == 11
        client.post(address, data={"day": "2021-11-05", "force_date": "1"})
    assert (lines(desk)[-1].issued, lines(desk)[-1].notes) == (date(2021, 11, 5), ("日期未到",))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"day": "2021-13-40"}, "「2021-13-40」不是日期"),
        ({"day": "2021-11-01", "number": "十二"}, "「十二」不是号数"),
        ({"day": "2021-11-01", "number": "1"}, "补录要同时填几号、选发出的那份文件"),
    ],
)
def test_a_field_that_cannot_be_read_is_told_and_issues_nothing(
    desk: RunningDesk, fields: dict[str, str], said: str
) -> None:
    with desk.client() as client:
        refused = client.post(desk.of_workspace("issue/督办函~DB1"), data=fields)
    assert refused.status_code == 422
    assert said in words(refused)
    assert "D771" in words(refused)
    assert len(lines(desk)) == 11


def corrected_draft(desk: RunningDesk) -> None:
    """The draft of DB1, made and corrected as a person does in Word."""
    root = root_of(desk)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cli, "today", lambda: DAY)
        assert cli.main(["-C", str(root), "reminders", "DB1"]) == 0
    (path,) = (root / "output/2021/督办函").glob("督办函-草稿-*.docx")
    document = Document(str(path))
    found = [text for text in document.element.iter(f"{W}t") if "请" in (text.text or "")]
    found[0].text = (found[0].text or "").replace("请", "敬请", 1)
    document.save(str(path))


def test_a_draft_edited_in_word_is_shown_word_by_word_and_goes_out_if_chosen(desk: RunningDesk) -> None:
    corrected_draft(desk)
    address = desk.of_workspace("issue/督办函~DB1")
    with desk.client() as client:
        shown = client.get(address)
        assert "草稿在 Word 里改过" in words(shown)
        assert "敬" in words(shown)
        assert 'name="as_edited"' in shown.text
        refused = client.post(address, data={"day": "2021-11-01"})
        assert refused.status_code == 422
        assert not TYPED.search(words(refused))
        client.post(address, data={"day": "2021-11-01", "as_edited": "1"})
    assert lines(desk)[-1].notes == ("手改",)


def test_what_is_still_open_leads_to_the_record_and_can_be_let_through(fresh: RunningDesk) -> None:
    text = (root_of(fresh) / "checklists/2021/问题.yaml").read_text("utf-8")
    demand = re.search(r"    整改要求: .*\n", text[text.index("编号: W2021-08") :])
    assert demand is not None
    edit(fresh, "checklists/2021/问题.yaml", demand[0], "")
    address = fresh.of_workspace("issue/整改函~ZG4")
    waiving = fresh.of_workspace("waive/整改函~ZG4")
    with fresh.client() as client:
        shown = client.get(address)
        assert "问题 W2021-08 没有「整改要求」" in words(shown)
        assert "records/问题/W2021-08" in unquote(shown.text)
        assert client.post(address, data={"day": "2021-11-01"}).status_code == 422
        assert lines(fresh) == ()
        form = client.get(waiving)
        assert 'value="问题 W2021-08 整改要求"' in form.text
        data = {"gate": "问题 W2021-08 整改要求", "理由": "急", "批准人": "张某某", "有效期至": "2021-11-30"}
        assert client.post(waiving, data={**data, "批准人": ""}).status_code == 422
        after = client.post(waiving, data=data)
    assert after.status_code == 200
    assert "没有「整改要求」" not in words(after)
    written = (root_of(fresh) / "checklists/2021/问题.yaml").read_text("utf-8")
    assert "批准人: 张某某" in written[written.index("W2021-08") :]


def test_what_went_out_by_hand_is_entered_with_its_file(fresh: RunningDesk, tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("市纪驻环整〔2021〕1号")
    document.add_paragraph("发出的函，手工编的号。")
    document.save(str(tmp_path / "发出的.docx"))
    files = {"file": ("发出的.docx", (tmp_path / "发出的.docx").read_bytes())}
    with fresh.client() as client:
        answer = client.post(
            fresh.of_workspace("issue/整改函~ZG1"), data={"day": "2021-04-20", "number": "1"}, files=files
        )
    (line,) = lines(fresh)
    assert (line.number, line.notes) == ("市纪驻环整〔2021〕1号", ("补录",))
    assert "登记里记" in words(answer)
    assert "手工编的号" in "".join(
        paragraph.text for paragraph in Document(str(root_of(fresh) / "checklists" / line.file)).paragraphs
    )


def test_several_go_out_at_once_and_what_is_refused_stops_none(desk: RunningDesk) -> None:
    with desk.client() as client:
        shown = client.get(desk.of_workspace("issue"))
        assert 'value="2021/督办函~DB1"' in shown.text
        assert 'value="2021/纪检监察建议书~JY1"' not in shown.text  # it is not numbered here
        chosen = ["2021/提醒函~TX1", "2021/督办函~DB1", "2021/没有这份~X"]
        answer = client.post(desk.of_workspace("issue"), data={"paper": chosen, "day": "2021-11-01"})
        none = client.post(desk.of_workspace("issue"), data={"day": "2021-11-01"})
    assert [line.subject for line in lines(desk)][-2:] == ["TX1", "DB1"]
    assert NUMBER in words(answer)
    assert none.status_code == 422
    assert "D772" in words(none)


def test_a_paper_is_made_void_with_a_reason(desk: RunningDesk) -> None:
    address = desk.of_workspace("void/11")
    with desk.client() as client:
        shown = client.get(address)
        assert "作废 市纪驻环整〔2021〕4号" in words(shown)
        assert "一起印发的附件也作废：问题清单、整改情况反馈表" in words(shown)
        assert client.post(address, data={"why": " "}).status_code == 422
        early = client.post(address, data={"why": "发错单位", "day": "2021-01-01"})
        assert early.status_code == 422
        assert not TYPED.search(words(early))
        assert register.load(root_of(desk)).lines[-1].serial == 11
        answer = client.post(address, data={"why": "发错单位", "day": "2021-11-01"})
    assert "已作废：市纪驻环整〔2021〕4号" in words(answer)
    last = register.load(root_of(desk)).lines[-1]
    assert last.record()["理由"] == "发错单位"


def test_a_copy_that_came_back_is_told_from_one_that_was_altered(desk: RunningDesk, tmp_path: Path) -> None:
    line = lines(desk)[-1]
    kept = root_of(desk) / "checklists" / line.file
    document = Document(str(kept))
    found = [text for text in document.element.iter(f"{W}t") if "12月20日" in (text.text or "")]
    found[0].text = (found[0].text or "").replace("12月20日", "12月30日")
    document.save(str(tmp_path / "改过.docx"))
    files = [
        ("file", ("收回.docx", kept.read_bytes())),
        ("file", ("改过.docx", (tmp_path / "改过.docx").read_bytes())),
        ("file", ("不是文书.docx", b"nothing")),
    ]
    with desk.client() as client:
        told = words(client.post(desk.of_workspace("verify"), files=files))
    assert "收回.docx：未改动" in told
    assert "改过.docx：已改动" in told
    assert line.name in told
    assert "不是文书.docx" in told
    assert not TYPED.search(told)


def test_what_the_ladder_calls_for_is_drawn_up_by_a_click(desk: RunningDesk) -> None:
    path = root_of(desk) / "checklists/2021/文书.yaml"
    text = path.read_text("utf-8")
    begin = text.index("  - 编号: DB1")
    path.write_text(text[:begin] + text[text.index("  - 编号: ", begin + 5) :], "utf-8")
    with desk.client() as client:
        shown = client.get(desk.of_workspace("propose"))
        assert "W2021-06 时限2021年10月15日，已超17天" in words(shown)
        key = re.search(r'name="paper" value="([^"]+)"', shown.text)
        assert key is not None
        answer = client.post(desk.of_workspace("propose"), data={"paper": key[1]})
        code = key[1].partition("/")[2]
        assert f"records/文书/{code}" in unquote(answer.text)
        again = client.get(desk.of_workspace("propose"))
        none = client.post(desk.of_workspace("propose"), data={})
    assert key[1] not in again.text
    assert none.status_code == 422
    (drawn,) = (root_of(desk) / "checklists/2021").glob("文书-拟办-*.yaml")
    assert code in drawn.read_text("utf-8")


@pytest.mark.parametrize(
    "path",
    [
        "today",
        "issue",
        "issue/督办函~DB1",
        "issue/监督检查通知~JZ03",
        "propose",
        "verify",
        "void/7",
        "issued/7",
    ],
)
def test_a_page_names_no_command_and_no_jargon(desk: RunningDesk, path: str) -> None:
    with desk.client() as client:
        answer = client.get(desk.of_workspace(path))
    assert answer.status_code == 200
    assert not TYPED.search(words(answer)), TYPED.findall(words(answer))


def test_each_phrase_that_a_page_says_otherwise_is_still_said_by_the_program() -> None:
    sources = "".join(path.read_text("utf-8") for path in Path(issuing.__file__).parents[2].rglob("*.py"))
    assert {phrase: sources.count(phrase) for phrase in PHRASES if sources.count(phrase) < 2} == {}


def test_an_address_that_names_nothing_is_not_there(desk: RunningDesk) -> None:
    with desk.client() as client:
        for path in (
            "issue/督办函~没有",
            "issue/没有~DB1",
            "issued/999",
            "void/0",
            "void/x",
            "waive/督办函~没有",
        ):
            assert client.get(desk.of_workspace(path)).status_code == 404, path


def test_the_products_own_sample_is_not_written_into(tmp_path: Path) -> None:
    before = (kit() / "checklists/发文登记.yaml").read_bytes()
    with desks.running(kit().resolve(), DAY, tmp_path) as desk, desk.client() as client:
        data = {"day": "2021-11-01", "why": "试", "name": "试", "layout": "信函"}
        for path in SAMPLE_KEPT:
            answer = client.post(desk.of_workspace(path), data=data)
            assert answer.status_code == 422, path
            assert "这是随程序来的示例" in words(answer), path
        assert client.get(desk.of_workspace("today")).status_code == 200
    assert (kit() / "checklists/发文登记.yaml").read_bytes() == before


@pytest.mark.browser
def test_from_today_to_an_issued_letter_by_clicks_alone(desk: RunningDesk, driver: webdriver.Chrome) -> None:
    wait = waits(driver)
    driver.get(desk.entrance)
    assert violations(driver) == []
    driver.find_element(By.XPATH, "//tr[contains(., '督办函 DB1')]//a[contains(., '去印发')]").click()
    wait.until(lambda page: NUMBER in page.find_element(By.ID, "outlook").text)
    assert violations(driver) == []
    field = driver.find_element(By.ID, "day")
    driver.execute_script(
        "arguments[0].value = '2021-11-03'; arguments[0].dispatchEvent(new Event('change', {bubbles: true}))",
        field,
    )
    wait.until(lambda page: page.find_elements(By.NAME, "force_date"))  # the outlook follows the day
    driver.execute_script(
        "arguments[0].value = '2021-11-01'; arguments[0].dispatchEvent(new Event('change', {bubbles: true}))",
        field,
    )
    wait.until(lambda page: not page.find_elements(By.NAME, "force_date"))
    driver.find_element(By.XPATH, "//button[text()='印发']").click()
    wait.until(lambda page: f"已印发：{NUMBER}" in page.find_element(By.TAG_NAME, "h1").text)
    assert violations(driver) == []
    assert errors_of(driver) == []
    assert lines(desk)[-1].number == NUMBER
    driver.find_element(By.XPATH, "//a[contains(., '作废')]").click()
    wait.until(lambda page: page.find_elements(By.ID, "why"))
    driver.find_element(By.ID, "why").send_keys("发错单位")
    driver.find_element(By.XPATH, "//button[text()='作废']").click()
    wait.until(lambda page: f"已作废：{NUMBER}" in page.find_element(By.TAG_NAME, "h1").text)
    assert errors_of(driver) == []
