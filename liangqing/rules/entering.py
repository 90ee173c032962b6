"""What must never enter: the guard over every text that a person wrote (data.md)."""

from __future__ import annotations

from collections.abc import Iterator

from liangqing.errors import Diagnostic, error, gate
from liangqing.figures import Standing
from liangqing.guard import Hit, inspect
from liangqing.model.types import Record, Waivable
from liangqing.references import texts
from liangqing.source import Step

# Keys under which a telephone number, or the name of a class of counts, is in its place.
_TELEPHONE = {"联系人", "联络员"}
_COUNTED = {"类别", "门槛"}


def nothing_that_must_stay_out(standing: Standing) -> Iterator[Diagnostic]:
    """Hard words and numbers are refused; soft ones are a gate, waived on record by their kind."""
    for record in standing.year.records():
        for path, text in texts(record.tree):
            if _COUNTED.isdisjoint(path):
                for hit in inspect(text, telephone_allowed=not _TELEPHONE.isdisjoint(path)):
                    yield from _judge(standing, record, path, hit)


def _judge(standing: Standing, record: Record, path: tuple[Step, ...], hit: Hit) -> Iterator[Diagnostic]:
    words = f"「{hit.shown}」"
    if hit.hard:
        yield error("D901", record.place(*path), f"不得录入{words}：{hit.why}", hit.advice)
    elif not (isinstance(record, Waivable) and record.waived(hit.kind, standing.day)):
        expired = record.expired(hit.kind, standing.day) if isinstance(record, Waivable) else ""
        advice = f"{hit.advice.rstrip('。')}（门槛写「{hit.kind}」）"
        yield gate(
            "D902",
            record.place(*path),
            f"{record.label} 写到{words}，{hit.why}，涉及它的文书先不生成{expired}",
            advice,
        )
