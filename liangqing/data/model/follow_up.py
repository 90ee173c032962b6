"""征求意见, 典型案例, 监督记录, 文书, 送达, 整改反馈, 项目 and 问责统计 (docs/使用手册/数据.md)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from liangqing.data.model.findings import Digest, Evidence, KeptFile, WordFileName
from liangqing.data.model.types import (
    LISTED,
    CopyNumber,
    Day,
    ModelEntry,
    ModelRecord,
    Organs,
    PaperNumber,
    Ref,
    Text,
    Texts,
    Urgency,
    Waivable,
    Whole,
    YesNo,
    choice,
    fail,
)

ADOPTED, PARTLY_ADOPTED, NOT_ADOPTED, NO_OPINION = "采纳", "部分采纳", "未采纳", "无意见"


class Opinion(Waivable):
    """征求意见: what a unit said of the draft checklist; 无意见 is recorded too."""

    code: Text = Field(alias="编号")
    unit: Ref = Field(alias="单位")
    task: Ref | None = Field(None, alias="任务")
    opinion: Text | None = Field(None, alias="意见")
    decision: Annotated[str | None, choice(ADOPTED, PARTLY_ADOPTED, NOT_ADOPTED, NO_OPINION)] = Field(
        None, alias="处理"
    )
    reason: Text | None = Field(None, alias="理由")
    day: Day | None = Field(None, alias="日期")


class Case(Waivable):
    """典型案例: a notice of cases to learn from, and what is asked of the units."""

    code: Text = Field(alias="编号")
    source: Text = Field(alias="来源")
    name: Text = Field(alias="名称")
    cases: Texts = Field(alias="案例", min_length=1)
    published: Day | None = Field(None, alias="通报日期")
    study_by: Day | None = Field(None, alias="学习期限")
    scope: Text | None = Field(None, alias="自查范围")
    hand_in_by: Day | None = Field(None, alias="报送期限")
    hand_in_how: Text | None = Field(None, alias="报送方式")
    similar: Text | None = Field(None, alias="类似问题")


class Observation(Waivable):
    """监督记录: dynamic supervision; it holds no finding."""

    day: Day = Field(alias="日期")
    unit: Ref = Field(alias="单位")
    method: Text = Field(alias="方式")
    nature: Annotated[str, choice("了解", "鼓励", "提醒")] = Field(alias="性质")
    what: Text = Field(alias="内容")
    task: Ref | None = Field(None, alias="任务")


class WrittenPaper(Waivable):
    """文书: every other letter that a person decides to write."""

    code: Text = Field(alias="编号")
    kind: Text = Field(alias="文种")
    units: Texts = Field((), alias="单位")
    findings: Texts = Field((), alias="问题")
    subject: Text = Field(alias="事由")
    addressee: Text | None = Field(None, alias="主送")
    copies_to: Organs | None = Field(None, alias="抄送")
    jointly_with: Organs = Field((), alias="联合")
    urgency: Urgency | None = Field(None, alias="紧急程度")
    copy_number: CopyNumber | None = Field(None, alias="份号")
    new_limit: Day | None = Field(None, alias="新时限")
    unfinished: Texts = Field((), alias="未完成事项")
    demands: Texts = Field((), alias="要求")
    reason: Text | None = Field(None, alias="原因")
    advice: Texts = Field((), alias="建议")
    body_file: WordFileName | None = Field(None, alias="正文文件")
    when: Text | None = Field(None, alias="时间")
    where: Text | None = Field(None, alias="地点")
    post: Text | None = Field(None, alias="对象职务")
    talker: Text | None = Field(None, alias="约谈人")
    recorder: Text | None = Field(None, alias="记录人")
    corrects: Text | None = Field(None, alias="更正")
    drafter: Text | None = Field(None, alias="拟稿")
    checker: Text | None = Field(None, alias="核稿")
    consulted: Texts = Field((), alias="会签")
    signers: Texts = Field((), alias="签发人")


class Delivery(ModelRecord):
    """送达: to whom and when a paper was handed over; the paper by number, or by kind and subject.

    Whom a paper with a number went to is known (`delivered_to`): 单位 is written where it went to several.
    """

    number: PaperNumber | None = Field(None, alias="文号")
    kind: Text | None = Field(None, alias="文种")
    subject: Text | None = Field(None, alias="对象")
    unit: Ref | None = Field(None, alias="单位")
    day: Day = Field(alias="日期")
    receiver: Text | None = Field(None, alias="签收人")
    carrier: Text | None = Field(None, alias="送达人")
    way: Text | None = Field(None, alias="方式")
    remark: Text | None = Field(None, alias="备注")

    @model_validator(mode="after")
    def _names_a_paper(self) -> Delivery:
        if (self.number is None) == (self.kind is None or self.subject is None):
            raise fail(
                "送达要写明是哪份文书：写「文号」，或写「文种」和「对象」",
                key="文号",
                advice="编文号的写「文号」，不编号的写「文种」和「对象」，不要都写",
            )
        if self.number is None and self.unit is None:
            raise fail("送达不编文号的文书，要写送给哪个单位", key="单位", advice="补上「单位」")
        return self

    @property
    def label(self) -> str:
        return f"送达 {self.unit or self.number}"


ANSWER, OPINIONS_ANSWER = "回复", "征求意见回复"
INCOMING_KINDS = (ANSWER, OPINIONS_ANSWER, "请示报告", "来函", "通知", "其他")


class Incoming(Waivable):
    """收文: a paper that came in on paper or by mail; 编号 is its 收文号, `answers` the 文号 of ours that it answers.

    Forms that `collect` takes in are not entered here: the register of incoming papers shows them by themselves.
    `sender` is a unit's 编号, 名称 or 简称, or any other organ in words.
    """

    code: Text = Field(alias="编号")
    sender: Text = Field(alias="来文单位")
    number: Text | None = Field(None, alias="来文字号")
    title: Text = Field(alias="题名")
    written: Day | None = Field(None, alias="成文日期")
    day: Day = Field(alias="收文日期")
    copies: Whole = Field(1, alias="份数")
    kind: Annotated[str, choice(*INCOMING_KINDS)] = Field(alias="种类")
    answers: PaperNumber | None = Field(None, alias="对应")
    proposal: Text | None = Field(None, alias="拟办")
    handler: Text | None = Field(None, alias="承办")
    done: Day | None = Field(None, alias="办结日期")
    file: KeptFile | None = Field(None, alias="文件")
    digest: Digest | None = Field(None, alias="校验码")


class Feedback(Waivable):
    """整改反馈: what a unit hands in on a letter."""

    code: Text = Field(alias="编号")
    letter: Ref = Field(alias="整改函")
    finding: Ref = Field(alias="问题")
    day: Day = Field(alias="日期")
    measures: Text | None = Field(None, alias="措施")
    outcome: Text = Field(alias="完成情况")
    done: Day | None = Field(None, alias="完成日期")
    evidence: Annotated[tuple[Evidence, ...], LISTED] = Field((), alias="佐证")
    asks_to_close: YesNo = Field(False, alias="申请销号")


class Milestone(ModelEntry):
    """里程碑"""

    day: Day = Field(alias="日期")
    name: Text = Field(alias="名称")
    done: YesNo = Field(False, alias="完成")


class Project(Waivable):
    """项目: a row of the wall chart."""

    code: Text = Field(alias="编号")
    name: Text = Field(alias="项目")
    source: Text = Field(alias="来源")
    goal: Text = Field(alias="目标")
    responsible: Texts = Field(alias="责任单位", min_length=1)
    together_with: Texts = Field((), alias="配合单位")
    owner: Text | None = Field(None, alias="责任人")
    begins: Day = Field(alias="开始日期")
    due: Day = Field(alias="完成时限")
    milestones: Annotated[tuple[Milestone, ...], LISTED] = Field((), alias="里程碑")
    progress: Text | None = Field(None, alias="进展")
    state: Annotated[str | None, choice("未启动", "推进中", "已完成")] = Field(None, alias="状态")
    done: Day | None = Field(None, alias="完成日期")


class Accountability(ModelRecord):
    """问责统计: counts only, of what has no paper here."""

    day: Day = Field(alias="日期")
    kind: Annotated[str, choice("提醒谈话", "问责建议", "第一种形态", "移送问题线索")] = Field(alias="类别")
    count: Whole = Field(alias="数量")
