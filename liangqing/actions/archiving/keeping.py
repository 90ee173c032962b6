"""A package written as a whole into a new folder or a new .zip, never over anything."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse
from liangqing.base.docx_zip import ZipEntry, poured, write_package
from liangqing.base.left_behind import noted
from liangqing.base.safe_files import sync_folder, write_new_file
from liangqing.base.scratch import held_folder, sweep_unheld

ZIP = ".zip"
_STAGED = ".归档-"


def refuse_taken(place: Path) -> None:
    """Raise Problems where something lies at the place of a package: an earlier one is never written over.

    What one that was killed has left beside it is swept.
    """
    sweep_unheld(place.parent, _STAGED)
    if place.exists() or place.is_symlink():
        message = "这里已经有了，归档过的不覆盖"
        advice = (
            f"用 --out 另写一个地方，如 --out {place.with_name(f'{place.stem}-再归档{place.suffix}').name}"
        )
        raise refuse(Code.PACKAGE_PLACE_TAKEN, Place(str(place)), message, advice)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A package as one file; the same bytes for the same files."""
    return write_package(ZipEntry(poured(path, iter([data]))) for path, data in sorted(files.items()))


def keep(files: Mapping[str, bytes], place: Path) -> None:
    """Write a package; a place that ends with .zip becomes one file. All of it is there in the end, or nothing.

    Raises Problems where something lies there, OSError where it can't be written.
    """
    _kept_beside_first(place, files, zips=place.suffix.lower() == ZIP)


def keep_folder(files: Mapping[str, bytes], place: Path) -> None:
    """The same, always as a folder."""
    _kept_beside_first(place, files, zips=False)


def _kept_beside_first(place: Path, files: Mapping[str, bytes], *, zips: bool) -> None:
    refuse_taken(place)
    place.parent.mkdir(parents=True, exist_ok=True)
    with noted(place.parent / _STAGED), held_folder(place.parent, _STAGED) as beside:
        staged = beside / place.name
        if zips:
            write_new_file(staged, zipped(files))
        else:
            staged.mkdir()
            _write_all(staged, files)
        refuse_taken(place)
        staged.rename(place)
    with suppress(OSError):  # it is there; only a power cut might still undo it
        sync_folder(place.parent)


def _write_all(staged: Path, files: Mapping[str, bytes]) -> None:
    for path, data in files.items():
        target = staged / path
        target.parent.mkdir(parents=True, exist_ok=True)
        write_new_file(target, data)
    for folder, _, _ in os.walk(staged):
        sync_folder(Path(folder))
