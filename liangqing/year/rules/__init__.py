"""Cross-field rules and gates (what each says: docs/使用手册/提示代码.md): one small function a rule."""

from liangqing.year.rules.audit import RULES, audit
from liangqing.year.rules.date_order import before_its_grounds
from liangqing.year.rules.derived_dates import limits_set
from liangqing.year.rules.gates import WAIVABLE, OpenGate, gates_open, open_gates
from liangqing.year.rules.successors import gone_units

__all__ = [
    "RULES",
    "WAIVABLE",
    "OpenGate",
    "audit",
    "before_its_grounds",
    "gates_open",
    "gone_units",
    "limits_set",
    "open_gates",
]
