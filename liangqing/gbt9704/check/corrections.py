"""What a person says of a paper where recognition went wrong: its format, and what some of its paragraphs are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse
from liangqing.gbt9704.check.paper import ANNEX, FILE, LETTER, MINUTES, ORDER, OTHER
from liangqing.gbt9704.check.roles import ROLES, TEXT, Role
from liangqing.gbt9704.word.model import BODY, Document, Paragraph

KINDS = {
    "信函": LETTER,
    "文件": FILE,
    "纪要": MINUTES,
    "命令": ORDER,
    "附件": ANNEX,
    "其他": OTHER,
}
NONE_OF_IT = "没有"
EXAMPLE = "如 --as 标题=第3段"
_BY_NAME = {name: role for role in ROLES for name in (role.name, *role.also)}


@dataclass(frozen=True)
class Corrections:
    """A format (as RecognisedPaper names it, None where that is not said), and elements with their places.

    The places of an element are words as `--explain` tells them (`正文第3段`), none where the paper has no such element.
    """

    format: str | None = None
    elements: tuple[tuple[str, tuple[str, ...]], ...] = ()


NOTHING = Corrections()


def corrections(kind: str | None, said: Iterable[str]) -> Corrections:
    """What was said by a kind of KINDS and by words such as `标题=第3段、第4段`. Raises Problems for what can't be read."""
    elements: dict[str, tuple[str, ...]] = {}
    for words in said:
        name, places = _element(words)
        if places and elements.get(name):
            places = (*elements[name], *places)
        elements[name] = places
    return Corrections(KINDS[kind] if kind is not None else None, tuple(elements.items()))


def _element(words: str) -> tuple[str, tuple[str, ...]]:
    name, sign, places = re.sub("[＝：:]", "=", words).partition("=")
    role = _BY_NAME.get(name.strip())
    if not sign or not places.strip() or (role is None and name.strip() != TEXT):
        names = "、".join([*(role.name for role in ROLES), TEXT])
        raise refuse(
            Code.UNKNOWN_ELEMENT,
            Place("--as"),
            f"「{words}」读不懂：要写「要素=第几段」，要素是 {names}",
            f"{EXAMPLE}；没有这个要素的写 {(role.name if role else '主送')}={NONE_OF_IT}",
        )
    called = role.name if role is not None else TEXT
    if places.strip() in (NONE_OF_IT, "无"):
        return called, ()
    return called, tuple(place.strip() for place in re.split("[、，,]", places) if place.strip())


def pins_of(said: Corrections, document: Document) -> tuple[dict[str, Any], tuple[Paragraph, ...]]:
    """The fields of RecognisedPaper that were said, with what stands in them, and all paragraphs that were named.

    Raises Problems for a paragraph that is not there, and for several where an element has but one.
    """
    if said == NOTHING:
        return {}, ()
    pins: dict[str, Any] = {}
    named: list[Paragraph] = []
    by_place = _by_place(document)
    for name, places in said.elements:
        lines = [line for place in places for line in _found(name, place, by_place, document)]
        named += lines
        role = _BY_NAME.get(name)
        if role is not None:
            pins[role.field] = _value(role, lines, document)
    if said.format is not None:
        pins |= {"format": said.format, "why": "写明是这种格式"}
    return pins, tuple(named)


def _by_place(document: Document) -> dict[str, list[Paragraph]]:
    found: dict[str, list[Paragraph]] = {}
    furniture = (line for lines in document.furniture.values() for line in lines)
    for line in (*document.paragraphs, *furniture):
        found.setdefault(_bare(line.place), []).append(line)
    return found


def _bare(place: str) -> str:
    return "".join(place.partition("「")[0].split())


def _found(
    name: str, place: str, by_place: dict[str, list[Paragraph]], document: Document
) -> Sequence[Paragraph]:
    bare = _bare(place)
    number = re.fullmatch(r"(?:第)?(\d+)(?:段)?", bare)
    lines = by_place.get(f"{BODY}第{int(number[1])}段" if number else bare, [])
    worded = [line for line in lines if line.words]
    if worded:
        return worded
    count = sum(place.startswith(f"{BODY}第") for place in by_place)
    found = "是空的，没有字" if lines else "没有这一段"
    raise refuse(
        Code.NO_SUCH_PARAGRAPH,
        Place(document.name, detail=f"--as {name}={place}"),
        f"「{place}」{found}：正文一共 {count} 段，空段也算，表格里的不算",
        f"用 --explain 看每一段是第几段，再写，{EXAMPLE}；表格里的写 表1第2行第1格",
    )


def _value(role: Role, lines: Sequence[Paragraph], document: Document) -> object:
    if role.many:
        return tuple(lines)
    if len(lines) > 1:
        raise refuse(
            Code.ONE_PARAGRAPH_ONLY,
            Place(document.name, detail=f"--as {role.name}"),
            f"{role.name}只有一段，写了 {len(lines)} 段",
            f"只留一段；可以有几段的是 {'、'.join(_many())}",
        )
    return lines[0] if lines else None


def _many() -> Iterator[str]:
    return (role.name for role in ROLES if role.many)
