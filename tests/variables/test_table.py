"""Rows of variables: shapes and values come from the same row, and nothing is computed that no template reads."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from liangqing.engine import Flag, List, Number, Reads, Text
from liangqing.variables.table import (
    VariableTable,
    build,
    flag,
    groups,
    in_words,
    number,
    record,
    records,
    selected,
)
from liangqing.variables.table import text as text_row
from liangqing.variables.table import texts as texts_row


class Author(NamedTuple):
    """Who wrote a book."""

    name: str
    post: str | None = None


class Book(NamedTuple):
    """What the tables of this page are about."""

    title: str
    author: Author
    editor: Author | None = None
    sequels: tuple[Book, ...] = ()


def unread(book: Book) -> str:
    raise AssertionError(f"{book.title} was not asked for this")


AUTHOR = VariableTable[Author](
    "作者",
    {
        "姓名": text_row("姓名", lambda author: author.name),
        "职务": text_row("职务", lambda author: author.post, optional=True),
    },
)
BOOK: VariableTable[Book] = VariableTable(
    "书",
    lambda: {
        "书名": text_row("书名", lambda book: book.title),
        "字数": number("书名的字数", lambda book: len(book.title)),
        "有续": flag("有没有续篇", lambda book: bool(book.sequels)),
        "各字": texts_row("书名的各字", lambda book: list(book.title)),
        "作者": record(AUTHOR, "作者", lambda book: book.author),
        "编辑": record(AUTHOR, "编辑", lambda book: book.editor, optional=True),
        "续篇": records(BOOK, "续篇", lambda book: book.sequels),
        "不读": text_row("没有模板读它", unread),
    },
)
SEQUEL = Book("续", Author("乙", "编审"))
FIRST = Book("上卷", Author("甲"), sequels=(SEQUEL,))


def test_each_shape_gives_its_plain_value() -> None:
    reads: Reads = {"书名": {}, "字数": {}, "有续": {}, "各字": {}}
    assert build(BOOK.rows, FIRST, reads) == {"书名": "上卷", "字数": 2, "有续": True, "各字": ["上", "卷"]}
    kinds = {name: type(variable.shape) for name, variable in BOOK.rows.items()}
    assert [kinds[name] for name in reads] == [Text, Number, Flag, List]


def test_the_values_stand_in_the_order_in_which_they_are_read() -> None:
    assert list(build(BOOK.rows, FIRST, {"字数": {}, "书名": {}})) == ["字数", "书名"]


def test_of_a_record_only_what_is_read_is_given() -> None:
    reads: Reads = {"作者": {"姓名": {}}, "续篇": {"[]": {"书名": {}, "作者": {"职务": {}}}}}
    assert build(BOOK.rows, FIRST, reads) == {
        "作者": {"姓名": "甲"},
        "续篇": [{"书名": "续", "作者": {"职务": "编审"}}],
    }


def test_what_is_only_tested_is_there_or_none() -> None:
    """`{% if 编辑 %}` reads nothing of the record: what is there must not look empty."""
    assert build(BOOK.rows, FIRST, {"作者": {}, "编辑": {}, "续篇": {}}) == {
        "作者": {"有": True},
        "编辑": None,
        "续篇": [{"有": True}],
    }


@pytest.mark.parametrize(
    "reads", [{"无此名": {}}, {"作者": {"无此名": {}}}, {"续篇": {"[]": {"无此名": {}}}}], ids=str
)
def test_an_unknown_name_is_an_error_at_every_depth(reads: Reads) -> None:
    with pytest.raises(KeyError, match="无此名"):
        build(BOOK.rows, FIRST, reads)


def test_shapes_know_the_same_names_as_values() -> None:
    below = AUTHOR.record().fields()
    assert list(below) == list(AUTHOR.rows) == ["姓名", "职务"]
    assert [getattr(shape, "optional", False) for shape in below.values()] == [False, True]
    assert list(BOOK.record().fields()) == list(BOOK.rows)


def test_a_shape_in_words() -> None:
    assert {name: in_words(variable.shape, "<{}>") for name, variable in BOOK.rows.items()} == {
        "书名": "文字",
        "字数": "数字",
        "有续": "是否",
        "各字": "列表：文字",
        "作者": "一组「<作者>」",
        "编辑": "一组「<作者>」，可空",
        "续篇": "列表：一组「<书>」",
        "不读": "文字",
    }


def test_groups_are_told_nearest_first_and_once_though_they_refer_to_each_other() -> None:
    shelf = {"头一本": record(BOOK, "头一本", lambda book: book)}
    assert groups([shelf]) == [BOOK, AUTHOR]


FEWER: tuple[Reads, ...] = (
    {},
    {"书名": {}},
    {"续篇": {}, "作者": {}, "编辑": {}},
    {"续篇": {"[]": {}}, "编辑": {"姓名": {}}, "各字": {"[]": {}}},
    {"续篇": {"[]": {"作者": {"职务": {}}, "续篇": {}}}, "作者": {"姓名": {}}, "字数": {}},
)


@pytest.mark.parametrize("fewer", FEWER, ids=str)
def test_what_is_selected_of_values_is_what_would_be_built(fewer: Reads) -> None:
    person: Reads = {"姓名": {}, "职务": {}}
    below: Reads = {"书名": {}, "作者": person, "续篇": {"[]": {"书名": {}}}}
    every: Reads = {
        **{name: {} for name in ("书名", "字数", "有续", "各字")},
        "作者": person,
        "编辑": person,
        "续篇": {"[]": below},
    }
    for book in (FIRST, FIRST._replace(editor=Author("丙")), SEQUEL):
        assert selected(build(BOOK.rows, book, every), fewer) == build(BOOK.rows, book, fewer)
