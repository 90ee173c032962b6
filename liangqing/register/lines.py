"""What stands in the register: papers and voids, in order (docs/使用手册/数据.md, 发文登记)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, error, warning
from liangqing.base.folders import DATA
from liangqing.base.folders import REGISTER as FILE
from liangqing.base.plain_json import read_json

# What is noted of a paper that did not go the usual way.
EDITED, BY_HAND, DATE_CONFIRMED, DATE_FORCED = "手改", "补录", "日期已核", "日期未到"
IN_SPITE = (
    "带损办理"  # with the reason behind a colon: register or archive were damaged, and somebody went on
)
ELSEWHERE = (
    "系统外印发"  # it went out before this program was used; no file of it is kept, and no record is of it
)


@dataclass(frozen=True)
class Annex:
    """A paper that went out with another, under its number."""

    kind: str
    file: str
    content: str
    template: str = ""


@dataclass(frozen=True)
class Line:
    """A line of the register; `number` is None for a paper that is frozen without one.

    `year` is the year of the data; the year of the number is that of `issued`. `content`, `values` and `template`
    are hashes: of the kept paper, of the values that it was made from, and of the template that made it.
    `corrects` is the number of the paper that this one corrects; `notes` are of EDITED, BY_HAND, DATE_CONFIRMED,
    DATE_FORCED, ELSEWHERE. A paper of ELSEWHERE has no `file` and no hashes, and its subject is its number.
    """

    serial: int
    kind: str
    subject: str
    title: str
    addressee: str
    year: int
    issued: date
    file: str
    content: str
    values: str
    number: str | None = None
    signer: str = ""
    copies: int = 1
    annexes: tuple[Annex, ...] = ()
    template: str = ""
    corrects: str = ""
    notes: tuple[str, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of document that went out with this line."""
        return (self.kind, *(annex.kind for annex in self.annexes))

    @property
    def files(self) -> dict[str, str]:
        """What each kept file must hash to, by its name below checklists/: the papers, and their values; none is kept
        of a paper that went out elsewhere.
        """
        if not self.file:
            return {}
        values = {self.file.removesuffix(".docx") + ".json": self.values}
        return {self.file: self.content, **{annex.file: annex.content for annex in self.annexes}, **values}

    def file_of(self, kind: str) -> str:
        """The kept file of one of `kinds`."""
        return next((annex.file for annex in self.annexes if annex.kind == kind), self.file)

    def record(self) -> dict[str, object]:
        """The line as it is written, but for the hash of the one before."""
        annexes = [
            {"文种": annex.kind, "文件": annex.file, "内容": annex.content, "模板": annex.template or None}
            for annex in self.annexes
        ]
        return {
            "序号": self.serial,
            "文号": self.number,
            "文种": self.kind,
            "对象": self.subject,
            "标题": self.title,
            "主送": self.addressee or None,
            "年度": self.year,
            "成文日期": self.issued,
            "签发人": self.signer or None,
            "份数": self.copies,
            "文件": self.file or None,
            "内容": self.content or None,
            "取值": self.values or None,
            "模板": self.template or None,
            "附件": annexes or None,
            "更正": self.corrects or None,
            "备注": list(self.notes) or None,
        }

    @property
    def in_spite(self) -> tuple[str, ...]:
        """What is noted of a damage in spite of which it went out."""
        return tuple(note for note in self.notes if note.startswith(IN_SPITE))

    @property
    def name(self) -> str:
        """What the paper is called when it is voided: its number, else year, kind and subject."""
        return self.number or f"{self.year}/{self.kind}/{self.subject}"


@dataclass(frozen=True)
class Void:
    """A paper taken out of use; its number is not used again. `notes`: of IN_SPITE alone."""

    serial: int
    target: str
    day: date
    reason: str
    notes: tuple[str, ...] = ()

    def record(self) -> dict[str, object]:
        """The line as it is written, but for the hash of the one before."""
        noted = list(self.notes) or None
        return {
            "序号": self.serial,
            "作废": self.target,
            "日期": self.day,
            "理由": self.reason,
            "备注": noted,
        }


@dataclass(frozen=True)
class Register:
    """All lines, in order, and what is wrong with them.

    `whole`: every line could be read; where it is False, nobody knows what went out, and what is not there says nothing.
    """

    lines: tuple[Line | Void, ...] = ()
    hashes: tuple[str, ...] = ()  # of the lines as they are written
    diagnostics: tuple[Diagnostic, ...] = field(default=(), compare=False)
    root: Path | None = field(
        default=None, compare=False, repr=False
    )  # the workspace; None: no paper is kept
    whole: bool = field(default=True, compare=False)

    @property
    def last_hash(self) -> str:
        """What the next line carries as 前."""
        return self.hashes[-1] if self.hashes else "无"

    @cached_property
    def issued(self) -> tuple[Line, ...]:
        """Every paper that ever went out, void or not."""
        return tuple(line for line in self.lines if isinstance(line, Line))

    @cached_property
    def _voids(self) -> dict[str, list[Void]]:
        found: dict[str, list[Void]] = {}
        for line in self.lines:
            if isinstance(line, Void):
                found.setdefault(line.target, []).append(line)
        return found

    @cached_property
    def _corrections(self) -> dict[str, list[Line]]:
        found: dict[str, list[Line]] = {}
        for line in self.issued:
            if line.corrects:
                found.setdefault(line.corrects, []).append(line)
        return found

    @cached_property
    def _issued_of(self) -> dict[tuple[str, str, int], list[Line]]:
        found: dict[tuple[str, str, int], list[Line]] = {}
        for line in self.issued:
            for kind in line.kinds:
                found.setdefault((kind, line.subject, line.year), []).append(line)
        return found

    @cached_property
    def about(self) -> dict[tuple[int, str], list[Line]]:
        """By year of the data and 编号 of the subject every paper that went out about it, void or not."""
        found: dict[tuple[int, str], list[Line]] = {}
        for line in self.issued:
            found.setdefault((line.year, line.subject), []).append(line)
        return found

    @cached_property
    def by_number(self) -> dict[str, list[Line]]:
        """By 文号 the papers that bear it (several only in a register that is in disorder)."""
        found: dict[str, list[Line]] = {}
        for line in self.issued:
            if line.number:
                found.setdefault(line.number, []).append(line)
        return found

    def values_of(self, line: Line) -> Mapping[str, Any]:
        """The values that an issued paper and its annexes were made from, by kind, as they were kept; read once.

        {} where they are lost, or no longer what was kept (told as D603 and D604).
        """
        if line.serial not in self._values:
            self._values[line.serial] = {} if self.root is None else _values_kept(self.root, line)
        return self._values[line.serial]

    @cached_property
    def _values(self) -> dict[int, Mapping[str, Any]]:
        return {}

    def voids_of(self, line: Line) -> list[Void]:
        """The lines that take this paper out of use."""
        return [voiding for voiding in self._voids.get(line.name, ()) if voiding.serial > line.serial]

    def voided(self, line: Line, day: date) -> bool:
        """Whether the paper was out of use by the end of `day`."""
        return any(voiding.day <= day for voiding in self.voids_of(line))

    def corrected(self, line: Line, day: date = date.max) -> Line | None:
        """The paper that stands on `day` in the place of `line`: its last 更正, or what corrected that and so on.

        None: nothing corrects it, or what does is void and was not corrected itself.
        """
        found = [
            correction
            for correction in self._corrections.get(line.number or "", ())
            if correction.issued <= day and correction.serial > line.serial
        ]
        for correction in reversed(found):
            now = self.corrected(correction, day)
            if now is not None or not self.voided(correction, day):
                return now or correction
        return None

    def corrections(self, number: str) -> list[Line]:
        """The papers that went out as 更正 of a number, void or not."""
        return self._corrections.get(number, [])

    def voided_before(self, line: Line, other: Line | None) -> bool:
        """Whether the paper was out of use already when `other` was written into the register (None: by now)."""
        last = other.serial if other else len(self.lines) + 1
        return any(line.serial < voiding.serial < last for voiding in self._voids.get(line.name, ()))

    def issued_of(self, kind: str, subject: str, year: int) -> list[Line]:
        """The lines of papers of that kind and subject, void or not; an annex is found by its own kind."""
        return self._issued_of.get((kind, subject, year), [])

    def answered(self, kind: str, subject: str, year: int, day: date) -> Line | None:
        """The paper of that kind and subject, void or not, that an answer of `day` (回复, 送达, 整改反馈) is to.

        It is the last that was out on that day: where one was void and another went out in its place, an answer stays
        with the one that was there when it came. The first where none was out yet; None: none ever went out.
        """
        lines = [line for line in self.issued_of(kind, subject, year) if line.kind == kind]
        return next((line for line in reversed(lines) if line.issued <= day), next(iter(lines), None))

    def in_use(self, kind: str, subject: str, year: int, day: date = date.max) -> Line | None:
        """The paper of that kind and subject that stands on `day`."""
        lines = self.issued_of(kind, subject, year)
        standing = [line for line in lines if line.issued <= day and not self.voided(line, day)]
        return standing[-1] if standing else None

    def last_number(self, series: Series, year: int) -> Line | None:
        """The line with the highest number of a series in a year; void ones count (they are never used again)."""
        taken = [
            line for line in self.issued if line.number and line.issued.year == year and series.holds(line)
        ]
        return max(taken, key=lambda line: number_of(line.number or ""), default=None)

    def next_number(self, series: Series, year: int, first: int) -> int:
        """The number after the last of the series in the year, but not below `first`."""
        last = self.last_number(series, year)
        return max(first, number_of(last.number or "") + 1) if last else first


@dataclass(frozen=True)
class Series:
    """Which papers take their numbers from one row: those of `kinds`, and whatever bears `prefix` before its year.

    Without `kinds` all do (共用). The prefix counts too, since a kind may have left the catalogue.
    """

    prefix: str
    kinds: frozenset[str] | None

    def holds(self, line: Line) -> bool:
        """Whether a numbered paper is one of the series."""
        own = (line.number or "").partition("〔")[0] == self.prefix
        return self.kinds is None or own or line.kind in self.kinds


def number_of(text: str) -> int:
    """市纪驻环整〔2021〕12号 → 12."""
    return int(text.rpartition("〕")[2].removesuffix("号"))


def values_hash(kept: bytes) -> str:
    """The hash of the values that a paper was made from, as they are kept: 32 hex digits of SHA-256."""
    return hashlib.sha256(kept).hexdigest()[:32]


def _values_kept(root: Path, line: Line) -> Mapping[str, Any]:
    try:
        kept = (root / DATA / line.file).with_suffix(".json").read_bytes()
        told = read_json(kept) if values_hash(kept) == line.values else None
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def place_of(register: Register, line: Line) -> Place:
    """Where a line stands in the register (its serial is its number in the list)."""
    return Place(FILE, detail=f"第{line.serial}条")


def damaged(register: Register, present: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Kept papers that are missing, no longer what was issued, or without a line; `present`: content hash by file.

    Of a register that can't be read whole nothing is told: no line of it may be missing for a paper that is there.
    """
    if not register.whole:
        return
    registered: set[str] = set()
    for line in register.issued:
        registered |= line.files.keys()
        for file, content in line.files.items():
            if present.get(file) != content:
                yield _damage(register, line, file, gone=file not in present)
    for file in sorted(present.keys() - registered):
        advice = (
            "登记可能少了几行：运行 recover（找回），有较新的备份、换下来的文件夹的写在后面；"
            "找不回的，移到别处以后用 issue --number --file 补录；"
            "不是程序存的文件，移到别处"
        )
        yield error(Code.STORED_PAPER_UNREGISTERED, Place(f"{DATA}/{file}"), "这份存档没有登记", advice)


def _damage(register: Register, line: Line, file: str, *, gone: bool) -> Diagnostic:
    """What is wrong with a file that was kept; a warning where the paper was made void for it, with the reason."""
    place, matter = Place(f"{DATA}/{file}"), "的存档不见了" if gone else "的存档与发出时不同"
    noted = [note for voiding in register.voids_of(line) for note in voiding.notes]
    if noted:
        return warning(
            Code.DAMAGE_ON_RECORD,
            place,
            f"{line.name} {matter}；作废时登记了：{noted[0]}",
            "找到发出时的文件就放回原处；找不到不用再办",
        )
    copies = "从备份" if file.endswith(".json") else "从备份、output 或收文单位的电子版"
    void = f"void {line.name} --why 存档丢失 --in-spite 存档找不到"
    advice = f"运行 recover（找回），或{copies}找回发出时的文件，照这个文件名放回；哪里都没有的，只能收回原件、作废再重新印发：{void}"
    code = Code.STORED_PAPER_MISSING if gone else Code.STORED_PAPER_CHANGED
    return error(code, place, f"{line.name} {matter}", advice)
