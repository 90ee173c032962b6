"""Letters that went out and are to be carried to their addressees: which, and with which papers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from liangqing.base.chinese import suggestion
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse
from liangqing.papers.catalogue import Catalogue, Entry
from liangqing.papers.rendering import load_catalogue, subjects_of
from liangqing.variables.dispatch import DispatchSubject
from liangqing.variables.subjects import DISPATCHES
from liangqing.year.open_workspace import OpenWorkspace

REGISTERS = ("发文登记簿", "收文登记簿")


def delivery_kinds(known: Catalogue) -> tuple[list[Entry], list[Entry]]:
    """The kinds that are made for each addressee (送达回证, 信封), and the registers that the catalogue has."""
    carried = [entry for entry in known.entries.values() if entry.subject_kind == DISPATCHES]
    return carried, [known.entries[name] for name in REGISTERS if name in known.entries]


def dispatched(opened: OpenWorkspace) -> list[DispatchSubject]:
    """Every letter that is out and in force, to each addressee; [] where the catalogue has no paper for them."""
    carried, _ = delivery_kinds(load_catalogue(opened.root))
    subjects = subjects_of(opened, carried[0]) if carried else []
    return [subject for subject in subjects if isinstance(subject, DispatchSubject)]


def to_deliver(
    opened: OpenWorkspace, words: Sequence[str] = (), since: date | None = None
) -> list[DispatchSubject]:
    """Those called by `words` (文号, 编号 of the record), else those issued `since` a day, else those without 送达.

    Raises Problems for a word that is none of them, and where there is nothing to be delivered.
    """
    known = dispatched(opened)
    for word in words:
        if not any(subject.answers_to(word) for subject in known):
            numbers = dict.fromkeys(subject.line.number or "" for subject in known)
            message = f"没有要送的「{word}」：没有发过，或者已经作废"
            raise refuse(Code.NOTHING_TO_DELIVER, Place(word), message, suggestion(word, numbers))
    if words:
        return [subject for subject in known if any(subject.answers_to(word) for word in words)]
    found = [
        subject
        for subject in known
        if (subject.delivery is None if since is None else subject.line.issued >= since)
    ]
    if not found:
        message = f"{since} 以后没有发出文书" if since else "发出的文书都已经登记送达"
        advice = "写明文号，如 deliver 市纪驻环整〔2021〕1号；或用 --since 写从哪天起"
        raise refuse(Code.NOTHING_TO_DELIVER, Place("送达"), message, advice)
    return found
