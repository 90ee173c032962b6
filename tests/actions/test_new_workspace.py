"""A new workspace: the skeleton, the sample, and both from an installed wheel."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml
from sample import NOTES, copy_workspace
from schema_lines import ROOT, wanted
from small import diagnose
from wheel import liangqing

from liangqing.actions import new_workspace
from liangqing.base.diagnostics import Problems
from liangqing.base.folders import CARD
from liangqing.cli import main as cli
from liangqing.data.model.validate import SECTIONS
from liangqing.papers.starters import starter
from liangqing.register.identity import FORMAT, card_of

TO_FILL = re.compile(r"^( *(?:- )?[^#\s]+:) +# 填.*$", re.MULTILINE)
EXAMPLE = re.compile(r"^#(?=\S|  )", re.MULTILINE)  # a comment proper has one blank after its sign


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """The skeleton for 2026."""
    new_workspace.skeleton(tmp_path / "新", 2026)
    return tmp_path / "新"


def data(root: Path) -> Iterator[Path]:
    yield from sorted((root / "checklists").rglob("*.yaml"))


def fill(root: Path) -> None:
    """Write something wherever the skeleton asks for it."""
    for path in data(root):
        path.write_text(TO_FILL.sub(r"\1 某某", path.read_text("utf-8")), "utf-8")


def use_examples(root: Path) -> None:
    """Take the sign off every example."""
    for path in data(root):
        path.write_text(EXAMPLE.sub("", path.read_text("utf-8")), "utf-8")


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.suffix != ".lock" and path.name not in NOTES
    }


# The skeleton


def test_the_first_check_asks_for_what_is_to_be_filled_in_and_nothing_else(new: Path) -> None:
    asked = re.findall(r"^(\S+?):(\d+):\d+ 错误 D104 ", diagnose(new, date(2026, 1, 5)), re.MULTILINE)
    lines = [
        (path.relative_to(new).as_posix(), str(number))
        for path in data(new)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if TO_FILL.match(line)
    ]
    assert len(lines) == 8
    assert sorted(asked) == sorted(lines)
    assert diagnose(new).count(" 错误 ") == len(lines)


def test_filled_in_it_is_clean_and_makes_a_paper(new: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill(new)
    assert diagnose(new, date(2026, 1, 5)) == ""
    assert cli.main(["-C", str(new), "build", "监督检查清单"]) == 0
    assert list((new / "output/2026/监督检查清单").glob("*.docx"))


def test_its_examples_hold_together(new: Path) -> None:
    fill(new)
    use_examples(new)
    assert " 错误 " not in diagnose(new, date(2026, 7, 1))


def test_it_teaches_every_section(new: Path) -> None:
    use_examples(new)
    told = [key for path in data(new) for key in yaml.safe_load(path.read_text("utf-8"))]
    assert sorted(told) == sorted(section.key for section in SECTIONS)


def test_its_files_name_their_schema(new: Path) -> None:
    for path, line in wanted(new):
        first = path.read_text("utf-8").partition("\n")[0]
        assert first == line or path.parent.name == "templates"
        assert (path.parent / line.partition("$schema=")[2]).is_file()


def test_what_it_brings(new: Path) -> None:
    brought = [".gitignore", "2026年录入表.xlsx", "checklists", "schema", "templates"]
    assert sorted(each.name for each in new.iterdir()) == brought
    for name in ("templates", "schema"):
        assert files(new / name) == files(ROOT / name)
    assert "output/" in (new / ".gitignore").read_text("utf-8").split()


# The command


def test_the_year_is_this_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "today", lambda: date(2031, 2, 1))
    root = tmp_path / "新"
    assert cli.main(["init", str(root)]) == 0
    assert (root / "checklists/2031/清单.yaml").is_file()
    collected = f"liangqing -C {root} collect {root / '2031年录入表.xlsx'} --accept"
    assert capsys.readouterr().out.splitlines()[-1] == f"下一步（录入表填好以后）：{collected}"


def test_a_year_of_choice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["init", str(tmp_path / "新"), "--year", "2024"]) == 0
    assert "年度: 2024" in (tmp_path / "新/checklists/2024/清单.yaml").read_text("utf-8")
    assert cli.main(["init", str(tmp_path / "又"), "--year", "24"]) == 1
    assert "--year 错误 D020 年度应为四位数字，现为 24" in capsys.readouterr().err
    assert cli.main(["init", str(tmp_path / "又"), "--year", "0"]) == 1
    assert cli.main(["init", str(tmp_path / "又"), "--sample", "--year", "2021"]) == 2
    assert not (tmp_path / "又").exists()


def test_the_sample(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tmp_path / "示例"
    assert cli.main(["init", str(root), "--sample"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == f"下一步：liangqing -C {root} build"
    (root / CARD).unlink()  # by which the copy is told from the sample
    for name in ("checklists", "templates", "schema"):
        assert files(root / name) == files(ROOT / name)


def test_every_new_workspace_has_a_code_of_its_own(tmp_path: Path) -> None:
    for name in ("甲", "乙"):
        assert cli.main(["init", str(tmp_path / name), "--sample"]) == 0
    cards = [card_of(tmp_path / name) for name in ("甲", "乙")]
    assert {card.format for card in cards} == {FORMAT}
    assert len({card.code for card in cards} - {""}) == 2


# Nothing half-made


def refusal(folder: Path) -> str:
    with pytest.raises(Problems) as refused:
        new_workspace.skeleton(folder, 2026)
    (only,) = refused.value.diagnostics
    return f"{only.code} {only.message}"


def test_a_folder_that_is_not_empty(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("甲", "utf-8")
    assert refusal(tmp_path) == "D016 这个文件夹不是空的，什么也没有动"
    assert refusal(tmp_path / "甲.txt") == "D016 这是一个文件，不是文件夹"
    assert refusal(tmp_path / "乙" / "丙") == "D018 上一级文件夹不存在"
    assert files(tmp_path) == {"甲.txt": "甲".encode()}


def test_an_empty_folder_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "新"
    folder.mkdir()
    monkeypatch.chdir(folder)
    new_workspace.skeleton(Path(), 2026)
    assert (folder / "checklists/2026/清单.yaml").is_file()
    assert list(tmp_path.iterdir()) == [folder]


def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copytree", full)
    assert refusal(tmp_path / "新").startswith("D019 建不了这个文件夹")
    assert list(tmp_path.iterdir()) == []


# The wheel


@pytest.mark.process
def test_the_sample_from_a_wheel(installed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (
        ("init", "示例", "--sample"),
        ("-C", "示例", "check", "--as-of", "2021-10-31"),
        ("-C", "示例", "build"),
    ):
        code, said = liangqing(installed, tmp_path, *words)
        assert code == 0, said
    here = copy_workspace(tmp_path / "本地", issued=True, own=False)
    assert cli.main(["-C", str(here), "build"]) == 0
    assert len(list((here / "output").rglob("*.docx"))) > 10
    assert files(tmp_path / "示例/output") == files(here / "output")


@pytest.mark.process
def test_a_new_template_from_a_wheel(installed: Path, tmp_path: Path) -> None:
    """The starters go along with the package, their sources do not."""
    assert liangqing(installed, tmp_path, "init", "新")[0] == 0
    code, said = liangqing(installed, tmp_path, "-C", "新", "template", "new", "提示函", "--format", "信函")
    assert code == 0, said
    assert (tmp_path / "新/templates/提示函.docx").read_bytes() == starter("信函", ["单位"])
    names = {path.name for path in installed.parents[1].rglob("*.txt")}
    assert names and not names & {path.name for path in (ROOT / "template_sources").rglob("*.txt")}


@pytest.mark.process
def test_the_skeleton_from_a_wheel(installed: Path, tmp_path: Path) -> None:
    assert liangqing(installed, tmp_path, "init", "新")[0] == 0
    code, said = liangqing(installed, tmp_path, "-C", "新", "check")
    assert (code, said.count(" 错误 D104 "), said.count(" 错误 ")) == (1, 8, 8)
    fill(tmp_path / "新")
    code, said = liangqing(installed, tmp_path, "-C", "新", "check")
    assert (code, said.splitlines()[0]) == (0, "没有发现问题")
