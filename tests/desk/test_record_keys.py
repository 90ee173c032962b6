"""What a record is called in an address leads back to that record, and to no other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from desks import DAY
from sample import copy_workspace

from liangqing.data.model.validate import SECTIONS
from liangqing.desk.answering.desk_settings import DeskSettings
from liangqing.desk.answering.look import DeskLook, Sent
from liangqing.desk.answering.page_table import NotThere
from liangqing.desk.answering.record_keys import address_of_record, record_called, record_key
from liangqing.outputs.ledger.entered import records


def _look(root: Path, state: Path) -> DeskLook:
    settings = DeskSettings(lambda: DAY, state / "home", state / "recent.json", root)
    return DeskLook(settings, Sent(), root, 2021)


@pytest.fixture
def look(tmp_path: Path) -> Iterator[DeskLook]:
    yield _look(copy_workspace(tmp_path / "工作", issued=True), tmp_path / "state")


@pytest.mark.year
def test_each_record_of_the_year_is_found_by_its_key(look: DeskLook) -> None:
    for section in SECTIONS:
        for record in records(look.opened.at, section.key):
            assert record_called(look, section.key, unquote(record_key(record))) is record
            assert "//" not in address_of_record(look, record)


@pytest.mark.year
def test_records_that_say_the_same_have_keys_of_their_own(look: DeskLook) -> None:
    file = look.folder / "checklists/2021/送达.yaml"
    text = file.read_text("utf-8")
    file.write_text(
        f"{text.rstrip()}\n  - {{文种: 体检报告, 对象: DX001/U11, 单位: U11, 日期: 2021-06-01}}\n" * 1,
        "utf-8",
    )
    more = look.folder / "checklists/2021/送达补.yaml"
    line = "  - {文种: 体检报告, 对象: DX001/U11, 单位: U11, 日期: 2021-06-02}\n"
    more.write_text(f"送达:\n{line}{line}", "utf-8")
    again = replace(look)
    found = records(again.opened.at, "送达")
    keys = [unquote(record_key(record)) for record in found]
    assert len(set(keys)) == len(keys) >= 3
    assert [record_called(again, "送达", key) for key in keys] == list(found)


@pytest.mark.year
@pytest.mark.parametrize(
    ("section", "key"), [("问题", "W2021-99"), ("没有", "1"), ("机构", "W1"), ("送达", "")]
)
def test_what_names_nothing_is_not_there(look: DeskLook, section: str, key: str) -> None:
    with pytest.raises(NotThere):
        record_called(look, section, key)
