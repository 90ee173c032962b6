"""A package written as a whole into a new folder or a new .zip, never over anything."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse
from liangqing.base.docx_zip import ZipEntry, poured, write_package
from liangqing.base.output_files import sync_folder, write_durably

ZIP = ".zip"


def refuse_taken(place: Path) -> None:
    """Raise Problems where something lies at the place of a package: an earlier one is never written over."""
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
    refuse_taken(place)
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.suffix.lower() == ZIP:
        write_durably(place, zipped(files))
        return
    staged = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    try:
        for path, data in files.items():
            target = staged / path
            target.parent.mkdir(parents=True, exist_ok=True)
            write_durably(target, data)
        staged.chmod(0o755)
        refuse_taken(place)
        staged.rename(place)
        sync_folder(place.parent)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
