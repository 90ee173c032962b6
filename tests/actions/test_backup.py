"""`backup`, `restore` and `upgrade`: what is packed, what is proved before it is put back, and data of the first release."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from conftest import Run

from liangqing.actions.backing_up import LIST, packed
from liangqing.actions.restoring import prove
from liangqing.base.diagnostics import Problems
from liangqing.base.file_changes import STAGE
from liangqing.base.folders import CARD
from liangqing.register import witness
from liangqing.register.identity import FORMAT, card_of, format_of

NEXT = ("issue", "督办函", "DB1", "--date", "2021-10-31", "--signer", "张某某")
NUMBER = "市纪驻环督〔2021〕1号"


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def kept(root: Path) -> dict[str, bytes]:
    """What people keep in a workspace, but for locks."""
    files = (path for name in ("checklists", "templates") for path in (root / name).rglob("*"))
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in files
        if path.is_file() and path.suffix != ".lock"
    }


def backed_up(run: Run) -> Path:
    code, out, err = run("backup")
    assert code == 0, out + err
    place = run.root.parent / "工作-备份/工作-2021-11-01.zip"
    assert out.startswith(f"已备份：{place}　")
    return place


def test_a_backup_holds_all_that_is_kept_and_nothing_else(run: Run) -> None:
    assert run("build", "整改函")[0] == 0
    before = kept(run.root)
    place = backed_up(run)
    with zipfile.ZipFile(place) as package:
        names = set(package.namelist())
        assert names == {*before, LIST}
        listed = json.loads(package.read(LIST))
    assert listed["文件"] == {name: hashlib.sha256(data).hexdigest() for name, data in before.items()}
    assert listed["登记"]["条数"] == 11


def test_the_same_workspace_on_the_same_day_gives_the_same_bytes(run: Run) -> None:
    first = backed_up(run)
    assert run("备份", "--out", str(run.root.parent / "又一份.zip"))[0] == 0
    assert (run.root.parent / "又一份.zip").read_bytes() == first.read_bytes()
    assert "错误 D846 这里已经有了，备份不覆盖" in run("backup", "--out", str(first))[2]


def test_a_backup_names_no_place(run: Run) -> None:
    with zipfile.ZipFile(backed_up(run)) as package:
        place = str(run.root.parent).encode()
        assert [name for name in package.namelist() if place in package.read(name)] == []


def test_what_was_backed_up_comes_back_into_a_new_folder(run: Run) -> None:
    before = kept(run.root)
    place = backed_up(run)
    shutil.rmtree(run.root)
    code, out, err = run.in_folder(run.root.parent)("restore", str(place), str(run.root))
    assert code == 0, err
    assert "登记 11 条，都核对过" in out
    assert kept(run.root) == before
    _, out, err = run("check")
    assert "错误" not in out + err


def test_what_was_backed_up_comes_back_over_a_spoilt_workspace(run: Run) -> None:
    before = kept(run.root)
    place = backed_up(run)
    (run.root / "checklists/2021/问题.yaml").unlink()
    (run.root / "checklists/2021/多出来.yaml").write_text("问题: []\n")
    assert run("restore", str(place), str(run.root))[0] == 0
    assert kept(run.root) == before
    assert [path.name for path in (run.root / "备份").iterdir()] == ["恢复前-2021-11-01.zip"]


def test_a_workspace_that_issued_since_is_not_put_back_without_a_word(run: Run) -> None:
    place = backed_up(run)
    assert run(*NEXT)[0] == 0
    after = kept(run.root)
    code, _, err = run("restore", str(place), str(run.root))
    assert code == 1
    assert f"错误 D848 这个工作目录在备份以后还发过：{NUMBER}（督办函 DB1），共 1 条" in err
    assert kept(run.root) == after
    code, out, _ = run("restore", str(place), str(run.root), "--older")
    assert code == 0
    assert "备份以后发过的 1 条还不在登记里" in out
    assert run("recover")[0] == 0
    _, out, err = run("check")
    assert "错误" not in out + err
    register = "checklists/发文登记.yaml"
    assert kept(run.root)[register] == after[register]


def remade(place: Path, change: Callable[[dict[str, bytes]], Mapping[str, bytes]]) -> Path:
    """A package with other files and the list that was."""
    with zipfile.ZipFile(place) as package:
        files = {name: package.read(name) for name in package.namelist()}
    other = place.with_name("改过.zip")
    with zipfile.ZipFile(other, "w") as package:
        for name, data in change(files).items():
            package.writestr(name, data)
    return other


def relisted(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same files under a list that agrees with them."""
    listed = json.loads(files[LIST])
    own = {name: data for name, data in files.items() if name != LIST}
    listed["文件"] = {name: hashlib.sha256(data).hexdigest() for name, data in own.items()}
    return {**own, LIST: json.dumps(listed).encode()}


REGISTER = "checklists/发文登记.yaml"
SPOILT: dict[str, Callable[[dict[str, bytes]], Mapping[str, bytes]]] = {
    "改了一个文件": lambda files: {**files, "checklists/机构.yaml": b""},
    "少了一个文件": lambda files: {name: files[name] for name in files if name != "checklists/机构.yaml"},
    "多了一个文件": lambda files: {**files, "checklists/多.yaml": b""},
    "没有清单": lambda files: {name: files[name] for name in files if name != LIST},
    "清单嵌套太深": lambda files: {**files, LIST: b"[" * 200_000},
    "文件跑到外面": lambda files: relisted({**files, "../外面.yaml": b""}),
    "绝对路径": lambda files: relisted({**files, "/tmp/外面.yaml": b""}),
    "反斜杠": lambda files: relisted({**files, "checklists\\..\\..\\外面.yaml": b""}),
    "别的文件夹": lambda files: relisted({**files, "output/外面.docx": b""}),
    "登记改过，清单也改了": lambda files: relisted(
        {**files, REGISTER: files[REGISTER].replace(b"2021-04-20", b"2021-04-21")}
    ),
    "登记少了一条，清单也改了": lambda files: relisted(
        {**files, REGISTER: b"".join(files[REGISTER].splitlines(keepends=True)[:-1])}
    ),
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_package_that_is_not_whole_writes_nothing(run: Run, how: str) -> None:
    other = remade(backed_up(run), SPOILT[how])
    before = kept(run.root)
    new = run.root.parent / "恢复"
    for folder in (run.root, new):
        code, out, err = run("restore", str(other), str(folder))
        assert (code, out) == (1, ""), how
        assert "错误 D85" in err
    assert kept(run.root) == before
    assert not new.exists()
    assert not list(run.root.parent.rglob("外面*"))


def test_what_unpacks_too_large_is_refused_before_it_is_unpacked(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "炸弹.zip"
    with zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(LIST, "{}")
        with package.open("checklists/大.yaml", "w") as member:
            for _ in range(100):
                member.write(bytes(1 << 20))
    with pytest.raises(Problems, match=r"D851 .*大得不像备份"):
        prove(other)


def test_what_is_no_package_is_told(run: Run) -> None:
    for name, data in (("a.zip", b""), ("b.zip", b"PK\3\4" * 9), ("c.zip", b"x" * 99)):
        (run.root.parent / name).write_bytes(data)
        assert "错误 D850" in run("restore", str(run.root.parent / name), str(run.root))[2]
    assert "错误 D849" in run("restore", str(run.root.parent / "没有.zip"), str(run.root))[2]


def test_a_folder_with_other_things_is_left_alone(run: Run) -> None:
    other = run.root.parent / "照片"
    other.mkdir()
    (other / "a.jpg").write_bytes(b"")
    assert "错误 D847" in run("restore", str(backed_up(run)), str(other))[2]
    assert [path.name for path in other.iterdir()] == ["a.jpg"]


def test_a_restore_that_was_cut_off_is_undone_by_the_next_command(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = backed_up(run)
    run.edit("checklists/机构.yaml", "选项:", "选项: # 改过")
    (run.root / "templates/新.txt").write_text("新")
    before = kept(run.root)
    moved: list[Path] = []
    real = Path.replace

    def cut(self: Path, target: Path) -> Path:
        if STAGE in self.parts and "新" in self.parts:
            moved.append(self)
            if len(moved) > 0:
                raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "replace", cut)
    assert run("restore", str(place), str(run.root))[0] == 130
    monkeypatch.undo()
    assert moved
    run("check")
    assert kept(run.root) == before
    assert not (run.root / STAGE).exists()


def test_damage_is_backed_up_and_told_as_not_to_be_restored(run: Run) -> None:
    next((run.root / "checklists/发文/2021").glob("*.docx")).unlink()
    code, out, err = run("backup")
    assert code == 1
    assert "错误 D603" in err
    assert "这一份恢复不了，改好再备份一次" in out
    with pytest.raises(Problems, match="D851"):
        prove(run.root.parent / "工作-备份/工作-2021-11-01.zip")


# ---------------------------------------------------------------- the reminder


def reminded(run: Run) -> str:
    code, out, err = run("status")
    assert code == 0, err
    return "".join(line for line in out.splitlines(keepends=True) if "备份" in line)


def test_status_reminds_of_a_backup_that_is_old_only_when_something_changed(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import date

    from liangqing.cli import main as cli

    assert reminded(run) == ""
    assert run("upgrade")[0] == 0
    shutil.rmtree(run.root / witness.FOLDER)
    assert reminded(run) == "另：还没有备份过：备份一份，拷到别的盘上（backup）\n"
    backed_up(run)
    assert reminded(run) == ""
    monkeypatch.setattr(cli, "today", lambda: date(2021, 12, 2))
    assert reminded(run) == ""
    run.edit("checklists/机构.yaml", "选项:", "选项: # 改过")
    assert reminded(run) == "另：上次备份是 2021-11-01，后来又改过：备份一份，拷到别的盘上（backup）\n"
    monkeypatch.setattr(cli, "today", lambda: date(2021, 12, 1))
    assert reminded(run) == ""


def test_after_how_many_days_is_an_option(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import date

    from liangqing.cli import main as cli

    assert run("upgrade")[0] == 0
    backed_up(run)
    run.edit("checklists/机构.yaml", "选项:", "选项:\n  备份提醒天数: 5")
    monkeypatch.setattr(cli, "today", lambda: date(2021, 11, 7))
    assert "上次备份是 2021-11-01" in reminded(run)


# ---------------------------------------------------------------- formats


@pytest.mark.parametrize("head", [1, FORMAT], ids=lambda number: f"register of {number}")
def test_an_old_workspace_is_upgraded_with_a_copy_and_its_lines_as_they_were(run: Run, head: int) -> None:
    lines = (run.root / REGISTER).read_text("utf-8").splitlines()[1:]
    if head == 1:
        run.edit(REGISTER, f"（格式 {FORMAT}）", "")
    assert format_of(run.root) == (1, head)
    code, out, _ = run("upgrade")
    assert code == 0
    assert "格式 1 的数据改成了现在的格式" in out
    assert format_of(run.root) == (FORMAT, FORMAT)
    assert (run.root / REGISTER).read_text("utf-8").splitlines()[1:] == lines
    assert prove(run.root / "备份/升级前-2021-11-01.zip").book.issued[0].serial == 1
    _, out, err = run("check")
    assert "错误" not in out + err
    own = card_of(run.root).code
    assert own != ""
    assert "不用升级" in run("升级")[1]
    assert card_of(run.root).code == own


@pytest.mark.parametrize("where", ["card", "register"])
@pytest.mark.parametrize(
    "words",
    [("check",), ("status",), ("build",), NEXT, ("void", NUMBER, "--why", "x"), ("upgrade",), ("recover",)],
    ids=lambda words: words[0],
)
def test_what_a_later_program_wrote_is_refused_untouched(
    run: Run, where: str, words: tuple[str, ...]
) -> None:
    if where == "card":
        (run.root / CARD).write_text('{"格式": 3, "编号": "0123456789abcdef"}')
    else:
        run.edit(REGISTER, f"（格式 {FORMAT}）", "（格式 3）")
    before = kept(run.root)
    code, out, err = run(*words)
    assert code == 1
    assert (
        "错误 D841 这份数据是较新的程序写的（格式 3），现在这个程序只认得到格式 2：什么也没有动" in out + err
    )
    assert "请转告管理员" in out + err
    assert kept(run.root) == before


@pytest.mark.parametrize("card", ["[" * 4000, '{"格式": 1e999}', '{"格式": -1}', '{"格式": true}', "\0", "3"])
def test_a_damaged_card_says_nothing(run: Run, card: str) -> None:
    (run.root / CARD).write_text(card)
    _, out, err = run("check")
    assert "错误" not in out + err


def test_packed_files_are_proved_by_their_list(tmp_path: Path) -> None:
    from datetime import date

    files = {"checklists/机构.yaml": b"a", "templates/t.docx": b"b"}
    place = tmp_path / "x.zip"
    place.write_bytes(packed(files, date(2021, 11, 1), "", ()))
    assert prove(place).files == files


# ---------------------------------------------------------------- the first release


@pytest.fixture
def first(run: Run) -> Run:
    """A workspace as the first release left it: tests/first_release, which is never changed."""
    root = run.root.parent / "首版"
    shutil.copytree(Path(__file__).resolve().parents[1] / "first_release", root)
    return run.in_folder(root)


def wrong_in(run: Run) -> list[str]:
    _, out, err = run("check")
    return [line for line in (out + err).splitlines() if " 错误 " in line]


def test_a_workspace_of_the_first_release_is_read_built_and_gone_on_with(first: Run) -> None:
    assert format_of(first.root) == (1, 1)
    assert wrong_in(first) == []
    before = kept(first.root)
    code, out, err = first("build")
    assert code == 0, out + err
    assert kept(first.root) == before
    assert first("void", "市纪驻环整〔2021〕1号", "--why", "发错单位")[0] == 0
    assert wrong_in(first) == []
    assert (first.root / REGISTER).read_bytes().startswith(before[REGISTER])


def test_a_workspace_of_the_first_release_is_upgraded_backed_up_and_restored(first: Run) -> None:
    lines = (first.root / REGISTER).read_text("utf-8").splitlines()[1:]
    assert first("upgrade")[0] == 0
    assert (first.root / REGISTER).read_text("utf-8").splitlines()[1:] == lines
    before = kept(first.root)
    assert first("backup", "--out", str(first.root.parent / "首版.zip"))[0] == 0
    shutil.rmtree(first.root)
    assert first("restore", str(first.root.parent / "首版.zip"), str(first.root))[0] == 0
    assert kept(first.root) == before
    assert wrong_in(first) == []
