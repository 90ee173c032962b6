"""Spoilt inputs through the real commands: a short form of what `python tests/support/fuzzing.py` does, and what it found."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from campaign import size
from filling import W, rewritten
from fuzzing import BY_NAME, READER, TARGETS, Target, _alone, _carried_out, read, run, tried
from fuzzing_ground import Ground, prepare
from fuzzing_readers import READERS, ReaderTarget, small_ledger
from lxml import etree

from liangqing.base.output_inputs import sum_of

pytestmark = [pytest.mark.many, pytest.mark.campaign("坏输入")]
SEED = 1  # another one tries others


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    place = tmp_path_factory.mktemp("fuzz")
    with _alone(place):
        yield prepare(place)


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_a_spoilt_input_is_taken_or_refused_in_words(
    ground: Ground, target: Target, record_property: Callable[[str, object], None]
) -> None:
    cases = size("坏输入") // 5 // len(TARGETS)
    record_property("tried", cases)
    for number in range(cases):
        code, fault = tried(ground, target, SEED + number)
        assert fault is None, fault
        assert code in (0, 1, 2, 3)


@pytest.mark.parametrize("name", READERS)
def test_a_spoilt_file_is_read_or_refused_in_words(
    ground: Ground, name: str, record_property: Callable[[str, object], None]
) -> None:
    cases = size("坏输入") * 4 // 5 // len(READERS)
    record_property("tried", cases)
    target = READERS[name](ground)
    for number in range(cases):
        _, fault = read(target, f"{READER}{name}", SEED + number)
        assert fault is None, fault


# Cases that fell when they were found: target and number.
FOUND = (
    ("kept", 12), ("ledger", 17), ("ledger", 18), ("ledger", 21), ("ledger", 27), ("ledger", 39), ("ledger", 46),
    ("ledger", 49), ("notes", 1081), ("notes", 1278), ("notes", 1341), ("list", 1083), ("list", 1164), ("list", 1204),
    ("ledger", 1221), ("ledger", 1231), ("paper", 1104), ("paper", 1187), ("template", 1254),
    ("csv", 5006), ("csv", 5011), ("csv", 5073), ("archive", 5265),
)  # fmt: skip


@pytest.mark.parametrize(("name", "seed"), FOUND, ids=str)
def test_what_once_fell_holds(ground: Ground, name: str, seed: int) -> None:
    assert tried(ground, BY_NAME[name], seed)[1] is None


def test_a_fault_is_seen(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fuzzer is no ornament: a command that breaks is found, with what was spoilt."""

    def broken(*_: object) -> int:
        raise ZeroDivisionError("broken on purpose")

    monkeypatch.setattr("fuzzing.cli.main", broken)
    _, fault = tried(ground, BY_NAME["csv"], 0)
    assert fault is not None and "ZeroDivisionError" in fault.why and fault.spoilt


def test_a_fault_of_a_reader_is_seen() -> None:
    def broken(data: bytes) -> None:
        raise ZeroDivisionError("broken on purpose")

    _, fault = read(ReaderTarget((b"x",), lambda data, _: data, broken), "reader:x", 0)
    assert fault is not None and "ZeroDivisionError" in fault.why and fault.spoilt == b"x"


def test_sizes_are_arguments(tmp_path: Path) -> None:
    tally = run(4, 0, ["csv", "reader:words"], tmp_path)
    assert sum(tally.tried.values()) == 4 and {name for name, _ in tally.tried} == {"csv", "reader:words"}
    assert str(tally).splitlines()[-1].startswith("tried 4, faults 0")


# ---------------------------------------------------------------- what was found, as plain examples


def said(ground: Ground, target: str, *words: str) -> int:
    """The exit code; it holds."""
    code, why = _carried_out(ground, BY_NAME[target], words, Path(words[-1]))
    assert not why, why
    return code


STAMPS = {
    "deep": "[" * 100_000,
    "infinite": '{"序号": Infinity, "末行": "x"}',
    "infinite in figures": '{"序号": 1e400, "末行": "x"}',
    "negative": '{"序号": -5, "末行": "x"}',
    "huge": json.dumps({"序号": 10**300, "末行": "x"}),
    "a list": "[1]",
    "nothing": "",
}


@pytest.mark.parametrize("text", STAMPS.values(), ids=STAMPS)
@pytest.mark.parametrize(
    "name", ["checklists/发文/登记末行.json", "output/2021/.manifest.json", "output/2021/.inputs.json"]
)
def test_what_the_program_noted_may_say_anything(ground: Ground, name: str, text: str) -> None:
    path = ground.workspace / name
    body = text.encode()
    path.write_bytes(sum_of(body) + b"\n" + body if name.endswith(".inputs.json") else body)
    try:
        assert said(ground, "notes", "build", "整改函") in (0, 1)
        assert said(ground, "notes", "check") in (0, 1)
    finally:
        ground.restore()


@pytest.fixture(scope="module")
def ledger(ground: Ground) -> bytes:
    return small_ledger(ground)


def odd_book(ground: Ground, ledger: bytes, change: dict[str, bytes | None]) -> Path:
    """The ledger with some parts changed, or left out."""
    path = ground.root / "收到/台账.xlsx"
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(ledger)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            data = change.get(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
    path.write_bytes(made.getvalue())
    return path


@pytest.mark.parametrize(
    "part",
    [
        "xl/sharedStrings.xml",
        "xl/styles.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/workbook.xml",
        "xl/worksheets/sheet2.xml",
    ],
)
@pytest.mark.parametrize("data", [None, b"", b"<", b"<a/>"])
def test_a_workbook_with_a_broken_part_is_told_by_its_name(
    ground: Ground, ledger: bytes, part: str, data: bytes | None
) -> None:
    path = odd_book(ground, ledger, {part: data})
    try:
        assert said(ground, "ledger", "collect", str(path)) in (0, 1)
        assert said(ground, "list", "init", str(ground.root / "新"), "--from", str(path)) in (0, 1)
    finally:
        ground.restore()


@pytest.mark.parametrize("value", ["[", "1", '{"a": 1}', "[" * 5000, "\ud7ff", ""])
@pytest.mark.parametrize("cell", ["A1", "B1", "C1", "D2", "D3"])
def test_the_hidden_sheet_of_a_ledger_may_say_anything(
    ground: Ground, ledger: bytes, cell: str, value: str
) -> None:
    path = ground.root / "收到/台账.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(ledger))
    book["原值"][cell] = value
    book.save(path)
    try:
        assert said(ground, "ledger", "collect", str(path)) in (0, 1)
    finally:
        ground.restore()


@pytest.mark.parametrize("name", ["", "/", "../x", "a:b", "x" * 3000])
def test_an_entry_of_a_zip_may_be_called_anything(ground: Ground, name: str) -> None:
    path = ground.root / "收到/整改情况反馈表0.docx"
    made = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(made, "a") as parts:
        info = zipfile.ZipInfo("x")
        info.filename = name
        parts.writestr(info, b"x")
    path.write_bytes(made.getvalue())
    try:
        for words in (("collect", str(path)), ("format", str(path)), ("verify", str(path))):
            assert said(ground, "paper", *words) in (0, 1, 3)
    finally:
        ground.restore()


def _without(path: str) -> Callable[[etree._Element], None]:
    def spoil(root: etree._Element) -> None:
        found = [part for control in root.iter(f"{W}sdt") for part in control.findall(path)]
        assert found
        for part in found:
            part.getparent().remove(part)  # type: ignore[union-attr]

    return spoil


# What editors and people leave of the controls of a form.
CONTROLS = {
    "控件没有内容": _without(f"{W}sdtContent"),
    "控件内容空": _without(f"{W}sdtContent/*"),
    "控件没有设置": _without(f"{W}sdtPr"),
    "控件设置空": _without(f"{W}sdtPr/*"),
    "控件没有标记": _without(f"{W}sdtPr/{W}tag"),
    "控件什么也没有": _without("*"),
}


def test_one_bad_form_never_stops_the_others(ground: Ground, capsys: pytest.CaptureFixture[str]) -> None:
    from liangqing.cli import main as cli

    came = ground.root / "几份"
    came.mkdir()
    good = (ground.root / "收到/整改情况反馈表0.docx").read_bytes()
    (came / "好.docx").write_bytes(good)
    (came / "断.docx").write_bytes(good[: len(good) // 2])
    (came / "空.docx").write_bytes(b"")
    (came / "管道.docx").symlink_to("/dev/zero")
    for name, spoil in CONTROLS.items():
        (came / f"{name}.docx").write_bytes(rewritten(good, spoil))
    try:
        assert cli.main(["-C", str(ground.workspace), "collect", str(came)]) == 1
        told = capsys.readouterr()
    finally:
        ground.restore()
        for path in came.iterdir():
            path.unlink()
        came.rmdir()
    assert "好.docx" in told.out and "可收 1 份" in told.out
    assert all(f"{name}.docx" in told.err for name in ("断", "空", *CONTROLS)), told.err
