"""The desk as a process: found again by a second start, stopped without a word of English, killed without a loss."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest
from desks import DAY, running
from sample import ROOT, copy_workspace

from liangqing import __version__
from liangqing.desk.answering.desk_settings import DeskSettings
from liangqing.desk.answering.recent import recent
from liangqing.desk.serving import LOOPBACK, RUNNING, already_running, listening, start

pytestmark = pytest.mark.process


@contextmanager
def started(state: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """A desk started as typed, and the first two lines that it says."""
    clean = {name: text for name, text in os.environ.items() if not name.startswith("LIANGQING")}
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "generate.py"), *words],
        cwd=state.parent,
        env={**clean, "XDG_STATE_HOME": str(state), "HOME": str(state.parent), "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield process, [process.stdout.readline().strip() for _ in range(2)]
    finally:
        process.kill()
        process.communicate()


def note_of(state: Path) -> Path:
    return state / "liangqing" / RUNNING


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_workspace(tmp_path / "我 的工作", issued=True)


def test_a_second_start_finds_the_first_for_the_same_and_for_another_workspace(
    tmp_path: Path, root: Path
) -> None:
    other = copy_workspace(tmp_path / "另一个", issued=False)
    state = tmp_path / "状态"
    with started(state, "-C", str(root), "desk", "--no-open") as (_, (first, told)):
        assert first.startswith("http://127.0.0.1:")
        assert "窗口开着" in told
        for workspace in (root, other):
            with started(state, "-C", str(workspace), "desk", "--no-open") as (second, (address, said)):
                assert second.wait(20) == 0
            assert "已经开着一个" in said
            assert address.startswith(first)
            with httpx.Client(trust_env=False, follow_redirects=True, timeout=60) as client:
                answer = client.get(address)
            assert answer.status_code == 200
            assert f"<b>{workspace.name}</b>" in answer.text
        if os.name != "nt":
            assert note_of(state).stat().st_mode & 0o077 == 0


def test_ctrl_c_ends_it_in_silence_and_the_next_start_is_a_new_one(tmp_path: Path, root: Path) -> None:
    state = tmp_path / "状态"
    with started(state, "-C", str(root), "desk", "--no-open") as (process, (address, _)):
        assert httpx.get(address, trust_env=False).status_code == 303
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        assert (process.returncode, out, err) == (0, "", "")
    assert not note_of(state).exists()


def test_what_a_killed_desk_left_behind_is_no_harm(tmp_path: Path, root: Path) -> None:
    state = tmp_path / "状态"
    with started(state, "-C", str(root), "desk", "--no-open") as (process, (first, _)):
        process.kill()
        process.wait(20)
    assert note_of(state).exists()
    with started(state, "-C", str(root), "desk", "--no-open") as (_, (second, told)):
        assert "窗口开着" in told
        assert second != first
        assert httpx.get(second, trust_env=False).status_code == 303


def test_a_port_that_is_taken_is_told_in_words(tmp_path: Path, root: Path) -> None:
    taken = listening(0)
    port = str(taken.getsockname()[1])
    with started(tmp_path / "状态", "-C", str(root), "desk", "--no-open", "--port", port) as (process, _):
        assert process.wait(20) == 1
        assert process.stderr is not None
        said = process.stderr.read()
    taken.close()
    assert "D035" in said
    assert f"端口 {port} 用不了" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"port": 1}', '{"port": "x", "token": "", "version": "", "sample": false}'],
)
def test_a_note_that_is_none_is_no_harm(tmp_path: Path, text: str) -> None:
    (tmp_path / RUNNING).write_text(text, "utf-8")
    assert already_running(tmp_path, None) is None


def note(state: Path, port: int, token: str, **other: object) -> None:
    """What a desk would have noted of itself."""
    noted = {"port": port, "token": token, "version": __version__, "sample": False, **other}
    (state / RUNNING).write_text(json.dumps(noted), "utf-8")


def test_only_the_desk_that_was_noted_is_taken_for_it(tmp_path: Path) -> None:
    """Not one of another token, nor of another version, nor one that may write what this one may not."""
    with running(None, DAY, tmp_path / "state") as found:
        token = found.settings.token
        note(tmp_path, found.port, token)
        assert already_running(tmp_path, None) == f"{found.entrance}&open=begin"
        note(tmp_path, found.port, "another")
        assert already_running(tmp_path, None) is None
        note(tmp_path, found.port, token, version="0")
        assert already_running(tmp_path, None) is None
        note(tmp_path, found.port, token)
        assert already_running(tmp_path, None, sample=True) is None
    assert already_running(tmp_path, None) is None  # it stopped


def test_another_program_at_the_noted_port_learns_no_token(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind((LOOPBACK, 0))
        other.listen(1)
        other.settimeout(20)
        note(tmp_path, other.getsockname()[1], "secret-token")
        asked = subprocess.Popen(
            [
                sys.executable,
                "-c",
                "import sys; from pathlib import Path; from liangqing.desk.serving import already_running;"
                "print(already_running(Path(sys.argv[1]), None))",
                str(tmp_path),
            ],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        connection, _ = other.accept()
        with connection:
            came = connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\nliangqing")
        said, _ = asked.communicate(timeout=20)
    assert b"secret-token" not in came
    assert said.strip() == "None"


def test_a_note_of_another_person_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with running(None, DAY, tmp_path / "state") as found:
        note(tmp_path, found.port, found.settings.token)
        owner = os.getuid()
        monkeypatch.setattr(os, "getuid", lambda: owner + 1)
        assert already_running(tmp_path, None) is None


SAVING = """
import os, sys
from datetime import date
from pathlib import Path
from liangqing.base import file_changes
from liangqing.changes import accepting, judging
from liangqing.changes.proposed import AlteredValue, Handed
from liangqing.base.diagnostics import Place
from liangqing.year.open_workspace import open_workspace
root = Path(sys.argv[1])
def dying(path, data):
    os.kill(os.getpid(), 9)
opened = open_workspace(root, None, None, date(2021, 11, 1))
unit = opened.at.year.units[0]
for number in (1, 2):
    if number == 2:
        file_changes.write_durably = dying
    here = Place("页面")
    value = AlteredValue(unit, ("基本情况",), f"新情况{number}", {(): here})
    run = judging.judge(opened, [Handed("页面", (value,))])
    assert not run.refused, run.refused
    accepting.accept(opened, run, date(2021, 11, 1))
    opened = open_workspace(root, None, None, date(2021, 11, 1))
    unit = opened.at.year.units[0]
"""


def test_a_kill_in_the_middle_of_a_save_loses_nothing_that_was_saved(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SAVING, str(root)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    with running(root, DAY, root.parent / "state") as found, found.client() as client:
        answer = client.get(found.of_workspace("today"))
    assert answer.status_code == 200
    assert "读不了" not in answer.text
    text = (root / "checklists/2021/单位.yaml").read_text("utf-8")
    assert "新情况1" in text
    assert "新情况2" not in text


def test_the_list_of_recent_ones_is_how_a_running_desk_learns_of_a_path(tmp_path: Path, root: Path) -> None:
    """An address names a workspace by a word that is no path; without the list the desk knows of none."""
    with running(None, DAY, tmp_path / "state") as found, found.client() as client:
        name = found.settings.name(root)
        del found.settings.known[name]
        assert client.get(f"/open/{name}").status_code == 404
        found.settings.recent.parent.mkdir(exist_ok=True)
        found.settings.recent.write_text(json.dumps([str(root)]), "utf-8")
        assert client.get(f"/open/{name}").status_code == 200
        assert recent(found.settings.recent) == [root]


def test_the_next_start_has_the_same_address_so_that_what_a_browser_kept_is_found(tmp_path: Path) -> None:
    settings = DeskSettings(lambda: DAY, tmp_path / "home", tmp_path / "recent.json", None)
    ports = []
    for _ in range(2):
        listener = start(settings, 0, tmp_path).listener
        assert listener is not None
        ports.append(listener.getsockname()[1])
        listener.close()
    assert ports[0] == ports[1]
    with closing(listening(ports[0])):
        taken = start(settings, 0, tmp_path).listener
        assert taken is not None
        assert taken.getsockname()[1] != ports[0]
        taken.close()


def test_the_wheel_holds_pages_scripts_and_licences_and_opens(installed: Path, tmp_path: Path) -> None:
    (desk,) = (installed.parent.parent).rglob("site-packages/liangqing/desk")
    for folder in ("html", "static", "static/licences"):
        ours = {path.name for path in (ROOT / "liangqing/desk" / folder).iterdir()}
        assert ours == {path.name for path in (desk / folder).iterdir()}, folder
    clean = {name: text for name, text in os.environ.items() if not name.startswith(("LIANGQING", "PYTHON"))}
    process = subprocess.Popen(
        [str(installed), "desk", "--no-open"],
        cwd=tmp_path,
        env={**clean, "XDG_STATE_HOME": str(tmp_path), "HOME": str(tmp_path), "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        address = process.stdout.readline().strip()
        with httpx.Client(trust_env=False, follow_redirects=True, timeout=60) as client:
            answer = client.get(address)
            style = answer.text.partition('rel="stylesheet" href="')[2].partition('"')[0]
            assert "还没有" in answer.text
            assert client.get(answer.url.join(style)).headers["content-type"].startswith("text/css")
    finally:
        process.kill()
        process.communicate()
