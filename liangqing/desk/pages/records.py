"""记录: a table and a form for each section."""

from __future__ import annotations

from liangqing.desk.answering.page_table import DeskPage

PAGES: tuple[DeskPage, ...] = ()
