"""8: tables. The standard leaves their type open; what spoils them in practice is told."""

from __future__ import annotations

from collections.abc import Iterator

from liangqing.base.docx_zip import W
from liangqing.gbt9704.check.paper import ANY, RecognisedPaper
from liangqing.gbt9704.check.rule import Rule, RuleHit
from liangqing.gbt9704.row import Strength
from liangqing.gbt9704.standard import length
from liangqing.gbt9704.word.model import Paragraph

_TEXT_LINE = (540, 600)  # twips: a pitch that is meant for the text
_SMALL = 28  # half-points: type of tables


def _inherited(paper: RecognisedPaper) -> Iterator[RuleHit]:
    """Cells whose lines have the exact pitch of the text: rows are high, and what is larger is cut off."""
    foot = paper.foot_table()
    for table in paper.document.tables:
        if table is foot:
            continue
        found = next((paragraph for paragraph in table.paragraphs if _spoilt(paragraph)), None)
        if found is not None:
            yield RuleHit(found, f"行距固定值{found.line / 20:g}磅", "单倍行距，或与字号相称的行距")


def _spoilt(paragraph: Paragraph) -> bool:
    if paragraph.rule != "exact" or not paragraph.pieces:
        return False
    own = paragraph.direct is not None and paragraph.direct.find(f"{W}spacing") is not None
    cut = paragraph.line < 10 * paragraph.size or _pictured(paragraph)
    return cut or (_TEXT_LINE[0] <= paragraph.line <= _TEXT_LINE[1] and paragraph.size <= _SMALL and not own)


def _pictured(paragraph: Paragraph) -> bool:
    return next(paragraph.element.iter(f"{W}drawing", f"{W}pict"), None) is not None


def _wide(paper: RecognisedPaper) -> Iterator[RuleHit]:
    for table in paper.document.tables:
        section = paper.document.section_of(table)
        columns = [column.get(f"{W}w", "0") for column in table.element.iterfind(f"{W}tblGrid/{W}gridCol")]
        width = sum(int(column) for column in columns if column.isdigit())
        if width > section.text_width + length("版心", "宽").twips * 0.03:
            over = (width - section.text_width) / 1440 * 25.4
            yield RuleHit(table, f"比版心宽{over:.0f} mm", "不超出版心")


RULES = (
    Rule(
        "F901",
        "表格行距",
        "8",
        Strength.PRACTICE,
        judge=_inherited,
        mend="选中表格，“开始→段落→行距”选“单倍行距”",
        formats=ANY,
    ),
    Rule(
        "F902",
        "表格宽",
        "8",
        Strength.PRACTICE,
        judge=_wide,
        mend="“表格工具→布局→自动调整→根据窗口自动调整表格”",
        formats=ANY,
    ),
)
