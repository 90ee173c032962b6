"""Data of an earlier format brought to the one that this program writes, with a copy of what was, all files as one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from liangqing import register
from liangqing.actions.backing_up import Backup, back_up
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
    if before >= FORMAT:
        return Upgraded(before, None)
    names = (root / BACKUPS / f"{name}.zip" for name in numbered_names(f"升级前-{today}"))
    copy = back_up(root, today, next(place for place in names if not place.exists()))
    with locked(root / LOCK):
        card = card_of(root)
        files: dict[str, bytes | None] = {CARD: card_text(FORMAT, card.code or new_code())}
        path = root / REGISTER
        if path.exists():
            files[REGISTER] = _with_head(path.read_bytes())
        write_together(root, FileChanges(files))
        let_witnesses_know(root)
    return Upgraded(before, copy)


def _with_head(written: bytes) -> bytes:
    """The register under the head of this format."""
    first, _, rest = written.removeprefix(b"\xef\xbb\xbf").partition(b"\n")
    return HEAD.encode() + (rest if first.startswith(b"#") else written)
