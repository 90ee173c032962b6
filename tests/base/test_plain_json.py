"""JSON that was damaged or tampered with is no JSON, whatever is wrong with it; what we write is read as it was."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liangqing.base.plain_json import DEEPEST, load_json, read_json

TREES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda below: st.lists(below) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), below),
    max_leaves=30,
)
DAMAGED = {
    "nothing": "",
    "half a text": '{"a": ',
    "nested without end": "[" * 100_000,
    "objects without end": '{"a":' * 100_000,
    "closed, and deeper than anything that we write": "[" * 900 + "]" * 900,
    "deep among words with brackets": '["[[[",' * 100 + "1" + "]" * 100,
    "infinite": '{"序号": Infinity}',
    "infinite in figures": '{"序号": 1e400}',
    "no number": '{"序号": NaN}',
    "more digits than a number has": "9" * 5000,
    "half a pair of surrogates": '["\\ud800"]',
    "the same in capitals": '["\\UD800"]',
    "bytes that are no UTF-8": b'["\xff"]',
}


@pytest.mark.parametrize("text", DAMAGED.values(), ids=DAMAGED)
def test_what_we_never_write_is_refused_in_one_way(text: str | bytes) -> None:
    with pytest.raises(ValueError):
        read_json(text)


@given(TREES)
def test_what_we_write_is_read_as_it_was(tree: object) -> None:
    assert read_json(json.dumps(tree)) == tree
    assert read_json(json.dumps(tree, ensure_ascii=False).encode()) == tree


def test_words_full_of_brackets_are_not_deep() -> None:
    assert read_json(json.dumps(["[" * 500])) == ["[" * 500]
    deep: object = 1
    for _ in range(DEEPEST - 1):
        deep = [deep]
    assert read_json(json.dumps(deep)) == deep


def test_only_a_file_is_loaded(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道")
    (tmp_path / "零").symlink_to("/dev/zero")
    for name in ("管道", "零"):
        with pytest.raises(ValueError):
            load_json(tmp_path / name)
    with pytest.raises(FileNotFoundError):
        load_json(tmp_path / "没有")
    (tmp_path / "甲").write_text('{"a": 1}', "utf-8")
    assert load_json(tmp_path / "甲") == {"a": 1}
