"""Drafts corrected in Word (issue --as-edited), and papers numbered by hand (issue --number --file)."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run
from docx import Document
from docx.document import Document as Docx

from liangqing import register
from liangqing.actions.comparing import passages
from liangqing.base.docx_zip import W, content_hash
from liangqing.register import Line

NUMBER = "市纪驻环整〔2021〕{}号"


def draft(run: Run, code: str, kind: str = "整改函") -> Path:
    """The draft of a letter of the sample, built now; or the one of its annex."""
    assert run("letters", code)[0] == 0
    (path,) = (run.root / f"output/2021/{kind}").glob(f"{kind}-草稿-{code}-*.docx")
    return path


def edit(path: Path, change: Callable[[Docx], object]) -> None:
    """What a person does to a file in Word."""
    document = Document(str(path))
    change(document)
    document.save(str(path))


def replacing(old: str, new: str) -> Callable[[Docx], None]:
    def change(document: Docx) -> None:
        found = [text for text in document.element.iter(f"{W}t") if old in (text.text or "")]
        assert len(found) == 1, f"{old} {len(found)} times"
        found[0].text = (found[0].text or "").replace(old, new)

    return change


def issue(run: Run, code: str, day: str, *words: str) -> tuple[int, str, str]:
    return run("issue", "整改函", code, "--date", day, *words)


def kept(run: Run, file: str) -> str:
    return "\n".join(each.text for each in passages((run.root / "checklists" / file).read_bytes(), file))


def last(run: Run) -> Line:
    book = register.load(run.root)
    assert book.diagnostics == ()
    return book.issued[-1]


def test_issue_stops_and_shows_the_words(unissued: Run) -> None:
    path = draft(unissued, "ZG1")
    edit(path, replacing("逐项说明", "逐条说明"))
    before = path.read_bytes()
    code, _, err = issue(unissued, "ZG1", "2021-04-20")
    assert code == 1
    name = "output/2021/整改函/整改函-草稿-ZG1-灵川局党支部.docx"
    assert err == (
        f"{name} 错误 D609 草稿被人改过，照数据印发会丢掉这些改动，共 1 处\n"
        "    建议：要照改过的发，加 --as-edited；要照数据发，把改动写进数据，删掉这个草稿\n"
        f"{name} 正文第15段「（一）请你支部按照上述责任和…」 错误 D609 「项」成了「条」\n合计：错误 2\n"
    )
    assert path.read_bytes() == before
    assert register.load(unissued.root).lines == ()


def test_the_file_of_the_person_goes_out_with_number_and_date(unissued: Run) -> None:
    path = draft(unissued, "ZG1")
    edit(path, replacing("逐项说明", "逐条说明"))
    code, out, err = issue(unissued, "ZG1", "2021-04-20", "--as-edited")
    assert code == 0, err
    assert out.splitlines()[0].endswith("的整改函（手改）")
    line = last(unissued)
    assert line.notes == ("手改",)
    said = kept(unissued, line.file)
    assert said.startswith(NUMBER.format(1))
    assert "逐条说明" in said
    assert "2021年4月20日" in said
    assert not {"草稿", "〕号", "2021年月日"} & set(said.splitlines())
    assert line.content == content_hash((unissued.root / "checklists" / line.file).read_bytes())
    values = json.loads((unissued.root / "checklists" / line.file).with_suffix(".json").read_text("utf-8"))
    assert values["手改"] == {"整改函": ["正文第15段「（一）请你支部按照上述责任和…」：「项」成了「条」"]}
    assert unissued("check")[0] == 0
    assert unissued("build")[0] == 0
    assert path.is_file()  # the person's own file is left alone
    (copy,) = (unissued.root / "output/2021/整改函").glob(f"整改函-{NUMBER.format(1)}-*.docx")
    assert copy.read_bytes() == (unissued.root / "checklists" / line.file).read_bytes()


def test_the_right_indent_of_the_date_follows_what_was_filled_in(unissued: Run) -> None:
    path = draft(unissued, "ZG1")
    edit(path, replacing("逐项说明", "逐条说明"))
    assert issue(unissued, "ZG1", "2021-04-20", "--as-edited")[0] == 0
    assert issue(unissued, "ZG2", "2021-05-10")[0] == 0

    def indents(file: str) -> list[str | None]:
        document = Document(str(unissued.root / "checklists" / file))
        return [each.get(f"{W}right") for each in document.element.iter(f"{W}ind") if each.get(f"{W}right")]

    first, second = register.load(unissued.root).issued
    assert indents(first.file)[-2:] == indents(second.file)[-2:]


def test_a_save_without_a_change_of_words_is_said(unissued: Run) -> None:
    path = draft(unissued, "ZG1")
    edit(path, lambda document: setattr(document.paragraphs[5].runs[0], "bold", True))
    assert "D609 草稿被人动过，字没有变，只改了格式或重新存过盘" in issue(unissued, "ZG1", "2021-04-20")[2]
    assert issue(unissued, "ZG1", "2021-04-20", "--as-edited")[0] == 0
    assert last(unissued).notes == ("手改",)


def test_an_edited_annex_counts_too(unissued: Run) -> None:
    path = draft(unissued, "ZG1", "问题清单")
    edit(path, replacing("单位：", "被检查单位："))
    code, _, err = issue(unissued, "ZG1", "2021-04-20")
    assert code == 1
    assert "output/2021/问题清单/问题清单-草稿-ZG1-灵川局党支部.docx" in err
    assert issue(unissued, "ZG1", "2021-04-20", "--as-edited")[0] == 0
    said = kept(unissued, last(unissued).annexes[0].file)
    assert f"{NUMBER.format(1)}附件" in said
    assert "被检查单位：" in said


SETTLED = {
    "a limit": (replacing("2021年6月30日", "2021年8月30日"), "手改动了「2021年6月30日」"),
    "a second person": (replacing("责任人：", "责任人：某某、"), "手改动了「"),
    "a whole paragraph": (
        lambda document: document.element.body.remove(document.paragraphs[11]._p),
        "手改动了「",
    ),
}


@pytest.mark.parametrize("case", SETTLED)
def test_what_is_settled_in_the_data_is_not_changed_by_hand(unissued: Run, case: str) -> None:
    change, says = SETTLED[case]
    path = draft(unissued, "ZG3" if case == "a second person" else "ZG1")
    edit(path, change)
    day = "2021-06-02" if case == "a second person" else "2021-04-20"
    code, _, err = issue(unissued, path.name.split("-")[2], day, "--as-edited")
    assert code == 1
    assert f"错误 D615 {says}" in err
    assert register.load(unissued.root).lines == ()


def test_a_draft_without_a_place_for_the_number(unissued: Run) -> None:
    path = draft(unissued, "ZG1")

    def without(document: Docx) -> None:
        control = next(document.element.body.iter(f"{W}sdt"))
        control.getparent().remove(control)

    edit(path, without)
    code, _, err = issue(unissued, "ZG1", "2021-04-20", "--as-edited")
    assert code == 1
    assert f"D616 草稿里没有地方填「{NUMBER.format(1)}」" in err


def test_controls_that_a_program_dropped_are_filled_by_their_words(unissued: Run) -> None:
    path = draft(unissued, "ZG1")

    def unwrap(document: Docx) -> None:
        for control in list(document.element.iter(f"{W}sdt")):
            for child in list(control.find(f"{W}sdtContent")):
                control.addprevious(child)
            control.getparent().remove(control)

    edit(path, unwrap)
    assert issue(unissued, "ZG1", "2021-04-20", "--as-edited")[0] == 0
    said = kept(unissued, last(unissued).file)
    assert said.startswith(NUMBER.format(1))
    assert "2021年4月20日" in said


# numbered by hand


@pytest.fixture
def paper(unissued: Run, tmp_path: Path) -> Path:
    """A letter that went out before the program was there."""
    path = tmp_path / "旧函.docx"
    shutil.copy(draft(unissued, "ZG1"), path)
    edit(path, replacing("逐项说明", "逐条说明"))
    return path


def entered(run: Run, paper: Path, number: int, *words: str, code: str = "ZG1") -> tuple[int, str, str]:
    return issue(run, code, "2021-04-20", "--number", str(number), "--file", str(paper), *words)


def test_a_paper_of_the_past_is_entered(unissued: Run, paper: Path) -> None:
    code, out, err = entered(unissued, paper, 1)
    assert code == 0, err
    assert out.splitlines()[0].endswith("（补录）")
    line = last(unissued)
    assert (line.number, line.notes, line.annexes) == (NUMBER.format(1), ("补录",), ())
    assert (unissued.root / "checklists" / line.file).read_bytes() == paper.read_bytes()
    assert unissued("check")[0] == 0
    assert unissued("verify", str(paper))[0] == 0
    assert issue(unissued, "ZG2", "2021-05-10")[0] == 0
    assert last(unissued).number == NUMBER.format(2)


def test_numbers_below_the_first_of_the_program(unissued: Run, paper: Path) -> None:
    unissued.edit("checklists/机构.yaml", "  一式份数: 2", "  文号起始: {整改函: 7}\n  一式份数: 2")
    assert entered(unissued, paper, 3)[0] == 0
    assert issue(unissued, "ZG2", "2021-05-10")[0] == 0
    assert [line.number for line in register.load(unissued.root).issued] == [
        NUMBER.format(3),
        NUMBER.format(7),
    ]


def test_a_jump_and_a_taken_number_are_refused(unissued: Run, paper: Path) -> None:
    code, _, err = entered(unissued, paper, 3)
    assert code == 1
    assert "--number 错误 D633 1 到 2 号还没有登记，不能跳到 3 号" in err
    assert "D633 1 号还没有登记，不能跳到 2 号" in entered(unissued, paper, 2)[2]
    assert issue(unissued, "ZG2", "2021-05-10")[0] == 0
    code, _, err = entered(unissued, paper, 1)
    assert code == 1
    assert f"D614 1 号已经登记了：{NUMBER.format(1)}（整改函 ZG2，" in err
    code, _, err = entered(unissued, paper, 2)
    assert code == 1
    assert f"D612 成文日期（2021-04-20）早于号在前面的 {NUMBER.format(1)}（2021-05-10）" in err
    assert entered(unissued, paper, 2, "--confirm-date")[0] == 0
    assert last(unissued).notes == ("日期已核", "补录")


def test_a_file_that_bears_another_number(unissued: Run, paper: Path) -> None:
    edit(paper, replacing("市纪驻环整〔2021〕　号", NUMBER.format(9)))
    code, _, err = entered(unissued, paper, 1)
    assert code == 1
    assert f"D634 文件上印的是 {NUMBER.format(9)}，不是 {NUMBER.format(1)}" in err


def test_number_and_file_go_together(unissued: Run, paper: Path) -> None:
    code, _, err = issue(unissued, "ZG1", "2021-04-20", "--number", "1")
    assert (code, "补录要同时写 --number 和 --file" in err) == (2, True)
    assert entered(unissued, paper, 1, "--as-edited")[0] == 2
    paper.write_bytes(b"x")
    assert "D502 这不是 .docx 文件" in entered(unissued, paper, 1)[2]
    day = ("--date", "2021-01-20", "--number", "1", "--file", str(paper))
    assert "D632 监督检查清单不编文号" in unissued("issue", "监督检查清单", "2021", *day)[2]
    assert register.load(unissued.root).lines == ()
