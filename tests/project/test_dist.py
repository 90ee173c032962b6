"""What `make dist` makes installs on a machine without a network, and is opened by a double-click."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import tomllib
import venv
import zipfile
from configparser import ConfigParser
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from sample import ROOT
from wheel import liangqing

pytestmark = [pytest.mark.process, pytest.mark.xdist_group("dist")]  # what they share is made once

NO_NETWORK = {
    "PIP_NO_INDEX": "1",
    "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
    "PIP_CONFIG_FILE": os.devnull,
}


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of wheels, fetched anew; without a network a user's machine passes this over, CI does not."""
    folder = tmp_path_factory.mktemp("dist") / "dist"
    done = subprocess.run(["make", "dist", f"DIST={folder}"], cwd=ROOT, capture_output=True, text=True)
    if done.returncode and "CI" not in os.environ:
        pytest.skip(f"the index can't be reached: {done.stderr[-200:]}")
    assert done.returncode == 0, done.stderr
    return folder


def test_it_installs_and_works_with_the_index_switched_off(dist: Path, tmp_path: Path) -> None:
    assert [each.name for each in dist.glob("*.whl")] == [
        each.name for each in (dist / "wheels").glob("liangqing-*.whl")
    ]
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    clean = {name: each for name, each in os.environ.items() if not name.startswith(("PYTHON", "PIP"))}
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run(
        [
            *pip,
            "--find-links",
            str(dist / "wheels"),
            "--require-hashes",
            "-r",
            str(dist / "requirements.txt"),
        ],
        cwd=tmp_path,
        env={**clean, **NO_NETWORK},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    command = python.with_name("liangqing")
    assert liangqing(command, tmp_path, "init", "试一试", "--sample")[0] == 0
    code, said = liangqing(command, tmp_path, "-C", "试一试", "build")
    assert code == 0, said
    assert (tmp_path / "试一试/output/2021/年度监督工作总结/2021年监督工作总结.docx").is_file()


def test_what_is_carried_over_is_told_with_hashes_licences_and_a_bill(dist: Path) -> None:
    wheels = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (dist / "wheels").iterdir()
    }
    lines = (dist / "requirements.txt").read_text("utf-8").splitlines()
    assert sorted(line.partition("sha256:")[2] for line in lines) == sorted(wheels.values())
    locked = (ROOT / "requirements.lock").read_text("utf-8")
    named = [line for line in lines if not line.startswith("liangqing")]
    assert len(named) == len(lines) - 1 and all(
        f"sha256:{line.partition('sha256:')[2]}" in locked for line in named
    )
    licences = (dist / "许可证.txt").read_text("utf-8").splitlines()[2:]
    assert len(licences) == len(wheels) and all(line.partition("：")[2] for line in licences)
    text = (dist / "sbom.cdx.json").read_text("utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    bill = json.loads(text)
    digests = [part["hashes"][0]["content"] for part in (bill["metadata"]["component"], *bill["components"])]
    assert sorted(digests) == sorted(wheels.values())


def test_a_wheel_that_was_exchanged_is_not_installed(dist: Path, tmp_path: Path) -> None:
    folder = tmp_path / "拷来的"
    shutil.copytree(dist, folder)
    exchanged = next((folder / "wheels").glob("et_xmlfile-*.whl"))
    with zipfile.ZipFile(exchanged, "a") as wheel:
        wheel.writestr("et_xmlfile/more.py", "print('brought along')")
    shutil.copy(ROOT / f"starters/{NAME}.sh", folder)
    done = subprocess.run(
        ["sh", str(folder / f"{NAME}.sh"), "--no-open"],
        env={**os.environ, **NO_NETWORK, "HOME": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1 and "没有装成" in done.stdout
    assert "et" in (folder / "安装记录.txt").read_text("utf-8")


def test_the_lock_has_all_that_the_program_asks_for() -> None:
    locked = {
        canonicalize_name(found[1]): found[2]
        for found in re.finditer(
            r"^(\S+)==(\S+)", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE
        )
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = map(Requirement, [*project["dependencies"], *project["optional-dependencies"]["desk"]])
    wrong = [
        str(each) for each in asked if locked.get(canonicalize_name(each.name), "") not in each.specifier
    ]
    assert wrong == [], "run: make lock"


NAME = "两清两跟"


def said_by(line: list[str], home: Path) -> list[str]:
    """What a starter says until the desk is open, which is then closed; it works in a home of its own."""
    kept = {name: each for name, each in os.environ.items() if not name.startswith(("PYTHON", "PIP", "XDG"))}
    process = subprocess.Popen(
        line,
        env={**kept, **NO_NETWORK, "HOME": str(home), "BROWSER": "true"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    lines: list[str] = []
    try:
        for text in process.stdout:
            lines.append(text.strip())
            if "窗口开着" in text:
                return lines
        return lines
    finally:
        os.killpg(process.pid, 9)
        process.communicate()


def test_a_double_click_installs_the_first_time_and_opens_the_desk(dist: Path, tmp_path: Path) -> None:
    folder = tmp_path / "拷来的 文件夹"
    shutil.copytree(dist, folder)
    first = said_by(["sh", str(folder / f"{NAME}.sh"), "--no-open"], tmp_path)
    assert "正在安装" in first[0], first
    assert first[1].startswith("http://127.0.0.1:"), first
    assert len(first) == 3  # no word of pip or Python
    entry = ConfigParser(interpolation=None)
    entry.read(folder / f"{NAME}.desktop", "utf-8")
    run = entry["Desktop Entry"]["Exec"].replace("\\\\", "\\")
    line = run.replace("%k", shlex.quote(str(folder / f"{NAME}.desktop")))
    again = said_by(["sh", "-c", line], tmp_path)
    assert again[0].startswith("http://127.0.0.1:"), again
    assert len(again) == 2


def test_a_starter_says_in_chinese_what_it_lacks(tmp_path: Path) -> None:
    shutil.copy(ROOT / f"starters/{NAME}.sh", tmp_path)
    done = subprocess.run(
        ["sh", str(tmp_path / f"{NAME}.sh")], stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "把整个 dist 文件夹拷过来再打开" in done.stdout
    assert done.stderr == ""


def test_the_starter_of_windows_stands_for_the_same() -> None:
    data = (ROOT / f"starters/{NAME}.bat").read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n") > 30
    text = data.decode("utf-8")
    lines = text.splitlines()
    told = [line for line in lines if line.startswith("echo ")]
    assert lines.index("chcp 65001 >nul") < lines.index(told[0])  # before anything Chinese is shown
    assert len(told) >= 6
    assert not any(re.match("echo [A-Za-z]", line) for line in told)
    assert re.findall(r"goto (\w+)", text) and set(re.findall(r"goto (\w+)", text)) == set(
        re.findall(r"^:(\w+)\r?$", text, re.MULTILINE)
    )
    for word in ("%here%", "%env%", "%log%", "%USERPROFILE%"):  # paths with blanks and Chinese
        places = [found.start() for found in re.finditer(re.escape(word), text)]
        assert places
        bare = [text[:at].rpartition("\n")[2] for at in places]
        assert all(before.count('"') % 2 == 1 or before.startswith("echo ") for before in bare), word
    shell = (ROOT / f"starters/{NAME}.sh").read_text("utf-8")
    for words in ("-m liangqing desk", "--no-index", "--find-links", "--require-hashes", ".ok"):
        assert words in text
        assert words in shell
