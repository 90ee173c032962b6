"""数字: the overview of the year, live, a part a page; each figure opens the records that were counted for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from markupsafe import Markup, escape
from starlette.responses import Response

from liangqing.base.chinese import long_date
from liangqing.base.diagnostics import Diagnostic, Problems
from liangqing.base.spans import HALF, MONTH, QUARTER, YEAR, TimeSpan, month, of_calendar
from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.page_table import DeskPage, NotThere
from liangqing.desk.answering.paper_keys import address_of_paper
from liangqing.desk.answering.showing import page
from liangqing.desk.answering.whole_numbers import whole_number
from liangqing.outputs.dashboard.progress import Going
from liangqing.outputs.dashboard.shared import LISTS, DashboardLine, facts, listed
from liangqing.variables import periods
from liangqing.year.state.periods import SpanCounted
from liangqing.year.state.standing import STATES

A_PAGE = 100  # rows
_Told: TypeAlias = Callable[
    [Any], tuple[str, str | None]
]  # of a row: units and states with | between; None: has none


class OverviewPart(NamedTuple):
    """A part of the overview: its name, the facts it prints, and which of them are rows that can be filtered.

    `concerns` tells of which units and states a row is.
    """

    name: str
    pieces: tuple[str, ...]
    facts: tuple[str, ...]
    rows: str = ""
    concerns: _Told = lambda row: ("", None)


PARTS: Mapping[str, OverviewPart] = {
    "numbers": OverviewPart("总数", ("rates", "chain"), ("numbers", "rates", "chain")),
    "progress": OverviewPart(
        "问题办理", ("progress",), ("progress",), "progress", lambda row: (row.unit, row.state)
    ),
    "units": OverviewPart(
        "各单位", ("units",), ("units", "total"), "units", lambda row: (row.name, row.states)
    ),
    "persons": OverviewPart("责任人", ("persons",), ("persons",), "persons", lambda row: (row.units, None)),
    "due": OverviewPart("到期", ("due",), ("due", "not_inspected")),
    "owed": OverviewPart(
        "欠办", ("owed",), ("owed", "drifted"), "owed", lambda row: ("|".join(row.units), row.kind)
    ),
    "gantt": OverviewPart("挂图作战", ("gantt",), ("gantt",)),
    "radar": OverviewPart(
        "自查对照", ("radar",), ("units", "levels"), "units", lambda row: (row.name, row.states)
    ),
}
# Where the links of the chain lead: below the workspace, with what is asked.
_CHAIN: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "清单任务": ("records/任务", {}),
    "自查": ("figures/list/self-checks", {}),
    "检查": ("records/检查", {}),
    "问题记录": ("figures/list/findings", {}),
    "双签字": ("figures/progress", {"step": "双签"}),
    "发整改函": ("figures/progress", {"step": "发函"}),
    "申请销号": ("figures/progress", {"step": "申请"}),
    "销号": ("figures/progress", {"step": "销号"}),
}


def numbers(look: DeskLook) -> Response:
    """The numbers of the year."""
    return _part(look, "numbers")


def part(look: DeskLook) -> Response:
    """Another part of the overview."""
    return _part(look, look.sent.parts["part"])


def _part(look: DeskLook, key: str) -> Response:
    if key not in PARTS:
        raise NotThere(f"「{key}」")
    chosen = PARTS[key]
    told = facts(look.figures, *chosen.facts)
    pages = at = 1
    if chosen.rows:
        rows = _rows(told[chosen.rows])
        kept = [row for row in rows if _fits(look, chosen.concerns(row)) and _came_to(look, row)]
        at, pages = _page(look, len(kept))
        told[chosen.rows] = kept[(at - 1) * A_PAGE : at * A_PAGE]
    return _shown(
        look,
        "figures.html",
        key,
        **told,
        pieces=chosen.pieces,
        filtered=bool(chosen.rows),
        at=at,
        pages=pages,
    )


def behind(look: DeskLook) -> Response:
    """The records that were counted for a figure."""
    key = look.sent.parts["list"]
    if key not in LISTS:
        raise NotThere(f"「{key}」")
    figure = listed(look.figures.at, key)
    kept = [line for line in figure.lines if _fits(look, _of_line(line))]
    at, pages = _page(look, len(kept))
    one = figure._replace(lines=kept[(at - 1) * A_PAGE : at * A_PAGE])
    return _shown(
        look,
        "figures_list.html",
        f"list/{key}",
        figures=[one],
        count=len(kept),
        filtered=True,
        at=at,
        pages=pages,
    )


def _rows(value: object) -> Sequence[Any]:
    assert isinstance(value, list)
    return value


def _of_line(line: DashboardLine) -> tuple[str, str | None]:
    return line.unit, line.state or None


def _fits(look: DeskLook, told: tuple[str, str | None]) -> bool:
    """Whether a row is of the unit and state that are asked for; what names no unit concerns all of them."""
    units, states = told
    unit, state = look.sent.asked.get("unit", ""), look.sent.asked.get("state", "")
    right_unit = not unit or not units or unit in units.split("|")
    return right_unit and (not state or states is None or state in states.split("|"))


def _came_to(look: DeskLook, row: object) -> bool:
    """Whether a finding has come to the step that is asked for; what is no finding is not asked."""
    step = look.sent.asked.get("step", "")
    return not step or not isinstance(row, Going) or any(one.done and one.name == step for one in row.steps)


def _page(look: DeskLook, count: int) -> tuple[int, int]:
    """Which page of how many is asked for."""
    pages = max(1, -(-count // A_PAGE))
    return min(whole_number(look.sent.asked.get("page", "")) or 1, pages), pages


def _shown(look: DeskLook, template: str, shown: str, **values: Any) -> Response:
    asked = {name: value for name in ("unit", "state", "step") if (value := look.sent.asked.get(name))}
    common = facts(
        look.figures, "year", "group", "day", *(("unit_names", "states") if values["filtered"] else ())
    )
    return page(
        look, template, parts=PARTS, shown=shown, asked=asked, to=_to(look), live=True, **{**common, **values}
    )


def _to(look: DeskLook) -> Callable[..., str]:
    """What makes links of the records and lists that the pieces of the overview name."""

    def to(section: str, code: str, text: str | None = None) -> str:
        address = _address(look, section, code)
        shown = escape(code if text is None else text)
        return Markup('<a href="{}">{}</a>').format(address, shown) if address else shown

    return to


def _address(look: DeskLook, section: str, code: str) -> str:
    """Where a record or a figure is opened; "" where nothing lies behind it."""
    if section == "问题":
        return look.url(f"finding/{code}")
    if section == "整改函":
        return address_of_paper(look, section, code)
    if section == "单位":
        return look.url("figures/progress", unit=code)
    if section == "状态":
        return look.url("figures/list/findings", state=code) if code in STATES else ""
    if section == "环节":
        path, asked = _CHAIN[code]
        return look.url(path, **asked)
    return look.url(f"records/{section}/{code}")


def over_span(look: DeskLook) -> Response:
    """The figures from one day to another, beside the span before and that of last year; this month where none is asked."""
    asked = look.sent.asked
    day = look.opened.at.day
    first, last = asked.get("first", ""), asked.get("last", "")
    words = f"{first}至{last}" if first or last else asked.get("span", "") or month(day.year, day.month).code
    counted, refused = _counted(look, words)
    return _shown(
        look,
        "figures_span.html",
        "span",
        day=long_date(day),
        counted=counted,
        refused=refused,
        rows=periods.compared(counted) if counted else (),
        difference=periods.difference,
        remark=periods.REMARK,
        presets=[(span.name, span.code) for span in _presets(day)],
        filtered=False,
        at=1,
        pages=1,
    )


def _counted(look: DeskLook, words: str) -> tuple[SpanCounted | None, Sequence[Diagnostic]]:
    try:
        return periods.asked(look.opened.at, words), ()
    except Problems as refused:
        return None, refused.diagnostics


def _presets(day: date) -> list[TimeSpan]:
    """This month and the last, this quarter and the last, this half year and this year."""
    now = [
        of_calendar(day.year, length, (day.month - 1) // length + 1)
        for length in (MONTH, QUARTER, HALF, YEAR)
    ]
    return [now[0], now[0].before, now[1], now[1].before, now[2], now[3]]


PAGES = (
    DeskPage("figures", numbers),
    DeskPage("figures/span", over_span),
    DeskPage("figures/list/{list}", behind),
    DeskPage("figures/{part}", part),
)
