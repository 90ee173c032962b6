"""Variables of the sentences of the yearly summary that list figures: what there is none of is not said."""

from __future__ import annotations

from typing import NamedTuple

from liangqing.variables.accountability import accountability
from liangqing.variables.figures import FIGURES, rated
from liangqing.variables.table import VariableTable, flag, number, records, text
from liangqing.year.state.standing import APPLIED, CONTINUING, DUE_SOON, NOT_DUE, OVERDUE, UNSETTLED, Standing


class MainFigure(NamedTuple):
    """A figure of the summary: what is counted, how many, and how it is counted."""

    what: str
    amount: int
    unit: str
    rule: str


# What is counted, by the name of its figure: unit, and how it is counted.
_RULES = {
    "自查份数": ("收到并审核自查情况", "份", "审核通过的自查情况；补正后重报的不重复计"),
    "集中监督检查次数": ("集中开展监督检查", "次", "一次组织计一次，不按单位数和天数计"),
    "其他检查次数": ("开展其他检查", "次", "单项体检、动态体检、专项监督和抽查"),
    "发现问题数": ("发现并督促整改问题", "个", "各类检查发现的问题；共性问题计一个；自查问题不计入"),
    "涉及单位数": ("问题涉及单位", "个", "被发现问题的单位，不重复计"),
    "自查问题数": ("自查发现问题", "个", "各单位自查报告的问题，与检查发现的问题不相加"),
    "整改函份数": ("发出整改函", "份", "已编号印发的整改函；作废和更正的不计"),
}
_IN_SHORT = ("自查份数", "集中监督检查次数", "发现问题数", "整改函份数")


def _counted(at: Standing, name: str) -> MainFigure:
    what, unit, rule = _RULES[name]
    count = FIGURES.rows[name].read(at, {})
    assert isinstance(count, int)
    return MainFigure(what, count, unit, rule)


def _main(at: Standing) -> list[MainFigure]:
    """Those that are not nought, in the order of the summary."""
    return [figure for name in _RULES if (figure := _counted(at, name)).amount]


def _in_short(at: Standing) -> str:
    figures = (_counted(at, name) for name in _IN_SHORT)
    told = [f"{figure.what}{figure.amount}{figure.unit}" for figure in figures if figure.amount]
    return "，".join(told) or "还没有开展检查"


def _open(at: Standing) -> str | None:
    """How the open ones of 应整改 stand, in words; None: none is open."""
    near = at.year.options.due_soon_days
    words = {
        NOT_DUE: "尚在整改时限以内的{}个",
        DUE_SOON: f"{near}日内到期的{{}}个",
        OVERDUE: "超过整改时限的{}个",
        APPLIED: "已申请销号的{}个",
        CONTINUING: "阶段性完成、继续整改的{}个",
        UNSETTLED: "整改时限待明确的{}个",
    }
    counts = {state: rated(at).due_in(state) for state in words}
    told = [words[state].format(count) for state, count in counts.items() if count]
    return "，".join(told) or None


def held_accountable(at: Standing) -> str | None:
    """问责统计 in a sentence, what there is none of left out; None: there is none at all."""
    told = [f"{row.kind}{row.times}次" for row in accountability(at) if row.times]
    return "，".join(told) or None


def _has_common(at: Standing) -> bool:
    return any(len(group) > 1 for group in at.counted)


MAIN_FIGURE = VariableTable[MainFigure](
    "主要数字行",
    {
        "项目": text("数的是什么", lambda figure: figure.what),
        "数量": number("多少", lambda figure: figure.amount),
        "单位": text("份、次、个", lambda figure: figure.unit),
        "口径": text("怎样数的", lambda figure: figure.rule),
    },
)

SENTENCES = VariableTable[Standing](
    "总结句",
    {
        "主要数字": records(MAIN_FIGURE, "主要数字和统计口径，没有的不列", _main),
        "总体": text("自查、集中检查、问题、整改函各多少，没有的不说", _in_short),
        "未销号": text("应整改、没有销号的问题各处在什么情况，没有的不说", _open, optional=True),
        "有共性": flag("有没有涉及几个单位的共性问题", _has_common),
    },
)
