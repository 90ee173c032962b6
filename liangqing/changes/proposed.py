"""What a person hands over, as changes of records: new, altered, withdrawn. Readers make these and judge nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from liangqing.base.diagnostics import Diagnostic, Place
from liangqing.data.model.types import ModelRecord
from liangqing.data.yaml.places import Step, Tree

Path: TypeAlias = tuple[Step, ...]
FOLDER = "收回"  # below that of a year: forms as they came, and what was read out of them
BESIDE_ORIGINALS = FOLDER  # as `file` of a NewRecord: a new file of the day, beside the originals


@dataclass(frozen=True)
class NewRecord:
    """A record of `section` (问题) that is not there yet, with keys and values as in YAML.

    Without 编号 it is given the next one. `places` says where each value stands in what was handed over; that of the
    record itself, (), is required. `file` is the one to write it into, below the workspace; None: where the section is
    kept in that year, which is made when there is none; BESIDE_ORIGINALS: a new one. `remark` is a comment to stand above
    it in YAML. A key that holds None is left open there for a person to fill in.

    A reference may be the 名称 of another new record of the run, or its 编号 that is still to be given: 新1.
    """

    section: str
    tree: Mapping[str, Tree]
    places: Mapping[Path, Place]
    file: str | None = None
    remark: str = ""


@dataclass(frozen=True)
class AlteredValue:
    """A value of a record that is there, at `path` below it: a text, a list or a mapping; None takes the key out.

    A number in `path` at or beyond the end of a list adds an item to it: ("任务落实", 99). `places` says where each
    value below `path` stands in what was handed over; that of the value itself, (), is required. `head` is what a
    person calls it (a column, a field of a form).
    """

    record: ModelRecord
    path: Path
    value: Tree
    places: Mapping[Path, Place]
    head: str = ""


@dataclass(frozen=True)
class Withdrawn:
    """A record that is there, or the item of one of its lists at `path` below it, taken out; `place` says who asks."""

    record: ModelRecord
    place: Place
    path: Path = ()


Proposal: TypeAlias = NewRecord | AlteredValue | Withdrawn


@dataclass(frozen=True)
class Handed:
    """What one file handed over (a form, a workbook): taken as a whole or not at all.

    `name` is what messages call it; `told` are warnings of the reader; `original` is kept beside the records where it
    is given, under the name `kept_as` (""; under its own); `section` is what it is about, for what is told next (""
    where it is several). A `draft` may hold words to be replaced (【填 …】), which are wrong only until a person has done so.
    """

    name: str
    proposals: tuple[Proposal, ...]
    told: tuple[Diagnostic, ...] = ()
    original: bytes | None = field(default=None, repr=False)
    kept_as: str = ""
    section: str = ""
    draft: bool = False
