"""What `preview` and `print` share: the papers that were asked for, and their PDFs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, Problems, refuse
from liangqing.cli.console import Name, today, workspace_root
from liangqing.cli.pdf import tell_program, tell_substitutions
from liangqing.papers.catalogue import tell_of_today

if TYPE_CHECKING:
    from liangqing.actions.choose_papers import ChosenPaper
    from liangqing.base.output_files import Store
    from liangqing.pdf.converting import Converted
    from liangqing.year.open_workspace import OpenWorkspace

UNIT = click.option("--unit", metavar="单位", type=Name(), help="只要这个单位的（编号、名称或简称）")


@dataclass(frozen=True)
class Chosen:
    """The papers that were asked for, with what they come from."""

    opened: OpenWorkspace
    store: Store
    pieces: Sequence[ChosenPaper]


def choose(
    ctx: click.Context, kinds: tuple[str, ...], subjects: tuple[str, ...], unit: str | None, year: int | None
) -> Chosen:
    """The papers of these kinds, subjects and unit, as they stand; nothing is written. Raises Problems where none is."""
    from liangqing.actions import build as building
    from liangqing.actions.choose_papers import pieces
    from liangqing.year.open_workspace import settled_workspace

    root = workspace_root(ctx)
    opened = settled_workspace(root, year, today(ctx) if tell_of_today(root, kinds) else None, today(ctx))
    store = building.output_store(root, opened.year_folder)
    wanted = building.understood(opened, building.Request(kinds, subjects, unit))
    found = pieces(opened, wanted, store)
    if not found:
        raise _nothing(root, kinds)
    return Chosen(opened, store, found)


def _nothing(root: Path, kinds: Sequence[str]) -> Problems:
    """Why there is nothing to be seen or printed."""
    from liangqing.papers.rendering import load_catalogue

    known = load_catalogue(root)
    for kind in kinds:
        entry = known.entry(kind)
        if not entry.kind.in_word:
            program = {".xlsx": " Excel 或 WPS ", ".ics": "日历程序"}.get(entry.kind.suffix, "浏览器")
            advice = f"先 build {kind}，用{program}打开生成的文件，在那里看、在那里打印"
            return refuse(
                Code.NOT_A_WORD_PAPER, Place(kind), f"「{kind}」不是 Word 文书，这里看不了也打不了", advice
            )
    advice = "用 build 看看为什么：可能还差条件，或不符合「条件」"
    return refuse(Code.NOTHING_TO_PRINT, Place("、".join(kinds)), "没有这样的文书可以出", advice)


def convert(taken: Chosen, program: str | None = None) -> Converted:
    """The PDFs by path of the paper; those that lie beside the papers are not made again.

    `program`: the one that is asked for, as `converters.choose` takes it.
    """
    from liangqing.actions.convert_papers import chosen
    from liangqing.pdf import pdf_store

    jobs = [
        pdf_store.ConversionJob(paper.path, paper.data, (taken.store.root / paper.path).with_suffix(".pdf"))
        for paper in taken.pieces
    ]
    done = pdf_store.at_hand(jobs, chosen(taken.opened.at.year.options), program)
    tell_program(done.by)
    tell_substitutions(done.substitutions)
    return done


def paper_as_data(paper: ChosenPaper) -> dict[str, object]:
    """A paper for a script."""
    return {"文种": paper.kind, "对象": paper.subject, "标题": paper.title, "状态": paper.state}
