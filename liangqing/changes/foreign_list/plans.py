"""How a sheet is meant to come in: which section, where its head stands, and what each column means; only proposed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from openpyxl.utils import get_column_letter

from liangqing.changes.foreign_list.dates import year_in
from liangqing.changes.foreign_list.names import (
    FINDING,
    LETTER,
    LIKELY,
    NOWHERE,
    REMARK,
    SURE,
    UNIT,
    Meaning,
    Vocabulary,
    plain,
)
from liangqing.changes.foreign_list.sheets import ListSheet
from liangqing.changes.table_heads import TableHead, heads_in, heads_over
from liangqing.outputs.ledger.sheets import ORIGINALS

HEAD_WITHIN = 20  # rows, in which the head is looked for
HEIGHTS = (1, 2, 3)
ORDINALS, ORDINAL = ("序号", "编次", "项次"), "序号，不是编号"
LONGEST_HEAD = 16  # characters; what is longer is text
FEWEST_KEYS = 3  # of a list of findings
FEWEST_HEADS = 3  # of a row that may be the head of a sheet nothing is known of
_NUMBER_OF_PAPER = re.compile(r"[〔\[（(【﹝［]\s*20[0-9]{2}\s*[〕\]）)】﹞］].*[0-9]")
_COUNTED = re.compile(r"[0-9.]+%?")
LONGEST_NAME = 30  # characters of what a finding is called
SHOWN = 24  # characters of an example
# Whose 职务 a column of that name tells: that of the person in the column before it.
_POST_OF = {FINDING: ("责任人", ("责任领导", "责任人")), UNIT: ("负责人", ("负责人", "联络员"))}


@dataclass(frozen=True)
class ColumnPlan:
    """A column: its number (from 1), the heads over it, the key that it is taken as (NOWHERE: none), why, an example."""

    column: int
    head: str
    key: str
    why: str = ""
    example: str = ""

    @property
    def letter(self) -> str:
        """As a spreadsheet calls it."""
        return get_column_letter(self.column)


@dataclass(frozen=True)
class SheetPlan:
    """A sheet: its section (NOWHERE: not taken), the year of its rows (None: that of the new workspace), its head's rows."""

    file: str
    sheet: str
    section: str
    year: int | None
    first: int
    height: int
    columns: tuple[ColumnPlan, ...] = ()
    why: str = ""

    @property
    def body(self) -> int:
        """The first row below the head."""
        return self.first + self.height

    @property
    def taken(self) -> Mapping[str, tuple[ColumnPlan, ...]]:
        """The columns of each key, from left to right."""
        found: dict[str, tuple[ColumnPlan, ...]] = {}
        for column in self.columns:
            if column.key != NOWHERE:
                found[column.key] = (*found.get(column.key, ()), column)
        return found

    @property
    def ordinals(self) -> tuple[int, ...]:
        """The columns that only number the rows."""
        return tuple(plan.column for plan in self.columns if plan.why == ORDINAL and plan.key == NOWHERE)

    def key_of(self, column: int) -> str:
        """What a column is taken as."""
        return next((plan.key for plan in self.columns if plan.column == column), NOWHERE)

    def head_of(self, column: int) -> str:
        """What stands over a column."""
        return next((plan.head for plan in self.columns if plan.column == column), "")


def proposed(sheet: ListSheet, vocabulary: Vocabulary) -> SheetPlan:
    """What a sheet is by its heads; of one that nothing is known of, where its head may be."""
    nothing = SheetPlan(sheet.file, sheet.name, NOWHERE, None, 1, 0)
    if sheet.name == ORIGINALS:
        return replace(nothing, why="程序自己的表")
    sections = vocabulary.sections()
    if sheet.in_ledger:
        sections = tuple(section for section in sections if section == sheet.name)
        if not sections:
            return replace(
                guessed(sheet, vocabulary), why="程序自己的台账里，只带入问题、项目、检查、单位、发文"
            )
    found = [(section, head) for section in sections for head in _heads(sheet, section, vocabulary)]
    if not found or sheet.hidden:
        why = "隐藏的表，没有带入" if sheet.hidden else "没有认出是什么表"
        return replace(guessed(sheet, vocabulary), why=why)
    section, head = max(found, key=lambda pair: _fit(sheet, vocabulary, *pair))
    return planned(sheet, vocabulary, section, head.row, head.height)


def guessed(sheet: ListSheet, vocabulary: Vocabulary) -> SheetPlan:
    """A sheet that nothing is known of, with the row that looks most like a head; that of a sheet of notes is none."""

    def heads(row: int) -> int:
        texts = [plain(str(value)) for _, value in sheet.own(row)]
        short = {text for text in texts if len(text) <= LONGEST_HEAD and not text.isdigit()}
        return len(short) if len(short) == len(texts) else 0

    rows = range(1, min(sheet.height, HEAD_WITHIN) + 1)
    row = max(rows, key=lambda number: (heads(number), -number), default=1)
    if not rows or heads(row) < FEWEST_HEADS:
        return SheetPlan(sheet.file, sheet.name, NOWHERE, None, 1, 0)
    return planned(sheet, vocabulary, NOWHERE, row, 1)


def planned(sheet: ListSheet, vocabulary: Vocabulary, section: str, first: int, height: int) -> SheetPlan:
    """The plan of a sheet that is of a section, its head in `height` rows from `first` on."""
    plan = SheetPlan(sheet.file, sheet.name, section, year_of(sheet, first), first, height)
    heads = {
        column: heads_over(sheet.values, first, height, column)
        for column in range(1, sheet.width + 1)
        if any((row, column) in sheet.values for row in range(first, sheet.height + 1))
    }
    meanings = {} if section == NOWHERE else _meanings(sheet, vocabulary, section, heads, plan.body)
    columns = tuple(
        _column(sheet, plan, column, over, meanings.get(column), vocabulary) for column, over in heads.items()
    )
    return replace(plan, columns=columns)


def year_of(sheet: ListSheet, first: int) -> int | None:
    """The year that the name of a sheet tells, or a title above its head, or the name of its file."""
    titles = [texts[0] for row in range(1, first) if len(texts := sheet.texts(row)) == 1]
    told = [sheet.name, *(text for text in titles if not set("：:") & set(text)), sheet.file]
    return next((year for text in told if (year := year_in(text))), None)


def heads_text(heads: Sequence[str]) -> str:
    """The heads over a column as one text: 整改情况/联系电话."""
    return "/".join(dict.fromkeys("".join(head.split()) for head in heads))


def _meanings(
    sheet: ListSheet,
    vocabulary: Vocabulary,
    section: str,
    heads: Mapping[int, Sequence[str]],
    body: int,
) -> dict[int, Meaning | str]:
    """What columns mean: each key once, by the surest name; or why one that could mean something does not."""
    found: dict[int, Meaning | str] = {}
    for column, over in heads.items():
        meaning = vocabulary.meaning(over, section)
        if meaning is not None and not _is_counted(sheet, section, meaning.key, column, body):
            found[column] = meaning
    _posts(section, found)
    own = {column: meaning for column, meaning in found.items() if isinstance(meaning, Meaning)}
    for key in {meaning.key for meaning in own.values()} - {REMARK}:
        rivals = sorted(
            (column for column, meaning in own.items() if meaning.key == key),
            key=lambda column: (
                own[column].how != SURE,
                vocabulary.rank(section, own[column]),
                column,
            ),
        )
        for column in rivals[1:]:
            found[column] = f"{get_column_letter(rivals[0])}列已是「{key}」；要合在一起，这里也选「{key}」"
        if key == "事实" and len(rivals) == 2 and _is_name(sheet, own, rivals, body):
            found[rivals[1]] = Meaning("名称", LIKELY, "", f"{get_column_letter(rivals[0])}列已是「事实」")
    return found


def _is_name(sheet: ListSheet, own: Mapping[int, Meaning], rivals: Sequence[int], body: int) -> bool:
    """Whether 问题 beside 问题描述 is what the finding is called: left of it, short, and no other column is."""
    texts = [str(sheet.values.get((row, rivals[1]), "")).strip() for row in range(body, sheet.height + 1)]
    named = any(meaning.key == "名称" for meaning in own.values())
    return not named and rivals[1] < rivals[0] and max(map(len, texts), default=0) <= LONGEST_NAME


def _posts(section: str, found: dict[int, Meaning | str]) -> None:
    """职务 of another person than the one meant is none."""
    meant, persons = _POST_OF.get(section, ("", ()))
    before = ""
    for column, meaning in sorted(found.items()):
        if not isinstance(meaning, Meaning):
            continue
        if meaning.key in persons:
            before = meaning.key
        elif meaning.key == "职务" and before and before != meant:
            found[column] = f"是{before}的职务"


def _is_counted(sheet: ListSheet, section: str, key: str, column: int, body: int) -> bool:
    """Whether the values show that a column is not what its head says: numbers of findings under 问题, as in a sheet of
    figures; under 文号 nothing that is one. An empty column shows nothing.
    """
    found = (sheet.values.get((row, column)) for row in range(body, sheet.height + 1))
    texts = [str(value).strip() for value in found if value is not None]
    if section == LETTER and key == "文号":
        return bool(texts) and not any(_NUMBER_OF_PAPER.search(text) for text in texts)
    if section != FINDING or key not in ("事实", "名称"):
        return False
    return sum(_COUNTED.fullmatch(text) is not None for text in texts) * 2 > len(texts)


def _column(
    sheet: ListSheet,
    plan: SheetPlan,
    column: int,
    heads: Sequence[str],
    meaning: Meaning | str | None,
    vocabulary: Vocabulary,
) -> ColumnPlan:
    head = heads_text(heads)
    example = _example(sheet, plan, column, heads)
    if isinstance(meaning, Meaning):
        return ColumnPlan(column, head, meaning.key, meaning.why, example)
    if plain(heads[-1] if heads else "") in ORDINALS:
        return ColumnPlan(column, head, NOWHERE, ORDINAL, example)
    return ColumnPlan(column, head, NOWHERE, meaning or ("没有表头" if not head else "没有认出"), example)


def _example(sheet: ListSheet, plan: SheetPlan, column: int, heads: Sequence[str]) -> str:
    """The first value below the head that is no head repeated, nor stands across the sheet."""
    known = {plain(head) for head in heads}
    for row in range(plan.body, sheet.height + 1):
        value = sheet.values.get((row, column))
        if value is not None and len(sheet.texts(row)) > 1 and plain(str(value)) not in known:
            text = sheet.cell(row, column).text.replace("\n", " ")
            return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
    return ""


def _heads(sheet: ListSheet, section: str, vocabulary: Vocabulary) -> Iterator[TableHead]:
    """Where a table of the section could begin: every column under texts that are no longer than a head is."""

    def meaning(texts: tuple[str, ...]) -> str | None:
        if any(len(plain(text)) > LONGEST_HEAD for text in texts):
            return None
        found = vocabulary.meaning(texts, section)
        return found.key if found else None

    rows = range(1, min(sheet.height, HEAD_WITHIN) + 1)
    for head in heads_in(sheet.values, rows, sheet.width, HEIGHTS, meaning, vocabulary.needed(section)):
        if head.height == height_at(sheet, head.row) and _is_enough(sheet, section, head, vocabulary):
            yield head


def height_at(sheet: ListSheet, row: int) -> int:
    """How many rows a head has that begins in `row`: a further one stands below what is merged over several columns."""
    height = 1
    while height < HEIGHTS[-1] and _goes_on(sheet, row + height):
        height += 1
    return height


def _goes_on(sheet: ListSheet, row: int) -> bool:
    """Whether a row goes on with the head above it: short words, and only below what is merged over several columns."""
    above, own = sheet.columns(row - 1), sheet.own(row)
    if not own or len(sheet.texts(row - 1)) < 2 or (len(own) == 1 and own[0][0] not in above):
        return False
    texts = [plain(str(value)) for _, value in own]
    if not all(0 < len(text) <= LONGEST_HEAD and not text[0].isdigit() for text in texts):
        return False
    return all(_is_below_several(sheet, row - 1, column, above) for column, _ in own)


def _is_below_several(sheet: ListSheet, row: int, column: int, above: Sequence[int]) -> bool:
    """Whether the head of a column in `row` is shared with another column, by a merged cell or by standing alone left of it."""
    anchor = sheet.anchor(row, column)
    if column not in above:
        return True
    alike = [other for other in above if sheet.anchor(row, other) == anchor]
    return len(alike) > 1 or ((row, column + 1) not in sheet.values and (row + 1, column + 1) in sheet.values)


def _is_enough(sheet: ListSheet, section: str, head: TableHead, vocabulary: Vocabulary) -> bool:
    """Whether the columns that count are enough for the section: what is proposed is taken as it stands when read again."""
    keys = {
        key
        for column, key in head.keys.items()
        if key != REMARK and not _is_counted(sheet, section, key, column, head.row + head.height)
    }
    if not all(keys.intersection(group) for group in vocabulary.needed(section)):
        return False
    if section == FINDING:
        return len(keys) >= FEWEST_KEYS and bool(keys & {"事实", "名称"})
    if section == UNIT:
        return len(keys) > 1 or any(word in sheet.name for word in ("单位", "名单", "党组织", "支部"))
    return True


def _fit(sheet: ListSheet, vocabulary: Vocabulary, section: str, head: TableHead) -> tuple[Any, ...]:
    """How well a head serves: a sheet called after the section, many keys, few rows, far above."""
    keys = [key for key in head.keys.values() if key != REMARK]
    sure = 0
    for column in head.keys:
        found = vocabulary.meaning(heads_over(sheet.values, head.row, head.height, column), section)
        sure += found is not None and found.how == SURE and found.key != REMARK
    named = section in sheet.name and len(keys) > 1
    return len(keys) + sure + 4 * named, -head.height, -head.row
