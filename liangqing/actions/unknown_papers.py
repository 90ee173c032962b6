"""Papers in output/ that went out and that the register does not know: perhaps the last copies, so they stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, error, warning
from liangqing.base.docx_zip import content_hash
from liangqing.base.folders import KEPT
from liangqing.base.output_files import Store
from liangqing.base.output_inputs import remembered
from liangqing.papers.catalogue import Catalogue
from liangqing.register import Register, number_of

_NUMBER = re.compile(r"〔\d{4}〕\d+号")
_BLANK = "〕号"  # where a draft waits for its number


def unknown_papers(store: Store, book: Register, known: Catalogue) -> frozenset[str]:
    """The files of ours below an output folder that are copies of issued papers of which the register has no line.

    Told by what the folder's notes say that a file was made from; where they are lost, by the number that a paper bears.
    """
    contents = {content for line in book.issued for content in line.files.values()}
    notes = remembered(store.root)
    copies = {path for path, note in notes.items() if f"{KEPT}/" in note.inputs}
    found = {
        path for path in copies if notes[path].inputs[:32] not in contents and (store.root / path).is_file()
    }
    unnoted = store.paths(lambda path: path not in notes and _is_numbered(path, known))
    return frozenset(found | {path for path in unnoted if _went_out(store, path, contents)})


def told_of_unknown(paths: Iterable[str], name: str) -> list[Diagnostic]:
    """What a person is told of them; `name` is how messages call the folder."""
    message = "这份印发过，登记里没有：留着没有动"
    advice = (
        "登记多半少了几行：有换下来的工作目录、较新的备份的，运行 recover 那个文件夹；"
        "确实没有发过的，把这个文件移出 output"
    )
    return [
        warning(Code.UNKNOWN_PAPER_STAYS, Place(f"{name}/{path}"), message, advice) for path in sorted(paths)
    ]


def told_of_numbers(store: Store, book: Register, known: Catalogue, number: str) -> list[Diagnostic]:
    """That unknown papers below an output folder bear a 文号 that the program is about to give, or a later one of its row.

    They went out, and the register and all its witnesses were put back to what they were before.
    """
    row, given = number.rpartition("〕")[0], number_of(number)
    bears = re.compile(rf"{re.escape(row)}〕(\d+)号")
    return [
        _number_is_out(number, f"{store.name}/{path}", max(taken))
        for path in sorted(unknown_papers(store, book, known))
        if (taken := [found for text in bears.findall(_words(store, path)) if (found := int(text)) >= given])
    ]


def _number_is_out(number: str, path: str, taken: int) -> Diagnostic:
    message = f"这份文书上印着{taken}号，登记里没有：现在取号会是 {number}，和发过的重"
    advice = (
        "有换下来的工作目录、较新的备份的，运行 recover 那个文件夹；都没有的，照这一份补录："
        f"issue 文种 对象 --date 文书上的日期 --number {taken} --file {path}；确实没有发过的，把这个文件移出 output"
    )
    return error(Code.NUMBER_IS_OUT, Place(path), message, advice)


def _is_numbered(path: str, known: Catalogue) -> bool:
    entry = known.entries.get(path.partition("/")[0])
    return path.endswith(".docx") and entry is not None and entry.kind.number is not None


def _went_out(store: Store, path: str, contents: Set[str]) -> bool:
    """Whether a file bears a number, has none left open, and is none of the papers that the register knows."""
    said = _words(store, path)
    return (
        _BLANK not in said
        and bool(_NUMBER.search(said))
        and content_hash((store.root / path).read_bytes()) not in contents
    )


def _words(store: Store, path: str) -> str:
    """All that a paper says; "" of one that can't be read."""
    from liangqing.actions.comparing import passages  # mostly nobody asks

    try:
        return "".join(passage.text for passage in passages((store.root / path).read_bytes(), path))
    except (OSError, Problems):
        return ""
