"""What is not recognised is said and not called right; what a person says of a paper holds; each paragraph is explained."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from conftest import Run
from raw_docx import docx
from short_papers import BODY, PAGE, SIGNED, line, made, report, table

from liangqing.base.diagnostics import Problems
from liangqing.cli.format import check_format
from liangqing.cli.format_recognition import KIND_NAMES
from liangqing.gbt9704.check.corrections import KINDS, corrections
from liangqing.gbt9704.check.fixing import fix
from liangqing.gbt9704.check.paper import FILE, LETTER, OTHER, PLAIN
from liangqing.gbt9704.check.roles import ROLES, explained, found_elements, lines_of, missing_elements

# A draft whose title says no kind of paper, with a half-width comma in its text.
UNKNOWN = ("title 示例工作安排", "text 各单位要认真办理,及时报送。", *SIGNED)
NO_PAPER = ("title 示例服务合同", "text 甲方按期付款,乙方按期交付。")


@pytest.fixture
def unknown(tmp_path: Path) -> Path:
    path = tmp_path / "甲.docx"
    path.write_bytes(made(*UNKNOWN))
    return path


# ---------------------------------------------------------------- what is said of it


def test_what_is_not_recognised_is_said_with_what_was_and_what_was_not(run: Run, unknown: Path) -> None:
    code, shown, _ = run("format", str(unknown))
    assert code == 3
    assert f"{unknown}：没有认出公文格式，只查了文字：警告 1" in shown
    assert "认出了：标题、署名、成文日期；没有认出：主送、版头" in shown
    assert "--kind 文件" in shown and "--as 标题=第3段" in shown and "--kind 其他" in shown
    assert "没有发现问题" not in shown and "F604" in shown
    assert run("format", str(unknown), "--strict")[0] == 1


def test_of_a_recognised_paper_the_title_that_was_not_found_is_said_to_be_unjudged(
    run: Run, tmp_path: Path
) -> None:
    head, rest = ("mark 示例市教育局文件", "centre 示教发〔2026〕8号"), ("left 示例市财政局：", BODY, *SIGNED)
    whole, boxed = tmp_path / "乙.docx", tmp_path / "丙.docx"
    whole.write_bytes(made(*head, "title 关于示例工作的通知", *rest))
    boxed.write_bytes(made(*head, *rest))
    assert "没有认出" not in run("format", str(whole))[1]
    shown = run("format", str(boxed))[1]
    assert "没有认出标题，这一项没有查" in shown
    assert "--as 标题=第3段" in shown
    assert "没有认出" not in run("format", str(boxed), "--as", "标题=没有")[1]


def test_an_error_in_another_file_wins_over_what_was_not_recognised(
    run: Run, unknown: Path, tmp_path: Path
) -> None:
    good, bad = tmp_path / "乙.docx", tmp_path / "丙.docx"
    good.write_bytes(made("title 示例统计表", table(("left 示例" * 9,))))
    bad.write_bytes(made("title 关于示例工作的通知。", "left 示例市财政局:", BODY, *SIGNED))
    assert run("format", str(good), str(unknown))[0] == 3
    assert run("format", str(bad), str(unknown))[0] == 1
    assert run("format", str(good))[0] == 0


def test_a_program_is_told_the_same(run: Run, unknown: Path) -> None:
    code, shown, _ = run("format", str(unknown), "--json", "--explain")
    (file,) = json.loads(shown)
    assert (code, file["格式"], file["认出公文格式"]) == (3, OTHER, False)
    assert (file["认出了"], file["没有认出"]) == (["标题", "署名", "成文日期"], ["主送", "版头"])
    assert file["段落"][0] == {
        "位置": "正文第1段",
        "文字": "示例工作安排",
        "认作": "标题",
        "依据": "字号大，居中",
    }


def test_the_words_of_what_is_no_paper_are_counted_and_told_when_asked_for(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "甲.docx"
    path.write_bytes(made(*NO_PAPER))
    code, shown, _ = run("format", str(path))
    assert code == 3
    assert "文字上的 1 条没有列出；要看加 --text" in shown and "F604" not in shown
    assert "F604" in run("format", str(path), "--text")[1]
    (file,) = json.loads(run("format", str(path), "--json")[1])
    assert (file["文字"], file["结果"]) == ("没有要求查", [])


def test_nothing_found_in_an_empty_file_is_said(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "空.docx"
    path.write_bytes(made())
    code, shown, _ = run("format", str(path))
    assert code == 3
    assert "认出了：什么要素也没有；没有认出：标题、主送、署名、成文日期、版头" in shown
    for kind in KINDS:
        assert report(by_hand=corrections(kind, [])).paper.format == KINDS[kind]


# ---------------------------------------------------------------- --kind


def test_a_kind_that_is_named_is_the_format(run: Run, unknown: Path) -> None:
    for kind, format in KINDS.items():
        code, shown, _ = run("format", str(unknown), "--kind", kind)
        assert f"{unknown}（{format}）" in shown
        assert code in (0, 1)
    assert run("format", str(unknown), "--kind", "其他")[0] == 0
    assert run("format", str(unknown), "--kind", "信函格式")[1].startswith(f"{unknown}（{LETTER}）")
    assert tuple(KINDS) == KIND_NAMES


def test_a_kind_that_is_none_is_refused(run: Run, unknown: Path) -> None:
    code, _, said = run("format", str(unknown), "--kind", "通知")
    assert code == 2
    assert "信函、文件、纪要、命令、附件、其他" in said


# ---------------------------------------------------------------- --as


def by_hand(*said: str, kind: str | None = None) -> dict[str, list[str]]:
    """The elements of UNKNOWN, corrected."""
    paper = report(*UNKNOWN, by_hand=corrections(kind, said)).paper
    return {role.name: [line.words for line in lines_of(paper, role)] for role in ROLES}


CORRECTED = {
    ("主送=第2段",): ("主送", ["各单位要认真办理,及时报送。"]),
    ("主送机关＝正文第2段",): ("主送", ["各单位要认真办理,及时报送。"]),
    ("标题：2",): ("标题", ["各单位要认真办理,及时报送。"]),
    ("标题=第1段、第2段",): ("标题", ["示例工作安排", "各单位要认真办理,及时报送。"]),
    ("标题=第1段", "标题=第2段"): ("标题", ["示例工作安排", "各单位要认真办理,及时报送。"]),
    ("标题=没有",): ("标题", []),
    ("正文=第3段",): ("署名", []),
    ("附件=第2段",): ("附件", ["各单位要认真办理,及时报送。"]),
    ("红头=第1段",): ("发文机关标志", ["示例工作安排"]),
    ("落款=第4段", "日期=没有"): ("署名", ["2026年1月5日"]),
}


@pytest.mark.parametrize(("said", "element"), CORRECTED.items())
def test_an_element_that_is_named_holds(said: tuple[str, ...], element: tuple[str, list[str]]) -> None:
    name, lines = element
    assert by_hand(*said)[name] == lines


def test_every_element_can_be_named_and_its_paragraph_is_nothing_else() -> None:
    for role in ROLES:
        found = by_hand(f"{role.name}=第2段")
        assert [name for name, lines in found.items() if "各单位要认真办理,及时报送。" in lines] == [
            role.name
        ]


def test_an_element_that_is_named_lets_the_format_be_recognised(run: Run, unknown: Path) -> None:
    assert report(*UNKNOWN, by_hand=corrections(None, ["主送=第2段"])).paper.format == PLAIN
    code, shown, _ = run("format", str(unknown), "--as", "主送=第2段")
    assert code == 1
    assert f"{unknown}（{PLAIN}）" in shown


WRONG = {
    "甲=第1段": ("D785", "份号、密级、紧急程度、发文机关标志、发文字号、签发人、标题、题注、主送"),
    "标题": ("D785", "要写「要素=第几段」"),
    "标题=": ("D785", "要写「要素=第几段」"),
    "标题=第9段": ("D786", "没有这一段：正文一共 5 段"),
    "标题=第5段": ("D786", "是空的，没有字"),
    "标题=表1第1行第1格": ("D786", "没有这一段"),
    "主送=第1段、第2段": ("D787", "主送只有一段，写了 2 段"),
}


@pytest.mark.parametrize("said", WRONG)
def test_what_cannot_be_meant_is_told_with_what_can(said: str) -> None:
    code, words = WRONG[said]
    with pytest.raises(Problems) as told:
        report(*UNKNOWN, "left  ", by_hand=corrections(None, [said]))
    (problem,) = told.value.diagnostics
    assert problem.code == code
    assert words in problem.message


def test_the_shell_completes_kinds_and_elements() -> None:
    options = {each.name: each for each in check_format.params}
    with click.Context(check_format) as ctx:
        kinds = [each.value for each in options["format_kind"].shell_complete(ctx, "")]
        elements = [each.value for each in options["elements"].shell_complete(ctx, "成")]
    assert (kinds, elements) == (list(KINDS), ["成文日期="])


def test_elements_are_named_of_one_file(run: Run, unknown: Path) -> None:
    code, _, said = run("format", str(unknown), str(unknown), "--as", "标题=第1段")
    assert code == 2
    assert "一次只说一个文件" in said


def test_a_paragraph_of_a_table_can_be_named() -> None:
    lines = (table(("left 示例市财政局", "left 发"), ("left 二", "left 三")), *UNKNOWN)
    paper = report(*lines, by_hand=corrections(None, ["主送=表1 第1行 第1格"])).paper
    assert paper.recipients is not None and paper.recipients.words == "示例市财政局"


def test_a_copy_is_mended_as_the_paper_that_a_person_says_it_is() -> None:
    page = PAGE.format(1531).replace("11906", "12240")  # as wide as a letter in America
    spoilt = docx("".join(map(line, UNKNOWN)) + page)
    assert "F101" not in {each.rule.code for each in fix(spoilt, "甲.docx").mended}
    assert "F101" in {
        each.rule.code for each in fix(spoilt, "甲.docx", by_hand=corrections("文件", [])).mended
    }


# ---------------------------------------------------------------- --explain

EXPLAINED = (
    "mark 示例市生态环境局文件",
    "centre 示环发〔2026〕8号",
    "title 关于做好示例工作的通知",
    "left 示例市财政局：",
    BODY,
    "hei 一、总体要求",
    *SIGNED,
)


def test_each_paragraph_is_told_with_what_it_was_taken_for_and_why(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "甲.docx"
    path.write_bytes(made(*EXPLAINED, table(("left 甲", "left 乙"))))
    _, shown, _ = run("format", str(path), "--explain")
    told = [each.strip() for each in shown.splitlines() if each.startswith("  正文第") or "表1" in each]
    assert told == [
        "正文第1段「示例市生态环境局文件」 发文机关标志：红色，字号大，以“文件”结尾",
        "正文第2段「示环发〔2026〕8号」 发文字号：样子像“×〔2026〕1号”或“第1号”",
        "正文第3段「关于做好示例工作的通知」 标题：字号大，居中，末尾是文种，以“关于”开头",
        "正文第4段「示例市财政局：」 主送：标题下第一行，以冒号结尾，或顶格写着机关名称",
        "正文第5段「根据有关规定，现将示例事项的办理情况写明…」 正文：标题、主送和落款之间的",
        "正文第6段「一、总体要求」 正文（一级）：以这一级的序数开头",
        "正文第7段「示例市生态环境局」 署名：在成文日期上面（或同一段），短，没有句号",
        "正文第8段「2026年1月5日」 成文日期：正文后面最后一个日期",
        "表1「甲」 表格：在表格里",
    ]
    assert "格式：文件格式（标志以“文件”结尾）" in shown


def test_what_a_person_said_is_told_as_that() -> None:
    paper = report(*EXPLAINED, by_hand=corrections("文件", ["主送=没有", "题注=第4段"])).paper
    told = {each.words: (each.role, each.why) for each in explained(paper)}
    assert told["示例市财政局："] == ("题注", "写明是这一项")
    assert (paper.format, paper.why) == (FILE, "写明是这种格式")
    assert "主送" in missing_elements(paper) and "题注" in found_elements(paper)
