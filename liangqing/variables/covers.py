"""文书与函: a numbered paper as its 发文稿纸 sees it, and the variables of that sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from liangqing.base.chinese import long_date
from liangqing.data.model.duties import Unit
from liangqing.data.model.findings import Finding, Letter
from liangqing.data.model.follow_up import WrittenPaper
from liangqing.data.model.group import Drafting
from liangqing.register import Line
from liangqing.variables.about import Masthead, Subject
from liangqing.variables.owners import FindingOf
from liangqing.variables.table import VariableTable, number, text, texts


@dataclass(frozen=True)
class CoverSubject(Subject):
    """文书与函: a numbered paper as the 发文稿纸 that goes round with it sees it.

    `kind` is its 文种, `of` what it is about, which answers all that a subject is asked; `stays_in`: nobody outside the
    group gets it.
    """

    of: Subject
    kind: str
    title: str
    stays_in: bool
    annexes: tuple[str, ...]
    copies: int

    @property
    def units(self) -> tuple[Unit, ...]:
        return self.of.units

    @property
    def named_units(self) -> tuple[Unit, ...]:
        return self.of.named_units

    @property
    def addressee(self) -> str:
        return self.of.addressee

    @property
    def copies_to(self) -> tuple[str, ...] | None:
        return self.of.copies_to

    @property
    def masthead(self) -> Masthead:
        return self.of.masthead

    @property
    def written_as(self) -> str | None:
        return self.of.written_as

    @property
    def in_title(self) -> str:
        return self.of.in_title

    @property
    def corrects(self) -> str:
        return self.of.corrects

    @property
    def findings(self) -> Sequence[Finding]:
        return self.of.findings

    @property
    def found(self) -> list[FindingOf]:
        return self.of.found


def _goes_to(subject: CoverSubject) -> str | None:
    """主送: as the record of the paper has it, else the units that it is about, else all; None of what stays in the group."""
    if subject.stays_in:
        return None
    return subject.addressee or "、".join(unit.name for unit in subject.units) or "各被监督单位"


def _drafted(subject: CoverSubject) -> Drafting:
    """拟稿, 核稿, 会签 and 签发: what the record of the paper says, else whom the group usually has; 签发 as registered.

    The other organs of a joint paper are among those who countersign it.
    """
    usual, record, line = subject.at.year.options.drafting, subject.of.origin, _line(subject)
    own = record if isinstance(record, Letter | WrittenPaper) else None
    return Drafting.model_construct(
        drafter=(own and own.drafter) or usual.drafter,
        checker=(own and own.checker) or usual.checker,
        consulted=(*((own and own.consulted) or usual.consulted), *subject.masthead.jointly_with),
        signer=(line and line.signer) or next(iter(subject.masthead.signers), usual.signer),
    )


def _line(subject: CoverSubject) -> Line | None:
    return subject.at.register.in_use(subject.kind, subject.of.code, subject.at.year.year, subject.at.day)


COVERED = VariableTable[CoverSubject](
    "稿件",
    {
        "文种": text("文种", lambda subject: subject.kind),
        "编号": text("对象编号", lambda subject: subject.of.code),
        "标题": text("文书标题", lambda subject: subject.title.replace("\n", "")),
        "文号": text(
            "文号；未印发时是 印发时编",
            lambda subject: (line.number or "—") if (line := _line(subject)) else "印发时编",
        ),
        "成文日期": text(
            "成文日期；未印发时留出年月日",
            lambda subject: long_date(line.issued) if (line := _line(subject)) else "　　　　年　　月　　日",
        ),
        "主送": text("主送机关；不出本组的没有", _goes_to, optional=True),
        "抄送": texts("抄送机关", lambda subject: subject.copies_to or ()),
        "附件": texts("附件名称", lambda subject: subject.annexes),
        "拟稿": text("拟稿人；没有写的为空", lambda subject: _drafted(subject).drafter, optional=True),
        "核稿": text("核稿人；没有写的为空", lambda subject: _drafted(subject).checker, optional=True),
        "会签": texts("会签的人", lambda subject: _drafted(subject).consulted),
        "签发": text(
            "签发人：登记的，没有登记的是选项里写的；都没有的为空",
            lambda subject: _drafted(subject).signer,
            optional=True,
        ),
        "份数": number("印发份数", lambda subject: subject.copies),
    },
)
