"""A workspace of any number of units in which every section grows with them, for tests of how the work grows.

Each unit has self-checks, an opinion, records of supervision and a task; every second one an inspection with findings,
and what follows from them: signatures (some lapsed), letters, deliveries, replies, reminders, rounds of 销号. One
inspection is in all units. The year before is beside it. Half of what can go out went out, by the register.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeAlias

from sample import ROOT

from liangqing import register
from liangqing.base.docx_zip import content_hash
from liangqing.data import workspace
from liangqing.papers import rendering
from liangqing.papers.rendering import Compiled
from liangqing.register import Annex, Line, Register, Void
from liangqing.variables.about import Subject
from liangqing.year.open_workspace import OpenWorkspace, open_workspace

Entry: TypeAlias = dict[str, Any]

TODAY = date(2021, 11, 1)
NUMBER = "市纪驻某{word}〔2021〕{number}号"
LAPSED = "AAAAAA"  # the content code of forms on which something else stood
# The kinds that go out: 代字 (none: without a number), of which units, and from which day on, a paper a day.
ISSUED: tuple[tuple[str, str, int, date], ...] = (
    ("单位责任清单", "", 5, date(2021, 2, 25)),
    ("双签字确认表", "", 4, date(2021, 4, 8)),
    ("整改函", "整", 4, date(2021, 4, 20)),
    ("督办函", "督", 4, date(2021, 8, 8)),
    ("以案促改通知", "通", 20, date(2021, 5, 6)),
)
DAYS = 60  # the last papers of a kind go out on one day


def write(root: Path, units: int, *, draft: bool = False) -> None:
    """The workspace of so many units in `root`; `draft`: the checklist is still a draft, opinions on it are owed."""
    (root / "templates").parent.mkdir(parents=True)
    shutil.copytree(ROOT / "templates", root / "templates")
    _write(root / "checklists" / "机构.yaml", {"机构": _GROUP, "选项": _OPTIONS})
    _write_year(root, 2020, _year_before(units))
    sections = _year(units, draft=draft)
    _write_year(root, 2021, sections)
    opened = open_workspace(root, 2021, None, TODAY)
    _write_year(root, 2021, {**sections, "双签": _signed(opened, units)})
    book = _issue(root)
    _write_year(root, 2021, {"送达": list(_deliveries(book))})


def _write_year(root: Path, year: int, sections: Entry) -> None:
    for name, records in sections.items():
        _write(root / "checklists" / str(year) / f"{name}.yaml", {name: records})


def _write(path: Path, tree: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(tree, ensure_ascii=False, indent=0, default=str), "utf-8")


# the records


_GROUP: Entry = {
    "全称": "某市纪委监委驻市某局纪检监察组",
    "派出机关": "某市纪委监委",
    "机关代字": "市纪驻某",
    "负责人": {"姓名": "张某某", "职务": "组长"},
}
_OPTIONS: Entry = {
    "临期天数": "10",
    "销号门槛": ["核查人", "核查方式", "核查日期", "佐证", "双签", "核查人非责任人"],
}
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张"


def person(unit: int) -> str:
    """Who answers in a unit: another name in each."""
    return _SURNAMES[unit % len(_SURNAMES)] + chr(0x4E00 + 3 * unit) + "某"


def _year_before(units: int) -> Entry:
    numbers = range(1, units + 1)
    visited = [number for number in numbers if number % 2 == 0]
    return {
        "清单": _checklist(2020, [_task("A1", "全体单位")], draft=False),
        "单位": [_unit(number) for number in numbers],
        "检查": [
            {
                "编号": "ZX2020",
                "类型": "专项监督",
                "名称": "2020年专项监督",
                "开始日期": "2020-09-01",
                "单位": [f"U{number}" for number in numbers],
                "任务落实": [{"单位": f"U{number}", "任务": "A1", "状态": "已部署"} for number in numbers],
            }
        ],
        "问题": [
            {
                **_finding(f"WB{number}", "ZX2020", number, "A1", progress="2020-10-09"),
                "整改时限": "2020-12-31",
                "销号": [_round("2020-12-10", "同意销号")] if number % 4 else [],
            }
            for number in visited
        ],
    }


def _year(units: int, *, draft: bool) -> Entry:
    numbers = range(1, units + 1)
    own = [
        _task(f"R1{place}", [f"U{number}" for number in numbers if number % 5 == place]) for place in range(5)
    ]
    tasks = [{**_task("R1", "全体单位"), "沿用": "A1"}, _task("R2", "全体单位"), _task("R3", "党支部"), *own]
    return {
        "清单": _checklist(2021, tasks, draft=draft),
        "单位": [_unit(number) for number in numbers],
        "征求意见": [_opinion(number) for number in numbers if number % 5 != 1],
        "典型案例": [_case(number) for number in numbers if number % 20 == 0],
        "自查": [check for number in numbers for check in _self_checks(number)],
        "监督记录": [_observation(number, turn) for number in numbers for turn in range(2)],
        "检查": [*(_inspection(number) for number in numbers if number % 2 == 0), _wide(units)],
        "问题": [finding for number in numbers for finding in _findings(number)],
        "画像": [_portrait(f"JZ{number}", number) for number in numbers if number % 2 == 0]
        + [_portrait("ZX1", number) for number in numbers],
        "整改函": [letter for number in numbers for letter in _letters(number)],
        "文书": [paper for number in numbers for paper in _papers(number)],
        "整改反馈": [_feedback(number) for number in numbers if number % 20 == 8],
        "项目": [_project(number) for number in numbers if number % 4 == 0],
        "问责统计": [
            {"日期": "2021-06-01", "类别": "提醒谈话", "数量": "1"} for number in numbers if number % 5 == 0
        ],
        "总结": {"主要做法": ["逐项对账"], "存在不足": ["覆盖不够"], "下一步": ["继续跟踪"]},
    }


def _unit(number: int) -> Entry:
    unit: Entry = {
        "编号": f"U{number}",
        "名称": f"某市某局第{number}分局党支部",
        "简称": f"第{number}分局党支部",
        "类型": "党支部",
        "负责人": [{"姓名": person(number), "职务": "党支部书记"}],
        "基本情况": f"负责第{number}片区，设施{number}处。",
    }
    if number % 20 == 8:
        unit |= {"撤销日期": "2021-10-15", "承接单位": f"U{number - 1}"}
    return unit | ({"撤销日期": "2021-10-15"} if number % 20 == 12 else {})


def _task(code: str, responsible: object) -> Entry:
    return {
        "编号": code,
        "监督内容": "水环境治理",
        "具体任务": f"落实{code}项治理任务，每季度形成工作记录。",
        "责任主体": responsible,
        "监督方式": ["集中清查"],
        "完成时限": "2021-11-30",
    }


def _checklist(year: int, tasks: list[Entry], *, draft: bool) -> Entry:
    periods = [
        {"名称": "第一期", "报送截止日期": f"{year}-03-31"},
        {"名称": "第二期", "报送截止日期": f"{year}-09-30"},
    ]
    return {
        "年度": str(year),
        "标题": f"{year}年度监督检查清单",
        "阶段": "征求意见稿" if draft else "正式稿",
        "统计截止日期": f"{year}-10-31",
        "征求意见": {"截止日期": f"{year}-{'12-05' if draft else '02-05'}"},
        "依据": ["某市治理实施方案"],
        "自查期次": periods,
        "任务": tasks,
    }


def _opinion(number: int) -> Entry:
    opinion: Entry = {"编号": f"YJ{number}", "单位": f"U{number}", "日期": "2021-01-28"}
    if number % 4:
        return {**opinion, "处理": "无意见"}
    decided = {"处理": "采纳"} if number % 20 else {}
    return {**opinion, "任务": "R1", "意见": f"建议第{number}片区按季度更新台账。", **decided}


def _case(number: int) -> Entry:
    return {
        "编号": f"AL{number}",
        "来源": "某市纪委监委",
        "名称": f"第{number}号典型案例",
        "案例": [f"第{number}起案例。"],
        "通报日期": "2021-05-01",
    }


def _self_checks(number: int) -> Iterator[Entry]:
    """Two rounds; some sent back and handed in again, some superseded, some missing."""
    for period, day in (("第一期", "2021-03-25"), ("第二期", "2021-09-24")):
        check: Entry = {
            "编号": f"ZC{number}-{period}",
            "单位": f"U{number}",
            "期次": period,
            "报送日期": day,
            "审核日期": f"{day[:-2]}28",
            "审核结果": "通过",
            "任务": [{"任务": task, "状态": "已部署"} for task in ("R1", "R2")],
        }
        if number % 10 == 7:
            yield check | {"审核结果": "退回补充", "退回理由": "缺佐证"}
        elif number % 5 == 0:
            yield check
            yield check | {"编号": f"{check['编号']}改", "替代": check["编号"]}
        elif number % 10 != 1:
            yield check


def _observation(number: int, turn: int) -> Entry:
    what = f"参加第{number}分局会议{turn + 1}次"
    return {
        "日期": f"2021-0{3 + turn}-10",
        "单位": f"U{number}",
        "方式": "参加会议",
        "性质": "了解",
        "内容": what,
    }


def _inspection(number: int) -> Entry:
    return {
        "编号": f"JZ{number}",
        "类型": "集中清查",
        "名称": f"第{number}分局党支部集中清查",
        "开始日期": "2021-04-06",
        "结束日期": "2021-04-07",
        "单位": [f"U{number}"],
        "检查组": ["张某某"],
        "准备材料": ["台账"] if number % 4 == 0 else [],
        "任务落实": [{"单位": f"U{number}", "任务": task, "状态": "已落实"} for task in ("R1", "R2", "R3")],
        "反馈会": [_meeting(number, "2021-04-07")],
    }


def _wide(units: int) -> Entry:
    """One inspection in all units."""
    numbers = range(1, units + 1)
    return {
        "编号": "ZX1",
        "类型": "专项监督",
        "名称": "专项监督",
        "开始日期": "2021-06-01",
        "结束日期": "2021-06-30",
        "单位": [f"U{number}" for number in numbers],
        "任务落实": [{"单位": f"U{number}", "任务": "R1", "状态": "已见效"} for number in numbers],
        "反馈会": [_meeting(number, "2021-06-30") for number in numbers],
    }


def _meeting(number: int, day: str) -> Entry:
    return {"单位": f"U{number}", "日期": day, "主持人": "张某某", "记录人": "李某某"}


def _finding(code: str, inspection: str, number: int, task: str, progress: str = "2021-06-03") -> Entry:
    return {
        "编号": code,
        "检查": inspection,
        "单位": f"U{number}",
        "任务": task,
        "名称": f"第{number}片区排污口标识不规范",
        "事实": f"检查组查看排污口6处，第{number}片区{code}号排污口未设置标识牌。",
        "整改类别": "限期整改",
        "整改要求": "补设标识牌。",
        "整改措施": ["补设标识牌。"],
        "责任": {"部门": "水环境股", "责任人": person(number), "职务": "股长"},
        "整改时限": "2021-11-05",
        "进展": [{"日期": progress, "内容": "标识牌已到位。", "佐证": [{"名称": "照片", "日期": progress}]}],
    }


def _round(day: str, conclusion: str) -> Entry:
    closed = {"销号日期": day} if conclusion == "同意销号" else {}
    return {
        "申请日期": day,
        "核查日期": day,
        "核查人": "李某某",
        "核查方式": "现场核查",
        "结论": conclusion,
        **closed,
    }


def _findings(number: int) -> Iterator[Entry]:
    """Of a visited unit one that was closed at last (and of some broke open again), and one whose limit was moved."""
    if number % 2 == 0:
        closed = _finding(f"W{number}-1", f"JZ{number}", number, "R1")
        closed["销号"] = [_round("2021-06-10", "退回"), _round("2021-07-10", "同意销号")]
        closed["回头看"] = [{"日期": "2021-09-01", "结果": "反弹" if number % 20 == 4 else "巩固"}]
        yield closed
        yield _late(number)
    if number % 5 == 0:
        yield _finding(f"W{number}-3", "ZX1", number, "R1") | {"共性": f"标识{number // 20}"}


def _late(number: int) -> Entry:
    """A finding whose limit was moved; in some stands a unit that is none of those who get the paper."""
    waived = {"理由": "示例", "批准人": "张某某"}
    late = _finding(f"W{number}-2", f"JZ{number}", number, "R2") | {
        "整改时限": "2021-06-30",
        "延期": [{"批准日期": "2021-06-20", "新时限": "2021-09-30", "理由": "汛期", "批准人": "张某某"}],
        "责任变更": [{"日期": "2021-07-01", "责任人": f"{person(number)}甲", "职务": "股长", "理由": "轮岗"}],
        "放行": [{"门槛": "双签", **waived}] if number % 10 == 6 else [],
    }
    if number % 10 == 6:
        late["整改要求"] = "材料存放在第1分局党支部。"  # word for word the same in many records
        late["事实"] += f"第{number}片区的材料存放在第1分局党支部。"
        late["放行"] += [{"门槛": "提及单位", **waived}] if number % 20 == 6 else []
    return late


def _letters(number: int) -> Iterator[Entry]:
    if number % 2 == 0:
        letter: Entry = {
            "编号": f"ZG{number}",
            "单位": f"U{number}",
            "问题": [f"W{number}-1", f"W{number}-2"],
            "事由": f"第{number}片区检查发现问题",
            "回复期限": "2021-10-20",
        }
        yield letter | ({"回复": {"日期": "2021-10-10"}} if number % 20 == 8 else {})
    if number % 5 == 0:
        yield {
            "编号": f"ZX{number}",
            "单位": f"U{number}",
            "问题": [f"W{number}-3"],
            "事由": f"第{number}片区专项监督发现问题",
            "回复期限": "2021-12-20",
        }


def _papers(number: int) -> Iterator[Entry]:
    """Reminders on findings of this year and of the year before; a circular on a finding of two units."""
    paper: Entry = {"单位": f"U{number}", "事由": f"第{number}片区整改", "要求": ["按期完成。"]}
    if number % 4 == 0:
        yield {**paper, "编号": f"TX{number}", "文种": "提醒函", "问题": [f"W{number}-2"]}
    if number % 20 == 16:
        yield {
            **paper,
            "编号": f"DB{number}",
            "文种": "督办函",
            "问题": [f"W{number}-2", f"WB{number}"],
            "新时限": "2021-10-25",
        }
    if number % 10 == 0:
        yield {
            "编号": f"TB{number}",
            "文种": "通报",
            "单位": [f"U{number - 5}", f"U{number}"],
            "问题": [f"W{number - 5}-3", f"W{number}-3"],
            "事由": f"第{number}片区共性问题",
            "要求": ["举一反三。"],
        }


def _portrait(inspection: str, number: int) -> Entry:
    return {"检查": inspection, "单位": f"U{number}", "总体评价": "总体较好。", "短板": ["台账更新不及时。"]}


def _feedback(number: int) -> Entry:
    return {
        "编号": f"FK{number}",
        "整改函": f"ZG{number}",
        "问题": f"W{number}-2",
        "日期": "2021-10-09",
        "完成情况": "已完成。",
        "申请销号": "是",
    }


def _project(number: int) -> Entry:
    return {
        "编号": f"XM{number}",
        "项目": f"第{number}号整治项目",
        "来源": f"第{number % 5}轮督察",
        "目标": "完成整治",
        "责任单位": [f"U{number}", f"U{number - 1}"],
        "开始日期": "2021-03-01",
        "完成时限": "2021-09-30" if number % 20 else "2021-12-31",
        "里程碑": [
            {"日期": "2021-06-30", "名称": "开工", "完成": "是"},
            {"日期": "2021-11-10" if number % 20 == 0 else "2021-09-29", "名称": "验收"},
        ],
        "状态": "推进中",
    }


def _signed(opened: OpenWorkspace, units: int) -> list[Entry]:
    """A form for most visited units; of some another text was signed than stands in the data now."""
    by_code = opened.at.year.finding_by_code
    signed = []
    for number in range(2, units + 1, 2):
        codes = [f"W{number}-1", f"W{number}-2"]
        code = LAPSED if number % 20 == 16 else opened.at.content_code(by_code[name] for name in codes)
        form = {
            "编号": f"SQ{number}",
            "检查": f"JZ{number}",
            "单位": f"U{number}",
            "问题": codes,
            "内容码": code,
        }
        signers = {"党组织签字人": person(number), "纪检监察组签字人": "张某某"}
        signed += [{**form, "日期": "2021-04-10", **signers}] if number % 20 != 12 else []
    return signed


# what went out


@dataclass
class _Registrar:
    """Writes the register line by line."""

    root: Path
    paper: bytes  # stands for every paper that went out
    book: Register

    def enter(self, line: Line | Void) -> None:
        self.book = register.append(self.root, line, self.book)

    def keep(self, line: Line, taken: dict[str, dict[str, object]]) -> None:
        """A paper with its annexes and values."""
        content, values = content_hash(self.paper), rendering.dump_values(taken)
        annexes = tuple(
            Annex(kind, f"{line.file[:-5]}-{kind}.docx", content) for kind in taken if kind != line.kind
        )
        line = replace(line, content=content, values=register.values_hash(values), annexes=annexes)
        for name in line.files:
            path = self.root / "checklists" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(values if name.endswith(".json") else self.paper)
        self.enter(line)


def _issue(root: Path) -> Register:
    """The register: each kind of ISSUED in turn, some of it void again."""
    opened = open_workspace(root, 2021, None, TODAY)
    known = rendering.load_catalogue(root)
    paper = (root / "templates" / "整改函.docx").read_bytes()
    registrar = _Registrar(root, paper, Register())
    for kind, word, every, first in ISSUED:
        entry = known.entry(kind)
        names = [kind, *known.bound_annexes(entry)]
        compiled = rendering.compile_entries(opened, known, names)
        chosen = [
            subject for subject in rendering.subjects_of(opened, entry) if _ordinal(subject) % every == 0
        ]
        for place, subject in enumerate(chosen):
            _enter(registrar, compiled, subject, word, first + timedelta(min(place, DAYS)))
    return registrar.book


def _ordinal(subject: Subject) -> int:
    """The number of the unit in a subject's code; 1 of what is of no single unit, or of the inspection in all units."""
    if subject.code.startswith("ZX"):
        return 1
    return int("".join(sign for sign in subject.code.partition("/")[0] if sign.isdigit()) or 1)


def _enter(
    registrar: _Registrar, compiled: dict[str, Compiled], subject: Subject, word: str, day: date
) -> None:
    """A paper with its annexes; what was issued of every 16th unit said something else, and some of it is void."""
    kind, serial, ordinal = next(iter(compiled)), len(registrar.book.lines) + 1, _ordinal(subject)
    number = NUMBER.format(word=word, number=serial) if word else None
    at = subject.at.as_issued(day, numbered=bool(number))
    plans = {
        name: rendering.plan(document, replace(subject, at=at), number, day)
        for name, document in compiled.items()
    }
    taken = {name: plan.values for name, plan in plans.items()}
    if ordinal % 20 == 16:
        taken = json.loads(json.dumps(taken, ensure_ascii=False).replace("标识牌", "警示牌"))
        if "检查单位" in taken[kind]:
            taken[kind]["检查单位"]["内容码"] = LAPSED
    stem = (number or f"{kind}-{subject.code}").replace("/", "-")
    line = Line(
        serial=serial,
        kind=kind,
        subject=subject.code,
        title=plans[kind].title,
        addressee=subject.addressee,
        year=2021,
        issued=day,
        file=f"发文/2021/{stem}.docx",
        content="",
        values="",
        number=number,
    )
    registrar.keep(line, taken)
    if ordinal % 20 == 0:
        registrar.enter(Void(serial + 1, line.name, date(2021, 10, 30), "发错"))


def _deliveries(book: Register) -> Iterator[Entry]:
    """Of letters by their number, of forms by kind and subject; some not yet."""
    for line in book.issued:
        unit = line.subject.replace("ZG", "U").rpartition("/")[2]
        day = {"日期": "2021-10-08", "签收人": "王某某"}
        if line.kind == "整改函" and int(unit[1:]) % 20:
            yield {"文号": line.number, "单位": unit, **day}
        elif line.kind == "双签字确认表":
            yield {"文种": line.kind, "对象": line.subject, "单位": unit, **day}


def is_sound(root: Path) -> bool:
    """Whether nothing is wrong with the data but gates and warnings."""
    return not workspace.load(root).diagnostics and not open_workspace(root, 2021, None, TODAY).errors
