"""Gates: what a paper needs before it may be made, waived only on record (docs/使用手册/规则.md, 放行)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from liangqing.base.chinese import enumerate_words
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, gate
from liangqing.data.model.findings import Finding
from liangqing.data.model.group import CLOSING_GATES
from liangqing.year.rules.forbidden_words import WORDS
from liangqing.year.state import facts
from liangqing.year.state.standing import AGREED, LAPSED, UNSIGNED, Standing

# What a finding must have before 双签字确认表 and 整改函 may be made.
READY: Mapping[str, Callable[[Finding], object]] = {
    "整改类别": lambda finding: finding.category,
    "整改要求": lambda finding: finding.demand,
    "责任": lambda finding: finding.responsibility,
    "整改时限": lambda finding: finding.limit,
}
WAIVABLE = (
    *READY,
    *CLOSING_GATES,
    "佐证日期",
    "处理",
    "提及单位",
    *dict.fromkeys(word.kind for word in WORDS if not word.hard),
)


def open_gates(standing: Standing, findings: Iterable[Finding], names: Iterable[str]) -> list[Diagnostic]:
    """What keeps a paper on these `findings` from being made, for each gate of `names` that is neither met nor waived.

    A name is one of READY, 销号 (the gates of close-out of the last round) or 处理 (opinions on the draft); others
    are not looked at.
    """
    wanted = tuple(names)
    still_open = [
        gate(
            Code.FINDING_NOT_READY,
            finding.place(),
            f"问题 {finding.code} 没有「{name}」，双签字确认表和整改函先不生成{finding.expired(name, standing.day)}",
            f"补上「{name}」；确需先出文书的，在「放行」里登记",
        )
        for finding in findings
        for name in wanted
        if name in READY and READY[name](finding) is None and not finding.waived(name, standing.day)
    ]
    if "销号" in wanted:
        still_open += [shut for finding in findings for shut in _closing(standing, finding)]
    return still_open + (list(opinion_is_decided(standing)) if "处理" in wanted else [])


def _closing(standing: Standing, finding: Finding) -> Iterator[Diagnostic]:
    """What 选项.销号门槛 still asks for of the last round that was begun by the day."""
    closing = facts.last_round(standing, finding)
    for name in standing.unmet(finding, closing) if closing else ():
        yield gate(
            Code.CLOSING_PAPER_NOT_READY,
            finding.place("销号"),
            f"问题 {finding.code} 没有达到销号门槛「{name}」，销号审核表先不生成{finding.expired(name, standing.day)}",
            "补上；确需放行的，在「放行」里登记",
        )


def opinion_is_decided(standing: Standing) -> Iterator[Diagnostic]:
    """Every opinion has its 处理, or 意见采纳情况表 is not made."""
    for opinion in standing.opinions_undecided:
        if not opinion.waived("处理", standing.day):
            message = f"征求意见 {opinion.code} 没有「处理」，意见采纳情况表先不生成{opinion.expired('处理', standing.day)}"
            yield gate(
                Code.OPINION_UNDECIDED, opinion.place(), message, "补上：采纳、部分采纳、未采纳或无意见"
            )


def finding_is_ready(standing: Standing) -> Iterator[Diagnostic]:
    """Every finding has 整改类别, 整改要求, 责任 and 整改时限, or 双签字确认表 and 整改函 are not made."""
    for finding in standing.year.findings:
        yield from open_gates(
            standing, [finding], [name for name in READY if not _out_while_waived(standing, finding, name)]
        )


def _out_while_waived(standing: Standing, finding: Finding, name: str) -> bool:
    """Whether the letter with the finding went out while the gate was waived: what was done then needs no waiver today."""
    if not finding.expired(name, standing.day):
        return False
    line = facts.letter_with(standing, finding)
    return line is not None and finding.waived(name, line.issued)


def closing_is_earned(standing: Standing) -> Iterator[Diagnostic]:
    """同意销号 meets every 销号门槛; until it does, the finding counts as 申请销号."""
    for finding in standing.year.findings:
        for index, closing in enumerate(finding.closings):
            if closing.conclusion != AGREED:
                continue
            for name in standing.unmet(finding, closing):
                if name in ("佐证日期", "双签"):
                    continue  # these have a rule of their own below
                yield gate(
                    Code.CLOSING_NOT_EARNED,
                    finding.place("销号", index),
                    f"问题 {finding.code} 同意销号，但没有达到销号门槛「{name}」，暂不按已销号统计{finding.expired(name, standing.day)}",
                    "补上；确需放行的，在「放行」里登记",
                )


def evidence_is_not_older(standing: Standing) -> Iterator[Diagnostic]:
    """Evidence of what is closed is not dated before the inspection, unless its 说明 says why."""
    for finding in standing.year.findings:
        agreed = [closing for closing in finding.closings if closing.conclusion == AGREED]
        if not agreed or standing.covered(finding, "佐证日期"):
            continue
        decided = max(map(standing.decided_on, agreed))
        inspection = standing.year.inspection_by_code[finding.inspection]
        for spot, evidence in standing.early_evidence(finding, decided):
            yield gate(
                Code.EVIDENCE_TOO_OLD,
                spot.place,
                f"问题 {finding.code} 的佐证「{evidence.name}」（{evidence.day}）早于检查开始"
                f"（{inspection.begins}，{inspection.place('开始日期')}），暂不按已销号统计",
                "核对日期；确实可用的写「说明」",
            )


def signature_still_holds(standing: Standing) -> Iterator[Diagnostic]:
    """What a 双签 was given for has not changed since (失效), and there is one where 双签 is among 销号门槛."""
    year = standing.year
    lapsed: dict[str, list[str]] = {}
    for finding in year.findings:
        state, sign = standing.signature(finding)
        if standing.covered(finding, "双签"):
            continue
        if state == LAPSED and sign is not None:
            lapsed.setdefault(sign.code, []).append(f"{finding.code}（{finding.place()}）")
        elif state == UNSIGNED and "双签" in year.options.closing_gates and _agreed(finding):
            yield gate(
                Code.NOT_SIGNED,
                finding.place("销号"),
                f"问题 {finding.code} 同意销号，但没有双签",
                "补签后登记「双签」",
            )
    for sign in year.dual_signs:
        if sign.code in lapsed:
            yield gate(
                Code.SIGNATURE_LAPSED,
                sign.place("内容码"),
                f"双签 {sign.code} 已失效：问题 {enumerate_words(lapsed[sign.code])}在签字后改过，"
                f"表上印的内容码应为 {standing.content_code_of(sign)}，签的是 {sign.content_code}",
                "重新打印双签字确认表，签字后另登一条；若是录错了内容码，照纸上的改",
            )


def _agreed(finding: Finding) -> bool:
    return any(closing.conclusion == AGREED for closing in finding.closings)
