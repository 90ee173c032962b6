"""机构 and 选项: the inspection group itself and how it works (docs/使用手册/数据.md)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any, TypeAlias

from pydantic import Field, field_validator, model_validator

from liangqing.base.dates import day_written
from liangqing.data.model.types import (
    DATE_PATTERN,
    LISTED,
    Contact,
    Day,
    DayCount,
    Heads,
    ModelEntry,
    ModelRecord,
    Organs,
    Postcode,
    SignedDays,
    Text,
    Texts,
    Whole,
    YearNumber,
    YesNo,
    choice,
    fail,
    whole,
    written,
)


class LocalDay(ModelEntry):
    """A day off, or a make-up working day, of the place itself."""

    day: Day = Field(alias="日期")
    name: Text = Field(alias="名称")
    off: YesNo = Field(alias="休")


class Group(ModelRecord):
    """机构"""

    name: Text = Field(alias="全称")
    mark: Text | None = Field(None, alias="标志")
    short_name: Text = Field("我组", alias="简称")
    authority: Text = Field(alias="派出机关")
    code: Text = Field(alias="机关代字")
    heads: Heads = Field(alias="负责人")
    contact: Contact | None = Field(None, alias="联系人")
    postal_address: Text | None = Field(None, alias="通信地址")
    postcode: Postcode | None = Field(None, alias="邮政编码")
    copies_to: Organs = Field((), alias="抄送")
    local_days: Annotated[tuple[LocalDay, ...], LISTED] = Field((), alias="地方假日")
    sample: YesNo = Field(False, alias="示例")


def _span(value: Any) -> tuple[date, date]:
    """2027-10-01, or 2027-10-01至2027-10-07."""
    refused = fail("应为日期或起止日期", advice="写成 2027-10-01 或 2027-10-01至2027-10-07")
    first, to, last = value.partition("至") if isinstance(value, str) else ("", "", "")
    begin, end = day_written(first), day_written(last if to else first)
    if begin is None or end is None or end < begin:
        raise refused
    return begin, end


Span: TypeAlias = Annotated[
    tuple[date, date], written(_span, type="string", pattern=f"^{DATE_PATTERN}(至{DATE_PATTERN})?$")
]
Spans: TypeAlias = Annotated[tuple[Span, ...], LISTED]


class Arrangement(ModelRecord):
    """调休: the days off of a year, and the weekend days that are worked, as they were published."""

    year: YearNumber = Field(alias="年度")
    off: Spans = Field(alias="放假", min_length=1)
    worked: Spans = Field((), alias="上班")

    @model_validator(mode="after")
    def _days_of_its_year(self) -> Arrangement:
        for key, spans in (("放假", self.off), ("上班", self.worked)):
            if any(day.year != self.year for span in spans for day in span):
                raise fail(
                    f"「{key}」里的日期不是 {self.year} 年的", key=key, advice="跨年的假期分开写在两个年度里"
                )
        return self

    def days(self) -> dict[date, bool]:
        """Day → 休, of every day that is named; a day that is worked stands over one that is off."""
        named = ((span, off) for spans, off in ((self.off, True), (self.worked, False)) for span in spans)
        return {
            first + timedelta(count): off
            for (first, last), off in named
            for count in range((last - first).days + 1)
        }


class Fonts(ModelEntry):
    """Which installed face stands for each class that the standard names."""

    title: Text = Field("方正小标宋简体", alias="小标宋")
    body: Text = Field("仿宋_GB2312", alias="仿宋")
    kai: Text = Field("楷体_GB2312", alias="楷体")
    hei: Text = Field("黑体", alias="黑体")
    song: Text = Field("宋体", alias="宋体")


class LadderStep(ModelEntry):
    """From so many days after the limit (negative: before) a paper of `kind` is proposed.

    The days are calendar days (`days`) or working days, one of them; `new_limit` is how many working days the
    paper then gives.
    """

    kind: Text = Field(alias="文种")
    days: SignedDays | None = Field(None, alias="天数")
    working_days: SignedDays | None = Field(None, alias="工作日")
    new_limit: DayCount | None = Field(None, alias="限期工作日")

    @property
    def in_words(self) -> str:
        """When it is due: 过了时限5个工作日, 到时限前3天, 到时限当天."""
        days = self.days if self.days is not None else self.working_days or 0
        unit = "天" if self.days is not None else "个工作日"
        if days == 0:
            return "到时限当天"
        return f"过了时限{days}{unit}" if days > 0 else f"到时限前{-days}{unit}"

    @model_validator(mode="after")
    def _one_kind_of_day(self) -> LadderStep:
        if (self.days is None) == (self.working_days is None):
            raise fail(
                "要写明过了时限多少天",
                key="天数",
                bare=True,
                advice="写「天数」（日历日）或「工作日」，负数是时限之前，只写一个",
            )
        return self


class Drafting(ModelEntry):
    """经办: who as a rule drafts, checks, countersigns and signs; what a record says of itself goes before."""

    drafter: Text | None = Field(None, alias="拟稿")
    checker: Text | None = Field(None, alias="核稿")
    consulted: Texts = Field((), alias="会签")
    signer: Text | None = Field(None, alias="签发")


ENVELOPES = ("DL", "ZL", "C5")  # GB/T 1416-2003: 220×110, 230×120 and 229×162 mm
ALL_ORGANS, HOST_ALONE = JOINT_MARKS = (
    "各机关",
    "主办机关",
)  # 7.2.4: whose names stand in the mark of a joint paper
CLOSING_GATES = ("核查人", "核查方式", "核查日期", "佐证", "双签", "核查人非责任人", "回头看日期")


def _first(value: Any) -> int:
    number = whole(value)
    if number < 1:
        raise fail("应为从 1 起的整数", advice="例如 {整改函: 5}")
    return number


FirstNumber: TypeAlias = Annotated[
    int,
    written(_first, type=["integer", "string"], minimum=1, maximum=999_999_999, pattern=r"^0*[1-9][0-9]*$"),
]


class Options(ModelRecord):
    """选项"""

    due_soon_days: DayCount = Field(10, alias="临期天数")
    backup_days: DayCount = Field(30, alias="备份提醒天数")
    numbering: Annotated[str, choice("按文种", "共用")] = Field("按文种", alias="文号序列")
    first_numbers: dict[str, FirstNumber] = Field({}, alias="文号起始")
    letter_layout: Annotated[str, choice("信函", "文件")] = Field("信函", alias="版式")
    fonts: Fonts = Field(Fonts.model_validate({}), alias="字体")
    signoff_copies: Whole = Field(2, alias="一式份数")
    levels: Texts = Field(("未部署", "已部署", "已落实", "已见效"), alias="四级状态")
    ladder: Annotated[tuple[LadderStep, ...], LISTED] = Field(
        tuple(
            LadderStep.model_validate({"文种": kind, "天数": days})
            for kind, days in (("提醒函", "-10"), ("督办函", "1"), ("约谈通知书", "30"))
        ),
        alias="督办阶梯",
    )
    closing_gates: Annotated[tuple[Annotated[str, choice(*CLOSING_GATES)], ...], LISTED] = Field(
        ("核查人", "核查方式", "核查日期"), alias="销号门槛"
    )
    resign_on_extension: YesNo = Field(False, alias="延期须重签")
    recheck_days: DayCount | None = Field(None, alias="回头看天数")
    months_without_inspection: DayCount = Field(12, alias="未检查月数")
    report_sources: Annotated[str, choice("附件", "正文", "不印")] = Field("附件", alias="体检报告出处")
    summary_waivers: YesNo = Field(False, alias="总结附放行")
    drafting: Drafting = Field(Drafting.model_validate({}), alias="经办")
    wants_signer: YesNo = Field(True, alias="登记签发人")
    envelope: Annotated[str, choice(*ENVELOPES)] = Field("DL", alias="信封")
    joint_mark: Annotated[str, choice(*JOINT_MARKS)] = Field(ALL_ORGANS, alias="联合标志")

    @field_validator("levels")
    @classmethod
    def _four_levels(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if len(value) != 4 or len(set(value)) != 4:
            raise fail(
                "应为四个不同的词，从低到高", bare=True, advice="例如 [未部署, 已部署, 已落实, 已见效]"
            )
        return value

    @field_validator("signoff_copies")
    @classmethod
    def _some_copies(cls, value: int) -> int:
        if not 1 <= value <= 20:
            raise fail("应为 1 到 20", advice="一般为 2")
        return value

    @field_validator("months_without_inspection")
    @classmethod
    def _some_months(cls, value: int) -> int:
        if not 1 <= value <= 120:
            raise fail("应为 1 到 120", advice="一般为 12，就是满一年没有检查的列出来")
        return value

    @field_validator("recheck_days")
    @classmethod
    def _some_days(cls, value: int) -> int:
        if not 1 <= value <= 3650:
            raise fail("应为 1 到 3650", advice="例如 90；不要自动定日子的，删掉这一行")
        return value

    @field_validator("first_numbers", mode="before")
    @classmethod
    def _numbers_by_kind(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            raise fail("应写明文种和起始号，从 1 起", advice="例如 {整改函: 5}")
        return value
