"""docs/开发说明.md and the code: its places are there, its words too, and its letter goes the way that it tells."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest
from code_places import PAGE, line_of, page, places
from conftest import Run
from markdown import chapters, tables
from sample import ROOT

NOTES = PAGE.read_text("utf-8")
LETTER = "One letter in ten steps"
STEPS = re.findall(r"^\d+\. .+?(?=^\d+\. |^$)", chapters(NOTES)[LETTER], re.MULTILINE | re.DOTALL)


def test_places_are_where_the_notes_say() -> None:
    assert len(places(NOTES)) > 60
    assert page(NOTES) == NOTES, "run: make docs"


@pytest.mark.parametrize("wrong", ["liangqing/cli/main.py` `nobody", "liangqing/cli/main.py` `Main.nobody"])
def test_a_name_that_is_not_there_is_found(wrong: str) -> None:
    with pytest.raises(LookupError, match="nobody"):
        page(f"`{wrong}`")


def test_a_line_that_moved_is_put_right() -> None:
    assert page("see `liangqing/cli/main.py:1` `main` now") == (
        f"see `liangqing/cli/main.py:{line_of('liangqing/cli/main.py', 'main')}` `main` now"
    )


def test_files_of_the_notes_are_there() -> None:
    """Whole paths of files and folders, outside the chapters on the engine."""
    told = {
        name
        for chapter, text in chapters(NOTES).items()
        if chapter not in ("The engine", "Against docxtpl")
        for name in re.findall(
            r"`((?:liangqing|tests|docs|checklists|template_sources|\.ci)/[\w./]+?)(?::\d+)?`", text
        )
    }
    assert len(told) > 40
    assert sorted(name for name in told if not (ROOT / name).exists()) == []


def test_the_glossary_has_twenty_words_each_with_its_name_in_the_code() -> None:
    (rows,) = tables(chapters(NOTES)["Twenty words"])
    assert rows[0] == ["中文", "in the code", "what it is"]
    words = [row[0] for row in rows[1:]]
    assert len(set(words)) == len(words) == 20
    assert [len(places(row[1])) for row in rows[1:]] == [1] * 20
    named = {name for row in rows[1:] for name in re.findall(r"`([A-Z]\w+)`", row[2])}
    code = "".join(path.read_text("utf-8") for path in (ROOT / "liangqing").rglob("*.py"))
    assert sorted(name for name in named if f"class {name}" not in code) == []


@contextmanager
def watched() -> Iterator[list[tuple[str, str]]]:
    """The functions of the package in the order in which each was called first: file and name."""
    called: dict[tuple[str, str], None] = {}
    before, first = sys.getprofile(), f"{ROOT}/"

    def look(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(first):
            called.setdefault((frame.f_code.co_filename.removeprefix(first), frame.f_code.co_qualname))

    order: list[tuple[str, str]] = []
    sys.setprofile(look)
    try:
        yield order
    finally:
        sys.setprofile(before)
        order += called


def test_the_letter_goes_the_way_that_the_steps_tell(unissued: Run) -> None:
    """Each step begins after the one before it, and every function that is named has its part in it."""
    assert len(STEPS) == 10
    with watched() as order:
        code, _, said = unissued("letters", "ZG1")
    assert code == 0, said
    firsts = [places(step)[0] for step in STEPS]
    assert [place for place in order if place in firsts] == firsts
    of_a_draft = [place for step in STEPS for place in places(step) if place[1] not in ("copy", "LETTER")]
    assert [place for place in of_a_draft if place not in order] == []


def test_a_letter_that_is_out_is_copied(run: Run) -> None:
    with watched() as order:
        assert run("letters", "ZG1")[0] == 0
    names = {name for file, name in order if file == "liangqing/papers/rendering.py"}
    assert "copy" in names
    assert "render" not in names
