"""The page to begin with: what was open, what lies beside, and each way to a new workspace."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from chromium import sized, waits
from desks import DAY, RunningDesk, errors_of, running, violations
from group_year import steps
from old_lists import ordinary
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select
from year_by_workbook import fill_in

from liangqing.actions import fill_gaps, new_workspace, new_year
from liangqing.base.folders import kit
from liangqing.data.sample import is_sample
from liangqing.desk.answering.recent import found_beside, recent, remember
from liangqing.year.open_workspace import open_workspace

FIRST = {
    "年度": "2026",
    "文件夹名": "我的工作",
    "机构 全称": "某市纪委监委派驻某局纪检监察组",
    "机构 派出机关": "某市纪委监委",
    "机构 机关代字": "某纪驻某",
    "机构 负责人职务": "组长",
    "单位 名称": "某局党组",
    "单位 类型": "党组",
    "单位 负责人职务": "党组书记",
    "清单 依据": "某某条例",
    "任务 监督内容": "落实责任",
    "任务 具体任务": "每季度研究一次",
    "任务 责任主体": "全体单位",
    "任务 监督方式": "平时观察、集中清查",
    "任务 完成时限": "每季度",
}
HTMX = {"hx-request": "true"}


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[RunningDesk]:
    """A desk of a person who has no workspace yet."""
    with running(None, DAY, tmp_path / "state") as found:
        yield found


@pytest.fixture
def client(empty: RunningDesk) -> Iterator[httpx.Client]:
    with empty.client() as found:
        yield found


def test_a_person_without_a_workspace_sees_the_ways_to_one(client: httpx.Client) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert all(f'href="{way}"' in answer.text for way in ("/new", "/new/workbook", "/new/lists"))
    assert 'action="/try-sample"' in answer.text


def test_from_a_few_values_a_workspace_without_mistakes(empty: RunningDesk, client: httpx.Client) -> None:
    answer = client.post("/new/make", data=FIRST)
    assert answer.status_code == 200
    assert answer.url.path.endswith("/today")
    root = empty.settings.home / "我的工作"
    opened = open_workspace(root, None, None, DAY, look_at_today=True)
    assert opened.errors == []
    assert opened.at.year.year == 2026
    assert opened.at.year.group.name == FIRST["机构 全称"]
    assert [unit.name for unit in opened.at.year.units] == ["某局党组"]
    assert recent(empty.settings.recent) == [root]


@pytest.mark.parametrize("gone", ["机构 全称", "单位 名称", "清单 依据", "任务 具体任务"])
def test_what_is_missing_is_told_at_its_place_and_nothing_is_made(
    empty: RunningDesk, client: httpx.Client, gone: str
) -> None:
    answer = client.post("/new/make", data={**FIRST, gone: ""}, headers=HTMX)
    assert answer.status_code == 422
    assert f"缺「{gone.split()[1]}」" in answer.text
    assert "在这一格填上" in answer.text
    assert not (empty.settings.home / "我的工作").exists()


@pytest.mark.parametrize(
    "name",
    [
        "",
        "..",
        "../外面",
        "a/b",
        "a\\b",
        "C:",
        "con",
        "NUL",
        "com1",
        "x" * 41,
        ".藏",
        "a\0b",
        "文件\n夹",
    ],
)
def test_no_folder_is_made_that_leads_elsewhere_or_has_a_reserved_name(
    empty: RunningDesk, client: httpx.Client, name: str
) -> None:
    before = sorted(empty.settings.recent.parent.rglob("*"))
    answer = client.post("/new/make", data={**FIRST, "文件夹名": name})
    assert answer.status_code == 422
    assert "D036" in answer.text
    assert sorted(empty.settings.recent.parent.rglob("*")) == before


def test_nothing_that_is_there_is_made_over(empty: RunningDesk, client: httpx.Client) -> None:
    client.post("/new/make", data=FIRST)
    note = empty.settings.home / "我的工作/checklists/机构.yaml"
    before = note.read_bytes()
    answer = client.post("/new/make", data={**FIRST, "机构 全称": "另一个组"})
    assert answer.status_code == 422
    assert "这个文件夹不是空的，什么也没有动" in answer.text
    assert note.read_bytes() == before


def test_from_a_workbook_that_was_filled_in_first_seen_then_made(
    empty: RunningDesk, client: httpx.Client, tmp_path: Path
) -> None:
    given = client.get("/new/workbook/empty?year=2026")
    assert "2026" in given.headers["content-disposition"]
    filled = tmp_path / "填好的.xlsx"
    filled.write_bytes(given.content)
    fill_in(filled, next(steps()))
    files = {"录入表": ("填好的.xlsx", filled.read_bytes())}
    form = {"文件夹名": "由表建的"}
    seen = client.post("/new/workbook/take", data={**form, "do": "look"}, files=files, headers=HTMX)
    assert seen.status_code == 200
    assert "机构 1 条" in seen.text
    assert "还没有建" in seen.text
    assert not (empty.settings.home / "由表建的").exists()
    made = client.post("/new/workbook/take", data={**form, "do": "make"}, files=files, headers=HTMX)
    assert made.headers["hx-redirect"].endswith("/today")
    root = empty.settings.home / "由表建的"
    assert open_workspace(root, None, None, DAY, look_at_today=True).errors == []
    assert [path.name for path in (root / "原台账").iterdir()] == ["填好的.xlsx"]


def test_a_workbook_with_a_mistake_makes_nothing_and_names_the_cell(
    empty: RunningDesk, client: httpx.Client
) -> None:
    book = client.get("/new/workbook/empty?year=2026").content
    sent = {"录入表": ("空的.xlsx", book)}
    answer = client.post(
        "/new/workbook/take", data={"文件夹名": "空", "do": "make"}, files=sent, headers=HTMX
    )
    assert answer.status_code == 422
    assert "这张表还没有填" in answer.text
    assert not (empty.settings.home / "空").exists()


def test_without_a_file_it_says_what_to_do(client: httpx.Client) -> None:
    answer = client.post("/new/workbook/take", data={"文件夹名": "空", "do": "make"}, headers=HTMX)
    assert answer.status_code == 422
    assert "D037" in answer.text


def form_of(text: str) -> dict[str, list[str]]:
    """What a browser would send of the hidden fields and drop-downs of a page."""
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input type=\"hidden\"[^>]*>|<input type=\"number\"[^>]*>", text):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        assert name
        found.setdefault(name[1], []).append(value[1] if value else "")
    for name, inner in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', text, re.DOTALL):
        options = re.findall(r"<option(?: value=\"([^\"]*)\")?( selected)?>([^<]*)</option>", inner)
        chosen = next((each for each in options if each[1]), options[0])
        found.setdefault(name, []).append(
            chosen[0] or ("" if 'value=""' in inner and not chosen[1] else chosen[2])
        )
    return found


def test_old_lists_come_in_as_proposed_or_as_chosen_on_the_page(
    empty: RunningDesk, client: httpx.Client, tmp_path: Path
) -> None:
    book = ordinary(tmp_path / "台账.xlsx").read_bytes()
    files = {"台账": ("我们的台账.xlsx", book)}
    form = {"文件夹名": "带进来的", "年度": "2026"}
    seen = client.post("/new/lists/take", data={**form, "do": "look"}, files=files, headers=HTMX)
    assert seen.status_code == 200
    assert "我们的台账.xlsx" in seen.text
    assert not (empty.settings.home / "带进来的").exists()
    chosen = form_of(seen.text)
    (key,) = [name for name, value in chosen.items() if name.startswith("key.0") and value == ["责任部门"]]
    left_out = {**chosen, key: ["不带入"]}
    again = client.post("/new/lists/take", data={**form, **left_out, "do": "look"}, files=files, headers=HTMX)
    assert "对照里写明不带入" in again.text
    made = client.post("/new/lists/take", data={**form, **left_out, "do": "make"}, files=files, headers=HTMX)
    assert made.status_code == 200, made.text
    assert "建好了：带进来的" in made.text
    root = empty.settings.home / "带进来的"
    assert {path.name for path in (root / "原台账").iterdir()} == {"我们的台账.xlsx", "带入对照.xlsx"}
    assert root in recent(empty.settings.recent)


def test_lists_that_were_not_seen_are_shown_before_anything_is_made(
    empty: RunningDesk, client: httpx.Client, tmp_path: Path
) -> None:
    files = {"台账": ("台账.xlsx", ordinary(tmp_path / "台账.xlsx").read_bytes())}
    form = {"文件夹名": "没看过", "年度": "2026", "do": "make", "seen": "0"}
    answer = client.post("/new/lists/take", data=form, files=files, headers=HTMX)
    assert "还没有建" in answer.text
    assert not (empty.settings.home / "没看过").exists()


def test_the_sample_is_a_copy_to_play_in_and_every_page_says_so(
    empty: RunningDesk, client: httpx.Client
) -> None:
    answer = client.post("/try-sample")
    assert answer.url.path.endswith("/today")
    assert "这是示例" in answer.text
    again = client.post("/try-sample")
    assert again.status_code == 200
    roots = found_beside([empty.settings.home])
    assert [root.name for root in roots] == ["示例", "示例2"]
    assert all(map(is_sample, roots))
    begin = client.get("/begin").text
    assert begin.index("示例2") > begin.index('id="sample"')


def test_the_next_year_is_shown_and_begun(desk: RunningDesk) -> None:
    with desk.client() as client:
        seen = client.get(desk.of_workspace("next-year"))
        assert "结转了什么" in seen.text
        assert desk.settings.first is not None
        folder = desk.settings.first / "checklists/2022"
        assert not folder.exists()
        made = client.post(desk.of_workspace("next-year/make"))
        assert made.status_code == 200
        assert folder.is_dir()
        assert "/2022/" in made.url.path
        again = client.post(desk.of_workspace("next-year/make"))
    assert again.status_code == 422
    assert "已有的年度不会覆盖" in again.text


def test_what_a_new_workspace_leaves_open_is_filled_in_on_a_page(tmp_path: Path) -> None:
    """Made by `init` or of lists: nothing of it can be read yet, and no file has to be opened by hand."""
    root = tmp_path / "新"
    new_workspace.skeleton(root, 2026)
    with running(root, DAY, tmp_path / "state") as desk, desk.client() as client:
        today = client.get(desk.of_workspace("today", year=2026))
        assert "把空着的填上" in today.text
        form = client.get(desk.of_workspace("gaps", year=2026)).text
        names = re.findall(r'(?:input|textarea) id="g-[^"]*" name="([^"]*)"', form)
        assert len(names) == 8
        at = desk.of_workspace("gaps/fill", year=2026)
        some = client.post(at, data=dict.fromkeys(names[:3], "某某"))
        assert "空着 5 处" in some.text
        done = client.post(at, data=dict.fromkeys(names[3:], "某某"))
        assert done.url.path.endswith("/today")
    assert open_workspace(root, None, None, DAY, look_at_today=True).errors == []
    assert list((root / "备份").rglob("*.yaml"))


def test_who_answers_for_a_unit_is_filled_in_with_post_and_perhaps_name(tmp_path: Path) -> None:
    root = tmp_path / "新"
    new_workspace.skeleton(root, 2026)
    path = root / "checklists/2026/单位.yaml"
    text = path.read_text("utf-8")
    head = text[text.index("    负责人:") : text.index("#    简称")]
    path.write_text(text.replace(head, "    负责人:  # 填：{姓名: …, 职务: …}\n"), "utf-8")
    (gap,) = [gap for gap in fill_gaps.gaps(root) if gap.person]
    others = {each.name: "某某" for each in fill_gaps.gaps(root) if not each.person}
    assert fill_gaps.fill(root, {**others, gap.name: "李某某 党组书记"}, DAY).left == 0
    opened = open_workspace(root, None, None, DAY, look_at_today=True)
    assert opened.errors == []
    assert [(head.name, head.post) for head in opened.at.year.units[0].heads] == [("李某某", "党组书记")]


def test_a_gap_filled_with_what_is_no_value_writes_nothing(tmp_path: Path) -> None:
    root = tmp_path / "新"
    new_workspace.skeleton(root, 2026)
    path = root / "checklists/2026/单位.yaml"
    path.write_text(path.read_text("utf-8").replace("类型: 党组   ", "类型:  # 填："), "utf-8")
    before = path.read_bytes()
    with running(root, DAY, tmp_path / "state") as desk, desk.client() as client:
        at = desk.of_workspace("gaps/fill", year=2026)
        answer = client.post(at, data={"checklists/2026/单位.yaml:单位.0.类型": "没有的"}, headers=HTMX)
        assert answer.status_code == 422
        assert "没有的" in answer.text
        stray = client.post(at, data={"../../外面.yaml:a": "x"})
        assert stray.status_code == 200
    assert path.read_bytes() == before


def test_those_gone_are_left_out_and_those_beside_are_found(tmp_path: Path) -> None:
    for name in ("近的", "里面/深的", "里面/再里面/太深的", ".藏着/看不见的"):
        for part in ("checklists", "templates"):
            (tmp_path / name / part).mkdir(parents=True)
    assert [root.name for root in found_beside([tmp_path, tmp_path / "没有"])] == ["近的", "深的"]
    file = tmp_path / "state/recent.json"
    remember(file, tmp_path / "近的")
    remember(file, tmp_path / "里面/深的")
    assert recent(file) == [tmp_path / "里面/深的", tmp_path / "近的"]
    (tmp_path / "近的/templates").rmdir()
    assert recent(file) == [tmp_path / "里面/深的"]


@pytest.mark.parametrize("text", ["", "{", "{}", "[1, null]", '["相对的"]', "\x00"])
def test_a_list_that_can_t_be_read_says_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "recent.json").write_text(text, "utf-8")
    assert recent(tmp_path / "recent.json") == []


def test_a_broken_file_is_told_on_every_page_with_its_line_until_it_is_mended(desk: RunningDesk) -> None:
    assert desk.settings.first is not None
    path = desk.settings.first / "checklists/2021/问题.yaml"
    sound = path.read_text("utf-8")
    with desk.client() as client:
        for place in ("today",):
            path.write_text(sound + "\n  - 编号: [\n", "utf-8")
            broken = client.get(desk.of_workspace(place))
            assert "问题.yaml:" in broken.text
            assert "读不了" in broken.text
            assert "<option selected>2021</option>" in broken.text
            path.write_text(sound, "utf-8")
            assert "读不了" not in client.get(desk.of_workspace(place)).text


def test_a_year_that_can_t_be_read_at_all_still_has_its_top_bar(desk: RunningDesk) -> None:
    assert desk.settings.first is not None
    (desk.settings.first / "checklists/2021/清单.yaml").write_text("清单: 一句话\n", "utf-8")
    with desk.client() as client:
        answer = client.get(desk.of_workspace("today"))
        assert answer.status_code == 422
        assert "现在看不了" in answer.text
        assert "清单.yaml:1" in answer.text
        assert 'aria-label="主菜单"' in answer.text
        assert client.get("/begin").status_code == 200


def test_a_workspace_that_is_gone_is_not_there_and_not_a_crash(desk: RunningDesk) -> None:
    assert desk.settings.first is not None
    with desk.client() as client:
        desk.settings.first.rename(desk.settings.first.with_name("搬走了"))
        answer = client.get(desk.of_workspace("today"))
        assert answer.status_code == 404
        assert "这个工作目录" in answer.text
        assert client.get("/begin").status_code == 200


def test_what_nobody_foresaw_is_told_in_chinese_and_the_desk_goes_on(
    desk: RunningDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("nobody foresaw this")

    with desk.client() as client:
        monkeypatch.setattr(new_year, "carry", fails)
        whole = client.get(desk.of_workspace("next-year"))
        piece = client.get(desk.of_workspace("next-year"), headers=HTMX)
        monkeypatch.undo()
        assert (whole.status_code, piece.status_code) == (500, 500)
        assert "程序出错了" in whole.text
        assert "<html" not in piece.text
        assert all(
            "nobody" not in answer.text and "已经存好的数据不受影响" in answer.text
            for answer in (whole, piece)
        )
        assert client.get(desk.of_workspace("next-year")).status_code == 200


@pytest.mark.browser
def test_a_workspace_by_clicks_on_pages_without_violations(
    empty: RunningDesk, driver: webdriver.Chrome, tmp_path: Path
) -> None:
    driver.get(empty.entrance)
    for path in ("/begin", "/new", "/new/workbook", "/new/lists"):
        for width in (1280, 390):
            sized(driver, width, 900)
            driver.get(empty.site + path)
            assert driver.execute_script("return document.documentElement.scrollWidth") <= width, path
        assert violations(driver) == [], path
    driver.find_element(By.ID, "file").send_keys(str(ordinary(tmp_path / "台账.xlsx")))
    driver.find_element(By.CSS_SELECTOR, "button[value=look]").click()
    wait = waits(driver)
    wait.until(lambda page: page.find_elements(By.CSS_SELECTOR, "#seen select"))
    assert violations(driver) == []
    Select(driver.find_element(By.CSS_SELECTOR, "#seen tbody select")).select_by_visible_text("不带入")
    sized(driver, 1280, 900)
    driver.find_element(By.CSS_SELECTOR, "button[value=make]").click()
    wait.until(lambda page: page.find_elements(By.CSS_SELECTOR, "#seen .done, #refused .told"))
    assert "建好了" in driver.find_element(By.ID, "seen").text, driver.find_element(By.ID, "refused").text
    driver.get(f"{empty.site}/new")
    for label, text in FIRST.items():
        field = driver.find_element(By.NAME, label)
        if field.tag_name in ("input", "textarea") and label not in ("年度", "文件夹名"):
            field.clear()
            field.send_keys(text)
    folder = driver.find_element(By.NAME, "文件夹名")
    folder.clear()
    folder.send_keys("点出来的")
    driver.find_element(By.CSS_SELECTOR, "form[action='/new/make'] button").click()
    wait.until(lambda page: "/today" in page.current_url)
    assert (empty.settings.home / "点出来的").is_dir()
    assert errors_of(driver) == []


@pytest.mark.parametrize("asked_for", [False, True])
def test_the_products_own_sample_says_whether_it_can_be_written_into(tmp_path: Path, asked_for: bool) -> None:
    """The words at the top are those of what happens: looked at only, unless the desk was started with --sample."""
    with running(kit().resolve(), DAY, tmp_path, sample=asked_for) as desk, desk.client() as client:
        text = client.get(desk.of_workspace("today")).text
    assert ("只能看" in text, "可以随便试" in text) == (not asked_for, asked_for)
