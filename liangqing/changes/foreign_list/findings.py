"""A row of a list of findings → records of 问题: what it says and nothing else, with what a person has to look at marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from liangqing.changes.foreign_list.dates import day_of, limit_of, month_of, span_of
from liangqing.changes.foreign_list.inspections import Inspections, Sighting
from liangqing.changes.foreign_list.names import Vocabulary
from liangqing.changes.foreign_list.records import ListRow, words_in
from liangqing.changes.foreign_list.sheets import ListCell
from liangqing.changes.foreign_list.units import Units, is_everybody, is_post, person_and_post, unit_names
from liangqing.changes.foreign_list.writing import Open, Unsure, Value, YamlEntry
from liangqing.data.model.findings import ONGOING

LONGEST_NAME = 30  # characters of a name that is made of the description
_CLAUSE = re.compile("[，,。；;：:\n]")
_HOW = re.compile(r"(?:20[0-9]{2}年.*|经查|经检查|经核查|检查发现|检查中发现|查(?!出|实|处|封).*)")
_ORDINAL = re.compile(
    r"^(?:[0-9]{1,2}[.．、)）]|[（(][0-9一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+[、.．])\s*"
)
_NEXT_NUMBER = re.compile(
    r"(?<=[；;。])\s*(?=(?:[0-9]{1,2}[.．、)）](?![0-9])|[（(][0-9一二三四五六七八九十]+[）)]))"
)
_DATED_LINE = re.compile(r"(.{6,11}?)\s*[：:，,]\s*(.+)")
_YEAR = re.compile(r"(20[0-9]{2})\s*年?度?")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9〔〕\[\]-]*[0-9]")
_ONE_VALUE = {"依据": "依据", "整改目标": "整改目标", "整改要求": "整改要求"}
_DONE = re.compile(r"[√✓✔☑]|是|已?完成|已?整改(?:完成|到位)?|已?销号|完成整改")
_DONE_HEAD = re.compile("完成|销号|整改到位|是否整改|整改状态")


@dataclass
class ListedFinding:
    """A record of 问题 to be, the year that it is of, and by what it was found."""

    year: int
    entry: YamlEntry
    sighting: Sighting
    facts: str
    told_done: bool = False


@dataclass
class FindingMaker:
    """Makes records of 问题 of rows, each finding once however many sheets it stands in."""

    vocabulary: Vocabulary
    units: Units
    inspections: Inspections
    year: int
    made: list[ListedFinding] = field(default_factory=list)
    same: list[str] = field(default_factory=list)  # what is told of findings that stand twice
    _by_facts: dict[tuple[str, str], ListedFinding] = field(default_factory=dict)

    def enter(self, row: ListRow) -> None:
        """The findings of a row: one for each unit that it names."""
        said = row.peek("单位") or row.part.unit
        names = [name for name in unit_names(said) if not is_everybody(name)]
        facts = row.peek("事实") or row.peek("名称")
        for name in names or [""]:
            twin = self._by_facts.get((name and self.units.same.get(name, name), _bare(facts)))
            if twin is not None and names:
                self._merge(twin, row)
                continue
            found = self._make(row, name, names)
            self.made.append(found)
            self._by_facts[self.units.same.get(name, name), _bare(facts)] = found

    def _make(self, row: ListRow, unit: str, names: list[str]) -> ListedFinding:
        said = row.text("单位")
        span = self._span(row)
        year = self._year(row, span)
        code = self.units.code(unit, row.where("单位"), year) if unit else ""
        sighting = self._sighting(row, code, span, year)
        if sighting.year != year and code:
            self.units.years[code].add(sighting.year)
        given = code_given(row.peek("编号"))
        entry = YamlEntry(
            {
                "编号": given if len(names) < 2 else "",
                "检查": "",
                "单位": code or Open(f"一条问题一个单位{_was(said or row.part.unit)}"),
            },
            [f"原表 {row.place}", *_number_told(row, given), *row.remarks()],
        )
        if len(names) > 1:
            entry.values["共性"] = _first_clause(row.peek("名称") or row.peek("事实"))
            entry.remarks.append(
                f"原表一行写了 {len(names)} 个单位，一个单位写一条，「共性」相同，统计算一个"
            )
        keys = ("单位", "名称", "事实", "整改类别", "整改时限", "发现日期", "责任人", "进展", "销号日期")
        entry.places |= {"": row.place, "责任": row.where("责任人"), **{key: row.where(key) for key in keys}}
        entry.values |= self._values(row, entry, span)
        who = entry.values.get("责任")
        if len(names) > 1 and isinstance(who, dict):
            entry.values["责任"] = Unsure(who, "原表一行写了几个单位，没有写是哪个单位的人")
        done = any(
            _DONE.fullmatch(cell.text.strip()) and _DONE_HEAD.search(cell.head) for cell in _remarked(row)
        )
        closed = isinstance(entry.values.get("销号"), list)
        facts = row.peek("事实") or row.peek("名称")
        return ListedFinding(sighting.year, entry, sighting, facts, done and not closed)

    def _values(self, row: ListRow, entry: YamlEntry, span: tuple[date, date] | None) -> dict[str, Value]:
        values = _name_and_facts(row)
        values |= {key: text for key in _ONE_VALUE if (text := row.text(key))}
        values |= self._category_and_limit(row)
        measures = _measures(row.text("整改措施"))
        values |= {"整改措施": measures} if measures else {}
        values |= _found_on(row, span)
        values |= _responsibility(row)
        progress = _progress(row)
        values |= {"进展": progress} if progress else {}
        values |= _closing(row)
        said = row.peek("整改类别")
        if said and isinstance(values.get("整改类别"), str) and values["整改类别"] != said:
            entry.remarks.append(f"整改类别原表写的是「{said}」")
        letter = row.told("整改函文号")
        undated = "" if progress else row.told("进展")
        entry.remarks += [f"{undated}（没有日期，没有写成「进展」，核对）"] if undated else []
        entry.remarks += [letter] if letter else []
        return values

    # ---------------------------------------------------------------- where it was found

    def _span(self, row: ListRow) -> tuple[date, date] | None:
        spans = [span for value in row.values("发现日期") if (span := span_of(value))]
        return spans[0] if len(spans) == 1 else None

    def _year(self, row: ListRow, span: tuple[date, date] | None) -> int:
        month = month_of(row.peek("发现日期"))
        told = span[0].year if span else month[0] if month else None
        return told or _year_told(row) or row.part.year or row.plan.year or self.year

    def _sighting(self, row: ListRow, unit: str, span: tuple[date, date] | None, year: int) -> Sighting:
        name, source, way = row.text("检查名称"), row.text("来源"), row.text("检查方式")
        of_way = self.vocabulary.inspection_kind(way)
        kind = next(
            (found for text in (source, name) if text and (found := self.vocabulary.inspection_kind(text))),
            None,
        )
        of_part = row.part.kind(self.vocabulary)
        kind = kind or (None if source else of_part) or of_way
        methods = () if of_way and of_way == kind else tuple(words_in(way))
        day = span[0] if span else None
        listed = self.inspections.listed_as(name, source, kind, unit, day)
        return Sighting(
            year=self._of_year(listed, year),
            name=name,
            source=source or ("" if of_way and not of_part else row.part.source),
            kind=kind,
            methods=methods,
            unit=unit,
            days=span,
            month=month_of(row.peek("发现日期")),
            place=row.place,
            code=listed,
        )

    def _of_year(self, code: str, year: int) -> int:
        """The year of an inspection that stands in a list; `year` where none does."""
        days = (own.days for own in self.inspections.listed if own.code == code)
        return next((span[0].year for span in days if span), year)

    # ---------------------------------------------------------------- category and limit

    def _category_and_limit(self, row: ListRow) -> dict[str, Value]:
        """整改类别 and 整改时限; 立行立改 and the like may stand in the column of the limit."""
        said, limit = row.text("整改类别"), row.text("整改时限")
        category = self.vocabulary.category(said)
        day = next((day for value in row.values("整改时限") if (day := limit_of(value))), None)
        of_limit = None if day else self.vocabulary.category(limit)
        if of_limit and not said:
            category = of_limit
        made: dict[str, Value] = {"整改类别": category} if category else {}
        if said and not category:
            made["整改类别"] = Unsure(None, f"原表写的是「{said}」")
        if day:
            made["整改时限"] = day.isoformat()
        elif category == ONGOING and limit and not limit[0].isdigit():
            made["整改时限"] = limit
        elif limit and (of_limit is None or of_limit != category or len(limit) > len(of_limit)):
            made["整改时限"] = Unsure(None, f"原表写的是「{limit}」，没有说是哪一天")
        return made

    # ---------------------------------------------------------------- the same finding twice

    def _merge(self, twin: ListedFinding, row: ListRow) -> None:
        """A finding that stands in a second sheet fills what the first left open; nothing is written over."""
        values = self._values(row, YamlEntry({}), self._span(row))
        own = twin.entry.values
        differing = [
            key
            for key, value in values.items()
            if key in own
            and own[key] != value
            and not isinstance(value, Unsure)
            and not isinstance(own[key], Unsure)
        ]
        for key, value in values.items():
            if key not in own or (isinstance(own[key], Unsure) and not isinstance(value, Unsure)):
                own[key] = value
        told = f"；不同的以前一处为准：{'、'.join(f'「{key}」' for key in differing)}" if differing else ""
        twin.entry.remarks += [f"原表 {row.place} 是同一个问题{told}", *row.remarks()]
        row.text("单位"), row.text("检查名称"), row.text("来源"), row.text("检查方式")
        self.same.append(f"{row.place} 与 {twin.entry.places['']} 是同一个问题，只带入一条{told}")


def _year_told(row: ListRow) -> int | None:
    """The year in a column 年度; None where it says none, and stays to be told as not taken in."""
    found = _YEAR.fullmatch(row.peek("年度"))
    return int(found[1]) if found and row.text("年度") else None


def _number_told(row: ListRow, given: str) -> list[str]:
    """The number of a row where it can't be the 编号 of the record: it stands beside it."""
    words = row.told("编号")
    return [words] if words and not given else []


def _remarked(row: ListRow) -> Iterator[ListCell]:
    return (cell for _, cell in row.cells.get("说明", ()))


def _measures(text: str) -> list[str]:
    """Each measure by itself, without its number; on one line they are parted where the next number follows a stop."""
    lines = [line.strip() for part in text.split("\n") for line in _NEXT_NUMBER.split(part)]
    return [_ORDINAL.sub("", line).rstrip("；;") for line in lines if line]


def _name_and_facts(row: ListRow) -> dict[str, Value]:
    """名称 and 事实; one that the list has not stands in for the other, marked."""
    name, facts = row.text("名称"), row.text("事实")
    made: dict[str, Value] = {}
    made["名称"] = name or Unsure(_first_clause(facts), "原表没有写名称，取的是描述的第一句")
    made["事实"] = facts or Unsure(name, "原表没有写事实，取的是名称")
    return made


def _first_clause(text: str) -> str:
    """The first words of a description that say what is wrong."""
    clauses = [_ORDINAL.sub("", clause.strip()) for clause in _CLAUSE.split(text) if clause.strip()]
    telling = [clause for clause in clauses if not _HOW.fullmatch(clause)] or clauses
    return telling[0][:LONGEST_NAME] if telling else text[:LONGEST_NAME]


def _found_on(row: ListRow, span: tuple[date, date] | None) -> dict[str, Value]:
    """发现日期 where one day is told; of several days the inspection has the first and the last."""
    said = row.text("发现日期")
    if span:
        return {"发现日期": span[0].isoformat()} if span[0] == span[1] else {}
    return {"发现日期": Unsure(None, f"原表写的是「{said}」")} if said else {}


def _responsibility(row: ListRow) -> dict[str, Value]:
    """责任; without 责任人 there is none, and what else is told stands beside the record."""
    people = [person_and_post(word) for word in _people(row.text("责任人"))]
    leader, leader_post = person_and_post(row.text("责任领导"))
    posts = [post for _, post in people if post]
    post = row.text("职务") or ("、".join(posts) if len(posts) == len(people) else "")
    given = {
        "部门": row.text("责任部门"),
        "责任领导": leader,
        "责任人": "、".join(name for name, _ in people),
        "职务": post,
    }
    given = {key: value for key, value in given.items() if value}
    if not given:
        return {}
    raw = "，".join(
        f"{key}「{row.peek(key)}」" for key in ("责任部门", "责任领导", "责任人", "职务") if row.peek(key)
    )
    if "责任人" not in given:
        return {"责任": Unsure(None, f"缺责任人；原表写的是{raw}")}
    lost = leader_post or (posts and len(posts) < len(people)) or len(people) > 1
    return {"责任": Unsure(given, f"原表写的是{raw}") if lost else given}


def _people(text: str) -> list[str]:
    """甲（科长、书记）、乙 → each with what is in brackets behind; 甲，科长 is one, a post is no person."""
    pieces = re.findall(r"(?:[^、，,；;\n/（(]|[（(][^）)]*[）)])+", text)
    found: list[str] = []
    for piece in (piece.strip() for piece in pieces):
        if found and is_post(piece):
            found[-1] = f"{found[-1]}（{piece}）"
        elif piece:
            found.append(piece)
    return found


def _progress(row: ListRow) -> list[dict[str, str]]:
    """Lines such as 2021-04-30：… as entries; none where a line has no day of its own."""
    lines = [line.strip() for line in row.peek("进展").split("\n") if line.strip()]
    found = [_DATED_LINE.fullmatch(line) for line in lines]
    entries = [(day_of(match[1]), match[2].strip()) for match in found if match]
    if not entries or len(entries) < len(lines) or not all(day for day, _ in entries):
        return []
    row.text("进展")
    return [{"日期": str(day), "内容": what} for day, what in entries]


def _closing(row: ListRow) -> dict[str, Value]:
    """What the list says of a close-out; that it was agreed to is for a person to write."""
    made: dict[str, str] = {}
    open_days: list[str] = []
    readers: tuple[tuple[str, Callable[[ListRow, str], str]], ...] = (
        ("申请日期", _one_day),
        ("核查人", ListRow.text),
        ("核查情况", ListRow.text),
        ("销号日期", _one_day),
    )
    for key, reader in readers:
        text = reader(row, key)
        if text:
            made[key] = text
        elif row.peek(key):
            open_days.append(f"「{key}」{row.text(key)}")
    if open_days:
        return {
            "销号": Unsure(
                None, f"原表写的是{'，'.join((*open_days, *(f'「{k}」{v}' for k, v in made.items())))}"
            )
        }
    return {"销号": [made]} if made else {}


def _one_day(row: ListRow, key: str) -> str:
    days = [day for value in row.values(key) if (day := day_of(value))]
    if len(days) != 1 or not row.text(key):
        return ""
    return days[0].isoformat()


def code_given(text: str) -> str:
    """The 编号 that a list gives a record; "" for a mere ordinal, which is none."""
    return text if _CODE.fullmatch(text) else ""


def _bare(text: str) -> str:
    """A description as it is held against others: without blanks, signs and ordinals."""
    return re.sub(r"\W", "", _ORDINAL.sub("", text.strip()))


def _was(text: str) -> str:
    return f"；原表写的是「{text}」" if text else ""
