"""What a person asks to be written: judged, shown, and saved if it is still what was shown."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from liangqing.changes import accepting, judging
from liangqing.changes.accepting import Taken
from liangqing.changes.judging import JudgedRun
from liangqing.changes.proposed import Handed
from liangqing.desk.answering.look import DeskLook


def judged(look: DeskLook, handed: Sequence[Handed]) -> JudgedRun:
    """What would come of it; nothing is written. Raises Problems for the product's own sample and where a year can't be read."""
    return judging.judge(look.writing, handed)


def seen_as(run: JudgedRun) -> str:
    """A digest of the files as they are and as they would be: put into the form that asks whether to save, so that what
    is saved is what a person saw.
    """
    digest = hashlib.sha256()
    for name, (before, after) in sorted(run.files.items()):
        for part in (name.encode(), b"" if before is None else before, after):
            digest.update(hashlib.sha256(part).digest())
    for name, data in sorted(run.originals.items()):
        digest.update(hashlib.sha256(name.encode()).digest() + hashlib.sha256(data).digest())
    return digest.hexdigest()


def saved(look: DeskLook, run: JudgedRun, what: str = "") -> Taken:
    """Write what was judged in this request, and remember it so that it can be undone; `what` says it in words.

    Raises Problems where a file was changed in the meantime, OSError where one can't be written.
    """
    taken = accepting.accept(look.writing, run, look.today)
    look.desk.saves.remember(look.folder, look.writing.at.year.year, what or told_shortly(run), run)
    return taken


def told_shortly(run: JudgedRun) -> str:
    """What a run changed, in a line: the records, the first three by name."""
    labels = list(dict.fromkeys(change.record_label for change in run.shown))
    named = "、".join(labels[:3]) + (f" 等 {len(labels)} 条" if len(labels) > 3 else "")
    return f"{named}，{len(run.shown)} 处"
