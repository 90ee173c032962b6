"""The sheet 责任人: what is open with each person responsible, a row a matter; nothing of it is taken back."""

from __future__ import annotations

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from liangqing.base.chinese import long_date
from liangqing.outputs.ledger.cells import (
    BODY,
    HEAD,
    NOTE,
    TITLE,
    CellLook,
    Properties,
    look,
    put,
    set_height,
    set_width,
)
from liangqing.outputs.ledger.columns import Value
from liangqing.outputs.ledger.package import A4, set_up_page
from liangqing.year.state.persons import PersonResponsible, persons, what_of
from liangqing.year.state.standing import UNSETTLED, Standing

NAME = "责任人"
HEADS = ("责任人", "单位", "职务", "类别", "事项", "期限", "状态", "逾期天数")
WIDTHS = (11, 24, 18, 8, 44, 12, 10, 9)  # in digits
_HEAD_ROW = 2  # from 0
_CENTRED = ("类别", "期限", "状态", "逾期天数")


def write_persons(book: Workbook, target: Worksheet, at: Standing) -> None:
    """Everybody with whom a finding, a project or a reply is open, of all years so far, by unit."""
    title = f"{at.year.year}年度{NAME}在办事项（截至{long_date(at.day)}）"
    put(target, 0, 0, title, look(book, TITLE))
    words = (
        "按现在的责任人列没有销号的问题、没有完成的项目、没有回复的整改函；两个单位同名的算两人。改动不收回。"
    )
    put(target, 1, 0, words, look(book, NOTE))
    for place, (head, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
        put(target, _HEAD_ROW, place, head, look(book, HEAD))
        set_width(target, place, width + 1)
    looks = [_look(book, head) for head in HEADS]
    rows = [row for person in persons(at) for row in _rows(at, person)]
    for number, values in enumerate(rows, start=_HEAD_ROW + 1):
        set_height(target, number, 30)
        for place, (value, shown) in enumerate(zip(values, looks, strict=True)):
            put(target, number, place, value, shown)
    target.freeze_panes(_HEAD_ROW + 1, 1)
    target.autofilter(_HEAD_ROW, 0, max(_HEAD_ROW + len(rows), _HEAD_ROW + 1), len(HEADS) - 1)
    target.repeat_rows(_HEAD_ROW)
    set_up_page(target, None, landscape=True, paper=A4, wide=1, high=0)


def _look(book: Workbook, head: str) -> CellLook:
    align = "center" if head in _CENTRED else "left"
    kind: Properties = {"num_format": "yyyy-mm-dd"} if head == "期限" else {}
    return look(book, {**BODY, **kind, "align": align, "text_wrap": True})


def _rows(at: Standing, person: PersonResponsible) -> list[tuple[Value, ...]]:
    year = at.year.year
    who = (person.name, person.unit, person.post)
    return [
        (*who, matter.kind, what_of(matter, year), matter.due or UNSETTLED, matter.state, matter.late)
        for matter in person.matters
    ]
