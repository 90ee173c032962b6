"""Number and date written into a draft that a person corrected in Word; nothing else of it changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from liangqing.actions.comparing import squeezed, undouble
from liangqing.base.docx_zip import W, ZipEntry, packed, read_package, write_package

MARK = "草稿"
_TEXT = re.compile(r"(?:.*/)?(?:header|footer)\d*\.xml")


@dataclass(frozen=True)
class Filling:
    """`controls`: what goes into content controls of that name. `words`: what the draft printed → what goes there.

    `indents`: right indents (twips) of paragraphs that depend on the date, by what the draft printed in them.
    """

    controls: Mapping[str, str]
    words: Mapping[str, str]
    indents: Mapping[str, str]


def fill(docx: bytes, name: str, filling: Filling) -> bytes:
    """The Word file with number and date in their places, and without the mark of a draft."""
    package = read_package(docx, name)
    fresh = {}
    for part in package.parts:
        if part == package.main or _TEXT.fullmatch(part):
            root = package.root(part)
            _fill_part(root, filling)
            data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            fresh[part] = packed(part, data)
    return write_package(ZipEntry(part) for part in {**package.parts, **fresh}.values())


def changed_indents(draft: bytes, issued: bytes) -> dict[str, str]:
    """Right indents that differ between a draft and the paper as it is issued, by what the draft printed there."""
    one, other = ((package := read_package(docx, "草稿")).root(package.main) for docx in (draft, issued))
    pairs = list(zip(one.iter(f"{W}p"), other.iter(f"{W}p"), strict=False))
    found = {}
    for before, after in pairs:
        then, now = (paragraph.find(f"{W}pPr/{W}ind") for paragraph in (before, after))
        if then is not None and now is not None and then.get(f"{W}right") != now.get(f"{W}right"):
            found[squeezed(_said(before))] = now.get(f"{W}right", "0")
    return found


def _said(paragraph: etree._Element) -> str:
    return "".join(text.text or "" for text in _texts(paragraph))


def _texts(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The texts of a paragraph without those of its text boxes."""
    for text in paragraph.iter(f"{W}t"):
        if next(text.iterancestors(f"{W}p")) is paragraph:
            yield text


def _fill_part(root: etree._Element, filling: Filling) -> None:
    undouble(root)
    for paragraph in root.iter(f"{W}p"):
        said = squeezed(_said(paragraph))
        indent = paragraph.find(f"{W}pPr/{W}ind")
        if said in filling.indents and indent is not None:
            indent.set(f"{W}right", filling.indents[said])
        if said == MARK and root.tag != f"{W}document":
            _put(list(_texts(paragraph)), "")
    for control in root.iter(f"{W}sdt"):
        word = filling.controls.get(_name(control))
        if word is not None:
            _put(list(control.iter(f"{W}t")), word)
    for paragraph in root.iter(f"{W}p"):
        for old, new in filling.words.items():
            _replace(list(_texts(paragraph)), old, new)


def _name(control: etree._Element) -> str:
    """The tag of a content control, or its title where a program lost the tag."""
    for key in ("tag", "alias"):
        found = control.find(f"{W}sdtPr/{W}{key}")
        if found is not None:
            return found.get(f"{W}val", "")
    return ""


def _put(texts: list[etree._Element], word: str) -> None:
    for index, text in enumerate(texts):
        text.text = word if index == 0 else ""


def _replace(texts: list[etree._Element], old: str, new: str) -> None:
    """`old`, in however many runs it stands, becomes `new` in the first of them."""
    pattern = re.compile(r"\s*".join(map(re.escape, old.split())))
    said = "".join(text.text or "" for text in texts)
    for found in reversed(list(pattern.finditer(said))):
        at = 0
        put = new
        for element in texts:
            text = element.text or ""
            first, last = max(found.start() - at, 0), min(found.end() - at, len(text))
            at += len(text)
            if first < last:
                element.text = text[:first] + put + text[last:]
                put = ""
