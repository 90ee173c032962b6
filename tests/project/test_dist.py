"""What `make dist` makes installs on a machine without a network."""

from __future__ import annotations

import os
import subprocess
import venv
from pathlib import Path

import pytest
from sample import ROOT
from wheel import liangqing

pytestmark = pytest.mark.process

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
        [*pip, "--find-links", str(dist / "wheels"), "liangqing"],
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
