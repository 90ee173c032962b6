"""Forms that come back: read, judged as if they stood in YAML, and taken in as new records (docs/使用手册/表单回收.md)."""

from __future__ import annotations

from liangqing.changes.accepting import Taken as Taken
from liangqing.changes.accepting import accept as accept
from liangqing.changes.arriving import ArrivedFile as ArrivedFile
from liangqing.changes.arriving import arrived as arrived
from liangqing.changes.collecting import CollectedForms as CollectedForms
from liangqing.changes.collecting import by_year as by_year
from liangqing.changes.collecting import changes as changes
from liangqing.changes.collecting import collect as collect
from liangqing.changes.judging import JudgedRun as JudgedRun
from liangqing.changes.judging import judge as judge
from liangqing.changes.proposed import NewRecord as NewRecord
from liangqing.changes.returned import ReturnedForm as ReturnedForm
