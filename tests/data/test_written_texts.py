"""Whatever text is written into data is read back as it was meant, by our reader and by PyYAML's stricter one, or refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import yaml
from hypothesis import example, given, settings
from odd_texts import ODD, UNFIT, texts

from liangqing.base.diagnostics import Problems
from liangqing.data.yaml.edit import apply_edits
from liangqing.data.yaml.edited_trees import Edit
from liangqing.data.yaml.places import Source, Tree, parse
from liangqing.data.yaml.write import dump

BLOCK, FLOW = b"a:\n  - b: 1\n", b"a:\n  - {b: 1}\n"


def edited(before: bytes) -> Callable[[str], tuple[str, Tree]]:
    """A text put into a file as a new key of a record: the file, and what it is to read as."""

    def write(text: str) -> tuple[str, Tree]:
        source = Source("甲", before, parse(before, "甲"))
        return apply_edits(source, [Edit(("a", 0, "c"), text)]).decode(), {"a": [{"b": "1", "c": text}]}

    return write


def whole(text: str) -> tuple[str, Tree]:
    """A text in a file of its own, as a value and as an item in brackets and out of them."""
    tree: Tree = {"甲": text, "乙": [{"丙": text, "丁": [text, "x"]}]}
    return dump(tree), tree


WAYS = {"a new key line by line": edited(BLOCK), "a new key in brackets": edited(FLOW), "a new file": whole}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("text", [*ODD, *(text for text in UNFIT if not "\ud800" <= text[-1] <= "\udfff")])
def test_an_odd_text_is_read_as_written(way: str, text: str) -> None:
    written, meant = WAYS[way](text)
    assert parse(written.encode(), "") == meant
    if "\n" not in text:  # our reader leaves out the last line end of |
        assert yaml.load(written, yaml.BaseLoader) == meant


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=150, deadline=None)
@example("甲? 乙")
@example("<<??")
@given(texts())
def test_any_text_is_read_as_written_or_refused_by_its_name(way: str, text: str) -> None:
    try:
        written, meant = WAYS[way](text)
    except Problems as refused:
        assert "D861" in str(refused) and "不完整的字符（U+D" in str(refused)
        assert any("\ud800" <= sign <= "\udfff" for sign in text)
    else:
        assert parse(written.encode(), "") == meant
        assert "\n" in text or yaml.load(written, yaml.BaseLoader) == meant
