"""What changes what was issued: issue and void."""

from __future__ import annotations

from liangqing.actions.issuing.issuing import Issued, IssueOrder, issue
from liangqing.actions.issuing.voiding import void

__all__ = ("IssueOrder", "Issued", "issue", "void")
