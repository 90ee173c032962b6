"""期限日历: the limits of a month."""

from __future__ import annotations

from liangqing.desk.answering.page_table import DeskPage

PAGES: tuple[DeskPage, ...] = ()
