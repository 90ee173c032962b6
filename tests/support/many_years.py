"""Years of one small group in three sizes, as plain data: short, usual and long words in every section.

The same each time. Names, figures and words are invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any, TypeAlias

Entry: TypeAlias = dict[str, Any]

YEAR, NEXT = 2021, 2022  # the year that is worked through, and the one whose checklist is still a draft
FIGURES, DRAFTED = "2021-10-31", "2022-01-25"  # the days on which they are looked at
# Limits in turn, from FIGURES: past, near, closed, far off, past.
LIMITS = ("2021-09-30", "2021-11-05", "2021-07-30", "2021-12-20", "2021-08-31")
CLOSED = LIMITS[2]

_CLAUSES = (
    "检查组现场查看入库排污口6处，其中3号、5号排污口未设置标识牌",
    "查阅2021年1月至3月巡查记录36份（其中补记4份）",
    "对照《水环境治理实施方案》“建立一口一档”的要求，2处没有建档",
    "抽查运行维护台账12本，缺少pH值、COD和氨氮3项检测数据",
    "责任分解到股室，没有到人：值班、巡查、登记由谁负责，没有写明",
    "整改措施与佐证材料对不上，完成率自报100%，现场核实为62.5%",
    "有关情况已当场核对、签字，无异议",
    "会议纪要〔2021〕7号要求按月通报，实际只通报1次",
)
# Photos below 佐证/ of the year, each of the same place before and after.
PHOTOS = tuple(f"W2021-01/{place}号排污口-{phase}.jpg" for place in (3, 5) for phase in ("整改前", "整改后"))
_PEOPLE = ("韦某某", "卢某", "欧阳某某", "潘某某")


@dataclass(frozen=True)
class Size:
    """How much is written: `facts` characters of a finding's facts, `findings` of each unit, and how many of the rest."""

    name: str
    facts: tuple[int, ...]
    findings: tuple[int, ...]
    tasks: int
    demands: int
    copies_to: int
    head: Entry


SIZES = (
    Size("短", (20, 35, 60, 28), (1, 2, 1, 3), 1, 1, 0, {"职务": "组长"}),
    Size("常", (90, 150, 120, 210), (2, 3, 5, 1), 5, 2, 3, {"姓名": "张某某", "职务": "组长"}),
    Size(
        "长", (600, 320, 450, 240), (4, 7, 12, 9), 14, 5, 9, {"姓名": "上官某某", "职务": "组长、一级调研员"}
    ),
)


def words(length: int, start: int) -> str:
    """So many characters of sentences, the last a full stop; `start`: with which clause they begin."""
    text = ""
    for number, clause in enumerate(islice(cycle(_CLAUSES), start, None)):
        if len(text) >= length:
            break
        text += clause + "，；。"[number % 3]
    return text[: length - 1].rstrip("，；。、（“：") + "。"


def shared(size: Size, layout: str) -> Entry:
    """机构 and 选项."""
    group: Entry = {
        "全称": "示例市纪委监委驻市水利和湖泊局纪检监察组",
        "派出机关": "示例市纪委监委",
        "机关代字": "市纪驻水",
        "负责人": size.head if "姓名" in size.head else {"姓名": "张某", **size.head},
        "抄送": [f"示例市水利和湖泊局第{number}科室党支部" for number in range(size.copies_to)],
    }
    if size.copies_to:
        group["联系人"] = {"姓名": "李某某", "电话": "0000-0000000"}
    return {"机构": group, "选项": {"临期天数": "10", "一式份数": "2", "版式": layout}}


def units() -> list[Entry]:
    """Four units with names from 3 characters to 25; without and with all that may be left out."""
    named: tuple[tuple[str, str, str], ...] = (
        ("办公室", "", "单位"),
        ("示例市水库管理处党支部", "水库处党支部", "党支部"),
        ("示例市水利和湖泊局农村饮水安全与灌区管理中心党支部", "饮水中心党支部", "党支部"),
        ("中共示例市水利和湖泊局党组", "局党组", "党组"),
    )
    made = []
    for number, (name, short, kind) in enumerate(named, start=1):
        unit: Entry = {
            "编号": f"U{number}",
            "名称": name,
            "类型": kind,
            "负责人": {
                "姓名": _PEOPLE[number - 1],
                "职务": ("主任", "党支部书记", "党支部书记", "党组书记")[number - 1],
            },
        }
        if short:
            unit |= {"简称": short, "联络员": {"姓名": "何某某"}, "基本情况": words(60 * number, number)}
            unit |= {
                "通信地址": f"示例省示例市{'示例县' * (number - 1)}示例路{number}号",
                "邮政编码": "000000",
            }
        if kind == "单位":
            unit["党组织"] = "U4"
        made.append(unit)
    return made


def worked_through(size: Size) -> Entry:
    """The sections of a year with all that an inspection brings."""
    findings = [finding for number in range(1, 5) for finding in _findings(size, number)]
    return {
        "清单": _checklist(size, YEAR, "正式稿"),
        "单位": units(),
        "征求意见": [_opinion(size, number) for number in range(1, 5)],
        "典型案例": [_case(size)],
        "自查": [_self_check(size, number) for number in range(1, 4)],
        "监督记录": [_observation(size, number) for number in range(1, 5)],
        "检查": [*(_inspection(size, number) for number in range(1, 5)), _wide(size)],
        "问题": findings,
        "画像": [_portrait(size, number) for number in range(1, 5)],
        "整改函": [_letter(size, number) for number in range(1, 5)],
        "文书": list(_papers(size, findings)),
        "项目": [_project(size, number) for number in range(1, size.tasks + 1)],
        "问责统计": [{"日期": "2021-06-30", "类别": "提醒谈话", "数量": "1"}],
        "总结": {
            key: [words(size.facts[turn] // 2 + 10, turn) for turn in range(min(size.demands, 4))]
            for key in ("主要做法", "存在不足", "下一步")
        },
    }


def drafted(size: Size) -> Entry:
    """The sections of a year in which opinions are asked on the checklist."""
    return {"清单": _checklist(size, NEXT, "征求意见稿"), "单位": units()}


def _checklist(size: Size, year: int, stage: str) -> Entry:
    return {
        "年度": str(year),
        "标题": f"{year}年度{'推进全市河湖水库生态环境保护综合治理' if size.tasks > 1 else ''}监督检查清单",
        "阶段": stage,
        "统计截止日期": f"{year}-10-31",
        "征求意见": {"截止日期": f"{year}-02-05"},
        "依据": [f"示例市水环境治理办法之{number}" for number in range(1, size.demands + 1)],
        "印发要求": [words(40 * turn, turn) for turn in range(1, size.demands + 1)],
        "自查期次": [{"名称": "第一期", "报送截止日期": f"{year}-03-31"}],
        "任务": [_task(size, number) for number in range(1, size.tasks + 1)],
    }


def _task(size: Size, number: int) -> Entry:
    return {
        "编号": f"R{number}",
        "监督内容": ("水环境治理", "推进全市河湖水库生态环境保护综合治理")[number // 5 % 2],
        "具体任务": words(size.facts[number % 4] // 3 + 15, number),
        "责任主体": "全体单位" if number % 3 else ["水库处党支部", "饮水中心党支部"],
        "监督方式": ["集中清查", "谈心谈话", "实地督查"][: 1 + number % 3],
        "完成时限": "每季度" if number % 2 else "2021-11-30",
        "佐证材料": ["学习记录", "任务台账"][: number % 3],
    }


def _opinion(size: Size, number: int) -> Entry:
    opinion: Entry = {"编号": f"YJ{number}", "单位": f"U{number}", "日期": "2021-01-28"}
    if number % 2:
        return {**opinion, "处理": "无意见"}
    said = words(size.facts[number % 4] // 2 + 10, number)
    return {**opinion, "任务": "R1", "意见": said, "处理": "未采纳", "理由": words(40, number)}


def _case(size: Size) -> Entry:
    return {
        "编号": "AL1",
        "来源": "示例市纪委监委",
        "名称": "生态环境领域违法违规典型案例",
        "案例": [words(24 + 5 * turn, turn).rstrip("。") for turn in range(size.demands)],
        "通报日期": "2021-05-06",
        "学习期限": "2021-05-31",
        "自查范围": words(size.facts[1], 3),
        "报送期限": "2021-06-30",
        "报送方式": "随自查情况一并报送，由党组织负责人签字。",
    }


def _tasks_of(size: Size, number: int) -> list[str]:
    whole = [turn for turn in range(1, size.tasks + 1) if turn % 3]
    part = [turn for turn in range(1, size.tasks + 1) if not turn % 3 and number in (2, 3)]
    return [f"R{turn}" for turn in sorted([*whole, *part])]


_STATES = ("未部署", "已部署", "已落实", "已见效")


def _self_check(size: Size, number: int) -> Entry:
    tasks = _tasks_of(size, number)
    return {
        "编号": f"ZC{number}",
        "单位": f"U{number}",
        "期次": "第一期",
        "报送日期": "2021-03-25",
        "审核日期": "2021-03-29",
        "审核结果": "通过",
        "任务": [{"任务": task, "状态": _STATES[(turn + number) % 4]} for turn, task in enumerate(tasks)],
    }


def _observation(size: Size, number: int) -> Entry:
    return {
        "日期": f"2021-0{number + 1}-10",
        "单位": f"U{number}",
        "方式": "参加会议",
        "性质": "了解",
        "内容": words(size.facts[number - 1] // 3 + 10, number),
    }


def _inspection(size: Size, number: int) -> Entry:
    return {
        "编号": f"JZ{number}",
        "类型": "集中清查",
        "名称": ("办公室", "水库处党支部", "饮水中心党支部", "局党组")[number - 1] + "集中清查",
        "开始日期": f"2021-04-{5 + number:02}",
        "结束日期": f"2021-04-{6 + number:02}",
        "单位": [f"U{number}"],
        "依据": f"《{_checklist(size, YEAR, '')['标题']}》",
        "准备材料": ["自查情况及佐证材料", "责任分解表和任务台账", "会议记录"][: 1 + size.demands],
        "检查组": ["张某某", "邓某某", "唐某某"][: size.demands],
        "任务落实": [
            {
                "单位": f"U{number}",
                "任务": task,
                "状态": _STATES[(turn + 2 * number) % 4],
                "说明": words(size.facts[turn % 4] // 4 + 8, turn),
            }
            for turn, task in enumerate(_tasks_of(size, number))
        ],
        "反馈会": [_meeting(number, f"2021-04-{6 + number:02}", size)],
    }


def _meeting(number: int, day: str, size: Size) -> Entry:
    there = ["韦某某", "卢某某", "潘某某", "支部党员9人"][: size.demands]
    said = {"出席": there, "地点": "三楼会议室", "单位意见": words(size.facts[number - 1] // 3 + 8, number)}
    return {"单位": f"U{number}", "日期": day, "主持人": "张某某", "记录人": "李某某", **said}


def _wide(size: Size) -> Entry:
    return {
        "编号": "ZX1",
        "类型": "专项监督",
        "名称": "农村饮水安全和灌区运行维护专项监督",
        "开始日期": "2021-06-01",
        "结束日期": "2021-06-30",
        "单位": ["U1", "U2", "U3", "U4"],
        "准备材料": [words(20, turn).rstrip("。") for turn in range(1, size.demands + 1)],
        "任务落实": [{"单位": f"U{number}", "任务": "R1", "状态": "已见效"} for number in range(1, 5)],
        "反馈会": [_meeting(number, "2021-06-30", size) for number in range(1, 1 + min(size.demands, 4))],
    }


def _findings(size: Size, number: int) -> Iterator[Entry]:
    for turn in range(size.findings[number - 1]):
        limit = LIMITS[(turn + number) % len(LIMITS)]
        made: Entry = {
            "编号": f"W{number}-{turn + 1}",
            "检查": f"JZ{number}",
            "单位": f"U{number}",
            "任务": "R1",
            "名称": ("台账不全", "入库排污口标识和档案不规范", "农村饮水工程运行维护责任未落实、记录不完整")[
                turn % 3
            ],
            "事实": words(size.facts[(number + turn) % 4], turn),
            "依据": words(30, turn),
            "整改类别": ("限期整改", "立行立改", "限期整改")[turn % 3],
            "整改要求": words(30 + size.facts[0] // 6, turn + 3),
            "整改措施": [words(25, turn + step) for step in range(1 + size.demands // 2)],
            "责任": {
                "部门": "水环境股",
                "责任人": _PEOPLE[turn % 4],
                "职务": ("股长", "水环境综合治理股股长")[turn % 2],
            },
            "整改时限": limit,
            "进展": [_progress(size, turn)],
        }
        if not turn:
            made["现场佐证"] = list(_photos(size, f"2021-04-{5 + number:02}", "整改前"))
            made["进展"][0]["佐证"] += _photos(size, "2021-06-03", "整改后")
            made["放行"] = [
                _waiver(size, gate) for gate in ("双签", "佐证", "核查人", "责任", "整改要求")[: size.demands]
            ]
        yield made | (_closed(size, turn) if limit == CLOSED else {})


def _progress(size: Size, turn: int) -> Entry:
    evidence = [
        {"名称": f"标识牌安装照片{each}", "日期": "2021-06-03"} for each in range(1, 1 + size.demands)
    ]
    return {"日期": "2021-06-03", "内容": words(size.facts[turn % 4] // 3 + 10, turn), "佐证": evidence}


def _photos(size: Size, day: str, phase: str) -> Iterator[Entry]:
    """As many photos as there are demands, of as many places."""
    files = [file for file in PHOTOS if phase in file]
    for place in range(size.demands):
        name = f"{place + 1}号排污口{'标识牌和周边环境' * (place % 3)}"
        yield {"名称": name, "日期": day, "文件": files[place % len(files)], "阶段": phase}


def _waiver(size: Size, gate: str) -> Entry:
    return {"门槛": gate, "理由": words(size.facts[0] // 8 + 15, len(gate)), "批准人": "张某某"}


def _closed(size: Size, turn: int) -> Entry:
    day = "2021-07-16"
    closing = {
        "申请日期": day,
        "核查日期": day,
        "核查人": "邓某某",
        "核查方式": "现场核查",
        "审批人": "张某某",
    }
    closing |= {"核查情况": words(size.facts[turn % 4] // 2 + 10, turn), "结论": "同意销号", "销号日期": day}
    again = {"日期": "2021-09-14", "结果": "巩固", "说明": words(25, turn)}
    return {"销号": [closing], **({"回头看": [again]} if turn % 2 else {})}


def _portrait(size: Size, number: int) -> Entry:
    each = [words(12 + 4 * turn, turn + number).rstrip("。") for turn in range(1, 1 + size.demands)]
    said = words(size.facts[number - 1] // 2 + 20, number)
    return {
        "检查": f"JZ{number}",
        "单位": f"U{number}",
        "总体评价": said,
        "优点": each,
        "短板": each,
        "建议": each,
    }


def _letter(size: Size, number: int) -> Entry:
    codes = [f"W{number}-{turn + 1}" for turn in range(size.findings[number - 1])]
    subject = (
        "台账不全",
        "入库排污口整治监督检查发现问题",
        "农村饮水安全工程运行维护和灌区管理监督检查发现问题",
    )
    return {
        "编号": f"ZG{number}",
        "单位": f"U{number}",
        "问题": codes,
        "事由": subject[number % 3],
        "其他要求": [words(30 + 10 * turn, turn) for turn in range(size.demands)],
        "回复期限": "2021-10-20",
    }


def _papers(size: Size, findings: list[Entry]) -> Iterator[Entry]:
    """The letters that press for what is owed: one a unit where it has such a finding."""
    rows = (
        ("提醒函", "TX", "2021-11-05"),
        ("督办函", "DB", LIMITS[0]),
        ("约谈通知书", "YT", LIMITS[0]),
        ("纪检监察建议书", "JY", "2021-12-20"),
        ("请示", "QS", "2021-12-20"),
    )
    for kind, letters, limit in rows:
        for number in range(1, 5):
            about = [
                found["编号"]
                for found in findings
                if found["单位"] == f"U{number}" and found["整改时限"] == limit
            ]
            if about:
                yield _paper(size, kind, f"{letters}{number}", [f"U{number}"], about)
    late = [found for found in findings if found["整改时限"] in LIMITS[::4]]
    yield _paper(
        size, "通报", "TB1", sorted({found["单位"] for found in late}), [found["编号"] for found in late]
    )


def _paper(size: Size, kind: str, code: str, named: list[str], about: list[str]) -> Entry:
    turn = len(about) + len(code)
    demands = [words(24 + 12 * step, turn + step) for step in range(size.demands)]
    made: Entry = {
        "编号": code,
        "文种": kind,
        "单位": named if kind == "通报" else named[0],
        "问题": about,
        "事由": ("台账不全", "农村饮水工程运行维护问题整改情况", "入库排污口标识和档案不规范问题整改逾期")[
            turn % 3
        ],
        "要求": demands,
    }
    if kind == "约谈通知书":
        made |= {"对象职务": "党支部书记", "约谈人": "张某某", "记录人": "李某某"}
    if kind == "请示":
        made |= {"主送": "某某市纪委监委", "建议": demands}
    if kind == "纪检监察建议书":
        made |= {"原因": words(size.facts[0] // 2 + 20, turn), "建议": demands}
    if kind in ("督办函", "通报"):
        made["新时限"] = "2021-11-30"
    return made


def _project(size: Size, number: int) -> Entry:
    return {
        "编号": f"XM{number}",
        "项目": f"第{number}号整治项目",
        "来源": f"第{number % 3}轮督察",
        "目标": words(size.facts[0] // 4 + 10, number),
        "责任单位": ["U2", "U3"][: 1 + number % 2],
        "责任人": "韦某某",
        "开始日期": f"2021-0{1 + number % 6}-01",
        "完成时限": "2021-09-30" if number % 3 else "2021-12-31",
        "里程碑": [
            {"日期": "2021-06-30", "名称": "开工", "完成": "是"},
            {"日期": "2021-09-29", "名称": "验收"},
        ],
        "进展": words(size.facts[1] // 4 + 10, number),
        "状态": "推进中",
    }
