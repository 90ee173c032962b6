"""Print docs/使用手册/模板变量.md (`make docs`)."""

from __future__ import annotations

import sys

from liangqing.variables.manual_page import page

if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write("\n".join(page()) + "\n")
