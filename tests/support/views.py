"""What each view prints of a shared fact, as plain values that can be held against each other.

A view is what a person reads: a variable of a template (as it would stand in the paper), a cell of the ledger, a
line of the overview, 单位清欠单, `status`, a message of `check`. Nothing here asks liangqing.year.state.facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from liangqing.base.chinese import long_date
from liangqing.data.model.findings import Letter
from liangqing.outputs import waiting
from liangqing.outputs.dashboard import due, gantt, progress
from liangqing.outputs.ledger.columns import LedgerRow, Sheet
from liangqing.outputs.ledger.findings import FINDINGS
from liangqing.outputs.ledger.lists import LETTERS, PROJECTS
from liangqing.variables.figures import FIGURES
from liangqing.variables.findings import FINDING
from liangqing.variables.owners import FindingOf
from liangqing.variables.table import build
from liangqing.variables.units import UNIT, UnitOf
from liangqing.variables.wall_chart import PROJECT, RowOf, chart
from liangqing.year import rules
from liangqing.year.open_workspace import OpenWorkspace
from liangqing.year.state.standing import STATES

MONTH = 30  # days that the overview looks ahead, the day itself among them
ROUND = ("申请日期", "核查人", "结论")
VARIABLES: dict[str, Any] = {
    **{name: {} for name in ("编号", "文号", "原函日期", "状态", "销号日期", "超期销号", "逾期天数")},
    "进展": {"[]": {"日期": {}, "内容": {}}},
    "佐证": {"[]": {"名称": {}}},
    "销号轮次": {"[]": {name: {} for name in ROUND}},
    "本轮销号": {name: {} for name in ROUND},
}
Values = dict[str, Any]


def _months_and_day(words: str | None) -> str | None:
    """2021年3月5日 → 3月5日, as the steps of the overview print a day."""
    return words.partition("年")[2] if words else None


def _long(day: date | None) -> str | None:
    return long_date(day) if day else None


class Views:
    """The views of a year as it stands on the day for which it is opened."""

    def __init__(self, opened: OpenWorkspace) -> None:
        self.at, self.opened = opened.at, opened

    # as each view prints it

    @cached_property
    def papers(self) -> dict[str, Values]:
        """By 编号 of a finding: what a letter, a form or 销号审核表 prints of it."""
        found = (build(FINDING.rows, FindingOf(self.at, finding), VARIABLES) for finding in self.at.found)
        return {str(values["编号"]): values for values in found}

    @cached_property
    def ledger(self) -> dict[str, Values]:
        """By 编号: the row of the sheet 问题."""
        return {str(row["编号"]): row for row in self._rows(FINDINGS)}

    def _rows(self, sheet: Sheet) -> list[Values]:
        rows = (LedgerRow(self.at, record) for record in sheet.rows(self.at))
        return [{column.head: column.value(row) for column in sheet.columns} for row in rows]

    @cached_property
    def letters(self) -> list[Values]:
        """The rows of the sheet 发文 of letters that are in force."""
        return [row for row in self._rows(LETTERS) if row["文种"] == "整改函" and row["效力"] == "有效"]

    @cached_property
    def overview(self) -> dict[str, progress.Going]:
        """By 编号: the line of 问题办理进度."""
        return {going.code: going for going in progress.findings(self.at)}

    def step(self, code: str, name: str) -> str | None:
        """The day of a step of a finding on the overview; None where the step is not done."""
        (step,) = [step for step in self.overview[code].steps if step.name == name]
        return step.words if step.done else None

    @cached_property
    def due(self) -> list[due.Due]:
        """What the overview says of this year is due within a month."""
        return [item for window in due.due(self.at) for item in window.items if not _of_before(item.what)]

    @cached_property
    def owed(self) -> list[tuple[str, Values]]:
        """Unit and row of every 单位清欠单, of this year's records."""
        reads: Any = {"欠项": {"[]": {name: {} for name in ("类别", "事项", "期限", "余天")}}}
        return [
            (unit.short_name, row)
            for unit in self.at.year.units
            for row in build(UNIT.rows, UnitOf(self.at, unit), reads)["欠项"]  # type: ignore[attr-defined]
            if not _of_before(row["事项"])
        ]

    @cached_property
    def status(self) -> list[waiting.WaitingItem]:
        """The lines of `status` on this year's records; the overview lists the same under 欠办."""
        return [item for item in waiting.items(self.opened) if item.year == self.at.year.year]

    @cached_property
    def figures(self) -> Values:
        """The counted figures as 年度监督工作总结 prints them."""
        return build(FIGURES.rows, self.at, {name: {} for name in FIGURES.rows})

    @cached_property
    def chart(self) -> list[Values]:
        """The projects as 挂图作战图 prints them."""
        reads: Any = {name: {} for name in ("编号", "状态", "逾期", "逾期天数", "完成时限")}
        drawn = chart(self.at)
        return [build(PROJECT.rows, RowOf(drawn, project), reads) for project in drawn.projects]

    # parts of what is printed

    def owed_codes(self, kind: str) -> set[str]:
        """The findings of which 清欠单 lists something of a kind."""
        return {row["事项"].split()[0] for _, row in self.owed if row["类别"] == kind}

    def waits(self, kind: str) -> set[str]:
        """The findings that `status` lists under a kind."""
        return {item.what.split()[0] for item in self.status if item.kind == kind}

    def replies(self, *, late: bool) -> set[str]:
        """文号 of the letters of which 清欠单 demands a reply: those past their day, or those due soon, within a month."""
        rows = [row for _, row in self.owed if row["类别"] == "回复"]
        days = {row["事项"].split()[1]: int(re.sub(r"\D", "", row["余天"])) for row in rows}
        past = {row["事项"].split()[1] for row in rows if row["余天"].startswith("已超")}
        return past if late else {number for number in days if number not in past and days[number] < MONTH}

    # the facts

    def facts(self) -> dict[str, dict[str, object]]:
        """Fact → view → what the view says of it."""
        return {**self._of_letters(), **self._of_findings(), **self._of_close_out(), **self._of_projects()}

    def _of_letters(self) -> dict[str, dict[str, object]]:
        warned = {d.message.split()[0] for d in rules.audit(self.at) if "还没有回复" in d.message}
        ahead = {
            item.what.split()[0] for item in self.due if item.kind == "回函" and self.at.is_near(item.day)
        }
        answered = {row["文号"] for row in self.letters if row["回复日期"]}
        demanded = {row["事项"].split()[1] for _, row in self.owed if row["类别"] == "回复"}
        late = {item.what.split("，")[0] for item in self.status if item.kind == "未回复"}
        issued = {row["对象"] for row in self.letters}
        return {
            "过期没有回复": {"清欠单": self.replies(late=True), "status": late, "check": warned},
            "临近要回复": {"清欠单": self.replies(late=False), "总览": ahead},
            "又回复又欠回复": {"没有": set(), "台账和清欠单": answered & demanded},
            "未印发": {
                "status": {
                    item.what.split()[1]
                    for item in self.status
                    if item.kind == "未印发" and item.what.startswith("整改函")
                },
                "台账": {letter.code for letter in self.at.year.letters if self._is_there(letter)} - issued,
            },
            "问题写入的函": {
                "函件": {code: values["文号"] for code, values in self.papers.items()},
                "台账": {code: row["整改函号"] for code, row in self.ledger.items()},
            },
            "发函的日子": {
                "函件": {code: _months_and_day(values["原函日期"]) for code, values in self.papers.items()},
                "总览": {code: self.step(code, "发函") for code in self.overview},
            },
            "写入函的记录数": {
                "台账": sum(row["整改函号"] is not None for row in self.ledger.values()),
                "总览": next(
                    int(link.number.split()[0]) for link in progress.chain(self.at) if link.name == "发整改函"
                ),
            },
        }

    def _is_there(self, letter: Letter) -> bool:
        """Whether the findings of a letter are all found; before, nobody could have drawn it up."""
        return all(self.at.is_found(self.at.year.finding_by_code[code]) for code in letter.findings)

    def _of_findings(self) -> dict[str, dict[str, object]]:
        states = {code: row["状态"] for code, row in self.ledger.items()}
        told = {code: values["进展"] for code, values in self.papers.items()}
        unproven = {
            code for code in told if told[code] and not self.papers[code]["佐证"] and states[code] != "已销号"
        }
        in_force = {unit.short_name for unit in self.at.year.units if unit.in_force(self.at.day)}
        of_unit = {code for code in unproven if self.ledger[code]["单位"] in in_force}
        return {
            "状态": {
                "函件": {code: values["状态"] for code, values in self.papers.items()},
                "台账": states,
                "总览": {code: going.state for code, going in self.overview.items()},
            },
            **{
                f"{state}的问题": {
                    "台账": {code for code in states if states[code] == state},
                    "status": self.waits(state),
                }
                for state in ("逾期", "临期", "待明确")
            },
            **{
                f"{name}数": {"台账": self._groups(name), "总结": self.figures[f"{name}数"]}
                for name in ("逾期", "临期", "待明确", "未到期", "申请销号", "持续整改")
            },
            "还要整改": {
                "台账": {
                    code
                    for code in states
                    if states[code] not in ("已销号", "申请销号") and self._is_near(self.ledger[code])
                },
                "清欠单": self.owed_codes("整改"),
            },
            "逾期天数": {
                "函件": {code: values["逾期天数"] for code, values in self.papers.items()},
                "台账": {code: row["逾期天数"] for code, row in self.ledger.items()},
                "总览": {
                    code: int(re.sub(r"\D", "", going.late)) if going.late else None
                    for code, going in self.overview.items()
                },
            },
            "进展": {
                "函件": {code: [f"{p['日期']}：{p['内容']}" for p in told[code]] for code in told},
                "台账": {code: _dated_lines(row["进展"]) for code, row in self.ledger.items()},
            },
            "最近的进展": {
                "函件": {
                    code: _months_and_day(told[code][-1]["日期"]) if told[code] else None for code in told
                },
                "总览": {code: self.step(code, "整改") for code in self.overview},
            },
            "佐证": {
                "函件": {
                    code: "、".join(p["名称"] for p in values["佐证"]) for code, values in self.papers.items()
                },
                "台账": {code: row["证据材料"] for code, row in self.ledger.items()},
            },
            "缺佐证": {"函件": unproven, "清欠单": self.owed_codes("佐证材料")},
            "缺佐证（在册单位）": {"函件": of_unit, "status": self.waits("缺佐证")},
        }

    def _is_near(self, row: Values) -> bool:
        """Whether the limit of a row of the ledger is past or near; one that is no day is always."""
        limit = row["延期后时限"] or row["完成时限"]
        return not isinstance(limit, date) or self.at.is_near(limit)

    def _groups(self, state: str) -> int:
        """How many findings of the ledger (one 序号 is one) are in a state: the worst of their rows."""
        worst: dict[int, str] = {}
        for row in self.ledger.values():
            worst[row["序号"]] = min(row["状态"], worst.get(row["序号"], STATES[-1]), key=STATES.index)
        return list(worst.values()).count(state)

    def _of_close_out(self) -> dict[str, dict[str, object]]:
        last = {code: values["本轮销号"] or {} for code, values in self.papers.items()}
        late = {code for code, values in self.papers.items() if values["超期销号"]}
        closed = {code for code, row in self.ledger.items() if row["销号日期"]}
        # where a round names no 申请日期, the overview prints its first day
        applied = {code for code in last if last[code].get("申请日期") and self.step(code, "申请")}
        return {
            "销号申请日": {
                "销号审核表": {code: last[code].get("申请日期") for code in last},
                "台账": {code: _long(row["销号申请日"]) for code, row in self.ledger.items()},
            },
            "申请的日子": {
                "销号审核表": {code: _months_and_day(last[code]["申请日期"]) for code in applied},
                "总览": {code: self.step(code, "申请") for code in applied},
            },
            "验收人": {
                "销号审核表": {code: last[code].get("核查人") for code in last},
                "台账": {code: row["验收人"] for code, row in self.ledger.items()},
            },
            "各轮结论": {
                "销号审核表": {
                    code: [r["结论"] for r in values["销号轮次"] if r["结论"]]
                    for code, values in self.papers.items()
                },
                "台账": {code: row["验收意见"].splitlines() for code, row in self.ledger.items()},
            },
            "销号日期": {
                "函件": {code: values["销号日期"] for code, values in self.papers.items()},
                "台账": {code: _long(row["销号日期"]) for code, row in self.ledger.items()},
            },
            "销号的日子": {
                "函件": {code: _months_and_day(values["销号日期"]) for code, values in self.papers.items()},
                "总览": {code: self.step(code, "销号") for code in self.overview},
            },
            "超期销号": {
                "函件": late,
                "台账": {
                    code
                    for code in closed
                    if isinstance(self.ledger[code]["完成时限"], date)
                    and self.ledger[code]["销号日期"] > self.ledger[code]["完成时限"]
                },
            },
            "逾期销号数": {
                "台账": len(self._all_closed() & {self.ledger[code]["序号"] for code in late}),
                "总结": self.figures["逾期销号数"],
            },
        }

    def _all_closed(self) -> set[int]:
        open_ones = {row["序号"] for row in self.ledger.values() if row["状态"] != "已销号"}
        return {row["序号"] for row in self.ledger.values()} - open_ones

    def _of_projects(self) -> dict[str, dict[str, object]]:
        drawn = gantt.chart(self.at)
        bars = drawn.bars if drawn else []
        rows = self._rows(PROJECTS)
        month = {_long(self.at.day + timedelta(days)) for days in range(MONTH)}
        return {
            "项目状态": {
                "作战图": {p["编号"]: "逾期" if p["逾期"] else p["状态"] for p in self.chart},
                "台账": {row["编号"]: row["状态"] for row in rows},
                "总览": {bar.words.split()[0]: bar.state for bar in bars},
            },
            "项目逾期天数": {
                "作战图": {p["编号"]: p["逾期天数"] if p["逾期"] else None for p in self.chart},
                "台账": {row["编号"]: row["逾期天数"] for row in rows},
                "总览": {
                    bar.words.split()[0]: int(re.sub(r"\D", "", bar.late)) if bar.late else None
                    for bar in bars
                },
            },
            "一月内到期的项目": {
                "作战图": {p["编号"] for p in self.chart if p["状态"] != "已完成" and p["完成时限"] in month},
                "总览": {item.what.split()[0] for item in self.due if item.kind == "项目"},
            },
        }


def _of_before(words: str) -> bool:
    """Whether a line is told of an earlier year's records."""
    return re.match(r"\d{4}年 ", words) is not None


def _dated_lines(words: str) -> list[str]:
    """2021-03-05：甲 → 2021年3月5日：甲, each line of a cell."""
    lines = (line.split("：", 1) for line in words.splitlines())
    return [f"{long_date(date.fromisoformat(day))}：{what}" for day, what in lines]


def differences(facts: Mapping[str, Mapping[str, object]]) -> list[str]:
    """The facts of which two views say different things, with what each of them says."""
    return [
        f"{fact}：" + "；".join(f"{view} {value}" for view, value in views.items())
        for fact, views in facts.items()
        if not _same(list(views.values()))
    ]


def _same(values: Iterable[object]) -> bool:
    first, *others = values
    return all(other == first for other in others)
