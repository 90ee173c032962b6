"""How a letter says where a finding stands: the states of the records (临期, 逾期 …) as words that an office writes."""

from __future__ import annotations

from liangqing.base.chinese import long_date
from liangqing.data.model.duties import PARTY_KINDS
from liangqing.variables.closing import limit_now, overdue_presumed, working_days_overdue
from liangqing.variables.owners import FindingOf
from liangqing.year.state import facts
from liangqing.year.state.standing import APPLIED, CLOSED, CONTINUING, OVERDUE, UNSETTLED

# 文种 that 督办阶梯 may have after another → what the group then does; any other kind is 进一步采取措施.
STEPS = {
    "提醒函": "予以提醒",
    "督办函": "予以督办",
    "约谈通知书": "予以约谈",
    "通报": "予以通报",
    "纪检监察建议书": "提出纪检监察建议",
}
ANOTHER_STEP = "进一步采取监督措施"


def person(name: str, post: str | None) -> str:
    """王某某（科长）."""
    return f"{name}（{post}）" if post else name


def post_and_person(post: str | None, name: str) -> str:
    """科长王某某: as a sentence names a person."""
    return f"{post or ''}{name}"


def post_in(unit: str, post: str) -> str:
    """A post with the full name of its unit, what both say said once: 甲局党支部 and 党支部书记 are 甲局党支部书记."""
    for kind in PARTY_KINDS:
        if unit.endswith(kind) and post.startswith(kind):
            return unit + post.removeprefix(kind)
    return unit + post


def standing(found: FindingOf) -> str:
    """How a finding stands on the day, as the end of a sentence: 距整改时限还有5天，尚未收到销号申请."""
    return "，".join(part for part in (_against_limit(found), _what_came(found)) if part)


def standing_in_brief(found: FindingOf) -> str:
    """The same in a few words, for tables and brackets: 已超过时限16天."""
    state = found.at.state(found.finding)
    days = _days_to_limit(found)
    if state == OVERDUE:
        return f"已超过时限{found.at.days_overdue(found.finding)}天"
    if days is not None:
        return f"距时限还有{days}天" if days else "时限当日届满"
    return _BRIEF[state]


_BRIEF = {UNSETTLED: "时限待明确", APPLIED: "已申请销号", CONTINUING: "正在持续整改", CLOSED: "已销号"}


def _days_to_limit(found: FindingOf) -> int | None:
    """Days that are left of one that is still to be put right; None: it is late, has no date, or was handed in."""
    limit = limit_now(found)
    waits = found.at.state(found.finding) not in (OVERDUE, APPLIED, CLOSED, CONTINUING)
    return (limit - found.at.day).days if waits and limit is not None else None


def _against_limit(found: FindingOf) -> str:
    days = _days_to_limit(found)
    if days is not None:
        return f"距整改时限还有{days}天" if days else "整改时限当日届满"
    if found.at.state(found.finding) != OVERDUE:
        return ""
    working = "" if overdue_presumed(found) else f"（{working_days_overdue(found)}个工作日）"
    return f"已超过整改时限{found.at.days_overdue(found.finding)}天{working}"


def _what_came(found: FindingOf) -> str:
    at, finding = found
    state = at.state(finding)
    if state == CLOSED:
        day = at.closed_on(finding)
        return f"已于{long_date(day)}销号" if day else "已销号"
    if state == APPLIED:
        return "已申请销号，正在核查"
    if state == CONTINUING:
        return "已取得阶段性成效，仍需继续整改" if facts.is_done_in_part(at, finding) else "正在持续整改"
    if state == UNSETTLED:
        return "整改时限尚未明确"
    if at.relapse(finding) is None and facts.rounds_begun(at, finding):
        return "销号申请经核查退回，尚未完成整改"
    return "尚未完成整改" if state == OVERDUE else "尚未收到销号申请"
