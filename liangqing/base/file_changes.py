"""Several files of a folder changed as one: all of them or none, whatever ends the program in between.

`write_together` stages the new files and copies of the old ones in `.待写入` of the folder, all synced; writes down what
it is about to do (`记录.json`); renames the new files into their place; and throws the record away, with which it is
done. What is cut off after the record was written is ended or undone by `settle`, which every command asks first: ended
where every file had come to its place, else undone. Nothing is lost with it: a file that a person changed in the
meantime is left as it is, and what stood there before is put beside it.

Only renames within a folder are needed, no hard links: so it works on FAT and on network drives. Hold the lock of the
workspace around both functions.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, error, refuse
from liangqing.base.safe_files import (
    add_durably,
    refuse_links,
    refuse_no_file,
    sync_folder,
    write_durably,
    write_new_file,
)

STAGE = ".待写入"
RECORD, UNDOING = (
    "记录.json",
    "撤回.json",
)  # in the stage: the same record, while files are moved in, and moved out
KEPT_APART = "中断前"  # a folder for what stood where a person has written since
_NEW, _OLD = "新", "旧"


@dataclass(frozen=True)
class FileChanges:
    """What is to become of files, by name below their folder (with forward slashes).

    `files`: what each is to hold; None: it goes. `added`: what is put at the end of others (logs).
    """

    files: Mapping[str, bytes | None]
    added: Mapping[str, bytes] = field(default_factory=dict)


def write_together(root: Path, changes: FileChanges) -> None:
    """Make all the changes or none. Files that end up as they are already are not touched.

    Raises OSError where one can't be written, with all put back as it was; Problems where a link stands in the way,
    and, with those of which it is so, where something could not be put back yet (the next command goes on with it).
    """
    settle(root)
    for name in (STAGE, *changes.files, *changes.added):
        refuse_links(root, root / name)
        refuse_no_file(root / name)
    stage = root / STAGE
    try:
        cut = _staged(root, stage, changes)
    except OSError:
        shutil.rmtree(stage, ignore_errors=True)
        raise
    try:
        write_durably(stage / RECORD, cut.record())
        cut.move_in()
    except OSError:
        _undone_at_once(cut)
        raise
    _forget(stage)


def settle(root: Path) -> None:
    """End or undo what was cut off. Raises Problems for what can't be put back, and once for a file changed since."""
    stage = root / STAGE
    if not stage.exists() and not stage.is_symlink():
        return
    refuse_links(root, stage)
    cut = _cut_off(root)
    if cut is not None and not cut.is_whole():
        told = cut.undo()
        _forget(stage)
        if told:
            raise Problems(told)
        return
    _forget(stage)


def is_cut_off(root: Path) -> bool:
    """Whether there is something for `settle` to do: asked before the lock is taken."""
    return (root / STAGE).is_dir()


def _staged(root: Path, stage: Path, changes: FileChanges) -> _CutOff:
    """Put new files and copies of the old ones into the stage, synced; raises OSError."""
    stage.mkdir()
    digests: dict[str, tuple[str | None, str | None]] = {}
    for name, after in changes.files.items():
        before = _bytes(root / name)
        if before == after:
            continue
        digests[name] = (_digest(before), _digest(after))
        for kind, data in ((_OLD, before), (_NEW, after)):
            if data is not None:
                (stage / kind / name).parent.mkdir(parents=True, exist_ok=True)
                write_new_file(stage / kind / name, data)
    for folder, _, _ in os.walk(stage):
        sync_folder(Path(folder))
    sizes = {name: _size(root / name) for name in changes.added}
    added = {name: (sizes[name], (sizes[name] or 0) + len(data)) for name, data in changes.added.items()}
    fresh = {
        folder.as_posix()
        for name in (*digests, *added)
        for folder in PurePosixPath(name).parents
        if not (root / folder).exists()
    }
    return _CutOff(root, digests, added, tuple(sorted(fresh)), changes.added)


@dataclass(frozen=True)
class _CutOff:
    """What is about to be done, or was when it was cut off; `digests` are of before and after, None: no file.

    `added` are the lengths of logs before and after, `fresh` the folders that were not there. `words` are what is
    added, which only who begins it has.
    """

    root: Path
    digests: Mapping[str, tuple[str | None, str | None]]
    added: Mapping[str, tuple[int | None, int]]
    fresh: tuple[str, ...]
    words: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def stage(self) -> Path:
        return self.root / STAGE

    def record(self) -> bytes:
        told = {"files": self.digests, "added": self.added, "fresh": self.fresh}
        said = {"说明": "写到一半的改动，由程序接着写完或撤回，请勿手改", **told}
        return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()

    def move_in(self) -> None:
        """Move all in, and add to the logs, synced; raises OSError."""
        for top in self._tops():
            _move(self.stage / _NEW / top, self.root / top)
        for name, (_, after) in self.digests.items():
            if after is None:
                (self.root / name).unlink()
        for name, words in self.words.items():
            _add(self.root / name, words)
        for folder in dict.fromkeys(PurePosixPath(name).parent for name in (*self.digests, *self.added)):
            if (self.root / folder).is_dir():
                sync_folder(self.root / folder)
        sync_folder(self.root)

    def _tops(self) -> list[str]:
        """What is renamed, in the order of the files: a folder that is not there yet as a whole, else single files."""
        tops: dict[str, None] = {}
        for name, (_, after) in self.digests.items():
            if after is not None:
                way = [folder for folder in PurePosixPath(name).parents if folder.as_posix() in self.fresh]
                tops[(way[-1] if way else PurePosixPath(name)).as_posix()] = None
        return list(tops)

    def is_whole(self) -> bool:
        """Whether everything had come to its place, and nobody had begun to take it back."""
        if (self.stage / UNDOING).exists():
            return False
        left = any(files for _, _, files in os.walk(self.stage / _NEW))
        gone = all(
            not (self.root / name).exists() for name, (_, after) in self.digests.items() if after is None
        )
        told = all((_size(self.root / name) or 0) >= after for name, (_, after) in self.added.items())
        return not left and gone and told

    def undo(self) -> list[Diagnostic]:
        """Put everything back; what is to be told of files that a person has changed since.

        Raises Problems with each file that can't be put back; what is left of it is tried again by the next command.
        """
        with suppress(OSError):
            (self.stage / RECORD).replace(self.stage / UNDOING)
        told: list[Diagnostic] = []
        stuck: list[Diagnostic] = []
        for name in (*self.digests, *self.added):
            try:
                told += self._put_back(name) if name in self.digests else self._cut_back(name)
            except OSError:
                stuck.append(_not_put_back(name))
        if stuck:
            raise Problems(stuck)
        for folder in sorted(self.fresh, key=len, reverse=True):
            with suppress(OSError):
                (self.root / folder).rmdir()
        return told

    def _cut_back(self, name: str) -> list[Diagnostic]:
        """A log to its length before, unless somebody added more to it since: then it says too much, but all of that."""
        path = self.root / name
        refuse_links(self.root, path)
        before, after = self.added[name]
        now = _size(path)
        if now is not None and now <= after and now != before:
            if before is None:
                path.unlink()
            else:
                os.truncate(path, before)
        return []

    def _put_back(self, name: str) -> list[Diagnostic]:
        path, old = self.root / name, self.stage / _OLD / name
        before, after = self.digests[name]
        refuse_links(self.root, path)
        now = _digest(_bytes(path))
        if now == before:
            return []
        if before is None:
            if now == after:
                path.unlink()
            return []
        mine = now in (after, None)
        target = path if mine else self._aside(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        _move(old, target)
        return [] if mine else [_changed_since(name, target.relative_to(self.root).as_posix())]

    def _aside(self, name: str) -> Path:
        number = 1
        while (self.root / f"{KEPT_APART}{number}" / name).exists():
            number += 1
        return self.root / f"{KEPT_APART}{number}" / name


def _cut_off(root: Path) -> _CutOff | None:
    """What was cut off; None where it never came so far that anything was moved. Raises Problems for a spoilt record."""
    stage = root / STAGE
    path = next((stage / name for name in (UNDOING, RECORD) if (stage / name).exists()), None)
    if path is None:
        return None
    refuse_no_file(path)
    try:
        said = json.loads(path.read_text("utf-8"))
        digests = {
            _inside(name): (_text(before), _text(after)) for name, (before, after) in said["files"].items()
        }
        added = {
            _inside(name): (_number(before), int(after)) for name, (before, after) in said["added"].items()
        }
        return _CutOff(root, digests, added, tuple(_inside(name) for name in said["fresh"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        message = "上一次写到一半就断了，写了哪些的记录又读不出来，不知道怎么接着办"
        advice = f"核对最近改的几个文件（原来的在 {STAGE}/{_OLD} 里），都对了再把 {STAGE} 这个文件夹移到别处"
        raise refuse(Code.CUT_OFF_UNREADABLE, Place(f"{STAGE}/{path.name}"), message, advice) from None


def _inside(name: object) -> str:
    """A name of the record, which leads nowhere but below the folder; raises ValueError."""
    path = PurePosixPath(str(name))
    if not path.parts or path.is_absolute() or ".." in path.parts or path.parts[0] == STAGE:
        raise ValueError(name)
    return path.as_posix()


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _number(value: object) -> int | None:
    return None if value is None else int(str(value))


def _undone_at_once(cut: _CutOff) -> None:
    told = cut.undo()
    _forget(cut.stage)
    if told:
        raise Problems(told)


def _forget(stage: Path) -> None:
    """The record first: with it, it is done. Where even that fails the next command finds that nothing is left to do."""
    for name in (RECORD, UNDOING):
        with suppress(OSError):
            (stage / name).unlink(missing_ok=True)
    shutil.rmtree(stage, ignore_errors=True)


def _move(source: Path, target: Path) -> None:
    """Rename, also onto another disk that is mounted below the folder; raises OSError."""
    try:
        source.replace(target)
    except OSError as problem:
        if problem.errno != errno.EXDEV:
            raise
        if source.is_dir():
            target.mkdir(exist_ok=True)
            for child in sorted(source.iterdir()):
                _move(child, target / child.name)
        else:
            write_durably(target, source.read_bytes())
            source.unlink()


def _add(path: Path, words: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    add_durably(path, words)


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return None


def _digest(data: bytes | None) -> str | None:
    return None if data is None else hashlib.sha256(data).hexdigest()


def _not_put_back(name: str) -> Diagnostic:
    message = "写到一半出错（磁盘满，或文件正被打开），这个文件还没能恢复成原来的样子"
    advice = "先腾出磁盘空间、关掉打开着的文件，再运行一次 check，就会接着恢复；恢复以前别改它"
    return error(Code.NOT_PUT_BACK, Place(name), message, advice)


def _changed_since(name: str, aside: str) -> Diagnostic:
    message = "上一次写到一半就断了，这个文件后来又有人改过：没有动它，别的文件都恢复成原来的样子"
    advice = f"和断以前的内容（{aside}）比一比，把该留的留下，再做一次刚才的事"
    return error(Code.CHANGED_SINCE_CUT_OFF, Place(name), message, advice)
