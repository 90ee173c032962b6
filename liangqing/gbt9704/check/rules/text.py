"""9, by reference to GB/T 15834 and 15835: punctuation and figures in the text; sources that are no longer in force."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liangqing.gbt9704.check.paper import OFFICIAL, OTHER, RecognisedPaper
from liangqing.gbt9704.check.rule import Rule, RuleHit
from liangqing.gbt9704.fonts import face_of
from liangqing.gbt9704.row import Strength
from liangqing.gbt9704.word.model import Piece

_WRITTEN = OFFICIAL | {OTHER}
_HAN = r"[\u4e00-\u9fff]"
_STRAIGHT = re.compile(rf"(?<={_HAN})[\"']|[\"'](?={_HAN})")
_DOTS = re.compile(r"\.{3,}|。{2,}|(?<!…)…(?!…)")
_DASHES = re.compile(rf"(?<={_HAN})(--+|―|-(?={_HAN}))")
_HALF = re.compile(rf"(?<={_HAN})[,;:?!](?=\s*{_HAN}|$)|(?<={_HAN})\((?={_HAN})|(?<={_HAN})\)")
_PADDED = re.compile(r"\d{4}年(0\d月|\d{1,2}月0\d日)")
_OF_MONTH = re.compile(r"\d{1,2}月\d{1,2}号(?!楼|线|厅|馆|院|文|令|公告)")
_QUOTES = set("“”‘’—…")
_REPEALED = {
    "国家行政机关公文处理办法": "《党政机关公文处理工作条例》（2012年）",
    "中国共产党机关公文处理条例": "《党政机关公文处理工作条例》（2012年）",
    "GB/T 9704-1999": "GB/T 9704-2012",
    "GB/T9704-1999": "GB/T 9704-2012",
    "GB/T 9704—1999": "GB/T 9704—2012",
    "国家行政机关公文格式": "《党政机关公文格式》（GB/T 9704-2012）",
}


def _found(paper: RecognisedPaper, pattern: re.Pattern[str], expected: str) -> Iterator[RuleHit]:
    for paragraph in paper.text:
        found = pattern.search(paragraph.words)
        if found is not None:
            around = paragraph.words[max(found.start() - 3, 0) : found.end() + 3]
            yield RuleHit(paragraph, around, expected)


def _straight(paper: RecognisedPaper) -> Iterator[RuleHit]:
    yield from _found(paper, _STRAIGHT, "中文引号“”‘’")


def _dots(paper: RecognisedPaper) -> Iterator[RuleHit]:
    yield from _found(paper, _DOTS, "省略号“……”（六连点）")


def _dashes(paper: RecognisedPaper) -> Iterator[RuleHit]:
    yield from _found(paper, _DASHES, "破折号“——”或一字线“—”")


def _half_width(paper: RecognisedPaper) -> Iterator[RuleHit]:
    named = {
        id(paragraph)
        for paragraph in (paper.recipients, paper.copies, *paper.annex_note, paper.note)
        if paragraph
    }
    for hit in _found(paper, _HALF, "全角标点"):
        if id(hit.at) not in named:
            yield hit


def _latin_quotes(paper: RecognisedPaper) -> Iterator[RuleHit]:
    for paragraph in paper.text:
        found = next(
            (piece for piece in paragraph.pieces if _falls(piece.text, piece.slot, piece.face.name)), None
        )
        if found is not None:
            name = found.face.name or "Times New Roman"
            yield RuleHit(paragraph, f"引号、破折号、省略号落到西文字体 {name}", "用中文字体，占一个字的宽")


def _falls(text: str, slot: str, name: str) -> bool:
    return slot == "hAnsi" and bool(_QUOTES & set(text)) and face_of(name) is None


def _padded(paper: RecognisedPaper) -> Iterator[RuleHit]:
    yield from _found(paper, _PADDED, "月、日前不加0")


def _number_of_day(paper: RecognisedPaper) -> Iterator[RuleHit]:
    yield from _found(paper, _OF_MONTH, "×月×日")


def _repealed(paper: RecognisedPaper) -> Iterator[RuleHit]:
    for paragraph in paper.document.paragraphs:
        for name, now in _REPEALED.items():
            if name in paragraph.words:
                yield RuleHit(paragraph, f"{name}（已废止）", now)
                break


def _theme(paper: RecognisedPaper) -> Iterator[RuleHit]:
    """Where the class of type that is named is not the one that is applied."""
    for paragraph in paper.document.paragraphs:
        found = next((piece for piece in paragraph.pieces if _overridden(piece)), None)
        if found is not None:
            applied = found.face.name or "（空）"
            yield RuleHit(paragraph, f"写明{found.face.over}，实际是主题字体{applied}", "去掉主题字体")


def _overridden(piece: Piece) -> bool:
    named = face_of(piece.face.over)
    return piece.face.theme and named is not None and named != face_of(piece.face.name)


_REPLACE = "“开始→替换”（Ctrl+H）逐处改"
RULES = (
    Rule(
        "F601", "直引号", "9、GB/T 15834", Strength.GENERAL, judge=_straight, mend=_REPLACE, formats=_WRITTEN
    ),
    Rule(
        "F602",
        "省略号",
        "9、GB/T 15834",
        Strength.GENERAL,
        judge=_dots,
        mend="中文输入法下按 Shift+6",
        formats=_WRITTEN,
    ),
    Rule(
        "F603",
        "破折号",
        "9、GB/T 15834",
        Strength.GENERAL,
        judge=_dashes,
        mend="中文输入法下按 Shift+-",
        formats=_WRITTEN,
    ),
    Rule(
        "F604",
        "半角标点",
        "9、GB/T 15834",
        Strength.GENERAL,
        judge=_half_width,
        mend=_REPLACE,
        formats=_WRITTEN,
    ),
    Rule(
        "F605",
        "引号、破折号的字体",
        "5.2.2",
        Strength.PRACTICE,
        judge=_latin_quotes,
        mend="选中引号，“开始→字体”的西文字体也选仿宋",
        formats=_WRITTEN,
        fixed=True,
    ),
    Rule(
        "F606",
        "日期编虚位",
        "9、GB/T 15835",
        Strength.GENERAL,
        judge=_padded,
        mend="删去月、日前的0",
        formats=_WRITTEN,
    ),
    Rule(
        "F607",
        "日期写“号”",
        "9、GB/T 15835",
        Strength.PRACTICE,
        judge=_number_of_day,
        mend="“号”改“日”",
        formats=_WRITTEN,
    ),
    Rule(
        "F608",
        "已废止的依据",
        "公文处理条例42",
        Strength.GENERAL,
        judge=_repealed,
        mend="改引现行的文件",
        formats=_WRITTEN,
    ),
    Rule(
        "F609",
        "主题字体盖过字体",
        "5.2.2",
        Strength.PRACTICE,
        judge=_theme,
        mend="选中文字按 Ctrl+Shift+Z，再在“开始→字体”里选名称不带“（中文正文）”的字体",
        formats=_WRITTEN,
        fixed=True,
    ),
)
