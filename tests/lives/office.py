"""An office in plain Python: what it wrote and sent, and an independent count of how its matters stand on any day.

Nothing of liangqing is imported here. What is counted as a figure is counted by `random_year.Count`; here is who owes
what, under the rules of the contract: records dated after the day did not happen yet, what bears no date always held.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from random_year import Count, Entry, Written, found_on, in_force, lasting, limit_on

GROUP_CODE = "市纪驻某"
MARKS = {"整改函": "整", "提醒函": "提", "督办函": "督", "约谈通知书": "约", "通报": "通"}
LADDER = (("提醒函", -10), ("督办函", 1), ("约谈通知书", 30))
GONE = "已撤销单位"
SIGNED_WORDS = ("编号", "名称", "事实", "整改要求", "责任", "整改时限")
LATE, SOON, UNSETTLED, NOT_DUE = "逾期", "临期", "待明确", "未到期"
APPLIED, CONTINUING, CLOSED = "申请销号", "持续整改", "已销号"


@dataclass
class Office:
    """Records of each year as they stand in YAML, the register's lines, and for what words each form was signed."""

    written: Written
    signed: dict[str, list[list[Any]]] = field(default_factory=dict)

    @property
    def years(self) -> dict[int, Entry]:
        return self.written.years

    @property
    def lines(self) -> list[Entry]:
        return self.written.lines

    def records(self, section: str, upto: int = 9999) -> Iterator[tuple[int, Entry]]:
        """The records of a section with the year of their folder, of all years up to one."""
        for year, sections in self.years.items():
            if year <= upto:
                for record in sections[section]:
                    yield year, record

    def finding(self, code: str) -> tuple[int, Entry]:
        return next((year, each) for year, each in self.records("问题") if each["编号"] == code)

    def unit(self, code: str) -> Entry:
        """A unit by what all years say of it: its end may be told in the latest alone."""
        told: Entry = {}
        for _, each in self.records("单位"):
            told |= each if each["编号"] == code else {}
        return told

    def words_of(self, codes: Iterable[str]) -> list[list[Any]]:
        """What a signed form vouches for."""
        return [[self.finding(code)[1].get(key) for key in SIGNED_WORDS] for code in codes]

    def next_number(self, kind: str, day: date) -> str:
        """The number after the last of its row in the year of the day; void ones are not used again."""
        head = f"{GROUP_CODE}{MARKS[kind]}〔{day.year}〕"
        taken = sum(line.get("文号", "").startswith(head) for line in self.lines)
        return f"{head}{taken + 1}号"


@dataclass(frozen=True)
class Sight:
    """What a person sees who opens `year` on `day`: that year and the years before it."""

    office: Office
    year: int
    day: date

    # units

    def heir(self, code: str | None) -> str | None:
        """The unit that stands for a unit on the day; None: it is gone and nobody took over."""
        passed: set[str] = set()
        while code is not None and code not in passed:
            unit = self.office.unit(code)
            if unit.get("撤销日期", date.max) > self.day:
                return code
            passed.add(code)
            code = unit.get("承接单位")
        return None

    def called(self, code: str) -> str:
        """The short name under which what stood with a unit is to be looked for."""
        heir = self.heir(code)
        return GONE if heir is None else str(self.office.unit(heir)["简称"])

    # findings

    def found(self, year: int | None = None) -> list[tuple[int, Entry]]:
        """Findings found by the day, of one year or of all that are seen."""
        return [
            (at, each)
            for at, each in self.office.records("问题", self.year)
            if (year is None or at == year) and found_on(self.office.years[at], each) <= self.day
        ]

    def state(self, code: str, day: date | None = None) -> str:
        """The state by rounds of 销号 and limits; what the unit asked for in its form is 申请销号 too."""
        year, finding = self.office.finding(code)
        on = day or self.day
        state = Count(self.office.written, year, on).state(finding)
        if state in (APPLIED, CLOSED):
            return state
        since = last_turn(finding, on)
        asked = any(each.get("申请销号") == "是" and since < each["日期"] for each in self.forms(finding, on))
        return APPLIED if asked else state

    def forms(self, finding: Entry, day: date | None = None) -> list[Entry]:
        """整改反馈 on a finding that came in by a day."""
        year, _ = self.office.finding(finding["编号"])
        own = (each for each in self.office.years[year]["整改反馈"] if each["问题"] == finding["编号"])
        return [each for each in own if each["日期"] <= (day or self.day)]

    def open(self, year: int | None = None) -> list[Entry]:
        return [each for _, each in self.found(year) if self.state(each["编号"]) != CLOSED]

    def days_late(self, finding: Entry) -> int | None:
        """Days after the limit at the end of which the finding was open; None unless 逾期."""
        limit = limit_on(finding, self.day)
        if self.state(finding["编号"]) != LATE or not isinstance(limit, date):
            return None
        late = [limit + timedelta(step + 1) for step in range((self.day - limit).days)]
        if not finding.get("回头看"):
            return len(late)
        return sum(self.state(finding["编号"], day) != CLOSED for day in late)

    def signature(self, finding: Entry) -> str:
        """已签字, 拒签, 已失效 or 未签字."""
        year, _ = self.office.finding(finding["编号"])
        forms = [
            form
            for form in self.office.years[year]["双签"]
            if finding["编号"] in form["问题"] and form["日期"] <= self.day
        ]
        for form in sorted(forms, key=lambda form: form["日期"], reverse=True):
            if self.office.signed[form["编号"]] == self.office.words_of(form["问题"]):
                return "拒签" if form.get("结果") == "拒签" else "已签字"
        return "已失效" if forms else "未签字"

    def told(self, finding: Entry) -> list[Entry]:
        """进展 by the day."""
        return [each for each in finding.get("进展", ()) if each["日期"] <= self.day]

    def unproven(self, finding: Entry) -> bool:
        """Whether 进展 was told, by the group or by the unit in its form, and nobody handed in 佐证."""
        told = [*self.told(finding), *self.forms(finding)]
        return bool(told) and not any("佐证" in each for each in told)

    def owner(self, finding: Entry) -> str | None:
        changes = [each for each in finding.get("责任变更", ()) if each["日期"] <= self.day]
        last = max(changes, key=lambda each: each["日期"], default=finding.get("责任"))
        return None if last is None else str(last["责任人"])

    # papers

    def void(self, line: Entry) -> bool:
        return any(
            each.get("作废") == line["文号"] and each["日期"] <= self.day for each in self.office.lines
        )

    def standing(self) -> list[Entry]:
        """The lines of papers that are out and not void."""
        return [
            line
            for line in self.office.lines
            if "文号" in line and line["成文日期"] <= self.day and not self.void(line)
        ]

    def line(self, year: int, kind: str, code: str) -> Entry | None:
        """The line of a record that is in force."""
        own = (year, kind, code)
        lines = [each for each in self.standing() if (each["年度"], each["文种"], each["对象"]) == own]
        return lines[-1] if lines else None

    def corrected(self, line: Entry) -> bool:
        return any(each.get("更正") == line["文号"] for each in self.standing())

    def letters(self) -> Iterator[tuple[int, Entry, Entry]]:
        """整改函 in force that were not corrected: year, record and line. Only these are owed anything."""
        for year, letter in self.office.records("整改函", self.year):
            line = self.line(year, "整改函", letter["编号"])
            if line is not None and not self.corrected(line):
                yield year, letter, line

    def drafts(self) -> list[tuple[int, str, Entry]]:
        """Records of letters of every kind that wait to be issued: never out by the day, or void.

        They bear no date; there was none while its findings were not found yet.
        """
        found = {each["编号"] for _, each in self.found()}
        return [
            (year, kind, record)
            for section in ("整改函", "文书")
            for year, record in self.office.records(section, self.year)
            if (kind := record.get("文种", "整改函")) and self.line(year, kind, record["编号"]) is None
            if found.issuperset(record["问题"])
        ]

    def reply_day(self, year: int, letter: Entry, line: Entry) -> date | None:
        """When the reply came: not before the paper went out; forms on all its findings are a reply too."""
        reply = letter.get("回复", {"日期": date.max})["日期"]
        if line["成文日期"] <= reply <= self.day:
            return date.fromordinal(reply.toordinal())
        forms = [self.fed_back(year, letter, line, code) for code in letter["问题"]]
        days = [day for day in forms if day is not None]
        return max(days) if len(days) == len(forms) else None

    def fed_back(self, year: int, letter: Entry, line: Entry, code: str) -> date | None:
        """When the first form on a finding of a letter that is out came in."""
        own = (letter["编号"], code)
        forms = [
            each for each in self.office.years[year]["整改反馈"] if (each["整改函"], each["问题"]) == own
        ]
        days = [each["日期"] for each in forms if line["成文日期"] <= each["日期"] <= self.day]
        return min(days, default=None)

    def replies_owed(self) -> list[tuple[Entry, Entry]]:
        return [
            (letter, line)
            for year, letter, line in self.letters()
            if self.reply_day(year, letter, line) is None
        ]

    def forms_owed(self) -> dict[str, tuple[Entry, frozenset[str]]]:
        """By 文号 the letter and its open findings of which no form was handed in."""
        owed = {}
        for year, letter, line in self.letters():
            codes = [code for code in letter["问题"] if self.state(code) != CLOSED]
            missing = frozenset(code for code in codes if self.fed_back(year, letter, line, code) is None)
            if missing:
                owed[line["文号"]] = (letter, missing)
        return owed

    def demanded(self) -> list[tuple[Entry, Entry]]:
        """督办事项: 文书 in force that set a new limit, while one of their findings is open."""
        return [
            (paper, line)
            for year, paper in self.office.records("文书", self.year)
            if "新时限" in paper
            and (line := self.line(year, paper["文种"], paper["编号"])) is not None
            and not self.corrected(line)
            and any(self.state(code) != CLOSED for code in paper["问题"])
        ]

    # self-checks

    def handed_in(self, year: int, unit: str, period: str) -> bool:
        """Whether a self-check is in by the day that was not sent back by then."""
        return any(
            (each["单位"], each["期次"]) == (unit, period)
            and each["报送日期"] <= self.day
            and not (each.get("审核结果") == "退回补充" and each["审核日期"] <= self.day)
            for each in self.office.years[year]["自查"]
        )

    def self_checks_owed(self) -> list[tuple[int, str, str, date]]:
        """Year, unit, period and its last day: owed by who is there on the day, and was on that day where it is past."""
        return [
            (year, unit["编号"], period["名称"], period["报送截止日期"])
            for year, sections in self.office.years.items()
            if year <= self.year
            for period in sections["清单"]["自查期次"]
            for unit in sections["单位"]
            if in_force(self.office.unit(unit["编号"]), min(self.day, period["报送截止日期"]))
            and in_force(self.office.unit(unit["编号"]), self.day)
            and not self.handed_in(year, unit["编号"], period["名称"])
        ]

    def self_checks_to_review(self) -> list[Entry]:
        """Those in by the day whose 审核结果 is not reached yet."""
        return [
            each
            for _, each in self.office.records("自查", self.year)
            if each["报送日期"] <= self.day < each.get("审核日期", date.max)
        ]

    # what comes next

    def proposals(self, *, void_waits: bool) -> set[tuple[str, str]]:
        """Kind and finding: the next step of the ladder that is due, but for what waits as a draft already.

        Whether a paper that is void waits to be issued again the contract leaves open.
        """
        once_out = {(line["年度"], line["对象"]) for line in self.office.lines if "文号" in line}
        waiting = {
            (kind, code)
            for year, kind, each in self.drafts()
            for code in each["问题"]
            if void_waits or (year, each["编号"]) not in once_out
        }
        asked = set()
        for finding in self.open():
            asked |= {(kind, finding["编号"]) for kind in self.steps(finding)[:1]} - waiting
        return asked

    def steps(self, finding: Entry) -> list[str]:
        """Kinds that the ladder calls for, the next first; none while a 新时限 given with what was sent is to come."""
        limit = limit_on(finding, self.day)
        if self.state(finding["编号"]) not in (LATE, SOON, NOT_DUE) or not isinstance(limit, date):
            return []
        sent = self.sent(finding)
        if any(paper.get("新时限", date.min) >= self.day for paper in sent):
            return []
        kinds = [kind for kind, _ in LADDER]
        reached = max((kinds.index(each["文种"]) for each in sent if each["文种"] in kinds), default=-1)
        due = [row for row in LADDER[reached + 1 :] if limit + timedelta(row[1]) <= self.day]
        after = [kind for kind, days in due if days >= 0]
        return after or ([due[-1][0]] if due and self.day <= limit else [])

    def sent(self, finding: Entry) -> list[Entry]:
        """文书 on a finding in force that went out since its limit was last set."""
        turns = [each["批准日期"] for each in finding.get("延期", ())]
        turns += [each["日期"] for each in finding.get("回头看", ()) if each["结果"] == "反弹"]
        since = max((day for day in turns if day <= self.day), default=date.min)
        return [
            paper
            for year, paper in self.office.records("文书")
            if finding["编号"] in paper["问题"]
            and (line := self.line(year, paper["文种"], paper["编号"])) is not None
            and line["成文日期"] >= since
            and not self.corrected(line)
        ]

    def figures(self, year: int) -> dict[str, int | str]:
        """The counted figures of one year."""
        count = Count(self.office.written, year, self.day)
        states = [self.group_state(group) for group in count.found()]
        names = (LATE, SOON, NOT_DUE, UNSETTLED, APPLIED, CONTINUING)
        figures = {name: each for name, each in count.figures().items() if name != "阶段性完成数"}
        return {**figures, **{f"{name}数": states.count(name) for name in names}}

    def group_state(self, group: list[Entry]) -> str:
        """The worst of records that count as one."""
        order = (LATE, SOON, UNSETTLED, NOT_DUE, APPLIED, CONTINUING, CLOSED)
        return min((self.state(each["编号"]) for each in group), key=order.index)


def settled(finding: Entry) -> bool:
    """Whether it holds what a letter needs."""
    dated = isinstance(finding.get("整改时限"), date) or lasting(finding)
    return dated and all(key in finding for key in ("整改类别", "整改要求", "责任"))


def last_turn(finding: Entry, day: date = date.max) -> date:
    """The last day by `day` on which a round of 销号 was begun, went on or ended, or it was looked at again."""
    days = [
        each for closing in finding.get("销号", ()) for each in closing.values() if isinstance(each, date)
    ]
    days += [each["日期"] for each in finding.get("回头看", ())]
    return max((each for each in days if each <= day), default=date.min)
