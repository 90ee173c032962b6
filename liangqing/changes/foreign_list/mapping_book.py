"""带入对照.xlsx: what is proposed for lists, for a clerk to look at and change, and read again.

A workbook rather than YAML: a clerk keeps lists in one, picks keys from drop-downs, and sees each beside an example.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from liangqing.base.chinese import suggestion
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, error, reason, refuse
from liangqing.base.left_behind import place_file
from liangqing.changes.foreign_list.choices import Choices, ColumnChoice, SheetChoice
from liangqing.changes.foreign_list.imported import ImportedList
from liangqing.changes.foreign_list.names import FINDING, NOWHERE, Vocabulary
from liangqing.changes.foreign_list.plans import SheetPlan
from liangqing.changes.ledger_workbook import cell_text, open_book
from liangqing.changes.workbook_bytes import as_xlsx, bytes_of, data_of

NAME = "带入对照.xlsx"
SHEETS, COLUMNS, UNITS, NAMES, OPTIONS, HELP = "各表", "各列", "单位", "叫法", "选项", "怎样用"
_HEADS: dict[str, tuple[tuple[str, int], ...]] = {
    SHEETS: (
        ("文件", 24),
        ("表", 18),
        ("作为", 10),
        ("年度", 8),
        ("表头从第几行起", 14),
        ("表头有几行", 12),
        ("为什么", 40),
    ),
    COLUMNS: (
        ("文件", 24),
        ("表", 18),
        ("列", 6),
        ("表头", 26),
        ("例", 34),
        ("带入为", 14),
        ("为什么", 46),
        ("原来提的", 10),
    ),
    UNITS: (("原表里的名称", 30), ("出现几次", 10), ("就是", 30), ("像是", 30)),
    NAMES: (("分区", 10), ("原表里的叫法", 30), ("就是", 14)),
}
_HELP = (
    "这本对照写明原来的台账哪一列带入到哪里。蓝色表头的列可以改，改好保存，再运行一次，加 --accept（或 --yes）。",
    "「各表」：每张表作为什么带入（从下拉里选），哪一年的，表头从第几行起、有几行。不要的表选“不带入”。",
    "「各列」：每一列带入为什么（从下拉里选）。空着或选“不带入”的列不进记录，内容写在说明里，原表也留着。",
    "　　两列要合成一项的，两列选同一项。“说明”写在记录旁边，不印在文书上。",
    "「单位」：同一个单位有几种写法的，在“就是”里写那一个名称（要与上面的一个名称完全一样）。空着就是两个单位。",
    "「叫法」：以后还要带入别的台账的，把你们的叫法写在这里，如 问题 / 存在的短板 / 事实。",
)
_BLUE, _GREY = PatternFill("solid", fgColor="DDEBF7"), PatternFill("solid", fgColor="EDEDED")
_CHANGED = {SHEETS: range(3, 7), COLUMNS: (6,), UNITS: (3,), NAMES: (1, 2, 3)}
_ROWS_OF_NAMES = 200


def write(path: Path, imported: ImportedList, choices: Choices, vocabulary: Vocabulary) -> None:
    """Write the mapping of lists, with what the clerk had said before. Raises Problems where it can't be written."""
    try:
        place_file(path, as_bytes(imported, choices, vocabulary))
    except OSError as problem:
        message = f"带入对照写不进去（{reason(problem)}）"
        advice = "对照正开着的，先关掉；文件夹不能写的，把台账拷到能写的文件夹再带入"
        raise refuse(Code.MAPPING_NOT_WRITTEN, Place(str(path)), message, advice) from None


def as_bytes(imported: ImportedList, choices: Choices, vocabulary: Vocabulary) -> bytes:
    """The same as a file."""
    book = Workbook()
    page: Any = book.active
    page.title = HELP
    page.column_dimensions["A"].width = 110
    for line in _HELP:
        page.append([line])
    options = book.create_sheet(OPTIONS)
    lists = _write_options(options, vocabulary)
    _fill(book, SHEETS, [_sheet_row(plan) for plan in imported.plans])
    _fill(book, COLUMNS, [row for plan in imported.plans for row in _column_rows(plan, choices)])
    alike = dict(imported.alike)
    names = [
        [name, count, choices.same_units.get(name), alike.get(name)] for name, count in imported.seen.items()
    ]
    _fill(book, UNITS, names)
    _fill(book, NAMES, [list(row) for row in choices.own_names])
    _drop_downs(book, imported, lists)
    book.move_sheet(OPTIONS, len(book.sheetnames))
    options.sheet_state = "hidden"
    return bytes_of(book)


def read(path: Path, vocabulary: Vocabulary) -> Choices:
    """What a clerk said in a mapping. Raises Problems for what is none, and for words that mean nothing."""
    book = open_book(as_xlsx(data_of(path, path.name), path.name), path.name)
    lacking = [name for name in _HEADS if name not in book.sheetnames]
    if lacking:
        message = f"这不是带入对照，或缺「{'」「'.join(lacking)}」表"
        raise refuse(
            Code.MAPPING_NOT_OURS, Place(path.name), message, f"删掉 {path.name} 再运行一次，会重新写一份"
        )
    problems: list[Diagnostic] = []
    reader = _MappingReader(path.name, vocabulary, problems)
    choices = Choices(
        sheets={(row[0], row[1]): reader.sheet(row, at) for at, row in _rows(book[SHEETS])},
        columns={
            (row[0], row[1], row[2]): ColumnChoice(row[5], row[7], reader.place(COLUMNS, at, "F"))
            for at, row in _rows(book[COLUMNS])
        },
        same_units=reader.units(list(_rows(book[UNITS]))),
        own_names=tuple(reader.name(row, at) for at, row in _rows(book[NAMES])),
        known_units=frozenset(row[0] for _, row in _rows(book[UNITS])),
    )
    if problems:
        raise Problems(problems)
    return choices


class _MappingReader:
    """Reads rows, and tells the cell of what can't be followed."""

    def __init__(self, file: str, vocabulary: Vocabulary, problems: list[Diagnostic]) -> None:
        self.file, self.vocabulary, self.problems = file, vocabulary, problems

    def place(self, sheet: str, row: int, letter: str) -> Place:
        """A cell of the mapping."""
        return Place(self.file, detail=f"{sheet}!{letter}{row}")

    def sheet(self, row: list[str], at: int) -> SheetChoice:
        """What is said of a sheet."""
        section = row[2] or NOWHERE
        known = (*self.vocabulary.sections(), NOWHERE)
        if section not in known:
            self._unknown(SHEETS, at, "C", section, known)
        year = self._number(row[3], at, "D", range(1000, 10000), "四位的年") if row[3] else None
        first = self._number(row[4] or "1", at, "E", range(1, 10**6), "一个行号")
        height = self._number(row[5] or "0", at, "F", range(6), "0 到 5 的数")
        return SheetChoice(section, year, first or 1, height or 0, self.place(SHEETS, at, "C"))

    def name(self, row: list[str], at: int) -> tuple[str, str, str]:
        """A name that the clerk adds: section, name, key."""
        section, name, key = row[:3]
        if section not in self.vocabulary.sections():
            self._unknown(NAMES, at, "A", section, self.vocabulary.sections())
        elif key not in self.vocabulary.keys(section):
            self._unknown(NAMES, at, "C", key, self.vocabulary.keys(section))
        return section, name, key

    def units(self, rows: Sequence[tuple[int, list[str]]]) -> dict[str, str]:
        """Which names are another's: that other has to be a name of its own."""
        said = {row[0]: (row[2], at) for at, row in rows if row[2] and row[2] != row[0]}
        names = [row[0] for _, row in rows if row[0] not in said]
        for other, at in said.values():
            if other not in names:
                self._unknown(UNITS, at, "C", other, names)
        return {name: other for name, (other, _) in said.items()}

    def _number(self, text: str, at: int, letter: str, allowed: range, what: str) -> int | None:
        bare = text.removesuffix("年")
        if bare.isdigit() and int(bare) in allowed:
            return int(bare)
        message = f"「{text}」应为{what}"
        place = self.place(SHEETS, at, letter)
        self.problems.append(error(Code.MAPPING_WORD_UNKNOWN, place, message, f"改成{what}，或空着"))
        return None

    def _unknown(self, sheet: str, at: int, letter: str, word: str, known: Sequence[str]) -> None:
        message = f"「{word}」不在可选的里面"
        advice = suggestion(word, known)
        self.problems.append(error(Code.MAPPING_WORD_UNKNOWN, self.place(sheet, at, letter), message, advice))


def _rows(page: Worksheet) -> Iterator[tuple[int, list[str]]]:
    width = len(_HEADS[page.title])
    for number, cells in enumerate(page.iter_rows(min_row=2, max_col=width, values_only=True), start=2):
        texts = [cell_text(value) or "" for value in cells]
        if any(texts):
            yield number, [*texts, *[""] * (width - len(texts))]


def _sheet_row(plan: SheetPlan) -> list[object]:
    why = plan.why or f"认出了{len(plan.taken)}项"
    return [plan.file, plan.sheet, plan.section, plan.year, plan.first, plan.height, why]


def _column_rows(plan: SheetPlan, choices: Choices) -> Iterator[list[object]]:
    for column in plan.columns:
        said = choices.columns.get((plan.file, plan.sheet, column.letter))
        key = "" if column.key == NOWHERE else column.key
        shown = NOWHERE if said and said.key == NOWHERE else key
        proposed = said.saved if said else key
        yield [plan.file, plan.sheet, column.letter, column.head, column.example, shown, column.why, proposed]


def _fill(book: Workbook, name: str, rows: Sequence[Sequence[object]]) -> None:
    page = book.create_sheet(name)
    for column, (head, width) in enumerate(_HEADS[name], start=1):
        cell = page.cell(1, column)
        cell.value, cell.font = head, Font(bold=True)
        cell.fill = _BLUE if column in _CHANGED[name] else _GREY
        page.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            cell = page.cell(number, column)
            shown = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
            cell.value = shown or None
            if isinstance(value, str):
                cell.data_type = "s" if shown else cell.data_type
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    page.freeze_panes = "A2"
    if name == COLUMNS:
        page.column_dimensions["H"].hidden = True


def _write_options(page: Worksheet, vocabulary: Vocabulary) -> dict[str, str]:
    """The words of the drop-downs, a column each; the range of each section, and of the sections themselves."""
    found: dict[str, str] = {}
    sections = vocabulary.sections()
    columns = {"": (*sections, NOWHERE), **{name: (*vocabulary.keys(name), NOWHERE) for name in sections}}
    for column, (name, words) in enumerate(columns.items(), start=1):
        for row, word in enumerate(words, start=1):
            page.cell(row, column).value = word
        letter = get_column_letter(column)
        found[name] = f"{OPTIONS}!${letter}$1:${letter}${len(words)}"
    return found


def _drop_downs(book: Workbook, imported: ImportedList, lists: dict[str, str]) -> None:
    def add(page: Worksheet, cells: Sequence[str], source: str) -> None:
        rule = DataValidation(type="list", formula1=source, allow_blank=True)
        rule.errorTitle, rule.error = "不在可选的里面", "请从下拉里选"
        page.add_data_validation(rule)
        for cell in cells:
            rule.add(cell)

    sheets, columns = book[SHEETS], book[COLUMNS]
    add(sheets, [f"C2:C{len(imported.plans) + 1}"], lists[""])
    row = 2
    for plan in imported.plans:
        if plan.columns:
            source = lists[FINDING if plan.section == NOWHERE else plan.section]
            add(columns, [f"F{row}:F{row + len(plan.columns) - 1}"], source)
            row += len(plan.columns)
    add(book[NAMES], [f"A2:A{_ROWS_OF_NAMES}"], lists[""])
