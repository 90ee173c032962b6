"""The text files of our own templates: what the notation makes, and that each mistake is told with file and line."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import pytest
from docx.document import Document
from markdown import blocks
from sample import ROOT
from specimens import made

from liangqing.base.command_names import COMMANDS
from liangqing.base.docx_zip import W
from template_sources.builder import made_from, papers, shared, styles
from template_sources.builder.notation import Faults
from template_sources.builder.paper import WORDS
from template_sources.builder.units import PAGES

GUIDE = (ROOT / "template_sources/README.md").read_text("utf-8")
PAGE = "【页面 竖】\n"


def document(source: str) -> Document:
    return docx.Document(io.BytesIO(made(source)))


def test_no_paper_speaks_of_a_command() -> None:
    texts = (path.read_text("utf-8") for path in (ROOT / "template_sources").rglob("*.txt"))
    lines = [line for text in texts for line in text.splitlines() if not line.startswith("#")]
    printed = [re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", line) for line in lines]
    assert len(printed) > 500
    assert [line for line in printed if set(re.findall("[a-z-]+", line)) & COMMANDS.keys()] == []


# ---------------------------------------------------------------- the notation


def test_a_line_is_a_paragraph_of_its_style_and_words_in_it_change_some_of_it() -> None:
    (said,) = document(f"{PAGE}\n# 说明\n公文正文 ¦ 【楷体字 一、】甲 | 乙【换行】丙\n").paragraphs
    assert said.style is not None and said.style.name == "公文正文"
    assert said.text == "一、甲 | 乙\n丙"
    assert [run.style.name for run in said.runs][:1] == ["楷体字"]


def test_a_piece_is_put_in_with_its_gaps_filled() -> None:
    said = document(
        f"{PAGE}【用 称呼；谁=甲】\n【用 称呼；谁=乙】\n【小段 称呼】\n公文正文 ¦ 〈谁〉同志：\n【完】\n"
    )
    assert [paragraph.text for paragraph in said.paragraphs] == ["甲同志：", "乙同志："]


def test_rows_of_a_table_span_columns_and_repeat() -> None:
    source = f"{PAGE}【表格 1 1 2】\n头 ¦ 甲 ¦ 乙 ¦ 丙\n行×2 ¦ 【占2列】【表格居中】一 ¦ 二\n【完】\n细行 ¦\n"
    (table,) = document(source).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["甲", "乙", "丙"],
        *[["一", "一", "二"]] * 2,
    ]
    assert table.cell(1, 0).paragraphs[0].style.name == "表格居中"
    first, second, third = (column.width or 0 for column in table.columns)
    assert first == second and third == pytest.approx(2 * first, rel=0.001)


def test_columns_of_a_table_become_a_head_and_a_row_in_its_loops() -> None:
    source = f"{PAGE}【表格 类 in 各类；项 in 类.各项】\n列 ¦ 1 ¦ 名 ¦ {{{{ 项 }}}}\n【完】\n细行 ¦\n"
    (table,) = document(source).tables
    assert [row.cells[0].text for row in table.rows] == [
        *("名", "{%tr for 类 in 各类 %}", "{%tr for 项 in 类.各项 %}"),
        *("{% keepnext loop.first or loop.revindex == 2 %}{{ 项 }}", "{%tr endfor %}", "{%tr endfor %}"),
    ]


def test_tables_become_one_with_what_stands_between_and_below() -> None:
    source = (
        f"{PAGE}【并表】\n【表格 1 1 2】\n行 ¦ 甲 ¦ 乙 ¦ 丙\n【完】\n{{% if 有 %}}\n公文正文 ¦ 中间\n{{% endif %}}\n"
        "【表格 1 3】\n行 ¦ 丁 ¦ 戊\n【完】\n公文正文 ¦ 下面\n公文正文 ¦ 末尾\n【完】\n细行 ¦\n"
    )
    (table,) = document(source).tables
    rows = [
        ["".join(each.text or "" for each in cell.iter(f"{W}t")) for cell in row._tr.tc_lst]
        for row in table.rows
    ]
    assert rows == [
        ["甲", "乙", "丙"],
        *(["{%tr if 有 %}"], ["中间"], ["{%tr endif %}"]),
        *(["丁", "戊"], ["下面末尾"]),
    ]
    assert [cell.grid_span for cell in table.rows[4]._tr.tc_lst] == [1, 2]
    sides = [
        {edge.tag.rpartition("}")[2] for edge in row._tr.iter(f"{W}tcBorders") for edge in edge}
        for row in table.rows
    ]
    assert sides == [set(), set(), {"left", "right"}, set(), set(), {"left", "right", "bottom"}]


def test_a_source_in_two_layouts_makes_two_files(tmp_path: Path) -> None:
    (tmp_path / "某函.txt").write_text("【版式 信函、文件；抄送=文书.抄送】\n公文正文 ¦ 话\n", "utf-8")
    assert list(papers(tmp_path)) == ["某函.docx", "某函-文件.docx"]


# ---------------------------------------------------------------- the guide


def test_the_example_of_the_guide_can_be_made() -> None:
    (example,) = [block for block in blocks(GUIDE) if block.startswith("【版式")]
    assert list(made_from("某函.txt", example, shared())) == ["某函.docx", "某函-文件.docx"]


def test_the_guide_tells_every_word_and_page() -> None:
    told = set(re.findall(r"【([^】\s]+)[^】]*】", GUIDE))
    assert told >= WORDS
    assert all(name in GUIDE for name in PAGES)


# ---------------------------------------------------------------- mistakes

FIGURE = "【图 1】\n式样 ¦ 柱形\n高 ¦ 60\n系列 ¦ 甲\n类别 ¦ 乙\n内容 ¦ 丙\n【完】\n表注 ¦ 丁\n"
TABLE = f"{PAGE}【表格 1 1】\n"
MISTAKES = {
    "没有样式「公文正问」": (2, f"{PAGE}公文正问 ¦ 话"),
    "要写成 样式 ¦ 文字": (2, f"{PAGE}公文正文：话"),
    "第一行要写【版式 …】或者【页面 …】": (2, "# 说明\n公文正文 ¦ 话"),
    "没有版式「公函」": (1, "【版式 公函；抄送=文书.抄送】\n公文正文 ¦ 话"),
    "版式「信函」要给的是：抄送": (1, "【版式 信函】\n公文正文 ¦ 话"),
    "【页面】后面先写竖、横": (1, "【页面 方】"),
    "换【页面】以前": (5, f"{TABLE}行 ¦ 一 ¦ 二\n【完】\n【页面 横】\n细行 ¦"),
    "没有【楷书】这个词": (2, f"{PAGE}公文正文 ¦ 【楷书】话"),
    "没有【插图】这个词": (2, f"{PAGE}【插图】"),
    "【】没有成对": (2, f"{PAGE}公文正文 ¦ 【楷体字 话"),
    "【填写】里用；隔开的有1项": (2, f"{PAGE}公文正文 ¦ 【填写 键】"),
    "小段「尾」在本文件里和共用里都没有": (2, f"{PAGE}【用 尾】"),
    "小段「更正」要给的是：函": (2, f"{PAGE}【用 更正】"),
    "小段「甲」用到了它自己": (4, f"{PAGE}【用 甲】\n【小段 甲】\n【用 甲】\n【完】"),
    "已经有小段「标题」": (2, f"{PAGE}【小段 标题】\n空行 ¦\n【完】"),
    "〈谁〉没有给内容": (2, f"{PAGE}公文正文 ¦ 〈谁〉"),
    "要写成 名=内容": (2, f"{PAGE}【用 更正；整改函】"),
    "【表格】少一行【完】": (2, f"{TABLE}行 ¦ 一 ¦ 二"),
    "【完】前面没有": (2, f"{PAGE}【完】"),
    "表格里没有行": (2, f"{TABLE}【完】"),
    "这一行占3列，表格有2列": (3, f"{TABLE}行 ¦ 一 ¦ 【占2列】二\n【完】"),
    "表格里每行要以 头 ¦ 或 行 ¦ 开头": (3, f"{TABLE}一 ¦ 二\n【完】"),
    "要写成 列 ¦ 宽 ¦ 表头 ¦ 内容": (3, f"{PAGE}【表格 项 in 各项】\n列 ¦ 序号 ¦ 话\n【完】"),
    "【表格】后面写各列的宽": (2, f"{PAGE}【表格 各项】\n列 ¦ 1 ¦ 序号 ¦ 话\n【完】"),
    "【图 编号】里要有式样": (2, f"{PAGE}【图 1】\n式样 ¦ 饼\n【完】"),
    "编号不能重复": (10, f"{PAGE}{FIGURE}{FIGURE}"),
    "要写成【版记 行数；抄送=变量】": (2, f"{PAGE}【版记】\n细行 ¦\n【完】"),
    "{% if … %}少一行{% endif %}": (2, f"{PAGE}{{% if 甲 %}}\n公文正文 ¦ 话"),
    "{% endfor %}前面没有{% for … %}": (3, f"{PAGE}{{% if 甲 %}}\n{{% endfor %}}\n{{% endif %}}"),
    "{% if … %}在这一行里没有结束": (2, f"{PAGE}公文正文 ¦ {{% if 甲 %}}话"),
}


@pytest.mark.parametrize(("told", "place"), MISTAKES.items(), ids=MISTAKES)
def test_a_mistake_is_told_with_file_and_line(told: str, place: tuple[int, str]) -> None:
    number, source = place
    with pytest.raises(Faults) as faults:
        made(source)
    assert any(line.startswith(f"样张.txt 第{number}行：") and told in line for line in faults.value.told)


def test_all_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text(f"{PAGE}正文 ¦ 话\n公文正文 ¦ 话\n标题 ¦ 话\n", "utf-8")
    (tmp_path / "乙.txt").write_text(f"{TABLE}行 ¦ 一\n行 ¦ 二\n【完】\n", "utf-8")
    with pytest.raises(Faults) as faults:
        papers(tmp_path)
    places = [line.partition("：")[0] for line in faults.value.told]
    assert sorted(places) == ["乙.txt 第3行", "乙.txt 第4行", "甲.txt 第2行", "甲.txt 第4行"]


def test_a_file_of_notepad_is_read_and_one_in_another_encoding_or_empty_is_told(tmp_path: Path) -> None:
    source = tmp_path / "某函.txt"
    source.write_text(f"{PAGE}公文正文 ¦ 话\n", "utf-8-sig")
    assert list(papers(tmp_path)) == ["某函.docx"]
    source.write_text(f"{PAGE}公文正文 ¦ 话\n", "gbk", errors="ignore")
    with pytest.raises(Faults, match=r"某函\.txt 第1行：不是 UTF-8 编码"):
        papers(tmp_path)
    source.write_text("# 说明\n", "utf-8")
    with pytest.raises(Faults, match=r"某函\.txt 第1行：没有文字"):
        papers(tmp_path)


@pytest.mark.parametrize(
    "row",
    [
        "公文正文 ¦ 行书 ¦ 3号 ¦ 左 ¦ 版心 ¦ ¦",
        "公文正文 ¦ 仿宋 ¦ 3号 ¦ 左",
        "公文正文 ¦ 仿宋 ¦ 大 ¦ 左 ¦ 版心 ¦ ¦",
        "公文正文 ¦ 仿宋 ¦ 3号 ¦ 左 ¦ 版心 ¦ 前2字 ¦",
        "公文正文 ¦ 仿宋 ¦ 3号 ¦ 左 ¦ 版心 ¦ ¦ 加粗",
        "公文正文 ¦ 仿宋 ¦ 3号 ¦ 左 ¦ 28 ¦ ¦",
        "公文正文 ¦ 仿宋 ¦ 3号 ¦ 左 ¦ 版心 ¦ ¦ 级高",
        "公文正文 ¦ 仿宋 ¦ 3号 ¦ 左 ¦ 版心 ¦ ¦ 同页面",
    ],
)
def test_a_style_that_cannot_be_read_is_told_with_its_line(
    row: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "样式.txt"
    path.write_text(f"# 样式\n{row}\n", "utf-8")
    monkeypatch.setattr(styles, "ROWS", path)
    with pytest.raises(Faults, match=r"builder/样式\.txt 第2行：读不懂"):
        styles.read_styles()


def test_a_style_that_is_followed_by_none_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "样式.txt"
    path.write_text("正文 ¦ 仿宋 ¦ 3号 ¦ 左 ¦ 版心 ¦ ¦ 后接下文\n", "utf-8")
    monkeypatch.setattr(styles, "ROWS", path)
    with pytest.raises(Faults, match=r"builder/样式\.txt 第1行：后接的「下文」不在表里"):
        styles.read_styles()
