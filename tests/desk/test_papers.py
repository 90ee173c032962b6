"""文书 on the desk: what each waits for, its pages beside its records, what differs, what goes out in a ZIP or on paper."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from chromium import waits
from desks import RunningDesk, errors_of, violations
from programs import fake_windows
from pypdf import PdfReader
from selenium import webdriver

from liangqing.actions.comparing import passages, squeezed
from liangqing.base.docx_zip import ZipEntry, packed, read_package, write_package
from liangqing.desk.answering.paper_keys import paper_key
from liangqing.desk.pages import one_paper
from liangqing.pdf import printers
from liangqing.pdf.printers import PrintJob
from liangqing.year.open_workspace import OpenWorkspace, settled_workspace

FINDINGS = "checklists/2021/问题.yaml"
NO_DEMAND = "    整改要求: 调整巡查安排，补足重点时段和重点巡查点的力量，按月通报巡查完成情况。\n"


@dataclass(frozen=True)
class PapersPage:
    """Pages of papers, as somebody who was let in asks for them."""

    desk: RunningDesk
    client: httpx.Client

    @property
    def root(self) -> Path:
        assert self.desk.settings.first is not None
        return self.desk.settings.first

    def get(self, path: str, **asked: str) -> httpx.Response:
        return self.client.get(self.desk.of_workspace(path), params=asked or None)

    def post(self, path: str, **sent: str | list[str]) -> httpx.Response:
        return self.client.post(self.desk.of_workspace(path), data=sent)

    def change(self, file: str, old: str, new: str) -> None:
        path = self.root / file
        text = path.read_text("utf-8")
        assert text.count(old) == 1, (old, text.count(old))
        path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def on(desk: RunningDesk) -> Iterator[PapersPage]:
    with desk.client() as client:
        yield PapersPage(desk, client)


def test_the_list_tells_how_each_paper_stands(on: PapersPage) -> None:
    text = on.get("papers").text
    assert "241 份，第 1 页，共 3 页" in text
    assert text.count('name="paper"') == 100
    out = on.get("papers", state="已印发", kind="整改函").text
    assert "4 份" in out
    assert "市纪驻环整〔2021〕1号，2021年4月20日" in out
    words = on.get("papers", words="ZG1").text
    assert "5 份" in words  # with its annexes (one of photos) and the sheet that goes round with it
    assert "没有这样的文书" in on.get("papers", words="没有这个词").text


def test_the_list_of_one_unit_has_no_paper_of_another(on: PapersPage) -> None:
    text = on.get("papers", unit="U11").text
    table = text[text.index("<tbody>") : text.index("</tbody>")]
    assert "<td>灵川局党支部</td>" in table
    assert "<td>资源局党支部</td>" not in table
    assert "资源局党支部等3家" in table  # an inspection in three units, of which this is one


def test_what_is_lacking_and_what_changed_is_told_in_words(on: PapersPage) -> None:
    on.change(FINDINGS, NO_DEMAND, "")
    lacking = on.get("papers", state="还差什么").text
    assert "双签字确认表" in lacking
    assert "问题 W2021-08 没有「整改要求」" in lacking
    changed = on.get("papers", state="印发后数据变了").text
    assert "漓江干流执法巡查和交办事项复核" in changed
    assert "由「调整巡查安排" in changed
    one = on.get(f"papers/{paper_key('双签字确认表', 'DT02/U06')}").text
    assert "补上下面的，就出得来" in one
    assert "问题 W2021-08 没有「整改要求」" in one
    kept_back = on.get(f"papers/{paper_key('双签字确认表', 'DT02/U06')}/docx")
    assert kept_back.status_code == 422


def test_a_paper_stands_beside_its_records_and_nothing_is_written_for_it(on: PapersPage) -> None:
    text = on.get("papers/整改函~ZG1").text
    for record in ("整改函/ZG1", "问题/W2021-01", "检查/JZ01", "单位/U11"):
        assert f'href="{quote(on.desk.of_workspace(f"records/{record}"))}"' in text
    assert "问题清单 ZG1" in text  # what goes along with it
    kept = next((on.root / "checklists/发文/2021").glob("*整〔2021〕1号.docx"))
    assert on.get("papers/整改函~ZG1/docx").content == kept.read_bytes()
    shown = on.get("papers/整改函~ZG1/shown").content
    assert [passage.text for passage in passages(shown, "a")].count(
        "桂林市纪委监委驻市生态环境局纪检监察组"
    ) == 2
    assert not (on.root / "output").exists()


@pytest.mark.parametrize(
    "key", ["整改函~ZG99", "没有这种~1", "整改函", "..%2F..%2Fetc", "整改函~..%252F..%252Fx"]
)
def test_an_address_that_names_no_paper_leads_nowhere(on: PapersPage, key: str) -> None:
    assert on.client.get(on.desk.of_workspace("papers/") + key).status_code == 404


def test_what_was_saved_is_in_the_paper_at_once(on: PapersPage) -> None:
    before = on.get("papers/一问一档~W2021-08/docx")
    on.change(FINDINGS, "    名称: 漓江干流夜间巡查频次不足\n", "    名称: 漓江干流夜间巡查次数不够\n")
    after = on.get("papers/一问一档~W2021-08/docx")
    assert before.headers["etag"] != after.headers["etag"]
    assert "次数不够" in "".join(passage.text for passage in passages(after.content, "a"))


def test_what_went_out_is_compared_with_what_would_go_out_today(on: PapersPage) -> None:
    assert "字句没有不同" in on.get("papers/整改函~ZG1/checks").text
    on.change(FINDINGS, "有完整记录的9次", "有完整记录的8次")
    text = on.get("papers/整改函~ZG4/checks").text
    assert "<del>9</del>" in text
    assert "<ins>8</ins>" in text


def _typed_over(path: Path, old: str, new: str) -> None:
    """A person's change in Word: other words in the text of a file."""
    package = read_package(path.read_bytes(), path.name)
    main = package.parts[package.main].data
    assert main.count(old.encode()) == 1, (old, main.count(old.encode()))
    parts = {**package.parts, package.main: packed(package.main, main.replace(old.encode(), new.encode()))}
    path.write_bytes(write_package(ZipEntry(part) for part in parts.values()))


@pytest.fixture
def opened_files(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    files: list[Path] = []

    def opened(file: Path) -> bool:
        files.append(file)
        return len(files) < 3

    monkeypatch.setattr(one_paper, "opened_by_system", opened)
    return files


def test_a_draft_changed_in_word_is_told_and_never_overwritten(
    on: PapersPage, opened_files: list[Path]
) -> None:
    answer = on.post("papers/体检报告~JZ03~U02/open")
    assert "已经打开" in answer.text
    (file,) = opened_files
    assert str(file) in answer.text
    assert file == on.root / "output/2021/体检报告/体检报告-JZ03-水生态科党支部.docx"
    _typed_over(file, "自查情况1份", "自查情况一份")
    typed = file.read_bytes()
    assert "已经打开" in on.post("papers/体检报告~JZ03~U02/open").text
    assert "放好了，没有打开" in on.post("papers/体检报告~JZ03~U02/open").text
    assert file.read_bytes() == typed
    assert "在 Word 里改过的草稿" in on.get("papers/体检报告~JZ03~U02").text
    checks = on.get("papers/体检报告~JZ03~U02/checks").text
    assert "<del>1</del>" in checks
    assert "<ins>一</ins>" in checks
    assert on.get("papers/体检报告~JZ03~U02/docx").content == typed


def test_a_break_of_the_standard_is_told_with_its_place(on: PapersPage, opened_files: list[Path]) -> None:
    on.post("papers/体检报告~JZ03~U02/open")
    assert "没有发现不合格式的地方" in on.get("papers/体检报告~JZ03~U02/checks").text
    package = read_package(opened_files[0].read_bytes(), "a")
    styles = package.parts["word/document.xml"].data.replace(b"<w:pgMar ", b'<w:pgMar w:was="1" ', 1)
    assert b"w:was" in styles
    margins = styles.replace(b'w:left="', b'w:left="9', 1)
    parts = {**package.parts, "word/document.xml": packed("word/document.xml", margins)}
    opened_files[0].write_bytes(write_package(ZipEntry(part) for part in parts.values()))
    text = on.get("papers/体检报告~JZ03~U02/checks").text
    assert "GB/T 9704" in text
    assert "应为" in text


def test_a_paper_whose_format_is_not_recognised_is_said_to_be_that(on: PapersPage) -> None:
    text = on.get("papers/体检报告~JZ05~U05/checks").text
    assert "没有认出公文格式，只查了文字" in text
    assert "认出了：标题、附件说明、署名、成文日期、附件；没有认出：主送、版头" in text
    assert "没有发现不合格式的地方" not in text
    (link,) = re.findall(r'href="([^"]*checks[?]kind=[^"]*)">其他<', text)
    assert "没有发现不合格式的地方" in on.client.get(link).text
    assert "按文件格式检查（写明是这种格式）" in on.get("papers/体检报告~JZ05~U05/checks", kind="文件").text
    assert on.get("papers/体检报告~JZ05~U05/checks", kind="甲").status_code == 404


def test_everything_is_made_by_one_button(on: PapersPage) -> None:
    first = on.post("papers-made").text
    assert "新建" in first
    assert str(on.root / "output/2021") in first
    file = on.root / "output/2021/体检报告/体检报告-JZ03-水生态科党支部.docx"
    _typed_over(file, "自查情况1份", "自查情况一份")
    again = on.post("papers-made").text
    assert "新建" not in again
    assert "未变" in again
    assert "体检报告/体检报告-JZ03-水生态科党支部.docx" in again
    assert "没有覆盖" in again


def _opened(on: PapersPage) -> OpenWorkspace:
    return settled_workspace(on.root, 2021, None, on.desk.settings.clock())


LINGCHUAN = ["整改函~ZG1", "问题清单~ZG1", "整改情况反馈表~ZG1", "体检报告~JZ01~U11"]


def test_a_zip_holds_what_was_ticked_and_nothing_of_another_unit(on: PapersPage) -> None:
    assert "整改函~ZG1" in on.get("handing", unit="U11").text
    answer = on.post("handing/zip", unit="U11", paper=LINGCHUAN)
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == [
            "体检报告-JZ01-U11-灵川局党支部.docx",
            "整改函-ZG1-灵川局党支部.docx",
            "整改情况反馈表-ZG1-灵川局党支部.docx",
            "问题清单-ZG1-灵川局党支部.docx",
        ]
        assert all(info.flag_bits & 0x800 for info in archive.infolist())
        said = {
            name: "".join(passage.text for passage in passages(archive.read(name), name))
            for name in archive.namelist()
        }
    year = _opened(on).at.year
    copied = next(letter for letter in year.letters if letter.code == "ZG1").copies_to or ()
    meant = {
        "U11",
        *(unit.code for unit in year.units if {unit.code, unit.name, unit.short_name} & {*copied}),
    }
    assert meant == {"U11", "U01"}  # to whom the letter is copied
    others = {name for unit in year.units if unit.code not in meant for name in (unit.name, unit.short_name)}
    assert len(others) > 10
    for name, text in said.items():
        assert [other for other in others if other in text] == [], name
    assert on.post("handing/zip", unit="U11", paper=LINGCHUAN).content == answer.content


def test_a_paper_of_another_unit_or_of_the_group_alone_is_not_handed_out(on: PapersPage) -> None:
    for key in ("整改函~ZG2", "销号审核表~W2021-01", "一问一档~W2021-01", "台账~2021"):
        assert on.get(f"papers/{key}").status_code == 200
        assert on.post("handing/zip", unit="U11", paper=[key]).status_code == 404
    text = on.get("handing", unit="U11").text
    assert "销号审核表" not in text
    assert "资源局党支部" not in text[text.index("<main") :].partition("</form>")[2]


def test_a_letter_without_number_does_not_go_out(on: PapersPage) -> None:
    answer = on.post("handing/zip", unit="U02", paper=["监督检查通知~JZ03"])
    assert answer.status_code == 422
    assert "监督检查通知 JZ03 还没有文号" in answer.text
    assert "D766" in answer.text
    assert on.post("handing/zip", unit="U02").status_code == 422


def test_another_unit_typed_into_a_draft_in_word_does_not_go_out(
    on: PapersPage, opened_files: list[Path]
) -> None:
    on.post("papers/体检报告~JZ03~U02/open")
    _typed_over(opened_files[0], "自查情况1份", "自查情况1份，比兴安局党支部少")
    answer = on.post("handing/zip", unit="U02", paper=["体检报告~JZ03~U02"])
    assert answer.status_code == 422
    assert "在 Word 里写进了「兴安局党支部」" in answer.text
    assert "D765" in answer.text


@dataclass
class FakePrinter:
    name: str = "办公室打印机"
    limits: str = ""
    jobs: list[PrintJob] = field(default_factory=list)

    def send(self, job: PrintJob) -> str:
        assert job.pdf.read_bytes().startswith(b"%PDF")
        self.jobs.append(job)
        return f"任务-{len(self.jobs)}"


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> FakePrinter:
    fake = FakePrinter()
    found: Callable[[str | None], FakePrinter] = lambda name: fake  # noqa: E731
    monkeypatch.setattr(printers, "known", lambda: [fake.name])
    monkeypatch.setattr(printers, "printer", found)
    return fake


@pytest.mark.office
def test_papers_are_listed_joined_and_printed(on: PapersPage, printer: FakePrinter) -> None:
    chosen = ["整改函~ZG1", "监督检查通知~JZ03"]
    text = on.post("handing/print", paper=chosen).text
    assert "整改函 ZG1" in text
    assert "问题清单 ZG1" in text  # its annex goes along
    assert "还没有文号，不打" in text
    assert "监督检查通知 JZ03" in text[text.index("还没有文号") :]
    joined = on.post("handing/pdf", paper=chosen)
    pages = PdfReader(io.BytesIO(joined.content)).pages
    sent = on.post("handing/printed", paper=chosen, printer=printer.name).text
    assert "任务-1" in sent
    assert [job.title for job in printer.jobs] == ["整改函 ZG1", "问题清单 ZG1", "整改情况反馈表 ZG1"]
    noted = (on.root / "checklists/打印记录.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["文种"] for line in noted] == ["整改函", "问题清单", "整改情况反馈表"]
    assert sum(json.loads(line)["页数"] for line in noted) == len(pages)
    assert on.post("handing/printed", paper=chosen, printer="别的").status_code == 404
    one = on.get("papers/整改函~ZG1/pdf")
    assert one.headers["content-type"] == "application/pdf"
    assert (on.root / "output/预览/整改函").is_dir()


@pytest.mark.office
def test_where_there_is_word_it_makes_the_pages_and_prints(
    on: PapersPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows, without LibreOffice: the printer is the one that Word takes."""
    monkeypatch.setenv("LIANGQING_SOFFICE", "没有这个程序")
    monkeypatch.setattr(printers, "known", list)
    word = fake_windows(tmp_path, monkeypatch, ("Word.Application", r"C:\Office16\WINWORD.EXE"))
    chosen = ["整改函~ZG1"]
    assert "<option>默认打印机</option>" in on.post("handing/print", paper=chosen).text
    said = on.post("handing/printed", paper=chosen, printer="默认打印机").text
    assert "由 Word 打印；双面按打印机自己的默认设置" in said
    done = [paper for job in word.jobs() for paper in job["papers"] if "done" in paper]
    assert (
        len(done) == 3 and len((on.root / "checklists/打印记录.jsonl").read_text("utf-8").splitlines()) == 3
    )


def test_without_libreoffice_the_list_is_there_all_the_same(
    on: PapersPage, printer: FakePrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIANGQING_SOFFICE", "没有这个程序")
    text = on.post("handing/print", paper=["整改函~ZG1"]).text
    assert "整改函 ZG1" in text
    assert "没有 LibreOffice" in text
    assert "下载 PDF" not in on.get("papers/整改函~ZG1").text


SHOWN = (
    "整改函~ZG1",
    "双签字确认表~DT02~U06",
    "监督检查清单~2021",
    "体检报告~JZ03~U02",
    "整改情况反馈表~ZG1",
)


@pytest.mark.browser
def test_the_pages_of_five_kinds_say_what_the_papers_say(desk: RunningDesk, driver: webdriver.Chrome) -> None:
    driver.get(desk.entrance)
    with desk.client() as client:
        for key in SHOWN:
            driver.get(desk.site + desk.of_workspace(f"papers/{key}"))
            waits(driver).until(
                lambda page: page.execute_script(
                    "return !document.querySelector('[aria-busy=true], #checks > p')"
                )
            )
            shown = squeezed(
                str(driver.execute_script("return document.getElementById('sheet').textContent"))
            )
            data = client.get(desk.of_workspace(f"papers/{key}/docx")).content
            said = [passage for passage in passages(data, key) if not passage.place.startswith("图表")]
            assert len(said) > 10
            shown = re.sub(r"第\d*页共\d*页", "第页共页", shown)
            assert [passage for passage in said if passage.text not in shown] == []
            assert errors_of(driver) == []
            assert violations(driver) == []
    for path in ("papers", "handing?unit=U11"):
        driver.get(desk.site + desk.of_workspace(path))
        assert errors_of(driver) == []
        assert violations(driver) == []
