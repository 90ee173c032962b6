"""Artifacts to disk: judged first, then written; a person's file is never lost.

The manifest holds the hash of each file as we wrote it, so that a file that a person has edited is known: over its
bytes, or over its content where an earlier version of the program wrote it down.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from liangqing.base import file_names
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, error, reason, refuse, remedy
from liangqing.base.locks import locked as locked
from liangqing.base.output_inputs import FileSeen, Remembered, remember, remembered
from liangqing.base.plain_json import load_json
from liangqing.base.safe_files import refuse_links, refuse_no_file, sweep_temporaries, write_durably
from liangqing.base.scratch import scratch_folder

MANIFEST = ".manifest.json"
JOURNAL = ".manifest.next.json"
TICK = 0.02  # seconds, in which the clocks of file systems go on: what is saved afterwards bears another time
STAGING = ".staging"  # below it each new file stands complete before it is moved in

CREATE, IDENTICAL, UPDATE, CONFLICT, STALE = "新建", "未变", "更新", "冲突", "多余"


@dataclass(frozen=True)
class Artifact:
    """A file to be: `path` below the output folder with forward slashes, and its bytes."""

    path: str
    data: bytes


@dataclass(frozen=True)
class Judged:
    """A file as it was judged: what is to become of it, and the hash of its bytes, by which it is known afterwards.

    `inputs` is a hash over all that it was made from; "" where nobody knows. `seen` is what stood in its place.
    """

    path: str
    state: str
    digest: str
    inputs: str = ""
    seen: FileSeen | None = None


@dataclass(frozen=True)
class Outcome:
    """What became, or would become, of one file: 新建 未变 更新 冲突 多余."""

    path: str
    state: str


def numbered_names(stem: str) -> Iterator[str]:
    """Without end: 2021-11-01, 2021-11-01-2, 2021-11-01-3 … The caller takes the first that is free."""
    yield stem
    yield from (f"{stem}-{number}" for number in count(2))


class Store:
    """The output folder of one year: `judge` says what would become of each file, `commit` does it."""

    def __init__(self, root: Path, name: str, digest: Callable[[bytes], str]) -> None:
        """`name` is how messages call the folder; `digest` gives the content hash of bytes, whatever zip they are in."""
        self.root, self.name, self._digest = root, name, digest
        self._folder = str(root)

    def paths(self, wanted: Callable[[str], bool]) -> list[str]:
        """The files that we wrote and that are there, by path below the folder, of the paths that are `wanted`.

        Raises Problems for an unreadable manifest.
        """
        return [path for path in self._known() if wanted(path) and (self.root / path).is_file()]

    def begin(
        self,
        *,
        overwrite: bool = False,
        dry_run: bool = False,
        fresh: bool = False,
        spared: Set[str] = frozenset(),
    ) -> OutputRun:
        """Begin to judge, and but for a dry run to stage, the files of one run; see there.

        Nothing is taken for unchanged where `fresh`; the files of `spared` stay as they are, whatever is to be. What a run that was killed has left is swept away: nobody else
        may be at work in the folder (`locked`).
        Raises Problems for an unreadable manifest.
        """
        refuse_links(self.root.parent, self.root)
        refuse_links(self.root, self.root / STAGING)
        if not dry_run:
            self._sweep()
        before = {path: note for path, note in remembered(self.root).items() if not fresh or path in spared}
        return OutputRun(
            self, self._known(), before, overwrite=overwrite, dry_run=dry_run, spared=frozenset(spared)
        )

    def _sweep(self) -> None:
        shutil.rmtree(self.root / STAGING, ignore_errors=True)
        sweep_temporaries(self.root)

    def at(self, path: str) -> str:
        """Where a file stands, as a text: quick to make for each of thousands."""
        return f"{self._folder}/{path}"

    def is_edited(self, path: str) -> bool:
        """Whether a person has changed the file since we wrote it."""
        return not self.is_ours(path, self._known())

    def own_now(self, digest: str) -> list[str]:
        """Count each file of ours that a person changed to bytes of this SHA-256 as ours again: nothing is lost with it.

        For a file of which all that a person changed was taken into the data. Nobody else may be at work in the folder
        (`locked`). The paths; raises Problems for a disk that refuses.
        """
        known = self._known()
        mine = [path for path in known if self._has_bytes(path, digest) and digest not in known[path]]
        if mine:
            more = {path: (*known[path], digest) for path in mine}
            try:
                write_durably(self.root / MANIFEST, _dump({**known, **more}))
            except OSError as problem:
                raise self.cannot(problem) from None
        return mine

    def _has_bytes(self, path: str, digest: str) -> bool:
        try:
            return _bytes_hash((self.root / path).read_bytes()) == digest
        except OSError:
            return False

    def is_ours(self, path: str, known: Mapping[str, tuple[str, ...]]) -> bool:
        """Whether the file is as we wrote it; `known` are the hashes that it may have then. Raises Problems for a link."""
        refuse_links(self.root, self.root / path)
        return self._written_by_us((self.root / path).read_bytes(), known.get(path, ()))

    def _written_by_us(self, data: bytes, hashes: Sequence[str]) -> bool:
        return bool(hashes) and (_bytes_hash(data) in hashes or self._digest(data) in hashes)

    def judge(self, artifact: Artifact, known: Mapping[str, tuple[str, ...]], *, overwrite: bool) -> Judged:
        """What is to become of a file; what has the same content in another zip is left as it stands."""
        digest = _bytes_hash(artifact.data)
        refuse_no_file(self.root / artifact.path)
        try:
            seen = FileSeen.of(self.at(artifact.path))
            present = (self.root / artifact.path).read_bytes()
        except FileNotFoundError:
            return Judged(artifact.path, CREATE, digest)
        except OSError as problem:
            raise self.cannot(problem) from None
        if present == artifact.data:
            return Judged(artifact.path, IDENTICAL, digest, seen=seen)
        if self._digest(present) == self._digest(artifact.data):
            return Judged(artifact.path, IDENTICAL, _bytes_hash(present), seen=seen)
        ours = overwrite or self._written_by_us(present, known.get(artifact.path, ()))
        return Judged(artifact.path, UPDATE if ours else CONFLICT, digest, seen=seen)

    def cannot(self, problem: OSError) -> Problems:
        """Why a file could not be read or written, as a person is told it."""
        where = Path(problem.filename).name if problem.filename else self.name
        return refuse(
            Code.OUTPUT_NOT_WRITTEN,
            Place(self.name),
            f"写不了 {where}（{reason(problem)}）",
            remedy(problem),
        )

    def _known(self) -> dict[str, tuple[str, ...]]:
        """The hashes that each file may have as we wrote it: of the last run, and of one that was cut off."""
        known = self._load(MANIFEST)
        for path, digests in self._load(JOURNAL).items():
            known[path] = tuple(dict.fromkeys((*known.get(path, ()), *digests)))
        return known

    def _load(self, name: str) -> dict[str, tuple[str, ...]]:
        refuse_no_file(self.root / name)
        try:
            loaded = load_json(self.root / name)
            files = loaded["files"]
            if not all(isinstance(digests, list) and _is_below(path) for path, digests in files.items()):
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


class OutputRun:
    """The files of one run: judged and staged one by one, in any process, then all moved in together.

    No paper below the output folder changes before `commit`; memory does not grow with the files. A dry run stages
    in a folder of a moment.
    """

    def __init__(
        self,
        store: Store,
        known: Mapping[str, tuple[str, ...]],
        before: Mapping[str, Remembered],
        *,
        overwrite: bool,
        dry_run: bool,
        spared: Set[str] = frozenset(),
    ) -> None:
        self.store, self.dry_run, self.spared = store, dry_run, spared
        self._known, self._before, self._overwrite = known, before, overwrite
        self._until_dropped = ExitStack()
        self._staging = (
            self._until_dropped.enter_context(scratch_folder()) if dry_run else store.root / STAGING
        )
        self._folders: set[str] = set()

    def unchanged(self, path: str, inputs: str) -> Judged | None:
        """The file, where it was made from the same inputs and is as it was written then; it is not read.

        None where that is not sure: it has to be made and put.
        """
        before = self._before.get(path)
        if before is None or before.inputs != inputs or before.digest not in self._known.get(path, ()):
            return None
        try:
            seen = FileSeen.of(self.store.at(path))
        except OSError:
            return None
        return Judged(path, IDENTICAL, before.digest, inputs, seen) if seen == before.seen else None

    def put(self, artifact: Artifact, inputs: str = "") -> Judged:
        """Judge a file, and stage it where it is to be written. Raises Problems for a disk that refuses."""
        judged = self.store.judge(artifact, self._known, overwrite=self._overwrite)
        if judged.state == UPDATE and artifact.path in self.spared:
            judged = replace(judged, state=CONFLICT)
        if judged.state in (CREATE, UPDATE):
            try:
                self._stage(artifact)
            except OSError as problem:
                raise self.store.cannot(problem) from None
        return replace(judged, inputs=inputs)

    def outcomes(self, judged: Sequence[Judged], *, covers: Callable[[str], bool] | None) -> list[Outcome]:
        """What a commit would do. `covers(path)` tells whether this run makes all files of that kind; None: of none.

        Raises Problems for two files of one name.
        """
        _refuse_doubles(judged, self.store.name)
        made = {file.path for file in judged}
        root = self.store.root
        left = [path for path in self._known if path not in made and covers(path)] if covers else []
        left = [path for path in left if path not in self.spared]
        gone = [path for path in left if (root / path).is_file()]
        return [Outcome(file.path, file.state) for file in judged] + [
            Outcome(path, STALE) for path in sorted(gone)
        ]

    def staged(self, path: str) -> Path:
        """Where a file stands that is to be written, until it is moved in."""
        return self._staging / path

    def commit(self, judged: Sequence[Judged], outcomes: Sequence[Outcome]) -> list[Outcome]:
        """Move in what is staged and remove what is no longer made, the manifest last; what became of each file.

        A file that a person changed since it was judged is left alone: 冲突. Raises Problems when the disk is full
        or a file is open elsewhere; nothing half-made stays.
        """
        stale = [outcome.path for outcome in outcomes if outcome.state == STALE]
        judged = [self._judged_again(file) for file in judged]
        todo = [file for file in judged if file.state in (CREATE, UPDATE)]
        manifest = self._manifest(judged, stale)
        try:
            written = {file.path: FileSeen.of(f"{self._staging}/{file.path}") for file in todo}
            if todo or stale or self._known != manifest or (self.store.root / JOURNAL).exists():
                self._move_in(todo, stale, manifest)
            self._remember(judged, stale, written)
        except OSError as problem:
            raise self.store.cannot(problem) from None
        finally:
            self.drop()
        return [Outcome(file.path, file.state) for file in judged] + [Outcome(path, STALE) for path in stale]

    def _judged_again(self, file: Judged) -> Judged:
        if file.state in (CREATE, UPDATE) and _seen(self.store.at(file.path)) != file.seen:
            return replace(file, state=CONFLICT)
        return file

    def drop(self) -> None:
        """Sweep away what was staged and not moved in."""
        if not self.dry_run:
            shutil.rmtree(self._staging, ignore_errors=True)
        self._until_dropped.close()

    def _stage(self, artifact: Artifact) -> None:
        folder = artifact.path.rpartition("/")[0]
        if folder not in self._folders:
            (self._staging / folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        self.staged(artifact.path).write_bytes(artifact.data)

    def _move_in(
        self, todo: Sequence[Judged], stale: Sequence[str], manifest: Mapping[str, tuple[str, ...]]
    ) -> None:
        root, told = self.store.root, _dump(manifest)
        write_durably(root / JOURNAL, told)
        for folder in sorted({file.path.rpartition("/")[0] for file in todo}):
            refuse_links(root, root / folder)
            (root / folder).mkdir(parents=True, exist_ok=True)
        for file in todo:
            self._replace(file.path)
        for path in stale:
            if self.store.is_ours(path, self._known):
                self._remove(path)
        write_durably(root / MANIFEST, told)
        (root / JOURNAL).unlink()

    def _manifest(self, judged: Sequence[Judged], stale: Iterable[str]) -> dict[str, tuple[str, ...]]:
        manifest = dict(self._known)
        for path in stale:
            manifest.pop(path, None)
        manifest |= {file.path: (file.digest,) for file in judged if file.state != CONFLICT}
        return dict(sorted(manifest.items()))

    def _remember(
        self, judged: Sequence[Judged], stale: Iterable[str], written: Mapping[str, FileSeen]
    ) -> None:
        """What each file was made from, for `unchanged` in the next run; `written`: as they stood when staged.

        A file that a person saves from the moment on at which it was judged or moved in is not noted as ours.
        """
        after = dict(self._before)
        for path in stale:
            after.pop(path, None)
        for file in judged:
            seen = self._as_written(file.path, written[file.path]) if file.path in written else file.seen
            if file.inputs and seen is not None and file.state != CONFLICT:
                after[file.path] = Remembered(file.inputs, file.digest, seen)
            elif file.path not in self.spared:
                after.pop(file.path, None)
        if written:
            time.sleep(TICK)
        if after != self._before:
            remember(self.store.root, after)

    def _as_written(self, path: str, staged: FileSeen) -> FileSeen | None:
        """A file that was moved in, as it is seen now; None where it is not the one that was staged."""
        seen = _seen(self.store.at(path))
        return seen if seen is not None and seen._replace(touched=staged.touched) == staged else None

    def _replace(self, path: str) -> None:
        try:
            self.staged(path).replace(self.store.at(path))
        except PermissionError:
            place = Place(f"{self.store.name}/{path}")
            raise refuse(
                Code.FILE_OPEN, place, "文件正被打开，写不进去", "在 Word 或 WPS 里关掉它，再运行一次"
            ) from None

    def _remove(self, path: str) -> None:
        root = self.store.root
        (root / path).unlink()
        folder = (root / path).parent
        while folder != root and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent


def _is_below(path: str) -> bool:
    """Whether a path of the manifest leads below the folder, and nowhere else."""
    return path.strip("./") != "" and path[0] != "/" and ":" not in path and ".." not in path.split("/")


def _bytes_hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _seen(path: str) -> FileSeen | None:
    """What stands at `path`; None where nothing does."""
    try:
        return FileSeen.of(path)
    except FileNotFoundError:
        return None


def _refuse_doubles(files: Iterable[Judged], name: str) -> None:
    seen: dict[str, str] = {}
    problems: list[Diagnostic] = []
    for file in files:
        folded = file_names.folded(file.path)
        if folded in seen:
            problems.append(
                error(
                    Code.TWO_OUTPUTS_OF_ONE_NAME,
                    Place(f"{name}/{file.path}"),
                    "两份文书用了同一个文件名",
                    "在 文种.yaml 的「文件名」里加上编号",
                )
            )
        seen[folded] = file.path
    if problems:
        raise Problems(problems)


def _dump(manifest: Mapping[str, tuple[str, ...]]) -> bytes:
    text = json.dumps({"说明": "程序生成，请勿手改", "files": dict(manifest)}, ensure_ascii=False, indent=1)
    return (text + "\n").encode()
