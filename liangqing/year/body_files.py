"""Texts of papers that a person keeps in Word files (文书.正文文件): where they lie, and whether they can be put in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, error
from liangqing.base.docx_zip import load_file
from liangqing.base.folders import DATA
from liangqing.data.model.follow_up import WrittenPaper
from liangqing.data.workspace import BODIES
from liangqing.engine import read_subdocument
from liangqing.year.rules.forbidden_words import inspect
from liangqing.year.rules.scan_texts import judged
from liangqing.year.state.standing import Standing

KEY = "正文文件"


def body_name(year: int, name: str) -> str:
    """Where the file lies, below the workspace."""
    return f"{DATA}/{year}/{BODIES}/{name}"


def unfit(root: Path, standing: Standing) -> Iterator[Diagnostic]:
    """What is wrong with the files of papers that are not out yet: not there, not to be put in, words that must stay out.

    All stands at the key of the paper, so that it is the paper that waits; the place in the file is told.
    """
    year = standing.year.year
    for paper in standing.year.papers:
        if paper.body_file and standing.register.in_use(paper.kind, paper.code, year) is None:
            yield from _judged(root, body_name(year, paper.body_file), paper, standing)


def _judged(root: Path, name: str, paper: WrittenPaper, standing: Standing) -> Iterator[Diagnostic]:
    place, path = paper.place(KEY), root / name
    if not path.is_file():
        advice = f"把这份 .docx 放到 {name}，名字一字不差；或者改「{KEY}」"
        yield error(Code.WORD_FILE_MISSING, place, f"{paper.label} 的{KEY}找不到：{name}", advice)
        return
    try:
        source = read_subdocument(load_file(path, Place(name)), name)
    except Problems as found:
        yield from _told(found.diagnostics, place)
        return
    yield from _told(source.warnings, place)
    for where, text in source.words:
        for hit in inspect(text):
            said = judged(standing, paper, (KEY,), hit)
            yield from (replace(problem, message=f"{where}：{problem.message}") for problem in said)


def _told(found: Iterable[Diagnostic], place: Place) -> Iterator[Diagnostic]:
    return (replace(problem, place=place, message=f"{problem.place}：{problem.message}") for problem in found)
