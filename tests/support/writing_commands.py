"""Every command that writes, with what is there before it, for faults at each of its calls; and those that only look.

A command is named as in `liangqing.base.command_names`, with the option by which it writes where without it only looks.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from disk_faults import Faults, Ran
from docx import Document
from docx.shared import Mm
from old_lists import ordinary
from sample import ROOT
from sheet import Sheet

from liangqing.base.folders import CARD, REGISTER
from liangqing.register.identity import card_of
from liangqing.register.witness import FOLDER as WITNESS

Files = Mapping[str, bytes]
NUMBER = "市纪驻某整〔2021〕1号"
_PLACES = {
    "W": "工作",
    "NEW": "新",
    "EMPTY": "空",
    "PACKAGE": "包",
    "BOOK": "交来.xlsx",
    "ZIP": "备份.zip",
    "PAPER": "外来.docx",
    "COPY": "副本.docx",
    "RULES": "偏离.yaml",
    "PDFS": "转好的",
    "SEEN": "看的",
    "KEPT": f"工作/checklists/发文/2021/{NUMBER}.docx",
    "LIST": "原台账.xlsx",
}


Before = Callable[["Area"], None]


def as_it_is(area: Area) -> None:
    """The small workspace, in which nothing was done yet."""


@dataclass(frozen=True)
class Writer:
    """A command that writes: its words (W: the workspace), below which place, and what is there before it."""

    words: tuple[str, ...]
    before: Before = as_it_is
    next: tuple[str, ...] = ("-C", "W", "status")  # the command that comes next
    mixed: bool = (
        False  # its files (papers that are made anew by the next run) may be of both states in between
    )
    code: int = 0  # its exit code where nothing fails
    lagging: tuple[
        str, ...
    ] = ()  # what is written before or after all else, as one file, and does no harm by itself
    drawn: bool = False  # what it writes is drawn by lot, and another each time: what follows is looked at
    repeats: bool = True  # said again when it is done, it is carried out again, and comes to the same


class Area:
    """A folder with a workspace (工作), a state folder of the person (人), and a temporary folder of the system (tmp)."""

    def __init__(self, folder: Path, faults: Faults) -> None:
        self.folder, self._faults = folder, faults

    def run(self, words: Sequence[str], at: int = 0, how: str = "kill") -> Ran:
        typed = [str(self.folder / _PLACES[word]) if word in _PLACES else word for word in words]
        own = {"XDG_STATE_HOME": str(self.folder / "人"), "TMPDIR": str(self.folder / "tmp")}
        return self._faults.run(typed, below=self.folder, at=at, how=how, environment=own)

    def done(self, *words: str) -> None:
        ran = self.run(words)
        assert ran.code == 0, ran

    @property
    def work(self) -> Path:
        """The workspace."""
        return self.folder / "工作"

    def edit(self, name: str, old: str, new: str) -> None:
        """Change the first such text of a file of the workspace."""
        text = (self.work / name).read_text("utf-8")
        assert old in text, name
        (self.work / name).write_text(text.replace(old, new, 1), "utf-8")

    def files(self) -> Files:
        """All that is kept, the witnesses too: every file but locks and the notes that the program keeps in output/.

        What is drawn by lot, the code of a workspace, stands as one word; of what bears the time of the clock the name counts.
        """
        found = (path for path in self.folder.rglob("*") if path.is_file())
        names = {path.relative_to(self.folder).as_posix(): path for path in found}
        codes = [card_of(path.parent.parent).code for path in names.values() if path.name == _CARD]
        return {
            _coded(name.encode(), codes).decode(): _coded(_said_in(path), codes)
            for name, path in names.items()
            if not _is_note(name)
            and not (name.endswith("发文登记.yaml") and _holds_no_line(path))
            and not ("/output/" in name and name.endswith(_SWEPT_BY_A_RUN))
        }

    def rubbish(self) -> list[str]:
        """What should be gone: whatever is hidden and no note, and everything in the temporary folder of the system."""
        found = [path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*")]
        hidden = [
            name
            for name in found
            if "/." in f"/{name}".replace(f"/{WITNESS}", "/")
            and not _is_note(name)
            and not name.endswith(_KEPT)
        ]
        return hidden + [name for name in found if name.startswith("tmp/")]


_KEPT = (".gitignore", ".lock")
_CARD = Path(CARD).name
_OF_THE_CLOCK = ("带入对照.xlsx",)
_SWEPT_BY_A_RUN = (".tmp", ".manifest.next.json")
_NOTES = (".manifest.json", ".inputs.json", ".report.json", ".templates.json", ".trees")


def is_witness(name: str) -> bool:
    """Whether a file of an area is one of those that know what went out, outside of the register."""
    return WITNESS in name.split("/") or "/见证/" in name or name.endswith(f"/{_CARD}")


def _said_in(path: Path) -> bytes:
    return b"" if path.name in _OF_THE_CLOCK else path.read_bytes()


def _coded(data: bytes, codes: Sequence[str]) -> bytes:
    """The same with each code of a workspace as one word."""
    for code in filter(None, codes):
        data = data.replace(code.encode(), b"CODE")
    return data


def _holds_no_line(register: Path) -> bool:
    """Whether a register says nothing yet: as good as none."""
    return b"\n- " not in register.read_bytes()


def _is_note(name: str) -> bool:
    in_output = ("/output/" in f"/{name}" or name.startswith(_PLACES["SEEN"])) and any(
        part in _NOTES for part in name.split("/")
    )
    return name.endswith(".lock") or in_output


# ---------------------------------------------------------------- what is there before


def issued(area: Area) -> None:
    area.done("-C", "W", *ISSUE)


def built(area: Area) -> None:
    area.done("-C", "W", "build", "单位责任清单")
    area.edit("checklists/机构.yaml", "纪检监察组", "第一纪检监察组")


def draft_built(area: Area) -> None:
    area.done("-C", "W", "build", "整改函")


def everything_came(area: Area) -> None:
    """What the commands that only look look at: a paper that is out, a ledger that came."""
    issued(area)
    ledger_came(area)


def ledger_came(area: Area) -> None:
    area.done("-C", "W", "ledger")
    made = area.work / "output/2021/台账/2021年台账.xlsx"
    book = openpyxl.load_workbook(made)
    Sheet(book, "问题")["W1", "整改目标"] = "标识齐全。"
    book.save(area.folder / "交来.xlsx")
    shutil.rmtree(area.work / "output")


def a_list_of_their_own(area: Area) -> None:
    ordinary(area.folder / _PLACES["LIST"])


def an_empty_folder(area: Area) -> None:
    (area.folder / "空").mkdir()


def a_paper_from_elsewhere(area: Area) -> None:
    issued(area)
    shutil.copy(area.folder / _PLACES["KEPT"], area.folder / _PLACES["PAPER"])


def a_paper_out_of_form(area: Area) -> None:
    shutil.copy(ROOT / "tests/first_release/templates/整改函.docx", area.folder / _PLACES["PAPER"])


def a_letter_of_a_unit(area: Area) -> None:
    """An issued letter with a left margin of the unit's own."""
    issued(area)
    document = Document(str(area.folder / _PLACES["KEPT"]))
    document.sections[0].left_margin = Mm(31)
    document.save(str(area.folder / _PLACES["PAPER"]))


def losses(area: Area) -> None:
    """The register's only line is gone, and a kept paper; the witnesses know of both."""
    issued(area)
    register = area.work / REGISTER
    register.write_bytes(register.read_bytes().partition(b"\n")[0] + b"\n")
    (area.folder / _PLACES["KEPT"]).unlink()


def backed_up(area: Area) -> None:
    """A package, and data that were changed since."""
    issued(area)
    area.done("-C", "W", "backup", "--out", "ZIP")
    area.edit("checklists/机构.yaml", "纪检监察组", "第一纪检监察组")
    (area.work / "checklists/2021/画像.yaml").unlink()


def a_template_at_fault(area: Area) -> None:
    path = area.work / "templates/单位责任清单.docx"
    document = Document(str(path))
    document.add_paragraph("{{ 单位.没有的 }}")
    document.save(str(path))


def of_the_first_release(area: Area) -> None:
    shutil.rmtree(area.work)
    shutil.copytree(ROOT / "tests/first_release", area.work)


# ---------------------------------------------------------------- the commands

IN_SMALL = ("-C", "W")
TAKE = ("library", "--take", "K01", "--inspection", "JZ1", "--unit", "U2")
ISSUE = ("issue", "整改函", "ZG1", "--date", "2021-05-06", "--signer", "张某某")
_INIT, _INIT_EMPTY = ("init", "NEW", "--year", "2021"), ("init", "EMPTY", "--year", "2021")
_FROM = ("init", "NEW", "--year", "2026", "--from", "LIST", "--yes")
_BUILD_PDF = (*IN_SMALL, "build", "单位责任清单", "--pdf", "--out", "SEEN")
_DELIVER = (*IN_SMALL, "deliver", NUMBER, "--out", "SEEN")
_PRINT = ("print", "单位责任清单", "--unit", "U2", "--draft", "--yes")
_ARCHIVE = (*IN_SMALL, "archive", "2021", "--no-pdf", "--out", "PACKAGE")
_ARCHIVE_ZIP = (*IN_SMALL, "archive", "2021", "--no-pdf", "--out", "ZIP")
_BACKUP = (*IN_SMALL, "backup", "--out", "ZIP")
_FIX = (*IN_SMALL, "format", "PAPER", "--fix", "COPY")
_ANNOTATE = (*IN_SMALL, "template", "check", "单位责任清单", "--annotate", "COPY")
WRITERS: dict[str, Writer] = {
    "new-year": Writer((*IN_SMALL, "new-year", "2022"), repeats=False),
    "propose": Writer((*IN_SMALL, "propose", "--yes"), repeats=False),
    "library --take": Writer((*IN_SMALL, *TAKE), repeats=False),
    "collect": Writer((*IN_SMALL, "collect", "BOOK", "--accept"), ledger_came),
    "init": Writer(_INIT, repeats=False),
    "init in an empty folder": Writer(_INIT_EMPTY, an_empty_folder, _INIT_EMPTY, repeats=False),
    "init --from": Writer(_FROM, a_list_of_their_own, lagging=("带入对照.xlsx",), repeats=False),
    "issue": Writer((*IN_SMALL, *ISSUE), repeats=False),
    "issue over a draft": Writer((*IN_SMALL, *ISSUE), draft_built, repeats=False),
    "void": Writer((*IN_SMALL, "void", NUMBER, "--why", "发错"), issued, repeats=False),
    "archive": Writer(_ARCHIVE, issued, repeats=False),
    "archive into a zip": Writer(_ARCHIVE_ZIP, issued, repeats=False),
    "deliver": Writer(_DELIVER, issued, _DELIVER, mixed=True),
    "build": Writer((*IN_SMALL, "build", "单位责任清单"), built, mixed=True),
    "build --pdf": Writer(_BUILD_PDF, built, _BUILD_PDF, mixed=True),
    "build --dry-run": Writer((*IN_SMALL, "build", "单位责任清单", "--dry-run"), built, code=3),
    "ledger": Writer((*IN_SMALL, "ledger"), mixed=True),
    "template new": Writer((*IN_SMALL, "template", "new", "新函", "--format", "信函"), repeats=False),
    "template check --annotate": Writer(_ANNOTATE, a_template_at_fault, code=1, repeats=False),
    "format --fix": Writer(_FIX, a_paper_out_of_form, repeats=False),
    "format --track": Writer(
        (*IN_SMALL, "format", "PAPER", "--track", "COPY"), a_paper_out_of_form, repeats=False
    ),
    "format --comments": Writer(
        (*IN_SMALL, "format", "PAPER", "--comments", "COPY"), a_paper_out_of_form, repeats=False
    ),
    "format --learn": Writer(
        (*IN_SMALL, "format", "PAPER", "--learn", "--out", "RULES"), a_letter_of_a_unit, repeats=False
    ),
    "backup": Writer(_BACKUP, issued, lagging=("工作/.发文见证/备份.json",), repeats=False),
    "restore": Writer(("restore", "ZIP", "W"), backed_up, repeats=False),
    "restore into a new folder": Writer(("restore", "ZIP", "NEW"), backed_up, repeats=False),
    "upgrade": Writer((*IN_SMALL, "upgrade"), of_the_first_release, mixed=True),
    "recover": Writer((*IN_SMALL, "recover"), losses, mixed=True),
    "recover --new-id": Writer((*IN_SMALL, "recover", "--new-id"), issued, drawn=True),
    "preview": Writer(
        (*IN_SMALL, "preview", "单位责任清单", "U2", "--out", "SEEN", "--dpi", "30"), mixed=True
    ),
    "pdf": Writer((*IN_SMALL, "pdf", "PAPER", "--out", "PDFS"), a_paper_from_elsewhere),
    "print": Writer((*IN_SMALL, *_PRINT), issued, repeats=False),
}
# Commands without a row, and why.
OTHERWISE = {
    "desk": "what its pages save goes through the writer of collect; its own files: tests/desk",
    "completion": "prints a script",
}
# Commands that only look, so that they write nothing at all, whatever is unfinished.
LOOKING: dict[str, tuple[str, ...]] = {
    "figures": ("figures",),
    "find": ("find", "单位"),
    "log": ("log", "W1"),
    "library": ("library", "公示"),
    "verify": ("verify", "KEPT"),
    "template check": ("template", "check", "整改函"),
    "template vars": ("template", "vars", "整改函"),
    "format": ("format", "KEPT"),
    "collect": ("collect", "BOOK"),
    "new-year": ("new-year", "2022", "--dry-run"),
    "propose": ("propose", "--dry-run"),
}
READ = {"--from", "--xlsx", "--file", "--deviations"}  # options that name what is read
# Commands that look and first end or undo what was cut off.
MENDING = ("check", "status")


def commands_of(rows: Iterable[str]) -> Iterator[str]:
    """The names of the commands that rows are about."""
    for name in rows:
        words = name.split(" ")
        yield " ".join(words[:2] if words[0] == "template" else words[:1])
