"""Is a paper that came back what was issued? Told by what it says, whatever it is called and whoever saved it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from liangqing import register
from liangqing.actions.comparing import (
    Passage,
    WordChange,
    beside_words,
    changes,
    extra_changes,
    passages,
    similarity,
    squeezed,
)
from liangqing.base.bounds import read_file
from liangqing.base.diagnostics import Place, Problems
from liangqing.base.docx_zip import content_hash
from liangqing.base.folders import DATA
from liangqing.papers.drift import Drift, drifts
from liangqing.register import Line, Register
from liangqing.year.open_workspace import open_workspace

SAME, SAME_WORDS, ALTERED, UNKNOWN, UNREADABLE = "未改动", "文字未变", "已改动", "未印发", "看不出"
_LEAST = 20  # signs of text that a page has which is no scan
# How alike a copy must be to count as one of a paper: one that bears its number, one of any, one of last resort.
CERTAIN, LIKE_ENOUGH, NUMBERED_LIKE_ENOUGH = 0.9, 0.8, 0.5
_PAGE_NUMBER = re.compile(r"^[\s\f]*[—–-]\s*\d+\s*[—–-]\s*$", re.MULTILINE)
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"II*\0", b"MM\0*", b"BM", b"GIF8")


@dataclass(frozen=True)
class Verdict:
    """What became of one file: one of SAME, SAME_WORDS, ALTERED, UNKNOWN, UNREADABLE.

    `line` and `kind` are the issued paper (or annex) that it is a copy of; `changes` are from that to the copy;
    `notes` say what else a person must know: void, corrected, what could not be compared.
    """

    file: str
    state: str
    line: Line | None = None
    kind: str = ""
    changes: tuple[WordChange, ...] = ()
    notes: tuple[str, ...] = ()
    stands: bool = True  # neither void nor corrected

    @property
    def sound(self) -> bool:
        """Whether it may be relied on: what went out, in its words, and still in force."""
        return self.state in (SAME, SAME_WORDS) and self.stands


@dataclass(frozen=True)
class _Kept:
    """A kept paper: its line, kind, content hash and bytes."""

    line: Line
    kind: str
    digest: str
    path: Path

    @cached_property
    def passages(self) -> list[Passage]:
        """What it says; nothing when it is gone or no longer what was kept."""
        return self._read(passages)

    @cached_property
    def beside(self) -> list[Passage]:
        """What it shows beside its words; nothing as above."""
        return self._read(beside_words)

    def _read(self, reader: Callable[[bytes, str], list[Passage]]) -> list[Passage]:
        try:
            data = self.path.read_bytes()
            return reader(data, self.path.name) if content_hash(data) == self.digest else []
        except (OSError, Problems):
            return []


@dataclass
class Archive:
    """All papers that went out of a workspace, read as they are needed."""

    root: Path
    book: Register = field(init=False)
    kept: list[_Kept] = field(init=False)

    def __post_init__(self) -> None:
        self.book = register.load(self.root)
        self.kept = [
            _Kept(line, kind, line.files[line.file_of(kind)], self.root / DATA / line.file_of(kind))
            for line in self.book.issued
            if line.file
            for kind in line.kinds
        ]

    def verify(self, path: Path) -> Verdict:
        """Judge one file. Raises Problems when it can't be read, or is a Word file that is none."""
        return self.verify_bytes(path.name, _read(path))

    def verify_bytes(self, name: str, data: bytes) -> Verdict:
        """Judge what was sent along under a name; raises Problems as `verify`."""
        if data.startswith(b"%PDF"):
            return self._verify_pdf(name, data)
        if data.startswith(_PICTURES):
            return Verdict(name, UNREADABLE, notes=("这是图片，没有文字，程序核对不了；请对照存档看",))
        copy = passages(data, name)
        digest = content_hash(data)
        same = [paper for paper in self.kept if paper.digest == digest]
        if same:
            return self._verdict(name, SAME, same[-1])
        best = self._nearest(copy)
        if best is None:
            return Verdict(name, UNKNOWN, notes=tuple(self._of_unknown(copy)))
        found = [*changes(best.passages, copy), *extra_changes(best.beside, beside_words(data, name))]
        return self._verdict(name, ALTERED if found else SAME_WORDS, best, found)

    def _nearest(self, copy: list[Passage]) -> _Kept | None:
        """The kept paper that it is a copy of: told by the number it bears, or by its words where that was altered."""
        said = "".join(passage.text for passage in copy)
        named = [paper for paper in self.kept if paper.line.number and paper.line.number in said]
        for some, enough in ((named, CERTAIN), (self.kept, LIKE_ENOUGH), (named, NUMBERED_LIKE_ENOUGH)):
            scored = [(similarity(paper.passages, copy), index) for index, paper in enumerate(some)]
            likeness, index = max(scored, default=(0.0, -1))
            if index >= 0 and likeness >= enough:
                return some[index]
        return None

    def _verdict(
        self, name: str, state: str, kept: _Kept, found: Iterable[WordChange] = (), notes: Iterable[str] = ()
    ) -> Verdict:
        line = kept.line
        said, stands = [*notes, *(f"{line.name} 印发时登记了：{note}" for note in line.in_spite)], True
        if self.book.voided(line, date.max):
            noted = "".join(f"（{note}）" for voiding in self.book.voids_of(line) for note in voiding.notes)
            said.append(f"{line.name} 已作废{noted}")
            stands = False
        correction = self.book.corrected(line)
        if correction is not None:
            said.append(f"{line.name} 已由 {correction.name}（{correction.issued}）更正")
            stands = False
        return Verdict(
            file=name,
            state=state,
            line=line,
            kind=kept.kind,
            changes=tuple(found),
            notes=tuple(said),
            stands=stands,
        )

    def _of_unknown(self, copy: Iterable[Passage]) -> Iterator[str]:
        said = "".join(passage.text for passage in copy)
        if "〕号" in said or "草稿" in said:
            yield "文号还空着：这是草稿，没有印发过"
        elif outside := [line.name for line in self.book.issued if not line.file and line.name in said]:
            yield f"{outside[0]} 是系统外印发的，没有存档，核对不了"
        else:
            yield "登记里没有这份文书；手工编号发过的，用 issue --number 补录后再核对"
        lost = sum(not paper.passages for paper in self.kept)
        if lost:
            yield f"有 {lost} 份存档不见了或被改过，没有拿来核对；先运行 check"

    def _verify_pdf(self, name: str, data: bytes) -> Verdict:
        """The words of a PDF, each passage looked for in it; how they are laid out can't be compared."""
        program = shutil.which("pdftotext")
        if program is None:
            note = "核对 PDF 要有 pdftotext（poppler），这台机器没有；请核对 Word 文件"
            return Verdict(name, UNREADABLE, notes=(note,))
        said = [_pdf_text(program, data, *mode) for mode in ((), ("-raw",), ("-layout",))]
        if len(said[0]) < _LEAST:
            return Verdict(name, UNREADABLE, notes=("这是扫描件，没有文字，程序核对不了；请对照存档看",))
        best = self._nearest([Passage("PDF", said[0])])
        if best is None:
            return Verdict(name, UNKNOWN, notes=tuple(self._of_unknown([Passage("PDF", said[0])])))
        missing = [
            passage for passage in best.passages if not _is_chart(passage) and not _stands(passage, said)
        ]
        found = [change for passage in missing for change in _in_pdf(passage, said[0])]
        note = "PDF 只能核对存档里的话是不是都在，多出来的话看不出来"
        return self._verdict(name, ALTERED if found else SAME_WORDS, best, found, [note])


def with_changes_since(root: Path, found: Iterable[Verdict], today: date) -> list[Verdict]:
    """The verdicts, each with notes on what the data of its paper says otherwise today.

    What changes its meaning is told apart from what does not (a telephone, a new head); only the first is a reason to
    correct it. Nothing is added where the data can't be read or is wrong: `check` says why.
    """
    verdicts = list(found)
    notes: dict[Line, tuple[str, ...]] = {}
    for year in {verdict.line.year for verdict in verdicts if verdict.line is not None}:
        lines = dict.fromkeys(verdict.line for verdict in verdicts if verdict.line is not None)
        notes |= {drift.line: tuple(_since(drift)) for drift in _drifts_of(root, year, lines, today)}
    return [
        verdict
        if verdict.line is None
        else replace(verdict, notes=(*verdict.notes, *notes.get(verdict.line, ())))
        for verdict in verdicts
    ]


def _drifts_of(root: Path, year: int, lines: Iterable[Line], today: date) -> list[Drift]:
    try:
        opened = open_workspace(root, year, None, today, look_at_today=True)
    except Problems:
        return []
    return [] if opened.errors else list(drifts(opened, lines))


def _since(drift: Drift) -> Iterator[str]:
    if drift.changed:
        yield f"印发后数据改过：{'；'.join(drift.changed)}。要改已发出的，另发更正；改错了的，把数据改回来"
    if drift.aside:
        yield f"印发以后 {'；'.join(drift.aside)}。意思没有变，不用更正"


def _read(path: Path) -> bytes:
    return read_file(path, Place(str(path)), advice="核实文件来源")


def _is_chart(passage: Passage) -> bool:
    return passage.place.startswith("图表")


def _stands(passage: Passage, said: Iterable[str]) -> bool:
    """Whether a passage stands in a PDF as one of the ways of reading it has it: cells are cut up by some."""
    return any(passage.text in text for text in said)


def _pdf_text(program: str, data: bytes, *mode: str) -> str:
    command = [program, "-enc", "UTF-8", *mode, "-", "-"]
    ran = subprocess.run(command, input=data, capture_output=True, check=False, timeout=60)
    return squeezed(_PAGE_NUMBER.sub("", ran.stdout.decode("utf-8", "replace")))


def _in_pdf(missing: Passage, said: str) -> list[WordChange]:
    """What stands in a text in place of a passage that is not in it: the stretch between the neighbours it has."""
    head = _longest(missing.text, said)
    tail = _longest(missing.text[::-1], said[::-1])
    begins = said.find(missing.text[:head]) if head else -1
    ends = said.find(missing.text[len(missing.text) - tail :], max(begins, 0)) if tail else -1
    if begins < 0 or ends < begins or ends + tail - begins > 2 * len(missing.text):
        return changes([missing], [])
    there = Passage(missing.place, said[begins : ends + tail])
    return changes([missing], [there])


def _longest(text: str, said: str) -> int:
    """How long a beginning of `text` stands somewhere in `said`."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if text[:middle] in said else (low, middle - 1)
    return low
