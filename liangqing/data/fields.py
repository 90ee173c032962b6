"""What a person fills in, section by section: the fields of a record and of the entries of its lists.

Read off the model once, for whatever offers fields to be filled in (the sheets of the ledger, a page with forms): the
label, where the value goes, what may stand there, and a line of help. A list of entries (进展 of a finding) is a table
of its own, and so is what arrives by itself (回复 to a letter); small ones that stand within an entry, or are hardly ever longer than one (负责人, 佐证), are fields with a line
for each entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, WithJsonSchema
from pydantic.fields import FieldInfo

from liangqing.data.key_meanings import MEANINGS, SECTION_MEANINGS
from liangqing.data.model.findings import Evidence
from liangqing.data.model.types import Head
from liangqing.data.model.validate import SECTIONS, Section
from liangqing.data.references import ANY_YEAR, REFERENCES

TEXT, DAY, DAY_OR_TEXT, NUMBER, YES_NO = "文字", "日期", "日期或文字", "数字", "是否"
ONE, WORDS, LINES, PAIRS = "一个", "几个词", "几条", "名称和数"  # how many values stand in a field
NOTHING = "—"  # of an entry that is a line of its own: this key is not given
WAIVERS = "放行"

_BESIDE: tuple[type[BaseModel], ...] = (Head, Evidence)  # entries that are lines of the fields of their owner
_WORDS = {"监督方式", "检查组", "方式", "配合单位", "出席", "列席", "抄送", "销号门槛", "四级状态"}
# Of these a record has one at most, a mapping; it comes in on a day of its own, and is a table like those of lists.
_APART = {("整改函", "回复")}
# The names of tables whose key alone would not say whose they are.
_NAMES = {("自查", "任务"): "自查任务"}
# Labels that the keys on the way do not give when they are put together.
_LABELS: dict[tuple[str, ...], str] = {
    ("整改函", "回复", "文号"): "来文文号",
    ("责任", "责任领导"): "责任领导",
    ("责任", "责任人"): "责任人",
    ("责任", "职务"): "职务",
    ("单位意见", "无异议"): "无异议",
}
LEVELS = "四级状态"  # what a state of a task names
_ALSO_REFERS: dict[tuple[str, ...], str] = {
    ("检查", "任务落实", "状态"): LEVELS,
    ("自查", "任务", "状态"): LEVELS,
}
# What need not be filled in, since it follows from what is, and how.
_FOLLOWS: dict[tuple[str, ...], str] = {
    **{("双签", key): "按内容码补上" for key in ("检查", "单位", "问题", "纪检监察组签字人")},
    ("送达", "单位"): "按文号补上",
}
_MANY = {WORDS: "几个的用、隔开", LINES: "几条的一行一条"}
_NEXT_CODE = "可以不写，接着往下编"
# Help in the place of what the key means in YAML.
_HELP: dict[tuple[str, ...], str] = {
    ("机构", "负责人"): "换过人的一人一行",
    ("机构", "示例"): "改成自己的数据以后清空",
    ("选项", "文号起始"): "年中才开始用程序的，从几号起；一行一个，如 整改函 5",
    ("选项", "四级状态"): "四个词，从低到高，默认 未部署、已部署、已落实、已见效",
    ("选项", "销号门槛"): "同意销号要具备什么，默认 核查人、核查方式、核查日期",
    ("单位", "党组织"): "类型为 单位 的，由哪个党组织的负责人签字",
    ("单位", "联络员"): "姓名",
    ("机构", "联系人"): "函末附注用的姓名",
    ("清单", "任务", "责任主体"): "单位，或 全体单位，或类型（如 党支部）",
    ("自查", "任务"): "单位自查的各项任务",
    ("自查", "自查问题"): "单位自己查出的问题，不计入发现的问题",
    ("自查", "自查问题", "状态"): "",
    ("项目", "状态"): "",
    ("项目", "完成时限"): "",
    ("项目", "里程碑"): "项目的里程碑，一个一条",
    ("问题", "进展"): "整改进展，一次一条",
    ("整改函", "回复"): "单位对整改函的复函，一封整改函一条",
    ("整改函", "回复", "文号"): "单位复函上的文号",
}


@dataclass(frozen=True)
class EntryField:
    """A value that a person fills in: its label, and the keys it goes to below the record or entry.

    `refers` says what kind of record the value names ("" for none); `per_entry` that a line stands for each entry of
    the list at path[0], in which path[1] is the key, and `alone` that a single such entry stands there without a list.
    """

    label: str
    path: tuple[str, ...]
    kind: str = TEXT
    count: str = ONE
    choices: tuple[str, ...] = ()
    refers: str = ""
    required: bool = False
    help: str = ""
    per_entry: bool = False
    alone: bool = False

    @property
    def several(self) -> bool:
        """Whether the value is a list of texts."""
        return self.count in (WORDS, LINES)


@dataclass(frozen=True)
class EntryTable:
    """What is filled in as a table: the records of a section, or the entries of the list `inside` its records.

    `single` says that a record has one such entry at most, which stands there without a list.
    """

    name: str
    section: str
    inside: str
    many: bool
    help: str
    fields: tuple[EntryField, ...]
    single: bool = False

    @property
    def coded(self) -> bool:
        """Whether its rows bear a 编号."""
        return any(field.path == ("编号",) for field in self.fields)


@cache
def tables() -> tuple[EntryTable, ...]:
    """All tables of a year, in the order of the sections, each followed by those of its lists."""
    return tuple(table for section in SECTIONS for table in _of_section(section))


@cache
def table_of(section: str, inside: str = "") -> EntryTable:
    """The table of a section, or of a list inside its records; raises LookupError where there is none."""
    for table in tables():
        if (table.section, table.inside) == (section, inside):
            return table
    raise LookupError((section, inside))


def _of_section(section: Section) -> Iterator[EntryTable]:
    help_ = SECTION_MEANINGS[section.key]
    fields = tuple(_fields(section, section.model, (), ()))
    yield EntryTable(section.key, section.key, "", section.many, help_, fields)
    for field in section.model.model_fields.values():
        key = str(field.alias)
        single = (section.key, key) in _APART
        entry = _entry(field) if single else _entry_in_list(field)
        if entry is not None and entry not in _BESIDE:
            name = _NAMES.get((section.key, key), key)
            fields = tuple(_fields(section, entry, (), (key,)))
            yield EntryTable(
                name, section.key, key, True, _meaning((section.key, key)), fields, single=single
            )


def _fields(
    section: Section, model: type[BaseModel], path: tuple[str, ...], above: tuple[str, ...]
) -> Iterator[EntryField]:
    """The fields of a model at `path` of the table's rows; `above` leads to the rows."""
    for field in model.model_fields.values():
        key, entry, listed = str(field.alias), _entry(field), _entry_in_list(field)
        here = (*path, key)
        if listed in _BESIDE and listed is not None:
            yield from _lines(section, listed, here, above, required=field.is_required())
        elif listed is not None or (section.key, *here) in _APART:
            continue
        elif entry is not None:
            yield from _fields(section, entry, here, above)
        else:
            yield _field(section, field, here, above)


def _lines(
    section: Section, entry: type[BaseModel], path: tuple[str, ...], above: tuple[str, ...], *, required: bool
) -> Iterator[EntryField]:
    for number, field in enumerate(entry.model_fields.values()):
        made = _field(section, field, (*path, str(field.alias)), above)
        wanted = required and (field.is_required() or number == 0)
        first = _HELP.get((section.key, *above, path[-1]), "几个的一行一个")
        help_ = f"与「{path[-1]}」逐行对应，没有的写 {NOTHING}" if number else first
        yield EntryField(
            made.label, made.path, made.kind, required=wanted, help=help_, per_entry=True, alone=entry is Head
        )


def _field(section: Section, field: FieldInfo, path: tuple[str, ...], above: tuple[str, ...]) -> EntryField:
    kinds, choices = _kinds(field.annotation, field.metadata)
    whole = (section.key, *above, *path)
    kind, count = _kind(kinds), _count(kinds, path)
    refers = _ALSO_REFERS.get(whole) or _refers(section, whole[1:])
    follows = _NEXT_CODE if path == ("编号",) else _FOLLOWS.get(whole[:3], "")
    counted = WORDS if refers and count == LINES else count
    return EntryField(
        label=_LABELS.get(whole) or _label(path),
        path=path,
        kind=kind,
        count=counted,
        choices=("是", "否") if kind == YES_NO else choices,
        refers=refers,
        required=field.is_required() and len(path) == 1 and not follows,
        help="；".join(filter(None, (_meaning(whole), follows, _MANY.get(counted, "")))),
    )


def _label(path: tuple[str, ...]) -> str:
    if path in _LABELS:
        return _LABELS[path]
    *outer, last = path
    named = last if not outer or last not in ("姓名", "名称") else ""
    return "".join((*outer, named))


def _meaning(whole: tuple[str, ...]) -> str:
    """Help for the value at keys that begin with the section."""
    if whole in _HELP:
        return _HELP[whole]
    if whole[-1] == "编号":
        return ""
    owned = MEANINGS.get(f"{whole[0]}.{whole[-1]}") if len(whole) == 2 else None
    return owned or MEANINGS.get(whole[-1], "")


def _refers(section: Section, keys: tuple[str, ...]) -> str:
    for row in REFERENCES:
        if row.field == section.field and row.keys == keys:
            return "问题" if row.target == ANY_YEAR else row.target
    return ""


def _kind(kinds: set[Any]) -> str:
    if {date, str} <= kinds:
        return DAY_OR_TEXT
    if date in kinds and tuple not in kinds:
        return DAY
    if bool in kinds:
        return YES_NO
    return NUMBER if int in kinds and dict not in kinds else TEXT


def _count(kinds: set[Any], path: tuple[str, ...]) -> str:
    if dict in kinds:
        return PAIRS
    if tuple in kinds:
        return WORDS if path[-1] in _WORDS else LINES
    return ONE


def _kinds(annotation: Any, metadata: Any = ()) -> tuple[set[Any], tuple[str, ...]]:
    """The plain types that an annotation is made of, and the words that are allowed where it says so."""
    kinds: set[Any] = set()
    choices: tuple[str, ...] = ()
    for mark in metadata:
        choices = choices or _allowed(mark)
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        inner, marks = inner[:1], inner[1:]
        choices = choices or next((words for mark in marks if (words := _allowed(mark))), ())
    elif origin in (tuple, dict):
        kinds.add(origin)
    elif isinstance(annotation, type):
        kinds.add(annotation)
    for part in inner:
        if part not in (Ellipsis, type(None)):
            found, words = _kinds(part)
            kinds |= found
            choices = choices or words
    return kinds, choices


def _allowed(mark: Any) -> tuple[str, ...]:
    """The words of a `choice`."""
    if not isinstance(mark, BeforeValidator):
        return ()
    for inner in get_args(mark.json_schema_input_type):
        if isinstance(inner, WithJsonSchema):
            schema: Mapping[str, Any] = inner.json_schema or {}
            words = schema.get("enum", ())
            return tuple(words) if all(isinstance(word, str) for word in words) else ()
    return ()


def _entry(field: FieldInfo) -> type[BaseModel] | None:
    """The model of a mapping that a field holds; None where it holds none, or a list."""
    kinds, _ = _kinds(field.annotation)
    models = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)]
    return models[0] if models and tuple not in kinds else None


def _entry_in_list(field: FieldInfo) -> type[BaseModel] | None:
    """The model of the entries of a list that a field holds."""
    kinds, _ = _kinds(field.annotation)
    models = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)]
    return models[0] if models and tuple in kinds else None
