"""Any edits of any file: it reads as meant, and what they are not about stays, byte for byte."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from styled_yaml import ENTRIES, RECORDS, SECTION, TEXTS, Path, StyledFile, WrittenRow, styled_files

from liangqing.data.yaml.edit import apply_edits
from liangqing.data.yaml.edited_trees import Edit
from liangqing.data.yaml.places import Tree, parse
from liangqing.data.yaml.write import without_brackets


def paths_in(tree: Tree, path: Path = ()) -> list[Path]:
    """Every path in a tree."""
    if not isinstance(tree, dict | list):
        return [path]
    steps = tree.items() if isinstance(tree, dict) else enumerate(tree)
    return [path, *(below for step, value in steps for below in paths_in(value, (*path, step)))]


def meant(tree: Any, path: Path, value: Tree, *, gone: bool) -> Path:
    """The same change of a tree, done in place and by other means; the path of all that it is about.

    That is wider than `path` where what it is in has lost its last value, and goes along.
    """
    *above, last = path
    node = tree
    for step in above:
        node = node[step]
    if gone:
        del node[last]
        if not node and len(path) > 2:  # a section stays, empty
            return meant(tree, path[:-1], None, gone=True)
    elif isinstance(node, list) and isinstance(last, int) and last == len(node):
        node.append(value)
    else:
        node[last] = value
    return path


def kind_of(path: Path) -> st.SearchStrategy[Tree]:
    """Values that may stand at a path below a record."""
    if path and path[-1] == "进展":
        return st.lists(ENTRIES, min_size=1, max_size=3).map(lambda found: [dict(one) for one in found])
    if path and path[-1] in ("整改措施", "佐证"):
        return st.lists(TEXTS, min_size=2, max_size=3).map(list)
    return TEXTS if not path or isinstance(path[-1], str) else st.one_of(TEXTS, ENTRIES.map(dict))


@st.composite
def edits_of(draw: st.DrawFn, file: StyledFile) -> tuple[list[Edit], list[Edit], Any]:
    """Some edits that follow each other, the same with the paths of all that goes, and what the tree is afterwards."""
    tree: Any = parse(file.source.data, "甲.yaml")
    edits: list[Edit] = []
    wide: list[Edit] = []
    for _ in range(draw(st.integers(1, 4))):
        known = [path for path in paths_in(tree) if len(path) > 1]
        way = draw(st.sampled_from(["set", "gone", "add"])) if known else "record"
        path = draw(st.sampled_from(known)) if known else (SECTION, 0)
        node = tree
        for step in path if known else ():
            node = node[step]
        if way == "gone":
            edit = Edit(path, gone=True)
        elif way == "add" and isinstance(node, list):
            same = next((one for one in node if isinstance(one, str)), None)
            edit = Edit((*path, len(node)), draw(TEXTS if same else ENTRIES.map(dict)))
        elif way == "add" and isinstance(node, dict) and len(path) == 2:
            edit = Edit((*path, "依据"), draw(TEXTS))
        elif way == "record" or len(path) == 2:
            edit = Edit((SECTION, len(tree[SECTION])), dict(draw(RECORDS)))
        else:
            edit = Edit(path, draw(kind_of(path)))
        edits.append(edit)
        about = meant(tree, edit.path, copy.deepcopy(edit.value), gone=edit.gone)
        wide.append(replace(edit, path=about))
    return edits, wide, tree


def is_about(row: WrittenRow, edit: Edit) -> bool:
    """Whether an edit may change a line: it stands in or below what is edited, or holds all of what that is in."""
    path = edit.path
    inside = row.path[: len(path)] == path
    holds = bool(row.path) and path[: len(row.path)] == row.path and row.whole and "# 说明" not in row.text
    return inside or holds


def untouched(file: StyledFile, edits: list[Edit]) -> list[str]:
    """The lines that no edit is about; of a file whose items go, none behind the first of those (they count anew)."""
    found = []
    for row in file.rows:
        gone_with = any(edit.gone and row.path and _shares(row.path, edit.path) for edit in edits)
        if (
            row.text
            and row.path != (SECTION,)
            and not gone_with
            and not any(is_about(row, edit) for edit in edits)
        ):
            found.append(row.text)
    return found


def _shares(path: Path, gone: Path) -> bool:
    """Whether two paths part at the items of one list, so that what goes may move the other, or empties what it is in."""
    common = 0
    while common < min(len(path), len(gone)) and path[common] == gone[common]:
        common += 1
    return common < min(len(path), len(gone)) and isinstance(gone[common], int)


def is_in_order(wanted: list[str], lines: list[str]) -> bool:
    """Whether the lines are there in this order; the dash of an item may have come to stand before its next key."""
    rest = (line.lstrip(" -") for line in lines)
    return all(any(line.lstrip(" -") == other for other in rest) for line in wanted)


@settings(max_examples=120, deadline=None, phases=[Phase.generate])
@given(st.data())
def test_it_reads_as_meant_and_all_else_stays(data: st.DataObject) -> None:
    file = data.draw(styled_files())
    edits, wide, tree = data.draw(edits_of(file))
    after = apply_edits(file.source, edits)
    assert without_brackets(parse(after, "甲.yaml")) == without_brackets(tree)
    text = after.decode()
    ends = "\r\n" if b"\r\n" in file.source.data else "\n"
    assert text.startswith("\ufeff") == file.source.data.startswith("\ufeff".encode())
    if len(file.rows) > 1 and ends == "\r\n":
        assert "\n" not in text.replace("\r\n", "")
    assert is_in_order(untouched(file, wide), text.removeprefix("\ufeff").split(ends))


@settings(max_examples=40, deadline=None)
@given(styled_files(), RECORDS)
def test_what_is_added_and_taken_out_again_leaves_the_file_as_it_was(
    file: StyledFile, record: dict[str, Tree]
) -> None:
    tree: Any = file.source.tree
    place = (SECTION, len(tree[SECTION]))
    added = apply_edits(file.source, [Edit(place, dict(record), remark="手工")])
    source = type(file.source)("甲.yaml", added, parse(added, "甲.yaml"))
    assert apply_edits(source, [Edit(place, gone=True)]).rstrip() == file.source.data.rstrip()
