"""7.3.1 to 7.3.3: title, 主送 and text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, pairwise

from liangqing.base.chinese import character_width
from liangqing.base.title_lines import torn_word
from liangqing.gbt9704.check.blanks import blanks_before, in_the_middle, white_before
from liangqing.gbt9704.check.letters import lead_end, said, wrong_faces, wrong_sizes
from liangqing.gbt9704.check.paper import ANNEX, FILE, LETTER, MINUTES, OFFICIAL, ORDER, RecognisedPaper
from liangqing.gbt9704.check.rule import Rule, RuleHit, by
from liangqing.gbt9704.row import Strength
from liangqing.gbt9704.standard import STANDARD, face, number, size
from liangqing.gbt9704.units import characters
from liangqing.gbt9704.word.model import Paragraph

_TITLED = OFFICIAL - {ORDER}
_HALF_POINT = 10  # twips
_LATIN = re.compile("[0-9A-Za-z]")
_LONELY = 2  # characters
_LINE = 28  # characters
_STOPS = tuple("。！？；：…”")
_TEXT = OFFICIAL | {ANNEX}
_ADDRESSED = OFFICIAL - {ORDER, MINUTES}


def _title_face(paper: RecognisedPaper) -> Iterator[RuleHit]:
    yield from wrong_faces([(line, 0, None) for line in paper.title], face("标题"))


def _title_bold(paper: RecognisedPaper) -> Iterator[RuleHit]:
    for line in paper.title:
        bold = next((piece for piece in line.pieces if piece.bold and piece.text.strip()), None)
        if bold is not None:
            yield RuleHit(line, said(bold), "不加粗（小标宋体本身就粗）")


def _title_size(paper: RecognisedPaper) -> Iterator[RuleHit]:
    yield from wrong_sizes(paper.title, size("标题"))


def _title_align(paper: RecognisedPaper) -> Iterator[RuleHit]:
    for line in paper.title:
        middle = in_the_middle(line, paper.document.section_of(line).text_width)
        if line.align != "center" and not middle:
            yield RuleHit(line, {"right": "居右"}.get(line.align, "居左"), "居中")
            return


def _title_blank(paper: RecognisedPaper) -> Iterator[RuleHit]:
    if not paper.title or paper.format not in (FILE, LETTER):
        return
    wanted, found = number("标题", "上空"), paper.blank_above(paper.title[0])
    if paper.format == LETTER:  # two lines below the last element above it (10.1)
        wanted += paper.beside_number
    if (
        found is not None
        and paper.number is not None
        and paper.number.spot is None
        and abs(found - wanted) > 0.6
    ):
        yield RuleHit(paper.title[0], f"上面空{found:.1f}行", f"空{wanted:g}行")


def _title_stop(paper: RecognisedPaper) -> Iterator[RuleHit]:
    if paper.title and paper.title_text.endswith(tuple("。，；、！？.,;!?：:")):
        yield RuleHit(paper.title[-1], f"末尾有“{paper.title_text[-1]}”", "标题末尾不加标点")


def _lines_of(paper: RecognisedPaper) -> list[tuple[Paragraph, str]]:
    """The lines of the title as they are broken by hand."""
    return [
        (paragraph, line.strip(" \u3000"))
        for paragraph in paper.title
        for line in re.split(r"[\n\v]", paragraph.words)
        if line.strip()
    ]


def _title_break(paper: RecognisedPaper) -> Iterator[RuleHit]:
    lines = [(at, line) for at, written in _lines_of(paper) for line in _as_set(paper, at, written)]
    text, place = "".join(line for _, line in lines), 0
    ends = set(accumulate(len(line) for _, line in _lines_of(paper)))
    for (_, above), (at, below) in pairwise(lines):
        place += len(above)
        by_hand = place in ends
        torn, found = torn_word(text, place), f"{above[-4:]}／{below[:4]}"
        if torn and (by_hand or not _LATIN.search(text)):  # where Latin text ends in a line, its font says
            yield RuleHit(at, found, f"回行不断开“{torn}”")
            return
        if below.startswith("的"):
            yield RuleHit(at, found, "“的”不排在行首")
            return
        if character_width(below) <= _LONELY:
            yield RuleHit(at, found, "一行不止一两个字")
            return


def _as_set(paper: RecognisedPaper, at: Paragraph, line: str) -> Iterator[str]:
    """A line of a title as Word sets it: one that is too long goes on in the next where it is full."""
    room = (paper.document.section_of(at).text_width - at.left - at.right) / (at.size * _HALF_POINT)
    begin = 0
    for end in range(1, len(line) + 1):
        if character_width(line[begin:end]) > room:
            yield line[begin : end - 1]
            begin = end - 1
    yield line[begin:]


def _title_shape(paper: RecognisedPaper) -> Iterator[RuleHit]:
    lines = _lines_of(paper)
    widths = [character_width(line) for _, line in lines]
    if len(widths) < 2:
        return
    steps = [second - first for first, second in pairwise(widths)]
    if not any(steps):
        yield RuleHit(
            lines[0][0], f"{len(widths)}行一样长（每行{widths[0]:g}字）", "梯形或菱形，各行长短错开"
        )
    elif any(first < 0 < second for first, second in pairwise(steps)):
        yield RuleHit(lines[0][0], "中间短两头长（沙漏形）", "梯形或菱形")


def _two_kinds(paper: RecognisedPaper) -> Iterator[RuleHit]:
    if re.search(r"请示报告(（.*）)?$", paper.title_text):
        yield RuleHit(paper.title[-1], "请示报告", "请示和报告是两个文种：要批复的用“请示”，不要的用“报告”")


def _asks_in_report(paper: RecognisedPaper) -> Iterator[RuleHit]:
    if not paper.title_text.endswith("报告"):
        return
    for paragraph in paper.body:
        if re.search(
            r"(妥否|当否|可否|是否可行)[，,]?\s*请|请(予)?(批复|批准|批示|审批)|特此请示", paragraph.words
        ):
            yield RuleHit(paragraph, paragraph.words[:20], "报告不得夹带请示事项，另写请示")
            return


def _one_matter(paper: RecognisedPaper) -> Iterator[RuleHit]:
    several = r"关于.+(和|及|以及|并)关于.+请示$|等[\d一二三四五六七八九十]*(个|项)?(事项|问题)的请示$"
    if re.search(several, paper.title_text):
        yield RuleHit(paper.title[-1], paper.title_text, "请示一文一事")


def _asks_many(paper: RecognisedPaper) -> Iterator[RuleHit]:
    names = paper.recipients.words.rstrip("：:") if paper.recipients is not None else ""
    if paper.title_text.endswith("请示") and re.search("[、，,]", names):
        assert paper.recipients is not None
        yield RuleHit(paper.recipients, names, "请示只写一个主送机关，需要同时送的用抄送")


def _recipient_place(paper: RecognisedPaper) -> Iterator[RuleHit]:
    recipients = paper.recipients
    if recipients is None:
        return
    found = (recipients.left + max(recipients.first, 0.0)) / recipients.character
    found += blanks_before(recipients.text)
    if recipients.align in ("center", "right"):
        yield RuleHit(recipients, {"center": "居中", "right": "居右"}[recipients.align], "居左顶格")
    elif not STANDARD["主送机关", "左空"].fits(characters(round(found, 2))):
        yield RuleHit(recipients, f"左空{found:.1f}字", "居左顶格")


def _recipient_colon(paper: RecognisedPaper) -> Iterator[RuleHit]:
    recipients = next((line for line in reversed((paper.recipients, *paper.recipients_below)) if line), None)
    if recipients is not None and not recipients.words.endswith("："):
        half = recipients.words.endswith(":")
        yield RuleHit(recipients, "半角冒号“:”" if half else "没有冒号", "末尾用全角冒号“：”")


def _recipient_blank(paper: RecognisedPaper) -> Iterator[RuleHit]:
    if paper.recipients is None or not paper.title:
        return
    wanted, found = number("主送机关", "上空"), paper.blank_above(paper.recipients)
    if found is not None and abs(found - wanted) > 0.6:
        yield RuleHit(paper.recipients, f"上面空{found:.1f}行", f"标题下空{wanted:g}行")


def _recipient_letters(paper: RecognisedPaper) -> Iterator[RuleHit]:
    if paper.recipients is not None:
        yield from wrong_faces([(paper.recipients, 0, None)], face("主送机关"))


def _plain(paper: RecognisedPaper) -> Iterator[Paragraph]:
    """The paragraphs of the text that bear no numeral."""
    headings = {id(heading.paragraph) for heading in paper.all_headings}
    attendance = re.compile("^(出席|请假|列席)")
    for paragraph in paper.all_text:
        if (
            id(paragraph) not in headings
            and paragraph.align not in ("center", "right")
            and not attendance.match(paragraph.words)
        ):
            yield paragraph


def _body_face(paper: RecognisedPaper) -> Iterator[RuleHit]:
    yield from wrong_faces(
        [(paragraph, lead_end(paragraph), None) for paragraph in _plain(paper)], face("正文")
    )


def _body_size(paper: RecognisedPaper) -> Iterator[RuleHit]:
    every = [*paper.all_text, *([paper.recipients] if paper.recipients is not None else [])]
    yield from wrong_sizes(every, size("正文"))


def _indent(paper: RecognisedPaper) -> Iterator[RuleHit]:
    wanted = number("正文", "首行缩进")
    numbered = [heading.paragraph for heading in paper.all_headings]
    for paragraph in (*filter(_is_sentence, _plain(paper)), *numbered):
        found = white_before(paragraph)
        right = abs(found - wanted) <= 0.3
        if "\t" in paragraph.text[:2] or (right and blanks_before(paragraph.text)):
            continue
        if not right:
            yield RuleHit(paragraph, f"首行空{found:.1f}字", f"左空{wanted:g}字，回行顶格")
        elif paragraph.first > 0 and paragraph.left > 0.2 * paragraph.character:
            yield RuleHit(paragraph, f"回行左空{paragraph.left / paragraph.character:.1f}字", "回行顶格")
    yield from _moved(paper)


def _moved(paper: RecognisedPaper) -> Iterator[RuleHit]:
    """Text of more than a line that is set in the middle or at the right."""
    for paragraph in paper.body:
        words, align = paragraph.words, {"center": "居中", "right": "居右"}.get(paragraph.align)
        if align and words.endswith(_STOPS) and character_width(words) > _LINE:
            yield RuleHit(
                paragraph, align, "首行左空2字，回行顶格", "“开始→段落”：对齐方式选“两端对齐”，首行缩进2字符"
            )


def _is_sentence(paragraph: Paragraph) -> bool:
    """Whether a line is surely text: it stops like a sentence, or is longer than a line. Others may be lists or names."""
    words = paragraph.words
    return words.endswith(_STOPS) or character_width(words) > _LINE


def _spaces(paper: RecognisedPaper) -> Iterator[RuleHit]:
    for paragraph in paper.body:
        if re.match(r"^[ \u3000\xa0]{2,}", paragraph.text) and paragraph.align not in ("center", "right"):
            yield RuleHit(paragraph, "用空格缩进", "首行缩进2字符")


def _first_page(paper: RecognisedPaper) -> Iterator[RuleHit]:
    if not paper.body or paper.format == MINUTES:
        return
    before = next(
        (line for line in (paper.recipients, *paper.title[-1:], paper.number) if line is not None), None
    )
    if before is not None and paper.page_ends_between(before, paper.body[0]):
        yield RuleHit(paper.body[0], "首页没有正文", "公文首页必须显示正文")
        return
    if paper.recipients is not None and not paper.page_ends_between(paper.recipients, paper.body[0]):
        lines = character_width(paper.recipients.words) / 28
        if lines > 14:
            yield RuleHit(
                paper.recipients,
                f"主送机关约{lines:.0f}行，首页排不下正文",
                "把主送机关移到版记，写在抄送上一行",
            )


_CENTRE = "选中标题，按 Ctrl+E 居中"
RULES = (
    Rule(
        "F301",
        "标题字体",
        *by("标题", "字体"),
        judge=_title_face,
        mend="选中标题，“开始→字体”选方正小标宋简体，没有的选华文中宋",
        formats=_TITLED,
        fixed=True,
    ),
    Rule(
        "F302",
        "标题加粗",
        "7.3.1",
        Strength.PRACTICE,
        judge=_title_bold,
        mend="选中标题，按 Ctrl+B 去掉加粗",
        formats=_TITLED,
    ),
    Rule(
        "F303",
        "标题字号",
        *by("标题", "字号"),
        judge=_title_size,
        mend="“开始→字号”选二号",
        formats=_TITLED,
        fixed=True,
    ),
    Rule("F304", "标题居中", *by("标题", "对齐"), judge=_title_align, mend=_CENTRE, formats=_TITLED),
    Rule(
        "F305",
        "标题上空",
        *by("标题", "上空"),
        judge=_title_blank,
        mend="在红线（信函是上面的要素）和标题之间空两行",
        formats=_TITLED,
    ),
    Rule(
        "F306",
        "标题末尾标点",
        "7.3.1",
        Strength.PRACTICE,
        judge=_title_stop,
        mend="删去标题末尾的标点",
        formats=_TITLED,
    ),
    Rule(
        "F307",
        "标题回行",
        "7.3.1",
        Strength.MUST,
        judge=_title_break,
        mend="在词的前面按 Shift+Enter 换行，不拆开词，“的”留在上一行",
        formats=_TITLED,
    ),
    Rule(
        "F308",
        "标题排列",
        "7.3.1",
        Strength.MUST,
        judge=_title_shape,
        mend="用 Shift+Enter 另选回行的地方，排成梯形或菱形",
        formats=_TITLED,
    ),
    Rule(
        "F309",
        "请示报告",
        "公文处理条例8",
        Strength.GENERAL,
        judge=_two_kinds,
        mend="改用一个文种",
        formats=_TITLED,
    ),
    Rule(
        "F310",
        "报告夹带请示",
        "公文处理条例15(4)",
        Strength.GENERAL,
        judge=_asks_in_report,
        mend="请示事项另行文",
        formats=_TITLED,
    ),
    Rule(
        "F311",
        "一文一事",
        "公文处理条例15(4)",
        Strength.GENERAL,
        judge=_one_matter,
        mend="分成几件请示",
        formats=_TITLED,
    ),
    Rule(
        "F312",
        "请示的主送机关",
        "公文处理条例15(1)",
        Strength.GENERAL,
        judge=_asks_many,
        mend="只留一个主送机关",
        formats=_ADDRESSED,
    ),
    Rule(
        "F313",
        "主送机关位置",
        *by("主送机关", "左空"),
        judge=_recipient_place,
        mend="“开始→段落”：左对齐，缩进和首行缩进都为0",
        formats=_ADDRESSED,
    ),
    Rule(
        "F314",
        "主送机关冒号",
        *by("主送机关", "末尾"),
        judge=_recipient_colon,
        mend="末尾改成全角冒号",
        formats=_ADDRESSED,
    ),
    Rule(
        "F315",
        "主送机关上空",
        *by("主送机关", "上空"),
        judge=_recipient_blank,
        mend="标题和主送机关之间空一行",
        formats=_ADDRESSED,
    ),
    Rule(
        "F316",
        "主送机关字体",
        *by("全文", "字体"),
        judge=_recipient_letters,
        mend="“开始→字体”选仿宋",
        formats=_ADDRESSED,
        fixed=True,
    ),
    Rule(
        "F317",
        "正文字体",
        *by("全文", "字体"),
        judge=_body_face,
        mend="选中正文，“开始→字体”选仿宋",
        formats=_TEXT,
        fixed=True,
    ),
    Rule(
        "F318",
        "正文字号",
        *by("全文", "字号"),
        judge=_body_size,
        mend="选中正文，“开始→字号”选三号",
        formats=_TEXT,
        fixed=True,
    ),
    Rule(
        "F319",
        "首行缩进",
        *by("正文", "首行缩进"),
        judge=_indent,
        mend="“开始→段落→特殊格式”选“首行”，2字符；缩进左右为0",
    ),
    Rule(
        "F320",
        "用空格缩进",
        "7.3.3",
        Strength.PRACTICE,
        judge=_spaces,
        mend="删去行首空格，“开始→段落→特殊格式”选“首行”，2字符",
    ),
    Rule(
        "F321",
        "首页正文",
        "7.3.3",
        Strength.MUST,
        judge=_first_page,
        mend="删去正文前的分页，或压缩前面的空行、移走过多的主送机关",
    ),
)
