"""A standard finding of the library put into the year as a draft that a person completes."""

from __future__ import annotations

from datetime import date

from liangqing.base.chinese import book_titles, suggestion
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse
from liangqing.base.folders import DATA
from liangqing.base.output_files import write_durably
from liangqing.changes import change_log
from liangqing.changes.change_log import Taking
from liangqing.changes.numbering import following
from liangqing.data.json_schema import headed
from liangqing.data.library import LibraryEntry
from liangqing.data.model.duties import Unit
from liangqing.data.model.inspections import Inspection
from liangqing.data.yaml.edit import apply_edits
from liangqing.data.yaml.edited_trees import Edit
from liangqing.data.yaml.places import Tree
from liangqing.data.yaml.write import dump, write_new
from liangqing.year.open_workspace import OpenWorkspace, unit_called

SECTION = "问题"
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


def record_of(
    opened: OpenWorkspace, entry: LibraryEntry, inspection: Inspection, unit: Unit
) -> dict[str, Tree]:
    """The draft: what the library says, with its places to be filled in, and the next 编号 of the year."""
    codes = [finding.code for finding in opened.at.year.findings]
    clause = f"{book_titles(entry.clauses)}{BLANK_CLAUSE}" if entry.clauses else None
    given: dict[str, Tree] = {
        "编号": next(iter(following(codes, f"W{opened.at.year.year}-00"))),
        "检查": inspection.code,
        "单位": unit.code,
        "名称": entry.name,
        "事实": entry.facts,
        "依据": clause,
        "整改类别": entry.category,
        "整改要求": entry.demand,
    }
    return {key: value for key, value in given.items() if value is not None}


def write(opened: OpenWorkspace, entry: LibraryEntry, tree: dict[str, Tree], day: date) -> str:
    """Add the draft after the last finding of the year, or in a file of its own; the name of the file.

    Everything else in a person's file stays as it is. The workspace was opened under its lock, which is still held.
    """
    findings = opened.at.year.findings
    if not findings:
        name = f"{DATA}/{opened.year_folder}/问题-取自问题库.yaml"
        remarks = ("从问题库取来的问题：把【填 …】换成查到的情况",)
        write_new(opened.root / name, name, headed(name, remarks, dump({SECTION: [tree]})))
    else:
        source = findings[-1].written_in
        name, items = source.name, source.at((SECTION,))
        assert isinstance(items, list)
        write_durably(opened.root / name, apply_edits(source, [Edit((SECTION, len(items)), tree)]))
    change_log.record(opened.root, Taking(day, f"library {entry.code}").new(name, SECTION, tree))
    return name
