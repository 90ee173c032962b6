"""The engine's diagnostics: one number per kind, and the helpers that word them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from enum import StrEnum


class Code(StrEnum):
    """One number per kind of problem; D501 to D512 belong to `liangqing.base.docx_zip`."""

    # tags as typed
    UNCLOSED_TAG = "D520"  # {{ without }} in its paragraph
    STRAY_END = "D521"  # }} without {{
    FULL_WIDTH = "D522"  # ｛｛ ｝｝ “ ” ， inside a tag
    DELETED = "D523"  # a tag in a deleted revision
    RESERVED = "D524"  # a character the engine keeps for itself
    MISPLACED = "D525"  # a tag where Word text cannot stand
    HIDDEN_CELL = "D526"  # a tag in a cell hidden by a vertical merge
    SYNTAX = "D527"  # an expression that cannot be read
    UNSAFE = "D528"  # an expression that is not allowed
    KEYWORD = "D529"  # an unknown or misspelt control tag
    # blocks and where they stand
    UNCLOSED_BLOCK = "D530"
    UNEXPECTED = "D531"  # endfor, else and so on without an opening
    CROSSED = "D532"  # for … if … endfor … endif
    SCOPE = "D533"  # a block whose scope cannot be told
    VANISH = "D534"  # content beside a tag that would go with it
    MERGE = "D535"  # vm outside a loop of single rows
    TOO_DEEP = "D536"  # too many blocks, or too deep an expression
    PROPERTY = "D537"  # colspan outside a cell and so on
    CHART = "D538"  # a chart that cannot be filled
    CONTROL = "D539"  # a content control with more than one value
    # names
    UNKNOWN_NAME = "D540"
    UNKNOWN_FILTER = "D541"
    NOT_A_LIST = "D542"
    NOT_PRINTABLE = "D543"
    NO_ATTRIBUTES = "D544"
    FILTER_INPUT = "D545"
    NOT_A_NUMBER = "D546"  # a chart's series of texts
    # the Word file around the tags
    STYLE = "D550"
    FONT = "D551"
    MACRO = "D552"
    OBJECT = "D553"
    EXTERNAL = "D554"
    PREFIX = "D555"
    # run time
    NO_VALUE = "D560"
    BAD_VALUE = "D561"
    UNDEFINED = "D562"
    FORBIDDEN_CHARACTER = "D563"
    FILTER_FAILED = "D564"
    CANNOT_COMPUTE = "D565"
    TOO_LARGE = "D566"
    CHART_DATA = "D567"  # a chart's value that is no number
    GRID = "D569"  # a row that does not fill the grid of its table
    PICTURE = "D568"  # a picture that is none, is damaged, or has an odd size


SHOWN = 8


def suggestion(name: str, known: Iterable[str], prefix: str = "") -> tuple[str, str]:
    """The near miss, to follow the message (`，是否 单位.名称？`), and the advice: else the first names there are."""
    names = list(known)
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    if near:
        return f"，是否 {prefix}{near[0]}？", f"改成 {prefix}{near[0]}"
    return "", listing(prefix + candidate for candidate in names)


def listing(known: Iterable[str]) -> str:
    """`可用的有：…`, at most `SHOWN` of them."""
    names = list(known)
    if not names:
        return "这里没有可用的名称"
    more = f" 等 {len(names)} 个" if len(names) > SHOWN else ""
    return f"可用的有：{'、'.join(names[:SHOWN])}{more}"
