"""Where things stand in a workspace, and how it is found."""

from __future__ import annotations

from pathlib import Path

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse

DATA = "checklists"
TEMPLATES = "templates"
OUTPUT = "output"
SCHEMA = "schema"  # JSON Schemas, for editors
KEPT = "发文"  # below DATA
REGISTER = f"{DATA}/发文登记.yaml"
LIBRARY = f"{DATA}/问题库.yaml"  # the findings that a workspace adds to the library; no data of a year
LOCK = f"{DATA}/.发文登记.lock"
CATALOGUE = f"{TEMPLATES}/文种.yaml"


def find(start: Path) -> Path:
    """The workspace at or above `start`: the folder with checklists/ and templates/.

    Raises Problems when there is none.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / DATA).is_dir() and (folder / TEMPLATES).is_dir():
            return folder
    raise refuse(
        Code.NOT_A_WORKSPACE,
        Place(str(start)),
        "这里不是工作目录：本级和上级都没有 checklists 和 templates 两个文件夹",
        "进入工作目录再运行，或用 -C 指明",
    )


def output_folder(root: Path, year: str, out: Path | None = None) -> tuple[Path, str]:
    """The folder of a year's papers, and what messages call it; `out` stands in place of the workspace's output/."""
    folder = (out or root / OUTPUT) / year
    return folder, f"{OUTPUT}/{year}" if out is None else folder.as_posix()


def kit() -> Path:
    """The folder with the product's own templates/, schema/ and sample: in the package, else the checkout's root."""
    package = Path(__file__).resolve().parent.parent
    packaged = package / "kit"
    return packaged if packaged.is_dir() else package.parent
