"""Texts within XML that is written as text. As xml.sax.saxutils has it, which brings half of the web with it."""

from __future__ import annotations

_WHITE = str.maketrans({"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})  # what a reader would make a blank of


def escape(text: str) -> str:
    """A text as the content of an element."""
    return text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;")


def unescape(text: str) -> str:
    """The text that stands so in an element, or in an attribute between quotes."""
    for sign, meant in (("&gt;", ">"), ("&lt;", "<"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(sign, meant)
    return text


def quoteattr(text: str) -> str:
    """A text as the value of an attribute, with the quotes around it."""
    value = escape(text).translate(_WHITE)
    if '"' not in value:
        return f'"{value}"'
    return f"'{value}'" if "'" not in value else '"' + value.replace('"', "&quot;") + '"'
