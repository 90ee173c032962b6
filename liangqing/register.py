"""The document register: what was issued, append-only, each line chained to the one before (data.md, "Register").

Papers go out in three steps, so that a crash between any two loses nothing: the files are staged beside their
place, the line is written and synced, the files are renamed. `recover` ends what was begun.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from liangqing import source
from liangqing.errors import Diagnostic, Place, Problems, error, reason, refuse
from liangqing.layout import DATA, KEPT
from liangqing.layout import REGISTER as FILE

STAGED = ".待落盘"
HEAD = "# 发文登记：由程序写入，只增不改。查重号、查改动都靠它，请勿手改。\n"


@dataclass(frozen=True)
class Annex:
    """A paper that went out with another, under its number."""

    kind: str
    file: str
    content: str


@dataclass(frozen=True)
class Line:
    """A line of the register; `number` is None for a paper that is frozen without one.

    `year` is the year of the data; the year of the number is that of `issued`.
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

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of document that went out with this line."""
        return (self.kind, *(each.kind for each in self.annexes))

    @property
    def files(self) -> dict[str, str]:
        """What each kept file must hash to, by its name below checklists/: the papers, and their values."""
        values = {self.file.removesuffix(".docx") + ".json": self.values}
        return {self.file: self.content, **{each.file: each.content for each in self.annexes}, **values}

    def file_of(self, kind: str) -> str:
        """The kept file of one of `kinds`."""
        return next((each.file for each in self.annexes if each.kind == kind), self.file)

    def record(self) -> dict[str, object]:
        """The line as it is written, but for the hash of the one before."""
        annexes = [{"文种": each.kind, "文件": each.file, "内容": each.content} for each in self.annexes]
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
            "文件": self.file,
            "内容": self.content,
            "取值": self.values,
            "附件": annexes or None,
        }

    @property
    def name(self) -> str:
        """What the paper is called when it is voided: its number, else year, kind and subject."""
        return self.number or f"{self.year}/{self.kind}/{self.subject}"


@dataclass(frozen=True)
class Void:
    """A paper taken out of use; its number is not used again."""

    serial: int
    target: str
    day: date
    reason: str

    def record(self) -> dict[str, object]:
        """The line as it is written, but for the hash of the one before."""
        return {"序号": self.serial, "作废": self.target, "日期": self.day, "理由": self.reason}


@dataclass(frozen=True)
class Register:
    """All lines, in order, and what is wrong with them."""

    lines: tuple[Line | Void, ...] = ()
    last_hash: str = ""
    diagnostics: tuple[Diagnostic, ...] = field(default=(), compare=False)

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
    def _issued_of(self) -> dict[tuple[str, str, int], list[Line]]:
        found: dict[tuple[str, str, int], list[Line]] = {}
        for line in self.issued:
            for kind in line.kinds:
                found.setdefault((kind, line.subject, line.year), []).append(line)
        return found

    def voided(self, line: Line, day: date) -> bool:
        """Whether the paper was out of use by the end of `day`."""
        return any(each.serial > line.serial and each.day <= day for each in self._voids.get(line.name, ()))

    def issued_of(self, kind: str, subject: str, year: int) -> list[Line]:
        """The lines of papers of that kind and subject, void or not; an annex is found by its own kind."""
        return self._issued_of.get((kind, subject, year), [])

    def in_use(self, kind: str, subject: str, year: int, day: date = date.max) -> Line | None:
        """The paper of that kind and subject that stands on `day`."""
        lines = self.issued_of(kind, subject, year)
        standing = [line for line in lines if line.issued <= day and not self.voided(line, day)]
        return standing[-1] if standing else None

    def next_number(self, series: frozenset[str] | None, year: int, first: int) -> int:
        """The number after the last of the series in the year; void ones count (they are never used again).

        `series`: the kinds that share the series, or None when all do.
        """
        taken = [
            number_of(line.number)
            for line in self.issued
            if line.number and line.issued.year == year and (series is None or line.kind in series)
        ]
        return max(taken) + 1 if taken else first


def number_of(text: str) -> int:
    """市纪驻环整〔2021〕12号 → 12."""
    return int(text.rpartition("〕")[2].removesuffix("号"))


def load(workspace: Path) -> Register:
    """Read the register; what is wrong with it is in its diagnostics (rule: "a broken register chain")."""
    path = workspace / FILE
    if not path.exists():
        return Register()
    try:
        read = source.load(path, FILE)
    except Problems as problems:
        return Register(diagnostics=problems.diagnostics)
    return _Reader(read).read()


def append(workspace: Path, line: Line | Void, register: Register) -> None:
    """Add one line, chained to the last and synced to disk. Hold the lock around it."""
    path = workspace / FILE
    text = sealed("- " + _flow({**line.record(), "前": register.last_hash or "无"}))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        old = path.read_bytes() if path.exists() else HEAD.encode()
        with path.open("ab") as handle:
            before = handle.tell()
            try:
                handle.write(
                    (b"" if before else old) + (b"" if old.endswith(b"\n") else b"\n") + f"{text}\n".encode()
                )
                handle.flush()
                os.fsync(handle.fileno())
            except OSError:
                handle.truncate(before)
                raise
    except OSError as problem:
        raise refuse(
            "D605", Place(FILE), f"登记写不进去（{reason(problem)}）", "检查磁盘空间和写权限"
        ) from None


def stage(workspace: Path, year: int, serial: int, files: Mapping[str, bytes]) -> Path:
    """Put the files of a paper that is about to be issued beside their place, synced; the folder they are in."""
    folder = workspace / DATA / KEPT / str(year) / f"{STAGED}-{serial}"
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name, data in files.items():
            with (folder / name).open("wb") as handle:
                handle.write(data)
                handle.flush()
                os.fsync(handle.fileno())
    except OSError as problem:
        shutil.rmtree(folder, ignore_errors=True)
        raise refuse(
            "D605", Place(FILE), f"发文存档写不进去（{reason(problem)}）", "检查磁盘空间和写权限"
        ) from None
    return folder


def settle(folder: Path) -> None:
    """Rename staged files into their place."""
    for path in sorted(folder.iterdir()):
        path.replace(folder.parent / path.name)
    folder.rmdir()


def recover(workspace: Path) -> None:
    """End or undo what was cut off: a half-written last line goes; files whose line stands are put in place."""
    _drop_half_line(workspace / FILE)
    serials = {line.serial for line in load(workspace).lines}
    for folder in sorted((workspace / DATA / KEPT).glob(f"*/{STAGED}-*")):
        if int(folder.name.rpartition("-")[2]) in serials:
            settle(folder)
        else:
            shutil.rmtree(folder, ignore_errors=True)


def _drop_half_line(path: Path) -> None:
    data = path.read_bytes() if path.exists() else b""
    if data and not data.endswith((b"\n", b"}")):
        with path.open("r+b") as handle:
            handle.truncate(data.rfind(b"\n") + 1)


def _flow(value: object) -> str:
    """A value in YAML's flow style, on one line."""
    if isinstance(value, dict):
        return (
            "{" + ", ".join(f"{key}: {_flow(each)}" for key, each in value.items() if each is not None) + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(_flow(each) for each in value) + "]"
    return _scalar(value)


def _scalar(value: object) -> str:
    text = value.isoformat() if isinstance(value, date) else str(value)
    plain = text and not any(each in text for each in "\"'#,[]{}:&*!|>%@`\\\n") and text.strip() == text
    return text if plain and text not in ("~", "null", "-") else json.dumps(text, ensure_ascii=False)


def sealed(text: str) -> str:
    """The line with a check sum of its own at its end, so that an edit of the last line is seen too."""
    return f"{text[:-1]}, 校: {hash_of(text)[:8]}}}"


def is_sealed(text: str) -> bool:
    """Whether a line is as it was written."""
    return sealed(text.rpartition(", 校: ")[0] + "}") == text


def values_hash(kept: bytes) -> str:
    """The hash of the values that a paper was made from, as they are kept: 32 hex digits of SHA-256."""
    return hashlib.sha256(kept).hexdigest()[:32]


def hash_of(text: str) -> str:
    """The hash that the next line carries: the first 32 hex digits of SHA-256 over the line as written."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class _Reader:
    """Reads lines one by one, holding the chain against what stands."""

    def __init__(self, read: source.Source) -> None:
        self.read_source = read
        self.problems: list[Diagnostic] = []

    def read(self) -> Register:
        tree = self.read_source.tree
        if not isinstance(tree, list):
            problem = error("D601", self.read_source.place(), "登记应为一行一条的列表", "从备份恢复这个文件")
            return Register(diagnostics=() if tree is None else (problem,))
        texts = [
            text for text in self.read_source.data.decode("utf-8-sig").splitlines() if text.startswith("- ")
        ]
        lines = {index: line for index in range(len(tree)) if (line := self._one(index, tree[index]))}
        if len(texts) != len(tree):
            self._say(0, "登记不再是一行一条", "从备份恢复这个文件；登记只由程序写")
        else:
            self._hold_chain(tree, texts)
        self._hold_serials(lines)
        return Register(tuple(lines.values()), hash_of(texts[-1]) if texts else "", tuple(self.problems))

    def _one(self, index: int, tree: source.Tree) -> Line | Void | None:
        try:
            return _parse(tree)
        except (KeyError, TypeError, ValueError, AttributeError):
            self._say(index, "这一行缺项或写法不对", "从备份恢复这个文件；登记只由程序写")
            return None

    def _hold_chain(self, tree: Sequence[source.Tree], texts: Sequence[str]) -> None:
        expected = "无"
        for index, (item, text) in enumerate(zip(tree, texts, strict=True)):
            if not isinstance(item, dict) or (item.get("前") != expected and is_sealed(text)):
                self._say(
                    index,
                    "与上一行对不上：上一行被改过、被删过，或另一台机器上也发过文",
                    "用备份里的登记比对，恢复被改的那一行；取号只在一份工作目录里进行",
                )
            elif not is_sealed(text):
                self._say(index, "这一行被改过", "从备份恢复这一行；登记只由程序写")
            expected = hash_of(text)

    def _hold_serials(self, lines: Mapping[int, Line | Void]) -> None:
        numbers: set[str] = set()
        for index, line in lines.items():
            if line.serial != index + 1:
                self._say(index, f"序号应为 {index + 1}，现为 {line.serial}", "从备份恢复这个文件")
            if isinstance(line, Line) and line.number:
                if line.number in numbers:
                    self._say(index, f"{line.number} 发了两次", "查清哪一份是真的，另一份作废后重新取号")
                numbers.add(line.number)

    def _say(self, index: int, message: str, advice: str) -> None:
        self.problems.append(error("D602", self.read_source.place(index), message, advice))


def _parse(tree: source.Tree) -> Line | Void:
    if not isinstance(tree, dict):
        raise TypeError(tree)
    text = {key: value for key, value in tree.items() if isinstance(value, str)}
    if "作废" in text:
        return Void(int(text["序号"]), text["作废"], date.fromisoformat(text["日期"]), text["理由"])
    return Line(
        serial=int(text["序号"]),
        number=text.get("文号"),
        kind=text["文种"],
        subject=text["对象"],
        title=text["标题"],
        addressee=text.get("主送", ""),
        year=int(text["年度"]),
        issued=date.fromisoformat(text["成文日期"]),
        signer=text.get("签发人", ""),
        copies=int(text.get("份数", "1")),
        file=text["文件"],
        content=text["内容"],
        values=text["取值"],
        annexes=tuple(_annex(each) for each in _items(tree.get("附件"))),
    )


def _items(tree: source.Tree) -> list[source.Tree]:
    return tree if isinstance(tree, list) else []


def _annex(tree: source.Tree) -> Annex:
    if not isinstance(tree, dict):
        raise TypeError(tree)
    return Annex(*(str(tree[key]) for key in ("文种", "文件", "内容")))


def place_of(register: Register, line: Line) -> Place:
    """Where a line stands in the register (its serial is its number in the list)."""
    return Place(FILE, detail=f"第{line.serial}条")


def damaged(register: Register, present: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Kept papers that are missing, no longer what was issued, or without a line; `present`: content hash by file."""
    registered: set[str] = set()
    for line in register.issued:
        registered |= line.files.keys()
        for file, content in line.files.items():
            place = Place(f"{DATA}/{file}")
            if file not in present:
                yield error("D603", place, f"{line.name} 的存档不见了", "从备份找回这个文件，放回原处")
            elif present[file] != content:
                advice = "从备份找回发出时的文件；要改就作废重发，或另发更正"
                yield error("D604", place, f"{line.name} 的存档与发出时不同", advice)
    for file in sorted(present.keys() - registered):
        advice = "登记可能少了后面几行：从备份恢复登记；不是程序存的文件，移到别处"
        yield error("D611", Place(f"{DATA}/{file}"), "这份存档没有登记", advice)
