"""LibreOffice at work: found, run once for many files with a profile of its own, and stopped when it hangs.

What it made is judged by its being there: the exit code is 0 also where a file could not be read.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse
from liangqing.pdf import copy_stamp, font_files
from liangqing.pdf.font_files import Substitutes

START, EACH = 60, 15  # seconds that it is given to start, and for each file
OFFICE = "LIANGQING_SOFFICE"  # the program itself, where it is not found

_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/opt/libreoffice*/program/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
)
_INSTALL = (
    "转 PDF 要用 LibreOffice：Debian、UOS、麒麟运行 sudo apt install libreoffice-writer"
    "（没有图形界面的装 libreoffice-writer-nogui）；Windows、macOS 装 LibreOffice 安装包，不用改设置"
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
        raise refuse(
            Code.NO_LIBREOFFICE, Place(given or "LibreOffice"), "没有找到 LibreOffice，转不了 PDF", _INSTALL
        )
    return found


def to_pdf(papers: Mapping[str, bytes], stand_ins: Substitutes) -> dict[str, bytes]:
    """Word files by name → the PDFs that could be made, by the same names.

    A file at which LibreOffice ends or hangs is left out, and the others are converted without it. After two runs
    in succession that made nothing, it is LibreOffice that is at fault. Raises Problems where there is none.
    """
    office = find_office()
    with tempfile.TemporaryDirectory(prefix="liangqing-", ignore_cleanup_errors=True) as place:
        config = font_files.write_config(Path(place) / "fonts.conf", stand_ins)
        run = _Conversion(office, Path(place), "pdf", "pdf", font_files.environment(config))
        made = _converted(run, dict.fromkeys(papers, ".docx"), papers)
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
    with tempfile.TemporaryDirectory(prefix="liangqing-", ignore_cleanup_errors=True) as place:
        return _converted(_Conversion(office, Path(place), made, export, os.environ), endings, files)


@dataclass(frozen=True)
class _Conversion:
    """LibreOffice for one batch: the program, a folder of its own, the ending and filter of what it makes."""

    office: str
    folder: Path
    ending: str
    filter: str
    environment: Mapping[str, str]

    def convert(self, files: Sequence[Path]) -> None:
        profile = (self.folder / "profile").as_uri()
        words = [self.office, "--headless", "--norestore", f"-env:UserInstallation={profile}"]
        words += ["--convert-to", self.filter, "--outdir", str(self.folder / "made"), *map(str, files)]
        with (
            _started(words, self.environment) as process,
            suppress(subprocess.TimeoutExpired),
        ):
            process.wait(START + EACH * len(files))

    def made(self, file: Path) -> Path:
        return self.folder / "made" / f"{file.stem}.{self.ending}"


def _converted(run: _Conversion, endings: Mapping[str, str], texts: Mapping[str, bytes]) -> dict[str, bytes]:
    """What could be made, by name: a file at which the program ends or hangs twice is left out.

    Once may be the program's fault: after some hundred files it ends at one that it can convert.
    """
    names = {run.folder / f"{number:04}{endings[name]}": name for number, name in enumerate(texts)}
    for path, name in names.items():
        path.write_bytes(texts[name])
    made: dict[str, bytes] = {}
    waiting, fruitless, suspect = list(names), 0, set[Path]()
    while waiting and fruitless < 2:
        run.convert(waiting)
        fresh = {path: run.made(path).read_bytes() for path in waiting if run.made(path).is_file()}
        made |= {names[path]: data for path, data in fresh.items()}
        fruitless = 0 if fresh else fruitless + 1
        waiting = [path for path in waiting if path not in fresh]
        for path in waiting[:1]:
            waiting = waiting[1:] if path in suspect else [*waiting[1:], path]
            suspect.add(path)
    return made


@contextmanager
def _started(words: Sequence[str], environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A program with all that it starts in a session of its own, none of which outlives the block."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        words, stdin=quiet, stdout=quiet, stderr=quiet, env=environment, start_new_session=True
    )
    try:
        yield process
    finally:
        if sys.platform == "win32":
            subprocess.run(
                ["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False
            )
        else:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        process.wait()
