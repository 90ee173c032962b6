"""Names and places that a file must not have: told before anything is written, and nothing is written elsewhere."""

from __future__ import annotations

import os
import shutil
import socket
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from conftest import Run
from sample import ROOT
from small import write_small

from liangqing.base.file_names import LONGEST, as_on_disk, fault_of, made_fit
from liangqing.base.output_files import MANIFEST, STAGING
from liangqing.cli import main as cli

pytestmark = pytest.mark.campaign("路径")

CATALOGUE, FINDINGS, GROUP = "templates/文种.yaml", "checklists/2021/问题.yaml", "checklists/机构.yaml"
KIND, FILE_NAME = "单位责任清单:\n", '文件名: "单位责任清单-{{ 年度 }}年-{{ 单位.简称 }}"'
CODE = "é提示函"
IN_ITS_PARTS = unicodedata.normalize("NFD", CODE)


@pytest.fixture
def small(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """The small year with the templates of the product."""
    monkeypatch.setattr(cli, "today", lambda: date(2021, 11, 1))
    write_small(tmp_path / "工作")
    shutil.copytree(ROOT / "templates", tmp_path / "工作/templates", dirs_exist_ok=True)
    return Run(tmp_path / "工作", capsys)


def everything(folder: Path) -> dict[str, bytes]:
    """All files below a folder but those of output and locks, links not followed."""
    found = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    names = {path.relative_to(folder).as_posix(): path for path in found}
    return {
        name: path.read_bytes()
        for name, path in names.items()
        if "/output/" not in f"/{name}" and not name.endswith(".lock")
    }


# ---------------------------------------------------------------- names

NAMES = {
    "": "是空的",
    "  ": "是空的",
    ".": "以点开头",
    "..": "以点开头",
    ".密": "以点开头",
    "甲/乙": "含有不能用的符号 /",
    "甲\\乙": "含有不能用的符号 \\",
    "甲:乙": "含有不能用的符号 :",
    '甲<乙>"|?*': '含有不能用的符号 < > " | ? *',
    "甲\n乙": "含有不能用的符号 换行等看不见的字符",
    "甲\x07": "含有不能用的符号 换行等看不见的字符",
    "甲\ud800": "含有不能用的符号 换行等看不见的字符",
    "甲.": "最后是点、空格",
    "甲 ": "最后是点、空格",
    " 甲": "头上有空格",
    "CON": "是 Windows 留给设备用的名字",
    "nul.docx": "是 Windows 留给设备用的名字",
    "AUX .docx": "是 Windows 留给设备用的名字",
    "Com1": "是 Windows 留给设备用的名字",
    "LPT².x": "是 Windows 留给设备用的名字",
    "函" * 67: "太长，最多约 66 个汉字",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_not_every_system_can_have_is_known_with_its_fault(name: str) -> None:
    fault = fault_of(name)
    assert fault is not None and NAMES[name] in fault


@pytest.mark.parametrize("name", ["甲", "整改函-ZG1（副本）.docx", "CONTRACT", "com10", "a.b", "函" * 66])
def test_a_plain_name_has_no_fault(name: str) -> None:
    assert fault_of(name) is None


@pytest.mark.parametrize("name", NAMES)
def test_a_name_made_fit_has_no_fault_and_is_made_the_same_twice(name: str) -> None:
    made = made_fit(name, ".docx")
    assert fault_of(made) is None and made_fit(made.removesuffix(".docx"), ".docx") == made
    assert len(made.encode()) <= LONGEST


KINDS = {
    "..": "D885 文种名「..」以点开头",
    ".": "D885 文种名「.」以点开头",
    "nul": "D885 文种名「nul」是 Windows 留给设备用的名字",
    "甲?": "D885 文种名「甲?」含有不能用的符号 ?",
    "甲.": "D885 文种名「甲.」头上有空格，或最后是点",
    "甲/乙": "D574 文种名「甲/乙」里不能有斜杠",
    "单" * 70: "太长，最多约 66 个汉字",
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_whose_name_is_no_folder_is_refused_and_nothing_is_written(small: Run, kind: str) -> None:
    small.edit(CATALOGUE, KIND, f'"{kind}":\n')
    before = everything(small.root.parent)
    code, _, err = small("build", "单位责任清单")
    assert code == 1 and KINDS[kind] in err
    assert everything(small.root.parent) == before and not list((small.root / "output").glob("*/[!.]*"))


FILE_NAMES = {
    "NUL": "D586 文件名「NUL」是 Windows 留给设备用的名字",
    "..": "D586 文件名「..」以点开头",
    "甲|{{ 单位.简称 }}": "含有不能用的符号 |",
    "{{ 单位.名称 }}" * 9: "太长，最多约 66 个汉字",
}


@pytest.mark.parametrize("name", FILE_NAMES)
def test_a_file_name_that_not_every_system_can_have_is_refused(small: Run, name: str) -> None:
    small.edit(CATALOGUE, FILE_NAME, f'文件名: "{name}"')
    code, _, err = small("build", "单位责任清单")
    assert code == 1 and FILE_NAMES[name] in err
    assert not list((small.root / "output").rglob("*.docx"))


@pytest.mark.parametrize("name", ["CON", "局:党组", "局党组" * 30])
def test_the_name_of_a_unit_that_is_no_file_name_is_told_at_the_kind(small: Run, name: str) -> None:
    small.edit("checklists/2021/单位.yaml", "简称: 局党组", f'简称: "{name}"')
    small.edit(CATALOGUE, FILE_NAME, '文件名: "{{ 单位.简称 }}"')
    code, _, err = small("build", "单位责任清单")
    assert code == 1 and "D586" in err and "改所用的名称" in err


@pytest.mark.parametrize("file", ["..docx", "NUL.docx", "甲?.docx", "函" * 70 + ".docx"])
def test_a_template_with_a_name_that_not_every_system_can_have_is_refused(small: Run, file: str) -> None:
    small.edit(CATALOGUE, "模板: 单位责任清单.docx", f"模板: {file}")
    code, _, err = small("build", "单位责任清单")
    assert code == 1 and "改一个普通的名字" in err


# ---------------------------------------------------------------- names as a Mac writes them


def renamed(run: Run, name: str) -> Path:
    """The template of 单位责任清单 under another name on the disk; the catalogue asks for CODE."""
    run.edit(CATALOGUE, "模板: 单位责任清单.docx", f"模板: {CODE}.docx")
    path = run.root / "templates" / f"{name}.docx"
    (run.root / "templates/单位责任清单.docx").rename(path)
    return path


def test_a_template_whose_name_a_mac_wrote_is_found(small: Run) -> None:
    assert IN_ITS_PARTS != CODE
    path = renamed(small, IN_ITS_PARTS)
    assert as_on_disk(path.with_name(f"{CODE}.docx")) == path
    assert small("build", "单位责任清单")[0] == 0
    assert small("template", "check", CODE)[0] == 0


DOUBLES = {
    f"templates/{IN_ITS_PARTS}.docx": (f"templates/{CODE}.docx", "看起来一样，只是存法不同"),
    "templates/整改函.DOCX": ("templates/整改函.docx", "只差大小写"),
    "checklists/2021/佐证/a.PDF": ("checklists/2021/佐证/A.pdf", "只差大小写"),
}


@pytest.mark.parametrize("name", DOUBLES)
def test_two_files_that_some_disks_take_for_one_are_told(small: Run, name: str) -> None:
    other, how = DOUBLES[name]
    for each in (name, other):
        (small.root / each).parent.mkdir(exist_ok=True)
        (small.root / each).touch()
    code, _, err = small("check")
    assert code == 0 and "警告 D887 这个文件和 " in err and how in err and other in err


# ---------------------------------------------------------------- links


def test_a_template_that_is_a_link_to_the_outside_is_refused(small: Run) -> None:
    template = small.root / "templates/单位责任清单.docx"
    template.rename(small.root.parent / "外面.docx")
    template.symlink_to(small.root.parent / "外面.docx")
    for words in (("build", "单位责任清单"), ("template", "check", "单位责任清单")):
        code, _, err = small(*words)
        assert code == 1 and "templates/单位责任清单.docx 错误 D014 这个文件其实在工作目录以外" in err


def test_a_catalogue_that_is_a_link_to_the_outside_is_refused(small: Run) -> None:
    (small.root / CATALOGUE).rename(small.root.parent / "文种.yaml")
    (small.root / CATALOGUE).symlink_to(small.root.parent / "文种.yaml")
    code, _, err = small("build")
    assert code == 1 and f"{CATALOGUE} 错误 D014" in err


def into_data(run: Run, link: str) -> None:
    """A link in output that leads to the year's data."""
    path = run.root / link
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(run.root / "checklists/2021")


LINKS = {
    "output": "D886 文书会写进 checklists，那里是自己的数据，不写",
    "output/2021": "D88",
    "output/2021/单位责任清单": "D880 这是一个链接，指向别的地方，不往里写",
    f"output/2021/{STAGING}": "D880 这是一个链接",
}


@pytest.mark.parametrize("link", LINKS)
def test_a_link_in_output_that_leads_into_the_data_is_refused(small: Run, link: str) -> None:
    into_data(small, link)
    before = everything(small.root.parent)
    code, _, err = small("build", "单位责任清单")
    assert code == 1 and LINKS[link] in err
    assert everything(small.root.parent) == before


@pytest.mark.parametrize("out", ["checklists", "checklists/2021", "templates", "备份/a"])
def test_papers_do_not_go_where_the_data_are(small: Run, out: str) -> None:
    before = everything(small.root.parent)
    code, _, err = small("build", "单位责任清单", "--out", str(small.root / out))
    assert code == 1 and "D886" in err
    assert everything(small.root.parent) == before


ISSUE = ("issue", "整改函", "ZG1", "--date", "2021-05-06", "--signer", "张某某")
TEMPORARY = {
    f"output/2021/.{MANIFEST.lstrip('.')}.tmp": ("build", "单位责任清单"),
    "output/2021/.manifest.next.json": ("build", "单位责任清单"),
    f"output/2021/.{MANIFEST}.tmp": ("build", "单位责任清单"),
    "output/2021/.inputs.json.tmp": ("build", "单位责任清单"),
    "output/2021/.report.json.tmp": ("build", "单位责任清单"),
    "output/2021/单位责任清单/单位责任清单-2021年-局党组.docx": ("build", "单位责任清单", "--overwrite"),
    "output/.临时": ("build", "单位责任清单", "--dry-run"),
    "checklists/发文/.登记末行.json.tmp": ISSUE,
    "checklists/发文/.未告知.json": ISSUE,
    "checklists/发文登记.yaml": ISSUE,
    "checklists/.发文登记.lock": ("status",),
    "output/2021/.lock": ("build", "单位责任清单"),
}  # fmt: skip


@pytest.mark.parametrize("link", TEMPORARY)
def test_no_data_are_written_over_through_the_name_of_a_file_of_the_program(small: Run, link: str) -> None:
    path = small.root / link
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(small.root / (GROUP if "." in path.name[1:] else "checklists/2021"))
    kept = {name: data for name, data in everything(small.root).items() if name.startswith("checklists/2021")}
    group = (small.root / GROUP).read_bytes()
    small(*TEMPORARY[link])
    assert (small.root / GROUP).read_bytes() == group
    now = everything(small.root)
    assert {name: now.get(name) for name in kept} == kept
    assert {name for name in now if name.startswith("checklists/2021")} == {*kept}


TAKE = ("library", "--take", "K01", "--inspection", "JZ1", "--unit", "U2")
WRITTEN = {
    FINDINGS: TAKE,
    "checklists/改动记录.jsonl": TAKE,
    "备份": TAKE,
    ".待写入": TAKE,
    "checklists/2022": ("new-year", "2022"),
    "checklists/发文": ISSUE,
    "checklists/发文/2021": ISSUE,
    "checklists/2021/文书-拟办-2021-11-01.yaml": ("propose", "--yes"),
}


@pytest.mark.parametrize("link", WRITTEN)
def test_nothing_is_written_through_a_link_in_the_data(small: Run, link: str) -> None:
    path, outside = small.root / link, small.root.parent / "外面"
    outside.mkdir()
    path.parent.mkdir(exist_ok=True)
    (outside / "甲").write_bytes(path.read_bytes() if path.exists() else b"")
    path.unlink(missing_ok=True)
    path.symlink_to(outside / "甲" if path.suffix else outside)
    before = everything(small.root.parent)
    code, _, err = small(*WRITTEN[link])
    after = everything(small.root.parent)
    made = {name for name in after if before.get(name) != after[name]}
    assert {name for name in made if name.startswith("外面")} == set()
    assert code == 1 or link.endswith("拟办-2021-11-01.yaml"), err
    assert code == 0 or made == set()


def test_what_a_killed_issue_staged_is_not_looked_for_through_a_link(small: Run) -> None:
    """Neither put in place where its line stands, nor removed where it does not."""
    assert small(*ISSUE)[0] == 0
    year, outside = small.root / "checklists/发文/2021", small.root.parent / "外面"
    shutil.move(year, outside)
    year.symlink_to(outside)
    for serial in (1, 2):
        (outside / f".待落盘-{serial}").mkdir()
        (outside / f".待落盘-{serial}/甲.docx").write_bytes(b"staged")
    before = everything(outside)
    for words in (("status",), ("issue", "整改函", "ZG1", "--date", "2021-05-06")):
        small(*words)
        assert everything(outside) == before


def test_a_forged_manifest_deletes_nothing_beside_output(small: Run) -> None:
    assert small("build", "单位责任清单")[0] == 0
    manifest = small.root / "output/2021" / MANIFEST
    text = manifest.read_text("utf-8")
    before = everything(small.root)
    for path in ("../../checklists/机构.yaml", "/etc/passwd", "单位责任清单/../../../checklists/机构.yaml"):
        manifest.write_text(text.replace('"files": {', f'"files": {{"{path}": ["a"],'), "utf-8")
        code, _, err = small("build", "单位责任清单")
        assert code == 1 and "生成记录读不出来" in err
    assert everything(small.root) == before


def test_what_is_deleted_is_not_deleted_through_a_link(small: Run) -> None:
    assert small("build", "单位责任清单")[0] == 0
    folder = small.root / "output/2021/单位责任清单"
    shutil.move(folder, small.root.parent / "收好的")
    folder.symlink_to(small.root.parent / "收好的")
    before = everything(small.root.parent)
    small.edit("checklists/2021/单位.yaml", "简称: 局党组", "简称: 局的党组")
    code, _, err = small("build", "单位责任清单")
    assert code == 1 and "D880" in err
    assert everything(small.root.parent / "收好的") == {
        name.removeprefix("收好的/"): data for name, data in before.items() if name.startswith("收好的/")
    }


# ---------------------------------------------------------------- what is no file


def folder_at(path: Path) -> None:
    path.mkdir(parents=True)


def pipe_at(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)


def socket_at(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket may not be long
    try:
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(path.name)
    finally:
        os.chdir(here)


NO_FILES = {"a folder": folder_at, "a pipe": pipe_at, "a socket": socket_at}
PLACES = {
    "checklists/发文/2021/甲.docx": (("check",), 0, ""),
    "output/2021/单位责任清单/单位责任清单-2021年-局党组.docx": (
        ("build", "单位责任清单"),
        1,
        "D884 这里应是一个文件，现在是文件夹、管道或设备",
    ),
    "checklists/改动记录.jsonl": (TAKE, 1, "改动记录.jsonl 错误 D"),
    "templates/新函.docx": (("template", "new", "新函", "--format", "信函"), 1, "已经有这个模板"),
}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have names on Unix alone")
@pytest.mark.parametrize("kind", NO_FILES)
@pytest.mark.parametrize("place", PLACES)
def test_what_only_looks_like_a_file_is_told_and_nothing_hangs(small: Run, place: str, kind: str) -> None:
    make: Callable[[Path], None] = NO_FILES[kind]
    words, expected, says = PLACES[place]
    make(small.root / place)
    code, _, err = small(*words)
    assert code == expected and says in err, err
    assert "Traceback" not in err


def test_a_very_deep_workspace_is_worked_in_or_told(small: Run) -> None:
    deep = small.root.parent / "/".join(["很深的一级文件夹"] * 60)
    deep.parent.mkdir(parents=True)
    small.root.rename(deep)
    run = small.in_folder(deep)
    assert run("new-year", "2022")[0] == 0
    assert run("build", "单位责任清单", "--year", "2021")[0] == 0
