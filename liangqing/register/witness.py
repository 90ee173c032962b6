"""Two witnesses of what went out, outside of what people copy back: beside the data, and in the person's state folder.

`.发文见证/` beside checklists/ holds the lines of the register as they were written and copies of the kept papers; the
file in the state folder of this machine holds names and hashes of the lines only, and where the workspace lay. Both
are keyed by the code of the workspace. An old backup put back, lines cut off together with the stamp, a copy that
issued by itself and was merged: each shows as a line that a witness knows and the register lacks.

A witness that is lost or damaged never stops anything: it is told, and made good when the register is next written.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, Severity, error, warning
from liangqing.base.docx_zip import content_hash
from liangqing.base.folders import DATA, KEPT, is_workspace, user_state
from liangqing.base.folders import REGISTER as FILE
from liangqing.base.safe_files import (
    goes_through_link,
    sweep_temporaries,
    temporary_of,
    write_durably,
    write_new_file,
)
from liangqing.register.identity import FORMAT, IdentityCard, card_of, new_code, put_card
from liangqing.register.known_lines import (
    VOIDED,
    KnownLine,
    Witness,
    key_of,
    known,
    read_witness,
    write_witness,
)
from liangqing.register.lines import Line, Register, values_hash
from liangqing.register.sealing import hash_of

FOLDER = ".发文见证"  # in the workspace, beside checklists/
_LINES = f"{FOLDER}/登记.jsonl"
_CODE = re.compile("[0-9a-f]{16}")
LACKING = (Code.REGISTER_LACKS_ISSUED, Code.ISSUED_IN_ANOTHER_COPY)
_NAMED = 5  # lines that a message names


@dataclass(frozen=True)
class WitnessLook:
    """What the witnesses of a workspace say: of its code, the one beside the data and the one of this machine."""

    root: Path
    code: str
    beside: Witness | None
    here: Witness | None

    @cached_property
    def original(self) -> Path | None:
        """The workspace of which this one is a copy: it bears the same code, lies elsewhere, and is still there."""
        if self.here is None or not self.here.place:
            return None
        place = Path(self.here.place)
        with suppress(OSError):
            if is_workspace(place) and card_of(place).code == self.code and not place.samefile(self.root):
                return place
        return None

    def told_by(self, book: Register) -> list[Witness]:
        """The witnesses that are of this register, and not of another workspace whose files lie here."""
        return [
            witness
            for witness in (self.beside, self.here)
            if witness is not None and self._is_of(witness, book)
        ]

    def _is_of(self, witness: Witness, book: Register) -> bool:
        return witness.common(book) > 0 or witness.code in ("", self.code)

    def lost(self, book: Register) -> list[KnownLine]:
        """The lines that a witness knows and the register lacks, in their order; each once, with its text where known.

        Of a copy of another workspace only the witness beside the data counts: that of the machine is the original's.
        """
        found: dict[str, KnownLine] = {}
        for witness in self.told_by(book):
            if witness is self.here and self.original is not None:
                continue
            for line in lacking(witness, book):
                known_so = found.setdefault(line.digest, line)
                found[line.digest] = known_so if known_so.text else line
        return list(found.values())

    def lost_elsewhere(self, book: Register) -> list[KnownLine]:
        """What went out of the original since this workspace was copied from it."""
        if self.original is None or self.here is None:
            return []
        own = {line.digest for line in self.lost(book)}
        return [line for line in lacking(self.here, book) if line.digest not in own]


def look_at(root: Path) -> WitnessLook:
    """Read both witnesses of a workspace; a workspace without a code is known by where it lies."""
    beside = read_witness(root / _LINES)
    code = card_of(root).code or (beside.code if beside is not None else "")
    code = code if _CODE.fullmatch(code) else _code_at(root)
    here = read_witness(_file_here(code)) if code else None
    return WitnessLook(root, code, beside, here)


def lacking(witness: Witness, book: Register) -> list[KnownLine]:
    """What a witness knows beyond the lines that it has in common with the register, and no later line stands for.

    The same paper may stand in another line (entered again by hand); a paper whose number another one bears is settled
    when it went out anew.
    """
    same = witness.common(book)
    later = Counter(map(key_of, book.lines[same:]))
    mine = {line.digest for line in witness.lines}
    anew = {
        (line.kind, line.subject)
        for line, digest in zip(book.lines, book.hashes, strict=False)
        if isinstance(line, Line) and digest not in mine
    }
    found = []
    for line in witness.lines[same:]:
        if later[line.key] > 0:
            later[line.key] -= 1
        elif not (is_doubled(line, book) and (line.kind, line.subject) in anew):
            found.append(line)
    return found


def is_doubled(line: KnownLine, book: Register) -> bool:
    """Whether the number of a paper that the register lacks stands there for another paper."""
    bearing = book.by_number.get(line.name, ())
    return line.kind != VOIDED and any(key_of(other) != line.key for other in bearing)


def problems(root: Path, book: Register) -> list[Diagnostic]:
    """What the witnesses tell against the register of a workspace, as far as it is written."""
    if not book.whole:
        return []  # it can't be read: nobody knows what it lacks
    book = replace(book, lines=book.lines[: len(book.hashes)])  # without one that is only thought of
    look = look_at(root)
    lost = look.lost(book)
    doubled = [line for line in lost if is_doubled(line, book)]
    gone = [line for line in lost if not is_doubled(line, book)]
    found = [_gone(gone, look, book)] if gone else []
    found += [_doubled(line, book) for line in doubled]
    if look.original is not None and book.hashes:
        found.append(_copy(look.original, look.lost_elsewhere(book)))
    return [*found, *_missing(look, book)]


def against(root: Path, book: Register) -> list[Diagnostic]:
    """Where a witness knows more than the register: no line is written after it until it has all."""
    return [problem for problem in problems(root, book) if problem.severity is Severity.ERROR]


def _gone(lost: Sequence[KnownLine], look: WitnessLook, book: Register) -> Diagnostic:
    names = "、".join(line.words for line in lost[:_NAMED]) + ("等" if len(lost) > _NAMED else "")
    advice = "运行 recover（找回）：从存档、output 和发文见证里找回，逐条核对校验码；文书存在别处的，把那个文件夹或文件写在后面，如 recover 换下来的文件夹"
    forked = any(witness.knows_less_than(book) for witness in look.told_by(book))
    if forked:
        message = f"另一份工作目录也发过文，登记里没有：{names}，共 {len(lost)} 条。补齐以前不能印发"
        return error(Code.ISSUED_IN_ANOTHER_COPY, Place(FILE), message, f"两份合到一起时少了。{advice}")
    message = f"登记里少了发过的：{names}，共 {len(lost)} 条。再印发会重号，补齐以前不能印发"
    return error(Code.REGISTER_LACKS_ISSUED, Place(FILE), message, f"多半是换回了旧备份。{advice}")


def _doubled(line: KnownLine, book: Register) -> Diagnostic:
    other = next(other for other in book.by_number[line.name] if key_of(other) != line.key)
    message = f"{line.name} 发过两份：登记里是{other.kind} {other.subject}，另一份是 {line.day} 的{line.kind} {line.subject}"
    advice = f"收回{line.kind} {line.subject}那一份，重新取号发：issue {line.kind} {line.subject} --date 成文日期；发出以后不再提示"
    return warning(Code.NUMBER_OF_TWO_PAPERS, Place(FILE), message, advice)


def _copy(original: Path, lost: Sequence[KnownLine]) -> Diagnostic:
    if lost:
        message = (
            f"这是 {original} 的副本，那一份后来又发了 {'、'.join(line.words for line in lost[:_NAMED])}"
        )
        advice = "要接着办的，到那一份里印发；这一份只是试用、或从此分开用的，运行 recover --new-id，以后各取各的号"
        return error(Code.COPY_IS_BEHIND, Place(str(original)), message, advice)
    message = f"这是 {original} 的副本：两份都印发就会重号"
    advice = "到那一份里印发。这一份只是试用、或从此分开用的，照常印发：程序给它自己的编号，不再提示；以后不要再合到一起"
    return warning(Code.COPY_OF_A_WORKSPACE, Place(str(original)), message, advice)


def _missing(look: WitnessLook, book: Register) -> list[Diagnostic]:
    """Which witness of a workspace that has had them is not there, or damaged."""
    if not (book.hashes and card_of(look.root).code):
        return []
    seen = (("工作目录里的发文见证", look.beside), ("这台电脑上的发文见证", look.here))
    said = [
        f"{name}{'没有' if witness is None else '坏了一部分'}"
        for name, witness in seen
        if witness is None or witness.spoilt
    ]
    if not said:
        return []
    advice = (
        "换了电脑、拷来的工作目录头一次用，就是这样，不用管：下次印发或作废时补上。没有换过的，查是谁删的"
    )
    return [
        warning(
            Code.WITNESS_MISSING, Place(FOLDER), f"{'，'.join(said)}：登记少没少，只能由另一份来说", advice
        )
    ]


def note(root: Path, book: Register, texts: Sequence[str]) -> None:
    """Let both witnesses know the register as it stands now; `texts` are its lines as they are written.

    What they knew and the register lacks stays known. A copy of another workspace gets a code of its own. Where a
    witness can't be written it lags behind, which says nothing wrong.
    """
    with suppress(OSError):
        _note(root, book, texts)


def _note(root: Path, book: Register, texts: Sequence[str]) -> None:
    look = look_at(root)
    fresh = look.code if look.original is None and look.code else new_code()
    card = card_of(root)
    if card.code != fresh:
        put_card(root, replace(card, code=fresh))
    lost = look.lost(book) if look.original is None else []
    by_hash = {hash_of(text): text for text in texts}
    lines = [
        known(line, digest, by_hash.get(digest, ""))
        for line, digest in zip(book.lines, book.hashes, strict=False)
    ]
    _write(root, fresh, (*lines, *lost))


def _write(root: Path, code: str, lines: tuple[KnownLine, ...]) -> None:
    if not goes_through_link(root, root / FOLDER):
        _write_beside(root, Witness(code, "", lines))
    place = str(root.resolve())
    with suppress(OSError):
        write_witness(_file_here(code), Witness(code, place, lines), with_text=False)
        if _code_at(root) != code:
            write_durably(_pointer(place), code.encode())


def _write_beside(root: Path, witness: Witness) -> None:
    with suppress(OSError):
        write_witness(root / _LINES, witness, with_text=True)


def renew(root: Path) -> str:
    """Give a workspace a code of its own, from which on it is no copy of another; the code. Raises OSError.

    What the witness beside the data knows stays known.
    """
    beside = read_witness(root / _LINES)
    code = new_code()
    put_card(root, replace(card_of(root), code=code))
    _write(root, code, () if beside is None else beside.lines)
    return code


def keep_copies(root: Path, lines: Iterable[Line]) -> None:
    """Keep a second copy of each kept file of `lines` beside the data; what can't be copied is left out.

    A copy that is there stays as it is: what was kept may have been changed since.
    """
    for line in lines:
        for name, digest in line.files.items():
            copy = root / FOLDER / name
            with suppress(OSError):
                if (
                    not copy.is_file()
                    and not goes_through_link(root, copy)
                    and digest_of(data := (root / DATA / name).read_bytes(), name) == digest
                ):
                    copy.parent.mkdir(parents=True, exist_ok=True)
                    beside = temporary_of(copy)
                    beside.unlink(missing_ok=True)
                    write_new_file(beside, data)
                    beside.replace(copy)


def stands(root: Path) -> bool:
    """Whether there is a witness beside the data."""
    return (root / _LINES).is_file()


def sweep(root: Path) -> None:
    """Remove what was half written when a command was ended; of the state folder what is of this workspace."""
    beside = root / FOLDER
    for folder in (beside, *beside.glob(f"{KEPT}/*")):
        sweep_temporaries(folder)
    own = [_pointer(str(root.resolve())), *([_file_here(code)] if (code := card_of(root).code) else [])]
    for file in own:
        with suppress(OSError):
            temporary_of(file).unlink(missing_ok=True)


def digest_of(data: bytes, name: str) -> str:
    """The hash by which the register knows a kept file: of the content of a .docx, of the bytes of values.

    "" for a .docx that is no Word file.
    """
    try:
        return content_hash(data) if name.endswith(".docx") else values_hash(data)
    except Problems:
        return ""


def new_card(root: Path) -> None:
    """Give a workspace that was just made a card of the format of this program. Raises OSError."""
    put_card(root, IdentityCard(FORMAT, card_of(root).code or new_code()))


def _file_here(code: str) -> Path:
    return user_state() / "见证" / f"{code}.jsonl"


def _pointer(place: str) -> Path:
    return user_state() / "见证" / f"位置-{hashlib.sha256(place.encode()).hexdigest()[:16]}"


def _code_at(root: Path) -> str:
    """The code of the workspace that lay here when something last went out of it; "" where none did."""
    try:
        code = _pointer(str(root.resolve())).read_text("utf-8", "replace")
    except OSError:
        return ""
    return code if _CODE.fullmatch(code) else ""
