"""Word files to PDF: one LibreOffice for many, the faces that stand in, the stamp; `pdf` and `build --pdf`."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from programs import need
from sample import ROOT

from liangqing.errors import Problems
from liangqing.ooxml import content_hash, read_package
from liangqing.press import convert, faces, named, office, pages, stamp
from liangqing.press.office import Paper, convert_papers

LETTERS = sorted((ROOT / "checklists/发文/2021").glob("*号.docx"))


def papers(*paths: Path) -> list[Paper]:
    return [Paper(path.name, path.read_bytes()) for path in paths]


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


def fake_office(folder: Path, script: str) -> str:
    """A program in LibreOffice's place; `script` sees the files in `files` and the folder in `out`."""
    path = folder / "soffice"
    words = "import sys, pathlib\nargs = sys.argv[1:]\nout = pathlib.Path(args[args.index('--outdir') + 1])\n"
    words += "files = [pathlib.Path(a) for a in args if a.endswith('.docx')]\nout.mkdir(exist_ok=True)\n"
    words += "make = lambda f: (out / f'{f.stem}.pdf').write_bytes(b'%PDF-1.6\\nstartxref\\n0\\n%%EOF')\n"
    path.write_text(f"#!{sys.executable}\n{words}{script}\n", "utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.mark.skipif(os.name == "nt", reason="a script in place of the program")
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
    began = time.monotonic()
    done = convert_papers(papers(*LETTERS[:3]), start=0.6)
    assert time.monotonic() - began < 10
    assert [each.place.file for each in done.faults] == [LETTERS[number].name for number in left]
    assert {each.code for each in done.faults} == {"D711"}
    assert list(done.pdfs) == [each.name for number, each in enumerate(LETTERS[:3]) if number not in left]


def test_without_libreoffice_the_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(office.OFFICE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Problems, match="apt install libreoffice-writer") as refused:
        office.find_office(places=(str(tmp_path / "libreoffice*/program/soffice"),))
    assert "Windows" in str(refused.value)
    program = tmp_path / "libreoffice7.4/program/soffice"
    program.parent.mkdir(parents=True)
    program.touch()
    assert office.find_office(places=(str(tmp_path / "libreoffice*/program/soffice"),)) == str(program)


# faces


def test_a_face_is_replaced_by_what_is_there() -> None:
    there = frozenset(map(str.casefold, ("FangSong", "FandolFang", "Noto Serif CJK SC", "黑体")))
    found = faces.substitutes(
        ["仿宋_GB2312", "黑体", "方正小标宋简体", "某某体", "我组仿宋"], there, {"我组仿宋": "仿宋"}
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
    names = [name.casefold() for each in faces.CLASSES for name in each.names]
    assert len(names) == len(set(names))


def own_docx(change: Callable[[docx.document.Document], object], path: Path) -> frozenset[str]:
    document = docx.Document()
    change(document)
    document.save(str(path))
    return named.faces(read_package(path, path.name))


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
    data = letter.read_bytes()
    assert stamp.source(data) == content_hash(LETTERS[0].read_bytes())


def test_a_pdf_that_was_changed_tells_nothing(letter: Path) -> None:
    data = letter.read_bytes()
    assert stamp.source(data.replace(b"/Producer", b"/Producar")) is None
    assert stamp.source(data + b"\n% signed") is None
    assert stamp.source(b"%PDF-1.4\nof another\nstartxref\n0\n%%EOF") is None
