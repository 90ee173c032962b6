"""Where things stand in a workspace, and how it is found."""

from __future__ import annotations

import os
from pathlib import Path

from liangqing.base.chinese import nearest
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse

DATA = "checklists"
TEMPLATES = "templates"
OUTPUT = "output"
BACKUPS = "备份"  # of what was written over, a folder a day
PREVIEW = f"{OUTPUT}/预览"  # papers that are only looked at
SCHEMA = "schema"  # JSON Schemas, for editors
KEPT = "发文"  # below DATA
REGISTER = f"{DATA}/发文登记.yaml"
CARD = f"{DATA}/工作目录.json"  # the format of the data, and by which code witnesses know the workspace
LIBRARY = f"{DATA}/问题库.yaml"  # the findings that a workspace adds to the library; no data of a year
UNTOLD = f"{DATA}/{KEPT}/.未告知.json"  # what went out and nobody was told of yet
LOCK = f"{DATA}/.发文登记.lock"
CATALOGUE = f"{TEMPLATES}/文种.yaml"


def find(start: Path) -> Path:
    """The workspace at or above `start`: the folder with checklists/ and templates/.

    Raises Problems when there is none.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if is_workspace(folder):
            return folder
    raise refuse(
        Code.NOT_A_WORKSPACE,
        Place(str(start)),
        "这里不是工作目录：本级和上级都没有 checklists 和 templates 两个文件夹",
        "进入工作目录再运行，或用 -C 指明",
    )


def named(folder: Path) -> Path:
    """The workspace that a person named: this very folder, nothing above it.

    Raises Problems when there is no such folder, with those beside it that are most like it; and when it is no
    workspace, with those above and within that are.
    """
    if not folder.is_dir():
        beside = _nearest_above(folder)
        message = "这是一个文件，不是文件夹" if folder.exists() else "没有这个文件夹"
        raise refuse(Code.NO_SUCH_FOLDER, Place(str(folder)), message, _alike(folder, beside))
    folder = folder.resolve()
    if is_workspace(folder):
        return folder
    near = [above for above in folder.parents if is_workspace(above)][:1] or _workspaces_in(folder)
    advice = f"是否“{'”“'.join(str(found) for found in near[:3])}”？" if near else _HOW
    message = "这个文件夹不是工作目录：里面没有 checklists 和 templates 两个文件夹"
    raise refuse(Code.NAMED_NO_WORKSPACE, Place(str(folder)), message, advice)


def is_workspace(folder: Path) -> bool:
    """Whether both folders that make a workspace are in this one."""
    return (folder / DATA).is_dir() and (folder / TEMPLATES).is_dir()


_HOW = "-C 后面写有 checklists 和 templates 的那个文件夹；还没有建的先 init"


def _nearest_above(folder: Path) -> Path:
    """The last folder on the way to `folder` that is there."""
    return next(above for above in folder.absolute().parents if above.is_dir())


def _alike(folder: Path, beside: Path) -> str:
    """The folders that a mistyped one may have been, as a person would type them."""
    missing = folder.absolute().relative_to(beside).parts[0]
    there = [found for found in _folders_in(beside) if is_workspace(found)] or list(_folders_in(beside))
    name = nearest(missing, [found.name for found in there])
    if name:
        written = beside / name
        return f"是否“{written if folder.is_absolute() else os.path.relpath(written)}”？"
    return _HOW


def _workspaces_in(folder: Path) -> list[Path]:
    return [found for found in _folders_in(folder) if is_workspace(found)]


def _folders_in(folder: Path) -> list[Path]:
    """The folders in a folder by name; none where it may not be read."""
    if not os.access(folder, os.R_OK | os.X_OK):
        return []
    return sorted(found for found in folder.iterdir() if found.is_dir() and not found.name.startswith("."))


def latest_year(root: Path) -> int | None:
    """The year that is meant where nobody names one: that of the last folder of data; None where there is none."""
    years = (path.name for path in (root / DATA).glob("[0-9][0-9][0-9][0-9]") if path.is_dir())
    return max(map(int, years), default=None)


def output_folder(root: Path, year: str, out: Path | None = None) -> tuple[Path, str]:
    """The folder of a year's papers, and what messages call it; `out` stands in place of the workspace's output/."""
    folder = (out or root / OUTPUT) / year
    return folder, f"{OUTPUT}/{year}" if out is None else folder.as_posix()


def user_state() -> Path:
    """Where the program keeps what belongs to the person and to no workspace: which were open, which desk runs."""
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "liangqing"
    return Path(os.environ.get("XDG_STATE_HOME", str(Path.home() / ".local/state"))) / "liangqing"


def kit() -> Path:
    """The folder with the product's own templates/, schema/ and sample: in the package, else the checkout's root."""
    package = Path(__file__).resolve().parent.parent
    packaged = package / "kit"
    return packaged if packaged.is_dir() else package.parent
