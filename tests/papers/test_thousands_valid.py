"""Papers of all kinds of random years are files that Word opens: valid for the Open XML SDK, and for what that misses."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from itertools import count, islice
from pathlib import Path
from random import Random

import ooxml_lint
import pytest
from campaign import size
from looking_back import enrich
from random_year import generate
from sample import ROOT
from sdk import sdk
from written_year import open_written

from liangqing.actions.make_papers import WordGates, closed_gates
from liangqing.papers import rendering
from liangqing.papers.kept_templates import AnyTemplate, TemplateSource

pytestmark = [pytest.mark.many, pytest.mark.process]

STAGE = "文书合格"
PARTS, OF_A_KIND = 4, 3


@pytest.fixture(autouse=True)
def compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every year has the same templates."""
    known: dict[str, AnyTemplate] = {}
    compile_anew = TemplateSource.compile

    def compile_once(source: TemplateSource, data: bytes | None = None) -> AnyTemplate:
        key = f"{source.digest} {data is None}"
        if key not in known:
            known[key] = compile_anew(source, data)
        return known[key]

    monkeypatch.setattr(TemplateSource, "compile", compile_once)


def papers(root: Path, seed: int) -> Iterator[tuple[str, bytes]]:
    """Papers of a random group on the last day of each of its years, by name; of each kind OF_A_KIND at random."""
    written, random = enrich(generate(seed), seed), Random(seed)
    for number in written.years:
        year_root = root / f"{seed}-{number}"
        opened = open_written(year_root, written, number, date(number, 12, 31))
        shutil.copytree(ROOT / "templates", year_root / "templates", dirs_exist_ok=True)
        known = rendering.load_catalogue(year_root)
        names = [name for name, entry in known.entries.items() if not entry.kind.writer]
        gates = WordGates(opened, opened.found)
        random.shuffle(names)
        for kind, ready in rendering.compile_entries(opened, known, names).items():
            subjects = [*rendering.subjects_of(opened, ready.entry)]
            for subject in random.sample(subjects, min(OF_A_KIND, len(subjects))):
                open_gates = closed_gates(opened, ready.entry, subject, ready.gates, gates)
                if rendering.holds(ready, subject) and not open_gates:
                    made = rendering.render(ready, subject)
                    yield f"{kind}-{seed}-{number}-{subject.code}", made.artifact.data


@pytest.mark.campaign(STAGE)
@pytest.mark.parametrize("part", range(PARTS))
def test_papers_of_random_years_are_valid(
    part: int, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    found: dict[str, list[str]] = {}
    wanted = size(STAGE) // PARTS
    kinds = set()
    every = (paper for seed in count(part, PARTS) for paper in papers(tmp_path, seed))
    for name, data in islice(every, wanted):
        kinds.add(name.partition("-")[0])
        file = tmp_path / "文书.docx"
        file.write_bytes(data)
        if faults := [*ooxml_lint.document_faults(data), *sdk(file)]:
            found[name] = faults
    record_property("tried", wanted)
    assert found == {}
    assert len(kinds) > 1
