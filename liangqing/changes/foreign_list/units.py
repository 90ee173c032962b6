"""The units that lists name: each once, its names as the clerk says; like names are told, never made one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from liangqing.base.diagnostics import Place
from liangqing.changes.foreign_list.records import ListRow, words_in
from liangqing.changes.foreign_list.writing import Open, Unsure, Value, YamlEntry
from liangqing.data.model.duties import PARTY_KINDS, UNIT_KINDS

_EVERYBODY = re.compile(r"(?:各|全体|所有|全部|局属各|机关各|有关|相关|其他|其它).*|全[局系统]+")
_NUMBER = re.compile(r"^(?:[0-9]{1,2}[.．、)）]|[（(][0-9一二三四五六七八九十]+[）)])\s*")
_ROLE = re.compile(r"[（(](?:牵头|主责|配合|责任单位|主办|协办)[）)]$")
_PERSON = re.compile(r"(.+?)[（(]([^（）()]+)[）)]")
_POST = re.compile(
    r"(?:常务|党委|党组|党总支|党支部|支部|总支|第一)?副?"
    r"(?:(?:科|处|所|局|站|队|组|院|校|馆|股|部|厂|董事)长|主任|书记|(?:总)?经理|主席|主管|科员|会计|出纳|工程师)"
)
_SPACED = re.compile(r"(\S+)\s+(\S+)")
_ENDS = (*PARTY_KINDS, "支部委员会", "委员会")


def unit_names(text: str) -> list[str]:
    """The units that a cell names, each once; an ordinal before a name and a role behind it are none of it."""
    words = (_ROLE.sub("", _NUMBER.sub("", word)).strip() for word in words_in(text))
    return list(dict.fromkeys("".join(word.split()) for word in words if word))


def is_everybody(name: str) -> bool:
    """Whether a text speaks of units in general, and is the name of none."""
    return _EVERYBODY.fullmatch(name) is not None


def is_post(text: str) -> bool:
    """Whether a text is a post alone: 科长, 党支部书记."""
    return _POST.fullmatch(text.strip()) is not None


def person_and_post(text: str) -> tuple[str, str]:
    """白某某（科长）, 白某某 科长 → name and post; "" for a post that is not told."""
    spaced = _SPACED.fullmatch(text.strip())
    found = spaced if spaced and is_post(spaced[2]) else _PERSON.fullmatch(text.strip())
    return (found[1].strip(), found[2].strip()) if found else (text.strip(), "")


@dataclass
class Units:
    """Units by name, with the years that their records are of; `same` tells which name is another's, as the clerk says."""

    same: Mapping[str, str] = field(default_factory=dict)
    entries: dict[str, YamlEntry] = field(default_factory=dict)
    years: dict[str, set[int]] = field(default_factory=dict)  # by code
    seen: Counter[str] = field(default_factory=Counter)
    _by_name: dict[str, str] = field(default_factory=dict)

    def enter(self, row: ListRow) -> bool:
        """A unit that stands in a list of units; False where it is there already, or has no name."""
        name = "".join(row.text("名称").split())
        if not name or is_everybody(name) or self._known(name):
            return False
        self.seen[name] += 1
        self._put(name, row)
        short = "".join(row.peek("简称").split())
        if short:
            self._by_name.setdefault(short, name)
        return True

    def code(self, name: str, place: Place, year: int | None = None) -> str:
        """The code of a unit by a name that a list has for it, in a year; it is entered when it is new."""
        self.seen[name] += 1
        known = self._known(name)
        if known is None:
            known = self.same.get(name, name)
            self._put(known, None, place)
        code = str(self.entries[known].values["编号"])
        if year is not None:
            self.years.setdefault(code, set()).add(year)
        return code

    def codes(self, names: Iterable[str], place: Place, year: int | None = None) -> list[str]:
        """The codes of several, each once."""
        return list(dict.fromkeys(self.code(name, place, year) for name in names))

    def name(self, code: str) -> str:
        """The name of a unit by its code."""
        return next(name for name, entry in self.entries.items() if entry.values["编号"] == code)

    def of_year(self, year: int, main: int) -> list[YamlEntry]:
        """The units of a year: all of them in the `main` one, in others those that its records name."""
        return [
            entry
            for entry in self.entries.values()
            if year == main or year in self.years.get(str(entry.values["编号"]), ())
        ]

    def finish(self) -> None:
        """Names that the clerk said are another's become its 简称, where it has none yet."""
        for name, other in self.same.items():
            entry = self.entries.get(other)
            if entry is not None and name in self.seen and "简称" not in entry.values:
                entry.values["简称"] = name

    def alike(self) -> Iterator[tuple[str, str]]:
        """Names of two units that may be one: the rarer or shorter one, and what it may be."""
        names = [name for name in self.entries if self._known(name) == name]
        for name in names:
            like = [other for other in names if other != name and _may_be(name, other)]
            if like:
                yield name, max(like, key=lambda other: (self.seen[other], len(other)))

    def _known(self, name: str) -> str | None:
        name = self.same.get(name, name)
        return name if name in self.entries else self._by_name.get(name)

    def _put(self, name: str, row: ListRow | None, place: Place | None = None) -> None:
        entry = YamlEntry({"编号": f"U{len(self.entries) + 1:02d}", "名称": name})
        self.entries[name] = entry
        if row is None:
            assert place is not None
            entry.remarks.append(f"原表 {place}")
            entry.values |= {"类型": _kind(name, ""), "负责人": _head(_kind(name, ""), "", "")}
            entry.places[""] = place
            return
        entry.remarks += [f"原表 {row.place}", *row.remarks()]
        entry.places |= {"": row.place, "名称": row.where("名称"), "负责人": row.where("负责人")}
        short = "".join(row.text("简称").split())
        entry.values |= {"简称": short} if short else {}
        kind = _kind(name, row.text("类型"))
        chief, post = person_and_post(row.text("负责人"))
        entry.values |= {"类型": kind, "负责人": _head(kind, chief, row.text("职务") or post)}
        liaison, _ = person_and_post(row.text("联络员"))
        entry.values |= {"联络员": {"姓名": liaison}} if liaison else {}
        situation = row.text("基本情况")
        entry.values |= {"基本情况": situation} if situation else {}
        above = row.told("上级")
        entry.remarks += [above] if above else []


def _kind(name: str, told: str) -> Value:
    word = next((kind for kind in UNIT_KINDS if told.endswith(kind)), "")
    ending = next((kind for kind in PARTY_KINDS if name.endswith(kind)), "")
    if word or ending:
        return word or ending
    was = f"原表写的是「{told}」，" if told else ""
    return Unsure("单位", f"{was}名称不是党组、党支部这样的，按“单位”写")


def _head(kind: Value, chief: str, post: str) -> Value:
    """Who is in charge; the post of a party organisation's head follows from what it is, and is to be looked at."""
    name = {"姓名": chief} if chief else {}
    if post:
        return {**name, "职务": post}
    if isinstance(kind, str):
        return Unsure({**name, "职务": f"{kind}书记"}, "原表没有写负责人的职务，按单位类型写的")
    return Open(f"{{姓名: …, 职务: …}}{f'；原表写的是「{chief}」' if chief else ''}")


def _may_be(name: str, other: str) -> bool:
    """Whether a name may be a shorter way to write another: its signs stand in the other, in order, from the first on."""
    short, long = _bare(name), _bare(other)
    if short == long:
        return len(name) <= len(other)
    if len(short) >= len(long) or len(short) < 2:
        return False
    rest = iter(long)
    in_order = all(sign in rest for sign in short)
    return in_order and (short[0] == long[0] or long.endswith(short))


def _bare(name: str) -> str:
    """A name without what tells a party organisation from its unit."""
    return next((name.removesuffix(end) for end in _ENDS if name.endswith(end) and name != end), name)
