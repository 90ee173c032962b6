"""The register written: staged, entered, put in place; what was cut off is ended or undone.

Papers go out in three steps, so that a crash between any two loses nothing. `stage`: files are written and synced,
their folders too, in 发文/<year>/.待落盘-<serial>. `append`: the line is written and synced; from here on the paper is
issued. `settle`: the files are renamed into their place. `recover` drops a half-written line, puts files in place whose
line stands, and removes those without one. Hold the lock of the workspace around all of them; every command opens the
workspace through `recover` under that lock, since a `build` at the same moment would take staged files for leftovers.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from liangqing.base import file_changes
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, Problems, reason, refuse
from liangqing.base.folders import DATA, KEPT
from liangqing.base.folders import REGISTER as FILE
from liangqing.base.safe_files import add_durably, sweep_temporaries, sync_folder, write_durably
from liangqing.register.lines import Line, Register, Void
from liangqing.register.reading import STAMP, Stamp, load, stamp_of
from liangqing.register.sealing import flow, hash_of, sealed

STAGED = ".待落盘"
HEAD = "# 发文登记：由程序写入，只增不改。查重号、查改动都靠它，请勿手改。\n"
_QUOTED = re.compile(rb'"(?:[^"\\\\]|\\\\.)*"?')


def append(workspace: Path, line: Line | Void, register: Register) -> Register:
    """Add one line, chained to the last and synced to disk; the register as it then stands.

    Raises Problems when it can't be written; the register is then as it was.
    """
    path = workspace / FILE
    text = sealed("- " + flow({**line.record(), "前": register.last_hash}))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        old = path.read_bytes() if path.exists() else b""
        lead = HEAD.encode() if not old else b"" if old.endswith(b"\n") else b"\n"
        try:
            add_durably(path, lead + f"{text}\n".encode())
        except OSError:
            _cut_back(path, len(old))
            raise
        if not old:
            sync_folder(path.parent)
    except OSError as problem:
        raise _cannot("登记", problem) from None
    book = replace(register, lines=(*register.lines, line), hashes=(*register.hashes, hash_of(text)))
    _put_stamp(workspace, book)
    return book


def _cut_back(path: Path, size: int) -> None:
    """What was written of a line goes; a register that was not there is not there again."""
    if not path.exists():
        return
    if size:
        os.truncate(path, size)
    else:
        path.unlink()


def stage(workspace: Path, year: int, serial: int, files: Mapping[str, bytes]) -> Path:
    """Put the files of a paper that is about to be issued beside their place, synced; the folder they are in."""
    folder = workspace / DATA / KEPT / str(year) / f"{STAGED}-{serial}"
    try:
        shutil.rmtree(folder, ignore_errors=True)
        fresh = [parent.parent for parent in list(folder.parents)[:2] if not parent.exists()]
        folder.mkdir(parents=True)
        for name, data in files.items():
            with (folder / name).open("wb") as handle:
                handle.write(data)
                handle.flush()
                os.fsync(handle.fileno())
        for directory in (folder, folder.parent, *fresh):
            sync_folder(directory)
    except OSError as problem:
        shutil.rmtree(folder, ignore_errors=True)
        raise _cannot("发文存档", problem) from None
    return folder


def settle(folder: Path) -> None:
    """Rename staged files into their place. Raises Problems when that fails; the next command goes on with it."""
    try:
        for path in sorted(folder.iterdir()):
            path.replace(folder.parent / path.name)
        sync_folder(folder.parent)
        folder.rmdir()
    except OSError as problem:
        message = f"已登记，存档还没有放到位（{reason(problem)}）"
        advice = "关掉打开的文件，检查磁盘空间和写权限，再运行一次任何命令就会放好；不要再印发一次"
        raise refuse(
            Code.PAPER_NOT_PUT_IN_PLACE, Place(f"{DATA}/{KEPT}/{folder.parent.name}"), message, advice
        ) from None


def recover(workspace: Path) -> None:
    """End or undo what was cut off: a half-written last line goes; files whose line stands are put in place.

    Raises Problems as `file_changes.settle` does.
    """
    file_changes.settle(workspace)
    sweep_temporaries(workspace / DATA / KEPT)
    _drop_half_line(workspace / FILE)
    book = load(workspace)
    serials = {line.serial for line in book.lines}
    for folder in sorted((workspace / DATA / KEPT).glob(f"*/{STAGED}-*")):
        if int(folder.name.rpartition("-")[2]) in serials:
            settle(folder)
        elif not book.diagnostics:  # of a register that can't be read nobody knows what stands in it
            shutil.rmtree(folder, ignore_errors=True)
    if book.lines and not book.diagnostics:
        _put_stamp(workspace, book)


def _put_stamp(workspace: Path, book: Register) -> None:
    """Remember the last line; where that fails the stamp lags behind, which says nothing wrong."""
    stamp = Stamp(len(book.hashes), book.last_hash)
    if stamp_of(workspace) != stamp:
        said = {"说明": "登记写到哪一条，由程序写", "序号": stamp.serial, "末行": stamp.last}
        with suppress(OSError):
            write_durably(workspace / STAMP, (json.dumps(said, ensure_ascii=False) + "\n").encode())


def _drop_half_line(path: Path) -> None:
    """What was not written to its end has brackets that are not closed; a whole line edited by hand has not."""
    data = path.read_bytes() if path.exists() else b""
    start = data.rfind(b"\n") + 1
    tail = data[start:]
    bare = _QUOTED.sub(b"", tail)
    half = tail.startswith(b"-") and (b"{" not in bare or bare.count(b"{") != bare.count(b"}"))
    if tail and (half or HEAD.encode().startswith(tail)):
        with path.open("r+b") as handle:
            handle.truncate(start)


def _cannot(what: str, problem: OSError) -> Problems:
    return refuse(
        Code.REGISTER_NOT_WRITTEN, Place(FILE), f"{what}写不进去（{reason(problem)}）", "检查磁盘空间和写权限"
    )
