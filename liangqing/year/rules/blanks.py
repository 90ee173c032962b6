"""What was taken from the library and is not completed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, error
from liangqing.data.model.findings import Finding
from liangqing.year.rules.doubtful_texts import doubtful
from liangqing.year.state.standing import Standing

_BLANK = re.compile(r"【填[^】]*】?")


def blanks_are_filled(standing: Standing) -> Iterator[Diagnostic]:
    """A finding holds no place that is still to be filled in: it would be printed as it stands."""
    for record, path, words in doubtful(standing.year, "没填"):
        if isinstance(record, Finding):
            left = list(dict.fromkeys(_BLANK.findall(words)))
            yield error(
                Code.BLANK_LEFT,
                record.place(*path),
                f"{record.label} 的「{path[0]}」还有没填的：{'、'.join(left)}",
                "换成查到的情况，连同【】一起换掉；用不上的半句删掉",
            )
