"""Word and WPS at work on Windows: called through PowerShell, hidden, without macros and questions, ended in time.

On other systems neither can be called by another program. Never run on Windows so far: tests hold a stand-in.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from liangqing.base.scratch import scratch_folder
from liangqing.pdf import com_classes, copy_stamp
from liangqing.pdf.com_scripts import JOB, OFFICE, OFFICE_FILE, STOP, STOP_FILE
from liangqing.pdf.converter import Copying
from liangqing.pdf.font_files import Substitutes
from liangqing.pdf.program_run import converted, started

START, EACH = 60, 15  # seconds that it is given to start, and for each file or copy
_STOPPING = 30  # seconds
_POWERSHELL = "System32/WindowsPowerShell/v1.0/powershell.exe"  # below the folder of Windows
# Rules of the machine may forbid scripts in files; ours is one of this program, and stays in its own folder.
_WORDS = ("-NoLogo", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-File")


@dataclass(frozen=True)
class ComOffice:
    """Word, or WPS, as a `Converter`; also told to print.

    `classes` are the names by which it is called, the first one that is there counts; `program` is what serves them;
    `not_by`: how the programs of another are called that enter themselves under these names.
    """

    name: str
    classes: tuple[str, ...]
    program: str
    not_by: str = ""

    @property
    def mark(self) -> str:
        """Its name: the pages of another program are others."""
        return self.name

    @property
    def copies(self) -> Sequence[Copying]:
        """The file as it is: these programs are what it was made for."""
        return [lambda data, name: data]

    @property
    def called(self) -> tuple[str, str] | None:
        """The class that is there, and the program that serves it; None where the machine has none."""
        for name in self.classes:
            by = com_classes.server(name)
            if by is not None and not (self.not_by and by.startswith(self.not_by)):
                return name, by or self.program
        return None

    def is_there(self) -> bool:
        """Whether it can be called, as far as the registry and the files tell."""
        return self.called is not None and _powershell() is not None

    def stand_ins(self, asked: Iterable[str], chosen: Mapping[str, str]) -> Substitutes:
        """None that are known: it chooses by itself, as when a person opens the file."""
        return Substitutes({})

    def to_pdf(self, papers: Mapping[str, bytes], stand_ins: Substitutes) -> dict[str, bytes]:
        """As `Converter` has it; nothing can be made where it is not there."""
        with _work(self) as run:
            made = converted(run, dict.fromkeys(papers, ".docx"), papers)
        return {name: pdf for name, pdf in made.items() if copy_stamp.is_whole(pdf)}

    def print_out(self, word: Path, printer: str, copies: int) -> str | None:
        """Print a Word file, on the printer that it takes itself where none is named.

        None when the printer has it, else why not, as the program said; "" where it said nothing.
        """
        with _work(self) as run:
            file = run.folder / "0000.docx"
            file.write_bytes(word.read_bytes())
            return run.printed(file, printer, copies)


WORD = ComOffice("Word", ("Word.Application",), "winword.exe", not_by="wps")
WPS = ComOffice("WPS", ("KWPS.Application", "WPS.Application"), "wps.exe")


@contextmanager
def _work(office: ComOffice) -> Iterator[_Calls]:
    with scratch_folder() as place:
        folder = place.resolve()
        (folder / "made").mkdir()
        for file, text in ((OFFICE_FILE, OFFICE), (STOP_FILE, STOP)):
            (folder / file).write_text(text, "ascii")
        yield _Calls(office, folder)


@dataclass(frozen=True)
class _Calls:
    """A program called for a batch, as a `ProgramRun`."""

    office: ComOffice
    folder: Path

    @property
    def _mine(self) -> Path:
        return self.folder / "mine.txt"

    @property
    def _said(self) -> Path:
        return self.folder / "said.txt"

    def convert(self, files: Sequence[Path]) -> None:
        papers = [{"word": str(file), "pdf": str(self.made(file))} for file in files]
        self._carry_out(papers, START + EACH * len(files))

    def made(self, file: Path) -> Path:
        return self.folder / "made" / f"{file.stem}.pdf"

    def printed(self, file: Path, printer: str, copies: int) -> str | None:
        done = self.folder / "made" / f"{file.stem}.txt"
        paper = {"word": str(file), "printer": printer, "copies": copies, "done": str(done)}
        self._carry_out([paper], START + EACH * copies)
        if done.exists():
            return None
        return self._said.read_text("utf-8").strip() if self._said.exists() else ""

    def _carry_out(self, papers: Sequence[Mapping[str, object]], seconds: float) -> None:
        """Have the papers of a job done; what still runs after the time is ended, with the program."""
        called, program = self.office.called, _powershell()
        if called is None or program is None:
            return
        name, by = called
        own = {"class": name, "program": by, "mine": str(self._mine), "said": str(self._said)}
        (self.folder / JOB).write_text(json.dumps({**own, "papers": papers}), "ascii")
        self._mine.unlink(missing_ok=True)
        if not self._ended_well(program, OFFICE_FILE, seconds):
            self._ended_well(program, STOP_FILE, _STOPPING)

    def _ended_well(self, program: str, script: str, seconds: float) -> bool:
        words = [program, *_WORDS, str(self.folder / script), str(self.folder / JOB)]
        with started(words, os.environ) as process, suppress(subprocess.TimeoutExpired):
            return process.wait(seconds) == 0
        return False


def _powershell() -> str | None:
    """Windows PowerShell 5.1, which every Windows since 10 has; None elsewhere."""
    inside = Path(os.environ.get("SYSTEMROOT", "/nowhere")) / _POWERSHELL
    return shutil.which("powershell") or (str(inside) if inside.is_file() else None)
