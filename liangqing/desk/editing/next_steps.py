"""Where the work goes on from a record that was saved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from liangqing.data.model.findings import Finding
from liangqing.data.model.types import ModelRecord
from liangqing.data.yaml.edited_trees import at_path
from liangqing.desk.answering.finding_story import FindingStory
from liangqing.desk.answering.look import DeskLook


class _Step(NamedTuple):
    """A place below the workspace and the words of the link to it. {编号} is what the saved record has there; `presets`:
    labels of a new record or of a filter → label of what the saved record has for it; `stage`: of the papers to be seen.
    """

    path: str
    words: str
    presets: Mapping[str, str] = {}
    stage: str = ""


_OF_INSPECTION = {"检查": "编号", "单位": "单位", "任务": "任务"}
_STEPS: Mapping[str, tuple[_Step, ...]] = {
    "机构": (_Step("records/单位", "看单位"),),
    "单位": (
        _Step("records/单位/new", "再添一个单位"),
        _Step("records/检查/new", "登记检查", {"单位": "编号"}),
    ),
    "清单": (_Step("papers", "看清单和征求意见的文书", stage="清单明责"),),
    "检查": (
        _Step("records/问题/new", "登记查到的问题", _OF_INSPECTION),
        _Step("papers", "看这次检查的文书", {"words": "编号"}),
    ),
    "问题": (
        _Step("finding/{编号}", "看这个问题的全过程"),
        _Step("records/问题/new", "登记下一个问题", {"检查": "检查", "单位": "单位"}),
    ),
    "双签": (_Step("records/整改函/new", "写整改函", {"单位": "单位", "问题": "问题"}),),
    "整改函": (_Step("papers/整改函~{编号}", "看这封函的稿子"),),
    "整改反馈": (_Step("finding/{问题}", "看这个问题的全过程"),),
    "送达": (_Step("today", "看今天要办的"), _Step("records/送达/new", "再登记一份送达")),
    "文书": (_Step("papers/{文种}~{编号}", "看这份文书的稿子"),),
    "画像": (_Step("papers", "看这个单位的文书", {"unit": "单位"}),),
}
_OTHERWISE = (_Step("today", "看今天要办的"),)
_SEVERAL = ("问题", "任务")  # labels that may be preset with several


def next_steps(look: DeskLook, record: ModelRecord | None) -> list[tuple[str, str]]:
    """Address and words of each step; none of a record that is not there."""
    if record is None:
        return []
    found = [_way(look, record, step) for step in _STEPS.get(str(record.written_at[0]), _OTHERWISE)]
    return found + (_of_story(look, record) if isinstance(record, Finding) else [])


def _way(look: DeskLook, record: ModelRecord, step: _Step) -> tuple[str, str]:
    told = {label: _told(record, label) for label in ("编号", "问题", "文种")}
    presets = {label: _told(record, own, several=label in _SEVERAL) for label, own in step.presets.items()}
    asked = {key: text for key, text in {**presets, "stage": step.stage}.items() if text}
    return look.url(step.path.format_map(told), **asked), step.words


def _told(record: ModelRecord, label: str, *, several: bool = False) -> str:
    """What a record has under a label; "" for nothing, and for several where one is asked for."""
    value = at_path(record.tree, (label,))
    texts = [str(one) for one in value] if isinstance(value, list) else [str(value)] if value else []
    return "、".join(texts) if several or len(texts) == 1 else ""


def _of_story(look: DeskLook, finding: Finding) -> list[tuple[str, str]]:
    """What the finding waits for first."""
    waits = FindingStory(look, look.opened.at, finding).next
    return [(waits.address, waits.button)] if waits and not waits.address.startswith("#") else []
