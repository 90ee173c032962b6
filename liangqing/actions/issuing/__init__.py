"""What changes what was issued: issue and void (architecture.md, "Command line")."""

from __future__ import annotations

from liangqing.lifecycle.issuing import Order, issue
from liangqing.lifecycle.voiding import void

__all__ = ("Order", "issue", "void")
