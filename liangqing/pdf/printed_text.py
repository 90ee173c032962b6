"""Whether a PDF says what the Word file says from which it was made."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice, takewhile
from operator import eq
from typing import TypeAlias

from liangqing.base.docx_zip import Package
from liangqing.pdf.word_passages import WordPassage, passages, plain

_QUOTES = "“”‘’"
_USED = "\0"  # in the place of a character that was found
_SHOWN = 12  # characters that a message shows
_TELLING = 6  # of so many characters on, the place of a paragraph tells its order
_LONG = 40  # characters that are taken for the paragraph itself wherever they stand
_MIDDLE = 20  # characters: no page that a paragraph goes through has less of it

_ALIKE = 3  # characters, at most, that what stands below the text of a page has in common with the next one
_NUMBER = 8  # characters of the number of a list
_HEAD, _FOOT = 200, 60  # characters of a page's head and foot

_Place: TypeAlias = tuple[int, int]  # page, and where on it
_Piece: TypeAlias = tuple[int, int, int]  # the same, and how long


@dataclass(frozen=True)
class Lost:
    """The first text of a Word file that its PDF does not have: on which page it is looked for, and after which text."""

    page: int
    after: str
    text: str


def text_of_pages(pdf: bytes) -> list[str]:
    """The text of each page in the order in which it is drawn, as `plain` has it. Raises ValueError for what is no PDF."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:
        raise ValueError("not a PDF") from None
    try:
        return [plain(_drawn(document[number])) for number in range(len(document))]
    finally:
        document.close()


def first_lost(package: Package, pdf: bytes) -> Lost | None:
    """The first text that is in the Word file and not, or not in its order, in the PDF; None: all is there.

    Each paragraph must be there as a whole, or go on at the next page. Text of the pages that belongs to no paragraph
    (numbers, headers and footers, heads of tables that are repeated) is passed over. Raises ValueError for what is
    no PDF.
    """
    pages, wanted = text_of_pages(pdf) or [""], passages(package)
    bare = [WordPassage(text, passage.flows) for passage in wanted if (text := _without_quotes(passage.text))]
    return _Pages([*map(_without_quotes, pages)]).first_lost(bare) or _lost_quote(pages, wanted)


def _without_quotes(text: str) -> str:
    """Quotation marks may be drawn after the line that they stand in, so they are counted by themselves."""
    return text.translate(dict.fromkeys(map(ord, _QUOTES)))


def _lost_quote(pages: list[str], wanted: list[WordPassage]) -> Lost | None:
    whole = "".join(pages)
    missing = Counter("".join(passage.text for passage in wanted)) - Counter(whole)
    for text in (passage.text for passage in wanted):
        sign = next((sign for sign in text if sign in missing and sign in _QUOTES), None)
        if sign and text not in whole:
            return _Pages(pages).place_of(text, text.index(sign))
    return None


def _drawn(page: object) -> str:
    text = page.get_textpage()  # type: ignore[attr-defined]
    try:
        return str(text.get_text_range())
    finally:
        text.close()


class _Pages:
    """The text of the pages, and the same with what was found crossed out: no character is found twice."""

    def __init__(self, pages: list[str]) -> None:
        self._whole, self._left = tuple(pages), list(pages)

    def first_lost(self, wanted: list[WordPassage]) -> Lost | None:
        """What stands one after the other is taken so; of the rest the long ones come first.

        So no short text is found inside a long one, nor one that is there many times in the place of another.
        """
        starts: dict[int, _Place] = {}
        after: _Place = (0, 0)
        for number, passage in enumerate(wanted):
            if found := self._next(passage.text, *after):
                starts[number], after = self._cross_out(found)
        rest = sorted({*range(len(wanted))} - {*starts}, key=lambda place: -len(wanted[place].text))
        scattered = []
        for number in rest:
            if found := self._find(wanted[number].text):
                starts[number], _ = self._cross_out(found)
            else:
                scattered.append(number)
        if lost := self._counted([wanted[number].text for number in sorted(scattered)], wanted):
            return lost
        often = Counter(passage.text for passage in wanted)
        flowing = [
            number for number in sorted(starts) if wanted[number].flows and often[wanted[number].text] == 1
        ]
        return self._out_of_order([(wanted[number].text, starts[number]) for number in flowing])

    def _counted(self, scattered: list[str], wanted: list[WordPassage]) -> Lost | None:
        """The first of the texts that were not found which is lost.

        Of texts that say the same for a while, and go on over the same pages, it can't be told which is where: their
        characters must all be left. Any other is lost.
        """
        said = "\n".join(passage.text for passage in wanted)
        missing = Counter("".join(scattered)) - Counter("".join(self._left))
        for text in scattered:
            sign = next((sign for sign in text if sign in missing), "")
            if sign or not _is_repeated(text, said):
                return self.place_of(text, max(text.find(sign), 0))
        return None

    def _out_of_order(self, found: list[tuple[str, _Place]]) -> Lost | None:
        """The first paragraph of the main text, there once only, that stands before one it should follow."""
        last, whole = (0, -1), "".join(self._whole)
        for text, start in found:
            if len(text) >= _TELLING and whole.count(text) == 1:
                if start < last:
                    return Lost(start[0] + 1, "", text[:_SHOWN])
                last = start
        return None

    def _cross_out(self, found: list[_Piece]) -> tuple[_Place, _Place]:
        """Where the text begins, and where it ends."""
        for page, start, length in found:
            left = self._left[page]
            self._left[page] = left[:start] + _USED * length + left[start + length :]
        page, start, length = found[-1]
        return found[0][:2], (page, start + length)

    def _next(self, text: str, page: int, at: int) -> list[_Piece]:
        """The text where it follows the one before it: at once, over the end of the page, or on the next one."""
        numbered = _NUMBER if len(text) >= _TELLING else 0  # that of a list, which LibreOffice counts
        start = self._left[page].find(text, at, at + len(text) + numbered)
        if start >= 0:
            return [(page, start, len(text))]
        if len(text) >= _LONG:
            for later in range(page, min(page + 2, len(self._left))):
                start = self._left[later].find(text, at if later == page else 0)
                if start >= 0:
                    return [(later, start, len(text))]
        here = self._left[page][at:]
        same = sum(takewhile(bool, map(eq, text, here)))
        if page + 1 == len(self._left) or len(here) - same > _FOOT or len(text) < _TELLING:
            return []
        start, length = self._parted(text, page + 1, same, 0, _HEAD)
        pieces = [(page, at, length), (page + 1, start, len(text) - length)]
        return pieces[0 if length else 1 :] if start >= 0 else []

    def _find(self, text: str) -> list[_Piece]:
        """Where it stands: on one page, or its pieces on pages that follow one another; empty: nowhere."""
        for page, left in enumerate(self._left):
            if (start := left.find(text)) >= 0:
                return [(page, start, len(text))]
        for page in range(len(self._left) - 1):
            if pieces := self._from(page, text):
                return pieces
        return []

    def _from(self, page: int, text: str, least: int = 1) -> list[_Piece]:
        """Its pieces where the first, of `least` so many characters, is on `page` and the text goes on at the next ones."""
        if page + 1 == len(self._left):
            return []
        longest = _longest_start(self._left[page], text)
        start, length = self._parted(text, page + 1, longest, least)
        if start >= 0:
            return [self._piece(page, text[:length]), (page + 1, start, len(text) - length)]
        for length in range(longest, max(longest - 2, least - 1), -1):
            if pieces := self._from(page + 1, text[length:], _MIDDLE):
                return [self._piece(page, text[:length]), *pieces]
        return []

    def _parted(
        self, text: str, page: int, most: int, least: int, above: int | None = None
    ) -> tuple[int, int]:
        """Where on `page` a text goes on of which `least` to `most` characters are on the page before, and how many are.

        What is drawn below the text of that page may begin as this one does, so of the longest ways to part it the one
        nearest the head is taken. `above`: at most so many characters from there. (-1, 0) where it does not go on.
        """
        found = (
            (start, length)
            for length in range(most, least - 1, -1)
            if (start := self._left[page].find(text[length:], 0, above and len(text) - length + above)) >= 0
        )
        return min(islice(found, _ALIKE), key=lambda way: way[0], default=(-1, 0))

    def _piece(self, page: int, text: str) -> _Piece:
        return (page, self._left[page].rfind(text), len(text))

    def place_of(self, text: str, at: int) -> Lost:
        """Where a text that is not there breaks off: on the page that has most of its beginning.

        `at`: a character of it that is nowhere, for a text that is there as a whole, but was needed twice.
        """
        lengths = [_longest_start(page, text) for page in self._whole]
        length = max(lengths)
        page = lengths.index(length)
        if length == 0:
            return Lost(1, "", text[:_SHOWN])
        if length == len(text):
            return Lost(page + 1, text[:at][-_SHOWN:], text[at : at + 1])
        follows = "".join(self._whole[page : page + 2]).partition(text[:length])[2]
        missing = next(
            (gap for gap in range(1, _SHOWN) if follows.startswith(text[length + gap :][:_SHOWN] or "\n")),
            _SHOWN,
        )
        return Lost(page + 1, text[:length][-_SHOWN:], text[length : length + missing])


def _is_repeated(text: str, said: str) -> bool:
    """Whether a part of a text is said at another place too."""
    parts = (text[start : start + _SHOWN] for start in range(0, len(text) - _SHOWN + 1, _SHOWN // 2))
    return any(said.count(part) > 1 for part in parts)


def _longest_start(page: str, text: str) -> int:
    """How many characters from the beginning of `text` stand together on a page."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if text[:middle] in page else (low, middle - 1)
    return low
