"""The sandbox that compiled templates run in, and how values are printed there."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import wraps
from typing import NoReturn

from jinja2 import pass_context
from jinja2.runtime import Context, LoopContext, StrictUndefined, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from liangqing.base import bounds
from liangqing.base.codes import Code
from liangqing.engine.language.allowed import FUNCTIONS, called
from liangqing.engine.language.refusals import TESTS
from liangqing.engine.parts.encoding import ByteGenerator
from liangqing.engine.parts.values import TYPED_VALUES

Filter = Callable[..., object]
_NO_FILTERS: Mapping[str, Filter] = {}

# What the programs of a rendering share stands among the values under this name; no tag can spell it.
FILLING = "filling!"
LOOPS = "loops!"  # the LoopSteps of the paper

# Filters of our own that only the compiler writes; no tag can spell them.
EACH, PIECE, ATTRIBUTE, ELEMENT, COLOUR, TWIPS, SPAN, SWITCH = (
    f"{name}!" for name in ("each", "piece", "attr", "element", "colour", "twips", "span", "switch")
)

_FORBIDDEN = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff\U0010ff00-\U0010ff0f"
_forbidden = re.compile(f"[{_FORBIDDEN}]").search
BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
_ATTRIBUTES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": " ", "\t": " "})
_KINDS = {str: "文字", bool: "是否值（True/False）", list: "列表", tuple: "列表", dict: "整条记录"}


class Xml(str):
    """Text that is XML already: only filters of our own make it."""

    __slots__ = ()


class Fault(Exception):
    """A value cannot be used as the template asks; becomes a Diagnostic once the place is known."""

    def __init__(self, code: Code, message: str, advice: str) -> None:
        super().__init__(message)
        self.code, self.message, self.advice = code, message, advice


class NeedsForm(Exception):
    """A typed value met a program that was made for texts; the template then runs its other program."""


class Missing(StrictUndefined):
    """A name or a key that is not there: fails on any use, in Chinese."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        owner, name = self._undefined_obj, self._undefined_name
        if owner is missing:
            return f"：数据里没有「{name}」"
        if owner is None:
            return f"：前面的部分没有值，取不到「{name}」"
        if isinstance(owner, list | tuple):
            return f"：列表里没有第 {name} 项"
        return f"：没有「{name}」这一项"


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja without globals and methods: a name looks up a key of a dict, or a field of `loop`."""

    def __init__(
        self,
        filters: Mapping[str, Filter],
        printer: Callable[[object], str] | Callable[[object], bytes],
        own: Mapping[str, Filter] = _NO_FILTERS,
    ) -> None:
        # Tags hold names and hardly a constant to be folded: looking for some takes a tenth of the compiling.
        super().__init__(undefined=Missing, finalize=printer, autoescape=False, optimized=False, cache_size=0)
        self.tests = {name: self.tests[name] for name in TESTS}
        given = {name: _guarded(name, function) for name, function in filters.items()}
        self.filters = {**_ALLOWED, **given, **_OWN_FILTERS, **own}

    def getattr(self, obj: object, attribute: str) -> object:
        """`对象.项`: a key of a dict or a field of `loop`, never an attribute of a Python object."""
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        if isinstance(obj, LoopContext):
            return getattr(obj, attribute)
        if isinstance(obj, Undefined):
            _fail(obj)
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: object, argument: object) -> object:
        """`对象["项"]` or `列表[0]`."""
        if isinstance(obj, dict) and argument in obj:
            return obj[argument]
        if isinstance(obj, list | tuple) and isinstance(argument, int) and -len(obj) <= argument < len(obj):
            return obj[argument]
        return self.undefined(obj=obj, name=str(argument))


class ByteSandbox(Sandbox):
    """For programs that write bytes; so must `printer`."""

    code_generator_class = ByteGenerator


# ---------------------------------------------------------------- printing


def print_word(value: object) -> str:
    """For w:t: escaped once; a new line becomes w:br, a tab w:tab."""
    if type(value) is not str:
        if type(value) is Xml:
            return value
        if type(value) in TYPED_VALUES:
            raise NeedsForm
        value = print_plain(value)
    if value.isprintable():  # nothing but & < > to be seen to; the rule, and quickly told
        return _escaped(value)
    text = _escaped(checked(value)).replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\n", BREAK).replace("\t", _TAB)


def print_xml(value: object) -> str:
    """For the text of any other element."""
    if type(value) is Xml:
        return value
    return _escaped(checked(print_plain(value)))


def write_word(value: object) -> bytes:
    """`print_word` for programs that write bytes."""
    if type(value) is str and value.isprintable():
        return _escaped(value).encode()
    return print_word(value).encode()


def write_xml(value: object) -> bytes:
    """`print_xml` for programs that write bytes."""
    return print_xml(value).encode()


def _escaped(text: str) -> str:
    if "&" in text or "<" in text or ">" in text:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text


def print_plain(value: object) -> str:
    """A text or a number as text; everything else is a fault."""
    if isinstance(value, str):
        return value
    if value is None:
        raise Fault(Code.NO_VALUE, "没有值", "在数据里补上，或用 {% if … %} 包起来")
    if isinstance(value, Undefined):
        str(value)  # raises
    if type(value) is int:
        return str(value)
    if type(value) is float:
        return digits(value)
    raise Fault(
        Code.BAD_VALUE, f"是{kind_of(value)}，不能直接印出", "写出其中的一项，或用 {% for %}、{% if %}"
    )


def digits(value: float) -> str:
    """A number in digits, never with an exponent."""
    if type(value) is int:
        return str(value)
    if value in (float("inf"), float("-inf")) or value != value:
        raise Fault(Code.BAD_VALUE, "不是一个数", "改正数据")
    text = format(Decimal(repr(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def kind_of(value: object) -> str:
    """What a value is, for a person."""
    return _KINDS.get(type(value), f"「{type(value).__name__}」")


def checked(text: str) -> str:
    """`text`, unless it holds a character that XML forbids or that the engine keeps for itself."""
    found = _forbidden(text)
    if found is None:
        return text
    before = text[max(found.start() - 8, 0) : found.start()]
    message = f"的值里有 Word 不能存的字符 U+{ord(found[0]):04X}（在「{before}」之后）"
    raise Fault(Code.FORBIDDEN_CHARACTER, message, "在数据里删去这个字符")


# ---------------------------------------------------------------- filters of our own


class LoopSteps:
    """How many times the loops of one paper have gone round: those that print nothing end too."""

    def __init__(self) -> None:
        self._left = bounds.LOOP_STEPS

    def take(self, count: int) -> None:
        """A loop begins that will go round so often; raises Fault where all of them together go on too long."""
        self._left -= count + 1
        if self._left < 0:
            raise Fault(
                Code.PAPER_TOO_LARGE, f"：循环转了 {bounds.LOOP_STEPS} 次还没有完", "看循环是否套得太多"
            )


@pass_context
def _each(context: Context, value: object) -> object:
    """What a for may run over."""
    if isinstance(value, list | tuple):
        steps = context.parent.get(LOOPS)
        if isinstance(steps, LoopSteps):
            steps.take(len(value))
        return value
    if isinstance(value, Undefined):
        return iter(value)  # raises
    raise Fault(Code.NOT_A_LIST, "没有值" if value is None else "不是列表", "for 只能用于列表")


def _attribute(value: object) -> Xml:
    return Xml(checked(print_plain(value)).translate(_ATTRIBUTES))


def _element(value: object) -> Xml:
    return Xml(print_xml(value))


def colour(value: object) -> str:
    """Six digits, or `auto`."""
    text = print_plain(value).removeprefix("#")
    if text == "auto" or re.fullmatch(r"[0-9A-Fa-f]{6}", text):
        return text
    raise Fault(Code.BAD_VALUE, f"是「{text}」，不是颜色", "颜色写六位，如 FFFF00")


def _twips(value: object) -> str:
    if type(value) is not int or abs(value) > 31680:
        raise Fault(Code.BAD_VALUE, "不是整数，不能作缩进", "缩进用整数，单位是二十分之一磅")
    return str(value)


def _span(value: object) -> str:
    if type(value) is not int or not 1 <= value <= 63:
        raise Fault(Code.BAD_VALUE, "不是 1 到 63 的整数，不能作列数", "改正数据")
    return str(value)


def _switch(value: object) -> str:
    """A property that is on or off: on where an `if` would print."""
    return "on" if value else "off"


_OWN_FILTERS: dict[str, Filter] = {
    EACH: _each, PIECE: print_plain, ATTRIBUTE: _attribute, ELEMENT: _element, COLOUR: colour, TWIPS: _twips, SPAN: _span,
    SWITCH: _switch,
}  # fmt: skip


def _guarded(name: str, function: Filter) -> Filter:
    """The caller's filter: sees no undefined value; what it refuses (TypeError, ValueError) is a fault."""

    @wraps(function)
    def guarded(*args: object, **options: object) -> object:
        for value in args:
            if isinstance(value, Undefined):
                _fail(value)
        try:
            return function(*args, **options)
        except (TypeError, ValueError) as exc:
            shown = "没有值" if args[0] is None else f"「{str(args[0])[:30]}」"
            message = f"：{called(name)}不能处理{shown}（{exc}）"
            raise Fault(Code.FILTER_FAILED, message, "改正数据，或先用 {% if … %} 判断") from exc

    return guarded


# `default` alone is there for what is missing.
_ALLOWED: dict[str, Filter] = {
    name: row.run if row.gives == "either" else _guarded(name, row.run) for name, row in FUNCTIONS.items()
}


def _fail(value: Undefined) -> NoReturn:
    str(value)  # a strict undefined raises
    raise AssertionError("a strict undefined value printed")
