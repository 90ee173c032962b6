"""The JSON Schemas say of a file what the model says of it, as far as an editor can tell."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from schema_lines import ROOT, wanted

from liangqing.data import json_schema
from liangqing.data.key_meanings import MEANINGS, SECTION_MEANINGS
from liangqing.data.model.validate import SECTIONS, Reading
from liangqing.data.yaml.places import Source, parse

SCHEMAS = {name: json.loads(text) for name, text in json_schema.schemas().items()}


class Core(yaml.SafeLoader):
    """YAML 1.2, core schema: what editors read."""

    yaml_implicit_resolvers: dict[str, list[Any]] = {}


for _tag, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), _first)


def as_editors_read(text: str) -> Any:
    return yaml.load(text, Core)


def complaints(name: str, text: str) -> list[str]:
    """What an editor underlines."""
    found = Draft202012Validator(SCHEMAS[name]).iter_errors(as_editors_read(text))
    return [f"{'.'.join(map(str, each.absolute_path))}: {each.message}" for each in found]


def read(text: str) -> Reading:
    reading = Reading()
    reading.read(Source("甲.yaml", text.encode(), parse(text.encode(), "甲.yaml")))
    return reading


def test_the_committed_schemas_are_up_to_date() -> None:
    committed = {path.name: path.read_text("utf-8") for path in (ROOT / "schema").iterdir()}
    assert committed == json_schema.schemas(), "run: make schema"


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])


def test_each_file_of_the_sample_names_its_schema() -> None:
    files = list(wanted(ROOT))
    assert len(files) > 10
    wrong = [path for path, line in files if path.read_text("utf-8").partition("\n")[0] != line]
    assert wrong == [], "run: make schema"
    for path, line in files:
        assert (path.parent / line.partition("$schema=")[2]).resolve().parent == ROOT / "schema"


@pytest.mark.parametrize("path", [each for each, _ in wanted(ROOT)], ids=lambda each: each.name)
def test_the_sample_is_accepted(path: Path) -> None:
    line = json_schema.first_line(path.relative_to(ROOT).as_posix())
    assert line is not None
    assert complaints(Path(line).name, path.read_text("utf-8")) == []


# Written as a person may write it: both the editor and the program take it, or neither does.

PLAIN = {
    "选项": (
        "临期天数: 10",
        '临期天数: "10"',
        "延期须重签: 是",
        "延期须重签: true",
        "四级状态: [一, 二, 三, 4]",
        "督办阶梯: [{文种: 督办函, 天数: -3}]",
        "督办阶梯: [{文种: 督办函, 工作日: 1, 限期工作日: 10}]",
        "文号起始: {整改函: 5}",
        "版式:",
        "字体: {仿宋: 仿宋}",
    ),
    "清单": (
        "年度: 2021\n标题: 甲\n阶段: 正式稿\n依据: 办法\n任务: [{编号: 1, 监督内容: 甲, 具体任务: 乙, "
        "责任主体: 全体单位, 监督方式: 抽查, 完成时限: 每季度}]",
    ),
    "单位": ("- {编号: 1, 名称: 甲, 类型: 单位, 负责人: {职务: 长}, 成立日期: 2021-01-01}",),
    "总结": ("", "主要做法: 一段话", "下一步:\n- 一\n- 二"),
}
REFUSED = {
    "选项": (
        "临期天: 10",
        "版式: 信",
        "临期天数: 十天",
        "临期天数: 1.5",
        "延期须重签: 也许",
        "销号门槛: [核查]",
        "督办阶梯: [{天数: 1}]",
    ),
    "单位": (
        "- {编号: 1, 名称: 甲, 类型: 党小组, 负责人: {职务: 长}}",
        "- {编号: 1, 名称: , 类型: 单位, 负责人: {职务: 长}}",
        "- {编号: 1, 名称: 甲, 类型: 单位, 负责人: []}",
        "- {编号: 1, 名称: 甲, 类型: 单位, 负责人: {职务: 长}, 成立日期: 2021-9}",
        "编号: 1",
    ),
    "检查": ("- {编号: 1, 类型: 抽查, 名称: 甲, 开始日期: 2021-01-01, 单位: []}",),
    "总结": ("- 一",),
    "总解": ("下一步: 甲",),
}


def texts(table: dict[str, tuple[str, ...]]) -> Iterator[str]:
    for section, rows in table.items():
        for row in rows:
            yield f"{section}:\n" + "".join(f"  {line}\n" for line in row.splitlines())


@pytest.mark.parametrize("text", list(texts(PLAIN)))
def test_what_one_writes_plainly_is_accepted(text: str) -> None:
    assert read(text).diagnostics == []
    assert complaints(json_schema.YEAR, text) == []


@pytest.mark.parametrize("text", list(texts(REFUSED)))
def test_what_the_model_refuses_is_underlined(text: str) -> None:
    assert read(text).diagnostics
    assert complaints(json_schema.YEAR, text)


def test_the_message_of_a_misspelt_key_names_it() -> None:
    assert "临期天" in complaints(json_schema.GROUP, "选项: {临期天: 1}")[0]


def test_a_section_of_a_year_does_not_belong_beside_the_group() -> None:
    assert complaints(json_schema.GROUP, "问题: []")


def test_an_entry_of_the_catalogue() -> None:
    text = "甲: {命令: a, 阶段: 总览, 说明: 甲, 模板: 甲.docx, 对象: 年度, 标题: 甲, 文件名: 甲, 定稿: 是}"
    assert complaints(json_schema.KINDS, text) == []
    assert complaints(json_schema.KINDS, text.replace("定稿", "定搞"))
    assert complaints(json_schema.KINDS, text.replace("总览", "总揽"))


# The words beside the keys


def test_every_section_has_its_words() -> None:
    assert list(SECTION_MEANINGS) == [section.key for section in SECTIONS]


def test_no_words_for_a_key_that_is_not_there() -> None:
    told = {
        each["description"]
        for one in SCHEMAS.values()
        for model in one["$defs"].values()
        for each in model["properties"].values()
        if "description" in each
    }
    assert set(MEANINGS.values()) - told == set()
