"""The text of a document, paragraph by paragraph, and how two documents differ."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STORIES = ("word/document.xml", "word/header1.xml", "word/footer1.xml")
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n"}


def paragraphs(docx: bytes) -> list[str]:
    """Every w:p of body, header and footer."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        roots = [ElementTree.fromstring(archive.read(name)) for name in STORIES]
    return [_text(paragraph) for root in roots for paragraph in root.iter(f"{W}p")]


def _text(paragraph: ElementTree.Element) -> str:
    return "".join(
        each.text or "" if each.tag == f"{W}t" else _SIGNS.get(each.tag, "") for each in paragraph.iter()
    )


def difference(ours: Sequence[str], theirs: Sequence[str]) -> str:
    """In Chinese, what the other has that we have not; "" when the texts are equal."""
    if list(ours) == list(theirs):
        return ""
    filled, their_filled = [text for text in ours if text], [text for text in theirs if text]
    if filled == their_filled:
        return f"空段落 {len(theirs) - len(ours):+d}"
    missing = [text for text in filled if text not in their_filled]
    extra = [text for text in their_filled if text not in filled]
    if missing and extra:
        return f"{len(missing)} 段不同，如「{extra[0][:8]}」"
    return f"多 {len(extra)} 段，如「{extra[0][:8]}」" if extra else f"少 {len(missing)} 段"
