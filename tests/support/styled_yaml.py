"""YAML files as different people write them, made by chance: each line with the value that it is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import Any, NamedTuple

from hypothesis import strategies as st

from liangqing.data.yaml.places import Source, Step, Tree, parse
from liangqing.data.yaml.write import scalar

Path = tuple[Step, ...]
SECTION = "问题"
TEXTS = st.text(st.sampled_from("甲乙丙丁:,#'\"{}[]&*!|>%@`~- 0。"), min_size=1, max_size=8).filter(
    lambda text: bool(text.strip()) and text == text.strip()
)
ENTRIES: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {"日期": TEXTS}, optional={"内容": TEXTS, "佐证": st.lists(TEXTS, min_size=1, max_size=3)}
)
RECORDS: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {"编号": TEXTS},
    optional={
        "名称": TEXTS,
        "事实": st.lists(TEXTS, min_size=2, max_size=3).map("\n".join),
        "整改目标": st.none(),
        "整改措施": st.lists(TEXTS, min_size=1, max_size=3),
        "责任": st.dictionaries(st.sampled_from(["部门", "责任人", "职务"]), TEXTS, min_size=1),
        "进展": st.lists(ENTRIES, min_size=1, max_size=3),
    },
)


class WrittenRow(NamedTuple):
    """A line, the path of the value that begins or stands in it, and whether all of the value stands in it.

    A comment on a line of its own has the path of what it stands above (a record), else of what it stands in.
    """

    path: Path
    whole: bool
    text: str


@dataclass
class Writer:
    """Writes records; `draw` decides at each place how."""

    draw: st.DrawFn
    rows: list[WrittenRow] = field(default_factory=list)
    numbers: count[int] = field(default_factory=count)

    def _chance(self, one_in: int = 3) -> bool:
        return self.draw(st.integers(1, one_in)) == 1

    def _row(self, path: Path, text: str, *, whole: bool = True, remark: bool = True) -> None:
        ending = f"  # 注{next(self.numbers)}" if remark and self._chance() else ""
        self.rows.append(WrittenRow(path, whole, text + ending))

    def _comment(self, path: Path, pad: str) -> None:
        if self._chance():
            self.rows.append(WrittenRow(path, True, f"{pad}# 说明{next(self.numbers)}"))

    def records(self, records: list[dict[str, Tree]]) -> None:
        self._row((SECTION,), f"{SECTION}:", whole=False)
        pad = "  " if self.draw(st.booleans()) else ""
        for number, record in enumerate(records):
            path: Path = (SECTION, number)
            if number and self._chance():
                self.rows.append(WrittenRow((), True, ""))
            self._comment(path, pad)
            if self._chance(6):
                self._row(path, f"{pad}- {self._flow(record)}")
            else:
                self._mapping(record, path, f"{pad}- ", f"{pad}  ")

    def _mapping(self, mapping: dict[str, Tree], path: Path, first: str, pad: str) -> None:
        for number, (key, value) in enumerate(mapping.items()):
            head = f"{pad if number else first}{key}:"
            if number:
                self._comment(path, pad)
            self._value(value, (*path, key), head, pad)

    def _value(self, value: Tree, path: Path, head: str, pad: str) -> None:
        if value is None:
            self._row(path, head)
        elif isinstance(value, str):
            self._text(value, path, head, pad)
        elif self._chance():
            self._row(path, f"{head} {self._flow(value)}")
        elif isinstance(value, dict):
            self._row(path, head, whole=False)
            self._mapping(value, path, f"{pad}  ", f"{pad}  ")
        else:
            self._row(path, head, whole=False)
            for number, item in enumerate(value):
                below = (*path, number)
                if isinstance(item, dict):
                    self._mapping(item, below, f"{pad}  - ", f"{pad}    ")
                else:
                    self._row(below, f"{pad}  - {scalar(str(item), self._quote())}")

    def _text(self, value: str, path: Path, head: str, pad: str) -> None:
        if "\n" in value and self.draw(st.booleans()):
            self._row(path, f"{head} |", remark=False)
            for line in value.split("\n"):
                self._row(path, f"{pad}  {line}", remark=False)
        else:
            self._row(path, f"{head} {scalar(value, self._quote())}")

    def _quote(self) -> str | None:
        return self.draw(st.sampled_from([None, None, "'", '"']))

    def _flow(self, value: Tree) -> str:
        if isinstance(value, dict):
            return "{" + ", ".join(f"{key}: {self._flow(below)}" for key, below in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(map(self._flow, value)) + "]"
        return "~" if value is None else scalar(value, self._quote())


class StyledFile(NamedTuple):
    """A file, and its lines without their ends."""

    source: Source
    rows: list[WrittenRow]


@st.composite
def styled_files(draw: st.DrawFn) -> StyledFile:
    """A file with a section of records, in any style, line ends, with or without a mark and a last line end."""
    records: list[dict[str, Tree]] = draw(
        st.lists(RECORDS, min_size=1, max_size=4, unique_by=lambda one: str(one["编号"]))
    )
    writer = Writer(draw)
    writer.records(records)
    rows = [WrittenRow((), True, "# 头"), *writer.rows]
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    text = newline.join(row.text for row in rows) + draw(st.sampled_from([newline, ""]))
    data = (draw(st.sampled_from(["", "\ufeff"])) + text).encode()
    return StyledFile(Source("甲.yaml", data, parse(data, "甲.yaml")), rows)
