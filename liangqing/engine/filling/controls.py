"""Content controls: text, choice, date and tick, filled by a tag inside or in the control's own tag or title.

A control is a `w:sdt`: its settings in `w:sdtPr`, what stands in it in `w:sdtContent`, which may hold words, whole
paragraphs, a row or a cell. What can be chosen may be given by tags in the list of a choice.

`{{ 名称 }}` in the tag or title (控件属性 → 标记、标题) stands for its content; the name stays there, so that
the filled form can be read by it. A filled control is no placeholder any more and is bound to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from jinja2 import nodes
from lxml import etree

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, error
from liangqing.base.docx_zip import XML_SPACE, W
from liangqing.base.wordprocessingml import W14
from liangqing.engine.language.grammar import parse_expression
from liangqing.engine.language.language import Statement
from liangqing.engine.language.tags import CLOSE, OPEN, Tag, TagList, marker
from liangqing.engine.parts.environment import Fault, Filter, Xml, checked, kind_of, print_plain, print_word

CHOICE, TICK, DATE, TICKED = "choice!", "tick!", "date!", "ticked!"
_BOX = f"{W14}checkbox"
# Not in a filled control: the sign that its words are but a hint (w:showingPlcHdr), and the tie to a part of XML from
# which Word would fill it again (w:dataBinding).
_GONE = {
    f"{W}showingPlcHdr",
    f"{W}dataBinding",
    "{http://schemas.microsoft.com/office/word/2012/wordml}dataBinding",
}
_WHOLE = re.compile(r"\s*\{\{[rp-]?\s*(.*?)\s*-?\}\}\s*")
_DATE = re.compile(r"\s*(\d{4})(?:-|年|\.|/)(\d{1,2})(?:-|月|\.|/)(\d{1,2})日?\s*")

Add = Callable[[Tag, Statement], int]


def fill_by_name(root: etree._Element) -> None:
    """A control with a tag in its name gets that tag as its content; before paragraphs are read."""
    for control in root.iter(f"{W}sdt"):
        names = [control.find(f"{W}sdtPr/{W}{name}") for name in ("tag", "alias")]
        found = [element for element in names if element is not None and "{{" in element.get(f"{W}val", "")]
        content = control.find(f"{W}sdtContent")
        if not found or content is None:
            continue
        _put(content, found[0].get(f"{W}val", "").strip())
        for element in found:
            whole = _WHOLE.fullmatch(element.get(f"{W}val", ""))
            if whole is not None:
                element.set(f"{W}val", whole[1])


def mark_items(
    root: etree._Element, places: Mapping[etree._Element, Place], file: str, tags: TagList
) -> None:
    """Marks the tags in what a choice offers: `{{ 选项.一级 }}` as an entry of its list."""
    for item in root.iter(f"{W}listItem"):
        names = [name for name in (f"{W}displayText", f"{W}value") if "{" in item.get(name, "")]
        if not names:
            continue
        control = next(item.iterancestors(f"{W}sdt"))
        around = (*control.iter(f"{W}p"), *control.iterancestors(f"{W}p"))
        place = next((places[paragraph] for paragraph in around if paragraph in places), Place(file))
        for name in names:
            where = replace(place, detail=f"{place.detail} 下拉选项".strip())
            item.set(name, tags.replace(item.get(name, ""), where, "attribute"))


def settle_controls(root: etree._Element, tags: TagList) -> list[Diagnostic]:
    """Controls that hold tags: what their value must be; once the paragraphs are marked."""
    problems = []
    for control in root.iter(f"{W}sdt"):
        settings, found = control.find(f"{W}sdtPr"), _values(control, tags)
        if settings is None or not found:
            continue
        _clean(control, settings)
        choice, box = settings.find(f"{W}dropDownList"), settings.find(_BOX)
        if choice is None and box is None and settings.find(f"{W}date") is None:
            continue
        tag = found[0]
        if len(found) > 1 or _text(control) != marker(tag.number) or tag.prefix:
            message = f"「{tag.text}」所在的控件只能填一个值"
            problems.append(
                error(Code.CONTROL_WITH_TWO_VALUES, tag.place, message, "控件里只留一个 {{ 名称 }}")
            )
        elif choice is not None:
            tag.form, tag.options = "choice", _items(choice)
        elif box is not None:
            tag.form, tag.options = (
                "tick",
                (_symbol(box, "checkedState", "☒"), _symbol(box, "uncheckedState", "☐")),
            )
    return problems


def link_controls(root: etree._Element, tags: TagList, add: Add) -> None:
    """The settings of a date or a tick follow the value inside; only of a sound part."""
    for control in root.iter(f"{W}sdt"):
        found = _values(control, tags)
        box, day = control.find(f"{W}sdtPr/{_BOX}"), control.find(f"{W}sdtPr/{W}date")
        if not found or (box is None and day is None):
            continue
        if day is not None:
            day.set(f"{W}fullDate", _again(found[0], DATE, add))
        elif box is not None:
            state = box.find(f"{W14}checked")
            if state is None:
                state = etree.Element(f"{W14}checked")
                box.insert(0, state)
            state.set(f"{W14}val", _again(found[0], TICKED, add))


def _again(tag: Tag, name: str, add: Add) -> str:
    """A hole for the tag's value, seen through the filter `name`."""
    value = parse_expression(tag, tag.body)
    expression = nodes.Filter(value, name, [], [], None, None)
    return marker(add(tag, Statement("own", expression)))


def _put(content: etree._Element, text: str) -> None:
    """Leaves `text` in the first run of a control and empties the others."""
    texts = list(content.iter(f"{W}t"))
    run = next(content.iter(f"{W}r"), None)
    if run is None:
        home = next(content.iter(f"{W}p"), content)
        run = etree.SubElement(home, f"{W}r")
    if not texts or next(texts[0].iterancestors(f"{W}r"), None) is not run:
        first = etree.SubElement(run, f"{W}t")
        for symbol in list(run.iter(f"{W}sym")):
            run.remove(symbol)
    else:
        first = texts[0]
    for other in texts:
        other.text = ""
    first.text = text
    first.set(XML_SPACE, "preserve")


def _clean(control: etree._Element, settings: etree._Element) -> None:
    if settings.find(f"{W}showingPlcHdr") is not None:
        for style in list(control.iterfind(f"{W}sdtContent//{W}rStyle")):
            _remove(style)
    for child in [setting for setting in settings if setting.tag in _GONE]:
        settings.remove(child)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def _values(control: etree._Element, tags: TagList) -> list[Tag]:
    pieces = _text(control).split(OPEN)[1:]
    found = [tags.tags[int(piece.partition(CLOSE)[0])] for piece in pieces]
    return [tag for tag in found if tag.kind == "value"]


def _text(control: etree._Element) -> str:
    return "".join(text.text or "" for text in control.iterfind(f"{W}sdtContent//{W}t")).strip()


def _items(choice: etree._Element) -> tuple[str, ...]:
    """What can be chosen, each as it is shown followed by what stands for it."""
    items: list[str] = []
    for item in choice.iterchildren(f"{W}listItem"):
        value = item.get(f"{W}value", "")
        items += [item.get(f"{W}displayText", value), value]
    return tuple(items)


def _symbol(box: etree._Element, name: str, default: str) -> str:
    state = box.find(f"{W14}{name}")
    code = state.get(f"{W14}val", "") if state is not None else ""
    return chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{2,5}", code) else default


# ---------------------------------------------------------------- filters


def _choice(value: object, items: tuple[str, ...]) -> Xml:
    text = checked(print_plain(value))
    for shown, meant in zip(items[::2], items[1::2], strict=True):
        if text and text in (shown, meant):
            return Xml(print_word(shown))
    known = "、".join(choice for choice in items[::2] if choice)
    raise Fault(Code.BAD_VALUE, f"是「{text}」，不在下拉选项里", f"选项有：{known}")


def _tick(value: object, symbols: Iterable[str]) -> str:
    yes, no = symbols
    return yes if _truth(value) else no


def _ticked(value: object) -> str:
    return "1" if _truth(value) else "0"


def _truth(value: object) -> bool:
    if type(value) is bool:
        return value
    print_plain(value)  # refuses what is not there
    raise Fault(Code.BAD_VALUE, f"是{kind_of(value)}，不是是否值", "勾选框的值是 true 或 false")


def _date(value: object) -> str:
    """What w:fullDate wants, from `2021-03-05` or `2021年3月5日`."""
    text = print_plain(value)
    found = _DATE.fullmatch(text)
    try:
        if found is not None:
            return f"{date(*map(int, found.groups())).isoformat()}T00:00:00Z"
    except ValueError:
        pass
    raise Fault(Code.BAD_VALUE, f"是「{text[:20]}」，不是日期", "日期写成 2021-03-05 或 2021年3月5日")


CONTROL_FILTERS: dict[str, Filter] = {CHOICE: _choice, TICK: _tick, TICKED: _ticked, DATE: _date}
