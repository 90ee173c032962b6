"""模板: the Word templates of the workspace."""

from __future__ import annotations

from liangqing.desk.answering.page_table import DeskPage

PAGES: tuple[DeskPage, ...] = ()
