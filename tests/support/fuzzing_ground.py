"""The ground of the fuzzer: a small workspace with a paper out, forms, workbooks and a package that came in."""

from __future__ import annotations

import contextlib
import io
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml
from filling import filled, self_check
from old_lists import ordinary
from small import write_small

from liangqing.cli import main as cli

DAY = date(2021, 6, 1)
ROOT = Path(__file__).resolve().parents[2]
KINDS = ("整改函", "问题清单", "整改情况反馈表", "自查情况表", "台账", "归档文件目录")
WORDS = "build\n整改函\n--dry-run\ncheck\n--as-of\n2021-05-01\nissue\nZG1\n--date\nstatus\nfind\n排污\n收到\n"


@dataclass
class Ground:
    """Everything below `root`, as it was when it was prepared."""

    root: Path
    as_it_was: dict[Path, bytes] = field(default_factory=dict)

    @property
    def workspace(self) -> Path:
        """The folder of the workspace."""
        return self.root / "工作"

    def files(self, patterns: Sequence[str]) -> list[Path]:
        """The files that stood at some of the patterns, in order."""
        found = [path for pattern in patterns for path in sorted(self.root.glob(pattern))]
        assert found, patterns
        return found

    def keep(self) -> None:
        """What stands now is how it was."""
        self.as_it_was = {path: path.read_bytes() for path in self.root.rglob("*") if path.is_file()}

    def restore(self) -> None:
        """Put back what was changed or is gone, and remove what came."""
        present = list(self.root.rglob("*"))
        for path in present:
            if path.is_file() and path not in self.as_it_was:
                path.unlink()
        for path, data in self.as_it_was.items():
            if not path.is_file() or path.read_bytes() != data:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        if (self.root / "新").exists():
            shutil.rmtree(self.root / "新")


def prepare(place: Path) -> Ground:
    """A ground below `place`, in which all targets of the fuzzer have files."""
    ground = Ground(place / "场")
    workspace = write_small(ground.root / "工作")
    _few_kinds(workspace)
    (workspace / "checklists/2021/自查.yaml").unlink()  # comes in as forms
    came = ground.root / "收到"
    came.mkdir()
    _do(workspace, "issue", "整改函", "ZG1", "--date", "2021-04-20", "--signer", "张某某")
    for words in (("build",), ("build", *KINDS), ("ledger",)):
        _do(workspace, *words)
    _do(workspace, "archive", "2021", "--no-pdf", "--out", str(came / "归档.zip"))
    output = workspace / "output/2021"
    shutil.copy(output / "台账/2021年台账.xlsx", came / "台账.xlsx")
    for kind in ("自查情况表", "整改情况反馈表"):
        for number, paper in enumerate(sorted((output / kind).glob("*.docx"))):
            (came / f"{kind}{number}.docx").write_bytes(_with_answers(paper.read_bytes()))
    ordinary(came / "名单.xlsx")
    (came / "名单.csv").write_text("编号,名称,简称,时间\n1,办公室党支部,办公室,2021-03-04\n", "utf-8")
    (came / "词.txt").write_text(WORDS, "utf-8")
    ground.keep()
    return ground


def _few_kinds(workspace: Path) -> None:
    """Of the catalogue and the templates only what the ground needs, so that a command is quick."""
    catalogue = yaml.safe_load((ROOT / "templates/文种.yaml").read_text("utf-8"))
    few = {kind: catalogue[kind] for kind in KINDS}
    text = yaml.safe_dump(few, allow_unicode=True, sort_keys=False)
    (workspace / "templates/文种.yaml").write_text(text, "utf-8")
    for kind in KINDS:
        with contextlib.suppress(FileNotFoundError):  # 台账 has none
            shutil.copy(ROOT / "templates" / f"{kind}.docx", workspace / "templates")


def _with_answers(form: bytes) -> bytes:
    """A form with something in it, where it has a field for that."""
    for answers in (self_check(1), {("日期", 0): "2021年5月20日", ("[].完成情况", 0): "已经封堵"}):
        with contextlib.suppress(AssertionError):
            return filled(form, answers)
    return form


def _do(workspace: Path, *words: str) -> None:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = cli.main(["-C", str(workspace), *words])
    assert code == 0, (words, said.getvalue())
