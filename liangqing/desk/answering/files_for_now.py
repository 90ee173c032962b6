"""Files that were dropped onto a page, on the disk for as long as a reader needs them, under names of our own choosing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from liangqing.actions.new_workspace import names_a_folder
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse
from liangqing.base.scratch import scratch_folder
from liangqing.desk.answering.look import Upload

_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}")


@contextmanager
def files_for_now(uploads: Sequence[Upload], called: str) -> Iterator[list[Path]]:
    """The files below a folder that is gone afterwards, each in one of its own.

    A file is called as the person's is where that is a plain name, else `called` and its number (台账1.xlsx): messages
    and copies bear it. Raises Problems where there is no file.
    """
    if not uploads:
        raise refuse(Code.NO_FILE_CHOSEN, Place(called), "还没有选文件", "先选文件，再按一次")
    with scratch_folder() as place:
        paths = []
        for number, upload in enumerate(uploads, start=1):
            folder = place / str(number)
            folder.mkdir()
            paths.append(folder / _name(upload.name, f"{called}{number}"))
            paths[-1].write_bytes(upload.data)
        yield paths


def _name(given: str, otherwise: str) -> str:
    path = PurePosixPath(given)
    stem = path.stem if names_a_folder(path.stem) else otherwise
    return stem + (path.suffix if _ENDING.fullmatch(path.suffix) else "")
