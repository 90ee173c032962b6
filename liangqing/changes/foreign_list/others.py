"""Rows of 项目 and 检查 as records, and rows of 发文 as papers that went out before."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, error
from liangqing.changes.foreign_list.dates import day_of, limit_of, span_of
from liangqing.changes.foreign_list.inspections import DAY, KINDS, ListedInspection
from liangqing.changes.foreign_list.names import Vocabulary
from liangqing.changes.foreign_list.records import ListRow, words_in
from liangqing.changes.foreign_list.units import Units, is_everybody, unit_names
from liangqing.changes.foreign_list.writing import Open, Unsure, Value, YamlEntry

_NUMBER = re.compile(r"(.+?)\s*[〔\[（(【﹝［]\s*(20[0-9]{2})\s*[〕\]）)】﹞］]\s*第?\s*0*([0-9]+)\s*号?")
_STATES = {"未启动": "未启动", "推进中": "推进中", "进行中": "推进中", "已完成": "已完成", "完成": "已完成"}
_DayReader = Callable[[object], date | None]


@dataclass(frozen=True)
class PastPaper:
    """A paper that went out before, by its number: what a register of others tells."""

    number: str
    kind: str
    title: str
    addressee: str
    issued: date
    signer: str
    copies: int


def project(row: ListRow, units: Units, year: int) -> tuple[int, YamlEntry]:
    """A record of 项目 without its 编号, and the year that it is of."""
    begins, due = _day(row, "开始日期", day_of), _day(row, "完成时限", limit_of)
    told = next((value for value in (begins, due) if isinstance(value, str)), "")
    own = row.plan.year or (int(told[:4]) if told else year)
    values: dict[str, Value] = {
        "项目": row.text("项目"),
        "来源": row.text("来源") or Open("项目来源"),
        "目标": row.text("目标") or Open("要做到什么"),
        "责任单位": _units(row, "责任单位", units, own) or Open(_was("责任单位的编号", row.text("责任单位"))),
    }
    together = words_in(row.text("配合单位"))
    values |= {"配合单位": together} if together else {}
    values |= _texts(row, "责任人")
    values |= {"开始日期": begins or Open(_was(DAY, row.text("开始日期")))}
    values |= {"完成时限": due or Open(_was(DAY, row.text("完成时限")))}
    values |= _texts(row, "进展")
    state = row.text("状态")
    if state:
        values["状态"] = _STATES.get(state) or Unsure(None, f"原表写的是「{state}」")
    done = _day(row, "完成日期", day_of)
    if row.peek("完成日期"):
        values["完成日期"] = done or Unsure(None, f"原表写的是「{row.text('完成日期')}」")
    return own, YamlEntry(values, [f"原表 {row.place}", *row.remarks()], _places(row, values))


def inspection(
    row: ListRow, units: Units, vocabulary: Vocabulary, code: str, year: int
) -> tuple[int, YamlEntry, ListedInspection]:
    """A record of 检查, the year that it is of, and the same as findings look for it."""
    name, said = row.text("名称"), row.text("类型")
    span = next((span for value in row.values("开始日期") if (span := span_of(value))), None)
    last = _day(row, "结束日期", day_of)
    own = span[0].year if span else row.plan.year or year
    kind = vocabulary.inspection_kind(said or name)
    inspected = _units(row, "单位", units, own)
    row.text("开始日期")
    ends = last or (str(span[1]) if span and span[0] != span[1] else "")
    values: dict[str, Value] = {
        "编号": code,
        "类型": kind or Open(_was(KINDS, said)),
        "名称": name,
        "开始日期": str(span[0]) if span else Open(_was(DAY, row.peek("开始日期"))),
    }
    values |= {"结束日期": ends} if ends else {}
    values |= {"单位": inspected or Open(_was("被检查单位的编号", row.text("单位")))}
    values |= _texts(row, "依据")
    for key in ("检查组", "方式", "配合单位"):
        words = words_in(row.text(key))
        values |= {key: words} if words else {}
    days = (span[0], date.fromisoformat(ends) if ends else span[1]) if span else None
    entry = YamlEntry(values, [f"原表 {row.place}", *row.remarks()], _places(row, values))
    return own, entry, ListedInspection(code, name, kind, days, tuple(inspected))


def number_written(text: str) -> str | None:
    """青纪驻水整[2026]第1号 → 青纪驻水整〔2026〕1号; None for what is no number of a paper."""
    found = _NUMBER.fullmatch("".join(text.split()))
    return f"{found[1]}〔{found[2]}〕{found[3]}号" if found else None


def past_paper(row: ListRow, kinds: Sequence[str]) -> PastPaper | Diagnostic | None:
    """The paper of a row of 发文; None for one without a number; or what keeps a numbered one out of the register.

    That is an error: its number would be given again.
    """
    number = number_written(row.peek("文号"))
    day = next((day for value in row.values("成文日期") if (day := day_of(value))), None)
    if not row.peek("文号"):
        return None
    if number is None:
        message = f"文号「{row.peek('文号')}」认不出，进不了登记，以后会重号"
        advice = "在原表里写成 某纪整〔2026〕1号 这样；不是本组取的号，清空这一格"
        return error(Code.PAST_PAPER_NOT_ENTERED, row.where("文号"), message, advice)
    if day is None:
        message = f"{number} 的成文日期「{row.peek('成文日期')}」没有说是哪一天，进不了登记，以后会重号"
        advice = "在原表里把年、月、日写全，如 2026-09-30"
        return error(Code.PAST_PAPER_NOT_ENTERED, row.where("成文日期"), message, advice)
    title = row.text("标题")
    copies = row.text("份数").removesuffix("份")
    row.text("文号"), row.text("成文日期")
    return PastPaper(
        number=number,
        kind=_paper_kind(row.text("文种"), title, kinds),
        title=title or row.peek("文种"),
        addressee=row.text("主送"),
        issued=day,
        signer=row.text("签发人"),
        copies=int(copies) if copies.isdigit() and int(copies) else 1,
    )


def _paper_kind(said: str, title: str, kinds: Sequence[str]) -> str:
    """The 文种 of the catalogue that a row names, or that its title ends in; else what the row says."""
    named = [kind for kind in kinds if said == kind]
    ending = [kind for kind in kinds if "".join(title.split()).endswith(kind)]
    return next(iter(named), None) or max(ending, key=len, default=said or "函")


def _units(row: ListRow, key: str, units: Units, year: int) -> list[str]:
    names = [name for name in unit_names(row.text(key)) if not is_everybody(name)]
    return units.codes(names, row.where(key), year)


def _day(row: ListRow, key: str, read: _DayReader) -> str:
    days = [day for value in row.values(key) if (day := read(value))]
    if len(days) != 1:
        return ""
    row.text(key)
    return days[0].isoformat()


def _texts(row: ListRow, key: str) -> dict[str, Value]:
    text = row.text(key)
    return {key: text} if text else {}


def _places(row: ListRow, values: dict[str, Value]) -> dict[str, Place]:
    return {"": row.place, **{key: row.where(key) for key in values}}


def _was(words: str, text: str) -> str:
    return f"{words}；原表写的是「{text}」" if text else words
