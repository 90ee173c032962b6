"""What went out against what the data says today: papers that drifted, and forms that changed after they were signed.

Values are compared, never documents: those that the template read are built anew, as of the 成文日期, and held against
the JSON that was kept with the paper. So a new template is no drift.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from liangqing.base.chinese import enumerate_words
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Problems, gate
from liangqing.base.folders import DATA
from liangqing.data.model.findings import DualSign
from liangqing.engine import Reads
from liangqing.papers import rendering
from liangqing.papers.catalogue import Catalogue
from liangqing.register import Line
from liangqing.variables.findings import FINDING
from liangqing.variables.owners import FindingOf
from liangqing.variables.papers import Paper
from liangqing.variables.subjects import values, variables
from liangqing.variables.table import build
from liangqing.year.open_workspace import OpenWorkspace
from liangqing.year.state.standing import LAPSED

# What a form prints of its findings and its code stands for (docs/使用手册/数据.md, 双签), as papers call it.
_SIGNED = ("名称", "事实", "整改要求", "责任人", "整改时限")


def kept_values(opened: OpenWorkspace, line: Line) -> dict[str, Any]:
    """The values that an issued paper and its annexes were made from, by kind; none where they are lost."""
    try:
        kept = json.loads((opened.root / DATA / line.file).with_suffix(".json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}  # told as D603 or D604
    return kept if isinstance(kept, dict) else {}


def drifted(opened: OpenWorkspace, lines: Iterable[Line]) -> Iterator[tuple[Line, list[str]]]:
    """Those of `lines`, papers of the opened year, that would say something else today, and what.

    Papers that are void, or that a later one corrects, are out of it: their data has gone on.
    """
    known: Catalogue | None = None
    for line in lines:
        book = opened.register
        if line.year != opened.at.year.year or book.voided(line, date.max) or book.corrected(line):
            continue
        known = known or rendering.load_catalogue(opened.root)
        changed = _drift(opened, line, known)
        if changed:
            yield line, changed


def _drift(opened: OpenWorkspace, line: Line, known: Catalogue) -> list[str]:
    """What a paper or its annexes printed when issued and would not print today; the template does not matter.

    Only names that a template read are compared, as of the day on which it was issued. A form that went along
    is left out: it is held against the data when it comes back. What the paper says already, an annex does not.
    """
    then = kept_values(opened, line)
    if line.kind not in then or line.kind not in known.entries:
        return []
    found = list(_changes(opened, line, known, line.kind, then[line.kind]))
    for annex in line.annexes:
        if annex.kind in then and annex.kind in known.entries and known.entries[annex.kind].kind.form is None:
            changed = _changes(opened, line, known, annex.kind, then[annex.kind])
            found += [f"附件{annex.kind} {words}" for words in changed if words not in found]
    return found


def _changes(
    opened: OpenWorkspace, line: Line, known: Catalogue, name: str, printed: dict[str, Any]
) -> Iterator[str]:
    """How the values of one kind that went out with a line differ today from those `printed`."""
    entry = known.entries[name]
    at = opened.at.as_issued(line.issued, numbered=bool(line.number))
    subjects = rendering.subjects_of(replace(opened, at=at), entry)
    subject = next((subject for subject in subjects if subject.code == line.subject), None)
    if subject is None:
        yield f"对象 {line.subject} 不在了"
        return
    paper = Paper(
        subject=subject,
        title="",
        code_words=None,
        number=line.number,
        issued=line.issued,
        annexes=(),
        sealed=entry.kind.under_seal,
    )
    paper = rendering.listed(rendering.annexes_of(known, entry), entry.subject_kind, paper)
    paper = rendering.titled(rendering.compile_title(entry), entry.subject_kind, paper)
    names = {
        name: below for name, below in reads_of(printed).items() if name in variables(entry.subject_kind)
    }
    try:
        now = values(entry.subject_kind, paper, names)
    except (KeyError, Problems):
        yield "所用的变量不在了"
        return
    yield from differences({name: printed[name] for name in names}, now)


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


def differences(then: object, now: object, path: str = "") -> Iterator[str]:
    """Where two values differ, in words: 整改函.回复期限 由「…」变为「…」."""
    if isinstance(then, dict) and isinstance(now, dict):
        for name in dict.fromkeys([*then, *now]):
            yield from differences(then.get(name), now.get(name), f"{path}.{name}" if path else name)
    elif isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        for index, (one, other) in enumerate(zip(then, now, strict=True), start=1):
            yield from differences(one, other, f"{path}第{index}项")
    elif then != now:
        yield f"{path} 由「{_shown(then)}」变为「{_shown(now)}」"


def _shown(value: object) -> str:
    if isinstance(value, list):
        return f"{len(value)}项"
    return "" if value is None else str(value)


def since_signed(opened: OpenWorkspace) -> list[Diagnostic]:
    """What changed in each form that is 失效, where the form that was signed had been frozen by `issue`."""
    at = opened.at
    lapsed: dict[str, DualSign] = {}
    for finding in at.year.findings:
        state, sign = at.signature(finding)
        if state == LAPSED and sign is not None and not finding.waived("双签", at.day):
            lapsed[sign.code] = sign
    found: list[Diagnostic] = []
    for sign in lapsed.values():
        then = _form(opened, sign)
        if then is None:
            continue
        told = [
            f"问题 {code} 的{words}"
            for printed, (code, now) in zip(then, _printed(opened, sign), strict=False)
            for words in differences(_part(printed), {name: now[name] for name in _part(printed)})
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


def _form(opened: OpenWorkspace, sign: DualSign) -> list[dict[str, Any]] | None:
    """The findings as a frozen form with the code that was signed printed them, in the order of the data."""
    for line in reversed(opened.register.issued):
        for printed in kept_values(opened, line).values() if line.year == opened.at.year.year else ():
            inspected = printed.get("检查单位") if isinstance(printed, dict) else None
            if isinstance(inspected, dict) and inspected.get("内容码") == sign.content_code:
                return list(inspected.get("问题", []))
    return None


def _printed(opened: OpenWorkspace, sign: DualSign) -> Iterator[tuple[str, dict[str, Any]]]:
    """The findings of a signed form, by 编号, as a form would print them today, in the order of the data."""
    reads: Reads = {name: {} for name in _SIGNED}
    for finding in opened.at.year.findings:
        if finding.code in sign.findings:
            yield finding.code, build(FINDING.rows, FindingOf(opened.at, finding), reads)
