"""Rules over 双签."""

from __future__ import annotations

from collections.abc import Iterator

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, error, warning
from liangqing.year.state.standing import Standing


def signed_or_refused(standing: Standing) -> Iterator[Diagnostic]:
    """A party signer, or a refusal with its reason."""
    for sign in standing.year.dual_signs:
        if sign.result == "签字" and sign.party_signer is None:
            yield error(
                Code.SIGNER_MISSING,
                sign.place(),
                f"双签 {sign.code} 没有党组织签字人",
                "补上；拒绝签字的写「结果: 拒签」和「理由」",
            )
        if sign.result == "拒签" and sign.reason is None:
            yield error(
                Code.REFUSAL_WITHOUT_REASON,
                sign.place("结果"),
                f"双签 {sign.code} 是拒签，没有写理由",
                "补上「理由」",
            )


def signed_findings_belong(standing: Standing) -> Iterator[Diagnostic]:
    """A form holds findings of its own inspection and unit."""
    year = standing.year
    for sign in year.dual_signs:
        for index, code in enumerate(sign.findings):
            finding = year.finding_by_code.get(code)
            if finding is None:
                continue  # of another year: its own folder proves it
            followed = standing.followed_by(year.unit(sign.unit).code)
            if finding.inspection != sign.inspection or year.unit(finding.unit).code not in followed:
                yield error(
                    Code.SIGNED_FINDING_NOT_OF_UNIT,
                    sign.place("问题", index),
                    f"问题 {code}（{finding.place()}）不是检查 {sign.inspection} 中「{sign.unit}」的问题",
                    "改「问题」，或改「检查」「单位」",
                )


def two_signers_of_one_name(standing: Standing) -> Iterator[Diagnostic]:
    for sign in standing.year.dual_signs:
        if sign.party_signer and sign.party_signer == sign.group_signer:
            yield warning(
                Code.SIGNERS_OF_ONE_NAME,
                sign.place("党组织签字人"),
                f"双签 {sign.code} 两方签字人同名",
                "核对是否录错；确是同名可不改",
            )
