"""文书.正文文件: the text of a paper of the office's own, kept in a Word file, takes its place in the paper."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from conftest import Run
from docx.oxml.ns import qn
from docx.shared import Pt

from liangqing.gbt9704.word.reader import read

KIND = """
工作函:
  命令: own-letters
  阶段: 跟进问责
  说明: 正文写在 Word 文件里的函
  模板: 工作函.docx
  对象: 文书
  受众: 单位
  标题: "关于{{ 文书.事由 }}的函"
  文件名: "工作函-{{ 文号 or '草稿-' ~ 文书.编号 }}"
  文号: {代字: 工}
"""
RECORD = """
  - 编号: GZ1
    文种: 工作函
    单位: U11
    事由: 报送排查情况
    正文文件: 报送排查情况.docx
"""
FILE = "checklists/2021/正文/报送排查情况.docx"
PAPER = "output/2021/工作函/工作函-草稿-GZ1.docx"


def typed(path: Path, *lines: str) -> None:
    """A file as somebody types it in a Chinese Word, a bold word and a table in it."""
    word = docx.Document()
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = "宋体", Pt(10.5)
    fonts = normal.element.rPr.rFonts
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    fonts.set(qn("w:eastAsia"), "宋体")
    for line in lines:
        word.add_paragraph(line)
    word.add_table(1, 2, style="Table Grid").cell(0, 0).text = "点位"
    word.add_paragraph("一式两份").runs[0].font.bold = True
    path.parent.mkdir(exist_ok=True)
    word.save(str(path))


def template(root: Path, tag: str) -> None:
    """The letter of the product with another text, as the manual tells."""
    word = docx.Document(str(root / "templates" / "提醒函.docx"))
    paragraphs = word.paragraphs
    first = next(each for each in paragraphs if each.style is not None and each.style.name == "公文正文")
    names = [each.style.name if each.style is not None else "" for each in paragraphs]
    end = max(number for number, name in enumerate(names) if name == "结束语")
    for paragraph in paragraphs[names.index("公文正文") + 1 : end + 1]:
        home = paragraph._p.getparent()
        assert home is not None
        home.remove(paragraph._p)
    first.text = tag
    word.save(str(root / "templates" / "工作函.docx"))


@pytest.fixture
def with_file(run: Run) -> Run:
    template(run.root, "{{p 文书.正文文件 }}")
    for name, more in (("templates/文种.yaml", KIND), ("checklists/2021/文书.yaml", RECORD)):
        path = run.root / name
        path.write_text(path.read_text("utf-8") + more, "utf-8")
    typed(run.root / FILE, "请于年底前报送。")
    return run


def texts(path: Path) -> list[str]:
    return [each.words for each in read(path, "甲.docx").paragraphs if each.words]


def test_the_text_of_the_file_stands_in_the_letter_in_the_letters_type(with_file: Run) -> None:
    code, said, wrong = with_file("own-letters", "GZ1")
    assert code == 0, said + wrong
    made = read(with_file.root / PAPER, "甲.docx")
    body = next(each for each in made.paragraphs if each.words == "请于年底前报送。")
    assert (body.style, body.size, body.pieces[0].face.name) == ("公文正文", 32, "仿宋_GB2312")
    cell = next(each for each in made.paragraphs if each.words == "点位")
    assert cell.size == 21
    bold = next(each for each in made.paragraphs if each.words == "一式两份")
    assert (bold.pieces[0].bold, bold.size) == (True, 32)


def test_a_changed_file_makes_the_paper_anew_and_an_unchanged_one_does_not(with_file: Run) -> None:
    with_file("build", "工作函")
    first = (with_file.root / PAPER).read_bytes()
    assert "未变" in with_file("build", "工作函")[1]
    assert (with_file.root / PAPER).read_bytes() == first
    typed(with_file.root / FILE, "请于十一月底前报送。")
    assert with_file("build", "工作函")[0] == 0
    assert "请于十一月底前报送。" in texts(with_file.root / PAPER)


def test_an_issued_paper_keeps_the_text_and_tells_when_the_file_changes(with_file: Run) -> None:
    code, said, wrong = with_file("issue", "工作函", "GZ1", "--date", "2021-11-01", "--yes")
    assert code == 0, said + wrong
    kept = next((with_file.root / "checklists/发文/2021").glob("*工*.docx"))
    assert "请于年底前报送。" in texts(kept)
    assert FILE in kept.with_suffix(".json").read_text("utf-8")
    assert "改过" not in with_file("build", "工作函")[1]
    typed(with_file.root / FILE, "另一个意思。")
    code, said, wrong = with_file("build", "工作函")
    assert "文书.正文文件 里的文字改过了" in said + wrong
    assert "另一个意思。" not in texts(next((with_file.root / "output/2021/工作函").glob("*.docx")))
    (with_file.root / FILE).unlink()
    assert "D049" not in "".join(map(str, with_file("check")))


def _without(root: Path) -> None:
    (root / FILE).unlink()


def _damaged(root: Path) -> None:
    (root / FILE).write_bytes((root / FILE).read_bytes()[:-300])


def _endless(root: Path) -> None:
    """As large as no .docx may be, and nothing in it."""
    with (root / FILE).open("r+b") as file:
        file.truncate(65 << 20)


def _tagged(root: Path) -> None:
    typed(root / FILE, "请{{ 单位.名称 }}报送。")


def _forbidden(root: Path) -> None:
    typed(root / FILE, "举报人是甲。")


def _no_place(root: Path) -> None:
    template(root, "请报送。")


@pytest.mark.parametrize(
    ("spoil", "code", "said"),
    [
        (_without, "D049", f"文书 GZ1 的正文文件找不到：{FILE}"),
        (_damaged, "D502", f"{FILE}：这不是 .docx 文件，或文件已损坏"),
        (_endless, "D505", f"{FILE}：文件超过 64 MB"),
        (_tagged, "D050", "有标记「{{ 单位.名称 }}」"),
        (_forbidden, "D901", "正文第1段"),
        (_no_place, "D052", "模板里却没有地方印它"),
    ],
)
def test_what_is_wrong_is_told_before_anything_is_written(
    with_file: Run, spoil: object, code: str, said: str
) -> None:
    assert callable(spoil)
    spoil(with_file.root)
    before = sorted((with_file.root / "output").rglob("*")) if (with_file.root / "output").exists() else []
    for words in (("own-letters", "GZ1"), ("build",)):
        result, out, wrong = with_file(*words)
        told = (out + wrong).replace("\n", "")
        assert result == 1
        assert code in told
        assert said.replace(" ", "") in told.replace(" ", "")
    after = sorted((with_file.root / "output").rglob("*")) if (with_file.root / "output").exists() else []
    assert [each for each in after if each.suffix == ".docx" and each not in before] == []


def test_a_wrong_file_stops_its_own_paper_alone(with_file: Run) -> None:
    _without(with_file.root)
    assert with_file("reminders", "TX1")[0] == 0


def test_template_check_knows_the_kind_of_value(with_file: Run) -> None:
    assert with_file("template", "check", "工作函")[0] == 0
    template(with_file.root, "请报送：{{ 文书.正文文件 }}")
    code, said, wrong = with_file("template", "check", "工作函")
    assert code == 1
    assert "写成 {{p 文书.正文文件 }}" in said + wrong


@pytest.mark.parametrize("name", ["../甲.docx", "甲.doc", ".甲.docx", "甲"])
def test_a_name_that_is_none_of_a_word_file_is_refused(with_file: Run, name: str) -> None:
    with_file.edit("checklists/2021/文书.yaml", "正文文件: 报送排查情况.docx", f"正文文件: {name}")
    code, said, wrong = with_file("check")
    assert code == 1
    assert "应为年度文件夹里“正文”下面的 .docx 文件名" in said + wrong
