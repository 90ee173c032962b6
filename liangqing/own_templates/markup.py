"""The words of WordprocessingML: elements, paragraphs, runs, fields, content controls."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

Element = etree._Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML = "http://www.w3.org/XML/1998/namespace"
BREAKS = {"\t": "tab", "\n": "br"}


def w(tag: str, *children: Element | str | None, **attributes: object) -> Element:
    """The element `w:tag` with its `w:` attributes; None among the children is left out, text is its text."""
    names = {f"{{{W}}}{name}": str(value) for name, value in attributes.items()}
    made = etree.Element(f"{{{W}}}{tag}", names, nsmap={"w": W})
    for child in children:
        if isinstance(child, str):
            made.text = child
            made.set(f"{{{XML}}}space", "preserve")
        elif child is not None:
            made.append(child)
    return made


def on(tag: str, value: bool = True) -> Element:
    """A switch: on is the bare element, off says so."""
    return w(tag) if value else w(tag, val=0)


def run(text: str, style: str | None = None) -> Element:
    """Text in one run; a tab in it becomes `w:tab`, a new line `w:br`."""
    made = w("r", w("rPr", w("rStyle", val=style)) if style else None)
    for piece in re.split(r"([\t\n])", text):
        if piece:
            made.append(w(BREAKS[piece]) if piece in BREAKS else w("t", piece))
    return made


Inline = Element | str


def paragraph(style: str, *content: Inline, properties: Iterable[Element] = ()) -> Element:
    """A paragraph of a named style. `properties` are further children of `w:pPr`, in the schema's order."""
    made = w("p", w("pPr", w("pStyle", val=style), *properties))
    made.extend(run(each) if isinstance(each, str) else each for each in content)
    return made


def blank(style: str = "空行") -> Element:
    """An empty line."""
    return paragraph(style)


def control(tag: str) -> Element:
    """A template tag alone in its paragraph, which the engine takes away."""
    return paragraph("模板标记", tag)


def when(condition: str, *blocks: Element | Iterable[Element]) -> Iterator[Element]:
    """Blocks that are printed only when the condition holds."""
    yield control(f"{{% if {condition} %}}")
    yield from flatten(*blocks)
    yield control("{% endif %}")


def each(loop: str, *blocks: Element | Iterable[Element]) -> Iterator[Element]:
    """Blocks that are repeated; `loop` is such as `问题 in 整改函.问题`."""
    yield control(f"{{% for {loop} %}}")
    yield from flatten(*blocks)
    yield control("{% endfor %}")


def either(condition: str, then: Iterable[Element], otherwise: Iterable[Element]) -> Iterator[Element]:
    """One of two groups of blocks."""
    return choose((condition, then), otherwise=otherwise)


def choose(*cases: tuple[str, Iterable[Element]], otherwise: Iterable[Element] = ()) -> Iterator[Element]:
    """The blocks of the first case whose condition holds."""
    for number, (condition, blocks) in enumerate(cases):
        yield control(f"{{% {'elif' if number else 'if'} {condition} %}}")
        yield from blocks
    yield control("{% else %}")
    yield from otherwise
    yield control("{% endif %}")


def flatten(*blocks: Element | Iterable[Element]) -> Iterator[Element]:
    """Elements and groups of elements, in order, as elements."""
    for block in blocks:
        if isinstance(block, etree._Element):
            yield block
        else:
            yield from block


def field(instruction: str) -> list[Element]:
    """A field in five runs: viewers other than Word want begin, instruction, separator and end apart."""
    return [
        w("r", w("fldChar", fldCharType="begin")),
        w("r", w("instrText", f" {instruction} ")),
        w("r", w("fldChar", fldCharType="separate")),
        run("1"),
        w("r", w("fldChar", fldCharType="end")),
    ]


def content_control(tag: str, number: int, *content: Inline) -> Element:
    """A plain-text content control in a line: found again by `tag`; `number` is its id in the paper."""
    return w(
        "sdt",
        w("sdtPr", w("alias", val=tag), w("tag", val=tag), w("id", val=number), w("text")),
        w("sdtContent", *(run(each) if isinstance(each, str) else each for each in content)),
    )
