"""The catalogue of documents: templates/文种.yaml (docs/使用手册/改模板.md).

`commands` reads only what the help needs, without loading the model, and survives a broken file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from liangqing.base.chinese import alike, proposal, suggestion
from liangqing.base.codes import Code
from liangqing.base.command_names import COMMANDS
from liangqing.base.diagnostics import Diagnostic, Place, Problems, error, refuse
from liangqing.base.file_names import as_on_disk, fault_of
from liangqing.base.folders import CATALOGUE as FILE
from liangqing.base.folders import TEMPLATES
from liangqing.base.safe_files import leads_outside, outside
from liangqing.data.yaml import places as source
from liangqing.data.yaml.places import Source, Tree

if TYPE_CHECKING:
    from liangqing.data.model.group import Options
    from liangqing.data.model.kinds import DocumentKind

BUILT_IN = tuple(name for name in COMMANDS if " " not in name)  # the commands of the program itself
STAGES = ("清单明责", "跟踪履责", "清查确责", "跟进问责", "总览")
WRITTEN = "文书"
UNTIL_TODAY = "今天"  # of 截至


@dataclass(frozen=True)
class Command:
    """A command of the catalogue, as the help shows it."""

    name: str
    stage: str
    help: str
    kinds: tuple[str, ...]


def commands(workspace: Path) -> list[Command]:
    """The commands that the catalogue brings, in the order of the work; what can't be read is left out."""
    try:
        tree = source.load(workspace / FILE, FILE).tree
    except Problems:
        return []
    found: dict[str, Command] = {}
    for kind, entry in tree.items() if isinstance(tree, dict) else ():
        if (
            isinstance(entry, dict)
            and isinstance(name := entry.get("命令"), str)
            and entry.get("何时") != "附件"
        ):
            stage, help_line = str(entry.get("阶段") or ""), str(entry.get("说明") or kind)
            before = found.get(name)
            if before:
                found[name] = Command(
                    name, before.stage, f"{before.help}；{help_line}", (*before.kinds, kind)
                )
            else:
                found[name] = Command(name, stage, help_line, (kind,))
    return sorted(
        found.values(), key=lambda command: STAGES.index(command.stage) if command.stage in STAGES else 9
    )


def annexes(workspace: Path) -> list[str]:
    """The kinds that go out with another and have no command, as far as the catalogue can be read."""
    try:
        tree = source.load(workspace / FILE, FILE).tree
    except Problems:
        return []
    entries = tree.items() if isinstance(tree, dict) else ()
    return [kind for kind, entry in entries if isinstance(entry, dict) and entry.get("何时") == "附件"]


def tell_of_today(workspace: Path, kinds: Sequence[str]) -> bool:
    """Whether all these kinds tell of today where nobody names a day (截至: 今天); False for a catalogue that can't be read."""
    try:
        tree = source.load(workspace / FILE, FILE).tree
    except Problems:
        return False
    entries = [tree.get(kind) for kind in kinds] if isinstance(tree, dict) else []
    return bool(entries) and all(
        isinstance(entry, dict) and entry.get("截至") == UNTIL_TODAY for entry in entries
    )


@dataclass(frozen=True)
class Entry:
    """A kind of document: its name, what the file says of it, and where."""

    name: str
    kind: DocumentKind
    source: Source

    @property
    def subject_kind(self) -> str:
        """The row of the table of subjects that it uses."""
        return self.kind.per or self.kind.subject

    @property
    def of_its_day(self) -> bool:
        """Whether a paper tells of the day on which it is issued, and not of 统计截止日期 where that is earlier."""
        return self.kind.number is not None or self.kind.until == UNTIL_TODAY

    def place(self, *path: str) -> Place:
        return self.source.place(self.name, *path)

    def template_for(self, options: Options) -> str:
        """The template's file name, by what 选项 says in 版式 and 信封. Raises Problems where there is none for it."""
        templates, layout = self.kind.template or {}, options.letter_layout
        if isinstance(templates, str):
            return templates
        for choice in (layout, options.envelope):
            if choice in templates:
                return templates[choice]
        raise refuse(
            Code.LAYOUT_WITHOUT_TEMPLATE,
            self.place("模板"),
            f"{self.name}没有版式「{layout}」的模板",
            suggestion(layout, templates),
        )


@dataclass(frozen=True)
class Catalogue:
    """All kinds of document, in the order of the file."""

    entries: Mapping[str, Entry]

    def entry(self, name: str, units: Iterable[str] = ()) -> Entry:
        """Raises Problems when there is no such kind; `units` are names that a person may have typed in its place."""
        if name not in self.entries:
            raise refuse(Code.NO_SUCH_KIND, Place(FILE), f"没有文种「{name}」", self._meant(name, units))
        return self.entries[name]

    def _meant(self, word: str, units: Iterable[str]) -> str:
        """What a word that is no kind may stand for: a kind, else a unit, else a command."""
        commands = {names[0]: command for command, names in COMMANDS.items() if " " not in command}
        if alike(word, self.entries):
            return proposal(word, self.entries)
        if called := alike(word, units):
            return f"「{called[0]}」是单位：先写文种，后面加 --unit {called[0]}"
        if called := alike(word, (*commands, *commands.values())):
            return f"「{called[0]}」是命令，单独写"
        return proposal(word, self.entries)

    def bound_annexes(self, entry: Entry) -> list[str]:
        """The annexes that are frozen with a paper: those on its subject.

        A form on another subject (one per unit, with a letter to all) is named in the letter and goes out beside it;
        it is known again by its own content code.
        """
        return [name for name in entry.kind.annexes if self.entries[name].subject_kind == entry.subject_kind]


def load(workspace: Path, subjects: Sequence[str], instead: bytes | None = None) -> Catalogue:
    """Read and judge the catalogue; raises Problems with everything that is wrong.

    `subjects` are the values that 对象 and 逐 may have; `instead` is judged as if the file held it.
    """
    if leads_outside(workspace, workspace / FILE):
        raise outside(FILE)
    if instead is None:
        read = source.load(workspace / FILE, FILE)
    else:
        read = Source(FILE, instead, source.parse(instead, FILE))
    if not isinstance(read.tree, dict):
        raise refuse(
            Code.BAD_CATALOGUE, read.place(), "文种目录里应是「文种: {…}」", "参照随程序带的文种目录"
        )
    problems: list[Diagnostic] = []
    entries: dict[str, Entry] = {}
    for name, tree in read.tree.items():
        try:
            entries[name] = Entry(name, _kind(read, name, tree), read)
        except Problems as refused:
            problems += refused.diagnostics
    for entry in entries.values():
        problems += _judge(entry, entries, read.tree, subjects)
    if problems:
        raise Problems(problems)
    return Catalogue(entries)


def template_at(workspace: Path, file: str) -> Path:
    """Where a template of the catalogue lies, as the disk writes its name. Raises Problems where a link leads out of the folder."""
    path = as_on_disk(workspace / TEMPLATES / file)
    if leads_outside(workspace, path):
        raise outside(f"{TEMPLATES}/{file}")
    return path


def _kind(read: Source, name: str, tree: Tree) -> DocumentKind:
    from liangqing.data.model.kinds import DocumentKind
    from liangqing.data.model.validate import validate

    if "/" in name or "\\" in name:
        raise refuse(
            Code.SLASH_IN_KIND, read.key_place(name), f"文种名「{name}」里不能有斜杠", "它要作文件夹的名字"
        )
    if fault := fault_of(name):
        advice = "它要作文件夹的名字：改成一个普通的名字，如 提示函"
        raise refuse(Code.KIND_NO_FOLDER_NAME, read.key_place(name), f"文种名「{name}」{fault}", advice)
    return validate(DocumentKind, read, (name,), tree)


def _judge(
    entry: Entry,
    entries: Mapping[str, Entry],
    tree: Mapping[str, Any],
    subjects: Sequence[str],
) -> list[Diagnostic]:
    from liangqing.data.model.kinds import EVERYBODY, INTERNAL, OWN_UNIT, SUPERIOR

    kind, problems = entry.kind, []
    if kind.command in BUILT_IN:
        message = f"命令「{kind.command}」是程序自带的"
        problems.append(error(Code.COMMAND_TAKEN, entry.place("命令"), message, "换一个名字"))
    key = "逐" if kind.per else "对象"
    if entry.subject_kind not in subjects:
        message = f"「{key}」不能是「{entry.subject_kind}」"
        problems.append(
            error(
                Code.UNKNOWN_SUBJECT_KIND, entry.place(key), message, suggestion(entry.subject_kind, subjects)
            )
        )
    elif kind.per and not kind.per.startswith(f"{kind.subject}."):
        message = f"「逐」应以「{kind.subject}.」开头，现为「{kind.per}」"
        problems.append(error(Code.BAD_PER, entry.place("逐"), message, f"写成 {kind.subject}.单位"))
    if kind.number and kind.freeze:
        problems.append(
            error(
                Code.FINAL_OF_NUMBERED_KIND, entry.place("定稿"), "取文号的文种不写「定稿」", "删掉「定稿」"
            )
        )
    if kind.follows is not None and entry.subject_kind != WRITTEN:
        problems.append(
            error(
                Code.FOLLOWS_OUT_OF_PLACE,
                entry.place("随"),
                f"只有对象是{WRITTEN}的文种才写「随」",
                "删掉「随」",
            )
        )
    elif kind.follows is not None and kind.follows not in tree:
        message = f"「随」的「{kind.follows}」不在文种目录里"
        problems.append(error(Code.NO_SUCH_KIND, entry.place("随"), message, suggestion(kind.follows, tree)))
    audiences = (INTERNAL, EVERYBODY, OWN_UNIT, SUPERIOR, f"{kind.subject}.{OWN_UNIT}")
    if kind.audience is not None and kind.audience not in audiences:
        message = f"「受众」不能是「{kind.audience}」"
        problems.append(
            error(Code.UNKNOWN_AUDIENCE, entry.place("受众"), message, suggestion(kind.audience, audiences))
        )
    for annex in kind.annexes:
        if annex not in tree:
            message = f"附件「{annex}」不在文种目录里"
            problems.append(error(Code.NO_SUCH_KIND, entry.place("附件"), message, suggestion(annex, tree)))
        elif (
            annex in entries
            and entries[annex].subject_kind != entry.subject_kind
            and entries[annex].kind.form is None
        ):
            message = f"附件「{annex}」的对象与{entry.name}不同"
            advice = "附件与正文用同一种对象；要填报收回的表单除外"
            problems.append(error(Code.ANNEX_OF_ANOTHER_SUBJECT, entry.place("附件"), message, advice))
    return problems
