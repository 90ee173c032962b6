"""What the register and the kept papers lost, brought back from the witness, from output/ and from what is given.

Nothing is believed: a line is taken as it was written where its hash is the known one and it follows the last line, a
file where its hash is that of its line. What goes another way is entered as a new line and told so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from liangqing import register
from liangqing.actions.restoring import prove
from liangqing.base import bounds
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, Severity, error, refuse
from liangqing.base.file_changes import FileChanges, write_together
from liangqing.base.folders import BACKUPS, DATA, LOCK, OUTPUT, REGISTER
from liangqing.base.output_files import locked, numbered_names
from liangqing.base.scratch import scratch_folder
from liangqing.register import ELSEWHERE, Line, Register, Void
from liangqing.register.known_lines import VOIDED, KnownLine, key_of, known
from liangqing.register.reading import parsed_line, texts_in
from liangqing.register.sealing import hash_of, is_sealed
from liangqing.register.witness import FOLDER, digest_of, is_doubled, look_at, renew
from liangqing.register.writing import append_text, put_register, stamp_anew

LOST_WORDS = "文书没有找回，只登记文号"
_SUFFIXES = (".docx", ".json")


@dataclass
class Recovered:
    """What came back: lines as they were written, lines entered anew, files; and what is still lacking, with what to do."""

    lines: list[str] = field(default_factory=list)
    anew: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    left: list[Diagnostic] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        """Whether nothing was lacking at all."""
        return not (self.lines or self.anew or self.files or self.left)


def recover(root: Path, given: Sequence[Path], today: date, *, number_only: bool = False) -> Recovered:
    """Bring back lost lines of the register and lost or changed kept papers; what can't be proved stays away.

    `given`: further files, folders and packages of `backup` to look in; a 发文登记.yaml in them also tells of lines. `number_only`: a
    line of which no text is known is entered with its number alone, so that the number is never given again.
    Raises Problems where something given is not there, and for a register that can't be read and of which no witness
    has the whole.
    """
    for path in given:
        if not path.exists():
            raise refuse(Code.NOTHING_TO_RECOVER_FROM, Place(str(path)), "没有这个文件或文件夹", "核对名称")
    with _unpacked(given) as places, locked(root / LOCK):
        register.recover(root)
        done = Recovered()
        told = [*(text for path in places for text in _texts_below(path)), *texts_in(root / REGISTER)]
        book = _readable(root, done, today)
        for line in _lost(root, book, told):
            book = _entered(root, book, line, done, number_only=number_only)
        if done.lines or done.anew:
            stamp_anew(root)
        _bring_files(root, book, _Sources(root, tuple(places)), done, today)
        register.keep_copies(root, book.issued)
        done.left += [problem for problem in register.load(root).diagnostics if _is_error(problem)]
    return done


@contextmanager
def _unpacked(given: Sequence[Path]) -> Iterator[list[Path]]:
    """What is given, packages of `backup` as folders of their files for as long as that lasts.

    Raises Problems for a package that is not whole.
    """
    with ExitStack() as folders:
        places = []
        for path in given:
            if path.suffix.lower() == ".zip":
                folder = folders.enter_context(scratch_folder())
                for name, data in prove(path).files.items():
                    (folder / name).parent.mkdir(parents=True, exist_ok=True)
                    (folder / name).write_bytes(data)
                places.append(folder)
            else:
                places.append(path)
        yield places


def _is_error(problem: Diagnostic) -> bool:
    return problem.severity is Severity.ERROR


def separate(root: Path) -> None:
    """Give a copy of a workspace a code of its own. Raises OSError."""
    with locked(root / LOCK):
        register.recover(root)
        renew(root)


def _readable(root: Path, done: Recovered, today: date) -> Register:
    """The register; where it was altered, as the witness beside the data has it, the altered one put aside."""
    book = register.load(root)
    errors = {problem.code for problem in book.diagnostics if _is_error(problem)}
    if errors <= {Code.REGISTER_CUT_SHORT}:
        return book
    whole = _whole(root, book)
    if not whole:
        raise Problems(book.diagnostics)
    before = texts_in(root / REGISTER)
    aside = {_aside(root, root / REGISTER, today): (root / REGISTER).read_bytes()}
    put_register(root, whole, aside)
    done.lines += [f"第{number}条" for number, text in enumerate(whole, 1) if text not in before]
    return register.load(root)


def _whole(root: Path, book: Register) -> list[str]:
    """All lines as the witness beside the data has them, where they are a sound chain.

    None where the register has a line as it was written, of another copy, whose number the witness has for another
    paper: nobody can say here which of the two stays.
    """
    beside = look_at(root).beside
    texts = [line.text for line in beside.lines] if beside is not None else []
    keys = {line.key: line.name for line in beside.lines} if beside is not None else {}
    written = [line for text in texts_in(root / REGISTER) if is_sealed(text) and (line := parsed_line(text))]
    strange = [line for line in written if key_of(line) not in keys]
    doubled = {line.name for line in strange if isinstance(line, Line)} & set(keys.values())
    return texts if _is_chain(texts) and not doubled else []


def _is_chain(texts: Sequence[str]) -> bool:
    """Whether lines are as they were written, each chained to the one before."""
    before = "无"
    for text in texts:
        if not is_sealed(text) or f"前: {before}, 校: " not in text:
            return False
        before = hash_of(text)
    return bool(texts)


def _lost(root: Path, book: Register, told: Sequence[str]) -> list[KnownLine]:
    """What the witnesses know and the register lacks, and what else stands in `told`, lines of registers as written."""
    sound = {hash_of(text): text for text in told if is_sealed(text)}
    lost = look_at(root).lost(book)
    own = {*book.hashes, *(line.digest for line in lost)}
    found = [replace(line, text=line.text or sound.get(line.digest, "")) for line in lost]
    return [*found, *_further(book, [text for digest, text in sound.items() if digest not in own])]


def _further(book: Register, texts: Iterable[str]) -> Iterator[KnownLine]:
    """Lines of another copy's register that no witness of this one knows."""
    have = {key_of(line) for line in book.lines}
    for text in texts:
        line = parsed_line(text)
        if line is not None and key_of(line) not in have:
            yield known(line, hash_of(text), text)


def _texts_below(path: Path) -> Iterator[str]:
    """The lines of the registers in a given folder, or of one that is given itself."""
    name = Path(REGISTER).name
    files = sorted(path.rglob(name)) if path.is_dir() else [path] if path.name == name else []
    for file in files:
        yield from texts_in(file)


def _entered(root: Path, book: Register, lost: KnownLine, done: Recovered, *, number_only: bool) -> Register:
    """The register with a lost line in it: as it was written, else anew; as it was where it can't be entered."""
    line = parsed_line(lost.text) if lost.text else None
    proved = line is not None and hash_of(lost.text) == lost.digest and is_sealed(lost.text)
    if is_doubled(lost, book):
        return book  # told by `check`: one of the two papers goes out anew
    if line is not None and proved and _follows(lost.text, line, book):
        done.lines.append(lost.words)
        return append_text(root, lost.text, line, book)
    fresh = line if proved else _number_alone(lost) if number_only or lost.kind == VOIDED else None
    if fresh is None:
        done.left.append(_no_text(lost))
        return book
    done.anew.append(lost.words)
    return register.append(root, replace(fresh, serial=len(book.lines) + 1), book)


def _follows(text: str, line: Line | Void, book: Register) -> bool:
    return line.serial == len(book.hashes) + 1 and f"前: {book.last_hash}, 校: " in text


def _number_alone(lost: KnownLine) -> Line | Void | None:
    """A line that keeps the number taken, of a paper of which nothing is left; None for one without a number."""
    day = date.fromisoformat(lost.day)
    if lost.kind == VOIDED:
        return Void(0, lost.name, day, "登记丢失后按发文见证补记，原来的理由没有找回")
    return Line(
        serial=0,
        kind=lost.kind,
        subject=lost.subject,
        title=LOST_WORDS,
        addressee="",
        year=day.year,
        issued=day,
        file="",
        content="",
        values="",
        number=lost.name if "〕" in lost.name else None,
        notes=(ELSEWHERE,),
    )


def _no_text(lost: KnownLine) -> Diagnostic:
    message = f"{lost.words}，{lost.day} 发的：只知道发过，登记的原文没有找到"
    advice = (
        "有换下来的工作目录、较新的备份的，把那个文件夹写在后面再运行一次；"
        "都没有的，加 --number-only，只登记文号，不再给别的文书"
    )
    return error(Code.LOST_LINE_NOT_FOUND, Place(REGISTER), message, advice)


@dataclass
class _Sources:
    """Where lost files are looked for, by hash: beside the data, in output/, in what is given; read when first asked."""

    root: Path
    given: tuple[Path, ...]
    _read: dict[str, Path] | None = None

    def find(self, name: str, digest: str) -> bytes | None:
        """The bytes of a file with that hash."""
        copy = self.root / FOLDER / name
        if _is(copy, name, digest):
            return copy.read_bytes()
        if self._read is None:
            self._read = {_digest(path): path for path in self._files()}
        path = self._read.get(digest)
        return None if path is None else path.read_bytes()

    def _files(self) -> Iterator[Path]:
        folders = (self.root / OUTPUT, self.root / DATA / "发文", self.root / FOLDER)
        for place in (*folders, *self.given):
            below = sorted(place.rglob("*")) if place.is_dir() else [place]
            yield from (path for path in below if path.suffix in _SUFFIXES and path.is_file())


def _digest(path: Path) -> str:
    try:
        return digest_of(path.read_bytes(), path.name) if path.stat().st_size <= bounds.FILE else ""
    except OSError:
        return ""


def _is(path: Path, name: str, digest: str) -> bool:
    return path.is_file() and digest_of(path.read_bytes(), name) == digest


def _bring_files(root: Path, book: Register, sources: _Sources, done: Recovered, today: date) -> None:
    """Put back all kept files that are found, as one; what stands in their places is kept below 备份/."""
    changes: dict[str, bytes | None] = {}
    for line in book.issued:
        for name, digest in line.files.items():
            path = root / DATA / name
            if _is(path, name, digest):
                continue
            data = sources.find(name, digest)
            if data is None:
                done.left.append(_no_file(line, name))
                continue
            if path.exists():
                changes[_aside(root, path, today)] = path.read_bytes()
            changes[f"{DATA}/{name}"] = data
            done.files.append(name)
    write_together(root, FileChanges(changes))


def _no_file(line: Line, name: str) -> Diagnostic:
    message = f"{line.name} 的存档没有找到：存档、output、发文见证和写明的地方都没有和发出时一样的"
    advice = "有备份、有发给单位的那一份的，把文件或文件夹写在后面再运行一次"
    return error(Code.LOST_FILE_NOT_FOUND, Place(f"{DATA}/{name}"), message, advice)


def _aside(root: Path, path: Path, today: date) -> str:
    """Where what is about to be replaced is kept, below 备份/, so that nothing is lost."""
    name = path.relative_to(root).as_posix()
    folders = (f"{BACKUPS}/{called}" for called in numbered_names(f"{today}-找回前"))
    return next(f"{folder}/{name}" for folder in folders if not (root / folder / name).exists())
