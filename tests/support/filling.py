"""Fill the content controls of a form by script, as a person would in Word, and save it as other programs do."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Container, Mapping

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
MAIN = "word/document.xml"

Answers = Mapping[tuple[str, int], str]  # tag and how often it came before → what is filled in


def filled(docx: bytes, answers: Answers) -> bytes:
    """The form with `answers` in its controls; each must be there."""
    left = dict(answers)

    def fill(root: etree._Element) -> None:
        count: dict[str, int] = {}
        for control in root.iter(f"{W}sdt"):
            tag = tag_of(control)
            key = (tag, count.get(tag, 0))
            count[tag] = key[1] + 1
            if key in left:
                put(control, left.pop(key))

    made = rewritten(docx, fill)
    assert not left, left
    return made


def tag_of(control: etree._Element) -> str:
    tag = control.find(f"{W}sdtPr/{W}tag")
    return "" if tag is None else tag.get(f"{W}val", "")


def put(control: etree._Element, text: str) -> None:
    """Text into a control, lines apart; in a box, whatever text ticks it."""
    settings, content = control.find(f"{W}sdtPr"), control.find(f"{W}sdtContent")
    assert settings is not None and content is not None
    for hint in settings.findall(f"{W}showingPlcHdr"):
        settings.remove(hint)
    state = settings.find(f"{W14}checkbox/{W14}checked")
    if state is not None:
        state.set(f"{W14}val", "1")
        text = "☒"
    (run,) = content.findall(f"{W}r")
    for child in list(run):
        run.remove(child)
    for number, line in enumerate(text.split("\n")):
        if number:
            etree.SubElement(run, f"{W}br")
        etree.SubElement(run, f"{W}t", {XML_SPACE: "preserve"}).text = line


def rewritten(docx: bytes, change: Callable[[etree._Element], None], *, turned: bool = False) -> bytes:
    """The package with its body changed; `turned`: the parts in another order, differently compressed."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    root = etree.fromstring(parts[MAIN])
    change(root)
    parts[MAIN] = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name in reversed(parts) if turned else parts:
            package.writestr(name, parts[name])
    return out.getvalue()


def with_text(docx: bytes, old: str, new: str) -> bytes:
    """A form in which somebody typed over printed words, wherever they stand."""

    def change(root: etree._Element) -> None:
        found = [each for each in root.iter(f"{W}t") if old in (each.text or "")]
        assert found, old
        for each in found:
            each.text = (each.text or "").replace(old, new)

    return rewritten(docx, change)


def rewritten_parts(docx: bytes, drop: Container[str]) -> bytes:
    """The package without some of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as package, zipfile.ZipFile(out, "w") as copy:
        for name in package.namelist():
            if name not in drop:
                copy.writestr(name, package.read(name))
    return out.getvalue()


def self_check(tasks: int, state: str = "已落实") -> dict[tuple[str, int], str]:
    """A self-check as a unit fills it in."""
    answers = {("报送日期", 0): "2021年6月25日", ("签字人", 0): "某某"}
    return answers | {("任务[].状态", number): state for number in range(tasks)}
