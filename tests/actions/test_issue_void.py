"""issue and void: numbers, the register, what is kept, and what is refused."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from conftest import Run

from liangqing import register
from liangqing.actions.comparing import passages
from liangqing.base.docx_zip import content_hash
from liangqing.year.open_workspace import open_workspace

NUMBER = "市纪驻环整〔2021〕{}号"


def numbers(run: Run) -> list[str | None]:
    book = register.load(run.root)
    assert book.diagnostics == ()
    return [line.number for line in book.issued]


def kept(run: Run) -> list[str]:
    return sorted(path.name for path in (run.root / "checklists/发文").glob("*/*") if path.is_file())


def issue(run: Run, code: str, day: str, kind: str = "整改函") -> tuple[int, str, str]:
    return run("issue", kind, code, "--date", day)


def test_numbers_follow_without_a_gap(unissued: Run) -> None:
    code, out, _ = issue(unissued, "ZG2", "2021-05-10")
    assert code == 0
    assert out.splitlines()[0].startswith("已印发：市纪驻环整〔2021〕1号")
    assert out.splitlines()[-1] == f"下一步：{unissued.again} build 整改函"
    assert issue(unissued, "ZG1", "2021-05-11")[0] == 0
    assert numbers(unissued) == [NUMBER.format(1), NUMBER.format(2)]
    ends = (".docx", ".json", "-附件1-问题清单.docx", "-附件2-整改情况反馈表.docx")
    assert kept(unissued) == sorted(f"{NUMBER.format(n)}{end}" for n in (1, 2) for end in ends)


def test_the_first_number_of_a_group_that_begins_in_mid_year(unissued: Run) -> None:
    unissued.edit("checklists/机构.yaml", "  一式份数: 2", "  文号起始: {整改函: 7}\n  一式份数: 2")
    assert issue(unissued, "ZG1", "2021-04-20")[0] == 0
    assert issue(unissued, "ZG2", "2021-05-10")[0] == 0
    assert numbers(unissued) == [NUMBER.format(7), NUMBER.format(8)]


def test_the_year_of_a_number_is_that_of_its_date(run: Run) -> None:
    run.edit("checklists/2021/问题.yaml", "整改时限: 2021-12-15", "整改时限: 2022-03-15")
    run.edit("checklists/2021/问题.yaml", "整改时限: 2021-11-05", "整改时限: 2022-03-15")
    run.edit("checklists/2021/整改函.yaml", "回复期限: 2021-12-20", "回复期限: 2022-03-21")
    assert run("void", NUMBER.format(4), "--why", "改期", "--date", "2021-11-01")[0] == 0
    (run.root / "checklists/2021/整改反馈.yaml").unlink()
    code, _, err = run("issue", "整改函", "ZG4", "--date", "2022-01-05", "--force-date")
    assert code == 0, err
    assert numbers(run)[-1] == "市纪驻环整〔2022〕1号"


def test_a_void_number_is_not_used_again(run: Run) -> None:
    code, out, _ = run("void", NUMBER.format(4), "--why", "发错单位", "--date", "2021-09-29")
    assert code == 0
    assert out.startswith(f"已作废：{NUMBER.format(4)}（2021-09-29）")
    assert issue(run, "ZG4", "2021-09-30")[0] == 0
    assert numbers(run)[-1] == NUMBER.format(5)
    assert run("build")[0] == 0
    names = [path.name for path in (run.root / "output/2021/整改函").glob("*.docx")]
    assert f"整改函-{NUMBER.format(5)}-执法支队党支部.docx" in names
    assert f"整改函-{NUMBER.format(4)}-执法支队党支部.docx" not in names


def test_one_series_for_all_kinds(unissued: Run) -> None:
    catalogue = unissued.root / "templates/文种.yaml"
    catalogue.write_text(
        catalogue.read_text("utf-8")
        + "提示函:\n  {命令: hints, 阶段: 跟踪履责, 说明: 提示, 模板: 整改函.docx, 对象: 整改函, 标题: 提示函, "
        '文件名: "{{ 整改函.编号 }}", 文号: {代字: 提}}\n',
        "utf-8",
    )
    assert issue(unissued, "ZG1", "2021-04-20")[0] == 0
    assert issue(unissued, "ZG1", "2021-04-21", "提示函")[0] == 0
    unissued.edit("checklists/机构.yaml", "  一式份数: 2", "  文号序列: 共用\n  一式份数: 2")
    assert issue(unissued, "ZG2", "2021-05-10")[0] == 0
    assert numbers(unissued) == [NUMBER.format(1), "市纪驻环提〔2021〕1号", NUMBER.format(2)]


def test_a_paper_without_a_number_is_frozen_too(unissued: Run) -> None:
    code, out, _ = issue(unissued, "2021", "2021-11-01", "监督检查清单")
    assert code == 0
    assert "2021/监督检查清单/2021" in out
    unissued.edit("checklists/2021/清单.yaml", "完成时限: 长期坚持", "完成时限: 每季度")
    assert unissued("build")[0] == 0
    (path,) = (unissued.root / "output/2021/监督检查清单").glob("*.docx")
    assert path.read_bytes() == (unissued.root / "checklists/发文/2021/监督检查清单-2021-1.docx").read_bytes()
    assert unissued("void", "2021/监督检查清单/2021", "--why", "改稿")[0] == 0
    assert unissued("build")[0] == 0
    assert path.read_bytes() != (unissued.root / "checklists/发文/2021/监督检查清单-2021-1.docx").read_bytes()


REFUSED = {
    "already out": (("整改函", "ZG1", "2021-11-01"), "D608 整改函 ZG1 已印发（市纪驻环整〔2021〕1号）"),
    "no such subject": (("整改函", "ZG9", "2021-11-01"), "D587 「ZG9」不是整改函的对象"),
    "no such kind": (("整改信", "ZG1", "2021-11-01"), "D580 没有文种「整改信」"),
    "an annex alone": (("问题清单", "ZG1", "2021-11-01"), "D606 问题清单不取号也不定稿，不用印发"),
    "not one subject": (("双签字确认表", "U06", "2021-11-01"), "D588 「U06」不止指一个对象"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(run: Run, case: str) -> None:
    (kind, code, day), words = REFUSED[case]
    before = (run.root / "checklists/发文登记.yaml").read_bytes(), kept(run)
    status, out, err = issue(run, code, day, kind)
    assert (status, out) == (1, "")
    assert words in err
    assert ((run.root / "checklists/发文登记.yaml").read_bytes(), kept(run)) == before


def test_a_date_that_the_data_contradicts_is_refused(unissued: Run) -> None:
    status, _, err = issue(unissued, "ZG1", "2021-07-12")
    assert status == 1
    assert "D319 整改函 ZG1 的回复期限（2021-07-09）早于成文日期（2021-07-12，" in err
    assert not (unissued.root / "checklists/发文登记.yaml").exists()
    assert kept(unissued) == []


def test_an_open_gate_is_refused(unissued: Run) -> None:
    unissued.edit("checklists/2021/问题.yaml", "整改时限: 2021-10-15", "")
    status, _, err = issue(unissued, "ZG3", "2021-06-02")
    assert status == 1
    assert "还差 D401 问题 W2021-06 没有「整改时限」" in err
    assert kept(unissued) == []


def test_a_draft_corrected_by_hand_is_not_lost(unissued: Run) -> None:
    from docx import Document

    assert unissued("letters", "ZG1")[0] == 0
    (path,) = (unissued.root / "output/2021/整改函").glob("*.docx")
    document = Document(str(path))
    document.paragraphs[-1].add_run("手改")
    document.save(str(path))
    edited = path.read_bytes()
    status, _, err = issue(unissued, "ZG1", "2021-04-20")
    assert status == 1
    assert "D609 草稿被人改过，照数据印发会丢掉这些改动" in err
    assert path.read_bytes() == edited
    assert kept(unissued) == []


def test_void_of_what_was_never_issued(run: Run) -> None:
    status, _, err = run("void", NUMBER.format(9), "--why", "错")
    assert status == 1
    assert "D607 没有发过「市纪驻环整〔2021〕9号」" in err
    status, _, err = run("void", NUMBER.format(1), "--why", "错", "--date", "2021-04-01")
    assert status == 1 and "D630 作废日期（2021-04-01）早于成文日期" in err
    assert run("void", NUMBER.format(1), "--why", "错")[0] == 0
    status, _, err = run("void", NUMBER.format(1), "--why", "错")
    assert status == 1
    assert f"D629 {NUMBER.format(1)} 已经作废过" in err


@pytest.mark.parametrize("step", ["append", "settle"])
def test_a_crash_while_issuing_is_mended_by_the_next_command(
    unissued: Run, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(register, step, crash)
        assert issue(unissued, "ZG1", "2021-04-20")[0] == 130
    assert issue(unissued, "ZG2", "2021-05-10")[0] == 0
    expected = [NUMBER.format(1)] if step == "append" else [NUMBER.format(1), NUMBER.format(2)]
    assert numbers(unissued) == expected
    assert len(kept(unissued)) == 4 * len(expected)  # letter, values, two annexes
    assert unissued("check")[0] == 0


def test_a_full_disk_while_issuing_changes_nothing(unissued: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        status, _, err = issue(unissued, "ZG1", "2021-04-20")
    assert status == 1
    assert "D605" in err
    assert kept(unissued) == []
    assert not Path(unissued.root / "checklists/发文登记.yaml").exists()


def test_a_gate_of_words_stops_an_issue_too(unissued: Run) -> None:
    unissued.edit(
        "checklists/2021/问题.yaml",
        "整改时限: 2021-10-15",
        "整改时限: 2021-10-15\n    回头看: [{日期: 2021-10-20, 结果: 巩固, 说明: 信访件}]",
    )
    status, _, err = issue(unissued, "ZG3", "2021-06-02")
    assert status == 1
    assert "还差 D902 问题 W2021-06 写到「信访件」" in err
    assert kept(unissued) == []
    assert issue(unissued, "ZG1", "2021-06-02")[0] == 0


def test_a_register_cut_short_is_noticed(run: Run) -> None:
    path = run.root / "checklists/发文登记.yaml"
    path.write_text("".join(path.read_text("utf-8").splitlines(keepends=True)[:-1]), "utf-8")
    status, _, err = run("check")
    assert status == 1
    assert "checklists/发文/2021/市纪驻环整〔2021〕4号.docx 错误 D611 这份存档没有登记" in err


def test_a_stored_paper_is_never_written_over(unissued: Run) -> None:
    path = unissued.root / f"checklists/发文/2021/{NUMBER.format(1)}.docx"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"mine")
    status, _, err = issue(unissued, "ZG1", "2021-04-20")
    assert status == 1 and "D611 这份存档没有登记" in err and "D864" in err
    status, _, err = unissued("issue", "整改函", "ZG1", "--date", "2021-04-20", "--in-spite", "正在查")
    assert status == 1 and "D610 存档里已有同名文件，不覆盖" in err
    assert path.read_bytes() == b"mine" and numbers(unissued) == []


def rows(run: Run) -> list[dict[str, str]]:
    """What waits in the sample."""
    code, out, err = run("status", "--format", "json", "--as-of", "2021-10-31")
    assert code == 0, err
    return list(json.loads(out))


def test_a_correction_names_the_old_paper_and_is_not_counted(run: Run) -> None:
    run.edit(
        "checklists/2021/整改函.yaml",
        "  - 编号: ZG4",
        "  - {编号: ZG5, 单位: U08, 问题: [W2021-04, W2021-05], 事由: 更正, 回复期限: 2021-11-30, "
        f"更正: {NUMBER.format(2)}}}\n  - 编号: ZG4",
    )
    before = rows(run)
    status, _, err = issue(run, "ZG5", "2021-10-08")
    assert status == 0, err
    book = register.load(run.root)
    assert book.issued[-1].number == NUMBER.format(5)
    numbered = {each.number: each for each in book.issued}
    assert book.corrected(numbered[NUMBER.format(2)]) == book.issued[-1]
    assert book.corrected(numbered[NUMBER.format(1)]) is None
    kept_paper = run.root / "checklists" / book.issued[-1].file
    said = [each.text for each in passages(kept_paper.read_bytes(), "更正")]
    assert f"本函更正{NUMBER.format(2)}，两函不一致的，以本函为准。" in said
    opened = open_workspace(run.root, 2021, date(2021, 10, 31), date(2021, 11, 1))
    assert len(opened.at.letters_sent) == 4
    assert opened.errors == []
    assert [each for each in rows(run) if each not in before] == []
    assert run("void", NUMBER.format(5), "--why", "改错了", "--date", "2021-10-09")[0] == 0
    book = register.load(run.root)
    assert book.corrected(numbered[NUMBER.format(2)]) is None


def test_a_correction_of_nothing_is_refused(run: Run) -> None:
    run.edit(
        "checklists/2021/整改函.yaml", "    单位: U09\n", f"    单位: U09\n    更正: {NUMBER.format(9)}\n"
    )
    assert f"D326 整改函 ZG3 更正的「{NUMBER.format(9)}」没有发过" in run("check")[2]


def test_an_odd_date_is_refused_until_it_is_confirmed(run: Run) -> None:
    assert run("void", NUMBER.format(4), "--why", "改期", "--date", "2021-09-29")[0] == 0
    (run.root / "checklists/2021/整改反馈.yaml").unlink()
    status, _, err = issue(run, "ZG4", "2021-11-02")
    assert status == 1
    assert "--date 错误 D631 成文日期（2021-11-02）晚于今天（2021-11-01）" in err
    status, _, err = issue(run, "ZG4", "2021-09-24")
    assert status == 1
    assert f"D612 成文日期（2021-09-24）早于号在前面的 {NUMBER.format(4)}（2021-09-28）" in err
    assert run("issue", "整改函", "ZG4", "--date", "2021-09-24", "--confirm-date")[0] == 0
    assert register.load(run.root).issued[-1].notes == ("日期已核",)
    assert "D811" not in run("check")[2]


def test_the_template_is_frozen_by_its_hash(unissued: Run) -> None:
    assert issue(unissued, "ZG1", "2021-04-20")[0] == 0
    (line,) = register.load(unissued.root).issued

    def template(kind: str) -> str:
        return content_hash((unissued.root / f"templates/{kind}.docx").read_bytes())

    assert line.template == template("整改函")
    assert [each.template for each in line.annexes] == [template(each.kind) for each in line.annexes]
    assert line.annexes


def test_a_kind_that_left_the_catalogue_keeps_its_numbers(unissued: Run) -> None:
    catalogue = unissued.root / "templates/文种.yaml"
    plain = catalogue.read_text("utf-8")
    catalogue.write_text(
        plain + "旧函:\n  {命令: old, 阶段: 跟踪履责, 说明: 旧, 模板: 整改函.docx, 对象: 整改函, 标题: 旧函, "
        '文件名: "{{ 整改函.编号 }}", 文号: {代字: 整}}\n',
        "utf-8",
    )
    assert issue(unissued, "ZG1", "2021-04-20", "旧函")[0] == 0
    catalogue.write_text(plain, "utf-8")
    assert issue(unissued, "ZG2", "2021-05-10")[0] == 0
    assert numbers(unissued) == [NUMBER.format(1), NUMBER.format(2)]


def test_a_line_cut_off_with_its_papers_is_noticed(run: Run) -> None:
    assert run("void", NUMBER.format(4), "--why", "发错", "--date", "2021-09-29")[0] == 0
    lines = len(register.load(run.root).lines)
    path = run.root / "checklists/发文登记.yaml"
    path.write_text("".join(path.read_text("utf-8").splitlines(keepends=True)[:-1]), "utf-8")
    status, _, err = run("check")
    assert status == 1
    assert f"D613 登记少了后面几行：写到过第{lines}条，现在只有{lines - 1}条" in err
    path.unlink()
    assert f"写到过第{lines}条，现在只有0条" in run("check")[2]


def test_files_of_a_line_that_stands_are_kept_while_the_register_cannot_be_read(run: Run) -> None:
    folder = register.stage(run.root, 2021, 4, {"甲.txt": b"1"})
    path = run.root / "checklists/发文登记.yaml"
    sound = path.read_bytes()
    path.write_bytes(sound + b"- [\n")
    assert run("check")[0] == 1
    assert folder.is_dir()
    path.write_bytes(sound)
    run("check")
    assert (folder.parent / "甲.txt").read_bytes() == b"1"
