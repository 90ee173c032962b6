"""What a Word file was once made from and needs no longer: an office's .dotx, the list of a mail merge.

Word remembers both as links to files that lie elsewhere. A paper is complete without them, and would ask after them on
each machine; so they are left behind, and told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import unquote

from lxml import etree

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, warning
from liangqing.base.docx_zip import Package, Part, W, packed, parse_xml

# The last word of a relationship's type → the element of settings.xml that goes with it, and what it is.
_SOURCES = {
    "attachedTemplate": ("attachedTemplate", "文件是从模板「{}」新建的"),
    "mailMergeSource": ("mailMerge", "文件连着邮件合并的数据源「{}」"),
    "mailMergeHeaderSource": ("mailMerge", "文件连着邮件合并的数据源「{}」"),
}
_ADVICE = "不用改；生成的文书里不带这个连接"


def without_sources(package: Package) -> tuple[Package, list[Diagnostic]]:
    """The package without those links, and a warning of each."""
    place = Place(package.name)
    told: list[Diagnostic] = []
    parts = dict(package.parts)
    elements = set()
    for name, part in package.parts.items():
        if name.endswith(".rels") and any(kind.encode() in part.data for kind in _SOURCES):
            root = parse_xml(part.data, place)
            for relation, element, message in _found(root):
                told.append(warning(Code.SOURCE_LEFT_BEHIND, place, message, _ADVICE))
                elements.add(f"{W}{element}")
                root.remove(relation)
            parts[name] = _packed(name, root)
    for name in [part for part in parts if elements and part.endswith("settings.xml")]:
        parts[name] = _without(parts[name], elements, place)
    return (replace(package, parts=parts) if told else package), list(dict.fromkeys(told))


def _found(root: etree._Element) -> Iterable[tuple[etree._Element, str, str]]:
    for relation in list(root):
        kind = relation.get("Type", "").rpartition("/")[2]
        if kind in _SOURCES:
            element, message = _SOURCES[kind]
            target = unquote(relation.get("Target", "")).replace("\\", "/")
            yield relation, element, message.format(target.rpartition("/")[2])


def _without(part: Part, elements: set[str], place: Place) -> Part:
    root = parse_xml(part.data, place)
    for child in [element for element in root if element.tag in elements]:
        root.remove(child)
    return _packed(part.name, root)


def _packed(name: str, root: etree._Element) -> Part:
    return packed(name, etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))
