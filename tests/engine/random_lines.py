"""Lines of templates at random: text, tags, notes, links, bookmarks, pictures, remarks (random_templates.py)."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from line_pieces import WHO, runs

LEVELS = 2  # how deep blocks stand in one another
WORDS = ("监督", "检查 ", "a<b&c", "“整改”", "第1项", "　", "环保局")


@dataclass
class Made:
    """A piece of a template: its XML, and its words in the model."""

    xml: str = ""
    model: str = ""

    def __add__(self, other: Made) -> Made:
        return Made(self.xml + other.xml, self.model + other.model)


@dataclass(frozen=True)
class Scope:
    """Where a piece stands. `item`: the variable of the innermost loop, "" outside."""

    depth: int = 0
    item: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        return ("甲", "单位.名称", *((f"{self.item}.名", "loop.index") if self.item else ()))

    @property
    def flag(self) -> str:
        return f"{self.item}.真" if self.item else "真"

    @property
    def inner(self) -> tuple[str, str]:
        """The list that a loop here goes through, and the name of its variable."""
        return (f"{self.item}.子", "细") if self.item == "项" else ("单", "项")

    def within(self, item: str = "") -> Scope:
        return Scope(self.depth + 1, item or self.item)


@dataclass
class Lines:
    """Makes lines, and keeps what stands elsewhere for them: notes, links, comments."""

    dice: random.Random = field(default_factory=lambda: random.Random(0))
    notes: list[Made] = field(default_factory=list)
    links: list[Made] = field(default_factory=list)
    features: set[str] = field(default_factory=set)
    comments: list[int] = field(default_factory=list)
    number: int = 0
    apart: bool = False  # in a margin or a text box: no notes, comments, addresses, numbers there

    def piece(self, scope: Scope) -> Made:
        kinds: tuple[Callable[[Scope], Made], ...] = (
            self.words, self.value, self.value, self.choice, self.inline_loop, self.note, self.bookmark, self.link,
            self.picture, self.remark,
        )  # fmt: skip
        return self.dice.choice(kinds)(scope)

    def words(self, scope: Scope) -> Made:
        text = self.dice.choice(WORDS)
        return Made(escaped(text), text)

    def value(self, scope: Scope) -> Made:
        tag = f"{{{{ {self.dice.choice(scope.texts)} }}}}"
        return Made(tag, tag)

    def choice(self, scope: Scope) -> Made:
        tag = f"{{{{ {self.dice.choice(scope.texts)} if {scope.flag} else '无' }}}}"
        block = f"{{% if {scope.flag} %}}{{{{ 甲 }}}}{{% else %}}否{{% endif %}}"
        text = self.dice.choice((tag, block))
        return Made(text, text)

    def inline_loop(self, scope: Scope) -> Made:
        if scope.item == "细":
            return self.words(scope)
        name, item = scope.inner
        self.features.add("inline")
        inside = self.value(Scope(LEVELS, item)) + self.dice.choice((self.words, self.note, self.picture))(
            Scope(LEVELS, item)
        )
        text = f"{{% for {item} in {name} %}}"
        return Made(f"{text}{inside.xml}{{% endfor %}}", f"{text}{inside.model}{{% endfor %}}")

    def note(self, scope: Scope) -> Made:
        """A footnote; its words read what can be read at its reference."""
        if self.apart:
            return self.words(scope)
        self.features.add("note")
        words = self.value(scope) + self.words(scope)
        self.notes.append(words)
        mark = f'\x01<w:r><w:footnoteReference w:id="{len(self.notes)}"/></w:r>\x02'
        return Made(mark, f"⟦注:{words.model}⟧")

    def bookmark(self, scope: Scope) -> Made:
        """A bookmark and a link to it."""
        self.features.add("bookmark")
        number = self._next()
        words, name = self.words(scope), f"条{number}"
        start, end = (
            f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>',
            f'<w:bookmarkEnd w:id="{number}"/>',
        )
        link = f'<w:hyperlink w:anchor="{name}">{runs("见")}</w:hyperlink>'
        return Made(f"\x01{start}\x02{words.xml}\x01{end}{link}\x02", f"{words.model}见")

    def link(self, scope: Scope) -> Made:
        if self.apart:
            return self.words(scope)
        self.features.add("link")
        tag = f"{{{{ {self.dice.choice((f'{scope.item}.类', 'loop.index') if scope.item else ('单位.号',))} }}}}"
        self.links.append(Made(f"https://a.cn/{tag}"))
        inside = runs(f"见{tag}")
        mark = f'\x01<w:hyperlink r:id="rl{len(self.links)}">{inside}</w:hyperlink>\x02'
        return Made(mark, f"⟦址:https://a.cn/{tag}⟧见{tag}")

    def picture(self, scope: Scope) -> Made:
        self.features.add("picture")
        return Made("{{r 图 }}", "⟦图⟧")

    def remark(self, scope: Scope) -> Made:
        """Words with a comment, or put in, or taken out."""
        words, gone = self.words(scope), runs("删去")
        self.features.add("remark")
        kind = self.dice.choice(("in", "out", "comment"))
        if kind == "in":
            return Made(f"\x01<w:ins {WHO}>{runs(words.xml)}</w:ins>\x02", words.model)
        if kind == "out":
            return Made(f"\x01<w:del {WHO}>{gone.replace('w:t', 'w:delText')}</w:del>\x02")
        if self.apart:
            return words
        number = self._next()
        self.comments.append(number)
        start, end = f'<w:commentRangeStart w:id="{number}"/>', f'<w:commentRangeEnd w:id="{number}"/>'
        return Made(
            f'\x01{start}{runs(words.xml)}{end}<w:r><w:commentReference w:id="{number}"/></w:r>\x02',
            words.model,
        )

    def _apart(self, make: Callable[[], Made]) -> Made:
        before, self.apart = self.apart, True
        made = make()
        self.apart = before
        return made

    def _next(self) -> int:
        self.number += 1
        return self.number

    def _cut(self, xml: str) -> str:
        """The runs of a line: its text cut anywhere, through tags too; what stands between \\1 and \\2 is XML already."""
        out = []
        for outside in xml.split("\x02"):
            text, _, whole = outside.partition("\x01")
            out += [self._runs(text), whole]
        return "".join(out)

    def _runs(self, text: str) -> str:
        signs = list(pieces_of(text))
        cuts = (
            sorted(self.dice.sample(range(1, len(signs)), min(self.dice.randint(0, 3), len(signs) - 1)))
            if len(signs) > 1
            else []
        )
        made = []
        for start, end in zip([0, *cuts], [*cuts, len(signs)], strict=True):
            form = self.dice.choice(("", "", "<w:rPr><w:b/></w:rPr>"))
            between = self.dice.choice(
                ("", "", '<w:proofErr w:type="spellStart"/><w:proofErr w:type="spellEnd"/>')
            )
            words = "".join(signs[start:end])
            made.append(f'<w:r>{form}<w:t xml:space="preserve">{words}</w:t></w:r>{between}' if words else "")
        return "".join(made)


def pieces_of(text: str) -> Iterator[str]:
    """The signs of escaped text, an escape being one of them."""
    position = 0
    while position < len(text):
        end = text.index(";", position) + 1 if text[position] == "&" else position + 1
        yield text[position:end]
        position = end


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
