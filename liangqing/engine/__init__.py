"""Compiled Word templates: a .docx with tags is compiled once, then rendered many times (docs/引擎.md).

    template = compile_template(Path("信.docx"), name="信.docx", schema=schema)
    template.reads                            # {"单位": {"名称": {}}}
    template.render({"单位": {"名称": "甲"}})   # the bytes of a .docx

Beside text it fills native charts (`charts.new_chart.add_chart` puts one into a template), pictures, links, runs
with a form of their own, content controls and lists that begin anew; ids stay unique.
Knows templates and bytes, nothing of any domain. A mistake of whoever wrote template or data is a
`liangqing.base.diagnostics.Problems`; any other exception is a fault of ours.
"""

from liangqing.engine.compile import compile_template
from liangqing.engine.expressions import Expression, TextTemplate, compile_expression, compile_text
from liangqing.engine.filling.image_bytes import ENDINGS as PICTURE_ENDINGS
from liangqing.engine.filling.image_bytes import kind_of_picture
from liangqing.engine.language.shapes import (
    Flag,
    Image,
    List,
    Number,
    Reads,
    Record,
    RichText,
    Shape,
    Text,
    merge_reads,
)
from liangqing.engine.parts.added_parts import Breaker
from liangqing.engine.parts.picture_folder import PictureFolder
from liangqing.engine.parts.values import FittedPicture, Link, Paragraphs, Picture, PictureFile, Rich, Run
from liangqing.engine.template import Template
from liangqing.engine.workbook_template import WorkbookTemplate, compile_workbook

__all__ = [
    "PICTURE_ENDINGS",
    "Breaker",
    "Expression",
    "FittedPicture",
    "Flag",
    "Image",
    "Link",
    "List",
    "Number",
    "Paragraphs",
    "Picture",
    "PictureFile",
    "PictureFolder",
    "Reads",
    "Record",
    "Rich",
    "RichText",
    "Run",
    "Shape",
    "Template",
    "Text",
    "TextTemplate",
    "WorkbookTemplate",
    "compile_expression",
    "compile_template",
    "compile_text",
    "compile_workbook",
    "kind_of_picture",
    "merge_reads",
]
