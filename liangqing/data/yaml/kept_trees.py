"""Trees of large files kept as JSON, by the hash of their text, with what was worked out of them: read five times as
fast as the YAML was.

They are plain data under a check sum; one that is damaged, or was kept by another program, is read from YAML again.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from liangqing.base.output_inputs import read_notes, write_notes
from liangqing.base.program_stamp import program_stamp
from liangqing.data.yaml.places import Tree, TreeNotes, parse

LEAST = 32 * 1024  # bytes of a file that is worth keeping


class KeptTree(NamedTuple):
    """A tree with its notes; `known`: how many of these are kept already, None where the tree is not."""

    tree: Tree
    notes: TreeNotes
    known: int | None


class KeptTrees:
    """The trees that are kept in a folder, which need not be there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._used: dict[str, KeptTree] = {}

    def read(self, data: bytes, name: str) -> tuple[Tree, TreeNotes]:
        """The tree of a YAML text and what is kept of it, to which may be added; raises Problems as `parse` does."""
        if len(data) < LEAST:
            return parse(data, name), {}
        key = hashlib.sha256(program_stamp().encode() + data).hexdigest()
        kept = read_notes(self._folder / f"{key}.json")
        if isinstance(kept, list) and len(kept) == 3 and kept[0] == key and isinstance(kept[2], dict):
            self._used[key] = KeptTree(kept[1], kept[2], len(kept[2]))
        else:
            self._used[key] = KeptTree(parse(data, name), {}, None)
        return self._used[key][:2]

    def save(self) -> None:
        """Keeps what is new, and drops what was not asked for; where the folder can't be written, nothing."""
        with suppress(OSError):
            for key, (tree, notes, known) in self._used.items():
                if known != len(notes):
                    write_notes(self._folder / f"{key}.json", [key, tree, notes])
                    self._used[key] = KeptTree(tree, notes, len(notes))
            for path in self._folder.glob("*.json"):
                if path.stem not in self._used:
                    path.unlink()
