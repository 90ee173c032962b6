"""Templates at random, each with several features at once, and what they print, worked out without the engine.

A template is made twice from the same choices: as the XML of a Word file, its tags cut into runs anywhere, and as a Jinja
template of plain text, which Jinja itself fills: the model. `told` reads a paper in the same notation:

| what | in the text |
|---|---|
| the end of a paragraph, a cell, a row | a line break, `¦`, `‖` |
| a footnote at its reference | `⟦注:words⟧` |
| a link | `⟦址:address⟧` before its words |
| an automatic number | `⟦号:k⟧` at the beginning of its paragraph |
| a picture | `⟦图⟧` |
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import jinja2
from engine_docx import png, zipped
from line_pieces import runs, shape
from random_lines import LEVELS, WORDS, Lines, Made, Scope, escaped
from random_package import files_of

from liangqing.engine import Picture

_BORDER = '<w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
_START = "{% set 数 = namespace(值=0) %}"
_JINJA = jinja2.Environment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
_JINJA.filters["不空"] = lambda text: text or "\n"


@dataclass(frozen=True)
class Sample:
    """A template: the bytes of its file, the model of each of its stories, and the features that it has."""

    file: bytes
    model: Mapping[str, str]
    features: frozenset[str]

    def expected(self, values: Mapping[str, Any]) -> dict[str, str]:
        """What each story prints, as Jinja says."""
        known = {**values, "图": ""}
        return {name: _JINJA.from_string(_START + model).render(known) for name, model in self.model.items()}


@dataclass
class Maker(Lines):
    """Makes a template out of a generator of random numbers."""

    def template(self, seeds: Iterable[int]) -> Sample:
        """A template of as many chapters as there are seeds; each is the same whatever stands before it."""
        stories = {"document": Made(), "header1": Made(), "footer1": Made()}
        for seed in seeds:
            self.dice = random.Random(seed)
            stories["document"] += self.paragraph(Scope()) + self.blocks(Scope(), self.dice.randint(3, 6))
            stories["document"] += self.paragraph(Scope())
            for name in ("header1", "footer1"):
                stories[name] += self._apart(self.margin)
        model = {name: made.model for name, made in stories.items()}
        return Sample(self._file(stories), model, frozenset(self.features))

    def margin(self) -> Made:
        made = self.dice.choice((self.loop, self.table, self.paragraph))(Scope(LEVELS - 1))
        return made + self.paragraph(Scope())

    # ------------------------------------------------------------ blocks

    def blocks(self, scope: Scope, number: int) -> Made:
        made = Made()
        for _ in range(number):
            made += self.block(scope)
        return made

    def block(self, scope: Scope) -> Made:
        deep = scope.depth >= LEVELS
        kinds: tuple[Callable[[Scope], Made], ...] = (self.paragraph, self.paragraph, self.listed)
        more = (self.loop, self.loop, self.condition, self.table, self.columns, self.control, self.box)
        return self.dice.choice(kinds if deep else (*kinds, *more))(scope)

    def paragraph(self, scope: Scope) -> Made:
        """A line of pieces."""
        made = Made()
        for _ in range(self.dice.randint(1, 4)):
            made += self.piece(scope)
        return Made(f"<w:p>{self._cut(made.xml)}</w:p>", f"{made.model}\n")

    def listed(self, scope: Scope) -> Made:
        """A loop over one numbered paragraph, which begins anew or goes on; outside of loops, in a place that is always printed."""
        name, item = scope.inner
        if scope.item == "细" or self.apart:
            return self.paragraph(scope)
        anew = self.dice.random() < 0.6
        self.features.add("restart" if anew else "numbers")
        words = self._cut(f"{'{% restart %}' if anew else ''}{{{{ {item}.名 }}}}")
        number = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr></w:pPr>'
        reset = Made(model="{% set 数.值 = 0 %}" if anew else "")
        count = "{% set 数.值 = 数.值 + 1 %}⟦号:{{ 数.值 }}⟧"
        inside = Made(f"<w:p>{number}{words}</w:p>", f"{count}{{{{ {item}.名 }}}}\n")
        return reset + self._around(f"for {item} in {name}", inside, "endfor")

    def loop(self, scope: Scope) -> Made:
        name, item = scope.inner
        if scope.item == "细":
            return self.condition(scope)
        self.features.add("loop")
        test = self.dice.choice(("", f" if {item}.真"))
        inside = self.blocks(scope.within(item), self.dice.randint(1, 3))
        if self.dice.random() < 0.3:
            inside += self._lone("else") + self.paragraph(scope)
        return self._around(f"for {item} in {name}{test}", inside, "endfor")

    def condition(self, scope: Scope) -> Made:
        self.features.add("condition")
        inside = self.blocks(scope.within(), self.dice.randint(1, 2))
        if self.dice.random() < 0.5:
            inside += self._lone("else") + self.blocks(scope.within(), 1)
        return self._around(f"if {self.dice.choice(('', 'not '))}{scope.flag}", inside, "endif")

    def control(self, scope: Scope) -> Made:
        """A content control around paragraphs; it goes when it has lost all of them, so one is always there."""
        self.features.add("control")
        inside = self.block(scope.within()) + self.paragraph(scope)
        identity = f'<w:sdtPr><w:id w:val="{self._next()}"/></w:sdtPr>'
        return Made(f"<w:sdt>{identity}<w:sdtContent>{inside.xml}</w:sdtContent></w:sdt>", inside.model)

    def box(self, scope: Scope) -> Made:
        """A paragraph with nothing but a text box, whose words follow it."""
        self.features.add("box")
        within = Scope(LEVELS, scope.item)
        inside = self._apart(lambda: self.condition(within) + self.paragraph(within))
        return Made(f"<w:p>{shape(self._next(), inside.xml)}</w:p>", f"\n{inside.model}")

    # ------------------------------------------------------------ tables

    def table(self, scope: Scope) -> Made:
        """A head, and rows of which some are repeated."""
        self.features.add("table")
        rows = self.row(scope)
        for _ in range(self.dice.randint(1, 2)):
            kinds = (self.row, self.repeated_row, self.rows_in_tags)
            rows += self.dice.choice(kinds if scope.item != "细" else (self.row,))(scope)
        grid = '<w:tblGrid><w:gridCol w:w="3000"/><w:gridCol w:w="5000"/></w:tblGrid>'
        return Made(f"<w:tbl>{_BORDER}{grid}{rows.xml}</w:tbl>", rows.model)

    def row(self, scope: Scope) -> Made:
        if self.dice.random() < 0.2:
            self.features.add("merged across")
            return _row(_cell(self.cell(scope), '<w:gridSpan w:val="2"/>'))
        return _row(_cell(self.cell(scope)) + _cell(self.cell(scope)))

    def repeated_row(self, scope: Scope) -> Made:
        """The tags in the first and the last cell, beside words or in lines of their own; equal neighbours may be merged."""
        name, item = scope.inner
        inner = scope.within(item)
        self.features.add("row")
        opening, closing = f"{{% for {item} in {name} %}}", "{% endfor %}"
        last = self.piece(Scope(LEVELS, item))
        if self.dice.random() < 0.5:
            self.features.add("merged down")
            value = f"{{{{ {item}.类 }}}}"
            first = Made(
                f"<w:p>{self._cut(opening + '{% vm %}' + value)}</w:p>", _of_first(item, value) + "\n"
            )
        elif self.dice.random() < 0.5:
            first = Made(f"<w:p>{self._cut(opening)}</w:p>") + self.cell(inner)
        else:
            piece = self.piece(Scope(LEVELS, item))
            first = Made(f"<w:p>{self._cut(opening)}{self._cut(piece.xml)}</w:p>", f"{piece.model}\n")
        cells = _cell(first) + _cell(Made(f"<w:p>{self._cut(last.xml + closing)}</w:p>", f"{last.model}\n"))
        row = _row(cells)
        return Made(row.xml, f"{opening}{row.model}{closing}")

    def rows_in_tags(self, scope: Scope) -> Made:
        """The tags in rows of their own."""
        name, item = scope.inner
        self.features.add("rows in tags")
        opening, closing = f"for {item} in {name}", "endfor"
        row = _row(_cell(self.cell(scope.within(item))) + _cell(self.cell(scope.within(item))))
        lines = [
            _row(_cell(Made(f"<w:p>{runs(f'{{%tr {tag} %}}')}</w:p>"), '<w:gridSpan w:val="2"/>')).xml
            for tag in (opening, closing)
        ]
        return Made(lines[0] + row.xml + lines[1], f"{{% {opening} %}}{row.model}{{% {closing} %}}")

    def cell(self, scope: Scope) -> Made:
        """What a cell holds; a cell that loses all of it keeps an empty paragraph."""
        made = self.paragraph(Scope(LEVELS, scope.item))
        if scope.depth < LEVELS and self.dice.random() < 0.4:
            made = self.dice.choice((self.condition, self.table))(Scope(LEVELS, scope.item)) + made
        elif self.dice.random() < 0.3:
            made = self.condition(Scope(LEVELS, scope.item))
        return Made(made.xml, f"{{% filter 不空 %}}{made.model}{{% endfilter %}}")

    def columns(self, scope: Scope) -> Made:
        """As many columns as there are items, under a head that is merged over them."""
        if scope.item == "细":
            return self.paragraph(scope)
        name, item = scope.inner
        self.features.add("columns")
        head = self.dice.choice(WORDS[:3])
        cell = Made(f"<w:p>{runs('第¦一列')}</w:p>", "第一列\n")
        value = Made(f"<w:p>{self._cut(f'{{{{ {item}.名 }}}}')}</w:p>", f"{{{{ {item}.名 }}}}\n")
        opening, closing = f"{{%tc for {item} in {name} %}}", "{%tc endfor %}"
        repeated = f"{_cell(Made(f'<w:p>{runs(opening)}</w:p>')).xml}{_cell(value).xml}{_cell(Made(f'<w:p>{runs(closing)}</w:p>')).xml}"
        row = f"<w:tr>{_cell(cell).xml}{repeated}</w:tr>"
        model = f"{_cell(cell).model}{{% for {item} in {name} %}}{_cell(value).model}{{% endfor %}}‖\n"
        grid = '<w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid>'
        after = self.paragraph(Scope(LEVELS))
        return (
            Made(f"<w:tbl>{_BORDER}{grid}{row}</w:tbl>", model)
            + Made(f"<w:p>{runs(escaped(head))}</w:p>", f"{head}\n")
            + after
        )

    # ------------------------------------------------------------ the file

    def _file(self, stories: Mapping[str, Made]) -> bytes:
        xml = {name: made.xml for name, made in stories.items()}
        notes = [self._cut(note.xml) for note in self.notes]
        return zipped(files_of(xml, notes, self.comments, [link.xml for link in self.links]))

    def _around(self, opening: str, inside: Made, closing: str) -> Made:
        return self._lone(opening) + inside + self._lone(closing)

    def _lone(self, tag: str) -> Made:
        """A tag in a paragraph of its own."""
        prefix = self.dice.choice(("", "p"))
        return Made(f"<w:p>{self._cut(f'{{%{prefix} {tag} %}}')}</w:p>", f"{{% {tag} %}}")


def _cell(inside: Made, properties: str = "") -> Made:
    return Made(f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside.xml}</w:tc>", f"{inside.model}¦")


def _row(cells: Made) -> Made:
    return Made(f"<w:tr>{cells.xml}</w:tr>", f"{cells.model}‖\n")


def _of_first(item: str, value: str) -> str:
    """A value that is printed where it is not that of the row above."""
    return f"{{% if loop.first or loop.previtem.类 != {item}.类 %}}{value}{{% endif %}}"


def values(dice: random.Random) -> dict[str, Any]:
    """Values for any template made here."""

    def items(level: int) -> list[dict[str, Any]]:
        return [
            {
                "名": dice.choice(("", *WORDS)),
                "类": dice.choice("AB"),
                "真": dice.random() < 0.5,
                **({"子": items(level + 1)} if not level else {}),
            }
            for _ in range(dice.choice((0, 1, 2, 3, 4)))
        ]

    return {
        "甲": dice.choice(WORDS),
        "真": dice.random() < 0.5,
        "单": items(0),
        "单位": {"名称": dice.choice(WORDS), "号": "7"},
        "图": Picture(png(shade=dice.randint(0, 9)), 10),
    }
