"""The columns in which a person fills in records, made from the fields of the model, and the sheets that are nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from liangqing.base.dates import day_written
from liangqing.data.field_values import at_path, entries_at, text_of
from liangqing.data.fields import DAY as DAY_FIELD
from liangqing.data.fields import (
    DAY_OR_TEXT,
    LINES,
    ONE,
    PAIRS,
    WAIVERS,
    WORDS,
    YES_NO,
    EntryField,
    EntryTable,
    table_of,
    tables,
)
from liangqing.data.fields import NUMBER as NUMBER_FIELD
from liangqing.data.model.types import ModelRecord
from liangqing.data.model.validate import SECTIONS
from liangqing.data.yaml.places import Tree
from liangqing.outputs.ledger.columns import DAY, NUMBER, Column, LedgerRow, Sheet, Value
from liangqing.outputs.ledger.columns import TEXT as TEXT_COLUMN
from liangqing.year.state import facts
from liangqing.year.state.standing import Standing

WITHDRAWN = "作废"  # the column in which a row is struck out
SECTION_OF, RECORD_OF = "分区", "记录"  # whose 放行 a row is

_FIELDS = {section.key: section.field for section in SECTIONS}
_KINDS = {DAY_FIELD: DAY, DAY_OR_TEXT: DAY, NUMBER_FIELD: NUMBER}
_WIDE = {"事实", "内容", "意见", "总体评价", "基本情况", "完成情况", "具体任务", "描述", "核查情况", "措施"}
_LONG = {
    *(
        "名称",
        "标题",
        "事由",
        "理由",
        "说明",
        "监督内容",
        "整改要求",
        "整改目标",
        "目标",
        "原因",
        "备注",
        "全称",
    ),
    *(
        "自查范围",
        "类似问题",
        "单位意见",
        "标志",
        "派出机关",
        "来源",
        "主送",
        "补批原因",
        "发现说明",
        "文号",
        "依据",
    ),
}
_SHORT = {DAY_FIELD: 11, DAY_OR_TEXT: 11, NUMBER_FIELD: 9, YES_NO: 8}
# What a record without 编号 is known by.
_KNOWN_BY = {
    "调休": ("年度",),
    "监督记录": ("日期", "单位"),
    "画像": ("检查", "单位"),
    "送达": ("文号", "文种", "对象", "单位"),
    "问责统计": ("日期", "类别"),
}
# What a list calls the records that its entries are of, beside their 编号.
_WHICH = {"整改函": "哪封整改函，写编号或者文号"}
_CALLED = {"自查": ("单位", "期次"), "整改函": ("事由",), "项目": ("项目",)}


def cell(field: EntryField, tree: Tree) -> Value:
    """What stands in a cell: a day where the text of the field is one, a number where it is one."""
    text = text_of(field, tree)
    if not text:
        return None
    if field.kind in _KINDS and field.count == ONE and not field.per_entry:
        if field.kind == NUMBER_FIELD:
            return int(text) if text.isdecimal() else text
        return day_written(text) or text
    return text


def column_of(field: EntryField) -> Column:
    """The column of a field."""

    def value(row: LedgerRow) -> Value:
        return cell(field, row.tree)

    kind = TEXT_COLUMN if field.per_entry or field.count != ONE else _KINDS.get(field.kind, TEXT_COLUMN)
    return Column(
        field.label, _width(field), value, kind, path=field.path, choices=field.choices, field=field
    )


def _width(field: EntryField) -> int:
    key = field.path[-1]
    if field.kind in _SHORT:
        return _SHORT[field.kind]
    if field.count in (LINES, PAIRS):
        return 34
    if field.count == WORDS:
        return 24
    return 44 if key in _WIDE else 26 if key in _LONG else 14


def entered(sheet: Sheet) -> Sheet:
    """A list in which the records of the section of its name are filled in: its own columns, then the other fields."""
    table = table_of(sheet.name)
    fields = {field.path: field for field in table.fields}
    own = [_with_field(column, fields) for column in sheet.columns]
    there = {column.path for column in own}
    more = [column_of(field) for field in table.fields if field.path not in there]
    taken = {column.head for column in own}
    clash = [column.head for column in more if column.head in taken]
    assert not clash, clash
    later = _later(sheet)
    return Sheet(
        name=sheet.name,
        rows=sheet.rows,
        columns=(*own, *more, *struck_out()),
        code=sheet.code,
        colours=sheet.colours,
        table=table,
        later=later,
        printed=len(own),
    )


def _with_field(column: Column, fields: dict[tuple[str, ...], EntryField]) -> Column:
    path = tuple(step for step in column.path if isinstance(step, str))
    field = fields.get(path) if len(path) == len(column.path) else None
    if field is None:
        return column
    return replace(column, path=field.path, choices=column.choices or field.choices, field=field)


def _later(sheet: Sheet) -> Callable[[Standing], Sequence[Any]]:
    def later(at: Standing) -> Sequence[Any]:
        there = {id(record) for record in sheet.rows(at)}
        return [record for record in records(at, sheet.name) if id(record) not in there]

    return later


def struck_out() -> tuple[Column, ...]:
    """The column in which a person strikes a row out."""
    return (Column(WITHDRAWN, 6, lambda row: None, choices=("是",), owner=True),)


def records(at: Standing, section: str) -> tuple[Any, ...]:
    """The records of a section that a person wrote, in their order; of one that is a mapping, one or none."""
    found = getattr(at.year, _FIELDS[section])
    listed = found if isinstance(found, tuple) else () if found is None else (found,)
    return tuple(record for record in listed if record.tree)  # not the options that nobody wrote


def identified(section: str, found: Iterable[ModelRecord]) -> Iterator[tuple[str, ModelRecord]]:
    """Records with what they are known by when they come back: their 编号, else what tells them apart, counted where
    that is the same; "" of a section that is one mapping.
    """
    seen: Counter[str] = Counter()
    for record in found:
        name = known_words(section, record.tree)
        seen[name] += 1
        yield (name if seen[name] == 1 else f"{name}~{seen[name]}"), record


def known_words(section: str, tree: Tree) -> str:
    """What a record that is written as `tree` is known by: its 编号, of a section without such what else tells it apart."""
    keys = _KNOWN_BY.get(section, ("编号",))
    return " ".join(text for key in keys if isinstance(text := at_path(tree, (key,)), str))


def called(at: Standing, record: ModelRecord, section: str) -> str:
    """What a person calls a record, for the eye beside its 编号."""
    keys = _CALLED.get(section, ("名称",))
    texts = [text for key in keys if isinstance(text := at_path(record.tree, (key,)), str)]
    known = at.year.unit_by_ref
    return " ".join(known[text].short_name if text in known else text for text in texts)


def _sheet(table: EntryTable) -> Sheet:
    columns = [column_of(field) for field in table.fields]
    name, code = table.name, "编号" if table.coded else ""
    if not table.inside:
        told = _TOLD_BESIDE.get(name, ())
        return Sheet(name, _records_of(table), (*columns, *told, *_end(table)), code, table=table)
    owner = _owner_columns(table)
    return Sheet(name, _entries_of((table,)), (*owner, *columns, *_end(table)), code, table=table)


def _number(row: LedgerRow) -> Value:
    line = row.at.letter_line(row.record.code)
    return line.number if line else None


def _replied(name: str) -> Callable[[LedgerRow], Value]:
    """What is told of the reply to a letter, however that came in."""

    def value(row: LedgerRow) -> Value:
        line = row.at.letter_line(row.record.code)
        reply = facts.reply_to(row.at, line) if line else None
        return getattr(reply, name) if reply else None

    return value


# Columns to look at, behind those of a sheet that is filled in.
_TOLD_BESIDE = {
    "整改函": (
        Column("文号", 24, _number),
        Column("回复日期", 11, _replied("day"), DAY),
        Column("来文文号", 24, _replied("number")),
    ),
}


def _end(table: EntryTable) -> tuple[Column, ...]:
    return struck_out() if table.many else ()


def _owner_columns(table: EntryTable) -> tuple[Column, ...]:
    section = next(section for section in SECTIONS if section.key == table.section)
    if not section.many:
        return ()
    field = EntryField(
        table.section,
        (),
        refers=table.section,
        required=True,
        help=_WHICH.get(table.section, f"哪条{table.section}，写编号"),
    )
    code = Column(table.section, 12, lambda row: str(row.record.code), field=field, owner=True)
    name = Column(f"{table.section}名称", 24, lambda row: called(row.at, row.record, table.section))
    return code, name


def _waivers() -> Sheet:
    found = tuple(table for table in tables() if table.inside == WAIVERS)
    columns = [column_of(field) for field in found[0].fields]
    sections = tuple(table.section for table in found)
    field = EntryField(SECTION_OF, (), choices=sections, required=True, help="放行写在哪张表的记录上")
    which = EntryField(RECORD_OF, (), help="那条记录的编号；清单、总结的不用写")
    owner = (
        Column(
            SECTION_OF, 10, lambda row: row.record.written_at[0], choices=sections, field=field, owner=True
        ),
        Column(
            RECORD_OF,
            20,
            lambda row: row.identity.rpartition("#")[0].partition("/")[2],
            field=which,
            owner=True,
        ),
    )
    return Sheet(WAIVERS, _entries_of(found), (*owner, *columns, *struck_out()), "", table=found[0])


def _records_of(table: EntryTable) -> Callable[[Standing], Sequence[Any]]:
    def rows(at: Standing) -> list[LedgerRow]:
        found = identified(table.section, records(at, table.section))
        return [LedgerRow(at, record, (), record.tree, name) for name, record in found]

    return rows


def _entries_of(found: tuple[EntryTable, ...]) -> Callable[[Standing], Sequence[Any]]:
    def rows(at: Standing) -> list[LedgerRow]:
        return [row for table in found for row in _entries(at, table, several=len(found) > 1)]

    return rows


def _entries(at: Standing, table: EntryTable, *, several: bool) -> Iterator[LedgerRow]:
    for name, record in identified(table.section, records(at, table.section)):
        of = f"{table.section}/{name}" if several else name
        for number, entry in enumerate(entries_at(record.tree, table.inside)):
            mark = str(entry["编号"]) if table.coded else f"{of}#{number + 1}"
            yield LedgerRow(at, record, (table.inside, number), entry, mark)


# In the order in which a year fills them; what stands in a list that is also looked at has its columns there.
_ORDER = (
    *("机构", "地方假日", "选项", "督办阶梯", "调休", "单位", "清单", "任务", "自查期次", "典型案例"),
    *(
        "自查任务",
        "自查问题",
        "监督记录",
        "任务落实",
        "反馈会",
        "双签",
        "画像",
        "整改函",
        "送达",
        "回复",
        "收文",
        "整改反馈",
    ),
    *("责任变更", "延期", "进展", "销号", "回头看", "文书", "里程碑", "问责统计", "总结"),
)
_BY_NAME = {table.name: table for table in tables() if table.inside != WAIVERS}
ENTRIES = (*(_sheet(_BY_NAME[name]) for name in _ORDER), _waivers())
