"""The kinds of value that a record may hold, and what each says when it gets another."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from liangqing.base.chinese import paper_number
from liangqing.base.dates import FIRST_YEAR, LAST_YEAR, WRITE, day_written, is_complete, why_no_day
from liangqing.base.diagnostics import Place
from liangqing.data.yaml.places import Source, Step, Tree

EVERY_UNIT = "全体单位"
NOT_CONCERNED = "不涉及"


class ModelEntry(BaseModel):
    """A mapping that a person wrote: no key but the known ones, and what is left empty is not given."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, value: Any) -> Any:
        if isinstance(value, dict):
            if None not in value.values():
                return value
            known = {field.alias for field in cls.model_fields.values()}
            return {key: content for key, content in value.items() if content is not None or key not in known}
        raise fail("应为一组「键: 值」", shape="entry", advice="每行一个键；在列表里时，第一个键前加「- 」")


class ModelRecord(ModelEntry):
    """An entry of a section, which knows where it was written. Equal only to itself."""

    __eq__ = object.__eq__

    def __hash__(self) -> int:
        """As for any object; pydantic would put a hash over all fields in the place of object's own."""
        return id(self)

    # Slots of Python's own: a private attribute of pydantic is found by a slow __getattr__ at each reading.
    __slots__ = ("_path", "_source")
    if TYPE_CHECKING:
        _path: tuple[Step, ...]
        _source: Source

    @property
    def written_in(self) -> Source:
        """The file that it was read from."""
        return self._source

    @property
    def written_at(self) -> tuple[Step, ...]:
        """Where it stands in the tree of that file."""
        return self._path

    def place(self, *path: Step) -> Place:
        """Where the value at `path` below this record stands (the record itself where it is not there)."""
        return self._source.place(*self._path, *path)

    @property
    def label(self) -> str:
        """What a list calls the record: its section and its 编号; without one, the inspection and the unit that it is of."""
        keys = ("code",) if hasattr(self, "code") else ("inspection", "unit")
        return " ".join(
            map(str, (self._path[0], *(getattr(self, key) for key in keys if hasattr(self, key))))
        )

    @property
    def tree(self) -> Tree:
        """The record as it was written."""
        node: Any = self._source.tree
        for step in self._path:
            node = node[step]
        return node  # type: ignore[no-any-return]

    def put(self, source: Source, path: tuple[Step, ...]) -> None:
        """Tell the record where it was read; once, by the reader."""
        object.__setattr__(self, "_source", source)
        object.__setattr__(self, "_path", path)


class Spot(NamedTuple):
    """Somewhere in a record; its place is looked up only when a problem asks."""

    record: ModelRecord
    path: tuple[Step, ...]

    @property
    def place(self) -> Place:
        return self.record.place(*self.path)


def fail(message: str, **context: Any) -> PydanticCustomError:
    """A value that can't stand; `message` completes the sentence 「键」…."""
    return PydanticCustomError("lq", "{message}", {"message": message, **context})


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise fail("应为一段文字", advice="写在一行里，不要分层；不清楚的先不写这个键")
    if not value.strip():
        raise fail("不能为空", advice="写上内容，或删掉这个键")
    return value


def _blank(value: Any) -> str:
    return value if value == "" else _text(value)


def _day(value: Any) -> date:
    if not isinstance(value, str):
        raise fail("应为日期（如 2021-09-30）", advice=WRITE)
    day = day_written(value)
    if day is None:
        matter, write = why_no_day(value)
        real = "应为真实的日期" if is_complete(value) else "应为日期（如 2021-09-30）"
        raise fail(real, advice=f"{matter}；{write}")
    return day


def _day_or_text(value: Any) -> date | str:
    if isinstance(value, str) and value.strip()[:1].isdigit():
        day = day_written(value)
        if day is None:
            matter, write = why_no_day(value)
            raise fail(
                "以数字开头的应为日期（如 2021-09-30）",
                advice=f"{matter}；{write}，或换成不以数字开头的文字（如 每季度）",
            )
        return day
    return _text(value)


def whole(value: Any) -> int:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value):
        return int(value)
    raise fail("应为不带其他字的整数", advice="只写数字，如 10")


def _signed(value: Any) -> int:
    if isinstance(value, str) and value.startswith("-"):
        return -whole(value[1:])
    return whole(value)


def _yes_no(value: Any) -> bool:
    words = {"是": True, "否": False, "true": True, "false": False}
    if isinstance(value, str) and value.lower() in words:
        return words[value.lower()]
    raise fail("应为 是 或 否", allowed=["是", "否"])


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str | dict) else value


def _as_tuple(value: Any) -> Any:
    if not isinstance(value, list):
        raise fail("应为一个列表", shape="list", advice="每项一行，以「- 」开头")
    if any(item is None for item in value):
        raise fail("列表里有空的一项", advice="补上内容，或删掉这个「- 」")
    return value


def written(check: Callable[[Any], Any], **schema: Any) -> BeforeValidator:
    """A check, and what a person may write, for the JSON Schema that editors use (there, a plain 10 is a number)."""
    return BeforeValidator(check, json_schema_input_type=Annotated[Any, WithJsonSchema(schema)])


def choice(*words: str) -> BeforeValidator:
    """One of `words` and nothing else."""

    def check(value: Any) -> str:
        if value not in words:
            raise fail("应为 " + " / ".join(words), allowed=list(words))
        return str(value)

    return written(check, enum=list(words))


def matches(pattern: str, message: str) -> Callable[[Any], str]:
    """A text of one form; `message` says which."""

    def check(value: Any) -> str:
        if not re.fullmatch(pattern, _text(value)):
            raise fail(message, advice="改成这种写法")
        return str(value)

    return check


_PLAIN = ["string", "number", "boolean"]
_MONTH, _DAY_OF_MONTH = "(0?[1-9]|1[0-2])", r"(0?[1-9]|[12][0-9]|3[01])"
# What `day_written` reads, for editors; of what they take for a number (20210930) they see no text.
DATE_PATTERN = (
    rf"[0-9]{{4}}([ ]*[-/.年][ ]*{_MONTH}[ ]*[-/.月][ ]*{_DAY_OF_MONTH}[ ]*[日号]?|"
    r"(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01]))"
)
_LARGEST = 999_999_999

Text: TypeAlias = Annotated[str, written(_text, type=_PLAIN, pattern=r"\S")]
Blank: TypeAlias = Annotated[
    str, written(_blank, type=_PLAIN)
]  # "" stands for a blank to be filled in by hand
PaperNumber: TypeAlias = Annotated[
    Text, AfterValidator(paper_number)
]  # 文号, in whatever brackets it is typed
Postcode: TypeAlias = Annotated[
    str,
    written(
        matches(r"[0-9]{6}", "应为六位数字的邮政编码，如 541000"),
        type=["string", "integer"],
        pattern="^[0-9]{6}$",
    ),
]
Ref: TypeAlias = Text  # the 编号 (for units also 名称 or 简称) of another record
Day: TypeAlias = Annotated[
    date,
    written(
        _day,
        type=["string", "integer"],
        minimum=FIRST_YEAR * 10_000 + 101,
        maximum=LAST_YEAR * 10_000 + 1231,
        pattern=f"^{DATE_PATTERN}$",
    ),
]
DayOrText: TypeAlias = Annotated[
    date | str,
    written(
        _day_or_text,
        type=["string", "integer"],
        minimum=FIRST_YEAR * 10_000 + 101,
        maximum=LAST_YEAR * 10_000 + 1231,
        pattern=f"^({DATE_PATTERN}$|[^0-9])",
    ),
]
Whole: TypeAlias = Annotated[
    int, written(whole, type=["integer", "string"], minimum=0, maximum=_LARGEST, pattern=r"^[0-9]{1,9}$")
]
MOST_DAYS = 3650  # of a limit, a notice: ten years


def _bounded(check: Callable[[Any], int], least: int, most: int) -> Callable[[Any], int]:
    def bounded(value: Any) -> int:
        number = check(value)
        if not least <= number <= most:
            raise fail(f"应为 {least} 到 {most} 的整数", advice="核对是不是多写了几位")
        return number

    return bounded


YearNumber: TypeAlias = Annotated[
    int,
    written(
        _bounded(whole, FIRST_YEAR, LAST_YEAR),
        type=["integer", "string"],
        minimum=FIRST_YEAR,
        maximum=LAST_YEAR,
        pattern=r"^[0-9]{4}$",
    ),
]
DayCount: TypeAlias = Annotated[
    int,
    written(
        _bounded(whole, 0, MOST_DAYS),
        type=["integer", "string"],
        minimum=0,
        maximum=MOST_DAYS,
        pattern=r"^[0-9]{1,9}$",
    ),
]
SignedDays: TypeAlias = Annotated[
    int,
    written(
        _bounded(_signed, -MOST_DAYS, MOST_DAYS),
        type=["integer", "string"],
        minimum=-MOST_DAYS,
        maximum=MOST_DAYS,
        pattern=r"^-?[0-9]{1,9}$",
    ),
]
YesNo: TypeAlias = Annotated[bool, written(_yes_no, enum=["是", "否", True, False])]
Texts: TypeAlias = Annotated[
    tuple[Text, ...],
    BeforeValidator(_as_tuple),
    BeforeValidator(_as_list, json_schema_input_type=Text | tuple[Text, ...]),
]
LISTED = BeforeValidator(_as_tuple)


def _each_organ(organs: tuple[str, ...]) -> tuple[str, ...]:
    """甲、乙 written as one are two; what is in brackets stays in one piece."""
    parts = (part.strip() for organ in organs for part in re.split(r"[、，；](?![^（]*）)", organ))
    return tuple(part for part in parts if part)


Organs: TypeAlias = Annotated[Texts, AfterValidator(_each_organ)]


def _copy_number(value: Any) -> int:
    number = whole(value)
    if not 1 <= number <= 999_999:
        raise fail("应为 1 到 999999", advice="例如 1，印成 000001；不编份号的，删掉这一行")
    return number


# 份号: printed in six figures (7.2.1).
CopyNumber: TypeAlias = Annotated[
    int,
    written(_copy_number, type=["integer", "string"], minimum=1, maximum=999_999, pattern=r"^0*[1-9][0-9]*$"),
]
URGENCIES = ("特急", "加急")  # 7.2.3
Urgency: TypeAlias = Annotated[str, choice(*URGENCIES)]


class Person(ModelEntry):
    """{姓名, 职务}: the name may be left blank, the post not."""

    name: Blank | None = Field(None, alias="姓名")
    post: Text = Field(alias="职务")


class Head(Person):
    """Who is in charge, from `since` on (from the beginning where there is none)."""

    since: Day | None = Field(None, alias="起")


class Contact(ModelEntry):
    """{姓名, 电话}: the only place for a telephone number."""

    name: Blank | None = Field(None, alias="姓名")
    telephone: Blank | None = Field(None, alias="电话")


Heads: TypeAlias = Annotated[
    tuple[Head, ...],
    Field(min_length=1),
    LISTED,
    BeforeValidator(_as_list, json_schema_input_type=Head | tuple[Head, ...]),
]


def head_on(heads: tuple[Head, ...], day: date) -> Head:
    """Who is in charge on `day`: the last to have begun by then, else the first."""
    begun = [head for head in heads if head.since is None or head.since <= day]
    return max(begun, key=lambda head: head.since or date.min) if begun else heads[0]


class Waiver(ModelEntry):
    """放行: a gate waived on record."""

    gate: Text = Field(alias="门槛")
    reason: Text = Field(alias="理由")
    approver: Text = Field(alias="批准人")
    until: Day | None = Field(None, alias="有效期至")


class Waivable(ModelRecord):
    """A record in which a gate may be waived."""

    waivers: Annotated[tuple[Waiver, ...], LISTED] = Field((), alias="放行")

    def waived(self, name: str, day: date) -> bool:
        """Whether the gate `name` is waived on `day`."""
        return any(
            waiver.gate == name and (waiver.until is None or day <= waiver.until) for waiver in self.waivers
        )

    def expired(self, name: str, day: date) -> str:
        """In words, that the gate was waived but no longer is; "" when it never was."""
        over = [
            waiver.until
            for waiver in self.waivers
            if waiver.gate == name and waiver.until and waiver.until < day
        ]
        return f"（放行已于 {max(over)} 到期）" if over else ""
