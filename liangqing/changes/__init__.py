"""Forms that come back: read, judged as if they stood in YAML, and taken in as new records (docs/使用手册/表单回收.md)."""

from __future__ import annotations

from liangqing.collecting.accepting import Taken as Taken
from liangqing.collecting.accepting import accept as accept
from liangqing.collecting.judging import Collected as Collected
from liangqing.collecting.judging import changes as changes
from liangqing.collecting.judging import collect as collect
from liangqing.collecting.returned import Returned as Returned
