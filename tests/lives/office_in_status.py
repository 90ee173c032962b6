"""What `status` and `propose` tell of an office, against the count of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from office import APPLIED, CLOSED, GONE, LATE, SOON, UNSETTLED, Sight
from office_clerk import Clerk
from office_shown import CODE, NEAR, NUMBER, UNSIGNED, Difference, between, period, same


class Waiting(NamedTuple):
    """A line of `status`, read."""

    kind: str
    unit: str
    what: str

    @property
    def code(self) -> str:
        found = CODE.search(self.what)
        return found[0] if found else ""


def status(clerk: Clerk, sight: Sight) -> Iterator[Difference]:
    """The lists of `status`: last year's beside this year's."""
    rows = clerk.data("status", "--as-of", str(sight.day), "--year", str(sight.year))
    lines = [Waiting(row["类别"], row["单位"], row["事项"]) for row in rows]

    def listed(*kinds: str) -> list[Waiting]:
        return [line for line in lines if line.kind in kinds]

    yield from _status_of_findings(sight, lines)
    owed = {
        (line["文号"], sight.called(letter["单位"]))
        for letter, line in sight.replies_owed()
        if letter["回复期限"] < sight.day
    }
    shown = {(NUMBER.findall(line.what)[0], _unit(sight, line)) for line in listed("未回复")}
    yield from same("status 未回复", shown, owed)
    forms = {(number, codes) for number, (_, codes) in sight.forms_owed().items()}
    shown_forms = {
        (NUMBER.findall(line.what)[0], frozenset(CODE.findall(line.what))) for line in listed("未交反馈表")
    }
    near = {
        (number, codes)
        for number, codes in forms
        if sight.forms_owed()[number][0]["回复期限"] <= sight.day + timedelta(NEAR)
    }
    yield from between("status 未交反馈表", shown_forms, near, forms)
    checks = {
        (year, period, str(sight.office.unit(unit)["简称"]))
        for year, unit, period, due in sight.self_checks_owed()
        if due < sight.day
    }
    shown_checks = {(_year(sight, line), period(line.what), line.unit) for line in listed("未报自查")}
    yield from same("status 未报自查", shown_checks, checks)
    review = {each["编号"] for each in sight.self_checks_to_review()}
    yield from same("status 待审核自查", {line.code for line in listed("待审核自查")}, review)
    drafts = {each["编号"] for _, _, each in sight.drafts()}
    # After the year, where it is an earlier one, and the kind; before what it is called.
    heads = (re.sub(r"^\d{4}年 ", "", line.what).split(" ")[1] for line in listed("未印发"))
    yield from same("status 未印发", {code for head in heads for code in CODE.findall(head)}, drafts)
    running = {
        project["编号"]
        for year, project in sight.office.records("项目", sight.year)
        if project["开始日期"] <= sight.day < project.get("完成日期", date.max)
        and (year < sight.year or project["完成时限"] <= sight.day + timedelta(NEAR))
    }
    yield from same("status 未完成项目", {line.code for line in listed("未完成项目")}, running)


def _unit(sight: Sight, line: Waiting) -> str:
    """The unit of a line as the count calls it: the short name of one that is known, or the units that are gone."""
    if GONE in line.unit:
        return GONE
    known = {str(unit["简称"]) for _, unit in sight.office.records("单位")}
    named = [name for name in known if name in line.unit]
    return named[0] if len(named) == 1 else line.unit.partition("（")[0]


def _year(sight: Sight, line: Waiting) -> int:
    marked = re.match(r"(\d{4})年", line.what)
    return int(marked[1]) if marked else sight.year


def _status_of_findings(sight: Sight, lines: list[Waiting]) -> Iterator[Difference]:
    found = [each for _, each in sight.found()]
    states = {each["编号"]: sight.state(each["编号"]) for each in found}
    called = {each["编号"]: sight.called(each["单位"]) for each in found}
    for kind in (LATE, SOON, UNSETTLED):
        shown = {(line.code, _unit(sight, line)) for line in lines if line.kind == kind}
        counted = {(code, called[code]) for code, state in states.items() if state == kind}
        yield from same(f"status {kind}", shown, counted)
    late = {line.code: line.what for line in lines if line.kind == LATE}
    days = {code: int(words[1]) for code, what in late.items() if (words := re.search(r"已超(\d+)天", what))}
    counted_days = {each["编号"]: sight.days_late(each) for each in found if states[each["编号"]] == LATE}
    yield from same("status 逾期天数", days, counted_days)
    unsigned = {
        (each["编号"], called[each["编号"]]) for each in sight.open() if sight.signature(each) in UNSIGNED
    }
    shown = {(line.code, _unit(sight, line)) for line in lines if line.kind == "未签字"}
    yield from same("status 未签字", shown, unsigned)
    applied = {each["编号"] for each in sight.open() if sight.state(each["编号"]) == APPLIED}
    yield from same("status 待核查", {line.code for line in lines if line.kind == "待核查"}, applied)
    unproven = {each["编号"] for each in sight.open() if sight.unproven(each)}
    yield from same("status 缺佐证", {line.code for line in lines if line.kind == "缺佐证"}, unproven)
    before = {
        each["编号"] for year, each in sight.found() if year < sight.year and states[each["编号"]] != CLOSED
    }
    told = {line.code for line in lines if line.kind in (LATE, SOON, UNSETTLED, "待核查", "往期未销号")}
    yield from between("status 往年没有销号的", told, before, {*states})


def proposals(clerk: Clerk, sight: Sight) -> Iterator[Difference]:
    """What the ladder proposes today, by finding; each under the unit that answers. Drafts bear no date: not looked back at."""
    if sight.day != clerk.today:
        return
    told = clerk.data("propose", "--dry-run", "--as-of", str(sight.day), "--year", str(sight.year))["文书"]
    rows = {(paper["文种"], code): paper["单位"] for paper in told for code in paper["问题"]}
    asked, again = sight.proposals(void_waits=True), sight.proposals(void_waits=False)
    heirs = {row: sight.heir(sight.office.finding(row[1])[1]["单位"]) for row in asked | again}
    there = {row for row, heir in heirs.items() if heir is not None}
    yield from between("提议", {*rows}, asked & again & there, (asked | again) & there)
    for row in sorted({*rows} & there):
        yield from same(f"提议 {row} 的单位", rows[row], heirs[row])
