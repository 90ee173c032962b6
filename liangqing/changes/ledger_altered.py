"""From the cells that a person changed in a row of a ledger to changes of its record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from liangqing.base.codes import Code
from liangqing.base.dates import as_written_by_us
from liangqing.base.diagnostics import Diagnostic, Place, Problems, error, refuse, warning
from liangqing.changes.ledger_references import RecordNames
from liangqing.changes.ledger_workbook import Original, ReturnedRow
from liangqing.changes.proposed import AlteredValue, Path, Proposal, Withdrawn
from liangqing.data.field_values import at_path, entries_at, entries_of, text_of
from liangqing.data.fields import DAY, DAY_OR_TEXT, EntryField
from liangqing.data.model.types import ModelRecord
from liangqing.data.yaml.places import Tree
from liangqing.outputs.ledger.columns import Column, version
from liangqing.outputs.ledger.entered import SECTION_OF, WITHDRAWN

STOP, SKIP, UPDATE = "stop", "skip", "update"  # what becomes of rows whose record was changed since
END = 1_000_000  # beyond the end of any list: a further item
_YES, _NO = {"是", "作废", "√", "✓", "1", "删", "删除", "x", "X"}, {"", "否"}


def is_struck(row: ReturnedRow) -> bool:
    """Whether a person struck a row out; raises Problems for a word that says neither."""
    word = row.values.get(WITHDRAWN, "")
    if word in _YES or word in _NO:
        return word in _YES
    message = f"「{WITHDRAWN}」列写的是「{word}」，看不出要不要删去这一行"
    raise refuse(Code.LEDGER_STRUCK_UNCLEAR, row.place_of(WITHDRAWN), message, "要删去的选 是，别的都清空")


@dataclass(frozen=True)
class _Home:
    """Where a row is kept: its record, and the path of the entry below it."""

    record: ModelRecord
    path: Path
    tree: Tree


class AlteredRows:
    """Makes changes of the rows of one ledger; what is to be known besides goes into `told`.

    `originals` are all rows of the ledger as they were written, by sheet and identity.
    """

    def __init__(
        self,
        names: RecordNames,
        originals: Mapping[str, Mapping[str, Original]],
        conflict: str,
        told: list[Diagnostic],
    ) -> None:
        self.names, self.originals, self.conflict, self.told = names, originals, conflict, told

    def proposals(self, row: ReturnedRow) -> list[Proposal]:
        """What the changes in a row ask; [] where there are none. Raises Problems for what can't be taken."""
        assert row.original is not None
        differing = [column for column in row.sheet.columns if _differs(row, column)]
        for column in differing:
            if not column.filled_in:
                self._tell_untaken(row, column.head)
        wanted = [column for column in differing if column.filled_in]
        if not wanted:
            return []
        home = self._home(row)
        if home is None:
            message = "作废的这一条在记录里没有了，或者后来改过：没有再删"
            self.told.append(warning(Code.LEDGER_CHANGE_NOT_TAKEN, row.place, message))
            return []
        if is_struck(row):
            made: list[Proposal] = [Withdrawn(home.record, row.place_of(WITHDRAWN), home.path)]
        else:
            _refuse_moved(row, wanted)
            made = list(self._altered(row, home, wanted))
        changed_since = version(home.record) != row.original.version
        return made if made and (not changed_since or self._goes_on(row, home.record)) else []

    def _tell_untaken(self, row: ReturnedRow, head: str) -> None:
        assert row.original is not None
        before = row.original.values.get(head, "")
        message = f"这一列不收，改动没有收：「{before}」→「{row.values[head]}」"
        advice = "这一列由记录算出；要改就改蓝色表头的列"
        self.told.append(warning(Code.LEDGER_CHANGE_NOT_TAKEN, row.place_of(head), message, advice))

    def _home(self, row: ReturnedRow) -> _Home | None:
        """None where what a row strikes out is not there."""
        assert row.original is not None and row.sheet.table is not None
        table, identity = row.sheet.table, row.original.identity
        of, counted, number = identity.rpartition("#")
        section, name = table.section, of if table.inside else identity
        if SECTION_OF in row.original.values:
            section, _, name = of.partition("/")
        record = self._record(row, section, name)
        if record is None:
            if is_struck(row):
                return None
            raise _gone(row, section, name or identity)
        if not table.inside:
            return _Home(record, (), record.tree)
        entries = entries_at(record.tree, table.inside)
        at = _index(row, entries, int(number) - 1 if counted else -1)
        if at is None:
            return None
        return _Home(record, (table.inside,) if table.single else (table.inside, at), entries[at])

    def _record(self, row: ReturnedRow, section: str, name: str) -> ModelRecord | None:
        """The record that a row is of, or whose entry it is; one that is known by what it says may have moved up or down."""
        assert row.original is not None
        records = self.names.records(section)
        named, mark = records.get(name), row.original.version
        if row.sheet.code or row.original.identity != name or (named and version(named) == mark):
            return named
        same = next((record for record in records.values() if version(record) == mark), None)
        others = {original.version for original in self.originals.get(row.sheet.name, {}).values()}
        return same or (None if named is None or version(named) in others else named)

    def _goes_on(self, row: ReturnedRow, record: ModelRecord) -> bool:
        """Whether a row is taken though its record was changed since the ledger was made."""
        message = f"{record.label} 在台账生成以后改过（{record.place()}），两边都改了"
        if self.conflict == STOP:
            advice = "看清两边再定：--conflict skip 放过这些行，--conflict update 以台账里改的为准；或重新生成台账再填"
            self.told.append(error(Code.CHANGED_ON_BOTH_SIDES, row.place, message, advice))
        elif self.conflict == SKIP:
            message = f"{message}，这一行没有收"
            self.told.append(warning(Code.LEDGER_CHANGE_NOT_TAKEN, row.place, message))
        return self.conflict == UPDATE

    def _altered(self, row: ReturnedRow, home: _Home, wanted: Sequence[Column]) -> Iterator[AlteredValue]:
        """In the order of the columns; the fields of a list of entries together, at the first that differs."""
        lists: set[str] = set()
        progress = False
        for column in wanted:
            field = column.field
            if field is None:
                if not progress:
                    yield from _progress(row, home)
                progress = True
            elif field.per_entry:
                if field.path[0] not in lists:
                    yield from self._entries(row, home, column)
                lists.add(field.path[0])
            else:
                yield from self._value(row, home, column, field)

    def _value(
        self, row: ReturnedRow, home: _Home, column: Column, field: EntryField
    ) -> Iterator[AlteredValue]:
        after = self.names.value(field, row.values[column.head])
        now = at_path(home.tree, field.path)
        if field.several:
            written = [now] if isinstance(now, str) else list(now or ())
            resolved = [self.names.code(field.refers, item) for item in written] if field.refers else written
            after = self._merged(row, column, field, resolved, after)
            yield from self._items(row, home, column, resolved, after)
            return
        if same(field, now, after):
            return
        place = row.place_of(column.head)
        yield AlteredValue(home.record, (*home.path, *field.path), after, {(): place}, column.head)

    @staticmethod
    def _items(
        row: ReturnedRow, home: _Home, column: Column, now: list[str], after: Tree
    ) -> Iterator[AlteredValue]:
        """Item by item where none goes, else the list as a whole."""
        assert column.field is not None
        path: Path = (*home.path, *column.field.path)
        places: dict[Path, Place] = {(): row.place_of(column.head)}
        given = after or []
        assert isinstance(given, list)
        if len(given) < len(now) or not isinstance(at_path(home.tree, column.field.path), list):
            if given != now:
                yield AlteredValue(home.record, path, given or None, places, column.head)
            return
        for index, item in enumerate(given):
            if index >= len(now):
                yield AlteredValue(home.record, (*path, END), item, places, column.head)
            elif item != now[index]:
                yield AlteredValue(home.record, (*path, index), item, places, column.head)

    def _merged(
        self, row: ReturnedRow, column: Column, field: EntryField, now: list[str], after: Tree
    ) -> Tree:
        """The items that a cell asks for; where the record has others by now than the ledger had, item by item."""
        assert row.original is not None
        was = self.names.value(field, row.original.values.get(column.head, "")) or []
        given = after or []
        assert isinstance(was, list) and isinstance(given, list)
        if now in (was, given):
            return after
        merged: list[Tree] = list(now)
        for index, (before, wanted) in enumerate(zip(was, given, strict=False)):
            if wanted not in (before, now[index] if index < len(now) else None):
                if index >= len(now) or now[index] != before:
                    raise self._both(row, column, f"第 {index + 1} 条")
                merged[index] = wanted
        if len(given) < len(was):
            raise self._both(row, column, "条数")
        return merged + [item for item in given[len(was) :] if item not in now]

    def _both(self, row: ReturnedRow, column: Column, what: str) -> Problems:
        name = f"{row.sheet.name} {row.original.identity if row.original else ''}"
        message = f"{name} 的「{column.head}」{what}在记录里也改过"
        return refuse(Code.CHANGED_ON_BOTH_SIDES, row.place_of(column.head), message, "重新生成台账再填")

    def _entries(self, row: ReturnedRow, home: _Home, column: Column) -> Iterator[AlteredValue]:
        """The entries whose keys are columns, all of them anew where one differs."""
        assert row.original is not None and column.field is not None and row.sheet.table is not None
        key = column.field.path[0]
        fields = [field for field in row.sheet.table.fields if field.per_entry and field.path[0] == key]
        now, was, given = (
            entries_of(fields, texts)
            for texts in (
                {field.label: text_of(field, home.tree) for field in fields},
                row.original.values,
                {field.label: row.values.get(field.label, "") for field in fields},
            )
        )
        if given == now:
            return
        if now != was:
            raise self._both(row, column, "")
        listed = isinstance(at_path(home.tree, (key,)), list) or len(given) > 1 or not fields[0].alone
        value: Tree = None if not given else [dict(entry) for entry in given] if listed else given[0]
        yield AlteredValue(
            home.record, (*home.path, key), value, {(): row.place_of(column.head)}, column.head
        )


def same(field: EntryField, now: object, after: Tree) -> bool:
    """Whether a value says what stands there already: a day otherwise written is the same."""
    before = now if isinstance(now, str) else ""
    if field.kind in (DAY, DAY_OR_TEXT):
        before = as_written_by_us(before)
    return (before or None) == after or text_of(field, _at(field.path, before)) == (after or "")


def _at(path: Sequence[str], value: Tree) -> Tree:
    for key in reversed(path):
        value = {key: value}
    return value


def _differs(row: ReturnedRow, column: Column) -> bool:
    assert row.original is not None
    head = column.head
    return head in row.values and row.values[head] != row.original.values.get(head, "")


def _refuse_moved(row: ReturnedRow, wanted: Sequence[Column]) -> None:
    """An entry stays with its record."""
    assert row.original is not None
    for column in wanted:
        if column.owner and column.head != WITHDRAWN:
            before, now = row.original.values.get(column.head, ""), row.values[column.head]
            message = f"「{column.head}」由「{before}」改成了「{now}」：这一行是「{before}」的"
            advice = f"改回去；写错了记录的，这一行在「{WITHDRAWN}」列选 是，另起一行重填"
            raise refuse(Code.LEDGER_OWNER_CHANGED, row.place_of(column.head), message, advice)


def _gone(row: ReturnedRow, section: str, name: str) -> Problems:
    message = f"数据里没有{section}「{name}」了"
    advice = "核对编号；记录已删或改过编号的，这一行不能收"
    return refuse(Code.LEDGER_RECORD_GONE, row.place, message, advice)


def _index(row: ReturnedRow, entries: Sequence[Tree], number: int) -> int | None:
    """Which of the entries a row is of: the one at its number where that is as it was, else one that is, else one that
    says what the row does by now; None where it strikes one out that is not there.
    """
    assert row.original is not None and row.sheet.table is not None
    fields = row.sheet.table.fields
    wanted = said_in(row.original.values, fields)
    if row.sheet.table.coded:
        found = [at for at, entry in enumerate(entries) if at_path(entry, ("编号",)) == wanted["编号"]]
    else:
        told = [{field.label: text_of(field, entry) for field in fields} for entry in entries]
        same = [at for at, texts in enumerate(told) if alike(texts, wanted)]
        given = [at for at, texts in enumerate(told) if alike(texts, said_in(row.values, fields))]
        found = [number] if number in same else same or ([] if is_struck(row) else given)
    if not found and is_struck(row):
        return None
    if not found:
        message = f"{row.sheet.name}「{row.original.identity.replace('#', '」第 ')}"
        message += "条在记录里改过或者没有了" if "#" in row.original.identity else "」在记录里没有了"
        raise refuse(Code.CHANGED_ON_BOTH_SIDES, row.place, message, "重新生成台账再填")
    return found[0]


def said_in(values: Mapping[str, str], fields: Sequence[EntryField]) -> dict[str, str | None]:
    """What cells say in these fields; None where the column is not there."""
    return {field.label: values.get(field.label) for field in fields}


def alike(texts: Mapping[str, str], wanted: Mapping[str, str | None]) -> bool:
    """Whether an entry says in its fields what is wanted there; days may be otherwise written, None is anything."""
    return all(
        before is None or as_written_by_us(texts[label]) == as_written_by_us(before)
        for label, before in wanted.items()
    )


def _progress(row: ReturnedRow, home: _Home) -> Iterator[AlteredValue]:
    """A further entry of 进展, of its two cells; none where that very entry is there already."""
    heads = [column.head for column in row.sheet.columns if column.path[:1] == ("进展",)]
    texts = {head: row.values.get(head, "") for head in heads}
    if not all(texts.values()):
        place = next(row.place_of(head) for head in heads if texts[head])
        message = "本次进展的日期和内容要一起填"
        raise refuse(Code.PROGRESS_HALF_FILLED, place, message, "补上另一格，或两格都清空")
    day, what = texts.values()
    known = (
        (as_written_by_us(text_at(entry, "日期")), text_at(entry, "内容"))
        for entry in entries_at(home.tree, "进展")
    )
    if (day, what) not in known:
        places: dict[Path, Place] = {
            ("日期",): row.place_of(heads[0]),
            ("内容",): row.place_of(heads[1]),
            (): row.place_of(heads[1]),
        }
        yield AlteredValue(home.record, ("进展", END), {"日期": day, "内容": what}, places)


def text_at(tree: Tree, key: str) -> str:
    """The text under a key; "" where there is none."""
    value = at_path(tree, (key,))
    return value if isinstance(value, str) else ""
