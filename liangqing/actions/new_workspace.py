"""A new workspace: a skeleton that says line by line what to fill in, the sample, or what an Excel list holds."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, reason, refuse
from liangqing.base.file_changes import FileChanges, settle, write_together
from liangqing.base.folders import DATA, OUTPUT, SCHEMA, TEMPLATES, kit
from liangqing.base.left_behind import noted
from liangqing.base.safe_files import sync_file, sync_folder
from liangqing.base.scratch import held_folder, sweep_unheld
from liangqing.outputs import ledger
from liangqing.register.witness import FOLDER as WITNESS
from liangqing.register.witness import new_card
from liangqing.register.writing import let_witnesses_know
from liangqing.year.blank_year import blank_workspace

if TYPE_CHECKING:
    from liangqing.changes.foreign_list import Choices, ImportedList

SKELETON = Path(__file__).resolve().parent / "skeleton"
GROUP = "机构.yaml"  # stands above the years; every other file of the skeleton belongs to one
YEAR_SIGN = "YYYY"
ORIGINAL, NOTE = (
    "原台账",
    "从台账带入的说明.md",
)  # beside checklists/: what a list came in as, and what became of it
IGNORED = f"{OUTPUT}/\n备份/\n*.lock\n{WITNESS}/\n"
LONGEST_NAME = 40  # signs
_STAGED = ".新建-"
_SIGNS = "-_（）()·"
_RESERVED = re.compile("con|prn|aux|nul|(com|lpt)[0-9¹²³]", re.IGNORECASE)  # by Windows, as names of devices
_LEFT_BEHIND = shutil.ignore_patterns("*.lock", "~$*", ".*")


def skeleton(folder: Path, year: int) -> None:
    """Make `folder` a workspace in which nothing is written yet but what has to be filled in, with an empty workbook.

    Raises Problems, and makes nothing, when the folder is not empty or can't be written.
    """
    _refuse_year(year)

    def fill(new: Path) -> None:
        write_teaching(new, year)
        (new / entry_workbook(year)).write_bytes(empty_workbook(year))

    make(folder, fill)


def empty_workbook(year: int) -> bytes:
    """The workbook of a year in which nothing is filled in yet. Raises Problems for what is no year."""
    _refuse_year(year)
    return ledger.write(blank_workspace(kit(), year, date(year, 1, 1)).at)


def folder_called(home: Path, name: str) -> Path:
    """The folder of `home` that is to become a workspace; raises Problems for what can't be a folder's name everywhere.

    So no name leads out of `home`, and none is refused by Windows, on whose disks it may be copied.
    """
    called = unicodedata.normalize("NFC", name.strip())
    if not names_a_folder(called):
        message = f"「{name[:LONGEST_NAME]}」不能做文件夹的名字"
        advice = f"只用汉字、字母、数字和 - _ （）·，不超过 {LONGEST_NAME} 个字，如 我的工作"
        raise refuse(Code.FOLDER_NAME_UNFIT, Place("文件夹名"), message, advice)
    return home / called


def names_a_folder(name: str) -> bool:
    """Whether a folder or the stem of a file may be called so on every system: one plain name, no way to another place."""
    fits = 0 < len(name) <= LONGEST_NAME and all(sign.isalnum() or sign in _SIGNS for sign in name)
    return fits and not _RESERVED.fullmatch(name)


def entry_workbook(year: int) -> str:
    """The name of the empty workbook that lies beside checklists/ in a new workspace."""
    return f"{year}年录入表.xlsx"


def from_lists(
    folder: Path,
    lists: Sequence[Path],
    year: int,
    today: date,
    *,
    accept: bool,
    said: Choices | None = None,
) -> ListsIn:
    """Propose how lists come in, in a mapping beside the first of them; with `accept` make `folder` a workspace of them.

    What a clerk `said` is followed, else a mapping that is there. The lists and the mapping are kept in the workspace, with a note. Raises
    Problems, and makes no workspace, as `skeleton` does, and where no list is found or the mapping can't be followed.
    """
    from liangqing.changes.foreign_list import Vocabulary, mapping_book, read_foreign_lists, trial

    _refuse_year(year)
    _refuse_one_name(lists)
    if accept:
        _sweep(folder.absolute())
        _refuse_taken(folder.absolute())
    mapping = lists[0].absolute().parent / mapping_book.NAME
    choices = said or _said_before(mapping)
    imported = read_foreign_lists(lists, year, choices, _kinds())
    if said is not None or not choices.knows(imported.plans, imported.seen):
        mapping_book.write(mapping, imported, choices, Vocabulary(choices.own_names))
    if not accept:
        return ListsIn(imported, mapping)
    if imported.stopping:
        raise Problems(imported.stopping)
    make(folder, lambda new: _write_imported(new, lists, mapping, imported))
    wrong = trial.wrong_in(folder, imported, today)
    return ListsIn(imported, mapping, tuple(wrong), trial.blanks(folder))


def _said_before(mapping: Path) -> Choices:
    from liangqing.changes.foreign_list import Choices, Vocabulary, mapping_book

    return mapping_book.read(mapping, Vocabulary()) if mapping.exists() else Choices()


@dataclass(frozen=True)
class ListsIn:
    """What lists hold, the mapping that it was read by, and, of a workspace that was made, what is wrong in it.

    `wrong` are the errors beside the places to fill in, each with the cell that it comes from; `blanks` how many such
    places there are (None: no workspace was made).
    """

    imported: ImportedList
    mapping: Path
    wrong: tuple[Diagnostic, ...] = ()
    blanks: int | None = None


def _refuse_one_name(lists: Sequence[Path]) -> None:
    names = [path.name for path in lists]
    for name in names:
        if names.count(name) > 1:
            advice = "改其中一个的文件名，再带一次"
            raise refuse(Code.TWO_LISTS_OF_ONE_NAME, Place(name), "两个文件同名，分不清是哪一个", advice)


def _kinds() -> tuple[str, ...]:
    """The names of the 文种 that come with the product."""
    from liangqing.papers.rendering import load_catalogue

    return tuple(load_catalogue(kit()).entries)


def _write_imported(new: Path, lists: Sequence[Path], mapping: Path, imported: ImportedList) -> None:
    from liangqing.changes.foreign_list import past_papers

    write_teaching(new, imported.year)
    for year in imported.years:
        for name, text in {**_checklist(year), **imported.files(year)}.items():
            (new / name).parent.mkdir(exist_ok=True)
            (new / name).write_text(text, "utf-8", newline="\n")
    past_papers.enter(new, imported.papers)
    keep_originals(new, *lists, mapping)
    (new / NOTE).write_text(imported.note([path.name for path in lists]), "utf-8", newline="\n")


def _checklist(year: int) -> dict[str, str]:
    """The one file that a year can't be without."""
    name = f"{DATA}/{year}/清单.yaml"
    return {name: teaching_files(year)[name]}


def keep_originals(root: Path, *paths: Path) -> None:
    """Keep what a workspace began with in a folder of its own."""
    (root / ORIGINAL).mkdir()
    for path in paths:
        shutil.copyfile(path, root / ORIGINAL / path.name)


def sample(folder: Path) -> None:
    """Make `folder` a copy of the sample, with its register and issued papers. Raises Problems as `skeleton`."""
    make(folder, lambda new: _copy(DATA, new))


def _refuse_year(year: int) -> None:
    if not 1000 <= year <= 9999:
        raise refuse(
            Code.YEAR_NOT_FOUR_DIGITS, Place("--year"), f"年度应为四位数字，现为 {year}", "写成 2021 这样"
        )


def teaching_files(year: int) -> dict[str, str]:
    """The files of a year in which nothing is written but what has to be filled in, each by its name below the workspace."""
    return {
        f"{DATA}/{year}/{path.name}": _of_year(path, year)
        for path in sorted(SKELETON.glob("*.yaml"))
        if path.name != GROUP
    }


def _of_year(path: Path, year: int) -> str:
    return path.read_text("utf-8").replace(YEAR_SIGN, str(year))


def teaching_of_group(year: int) -> dict[str, str]:
    """The same for the file that stands above the years."""
    return {f"{DATA}/{GROUP}": _of_year(SKELETON / GROUP, year)}


def write_teaching(new: Path, year: int) -> None:
    """The data of a workspace in which nothing is written yet."""
    (new / DATA / str(year)).mkdir(parents=True)
    for name, text in (teaching_of_group(year) | teaching_files(year)).items():
        (new / name).write_text(text, "utf-8", newline="\n")


def _copy(name: str, new: Path) -> None:
    shutil.copytree(kit() / name, new / name, ignore=_LEFT_BEHIND)


def make(folder: Path, fill: Callable[[Path], None]) -> None:
    """Make `folder` a workspace: everything is written beside it by `fill`, then put there in one go.

    Raises Problems, as `fill` does, and makes nothing, when the folder is not empty or can't be written. What an
    earlier one that was killed has left is no content.
    """
    folder = folder.absolute()
    try:
        _sweep(folder)
        _refuse_taken(folder)
        parent = folder if folder.is_dir() else folder.parent
        with noted(parent / _STAGED), held_folder(parent, _STAGED) as beside:
            new = beside / folder.name
            new.mkdir()
            fill(new)
            _copy(TEMPLATES, new)
            _copy(SCHEMA, new)
            new_card(new)
            (new / ".gitignore").write_text(IGNORED, "utf-8", newline="\n")
            _place(new, folder)
        let_witnesses_know(folder)  # now that it lies where it stays
    except OSError as problem:
        message = f"建不了这个文件夹（{reason(problem)}）"
        raise refuse(
            Code.FOLDER_NOT_MADE, Place(str(folder)), message, "检查权限和磁盘空间，或换个位置"
        ) from None


def _sweep(folder: Path) -> None:
    """Undo what an earlier `make` that was killed has left in the folder; one that is at work there is left alone."""
    sweep_unheld(folder.parent, _STAGED)
    if folder.is_dir():
        sweep_unheld(folder, _STAGED)
        if not any(folder.glob(f"{_STAGED}*")):
            settle(folder)


def _refuse_taken(folder: Path) -> None:
    place = Place(str(folder))
    if folder.exists() and not folder.is_dir():
        raise refuse(Code.FOLDER_TAKEN, place, "这是一个文件，不是文件夹", "换一个名字")
    if folder.is_dir() and any(folder.iterdir()):
        raise refuse(
            Code.FOLDER_TAKEN, place, "这个文件夹不是空的，什么也没有动", "换一个名字，或先移走里面的东西"
        )
    if not folder.parent.is_dir():
        raise refuse(Code.PARENT_FOLDER_MISSING, place, "上一级文件夹不存在", "先建好上一级，或检查路径")


def _place(new: Path, folder: Path) -> None:
    """An empty folder that is there is kept, since somebody may stand in it; the data, with which it is a workspace, come last."""
    files = sorted(path for path in new.rglob("*") if path.is_file())
    if folder.exists():
        names = sorted(
            (path.relative_to(new).as_posix() for path in files), key=lambda name: name.startswith(DATA)
        )
        write_together(folder, FileChanges({name: (new / name).read_bytes() for name in names}))
        return
    for path in files:
        sync_file(path)
    for within in (new, *(path for path in new.rglob("*") if path.is_dir())):
        sync_folder(within)
    new.rename(folder)
    with suppress(OSError):  # it is there; only a power cut might still undo it
        sync_folder(folder.parent)
