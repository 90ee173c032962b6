"""The order of the product on one page: load → validate → audit → build → render → commit (architecture.md, "Flow")."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from liangqing import catalogue, register, rules, workspace
from liangqing.catalogue import Catalogue, Entry
from liangqing.context.papers import Paper, Subject
from liangqing.context.subjects import SUBJECTS, schema, values
from liangqing.engine import (
    Expression,
    Template,
    TextTemplate,
    compile_expression,
    compile_template,
    compile_text,
)
from liangqing.errors import Diagnostic, Place, Problems, Severity, error, refuse
from liangqing.figures import Standing
from liangqing.layout import DATA, OUTPUT, TEMPLATES
from liangqing.model.duties import Unit
from liangqing.ooxml import content_hash
from liangqing.register import Line, Register
from liangqing.store import Artifact, Outcome, Store
from liangqing.wording import FILTERS, suggestion

ILLEGAL = set('\\/:*?"<>|\n\t')
LONGEST_NAME = 80  # characters: 240 bytes of Chinese, within what every file system takes


@dataclass(frozen=True)
class Desk:
    """What lies before us: the folder, its data and register, and one year as it stands on a day."""

    root: Path
    data: workspace.Workspace
    register: Register
    at: Standing

    @property
    def year_folder(self) -> str:
        return str(self.at.year.year)

    def diagnostics(self, *, kept: bool = True) -> list[Diagnostic]:
        """Everything wrong with data and register (and with the `kept` papers), errors first."""
        found = [*self.data.diagnostics, *self.register.diagnostics]
        found += register.damaged(self.register, self._kept()) if kept else ()
        for number, year in self.data.years.items():
            day = (
                self.at.day
                if number == self.at.year.year
                else figures_day(year.checklist.figures_date, number, self.at.day)
            )
            standing = Standing(year, self.register, day, self.data.years)
            found += rules.audit(standing, complete=self.data.complete)
        return in_order(found)

    def _kept(self) -> dict[str, str]:
        """Content hash of each kept paper that is still there."""
        folder = self.root / DATA
        files = {name for line in self.register.issued for name in line.files}
        return {
            name: content_hash((folder / name).read_bytes()) for name in files if (folder / name).is_file()
        }


def open_desk(
    root: Path, year: int | None, as_of: date | None, today: date, *, look_at_today: bool = False
) -> Desk:
    """Load everything. Figures stand at `as_of`, else at 统计截止日期; `check` looks at today.

    Raises Problems when the year can't be read at all.
    """
    data = workspace.load(root)
    book = register.load(root)
    try:
        chosen = data.year(year)
    except Problems as problems:
        raise Problems(in_order([*data.diagnostics, *book.diagnostics, *problems.diagnostics])) from None
    day = as_of or (
        today if look_at_today else figures_day(chosen.checklist.figures_date, chosen.year, today)
    )
    return Desk(root, data, book, Standing(chosen, book, day, data.years))


def figures_day(stated: date | None, year: int, today: date) -> date:
    """统计截止日期, or today, or 31 December of a past year (data.md, 清单)."""
    return stated or min(today, date(year, 12, 31))


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Errors, then gates, then warnings; in each by kind, then by record; each once."""
    rank = {severity: index for index, severity in enumerate(Severity)}

    def key(each: Diagnostic) -> tuple[int, str, str, int, int, str]:
        place = each.place
        return rank[each.severity], each.code, place.file, place.line or 0, place.column or 0, each.message

    return sorted(dict.fromkeys(diagnostics), key=key)


@dataclass(frozen=True)
class Compiled:
    """A kind of document, ready to render."""

    entry: Entry
    template: Template
    title: TextTemplate
    file_name: TextTemplate
    condition: Expression | None
    copies: Expression | None
    code_words: str | None  # 机关代字 and 代字, its own or of the paper that it is an annex of


def load_catalogue(root: Path) -> Catalogue:
    """The catalogue of the workspace, judged against the subjects that there are."""
    return catalogue.load(root, tuple(SUBJECTS))


def compile_entries(desk: Desk, entries: Iterable[Entry]) -> dict[str, Compiled]:
    """Compile the templates of `entries`; raises Problems with the problems of all of them."""
    compiled: dict[str, Compiled] = {}
    problems: list[Diagnostic] = []
    for entry in entries:
        try:
            compiled[entry.name] = _compile(desk, entry)
        except Problems as refused:
            problems += refused.diagnostics
    if problems:
        raise Problems(in_order(problems))
    return compiled


def _compile(desk: Desk, entry: Entry) -> Compiled:
    options, shape = desk.at.year.options, schema(entry.subject_kind)
    file = entry.template_for(options.letter_layout)
    name = f"{TEMPLATES}/{file}"
    if not (desk.root / name).is_file():
        known = sorted(each.name for each in (desk.root / TEMPLATES).glob("*.docx"))
        raise refuse("D502", entry.place("模板"), f"templates 里没有「{file}」", suggestion(file, known))
    kind = entry.kind
    title = compile_text(kind.title, place=entry.place("标题"), schema=shape, filters=FILTERS)
    if "标题" in title.reads:
        raise refuse("D503", entry.place("标题"), "「标题」里不能再用 标题", "用别的变量写")
    return Compiled(
        entry,
        compile_template(desk.root / name, name=name, schema=shape, filters=FILTERS, fonts=_fonts(desk)),
        title,
        compile_text(kind.file_name, place=entry.place("文件名"), schema=shape, filters=FILTERS),
        _expression(entry, "条件", kind.condition),
        _expression(entry, "份数", kind.copies),
        _code_words(desk, entry),
    )


def _code_words(desk: Desk, entry: Entry) -> str | None:
    others = load_catalogue(desk.root).entries.values()
    hosts = [other.kind.number for other in others if entry.name in other.kind.annexes]
    numbering = next(filter(None, [entry.kind.number, *hosts]), None)
    return f"{desk.at.year.group.code}{numbering.code}" if numbering else None


def _expression(entry: Entry, key: str, text: str | None) -> Expression | None:
    if text is None:
        return None
    return compile_expression(
        text, place=entry.place(key), schema=schema(entry.subject_kind), filters=FILTERS
    )


def _fonts(desk: Desk) -> dict[str, str]:
    """选项.字体 against the faces that the templates name: only what differs is written into the documents."""
    chosen = desk.at.year.options.fonts
    named = type(chosen).model_validate({})
    pairs = ((getattr(named, name), getattr(chosen, name)) for name in type(chosen).model_fields)
    return {ours: theirs for ours, theirs in pairs if ours != theirs}


@dataclass(frozen=True)
class Made:
    """A paper that was rendered, or copied as it went out."""

    entry: Entry
    subject: Subject
    title: str
    artifact: Artifact
    reads: dict[str, object] = field(default_factory=dict)
    copies: int = 1
    issued: Line | None = None


@dataclass(frozen=True)
class Request:
    """What was asked for: kinds (None: all), subjects and a unit (none: all), for which day."""

    kinds: tuple[str, ...] | None = None
    subjects: tuple[str, ...] = ()
    unit: str | None = None
    dated: bool = False  # for a day of its own: what that day does not have is not in the way


@dataclass
class Built:
    """What came of a build."""

    made: list[Made] = field(default_factory=list)
    left_out: list[Diagnostic] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)


def build(
    desk: Desk, request: Request, store: Store, *, overwrite: bool = False, dry_run: bool = False
) -> Built:
    """Make what was asked for and write it; all is judged before anything is written.

    Raises Problems for any error of the data, the register, the catalogue, a template or a render.
    """
    found = desk.diagnostics()
    errors = [each for each in found if each.severity is Severity.ERROR]
    if errors and not request.subjects:
        raise Problems(errors)
    entries = _entries(load_catalogue(desk.root), request)
    compiled = compile_entries(desk, entries.values())
    _refuse_concerned(desk, compiled, request, errors)
    built = _make(desk, compiled, request, _gates_of_words(found))
    whole = not request.subjects and request.unit is None and not request.dated

    def covers(path: str) -> bool:
        return whole and (request.kinds is None or path.split("/")[0] in entries)

    artifacts = [each.artifact for each in built.made]
    built.outcomes = store.judge(artifacts, covers=covers, overwrite=overwrite)
    if not dry_run:
        store.commit(artifacts, built.outcomes)
    return built


def about(desk: Desk, request: Request, found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """What is worth telling to who asked for some papers: every error, and what else bears on them."""
    if not request.subjects and request.unit is None:
        return list(found)
    words = {*request.subjects, *([request.unit] if request.unit else [])}
    subjects = [each for kind in SUBJECTS.values() for each in kind.list(desk.at)]
    names = words | {
        name for each in subjects for word in words if each.answers_to(word) for name in each.names
    }
    return [
        each for each in found if each.severity is Severity.ERROR or desk.data.concerns(each.place, names)
    ]


def _refuse_concerned(
    desk: Desk, compiled: dict[str, Compiled], request: Request, errors: Sequence[Diagnostic]
) -> None:
    """Papers asked for by name are stopped by the errors of what they rest on; figures need a clean year."""
    if not errors:
        return
    wanted = [
        subject
        for each in compiled.values()
        for subject in subjects_of(desk, each.entry)
        if _wanted(subject, request)
    ]
    yearly = any(each.entry.subject_kind == "年度" for each in compiled.values())
    names = {name for subject in wanted for name in subject.names} | set(request.subjects)
    concerned = [each for each in errors if yearly or not wanted or desk.data.concerns(each.place, names)]
    if concerned:
        raise Problems(concerned)


def _entries(known: Catalogue, request: Request) -> dict[str, Entry]:
    """The kinds asked for, with their annexes."""
    names = list(known.entries if request.kinds is None else request.kinds)
    for name in names:
        names += [each for each in known.entry(name).kind.annexes if each not in names]
    return {name: known.entry(name) for name in names}


def _gates_of_words(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Gates that are about what a record says, whatever the kind of paper."""
    return [each for each in found if each.code == "D902"]


def _make(desk: Desk, compiled: dict[str, Compiled], request: Request, words: Sequence[Diagnostic]) -> Built:
    built = Built()
    problems: list[Diagnostic] = []
    _refuse_unknown(desk, compiled, request)
    for each in compiled.values():
        for subject in subjects_of(desk, each.entry):
            if not _wanted(subject, request) or not holds(each, subject):
                continue
            try:
                paper = _make_one(desk, each, subject, built, words)
            except Problems as refused:
                problems += refused.diagnostics
                continue
            if paper is not None:
                built.made.append(paper)
    if problems:
        raise Problems(in_order(problems))
    built.left_out = in_order(built.left_out)
    return built


def _make_one(
    desk: Desk, each: Compiled, subject: Subject, built: Built, words: Sequence[Diagnostic]
) -> Made | None:
    line = _line_of(desk, each.entry, subject)
    if line is not None:
        return _copy(desk, each, subject, line)
    closed = rules.open_gates(desk.at, subject.findings, gates_of(desk, each.entry))
    yearly = each.entry.subject_kind == "年度"
    closed += [gate for gate in words if yearly or desk.data.concerns(gate.place, subject.names)]
    if closed:
        built.left_out += closed
        return None
    return render(each, subject)


def gates_of(desk: Desk, entry: Entry) -> tuple[str, ...]:
    """The gates of a kind of document; an annex has those of the papers that it goes with."""
    if entry.kind.when is None:
        return entry.kind.gates
    others = load_catalogue(desk.root).entries.values()
    return tuple(
        dict.fromkeys(g for other in others if entry.name in other.kind.annexes for g in other.kind.gates)
    )


def _line_of(desk: Desk, entry: Entry, subject: Subject) -> Line | None:
    """The register's line of a paper, or of the letter that an annex went out with."""
    for line in reversed(desk.register.issued):
        same = line.subject == subject.code and line.year == desk.at.year.year
        if same and not desk.register.voided(line, date.max) and entry.name in line.kinds:
            return line
    return None


def subjects_of(desk: Desk, entry: Entry) -> list[Subject]:
    """All subjects of a kind of document."""
    return list(SUBJECTS[entry.subject_kind].list(desk.at))


def holds(each: Compiled, subject: Subject) -> bool:
    """Whether 条件 holds for a subject."""
    condition = each.condition
    if condition is None:
        return True
    return bool(condition.evaluate(values(each.entry.subject_kind, Paper(subject), condition.reads)))


def _wanted(subject: Subject, request: Request) -> bool:
    if request.subjects and not any(subject.answers_to(word) for word in request.subjects):
        return False
    return request.unit is None or (subject.unit is not None and subject.answers_to(request.unit))


def unit_called(desk: Desk, word: str) -> Unit:
    """The unit that a person named on the command line; raises Problems when there is none."""
    known = desk.at.year.unit_by_ref
    if word not in known:
        raise refuse("D505", Place("--unit"), f"没有单位「{word}」", suggestion(word, known))
    return known[word]


def _refuse_unknown(desk: Desk, compiled: dict[str, Compiled], request: Request) -> None:
    """A word that names no subject, and a unit that is none, are mistakes of the person who typed them."""
    if request.unit is not None:
        unit_called(desk, request.unit)
    everything = [subject for each in compiled.values() for subject in subjects_of(desk, each.entry)]
    problems = [
        error(
            "D505",
            Place(word),
            f"「{word}」不是{'、'.join(compiled)}的对象",
            suggestion(word, dict.fromkeys(each.code for each in everything)),
        )
        for word in request.subjects
        if not any(each.answers_to(word) for each in everything)
    ]
    if problems:
        raise Problems(problems)


def render(each: Compiled, subject: Subject, number: str | None = None, issued: date | None = None) -> Made:
    """One paper: variables, bytes and name. Raises Problems naming template, place and subject."""
    entry, kind = each.entry, each.entry.subject_kind
    paper = Paper(subject, "", each.code_words, number, issued, entry.kind.annexes)
    title = each.title.render(values(kind, paper, each.title.reads))
    paper = paper._replace(title=title)
    taken = values(kind, paper, each.template.reads)
    data = each.template.render(taken, subject=f"{entry.name} {subject.code}")
    path = _path(each, values(kind, paper, each.file_name.reads))
    title = title.replace("\n", "")
    return Made(entry, subject, title, Artifact(path, data, content_hash(data)), taken, _copies(each, paper))


def _path(each: Compiled, taken: dict[str, object]) -> str:
    name = each.file_name.render(taken).strip()
    bad = sorted(ILLEGAL & set(name))
    if not name or bad or len(name) > LONGEST_NAME:
        fault = (
            f"含有不能用的符号 {' '.join(bad)}"
            if bad
            else ("是空的" if not name else f"超过 {LONGEST_NAME} 个字")
        )
        raise refuse(
            "D504",
            each.entry.place("文件名"),
            f"文件名「{name}」{fault}",
            "改「文件名」的写法，或改所用的名称",
        )
    return f"{each.entry.name}/{name}.docx"


def _copies(each: Compiled, paper: Paper) -> int:
    if each.copies is None:
        return 1
    counted = each.copies.evaluate(values(each.entry.subject_kind, paper, each.copies.reads))
    if not isinstance(counted, int) or counted < 1:
        raise refuse(
            "D503",
            each.entry.place("份数"),
            f"份数应为正整数，现为「{counted}」",
            "写一个数，或写 选项.一式份数",
        )
    return counted


def _copy(desk: Desk, each: Compiled, subject: Subject, line: Line) -> Made:
    """The paper as it went out, never rendered anew."""
    paper = Paper(subject, line.title, "", line.number, line.issued)
    path = _path(each, values(each.entry.subject_kind, paper, each.file_name.reads))
    data = (desk.root / DATA / line.file_of(each.entry.name)).read_bytes()
    artifact = Artifact(path, data, content_hash(data))
    return Made(each.entry, subject, line.title, artifact, issued=line)


def dump_values(taken: dict[str, dict[str, object]]) -> bytes:
    """The values that templates read, by kind of document, as they are kept with an issued paper."""
    return (json.dumps(taken, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def output_store(root: Path, year: str, out: Path | None = None) -> Store:
    """The store of a year's output; `out` in place of the workspace's output/."""
    folder = (out or root / OUTPUT) / year
    name = f"{OUTPUT}/{year}" if out is None else folder.as_posix()
    return Store(folder, name, _digest)


def _digest(data: bytes) -> str:
    """Content hash of a file as found; of one that is no longer a Word file, a hash that fits nothing of ours."""
    try:
        return content_hash(data)
    except Problems:
        return hashlib.sha256(data).hexdigest()
