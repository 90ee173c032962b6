"""LibreOffice at work: found, run once for many files with a profile of its own, and stopped when it hangs.

A PDF is judged by its being there: the exit code is 0 also where a file could not be read.
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
    made: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory(prefix="liangqing-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        config = font_files.write_config(folder / "fonts.conf", stand_ins)
        staged = {f"{number:04}": name for number, name in enumerate(papers)}
        for stem, name in staged.items():
            (folder / f"{stem}.docx").write_bytes(papers[name])
        waiting, fruitless = list(staged), 0
        while waiting and fruitless < 2:
            _run(office, waiting, folder, font_files.environment(config), START + EACH * len(waiting))
            done = {stem: folder / "pdf" / f"{stem}.pdf" for stem in waiting}
            fresh = {stem: path.read_bytes() for stem, path in done.items() if path.is_file()}
            made |= {staged[stem]: pdf for stem, pdf in fresh.items() if copy_stamp.is_whole(pdf)}
            fruitless = 0 if fresh else fruitless + 1
            waiting = [stem for stem in waiting if stem not in fresh][1:]
    return made


def _run(
    office: str, stems: Sequence[str], folder: Path, environment: Mapping[str, str], limit: float
) -> None:
    profile = (folder / "profile").as_uri()
    words = [office, "--headless", "--norestore", f"-env:UserInstallation={profile}", "--convert-to", "pdf"]
    files = [str(folder / f"{stem}.docx") for stem in stems]
    with (
        _started([*words, "--outdir", str(folder / "pdf"), *files], environment) as process,
        suppress(subprocess.TimeoutExpired),
    ):
        process.wait(limit)


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
