"""What changes what was issued: issue and void."""

from __future__ import annotations

from liangqing.actions.issuing.issuing import Issued, issue
from liangqing.actions.issuing.preparing import (
    ForeseenIssue,
    IssueOrder,
    PreparedIssue,
    foresee,
    usual_signer,
)
from liangqing.actions.issuing.voiding import void

__all__ = (
    "ForeseenIssue",
    "IssueOrder",
    "Issued",
    "PreparedIssue",
    "foresee",
    "issue",
    "usual_signer",
    "void",
)
