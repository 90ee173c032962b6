"""Register and archive damaged in every way: nothing goes out meanwhile, and each advice, followed, ends in a clean check."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import Run
from issuer import KIND
from notes_workspace import NUMBER, workspace
from small import letter_line

from liangqing import register
from liangqing.actions.issuing import in_spite
from liangqing.base.diagnostics import Problems
from liangqing.base.folders import user_state
from liangqing.cli import main as cli
from liangqing.register import STAMP, witness

pytestmark = pytest.mark.campaign("篡改")

REGISTER, KEPT = "checklists/发文登记.yaml", "checklists/发文/2021"
PAPER = f"{KEPT}/{NUMBER.format(2)}.docx"


@pytest.fixture
def sound(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """A workspace with three papers issued, one of them void, and built; a backup of its data beside it."""
    monkeypatch.setattr(cli, "today", lambda: date(2021, 6, 1))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "人"))
    root = tmp_path / "工作"
    workspace(root, 6)
    run = Run(root, capsys)
    for code in ("X001", "X002", "X003"):
        assert issue(run, code)[0] == 0
    assert run("void", NUMBER.format(1), "--why", "- 发错单位")[0] == 0
    assert run("build")[0] == 0
    shutil.copytree(root / "checklists", tmp_path / "备份")
    return run


def issue(run: Run, code: str, *more: str) -> tuple[int, str]:
    status, _, err = run("issue", KIND, code, "--date", "2021-06-01", *more)
    return status, err


def output(run: Run) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in (run.root / "output").rglob("*.docx")}


# ---------------------------------------------------------------- damages


def gone(run: Run) -> None:
    (run.root / PAPER).unlink()


def emptied(run: Run) -> None:
    (run.root / PAPER).write_bytes(b"")


def one_bit(run: Run) -> None:
    data = bytearray((run.root / PAPER).read_bytes())
    data[len(data) // 2] ^= 4
    (run.root / PAPER).write_bytes(data)


def exchanged(run: Run) -> None:
    shutil.copy(run.root / KEPT / f"{NUMBER.format(3)}.docx", run.root / PAPER)


def values_changed(run: Run) -> None:
    (run.root / PAPER).with_suffix(".json").write_text("{}", "utf-8")


def stray(run: Run) -> None:
    (run.root / KEPT / "别的.docx").write_bytes((run.root / PAPER).read_bytes())


def lines(edit: Callable[[list[str]], list[str]]) -> Callable[[Run], None]:
    """The lines of the register changed by hand; 0 is its head."""

    def damage(run: Run) -> None:
        path = run.root / REGISTER
        path.write_text("".join(edit(path.read_text("utf-8").splitlines(keepends=True))), "utf-8", newline="")

    return damage


def at_the_end_for_ever(run: Run) -> None:
    """Lines at the end are gone, and both witnesses with them."""
    lines(lambda text: text[:-2])(run)
    shutil.rmtree(run.root / witness.FOLDER)
    shutil.rmtree(user_state() / "见证")


def two_copies(run: Run) -> None:
    """Two copies issued each for itself, on two machines, and one's line and papers were copied to the other."""
    other = run.in_folder(run.root.parent / "另一份")
    shutil.copytree(run.root, other.root)
    assert issue(run, "X004")[0] == 0
    with pytest.MonkeyPatch.context() as there:
        there.setenv("XDG_STATE_HOME", str(run.root.parent / "另一台"))
        assert issue(other, "X005")[0] == 0
    shutil.copy(run.root / REGISTER, run.root.parent / "备份" / "发文登记.yaml")  # the newest backup
    shutil.copytree(run.root / "checklists", run.root.parent / "备份", dirs_exist_ok=True)
    with (run.root / REGISTER).open("a", encoding="utf-8") as book:
        book.write((other.root / REGISTER).read_text("utf-8").splitlines(keepends=True)[-1])
    for path in (other.root / KEPT).iterdir():
        if not (run.root / KEPT / path.name).exists():
            shutil.copy(path, run.root / KEPT)


def number_twice(run: Run) -> None:
    book = register.load(run.root)
    line = letter_line(len(book.lines) + 1, f"{KIND} X006", date(2021, 6, 1))
    for name, value in (("number", NUMBER.format(3)), ("file", ""), ("content", ""), ("values", "")):
        object.__setattr__(line, name, value)
    register.append(run.root, line, book)


# ---------------------------------------------------------------- what is advised


def restore_paper(run: Run, said: str) -> None:
    assert "从备份、output 或收文单位的电子版找回发出时的文件，照这个文件名放回" in said
    shutil.copy(run.root.parent / "备份/发文/2021" / Path(PAPER).name, run.root / PAPER)


def from_output(run: Run, said: str) -> None:
    assert "output" in said
    (found,) = (run.root / "output").rglob(f"{NUMBER.format(2)}-*.docx")
    shutil.copy(found, run.root / PAPER)


def restore_values(run: Run, said: str) -> None:
    assert "从备份找回发出时的文件，照这个文件名放回" in said
    name = Path(PAPER).with_suffix(".json").name
    shutil.copy(run.root.parent / "备份/发文/2021" / name, run.root / KEPT)


def move_away(run: Run, said: str) -> None:
    assert "不是程序存的文件，移到别处" in said
    shutil.move(run.root / KEPT / "别的.docx", run.root.parent)


def restore_register(run: Run, said: str) -> None:
    assert "从备份恢复" in said or "从较新的备份恢复登记" in said or "用备份里的登记比对" in said
    shutil.copy(run.root.parent / "备份/发文登记.yaml", run.root / REGISTER)


def recovered(run: Run, said: str, *backup: str) -> None:
    assert "运行 recover（找回）" in said
    code, _, err = run("recover", *backup)
    assert code == 0, err
    assert (run.root / REGISTER).read_bytes() == (run.root.parent / "备份/发文登记.yaml").read_bytes()


def recovered_from_backup(run: Run, said: str) -> None:
    assert "把较新的备份、换下来的文件夹写在后面再运行" in said
    recovered(run, said, str(run.root.parent / "备份"))


def told_command(run: Run, said: str, begin: str) -> None:
    """The command that the advice ends with, as it stands there."""
    found = re.search(rf"{begin} .*", said)
    assert found is not None, said
    code, _, err = run(*shlex.split(found[0]))
    assert code == 0, err


def void_and_issue_anew(run: Run, said: str) -> None:
    told_command(run, said, "void")
    assert issue(run, "X002")[0] == 0


def void_both(run: Run, said: str) -> None:
    told_command(run, said, "void")
    assert issue(run, "X003")[0] == 0 and issue(run, "X006")[0] == 0


def enter_again(run: Run, said: str) -> None:
    """The last line (X003, then the void of 1号) is nowhere to be found: entered again from the paper itself."""
    assert "把没有登记的存档移到别处，逐份补录" in said and "--in-spite 登记丢了" in said
    assert "运行 recover（找回）" in said and run("recover")[0] == 1
    aside = run.root.parent / "移出"
    aside.mkdir()
    for path in (run.root / KEPT).glob(f"{NUMBER.format(3)}*"):
        shutil.move(path, aside)
    paper = str(aside / f"{NUMBER.format(3)}.docx")
    status, err = issue(run, "X003", "--number", "3", "--file", paper, "--in-spite", "登记丢了")
    assert status == 0, err
    assert "D613" in run("check")[2]  # until all are entered: the stamp is not written over
    code, _, err = run("void", NUMBER.format(1), "--why", "发错单位", "--in-spite", "登记丢了")
    assert code == 0, err
    (run.root / STAMP).unlink()


def keep_one(run: Run, said: str) -> None:
    assert "留下一份的登记，另一份多出的存档移到别处" in said and "重了号的收回重发" in said
    restore_register(run, said.replace("留下一份的登记", "从备份恢复"))
    kept = {path.name for path in (run.root.parent / "备份/发文/2021").iterdir()}
    for path in (run.root / KEPT).iterdir():
        if path.name not in kept:
            path.unlink()
    assert issue(run, "X005")[0] == 0


class Case(NamedTuple):
    """A damage, the codes that tell of it, and what a person does who follows the advice."""

    damage: Callable[[Run], None]
    codes: tuple[str, ...]
    follow: Callable[[Run, str], None]
    left: tuple[str, ...] = ()  # codes of warnings that stay
    asked: str = "X006"  # what is to go out meanwhile


UNREADABLE = ("D863",)
CASES: Mapping[str, Case] = {
    "a kept paper is gone": Case(gone, ("D603",), restore_paper),
    "a kept paper is gone, output has it": Case(gone, ("D603",), from_output),
    "a kept paper is empty": Case(emptied, ("D604",), restore_paper),
    "one bit of a kept paper": Case(one_bit, ("D604",), restore_paper),
    "a kept paper is another": Case(exchanged, ("D604",), from_output),
    "the values of a kept paper": Case(values_changed, ("D604",), restore_values),
    "a kept paper is lost for ever": Case(gone, ("D603",), void_and_issue_anew, ("D866",)),
    "a kept paper was changed for ever": Case(one_bit, ("D604",), void_and_issue_anew, ("D866",)),
    "a file that is no paper of ours": Case(stray, ("D611",), move_away),
    "a line was edited": Case(lines(lambda text: [text[0], text[1].replace("X001", "X005"), *text[2:]]), ("D602",), restore_register),
    "the last line was edited": Case(lines(lambda text: [*text[:-1], text[-1].replace("发错", "错发")]), ("D602",), restore_register),
    "a line was added by hand": Case(lines(lambda text: [*text, text[-1].replace("序号: 4", "序号: 5")]), ("D602",), restore_register),
    "a line in the middle is gone, the witness has it": Case(lines(lambda text: [*text[:2], *text[3:]]), ("D602", "D619", "D835"), recovered),
    "a line in the middle is gone": Case(lines(lambda text: [*text[:2], *text[3:]]), ("D602", "D619"), restore_register),
    "lines at the end are gone": Case(lines(lambda text: text[:-2]), ("D611", "D613", "D835"), recovered),
    "lines at the end are gone, a backup has them": Case(at_the_end_for_ever, ("D611", "D613"), recovered_from_backup),
    "lines at the end are gone for ever": Case(at_the_end_for_ever, ("D611", "D613"), enter_again),
    "the last line is cut": Case(lines(lambda text: [*text[:-1], text[-1][:30]]), UNREADABLE, restore_register),
    "no list": Case(lines(lambda _: ["甲: 乙\n"]), ("D601", "D863"), restore_register),
    "no YAML": Case(lines(lambda text: [*text, "- {理由: - 甲}\n"]), UNREADABLE, restore_register),
    "a line without its day": Case(lines(lambda text: [*text[:2], re.sub("成文日期: [-0-9]+, ", "", text[2]), *text[3:]]), ("D602", "D617", "D863"), restore_register),
    "two copies": Case(two_copies, ("D604", "D618", "D619", "D627"), keep_one),
    "a number twice": Case(number_twice, ("D627",), void_both, asked="X005"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_nothing_goes_out_while_damaged_and_the_advice_leads_to_a_clean_check(sound: Run, name: str) -> None:
    case = CASES[name]
    case.damage(sound)
    before, papers = (sound.root / REGISTER).read_bytes(), output(sound)
    code, _, said = sound("check")
    assert code == 1 and set(case.codes) <= set(re.findall(r"\bD\d{3}\b", said)), said
    if "D863" in case.codes:
        assert "D611" not in said and "D344" not in said
    for words in (
        ("issue", KIND, case.asked, "--date", "2021-06-01"),
        ("void", NUMBER.format(2), "--why", "甲"),
    ):
        code, _, err = sound(*words)
        assert code == 1 and "D864" in err, err
    assert sound("build")[0] == 1 and sound("verify", str(sound.root / "templates/便函.docx"))[0] in (1, 3)
    assert (sound.root / REGISTER).read_bytes() == before and output(sound) == papers
    case.follow(sound, said)
    code, _, err = sound("check")
    assert code == 0 and set(re.findall(r"\bD\d{3}\b", err)) == {"D802", "D832", *case.left}, err
    assert issue(sound, "X006")[0] in (0, 1) and issue(sound, "X004")[0] in (0, 1)
    assert {line.subject for line in register.load(sound.root).issued} >= {"X004", "X006"}
    assert sound("check")[0] == 0 and sound("build")[0] == 0


@pytest.mark.parametrize(
    "name", ["a kept paper is gone", "a file that is no paper of ours", "a line was edited"]
)
def test_in_spite_of_a_damage_with_a_reason_that_is_noted(sound: Run, name: str) -> None:
    CASES[name].damage(sound)
    reason = "- 备份在外地: 明天恢复"
    assert issue(sound, "X004", "--in-spite", reason)[0] == 0
    code, _, err = sound("void", NUMBER.format(3), "--why", "错", "--带损照办", reason)
    assert code == 0, err
    book = register.load(sound.root)
    assert book.issued[-1].notes == (f"带损办理：{reason}",) == getattr(book.lines[-1], "notes", None)
    kept = sound.root / KEPT / f"{NUMBER.format(4)}.docx"
    code, out, _ = sound("verify", str(kept))
    assert f"{NUMBER.format(4)} 印发时登记了：带损办理：{reason}" in out
    out = sound("verify", str(sound.root / KEPT / f"{NUMBER.format(3)}.docx"))[1]
    assert f"{NUMBER.format(3)} 已作废（带损办理：{reason}）" in out


def test_a_reason_notes_nothing_where_nothing_is_damaged(sound: Run) -> None:
    assert issue(sound, "X004", "--in-spite", "怕有问题")[0] == 0
    assert register.load(sound.root).issued[-1].notes == ()


@pytest.mark.parametrize("reason", ["甲\n乙", "\x07"])
def test_a_reason_that_fits_no_line_goes_on_with_nothing(sound: Run, reason: str) -> None:
    gone(sound)
    status, err = issue(sound, "X004", "--in-spite", reason)
    assert status == 1 and "D860 带损办理的理由第" in err


def test_no_number_is_taken_of_a_register_that_lost_lines(sound: Run) -> None:
    CASES["lines at the end are gone"].damage(sound)
    status, err = issue(sound, "X006", "--in-spite", "急")
    assert status == 1 and "登记少了几条，取新号会和发过的重号" in err
    before = (sound.root / REGISTER).read_bytes()
    code, _, err = sound("void", NUMBER.format(2), "--why", "甲", "--in-spite", "急")
    assert code == 1 and "D835" in err and "登记和发文见证对不上，先不作废" in err
    (sound.root / STAMP).unlink()  # what the witnesses know is enough
    status, err = issue(sound, "X006", "--in-spite", "急")
    assert status == 1 and "D835" in err
    assert (sound.root / REGISTER).read_bytes() == before


def test_a_register_that_cannot_be_read_lets_nothing_go_on(sound: Run) -> None:
    CASES["no YAML"].damage(sound)
    status, err = issue(sound, "X006", "--in-spite", "急")
    assert status == 1 and "登记读不全，不知道发过哪些号" in err
    with pytest.raises(Problems):
        in_spite.noted_in_spite(register.load(sound.root).diagnostics, "急", takes_number=False)


def test_a_kept_paper_that_is_open_in_word_is_no_damage(sound: Run) -> None:
    (sound.root / KEPT / f"~${NUMBER.format(2)[2:]}.docx").write_bytes(b"\x03abc")
    assert sound("check")[0] == 0 and issue(sound, "X004")[0] == 0


def test_verify_writes_nothing(sound: Run) -> None:
    (sound.root / REGISTER).write_bytes((sound.root / REGISTER).read_bytes() + b"- {")
    (sound.root / STAMP).unlink()
    folder = sound.root / "checklists/发文/2021/.待落盘-3"
    folder.mkdir()
    (folder / "甲.docx").write_bytes(b"1")
    before = {path: path.stat().st_mtime_ns for path in (sound.root / "checklists").rglob("*")}
    assert sound("verify", str(sound.root / PAPER))[0] == 1  # half a line is told
    assert {path: path.stat().st_mtime_ns for path in (sound.root / "checklists").rglob("*")} == before
