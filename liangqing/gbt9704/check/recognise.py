"""Finds the elements of a paper in a document, whoever made it: by words, place, colour and size together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from liangqing.gbt9704.check import patterns as like
from liangqing.gbt9704.check.captions import beside_tables
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
_MARKS = (("份号", like.COPY_NUMBER), ("密级", like.SECRECY), ("紧急程度", like.URGENCY))


def recognise(document: Document) -> RecognisedPaper:
    """The paper in a document: each step adds what it finds to a copy of what the steps before it found."""
    if any(like.TAG.search(paragraph.words) for paragraph in document.paragraphs):
        return RecognisedPaper(document, TEMPLATE)
    head = [paragraph for paragraph in _upper(document) if paragraph.words]
    mark = tuple(paragraph for paragraph in head[:HEAD] if _is_mark(paragraph))
    signed = any(like.SIGNER.search(paragraph.words) for paragraph in head[:HEAD])
    number = next(
        (paragraph for paragraph in head[:HEAD] if _is_number(paragraph, mark, beside_names=signed)), None
    )
    rest = [paragraph for paragraph in head if paragraph not in mark and paragraph is not number]
    paper = RecognisedPaper(document, OTHER, mark=mark, number=number, red_lines=red_lines(document))
    paper = _with_marks(paper, rest[:HEAD])
    for step in (_with_title, _with_imprint, _with_annexes, _with_signature, _with_annex_note, _with_body):
        paper = step(paper)
    return replace(paper, format=_format(paper))


def _upper(document: Document) -> Iterator[Paragraph]:
    """All paragraphs, those of the first page's header first: a mark may stand there."""
    section = document.sections[0]
    kind = "first" if section.title_page and "first" in section.headers else "default"
    yield from document.furniture.get(section.headers.get(kind, ""), ())
    yield from document.paragraphs


def _is_mark(paragraph: Paragraph) -> bool:
    """Red and large, or large and called 文件."""
    if paragraph.size < BIG or not paragraph.pieces:
        return False
    red = any(is_red(piece.colour) for piece in paragraph.pieces if piece.text.strip())
    named = names_style(paragraph, "发文机关标志")
    return red or named or (paragraph.words.endswith("文件") and paragraph.size > 2 * 26)


def _is_number(paragraph: Paragraph, mark: Sequence[Paragraph], *, beside_names: bool) -> bool:
    """`beside_names`: 签发人 stands in a line above, so that names alone may follow in that of the number."""
    words = paragraph.words
    found = like.DOC_NUMBER.match(words)
    if paragraph.where == CELL and not mark:
        return False
    if found is not None and (found["serial"] or found["hao"]):
        rest = words[found.end() :].strip(" \t\u3000")
        names = rest.startswith("签发人") or (beside_names and like.NAMES.match(rest) is not None)
        return not rest or names or like.ANNEX_LABEL.match(words) is not None
    return bool(mark) and like.ORDER_NUMBER.match(words) is not None


def _flow(paper: RecognisedPaper) -> list[Paragraph]:
    """The lines of the text itself that are no part of the head."""
    taken = (*paper.mark, paper.number, *paper.signers, paper.copy_number, paper.secrecy, paper.urgency)
    return [
        block
        for block in paper.document.flow
        if isinstance(block, Paragraph)
        and block.words
        and not any(block is other for other in taken)
        and block.spot is None
    ]


# ---------------------------------------------------------------- above the title, and the title


def _with_marks(paper: RecognisedPaper, lines: Iterable[Paragraph]) -> RecognisedPaper:
    """份号, 密级, 紧急程度 and 签发人, of each but the last the first line that looks like it."""
    found: dict[str, Paragraph] = {}
    signers: list[Paragraph] = []
    if paper.number is not None and like.SIGNER.search(paper.number.words):
        signers.append(paper.number)
    for line in lines:
        name = next(
            (name for name, pattern in _MARKS if name not in found and pattern.match(line.words)), None
        )
        if name is not None:
            found[name] = line
        elif like.SIGNER.search(line.words) and len(line.words) < 60:
            signers.append(line)
            signers += _more_signers(paper, line)
    return replace(
        paper,
        copy_number=found.get("份号"),
        secrecy=found.get("密级"),
        urgency=found.get("紧急程度"),
        signers=tuple(signers),
    )


def _more_signers(paper: RecognisedPaper, first: Paragraph) -> Iterator[Paragraph]:
    """The lines of names below the one that says 签发人, down to that of the number (7.2.6)."""
    start, end = paper.position(first), paper.position(paper.number)
    if start is None or end is None or paper.number is None:
        return
    lines = (*paper.document.flow[start + 1 : end], paper.number)
    for line in lines:
        if isinstance(line, Paragraph) and (
            line is not paper.number or len(like.names_beside(line.words)) > 0
        ):
            yield line


def _with_title(paper: RecognisedPaper) -> RecognisedPaper:
    """The title, and 主送 right under it (a date in brackets may stand between)."""
    rest = _from_title(_flow(paper))
    title = tuple(_title(rest))
    after = rest[len(title) :]
    if after and like.NOTE.match(after[0].words) and after[0].align == "center":
        after = after[1:]
    addressed = title or paper.mark or paper.number
    recipients = next((line for line in after[:1] if addressed and _is_address(line)), None)
    return replace(paper, title=title, recipients=recipients)


def _title(lines: Sequence[Paragraph]) -> Iterator[Paragraph]:
    for line in lines:
        if not _looks_like_title(line, began=line is not lines[0]):
            return
        yield line


def _looks_like_title(paragraph: Paragraph, *, began: bool) -> bool:
    words = paragraph.words
    if like.level_of(words) or words.endswith(("：", ":")) or like.ANNEX_NOTE.match(words):
        return False
    large = paragraph.size >= LARGE
    if began:
        return large and not like.NOTE.match(words)
    named = names_style(paragraph, "标题", "title") and not names_style(paragraph, "一级", "二级")
    short = len(words) <= 80
    return short and (large or named or paragraph.align == "center" or like.TITLE.search(words) is not None)


# ---------------------------------------------------------------- from the end upwards


def _with_imprint(paper: RecognisedPaper) -> RecognisedPaper:
    """抄送 (the first line that is one), 主题词 (the last), and the line of the office that printed it."""
    lines = [paragraph for paragraph in paper.document.paragraphs if paragraph.words]
    copies = next((line for line in lines if like.COPIES.match(line.words)), None)
    keywords = next((line for line in reversed(lines) if like.KEYWORDS.match(line.words)), None)
    return replace(paper, copies=copies, keywords=keywords, printed=_printed(lines, copies))


def _printed(lines: Sequence[Paragraph], copies: Paragraph | None) -> Paragraph | None:
    for line in reversed(lines[-12:]):
        for pattern in (like.PRINTED, like.PRINTED_DATE):
            found = pattern.match(line.words)
            if found is not None and (found["end"] or copies is not None or line.size <= 30):
                return line if found["end"] or _in_foot(line, lines, copies) else None
    return None


def _in_foot(line: Paragraph, lines: Sequence[Paragraph], copies: Paragraph | None) -> bool:
    """Whether it stands where only an imprint stands: by 抄送, or with a rule."""
    if copies is not None and lines.index(line) > lines.index(copies):
        return True
    return bool(line.edges) or line.where == CELL


def _labels(lines: Sequence[Paragraph]) -> list[Paragraph]:
    """The lines `附件1` over the annexes; one at the very top makes the whole file an annex."""
    return [
        line
        for line, after in zip(lines[1:], (*lines[2:], None), strict=False)
        if like.ANNEX_LABEL.match(line.words) and not _begins_note(line, after)
    ]


def _with_annexes(paper: RecognisedPaper) -> RecognisedPaper:
    lines = _flow(paper)
    return replace(paper, annexes=tuple(_annex(label, lines) for label in _labels(lines)))


def _annex(label: Paragraph, lines: Sequence[Paragraph]) -> RecognisedAnnex:
    after = lines[lines.index(label) + 1 :]
    title = after[0] if after and not like.ANNEX_LABEL.match(after[0].words) else None
    return RecognisedAnnex(label, title if title is not None and len(title.words) <= 80 else None)


def _before_annexes(paper: RecognisedPaper) -> list[Paragraph]:
    """The lines up to the first annex, without those of the imprint."""
    lines = _flow(paper)
    stop = lines.index(paper.annexes[0].label) if paper.annexes else len(lines)
    return [line for line in lines[:stop] if line not in paper.foot]


def _with_signature(paper: RecognisedPaper) -> RecognisedPaper:
    """The last date, the signature in the line above it, and the note in brackets in the line below."""
    lines = _before_annexes(paper)
    date = next((line for line in reversed(lines) if _is_date(line.words)), None)
    if date is None:
        return paper
    index = lines.index(date)
    signatures = tuple(_signatures(paper, lines[:index]))
    note = next((line for line in lines[index + 1 :][:1] if like.NOTE.match(line.words)), None)
    return replace(paper, date=date, signatures=signatures, note=note)


def _signatures(paper: RecognisedPaper, lines: Sequence[Paragraph]) -> list[Paragraph]:
    """The line above the date where it is a signature, and those right above it that are set at the right as well."""
    found: list[Paragraph] = []
    for line in reversed(lines):
        if not _is_signature(line) or (found and (line.align != "right" or paper.blank_above(found[0]))):
            break
        found.insert(0, line)
    return found


def _with_annex_note(paper: RecognisedPaper) -> RecognisedPaper:
    """附件说明: the first line that begins one, with the items under it."""
    lines = _before_annexes(paper)
    starts = (
        index
        for index, (line, after) in enumerate(zip(lines, (*lines[1:], None), strict=False))
        if like.ANNEX_NOTE.match(line.words) or _begins_note(line, after)
    )
    start = next(starts, None)
    if start is None:
        return paper
    found = [lines[start]]
    for line in lines[start + 1 :]:
        if not like.ANNEX_ITEM.match(line.words) or line is paper.date or line in paper.signatures:
            break
        found.append(line)
    return replace(paper, annex_note=tuple(found))


# ---------------------------------------------------------------- the text between


def _with_body(paper: RecognisedPaper) -> RecognisedPaper:
    """The text: after title and 主送, up to the first of what follows it."""
    lines = _flow(paper)
    begin = paper.recipients or (paper.title[-1] if paper.title else None)
    start = lines.index(begin) + 1 if begin is not None else 0
    labels = (annex.label for annex in paper.annexes[:1])
    ends = (*paper.annex_note[:1], *paper.signatures[:1], paper.date, *labels, *paper.foot)
    stops = [stop for end in ends if end in lines and (stop := lines.index(end)) >= start]
    beside = tuple(beside_tables(paper.document.flow))
    ids = set(map(id, beside))
    body = tuple(line for line in lines[start : min(stops, default=len(lines))] if id(line) not in ids)
    return replace(paper, body=body, headings=tuple(headings(body)), beside_tables=beside)


# ---------------------------------------------------------------- the format


def _format(paper: RecognisedPaper) -> str:
    words = "".join(line.words for line in paper.mark)
    first = next((paragraph.words for paragraph in paper.document.paragraphs if paragraph.words), "")
    if paper.mark and paper.number is not None and like.ORDER_NUMBER.match(paper.number.words):
        return ORDER
    if words.endswith("纪要"):
        return MINUTES
    if (paper.mark or paper.number) and _has_letter_rules(paper):
        return LETTER
    if like.ANNEX_LABEL.match(first):
        return ANNEX
    if words.endswith("文件") or any(line.under is paper.number for line in paper.red_lines if line.under):
        return FILE
    if paper.mark and paper.number is not None:
        return LETTER if paper.number.align == "right" and not paper.signers else FILE
    if _is_table(paper.document):
        return TABLE
    addressed = paper.title and (paper.recipients or paper.number)
    return PLAIN if addressed and (paper.date or paper.number) else OTHER


def _has_letter_rules(paper: RecognisedPaper) -> bool:
    lines = paper.red_lines
    return (
        any((line.length or 0) >= _LETTER_RULE or (line.top or 0) > _LOW for line in lines) or len(lines) > 2
    )


def _is_table(document: Document) -> bool:
    inside = sum(len(table.words) for table in document.flow if isinstance(table, Table))
    return inside > _MOSTLY * sum(len(block.words) for block in document.flow)


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
