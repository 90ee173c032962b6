"""An entry of templates/文种.yaml."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from liangqing.data.model.types import (
    LISTED,
    ModelEntry,
    ModelRecord,
    Text,
    Texts,
    Whole,
    YesNo,
    choice,
    fail,
    matches,
)

FINDING_STATES = ("逾期", "临期", "待明确", "未到期", "申请销号", "持续整改", "已销号")
STAGES = ("清单明责", "跟踪履责", "清查确责", "跟进问责", "总览")
WITH_ITS_LETTER, BY_NAME = "附件", "点名"
UNTIL_TODAY = "今天"
OF_INSPECTION, OF_SIGNATURE = "检查", "签字"  # a day of its own, on which the paper was handed over
INSPECTED_UNIT = "检查.单位"
WRITERS = ("xlsx", "html", "ics")  # what the program writes by itself, without a template
NOT_CLOSED = "未销号"  # of 问题状态: every state but that of what is closed
INTERNAL, EVERYBODY, OWN_UNIT, SUPERIOR = "内部", "全体", "单位", "上级"  # of 受众
TERMS = ("永久", "30年", "10年")  # 保管期限
WORD, EXCEL = ".docx", ".xlsx"
READY_GATES = ("整改类别", "整改要求", "责任", "整改时限", "处理", "销号")


def _templates(value: Any) -> Any:
    names = list(value.values()) if isinstance(value, dict) else [value]
    endings = (WORD,) if isinstance(value, dict) else (WORD, EXCEL)
    if not names or not all(isinstance(name, str) and name.endswith(endings) for name in names):
        message = "应为 .docx 文件名（要填数的表可以是 .xlsx），或 {信函: …, 文件: …}"
        raise fail(message, advice="模板放在 templates 文件夹里；.xls、.doc 先另存为 .xlsx、.docx")
    if any("/" in name or "\\" in name for name in names):
        raise fail("应为 templates 文件夹里的文件名，不带路径", advice="把模板放进 templates 文件夹")
    return value


class Numbering(ModelEntry):
    """文号: the words between 机关代字 and the year."""

    code: Text = Field(alias="代字")


SIGNED = "双签"
FORM_SECTIONS = ("征求意见", "自查", "检查", SIGNED, "整改反馈")


# What a 文种 may want a 文书 to say (必写), by the key of the record → its field.
PAPER_PARTS = {
    "主送": "addressee",
    "未完成事项": "unfinished",
    "要求": "demands",
    "原因": "reason",
    "建议": "advice",
    "新时限": "new_limit",
}


class FormKind(ModelEntry):
    """表单: a paper that comes back filled in; `version` changes whenever the template asks for something else."""

    version: Whole = Field(alias="版本")
    section: Annotated[str, choice(*FORM_SECTIONS)] = Field(alias="收回")


class DocumentKind(ModelRecord):
    """文种"""

    command: Annotated[
        str, BeforeValidator(matches(r"[a-z][a-z0-9-]*", "应为小写英文字母、数字和短横（如 letters）"))
    ] = Field(alias="命令")
    stage: Annotated[str, choice(*STAGES)] = Field(alias="阶段")
    help: Text = Field(alias="说明")
    template: Annotated[str | dict[str, str] | None, BeforeValidator(_templates)] = Field(None, alias="模板")
    writer: Annotated[str | None, choice(*WRITERS)] = Field(None, alias="生成")
    subject: Text = Field(alias="对象")
    per: Text | None = Field(None, alias="逐")
    condition: Text | None = Field(None, alias="条件")
    when: Annotated[str | None, choice(WITH_ITS_LETTER, BY_NAME)] = Field(None, alias="何时")
    until: Annotated[str | None, choice(UNTIL_TODAY, OF_INSPECTION, OF_SIGNATURE)] = Field(None, alias="截至")
    follows: Text | None = Field(None, alias="随")
    wants_findings: YesNo = Field(False, alias="必有问题")
    wanted_parts: Annotated[tuple[Annotated[str, choice(*PAPER_PARTS)], ...], LISTED] = Field(
        (), alias="必写"
    )
    finding_states: Annotated[tuple[Annotated[str, choice(NOT_CLOSED, *FINDING_STATES)], ...], LISTED] = (
        Field((), alias="问题状态")
    )
    audience: Text | None = Field(None, alias="受众")
    gates: Annotated[tuple[Annotated[str, choice(*READY_GATES)], ...], LISTED] = Field((), alias="门槛")
    title: Text = Field(alias="标题")
    file_name: Text = Field(alias="文件名")
    number: Numbering | None = Field(None, alias="文号")
    freeze: YesNo = Field(False, alias="定稿")
    term: Annotated[str | None, choice(*TERMS)] = Field(None, alias="保管期限")
    seal: YesNo | None = Field(None, alias="印章")
    annexes: Texts = Field((), alias="附件")
    copies: Text | None = Field(None, alias="份数")
    both_sides: YesNo | None = Field(None, alias="双面")
    form: FormKind | None = Field(None, alias="表单")

    @property
    def under_seal(self) -> bool:
        """Whether it goes out with a seal over its signature: 印章, else those that take a number do."""
        return self.number is not None if self.seal is None else self.seal

    @property
    def suffix(self) -> str:
        """How the files of this kind end."""
        if self.writer:
            return f".{self.writer}"
        return EXCEL if isinstance(self.template, str) and self.template.endswith(EXCEL) else WORD

    @property
    def in_word(self) -> bool:
        """Whether its papers are Word files; others are workbooks, pages or calendars."""
        return self.suffix == WORD

    @model_validator(mode="after")
    def _is_written_somehow(self) -> DocumentKind:
        if (self.template is None) == (self.writer is None):
            advice = "用 Word 模板的写「模板」，由程序直接写成的写「生成」，不要都写"
            raise fail("应写明怎样生成：「模板」或「生成」", key="模板", advice=advice)
        kept = {"文号": self.number, "定稿": self.freeze, "附件": self.annexes, "表单": self.form}
        written = [key for key, value in kept.items() if value]
        if written and not self.in_word:
            message = f"不是 Word 文书的文种不取号、不定稿、不带附件，也不是表单，这里却写了「{'」「'.join(written)}」"
            raise fail(
                message, key="生成" if self.writer else "模板", advice=f"删掉「{'」「'.join(written)}」"
            )
        if self.when == WITH_ITS_LETTER and not self.in_word and not self.writer:
            raise fail("附件要和正文一样用 Word 模板", key="模板", advice="换一个 .docx 模板")
        return self

    @model_validator(mode="after")
    def _has_a_day_of_its_own(self) -> DocumentKind:
        if self.until in (OF_INSPECTION, OF_SIGNATURE) and self.per != INSPECTED_UNIT:
            advice = f"只有写了「逐: {INSPECTED_UNIT}」的文种才有这样的一天；别的删掉「截至」"
            raise fail(f"这个文种不能写「截至: {self.until}」", key="截至", advice=advice)
        return self

    @model_validator(mode="after")
    def _asks_of_findings_that_are_chosen(self) -> DocumentKind:
        asked = {"必有问题": self.wants_findings, "必写": self.wanted_parts, "问题状态": self.finding_states}
        key = next((key for key, value in asked.items() if value), None)
        if self.subject != "文书" and key is not None:
            raise fail(f"只有对象是文书的文种才写「{key}」", key=key, advice=f"删掉「{key}」")
        return self

    @property
    def duplex(self) -> bool:
        """Whether it is printed on both sides (GB/T 9704-2012, 6.2): 双面, else official papers are, forms are not."""
        official = self.number is not None or self.freeze or self.when == WITH_ITS_LETTER
        return official if self.both_sides is None else self.both_sides
