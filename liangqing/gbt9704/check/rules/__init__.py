"""The rules, in the order of the standard: one table of rows, each with a small function of its own."""

from __future__ import annotations

from liangqing.gbt9704.check.rule import Rule
from liangqing.gbt9704.check.rules import (
    annex,
    body,
    foot,
    head,
    kinds,
    leftover,
    letter,
    levels,
    others,
    page,
    sign,
    tables,
    text,
)

RULES: tuple[Rule, ...] = (
    *page.RULES,
    *leftover.RULES,
    *head.RULES,
    *body.RULES,
    *kinds.RULES,
    *levels.RULES,
    *annex.RULES,
    *sign.RULES,
    *foot.RULES,
    *letter.RULES,
    *others.RULES,
    *text.RULES,
    *tables.RULES,
)
