"""A dated package of all that a group keeps, with the hash of each file: data, templates, register, kept papers, originals.

What can be made anew (output/) is not in it, nor names of machines and persons. The same workspace on the same day
gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from liangqing import register
from liangqing.actions.archiving.keeping import zipped
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Severity, refuse
from liangqing.base.folders import DATA, LOCK, TEMPLATES
from liangqing.base.left_behind import place_file
from liangqing.base.output_files import locked, numbered_names
from liangqing.base.safe_files import write_durably
from liangqing.register.identity import card_of
from liangqing.register.witness import FOLDER, problems
from liangqing.year.open_workspace import OpenWorkspace, damage, kept_files

LIST = "备份清单.json"
KINDS = (DATA, TEMPLATES, "原台账")  # folders of the workspace that are kept, with all that is in them
NOTE = "从台账带入的说明.md"
_NOTED = f"{FOLDER}/备份.json"
_SAID = "两清两跟的备份：每个文件的校验值；恢复用 restore，不要手工解开覆盖"


@dataclass(frozen=True)
class Backup:
    """A package that was written: where, how many files and lines of the register, and what was wrong in what it holds."""

    place: Path
    files: int
    lines: int
    wrong: tuple[Diagnostic, ...] = ()


def back_up(root: Path, today: date, out: Path | None = None) -> Backup:
    """Pack the workspace as it stands into a new .zip: `out`, or a dated one in a folder beside the workspace.

    Raises Problems where something lies at `out`, OSError where it can't be written.
    """
    with locked(root / LOCK):
        register.recover(root)
        place = out or _default_place(root, today)
        if place.exists() or place.is_symlink():
            message, advice = "这里已经有了，备份不覆盖", "用 --out 换一个文件名"
            raise refuse(Code.BACKUP_PLACE_TAKEN, Place(str(place)), message, advice)
        data, done = package_of(root, today, place)
        place_file(place, data)
        _note(root, today)
    return done


def package_of(root: Path, today: date, place: Path) -> tuple[bytes, Backup]:
    """The workspace as it stands, packed to be written at `place`; hold the lock of the workspace around both."""
    files = dict(_files(root))
    book = register.load(root)
    found = dict.fromkeys((*damage(book, kept_files(root)), *problems(root, book)))
    wrong = tuple(problem for problem in found if problem.severity is Severity.ERROR)
    data = packed(files, today, card_of(root).code, book.hashes)
    return data, Backup(place, len(files), len(book.hashes), wrong)


def packed(files: Mapping[str, bytes], day: date, code: str, hashes: tuple[str, ...]) -> bytes:
    """The package of some files by name."""
    listed = {
        "说明": _SAID,
        "格式": 1,
        "日期": day.isoformat(),
        "编号": code,
        "登记": {"条数": len(hashes), "末行": hashes[-1] if hashes else ""},
        "文件": {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())},
    }
    told = (json.dumps(listed, ensure_ascii=False, indent=1) + "\n").encode()
    return zipped({**files, LIST: told})


def _default_place(root: Path, today: date) -> Path:
    folder = root.parent / f"{root.name}-备份"
    names = (folder / f"{name}.zip" for name in numbered_names(f"{root.name}-{today}"))
    return next(place for place in names if not place.exists())


def _files(root: Path) -> Iterator[tuple[str, bytes]]:
    for path in paths(root):
        yield path.relative_to(root).as_posix(), path.read_bytes()


def paths(root: Path) -> Iterator[Path]:
    """What is kept, by name; no links, nothing hidden, no locks, none of what an editor writes beside a file."""
    for name in (*KINDS, NOTE):
        below = [root / name, *sorted((root / name).rglob("*"))]
        for path in below:
            parts = path.relative_to(root).parts
            links = any((root / Path(*parts[: end + 1])).is_symlink() for end in range(len(parts)))
            if path.is_file() and not links and not any(map(_left_out, parts)):
                yield path


def _left_out(name: str) -> bool:
    return name.startswith((".", "~$")) or name.endswith(".lock")


def _note(root: Path, today: date) -> None:
    """Remember when this was and of what; where it can't be written, the reminder comes all the same."""
    said = {"日期": today.isoformat(), "指纹": _as_it_is(root)}
    with suppress(OSError):
        write_durably(root / _NOTED, (json.dumps(said, ensure_ascii=False) + "\n").encode())


def _as_it_is(root: Path) -> str:
    """A hash over names, sizes and times of all that a backup holds: what changes when one of them does."""
    digest = hashlib.sha256()
    for path in paths(root):
        seen = path.stat()
        digest.update(repr((path.relative_to(root).as_posix(), seen.st_size, seen.st_mtime_ns)).encode())
    return digest.hexdigest()[:32]


def reminder(opened: OpenWorkspace) -> str:
    """That the last backup is old, in words; "" where it is not, where nothing changed since, and for what is no one's own.

    Of a workspace that was never backed up the days count from the first paper that went out.
    """
    today, days = opened.today, opened.at.year.options.backup_days
    if today is None or not card_of(opened.root).code:
        return ""
    day, seen = _last(opened.root)
    first = min((line.issued for line in opened.register.issued), default=today)
    if (today - (day or first)).days <= days or (day and seen == _as_it_is(opened.root)):
        return ""
    last = f"上次备份是 {day}，后来又改过" if day else "还没有备份过"
    return f"{last}：备份一份，拷到别的盘上"


def _last(root: Path) -> tuple[date | None, str]:
    """When the last backup was and of what; None where nobody noted one."""
    try:
        told = json.loads((root / _NOTED).read_bytes()[:4096])
        return date.fromisoformat(told["日期"]), str(told["指纹"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None, ""
