"""Templates at random over values at random: what they print is what Jinja prints, and what comes out is valid."""

from __future__ import annotations

import random
from pathlib import Path

import ooxml_lint
import pytest
from paper_text import PaperText
from random_templates import Maker, values
from sdk import sdk

from liangqing.engine import compile_template

NUMBER = 200
FEATURES = {
    "restart", "numbers", "loop", "condition", "control", "box", "table", "merged across", "row", "merged down",
    "rows in tags", "columns", "inline", "note", "bookmark", "link", "picture", "remark",
}  # fmt: skip


@pytest.mark.many
def test_what_templates_print_is_what_jinja_prints() -> None:
    met: list[frozenset[str]] = []
    for seed in range(NUMBER):
        sample = Maker().template([seed])
        met.append(sample.features)
        given = values(random.Random(seed))
        paper = compile_template(sample.file, name=f"templates/{seed}.docx").render(given)
        assert ooxml_lint.document_faults(paper) == [], seed
        text = PaperText(paper)
        assert {name: text.told(name) for name in sample.model} == sample.expected(given), seed
    assert {feature for features in met for feature in features} == FEATURES
    assert sorted(map(len, met))[NUMBER // 2] >= 8  # half of them have eight features at once


@pytest.mark.many
@pytest.mark.process
@pytest.mark.parametrize("first", range(0, NUMBER, 50))
def test_the_same_templates_as_chapters_of_one_are_valid(first: int, tmp_path: Path) -> None:
    sample = Maker().template(range(first, first + 50))
    given = values(random.Random(first + 3))
    out = tmp_path / "书.docx"
    out.write_bytes(compile_template(sample.file, name="templates/书.docx").render(given))
    assert sdk(out) == []
    text = PaperText(out.read_bytes())
    assert {name: text.told(name) for name in sample.model} == sample.expected(given)


def test_a_model_that_says_otherwise_is_seen() -> None:
    sample = Maker().template([1])
    given = values(random.Random(1))
    text = PaperText(compile_template(sample.file, name="函").render(given)).told("document")
    others = [values(random.Random(seed)) for seed in range(2, 9)]
    assert all(sample.expected(other)["document"] != text for other in others)
