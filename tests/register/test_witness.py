"""The witnesses of what went out: an old backup put back, copies merged, lines and kept papers lost, and brought back."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from conftest import Run
from small import told

from liangqing import register
from liangqing.base.folders import user_state
from liangqing.register import witness
from liangqing.register.identity import card_of

pytestmark = pytest.mark.campaign("篡改")

NEXT = ("issue", "督办函", "DB1", "--date", "2021-10-31", "--signer", "张某某")
OTHER = ("issue", "整改函", "ZG1", "--date", "2021-10-31", "--signer", "张某某")
FIFTH = "市纪驻环督〔2021〕1号"


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder for each test."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return user_state()


def data(run: Run, name: str) -> Path:
    return run.root.parent / name


def put_by(run: Run, name: str, folder: str = "checklists") -> None:
    shutil.copytree(run.root / folder, data(run, name))


def put_back(run: Run, name: str, folder: str = "checklists") -> None:
    shutil.rmtree(run.root / folder)
    shutil.copytree(data(run, name), run.root / folder)


def issued(run: Run) -> Run:
    """The sample with one more paper out, after its data were put by."""
    put_by(run, "旧备份")
    assert run(*NEXT)[0] == 0
    return run


def checked(run: Run) -> str:
    """All that `check` says."""
    _, out, err = run("check")
    return out + err


def lines(run: Run) -> list[str]:
    return (run.root / "checklists/发文登记.yaml").read_text("utf-8").splitlines()


def state_files(run: Run) -> list[Path]:
    return sorted((user_state() / "见证").glob("*.jsonl"))


# ---------------------------------------------------------------- an old backup put back


def test_no_number_is_given_again_after_an_old_backup_was_put_back(run: Run) -> None:
    issued(run)
    put_back(run, "旧备份")
    before = lines(run)
    code, out, err = run(*NEXT)
    assert (code, out) == (1, "")
    assert (
        f"错误 D835 登记里少了发过的：{FIFTH}（督办函 DB1），共 1 条。再印发会重号，补齐以前不能印发" in err
    )
    assert "运行 recover（找回）" in err
    assert lines(run) == before


@pytest.mark.parametrize("gone", ["beside", "here"])
def test_either_witness_is_enough(run: Run, gone: str) -> None:
    issued(run)
    put_back(run, "旧备份")
    shutil.rmtree(run.root / witness.FOLDER if gone == "beside" else user_state())
    for words in (NEXT, ("check",), ("status",)):
        code, out, err = run(*words)
        assert code == 1
        assert "D835" in out + err


def test_a_whole_folder_put_back_is_seen_by_the_witness_of_the_machine(run: Run) -> None:
    shutil.copytree(run.root, data(run, "全部"))
    assert run(*NEXT)[0] == 0
    shutil.rmtree(run.root)
    shutil.copytree(data(run, "全部"), run.root)
    assert "D835" in run(*NEXT)[2]


def test_a_void_that_was_lost_is_told_too(run: Run) -> None:
    issued(run)
    put_by(run, "发后")
    assert run("void", FIFTH, "--why", "发错单位")[0] == 0
    put_back(run, "发后")
    assert f"登记里少了发过的：{FIFTH} 的作废，共 1 条" in checked(run)
    assert run("void", FIFTH, "--why", "又作废")[0] == 1


def test_lost_lines_and_papers_come_back_as_they_were_and_check_is_clean(run: Run) -> None:
    issued(run)
    want = lines(run)
    kept = (run.root / f"checklists/发文/2021/{FIFTH}.docx").read_bytes()
    put_back(run, "旧备份")
    code, out, _ = run("recover")
    assert code == 0
    assert f"找回登记：{FIFTH}（督办函 DB1）\n" in out
    assert f"找回存档：发文/2021/{FIFTH}.docx\n" in out
    assert lines(run) == want
    assert (run.root / f"checklists/发文/2021/{FIFTH}.docx").read_bytes() == kept
    assert "错误" not in checked(run)
    assert "登记和存档都不缺" in run("recover")[1]


def test_the_paper_comes_back_from_output_where_it_is_nowhere_else(run: Run) -> None:
    issued(run)
    assert run("build", "督办函")[0] == 0
    put_back(run, "旧备份")
    (run.root / witness.FOLDER / f"发文/2021/{FIFTH}.docx").unlink()
    assert run("recover")[0] == 0
    assert "错误" not in checked(run)


def test_lines_come_back_from_the_folder_that_was_replaced(run: Run) -> None:
    shutil.copytree(run.root, data(run, "全部"))
    assert run(*NEXT)[0] == 0
    want = lines(run)
    run.root.rename(data(run, "换下来的"))
    shutil.copytree(data(run, "全部"), run.root)
    code, _, err = run("recover")
    assert code == 1
    assert "错误 D843" in err
    assert run("recover", str(data(run, "换下来的")))[0] == 0
    assert lines(run) == want
    assert "错误" not in checked(run)


def test_lines_come_back_from_a_newer_backup_where_there_is_no_witness(run: Run) -> None:
    issued(run)
    want = lines(run)
    newer = str(data(run, "较新.zip"))
    assert run("backup", "--out", newer)[0] == 0
    put_back(run, "旧备份")
    without_witness(run)
    assert run("recover")[1].startswith("登记和存档都不缺")
    code, out, _ = run("recover", newer)
    assert (code, out.splitlines()[0]) == (0, f"找回登记：{FIFTH}（督办函 DB1）")
    assert lines(run) == want
    assert "错误" not in checked(run)


def test_a_stamp_that_knows_of_more_is_told_where_nothing_is_found(run: Run) -> None:
    issued(run)
    path = run.root / "checklists/发文登记.yaml"
    path.write_text("".join(f"{line}\n" for line in lines(run)[:-1]), "utf-8")
    without_witness(run)
    code, _, err = run("recover")
    assert code == 1
    assert "错误 D613" in err


def test_of_what_is_nowhere_the_number_stays_taken(run: Run) -> None:
    shutil.copytree(run.root, data(run, "全部"))
    assert run(*NEXT)[0] == 0
    shutil.rmtree(run.root)
    shutil.copytree(data(run, "全部"), run.root)
    code, out, _ = run("recover", "--number-only")
    assert code == 0
    assert f"补记登记（原来的次序接不上，另起一行）：{FIFTH}（督办函 DB1）\n" in out
    assert "D835" not in checked(run)
    assert FIFTH in lines(run)[-1]


def test_a_lost_paper_may_be_entered_by_hand(run: Run) -> None:
    issued(run)
    paper = data(run, "发出的.docx")
    shutil.copy(run.root / f"checklists/发文/2021/{FIFTH}.docx", paper)
    put_back(run, "旧备份")
    assert "D835" in checked(run)
    code, _, err = run(*NEXT, "--number", "1", "--file", str(paper))
    assert code == 0, err
    assert "错误" not in checked(run)


def test_a_forged_paper_does_not_come_back(run: Run) -> None:
    issued(run)
    put_back(run, "旧备份")
    copy = run.root / witness.FOLDER / f"发文/2021/{FIFTH}.docx"
    shutil.copy(run.root / "checklists/发文/2021/市纪驻环整〔2021〕1号.docx", copy)
    code, _, err = run("recover")
    assert code == 1
    assert f"错误 D844 {FIFTH} 的存档没有找到" in err
    assert not (run.root / f"checklists/发文/2021/{FIFTH}.docx").exists()


def test_what_is_not_there_is_told_before_anything_is_looked_for(run: Run) -> None:
    assert "没有的文件夹 错误 D842 没有这个文件或文件夹" in run("recover", "没有的文件夹")[2]


# ---------------------------------------------------------------- lines cut off, altered


def test_the_last_line_and_the_stamp_removed_together_are_missed(run: Run) -> None:
    issued(run)
    path = run.root / "checklists/发文登记.yaml"
    path.write_text("".join(f"{line}\n" for line in lines(run)[:-1]), "utf-8")
    (run.root / "checklists/发文/登记末行.json").unlink()
    out = checked(run)
    assert f"错误 D835 登记里少了发过的：{FIFTH}" in out
    assert run("recover")[0] == 0
    assert "错误" not in checked(run)


def test_an_altered_line_is_put_right_and_the_altered_one_put_aside(run: Run) -> None:
    issued(run)
    want = lines(run)
    run.edit("checklists/发文登记.yaml", "标题: 关于征求2021年度监督检查清单意见的函", "标题: 改过的标题")
    assert run(*OTHER)[0] == 1
    code, out, _ = run("recover")
    assert (code, out.splitlines()[0]) == (0, "找回登记：第1条")
    assert lines(run) == want
    aside = run.root / "备份/2021-11-01-找回前/checklists/发文登记.yaml"
    assert "改过的标题" in aside.read_text("utf-8")
    assert "错误" not in checked(run)


def test_a_kept_paper_that_was_changed_or_lost_is_brought_back(run: Run) -> None:
    issued(run)
    path = run.root / f"checklists/发文/2021/{FIFTH}.docx"
    values = path.with_suffix(".json")
    path.write_bytes(path.read_bytes()[:-30])
    values.unlink()
    assert run("check")[0] == 1
    assert run("recover")[0] == 0
    assert "错误" not in checked(run)


# ---------------------------------------------------------------- copies


def copied(run: Run) -> Run:
    """A copy of the workspace in another folder of the machine."""
    shutil.copytree(run.root, data(run, "副本"))
    return run.in_folder(data(run, "副本"))


def test_a_copy_for_trying_issues_by_itself_and_is_told_once(run: Run) -> None:
    issued(run)
    copy = copied(run)
    assert f"警告 D839 这是 {run.root} 的副本" in checked(copy)
    assert copy("void", FIFTH, "--why", "试一试")[0] == 0
    assert "D839" not in checked(copy)
    assert card_of(copy.root).code != card_of(run.root).code
    assert "错误" not in checked(run)
    assert run("void", FIFTH, "--why", "发错单位")[0] == 0


def test_a_copy_that_is_behind_its_original_does_not_issue(run: Run) -> None:
    issued(run)
    copy = copied(run)
    assert run("void", FIFTH, "--why", "发错单位")[0] == 0
    code, _, err = copy("void", FIFTH, "--why", "试一试")
    assert code == 1
    assert f"错误 D838 这是 {run.root} 的副本，那一份后来又发了 {FIFTH} 的作废" in err
    assert copy("recover", "--new-id")[0] == 0
    assert copy("void", FIFTH, "--why", "试一试")[0] == 0


def test_a_workspace_that_was_moved_is_no_copy(run: Run) -> None:
    issued(run)
    moved = data(run, "新地方")
    run.root.rename(moved)
    assert "D83" not in checked(run.in_folder(moved))


def test_a_copy_of_a_sample_that_was_just_made_is_known_too(run: Run) -> None:
    made = data(run, "新的")
    assert run.in_folder(data(run, "x"))("init", str(made), "--sample")[0] == 0
    shutil.copytree(made, data(run, "副本"))
    assert f"警告 D839 这是 {made} 的副本" in checked(run.in_folder(data(run, "副本")))
    assert "D839" not in checked(run.in_folder(made))


def test_a_new_workspace_where_an_old_one_lay_is_none_of_its(run: Run) -> None:
    issued(run)
    root = run.root
    shutil.rmtree(root)
    assert run.in_folder(data(run, "x"))("init", str(root), "--sample")[0] == 0
    assert checked(run).count("D83") == 0


def merged(run: Run, copy: Run) -> None:
    """The copy's data copied over those of the first."""
    shutil.copytree(copy.root / "checklists", run.root / "checklists", dirs_exist_ok=True)


def test_what_two_merged_copies_lack_is_named_and_brought_together(run: Run) -> None:
    put_by(run, "旧备份")
    copy = copied(run)
    assert run(*NEXT)[0] == 0
    assert copy("void", "市纪驻环整〔2021〕1号", "--why", "发错单位")[0] == 0
    merged(run, copy)
    out = checked(run)
    assert f"错误 D836 另一份工作目录也发过文，登记里没有：{FIFTH}（督办函 DB1），共 1 条" in out
    assert f"checklists/发文/2021/{FIFTH}.docx 错误 D611" in out
    code, out, _ = run("recover")
    assert code == 0
    assert f"补记登记（原来的次序接不上，另起一行）：{FIFTH}（督办函 DB1）\n" in out
    assert "错误" not in checked(run)


def test_registers_that_were_written_together_become_one_chain_with_all_that_went_out(run: Run) -> None:
    copy = copied(run)
    assert run(*NEXT)[0] == 0
    assert copy("void", "市纪驻环整〔2021〕1号", "--why", "发错单位")[0] == 0
    path = run.root / "checklists/发文登记.yaml"
    path.write_text(path.read_text("utf-8") + lines(copy)[-1] + "\n", "utf-8")
    assert "错误 D618" in checked(run)
    code, out, _ = run("recover")
    assert code == 0
    assert "补记登记（原来的次序接不上，另起一行）：市纪驻环整〔2021〕1号 的作废\n" in out
    assert "错误" not in checked(run)


def test_of_two_papers_of_one_number_none_is_dropped(run: Run) -> None:
    copy = copied(run)
    assert run(*NEXT)[0] == 0
    copy.edit("checklists/2021/文书.yaml", "编号: DB1", "编号: DB9")
    assert copy("issue", "督办函", "DB9", "--date", "2021-10-31", "--signer", "张某某")[0] == 0
    path = run.root / "checklists/发文登记.yaml"
    path.write_text(path.read_text("utf-8") + lines(copy)[-1] + "\n", "utf-8")
    before = path.read_bytes()
    assert run("recover")[0] == 1
    assert path.read_bytes() == before


def test_a_number_that_two_copies_gave_is_told_until_one_paper_went_out_anew(run: Run) -> None:
    copy = copied(run)
    assert run(*NEXT)[0] == 0
    copy.edit("checklists/2021/文书.yaml", "编号: DB1", "编号: DB9")
    assert copy("issue", "督办函", "DB9", "--date", "2021-10-31", "--signer", "张某某")[0] == 0
    merged(run, copy)
    said = checked(run)
    assert f"警告 D837 {FIFTH} 发过两份：登记里是督办函 DB9，另一份是 2021-10-31 的督办函 DB1" in said


# ---------------------------------------------------------------- a witness that is not there


def test_a_lost_witness_is_told_and_stops_nothing(run: Run) -> None:
    issued(run)
    shutil.rmtree(user_state())
    code, _, out = run("check")
    assert "警告 D840 这台电脑上的发文见证没有" in out
    assert code == 0
    assert run("void", FIFTH, "--why", "发错单位")[0] == 0
    assert "D840" not in checked(run)


def test_a_damaged_witness_is_told_and_stops_nothing(run: Run) -> None:
    issued(run)
    for file in (run.root / witness.FOLDER / "登记.jsonl", *state_files(run)):
        file.write_bytes(b"[" * 100_000 + b"\n\xff\x00{}\n")
    assert "警告 D840 工作目录里的发文见证坏了一部分，这台电脑上的发文见证坏了一部分" in checked(run)
    assert run("void", FIFTH, "--why", "发错单位")[0] == 0
    assert "D840" not in checked(run)


def test_a_witness_that_cannot_be_written_stops_nothing(run: Run) -> None:
    (run.root / witness.FOLDER).write_text("一个文件")
    user_state().parent.mkdir()
    user_state().write_text("也是一个文件")
    assert run(*NEXT)[0] == 0
    assert FIFTH in lines(run)[-1]


def test_the_witness_of_the_machine_holds_no_words_of_papers(run: Run) -> None:
    issued(run)
    (file,) = state_files(run)
    text = file.read_text("utf-8")
    assert FIFTH in text
    assert "关于" not in text
    assert "张某某" not in text


def test_data_and_papers_name_neither_machine_nor_place(run: Run) -> None:
    issued(run)
    place = str(run.root.parent).encode()
    files = [path for name in ("checklists", witness.FOLDER) for path in (run.root / name).rglob("*")]
    assert sum(path.is_file() for path in files) > 20
    assert [path for path in files if path.is_file() and place in path.read_bytes()] == []


def test_every_line_that_is_written_is_known_at_once(tmp_path: Path) -> None:
    from small import letter_line

    book = register.load(tmp_path)
    for serial in range(1, 4):
        book = register.append(tmp_path, letter_line(serial, f"ZG{serial}", date(2021, 4, 20)), book)
        look = witness.look_at(tmp_path)
        assert look.beside is not None
        assert look.here is not None
        assert [line.digest for line in look.beside.lines] == list(book.hashes)
        assert [line.digest for line in look.here.lines] == list(book.hashes)
    assert told(witness.problems(tmp_path, book)) == ""


# ---------------------------------------------------------------- the last copy in output


def without_witness(run: Run) -> None:
    shutil.rmtree(run.root / witness.FOLDER)
    shutil.rmtree(user_state())


@pytest.mark.parametrize("noted", [True, False])
def test_build_leaves_the_last_copy_of_a_paper_that_the_register_lacks(run: Run, *, noted: bool) -> None:
    issued(run)
    assert run("build", "督办函")[0] == 0
    (copy,) = (run.root / "output/2021/督办函").glob("*.docx")
    bytes_before = copy.read_bytes()
    put_back(run, "旧备份")
    without_witness(run)
    if not noted:
        (run.root / "output/2021/.inputs.json").unlink()
    for words in (("build",), ("build", "--fresh", "督办函"), ("build", "--overwrite")):
        code, out, err = run(*words)
        assert code == 0, out + err
        assert f"output/2021/督办函/{copy.name} 警告 D845 这份印发过，登记里没有：留着没有动" in err
        assert copy.read_bytes() == bytes_before


@pytest.mark.parametrize("noted", [True, False])
def test_a_number_that_a_paper_in_output_bears_is_not_given_again(run: Run, *, noted: bool) -> None:
    issued(run)
    assert run("build", "督办函")[0] == 0
    (copy,) = (run.root / "output/2021/督办函").glob("*.docx")
    put_back(run, "旧备份")
    without_witness(run)
    if not noted:
        (run.root / "output/2021/.inputs.json").unlink()
    before = lines(run)
    code, out, err = run(*NEXT)
    assert code == 1, out
    assert (
        f"output/2021/督办函/{copy.name} 错误 D689 这份文书上印着1号，登记里没有：现在取号会是 {FIFTH}" in err
    )
    assert lines(run) == before
    assert run(*NEXT, "--number", "1", "--file", str(copy))[0] == 0
    assert FIFTH in lines(run)[-1]


def test_build_leaves_a_kept_form_that_would_be_made_anew_under_its_name(run: Run) -> None:
    put_by(run, "旧备份")
    assert run("issue", "体检报告", "JZ01/U11", "--date", "2021-04-06")[0] == 0
    assert run("build", "体检报告")[0] == 0
    (copy,) = (run.root / "output/2021/体检报告").glob("*JZ01*灵川*.docx")
    put_back(run, "旧备份")
    without_witness(run)
    bytes_before = copy.read_bytes()
    for _ in range(2):
        err = run("build", "体检报告")[2]
        assert f"{copy.name} 警告 D845" in err
        assert copy.read_bytes() == bytes_before


def test_build_removes_the_copy_of_a_paper_that_was_made_void(run: Run) -> None:
    issued(run)
    assert run("build", "督办函")[0] == 0
    (copy,) = (run.root / "output/2021/督办函").glob("*.docx")
    assert run("void", FIFTH, "--why", "发错单位")[0] == 0
    assert "D845" not in run("build", "督办函")[2]
    assert not copy.exists()
