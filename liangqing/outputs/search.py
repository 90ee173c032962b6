"""A search over the records of all years and the register: every record that has all the words somewhere in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from liangqing.base.diagnostics import Place, Problems
from liangqing.base.folders import DATA, LIBRARY, REGISTER
from liangqing.data import workspace
from liangqing.data.workspace import Workspace
from liangqing.data.yaml import places
from liangqing.data.yaml.places import Source, Step, Tree

IN_REGISTER, VOIDED = "发文登记", "作废"
BESIDE = 18  # characters that are shown before and after a word
# Lists inside a section that is no list itself: what their items are.
_NESTED = {"任务": "任务", "自查期次": "期次"}
_CODES = ("编号", "文号", "作废", "名称", "任务")  # a record is called by the first of these that it has
_UNITS = ("单位", "责任单位", "责任主体", "主送", "整改函", "问题")  # what tells whose a record is
_HASHES = (
    "内容",
    "取值",
    "前",
    "模板",
    "附件",
    "文件",
)  # of a line of the register: nothing that a person asks for
# A number of a paper however it is typed, in a plain text: 整2021年第01号, 整(2021)1号, 整20211号.
_NUMBER = re.compile(r"\(?(20\d\d)\)?(?:年|-)?第?0*(\d{1,4})号")
_BRACKETS = str.maketrans("〔【（［[{〕】）］]}", "(" * 6 + ")" * 6)

_Path = tuple[Step, ...]
_UnitNames = Mapping[str, tuple[str, ...]]


class FoundRecord(NamedTuple):
    """A record that has all the words: its year (None: of all years), what and whose it is, and where a word stands."""

    year: int | None
    kind: str
    code: str
    unit: str
    key: str
    words: str
    place: Place
    path: tuple[Step, ...]  # of the record, from the top of its file
    tree: Mapping[str, Tree]


@dataclass(frozen=True)
class WrittenRecord:
    """A record as it was written, whether or not it keeps the rules."""

    source: Source
    path: tuple[Step, ...]
    kind: str
    year: int | None
    tree: Mapping[str, Tree]

    @property
    def texts(self) -> list[tuple[_Path, str]]:
        """Its texts with their paths from the top of the file."""
        return [((*self.path, *below), words) for below, words in places.texts(dict(self.tree))]

    @property
    def words(self) -> list[str]:
        """The same without paths."""
        return list(_words_in(self.tree))

    @property
    def code(self) -> str:
        """What it is called: 编号, of a line of the register the number; "" where it is called nothing."""
        return next((str(self.tree[key]) for key in _CODES if isinstance(self.tree.get(key), str)), "")


@dataclass(frozen=True)
class SearchResult:
    """What was found, what is called by one of the words first, papers before records, then latest year first; and what was
    gone through.
    """

    matched: Sequence[WrittenRecord]
    searched: int  # records
    years: tuple[int, ...]
    unread: tuple[str, ...]  # files that could not be read, and so were not searched
    wanted: Sequence[_Wanted] = field(repr=False)
    names: Mapping[int | None, _UnitNames] = field(repr=False)  # by year

    @property
    def found(self) -> list[FoundRecord]:
        """All that was found, with the place where a word stands."""
        return self.some(self.matched)

    def some(self, records: Iterable[WrittenRecord]) -> list[FoundRecord]:
        """The same of some of those that matched."""
        return [_found(record, self.wanted, self.names.get(record.year, {})) for record in records]


def plain(text: str) -> str:
    """A text as it is compared: full width as half, capitals as small letters, all brackets alike, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().translate(_BRACKETS).split())


def search(root: Path, words: Iterable[str], year: int | None = None) -> SearchResult:
    """Every record of the workspace, or of one `year`, that has each of `words` in its texts or its units' names.

    Records that break a rule are searched as well; a file that is no YAML is in `unread`. Raises Problems for a
    `year` of which nothing is there.
    """
    return search_in(workspace.load(root), words, year)


def search_in(data: Workspace, words: Iterable[str], year: int | None = None) -> SearchResult:
    """The same in a workspace that was read."""
    root = data.root
    sources = [*data.sources.values(), *_register(root)]
    records = [record for source in sources for record in records_of(source) if year in (None, record.year)]
    if year is not None and not records:
        data.year(year)
    wanted = [_Wanted.of(word) for given in words for word in given.split()]
    names = _names_of_units(sources)
    matched = [record for record in records if _matches(record, wanted, names.get(record.year, {}))]
    matched.sort(key=lambda record: (_distance(record, wanted), -(record.year or 0)))
    years = sorted({record.year for record in records if record.year is not None})
    return SearchResult(matched, len(records), tuple(years), _unread(root, sources), wanted, names)


def _distance(record: WrittenRecord, wanted: Sequence[_Wanted]) -> int:
    """How near a record is to what was asked: a paper of that number, a record of that 编号, any other."""
    code = plain(record.code)
    called = any(code in word.ways for word in wanted) or all(word.inside(code) for word in wanted)
    return 2 if not called else 0 if record.kind == IN_REGISTER else 1


def _register(root: Path) -> list[Source]:
    try:
        return [places.load(root / REGISTER, REGISTER)] if (root / REGISTER).exists() else []
    except Problems:
        return []


def _unread(root: Path, sources: Iterable[Source]) -> tuple[str, ...]:
    """The files of the years, of the group and of the register that are in none of the sources."""
    read = {LIBRARY, *(source.name for source in sources)}
    folders = (path for path in (root / DATA).iterdir() if path.is_dir() and path.name.isdigit())
    files = [*(root / DATA).glob("*.yaml"), *(file for folder in folders for file in folder.rglob("*.yaml"))]
    return tuple(sorted({path.relative_to(root).as_posix() for path in files} - read))


# ---------------------------------------------------------------- records


def records_of(source: Source) -> Iterator[WrittenRecord]:
    """The records of a file: the items of its lists, and its mappings without the lists that hold records themselves."""
    if source.name == REGISTER:
        for index, line in enumerate(source.tree if isinstance(source.tree, list) else ()):
            if isinstance(line, dict):
                shown = {key: value for key, value in line.items() if key not in _HASHES}
                yield _record(source, (index,), VOIDED if VOIDED in line else IN_REGISTER, shown)
        return
    for section, tree in source.tree.items() if isinstance(source.tree, dict) else ():
        if isinstance(tree, dict):
            own = {key: value for key, value in tree.items() if key not in _NESTED}
            yield _record(source, (section,), section, own)
            for key in _NESTED.keys() & tree.keys():
                yield from _items(source, (section, key), _NESTED[key], tree[key])
        else:
            yield from _items(source, (section,), section, tree)


def _items(source: Source, path: _Path, kind: str, tree: Tree) -> Iterator[WrittenRecord]:
    for index, item in enumerate(tree if isinstance(tree, list) else ()):
        if isinstance(item, dict):
            yield _record(source, (*path, index), kind, item)


def _record(source: Source, path: _Path, kind: str, tree: Mapping[str, Tree]) -> WrittenRecord:
    return WrittenRecord(source, path, kind, _year(source.name, tree), tree)


def _words_in(tree: Tree | Mapping[str, Tree]) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, Mapping):
        for below in tree.values():
            yield from _words_in(below)
    elif isinstance(tree, list):
        for below in tree:
            yield from _words_in(below)


def _year(file: str, tree: Mapping[str, Tree]) -> int | None:
    """The year whose folder holds a record; of a line of the register what it says."""
    said = file.split("/")[1] if file != REGISTER else str(tree.get("年度") or tree.get("日期") or "")[:4]
    return int(said) if said.isascii() and said.isdigit() else None


def _names_of_units(sources: Iterable[Source]) -> dict[int | None, dict[str, tuple[str, ...]]]:
    """By year: what a record may be called that is a unit or of one, and the names under which one looks for the unit."""
    found: dict[int | None, dict[str, tuple[str, ...]]] = {}
    for source, unit in _in_section(sources, "单位"):
        called = [str(unit[key]) for key in ("简称", "名称", "编号") if unit.get(key)]
        found.setdefault(_year(source.name, {}), {}).update(dict.fromkeys(called, tuple(called)))
    for section in ("问题", "整改函"):
        for source, record in _in_section(sources, section):
            names = found.get(_year(source.name, {}), {})
            if str(record.get("单位")) in names:
                names.setdefault(str(record.get("编号")), names[str(record["单位"])])
    return found


def _in_section(sources: Iterable[Source], section: str) -> Iterator[tuple[Source, dict[str, Tree]]]:
    for source in sources:
        items = source.tree.get(section) if isinstance(source.tree, dict) else None
        for item in items if isinstance(items, list) else ():
            if isinstance(item, dict):
                yield source, item


# ---------------------------------------------------------------- words in a record


class _Wanted(NamedTuple):
    """A word in the ways in which it may stand in a plain text: of a 文号 typed in some way, also as it is written."""

    ways: tuple[str, ...]

    @classmethod
    def of(cls, word: str) -> _Wanted:
        typed = plain(word)
        return cls(tuple(dict.fromkeys((typed, _NUMBER.sub(r"(\1)\2号", typed)))))

    def inside(self, text: str) -> str:
        """The way in which it stands in a plain text; "" where it does not."""
        return next((way for way in self.ways if way in text), "")


def _matches(record: WrittenRecord, wanted: Sequence[_Wanted], names: _UnitNames) -> bool:
    texts = record.words
    units = [name for words in texts for name in names.get(words, ())]
    hay = plain("\0".join((*texts, *units)))
    return all(word.inside(hay) for word in wanted)


def _found(record: WrittenRecord, wanted: Sequence[_Wanted], names: _UnitNames) -> FoundRecord:
    path, words, at = _shown(record, wanted)
    keys = [str(step) for step in path if isinstance(step, str)]
    return FoundRecord(
        year=record.year,
        kind=record.kind,
        code=record.code,
        unit=_unit(record, names),
        key=keys[-1] if keys else "",
        words=_around(words, at),
        place=record.source.place(*path),
        path=record.path,
        tree=record.tree,
    )


def _shown(record: WrittenRecord, wanted: Sequence[_Wanted]) -> tuple[_Path, str, str]:
    """The text that has most of the words, with its path and the first of them; of none, what the record is called."""

    def number_of(words: str) -> int:
        read = plain(words)
        return sum(bool(word.inside(read)) for word in wanted)

    texts = record.texts
    path, words = max(texts, key=lambda text: number_of(text[1]))
    inside = [way for word in wanted if (way := word.inside(plain(words)))]
    if inside:
        return path, words, inside[0]
    called = ("名称", "事由", "具体任务", "项目", "标题")
    titles = (text for text in texts if text[0][-1] in called)
    return (*next(titles, texts[0]), "")


def _unit(record: WrittenRecord, names: _UnitNames) -> str:
    told = next((record.tree[key] for key in _UNITS if record.tree.get(key)), None)
    refs = [str(ref) for ref in told] if isinstance(told, list) else [str(told or "")]
    return "、".join(dict.fromkeys(names.get(ref, (ref,))[0] for ref in refs))


def _around(words: str, word: str) -> str:
    """A word with what stands beside it, on one line."""
    line = " ".join(words.split())
    reach = 2 * len(word) + BESIDE  # blanks may stand inside a word that was written on two lines
    starts = (at for at in range(len(line)) if plain(line[at : at + reach]).startswith(word))
    at = next(starts, 0)
    begin, end = max(0, at - BESIDE), at + len(word) + BESIDE
    return ("…" if begin else "") + line[begin:end] + ("…" if end < len(line) else "")
