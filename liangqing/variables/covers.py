"""Variables of 发文稿纸: what is said of the numbered paper that it goes round with."""

from __future__ import annotations

from liangqing.base.chinese import long_date
from liangqing.register import Line
from liangqing.variables.papers import Cover, Subject
from liangqing.variables.table import number, table, text, texts


def _cover(it: Subject) -> Cover:
    assert it.cover is not None
    return it.cover


def _line(it: Subject) -> Line | None:
    return it.at.register.in_use(_cover(it).kind, _cover(it).code, it.at.year.year, it.at.day)


def _copies(it: Subject) -> object:
    letter = it.letter or it.written
    if letter is None:
        return ()
    return it.at.year.group.copies_to if letter.copies_to is None else letter.copies_to


COVERED = table(
    "稿件",
    {
        "文种": text("文种", lambda it: _cover(it).kind),
        "编号": text("对象编号", lambda it: _cover(it).code),
        "标题": text("文书标题", lambda it: _cover(it).title.replace("\n", "")),
        "文号": text(
            "文号；未印发时是 印发时编",
            lambda it: (line.number or "—") if (line := _line(it)) else "印发时编",
        ),
        "成文日期": text(
            "成文日期；未印发时留出年月日",
            lambda it: long_date(line.issued) if (line := _line(it)) else "　　　　年　　月　　日",
        ),
        "主送": text("主送机关", lambda it: it.addressee or None, optional=True),
        "抄送": texts("抄送机关", _copies),
        "附件": texts("附件名称", lambda it: _cover(it).annexes),
        "份数": number("印发份数", lambda it: _cover(it).copies),
    },
)
