"""10.2 and 10.3: what 命令 and 纪要 have of their own. An office may set its own form of minutes."""

from __future__ import annotations

from collections.abc import Iterator

from liangqing.gbt9704.check.letters import wrong_faces
from liangqing.gbt9704.check.paper import MINUTES, ORDER, RecognisedPaper
from liangqing.gbt9704.check.rule import Rule, RuleHit, by
from liangqing.gbt9704.fonts import Face
from liangqing.gbt9704.standard import STANDARD, number
from liangqing.gbt9704.word.model import Paragraph

_PEOPLE = ("出席", "请假", "列席")
_MINUTES, _ORDER = frozenset({MINUTES}), frozenset({ORDER})


def _people(paper: RecognisedPaper) -> list[Paragraph]:
    return [line for line in paper.body if line.words.startswith(_PEOPLE) and "：" in line.words[:4]]


def _people_face(paper: RecognisedPaper) -> Iterator[RuleHit]:
    wanted = STANDARD["纪要", "出席字体"].value
    if isinstance(wanted, Face):
        yield from wrong_faces([(line, 0, line.text.index("：")) for line in _people(paper)], wanted)


def _people_blank(paper: RecognisedPaper) -> Iterator[RuleHit]:
    for line in _people(paper)[:1]:
        wanted, found = number("纪要", "出席上空"), paper.blank_above(line)
        if found is not None and abs(found - wanted) > 0.6:
            yield RuleHit(line, f"上面空{found:.1f}行", f"空{wanted:g}行")


def _order_blank(paper: RecognisedPaper) -> Iterator[RuleHit]:
    lines = ((paper.number, "令号上空"), (paper.body[0] if paper.body else None, "正文上空"))
    for line, row in lines:
        found = paper.blank_above(line) if line is not None else None
        if line is not None and found is not None and abs(found - number("命令", row)) > 0.6:
            yield RuleHit(line, f"上面空{found:.1f}行", f"空{number('命令', row):g}行")


def _order_title(paper: RecognisedPaper) -> Iterator[RuleHit]:
    if paper.recipients is not None:
        yield RuleHit(paper.recipients, paper.recipients.words[:20], "命令（令）没有主送机关")


RULES = (
    Rule(
        "F801",
        "出席等字的字体",
        *by("纪要", "出席字体"),
        judge=_people_face,
        mend="选中“出席”二字，“开始→字体”选黑体",
        formats=_MINUTES,
    ),
    Rule(
        "F802",
        "出席上空",
        *by("纪要", "出席上空"),
        judge=_people_blank,
        mend="正文和“出席”之间空一行",
        formats=_MINUTES,
    ),
    Rule(
        "F803",
        "令号和正文上空",
        *by("命令", "令号上空"),
        judge=_order_blank,
        mend="标志、令号、正文之间各空两行",
        formats=_ORDER,
    ),
    Rule(
        "F804",
        "命令的主送机关",
        *by("命令", "令号上空"),
        judge=_order_title,
        mend="删去主送机关",
        formats=_ORDER,
    ),
)
