"""Names that a file or a folder may have on every system on which it may be copied: Windows' rules are the narrowest.

And files found by name on disks that write it otherwise: a Mac takes 'é' and some Chinese compatibility signs apart (NFD).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

LONGEST = 200  # bytes of UTF-8: of 255 that most disks take, with room for .tmp, -2, .pdf
_ILLEGAL = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\u2028\u2029\ud800-\udfff]')
_RESERVED = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\..*)?", re.IGNORECASE | re.DOTALL
)


def fault_of(name: str) -> str | None:
    """Why a name (of one file or folder, no way to one) can't be used everywhere, as it follows the name; None: it can."""
    if not name.strip():
        return "是空的"
    bad = dict.fromkeys(_ILLEGAL.findall(name))
    if bad:
        signs = " ".join(sign if sign.isprintable() else "换行等看不见的字符" for sign in bad)
        return f"含有不能用的符号 {signs}"
    if name.startswith("."):
        return "以点开头，会看不见，也可能指到别的文件夹"
    if name != name.strip() or name.endswith("."):
        return "头上有空格，或最后是点、空格，Windows 存不了"
    if is_reserved(name):
        return "是 Windows 留给设备用的名字"
    if len(name.encode()) > LONGEST:
        return f"太长，最多约 {LONGEST // 3} 个汉字"
    return None


def is_reserved(name: str) -> bool:
    """Whether Windows keeps the name for a device, with any ending: CON, nul.docx."""
    return _RESERVED.fullmatch(name) is not None


def made_fit(words: str, ending: str = "") -> str:
    """A name for a file, made of words that may hold anything: what it must not be called by becomes "-"; cut where too long."""
    name = _ILLEGAL.sub("-", unicodedata.normalize("NFC", words)).strip().lstrip(".")
    room = LONGEST - len(ending.encode())
    name = name.encode()[:room].decode(errors="ignore").rstrip(". ") or "-"
    return f"{'_' if is_reserved(name) else ''}{name}{ending}"


def as_on_disk(path: Path) -> Path:
    """The path of a file as its folder writes its name, where that differs only as NFC and NFD do; else as it is given."""
    if path.exists() or not path.parent.is_dir():
        return path
    wanted = unicodedata.normalize("NFC", path.name)
    if wanted.isascii():
        return path
    return next((found for found in path.parent.iterdir() if folded(found.name, case=True) == wanted), path)


def folded(name: str, *, case: bool = False) -> str:
    """A name as disks that are not so particular compare it; with `case`, capitals and small letters differ."""
    name = unicodedata.normalize("NFC", name)
    return name if case else name.casefold()


def alike(paths: Iterable[Path]) -> Iterator[tuple[Path, Path]]:
    """Of files in one folder those that are one and the same to some disks: each with the first of its name."""
    first: dict[tuple[Path, str], Path] = {}
    for path in paths:
        before = first.setdefault((path.parent, folded(path.name)), path)
        if before is not path:
            yield before, path
