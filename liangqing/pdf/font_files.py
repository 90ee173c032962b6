"""Which installed face stands in for one that a paper names and this machine lacks.

LibreOffice is told through a fontconfig file of its own, so that nothing of the system is changed. Only installed
faces are named there; what is installed under its own name is left alone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from liangqing.base.scratch import scratch_folder
from liangqing.base.xml_text import escape
from liangqing.gbt9704.fonts import BODY, HEI, KAI, SONG, TITLE, Face

SYSTEM = "/etc/fonts/fonts.conf"
FONTS = "LIANGQING_FONTS"  # folders with fonts beside the system's, as in PATH
# Where TeX keeps the only free 仿宋 that has all of GB 2312; fontconfig does not look there by itself.
FANDOL = "/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"


@dataclass(frozen=True)
class Class:
    """A class of type: what its faces are called, and what resembles it, the best first; `bold`: drawn bold."""

    name: str
    names: tuple[str, ...]
    alike: tuple[str, ...]
    bold: bool = False


def _of_standard(face: Face, alike: tuple[str, ...], more: tuple[str, ...] = (), bold: bool = False) -> Class:
    """A class of the standard; the free faces among its names are stand-ins, as they have not every character."""
    names = tuple(name for name in (*face.names, *face.second_best, *more) if not name.startswith("Fandol"))
    return Class(face.kind, names, alike, bold)


_SONG = ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "AR PL UMing CN", "AR PL SungtiL GB")
_HEI = ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei")
_KAI = ("FandolKai", "LXGW WenKai", "AR PL UKai CN", "AR PL KaitiM GB")
CLASSES = (
    _of_standard(BODY, ("FandolFang", *_SONG)),
    _of_standard(KAI, (*_KAI, *_SONG)),
    _of_standard(HEI, _HEI, ("微软雅黑", "Microsoft YaHei")),
    _of_standard(SONG, _SONG),
    _of_standard(TITLE, _SONG, bold=True),
    Class("Times New Roman", ("Times New Roman",), ("Liberation Serif", "Tinos", "TeX Gyre Termes")),
    Class("Arial", ("Arial", "Helvetica"), ("Liberation Sans", "Arimo")),
    Class("Calibri", ("Calibri",), ("Carlito",)),
)


@dataclass(frozen=True, order=True)
class Substitution:
    """A face that a paper names and the machine lacks; `used` is empty where LibreOffice takes what it likes."""

    asked: str
    used: str = ""

    def __str__(self) -> str:
        return f"「{self.asked}」没有安装，" + (
            f"用「{self.used}」代替" if self.used else "由 LibreOffice 自选一种"
        )


@dataclass(frozen=True)
class Substitutes:
    """For each face asked for that is not installed, what there is in its place, the best first."""

    known: Mapping[str, tuple[str, ...]]
    bold: frozenset[str] = frozenset()

    def told(self, asked: Iterable[str]) -> tuple[Substitution, ...]:
        """Those of the faces `asked` that are replaced, in order."""
        return tuple(
            Substitution(
                name, self.known[name][0] + "（加粗）" * (name in self.bold) if self.known[name] else ""
            )
            for name in sorted(set(asked) & set(self.known))
        )


def look(asked: Iterable[str], chosen: Mapping[str, str]) -> Substitutes:
    """What stands in on this machine for the faces `asked`; nothing is known where there is no fontconfig."""
    there = installed()
    return Substitutes({}) if there is None else substitutes(asked, there, chosen)


def installed() -> frozenset[str] | None:
    """The families that fontconfig finds, folded; None where there is no fontconfig (Windows, macOS)."""
    program = shutil.which("fc-list")
    if program is None:
        return None
    with scratch_folder() as folder:
        config = write_config(folder / "fonts.conf")
        run = subprocess.run(
            [program, ":", "family"],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            env=environment(config),
            timeout=60,
        )
    return frozenset(name.strip().casefold() for line in run.stdout.splitlines() for name in line.split(","))


def substitutes(asked: Iterable[str], there: frozenset[str], chosen: Mapping[str, str]) -> Substitutes:
    """What stands in for the faces `asked`, of what is `there`.

    `chosen` says of which class a face is that a group has chosen itself: name → a name of that class (选项.字体).
    """
    known: dict[str, tuple[str, ...]] = {}
    bold: set[str] = set()
    for name in sorted(set(asked)):
        if name.casefold() in there:
            continue
        of = _class_of(name, chosen)
        own = [family for family in of.names if family.casefold() in there] if of else []
        alike = [family for family in of.alike if family.casefold() in there] if of else []
        known[name] = tuple(own + alike)
        if of and of.bold and not own and alike:
            bold.add(name)
    return Substitutes(known, frozenset(bold))


def _class_of(name: str, chosen: Mapping[str, str]) -> Class | None:
    wanted = {name.casefold(), chosen.get(name, name).casefold()}
    return next(
        (known_class for known_class in CLASSES if wanted & {*map(str.casefold, known_class.names)}), None
    )


def write_config(path: Path, stand_ins: Substitutes | None = None) -> Path:
    """Write a fontconfig file: the system's, the fonts of LIANGQING_FONTS besides, and the substitutes."""
    folders = [folder for folder in (*os.environ.get(FONTS, "").split(os.pathsep), FANDOL) if folder]
    body = "\n".join(_config(folders, stand_ins or Substitutes({})))
    head = '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n'
    path.write_text(f"{head}<fontconfig>\n{body}\n</fontconfig>\n", "utf-8")
    return path


def _config(folders: Sequence[str], stand_ins: Substitutes) -> Iterator[str]:
    yield f'<include ignore_missing="yes">{SYSTEM}</include>'
    yield from (f"<dir>{escape(folder)}</dir>" for folder in folders)
    for name, families in stand_ins.known.items():
        if families:
            names = "".join(f"<string>{escape(family)}</string>" for family in families)
            weight = '<edit name="weight" mode="assign" binding="same"><const>bold</const></edit>'
            yield (
                f'<match target="pattern"><test name="family" compare="eq"><string>{escape(name)}</string></test>'
                f'<edit name="family" mode="assign" binding="same">{names}</edit>'
                f"{weight if name in stand_ins.bold else ''}</match>"
            )


def environment(config: Path) -> dict[str, str]:
    """The environment of a program that is to use the fontconfig file."""
    return {**os.environ, "FONTCONFIG_FILE": str(config)}
