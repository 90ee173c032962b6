"""archive: a year packed so that it can be read and checked without the program; verify: what became of a package."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from conftest import Run
from programs import need

from liangqing.actions.archiving import hash_list
from liangqing.base.safe_files import write_durably, write_new_file
from liangqing.cli import main as cli

LETTER = "文件/30年-0004-市纪驻环整〔2021〕1号"
HEADS = ["件号", "责任者", "文号", "题名", "日期", "页数", "备注"]


def packed(run: Run, name: str = "包") -> Path:
    """A package of the sample year without PDFs."""
    place = run.root.parent / name
    code, out, err = run("archive", "2021", "--out", str(place), "--no-pdf")
    assert (code, err) == (0, ""), err
    assert f"已归档：{place}　16 件" in out
    return place


def files_of(place: Path) -> dict[str, bytes]:
    return {
        path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()
    }


def rows_of(place: Path) -> list[list[str]]:
    """The lines of the list in Word, without the heads."""
    tables = docx.Document(str(place / "归档文件目录.docx")).tables
    assert tables and all([cell.text for cell in table.rows[0].cells] == HEADS for table in tables)
    return [[cell.text for cell in row.cells] for table in tables for row in table.rows[1:]]


def sent_of(place: Path) -> list[list[str]]:
    """Those of what went out."""
    return [row for row in rows_of(place) if not row[6].startswith("收文")]


# ---------------------------------------------------------------- what is in it


def test_the_papers_are_those_that_were_kept_byte_for_byte_each_with_its_annexes(run: Run) -> None:
    place = packed(run)
    kept = {path.name: path.read_bytes() for path in (run.root / "checklists/发文/2021").glob("*.docx")}
    inside = {path.name: path.read_bytes() for path in (place / "文件").rglob("*.docx")}
    assert inside == kept and len(kept) == 21
    assert sorted(path.name for path in (place / LETTER).iterdir()) == [
        "市纪驻环整〔2021〕1号-附件1-问题清单.docx",
        "市纪驻环整〔2021〕1号-附件2-整改情况反馈表.docx",
        "市纪驻环整〔2021〕1号.docx",
    ]


def test_the_list_has_a_line_an_item_numbered_within_its_retention(run: Run) -> None:
    place = packed(run)
    rows = rows_of(place)
    assert [row[0] for row in rows] == [*map(str, range(1, 11)), *map(str, range(1, 7))]
    group = "桂林市纪委监委驻市生态环境局纪检监察组"
    assert rows[3] == [
        *("4", group, "市纪驻环整〔2021〕1号", "关于青狮潭水库周边排污口整治监督检查发现问题的整改函"),
        *("20210420", "", "附件2份"),
    ]
    book = openpyxl.load_workbook(place / "归档文件目录.xlsx")
    assert book.sheetnames == ["30年", "10年"]
    told = [["" if cell is None else str(cell) for cell in row] for sheet in book for row in sheet.values]
    assert [row for row in told if row != HEADS] == rows


def test_the_register_of_the_year_is_there_as_plain_text_and_as_a_page(run: Run) -> None:
    place = packed(run)
    text = (place / "发文登记.txt").read_text("utf-8")
    page = (place / "发文登记.html").read_text("utf-8")
    for number in (1, 2, 3, 4):
        assert f"文号：市纪驻环整〔2021〕{number}号\n" in text
        assert f"<td>市纪驻环整〔2021〕{number}号</td>" in page
    assert "<script" not in page and "http" not in page


def test_void_papers_are_in_it_with_their_mark(run: Run) -> None:
    assert run("void", "市纪驻环整〔2021〕4号", "--why", "发错单位")[0] == 0
    place = packed(run)
    assert (place / "文件/30年-0010-市纪驻环整〔2021〕4号（已作废）/市纪驻环整〔2021〕4号.docx").is_file()
    assert sent_of(place)[7][6] == "20211101作废：发错单位；附件2份"
    assert "备注：2021-11-01 作废 市纪驻环整〔2021〕4号：发错单位\n" in (place / "发文登记.txt").read_text()


def test_what_was_not_issued_is_named_and_not_in_it(run: Run) -> None:
    place = run.root.parent / "包"
    code, out, _ = run("archive", "2021", "--no-pdf", "--out", str(place))
    assert code == 0 and "没有印发，没有归入：督办函 DB1（" in out
    assert not [path for path in files_of(place) if "督办" in path]


def test_a_paper_without_a_number_is_archived_in_the_year_that_it_tells_of(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "today", lambda: date(2022, 1, 20))
    assert run("issue", "年度监督工作总结", "2021", "--date", "2022-01-15")[0] == 0
    code, out, _ = run("archive", "2021", "--no-pdf", "--out", str(run.root.parent / "包"))
    assert code == 0 and "17 件" in out
    (folder,) = (run.root.parent / "包/文件").glob("永久-*")
    assert folder.name == "永久-0001-年度监督工作总结-2021"
    (other,) = [row for row in sent_of(run.root.parent / "包") if row[2] == ""]
    assert other[3:5] == ["桂林市纪委监委驻市生态环境局纪检监察组2021年监督工作总结", "20220115"]


def test_the_retention_of_a_kind_stands_in_the_catalogue(run: Run) -> None:
    run.edit("templates/文种.yaml", "  文号: {代字: 整}\n", "  文号: {代字: 整}\n  保管期限: 永久\n")
    names = {path.name for path in (packed(run) / "文件").iterdir()}
    assert {"永久-0001-市纪驻环整〔2021〕1号", "30年-0004-市纪驻环通〔2021〕1号"} <= names


def test_what_came_in_is_in_the_list_by_who_sent_it_and_kept_as_long_as_what_it_answers(run: Run) -> None:
    place = packed(run)
    received = {row[6].split("；")[0]: row for row in rows_of(place) if row[6].startswith("收文")}
    assert set(received) == {
        f"收文{code}" for code in ("SW2021-001", "SW2021-002", "SW2021-003", "ZG1", "ZG2")
    }
    assert received["收文ZG1"][1:5] == [
        "桂林市灵川生态环境局党支部",
        "",
        "关于市纪驻环整〔2021〕1号整改情况的回复",
        "20210706",
    ]
    by_term = {sheet.title: sheet for sheet in openpyxl.load_workbook(place / "归档文件目录.xlsx")}
    titles = {term: [row[3] for row in sheet.values] for term, sheet in by_term.items()}
    assert "关于市纪驻环整〔2021〕2号整改情况的回复" in titles["30年"]
    assert "关于报送集中清查准备材料的报告" in titles["10年"]
    assert not [row for row in rows_of(place) if "反馈表" in row[3] or "自查情况表" in row[3]]


def test_the_scan_of_what_came_in_lies_in_the_package(run: Run) -> None:
    name = "灵川局党支部来文.pdf"
    data = b"%PDF-1.7 scan"
    write_durably(run.root / "checklists/2021/佐证" / name, data)
    kept = f"    文件: {name}\n    校验码: {hashlib.sha256(data).hexdigest()}\n"
    run.edit("checklists/2021/收文.yaml", "    办结日期: 2021-03-31\n", f"    办结日期: 2021-03-31\n{kept}")
    place = packed(run)
    (folder,) = (place / "文件").glob("10年-*-收文-SW2021-001")
    assert (folder / name).read_bytes() == data
    assert next(row for row in rows_of(place) if "SW2021-001" in row[6])[6] == "收文SW2021-001"
    (run.root / "checklists/2021/佐证" / name).write_bytes(b"other")
    code, _, err = run("archive", "2021", "--no-pdf", "--out", str(run.root.parent / "再"))
    assert code == 1 and name in err and not (run.root.parent / "再").exists()


@pytest.mark.office
def test_with_pdfs_each_paper_has_one_and_the_pages_are_counted(run: Run) -> None:
    need("soffice")
    place = run.root.parent / "包"
    assert run("archive", "2021", "--out", str(place))[0] == 0
    words = {path.with_suffix("").as_posix() for path in (place / "文件").rglob("*.docx")}
    assert words == {path.with_suffix("").as_posix() for path in (place / "文件").rglob("*.pdf")}
    pages = {row[2]: int(row[5]) for row in sent_of(place)}
    assert pages["市纪驻环整〔2021〕1号"] >= 3 and min(pages.values()) >= 1
    assert run("verify", str(place))[0] == 0


def test_without_libreoffice_it_says_so_and_how_to_do_without(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIANGQING_SOFFICE", str(run.root / "没有"))
    place = run.root.parent / "包"
    code, out, err = run("archive", "2021", "--out", str(place))
    assert (code, out) == (1, "") and "错误 D668" in err and "加 --no-pdf" in err
    assert not place.exists()


# ---------------------------------------------------------------- made whole, never over anything


def test_made_twice_it_has_the_same_bytes_as_a_folder_and_as_one_file(run: Run) -> None:
    first, second = packed(run, "甲"), packed(run, "乙")
    assert files_of(first) == files_of(second)
    one, other = packed(run, "甲.zip"), packed(run, "乙.zip")
    assert one.read_bytes() == other.read_bytes()
    with zipfile.ZipFile(one) as package:
        assert {name: package.read(name) for name in package.namelist()} == files_of(first)


@pytest.mark.parametrize("name", ["包", "包.zip"])
def test_an_earlier_package_is_never_written_over(run: Run, name: str) -> None:
    place = packed(run, name)
    before = files_of(place) if place.is_dir() else place.read_bytes()
    code, _, err = run("archive", "2021", "--no-pdf", "--out", str(place))
    assert code == 1 and "错误 D666 这里已经有了，归档过的不覆盖" in err
    assert (files_of(place) if place.is_dir() else place.read_bytes()) == before


def test_where_writing_fails_nothing_is_left(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    left = [3]

    def fails(path: Path, data: bytes) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "No space left on device", str(path))
        write_new_file(path, data)

    monkeypatch.setattr("liangqing.actions.archiving.keeping.write_new_file", fails)
    place = run.root.parent / "归档处/包"
    code, out, err = run("archive", "2021", "--no-pdf", "--out", str(place))
    assert (code, out) == (1, "") and "读写不了" in err
    assert list(place.parent.iterdir()) == []


def test_while_a_kept_paper_is_damaged_nothing_is_packed(run: Run) -> None:
    kept = run.root / "checklists/发文/2021/市纪驻环整〔2021〕1号.docx"
    shutil.copy(kept.with_name("市纪驻环整〔2021〕2号.docx"), kept)
    code, _, err = run("archive", "2021", "--no-pdf", "--out", str(run.root.parent / "包"))
    assert code == 1 and "市纪驻环整〔2021〕1号 的存档与发出时不同" in err
    assert not (run.root.parent / "包").exists()


def test_while_the_register_is_damaged_nothing_is_packed(run: Run) -> None:
    run.edit("checklists/发文登记.yaml", "对象: ZG1,", "对象: ZG2,")
    code, _, err = run("archive", "2021", "--no-pdf", "--out", str(run.root.parent / "包"))
    assert code == 1 and "这一行被改过" in err and not (run.root.parent / "包").exists()


def test_a_year_in_which_nothing_went_out_says_so(unissued: Run) -> None:
    code, _, err = unissued("archive", "2021", "--no-pdf")
    assert code == 1 and "错误 D665 2021年还没有印发过文书，没有可归档的" in err


# ---------------------------------------------------------------- checked, anywhere


def test_a_sound_package_is_told_as_sound_on_a_machine_without_the_workspace(run: Run) -> None:
    place, one = packed(run), packed(run, "包.zip")
    seal = hashlib.sha256((place / hash_list.FILE).read_bytes()).hexdigest()
    moved = run.root.parent / "另一台机器"
    shutil.move(place, moved)
    shutil.rmtree(run.root)
    code, out, err = run("verify", str(moved), str(one))
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        f"{moved}：完好，每个文件都与归档时相同（26 个未改动）",
        f"    清单的校验值：{seal}（应与归档时抄记的相同）",
        f"{one}：完好，每个文件都与归档时相同（26 个未改动）",
        f"    清单的校验值：{seal}（应与归档时抄记的相同）",
    ]


def test_what_was_changed_what_is_missing_and_what_was_added_is_named(run: Run) -> None:
    place = packed(run)
    letter = place / LETTER / "市纪驻环整〔2021〕1号.docx"
    data = bytearray(letter.read_bytes())
    data[100] ^= 1
    letter.write_bytes(data)
    (place / "发文登记.txt").unlink()
    (place / "文件/新加的.docx").write_bytes(b"")
    code, out, _ = run("verify", str(place), "--format", "json")
    (told,) = json.loads(out)["归档包"]
    assert (code, told["完好"], told["未改动"]) == (3, False, 24)
    assert (told["改动"], told["缺少"], told["多出"]) == (
        [f"{LETTER}/市纪驻环整〔2021〕1号.docx"],
        ["发文登记.txt"],
        ["文件/新加的.docx"],
    )
    _, out, _ = run("verify", str(place))
    assert "    改动了：" in out and "    缺少：发文登记.txt\n" in out and "    归档以后多出来的：" in out


def test_a_member_of_a_zip_that_was_changed_is_named(run: Run) -> None:
    one = packed(run, "包.zip")
    changed = io.BytesIO()
    with zipfile.ZipFile(one) as package, zipfile.ZipFile(changed, "w") as copy:
        for name in package.namelist():
            copy.writestr(name, package.read(name) + (b" " if name == "说明.txt" else b""))
    one.write_bytes(changed.getvalue())
    code, out, _ = run("verify", str(one))
    assert code == 3 and "    改动了：说明.txt\n" in out
    one.write_bytes(changed.getvalue()[:2000])
    code, _, err = run("verify", str(one))
    assert code == 1 and "错误 D667 这个 .zip 打不开，坏了" in err


@pytest.mark.parametrize("spoiled", ["", "乱写\n", "# 两清两跟归档包 1\n# …\n不是校验值  说明.txt\n"])
def test_a_list_that_is_gone_or_spoiled_is_no_list(run: Run, spoiled: str) -> None:
    place = packed(run)
    (place / hash_list.FILE).write_text(spoiled, "utf-8")
    code, _, err = run("verify", str(place))
    assert code == 1 and "错误 D667 清单.txt 不是归档包的清单，或被改坏了" in err
    (place / hash_list.FILE).unlink()
    code, _, err = run("verify", str(place))
    assert code == 1 and "错误 D667 里面没有 清单.txt" in err


def test_packages_and_other_files_are_checked_apart(run: Run) -> None:
    kept = run.root / "checklists/发文/2021/市纪驻环整〔2021〕1号.docx"
    code, _, err = run("verify", str(packed(run)), str(kept))
    assert code == 2 and "归档包和别的文件分开核对" in err


@pytest.mark.process
def test_the_tools_of_the_system_check_it_as_the_guide_says(run: Run) -> None:
    need("sha256sum")
    place = packed(run)
    guide = (place / "说明.txt").read_text("utf-8")
    command = ["sha256sum", "-c", "清单.txt"]
    assert " ".join(command) in guide
    ran = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    assert ran.returncode == 0 and len(ran.stdout.splitlines()) == 26
    (place / "说明.txt").write_text(guide + "改", "utf-8")
    assert subprocess.run(command, cwd=place, capture_output=True, check=False).returncode == 1


def test_a_file_that_is_only_missing_or_only_added_is_enough(run: Run) -> None:
    place = packed(run)
    (place / "新加的.txt").write_text("", "utf-8")
    assert run("verify", str(place))[0] == 3
    (place / "新加的.txt").unlink()
    assert run("verify", str(place))[0] == 0
    (place / "说明.txt").unlink()
    assert run("verify", str(place))[0] == 3
