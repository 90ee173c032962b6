"""What stands above the title: the mark, 发文字号, 份号, 密级, 紧急程度 and 签发人."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from liangqing.gbt9704.check import patterns as like
from liangqing.gbt9704.check.paper import RecognisedPaper, is_red, names_style
from liangqing.gbt9704.word.model import CELL, Document, Paragraph

HEAD = 16  # the elements above the title are among so many lines
BIG = 40.0  # half-points: a mark is larger
JOINT = 32.0  # the names of a joint head are smaller
NAMED_FILE = "文件"
# What a mark in black (of a draft) ends in, and the number that stands below it.
BLACK = {NAMED_FILE: like.DOC_NUMBER, "令": like.ORDER_NUMBER}
MARKS = (
    ("份号", "copy_number", like.COPY_NUMBER),
    ("密级", "secrecy", like.SECRECY),
    ("紧急程度", "urgency", like.URGENCY),
)


def with_head(paper: RecognisedPaper) -> RecognisedPaper:
    """The paper with what stands above its title."""
    head = [paragraph for paragraph in _upper(paper.document) if paragraph.words]
    paper = paper.having(mark=_mark(paper.free(head[:HEAD])))
    free = [paragraph for paragraph in paper.free(head[:HEAD]) if paragraph not in paper.mark]
    signed = any(like.SIGNER.search(paragraph.words) for paragraph in head[:HEAD])
    numbers = (line for line in free if is_number(line, paper.mark, beside_names=signed))
    issues = (line for line in free if paper.mark and like.ISSUE.match(line.words))
    paper = paper.having(number=next(numbers, None) or next(issues, None))
    rest = [line for line in paper.free(head) if line not in paper.mark and line is not paper.number]
    return _with_marks(paper, rest[:HEAD])


def _upper(document: Document) -> Iterator[Paragraph]:
    """All paragraphs, those of the first page's header first: a mark may stand there."""
    section = document.sections[0]
    kind = "first" if section.title_page and "first" in section.headers else "default"
    yield from document.furniture.get(section.headers.get(kind, ""), ())
    yield from document.paragraphs


def _mark(head: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The organs' names from the highest line on, with 文件 last where that stands by itself (in a joint head)."""
    numbers = {end for end, number in BLACK.items() if any(number.match(line.words) for line in head)}
    found = [line for line in head if is_mark(line, tuple(numbers))]
    if not any(line.size >= BIG or names_style(line, "发文机关标志") for line in found):
        return ()
    alone = [line for line in found if like.solid(line.words) == NAMED_FILE]
    names = [line for line in found if line not in alone]
    if alone and not names:
        names = [line for line in head if line.size > JOINT and line not in alone and _names_organ(line)]
    return (*names, *alone)


def is_mark(paragraph: Paragraph, black: tuple[str, ...]) -> bool:
    """Red and large, or large and with one of the words of `black` at its end; no ornament, number or title."""
    if not paragraph.pieces or like.ORNAMENT.match(paragraph.words):
        return False
    if names_style(paragraph, "发文机关标志"):
        return True
    words = like.solid(paragraph.words)
    if like.ISSUE.match(words) or like.DOC_NUMBER.match(words) or like.FORMAL.search(words):
        return False
    if is_reddened(paragraph):
        return paragraph.size > JOINT
    return paragraph.size >= BIG and words.endswith(black) and "关于" not in words


def is_reddened(paragraph: Paragraph) -> bool:
    """Whether any of its words are red."""
    return any(is_red(piece.colour) for piece in paragraph.pieces if piece.text.strip())


def _names_organ(paragraph: Paragraph) -> bool:
    return like.names_organs(like.solid(paragraph.words))


def is_number(paragraph: Paragraph, mark: Sequence[Paragraph], *, beside_names: bool) -> bool:
    """Whether it is a 发文字号; `beside_names`: 签发人 stands in a line above, so that names alone may follow it."""
    words = paragraph.words
    found = like.DOC_NUMBER.match(words)
    if paragraph.where == CELL and not mark:
        return False
    if found is not None and (found["serial"] or found["hao"]):
        rest = words[found.end() :].strip(" \t\u3000")
        names = rest.startswith("签") or (beside_names and like.NAMES.match(rest) is not None)
        return not rest or names or like.ANNEX_LABEL.match(words) is not None
    alone = like.ORDER_NUMBER.match(words) or like.BARE_NUMBER.match(words)
    return bool(mark) and alone is not None


def _with_marks(paper: RecognisedPaper, lines: Sequence[Paragraph]) -> RecognisedPaper:
    """份号, 密级, 紧急程度 and 签发人, of each but the last the first line that looks like it."""
    found: dict[str, Paragraph | None] = dict.fromkeys(field for _, field, _ in MARKS)
    signers: list[Paragraph] = []
    if paper.number is not None and like.SIGNER.search(paper.number.words):
        signers.append(paper.number)
    for line in lines:
        matching = (field for _, field, pattern in MARKS if not found[field] and pattern.match(line.words))
        field = next(matching, None)
        if field is not None:
            found[field] = line
        elif like.SIGNER.search(line.words) and len(line.words) < 60:
            signers += (line, *_in_next_cell(line, lines), *_more_signers(paper, line))
    return paper.having(**found, signers=tuple(signers))


def _in_next_cell(line: Paragraph, lines: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The names, where 签发人： stands in a cell of its own."""
    found = like.SIGNER.search(line.words)
    if line.where == CELL and found is not None and not found["names"]:
        for below in lines[lines.index(line) + 1 :][:1]:
            if below.where == CELL and like.NAMES.match(below.words):
                yield below


def _more_signers(paper: RecognisedPaper, first: Paragraph) -> Iterator[Paragraph]:
    """The lines of names below the one that says 签发人, down to that of the number (7.2.6)."""
    start, end = paper.position(first), paper.position(paper.number)
    if start is None or end is None or paper.number is None:
        return
    for line in (*paper.document.flow[start + 1 : end], paper.number):
        if isinstance(line, Paragraph) and (
            like.names_beside(line.words) if line is paper.number else like.NAMES.match(line.words)
        ):
            yield line
