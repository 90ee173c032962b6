"""What the ladder proposes, written down for a person to keep, change or throw away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from liangqing.base.folders import DATA
from liangqing.data.json_schema import first_line
from liangqing.data.yaml.write import dump, write_new
from liangqing.year.open_workspace import OpenWorkspace
from liangqing.year.state.escalation import Proposal

HEAD = """\
{line}
# {day} 按督办阶梯拟办的文书。程序只提议，发不发由人定：
# 要发的，补上「要求」「未完成事项」等，改好后用 issue 印发；不发的，整条删掉（下次仍会提议），或批准延期后登记在问题里。
"""


def write(opened: OpenWorkspace, proposals: Sequence[Proposal], day: date) -> str:
    """Write the records into a file of their own, never into one that is there; its name below the workspace."""
    folder = f"{DATA}/{opened.year_folder}"
    number, name = 1, f"{folder}/文书-拟办-{day}.yaml"
    while (opened.root / name).exists():
        number += 1
        name = f"{folder}/文书-拟办-{day}-{number}.yaml"
    head = HEAD.format(line=first_line(name) or "", day=day)
    write_new(opened.root / name, name, dump(head, {"文书": [proposal.record() for proposal in proposals]}))
    return name
