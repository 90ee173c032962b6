"""What this program changed in a person's records: a line a value, in checklists/改动记录.jsonl, which is no data.

Written by whoever puts changes into YAML (forms, ledgers, drafts), read by `log`. What a person types by hand leaves
no line.
"""

from __future__ import annotations

import getpass
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from liangqing.base import append_log
from liangqing.base.folders import DATA
from liangqing.data.yaml.places import Step, Tree

FILE = f"{DATA}/改动记录.jsonl"
NAMED = ("编号", "名称")


@dataclass(frozen=True)
class RecordChange:
    """One value of a record that was put into YAML: when, by whom, out of which file, and from what to what.

    `key` is the path to the value below the record, in words, with items of a list counted from 1: 进展 2 内容.
    `before` is "" where nothing stood there, `after` where nothing does any more. `who` is the name under which the
    person had logged on to the machine; "" where there is none.
    """

    day: str
    who: str
    source: str
    file: str
    section: str
    code: str
    key: str
    before: str
    after: str

    def entry(self) -> dict[str, str]:
        """The line of the log."""
        return {name: getattr(self, field) for name, field in _NAMES.items()}


_NAMES = {
    "日期": "day",
    "操作人": "who",
    "来源": "source",
    "写入": "file",
    "分区": "section",
    "编号": "code",
    "键": "key",
    "原": "before",
    "新": "after",
}


def flat(tree: Tree) -> Iterator[tuple[str, str]]:
    """Every text of a record by its key in words; a list of texts is one, an item is known by its 任务 where it has one."""
    yield from ((key, text) for key, _, text in flat_with_paths(tree))


def flat_with_paths(
    tree: Tree, before: str = "", path: tuple[Step, ...] = ()
) -> Iterator[tuple[str, tuple[Step, ...], str]]:
    """The same, with the path to each text (of a list of texts, to the list) between its key and itself."""
    if isinstance(tree, str):
        yield before, path, tree
    elif isinstance(tree, Mapping):
        for key, below in tree.items():
            yield from flat_with_paths(below, f"{before} {key}".strip(), (*path, key))
    elif isinstance(tree, list) and all(isinstance(item, str) for item in tree):
        yield before, path, "、".join(str(item) for item in tree)
    elif isinstance(tree, list):
        for index, below in enumerate(tree):
            named = below.get("任务") if isinstance(below, dict) else None
            rest = (
                {key: value for key, value in below.items() if key != "任务"}
                if isinstance(below, dict)
                else below
            )
            yield from flat_with_paths(rest, f"{before} {named or index + 1}", (*path, index))


def differing(before: Tree, after: Tree) -> Iterator[tuple[str, str, str]]:
    """The values in which two states of a record differ: key, old, new; "" for what is not there."""
    old, new = dict(flat(before)), dict(flat(after))
    for key in dict.fromkeys([*old, *new]):
        if old.get(key, "") != new.get(key, ""):
            yield key, old.get(key, ""), new.get(key, "")


def code_of(tree: Tree) -> str:
    """What a record is called in the log: its 编号, else its 名称; "" where it has neither."""
    return next((str(tree[key]) for key in NAMED if isinstance(tree, dict) and tree.get(key)), "")


def logged_on() -> str:
    """The name under which the person at the machine has logged on; "" where the system knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def lines(root: Path, changes: Iterable[RecordChange]) -> dict[str, bytes]:
    """What the changes add to the log of the workspace, by its name below it; {} for none. Raises OSError."""
    words = append_log.lines_after(root / FILE, [change.entry() for change in changes])
    return {FILE: words} if words else {}


def read(root: Path) -> tuple[list[RecordChange], int]:
    """All that was noted, in order, and how many lines of the log can't be read. Raises OSError."""
    entries, spoilt = append_log.read(root / FILE)
    return [
        RecordChange(**{field: str(entry.get(name, "")) for name, field in _NAMES.items()})
        for entry in entries
    ], spoilt
