"""Which program turns Word files into PDFs: the one that is asked for, or the first that is there.

Word and WPS stand first, in this order: the papers are Word files, and a person prints them there, so that lines and
pages break as on paper. Where neither can be called (Linux, macOS, or not installed) there is LibreOffice alone.
"""

from __future__ import annotations

import os

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse
from liangqing.pdf.com_office import WORD, WPS
from liangqing.pdf.converter import Converter
from liangqing.pdf.office import LibreOffice, find_office

ALL: tuple[Converter, ...] = (WORD, WPS, LibreOffice())
NAMES = tuple(converter.name for converter in ALL)
WANTED = "LIANGQING_WITH"  # one of NAMES, where a person does not write --with


def choose(name: str | None = None) -> Converter:
    """The program called `name`, or what LIANGQING_WITH names, or the first that is there.

    Where none is named and there is none at all: LibreOffice, which says so when it is to convert. Raises Problems
    where the one that is named is not there.
    """
    wanted = name or os.environ.get(WANTED)
    there = [converter for converter in ALL if converter.is_there()]
    if not wanted:
        return there[0] if there else ALL[-1]
    for converter in there:
        if converter.name.casefold() == wanted.casefold():
            return converter
    if not there:
        find_office()
    others = "、".join(converter.name for converter in there)
    advice = f"不写 --with（不设 {WANTED}），或改写这台电脑上有的：{others}"
    message = (
        f"这台电脑上用不了「{wanted}」；可以写 {'、'.join(NAMES)}，Word、WPS 只有在 Windows 上才能这样用"
    )
    raise refuse(Code.PDF_PROGRAM_NOT_HERE, Place(f"--with {wanted}"), message, advice)


def find(name: str | None = None) -> Converter:
    """The same, but raises Problems that say what to install where there is none at all."""
    chosen = choose(name)
    if not chosen.is_there():
        find_office()
    return chosen


def any_is_there() -> bool:
    """Whether this machine can turn papers into pages."""
    return any(converter.is_there() for converter in ALL)
