"""What a record is called in an address, and the record that an address names: always one of those that were read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from liangqing.base.folders import DATA
from liangqing.data.model.types import ModelRecord
from liangqing.data.model.validate import SECTIONS
from liangqing.data.yaml.edited_trees import at_path
from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.page_table import NotThere
from liangqing.outputs.ledger.entered import known_words, records
from liangqing.year.open_workspace import OpenWorkspace

WHOLE = "全部"  # the key of a section that is one record (机构, 选项, 清单, 总结)
_SECTIONS = {section.key: section for section in SECTIONS}


def record_key(record: ModelRecord) -> str:
    """The part of an address that stands for a record, ready for `DeskLook.url`: its 编号, of a section that is one
    record 全部, else the words that tell it apart, counted where a file has several of the same.

    Without 编号 the record's file is looked through, so that this is for the rows of one page, not for all of a year.
    """
    return _part(_name(record))


def record_called(look: DeskLook, section: str, key: str) -> ModelRecord:
    """The record of a section that `key`, a part of the address as it came, stands for. Raises NotThere."""
    return record_in(look.opened, section, key)


def record_in(opened: OpenWorkspace, section: str, key: str) -> ModelRecord:
    """The same in an opened year; of a record that could not be read one that knows its place and its 编号 alone."""
    if section not in _SECTIONS:
        raise NotThere(f"「{section}」")
    listed = records(opened.at, section)
    found = next((record for record in listed if _code(record) == key), None) if key else None
    found = found or next((record for record in listed if not _code(record) and _name(record) == key), None)
    found = found or next((record for record in _unread(opened, section) if _name(record) == key), None)
    if not isinstance(found, ModelRecord):
        raise NotThere(f"{section}「{key}」")
    return found


def _unread(opened: OpenWorkspace, section: str) -> Iterator[ModelRecord]:
    """What stands in a section of the year's files and could not be read: what is wrong is mended on its form."""
    model, many = _SECTIONS[section].model, _SECTIONS[section].many
    read = {(record.written_in.name, record.written_at) for record in records(opened.at, section)}
    for name, source in opened.data.sources.items():
        year = name.removeprefix(f"{DATA}/").rpartition("/")[0].partition("/")[0]
        whole = source.tree if year in ("", opened.year_folder) else None
        tree = whole.get(section) if isinstance(whole, dict) else None
        listed = tree if many and isinstance(tree, list) else [] if many else [tree]
        for number, item in enumerate(listed):
            path = (section, number) if many else (section,)
            if isinstance(item, dict) and (name, path) not in read:
                known: dict[str, Any] = {"code": str(item.get("编号") or "")}
                record = model.model_construct(**known)
                record.put(source, path)
                yield record


def address_of_record(look: DeskLook, record: ModelRecord) -> str:
    """The address of the form of a record."""
    return look.url(f"records/{record.written_at[0]}/{record_key(record)}")


def _code(record: ModelRecord) -> str:
    code = at_path(record.tree, ("编号",))
    return code if isinstance(code, str) else ""


def _name(record: ModelRecord) -> str:
    section = str(record.written_at[0])
    if not _SECTIONS[section].many:
        return WHOLE
    return _code(record) or _words(section, record)


def _words(section: str, record: ModelRecord) -> str:
    """Words that no other record of the section has: with the file where it is not the usual one, with a number."""
    *_, number = record.written_at
    words, source = known_words(section, record.tree), record.written_in
    assert isinstance(number, int)
    listed = at_path(source.tree, (section,))
    before = listed[:number] if isinstance(listed, list) else []
    same = sum(known_words(section, tree) == words for tree in before)
    folder, _, file = source.name.removeprefix(f"{DATA}/").removesuffix(".yaml").partition("/")
    where = "" if file == section else f"@{file or folder}"
    return f"{words}{f'~{same + 1}' if same else ''}{where}"


def _part(name: str) -> str:
    """One part of an address, whatever stands in the name: a slash in it would begin another."""
    return name.replace("%", "%25").replace("/", "%2F")
