"""The folder that pictures and Word files are read from: by name and hash, and nothing else of the disk."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from liangqing.base import bounds
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, Problems
from liangqing.base.docx_zip import load_file
from liangqing.base.file_names import as_on_disk
from liangqing.engine.parts.environment import Fault
from liangqing.engine.parts.values import PictureFile, SubDocumentFile

_STRANGE = set('\\:*?"<>|\0')


@dataclass(frozen=True)
class PictureFolder:
    """Reads the files of pictures, and Word files, below `root`."""

    root: Path

    def read(self, picture: PictureFile) -> bytes:
        """The bytes of a picture's file.

        Fault where its name leads out of the folder, on the way or at the end there is a link, there is no such file, it is
        too large, or it is another one than the hash says (any will do where none is told).
        """
        path = self._path(picture.name, _outside, _gone)
        try:
            size = path.stat().st_size
            data = path.read_bytes() if size <= bounds.PICTURE_FILE else b""
        except OSError:
            raise _gone(picture.name) from None
        if size > bounds.PICTURE_FILE:
            message = f"的图片文件「{picture.name}」有 {size / 2**20:.0f} MB，太大了"
            raise Fault(Code.PICTURE_TOO_LARGE, message, "缩小以后另存一份，重新收进来")
        if picture.digest and hashlib.sha256(data).hexdigest() != picture.digest:
            message = f"的图片文件「{picture.name}」和登记时不一样了"
            advice = "找回原来的文件放回去；确实换过的，把新文件另收一份，再删去原来那一条"
            raise Fault(Code.PICTURE_ALTERED, message, advice)
        return data

    def read_document(self, document: SubDocumentFile) -> bytes:
        """The bytes of a Word file.

        Fault where its name leads out of the folder, on the way or at the end there is a link, there is no such file, or it
        is another one than the hash says. Raises Problems where it can't be read or is larger than a .docx may be.
        """
        path = self._path(document.name, _no_document, _no_document)
        data = load_file(path, Place(document.name))
        if document.digest and hashlib.sha256(data).hexdigest() != document.digest:
            message = f"的 Word 文件「{document.name}」在生成的时候被改了"
            raise Fault(Code.WORD_FILE_ALTERED, message, "在 Word 里保存、关掉这个文件，再生成一次")
        return data

    def digest_now(self, file: PictureFile | SubDocumentFile) -> str:
        """SHA-256 of the file as it is, in hex; "" where it can't be read."""
        try:
            data = self.read_document(file) if isinstance(file, SubDocumentFile) else self.read(file)
            return hashlib.sha256(data).hexdigest()
        except (Fault, Problems):
            return ""

    def _path(self, name: str, outside: Callable[[str], Fault], gone: Callable[[str], Fault]) -> Path:
        """The file of that name; `outside` and `gone` word what is wrong with it."""
        parts = name.split("/")
        if not name or _STRANGE & set(name) or any(part in ("", ".", "..") for part in parts):
            raise outside(name)
        path = self.root
        for part in parts:
            path = as_on_disk(path / part)
            try:
                kind = path.lstat().st_mode
            except OSError:
                raise gone(name) from None
            if not (stat.S_ISDIR(kind) or stat.S_ISREG(kind)):
                raise outside(name)
        if not path.is_file():
            raise gone(name)
        return path


def _outside(name: str) -> Fault:
    message = f"的图片文件「{name[:80]}」不在收佐证的文件夹里，或者是一个链接，不读"
    return Fault(Code.PICTURE_OUTSIDE, message, "把照片本身收进来：打开问题的页面，拖到“佐证”上")


def _no_document(name: str) -> Fault:
    advice = f"把 .docx 文件放到工作目录的「{name[:80]}」，名字一字不差；不放快捷方式"
    return Fault(Code.WORD_FILE_MISSING, f"的 Word 文件「{name[:80]}」找不到", advice)


def _gone(name: str) -> Fault:
    advice = "从备份或者原来的地方找回来，照原名放回去"
    return Fault(Code.PICTURE_MISSING, f"的图片文件「{name[:80]}」不见了", advice)
