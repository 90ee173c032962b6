"""Where something stands among the blocks of a part: the loops it repeats with, the conditions on which it is there."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TypeAlias

from jinja2 import nodes
from lxml import etree

from liangqing.engine.language.language import Statement


@dataclass(eq=False)
class Loop:
    """A loop by the mark that opens it, and the names of the bookmarks that it repeats."""

    mark: etree._Element
    names: set[str] = field(default_factory=set)


@dataclass(frozen=True, eq=False)
class Branch:
    """One way through a condition: `test` holds there, and those `before` it do not. Of the else of a loop it is not known."""

    mark: etree._Element
    before: tuple[nodes.Expr, ...] = ()
    test: nodes.Expr | None = None
    known: bool = True

    def following(self, mark: etree._Element, test: nodes.Expr | None) -> Branch:
        """The next branch, of an elif or else."""
        own = (self.test,) if self.test is not None else ()
        return Branch(mark, (*self.before, *own), test, self.known)

    def holds(self) -> list[nodes.Expr]:
        """What must be true, in the order in which it is asked."""
        own = [self.test] if self.test is not None else []
        return [*(nodes.Not(copy.deepcopy(test)) for test in self.before), *copy.deepcopy(own)]


Way: TypeAlias = list[Loop | Branch]  # from the outermost inwards


def go_on(way: Way, mark: etree._Element, statement: Statement) -> None:
    """Takes the way past the mark of a statement."""
    match statement.keyword:
        case "for":
            way.append(Loop(mark))
        case "if":
            way.append(Branch(mark, test=statement.expression))
        case "elif" | "else":
            last = way[-1]
            if isinstance(last, Branch):
                way[-1] = last.following(mark, statement.expression)
            else:
                way[-1] = Branch(mark, known=False)
        case "endfor" | "endif":
            way.pop()


def apart(first: Way, second: Way) -> tuple[Way, Way]:
    """What is left of two ways after what they have in common."""
    common = sum(1 for _ in takewhile(lambda pair: pair[0] is pair[1], zip(first, second, strict=False)))
    return first[common:], second[common:]
