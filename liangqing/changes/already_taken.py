"""Whether a form was taken in before: told by the records that are there, and by the originals that were kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from liangqing.base.codes import Code
from liangqing.base.dates import as_written_by_us
from liangqing.base.diagnostics import Diagnostic, Place, error, warning
from liangqing.base.folders import DATA
from liangqing.changes.proposed import FOLDER
from liangqing.changes.returned import ReturnedForm
from liangqing.data.model.findings import DualSign
from liangqing.data.model.inspections import SelfCheck
from liangqing.data.model.types import ModelRecord
from liangqing.data.yaml.places import Tree
from liangqing.year.open_workspace import OpenWorkspace
from liangqing.year.state.standing import REFUSED

SENT_BACK = "退回补充"

# By what a record is the same as another: a form is handed in once for each.
KEYS: dict[str, tuple[str, ...]] = {
    "自查": ("单位", "期次"),
    "征求意见": ("单位",),
    "检查": ("检查", "单位", "检查日期", "检查人"),  # a sheet of each who inspects
    "双签": ("内容码",),
    "整改反馈": ("整改函", "问题", "日期"),
}
_FIELDS = {"自查": "self_checks", "征求意见": "opinions", "双签": "dual_signs", "整改反馈": "feedbacks"}


def key_of(section: str, tree: Tree) -> tuple[str, ...]:
    """What two records of a section may not have in common."""
    assert isinstance(tree, dict)
    return (section, *(as_written_by_us(str(tree.get(key) or "")) for key in KEYS[section]))


class Before:
    """The records and the originals of the year that are there already."""

    def __init__(self, opened: OpenWorkspace) -> None:
        self._opened = opened
        folder = opened.root / DATA / opened.year_folder / FOLDER
        self._originals = {
            hashlib.sha256(path.read_bytes()).hexdigest(): path.relative_to(opened.root).as_posix()
            for path in sorted(folder.glob("*/*"))
            if path.is_file()
        }

    def same_file(self, form: ReturnedForm) -> Diagnostic | None:
        """That the very file was taken before, and its records are there."""
        kept = self._originals.get(form.digest)
        if kept is None or not any(
            True for draft in form.drafts for _ in self._like(form.section, draft.tree)
        ):
            return None
        return _again(form, f"这份表已经收过（{kept}）")

    def nothing_new(self, form: ReturnedForm, told: Iterable[Diagnostic]) -> Diagnostic:
        """That a form says nothing which is not on record, with what is told of it."""
        kept = self._originals.get(form.digest)
        words = [f"这份表已经收过（{kept}）"] if kept else ["表里没有要登记的了"]
        words += [] if kept else [problem.message for problem in told]
        return _again(form, "；".join(words))

    def problems(self, form: ReturnedForm) -> list[Diagnostic]:
        """That there are records already of what the form reports."""
        found = {}
        for index, draft in enumerate(form.drafts):
            for record in self._like(form.section, draft.tree):
                if not _leaves_room(record, draft.tree):
                    place = form.place(index, ())
                    message = f"已经有{record.label}（{record.place()}），不再收"
                    advice = "要改的，在已有的记录里改；自查要重报的，先把那一份审核为“退回补充”"
                    found[record] = error(
                        Code.ALREADY_RECORDED, Place(form.name, detail=place.detail), message, advice
                    )
        return list(found.values())

    def sent_back(self, section: str, tree: Tree) -> Any:
        """The record that was sent back and that a new one takes the place of; None where there is none."""
        superseded = {check.supersedes for check in self._opened.at.year.self_checks}
        open_ones = [
            record
            for record in self._like(section, tree)
            if isinstance(record, SelfCheck) and record.code not in superseded
        ]
        return open_ones[-1] if open_ones else None

    def _like(self, section: str, tree: Tree) -> Iterator[ModelRecord]:
        if section not in _FIELDS:
            return
        wanted = self._plain(section, tree)
        for record in getattr(self._opened.at.year, _FIELDS[section]):
            if self._plain(section, record.tree) == wanted:
                yield record

    def _plain(self, section: str, tree: Tree) -> tuple[str, ...]:
        """The key with units by their 编号, whatever they are called."""
        units = self._opened.at.year.unit_by_ref
        return tuple(units[word].code if word in units else word for word in key_of(section, tree))


def _leaves_room(record: ModelRecord, tree: Tree) -> bool:
    """Whether a further record may stand beside one: a self-check that was sent back, a signature that was refused."""
    if isinstance(record, DualSign):
        return record.result == REFUSED and isinstance(tree, dict) and tree.get("结果") != REFUSED
    return isinstance(record, SelfCheck) and record.result == SENT_BACK


def _again(form: ReturnedForm, message: str) -> Diagnostic:
    return warning(Code.SAME_FORM_AGAIN, Place(form.name), message, "不用再收")
