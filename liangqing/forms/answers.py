"""What stands in the fields of a row that came back, read as it was meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, warning
from liangqing.forms.aligning import is_printed
from liangqing.forms.boxes import ticked
from liangqing.forms.grid import SEVERAL, Control, FormCell
from liangqing.forms.mark import REFERENCE, squeezed
from liangqing.forms.meant import (
    Days,
    Meant,
    choice_meant,
    day_meant,
    is_ticked,
    name_meant,
    same_words,
    says_no_opinion,
    says_nothing,
)

MUST = "（必填）"  # how the name of a field ends that has to be filled in
REMARK = "说明"  # the field of a row that takes what stands in brackets behind a choice
PERSON = "人"  # how the key of a field ends that holds a name
_HINTS = re.compile(  # what Word and WPS put back when a field is emptied
    r"(单击|点击|轻触)(或(点击|轻触))?此处(可)?(输入|添加|选择)(文字|文本|日期)?。?|选择一项。?"
)


@dataclass(frozen=True)
class Answer:
    """What stands in a field: its tag, its name for people, where it is; `text` is "" for what was not given.

    `denies`: somebody wrote in so many words that there is nothing to say.
    """

    tag: str
    name: str
    text: str
    place: str
    fixed: bool = False
    denies: bool = False

    @property
    def key(self) -> str:
        """The last of its keys."""
        return self.tag.rpartition(".")[2]


@dataclass(frozen=True)
class RowAnswers:
    """The answers of a row, and what is to be told of how they were understood."""

    answers: tuple[Answer, ...]
    told: tuple[Diagnostic, ...] = ()


def is_changed(ours: FormCell, theirs: FormCell) -> bool:
    """Whether printed words of a cell are not as they were."""
    if is_printed(ours):
        return same_words(ours.text) != same_words(theirs.text)
    control = ours.control
    if control is not None and control.kind == SEVERAL:
        return ticked(ours.text, theirs.text) is None
    return control is not None and control.kind == "tick" and is_ticked(theirs.text, ours.text) is None


def row_answers(
    pairs: Iterable[tuple[FormCell, FormCell]], file: str, days: Days | None, *, repeated: bool
) -> RowAnswers:
    """The answers in the cells of a row, each beside the cell as it went out.

    Of a row that is `repeated`, one in which only 无 and the like is written is blank.
    """
    answers: list[Answer] = []
    meant: list[Meant] = []
    for ours, theirs in pairs:
        control = ours.control
        if control is None or control.tag.startswith(REFERENCE):
            continue
        said = Meant(ours.text) if control.fixed else _said(control, ours, theirs, days)
        name = control.name if not said.text and not control.fixed else control.name.removesuffix(MUST)
        denies = not said.text and not control.fixed and bool(_text(control, theirs))
        answers.append(Answer(control.tag, name, said.text, theirs.place, control.fixed, denies))
        meant.append(said)
    if repeated and not any(answer.text for answer in answers if not answer.fixed):
        return RowAnswers(tuple(replace(answer, text="") for answer in answers))
    return RowAnswers(*_remarked(answers, meant, file))


def _said(control: Control, ours: FormCell, theirs: FormCell, days: Days | None) -> Meant:
    """What a person put into a field; "" for nothing, for the hint that was there, and for 无."""
    if control.kind == SEVERAL:
        return Meant(ticked(ours.text, theirs.text) or "")
    if control.kind == "tick":
        by_control = theirs.control is not None and theirs.control.ticked
        return Meant("是" if by_control or is_ticked(theirs.text, ours.text) else "")
    text, name = _text(control, theirs), control.name.partition("（")[0]
    if control.kind == "choice" and control.choices and text:
        chosen = choice_meant(text, name, control.choices)
        if chosen.text in control.choices:
            return chosen
    if says_nothing(text) or says_no_opinion(text):
        return Meant("")
    if control.kind == "date":
        return day_meant(text, name, None if "." in control.tag else days)
    if control.tag.endswith(PERSON):
        return name_meant(text, name)
    return Meant(text)


def _text(control: Control, theirs: FormCell) -> str:
    """The text of a cell, line by line, without the hint that stood there."""
    text = "\n".join(filter(None, (line.strip() for line in theirs.text.split("\n"))))
    hint = squeezed(text) == squeezed(control.text) or _HINTS.fullmatch(squeezed(text))
    their_own = theirs.control and theirs.control.hint and squeezed(theirs.control.text) == squeezed(text)
    return "" if hint or their_own else text


def _remarked(
    answers: Sequence[Answer], meant: Sequence[Meant], file: str
) -> tuple[tuple[Answer, ...], tuple[Diagnostic, ...]]:
    """The answers, where what stood in brackets behind a choice went into the remark of its row; and that told."""
    made = list(answers)
    told: list[Diagnostic] = []
    for answer, said in zip(answers, meant, strict=True):
        place = Place(file, detail=answer.place)
        if said.why:
            message = f"「{answer.name}」{said.why}，按「{said.text}」收"
            told.append(warning(Code.READ_AS_MEANT, place, message, "不是的，收下以后改"))
        if not said.rest:
            continue
        at = next((index for index, other in enumerate(made) if _is_remark_of(other, answer)), None)
        where = "不录入，原件里有" if at is None else f"记在「{REMARK}」里"
        if at is not None and said.rest not in made[at].text:
            made[at] = replace(made[at], text="；".join(filter(None, (made[at].text, said.rest))))
        message = f"「{answer.name}」按「{said.text}」收，括号里的「{said.rest}」{where}"
        told.append(warning(Code.READ_AS_MEANT, place, message, "不是的，收下以后改"))
    return tuple(made), tuple(told)


def _is_remark_of(other: Answer, answer: Answer) -> bool:
    return other.tag == f"{answer.tag.removesuffix(answer.key)}{REMARK}"
