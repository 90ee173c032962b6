"""verify: what a copy that came back is, whatever it is called and whoever saved it, and which words differ."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run
from docx import Document
from programs import WORD, need, saved_by_office
from sample import ROOT

from liangqing import register
from liangqing.actions import verify
from liangqing.actions.comparing import Passage, changes, passages
from liangqing.base.docx_zip import W

KEPT = ROOT / "checklists/发文/2021"
LETTER = KEPT / "市纪驻环整〔2021〕2号.docx"
ANNEX = KEPT / "市纪驻环整〔2021〕2号-附件1-问题清单.docx"
TITLE = "关于农村污水处理设施运行和入河排污口管理监督检查发现问题的整改函"
NAMED = f"（市纪驻环整〔2021〕2号，2021-05-10，{TITLE}）"


def altered(source: Path, target: Path, old: str, new: str) -> Path:
    """A copy in which a person changed words; what they change must be there, in one piece, once."""
    document = Document(str(source))
    found = [text for text in document.element.iter(f"{W}t") if old in (text.text or "")]
    assert len(found) == 1
    found[0].text = found[0].text.replace(old, new)
    document.save(str(target))
    return target


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "收回的.docx"


def test_issued_and_unchanged_under_another_name(run: Run, copy: Path) -> None:
    shutil.copy(LETTER, copy)
    assert run("verify", str(copy)) == (0, f"收回的.docx：未改动{NAMED}\n{_next(run)}", "")


def test_saved_anew_without_a_change_of_words(run: Run, copy: Path) -> None:
    document = Document(str(LETTER))
    document.paragraphs[5].runs[0].bold = True
    document.paragraphs[-1].add_run("　 ")
    document.save(str(copy))
    assert run("verify", str(copy)) == (0, f"收回的.docx：文字未变{NAMED}\n{_next(run)}", "")


def test_one_digit_altered_is_found_with_that_digit(run: Run, copy: Path) -> None:
    altered(LETTER, copy, "整改时限：2021年7月30日", "整改时限：2021年7月31日")
    code, out, _ = run("verify", str(copy))
    assert code == 3
    assert out.splitlines() == [
        f"收回的.docx：已改动{NAMED}",
        "    正文第12段「（一）关于“农村污水处理设施…」：「2021年7月30日」成了「2021年7月31日」（「0」→「1」）",
        "    共 1 处；存档：checklists/发文/2021/市纪驻环整〔2021〕2号.docx",
    ]


def test_one_digit_of_the_number_itself(run: Run, copy: Path) -> None:
    """The number leads to another paper; the words lead to the right one."""
    altered(LETTER, copy, "市纪驻环整〔2021〕2号", "市纪驻环整〔2021〕3号")
    code, out, _ = run("verify", str(copy), "--format", "json")
    (row,) = json.loads(out)["核对"]
    assert (code, row["结论"], row["文号"]) == (3, "已改动", "市纪驻环整〔2021〕2号")
    assert [(each["原来"], each["现在"]) for each in row["改动"]] == [("2", "3")]


def test_a_cell_of_an_annex(run: Run, copy: Path) -> None:
    altered(ANNEX, copy, "提升泵停用", "提升泵在用")
    code, out, _ = run("verify", str(copy))
    assert code == 3
    assert out.splitlines()[0].startswith("收回的.docx：已改动（市纪驻环整〔2021〕2号 附件 问题清单，")
    assert "    表1 第2行 第3格：「停」成了「在」" in out


def test_a_sentence_more_and_a_paragraph_less(run: Run, copy: Path) -> None:
    document = Document(str(LETTER))
    gone = document.paragraphs[16]
    assert gone.text.startswith("（三）建章立制")
    document.element.body.remove(gone._p)
    document.paragraphs[15].add_run("逾期不再督办。")
    document.save(str(copy))
    out = run("verify", str(copy))[1]
    assert "正文第16段「（二）举一反三，对辖区农村污…」：多了「逾期不再督办。」" in out
    assert (
        "正文第17段「（三）建章立制，完善运行维护…」：少了「（三）建章立制，完善运行维护、定期检测和变动登记制度。」"
        in out
    )
    assert "共 2 处" in out


def test_a_tracked_deletion_counts_as_gone(run: Run, copy: Path) -> None:
    document = Document(str(LETTER))
    paragraph = next(each for each in document.paragraphs if each.text == "此函。")
    run_ = paragraph.runs[0]._r
    deleted = paragraph._p.makeelement(f"{W}del", {f"{W}id": "900", f"{W}author": "甲"})
    run_.addprevious(deleted)
    deleted.append(run_)
    for text in run_.iter(f"{W}t"):
        text.tag = f"{W}delText"
    document.save(str(copy))
    assert "少了「此函。」" in run("verify", str(copy))[1]


def test_void_and_corrected_papers_do_not_stand(run: Run, copy: Path) -> None:
    shutil.copy(LETTER, copy)
    number = "市纪驻环整〔2021〕{}号"
    run.edit(
        "checklists/2021/整改函.yaml",
        "  - 编号: ZG4",
        "  - {编号: ZG5, 单位: U08, 问题: [W2021-04, W2021-05], 事由: 更正, 回复期限: 2021-11-30, "
        f"更正: {number.format(2)}}}\n  - 编号: ZG4",
    )
    assert run("issue", "整改函", "ZG5", "--date", "2021-10-08")[0] == 0
    code, out, _ = run("verify", str(copy))
    assert (code, out.splitlines()[1]) == (
        3,
        f"    {number.format(2)} 已由 {number.format(5)}（2021-10-08）更正",
    )
    assert run("void", number.format(5), "--why", "错")[0] == 0
    assert run("verify", str(copy))[0] == 0
    assert run("void", number.format(2), "--why", "发错", "--date", "2021-10-09")[0] == 0
    code, out, _ = run("verify", str(copy))
    assert (code, out.splitlines()) == (3, [f"收回的.docx：未改动{NAMED}", f"    {number.format(2)} 已作废"])


def test_a_draft_and_a_stranger(unissued: Run, copy: Path) -> None:
    assert unissued("letters", "ZG2")[0] == 0
    (draft,) = (unissued.root / "output/2021/整改函").glob("*.docx")
    code, out, _ = unissued("verify", str(draft), str(LETTER))
    assert code == 3
    assert out.splitlines() == [
        f"{draft.name}：未印发",
        "    文号还空着：这是草稿，没有印发过",
        f"{LETTER.name}：未印发",
        "    登记里没有这份文书；手工编号发过的，用 issue --number 补录后再核对",
    ]


def test_a_damaged_archive_is_said(run: Run, copy: Path) -> None:
    (run.root / "checklists/发文/2021" / LETTER.name).write_bytes(b"")
    altered(LETTER, copy, "整改时限：2021年7月30日", "整改时限：2021年7月31日")
    assert "有 1 份存档不见了或被改过" in run("verify", str(copy))[1]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"x", "D502 这不是 .docx 文件，或文件已损坏"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "D503 这是旧格式的 .doc 或 .wps 文件"),
    ],
)
def test_what_is_no_word_file_is_an_error(run: Run, copy: Path, data: bytes, says: str) -> None:
    copy.write_bytes(data)
    code, out, err = run("verify", str(copy), str(LETTER))
    assert code == 1
    assert f"收回的.docx 错误 {says}" in err
    assert out == f"{LETTER.name}：未改动{NAMED}\n"


def test_a_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    code, _, err = run("verify", str(tmp_path / "无.docx"))
    assert code == 1
    assert "D501 文件读不出来（找不到）" in err


def test_a_picture_says_plainly_that_it_has_no_words(run: Run, tmp_path: Path) -> None:
    (tmp_path / "扫描.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(50))
    code, out, _ = run("verify", str(tmp_path / "扫描.jpg"))
    assert (code, out) == (3, "扫描.jpg：看不出\n    这是图片，没有文字，程序核对不了；请对照存档看\n")


# what LibreOffice saved


@pytest.fixture(scope="session")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Letter and annex saved by LibreOffice as Word files; the letter, and one altered, as PDF."""
    need("soffice", "pdftotext")
    folder = tmp_path_factory.mktemp("存过")
    altered(LETTER, folder / "改过.docx", "整改时限：2021年7月30日", "整改时限：2021年7月31日")
    saved_by_office([LETTER, ANNEX], WORD, folder)
    saved = saved_by_office([LETTER, ANNEX, folder / "改过.docx"], "pdf", folder)
    assert len(list(saved.iterdir())) == 5
    return saved


@pytest.mark.parametrize("name", [LETTER.name, ANNEX.name])
@pytest.mark.office
def test_saved_by_libreoffice(run: Run, saved: Path, name: str) -> None:
    assert register.load(run.root).issued
    verdict = verify.Archive(run.root).verify(saved / name)
    assert (verdict.state, verdict.changes) == ("文字未变", ())


@pytest.mark.parametrize("name", [LETTER.stem, ANNEX.stem])
@pytest.mark.office
def test_a_pdf_with_the_same_words(run: Run, saved: Path, name: str) -> None:
    verdict = verify.Archive(run.root).verify(saved / f"{name}.pdf")
    assert (verdict.state, verdict.changes) == ("文字未变", ())
    assert verdict.notes == ("PDF 只能核对存档里的话是不是都在，多出来的话看不出来",)


@pytest.mark.office
def test_a_pdf_with_one_digit_altered(run: Run, saved: Path) -> None:
    code, out, _ = run("verify", str(saved / "改过.pdf"))
    assert code == 3
    assert "「2021年7月30日」成了「2021年7月31日」（「0」→「1」）" in out


def test_without_pdftotext(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "函.pdf").write_bytes(b"%PDF-1.4")
    monkeypatch.setattr(shutil, "which", lambda _: None)
    code, out, _ = run("verify", str(tmp_path / "函.pdf"))
    assert code == 3
    assert "核对 PDF 要有 pdftotext（poppler），这台机器没有；请核对 Word 文件" in out


# words


def words(old: str, new: str) -> list[str]:
    return [
        str(each)
        for each in changes(
            [Passage("甲", text) for text in old.split()], [Passage("乙", text) for text in new.split()]
        )
    ]


CHANGED = {
    "a date as a whole": ("于2021年9月3日前报送", "于2021年9月13日前报送", ["乙：「2021年9月3日」成了「2021年9月13日」"]),
    "a number with its decimals": ("达标率98.5%。", "达标率89.5%。", ["乙：「98.5%」成了「89.5%」（「98」→「89」）"]),
    "words close to each other are one": ("按季度检测一次", "按月份检测一次", ["乙：「季度」成了「月份」"]),
    "two places": ("甲乙丙丁戊己", "甲子丙丁戊丑", ["乙：「乙」成了「子」", "乙：「己」成了「丑」"]),
    "paragraphs that changed places": ("一二三四五 六七八九十", "六七八九十 一二三四五", 2),
    "nothing in common": ("一二三四五", "六七八九十", ["甲：少了「一二三四五」", "乙：多了「六七八九十」"]),
    "a paragraph between": ("一二三 四五六", "一二三 七八九 四五六", ["乙：多了「七八九」"]),
    "nothing": ("一二三 四五六", "一二三 四五六", []),
}  # fmt: skip


@pytest.mark.parametrize("case", CHANGED)
def test_words(case: str) -> None:
    old, new, says = CHANGED[case]
    assert (len(words(old, new)) if isinstance(says, int) else words(old, new)) == says


def test_values_of_charts_are_read() -> None:
    report = (ROOT / "templates/体检报告.docx").read_bytes()
    charts = [each for each in passages(report, "报告") if each.place.startswith("图表")]
    assert charts[0].place == "图表1"
    assert charts[0].text


TOUCHES: dict[str, tuple[str, Callable[[str], str], bool]] = {
    "inside": ("张某某", lambda text: text.replace("张某某", "张某"), True),
    "another added to it": ("张某某", lambda text: text.replace("张某某", "张某某、李某某"), True),
    "beside it": ("张某某", lambda text: text.replace("；时限", "，副局长；时限"), True),
    "elsewhere": ("张某某", lambda text: text.replace("时限", "整改时限"), False),
    "all of it": ("张某某", lambda _: "", True),
}


@pytest.mark.parametrize("case", TOUCHES)
def test_what_a_change_touches(case: str) -> None:
    word, edit, expected = TOUCHES[case]
    text = "责任人：张某某；时限：2021年6月30日。"
    found = changes([Passage("甲", text)], [Passage("甲", edit(text))] if edit(text) else [])
    assert any(each.touches(word) for each in found) is expected
    assert re.search(word, text)


def _next(run: Run) -> str:
    return f"下一步（看还等着什么；收回的签字、回复在 checklists 里登记）：{run.again} status\n"
