"""Lawful acts of a random life: how a finding goes on until it is closed, and after."""

from __future__ import annotations

from datetime import date, timedelta

from office import CLOSED, NOT_DUE, SOON, last_turn, settled
from office_life import Life
from random_year import Entry, lasting, limit_on


def progress(life: Life) -> str | None:
    finding = life.pick(life.sight.open())
    if finding is None:
        return None
    told: Entry = {"日期": life.today, "内容": "已补一部分"}
    if life.chance(0.6):
        told["佐证"] = [{"名称": "补记的台账", "日期": life.today}]
    finding.setdefault("进展", []).append(told)
    return f"进展 {finding['编号']}"


def extend(life: Life) -> str | None:
    states = (SOON, NOT_DUE)
    finding = life.pick(each for each in life.sight.open() if life.sight.state(each["编号"]) in states)
    limit = limit_on(finding, life.today) if finding else None
    if finding is None or not isinstance(limit, date) or lasting(finding):
        return None
    moved = {"批准日期": life.today, "新时限": limit + timedelta(life.rng.randint(5, 40))}
    finding.setdefault("延期", []).append({**moved, "理由": "汛期", "批准人": "甲某某"})
    return f"延期 {finding['编号']} 到 {moved['新时限']}"


def change_owner(life: Life) -> str | None:
    finding = life.pick(each for each in life.sight.open() if "责任" in each)
    if finding is None:
        return None
    who = life.rng.choice("丁戊己庚")
    finding.setdefault("责任变更", []).append(
        {"日期": life.today, "责任人": f"{who}某某", "职务": "科长", "理由": "轮岗"}
    )
    return f"{finding['编号']} 责任人变更为{who}某某"


def _last(finding: Entry) -> Entry:
    rounds = finding.get("销号", [])
    return rounds[-1] if rounds else {}


def apply(life: Life) -> str | None:
    """A unit applies for close-out, which the group writes down."""
    sight = life.sight
    fitting = [each for each in sight.open() if settled(each) and "结论" in (_last(each) or {"结论": ""})]
    finding = life.pick(fitting)
    if finding is None or last_turn(finding) >= life.today:
        return None
    finding.setdefault("销号", []).append({"申请日期": life.today})
    return f"{finding['编号']} 申请销号"


def check_closing(life: Life) -> str | None:
    """An application is looked into; it may be sent back, or be done in part."""
    finding = life.pick(each for each in life.sight.open() if _last(each).keys() == {"申请日期"})
    if finding is None:
        return None
    closing = _last(finding)
    closing |= {"核查日期": life.today, "核查人": "辛某某", "核查方式": "现场核查"}
    verdict = life.rng.choice([None, None, "退回", "阶段性完成"])
    if verdict:
        closing |= {"结论": verdict, "审批人": "甲某某"}
    return f"核查 {finding['编号']}：{verdict or '待审批'}"


def close(life: Life) -> str | None:
    finding = life.pick(
        each for each in life.sight.open() if "核查日期" in _last(each) and "结论" not in _last(each)
    )
    if finding is None:
        return None
    _last(finding).update({"审批人": "甲某某", "结论": "同意销号", "销号日期": life.today})
    return f"销号 {finding['编号']}"


def look_again(life: Life) -> str | None:
    """A closed finding is looked at again; it may have broken open."""
    sight = life.sight
    closed = [each for _, each in sight.found() if sight.state(each["编号"]) == CLOSED]
    finding = life.pick(each for each in closed if last_turn(each) < life.today)
    if finding is None:
        return None
    result = "反弹" if life.chance(0.6) else "巩固"
    finding.setdefault("回头看", []).append({"日期": life.today, "结果": result, "说明": "现场看过"})
    return f"回头看 {finding['编号']}：{result}"
