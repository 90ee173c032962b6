"""The lint corpus: what the engine says of each faulty template, word for word, and nothing of the sound ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from lint_template import FILE, compiled

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Problems, Severity

HERE = Path(__file__).resolve().parent


def rows(name: str) -> dict[str, dict[str, Any]]:
    """The rows of a file, each under its heading and its own name."""
    loaded = yaml.safe_load((HERE / name).read_text("utf-8"))
    return {f"{heading}：{each}": row for heading, under in loaded.items() for each, row in under.items()}


FAULTY, SOUND, TOLD = rows("lint_faulty.yaml"), rows("lint_sound.yaml"), rows("lint_told.yaml")


def line(found: Diagnostic) -> str:
    """A diagnostic as the corpus writes it."""
    assert found.place.file == FILE
    return f"{found.place.detail} {found.code} {found.message}／{found.advice}".strip()


def test_the_corpus_is_large_and_every_kind_of_fault_is_in_it() -> None:
    assert len(FAULTY) >= 80
    assert len(SOUND) >= 30
    said = "\n".join(f" {each}" for row in FAULTY.values() for each in row["诊断"])
    said += "\n".join(f" {each}" for row in TOLD.values() for each in row["提醒"])
    elsewhere = {Code.NOT_A_NUMBER, Code.UNKNOWN_PREFIX}  # of charts; of a file that is no template of Word's
    at_compile_time = {code for code in Code if Code.UNCLOSED_TAG <= code < Code.NO_VALUE} - elsewhere
    assert {code for code in at_compile_time if f" {code} " not in said} == set()


@pytest.mark.parametrize("name", FAULTY)
def test_faulty(name: str) -> None:
    with pytest.raises(Problems) as caught:
        compiled(FAULTY[name])
    assert [line(each) for each in caught.value.diagnostics] == FAULTY[name]["诊断"]
    assert {each.severity for each in caught.value.diagnostics} == {Severity.ERROR}


@pytest.mark.parametrize("name", SOUND)
def test_sound(name: str) -> None:
    assert compiled(SOUND[name]).warnings == ()


@pytest.mark.parametrize("name", TOLD)
def test_told(name: str) -> None:
    told = compiled(TOLD[name]).warnings
    assert [line(each) for each in told] == TOLD[name]["提醒"]
    assert {each.severity for each in told} == {Severity.WARNING}
