"""Lawful acts of a random life: letters written, corrected, issued, made void, delivered and answered."""

from __future__ import annotations

from datetime import date

from office import CLOSED, LATE, NOT_DUE, SOON, Office, Sight, last_turn, settled
from office_life import Life
from random_year import Entry, limit_on


def draft_letter(life: Life) -> str | None:
    """A letter on findings that stand with one unit and are in no other letter."""
    taken = {code for _, each in life.office.records("整改函") for code in each["问题"]}
    sight, year = life.sight, life.rng.choice([*life.office.years])
    free = [
        each
        for each in sight.open(year)
        if settled(each) and each["编号"] not in taken and _in_time(sight, each)
    ]
    by_unit: dict[str, list[str]] = {}
    for each in free:
        heir = sight.heir(each["单位"])
        if heir in life.named(year):
            by_unit.setdefault(heir, []).append(each["编号"])
    chosen = life.pick(by_unit.items())
    if chosen is None:
        return None
    codes = life.some(chosen[1], 3)
    letter = {"编号": life.code("ZG"), "单位": chosen[0], "问题": codes, "事由": "检查发现问题"}
    life.office.years[year]["整改函"].append({**letter, "回复期限": life.later(10, 40)})
    return f"整改函 {letter['编号']}（{chosen[0]}：{'、'.join(codes)}）"


def _in_time(sight: Sight, finding: Entry) -> bool:
    """Whether a letter may still set the limit of a finding."""
    limit = limit_on(finding, sight.day)
    at_once = finding.get("整改类别") == "立行立改"
    return at_once or not isinstance(limit, date) or limit >= sight.day


def correct_letter(life: Life) -> str | None:
    """A letter that corrects one that stands and is corrected by none."""
    named = {
        each["更正"]
        for _, each in life.office.records("整改函")
        if "更正" in each and not _was_void(life.office, each)
    }
    rows = [row for row in life.sight.letters() if row[2]["文号"] not in named]
    rows = [row for row in rows if life.sight.heir(row[1]["单位"]) == row[1]["单位"]]
    chosen = life.pick(rows)
    if chosen is None:
        return None
    codes = [code for code in chosen[1]["问题"] if life.sight.state(code) in (SOON, NOT_DUE)]
    if not codes:
        return None
    letter = {**chosen[1], "编号": life.code("ZG"), "问题": codes, "更正": chosen[2]["文号"]}
    letter |= {"事由": "更正检查发现问题", "回复期限": life.later(10, 40)}
    letter.pop("回复", None)
    life.office.years[chosen[0]]["整改函"].append(letter)
    return f"整改函 {letter['编号']} 更正 {letter['更正']}（{'、'.join(codes)}）"


def _was_void(office: Office, letter: Entry) -> bool:
    numbers = {line["文号"] for line in office.lines if line.get("对象") == letter["编号"]}
    return any(line.get("作废") in numbers for line in office.lines)


def write_paper(life: Life) -> str | None:
    """A 文书 that a person writes without being asked."""
    kind = life.rng.choice(["提醒函", "督办函", "约谈通知书", "通报"])
    late = {"提醒函": (SOON, NOT_DUE), "通报": (SOON, NOT_DUE, LATE)}.get(kind, (LATE,))
    sight, year = life.sight, life.rng.choice([*life.office.years])
    fitting = [each for each in sight.open(year) if sight.state(each["编号"]) in late]
    finding = life.pick(each for each in fitting if sight.heir(each["单位"]) in life.named(year))
    if finding is None or not life.chance(0.5):
        return None
    code = life.code("WS")
    paper: Entry = {
        "编号": code,
        "文种": kind,
        "单位": [sight.heir(finding["单位"])],
        "问题": [finding["编号"]],
    }
    paper |= {"事由": "整改进展"}
    if kind == "督办函" and life.chance(0.6):
        paper["新时限"] = life.later(5, 30)
    if kind == "通报":
        paper |= {"主送": "各党支部", "要求": ["举一反三"]}
    life.office.years[year]["文书"].append(paper)
    return f"文书 {code} {kind}（{finding['编号']}）"


def may_issue(sight: Sight, kind: str, record: Entry) -> bool:
    """Whether a draft has its object: its unit is there, its findings stand with it and are as the kind needs."""
    states = {code: sight.state(code) for code in record["问题"]}
    findings = [sight.office.finding(code)[1] for code in record["问题"]]
    units = [record["单位"]] if kind == "整改函" else record["单位"]
    if any(sight.heir(unit) != unit for unit in units) or CLOSED in states.values():
        return False
    if any(sight.heir(each["单位"]) not in units for each in findings):
        return False
    if kind == "整改函":
        return record["回复期限"] >= sight.day and all(_in_time(sight, each) for each in findings)
    fitting = {"提醒函": (SOON, NOT_DUE), "通报": (SOON, NOT_DUE, LATE)}.get(kind, (LATE,))
    return all(state in fitting for state in states.values()) and record.get("新时限", date.max) > sight.day


def issue(life: Life) -> str | None:
    """A draft that has its object goes out under the next number."""
    drafts = [row for row in life.sight.drafts() if may_issue(life.sight, row[1], row[2])]
    chosen = life.pick(drafts)
    if chosen is None:
        return None
    year, kind, record = chosen
    base = record.get("更正")
    if base and not any(line["文号"] == base for line in life.sight.standing()):
        return None
    life.clerk.write(life.office)
    told = life.clerk.data("issue", kind, record["编号"], "--date", str(life.today), "--year", str(year))
    number = life.office.next_number(kind, life.today)
    assert told["文号"] == number, f"{record['编号']} 应取 {number}，取了 {told['文号']}"
    line = {"文号": number, "文种": kind, "对象": record["编号"], "年度": year, "成文日期": life.today}
    life.office.lines.append({**line, **({"更正": base} if base else {})})
    return f"印发 {number} = {record['编号']}"


def void(life: Life) -> str | None:
    """A paper is taken out of use that no other corrects."""
    named = {each.get("更正") for section in ("整改函", "文书") for _, each in life.office.records(section)}
    line = life.pick(each for each in life.sight.standing() if each["文号"] not in named)
    if line is None or not life.chance(0.4):
        return None
    life.clerk.write(life.office)
    life.clerk.data("void", line["文号"], "--why", "发错", "--date", str(life.today))
    life.office.lines.append({"作废": line["文号"], "日期": life.today})
    return f"作废 {line['文号']}（{line['对象']}）"


def take_out_draft(life: Life) -> str | None:
    """A draft that has lost its object is taken out."""
    sight = life.sight
    lost = [
        row
        for row in sight.drafts()
        if not may_issue(sight, row[1], row[2])
        and not any(line.get("对象") == row[2]["编号"] for line in life.office.lines)
    ]
    chosen = life.pick(lost)
    if chosen is None:
        return None
    year, kind, record = chosen
    listed = life.office.years[year]["整改函" if kind == "整改函" else "文书"]
    listed.remove(record)
    return f"删掉 {kind} {record['编号']}"


def deliver(life: Life) -> str | None:
    known = {each["文号"] for _, each in life.office.records("送达")}
    row = life.pick(row for row in life.sight.letters() if row[2]["文号"] not in known)
    if row is None:
        return None
    made = {"文号": row[2]["文号"], "单位": row[1]["单位"], "日期": life.today, "签收人": "乙某某"}
    life.office.years[row[0]]["送达"].append(made)
    return f"送达 {row[2]['文号']}"


def reply(life: Life) -> str | None:
    """A unit replies to the letter that stands."""
    row = life.pick(row for row in life.sight.letters() if life.sight.reply_day(*row) is None)
    if row is None:
        return None
    row[1]["回复"] = {"日期": life.today, "文号": f"某函〔{life.today.year}〕{life.rng.randint(1, 99)}号"}
    return f"回复 {row[2]['文号']}（{row[1]['编号']}）"


def hand_in_forms(life: Life) -> str | None:
    """A unit hands in its form on the open findings of a letter."""
    owed = life.sight.forms_owed()
    chosen = life.pick(sorted(owed))
    if chosen is None:
        return None
    letter, codes = owed[chosen]
    year = next(line["年度"] for line in life.office.lines if line.get("文号") == chosen)
    for code in sorted(codes):
        made = {"编号": life.code("FK"), "整改函": letter["编号"], "问题": code, "日期": life.today}
        made |= {"完成情况": "正在整改", "措施": "专人负责"}
        if life.chance(0.3):
            made["佐证"] = [{"名称": "整改台账", "日期": life.today}]
        if life.chance(0.3) and last_turn(life.office.finding(code)[1]) < life.today:
            made["申请销号"] = "是"
        life.office.years[year]["整改反馈"].append(made)
    return f"反馈表 {chosen}（{'、'.join(sorted(codes))}）"
