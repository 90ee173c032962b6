"""Every text that a person wrote is searched for what must never enter (`forbidden_words`)."""

from __future__ import annotations

from collections.abc import Iterator

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, error, gate
from liangqing.data.model.follow_up import Incoming
from liangqing.data.model.types import ModelRecord, Waivable
from liangqing.data.yaml.places import Step
from liangqing.year.rules.doubtful_texts import doubtful, key_of, raw_in
from liangqing.year.rules.forbidden_words import WordHit, inspect
from liangqing.year.state.standing import Standing

# Words that may be waived elsewhere, but not in 收文: what came in with them has a register of its own office.
_OF_A_CASE = frozenset({"信访件", "问题线索", "检举", "控告", "违纪事实", "处分决定"})
# Keys under which a telephone number is in its place.
_TELEPHONE = {"联系人", "联络员"}


def nothing_that_must_stay_out(standing: Standing) -> Iterator[Diagnostic]:
    """Hard words and numbers are refused; soft ones are a gate, waived on record by their kind."""
    for record, path, text in doubtful(standing.year, "不得录入"):
        for hit in inspect(text, telephone_allowed=not _TELEPHONE.isdisjoint(path)):
            yield from judged(standing, record, path, hit)


def nothing_that_spoils_a_page(standing: Standing) -> Iterator[Diagnostic]:
    """Text that would stand in a signed paper as a leftover: empty marks, template tags, None, control characters."""
    for record, path, text in doubtful(standing.year, "照印"):
        found = raw_in(text)
        if found:
            shown = found[0] if found[0].isprintable() else f"控制字符 U+{ord(found[0]):04X}"
            message = f"「{key_of(path)}」里有「{shown}」，会原样印在文书上"
            yield error(Code.WOULD_BE_PRINTED_RAW, record.place(*path), message, "删掉，或写上应有的内容")


def judged(
    standing: Standing, record: ModelRecord, path: tuple[Step, ...], hit: WordHit
) -> Iterator[Diagnostic]:
    """What is said of a word found in the text at `path` of a record: refused, or to be waived in the record."""
    words = f"「{hit.shown}」"
    if hit.hard:
        yield error(Code.MUST_NOT_ENTER, record.place(*path), f"不得录入{words}：{hit.why}", hit.advice)
    elif isinstance(record, Incoming) and hit.kind in _OF_A_CASE:
        message = f"{record.label} 里写了{words}：信访举报、问题线索、案件材料不在收文里登记"
        advice = "从收文里删去这一条，按规定另行登记、办理"
        yield error(Code.INCOMING_HOLDS_A_CASE, record.place(*path), message, advice)
    elif not (isinstance(record, Waivable) and record.waived(hit.kind, standing.day)):
        expired = record.expired(hit.kind, standing.day) if isinstance(record, Waivable) else ""
        advice = f"{hit.advice.rstrip('。')}（门槛写「{hit.kind}」）"
        yield gate(
            Code.NEEDS_APPROVAL,
            record.place(*path),
            f"{record.label} 写到{words}，{hit.why}，涉及它的文书先不生成{expired}",
            advice,
        )
