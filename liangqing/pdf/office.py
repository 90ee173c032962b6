"""LibreOffice at work: found, run once for many files with a profile of its own, and stopped when it hangs.

What it made is judged by its being there: the exit code is 0 also where a file could not be read.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, Problems, refuse
from liangqing.base.docx_zip import read_package
from liangqing.base.scratch import scratch_folder
from liangqing.pdf import copy_stamp, font_files, ready_copy
from liangqing.pdf.converter import Copying
from liangqing.pdf.font_files import Substitutes
from liangqing.pdf.profile import write_profile
from liangqing.pdf.program_run import converted, started
from liangqing.pdf.ready_copy import Way

START, EACH = 60, 15  # seconds that it is given to start, and for each file
PROFILE = "profile"  # the folder of its settings, beside the files of a run
OFFICE = "LIANGQING_SOFFICE"  # the program itself, where it is not found

_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/opt/libreoffice*/program/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
)
_INSTALL = (
    "装其中一个。Windows：装 Word、WPS 或 LibreOffice，不用改设置；macOS：装 LibreOffice 安装包；"
    "Debian、UOS、麒麟：运行 sudo apt install libreoffice-writer"
    "（没有图形界面的装 libreoffice-writer-nogui），这些系统上的 WPS 不能由别的程序调用，装了也要再装 LibreOffice"
)


def find_office(places: Sequence[str] = _PLACES) -> str:
    """The program. Raises Problems that say what to install where there is none."""
    given = os.environ.get(OFFICE)
    found = shutil.which(given) if given else shutil.which("soffice") or shutil.which("libreoffice")
    for pattern in () if found or given else places:
        root = Path(Path(pattern).anchor)
        there = (path for path in sorted(root.glob(pattern[len(root.as_posix()) :])) if path.is_file())
        found = found or next((str(path) for path in there), None)
    if found is None:
        message = "没有找到 LibreOffice、Word、WPS 中的任何一个，转不了 PDF"
        raise refuse(Code.NO_PDF_PROGRAM, Place(given or "LibreOffice"), message, _INSTALL)
    return found


@dataclass(frozen=True)
class LibreOffice:
    """LibreOffice as a `Converter`: of copies that lose nothing in it, with the faces that stand in."""

    name: str = "LibreOffice"
    mark: str = ready_copy.MARK

    @property
    def copies(self) -> Sequence[Copying]:
        """One for each way of `ready_copy`."""
        return [_in_way(way) for way in ready_copy.WAYS]

    def is_there(self) -> bool:
        """Whether the program is found."""
        try:
            return bool(find_office())
        except Problems:
            return False

    def stand_ins(self, asked: Iterable[str], chosen: Mapping[str, str]) -> Substitutes:
        """As fontconfig finds them."""
        return font_files.look(asked, chosen)

    def to_pdf(self, papers: Mapping[str, bytes], stand_ins: Substitutes) -> dict[str, bytes]:
        """Raises Problems where there is none, nor any other program: it is taken where no other is there."""
        return to_pdf(papers, stand_ins)


def _in_way(way: Way) -> Copying:
    return lambda data, name: ready_copy.ready(read_package(data, name), way)


def to_pdf(papers: Mapping[str, bytes], stand_ins: Substitutes) -> dict[str, bytes]:
    """Word files by name → the PDFs that could be made, by the same names.

    A file at which LibreOffice ends or hangs is left out, and the others are converted without it. After two runs
    in succession that made nothing, it is LibreOffice that is at fault. Raises Problems where there is none.
    """
    office = find_office()
    with scratch_folder() as place:
        config = font_files.write_config(place / "fonts.conf", stand_ins)
        write_profile(place / PROFILE)
        run = _Conversion(office, place, "pdf", "pdf", font_files.environment(config))
        made = converted(run, dict.fromkeys(papers, ".docx"), papers)
    return {name: pdf for name, pdf in made.items() if copy_stamp.is_whole(pdf)}


def to_docx(texts: Mapping[str, bytes], endings: Mapping[str, str]) -> dict[str, bytes]:
    """Texts of other formats by name → the Word files that could be made, by the same names.

    `endings` says what each is: .doc, .rtf, .odt. Raises Problems where there is no LibreOffice.
    """
    return _turned(texts, endings, "docx", "docx:MS Word 2007 XML")


def to_xlsx(books: Mapping[str, bytes], endings: Mapping[str, str]) -> dict[str, bytes]:
    """The same of workbooks: .xls (.et is one too), .ods."""
    return _turned(books, endings, "xlsx", "xlsx:Calc MS Excel 2007 XML")


def _turned(
    files: Mapping[str, bytes], endings: Mapping[str, str], made: str, export: str
) -> dict[str, bytes]:
    office = find_office()
    with scratch_folder() as place:
        return converted(_Conversion(office, place, made, export, os.environ), endings, files)


@dataclass(frozen=True)
class _Conversion:
    """LibreOffice for one batch: the program, a folder of its own, the ending and filter of what it makes."""

    office: str
    folder: Path
    ending: str
    filter: str
    environment: Mapping[str, str]

    def convert(self, files: Sequence[Path]) -> None:
        profile = (self.folder / PROFILE).as_uri()
        words = [self.office, "--headless", "--norestore", f"-env:UserInstallation={profile}"]
        words += ["--convert-to", self.filter, "--outdir", str(self.folder / "made"), *map(str, files)]
        with (
            started(
                words, {**self.environment, **dict.fromkeys(("TMPDIR", "TMP", "TEMP"), str(self.folder))}
            ) as process,
            suppress(subprocess.TimeoutExpired),
        ):
            process.wait(START + EACH * len(files))

    def made(self, file: Path) -> Path:
        return self.folder / "made" / f"{file.stem}.{self.ending}"
