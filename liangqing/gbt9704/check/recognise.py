"""Finds the elements of a paper in a document, whoever made it: by words, place, colour and size together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from liangqing.gbt9704.check import patterns as like
from liangqing.gbt9704.check.lines import red_lines
from liangqing.gbt9704.check.paper import (
    ANNEX,
    FILE,
    LETTER,
    MINUTES,
    ORDER,
    OTHER,
    PLAIN,
    TABLE,
    TEMPLATE,
    Heading,
    RecognisedAnnex,
    RecognisedPaper,
    RedLine,
    is_red,
    names_style,
)
from liangqing.gbt9704.word.model import CELL, Document, Paragraph, Table

HEAD = 16  # the elements above the title are among so many lines
BIG = 40.0  # half-points: a mark is larger
LARGE = 34.0  # a title is
_NEAR_TOP = 4  # lines
_HEADING = 40  # characters: a longer first sentence is no heading
_LETTER_RULE = 165.0  # mm: no rule of another format is as long
_LOW = 250.0  # mm from the upper edge: only the letter has a red rule there
_MOSTLY = 0.5


def recognise(document: Document) -> RecognisedPaper:
    """The paper in a document."""
    if any(like.TAG.search(paragraph.words) for paragraph in document.paragraphs):
        return RecognisedPaper(document, TEMPLATE)
    head = [paragraph for paragraph in _upper(document) if paragraph.words]
    mark = tuple(paragraph for paragraph in head[:HEAD] if _is_mark(paragraph))
    number = _first(head[:HEAD], lambda paragraph: _is_number(paragraph, mark))
    rest = [paragraph for paragraph in head if paragraph not in mark and paragraph is not number]
    lines = red_lines(document)
    found = _Recognised(document, mark, number, lines)
    found.head(rest[:HEAD])
    found.tail()
    found.middle()
    return found.paper()


def _upper(document: Document) -> Iterator[Paragraph]:
    """All paragraphs, those of the first page's header first: a mark may stand there."""
    section = document.sections[0]
    kind = "first" if section.title_page and "first" in section.headers else "default"
    yield from document.furniture.get(section.headers.get(kind, ""), ())
    yield from document.paragraphs


def _first(paragraphs: Iterable[Paragraph], holds: object) -> Paragraph | None:
    assert callable(holds)
    return next((paragraph for paragraph in paragraphs if holds(paragraph)), None)


def _is_mark(paragraph: Paragraph) -> bool:
    """Red and large, or large and called 文件."""
    if paragraph.size < BIG or not paragraph.pieces:
        return False
    red = any(is_red(piece.colour) for piece in paragraph.pieces if piece.text.strip())
    named = names_style(paragraph, "发文机关标志")
    return red or named or (paragraph.words.endswith("文件") and paragraph.size > 2 * 26)


def _is_number(paragraph: Paragraph, mark: Sequence[Paragraph]) -> bool:
    words = paragraph.words
    found = like.DOC_NUMBER.match(words)
    if paragraph.where == CELL and not mark:
        return False
    if found is not None and (found["serial"] or found["hao"]):
        rest = words[found.end() :].strip(" \t\u3000")
        return not rest or rest.startswith("签发人") or like.ANNEX_LABEL.match(words) is not None
    return bool(mark) and like.ORDER_NUMBER.match(words) is not None


@dataclass
class _Recognised:
    """Gathers the elements; each method looks at one stretch of the document."""

    document: Document
    mark: tuple[Paragraph, ...]
    number: Paragraph | None
    lines: tuple[RedLine, ...]
    copy_number: Paragraph | None = None
    secrecy: Paragraph | None = None
    urgency: Paragraph | None = None
    signers: tuple[Paragraph, ...] = ()
    title: tuple[Paragraph, ...] = ()
    recipients: Paragraph | None = None
    body: tuple[Paragraph, ...] = ()
    annex_note: tuple[Paragraph, ...] = ()
    signature: Paragraph | None = None
    date: Paragraph | None = None
    note: Paragraph | None = None
    annexes: tuple[RecognisedAnnex, ...] = ()
    copies: Paragraph | None = None
    printed: Paragraph | None = None
    keywords: Paragraph | None = None

    # ------------------------------------------------------------ above the title, and the title

    def head(self, lines: Sequence[Paragraph]) -> None:
        """What stands above the title, the title itself and 主送."""
        above = [line for line in lines if self._takes(line)]
        if self.number is not None and like.SIGNER.search(self.number.words):
            self.signers = (self.number, *self.signers)
        rest = _from_title([line for line in self._flow() if line not in above])
        self.title = tuple(self._title(rest))
        after = rest[rest.index(self.title[-1]) + 1 :] if self.title else rest
        if after and like.NOTE.match(after[0].words) and after[0].align == "center":
            after = after[1:]
        if self.title or self.mark or self.number:
            self.recipients = next((line for line in after[:1] if _is_address(line)), None)

    def _takes(self, paragraph: Paragraph) -> bool:
        words = paragraph.words
        if self.copy_number is None and like.COPY_NUMBER.match(words):
            self.copy_number = paragraph
        elif self.secrecy is None and like.SECRECY.match(words):
            self.secrecy = paragraph
        elif self.urgency is None and like.URGENCY.match(words):
            self.urgency = paragraph
        elif like.SIGNER.search(words) and len(words) < 60:
            self.signers = (*self.signers, paragraph)
        else:
            return False
        return True

    def _flow(self) -> list[Paragraph]:
        """The lines of the text itself that are no part of the head."""
        taken = [*self.mark, self.number, *self.signers, self.copy_number, self.secrecy, self.urgency]
        return [
            block
            for block in self.document.flow
            if isinstance(block, Paragraph)
            and block.words
            and not any(block is other for other in taken)
            and block.spot is None
        ]

    def _title(self, lines: Sequence[Paragraph]) -> Iterator[Paragraph]:
        for line in lines:
            if not self._looks_like_title(line, began=line is not lines[0]):
                return
            yield line

    def _looks_like_title(self, paragraph: Paragraph, *, began: bool) -> bool:
        words = paragraph.words
        if like.level_of(words) or words.endswith(("：", ":")) or like.ANNEX_NOTE.match(words):
            return False
        large = paragraph.size >= LARGE
        if began:
            return large and not like.NOTE.match(words)
        named = names_style(paragraph, "标题", "title") and not names_style(paragraph, "一级", "二级")
        short = len(words) <= 80
        return short and (
            large or named or paragraph.align == "center" or like.TITLE.search(words) is not None
        )

    # ------------------------------------------------------------ from the date on

    def tail(self) -> None:
        """The imprint, the annexes, the date and what belongs to it, from the end upwards."""
        end = [paragraph for paragraph in self.document.paragraphs if paragraph.words]
        for paragraph in end:
            if like.COPIES.match(paragraph.words) and self.copies is None:
                self.copies = paragraph
            if like.KEYWORDS.match(paragraph.words):
                self.keywords = paragraph
        self.printed = self._printed(end)
        lines = self._flow()
        labels = [
            line
            for line, after in zip(lines[1:], (*lines[2:], None), strict=False)
            if like.ANNEX_LABEL.match(line.words) and not _begins_note(line, after)
        ]
        self.annexes = tuple(self._annex(label, lines) for label in labels)
        stop = lines.index(labels[0]) if labels else len(lines)
        before = [line for line in lines[:stop] if line not in (self.copies, self.printed, self.keywords)]
        self.date = next((line for line in reversed(before) if _is_date(line.words)), None)
        if self.date is not None:
            index = before.index(self.date)
            self.signature = before[index - 1] if index and _is_signature(before[index - 1]) else None
            self.note = next((line for line in before[index + 1 :][:1] if like.NOTE.match(line.words)), None)
        self._annex_note(before)

    def _printed(self, lines: Sequence[Paragraph]) -> Paragraph | None:
        for line in reversed(lines[-12:]):
            for pattern in (like.PRINTED, like.PRINTED_DATE):
                found = pattern.match(line.words)
                if found is not None and (found["end"] or self.copies is not None or line.size <= 30):
                    return line if found["end"] or self._in_foot(line) else None
        return None

    def _in_foot(self, paragraph: Paragraph) -> bool:
        """Whether it stands where only an imprint stands: by 抄送, or with a rule."""
        if self.copies is not None and self.document.paragraphs.index(
            paragraph
        ) > self.document.paragraphs.index(self.copies):
            return True
        return bool(paragraph.edges) or paragraph.where == CELL

    def _annex(self, label: Paragraph, lines: Sequence[Paragraph]) -> RecognisedAnnex:
        after = lines[lines.index(label) + 1 :]
        title = after[0] if after and not like.ANNEX_LABEL.match(after[0].words) else None
        return RecognisedAnnex(label, title if title is not None and len(title.words) <= 80 else None)

    def _annex_note(self, lines: Sequence[Paragraph]) -> None:
        starts = (
            index
            for index, (line, after) in enumerate(zip(lines, (*lines[1:], None), strict=False))
            if like.ANNEX_NOTE.match(line.words) or _begins_note(line, after)
        )
        start = next(starts, None)
        if start is None:
            return
        found = [lines[start]]
        for line in lines[start + 1 :]:
            if not like.ANNEX_ITEM.match(line.words) or line is self.date or line is self.signature:
                break
            found.append(line)
        self.annex_note = tuple(found)

    # ------------------------------------------------------------ the text between

    def middle(self) -> None:
        """The text: after title and 主送, up to the first of what follows it."""
        lines = self._flow()
        begin = self.recipients or (self.title[-1] if self.title else None)
        start = lines.index(begin) + 1 if begin is not None else 0
        ends = (*self.annex_note[:1], self.signature, self.date, *(annex.label for annex in self.annexes[:1]))
        stops = [
            lines.index(mark) for mark in (*ends, self.copies, self.printed, self.keywords) if mark in lines
        ]
        stops = [stop for stop in stops if stop >= start]
        self.body = tuple(lines[start : min(stops, default=len(lines))])

    def paper(self) -> RecognisedPaper:
        return RecognisedPaper(
            document=self.document,
            format=self._format(),
            mark=self.mark,
            copy_number=self.copy_number,
            secrecy=self.secrecy,
            urgency=self.urgency,
            number=self.number,
            signers=self.signers,
            title=self.title,
            recipients=self.recipients,
            body=self.body,
            headings=tuple(headings(self.body)),
            annex_note=self.annex_note,
            signature=self.signature,
            date=self.date,
            note=self.note,
            annexes=self.annexes,
            copies=self.copies,
            printed=self.printed,
            keywords=self.keywords,
            red_lines=self.lines,
        )

    def _format(self) -> str:
        words = "".join(line.words for line in self.mark)
        first = next((paragraph.words for paragraph in self.document.paragraphs if paragraph.words), "")
        if self.mark and self.number is not None and like.ORDER_NUMBER.match(self.number.words):
            return ORDER
        if words.endswith("纪要"):
            return MINUTES
        if (self.mark or self.number) and self._has_letter_rules():
            return LETTER
        if like.ANNEX_LABEL.match(first):
            return ANNEX
        if words.endswith("文件") or any(line.under is self.number for line in self.lines if line.under):
            return FILE
        if self.mark and self.number is not None:
            return LETTER if self.number.align == "right" and not self.signers else FILE
        if self._is_table():
            return TABLE
        addressed = self.title and (self.recipients or self.number)
        return PLAIN if addressed and (self.date or self.number) else OTHER

    def _has_letter_rules(self) -> bool:
        lines = self.lines
        return (
            any((line.length or 0) >= _LETTER_RULE or (line.top or 0) > _LOW for line in lines)
            or len(lines) > 2
        )

    def _is_table(self) -> bool:
        flow = self.document.flow
        inside = sum(len(block.words) for block in flow if isinstance(block, Table))
        return inside > _MOSTLY * sum(len(block.words) for block in flow)


def _from_title(lines: list[Paragraph]) -> list[Paragraph]:
    """The lines from the first large one near the top on: a line above the title is small."""
    large = (
        index
        for index, line in enumerate(lines[:_NEAR_TOP])
        if line.size >= LARGE and not line.words.endswith(("：", ":"))
    )
    return lines[next(large, 0) :]


def _begins_note(line: Paragraph, after: Paragraph | None) -> bool:
    """Whether `附件：` stands alone over the names of the annexes."""
    found = like.ANNEX_LABEL.match(line.words)
    return (
        found is not None
        and bool(found["colon"])
        and after is not None
        and like.ANNEX_ITEM.match(after.words) is not None
    )


def _is_date(words: str) -> bool:
    return like.DATE.match(words) is not None or (like.DATE_BLANK.match(words) is not None and len(words) > 4)


def _is_signature(paragraph: Paragraph) -> bool:
    """Short, without a stop, and not set as text is."""
    words = paragraph.words
    if len(words) > 60 or words.endswith(("。", "；", "，", "：")) or like.level_of(words):
        return False
    if like.ANNEX_NOTE.match(words) or like.ANNEX_ITEM.match(words):
        return False
    moved = paragraph.align in ("right", "center") or paragraph.left > 4 * paragraph.character
    return moved or paragraph.text.startswith(("\u3000\u3000\u3000", "    ", "\t")) or len(words) <= 30


def _is_address(paragraph: Paragraph) -> bool:
    """Whether a line names whom the paper goes to."""
    words = paragraph.words
    closed = words.endswith(("：", ":"))
    stopped = any(mark in words for mark in "。；") or words.endswith(("如下：", "如下:", "事项：", "要求："))
    return closed and not stopped and len(words) <= 1500 and not like.level_of(words)


def headings(paragraphs: Iterable[Paragraph]) -> Iterator[Heading]:
    """The paragraphs that begin with a numeral of a level, in order."""
    for paragraph in paragraphs:
        found = like.level_of(paragraph.words)
        if found is not None:
            level, number, right = found
            yield Heading(paragraph, level, number, right, _head(paragraph.words))


def _head(words: str) -> int:
    """How many characters are a heading: the line, or its first sentence where more text follows."""
    sentence, stop, rest = words.partition("。")
    if not stop:
        return len(words) if len(words) <= _HEADING else 0
    return len(sentence) + 1 if rest and len(sentence) <= _HEADING else 0
