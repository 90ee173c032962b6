"""收回: what came back is dropped here, read as `collect` reads it, shown, and taken with one click.

Nothing is kept between two requests: the browser sends the files again, and what is written is what was shown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from starlette.responses import Response

from liangqing.actions import receiving
from liangqing.actions.first_workbook import FirstWorkbook
from liangqing.actions.receiving import FormsOfYear, Group, Received, run_of, year_of
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, error
from liangqing.base.output_files import locked
from liangqing.changes import changes
from liangqing.changes.arriving import READ, ArrivedFile
from liangqing.changes.ledger_altered import SKIP, STOP, UPDATE
from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.page_table import LARGEST, MOST_FILES, DeskPage
from liangqing.desk.answering.received_records import left_to_do
from liangqing.desk.answering.saving import seen_as, told_shortly
from liangqing.desk.answering.showing import page

FILES, CALLED, LEFT, SEEN, CONFLICT = "files", "called", "left", "seen", "conflict"  # fields of the form
# What becomes of rows of a ledger whose record was changed since it was made.
CHOICES = (
    (STOP, "先停下，整份台账都不收"),
    (SKIP, "放过这些行，收别的"),
    (UPDATE, "以台账里写的为准，盖掉后来改的"),
)
FEW = 3  # so many forms are shown opened


def take_page(look: DeskLook) -> Response:
    """Where files are dropped."""
    return page(look, "take.html", endings=READ, most=MOST_FILES, largest=LARGEST)


def read(look: DeskLook) -> Response:
    """What the files hold; nothing is written."""
    return _shown(look, _received(look, arrived_files(look)))


def accept(look: DeskLook) -> Response:
    """Write it, if it still is what was shown; what has to be done by a person afterwards."""
    look.refuse_sample()
    files = arrived_files(look)
    with locked(look.folder / receiving.LOCK):
        received = _received(look, files)
        if digest_of(received) != look.sent.one(SEEN) or not received.writable:
            message = "核对以后数据又变了，或者已经收过：什么也没有写"
            told = error(Code.TAKEN_IN_MEANTIME, Place("收回"), message, "下面是现在的情况，看一遍再收下")
            return _shown(look, received, (told,), 409)
        taken, stopped = _taken(look, files, received)
    done = [(group, left_to_do(look, group)) for group in taken]
    names = {name for group in taken if isinstance(group, FormsOfYear) for name in group.collected.refused}
    refused = {name: problems for name, problems in _refused(received).items() if name in names or not taken}
    return page(
        look, "take_done.html", done=done, stopped=stopped, refused=refused, year_of=year_of, words=told_of
    )


def arrived_files(look: DeskLook) -> list[ArrivedFile]:
    """The files that were sent, each under a name of its own: what the page calls it, by folder and name.

    No name becomes a path: of its ending alone is asked, and only those of READ are read.
    """
    sent, called = look.sent.files.get(FILES, ()), look.sent.form.get(CALLED, ())
    names = called if len(called) == len(sent) else tuple(upload.name for upload in sent)
    found: dict[str, ArrivedFile] = {}
    for upload, name in zip(sent, names, strict=True):
        # the ending is that of the file itself, whatever the page calls it
        same = PurePosixPath(name).suffix == PurePosixPath(upload.name).suffix
        own = _another(name if same else upload.name, found)
        found[own] = ArrivedFile(own, upload.data, upload.data, in_folder="/" in name)
    return list(found.values())


def _another(name: str, known: Iterable[str]) -> str:
    """A name that none of those known has."""
    ending, number = PurePosixPath(name).suffix, 1
    stem = name.removesuffix(ending)
    while name in known:
        number += 1
        name = f"{stem}（第{number}份）{ending}"
    return name


def _received(look: DeskLook, files: Iterable[ArrivedFile]) -> Received:
    look.refuse_sample()
    year = look.year if look.year is not None else look.opened.at.year.year
    return receiving.receive(look.folder, files, look.today, year, _conflict(look))


def _conflict(look: DeskLook) -> str:
    asked = look.sent.one(CONFLICT)
    return asked if asked in {choice for choice, _ in CHOICES} else STOP


def digest_of(received: Received) -> str:
    """What tells what was shown from anything else: the files as they are and as they would be, of all groups."""
    return hashlib.sha256("".join(seen_as(run_of(group)) for group in received.groups).encode()).hexdigest()


def _taken(
    look: DeskLook, files: Sequence[ArrivedFile], received: Received
) -> tuple[list[Group], tuple[Diagnostic, ...]]:
    """Write group by group: what was written, and why the rest was not.

    After the first, each is judged anew beside what was written, and left out where it would write anything else.
    """
    taken: list[Group] = []
    for shown in received.writable:
        group = shown if not taken else _again(look, files, shown)
        if group is None:
            message = "这一部分和前面写入的碰到一起，没有写；前面的已经写好"
            return taken, (
                error(Code.TAKEN_IN_MEANTIME, Place(_name(shown)), message, "再核对一次，单独收下"),
            )
        try:
            receiving.take(look.folder, group, look.today)
        except Problems as problems:
            if not taken:
                raise
            return taken, tuple(problems.diagnostics)
        taken.append(group)
        if not isinstance(group, FirstWorkbook):  # what began a workspace can't be taken back
            what = f"收回：{told_shortly(run_of(group))}"
            look.desk.saves.remember(look.folder, year_of(group), what, run_of(group))
    return taken, ()


def _again(look: DeskLook, files: Sequence[ArrivedFile], shown: Group) -> Group | None:
    own = set(_names(shown))
    found = _received(look, [file for file in files if file.name in own]).writable
    same = [group for group in found if set(receiving.asked_of(group)) == set(receiving.asked_of(shown))]
    return same[0] if len(found) == 1 and same else None


def _names(group: Group) -> Iterator[str]:
    """The files of a group of which something is written."""
    yield from (one.name for one in run_of(group).good)


def _name(group: Group) -> str:
    return "、".join(list(_names(group))[:3])


# ---------------------------------------------------------------- what is shown


def _shown(
    look: DeskLook, received: Received, told: tuple[Diagnostic, ...] = (), status: int = 200
) -> Response:
    refused = _refused(received)
    good = sum(len(list(_names(group))) for group in received.writable)
    before = [problem for group in _forms(received) for problem in group.collected.before]
    skipped = (*received.skipped, *look.sent.form.get(LEFT, ()), *_other_papers(received))
    counts = (("能收", good), ("早已收过", len(before)), ("不收", len(refused)), ("略过", len(skipped)))
    torn = any(problem.code == Code.CHANGED_ON_BOTH_SIDES for found in refused.values() for problem in found)
    return page(
        look,
        "take_read.html",
        status=status,
        received=received,
        counts=[(name, count) for name, count in counts if count],
        good=good,
        before=before,
        refused=refused,
        skipped=skipped,
        told=told,
        choices=CHOICES if torn or _conflict(look) != STOP else (),
        chosen=_conflict(look),
        digest=digest_of(received),
        year_of=year_of,
        words=told_of,
        fields=changes,
        few=FEW,
    )


def _forms(received: Received) -> Iterator[FormsOfYear]:
    yield from (group for group in received.groups if isinstance(group, FormsOfYear))


def _other_papers(received: Received) -> Iterator[str]:
    for group in _forms(received):
        yield from group.collected.skipped


def _refused(received: Received) -> dict[str, tuple[Diagnostic, ...]]:
    """Why files are not taken, by name."""
    found = dict(received.refused)
    for group in _forms(received):
        found |= {name: tuple(problems) for name, problems in group.collected.refused.items()}
    return found


def told_of(group: Group) -> tuple[Diagnostic, ...]:
    """What is to be known of a group that is taken."""
    return run_of(group).told


PAGES = (
    DeskPage("take", take_page),
    DeskPage("take/read", read, posts=True),
    DeskPage("take/accept", accept, posts=True),
)
