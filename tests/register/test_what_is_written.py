"""Whatever text is entered into the register is read back as it was meant, or refused with its name and place."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from odd_texts import ODD, UNFIT, texts
from small import DAY, forget_witnesses, letter_line, told, write_small

from liangqing import register
from liangqing.actions import issuing
from liangqing.base.diagnostics import Place, Problems
from liangqing.base.one_line import LONGEST, one_line
from liangqing.data.yaml.places import parse
from liangqing.register import Line, Void
from liangqing.register.sealing import line_of
from liangqing.year.open_workspace import open_workspace, settled_workspace

NUMBER = "市纪驻某整〔2021〕1号"


def read_by_all(line: str, key: str) -> tuple[Any, Any, Any]:
    """What our reader and both of PyYAML's find under a key of a line."""
    ours: Any = parse(line.encode(), "")
    return ours[0][key], yaml.load(line, yaml.BaseLoader)[0][key], yaml.safe_load(line)[0][key]


@pytest.mark.parametrize("text", ODD)
def test_a_text_that_yaml_takes_for_something_else_is_read_as_written(text: str) -> None:
    line = line_of({"序号": 1, "理由": text, "备注": [text, "甲"], "前": "无"})
    assert read_by_all(line, "理由") == (text,) * 3
    assert read_by_all(line, "备注") == ([text, "甲"],) * 3


@settings(max_examples=400, deadline=None)
@given(texts())
def test_any_text_is_read_back_by_every_reader_or_not_written(text: str) -> None:
    try:
        line = line_of({"序号": 1, "标题": text, "前": "无"})
    except Problems as refused:
        assert "D861 「标题」里的" in told(refused.diagnostics)
        assert any("\ud800" <= sign <= "\udfff" for sign in text)
    else:
        assert "\n" not in line
        assert read_by_all(line, "标题") == (text,) * 3


@pytest.mark.parametrize("text", UNFIT)
def test_a_sign_that_stands_in_no_line_is_told_by_its_name_and_place(text: str) -> None:
    with pytest.raises(Problems) as refused:
        one_line(text, Place("--why"), "作废的理由", "--why 发错单位")
    said = told(refused.value.diagnostics)
    assert said.startswith("--why 错误 D860 作废的理由第 ") and UNFIT[text] in said
    assert said.endswith("如 --why 发错单位") and said.replace("\n", "").isprintable()


@pytest.mark.parametrize("text", ["", "  ", "　", "\u200b ", "字" * (LONGEST + 1)])
def test_a_text_that_says_nothing_or_too_much(text: str) -> None:
    with pytest.raises(Problems, match="D860"):
        one_line(text, Place("--why"), "作废的理由", "--why 发错单位")


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a letter that went out; tests work on its register and put it back."""
    root = write_small(tmp_path_factory.mktemp("登记"))
    line = letter_line(1, "ZG1", date(2021, 4, 20))
    object.__setattr__(line, "file", "")
    object.__setattr__(line, "content", "")
    object.__setattr__(line, "values", "")
    register.append(root, line, register.load(root))
    return root


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts())
def test_void_with_any_reason_leaves_a_register_that_reads(issued: Path, reason: str) -> None:
    path, stamp = issued / "checklists/发文登记.yaml", issued / register.STAMP
    before, stamped = path.read_bytes(), stamp.read_bytes()
    try:
        entered = issuing.void(issued, NUMBER, reason, DAY, DAY)
    except Problems as refused:
        assert {problem.code for problem in refused.diagnostics} == {"D860"}
        assert path.read_bytes() == before
    else:
        book = register.load(issued)
        assert book.diagnostics == () and book.lines[-1] == entered == Void(2, NUMBER, DAY, reason.strip())
        assert yaml.safe_load(path.read_text("utf-8"))[1]["理由"] == reason.strip()
        for opened in (open_workspace(issued, None, DAY, DAY), settled_workspace(issued, None, DAY, DAY)):
            assert not [problem for problem in opened.found if "发文登记" in problem.place.file]
    finally:
        path.write_bytes(before)
        stamp.write_bytes(stamped)
        forget_witnesses(issued)


@settings(max_examples=120, deadline=None)
@given(signer=texts(), title=texts(), addressee=texts())
def test_a_line_with_any_title_is_entered_as_it_is_or_not_at_all(
    signer: str, title: str, addressee: str
) -> None:
    line = letter_line(1, "ZG1", date(2021, 4, 20))
    for name, value in (("signer", signer), ("title", title), ("addressee", addressee)):
        object.__setattr__(line, name, value)
    with pytest.MonkeyPatch.context() as patch:
        entered = _entered(line, patch)
    whole = not any("\ud800" <= sign <= "\udfff" for sign in signer + title + addressee)
    assert entered == ([line] if whole else [])


def _entered(line: Line, patch: pytest.MonkeyPatch) -> list[Line | Void]:
    import tempfile

    patch.setattr("os.fsync", lambda _: None)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        try:
            register.append(root, line, register.load(root))
        except Problems:
            assert not (root / "checklists/发文登记.yaml").exists()
        book = register.load(root)
        assert book.diagnostics == ()
        return list(book.lines)


# ---------------------------------------------------------------- a register that can't be read


def test_an_unreadable_register_does_not_make_the_kept_papers_strangers(issued: Path) -> None:
    path = issued / "checklists/发文登记.yaml"
    before = path.read_bytes()
    stray = issued / "checklists/发文/2021/1.json"
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_bytes(b"{}")
    delivered = issued / "checklists/2021/送达.yaml"
    delivered.write_text(f"送达: [{{文号: {NUMBER}, 单位: U2, 日期: 2021-05-07}}]\n", "utf-8")
    path.write_bytes(before + "- {序号: 2, 理由: - 甲}\n".encode())
    said = [problem.code for problem in open_workspace(issued, None, DAY, DAY).found]
    with pytest.raises(Problems) as refused:
        issuing.void(issued, NUMBER, "发错", DAY, DAY, "照办")
    path.write_bytes(before)
    stray.unlink()
    delivered.unlink()
    assert said == ["D012", "D863"]  # neither of the paper that is kept nor of the one that was delivered
    assert [problem.code for problem in refused.value.diagnostics] == ["D012", "D863", "D864"]


def test_a_command_that_only_looks_leaves_half_a_line_and_tells_of_it(issued: Path) -> None:
    path = issued / "checklists/发文登记.yaml"
    before = path.read_bytes()
    half = before + "- {序号: 2, 作废: 市".encode()[:-1]
    path.write_bytes(half)
    opened = settled_workspace(issued, None, DAY, DAY)
    looked, said = path.read_bytes(), [problem.code for problem in opened.found]
    issuing.void(issued, NUMBER, "发错", DAY, DAY)
    lines = register.load(issued).lines
    path.write_bytes(before)
    (issued / register.STAMP).unlink()
    forget_witnesses(issued)
    assert looked == half and "D862" in said and not opened.errors
    assert [line.serial for line in lines] == [1, 2]


@pytest.mark.parametrize("reason", ['他说\\"{不对', '"{"', "[{[{", '\\\\"{', "{{{{"])
def test_a_last_line_that_is_whole_is_never_cut(tmp_path: Path, reason: str) -> None:
    line = letter_line(1, "ZG1", date(2021, 4, 20))
    book = register.append(tmp_path, line, register.load(tmp_path))
    register.append(tmp_path, Void(2, NUMBER, DAY, reason), book)
    path = tmp_path / "checklists/发文登记.yaml"
    path.write_bytes(path.read_bytes().removesuffix(b"\n"))
    (tmp_path / register.STAMP).unlink()
    before = path.read_bytes()
    register.recover(tmp_path)
    assert path.read_bytes() == before
    assert [each.serial for each in register.load(tmp_path).lines] == [1, 2]


@pytest.mark.parametrize("reason", ['他说\\"{不对', '"}', '\\"}', "}]}"])
def test_a_line_that_was_cut_anywhere_counts_for_nothing_and_is_told(tmp_path: Path, reason: str) -> None:
    line = letter_line(1, "ZG1", date(2021, 4, 20))
    book = register.append(tmp_path, line, register.load(tmp_path))
    path, stamp = tmp_path / "checklists/发文登记.yaml", (tmp_path / register.STAMP).read_bytes()
    before = path.read_bytes()
    register.append(tmp_path, Void(2, NUMBER, DAY, reason), book)
    added = path.read_bytes()[len(before) : -1]
    (tmp_path / register.STAMP).write_bytes(stamp)  # it is written after the line
    for cut in range(1, len(added)):
        path.write_bytes(before + added[:cut])
        found = register.load(tmp_path)
        assert [problem.code for problem in found.diagnostics] == ["D862"], added[:cut]
        assert found.lines == (line,)
    path.write_bytes(before + added)
    assert len(register.load(tmp_path).lines) == 2
