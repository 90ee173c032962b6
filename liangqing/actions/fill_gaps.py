"""What a new workspace leaves open, with 「填：」 beside it: found, filled in, judged and written, before the year can be read.

Once all is filled in, records are changed through `changes/`; until then there are no records that could be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from liangqing.base.bounds import is_file
from liangqing.base.diagnostics import Diagnostic, Problems, Severity
from liangqing.base.folders import DATA, REGISTER
from liangqing.changes.accepting import Taken, accept
from liangqing.changes.judging import JudgedRun
from liangqing.data import workspace
from liangqing.data.field_values import value_of
from liangqing.data.fields import EntryField, tables
from liangqing.data.yaml import places
from liangqing.data.yaml.edit import apply_edits
from liangqing.data.yaml.edited_trees import Edit
from liangqing.data.yaml.places import Source, Step, Tree
from liangqing.year.blank_year import blank_workspace

MARK = "# 填："
HEADS = frozenset(field.path[0] for table in tables() for field in table.fields if field.alone)


@dataclass(frozen=True)
class Gap:
    """A key without a value: in which file (below the workspace), where in it, and what to fill in.

    `record` is what the record is called, `field` the field of the model (None: the model has none of that key).
    """

    file: str
    path: tuple[Step, ...]
    record: str
    help: str
    field: EntryField | None

    @property
    def name(self) -> str:
        """Tells it from all others, and says nothing of the disk that an address could use."""
        return f"{self.file}:{'.'.join(map(str, self.path))}"

    @property
    def person(self) -> bool:
        """Whether a person with a post is asked for, who has no field of one value in the model."""
        return self.field is None and self.path[-1] in HEADS

    @property
    def label(self) -> str:
        """What a person calls it."""
        return self.field.label if self.field else str(self.path[-1])


@dataclass(frozen=True)
class FilledGaps:
    """What came of filling in: the gaps that are left, or what is wrong, by which nothing was written."""

    left: int
    wrong: tuple[Diagnostic, ...] = ()
    taken: Taken | None = None


def gaps(root: Path) -> list[Gap]:
    """All of a workspace, file by file; of files that can't be read none."""
    return [gap for source in _sources(root) for gap in _gaps_of(source)]


def _sources(root: Path) -> Iterator[Source]:
    for path in sorted((root / DATA).rglob("*.yaml")):
        if path == root / REGISTER or not is_file(path) or MARK.encode() not in path.read_bytes():
            continue
        try:
            yield places.load(path, path.relative_to(root).as_posix())
        except Problems:
            continue


def _gaps_of(source: Source) -> Iterator[Gap]:
    lines = source.data.decode("utf-8").splitlines()
    for path in _empty(source.tree, ()):
        line = lines[(source.key_place(*path).line or 1) - 1]
        if MARK in line:
            yield Gap(source.name, path, _called(source, path), line.partition(MARK)[2].strip(), _field(path))


def _empty(tree: Tree, path: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    """The paths of keys that hold nothing."""
    below = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for step, value in below:
        if value is None and isinstance(step, str):
            yield (*path, step)
        else:
            yield from _empty(value, (*path, step))


def _called(source: Source, path: tuple[Step, ...]) -> str:
    listed = len(path) > 2 and isinstance(path[1], int)
    record = source.at(path[:2]) if listed else None
    values = record if isinstance(record, dict) else {}
    return " ".join(filter(None, (str(path[0]), *(str(values.get(key) or "") for key in ("编号", "名称")))))


def _field(path: tuple[Step, ...]) -> EntryField | None:
    section, *keys = (step for step in path if isinstance(step, str))
    for table in tables():
        inside = keys[1:] if table.inside and keys[:1] == [table.inside] else keys
        if table.section == section and bool(table.inside) == (inside is not keys):
            for field in table.fields:
                if list(field.path) == inside:
                    return field
    return None


def fill(root: Path, values: Mapping[str, str], today: date) -> FilledGaps:
    """Write what a person filled in, by the names of gaps; an empty text leaves its gap open.

    Nothing is written where one of the values is no value for its key: that is told. Raises Problems where a file was
    changed in the meantime, OSError where one can't be written.
    """
    files: dict[str, tuple[bytes | None, bytes]] = {}
    after: dict[str, Source] = {}
    for source in _sources(root):
        edits = [
            Edit(gap.path, _value(gap, values[gap.name]))
            for gap in _gaps_of(source)
            if values.get(gap.name, "").strip()
        ]
        if edits:
            data = apply_edits(source, edits)
            files[source.name] = (source.data, data)
            after[source.name] = Source(source.name, data, places.parse(data, source.name))
    wrong = _wrong(root, after)
    if wrong:
        return FilledGaps(len(gaps(root)), tuple(wrong))
    opened = blank_workspace(root, today.year, today)
    taken = accept(opened, JudgedRun(files=files), today) if files else None
    return FilledGaps(len(gaps(root)), taken=taken)


def _value(gap: Gap, text: str) -> Tree:
    if gap.person:
        *names, post = text.split()
        return {**({"姓名": "".join(names)} if names else {}), "职务": post}
    return value_of(gap.field, text) if gap.field else text.strip()


def _wrong(root: Path, after: Mapping[str, Source]) -> list[Diagnostic]:
    """The errors of the files as they would be that are none of them as they are."""
    known = Counter((problem.code, problem.message) for problem in _errors(workspace.load(root)))
    found = []
    for problem in _errors(workspace.load(root, after)):
        known[problem.code, problem.message] -= 1
        if problem.place.file in after and known[problem.code, problem.message] < 0:
            found.append(problem)
    return found


def _errors(data: workspace.Workspace) -> Iterator[Diagnostic]:
    return (problem for problem in data.diagnostics if problem.severity is Severity.ERROR)
