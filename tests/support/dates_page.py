"""Write docs/使用手册/日期先后.md, a row for each row of the order of dates: `make docs`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/使用手册/日期先后.md"

HEAD = """# 日期先后

数据里的每个日期，程序都拿它和有关的日期比。前后矛盾的是错误，先改好才能生成；少见而说得通的是警告，核对过可以不管。提示写明两个日期、各在哪里。
`issue` 用打算印发的日期照同样的表查一遍；成文日期早于双签、反馈会的，`issue` 也停下来（D643）。

本页由程序生成（`make docs`）。错误、还差、警告各是什么，见[规则](规则.md)；代码见[提示代码](提示代码.md)。
“最早发现日期”是问题的发现日期，没有写的，是检查的开始日期；成文日期在发文登记里。
"""


def page() -> str:
    """The whole page, made from the table."""
    sys.path.insert(0, str(ROOT))
    from liangqing.base.diagnostics import Severity
    from liangqing.year.rules.date_table import FREE, HAPPENED, OF_YEAR, ORDERS

    def orders(severity: Severity) -> Iterable[tuple[str, ...]]:
        for order in ORDERS:
            if order.severity is severity:
                same = "不可以" if order.strict else "可以"
                unless = f"写了「{order.reason}」的不提" if order.reason else ""
                yield words(order.earlier), words(order.later), same, order.code, unless

    heads = ("在前", "在后", "同一天", "代码", "")
    parts = [
        HEAD,
        *("## 错了要改的（错误）\n", table(heads, orders(Severity.ERROR))),
        *("## 少见的（警告）\n", table(heads, orders(Severity.WARNING))),
        *("## 要在这一年的\n", table(("日期", "级别", "怎样算"), map(of_year, OF_YEAR))),
        "## 还没有到的\n",
        "写成已经办了的事，日期在今天以后的，提示 D825，到那天以前都不算："
        + "、".join(map(words, HAPPENED))
        + "。\n",
        *("## 不比的\n", table(("日期", "为什么"), ((words(key), why) for key, why in FREE.items()))),
    ]
    return "\n".join(parts)


def of_year(row: object) -> tuple[str, ...]:
    """A row of OF_YEAR in words."""
    thing, whole, severity = (getattr(row, name) for name in ("thing", "whole", "severity"))
    return words(thing), severity.value, "在文件夹的年度里" if whole else "不早于这一年 1 月 1 日"


def words(thing: str) -> str:
    """问题.销号.申请日期 → 问题 · 销号 · 申请日期."""
    return thing.replace(".", " · ")


def table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Rows of Markdown."""
    lines = ["| " + " | ".join(cells) + " |" for cells in (heads, *rows)]
    return "\n".join((lines[0], "|" + "---|" * len(heads), *lines[1:])) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
