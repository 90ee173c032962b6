"""Random valid years as plain data, and an independent count over them.

Nothing of liangqing is imported here: `generate` makes what a person might write, `Count` counts it straight
from the rules of counting alone, over the raw mappings.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeAlias

Entry: TypeAlias = dict[str, Any]

KINDS = ("单项体检", "动态体检", "集中清查", "专项监督", "抽查")
GATES = ("核查人", "核查方式", "核查日期", "佐证", "核查人非责任人", "回头看日期")
NUMBERED = "市纪驻某整"
GROUP = {
    "全称": "示例市纪委监委驻某局纪检监察组",
    "派出机关": "示例市纪委监委",
    "机关代字": "市纪驻某",
    "负责人": {"姓名": "甲某某", "职务": "组长"},
}


@dataclass(frozen=True)
class Written:
    """Everything a group wrote: 机构, the sections of each year, and the lines of the register in order."""

    group: Entry
    years: dict[int, Entry]
    lines: list[Entry] = field(default_factory=list)

    def days(self, year: int) -> list[date]:
        """Every day named in a year or in the register, with its neighbours: where a count may turn."""
        named = {each for tree in (self.years[year], self.lines) for each in _dates(tree)}
        turns = {day + timedelta(step) for day in named for step in (-1, 0, 1)}
        soon = int(self.years[year]["选项"]["临期天数"])
        limits = {f["整改时限"] for f in self.years[year]["问题"] if isinstance(f.get("整改时限"), date)}
        turns |= {limit - timedelta(soon + step) for limit in limits for step in (0, 1)}
        return sorted(turns)


def _dates(tree: object) -> Iterator[date]:
    if isinstance(tree, date):
        yield tree
    elif isinstance(tree, list | dict):
        for each in tree.values() if isinstance(tree, dict) else tree:
            yield from _dates(each)


# the generator


def generate(seed: int) -> Written:
    """A group with one year or two, the same for the same seed."""
    rng = random.Random(seed)
    last = rng.randint(2019, 2024)
    numbers = [last] if rng.random() < 0.5 else [last - 1, last]
    made = Written(GROUP, {})
    events: list[tuple[date, int, Entry]] = []
    for number in numbers:
        made.years[number] = _Year(rng, number).sections
        events += _issues(rng, made, number)
    made.lines.extend(_numbered(events))
    _name_what_is_corrected(made)
    return made


class _Year:
    """Makes the sections of one year, each from those before it."""

    def __init__(self, rng: random.Random, number: int) -> None:
        self.rng, self.number = rng, number
        self.first = date(number, 1, 1)
        self.sections: Entry = {"选项": self._options()}
        self.sections["单位"] = self._units()
        self.sections["清单"] = self._checklist()
        self.sections["自查"] = self._self_checks()
        self.sections["检查"] = [
            each for index in range(rng.randint(0, 8)) for each in self._inspection(index)
        ]
        self.sections["问题"] = [each for index in range(rng.randint(0, 10)) for each in self._finding(index)]
        self._mark_common()
        self.sections["项目"] = [self._project(index) for index in range(rng.randint(0, 4))]

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def day(self, after: date | None = None, within: int = 364) -> date:
        return (after or self.first) + timedelta(self.rng.randint(0, within))

    def called(self, unit: Entry) -> str:
        """A unit by one of its names."""
        return str(self.rng.choice([unit["编号"], unit["名称"], unit.get("简称", unit["名称"])]))

    def _options(self) -> Entry:
        gates = self.rng.sample(GATES, self.rng.randint(0, 4))
        return {"临期天数": str(self.rng.choice([0, 1, 5, 10, 40])), "销号门槛": gates}

    def _units(self) -> list[Entry]:
        units = []
        for index in range(1, self.rng.randint(2, 6) + 1):
            unit: Entry = {"编号": f"U{index}", "名称": f"示例市第{index}处党支部", "类型": "党支部"}
            unit["负责人"] = {"姓名": "乙某某", "职务": "党支部书记"}
            if self.chance(0.5):
                unit["简称"] = f"{index}处党支部"
            if self.chance(0.15):
                unit["成立日期"] = self.day()
            if self.chance(0.15):
                unit["撤销日期"] = self.day(unit.get("成立日期"))
            units.append(unit)
        return units

    def _checklist(self) -> Entry:
        periods = [
            {"名称": f"第{index}期", "报送截止日期": date(self.number, 3 * index, 28)}
            for index in range(1, self.rng.randint(0, 4) + 1)
        ]
        return checklist(self.number, periods)

    def _self_checks(self) -> list[Entry]:
        handed_in = [
            chain
            for unit in self.sections["单位"]
            for period in self.sections["清单"]["自查期次"]
            for chain in self._attempts(unit, period)
        ]
        self.rng.shuffle(handed_in)
        return handed_in

    def _attempts(self, unit: Entry, period: Entry) -> Iterator[Entry]:
        """A chain: a passed one supersedes the passed one before it, another may supersede any."""
        before: list[Entry] = []
        for index in range(self.rng.choice([0, 1, 1, 2, 3, 4])):
            given = self.day(period["报送截止日期"] - timedelta(20), 60)
            made: Entry = {"编号": f"ZC{self.number}-{unit['编号']}-{period['名称']}-{index}"}
            made |= {"单位": self.called(unit), "期次": period["名称"]}
            if self.chance(0.8):
                made["报送日期"] = given
            if self.chance(0.9):
                made |= {
                    "审核日期": self.day(given, 30),
                    "审核结果": self.rng.choice(["通过", "通过", "退回补充"]),
                }
            passed = [each for each in before if each.get("审核结果") == "通过"]
            if passed and made.get("审核结果") == "通过":
                made["替代"] = passed[-1]["编号"]
            elif before and self.chance(0.6):
                made["替代"] = self.rng.choice(before)["编号"]
            before.append(made)
            yield made

    def _inspection(self, index: int) -> Iterator[Entry]:
        begins = self.day()
        made: Entry = {"编号": f"JC{index}", "类型": self.rng.choice(KINDS), "名称": f"第{index}次检查"}
        made["开始日期"] = begins
        if self.chance(0.5):
            made["结束日期"] = self.day(begins, 9)
        ends = made.get("结束日期", begins)
        there = [u for u in self.sections["单位"] if in_force(u, begins) or in_force(u, ends)]
        if there:
            chosen = self.rng.sample(there, self.rng.randint(1, len(there)))
            yield {**made, "单位": [self.called(unit) for unit in chosen]}

    def _finding(self, index: int) -> Iterator[Entry]:
        if not self.sections["检查"]:
            return
        inspection = self.rng.choice(self.sections["检查"])
        unit = unit_called(self.sections, self.rng.choice(inspection["单位"]))
        made: Entry = {
            "编号": f"W{self.number}-{index}",
            "检查": inspection["编号"],
            "单位": self.called(unit),
        }
        made |= {"名称": f"示例问题{index}", "事实": "示例事实。"}
        if self.chance(0.3):
            made["发现日期"] = self.day(inspection["开始日期"], 20)
        found = made.get("发现日期") or inspection.get("结束日期", inspection["开始日期"])
        made |= self._rectification(found)
        made |= self._closing(found, inspection["开始日期"])
        yield made

    def _rectification(self, found: date) -> Entry:
        category = self.rng.choice(["立行立改", "限期整改", "限期整改", "长期坚持", None])
        limit: date | str | None = self.day(found, 150) if self.chance(0.85) else None
        if category == "长期坚持" and self.chance(0.6):
            limit = self.rng.choice([None, "长期坚持", "每季度"])
        made: Entry = {"整改类别": category, "整改时限": limit}
        if self.chance(0.8):
            made["责任"] = {"责任人": self.rng.choice("丙丁戊"), "职务": "科长"}
            if self.chance(0.2):
                made["责任变更"] = [{"日期": self.day(found, 90), "责任人": "己", "理由": "轮岗"}]
        if limit is not None and self.chance(0.3):
            made["延期"] = self._extensions(limit if isinstance(limit, date) else found, found)
            if len({extension["批准日期"] for extension in made["延期"]}) > 1:
                self.rng.shuffle(made["延期"])
        return {key: each for key, each in made.items() if each is not None}

    def _extensions(self, limit: date, found: date) -> list[Entry]:
        made, approved = [], max(found, limit - timedelta(self.rng.randint(0, 15)))
        for _ in range(self.rng.randint(1, 2)):
            limit = max(limit, approved) + timedelta(self.rng.randint(1, 60))
            made.append({"批准日期": approved, "新时限": limit, "理由": "汛期", "批准人": "甲某某"})
            approved = self.day(approved, 40 if self.chance(0.8) else 0)
        return made

    def _closing(self, found: date, begins: date) -> Entry:
        """进展, 销号 in rounds one after another, 回头看 after each conclusion, 放行."""
        made: Entry = {"进展": [], "销号": [], "回头看": [], "放行": []}
        at = found
        for _ in range(self.rng.choice([0, 1, 1, 2, 3])):
            at += timedelta(self.rng.randint(1, 60))
            if self.chance(0.7):
                made["进展"].append(self._progress(at, begins))
                made["进展"][-1]["内容"] = f"示例进展{len(made['进展'])}"
            each, at = self._round(at + timedelta(self.rng.randint(0, 5)))
            made["销号"].append(each)
            if "结论" not in each:
                break
            if self.chance(0.5):
                at += timedelta(self.rng.randint(1, 40))
                done = each["结论"] != "退回"
                made["回头看"].append({"日期": at, "结果": "反弹" if done and self.chance(0.5) else "巩固"})
        for gate in self.rng.sample([*GATES, "佐证日期"], self.rng.choice([0, 0, 1, 3])):
            made["放行"].append({"门槛": gate, "理由": "示例", "批准人": "甲某某"})
            if self.chance(0.4):
                made["放行"][-1]["有效期至"] = self.day(found, 200)
        for key in ("进展", "销号"):
            if self.chance(0.4):
                self.rng.shuffle(made[key])
        return {key: each for key, each in made.items() if each}

    def _progress(self, day: date, begins: date) -> Entry:
        evidence: Entry = {"名称": f"{day.month}月{day.day}日照片"}
        if self.chance(0.8):
            evidence["日期"] = begins - timedelta(1) if self.chance(0.1) else self.day(begins, 5)
        if self.chance(0.2):
            evidence["说明"] = "以前的台账，仍然适用"
        return {"日期": day, "内容": "示例进展", **({"佐证": [evidence]} if self.chance(0.8) else {})}

    def _round(self, at: date) -> tuple[Entry, date]:
        """One round, and its last day."""
        made: Entry = {"申请日期": at}
        if self.chance(0.15):
            return made, at
        if self.chance(0.9):
            at = made["核查日期"] = self.day(at, 12)
        for key, word in (("核查人", self.rng.choice("丙庚辛")), ("核查方式", "现场核查")):
            if self.chance(0.9):
                made[key] = word
        if self.chance(0.1):
            return made, at
        made["结论"] = self.rng.choice(["同意销号", "同意销号", "同意销号", "退回", "阶段性完成"])
        if made["结论"] == "同意销号" or self.chance(0.2):
            at = made["销号日期"] = self.day(at, 6)
        if self.chance(0.1) and ("核查日期" in made or "销号日期" in made):
            del made["申请日期"]
        return made, at

    def _project(self, index: int) -> Entry:
        """A project, begun or not, with or without 状态; what is 已完成 says when."""
        begins = self.day()
        made: Entry = {"编号": f"XM{index}", "项目": f"示例项目{index}", "来源": "示例", "目标": "示例"}
        made |= {"责任单位": [self.called(self.rng.choice(self.sections["单位"]))]}
        made |= {"开始日期": begins, "完成时限": self.day(begins, 200)}
        state = self.rng.choice([None, None, "未启动", "推进中", "已完成"])
        if state == "已完成" or (state is None and self.chance(0.4)):
            made["完成日期"] = self.day(begins, 250)
        return made if state is None else {**made, "状态": state}

    def _mark_common(self) -> None:
        """共性, in some years: a mark is borne by findings that are all 长期坚持 or none."""
        share = self.rng.choice([0, 0.3, 0.6])
        for each in self.sections["问题"]:
            if self.chance(share):
                lasting = "甲" if each.get("整改类别") == "长期坚持" else "乙"
                each["共性"] = f"{lasting}{self.rng.randint(1, 2)}"


def checklist(number: int, periods: list[Entry]) -> Entry:
    """清单 with one task."""
    task = {"编号": "R1", "监督内容": "示例内容", "具体任务": "示例任务", "责任主体": "全体单位"}
    return {
        "年度": str(number),
        "标题": f"{number}年度清单",
        "阶段": "正式稿",
        "依据": ["示例办法"],
        "自查期次": periods,
        "任务": [{**task, "监督方式": ["抽查"], "完成时限": "每季度"}],
    }


def one_finding(gates: list[str], more: dict[str, Any]) -> Written:
    """A year of one unit, one inspection and one finding."""
    unit = {"编号": "U1", "名称": "示例党支部", "类型": "党支部", "负责人": {"姓名": "乙", "职务": "书记"}}
    inspection = {"编号": "JC1", "类型": "抽查", "名称": "抽查", "开始日期": date(2021, 3, 1), "单位": ["U1"]}
    finding = {"编号": "W1", "检查": "JC1", "单位": "U1", "名称": "示例", "事实": "示例。", **more}
    year = {
        "选项": {"临期天数": "10", "销号门槛": gates},
        "清单": checklist(2021, []),
        "单位": [unit],
        "自查": [],
        "检查": [inspection],
        "问题": [finding],
    }
    return Written(GROUP, {2021: year})


def _issues(rng: random.Random, made: Written, number: int) -> list[tuple[date, int, Entry]]:
    """整改函 of a year, and when they went out and were made void."""
    sections = made.years[number]
    sections["整改函"] = []
    events: list[tuple[date, int, Entry]] = []
    by_unit: dict[str, list[Entry]] = {}
    for each in sections["问题"]:
        by_unit.setdefault(unit_called(sections, each["单位"])["编号"], []).append(each)
    for unit, findings in by_unit.items():
        chosen = rng.sample(findings, rng.randint(0, len(findings)))
        while chosen:
            part, chosen = chosen[:3], chosen[3:]
            events += _letter(rng, made, number, unit, part)
    rng.shuffle(sections["整改函"])
    return events


def _letter(
    rng: random.Random, made: Written, number: int, unit: str, findings: list[Entry]
) -> list[tuple[date, int, Entry]]:
    """A letter; issued up to three times, each but the last (or all) void; one that is void may be followed."""
    letters: list[Entry] = made.years[number]["整改函"]
    events: list[tuple[date, int, Entry]] = []
    code = f"ZG{len(letters) + 1}"
    day = max(found_on(made.years[number], each) for each in findings)
    letter: Entry = {"编号": code, "单位": unit, "问题": [each["编号"] for each in findings], "事由": "示例"}
    letters.append(letter)
    void = False
    for _ in range(rng.choice([0, 1, 1, 1, 2, 3])):
        day = day + timedelta(rng.randint(0, 70))
        if not _may_issue(made, number, findings, day):
            break
        events.append((day, len(events), {"文种": "整改函", "对象": code, "年度": number, "成文日期": day}))
        void = rng.random() < 0.35
        if not void:
            break
        day = day + timedelta(rng.randint(0, 30))
        events.append((day, len(events), {"作废": code, "年度": number, "日期": day}))
    _expect_reply(rng, letter, day)
    if void and rng.random() < 0.5:
        events += _letter(rng, made, number, unit, findings)
    elif events and not void and rng.random() < 0.5:
        events += _correction(rng, made, number, letter, day, len(events))
    return events


def _expect_reply(rng: random.Random, letter: Entry, day: date) -> None:
    """回复期限, and perhaps 回复, of a letter that went out last on `day`."""
    letter["回复期限"] = day + timedelta(rng.randint(0, 60))
    if rng.random() < 0.4:
        letter["回复"] = {"日期": day + timedelta(rng.randint(0, 80))}


def _correction(
    rng: random.Random, made: Written, number: int, wrong: Entry, day: date, after: int
) -> list[tuple[date, int, Entry]]:
    """A letter that corrects `wrong`, out since `day`: on all of its findings or some; perhaps a draft, perhaps void."""
    letters: list[Entry] = made.years[number]["整改函"]
    code, day = f"ZG{len(letters) + 1}", day + timedelta(rng.randint(0, 50))
    about = rng.sample(wrong["问题"], rng.randint(1, len(wrong["问题"])))
    letter = {**wrong, "编号": code, "问题": about, "更正": wrong["编号"]}
    letter.pop("回复", None)
    _expect_reply(rng, letter, day)
    letters.append(letter)
    findings = [each for each in made.years[number]["问题"] if each["编号"] in about]
    if rng.random() < 0.2 or not _may_issue(made, number, findings, day):
        return []
    line = {"文种": "整改函", "对象": code, "年度": number, "成文日期": day, "更正": wrong["编号"]}
    events = [(day, after, line)]
    if rng.random() < 0.25:
        day = day + timedelta(rng.randint(0, 30))
        events.append((day, after + 1, {"作废": code, "年度": number, "日期": day}))
    return events


def _name_what_is_corrected(made: Written) -> None:
    """更正 of a letter is the number of the corrected one, as the register gave it."""
    number_of = {(line["年度"], line["对象"]): line["文号"] for line in made.lines if "文号" in line}
    for year, sections in made.years.items():
        for letter in sections["整改函"]:
            if "更正" in letter:
                letter["更正"] = number_of[year, letter["更正"]]


def _may_issue(made: Written, number: int, findings: list[Entry], day: date) -> bool:
    """No limit is past on the day, but of 立行立改 and of what is closed by then."""
    count = Count(made, number, day)
    limits = [
        limit_on(each, day)
        for each in findings
        if each.get("整改类别") != "立行立改" and count.state(each) != "已销号"
    ]
    return all(limit >= day for limit in limits if isinstance(limit, date))


def _numbered(events: list[tuple[date, int, Entry]]) -> Iterator[Entry]:
    """The register's lines: by date, each year counted from 1; a void names the last number of its letter."""
    last: dict[int, int] = {}
    number_of: dict[tuple[int, str], str] = {}
    for day, _, line in sorted(events, key=lambda each: each[:2]):
        if "作废" in line:
            yield {"作废": number_of[line["年度"], line["作废"]], "日期": day}
        else:
            last[day.year] = last.get(day.year, 0) + 1
            number = f"{NUMBERED}〔{day.year}〕{last[day.year]}号"
            number_of[line["年度"], line["对象"]] = number
            corrected = {"更正": number_of[line["年度"], line["更正"]]} if "更正" in line else {}
            yield {**line, "文号": number, **corrected}


# reading what was written


def unit_called(sections: Entry, name: str) -> Entry:
    """A unit by 编号, 名称 or 简称."""
    return next(u for u in sections["单位"] if name in (u["编号"], u["名称"], u.get("简称")))


def in_force(unit: Entry, day: date) -> bool:
    return bool(unit.get("成立日期", day) <= day and day < unit.get("撤销日期", date.max))


def found_on(sections: Entry, finding: Entry) -> date:
    """发现日期; by default the inspection's last day."""
    (inspection,) = [each for each in sections["检查"] if each["编号"] == finding["检查"]]
    found: date = finding.get("发现日期") or inspection.get("结束日期") or inspection["开始日期"]
    return found


def limit_on(finding: Entry, day: date) -> date | str | None:
    """整改时限, moved by every 延期 approved by the day."""
    limit: date | str | None = finding.get("整改时限")
    for extension in sorted(finding.get("延期", ()), key=lambda extension: extension["批准日期"]):
        if extension["批准日期"] <= day:
            limit = extension["新时限"]
    return limit


# the count


@dataclass(frozen=True)
class Count:
    """The figures of one year at the end of a day."""

    written: Written
    year: int
    day: date

    @property
    def sections(self) -> Entry:
        return self.written.years[self.year]

    def figures(self) -> dict[str, int | str]:
        """Every figure that the rules define, by the name under which a template reads it."""
        due = [group for group in self.found() if not all(lasting(each) for each in group)]
        closed = sum(self.closed(group) for group in due)
        concentrated = sum(each["类型"] == "集中清查" for each in self.begun())
        alone = [group[0] for group in self.found() if "共性" not in group[0]]
        partly = sum(self.outcome(each) == "阶段性完成" for each in alone)
        return {
            "单位数": sum(in_force(unit, self.day) for unit in self.sections["单位"]),
            "自查份数": len(self.self_checks()),
            "集中监督检查次数": concentrated,
            "其他检查次数": len(self.begun()) - concentrated,
            "发现问题数": len(self.found()),
            "涉及单位数": len({self.unit_of(each) for group in self.found() for each in group}),
            "整改函份数": len(self.letters()),
            "应整改数": len(due),
            "已销号数": closed,
            "整改率": rate(closed, len(due)),
            "长期坚持数": len(self.found()) - len(due),
            # what several records with one mark are when only some are 阶段性完成, the rules do not say
            **({"阶段性完成数": partly} if len(alone) == len(self.found()) else {}),
        }

    def unit_of(self, finding: Entry) -> str:
        return str(unit_called(self.sections, finding["单位"])["编号"])

    def self_checks(self) -> list[Entry]:
        """通过 and 审核日期 ≤ as-of; left out when superseded by one that is itself 通过 by then."""
        passed = [
            each
            for each in self.sections["自查"]
            if each.get("审核结果") == "通过" and each["审核日期"] <= self.day
        ]
        return [each for each in passed if all(other.get("替代") != each["编号"] for other in passed)]

    def begun(self) -> list[Entry]:
        return [each for each in self.sections["检查"] if each["开始日期"] <= self.day]

    def found(self) -> list[list[Entry]]:
        """What was found by the day, one list for a 共性 mark."""
        marks: dict[str, list[Entry]] = {}
        alone = []
        for each in self.sections["问题"]:
            if found_on(self.sections, each) <= self.day:
                if "共性" in each:
                    marks.setdefault(each["共性"], []).append(each)
                else:
                    alone.append([each])
        return [*alone, *marks.values()]

    def closed(self, group: Iterable[Entry]) -> bool:
        """One finding of several records is 已销号 when all are."""
        return all(self.state(each) == "已销号" for each in group)

    def letters(self) -> list[Entry]:
        """In the register of the year with 成文日期 ≤ as-of, not void by then; 更正 not counted."""
        return [
            line
            for line in self.in_force_lines()
            if line["成文日期"].year == self.year and "更正" not in line
        ]

    def in_force_lines(self) -> list[Entry]:
        """整改函 of whatever year that went out by the day and are not void by then."""
        void = {line["作废"] for line in self.written.lines if "作废" in line and line["日期"] <= self.day}
        return [
            line
            for line in self.written.lines
            if line.get("文种") == "整改函" and line["成文日期"] <= self.day and line["文号"] not in void
        ]

    def replies_owed(self) -> dict[str, date]:
        """By 文号 the day by which a reply is owed: by letters in force, not answered by the day, not corrected."""
        lines = self.in_force_lines()
        corrected = {line["更正"] for line in lines if "更正" in line}
        letters = {letter["编号"]: letter for letter in self.sections["整改函"]}
        return {
            line["文号"]: letters[line["对象"]]["回复期限"]
            for line in lines
            if line["年度"] == self.year
            and line["文号"] not in corrected
            and letters[line["对象"]].get("回复", {"日期": date.max})["日期"] > self.day
        }

    def project_state(self, project: Entry) -> str:
        """已完成 from 完成日期 on, 未启动 before 开始日期; in between what was written, and 未登记 where nothing was."""
        if project.get("完成日期", date.max) <= self.day:
            return "已完成"
        if project["开始日期"] > self.day:
            return "未启动"
        told = str(project.get("状态", "未登记"))
        return "推进中" if told == "已完成" else told

    def state(self, finding: Entry) -> str:
        """待明确 · 未到期 · 临期 · 逾期 · 持续整改 · 申请销号 · 已销号."""
        outcome = self.outcome(finding)
        if outcome == "申请":
            return "申请销号"
        if outcome == "同意销号":
            return "已销号" if self.earned(finding) else "申请销号"
        if outcome == "阶段性完成":
            return "持续整改"
        limit = limit_on(finding, self.day)
        if not isinstance(limit, date):
            return "持续整改" if lasting(finding) else "待明确"
        if limit < self.day:
            return "逾期"
        soon = timedelta(days=int(self.sections["选项"]["临期天数"]))
        return "临期" if limit - self.day <= soon else "未到期"

    def outcome(self, finding: Entry) -> str | None:
        """What last happened by the day: an application, a conclusion, or None (also after 退回 and 反弹)."""
        events: list[tuple[date, int, str | None]] = []
        for each in finding.get("销号", ()):
            days = [each[key] for key in ("申请日期", "核查日期", "销号日期") if key in each]
            events.append((days[0], 0, "申请"))
            if "结论" in each:
                events.append((days[-1], 1, None if each["结论"] == "退回" else each["结论"]))
        events += [(each["日期"], 2, None) for each in finding.get("回头看", ()) if each["结果"] == "反弹"]
        happened = sorted((each for each in events if each[0] <= self.day), key=lambda each: each[:2])
        return happened[-1][2] if happened else None

    def earned(self, finding: Entry) -> bool:
        """Every 销号门槛 of the round in force is met, or waived on the day it was closed, and no evidence is too old."""
        agreed = [
            each
            for each in finding["销号"]
            if each.get("结论") == "同意销号" and each["销号日期"] <= self.day
        ]
        last = max(agreed, key=lambda closing: closing["销号日期"])
        gates = self.sections["选项"]["销号门槛"]
        unmet = {gate for gate in gates if not self.meets(gate, finding, last)}
        if any(self.too_old(finding, each) for each in self.evidence(finding)):
            unmet.add("佐证日期")
        waived = {
            each["门槛"]
            for each in finding.get("放行", ())
            if each.get("有效期至", date.max) >= last["销号日期"]
        }
        return unmet <= waived

    def evidence(self, finding: Entry) -> list[Entry]:
        """What was handed in by the day."""
        return [
            each
            for progress in finding.get("进展", ())
            if progress["日期"] <= self.day
            for each in progress.get("佐证", ())
        ]

    def too_old(self, finding: Entry, evidence: Entry) -> bool:
        """Dated before the inspection's first day, without 说明."""
        (inspection,) = [each for each in self.sections["检查"] if each["编号"] == finding["检查"]]
        return "说明" not in evidence and evidence.get("日期", date.max) < inspection["开始日期"]

    def meets(self, gate: str, finding: Entry, closing: Entry) -> bool:
        if gate == "佐证":
            return bool(self.evidence(finding))
        if gate == "回头看日期":
            return any(each["日期"] <= self.day for each in finding.get("回头看", ()))
        if gate == "核查人非责任人":
            people = [each["责任人"] for each in finding.get("责任变更", ())]
            people += [finding["责任"]["责任人"]] if "责任" in finding else []
            return "核查人" in closing and closing["核查人"] not in people
        return gate in closing


def lasting(finding: Entry) -> bool:
    return bool(finding.get("整改类别") == "长期坚持")


def rate(part: int, whole: int) -> str:
    """2 of 3 → 66.67%; of none → —."""
    if not whole:
        return "—"
    share = (Decimal(100 * part) / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{share.normalize():f}%"
