"""`deliver`: receipts, envelopes and both registers of the letters that went out, in a folder of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Run

NUMBER = "市纪驻环整〔2021〕1号"


def files(run: Run) -> list[str]:
    folder = run.root / "output/送达/2021-11-01/2021"
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.docx"))


@pytest.mark.parametrize(
    "words", [[NUMBER], ["市纪驻环整[2021]1号"], ["ZG1"]], ids=["文号", "别的括号", "编号"]
)
def test_a_number_gives_all_that_goes_with_that_letter(run: Run, words: list[str]) -> None:
    code, out, err = run("deliver", *words)
    assert code == 0, err
    assert files(run) == [
        f"信封/信封-{NUMBER}-灵川局党支部.docx",
        "发文登记簿/发文登记簿-2021年.docx",
        "收文登记簿/收文登记簿-2021年.docx",
        f"送达回证/送达回证-{NUMBER}-灵川局党支部.docx",
    ]
    assert f"{run.again} print 送达回证 信封 --subject '{NUMBER}'" in out
    assert "D820" not in err  # an envelope is no page of a paper


def test_since_a_day_and_by_its_chinese_names(run: Run) -> None:
    assert run("送达", "--起", "2021-09-01")[0] == 0
    assert [name for name in files(run) if name.startswith("信封")] == [
        "信封/信封-市纪驻环整〔2021〕4号-执法支队党支部.docx"
    ]


def test_without_words_what_has_no_delivery_yet(run: Run) -> None:
    assert run("deliver")[0] == 0
    made = [name for name in files(run) if name.startswith("送达回证")]
    assert made and not any("环整" in name for name in made)  # the four letters were delivered


def test_what_went_out_after_the_day_of_the_figures_is_there_too(run: Run) -> None:
    assert run("issue", "督办函", "DB1", "--date", "2021-11-01", "--signer", "张某某")[0] == 0
    assert run("deliver", "DB1")[0] == 0
    assert "送达回证/送达回证-市纪驻环督〔2021〕1号-兴安局党支部.docx" in files(run)


def test_a_number_that_did_not_go_out_is_told(run: Run) -> None:
    code, _, err = run("deliver", "市纪驻环整〔2021〕8号")
    assert code == 1
    assert "D646" in err and NUMBER in err
    assert not (run.root / "output/送达").exists()


def test_nothing_since_a_day_is_told(run: Run) -> None:
    code, _, err = run("deliver", "--since", "2021-10-30")
    assert code == 1
    assert "D646 2021-10-30 以后没有发出文书" in err


def test_number_and_day_together_are_refused(run: Run) -> None:
    assert run("deliver", NUMBER, "--since", "2021-01-01")[0] == 2


def test_all_papers_at_once_leave_them_to_the_command(run: Run) -> None:
    assert run("build")[0] == 0
    made = {path.name for path in (run.root / "output/2021").iterdir() if path.is_dir()}
    assert not made & {"送达回证", "信封", "发文登记簿", "收文登记簿"}
    assert Path(run.root / "output/2021/整改函").is_dir()
