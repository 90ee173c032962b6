"""A clerk at the command line: writes the YAML of an office by hand, and runs commands on a day of the clock."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from office import Office

from liangqing.base.folders import CARD
from liangqing.cli import main as cli
from liangqing.year.open_workspace import open_workspace

Told = tuple[int, str, str]  # exit code, what was printed, what was complained of


class Refused(Exception):
    """A command that was to succeed did not; with what it said."""


def words(value: Any) -> str:
    """A value as a person types it on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {words(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(words, value)) + "]"
    return str(value)


def section(name: str, value: Any) -> str:
    """A section of YAML: a key a line, and an entry of a list a line."""
    if isinstance(value, dict):
        return f"{name}:\n" + "".join(_key(key, each, "  ") for key, each in value.items())
    if not value:
        return f"{name}: []\n"
    return f"{name}:\n" + "".join(map(_record, value))


def _record(record: dict[str, Any]) -> str:
    text = "".join(_key(key, value, "    ") for key, value in record.items())
    return f"  - {text[4:]}"


def _key(key: str, value: Any, indent: str) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return f"{indent}{key}:\n" + "".join(f"{indent}  - {words(each)}\n" for each in value)
    return f"{indent}{key}: {words(value)}\n"


class Clerk:
    """Keeps the files of an office; `today` is the day of the clock."""

    def __init__(self, root: Path, today: date) -> None:
        self.root, self.today = root, today
        self.kept: dict[Path, str] = {}

    def run(self, *typed: str) -> Told:
        """Run a command in this process."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = cli.main(["-C", str(self.root), *typed])
        return code, out.getvalue(), err.getvalue()

    def data(self, *typed: str) -> Any:
        """What a command tells a script; it must succeed."""
        code, out, err = self.run(*typed, "--json")
        if code != 0:
            raise Refused(f"{' '.join(typed)} → {code}\n{out}{err}")
        return json.loads(out)

    def path(self, year: int, name: str) -> Path:
        return self.root / "checklists" / str(year) / f"{name}.yaml"

    def write(self, office: Office) -> None:
        """Every section that is not on the disk as it should be."""
        for year, sections in office.years.items():
            for name, value in sections.items():
                path, text = self.path(year, name), section(name, value)
                if self.kept.get(path) != text:
                    path.write_text(text, "utf-8")
                    self.kept[path] = text

    def read(self, path: Path) -> dict[str, Any]:
        """A file of the data as plain YAML."""
        tree: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
        return tree

    def forget(self, path: Path) -> None:
        """The program wrote into a file: the next writing by hand replaces it."""
        self.kept.pop(path, None)

    def moved(self, name: str) -> None:
        """A file that the program wrote, whose records the clerk moved into the files of the sections."""
        (self.root / name).unlink()

    def prints(self) -> dict[str, str]:
        """A hash of every file of data, register and issued papers, by its name; the card bears a code at random."""
        found = (path for path in (self.root / "checklists").rglob("*") if path.is_file())
        return {
            path.relative_to(self.root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in found
            if not path.name.startswith(".") and path.name != Path(CARD).name
        }

    def changed_since(self, before: dict[str, str]) -> list[str]:
        """The files that are new, gone or otherwise than before."""
        now = self.prints()
        return sorted(name for name in {*before, *now} if before.get(name) != now.get(name))

    def numbers(self) -> list[str]:
        """The numbers of the register in order, void or not."""
        lines = yaml.safe_load((self.root / "checklists" / "发文登记.yaml").read_text("utf-8")) or []
        return [line["文号"] for line in lines if "文号" in line]

    def content_code(self, year: int, findings: list[str]) -> str:
        """The code printed on the form that is to be signed for some findings."""
        at = open_workspace(self.root, year, self.today, self.today).at
        known = at.year.finding_by_code
        order = sorted(findings, key=at.year.finding_position.__getitem__)
        return at.content_code([known[code] for code in order])
