"""Commands that write, killed or refused by the disk at a call: before or after, never between, and nothing is left.

In the suite a few calls of each command; the campaign tries every call in every way (some thousands of runs).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import openpyxl
import pytest
from campaign import size
from disk_faults import HOW, Faults, Ran, can_inject, points
from sample import ROOT
from sheet import Sheet
from small import write_small

from liangqing.base.folders import CARD
from liangqing.register.identity import card_of
from liangqing.register.witness import FOLDER as WITNESS

STAGE = "每次调用"
pytestmark = [
    pytest.mark.process,
    pytest.mark.campaign(STAGE),
    pytest.mark.skipif(not can_inject(), reason="needs Linux and gcc"),
    pytest.mark.xdist_group("faults"),  # the process that injects is started once
]

FINDINGS = "工作/checklists/2021/问题.yaml"
NUMBER = "市纪驻某整〔2021〕1号"

Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Writer:
    """A command that writes: its words (W: the workspace), below which place, and what is there before it."""

    words: tuple[str, ...]
    before: Callable[[Area], None] = lambda area: None
    next: tuple[str, ...] = ("-C", "W", "status")  # the command that comes next
    mixed: bool = (
        False  # its files (papers that are made anew by the next run) may be of both states in between
    )
    code: int = 0  # its exit code where nothing fails
    repeats: bool = True  # said again when it is done, it is carried out again, and comes to the same


class Area:
    """A folder with a workspace (工作), a state folder of the person (人), and a temporary folder of the system (tmp)."""

    def __init__(self, folder: Path, faults: Faults) -> None:
        self.folder, self._faults = folder, faults

    def run(self, words: Sequence[str], at: int = 0, how: str = "kill") -> Ran:
        named = {"W": "工作", "NEW": "新", "EMPTY": "空", "PACKAGE": "包", "BOOK": "交来.xlsx"}
        typed = [str(self.folder / named[word]) if word in named else word for word in words]
        own = {"XDG_STATE_HOME": str(self.folder / "人"), "TMPDIR": str(self.folder / "tmp")}
        return self._faults.run(typed, below=self.folder, at=at, how=how, environment=own)

    def done(self, *words: str) -> None:
        ran = self.run(words)
        assert ran.code == 0, ran

    def files(self) -> Files:
        """All that is kept, the witnesses too: every file but locks and the notes that the program keeps in output/.

        What is drawn by lot, the code of a workspace, stands as one word.
        """
        found = (path for path in self.folder.rglob("*") if path.is_file())
        names = {path.relative_to(self.folder).as_posix(): path for path in found}
        codes = [card_of(path.parent.parent).code for path in names.values() if path.name == _CARD]
        return {
            _coded(name.encode(), codes).decode(): _coded(path.read_bytes(), codes)
            for name, path in names.items()
            if not _is_note(name)
            and not (name.endswith("发文登记.yaml") and _holds_no_line(path))
            and not ("/output/" in name and name.endswith(_SWEPT_BY_A_RUN))
        }

    def rubbish(self) -> list[str]:
        """What should be gone: whatever is hidden and no note, and everything in the temporary folder of the system."""
        found = [path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*")]
        hidden = [
            name
            for name in found
            if "/." in f"/{name}".replace(f"/{WITNESS}", "/")
            and not _is_note(name)
            and not name.endswith(_KEPT)
        ]
        return hidden + [name for name in found if name.startswith("tmp/")]


_KEPT = (".gitignore", ".lock")
_CARD = Path(CARD).name
_SWEPT_BY_A_RUN = (".tmp", ".manifest.next.json")
_NOTES = (".manifest.json", ".inputs.json", ".report.json", ".templates.json", ".trees")


def _coded(data: bytes, codes: Sequence[str]) -> bytes:
    """The same with each code of a workspace as one word."""
    for code in filter(None, codes):
        data = data.replace(code.encode(), b"CODE")
    return data


def _is_witness(name: str) -> bool:
    return WITNESS in name.split("/") or "/见证/" in name or name.endswith(f"/{_CARD}")


def _holds_no_line(register: Path) -> bool:
    """Whether a register says nothing yet: as good as none."""
    return b"\n- " not in register.read_bytes()


def _is_note(name: str) -> bool:
    in_output = "/output/" in f"/{name}" and any(part in _NOTES for part in name.split("/"))
    return name.endswith(".lock") or in_output


def issued(area: Area) -> None:
    area.done("-C", "W", "issue", "整改函", "ZG1", "--date", "2021-05-06", "--signer", "张某某")


def built(area: Area) -> None:
    area.done("-C", "W", "build", "单位责任清单")
    group = area.folder / "工作/checklists/机构.yaml"
    text = group.read_text("utf-8")
    group.write_text(text.replace("纪检监察组", "第一纪检监察组", 1), "utf-8")


def ledger_came(area: Area) -> None:
    area.done("-C", "W", "ledger")
    made = area.folder / "工作/output/2021/台账/2021年台账.xlsx"
    book = openpyxl.load_workbook(made)
    Sheet(book, "问题")["W1", "整改目标"] = "标识齐全。"
    book.save(area.folder / "交来.xlsx")
    shutil.rmtree(area.folder / "工作/output")


def an_empty_folder(area: Area) -> None:
    (area.folder / "空").mkdir()


IN_SMALL = ("-C", "W")
TAKE = ("library", "--take", "K01", "--inspection", "JZ1", "--unit", "U2")
ISSUE = ("issue", "整改函", "ZG1", "--date", "2021-05-06", "--signer", "张某某")
WRITERS: dict[str, Writer] = {
    "new-year": Writer((*IN_SMALL, "new-year", "2022"), repeats=False),
    "propose": Writer((*IN_SMALL, "propose", "--yes"), repeats=False),
    "library --take": Writer((*IN_SMALL, *TAKE), repeats=False),
    "collect": Writer((*IN_SMALL, "collect", "BOOK", "--accept"), ledger_came),
    "init": Writer(("init", "NEW", "--year", "2021"), next=("init", "NEW", "--year", "2021"), repeats=False),
    "init in an empty folder": Writer(
        ("init", "EMPTY", "--year", "2021"),
        an_empty_folder,
        ("init", "EMPTY", "--year", "2021"),
        repeats=False,
    ),
    "issue": Writer((*IN_SMALL, *ISSUE), repeats=False),
    "void": Writer((*IN_SMALL, "void", NUMBER, "--why", "发错"), issued, repeats=False),
    "archive": Writer(
        (*IN_SMALL, "archive", "2021", "--no-pdf", "--out", "PACKAGE"),
        issued,
        (*IN_SMALL, "archive", "2021", "--no-pdf", "--out", "PACKAGE"),
        repeats=False,
    ),
    "deliver": Writer((*IN_SMALL, "deliver", NUMBER), issued, mixed=True),
    "build": Writer((*IN_SMALL, "build", "单位责任清单"), built, mixed=True),
    "build --dry-run": Writer((*IN_SMALL, "build", "单位责任清单", "--dry-run"), built, code=3),
    "ledger": Writer((*IN_SMALL, "ledger"), mixed=True),
    "template new": Writer((*IN_SMALL, "template", "new", "新函", "--format", "信函"), repeats=False),
}


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Faults]:
    with Faults(tmp_path_factory.mktemp("faults") / "库") as injecting:
        yield injecting


@pytest.fixture(scope="module")
def areas(tmp_path_factory: pytest.TempPathFactory, faults: Faults) -> Callable[[str], Area]:
    """An area as it is before a command, made anew each time it is asked for."""
    folder = tmp_path_factory.mktemp("areas")
    ready: dict[str, Path] = {}

    def area(name: str) -> Area:
        now = Area(folder / "area", faults)
        if name not in ready:
            _lay(now.folder, None)
            WRITERS[name].before(now)
            ready[name] = folder / str(len(ready))
            shutil.copytree(now.folder, ready[name])
        _lay(now.folder, ready[name])
        return now

    return area


def _lay(folder: Path, like: Path | None) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    if like is not None:
        shutil.copytree(like, folder)
        return
    for name in ("人", "tmp"):
        (folder / name).mkdir(parents=True)
    write_small(folder / "工作")
    shutil.copytree(ROOT / "templates", folder / "工作/templates", dirs_exist_ok=True)


@pytest.mark.parametrize("name", WRITERS)
def test_whatever_call_fails_or_is_the_last_it_is_before_or_after_and_a_second_try_works(
    areas: Callable[[str], Area], name: str, record_property: Callable[[str, object], None]
) -> None:
    writer, tried = WRITERS[name], 0
    area = areas(name)
    before = area.files()
    whole = area.run(writer.words)
    after = area.files()
    assert whole.code == writer.code and area.rubbish() == [], whole
    assert (before == after) == name.endswith("--dry-run")
    ways = cycle(HOW)
    most = size(STAGE)
    for at in points(whole.calls, most):
        for how in HOW if most >= whole.calls else (next(ways),):
            _try(areas(name), writer, (at, how), (before, after))
            tried += 1
    record_property("tried", tried)


def _try(area: Area, writer: Writer, fault: tuple[int, str], states: tuple[Files, Files]) -> None:
    before, after = states
    ran = area.run(writer.words, *fault)
    assert ran.code in (writer.code, 1, -9), (fault, ran)
    area.run(writer.next)
    found = area.files()
    if writer.mixed:
        strange = [path for path, data in found.items() if data not in (before.get(path), after.get(path))]
        assert strange == [], (fault, ran)
        assert {*before} & {*after} <= {*found}, fault
    else:
        found = _but_refused(found, states, fault)
        assert found in (before, after), (fault, _differing(found, before), _differing(found, after))
    assert ran.code != 0 or writer.mixed or found == after, fault
    if writer.repeats or found == before:
        again = area.run(writer.words)
        assert again.code == writer.code, (fault, again)
    last = _but_refused(area.files(), states, fault)
    assert last == after, (fault, _differing(last, after))
    assert area.rubbish() == [], fault


def _but_refused(found: Files, states: tuple[Files, Files], fault: tuple[int, str]) -> Files:
    """Files as if the disk had refused no witness: one that can't be written lags behind, which stops nothing.

    Of a command that was killed the witnesses count as every file: the next one tells them.
    """
    before, after = states
    witnesses = {name for name in {*before, *after, *found} if _is_witness(name)}
    lagging = {name for name in witnesses if found.get(name) != after.get(name)}
    if fault[1] == "kill" or _of(found, witnesses, but=True) != _of(after, witnesses, but=True):
        return found
    assert all(found.get(name) == before.get(name) for name in lagging), (fault, lagging)
    return {**_of(found, witnesses, but=True), **_of(after, witnesses)}


def _of(files: Files, names: set[str], *, but: bool = False) -> Files:
    return {name: data for name, data in files.items() if (name in names) != but}


def _differing(one: Files, other: Files) -> list[str]:
    return [name for name in {*one, *other} if one.get(name) != other.get(name)][:5]
