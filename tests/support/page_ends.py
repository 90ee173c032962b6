"""How pages may end: one rule a function, from a paper to what is wrong with it.

What is allowed: white that nothing could fill. A block that does not break (a row of a table, a picture, a signature
with two lines of text, a signed form with its last finding) goes to the next page as a whole, and leaves what it left.
LibreOffice moves a paragraph that is kept with the next one as a whole; Word and WPS only its last two lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from page_body import NEAR, Body, Table, Written, paragraphs
from pdf_pages import Line, Page

from liangqing.gbt9704.line_breaks import UNITS

SHORT = 20.0  # mm: a row of no more than three lines
PITCH = 10.3  # mm: a line of text, at most
DAY = 31.5  # mm: room for 2021年12月20日 in a table, as LibreOffice sets it
DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
FULL = 0.8  # mm: a line that ends so near its edge LibreOffice breaks before a unit all the same
INDENT = 6.0  # mm: the first line of a paragraph stands further in
PICTURE = 100.0  # mm: a chart with its name
FEW = 6  # lines of text that go with a signature at most, of more than a paragraph and a closing word
SIGNATURES = {"署名", "表后署名"}
SIGNED = re.compile(r"签名|党组织负责人（签字）|(约谈人|核查人|审批人|记录人)：_|被检查单位意见")
ENDING = re.compile(SIGNED.pattern + "|附件：|（联系人|出席：|列席：")  # the first line of what ends a paper
BESIDE = re.compile(r"^(（联系人|（电话|抄送|表单识别|\d{4}年.{0,6}日$|.*印发$)")
IMPRINT = re.compile(r"^抄送：|\d日印发$")
LEVELS = (
    (re.compile(r"^（([一二三四五六七八九十]+)）"), "（一）"),
    (re.compile(r"^([一二三四五六七八九十]+)、"), "一、"),
    (re.compile(r"^(\d+)\.(?!\d)"), "1."),
)


@dataclass(frozen=True)
class Paper:
    """A paper as it is judged: what it is called, its pages, the paragraphs of its Word file."""

    name: str
    pages: tuple[Page, ...]
    docx: bytes

    @cached_property
    def bodies(self) -> list[Body]:
        return [Body(page) for page in self.pages]

    @cached_property
    def written(self) -> list[Written]:
        return paragraphs(self.docx)

    @cached_property
    def organ(self) -> str:
        """Who signs; "" where nobody does."""
        signing = (row.text for row in reversed(self.written) if row.style in SIGNATURES)
        return next(
            (text for text in signing if not BESIDE.match(text)), ""
        )  # a date may have the same style


Faults = Iterator[str]


def continues(before: Body, after: Body) -> tuple[Table, Table] | None:
    """The two parts of a table that goes on from one page to the next."""
    if not before.tables or not after.tables:
        return None
    upper, lower = before.tables[-1], after.tables[0]
    at_foot = before.foot - upper.box.bottom < NEAR
    at_top = all(line.box.middle >= lower.box.top - NEAR for line in after.lines)
    return (upper, lower) if at_foot and at_top and upper.uprights == lower.uprights else None


def _first_block(paper: Paper, number: int) -> float:
    """How high the block is, in mm, that begins page `number`: what would have had to find room on the page before."""
    before, after = paper.bodies[number - 1], paper.bodies[number]
    begin = after.heights[0] if after.heights else after.area.top
    if parts := continues(before, after):
        rows = parts[1].heights
        body = rows[1:] if len(rows) > 1 else rows
        if len(body) <= 2:  # the last rows stay with what is signed under them
            return after.foot - after.area.top
        return body[0] + (body[1] if body[0] <= SHORT else 0)
    if _signed_at(paper, number, FEW):
        return after.foot - after.area.top
    head = [line for line in after.lines if line.box.middle < begin + 4 * PITCH]
    if any(line.text.endswith("图") for line in head[:3]):
        return PICTURE
    if after.tables and after.tables[0].box.top < begin + 3 * PITCH:
        table = after.tables[0]
        rows = table.heights
        stays = sum(rows[:2]) + (rows[2] if len(rows) > 2 and rows[1] <= SHORT else 0)
        return table.box.top - after.area.top + (stays if len(rows) > 4 else table.box.height)
    return 3 * PITCH


def _signed_at(paper: Paper, number: int, most: int) -> bool:
    """Whether who signs or who was there stands on page `number` after so many lines at most, or two paragraphs."""
    body = paper.bodies[number]
    ends = (line for line in body.lines if line.text == paper.organ or ENDING.match(line.text))
    first = next((line.box.middle for line in ends), 0.0)
    above = [height for height in body.heights if height < first - NEAR]
    lefts = [
        min(line.box.left for line in body.lines if abs(line.box.middle - height) <= 2 * NEAR)
        for height in above
    ]
    begins = sum(left > body.area.left + INDENT for left in lefts)
    return bool(above) and (len(above) <= most or begins <= 2)


def empty_third(paper: Paper) -> Faults:
    """No page but the last is a third empty while the next block would have found room on it."""
    for number, (body, after) in enumerate(pairwise(paper.bodies), 1):
        if (
            not _annex(body, after)
            and body.empty >= body.area.height / 3
            and _first_block(paper, number) < body.empty - 3
        ):
            yield f"第{number}页下面空{body.empty:.0f}毫米，第{number + 1}页的开头放得下"


def _annex(body: Body, after: Body) -> bool:
    """Whether an annex begins on the second of two pages: on a sheet of its own."""
    turned = body.page.width != after.page.width
    return turned or (bool(after.lines) and re.fullmatch(r"附件\d?", after.lines[0].text) is not None)


def lonely_line(paper: Paper) -> Faults:
    """A last page holds two lines at least, beside who signs and to whom it goes."""
    last = paper.bodies[-1]
    imprint = min(
        (line.box.top for line in last.lines if IMPRINT.search(line.text)), default=last.page.height
    )
    places = {
        round(line.box.middle / 3)
        for line in last.lines
        if line.box.middle < imprint
        and line.text != paper.organ
        and not BESIDE.match(line.text)
        and not SIGNED.match(line.text)
    }
    rows = sum(len(table.heights) for table in last.tables)
    if len(paper.bodies) > 1 and len(places) < 2 and rows < 2:
        yield f"最后一页只有{len(places)}行文字"


def signature_alone(paper: Paper) -> Faults:
    """Two lines of text or a row of a table stand above a signature, on its page."""
    for number, body in enumerate(paper.bodies[1:], 2):
        right = body.area.left + body.area.width / 4
        signed = [line for line in body.lines if line.text == paper.organ and line.box.left > right]
        if not signed or body.table_of(signed[-1]):
            continue
        above = [height for height in body.heights if height < signed[-1].box.middle - NEAR]
        if len(above) < 2:
            yield f"第{number}页署名上面只有{len(above)}行"


def date_apart(paper: Paper) -> Faults:
    """The date stands on the page of the signature."""
    for number, body in enumerate(paper.bodies[:-1], 1):
        last = max(body.lines, key=lambda line: line.box.middle, default=None)
        if last is not None and last.text == paper.organ:
            yield f"第{number}页署名下面没有日期"


def form_signed_alone(paper: Paper) -> Faults:
    """What is signed by hand stands on a page with two lines at least of what is signed."""
    for number, body in enumerate(paper.bodies[1:], 2):
        first = next((line for line in body.lines if SIGNED.match(line.text)), None)
        if first and sum(height < first.box.middle - NEAR for height in body.heights) < 2:
            yield f"第{number}页只有签名栏"


def one_row_at_the_foot(paper: Paper) -> Faults:
    """A table does not begin with its head and one short row at the foot of a page."""
    for number, (before, after) in enumerate(pairwise(paper.bodies), 1):
        parts = continues(before, after)
        if parts and parts[0].box.top > before.area.top + NEAR and parts[0].box.top > before.heights[0]:
            rows = parts[0].heights
            if len(rows) == 2 and rows[1] <= SHORT / 2:
                yield f"第{number}页页末的表只有一行"


def one_row_at_the_top(paper: Paper) -> Faults:
    """A table does not end with one short row on a new page where the row before it is short as well."""
    for number, (before, after) in enumerate(pairwise(paper.bodies), 2):
        parts = continues(before, after)
        if parts and len(parts[1].heights) == 2 and len(parts[0].heights) > 2:
            last, above = parts[1].heights[1], parts[0].heights[-1]
            if last <= SHORT / 2 and above <= SHORT / 2:
                yield f"第{number}页只有表的最后一行"


def name_of_table_alone(paper: Paper) -> Faults:
    """The name of a table or a heading does not stand last on a page."""
    names = {
        row.text
        for row in paper.written
        if row.style in {"表名", "一级标题", "二级标题"} and not row.in_table
    }
    for number, body in enumerate(paper.bodies[:-1], 1):
        if body.lines and not body.table_of(body.lines[-1]) and body.lines[-1].text in names:
            yield f"第{number}页末是“{body.lines[-1].text}”"


def torn(paper: Paper) -> Faults:
    """No number is torn from its unit; in a table no date and no short bracket is torn where its column is wide enough."""
    for number, body in enumerate(paper.bodies, 1):
        for line, under, width in body.below():
            both = line.text[-8:] + under.text[:8]
            size = line.signs[-1].box.height
            full = _room(body, line, width) < FULL
            if re.search(r".\d$", line.text) and under.text[0] in UNITS and not full:
                yield f"第{number}页“{both}”数和单位分开了"
            elif body.table_of(line) and width >= DAY and DATE.fullmatch(line.text + under.text):
                yield f"第{number}页“{both}”日期分开了"
            split = _bracket(line.text, under.text) if body.table_of(line) else ""
            if split and len(split) * size <= min(width, 6 * size):
                yield f"第{number}页“{split}”分开了"


def _room(body: Body, line: Line, width: float) -> float:
    """What a line leaves of the width that it has, in mm."""
    return width - line.box.width if body.table_of(line) else body.area.right - line.box.right


def _bracket(line: str, under: str) -> str:
    """A pair of brackets with what is in it, where it goes over from one line to the next."""
    opened, closed = re.search(r"（[^）]*$", line), re.match(r"[^（]*?）", under)
    return opened[0] + closed[0] if opened and closed else ""


def single_item_numbered(paper: Paper) -> Faults:
    """What is the only one of its kind is not numbered."""
    for place, row in enumerate(paper.written):
        for pattern, first in LEVELS:
            if row.text.startswith(first) and not row.in_table and not _followed(paper, place, pattern):
                yield f"只有一项，还编了号：{row.text[:20]}"


def _followed(paper: Paper, place: int, pattern: re.Pattern[str]) -> bool:
    """Whether another number of the same form comes before the next first one."""
    for row in paper.written[place + 1 :]:
        if not row.in_table and (found := pattern.match(row.text)):
            return found[1] not in ("一", "1")
    return False


RULES: tuple[Callable[[Paper], Faults], ...] = (
    empty_third,
    lonely_line,
    signature_alone,
    date_apart,
    form_signed_alone,
    one_row_at_the_foot,
    one_row_at_the_top,
    name_of_table_alone,
    torn,
    single_item_numbered,
)
