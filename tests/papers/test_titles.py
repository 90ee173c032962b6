"""Titles of papers: broken by words around the names of the year; a break in the data wins; everywhere else in one line."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from conftest import Run
from docx import Document
from docx_text import text_of

PAPERS = "checklists/2021/文书.yaml"
ABOUT = "农村污水处理设施运行维护问题整改逾期"


def title(run: Run, kind: str, part: str = "") -> str:
    """The title of the one paper of a kind in the output whose name holds `part`; ⏎ where it breaks."""
    (path,) = (each for each in (run.root / "output/2021" / kind).glob("*.docx") if part in each.name)
    return title_of(path)


def title_of(path: Path) -> str:
    lines = text_of(path.read_bytes()).splitlines()
    return next(line for line in lines if line.startswith("关于") or line.endswith("责任清单"))


def issued(run: Run, *words: str) -> Path:
    """督办函 DB1 goes out: the file that is kept of it."""
    code, _, said = run("issue", "督办函", "DB1", "--date", "2021-11-01", *words)
    assert code == 0, said
    line = (run.root / "checklists/发文登记.yaml").read_text("utf-8").splitlines()[-1]
    assert f"关于{ABOUT}的督办函" in line
    (path,) = (run.root / "checklists/发文").rglob("*督〔2021〕1号*.docx")
    return path


def test_a_title_breaks_by_words_and_stands_in_one_line_everywhere_else(run: Run) -> None:
    path = issued(run)
    assert title_of(path) == "关于农村污水处理设施⏎运行维护问题整改逾期的督办函"
    assert run("check")[0] == 0 and run("verify", str(path))[0] == 0


def test_titles_of_lists_break_after_the_name_of_the_unit(run: Run) -> None:
    assert run("lists")[0] == 0
    assert (
        title(run, "三张清单", "执法支队") == "桂林市生态环境保护综合行政执法支队党支部⏎问题、任务、责任清单"
    )
    assert title(run, "三张清单", "灵川局") == "桂林市灵川生态环境局党支部问题、任务、责任清单"


def test_a_break_written_in_the_data_wins(run: Run) -> None:
    run.edit(PAPERS, f"事由: {ABOUT}", "事由: |-\n      农村污水处理设施运行维护\n      问题整改逾期")
    assert title_of(issued(run)) == "关于农村污水处理设施运行维护⏎问题整改逾期的督办函"


def test_a_break_written_for_the_title_stands_in_no_other_sentence(run: Run) -> None:
    run.edit(
        PAPERS,
        "事由: 农村污水处理设施运行维护问题整改情况",
        "事由: |\n      农村污水处理设施运行维护\n      问题整改情况",
    )
    assert run("circular")[0] == 0
    (path,) = (run.root / "output/2021/通报").glob("*.docx")
    said = text_of(path.read_bytes())
    assert "关于农村污水处理设施运行维护⏎问题整改情况的通报" in said
    assert "农村污水处理设施运行维护问题整改情况" in said
    assert said.count("农村污水处理设施运行维护⏎") == 1


def test_of_a_written_line_that_is_too_long_only_that_line_is_broken(run: Run) -> None:
    run.edit(PAPERS, f"事由: {ABOUT}", f"事由: |-\n      {ABOUT}等若干\n      事项")
    assert run("reminders", "DB1")[0] == 0
    assert title(run, "督办函") == "关于农村污水处理设施⏎运行维护问题整改逾期等若干⏎事项的督办函"


def test_a_name_that_is_new_in_the_data_breaks_a_title_anew_and_no_other_paper(run: Run) -> None:
    assert run("build", "督办函", "通报")[0] == 0
    project = run.root / "checklists/2021/项目.yaml"
    name = "    项目: 农村污水处理设施运行维护\n"
    text = project.read_text("utf-8")
    first = next(line for line in text.splitlines(keepends=True) if line.startswith("    项目: "))
    assert json.loads(run("build", "督办函", "提醒函", "--json")[1])["文书"][0]["状态"] == "未变"
    project.write_text(text.replace(first, name, 1), "utf-8")
    told = json.loads(run("build", "督办函", "提醒函", "--json")[1])["文书"]
    states = {paper["文种"]: paper["状态"] for paper in told if "文种" in paper}
    assert states == {"督办函": "更新", "提醒函": "未变"}
    assert title(run, "督办函") == "关于农村污水处理设施运行维护问题⏎整改逾期的督办函"


def test_a_break_that_a_person_took_out_in_word_is_no_change_of_words(run: Run) -> None:
    assert run("reminders", "DB1", "--as-of", "2021-11-01")[0] == 0
    (path,) = (run.root / "output/2021/督办函").glob("*DB1-*.docx")
    document = Document(str(path))
    (paragraph,) = (each for each in document.paragraphs if each.text.startswith("关于农村"))
    assert "\n" in paragraph.text
    paragraph.runs[0].text = paragraph.text.replace("\n", "")
    document.save(str(path))
    code, _, said = run("issue", "督办函", "DB1", "--date", "2021-11-01")
    assert code == 1 and "字没有变，只改了格式或重新存过盘" in said
    kept = issued(run, "--as-edited")
    assert title_of(kept) == paragraph.text
    assert run("verify", str(kept))[0] == 0


def test_an_own_template_with_the_title_in_a_centred_paragraph_gains_too(run: Run) -> None:
    path = run.root / "templates/督办函.docx"
    document = Document(str(path))
    (paragraph,) = (each for each in document.paragraphs if "{{ 标题 }}" in each.text)
    paragraph.runs[0].text = "关于{{ 文书.事由 }}的督办函"
    for run_ in paragraph.runs[1:]:
        run_.text = ""
    document.save(str(path))
    assert run("reminders", "DB1")[0] == 0
    assert title(run, "督办函") == "关于农村污水处理设施⏎运行维护问题整改逾期的督办函"


@pytest.mark.parametrize("kind", ["督办函", "整改函"])
def test_document_properties_hold_no_break(run: Run, kind: str) -> None:
    assert run("reminders", "DB1")[0] == 0
    for path in (run.root / "output/2021" / kind).glob("*.docx"):
        with zipfile.ZipFile(path) as package:
            assert "\n关于" not in package.read("docProps/core.xml").decode()
