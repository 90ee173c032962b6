"""A run of changes taken back: each file as it was before, judged again, as long as no file was touched since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, Severity, error
from liangqing.changes.judging import JudgedRun, found_with
from liangqing.changes.proposed import AlteredValue, Handed, NewRecord, Withdrawn
from liangqing.changes.resting import Resting, settled
from liangqing.data.yaml.edited_trees import at_path
from liangqing.data.yaml.places import Source, parse
from liangqing.data.yaml.write import without_brackets
from liangqing.outputs.ledger.entered import records
from liangqing.year.open_workspace import OpenWorkspace, in_order

UNDONE = "撤销"  # what the log of changes calls the source of what was taken back


def undone(opened: OpenWorkspace, run: JudgedRun) -> JudgedRun:
    """The run that takes `run` back: its `files` as they were; those that it made are `gone`.

    Raises Problems where a file was changed since, where something rests on what would go by now, and where the year
    would not be right without it. Originals that came with it stay where they are kept.
    """
    _refuse_touched(opened, run)
    sources = {
        name: Source(name, before or b"", parse(before or b"", name))
        for name, (before, _) in run.files.items()
    }
    known = {
        (problem.code, problem.message) for problem in opened.found
    }  # lines move when a file is put back
    fresh = [one for one in found_with(opened, sources) if (one.code, one.message) not in known]
    problems = [*_resting(opened, run, sources), *fresh]
    wrong = [problem for problem in problems if problem.severity is Severity.ERROR]
    if wrong:
        raise Problems(in_order(wrong))
    day = (opened.today or opened.at.day).isoformat()
    return JudgedRun(
        good=(Handed(UNDONE, ()),),
        told=tuple(problems),
        files={name: (after, before) for name, (before, after) in run.files.items() if before is not None},
        gone={name: after for name, (before, after) in run.files.items() if before is None},
        shown=tuple(replace(change, before=change.after, after=change.before) for change in run.shown),
        log=tuple(
            replace(line, day=day, source=UNDONE, before=line.after, after=line.before) for line in run.log
        ),
    )


def _refuse_touched(opened: OpenWorkspace, run: JudgedRun) -> None:
    touched = [
        name
        for name, (_, after) in run.files.items()
        if name not in opened.data.sources or opened.data.sources[name].data != after
    ]
    if touched:
        raise Problems(_too_late(name) for name in touched)


def _too_late(name: str) -> Diagnostic:
    return error(
        Code.UNDO_TOO_LATE,
        Place(name),
        "保存以后这个文件又改过，整个撤销会把后来改的也丢掉：没有撤销",
        "打开那条记录，把要改回的逐项改回去",
    )


def _resting(opened: OpenWorkspace, run: JudgedRun, sources: dict[str, Source]) -> Iterator[Diagnostic]:
    """What no reading of the data would tell: something rests on a record that would go, or a value was signed by now."""
    going: list[tuple[Withdrawn, int]] = []
    for one in run.good:
        for proposal in one.proposals:
            if isinstance(proposal, NewRecord):
                tree = without_brackets(dict(proposal.tree))
                listed = records(opened.at, proposal.section)
                same = (record for record in listed if without_brackets(record.tree) == tree)
                going += [(Withdrawn(record, Place(record.label)), 0) for record in same]
            elif isinstance(proposal, AlteredValue):
                yield from _signed_since(opened, proposal)
    yield from (problem for problem, _ in Resting(opened, sources, going).problems())


def _signed_since(opened: OpenWorkspace, altered: AlteredValue) -> Iterator[Diagnostic]:
    before, was = altered.record, at_path(altered.record.tree, altered.path)
    for record in records(opened.at, str(before.written_at[0])):
        if (record.written_in.name, record.written_at) == (before.written_in.name, before.written_at):
            yield from settled(opened, replace(altered, record=record, value=was))
