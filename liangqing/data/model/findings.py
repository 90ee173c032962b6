"""问题, 双签, 整改函 and 总结: what was found, who answers for it until when, and what was written."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Annotated, Any, TypeAlias

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from liangqing.base.dates import why_no_day
from liangqing.data.model.types import (
    LISTED,
    Blank,
    CopyNumber,
    Day,
    DayOrText,
    ModelEntry,
    ModelRecord,
    Organs,
    Ref,
    Text,
    Texts,
    Urgency,
    Waivable,
    YesNo,
    choice,
    fail,
    matches,
    written,
)

IMMEDIATE, WITHIN_LIMIT, ONGOING = "立行立改", "限期整改", "长期坚持"
BEFORE, AFTER = "整改前", "整改后"  # what a picture shows
CONTENT_CODE_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def six_signs(text: str) -> str:
    """A content code: six signs that another text is most unlikely to have."""
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    return "".join(CONTENT_CODE_SIGNS[(number >> (5 * place)) & 31] for place in range(6))


def _in_capitals(value: Any) -> Any:
    return value.strip().upper() if isinstance(value, str) else value


class Responsibility(ModelEntry):
    """责任: always to a person."""

    department: Text | None = Field(None, alias="部门")
    leader: Text | None = Field(None, alias="责任领导")
    person: Text = Field(alias="责任人")
    post: Text | None = Field(None, alias="职务")


class ResponsibilityChange(ModelEntry):
    """责任变更: who answers from `day` on, and why."""

    day: Day = Field(alias="日期")
    person: Text = Field(alias="责任人")
    post: Text | None = Field(None, alias="职务")
    department: Text | None = Field(None, alias="部门")
    reason: Text = Field(alias="理由")


class Extension(ModelEntry):
    """延期: moves the limit; the original stays visible."""

    approved: Day = Field(alias="批准日期")
    limit: Day = Field(alias="新时限")
    reason: Text = Field(alias="理由")
    approver: Text = Field(alias="批准人")
    late_because: Text | None = Field(None, alias="补批原因")


_SIGNS = r'[^/\\:*?"<>|\x00-\x1f]'  # of the name of a file, on any system
# Names with at most three folders before them, none of which begins with a dot.
_FILE = rf"(?!\.)({_SIGNS}+/(?!\.)){{0,3}}{_SIGNS}+"


KeptFile: TypeAlias = Annotated[
    str,
    written(
        matches(_FILE, "应为年度文件夹里“佐证”下面的文件名，如 W2021-01/照片.jpg"),
        type="string",
        pattern=f"^{_FILE}$",
    ),
]  # its name below 佐证/ of the year's folder
WordFileName: TypeAlias = Annotated[
    str,
    written(
        matches(
            rf"{_FILE}\.[dD][oO][cC][xX]", "应为年度文件夹里“正文”下面的 .docx 文件名，如 关于某某的函.docx"
        ),
        type="string",
        pattern=rf"^{_FILE}\.[dD][oO][cC][xX]$",
    ),
]  # its name below 正文/ of the year's folder
Digest: TypeAlias = Annotated[
    str,
    written(matches("[0-9a-f]{64}", "应为程序登记的 64 位校验码"), type="string", pattern="^[0-9a-f]{64}$"),
]  # SHA-256 of a file when it was taken in


class Evidence(ModelEntry):
    """佐证; `file` stands below 佐证/ of the year's folder, `digest` is its SHA-256 when it was taken in."""

    name: Text = Field(alias="名称")
    day: Day | None = Field(None, alias="日期")
    remark: Text | None = Field(None, alias="说明")
    file: KeptFile | None = Field(None, alias="文件")
    digest: Digest | None = Field(None, alias="校验码")
    phase: Annotated[str | None, choice(BEFORE, AFTER)] = Field(None, alias="阶段")

    @property
    def proves(self) -> bool:
        """Whether it can show that something was done: what shows how it was before can't."""
        return self.phase != BEFORE


class Progress(ModelEntry):
    """进展"""

    day: Day = Field(alias="日期")
    what: Text = Field(alias="内容")
    evidence: Annotated[tuple[Evidence, ...], LISTED] = Field((), alias="佐证")


class ClosingRound(ModelEntry):
    """销号: one round from application to conclusion; each round is kept."""

    applied: Day | None = Field(None, alias="申请日期")
    verified: Day | None = Field(None, alias="核查日期")
    verifier: Text | None = Field(None, alias="核查人")
    method: Text | None = Field(None, alias="核查方式")
    seen: Text | None = Field(None, alias="核查情况")
    approver: Text | None = Field(None, alias="审批人")
    conclusion: Annotated[str | None, choice("同意销号", "退回", "阶段性完成")] = Field(None, alias="结论")
    closed: Day | None = Field(None, alias="销号日期")
    recheck_on: Day | None = Field(None, alias="回头看计划")

    @property
    def begun(self) -> date | None:
        """The first day that the round names; None: it names none."""
        return self.applied or self.verified or self.closed

    @property
    def concluded(self) -> date | None:
        """The last day that the round names, on which its 结论 was reached; None: it names none."""
        return self.closed or self.verified or self.applied


class Recheck(ModelEntry):
    """回头看"""

    day: Day = Field(alias="日期")
    result: Annotated[str, choice("巩固", "反弹")] = Field(alias="结果")
    remark: Text | None = Field(None, alias="说明")
    recheck_on: Day | None = Field(None, alias="回头看计划")


class Finding(Waivable):
    """问题: the only home of responsibility and time limit."""

    code: Text = Field(alias="编号")
    inspection: Ref = Field(alias="检查")
    unit: Ref = Field(alias="单位")
    common: Text | None = Field(None, alias="共性")
    task: Ref | None = Field(None, alias="任务")
    name: Text = Field(alias="名称")
    facts: Text = Field(alias="事实")
    clause: Text | None = Field(None, alias="依据")
    category: Annotated[str | None, choice(IMMEDIATE, WITHIN_LIMIT, ONGOING)] = Field(None, alias="整改类别")
    goal: Text | None = Field(None, alias="整改目标")
    demand: Text | None = Field(None, alias="整改要求")
    measures: Texts = Field((), alias="整改措施")
    responsibility: Responsibility | None = Field(None, alias="责任")
    limit: DayOrText | None = Field(None, alias="整改时限")
    changes: Annotated[tuple[ResponsibilityChange, ...], LISTED] = Field((), alias="责任变更")
    extensions: Annotated[tuple[Extension, ...], LISTED] = Field((), alias="延期")
    found: Day | None = Field(None, alias="发现日期")
    found_apart: Text | None = Field(None, alias="发现说明")
    seen_on_site: Annotated[tuple[Evidence, ...], LISTED] = Field((), alias="现场佐证")
    progress: Annotated[tuple[Progress, ...], LISTED] = Field((), alias="进展")
    closings: Annotated[tuple[ClosingRound, ...], LISTED] = Field((), alias="销号")
    rechecks: Annotated[tuple[Recheck, ...], LISTED] = Field((), alias="回头看")

    @field_validator("limit")
    @classmethod
    def _limit_is_a_date(cls, value: date | str | None, info: ValidationInfo) -> date | str | None:
        if isinstance(value, str) and info.data.get("category", ONGOING) != ONGOING:
            advice = f"{'；'.join(why_no_day(value))}；只有 长期坚持 的问题可以写文字"
            raise fail("应为日期（如 2021-09-30）", advice=advice)
        return value

    @property
    def persons(self) -> tuple[str, ...]:
        """Whom it names: 责任人, 责任领导 and who came after them."""
        own = (self.responsibility.person, self.responsibility.leader) if self.responsibility else ()
        return tuple(name for name in (*own, *(change.person for change in self.changes)) if name)

    def limit_on(self, day: date) -> date | str | None:
        """The limit as it stands on `day`: the original one, moved by what was approved by then."""
        approved = self.extensions_by(day)
        return approved[-1].limit if approved else self.limit

    def extensions_by(self, day: date) -> tuple[Extension, ...]:
        """延期 approved by `day`, in the order of their approval."""
        approved = (extension for extension in self.extensions if extension.approved <= day)
        return tuple(sorted(approved, key=lambda extension: extension.approved))

    def progress_by(self, day: date) -> tuple[Progress, ...]:
        """进展 told by `day`, in the order of their dates."""
        told = (progress for progress in self.progress if progress.day <= day)
        return tuple(sorted(told, key=lambda progress: progress.day))

    def rounds_begun(self, day: date) -> tuple[ClosingRound, ...]:
        """Rounds of 销号 begun by `day`, in the order of their first days; a round without any day comes first."""
        rounds = sorted(self.closings, key=lambda closing: closing.begun or date.min)
        return tuple(closing for closing in rounds if (closing.begun or date.min) <= day)

    def owner_on(self, day: date) -> Responsibility | ResponsibilityChange | None:
        """Who answers for it on `day`: the original person, or whom it was changed to by then."""
        changed = [change for change in self.changes if change.day <= day]
        return sorted(changed, key=lambda change: change.day)[-1] if changed else self.responsibility


class UnitOpinion(ModelEntry):
    """单位意见"""

    none_against: YesNo | None = Field(None, alias="无异议")
    remark: Text | None = Field(None, alias="说明")


class DualSign(ModelRecord):
    """双签: one signed form."""

    code: Text = Field(alias="编号")
    inspection: Ref = Field(alias="检查")
    unit: Ref = Field(alias="单位")
    findings: Texts = Field(alias="问题", min_length=1)
    content_code: Annotated[
        str,
        BeforeValidator(
            matches(f"[{CONTENT_CODE_SIGNS}]{{6}}", "应为表上印的六位内容码（字母和数字，没有 0、O、1、I）")
        ),
        BeforeValidator(_in_capitals),
    ] = Field(alias="内容码")
    day: Day = Field(alias="日期")
    party_signer: Blank | None = Field(None, alias="党组织签字人")
    group_signer: Blank = Field(alias="纪检监察组签字人")
    result: Annotated[str, choice("签字", "拒签")] = Field("签字", alias="结果")
    reason: Text | None = Field(None, alias="理由")
    opinion: UnitOpinion | None = Field(None, alias="单位意见")
    scan: Text | None = Field(None, alias="扫描件")


class Reply(ModelEntry):
    """回复"""

    day: Day = Field(alias="日期")
    number: Text | None = Field(None, alias="文号")


class Letter(Waivable):
    """整改函; its number and date of issue come from the register alone."""

    code: Text = Field(alias="编号")
    unit: Ref = Field(alias="单位")
    addressee: Text | None = Field(None, alias="主送")
    findings: Texts = Field(alias="问题", min_length=1)
    basis: Text | None = Field(None, alias="依据")
    subject: Text = Field(alias="事由")
    further_demands: Texts = Field((), alias="其他要求")
    reply_by: Day = Field(alias="回复期限")
    copies_to: Organs | None = Field(None, alias="抄送")
    jointly_with: Organs = Field((), alias="联合")
    urgency: Urgency | None = Field(None, alias="紧急程度")
    copy_number: CopyNumber | None = Field(None, alias="份号")
    reply: Reply | None = Field(None, alias="回复")
    corrects: Text | None = Field(None, alias="更正")
    drafter: Text | None = Field(None, alias="拟稿")
    checker: Text | None = Field(None, alias="核稿")
    consulted: Texts = Field((), alias="会签")


class Summary(Waivable):
    """总结: words only; the figures are counted."""

    done: Texts = Field((), alias="主要做法")
    lacking: Texts = Field((), alias="存在不足")
    next_steps: Texts = Field((), alias="下一步")
