"""The entries of a record: what keys they have, and how one is written, for messages and rules."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from liangqing.base.dates import day_written
from liangqing.data.model.findings import ClosingRound, Responsibility
from liangqing.data.model.group import LadderStep
from liangqing.data.model.types import Contact, Head, Person
from liangqing.data.yaml.places import Step

# What stands for an entry in an example, where it is not what has to be given.
_SHOWN: dict[type[BaseModel], tuple[str, ...]] = {
    Person: ("姓名", "职务"),
    Head: ("姓名", "职务"),
    Contact: ("姓名", "电话"),
    Responsibility: ("责任人", "职务"),
    LadderStep: ("文种", "天数"),
    ClosingRound: ("申请日期", "核查日期", "核查人", "核查方式"),
}


_CALLED = re.compile(r"([\u4e00-\u9fff·]{2,4})\s*(?:[（(，,、]|\s)\s*([^）)（(，,、\s]{2,12})[）)]?")


def example(model: type[BaseModel], text: str = "") -> str:
    """An entry to be copied, with a text that was given in the place where it belongs: {姓名: 白某某, 职务: …}."""
    pairs = dict(_PAIR.findall(text)) if text else {}
    if pairs and pairs.keys() <= {str(field.alias) for field in model.model_fields.values()}:
        return "{" + ", ".join(f"{key}: {value}" for key, value in pairs.items()) + "}"
    given = [str(field.alias) for field in model.model_fields.values() if field.is_required()]
    keys = list(_SHOWN.get(model, given))
    called = _CALLED.fullmatch(text) if keys[1:] in (["职务"], ["电话"]) else None
    if called:  # a number is not shown whole, and half of one is not to be copied
        return f"{{{keys[0]}: {called[1]}, {keys[1]}: {called[2] if keys[1] == '职务' else '…'}}}"
    dated = [key for key in keys if key.endswith(("日期", "时限", "期限"))]
    others = [key for key in keys if key not in dated]
    home = (dated if day_written(text) else others)[-1 if day_written(text) else 0 :][:1] if text else []
    return "{" + ", ".join(f"{key}: {text if key in home else '…'}" for key in keys) + "}"


# A key with its value in a text that was to be an entry, its signs full-width: ｛姓名：白某某，职务：科长｝.
_PAIR = re.compile(r"([^\s，、；,:：{}｛｝]{1,8})\s*[:：]\s*([^，、；,:：{}｛｝]*[^\s，、；,:：{}｛｝])")


def key_inside(text: str, known: Iterable[str]) -> str:
    """The known key that a text goes on with after a full-width comma, as in 「白某某，职务：科长」; else ""."""
    found = _KEY_INSIDE.findall(text) if "：" in text or ":" in text else []
    return next((key for key in found if key in set(known)), "")


_KEY_INSIDE = re.compile(r"[，、；,]\s*([^\s，、；,:：]{1,8})\s*[:：]")


def keys_at(model: type[BaseModel], loc: Iterable[Step]) -> list[str]:
    """The keys that are known where `loc`, the path to an entry of a record, leads; [] where no entry is."""
    entry = entry_at(model, loc)
    return [str(field.alias) for field in entry.model_fields.values()] if entry else []


def takes_several(model: type[BaseModel], keys: Iterable[str]) -> bool:
    """Whether the key at the end of `keys`, through the entries of a record, holds a list of texts."""
    *path, last = keys
    entry = entry_at(model, path) or model
    return any(
        field.alias == last and "tuple[" in str(field.annotation) for field in entry.model_fields.values()
    )


def entry_at(model: type[BaseModel], loc: Iterable[Step]) -> type[BaseModel] | None:
    for step in loc:
        if isinstance(step, str):
            found = [field.annotation for field in model.model_fields.values() if field.alias == step]
            try:
                model = _entry_of(found[0] if found else None)
            except LookupError:
                return None
    return model


def _entry_of(annotation: Any) -> type[BaseModel]:
    """The model inside `tuple[Model, ...]`, `Model | None` or `Annotated[…]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        try:
            return _entry_of(inner)
        except LookupError:
            continue
    raise LookupError(annotation)
