"""The sheet 说明: how the workbook is filled in, and which sheet is for what."""

from __future__ import annotations

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from liangqing.base.chinese import long_date
from liangqing.outputs.ledger.cells import BODY, HEAD, NOTE, TITLE, look, put, set_height, set_width
from liangqing.outputs.ledger.columns import Sheet
from liangqing.outputs.ledger.entered import ENTRIES
from liangqing.outputs.ledger.lists import SHEETS
from liangqing.outputs.ledger.package import A4, set_up_page
from liangqing.year.state.standing import Standing

HOW = (
    "蓝色表头的列由人填，深蓝的必填；灰色表头的列由程序算出，改了不收。",
    "新的一条填在最后一行下面，编号可以不写。别的表用到它时，写它的编号或者名称。",
    "日期写成 2021-09-30、2021.9.30、2021/9/30、2021年9月30日、20210930 都认；要写全年、月、日。",
    "一格里要写几条的，一行一条（Alt+回车换行）；短的词用、隔开。",
    "录错的一行，在“作废”列选 是，收回时删去；只把行删掉，记录还在。",
    "填好保存、关上，用 generate.py collect 收回：先列出会改什么，加 --accept 才写入。",
)
_TOLD = {
    "问题": "检查发现的问题，一条一行",
    "检查": "各类检查，一次一行",
    "自查": "各单位各期的自查，一份一行",
    "发文": "发文登记（只看，不填）",
    "项目": "挂图作战的项目",
    "征求意见": "对清单征求意见稿的意见",
    "责任人": "每个责任人名下没有办完的（只看，不填）",
    "统计": "全部数字和口径（只看，不填）",
}


def write_guide(book: Workbook, target: Worksheet, at: Standing) -> None:
    """How to fill in, then a link to each sheet with what it is for."""
    title, note, head, body = (
        look(book, wanted) for wanted in (TITLE, NOTE, HEAD, {**BODY, "text_wrap": True})
    )
    link = look(book, {**BODY, "font_color": "#0563C1", "underline": 1})
    set_width(target, 0, 16)
    set_width(target, 1, 84)
    set_height(target, 0, 28)
    put(target, 0, 0, f"{at.year.year}年度台账（截至{long_date(at.day)}）", title)
    for row, words in enumerate(HOW, start=1):
        put(target, row, 0, words, note)
    first = len(HOW) + 2
    for place, words in enumerate(("表", "填什么")):
        put(target, first, place, words, head)
    for row, (name, words) in enumerate(_listed(), start=first + 1):
        target.write_url(row, 0, f"internal:'{name}'!A1", link.plain, name)
        put(target, row, 1, words, body)
    set_up_page(target, None, landscape=False, paper=A4, wide=1, high=0)


def _listed() -> list[tuple[str, str]]:
    looked_at = [*(sheet.name for sheet in SHEETS), *list(_TOLD)[-2:]]
    return [(name, _TOLD[name]) for name in looked_at] + [(sheet.name, _of(sheet)) for sheet in ENTRIES]


def _of(sheet: Sheet) -> str:
    return sheet.table.help.partition("。")[0] if sheet.table else ""
