"""Kinds of document made ready, and one paper of a kind: rendered, or copied as it went out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from liangqing.base.chinese import FILTERS, suggestion
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, collected, refuse
from liangqing.base.docx_zip import load_file
from liangqing.base.file_names import fault_of
from liangqing.base.folders import DATA, TEMPLATES
from liangqing.base.output_files import Artifact
from liangqing.data.model.kinds import EXCEL, INTERNAL, SIGNED, WITH_ITS_LETTER, WORD
from liangqing.engine import (
    Expression,
    PictureFile,
    PictureFolder,
    TextTemplate,
    compile_expression,
    compile_text,
)
from liangqing.forms.mark import Mark, code_of_values
from liangqing.papers import catalogue
from liangqing.papers.catalogue import Catalogue, Entry, template_at
from liangqing.papers.kept_templates import KeptTemplate, TemplateNotes, TemplateSource, ready_templates
from liangqing.papers.own_day import on_its_own_day
from liangqing.papers.word_files import unprinted, with_hashes
from liangqing.register import Line
from liangqing.variables.about import Subject
from liangqing.variables.archiving import ArchiveSubject, items_of
from liangqing.variables.covers import CoverSubject
from liangqing.variables.dispatch import DispatchSubject, dispatches
from liangqing.variables.papers import OF_MARK, Paper
from liangqing.variables.subjects import ARCHIVED, COVERS, DISPATCHES, SUBJECTS, WRITTEN, schema, values
from liangqing.variables.table import selected
from liangqing.year.open_workspace import OpenWorkspace, in_order


@dataclass(frozen=True)
class Annexed:
    """An annex as 附件说明 lists it: by its title, or by its name where that is of another kind of subject."""

    name: str
    title: TextTemplate | None


@dataclass(frozen=True)
class Compiled:
    """A kind of document, ready to render."""

    entry: Entry
    template: KeptTemplate | None  # None where the program writes the paper by itself (生成)
    title: TextTemplate
    file_name: TextTemplate
    condition: Expression | None
    copies: Expression | None
    code_words: str | None  # 机关代字 and 代字, its own or of the paper that it is an annex of
    annexes: tuple[Annexed, ...]  # its own, or those that it is one of
    gates: tuple[str, ...]
    pictures: PictureFolder  # where the files of pictures stand


def load_catalogue(root: Path, instead: bytes | None = None) -> Catalogue:
    """The catalogue of the workspace, or what would be it `instead`, judged against the subjects that there are."""
    return catalogue.load(root, tuple(SUBJECTS), instead)


def compile_entries(
    opened: OpenWorkspace,
    known: Catalogue,
    names: Iterable[str],
    *,
    note: bool = False,
    fresh: bool = False,
    processes: int | None = None,
) -> dict[str, Compiled]:
    """The kinds called `names`, their templates found right; raises Problems with the problems of all of them.

    A template that this program found right before is compiled when a paper needs it; all are at once where
    `fresh`. Those newly found right are noted for the next time where `note`. `processes`: how many compile
    (None: as many as pay).
    """
    entries = [known.entry(name) for name in names]
    problems: list[Diagnostic] = []
    sources: dict[str, TemplateSource] = {}
    for entry in entries:
        if not entry.kind.writer:
            with collected(problems):
                sources[entry.name] = _source(opened, entry)
    notes = TemplateNotes(opened.root) if fresh else TemplateNotes(opened.root).load()
    templates = ready_templates(sources, notes, problems, processes)
    compiled: dict[str, Compiled] = {}
    for entry in entries:
        with collected(problems):
            compiled[entry.name] = _compile(opened, known, entry, templates.get(entry.name))
    if problems:
        raise Problems(in_order(problems))
    if note:
        notes.save()
    return compiled


def found_right(opened: OpenWorkspace, known: Catalogue) -> set[str]:
    """The templates that stand in the folder as this program found them right before; none is compiled."""
    notes, problems = TemplateNotes(opened.root).load(), list[Diagnostic]()
    right = set()
    for entry in known.entries.values():
        if not entry.kind.writer:
            with collected(problems):
                if notes.get(_source(opened, entry).digest) is not None:
                    right.add(entry.template_for(opened.at.year.options))
    return right


def _compile(
    opened: OpenWorkspace, known: Catalogue, entry: Entry, template: KeptTemplate | None
) -> Compiled:
    kind, shape = entry.kind, schema(entry.subject_kind)
    return Compiled(
        entry=entry,
        template=template,
        title=compile_title(entry),
        file_name=compile_text(kind.file_name, place=entry.place("文件名"), schema=shape, filters=FILTERS),
        condition=_expression(entry, "条件", kind.condition),
        copies=_expression(entry, "份数", kind.copies),
        code_words=_code_words(opened, known, entry),
        annexes=annexes_of(known, entry),
        gates=gates_of(known, entry),
        pictures=PictureFolder(opened.root),
    )


def _source(opened: OpenWorkspace, entry: Entry) -> TemplateSource:
    """The template of a kind as it stands in the folder. Raises Problems where it is not there or can't be read."""
    file = entry.template_for(opened.at.year.options)
    path = template_at(opened.root, file)
    if not path.is_file():
        there = sorted(
            template.name
            for template in (opened.root / TEMPLATES).iterdir()
            if template.suffix in (WORD, EXCEL)
        )
        raise refuse(
            Code.NO_SUCH_TEMPLATE, entry.place("模板"), f"templates 里没有「{file}」", suggestion(file, there)
        )
    name = f"{TEMPLATES}/{file}"
    return TemplateSource(entry, name, load_file(path, Place(name)), _fonts(opened))


def compile_title(entry: Entry) -> TextTemplate:
    """The template of 标题; raises Problems when it can't be compiled or names itself."""
    title = compile_text(
        entry.kind.title, place=entry.place("标题"), schema=schema(entry.subject_kind), filters=FILTERS
    )
    if "标题" in title.reads:
        raise refuse(Code.TITLE_OF_ITSELF, entry.place("标题"), "「标题」里不能再用 标题", "用别的变量写")
    return title


def titled(title: TextTemplate, kind: str, paper: Paper) -> Paper:
    """The paper with its title, in the lines that a person gave it; `kind` is the kind of its subject."""
    words, written = title.render(values(kind, paper, title.reads)), paper.subject.in_title
    return paper._replace(title=words.replace(written.replace("\n", ""), written) if written else words)


def annexes_of(known: Catalogue, entry: Entry) -> tuple[Annexed, ...]:
    """What a kind goes out with; an annex tells its number among those of the first paper that it goes with."""
    host = next(iter([entry] if entry.kind.annexes else _hosts(known, entry)), entry)
    kinds = [known.entry(name) for name in host.kind.annexes]
    return tuple(
        Annexed(annex.name, compile_title(annex) if annex.subject_kind == entry.subject_kind else None)
        for annex in kinds
    )


def listed(annexes: Iterable[Annexed], kind: str, paper: Paper) -> Paper:
    """The paper with the titles of its annexes, each in one line; `kind` is the kind of its subject."""
    titles = (
        annex.name if annex.title is None else annex.title.render(values(kind, paper, annex.title.reads))
        for annex in annexes
    )
    return paper._replace(annexes=tuple(title.replace("\n", "") for title in titles))


def _hosts(known: Catalogue, entry: Entry) -> list[Entry]:
    """The kinds that an annex goes out with: those on the same subject (catalogue.bound_annexes)."""
    return [other for other in known.entries.values() if entry.name in known.bound_annexes(other)]


def _code_words(opened: OpenWorkspace, known: Catalogue, entry: Entry) -> str | None:
    numberings = (kind.kind.number for kind in (entry, *_hosts(known, entry)))
    numbering = next(filter(None, numberings), None)
    return f"{opened.at.year.group.code}{numbering.code}" if numbering else None


def gates_of(known: Catalogue, entry: Entry) -> tuple[str, ...]:
    """The gates of a kind; an annex has none of its own, but those of the papers that it goes with."""
    hosts = _hosts(known, entry) if entry.kind.when == WITH_ITS_LETTER else []
    return tuple(dict.fromkeys(gate for kind in (entry, *hosts) for gate in kind.kind.gates))


def _expression(entry: Entry, key: str, text: str | None) -> Expression | None:
    if text is None:
        return None
    return compile_expression(
        text, place=entry.place(key), schema=schema(entry.subject_kind), filters=FILTERS
    )


def _fonts(opened: OpenWorkspace) -> dict[str, str]:
    """选项.字体 against the faces that the templates name: only what differs is written into the documents."""
    chosen = opened.at.year.options.fonts
    named = type(chosen).model_validate({})
    pairs = ((getattr(named, name), getattr(chosen, name)) for name in type(chosen).model_fields)
    return {ours: theirs for ours, theirs in pairs if ours != theirs}


@dataclass(frozen=True)
class Planned:
    """A paper that is ready to be rendered: its title, its place below the output folder, and all that it prints."""

    compiled: Compiled
    subject: Subject
    title: str
    path: str
    copies: int
    values: dict[str, object]

    @property
    def inputs(self) -> str:
        """A hash over all that the bytes of the paper follow from."""
        assert self.compiled.template is not None
        loose = [self.compiled.pictures.digest_now(file) for file in _unproved(self.values)]
        plain = [self.path, self.values, *([loose] if loose else [])]
        told = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), default=repr)
        whole = "\n".join(self.subject.at.year.names_whole.within(told))  # titles break around them
        return hashlib.sha256((self.compiled.template.digest + told + whole).encode()).hexdigest()

    def render(self) -> Made:
        """The paper. Raises Problems naming template, place and subject."""
        assert self.compiled.template is not None
        entry = self.compiled.entry
        about, breaker = f"{entry.name} {self.subject.code}", self.subject.at.year.names_whole.breaks
        data = self.compiled.template.render(
            self.values, subject=about, pictures=self.compiled.pictures, breaker=breaker
        )
        artifact = Artifact(self.path, data)
        return Made(entry, self.subject, self.title, artifact, self.values, self.copies)


def _unproved(values: object) -> list[PictureFile]:
    """The pictures whose hash nobody wrote down: what a paper shows of them follows from their files as they are now."""
    found, left = list[PictureFile](), [values]
    for value in left:  # grows while it is read
        if isinstance(value, dict):
            left += value.values()
        elif isinstance(value, list):
            left += value
        elif isinstance(value, PictureFile) and not value.digest:
            found.append(value)
    return found


@dataclass(frozen=True)
class Made:
    """A paper that was rendered, or copied as it went out.

    `reads` are the values that its template read (none of a copy), `copies` how many are printed, `issued` the line of
    the register that it was copied by, None for one that was rendered.
    """

    entry: Entry
    subject: Subject
    title: str
    artifact: Artifact
    reads: dict[str, object] = field(default_factory=dict)
    copies: int = 1
    issued: Line | None = None


def subjects_of(opened: OpenWorkspace, entry: Entry, words: Iterable[str] = ()) -> list[Subject]:
    """All subjects of a kind of document; of 文书, those that were written as this kind, or as the one it follows.

    Those too that are only there because a person names them by one of `words` (any span of days). Each is as the
    paper tells of it: one with a day of its own on that day.
    """
    if entry.subject_kind == COVERS:
        return list(_covered(opened))
    if entry.subject_kind == DISPATCHES:
        return list(_dispatched(opened))
    if entry.subject_kind == ARCHIVED:
        return [archived(opened)]
    wanted, kind = entry.kind.follows or entry.name, SUBJECTS[entry.subject_kind]
    named = (one for word in words for one in kind.called(opened.at, word))
    return [
        on_its_own_day(entry, subject, opened.asked_on)
        for subject in (*kind.list(opened.at), *named)
        if entry.subject_kind != WRITTEN or subject.written_as == wanted
    ]


def taken_over(opened: OpenWorkspace, entry: Entry, subject: Subject) -> tuple[Line, Line] | None:
    """The letter that a form went out with, and the 更正 in force that took its place: the form is owed no more.

    Asked of the day that a person gave, else of today: a 更正 may be made void when the year is over.
    None: the form is still asked for, or the paper is no form.
    """
    line = opened.register.in_use(entry.name, subject.code, opened.at.year.year)
    if entry.kind.form is None or line is None:
        return None
    correction = opened.register.corrected(line, opened.asked_on)
    return (line, correction) if correction else None


def subjects_meant(opened: OpenWorkspace, entry: Entry) -> list[Subject]:
    """Those of them for which 条件 holds."""
    condition, kind = _expression(entry, "条件", entry.kind.condition), entry.subject_kind
    return [
        subject
        for subject in subjects_of(opened, entry)
        if condition is None or condition.evaluate(values(kind, Paper(subject), condition.reads))
    ]


def _covered(opened: OpenWorkspace) -> Iterator[CoverSubject]:
    """Every numbered paper there is, as the subject of the sheet that goes round with it."""
    for entry in load_catalogue(opened.root).entries.values():
        if entry.kind.number is None:
            continue
        kind, title = entry.subject_kind, compile_title(entry)
        copies = _expression(entry, "份数", entry.kind.copies)
        for subject in subjects_meant(opened, entry):
            paper = Paper(subject)
            words = titled(title, kind, paper).title
            yield CoverSubject(
                at=subject.at,
                code=f"{entry.name}/{subject.code}",
                label=subject.label,
                origin=subject.origin,
                of=subject,
                kind=entry.name,
                title=words,
                stays_in=entry.kind.audience == INTERNAL,
                annexes=entry.kind.annexes,
                copies=_counted(entry, copies, paper),
            )


def _dispatched(opened: OpenWorkspace) -> Iterator[DispatchSubject]:
    """Every letter that is out, to each addressee; what stays in the group is sent to nobody."""
    entries = load_catalogue(opened.root).entries
    return dispatches(opened.at, {name for name, entry in entries.items() if entry.kind.audience == INTERNAL})


def archived(opened: OpenWorkspace) -> ArchiveSubject:
    """What went out and came in in the year, as it is archived; its pages are not counted."""
    at = opened.at
    kinds = load_catalogue(opened.root).entries.items()
    terms = {name: entry.kind.term for name, entry in kinds if entry.kind.term}
    items = items_of(opened.register, at.on(opened.asked_on), at.year.group.name, terms)
    return ArchiveSubject(at, str(at.year.year), f"{at.year.year}年归档", at.year.checklist, items)


def holds(compiled: Compiled, subject: Subject) -> bool:
    """Whether 条件 holds for a subject."""
    condition = compiled.condition
    if condition is None:
        return True
    return bool(condition.evaluate(values(compiled.entry.subject_kind, Paper(subject), condition.reads)))


def render(
    compiled: Compiled, subject: Subject, number: str | None = None, issued: date | None = None
) -> Made:
    """One paper of a Word template: variables, bytes and name.

    Raises Problems naming template, place and subject.
    """
    return plan(compiled, subject, number, issued).render()


def plan(
    compiled: Compiled,
    subject: Subject,
    number: str | None = None,
    issued: date | None = None,
    *,
    signer: str = "",
) -> Planned:
    """The same before anything is filled in; `signer` is who signs it as it goes out, "" where nobody is named."""
    assert compiled.template is not None, compiled.entry.name
    entry, kind = compiled.entry, compiled.entry.subject_kind
    paper = Paper(
        subject=subject,
        title="",
        code_words=compiled.code_words,
        number=number,
        issued=issued,
        annexes=(),
        sealed=entry.kind.under_seal,
        signer=signer,
    )
    paper = titled(compiled.title, kind, listed(compiled.annexes, kind, paper))
    taken: dict[str, object] = {}
    if entry.kind.form is not None:
        paper, taken = _marked(compiled, paper, entry.kind.form.version)
    reads = compiled.template.reads
    lost = unprinted(entry, subject, reads)
    if lost is not None:
        raise lost
    taken |= values(kind, paper, {name: below for name, below in reads.items() if name not in taken})
    return Planned(
        compiled=compiled,
        subject=subject,
        title=paper.title.replace("\n", ""),
        path=_path(compiled, values(kind, paper, compiled.file_name.reads)),
        copies=_counted(entry, compiled.copies, paper),
        values=with_hashes({name: taken[name] for name in reads}, compiled.pictures),
    )


def written(compiled: Compiled, subject: Subject, data: bytes) -> Made:
    """One paper that the program wrote by itself (生成): its name, and the bytes as they are given."""
    title, path = title_and_path(compiled, subject)
    return Made(compiled.entry, subject, title, Artifact(path, data))


def title_and_path(compiled: Compiled, subject: Subject) -> tuple[str, str]:
    """The title of a paper that the program writes by itself, in one line, and its place."""
    kind = compiled.entry.subject_kind
    paper = titled(compiled.title, kind, Paper(subject))
    return paper.title.replace("\n", ""), _path(compiled, values(kind, paper, compiled.file_name.reads))


def _marked(compiled: Compiled, paper: Paper, version: int) -> tuple[Paper, dict[str, object]]:
    """A form with what it is known by, and the values that it reads besides.

    The code of its mark is over what it prints besides the mark itself and what is 参考. That of a form to be signed is
    the 内容码 of what is signed on it, so that it bears one code alone.
    """
    assert compiled.template is not None
    mark = Mark(compiled.entry.name, version, paper.at.year.year, paper.subject.code)
    taken = values(compiled.entry.subject_kind, paper._replace(mark=mark), compiled.template.reads)
    if compiled.entry.kind.form is not None and compiled.entry.kind.form.section == SIGNED:
        code = paper.at.content_code(paper.subject.findings)
    else:
        code = code_of_values(selected(taken, compiled.template.printed))
    own = {name: value for name, value in taken.items() if name not in OF_MARK}
    return paper._replace(mark=mark._replace(code=code)), own


def _path(compiled: Compiled, taken: dict[str, object]) -> str:
    name = compiled.file_name.render(taken).strip()
    file = f"{name}{compiled.entry.kind.suffix}"
    fault = fault_of(file) if name else fault_of(name)
    if fault:
        raise refuse(
            Code.BAD_FILE_NAME,
            compiled.entry.place("文件名"),
            f"文件名「{name}」{fault}",
            "改「文件名」的写法，或改所用的名称",
        )
    return f"{compiled.entry.name}/{file}"


def _counted(entry: Entry, copies: Expression | None, paper: Paper) -> int:
    if copies is None:
        return 1
    counted = copies.evaluate(values(entry.subject_kind, paper, copies.reads))
    if not isinstance(counted, int) or counted < 1:
        raise refuse(
            Code.BAD_NUMBER_OF_COPIES,
            entry.place("份数"),
            f"份数应为正整数，现为「{counted}」",
            "写一个数，或写 选项.一式份数",
        )
    return counted


def copy(opened: OpenWorkspace, compiled: Compiled, subject: Subject, line: Line) -> Made:
    """The paper as it went out, never rendered anew, whatever 条件 says today.

    So the letter that asked for opinions stays in the output after their day.
    """
    data = (opened.root / DATA / line.file_of(compiled.entry.name)).read_bytes()
    artifact = Artifact(path_of_copy(compiled, subject, line), data)
    return Made(compiled.entry, subject, line.title, artifact, issued=line)


def path_of_copy(compiled: Compiled, subject: Subject, line: Line) -> str:
    """The place of a paper that went out, below the output folder."""
    paper = Paper(subject, line.title, "", line.number, line.issued)
    return _path(compiled, values(compiled.entry.subject_kind, paper, compiled.file_name.reads))


def dump_values(taken: dict[str, dict[str, object]]) -> bytes:
    """The values that templates read, by kind of document, as they are kept with an issued paper."""
    return (json.dumps(taken, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()
