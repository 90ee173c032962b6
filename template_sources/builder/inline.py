"""The text of one line: runs, and the 【words】 in it that change its letters or ask a person to fill something in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count

from template_sources.builder import letterhead
from template_sources.builder.notation import SourceLine
from template_sources.builder.ooxml import content_control, paragraph, run, x
from template_sources.builder.styles import RUN_STYLES, Style

# Words at the head of a line that change its paragraph.
PROPERTIES = {
    "同页": x("w:keepNext"),
    "居中": x("w:jc", val="center"),
    "红线": letterhead.RED_RULE,
    "粗线": letterhead.THICK_RULE,
    "细线": letterhead.THIN_RULE,
    "信函位置": letterhead.below_letter_rule(),
}
# Content controls in which a reader finds the value again: id and what fills them.
FIXED = {"文号": (1001, "{{ 文号文字 }}"), "成文日期": (1002, "{{ 成文日期文字 }}")}
BREAKS = {"【换行】": "\n", "【制表】": "\t"}
FIRST = re.compile(r"【([^】 ]+)】")
_WORD = re.compile(r"【([^】]*)】")
HINT = "填写提示"  # the character style of what a person types over
BLANK = "　　"  # the hint of a field that may stay empty
# A box to tick: a symbol of Segoe UI Symbol, which has both, and in which Word draws them by itself.
OPEN_BOX = "☐"
CHECKBOX = (
    '<w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w14:checked w14:val="0"/>'
    '<w14:checkedState w14:val="2612" w14:font="Segoe UI Symbol"/>'
    '<w14:uncheckedState w14:val="2610" w14:font="Segoe UI Symbol"/></w14:checkbox>'
)
DATE = x(
    "w:date",
    x("w:dateFormat", val="yyyy年M月d日"),
    x("w:lid", val="zh-CN"),
    x("w:storeMappedDataAs", val="dateTime"),
    x("w:calendar", val="gregorian"),
)


@dataclass
class Writer:
    """Writes the paragraphs of one template, and numbers the fields in them."""

    styles: Mapping[str, Style]
    ids: count[int] = field(default_factory=lambda: count(2001))
    placed: set[str] = field(default_factory=set)

    def paragraph(self, line: SourceLine, style: str, text: str, *, cell: bool = False) -> str:
        """A paragraph of the text of a line, or of a `cell` of it. Raises Faults for a word that is none."""
        properties = ""
        while (first := FIRST.match(text)) and first[1] in PROPERTIES:
            properties += PROPERTIES[first[1]]
            text = text[first.end() :]
        content = self._content(line, text) or ([run("")] if cell else [])
        return paragraph(style, *content, properties=properties)

    def _content(self, line: SourceLine, text: str) -> list[str]:
        for word, character in BREAKS.items():
            text = text.replace(word, character)
        pieces = _WORD.split(text)
        if any(bracket in piece for piece in pieces[::2] for bracket in "【】"):
            raise line.wrong("【】没有成对")
        makers = {0: run, 1: lambda word: self._word(line, word)}
        return [makers[number % 2](piece) for number, piece in enumerate(pieces) if piece]

    def _word(self, line: SourceLine, text: str) -> str:
        word, _, rest = text.partition(" ")
        if word in RUN_STYLES:
            return run(rest, word)
        if word in FIXED:
            number, value = FIXED[word]
            again = word in self.placed  # in another branch of an if: ids are unique in the template too
            self.placed.add(word)
            return content_control(word, word, next(self.ids) if again else number, x("w:text"), run(value))
        if word == "信函标志":
            return letterhead.letter_mark(rest, self.styles)
        if word == "左上角" and rest in letterhead.CORNERS:
            return letterhead.corner(rest)
        if word not in CONTROLS:
            raise line.wrong(f"没有【{word}】这个词")
        make, least, most = CONTROLS[word]
        parts = rest.split("；")
        if not least <= len(parts) <= most:
            raise line.wrong(f"【{word}】里用；隔开的有{len(parts)}项，要{least}到{most}项")
        return make(self, *parts)

    def _control(self, tag: str, name: str, lock: str, kind: str, content: str) -> str:
        """A text is a control of any content (no `w:text`): LibreOffice 7.4 writes one of plain text several times."""
        return content_control(tag, name, next(self.ids), x("w:lock", val=lock) + kind, content)

    def known(self, tag: str, value: str) -> str:
        """What the program fills in, and a person leaves as it is."""
        return self._control(tag, tag, "sdtContentLocked", "", run(value))

    def asked(self, tag: str, name: str, hint: str = "", kind: str = "") -> str:
        """What a person fills in, and cannot delete; `kind` says what may be filled in, any text where it is empty."""
        return self._control(tag, name, "sdtLocked", x("w:showingPlcHdr") + kind, run(hint or BLANK, HINT))

    def day(self, tag: str, name: str, hint: str = "") -> str:
        """A date, picked or typed."""
        return self.asked(tag, name, hint, DATE)

    def choice(self, tag: str, name: str, hint: str, words: str) -> str:
        """One of the words, which may be template tags."""
        items = (x("w:listItem", displayText=word, value=word) for word in words.split("、"))
        return self.asked(tag, name, hint, x("w:dropDownList", *items))

    def tick(self, tag: str, words: str, name: str = "") -> str:
        """A box to tick, with what that says after it; `name` is that of the field where it is one of several boxes."""
        return self._control(tag, name or words, "sdtLocked", CHECKBOX, run(OPEN_BOX)) + run(f" {words}")


# Word → what makes it, and how many parts it takes, at least and at most.
CONTROLS: Mapping[str, tuple[Callable[..., str], int, int]] = {
    "已填": (Writer.known, 2, 2),
    "填写": (Writer.asked, 2, 3),
    "日期": (Writer.day, 2, 3),
    "选择": (Writer.choice, 4, 4),
    "勾选": (Writer.tick, 2, 3),
}
