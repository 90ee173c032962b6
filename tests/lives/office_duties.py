"""Lawful acts of a random life: units, self-checks, projects, inspections, findings and signatures.

An act takes the life, does it or finds nothing to do it on (None), and says in a few words what it did.
"""

from __future__ import annotations

from datetime import date, timedelta

from office import settled
from office_life import SIGNS, Life, new_unit
from random_year import KINDS, Entry, in_force


def hand_in(life: Life) -> str | None:
    """A unit hands in its self-check, early or late."""
    sight = life.sight
    asked = [
        (period["名称"], unit)
        for period in life.sections["清单"]["自查期次"]
        if period["报送截止日期"] - timedelta(25) <= life.today
        for unit in life.units()
        if in_force(life.office.unit(unit), period["报送截止日期"])
        and not sight.handed_in(life.year, unit, period["名称"])
    ]
    chosen = life.pick(asked)
    if chosen is None:
        return None
    made = {"编号": life.code("ZC"), "单位": chosen[1], "期次": chosen[0], "报送日期": life.today}
    life.sections["自查"].append({**made, "签字人": "乙某某", "任务": [{"任务": "R1", "状态": "已落实"}]})
    return f"{chosen[1]} 报 {chosen[0]} 自查 {made['编号']}"


def review(life: Life) -> str | None:
    """A self-check is accepted or sent back."""
    check = life.pick(
        each
        for _, each in life.office.records("自查")
        if "审核结果" not in each and each["报送日期"] <= life.today
    )
    if check is None:
        return None
    check |= {"审核日期": life.today, "审核人": "甲某某", "审核结果": "通过"}
    if life.chance(0.3):
        check |= {"审核结果": "退回补充", "退回理由": "说明不全"}
    return f"审核 {check['编号']}：{check['审核结果']}"


def hand_in_anew(life: Life) -> str | None:
    """An accepted self-check is replaced by a better one, accepted at once."""
    replaced = {each.get("替代") for each in life.sections["自查"]}
    old = life.pick(
        each
        for each in life.sections["自查"]
        if each.get("审核结果") == "通过" and each["编号"] not in replaced and each["单位"] in life.units()
    )
    if old is None or not life.chance(0.3):
        return None
    days = {"报送日期": life.today, "审核日期": life.today, "审核人": "甲某某", "审核结果": "通过"}
    made = {"编号": life.code("ZC"), "单位": old["单位"], "期次": old["期次"], "签字人": "乙某某", **days}
    life.sections["自查"].append({**made, "替代": old["编号"], "任务": old["任务"]})
    return f"{made['编号']} 替代 {old['编号']}"


def begin_project(life: Life) -> str | None:
    if len(life.sections["项目"]) > 4:
        return None
    unit = life.pick(life.units())
    code = life.code("XM")
    made = {"编号": code, "项目": f"示例项目{code}", "来源": "交办", "目标": "办结", "责任单位": [unit]}
    dates = {"开始日期": life.later(-5, 10), "完成时限": life.later(20, 120)}
    life.sections["项目"].append({**made, **dates, **({"状态": "推进中"} if life.chance(0.5) else {})})
    return f"项目 {code}"


def finish_project(life: Life) -> str | None:
    project = life.pick(
        each
        for _, each in life.office.records("项目")
        if "完成日期" not in each and each["开始日期"] < life.today
    )
    if project is None:
        return None
    project |= {"状态": "已完成", "完成日期": life.today}
    return f"项目 {project['编号']} 完成"


def found_unit(life: Life) -> str | None:
    number = len({unit["编号"] for _, unit in life.office.records("单位")}) + 1
    if number > len(SIGNS):
        return None
    life.sections["单位"].append({**new_unit(number), "成立日期": life.today})
    return f"成立 U{number}"


def dissolve(life: Life) -> str | None:
    """A unit is gone from a day on, with or without one that takes over."""
    units = life.units()
    if len(units) < 4 or not life.chance(0.4):
        return None
    code = life.rng.choice(units)
    unit = life.office.unit(code)
    if unit.get("成立日期", date.min) >= life.today:
        return None
    heirs = [other for other in units if other != code]
    gone: Entry = {"撤销日期": life.later(0, 3)}
    if life.chance(0.75):
        gone["承接单位"] = life.rng.choice(heirs)
    known = [year for year in life.office.years if gone.get("承接单位", code) in life.named(year)]
    years = known if life.chance(0.5) else [life.year]
    for year, each in life.office.records("单位"):
        if each["编号"] == code and year in years:
            each |= gone
    return f"撤销 {code}，承接 {gone.get('承接单位', '没有')}"


def inspect(life: Life) -> str | None:
    units = life.some(life.units(), 3)
    ends = life.today
    begins = max(ends - timedelta(life.rng.randint(0, 3)), date(life.year, 1, 1))
    if not all(in_force(life.office.unit(code), begins) for code in units):
        return None
    made = {"编号": life.code("JC"), "类型": life.rng.choice(KINDS), "名称": f"第{life.count}次检查"}
    life.sections["检查"].append({**made, "开始日期": begins, "结束日期": ends, "单位": units})
    return f"{made['类型']} {made['编号']}（{'、'.join(units)}）"


def find(life: Life) -> str | None:
    recent = life.today - timedelta(20)
    inspection = life.pick(each for each in life.sections["检查"] if each["结束日期"] >= recent)
    if inspection is None:
        return None
    code = life.code("W")
    made = {"编号": code, "检查": inspection["编号"], "单位": life.rng.choice(inspection["单位"])}
    made |= {"名称": f"示例问题{code}", "事实": "示例事实。"}
    if life.chance(0.2):
        made["共性"] = life.rng.choice(["档案", "台账"])
    if life.chance(0.7):
        _settle(life, made)
    life.sections["问题"].append(made)
    return f"问题 {code}（{made['单位']}，时限 {made.get('整改时限')}）"


def _settle(life: Life, finding: Entry) -> None:
    category = life.rng.choice(["立行立改", "限期整改", "限期整改", "长期坚持"])
    if "共性" in finding:
        category = "限期整改"
    finding |= {"整改类别": category, "整改要求": "补齐记录", "责任": {"责任人": "丙某某", "职务": "科长"}}
    finding["整改时限"] = life.later(1, 70)
    if category == "长期坚持" and life.chance(0.6):
        finding["整改时限"] = "长期坚持"


def settle(life: Life) -> str | None:
    finding = life.pick(each for _, each in life.sight.found() if not settled(each))
    if finding is None:
        return None
    _settle(life, finding)
    return f"明确 {finding['编号']}（时限 {finding['整改时限']}）"


def sign(life: Life) -> str | None:
    """The form of some findings of one inspection in one unit is signed, or refused."""
    year = life.rng.choice([*life.office.years])
    open_ones = [each for each in life.sight.open(year) if settled(each)]
    finding = life.pick(each for each in open_ones if life.sight.signature(each) in ("未签字", "已失效"))
    if finding is None or life.sight.heir(finding["单位"]) != finding["单位"]:
        return None
    key = (finding["检查"], finding["单位"])
    codes = [each["编号"] for each in open_ones if (each["检查"], each["单位"]) == key]
    life.clerk.write(life.office)
    made = {"编号": life.code("SQ"), "检查": key[0], "单位": key[1], "问题": codes}
    made["内容码"] = life.clerk.content_code(year, codes)
    made |= {"日期": life.today, "党组织签字人": "乙某某", "纪检监察组签字人": "甲某某"}
    if life.chance(0.15):
        made |= {"结果": "拒签", "理由": "对时限有异议"}
        del made["党组织签字人"]
    life.office.years[year]["双签"].append(made)
    life.office.signed[made["编号"]] = life.office.words_of(codes)
    return f"双签 {made['编号']}（{'、'.join(codes)}）{made.get('结果', '签字')}"


def reword(life: Life) -> str | None:
    """A signed finding is described otherwise: what was signed lapses."""
    finding = life.pick(each for each in life.sight.open() if life.sight.signature(each) == "已签字")
    if finding is None or not life.chance(0.3):
        return None
    finding["事实"] = f"示例事实，{life.today}核对。"
    return f"改写 {finding['编号']} 的事实"
