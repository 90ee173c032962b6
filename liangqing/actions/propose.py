"""The papers that 选项.督办阶梯 asks for, written as 文书 that a person keeps, changes or throws away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from liangqing.base.folders import DATA
from liangqing.base.output_files import numbered_names
from liangqing.data.json_schema import headed
from liangqing.data.yaml.write import dump, write_new
from liangqing.year.open_workspace import OpenWorkspace
from liangqing.year.state.escalation import Proposal

REMARKS = (
    "{day} 按督办阶梯拟办的文书。程序只提议，发不发由人定：",
    "要发的，补上「要求」「未完成事项」等，改好后用 issue 印发；不发的，整条删掉（下次仍会提议），或批准延期后登记在问题里。",
)


def write(opened: OpenWorkspace, proposals: Sequence[Proposal], day: date) -> str:
    """Write the records into a file of their own, never into one that is there; its name below the workspace."""
    folder = f"{DATA}/{opened.year_folder}"
    names = (f"{folder}/{stem}.yaml" for stem in numbered_names(f"文书-拟办-{day}"))
    name = next(name for name in names if not (opened.root / name).exists())
    tree = {"文书": [proposal.record() for proposal in proposals]}
    write_new(opened.root / name, name, headed(name, [line.format(day=day) for line in REMARKS], dump(tree)))
    return name
