"""Changes of a tree of text: what shall stand where, and what the tree is afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from liangqing.data.yaml.places import Step, Tree

Path: TypeAlias = tuple[Step, ...]


@dataclass(frozen=True)
class Edit:
    """What shall stand at `path`: a text, a list, a mapping, or nothing.

    A step one beyond the last item of a list appends to it. `gone`: nothing shall stand there any more, not even the
    key or the dash. `remark` is a comment above a record that is added to a section.
    """

    path: Path
    value: Tree = None
    gone: bool = False
    remark: str = ""


def changed(tree: Tree, change: Edit) -> Tree:
    """The tree with a change in it; a step into a list that was written as a single text is passed over."""
    return _without(tree, whole(tree, change.path)) if change.gone else _with(tree, change.path, change.value)


def at_path(tree: Tree, path: Path) -> Tree:
    """What stands at a path; None where nothing does. A step into a list that was written as a single text is passed over."""
    for step in path:
        if isinstance(step, int) and not isinstance(tree, list):
            if step:
                return None
        elif isinstance(tree, list):
            assert isinstance(step, int)
            tree = tree[step] if step < len(tree) else None
        else:
            assert isinstance(step, str)
            tree = tree.get(step) if isinstance(tree, dict) else None
    return tree


def begun(tree: Tree, path: Path) -> Path:
    """The path of the first thing that has to be made for a value at `path`; `path` itself where all above it is there."""
    for end in range(1, len(path)):
        if at_path(tree, path[:end]) is None:
            return path[:end]
    return path


def whole(tree: Tree, path: Path) -> Path:
    """The path of what goes when the value at `path` does: with it what would be left empty, up to its record.

    Raises KeyError or IndexError where nothing stands there.
    """
    nodes: list[Any] = [tree]
    written: list[Step] = []
    for step in path:
        if isinstance(step, int) and not isinstance(nodes[-1], list):
            if step:
                raise KeyError(path)
            continue
        nodes.append(nodes[-1][step])
        written.append(step)
    top = 2 if len(nodes) > 1 and isinstance(nodes[1], list) else 1
    while len(written) > top and len(nodes[len(written) - 1]) == 1:
        written.pop()
    return tuple(written)


def narrowed(tree: Tree, change: Edit) -> Iterator[Edit]:
    """A list or mapping in the place of another as the changes inside it, so that what stays is not written anew.

    Nothing where the same stands there already.
    """
    if change.gone:
        yield change
    else:
        yield from _between(at_path(tree, change.path), change)


def _between(now: Tree, change: Edit) -> Iterator[Edit]:
    path, then = change.path, change.value
    if isinstance(now, dict) and isinstance(then, dict) and now and then:
        for key, value in then.items():
            if key not in now:
                yield Edit((*path, key), value)
            else:
                yield from _between(now[key], Edit((*path, key), value))
        yield from (Edit((*path, key), gone=True) for key in now if key not in then)
    elif isinstance(now, list) and isinstance(then, list) and now and then:
        for index, value in enumerate(then):
            if index >= len(now):
                yield Edit((*path, index), value)
            else:
                yield from _between(now[index], Edit((*path, index), value))
        yield from (Edit((*path, index), gone=True) for index in reversed(range(len(then), len(now))))
    elif now is None or now != then:
        yield change


def _with(tree: Tree, path: Path, value: Tree) -> Tree:
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(step, int) and not isinstance(tree, list):
        if step == 0 and tree is not None:
            return _with(tree, rest, value)
        tree = [] if tree is None else [tree]
    if isinstance(tree, list):
        assert isinstance(step, int)
        if step == len(tree):
            return [*tree, _with(None, rest, value)]
        return [_with(item, rest, value) if at == step else item for at, item in enumerate(tree)]
    assert isinstance(step, str)
    if tree is None:
        tree = {}
    assert isinstance(tree, dict)
    return {**tree, step: _with(tree.get(step), rest, value)}


def _without(tree: Tree, path: Path) -> Tree:
    step, rest = path[0], path[1:]
    if isinstance(tree, dict):
        assert isinstance(step, str)
        if rest:
            return {**tree, step: _without(tree[step], rest)}
        return {key: value for key, value in tree.items() if key != step}
    assert isinstance(tree, list) and isinstance(step, int)
    if rest:
        return [_without(item, rest) if at == step else item for at, item in enumerate(tree)]
    return [item for at, item in enumerate(tree) if at != step]
