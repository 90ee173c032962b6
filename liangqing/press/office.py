"""Word files to PDF by an installed LibreOffice: one process for many files, with a profile of its own.

A PDF is judged by its being there: the exit code is 0 also where a file could not be read.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from liangqing.errors import Diagnostic, Place, Problems, error, refuse
from liangqing.ooxml import content_hash, read_package
from liangqing.press import faces, named, stamp
from liangqing.press.faces import Substitutes, Substitution
from liangqing.store import write_durably

START, EACH = 60, 15  # seconds that LibreOffice is given to start, and for each file
FONTS = "LIANGQING_FONTS"  # folders with fonts beside the system's, as in PATH
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


@dataclass(frozen=True)
class Paper:
    """A Word file to be converted: what messages call it, and its bytes."""

    name: str
    data: bytes

    @property
    def content(self) -> str:
        """Its content hash."""
        return content_hash(self.data)


@dataclass(frozen=True)
class Converted:
    """The PDFs by name of the paper, what could not be converted and why, and the faces that were replaced."""

    pdfs: Mapping[str, bytes]
    faults: tuple[Diagnostic, ...] = ()
    substitutions: tuple[Substitution, ...] = ()


def find_office(places: Sequence[str] = _PLACES) -> str:
    """The program. Raises Problems that say what to install where there is none."""
    given = os.environ.get(OFFICE)
    found = shutil.which(given) if given else shutil.which("soffice") or shutil.which("libreoffice")
    for pattern in () if found or given else places:
        path = Path(pattern)
        there = sorted(path.parents[1].parent.glob("/".join(path.parts[-3:]))) if "*" in pattern else [path]
        found = found or next((str(each) for each in reversed(there) if each.is_file()), None)
    if found is None:
        raise refuse("D710", Place(given or "LibreOffice"), "没有找到 LibreOffice，转不了 PDF", _INSTALL)
    return found


def convert_papers(
    papers: Sequence[Paper], chosen: Mapping[str, str] | None = None, *, start: float = START
) -> Converted:
    """Convert all in one process; one that can't be converted takes no other with it.

    `chosen`: faces that the group has chosen itself → their class (`faces.substitutes`). `start`: seconds given
    to LibreOffice to start. Raises Problems where there is no LibreOffice.
    """
    if not papers:
        return Converted({})
    office = find_office()
    faults: list[Diagnostic] = []
    asked: dict[str, frozenset[str]] = {}
    for each in papers:
        try:
            asked[each.name] = named.faces(read_package(each.data, each.name))
        except Problems as unreadable:
            faults += unreadable.diagnostics
    sound = [each for each in papers if each.name in asked]
    with tempfile.TemporaryDirectory(prefix="liangqing-", ignore_cleanup_errors=True) as folder:
        everything = frozenset[str]().union(*asked.values())
        stand_ins = _prepare(Path(folder), everything, chosen or {})
        made = _run_all(office, sound, Path(folder), start)
    faults += [_not_made(each.name) for each in sound if each.name not in made]
    used = frozenset[str]().union(*(asked[name] for name in made))
    pdfs = {each.name: stamp.sealed(made[each.name], each.content) for each in sound if each.name in made}
    return Converted(pdfs, tuple(faults), stand_ins.told(used))


def convert(files: Iterable[Path], into: Path) -> list[Path]:
    """The PDFs of `files`, in order, in the folder `into`; a file of the same stem is written over.

    Raises Problems, and writes nothing, when one of them can't be converted.
    """
    paths = list(files)
    done = convert_papers([Paper(str(each), each.read_bytes()) for each in paths])
    if done.faults:
        raise Problems(done.faults)
    targets = [into / f"{each.stem}.pdf" for each in paths]
    for source, target in zip(paths, targets, strict=True):
        write_durably(target, done.pdfs[str(source)])
    return targets


def _not_made(name: str) -> Diagnostic:
    advice = "用 Word 或 WPS 打开看看，另存一份 .docx 再试；文件没有问题就再运行一次"
    return error("D711", Place(name), "LibreOffice 没能把它转成 PDF", advice)


def _prepare(folder: Path, asked: frozenset[str], chosen: Mapping[str, str]) -> Substitutes:
    """Write the fontconfig file, where there is fontconfig."""
    config = folder / "fonts.conf"
    folders = [each for each in (*os.environ.get(FONTS, "").split(os.pathsep), faces.FANDOL) if each]
    faces.write_config(config, folders)
    there = faces.installed(config)
    if there is None:
        config.unlink()
        return Substitutes({})
    found = faces.substitutes(asked, there, chosen)
    faces.write_config(config, folders, found)
    return found


def _run_all(office: str, papers: Sequence[Paper], folder: Path, start: float) -> dict[str, bytes]:
    """The PDFs that could be made, by name. A file at which LibreOffice ends or hangs is left out, once; after
    two runs in succession that made nothing, it is LibreOffice that is at fault."""
    staged = {f"{number:04}": each for number, each in enumerate(papers)}
    for stem, each in staged.items():
        (folder / f"{stem}.docx").write_bytes(each.data)
    made: dict[str, bytes] = {}
    waiting, fruitless = list(staged), 0
    while waiting and fruitless < 2:
        _run(office, waiting, folder, start + EACH * len(waiting))
        done = {stem: folder / "pdf" / f"{stem}.pdf" for stem in waiting}
        fresh = {stem: path.read_bytes() for stem, path in done.items() if path.is_file()}
        made |= {staged[stem].name: data for stem, data in fresh.items() if stamp.is_whole(data)}
        fruitless = 0 if fresh else fruitless + 1
        waiting = [stem for stem in waiting if stem not in fresh][1:]
    return made


def _run(office: str, stems: Sequence[str], folder: Path, limit: float) -> None:
    profile = (folder / "profile").as_uri()
    words = [office, "--headless", "--norestore", f"-env:UserInstallation={profile}", "--convert-to", "pdf"]
    files = [str(folder / f"{stem}.docx") for stem in stems]
    config = folder / "fonts.conf"
    environment = faces.environment(config) if config.exists() else dict(os.environ)
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
