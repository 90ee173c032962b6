"""A standard finding of the library put into the year as a draft that a person completes."""

from __future__ import annotations

from liangqing.base.chinese import book_titles, suggestion
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse
from liangqing.base.folders import DATA
from liangqing.changes.proposed import Handed, NewRecord
from liangqing.data.library import LibraryEntry
from liangqing.data.model.duties import Unit
from liangqing.data.model.inspections import Inspection
from liangqing.data.yaml.places import Tree
from liangqing.year.open_workspace import OpenWorkspace, unit_called

SECTION = "问题"
OWN_FILE = "问题-取自问题库.yaml"
REMARK = "从问题库取来的问题：把【填 …】换成查到的情况"
BLANK_CLAUSE = "【填 哪一条】"


def inspection_called(opened: OpenWorkspace, word: str) -> Inspection:
    """The inspection that a person calls by its 编号 or its 名称. Raises Problems where there is none."""
    by_code = opened.at.year.inspection_by_code
    named = {inspection.name: inspection for inspection in by_code.values()}
    found = by_code.get(word) or named.get(word)
    if found is None:
        advice = suggestion(word, [*by_code, *named])
        raise refuse(Code.NO_SUCH_INSPECTION, Place(word), f"没有检查「{word}」", advice)
    return found


def unit_of(opened: OpenWorkspace, inspection: Inspection, word: str | None) -> Unit:
    """The unit that is meant: by its name, else the only one of the inspection. Raises Problems where that is not clear."""
    inspected = opened.at.year.units_of(inspection.units)
    if word is None and len(inspected) != 1:
        names = "、".join(unit.short_name for unit in inspected)
        message = f"检查 {inspection.code} 有 {len(inspected)} 个单位，没有写是哪一个"
        raise refuse(Code.UNIT_NOT_SAID, Place(inspection.code), message, f"加 --unit，可用的有：{names}")
    return unit_called(opened, word) if word is not None else inspected[0]


def drafted(opened: OpenWorkspace, entry: LibraryEntry, inspection: Inspection, unit: Unit) -> Handed:
    """The draft of an entry as something handed over: what the library says, with its places to be filled in.

    It goes behind the findings of the year; where there are none yet, into a file of its own.
    """
    clause = f"{book_titles(entry.clauses)}{BLANK_CLAUSE}" if entry.clauses else None
    given: dict[str, Tree] = {
        "检查": inspection.code,
        "单位": unit.code,
        "名称": entry.name,
        "事实": entry.facts,
        "依据": clause,
        "整改类别": entry.category,
        "整改要求": entry.demand,
    }
    tree = {key: value for key, value in given.items() if value is not None}
    file = None if opened.at.year.findings else f"{DATA}/{opened.year_folder}/{OWN_FILE}"
    name = f"library {entry.code}"
    record = NewRecord(SECTION, tree, {(): Place(name)}, file, "" if file is None else REMARK)
    return Handed(name, (record,), draft=True)
