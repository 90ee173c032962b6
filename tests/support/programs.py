"""Programs that some tests need besides Python."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

SYSTEM = os.pathsep.join(("/usr/sbin", "/sbin"))  # where daemons are, outside the PATH of a user
_FAKE = """\
import pathlib, sys, pypdf
args = sys.argv[1:]
out = pathlib.Path(args[args.index('--outdir') + 1])
files = [pathlib.Path(each) for each in args if each.endswith('.docx')]
out.mkdir(exist_ok=True)
def make(file, pages=3):
    pdf = pypdf.PdfWriter()
    for _ in range(pages):
        pdf.add_blank_page(595.3, 841.9)
    pdf.write(out / f'{file.stem}.pdf')
"""


def fake_office(folder: Path, script: str = "[make(file) for file in files]") -> str:
    """A program in LibreOffice's place; `script` sees `files`, the folder `out`, and may `make(file)`."""
    if os.name == "nt":
        pytest.skip("a script in place of the program")
    path = folder / "soffice"
    path.write_text(f"#!{sys.executable}\n{_FAKE}{script}\n", "utf-8")
    path.chmod(0o755)
    return str(path)


def need(*programs: str) -> None:
    """Skip the test where one of them is missing; in CI that is a failure (.ci/packages.txt)."""
    missing = [each for each in programs if find(each) is None]
    if missing:
        assert not os.environ.get("CI"), f"CI must have {missing}: .ci/packages.txt"
        pytest.skip(f"没有 {'、'.join(missing)}")


def find(program: str) -> str | None:
    """Where a program is, daemons too."""
    return shutil.which(program) or shutil.which(program, path=SYSTEM)
