"""The form of a record: shown, judged while typing, saved, taken out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from starlette.responses import Response

from liangqing.base.diagnostics import Diagnostic, Place, Problems, Severity
from liangqing.base.plain_json import read_json
from liangqing.changes.judging import JudgedRun
from liangqing.changes.proposed import Handed, NewRecord, Withdrawn
from liangqing.data.model.validate import SECTIONS
from liangqing.data.yaml.places import Tree
from liangqing.data.yaml.write import without_brackets
from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.page_table import DeskPage, NotThere
from liangqing.desk.answering.page_words import in_page_words
from liangqing.desk.answering.record_keys import (
    WHOLE,
    address_of_record,
    record_called,
    record_in,
    record_key,
)
from liangqing.desk.answering.saving import judged, saved, seen_as, told_shortly
from liangqing.desk.answering.showing import goto, page
from liangqing.desk.answering.whole_numbers import whole_number
from liangqing.desk.editing.filled_form import BEGIN, PLAIN, ROWS, FormValues, filled_in, filled_of
from liangqing.desk.editing.form_changes import FORM
from liangqing.desk.editing.form_view import FormViewer, with_rest
from liangqing.desk.editing.merging import Merging, TwoSides, renumbered
from liangqing.desk.editing.next_steps import next_steps
from liangqing.desk.editing.record_editing import Asked, FieldMessage, Judgement, RecordEditing
from liangqing.outputs.ledger.entered import called, records
from liangqing.papers.catalogue import WRITTEN
from liangqing.papers.rendering import load_catalogue

NEW = "new"
_MANY = {section.key: section.many for section in SECTIONS}


@dataclass(frozen=True)
class _Sent:
    """A form that came: the record that it is of (None: a new one, or one that is gone), what stood on the page, and
    the same with the rows that were not on it.
    """

    editing: RecordEditing
    on_page: FormValues
    filled: FormValues
    before: Tree
    gone: bool

    @property
    def changed_since(self) -> bool:
        return self.editing.record is not None and self.before != self.editing.tree


# ---------------------------------------------------------------- shown


def form(look: DeskLook) -> Response:
    """The form of a record, with what `check` says of it."""
    editing = _editing(look, look.sent.parts["key"])
    messages = editing.where(editing.told_now(), {})
    return _page(look, editing, editing.shown(), Judgement(*_sorted(messages)))


def new(look: DeskLook) -> Response:
    """An empty form, with what the address puts in; of a section that is one record, that record's form."""
    section = look.sent.parts["section"]
    editing = _editing(look, NEW)
    there = () if _MANY[section] else records(look.opened.at, section)
    if there:
        return goto(address_of_record(look, there[0]))
    return _page(look, editing, editing.preset(look.sent.asked), Judgement())


def _editing(look: DeskLook, key: str) -> RecordEditing:
    section = look.sent.parts["section"]
    if section not in _MANY:
        raise NotThere(f"「{section}」")
    record = None if key == NEW else record_called(look, section, key)
    return RecordEditing(look.opened, section, record)


def _page(
    look: DeskLook,
    editing: RecordEditing,
    filled: FormValues,
    judgement: Judgement,
    *,
    status: int = 200,
    sides: Sequence[TwoSides] = (),
    gone: bool = False,
    again: bool = False,
) -> Response:
    """`again`: the form is shown with what was sent, and the rows that were on the page."""
    record, section = editing.record, editing.section
    viewer = FormViewer(
        editing.offers,
        _kinds(look, section),
        _firsts(look),
        fresh=record is None,
        windows=_windows(look, again=again, whole=bool(sides) or gone),
    )
    key = NEW if record is None else record_key(record)
    action = look.url(f"records/{section}/{key}")
    done = _done(look)
    values: dict[str, Any] = {
        "heading": _heading(editing),
        "section": section,
        "action": action,
        "keep_as": action,
        "filled_again": again or gone,
        "was": editing.was(),
        "row": viewer.record(editing.part, filled),
        "lists": _lists(editing, viewer),
        "judgement": judgement,
        "sides": sides,
        "gone": gone,
        "deletable": record is not None,
        "unchanged": look.sent.asked.get("saved") == "0",
        "saved": done,
        "next": next_steps(look, record) if done else (),
    }
    return page(look, "record_form.html", status=status, **values)


def _heading(editing: RecordEditing) -> str:
    record, section = editing.record, editing.section
    if record is None:
        return f"新的{section}"
    words = "" if not _MANY[section] else called(editing.opened.at, record, section)
    return "　".join(filter(None, (record.label if _MANY[section] else section, words)))


def _lists(editing: RecordEditing, viewer: FormViewer) -> Mapping[str, Sequence[str]]:
    """What inputs offer, each list once."""
    offered = {target: words for target, words in editing.offers.items() if target not in PLAIN}
    return {**offered, **viewer.named_lists(editing.part)}


def _windows(look: DeskLook, *, again: bool, whole: bool) -> Mapping[str, str] | None:
    if whole or not again:
        return {} if whole else None
    ends = f".{ROWS}"
    found = (
        (name.removeprefix(BEGIN).removesuffix(ends), text)
        for name, text in look.sent.form.items()
        if name.endswith(ends)
    )
    return {name: text[0] for name, text in found if "." not in name}


def _kinds(look: DeskLook, section: str) -> tuple[str, ...]:
    """The kinds of papers that a record of a section may be of; none where their catalogue can't be read."""
    try:
        entries = load_catalogue(look.folder).entries
    except Problems:
        return ()
    written = section in ("文书", "选项")
    return tuple(name for name, entry in entries.items() if not written or entry.subject_kind == WRITTEN)


def _firsts(look: DeskLook) -> dict[str, int]:
    """By list the first row to be shown, as the address asks: ?rows=任务落实:100."""
    key, _, first = look.sent.asked.get("rows", "").partition(":")
    number = whole_number(first)
    return {} if number is None else {key: number}


# ---------------------------------------------------------------- judged


def attempt(look: DeskLook) -> Response:
    """What would come of a form that is being filled in: messages at its fields, nothing else of the page."""
    sent = _sent(look)
    if sent.gone or sent.changed_since:
        words = "这条记录刚才在别处改过或删去了：点「保存」看两边的改动，你填的不会丢"
        return page(look, "form_judged.html", judgement=Judgement(words=words))
    judgement = _judgement(look, sent)[0]
    return page(
        look, "form_judged.html", judgement=replace(judgement, seen="") if judgement.warned else judgement
    )


def _sent(look: DeskLook) -> _Sent:
    """The form as it came. Raises Problems for the product's own sample."""
    look.refuse_sample()
    gone = False
    try:
        editing = _editing(look, look.sent.parts["key"])
    except NotThere:
        if look.sent.parts["section"] not in _MANY:
            raise
        editing, gone = _editing(look, NEW), True
    editing = replace(editing, opened=look.writing)
    if editing.record is not None:
        record = record_in(look.writing, editing.section, look.sent.parts["key"])
        editing = replace(editing, record=record)
    fresh = editing.record is None and not gone  # of which nothing stood anywhere before
    before = None if fresh else _read_back(look.sent.one("was"))
    was = filled_of(editing.part, before, editing.texts)
    on_page = renumbered(filled_in(editing.part, look.sent.form), was)
    return _Sent(editing, on_page, with_rest(on_page, look.sent.form, was), before, gone)


def _read_back(was: str) -> Tree:
    """The record as the form carries it; None of a new one, and of what is no record."""
    try:
        tree = read_json(was or "null")
    except ValueError:
        return None
    return tree if isinstance(tree, dict) else None


def _judgement(look: DeskLook, sent: _Sent) -> tuple[Judgement, Asked | None]:
    """What is said of a form, and what it asks for."""
    editing = sent.editing
    try:
        asked = editing.asked(sent.filled)
    except Problems as problems:
        return Judgement(elsewhere=in_page_words(problems.diagnostics)), None
    standing = [
        message
        for message in editing.where(editing.told_now(), {})
        if message.name not in asked.touched and message.problem.severity is not Severity.ERROR
    ]
    if asked.nothing:
        return Judgement(*_sorted(standing)), asked
    run = judged(look, [asked.handed])
    messages = editing.where(asked.problems(run), asked.fields)
    if run.refused:
        return Judgement(*_sorted(messages)), asked
    found = _sorted([*messages, *standing])
    return Judgement(*found, run=run, seen=seen_as(run), warned=bool(messages)), asked


def _sorted(messages: Iterable[FieldMessage]) -> tuple[tuple[FieldMessage, ...], tuple[Diagnostic, ...]]:
    """Those that belong to a field, and the problems of the others."""
    found = list(messages)
    at_fields = tuple(message for message in found if message.name)
    return at_fields, tuple(message.problem for message in found if not message.name)


# ---------------------------------------------------------------- written


def save(look: DeskLook) -> Response:
    """Write what a person has seen; else show what would be written, what is wrong, or what others changed."""
    sent = _sent(look)
    if sent.gone:
        return _page(look, sent.editing, _all_new(sent.filled), Judgement(), status=409, gone=True)
    if sent.changed_since:
        return _both_sides(look, sent)
    judgement, asked = _judgement(look, sent)
    if asked is not None and asked.nothing:
        return goto(f"{look.url(f'records/{sent.editing.section}/{_key(sent)}', saved=0)}")
    if judgement.run is None or asked is None:
        return _page(look, sent.editing, sent.on_page, judgement, status=422, again=True)
    if look.sent.one("seen") != judgement.seen:
        return _page(look, sent.editing, sent.on_page, judgement, again=True)
    run = judgement.run
    saved(look, run, told_shortly(run))
    fresh = "" if sent.editing.record is not None else "&fresh=1"
    return goto(f"{_address_after(look, sent, run)}?saved={look.desk.saves.given}{fresh}")


def _key(sent: _Sent) -> str:
    return NEW if sent.editing.record is None else record_key(sent.editing.record)


def _all_new(filled: FormValues) -> FormValues:
    return renumbered(filled, FormValues())


def _both_sides(look: DeskLook, sent: _Sent) -> Response:
    """The form with what others changed merged into it, for a person to look at; nothing is written."""
    editing, merging = sent.editing, Merging()
    was = filled_of(editing.part, sent.before, editing.texts)
    merged = merging.merged(editing.part, sent.filled, was, editing.shown())
    return _page(look, editing, merged, Judgement(), status=409, sides=merging.sides, again=True)


def _address_after(look: DeskLook, sent: _Sent, run: JudgedRun) -> str:
    """The address of the record that was written."""
    fresh, section = replace(look), sent.editing.section
    if not _MANY[section]:
        return look.url(f"records/{section}/{WHOLE}")
    listed = records(fresh.opened.at, section)
    for proposal in run.good[0].proposals:
        if isinstance(proposal, NewRecord):
            wanted = without_brackets(dict(proposal.tree))
            written = [record for record in listed if without_brackets(record.tree) == wanted]
            return address_of_record(look, written[-1])
    before = sent.editing.record
    assert before is not None
    where = (before.written_in.name, before.written_at)
    now = next((record for record in listed if (record.written_in.name, record.written_at) == where), before)
    return address_of_record(look, now)


def again(look: DeskLook) -> Response:
    """The form as it was left, unsaved, by the browser that kept it."""
    sent = _sent(look)
    if sent.gone:
        return _page(look, sent.editing, _all_new(sent.filled), Judgement(), gone=True)
    if sent.changed_since:
        return _both_sides(look, sent)
    return _page(look, sent.editing, sent.on_page, _judgement(look, sent)[0], again=True)


def delete(look: DeskLook) -> Response:
    """Take a record out: what rests on it is told, else it is asked once more, else it is done."""
    look.refuse_sample()
    section = look.sent.parts["section"]
    record = record_in(look.writing, section, look.sent.parts["key"])
    run = judged(look, [Handed(FORM, (Withdrawn(record, Place(FORM)),), section=section)])
    seen = seen_as(run) if not run.refused else ""
    if not seen or look.sent.one("seen") != seen:
        back = address_of_record(look, record)
        problems = in_page_words([*run.refused.get(FORM, ()), *run.told])
        values = {"run": run, "seen": seen, "back": back, "label": record.label, "problems": problems}
        return page(look, "record_delete.html", status=200 if seen else 422, **values)
    saved(look, run, f"删去 {record.label}")
    return goto(look.url("changes", saved=look.desk.saves.given))


# ---------------------------------------------------------------- what comes next


def _done(look: DeskLook) -> dict[str, Any] | None:
    """The save that an address speaks of, as long as it can be undone."""
    given = look.sent.asked.get("saved", "")
    run = next((run for run in look.desk.saves.of(look.folder) if str(run.number) == given), None)
    if run is None:
        return None
    section = look.sent.parts["section"]
    return {
        "number": run.number,
        "fresh": look.url(f"records/{section}/{NEW}") if look.sent.asked.get("fresh") else "",
    }


PAGES: tuple[DeskPage, ...] = (
    DeskPage("records/{section}/new", new),
    DeskPage("records/{section}/{key}", form),
    DeskPage("records/{section}/{key}", save, posts=True),
    DeskPage("records/{section}/{key}/try", attempt, posts=True),
    DeskPage("records/{section}/{key}/again", again, posts=True),
    DeskPage("records/{section}/{key}/delete", delete, posts=True),
)
