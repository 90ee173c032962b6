"""What was done to a Word text since a moment, written into it as tracked changes: a person accepts or rejects each.

Word keeps beside a changed form the one before (`w:rPrChange`, `w:pPrChange`, `w:sectPrChange`), and of changed words
both: `w:del` with those that were there, `w:ins` with those that came.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from itertools import count

from lxml import etree

from liangqing.base.docx_zip import XML_SPACE, W
from liangqing.base.wordprocessingml import PARAGRAPH_ORDER, RUN_ORDER, SECTION_ORDER, properties_of, put
from liangqing.gbt9704.check.fix_paragraphs import split_run
from liangqing.gbt9704.word.runs import shown

_NUMBER = (
    "liangqing"  # the attribute by which a run, and what is cut off it, is known while the text is changed
)
# What a former form does not hold: it stays as it is, whatever becomes of the change.
_STAYS = tuple(f"{W}{name}" for name in ("sectPr", "headerReference", "footerReference"))
_Words = list[tuple[int, str]]  # runs by number, with what each shows


@dataclass
class Tracking:
    """Texts as they are, kept until `write` tells what has become of them.

    In between, forms and words may change and runs be cut; paragraphs and sections may neither come nor go.
    """

    roots: Sequence[etree._Element]
    _runs: list[etree._Element | None] = field(default_factory=list)
    _paragraphs: dict[etree._Element, etree._Element | None] = field(default_factory=dict)
    _sections: dict[etree._Element, etree._Element] = field(default_factory=dict)
    _words: dict[etree._Element, _Words] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for root in self.roots:
            for run in root.iter(f"{W}r"):
                run.set(_NUMBER, str(len(self._runs)))
                self._runs.append(deepcopy(run.find(f"{W}rPr")))
            for paragraph in root.iter(f"{W}p"):
                self._paragraphs[paragraph] = deepcopy(paragraph.find(f"{W}pPr"))
            for section in root.iter(f"{W}sectPr"):
                self._sections[section] = deepcopy(section)
            for paragraph, runs in _by_paragraph(root).items():
                self._words[paragraph] = [(int(run.get(_NUMBER, "")), _says(run)) for run in runs]

    def write(self, author: str, day: date) -> None:
        """Puts a tracked change by `author`, dated `day`, at each place that differs by now."""
        stamp = _Stamp(author, f"{day.isoformat()}T00:00:00Z", count(1 + _highest(self.roots)))
        for root in self.roots:
            for paragraph, runs in _by_paragraph(root).items():
                self._track_words(paragraph, runs, stamp)
            for run in root.iter(f"{W}r"):
                self._track_run(run, stamp)
        for paragraph, was in self._paragraphs.items():
            now = paragraph.find(f"{W}pPr")
            if not _same(was, now):
                properties = properties_of(paragraph, "pPr")
                _former(put(properties, "pPrChange", PARAGRAPH_ORDER), "pPr", was, stamp)
        for section, before in self._sections.items():
            if not _same(before, section):
                _former(put(section, "sectPrChange", SECTION_ORDER), "sectPr", before, stamp)

    def _track_run(self, run: etree._Element, stamp: _Stamp) -> None:
        number, around = run.get(_NUMBER), run.getparent()
        if number is None:
            return
        del run.attrib[_NUMBER]
        if around is not None and around.get(f"{W}author") == stamp.author:
            return
        was, now = self._runs[int(number)], run.find(f"{W}rPr")
        if not _same(was, now):
            _former(put(properties_of(run, "rPr"), "rPrChange", RUN_ORDER), "rPr", was, stamp)

    def _track_words(self, paragraph: etree._Element, runs: list[etree._Element], stamp: _Stamp) -> None:
        was = self._words[paragraph]
        old, new = "".join(text for _, text in was), "".join(map(_says, runs))
        if old == new:
            return
        steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        for kind, start, end, low, high in reversed(steps):  # so that places further up hold
            if kind != "equal":
                place = _cut_at(runs, low)
                _cut_at(runs, high)
                written = _within(runs, low, high)
                gone = [self._deleted(*words, stamp) for words in _stretch(was, start, end)]
                if place < len(runs):
                    _put_before(runs[place], gone)
                else:
                    _put_after(runs[-1], gone)
                for run in written:
                    _wrap(run, stamp.on(etree.Element(f"{W}ins")))

    def _deleted(self, number: int, text: str, stamp: _Stamp) -> etree._Element:
        around = stamp.on(etree.Element(f"{W}del"))
        run = etree.SubElement(around, f"{W}r")
        form = self._runs[number]
        if form is not None:
            run.append(deepcopy(form))
        words = etree.SubElement(run, f"{W}delText")
        words.text = text
        words.set(XML_SPACE, "preserve")
        return around


@dataclass(frozen=True)
class _Stamp:
    author: str
    time: str
    numbers: Iterator[int]

    def on(self, element: etree._Element) -> etree._Element:
        """Says on a change whose it is."""
        element.set(f"{W}id", str(next(self.numbers)))
        element.set(f"{W}author", self.author)
        element.set(f"{W}date", self.time)
        return element


def _former(change: etree._Element, name: str, was: etree._Element | None, stamp: _Stamp) -> None:
    """The form before a change, in the element that holds it."""
    stamp.on(change)
    inner = etree.SubElement(change, f"{W}{name}")
    for child in () if was is None else was:
        if child.tag not in _STAYS and not (name == "pPr" and child.tag == f"{W}rPr"):
            inner.append(deepcopy(child))


# ---------------------------------------------------------------- words


def _by_paragraph(root: etree._Element) -> dict[etree._Element, list[etree._Element]]:
    """The runs of each paragraph that has some; those of a text box are of the paragraphs in it."""
    found: dict[etree._Element, list[etree._Element]] = {}
    for run in root.iter(f"{W}r"):
        paragraph = next(run.iterancestors(f"{W}p"), None)
        if paragraph is not None:
            found.setdefault(paragraph, []).append(run)
    return found


def _says(run: etree._Element) -> str:
    return "".join(shown(child) for child in run)


def _cut_at(runs: list[etree._Element], at: int) -> int:
    """Which of the runs begins at a character, once the one that goes over it is cut in two."""
    place = 0
    for index, run in enumerate(runs):
        length = len(_says(run))
        if at == place:
            return index
        if at < place + length:
            rest = split_run(run, at - place)
            run.addnext(rest)
            runs.insert(index + 1, rest)
            return index + 1
        place += length
    return len(runs)


def _within(runs: Iterable[etree._Element], low: int, high: int) -> list[etree._Element]:
    """The runs that lie between two characters at which runs begin."""
    found, place = [], 0
    for run in runs:
        length = len(_says(run))
        if length and low <= place and place + length <= high:
            found.append(run)
        place += length
    return found


def _stretch(words: _Words, start: int, end: int) -> Iterator[tuple[int, str]]:
    """The text between two characters, run by run."""
    place = 0
    for number, text in words:
        part = text[max(start - place, 0) : max(end - place, 0)]
        if part:
            yield number, part
        place += len(text)


def _put_before(run: etree._Element, changes: Iterable[etree._Element]) -> None:
    for change in changes:
        run.addprevious(change)


def _put_after(run: etree._Element, changes: Iterable[etree._Element]) -> None:
    for change in changes:
        run.addnext(change)
        run = change


def _wrap(run: etree._Element, around: etree._Element) -> None:
    run.addprevious(around)
    around.append(run)


# ---------------------------------------------------------------- differences


def _same(one: etree._Element | None, other: etree._Element | None) -> bool:
    """Whether two elements say the same; one that is missing says what an empty one does."""
    if one is None or other is None:
        there = one if one is not None else other
        return there is None or len(there) == 0
    return (
        one.tag == other.tag
        and sorted(one.items()) == sorted(other.items())
        and len(one) == len(other)
        and all(map(_same, one, other))
    )


def _highest(roots: Iterable[etree._Element]) -> int:
    """The highest number that an element has, 0 where none has one."""
    named = (element.get(f"{W}id", "") for root in roots for element in root.iter(etree.Element))
    return max((int(number) for number in named if number.isdigit()), default=0)
