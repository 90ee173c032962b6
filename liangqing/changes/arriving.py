"""Files as they arrive: what is a form at all, and those of older formats turned into Word files, all at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from liangqing.base.bounds import read_file
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, error
from liangqing.pdf import office

WORD, BOOK = ".docx", ".xlsx"
# What a person may write a form in: of these endings, and of no others, files in a folder are read.
TEXTS = (WORD, ".doc", ".wps", ".rtf", ".odt", ".docm")
READ = (*TEXTS, BOOK, ".xlsm", ".xls", ".et", ".ods")
_ADVICE = "用 Word 或 WPS 打开，另存为“Word 文档（*.docx）”，再用另存的那一份"
# How a file of another format begins, whatever it is called, and the ending by which LibreOffice knows it.
_OLD = ((bytes.fromhex("D0CF11E0A1B11AE1"), ".doc"), (b"{\\rtf", ".rtf"))
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BEGINNING = 128  # bytes
_ODT = b"mimetypeapplication/vnd.oasis.opendocument.text"


@dataclass(frozen=True)
class ArrivedFile:
    """A file as it came: what messages call it, its bytes, and the same as a Word file.

    `docx` is `data` itself where it was none of another format; `problems` say why it can't be read. `in_folder`: no
    person named it, it stood in a folder.
    """

    name: str
    data: bytes = field(default=b"", repr=False)
    docx: bytes = field(default=b"", repr=False)
    problems: tuple[Diagnostic, ...] = ()
    in_folder: bool = False

    @property
    def ending(self) -> str:
        """The ending under which the original is kept."""
        return Path(self.name).suffix.lower() or WORD


@dataclass(frozen=True)
class FolderFiles:
    """The files of what was given: those to be read, and the names of those in folders that are none of ours."""

    files: tuple[Path, ...]
    skipped: tuple[str, ...] = ()


def files_in(given: Iterable[Path]) -> FolderFiles:
    """The files given, and those in the folders given, each once; in a folder, only what may be a form or a workbook.

    What a program keeps beside an open file (~$…) or hides is not even named.
    """
    found: dict[Path, Path] = {}
    skipped: list[str] = []
    for place in given:
        for path in _inside(place) if place.is_dir() else [place]:
            if path == place or path.suffix.lower() in READ:
                found.setdefault(path.resolve(), path)
            else:
                skipped.append(path.relative_to(place).as_posix())
    return FolderFiles(tuple(found.values()), tuple(dict.fromkeys(skipped)))


def _inside(folder: Path) -> list[Path]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return [
        path
        for path in paths
        if not any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
    ]


def arrived(files: Sequence[tuple[Path, str]], named: Collection[Path]) -> list[ArrivedFile]:
    """The files read (path, and what messages call it); one that can't be read keeps no other from it.

    `named` are those that a person named, other than by their folder.
    """
    return turned([replace(_read(path, name), in_folder=path not in named) for path, name in files])


def turned(read: Sequence[ArrivedFile]) -> list[ArrivedFile]:
    """Files that were read, no two of one name: those of other formats as Word files, as far as that can be done here."""
    endings = {file.name: _ending(file) for file in read if not file.problems and _ending(file)}
    made = _turned([file for file in read if file.name in endings], endings)
    return [made.get(file.name, file) for file in read]


def _read(path: Path, name: str) -> ArrivedFile:
    try:
        data = read_file(path, Place(name))
    except Problems as refused:
        return ArrivedFile(name, problems=refused.diagnostics)
    return ArrivedFile(name, data, data)


def is_older(path: Path) -> bool:
    """Whether a file is in a format that LibreOffice has to read first, as far as its beginning tells."""
    try:
        with path.open("rb") as file:
            start = file.read(_BEGINNING)
    except OSError:
        return False
    return bool(_ending(ArrivedFile(path.name, start)))


def _ending(file: ArrivedFile) -> str:
    """How a file ends that LibreOffice has to read first; "" for a Word file, and for what is no text at all.

    A Word file with a password begins as an old one does: `read_package` says so.
    """
    if file.data[30:].startswith(_ODT):
        return ".odt"
    if _ENCRYPTED in file.data:
        return ""
    return next((ending for start, ending in _OLD if file.data.startswith(start)), "")


def _turned(old: Sequence[ArrivedFile], endings: Mapping[str, str]) -> dict[str, ArrivedFile]:
    """Files of other formats by name, turned into Word files as far as that can be done here."""
    if not old:
        return {}
    made, why = dict[str, bytes](), "LibreOffice 读不出来"
    try:
        made = office.to_docx({file.name: file.data for file in old}, endings)
    except Problems:
        why = "没有装 LibreOffice，读不了"
    return {file.name: _as_word(file, made.get(file.name), why) for file in old}


def _as_word(file: ArrivedFile, docx: bytes | None, why: str) -> ArrivedFile:
    if docx is not None:
        return replace(file, docx=docx)
    message = f"这个文件不是 .docx，{why}"
    return replace(file, problems=(error(Code.NOT_TURNED_INTO_DOCX, Place(file.name), message, _ADVICE),))
