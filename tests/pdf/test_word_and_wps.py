"""Word and WPS for PDFs and print: a stand-in at their boundary, as none of it can be run but on Windows."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from conftest import Run
from pdf_pages import read_pages
from plain_pdf import plain_pdf
from programs import FakeWindows, fake_office, fake_windows
from sample import ROOT, SHEAF

from liangqing.base.diagnostics import Problems
from liangqing.base.docx_zip import content_hash
from liangqing.base.scratch import scratch_belongs_to
from liangqing.pdf import com_office, com_scripts, converters, copy_stamp, office
from liangqing.pdf.com_office import WORD
from liangqing.pdf.converting import WordFile, convert_papers, read
from liangqing.pdf.printers import OfficePrinter, PrintJob, printer

pytestmark = pytest.mark.office

LETTERS = sorted((ROOT / "checklists/发文/2021").glob("*环整*号.docx"))
OF_WORD = ("Word.Application", r'"C:\Program Files\Microsoft Office\Root\Office16\WINWORD.EXE" /Automation')
OF_WPS = (
    "KWPS.Application",
    r'"C:\Users\张三\AppData\Local\Kingsoft\WPS Office\office6\wps.exe" /Automation',
)
TAKEN = ("Word.Application", OF_WPS[1])  # WPS that has entered itself in Word's place
LETTER = ("整改函", "--unit", "灵川局党支部")


def papers(*paths: Path) -> list[WordFile]:
    return [WordFile(path.name, path.read_bytes()) for path in paths]


@pytest.fixture
def libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program in LibreOffice's place."""
    monkeypatch.setenv(office.OFFICE, fake_office(tmp_path))


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, libreoffice: None) -> FakeWindows:
    """A machine with Word, WPS and LibreOffice."""
    return fake_windows(tmp_path, monkeypatch, OF_WORD, OF_WPS)


# which one is taken


@pytest.mark.parametrize(
    ("servers", "taken"),
    [
        ((OF_WORD, OF_WPS), "Word"),
        ((OF_WPS,), "WPS"),
        ((TAKEN, OF_WPS), "WPS"),
        ((("Word.Application", ""),), "Word"),  # its program is not entered
        ((), "LibreOffice"),
    ],
    ids=["all", "no Word", "WPS in Word's place", "unknown server", "neither"],
)
def test_the_first_that_is_there_is_taken(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    libreoffice: None,
    servers: tuple[tuple[str, str], ...],
    taken: str,
) -> None:
    fake_windows(tmp_path, monkeypatch, *servers)
    assert converters.choose().name == taken
    assert converters.find().name == taken


def test_the_one_that_is_named_is_taken(both: FakeWindows, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [converters.choose(name).name for name in ("libreoffice", "WPS", "Word")] == [
        "LibreOffice",
        "WPS",
        "Word",
    ]
    monkeypatch.setenv(converters.WANTED, "WPS")
    assert converters.choose().name == "WPS"
    assert converters.choose("Word").name == "Word"


def test_without_powershell_neither_can_be_called(both: FakeWindows, monkeypatch: pytest.MonkeyPatch) -> None:
    (both.folder / "powershell").unlink()
    assert converters.choose().name == "LibreOffice"
    monkeypatch.setenv("SYSTEMROOT", str(both.folder))
    inside = both.folder / "System32/WindowsPowerShell/v1.0/powershell.exe"
    inside.parent.mkdir(parents=True)
    inside.touch()
    assert converters.choose().name == "Word"


@pytest.mark.parametrize("wanted", ["WPS", "Word", "Writer"])
def test_one_that_is_not_there_is_refused_before_anything_is_written(
    run: Run, libreoffice: None, wanted: str
) -> None:
    places = str(run.root / "出")
    for words in (
        ("build", *LETTER, "--pdf"),
        ("pdf", str(LETTERS[0]), "--out", places),
        ("print", *LETTER, "--yes"),
        ("preview", *LETTER[:1], "ZG1", "--out", places),
    ):
        code, _, said = run(*words, "--with", wanted)
        assert code == 1, words
        assert f"--with {wanted} 错误 D708 这台电脑上用不了「{wanted}」" in said
        assert (
            "可以写 Word、WPS、LibreOffice，Word、WPS 只有在 Windows 上" in said and "：LibreOffice" in said
        )
    assert not (run.root / "output").exists() and not (run.root / "出").exists()
    code, _, said = run("archive", "2021", "--out", places, "--with", wanted)
    assert code == 1 and "D668" in said and f"用不了「{wanted}」" in said and "--no-pdf" in said
    assert not (run.root / "出").exists()


def test_where_there_is_none_all_three_are_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(office.OFFICE, "/没有/soffice")
    for words in (("build", "--pdf"), ("pdf", str(LETTERS[0])), ("build", "--pdf", "--with", "WPS")):
        code, _, said = run(*words)
        assert code == 1
        assert "D710 没有找到 LibreOffice、Word、WPS 中的任何一个" in said
        assert "Windows：装 Word、WPS 或 LibreOffice" in said
        assert "apt install libreoffice-writer" in said and "WPS 不能由别的程序调用" in said
    assert not (run.root / "output").exists()


@pytest.mark.parametrize("words", [("build", "整改函"), ("archive", "2021", "--no-pdf")])
def test_a_program_without_a_pdf_is_a_mistake(run: Run, words: tuple[str, ...]) -> None:
    code, _, said = run(*words, "--with", "Word")
    assert code == 2 and "--with 是转 PDF 用的" in said


# what is asked of it


def test_all_files_go_in_one_call_and_each_pdf_says_what_its_word_file_says(both: FakeWindows) -> None:
    done = convert_papers(papers(*LETTERS[:3]))
    assert (list(done.pdfs), done.faults, done.by) == ([path.name for path in LETTERS[:3]], (), "Word")
    (job,) = both.jobs()
    assert (job["class"], job["program"], len(job["papers"])) == ("Word.Application", "winword.exe", 3)
    assert not done.substitutions  # it takes the faces that it likes, and does not say which


def test_the_file_is_given_to_word_as_it_is(both: FakeWindows) -> None:
    """The copy with the switches for LibreOffice is for LibreOffice alone."""
    both.does(
        "import shutil\n"
        "[shutil.copy(paper['word'], told.parent / 'given.docx') for paper in job['papers']]\n"
        "[make(paper) for paper in job['papers']]"
    )
    convert_papers(papers(LETTERS[0]))
    assert (both.folder / "given.docx").read_bytes() == LETTERS[0].read_bytes()
    for copying in converters.choose("LibreOffice").copies:
        assert content_hash(copying(LETTERS[0].read_bytes(), "函")) != content_hash(LETTERS[0].read_bytes())


def test_the_command_line_bears_no_path_but_of_our_own_files(both: FakeWindows) -> None:
    strange = "函'; Remove-Item $HOME `& [a].docx"
    done = convert_papers([WordFile(strange, LETTERS[0].read_bytes())])
    assert list(done.pdfs) == [strange]
    (job,) = both.jobs()
    *options, script, job_file = job["words"]
    assert options == [
        *("-NoLogo", "-NoProfile", "-NonInteractive"),
        *("-ExecutionPolicy", "Bypass", "-File"),
    ]
    folder = Path(job_file).parent
    assert (Path(script), Path(job_file).name) == (folder / "office.ps1", "job.json")
    assert job["papers"] == [{"word": str(folder / "0000.docx"), "pdf": str(folder / "made/0000.pdf")}]
    assert "Remove-Item" not in json.dumps(job)
    assert not folder.exists()


def test_a_folder_of_any_name_does_no_harm(both: FakeWindows, tmp_path: Path) -> None:
    strange = tmp_path / "张 三's $HOME `[1] “临时”"
    strange.mkdir()
    scratch_belongs_to(strange)
    both.does("job_file.read_bytes().decode('ascii')\n[make(paper) for paper in job['papers']]")
    assert len(convert_papers(papers(LETTERS[0])).pdfs) == 1
    (job,) = both.jobs()
    assert str(strange) in job["papers"][0]["word"]


def test_the_pdf_of_another_text_is_refused(both: FakeWindows) -> None:
    both.does(
        "for paper in job['papers']: pathlib.Path(paper['pdf']).write_bytes(plain_pdf(['别的文字', '', '']))"
    )
    done = convert_papers(papers(LETTERS[0]))
    assert not done.pdfs
    (fault,) = done.faults
    assert fault.code == "D705" and fault.message.startswith("Word 转出的 PDF 和 Word 文件的文字不一样")


@pytest.mark.parametrize(
    ("script", "left"),
    [
        (
            "for number, paper in enumerate(job['papers']):\n    if '0001' not in paper['word']: make(paper)",
            [1],
        ),
        ("for paper in job['papers']:\n    if '0001' in paper['word']: time.sleep(60)\n    make(paper)", [1]),
        ("sys.exit(1)", [0, 1, 2]),
        ("for paper in job['papers']: pathlib.Path(paper['pdf']).write_bytes(b'%PDF-1.7 half')", [0, 1, 2]),
    ],
    ids=["refused", "hang", "nothing", "half"],
)
def test_a_file_that_fails_takes_no_other_with_it(
    both: FakeWindows, monkeypatch: pytest.MonkeyPatch, script: str, left: list[int]
) -> None:
    monkeypatch.setattr(com_office, "START", 3.0)
    monkeypatch.setattr(com_office, "EACH", 0.3)
    both.does(script)
    began = time.monotonic()
    done = convert_papers(papers(*LETTERS[:3]))
    assert time.monotonic() - began < 50
    assert [fault.place.file for fault in done.faults] == [LETTERS[number].name for number in left]
    assert {(fault.code, fault.message) for fault in done.faults} == {("D711", "Word 没能把它转成 PDF")}
    assert list(done.pdfs) == [path.name for place, path in enumerate(LETTERS[:3]) if place not in left]


def test_a_program_that_could_not_be_ended_is_stopped(both: FakeWindows) -> None:
    both.does("[make(paper) for paper in job['papers']]\nsys.exit(1)")
    assert len(convert_papers(papers(*LETTERS[:2])).pdfs) == 2
    assert [job["script"] for job in both.jobs()] == ["office.ps1", "stop.ps1"]


def test_what_hangs_is_stopped_with_the_program_that_it_started(
    both: FakeWindows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(com_office, "START", 1.0)
    monkeypatch.setattr(com_office, "EACH", 0.0)
    both.does("time.sleep(60)")
    assert not convert_papers(papers(LETTERS[0])).pdfs
    stopped = [job["script"] for job in both.jobs()]
    assert stopped[:2] == ["office.ps1", "stop.ps1"] and stopped.count("office.ps1") * 2 == len(stopped)
    both.does("[make(paper) for paper in job['papers']]")
    before = len(both.jobs())
    assert convert_papers(papers(LETTERS[0])).pdfs
    assert [job["script"] for job in both.jobs()[before:]] == ["office.ps1"]


# the stamp


def test_a_pdf_of_another_program_is_made_anew_and_the_own_one_kept(run: Run, both: FakeWindows) -> None:
    number = len(SHEAF)
    assert f"PDF：新建 {number}（用 Word 转）" in run("build", *LETTER, "--pdf")[1]
    assert f"PDF：未变 {number}（用 Word 转）" in run("build", *LETTER, "--pdf")[1]
    said = run("build", *LETTER, "--pdf", "--with", "LibreOffice")[1]
    assert f"PDF：更新 {number}（用 LibreOffice 转）" in said
    code, said, _ = run("build", *LETTER, "--pdf", "--with", "LibreOffice")
    assert code == 0 and f"PDF：未变 {number}" in said
    assert len(both.jobs()) == 1


def test_the_key_of_a_pdf_names_the_program(both: FakeWindows) -> None:
    (paper,) = papers(LETTERS[0])
    keys = [read([paper], None, name).key(paper.name) for name in converters.NAMES]
    assert len(set(keys)) == 3
    done = convert_papers([paper], None, "WPS")
    assert copy_stamp.source(done.pdfs[paper.name]) == keys[1]


# told


def test_the_program_is_told(run: Run, both: FakeWindows) -> None:
    out = ("--out", str(run.root / "出"))
    code, _, said = run("pdf", str(LETTERS[0]), *out)
    assert code == 0 and "转 PDF 的程序：Word" in said
    code, said, _ = run("pdf", str(LETTERS[0]), *out, "--with", "WPS", "--json")
    assert (code, json.loads(said)["程序"]) == (0, "WPS")
    assert both.jobs()[-1]["class"] == "KWPS.Application"
    place = run.root.parent / "包"
    code, said, _ = run("archive", "2021", "--out", str(place), "--with", "LibreOffice")
    assert code == 0 and "转 PDF 的程序：LibreOffice" in said
    code, said, _ = run("archive", "2021", "--out", str(place.with_name("包2")), "--json")
    assert (code, json.loads(said)["程序"]) == (0, "Word")


# print


def test_word_prints_the_word_file(run: Run, both: FakeWindows) -> None:
    code, said, _ = run("print", *LETTER, "--copies", "3", "--printer", "一楼 '彩色'", "--yes")
    assert code == 0
    assert "由 Word 打印；双面按打印机自己的默认设置" in said
    prints = [paper for job in both.jobs() for paper in job["papers"] if "pdf" not in paper]
    assert [(paper["printer"], paper["copies"]) for paper in prints] == [("一楼 '彩色'", 3)] * len(SHEAF)
    lines = (run.root / "checklists/打印记录.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["打印机"] for line in lines] == ["一楼 '彩色'"] * len(SHEAF)


def test_without_a_name_the_program_takes_its_own_printer(run: Run, both: FakeWindows) -> None:
    code, said, _ = run("print", *LETTER, "--with", "WPS", "--yes")
    assert code == 0 and "打印机：默认打印机" in said and "由 WPS 打印" in said
    prints = [(job["class"], paper) for job in both.jobs() for paper in job["papers"] if "pdf" not in paper]
    assert [(name, paper["printer"]) for name, paper in prints] == [("KWPS.Application", "")] * len(SHEAF)


def test_what_was_not_printed_is_told_and_not_noted(run: Run, both: FakeWindows) -> None:
    both.does(
        "for paper in job['papers']:\n"
        "    if 'pdf' in paper: make(paper)\n"
        "    else: pathlib.Path(job['said']).write_text('没有这台打印机。', 'utf-8')"
    )
    code, _, said = run("print", *LETTER, "--printer", "三楼", "--yes")
    assert code == 1
    assert "D722 Word 没有打印出去（没有这台打印机。），打印机：三楼" in said
    assert not (run.root / "checklists/打印记录.jsonl").exists()


def test_a_program_that_hangs_at_the_printer_is_ended(
    both: FakeWindows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(com_office, "START", 1.0)
    monkeypatch.setattr(com_office, "EACH", 0.0)
    both.does("time.sleep(60)")
    to = printer(None)
    assert isinstance(to, OfficePrinter)
    with pytest.raises(Problems, match="D722 Word 没有打印出去（没有说明原因，或超过了时间）"):
        to.send(PrintJob("整改函 ZG1", tmp_path / "a.pdf", LETTERS[0], 2, True, "A4"))
    assert [job["script"] for job in both.jobs()] == ["office.ps1", "stop.ps1"]


# the scripts, which no PowerShell has read here


SCRIPTS = (com_scripts.OFFICE, com_scripts.STOP)


@pytest.mark.parametrize("script", SCRIPTS, ids=["office", "stop"])
def test_a_script_is_what_windows_powershell_5_can_read(script: str) -> None:
    """ASCII, as it reads files by the code page; brackets and quotes in pairs; nothing that only PowerShell 7 knows."""
    script.encode("ascii")
    bare = re.sub(r"'[^'\n]*'", "''", script)
    assert '"' not in bare and "`" not in bare and bare.count("'") % 2 == 0
    open_ones = []
    for sign in bare:
        if sign in "({[":
            open_ones.append(sign)
        elif sign in ")}]":
            assert open_ones.pop() + sign in ("()", "{}", "[]")
    assert not open_ones
    assert not re.search(r"\?\?|\?\.|&&|\|\||ForEach-Object -Parallel|\s\?\s", bare)
    assert not re.search(r"Invoke-Expression|\biex\b|Start-Process", bare, re.IGNORECASE)


@pytest.mark.parametrize("script", SCRIPTS, ids=["office", "stop"])
def test_a_path_is_taken_as_it_is_written(script: str) -> None:
    """No command takes a path by a pattern, in which [ and ] would mean something."""
    assert "Get-Content -LiteralPath $JobPath -Raw -Encoding UTF8" in script
    assert not re.search(
        r"(Get-Content|Test-Path|Remove-Item|Get-Item|Set-Content|Out-File) (?!-LiteralPath)", script
    )


def test_macros_and_questions_are_off_before_a_file_is_opened_and_the_program_ends_at_last() -> None:
    script = com_scripts.OFFICE
    opened = script.index("$app.Documents.Open($paper.word, $false, $true, $false)")
    for first in ("$app.Visible = $false", "$app.DisplayAlerts = 0", "$app.AutomationSecurity = 3"):
        assert script.index(first) < opened
    last = script[script.rindex("\nfinally {") :]
    assert "$app.Quit()" in last and "FinalReleaseComObject($app)" in last
    assert "$left = $true" in last[last.index("catch") :] and last.rstrip().endswith("if ($left) { exit 1 }")


def test_what_a_person_has_open_is_neither_hidden_nor_ended() -> None:
    script = com_scripts.OFFICE
    assert "if (-not $shared) { $app.Visible = $false }" in script
    before_end = script[: script.index("$app.Quit()")]
    assert before_end.rindex("if ($shared -or ($app.Documents.Count -gt 0))") > before_end.rindex("finally {")
    assert com_scripts.STOP.index("MainWindowHandle -eq") < com_scripts.STOP.index("Stop-Process")


@pytest.mark.parametrize(
    ("script", "keys"),
    [
        (com_scripts.OFFICE, {"said", "program", "class", "mine", "papers"}),
        (com_scripts.STOP, {"mine"}),
    ],
    ids=["office", "stop"],
)
def test_a_script_asks_for_what_a_job_has(both: FakeWindows, script: str, keys: set[str]) -> None:
    convert_papers(papers(LETTERS[0]))
    WORD.print_out(LETTERS[0], "", 1)
    of_pdf, of_print = both.jobs()
    assert set(re.findall(r"\$job\.(\w+)", script)) == keys <= of_pdf.keys()
    asked = set(re.findall(r"\$paper\.(\w+)", script))
    assert asked <= of_pdf["papers"][0].keys() | of_print["papers"][0].keys()


def test_a_pdf_as_word_writes_it_can_be_stamped() -> None:
    """Word ends a PDF twice: a second table of places, with an end of its own, refers to the first."""
    text = "关于整改的函"
    plain = plain_pdf([text])
    first = int(plain.split(b"startxref\n")[1].split()[0])
    number = b"[<" + b"0A" * 16 + b"><" + b"0A" * 16 + b">]"
    root = b"/Size 8 /Root 1 0 R /ID" + number
    tail = b"xref\r\n0 0\r\ntrailer\r\n<<" + root + b"/Prev %d>>\r\n" % first
    pdf = plain + tail + b"startxref\r\n%d\r\n%%%%EOF" % len(plain)
    key = "c0ffee" * 5 + "42"
    sealed = copy_stamp.sealed(pdf, key)
    assert copy_stamp.is_whole(sealed) and copy_stamp.source(sealed) == key
    assert [page.text for page in read_pages(sealed)] == [text]
