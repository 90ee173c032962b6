"""What a person fills in, held against the model: every key of every section is a field somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from liangqing.data.field_values import entries_of, text_of, value_of
from liangqing.data.fields import EntryField, table_of, tables
from liangqing.data.model.findings import Finding
from liangqing.data.model.validate import SECTIONS
from liangqing.data.references import REFERENCES
from liangqing.outputs.ledger.sheets import SHEETS

# Keys that a person does not fill in, and why. (None so far.)
LEFT_OUT: dict[tuple[str, ...], str] = {}


def keys(model: type[BaseModel], path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The paths of all keys of a model that hold a value, through its entries and lists of entries."""
    for field in model.model_fields.values():
        here = (*path, str(field.alias))
        inner = list(models(field.annotation))
        if inner:
            yield from keys(inner[0], here)
        else:
            yield here


def models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models(part)


def test_every_key_of_the_model_is_a_field_of_a_table() -> None:
    wanted = {path for section in SECTIONS for path in keys(section.model, (section.key,))}
    found = {
        (table.section, *([table.inside] if table.inside else []), *field.path)
        for table in tables()
        for field in table.fields
    }
    assert wanted - LEFT_OUT.keys() == found
    assert len(found) > 250


def test_every_field_is_a_column_in_which_a_person_fills_it_in() -> None:
    taken = {
        (sheet.table.section, sheet.table.inside, column.path)
        for sheet in SHEETS
        if sheet.table
        for column in sheet.columns
        if column.field is not None and column.path
    }
    for table in tables():
        for field in table.fields:
            section = "清单" if table.inside == "放行" else table.section  # one sheet for all that is waived
            assert (section, table.inside, field.path) in taken


def test_no_two_columns_of_a_sheet_have_one_head() -> None:
    for sheet in SHEETS:
        assert len(set(sheet.heads)) == len(sheet.heads), sheet.name


def test_every_reference_of_the_model_is_offered() -> None:
    named = {
        (section.key, *row.keys) for section in SECTIONS for row in REFERENCES if row.field == section.field
    }
    found = {
        (table.section, *([table.inside] if table.inside else []), *field.path)
        for table in tables()
        for field in table.fields
        if field.refers and field.refers != "四级状态"
    }
    assert named == found


def field(section: str, inside: str, *path: str) -> EntryField:
    return next(one for one in table_of(section, inside).fields if one.path == path)


def test_what_a_field_is_said_to_be() -> None:
    assert field("问题", "", "整改时限").kind == "日期或文字"
    assert field("问题", "", "整改措施").several and field("双签", "", "单位意见", "无异议").choices == (
        "是",
        "否",
    )
    assert field("问题", "", "整改类别").choices == ("立行立改", "限期整改", "长期坚持")
    assert field("检查", "", "检查组").count == "几个词" and field("选项", "", "临期天数").kind == "数字"
    assert [each.label for each in table_of("问题").fields if each.required] == [
        "检查",
        "单位",
        "名称",
        "事实",
    ]
    assert field("机构", "", "负责人", "姓名").alone and not field("问题", "进展", "佐证", "名称").alone
    assert Finding.model_fields["facts"].is_required()


def test_there_is_no_table_of_what_is_no_list() -> None:
    with pytest.raises(LookupError):
        table_of("问题", "责任")


ROUND = [
    (field("问题", "", "整改措施"), {"整改措施": ["甲。", "乙、丙。"]}, "甲。\n乙、丙。"),
    (field("检查", "", "检查组"), {"检查组": ["甲", "乙"]}, "甲、乙"),
    (field("检查", "", "检查组"), {"检查组": ["甲、乙", "丙"]}, "甲、乙\n丙"),
    (field("选项", "", "文号起始"), {"文号起始": {"整改函": "5"}}, "整改函 5"),
    (field("问题", "", "责任", "责任人"), {"责任": {"责任人": "甲"}}, "甲"),
    (field("双签", "", "单位意见", "无异议"), {"单位意见": {"无异议": "是"}}, "是"),
    (field("问题", "", "事实"), {"事实": "第一行\n第二行"}, "第一行\n第二行"),
]


@pytest.mark.parametrize(("one", "tree", "text"), ROUND)
def test_a_value_goes_into_a_text_and_back(one: EntryField, tree: Any, text: str) -> None:
    assert text_of(one, tree) == text
    for key in one.path:
        tree = tree[key]
    assert value_of(one, text) == tree


READ = [
    (field("问题", "", "整改时限"), "２０２１年9月1日", "2021-09-01"),
    (field("问题", "", "整改时限"), "长期坚持", "长期坚持"),
    (field("选项", "", "临期天数"), "１０ ", "10"),
    (field("双签", "", "单位意见", "无异议"), "TRUE", "是"),
    (field("检查", "", "检查组"), "甲，乙；丙", ["甲", "乙", "丙"]),
    (field("选项", "", "文号起始"), "整改函：5\n通报 从3号", {"整改函": "5", "通报 从": "3"}),
    (field("问题", "", "整改目标"), "  ", None),
]


@pytest.mark.parametrize(("one", "text", "value"), READ)
def test_what_people_type_is_read(one: EntryField, text: str, value: object) -> None:
    assert value_of(one, text) == value


def test_entries_stand_line_by_line() -> None:
    fields = [each for each in table_of("单位").fields if each.per_entry]
    tree: Any = {"负责人": [{"姓名": "甲", "职务": "书记"}, {"职务": "局长", "起": "2021-09-01"}]}
    texts = {each.label: text_of(each, tree) for each in fields}
    assert texts == {"负责人": "甲\n—", "负责人职务": "书记\n局长", "负责人起": "—\n2021-09-01"}
    assert entries_of(fields, texts) == tree["负责人"]
    assert entries_of(fields, {"负责人": "甲", "负责人职务": "书记"}) == [{"姓名": "甲", "职务": "书记"}]
