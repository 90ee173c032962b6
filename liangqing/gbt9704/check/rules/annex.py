"""7.3.4 and 7.3.7: the note that names the annexes, and the annexes themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liangqing.base.chinese import character_width
from liangqing.gbt9704.check import patterns as like
from liangqing.gbt9704.check.blanks import in_the_middle, white_before
from liangqing.gbt9704.check.find_annexes import is_head, label_end, plain
from liangqing.gbt9704.check.letters import wrong_faces, wrong_sizes
from liangqing.gbt9704.check.paper import ANNEX, OFFICIAL, RecognisedAnnex, RecognisedPaper
from liangqing.gbt9704.check.rule import Rule, RuleHit, by
from liangqing.gbt9704.row import Strength
from liangqing.gbt9704.standard import STANDARD, face, number, size
from liangqing.gbt9704.units import characters
from liangqing.gbt9704.word.model import Block, Paragraph, Table

_MARKS = tuple("。；;，,、.．：:")
_NAMED_SOMEHOW = re.compile(r"^附\s*(件|表|图|录)?\s*[：:\d\s一二三]")
_NOTE = "在正文和署名之间写附件说明；随文印发、转发的文件不是附件，删去“附件”二字"
_ALIGNED = 0.7  # characters: figures and stops of a Latin font are narrower
_HANGING = "“开始→段落”：文本之前2字符，特殊格式选“悬挂”，度量值填“附件：”（和“1.”）的字数"


def _items(paper: RecognisedPaper) -> Iterator[tuple[Paragraph, str, str]]:
    """The annexes as the note names them: line, number ("" without one), name."""
    found: list[tuple[Paragraph, str, str]] = []
    for line in paper.annex_note:
        if like.ANNEX_LABEL.match(line.words):  # alone in its line
            continue
        note = like.ANNEX_NOTE.match(line.words)
        for words in like.items_in(note["rest"] if note is not None else line.words):
            item = like.ANNEX_ITEM.match(words)
            if item is None and note is None and found:  # the rest of a name that was broken by Enter
                at, which, name = found.pop()
                found.append((at, which, name + words))
            else:
                found.append((line, item["which"], item["name"]) if item is not None else (line, "", words))
    yield from found


def _colon(paper: RecognisedPaper) -> Iterator[RuleHit]:
    for line in paper.annex_note[:1]:
        found = like.ANNEX_NOTE.match(line.words) or like.ANNEX_LABEL.match(line.words)
        if found is not None and found["colon"] == ":":
            yield RuleHit(line, "附件:（半角冒号）", "附件：（全角冒号）")
        if like.ANNEX_LABEL.match(line.words):
            yield RuleHit(line, "名称另起一行", "附件：1.××，名称写在冒号后面")


def _marks(paper: RecognisedPaper) -> Iterator[RuleHit]:
    for line, _, name in _items(paper):
        if name.endswith(_MARKS):
            yield RuleHit(line, f"名称后有“{name[-1]}”", "附件名称后不加标点")


def _titles(paper: RecognisedPaper) -> Iterator[RuleHit]:
    for line, _, name in _items(paper):
        if re.fullmatch(r"《.*》[。；，]?", name):
            yield RuleHit(line, name, "附件名称不加书名号")


def _single(paper: RecognisedPaper) -> Iterator[RuleHit]:
    items = list(_items(paper))
    if len(items) == 1 and items[0][1]:
        yield RuleHit(items[0][0], f"附件：{items[0][1]}.", "只有一个附件的不编序号")


def _numerals(paper: RecognisedPaper) -> Iterator[RuleHit]:
    items = list(_items(paper))
    first = like.ANNEX_NOTE.match(paper.annex_note[0].words) if paper.annex_note else None
    if first is not None and first["which"]:
        yield RuleHit(items[0][0], f"附件{first['which']}：", "附件：1.××，序号写在冒号后面")
    elif len(items) > 1:
        for index, (line, which, _) in enumerate(items, 1):
            if which != str(index):
                yield RuleHit(line, f"第{index}个附件的序号是“{which or '无'}”", f"{index}.")
                return
    for line in paper.annex_note:
        note = like.ANNEX_NOTE.match(line.words)
        item = like.ANNEX_ITEM.match(note["rest"] if note is not None else line.words)
        if item is not None and item["mark"] == "、":
            yield RuleHit(line, f"{item['which']}、", f"{item['which']}.")


def _note_blank(paper: RecognisedPaper) -> Iterator[RuleHit]:
    for line in paper.annex_note[:1]:
        wanted, found = number("附件说明", "上空"), paper.blank_above(line)
        if found is not None and abs(found - wanted) > 0.6:
            yield RuleHit(line, f"上面空{found:.1f}行", f"正文下空{wanted:g}行")


def _note_indent(paper: RecognisedPaper) -> Iterator[RuleHit]:
    for line in paper.annex_note[:1]:
        found = white_before(line)
        if abs(found - number("附件说明", "左空")) > 0.3 or line.align in ("center", "right"):
            yield RuleHit(line, f"左空{found:.1f}字", "左空2字")
    yield from _note_goes_on(paper)


def _note_goes_on(paper: RecognisedPaper) -> Iterator[RuleHit]:
    """A name that is longer than its line goes on under its own first character."""
    for line in paper.annex_note:
        begins = _name_begins(line)
        if begins is None or line.align in ("center", "right"):
            continue
        before = white_before(line)
        room = (paper.document.section_of(line).text_width - line.right) / line.character - before
        found, wanted = line.left / line.character, before + character_width(line.words[:begins])
        if character_width(line.words) > room and abs(found - wanted) > _ALIGNED:
            yield RuleHit(
                line, f"回行左空{found:.1f}字", f"回行与名称的首字对齐（左空{wanted:.1f}字）", _HANGING
            )


def _name_begins(line: Paragraph) -> int | None:
    """Where the name of the one annex of a line begins in its words; None where several or tabs stand there."""
    words = line.words
    if any(sign in words for sign in "\n\v\t") or len(like.items_in(words)) > 1:
        return None
    note = like.ANNEX_NOTE.match(words)
    start = note.start("rest") if note is not None else 0
    item = like.ANNEX_ITEM.match(words[start:])
    return start + item.start("name") if item is not None else start if note is not None else None


def _note_face(paper: RecognisedPaper) -> Iterator[RuleHit]:
    yield from wrong_faces([(line, 0, None) for line in paper.annex_note], face("附件说明"))


def _note_size(paper: RecognisedPaper) -> Iterator[RuleHit]:
    yield from wrong_sizes(paper.annex_note, size("附件说明"))


def _named(label: Paragraph) -> re.Match[str] | None:
    return like.ANNEX_LABEL.match(label.words)


def _label_words(paper: RecognisedPaper) -> Iterator[RuleHit]:
    for annex in paper.annexes:
        found = _named(annex.label)
        if is_head(annex.label.words) and paper.format != ANNEX:
            yield RuleHit(annex.label, "标题和“附件”写在一行", _ALONE)
        if found is not None and found["colon"]:
            yield RuleHit(annex.label, annex.label.words, "“附件”和序号后不加冒号")
        if found is not None and found["which"] and not found["which"].isdigit():
            value = like.value_of(found["which"])
            yield RuleHit(annex.label, annex.label.words, f"附件{value if value else '1'}（阿拉伯数字）")


def _label_face(paper: RecognisedPaper) -> Iterator[RuleHit]:
    """Of one that shares its line with the title, the words 附件1 alone."""
    labels = [(annex.label, 0, label_end(annex.label)) for annex in paper.annexes]
    yield from wrong_faces(labels, face("附件标识"))


def _label_size(paper: RecognisedPaper) -> Iterator[RuleHit]:
    yield from wrong_sizes([annex.label for annex in paper.annexes], size("附件标识"))


def _label_place(paper: RecognisedPaper) -> Iterator[RuleHit]:
    flow = paper.document.flow
    for annex in paper.annexes:
        label = annex.label
        left = characters(round((label.left + label.first) / label.character, 2))
        if label.align in ("center", "right") or not STANDARD["附件标识", "左空"].fits(left):
            yield RuleHit(label, "不在左上角顶格", "顶格写在版心左上角第一行")
        position = paper.position(label)
        before = [block for block in flow[: position or 0] if block.words]
        last = before[-1] if before else None
        blank = paper.blank_above(label)
        if isinstance(last, Paragraph) and blank is not None and not paper.page_ends_between(last, label):
            yield RuleHit(
                label, "没有另起一面" if blank < 1 else f"上面空{blank:.0f}行", "另面编排，在第一行"
            )
        elif position and isinstance(flow[position - 1], Paragraph) and not flow[position - 1].words:
            empty = flow[position - 1]
            assert isinstance(empty, Paragraph)
            if not empty.breaks_page and empty.section == label.section and not label.starts_page:
                yield RuleHit(label, "上面有空行", "写在这一面的第一行")


def _annex_title(paper: RecognisedPaper) -> Iterator[RuleHit]:
    for annex in paper.annexes:
        if annex.title is None:
            yield from _untitled(paper, annex)
            continue
        blank = paper.blank_above(annex.title)
        if blank is not None and abs(blank - 1) > 0.6:
            yield RuleHit(annex.title, f"与“附件”之间空{blank:.1f}行", "标题居中写在第三行（“附件”下空一行）")
        if not _centred(paper, annex.title):
            yield RuleHit(annex.title, "附件标题没有居中", "居中")


def _untitled(paper: RecognisedPaper, annex: RecognisedAnnex) -> Iterator[RuleHit]:
    """A sentence right under 附件; a table or form may have its title inside."""
    position = paper.position(annex.label)
    if position is None or is_head(annex.label.words):
        return
    below = next((block for block in paper.document.flow[position + 1 :] if _shows(block)), None)
    if isinstance(below, Paragraph) and below in annex.text[:1] and below.words.endswith("。"):
        yield RuleHit(annex.label, "下面直接是正文，没有附件标题", "“附件”下空一行，标题居中写在第三行")


def _shows(block: Block) -> bool:
    return isinstance(block, Table) or bool(block.words) or block.stands_high


def _centred(paper: RecognisedPaper, line: Paragraph) -> bool:
    """Whether a line stands in the middle, by its setting or by blanks."""
    return line.align == "center" or in_the_middle(line, paper.document.section_of(line).text_width)


def _annex_title_face(paper: RecognisedPaper) -> Iterator[RuleHit]:
    yield from wrong_faces(
        [(line, 0, None) for annex in paper.annexes for line in annex.titles], face("标题")
    )


def _annex_title_size(paper: RecognisedPaper) -> Iterator[RuleHit]:
    yield from wrong_sizes((line for annex in paper.annexes for line in annex.titles), size("标题"))


def _same(paper: RecognisedPaper) -> Iterator[RuleHit]:
    """Numbers and titles of the note and of the annexes agree; annexes that are files of their own are not seen."""
    items = list(_items(paper))
    labels = [annex.label.words for annex in paper.annexes]
    if labels and not items and not any(_NAMED_SOMEHOW.match(line.words) for line in paper.body):
        yield RuleHit(paper.annexes[0].label, "正文下面没有附件说明", "正文下空一行写“附件：”和名称", _NOTE)
    if (
        not items or not labels or len(set(labels)) < len(labels)
    ):  # an annex of an annex has a label of its own
        return
    if len(items) != len(paper.annexes):
        yield RuleHit(
            items[0][0], f"附件说明有{len(items)}个，后面的附件有{len(paper.annexes)}个", "一一对应"
        )
        return
    for (line, which, name), annex in zip(items, paper.annexes, strict=True):
        label = _named(annex.label) or like.ANNEX_HEAD.match(annex.label.words)
        own = label["which"] if label is not None else ""
        if own.isdigit() != bool(which) or (which and own != which):
            yield RuleHit(annex.label, annex.label.words, f"附件{which}，与附件说明一致")
        title = _title_of(annex) or name
        if plain(title) != plain(name):
            yield RuleHit(line, f"附件说明写“{name}”，附件标题是“{title}”", "两处一致")


def _title_of(annex: RecognisedAnnex) -> str:
    """The words of its title in one line; "" without one."""
    found = like.ANNEX_HEAD.match(annex.label.words) if is_head(annex.label.words) else None
    words = found["rest"] if found is not None else "".join(line.words for line in annex.titles)
    return words.replace("\n", "")


def _after_imprint(paper: RecognisedPaper) -> Iterator[RuleHit]:
    foot = [line for line in paper.foot if paper.position(line) is not None]
    for annex in paper.annexes:
        label = paper.position(annex.label)
        late = [line for line in foot if label is not None and (paper.position(line) or 0) < label]
        if late and not any(line.spot is not None and line.spot.foot for line in late):
            yield RuleHit(annex.label, "附件在版记后面", "附件在版记之前，与正文一起装订")
            return


def _own_file(paper: RecognisedPaper) -> Iterator[RuleHit]:
    first = next((paragraph for paragraph in paper.document.paragraphs if paragraph.words), None)
    found = like.ANNEX_LABEL.match(first.words) if first is not None else None
    if first is not None and is_head(first.words):
        yield RuleHit(first, "标题和“附件”写在一行", _ALONE)
    if first is not None and found is not None and found["colon"]:
        yield RuleHit(first, first.words, "后面不加冒号")


_ALONE = "“附件1”独占一行，空一行后标题居中"
_OWN = frozenset({ANNEX})
_WITH_ANNEX = OFFICIAL | _OWN
RULES = (
    Rule("F351", "附件说明冒号", *by("附件说明", "开头"), judge=_colon, mend="“附件”后改成全角冒号"),
    Rule("F352", "附件名称后标点", *by("附件说明", "开头"), judge=_marks, mend="删去附件名称后的标点"),
    Rule("F353", "附件名称书名号", "7.3.4", Strength.PRACTICE, judge=_titles, mend="删去书名号"),
    Rule("F354", "单个附件编号", *by("附件说明", "开头"), judge=_single, mend="删去“1.”"),
    Rule(
        "F355",
        "附件序号",
        *by("附件说明", "开头"),
        judge=_numerals,
        mend="几个附件用阿拉伯数字：附件：1.××，下一行 2.××",
    ),
    Rule("F356", "附件说明上空", *by("附件说明", "上空"), judge=_note_blank, mend="正文和附件说明之间空一行"),
    Rule(
        "F357",
        "附件说明缩进",
        *by("附件说明", "左空"),
        judge=_note_indent,
        mend="“开始→段落”：首行从左空2字符起，回行与名称对齐",
    ),
    Rule(
        "F358",
        "附件说明字体",
        *by("全文", "字体"),
        judge=_note_face,
        mend="选中附件说明，“开始→字体”选仿宋",
        fixed=True,
    ),
    Rule(
        "F359",
        "附件说明字号",
        *by("全文", "字号"),
        judge=_note_size,
        mend="选中附件说明，“开始→字号”选三号",
        fixed=True,
    ),
    Rule(
        "F360",
        "附件标识写法",
        *by("附件标识", "左空"),
        judge=_label_words,
        mend="写成“附件”或“附件1”，后面不加冒号",
    ),
    Rule(
        "F361",
        "附件标识字体",
        *by("附件标识", "字体"),
        judge=_label_face,
        mend="选中“附件”，“开始→字体”选黑体",
        formats=_WITH_ANNEX,
        fixed=True,
    ),
    Rule(
        "F362",
        "附件标识字号",
        *by("附件标识", "字号"),
        judge=_label_size,
        mend="“开始→字号”选三号",
        formats=_WITH_ANNEX,
        fixed=True,
    ),
    Rule(
        "F363",
        "附件位置",
        *by("附件标识", "左空"),
        judge=_label_place,
        mend="光标放在“附件”前，按 Ctrl+Enter 另起一面，左对齐、缩进0",
    ),
    Rule(
        "F364",
        "附件标题位置",
        *by("附件标题", "位置"),
        judge=_annex_title,
        mend="“附件”下空一行，标题居中",
    ),
    Rule(
        "F368",
        "附件标题字体",
        "7.3.7",
        Strength.PRACTICE,
        judge=_annex_title_face,
        mend="选中附件标题，“开始→字体”选方正小标宋简体，没有的选华文中宋",
        formats=_WITH_ANNEX,
    ),
    Rule(
        "F369",
        "附件标题字号",
        "7.3.7",
        Strength.PRACTICE,
        judge=_annex_title_size,
        mend="选中附件标题，“开始→字号”选二号",
        formats=_WITH_ANNEX,
    ),
    Rule("F365", "附件与附件说明一致", *by("附件标题", "位置"), judge=_same, mend="改成同样的序号和名称"),
    Rule(
        "F366",
        "附件与版记顺序",
        *by("附件标识", "左空"),
        judge=_after_imprint,
        mend="把版记移到附件之后的最后一面",
    ),
    Rule(
        "F367",
        "单独附件的标识",
        *by("附件标识", "左空"),
        judge=_own_file,
        mend="左上角写发文字号、“附件”和序号，不加冒号",
        formats=_OWN,
    ),
)
