"""The values: 500 different letters from one seed, and lists of any length. `&` and `<` stand in many of them."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.letter import FINDINGS

Context = dict[str, Any]

SEED = 2021
FAMILY = "张王李赵陈韦卢潘邓唐蒋秦莫黄周吴林郭何罗高梁宋谢"
PLACES = "青江|东岸|北岸|河口|老街|新桥|石门|竹园|沙洲|高田|西塘|柳渡|平湖|古渡|长滩|南坡".split("|")
BODIES = "局党组|水生态科党支部|执法支队党支部|办公室党支部|环评科党支部|监测站党支部|土壤科党支部".split("|")
TOPICS = "排污口整治|农村污水处理|饮用水源保护|危险废物管理|环保督察问题整改|执法巡查|项目资金使用".split("|")
FAULTS = "标识牌缺失|台账不全|记录断档|超期未办|档案与现场不符|责任没有到人|监测数据缺测".split("|")
DEMANDS = "补设标识牌|补齐台账|恢复记录|限期办结|重新核对档案|明确责任人|补测并说明原因".split("|")
RULES = "水污染防治法|河长制工作方案|排污许可管理条例|生态环境保护责任清单|督察整改工作办法".split("|")
METHODS = "查阅资料|现场核查|谈话了解|抽样检测|系统比对".split("|")
HABITS = (
    "把监督清单逐项分解到人，按月对账",
    "对重点点位实行一周一查、一月一报",
    "建立A&B岗制度，重要事项有人接、有人管",
    "对达标率<90%的点位挂牌督办",
    "由党组织书记每季度带队到现场检查",
    "把整改情况列入支部年度考核",
)
WEAKNESSES = (
    "部分责任分解表沿用上年内容，没有按新的分工调整",
    "运行记录连续缺失，停运原因没有说明",
    "抽查样本<5份的月份占一半，自查失之于宽",
    "第三方公司的检测&维护记录互相矛盾",
    "交办事项办结后没有复核，个别事项重复发生",
    "会议有部署而无检查，落实情况无人过问",
)


def letters(count: int) -> list[Context]:
    """`count` different contexts, the same at every call; every third letter has no serious finding."""
    random = Random(SEED)
    return [_letter(random, number) for number in range(1, count + 1)]


def with_rows(count: int) -> Context:
    """The context of a letter whose table has `count` rows."""
    random = Random(SEED + count)
    return {**_letter(random, 1), FINDINGS.name: [_finding(random, no) for no in range(1, count + 1)]}


def write(path: Path, contexts: list[Context]) -> Path:
    """The contexts as JSON, for the processes of the engines."""
    path.write_text(json.dumps(contexts, ensure_ascii=False), "utf-8")
    return path


def read(path: Path) -> list[Context]:
    contexts: list[Context] = json.loads(path.read_text("utf-8"))
    return contexts


def _letter(random: Random, number: int) -> Context:
    place, body, topic = random.choice(PLACES), random.choice(BODIES), random.choice(TOPICS)
    begins = random.randint(1, 18)
    month = random.randint(2, 8)
    return {
        "subject": f"{place}片区{topic}监督检查发现问题",
        "number": f"市纪驻某整〔2021〕{number}号",
        "signer": _person(random),
        "issued": f"2021年{month}月{begins + 9}日",
        "unit": f"某市某局{place}{body}",
        "unit_short": f"{place}{body}",
        "group": "某市纪委监委驻市某局纪检监察组",
        "group_short": "驻某局纪检监察组",
        "plan": f"《2021年度{topic}监督检查清单》第{random.randint(1, 9)}项",
        "begins": f"2021年{month}月{begins}日",
        "ends": f"{month}月{begins + random.randint(1, 4)}日",
        "inspectors": "、".join(_person(random) for _ in range(random.randint(2, 4))),
        "head_count": str(random.randint(5, 9)),
        "policy": f"关于{topic}的重要部署",
        "method": random.choice(["集中清查", "专项检查", "实地督查", "动态体检"]),
        "files": str(random.randint(30, 400)),
        "sites": str(random.randint(3, 40)),
        "talks": str(random.randint(4, 60)),
        "meeting_day": f"{month}月{begins + 5}日",
        "meeting_place": f"{place}{body}会议室",
        "good_one": random.choice(HABITS),
        "good_two": random.choice(HABITS),
        "meetings": str(random.randint(1, 12)),
        "ledgers": str(random.randint(1, 20)),
        "self_found": str(random.randint(1, 30)),
        "report_rate": f"{random.randint(60, 100)}.{random.randint(0, 9)}",
        "rule_one": random.choice(RULES),
        "rule_two": random.choice(RULES),
        "found": "10",
        "at_once": str(random.randint(1, 4)),
        "in_time": str(random.randint(4, 6)),
        "main_area": topic,
        "weak_one": random.choice(WEAKNESSES),
        "weak_two": random.choice(WEAKNESSES),
        "weak_three": random.choice(WEAKNESSES),
        "serious": number % 3 != 0,
        "serious_count": str(random.randint(1, 3)),
        "serious_detail": f"{place}点位的问题被群众多次反映，且{random.choice(WEAKNESSES)}",
        "at_once_day": f"2021年{month + 1}月{begins}日",
        "in_time_day": f"2021年{month + 3}月{begins}日",
        "institution": random.choice(HABITS),
        "verify_method": f"{random.choice(METHODS)}和{random.choice(METHODS)}",
        "reply_day": f"2021年{month + 2}月{begins + 1}日",
        "recheck_day": f"2021年{month + 4}月{begins + 2}日",
        "contact": _person(random),
        "phone": f"0000-{random.randint(2000000, 8999999)}",
        "copy_to": f"某市纪委监委对口监督检查室，某市某局机关党委，{place}片区工作专班",
        "copies": str(random.randint(3, 9)),
        FINDINGS.name: [_finding(random, no) for no in range(1, 11)],
    }


def _finding(random: Random, no: int) -> dict[str, str]:
    place, fault = random.choice(PLACES), random.randrange(len(FAULTS))
    return {
        "no": str(no),
        "name": f"{place}{random.choice(TOPICS)}中{FAULTS[fault]}",
        "facts": f"抽查{place}点位{random.randint(3, 20)}处，其中{random.randint(1, 3)}处{FAULTS[fault]}，"
        f"{random.choice(WEAKNESSES)}。",
        "basis": f"《{random.choice(RULES)}》第{random.randint(2, 60)}条",
        "demand": f"{DEMANDS[fault]}，并对同类点位全面核对。",
        "limit": f"2021年{random.randint(6, 12)}月{random.randint(1, 28)}日",
    }


def _person(random: Random) -> str:
    return f"{random.choice(FAMILY)}某某"
