"""What a sample paper does otherwise than the standard, as departures that a unit may take over: a person gives the reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from liangqing.data.yaml.write import scalar
from liangqing.gbt9704.check.judge import FormatFinding, Report
from liangqing.gbt9704.row import Strength

# Clauses of what no unit decides for itself: how words are written, and the rules for papers of the whole country.
_NOT_ITS_OWN = ("9", "公文处理条例")

_HEAD = """\
# 样本「{name}」和标准不同的地方。是本单位规定的，在「理由」后面写明依据哪份文件、为什么，如
#   理由: 《示例市公文处理细则》第十二条，全市统一用33磅
# 不是规定、只是这份样本没排好的，把这一条（从“- 规则”起的三行）整个删去。理由空着的，程序不收。
偏离:
"""


def departures(report: Report) -> list[FormatFinding]:
    """What the sample breaks and a unit may have decided so; what it has decided already is left out."""
    return [
        finding
        for finding in report.findings
        if not finding.reason
        and finding.rule.strength is not Strength.PRACTICE
        and not finding.rule.clause.startswith(_NOT_ITS_OWN)
    ]


def proposal(name: str, found: Sequence[FormatFinding]) -> str:
    """The text of a 版式偏离.yaml with a row each, 理由 left for a person to fill in: `read_deviations` refuses it until then."""
    return _HEAD.format(name=PurePath(name).name) + "".join(
        line for finding in found for line in _lines(finding)
    )


def _lines(finding: FormatFinding) -> Iterator[str]:
    rule = finding.rule
    said = (
        f"{rule.name}：标准是{finding.expected}（{rule.clause} {rule.strength.value}），样本见{finding.place}"
    )
    yield f"  # {' '.join(said.split())}\n"
    yield f"  - 规则: {rule.code}\n"
    yield "    理由:\n"
    yield f"    现值: {scalar(finding.found)}\n"
