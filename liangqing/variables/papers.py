"""A paper before it is rendered, and the variables that every kind of paper has."""

from __future__ import annotations

from datetime import date
from math import ceil
from typing import NamedTuple

from liangqing.base.chinese import character_width, long_date
from liangqing.data.model.group import HOST_ALONE
from liangqing.forms.mark import Mark
from liangqing.gbt9704 import joint_signature, signature
from liangqing.gbt9704.standard import length
from liangqing.variables.about import Subject
from liangqing.variables.checklist import CHECKLIST
from liangqing.variables.group import GROUP, OPTIONS
from liangqing.variables.table import (
    Rows,
    VariableTable,
    beside_meaning,
    flag,
    number,
    record,
    records,
    text,
    texts,
)
from liangqing.year.state.standing import Standing

CHARACTER = length("版心", "字宽").twips


class Paper(NamedTuple):
    """A subject with what its kind of paper and the register add."""

    subject: Subject
    title: str = ""
    code_words: str | None = None  # 机关代字 and 代字; None for a paper that takes no number
    number: str | None = None
    issued: date | None = None
    annexes: tuple[str, ...] = ()
    sealed: bool = False
    mark: Mark | None = None  # of a form that comes back
    signer: str = ""  # who signs it as it goes out, where that is registered

    @property
    def at(self) -> Standing:
        """The year of the subject, as it stands on the day that the paper tells of."""
        return self.subject.at


def _number_words(paper: Paper) -> str:
    if paper.number or paper.issued:
        return paper.number or ""
    return f"{paper.code_words or ''}〔{paper.at.year.year}〕　号"


def _date_words(paper: Paper) -> str:
    return long_date(paper.issued) if paper.issued else f"{paper.at.year.year}年　月　日"


def _indents(paper: Paper) -> signature.Indents:
    """Those of the signature and the date; of a joint paper the date's alone holds."""
    one = signature.indents(paper.at.year.group.name, _date_words(paper), sealed=paper.sealed)
    organs = _organs(paper)
    if not organs:
        return one
    if paper.sealed:
        return one._replace(date=joint_signature.sealed_date_right(organs, _date_words(paper)))
    return one._replace(date=joint_signature.bare(organs, _date_words(paper))[1])


def _organs(paper: Paper) -> list[str]:
    """All organs of a joint paper, the group itself as its host first; none where the paper is the group's alone."""
    host = paper.at.year.group.name
    others = [name for name in paper.subject.masthead.jointly_with if name != host]
    return [host, *others] if others else []


def _in_mark(paper: Paper) -> list[str]:
    """The organs whose names stand one above the other in the mark; none where that bears one name (7.2.4)."""
    group, organs = paper.at.year.group, _organs(paper)
    if not organs or paper.at.year.options.joint_mark == HOST_ALONE:
        return []
    return [group.mark or group.name, *organs[1:]]


class _SealedRow(NamedTuple):
    """Signatures side by side, each in lines of whole words; "" where the last row has fewer."""

    names: tuple[str, ...]


def _sealed_rows(paper: Paper) -> list[_SealedRow]:
    organs = _organs(paper)
    if not organs or not paper.sealed:
        return []
    across = joint_signature.columns(organs)
    return [
        _SealedRow(tuple(joint_signature.in_lines(name, across) for name in row))
        for row in joint_signature.rows(organs)
    ]


def _bare_lines(paper: Paper) -> list[joint_signature.BareSignature]:
    organs = _organs(paper)
    return joint_signature.bare(organs, _date_words(paper))[0] if organs and not paper.sealed else []


def _signers(paper: Paper) -> list[str]:
    """Who signs: whom the record names, else who is registered, else who usually does; none where nobody is known."""
    usual = paper.signer or paper.at.year.options.drafting.signer
    return list(paper.subject.masthead.signers) or ([usual] if usual else [])


SEALED_ROW = VariableTable[_SealedRow](
    "署名行",
    {
        "左": text("这一行的第一个署名；最后一行不够的，左边空着", lambda row: row.names[0]),
        "中": text("第二个署名", lambda row: row.names[1]),
        "右": text(
            "一行三个的，第三个署名；两个的为空", lambda row: row.names[2] if len(row.names) > 2 else ""
        ),
    },
)
BARE_SIGNATURE = VariableTable[joint_signature.BareSignature](
    "联合署名",
    {
        "名称": text("机关的全称", lambda line: line.name),
        "右空": number("右缩进（twips），各署名的第一个字对齐", lambda line: round(line.right * CHARACTER)),
    },
)


MARKS = ("表单识别", "表单内容码")  # what a form is known by, which follows from what it prints
COMMON: Rows[Paper] = {
    "年度": number("清单的年度", lambda paper: paper.at.year.year),
    "截止日期": text("统计截止日期", lambda paper: long_date(paper.at.day)),
    "标题": text("文书标题", lambda paper: paper.title),
    "文号": text("发文字号；未印发时没有", lambda paper: paper.number, optional=True, instead="文号文字"),
    "成文日期": text(
        "成文日期；未印发时没有",
        lambda paper: long_date(paper.issued) if paper.issued else None,
        optional=True,
        instead="成文日期文字",
    ),
    "文号文字": text("发文字号；未印发时留出序号，印发时不编号的为空", _number_words),
    "成文日期文字": text("成文日期；未印发时留出月日", _date_words),
    "草稿": flag(
        "要编文号而还没有印发",
        lambda paper: paper.code_words is not None and paper.number is None and paper.issued is None,
    ),
    "附件": texts("附件名称", lambda paper: paper.annexes),
    "盖章": beside_meaning(
        flag("署名处盖章；由文种目录的 印章 定，不写的，有文号的盖", lambda paper: paper.sealed)
    ),
    "表单识别": text(
        "回收的表单印的识别行；别的文书为空", lambda paper: str(paper.mark) if paper.mark else ""
    ),
    "表单内容码": text(
        "回收的表单的内容码；别的文书为空", lambda paper: paper.mark.code if paper.mark else ""
    ),
    "署名右空": beside_meaning(
        number(
            "署名的右缩进（twips），按盖不盖章和名称长短算出",
            lambda paper: round(_indents(paper).signature * CHARACTER),
        )
    ),
    "成文日期右空": beside_meaning(
        number("成文日期的右缩进（twips），同上", lambda paper: round(_indents(paper).date * CHARACTER))
    ),
    "份号": text(
        "份号，六位数字；记录里没有写的为空",
        lambda paper: (
            "" if paper.subject.masthead.copy_number is None else f"{paper.subject.masthead.copy_number:06}"
        ),
    ),
    "紧急程度": text("特急 或 加急；记录里没有写的为空", lambda paper: paper.subject.masthead.urgency or ""),
    "联合机关": texts("联合行文的各机关，本组在前；不是联合行文的没有", _organs),
    "联合标志": beside_meaning(
        texts("联合行文的标志上并列的各机关；只用主办机关标志的（选项 联合标志）没有", _in_mark)
    ),
    "联合标志字宽": beside_meaning(
        number(
            "其中最长的名称有几个字宽",
            lambda paper: ceil(max(map(character_width, _in_mark(paper)), default=0)),
        )
    ),
    "署名列": beside_meaning(
        number(
            "联合行文盖章的，一行排几个署名",
            lambda paper: len(rows[0].names) if (rows := _sealed_rows(paper)) else 0,
        )
    ),
    "署名行": beside_meaning(records(SEALED_ROW, "联合行文盖章的各行署名", _sealed_rows)),
    "联合署名": beside_meaning(
        records(BARE_SIGNATURE, "联合行文不盖章的各个署名，一个一行，主办机关在前", _bare_lines)
    ),
    "签发人": texts("上行文的签发人：记录写的，没有写的是登记的、选项「经办」里的", _signers),
    "签发行": beside_meaning(
        texts(
            "同上，每行两个，两个字的名字中间空一字",
            lambda paper: joint_signature.signer_lines(_signers(paper)),
        )
    ),
    "机构": beside_meaning(record(GROUP, "纪检监察组", lambda paper: paper.at)),
    "选项": beside_meaning(record(OPTIONS, "选项", lambda paper: paper.at)),
    "清单": record(CHECKLIST, "年度监督检查清单", lambda paper: paper.at),
}
# Those that tell of a form's mark, which is known when the others are.
OF_MARK = frozenset({"表单识别", "表单内容码"})
