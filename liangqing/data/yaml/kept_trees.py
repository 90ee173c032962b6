"""Trees of large files kept as JSON, by the hash of their text: read five times as fast as the YAML was.

They are plain data under a check sum; one that is damaged, or was kept by another program, is read from YAML again.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

from liangqing.base.output_inputs import read_notes, write_notes
from liangqing.base.program_stamp import program_stamp
from liangqing.data.yaml.places import Tree, parse

LEAST = 32 * 1024  # bytes of a file that is worth keeping


class KeptTrees:
    """The trees that are kept in a folder, which need not be there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._used: set[str] = set()
        self._new: dict[str, Tree] = {}

    def tree(self, data: bytes, name: str) -> Tree:
        """The tree of a YAML text; raises Problems as `parse` does."""
        if len(data) < LEAST:
            return parse(data, name)
        key = hashlib.sha256(program_stamp().encode() + data).hexdigest()
        self._used.add(key)
        kept = read_notes(self._folder / f"{key}.json")
        if isinstance(kept, list) and len(kept) == 2 and kept[0] == key:
            tree: Tree = kept[1]
            return tree
        self._new[key] = parse(data, name)
        return self._new[key]

    def save(self) -> None:
        """Keeps what was read anew, and drops what was not asked for; where the folder can't be written, nothing."""
        with suppress(OSError):
            for key, tree in self._new.items():
                write_notes(self._folder / f"{key}.json", [key, tree])
            for path in self._folder.glob("*.json"):
                if path.stem not in self._used:
                    path.unlink()
        self._new = {}
