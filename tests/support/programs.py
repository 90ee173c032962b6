"""Programs that some tests need besides Python, and the markers that say so."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

# A test that starts another program bears one of these; `make quick` leaves all of them out.
MARKERS = ("office", "browser", "process")
_STARTS = frozenset({"subprocess.Popen", "os.fork", "os.posix_spawn", "os.system", "os.exec"})
SYSTEM = os.pathsep.join(("/usr/sbin", "/sbin"))  # where daemons are, outside the PATH of a user
_FAKE = """\
import pathlib, sys
sys.path.append(%r)
from plain_pdf import plain_pdf
from liangqing.base.docx_zip import read_package
from liangqing.pdf.word_passages import passages
args = sys.argv[1:]
out = pathlib.Path(args[args.index('--outdir') + 1])
files = [pathlib.Path(each) for each in args if each.endswith('.docx')]
out.mkdir(exist_ok=True)
def make(file, pages=3):
    said = ''.join(passage.text for passage in passages(read_package(file, file.name)))
    (out / f'{file.stem}.pdf').write_bytes(plain_pdf([said, *[''] * (pages - 1)]))
"""


_alone: list[str] = []  # the test that is running, if it bears none of the markers


def _refuse_start(event: str, _: object) -> None:
    if _alone and event in _STARTS:
        raise AssertionError(f"{_alone[-1]} starts a program: mark it {' or '.join(MARKERS)}")


sys.addaudithook(_refuse_start)


@contextmanager
def as_marked(item: pytest.Item) -> Iterator[None]:
    """While the test runs with its fixtures, no program can be started unless a marker says that one is."""
    if any(item.get_closest_marker(name) for name in MARKERS):
        yield
        return
    _alone.append(item.nodeid)
    try:
        yield
    finally:
        _alone.pop()


def use_fonts_of_ci() -> None:
    """Let LibreOffice find the fonts that stand in for those of the offices, where .ci/run puts them."""
    os.environ.setdefault("LIANGQING_FONTS", str(Path("~/.cache/liangqing-fonts").expanduser()))


def fake_office(folder: Path, script: str = "[make(file) for file in files]") -> str:
    """A program in LibreOffice's place, whose PDFs bear the words of the file; `script` sees `files`, the folder `out`, and may `make(file)`."""
    if os.name == "nt":
        pytest.skip("a script in place of the program")
    path = folder / "soffice"
    here = str(Path(__file__).parent)
    path.write_text(f"#!{sys.executable}\n{_FAKE % here}{script}\n", "utf-8")
    path.chmod(0o755)
    return str(path)


_FAKE_POWERSHELL = """\
import json, os, pathlib, sys, time
sys.path.append(%r)
from plain_pdf import plain_pdf
from liangqing.base.docx_zip import read_package
from liangqing.pdf.word_passages import passages
words = sys.argv[1:]
script, job_file = map(pathlib.Path, words[words.index('-File') + 1:])
job = json.loads(job_file.read_text('utf-8'))
told = pathlib.Path(sys.argv[0]).parent / 'told'
told.mkdir(exist_ok=True)
number = len(list(told.iterdir()))
seen = {'words': words, 'script': script.name, **job}
(told / f'{number:03}.json').write_text(json.dumps(seen), 'utf-8')
pathlib.Path(job['mine']).write_text('4321', 'ascii')
def make(paper):
    file = pathlib.Path(paper['word'])
    said = ''.join(passage.text for passage in passages(read_package(file, file.name)))
    if 'pdf' in paper:
        pathlib.Path(paper['pdf']).write_bytes(plain_pdf([said, '', '']))
    else:
        pathlib.Path(paper['done']).write_text('printed')
if script.name == 'stop.ps1':
    sys.exit(0)
"""


@dataclass(frozen=True)
class FakeWindows:
    """The registry of Windows and its PowerShell, as far as Word and WPS are called through them."""

    folder: Path

    def jobs(self) -> list[dict[str, Any]]:
        """What PowerShell was started with, in order: `words` of the command line, `script`, and the job's own keys."""
        return [json.loads(path.read_text("utf-8")) for path in sorted((self.folder / "told").glob("*.json"))]

    def does(self, script: str) -> None:
        """What PowerShell does with a job: `script` sees `job`, and may `make(paper)` of its `papers`."""
        path = self.folder / "powershell"
        here = str(Path(__file__).parent)
        path.write_text(f"#!{sys.executable}\n{_FAKE_POWERSHELL % here}{script}\n", "utf-8")
        path.chmod(0o755)


def fake_windows(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    *servers: tuple[str, str],
    script: str = "[make(paper) for paper in job['papers']]",
) -> FakeWindows:
    """A machine on which classes are entered with the command line of their servers, in the view of 32 bits."""
    values = {rf"{name}\CLSID": f"{{{name}}}" for name, _ in servers}
    values |= {rf"CLSID\{{{name}}}\LocalServer32": command for name, command in servers if command}

    @contextmanager
    def opened(root: int, path: str, reserved: int, access: int) -> Iterator[str]:
        if path not in values or ("LocalServer32" in path and not access & 0x0200):
            raise FileNotFoundError(path)
        yield values[path]

    registry = ModuleType("winreg")
    vars(registry).update(
        HKEY_CLASSES_ROOT=0, KEY_READ=1, OpenKey=opened, QueryValueEx=lambda key, name: (key, 1)
    )
    monkeypatch.setitem(sys.modules, "winreg", registry)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    machine = FakeWindows(folder)
    machine.does(script)
    return machine


def need(*programs: str) -> None:
    """Skip the test where one of them is missing; in CI that is a failure (.ci/packages.txt)."""
    missing = [each for each in programs if find(each) is None]
    if missing:
        assert not os.environ.get("CI"), f"CI must have {missing}: .ci/packages.txt"
        pytest.skip(f"没有 {'、'.join(missing)}")


WORD = "docx:MS Word 2007 XML"


def saved_by_office(files: Sequence[Path], kind: str, folder: Path) -> Path:
    """The files as LibreOffice saves them as `kind` (xlsx, WORD, pdf): under the same stems in `folder`/存过, which is returned."""
    need("soffice")
    profile, saved = f"-env:UserInstallation={(folder / 'profile').as_uri()}", folder / "存过"
    words = [str(find("soffice")), profile, "--headless", "--convert-to", kind, "--outdir", str(saved)]
    subprocess.run([*words, *map(str, files)], check=True, capture_output=True, timeout=180)
    return saved


def find(program: str) -> str | None:
    """Where a program is, daemons too."""
    return shutil.which(program) or shutil.which(program, path=SYSTEM)
