"""自查, 检查 and 画像: what units say of themselves, what the group sees (docs/使用手册/数据.md)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from liangqing.data.model.types import (
    LISTED,
    Blank,
    Day,
    DayOrText,
    ModelEntry,
    Ref,
    Text,
    Texts,
    Waivable,
    choice,
)

CONCENTRATED = "集中清查"
INSPECTION_KINDS = ("单项体检", "动态体检", CONCENTRATED, "专项监督", "抽查")


class TaskState(ModelEntry):
    """How far a unit says it is with a task."""

    task: Ref = Field(alias="任务")
    state: Text = Field(alias="状态")
    remark: Text | None = Field(None, alias="说明")
    evidence: Texts = Field((), alias="佐证")


class SelfFound(ModelEntry):
    """What a unit found of itself; never counted among the group's findings."""

    what: Text = Field(alias="描述")
    cause: Text | None = Field(None, alias="原因")
    measure: Text | None = Field(None, alias="措施")
    owner: Text | None = Field(None, alias="责任人")
    due: DayOrText | None = Field(None, alias="时限")
    state: Text | None = Field(None, alias="状态")


class SelfCheck(Waivable):
    """自查: what a unit handed in for a period."""

    code: Text = Field(alias="编号")
    unit: Ref = Field(alias="单位")
    period: Ref = Field(alias="期次")
    handed_in: Day | None = Field(None, alias="报送日期")
    signer: Blank | None = Field(None, alias="签字人")
    reviewed: Day | None = Field(None, alias="审核日期")
    reviewer: Text | None = Field(None, alias="审核人")
    result: Annotated[str | None, choice("通过", "退回补充")] = Field(None, alias="审核结果")
    sent_back_because: Text | None = Field(None, alias="退回理由")
    tasks: Annotated[tuple[TaskState, ...], LISTED] = Field((), alias="任务")
    self_found: Annotated[tuple[SelfFound, ...], LISTED] = Field((), alias="自查问题")
    supersedes: Ref | None = Field(None, alias="替代")

    @property
    def known_since(self) -> date:
        """When it was in, by what is known of it: handed in, else reviewed, else from the beginning."""
        return self.handed_in or self.reviewed or date.min


class TaskFound(ModelEntry):
    """How far the group saw a unit to be with a task."""

    unit: Ref = Field(alias="单位")
    task: Ref = Field(alias="任务")
    state: Text = Field(alias="状态")
    remark: Text | None = Field(None, alias="说明")
    evidence: Texts = Field((), alias="佐证")
    day: Day | None = Field(None, alias="日期")
    inspector: Text | None = Field(None, alias="检查人")


class FeedbackMeeting(ModelEntry):
    """Where the findings were told to a unit, on the spot."""

    unit: Ref = Field(alias="单位")
    day: Day = Field(alias="日期")
    where: Text | None = Field(None, alias="地点")
    chair: Text | None = Field(None, alias="主持人")
    recorder: Text | None = Field(None, alias="记录人")
    present: Texts = Field((), alias="出席")
    sitting_in: Texts = Field((), alias="列席")
    opinion: Text | None = Field(None, alias="单位意见")


class Inspection(Waivable):
    """检查: one organised inspection, however many units or days."""

    code: Text = Field(alias="编号")
    kind: Annotated[str, choice(*INSPECTION_KINDS)] = Field(alias="类型")
    name: Text = Field(alias="名称")
    begins: Day = Field(alias="开始日期")
    ends: Day | None = Field(None, alias="结束日期")
    units: Texts = Field(alias="单位", min_length=1)
    basis: Text | None = Field(None, alias="依据")
    tasks: Texts = Field((), alias="任务")
    to_prepare: Texts = Field((), alias="准备材料")
    team: Texts = Field((), alias="检查组")
    methods: Texts = Field((), alias="方式")
    together_with: Texts = Field((), alias="配合单位")
    results: Annotated[tuple[TaskFound, ...], LISTED] = Field((), alias="任务落实")
    meetings: Annotated[tuple[FeedbackMeeting, ...], LISTED] = Field((), alias="反馈会")

    @property
    def last_day(self) -> date:
        """结束日期, or the first day of an inspection of one day."""
        return self.ends or self.begins


class Portrait(Waivable):
    """画像: the group's judgement of a unit, in words."""

    inspection: Ref = Field(alias="检查")
    unit: Ref = Field(alias="单位")
    day: Day | None = Field(None, alias="日期")
    summary: Text = Field(alias="总体评价")
    strengths: Texts = Field((), alias="优点")
    weaknesses: Texts = Field((), alias="短板")
    risks: Texts = Field((), alias="风险")
    advice: Texts = Field((), alias="建议")
