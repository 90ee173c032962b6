"""编号 of records that come from forms: the series that is there goes on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import count, islice

from liangqing.data.model.year import Year

_ENDING = re.compile(r"(.*?)(\d+)")
_FIRST = {"自查": "ZC00", "征求意见": "YJ00", "整改反馈": "FK00"}


def numbered(year: Year, section: str, ahead: int) -> str:
    """The next free 编号 of a section after `ahead` others of the same run."""
    codes = {
        "自查": [check.code for check in year.self_checks],
        "征求意见": [opinion.code for opinion in year.opinions],
        "整改反馈": [feedback.code for feedback in year.feedbacks],
    }[section]
    return next(islice(following(codes, _FIRST[section]), ahead, None))


def following(codes: Iterable[str], first: str) -> Iterable[str]:
    """Codes that none of `codes` is, counting on from the last that ends in digits; with none, from `first`."""
    taken = list(codes)
    last = next((code for code in reversed(taken) if _ENDING.fullmatch(code)), first)
    match = _ENDING.fullmatch(last)
    assert match is not None
    stem, digits = match.groups()
    return (
        code for number in count(int(digits) + 1) if (code := f"{stem}{number:0{len(digits)}d}") not in taken
    )
