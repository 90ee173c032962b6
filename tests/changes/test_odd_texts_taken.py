"""Whatever text a person hands over, by whichever door, is written so that it reads the same, or refused at its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from odd_texts import ODD, UNFIT, texts
from small import write_small

from liangqing.base.diagnostics import Place, Severity
from liangqing.changes import accepting, change_log, judging
from liangqing.changes.proposed import AlteredValue, Handed, NewRecord, Proposal
from liangqing.data.model.follow_up import Incoming
from liangqing.year.open_workspace import OpenWorkspace, open_workspace

DAY = date(2021, 11, 1)
FILE = "checklists/2021/收文.yaml"
# Blanks at an end, line ends, marks of direction, signs of several, tags, what is very long, what is empty.
MORE = ("甲 ", "甲\u3000", "  甲", "甲\t", "甲\n\n乙", "\n甲", "甲\n", "甲\r", "甲" * 5000, " ", "", "0o7", "1e3", "\u200f甲", "\u2066甲", "👨\u200d👩", "e\u0301", "{{ 7*7 }}", "【填 甲】", "{%", "甲: ", "甲 #", "? ", "\u2028")  # fmt: skip
EVERY = (*ODD, *UNFIT, *MORE)
KEYS = {"来文单位": "局党组", "收文日期": "2021-10-01", "种类": "其他"}


def opened_in(root: Path) -> OpenWorkspace:
    return open_workspace(root, None, None, DAY, look_at_today=True)


def place(number: int) -> Place:
    return Place(f"交来的{number}")


def new_records(texts: Sequence[str], opened: OpenWorkspace) -> list[Proposal]:
    """A record each, with the text as its title and in the remark above it."""
    return [
        NewRecord(
            "收文", {**KEYS, "题名": text, "承办": str(number)}, {(): place(number)}, remark=f"{text}.docx"
        )
        for number, text in enumerate(texts)
    ]


def altered(texts: Sequence[str], opened: OpenWorkspace) -> list[Proposal]:
    """A value each of the records that are there."""
    return [
        AlteredValue(record, ("拟办",), text, {(): place(number)})
        for number, (record, text) in enumerate(zip(papers(opened), texts, strict=True))
    ]


def waived(texts: Sequence[str], opened: OpenWorkspace) -> list[Proposal]:
    """A waiver each, with the text as its reason."""
    return [
        AlteredValue(
            record,
            ("放行", 0),
            {"门槛": "内容待核", "理由": text, "批准人": "张某某", "有效期至": "2021-12-31"},
            {(): place(number)},
        )
        for number, (record, text) in enumerate(zip(papers(opened), texts, strict=True))
    ]


def papers(opened: OpenWorkspace) -> list[Incoming]:
    return sorted(opened.at.year.incoming, key=lambda paper: int(paper.handler or 0))


Door = tuple[Callable[[Sequence[str], OpenWorkspace], list[Proposal]], Callable[[Incoming], str | None], bool]
DOORS: dict[str, Door] = {
    "a new record": (new_records, lambda paper: paper.title, False),
    "a value altered": (altered, lambda paper: paper.proposal, True),
    "a waiver": (waived, lambda paper: paper.waivers[0].reason if paper.waivers else None, True),
}


@pytest.mark.parametrize("door", DOORS)
@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(EVERY)
@given(st.lists(texts(), min_size=1, max_size=8))
def test_what_is_handed_over_reads_the_same_or_is_refused_at_its_place(
    tmp_path_factory: pytest.TempPathFactory, door: str, given_texts: Sequence[str]
) -> None:
    hand, read, there = DOORS[door]
    root = tmp_path_factory.mktemp("门")
    write_small(root)
    if there:
        take(root, new_records([f"第{number}件" for number, _ in enumerate(given_texts)], opened_in(root)))
    refused = take(root, hand(given_texts, opened_in(root)))
    halves = {
        number
        for number, text in enumerate(given_texts)
        if any("\ud800" <= sign <= "\udfff" for sign in text)
    }
    assert {number for number, said in refused.items() if "D896" in said} == halves
    opened = opened_in(root)
    assert [problem for problem in opened.found if problem.severity is Severity.ERROR] == []
    written = {int(paper.handler or 0): read(paper) for paper in papers(opened)}
    kept = {number: text for number, text in enumerate(given_texts) if number not in refused}
    assert {number: written[number] for number in kept} == kept
    assert all(written.get(number) is None for number in refused)
    if (root / FILE).exists():
        yaml.load((root / FILE).read_text("utf-8"), yaml.BaseLoader)  # by the stricter reader too
    assert change_log.read(root)[1] == 0  # no line of the log of changes is spoilt


def take(root: Path, proposals: Sequence[Proposal]) -> dict[int, str]:
    """Write what is good; why the others are refused, by their numbers."""
    opened = opened_in(root)
    handed = [Handed(str(number), (proposal,)) for number, proposal in enumerate(proposals)]
    run = judging.judge(opened, handed)
    accepting.accept(opened, run, DAY)
    for name, problems in run.refused.items():
        assert {problem.place.file for problem in problems} == {place(int(name)).file}, problems
    return {int(name): str(problems[0]) for name, problems in run.refused.items()}
