"""Where on the desk each thing that waits is done, and what the link to it says: one table by kind, one by section."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.paper_keys import paper_key
from liangqing.outputs.waiting import TO_KEEP, WaitingItem


class ItemWay(NamedTuple):
    """An address, and what the link to it says."""

    address: str
    words: str


Way: TypeAlias = Callable[[DeskLook, WaitingItem], ItemWay]


def way_of(look: DeskLook, item: WaitingItem) -> ItemWay:
    """Where an item is done: by its kind, else by the record that it is about."""
    found = WAYS.get(item.kind, _record)
    return found(look, item)


def _at(look: DeskLook, item: WaitingItem, path: str, words: str, **asked: str) -> ItemWay:
    """A page in the year of the item."""
    return ItemWay(look.url_on(look.day, item.year, path, asked), words)


def _record(look: DeskLook, item: WaitingItem) -> ItemWay:
    if item.record is None:
        return _at(look, item, "records", "去记录")
    section, code = item.record
    path, words = PLACES_OF.get(section, (f"records/{section}/{{}}", "打开这条记录"))
    return _at(look, item, path.format(code.replace("%", "%25").replace("/", "%2F")), words)


def _signing(look: DeskLook, item: WaitingItem) -> ItemWay:
    code = item.record[1] if item.record else ""
    return _at(look, item, "records/双签/new", "登记双签", 单位=item.unit, 问题=code)


def _taking(words: str) -> Way:
    return lambda look, item: _at(look, item, "take", words)


def _reply(look: DeskLook, item: WaitingItem) -> ItemWay:
    return ItemWay(_record(look, item).address, "登记回复")


def _round(look: DeskLook, item: WaitingItem) -> ItemWay:
    code = item.record[1] if item.record else ""
    return _at(look, item, "records/监督记录/new", "登记一次", 任务=code)


def _paper(look: DeskLook, item: WaitingItem) -> ItemWay:
    kept = item.kind == TO_KEEP
    if item.paper is None:
        address = look.url("issue")
        return ItemWay(f"{address}#keeping-head", "去定稿") if kept else ItemWay(address, "看等印发的")
    if item.kind in ("未印发", TO_KEEP) and item.command.startswith("issue "):
        address = look.url_on(None, item.year, f"issue/{paper_key(*item.paper)}")
        return ItemWay(address, "去定稿" if kept else "去印发")
    return _at(look, item, f"papers/{paper_key(*item.paper)}", "看这份文书")


def _proposed(look: DeskLook, item: WaitingItem) -> ItemWay:
    return ItemWay(look.url_on(None, look.year, "propose"), "看建议，拟出来")


WAYS: Mapping[str, Way] = MappingProxyType(
    {
        "未签字": _signing,
        "未反馈意见": _taking("收回意见"),
        "未报自查": _taking("收回自查表"),
        "未交反馈表": _taking("收回反馈表"),
        "未回复": _reply,
        "定期任务": _round,
        "未印发": _paper,
        TO_KEEP: _paper,
        "印发后改过": _paper,
        "建议发文": _proposed,
    }
)
# By section of the record: the page, with the 编号 where it is asked for, and what the link says.
PLACES_OF: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "问题": ("finding/{}", "看这个问题"),
        "任务": ("records/清单/全部", "看清单"),
        "期次": ("records/自查", "看自查"),
    }
)
