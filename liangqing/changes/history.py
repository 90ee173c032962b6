"""Who changed which record when: put together from all that the program notes down, and what nobody noted said so.

There are the log of changes, the register with the values that were kept with each paper, forms that came back, and
copies that were made before a ledger was taken in. What a person types into YAML leaves no trace of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from liangqing.base.chinese import suggestion
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, Problems, refuse
from liangqing.base.folders import BACKUPS, DATA
from liangqing.changes import change_log
from liangqing.changes.change_log import RecordChange, differing, flat
from liangqing.changes.proposed import FOLDER
from liangqing.data.yaml import places
from liangqing.data.yaml.places import Tree
from liangqing.outputs.search import WrittenRecord, plain, records_of
from liangqing.papers.drift import drifted
from liangqing.register import Line
from liangqing.year.open_workspace import OpenWorkspace
from liangqing.year.state.standing import Standing

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_PROPOSED = "文书-拟办-"  # how the files begin that `propose` writes
_ORIGINAL = re.compile(r"#\s*(?P<file>\S.*?)\s+sha256 ")  # the remark above a record that came out of a form


class HistoryEvent(NamedTuple):
    """Something that is on record of a change: the day ("" where nobody noted one), of what kind, what, and where."""

    day: str
    kind: str
    what: str
    where: str


class History(NamedTuple):
    """What is known of a record: where it stands, what happened to it by day, and what nobody noted."""

    records: list[WrittenRecord]
    events: list[HistoryEvent]
    unexplained: list[str]
    spoilt: int  # lines of the log of changes that can't be read


def history(opened: OpenWorkspace, name: str) -> History:
    """The history of the records that are called `name`, or of what the paper of that number is about.

    Raises Problems where nothing is, and nothing was, called so.
    """
    return _Historian(opened).tell(name)


@dataclass(frozen=True)
class _Historian:
    opened: OpenWorkspace

    def tell(self, name: str) -> History:
        every = [record for source in self.opened.data.sources.values() for record in records_of(source)]
        year, code = self._meant(every, name)
        records = [record for record in every if record.code == code and year in (None, record.year)]
        noted, spoilt = change_log.read(self.opened.root)
        noted = [change for change in noted if change.code == code and _is_of(year, change.file)]
        lines = [line for line in self._lines(code, every) if year in (None, line.year)]
        if not (records or noted or lines):
            advice = suggestion(name, [record.code for record in every if record.code])
            advice += "" if advice.endswith("？") else "；"
            message = f"没有编号是「{name}」的记录，也没有它的登记"
            raise refuse(Code.HISTORY_OF_NOTHING, Place(name), message, f"{advice}；不记得编号的，用 find 找")
        events = [*_takings(noted), *self._papers(lines), *self._drift(lines)]
        for record in records:
            events += self._written(record, noted)
        told = [words for record in records for words in self._unexplained(record, noted)]
        return History(records, sorted(events, key=lambda event: event.day or "9"), told, spoilt)

    def _meant(self, every: Iterable[WrittenRecord], name: str) -> tuple[int | None, str]:
        """The 编号 that is meant, as it is written in the data; of a number of a paper, what it is about in its year."""
        wanted = plain(name)
        for line in self.opened.register.issued:
            if plain(line.name) == wanted:
                return line.year, line.subject
        return None, next((record.code for record in every if plain(record.code) == wanted), name)

    # papers

    def _lines(self, code: str, every: Iterable[WrittenRecord]) -> Iterator[Line]:
        """The papers about a record: on itself, or on a 整改函 or 文书 that names it."""
        naming = {
            (record.year, record.code)
            for record in every
            if record.kind in ("整改函", "文书") and code in _texts(record.tree.get("问题"))
        }
        for line in self.opened.register.issued:
            if code in (line.subject, *line.subject.split("/")) or (line.year, line.subject) in naming:
                yield line

    def _papers(self, lines: Iterable[Line]) -> Iterator[HistoryEvent]:
        for line in lines:
            where = f"{DATA}/{line.file}" if line.file else f"登记第{line.serial}条"
            signer = f"，{line.signer}签发" if line.signer else ""
            title = "".join(line.title.split())
            yield HistoryEvent(str(line.issued), "印发", f"{line.name}《{title}》{signer}", where)
            for void in self.opened.register.voids_of(line):
                yield HistoryEvent(
                    str(void.day), "作废", f"{line.name}：{void.reason}", f"登记第{void.serial}条"
                )

    def _drift(self, lines: Sequence[Line]) -> Iterator[HistoryEvent]:
        """What the papers printed when they went out and the data says no more."""
        by_year: dict[int, list[Line]] = {}
        for line in lines:
            by_year.setdefault(line.year, []).append(line)
        for number, own in by_year.items():
            if number in self.opened.data.years:
                for line, changed in drifted(self._in(number), own):
                    words = f"{line.name} 印发以后改过：{'；'.join(changed)}"
                    yield HistoryEvent("", "印发后改", words, f"{DATA}/{line.file}")

    def _in(self, number: int) -> OpenWorkspace:
        year, at = self.opened.data.years[number], self.opened.at
        return replace(self.opened, at=Standing(year, self.opened.register, at.day, self.opened.data.years))

    # forms and copies

    def _written(self, record: WrittenRecord, noted: Iterable[RecordChange]) -> Iterator[HistoryEvent]:
        """How the program wrote a record of which the log tells nothing: out of a form, or by 督办阶梯."""
        file = record.source.name
        if not _by_program(file) or any(change.file == file for change in noted):
            return
        day = _DAY.search(Path(file).name)
        if Path(file).name.startswith(_PROPOSED):
            yield HistoryEvent(day[0] if day else "", "拟办", "由 propose 按督办阶梯写入", file)
            return
        place = record.source.place(*record.path)
        lines = record.source.data.decode("utf-8-sig").splitlines()
        found = _ORIGINAL.search(lines[(place.line or 2) - 2])
        original = f"{Path(file).parent.as_posix()}/{found['file']}" if found else file
        yield HistoryEvent(day[0] if day else "", "收回表单", "整条由收回的表单写入", original)

    def _unexplained(self, record: WrittenRecord, noted: Sequence[RecordChange]) -> Iterator[str]:
        """What stands in a record and in no log: changed since a copy was made, changed after it was noted, or typed."""
        file, now = record.source.name, dict(flat(dict(record.tree)))
        own = [change for change in noted if change.file == file]
        last = {change.key: change for change in own}
        for key, change in last.items():
            if now.get(key, "") != change.after:
                yield (
                    f"「{key}」{change.day} 写的是「{_short(change.after)}」，现在是「{_short(now.get(key, ''))}」：后来手工改过"
                )
        for day, before in self._copies(record):
            for key, old, new in differing(before, dict(record.tree)):
                if not any(change.key == key and change.day >= day for change in own):
                    yield f"「{key}」{day} 备份时是「{_short(old)}」，现在是「{_short(new)}」：后来手工改过"
        typed = [key for key in now if key not in last]
        place = record.source.place(*record.path)
        if _by_program(file) and not own:
            yield f"{place} 由程序写入，写入以后有没有手工改过不清楚"
        elif typed:
            keys = "、".join(dict.fromkeys(key.split()[0] for key in typed))
            yield f"手工写在 {place} 的：{keys}"

    def _copies(self, record: WrittenRecord) -> Iterator[tuple[str, Tree]]:
        """The record as it stood in the copies of its file that were made before ledgers were taken in, oldest first."""
        for path in sorted((self.opened.root / BACKUPS).glob(f"*/{record.source.name}")):
            folder = path.relative_to(self.opened.root / BACKUPS).parts[0]
            day, source = _DAY.match(folder), _read(path, record.source.name)
            found = (other for other in records_of(source) if other.code == record.code) if source else ()
            same = next((other for other in found if other.kind == record.kind), None)
            if same is not None and day:
                yield day[0], dict(same.tree)


def _takings(noted: Iterable[RecordChange]) -> Iterator[HistoryEvent]:
    """What was put in at once is one event."""
    together: dict[tuple[str, str, str, str], list[RecordChange]] = {}
    for change in noted:
        together.setdefault((change.day, change.who, change.source, change.file), []).append(change)
    for (day, who, source, file), changes in together.items():
        words = "；".join(
            f"{change.key}：{f'「{_short(change.before)}」' if change.before else '（无）'} → 「{_short(change.after)}」"
            for change in changes
        )
        yield HistoryEvent(day, "改动", f"{words}（来自 {source}{f'，{who} 操作' if who else ''}）", file)


def _by_program(file: str) -> bool:
    """Whether the records of a file were written by the program, whatever became of them afterwards."""
    return f"/{FOLDER}/" in file or Path(file).name.startswith(_PROPOSED)


def _is_of(year: int | None, file: str) -> bool:
    """Whether a file below the workspace is one of the year; None: of any."""
    return year is None or file.startswith(f"{DATA}/{year}/")


def _texts(tree: Tree) -> list[str]:
    return [text for _, text in places.texts(tree)]


def _read(path: Path, name: str) -> places.Source | None:
    try:
        return places.load(path, name)
    except Problems:
        return None


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:39]}…"
