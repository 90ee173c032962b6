"""9, by reference to GB/T 15834 and 15835: punctuation and figures in the text; sources that are no longer in force."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain

from liangqing.gbt9704.check import patterns as like
from liangqing.gbt9704.check.paper import ANY, RecognisedPaper
from liangqing.gbt9704.check.prose import prose_of
from liangqing.gbt9704.check.rule import Rule, RuleHit
from liangqing.gbt9704.check.rules.sign import date_right, figure, is_day
from liangqing.gbt9704.fonts import face_of
from liangqing.gbt9704.row import Strength
from liangqing.gbt9704.word.model import Paragraph, Piece

_HAN = r"[\u4e00-\u9fff]"
_STRAIGHT = re.compile(rf"(?<={_HAN})[\"']|[\"'](?={_HAN})")
_DOTS = re.compile(r"\.{3,}|。{2,}|·{3,}|(?<!…)…(?!…)")
_DASHES = re.compile(rf"(?<={_HAN})(--+(?![A-Za-z])|―|-(?={_HAN}))")
_BEFORE, _AFTER = r"[\u4e00-\u9fff”’》）〉】％%]", r"\s*(?:[\u4e00-\u9fff“‘《（〈【\"']|$)"
_HALF = re.compile(
    rf"(?<={_BEFORE})[,;:?!](?={_AFTER})|(?<=[0-9A-Za-z])[,;](?=\s*{_HAN})|(?<={_HAN})[:,](?=\s*\d)"
    rf"|(?<={_BEFORE})(?<!\.)\.(?!\.)(?={_AFTER})|(?<={_HAN})\((?={_HAN})|(?<={_HAN})\)"
)
_FULL = dict(zip(",;:?!.()", "，；：？！。（）", strict=True))
_PADDED = re.compile(r"\d{4}年(0\d月|\d{1,2}月0\d日)")
_OF_MONTH = re.compile(r"\d{1,2}月\d{1,2}号(?!楼|线|厅|馆|院|文|令|公告)")
_DAYS = (
    re.compile(r"(?<!\d)(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]"),
    re.compile(r"(?<!\d)(?P<year>\d{4})年(?P<month>\d{1,2})月(?!\d)"),
    re.compile(r"(?<!\d)(?P<month>1[3-9]|[2-9]\d)月份"),
    re.compile(
        r"(?<![A-Za-z0-9./\-])(?P<year>(?:19|20)\d{2})(?P<sign>[./\-])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})(?![A-Za-z0-9./\-])"
    ),
)
_LEAP = 2000  # a day without a year may be of a leap year
_GAPS = re.compile(r"(?<=[\u4e00-\u9fff，。；、”）》])[ \u3000\xa0]{2,}(?=[\u4e00-\u9fff“（《])")
_TO_FILL = re.compile(r"[年月日第号〔]\s*$|^\s*[年月日号〕]")  # 2026年　　月　　日
_QUOTES = set("“”‘’—…")
_REPEALED = {
    "国家行政机关公文处理办法": "《党政机关公文处理工作条例》（2012年）",
    "中国共产党机关公文处理条例": "《党政机关公文处理工作条例》（2012年）",
    "GB/T 9704-1999": "GB/T 9704-2012",
    "GB/T9704-1999": "GB/T 9704-2012",
    "GB/T 9704—1999": "GB/T 9704—2012",
    "国家行政机关公文格式": "《党政机关公文格式》（GB/T 9704-2012）",
}


Found = Callable[[re.Match[str]], tuple[str, str]]


def _found(paper: RecognisedPaper, pattern: re.Pattern[str], said: Found) -> Iterator[RuleHit]:
    """A hit for each match in the prose; `said`: what was found and what should be, the same for the same mistake."""
    for paragraph, prose in paper.prose:
        for match in pattern.finditer(prose):
            yield RuleHit(paragraph, *said(match), example=_around(paragraph, match))


def _around(paragraph: Paragraph, match: re.Match[str]) -> str:
    return paragraph.words[max(match.start() - 3, 0) : match.end() + 3]


def _straight(paper: RecognisedPaper) -> Iterator[RuleHit]:
    yield from _found(paper, _STRAIGHT, lambda match: (f"直引号 {match[0]}", "中文引号“”‘’"))


def _dots(paper: RecognisedPaper) -> Iterator[RuleHit]:
    yield from _found(paper, _DOTS, lambda match: (f"“{match[0]}”", "省略号“……”（六连点）"))


def _dashes(paper: RecognisedPaper) -> Iterator[RuleHit]:
    yield from _found(paper, _DASHES, lambda match: (f"“{match[0]}”", "破折号“——”或一字线“—”"))


def _half_width(paper: RecognisedPaper) -> Iterator[RuleHit]:
    named = {
        id(paragraph)
        for paragraph in (paper.recipients, paper.copies, *paper.annex_note, paper.note)
        if paragraph
    }
    for hit in _found(paper, _HALF, lambda match: (f"半角“{match[0]}”", f"全角“{_FULL[match[0]]}”")):
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
    """What F370 and F406 tell of 成文日期 and the printer's line is not told twice."""
    told = {id(line) for line in (paper.date, paper.printed)}
    for hit in _found(paper, _PADDED, lambda match: ("月、日前有0", "月、日前不加0")):
        if id(hit.at) not in told:
            yield hit


def _number_of_day(paper: RecognisedPaper) -> Iterator[RuleHit]:
    yield from _found(paper, _OF_MONTH, lambda match: ("×月×号", "×月×日"))


def _no_such_day(paper: RecognisedPaper) -> Iterator[RuleHit]:
    """In tables and imprints too."""
    for paragraph, prose in prose_of(paper.document.paragraphs):
        if "月" not in prose and "20" not in prose and "19" not in prose:
            continue
        for match in chain.from_iterable(pattern.finditer(prose) for pattern in _DAYS):
            figures = match.groupdict()
            year, month = int(figures.get("year") or _LEAP), int(figures["month"])
            if not is_day(year, month, int(figures.get("day") or 1)):
                yield RuleHit(paragraph, match[0], "日历上有的日期")
        yield from _no_such_written_day(paragraph, prose)


def _no_such_written_day(paragraph: Paragraph, prose: str) -> Iterator[RuleHit]:
    """A line that is a date in Chinese numerals."""
    found = like.DATE.match(prose)
    if found is not None and not found["month"].isdigit():
        figures = [figure(found[name]) for name in ("year", "month", "day")]
        if None not in figures and date_right(prose) is None:
            yield RuleHit(paragraph, prose, "日历上有的日期")


def _gaps(paper: RecognisedPaper) -> Iterator[RuleHit]:
    """Blanks inside a sentence; lines of names and of blanks to fill in have theirs."""
    text = {id(paragraph) for paragraph in paper.all_text}
    for paragraph, prose in paper.prose:
        if (id(paragraph) in text or not text) and prose.endswith(("。", "；", "！", "？")):
            for match in _GAPS.finditer(prose):
                filled = _TO_FILL.search(prose[: match.start()]) or _TO_FILL.match(prose[match.end() :])
                if not filled:
                    yield RuleHit(
                        paragraph, "句子中间连着几个空格", "不空格", example=_around(paragraph, match)
                    )


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
        "F601",
        "直引号",
        "9、GB/T 15834",
        Strength.GENERAL,
        judge=_straight,
        mend=_REPLACE,
        formats=ANY,
        text=True,
    ),
    Rule(
        "F602",
        "省略号",
        "9、GB/T 15834",
        Strength.GENERAL,
        judge=_dots,
        mend="中文输入法下按 Shift+6",
        formats=ANY,
        text=True,
    ),
    Rule(
        "F603",
        "破折号",
        "9、GB/T 15834",
        Strength.GENERAL,
        judge=_dashes,
        mend="中文输入法下按 Shift+-",
        formats=ANY,
        text=True,
    ),
    Rule(
        "F604",
        "半角标点",
        "9、GB/T 15834",
        Strength.GENERAL,
        judge=_half_width,
        mend=_REPLACE,
        formats=ANY,
        text=True,
    ),
    Rule(
        "F605",
        "引号、破折号的字体",
        "5.2.2",
        Strength.PRACTICE,
        judge=_latin_quotes,
        mend="选中引号，“开始→字体”的西文字体也选仿宋",
        formats=ANY,
        text=True,
        fixed=True,
    ),
    Rule(
        "F606",
        "日期编虚位",
        "9、GB/T 15835",
        Strength.GENERAL,
        judge=_padded,
        mend="删去月、日前的0",
        formats=ANY,
        text=True,
    ),
    Rule(
        "F607",
        "日期写“号”",
        "9、GB/T 15835",
        Strength.PRACTICE,
        judge=_number_of_day,
        mend="“号”改“日”",
        formats=ANY,
        text=True,
    ),
    Rule(
        "F608",
        "已废止的依据",
        "公文处理条例42",
        Strength.GENERAL,
        judge=_repealed,
        mend="改引现行的文件",
        formats=ANY,
        text=True,
    ),
    Rule(
        "F609",
        "主题字体盖过字体",
        "5.2.2",
        Strength.PRACTICE,
        judge=_theme,
        mend="选中文字按 Ctrl+Shift+Z，再在“开始→字体”里选名称不带“（中文正文）”的字体",
        formats=ANY,
        text=True,
        fixed=True,
    ),
    Rule(
        "F610",
        "没有这一天",
        "9、GB/T 15835",
        Strength.GENERAL,
        judge=_no_such_day,
        mend="核对原件，改成真实的日期",
        formats=ANY,
        text=True,
    ),
    Rule(
        "F611",
        "句中空格",
        "9",
        Strength.PRACTICE,
        judge=_gaps,
        mend="删去句子中间多余的空格",
        formats=ANY,
        text=True,
    ),
)
