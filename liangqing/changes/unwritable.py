"""Texts that no file can hold, as they were handed over: told at their place, so that they keep nobody else's out."""

from __future__ import annotations

from collections.abc import Iterator

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, error
from liangqing.base.one_line import called, escaped
from liangqing.changes.proposed import NewRecord, Path, Proposal, Withdrawn
from liangqing.data.yaml.places import Tree


def unwritable(proposal: Proposal) -> Iterator[Diagnostic]:
    """Each text of a change that holds half of a character, which is none and fits into no file."""
    if isinstance(proposal, Withdrawn):
        return
    tree: Tree = dict(proposal.tree) if isinstance(proposal, NewRecord) else proposal.value
    for path, text in _texts(tree, ()):
        half = next((sign for sign in text if "\ud800" <= sign <= "\udfff"), None)
        if half is not None:
            place = proposal.places.get(path, proposal.places[()])
            message = f"「{escaped(text[:20])}」里有{called(half)}，存不下"
            yield error(Code.TEXT_FITS_NO_FILE, place, message, "删掉这个字符，重新打一遍")


def _texts(tree: Tree, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(tree, str):
        yield path, tree
    elif isinstance(tree, dict):
        for key, below in tree.items():
            yield from _texts(key, path)
            yield from _texts(below, (*path, key))
    elif isinstance(tree, list):
        for number, below in enumerate(tree):
            yield from _texts(below, (*path, number))
