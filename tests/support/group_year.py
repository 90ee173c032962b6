"""The year of group_year.yaml at the command line, day by day; how its facts get in is the business of a `Hand`."""

from __future__ import annotations

import contextlib
import io
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import pytest
import yaml
from docx_text import text_of
from forms_by_hand import written

from liangqing.cli import main as cli
from liangqing.data.yaml.write import dump

YEAR, LAST = 2026, "2026-12-31"
FOLDER = f"checklists/{YEAR}"
SIGNER = "毛某某"  # the head of the group, who signs what takes a number
GROUP = "机构"  # the section that stands above the years
Facts = Mapping[str, Any]  # section → its records; or section → 编号 → the keys that are added


@dataclass(frozen=True)
class Step:
    """What is done on a day: facts typed or brought by a form (`form` is its kind), papers proposed and sent out.

    `kept` are kinds of which all that was handed over is kept at once (定稿).
    """

    day: str
    added: Facts = field(default_factory=dict)
    more: Facts = field(default_factory=dict)
    form: str = ""
    proposed: tuple[str, ...] = ()
    issued: tuple[tuple[str, str], ...] = ()
    kept: tuple[str, ...] = ()


def steps() -> Iterator[Step]:
    """The year in its order; what is typed on a day comes before the form that comes in on it."""
    text = Path(__file__).with_suffix(".yaml").read_text("utf-8")
    for tree in yaml.load(text, yaml.BaseLoader):
        day = tree["日"]
        if "写" in tree or "补" in tree:
            yield Step(day, tree.get("写", {}), tree.get("补", {}))
        if form := tree.get("表"):
            yield Step(day, form.get("写", {}), form.get("补", {}), form["文种"])
        yield Step(
            day,
            proposed=tuple(tree.get("提议", ())),
            issued=tuple((kind, subject) for kind, subject in tree.get("印发", ())),
            kept=tuple(tree.get("定稿", ())),
        )


class Office:
    """A workspace, and a person at the command line on a day."""

    def __init__(self, root: Path, patch: pytest.MonkeyPatch) -> None:
        self.root, self._patch = root, patch
        self.day = ""
        self.by_hand: set[str] = (
            set()
        )  # files of the data that changed between two commands: no command wrote them
        self._left: dict[str, bytes] | None = None  # as the last command left them

    def on(self, day: str) -> None:
        self.day = day
        self._patch.setattr(cli, "today", lambda: date.fromisoformat(day))

    def __call__(self, *words: str, code: int = 0) -> str:
        """What a command says; it must end with `code`."""
        if self._left is not None:
            self.by_hand |= {name for name, _ in self._left.items() ^ self._data().items()}
        said = run("-C", str(self.root), *words, code=code)
        self._left = self._data()
        return said

    def _data(self) -> dict[str, bytes]:
        files = (self.root / "checklists").rglob("*.yaml")
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in files}

    def papers(self, kind: str) -> dict[str, Path]:
        """The papers of a kind by their names without ending."""
        return {path.stem: path for path in sorted((self.root / f"output/{YEAR}" / kind).iterdir())}

    def paper(self, kind: str, part: str) -> Path:
        """The one paper of a kind whose name holds `part`."""
        (path,) = [path for name, path in self.papers(kind).items() if part in name]
        return path

    @property
    def numbers(self) -> dict[str, str]:
        """文号 of the letters that are out, by the 编号 of their records."""
        lines = yaml.load((self.root / "checklists/发文登记.yaml").read_text("utf-8"), yaml.BaseLoader)
        return {line["对象"]: line["文号"] for line in lines if line.get("文种") == "整改函"}


def run(*words: str, code: int = 0) -> str:
    """What generate.py says, its complaints last; it must end with `code`."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        got = cli.main(list(words))
    said = out.getvalue() + err.getvalue()
    assert got == code, f"{words} → {got}\n{said}"
    return said


class Hand(Protocol):
    """How facts come into the workspace."""

    def begin(self, office: Office, step: Step) -> None:
        """Make the workspace, with what is known on the first day."""

    def type(self, office: Office, step: Step) -> None:
        """What a person types."""

    def collect(self, office: Office, step: Step) -> None:
        """What comes in by a form of the kind `step.form`."""


def do_year(office: Office, hand: Hand) -> None:
    """The whole year; every command on the way must do what it is asked."""
    begun = False
    for step in steps():
        office.on(step.day)
        if not begun:
            hand.begin(office, step)
            begun = True
        elif step.form:
            hand.collect(office, step)
        elif step.added or step.more:
            hand.type(office, step)
        for unit in step.proposed:
            office("propose", "--unit", unit, "--yes")
        for kind, subject in step.issued:
            office("issue", kind, subject, "--date", step.day, "--signer", SIGNER)
        for kind in step.kept:
            office("issue", kind)
    office.on(LAST)


# ---------------------------------------------------------------- YAML


class ByYaml:
    """Everything typed as YAML, also what comes in by forms; `typed` is how many signs, by the form ("": none)."""

    def __init__(self) -> None:
        self.typed: Counter[str] = Counter()
        self._begun: set[str] = set()

    def begin(self, office: Office, step: Step) -> None:
        run("init", str(office.root), "--year", str(YEAR))
        self.type(office, step)

    def type(self, office: Office, step: Step) -> None:
        for section, facts in step.added.items():
            path = self._home(office, section)
            old = read_yaml(path).get(section) if section in self._begun else None
            self._begun.add(section)
            self._write(path, {section: merged(old, facts)})
        for section, facts in step.more.items():
            path = self._with(office, section, facts)
            tree = read_yaml(path)
            self._write(path, {**tree, section: merged(tree[section], facts)})
        self.typed[step.form] += signs(step.added) + signs(step.more)

    def collect(self, office: Office, step: Step) -> None:
        if step.form == "双签字确认表":
            (signed,) = step.added["双签"]
            office("build", step.form)
            signed = {**signed, "内容码": printed_code(office, signed)}
            step = Step(step.day, {"双签": [signed]}, form=step.form)
        self.type(office, step)

    def _home(self, office: Office, section: str) -> Path:
        return office.root / ("checklists" if section == GROUP else FOLDER) / f"{section}.yaml"

    def _with(self, office: Office, section: str, facts: Facts) -> Path:
        """The file with the record that something is added to: its own, or one that the program wrote."""
        first = next(iter(facts))
        for path in sorted((office.root / FOLDER).rglob("*.yaml")):
            records = read_yaml(path).get(section)
            if isinstance(records, dict) or any(name_of(record) == first for record in records or ()):
                return path
        raise AssertionError(f"{section} {first}")

    def _write(self, path: Path, tree: Facts) -> None:
        path.write_text(dump(dict(tree)), "utf-8", newline="\n")


def typed_year(folder: Path, patch: pytest.MonkeyPatch) -> tuple[Office, ByYaml]:
    """The year as YAML in a new workspace, with all its papers; and who typed it."""
    office, hand = Office(folder, patch), ByYaml()
    do_year(office, hand)
    office("build")
    return office, hand


def read_yaml(path: Path) -> dict[str, Any]:
    tree: dict[str, Any] = given(yaml.load(path.read_text("utf-8"), yaml.BaseLoader) or {})
    return tree


def given(tree: Any) -> Any:
    """The tree without keys that have no value yet."""
    if isinstance(tree, dict):
        return {key: given(value) for key, value in tree.items() if value != ""}
    return [given(item) for item in tree] if isinstance(tree, list) else tree


def name_of(record: Facts) -> str:
    """What a person calls an item of a list by."""
    return str(record.get("编号", record.get("名称")))


def merged(old: Any, new: Any) -> Any:
    """`old` with what is added: keys of a mapping, items of a list, items of a list changed by their names."""
    if isinstance(old, list) and isinstance(new, Mapping):
        assert {name_of(item) for item in old} >= new.keys()
        return [merged(item, new[code]) if (code := name_of(item)) in new else item for item in old]
    if isinstance(old, list) and isinstance(new, list):
        return [*old, *new]
    if isinstance(old, dict) and isinstance(new, Mapping):
        return {**old, **{key: merged(old.get(key), value) for key, value in new.items()}}
    return new


def signs(facts: Facts) -> int:
    """How many signs a person types to write this as YAML; blanks and line ends are not counted."""
    return len(re.sub(r"\s", "", dump(dict(facts)))) if facts else 0


def printed_code(office: Office, signed: Facts) -> str:
    """The 内容码 on the form that was signed."""
    name = f"{signed['检查']}-{short_names()[signed['单位']]}"
    found = re.search(r"内容码 (\w{6})", text_of(office.paper("双签字确认表", name).read_bytes()))
    assert found is not None
    return found[1]


@cache
def short_names() -> dict[str, str]:
    """How the units are called in the names of files, by 编号."""
    units = next(step.added["单位"] for step in steps() if "单位" in step.added)
    return {unit["编号"]: unit.get("简称", unit["名称"]) for unit in units}


def status(office: Office) -> list[dict[str, Any]]:
    """What waits on the last day of the year."""
    told: list[dict[str, Any]]
    told, _ = json.JSONDecoder().raw_decode(office("status", "--json"))
    return told


# ---------------------------------------------------------------- forms


class Forms:
    """Forms filled in as Word does, put into a folder and collected; `typed` are the texts in them, by kind."""

    def __init__(self) -> None:
        self.typed: dict[str, list[str]] = {}

    def collect(self, office: Office, step: Step) -> None:
        office("build", step.form)
        inbox = office.root.parent / f"{office.root.name}收到"
        shutil.rmtree(inbox, ignore_errors=True)
        inbox.mkdir()
        for number, (subject, records) in enumerate(told_by(step).items(), 1):
            path = self._blank(office, step.form, subject)
            filled, texts = written(path.read_bytes(), records)
            (inbox / f"{number:02}-{path.name}").write_bytes(filled)  # taken in the order of their names
            self.typed.setdefault(step.form, []).extend(texts)
        office("collect", str(inbox), "--accept")

    def _blank(self, office: Office, kind: str, subject: Subject) -> Path:
        """The form that was sent for a subject."""
        called = {**short_names(), **office.numbers}
        names = [called.get(word, word) for word in subject]
        found = [path for name, path in office.papers(kind).items() if all(part in name for part in names)]
        assert len(found) == 1, (kind, subject, found)
        return found[0]


Subject = tuple[str, ...]  # what tells a form from the others of its kind: parts of its name, units by 编号
SUBJECTS = {
    "征求意见反馈表": ("单位",),
    "自查情况表": ("单位", "期次"),
    "整改情况反馈表": ("整改函",),
    "双签字确认表": ("检查", "单位"),
}
FOLLOWS = {"双签字确认表": ("检查", "单位", "问题", "内容码", "纪检监察组签字人")}  # nobody fills it in


def told_by(step: Step) -> dict[Subject, list[dict[str, Any]]]:
    """What each form of a step says: its records, in their order."""
    if step.form == "检查底稿":
        return dict(_worksheets(step))
    (records,) = step.added.values()
    told: dict[Subject, list[dict[str, Any]]] = {}
    for record in records:
        filled = without(record, *FOLLOWS.get(step.form, ()))
        told.setdefault(tuple(record[key] for key in SUBJECTS[step.form]), []).append(filled)
    return told


def _worksheets(step: Step) -> Iterator[tuple[Subject, list[dict[str, Any]]]]:
    """What inspectors fill in on the spot, a sheet a unit: day and inspector once, the tasks, and the findings."""
    ((code, more),) = step.more["检查"].items()
    looked_at = more["任务落实"]
    for unit in dict.fromkeys(task["单位"] for task in looked_at):
        own = [task for task in looked_at if task["单位"] == unit]
        once = {"检查日期": own[0]["日期"], "检查人": own[0]["检查人"]}
        assert all((task["日期"], task["检查人"]) == (*once.values(),) for task in own)
        tasks = [without(task, "单位", "日期", "检查人") for task in own]
        found = [
            without(finding, "检查", "单位") for finding in step.added["问题"] if finding["单位"] == unit
        ]
        yield (code, unit), [{**once, "任务落实": tasks, "问题": found}]


def without(record: Facts, *keys: str) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key not in keys}
