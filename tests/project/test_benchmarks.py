"""The benchmark's letter compiles, and says the same in our engine and in docxtpl."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from docxtpl import DocxTemplate  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks import data, package, texts  # noqa: E402
from benchmarks.syntaxes import SYNTAXES  # noqa: E402
from liangqing.engine import Template, compile_template  # noqa: E402

CONTEXTS = data.letters(5)


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return package.write(tmp_path_factory.mktemp("letter") / "函.docx", SYNTAXES["jinja"])


@pytest.fixture(scope="module")
def compiled(letter: Path) -> Template:
    return compile_template(letter, name="函.docx")


@pytest.mark.parametrize("context", CONTEXTS, ids=lambda each: each["number"])
def test_same_text_as_docxtpl(letter: Path, compiled: Template, context: data.Context) -> None:
    theirs, peer = io.BytesIO(), DocxTemplate(letter)
    peer.render(context, autoescape=True)
    peer.save(theirs)
    found = texts.paragraphs(compiled.render(context))
    assert found == texts.paragraphs(theirs.getvalue())
    assert any("&" in text or "<" in text for text in found)


def test_every_value_stands_in_the_letter(compiled: Template) -> None:
    assert set(compiled.reads) == set(CONTEXTS[0])
