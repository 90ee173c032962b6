"""Trees of large files that are kept: the same tree as from YAML, and never that of another file."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from liangqing.base.output_inputs import write_notes
from liangqing.data.yaml import kept_trees
from liangqing.data.yaml.kept_trees import LEAST, KeptTrees
from liangqing.data.yaml.places import Tree, parse


def text(word: str) -> bytes:
    """A file that is large enough to be kept."""
    return ("单位:\n" + f"  - 名称: {word}\n" * (LEAST // 10)).encode()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    trees = KeptTrees(tmp_path)
    for word in ("甲", "乙"):
        trees.read(text(word), f"{word}.yaml")
    trees.save()
    assert len(list(tmp_path.iterdir())) == 2
    return tmp_path


def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of what is read from YAML from now on."""
    names: list[str] = []

    def reading(data: bytes, name: str) -> Tree:
        names.append(name)
        return parse(data, name)

    monkeypatch.setattr(kept_trees, "parse", reading)
    return names


def test_what_is_kept_is_not_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = parsed(monkeypatch)
    assert KeptTrees(folder).read(text("甲"), "甲.yaml")[0] == parse(text("甲"), "甲.yaml")
    assert names == []
    KeptTrees(folder).read(text("丙"), "丙.yaml")
    assert names == ["丙.yaml"]


def swapped(one: Path, other: Path) -> None:
    aside = one.with_suffix(".aside")
    for old, new in ((one, aside), (other, one), (aside, other)):
        old.rename(new)


DAMAGES: dict[str, Callable[[Path, Path], object]] = {
    "empty": lambda one, _: one.write_bytes(b""),
    "truncated": lambda one, _: one.write_bytes(one.read_bytes()[:-5]),
    "flipped": lambda one, _: one.write_bytes(one.read_bytes().replace("名".encode(), "各".encode(), 1)),
    "other JSON": lambda one, _: one.write_bytes(b"[]"),
    "another shape": lambda one, _: write_notes(one, {"单位": []}),
    "a tree alone": lambda one, _: write_notes(one, [{"单位": []}]),
    "no notes": lambda one, _: write_notes(one, [one.stem, {"单位": []}]),
    "notes that are none": lambda one, _: write_notes(one, [one.stem, {"单位": []}, []]),
    "of another file": lambda one, other: shutil.copyfile(other, one),
    "swapped": swapped,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_what_is_damaged_is_not_believed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[Path, Path], object]
) -> None:
    one, other = sorted(folder.iterdir())
    damage(one, other)
    names = parsed(monkeypatch)
    trees = KeptTrees(folder)
    for word in ("甲", "乙"):
        assert trees.read(text(word), f"{word}.yaml")[0] == parse(text(word), f"{word}.yaml")
    assert names
    trees.save()
    names.clear()
    for word in ("甲", "乙"):
        KeptTrees(folder).read(text(word), f"{word}.yaml")
    assert names == []


def test_another_program_reads_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_trees, "program_stamp", lambda: "0" * 32)
    names = parsed(monkeypatch)
    trees = KeptTrees(folder)
    trees.read(text("甲"), "甲.yaml")
    assert names == ["甲.yaml"]
    trees.save()
    assert len(list(folder.iterdir())) == 1  # what nobody asked for goes


def test_what_was_worked_out_of_a_tree_is_kept_with_it(folder: Path) -> None:
    trees = KeptTrees(folder)
    for word in ("甲", "乙"):
        _, notes = trees.read(text(word), f"{word}.yaml")
        assert notes == {}
        notes["字"] = [word]
    trees.save()
    assert KeptTrees(folder).read(text("乙"), "乙.yaml")[1] == {"字": ["乙"]}
    before = sorted((path.name, path.stat().st_mtime_ns) for path in folder.iterdir())
    again = KeptTrees(folder)
    for word in ("甲", "乙"):
        again.read(text(word), f"{word}.yaml")
    again.save()  # nothing was added
    assert before == sorted((path.name, path.stat().st_mtime_ns) for path in folder.iterdir())
