"""From the new rows of a ledger to new records, and to new entries of records that are there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, refuse, warning
from liangqing.changes.ledger_altered import END, alike, is_struck, said_in
from liangqing.changes.ledger_references import RecordNames, called
from liangqing.changes.ledger_workbook import ReturnedRow, WorkbookReading
from liangqing.changes.numbering import PROVISIONAL
from liangqing.changes.proposed import AlteredValue, NewRecord, Path, Proposal
from liangqing.data.field_values import at_path, entries_at, entries_of, text_of
from liangqing.data.fields import EntryField, EntryTable
from liangqing.data.model.types import ModelRecord
from liangqing.data.model.validate import SECTIONS
from liangqing.data.yaml.places import Tree
from liangqing.outputs.ledger.columns import Sheet, version
from liangqing.outputs.ledger.entered import RECORD_OF, SECTION_OF, WITHDRAWN
from liangqing.year.state.records import LETTER
from liangqing.year.state.standing import Standing

Made = TypeVar("Made")
# What the fields of each row said and say, by what its record is called.
ToldByOwner = dict[str, list[list[dict[str, str | None]]]]

# What tells two records, or entries, of a kind apart where no 编号 does: by it a row is known that was taken before.
_SAME = {
    "单位": ("名称",),
    "征求意见": ("单位", "任务", "意见"),
    "典型案例": ("名称",),
    "自查": ("单位", "期次", "报送日期"),
    "监督记录": ("日期", "单位", "内容"),
    "检查": ("类型", "名称", "开始日期"),
    "问题": ("检查", "单位", "名称"),
    "双签": ("内容码",),
    "画像": ("检查", "单位"),
    "整改函": ("单位", "事由"),
    "文书": ("文种", "单位", "事由"),
    "送达": ("文号", "文种", "对象", "单位"),
    "收文": ("来文单位", "来文字号", "题名", "收文日期"),
    "整改反馈": ("整改函", "问题", "日期"),
    "项目": ("项目",),
    "问责统计": ("日期", "类别"),
    "调休": ("年度",),
    "任务": ("具体任务",),
    "任务落实": ("单位", "任务"),
    "自查任务": ("任务",),
    "自查问题": ("描述",),
    "反馈会": ("单位", "日期"),
    "延期": ("批准日期",),
    "督办阶梯": ("文种",),
    "自查期次": ("名称",),
    "里程碑": ("名称",),
    "销号": ("申请日期", "核查日期", "销号日期"),
    "放行": ("门槛",),
    "回复": (),  # there is one at most
}
_BY_DAY = ("日期",)  # of all others
_ORDER = {
    section.key: number for number, section in enumerate(SECTIONS)
}  # what is named before what names it


@dataclass
class _Draft:
    """A record in the making, with the places of its values."""

    section: str
    tree: dict[str, Tree]
    places: dict[Path, Place]


class _There(NamedTuple):
    """A record that is there, or an entry of it, and what stands in it."""

    record: ModelRecord
    tree: Tree


class NewRows:
    """Makes records and entries of the new rows of one ledger.

    What is to be known besides goes into `told`, what is wrong with a row into `errors`.
    """

    def __init__(self, at: Standing | None, reading: WorkbookReading, told: list[Diagnostic]) -> None:
        self.reading, self.told = reading, told
        self.errors: list[Diagnostic] = []
        self._told: dict[str, ToldByOwner] = {}  # by sheet
        self._came: dict[str, list[_There]] = {}  # what came since, by sheet, and by sheet and record
        self._homes: dict[tuple[str, str], _Draft | ModelRecord] = {}  # of new rows, by section and name
        # By id of the record and key: what new rows gave.
        self._single: dict[tuple[int, str], list[dict[str, Tree]]] = {}
        fresh = [row for row in reading.rows if row.original is None]
        self.rows = [row for row in fresh if self._tried(self._is_wanted, row)]
        self.names = RecordNames(at, ())
        self.taken = self._taken_before()
        left = (row for row in self.rows if id(row) not in self.taken)
        self.names = RecordNames(at, left, self.names.taken)

    def _taken_before(self) -> set[int]:
        """The ids of the rows that were made into records, or tasks, when the ledger was taken an earlier time.

        What such a row calls its record (新1) stands for that one from then on.
        """
        named = [row for row in self.rows if not _table(row).inside or _table(row).coded]
        taken: set[int] = set()
        for row in sorted(named, key=lambda row: _ORDER[_table(row).section]):
            tree, table = self._filled(row)[0], _table(row)
            found = self._same(row, tree, self._since(row), certain=True)
            if found is not None:
                taken.add(id(row))
                code = str(at_path(found.tree, ("编号",)) or "")
                for name in called(tree) if code else ():
                    self.names.call(table.name, name, code)
        return taken

    def proposals(self) -> list[Proposal]:
        """Records with the entries that are filled in beside them, then entries of records that are there."""
        rows = self.rows
        records = [self._tried(self._record, row) for row in rows if not _table(row).inside]
        entries = [self._tried(self._entry, row) for row in rows if _table(row).inside]
        drafts = [draft for draft in records if draft is not None]
        made: list[Proposal] = [NewRecord(draft.section, draft.tree, draft.places) for draft in drafts]
        return made + [entry for entry in entries if entry is not None]

    def _tried(self, make: Callable[[ReturnedRow], Made], row: ReturnedRow) -> Made | None:
        try:
            return make(row)
        except Problems as problems:
            self.errors += problems.diagnostics
            return None

    def _is_wanted(self, row: ReturnedRow) -> bool:
        if not row.copied:
            self._tell_computed(row)
        if not is_struck(row):
            return True
        if not row.copied:
            message = f"新的一行，「{WITHDRAWN}」列写了 是，没有收"
            self.told.append(warning(Code.LEDGER_CHANGE_NOT_TAKEN, row.place, message))
        return False

    def _tell_computed(self, row: ReturnedRow) -> None:
        for column in row.sheet.columns:
            if not column.filled_in and row.values.get(column.head):
                message = f"这一列由记录算出，填的「{row.values[column.head]}」没有收"
                place = row.place_of(column.head)
                self.told.append(warning(Code.LEDGER_CHANGE_NOT_TAKEN, place, message))

    def _record(self, row: ReturnedRow) -> _Draft | None:
        """The record of a row; None of one that is there already."""
        table = _table(row)
        records = self.names.records(table.section)
        if not table.many and records and id(row) not in self.taken:
            message = f"「{table.name}」只有一行，这是另外一行"
            raise refuse(Code.LEDGER_SECOND_ROW, row.place, message, "填在原来的那一行里，把这一行清空")
        draft = _Draft(table.section, *self._filled(row))
        before = self._same(row, draft.tree, self._since(row))
        home = draft if before is None else before.record
        for name in called(draft.tree) if table.many else [""]:
            self._homes.setdefault((table.section, name), home)
        return draft if before is None else None

    def _since(self, row: ReturnedRow) -> list[_There]:
        """The records of a row's kind, or the tasks, that came after the ledger was made, or were changed since."""
        if row.sheet.name not in self._came:
            self._came[row.sheet.name] = self._found_since(row)
        return self._came[row.sheet.name]

    def _found_since(self, row: ReturnedRow) -> list[_There]:
        table = _table(row)
        known = self.reading.originals.get(table.name, {})
        records = self.names.records(table.section)
        if table.inside:
            return [there for record in records.values() for there in self._found_within(row, record)]
        if table.coded or not table.many:
            return [_There(record, record.tree) for name, record in records.items() if name not in known]
        versions = {original.version for original in known.values()}
        return [_There(record, record.tree) for record in records.values() if version(record) not in versions]

    def _entry(self, row: ReturnedRow) -> AlteredValue | None:
        """The entry of a row, put into the draft of its record where that is new; None then, or where it is there already."""
        table, home = _table(row), self._owner(row)
        tree, places = self._filled(row)
        inside = table.inside
        entries = entries_at(home.tree, inside)
        if isinstance(home, _Draft):
            _refuse_second(row, entries)
            path: Path = (inside,) if table.single else (inside, len(entries))
            home.tree[inside] = tree if table.single else [*entries, tree]
            home.places |= {(*path, *key): place for key, place in places.items()}
            return None
        if self._same(row, tree, self._entries_since(row, home)) is not None:
            return None
        _refuse_second(row, entries or self._single.get((id(home), inside), []))
        self._single[id(home), inside] = [tree]
        return AlteredValue(home, (inside,) if table.single else (inside, END), tree, places, table.name)

    def _entries_since(self, row: ReturnedRow, home: ModelRecord) -> list[_There]:
        """The entries of a record that are none of those that the ledger had, as they were or as they were changed in it."""
        key = f"{row.sheet.name} {id(home)}"
        if key not in self._came:
            self._came[key] = self._found_within(row, home)
        return self._came[key]

    def _found_within(self, row: ReturnedRow, home: ModelRecord) -> list[_There]:
        table, name = _table(row), row.sheet.name
        entries = [_There(home, entry) for entry in entries_at(home.tree, table.inside)]
        if table.coded:
            known = self.reading.originals.get(name, {})
            return [there for there in entries if at_path(there.tree, ("编号",)) not in known]
        if name not in self._told:
            self._told[name] = self._told_by_owner(row.sheet)
        left = list(self._told[name].get(self._called_in(row, home), ()))
        since: list[_There] = []
        for there in entries:
            texts = {field.label: text_of(field, there.tree) for field in table.fields}
            told = next((told for told in left if any(alike(texts, values) for values in told)), None)
            if told is None:
                since.append(there)
            else:
                left.remove(told)
        return since

    def _told_by_owner(self, sheet: Sheet) -> ToldByOwner:
        """What each row said when the ledger was made, and what it says now, by what its record is called."""
        assert sheet.table is not None
        fields, told = sheet.table.fields, ToldByOwner()
        now = {
            row.original.identity: row.values
            for row in self.reading.rows
            if row.original is not None and row.sheet is sheet
        }
        for identity, original in self.reading.originals.get(sheet.name, {}).items():
            states = (original.values, now.get(identity, original.values))
            of = identity.rpartition("#")[0]
            told.setdefault(of, []).append([said_in(values, fields) for values in states])
        return told

    def _called_in(self, row: ReturnedRow, home: ModelRecord) -> str:
        """What the rows of a record's entries call it in their hidden cells."""
        section = str(home.written_at[0])
        name = next((name for name, record in self.names.records(section).items() if record is home), "")
        return f"{section}/{name}" if SECTION_OF in row.sheet.heads else name

    def _owner(self, row: ReturnedRow) -> _Draft | ModelRecord:
        """The record that a row is an entry of; raises Problems where none is meant."""
        section, name, head = _table(row).section, "", row.sheet.heads[0]
        if SECTION_OF in row.sheet.heads:
            section, name, head = _section_of(row), row.values.get(RECORD_OF, ""), RECORD_OF
        elif row.sheet.columns[0].owner:
            name = row.values.get(head, "")
        code = self.names.code(section, name) if name else ""
        found = self._homes.get((section, code)) or self.names.records(section).get(code)
        if found is None and section == LETTER:
            found = self.names.letter(name)
        if found is None:
            meant = f"没有{section}「{code}」" if code else f"没有写是哪条{section or '记录'}的"
            advice = f"在「{head}」写{section or '记录'}的编号{'或文号' if section == LETTER else ''}；新填的那一条还没有编号的，写它的名称，或者两处都写 新1"
            raise refuse(Code.LEDGER_OWNER_UNKNOWN, row.place_of(head), f"这一行{meant}", advice)
        return found

    def _filled(self, row: ReturnedRow) -> tuple[dict[str, Tree], dict[Path, Place]]:
        """What is filled in in a row, in the order of the model, and where."""
        tree: dict[str, Tree] = {}
        places: dict[Path, Place] = {(): row.place}
        heads = {column.path: column.head for column in row.sheet.columns if column.field is not None}
        fields = _table(row).fields
        for field in fields:
            head = heads[field.path]
            if field.per_entry:
                self._put_entries(row, [other for other in fields if other.path[0] == field.path[0]], tree)
                places.setdefault(field.path[:1], row.place_of(head))
                continue
            value = self.names.value(field, row.values.get(head, ""))
            if value is not None and value != []:
                _put(tree, field.path, value)
                places[field.path] = row.place_of(head)
        quick = [column for column in row.sheet.columns if column.path and column.field is None]
        texts = {str(column.path[2]): row.values.get(column.head, "") for column in quick}
        if all(texts.values()) and texts:
            tree[str(quick[0].path[0])] = [dict(texts)]
        return tree, places

    @staticmethod
    def _put_entries(row: ReturnedRow, fields: Sequence[EntryField], tree: dict[str, Tree]) -> None:
        entries = entries_of(fields, row.values)
        if entries:
            alone = fields[0].alone and len(entries) == 1
            tree[fields[0].path[0]] = entries[0] if alone else [dict(entry) for entry in entries]

    def _same(
        self, row: ReturnedRow, tree: dict[str, Tree], since: Iterable[_There], *, certain: bool = False
    ) -> _There | None:
        """Where what a row says stands already, of what came since the ledger was made.

        Raises Problems where the same thing is there and says something else, but not where only what is `certain` is
        asked for.
        """
        table = _table(row)
        own = {key: value for key, value in tree.items() if key != "编号" or not _is_provisional(value)}
        told = _SAME.get(table.name, _BY_DAY if table.many else ())  # else there is one only
        keys = ("编号",) if own.get("编号") else told
        fields = {field.path: field for field in table.fields}
        given = [field for field in table.fields if text_of(field, own)]
        like = [there for there in since if all(self._alike(fields[key,], own, there.tree) for key in keys)]
        for there in like:
            if all(self._alike(field, own, there.tree) for field in given):
                return there
        if like and not certain:
            record = like[0].record
            unlike = next(field for field in given if not self._alike(field, own, like[0].tree))
            message = f"这一行像是收过的 {record.label}（{record.place()}），「{unlike.label}」又不同"
            advice = "重新生成台账，在它的那一行里改；确是另外一条的，也在新的台账里加"
            raise refuse(Code.LEDGER_ROW_TAKEN_BEFORE, row.place, message, advice)
        return None

    def _alike(self, field: EntryField, tree: Tree, there: Tree) -> bool:
        return self.names.value(field, text_of(field, tree)) == self.names.value(field, text_of(field, there))


def _section_of(row: ReturnedRow) -> str:
    """The section that a row says it belongs to; raises Problems where it says none that may have such rows."""
    section = row.values.get(SECTION_OF, "")
    known = next(column.choices for column in row.sheet.columns if column.head == SECTION_OF)
    if section not in known:
        message = f"这一行没有写「{SECTION_OF}」" if not section else f"没有分区「{section}」"
        raise refuse(
            Code.LEDGER_OWNER_UNKNOWN, row.place_of(SECTION_OF), message, f"写成其中一个：{'、'.join(known)}"
        )
    return section


def _refuse_second(row: ReturnedRow, there: Sequence[Mapping[str, Tree]]) -> None:
    """Raises Problems for a further row of what a record has once at most."""
    if there and _table(row).single:
        head = row.sheet.heads[0]
        name, what = row.values.get(head, ""), row.sheet.name
        message = f"{head}「{name}」登记过{what}了（{'，'.join(str(value) for value in there[0].values())}），这是另外一行"
        advice = f"要改的，改「{what}」表里那一行；这一行是别的{head}的，改「{head}」列；重复的，把这一行清空"
        raise refuse(Code.LEDGER_SECOND_OF_RECORD, row.place_of(head), message, advice)


def _table(row: ReturnedRow) -> EntryTable:
    assert row.sheet.table is not None
    return row.sheet.table


def _is_provisional(code: Tree) -> bool:
    return isinstance(code, str) and PROVISIONAL.fullmatch(code) is not None


def _put(tree: dict[str, Tree], path: Sequence[str], value: Tree) -> None:
    for key in path[:-1]:
        below = tree.setdefault(key, {})
        assert isinstance(below, dict)
        tree = below
    tree[path[-1]] = value
