"""Word templates made from the text files beside this folder; the same sources give the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from template_sources.builder.notation import Faults, SourceLine, all_gaps, every, options, read_lines
from template_sources.builder.paper import Library, Lines, build
from template_sources.builder.styles import read_styles

SOURCES = Path(__file__).resolve().parent.parent
T = TypeVar("T")


def papers(folder: Path = SOURCES) -> dict[str, bytes]:
    """File name → .docx of the sources in `folder`; raises Faults with all that is wrong in all of them.

    A source in two layouts makes two: 整改函.docx in the first, 整改函-文件.docx in the second.
    """
    library = shared()
    made = _each(folder, lambda name, text: made_from(name, text, library))
    return {name: docx for both in made.values() for name, docx in both.items()}


def shared() -> Library:
    """The styles, 共用/ and 版式/."""
    return Library(read_styles(), _each(SOURCES / "共用", read_lines), _each(SOURCES / "版式", read_lines))


def made_from(name: str, text: str, library: Library) -> dict[str, bytes]:
    """File name → .docx of one source `name`, such as 整改函.txt. Raises Faults.

    Lines 【成品 名；空=内容】 at its head name several templates, which differ in what fills the gaps 〈空〉.
    """
    lines = read_lines(name, text)
    heads = [line for line in lines if line.word == "成品"]
    if not lines[len(heads) :]:
        raise SourceLine(name, 1, "").wrong("没有文字")
    made = {} if heads else _in_layouts(Path(name).stem, lines, library)
    for head in heads:
        stem, _, more = head.rest.partition("；")
        given = options(head, more)
        made |= _in_layouts(stem, tuple(line.filled(given) for line in lines if line not in heads), library)
    return made


def _in_layouts(stem: str, lines: Lines, library: Library) -> dict[str, bytes]:
    """The templates in the layouts that the first line names, or on the pages that the source itself begins."""
    first, *rest = lines
    if first.word != "版式":
        return {f"{stem}.docx": build(library, lines)}
    names, _, more = first.rest.partition("；")
    given = options(first, more)
    made: dict[str, bytes] = {}
    for name in names.split("、"):
        layout = library.layouts.get(name)
        if layout is None:
            raise first.wrong(f"没有版式「{name}」，可以用的有{'、'.join(library.layouts)}")
        if all_gaps(layout).keys() != given.keys():
            raise first.wrong(f"版式「{name}」要给的是：{'、'.join(all_gaps(layout))}")
        file = f"{stem}-{name}.docx" if made else f"{stem}.docx"
        made[file] = build(library, tuple(rest), tuple(line.filled(given) for line in layout))
    return made


def _each(folder: Path, make: Callable[[str, str], T]) -> dict[str, T]:
    """What is made of each text file of a folder, by its name without .txt."""
    paths = sorted(folder.glob("*.txt"))
    return dict(
        zip((path.stem for path in paths), every(partial(_of, path, make) for path in paths), strict=True)
    )


def _of(path: Path, make: Callable[[str, str], T]) -> T:
    name = path.relative_to(SOURCES) if path.is_relative_to(SOURCES) else Path(path.name)
    try:
        text = path.read_text("utf-8-sig")  # Notepad writes a mark at the head of the file
    except UnicodeDecodeError:
        raise Faults(f"{name.as_posix()} 第1行：不是 UTF-8 编码，用记事本另存一次，编码选 UTF-8") from None
    return make(name.as_posix(), text)
