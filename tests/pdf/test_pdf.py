"""Word files to PDF: one LibreOffice for many, the faces that stand in, the stamp; `pdf` and `build --pdf`."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from conftest import Run
from docx.oxml.ns import qn
from programs import fake_office, need
from sample import ROOT, SHEAF

from liangqing.base.diagnostics import Problems
from liangqing.base.docx_zip import read_package
from liangqing.cli.pdf import FAITHFUL
from liangqing.pdf import convert, converting, copy_stamp, drawing, font_files, named_fonts, office, pages
from liangqing.pdf.converting import WordFile, convert_papers

pytestmark = pytest.mark.office

ALL = 4 * len(SHEAF)
LETTERS = sorted((ROOT / "checklists/发文/2021").glob("*环整*号.docx"))


def papers(*paths: Path) -> list[WordFile]:
    return [WordFile(path.name, path.read_bytes()) for path in paths]


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The PDF of the first letter."""
    need("soffice", "pdftoppm")
    return convert(LETTERS[:1], tmp_path_factory.mktemp("pdf"))[0]


# converting


def test_one_bad_file_takes_no_other_with_it(tmp_path: Path) -> None:
    need("soffice")
    whole = LETTERS[0].read_bytes()
    (tmp_path / "坏.docx").write_bytes(whole[:3000])
    (tmp_path / "文字.docx").write_text("不是 Word 文件", "utf-8")
    wanted = papers(LETTERS[0], tmp_path / "坏.docx", tmp_path / "文字.docx", LETTERS[1])
    done = convert_papers(wanted)
    assert list(done.pdfs) == [LETTERS[0].name, LETTERS[1].name]
    assert sorted(each.place.file for each in done.faults) == ["坏.docx", "文字.docx"]


def test_the_same_file_gives_the_same_bytes_at_another_time(letter: Path, tmp_path: Path) -> None:
    (again,) = convert(LETTERS[:1], tmp_path)
    assert again.read_bytes() == letter.read_bytes()
    assert b"CreationDate" not in letter.read_bytes()


def test_the_pages_are_drawn(letter: Path, tmp_path: Path) -> None:
    drawn = pages(letter, tmp_path / "页", dpi=30)
    assert [each.name for each in drawn] == [
        f"{letter.stem}-{number + 1}.png" for number in range(len(drawn))
    ]
    assert len(drawn) in (2, 3)
    assert all(each.read_bytes().startswith(b"\x89PNG") for each in drawn)


def test_the_pdf_holds_the_faces_that_were_told(tmp_path: Path) -> None:
    need("soffice", "pdffonts", "fc-list")
    done = convert_papers(papers(LETTERS[0]))
    (pdf,) = done.pdfs.values()
    (tmp_path / "a.pdf").write_bytes(pdf)
    listed = subprocess.run(["pdffonts", tmp_path / "a.pdf"], capture_output=True, text=True, check=True)
    used = {each.asked: each.used for each in done.substitutions}
    assert {"仿宋_GB2312", "方正小标宋简体"} <= used.keys()
    assert used["方正小标宋简体"].endswith("（加粗）")
    assert "SerifCJK" in listed.stdout and "Bold" in listed.stdout
    assert used["仿宋_GB2312"].replace(" ", "") in listed.stdout
    if os.environ.get("CI"):
        assert used["仿宋_GB2312"] == "FandolFang"


@pytest.mark.parametrize(
    ("script", "left"),
    [
        ("for f in files:\n    if f.stem == '0001': sys.exit(1)\n    make(f)", [1]),  # it falls over a file
        (
            "import time\nfor f in files:\n    if f.stem == '0001': time.sleep(60)\n    make(f)",  # hangs at one
            [1],
        ),
        ("sys.exit(0)", [0, 1, 2]),  # does nothing, and says that all is well
        ("for f in files: (out / f'{f.stem}.pdf').write_bytes(b'%PDF-1.6 half')", [0, 1, 2]),
    ],
    ids=["crash", "hang", "nothing", "half"],
)
def test_what_is_left_when_libreoffice_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, left: list[int]
) -> None:
    monkeypatch.setenv(office.OFFICE, fake_office(tmp_path, script))
    monkeypatch.setattr(office, "EACH", 0.2)
    monkeypatch.setattr(office, "START", 0.6)
    began = time.monotonic()
    done = convert_papers(papers(*LETTERS[:3]))
    assert time.monotonic() - began < 10
    assert [each.place.file for each in done.faults] == [LETTERS[number].name for number in left]
    assert {each.code for each in done.faults} == {"D711"}
    assert list(done.pdfs) == [each.name for number, each in enumerate(LETTERS[:3]) if number not in left]


def test_a_file_at_which_libreoffice_ended_once_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = (
        "ended = pathlib.Path(sys.argv[0]).with_name('ended')\n"
        "for f in files:\n"
        "    if f.stem == '0001' and not ended.exists():\n"
        "        ended.touch()\n"
        "        sys.exit(1)\n"
        "    make(f)"
    )
    monkeypatch.setenv(office.OFFICE, fake_office(tmp_path, script))
    done = convert_papers(papers(*LETTERS[:3]))
    assert (tmp_path / "ended").exists()
    assert len(done.pdfs) == 3 and not done.faults


def test_without_pdftoppm_the_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Problems, match="D714 没有找到 pdftoppm"):
        drawing.draw(b"%PDF-1.4", tmp_path / "页", "函")


def test_what_is_no_pdf_is_not_drawn(tmp_path: Path) -> None:
    need("pdftoppm")
    with pytest.raises(Problems, match=r"^函 错误 D715 画不出它的页面"):
        drawing.draw(b"%PDF-1.4", tmp_path / "页", "函")


def test_without_libreoffice_the_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(office.OFFICE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Problems, match="apt install libreoffice-writer") as refused:
        office.find_office(places=(str(tmp_path / "libreoffice*/program/soffice"),))
    assert "D710 没有找到 LibreOffice" in str(refused.value) and "Windows" in str(refused.value)
    program = tmp_path / "libreoffice7.4/program/soffice"
    program.parent.mkdir(parents=True)
    program.touch()
    assert office.find_office(places=(str(tmp_path / "libreoffice*/program/soffice"),)) == str(program)


# faces


def test_a_face_is_replaced_by_what_is_there() -> None:
    there = frozenset(map(str.casefold, ("FangSong", "FandolFang", "Noto Serif CJK SC", "黑体")))
    found = font_files.substitutes(
        ["仿宋_GB2312", "黑体", "方正小标宋简体", "某某体", "我组仿宋"], there, {"我组仿宋": "仿宋_GB2312"}
    )
    assert found.known == {
        "仿宋_GB2312": ("FangSong", "FandolFang", "Noto Serif CJK SC"),
        "方正小标宋简体": ("Noto Serif CJK SC",),
        "某某体": (),
        "我组仿宋": ("FangSong", "FandolFang", "Noto Serif CJK SC"),
    }
    assert found.bold == {"方正小标宋简体"}
    told = [str(each) for each in found.told(["某某体", "方正小标宋简体", "黑体"])]
    assert told == [
        "「方正小标宋简体」没有安装，用「Noto Serif CJK SC（加粗）」代替",
        "「某某体」没有安装，由 LibreOffice 自选一种",
    ]


def test_a_class_of_type_has_each_name_once() -> None:
    names = [name.casefold() for each in font_files.CLASSES for name in each.names]
    assert len(names) == len(set(names))


def own_docx(change: Callable[[docx.document.Document], object], path: Path) -> frozenset[str]:
    document = docx.Document()
    change(document)
    document.save(str(path))
    return named_fonts.faces(read_package(path, path.name))


def test_the_faces_are_those_that_text_is_set_in(tmp_path: Path) -> None:
    def change(document: docx.document.Document) -> None:
        fonts = document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts()
        for slot, face in (("eastAsia", "仿宋"), ("ascii", "Arial")):
            fonts.set(qn(f"w:{slot}"), face)
        for theme in [key for key in fonts.attrib if "Theme" in str(key)]:
            del fonts.attrib[theme]
        document.add_paragraph("只有汉字，")
        run = document.add_paragraph(style="Title").add_run("标题")
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "黑体")
        empty = document.add_paragraph().add_run("")
        empty._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "没有字的体")

    assert own_docx(change, tmp_path / "a.docx") == {"仿宋", "黑体"}
    latin = own_docx(lambda document: document.add_paragraph("abc"), tmp_path / "b.docx")
    assert latin == {"Cambria"}  # of the theme


# the stamp


def test_a_pdf_tells_what_it_was_made_from(letter: Path) -> None:
    key = converting.read(papers(LETTERS[0])).key(LETTERS[0].name)
    assert copy_stamp.source(letter.read_bytes()) == key


def test_other_words_or_other_fonts_make_another_key() -> None:
    first, second = (path.name for path in LETTERS[:2])
    batch = converting.read(papers(*LETTERS[:2]))
    assert batch.key(first) != batch.key(second)
    later = replace(batch, stand_ins=font_files.Substitutes({"仿宋_GB2312": ("仿宋",)}))
    assert later.key(first) != batch.key(first)


def test_a_pdf_that_was_changed_tells_nothing(letter: Path) -> None:
    data = letter.read_bytes()
    assert copy_stamp.source(data.replace(b"/Producer", b"/Producar")) is None
    assert copy_stamp.source(data + b"\n% signed") is None
    assert copy_stamp.source(b"%PDF-1.4\nof another\nstartxref\n0\n%%EOF") is None


# the commands


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in LibreOffice's place; each run leaves a line with the number of its files in what is returned."""
    told = tmp_path / "runs"
    told.touch()
    script = f"[make(f) for f in files]\nopen({str(told)!r}, 'a').write(f'{{len(files)}}\\n')"
    monkeypatch.setenv(office.OFFICE, fake_office(tmp_path, script))
    return told


def pdfs(run: Run) -> list[str]:
    return sorted(each.name for each in (run.root / "output/2021").rglob("*.pdf"))


def test_build_puts_pdfs_beside_the_papers_and_converts_only_what_changed(run: Run, fake: Path) -> None:
    code, said, _ = run("build", "整改函", "--pdf")
    assert code == 0
    assert f"PDF：新建 {ALL}" in said
    papers = sorted(each.stem for each in (run.root / "output/2021").rglob("*.docx"))
    assert [each.removesuffix(".pdf") for each in pdfs(run)] == papers
    code, said, _ = run("build", "整改函", "--pdf")
    assert (code, fake.read_text()) == (0, f"{ALL}\n")
    assert f"PDF：未变 {ALL}" in said


def test_problems_of_papers_and_of_pdfs_are_told_together(run: Run, fake: Path) -> None:
    """`--json --pdf`: neither list stands in the place of the other."""
    plain = json.loads(run("build", "双签字确认表", "--json", "--fresh")[1])["问题"]
    assert plain
    assert json.loads(run("build", "双签字确认表", "--json", "--pdf")[1])["问题"] == plain


def test_a_pdf_of_an_earlier_text_is_told_and_made_anew(unissued: Run, fake: Path) -> None:
    assert unissued("build", "整改函", "--pdf")[0] == 0
    unissued.edit("checklists/2021/整改函.yaml", "回复期限: 2021-12-20", "回复期限: 2021-12-21")
    code, said, _ = unissued("build", "整改函")
    assert code == 0
    assert said.count("已过时：output/2021/整改函/整改函-草稿-ZG4-执法支队党支部.pdf") == 1
    code, said, _ = unissued("build", "整改函", "--pdf")
    told = re.search(r"PDF：未变 (\d+)，更新 (\d+)", said)
    assert told is not None and 0 < int(told[2]) <= len(SHEAF)
    assert int(told[1]) + int(told[2]) == ALL
    assert fake.read_text() == f"{ALL}\n{told[2]}\n"
    assert "已过时" not in unissued("build", "整改函")[1]


def test_the_pdf_of_a_draft_goes_with_the_draft(unissued: Run, fake: Path) -> None:
    assert unissued("build", "整改函", "--pdf")[0] == 0
    mine = unissued.root / "output/2021/整改函/我的.pdf"
    mine.write_bytes(b"%PDF-1.4 of a person")
    assert unissued("issue", "整改函", "ZG1", "--date", "2021-04-20")[0] == 0
    code, said, _ = unissued("build", "整改函")
    assert code == 0
    assert "不再需要：output/2021/整改函/整改函-草稿-ZG1-灵川局党支部.pdf" in said
    assert not [each for each in pdfs(unissued) if "ZG1" in each]
    assert mine.exists()


def test_a_pdf_of_a_person_is_not_written_over(run: Run, fake: Path) -> None:
    assert run("build", "整改函", "--pdf")[0] == 0
    name = pdfs(run)[-1]
    (path,) = (run.root / "output/2021").rglob(name)
    signed = path.read_bytes() + b"\n% signed"
    path.write_bytes(signed)
    code, said, _ = run("build", "整改函", "--pdf")
    assert code == 1
    assert f"/{name} 不是本程序转出的" in said
    assert path.read_bytes() == signed
    assert run("build", "整改函", "--pdf", "--overwrite")[0] == 0
    assert path.read_bytes() != signed


def test_a_trial_run_writes_no_pdf(run: Run, fake: Path) -> None:
    code, said, _ = run("build", "整改函", "--pdf", "--dry-run")
    assert code == 3
    assert f"PDF：新建 {ALL}" in said
    assert run("build", "整改函")[0] == 0
    assert run("build", "整改函", "--dry-run")[0] == 0
    assert run("build", "整改函", "--pdf", "--dry-run")[0] == 3
    assert (pdfs(run), fake.read_text()) == ([], "")


def test_a_build_that_cannot_end_in_pdfs_does_not_begin(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(office.OFFICE, "/没有/soffice")
    code, _, said = run("build", "--pdf")
    assert code == 1
    assert "apt install libreoffice-writer" in said
    assert not (run.root / "output").exists()


def test_pdf_of_files_and_folders(run: Run, fake: Path, tmp_path: Path) -> None:
    folder = tmp_path / "来件"
    folder.mkdir()
    for path, name in zip(LETTERS, ("甲.docx", "乙.docx"), strict=False):
        (folder / name).write_bytes(path.read_bytes())
    (folder / "~$甲.docx").write_bytes(b"lock of Word")
    code, said, _ = run("pdf", str(folder), str(folder / "甲.docx"))
    assert code == 0
    assert [line.partition("：")[0] for line in said.splitlines()] == ["新建", "新建"]
    assert fake.read_text() == "2\n"
    (folder / "丙.docx").write_bytes(b"PK of nothing")
    code, said, complaint = run("pdf", str(folder))
    assert code == 1
    assert f"{folder / '丙.docx'} 错误 D502" in complaint
    with zipfile.ZipFile(LETTERS[0]) as whole, zipfile.ZipFile(folder / "丙.docx", "w") as broken:
        for name in whole.namelist():
            broken.writestr(name, b"<w:document" if name == "word/document.xml" else whole.read(name))
    assert f"{folder / '丙.docx'} word/document.xml 错误 D511" in run("pdf", str(folder))[2]
    assert said.count("未变") == 2
    code, said, _ = run("pdf", str(folder / "甲.docx"), "--out", str(tmp_path / "出"), "--json")
    assert code == 0
    assert [each["状态"] for each in json.loads(said)["PDF"]] == ["新建"]
    assert (tmp_path / "出/甲.pdf").exists()


def test_what_pdf_refuses(run: Run, fake: Path, tmp_path: Path) -> None:
    for name in ("一/同名.docx", "二/同名.docx"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_bytes(LETTERS[0].read_bytes())
    (tmp_path / "空").mkdir()
    refused = {
        (str(tmp_path / "一"), str(tmp_path / "二"), "--out", str(tmp_path)): "D704",
        (str(tmp_path / "空"),): "D717",
        (str(tmp_path / "没有.docx"),): "D713",
        (str(run.root / "templates/文种.yaml"),): "D718",
    }
    for words, expected in refused.items():
        code, _, said = run("pdf", *words)
        assert code == 1
        assert expected in said
    assert fake.read_text() == ""


def test_substitutions_are_told(run: Run) -> None:
    need("soffice", "fc-list")
    kept = run.root / "checklists/发文/2021"
    code, _, said = run("pdf", str(kept), "--out", str(run.root / "出"))
    assert code == 0
    assert "「方正小标宋简体」没有安装，用「" in said
    assert FAITHFUL in said
    assert {each.stem for each in (run.root / "出").glob("*.pdf")} == {
        each.stem for each in kept.glob("*.docx")
    }


def test_a_face_of_the_options_is_replaced_by_its_class(run: Run, fake: Path) -> None:
    need("fc-list")
    run.edit("checklists/机构.yaml", "选项:\n", "选项:\n  字体: {仿宋: 我组仿宋}\n")
    code, _, said = run("build", "双签字确认表", "--pdf")
    assert code == 0
    assert "「我组仿宋」没有安装，用「" in said
