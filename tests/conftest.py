"""What several tests share."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sample import copy_workspace
from wheel import install

from liangqing import cli


class Run:
    """generate.py in this process: `run("check")` → exit code, what it printed, what it complained of."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self._capsys = root, capsys

    def __call__(self, *words: str) -> tuple[int, str, str]:
        self._capsys.readouterr()
        code = cli.main(["-C", str(self.root), *words])
        said = self._capsys.readouterr()
        return code, said.out, said.err

    def edit(self, name: str, old: str, new: str) -> None:
        """Change a file of the workspace; what is to be changed must be there, once."""
        path = self.root / name
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} {text.count(old)} times in {name}"
        path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """The sample year in a copy of its own, on a day of its own."""
    monkeypatch.setattr(cli, "today", lambda: date(2021, 11, 1))
    return Run(copy_workspace(tmp_path / "工作", issued=True), capsys)


@pytest.fixture
def unissued(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """The same with nothing issued."""
    monkeypatch.setattr(cli, "today", lambda: date(2021, 11, 1))
    return Run(copy_workspace(tmp_path / "工作", issued=False), capsys)


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of a wheel in an environment of its own, which sees our libraries but not the checkout."""
    return install(tmp_path_factory.mktemp("wheel"))
