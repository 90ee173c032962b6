"""Variables of 文书: letters and papers that a person decides to write, and what the year knows of them."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from liangqing.base.chinese import enumerate_words, long_date
from liangqing.data.model.follow_up import WrittenPaper
from liangqing.variables.duties import UnitOf
from liangqing.variables.owners import FindingOf
from liangqing.variables.papers import Subject
from liangqing.variables.table import number, records, table, text, texts
from liangqing.year.state.standing import CLOSED, OVERDUE, STATES

FEW = 2  # units that are named one by one


def _record(it: Subject) -> WrittenPaper:
    assert it.written is not None
    return it.written


def _day(day: date | None) -> str | None:
    return None if day is None else long_date(day)


def _units_in_words(it: Subject) -> str:
    names = [each.short_name for each in it.units]
    return enumerate_words(names) if len(names) <= FEW else f"{names[0]}等{len(names)}家单位"


def _address(it: Subject) -> str:
    return it.units[0].address if len(it.units) == 1 else "你们"


def _next_step(it: Subject) -> str | None:
    """The kind that 选项.督办阶梯 has after this one, with those of one kind taken together."""
    kinds = list(dict.fromkeys(step.kind for step in it.at.year.options.ladder))
    kind = _record(it).kind
    after = kinds[kinds.index(kind) + 1 :] if kind in kinds else []
    return after[0] if after else None


class Sort(NamedTuple):
    """Findings that count as one."""

    findings: tuple[FindingOf, ...]

    @property
    def state(self) -> str:
        """The worst state of them."""
        return min((each.at.state(each.finding) for each in self.findings), key=STATES.index)


def _sorts(it: Subject) -> list[Sort]:
    """The findings of the paper, those of one 共性 mark together."""
    groups: dict[tuple[str, str], list[FindingOf]] = {}
    for each in it.found:
        common = each.finding.common
        groups.setdefault(("共性", common) if common else ("编号", each.finding.code), []).append(each)
    return [Sort(tuple(group)) for group in groups.values()]


def _by_unit(it: Sort) -> dict[str, str]:
    """The units of the findings, each with its own worst state."""
    units: dict[str, str] = {}
    for each in it.findings:
        name, state = each.at.year.unit(each.finding.unit).short_name, each.at.state(each.finding)
        units[name] = min(state, units.get(name, state), key=STATES.index)
    return units


SORT = table(
    "通报问题",
    {
        "名称": text("问题名称", lambda it: it.findings[0].finding.name),
        "单位名称": text("涉及的单位，顿号隔开", lambda it: enumerate_words(_by_unit(it))),
        "单位状态": text(
            "涉及的单位，各自的状态写在括号里",
            lambda it: enumerate_words(f"{name}（{state}）" for name, state in _by_unit(it).items()),
        ),
        "状态": text("其中最需要抓紧的状态", lambda it: it.state),
    },
)

WRITTEN = table(
    "文书",
    {
        "编号": text("内部编号", lambda it: it.code),
        "文种": text("写的是哪个文种", lambda it: _record(it).kind),
        "单位": records("单位", "所涉及的单位", lambda it: [UnitOf(it.at, each) for each in it.units]),
        "单位名称": text("所涉及单位的简称；三家以上的只写第一家和家数", _units_in_words),
        "主送": text("主送机关；没有写单位也没有写主送时是 各单位", lambda it: it.addressee or "各单位"),
        "称谓": text("函中对它的称呼；几家单位时是 你们", _address),
        "事由": text("标题里的事由", lambda it: _record(it).subject),
        "问题": records("问题", "所涉及的问题，也可以是以前年度的", lambda it: it.found),
        "抄送": texts(
            "抄送机关",
            lambda it: it.at.year.group.copies_to if _record(it).copies_to is None else _record(it).copies_to,
        ),
        "新时限": text("新的时限", lambda it: _day(_record(it).new_limit), optional=True),
        "未完成事项": texts("还没有完成的事项", lambda it: _record(it).unfinished),
        "要求": texts("要求", lambda it: _record(it).demands),
        "原因": text("原因", lambda it: _record(it).reason, optional=True),
        "建议": texts("建议", lambda it: _record(it).advice),
        "时间": text("约谈时间，可以空着待手写", lambda it: _record(it).when, optional=True),
        "地点": text("约谈地点，可以空着待手写", lambda it: _record(it).where, optional=True),
        "对象职务": text("约谈对象的职务", lambda it: _record(it).post, optional=True),
        "约谈人": text("约谈人", lambda it: _record(it).talker, optional=True),
        "记录人": text("记录人", lambda it: _record(it).recorder, optional=True),
        "问题数": number("所涉及的问题，共性问题按一个计", lambda it: len(_sorts(it))),
        "涉及单位数": number(
            "所涉及问题的单位", lambda it: len({f.at.year.unit(f.finding.unit).code for f in it.found})
        ),
        "已销号数": number("其中已销号的", lambda it: sum(each.state == CLOSED for each in _sorts(it))),
        "逾期数": number("其中逾期的", lambda it: sum(each.state == OVERDUE for each in _sorts(it))),
        "归类": records("通报问题", "所涉及的问题，共性问题归在一起，不写人", _sorts),
        "更正": text("所更正的那份文书的文号", lambda it: _record(it).corrects, optional=True),
        "下一步": text("督办阶梯里下一步的文种；已是最后一步时没有", _next_step, optional=True),
    },
)
