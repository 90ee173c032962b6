"""The elements of a paper by their names: where they stand in what was recognised, and why they were taken for that."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from liangqing.gbt9704.check.find_head import BIG, NAMED_FILE, is_reddened
from liangqing.gbt9704.check.find_title import signs_of_title
from liangqing.gbt9704.check.paper import FILE, LETTER, ORDER, PLAIN, RecognisedPaper, names_style
from liangqing.gbt9704.check.patterns import solid
from liangqing.gbt9704.word.model import CELL, HEADER, Paragraph

TEXT = "正文"
BY_HAND = "写明是这一项"


def _of_mark(line: Paragraph) -> str:
    signs = (
        ("样式名是发文机关标志", names_style(line, "发文机关标志")),
        ("红色", is_reddened(line)),
        ("字号大", line.size >= BIG),
        ("以“文件”结尾", solid(line.words).endswith(NAMED_FILE)),
    )
    return "，".join(name for name, shown in signs if shown)


def _of_title(line: Paragraph) -> str:
    return "，".join(signs_of_title(line)) or "接上一行标题"


@dataclass(frozen=True)
class Role:
    """An element: its name, the field of RecognisedPaper that has it, other names for it, and what it shows itself by.

    `many`: it may have several paragraphs. `basic`: a paper is expected to have it.
    """

    name: str
    field: str
    why: Callable[[Paragraph], str]
    also: tuple[str, ...] = ()
    many: bool = False
    basic: bool = False


def _says(words: str) -> Callable[[Paragraph], str]:
    return lambda line: words


ROLES: tuple[Role, ...] = (
    Role("份号", "copy_number", _says("靠上的几位数字")),
    Role("密级", "secrecy", _says("靠上，写着密级"), ("密级和保密期限",)),
    Role("紧急程度", "urgency", _says("靠上，写着紧急程度")),
    Role("发文机关标志", "mark", _of_mark, ("版头", "红头", "标志"), many=True, basic=True),
    Role("发文字号", "number", _says("样子像“×〔2026〕1号”或“第1号”"), ("文号", "令号", "期号"), basic=True),
    Role("签发人", "signers", _says("写着“签发人：”，或是它下面的姓名"), many=True),
    Role("标题", "title", _of_title, many=True, basic=True),
    Role("题注", "under_title", _says("标题下面居中的一行，或副标题"), ("副标题",), many=True),
    Role(
        "主送",
        "recipients",
        _says("标题下第一行，以冒号结尾，或顶格写着机关名称"),
        ("主送机关",),
        basic=True,
    ),
    Role("附件说明", "annex_note", _says("以“附件：”开头，或是下面编号的名称"), many=True),
    Role(
        "署名",
        "signatures",
        _says("在成文日期上面（或同一段），短，没有句号"),
        ("落款", "发文机关署名"),
        many=True,
        basic=True,
    ),
    Role("成文日期", "date", _says("正文后面最后一个日期"), ("日期",), basic=True),
    Role("附注", "note", _says("成文日期下一行，整行在括号里")),
    Role("附件", "labels", _says("单独一行“附件”和序号"), ("附件标识",), many=True),
    Role("主题词", "keywords", _says("以“主题词：”开头")),
    Role("抄送", "copies", _says("以“抄送：”开头"), ("抄送机关",)),
    Role("印发", "printed", _says("靠下，机关名称后面是印发日期"), ("印发机关", "印发日期")),
)
HEAD_OF_PAPER = ("发文机关标志", "发文字号")  # either is a 版头


def lines_of(paper: RecognisedPaper, role: Role) -> tuple[Paragraph, ...]:
    """The paragraphs that were taken for an element."""
    if role.field == "labels":
        return tuple(annex.label for annex in paper.annexes)
    if role.field == "recipients" and paper.recipients is not None:
        return (paper.recipients, *paper.recipients_below)
    found = getattr(paper, role.field)
    if found is None or isinstance(found, Paragraph):
        return () if found is None else (found,)
    return tuple(found)


def found_elements(paper: RecognisedPaper) -> list[str]:
    """The names of the elements that were recognised, in the order of a paper."""
    return [role.name for role in ROLES if lines_of(paper, role)]


def missing_elements(paper: RecognisedPaper) -> list[str]:
    """The names of the elements that a paper is expected to have and that were not recognised; 版头 for its two."""
    found = found_elements(paper)
    missing = [role.name for role in ROLES if role.basic and role.name not in (*found, *HEAD_OF_PAPER)]
    return missing if any(name in found for name in HEAD_OF_PAPER) else [*missing, "版头"]


# What every paper of a format has: where it was not found, it was not judged.
_ALWAYS = {FILE: ("标题", "成文日期"), LETTER: ("标题", "成文日期"), PLAIN: ("标题",), ORDER: ("成文日期",)}


def unjudged_elements(paper: RecognisedPaper) -> list[str]:
    """The elements that each paper of its format has, that were not recognised in this one, and of which no person spoke."""
    always = _ALWAYS.get(paper.format, ())
    return [
        role.name
        for role in ROLES
        if role.name in always and role.field not in paper.pins and not lines_of(paper, role)
    ]


@dataclass(frozen=True)
class TakenFor:
    """A paragraph (or a whole table), its first words, what it was taken for, and why."""

    place: str
    words: str
    role: str
    why: str


def explained(paper: RecognisedPaper) -> Iterator[TakenFor]:
    """For each paragraph that has words what it was taken for; those of a table in one, but for elements in it."""
    known = {id(line): (role.name, role.why(line)) for role in ROLES for line in lines_of(paper, role)}
    known |= {id(line): (TEXT, "标题、主送和落款之间的") for line in paper.body if id(line) not in known}
    known |= {
        id(heading.paragraph): (f"{TEXT}（{'一二三四'[heading.level - 1]}级）", "以这一级的序数开头")
        for heading in paper.headings
    }
    titles = (annex.title for annex in paper.annexes if annex.title is not None)
    known |= {id(title): ("附件标题", "“附件”下面的第一行") for title in titles if id(title) not in known}
    known |= {id(line): ("附件正文", "在“附件”后面") for line in _in_annexes(paper) if id(line) not in known}
    known |= {id(line): (known.get(id(line), (TEXT,))[0], BY_HAND) for line in paper.pinned}
    in_tables: set[str] = set()
    for line in paper.document.paragraphs:
        place, _, _ = line.place.partition("「")
        table = place.split(" ")[0]
        if id(line) not in known and line.where == CELL:
            if table in in_tables:
                continue
            in_tables.add(table)
            place = table
        if line.words:
            yield TakenFor(place, line.words, *known.get(id(line), _not_known(line)))
    yield from _in_headers(paper, known)


def _in_annexes(paper: RecognisedPaper) -> Sequence[Paragraph]:
    """The lines of the text from the first annex on."""
    if not paper.annexes or paper.annexes[0].label not in paper.text:
        return ()
    return paper.text[paper.text.index(paper.annexes[0].label) + 1 :]


def _in_headers(paper: RecognisedPaper, known: dict[int, tuple[str, str]]) -> Iterator[TakenFor]:
    """The elements that stand in a header or footer."""
    for lines in paper.document.furniture.values():
        for line in lines:
            if line.words and id(line) in known:
                yield TakenFor(line.place.partition("「")[0], line.words, *known[id(line)])


def _not_known(line: Paragraph) -> tuple[str, str]:
    if line.where == CELL:
        return "表格", "在表格里"
    return ("页眉页脚", "在页眉页脚里") if line.where == HEADER else ("没有认作要素", "不像任何一个要素")
