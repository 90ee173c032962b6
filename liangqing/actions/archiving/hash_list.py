"""清单.txt: the SHA-256 of each file of a package, in the form that sha256sum and certutil know.

A line is the hash, two blanks and the path below the package; lines that begin with # say what the list is.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

FILE = "清单.txt"
HEAD = (
    "# 两清两跟归档包 1",
    "# 每行是一个文件的校验值（SHA-256）和它在这个文件夹里的位置。怎样核对，见 说明.txt。",
)
_LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")


def written(files: Mapping[str, bytes]) -> bytes:
    """The list of some files, by path."""
    lines = [f"{hashlib.sha256(data).hexdigest()}  {path}" for path, data in sorted(files.items())]
    return ("\n".join([*HEAD, *lines]) + "\n").encode()


def read(data: bytes) -> dict[str, str] | None:
    """The hashes by path; None for what is no such list, or one in which a line was changed into none."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").removesuffix("\n")
    except UnicodeDecodeError:
        return None
    lines = text.split("\n")  # a name may hold what else ends a line
    found = [_LINE.fullmatch(line) for line in lines[len(HEAD) :]]
    if lines[:1] != [HEAD[0]] or not all(found):
        return None
    return {line[2]: line[1] for line in found if line is not None}
