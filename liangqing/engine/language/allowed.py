"""What of Jinja's filters and Python's text methods a template may use: each does no more than make a value of values.

None of Jinja's own functions is called. A method is kept under a name that no tag can spell as a filter (`strip()`), and so is
a slice (`[:]`); both are calls of these functions once an expression has been read (`grammar`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from jinja2.runtime import Undefined

LONGEST = 1_000_000
WIDEST = 100
WIDTH, HEIGHT = "宽", "高"  # of a picture, in mm
LARGEST_MM = 1000
SLICE, KEPT = "[:]", "kept!"
_TOO_LONG = "结果太长"

Takes = Literal["anything", "text", "sized", "words", "picture"]
Gives = Literal["text", "number", "flag", "texts", "item", "either", "same"]


@dataclass(frozen=True)
class Allowed:
    """One function. `takes`: what it may be given, `sized` a text or a list, `words` a list of texts or numbers;
    `gives`: what comes of it; `least` and `most`: how many arguments follow; `example`: a tag that can be copied;
    `named`: arguments that are given by name.

    `run` raises TypeError or ValueError, in Chinese, for a value that it can do nothing with.
    """

    run: Callable[..., object]
    takes: Takes
    gives: Gives
    least: int
    most: int
    example: str
    named: tuple[str, ...] = ()


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise TypeError("只用于文字")


def _sized(value: object) -> str | list[object] | tuple[object, ...]:
    if isinstance(value, str | list | tuple):
        return value
    raise TypeError("只用于列表和文字")


def _words(value: object) -> list[str]:
    if not isinstance(value, list | tuple):
        raise TypeError("只用于列表")
    return [_text(item) for item in value]


def _whole(value: object) -> int:
    if type(value) is int:
        return value
    raise TypeError("第几个要写整数")


def _bounded(length: int) -> None:
    if length > LONGEST:
        raise ValueError(_TOO_LONG)


# ---------------------------------------------------------------- the functions


def _length(value: object) -> int:
    return len(_sized(value))


def _as_it_is(value: object) -> object:
    """Values are always escaped, once."""
    return value


def _default(value: object, otherwise: object = "", empty: object = False) -> object:
    """Unlike Jinja's, None counts as nothing: it is what our data say where there is nothing."""
    missing = value is None or isinstance(value, Undefined)
    return otherwise if missing or (empty and not value) else value


def _join(value: object, mark: object = "") -> str:
    words, between = _words(value), _text(mark)
    _bounded(sum(map(len, words)) + len(between) * len(words))
    return between.join(words)


def _first(value: object) -> object:
    return _end_of(value, 0)


def _last(value: object) -> object:
    return _end_of(value, -1)


def _end_of(value: object, at: int) -> object:
    found = _sized(value)
    if not found:
        raise ValueError("里面什么都没有")
    return found[at]


def _replace(value: object, old: object, new: object) -> str:
    text, gone, instead = _text(value), _text(old), _text(new)
    _bounded(len(text) + text.count(gone) * max(len(instead) - len(gone), 0))
    return text.replace(gone, instead)


def _zfill(value: object, width: object) -> str:
    wanted = _whole(width)
    if wanted > WIDEST:
        raise ValueError(_TOO_LONG)
    return _text(value).zfill(wanted)


def _split(value: object, mark: object = None) -> list[str]:
    text = _text(value)
    if mark == "":
        raise ValueError("没有写按什么分开")
    return text.split(None if mark is None else _text(mark))


def _joined(mark: object, value: object) -> str:
    return _join(value, mark)


def _sliced(value: object, start: object, stop: object, step: object) -> object:
    numbers = [None if number is None else _whole(number) for number in (start, stop, step)]
    if numbers[2] == 0:
        raise ValueError("间隔不能是 0")
    return _sized(value)[slice(*numbers)]


@runtime_checkable
class Fits(Protocol):
    """A picture: what can be made as large as a box."""

    def fitted(self, width_mm: float | None, height_mm: float | None) -> object:
        """The picture as large as fits; None: as follows from the other side."""


def _fitted(value: object, **sides: object) -> object:
    """A picture in a box; None stays None."""
    if value is None:
        return None
    if not isinstance(value, Fits):
        raise TypeError("只用于图片")
    return value.fitted(_millimetres(sides.get(WIDTH)), _millimetres(sides.get(HEIGHT)))


def _millimetres(side: object) -> float | None:
    if side is None:
        return None
    if isinstance(side, bool) or not isinstance(side, int | float) or not 0 < side <= LARGEST_MM:
        raise ValueError(f"宽、高写毫米数，1 到 {LARGEST_MM}，如 宽=70")
    return float(side)


def _kept(value: object) -> object:
    """What `set` keeps: no text or list so long that a few more of them would fill the memory."""
    if isinstance(value, str | list | tuple):
        _bounded(len(value))
    return value


def _of_text(method: str) -> Callable[..., object]:
    """A method of str with texts as arguments."""
    function: Callable[..., object] = getattr(str, method)
    return lambda value, *arguments: function(_text(value), *map(_text, arguments))


_CHANGED = ("upper", "lower", "capitalize", "title")
_CUT = ("strip", "lstrip", "rstrip")
_ASKED = ("startswith", "endswith")
_WITHOUT = ("removeprefix", "removesuffix")

FILTERS: dict[str, Allowed] = {
    **dict.fromkeys(("length", "count"), Allowed(_length, "sized", "number", 0, 0, "{{ 清单 | length }}")),
    **dict.fromkeys(
        ("default", "d"), Allowed(_default, "anything", "either", 0, 2, "{{ 名称 | default('无') }}")
    ),
    "join": Allowed(_join, "words", "text", 0, 1, "{{ 名单 | join('、') }}"),
    "first": Allowed(_first, "sized", "item", 0, 0, "{{ 名单 | first }}"),
    "last": Allowed(_last, "sized", "item", 0, 0, "{{ 名单 | last }}"),
    "replace": Allowed(_replace, "text", "text", 2, 2, "{{ 名称 | replace('局', '委') }}"),
    "trim": Allowed(_of_text("strip"), "text", "text", 0, 1, "{{ 名称 | trim }}"),
    **{name: Allowed(_of_text(name), "text", "text", 0, 0, f"{{{{ 名称 | {name} }}}}") for name in _CHANGED},
    **dict.fromkeys(("e", "escape"), Allowed(_as_it_is, "anything", "same", 0, 0, "{{ 名称 | e }}")),
    "图片": Allowed(_fitted, "picture", "same", 0, 0, "{{ 照片.图片 | 图片(宽=70) }}", named=(WIDTH, HEIGHT)),
}
METHODS: dict[str, Allowed] = {
    **{name: Allowed(_of_text(name), "text", "text", 0, 0, f"{{{{ 名称.{name}() }}}}") for name in _CHANGED},
    **{name: Allowed(_of_text(name), "text", "text", 0, 1, f"{{{{ 名称.{name}() }}}}") for name in _CUT},
    **{
        name: Allowed(_of_text(name), "text", "flag", 1, 1, f"{{% if 名称.{name}('局') %}}是{{% endif %}}")
        for name in _ASKED
    },
    **{
        name: Allowed(_of_text(name), "text", "text", 1, 1, f"{{{{ 名称.{name}('局') }}}}")
        for name in _WITHOUT
    },
    "isdigit": Allowed(_of_text("isdigit"), "text", "flag", 0, 0, "{% if 名称.isdigit() %}是{% endif %}"),
    "count": Allowed(_of_text("count"), "text", "number", 1, 1, "{{ 名称.count('局') }}"),
    "find": Allowed(_of_text("find"), "text", "number", 1, 1, "{{ 名称.find('局') }}"),
    "replace": Allowed(_replace, "text", "text", 2, 2, "{{ 名称.replace('局', '委') }}"),
    "zfill": Allowed(_zfill, "text", "text", 1, 1, "{{ 编号.zfill(3) }}"),
    "split": Allowed(_split, "text", "texts", 0, 1, "{% for 项 in 名称.split('、') %}{{ 项 }}{% endfor %}"),
    "join": Allowed(_joined, "text", "text", 1, 1, "{{ '、'.join(名单) }}"),
}
_SLICED = Allowed(_sliced, "sized", "same", 3, 3, "{% for 项 in 清单[:3] %}{{ 项 }}{% endfor %}")
_KEEPING = Allowed(_kept, "anything", "same", 0, 0, "{% set 甲 = 1 %}")


def spelled(method: str) -> str:
    """The filter under which a method is kept."""
    return f"{method}()"


# All of them as filters, by the names that the sandbox knows them under.
FUNCTIONS: dict[str, Allowed] = {
    **FILTERS, **{spelled(name): row for name, row in METHODS.items()}, SLICE: _SLICED, KEPT: _KEEPING,
}  # fmt: skip


def called(name: str) -> str:
    """What a person calls one of these, or a filter of the caller's."""
    if name == SLICE:
        return "「[…]」"
    return f"「.{name}」" if name.endswith("()") else f"过滤器「{name}」"
