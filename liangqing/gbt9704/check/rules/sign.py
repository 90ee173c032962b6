"""7.3.5 and 7.3.6: signature, date and note."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from liangqing.base.chinese import character_width
from liangqing.gbt9704.check import patterns as like
from liangqing.gbt9704.check.blanks import edges, white_before
from liangqing.gbt9704.check.letters import wrong_faces, wrong_sizes
from liangqing.gbt9704.check.paper import FILE, LETTER, OFFICIAL, ORDER, PLAIN, RecognisedPaper
from liangqing.gbt9704.check.rule import Rule, RuleHit, by
from liangqing.gbt9704.row import Strength
from liangqing.gbt9704.signature import indents
from liangqing.gbt9704.standard import face, number, size
from liangqing.gbt9704.word.model import BOX, FRAME, Paragraph

_SIGNED = frozenset({FILE, LETTER, PLAIN})
_NEAR = 0.6  # characters: spacing between Chinese and digits, tightening
_SEVERAL = re.compile(r"\S[ \u3000]{2,}\S")  # names of a joint paper beside one another
_FULL_NAME = 27.5  # a longer name fills the line, and then has no place of its own


def date_right(words: str) -> str | None:
    """The date as it should be written, or None where its figures cannot be read."""
    found = like.DATE.match(words)
    if found is None:
        return None
    year, month, day = (figure(found[name]) for name in ("year", "month", "day"))
    if year is None or month is None or day is None:
        return None
    year = year if year > 99 else 2000 + year
    return f"{year}年{month}月{day}日" if is_day(year, month, day) else None


def is_day(year: int, month: int, day: int) -> bool:
    """Whether the calendar has this day."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def figure(text: str) -> int | None:
    """A year, month or day in figures or Chinese numerals; None for what is no number."""
    if text.isdigit():
        return int(text)
    digits = {digit: index for index, digit in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0, "O": 0}
    if len(text) == 4 and all(character in digits for character in text):
        return int("".join(str(digits[character]) for character in text))
    return like.value_of(text)


def _date_form(paper: RecognisedPaper) -> Iterator[RuleHit]:
    """Blanks between figures and 年 do not make a date wrong."""
    date_line = paper.date
    words = "".join(paper.date_words.split())
    if date_line is None or like.DATE_RIGHT.match(words) or not like.DATE.match(words):
        return
    yield RuleHit(date_line, words, date_right(words) or "如 2026年7月1日")


def _unsigned(paper: RecognisedPaper) -> Iterator[RuleHit]:
    """A date over which no organ is named; one in a box or table may bear the name there."""
    day = paper.date
    if day is None or paper.signatures or not like.DATE.match(day.words) or day.spot is not None:
        return
    position = paper.position(day) or 0
    above = next((block for block in reversed(paper.document.flow[:position]) if block.words), None)
    foot = {id(line) for line in paper.foot}
    boxed = any(
        line.where in (BOX, FRAME) and id(line) not in foot and _names(line)
        for line in paper.document.paragraphs
    )
    if isinstance(above, Paragraph) and not boxed:
        yield RuleHit(day, "成文日期上面没有署名", "成文日期的上一行署发文机关全称或者规范化简称")


def _names(line: Paragraph) -> bool:
    """Whether a line in a box may be a signature: none of a head or imprint."""
    return 3 <= len(line.words) <= 30 and line.size <= 36 and not like.COPIES.match(line.words)


def _geometry(paper: RecognisedPaper) -> Iterator[RuleHit]:
    signature, day_line = paper.signature, paper.date
    if signature is None or day_line is None or signature is day_line or signature.spot is not None:
        return
    width = paper.document.section_of(day_line).text_width
    signature = max(
        paper.signatures, key=lambda line: character_width(line.words)
    )  # the others begin with it
    name, day = edges(signature, width), edges(day_line, width)
    full = character_width(signature.words) > _FULL_NAME or _SEVERAL.search(signature.words)
    if name is None or day is None or full:
        return
    for sealed in (True, False):
        wanted = indents(signature.words, day_line.words, sealed=sealed)
        if abs(wanted.date - day[1]) <= _NEAR and abs(wanted.signature - name[1]) <= _NEAR:
            return
    yield RuleHit(
        signature,
        f"署名右空{name[1]:.1f}字，成文日期右空{day[1]:.1f}字",
        "；".join(_wanted(signature.words, day_line.words, sealed) for sealed in (True, False)),
    )


def _wanted(name: str, day: str, sealed: bool) -> str:
    found = indents(name, day, sealed=sealed)
    return f"{'盖章' if sealed else '不盖章'}的署名右空{found.signature:g}字、日期右空{found.date:g}字"


def _aligned(paper: RecognisedPaper) -> Iterator[RuleHit]:
    """Neither way of signing has the lines in the middle or at the left."""
    for line in filter(None, (*paper.signatures, paper.date)):
        width = paper.document.section_of(line).text_width
        white = edges(line, width)
        if white is None or character_width(line.words) > _FULL_NAME or _SEVERAL.search(line.words):
            continue
        left, right = white
        if right - left > 1:
            yield RuleHit(line, "居左" if left < 3 else "偏左", "在右边，按署名和成文日期的规则右空")
        elif abs(left - right) <= 1 and line.align == "center" and character_width(line.words) < 18:
            yield RuleHit(line, "居中", "在右边，按署名和成文日期的规则右空")


def _blank(paper: RecognisedPaper) -> Iterator[RuleHit]:
    if not paper.signatures:
        return
    first = paper.signatures[0]
    found = paper.blank_above(first)
    if found is not None and found < 0.5:
        yield RuleHit(first, "上面没有空行", f"不盖章的空{number('署名', '上空'):g}行，盖章的空2—3行")
    elif found is not None and found > 4.4:
        yield RuleHit(first, f"上面空{found:.0f}行", "不盖章的空1行，盖章的空2—3行（印章顶端距正文一行之内）")


def _no_text(paper: RecognisedPaper) -> Iterator[RuleHit]:
    for paragraph in paper.text:
        if "此页无正文" in paragraph.words:
            yield RuleHit(paragraph, paragraph.words, "调整行距、字距，使印章和成文日期与正文同处一面")
            return
    text = [*paper.body, *paper.annex_note]
    if text and paper.signature is not None and paper.page_ends_between(text[-1], paper.signature):
        yield RuleHit(paper.signature, "署名、日期另起一面，这一面没有正文", "与正文同处一面")


def _letters(paper: RecognisedPaper) -> Iterator[RuleHit]:
    """The name under an order stands for the stamp of a signature (7.3.5.3), in whatever hand."""
    names = () if paper.format == ORDER else paper.signatures
    lines = [line for line in (*names, paper.date, paper.note) if line is not None]
    yield from wrong_faces([(line, 0, None) for line in lines], face("署名"))


def _sizes(paper: RecognisedPaper) -> Iterator[RuleHit]:
    yield from wrong_sizes(
        [line for line in (*paper.signatures, paper.date, paper.note) if line], size("署名")
    )


def _note_brackets(paper: RecognisedPaper) -> Iterator[RuleHit]:
    note = paper.note
    if note is not None and not like.NOTE.match(note.words):
        yield RuleHit(note, "没有圆括号", "加全角圆括号（），如（此件公开发布）")
    elif note is not None and ("(" in note.words[:1] or ")" in note.words[-1:]):
        yield RuleHit(note, "半角括号", "全角圆括号（）")


def _note_indent(paper: RecognisedPaper) -> Iterator[RuleHit]:
    note = paper.note
    if note is None:
        return
    found = white_before(note)
    if abs(found - number("附注", "左空")) > 0.3 or note.align in ("center", "right"):
        yield RuleHit(note, f"左空{found:.1f}字", "左空2字")


RULES = (
    Rule(
        "F370",
        "成文日期写法",
        *by("成文日期", "写法"),
        judge=_date_form,
        mend="改成阿拉伯数字，年份四位，月、日前不加0",
        fixed=True,
    ),
    Rule(
        "F371",
        "署名和成文日期位置",
        *by("成文日期", "盖章右空"),
        judge=_geometry,
        mend="“开始→段落”：右对齐，再设“缩进→右侧”的字符数",
        formats=_SIGNED,
    ),
    Rule(
        "F372",
        "署名、日期居右",
        *by("署名", "右空"),
        judge=_aligned,
        mend="“开始→段落”：对齐方式选“右对齐”，再设右侧缩进",
        formats=_SIGNED,
    ),
    Rule(
        "F373",
        "署名上空",
        *by("署名", "上空"),
        judge=_blank,
        mend="在正文（附件说明）和署名之间加空行",
        formats=_SIGNED,
    ),
    Rule(
        "F374",
        "此页无正文",
        "7.3.5.5",
        Strength.MUST,
        judge=_no_text,
        mend="删去“（此页无正文）”和前面的分页，调整行距或字距",
        formats=OFFICIAL - {ORDER},
    ),
    Rule(
        "F375",
        "署名、日期、附注字体",
        *by("全文", "字体"),
        judge=_letters,
        mend="“开始→字体”选仿宋",
        fixed=True,
    ),
    Rule(
        "F376",
        "署名、日期、附注字号",
        *by("全文", "字号"),
        judge=_sizes,
        mend="“开始→字号”选三号",
        fixed=True,
    ),
    Rule(
        "F379",
        "没有署名",
        "7.3.5",
        Strength.GENERAL,
        judge=_unsigned,
        mend="在成文日期的上一行写发文机关署名",
        formats=_SIGNED,
    ),
    Rule("F377", "附注括号", *by("附注", "括号"), judge=_note_brackets, mend="改成全角圆括号"),
    Rule(
        "F378",
        "附注缩进",
        *by("附注", "左空"),
        judge=_note_indent,
        mend="“开始→段落→特殊格式”选“首行”，2字符",
    ),
)
