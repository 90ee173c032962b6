"""The sample year as a new user meets it: through generate.py, on a copy."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Docx
from lxml import etree
from programs import need
from sample import ISSUED, NOTES, REGISTER, ROOT, copy_workspace, generate, reissue

from liangqing.pdf import convert

pytestmark = pytest.mark.process

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SENTENCE = re.compile(
    r"收到并审核自查情况(\d+)份，集中开展监督检查(\d+)次，发现并督促整改问题(\d+)个，发出整改函(\d+)份"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample, built once."""
    workspace = copy_workspace(tmp_path_factory.mktemp("sample"), issued=True)
    done = generate(workspace, "build")
    assert done.returncode == 0, done.stdout + done.stderr
    return workspace


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A copy of the sample, not built."""
    return copy_workspace(tmp_path, issued=True)


def papers(workspace: Path) -> list[Path]:
    return sorted((workspace / "output" / "2021").rglob("*.docx"))


def paper(workspace: Path, kind: str, part: str = "") -> Path:
    (found,) = [path for path in papers(workspace) if path.parent.name == kind and part in path.name]
    return found


def texts(document: Docx) -> list[str]:
    """Every paragraph of the body, tables included."""
    return ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in document.element.body.iter(f"{W}p")]


def text_of(path: Path) -> str:
    return "\n".join(texts(Document(str(path))))


def figures(workspace: Path) -> tuple[str, ...]:
    found = SENTENCE.search(text_of(paper(workspace, "年度监督工作总结")))
    assert found is not None
    return found.groups()


def test_a_build_makes_every_paper_of_the_year(built: Path) -> None:
    counts = {
        kind: sum(p.parent.name == kind for p in papers(built))
        for kind in {p.parent.name for p in papers(built)}
    }
    assert counts == {
        "监督检查清单": 1,
        "单位责任清单": 12,
        "意见采纳情况表": 1,
        "征求意见函": 1,
        "征求意见稿": 1,
        "印发通知": 1,
        "以案促改通知": 1,
        "监督检查通知": 13,
        "反馈会纪要": 13,
        "挂图作战图": 1,
        "检查底稿": 23,
        "体检报告": 12,
        "双签字确认表": 5,
        "整改函": 4,
        "问题清单": 4,
        "三张清单": 4,
        "提醒函": 1,
        "督办函": 1,
        "征求意见反馈表": 12,
        "自查情况表": 36,
        "整改情况反馈表": 4,
        "约谈通知书": 1,
        "约谈记录": 1,
        "通报": 1,
        "纪检监察建议书": 1,
        "请示": 1,
        "销号审核表": 4,
        "单位清欠单": 5,
        "年度监督工作总结": 1,
        "放行明细": 1,
        "整改照片": 1,
        "体检照片": 1,
        "反馈表照片": 1,
    }


def test_a_second_build_finds_everything_identical(built: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in papers(built)}
    assert generate(built, "build", "--dry-run").returncode == 0
    done = generate(built, "build")
    assert done.returncode == 0
    assert "新建" in done.stdout
    assert {path: path.stat().st_mtime_ns for path in papers(built)} == before


def test_what_to_open_first_is_there(fresh: Path) -> None:
    said = re.search(r"先打开：(.*)", generate(fresh, "build").stdout)
    assert said is not None
    assert (fresh / said[1].strip()).is_file()


def test_the_sentence_of_the_article(built: Path) -> None:
    assert figures(built) == ("36", "12", "7", "4")


def test_a_void_letter_is_not_counted(fresh: Path) -> None:
    number = "市纪驻环整〔2021〕4号"
    assert generate(fresh, "void", number, "--why", "发错单位", "--date", "2021-10-08").returncode == 0
    assert generate(fresh, "build").returncode == 0
    assert figures(fresh) == ("36", "12", "7", "3")
    assert "2021年　月　日" in text_of(paper(fresh, "整改函", "草稿-ZG4"))


def test_an_added_inspection_is_counted(fresh: Path) -> None:
    (fresh / "checklists/2021/检查二.yaml").write_text(
        "检查:\n  - {编号: JZ13, 类型: 集中清查, 名称: 局党组再次集中清查, 开始日期: 2021-10-25, 单位: [U01]}\n",
        "utf-8",
    )
    assert generate(fresh, "build").returncode == 0
    assert figures(fresh) == ("36", "13", "7", "4")


def test_a_finding_taken_away_is_not_counted_and_its_letter_says_so(fresh: Path) -> None:
    path = fresh / "checklists/2021/问题.yaml"
    head, mark, _ = path.read_text("utf-8").partition("  - 编号: W2021-08")
    assert mark
    path.write_text(head, "utf-8")
    done = generate(fresh, "build")
    assert done.returncode == 1
    assert "「问题」里的「W2021-08」找不到对应的问题" in done.stderr
    assert not (fresh / "output").exists() or papers(fresh) == []


# responsibility and time limit: one home, word for word the same everywhere


def rows(path: Path, *columns: str) -> Iterator[tuple[str, ...]]:
    """The cells under `columns` of every table that has them all."""
    for table in Document(str(path)).tables:
        heads = [cell.text for cell in table.rows[0].cells]
        if all(name in heads for name in columns):
            at = [heads.index(name) for name in columns]
            for row in table.rows[1:]:
                yield tuple(row.cells[index].text.replace("\n", "") for index in at)


def test_owner_and_limit_are_the_same_words_in_every_paper(built: Path) -> None:
    wanted = "责任人", "整改时限"
    annex = set(rows(paper(built, "年度监督工作总结"), *wanted))
    assert len(annex) == 8
    pairs = {
        kind: {pair for path in papers(built) if path.parent.name == kind for pair in rows(path, *wanted)}
        for kind in ("问题清单",)
    }
    for kind in ("体检报告", "双签字确认表"):
        pairs[kind] = {
            (who.partition("责任人：")[2], limit)
            for path in papers(built)
            if path.parent.name == kind
            for who, limit in rows(path, "责任", "整改时限")
            if "责任人：" in who  # the rows to be signed stand in the same table
        }
    assert pairs["体检报告"] | pairs["双签字确认表"] <= annex
    assert pairs["双签字确认表"] == annex
    assert len(pairs["问题清单"]) == 7
    assert pairs["问题清单"] <= annex
    letters = "".join(text_of(path) for path in papers(built) if path.parent.name == "整改函")
    for owner, limit in pairs["问题清单"]:
        lasting = f"整改类别：{limit}；责任人：{owner}。"  # 长期坚持 is said once
        assert f"责任人：{owner}；整改时限：{limit}" in letters or lasting in letters


# the look of every paper


def parts(path: Path) -> Iterator[tuple[str, etree._Element]]:
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.endswith(".xml"):
                yield name, etree.fromstring(package.read(name))


def test_nothing_is_left_over_in_any_paper(built: Path) -> None:
    leftover = re.compile(r"None|nan|\{\{|\{%|｛|｝|《》|〔〕|TEMP")
    for path in papers(built):
        for name, root in parts(path):
            words = "".join(map(str, root.itertext()))
            assert leftover.search(words) is None, f"{path.name} {name}"


def test_every_chinese_run_names_its_chinese_font(built: Path) -> None:
    runs = 0
    for path in papers(built):
        styles = dict(parts(path))["word/styles.xml"]
        fonts = {
            style.get(f"{W}styleId"): style.find(f"{W}rPr/{W}rFonts") for style in styles.iter(f"{W}style")
        }
        default = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts")
        assert default is not None
        assert default.get(f"{W}eastAsia")
        named = [default, *(each for each in fonts.values() if each is not None)]
        for name, root in parts(path):
            if name.startswith("word/"):
                named += list(root.iter(f"{W}rFonts"))
                runs += sum(1 for _ in root.iter(f"{W}r"))
        for each in named:
            assert all(each.get(f"{W}{slot}") for slot in ("ascii", "hAnsi", "eastAsia", "cs")), path.name
            assert not any("Theme" in str(key) for key in each.attrib), path.name
    assert runs > 1000


@pytest.mark.office
def test_every_paper_opens_in_libreoffice(built: Path, tmp_path: Path) -> None:
    need("soffice")
    pdfs = convert(papers(built), tmp_path)
    assert [path.stem for path in pdfs] == [path.stem for path in papers(built)]
    assert all(path.is_file() for path in pdfs)


# sameness


def test_two_builds_anywhere_give_the_same_bytes(tmp_path: Path) -> None:
    places = {"甲": ("Asia/Shanghai", "zh_CN.UTF-8"), "乙 b": ("America/New_York", "C")}
    made = []
    for name, (zone, locale) in places.items():
        folder = tmp_path / name
        folder.mkdir()
        copy_workspace(folder, issued=True)
        environment = {
            **os.environ,
            "TZ": zone,
            "LC_ALL": locale,
            "PYTHONHASHSEED": str(len(name)),
            "PYTHONUTF8": "1",
            "PYTHONPATH": str(ROOT),
        }
        code = (
            "import sys, datetime; from liangqing.cli import main as cli;"
            f"cli.today = lambda: datetime.date(202{len(name) + 1}, 3, 5); sys.exit(cli.main(['-C', '.', 'build']))"
        )
        subprocess.run(
            [sys.executable, "-c", code], cwd=folder, env=environment, check=True, capture_output=True
        )
        made.append(
            {
                path.relative_to(folder): path.read_bytes()
                for path in sorted((folder / "output").rglob("*.*"))
                if path.name not in NOTES
            }
        )
    assert len(made[0]) > 27
    assert made[0] == made[1]


def test_the_issued_letters_are_what_the_command_line_issues(tmp_path: Path) -> None:
    """The sample's register and kept papers, part for part: no line is typed by hand (`make sample`)."""
    again = copy_workspace(tmp_path, issued=False)
    assert not (again / REGISTER).exists()
    reissue(again)
    assert (again / REGISTER).read_text("utf-8") == (ROOT / REGISTER).read_text("utf-8")
    kept = sorted(path.name for path in (ROOT / "checklists/发文/2021").iterdir())
    assert sorted(path.name for path in (again / "checklists/发文/2021").iterdir()) == kept
    assert len(kept) >= 2 * len(ISSUED)
    for name in kept:
        ours, theirs = (root / "checklists/发文/2021" / name for root in (ROOT, again))
        if name.endswith(".json"):
            assert json.loads(ours.read_text("utf-8")) == json.loads(theirs.read_text("utf-8"))
        else:
            with zipfile.ZipFile(ours) as one, zipfile.ZipFile(theirs) as other:
                assert {n: one.read(n) for n in one.namelist()} == {
                    n: other.read(n) for n in other.namelist()
                }


def test_an_issued_letter_is_copied_never_rendered_anew(fresh: Path) -> None:
    path = fresh / "checklists/2021/整改函.yaml"
    path.write_text(path.read_text("utf-8").replace("举一反三", "举一反三再举"), "utf-8")
    assert generate(fresh, "build").returncode == 0
    for kept in (fresh / "checklists/发文/2021").glob("*整〔*号.docx"):
        assert paper(fresh, "整改函", kept.stem).read_bytes() == kept.read_bytes()


def import_times() -> dict[str, int]:
    """Microseconds that each module's own import took for `generate.py --help`."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", str(ROOT / "generate.py"), "-C", str(ROOT), "--help"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert "letters" in done.stdout
    rows = [line.split("|") for line in done.stderr.splitlines() if line.startswith("import time:")][1:]
    return {row[2].strip(): int(row[0].removeprefix("import time:")) for row in rows}


def test_help_comes_at_once() -> None:
    heavy = {
        "pydantic",
        "jinja2",
        "lxml",
        "docx",
        "rich",
        "chinese_calendar",
        "isal",
        "openpyxl",
        "xlsxwriter",
    }
    assert import_times().keys() & heavy == set()
    quickest = min(sum(import_times().values()) for _ in range(5))  # of five: other tests run beside this one
    assert quickest < 250_000


def test_the_content_hash_of_a_paper_with_a_chart_does_not_hang_on_the_compressor(built: Path) -> None:
    from liangqing.base import docx_zip

    path = paper(built, "年度监督工作总结")
    hashes = {docx_zip.content_hash(path.read_bytes())}
    with zipfile.ZipFile(path) as package:
        workbooks = [name for name in package.namelist() if name.endswith(".xlsx")]
        repacked = path.with_name("另存.zip")
        with zipfile.ZipFile(repacked, "w", zipfile.ZIP_STORED) as copy:
            for name in package.namelist():
                copy.writestr(name, stored(package.read(name)) if name in workbooks else package.read(name))
    hashes.add(docx_zip.content_hash(repacked.read_bytes()))
    repacked.unlink()
    assert workbooks
    assert len(hashes) == 1


def stored(workbook: bytes) -> bytes:
    """The same package without compression."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as package,
        zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as copy,
    ):
        for name in package.namelist():
            copy.writestr(name, package.read(name))
    return out.getvalue()
