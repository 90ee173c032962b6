"""A finding's whole story, evidence that is dropped onto it, and the calendar beside a field of a day."""

from __future__ import annotations

import hashlib
import io
import re
import struct
import zipfile
import zlib
from pathlib import Path

import httpx
import pytest
import yaml
from chromium import sized, waits
from desks import RunningDesk, errors_of, violations
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from liangqing.changes.evidence import LARGEST


def root(desk: RunningDesk) -> Path:
    assert desk.settings.first is not None
    return desk.settings.first


def story(desk: RunningDesk, code: str, *, day: str = "现在") -> str:
    with desk.client() as client:
        answer = client.get(desk.of_workspace(f"finding/{code}", day=day))
    assert answer.status_code == 200, answer.text
    return answer.text


def next_step(text: str) -> tuple[str, str]:
    """What is missing first, and where its button leads."""
    found = re.search(r'<b>下一步</b>　(.*?)</p><a class="button" href="(.*?)">', text)
    return (found[1], httpx.URL(found[2].replace("&amp;", "&")).path) if found else ("", "")


def steps(text: str) -> list[str]:
    return re.findall(r"<h3>(.*?)</h3>", text[text.index('class="chain"') : text.index("</ol>")])


def picture(shade: int = 0) -> bytes:
    """A sound PNG of one point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes([0, shade]))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def packed() -> bytes:
    """A zip as Word files are."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packer:
        packer.writestr("[Content_Types].xml", "<Types/>")
    return held.getvalue()


# ---------------------------------------------------------------- the story


def test_the_whole_chain_of_a_finding_stands_on_one_page(desk: RunningDesk) -> None:
    text = story(desk, "W2021-05")
    assert steps(text)[:6] == ["检查和发现", "双签", "整改函", "回复和反馈", "进展和佐证", "核查和销号"]
    for words in (
        "JZ02",
        "SQ2",
        "市纪驻环整〔2021〕2号",
        "FK06",
        "第2轮：单位申请销号",
        "更正后的排污口台账",
    ):
        assert words in text
    assert "已销号，没有要办的" in text


def test_each_paper_and_record_of_the_story_leads_to_its_page(desk: RunningDesk) -> None:
    text = story(desk, "W2021-05")
    chain = text[text.index('class="chain"') : text.index("</ol>")]
    addresses = set(re.findall(r'href="([^"#]+)"', chain))
    assert len(addresses) > 5
    with desk.client() as client:
        assert {client.get(address).status_code for address in addresses} == {200}


def test_what_is_missing_is_one_button_to_the_form_with_what_is_known(desk: RunningDesk) -> None:
    words, path = next_step(story(desk, "W2021-08"))
    assert "双签字确认表还没有登记签字" in words
    assert path.endswith("/records/双签/new")
    text = story(desk, "W2021-08")
    found = re.search(r'href="([^"]+/new\?[^"]+)"', text)
    assert found is not None
    asked = httpx.URL(found[1].replace("&amp;", "&")).params
    assert (asked["单位"], asked["问题"]) == ("U06", "W2021-08")
    with desk.client() as client:
        form = client.get(found[1].replace("&amp;", "&"))
    assert form.status_code == 200
    assert "W2021-08" in form.text


def test_a_button_leads_to_the_list_of_the_form_that_it_means(desk: RunningDesk) -> None:
    found = re.findall(
        r'href="([^"#]+)#([^"]+)"', story(desk, "W2021-06") + story(desk, "W2021-04", day="2021-08-15")
    )
    meant = {(address, anchor) for address, anchor in found if "/records/" in address}
    assert len(meant) > 1
    with desk.client() as client:
        for address, anchor in meant:
            assert f'id="{anchor}"' in client.get(address).text


def test_a_finding_that_goes_on_is_not_asked_to_be_closed(desk: RunningDesk) -> None:
    text = story(desk, "W2021-03")
    assert 'data-word="持续整改"' in text
    assert next_step(text) == ("", "")


def test_what_is_overdue_says_for_how_many_days(desk: RunningDesk) -> None:
    assert re.search(r"已超过时限\d+天", story(desk, "W2021-06"))


def test_the_story_is_told_as_of_the_day_that_is_looked_at(desk: RunningDesk) -> None:
    early = story(desk, "W2021-05", day="2021-05-01")
    assert "同意销号" not in early
    words, path = next_step(early)
    assert "还没有印发" in words
    assert "/papers/" in path


def test_findings_of_earlier_years_have_their_story(desk: RunningDesk) -> None:
    source = (root(desk) / "checklists/2020/问题.yaml").read_text("utf-8")
    found = re.search(r"编号: (\S+)", source)
    assert found is not None
    text = story(desk, found[1])
    assert "/2020/" in text
    assert "检查和发现" in steps(text)


def test_an_unknown_finding_is_not_there(desk: RunningDesk) -> None:
    with desk.client() as client:
        assert client.get(desk.of_workspace("finding/W9999-99")).status_code == 404
        assert client.get(desk.of_workspace("finding/W2021-03/evidence/0")).status_code == 404


# ---------------------------------------------------------------- evidence


def drop(desk: RunningDesk, *files: tuple[str, bytes], code: str = "W2021-03", **form: str) -> httpx.Response:
    sent = [("files", (name, data, "application/octet-stream")) for name, data in files]
    with desk.client() as client:
        return client.post(desk.of_workspace(f"finding/{code}/evidence"), data=form, files=sent)


def findings(desk: RunningDesk) -> str:
    return (root(desk) / "checklists/2021/问题.yaml").read_text("utf-8")


def told(desk: RunningDesk) -> str:
    """What is wrong with the data, as `check` says it."""
    from liangqing.year.open_workspace import open_workspace

    opened = open_workspace(root(desk), 2021, None, desk.settings.clock())
    return "\n".join(str(problem) for problem in opened.found if problem.code == "D045")


def test_a_dropped_file_is_kept_with_its_hash_and_shown(desk: RunningDesk) -> None:
    data = picture()
    answer = drop(desk, ("巡查 照片.PNG", data), progress="1", day="2021-9-5")
    assert answer.status_code == 200, answer.text
    assert "已收佐证 1 个" in answer.text
    assert "/undo/1" in answer.text
    kept = root(desk) / "checklists/2021/佐证/W2021-03/巡查 照片.png"
    assert kept.read_bytes() == data
    written = findings(desk)
    assert hashlib.sha256(data).hexdigest() in written
    assert "W2021-03/巡查 照片.png" in written
    address = re.search(r'<img src="([^"]+/evidence/0)"', answer.text)
    assert address is not None
    with desk.client() as client:
        seen = client.get(address[1])
    assert (seen.content, seen.headers["content-type"]) == (data, "image/png")
    assert told(desk) == ""


def test_evidence_can_begin_a_new_entry_of_progress(desk: RunningDesk) -> None:
    before = findings(desk).count("校验码: ")
    answer = drop(
        desk,
        ("a.png", picture(1)),
        ("表.xlsx", packed()),
        code="W2021-08",
        progress="新",
        what="排班已调整。",
    )
    assert answer.status_code == 200, answer.text
    written = findings(desk)
    assert "排班已调整。" in written
    assert written.count("校验码: ") == before + 2
    refused = drop(desk, ("b.png", picture(2)), code="W2021-08", progress="新", what="")
    assert refused.status_code == 422
    assert "新的进展" in refused.text


def test_a_photo_says_whether_it_shows_before_or_after_and_stands_in_the_annex(desk: RunningDesk) -> None:
    answer = drop(
        desk, ("门前.png", picture(1)), ("表.xlsx", packed()), code="W2021-02", progress="0", phase="整改后"
    )
    assert answer.status_code == 200, answer.text
    answer = drop(desk, ("门前.png", picture(2)), code="W2021-02", progress="现场", phase="整改前")
    assert answer.status_code == 200, answer.text
    assert '<span class="tag">整改前</span><img' in answer.text
    (finding,) = [each for each in yaml.safe_load(findings(desk))["问题"] if each["编号"] == "W2021-02"]
    assert [each["阶段"] for each in finding["现场佐证"]] == ["整改前"]
    told_of = finding["进展"][0]["佐证"]
    assert [(each["名称"], each.get("阶段")) for each in told_of[-2:]] == [("门前", "整改后"), ("表", None)]
    another = drop(desk, ("侧面.png", picture(3)), code="W2021-02", progress="现场", phase="乱写")
    assert another.status_code == 200
    (finding,) = [each for each in yaml.safe_load(findings(desk))["问题"] if each["编号"] == "W2021-02"]
    assert [each.get("阶段") for each in finding["现场佐证"]] == ["整改前", None]


def test_other_files_are_given_to_be_kept_and_not_opened_in_the_page(desk: RunningDesk) -> None:
    drop(desk, ("台账.xlsx", packed()), progress="0")
    with desk.client() as client:
        seen = client.get(desk.of_workspace("finding/W2021-03/evidence/0"))
    assert seen.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("程序.exe", b"MZ", "这种文件不收"),
        ("网页.svg", b"<svg/>", "这种文件不收"),
        ("假.png", b"MZ not a picture", "内容不是图片"),
        ("空.pdf", b"", "内容不是PDF"),
        ("坏.docx", b"PK\x03\x04 no zip", "内容不是Word 文件"),
        ("大.pdf", b"%PDF-" + b"0" * LARGEST, "一个文件最多 20 MB"),
    ],
)
def test_what_is_no_evidence_is_refused_with_all_that_came(
    desk: RunningDesk, name: str, data: bytes, words: str
) -> None:
    before = findings(desk)
    answer = drop(desk, ("好.png", picture()), (name, data), progress="0")
    assert answer.status_code == 422
    assert words in answer.text
    assert findings(desk) == before
    assert not (root(desk) / "checklists/2021/佐证/W2021-03").exists()


def test_a_zip_bomb_is_refused(desk: RunningDesk) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packer:
        packer.writestr("word/document.xml", b"\0" * 2**30)
    answer = drop(desk, ("炸.docx", held.getvalue()), progress="0")
    assert answer.status_code == 422
    assert "D046" in answer.text


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../../../tmp/逃.png", "逃.png"),
        ("..\\..\\逃.png", "逃.png"),
        ("坏:名<?>.png", "坏_名___.png"),
        ("con.png", "_con.png"),
        ("..png", "_.png"),
        ("长" * 200 + ".png", "长" * 80 + ".png"),
    ],
)
def test_a_name_is_made_safe_and_never_a_path(desk: RunningDesk, name: str, kept: str) -> None:
    answer = drop(desk, (name, picture()), progress="0")
    assert answer.status_code == 200, answer.text
    found = [path.relative_to(root(desk)).as_posix() for path in root(desk).rglob("*.png")]
    assert found == [f"checklists/2021/佐证/W2021-03/{kept}"]


def test_two_files_of_one_name_are_both_kept(desk: RunningDesk) -> None:
    drop(desk, ("照片.png", picture(1)), progress="0")
    drop(desk, ("照片.png", picture(2)), ("照片.PNG", picture(3)), progress="0")
    folder = root(desk) / "checklists/2021/佐证/W2021-03"
    assert sorted(path.name for path in folder.iterdir()) == ["照片.png", "照片（2）.png", "照片（3）.png"]
    assert told(desk) == ""


def test_the_same_file_twice_is_told(desk: RunningDesk) -> None:
    drop(desk, ("照片.png", picture()), progress="0")
    again = drop(desk, ("别名.png", picture()), progress="1")
    assert again.status_code == 422
    assert "同一个文件已经收过，名称是「照片」" in again.text
    twice = drop(desk, ("甲.png", picture(5)), ("乙.png", picture(5)), progress="0")
    assert "这次送来两份" in twice.text
    elsewhere = drop(desk, ("照片.png", picture()), code="W2021-06", progress="0")
    assert elsewhere.status_code == 200
    assert "照片.png 也登记在 问题 W2021-03" in elsewhere.text


def test_a_file_that_changed_or_went_is_told_by_check_and_on_the_page(desk: RunningDesk) -> None:
    drop(desk, ("照片.png", picture()), progress="0")
    kept = root(desk) / "checklists/2021/佐证/W2021-03/照片.png"
    kept.write_bytes(picture(9))
    assert "和登记时不一样了" in told(desk)
    assert "和登记时不一样了" in story(desk, "W2021-03")
    kept.unlink()
    assert "的文件不见了" in told(desk)
    with desk.client() as client:
        assert client.get(desk.of_workspace("finding/W2021-03/evidence/0")).status_code == 404


def test_a_file_key_never_leads_out_of_its_folder(desk: RunningDesk) -> None:
    path = root(desk) / "checklists/2021/问题.yaml"
    written = path.read_text("utf-8")
    for name in ("../问题.yaml", "/etc/passwd", "W/../../问题.yaml", "..\\x.png"):
        changed = written.replace("{名称: 月对账记录,", f"{{名称: 月对账记录, 文件: '{name}',", 1)
        assert changed != written
        path.write_text(changed, "utf-8")
        with desk.client() as client:
            told_of = client.get(desk.of_workspace("records/问题")).text
            assert client.get(desk.of_workspace("finding/W2021-03/evidence/0")).status_code == 404
        assert "应为年度文件夹里“佐证”下面的文件名" in told_of


def test_the_digits_of_a_digest_are_no_number_of_a_person(desk: RunningDesk) -> None:
    path = root(desk) / "checklists/2021/问题.yaml"
    digest = "a13812345678b" + "c" * 51
    written = path.read_text("utf-8")
    path.write_text(
        written.replace("{名称: 月对账记录,", f"{{名称: 月对账记录, 校验码: '{digest}',", 1), "utf-8"
    )
    from liangqing.year.open_workspace import open_workspace

    opened = open_workspace(root(desk), 2021, None, desk.settings.clock())
    assert [problem for problem in opened.errors if problem.code.startswith("D9")] == []


def test_a_ledger_keeps_file_and_hash_of_evidence(desk: RunningDesk) -> None:
    drop(desk, ("照片.png", picture()), progress="0")
    before = findings(desk)
    from liangqing.outputs.ledger.rows import rows_of, value_in
    from liangqing.outputs.ledger.sheets import SHEETS
    from liangqing.year.open_workspace import open_workspace

    at = open_workspace(root(desk), 2021, None, desk.settings.clock()).at
    sheet = next(sheet for sheet in SHEETS if sheet.name == "进展")
    columns = {column.head: column for column in sheet.columns}
    told_of = [value_in(columns["佐证文件"], row) for row in rows_of(sheet, at)]
    assert [text for text in told_of if "W2021-03" in str(text)] == ["—\nW2021-03/照片.png"]
    assert hashlib.sha256(picture()).hexdigest() in before


def test_evidence_is_undone_with_the_save(desk: RunningDesk) -> None:
    before = findings(desk)
    drop(desk, ("照片.png", picture()), progress="0")
    assert findings(desk) != before
    (save,) = desk.settings.saves.of(root(desk))
    assert save.what == "W2021-03 收佐证 1 个"
    with desk.client() as client:
        answer = client.post(desk.of_workspace(f"undo/{save.number}"))
    assert answer.status_code == 200
    assert findings(desk) == before
    again = drop(desk, ("照片.png", picture()), progress="0")  # the file lies there still
    assert again.status_code == 200
    assert [path.name for path in (root(desk) / "checklists/2021/佐证/W2021-03").iterdir()] == ["照片.png"]


# ---------------------------------------------------------------- days


def test_rest_days_come_with_the_year(desk: RunningDesk) -> None:
    with desk.client() as client:
        told_of = client.get(desk.of_workspace("days/2021")).json()
        assert client.get(desk.of_workspace("days/20x1")).status_code == 404
        assert client.get(desk.of_workspace("days/2099")).json()["known"] is False
    assert told_of["today"] == "2021-11-01"
    assert told_of["known"] is True
    assert {"2021-10-01", "2021-10-07", "2021-11-06"} <= set(told_of["off"])
    assert not {"2021-10-08", "2021-10-09", "2021-09-26"} & set(
        told_of["off"]
    )  # 9 October, 26 September: worked


@pytest.mark.browser
def test_files_are_dropped_and_days_are_chosen_by_keyboard(
    desk: RunningDesk, driver: webdriver.Chrome, tmp_path: Path
) -> None:
    waiting = waits(driver)
    driver.get(desk.entrance)
    driver.get(desk.site + desk.of_workspace("finding/W2021-03"))
    assert violations(driver) == []
    field = driver.find_element(By.ID, "drop-day")
    field.send_keys("2021-10-01", Keys.TAB)
    waiting.until(lambda page: "放假" in page.find_element(By.CSS_SELECTOR, "main .day-hint").text)
    assert "过去18个工作日" in driver.find_element(By.CSS_SELECTOR, "main .day-hint").text
    driver.find_element(By.CSS_SELECTOR, "main .day-button").send_keys(Keys.ENTER)
    waiting.until(lambda page: page.find_elements(By.CSS_SELECTOR, ".days [data-on='2021-10-01']"))
    waiting.until(lambda page: page.switch_to.active_element.get_attribute("data-on") == "2021-10-01")
    assert "放假" in str(driver.switch_to.active_element.get_attribute("aria-label"))
    assert "调休上班" in str(
        driver.find_element(By.CSS_SELECTOR, "[data-on='2021-10-09']").get_attribute("aria-label")
    )
    assert violations(driver) == []

    def go(key: str, day: str) -> None:
        driver.switch_to.active_element.send_keys(key)
        waiting.until(lambda page: page.switch_to.active_element.get_attribute("data-on") == day)

    go(Keys.PAGE_UP, "2021-09-01")
    go(Keys.ARROW_RIGHT, "2021-09-02")
    go(Keys.ARROW_DOWN, "2021-09-09")
    go(Keys.HOME, "2021-09-06")
    driver.switch_to.active_element.send_keys(Keys.ENTER)
    assert field.get_attribute("value") == "2021-09-06"
    assert driver.switch_to.active_element == field
    assert driver.find_elements(By.CSS_SELECTOR, ".days") == []
    driver.execute_script(
        "const held = new DataTransfer(); held.items.add(new File([new Uint8Array(arguments[0])], '现场.png'));"
        "document.body.dispatchEvent(new DragEvent('drop', {dataTransfer: held, bubbles: true, cancelable: true}));",
        list(picture(7)),
    )
    waiting.until(lambda page: "现场.png" in page.find_element(By.ID, "drop-files-chosen").text)
    driver.find_element(By.CSS_SELECTOR, ".drop button:not(.plain)").click()
    waiting.until(lambda page: "已收佐证 1 个" in page.page_source)
    written = findings(desk)
    assert "W2021-03/现场.png" in written
    assert "2021-09-06" in written
    sized(driver, 390, 900)
    wide = driver.execute_script("return document.documentElement.scrollWidth")
    sized(driver, 1280, 1000)
    assert wide <= 390
    assert errors_of(driver) == []
