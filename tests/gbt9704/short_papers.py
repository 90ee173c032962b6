"""Short papers of a few lines, each line set in one of a handful of ways, and what is recognised in them."""

from __future__ import annotations

from raw_docx import docx, p

from liangqing.gbt9704.check.corrections import NOTHING, Corrections
from liangqing.gbt9704.check.judge import Report, check

FACE = "<w:rFonts w:ascii='{0}' w:hAnsi='{0}' w:eastAsia='{0}'/>"
FANG, HEI, BIAO = (FACE.format(name) for name in ("仿宋_GB2312", "黑体", "方正小标宋简体"))
RED = "<w:color w:val='FF0000'/>"
CENTRE, RIGHT, FIRST = "<w:jc w:val='center'/>", "<w:jc w:val='right'/>", "<w:ind w:firstLine='640'/>"
# How a line is set: its paragraph, and its run. Sizes are half-points.
LOOKS = {
    "mark": (CENTRE, f"{BIAO}{RED}<w:sz w:val='80'/>"),
    "joint": (CENTRE, f"{BIAO}{RED}<w:sz w:val='56'/>"),
    "black": (CENTRE, f"{BIAO}<w:sz w:val='80'/>"),
    "title": (CENTRE, f"{BIAO}<w:sz w:val='44'/>"),
    "red title": (CENTRE, f"{BIAO}{RED}<w:sz w:val='44'/>"),
    "hei title": (CENTRE, f"{HEI}<w:sz w:val='32'/>"),
    "left title": ("", f"{HEI}<w:sz w:val='32'/>"),
    "centre": (CENTRE, f"{FANG}<w:sz w:val='32'/>"),
    "red": (CENTRE, f"{FANG}{RED}<w:sz w:val='32'/>"),
    "left": ("", f"{FANG}<w:sz w:val='32'/>"),
    "text": (FIRST, f"{FANG}<w:sz w:val='32'/>"),
    "hei": (FIRST, f"{HEI}<w:sz w:val='32'/>"),
    "bold": (FIRST, f"{FANG}<w:b/><w:sz w:val='32'/>"),
    "right": (RIGHT, f"{FANG}<w:sz w:val='32'/>"),
}
PAGE = "<w:sectPr><w:pgSz w:w='11906' w:h='16838'/><w:pgMar w:top='2098' w:bottom='1984' w:left='{0}' w:right='{0}'/></w:sectPr>"
Lines = tuple[str, ...]
BODY = "text 根据有关规定，现将示例事项的办理情况写明，请结合实际认真办理，有问题的及时联系。"
SIGNED = ("right 示例市生态环境局", "right 2026年1月5日")


def line(words: str, more: str = "") -> str:
    """A paragraph: the look, a blank, and its text, broken where `<w:br/>` stands; `more` are properties of it."""
    look = next(name for name in sorted(LOOKS, key=len, reverse=True) if words.startswith(f"{name} "))
    properties, run = LOOKS[look]
    text = words.removeprefix(f"{look} ").replace("<w:br/>", "</w:t><w:br/><w:t>")
    return p(text, f"{more}{properties}", run)


def table(*rows: Lines, borders: str = "") -> str:
    """A table; a cell is lines joined by `|`."""
    made = "".join(
        "<w:tr>" + "".join(f"<w:tc>{''.join(map(line, cell.split('|')))}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr>{made}</w:tbl>"


def made(*parts: str, margin: int = 1531) -> bytes:
    """A file of lines as for `line`, or of Open XML as it stands; `margin` at both sides in twips."""
    body = "".join(part if part.startswith("<") else line(part) for part in parts)
    return docx(body + PAGE.format(margin))


def report(*parts: str, margin: int = 1531, by_hand: Corrections = NOTHING) -> Report:
    """Such a file, judged."""
    return check(made(*parts, margin=margin), "甲.docx", by_hand=by_hand)
