"""What went out against what the data says today: papers that drifted, and forms that changed after they were signed.

Values are compared, never documents: those that the template read are built anew, as of the 成文日期, and held against
the JSON that was kept with the paper. So a new template is no drift. What the office has changed of itself since (`beside_meaning`) is told
apart: the paper means what it meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from liangqing.base.chinese import enumerate_words
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Problems, gate
from liangqing.base.folders import DATA
from liangqing.base.plain_json import load_json
from liangqing.data.model.findings import DualSign
from liangqing.engine import PictureFolder, Reads, TextTemplate
from liangqing.papers import rendering
from liangqing.papers.catalogue import Catalogue, Entry
from liangqing.papers.differing import Difference, VariableSpot, differences
from liangqing.papers.own_day import on_its_own_day
from liangqing.papers.word_files import with_hashes
from liangqing.register import Line
from liangqing.variables.about import Subject
from liangqing.variables.findings import FINDING
from liangqing.variables.owners import FindingOf
from liangqing.variables.papers import COMMON, MARKS, Paper
from liangqing.variables.subjects import LISTED_BY_CATALOGUE, SUBJECTS, values, variables
from liangqing.variables.table import build
from liangqing.year.open_workspace import OpenWorkspace
from liangqing.year.state.standing import LAPSED, Standing

# What a form prints of its findings and its code stands for (docs/使用手册/数据.md, 双签), as papers call it.
_SIGNED = ("名称", "事实", "整改要求", "责任部门", "责任领导", "责任人", "整改时限")


def kept_values(opened: OpenWorkspace, line: Line) -> dict[str, Any]:
    """The values that an issued paper and its annexes were made from, by kind; none where they are lost."""
    try:
        kept = load_json((opened.root / DATA / line.file).with_suffix(".json"))
    except (OSError, ValueError):
        return {}  # told as D603 or D604
    return kept if isinstance(kept, dict) else {}


class Drift(NamedTuple):
    """A paper that went out, where it would mean something else today, and what else would be printed otherwise.

    `aside` is how the office stands today (`beside_meaning`): a new telephone, head or option, for which no correction is sent.
    """

    line: Line
    changed: list[str]
    aside: list[str]


def drifts(opened: OpenWorkspace, lines: Iterable[Line]) -> Iterator[Drift]:
    """Those of `lines`, papers of the opened year, that would print something else today.

    Papers that are void, or that a later one corrects, are out of it: their data has gone on.
    """
    book, kinds = opened.register, _IssuedKinds(opened)
    for line in lines:
        if line.year != opened.at.year.year or book.voided(line, date.max) or book.corrected(line):
            continue
        found = dict.fromkeys(_drift(opened, line, kinds))
        drift = Drift(
            line, *([change.words for change in found if change.aside is aside] for aside in (False, True))
        )
        if found:
            yield drift


def drifted(opened: OpenWorkspace, lines: Iterable[Line]) -> Iterator[tuple[Line, list[str]]]:
    """Those that would mean something else, and what."""
    return ((drift.line, drift.changed) for drift in drifts(opened, lines) if drift.changed)


class _IssuedKinds:
    """The catalogue as it is asked for every line: what is the same for all lines of a kind is worked out once."""

    def __init__(self, opened: OpenWorkspace) -> None:
        self._opened = opened
        self._subjects: dict[tuple[str, date | None], dict[str, Subject]] = {}
        self._titles: dict[str, TextTemplate] = {}
        self._annexes: dict[str, tuple[rendering.Annexed, ...]] = {}

    @cached_property
    def folder(self) -> PictureFolder:
        """Where Word files stand."""
        return PictureFolder(self._opened.root)

    @cached_property
    def known(self) -> Catalogue:
        return rendering.load_catalogue(self._opened.root)

    def paper(self, line: Line, name: str) -> Paper | None:
        """The paper of a kind that went out with a line, as it would be made today; None: its subject is gone."""
        entry = self.known.entries[name]
        subject = self._subject(entry, line)
        if subject is None:
            return None
        if name not in self._titles:
            self._titles[name] = rendering.compile_title(entry)
            self._annexes[name] = rendering.annexes_of(self.known, entry)
        paper = Paper(
            subject=subject,
            title="",
            code_words=None,
            number=line.number,
            issued=line.issued,
            annexes=(),
            sealed=entry.kind.under_seal,
            signer=line.signer,
        )
        paper = rendering.listed(self._annexes[name], entry.subject_kind, paper)
        return rendering.titled(self._titles[name], entry.subject_kind, paper)

    def _subject(self, entry: Entry, line: Line) -> Subject | None:
        """What a paper is about, on the day that it tells of; None where there is no such thing on that day."""
        at = self._opened.at.as_issued(line.issued, numbered=bool(line.number) or entry.of_its_day)
        kind = SUBJECTS[entry.subject_kind]
        found = self._by_code(entry, at).get(line.subject)
        subject = None if found is None else on_its_own_day(entry, replace(found, at=at), line.issued)
        return subject if subject is None or kind.is_there(subject) else None

    def _by_code(self, entry: Entry, at: Standing) -> Mapping[str, Subject]:
        """The subjects of a kind by their code, for whatever day but of 文书与函, which are others each day."""
        key = (entry.name, at.day if entry.subject_kind in LISTED_BY_CATALOGUE else None)
        if key not in self._subjects:
            found: dict[str, Subject] = {}
            for subject in self._all(entry, at):
                found.setdefault(subject.code, subject)
            self._subjects[key] = found
        return self._subjects[key]

    def _all(self, entry: Entry, at: Standing) -> Iterable[Subject]:
        if entry.subject_kind in LISTED_BY_CATALOGUE:
            return rendering.subjects_of(replace(self._opened, at=at), entry)
        wanted = (None, entry.kind.follows or entry.name)
        subjects: Iterable[Subject] = SUBJECTS[entry.subject_kind].listed(at)
        return (subject for subject in subjects if subject.written_as in wanted)


def _drift(opened: OpenWorkspace, line: Line, kinds: _IssuedKinds) -> list[Difference]:
    """What a paper or its annexes printed when issued and would not print today; the template does not matter.

    Only names that a template read are compared, as of the day on which it was issued. A form that went along
    is left out: it is held against the data when it comes back. What the paper says already, an annex does not.
    """
    then, known = kept_values(opened, line), kinds.known
    if line.kind not in then or line.kind not in known.entries:
        return []
    found = list(_changes(line, kinds, line.kind, then[line.kind]))
    for annex in line.annexes:
        if annex.kind in then and annex.kind in known.entries and known.entries[annex.kind].kind.form is None:
            changed = _changes(line, kinds, annex.kind, then[annex.kind])
            found += [
                change._replace(words=f"附件{annex.kind} {change.words}")
                for change in changed
                if change not in found
            ]
    return found


def _changes(line: Line, kinds: _IssuedKinds, name: str, printed: dict[str, Any]) -> Iterator[Difference]:
    """How the values of one kind that went out with a line differ today from those `printed`."""
    kind, paper = kinds.known.entries[name].subject_kind, kinds.paper(line, name)
    if paper is None:
        yield Difference(f"对象 {line.subject} 不在了", aside=False)
        return
    known = variables(kind)
    names = {name: below for name, below in reads_of(printed).items() if name in known and name not in MARKS}
    try:
        now = with_hashes(values(kind, paper, names), kinds.folder)
    except (KeyError, Problems):
        yield Difference("所用的变量不在了", aside=False)
        return
    for top in names:
        spot = VariableSpot(known, (paper if top in COMMON else paper.subject,))
        yield from differences({top: printed[top]}, {top: now[top]}, spot=spot)


def reads_of(value: object) -> Reads:
    """The names that stand in kept values."""
    if isinstance(value, dict):
        return {name: reads_of(below) for name, below in value.items() if name != "有"}
    if isinstance(value, list):
        merged: Reads = {}
        for element in value:
            merged = _merge(merged, reads_of(element))
        return {"[]": merged} if merged else {}
    return {}


def _merge(one: Reads, other: Reads) -> Reads:
    return {name: _merge(one.get(name, {}), other.get(name, {})) for name in {**one, **other}}


def since_signed(opened: OpenWorkspace) -> list[Diagnostic]:
    """What changed in each form that is 失效, where the form that was signed had been frozen by `issue`."""
    at = opened.at
    lapsed: dict[str, DualSign] = {}
    for finding in at.year.findings:
        state, sign = at.signature(finding)
        if state == LAPSED and sign is not None and not finding.waived("双签", at.day):
            lapsed[sign.code] = sign
    found: list[Diagnostic] = []
    frozen = _frozen_forms(opened, {sign.content_code for sign in lapsed.values()})
    for sign in lapsed.values():
        then = frozen.get(sign.content_code)
        if then is None:
            continue
        told = [
            f"问题 {code} 的{words}"
            for printed, code, now in _pairs(then, _printed(opened, sign))
            for words, _ in differences(_part(printed), {name: now[name] for name in _part(printed)})
        ]
        if told:
            message = f"双签 {sign.code} 签字后改过：{enumerate_words(told)}"
            found.append(
                gate(
                    Code.CHANGED_SINCE_SIGNED,
                    sign.place("内容码"),
                    message,
                    "改回去，或重新打印双签字确认表请双方再签",
                )
            )
    return found


def _part(finding: Mapping[str, Any]) -> dict[str, Any]:
    return {name: finding[name] for name in _SIGNED if name in finding}


def _frozen_forms(opened: OpenWorkspace, codes: Set[str]) -> dict[str, list[dict[str, Any]]]:
    """By content code, of `codes`, the findings as the last frozen form that bears it printed them."""
    found: dict[str, list[dict[str, Any]]] = {}
    for line in reversed(opened.register.issued) if codes else ():
        for printed in kept_values(opened, line).values() if line.year == opened.at.year.year else ():
            inspected = printed.get("检查单位") if isinstance(printed, dict) else None
            if isinstance(inspected, dict) and (code := str(inspected.get("内容码"))) in codes:
                found.setdefault(code, list(inspected.get("问题", [])))
    return found


def _printed(opened: OpenWorkspace, sign: DualSign) -> dict[str, dict[str, Any]]:
    """The findings of a signed form as a form would print them today, by 编号, in the order of the data."""
    reads: Reads = {name: {} for name in _SIGNED}
    position = opened.at.year.finding_position
    findings = sorted(opened.at.signed_findings(sign), key=lambda finding: position[finding.code])
    return {finding.code: build(FINDING.rows, FindingOf(opened.at, finding), reads) for finding in findings}


def _pairs(
    then: Iterable[Mapping[str, Any]], now: Mapping[str, dict[str, Any]]
) -> Iterator[tuple[Mapping[str, Any], str, dict[str, Any]]]:
    """Each finding as a form printed it and as it is today: by its 编号, of older forms that print none by its place."""
    for printed, code in zip(then, now, strict=False):
        code = printed.get("编号", code)
        if code in now:
            yield printed, code, now[code]
