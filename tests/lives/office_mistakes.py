"""What a person may get wrong, each with what the answer must name: the program says no and changes nothing.

A mistake is a command that must be refused, or an edit after which `check` must tell an error; the edit is then undone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from datetime import date, timedelta

from office import CLOSED, LATE, NOT_DUE, SOON, Office, Sight, settled
from office_life import Life
from random_year import Entry, limit_on

Edit = Callable[[Office], None]


def _refused(life: Life, *typed: str, names: str = "") -> str:
    """A command that must fail with an error or a gate that names something, and leave every file as it was."""
    life.clerk.write(life.office)
    before = life.clerk.prints()
    code, out, err = life.clerk.run(*typed)
    assert code != 0, f"{typed} 没有拒绝：\n{out}{err}"
    assert re.search("(错误|还差) D|用法不对", err), f"{typed} 拒绝了，没有说是什么错误：\n{out}{err}"
    assert names in out + err, f"{typed} 拒绝了，没有提到「{names}」：\n{out}{err}"
    changed = life.clerk.changed_since(before)
    assert changed == [], f"{typed} 拒绝了，却动了文件 {changed}"
    return f"拒绝 {' '.join(typed)}"


def _told(life: Life, what: str, edit: Edit, names: str, severity: str = "错误") -> str:
    """An edit of the records after which `check` must tell one thing more, which names something."""
    trial = deepcopy(life.office)
    edit(trial)
    before = {*_checked(life)}
    life.clerk.write(trial)
    try:
        new = [line for line in _checked(life) if line not in before]
        told = [line for line in new if f" {severity} D" in line and names in line]
        assert told, f"{what}：check 没有说到 {names} 的{severity}\n{new}"
    finally:
        life.clerk.write(life.office)
    return f"check 指出 {what}"


def _checked(life: Life) -> list[str]:
    """What `check` tells, a line each."""
    return life.clerk.run("check", "--year", str(life.year))[2].splitlines()


def _line(life: Life, kind: str = "") -> Entry | None:
    return life.pick(line for line in life.sight.standing() if kind in ("", line["文种"]))


def _voided(life: Life) -> Entry | None:
    return life.pick(line for line in life.office.lines if "文号" in line and life.sight.void(line))


def issue_twice(life: Life) -> str | None:
    line = _line(life)
    if line is None:
        return None
    typed = ("issue", line["文种"], line["对象"], "--date", str(life.today), "--year", str(line["年度"]))
    return _refused(life, *typed, names=line["文号"])


def void_in_the_future(life: Life) -> str | None:
    line = _line(life)
    if line is None:
        return None
    return _refused(life, "void", line["文号"], "--why", "发错", "--date", str(life.later(1, 9)))


def void_before_it_went_out(life: Life) -> str | None:
    line = _line(life)
    if line is None:
        return None
    day = line["成文日期"] - timedelta(1)
    return _refused(life, "void", line["文号"], "--why", "发错", "--date", str(day))


def void_twice(life: Life) -> str | None:
    line = _voided(life)
    if line is None:
        return None
    return _refused(life, "void", line["文号"], "--why", "发错", names=line["文号"])


def void_nothing(life: Life) -> str | None:
    number = life.office.next_number("整改函", life.today)
    return _refused(life, "void", number, "--why", "发错", names=number)


def begin_a_year_again(life: Life) -> str | None:
    return _refused(life, "new-year", str(life.year), names=str(life.year))


def issue_of_tomorrow(life: Life) -> str | None:
    drafts = life.sight.drafts()
    chosen = life.pick(drafts)
    if chosen is None:
        return None
    year, kind, record = chosen
    typed = ("issue", kind, record["编号"], "--date", str(life.later(1, 5)), "--year", str(year))
    return _refused(life, *typed)


def issue_on_what_is_closed(life: Life) -> str | None:
    """A 文书 on a finding that is closed has no object."""
    sight = life.sight
    chosen = life.pick(
        (year, kind, record)
        for year, kind, record in sight.drafts()
        if kind in ("提醒函", "督办函", "约谈通知书")
        and any(sight.state(code) == CLOSED for code in record["问题"])
    )
    if chosen is None:
        return None
    year, kind, record = chosen
    code = next(code for code in record["问题"] if sight.state(code) == CLOSED)
    typed = ("issue", kind, record["编号"], "--date", str(life.today), "--year", str(year))
    return _refused(life, *typed, names=code)


def urge_before_the_limit(life: Life) -> str | None:
    """督办函 on a finding whose limit is still to come."""
    sight = life.sight
    finding = life.pick(
        each
        for each in sight.open(life.year)
        if sight.state(each["编号"]) in (SOON, NOT_DUE) and sight.heir(each["单位"])
    )
    if finding is None:
        return None
    record = {
        "编号": "WS9",
        "文种": "督办函",
        "单位": [sight.heir(finding["单位"])],
        "问题": [finding["编号"]],
    }
    life.sections["文书"].append({**record, "事由": "整改进展"})
    try:
        typed = ("issue", "督办函", "WS9", "--date", str(life.today), "--year", str(life.year))
        return _refused(life, *typed, names=finding["编号"])
    finally:
        life.sections["文书"].pop()


def issue_to_who_is_gone(life: Life) -> str | None:
    """A letter to a dissolved unit is refused, with the successor named."""
    sight = life.sight
    gone = [
        each for each in sight.open(life.year) if settled(each) and sight.heir(each["单位"]) != each["单位"]
    ]
    finding = life.pick(gone)
    if finding is None:
        return None
    heir = sight.heir(finding["单位"])
    name = str(sight.office.unit(heir)["简称"]) if heir else ""
    record = {"编号": "TB9", "文种": "约谈通知书", "单位": [finding["单位"]], "问题": [finding["编号"]]}
    life.sections["文书"].append({**record, "事由": "整改进展"})
    try:
        typed = ("issue", "约谈通知书", "TB9", "--date", str(life.today), "--year", str(life.year))
        return _refused(life, *typed, names=name)
    finally:
        life.sections["文书"].pop()


def _correction(life: Life, year: int, base: Entry, **more: object) -> Edit:
    letter = next(each for each in life.office.years[year]["整改函"] if each["编号"] == base["对象"])
    made = {**letter, "编号": "ZG9", "更正": base["文号"], "回复期限": life.later(20, 30), **more}
    made.pop("回复", None)
    return lambda office: office.years[year]["整改函"].append(made)


def correct_what_is_void(life: Life) -> str | None:
    line = life.pick(
        line
        for line in life.office.lines
        if line.get("文种") == "整改函" and life.sight.void(line)
        if any(each["编号"] == line["对象"] for each in life.office.years[line["年度"]]["整改函"])
    )
    if line is None:
        return None
    number = line["文号"]
    return _told(life, f"更正已作废的 {number}", _correction(life, line["年度"], line), number)


def correct_a_letter_twice(life: Life) -> str | None:
    line = life.pick(
        line for line in life.sight.standing() if line["文种"] == "整改函" and life.sight.corrected(line)
    )
    if line is None:
        return None
    number = line["文号"]
    return _told(life, f"第二次更正 {number}", _correction(life, line["年度"], line), number)


def correct_anothers_letter(life: Life) -> str | None:
    rows = [*life.sight.letters()]
    chosen = life.pick(rows)
    if chosen is None:
        return None
    other = life.pick(row for row in rows if row[0] == chosen[0] and not _akin(life.sight, row[1], chosen[1]))
    if other is None:
        return None
    number = other[2]["文号"]
    edit = _correction(life, chosen[0], chosen[2], 更正=number)
    return _told(life, f"更正别的单位的 {number}", edit, number)


def _akin(sight: Sight, letter: Entry, other: Entry) -> bool:
    """Whether two letters are to one unit, or one came after the other."""
    return sight.heir(letter["单位"]) == sight.heir(other["单位"])


def a_finding_in_two_letters(life: Life) -> str | None:
    row = life.pick(row for row in life.sight.letters() if "更正" not in row[1])
    if row is None:
        return None
    code = row[1]["问题"][0]
    made = {**row[1], "编号": "ZG9", "问题": [code]}
    return _told(life, f"{code} 在两封函里", lambda office: office.years[row[0]]["整改函"].append(made), code)


def _added(life: Life, what: str, finding: Entry | None, key: str, entry: Entry) -> str | None:
    """One more entry in a list of a finding, which is wrong in it."""
    if finding is None:
        return None
    severity = "警告" if entry.get("日期", life.today) > life.today else "错误"
    code = finding["编号"]

    def edit(office: Office) -> None:
        office.finding(code)[1].setdefault(key, []).append(entry)

    return _told(life, f"{code} {what}", edit, code, severity)


def close_before_verification(life: Life) -> str | None:
    day = life.today
    closing = {"申请日期": day, "核查日期": day, "结论": "同意销号", "销号日期": day - timedelta(3)}
    return _added(life, "销号早于核查", life.pick(life.sight.open()), "销号", closing)


def extend_backwards(life: Life) -> str | None:
    finding = life.pick(each for each in life.sight.open() if isinstance(limit_on(each, life.today), date))
    limit = limit_on(finding, life.today) if finding else None
    moved = {"批准日期": life.today, "新时限": limit, "理由": "汛期", "批准人": "甲某某"}
    return _added(life, "延期没有延后", finding, "延期", moved)


def look_again_before_it_was_found(life: Life) -> str | None:
    sight = life.sight
    found = life.pick((year, each) for year, each in sight.found() if sight.state(each["编号"]) == CLOSED)
    if found is None:
        return None
    inspections = life.office.years[found[0]]["检查"]
    begins = next(each["开始日期"] for each in inspections if each["编号"] == found[1]["检查"])
    day = begins - timedelta(1)
    return _added(life, "回头看早于发现", found[1], "回头看", {"日期": day, "结果": "巩固"})


def progress_of_tomorrow(life: Life) -> str | None:
    told = {"日期": life.later(1, 5), "内容": "已补一部分"}
    return _added(life, "进展在明天", life.pick(life.sight.open()), "进展", told)


def reply_before_the_letter(life: Life) -> str | None:
    row = life.pick(row for row in life.sight.letters() if "回复" not in row[1])
    if row is None:
        return None
    day = row[2]["成文日期"] - timedelta(2)

    def edit(office: Office) -> None:
        letter = next(each for each in office.years[row[0]]["整改函"] if each["编号"] == row[1]["编号"])
        letter["回复"] = {"日期": day}

    return _told(life, f"{row[1]['编号']} 的回复早于函", edit, row[1]["编号"])


def deliver_before_it_went_out(life: Life) -> str | None:
    row = life.pick(life.sight.letters())
    if row is None:
        return None
    made = {"文号": row[2]["文号"], "单位": row[1]["单位"], "日期": row[2]["成文日期"] - timedelta(1)}
    edit: Edit = lambda office: office.years[row[0]]["送达"].append(made)  # noqa: E731
    return _told(life, f"送达早于 {row[2]['文号']}", edit, row[2]["文号"])


def urge_anothers_finding(life: Life) -> str | None:
    """A 文书 to a unit that is not its finding's."""
    sight = life.sight
    finding = life.pick(each for each in sight.open(life.year) if sight.state(each["编号"]) == LATE)
    others = [code for code in life.units() if finding is None or code != sight.heir(finding["单位"])]
    if finding is None or not others:
        return None
    record = {"编号": "WS9", "文种": "督办函", "单位": [life.rng.choice(others)], "问题": [finding["编号"]]}
    made = {**record, "事由": "整改进展"}
    edit: Edit = lambda office: office.years[life.year]["文书"].append(made)  # noqa: E731
    return _told(life, f"督办函发给别的单位（{finding['编号']}）", edit, finding["编号"])


Mistake = Callable[[Life], str | None]
MISTAKES: tuple[Mistake, ...] = (
    issue_twice,
    void_in_the_future,
    void_before_it_went_out,
    void_twice,
    void_nothing,
    begin_a_year_again,
    issue_of_tomorrow,
    issue_on_what_is_closed,
    urge_before_the_limit,
    issue_to_who_is_gone,
    correct_what_is_void,
    correct_a_letter_twice,
    correct_anothers_letter,
    a_finding_in_two_letters,
    close_before_verification,
    extend_backwards,
    look_again_before_it_was_found,
    progress_of_tomorrow,
    reply_before_the_letter,
    deliver_before_it_went_out,
    urge_anothers_finding,
)


def mistake(life: Life) -> str:
    """One mistake, of those that can be made today."""
    while True:
        if said := life.rng.choice(MISTAKES)(life):
            return said
