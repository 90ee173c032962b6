"""The papers that 选项.督办阶梯 asks for, written as 文书 that a person keeps, changes or throws away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from liangqing.base.chinese import long_date
from liangqing.base.folders import DATA
from liangqing.base.output_files import numbered_names
from liangqing.base.workdays import PRESUMED
from liangqing.data.json_schema import headed
from liangqing.data.yaml.places import Tree
from liangqing.data.yaml.style import style_of
from liangqing.data.yaml.write import dump, write_new
from liangqing.year.open_workspace import OpenWorkspace
from liangqing.year.state.escalation import Proposal
from liangqing.year.state.standing import Standing

SECTION = "文书"
COUNTED = f"新时限里有还没有节假日安排的年度，{PRESUMED}；放假安排公布以后核对。"
REMARKS = (
    "{day} 按督办阶梯拟办的文书。程序只提议，发不发由人定：",
    "要发的，补上「要求」「未完成事项」等，改好后用 issue 印发；不发的，整条删掉（下次仍会提议），或批准延期后登记在问题里。",
)


def write(opened: OpenWorkspace, proposals: Sequence[Proposal], day: date) -> list[str]:
    """Write the records into files of their own, all or none and never into one that is there; their names below the workspace.

    There is one file for each year, in the folder in which its findings stand; the year opened comes first.
    """
    years = dict.fromkeys(proposal.year for proposal in proposals)
    files = dict(_file(opened, year, [one for one in proposals if one.year == year], day) for year in years)
    write_new(opened.root, files)
    return list(files)


def _file(opened: OpenWorkspace, year: int, proposals: Sequence[Proposal], day: date) -> tuple[str, str]:
    """The name of a file that is not there yet, and what it is to hold."""
    folder = f"{DATA}/{year}"
    names = (f"{folder}/{stem}.yaml" for stem in numbered_names(f"文书-拟办-{day}"))
    name = next(name for name in names if not (opened.root / name).exists())
    style = style_of(SECTION, opened.data.sources.values(), f"{folder}/")
    records: list[Tree] = [style.in_order((SECTION,), proposal.record()) for proposal in proposals]
    presumed = any(proposal.presumed for proposal in proposals)
    remarks = [line.format(day=day) for line in (*REMARKS, *((COUNTED,) if presumed else ()))]
    text = headed(name, remarks, dump({SECTION: records}, style))
    return name, style.finished(text)


def grounds(at: Standing, proposal: Proposal) -> Iterator[str]:
    """Why a paper is proposed on the day, in words: the step of 督办阶梯, and the limit of each finding."""
    for code in proposal.findings:
        then, finding = at.holding(code)
        step = next(step for step in then.year.options.ladder if step.kind == proposal.kind)
        limit, late = finding.limit_on(at.day), then.days_overdue(finding)
        until = f"时限{long_date(limit)}" if isinstance(limit, date) else "时限待明确"
        stands = f"已超{late}天" if late is not None else "还没有到"
        yield f"{code} {until}，{stands}；{step.in_words}该发{proposal.kind}"
