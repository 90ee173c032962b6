"""Write docs/格式检查实测.md from what is told of the papers of tests/gbt9704/corpus.py: `make docs`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus import Judged

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/格式检查实测.md"

HEAD = """# 格式检查实测

[格式检查](使用手册/格式检查.md)认得准不准，是拿测试里做出来的公文量的：同一件公文，照 Word、WPS、LibreOffice、python-docx、docx.js 各自的习惯，用 {axes} 类、{ways} 种写法写出来，
任意两种写法都同时用到过。合格的公文不应报错误（规定）或警告；再一处一处改错，看查不查得出、改错的地方以外报不报。内容都是虚拟的（示例）。

本页由程序生成（`make docs`），测试核对每个数字：错误误报必须是 0，植入的错误要查出 98% 以上，每份不超过 0.1 秒。

"""


def page() -> str:
    """The whole page."""
    sys.path[:0] = [str(ROOT), str(ROOT / "tests/gbt9704")]
    from corpus import others, right, wrong
    from ways import AXES

    head = HEAD.format(axes=len(AXES), ways=sum(map(len, AXES.values())))
    return "\n".join(
        (
            head + _table(("", "份数", "结果"), _whole(right(), wrong(), others())),
            "## 写法\n\n每种写法有多少份合格的公文，其中误报错误的、误报警告的；有多少处植入的错误，查出多少。\n",
            _table(
                ("类", "写法", "合格", "误报错误", "误报警告", "植入", "查出"),
                _by_way(AXES, right(), wrong()),
            ),
            "## 文种\n",
            _table(("文种", "格式", "合格", "误报错误", "误报警告"), _by_kind(right())),
            "## 植入的错误\n\n规则栏里的任一条报在改错的地方，算查出。\n",
            _table(("错误", "规则", "植入", "查出"), _by_mistake(wrong())),
        )
    )


def _whole(
    right: Sequence[Judged], wrong: Sequence[Judged], others: Sequence[Judged]
) -> Iterator[tuple[object, ...]]:
    planted = sum(len(each.specimen.mistakes) for each in wrong)
    found = planted - sum(len(each.missed) for each in wrong)
    known = sum(each.report.paper.format == each.specimen.outline.format for each in right)
    yield (
        "合格的公文",
        len(right),
        f"认对格式 {known}，误报错误的 {_broken(right)}，误报警告的 {_warned(right)}",
    )
    yield (
        "有错的公文",
        len(wrong),
        f"植入 {planted} 处，查出 {found} 处（{_percent(found, planted)}），另外误报错误的 {sum(bool(each.beside) for each in wrong)}",
    )
    yield (
        "讲话、合同、论文等别的材料",
        len(others),
        f"误报错误的 {_broken(others)}，误报警告的 {_warned(others)}",
    )


def _by_way(
    axes: Mapping[str, tuple[str, ...]], right: Sequence[Judged], wrong: Sequence[Judged]
) -> Iterator[tuple[object, ...]]:
    for axis, values in axes.items():
        for value in values:
            good = [each for each in right if each.specimen.way[axis] == value]
            bad = [each for each in wrong if each.specimen.way[axis] == value]
            planted = sum(len(each.specimen.mistakes) for each in bad)
            found = planted - sum(len(each.missed) for each in bad)
            yield axis, value, len(good), _broken(good), _warned(good), planted, found


def _by_kind(right: Sequence[Judged]) -> Iterator[tuple[object, ...]]:
    kinds = dict.fromkeys((each.specimen.outline.kind, each.specimen.outline.format) for each in right)
    for kind, format in kinds:
        own = [each for each in right if each.specimen.outline.kind == kind]
        yield kind, format, len(own), _broken(own), _warned(own)


def _by_mistake(wrong: Sequence[Judged]) -> Iterator[tuple[object, ...]]:
    for mistake in dict.fromkeys(mistake for each in wrong for mistake in each.specimen.mistakes):
        own = [each for each in wrong if mistake in each.specimen.mistakes]
        yield (
            mistake.name,
            "、".join(mistake.rules.split()),
            len(own),
            sum(mistake not in each.missed for each in own),
        )


def _broken(papers: Iterable[Judged]) -> int:
    return sum(bool(each.broken) for each in papers)


def _warned(papers: Iterable[Judged]) -> int:
    return sum(bool(each.warned) for each in papers)


def _percent(part: int, whole: int) -> str:
    return f"{int(1000 * part / whole) / 10:g}%"


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
