"""清单 and 单位: who has to do what in a year (docs/使用手册/数据.md)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from pydantic import Field

from liangqing.data.model.types import (
    LISTED,
    Contact,
    Day,
    DayOrText,
    Heads,
    ModelEntry,
    Postcode,
    Ref,
    Text,
    Texts,
    Waivable,
    YearNumber,
    choice,
)

PARTY_KINDS = ("党组", "党委", "党总支", "党支部")
UNIT_KINDS = (*PARTY_KINDS, "单位")


class Consultation(ModelEntry):
    """Until when, and whom, the draft asks."""

    closes: Day | None = Field(None, alias="截止日期")
    units: Texts | None = Field(None, alias="单位")


class Period(ModelEntry):
    """One round of self-checks."""

    name: Text = Field(alias="名称")
    due: Day = Field(alias="报送截止日期")
    units: Texts | None = Field(None, alias="单位")
    case: Ref | None = Field(None, alias="案例")


class Drafted(ModelEntry):
    """What the draft that opinions were asked on said of a task, where it was changed since."""

    task: Text | None = Field(None, alias="具体任务")
    responsible: Texts | None = Field(None, alias="责任主体")
    methods: Texts | None = Field(None, alias="监督方式")
    due: DayOrText | None = Field(None, alias="完成时限")
    evidence: Texts | None = Field(None, alias="佐证材料")
    note: Text | None = Field(None, alias="备注")


class Task(ModelEntry):
    """A row of the checklist."""

    code: Text = Field(alias="编号")
    content: Text = Field(alias="监督内容")
    task: Text = Field(alias="具体任务")
    responsible: Texts = Field(alias="责任主体", min_length=1)
    methods: Texts = Field(alias="监督方式", min_length=1)
    due: DayOrText = Field(alias="完成时限")
    evidence: Texts = Field((), alias="佐证材料")
    added: Day | None = Field(None, alias="增补日期")
    stopped: Day | None = Field(None, alias="停止日期")
    continues: Ref | None = Field(None, alias="沿用")
    note: Text | None = Field(None, alias="备注")
    draft: Drafted | None = Field(None, alias="征求意见稿")

    def as_drafted(self) -> Task:
        """The task as the draft had it."""
        said = {} if self.draft is None else {name: value for name, value in self.draft if value is not None}
        return self.model_copy(update=said)

    def in_force(self, day: date) -> bool:
        """Whether the task is owed on `day`."""
        return (self.added is None or self.added <= day) and (self.stopped is None or day < self.stopped)


DRAFT, FINAL = "征求意见稿", "正式稿"


class Checklist(Waivable):
    """清单"""

    year: YearNumber = Field(alias="年度")
    title: Text = Field(alias="标题")
    stage: Annotated[str, choice(DRAFT, FINAL)] = Field(alias="阶段")
    consultation: Consultation | None = Field(None, alias="征求意见")
    figures_date: Day | None = Field(None, alias="统计截止日期")
    basis: Texts = Field(alias="依据", min_length=1)
    requirements: Texts = Field((), alias="印发要求")
    periods: Annotated[tuple[Period, ...], LISTED] = Field((), alias="自查期次")
    tasks: Annotated[tuple[Task, ...], LISTED] = Field(alias="任务", min_length=1)


class Unit(Waivable):
    """单位: a party organisation or office that is supervised."""

    code: Text = Field(alias="编号")
    name: Text = Field(alias="名称")
    short: Text | None = Field(None, alias="简称")
    address: Text = Field("你单位", alias="称谓")
    kind: Annotated[str, choice(*UNIT_KINDS)] = Field(alias="类型")
    party: Ref | None = Field(None, alias="党组织")
    above: Ref | None = Field(None, alias="上级")
    heads: Heads = Field(alias="负责人")
    liaison: Contact | None = Field(None, alias="联络员")
    postal_address: Text | None = Field(None, alias="通信地址")
    postcode: Postcode | None = Field(None, alias="邮政编码")
    founded: Day | None = Field(None, alias="成立日期")
    abolished: Day | None = Field(None, alias="撤销日期")
    successor: Ref | None = Field(None, alias="承接单位")
    situation: Text | None = Field(None, alias="基本情况")

    @property
    def short_name(self) -> str:
        """简称, or the full name where there is none."""
        return self.short or self.name

    def called(self) -> Iterator[str]:
        """What a text may call the unit: 名称 and 简称, and both without 党支部 and the like at their end.

        Of a 简称 only where the full name does not hold what is left: 灵川局 is a name, 办公室 is a word.
        """
        yield self.name
        bare = self.name.removesuffix(self.kind)
        if bare and self.kind in PARTY_KINDS:
            yield bare
        if self.short is not None:
            yield self.short
            bare = self.short.removesuffix(self.kind)
            if self.kind in PARTY_KINDS and bare not in self.name:
                yield bare

    def in_force(self, day: date) -> bool:
        """Whether the unit exists on `day`."""
        return (self.founded is None or self.founded <= day) and self.is_there_until(day)

    def is_there_until(self, day: date) -> bool:
        """Whether the unit is not dissolved by `day`."""
        return self.abolished is None or day < self.abolished
