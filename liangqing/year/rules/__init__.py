"""Cross-field rules and gates (data.md, "Cross-field rules that `check` enforces"): one small function a rule."""

from liangqing.year.rules.audit import RULES, audit
from liangqing.year.rules.gates import WAIVABLE, open_gates

__all__ = ["RULES", "WAIVABLE", "audit", "open_gates"]
