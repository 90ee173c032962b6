"""Each engine in an environment of its own, at the pinned versions; installed once."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.peers import Engine
from benchmarks.places import CACHE

PATIENCE = 300


class Unavailable(Exception):
    """An engine that cannot be installed or does not run here; the reason in one line."""


def environment(engine: Engine) -> Path:
    """The folder of the engine's environment, made and filled where it is not there yet."""
    folder = CACHE / engine.family / engine.key
    wanted, stamp = "\n".join(engine.packages), folder / "installed"
    if engine.family == "ours" or (stamp.is_file() and stamp.read_text() == wanted):
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    _FILL[engine.family](folder, engine.packages)
    stamp.write_text(wanted)
    return folder


def _with_pip(folder: Path, packages: tuple[str, ...]) -> None:
    _run([sys.executable, "-m", "venv", str(folder)])
    _run(
        [str(python_of(folder)), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages]
    )


def _with_npm(folder: Path, packages: tuple[str, ...]) -> None:
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        raise Unavailable("没有 node 和 npm")
    (folder / "package.json").write_text(json.dumps({"private": True}))
    options = ["--no-audit", "--no-fund", "--ignore-scripts", "--silent"]
    _run([npm, "install", "--prefix", str(folder), *options, *packages])


_FILL = {"python": _with_pip, "node": _with_npm}


def python_of(folder: Path) -> Path:
    return folder / "bin" / "python"


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise Unavailable(str(problem)) from None
    if done.returncode:
        said = [line for line in (done.stderr + done.stdout).splitlines() if line.strip()]
        raise Unavailable(said[-1] if said else f"退出码 {done.returncode}")
