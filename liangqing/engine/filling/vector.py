"""SVG drawn as PNG, which every Word shows. resvg is loaded here, when needed; nothing outside of the file is read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from liangqing.engine.filling.redrawing import TooManyPixels, Unreadable

LARGEST = 8 << 20  # bytes
MOST_ELEMENTS = 50_000  # as they are drawn: what is used twice counts twice
_SVG = "{http://www.w3.org/2000/svg}"
_HREF = ("href", "{http://www.w3.org/1999/xlink}href")
_INCH = 96  # user units
_UNITS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]{1,2})?)\s*(px|pt|pc|mm|cm|in|)\s*")
_USUAL = (300.0, 150.0)  # user units, where a file says nothing (CSS 2.2, 10.3.2)
_REFUSED = {f"{_SVG}{name}" for name in ("script", "foreignObject", "feImage")}
_PICTURE = re.compile(r"data:image/(png|jpe?g|gif);base64,", re.IGNORECASE)
_OUTSIDE = re.compile(r"@import|url\(\s*['\"]?(?!#)[^)'\"\s]", re.IGNORECASE)


def drawn(data: bytes, dots: float, most: int) -> bytes:
    """The PNG of a picture at its own size, of so many dots an inch. Raises Unreadable, TooManyPixels (more than `most`).

    Unreadable too where it runs something, reads other files, or declares entities.
    """
    root = _parsed(data)
    width, height = (side * dots / _INCH for side in _size(root))
    if width * height > most or not _can_be_drawn(root):
        raise TooManyPixels
    import resvg_py

    text, wide, high = etree.tostring(root, encoding="unicode"), max(1, round(width)), max(1, round(height))
    try:
        return bytes(resvg_py.svg_to_bytes(svg_string=text, width=wide, height=high, dpi=_INCH))
    except ValueError as exc:
        raise Unreadable from exc


def _parsed(data: bytes) -> etree._Element:
    if len(data) > LARGEST:
        raise TooManyPixels
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as exc:
        raise Unreadable from exc
    declared = root.getroottree().docinfo.internalDTD
    entities = declared.entities() if declared is not None else ()  # type: ignore[union-attr]
    if root.tag != f"{_SVG}svg" or entities:
        raise Unreadable
    if any(_reaches_out(element) for element in root.iter()):
        raise Unreadable
    return root


def _reaches_out(element: etree._Element) -> bool:
    """Whether an element runs something or names another file."""
    if not isinstance(element.tag, str):
        return element.tag is etree.Entity
    if element.tag in _REFUSED:
        return True
    target = next((element.get(name, "") for name in _HREF if name in element.attrib), "").strip()
    if target and not target.startswith("#") and element.tag != f"{_SVG}a" and not _PICTURE.match(target):
        return True
    texts = [
        *map(str, element.attrib.values()),
        (element.text or "") if element.tag == f"{_SVG}style" else "",
    ]
    return any(_OUTSIDE.search(text) for text in texts)


def _size(root: etree._Element) -> tuple[float, float]:
    """Width and height in user units (1/96 inch): as given, else those of the view."""
    view = [float(part) for part in re.findall(r"-?[0-9]*\.?[0-9]+", root.get("viewBox", ""))]
    usual = (view[2], view[3]) if len(view) == 4 else _USUAL
    given = [_length(root.get(name, "")) for name in ("width", "height")]
    if given[0] and given[1]:
        return given[0], given[1]
    if given[0] or given[1]:
        scale = given[0] / usual[0] if given[0] else given[1] / usual[1] if usual[1] else 0
        return (usual[0] * scale, usual[1] * scale)
    return usual


def _length(text: str) -> float:
    found = _LENGTH.fullmatch(text)
    return float(found[1]) * _UNITS[found[2]] if found else 0.0


def _can_be_drawn(root: etree._Element) -> bool:
    try:
        return _Drawing(root).elements(root) <= MOST_ELEMENTS
    except RecursionError:
        return False


@dataclass
class _Drawing:
    """How many elements are drawn, what is used again and again counted each time."""

    root: etree._Element
    _counted: dict[etree._Element, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._named = {element.get("id", ""): element for element in self.root.iter(f"{_SVG}*")}

    def elements(self, element: etree._Element) -> int:
        """Of an element and all below it; one that uses itself counts as too many."""
        if element in self._counted:
            return self._counted[element]
        self._counted[element] = MOST_ELEMENTS + 1  # while it is being counted
        found = 1 + sum(self.elements(child) for child in element if isinstance(child.tag, str))
        if element.tag == f"{_SVG}use":
            target = next((element.get(name, "") for name in _HREF if name in element.attrib), "")
            used = self._named.get(target.strip().removeprefix("#"))
            found += self.elements(used) if used is not None else 0
        self._counted[element] = min(found, MOST_ELEMENTS + 1)
        return self._counted[element]
