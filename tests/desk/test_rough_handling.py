"""The desk handled roughly: odd addresses and forms, hostile texts, broken data, a full disk. It tells, and goes on."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from desks import DAY, RunningDesk, running
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample import copy_workspace

from liangqing.actions import issuing
from liangqing.base import file_changes
from liangqing.desk.answering.page_table import DeskPage
from liangqing.desk.answering.whole_numbers import MOST_DIGITS, whole_number
from liangqing.desk.application import pages

GETS = [
    row for row in pages() if not row.posts and row.in_workspace and not row.path.endswith(("/pdf", "/shown"))
]
HUGE = "9" * 4500  # more digits than Python turns into a number
# A part of an address that leads somewhere in the sample, by its name in the table of pages.
PARTS = {
    "section": "问题",
    "key": "W2021-01",
    "code": "W2021-01",
    "paper": "监督检查清单~2021",
    "line": "1",
    "number": "2021",
    "list": "findings",
    "part": "progress",
    "file": "整改函.docx",
}
_PLAIN = (
    "page",
    "from",
    "rows",
    "month",
    "unit",
    "person",
    "group",
    "kind",
    "of",
    "sort",
    "words",
    "paper",
    "saved",
)
ASKED: tuple[str, ...] = (
    *_PLAIN,
    *("state", "step", "stage", "单位", "undo", "taken", "also", "place", "day", "pages", "没有这一项"),
)
ODD = ("", "-1", "²", "٣", "\x00", "任务:", "9999-12", "0000-00", "[", "\\", "%s", "{{ 7*7 }}", "\ud7ff")
SCRIPT = "\"'><script>alert(1)</script>{{ 7*7 }}"
NAMED = re.compile(
    r"^( +(?:- )?(?:名称|简称|问题名称|事由|内容|责任人|标题): )(?![\[{|>&]).+$"
)  # lines of YAML
QUOTED = r"\1'" + SCRIPT.replace("'", "''") + "'"


@pytest.fixture(scope="module")
def rough(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Someone at a desk of whom nothing is written."""
    folder = tmp_path_factory.mktemp("desk")
    root = copy_workspace(folder / "工作", issued=True)
    with running(root, DAY, folder / "state") as desk, desk.client() as client:
        client.base_url = httpx.URL(f"{desk.site}{desk.of_workspace('')}")
        yield client


def address(row: DeskPage) -> str:
    """The address of a page, of something that the sample has where it has it."""
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda found: PARTS[found[1]], row.path)


def answers(client: httpx.Client) -> dict[str, httpx.Response]:
    """What each page answers."""
    return {row.path: client.get(address(row)) for row in GETS}


# ---------------------------------------------------------------- addresses


@given(st.one_of(st.text(), st.integers().map(str)))
def test_a_number_is_read_or_is_none(text: str) -> None:
    number = whole_number(text)
    plain = text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS
    assert number == (int(text) if plain else None)


@pytest.mark.parametrize("row", GETS, ids=lambda row: row.path)
def test_a_number_that_never_ends_is_no_number(rough: httpx.Client, row: DeskPage) -> None:
    text = Path(row.answer.__code__.co_filename).read_text("utf-8")  # the names that its module asks for
    for name in {*re.findall(r'asked\.get\("(\w+)"', text), "page"}:
        for value in (HUGE, f"任务:{HUGE}"):
            assert rough.get(address(row), params={name: value}).status_code < 500, name


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    row=st.sampled_from(GETS),
    asked=st.dictionaries(st.sampled_from(ASKED), st.sampled_from(ODD) | st.text(max_size=9)),
)
def test_odd_values_asked_for_break_no_page(
    rough: httpx.Client, row: DeskPage, asked: dict[str, str]
) -> None:
    assert rough.get(address(row), params=asked).status_code < 500


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2201-01-01", "9999-12-31", "2021-02-30", "x"])
def test_a_day_that_no_calendar_counts_on_from_is_not_there(rough: httpx.Client, day: str) -> None:
    for path in ("today", "calendar", "figures", "papers", "records/问题"):
        answer = rough.get(rough.base_url.copy_with(path=f"{rough.base_url.path.replace('现在', day)}{path}"))
        assert answer.status_code == 404, path
        assert day in answer.text
    assert rough.get("when", params={"year": "2021", "day": day, "place": "today"}).status_code == 404


def test_the_first_and_the_last_day_that_can_be_looked_at_are_shown(rough: httpx.Client) -> None:
    for day in (date(1900, 1, 1), date(2200, 12, 31)):
        asked = {"year": "2021", "day": day.isoformat(), "place": "today"}
        assert rough.get("when", params=asked).status_code == 200


# ---------------------------------------------------------------- forms

WAS = (
    "[",
    "[1]",
    '{"编号": 1}',
    '{"进展": [1, [2], {"佐证": "x"}]}',
    '{"名称": "\\ud800"}',
    "[" * 50_000,
    '{"a":' * 50_000,
    HUGE,
    '{"名称": NaN}',
)


@pytest.mark.parametrize("was", WAS, ids=lambda was: was[:20])
@pytest.mark.parametrize("key", ["new", "W2021-01", "没有"])
@pytest.mark.parametrize("do", ["", "/try", "/again"])
def test_a_form_that_says_nonsense_of_what_was_there_writes_nothing(
    rough: httpx.Client, was: str, key: str, do: str
) -> None:
    rows = {
        "v.进展.#": "0-1",
        "v.进展.0.#": "0",
        "v.进展.0.内容": "改",
        "v.进展.1.#": HUGE,
        "v.进展.1.内容": "添",
    }
    answer = rough.post(f"records/问题/{key}{do}", data={"was": was, **rows})
    assert answer.status_code in (200, 409, 422)
    assert not rough.get("changes").text.count("/undo/")


def test_files_that_were_sent_without_a_name_are_told_apart(rough: httpx.Client) -> None:
    sent = [("files", (name, b"x")) for name in (".", ".", "a/..", "/", "\\")]
    answer = rough.post("take/read", files=sent)
    assert answer.status_code == 200
    assert "没有名字的文件（第2份）" in answer.text


@pytest.mark.parametrize("number", [HUGE, "²", "0", "-1"])
def test_a_number_of_a_paper_that_is_none_is_refused_at_its_field(rough: httpx.Client, number: str) -> None:
    answer = rough.post(f"issue/{PARTS['paper']}", data={"number": number}, files={"file": ("a.docx", b"x")})
    assert answer.status_code == 422
    assert "不是号数" in answer.text


# ---------------------------------------------------------------- hostile texts


def test_what_stands_in_the_data_is_shown_as_text_on_every_page(tmp_path: Path) -> None:
    root = copy_workspace(tmp_path / "<b>工作", issued=True)
    for file in (root / "checklists").rglob("*.yaml"):
        lines = file.read_text("utf-8").split("\n")
        file.write_text("\n".join(NAMED.sub(QUOTED, line) for line in lines), "utf-8")
    with running(root, DAY, tmp_path / "state") as desk, desk.client() as client:
        client.base_url = httpx.URL(f"{desk.site}{desk.of_workspace('')}")
        met = answers(client)
        more = [client.get(f"records/{name}") for name in ("单位", "任务", "检查", "整改函")]
        more += [
            client.get("search", params={"words": SCRIPT}),
            client.get("records/问题", params={"words": SCRIPT}),
        ]
        more += [client.get("records/问题/new", params={"名称": SCRIPT}), client.get(f"finding/{SCRIPT}")]
        more += [client.post("take/read", files={"files": (f"{SCRIPT}.docx", b"x")}, data={"called": SCRIPT})]
    shown = [answer for answer in (*met.values(), *more) if "html" in answer.headers["content-type"]]
    assert [str(answer.url) for answer in shown if answer.status_code >= 500] == []
    assert sum("&lt;script&gt;alert(1)" in answer.text for answer in shown) > 5
    assert [
        str(answer.url) for answer in shown if re.search(r"<script>alert|\"'>|>49<|<b>工作", answer.text)
    ] == []


# ---------------------------------------------------------------- states of a workspace

# What an empty year has not, and what asks for a value in its address.
NOT_YET = {row.path for row in GETS if re.search(r"\{(key|code|line)\}", row.path)} | {"when", "take/blank"}


def test_a_new_workspace_without_a_finding_has_every_page(tmp_path: Path) -> None:
    first = {
        "文件夹名": "新的",
        "年度": "2021",
        "机构 全称": "驻某局纪检监察组",
        "机构 派出机关": "某省纪委监委",
    }
    first |= {
        "机构 机关代字": "驻某局纪",
        "机构 负责人职务": "组长",
        "单位 名称": "某局党组",
        "单位 类型": "党组",
    }
    first |= {
        "单位 负责人职务": "党组书记",
        "清单 依据": "《工作要点》",
        "任务 监督内容": "纪律",
        "任务 具体任务": "学习",
    }
    first |= {"任务 责任主体": "全体单位", "任务 监督方式": "平时观察", "任务 完成时限": "每季度"}
    with running(None, DAY, tmp_path / "state") as desk, desk.client() as client:
        made = client.post("/new/make", data=first)
        assert made.url.path.endswith("/today"), made.text
        client.base_url = httpx.URL(f"{desk.site}{made.url.path.removesuffix('today')}")
        met = answers(client)
    assert {path for path, answer in met.items() if answer.status_code == 404} == NOT_YET
    assert {path for path, answer in met.items() if answer.status_code not in (200, 404)} == set()


@pytest.mark.parametrize(
    ("file", "data"),
    [
        ("2021/问题.yaml", b"a: ["),
        ("2021/问题.yaml", b"\xff\xfe\x00"),
        ("2021/问题.yaml", "问题:\n  - 编号: W1\n    单位: [1, {a: b}]\n  - 5\n  - null\n".encode()),
        ("2021/清单.yaml", b"- 1\n"),
        ("2021/问题.yaml", b"- 1\n"),
        ("机构.yaml", b"x: &a [*a]\n"),
    ],
)
def test_broken_data_are_told_on_every_page(desk: RunningDesk, file: str, data: bytes) -> None:
    assert desk.settings.first is not None
    broken = desk.settings.first / "checklists" / file
    assert broken.is_file()
    broken.write_bytes(data)
    with desk.client() as client:
        client.base_url = httpx.URL(f"{desk.site}{desk.of_workspace('')}")
        met = answers(client)
        assert [path for path, answer in met.items() if answer.status_code >= 500] == []
        assert broken.name in met["today"].text
        assert broken.name in met["records"].text


# ---------------------------------------------------------------- a disk that is full


def full(*_: object, **__: object) -> Any:
    raise OSError(errno.ENOSPC, "No space left on device", "checklists/2021/问题.yaml")


def kept(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in (root / "checklists").rglob("[!.]*") if path.is_file()}


def test_a_full_disk_leaves_the_data_as_they_were_and_is_told(
    desk: RunningDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = desk.settings.first
    assert root is not None
    before, path = kept(root), desk.of_workspace("records/问题/W2021-01")
    with desk.client() as client:
        was = client.get(path).text
        form = {"was": httpx_unescaped(was), "v.名称": "换一个名称"}
        seen = re.search(r'name="seen" value="([0-9a-f]+)"', client.post(path, data=form).text)
        assert seen is not None
        monkeypatch.setattr(file_changes, "write_durably", full)
        answer = client.post(path, data={**form, "seen": seen[1]})
    assert answer.status_code == 500
    assert "磁盘" in answer.text
    assert kept(root) == before


def httpx_unescaped(text: str) -> str:
    """What the form of a page carries of the record."""
    from lxml import html

    tree: Any = html.fromstring(text)
    return str(tree.xpath("//input[@name='was']/@value | //textarea[@name='was']/text()")[0])


def test_what_was_issued_before_the_disk_was_full_is_told_as_issued(
    desk: RunningDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, sure, done = desk.of_workspace("issue"), issuing.issue, list[str]()

    def once(root: Path, order: issuing.IssueOrder, today: date) -> issuing.Issued:
        if done:
            full()
        issued = sure(root, order, today)
        done.append(issued.line.name)
        return issued

    with desk.client() as client:
        keys = re.findall(r'name="paper" value="([^"]+)"', client.get(path).text)
        assert len(keys) > 1
        monkeypatch.setattr(issuing, "issue", once)
        answer = client.post(path, data={"paper": keys})
    assert answer.status_code == 200
    assert len(done) == 1
    assert done[0] in answer.text
    assert "磁盘" in answer.text
