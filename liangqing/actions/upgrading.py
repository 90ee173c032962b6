"""Data of an earlier format brought to the one that this program writes, with a copy of what was, all files as one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from liangqing import register
from liangqing.actions.backing_up import Backup, package_of
from liangqing.base.file_changes import FileChanges, write_together
from liangqing.base.folders import BACKUPS, CARD, LOCK, REGISTER
from liangqing.base.output_files import locked, numbered_names
from liangqing.register.identity import FORMAT, HEAD, card_of, card_text, format_of, new_code
from liangqing.register.writing import let_witnesses_know


@dataclass(frozen=True)
class Upgraded:
    """From which format the data were brought to this program's, and the copy; None where there was nothing to do."""

    before: int
    copy: Backup | None


def upgrade(root: Path, today: date) -> Upgraded:
    """Bring a workspace to the format that this program writes; lines of the register stay byte for byte.

    Raises Problems for one that a later program wrote, and where it can't be written; then all is as it was.
    """
    with locked(root / LOCK):
        register.recover(root)
        before = format_of(root)[0]
        copy = None if before >= FORMAT else _brought_up(root, today)
        let_witnesses_know(root)  # also where an earlier one was killed just before
    return Upgraded(before, copy)


def _brought_up(root: Path, today: date) -> Backup:
    """Write it, and the copy of what was, as one; the copy."""
    names = (f"{BACKUPS}/{name}.zip" for name in numbered_names(f"升级前-{today}"))
    name = next(name for name in names if not (root / name).exists())
    data, copy = package_of(root, today, root / name)
    files = {name: data, CARD: card_text(FORMAT, card_of(root).code or new_code())}
    path = root / REGISTER
    if path.exists():
        files[REGISTER] = _with_head(path.read_bytes())
    write_together(root, FileChanges(files))
    return copy


def _with_head(written: bytes) -> bytes:
    """The register under the head of this format."""
    first, _, rest = written.removeprefix(b"\xef\xbb\xbf").partition(b"\n")
    return HEAD.encode() + (rest if first.startswith(b"#") else written)
