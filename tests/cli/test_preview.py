"""`preview`: pages as pictures or as a PDF, of papers that were not even built."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from conftest import Run
from docx import Document
from programs import fake_office, need
from sample import SHEAF

from liangqing.pdf import office

pytestmark = pytest.mark.process


@pytest.fixture(autouse=True)
def _blank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PDFs of three blank pages in place of LibreOffice's."""
    need("pdftoppm")
    monkeypatch.setenv(office.OFFICE, fake_office(tmp_path))


def shown(said: str) -> list[Path]:
    return [Path(line.strip("　")) for line in said.splitlines() if line.startswith("　")]


def test_a_draft_is_seen_without_a_build(unissued: Run) -> None:
    code, said, _ = unissued("preview", "整改函", "ZG1", "--dpi", "30")
    assert code == 0
    names = [each.name for each in shown(said)]
    assert names[:3] == [f"整改函-草稿-ZG1-灵川局党支部-{number}.png" for number in (1, 2, 3)]
    assert len(names) == 3 * len(SHEAF)
    assert all(each.read_bytes().startswith(b"\x89PNG") for each in shown(said))
    assert "整改函 ZG1（草稿）" in said
    assert not (unissued.root / "output/2021").exists()


def test_pages_for_a_script_and_what_comes_next(unissued: Run) -> None:
    code, said, _ = unissued("preview", "整改函", "ZG1", "--dpi", "30", "--json")
    told = json.loads(said)
    assert code == 0 and told["问题"] == []
    assert [each["文种"] for each in told["文书"]] == list(SHEAF)
    assert all(Path(page).is_file() for each in told["文书"] for page in each["文件"])
    said = unissued("preview", "整改函", "ZG1", "--dpi", "30")[1]
    assert said.splitlines()[-1] == f"下一步：{unissued.again} print 整改函 --subject ZG1 --draft"


@pytest.mark.parametrize(("kind", "program"), [("台账", " Excel 或 WPS "), ("总览", "浏览器")])
def test_what_is_no_word_file_is_opened_elsewhere(run: Run, kind: str, program: str) -> None:
    code, out, err = run("preview", kind)
    assert (code, out) == (1, "")
    assert f"{kind} 错误 D725 「{kind}」不是 Word 文书" in err and f"用{program}打开" in err


def test_an_issued_paper_is_seen_as_it_went_out(run: Run) -> None:
    code, said, _ = run("preview", "整改函", "--unit", "灵川局党支部", "--dpi", "30")
    assert code == 0
    assert "整改函 ZG1（市纪驻环整〔2021〕1号）" in said


def test_a_draft_is_seen_as_a_person_left_it(unissued: Run) -> None:
    assert unissued("build", "整改函")[0] == 0
    (path,) = (unissued.root / "output/2021/整改函").glob("*ZG1*.docx")
    document = Document(str(path))
    document.paragraphs[-1].text = "手改"
    document.save(str(path))
    assert "整改函 ZG1（改过的草稿）" in unissued("preview", "整改函", "ZG1", "--dpi", "30")[1]


def test_pages_that_are_no_more_are_gone(
    unissued: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert unissued("preview", "双签字确认表", "JZ01", "--dpi", "30")[0] == 0
    folder = unissued.root / "output/预览/双签字确认表"
    assert len(list(folder.iterdir())) == 3
    monkeypatch.setenv(office.OFFICE, fake_office(tmp_path, "[make(file, 1) for file in files]"))
    assert unissued("preview", "双签字确认表", "JZ01", "--dpi", "30")[0] == 0
    assert [each.name for each in folder.iterdir()] == ["双签字确认表-JZ01-灵川局党支部-1.png"]


@pytest.mark.parametrize(("result", "complaint"), [(0, ""), (1, "没有打开")])
def test_open_shows_the_pdf(
    unissued: Run, monkeypatch: pytest.MonkeyPatch, result: int, complaint: str
) -> None:
    opened: list[str] = []

    def launch(url: str) -> int:
        opened.append(url)
        return result

    monkeypatch.setattr(click, "launch", launch)
    code, said, told = unissued("preview", "双签字确认表", "JZ01", "--open")
    assert code == 0
    assert [str(each) for each in shown(said)] == opened
    assert Path(opened[0]).read_bytes().startswith(b"%PDF")
    assert complaint in told
    assert not list((unissued.root / "output").rglob("*.png"))


def test_elsewhere(unissued: Run, tmp_path: Path) -> None:
    code, said, _ = unissued("preview", "双签字确认表", "JZ01", "--dpi", "30", "--out", str(tmp_path / "看"))
    assert code == 0
    assert all(each.is_relative_to(tmp_path / "看") for each in shown(said))
    assert not (unissued.root / "output").exists()


def test_what_preview_refuses(unissued: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert "D587" in unissued("preview", "整改函", "ZG9")[2]
    code, _, said = unissued("preview", "整改函", "ZG1", "--dpi", "9")
    assert (code, "--dpi" in said) == (2, True)
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    code, _, said = unissued("preview", "整改函", "ZG1")
    assert code == 1
    assert "apt install poppler-utils" in said and "--open" in said
