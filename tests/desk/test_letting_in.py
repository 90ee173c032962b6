"""Nobody but this machine's own browser, with the token of this start, gets anything from the desk."""

from __future__ import annotations

import hashlib
import re
import socket
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from desks import DAY, RunningDesk, errors_of, running, violations
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample import copy_workspace
from selenium import webdriver

from liangqing.desk import guarding
from liangqing.desk.answering import page_table, static_files
from liangqing.desk.answering.page_table import DeskPage
from liangqing.desk.answering.showing import HTML, PLACES
from liangqing.desk.application import pages
from liangqing.desk.serving import LOOPBACK, listening

EVERY = [pytest.param(row, id=f"{'post' if row.posts else 'get'} {row.path}") for row in pages()]
POSTS = [each for each in EVERY if each.values[0].posts]  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def long_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """A desk for tests that change nothing."""
    folder = tmp_path_factory.mktemp("desk")
    root = copy_workspace(folder / "工作", issued=True)
    with running(root, DAY, folder / "state") as found:
        yield found


def address(desk: RunningDesk, row: DeskPage, part: str = "无") -> str:
    """An address of a page, with `part` for each part of its path that may be anything."""
    path = re.sub(r"\{\w+(:\w+)?\}", part, row.path)
    return desk.of_workspace(path) if row.in_workspace else f"/{path}"


def test_the_first_page_leads_to_today(long_desk: RunningDesk) -> None:
    with long_desk.client() as client:
        answer = client.get("/")
    assert answer.status_code == 200
    assert "今天" in answer.text
    assert answer.headers["content-security-policy"].count("unsafe") == 1  # styles alone


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ({"cookie": ""}, 403),
        ({"cookie": "liangqing_desk_{port}=wrong"}, 403),
        ({"cookie": "liangqing_desk_{port}=错"}, 403),
        ({"cookie": "=;,\x7f"}, 403),
        ({"host": "evil.example"}, 421),
        ({"host": "evil.example:{port}"}, 421),
        ({"host": "127.0.0.1.evil.example:80"}, 421),
        ({"host": "127.0.0.1"}, 421),
        ({"host": ""}, 421),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
    ],
)
def test_a_stranger_gets_nothing(long_desk: RunningDesk, head: dict[str, str], status: int) -> None:
    with long_desk.client() as client:
        own = {
            name.encode(): text.replace("{port}", str(long_desk.port)).encode() for name, text in head.items()
        }
        if "cookie" in head:
            client.cookies.clear()
        answer = client.get("/", headers=own)
    assert answer.status_code == status
    assert "工作" not in answer.text


@pytest.mark.parametrize("row", EVERY)
def test_no_page_answers_without_the_token(long_desk: RunningDesk, row: DeskPage) -> None:
    with long_desk.client() as client:
        client.cookies.clear()
        answer = client.request("POST" if row.posts else "GET", address(long_desk, row))
    assert answer.status_code == 403
    assert answer.text == guarding.NOT_LET_IN


@pytest.mark.parametrize("query", ["", "token=", "token=wrong", "token=%00", "token=%E9%94%99", "open=begin"])
def test_a_wrong_token_does_not_enter(long_desk: RunningDesk, query: str) -> None:
    answer = httpx.get(f"{long_desk.site}/enter?{query}", trust_env=False)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_the_token_becomes_a_cookie_that_no_script_and_no_other_site_gets(long_desk: RunningDesk) -> None:
    answer = httpx.get(long_desk.entrance, trust_env=False)
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert str(long_desk.port) in cookie.partition("=")[0]  # a second desk has another
    assert long_desk.settings.token not in answer.headers["location"]


@pytest.mark.parametrize("where", ["http://evil.example", "//evil.example", "../..", "begin/../x", "%2e%2e"])
def test_entering_leads_nowhere_else(long_desk: RunningDesk, where: str) -> None:
    answer = httpx.get(f"{long_desk.entrance}&open={quote(where)}", trust_env=False)
    assert answer.headers["location"] == "/"


def test_a_token_is_new_with_each_start(tmp_path: Path) -> None:
    with running(None, DAY, tmp_path) as one, running(None, DAY, tmp_path) as other:
        tokens = {one.settings.token, other.settings.token}
        assert len(tokens | {one.settings.form_token, other.settings.form_token}) == 4
        assert min(map(len, tokens)) >= 32
        assert all(token not in repr(one.settings) for token in tokens)


def test_it_listens_on_this_machine_alone(long_desk: RunningDesk) -> None:
    listener = listening(0)
    assert listener.getsockname()[0] == LOOPBACK == "127.0.0.1"
    listener.close()
    others = {each[4][0] for each in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    for other in others - {LOOPBACK} - {each for each in others if str(each).startswith("127.")}:
        with socket.socket() as asked:
            asked.settimeout(2)
            assert asked.connect_ex((str(other), long_desk.port)) != 0


@pytest.mark.parametrize("row", POSTS)
def test_no_post_from_elsewhere_or_without_the_forms_token(long_desk: RunningDesk, row: DeskPage) -> None:
    path = address(long_desk, row)
    with long_desk.client() as client:
        statuses = [
            client.post(path, headers=heads).status_code
            for heads in (
                {"origin": "http://evil.example"},
                {"origin": "null"},
                {"origin": f"http://localhost:{long_desk.port}"},
                {"sec-fetch-site": "cross-site"},
                {"x-form-token": "wrong"},
                {"x-form-token": ""},
            )
        ]
        del client.headers["origin"]
        statuses.append(client.post(path).status_code)
    assert statuses == [403] * 7


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_do_nothing(long_desk: RunningDesk, method: str) -> None:
    with long_desk.client() as client:
        answer = client.request(method, long_desk.of_workspace("today"))
    assert answer.status_code in (403, 405)
    assert not re.search("[A-Za-z]{4}", answer.text)


def test_a_page_that_changes_something_is_reached_by_forms_alone(long_desk: RunningDesk) -> None:
    gets = {row.path for row in pages() if not row.posts}
    with long_desk.client() as client:
        for row in pages():
            if row.posts and row.path not in gets:
                assert client.get(address(long_desk, row)).status_code in (404, 405), row.path


WAYS_OUT = (
    "../../../../etc/passwd",
    "..%2f..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "%252e%252e%252fetc%252fpasswd",
    "..%5c..%5cwindows%5cwin.ini",
    "%2fetc%2fpasswd",
    "C:%5cWindows%5cwin.ini",
    "%00",
    "机构.yaml%00.docx",
    ".%2f.发文登记.lock",
    "....%2f%2fetc%2fpasswd",
)
PART = st.one_of(
    st.sampled_from(WAYS_OUT),
    st.lists(
        st.sampled_from(("..", ".", "%2f", "%5c", "etc", "passwd", "%2e", "/", "checklists", "发文"))
    ).map("".join),
    st.text(max_size=30).map(lambda text: quote(text, safe="")),
)


@pytest.mark.many
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(row=st.sampled_from(pages()), part=PART, data=st.data())
def test_no_part_of_an_address_becomes_a_path_on_the_disk(
    long_desk: RunningDesk, row: DeskPage, part: str, data: st.DataObject
) -> None:
    """Every part of every page, the workspace, year and day too: no file of the machine comes, and nothing breaks."""
    names = re.findall(
        r"\{(\w+)(?::\w+)?\}", f"{'{workspace}{year}{day}' if row.in_workspace else ''}{row.path}"
    )
    if not names:
        return
    name = data.draw(st.sampled_from(names))
    path = re.sub(r"\{" + name + r"(:\w+)?\}", lambda _: part, row.path)
    path = re.sub(r"\{\w+(:\w+)?\}", "无", path)
    assert long_desk.settings.first is not None
    at = {"workspace": long_desk.settings.name(long_desk.settings.first), "year": "2021", "day": "现在"}
    if name in at:
        at[name] = part
    whole = f"/w/{at['workspace']}/{at['year']}/{at['day']}/{path}" if row.in_workspace else f"/{path}"
    with long_desk.client() as client:
        answer = client.request("POST" if row.posts else "GET", _raw(long_desk, whole))
    assert "root:x:" not in answer.text
    assert answer.status_code < 500, (whole, answer.status_code)


def _raw(desk: RunningDesk, path: str) -> httpx.URL:
    """An address as it is typed: nothing of the path is put in order before it goes out."""
    quoted = quote(path, safe="/%:.")
    return httpx.URL(desk.site).copy_with(raw_path=quoted.encode())


@pytest.mark.parametrize(
    "name", ["../desk.css", "..%2fserving.py", "licences%2fhtmx.txt", "desk.css%00", "", "."]
)
def test_static_files_are_those_of_the_list_alone(long_desk: RunningDesk, name: str) -> None:
    with long_desk.client() as client:
        answer = client.get(_raw(long_desk, f"/static/x/{name}"))
    assert answer.status_code == 404


def test_what_others_made_is_held_against_its_hash(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for path in static_files.FOLDER.iterdir():
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    kept = {name for name in static_files.VENDORED if (tmp_path / name).is_file()}
    assert kept == set(static_files.VENDORED)
    licences = {path.stem for path in (static_files.FOLDER / "licences").iterdir()}
    assert licences == {name.partition(".")[0] for name in kept}
    monkeypatch.setattr(static_files, "FOLDER", tmp_path)
    static_files.static_files.cache_clear()
    try:
        assert static_files.static_files().keys() >= kept
        (tmp_path / "htmx.min.js").write_bytes((tmp_path / "htmx.min.js").read_bytes() + b"\n")
        static_files.static_files.cache_clear()
        with pytest.raises(ValueError, match="htmx"):
            static_files.static_files()
    finally:
        monkeypatch.undo()
        static_files.static_files.cache_clear()


def test_scripts_that_are_not_ours_are_in_the_list_of_others() -> None:
    minified = {path.name for path in static_files.FOLDER.glob("*.min.js")}
    assert minified == set(static_files.VENDORED)
    for name, (_, digest) in static_files.VENDORED.items():
        assert hashlib.sha256((static_files.FOLDER / name).read_bytes()).hexdigest() == digest


INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)|\son[a-z]+\s*=\s*[\"']|javascript:|hx-on|hx-vals=[\"']js:", re.IGNORECASE
)
AWAY = re.compile(r"(?:src|href|action)=[\"'](?:https?:)?//", re.IGNORECASE)


@pytest.mark.parametrize("path", sorted(HTML.glob("*.html")), ids=lambda path: path.name)
def test_no_page_holds_script_or_asks_elsewhere(path: Path) -> None:
    text = path.read_text("utf-8")
    assert INLINE.findall(text) == []
    assert AWAY.findall(text) == []
    assert "|safe" not in text.replace(" ", "")


@pytest.mark.parametrize(
    "bad", ["<script>x", '<a onclick="x">', "<a href='javascript:x'>", '<b hx-on:click="x">']
)
def test_inline_script_would_be_found(bad: str) -> None:
    assert INLINE.search(bad)


def test_our_scripts_make_no_script_of_text() -> None:
    for path in static_files.FOLDER.glob("*.js"):
        if path.name not in static_files.VENDORED:
            text = path.read_text("utf-8")
            assert not re.search(r"\beval\(|new Function|(inner|outer)HTML\s*=[^=]|document\.write", text), (
                path.name
            )
            assert not re.search(r"https?://", text), path.name


def test_every_answer_bears_the_heads_that_keep_others_out(long_desk: RunningDesk) -> None:
    with long_desk.client() as client:
        answers = [
            client.get(path)
            for path in (
                "/begin",
                "/nowhere",
                "/static/x/desk.css",
                long_desk.of_workspace("today"),
                "/open/0123456789",
            )
        ]
        client.cookies.clear()
        answers.append(client.get("/"))
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert "server" not in answer.headers
        assert INLINE.findall(answer.text) == []


TAKES_FILE = "/new/workbook/take"


def bomb(name: str, size: int) -> bytes:
    """A zip with one part that unpacks to `size` bytes of nothing."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zipped, zipped.open(name, "w") as part:
        for _ in range(size // 2**20):
            part.write(bytes(2**20))
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("炸.xlsx", bomb("xl/worksheets/sheet1.xml", 1500 * 2**20)),
        ("假.xlsx", b"MZ\x90\x00" + bytes(1000)),
        ("空.xlsx", b""),
        ("半.xlsx", bomb("xl/workbook.xml", 2**20)[:300]),
        ("../../逃.exe", b"x"),
    ],
    ids=["bomb", "program", "empty", "half", "name"],
)
@pytest.mark.parametrize(("path", "field"), [("/new/workbook/take", "录入表"), ("/new/lists/take", "台账")])
def test_a_file_that_is_none_of_ours_is_refused_in_words(
    long_desk: RunningDesk, path: str, field: str, name: str, data: bytes
) -> None:
    before = sorted(long_desk.settings.recent.parent.rglob("*"))
    with long_desk.client() as client:
        form = {"文件夹名": "不该有", "年度": "2026", "do": "make"}
        answer = client.post(path, data=form, files={field: (name, data)}, headers={"hx-request": "true"})
    assert answer.status_code == 422, answer.text
    assert "什么也没有写" in answer.text
    made = set(long_desk.settings.recent.parent.rglob("*")) - set(before)
    assert made <= {long_desk.settings.home}


def test_too_much_is_refused_whether_its_head_says_so_or_not(
    long_desk: RunningDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guarding, "LARGEST", 2**20)

    def endless() -> Iterator[bytes]:
        yield b'--x\r\ncontent-disposition: form-data; name="\xe5\xbd\x95\xe5\x85\xa5\xe8\xa1\xa8"; filename="a.xlsx"\r\n\r\n'
        for _ in range(2**12):
            yield bytes(2**16)

    with long_desk.client() as client:
        told = client.post(TAKES_FILE, content=bytes(2**20 + 1))
        heads = {"content-type": "multipart/form-data; boundary=x"}
        try:
            endlessly = client.post(TAKES_FILE, content=endless(), headers=heads).status_code
        except httpx.WriteError:  # it stopped listening
            endlessly = 413
        assert (told.status_code, endlessly) == (413, 413)
        assert client.get("/begin").status_code == 200


def test_more_fields_or_files_than_a_form_has_are_refused_in_words(
    long_desk: RunningDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_table, "MOST_FILES", 2)
    files = [("录入表", (f"{number}.xlsx", b"x")) for number in range(3)]
    with long_desk.client() as client:
        many = client.post(TAKES_FILE, files=files)
        torn = client.post(TAKES_FILE, content=b"--x", headers={"content-type": "multipart/form-data"})
    assert (many.status_code, torn.status_code) == (400, 400)
    assert "什么也没有写" in many.text + torn.text


def test_what_never_ends_coming_holds_nobody_up(
    long_desk: RunningDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_table, "READ_WITHIN", 0.3)
    with long_desk.client() as client:
        heads = [
            f"POST {TAKES_FILE} HTTP/1.1",
            f"Host: 127.0.0.1:{long_desk.port}",
            f"Origin: {long_desk.site}",
            f"Cookie: {'; '.join(f'{name}={text}' for name, text in client.cookies.items())}",
            "Content-Type: multipart/form-data; boundary=x",
            "Content-Length: 1000",
        ]
        with socket.create_connection((LOOPBACK, long_desk.port), timeout=20) as slow:
            slow.sendall("\r\n".join([*heads, "", "--x"]).encode())
            assert client.get("/begin").status_code == 200  # meanwhile
            assert slow.recv(100).startswith(b"HTTP/1.1 408")


def test_a_head_without_end_is_refused(long_desk: RunningDesk) -> None:
    with socket.create_connection((LOOPBACK, long_desk.port), timeout=20) as asked:
        asked.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"x" * 300_000)
        assert asked.recv(100).startswith(b"HTTP/1.1 4")
    with long_desk.client() as client:
        assert client.get("/begin").status_code == 200


@pytest.mark.browser
def test_the_pages_are_quiet_and_ask_for_nothing_outside(
    long_desk: RunningDesk, driver: webdriver.Chrome
) -> None:
    driver.get(long_desk.entrance)
    assert "今天" in driver.title
    places = [long_desk.of_workspace(place) for place, _, _ in PLACES]
    for path in (
        *places,
        *(address(long_desk, row) for row in pages() if not row.posts and "{" not in row.path),
    ):
        driver.get(f"{long_desk.site}{path}")
        asked = driver.execute_script(
            "return performance.getEntriesByType('resource').map(each => each.name)"
        )
        assert [name for name in asked if not name.startswith(f"{long_desk.site}/")] == [], path
        assert [line for line in errors_of(driver) if "404" not in line] == [], path
        assert violations(driver) == [], path
