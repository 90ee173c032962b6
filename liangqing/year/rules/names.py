"""In free text a unit is called by its 名称 or 简称 (warning)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, warning
from liangqing.data.model.duties import PARTY_KINDS
from liangqing.data.references import texts
from liangqing.year.state.standing import Standing

# Keys that hold prose; everywhere else a name is a reference and is proved as such.
_PROSE = frozenset(
    "事实 整改要求 整改目标 整改措施 说明 内容 核查情况 总体评价 优点 短板 风险 建议 单位意见 其他要求 "
    "主要做法 存在不足 下一步 印发要求 基本情况 事由 退回理由 描述 原因 措施".split()
)
_ENDINGS = (*PARTY_KINDS, "支部")
SHORTEST = 5  # signs; a shorter word with one sign wrong may be anything


def units_by_their_names(standing: Standing) -> Iterator[Diagnostic]:
    """A word that ends like a party organisation and is nearly, but not quite, the name of a unit."""
    names = KnownNames(standing.year.unit_by_ref)
    for record in standing.year.records():
        for path, text in texts(record.tree):
            if _PROSE.intersection(path[-2:]):
                for wrong, right in names.misnamed(text):
                    yield warning(
                        Code.UNIT_MISNAMED,
                        record.place(*path),
                        f"「{wrong}」不是单位的名称或简称",
                        f"是否「{right}」？",
                    )


class KnownNames:
    """The names of units that end like a party organisation, to be found in prose whole or with one sign wrong."""

    def __init__(self, names: Iterable[str]) -> None:
        self._whole = {name for name in names if name.endswith(_ENDINGS)}
        self._lengths = sorted({len(name) for name in self._whole}, reverse=True)
        # With any one sign left open, the name that is meant.
        self._open = {
            (at, name[:at], name[at + 1 :]): name
            for name in sorted(self._whole)
            if len(name) >= SHORTEST
            for at in range(len(name))
        }

    def misnamed(self, text: str) -> Iterator[tuple[str, str]]:
        """Words in `text` that look like one of the names, with the name that is meant."""
        for end in sorted({end for ending in _ENDINGS for end in _ends(text, ending)}):
            words = [text[end - length : end] for length in self._lengths if length <= end]
            if not self._whole.intersection(words):
                yield from islice(((word, meant) for word in words if (meant := self._meant(word))), 1)

    def _meant(self, word: str) -> str | None:
        keys = ((at, word[:at], word[at + 1 :]) for at in range(len(word)))
        return next((self._open[key] for key in keys if key in self._open), None)


def _ends(text: str, ending: str) -> Iterator[int]:
    at = text.find(ending)
    while at >= 0:
        yield at + len(ending)
        at = text.find(ending, at + len(ending))
