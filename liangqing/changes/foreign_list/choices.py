"""What a clerk says of lists (带入对照.xlsx), laid over what is proposed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from liangqing.base.chinese import suggestion
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, error
from liangqing.changes.foreign_list.names import NOWHERE, Vocabulary
from liangqing.changes.foreign_list.plans import ColumnPlan, SheetPlan, planned, proposed
from liangqing.changes.foreign_list.sheets import ListSheet

# Keys that come from one column alone; the words of others may be joined, one column after the other.
_SINGLE = frozenset(
    "编号 单位 名称 发现日期 整改类别 整改时限 申请日期 销号日期 项目 开始日期 结束日期 完成时限 状态 完成日期 类型 简称 负责人 文号 文种 成文日期 份数".split()
)


@dataclass(frozen=True)
class SheetChoice:
    """What a clerk says of a sheet: section, year of its rows, first row and height of its head."""

    section: str
    year: int | None
    first: int
    height: int
    place: Place


@dataclass(frozen=True)
class ColumnChoice:
    """What a clerk says of a column: its key ("" where nothing is said), and the key that had been proposed there."""

    key: str
    saved: str
    place: Place


@dataclass(frozen=True)
class Choices:
    """All that a clerk says: sheets by file and name, columns by file, sheet and letter, names of units, names of keys."""

    sheets: Mapping[tuple[str, str], SheetChoice] = field(default_factory=dict)
    columns: Mapping[tuple[str, str, str], ColumnChoice] = field(default_factory=dict)
    same_units: Mapping[str, str] = field(default_factory=dict)
    own_names: tuple[tuple[str, str, str], ...] = ()
    known_units: frozenset[str] = frozenset()

    def knows(self, plans: tuple[SheetPlan, ...], units: Iterable[str]) -> bool:
        """Whether something is said of every sheet, every column and every name of a unit."""
        return self.known_units.issuperset(units) and all(
            (plan.file, plan.sheet) in self.sheets
            and all((plan.file, plan.sheet, column.letter) in self.columns for column in plan.columns)
            for plan in plans
        )


def chosen(
    sheet: ListSheet, vocabulary: Vocabulary, choices: Choices, problems: list[Diagnostic]
) -> SheetPlan:
    """How a sheet comes in: as proposed, but for what the clerk says otherwise; what can't be followed is added to `problems`."""
    plan = proposed(sheet, vocabulary)
    said = choices.sheets.get((sheet.file, sheet.name))
    if said is None:
        return plan
    again = (said.section, said.first, said.height) != (plan.section, plan.first, plan.height)
    if again and said.height:
        plan = replace(planned(sheet, vocabulary, said.section, said.first, said.height), why=plan.why)
    plan = replace(plan, section=said.section, year=said.year)
    if said.section == NOWHERE:
        return plan
    plan = replace(
        plan, columns=tuple(_column(plan, column, vocabulary, choices, problems) for column in plan.columns)
    )
    problems += _faults(plan, vocabulary, choices, said)
    return plan


def _column(
    plan: SheetPlan,
    column: ColumnPlan,
    vocabulary: Vocabulary,
    choices: Choices,
    problems: list[Diagnostic],
) -> ColumnPlan:
    said = choices.columns.get((plan.file, plan.sheet, column.letter))
    keys = vocabulary.keys(plan.section)
    if said is None or (said.key == said.saved and said.key not in keys):
        return column
    if not said.key or said.key == NOWHERE:
        return replace(column, key=NOWHERE, why="对照里写明不带入") if said.key or said.saved else column
    if said.key not in keys:
        message = f"「{plan.section}」没有「{said.key}」这一项"
        advice = f"{suggestion(said.key, keys)}；从下拉里选，不要的选“{NOWHERE}”"
        problems.append(error(Code.MAPPING_WORD_UNKNOWN, said.place, message, advice))
        return column
    return column if said.key == column.key else replace(column, key=said.key, why="对照里选的")


def _faults(
    plan: SheetPlan, vocabulary: Vocabulary, choices: Choices, said: SheetChoice
) -> Iterator[Diagnostic]:
    """What the choices of a sheet want: a key that it can't do without, one column alone for keys that are no texts."""
    for group in vocabulary.needed(plan.section):
        if not any(key in plan.taken for key in group):
            message = f"「{plan.sheet}」作为「{plan.section}」，没有一列是「{'」或「'.join(group)}」"
            advice = f"在「各列」里给这张表选一列；不要这张表的，把“作为”改成“{NOWHERE}”"
            yield error(Code.MAPPING_LACKS_COLUMN, said.place, message, advice)
    for key, columns in plan.taken.items():
        if len(columns) > 1 and key in _SINGLE:
            letters = "、".join(f"{column.letter}列「{column.head}」" for column in columns)
            where = choices.columns.get((plan.file, plan.sheet, columns[-1].letter))
            message = f"「{plan.sheet}」的{letters}都作为「{key}」，这一项只能从一列来"
            advice = f"只留一列，另一列改选别的，或选“{NOWHERE}”"
            yield error(Code.MAPPING_TWO_COLUMNS, where.place if where else said.place, message, advice)
