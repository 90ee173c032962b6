"""What a paper says, in the notation of random_templates.py."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from liangqing.base.docx_zip import W

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"


class PaperText:
    """A filled paper. `parts`: name → root of each part that is XML."""

    def __init__(self, paper: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(paper)) as archive:
            self.parts = {
                name: etree.fromstring(archive.read(name))
                for name in archive.namelist()
                if name.endswith((".xml", ".rels"))
            }
        self._numbers: Counter[str] = Counter()
        notes = self.parts["word/footnotes.xml"]
        self._notes = {note.get(f"{W}id"): note for note in notes}
        self._targets = {
            each.get("Id"): each.get("Target") for each in self.parts["word/_rels/document.xml.rels"]
        }

    def told(self, story: str) -> str:
        """The words of a story, such as document, header1."""
        root = self.parts[f"word/{story}.xml"]
        return "".join(self._blocks(root.find(f"{W}body") if story == "document" else root))

    def _blocks(self, holder: etree._Element | None) -> Iterator[str]:
        for each in () if holder is None else holder:
            if each.tag == f"{W}p":
                yield from self._paragraph(each)
            elif each.tag == f"{W}sdt":
                yield from self._blocks(each.find(f"{W}sdtContent"))
            for row in each.iterfind(f"{W}tr"):
                for cell in row.iterfind(f"{W}tc"):
                    yield from (*self._blocks(cell), "¦")
                yield "‖\n"

    def _paragraph(self, paragraph: etree._Element) -> Iterator[str]:
        number = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
        if number is not None:
            self._numbers[number.get(f"{W}val", "")] += 1
            yield f"⟦号:{self._numbers[number.get(f'{W}val', '')]}⟧"
        yield self._words(paragraph)
        yield "\n"
        for box in paragraph.iter(f"{W}txbxContent"):
            yield from self._blocks(box)

    def _words(self, paragraph: etree._Element) -> str:
        """The words of a line, without those of the boxes in it."""
        out = []
        for each in paragraph.iter():
            if next(each.iterancestors(f"{W}p"), paragraph) is not paragraph:
                continue
            if each.tag == f"{W}t":
                out.append(each.text or "")
            elif each.tag == f"{W}footnoteReference":
                lines = self._notes[each.get(f"{W}id")].iter(f"{W}p")
                out.append(f"⟦注:{'/'.join(map(self._words, lines))}⟧")
            elif each.tag == f"{W}hyperlink" and each.get(f"{_R}id") is not None:
                out.append(f"⟦址:{self._targets[each.get(f'{_R}id')]}⟧")
            elif each.tag == _PICTURE:
                out.append("⟦图⟧")
        return "".join(out)
