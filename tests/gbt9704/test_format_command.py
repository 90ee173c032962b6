"""generate.py format: what it says, its exit codes, a unit's departures, a mended copy; and what build says."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import docx
import ooxml_lint
import pytest
import rules_page
from conftest import Run
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from faults import FAULTS, Fault, margins, page_before
from openxml_audit import OpenXmlValidator
from papers import GOOD, file_paper, letter_paper, saved
from raw_docx import docx as raw
from raw_docx import p

from liangqing.base.diagnostics import Problems
from liangqing.gbt9704.check.fixing import MENDS, fix
from liangqing.gbt9704.check.judge import check
from liangqing.gbt9704.check.rules import RULES
from liangqing.gbt9704.row import Strength
from liangqing.gbt9704.word.reader import read
from liangqing.pdf.office import OFFICE

BRACKETS = next(each for each in FAULTS if each.name == "方括号")
FIXED = {each.code for each in RULES if each.fixed}
MENDABLE = [each for each in FAULTS if each.rule in FIXED]
DATED = {"F210", "F370", "F406"}  # these change text


def planted(fault: Fault) -> bytes:
    document = fault.base()
    fault.plant(document)
    return saved(document)


@pytest.fixture(autouse=True)
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies are not compared as pages, older formats not turned: no program is started."""
    monkeypatch.setenv(OFFICE, "没有")


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A 文件 with the year in square brackets."""
    path = tmp_path / "甲.docx"
    path.write_bytes(planted(BRACKETS))
    return path


# ---------------------------------------------------------------- the command


def test_a_finding_says_all_that_helps(run: Run, letter: Path) -> None:
    code, shown, _ = run("format", str(letter))
    assert code == 1
    assert f"{letter}（文件格式）：错误 1" in shown
    assert (
        "错误 F210 正文第4段「示环发[2026]8号」 发文字号括号：现为[2026]，应为〔2026〕（7.2.5 规定）" in shown
    )
    assert "怎样改：年份两边改成六角括号" in shown


def test_json_says_the_same(run: Run, letter: Path) -> None:
    code, shown, _ = run("format", str(letter), "--format", "json")
    (file,) = json.loads(shown)
    (finding,) = file["结果"]
    assert (code, file["格式"], finding["规则"], finding["级别"]) == (1, "文件格式", "F210", "错误")
    assert (finding["现为"], finding["应为"], finding["条款"], finding["强度"]) == (
        "[2026]",
        "〔2026〕",
        "7.2.5",
        "规定",
    )


def test_warnings_fail_only_when_asked(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "甲.docx"
    path.write_bytes(planted(next(each for each in FAULTS if each.rule == "F106")))
    assert run("format", str(path))[0] == 0
    assert run("format", str(path), "--strict")[0] == 1


def test_what_cannot_be_read_does_not_stop_the_others(run: Run, letter: Path, tmp_path: Path) -> None:
    (tmp_path / "旧.doc").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1"))
    code, shown, said = run("format", str(tmp_path / "旧.doc"), str(tmp_path / "无.docx"), str(letter))
    assert code == 1
    assert "D769" in said and "D501" in said and "F210" in shown


def test_json_tells_also_what_cannot_be_read(run: Run, letter: Path, tmp_path: Path) -> None:
    code, shown, _ = run("format", str(tmp_path / "无.docx"), str(letter), "--json")
    read, lost = json.loads(shown)
    assert (code, read["格式"], lost["格式"]) == (1, "文件格式", None)
    assert (lost["文件"], lost["读不出"]["代码"]) == (str(tmp_path / "无.docx"), "D501")
    assert lost["读不出"]["问题"] == "文件读不出来（找不到）"


def test_a_template_is_not_taken_for_a_paper(run: Run) -> None:
    code, shown, _ = run("format", "templates/整改函.docx", "templates/整改函-文件.docx", "--strict")
    assert code == 0 and shown.count("这是模板，不检查") == 2


def test_the_table_of_rules_is_shown(run: Run) -> None:
    code, shown, _ = run("format", "--rules", "--json")
    assert code == 0
    assert [each["规则"] for each in json.loads(shown)] == [each.code for each in RULES]
    assert "F210" in run("format", "--rules")[1]


@pytest.mark.parametrize(
    "words", [(), ("甲.docx", "乙.docx", "--fix", "丙.docx"), ("甲.docx", "--fix", "丙.pdf")]
)
def test_wrong_words_are_told(run: Run, words: tuple[str, ...]) -> None:
    assert run("format", *words)[0] == 2


# ---------------------------------------------------------------- departures


def test_a_departure_is_told_and_is_no_error(run: Run, letter: Path) -> None:
    own = run.root / "templates/版式偏离.yaml"
    own.write_text("依据: 示例细则\n偏离:\n  - 规则: F210\n    理由: 沿用旧代字\n", "utf-8")
    code, shown, _ = run("format", str(letter))
    assert code == 0
    assert "偏离 F210" in shown and "本单位偏离：沿用旧代字（示例细则）" in shown


def test_a_departure_of_one_value_allows_that_alone(run: Run, letter: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    for value, code in (("'[2026]'", 0), ("'【2026】'", 1)):
        own.write_text(f"偏离:\n  - 规则: F210\n    理由: 旧例\n    现值: {value}\n", "utf-8")
        assert run("format", str(letter), "--deviations", str(own))[0] == code


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("偏离:\n  - 规则: F999\n    理由: 甲\n", "D741", ":2:9"),
        ("偏离:\n  - 规则: F210\n    理由: 甲\n    备注: 乙\n", "D742", ":4:5"),
        ("偏离了: []\n", "D742", ":1:1"),
        ("偏离:\n  - 规则: F210\n", "D750", ":2:5"),
        ("偏离: 甲\n", "D743", ":1:5"),
        ("偏离:\n  - 甲\n", "D743", ":2:5"),
        ("依据: [甲]\n", "D743", ":1:5"),
        ("- 甲\n", "D743", ":1:1"),
    ],
)
def test_a_mistake_in_departures_has_its_place(
    run: Run, letter: Path, tmp_path: Path, text: str, code: str, place: str
) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(text, "utf-8")
    exit_code, _, said = run("format", str(letter), "--deviations", str(own))
    assert exit_code == 1
    assert f"{own}{place} 错误 {code}" in said


# ---------------------------------------------------------------- --fix


def words_of(data: bytes) -> list[str]:
    return [each.text for each in read(data, "甲.docx").paragraphs]


@pytest.mark.parametrize("fault", MENDABLE, ids=lambda each: each.name)
def test_what_is_mechanical_is_mended(fault: Fault) -> None:
    before = planted(fault)
    fixed = fix(before, "甲.docx")
    assert fault.rule in {each.rule.code for each in fixed.mended}
    assert fault.rule not in {each.rule.code for each in check(fixed.data, "甲.docx").findings}
    assert ooxml_lint.document_faults(fixed.data) == []
    changed = [
        each for each in zip(words_of(before), words_of(fixed.data), strict=True) if each[0] != each[1]
    ]
    assert len(changed) == (1 if fault.rule in DATED else 0)


@pytest.fixture(scope="module")
def faults_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], list[str]]:
    """What a validator of Open XML says of a file."""
    validator, path = OpenXmlValidator(), tmp_path_factory.mktemp("valid") / "甲.docx"

    def faults(data: bytes) -> list[str]:
        path.write_bytes(data)
        said = [str(each.description) for each in validator.validate(str(path)).errors]
        return [each for each in said if "stylesWithEffects" not in each]  # of python-docx's own template

    return faults


@pytest.mark.parametrize("base", [file_paper, letter_paper], ids=["文件", "信函"])
def test_a_mended_file_is_valid(base: Callable[[], Any], faults_of: Callable[[bytes], list[str]]) -> None:
    """Everything mendable planted at once, where it can be."""
    document = base()
    for each in MENDABLE:
        with suppress(AssertionError, AttributeError, IndexError):
            each.plant(document)
    spoilt = saved(document)
    assert faults_of(spoilt) == []
    fixed = fix(spoilt, "甲.docx")
    assert len(fixed.mended) > 5
    assert faults_of(fixed.data) == []
    assert ooxml_lint.document_faults(fixed.data) == []
    assert not {each.rule.code for each in fixed.left} & FIXED


def test_every_rule_that_says_so_is_mended() -> None:
    assert set(MENDS) == FIXED


def test_other_parts_are_left_byte_by_byte() -> None:
    """Of a file that has nothing in it that must not go out; this one lost its author and thumbnail before."""
    document = docx.Document(io.BytesIO(fix(saved(BRACKETS.base()), "甲.docx").data))
    BRACKETS.plant(document)
    before = saved(document)
    after = fix(before, "甲.docx").data
    with zipfile.ZipFile(io.BytesIO(before)) as one, zipfile.ZipFile(io.BytesIO(after)) as two:
        assert one.namelist() == two.namelist()
        assert [each for each in one.namelist() if one.read(each) != two.read(each)] == ["word/document.xml"]


def test_mending_is_the_same_each_time_and_once_is_enough() -> None:
    document = file_paper()
    margins(top_margin=25.4, left_margin=31.8)(document)
    once = fix(saved(document), "甲.docx")
    assert once.data == fix(saved(document), "甲.docx").data
    assert fix(once.data, "甲.docx").mended == ()


@pytest.mark.parametrize("name", GOOD)
def test_a_mended_sound_paper_says_what_it_said(name: str) -> None:
    before = saved(GOOD[name]())
    assert words_of(fix(before, name).data) == words_of(before)


def test_a_copy_is_written_and_the_file_is_not_touched(run: Run, letter: Path, tmp_path: Path) -> None:
    before = letter.read_bytes()
    copy = tmp_path / "好.docx"
    code, shown, _ = run("format", str(letter), "--fix", str(copy))
    assert code == 1  # the file that was judged is still as it was
    assert f"改好的另存在：{copy}（发文字号括号）" in shown
    assert letter.read_bytes() == before
    assert run("format", str(copy))[0] == 0


def test_what_is_left_is_listed(run: Run, tmp_path: Path) -> None:
    document = file_paper()
    BRACKETS.plant(document)
    page_before("根据")(document)
    (tmp_path / "甲.docx").write_bytes(saved(document))
    _, shown, _ = run("format", str(tmp_path / "甲.docx"), "--fix", str(tmp_path / "乙.docx"))
    assert "没有改：错误 F321 正文第10段" in shown


def test_no_file_that_is_there_is_written_over(run: Run, letter: Path, tmp_path: Path) -> None:
    (tmp_path / "有.docx").write_bytes(b"")
    for copy in (letter, tmp_path / "有.docx"):
        before = copy.read_bytes()
        assert run("format", str(letter), "--fix", str(copy))[0] == 2
        assert copy.read_bytes() == before


def test_strict_open_xml_is_judged_but_not_mended() -> None:
    strict = raw(p("文"), strict=True)
    assert check(strict, "甲.docx").name == "甲.docx"
    with pytest.raises(Problems, match="D745"):
        fix(strict, "甲.docx")


# ---------------------------------------------------------------- the build


def spoil(run: Run) -> None:
    """A template of ours whose page is no longer that of the standard."""
    path = run.root / "templates/整改函.docx"
    document = docx.Document(str(path))
    margins(top_margin=20)(document)
    document.save(str(path))


def test_build_tells_of_a_template_that_breaks_a_rule(unissued: Run) -> None:
    spoil(unissued)
    code, _, said = unissued("build", "整改函")
    (told,) = [each for each in said.splitlines() if "D820" in each]
    assert code == 0
    assert "警告 D820 天头（上页边距）（5.2.1 规定）：现为20 mm，应为37 mm" in told
    assert "同一个模板做的其他文书多半也这样" in told
    assert "D820" not in unissued("build", "整改函")[2]  # nothing is new


def test_build_heeds_departures(unissued: Run) -> None:
    spoil(unissued)
    own = unissued.root / "templates/版式偏离.yaml"
    own.write_text("偏离:\n  - 规则: F102\n    理由: 试用\n", "utf-8")
    assert "D820" not in unissued("build", "整改函")[2]
    own.write_text("偏离:\n  - 规则: 天头\n    理由: 试用\n", "utf-8")
    code, _, said = unissued("build")
    assert code == 1 and "templates/版式偏离.yaml:2:9 错误 D741" in said


# ---------------------------------------------------------------- the page


def test_the_table_of_the_page_is_up_to_date() -> None:
    text = rules_page.PAGE.read_text("utf-8")
    assert text == rules_page.page(text), "run: make docs"


def test_rules_are_told_apart() -> None:
    assert len({each.code for each in RULES}) == len(RULES)
    assert {each.strength for each in RULES} == set(Strength)
    assert all(each.mend and each.clause for each in RULES)


def test_letters_are_not_judged_as_files() -> None:
    assert check(saved(letter_paper()), "甲.docx").paper.format == "信函格式"


def test_a_mended_copy_passes_on_no_remark(run: Run, letter: Path, tmp_path: Path) -> None:
    document = docx.Document(str(letter))
    document.add_comment(document.paragraphs[0].runs, "期限再定", author="张三")
    changed = parse_xml(
        f'<w:del {nsdecls("w")} w:id="9" w:author="张三"><w:r><w:delText>旧话</w:delText></w:r></w:del>'
    )
    document.paragraphs[0]._p.append(changed)
    document.save(str(letter))
    before, copy = letter.read_bytes(), tmp_path / "改好的.docx"
    _, shown, _ = run("format", str(letter), "--fix", str(copy))
    assert "里面有 1 条批注，不带出去（原文件不动）" in shown
    assert "删除 1 处" in shown
    assert letter.read_bytes() == before
    with zipfile.ZipFile(copy) as archive:
        whole = "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    assert not [sign for sign in ("期限再定", "旧话", "张三", "omment") if sign in whole]
