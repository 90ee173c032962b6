"""Word templates made from the text files beside this folder; the same sources give the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from template_sources.builder.notation import Faults, SourceLine, all_gaps, options, read_lines
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
    heads = [line for line in lines if line.is_word and line.word == "成品"]
    if not heads:
        return _in_layouts(Path(name).stem, lines, library)
    made: dict[str, bytes] = {}
    for head in heads:
        stem, _, more = head.rest.partition("；")
        given = options(head, more)
        made |= _in_layouts(stem, tuple(line.filled(given) for line in lines if line not in heads), library)
    return made


def _in_layouts(stem: str, lines: Lines, library: Library) -> dict[str, bytes]:
    """The templates of the layouts that the first line names, or of the pages that the source itself begins."""
    first = lines[0] if lines else SourceLine(f"{stem}.txt", 1, "")
    if not first.is_word or first.word != "版式":
        return {f"{stem}.docx": build(library, lines)}
    names, _, more = first.rest.partition("；")
    layouts, given = names.split("、"), options(first, more)
    for layout in layouts:
        _check_layout(first, layout, given, library)
    return {
        f"{stem}{f'-{layout}' if number else ''}.docx": build(library, lines[1:], layout, given)
        for number, layout in enumerate(layouts)
    }


def _check_layout(line: SourceLine, layout: str, given: Mapping[str, str], library: Library) -> None:
    if layout not in library.layouts:
        raise line.wrong(f"没有版式「{layout}」，可以用的有{'、'.join(library.layouts)}")
    wanted = all_gaps(library.layouts[layout])
    if wanted.keys() != given.keys():
        raise line.wrong(f"版式「{layout}」要给的是：{'、'.join(sorted(wanted))}")


def _each(folder: Path, make: Callable[[str, str], T]) -> dict[str, T]:
    """What is made of each text file of a folder, by its name without .txt."""
    made: dict[str, T] = {}
    told: list[str] = []
    for path in sorted(folder.glob("*.txt")):
        try:
            shown = path.relative_to(SOURCES) if path.is_relative_to(SOURCES) else Path(path.name)
            made[path.stem] = make(shown.as_posix(), path.read_text("utf-8"))
        except Faults as faults:
            told += faults.told
    if told:
        raise Faults(*told)
    return made
