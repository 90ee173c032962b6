"""Texts within XML are written as the standard library writes them."""

from __future__ import annotations

from itertools import product
from xml.sax import saxutils

from liangqing.base.xml_text import escape, quoteattr, unescape

SIGNS = ("", "&", "<", ">", '"', "'", "\n", "\r", "\t", "甲", "&amp;")


def test_a_text_is_written_as_by_the_standard_library() -> None:
    for signs in product(SIGNS, repeat=3):
        text = "乙".join(signs)
        assert escape(text) == saxutils.escape(text)
        assert quoteattr(text) == saxutils.quoteattr(text)


def test_a_text_is_read_as_by_the_standard_library() -> None:
    for signs in product((*SIGNS, "&quot;", "&lt;", "&gt;", "&amp;lt;"), repeat=3):
        text = "乙".join(signs)
        assert unescape(text) == saxutils.unescape(text, {"&quot;": '"'})
