"""The content code of 双签字确认表: six signs over what the form prints of its findings, and nothing else.

The same words give the same code: whichever file a record stands in and in which order, with whatever line ends, blanks
at the end of a line or way of storing a character.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date

from liangqing.data.model.findings import Finding, six_signs
from liangqing.data.model.group import Options


def content_code(findings: Iterable[Finding], options: Options, day: date) -> str:
    """The code as forms print it; `day` matters only where 选项.延期须重签 lets an extension lapse a signature."""
    printed = [_printed(finding, options, day) for finding in _by_code(findings)]
    return _six([_same_however_written(words) for words in printed])


def old_codes(orders: Iterable[Sequence[Finding]], options: Options, day: date) -> set[str]:
    """The codes that forms printed when these were over the words letter by letter, and over the order of the data.

    What that order was is not known any more: each of `orders` is tried, and that of their 编号.
    """
    tried = [order for given in orders for order in (given, _by_code(given))]
    return {_six([_printed(finding, options, day) for finding in order]) for order in tried}


def _by_code(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: finding.code)


def _printed(finding: Finding, options: Options, day: date) -> list[object]:
    """What is signed of a finding; an original limit is printed for good, what moved it counts where that is asked for."""
    owner, moved = finding.responsibility, extended_limit(finding, options, day)
    return [
        finding.code,
        finding.name,
        finding.facts,
        finding.demand,
        owner.model_dump() if owner else None,
        str(finding.limit),
        "" if moved is None else str(moved),
    ]


def extended_limit(finding: Finding, options: Options, day: date) -> date | str | None:
    """The limit as moved by the day, where that has to be signed anew (选项.延期须重签); None: the form prints none."""
    moved = finding.limit_on(day)
    return moved if options.resign_on_extension and moved != finding.limit else None


def _same_however_written(value: object) -> object:
    """Texts in NFC, their lines without blanks at the end, no empty lines at the end of the text."""
    if isinstance(value, str):
        lines = unicodedata.normalize("NFC", value).splitlines()
        return "\n".join(line.rstrip() for line in lines).rstrip("\n")
    if isinstance(value, dict):
        return {key: _same_however_written(below) for key, below in value.items()}
    return [_same_however_written(item) for item in value] if isinstance(value, list) else value


def _six(printed: object) -> str:
    return six_signs(json.dumps(printed, ensure_ascii=False, sort_keys=True))
