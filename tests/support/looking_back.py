"""A year as it was written by the end of a day: everything that is dated later is taken out, key by key of the model.

`KEYS` says of each dated key what its day means. A dated key that is in the model and not here fails a test
(tests/year/test_looking_back.py): who adds one has to say whether a later day hides it, and then it is tried.
"""

from __future__ import annotations

import copy
import random
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pydantic import BaseModel
from random_year import Entry, Written, found_on, unit_called

from liangqing.data.model.validate import SECTIONS


@dataclass(frozen=True)
class Drop:
    """The entry came on that day: with a later one it is not there."""


@dataclass(frozen=True)
class Clear:
    """On that day these keys were filled in: with a later one they are empty."""

    keys: tuple[str, ...]


@dataclass(frozen=True)
class Keep:
    """The day says nothing of when it was written: why."""

    why: str


PLAN = Keep("a day set for what is to come")
OWN = Keep("belongs to its entry, which has a day of its own")
_VERIFIED = ("核查日期", "核查人", "核查方式", "核查情况", "结论", "审批人", "销号日期", "回头看计划")
KEYS: dict[tuple[str, str], Drop | Clear | Keep] = {
    ("Head", "起"): Drop(),
    ("LocalDay", "日期"): PLAN,
    ("Arrangement", "放假"): PLAN,
    ("Arrangement", "上班"): PLAN,
    ("Waiver", "有效期至"): PLAN,
    ("Checklist", "统计截止日期"): PLAN,
    ("Consultation", "截止日期"): PLAN,
    ("Period", "报送截止日期"): PLAN,
    ("Task", "完成时限"): PLAN,
    ("Drafted", "完成时限"): PLAN,
    ("Task", "增补日期"): PLAN,
    ("Task", "停止日期"): PLAN,
    ("Unit", "成立日期"): PLAN,
    ("Unit", "撤销日期"): Clear(("撤销日期", "承接单位")),
    ("Opinion", "日期"): Drop(),
    ("Case", "通报日期"): Drop(),
    ("Case", "学习期限"): PLAN,
    ("Case", "报送期限"): PLAN,
    ("SelfCheck", "报送日期"): Drop(),
    ("SelfCheck", "审核日期"): Clear(("审核日期", "审核人", "审核结果", "退回理由")),
    ("SelfFound", "时限"): PLAN,
    ("Observation", "日期"): Drop(),
    ("Inspection", "开始日期"): PLAN,
    ("Inspection", "结束日期"): PLAN,
    ("TaskFound", "日期"): Drop(),
    ("FeedbackMeeting", "日期"): Drop(),
    ("Finding", "整改时限"): PLAN,
    ("Finding", "发现日期"): Keep("its finding is made another one (`_other_findings`), as letters name it"),
    ("ResponsibilityChange", "日期"): Drop(),
    ("Extension", "批准日期"): Drop(),
    ("Extension", "新时限"): OWN,
    ("Progress", "日期"): Drop(),
    ("Evidence", "日期"): OWN,
    ("ClosingRound", "申请日期"): Drop(),
    ("ClosingRound", "核查日期"): Clear(_VERIFIED),
    ("ClosingRound", "销号日期"): Clear(("结论", "审批人", "销号日期", "回头看计划")),
    ("ClosingRound", "回头看计划"): OWN,
    ("Recheck", "日期"): Drop(),
    ("Recheck", "回头看计划"): OWN,
    ("DualSign", "日期"): Drop(),
    ("Portrait", "日期"): Drop(),
    ("Letter", "回复期限"): PLAN,
    ("Reply", "日期"): Drop(),
    ("WrittenPaper", "新时限"): PLAN,
    ("Delivery", "日期"): Drop(),
    ("Incoming", "成文日期"): OWN,
    ("Incoming", "收文日期"): Drop(),
    ("Incoming", "办结日期"): Clear(("办结日期",)),
    ("Feedback", "日期"): Drop(),
    ("Feedback", "完成日期"): OWN,
    ("Project", "开始日期"): PLAN,
    ("Project", "完成时限"): PLAN,
    ("Project", "完成日期"): Clear(("完成日期",)),
    ("Milestone", "日期"): PLAN,
    ("Accountability", "日期"): Drop(),
}


def dated_keys() -> set[tuple[str, str]]:
    """(class, key) of every key of the model that may hold a day."""
    found: set[tuple[str, str]] = set()
    waiting = [model for _, model in _sections()]
    for model in waiting:  # grows while it is read
        for alias, annotation in _fields(model):
            below = list(_inside(annotation))
            waiting += [each for each in map(_model, below) if each is not None and each not in waiting]
            if date in below:
                found.add((model.__name__, alias))
    return found


def _sections() -> Iterator[tuple[str, type[BaseModel]]]:
    for section in SECTIONS:
        yield section.key, section.model


def _model(annotation: object) -> type[BaseModel] | None:
    """A type as a record or an entry of one; None: it is neither."""
    return annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None


def _fields(model: type[BaseModel]) -> Iterator[tuple[str, object]]:
    for field in model.model_fields.values():
        yield str(field.alias), field.annotation


def _inside(annotation: object) -> Iterator[object]:
    """The plain types that an annotation is made of."""
    arguments = typing.get_args(annotation)
    if not arguments:
        yield annotation
    for each in arguments:
        yield from _inside(each)


def written_by(written: Written, day: date) -> Written:
    """What was written by the end of a day."""
    years = {number: _sections_by(sections, day) for number, sections in written.years.items()}
    lines = [line for line in written.lines if day_of(line) <= day]
    group = _by(dict(_sections())["机构"], copy.deepcopy(written.group), day)
    return Written(group, years, lines)


def day_of(line: Entry) -> date:
    """成文日期 of a paper of the register, or the day on which one was made void."""
    day: date = line.get("成文日期") or line["日期"]
    return day


def _sections_by(sections: Entry, day: date) -> Entry:
    models, made = dict(_sections()), copy.deepcopy(sections)
    for each in made.get("问题", ()):
        if found_on(sections, each) > day:
            _other_findings(each)
    made = {name: _by(models[name], tree, day) for name, tree in made.items()}
    _without_dead_references(made)
    return made


def _other_findings(finding: Entry) -> None:
    """A finding that is found later says something else, and nothing of what came after it."""
    for key in finding.keys() - {"编号", "检查", "单位", "发现日期"}:
        del finding[key]
    finding |= {"名称": "还没有发现的问题", "事实": "还没有发现。"}


def _by(model: type[BaseModel], tree: Any, day: date) -> Any:
    """A tree of a model by the end of a day; None: it was not there yet."""
    if isinstance(tree, list):
        there = (_by(model, each, day) for each in tree)
        return [each for each in there if each is not None]
    if not isinstance(tree, dict):
        return tree
    for alias, value in list(tree.items()):
        treatment = KEYS.get((model.__name__, alias))
        if isinstance(value, date) and value > day and treatment is not None:
            if isinstance(treatment, Drop) or not _is_known_without(model, tree, alias):
                return None
            for key in treatment.keys if isinstance(treatment, Clear) else ():
                tree.pop(key, None)
                if (model.__name__, key) == ("Project", "完成日期") and tree.get("状态") == "已完成":
                    tree["状态"] = "推进中"
    for alias, annotation in _fields(model):
        inner = next((each for each in map(_model, _inside(annotation)) if each is not None), None)
        if inner is not None and alias in tree:
            now = _by(inner, tree[alias], day)
            tree[alias] = now
            if now is None:
                del tree[alias]
    return tree


def _is_known_without(model: type[BaseModel], tree: Entry, alias: str) -> bool:
    """Whether an entry was there before the day of one of its keys: another, earlier one says so."""
    earlier: dict[tuple[str, str], tuple[str, ...]] = {
        ("SelfCheck", "审核日期"): ("报送日期",),
        ("ClosingRound", "核查日期"): ("申请日期",),
        ("ClosingRound", "销号日期"): ("申请日期", "核查日期"),
    }
    asked = earlier.get((model.__name__, alias))
    return asked is None or any(key in tree for key in asked)


def _without_dead_references(sections: Entry) -> None:
    checks = {each["编号"] for each in sections.get("自查", ())}
    for each in sections.get("自查", ()):
        if each.get("替代") not in checks:
            each.pop("替代", None)
    cases = {each["编号"] for each in sections.get("典型案例", ())}
    for period in sections["清单"].get("自查期次", ()):
        if period.get("案例") not in cases:
            period.pop("案例", None)


# what random_year.py leaves out


def enrich(written: Written, seed: int) -> Written:
    """The same years with records of the sections that random_year.py does not make, dated at random."""
    rng = random.Random(seed)
    for number, sections in written.years.items():
        _Enriched(rng, written, number, sections).add()
    return written


@dataclass(frozen=True)
class _Enriched:
    rng: random.Random
    written: Written
    number: int
    sections: Entry

    def add(self) -> None:
        """Every section, some entries each."""
        make: dict[str, Callable[[int], Entry | None]] = {
            "征求意见": self._opinion,
            "典型案例": self._case,
            "监督记录": self._observation,
            "双签": self._sign,
            "送达": self._delivery,
            "整改反馈": self._feedback,
            "问责统计": self._accountability,
            "文书": self._paper,
        }
        for name, made in make.items():
            found = (made(index) for index in range(self.rng.randint(0, 4)))
            self.sections[name] = [each for each in found if each is not None]
        for inspection in self.sections["检查"]:
            self._visit(inspection)
        for project in self.sections["项目"]:
            project["里程碑"] = [{"日期": self.day(), "名称": "示例"} for _ in range(self.rng.randint(0, 2))]
            project["责任人"] = self.rng.choice(["庚某某", "辛某某"])
        for finding in self.sections["问题"]:
            self._plan(finding)
        for unit in self.sections["单位"]:
            self._unit(unit)
        years = range(self.number, self.number + 4)  # so that working days can be counted in all of them
        self.sections["调休"] = [{"年度": str(year), "放假": [f"{year}-01-01"]} for year in years]

    def day(self, within: int = 364) -> date:
        return date(self.number, 1, 1) + timedelta(self.rng.randint(0, within))

    @property
    def unit(self) -> str:
        return str(self.rng.choice(self.sections["单位"])["编号"])

    def _unit(self, unit: Entry) -> None:
        """Who took over: a unit further down, so that there is no circle; and a second head."""
        later = self.sections["单位"][self.sections["单位"].index(unit) + 1 :]
        if "撤销日期" in unit and later and self.rng.random() < 0.7:
            unit["承接单位"] = self.rng.choice(later)["编号"]
        if self.rng.random() < 0.5:
            unit["负责人"] = [unit["负责人"], {"姓名": "己某某", "职务": "书记", "起": self.day()}]

    def _plan(self, finding: Entry) -> None:
        """When it is looked at again, said in rounds of 销号 and in 回头看."""
        for entry in (*finding.get("销号", ()), *finding.get("回头看", ())):
            if self.rng.random() < 0.5:
                entry["回头看计划"] = self.day()

    def _opinion(self, index: int) -> Entry:
        decided = self.rng.choice([None, "采纳", "未采纳"])
        made = {"编号": f"YJ{self.number}{index}", "单位": self.unit, "意见": f"示例{index}", "理由": "示例"}
        return {**made, "日期": self.day(), **({"处理": decided} if decided else {})}

    def _case(self, index: int) -> Entry:
        made = {"编号": f"AL{self.number}{index}", "来源": "示例", "名称": f"案例{index}", "案例": ["示例"]}
        return {**made, "通报日期": self.day(), "学习期限": self.day()}

    def _observation(self, index: int) -> Entry:
        words = {"方式": "实地督查", "性质": "了解", "内容": f"示例{index}"}
        if self.rng.random() < 0.5:
            words["任务"] = self.sections["清单"]["任务"][0]["编号"]
        return {"日期": self.day(), "单位": self.unit, **words}

    def _sign(self, index: int) -> Entry | None:
        if not self.sections["问题"]:
            return None
        finding = self.rng.choice(self.sections["问题"])
        made: Entry = {"编号": f"SQ{self.number}{index}", "检查": finding["检查"], "单位": finding["单位"]}
        made |= {"问题": [finding["编号"]], "内容码": "ABCDEF", "日期": found_on(self.sections, finding)}
        made["日期"] += timedelta(self.rng.randint(0, 60))
        return {**made, "党组织签字人": "乙某某", "纪检监察组签字人": "甲某某"}

    def _lines(self) -> list[Entry]:
        return [line for line in self.written.lines if line.get("年度") == self.number]

    def _delivery(self, index: int) -> Entry | None:
        if not self._lines():
            return None
        line = self.rng.choice(self._lines())
        letter = self._letter(line["对象"])
        later = line["成文日期"] + timedelta(self.rng.randint(0, 20))
        named = (
            {"文种": "整改函", "对象": line["对象"]} if self.rng.random() < 0.5 else {"文号": line["文号"]}
        )
        return {**named, "单位": letter["单位"], "日期": later, "签收人": f"收件人{index}"}

    def _letter(self, code: str) -> Entry:
        (letter,) = [each for each in self.sections["整改函"] if each["编号"] == code]
        return typing.cast(Entry, letter)

    def _feedback(self, index: int) -> Entry | None:
        if not self._lines():
            return None
        line = self.rng.choice(self._lines())
        finding = self.rng.choice(self._letter(line["对象"])["问题"])
        made: Entry = {"编号": f"FK{self.number}{index}", "整改函": line["对象"], "问题": finding}
        made["日期"] = line["成文日期"] + timedelta(self.rng.randint(0, 60))
        made["申请销号"] = self.rng.choice(["是", "否"])
        return {**made, "完成情况": "示例", "佐证": [{"名称": "示例", "日期": self.day()}]}

    def _accountability(self, index: int) -> Entry:
        return {"日期": self.day(), "类别": self.rng.choice(["提醒谈话", "问责建议"]), "数量": str(index + 1)}

    def _paper(self, index: int) -> Entry | None:
        """A 督办函, issued or not, perhaps with a new limit; its line stands in the register by its date."""
        if not self.sections["问题"]:
            return None
        finding, code = self.rng.choice(self.sections["问题"]), f"DB{self.number}{index}"
        unit = unit_called(self.sections, finding["单位"])["编号"]
        made: Entry = {
            "编号": code,
            "文种": "督办函",
            "单位": [unit],
            "问题": [finding["编号"]],
            "事由": "示例",
        }
        if self.rng.random() < 0.6:
            made["新时限"] = self.day(500)
        if self.rng.random() < 0.6:
            day = found_on(self.sections, finding) + timedelta(self.rng.randint(0, 200))
            number = f"市纪驻某督〔{day.year}〕{len(self.written.lines) + 1}号"
            line = {"文种": "督办函", "对象": code, "年度": self.number, "成文日期": day, "文号": number}
            self.written.lines.append(line)
            self.written.lines.sort(key=day_of)
        return made

    def _visit(self, inspection: Entry) -> None:
        """任务落实 with and without a day of its own, 反馈会, 画像."""
        units = [unit_called(self.sections, name)["编号"] for name in inspection["单位"]]
        later = [inspection["开始日期"] + timedelta(self.rng.randint(0, 30)) for _ in units]
        inspection["任务落实"] = [
            {
                "单位": unit,
                "任务": "R1",
                "状态": "已部署",
                **({"日期": day} if self.rng.random() < 0.6 else {}),
            }
            for unit, day in zip(units, later, strict=True)
        ]
        inspection["反馈会"] = [
            {"单位": unit, "日期": day}
            for unit, day in zip(units, later, strict=True)
            if self.rng.random() < 0.7
        ]
        self.sections.setdefault("画像", []).extend(
            {"检查": inspection["编号"], "单位": unit, "日期": day, "总体评价": "示例"}
            for unit, day in zip(units, later, strict=True)
            if self.rng.random() < 0.5
        )
