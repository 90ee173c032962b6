"""Workspaces kept open: read once, however many look and on how many days; read anew as soon as a file changed."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Barrier

import pytest
from desks import DAY, RunningDesk
from sample import copy_workspace

from liangqing.base.diagnostics import Problems
from liangqing.data import workspace
from liangqing.desk.answering.opening import MOST, MOST_VIEWS, OpenedWorkspaces


@dataclass
class Readings:
    """How often the data of a workspace were read, by its folder."""

    roots: list[Path] = field(default_factory=list)


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> Readings:
    counted, load = Readings(), workspace.load

    def counting(root: Path, *instead: object) -> workspace.Workspace:
        counted.roots.append(root)
        return load(root, *instead)  # type: ignore[arg-type]

    monkeypatch.setattr(workspace, "load", counting)
    return counted


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_workspace(tmp_path / "工作", issued=True)


def test_many_looks_on_many_days_read_the_files_once(root: Path, readings: Readings) -> None:
    opened = OpenedWorkspaces()
    for _ in range(3):
        for day in (None, date(2021, 6, 1)):
            for year in (None, 2021, 2020):
                for today in (True, False):
                    found = opened.opened(root, year, day, DAY, look_at_today=today)
                    assert found.at.year.year == (year or 2021)
                    assert found.at.day == (day or found.at.day)
    assert readings.roots == [root]


def test_each_look_is_what_opening_anew_would_give(root: Path) -> None:
    kept = OpenedWorkspaces()
    kept.opened(root, 2020, None, DAY)
    for view in ((2021, None, True), (2021, date(2021, 5, 1), True), (2021, None, False)):
        year, day, today = view
        again = kept.opened(root, year, day, DAY, look_at_today=today)
        anew = OpenedWorkspaces().opened(root, year, day, DAY, look_at_today=today)
        assert (again.at.day, again.at.year.year, again.as_of) == (anew.at.day, anew.at.year.year, anew.as_of)
        assert again.found == anew.found
        assert again.kept == anew.kept


def test_two_at_once_read_once(root: Path, readings: Readings) -> None:
    opened, gate = OpenedWorkspaces(), Barrier(4)

    def ask(_: int) -> object:
        gate.wait()
        return opened.opened(root, None, None, DAY)

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(ask, range(4)))
    assert len(readings.roots) == 1
    assert all(each is found[0] for each in found)


@pytest.mark.parametrize(
    "name",
    ["checklists/2021/问题.yaml", "checklists/机构.yaml", "checklists/发文登记.yaml", "templates/文种.yaml"],
)
def test_a_changed_file_is_read_at_the_next_look_and_once(root: Path, readings: Readings, name: str) -> None:
    opened = OpenedWorkspaces()
    opened.opened(root, None, None, DAY)
    seen = (root / name).stat()
    os.utime(root / name, ns=(seen.st_atime_ns, seen.st_mtime_ns + 1))
    for _ in range(3):
        opened.opened(root, None, None, DAY)
    assert len(readings.roots) == 2


def test_a_new_file_and_one_that_goes_are_seen(root: Path, readings: Readings) -> None:
    opened = OpenedWorkspaces()
    opened.opened(root, None, None, DAY)
    further = root / "checklists/2021/项目又一份.yaml"
    further.write_text("项目: []\n", "utf-8")
    opened.opened(root, None, None, DAY)
    further.unlink()
    opened.opened(root, None, None, DAY)
    assert len(readings.roots) == 3


def test_what_is_kept_is_little(tmp_path: Path) -> None:
    opened = OpenedWorkspaces()
    roots = [copy_workspace(tmp_path / f"第{number}个", issued=False) for number in range(MOST + 1)]
    for root in roots:
        opened.opened(root, None, None, DAY)
    assert list(opened.kept) == roots[1:]
    for number in range(1, MOST_VIEWS + 5):
        opened.opened(roots[-1], None, date(2021, 6, number), DAY)
    assert len(opened.kept[roots[-1]].views) == MOST_VIEWS
    assert len({id(view.data) for view in opened.kept[roots[-1]].views.values()}) == 1


def test_a_year_that_can_t_be_read_does_not_keep_the_others_from_it(root: Path) -> None:
    (root / "checklists/2021/清单.yaml").write_text("清单: 一句话\n", "utf-8")
    opened = OpenedWorkspaces()
    for _ in range(2):
        assert opened.opened(root, 2020, None, DAY).at.year.year == 2020
        with pytest.raises(Problems):
            opened.opened(root, 2021, None, DAY)


def test_pages_of_one_workspace_read_it_once(desk: RunningDesk, readings: Readings) -> None:
    with desk.client() as client:
        for place in ("today", "records", "today"):
            assert client.get(desk.of_workspace(place)).status_code == 200
    assert readings.roots == [desk.settings.first]
