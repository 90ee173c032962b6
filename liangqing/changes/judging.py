"""All forms of a run together: none twice, each judged as if its records stood in YAML."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, Severity, error
from liangqing.changes.already_taken import Before, key_of
from liangqing.changes.change_log import flat
from liangqing.changes.numbering import numbered
from liangqing.changes.returned import Reader, ReturnedForm, year_of
from liangqing.data import workspace
from liangqing.data.yaml.places import Source, Step, Tree
from liangqing.year.open_workspace import OpenWorkspace, in_order

Files = list[tuple[Path, str]]


@dataclass(frozen=True)
class CollectedRecord:
    """A record that would be written: its tree with its 编号, and the one that it takes the place of."""

    tree: dict[str, Tree]
    before: Tree = None


@dataclass
class CollectedForms:
    """What came of a run: the forms that can be taken with their records, those taken before, what is wrong."""

    good: list[tuple[ReturnedForm, list[CollectedRecord]]] = field(default_factory=list)
    before: list[Diagnostic] = field(default_factory=list)
    refused: dict[str, list[Diagnostic]] = field(default_factory=dict)
    told: list[Diagnostic] = field(default_factory=list)


@dataclass(frozen=True)
class FormSource(Source):
    """The records of a form as a file that was read; its places are in Word's terms."""

    form: ReturnedForm | None = None

    def place(self, *path: Step) -> Place:
        assert self.form is not None
        if len(path) < 2:
            return Place(self.name)
        return self.form.place(int(path[1]), path[2:])

    def key_place(self, *path: Step) -> Place:
        return self.place(*path)


def by_year(files: Iterable[tuple[Path, str]], opened: int, others: Collection[int]) -> dict[int, Files]:
    """The files by the year that each form says it is of, where that is one of `others`; else by the year `opened`.

    The year `opened` comes first.
    """
    years: dict[int, Files] = {}
    for path, name in files:
        said = year_of(path)
        years.setdefault(said if said in others and said is not None else opened, []).append((path, name))
    return dict(sorted(years.items(), key=lambda own: (own[0] != opened, own[0])))


def collect(opened: OpenWorkspace, files: Iterable[tuple[Path, str]]) -> CollectedForms:
    """Read and judge forms (path, and what messages call it); nothing is written.

    Raises Problems when the data that is there has errors: against it nothing can be judged.
    """
    if opened.errors:
        raise Problems(opened.errors)
    collected, reader, before = CollectedForms(), Reader(opened), Before(opened)
    read: list[ReturnedForm] = []
    names: list[str] = []
    for path, name in files:
        names.append(name)
        try:
            form = reader.read(path, name)
        except Problems as refused:
            collected.refused[name] = list(refused.diagnostics)
            continue
        already = before.same_file(form)
        if already is not None:
            collected.before.append(already)
        elif problems := before.problems(form):
            collected.refused[name] = problems
        else:
            read.append(form)
    read = _refuse_twice(read, collected)
    good = [(form, _records(opened, before, form, read[:at])) for at, form in enumerate(read)]
    _judge(opened, good, collected)
    collected.refused = {name: collected.refused[name] for name in names if name in collected.refused}
    return collected


def _refuse_twice(read: list[ReturnedForm], collected: CollectedForms) -> list[ReturnedForm]:
    """Of two forms for one thing: of equal ones the first is taken, of different ones none."""
    first: dict[tuple[str, ...], ReturnedForm] = {}
    torn: set[str] = set()
    doubles: set[str] = set()
    for form in read:
        for key in (key_of(form.section, draft.tree) for draft in form.drafts):
            other = first.setdefault(key, form)
            if other is form:
                continue
            equal = [draft.tree for draft in other.drafts] == [draft.tree for draft in form.drafts]
            message = f"与 {other.name} 是同一张表" + ("，内容也一样，只收前一份" if equal else "，内容不同")
            advice = "不用再交" if equal else "问清以哪一份为准，只留那一份"
            collected.refused[form.name] = [error(Code.FORM_TWICE, Place(form.name), message, advice)]
            doubles.add(form.name)
            if not equal:
                torn.add(other.name)
                said = error(
                    Code.FORM_TWICE, Place(other.name), f"与 {form.name} 是同一张表，内容不同", advice
                )
                collected.refused.setdefault(other.name, []).append(said)
    return [form for form in read if form.name not in torn | doubles]


def _records(
    opened: OpenWorkspace, before: Before, form: ReturnedForm, earlier: Sequence[ReturnedForm]
) -> list[CollectedRecord]:
    """The records of a form with their 编号, which follow those of the forms before it."""
    taken = sum(len(other.drafts) for other in earlier if other.section == form.section)
    made = []
    for number, draft in enumerate(form.drafts):
        code = numbered(opened.at.year, form.section, taken + number)
        old = before.sent_back(form.section, draft.tree)
        ending: dict[str, Tree] = {} if old is None else {"替代": old.code}
        made.append(
            CollectedRecord({"编号": code, **draft.tree, **ending}, None if old is None else old.tree)
        )
    return made


def _judge(
    opened: OpenWorkspace, forms: list[tuple[ReturnedForm, list[CollectedRecord]]], collected: CollectedForms
) -> None:
    """Take out the forms that bring errors, until those that are left bring none."""
    known = set(opened.found)
    while forms:
        found = [problem for problem in _found(opened, forms) if problem not in known]
        errors = [problem for problem in found if problem.severity is Severity.ERROR]
        own = {form.name for form, _ in forms} & {problem.place.file for problem in errors}
        if errors and not own:
            forms = _one_by_one(opened, forms, known, collected)
            continue
        for name in own:
            collected.refused[name] = [problem for problem in errors if problem.place.file == name]
        forms = [pair for pair in forms if pair[0].name not in own]
        if not own:
            names = {form.name for form, _ in forms}
            told = [problem for problem in found if problem.place.file in names]
            collected.told = in_order([*(problem for form, _ in forms for problem in form.told), *told])
            break
    collected.good = forms


def _one_by_one(
    opened: OpenWorkspace,
    forms: list[tuple[ReturnedForm, list[CollectedRecord]]],
    known: set[Diagnostic],
    collected: CollectedForms,
) -> list[tuple[ReturnedForm, list[CollectedRecord]]]:
    """The forms that bring no error when each is added to those before it; what the others bring is told of them."""
    good: list[tuple[ReturnedForm, list[CollectedRecord]]] = []
    for pair in forms:
        found = _found(opened, [*good, pair])
        errors = [problem for problem in found if problem.severity is Severity.ERROR and problem not in known]
        if errors:
            collected.refused[pair[0].name] = errors
        else:
            good.append(pair)
    return good


def _found(
    opened: OpenWorkspace, forms: Sequence[tuple[ReturnedForm, list[CollectedRecord]]]
) -> list[Diagnostic]:
    """Everything wrong with the data as it would be with the records of the forms."""
    sources = [_source(form, records) for form, records in forms]
    year = opened.at.year.year
    data = workspace.load(opened.root, {year: sources})
    if year not in data.years:
        return in_order(data.diagnostics)
    at = replace(opened.at, year=data.years[year], years=data.years)
    return replace(opened, data=data, at=at).judge(kept=False)


def _source(form: ReturnedForm, records: Sequence[CollectedRecord]) -> FormSource:
    tree: Tree = {form.section: [record.tree for record in records]}
    return FormSource(form.name, b"", tree, form)


def changes(record: CollectedRecord) -> Iterator[tuple[str, str, str]]:
    """Field by field: its name, what stood there before, and what would."""
    old = dict(flat(record.before))
    for name, text in flat(record.tree):
        if old.get(name) != text:
            yield name, old.get(name, ""), text
