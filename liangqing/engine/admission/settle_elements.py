"""Elements and attributes of a part that lead out of the file or do something, beside fields.

What names a relationship that was taken out goes with it; the words inside stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping

from lxml import etree

from liangqing.base.docx_zip import OFFICE, W
from liangqing.base.wordprocessingml import A, local
from liangqing.engine.admission.listed import MERGED, is_allowed_address
from liangqing.engine.admission.settle_fields import drop
from liangqing.engine.language.join_runs import OPENINGS

_R = f"{{{OFFICE}}}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"
_W14, _W15 = (f"{{http://schemas.microsoft.com/office/word/{year}/wordml}}" for year in (2010, 2012))
_SL = "{http://schemas.openxmlformats.org/schemaLibrary/2006/main}"
_SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
_CLICKS = tuple(f"{A}{name}" for name in ("hlinkClick", "hlinkHover", "hlinkMouseOver"))
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
# In the bytes of a part that has something to look at; without prefixes, which are anybody's choice. What does nothing without
# a relationship is found by that.
_SIGNS = (
    b"fld", b"nstrText", b"href", b"src", b"xml:base", b"action", b"invalidUrl", b"dataBinding", b"smartTag", b"subDoc",
    b"altChunk", b"OLEObject", b"hyperlink", b"webVideoPr", b"custom-properties",
)  # fmt: skip
# A page number as the product's templates have it, so that their footers are not read for that alone.
_PAGE_NUMBER = re.compile(
    rb'<w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> (?:PAGE|NUMPAGES) </w:instrText></w:r>'
    rb'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r>(?:<w:rPr>[^>]*/></w:rPr>)?<w:t(?: xml:space="preserve")?>1</w:t></w:r>'
    rb'<w:r><w:fldChar w:fldCharType="end"/>'
)
_SETTINGS = b"ettings"
_SIGNS_OF_SETTINGS = (
    b"docVars", b"frameset", b"attached", b"mailMerge", b"docId", b"linkStyles", b"schemaLibrary", b"saveThroughXslt",
)  # fmt: skip
_OBJECTS = tuple(
    f"{{*}}{name}"
    for name in (
        "OLEObject",
        "control",
        "subDoc",
        "altChunk",
        "objectEmbed",
        "objectLink",
        "movie",
        "contentPart",
    )
)
_FILM = "{*}webVideoPr"  # a film of the web, beside the picture that stands for it
# Silent: nobody wrote these. The others of settings are told, with what they are.
_SILENT = (
    f"{W}dataBinding", f"{_W15}dataBinding", f"{_W14}docId", f"{_W15}docId", f"{W}linkStyles", f"{W}smartTagType",
    f"{W}saveThroughXslt", f"{W}attachedSchema", f"{_SL}schemaLibrary", f"{W}attachedTemplate", f"{W}frameset",
)  # fmt: skip
_PROPERTIES = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}Properties"
_OF_PROGRAMS = ("KSO", "ICV", "MSIP_Label", "ContentTypeId", "_")  # how properties begin that programs add
_TOLD = {f"{W}mailMerge": MERGED, f"{W}docVars": "文档变量"}

Gone = Container[str]


def has_signs(data: bytes) -> bool:
    """Whether a part may hold something that is not on the list: a look at its bytes, which most parts stop at."""
    if b"fld" in data:
        data = _PAGE_NUMBER.sub(b"", data)
    if has_remarks(data) or any(sign in data for sign in _SIGNS):
        return True
    return _SETTINGS in data and any(sign in data for sign in _SIGNS_OF_SETTINGS)


def has_remarks(data: bytes) -> bool:
    """Whether remarks or instructions of XML itself stand in a part, which are gone as soon as it is read."""
    marked = b"!" in data or data.count(b"?") > len(
        "??"
    )  # those of the head; one sign alone is looked for faster
    return marked and (b"<!" in data or data.find(b"<?", 2) > 0)


def drop_objects(root: etree._Element) -> list[etree._Element]:
    """Takes out what is embedded or put in from another file, and would be missed; what each stood in."""
    homes = []
    for element in list(root.iter(*_OBJECTS)):
        home = element.getparent()
        if home is not None:
            home.remove(element)
            homes.append(home)
    return homes


def settle_elements(
    root: etree._Element, *, tags: bool
) -> tuple[list[str], list[tuple[str, etree._Element]]]:
    """Takes out what leads out of the file beside relationships and fields: names of what is to be told, and links."""
    for element in list(root.iter(*_SILENT)):
        drop(element)
    for film in list(root.iter(_FILM)):
        _drop_extension(film, ())
    for tag in list(root.iter(f"{W}smartTag")):
        _unwrap(tag)
    told = []
    for element in list(root.iter(*_TOLD)):
        told.append(_TOLD[str(element.tag)])
        drop(element)
    told += _drop_properties(root, tags=tags) if root.tag == _PROPERTIES else []
    return told, [link for element in root.iter(etree.Element) for link in _addresses(element)]


def _drop_properties(root: etree._Element, *, tags: bool) -> list[str]:
    """Takes out the properties that a person or a program defined; the names of those that a person may miss.

    One that holds a tag says what the template was told to say, and stays.
    """
    names = []
    for child in list(root):
        text = "".join(map(str, child.itertext()))
        if not (tags and any(opening in text for opening in OPENINGS)):
            root.remove(child)
            name = child.get("name", "")
            names += [] if name.startswith(_OF_PROGRAMS) else [f"文档属性「{name}」"]
    return names


def users_of(root: etree._Element, ids: Gone) -> list[etree._Element]:
    """The elements that name one of these relationships."""
    return [
        element
        for element in root.iter(etree.Element)
        if any(str(name).startswith(_R) and value in ids for name, value in element.attrib.items())
    ]


def is_spared(element: etree._Element, ids: Gone) -> bool:
    """Whether an element can do without these relationships: `_forget` knows how, or it has another that stays."""
    if local(element.tag) in _FORGOTTEN or element.tag in (_SVG, *_CLICKS):
        return True
    names = [
        str(name) for name, value in element.attrib.items() if str(name).startswith(_R) and value not in ids
    ]
    return element.tag in (f"{A}blip", f"{_V}imagedata") and bool(names)


def forget(root: etree._Element, ids: Gone) -> None:
    """Takes out what names relationships that are gone; the words of a link stay."""
    for element in users_of(root, ids):
        _forgotten(element)(element, ids)


def _forgotten(element: etree._Element) -> Callable[[etree._Element, Gone], None]:
    if element.tag in _CLICKS:
        return _drop_it
    if element.tag == _SVG:
        return _drop_extension
    return _FORGOTTEN.get(local(element.tag), _drop_names)


def _drop_it(element: etree._Element, ids: Gone) -> None:
    drop(element)


def _drop_extension(element: etree._Element, ids: Gone) -> None:
    drop(next(element.iterancestors(f"{A}ext"), element))


def _drop_link(element: etree._Element, ids: Gone) -> None:
    """A link that leads nowhere any more is no link, unless a bookmark is named beside."""
    _drop_names(element, ids)
    if element.get(f"{W}anchor") is None:
        _unwrap(element)


def _drop_names(element: etree._Element, ids: Gone) -> None:
    for name in [key for key, value in element.attrib.items() if str(key).startswith(_R) and value in ids]:
        del element.attrib[name]


_FORGOTTEN: Mapping[str, Callable[[etree._Element, Gone], None]] = {
    "hyperlink": _drop_link,
    **dict.fromkeys(
        ("attachedTemplate", "printerSettings", "saveThroughXslt", "attachedSchema", "externalData", "sourceFileName",
         "dataSource", "headerSource", "recipientData", "legacyDrawing"),
        _drop_it,
    ),
}  # fmt: skip


def _addresses(element: etree._Element) -> list[tuple[str, etree._Element]]:
    """Takes addresses that are not listed off an element; what they were."""
    gone = []
    for name in [str(key) for key in element.attrib if not str(key).startswith(_R)]:
        word, value = local(name), str(element.get(name))
        if name == _XML_BASE or (word in ("action", "invalidUrl") and element.tag in _CLICKS):
            del element.attrib[name]
        elif _leads_out(element, name, word, value):
            del element.attrib[name]
            gone.append((value, element))
    return gone


def _leads_out(element: etree._Element, name: str, word: str, value: str) -> bool:
    """Whether an attribute leads where nothing may, or has a file fetched: of shapes `href` is clicked, `o:href` is fetched."""
    if word in ("anchor", "docLocation") and element.tag == f"{W}hyperlink":
        return not is_allowed_address(f"#{value}")
    if name == "href":
        return not is_allowed_address(value)
    return bool(value) and word in ("src", "althref", "href")


def _unwrap(element: etree._Element) -> None:
    """The children take the place of an element; its properties go with it."""
    for child in list(element):
        if child.tag != f"{W}smartTagPr":
            element.addprevious(child)
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)
