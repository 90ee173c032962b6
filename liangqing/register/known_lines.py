"""What a witness knows of the lines of a register: by name, by hash, and, beside the data, by their very text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from liangqing.base.safe_files import write_durably
from liangqing.register.lines import Line, Register, Void

VOIDED = "作废"
_MOST = 256 << 20  # bytes of a witness: more was not written by this program
_SAID = "发文见证：记着印发到哪一条，由程序写，请勿手改、勿删"


@dataclass(frozen=True)
class KnownLine:
    """A line that stood in the register: what it is called, about what, of which day (ISO), and the hash of its text.

    `kind` is VOIDED and `name` the paper taken out of use for a line that did so. `text` is the line as it was written;
    "" where only its hash is known.
    """

    name: str
    kind: str
    subject: str
    day: str
    digest: str
    text: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same paper in whatever register it stands."""
        return self.name, self.kind, self.subject

    @property
    def words(self) -> str:
        """How a person is told of it."""
        return f"{self.name} 的作废" if self.kind == VOIDED else f"{self.name}（{self.kind} {self.subject}）"

    def as_data(self, *, with_text: bool) -> dict[str, str]:
        """The row of a witness."""
        row = {
            "名称": self.name,
            "文种": self.kind,
            "对象": self.subject,
            "日期": self.day,
            "校": self.digest,
        }
        return {**row, "行": self.text} if with_text else row


def known(line: Line | Void, digest: str, text: str = "") -> KnownLine:
    """What is known of a line of the register."""
    if isinstance(line, Void):
        return KnownLine(line.target, VOIDED, "", line.day.isoformat(), digest, text)
    return KnownLine(line.name, line.kind, line.subject, line.issued.isoformat(), digest, text)


def key_of(line: Line | Void) -> tuple[str, str, str]:
    """The key of `KnownLine` that a line of the register has."""
    return (line.target, VOIDED, "") if isinstance(line, Void) else (line.name, line.kind, line.subject)


@dataclass(frozen=True)
class Witness:
    """What one witness knows: the code of the workspace, where that lay ("" beside the data), its lines in order.

    `spoilt`: a part of it could not be read; what could still counts.
    """

    code: str
    place: str
    lines: tuple[KnownLine, ...]
    spoilt: bool = False

    def knows_less_than(self, book: Register) -> bool:
        """Whether a register has lines of which it was never told: another copy wrote them."""
        return not {*book.hashes} <= {line.digest for line in self.lines}

    def common(self, book: Register) -> int:
        """How many lines it has in common with a register, from the first on."""
        pairs = zip(self.lines, book.hashes, strict=False)
        same = 0
        for line, digest in pairs:
            if line.digest != digest:
                break
            same += 1
        return same


def read_witness(file: Path) -> Witness | None:
    """The witness in a file; None where there is none, or nothing of it can be read."""
    try:
        if file.stat().st_size > _MOST:
            return Witness("", "", (), spoilt=True)
        rows = [_row(text) for text in file.read_text("utf-8", "replace").split("\n") if text]
    except OSError:
        return None
    head = rows[0] if rows and rows[0] is not None and "编号" in rows[0] else None
    found = [_known_of(row) for row in (rows[1:] if head is not None else rows)]
    lines = tuple(line for line in found if line is not None)
    spoilt = head is None or len(lines) < len(found)
    told = head or {}
    return Witness(str(told.get("编号", "")), str(told.get("位置", "")), lines, spoilt)


def write_witness(file: Path, witness: Witness, *, with_text: bool) -> None:
    """Write a witness as a whole, for the person alone. Raises OSError."""
    place = {"位置": witness.place} if witness.place else {}
    rows: Iterable[Mapping[str, str]] = (
        {"说明": _SAID, "编号": witness.code, **place},
        *(line.as_data(with_text=with_text) for line in witness.lines),
    )
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_durably(file, text.encode())


def _row(text: str) -> dict[str, Any] | None:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) and all(isinstance(word, str) for word in told.values()) else None


def _known_of(row: dict[str, Any] | None) -> KnownLine | None:
    if row is None or not {"名称", "文种", "对象", "日期", "校"} <= row.keys():
        return None
    return KnownLine(row["名称"], row["文种"], row["对象"], row["日期"], row["校"], row.get("行", ""))
