"""What the overview, 单位清欠单 and 年度监督工作总结 tell of an office, against the count of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from docx_text import text_of
from lxml import html
from office import APPLIED, CONTINUING, GONE, Sight
from office_shown import CODE, NEAR, NUMBER, UNSIGNED, Difference, between, period, same, sums
from random_year import limit_on

MONTH = 30  # days that the overview looks ahead, the day itself among them


def overview(paths: list[Path], sight: Sight) -> Iterator[Difference]:
    """The page of one year."""
    (path,) = paths
    page: Any = html.fromstring(path.read_text("utf-8"))
    figures = sight.figures(sight.year)
    shown = {
        box.findtext("span[@class='name']"): box.findtext("span[@class='number']/b")
        for box in page.iter("button")
        if box.get("class") == "figure"
    }
    named = {
        "自查情况": "自查份数",
        "集中监督检查": "集中监督检查次数",
        "发现问题": "发现问题数",
        "整改函": "整改函份数",
    }
    yield from same("总览 四个数", shown, {head: str(figures[name]) for head, name in named.items()})
    rows = {row[0].text_content().strip(): row for row in page.xpath("//table[@id='progress']/tbody/tr")}
    states = {code: row.get("data-state") for code, row in rows.items()}
    own = {each["编号"]: sight.state(each["编号"]) for _, each in sight.found(sight.year)}
    older = {each["编号"] for at, each in sight.found() if at < sight.year}
    yield from same(
        "总览 办理进度", {code: state for code, state in states.items() if code not in older}, own
    )
    yield from _due(sight, page)
    lights = [
        {"单位": row[0].text_content(), "问题数": row[5].text_content(), "已销号数": row[6].text_content()}
        for row in page.xpath("//table[@id='lights']/tbody/tr")
    ]
    yield from sums(sight, "总览 按单位", lights)


def _due(sight: Sight, page: Any) -> Iterator[Difference]:
    items = [
        (date.fromisoformat(item.find("time").get("datetime")), item[1].text, item[2].text_content())
        for item in page.xpath("//ul[@class='due']/li")
    ]
    month = sight.day + timedelta(MONTH)
    limits = {
        (limit, each["编号"])
        for each in sight.open()
        if isinstance(limit := limit_on(each, sight.day), date)
        and sight.day <= limit < month
        and sight.state(each["编号"]) not in (APPLIED, CONTINUING)
    }
    lasting = {(limit_on(each, sight.day), each["编号"]) for each in sight.open()}
    shown = {(day, code) for day, kind, what in items if kind == "整改时限" for code in CODE.findall(what)}
    yield from between("总览 到期的整改", shown, limits, lasting)
    replies = {
        (letter["回复期限"], line["文号"])
        for letter, line in sight.replies_owed()
        if sight.day <= letter["回复期限"] < month
    }
    shown = {(day, NUMBER.findall(what)[0]) for day, kind, what in items if kind == "回函"}
    yield from same("总览 到期的回函", shown, replies)
    projects = {
        (project["完成时限"], project["编号"])
        for _, project in sight.office.records("项目", sight.year)
        if sight.day <= project["完成时限"] < month and project.get("完成日期", date.max) > sight.day
    }
    shown = {(day, code) for day, kind, what in items if kind == "项目" for code in CODE.findall(what)}
    yield from same("总览 到期的项目", shown, projects)


def debts(paths: list[Path], sight: Sight) -> Iterator[Difference]:
    """Every 单位清欠单 of the year: what stands with which unit."""
    shown: dict[str, set[tuple[str, str]]] = {}
    for path in paths:
        unit = path.stem.partition("年-")[2]
        for row in re.findall(
            r"^\| \d+ \| (\S+) \| (.+?) \| (\S+) \| (\S+) \|$", text_of(path.read_bytes()), re.M
        ):
            shown.setdefault(unit, set()).update((row[0], key) for key in _keys(row[0], row[1], sight.year))
    must, may = _debts(sight)
    units = {str(unit["简称"]) for _, unit in sight.office.records("单位", sight.year)} | {*shown, *must}
    for unit in sorted(units):
        yield from between(
            f"清欠单 {unit}", shown.get(unit, set()), must.get(unit, set()), may.get(unit, set())
        )


def _keys(kind: str, what: str, year: int) -> list[str]:
    if kind == "自查情况":
        marked = re.search(r"(\d{4})年", what)
        return [f"{marked[1] if marked else year} {period(what)}"]
    if kind in ("回复", "督办事项"):
        return NUMBER.findall(what)[:1]
    if kind == "整改情况反馈表":
        number, codes = NUMBER.findall(what)[0], CODE.findall(what)
        return [f"{number} {code}" for code in codes]
    return CODE.findall(what)[:1]


Debts = dict[str, set[tuple[str, str]]]


def _debts(sight: Sight) -> tuple[Debts, Debts]:
    """By unit what its 清欠单 must list, and what it may; units that are gone and that nobody took over from get none."""
    must: Debts = {}
    may: Debts = {}
    near = sight.day + timedelta(NEAR)

    def owe(unit: str, kind: str, key: str, due: date | None) -> None:
        may.setdefault(unit, set()).add((kind, key))
        if unit != GONE and (due is None or due <= near):
            must.setdefault(unit, set()).add((kind, key))

    for finding in sight.open():
        unit, code = sight.called(finding["单位"]), finding["编号"]
        limit = limit_on(finding, sight.day)
        if sight.signature(finding) in UNSIGNED:
            owe(unit, "双签字", code, None)
        if sight.state(code) != APPLIED:
            owe(unit, "整改", code, limit if isinstance(limit, date) else None)
        if sight.unproven(finding):
            owe(unit, "佐证材料", code, None)
    for number, (letter, codes) in sight.forms_owed().items():
        for code in codes:
            owe(sight.called(letter["单位"]), "整改情况反馈表", f"{number} {code}", letter["回复期限"])
    for letter, line in sight.replies_owed():
        owe(sight.called(letter["单位"]), "回复", line["文号"], letter["回复期限"])
    for paper, line in sight.demanded():
        for unit in {sight.called(code) for code in paper["单位"]}:
            owe(unit, "督办事项", line["文号"], paper["新时限"])
    for year, project in sight.office.records("项目", sight.year):
        if project["开始日期"] <= sight.day < project.get("完成日期", date.max):
            due = project["完成时限"] if year == sight.year else None
            for unit in {sight.called(code) for code in project["责任单位"]}:
                owe(unit, "挂图作战项目", project["编号"], due)
    for year, unit, name, due in sight.self_checks_owed():
        if due <= near:
            owe(str(sight.office.unit(unit)["简称"]), "自查情况", f"{year} {name}", due)
    return must, may


def summary(paths: list[Path], sight: Sight) -> Iterator[Difference]:
    """The figures in the words of the summary."""
    (path,) = paths
    text = text_of(path.read_bytes())
    figures = sight.figures(sight.year)
    due, closed = figures["应整改数"], figures["已销号数"]
    rate = f"已销号{closed}个，整改率{figures['整改率']}" if closed else "均未销号"
    words = f"应整改问题{due}个，{rate}。"
    if due and words not in text:
        said = re.search(r"应整改问题\d+个，[^。]+。", text)
        yield Difference("总结 整改率", said[0] if said else None, words)
