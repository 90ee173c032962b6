"""A .docx as lines of text that a person can compare: paragraphs, tables cell by cell, what stands around them.

| a | b |   a row; ⏎ parts the paragraphs of a cell, 〃 goes on with the cell above, █ is a coloured cell
[框] …      text in a box          [图] …  a chart and its numbers  [照片] …  a picture          {PAGE}  a field
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
BREAKS = {f"{W}tab": "⇥", f"{W}br": "⏎"}
AROUND = (("页眉", "header"), ("页脚", "footer"))

Root = etree._Element


def text_of(docx: bytes) -> str:
    """The whole paper: sizes of its pages, headers, text, footers; ends with a line break."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    body = etree.fromstring(parts["word/document.xml"])[0]
    lines = [f"纸 {'、'.join(_pages(body))}"]
    for name, kind in AROUND:
        said = dict.fromkeys(_words(etree.fromstring(parts[each])) for each in sorted(parts) if kind in each)
        lines += [f"{name} {each}".rstrip() for each in said if each]
    lines += ["", *_Story(parts).blocks(body)]
    return "\n".join(line.rstrip() for line in lines).rstrip() + "\n"


def _pages(body: Root) -> Iterator[str]:
    for size in body.iter(f"{W}pgSz"):
        wide, high = (round(int(size.get(f"{W}{side}", "0")) / 1440 * 25.4) for side in "wh")
        yield f"{wide}×{high}"


class _Story:
    """What stands in the text of a paper, with the charts that it refers to."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self._parts = parts
        relations = etree.fromstring(parts["word/_rels/document.xml.rels"])
        self._targets = {each.get("Id", ""): each.get("Target", "") for each in relations}

    def blocks(self, parent: Root) -> Iterator[str]:
        for block in parent:
            if block.tag == f"{W}p":
                yield from self._paragraph(block)
            elif block.tag == f"{W}tbl":
                yield from (f"| {' | '.join(self._row(row))} |" for row in block.iter(f"{W}tr"))
            elif block.tag == f"{W}sdt":
                yield from self.blocks(block.find(f"{W}sdtContent"))  # type: ignore[arg-type]

    def _paragraph(self, paragraph: Root) -> Iterator[str]:
        for box in paragraph.iter(f"{W}txbxContent"):
            yield from (f"[框] {line}" for line in self.blocks(box) if line)
        charts = list(paragraph.iter(f"{C}chart"))
        for chart in charts:
            yield from self._chart(chart)
        photos = [each.get("descr", "") for each in paragraph.iter(f"{PIC}cNvPr")]
        yield from (f"[照片] {shown}" for shown in photos)
        words = _words(paragraph)
        if words or not (charts or photos):
            yield words

    def _row(self, row: Root) -> Iterator[str]:
        for cell in row.iter(f"{W}tc"):
            merged = cell.find(f"{W}tcPr/{W}vMerge")
            if merged is not None and merged.get(f"{W}val", "continue") == "continue":
                yield "〃"
                continue
            shade = cell.find(f"{W}tcPr/{W}shd")
            coloured = shade is not None and shade.get(f"{W}fill") not in (None, "auto", "FFFFFF")
            words = "⏎".join(filter(None, self.blocks(cell)))
            yield words or ("█" if coloured else "")

    def _chart(self, chart: Root) -> Iterator[str]:
        anchor = next(chart.iterancestors(f"{WP}inline", f"{WP}anchor"))
        shown = anchor.find(f"{WP}docPr")
        assert shown is not None
        yield f"[图] {shown.get('descr', '')}"
        target = self._targets[chart.get(f"{R}id", "")]
        root = etree.fromstring(self._parts[posixpath.normpath(f"word/{target}")])
        for series in root.iter(f"{C}ser"):
            name, points = (_values(series.find(f"{C}{each}")) for each in ("tx", "val"))
            categories = _values(series.find(f"{C}cat"))
            numbers = "、".join(f"{categories[index]} {value}" for index, value in points.items())
            yield f"[图] {''.join(name.values())}：{numbers}"


def _values(node: Root | None) -> dict[str, str]:
    """The values of a part of a chart by their place; a point that is not there is not drawn."""
    if node is None:
        return {}
    return {each.getparent().get("idx", ""): each.text or "" for each in node.iter(f"{C}v")}  # type: ignore[union-attr]


def _words(parent: Root) -> str:
    """The text of a paragraph (or header), without that of the boxes in it."""
    found = []
    for each in parent.iter(f"{W}t", f"{W}instrText", *BREAKS):
        inside = next(each.iterancestors(f"{W}txbxContent"), None)
        if inside is not None and inside not in parent.iterancestors():
            continue
        if each.tag == f"{W}instrText":
            found.append(f"{{{(each.text or '').strip()}}}")
        elif each.tag in BREAKS:
            found.append(BREAKS[str(each.tag)])
        elif not _result_of_a_field(each):
            found.append(each.text or "")
    return "".join(found)


def _result_of_a_field(text: Root) -> bool:
    """Whether a text stands between the separator and the end of a field: what a viewer last put there."""
    run = next(text.iterancestors(f"{W}r"))
    for before in run.itersiblings(f"{W}r", preceding=True):
        mark = before.find(f"{W}fldChar")
        if mark is not None:
            return mark.get(f"{W}fldCharType") == "separate"
    return False
