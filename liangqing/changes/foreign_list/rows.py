"""The rows below a head: records, and what stands between them: sections, subtotals, signatures, heads once more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from liangqing.changes.foreign_list.dates import year_in
from liangqing.changes.foreign_list.names import (
    FINDING,
    INSPECTION,
    LETTER,
    NOWHERE,
    PROJECT,
    UNIT,
    Vocabulary,
    plain,
)
from liangqing.changes.foreign_list.plans import SheetPlan
from liangqing.changes.foreign_list.sheets import ListCell, ListSheet

RECORD, NOTHING_FOUND, LOOSE = "记录", "写着没有问题的行", "不像记录的行"
HEAD, TITLE, SIGNED, SUBTOTAL, PART, NOTE, ORDINALS = (
    "表头",
    "标题",
    "填报、签字的行",
    "小计、合计的行",
    "分段的行",
    "说明的行",
    "栏次的行",
)
_WHAT = {
    FINDING: ("事实", "名称"),
    PROJECT: ("项目",),
    INSPECTION: ("名称",),
    UNIT: ("名称",),
    LETTER: ("文号", "标题"),
}
_SUBTOTAL = re.compile(
    r"(?:本页|本表|分类|本段|累计)?(?:小计|合计|总计|共计|累计)(?:[^0-9]{0,8}[0-9]+[个项条件].{0,30}|[0-9]*)"
)
_LABELS = (
    "制表 填表 填报 审核 复核 审批 校对 批准 经办 报送 上报 打印 编制 统计 负责人 主要领导 分管领导 领导签字 单位负责人 联系人 联系电话 电话 日期 时间 盖章 公章"
).split()
_SIGNED = re.compile(rf"(?:{'|'.join(_LABELS)})[^:：]{{0,8}}[:：]")
_LABEL_ALONE = re.compile(r"(?:制表|填表|填报|审核|复核|报送|校对)(?:人|单位|部门|日期|时间|者)?")
_NOTE = re.compile(r"(?:备?注|说明|填表说明|附注?)[:：0-9]")
_NUMBERING = (
    re.compile(r"第?[一二三四五六七八九十]{1,3}(?:部分|类)?[、.．:：\s]|第[一二三四五六七八九十]{1,3}部分"),
    re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]"),
    re.compile(r"[0-9]{1,2}[、.．)）](?![0-9])"),
)
_COUNT = re.compile(
    r"[（(][^（）()]*?[0-9一二三四五六七八九十]+\s*[个项条件][^（）()]*[）)]|[共计]*[0-9]+[个项条件]问?题?$"
)
_NUMBER = re.compile(r"[0-9.]+\s*[个项条件]?")
_TITLED_UNIT = re.compile(
    r"(?:被检查|被监督|被督查|受检|责任|整改|问题)?单位(?:名称)?\s?[:：]\s?([^:：]+?)\s?(?:[（(](?:盖章|公章|章)[）)])?"
)
_OF_GROUP = ("纪检", "监察", "纪委", "派驻")
_YEAR_ALONE = re.compile(r"20[0-9]{2}(?:\s*年度?)?")
_NO_FINDING = re.compile(
    r"(?:无|暂无|没有|未发现|未检查出|无问题|没有问题|未发现问题|暂未发现问题|暂无问题)(?:问题)?[。.]?"
)
_SOURCE_WORDS = (
    "检查",
    "清查",
    "监督",
    "巡察",
    "巡视",
    "体检",
    "抽查",
    "督查",
    "问题",
    "遗留",
    "发现",
    "移交",
    "年",
)
NO_VALUE = re.compile(r"[/\\\-—–_－＿~～\s]+")  # what people put into a cell that has no value


@dataclass(frozen=True)
class SectionRows:
    """The section rows above a row, outermost first: 一、集中清查发现的问题."""

    titles: tuple[str, ...] = ()

    @property
    def year(self) -> int | None:
        """The year that the nearest of them tells."""
        return next((year for title in reversed(self.titles) if (year := year_in(title))), None)

    def kind(self, vocabulary: Vocabulary) -> str | None:
        """The 类型 of inspection that the nearest of them tells."""
        kinds = (vocabulary.inspection_kind(title) for title in reversed(self.titles))
        return next((kind for kind in kinds if kind), None)

    @property
    def source(self) -> str:
        """What the innermost that speaks of an inspection says, without numbering and count."""
        return next((title for title in self._telling if _tells_source(title)), "")

    @property
    def unit(self) -> str:
        """What the innermost says that speaks of no inspection: a unit."""
        return next((title for title in self._telling if not _tells_source(title)), "")

    @property
    def _telling(self) -> list[str]:
        """The titles that tell more than a year, the innermost first."""
        return [title for title in reversed(self.titles) if not _YEAR_ALONE.fullmatch(title)]


@dataclass(frozen=True)
class SheetRow:
    """A row below the head: what it is, and under which section rows it stands."""

    number: int
    kind: str
    part: SectionRows = field(default_factory=SectionRows)


def rows_of(sheet: ListSheet, plan: SheetPlan) -> Iterator[SheetRow]:
    """Every row of a sheet that shows something, in order; those above the head are titles."""
    titled = titled_unit(sheet, plan)
    levels = {0: titled} if titled else dict[int, str]()
    judge = _Judge(sheet, plan)
    for row in range(1, sheet.height + 1):
        if not sheet.columns(row):
            continue
        if row < plan.body:
            yield SheetRow(row, TITLE if row < plan.first else HEAD)
            continue
        kind = judge.kind(row)
        if kind == PART:
            text = sheet.texts(row)[0]
            level = _level(text)
            levels = {depth: title for depth, title in levels.items() if depth < level}
            levels[level] = bare_title(text)
        yield SheetRow(row, kind, SectionRows(tuple(levels[depth] for depth in sorted(levels))))


def titled_unit(sheet: ListSheet, plan: SheetPlan) -> str:
    """The unit that a sheet of one unit's findings names above its head (单位：某厂（盖章）); "" where a column does."""
    if plan.section != FINDING or "单位" in plan.taken:
        return ""
    texts = (" ".join(text.split()) for row in range(1, plan.first) for text in sheet.texts(row))
    found = [match[1].strip() for text in texts if (match := _TITLED_UNIT.fullmatch(text))]
    own = [name for name in found if not any(word in name for word in _OF_GROUP)]
    return own[0] if len(own) == 1 else ""


def bare_title(text: str) -> str:
    """The words of a section row: no numbering, no count."""
    words = " ".join(text.split())
    for pattern in _NUMBERING:
        words = words[found.end() :] if (found := pattern.match(words)) else words
    return _COUNT.sub("", words).strip(" 、：:。")


def _level(text: str) -> int:
    found = (depth for depth, pattern in enumerate(_NUMBERING, start=1) if pattern.match(text.strip()))
    return next(found, 1)


def _tells_source(title: str) -> bool:
    return any(word in title for word in _SOURCE_WORDS)


class _Judge:
    """Tells what the rows of one sheet are."""

    def __init__(self, sheet: ListSheet, plan: SheetPlan) -> None:
        self.sheet, self.plan = sheet, plan
        self.titles = {plain(text) for row in range(1, plan.first) for text in sheet.texts(row)}
        self.heads = {
            column.column: {
                plain(str(sheet.values[row, column.column]))
                for row in range(plan.first, plan.body)
                if (row, column.column) in sheet.values
            }
            for column in plan.columns
        }
        wanted = _WHAT.get(plan.section, ())
        self.what = [column.column for key in wanted for column in plan.taken.get(key, ())]

    def kind(self, row: int) -> str:
        """What a row is."""
        texts = self.sheet.texts(row)
        first = texts[0].strip()
        said = self._what(row)
        for kind, holds in (
            (HEAD, self._is_head(row)),
            (TITLE, len(texts) <= 2 and plain(first) in self.titles),
            (ORDINALS, _are_ordinals(texts)),
            (SIGNED, self._is_signed(texts, said)),
            (SUBTOTAL, not said and any(_SUBTOTAL.fullmatch(plain(text)) for text in texts[:3])),
            (NOTE, not said and len(texts) == 1 and _NOTE.match("".join(first.split())) is not None),
            (PART, not said and self._is_part(row, texts)),
            (NOTHING_FOUND, self.plan.section == FINDING and _NO_FINDING.fullmatch(said) is not None),
            (RECORD, bool(said)),
        ):
            if holds:
                return kind
        return LOOSE

    def _what(self, row: int) -> str:
        """What the row says in the columns that make it a record; nothing where the cell goes over other columns too."""
        for column in self.what:
            value = self.sheet.values.get((row, column))
            if value is None or self._is_across(row, column):
                continue
            text = ListCell(value, self.sheet.place(row, column)).text.strip()
            alone = len(self.sheet.texts(row)) == 1 and self.plan.section == FINDING
            odd = _SUBTOTAL.fullmatch(plain(text)) or NO_VALUE.fullmatch(text) or _NUMBER.fullmatch(text)
            if text and not alone and not odd:
                return text
        return ""

    def _is_across(self, row: int, column: int) -> bool:
        """Whether a cell is merged with columns that have another key."""
        anchor = self.sheet.anchor(row, column)
        key = self.plan.key_of(column)
        return any(
            self.sheet.anchor(row, plan.column) == anchor and plan.key not in (key, NOWHERE)
            for plan in self.plan.columns
            if plan.column != column
        )

    def _is_head(self, row: int) -> bool:
        same = [
            plain(str(value)) in self.heads.get(column, ())
            for column, value in (
                (column, self.sheet.values[row, column]) for column in self.sheet.columns(row)
            )
        ]
        return sum(same) >= 2 and sum(same) * 2 > len(same)

    def _is_signed(self, texts: Sequence[str], said: str) -> bool:
        """制表人：… and the like: where the row says what a record says, only if all of its texts are such."""
        shown = ["".join(text.split()) for text in texts]
        signed = [_SIGNED.match(text) is not None for text in shown]
        if said:
            return all(signed)
        return any(signed) or _LABEL_ALONE.fullmatch(shown[0]) is not None

    def _is_part(self, row: int, texts: Sequence[str]) -> bool:
        """One text, numbered or across the sheet, beside which there is at most a count."""
        first, *others = (text.strip() for text in texts)
        if any(not _NUMBER.fullmatch(text) for text in others) or len(first) > 60:
            return False
        columns = self.sheet.columns(row)
        across = len({self.sheet.anchor(row, column) for column in columns}) < len(columns)
        numbered = any(pattern.match(first) for pattern in _NUMBERING)
        return (
            numbered
            or (across and not first.endswith(("。", "；")))
            or (len(texts) == 1 and _tells_source(first) and len(first) <= 30)
        )


def _are_ordinals(texts: Sequence[str]) -> bool:
    """Whether a row numbers the columns: 1, 2, 3 …, maybe with 甲, 乙 before."""
    numbers = [text.strip() for text in texts if text.strip() not in "甲乙丙丁"]
    if len(numbers) < 3 or not all(text.isdigit() for text in numbers):
        return False
    first = int(numbers[0])
    return first in (0, 1) and [int(text) for text in numbers] == list(range(first, first + len(numbers)))
