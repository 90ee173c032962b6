"""Cross-field rules and gates (data.md, "Cross-field rules that `check` enforces"): one small function a rule."""

from liangqing.rules.audit import RULES, audit
from liangqing.rules.gates import WAIVABLE, open_gates

__all__ = ["RULES", "WAIVABLE", "audit", "open_gates"]
