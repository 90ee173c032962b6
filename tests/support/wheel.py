"""The product as a wheel, in an environment of its own, away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

from sample import ROOT


def install(folder: Path) -> Path:
    """The command of a wheel in an environment of its own, which sees our libraries but not the checkout."""
    pip(folder, "wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(ROOT))
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "venv", symlinks=os.name != "nt")
    scripts = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    pip(folder, "--python", str(scripts / "python"), "install", "--no-deps", "--no-index", str(wheel))
    (site,) = {path.parent for path in (folder / "venv").rglob("site-packages/liangqing")}
    libraries = [each for each in sys.path if Path(each).name in ("site-packages", "dist-packages")]
    (site / "libraries.pth").write_text("\n".join(libraries), "utf-8")
    return scripts / "liangqing"


def pip(folder: Path, *words: str) -> None:
    quiet = ("-m", "pip", "--quiet", "--disable-pip-version-check")
    done = subprocess.run([sys.executable, *quiet, *words], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def liangqing(command: Path, folder: Path, *words: str) -> tuple[int, str]:
    """Run the installed command in `folder`; exit code, and what it said."""
    clean = {name: each for name, each in os.environ.items() if not name.startswith(("PYTHON", "LIANGQING"))}
    done = subprocess.run(
        [str(command), *words], cwd=folder, env={**clean, "PYTHONUTF8": "1"}, capture_output=True, text=True
    )
    return done.returncode, done.stdout + done.stderr
