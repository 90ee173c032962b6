"""One relationship of a Word file: whether it is on the list, and what it means that it is not."""

from __future__ import annotations

from urllib.parse import unquote

from lxml import etree

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, error, warning
from liangqing.engine.admission.bare_workbook import bare_workbook
from liangqing.engine.admission.listed import (
    CHART,
    DISGUISED,
    FONT,
    IMAGE,
    KINDS,
    LINK,
    MAIN,
    OBJECTS,
    OF_OFFICE,
    PACKAGE,
    PLAIN,
    SOURCES,
    is_allowed_address,
    is_picture,
    last_word,
)
from liangqing.engine.admission.opened_package import OpenedPackage
from liangqing.engine.admission.settle_text import object_refused
from liangqing.engine.language.join_runs import OPENINGS


def is_listed(
    opened: OpenedPackage, source: str, relation: etree._Element, target: str, *, tags: bool
) -> bool:
    """Whether a relationship of the part `source` to the part `target` ("" for none) may stay.

    `tags`: its address may hold some, of a template.
    """
    kind, address = relation.get("Type", ""), relation.get("Target", "")
    if kind == LINK:
        return _is_good_link(address, tags=tags)
    if kind not in KINDS or relation.get("TargetMode") == "External":
        return False
    if not target:  # it leads nowhere: a part that was lost, but no other file either
        return not any(sign in address for sign in ":\\") and not address.startswith("//")
    if kind == MAIN and (source or target != opened.package.main):
        return False
    if kind == PACKAGE and opened.type_of(source) not in KINDS[CHART]:
        return False
    typed = opened.type_of(target)
    return (typed in KINDS[kind] or (kind == IMAGE and not typed)) and _is_sound(opened, kind, target, typed)


def _is_sound(opened: OpenedPackage, kind: str, target: str, typed: str) -> bool:
    """Whether a part is what its type says; a workbook is made one that says nothing beside."""
    part = opened.parts[target]
    if typed in PLAIN:
        return str(opened.root(target).tag).startswith(OF_OFFICE)
    if kind == PACKAGE:
        bare = bare_workbook(part)
        opened.parts[target] = bare or part
        return bare is not None
    if kind == FONT:
        return not part.data.startswith(DISGUISED)
    return kind != IMAGE or is_picture(part.data)


def _is_good_link(address: str, *, tags: bool) -> bool:
    typed = unquote(address)
    marks = [typed.index(opening) for opening in OPENINGS if opening in typed] if tags else []
    if not marks:
        return is_allowed_address(address)
    head = typed[: min(marks)].strip()
    return not head or is_allowed_address(f"{head}x")


def source_told(place: Place, relation: etree._Element) -> Diagnostic:
    """That a file was made from another one, which it needs no longer."""
    target = unquote(relation.get("Target", "")).replace("\\", "/").rpartition("/")[2]
    message = SOURCES[last_word(relation.get("Type", ""))].format(target)
    return warning(Code.SOURCE_LEFT_BEHIND, place, message, "不用改；生成的文书里不带这个连接")


def outside_refused(place: Place, relation: etree._Element, called: str) -> Diagnostic:
    """That what a text shows lies in another file, or is none of what a text is made of."""
    address, kind = relation.get("Target", ""), last_word(relation.get("Type", ""))
    if relation.get("TargetMode") == "External" and kind not in OBJECTS:
        message = f"{called}连着外面的文件「{address}」"
        return error(Code.EXTERNAL_LINK, place, message, f"断开链接，或把内容存进{called}")
    return object_refused(place, called, f"嵌有对象「{address}」")
