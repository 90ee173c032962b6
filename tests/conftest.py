"""What several tests share."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import ooxml_lint
import pytest
from campaign import keep_wanted
from hypothesis import HealthCheck, settings
from programs import as_marked, use_fonts_of_ci
from sample import BY_NAME, KINDS, copy_workspace
from wheel import install

from liangqing.base.processes import JOBS
from liangqing.cli import main as cli
from liangqing.engine import Template
from liangqing.year.open_workspace import OpenWorkspace, open_workspace

use_fonts_of_ci()
os.environ.setdefault(JOBS, "1")  # a test that is about several processes says so
_STATE = tempfile.TemporaryDirectory(prefix="liangqing-state-")
os.environ["XDG_STATE_HOME"] = _STATE.name  # tests tell nothing to the person's own state folder


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write tests/golden anew (make golden)")


# Fixtures that bring the whole sample year along.
WHOLE_YEAR = {"run", "unissued", "year_papers", "desk"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if isinstance(item, pytest.Function) and WHOLE_YEAR & {*item.fixturenames}:
            item.add_marker("year")
    keep_wanted(config, items)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    with as_marked(item):
        return (yield)


# A busy machine is no fault of what is tested.
settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")


@pytest.fixture(autouse=True)
def opens_in_word(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever a test of the engine renders must be a file that Word opens: each document is looked at once, at the end."""
    if request.path.parent.name != "engine":
        yield
        return
    made: list[bytes] = []
    render = Template.render

    def kept(self: Template, values: Mapping[str, object], **options: Any) -> bytes:
        made.append(render(self, values, **options))
        return made[-1]

    monkeypatch.setattr(Template, "render", kept)
    yield
    for document in dict.fromkeys(made):
        assert ooxml_lint.document_faults(document, ragged=True) == []


class Run:
    """generate.py in this process: `run("check")` → exit code, what it printed, what it complained of.

    The line of every answer that names its workspace is in `named`, and not in what it complained of.
    """

    named = ""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self._capsys = root, capsys

    def __call__(self, *words: str) -> tuple[int, str, str]:
        self._capsys.readouterr()
        code = cli.main(["-C", str(self.root), *words])
        said = self._capsys.readouterr()
        lines = said.err.splitlines(keepends=True)
        names = [line for line in lines if line.startswith(f"工作目录：{self.root.resolve()}")]
        assert len(names) <= 1, said.err
        self.named = "".join(names)
        return code, said.out, "".join(line for line in lines if line not in names)

    @property
    def again(self) -> str:
        """How the command begins that comes next: for the same workspace."""
        return f"liangqing -C {self.root}"

    def in_folder(self, root: Path) -> Run:
        """The same in another workspace."""
        return Run(root, self._capsys)

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
def year_papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Path]]:
    """The papers of the sample year by kind, in a copy of its own; to be read only."""
    root = copy_workspace(tmp_path_factory.mktemp("year") / "工作", issued=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cli, "today", lambda: date(2021, 11, 1))
        assert cli.main(["-C", str(root), "build"]) == 0
        assert cli.main(["-C", str(root), "build", *BY_NAME]) == 0
    return {kind: sorted((root / "output/2021" / kind).glob("*.docx")) for kind in KINDS}


@pytest.fixture(scope="session")
def many_papers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, ...]:
    """Some 300 papers on short, usual and long data, with their PDFs (ManyPaper); for tests of the group "many_papers"."""
    import many_papers

    return many_papers.many_papers(tmp_path_factory.mktemp("many"))


@pytest.fixture(scope="session")
def sample_year(tmp_path_factory: pytest.TempPathFactory) -> OpenWorkspace:
    """The sample year with all that was issued, late in the year; to be read only."""
    root = copy_workspace(tmp_path_factory.mktemp("sample") / "工作", issued=True)
    return open_workspace(root, None, None, date(2021, 11, 1))


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of a wheel in an environment of its own, which sees our libraries but not the checkout."""
    return install(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Headless Chromium, one for all tests of a process."""
    from chromium import browser

    with browser() as found:
        yield found


@pytest.fixture
def driver(chromium: Any) -> Any:
    """The same, with nothing said in its console yet; whoever uses it is marked `browser`."""
    import desks

    desks.errors_of(chromium)  # what pages of the test before left there
    return chromium


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Any]:
    """The sample year as one's own workspace, on a desk of its own."""
    import desks

    root = copy_workspace(tmp_path / "工作", issued=True)
    with desks.running(root, desks.DAY, tmp_path / "state") as found:
        yield found
