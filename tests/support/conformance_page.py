"""Write docs/模板兼容.md, a row for each case of the conformance table, from what becomes of it: `make docs`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from conformance_cases import Case, Outcome

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/模板兼容.md"
LONGEST = 90  # characters of a template or a paper that a cell of the page shows

HEAD = """# 模板兼容

别处的 Word 模板、Word 和 WPS 自己的写法，拿到这里会怎样：填对，或者说清为什么不收。怎样写标记，见[改模板](使用手册/改模板.md)。

本页由程序生成（`make docs`）：每一行都是一个真的模板，照第二栏的样子做出来，填上数据，“结果”是当时的结果；测试核对每一行，结果变了，本页就过时。
“来源”是提出这件事的人：公开的问题单（点开能看），Word 自己的做法，或自定的。一共 {number} 种情形，{public} 种来自别的引擎的用户。

第二栏里，⏎ 是另起一段，｜ 是表格的下一格，‖ 是下一行，…… 是图形、域之类。
"""


def page() -> str:
    """The whole page."""
    sys.path[:0] = [str(ROOT), str(ROOT / "tests/engine")]
    from conformance_cases import cases

    found = cases()
    parts = [HEAD.format(number=len(found), public=sum(bool(case.public) for case in found))]
    for chapter, rows in groupby(found, key=lambda case: case.chapter):
        heads = ("情形", "模板里写的", "来源", "结果")
        lines = ["| " + " | ".join(map(_cell, row)) + " |" for row in (heads, *map(_row, rows))]
        parts.append("\n".join((f"## {chapter}\n", lines[0], "|---|---|---|---|", *lines[1:])) + "\n")
    return "\n".join(parts)


def _row(case: Case) -> tuple[str, ...]:
    source = f"[{case.source}]({case.public})" if case.public else case.source
    return case.name, _code(_shown(case.row)), source, result(case.outcome)


def result(out: Outcome) -> str:
    """What became of a case, in words; a code for each thing that is told."""
    if out.refused:
        first = out.refused[0]
        return f"{'填写时停下' if out.filling else '不收'}（{first.code}）：{_plain(first.message)}"
    told = "，提醒 " + "、".join(dict.fromkeys(each.code for each in out.told)) if out.told else ""
    return f"收，印出 {_code(_printed(out))}{told}"


def _printed(out: Outcome) -> str:
    """The words of all parts, in the order of a reader."""
    names = ["header1", "document", "footnotes", "endnotes", "footer1"]
    stories = [out.paragraphs(name) for name in names if f"word/{name}.xml" in out.parts]
    return " ⏎ ".join(words for story in stories for words in story if words.strip())


def _shown(row: Any) -> str:
    """The words of a template, its notes and margins behind them."""
    stories = [f"{key}：{_blocks(row[key])}" for key in ("页眉", "页脚", "脚注", "尾注") if key in row]
    return "；".join((_blocks(row.get("正文", ())), *stories))


def _blocks(given: Iterable[Any]) -> str:
    return " ⏎ ".join(filter(None, map(_block, given)))


def _block(block: Any) -> str:
    match block:
        case str():
            return block if not block.startswith("<") else "……"
        case {"表": rows}:
            return " ‖ ".join("｜".join(map(_some, cells)) for cells in rows)
        case {"行": pieces}:
            return "".join(map(_piece, pieces))
        case list():
            return _blocks(block)
    return _some(next(iter(block.values())))


def _some(given: Any) -> str:
    return _blocks(given if isinstance(given, list) else [given])


def _piece(given: Any) -> str:
    if isinstance(given, str):
        return given
    words = given.get("文") or next((given[key] for key in ("链接", "公式", "插入") if key in given), "")
    return words or "……"


def _code(text: str) -> str:
    """Words as they are, in code; what is too long is cut."""
    words = text.replace("¦", "").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    words = " ".join(words.split()) or "（没有字）"
    words = words if len(words) <= LONGEST else words[:LONGEST] + "……"
    ticks = "``" if "`" in words else "`"
    return f"{ticks}{words}{ticks}"


def _plain(text: str) -> str:
    """A message: what it quotes of the template as code."""
    return text.replace("<", "&lt;").replace("{", "\\{")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
