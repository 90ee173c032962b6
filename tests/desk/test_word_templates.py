"""Templates on the page: their check results, variables to copy, a new one, a new version in the place of an old."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from chromium import waits
from desks import DAY, RunningDesk, errors_of
from docx import Document
from selenium import webdriver
from selenium.webdriver.common.by import By

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Severity
from liangqing.papers.rendering import load_catalogue
from liangqing.papers.template_check import kinds_by_file, template_faults
from liangqing.variables.copying import ELSEWHERE, copied
from liangqing.variables.subjects import SUBJECTS

FONTS = (Code.NO_CHINESE_FONT,)  # an empty document of python-docx names no Chinese font


def root_of(desk: RunningDesk) -> Path:
    assert desk.settings.first is not None
    return desk.settings.first


def changed(path: Path, old: str, new: str) -> bytes:
    """The bytes of a template in which a person replaced some words."""
    document = Document(str(path))
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs if old in run.text]
    assert runs, old
    runs[0].text = runs[0].text.replace(old, new, 1)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def test_every_template_of_the_catalogue_is_listed_and_found_right(desk: RunningDesk) -> None:
    (root_of(desk) / "templates/自己的.docx").write_bytes(
        (root_of(desk) / "templates/整改函.docx").read_bytes()
    )
    with desk.client() as client:
        before = client.get(desk.of_workspace("templates")).text
        after = client.post(desk.of_workspace("templates")).text
    files = kinds_by_file(load_catalogue(root_of(desk)))
    assert all(f">{file.removesuffix('.docx')}</a>" in before for file in files)
    assert before.count("还没有检查") == len(files)
    assert after.count(">没有问题</span>") == len(files)
    assert "没有文种用它" in before


def test_what_is_wrong_is_told_with_its_place(desk: RunningDesk) -> None:
    path = root_of(desk) / "templates/整改函.docx"
    path.write_bytes(changed(path, "}}", "数 }}"))
    with desk.client() as client:
        every = client.post(desk.of_workspace("templates")).text
        one = client.get(desk.of_workspace("templates/整改函.docx")).text
    assert every.count(">有错</span>") == 1
    for text in (every, one):
        assert "templates/整改函.docx 正文第" in text
    assert "改好以前用它的文书不生成" in one


def test_a_new_version_is_checked_before_it_takes_the_place(desk: RunningDesk) -> None:
    path = root_of(desk) / "templates/整改函.docx"
    before = path.read_bytes()
    bad = changed(path, "}}", "数 }}")
    document = Document(str(path))
    document.add_paragraph("附注一行")
    made = BytesIO()
    document.save(made)
    good = made.getvalue()
    address = desk.of_workspace("templates/整改函.docx")
    with desk.client() as client:
        refused = client.post(address, files={"file": ("x.docx", bad)})
        assert refused.status_code == 422
        assert "没有换上" in refused.text
        assert "D773" in refused.text
        assert path.read_bytes() == before
        no_word = client.post(address, files={"file": ("x.docx", b"nothing")})
        assert no_word.status_code == 422
        assert path.read_bytes() == before
        assert client.post(address).status_code == 422
        taken = client.post(address, files={"file": ("../../x.docx", good)})
    assert taken.status_code == 200
    assert "换好了" in taken.text
    assert path.read_bytes() == good
    kept = root_of(desk) / f"备份/{DAY}/templates/整改函.docx"
    assert kept.read_bytes() == before


def test_a_new_kind_of_paper_begins_with_a_starter(desk: RunningDesk) -> None:
    root, address = root_of(desk), desk.of_workspace("template-new")
    catalogue = (root / "templates/文种.yaml").read_bytes()
    with desk.client() as client:
        made = client.post(address, data={"name": "提示函", "layout": "信函", "subject": "单位"})
        assert made.status_code == 200
        assert "没有问题" in made.text
        again = client.post(address, data={"name": "提示函", "layout": "信函", "subject": "单位"})
        assert again.status_code == 422
        for name in ("", "../x", "a/b", ".x"):
            assert client.post(address, data={"name": name, "layout": "信函"}).status_code == 422, name
        assert client.post(address, data={"name": "乙", "layout": "没有"}).status_code == 404
    entry = load_catalogue(root).entries["提示函"]
    assert (entry.subject_kind, entry.kind.template) == ("单位", "提示函.docx")
    assert template_faults(root / "templates/提示函.docx", "提示函.docx", "单位") == ()
    assert (root / f"备份/{DAY}/templates/文种.yaml").read_bytes() == catalogue


def test_the_template_itself_is_opened_by_the_system(
    desk: RunningDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []

    def shown(path: Path) -> bool:
        asked.append(path)
        return len(asked) == 1

    monkeypatch.setattr("liangqing.desk.pages.word_templates.opened_by_system", shown)
    address = desk.of_workspace("templates/整改函.docx/open")
    with desk.client() as client:
        assert "已经在 Word 或 WPS 里打开" in client.post(address).text
        assert "没有打开成" in client.post(address).text
        assert client.post(desk.of_workspace("templates/文种.yaml/open")).status_code == 404
    assert asked == [root_of(desk) / "templates/整改函.docx"] * 2


def test_the_template_itself_can_be_taken_to_word(desk: RunningDesk) -> None:
    with desk.client() as client:
        answer = client.get(desk.of_workspace("templates/整改函.docx/word"))
        missing = client.get(desk.of_workspace("templates/..%2F..%2Fchecklists%2F机构.yaml/word"))
        other = client.get(desk.of_workspace("templates/文种.yaml/word"))
    assert answer.content == (root_of(desk) / "templates/整改函.docx").read_bytes()
    assert (missing.status_code, other.status_code) == (404, 404)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_each_variable_to_copy_compiles_where_it_is_offered(subject: str) -> None:
    """Every text that a click copies is one that a template of that subject takes."""
    document = Document()
    for group in copied(subject):
        words = [row.written.replace(ELSEWHERE, "甲") for row in group.variables]
        inside = "".join(word for word in words if not word.startswith("{{p "))
        document.add_paragraph(group.loop.replace(ELSEWHERE, inside) if group.loop else inside)
        for whole in (word for word in words if word.startswith("{{p ")):  # a paragraph of its own
            for text in group.loop.replace(ELSEWHERE, f"\n{whole}\n").split("\n") if group.loop else (whole,):
                document.add_paragraph(text)
    made = BytesIO()
    document.save(made)
    faults = template_faults(made.getvalue(), "试.docx", subject)
    wrong = [fault for fault in faults if fault.severity is Severity.ERROR and fault.code not in FONTS]
    assert wrong == []


@pytest.mark.browser
def test_a_click_copies_a_variable_and_words_find_it(desk: RunningDesk, driver: webdriver.Chrome) -> None:
    wait = waits(driver)
    driver.get(desk.entrance)
    driver.get(desk.site + desk.of_workspace("templates/整改函.docx"))
    driver.find_element(By.ID, "find").send_keys("回复期限")
    wait.until(
        lambda page: (
            len([row for row in page.find_elements(By.CSS_SELECTOR, ".group tbody tr") if row.is_displayed()])
            == 1
        )
    )
    button = next(each for each in driver.find_elements(By.CSS_SELECTOR, ".copy") if each.is_displayed())
    button.click()
    wait.until(lambda page: "{{ 整改函.回复期限 }}" in page.find_element(By.ID, "copied").text)
    assert re.match("已复制|没有复制成", driver.find_element(By.ID, "copied").text)
    assert errors_of(driver) == []
