"""The ways in which a file may write a paper: an axis a habit, and rows of them that try every pair.

`rows` is the same each time: no chance is in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations

Way = Mapping[str, str]

WORD, OLD, WPS, OFFICE, PYTHON, JS = "Word", "Word 2003", "WPS", "LibreOffice", "python-docx", "docx.js"
AXES: Mapping[str, tuple[str, ...]] = {
    "程序": (WORD, OLD, WPS, OFFICE, PYTHON, JS),
    "格式": ("直接设", "样式"),
    "字体名": ("GB2312", "系统", "英文名", "方正", "主题"),
    "西文": ("同中文", "Times New Roman"),
    "缩进": ("磅", "字符和磅", "字符", "空格"),
    "空行": ("空段", "段前", "段前行", "一段换行", "段内换行"),
    "网格": ("固定值", "28磅", "指定行", "行和字"),
    "红线": ("下框线", "上框线", "VML", "连接符", "形状", "矩形", "表格", "星", "VML图形", "组合"),
    "版头": ("段前", "空行", "表格", "图文框", "文本框", "页眉", "旧文本框", "整表"),
    "标题": ("一段", "两段", "换行"),
    "层次": ("文字", "自动编号"),
    "另页": ("段末", "段前", "独占一段", "分节", "段内"),
    "落款": ("右缩进", "右字符", "后空格", "前空格", "左缩进", "制表位", "一段"),
    "版记": ("表格", "两栏表格", "图文框", "文本框", "画线"),
    "页码": ("域", "简单域", "图文框", "文本框", "内容控件", "首页另设", "停用双页"),
    "附件说明": ("分段", "换行"),
    "包": ("通用", "严格"),
    "碎": ("整句", "拆开", "书签", "内容控件"),
}


@cache
def rows(first: str, values: Sequence[str]) -> tuple[Way, ...]:
    """Ways that hold every pair of values of two axes at least once; `first` is an axis of its own, here the kind of paper."""
    axes = {first: tuple(values), **AXES}
    open_pairs = {
        frozenset((one, other))
        for left, right in combinations(axes, 2)
        for one in ((left, value) for value in axes[left])
        for other in ((right, value) for value in axes[right])
    }
    made: list[Way] = []
    while open_pairs:
        made.append(_row(axes, open_pairs, len(made)))
        open_pairs -= {frozenset(pair) for pair in combinations(made[-1].items(), 2)}
    return tuple(made)


def _row(
    axes: Mapping[str, Sequence[str]], left: set[frozenset[tuple[str, str]]], turn: int
) -> dict[str, str]:
    """The row that closes many pairs: the first that is open, and for each other axis what closes most with it."""
    row = dict(min(left, key=lambda pair: sorted(pair)))
    for axis in axes:
        if axis in row:
            continue
        start = turn % len(axes[axis])
        values = [*axes[axis][start:], *axes[axis][:start]]
        row[axis] = max(
            values, key=lambda value: sum(frozenset(((axis, value), has)) in left for has in row.items())
        )
    return {axis: row[axis] for axis in axes}
