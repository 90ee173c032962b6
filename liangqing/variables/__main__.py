"""Print docs/使用手册/模板变量.md: the variables of each subject, from the tables that templates are checked against."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping

from liangqing.variables.papers import COMMON
from liangqing.variables.subjects import SUBJECTS, variables
from liangqing.variables.table import TABLES, Variable, in_words

HEAD = """# 模板变量

本页由程序生成（`make docs`），与检查模板用的是同一张表。

- 「文字」可以直接印：`{{ 单位.名称 }}`；带「可空」的先判断：`{% if 文号 %}…{% endif %}`。
- 「列表」用循环：`{% for 问题 in 整改函.问题 %}…{% endfor %}`；文字列表可以用过滤器连起来：`{{ 机构.抄送|顿号 }}`。
- 「一组」里还有下一层：`{{ 单位.负责人.职务 }}`，各组有什么见下面的表。
- 过滤器：`汉字`（1 → 一）、`顿号`、`分号`（把几句连成一段）、`书名号`、`去句号`、`字宽`（几个字宽，数字和字母算半个）。
"""


def rows(table: Mapping[str, Variable]) -> Iterator[str]:
    yield "| 变量 | 类型 | 含义 |"
    yield "|---|---|---|"
    for name, variable in table.items():
        shape = in_words(variable.shape, "[{0}](#{0})")
        yield f"| {name} | {shape} | {variable.help} |"


def page() -> Iterator[str]:
    """The whole page, line by line."""
    yield HEAD
    yield "## 所有文书都有\n"
    yield from rows(COMMON)
    for subject in SUBJECTS:
        own = {name: each for name, each in variables(subject).items() if name not in COMMON}
        yield f"\n## 对象是「{subject}」的文书另有\n"
        yield from rows(own)
    yield "\n# 各组的内容"
    for name, table in TABLES.items():
        yield f"\n## {name}\n"
        yield from rows(table)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write("\n".join(page()) + "\n")
