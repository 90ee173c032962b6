"""Write docs/使用手册/提示代码.md, a row for each diagnostic code: `make docs`."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/使用手册/提示代码.md"

HEAD = """# 提示代码

每条错误、还差、警告都有一个代码，如 `D104`。按代码在本页找它是什么意思、怎么办；提示里“建议：”后面的话说的是当时那一处，先照它改。错误、还差、警告各是什么，见[规则](规则.md)。

本页由程序生成（`make docs`）。`format` 查出的版式问题（F 开头）见[格式检查](格式检查.md)。
"""

TABLE = "| 代码 | 意思 | 怎么办 |\n|---|---|---|\n"

# The first number of each group, and what the page calls it.
GROUPS = (
    ("D001", "文件和工作目录"),
    ("D101", "键和值"),
    ("D201", "互相引用"),
    ("D301", "规则"),
    ("D401", "还差"),
    ("D501", "Word 文件"),
    ("D520", "模板里的标记"),
    ("D570", "文种目录，命令里写的名字"),
    ("D601", "登记、印发、台账"),
    ("D701", "输出、PDF、打印"),
    ("D730", "收回的表，版式偏离"),
    ("D801", "警告"),
    ("D901", "不得录入的内容"),
)


def page() -> str:
    """The whole page, made from the registry of codes."""
    sys.path.insert(0, str(ROOT))
    from liangqing.base.codes import Code

    rows: dict[str, list[str]] = {title: [] for _, title in GROUPS}
    for code in Code:
        title = next(title for first, title in reversed(GROUPS) if first <= code)
        rows[title].append(f"| {code} | {_cell(code.meaning)} | {_cell(code.remedy)} |")
    return HEAD + "".join(f"\n## {title}\n\n{TABLE}" + "\n".join(rows[title]) + "\n" for title in rows)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
