"""The table of a section, or of a list inside its records: rows chosen by facets and words, sorted, cut into pages.

Columns and what stands in them are those of the ledger, but for what the ledger takes back as it was signed and what
is otherwise by the day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property

from liangqing.data.fields import ONE
from liangqing.data.yaml.places import Tree
from liangqing.outputs.ledger.columns import DAY, NUMBER, Column, LedgerRow, Sheet, Value
from liangqing.outputs.ledger.entered import WITHDRAWN
from liangqing.outputs.ledger.rows import as_text, rows_of, value_in
from liangqing.outputs.ledger.sheets import SHEETS
from liangqing.year.state.standing import Standing

A_PAGE = 100  # rows
UNSAID = "（没有写）"  # what a facet calls rows that say nothing
TIME = "时间"  # the facet of quarters
_UNIT = "单位"
_MOST_COLUMNS, _MOST_FACETS = 8, 6
# The columns that tell most, in their order; of other tables the first ones.
_SHOWN: Mapping[str, tuple[str, ...]] = {
    "问题": (
        *("编号", "单位", "问题名称", "整改类别", "责任人", "完成时限", "延期后时限"),
        *("双签", "整改函号", "状态", "逾期天数"),
    ),
    "检查": ("编号", "类型", "名称", "开始日期", "结束日期", "单位", "问题数"),
    "自查": ("编号", "单位", "期次", "报送日期", "审核结果", "审核日期", "任务数", "计入份数"),
    "项目": ("编号", "项目", "责任单位", "责任人", "开始日期", "完成时限", "状态", "逾期天数", "完成日期"),
    "单位": ("编号", "简称", "名称", "类型", "负责人", "联络员", "成立日期", "撤销日期"),
    "任务": ("编号", "监督内容", "具体任务", "责任主体", "监督方式", "完成时限"),
    "典型案例": ("编号", "名称", "来源", "通报日期", "学习期限", "报送期限"),
    "双签": ("编号", "单位", "检查", "问题", "内容码", "日期", "结果"),
    "整改函": ("编号", "文号", "单位", "事由", "问题", "回复期限", "回复日期"),
    "整改反馈": ("编号", "整改函", "问题", "日期", "完成情况", "佐证", "申请销号"),
    "文书": ("编号", "文种", "单位", "事由", "问题", "新时限", "时间"),
}
# What the ledger shows as it was signed, because it comes back filled in there: by list and head, as it is on the day.
_BY_DAY: Mapping[tuple[str, str], Callable[[LedgerRow], Value]] = {
    ("问题", "责任人"): lambda row: owner.person if (owner := row.record.owner_on(row.at.day)) else None,
}
_PERSONS = ("责任人", "核查人", "检查人", "签字人", "审核人", "验收人", "联络员")
_KINDS = ("来源", "双签", "期次", "文种", "性质", "检查", "门槛", "效力")


@cache
def sheet_called(name: str) -> Sheet:
    """The list of the ledger with this name in which records are filled in; raises LookupError where there is none."""
    for sheet in SHEETS:
        if sheet.name == name and sheet.table is not None:
            return sheet
    raise LookupError(name)


@dataclass(frozen=True)
class TableWish:
    """What a person asks of a table: words, a value by facet, the head to sort by, and which page (from 1)."""

    words: str = ""
    facets: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""
    falling: bool = False
    page: int = 1


@dataclass(frozen=True)
class TableFacet:
    """A way to choose rows: its values with how many rows would be left by each, and the one that is chosen ("")."""

    name: str
    values: tuple[tuple[str, int], ...]
    chosen: str = ""


@dataclass(frozen=True)
class SectionTable:
    """The rows of a list on a day, as one wishes to see them."""

    sheet: Sheet
    at: Standing
    wish: TableWish = field(default_factory=TableWish)

    @cached_property
    def rows(self) -> tuple[LedgerRow, ...]:
        """All rows, those of records that are not there yet last."""
        return tuple(rows_of(self.sheet, self.at))

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns that are shown."""
        known = {column.head: column for column in _columns_of(self.sheet) if column.head != WITHDRAWN}
        heads = _SHOWN.get(self.sheet.name, tuple(known)[:_MOST_COLUMNS])
        return tuple(known[head] for head in heads)

    @cached_property
    def _facet_values(self) -> dict[str, list[str]]:
        """By facet what each row says, in the order of the rows."""
        found = {}
        for column in _facet_columns(self.sheet):
            name = TIME if column.kind == DAY else column.head
            part = _quarter if column.kind == DAY else as_text
            found[name] = [_said(column, row, part(value_in(column, row))) for row in self.rows]
        return {name: values for name, values in found.items() if len(set(values)) > 1}

    @cached_property
    def _with_words(self) -> set[int]:
        words = self.wish.words.lower().split()
        if not words:
            return set(range(len(self.rows)))
        texts = (_text_of(row) for row in self.rows)
        return {number for number, text in enumerate(texts) if all(word in text for word in words)}

    def _left(self, but: str = "") -> list[int]:
        """The numbers of the rows that words and facets leave; one facet is not asked."""
        asked = [
            (self._facet_values[name], value)
            for name, value in self.wish.facets.items()
            if name != but and name in self._facet_values
        ]
        return [
            number
            for number in sorted(self._with_words)
            if all(values[number] == value for values, value in asked)
        ]

    @cached_property
    def facets(self) -> tuple[TableFacet, ...]:
        """The ways to choose, each counted as the others are chosen."""
        made = []
        for name, values in self._facet_values.items():
            counted = Counter(values[number] for number in self._left(but=name))
            chosen = self.wish.facets.get(name, "")
            if chosen and chosen not in counted:
                counted[chosen] = 0
            listed = sorted(counted.items()) if name == TIME else counted.most_common()
            made.append(TableFacet(name, tuple(listed), chosen))
        return tuple(made)

    @cached_property
    def chosen(self) -> tuple[LedgerRow, ...]:
        """The rows that words and facets leave, sorted."""
        rows = [self.rows[number] for number in self._left()]
        column = next((column for column in self.columns if column.head == self.wish.sort), None)
        if column is not None:
            keyed = [(value_in(column, row), row) for row in rows]
            said = [pair for pair in keyed if pair[0] not in (None, "")]
            said.sort(key=lambda pair: _order(pair[0]), reverse=self.wish.falling)
            rows = [row for _, row in said] + [row for value, row in keyed if value in (None, "")]
        return tuple(rows)

    @property
    def pages(self) -> int:
        """How many pages there are; one at least."""
        return max(1, -(-len(self.chosen) // A_PAGE))

    @property
    def page(self) -> int:
        """The page that is shown, from 1."""
        return min(max(self.wish.page, 1), self.pages)

    @property
    def shown(self) -> Sequence[LedgerRow]:
        """The rows of the page."""
        return self.chosen[(self.page - 1) * A_PAGE : self.page * A_PAGE]

    def cells(self, row: LedgerRow) -> Iterator[tuple[Column, str]]:
        """The shown columns with what stands in them, units by their short names."""
        for column in self.columns:
            yield column, _said(column, row, as_text(value_in(column, row)), unsaid="")


def _columns_of(sheet: Sheet) -> list[Column]:
    """The columns of a list, each with what it says on the day."""
    return [
        replace(column, value=_BY_DAY.get((sheet.name, column.head), column.value))
        for column in sheet.columns
    ]


def _facet_columns(sheet: Sheet) -> list[Column]:
    """The columns that rows are chosen by: unit, state, kind, person, then the first day."""
    columns = _columns_of(sheet)
    wanted = [column for column in columns if _is_facet(sheet, column)]
    day = [column for column in columns if column.kind == DAY and column.filled_in]
    return [*wanted[:_MOST_FACETS], *day[:1]]


def _is_facet(sheet: Sheet, column: Column) -> bool:
    if column.head == WITHDRAWN or column.kind in (DAY, NUMBER):
        return False
    if column.field is not None and (column.field.count != ONE or column.field.per_entry):
        return False
    named = column.head in (*_PERSONS, *_KINDS, sheet.colours)
    return named or bool(column.choices) or _names_unit(column)


def _names_unit(column: Column) -> bool:
    return column.field is not None and column.field.refers == _UNIT


def _said(column: Column, row: LedgerRow, text: str, *, unsaid: str = UNSAID) -> str:
    """What a cell says, units by their short names."""
    if not text:
        return unsaid
    known = row.at.year.unit_by_ref
    if _names_unit(column):
        parts = (known[part].short_name if part in known else part for part in text.split("、"))
        return "、".join(parts)
    return text


def _quarter(value: Value) -> str:
    if not isinstance(value, date):
        return as_text(value)
    return f"{value.year}年第{'一二三四'[(value.month - 1) // 3]}季度"


def _order(value: Value) -> tuple[int, object]:
    """Numbers, then days, then texts."""
    rank = 0 if isinstance(value, int) else 1 if isinstance(value, date) else 2
    return rank, value


def _text_of(row: LedgerRow) -> str:
    """All that a person wrote of a row, and what the units in it are called."""
    known = row.at.year.unit_by_ref
    told = list(_texts(row.tree))
    names = [known[text].short_name for text in told if text in known]
    return "\n".join([*told, *names]).lower()


def _texts(tree: Tree) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict):
        for value in tree.values():
            yield from _texts(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _texts(value)
