"""What to write instead of a name that is not known: the near miss, or the names that there are."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from liangqing.base.chinese import may_mean

SHOWN = 8


def suggestion(name: str, known: Iterable[str], prefix: str = "") -> tuple[str, str]:
    """The near miss, to follow the message (`，是否 单位.名称？`), and the advice: else the first names there are."""
    names = list(known)
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    if near and may_mean(name, near[0]):
        return f"，是否 {prefix}{near[0]}？", f"改成 {prefix}{near[0]}"
    return "", listing(prefix + known_name for known_name in names)


def listing(known: Iterable[str]) -> str:
    """`可用的有：…`, at most `SHOWN` of them."""
    names = list(known)
    if not names:
        return "这里没有可用的名称"
    more = f" 等 {len(names)} 个" if len(names) > SHOWN else ""
    return f"可用的有：{'、'.join(names[:SHOWN])}{more}"
