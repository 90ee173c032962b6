"""What a form is known by: kind, version, year, subject and a code over all that was printed before it went out.

The content code is over the form's printed words, which are found by rendering it twice: first with a mark without a
code, then with the code over what was read from the first. Cells tagged `参考.` (the state that was reported last) are
left out, since they may change between sending and collecting; a form that came back with another code than today's is
one of older data.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from liangqing.base.diagnostics import Place
from liangqing.base.docx_zip import W, ZipEntry, packed, parse_xml, read_package, write_package
from liangqing.data.model.findings import CONTENT_CODE_SIGNS, six_signs
from liangqing.forms.grid import Form

NAME = "表单识别"  # of the control and of the file's property that hold it
UNKNOWN = "-" * 6  # in place of a code that is not there yet
REFERENCE = "参考."  # how the tag of a cell begins that is shown for orientation alone
_MARK = re.compile(
    rf"([^｜：\s]+)｜第(\d+)版｜(\d{{4}})年度｜([^｜]+)｜内容码([{CONTENT_CODE_SIGNS}]{{6}}|{UNKNOWN})"
)
_CODE = re.compile(rf"内容码\s*([{CONTENT_CODE_SIGNS}]{{6}})(?![{CONTENT_CODE_SIGNS}])")


class Mark(NamedTuple):
    """自查情况表｜第1版｜2021年度｜第一期/U05｜内容码ABC234"""

    kind: str
    version: int
    year: int
    subject: str
    code: str = UNKNOWN

    def __str__(self) -> str:
        return f"{self.kind}｜第{self.version}版｜{self.year}年度｜{self.subject}｜内容码{self.code}"


def codes_in(text: str) -> list[str]:
    """The content codes that stand in a text."""
    return _CODE.findall(text)


def marks(text: str) -> list[Mark]:
    """All marks that stand in a text, in order."""
    found = (match.groups() for match in _MARK.finditer(text))
    return [
        Mark(kind, int(version), int(year), subject, code) for kind, version, year, subject, code in found
    ]


def without_marks(text: str) -> str:
    """A text without the marks in it."""
    return _MARK.sub("", text)


def content_code(form: Form) -> str:
    """The code that forms had when it was read off the form itself: over what is printed besides the fields, without blanks."""
    return six_signs("\n".join(fixed_texts(form)))


def code_of_values(printed: Mapping[str, object]) -> str:
    """Six signs over the values that a form prints, in NFC and without blanks: another code as soon as it would say something else."""
    words = json.dumps(printed, ensure_ascii=False, sort_keys=True)
    return six_signs(squeezed(unicodedata.normalize("NFC", words)))


def without_reference(template: bytes, name: str) -> bytes:
    """A template without the controls whose tag begins with 参考, and the tags in them."""
    package = read_package(template, name)
    root = parse_xml(package.parts[package.main].data, Place(name))
    for control in list(root.iter(f"{W}sdt")):
        tag = control.find(f"{W}sdtPr/{W}tag")
        if tag is not None and tag.get(f"{W}val", "").startswith(REFERENCE):
            for content in control.iterfind(f"{W}sdtContent//{W}t"):
                content.text = ""
    parts = {**package.parts, package.main: packed(package.main, etree.tostring(root))}
    return write_package(ZipEntry(part) for part in parts.values())


def fixed_texts(form: Form) -> list[str]:
    """What nobody fills in, line by line and cell by cell, without blanks; the mark and 参考 left out."""
    lines = [line.text for line in form.lines if not (marks(line.text) or line.tag.startswith(REFERENCE))]
    cells = (
        "".join(cell.around) if cell.control is not None and not cell.control.fixed else cell.text
        for table in form.tables
        for row in table
        for cell in row
        if not (cell.control and cell.control.tag.startswith(REFERENCE))
    )
    return [squeezed(text) for text in (*lines, *cells)]


def squeezed(text: str) -> str:
    """Without blanks of any kind: programs add and drop them."""
    return "".join(text.split())
