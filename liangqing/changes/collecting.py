"""Word forms that came back, as what a person hands over: none twice, each with the records that it gives."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, error
from liangqing.base.file_names import made_fit
from liangqing.changes.already_taken import Before, key_of
from liangqing.changes.arriving import ArrivedFile
from liangqing.changes.change_log import differing
from liangqing.changes.judging import JudgedRun, judge
from liangqing.changes.proposed import BESIDE_ORIGINALS, Handed, NewRecord
from liangqing.changes.returned import Reader, ReturnedForm, year_of
from liangqing.changes.sheets import SHEETS, changes_of
from liangqing.changes.shown import ShownChange, label_of
from liangqing.data.yaml.places import Tree
from liangqing.year.open_workspace import OpenWorkspace

REVIEW = ("审核日期", "审核人", "审核结果", "退回理由")  # to be filled in by the group, in each 自查


@dataclass(frozen=True)
class CollectedRecord:
    """A record that would be written: its tree with its 编号, and the one that it takes the place of.

    `label` is what lists call it. `altered`: of a record that is there, the values that change; its tree is {} then.
    """

    label: str
    tree: dict[str, Tree]
    before: Tree = None
    altered: tuple[ShownChange, ...] = ()


@dataclass
class CollectedForms:
    """What came of a run: the forms that can be taken with their records, those taken before, what is wrong.

    `skipped`: other papers that stood in the same folder.
    """

    good: list[tuple[ReturnedForm, list[CollectedRecord]]] = field(default_factory=list)
    before: list[Diagnostic] = field(default_factory=list)
    refused: dict[str, list[Diagnostic]] = field(default_factory=dict)
    judged: JudgedRun = field(default_factory=JudgedRun)
    skipped: list[str] = field(default_factory=list)


def by_year(
    files: Iterable[ArrivedFile], opened: int, others: Collection[int]
) -> dict[int, list[ArrivedFile]]:
    """The files by the year that each form says it is of, where that is one of `others`; else by the year `opened`.

    The year `opened` comes first.
    """
    years: dict[int, list[ArrivedFile]] = {}
    for file in files:
        said = year_of(file)
        years.setdefault(said if said in others and said is not None else opened, []).append(file)
    return dict(sorted(years.items(), key=lambda own: (own[0] != opened, own[0])))


def collect(opened: OpenWorkspace, files: Iterable[ArrivedFile]) -> CollectedForms:
    """Read and judge forms; nothing is written.

    Raises Problems when the data that is there has errors: against it nothing can be judged.
    """
    if opened.errors:
        raise Problems(opened.errors)
    collected, reader, before = CollectedForms(), Reader(opened), Before(opened)
    read: list[ReturnedForm] = []
    handed: dict[str, Handed] = {}
    names: list[str] = []
    for file in files:
        names.append(file.name)
        try:
            form = reader.read(file)
            handed[file.name] = _handed(form, before, opened)
        except Problems as refused:
            if file.in_folder and reader.is_foreign(file):
                collected.skipped.append(file.name)
            else:
                collected.refused[file.name] = list(refused.diagnostics)
            continue
        one = handed[file.name]
        already = before.same_file(form) if one.proposals else before.nothing_new(form, one.told)
        if already is not None:
            collected.before.append(already)
        elif problems := before.problems(form):
            collected.refused[form.name] = problems
        else:
            read.append(form)
    forms = {form.name: form for form in _refuse_twice(read, collected)}
    collected.judged = judge(opened, [handed[name] for name in forms])
    refused_now = {**collected.refused, **collected.judged.refused}
    collected.refused = {name: list(refused_now[name]) for name in names if name in refused_now}
    collected.good = [
        (forms[one.name], list(_records(one, number, collected.judged, before)))
        for number, one in enumerate(collected.judged.good)
    ]
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


def _handed(form: ReturnedForm, before: Before, opened: OpenWorkspace) -> Handed:
    """A form as what a person hands over. Raises Problems with what is only half filled in."""
    if form.section in SHEETS:
        (draft,) = form.drafts
        made = changes_of(form.section, draft.tree, partial(form.place, 0), opened.at)
        proposals, told = tuple(made.proposals), (*form.told, *made.told)
    else:
        proposals, told = tuple(_new_records(form, before)), form.told
    return Handed(
        name=form.name,
        proposals=proposals,
        told=told,
        original=form.data,
        kept_as=made_fit(f"{form.mark.kind}-{form.mark.subject}", form.ending),
        section=form.section,
    )


def _new_records(form: ReturnedForm, before: Before) -> Iterator[NewRecord]:
    for draft in form.drafts:
        tree: dict[str, Tree] = dict(draft.tree)
        old = before.sent_back(form.section, draft.tree)
        tree |= {} if old is None else {"替代": old.code}
        tree |= dict.fromkeys(REVIEW) if form.section == "自查" else {}
        places = {path: Place(form.name, detail=detail) for path, detail in draft.places.items()}
        yield NewRecord(form.section, tree, {(): Place(form.name), **places}, file=BESIDE_ORIGINALS)


def _records(handed: Handed, number: int, judged: JudgedRun, before: Before) -> Iterator[CollectedRecord]:
    """The records that a good form gives: new ones, then those that are there and change."""
    for proposal in handed.proposals:
        if isinstance(proposal, NewRecord):
            tree: dict[str, Tree] = {key: value for key, value in proposal.tree.items() if value is not None}
            old = before.sent_back(proposal.section, tree)
            label = label_of(proposal.section, tree)
            yield CollectedRecord(label, tree, None if old is None else old.tree)
    altered: dict[str, list[ShownChange]] = {}
    for change in judged.shown:
        if change.handed == number and not isinstance(handed.proposals[change.proposal], NewRecord):
            altered.setdefault(change.record_label, []).append(change)
    for label, values in altered.items():
        yield CollectedRecord(label, {}, altered=tuple(values))


def changes(record: CollectedRecord) -> Iterator[tuple[str, str, str]]:
    """Field by field: its name, what stood there before, and what would."""
    yield from ((change.key, change.before, change.after) for change in record.altered)
    yield from (change for change in differing(record.before, record.tree) if change[2])
