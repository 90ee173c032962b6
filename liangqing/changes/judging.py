"""Whatever was handed over, judged together as if it stood in YAML; nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Severity
from liangqing.changes import change_log
from liangqing.changes.change_log import RecordChange
from liangqing.changes.following import not_followed
from liangqing.changes.numbering import NUMBERED
from liangqing.changes.planning import Plan, Planner
from liangqing.changes.proposed import AlteredValue, Handed, NewRecord
from liangqing.changes.resting import Resting, code_kept, settled, used_before
from liangqing.changes.shown import ShownChange, noted, shown
from liangqing.changes.unwritable import unwritable
from liangqing.data import workspace
from liangqing.data.yaml.edit import apply_edits
from liangqing.data.yaml.places import Source
from liangqing.year.open_workspace import OpenWorkspace, in_order


@dataclass(frozen=True)
class JudgedRun:
    """What came of a run.

    `good` are the handed files that can be taken, their records with 编号 and all that follows; `refused` by name what
    is wrong with the others; `told` what is to be known of the good ones. `files` are the files of the data as they
    are (None: not there) and as they would be, by name below the workspace; `originals` is what is kept of what was
    handed over, likewise; `gone` are files that go, as they are. `shown` is every value that changes, for people;
    `log` the same for the log of changes.
    """

    good: tuple[Handed, ...] = ()
    refused: Mapping[str, tuple[Diagnostic, ...]] = field(default_factory=dict)
    told: tuple[Diagnostic, ...] = ()
    files: Mapping[str, tuple[bytes | None, bytes]] = field(default_factory=dict)
    originals: Mapping[str, bytes] = field(default_factory=dict)
    gone: Mapping[str, bytes] = field(default_factory=dict)
    shown: tuple[ShownChange, ...] = ()
    log: tuple[RecordChange, ...] = ()


def judge(opened: OpenWorkspace, handed: Sequence[Handed]) -> JudgedRun:
    """All of `handed` judged together: each is good as a whole, or refused with all that is wrong with it.

    What was wrong with the data before is no fault of theirs. Raises Problems where what is good could not be written
    so that it reads back, and where the year could not be read.
    """
    return _Judging(opened).judge(handed)


def found_with(opened: OpenWorkspace, sources: Mapping[str, Source]) -> list[Diagnostic]:
    """What would be wrong with the data and was not before, errors first, if `sources` stood in the place of its files."""
    known = {(problem.code, problem.place) for problem in opened.found}
    year = opened.at.year.year
    data = workspace.load(opened.root, {**opened.data.sources, **sources})
    if year in data.years:
        at = replace(opened.at, year=data.years[year], years=data.years)
        every = replace(opened, data=data, at=at).judge(kept=False)
    else:
        every = in_order(data.diagnostics)
    return [problem for problem in every if (problem.code, problem.place) not in known]


class _Judging:
    def __init__(self, opened: OpenWorkspace) -> None:
        log, _ = change_log.read(opened.root)
        self.opened = opened
        self.planner = Planner(opened, opened.today or opened.at.day, log)

    def judge(self, handed: Sequence[Handed]) -> JudgedRun:
        left, told, plan = list(handed), list[Diagnostic](), self.planner.plan(())
        unfollowed = _grouped(not_followed(self.opened.at, left))
        refused = {left[number].name: tuple(in_order(problems)) for number, problems in unfollowed.items()}
        left = [one for number, one in enumerate(left) if number not in unfollowed]
        while left:
            plan = self.planner.plan(left)
            told, blamed = self._wrong(plan)
            if not blamed:
                break
            for number, problems in blamed.items():
                refused[left[number].name] = tuple(in_order(problems))
            left = [one for number, one in enumerate(left) if number not in blamed]
        if not left:
            plan, told = self.planner.plan(()), []
        told = in_order([*(problem for one in left for problem in one.told), *told])
        names = [one.name for one in handed if one.name in refused]
        return self._judged(plan, {name: refused[name] for name in names}, told)

    def _wrong(self, plan: Plan) -> tuple[list[Diagnostic], dict[int, list[Diagnostic]]]:
        """What is to be told of a plan, and the errors by the number of the handed file that brings them."""
        blamed = _grouped(self._unlawful(plan))
        if blamed:
            return [], blamed
        found = self._found(plan)
        errors = [problem for problem in found if problem.severity is Severity.ERROR]
        blamed = _grouped(_by_place(plan, errors))
        if errors and not blamed:
            blamed = self._one_by_one(plan.handed)
        return [problem for problem in found if problem.severity is not Severity.ERROR], blamed

    def _unlawful(self, plan: Plan) -> Iterator[tuple[Diagnostic, int]]:
        """What no reading of the data would tell.

        A text that fits into no file, a 编号 used again, a signed value changed, what rests on what goes.
        """
        for number, one in enumerate(plan.handed):
            for proposal in one.proposals:
                yield from ((problem, number) for problem in unwritable(proposal))
                if isinstance(proposal, AlteredValue):
                    yield from ((problem, number) for problem in settled(self.opened, proposal))
                    yield from ((problem, number) for problem in code_kept(proposal))
                elif isinstance(proposal, NewRecord) and proposal.section in NUMBERED:
                    code = str(proposal.tree.get("编号"))
                    if self.planner.used.used_before(proposal.section, code):
                        place = proposal.places.get(("编号",), proposal.places[()])
                        yield used_before(place, proposal.section, code), number
        yield from Resting(self.opened, plan.sources, plan.withdrawn).problems()

    def _found(self, plan: Plan) -> list[Diagnostic]:
        """What is wrong with the data as it would be and was not before, errors first."""
        every = found_with(self.opened, plan.sources)
        drafts = all(one.draft for one in plan.handed)
        return [problem for problem in every if not (drafts and problem.code == Code.BLANK_LEFT)]

    def _one_by_one(self, handed: Sequence[Handed]) -> dict[int, list[Diagnostic]]:
        """The errors of those that bring some when each is added to the good ones before it."""
        good: list[Handed] = []
        blamed: dict[int, list[Diagnostic]] = {}
        for number, one in enumerate(handed):
            found = self._found(self.planner.plan([*good, one]))
            errors = [problem for problem in found if problem.severity is Severity.ERROR]
            if errors:
                blamed[number] = errors
            else:
                good.append(one)
        return blamed

    def _judged(
        self, plan: Plan, refused: Mapping[str, tuple[Diagnostic, ...]], told: Sequence[Diagnostic]
    ) -> JudgedRun:
        files: dict[str, tuple[bytes | None, bytes]] = {}
        for name, edits in plan.edits.items():
            source = plan.bases[name]
            after = apply_edits(source, edits, plan.styles[name])
            if name in plan.new_files or after != source.data:
                files[name] = (None if name in plan.new_files else source.data, after)
        return JudgedRun(
            good=plan.handed,
            refused=refused,
            told=tuple(told),
            files=files,
            originals={name: plan.handed[number].original or b"" for number, name in plan.originals.items()},
            shown=tuple(shown(plan)),
            log=tuple(noted(plan, self.planner.day)),
        )


def _grouped(problems: Iterator[tuple[Diagnostic, int]]) -> dict[int, list[Diagnostic]]:
    found: dict[int, list[Diagnostic]] = {}
    for problem, number in problems:
        found.setdefault(number, []).append(problem)
    return found


def _by_place(plan: Plan, errors: Sequence[Diagnostic]) -> Iterator[tuple[Diagnostic, int]]:
    """Each error that stands at a place of what was handed over, with the number of that file."""
    givers: dict[Place, int] = {
        given.place: given.handed for source in plan.sources.values() for given in source.given.values()
    }
    names = {one.name: number for number, one in enumerate(plan.handed)}
    for problem in errors:
        number = givers.get(problem.place, names.get(problem.place.file))
        if number is not None:
            yield problem, number
