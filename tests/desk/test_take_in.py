"""收回: what came back is read and shown, and one click writes what was shown, once."""

from __future__ import annotations

import io
import random
import re
import shutil
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import desks
import httpx
import openpyxl
import pytest
from chromium import waits
from desks import RunningDesk, errors_of, violations
from filling import filled, self_check
from sample import copy_workspace
from selenium import webdriver
from selenium.webdriver.common.by import By

from liangqing.actions import new_workspace
from liangqing.base import bounds

pytestmark = pytest.mark.year
DAY = date(2021, 11, 1)
KEPT = "checklists/2021/收回"
SENT = tuple[str, bytes]


@pytest.fixture
def waiting(tmp_path: Path) -> Iterator[RunningDesk]:
    """A desk of the sample year to which no self-check and no opinion came yet."""
    root = copy_workspace(tmp_path / "工作", issued=True)
    shutil.rmtree(root / "checklists/2021/自查")
    (root / "checklists/2021/征求意见.yaml").unlink()
    with desks.running(root, DAY, tmp_path / "state") as found:
        yield found


def root_of(desk: RunningDesk) -> Path:
    assert desk.settings.first is not None
    return desk.settings.first


def data_of(desk: RunningDesk) -> dict[str, bytes]:
    folder = root_of(desk) / "checklists"
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(files)}


def blank(client: httpx.Client, desk: RunningDesk, kind: str, of: str) -> bytes:
    answer = client.get(desk.of_workspace("take/blank"), params={"kind": kind, "of": of})
    assert answer.status_code == 200, answer.text
    return answer.content


def codes(client: httpx.Client, desk: RunningDesk, kind: str) -> list[str]:
    """The forms of a kind that the page offers."""
    listed = client.get(desk.of_workspace("take/blanks"), params={"kind": kind}).text
    return [
        httpx.URL(found.replace("&amp;", "&")).params["of"]
        for found in re.findall(r'href="([^"]*blank\?[^"]*)"', listed)
    ]


def self_check_of(client: httpx.Client, desk: RunningDesk, unit: str, tasks: int) -> bytes:
    code = next(code for code in codes(client, desk, "自查情况表") if unit in code)
    return filled(blank(client, desk, "自查情况表", code), self_check(tasks))


def sending(
    client: httpx.Client, desk: RunningDesk, path: str, files: list[SENT], year: int = 2021, **fields: str
) -> httpx.Response:
    sent = [("files", (name, data)) for name, data in files]
    return client.post(
        desk.of_workspace(path, year=year), files=sent, data=fields, headers={"hx-request": "true"}
    )


def seen_in(answer: httpx.Response) -> str:
    (found,) = re.findall(r'name="seen" value="(\w+)"', answer.text)
    return str(found)


# ---------------------------------------------------------------- forms


def test_a_form_is_read_shown_and_taken_with_what_is_left_to_do(waiting: RunningDesk) -> None:
    before = data_of(waiting)
    with waiting.client() as client:
        form = self_check_of(client, waiting, "U11", 5)
        shown = sending(client, waiting, "take/read", [("灵川局.docx", form)])
        assert shown.status_code == 200 and data_of(waiting) == before
        assert "能收 1 份" in shown.text and "报送日期" in shown.text and "2021-06-25" in shown.text
        done = sending(client, waiting, "take/accept", [("灵川局.docx", form)], seen=seen_in(shown))
        assert done.status_code == 200 and "收下了 2021 年的 1 份表" in done.text
        assert "审核自查，填审核日期、审核人和审核结果" in done.text
        (address,) = re.findall(r'<li><a href="([^"]+/records/[^"]+)"', done.text)
    new = data_of(waiting).keys() - before.keys()
    assert any(name.endswith(".yaml") for name in new) and any(name.endswith(".docx") for name in new)
    assert "/records/%E8%87%AA%E6%9F%A5/" in address  # 自查
    (saved,) = waiting.settings.saves.of(root_of(waiting))
    assert saved.what.startswith("收回：自查")


def test_a_second_click_takes_nothing_twice(waiting: RunningDesk) -> None:
    with waiting.client() as client:
        form = [("灵川局.docx", self_check_of(client, waiting, "U11", 5))]
        seen = seen_in(sending(client, waiting, "take/read", form))
        assert sending(client, waiting, "take/accept", form, seen=seen).status_code == 200
        once = data_of(waiting)
        again = sending(client, waiting, "take/accept", form, seen=seen)
        assert again.status_code == 409 and "什么也没有写" in again.text and "早已收过 1 份" in again.text
    assert data_of(waiting) == once


def test_two_clicks_at_the_same_time_take_once(waiting: RunningDesk) -> None:
    with waiting.client() as client:
        form = [("灵川局.docx", self_check_of(client, waiting, "U11", 5))]
        seen = seen_in(sending(client, waiting, "take/read", form))

        def click(_: int) -> int:
            with waiting.client() as other:
                return sending(other, waiting, "take/accept", form, seen=seen).status_code

        with ThreadPoolExecutor(4) as hands:
            answers = sorted(hands.map(click, range(4)))
    assert answers == [200, 409, 409, 409]
    assert len(list((root_of(waiting) / KEPT).rglob("*.docx"))) == 1


def test_nothing_is_written_that_was_not_shown(waiting: RunningDesk) -> None:
    with waiting.client() as client:
        shown, other = (
            self_check_of(client, waiting, unit, tasks) for unit, tasks in (("U11", 5), ("U01", 3))
        )
        seen = seen_in(sending(client, waiting, "take/read", [("表.docx", shown)]))
        before = data_of(waiting)
        for files, said in (([("表.docx", other)], seen), ([("表.docx", shown)], "")):
            answer = sending(client, waiting, "take/accept", files, seen=said)
            assert answer.status_code == 409 and "D048" in answer.text
        assert data_of(waiting) == before
        # what is shown beside the refusal can be taken
        assert sending(client, waiting, "take/accept", files, seen=seen_in(answer)).status_code == 200


def test_bad_files_do_not_keep_good_ones_out(waiting: RunningDesk) -> None:
    with waiting.client() as client:
        good = self_check_of(client, waiting, "U11", 5)
        empty = blank(
            client,
            waiting,
            "自查情况表",
            next(code for code in codes(client, waiting, "自查情况表") if "U01" in code),
        )
        files = [
            ("好.docx", good),
            ("空着.docx", empty),
            ("不是.docx", b"no word file"),
            ("乱.xlsx", b"no workbook"),
            ("现场.jpg", bytes(20 << 20)),
        ]
        shown = sending(client, waiting, "take/read", files)
        for words in (
            "能收 1 份",
            "不收 3 份",
            "略过 1 份",
            "不收：空着.docx",
            "不收：不是.docx",
            "不收：乱.xlsx",
            "现场.jpg",
        ):
            assert words in shown.text, words
        done = sending(client, waiting, "take/accept", files, seen=seen_in(shown))
    assert "收下了 2021 年的 1 份表" in done.text and "没有收：空着.docx" in done.text
    originals = [path.suffix for path in (root_of(waiting) / KEPT).rglob("*") if path.is_file()]
    assert sorted(originals) == [".docx", ".yaml"]


def test_two_files_of_one_name_are_two(waiting: RunningDesk) -> None:
    with waiting.client() as client:
        files = [
            ("自查.docx", self_check_of(client, waiting, unit, tasks))
            for unit, tasks in (("U11", 5), ("U01", 3))
        ]
        shown = sending(client, waiting, "take/read", files)
    assert "能收 2 份" in shown.text and "自查（第2份）.docx" in shown.text


def test_a_name_never_becomes_a_path(waiting: RunningDesk) -> None:
    above = root_of(waiting).parent
    before = set(above.rglob("*"))
    with waiting.client() as client:
        form = self_check_of(client, waiting, "U11", 5)
        shown = sending(
            client, waiting, "take/read", [("../../etc/逃.docx", form)], called="../../外面/逃.docx"
        )
        sending(
            client,
            waiting,
            "take/accept",
            [("../../etc/逃.docx", form)],
            seen=seen_in(shown),
            called="../../外面/逃.docx",
        )
        odd = sending(client, waiting, "take/read", [("表.docx:流", form)], called="表.docx")
        assert "略过 1 份" in odd.text
    new = {path for path in set(above.rglob("*")) - before if path.relative_to(above).parts[0] != "state"}
    assert new and not [path for path in new if "逃" in path.name or root_of(waiting) not in path.parents]


def test_each_form_is_taken_for_its_own_year(tmp_path: Path) -> None:
    root = copy_workspace(tmp_path / "工作", issued=True)
    shutil.rmtree(root / "checklists/2021/自查")
    with desks.running(root, DAY, tmp_path / "state") as desk, desk.client() as client:
        form = [("今年的.docx", self_check_of(client, desk, "U11", 5))]
        shown = sending(client, desk, "take/read", form, year=2020)  # while last year is open
        assert "能收 1 份" in shown.text and "2021 年" in shown.text
        done = sending(client, desk, "take/accept", form, year=2020, seen=seen_in(shown))
        assert "/2021/" in done.text
    assert list((root / KEPT).glob("*.yaml")) and not (root / "checklists/2020/收回").exists()


# ---------------------------------------------------------------- workbooks


def changed_ledger(data: bytes, value: str) -> bytes:
    """The ledger in which somebody gave the first project another 责任人."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    page = book["项目"]
    heads = {
        str(cell.value).strip("＊* \n"): cell
        for row in page.iter_rows(max_row=5)
        for cell in row
        if cell.value
    }
    head = heads["责任人"]
    page.cell(head.row + 1, head.column).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_ledger_goes_out_and_comes_back(desk: RunningDesk) -> None:
    output = root_of(desk) / "output"
    there = sorted(output.rglob("*")) if output.exists() else []
    with desk.client() as client:
        answer = client.get(desk.of_workspace("take/ledger"))
        assert "2021%E5%B9%B4%E5%8F%B0%E8%B4%A6.xlsx" in answer.headers["content-disposition"]
        assert (sorted(output.rglob("*")) if output.exists() else []) == there  # output/ is left alone
        book = [("台账.xlsx", changed_ledger(answer.content, "张某"))]
        shown = sending(client, desk, "take/read", book)
        assert "能收 1 份" in shown.text and "<ins>张某</ins>" in shown.text
        done = sending(client, desk, "take/accept", book, seen=seen_in(shown))
        assert "收下了 台账.xlsx，1 处" in done.text
        assert "没有要收的" in sending(client, desk, "take/read", book).text


def test_a_conflict_is_a_choice_on_the_page(desk: RunningDesk) -> None:
    with desk.client() as client:
        ledger = client.get(desk.of_workspace("take/ledger")).content
        first, second = (changed_ledger(ledger, name) for name in ("张某", "李某"))
        shown = sending(client, desk, "take/read", [("一.xlsx", first)])
        sending(client, desk, "take/accept", [("一.xlsx", first)], seen=seen_in(shown))
        both = [("二.xlsx", second)]
        stopped = sending(client, desk, "take/read", both)
        assert "不收：二.xlsx" in stopped.text and "两边都改过的行，怎么办" in stopped.text
        assert "--conflict" not in stopped.text and 'id="accept"' not in stopped.text
        skipped = sending(client, desk, "take/read", both, conflict="skip")
        assert "这一行没有收" in skipped.text and 'id="accept"' not in skipped.text
        ours = sending(client, desk, "take/read", both, conflict="update")
        done = sending(client, desk, "take/accept", both, conflict="update", seen=seen_in(ours))
        assert "收下了 二.xlsx，1 处" in done.text
    assert "李某" in (root_of(desk) / "checklists/2021/项目.yaml").read_text("utf-8")


def test_forms_and_a_ledger_are_taken_together(waiting: RunningDesk) -> None:
    with waiting.client() as client:
        ledger = changed_ledger(client.get(waiting.of_workspace("take/ledger")).content, "张某")
        files = [("台账.xlsx", ledger), ("灵川局.docx", self_check_of(client, waiting, "U11", 5))]
        shown = sending(client, waiting, "take/read", files)
        assert "能收 2 份" in shown.text
        done = sending(client, waiting, "take/accept", files, seen=seen_in(shown))
    assert "收下了 2021 年的 1 份表" in done.text and "收下了 台账.xlsx，1 处" in done.text
    assert len(waiting.settings.saves.of(root_of(waiting))) == 2


def test_another_list_is_told_where_to_begin_with_it(desk: RunningDesk) -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.save(out)
    with desk.client() as client:
        shown = sending(client, desk, "take/read", [("老台账.xlsx", out.getvalue())])
    assert "不收：老台账.xlsx" in shown.text and "「开始」页" in shown.text and "init" not in shown.text


def test_a_new_workspace_begins_with_one_workbook(tmp_path: Path) -> None:
    root = tmp_path / "新"
    new_workspace.skeleton(root, 2021)
    with desks.running(root, DAY, tmp_path / "state") as desk, desk.client() as client:
        answer = client.get(desk.of_workspace("take/ledger"))
        assert answer.content == (root / "2021年录入表.xlsx").read_bytes()
        shown = sending(client, desk, "take/read", [("录入表.xlsx", answer.content), ("表.docx", b"x")])
        assert "这张表还没有填" in shown.text and "D047" in shown.text
        assert 'id="accept"' not in shown.text


# ---------------------------------------------------------------- limits


# 16 MB that are packed to some fiftieth of it.
_NOISE = random.Random(1)
EASILY_PACKED = b"".join(_NOISE.randbytes(64) + bytes(4032) for _ in range(4096))


def with_much_more(data: bytes, more: bytes) -> bytes:
    """A sound package to which a part is added that is small when packed."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/media/more.bin", more)
    return out.getvalue()


def test_a_part_that_is_nothing_when_packed_is_refused_whatever_its_size(waiting: RunningDesk) -> None:
    with waiting.client() as client:
        packed = with_much_more(self_check_of(client, waiting, "U11", 5), bytes(16 << 20))
        shown = sending(client, waiting, "take/read", [("炸.docx", packed)])
    assert "不收：炸.docx" in shown.text and "D506" in shown.text


@pytest.mark.parametrize(("name", "said"), [("炸.docx", "D506"), ("炸.xlsx", "D506")])
def test_a_zip_bomb_is_refused_before_it_is_unpacked(
    waiting: RunningDesk, monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    with waiting.client() as client:
        form = self_check_of(client, waiting, "U11", 5)
        sound = form if name.endswith(".docx") else client.get(waiting.of_workspace("take/ledger")).content
        packed = with_much_more(sound, EASILY_PACKED)
        assert len(packed) < len(sound) + 800_000
        before = sending(client, waiting, "take/read", [(name, packed)])
        monkeypatch.setattr(bounds, "UNPACKED", 8 << 20)
        after = sending(client, waiting, "take/read", [(name, packed)])
        whole = sending(client, waiting, "take/read", [(name, sound)])
    assert said not in before.text and said not in whole.text  # it is the size alone that is refused
    assert f"不收：{name}" in after.text and said in after.text and 'id="accept"' not in after.text


def test_too_many_files_are_told_of(desk: RunningDesk) -> None:
    with desk.client() as client:
        answer = sending(client, desk, "take/read", [(f"{number}.docx", b"") for number in range(501)])
    assert answer.status_code == 400 and "一次最多收 500 个文件" in answer.text


def test_the_product_s_own_sample_takes_nothing(tmp_path: Path) -> None:
    from liangqing.base.folders import kit

    with desks.running(kit().resolve(), DAY, tmp_path / "state") as desk, desk.client() as client:
        answer = sending(client, desk, "take/read", [("表.docx", b"x")])
    assert answer.status_code == 422 and "示例" in answer.text


# ---------------------------------------------------------------- forms to send out


def test_empty_forms_are_fetched_by_unit_and_all_together(desk: RunningDesk) -> None:
    with desk.client() as client:
        offered = codes(client, desk, "征求意见反馈表")
        one = blank(client, desk, "征求意见反馈表", offered[0])
        packed = client.get(desk.of_workspace("take/blanks.zip"), params={"kind": "征求意见反馈表"}).content
        assert (
            client.get(
                desk.of_workspace("take/blank"), params={"kind": "征求意见反馈表", "of": "../x"}
            ).status_code
            == 404
        )
        assert client.get(desk.of_workspace("take/blanks"), params={"kind": "整改函"}).status_code == 404
    with zipfile.ZipFile(io.BytesIO(packed)) as package:
        names = package.namelist()
        assert len(names) == len(offered) == 12 and one in [package.read(name) for name in names]


# ---------------------------------------------------------------- in the browser

DROP = """
const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const transfer = new DataTransfer();
for (const [name, text] of arguments[0]) transfer.items.add(new File([bytes(text)], name));
const event = new DragEvent('drop', {dataTransfer: transfer, bubbles: true, cancelable: true});
document.getElementById('take').dispatchEvent(event);
"""


@pytest.mark.browser
def test_files_are_dropped_read_and_taken(
    waiting: RunningDesk, driver: webdriver.Chrome, tmp_path: Path
) -> None:
    import base64

    with waiting.client() as client:
        form = self_check_of(client, waiting, "U11", 5)
        other = self_check_of(client, waiting, "U01", 3)
    wait = waits(driver)
    driver.get(waiting.entrance)
    driver.get(waiting.site + waiting.of_workspace("take"))
    files = [("灵川局.docx", form), ("现场.jpg", b"photo")]
    driver.execute_script(DROP, [[name, base64.b64encode(data).decode()] for name, data in files])
    wait.until(lambda page: page.find_elements(By.ID, "accept"))
    head = driver.find_element(By.ID, "h-read")
    assert head.text == "能收 1 份，略过 1 份"
    assert driver.switch_to.active_element == head
    assert violations(driver) == []
    driver.find_element(By.ID, "accept").click()
    wait.until(lambda page: page.find_elements(By.CLASS_NAME, "done"))
    assert "收下了 2021 年的 1 份表" in driver.find_element(By.CLASS_NAME, "done").text
    assert violations(driver) == []
    # a folder by the button, with a file of another program beside
    folder = tmp_path / "收到/局党组"
    folder.mkdir(parents=True)
    (folder / "自查.docx").write_bytes(other)
    (folder / "~$自查.docx").write_bytes(b"lock")
    driver.find_element(By.ID, "pick-folder").send_keys(str(tmp_path / "收到"))
    wait.until(lambda page: page.find_elements(By.ID, "accept"))
    assert "收到/局党组/自查.docx" in driver.find_element(By.ID, "result").text
    assert errors_of(driver) == []
