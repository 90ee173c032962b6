"""Issue the sample's papers from nothing, through the command line alone: `make sample`.

The work is done in a copy; what comes of it is then swapped in as a whole.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

from liangqing.base.docx_zip import content_hash

# What the program notes down beside the papers for its own next run: it tells of this machine and moment.
NOTES = {".inputs.json", ".report.json", ".templates.json"}
ROOT = Path(__file__).resolve().parents[2]
REGISTER, KEPT = "checklists/发文登记.yaml", "checklists/发文"

_CATALOGUE = yaml.safe_load((ROOT / "templates/文种.yaml").read_text("utf-8"))
# The kinds of paper that are made from a Word template.
KINDS = tuple(
    name
    for name, entry in _CATALOGUE.items()
    if "模板" in entry and str(entry["模板"]).endswith((".docx", "}"))
)
# What goes out with a letter: itself, and its annexes.
SHEAF = ("整改函", *_CATALOGUE["整改函"]["附件"])

# Those that are made only when they are asked for by name.
BY_NAME = tuple(
    name
    for name, entry in yaml.safe_load((ROOT / "templates/文种.yaml").read_text("utf-8")).items()
    if entry.get("何时") == "点名"
)

# What was written down after the letters had gone out.
FOLLOWED = tuple(f"checklists/2021/{name}.yaml" for name in ("送达", "收文", "整改反馈", "文书"))

SIGNER = "张某某"  # who signed all of it, invented too
# What was issued: kind, subject and 成文日期, in the order in which it went out (invented, as the heads of the
# sample files say).
ISSUED = (
    ("征求意见函", "2021", "2021-01-20"),
    ("印发通知", "2021", "2021-02-20"),
    ("监督检查通知", "JZ01", "2021-03-24"),
    ("反馈会纪要", "JZ01", "2021-04-02"),
    ("监督检查通知", "JZ02", "2021-04-06"),
    ("反馈会纪要", "JZ02", "2021-04-15"),
    ("整改函", "ZG1", "2021-04-20"),
    ("以案促改通知", "AL01", "2021-05-08"),
    ("整改函", "ZG2", "2021-05-10"),
    ("整改函", "ZG3", "2021-06-02"),
    ("整改函", "ZG4", "2021-09-28"),
)


GROUP = "checklists/机构.yaml"  # says of the data that they are the sample


def copy_workspace(into: Path, *, issued: bool, own: bool = True) -> Path:
    """A copy of the sample in `into`, with or without what was issued (then without what followed).

    `own`: as somebody's own workspace with the same data, in which every command writes.
    """
    for name in ("checklists", "templates"):
        shutil.copytree(ROOT / name, into / name, ignore=shutil.ignore_patterns("*.lock"))
    if own:
        lines = (into / GROUP).read_text("utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith("  示例: 是")]
        assert len(kept) == len(lines) - 1
        (into / GROUP).write_text("".join(kept), "utf-8", newline="\n")
    if not issued:
        for name in (REGISTER, *FOLLOWED):
            (into / name).unlink(missing_ok=True)
        shutil.rmtree(into / KEPT, ignore_errors=True)
    return into


def generate(workspace: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run generate.py on a workspace."""
    return subprocess.run(
        [sys.executable, str(ROOT / "generate.py"), "-C", str(workspace), *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def reissue(workspace: Path) -> None:
    """Issue all papers of the sample in a workspace where none is out."""
    for kind, code, day in ISSUED:
        done = generate(workspace, "issue", kind, code, "--date", day, "--signer", SIGNER, "--sample")
        if done.returncode:
            raise SystemExit(f"{kind} {code}: {done.stdout}{done.stderr}")


def keep_same(fresh: Path, old: Path) -> None:
    """Of papers that say what they said, the bytes of `old` stay: another machine may compress otherwise."""
    for paper in fresh.rglob("*.docx"):
        before = old / paper.relative_to(fresh)
        if before.is_file() and content_hash(before.read_bytes()) == content_hash(paper.read_bytes()):
            shutil.copyfile(before, paper)


def main() -> None:
    with tempfile.TemporaryDirectory(dir=ROOT) as folder:
        fresh = copy_workspace(Path(folder) / "sample", issued=False, own=False)
        reissue(fresh)
        keep_same(fresh / KEPT, ROOT / KEPT)
        old = Path(folder) / "old"
        old.mkdir()
        for name in (REGISTER, KEPT):
            if (ROOT / name).exists():
                (ROOT / name).rename(old / Path(name).name)
            (fresh / name).rename(ROOT / name)
    sys.stdout.write(f"已重新印发 {len(ISSUED)} 份：{ROOT / REGISTER}\n")


if __name__ == "__main__":
    main()
