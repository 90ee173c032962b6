"""Write the table of rules into docs/使用手册/格式检查.md: `make docs`."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/使用手册/格式检查.md"
MARK = "<!-- 以下由程序写（make docs） -->\n"


def table() -> str:
    """The rules as rows of Markdown, in their order."""
    sys.path.insert(0, str(ROOT))
    from liangqing.gbt9704.check.rules import RULES

    rows = [
        f"| {each.code} | {each.name} | {each.clause} | {each.strength.value} | {'是' if each.fixed else ''} | {each.mend} |"
        for each in RULES
    ]
    head = ("| 编号 | 查什么 | 条款 | 强度 | 自动改 | 怎样改 |", "|---|---|---|---|---|---|")
    return "\n".join((*head, *rows)) + "\n"


def page(text: str) -> str:
    """The page with a fresh table."""
    before, mark, _ = text.partition(MARK)
    return f"{before}{mark}\n{table()}"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
