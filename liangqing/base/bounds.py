"""How large what comes in may be, and the one way to read a file within that: nothing is read that no office writes.

All sizes are in bytes. What is refused is refused before it is unpacked or parsed, so that it costs neither time nor memory.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from liangqing.base.characters import is_text, readable_name
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, reason, refuse

MB = 1 << 20
FILE = 64 * MB  # any file that a person hands over
DATA_FILE = 12 * MB  # YAML: a year of ten thousand units
DATA_VALUES = 1_200_000  # keys, values and items of one file; a tree of them takes up to a kilobyte each
DATA_FAULTS = 200  # errors of one file that are told; each takes a kilobyte, and time to find what was meant
NOTES_FILE = 64 * MB  # what the program notes down for itself, and the values kept with a paper
LIST_FILE = 16 * MB  # .csv
EVIDENCE_FILE = 20 * MB
PICTURE_FILE = 50 * MB
PICTURE_PIXELS = 100_000_000

UNPACKED = 128 * MB  # all parts of a package
MEMBERS = 5000  # parts of a package
XML_PART = 16 * MB  # one part that is XML: a tree of it takes up to twenty times as much
XML_TAGS = (
    1_200_000  # of one part: an office writes fourteen bytes a tag, so this is never less than XML_PART
)
PARAGRAPHS = 150_000  # of one part: what reads them keeps two kilobytes of each
RATIO, RATIO_FROM = 400, 4 * MB  # of a part that is larger than that, to what it takes in the zip
PACKAGES_WITHIN = 1  # packages in packages: the workbook of a chart, and nothing in that

SHEET_CELLS = 1_000_000  # rows times columns of one sheet, up to the last cell that is there
BOOK_CELLS = 1_000_000  # cells that are there in all sheets
LOOP_STEPS = 2_000_000  # of all loops of one paper together

_NOT_A_FILE = (
    (stat.S_ISDIR, "这是一个文件夹", "写到里面的那个文件"),
    (stat.S_ISFIFO, "这是管道，不是存在磁盘上的文件", "先另存成文件，再写它的路径"),
    (stat.S_ISCHR, "这是设备，不是存在磁盘上的文件", "写文件的路径"),
    (stat.S_ISBLK, "这是设备，不是存在磁盘上的文件", "写文件的路径"),
    (stat.S_ISSOCK, "这是程序之间通话用的，不是存在磁盘上的文件", "写文件的路径"),
)


def read_file(
    path: Path,
    place: Place,
    largest: int | None = None,
    *,
    too_large: Code = Code.FILE_TOO_LARGE,
    unreadable: Code = Code.FILE_UNREADABLE,
    advice: str = "检查是否放错了文件",
) -> bytes:
    """The bytes of a file on the disk, at most `largest` (None: FILE); a link is followed.

    Raises Problems, with the code `unreadable` or `too_large`, where it can't be read, is a pipe, a device or a folder,
    or is larger. A pipe is not even opened: nobody may ever write into it.
    """
    largest = FILE if largest is None else largest
    if not is_text(path.name):
        message = f"文件名「{readable_name(path.name)}」不是 UTF-8 的文字，多半是从旧电脑、旧压缩包里来的"
        raise refuse(
            Code.NAME_NO_TEXT,
            Place(readable_name(place.file), detail=place.detail),
            message,
            "改一个文件名再来",
        )
    try:
        seen = path.stat()
        for is_such, what, instead in _NOT_A_FILE:
            if is_such(seen.st_mode):
                raise refuse(unreadable, place, f"读不了：{what}", instead)
        if seen.st_size > largest:
            raise refuse(too_large, place, f"文件超过 {largest // MB} MB", advice)
        with path.open("rb") as file:
            data = file.read(largest + 1)  # a file that grows, and those of /proc, which tell no size
    except OSError as problem:
        message = f"文件读不出来（{reason(problem)}）"
        raise refuse(unreadable, place, message, "看文件是否存在、是否有权限") from None
    except ValueError:  # a name with a sign that no name has
        raise refuse(unreadable, place, "文件读不出来（名称里有不能用的字符）", "改文件名") from None
    if len(data) > largest:
        raise refuse(too_large, place, f"文件超过 {largest // MB} MB", advice)
    return data


def is_file(path: Path | os.DirEntry[str]) -> bool:
    """Whether there is a file on the disk, which can be read without waiting for anybody; never raises."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
