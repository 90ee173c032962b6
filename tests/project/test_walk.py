"""The year of the manual, walked word for word: what 一年.md says is done, in order, and comes out as it says."""

from __future__ import annotations

import re
import shlex
from datetime import date
from pathlib import Path

import pytest
from docx_text import text_of
from filling import filled
from markdown import Block, pieces

from liangqing.cli import main as cli

pytestmark = pytest.mark.year

PAGE = Path(__file__).resolve().parents[2] / "docs/使用手册/一年.md"
FORM = "试一试/output/2021/整改情况反馈表/整改情况反馈表-市纪驻环整〔2021〕5号-临桂局党支部.docx"
FILLED = "试一试/收到的表"
SUMMARY = "试一试/output/2021/年度监督工作总结/2021年监督工作总结.docx"
ANSWERS = {("日期", 0): "2021年10月20日", ("[].完成情况", 0): "3处变动已补登。"}


def write(before: str, text: str) -> None:
    """Write a new file or the end of one, as the paragraph before the block says."""
    (name,) = re.findall(r"`(试一试/\S+?\.yaml)`", before)
    assert ("新建" in before) != ("末尾加上" in before), before
    assert Path(name).exists() == ("末尾加上" in before), name
    with Path(name).open("a", encoding="utf-8") as handle:
        handle.write(text)


def fill_in() -> None:
    """What the unit does with the form."""
    Path(FILLED).mkdir()
    (Path(FILLED) / "反馈.docx").write_bytes(filled(Path(FORM).read_bytes(), ANSWERS))


def run(line: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What a command prints; it must succeed."""
    if " collect " in line and not Path(FILLED).exists():
        fill_in()
    code = cli.main(shlex.split(line.removeprefix("python generate.py ")))
    said = "".join(capsys.readouterr())
    assert code == 0, f"{line}: {code}\n{said}"
    return said.replace("liangqing ", "python generate.py ")


def test_the_year(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cli, "today", lambda: date(2021, 11, 1))
    before, said = "", ""
    for piece in pieces(PAGE.read_text("utf-8")):
        match piece:
            case Block("yaml", text):
                write(before, text)
            case Block("text", text):
                assert text in said
            case Block("sh", text):
                said = "".join(run(line, capsys) for line in text.splitlines())
            case str():
                before = piece
            case Block():
                pytest.fail(f"a block of {piece.language or 'nothing'}: {piece.text}")
    assert "现在总结里是 8 个、5 份" in PAGE.read_text("utf-8")
    assert "问题8个，发出整改函5份" in text_of(Path(SUMMARY).read_bytes())
