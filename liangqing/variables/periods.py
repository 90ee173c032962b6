"""Papers on a span of days (月报, 季报, 半年报, any 期间): the figures of it, beside the span before and that of last year."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from liangqing.base import spans
from liangqing.base.chinese import long_date
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse
from liangqing.base.spans import TimeSpan
from liangqing.data.model.findings import Finding
from liangqing.variables.about import Subject
from liangqing.variables.figures import FIGURES_OVER, SPAN_FIGURES, YEAR_FIGURES, Figure, in_state
from liangqing.variables.findings import FINDING
from liangqing.variables.owners import FindingOf
from liangqing.variables.table import VariableTable, record, records, text, texts
from liangqing.year.state import periods
from liangqing.year.state.periods import SpanCounted, YearShare
from liangqing.year.state.standing import APPLIED, CLOSED, DUE_SOON, OVERDUE, STATES, UNSETTLED, Standing

NO_DATA = "—"
FOUND, UNITS_FOUND = "发现问题数", "涉及单位数"
# What a reader has to know of the numbers side by side.
REMARK = "共性问题按一个计，计入先发现的那一期；销号、延期、反弹和期末的数含以前年度发现的问题"


@dataclass(frozen=True)
class PeriodSubject(Subject):
    """期间: a span of days that has begun, in a year that it touches."""

    span: TimeSpan

    @cached_property
    def counted(self) -> SpanCounted:
        """The span with its years; there are some where it has begun (`has_begun`)."""
        found = periods.over(self.at, self.span)
        assert found is not None, self.code
        return found

    @property
    def findings(self) -> Sequence[Finding]:
        return self.counted.shares[-1].at.found

    def answers_to(self, word: str) -> bool:
        return spans.span_written(word, self.at.year.year) == self.span


def has_begun(subject: PeriodSubject) -> bool:
    """Whether something can be counted of a span by the day."""
    return periods.over(subject.at, subject.span) is not None


def in_year(months: int) -> Callable[[Standing], Iterator[PeriodSubject]]:
    """What lists the spans of a year that have so many months."""

    def listed(at: Standing) -> Iterator[PeriodSubject]:
        return (of_span(at, span) for span in spans.in_year(at.year.year, months))

    return listed


def of_span(at: Standing, span: TimeSpan) -> PeriodSubject:
    """The subject of a span."""
    return PeriodSubject(at, span.code, span.name, at.year.checklist, span)


def named(at: Standing, word: str) -> Iterator[PeriodSubject]:
    """The span that a person names by a word, but for the whole year, which is listed; none where it names none."""
    span = spans.span_written(word, at.year.year)
    if span is not None and span.code != str(at.year.year):
        yield of_span(at, span)


def asked(at: Standing, text: str) -> SpanCounted:
    """The span that a person asks for, counted by the day of `at`.

    Raises Problems for a text that names none, for a span that has not begun, and where no year of it has data.
    """
    span = spans.span_written(text, at.year.year)
    if span is None:
        message = f"「{text}」看不出是从哪天到哪天"
        advice = "写成 2021-05、2021-2季度、2021-上半年，或 2021-03-10至2021-04-20"
        raise refuse(Code.SPAN_UNREADABLE, Place("期间"), message, advice)
    if at.day < span.first:
        message = f"{span.name}还没有开始，现在是{long_date(at.day)}"
        raise refuse(Code.SPAN_NOT_BEGUN, Place("期间"), message, "核对年月；到了那天再统计")
    counted = periods.over(at, span)
    if counted is None:
        years = "、".join(str(number) for number in sorted({*at.years, at.year.year}))
        message = f"{span.name}没有数据：有数据的年度是 {years}"
        raise refuse(Code.SPAN_WITHOUT_DATA, Place("期间"), message, "核对年份；有那一年的数据再统计")
    return counted


# one span beside others


class FigureCompared(NamedTuple):
    """A figure of the span, of the span before and of last year's; None where there are no data."""

    name: str
    measure: str
    now: int
    before: int | None
    year_before: int | None


class ComparedFigure(NamedTuple):
    """What is set side by side: what a report calls it, its measure, its figure, and how a sentence tells it.

    `with_earlier`: findings of earlier years are in it, for the work on them goes on; {} is the number, "" is not told.
    """

    name: str
    measure: str
    figure: str
    sentence: str = ""
    with_earlier: bool = False

    def number(self, counted: SpanCounted | None) -> int | None:
        """The number of a span; None where there are no data."""
        if counted is None:
            return None
        figure = _FIGURES[self.figure]
        return figure.with_earlier(counted) if self.with_earlier else figure.over(counted)


_FIGURES = {
    name: figure for name, figure in {**YEAR_FIGURES, **SPAN_FIGURES}.items() if isinstance(figure, Figure)
}
_ROWS: tuple[ComparedFigure, ...] = (
    ComparedFigure("集中监督检查", "次", "集中监督检查次数", "集中开展监督检查{}次"),
    ComparedFigure("其他检查", "次", "其他检查次数", "开展其他检查{}次"),
    ComparedFigure("检查发现问题", "个", FOUND, "检查发现问题{}个"),
    ComparedFigure("发现问题的单位", "个", UNITS_FOUND, "涉及{}个单位"),
    ComparedFigure("审核通过自查情况", "份", "自查份数", "审核通过自查情况{}份"),
    ComparedFigure("单位自查发现问题", "个", "自查问题数", "单位自查发现问题{}个"),
    ComparedFigure("印发整改函", "份", "整改函份数", "印发整改函{}份"),
    ComparedFigure("问题销号", "个", "销号数", "问题销号{}个", with_earlier=True),
    ComparedFigure("批准延期", "个", "延期数", "批准延期{}个", with_earlier=True),
    ComparedFigure("回头看反弹", "个", "新反弹数", "回头看反弹{}个", with_earlier=True),
    ComparedFigure("期末未销号", "个", "没有销号数", with_earlier=True),
    ComparedFigure("期末逾期", "个", "逾期数", with_earlier=True),
)


def compared(counted: SpanCounted) -> list[FigureCompared]:
    """The figures over a span, over the one before, and over the same of last year."""
    at = counted.shares[-1].at
    beside = (periods.span_before(counted), periods.span_year_before(counted))
    before, year_before = (_complete(periods.over(at, span)) for span in beside)
    return [
        FigureCompared(
            name=row.name,
            measure=row.measure,
            now=row.number(counted) or 0,
            before=row.number(before),
            year_before=row.number(year_before),
        )
        for row in _ROWS
    ]


def _with_numbers(counted: SpanCounted) -> list[FigureCompared]:
    return [row for row in compared(counted) if row.now or row.before or row.year_before]


def _complete(counted: SpanCounted | None) -> SpanCounted | None:
    """A span of which every year has data: half of it is no measure for another."""
    return None if counted is None or counted.missing else counted


def difference(now: int, other: int | None) -> str:
    """增加2, 减少2 or 持平 against another span; — where that has no data. Never a percentage: the numbers are small."""
    if other is None:
        return NO_DATA
    return "持平" if now == other else f"{'增加' if now > other else '减少'}{abs(now - other)}"


# in sentences


def _done_words(counted: SpanCounted) -> str:
    """What was done in a span, without what is zero; one sentence too where nothing was done."""
    told = {row: number for row in _ROWS if row.sentence and (number := row.number(counted))}
    if not any(
        row.figure == FOUND for row in told
    ):  # a record of a 共性 finding that counts in an earlier span
        told = {row: number for row, number in told.items() if row.figure != UNITS_FOUND}
    pieces = [row.sentence.format(number) for row, number in told.items()]
    return "，".join(pieces or [_NOTHING_DONE]) + "。"


_NOTHING_DONE = "没有开展检查、审核自查、印发整改函，也没有问题销号"


def _stand_words(counted: SpanCounted) -> str:
    """How the findings of the years that the span touches stand at its end, without what is zero."""
    found = sum(len(share.at.counted) for share in counted.shares)
    if not found:
        return "没有检查发现的问题。"
    open_now = sum(share.open for share in counted.shares)
    if not open_now:
        return f"检查发现问题{found}个，已全部销号。"
    closed = f"已销号{found - open_now}个，" if found > open_now else ""
    states = [(state, _in_state(counted.shares, state)) for state in STATES if state != CLOSED]
    told = "、".join(f"{_STATE_WORDS.get(state, state)}{number}个" for state, number in states if number)
    return f"检查发现问题{found}个，{closed}未销号{open_now}个，其中{told}。"


_STATE_WORDS = {DUE_SOON: "临近时限", UNSETTLED: "时限待明确", APPLIED: "已申请销号"}


def _in_state(shares: Sequence[YearShare], state: str) -> int:
    return sum(in_state(share.at, state) for share in shares)


def _earlier_words(counted: SpanCounted) -> str | None:
    """What became in the span of the findings of earlier years; None where there is nothing to tell."""
    closed = sum(share.closed for share in counted.earlier)
    open_now = sum(share.open for share in counted.earlier)
    overdue = _in_state(counted.earlier, OVERDUE)
    pieces = [
        f"本期销号{closed}个" if closed else "",
        f"未销号{open_now}个{f'（逾期{overdue}个）' if overdue else ''}" if open_now else "",
    ]
    told = "，".join(filter(None, pieces))
    return f"以前年度发现的问题，{told}。" if told else None


def still_open(counted: SpanCounted) -> list[FindingOf]:
    """The counted findings that are open at the end, the worst first; of earlier years after those of the span's.

    Of one 共性 mark the record that stands worst, which tells the units of all.
    """
    found: list[FindingOf] = []
    for shares in (counted.shares, counted.earlier):
        groups = [(share.at, group) for share in shares for group in share.at.counted]
        worst = [
            (at, min(group, key=lambda finding: STATES.index(at.state(finding)))) for at, group in groups
        ]
        in_order = sorted(worst, key=lambda told: STATES.index(told[0].state(told[1])))
        found += [FindingOf(at, finding) for at, finding in in_order if at.state(finding) != CLOSED]
    return found


_BEFORE = {spans.MONTH: "上月", spans.QUARTER: "上季度", spans.YEAR: "上年"}


COMPARED_ROW = VariableTable[FigureCompared](
    "期间对比行",
    {
        "项目": text("项目", lambda row: row.name),
        "单位": text("计量单位：次、个、份", lambda row: row.measure),
        "本期": text("本期的数", lambda row: str(row.now)),
        "上期": text("上期的数；没有数据的为 —", lambda row: _told(row.before)),
        "比上期": text("增加几、减少几、持平；没有数据的为 —", lambda row: difference(row.now, row.before)),
        "上年同期": text("上年同期的数；没有数据的为 —", lambda row: _told(row.year_before)),
        "比上年同期": text(
            "增加几、减少几、持平；没有数据的为 —", lambda row: difference(row.now, row.year_before)
        ),
    },
)


def _told(number: int | None) -> str:
    return NO_DATA if number is None else str(number)


SPAN = VariableTable[SpanCounted](
    "期间",
    {
        "名称": text(
            "2021年5月、2021年第二季度、2021年3月10日至2021年4月20日", lambda counted: counted.whole.name
        ),
        "编号": text("2021-05、2021-2季度、2021-上半年", lambda counted: counted.whole.code),
        "起": text("第一天", lambda counted: long_date(counted.span.first)),
        "止": text("最后一天；还没有过完的，到统计的那天", lambda counted: long_date(counted.span.last)),
        "截至": text(
            "还没有过完的，写明统计到哪天；过完了的没有",
            lambda counted: None if counted.span == counted.whole else long_date(counted.span.last),
            optional=True,
        ),
        "数字": record(FIGURES_OVER, "统计数字，口径与全年的数字相同", lambda counted: counted),
        "本期情况": text("本期做了什么，连成一句，没有的不写", _done_words),
        "期末情况": text("到期末本年度的问题办得怎样，连成一句，没有的不写", _stand_words),
        "往年情况": text("以前年度的问题在本期办得怎样；没有的为空", _earlier_words, optional=True),
        "上期称": text(
            "上月、上季度、上年，别的称 上期",
            lambda counted: _BEFORE.get(counted.whole.length or 0, "上期"),
        ),
        "对比": records(
            COMPARED_ROW,
            "与上期、上年同期比较，一项一行；销号、延期、反弹和期末的数含以前年度的问题",
            compared,
        ),
        "有数的对比": records(COMPARED_ROW, "其中三期不全是零的", _with_numbers),
        "未销号问题": records(FINDING, "期末没有销号的问题，逾期的在前，以前年度的在后", still_open),
        "没有数据的年度": texts(
            "期间里没有数据的年度，没有计入", lambda counted: [str(number) for number in counted.missing]
        ),
    },
)
