"""`print`: what is listed, asked, sent to a real queue, and recorded."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Run
from docx import Document
from print_queue import PRINTERS, Server, print_server
from programs import fake_office, need
from sample import SHEAF

from liangqing.base.diagnostics import Problems
from liangqing.pdf import office, print_log
from liangqing.pdf import printers as queue
from liangqing.pdf.page_count import sheets

pytestmark = pytest.mark.office

LETTER = ("print", "整改函", "--unit", "灵川局党支部")
A4 = "media=A4"
ZG1 = [f"{each} ZG1" for each in SHEAF]
BOTH, ONE = "sides=two-sided-long-edge", "sides=one-sided"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with print_server() as started:
        yield started


@pytest.fixture
def printers(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Server:
    """The print server in this process, and PDFs of three blank pages each."""
    monkeypatch.setenv("CUPS_SERVER", server.address)
    monkeypatch.setenv(office.OFFICE, fake_office(tmp_path))
    return server


@pytest.fixture
def no_printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """CUPS without a server: nothing can be sent."""
    need("lpstat")
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "nobody"))


def recorded(run: Run) -> list[dict[str, object]]:
    path = run.root / print_log.FILE
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


# to a queue


def test_a_letter_and_its_annex_on_paper(run: Run, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    need("soffice")
    monkeypatch.setenv("CUPS_SERVER", server.address)
    code, said, _ = run(*LETTER, "--copies", "2", "--printer", "Hall", "--yes")
    assert code == 0
    jobs = server.printed(len(SHEAF))
    assert [each.title for each in jobs] == ZG1
    letter, annex = jobs[:2]
    assert {BOTH, A4} <= letter.options
    assert {ONE, A4} <= annex.options  # a single page has no back
    assert annex.pages == 2
    assert letter.pages in (4, 8)  # two copies of 2, or of 3 with the empty back of the third
    assert "打印机：Hall" in said
    first, second = recorded(run)[:2]
    assert first == {
        "日期": "2021-11-01",
        "打印机": "Hall",
        "任务": first["任务"],
        "文种": "整改函",
        "对象": "ZG1",
        "标题": "关于青狮潭水库周边排污口整治监督检查发现问题的整改函",
        "状态": "市纪驻环整〔2021〕1号",
        "份数": 2,
        "页数": letter.pages // 2 if letter.pages == 4 else 3,
        "双面": True,
        "内容": first["内容"],
    }
    register = (run.root / "checklists/发文登记.yaml").read_text("utf-8")
    assert f"内容: {first['内容']}" in register
    assert str(first["任务"]).startswith("Hall-") and first["任务"] != second["任务"]


def test_copies_and_sides_by_kind(run: Run, printers: Server) -> None:
    code, said, _ = run("print", "双签字确认表", "整改函", "--subject", "JZ01", "--subject", "ZG1", "--yes")
    assert code == 0
    jobs = {each.title: each for each in printers.printed(1 + len(SHEAF))}
    assert list(jobs) == ["双签字确认表 JZ01/U11", *ZG1]
    form, letter, annex = list(jobs.values())[:3]
    assert [form.pages, letter.pages, annex.pages] == [6, 3, 3]  # 选项.一式份数: 2
    assert [BOTH in each.options for each in (form, letter, annex)] == [False, True, True]
    assert ONE in jobs["整改情况反馈表 ZG1"].options
    assert f"用纸 {6 + 2 + 2 + 3} 张" in said
    run(*LETTER, "--subject", "ZG1", "--sides", "单面", "--yes")
    assert all(ONE in each.options for each in printers.printed(len(SHEAF)))


def test_the_default_printer_takes_it(run: Run, printers: Server) -> None:
    code, said, _ = run(*LETTER, "--yes")
    assert (code, len(printers.printed(len(SHEAF)))) == (0, len(SHEAF))
    assert f"打印机：{PRINTERS[0]}" in said
    assert {each["打印机"] for each in recorded(run)} == {PRINTERS[0]}


def test_a_draft_only_when_asked_for(unissued: Run, printers: Server) -> None:
    code, _, said = unissued(*LETTER, "--yes")
    assert code == 1
    assert said.count("还没有印发、没有文号") == len(SHEAF)
    assert "D723" in said
    assert unissued("print", "问题清单", "--subject", "ZG1", "--yes")[0] == 1
    code, said, _ = unissued(*LETTER, "--yes", "--draft")
    assert (code, len(printers.printed(len(SHEAF)))) == (0, len(SHEAF))
    assert [each["状态"] for each in recorded(unissued)] == ["草稿"] * len(SHEAF)


def test_what_is_not_out_is_left_and_the_rest_is_printed(unissued: Run, printers: Server) -> None:
    assert unissued("issue", "整改函", "ZG1", "--date", "2021-04-20")[0] == 0
    code, _, said = unissued("print", "整改函", "--yes")
    assert code == 0
    assert said.count("不打：") == 3 * len(SHEAF)
    assert [each.title for each in printers.printed(len(SHEAF))] == ZG1


def test_a_draft_is_printed_as_a_person_left_it(unissued: Run, printers: Server) -> None:
    assert unissued("build", "整改函")[0] == 0
    (path,) = (unissued.root / "output/2021/整改函").glob("*ZG1*.docx")
    document = Document(str(path))
    document.paragraphs[-1].text = "手改"
    document.save(str(path))
    assert unissued(*LETTER, "--yes", "--draft")[0] == 0
    printers.printed(len(SHEAF))
    assert [each["状态"] for each in recorded(unissued)] == [
        "改过的草稿",
        *["草稿"] * (len(SHEAF) - 1),
    ]


def test_what_went_out_is_printed_whatever_became_of_the_copy(run: Run, printers: Server) -> None:
    assert run("build", "整改函")[0] == 0
    (path,) = (run.root / "output/2021/整改函").glob("*1号*.docx")
    document = Document(str(path))
    document.paragraphs[-1].text = "手改"
    document.save(str(path))
    assert run(*LETTER, "--yes")[0] == 0
    printers.printed(len(SHEAF))
    letter = recorded(run)[0]
    assert letter["状态"] == "市纪驻环整〔2021〕1号"
    assert f"内容: {letter['内容']}" in (run.root / "checklists/发文登记.yaml").read_text("utf-8")


def test_a_queue_that_refuses(run: Run, printers: Server) -> None:
    printers.run("cupsreject", "Hall")
    try:
        code, _, said = run(*LETTER, "--printer", "Hall", "--yes")
    finally:
        printers.run("cupsaccept", "Hall")
    assert code == 1
    assert "D722" in said and "Hall" in said
    assert recorded(run) == []


# before paper is used


def test_nobody_to_ask(run: Run, printers: Server) -> None:
    code, said, complaint = run(*LETTER)
    assert code == 2
    assert "--yes" in complaint
    assert "整改函 ZG1" in said  # the list comes first
    assert (recorded(run), printers.printed(0)) == ([], [])


class Typed(io.StringIO):
    """A terminal at which somebody types."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("answer", "jobs"), [("y", len(SHEAF)), ("n", 0), ("", 0)])
def test_the_question(
    run: Run, printers: Server, monkeypatch: pytest.MonkeyPatch, answer: str, jobs: int
) -> None:
    monkeypatch.setattr(sys, "stdin", Typed(f"{answer}\n"))
    code, said, _ = run(*LETTER)
    assert code == 0
    assert "打印吗？" in said
    assert len(printers.printed(jobs)) == len(recorded(run)) == jobs


def test_a_trial_run_only_lists(run: Run, printers: Server) -> None:
    code, said, _ = run(*LETTER, "--dry-run")
    assert code == 0
    assert "市纪驻环整〔2021〕1号" in said and f"合计：{len(SHEAF)} 个文书，{len(SHEAF)} 份" in said
    assert (recorded(run), printers.printed(0)) == ([], [])


def test_for_a_script(run: Run, printers: Server) -> None:
    words = ("print", "整改函", "--unit", "灵川局党支部", "--json")
    code, said, _ = run(*words, "--dry-run")
    listed = json.loads(said)
    assert code == 0 and listed["打印"] is False and recorded(run) == []
    assert [each["任务"] for each in listed["文书"]] == [None] * len(listed["文书"])
    code, said, _ = run(*words, "--yes")
    done = json.loads(said)
    assert code == 0 and done["打印"] is True
    assert [each["任务"] for each in done["文书"]] == [each["任务"] for each in recorded(run)]
    assert [each["份数"] for each in done["文书"]] == [each["份数"] for each in recorded(run)]


def test_a_printer_that_is_not_there(run: Run, printers: Server) -> None:
    code, _, said = run(*LETTER, "--printer", "Office2", "--yes")
    assert code == 1
    assert "D721 没有打印机「Office2」" in said
    assert "有这些：Hall、Office" in said


def test_no_printer_at_all(run: Run, no_printer: None) -> None:
    code, _, said = run(*LETTER, "--yes")
    assert code == 1
    assert "D724 没有默认打印机" in said


def test_without_cups_the_package_is_named(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    code, _, said = run(*LETTER, "--yes")
    assert code == 1
    assert "D720 没有找到打印程序" in said and "apt install cups-client" in said


# Windows, by injection


class Started:
    """os.startfile as Windows has it."""

    def __init__(self, *, works: bool = True) -> None:
        self.calls: list[tuple[str, ...]] = []
        self._works = works

    def __call__(self, path: str, *words: str) -> None:
        assert Path(path).read_bytes().startswith(b"%PDF")
        self.calls.append(words)
        if not self._works:
            raise OSError(1155, "no application is associated")


def test_the_associated_program_of_windows(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(office.OFFICE, fake_office(tmp_path))
    started = Started()
    monkeypatch.setattr(os, "startfile", started, raising=False)
    choose = queue.printer
    monkeypatch.setattr(queue, "printer", lambda name, by: choose(name, by, platform="win32"))
    code, said, _ = run(*LETTER, "--copies", "2", "--yes")
    assert code == 0
    assert started.calls == [("print",)] * 2 * len(SHEAF)
    assert "打印机首选项" in said
    assert [(each["打印机"], each["任务"]) for each in recorded(run)] == [("默认打印机", None)] * len(SHEAF)
    started.calls.clear()
    assert run(*LETTER, "--printer", "一楼 彩色", "--yes")[0] == 0
    assert started.calls == [("printto", '"一楼 彩色"')] * len(SHEAF)


def test_no_program_on_windows_prints_pdfs(tmp_path: Path) -> None:
    pdf = tmp_path / "a.pdf"
    pdf.write_bytes(b"%PDF-1.4")
    printer = queue.Associated("默认打印机", Started(works=False), named=False)
    with pytest.raises(Problems, match="D720 没有程序能打印 PDF"):
        printer.send(queue.PrintJob("整改函 ZG1", pdf, pdf.with_suffix(".docx"), 1, False, "A4"))


# the record, the sheets


def test_a_line_that_was_cut_off_spoils_no_other(tmp_path: Path) -> None:
    (tmp_path / "checklists").mkdir()
    path = tmp_path / print_log.FILE
    print_log.record(tmp_path, {"文种": "甲"})
    path.write_bytes(path.read_bytes() + b'{"half')
    print_log.record(tmp_path, {"文种": "乙"})
    lines = path.read_text("utf-8").splitlines()
    assert [lines[0], lines[2]] == ['{"文种": "甲"}', '{"文种": "乙"}']


def test_the_record_is_no_data_to_be_checked(run: Run) -> None:
    before = run("check", "--as-of", "2021-10-31")
    print_log.record(run.root, {"文种": "甲"})
    assert run("check", "--as-of", "2021-10-31") == before


@pytest.mark.parametrize(
    ("size", "paper"), [((841.9, 595.3), "A4"), ((841.9, 1190.5), "A3"), ((500, 500), "176×176毫米")]
)
def test_the_paper_that_a_page_needs(size: tuple[float, float], paper: str) -> None:
    from pypdf import PdfWriter

    pdf = PdfWriter()
    for _ in range(2):
        pdf.add_blank_page(*size)
    data = io.BytesIO()
    pdf.write(data)
    assert (sheets(data.getvalue(), "a").pages, sheets(data.getvalue(), "a").paper) == (2, paper)
    with pytest.raises(Problems, match="D716"):
        sheets(b"%PDF-1.4 nothing", "a")
