"""Units that are dissolved: who stands for them on a day, and where their findings stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from test_standing import UNIT, YEAR, finding, inspection

from liangqing.data.model.duties import Unit
from liangqing.data.model.year import Year
from liangqing.register import Register
from liangqing.year.state.standing import Standing


def unit(code: str, **keys: Any) -> Unit:
    """A unit called by its 编号, with the keys given."""
    return Unit.model_validate({**UNIT, "编号": code, "名称": f"{code}党组", **keys})


def gone(code: str, day: str, successor: str | None = None) -> Unit:
    """A unit that is dissolved on a day, and who took over."""
    return unit(code, 撤销日期=day, **({"承接单位": successor} if successor else {}))


def year(*units: Unit, number: int = 2021) -> Year:
    """A year of these units, each with a finding of its own: W1 of U1, W2 of U2 …, all found in April."""
    findings = tuple(finding(f"W{each.code[1:]}", 单位=each.code) for each in units)
    visit = inspection(单位=[each.code for each in units])
    return replace(YEAR, year=number, units=units, inspections=(visit,), findings=findings)


def on(day: str, own: Year, *others: Year) -> Standing:
    years = {each.year: each for each in (own, *others)}
    return Standing(own, Register(), date.fromisoformat(day), years)


def stands_for(standing: Standing, code: str) -> str | None:
    now = standing.stands_for(standing.year.unit_by_code[code])
    return now.code if now else None


def answers(standing: Standing) -> dict[str, list[str]]:
    """By unit the findings that it answers for; 无: those that nobody does."""
    found = {each.code: [f.code for f in standing.answered_by(each.code)] for each in standing.year.units}
    return {**found, "无": [each.code for each in standing.answered_by_none]}


CHAIN = year(gone("U1", "2021-05-01", "U2"), gone("U2", "2021-09-01", "U3"), unit("U3"))


def test_a_unit_stands_for_itself_until_the_day_before_it_is_dissolved() -> None:
    assert stands_for(on("2021-04-30", CHAIN), "U1") == "U1"
    assert stands_for(on("2021-05-01", CHAIN), "U1") == "U2"
    assert answers(on("2021-04-30", CHAIN)) == {"U1": ["W1"], "U2": ["W2"], "U3": ["W3"], "无": []}


def test_a_successor_that_is_dissolved_later_hands_on_what_it_took_over() -> None:
    assert answers(on("2021-08-31", CHAIN)) == {"U1": [], "U2": ["W1", "W2"], "U3": ["W3"], "无": []}
    assert answers(on("2021-09-01", CHAIN)) == {"U1": [], "U2": [], "U3": ["W1", "W2", "W3"], "无": []}


def test_a_successor_that_was_gone_before_is_passed_over() -> None:
    own = year(gone("U1", "2021-09-01", "U2"), gone("U2", "2021-05-01", "U3"), unit("U3"))
    assert stands_for(on("2021-09-01", own), "U1") == "U3"


def test_findings_of_a_unit_without_successor_stand_with_nobody_and_are_not_lost() -> None:
    own = year(gone("U1", "2021-05-01", "U2"), gone("U2", "2021-09-01"), unit("U3"))
    assert answers(on("2021-09-01", own)) == {"U1": [], "U2": [], "U3": ["W3"], "无": ["W1", "W2"]}


def test_units_that_took_over_from_one_another_are_nobody() -> None:
    own = year(gone("U1", "2021-05-01", "U2"), gone("U2", "2021-05-01", "U1"), unit("U3"))
    assert stands_for(on("2021-06-01", own), "U1") is None


def test_a_unit_that_took_over_from_itself_is_nobody() -> None:
    assert stands_for(on("2021-06-01", year(gone("U1", "2021-05-01", "U1"))), "U1") is None


def test_a_later_year_may_tell_of_the_end_of_a_unit() -> None:
    before = year(unit("U1"), unit("U2"))
    after = year(gone("U1", "2022-03-01", "U9"), unit("U9"), number=2022)
    assert stands_for(on("2022-02-28", before, after), "U1") == "U1"
    standing = on("2022-03-01", before, after)
    assert stands_for(standing, "U1") == "U9"
    assert not standing.is_in_force(standing.year.unit("U1"))
    assert [each.code for each in standing.answered_by("U9")] == ["W1"]


def test_the_year_that_names_a_successor_is_believed_before_one_that_names_none() -> None:
    before, after = year(gone("U1", "2021-05-01"), unit("U2")), year(unit("U1"), unit("U2"), number=2022)
    assert stands_for(on("2021-06-01", before, after), "U1") is None
    told = replace(after, units=(gone("U1", "2021-05-01", "U2"), unit("U2")))
    assert stands_for(on("2021-06-01", before, told), "U1") == "U2"
