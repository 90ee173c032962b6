"""Finds the elements of a paper in a document, whoever made it: by words, place, colour and size together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from liangqing.gbt9704.check import patterns as like
from liangqing.gbt9704.check.blanks import blanks_before, white_before
from liangqing.gbt9704.check.captions import beside_tables
from liangqing.gbt9704.check.corrections import NOTHING, Corrections, pins_of
from liangqing.gbt9704.check.find_annexes import begins_note, with_annexes
from liangqing.gbt9704.check.find_head import with_head
from liangqing.gbt9704.check.find_title import with_title
from liangqing.gbt9704.check.formats import with_format
from liangqing.gbt9704.check.letters import chinese, fits
from liangqing.gbt9704.check.lines import red_lines
from liangqing.gbt9704.check.paper import ANNEX, OTHER, TEMPLATE, Heading, RecognisedPaper
from liangqing.gbt9704.standard import face
from liangqing.gbt9704.word.model import BLANKS, CELL, Document, Paragraph

_HEADING = 40  # characters: a longer first sentence is no heading
_NAMES = {1: "一级标题", 2: "二级标题"}
_GOES_ON = ("。", "；", ";", "，")
_RIGHT = 4.0  # characters: no line of text begins so far in
_TOUCHING = 0.5  # lines: no empty one between
_LAST = 2  # lines: a signature without a date stands among the last
_SIGNED_LAST = 4  # lines: so does one with its date in its own line, over a note and what is said of copies


def recognise(document: Document, by_hand: Corrections = NOTHING) -> RecognisedPaper:
    """The paper in a document: each step adds what it finds to a copy of what the steps before it found.

    What a person has said `by_hand` holds, and nothing else is made of those paragraphs. Raises Problems for paragraphs and
    elements that are not there.
    """
    if any(like.TAG.search(paragraph.words) for paragraph in document.paragraphs):
        return RecognisedPaper(document, TEMPLATE)
    pins, pinned = pins_of(by_hand, document)
    paper = RecognisedPaper(
        document,
        OTHER,
        asked=by_hand.format is not None,
        pins=pins,
        pinned=pinned,
        red_lines=red_lines(document),
    )
    paper = with_head(paper)
    paper = with_title(paper, _flow(paper))
    for step in (_with_imprint, _with_annexes, _with_signature, _with_annex_note, _with_body, with_format):
        paper = step(paper)
    if paper.format == ANNEX:  # all of it, with no body of its own
        label = next((line for line in document.paragraphs if line.words), None)
        if label is None:
            return paper
        lines = [label, *(line for line in _flow(paper) if line is not label)]
        return with_annexes(replace(paper, body=(), headings=()), lines, headings, alone=True)
    return paper


def _flow(paper: RecognisedPaper) -> list[Paragraph]:
    """The lines of the text itself that are no part of the head."""
    head = (*paper.mark, paper.number, *paper.signers, paper.copy_number, paper.secrecy, paper.urgency)
    taken = {id(block) for block in head}
    return [
        block
        for block in paper.document.flow
        if isinstance(block, Paragraph) and block.words and id(block) not in taken and block.spot is None
    ]


# ---------------------------------------------------------------- from the end upwards


def _with_imprint(paper: RecognisedPaper) -> RecognisedPaper:
    """抄送 (the first line that is one), 主题词 (the last), and the line of the office that printed it."""
    lines = paper.free([paragraph for paragraph in paper.document.paragraphs if paragraph.words])
    copies = next((line for line in lines if like.COPIES.match(line.words)), None)
    keywords = next((line for line in reversed(lines) if like.KEYWORDS.match(line.words)), None)
    printed = _printed(lines, copies) or _printed_cell(paper, copies)
    return paper.having(copies=copies, keywords=keywords, printed=printed)


def _printed_cell(paper: RecognisedPaper, copies: Paragraph | None) -> Paragraph | None:
    """The date beside the name of an organ in the last row of the last table, where that is an imprint's."""
    table = paper.document.tables[-1] if paper.document.tables else None
    if table is None or not (table.floating or copies in table.paragraphs):
        return None
    organ, date = table.rows[-1][0], table.rows[-1][-1]
    worded = [line for line in date.paragraphs if line.words]
    named = organ is not date and like.names_organs(like.solid(organ.words))
    return worded[0] if named and len(worded) == 1 and like.DATE.match(worded[0].words) else None


def _printed(lines: Sequence[Paragraph], copies: Paragraph | None) -> Paragraph | None:
    for line in reversed(lines[-12:]):
        for pattern in (like.PRINTED, like.PRINTED_DATE):
            found = pattern.match(line.words)
            if found is not None and (found["end"] or copies is not None or line.size <= 30):
                return line if found["end"] or _in_foot(line, lines, copies) else None
    return None


def _in_foot(line: Paragraph, lines: Sequence[Paragraph], copies: Paragraph | None) -> bool:
    """Whether it stands where only an imprint stands: by 抄送, with a rule, or at the foot of the page."""
    if copies is not None and lines.index(line) > lines.index(copies):
        return True
    at_foot = line.spot is not None and line.spot.foot
    return bool(line.edges) or line.where == CELL or at_foot


def _with_annexes(paper: RecognisedPaper) -> RecognisedPaper:
    return with_annexes(paper, _flow(paper), headings)


def _before_annexes(paper: RecognisedPaper) -> list[Paragraph]:
    """The lines up to the first annex, without those of the imprint."""
    lines = _flow(paper)
    labels = [annex.label for annex in paper.annexes if annex.label in lines]
    stop = lines.index(labels[0]) if labels else len(lines)
    foot = paper.foot
    return [line for line in lines[:stop] if line not in foot]


def _below_title(paper: RecognisedPaper) -> list[Paragraph]:
    """The lines below title and 主送 down to the first annex, that are no element of another kind."""
    lines = _before_annexes(paper)
    start = max((lines.index(line) for line in paper.above_body if line in lines), default=-1)
    return paper.free(lines[start + 1 :])


def _with_signature(paper: RecognisedPaper) -> RecognisedPaper:
    """The last date, the signature above it or in its line, and the note in brackets in the line below."""
    lines = _below_title(paper)
    signed = _signed_last(lines)
    dated = (line for line in reversed(lines) if _is_date(line.words) or line in signed)
    paper = paper.having(date=next(dated, None))
    date = paper.date
    if date is None:
        return paper.having(signatures=tuple(_undated(lines)), note=None)
    index = lines.index(date) if date in lines else len(lines)
    alone = like.SIGNED.match(date.words) is None
    signatures = tuple(_signatures(paper, lines[:index])) if alone else (date,)
    below = (line for line in lines[index + 1 :][:1] if not like.PRINT_RUN.match(line.words))
    noted = (line for line in below if like.NOTE.match(line.words) or like.BARE_NOTE.match(line.words))
    note = next(noted, None)
    return paper.having(signatures=signatures, note=note)


def _signed_last(lines: Sequence[Paragraph]) -> list[Paragraph]:
    """Of the last lines those that are a signature and a date in one paragraph."""
    last = lines[-_SIGNED_LAST:]
    return [line for line in last if like.SIGNED.match(line.words) and not like.level_of(line.words)]


def _undated(lines: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The signature of a paper without a date: an organ's name at the right, among the last lines."""
    for line in lines[-_LAST:]:
        moved = line.align == "right" or line.left > 8 * line.character or line.text.startswith("\u3000" * 8)
        if moved and _is_signature(line) and like.names_organs(like.solid(line.words)):
            yield line
            return


def _signatures(paper: RecognisedPaper, lines: Sequence[Paragraph]) -> list[Paragraph]:
    """The line above the date where it is a signature, and those right above it that are set at the right as well."""
    found: list[Paragraph] = []
    for line in reversed(lines):
        if not _is_signature(line) or (found and (not _is_moved(line) or paper.blank_above(found[0]))):
            break
        found.insert(0, line)
    return found


def _with_annex_note(paper: RecognisedPaper) -> RecognisedPaper:
    """附件说明: the first line that begins one, with the items under it."""
    lines = paper.free(_before_annexes(paper))
    starts = (
        index
        for index, (line, after) in enumerate(zip(lines, (*lines[1:], None), strict=False))
        if like.ANNEX_NOTE.match(line.words) or begins_note(line, after)
    )
    start = next(starts, None)
    if start is None:
        return paper.having(annex_note=())
    found = [lines[start]]
    for line in lines[start + 1 :]:
        goes_on = like.ANNEX_ITEM.match(line.words) or _continues(paper, line)
        if not goes_on or line is paper.date or line in paper.signatures:
            break
        found.append(line)
    return paper.having(annex_note=tuple(found))


def _continues(paper: RecognisedPaper, line: Paragraph) -> bool:
    """Whether a line of 附件说明 is the rest of a name that was broken by Enter: far in, right under the line before."""
    far_in = white_before(line) > _RIGHT and line.align not in ("center", "right")
    closed = line.words.endswith(("。", "：", "；"))
    return far_in and not closed and (paper.blank_above(line) or 0.0) < _TOUCHING


# ---------------------------------------------------------------- the text between


def _with_body(paper: RecognisedPaper) -> RecognisedPaper:
    """The text: after title and 主送, up to the first of what follows it."""
    lines = _flow(paper)
    start = max((lines.index(line) for line in paper.above_body if line in lines), default=-1) + 1
    labels = (annex.label for annex in paper.annexes[:1])
    ends = (*paper.annex_note[:1], *paper.signatures[:1], paper.date, *labels, *paper.foot)
    stops = [stop for end in ends if end in lines and (stop := lines.index(end)) >= start]
    beside = tuple(beside_tables(paper.document.flow))
    ids = set(map(id, beside))
    body = tuple(line for line in lines[start : min(stops, default=len(lines))] if id(line) not in ids)
    return replace(paper, body=body, headings=tuple(headings(body)), beside_tables=beside)


def _is_date(words: str) -> bool:
    return like.DATE.match(words) is not None or (like.DATE_BLANK.match(words) is not None and len(words) > 4)


def _is_signature(paragraph: Paragraph) -> bool:
    """Short, without a stop, and not set as text is."""
    words = paragraph.words
    if len(words) > 60 or words.endswith(("。", "；", "，", "：")) or like.level_of(words):
        return False
    if like.ANNEX_NOTE.match(words) or like.ANNEX_ITEM.match(words):
        return False
    return _is_moved(paragraph) or paragraph.align == "center" or len(words) <= 30


def _is_moved(paragraph: Paragraph) -> bool:
    """Whether it is set at the right, by its alignment, an indent, blanks or a tab."""
    left = (paragraph.left + paragraph.first) / paragraph.character + blanks_before(paragraph.text)
    return paragraph.align == "right" or left > _RIGHT or paragraph.text.startswith("\t")


def headings(paragraphs: Iterable[Paragraph]) -> Iterator[Heading]:
    """The paragraphs that begin with a numeral of a level, in order."""
    for paragraph in paragraphs:
        found = like.level_of(paragraph.words)
        if found is not None:
            level, number, right = found
            yield Heading(paragraph, level, number, right, _head(paragraph, level))


def _head(paragraph: Paragraph, level: int) -> int:
    """How many characters are a heading: the line, or its first sentence where more text follows.

    A line that ends in a stop, or that tells something after a colon, is an item of text, unless it is set as a heading.
    """
    words = paragraph.words
    sentence, stop, rest = words.partition("。")
    if stop and rest:
        return len(sentence) + 1 if len(sentence) <= _HEADING else 0
    if _set_as_heading(paragraph, level, len(words)):
        return len(words)
    name, colon, told = words.partition("：")
    if colon and told:
        return len(name) + 1 if _set_as_heading(paragraph, level, len(name) + 1) else 0
    return 0 if len(words) > _HEADING or words.endswith(_GOES_ON) else len(words)


def _set_as_heading(paragraph: Paragraph, level: int, length: int) -> bool:
    """Whether so many of its characters are in the type of its level, or bold, as no text is."""
    if level not in _NAMES:
        return False
    blanks = len(paragraph.text) - len(paragraph.text.lstrip(BLANKS))
    pieces = list(chinese(paragraph, 0, blanks + length))
    return bool(pieces) and all(piece.bold or fits(piece, face(_NAMES[level])) for piece in pieces)
