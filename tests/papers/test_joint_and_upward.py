"""Papers of several organs and papers to a higher organ, from the record to the page: who is named where."""

from __future__ import annotations

import pytest
from conftest import Run
from docx_text import text_of

from liangqing import register
from liangqing.gbt9704 import joint_signature
from liangqing.gbt9704.check.judge import check

HOST = "桂林市纪委监委驻市生态环境局纪检监察组"
OTHERS = ("桂林市农业农村局机关纪律检查委员会", "桂林市住房和城乡建设局机关纪委")
LETTER = "  - 编号: ZG1\n"


def record(run: Run, before: str, *lines: str, file: str = "文书") -> None:
    """Lines added to the record that begins with the line `before`."""
    run.edit(f"checklists/2021/{file}.yaml", before, before + "".join(f"    {line}\n" for line in lines))


def made(run: Run, kind: str, *words: str) -> bytes:
    code, _, err = run(*words)
    assert code == 0, err
    (paper,) = (run.root / f"output/2021/{kind}").glob("*.docx")
    return paper.read_bytes()


def lines_of(docx: bytes) -> list[str]:
    return text_of(docx).splitlines()


def request(run: Run) -> list[str]:
    return lines_of(made(run, "请示", "request", "QS1"))


def test_an_upward_paper_says_who_usually_signs(run: Run) -> None:
    assert any(line.endswith("⇥签发人：张某某") for line in request(run))


def test_the_place_of_the_signer_is_blank_where_nobody_is_known(run: Run) -> None:
    run.edit("checklists/机构.yaml", ", 签发: 张某某", "")
    (line,) = [line for line in request(run) if "签发人" in line]
    assert line.rstrip("　").endswith("签发人：")


def test_an_upward_paper_goes_out_with_who_signed_it(run: Run) -> None:
    code, _, err = run("issue", "请示", "QS1", "--date", "2021-11-01", "--signer", "王某某")
    assert code == 0, err
    line = register.load(run.root).issued[-1]
    kept = text_of((run.root / "checklists" / line.file).read_bytes())
    assert "市纪驻环请〔2021〕1号⇥签发人：王某某" in kept
    assert (line.signer, line.addressee) == ("王某某", "桂林市纪委监委")


def test_an_issued_upward_paper_does_not_drift_from_its_signer(run: Run) -> None:
    assert run("issue", "请示", "QS1", "--date", "2021-11-01", "--signer", "王某某")[0] == 0
    code, said, _ = run("status", "--as-of", "2021-11-02")
    assert code == 0 and "市纪驻环请〔2021〕1号 与" not in said


def test_another_signer_than_the_record_names_is_refused(run: Run) -> None:
    record(run, "  - 编号: QS1\n", "签发人: 李某")
    code, _, err = run("issue", "请示", "QS1", "--date", "2021-11-01", "--signer", "王某某")
    assert code == 1 and "D600" in err and "「签发人」写的是李某，印发时说的是王某某" in err
    assert not [line for line in register.load(run.root).issued if line.kind == "请示"]
    assert run("issue", "请示", "QS1", "--date", "2021-11-01", "--signer", "李某")[0] == 0


def test_several_signers_stand_two_in_a_line_the_last_level_with_the_number(run: Run) -> None:
    record(run, "  - 编号: QS1\n", "签发人: [张某某, 李某, 王某某]", f"联合: [{', '.join(OTHERS)}]")
    text = request(run)
    (first,) = [index for index, line in enumerate(text) if "签发人：" in line]
    assert text[first].endswith("⇥签发人：张某某　李　某")
    assert "请〔2021〕" in text[first + 1] and text[first + 1].rstrip("　").endswith("⇥　　　　王某某")


def test_a_request_without_an_addressee_or_a_matter_is_not_made(run: Run) -> None:
    run.edit("checklists/2021/文书.yaml", "    主送: 桂林市纪委监委\n", "")
    _, said, err = run("request", "QS1")
    assert "D421" in said + err and "没有写「主送」，印出来「主送」是空的" in said + err
    assert not (run.root / "output/2021/请示").exists()


def test_the_summary_goes_up_with_a_report_that_names_it_as_its_annex(run: Run) -> None:
    text = text_of(made(run, "工作报告", "report-up"))
    assert f"附件：{HOST}2021年监督工作总结" in text
    assert "桂林市纪委监委：" in text and "签发人：" in text


def test_nobody_waits_for_the_report_that_is_made_when_it_is_asked_for(run: Run) -> None:
    code, said, _ = run("status", "--as-of", "2021-10-31")
    assert code == 0 and "请示 QS1" in said and "工作报告" not in said


@pytest.mark.parametrize("layout", ["信函", "文件"])
def test_a_joint_letter_names_all_organs_and_bears_the_hosts_number(unissued: Run, layout: str) -> None:
    unissued.edit("checklists/机构.yaml", "  # 版式: 信函 ", f"  版式: {layout}  # ")
    record(unissued, LETTER, f"联合: [{', '.join(OTHERS)}]", file="整改函")
    docx = made(unissued, "整改函", "letters", "ZG1")
    text = text_of(docx).replace("⏎", "")
    assert "市纪驻环整〔2021〕" in text
    assert all(text.count(name) >= (2 if layout == "文件" else 1) for name in (HOST, *OTHERS))
    mark = text[: text.index("市纪驻环整〔2021〕")]
    assert (OTHERS[0] in mark) == (layout == "文件")
    assert check(docx, "函").findings == ()


def test_the_mark_of_a_joint_file_may_be_the_hosts_alone(unissued: Run) -> None:
    unissued.edit("checklists/机构.yaml", "  # 版式: 信函 ", "  联合标志: 主办机关\n  版式: 文件  # ")
    record(unissued, LETTER, f"联合: {OTHERS[0]}", file="整改函")
    text = text_of(made(unissued, "整改函", "letters", "ZG1")).replace("⏎", "")
    mark = text[: text.index("市纪驻环整〔2021〕")]
    assert f"{HOST}文件" in mark and OTHERS[0] not in mark and OTHERS[0] in text


def test_the_other_organs_countersign_on_the_sheet_that_goes_round(run: Run) -> None:
    record(run, "  - 编号: DB1\n", f"联合: [{', '.join(OTHERS)}]")
    text = text_of(made(run, "发文稿纸", "cover", "督办函/DB1"))
    assert f"会　　签　{OTHERS[0]}、{OTHERS[1]}" in text


def test_copy_number_and_urgency_are_printed_where_they_are_wanted_and_only_there(run: Run) -> None:
    assert not {"000007", "特急"} & set(" ".join(lines_of(made(run, "督办函", "reminders", "DB1"))).split())
    record(run, "  - 编号: DB1\n", "紧急程度: 特急", "份号: 7")
    text = made(run, "督办函", "reminders", "DB1")
    assert "000007" in text_of(text) and "特急" in text_of(text)
    assert not [hit for hit in check(text, "函").findings if hit.rule.code.startswith(("F20", "F305"))]


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("紧急程度: 特提", "应为 特急 / 加急"),
        ("份号: 0", "应为 1 到 999999"),
        ("份号: 1000000", "应为 1 到 999999"),
        ("密级: 秘密", "密级"),
    ],
)
def test_what_no_paper_here_bears_is_refused(run: Run, line: str, answer: str) -> None:
    record(run, "  - 编号: DB1\n", line)
    code, said, err = run("check")
    assert code == 1 and answer in said + err


def test_names_are_arranged_by_their_length_and_their_number() -> None:
    short = tuple(f"某某市某某{sign}" for sign in "局委办厅院")
    assert [joint_signature.columns(short[:count]) for count in (2, 3, 4, 5)] == [2, 3, 2, 3]
    assert joint_signature.columns((HOST, *short)) == 2
    assert joint_signature.rows(short)[-1] == ("", *short[3:])
    assert (
        joint_signature.in_lines("桂林市生态环境局机关纪律检查委员会", 2)
        .split("\n")[0]
        .startswith("桂林市生态环境局")
    )


def test_names_without_seals_begin_together_and_the_longest_stands_as_one_alone_would() -> None:
    lines, date = joint_signature.bare((HOST, "某某局"), "2021年11月1日")
    starts = [line.right + len(line.name) for line in lines]
    assert starts[0] == starts[1] and lines[0].right == 2
    assert date == pytest.approx(starts[0] - 2 - 6.5)
