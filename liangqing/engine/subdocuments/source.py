"""A Word file as it was read and made ready to be put into papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from liangqing.base.diagnostics import Diagnostic, Place
from liangqing.base.docx_zip import Package
from liangqing.engine.parts.relations import Relation
from liangqing.engine.subdocuments.style_sheet import StyleSheet


@dataclass(frozen=True)
class SubStory:
    """A part of a file with text, and its relationships by id. The tree is shared: it is copied, never changed."""

    part: str
    root: etree._Element
    relations: Mapping[str, Relation]


@dataclass(frozen=True)
class SubSource:
    """A Word file without what does not go into a paper. `digest` tells it from others.

    `blocks` are the paragraphs, tables and what stands between them; `notes`: by the kind of reference (footnoteReference,
    endnoteReference) the part, and its notes by number. `plain`: nobody chose how its text should look. `words`: each
    paragraph of the text and the notes, with its place; `warnings`: what stays behind and a person should know of.
    """

    name: str
    digest: str
    package: Package
    text: SubStory
    blocks: tuple[etree._Element, ...]
    notes: Mapping[str, tuple[SubStory, Mapping[str, etree._Element]]]
    sheet: StyleSheet
    plain: bool
    words: tuple[tuple[Place, str], ...]
    warnings: tuple[Diagnostic, ...]
