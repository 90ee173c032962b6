"""JSON Schema of the files that a person writes, for editors that complete and check Chinese keys.

It says what one may type: an editor reads a plain 10 as a number and an empty value as null, where the model gets
text. What only the model can tell (references, real dates, rules over several keys) is left to `check`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from liangqing.base.folders import CATALOGUE, DATA, LIBRARY, REGISTER, SCHEMA
from liangqing.data.key_meanings import MEANINGS, SECTION_MEANINGS
from liangqing.data.library import SECTION as LIBRARY_SECTION
from liangqing.data.library import LibraryEntry
from liangqing.data.model.kinds import DocumentKind
from liangqing.data.model.validate import GENERAL, SECTIONS, Section

DIALECT = "https://json-schema.org/draft/2020-12/schema"
YEAR, GROUP, KINDS, SHELF = "年度.json", "机构.json", "文种.json", "问题库.json"
OWNERS: dict[type[BaseModel], str] = {
    **{section.model: section.key for section in SECTIONS},
    DocumentKind: "文种",
}


class _Written(GenerateJsonSchema):
    """What a person may write: aliases alone, meanings in Chinese, and null where a key may be left empty."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        model: type[BaseModel] = schema["cls"]
        made = super().model_schema(schema)
        required = made.get("required", [])
        properties = {
            key: _property(model, key, property_schema, given=key in required)
            for key, property_schema in made["properties"].items()
        }
        return {
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
            "required": required,
        }

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        return {"type": ["string", "number", "boolean"]}


def _property(model: type[BaseModel], key: str, made: JsonSchemaValue, *, given: bool) -> JsonSchemaValue:
    bare = {word: value for word, value in made.items() if word not in ("title", "default")}
    schema = _filled(bare) if given else _or_nothing(bare)
    meaning = MEANINGS.get(f"{OWNERS.get(model)}.{key}", MEANINGS.get(key))
    return {"description": meaning, **schema} if meaning else schema


def _filled(schema: JsonSchemaValue) -> JsonSchemaValue:
    """A list that must be given has at least one item."""
    lists = [schema, *schema.get("anyOf", ())]
    return {**schema, "minItems": 1} if any(kind.get("type") == "array" for kind in lists) else schema


def _or_nothing(schema: JsonSchemaValue) -> JsonSchemaValue:
    """The key may stand there with nothing after it."""
    choices = [choice for choice in schema.get("anyOf", [schema]) if choice != {"type": "null"}]
    if len(choices) > 1 or "$ref" in choices[0]:
        return {"anyOf": [*choices, {"type": "null"}]}
    (only,) = choices
    if "enum" in only:
        return {**only, "enum": [*only["enum"], None]}
    kinds = only["type"] if isinstance(only["type"], list) else [only["type"]]
    return {**only, "type": [*kinds, "null"]}


def _file(title: str, models: Iterable[type[BaseModel]]) -> tuple[dict[type[Any], Any], dict[str, Any]]:
    """A reference to each model, and the head and definitions of a file."""
    found, definitions = models_json_schema(
        [(model, "validation") for model in models],
        ref_template="#/$defs/{model}",
        schema_generator=_Written,
    )
    references = {model: reference for (model, _), reference in found.items()}
    return references, {"$schema": DIALECT, "title": title, "type": ["object", "null"], **definitions}


def _sections(title: str, sections: Iterable[Section]) -> dict[str, Any]:
    """The schema of a file that may hold any of `sections`."""
    chosen = tuple(sections)
    references, head = _file(title, (section.model for section in chosen))
    properties = {
        section.key: {
            "description": SECTION_MEANINGS[section.key],
            **_or_nothing(
                {"type": "array", "items": references[section.model]}
                if section.many
                else references[section.model]
            ),
        }
        for section in chosen
    }
    return {**head, "properties": properties, "additionalProperties": False}


def _kinds() -> dict[str, Any]:
    """The schema of the catalogue: kinds of document by name."""
    references, head = _file("文种目录", (DocumentKind,))
    return {**head, "type": "object", "additionalProperties": references[DocumentKind]}


def _library() -> dict[str, Any]:
    """The schema of a library of findings."""
    references, head = _file("问题库", (LibraryEntry,))
    shelf = {"type": "array", "items": references[LibraryEntry]}
    return {**head, "properties": {LIBRARY_SECTION: shelf}, "additionalProperties": False}


def schemas() -> dict[str, str]:
    """File name → JSON Schema (draft 2020-12) as text, the same on every run."""
    made = {
        YEAR: _sections("一个年度的数据", SECTIONS),
        GROUP: _sections("机构和选项", (section for section in SECTIONS if section.key in GENERAL)),
        KINDS: _kinds(),
        SHELF: _library(),
    }
    return {name: json.dumps(schema, ensure_ascii=False, indent=1) + "\n" for name, schema in made.items()}


def first_line(name: str) -> str | None:
    """The line that tells an editor the schema of a workspace's file, `name` relative to the workspace.

    None for a file that no person writes.
    """
    *folders, _ = name.split("/")
    if name in (CATALOGUE, REGISTER):
        schema = KINDS if name == CATALOGUE else None
    elif folders == [DATA]:
        schema = SHELF if name == LIBRARY else GROUP
    else:
        schema = YEAR if folders[:1] == [DATA] and folders[1].isdigit() else None
    return schema and f"# yaml-language-server: $schema={'../' * len(folders)}{SCHEMA}/{schema}"


def headed(name: str, remarks: Sequence[str], body: str) -> str:
    """The text of a workspace's file that a person goes on with: `first_line`, the remarks, a blank line, the YAML.

    `name` is relative to the workspace; a remark is a line without its #.
    """
    lines = [first_line(name), *(f"# {remark}" for remark in remarks)]
    return "".join(f"{line}\n" for line in lines if line) + f"\n{body}"
