"""Where the work goes on from a record that was saved."""

from __future__ import annotations

from collections.abc import Mapping

from liangqing.data.model.types import ModelRecord
from liangqing.desk.answering.look import DeskLook

# By section: place below the workspace, what a new record is to hold (* stands for the 编号), words.
_Step = tuple[str, Mapping[str, str], str]
_STEPS: Mapping[str, tuple[_Step, ...]] = {
    "检查": (("records/问题/new", {"检查": "*"}, "登记查到的问题"), ("papers", {}, "看检查的文书")),
    "问题": (("finding/*", {}, "看这个问题的全过程"), ("records/整改函/new", {"问题": "*"}, "写整改函")),
    "整改函": (("papers", {}, "看这封函的稿子"),),
    "整改反馈": (("records/问题", {}, "看问题的进展"),),
    "文书": (("papers", {}, "看这份文书的稿子"),),
    "双签": (("records/整改函/new", {}, "写整改函"),),
    "清单": (("papers", {}, "看清单和征求意见的文书"),),
    "单位": (("records/单位/new", {}, "再添一个单位"), ("records/检查/new", {}, "登记检查")),
    "画像": (("papers", {}, "看反馈用的文书"),),
}
_OTHERWISE: tuple[_Step, ...] = (("today", {}, "看今天要办的"),)


def next_steps(look: DeskLook, record: ModelRecord | None) -> list[tuple[str, str]]:
    """Address and words of each step; none of a record that is not there."""
    if record is None:
        return []
    section, code = str(record.written_at[0]), str(getattr(record, "code", ""))
    return [
        (
            look.url(
                path.replace("*", code), **{key: value.replace("*", code) for key, value in asked.items()}
            ),
            words,
        )
        for path, asked, words in _STEPS.get(section, _OTHERWISE)
    ]
