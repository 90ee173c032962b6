"""issue and void with signers and reasons that YAML takes for something else: every command reads the register afterwards."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from conftest import Run
from issuer import KIND
from notes_workspace import NUMBER, workspace

from liangqing import register
from liangqing.cli import main as cli

SIGNERS = (
    "- 张某某",
    "? 张",
    "张: 某",
    "#张",
    "&张",
    "*张",
    "!张",
    "|",
    "%张",
    "`张`",
    "Null",
    "yes",
    "2021-04-20",
    "12",
)
REASONS = (
    "- 发错单位",
    ": 甲",
    "{甲",
    "'甲",
    '"甲',
    "---",
    "~",
    "甲 # 乙",
    "@甲",
    "> 甲",
    "no",
    "0x1f",
    ", 校: 00000000}",
    "\\",
)
READING = ("check", "status", "build", "figures", "log 便函", "find 单位")


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr(cli, "today", lambda: date(2021, 6, 1))
    workspace(tmp_path, len(SIGNERS))
    return Run(tmp_path, capsys)


def test_odd_signers_and_reasons_are_kept_as_they_were_typed(run: Run) -> None:
    for number, (signer, reason) in enumerate(zip(SIGNERS, REASONS, strict=True), 1):
        words = ("issue", KIND, f"X{number:03}", "--date", "2021-06-01", "--signer", signer)
        assert run(*words)[0] == 0, signer
        code, _, err = run("void", NUMBER.format(number), "--why", reason)
        assert code == 0, (reason, err)
    book = register.load(run.root)
    assert book.diagnostics == ()
    assert [line.signer for line in book.issued] == list(SIGNERS)
    assert [line.reason for line in book.lines if isinstance(line, register.Void)] == list(REASONS)
    others = yaml.safe_load((run.root / "checklists/发文登记.yaml").read_text("utf-8"))
    assert [line["签发人"] for line in others if "签发人" in line] == list(SIGNERS)
    assert [line["理由"] for line in others if "理由" in line] == list(REASONS)
    for command in READING:
        _, out, err = run(*command.split())
        assert "发文登记" not in err and "D6" not in err, (command, out, err)


@pytest.mark.parametrize(
    ("option", "said"), [("--signer", "签发人第 2 个字"), ("--why", "作废的理由第 2 个字")]
)
def test_a_control_character_is_refused_with_its_place_and_nothing_is_written(
    run: Run, option: str, said: str
) -> None:
    assert run("issue", KIND, "X001", "--date", "2021-06-01")[0] == 0
    before = (run.root / "checklists/发文登记.yaml").read_bytes()
    words = (
        ["issue", KIND, "X002", "--date", "2021-06-01"]
        if option == "--signer"
        else ["void", NUMBER.format(1)]
    )
    code, _, err = run(*words, option, "甲\v乙")
    assert code == 1 and f"{option} 错误 D860 {said}（「甲」的后面）是软换行（U+000B），只能写一行" in err
    assert (run.root / "checklists/发文登记.yaml").read_bytes() == before
