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
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from liangqing.base import file_changes
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, Problems, Severity, reason, refuse, remedy
from liangqing.base.file_changes import FileChanges
from liangqing.base.folders import DATA, KEPT
from liangqing.base.folders import REGISTER as FILE
from liangqing.base.safe_files import (
    add_durably,
    goes_through_link,
    refuse_links,
    sweep_temporaries,
    sync_folder,
    write_durably,
    write_new_file,
)
from liangqing.register import witness
from liangqing.register.identity import HEAD, refuse_newer
from liangqing.register.lines import Line, Register, Void
from liangqing.register.reading import STAMP, Stamp, load, stamp_of, texts_in, whole_until
from liangqing.register.sealing import hash_of, line_of

STAGED = ".待落盘"


def append(workspace: Path, line: Line | Void, register: Register) -> Register:
    """Add one line, chained to the last and synced to disk; the register as it then stands.

    Raises Problems when it can't be written, or would not read as what is meant; the register is then as it was.
    """
    return append_text(workspace, line_of({**line.record(), "前": register.last_hash}), line, register)


def append_text(workspace: Path, text: str, line: Line | Void, register: Register) -> Register:
    """The same for a line whose text is there already, and is what `line` says."""
    path = workspace / FILE
    refuse_links(workspace, path)
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
    witness.note(workspace, book, texts_in(path))
    if not _wrong(register):  # a stamp that says what is lost stays until that is mended
        _put_stamp(workspace, book)
    return book


def put_register(workspace: Path, texts: Sequence[str], aside: Mapping[str, bytes]) -> None:
    """Replace the lines of the register by lines as they were written, and its stamp with it; the head stays.

    `aside`: files that are written with it as one, by name below the workspace. Raises Problems where one can't be
    written.
    """
    path = workspace / FILE
    try:
        head = path.read_text("utf-8-sig", "replace").partition("\n")[0] + "\n" if path.exists() else HEAD
        head = head if head.startswith("#") else HEAD
        text = head + "".join(f"{text}\n" for text in texts)
        file_changes.write_together(workspace, FileChanges({**aside, FILE: text.encode()}))
    except OSError as problem:
        raise _cannot("登记", problem) from None
    stamp_anew(workspace)


def let_witnesses_know(workspace: Path) -> None:
    """Tell the witnesses of a register that they never saw: of a workspace that was made, or of an earlier format."""
    book = load(workspace)
    if book.lines and not book.diagnostics:
        witness.note(workspace, book, texts_in(workspace / FILE))
        witness.keep_copies(workspace, book.issued)


def stamp_anew(workspace: Path) -> None:
    """Let the stamp say what the register says now, whatever it said: what it missed has been brought back."""
    with suppress(OSError):
        (workspace / STAMP).unlink(missing_ok=True)
    _put_stamp(workspace, load(workspace))


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
    refuse_links(workspace, folder)
    try:
        shutil.rmtree(folder, ignore_errors=True)
        fresh = [parent.parent for parent in list(folder.parents)[:2] if not parent.exists()]
        folder.mkdir(parents=True)
        for name, data in files.items():
            write_new_file(folder / name, data)
        for directory in (folder, folder.parent, *fresh):
            sync_folder(directory)
    except OSError as problem:
        shutil.rmtree(folder, ignore_errors=True)
        raise _cannot("发文存档", problem) from None
    return folder


def settle(folder: Path, name: str = "") -> None:
    """Rename staged files into their place; `name` is the paper of which they are.

    Raises Problems when that fails; the next command goes on with it.
    """
    try:
        for path in sorted(folder.iterdir()):
            path.replace(folder.parent / path.name)
        sync_folder(folder.parent)
        folder.rmdir()
    except OSError as problem:
        which = Path(problem.filename).name if problem.filename else ""
        message = f"{name or '这一份'}已经印发、登记，存档{which}还没有放到位（{reason(problem)}）"
        advice = f"{remedy(problem)}；再运行一次 check 就会放好，不要再印发一次"
        raise refuse(
            Code.PAPER_NOT_PUT_IN_PLACE, Place(f"{DATA}/{KEPT}/{folder.parent.name}"), message, advice
        ) from None


def recover(workspace: Path, *, cut: bool = True) -> None:
    """End or undo what was cut off: files whose line stands are put in place, files without one go.

    With `cut` half a line at the end of the register goes too. A command that only looks leaves the register as it is:
    `load` tells of the half line.
    Raises Problems for a workspace that a later program wrote, and as `file_changes.settle` does.
    """
    refuse_newer(workspace)
    file_changes.settle(workspace)
    for folder in (workspace / DATA, workspace / DATA / KEPT):
        sweep_temporaries(folder)
    witness.sweep(workspace)
    if cut:
        _drop_half_line(workspace)
    book = load(workspace)
    serials = {line.serial for line in book.lines}
    for folder in _staged(workspace):
        serial = folder.name.rpartition("-")[2]
        if serial.isdecimal() and int(serial) in serials:
            settle(folder)
        elif not _wrong(book):  # of a register that can't be read nobody knows what stands in it
            shutil.rmtree(folder, ignore_errors=True)
    if book.lines and not _wrong(book):
        _end_witnessing(workspace, book)
        _put_stamp(workspace, book)


def is_unfinished(workspace: Path) -> bool:
    """Whether there is something for `recover` to end or undo, or another program is writing just now."""
    return file_changes.is_cut_off(workspace) or bool(_staged(workspace))


def _staged(workspace: Path) -> list[Path]:
    """The folders of files that are not in their place yet; what a link leads to is nobody's of ours."""
    found = sorted((workspace / DATA / KEPT).glob(f"*/{STAGED}-*"))
    return [folder for folder in found if not goes_through_link(workspace, folder)]


def _end_witnessing(workspace: Path, book: Register) -> None:
    """Tell the witnesses what they were about to be told when the command was ended: the stamp comes after them."""
    if stamp_of(workspace) != _stamp_for(book):
        witness.note(workspace, book, texts_in(workspace / FILE))
    if witness.stands(workspace):
        witness.keep_copies(workspace, book.issued[-1:])


def _stamp_for(book: Register) -> Stamp:
    return Stamp(len(book.hashes), book.last_hash)


def _wrong(book: Register) -> bool:
    return any(problem.severity is Severity.ERROR for problem in book.diagnostics)


def _put_stamp(workspace: Path, book: Register) -> None:
    """Remember the last line; where that fails the stamp lags behind, which says nothing wrong."""
    stamp = _stamp_for(book)
    if stamp_of(workspace) != stamp and not goes_through_link(workspace, workspace / STAMP):
        said = {"说明": "登记写到哪一条，由程序写", "序号": stamp.serial, "末行": stamp.last}
        with suppress(OSError):
            write_durably(workspace / STAMP, (json.dumps(said, ensure_ascii=False) + "\n").encode())


def _drop_half_line(workspace: Path) -> None:
    path = workspace / FILE
    data = path.read_bytes() if path.exists() else b""
    end = whole_until(data, stamp_of(workspace))
    if end < len(data):
        refuse_links(workspace, path)
        with path.open("r+b") as handle:
            handle.truncate(end)


def _cannot(what: str, problem: OSError) -> Problems:
    return refuse(
        Code.REGISTER_NOT_WRITTEN, Place(FILE), f"{what}写不进去（{reason(problem)}）", remedy(problem)
    )
