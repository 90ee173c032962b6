"""Text that looks like a tag and is none: it would be printed as it stands.

Some of it can hardly be meant (`{ {文号} }`, `「「文号」」`, `{endif}`); other text is a slip only if it holds a name that
there is (`{单位.名称}`, `[[文号]]`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_S = "[\\s\u200b\ufeff]"
_KEYWORD = r"(?:if|elif|else|endif|for|endfor)(?![A-Za-z_])"
_NAME = r"([^\W\d]\w*)(?:[.．。·]\w+)*"
_INSIDE = r"[^{}｛｝\n]{0,80}?"
_SAID = rf"{_KEYWORD}[^%％\n]{{0,80}}?"
_BARE = rf"(?:if|elif)\s{_INSIDE}|for\s{_INSIDE}\sin\s{_INSIDE}|else|endif|endfor"


@dataclass(frozen=True)
class NearMark:
    """A stretch of text like a tag; `good` is the tag that was meant. `name`: a slip only where this is a name; "" for any.

    `control`: what a control tag was to say; "" for a value.
    """

    start: int
    end: int
    good: str
    name: str = ""
    control: str = ""


def _doubled(opening: str, closing: str) -> str:
    return (
        rf"{re.escape(opening)}{_S}*(?P<inside>[^{opening[0]}{closing[0]}，；\n]{{1,60}}){re.escape(closing)}"
    )


_CERTAIN = tuple(
    _doubled(*pair) for pair in (("「「", "」」"), ("『『", "』』"), ("【【", "】】"), ("〖〖", "〗〗"))
)
_PAIRS = (
    "[[ ]]",
    "［［ ］］",
    "<< >>",
    "＜＜ ＞＞",
    "《《 》》",
    "« »",
    "(( ))",
    "（（ ））",
    "〔〔 〕〕",
    "〈〈 〉〉",
)
_NAMED = tuple(
    rf"{re.escape(opening)}{_S}*(?P<inside>{_NAME}[^\n{re.escape(closing[0])}]{{0,60}}){re.escape(closing)}"
    for opening, closing in map(str.split, _PAIRS)
)
_SIGNED = (
    "<%= %>",
    "<% %>",
    "＜％ ％＞",
    "@ @",
    "$ $",
    "% %",
    "{( )}",
    "{[ ]}",
    "{| |}",
    "{< >}",
    "{（ ）}",
    "{【 】}",
)
_VALUES = tuple(
    rf"(?<![\w{{｛<＜]){re.escape(opening)}{_S}*(?P<inside>{_NAME}){_S}*{re.escape(closing)}"
    for opening, closing in map(str.split, _SIGNED)
)
_SECTION = rf"[{{｛]{_S}*(?P<sign>[\^/?]){_S}*(?P<inside>{_NAME}){_S}*[}}｝]"
# Each with what it is: a control tag, a value only where the name is known ("named"), else what its inside says.
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"[{{｛]{_S}+[{{｛](?P<inside>{_INSIDE})(?:{_S}*[}}｝]){{1,2}}|[{{｛]{_S}+[{{｛]"), ""),
    (re.compile(rf"[{{｛]{_S}+[%％](?P<inside>{_INSIDE})[%％]?{_S}*[}}｝]|[{{｛]{_S}+[%％]"), "control"),
    (re.compile(rf"[{{｛]{_S}*(?P<inside>{_BARE}){_S}*[%％]?[}}｝]"), "control"),
    (re.compile(r"[{｛](?P<inside>[^{}｛｝\n]{1,80})[}｝]{2}"), ""),
    *((re.compile(pattern), "") for pattern in _CERTAIN),
    (
        re.compile(rf"[(（\[［<＜【「《〈]{_S}*[%％]{_S}*(?P<inside>{_SAID})[%％]{_S}*[)）\]］>＞】」》〉]"),
        "control",
    ),
    (re.compile(rf"(?<![{{｛%％])[%％]{_S}*(?P<inside>{_SAID})[%％][}}｝]?"), "control"),
    *((re.compile(pattern), "named") for pattern in (*_NAMED, *_VALUES, _SECTION)),
    (
        re.compile(
            rf"[$＄]?[{{｛]{_S}*(?P<inside>{_NAME}[^{{}}｛｝\n]{{0,60}})[}}｝]|[{{｛]{_S}*(?P<open>{_NAME})"
        ),
        "named",
    ),
)
_MAYBE = re.compile(r"[{｛}｝«]|([「『【〖\[［<＜《〈(（〔])\1|[%％]\s*(?:if|el|end|for)|[@$%％]=?\s*[^\W\d]")
_CONTROL = re.compile(rf"[%％]?\s*((?:(?:p|tr|tc|r)\s+)?{_KEYWORD}[^%％]*?)\s*[%％]?\s*")
_PREFIX = re.compile(r"(?:p|tr|tc|r)\s")


def may_hold_marks(text: str) -> bool:
    """Whether a line of text is worth looking at: it may hold a tag, or what looks like one."""
    return _MAYBE.search(text) is not None


def near_marks(text: str) -> Iterator[NearMark]:
    """What looks like a tag in a text without tags, in no order; stretches do not overlap where all are slips."""
    taken: list[tuple[int, int]] = []
    for pattern, kind in _PATTERNS:
        for found in pattern.finditer(text):
            if not any(start < found.end() and found.start() < end for start, end in taken):
                mark = _mark(found, kind)
                if not mark.name:
                    taken.append(found.span())
                yield mark


def _mark(found: re.Match[str], kind: str) -> NearMark:
    groups = found.groupdict()
    inside = (groups.get("inside") or groups.get("open") or "").strip()
    name = re.match(_NAME, inside) if kind == "named" else None
    control = control_of(inside) or (inside or "…" if kind == "control" else "")
    good = control_tag(control) if control else f"{{{{ {inside or '…'} }}}}"
    good = section(inside, groups["sign"]) if groups.get("sign") else good
    return NearMark(found.start(), found.end(), good, name[1] if name else "", control)


def section(name: str, sign: str = "#") -> str:
    """What to write for the mark of a block as other templates have it: `{#名}`, `{^名}`, `{/名}`."""
    if sign == "/":
        return "{% endif %} 或 {% endfor %}"
    if sign == "^":
        return f"{{% if not {name} %}}"
    return f"{{% if {name} %}}（逐项印的写成 {{% for 项 in {name} %}}）"


def control_tag(control: str) -> str:
    """The tag that says this; a prefix stands right behind the percent sign."""
    return f"{{%{'' if _PREFIX.match(control) else ' '}{control} %}}"


def control_of(inside: str) -> str:
    """What a control tag says, without its percent signs; "" where this is none."""
    control = _CONTROL.fullmatch(inside)
    return control[1] if control is not None else ""
