"""A finding with its whole story on one page."""

from __future__ import annotations

from liangqing.desk.answering.page_table import DeskPage

PAGES: tuple[DeskPage, ...] = ()
