"""Inputs that coverage guides: a short form of what `python tests/support/fuzzing_guided.py` does."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from campaign import size
from fuzzing import _alone
from fuzzing_ground import prepare
from fuzzing_readers import READERS
from sample import ROOT

STAGE = "引着弄坏"
pytestmark = [pytest.mark.process, pytest.mark.many, pytest.mark.campaign(STAGE)]
FEW = 200  # cases up to which only the readers of the first gate are tried: YAML, register, tags, Word, Excel
FIRST = ("yaml", "register", "tags", "word", "ledger")
PLANTED = 20_000  # cases after which the planted fault is found


def test_what_leads_to_new_places_is_spoilt_further_and_every_reader_holds(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """And a fault behind two doors, where no accident gets to, is found: the guide is no ornament."""
    if importlib.util.find_spec("atheris") is None:
        assert not os.environ.get("CI"), "CI must have atheris: pyproject.toml"
        pytest.skip("没有 atheris")
    with _alone(tmp_path):
        ground = prepare(tmp_path)
    cases = size(STAGE)
    names = FIRST if cases <= FEW else tuple(READERS)
    words = [f"{name}={cases // len(names)}" for name in names]
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests/support/fuzzing_guided.py"), "--ground", str(ground.root), "--only", *words, f"planted={PLANTED}"],
        capture_output=True,
        text=True,
    )  # fmt: skip
    assert done.stdout, done.stderr
    *told, planted = json.loads(done.stdout)
    assert [one["name"] for one in told] == [*names] and planted["name"] == "planted"
    record_property("tried", sum(one["tried"] for one in told))
    for one in told:
        assert one["faults"] == [], one["faults"]
        assert one["tried"] >= cases // len(names) and one["places"] > 10, one
    assert "ZeroDivisionError" in planted["faults"][0]["why"]
