"""One part of a Word file brought in line with the list; and what a person is told of it, with the places in Word's words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, error, warning
from liangqing.base.docx_zip import Package, W
from liangqing.engine.admission.listed import why_not
from liangqing.engine.admission.settle_elements import drop_objects, settle_elements
from liangqing.engine.admission.settle_fields import LeftField, drop_field_data, settle_fields
from liangqing.engine.comment_anchors import story_places

_LONG = 40
_OBJECT = "嵌有对象，或插进了别的文件"
_IN_FIELD = "把标记移到文字里"
_TO_TEXT = "看留下的文字对不对；不再提醒的，在 Word 里选中它，按 Ctrl+Shift+F9 变成文字"
_TO_WORDS = "要带的，写成 http、https、mailto 的网址（不带用户名、密码，邮箱后面最多写主题），或者指着文件里的书签；不要的，点右键“取消超链接”"


@dataclass
class TextSettled:
    """What there was: `names` of things that a whole file is told of once, warnings and errors."""

    names: list[str] = field(default_factory=list)
    told: list[Diagnostic] = field(default_factory=list)
    refused: list[Diagnostic] = field(default_factory=list)


def settle_text(root: etree._Element, package: Package, part: str, *, called: str, tags: bool) -> TextSettled:
    """Takes out of a part's tree, or makes text of, what is not on the list; relationships are not looked at."""
    objects = drop_objects(root)
    names, links = settle_elements(root, tags=tags)
    fields = settle_fields(root, tags=tags)
    drop_field_data(root)
    settled = TextSettled(names)
    if objects or links or fields:
        places = _Places(root, package, part)
        settled.refused += [object_refused(places.of(home), called, _OBJECT) for home in objects]
        settled.told += _links_told(links, places)
        settled.told += _fields_told([gone for gone in fields if not gone.tags], places)
        settled.refused += [_tag_in_field(gone, places) for gone in fields if gone.tags]
    return settled


class _Places:
    """Where elements stand; the part itself where that is no paragraph."""

    def __init__(self, root: etree._Element, package: Package, part: str) -> None:
        self._file = Place(package.name)
        self._found = story_places(root, package, part)

    def of(self, element: etree._Element) -> Place:
        around = (element, *element.iterancestors(f"{W}p"))
        return next((self._found[home] for home in around if home in self._found), self._file)


def place_in(root: etree._Element, package: Package, part: str, element: etree._Element) -> Place:
    """Where an element of a part stands."""
    return _Places(root, package, part).of(element)


def _links_told(links: Iterable[tuple[str, etree._Element]], places: _Places) -> list[Diagnostic]:
    """One warning of each address, at the first place."""
    return [
        link_told(address, place)
        for address, (place, _) in _counted((address, places.of(at)) for address, at in links).items()
    ]


def link_told(address: str, place: Place) -> Diagnostic:
    """That a link to there does not come along."""
    shown = address if len(address) <= _LONG else f"{address[:_LONG]}…"
    message = f"有链接指着「{shown}」，链接不带出去，文字照印"
    return warning(Code.LINK_LEFT_BEHIND, place, message, _TO_WORDS)


def _fields_told(fields: Iterable[LeftField], places: _Places) -> list[Diagnostic]:
    return [
        warning(
            Code.FIELD_MADE_TEXT,
            place,
            f"有域「{name}」{f'（共 {count} 处）' if count > 1 else ''}，{why_not(name)}，只留它现在显示的文字",
            _TO_TEXT,
        )
        for name, (place, count) in _counted((gone.shown, places.of(gone.at)) for gone in fields).items()
    ]


def _counted(found: Iterable[tuple[str, Place]]) -> dict[str, tuple[Place, int]]:
    """Each word with the first place and how often."""
    counts: dict[str, tuple[Place, int]] = {}
    for word, place in found:
        first, count = counts.get(word, (place, 0))
        counts[word] = (first, count + 1)
    return counts


def _tag_in_field(gone: LeftField, places: _Places) -> Diagnostic:
    message = f"「{gone.code}」在域、书签或别的不能填写的地方"
    return error(Code.TAG_MISPLACED, places.of(gone.at), message, _IN_FIELD)


def object_refused(place: Place, called: str, what: str) -> Diagnostic:
    """That something of another program or file is part of what a text shows."""
    return error(Code.OBJECT_INSIDE, place, f"{called}里{what}", "删去对象，或贴成图片")
