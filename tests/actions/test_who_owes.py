"""Who owes what, from the command line: letters that were corrected or made void, units that are gone."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from conftest import Run
from filling import filled

from liangqing.cli import main as cli

pytestmark = pytest.mark.year

NUMBER = "市纪驻环整〔2021〕{}号"
UNITS, LETTERS = "checklists/2021/单位.yaml", "checklists/2021/整改函.yaml"
SHORT = "    简称: 兴安局党支部\n"  # U09, whose letter ZG3 is not answered


def waits(run: Run, day: str = "2021-10-31") -> list[tuple[str, str, str]]:
    """Kind, unit and words of what `status` lists."""
    code, out, err = run("status", "--format", "json", "--as-of", day)
    assert code == 0, err
    return [tuple(item.values())[:3] for item in json.loads(out)]


def add_letter(run: Run, code: str, corrects: int, unit: str = "U09", finding: str = "W2021-06") -> None:
    """A letter that corrects another, written and not issued."""
    run.edit(
        LETTERS,
        "  - 编号: ZG4",
        f"  - {{编号: {code}, 单位: {unit}, 问题: [{finding}], 事由: 更正, 回复期限: 2021-11-30, "
        f"更正: {NUMBER.format(corrects)}}}\n  - 编号: ZG4",
    )


@pytest.fixture
def corrected(run: Run) -> Run:
    """The sample, in which ZG5 corrected ZG3, of which nothing came back."""
    add_letter(run, "ZG5", 3)
    assert run("build", "整改情况反馈表")[0] == 0
    code, _, err = run("issue", "整改函", "ZG5", "--date", "2021-10-22")
    assert code == 0, err
    return run


def forms(run: Run) -> list[Path]:
    return sorted((run.root / "output/2021/整改情况反馈表").glob("*.docx"))


def test_after_a_correction_nothing_is_demanded_on_the_old_letter(corrected: Run) -> None:
    before = [item for item in waits(corrected, "2021-10-21") if NUMBER.format(3) in item[2]]
    assert {kind for kind, _, _ in before} == {"未回复", "未交反馈表"}
    now = [item[2] for item in waits(corrected, "2021-11-25")]
    assert not [words for words in now if NUMBER.format(3) in words]
    assert [words for words in now if words.startswith(f"{NUMBER.format(5)}：问题 W2021-06")]


def test_the_form_of_a_corrected_letter_is_not_made_and_who_asks_is_told_why(corrected: Run) -> None:
    assert corrected("build", "整改情况反馈表")[0] == 0
    names = [path.name for path in forms(corrected)]
    assert f"整改情况反馈表-{NUMBER.format(5)}-兴安局党支部.docx" in names
    _, out, err = corrected("feedback", "ZG3")
    said = f"{NUMBER.format(3)}（ZG3）已由 {NUMBER.format(5)}（ZG5）更正，它的整改情况反馈表不再填"
    assert "D411" in out + err and said in out + err


def test_a_form_of_a_corrected_letter_is_refused_with_the_letter_in_its_place(
    corrected: Run, tmp_path: Path
) -> None:
    (old,) = [path for path in forms(corrected) if NUMBER.format(3) in path.name]
    answers = {("日期", 0): "2021-10-20", ("[].完成情况", 0): "已完成。"}
    (tmp_path / "表.docx").write_bytes(filled(old.read_bytes(), answers))
    code, _, err = corrected("collect", str(tmp_path / "表.docx"), "--accept")
    assert code != 0
    assert f"D648 整改情况反馈表是随 {NUMBER.format(3)}（ZG3）发的" in err
    assert f"已由 {NUMBER.format(5)}（ZG5）更正" in err


def test_a_letter_is_corrected_once(corrected: Run) -> None:
    add_letter(corrected, "ZG6", 3)
    code, _, err = corrected("issue", "整改函", "ZG6", "--date", "2021-10-25")
    assert code == 1 and "D363" in err and f"改写「更正: {NUMBER.format(5)}」" in err
    corrected.edit(
        LETTERS,
        f"编号: ZG6, 单位: U09, 问题: [W2021-06], 事由: 更正, 回复期限: 2021-11-30, 更正: {NUMBER.format(3)}",
        f"编号: ZG6, 单位: U09, 问题: [W2021-06], 事由: 更正, 回复期限: 2021-11-30, 更正: {NUMBER.format(5)}",
    )
    assert corrected("issue", "整改函", "ZG6", "--date", "2021-10-25")[0] == 0
    assert not [words for _, _, words in waits(corrected) if NUMBER.format(5) in words]


def test_a_letter_is_not_made_void_on_a_day_to_come(run: Run) -> None:
    code, _, err = run("void", NUMBER.format(4), "--why", "发错", "--date", "2021-11-02")
    assert code == 1 and "D647 作废日期（2021-11-02）晚于今天（2021-11-01）" in err
    assert "作废" not in (run.root / "checklists/发文登记.yaml").read_text("utf-8")


def test_a_reply_to_a_void_letter_is_no_reply_to_the_one_that_went_out_in_its_place(run: Run) -> None:
    """ZG1 was answered on 6 July, made void, and issued again on 20 July."""
    assert run("void", NUMBER.format(1), "--why", "发错", "--date", "2021-07-15")[0] == 0
    for old in ("送达", "整改反馈"):
        (run.root / f"checklists/2021/{old}.yaml").unlink()
    run.edit(LETTERS, "    回复期限: 2021-07-09\n", "    回复期限: 2021-10-29\n")
    issued = run("issue", "整改函", "ZG1", "--date", "2021-10-08", "--confirm-date")
    assert issued[0] == 0, issued[2]
    late = [words for kind, _, words in waits(run) if kind == "未回复"]
    assert f"{NUMBER.format(5)}，应于2021年10月29日前回复" in late
    run.edit(LETTERS, "回复: {日期: 2021-07-06}", "回复: {日期: 2021-10-28}")
    assert not [words for kind, _, words in waits(run) if kind == "未回复" and NUMBER.format(5) in words]


def dissolve(run: Run, successor: str = "") -> None:
    """U09 is dissolved on 28 October; the inspection that was planned there in November goes to others."""
    run.edit(UNITS, SHORT, f"{SHORT}    撤销日期: 2021-10-28\n{successor}")
    inspections = run.root / "checklists/2021/检查.yaml"
    head, found, planned = inspections.read_text("utf-8").partition("编号: CC02")
    inspections.write_text(head + found + planned.replace("U09", "U08"), "utf-8")


@pytest.fixture
def dissolved(run: Run) -> Run:
    """The sample, in which U09 was dissolved on 28 October and U08 took over."""
    dissolve(run, "    承接单位: U08\n")
    return run


def test_what_a_unit_left_stands_with_who_took_over(dissolved: Run) -> None:
    before = [unit for _, unit, words in waits(dissolved, "2021-10-27") if "W2021-06" in words]
    assert set(before) == {"兴安局党支部"}
    now = [(unit, words) for _, unit, words in waits(dissolved) if "W2021-06" in words]
    assert {unit for unit, _ in now} == {"资源局党支部"}
    assert [words for _, words in now if "（原兴安局党支部）" in words]
    assert ("未回复", "资源局党支部", f"{NUMBER.format(3)}，应于2021年10月20日前回复") in waits(dissolved)


def test_a_letter_to_a_unit_that_is_gone_is_refused_with_the_successor_named(dissolved: Run) -> None:
    add_letter(dissolved, "ZG5", 3)
    code, _, err = dissolved("issue", "整改函", "ZG5", "--date", "2021-10-29")
    assert code == 1 and "D412" in err and "「单位」改写「资源局党支部」" in err
    dissolved.edit(LETTERS, "{编号: ZG5, 单位: U09", "{编号: ZG5, 单位: U08")
    code, _, err = dissolved("issue", "整改函", "ZG5", "--date", "2021-10-29")
    assert code == 0, err


def test_who_asks_for_a_unit_that_is_gone_is_told_whom_to_ask_for(dissolved: Run) -> None:
    out = dissolved("status", "--unit", "兴安局党支部", "--as-of", "2021-10-31")[1]
    assert "另：兴安局党支部已撤销，没有办完的列在资源局党支部名下，看它用 --unit 资源局党支部" in out
    assert "已撤销" not in dissolved("status", "--unit", "资源局党支部", "--as-of", "2021-10-31")[1]


def test_units_that_are_gone_can_be_asked_for_as_the_list_calls_them(run: Run) -> None:
    dissolve(run)
    out = run("status", "--unit", "兴安局党支部", "--as-of", "2021-10-31")[1]
    assert "看它用 --unit 已撤销单位" in out
    code, out, err = run("status", "--unit", "已撤销单位", "--as-of", "2021-10-31")
    assert code == 0 and "W2021-06" in out, err


def test_the_note_of_the_new_year_has_it_with_who_took_over(dissolved: Run) -> None:
    assert dissolved("new-year", "2022")[0] == 0
    note = (dissolved.root / "checklists/2022/结转说明.md").read_text("utf-8")
    assert "| W2021-06 | 资源局党支部 | 农村污水处理设施运行维护记录不完整（原兴安局党支部） |" in note


def test_without_a_successor_it_stands_under_units_that_are_gone(run: Run) -> None:
    dissolve(run)
    now = waits(run)
    assert {unit for _, unit, words in now if "W2021-06" in words} == {"已撤销单位"}
    assert ("未回复", "已撤销单位", f"{NUMBER.format(3)}，应于2021年10月20日前回复") in now


def test_a_form_of_last_year_is_taken_in_the_new_year_as_todays_register_has_its_letter(
    corrected: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ZG5 took the place of ZG3 in October and is made void in January: the form of ZG3 is asked for again."""
    (old,) = [path for path in forms(corrected) if NUMBER.format(3) in path.name]
    answers = {("日期", 0): "2022-01-08", ("[].完成情况", 0): "已完成。"}
    (tmp_path / "表.docx").write_bytes(filled(old.read_bytes(), answers))
    monkeypatch.setattr(cli, "today", lambda: date(2022, 1, 10))
    assert corrected("new-year", "2022")[0] == 0
    code, _, err = corrected("collect", str(tmp_path / "表.docx"))
    assert code == 1 and "D648" in err and "D732" not in err
    void = corrected("void", NUMBER.format(5), "--why", "发错", "--date", "2022-01-05")
    assert void[0] == 0, void[2]
    code, out, err = corrected("collect", str(tmp_path / "表.docx"), "--accept", "--json")
    assert code == 0, err
    assert json.loads(out)["全部写入"] == ["checklists/2021/收回/2022-01-10.yaml"]
    for day, left_out in ((["--as-of", "2021-12-31"], True), ([], False)):
        code, out, err = corrected("feedback", "ZG3", "--year", "2021", *day)
        assert ("D411" in out + err) is left_out, out + err


def test_a_year_that_is_asked_for_takes_no_form_of_another(
    corrected: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "today", lambda: date(2022, 1, 10))
    assert corrected("new-year", "2022")[0] == 0
    code, _, err = corrected("collect", str(forms(corrected)[0]), "--year", "2022")
    assert code == 1 and "D732 这是 2021 年度的整改情况反馈表，现在收的是 2022 年度" in err
    assert "建议：去掉 --year 再收" in err


def test_a_paper_whose_finding_hangs_on_an_error_is_refused_with_that_error(run: Run) -> None:
    """U09 names a successor that there is none of; it is taken out, and with it W2021-06, on which DB1 is."""
    run.edit(UNITS, SHORT, f"{SHORT}    撤销日期: 2021-10-28\n    承接单位: U99\n")
    code, _, err = run("issue", "督办函", "DB1", "--date", "2021-11-01")
    assert code == 1 and "D201 「承接单位」里的「U99」找不到对应的单位" in err
    code, _, err = run("build", "督办函", "DB1")
    assert code == 1 and "D201" in err
