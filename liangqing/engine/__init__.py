"""Compiled Word templates: a .docx with tags is compiled once, then rendered many times.

Knows templates and bytes, nothing of any domain. Every user's mistake is a `liangqing.errors.Problems`.
"""

from liangqing.engine.compiler import compile_template
from liangqing.engine.expressions import Expression, TextTemplate, compile_expression, compile_text
from liangqing.engine.shapes import Flag, List, Number, Reads, Record, Shape, Text, merge_reads
from liangqing.engine.template import Template

__all__ = [
    "Expression",
    "Flag",
    "List",
    "Number",
    "Reads",
    "Record",
    "Shape",
    "Template",
    "Text",
    "TextTemplate",
    "compile_expression",
    "compile_template",
    "compile_text",
    "merge_reads",
]
