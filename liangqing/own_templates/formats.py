"""The layouts of a numbered paper: 信函格式 (10.1), 文件格式 (7.2) and 纪要格式 (10.3) around one and the same text.

A text is the blocks from the title on (`parts.title_block`, 主送, body, `parts.annex_note`, `parts.signature`,
`parts.contact_note`). Blocks belong to one paper: make them anew for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from liangqing.own_templates.letterhead import (
    file_mark,
    file_number,
    imprint,
    imprint_rule,
    letter_mark,
    letter_number,
    letter_rules,
    minutes_line,
)
from liangqing.own_templates.markup import Element, blank, paragraph, w, when
from liangqing.own_templates.measures import PORTRAIT
from liangqing.own_templates.package import Section, pack
from liangqing.own_templates.page import numbered, numbered_from_second
from liangqing.own_templates.parts import number_control

# A name and a date that do not stand in one line of 4号 stand in two.
LONG_ISSUER = "机构.全称 | 字宽 > 19"
ISSUER = f"{{{{ 机构.全称 }}}}{{% if {LONG_ISSUER} %}}\n{{% endif %}}\t{{{{ 成文日期文字 }}}}印发"
HELD = "{{ 机构.全称 }}\t{{ 成文日期文字 }}"


def letter_paper(text: Iterable[Element], copies: str | None = None) -> bytes:
    """A letter: `copies` is the variable with the list of 抄送, None where the paper has none."""
    headers, footers = numbered_from_second(*letter_rules())
    body = [letter_number(letter_mark("机构.标志"), number_control()), *text]
    if copies:
        body += when(copies, imprint(_copied_to(copies), lines=1, copies=copies))
    return pack(Section(PORTRAIT, body, headers, footers))


def file_paper(text: Iterable[Element], copies: str | None = None) -> bytes:
    """A file, with a full imprint; `copies` as in a letter."""
    headers, footers = numbered()
    head = [*file_mark("机构.标志 ~ '文件'"), blank(), blank(), file_number(number_control())]
    return pack(Section(PORTRAIT, [*head, *text, *_full_imprint(copies)], headers, footers))


def minutes_paper(
    text: Iterable[Element],
    copies: str | None = None,
    mark: str = "机构.标志 ~ '会议纪要'",
    held: str = HELD,
) -> bytes:
    """Minutes: the red mark, the number where the kind has one, a line of who and when (`held`: left, tab, right)
    over the red rule; after the text `parts.attendance`, no signature. `mark` is an expression; `copies` as in a letter.
    """
    headers, footers = numbered()
    number = (blank(), blank(), paragraph("发文字号", number_control(), properties=[w("jc", val="center")]))
    head = [*file_mark(mark), *when("文号 or 草稿", *number), blank(), minutes_line(held)]
    return pack(Section(PORTRAIT, [*head, *text, *_full_imprint(copies)], headers, footers))


def in_both(
    name: str, text: Callable[[], Iterable[Element]], copies: str | None = None
) -> dict[str, Callable[[], bytes]]:
    """Two rows of `house.PAPERS`: `name`.docx as a letter and `name`-文件.docx as a file, for 选项.版式."""
    return {
        f"{name}.docx": lambda: letter_paper(text(), copies),
        f"{name}-文件.docx": lambda: file_paper(text(), copies),
    }


def _copied_to(copies: str) -> Element:
    return paragraph("抄送", f"抄送：{{{{ {copies} | 顿号 }}}}。")


def _full_imprint(copies: str | None) -> Iterator[Element]:
    copied: Iterator[Element] = iter(())
    if copies:
        copied = when(copies, _copied_to(copies), imprint_rule(thick=False))
    issuer = paragraph("印发机关", ISSUER)
    yield from when(LONG_ISSUER, paragraph("版记占位"))
    rules = imprint_rule(thick=True), imprint_rule(thick=True)
    yield from imprint(rules[0], copied, issuer, rules[1], lines=2, copies=copies)
