"""A form as its page shows it: which control each field has, what it offers, which rows are on the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from liangqing.data.fields import (
    DAY,
    DAY_OR_TEXT,
    LEVELS,
    NUMBER,
    PAIRS,
    YES_NO,
    EntryField,
)
from liangqing.desk.answering.whole_numbers import whole_number
from liangqing.desk.editing.filled_form import BEGIN, PLAIN, ROWS, FilledRow, FormValues
from liangqing.desk.editing.form_parts import FormPart
from liangqing.outputs.ledger.entered import column_of
from liangqing.year.rules.gates import WAIVABLE

MOST_ROWS = 100  # of one list on one page
ALL = "all"  # the window of a list whose rows are all on the page
LONG = 34  # digits: what is as wide as this in the ledger has more than a line here
# Labels that a page says in other words than the data.
LABELS = {"门槛": "放过哪一项", "销号门槛": "销号要具备的"}
# What is hardly ever filled in, by the name of its table: folded away as long as it is empty.
_SELDOM: Mapping[str, tuple[str, ...]] = {
    "机构": ("标志", "抄送", "示例"),
    "单位": ("党组织", "上级", "成立日期", "撤销日期", "承接单位", "基本情况"),
    "典型案例": ("自查范围", "报送期限", "报送方式", "类似问题"),
    "自查": ("退回理由", "替代"),
    "检查": ("依据", "准备材料", "方式", "配合单位"),
    "问题": ("共性", "整改目标", "整改措施", "责任部门", "发现日期", "发现说明"),
    "双签": ("无异议", "单位意见说明", "扫描件"),
    "整改函": ("主送", "依据", "其他要求", "抄送", "更正"),
    "文书": ("主送", "抄送", "更正", "时间", "地点", "对象职务", "约谈人", "记录人"),
    "任务": ("增补日期", "停止日期", "沿用", "备注"),
    "项目": ("配合单位", "完成日期"),
}
_ROOMY = {"整改要求", "整改目标", "理由", "监督内容", "备注", "目标"}  # of more than a line as well
_DRAFTED = "征求意见稿"  # how labels of what a task was in the draft begin


@dataclass(frozen=True)
class ControlView:
    """A field on the page. `kind` is select, checks, ref, refs, day, number, area or text; `offers` what may be chosen;
    `values` the single values of one that has several.
    """

    name: str
    label: str
    kind: str
    text: str
    help: str
    required: bool
    refers: str = ""
    offers: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    seldom: bool = False
    fixed: bool = False  # shown, not to be changed
    either: bool = False  # a day, or words in its place


@dataclass(frozen=True)
class RowView:
    """A row of a list, or the record itself; `summary` says it in a line."""

    mark: str
    origin: str
    begin: str
    controls: tuple[ControlView, ...]
    parts: tuple[PartView, ...]
    summary: str = ""


@dataclass(frozen=True)
class PartView:
    """A list on the page: its rows from number `first` on (of `count`), and an empty row to be copied."""

    key: str
    name: str
    help: str
    begin: str
    rows: tuple[RowView, ...]
    empty: RowView
    single: bool
    required: bool
    small: bool
    beside: bool
    first: int
    last: int
    count: int
    window: str  # of its hidden field: which rows of the record are on the page


@dataclass(frozen=True)
class FormViewer:
    """Makes the view of a form; `offers` is by what a field refers to, `firsts` by list the first row on the page.

    `windows` are those of a form that was sent, which is shown with the rows that it had; None: it is the whole record.
    """

    offers: Mapping[str, tuple[str, ...]]
    kinds: tuple[str, ...]  # 文种 that there are
    firsts: Mapping[str, int]
    fresh: bool
    windows: Mapping[str, str] | None = None

    def record(self, part: FormPart, filled: FormValues) -> RowView:
        """The whole form."""
        return self._row(part, FilledRow("", None, filled), BEGIN, 0)

    def named_lists(self, part: FormPart) -> dict[str, tuple[str, ...]]:
        """The words that the fields of a part offer by their label, and those of the lists in it."""
        found = {
            one.label: self._offers(part, one) for one in part.fields if self._kind(one, "") == "offered"
        }
        for inner in part.parts:
            found.update(self.named_lists(inner))
        return found

    def _row(self, part: FormPart, row: FilledRow, begin: str, depth: int) -> RowView:
        texts = row.filled.texts
        controls = tuple(
            self._control(part, one, texts.get(one.path, ""), begin, there=row.origin is not None)
            for one in part.fields
        )
        parts = tuple(
            self._part(inner, row.filled.rows.get(inner.key, ()), f"{begin}{inner.key}.", depth)
            for inner in part.parts
        )
        words = [text.split("\n")[0] for text in texts.values() if text]
        origin = "" if row.origin is None else str(row.origin)
        return RowView(row.mark, origin, begin, controls, parts, "　".join(words[:3])[:60])

    def _part(self, part: FormPart, rows: tuple[FilledRow, ...], begin: str, depth: int) -> PartView:
        first, shown, window = self._window(part, rows, depth)
        mark = f"__{depth}__"
        empty = self._row(part, FilledRow(mark, None, FormValues()), f"{begin}{mark}.", depth + 1)
        return PartView(
            key=part.key,
            name=part.name,
            help=part.help,
            begin=begin,
            rows=tuple(self._row(part, row, f"{begin}{row.mark}.", depth + 1) for row in shown),
            empty=empty,
            single=part.single,
            required=part.required,
            small=len(part.fields) <= 4,
            beside=part.beside,
            first=first,
            last=first + len(shown),
            count=len(rows),
            window=window,
        )

    def _window(
        self, part: FormPart, rows: tuple[FilledRow, ...], depth: int
    ) -> tuple[int, tuple[FilledRow, ...], str]:
        """The number of the first row on the page, the rows, and what tells later which of the record's they are."""
        if self.windows is not None or depth or len(rows) <= MOST_ROWS:
            return 0, rows, (self.windows or {}).get(part.key, ALL) if not depth else ALL
        first = min(self.firsts.get(part.key, 0), len(rows) - 1)
        shown = rows[first : first + MOST_ROWS]
        return first, shown, f"{first}-{first + len(shown)}"

    def _control(self, part: FormPart, one: EntryField, text: str, begin: str, *, there: bool) -> ControlView:
        kind, offers = self._kind(one, text), self._offers(part, one)
        if kind == "select" and text not in offers:
            offers = (text, *offers) if text else offers
        lines = (
            tuple(line for line in text.replace("、", "\n").split("\n") if line) if kind == "checks" else ()
        )
        return ControlView(
            name=begin + ".".join(one.path),
            label=LABELS.get(one.label, one.label),
            kind=kind,
            text=text,
            help=one.help,
            required=one.required,
            refers=one.refers if kind in ("ref", "refs") else "",
            offers=offers,
            values=lines or (tuple(line for line in text.split("\n") if line) if kind == "refs" else ()),
            seldom=not text and self._is_seldom(part, one),
            fixed=one.path == ("编号",) and not self.fresh and (there or not part.key),
            either=one.kind == DAY_OR_TEXT,
        )

    def _offers(self, part: FormPart, one: EntryField) -> tuple[str, ...]:
        if one.path == ("门槛",):
            return WAIVABLE
        if one.path == ("文种",):
            return self.kinds
        return one.choices or (self.offers.get(one.refers, ()) if one.refers in PLAIN else ())

    @staticmethod
    def _is_seldom(part: FormPart, one: EntryField) -> bool:
        return one.label in _SELDOM.get(part.name, ()) or one.label.startswith(_DRAFTED)

    @staticmethod
    def _kind(one: EntryField, text: str) -> str:
        if one.choices and one.several:
            return "checks"
        if one.choices or one.kind == YES_NO or one.refers in (LEVELS, "期次"):
            return "select"
        if one.refers:
            return "refs" if one.several else "ref"
        if one.path in (("门槛",), ("文种",)):
            return "offered"
        if one.kind in (DAY, DAY_OR_TEXT):
            return "day"
        if one.kind == NUMBER and one.count != PAIRS:
            return "number"
        return "area" if "\n" in text or one.path[-1] in _ROOMY or column_of(one).width >= LONG else "text"


def with_rest(filled: FormValues, form: Mapping[str, tuple[str, ...]], whole: FormValues) -> FormValues:
    """What was sent, with the rows that the record has and that were not on the page, each in its place."""
    rows = dict(filled.rows)
    for key, sent in filled.rows.items():
        first, last = map(whole_number, form[f"{BEGIN}{key}.{ROWS}"][0].partition("-")[::2])
        there = whole.rows.get(key, ())
        if first is not None and last is not None:
            rows[key] = (*there[:first], *sent, *there[max(first, last) :])
    return FormValues(filled.texts, rows)
