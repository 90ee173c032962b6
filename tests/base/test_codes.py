"""The registry of codes: a number and a meaning for each, raised by the package, met by a test, told in the manual."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType

import pytest
from codes_page import GROUPS, PAGE, page

from liangqing.base.codes import Code

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "liangqing"
REGISTRY = PACKAGE / "base/codes.py"
NUMBER = re.compile(r"\bD\d{3}\b")

# Codes that are told of at several places of the package: at how many, and what differs where the problem is one.
SHARED = MappingProxyType(
    {
        Code.LINE_NOT_READ_BACK: (2, "in the register, in data"),
        Code.NOT_ONE_LINE: (3, "a sign that is none, nothing, too much"),
        Code.FILE_IGNORED: (2, "a folder, a file"),
        Code.YAML_SYNTAX: (2, "by the lines themselves, by what the parser says"),
        Code.ITEM_WITHOUT_DASH: (2, "where it can't be read, where it goes on the item above"),
        Code.FOLDER_TAKEN: (3, "by a file, by what is in it, by a year"),
        Code.SAMPLE_NOT_OWN: (2, "a command that writes, a page that does"),
        Code.TAKEN_IN_MEANTIME: (2, "before anything is written, after a part of it"),
        Code.LEDGER_OWNER_UNKNOWN: (2, "the section, the record"),
        Code.PASTE_UNREADABLE: (2, "nothing, too many rows"),
        Code.EVIDENCE_FILE_ALTERED: (2, "gone, another one"),
        Code.WORD_FILE_MISSING: (3, "by a check, while filling, without a folder"),
        Code.WORD_FILE_MISPLACED: (3, "in a line, in a header or a box, known before filling"),
        Code.KEY_MISSING: (2, "in a record, beside evidence that is dropped"),
        Code.WRONG_VALUE: (4, "the ways in which pydantic and we word it"),
        Code.WRONG_SHAPE: (3, "a file, a section, a list"),
        Code.HEAD_WITHOUT_START: (2, "no date, dates out of order"),
        Code.REVIEW_INCOMPLETE: (2, "the result without its date, the date without its result"),
        Code.TASK_TWICE: (2, "in a self-check, in an inspection"),
        Code.UNIT_NOT_INSPECTED: (2, "of a finding, of what else an inspection holds"),
        Code.CLOSING_WITHOUT_DATE: (2, "the date of the check, the date of the closing"),
        Code.DELIVERY_OF_NOTHING_SENT: (2, "by number, by letter"),
        Code.CHANGE_OF_NOTHING: (2, "a limit, a responsibility"),
        Code.OPINION_AGAINST_DECISION: (2, "none where one is decided on, one where none is said"),
        Code.CORRECTS_WHAT_DOES_NOT_STAND: (2, "it went out later, it was void"),
        Code.CORRECTS_ANOTHER_UNITS: (2, "another kind, another unit"),
        Code.CORRECTED_TWICE: (2, "by a paper that is out, by another draft"),
        Code.RECORD_OF_UNKNOWN_KIND: (3, "an option, a delivery, a paper to be written"),
        Code.FILE_UNREADABLE: (2, "every command that is given a file; the desk, of its own files"),
        Code.DATA_FILE_TOO_LARGE: (2, "in bytes, in values"),
        Code.FILE_TOO_LARGE: (6, "every command that is given a file; a part of one"),
        Code.SHEET_TOO_LARGE: (2, "a sheet of a workbook, a .csv"),
        Code.PASSWORD_SET: (2, "encrypted as a whole, a zip with a password"),
        Code.UNPACKS_TOO_LARGE: (3, "before unpacking, while unpacking; a workbook tells it as it is"),
        Code.PICTURE_MISSING: (2, "the file, the folder"),
        Code.PICTURE_KIND: (2, "another kind than its name says, one that Word does not show"),
        Code.PICTURE_TOO_LARGE: (2, "in bytes, in pixels"),
        Code.NO_WORD_DOCUMENT: (3, "no main part, of another type, in another shape"),
        Code.UNCLOSED_TAG: (2, "no end at all, another end"),
        Code.HALF_TYPED_TAG: (
            4,
            "text like a tag, a tag with brackets too many, one with those of a value, a block of other templates",
        ),
        Code.NO_FORM_OF_CODE: (2, "no form at all, one of another unit"),
        Code.RESERVED_CHARACTER: (2, "in text, elsewhere in the part"),
        Code.TAG_MISPLACED: (5, "the places where Word keeps text that is not filled"),
        Code.UNKNOWN_PREFIX: (2, "a template, which is compiled, and any other file"),
        Code.BAD_EXPRESSION: (6, "nothing in it, or what the grammar refuses"),
        Code.UNSAFE_EXPRESSION: (3, "in a value, in a loop, in a set"),
        Code.UNFIT_FOR_FILTER: (2, "for a filter of the caller's, for a function of the engine's"),
        Code.BAD_KEYWORD: (7, "the ways to miss a keyword"),
        Code.UNEXPECTED_TAG: (3, "middles and ends without their opening"),
        Code.UNCLEAR_SCOPE: (4, "by place, by prefix, of a field"),
        Code.CONTENT_WOULD_VANISH: (2, "beside a block, beside paragraphs that are put in"),
        Code.TEMPLATE_TOO_COMPLEX: (4, "depth, length, number"),
        Code.PROPERTY_MISPLACED: (3, "of a cell, of a number, of a line"),
        Code.MAPPING_WORD_UNKNOWN: (3, "a key, a word, a number"),
        Code.PAST_PAPER_NOT_ENTERED: (2, "its number, its day"),
        Code.CHART_TAG_UNFIT: (3, "beside a chart, in one, in one of a note"),
        Code.UNKNOWN_NAME: (3, "a name, loop, an attribute"),
        Code.NOT_A_LIST: (3, "for and [0], before filling and while filling"),
        Code.NOT_PRINTABLE: (4, "a record, a list, a truth, rich text"),
        Code.BAD_VALUE: (10, "each place that takes one kind of value only"),
        Code.PAPER_TOO_LARGE: (3, "text, pictures; loops that go on"),
        Code.BAD_CHART_DATA: (2, "a value, the number of rows"),
        Code.NO_SUCH_TEMPLATE: (2, "in the catalogue, on the command line"),
        Code.NO_SUCH_KIND: (3, "on the command line, as an annex, as what is followed"),
        Code.NO_SUCH_SUBJECT: (2, "of several kinds, of one"),
        Code.BAD_REGISTER: (2, "no list, not a line for each"),
        Code.REGISTER_ALTERED: (2, "the line itself, the link to the one before"),
        Code.DRAFT_EDITED: (3, "the head, each change, a change of form alone"),
        Code.CHANGED_ON_BOTH_SIDES: (3, "a record, an item of a list, an entry that is another by now"),
        Code.LEDGER_ROW_TWICE: (2, "in a ledger, in what was pasted"),
        Code.LEDGER_HEAD_CHANGED: (2, "gone, a column twice"),
        Code.FILE_OPEN: (2, "a paper, a PDF"),
        Code.ISSUED_BEFORE_ITS_GROUNDS: (2, "not there yet, dated later"),
        Code.DATES_UNLIKELY: (2, "against another date, against the year"),
        Code.LATE_WITHOUT_REASON: (2, "an extension, a finding"),
        Code.TWO_OUTPUTS_OF_ONE_NAME: (2, "papers, PDFs"),
        Code.NO_PROGRAM_TO_PRINT: (2, "CUPS, Windows"),
        Code.PRINTER_REFUSED: (2, "CUPS, Word or WPS"),
        Code.NOTHING_TO_DELIVER: (2, "none of that name, none at all"),
        Code.NOTHING_TO_PRINT: (2, "no paper at all, none that is issued"),
        Code.PRINTED_PART_CHANGED: (3, "words, rows, cells"),
        Code.READ_AS_MEANT: (3, "a year left out, a choice with more behind it, no tick but the word"),
        Code.FORM_TWICE: (2, "told at either of the two"),
        Code.BAD_DEVIATION: (5, "each part of the file that has one shape only"),
        Code.COPY_NOT_WRITTEN: (2, "every command that writes where it is told to"),
        Code.LEDGER_CHANGE_NOT_TAKEN: (
            7,
            "a column that is none, a computed one, also of a new row, a row of both sides, a new row struck out, a struck row that is gone; asked for",
        ),
        Code.LEDGER_PART_GONE: (4, "a sheet, a column, a row; asked for"),
        Code.REGISTER_LACKS_ISSUED: (2, "told; asked for, before anything is issued"),
        Code.ISSUED_IN_ANOTHER_COPY: (2, "told; asked for, before anything is issued"),
        Code.MUST_NOT_ENTER: (2, "in data, in a form"),
        Code.PAGE_FIELD_MISREAD: (4, "of issue, void without a reason, void with a day, a new template"),
        Code.NOTHING_CHOSEN: (4, "papers to issue, papers to draw up, files to verify, a new template"),
    }
)


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the package but the registry: its path and its tree."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if path != REGISTRY:
            yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text("utf-8"))


def told() -> Counter[str]:
    """Name of a member → at how many places of the package it is told of.

    Comparing with it does not count, nor looking it up in a table by code.
    """

    def names(node: ast.AST) -> Iterator[str]:
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Code":
            yield node.attr
        elif not isinstance(node, ast.Compare):
            for child in node.values if isinstance(node, ast.Dict) else ast.iter_child_nodes(node):
                yield from names(child)

    return Counter(name for _, tree in modules() for name in names(tree))


def met() -> set[str]:
    """The numbers that the tests name, in lines that do not say that it is absent."""
    files = (path for path in (ROOT / "tests").rglob("*") if path.suffix in (".py", ".yaml"))
    lines = (
        line
        for path in files
        if path != Path(__file__)
        for line in path.read_text("utf-8").splitlines()
        if " not in " not in line
    )
    return {number for line in lines for number in NUMBER.findall(line)}


def test_a_number_has_one_member_and_all_stand_in_their_order() -> None:
    written = re.findall(r'^    [A-Z0-9_]+ = "(D\d{3})", ', REGISTRY.read_text("utf-8"), re.MULTILINE)
    assert written == list(Code)  # a number given twice would make the second name an alias
    assert written == sorted(set(written))
    assert len(written) > 250


def test_a_meaning_is_not_said_twice() -> None:
    meanings = [code.meaning for code in Code]
    assert sorted(set(meanings)) == sorted(meanings)
    assert [code for code in Code if not code.remedy or f"{code.meaning}{code.remedy}".endswith("。")] == []


def test_every_code_is_told_of_by_the_package() -> None:
    assert told().keys() == set(Code.__members__)


def test_every_code_is_met_by_a_test() -> None:
    assert set(Code) - met() == set()


def test_no_number_stands_outside_the_registry() -> None:
    loose = [
        f"{home}:{node.lineno} {node.value}"
        for home, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and NUMBER.fullmatch(node.value)
    ]
    assert loose == []


def test_a_code_is_told_of_at_one_place_or_says_why_not() -> None:
    several = {Code[name]: places for name, places in told().items() if places > 1}
    assert several == {code: places for code, (places, _) in SHARED.items()}


def test_numbers_that_documents_name_are_in_the_registry() -> None:
    pages = [*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md")]
    named = {number for path in pages for number in NUMBER.findall(path.read_text("utf-8"))}
    assert named - set(Code) == set()


def test_the_page_of_codes_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: make docs"


@pytest.mark.parametrize("code", [first for first, _ in GROUPS])
def test_a_group_begins_with_a_code(code: str) -> None:
    assert code in set(Code)
