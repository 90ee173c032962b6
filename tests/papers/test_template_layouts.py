"""Formats as a clerk meets them: `template new`, 选项.版式 and 选项.字体."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from conftest import Run
from lxml import etree

from liangqing.base.chinese import FILTERS
from liangqing.base.docx_zip import read_package
from liangqing.engine import compile_template
from liangqing.papers.starters import FOLDER, LAYOUTS, NUMBERED, VARIANTS, starter
from liangqing.variables.subjects import SUBJECTS, schema, variables

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def test_there_is_a_starter_for_every_format_that_the_command_offers() -> None:
    names = [path.stem.partition("-") for path in FOLDER.glob("*.docx")]
    assert {layout for layout, _, _ in names} == set(LAYOUTS) and set(NUMBERED) < set(LAYOUTS)
    assert {variant for _, _, variant in names} == {"", *VARIANTS}


def test_a_starter_names_the_unit_and_lists_the_findings_that_its_subject_has() -> None:
    def made_for(layout: str, *names: str) -> str:
        with zipfile.ZipFile(io.BytesIO(starter(layout, names))) as package:
            return package.read("word/document.xml").decode()

    assert "{{ 单位.名称 }}" in made_for("信函", "单位") and "（写主送机关）" in made_for("信函")
    assert "{%tr for 问题 in 问题清单 %}" in made_for("横表", "单位", "问题清单", "问题明细")
    assert "{%tr for 项 in 问题明细 %}" in made_for("表格", "问题明细") and "{%tr" not in made_for("表格")


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_starter_reads_only_what_its_subject_has(layout: str, subject: str, tmp_path: Path) -> None:
    path = tmp_path / "新.docx"
    path.write_bytes(starter(layout, variables(subject).keys()))
    assert compile_template(path, name="新", schema=schema(subject), filters=FILTERS)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_new_template_and_its_lines_make_papers(run: Run, layout: str) -> None:
    code, said, _ = run("template", "new", f"新{layout}", "--format", layout)
    assert code == 0 and f"写好 templates/新{layout}.docx" in said
    catalogue = run.root / "templates/文种.yaml"
    catalogue.write_text(
        catalogue.read_text("utf-8") + said[said.index(f"新{layout}:") : said.index("下一步")], "utf-8"
    )
    code, said, _ = run("template", "check", f"新{layout}")
    assert (code, "没有发现问题" in said) == (0, True)
    code, _, wrong = run("paper-1", "U01")
    assert code == 0, wrong
    (paper,) = (run.root / f"output/2021/新{layout}").glob("*.docx")
    root = etree.fromstring(read_package(paper, "").parts["word/document.xml"].data)
    text = "".join(each.text or "" for each in root.iter(f"{W}t"))
    assert "{{" not in text and "桂林市" in text


def test_a_template_that_is_there_is_not_written_over(run: Run) -> None:
    path = run.root / "templates/整改函.docx"
    before = path.read_bytes()
    code, _, wrong = run("template", "new", "整改函", "--format", "信函")
    assert code != 0 and "已经有这个模板，不覆盖" in wrong
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("坏/名", "--format", "信函"), "要作文件名"),
        (("新函", "--format", "信函", "--subject", "没有的"), "--subject 这里只能是"),
        (("新函", "--format", "公报"), "--format 只能是 信函"),
        (("新函",), "--format"),
    ],
)
def test_what_cannot_be_made_is_refused_and_nothing_is_written(
    run: Run, words: tuple[str, ...], answer: str
) -> None:
    before = sorted(each.name for each in (run.root / "templates").iterdir())
    code, _, wrong = run("template", "new", *words)
    assert code == 2 and answer in wrong
    assert sorted(each.name for each in (run.root / "templates").iterdir()) == before


def test_option_of_the_layout_makes_files_of_letters(unissued: Run) -> None:
    def styles() -> set[str]:
        (paper,) = (unissued.root / "output/2021/整改函").glob("整改函-草稿-ZG1-*.docx")
        root = etree.fromstring(read_package(paper, "").parts["word/document.xml"].data)
        return {each.get(f"{W}val", "") for each in root.iter(f"{W}pStyle")}

    assert unissued("letters", "ZG1")[0] == 0
    assert "印发机关" not in styles()
    unissued.edit("checklists/机构.yaml", "  # 版式: 信函 ", "  版式: 文件  # ")
    assert unissued("letters", "ZG1")[0] == 0
    assert "印发机关" in styles()


def test_option_of_the_fonts_reaches_text_styles_and_charts(run: Run) -> None:
    with (run.root / "checklists/机构.yaml").open("a", encoding="utf-8") as file:
        file.write("\n  字体: {仿宋: 仿宋, 宋体: 思源宋体}\n")
    code, _, wrong = run("reports", "JZ06")
    assert code == 0, wrong
    paper = next(
        each for each in (run.root / "output/2021/体检报告").glob("体检报告-JZ06-*.docx")
        if "word/charts/chart1.xml" in read_package(each, "").parts
    )  # fmt: skip
    parts = {
        name: each.data.decode()
        for name, each in read_package(paper, "").parts.items()
        if name.endswith(".xml")
    }
    assert set(re.findall(r'typeface="([^"]*)"', parts["word/charts/chart1.xml"])) == {"思源宋体"}
    assert 'w:eastAsia="仿宋"' in parts["word/styles.xml"]
    assert not [name for name, text in parts.items() if "仿宋_GB2312" in text or '"宋体"' in text]


def test_text_before_a_signature_goes_with_it(year_papers: dict[str, list[Path]]) -> None:
    """7.3.5.5: neither the signature nor a lonely 此函。 over it begins a page."""
    signed, alone = set(), []
    for kind, papers in year_papers.items():
        for paper in papers:
            root = etree.fromstring(read_package(paper, "").parts["word/document.xml"].data)
            text: list[tuple[str, str]] = []
            for each in root.iterfind(f"{W}body/{W}p"):
                style = each.find(f"{W}pPr/{W}pStyle")
                name = "" if style is None else style.get(f"{W}val", "")
                if name == "署名" and text:
                    signed.add(kind)
                    longer = [at for at, (_, words) in enumerate(text) if len(words) > 10]
                    if any(kept != "结束语" for kept, _ in text[longer[-1] :]):
                        alone.append((paper.name, text[-2:]))
                elif name in {"公文正文", "结束语"}:
                    text.append((name, "".join(word.text or "" for word in each.iter(f"{W}t"))))
    assert {"整改函", "征求意见函", "印发通知", "以案促改通知", "监督检查通知", "约谈通知书"} <= signed
    assert not alone
