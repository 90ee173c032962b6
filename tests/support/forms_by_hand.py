"""A form filled in with what a person wants to say: records as they would stand in YAML, put where the form asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from filling import W14, W, put, rewritten, tag_of
from lxml import etree

Record = Mapping[str, Any]
OWN = ""  # the list whose items are records
GIVEN = ("编号", "替代")  # by the program
FOR_PEOPLE = ("表单识别", "参考")


@dataclass
class Blank:
    """A record, or an item of a list, that a form has room for: its fields, what is printed in it, and its own lists."""

    controls: dict[str, etree._Element] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[Blank]] = field(default_factory=dict)

    def take(self, keys: Sequence[str], control: etree._Element) -> None:
        """A field, at the end of `keys`; one that comes again begins the next item."""
        head, *rest = keys
        if rest:
            items = self.lists.setdefault(head, [])
            if not items or (len(rest) == 1 and rest[0] in items[-1].keys):
                items.append(Blank())
            items[-1].take(rest, control)
        elif locked(control):
            self.printed[head] = text_in(control)
        else:
            self.controls[head] = control

    @property
    def keys(self) -> set[str]:
        return {*self.controls, *self.printed}


def locked(control: etree._Element) -> bool:
    lock = control.find(f"{W}sdtPr/{W}lock")
    return lock is not None and lock.get(f"{W}val") in ("contentLocked", "sdtContentLocked")


def text_in(control: etree._Element) -> str:
    return "".join(text.text or "" for text in control.iter(f"{W}t"))


def word_of(control: etree._Element) -> str:
    """The word behind a box that is one of several; "" for what is none, and for a box whose tag has its word."""
    if control.find(f"{W}sdtPr/{W14}checkbox") is None or "=" in tag_of(control):
        return ""
    beside = takewhile(lambda node: node.tag == f"{W}r", control.itersiblings())
    return "".join(map(text_in, beside)).strip()


def keys_of(tag: str) -> list[str]:
    """任务[].佐证、 → 任务, 佐证、; [].意见 → the list of records itself, 意见; 责任.部门 → 责任.部门."""
    *lists, key = tag.split("[]")
    return [*(name.removeprefix(".") for name in lists), key.removeprefix(".")]


def written(docx: bytes, records: Sequence[Record]) -> tuple[bytes, list[str]]:
    """The form with all that `records` say and that is not printed in it, and each text that was typed for it.

    Fails for what the form has no room for.
    """
    typed: list[str] = []

    def fill(root: etree._Element) -> None:
        blank = Blank()
        for control in root.iter(f"{W}sdt"):
            tag = tag_of(control)
            if tag and not tag.startswith(FOR_PEOPLE):
                blank.take(keys_of(f"{tag}={word}" if (word := word_of(control)) else tag), control)
        typed.extend(_fill_all(blank, records))

    return rewritten(docx, fill), typed


def _fill_all(blank: Blank, records: Sequence[Record]) -> Iterator[str]:
    """What all records share stands once in the form; the rest in a row for each."""
    own = blank.lists.pop(OWN, [])
    if not own:
        (record,) = records
        yield from _fill(blank, record)
        return
    shared = {key for key, value in records[0].items() if {key, f"{key}={value}"} & blank.keys}
    yield from _fill(blank, {key: records[0][key] for key in shared})
    for record in records:
        rest = {key: value for key, value in record.items() if key not in (*shared, *GIVEN)}
        if rest:
            yield from _fill(_room(own, rest), rest)


def _room(items: list[Blank], record: Record) -> Blank:
    """The first place for a record: one that bears what the record says already; it is used once."""
    for item in items:
        if all(squeezed(record.get(key)) == squeezed(text) for key, text in item.printed.items()):
            items.remove(item)
            return item
    raise AssertionError(f"no room for {record}")


def squeezed(text: object) -> str:
    return "".join(str(text).split())


def _fill(blank: Blank, record: Record) -> Iterator[str]:
    for key, value in record.items():
        if key in blank.lists:
            items = list(blank.lists[key])
            for item in value:
                yield from _fill(_room(items, item), item)
        elif key not in (*blank.printed, *GIVEN):
            for name, text in _texts(blank, key, value):
                put(blank.controls[name], text)
                yield text


def _texts(blank: Blank, key: str, value: Any) -> Iterator[tuple[str, str]]:
    """The fields that a value goes into, and what is typed there; a box is called by the word that it stands for."""
    if isinstance(value, Mapping):
        for below, text in value.items():
            yield from _texts(blank, f"{key}.{below}", text)
    elif isinstance(value, list):
        yield f"{key}、", "、".join(value)
    else:
        yield f"{key}={value}" if f"{key}={value}" in blank.controls else key, value
