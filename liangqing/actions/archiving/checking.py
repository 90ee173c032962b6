"""A package checked against its own list of hashes, on any machine, with no workspace."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeAlias

from liangqing.actions.archiving import hash_list
from liangqing.actions.archiving.keeping import ZIP
from liangqing.base import bounds
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, Problems, refuse

OpenFile: TypeAlias = io.BufferedReader | zipfile.ZipExtFile
_PIECE = 1 << 20  # bytes
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    RuntimeError,
    ValueError,
    LookupError,
    OverflowError,
)


@dataclass(frozen=True)
class PackageVerdict:
    """What became of a package: the paths of files that are as they were, changed, missing and added, in order.

    `seal` is the SHA-256 of its list as it is now, to be held against the one that was written down.
    """

    place: Path
    seal: str
    same: tuple[str, ...]
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    added: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether each file is what it was, none is missing and none was added."""
        return not (self.changed or self.missing or self.added)


def is_package(place: Path) -> bool:
    """Whether a person means a package by a path: any folder, and a .zip."""
    return place.is_dir() or (place.suffix.lower() == ZIP and place.is_file())


def checked(place: Path) -> PackageVerdict:
    """Hold a package, a folder or a .zip, against its list.

    Raises Problems for what is none, whose list is gone or unreadable, or whose .zip is broken.
    """
    if place.is_dir():
        return _judged(place, _in_folder(place))
    try:
        with zipfile.ZipFile(place) as package:
            return _judged(place, _in_zip(package))
    except (OSError, *_BROKEN):
        raise _no_package(place, "这个 .zip 打不开，坏了") from None


def _judged(place: Path, present: Mapping[str, Callable[[], OpenFile]]) -> PackageVerdict:
    if hash_list.FILE not in present:
        raise _no_package(place, f"里面没有 {hash_list.FILE}")
    with present[hash_list.FILE]() as handle:
        data = handle.read(bounds.FILE)
    listed = hash_list.read(data)
    if not listed:
        raise _no_package(place, f"{hash_list.FILE} 不是归档包的清单，或被改坏了")
    now = {path: _hash(opened) for path, opened in present.items() if path in listed}
    return PackageVerdict(
        place=place,
        seal=hashlib.sha256(data).hexdigest(),
        same=tuple(path for path in listed if now.get(path) == listed[path]),
        changed=tuple(path for path in listed if path in now and now[path] != listed[path]),
        missing=tuple(path for path in listed if path not in now),
        added=tuple(path for path in sorted(present) if path not in listed and path != hash_list.FILE),
    )


def _no_package(place: Path, why: str) -> Problems:
    advice = "核对写的是不是归档包的文件夹或 .zip；清单坏了的，用另一份副本"
    return refuse(Code.NO_PACKAGE, Place(str(place)), why, advice)


def _hash(opened: Callable[[], OpenFile]) -> str:
    """The hash of a file; "", which is no hash, where it can't be read any more."""
    try:
        with opened() as handle:
            digest = hashlib.sha256()
            while piece := handle.read(_PIECE):
                digest.update(piece)
            return digest.hexdigest()
    except (OSError, *_BROKEN):
        return ""


def _in_folder(place: Path) -> Mapping[str, Callable[[], OpenFile]]:
    """By path below the folder what opens each file of it."""
    paths = sorted(path for path in place.rglob("*") if path.is_file() or path.is_symlink())
    return {path.relative_to(place).as_posix(): partial(_opened, path) for path in paths}


def _opened(path: Path) -> io.BufferedReader:
    return path.open("rb")


def _in_zip(package: zipfile.ZipFile) -> Mapping[str, Callable[[], OpenFile]]:
    """The same of a .zip."""
    names = [name for name in package.namelist() if not name.endswith("/")]
    return {name: partial(_member, package, name) for name in names}


def _member(package: zipfile.ZipFile, name: str) -> zipfile.ZipExtFile:
    opened = package.open(name)
    assert isinstance(opened, zipfile.ZipExtFile)
    return opened
