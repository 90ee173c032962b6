"""Printing typed values in Word text: runs, links, pictures, paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from jinja2 import pass_context
from jinja2.runtime import Context
from lxml import etree

from liangqing.base.codes import Code
from liangqing.base.docx_zip import OFFICE, W
from liangqing.base.wordprocessingml import RUN_ORDER, local
from liangqing.base.xml_text import quoteattr
from liangqing.engine.filling.pictures import picture_xml
from liangqing.engine.parts.added_parts import PartFilling
from liangqing.engine.parts.environment import (
    FILLING,
    Fault,
    Filter,
    Xml,
    checked,
    colour,
    digits,
    print_word,
)
from liangqing.engine.parts.values import (
    FILES,
    FittedPicture,
    Link,
    Paragraphs,
    Picture,
    PictureFile,
    Rich,
    Run,
    SubDocument,
    SubDocumentFile,
)
from liangqing.engine.subdocuments.adopting import Form, Frame
from liangqing.engine.subdocuments.placing import placed_document

TYPED, PARAGRAPHS = "typed!", "paragraphs!"
_RANK = {name: number for number, name in enumerate(RUN_ORDER)}
_LINK = Run("", colour="0563C1", underline=True)
_SCHEMES = ("http://", "https://", "mailto:")
_OPEN_FONTS = "fonts"  # w:rFonts without its Chinese face and its end
# w:hint="eastAsia" draws quotes, dashes and ellipses, which belong to both scripts, in the Chinese face too.

Room = tuple[float, float] | None


def form_of(properties: etree._Element | None) -> Form:
    """The form of a run, from its w:rPr: each property by name, as XML without declarations. None: no property.

    Left out is w:rPrChange, the form that a tracked change replaced.
    """
    form: list[tuple[str, str]] = []
    for child in properties if properties is not None else ():
        name = local(child.tag)
        if name == "rPrChange":
            continue
        form.append((name, plain_xml(child)))
        if name == "rFonts":
            form.append((_OPEN_FONTS, _open_fonts(child)))
    return tuple(form)


def plain_xml(element: etree._Element) -> str:
    """An element as it is written inside its part, where its namespaces are declared."""
    text = etree.tostring(element, encoding="unicode", with_tail=False)
    for prefix, space in element.nsmap.items():
        text = text.replace(f' xmlns:{prefix}="{space}"' if prefix else f' xmlns="{space}"', "")
    return text


def _open_fonts(fonts: etree._Element) -> str:
    gone = {f"{W}eastAsia", f"{W}eastAsiaTheme", f"{W}hint"}
    kept = {str(name): str(value) for name, value in fonts.attrib.items() if name not in gone}
    return "<w:rFonts" + "".join(f" w:{local(name)}={quoteattr(kept[name])}" for name in kept)


# ---------------------------------------------------------------- filters


@pass_context
def _typed(context: Context, value: object, form: Form, room: Room) -> Xml:
    """In the middle of a w:t: text stays there, anything else closes the run and opens another like it."""
    if value is None or (isinstance(value, str | int | float) and not isinstance(value, FILES)):
        return Xml(print_word(value))
    runs = "".join(_runs(value, form, _at_work(context, room)))
    return Xml(f'</w:t></w:r>{runs}<w:r>{_properties(form)}<w:t xml:space="preserve">')


@pass_context
def _paragraphs(context: Context, value: object, settings: str, form: Form, room: Room, inside: str) -> Xml:
    filling = _at_work(context, room)
    items = (
        value.items
        if isinstance(value, Paragraphs)
        else value
        if isinstance(value, list | tuple)
        else [value]
    )
    return Xml("".join(_blocks(item, Frame(settings, form, inside), filling) for item in items))


def _blocks(item: object, frame: Frame, filling: PartFilling) -> str:
    """What stands for one item of a `{{p }}`: a paragraph, or all that a Word file holds."""
    if isinstance(item, SubDocument | SubDocumentFile):
        return placed_document(item, frame, filling)
    return f"<w:p>{frame.settings}{''.join(_runs(item, frame.form, filling))}</w:p>"


def _at_work(context: Context, room: Room) -> PartFilling:
    """What the part is filled with, at a tag that has so much room for a picture."""
    filling = cast(PartFilling, context[FILLING])
    filling.room = room
    return filling


def _runs(value: object, form: Form, filling: PartFilling) -> Iterator[str]:
    """The runs of a value; a list is printed one item a line."""
    match value:
        case Rich():
            for piece in value.pieces:
                yield from _runs(piece, form, filling)
        case Run():
            yield _run(value, form)
        case Link():
            yield _link(value, form, filling)
        case Picture() | PictureFile() | FittedPicture():
            yield f"<w:r>{_properties(form)}{picture_xml(value, filling)}</w:r>"
        case SubDocument() | SubDocumentFile():
            message, advice = "是一个 Word 文件，不能放在一段里", "让标记单独占一段，写成 {{p 名称 }}"
            raise Fault(Code.WORD_FILE_MISPLACED, message, advice)
        case Paragraphs():
            raise Fault(Code.BAD_VALUE, "是几个段落，不能放在一段里", "单独成段，写成 {{p 名称 }}")
        case list() | tuple():
            yield from _lines(value, form, filling)
        case _:
            yield f'<w:r>{_properties(form)}<w:t xml:space="preserve">{print_word(value)}</w:t></w:r>'


def _lines(items: Iterable[object], form: Form, filling: PartFilling) -> Iterator[str]:
    for number, item in enumerate(items):
        if number:
            yield "<w:r><w:br/></w:r>"
        yield from _runs(item, form, filling)


def _run(run: Run, form: Form) -> str:
    return (
        f'<w:r>{_properties(_changed(form, run))}<w:t xml:space="preserve">{print_word(run.text)}</w:t></w:r>'
    )


def usable_address(url: str) -> str:
    """`url`; Fault where it is no address of the web or of mail."""
    if not url.lower().startswith(_SCHEMES) or any(character.isspace() for character in url):
        raise Fault(Code.BAD_VALUE, f"的链接「{url[:40]}」不能用", "链接以 https://、http:// 或 mailto: 开头")
    return checked(url)


def _link(link: Link, form: Form, filling: PartFilling) -> str:
    relation = filling.additions.relate(
        filling.part, f"{OFFICE}/hyperlink", usable_address(link.url), external=True
    )
    text = f'<w:t xml:space="preserve">{print_word(link.text)}</w:t>'
    properties = _properties(_changed(form, _LINK))
    return f'<w:hyperlink xmlns:r="{OFFICE}" r:id="{relation}" w:history="1"><w:r>{properties}{text}</w:r></w:hyperlink>'


def _properties(form: Form) -> str:
    inside = "".join(xml for name, xml in form if name != _OPEN_FONTS)
    return f"<w:rPr>{inside}</w:rPr>" if inside else ""


def _changed(form: Form, run: Run) -> Form:
    """The form with what `run` says, in the order that the schema wants."""
    changes = dict(_changes(run, dict(form)))
    if not changes:
        return form
    merged = {**dict(form), **changes}
    return tuple(sorted(merged.items(), key=lambda pair: _RANK.get(pair[0], len(_RANK))))


def _changes(run: Run, form: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name, on in (("b", run.bold), ("i", run.italic), ("strike", run.strike)):
        if on is not None:
            yield name, f"<w:{name}/>" if on else f'<w:{name} w:val="0"/>'
    if run.underline is not None:
        yield "u", f'<w:u w:val="{"single" if run.underline else "none"}"/>'
    if run.colour is not None:
        yield "color", f'<w:color w:val="{colour(run.colour)}"/>'
    if run.face is not None:
        fonts = form.get(_OPEN_FONTS, "<w:rFonts")
        yield "rFonts", f'{fonts} w:eastAsia={quoteattr(checked(run.face))} w:hint="eastAsia"/>'
    if run.size is not None:
        size = digits(round(run.size * 2))
        yield "sz", f'<w:sz w:val="{size}"/>'
        yield "szCs", f'<w:szCs w:val="{size}"/>'


RICH_FILTERS: dict[str, Filter] = {TYPED: _typed, PARAGRAPHS: _paragraphs}
