"""Artifacts to disk: judged first, then written; a person's file is never lost.

The manifest holds the hash of each file as we wrote it, so that a file that a person has edited is known.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, error, reason, refuse

MANIFEST = ".manifest.json"
JOURNAL = ".manifest.next.json"

CREATE, IDENTICAL, UPDATE, CONFLICT, STALE = "新建", "未变", "更新", "冲突", "多余"


@dataclass(frozen=True)
class Artifact:
    """A file to be: `path` below the output folder with forward slashes, its bytes and their content hash."""

    path: str
    data: bytes
    digest: str


@dataclass(frozen=True)
class Outcome:
    """What became, or would become, of one file: 新建 未变 更新 冲突 多余."""

    path: str
    state: str


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file at `path`; another program waits. Raises Problems where the folder can't be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as handle:
        _lock(handle.fileno())
        try:
            yield
        finally:
            _unlock(handle.fileno())


if os.name == "nt":
    import msvcrt

    def _lock(number: int) -> None:
        while True:
            with suppress(OSError):  # LK_LOCK gives up after ten seconds
                os.lseek(number, 0, os.SEEK_SET)
                msvcrt.locking(number, msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined]
                return

    def sync_folder(path: Path) -> None:
        """Windows has no such thing: a rename is in its journal."""

    def _unlock(number: int) -> None:
        os.lseek(number, 0, os.SEEK_SET)
        msvcrt.locking(number, msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined]

else:
    import fcntl

    def _lock(number: int) -> None:
        fcntl.flock(number, fcntl.LOCK_EX)

    def _unlock(number: int) -> None:
        fcntl.flock(number, fcntl.LOCK_UN)

    def sync_folder(path: Path) -> None:
        """What was made or renamed in a folder is on the disk, where the file system can promise that."""
        number = os.open(path, os.O_RDONLY)
        try:
            os.fsync(number)
        except OSError as problem:
            if problem.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EBADF):
                raise
        finally:
            os.close(number)


def write_durably(path: Path, data: bytes) -> None:
    """Replace `path` as a whole: a temporary file beside it, fsync, rename. On failure the old file stands."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        with temporary.open("wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def numbered_names(stem: str) -> Iterator[str]:
    """Without end: 2021-11-01, 2021-11-01-2, 2021-11-01-3 … The caller takes the first that is free."""
    yield stem
    yield from (f"{stem}-{number}" for number in count(2))


class Store:
    """The output folder of one year: `judge` says what would become of each file, `commit` does it."""

    def __init__(self, root: Path, name: str, digest: Callable[[bytes], str]) -> None:
        """`name` is how messages call the folder; `digest` is the content hash of a file's bytes."""
        self.root, self.name, self._digest = root, name, digest

    def judge(
        self,
        artifacts: Sequence[Artifact],
        *,
        covers: Callable[[str], bool],
        overwrite: bool = False,
    ) -> list[Outcome]:
        """What a commit would do. `covers(path)` tells whether this run makes all files of that kind."""
        _refuse_doubles(artifacts, self.name)
        known = self._known()
        outcomes = [Outcome(artifact.path, self._state(artifact, known, overwrite)) for artifact in artifacts]
        made = {artifact.path for artifact in artifacts}
        gone = [path for path in known if path not in made and covers(path) and (self.root / path).is_file()]
        return outcomes + [Outcome(path, STALE) for path in sorted(gone)]

    def commit(self, artifacts: Sequence[Artifact], outcomes: Sequence[Outcome]) -> None:
        """Do what was judged: every new file complete beside its place first, then renamed, the manifest last.

        Raises Problems when the disk is full or a file is open elsewhere; nothing half-made stays.
        """
        state = {outcome.path: outcome.state for outcome in outcomes}
        todo = [artifact for artifact in artifacts if state[artifact.path] in (CREATE, UPDATE)]
        known = self._known()
        manifest = self._next_manifest(artifacts, outcomes, known)
        if not todo and STALE not in state.values() and known == manifest:
            return
        try:
            staged = self._stage(todo)
        except OSError as problem:
            raise self._cannot(problem) from None
        try:
            write_durably(self.root / JOURNAL, _dump(manifest))
            for temporary, path in staged:
                self._replace(temporary, path)
            for outcome in outcomes:
                if outcome.state == STALE and self._is_ours(outcome.path, known):
                    self._remove(outcome.path)
            write_durably(self.root / MANIFEST, _dump(manifest))
            (self.root / JOURNAL).unlink()
        except OSError as problem:
            raise self._cannot(problem) from None
        finally:
            for temporary, _ in staged:
                with suppress(OSError):
                    temporary.unlink(missing_ok=True)

    def is_edited(self, path: str) -> bool:
        """Whether a person has changed the file since we wrote it."""
        return not self._is_ours(path, self._known())

    def _state(self, artifact: Artifact, known: Mapping[str, tuple[str, ...]], overwrite: bool) -> str:
        try:
            present = (self.root / artifact.path).read_bytes()
        except FileNotFoundError:
            return CREATE
        except OSError as problem:
            raise self._cannot(problem) from None
        if present == artifact.data:
            return IDENTICAL
        digest = self._digest(present)
        if digest == artifact.digest:
            return IDENTICAL
        return UPDATE if overwrite or digest in known.get(artifact.path, ()) else CONFLICT

    def _is_ours(self, path: str, known: Mapping[str, tuple[str, ...]]) -> bool:
        return self._digest((self.root / path).read_bytes()) in known.get(path, ())

    def _known(self) -> dict[str, tuple[str, ...]]:
        """The hashes that each file may have as we wrote it: of the last run, and of one that was cut off."""
        known: dict[str, tuple[str, ...]] = {}
        for name in (MANIFEST, JOURNAL):
            for path, digests in self._load(name).items():
                known[path] = tuple(dict.fromkeys((*known.get(path, ()), *digests)))
        return known

    def _load(self, name: str) -> dict[str, tuple[str, ...]]:
        try:
            loaded = json.loads((self.root / name).read_text("utf-8"))
            files = loaded["files"]
            if not all(isinstance(digests, list) for digests in files.values()):
                raise TypeError(files)
            return {str(path): tuple(map(str, digests)) for path, digests in files.items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            place = Place(f"{self.name}/{name}")
            raise refuse(
                Code.BAD_RECORD_OF_OUTPUT,
                place,
                "生成记录读不出来",
                "删掉这个文件；已有的文件会当作被人改过，用 --overwrite 重写",
            ) from None

    def _next_manifest(
        self, artifacts: Sequence[Artifact], outcomes: Sequence[Outcome], known: Mapping[str, tuple[str, ...]]
    ) -> dict[str, tuple[str, ...]]:
        state = {outcome.path: outcome.state for outcome in outcomes}
        manifest = {path: digests for path, digests in known.items() if state.get(path) != STALE}
        for artifact in artifacts:
            if state[artifact.path] != CONFLICT:
                manifest[artifact.path] = (artifact.digest,)
        return dict(sorted(manifest.items()))

    def _stage(self, artifacts: Iterable[Artifact]) -> list[tuple[Path, str]]:
        staged: list[tuple[Path, str]] = []
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            for artifact in artifacts:
                target = self.root / artifact.path
                target.parent.mkdir(parents=True, exist_ok=True)
                temporary = target.with_name(f".{target.name}.tmp")
                staged.append((temporary, artifact.path))
                temporary.write_bytes(artifact.data)
        except OSError:
            for temporary, _ in staged:
                with suppress(OSError):
                    temporary.unlink(missing_ok=True)
            raise
        return staged

    def _replace(self, temporary: Path, path: str) -> None:
        try:
            temporary.replace(self.root / path)
        except PermissionError:
            place = Place(f"{self.name}/{path}")
            raise refuse(
                Code.FILE_OPEN, place, "文件正被打开，写不进去", "在 Word 或 WPS 里关掉它，再运行一次"
            ) from None

    def _remove(self, path: str) -> None:
        (self.root / path).unlink()
        folder = (self.root / path).parent
        while folder != self.root and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent

    def _cannot(self, problem: OSError) -> Problems:
        where = Path(problem.filename).name if problem.filename else self.name
        return refuse(
            Code.OUTPUT_NOT_WRITTEN,
            Place(self.name),
            f"写不了 {where}（{reason(problem)}）",
            "检查磁盘空间和写权限",
        )


def _refuse_doubles(artifacts: Sequence[Artifact], name: str) -> None:
    seen: dict[str, str] = {}
    problems: list[Diagnostic] = []
    for artifact in artifacts:
        folded = artifact.path.casefold()
        if folded in seen:
            problems.append(
                error(
                    Code.TWO_OUTPUTS_OF_ONE_NAME,
                    Place(f"{name}/{artifact.path}"),
                    "两份文书用了同一个文件名",
                    "在 文种.yaml 的「文件名」里加上编号",
                )
            )
        seen[folded] = artifact.path
    if problems:
        raise Problems(problems)


def _dump(manifest: Mapping[str, tuple[str, ...]]) -> bytes:
    text = json.dumps({"说明": "程序生成，请勿手改", "files": dict(manifest)}, ensure_ascii=False, indent=1)
    return (text + "\n").encode()
